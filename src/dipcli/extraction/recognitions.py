"""Tables of the states with which a country has relations: since when, on each line a state and a day."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dipcli.extraction.ledgers import standing_for
from dipcli.extraction.slots import Scene, Slot, unique
from dipcli.extraction.story import Story
from dipcli.extraction.tree import Tree, Word
from dipcli.extraction.triggers import Trigger
from dipcli.lexicon.events import lexicon

_LISTS = re.compile(
    r"\b(?:diplomatic|formal|official|consular)\s+(?:diplomatic\s+)?relations|\brelations\s+(?:began|established|since)\b",
    re.IGNORECASE,
)
_OTHERS = frozenset(
    "visits trips travels treaties agreements embassies ambassadors matches elections".split()
)
"""Words of a heading below which states and days tell of something else."""
_SIGNS = frozenset("0.,-&T")
"""Tags of the units that a line may have beside its state and its day: its number, bullets, notes."""
_CELL = re.compile(r"(?:\s?\[\w+\])*(?:\s?\||\t|\s{2,})")
"""What parts a cell from the next, notes before it."""


def note(seen: str, story: Story, scene: Scene, scenes: Sequence[Scene]) -> None:
    """Note whose relations the lines below a heading or a sentence list: the country's that it names, else that which
    the text names first; and where a heading ends the list."""
    sentence = scene.sentence
    if any(slot.kind == "date" for slot in scene.slots):
        return
    if "relations" in sentence.words and _LISTS.search(seen, sentence.char_start, sentence.char_end):
        named = (_countries(told) for told in (scene, *scenes[:_OPENING]))
        story.related = next((keys[0] for keys in named if len(keys) == 1), None)
    elif sentence.kind == "heading" and not sentence.words.isdisjoint(_OTHERS):
        story.related = None


_OPENING = 8
"""Sentences within which a text says which country it is about."""


def _countries(scene: Scene) -> list[str]:
    return unique([slot.keys[0] for slot in scene.slots if slot.kind in ("country", "demonym")])


def of_line(seen: str, story: Story, scene: Scene) -> tuple[Scene, Tree, list[Trigger]] | None:
    """That relations were established, as a line of such a table tells by a state and a day alone: its scene with both
    countries in the state's place, a tree and its trigger."""
    found = _linked(seen, scene) or (_row(seen, scene) if story.related else None)
    if found is None or found[0].keys == (story.related,):
        return None
    state, date = found
    keys = state.keys if len(state.keys) > 1 or story.related is None else (story.related, *state.keys)
    pair = Slot("pair", state.char_start, state.char_end, keys, "bilateral", rule="pair")
    slots = [pair if slot.char_start == state.char_start else slot for slot in scene.slots]
    between = min(state.char_end, date.char_end)
    at = (between, between + 1)
    words = [
        Word("establishment", "establishment", "NOUN", "NN", "ROOT", 0, *at, -1),
        Word("by", "by", "ADP", "IN", "prep", 0, *at, -1),
        Word("Ana", "ana", "PROPN", "NNP", "pobj", 1, state.char_start, state.char_end, slots.index(pair)),
        Word("in", "in", "ADP", "IN", "prep", 0, *at, -1),
        Word("2020", "2020", "NUM", "CD", "pobj", 3, date.char_start, date.char_end, scene.slots.index(date)),
    ]
    return msgspec.structs.replace(scene, slots=slots), Tree(words), [_established(*at)]


def _linked(seen: str, scene: Scene) -> tuple[Slot, Slot] | None:
    """The two states and the day of a row that is but a day and the title of a text on their relations."""
    if scene.sentence.kind != "row" or [slot.kind for slot in scene.slots] != ["date", "pair"]:
        return None
    date, pair = scene.slots
    beside = seen[pair.char_end : scene.sentence.char_end].strip()
    return (pair, date) if beside in ("relation", "relations") else None


def _row(seen: str, scene: Scene) -> tuple[Slot, Slot] | None:
    """The state and the day, in either order, with which a line begins that has no words beside them but those of
    other cells."""
    slots = scene.slots[:2]
    if len(slots) < 2 or {slot.kind for slot in slots} not in ({"country", "date"}, {"body", "date"}):
        return None
    date, state = sorted(slots, key=lambda slot: slot.kind != "date")
    cell = _CELL.match(seen, slots[1].char_end, scene.sentence.char_end)
    if not cell and (scene.sentence.kind == "prose" or len(scene.slots) > 2):
        return None
    stop = cell.start() if cell else scene.sentence.char_end
    beside = (u for u in scene.units if u.char_start < stop and not _within(u.char_start, state, date))
    return (state, date) if all(u.tag in _SIGNS or not u.text[0].isalnum() for u in beside) else None


def _within(offset: int, *slots: Slot) -> bool:
    return any(slot.char_start <= offset < slot.char_end for slot in slots)


def _established(start: int, end: int) -> Trigger:
    """The words "establishment of relations", for which the line's columns stand."""
    (entry,) = (e for e in lexicon().noun_entries["establishment"] if e.type == "SUPPORT" and not e.opens)
    return standing_for(entry, start, end)
