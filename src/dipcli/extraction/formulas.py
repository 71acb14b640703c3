"""Formulas of official texts that tell of an act without a verb: the votes of a roll call ("In favour: A, B and C."),
the place and day under a treaty ("Done at Lima, this 3rd day of May 1978")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter

from msgspec.structs import replace

from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Scene, Slot, unique
from dipcli.extraction.tree import Tree, Word
from dipcli.extraction.triggers import Trigger, triggers

_VOTES = re.compile(
    r"\W*(?:(?:Voting|Voted|Votes)\s+)?(?P<how>In\s+favou?r|For|Against|Abstaining|Abstained|Abstentions?)\s*"
    r"(?:[(–—-]?\s*\d{1,3}\)?\s*)?:\s",
    re.IGNORECASE,
)
"""With which a line of a roll call begins."""
_LISTED = re.compile(
    r"\b(?P<how>in\s+favou?r|against|abstentions?|abstaining|abstained)\s*\((?P<who>[A-Z][^()]*)\)",
    re.IGNORECASE,
)
"""The same in a sentence, those who voted in brackets: "9 in favour to 2 against (China, Peru)"."""
_THAT_VOTE = re.compile(r"\bthat\s+vote\b", re.IGNORECASE)
"""Tells again of a vote before."""
_IN_FULL = {
    "i": "It voted in favour.",
    "f": "It voted in favour.",
    "ag": "It voted against.",
    "ab": "It abstained.",
}
"""What each of those did who are listed after such a word, by how it begins."""
_SIGNED = "The agreement was signed."
_DONE = re.compile(
    r"\W*(?P<done>Done|Signed|Given|Concluded)\s+(?:in\s+(?:duplicate|triplicate|\w+\s+(?:copies|originals)),?\s+)?"
    r"(?:(?:at|in)\s+[^,\n]{2,60}?,?\s+)?(?:(?:on|this|the)\s+){0,2}",
    re.IGNORECASE,
)
"""With which a treaty says where and when it was signed."""
_ADOPTED = re.compile(
    r"\W*(?:(?:Resolution|Decision|Declaration|Statement)\s+(?:[\dA-Z/()-]+\s+)?)?(?P<done>adopted)\s+(?:unanimously\s+|without\s+a\s+vote\s+)?by\s+the\s+",
    re.IGNORECASE,
)
"""With which the line on top of a resolution says whose it is."""
_ADOPTS = "They adopted the resolution."
_FOR = re.compile(
    r"\W*(?:For|On\s+behalf\s+of)\s+(?:the\s+)?(?:(?:Government|Republic|Kingdom|State)\s+of\s+(?:the\s+)?)*",
    re.IGNORECASE,
)
"""Begins the line above a signature, up to whose it is."""


def of_line(seen: str, scene: Scene, couple: Sequence[str]) -> tuple[Tree, list[Trigger]] | None:
    """What a line tells by such a formula, as a tree and its trigger; `couple` are those whose treaty it would be."""
    if "done" in scene.sentence.words or "signed" in scene.sentence.words:
        return _signed(seen, scene) if couple else None
    if "adopted" in scene.sentence.words and "by" in scene.sentence.words:
        return _adopted(seen, scene)
    return _voted(seen, scene)


def parted(seen: str, sentence: Sentence, slots: list[Slot]) -> tuple[list[Slot], tuple[Slot, ...]]:
    """The slots of a sentence, those that brackets list by how they voted apart."""
    if sentence.words.isdisjoint(_BALLOT):
        return slots, ()
    lists = [m.span("who") for m in _LISTED.finditer(seen, sentence.char_start, sentence.char_end)]
    voters = [slot for slot in slots if any(a <= slot.char_start < b for a, b in lists)]
    return [slot for slot in slots if slot not in voters], tuple(sorted(voters, key=attrgetter("char_start")))


_BALLOT = frozenset("favour favor against abstentions abstention abstaining abstained".split())


def votes(seen: str, scene: Scene) -> Iterator[tuple[Scene, Tree, list[Trigger]]]:
    """The votes for and against that a sentence lists in brackets, each with the scene of those who cast it."""
    start, end = scene.sentence.char_start, scene.sentence.char_end
    if not scene.voters or _THAT_VOTE.search(seen, start, end):
        return
    for told in _LISTED.finditer(seen, start, end):
        if told["how"][:2].casefold() == "ab":
            continue
        first, last = told.span("who")
        voters = [slot for slot in scene.voters if first <= slot.char_start < last]
        yield (replace(scene, slots=voters), *_vote(told, voters))


def _voted(seen: str, scene: Scene) -> tuple[Tree, list[Trigger]] | None:
    """The vote of those listed on a line of a roll call."""
    told = _VOTES.match(seen, scene.sentence.char_start, scene.sentence.char_end)
    return _vote(told, scene.slots) if told and any(_is_voter(slot) for slot in scene.slots) else None


def _is_voter(slot: Slot) -> bool:
    return slot.kind == "country" and bool(slot.keys)


def _vote(told: re.Match[str], slots: Sequence[Slot]) -> tuple[Tree, list[Trigger]]:
    """The vote of the countries among slots, by the word that says how they voted."""
    how = told["how"].casefold()
    start, end = told.span("how")
    words = [Word("voted", "vote", "VERB", "VBD", "ROOT", 0, start, end, -1)]
    for n, slot in enumerate(slots):
        if _is_voter(slot):
            dep, head = ("conj", 1) if len(words) > 1 else ("nsubj", 0)
            words.append(Word("Peru", "peru", "PROPN", "NNP", dep, head, slot.char_start, slot.char_end, n))
    full = next(full for opens, full in _IN_FULL.items() if how.startswith(opens))
    return Tree(words), [_trigger(full, start, end)]


def _signed(seen: str, scene: Scene) -> tuple[Tree, list[Trigger]] | None:
    """The signing that the end of a treaty tells of."""
    told = _DONE.match(seen, scene.sentence.char_start, scene.sentence.char_end)
    date = next((n for n, slot in enumerate(scene.slots) if slot.kind == "date"), None)
    in_words = "thousand" in scene.sentence.words  # a year that no date is read with
    if told is None or date is None or in_words or scene.slots[date].char_start > told.end() + len("this "):
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


def _adopted(seen: str, scene: Scene) -> tuple[Tree, list[Trigger]] | None:
    """The adoption that the line on top of a resolution tells of: "Adopted by the Council at its 7th meeting, on 3 May"."""
    told = _ADOPTED.match(seen, scene.sentence.char_start, scene.sentence.char_end)
    body = next((n for n, slot in enumerate(scene.slots) if slot.kind == "body"), None)
    if told is None or body is None or scene.slots[body].char_start > told.end():
        return None
    start, end = told.span("done")
    words = [Word("adopted", "adopt", "VERB", "VBD", "ROOT", 0, start, end, -1)]
    for n, slot in enumerate(scene.slots):
        if n == body:
            words.append(Word("Nato", "nato", "PROPN", "NNP", "nsubj", 0, slot.char_start, slot.char_end, n))
        elif slot.kind == "date":
            words.append(Word("on", "on", "ADP", "IN", "prep", 0, end, end, -1))
            above = len(words) - 1
            words.append(Word("2020", "2020", "NUM", "CD", "pobj", above, slot.char_start, slot.char_end, n))
    return Tree(words), [_trigger(_ADOPTS, start, end)]


def signatories(seen: str, scenes: Sequence[Scene]) -> list[str]:
    """Keys of those for whom a treaty is signed, as the lines above the signatures tell: "For the Government of A:"."""
    return unique(list(_signing(seen, scenes)))


def _signing(seen: str, scenes: Sequence[Scene]) -> Iterator[str]:
    for scene in scenes:
        if scene.sentence.words.isdisjoint(("for", "behalf")) or not scene.slots:
            continue
        slot, told = scene.slots[0], _FOR.match(seen, scene.sentence.char_start, scene.sentence.char_end)
        rest = seen[slot.char_end : scene.sentence.char_end].strip(" ,.")
        ends = not rest or rest.startswith(":")  # "For Peru: A. PRADO"
        if told and told.end() >= slot.char_start and ends and slot.kind in ("country", "body"):
            yield from slot.keys


def _trigger(words: str, start: int, end: int) -> Trigger:
    """The trigger of a short sentence, as the word of another text that stands for it."""
    return replace(_of(words), char_start=start, char_end=end)


@cache
def _of(words: str) -> Trigger:
    return triggers(words, 0, len(words))[0]
