"""Days counted in the calendar's units: so many weeks or months from others, the nth weekday of a month."""

from __future__ import annotations

from datetime import timedelta

from dipcli.dates import intervals
from dipcli.dates.intervals import Interval
from dipcli.dates.meaning import UnitName

_UNIT_DAYS = {
    "day": 1,
    "week": 7,
    "weekend": 7,
    "month": 31,
    "quarter": 92,
    "half": 184,
    "year": 366,
    "decade": 3653,
}


def longer(interval: Interval, unit: UnitName) -> bool:
    return (interval.end - interval.start).days >= _UNIT_DAYS[unit]


def shift(near: Interval, unit: UnitName, count: int) -> Interval:
    """The unit that lies `count` units from the one `near` lies in. Where `near` is longer than the
    unit, all days that may be meant."""
    if longer(near, unit):
        first, last = (shift(intervals.day(d), unit, count) for d in (near.start, near.end))
        return intervals.span(first, last)
    when = near.start
    match unit:
        case "day":
            return intervals.day(when + timedelta(count))
        case "week":
            return intervals.week(when + timedelta(7 * count))
        case "weekend":
            # On a Sunday "last weekend" is a week ago; from Monday on it is the one just over.
            monday = intervals.week(when + timedelta(7 * count)).start
            return Interval(monday + timedelta(5), monday + timedelta(6), "range")
        case "month":
            return intervals.months(when.year, when.month + count, 1, "month")
        case "quarter":
            return intervals.months(when.year, (when.month - 1) // 3 * 3 + 1 + 3 * count, 3, "quarter")
        case "half":
            return intervals.months(when.year, (when.month - 1) // 6 * 6 + 1 + 6 * count, 6, "half")
        case "year":
            return intervals.year(when.year + count)
        case "decade":
            return intervals.decade(when.year + 10 * count)


_UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}


def moved(near: Interval, unit: UnitName, count: int) -> Interval:
    """A day, week or month moved by `count` units, as long as it was."""
    if unit not in _UNIT_MONTHS:
        by = timedelta(count * _UNIT_DAYS[unit])
        return Interval(near.start + by, near.end + by, near.precision)
    middle = near.start + (near.end - near.start) // 2
    month = intervals.months(middle.year, middle.month + count * _UNIT_MONTHS[unit], 1, "month")
    if near.precision == "month":
        return month
    when = month.start.replace(day=min(middle.day, month.end.day))
    return intervals.day(when) if near.precision == "day" else intervals.week(when)


def nth_weekday(number: int, nth: int, month: Interval) -> Interval | None:
    """The nth such weekday of a month, -1 for its last; None for a fifth that there is not."""
    if nth < 0:
        return intervals.day(month.end - timedelta((month.end.weekday() - number) % 7))
    when = month.start + timedelta((number - month.start.weekday()) % 7 + 7 * (nth - 1))
    return intervals.day(when) if when <= month.end else None
