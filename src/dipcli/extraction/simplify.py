"""The sentence as the parser sees it: every slot is one word, the rest is as written.

"South Korea's National Security Advisor NAME told …" becomes "John told …": a small parser reads that
right where it would lose its way in the titles, and needs half the time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

import msgspec

from dipcli.dates.grammar import Expression
from dipcli.extraction.dateline import dateline
from dipcli.extraction.rows import row
from dipcli.extraction.slots import STAND_INS, Scene, Slot
from dipcli.extraction.syntax import Given
from dipcli.extraction.units import Unit, tokens

_PARTING = frozenset(":.|→])")
"""What may part the date that a line begins with from the rest."""


def date_line(scene: Scene) -> Slot | None:
    """The date that a line of a chronology begins with, a country before it allowed; None for other sentences."""
    if cells := row(scene):
        return cells.date
    slots = scene.slots
    for i, slot in enumerate(slots[:2]):
        if slot.kind == "date":
            start = scene.sentence.char_start if i == 0 else slots[0].char_end
            if slot.char_start - start > 2 or (i and slots[0].char_start > scene.sentence.char_start + 2):
                return None
            if (
                i
                and scene.sentence.kind == "prose"
                and any(u.text == "," and start <= u.char_start < slot.char_start for u in scene.units)
            ):
                return None  # a dateline: "Lima, 3 May 2014 - …"
            after = next((u for u in scene.units if u.char_start >= slot.char_end), None)
            parted = after is not None and (after.tag == "-" or after.text in _PARTING)
            return slot if parted or (i == 0 and after and runs_on(slot, scene, after)) else None
        if slot.kind not in ("country", "place"):
            return None
    return None


def leading_date(scene: Scene, dates: Sequence[Expression]) -> Expression | None:
    """That date's expression, of those of the sentence."""
    slot = date_line(scene) if dates else None
    return next((e for e in dates if slot and e.char_start == slot.char_start), None)


_DAY_OR_YEAR = re.compile(r"(?=.*\d)(?=.*[A-Z][a-z]{2})")


def runs_on(date: Slot, scene: Scene, after: Unit) -> bool:
    """Whether a line goes on after its date with nothing but a blank between: "17 May 1990 Ana Prado issues …"."""
    told = next(u.text for u in scene.units if u.char_start == date.char_start)
    return after.text[:1].isupper() and after.tag not in "dw" and _DAY_OR_YEAR.match(told) is not None


def is_bare(scene: Scene) -> bool:
    """Whether a sentence begins with such a date: an entry of a chronology that may have lost its lines."""
    slot = scene.slots[0] if scene.slots else None
    if slot is None or slot.kind != "date" or slot.char_start > scene.sentence.char_start + 2:
        return False
    after = next((u for u in scene.units if u.char_start >= slot.char_end), None)
    return after is not None and (after.text == ":" or runs_on(slot, scene, after))


def parted(given: Sequence[Given], verbs: frozenset[int]) -> list[Sequence[Given]]:
    """Words of a row as those of the sentences that its cell has, each verb that opens one (`verbs`: where they begin)
    with a subject: "Met B. Signed a treaty." as "He met B", "He signed a treaty"."""
    ends = [
        i + 1
        for i, (word, after) in enumerate(pairwise(given))
        if (word.text in ".;" and (after.text[:1].isupper() or after.unit >= 0 or after.char_start in verbs))
        or (i == 0 and word.unit < 0 and word.text.isdigit())
    ]
    return [_with_subject(given[a:b], verbs) for a, b in pairwise([0, *ends, len(given)])]


def _with_subject(given: Sequence[Given], verbs: frozenset[int]) -> Sequence[Given]:
    first = given[0]
    if first.unit >= 0 or first.char_start not in verbs:
        return given
    subject = Given("He", first.char_start, first.char_start, True)
    return [subject, msgspec.structs.replace(first, text=first.text.lower()), *given[1:]]


