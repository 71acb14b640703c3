"""The events that a document told, found by where they are told and by who took part."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from dipcli.dates import Interval
from dipcli.extraction.references import sorts_of
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Story, Told
from dipcli.extraction.triggers import Trigger
from dipcli.mentions import EchoMention, Span

_MOST = 200
"""Tellings of one kind and actor; where there are more, none is plainly meant."""


class Book:
    """The events of a story, each known by its number, and the sentences that go back to them."""

    def __init__(
        self, seen: str, story: Story, scenes: Sequence[Scene], triggers: Sequence[Sequence[Trigger]]
    ) -> None:
        self.seen = seen
        self.story = story
        self.scenes = scenes
        self.triggers = triggers
        """Of each scene, all of them."""
        self._starts = [scene.sentence.char_start for scene in scenes]
        self._in: dict[int, list[int]] = defaultdict(list)
        """Numbers of events by that of their scene."""
        self._by_actor: dict[tuple[str, str], list[int]] = defaultdict(list)
        """Numbers of events by kind (`sorts_of`) and by the country or body of each who takes part."""
        self._on: dict[tuple[str, Interval], list[int]] = defaultdict(list)
        self._keys = {told.mention.key: i for i, told in enumerate(story.told)}
        for i, told in enumerate(story.told):
            self._in[self.scene_of(told.case.span)].append(i)
            for sort in sorts_of(told.trigger):
                for root in {self._root(key) for key in told.everybody}:
                    self._by_actor[sort, root].append(i)
                if told.interval is not None:
                    self._on[sort, told.interval].append(i)

    def __getitem__(self, i: int) -> Told:
        return self.story.told[i]

    def scene_of(self, span: Span) -> int:
        """Number of the scene that a span begins."""
        return bisect_left(self._starts, span.char_start)

    def told_in(self, number: int) -> list[int]:
        """The events that a scene tells."""
        return self._in.get(number, [])

    def tells(self, number: int, trigger: Trigger) -> bool:
        """Whether a trigger, or the light verb of its noun, tells an event itself."""
        own = [self[i].trigger for i in self.told_in(number)]
        return any(trigger.char_start in (t.char_start, t.noun_start) for t in own)

    def of(self, sorts: Iterable[str], named: Iterable[str]) -> list[int]:
        """The events of these kinds that have to do with one of those named, in order; none where they are many."""
        roots = {self._root(key) for key in named}
        return _few(self._by_actor.get((sort, root), ()) for sort in sorts for root in roots)

    def on(self, sorts: Iterable[str], interval: Interval) -> list[int]:
        """The events of these kinds at just this time, in order; none where they are many."""
        return _few(self._on.get((sort, interval), ()) for sort in sorts)

    def keyed(self, key: str) -> int | None:
        """The event whose mention has this key, if it is still there."""
        return self._keys.get(key)

    def covers(self, named: Iterable[str], told: Told) -> bool:
        """Whether all who are named take part, or stand for whom the telling names."""
        story, there = self.story, set(told.everybody)
        nations = {story.nation(key) for key in there} - {None}
        states = {story.nation(key) for key in there if story.kind(key) == "country"}
        beside = {key for slot in told.case.scene.slots for key in slot.keys}
        for key in named:
            kind = story.kind(key)
            covered = story.nation(key) in (states if kind == "person" else nations)
            if not (key in there or covered or (kind == "organization" and key in beside)):
                return False
        return True

    def is_one(self, fits: Sequence[int]) -> bool:
        """Whether tellings are plainly of one event: of one time, and with somebody in common."""
        told = [self[i] for i in fits]
        spans = [one.interval for one in told if one.interval is not None]
        if len(told) < 2:
            return bool(told)
        shared = set.intersection(*({*one.everybody} for one in told))
        apart = len(spans) < len(told) or max(s.start for s in spans) > min(s.end for s in spans)
        return bool(shared) and not apart

    def add(self, i: int, number: int, rule: str, start: int, end: int) -> None:
        """Quote a scene for an event, by a rule and for these words."""
        told, scene = self[i], self.scenes[number]
        sentence = Span(char_start=scene.sentence.char_start, char_end=scene.sentence.char_end)
        if sentence == told.mention.sentence or any(e.sentence == sentence for e in told.mention.echoes):
            return
        echo = EchoMention(sentence=sentence, rule=rule, char_start=start, char_end=end)
        echoes = sorted([*told.mention.echoes, echo], key=lambda e: e.sentence.char_start)
        self.story.told[i] = replace(told, mention=msgspec.structs.replace(told.mention, echoes=echoes))

    def _root(self, key: str) -> str:
        return self.story.nation(key) or key


def _few(lists: Iterable[Sequence[int]]) -> list[int]:
    found = list(lists)
    if sum(map(len, found)) > _MOST:
        return []
    return sorted({i for one in found for i in one})
