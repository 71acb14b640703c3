"""A sentence's slots: the stretches of it that name somebody, something or a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from dipcli.extraction.sentences import Sentence
from dipcli.extraction.units import Unit

SlotKind = Literal["person", "office", "country", "demonym", "body", "place", "group", "pair", "date"]


class Slot(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a sentence that is one word to the parser, and the actors it means."""

    kind: SlotKind
    char_start: int
    char_end: int
    keys: tuple[str, ...]
    placeholder: str
    """The word that the parser sees in its place."""
    title: str | None = None
    place: str | None = None
    """Name of the place, where it is one or can be one."""
    place_country: str | None = None
    rule: str = ""


class Scene(msgspec.Struct, frozen=True, gc=False):
    """One sentence with its slots, in order and not overlapping."""

    sentence: Sentence
    units: list[Unit]
    slots: list[Slot]
    pair: tuple[str, ...] = ()
    """The two countries that the text is about there."""
    barred: bool = False
    """Whether bars part it into cells."""
    voters: tuple[Slot, ...] = ()
    """Those whom brackets list by how they voted, who do nothing else in the sentence."""


def unique(keys: Sequence[str]) -> list[str]:
    """The same keys in the same order, each once."""
    return list(dict.fromkeys(keys))


def distinct(slots: list[Slot]) -> list[Slot]:
    """The slots in order; of those that overlap, the first and longest."""
    out: list[Slot] = []
    for slot in sorted(slots, key=lambda s: (s.char_start, -s.char_end)):
        if not out or slot.char_start >= out[-1].char_end:
            out.append(slot)
    return out


_COMMA = re.compile(r"\s*(?:,|,?\s*and|&)\s*(?:the\s+)?")


def listed_before(seen: str, slots: Sequence[Slot]) -> Iterator[Slot]:
    """The list of names that ends with the last of the slots, that one first: "A, B and C"."""
    for k in range(len(slots) - 1, -1, -1):
        if slots[k].kind not in ("country", "person", "body"):
            return
        yield slots[k]
        if k and not _COMMA.fullmatch(seen, slots[k - 1].char_end, slots[k].char_start):
            return


_PEOPLE = frozenset(("officials", "government"))
"""What the parser sees in place of who acts for a country."""


def join(seen: str, slots: list[Slot]) -> list[Slot]:
    """The slots in order, those made one that are told as one."""
    return _join_bodies(seen, _join_pairs(seen, sorted(slots, key=lambda s: s.char_start)))


def _join_pairs(seen: str, slots: list[Slot]) -> list[Slot]:
    """Hyphenated names made one: "the China-Japan talks", "the Moon-Xi summit"."""
    out: list[Slot] = []
    for slot in slots:
        before = out[-1] if out else None
        if (
            before
            and seen[before.char_end : slot.char_start] in ("-", "–", "—", "/")
            and before.keys
            and slot.keys
            and before.kind in ("country", "demonym", "person", "pair")
            and slot.kind in ("country", "demonym", "person")
        ):
            keys = (*before.keys, *(k for k in slot.keys if k not in before.keys))
            word = slot.placeholder if slot.placeholder in _PEOPLE else "bilateral"  # "Anglo-French forces"
            rule = before.rule if before.rule == "prefix" else "pair"  # "Anglo-"
            out[-1] = Slot("pair", before.char_start, slot.char_end, keys, word, rule=rule)
        else:
            out.append(slot)
    return out


_BODIES_OF = re.compile(
    r"(?:[\w-]+\s+)?\b(?:ministries|offices|services|agencies|departments|parliaments|governments|militaries|armies|navies|embassies)"
    r"(?:\s+of\s+(?:[A-Z][a-z]+\s+){0,2}(?:Affairs|Defen[cs]e|Interior|Trade|Justice|Finance))?\s+of\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""Before the countries whose bodies are told as one: "the foreign ministries of"."""
_AND = re.compile(r",?\s+(?:and|&)\s+(?:the\s+)?")
_SPELLED = 70
"""So many characters such words take at most."""


def _join_bodies(seen: str, slots: list[Slot]) -> list[Slot]:
    """The bodies of two countries made one: "the foreign ministries of Peru and Ghana"; the countries act."""
    out: list[Slot] = []
    for slot in slots:
        before = out[-1] if out else None
        told = None
        if (
            before
            and before.kind == slot.kind == "country"
            and _AND.fullmatch(seen, before.char_end, slot.char_start)
        ):
            start = max(0, before.char_start - _SPELLED)
            of = seen[start : before.char_start].rstrip().casefold().endswith(("of", "the"))
            told = _BODIES_OF.search(seen, start, before.char_start) if of else None
        if before and told:
            keys = (*before.keys, *slot.keys)
            out[-1] = Slot("group", told.start(), slot.char_end, keys, "officials", rule="group")
        else:
            out.append(slot)
    return out


STAND_INS = ("Alice", "John", "Mary", "Peter", "Jane", "Paul", "Thomas", "Anna", "Henry", "Julia")
"""What the parser sees in place of persons' names: the first for the first person of a sentence, and so on, so that
it reads a sentence alike whatever else a text tells."""
_YEAR = re.compile(r"\d{4}\s*$")
_DAY = re.compile(r"\d|day")


DATES = frozenset(("2020", "yesterday", "Monday", "May"))
"""What the parser sees in place of a date."""


def date_word(text: str) -> str:
    """The word that the parser sees in a date's place."""
    if len(text) <= 5 and _YEAR.search(text):
        return "2020"
    low = text.casefold()
    if low.startswith(("last", "this", "next", "yesterday", "today", "tomorrow", "earlier", "later")):
        return "yesterday"
    return "Monday" if _DAY.search(low) else "May"