def words(seen: str, scene: Scene) -> list[Given]:
    """Words for the parser; `Given.unit` numbers the slot that a word stands for."""
    sentence = scene.sentence
    found: list[Given] = []
    at = sentence.char_start
    invited = _invitation_end(seen, scene)
    joined = _joined(seen, scene)
    called: dict[tuple[str, ...], str] = {}
    for number, slot in enumerate(scene.slots):
        if number and is_aside(seen, scene.slots[number - 1], slot):
            at = slot.char_end + 1
            continue
        if slot.rule == "name" and (town := _town_end(seen, scene, number)):
            found += _as_cut(seen, scene.units, at, town)
            at = slot.char_end
            continue
        between = _as_cut(seen, scene.units, at, slot.char_start)
        found += [msgspec.structs.replace(w, text="and") for w in between] if number == joined else between
        if slot.char_start < invited and slot.char_end > sentence.char_start:
            at = invited
            found = []
            continue
        space = seen[slot.char_end : slot.char_end + 1].isspace()
        if slot.kind == "person" and found and found[-1].text.casefold() in ("the", "visiting"):
            found.pop()  # "the Taoiseach, Mr A", "visiting President A": a name has no article
        if _opens_with_date(found):
            found.append(Given(",", at, at, True))  # "On Monday A met B"
        if slot.kind == "office" and slot.rule != "pronoun" and _lacks_article(found, slot):
            found.append(Given("the", slot.char_start, slot.char_start, True))  # "Qatar's emir"
        word = slot.placeholder
        if word == STAND_INS[0]:
            word = called.setdefault(slot.keys, STAND_INS[len(called) % len(STAND_INS)])
        if slot.kind == "date" and found and found[-1].unit >= 0:
            word = "yesterday"  # "the minister Wednesday rejected …"
        found.append(Given(word, slot.char_start, slot.char_end, space, number))
        honours = _HONOURS.match(seen, slot.char_end, sentence.char_end) if slot.kind == "person" else None
        at = honours.end() if honours else slot.char_end
        if slot.kind == "person" and "," in seen[slot.char_start : at] and _ACTS.match(seen, at):
            at += 1  # "the foreign minister, A, met B"
    found += _as_cut(seen, scene.units, at, sentence.char_end)
    if len(found) > 1 and scene.slots and scene.slots[0].char_end == sentence.char_start:
        found[1] = msgspec.structs.replace(found[1], text=found[1].text.lower())  # its verb
    found = _without_delay(_without_date_line(found, seen, scene), seen, scene)
    return _without_label(_without_company(found, seen, scene))


_ACTS = re.compile(
    r",\s(?!(?:and|or|who|whom|whose|which|of|the|an?|his|her|its|as|in|on|at|with|to|for|from|by|then|now|but)\b)[a-z]+"
)
"""After an office and the name of who holds it: the comma that closes the name, and what he does."""


def _without_label(found: list[Given]) -> list[Given]:
    """Without what a line is headed by: "Agreements: The treaty was signed …", "Joint Commission: …"."""
    colon = next((i for i, word in enumerate(found[:5]) if word.text == ":"), 0)
    label = found[:colon]
    plain = all(word.unit < 0 and word.text[:1].isupper() for word in label)
    goes_on = len(found) > colon + 4 and found[colon + 1].text[:1].isupper()
    return found[colon + 1 :] if label and plain and goes_on else found


_DELAY = re.compile(
    r"\b(?:[Rr]eceive[sd]?|[Ww]elcome[sd]|[Gg]reet(?:s|ed)|[Hh]ost(?:s|ed)|[Mm]e(?:t|ets)|[Ss]ees|[Ss]aw)"
    r"(?P<aside>(?:,?\s+(?:here|today|yesterday|earlier|(?:on|in|at|this|last)"
    r"(?:\s+(?!(?:with|by|to|for|and|of|his|her)\b)[\w'-]+,?){1,6}?))+)"
    r"\s+(?:the\s+)?\Z"
)
"""A verb that takes a person, and when and where it was before who it was."""
_DELAYED = frozenset(
    "receive receives received welcomes welcomed greets greeted hosts hosted met meets sees saw".split()
)


