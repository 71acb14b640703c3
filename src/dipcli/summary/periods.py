"""Days, weeks, months, quarters and years: in which one an event counts, and which ones lie in a span.

Dates are numbers as facts have them: 20220516.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from dipcli.dates import format_interval
from dipcli.errors import UsageError
from dipcli.facts import Facts, iso, number

MOST = 20_000
"""Periods of one timeline."""
FEW = 40
"""Periods up to which the shortest are chosen where none are asked for."""


class Span(NamedTuple):
    """A period: its first and last day, its name."""

    start: int
    end: int
    name: str
    exact: bool = True
    """Whether it is one of a calendar's periods; else the longer one of what is not dated more exactly."""


def _day(of: date) -> tuple[date, date, str]:
    return of, of, of.isoformat()


def _week(of: date) -> tuple[date, date, str]:
    monday = of - timedelta(of.weekday())
    year, week, _ = of.isocalendar()
    return monday, monday + timedelta(6), f"{year}-W{week:02}"


def _month(of: date) -> tuple[date, date, str]:
    return *_months(of.year, of.month, 1), f"{of.year:04}-{of.month:02}"


def _quarter(of: date) -> tuple[date, date, str]:
    quarter = (of.month - 1) // 3
    return *_months(of.year, quarter * 3 + 1, 3), f"{of.year:04}-Q{quarter + 1}"


def _year(of: date) -> tuple[date, date, str]:
    return date(of.year, 1, 1), date(of.year, 12, 31), f"{of.year:04}"


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    end = date(year, 12, 31) if last == 12 else date(year, last + 1, 1) - timedelta(1)
    return date(year, first, 1), end


PERIODS: dict[str, Callable[[date], tuple[date, date, str]]] = {
    "day": _day,
    "week": _week,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
}


class Calendar:
    """Periods of one length."""

    def __init__(self, per: str) -> None:
        self.per = per
        self._period = PERIODS[per]
        self._known: dict[int, Span] = {}

    def at(self, day: int) -> Span:
        """The period in which a day lies."""
        known = self._known.get(day)
        if known is None:
            start, end, name = self._period(_date(day))
            known = self._known[day] = Span(_number(start), _number(end), name)
        return known

    def of(self, start: int, end: int, precision: str) -> Span:
        """Where something counts: the period in which it begins, or all the time in which it may have
        begun where its date is not known so exactly."""
        period = self.at(start)
        days = precision == "day" or (precision == "range" and not _whole_months(start, end))
        if days or end <= period.end:
            return period
        return Span(start, end, _name(start, end, precision), exact=False)

    def of_all(self, facts: Facts, low: int = 0) -> tuple[list[Span | None], list[int]]:
        """Where rows of facts count (None: without a date), and beside each row the place in that list.

        What began before the day `low` and went on counts in the period of `low`.
        """
        precisions = [kind.precision for kind in facts.kinds]
        whens = list(zip(facts.start, facts.end, map(precisions.__getitem__, facts.kind), strict=True))
        places: dict[Span | None, int] = {}
        known: dict[tuple[int, int, str], int] = {}
        for when in dict.fromkeys(whens):
            span = self.of(*when) if when[0] else None
            if span is not None and span.exact and span.end < low <= when[1]:
                span = self.at(low)
            known[when] = places.setdefault(span, len(places))
        return list(places), list(map(known.__getitem__, whens))

    def between(self, first: int, last: int) -> Iterator[Span]:
        """All periods from one day to another. Raises UsageError where they are too many."""
        count, day = 0, first
        while day <= last:
            period = self.at(day)
            yield period
            count += 1
            if count > MOST:
                raise UsageError(
                    f"more than {MOST:,} periods of a {self.per} from {iso(first)} to {iso(last)}",
                    hint="--since and --until narrow it; --per takes longer ones",
                )
            if period.end >= 9999_12_31:
                return
            day = _number(_date(period.end) + timedelta(1))


def default(first: int, last: int) -> str:
    """The shortest of day, month, quarter and year of which the span has few; of no span the year."""
    if not first or not last:
        return "year"
    days = (_date(last) - _date(first)).days + 1
    return next(
        (per for per, long in (("day", 1), ("month", 30), ("quarter", 91)) if days <= FEW * long), "year"
    )


def before(since: int, until: int) -> tuple[int, int]:
    """The span before one that is as long: in whole months where that one has whole months. Zeros where
    the calendar has no day before it."""
    first, last = _date(since), _date(until)
    if first == date.min:
        return 0, 0
    if _whole_months(since, until):
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
        start = date(year, month + 1, 1) if year > 0 else date.min
    else:
        start = date.fromordinal(max(1, 2 * first.toordinal() - last.toordinal() - 1))
    return _number(start), _number(first - timedelta(1))


def last_year(day: int) -> tuple[int, int]:
    """The twelve whole months that end with the month of a day."""
    end = _month(_date(day))[1]
    start = date(end.year, 1, 1) if end.month == 12 else date(max(end.year - 1, 1), end.month + 1, 1)
    return _number(start), _number(end)


def _name(start: int, end: int, precision: str) -> str:
    """`2022`, `2022-05`, `2022-Q2`, `2022-H1`, else as people write it (`Spring 2022`)."""
    if precision in ("month", "quarter", "year"):
        return PERIODS[precision](_date(start))[2]
    half = precision == "half" and f"{start // 10_000:04}-H{1 if start // 100 % 100 == 1 else 2}"
    return half or format_interval(_date(start), _date(end), precision)


def _whole_months(start: int, end: int) -> bool:
    """Whether a span is of months named rather than of days: from September to December."""
    last = _date(end)
    return start % 100 == 1 and (last == date.max or (last + timedelta(1)).day == 1)


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)


def _number(day: date) -> int:
    return number(day.isoformat())
