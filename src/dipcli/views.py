"""What queries look at in an event: who takes part, its texts, and its intervals with their alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Interval = tuple[str, str]
BOTH = ("actors", "recipients")


def participants(event: Any, sides: Iterable[str] = BOTH) -> Iterator[Any]:
    for side in sides:
        yield from getattr(event, side)


def event_texts(event: Any) -> Iterable[str | None]:
    """The texts that `--text` looks at: summary, quotes, names, titles, place."""
    quotes = [evidence.text for evidence in event.evidence]
    named = [text for someone in participants(event) for text in (someone.name, someone.title)]
    place = event.place.name if event.place else None
    return (event.summary, *quotes, *named, place)


def event_intervals(event: Any) -> list[Interval]:
    """The event's interval, and after it the alternatives that its doubts give for its date."""
    if event.start is None:
        return []
    doubted = [doubt.alternative for doubt in event.doubts if doubt.field in ("date", "start", "end")]
    return [(event.start, event.end), *(_alternative(text) for text in doubted if text)]


def role_interval(role: Any) -> Interval | None:
    """From when until when an office was held, as stated, else as first and last seen; None where neither is
    known."""
    start = role.since or role.first_seen or role.until or role.last_seen
    end = role.until or role.last_seen or role.since or role.first_seen
    return (start, max(start, end)) if start and end else None


def _alternative(text: str) -> Interval:
    """A doubt's other date, written `A` or `A/B`."""
    start, _, end = text.partition("/")
    return start, end or start
