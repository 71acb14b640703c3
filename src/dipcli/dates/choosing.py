"""Which of several days is meant, and how the days found are told: against what they were resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dipcli.dates.intervals import Interval
from dipcli.dates.meaning import Context, Resolved


def told(
    interval: Interval,
    *,
    against: str | None = None,
    doubt: str | None = None,
    alternative: Interval | None = None,
    unit: Interval | None = None,
) -> Resolved:
    return Resolved(
        interval.start, interval.end, interval.precision, against, doubt, alternative, unit or interval
    )


_BASES = {"published": "published", "last": "last told", "event": "event of"}


def basis(interval: Interval, base: str) -> str:
    """What a day was resolved against, in words: "published 2021-12-23"."""
    return f"{_BASES[base]} {_iso(interval)}"


def _iso(interval: Interval) -> str:
    start, end = interval.start, interval.end
    match interval.precision:
        case "day":
            return start.isoformat()
        case "month":
            return f"{start:%Y-%m}"
        case "year":
            return f"{start.year:04}"
    return f"{start}/{end}"


def whereabouts(context: Context) -> Interval | None:
    """What a missing year is looked for near to: what was last told, or in news the publication."""
    return context.last if carries(context) else context.published


def carries(context: Context) -> bool:
    return context.last is not None and (context.carry or context.published is None)


def choose(candidates: Sequence[Interval], context: Context) -> Resolved | None:
    """The candidate that fits what was last told or, in news, the day of publication and the tense."""
    published, last = context.published, context.last
    if last is not None and carries(context):
        if published is not None and context.past:
            candidates = [c for c in candidates if c.start <= published.end] or candidates
        return nearest(candidates, last, basis(last, "last"))
    if published is None:
        return None
    if context.past is True:
        candidates = [c for c in candidates if c.start <= published.end][-1:]
    elif context.past is False:
        candidates = [c for c in candidates if c.end >= published.start][:1]
    return nearest(candidates, published, basis(published, "published"), ahead=2)


def nearest(candidates: Iterable[Interval], to: Interval, against: str, ahead: int = 1) -> Resolved | None:
    """The nearest, days ahead counted `ahead` times (texts tell more of the past); of two as near, the
    earlier."""
    best = min(
        candidates, key=lambda c: (c.distance(to) * (ahead if c.start > to.end else 1), c.start), default=None
    )
    return told(best, against=against) if best else None