def _without_delay(found: list[Given], seen: str, scene: Scene) -> list[Given]:
    """Without what tells when, and at what house, between a verb and its object ("received at the palace on Monday the President
    of Peru"): a parser takes the object for a part of it."""
    for slot in scene.slots if not scene.sentence.words.isdisjoint(_DELAYED) else ():
        if slot.kind not in ("person", "office") or slot.rule == "pronoun":
            continue
        told = _DELAY.search(seen, max(scene.sentence.char_start, slot.char_start - 120), slot.char_start)
        lo, hi = told.span("aside") if told else (0, 0)
        if told and not any(lo <= s.char_start < hi and s.kind != "date" for s in scene.slots):
            return [w for w in found if not (lo <= w.char_start < hi and w.char_end <= slot.char_start)]
    return found


_COMPANY = re.compile(
    r",\s+(?:who\s+(?:was|is)\s+)?(?:accompanied|flanked)\s+by\s+[^,;.]{3,120},(?=\s+(?:[a-z]+ed|[a-z]+s|met|held|will|has|had|paid|left)\b)"
    r"|\s+accompanied\s+by\s+[^,;.]{3,120}?(?=\s+(?:concluded|visited|arrived|began|paid|met|held|made|left|departed)\b)"
)


def _without_company(found: list[Given], seen: str, scene: Scene) -> list[Given]:
    """Without who came along, where commas set it off before the verb ("A, accompanied by ministers, called on B"):
    a parser takes the verb for theirs."""
    sentence = scene.sentence
    told = "accompanied" in sentence.words or "flanked" in sentence.words
    aside = _COMPANY.search(seen, sentence.char_start, sentence.char_end) if told else None
    if aside is None:
        return found
    return [w for w in found if not aside.start() <= w.char_start < aside.end()]


def _lacks_article(found: list[Given], slot: Slot) -> bool:
    """Whether an office that one person holds stands without an article, its nation being taken away."""
    before = found[-1].text.casefold() if found else ""
    return not slot.placeholder.endswith("s") and before not in (
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
    )


def _joined(seen: str, scene: Scene) -> int | None:
    """The number of the slot that ends a list which a sentence begins with and a headline joins by a comma
    alone: "Peru, Chile sign a pact"; None for none."""
    run: list[int] = []
    told = scene.sentence.char_start
    for number, slot in enumerate(scene.slots):
        if slot.kind == "date" and not run:
            told = slot.char_end
            continue
        if slot.kind not in _LISTED or (not run and _WORDS.search(seen, told, slot.char_start)):
            break
        if run:
            first, before = scene.slots[run[0]], scene.slots[run[-1]]
            alike = slot.kind == first.kind and slot.keys != before.keys
            if not alike or seen[before.char_end : slot.char_start].strip() != ",":
                break
        run.append(number)
    if len(run) < 2:
        return None
    follow = _WORD.match(seen, scene.slots[run[-1]].char_end)
    return run[-1] if follow and follow[1] not in _NO_VERB else None


_HONOURS = re.compile(
    r"(?:,?\s+(?:[QK]\.?C\.?|M\.?H?\.?[PR]\.?|MLA|MEP|[ACK]\.?[CHGOM]\.?|[COMK]\.?B\.?E\.?|K?\.?C\.?M\.?G\.?|G\.?C\.?[BVM]\.?[OG]?\.?)"
    r"(?![\w]))+,?"
)
"""Letters after a name that tell of honours and of a seat in parliament: "Ana Prado, Q.C., M.P.,"."""
_LISTED = frozenset(("country", "person"))
_WORDS = re.compile(r"[^\W_]")
_WORD = re.compile(r"\s+([a-z]+)\b")
_NO_VERB = frozenset(
    "and or as of in on at by for to from with who which whose that where when while".split()
)


