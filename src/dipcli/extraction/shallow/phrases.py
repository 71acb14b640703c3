"""Noun phrases: runs of nouns and what stands before them, each with its head."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dipcli.extraction.syntax import Given

DATES = frozenset(("Monday", "May", "2020", "yesterday"))
"""What dates look like in a simplified sentence."""
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_INSIDE = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "DET", "PART"))


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A noun phrase: words[first:stop] with the number of its head."""

    first: int
    stop: int
    head: int


def phrases(words: Sequence[Given], pos: Sequence[str]) -> dict[int, Phrase]:
    """Noun phrases by their first word. Two names side by side, or a date beside one, are two phrases."""
    found: dict[int, Phrase] = {}
    i = 0
    while i < len(words):
        if pos[i] not in NOMINAL and pos[i] not in ("DET", "ADJ"):
            i += 1
            continue
        stop = i + 1
        while stop < len(words) and pos[stop] in _INSIDE and not _parts(words, pos, stop):
            stop += 1
        while stop > i + 1 and pos[stop - 1] == "PART":
            stop -= 1
        head = stop - 1
        while head >= i and pos[head] not in NOMINAL:
            head -= 1
        if head >= i:
            found[i] = Phrase(i, stop, head)
        i = stop
    return found


def _parts(words: Sequence[Given], pos: Sequence[str], i: int) -> bool:
    """Whether a new phrase begins at a word that could belong to the one before it."""
    if pos[i - 1] == "PRON" or (pos[i] == "DET" and pos[i - 1] in NOMINAL):
        return True
    if pos[i] == "PART" or pos[i - 1] in ("PART", "ADJ", "DET"):
        return False
    dates = [words[k].unit >= 0 and words[k].text in DATES for k in (i - 1, i)]
    if any(dates):
        return not (dates[0] and pos[i] == "NOUN")  # "the May summit"
    return words[i].unit >= 0 and words[i - 1].unit >= 0 and pos[i - 1] == "PROPN"
