"""Which of two neighbours of one name "the South" or "the North" means, in a text that names them: South Sudan, North
Yemen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.extraction.registry import Registry
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Slot

_HALF = re.compile(r"\b[Tt]he\s+(?P<half>South|North)\b(?!\s+(?:[A-Z]|of\b)|-)")
_HALVES = frozenset(("south", "north"))


def find(seen: str, sentence: Sentence, slots: Sequence[Slot], registry: Registry) -> list[Slot]:
    """The slots of "the South" and "the North" in a sentence: those of others in it (`slots`) are not taken."""
    found: list[Slot] = []
    if sentence.words.isdisjoint(_HALVES):
        return found
    for match in _HALF.finditer(seen, sentence.char_start, sentence.char_end):
        start, end = match.span("half")
        key = _named(registry, match["half"])
        if key and not any(s.char_start < end and start < s.char_end for s in slots):
            found.append(Slot("country", start, end, (key,), "France", rule="half"))
    return found


def _named(registry: Registry, half: str) -> str | None:
    """Key of the one country whose name begins with a half; of its neighbour, if only the other half has such a name."""
    lands = {e.name: e.key for e in registry.entities.values() if e.kind == "country"}
    ours, theirs = ([n for n in lands if n.startswith(f"{side} ")] for side in (half, _OTHER[half]))
    if not ours and len(theirs) == 1:
        return lands.get(theirs[0].partition(" ")[2])
    return lands[ours[0]] if len(ours) == 1 else None


_OTHER = {"South": "North", "North": "South"}