def is_aside(seen: str, before: Slot, slot: Slot) -> bool:
    """Whether a country stands in brackets after a name, to say whose the person is ("Ana Prado (Portugal)"), or its
    letters after its name in full ("President of the Central African Republic (CAR)")."""
    if slot.kind != "country" or seen[slot.char_end : slot.char_end + 1] != ")":
        return False
    letters = before.kind in ("office", "country") and seen[slot.char_start : slot.char_end].isupper()
    return (before.kind == "person" or letters) and seen[before.char_end : slot.char_start].strip() == "("


_TOWN = re.compile(r"\b(?:in|at|near|outside|from|to)\s+(?:[A-Z][\w'-]+\s){0,3}[A-Z][\w'-]+(?=,\s+\Z)")
_NO_DOER = re.compile(r"\s*(?:[,.;)]|\s(?:on|in|at|for|to|with|by|during|after|before|this|last|where)\b|\Z)")
"""After a country that only tells where a town is."""


def _town_end(seen: str, scene: Scene, number: int) -> int:
    """Where the town ends after which a country only tells where it is: "in Krakow, Poland, A and B met"; 0 for
    none."""
    slot, before = scene.slots[number], scene.slots[number - 1] if number else None
    if slot.kind != "country" or seen[slot.char_start - 2 : slot.char_start] != ", ":
        return 0
    if not _NO_DOER.match(seen, slot.char_end, scene.sentence.char_end):
        return 0
    if before and seen[before.char_end : slot.char_start] == ", ":
        town = before.kind == "place" or before.rule == "capital"
        inside = before.place_country == slot.place_country and before.place != slot.place
        return before.char_end if town and inside else 0
    told = _TOWN.search(
        seen, max(before.char_end if before else 0, scene.sentence.char_start), slot.char_start
    )
    return told.end() if told else 0


_INVITED = re.compile(
    r"(?:[Aa]t|[Oo]n|[Uu]pon)\s+(?:the\s+)?(?:kind\s+|official\s+|joint\s+)?(?:invitation|request)\s+(?:of|from|by)\s"
)


def _invitation_end(seen: str, scene: Scene) -> int:
    """Where the words end that tell at the head of a sentence at whose invitation it happened ("At the invitation
    of President A, …"): before the name of whoever acts. The sentence's beginning, where there are none."""
    start = scene.sentence.char_start
    if not _INVITED.match(seen, start):
        return start
    for before, slot in pairwise(scene.slots):
        between = seen[before.char_end : slot.char_start]
        named = slot.kind in ("person", "office", "group", "country", "body")
        others = named and not any(
            set(slot.keys) & set(s.keys) for s in scene.slots if s.char_start < slot.char_start
        )
        if others and _NEXT.search(between) and _ACTS.match(seen, slot.char_end):
            return slot.char_start
    return start


_NEXT = re.compile(
    r",\s+(?:the\s+|an?\s+)?(?:(?!of\b)[a-z-]+\s+)?(?:(?:[HS]\.E|H(?:is|er) (?:Excellency|Majesty|(?:Royal )?Highness)|Mrs?|Ms|Dr)\.?\s+)*\Z"
)
_ACTS = re.compile(
    r"(?:,[^;]{2,120}?,|,)?\s+(?:(?:who|will|shall|has|have|had|is|are|was|were|would|also|currently)\b|[a-z]+(?:s|ed|id)\b)"
)
"""After the name of whoever acts: what stands beside it, then a verb."""


def _opens_with_date(found: list[Given]) -> bool:
    """Whether the words so far only tell when and where, a date last: what comes is the subject ("On Monday A met
    B", "In Paris on Monday A met B")."""
    if len(found) not in (2, 4) or found[-1].text not in ("Monday", "2020"):
        return False
    prepositions = [w.text.casefold() for w in found[::2]]
    return prepositions in (["on"], ["in"], ["in", "on"], ["at", "on"]) and all(
        w.unit >= 0 for w in found[1::2]
    )


