"""Formulas of official texts that tell of an act without a verb: the votes of a roll call ("In favour: A, B and C."),
the place and day under a treaty ("Done at Lima, this 3rd day of May 1978")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from dipcli.extraction.slots import Scene, unique
from dipcli.extraction.tree import Tree, Word
from dipcli.extraction.triggers import Trigger, triggers

_VOTES = re.compile(
    r"\W*(?:(?:Voting|Voted|Votes)\s+)?(?P<how>In\s+favou?r|For|Against|Abstaining|Abstained|Abstentions?)\s*"
    r"(?:[(–—-]?\s*\d{1,3}\)?\s*)?:\s",
    re.IGNORECASE,
)
"""With which a line of a roll call begins."""
_IN_FULL = {
    "i": "It voted in favour.",
    "f": "It voted in favour.",
    "ag": "It voted against.",
    "ab": "It abstained.",
}
"""What each of those did who are listed after such a word, by how it begins."""
_SIGNED = "The agreement was signed."
_DONE = re.compile(
    r"\W*(?P<done>Done|Signed|Given|Concluded)\s+(?:(?:at|in)\s+(?P<place>[^,\n]{2,60}?),?\s+)?(?:(?:on|this|the)\s+){0,2}",
    re.IGNORECASE,
)
"""With which a treaty says where and when it was signed."""
_FOR = re.compile(
    r"\W*(?:For|On\s+behalf\s+of)\s+(?:the\s+)?(?:(?:Government|Republic|Kingdom|State)\s+of\s+(?:the\s+)?)*",
    re.IGNORECASE,
)
"""Begins the line above a signature, up to whose it is."""


def of_line(seen: str, scene: Scene, couple: Sequence[str]) -> tuple[Tree, list[Trigger]] | None:
    """What a line tells by such a formula, as a tree and its trigger; `couple` are those whose treaty it would be."""
    if "done" in scene.sentence.words or "signed" in scene.sentence.words:
        return _signed(seen, scene) if couple else None
    return _voted(seen, scene)


def _voted(seen: str, scene: Scene) -> tuple[Tree, list[Trigger]] | None:
    """The vote of those listed on a line of a roll call."""
    told = _VOTES.match(seen, scene.sentence.char_start, scene.sentence.char_end)
    voters = [n for n, slot in enumerate(scene.slots) if slot.keys and slot.kind == "country"]
    if told is None or not voters:
        return None
    how = told["how"].casefold()
    start, end = told.span("how")
    words = [Word("voted", "vote", "VERB", "VBD", "ROOT", 0, start, end, -1)]
    for n in voters:
        at = scene.slots[n].char_start, scene.slots[n].char_end
        dep, head = ("conj", 1) if len(words) > 1 else ("nsubj", 0)
        words.append(Word("Peru", "peru", "PROPN", "NNP", dep, head, *at, n))
    full = next(full for opens, full in _IN_FULL.items() if how.startswith(opens))
    return Tree(words), [_trigger(full, start, end)]


def _signed(seen: str, scene: Scene) -> tuple[Tree, list[Trigger]] | None:
    """The signing that the end of a treaty tells of."""
    told = _DONE.match(seen, scene.sentence.char_start, scene.sentence.char_end)
    date = next((n for n, slot in enumerate(scene.slots) if slot.kind == "date"), None)
    if told is None or date is None or scene.slots[date].char_start > told.end() + len("this "):
        return None
    start, end = told.span("done")
    words = [Word("signed", "sign", "VERB", "VBN", "ROOT", 0, start, end, -1)]
    for n, slot in enumerate(scene.slots[: date + 1]):
        shown, pos, tag, before = (
            ("2020", "NUM", "CD", "on") if n == date else ("Paris", "PROPN", "NNP", "at")
        )
        words.append(Word(before, before, "ADP", "IN", "prep", 0, end, end, -1))
        words.append(
            Word(shown, shown.lower(), pos, tag, "pobj", len(words) - 1, slot.char_start, slot.char_end, n)
        )
    return Tree(words), [_trigger(_SIGNED, start, end)]


def signatories(seen: str, scenes: Sequence[Scene]) -> list[str]:
    """Keys of those for whom a treaty is signed, as the lines above the signatures tell: "For the Government of A:"."""
    return unique(list(_signing(seen, scenes)))


def _signing(seen: str, scenes: Sequence[Scene]) -> Iterator[str]:
    for scene in scenes:
        if scene.sentence.words.isdisjoint(("for", "behalf")) or len(scene.slots) != 1:
            continue
        slot, told = scene.slots[0], _FOR.match(seen, scene.sentence.char_start, scene.sentence.char_end)
        ends = not seen[slot.char_end : scene.sentence.char_end].strip(" :,.")
        if told and told.end() >= slot.char_start and ends and slot.kind in ("country", "body"):
            yield from slot.keys


def _trigger(words: str, start: int, end: int) -> Trigger:
    """The trigger of a short sentence, as the word of another text that stands for it."""
    return replace(_of(words), char_start=start, char_end=end)


@cache
def _of(words: str) -> Trigger:
    return triggers(words, 0, len(words))[0]
