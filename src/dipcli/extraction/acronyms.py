"""Organisations that a text names by their initials alone: "the BRA", "PNGDF soldiers"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.extraction.registry import Registry
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Slot
from dipcli.extraction.units import Unit
from dipcli.mentions import Span

_INITIALS = re.compile(r"(?![IVX]+\Z)[A-Z]{3,9}")
_NO_BODIES = frozenset(
    "AIDS ALERT ASAP ATACMS CET CEO CEST COVID CPEC CPTPP CTBT CTC DMZ DNA DPM DST EDT EEZ EST FDI FTA FTAS GDP GMT"
    " GNP GPS GSOMIA HIMARS HIV HSV ICBM ICBMS IED INF IST JCPOA LAC LNG LOC MBFR MFN MOU MOUS MRBM NPT PDF PDT PHOTO"
    " PST RCEP RSVP SALT SARS SLBM SMS START THAAD THE TNT TPP TTIP UAV UNCLOS URL USD USS UTC VIP WMD WTC".split()
)
"""Initials of things, texts, times and diseases, none of which acts."""
_MOST = 0.5
"""A sentence with a larger share of words in capitals is set in them."""


SHORT = re.compile(r"\s*\(\s*[\"']?([A-Z]{2,5})[\"']?\s*\)")
"""Initials in brackets after a name: NAME (DPM)."""


def _is_sum(unit: Unit) -> bool:
    """Whether a figure follows initials that are a currency's: "FIM 40 million"."""
    return unit.text[:1].isdigit()


def find(
    seen: str, sentence: Sentence, units: Sequence[Unit], taken: set[int], registry: Registry
) -> list[Slot]:
    """Slots of the initials of a sentence that no other name covers (`taken`); who takes part in nothing does not
    stand in the record. Adds their units to `taken`."""
    initials = [
        i
        for i, unit in enumerate(units)
        if unit.tag in "KNv"
        and unit.text.isupper()
        and i not in taken
        and not (len(unit.text) == 3 and units[i + 1 : i + 2] and _is_sum(units[i + 1]))
        and _INITIALS.fullmatch(unit.text)
        and unit.text not in _NO_BODIES
    ]
    if not initials or _is_in_capitals(units):
        return []
    span = Span(char_start=sentence.char_start, char_end=sentence.char_end)
    found = []
    for i in initials:
        unit = units[i]
        if seen[unit.char_end : unit.char_end + 1] in {"-", ")", "/"} or seen[unit.char_start - 1] in "(-/":
            continue
        if i and units[i - 1].tag in "hHN":
            continue  # "Mr OWADA"
        where = Span(char_start=unit.char_start, char_end=unit.char_end)
        known = registry.body_known(unit.text)
        entity = registry.body(
            known.name if known else unit.text,
            known.name if known else unit.text,
            known.country if known else None,
            where,
            span,
            head=known.head if known else "",
            rule="initials",
        )
        found.append(Slot("body", unit.char_start, unit.char_end, (entity.key,), "NATO", rule="body"))
        taken.add(i)
    return found


def _is_in_capitals(units: Sequence[Unit]) -> bool:
    words = [unit.text for unit in units if unit.text.isalpha()]
    return sum(word.isupper() and len(word) > 1 for word in words) > len(words) * _MOST


def are_of(short: str, phrase: str) -> bool:
    """Whether letters begin words of a phrase, in its order ("Deputy Prime Minister/ Foreign Minister": DPM)."""
    letters = "".join(word[0] for word in re.findall(r"[A-Z][a-z]\w*", phrase))
    return re.search(".*?".join(short), letters) is not None