def as_written(seen: str, scene_start: int, scene_end: int) -> list[Given]:
    """Words of a sentence as they stand, for a model that looks for names."""
    return _plain(seen, scene_start, scene_end)


def _plain(seen: str, lo: int, hi: int) -> list[Given]:
    return [_given(seen, token) for token in tokens(seen, lo, hi)]


def _given(seen: str, unit: Unit) -> Given:
    end = unit.char_end
    text = _sign(seen, unit) if unit.text in _DASHES else unit.text
    return Given(text, unit.char_start, end, seen[end : end + 1].isspace())


_START = attrgetter("char_start")


def _as_cut(seen: str, units: Sequence[Unit], lo: int, hi: int) -> list[Given]:
    """The words of seen[lo:hi] from the units of its sentence: only what is more than a word is cut again."""
    first = bisect_left(units, lo, key=_START)
    found = _plain(seen, lo, units[first - 1].char_end) if first and units[first - 1].char_end > lo else []
    for unit in units[first : bisect_left(units, hi, key=_START)]:
        text = unit.text
        if (
            text.isalnum() or len(text) == 1 or text == "--" or text.replace(".", "").isalnum()
        ) and unit.char_end <= hi:
            found.append(_given(seen, unit))
        else:
            found += _plain(seen, unit.char_start, min(unit.char_end, hi))
    return found


def _sign(seen: str, token: Unit) -> str:
    """A hyphen or dash as the parser is given it: one between blanks is a dash."""
    return "--" if seen[token.char_start - 1 : token.char_end + 1].strip() == token.text else token.text


_DASHES = frozenset("-–—")


def dateline_end(seen: str, scene: Scene) -> int:
    """Where the dateline of a report ends that gives no date to what its sentence tells: one without a
    date, or one before another date. The sentence's beginning, where there is none."""
    start = scene.sentence.char_start
    line = dateline(seen, start, scene.sentence.char_end)
    if line is None:
        return start
    dates = [s.char_start for s in scene.slots if s.kind == "date"]
    inside = [at for at in dates if at < line.end]
    return line.end if not inside or len(dates) > len(inside) else start


def _without_date_line(found: list[Given], seen: str, scene: Scene) -> list[Given]:
    """Without the date that a chronology line begins with ("May 16, 2022: …", "Peru November 24 - …").

    And without the dateline of a report that tells no date.
    """
    first = date_line(scene)
    if first is None:
        return _without_speaker(_without_dateline(found, seen, scene), seen, scene)
    if cells := row(scene):
        return [w for w in found if cells.tells(w.char_start) and w.text != "|"] or found
    after = [w for w in found if w.char_start >= first.char_end]
    while after and after[0].text in (":", "--", "-", "–", "—", ".", "|"):
        after = after[1:]
    return after or found


def _without_speaker(found: list[Given], seen: str, scene: Scene) -> list[Given]:
    """Without the name of whoever has the word in a conversation: "Ana Prado: The envoy came to Lima"."""
    first = scene.slots[0] if scene.slots and scene.sentence.kind == "prose" else None
    if first is None or first.kind != "person" or first.char_start != scene.sentence.char_start:
        return found
    if not seen.startswith(": ", first.char_end):
        return found
    return [w for w in found if w.char_start > first.char_end] or found


def _without_dateline(found: list[Given], seen: str, scene: Scene) -> list[Given]:
    """Without the place and the agency that a report begins with, and its day where another one follows."""
    line = dateline(seen, scene.sentence.char_start, scene.sentence.char_end)
    if line is None:
        return found
    after = [w for w in found if w.char_start >= line.end]
    if dateline_end(seen, scene) < line.end:
        day = [w for w in found if w.char_start < line.end and w.unit >= 0 and _is_date(scene, w)][:1]
        after = [*day, *(Given(",", w.char_end, w.char_end, True) for w in day), *after]
    return after or found


def _is_date(scene: Scene, word: Given) -> bool:
    return scene.slots[word.unit].kind == "date"
