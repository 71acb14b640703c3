"""Meetings of one with several, each by itself: "spoke separately with A and B", "held separate talks with A and B"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from dipcli.extraction.story import Story, Told

_WORDS = frozenset(("separate", "separately", "individually"))
_NEAR = re.compile(r"\b(?:separate(?:ly)?|individually)\b(?!\s+(?:occasion|day|time|visit)s?\b)")
_BEFORE, _AFTER = 25, 60
"""Characters around a trigger in which it is said that the meetings were several."""


def each(story: Story, told: Told) -> Iterator[Told]:
    """The meetings that are told as one, or what is told where they are not."""
    case, mention = told.case, told.mention
    if mention.type != "CONSULT" or case.sentence.words.isdisjoint(_WORDS):
        yield told
        return
    at = case.trigger.char_start
    begin, end = max(case.sentence.char_start, at - _BEFORE), min(case.sentence.char_end, at + _AFTER)
    first = {key for slot in case.scene.slots if slot.char_end <= at for key in slot.keys}
    doers = [key for key in told.everybody if key in first]
    others = [key for key in told.everybody if key not in first]
    if not doers or len(others) < 2 or not _NEAR.search(case.seen, begin, end):
        yield told
        return
    for number, other in enumerate(others):
        key = story.next_key() if number else mention.key
        met = replace(mention, key=key, actors=[*doers, other], recipients=[])
        yield Told(met, case, told.interval, guessed=told.guessed)
