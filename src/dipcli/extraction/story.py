"""What a document has told so far: its dates, its events, what is carried from one sentence to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from dipcli.dates import Context, Interval
from dipcli.extraction.registry import Registry
from dipcli.extraction.triggers import Trigger
from dipcli.mentions import EventMention, LeftOut


@dataclass
class Told:
    """An event mention while the story goes on, with what later sentences may need of it."""

    mention: EventMention
    trigger: Trigger
    scene: int
    interval: Interval | None
    word: int
    """Of the trigger, in its sentence's tree."""


@dataclass
class Story:
    """What the document has told so far."""

    registry: Registry
    published: Interval | None
    sections: Sequence[tuple[int, Context]]
    parsed: bool
    last: Interval | None = None
    last_paragraph: int = -1
    paragraph_first: Interval | None = None
    """The first date that the paragraph of `last` told."""
    protagonist: str | None = None
    """Whose list the document is ("trips made by X"): who acts in its lines that name nobody."""
    topic: Interval | None = None
    """The one occasion that the document is about, if it is about one."""
    told: list[Told] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    place: tuple[str, str | None, int] | None = None

    timeless: bool = False
    """Whether nothing in the document can be dated, so that events are told without dates."""
    keys: int = 0

    def next_key(self) -> str:
        self.keys += 1
        return f"e{self.keys}"

    def section(self, offset: int) -> Context:
        """The context of the section that an offset stands in."""
        number = bisect_right(self.sections, offset, key=lambda section: section[0])
        return self.sections[number - 1][1] if number else Context()
