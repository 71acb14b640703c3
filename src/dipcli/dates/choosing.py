"""What an expression may mean in one year or another, which of it is meant, and how that is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from dipcli.dates import intervals
from dipcli.dates.feasts import FEASTS
from dipcli.dates.intervals import Interval
from dipcli.dates.meaning import Calendar, Context, Feast, Resolved

PERIODS = {"season": intervals.season, "quarter": intervals.quarter, "half": intervals.half}


@lru_cache(maxsize=256)
def in_years(meaning: Calendar, years: range) -> tuple[Interval, ...]:
    """A day or month in each of some years, kept for a while: a text asks about one of its dates several times."""
    found = [interval for year in years if (interval := of_year(meaning, year))]
    return tuple(c for c in found if meaning.weekday is None or c.start.weekday() == meaning.weekday)


def of_year(meaning: Calendar, year: int) -> Interval | None:
    assert meaning.month is not None
    if meaning.day is None:
        return intervals.month(year, meaning.month)
    try:
        return intervals.day(date(year, meaning.month, meaning.day))
    except ValueError:  # 29 February
        return None


def feast_of(feast: Feast, year: int) -> Interval:
    return intervals.day(FEASTS[feast.name](year))


def whereabouts(context: Context) -> Interval | None:
    """What a missing year is looked for near to: what was last told, or in news the publication."""
    return context.last if carries(context) else context.published


def carries(context: Context) -> bool:
    return context.last is not None and (context.carry or context.published is None)


_ONWARDS = 0.5
"""How much of their distance days ahead count with that come after a time told roughly: stories go on."""


def choose(candidates: Sequence[Interval], context: Context) -> Resolved | None:
    """The candidate that fits what was last told or, in news, the day of publication and the tense."""
    published, last = context.published, context.last
    if last is not None and carries(context):
        if published is not None and context.past:
            candidates = [c for c in candidates if c.start <= published.end] or candidates
        onwards = [c for c in candidates if c.start > last.end and c.end.year == last.start.year]
        ahead = _ONWARDS if last.precision in ("season", "half") else 1  # "In late 1911 …. In April …"
        return nearest(onwards or candidates, last, basis(last, "last"), ahead=ahead)
    if published is None:
        return None
    if context.past is True:
        candidates = [c for c in candidates if c.start <= published.end][-1:]
    elif context.past is False:
        candidates = [c for c in candidates if c.end >= published.start][:1]
    return nearest(candidates, published, basis(published, "published"), ahead=2)


def nearest(candidates: Iterable[Interval], to: Interval, against: str, ahead: float = 1) -> Resolved | None:
    """The nearest, days ahead counted `ahead` times (texts tell more of the past); of two as near, the
    earlier."""
    best = min(
        candidates, key=lambda c: (c.distance(to) * (ahead if c.start > to.end else 1), c.start), default=None
    )
    return told(best, against=against) if best else None


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
