"""Intervals of days with the precision they were told at, and how they are shown to people.

Seasons are those of the calendar: spring is March to May, summer June to August, autumn September to
November, winter December of the year named to February of the next. Halves and quarters are the
calendar year's, weeks ISO 8601's (Monday to Sunday).
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from dipcli.records import Precision

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = ("Spring", "Summer", "Autumn", "Winter")


class Interval(msgspec.Struct, frozen=True):
    """Days from `start` to `end`, both included, and how exactly they were told."""

    start: date
    end: date
    precision: Precision

    def distance(self, other: Interval) -> int:
        """Days between the two; 0 where they overlap."""
        return max((other.start - self.end).days, (self.start - other.end).days, 0)


def day(when: date) -> Interval:
    return Interval(when, when, "day")


def month(year: int, number: int) -> Interval:
    return months(year, number, 1, "month")


def months(year: int, first: int, count: int, precision: Precision) -> Interval:
    """`count` whole months from month `first` of `year`; `first` may lie outside 1..12."""
    start_year, start = _carry(year, first)
    end_year, end = _carry(year, first + count - 1)
    return Interval(date(start_year, start, 1), _last_day(end_year, end), precision)


def year(number: int) -> Interval:
    return Interval(date(number, 1, 1), date(number, 12, 31), "year")


def half(year: int, number: int) -> Interval:
    return months(year, 6 * number - 5, 6, "half")


def quarter(year: int, number: int) -> Interval:
    return months(year, 3 * number - 2, 3, "quarter")


def season(year: int, number: int) -> Interval:
    """Season 1 (spring) to 4 (winter, which ends in February of the next year)."""
    return months(year, 3 * number, 3, "season")


def decade(year: int) -> Interval:
    """The decade that a year lies in."""
    first = year // 10 * 10
    return Interval(date(first, 1, 1), date(first + 9, 12, 31), "range")


def week(when: date) -> Interval:
    """The ISO week that a day lies in."""
    monday = when - timedelta(when.weekday())
    return Interval(monday, monday + timedelta(6), "range")


def span(first: Interval, last: Interval) -> Interval:
    """From the beginning of one to the end of the other, at the exactest precision that fits."""
    if first == last:
        return first
    return Interval(first.start, last.end, "range")


def _last_day(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def _carry(year: int, number: int) -> tuple[int, int]:
    return year + (number - 1) // 12, (number - 1) % 12 + 1


def format_interval(start: date | str, end: date | str, precision: Precision | str) -> str:
    """An interval as people write it, at its precision: `16 May 2022`, `3–6 May 2022`, `Aug 2022`,
    `Sep–Dec 2021`, `Spring 2021`, `Q1 2020`, `H2 2021`, `2021`, `2010–2012`.

    `start` and `end` are dates or ISO strings.
    """
    since = date.fromisoformat(start) if isinstance(start, str) else start
    until = date.fromisoformat(end) if isinstance(end, str) else end
    match precision:
        case "month" if since.month == until.month:
            return f"{_short(since)} {since.year}"
        case "season" if since.month % 3 == 0:
            years = f"{since.year}" if since.year == until.year else f"{since.year}–{until.year % 100:02}"
            return f"{SEASONS[since.month // 3 - 1]} {years}"
        case "quarter" if since.month % 3 == 1:
            return f"Q{since.month // 3 + 1} {since.year}"
        case "half" if since.month in (1, 7):
            return f"H{since.month // 6 + 1} {since.year}"
        case "year" if since.year == until.year:
            return f"{since.year}"
    return _format_span(since, until)


def _format_span(since: date, until: date) -> str:
    whole_months = since.day == 1 and (until + timedelta(1)).day == 1
    if whole_months and (since.month, until.month) == (1, 12):
        return f"{since.year}" if since.year == until.year else f"{since.year}–{until.year}"
    if whole_months:
        if (since.year, since.month) == (until.year, until.month):
            return f"{_short(since)} {since.year}"
        return _join(since, until, _short(since), _short(until))
    if since == until:
        return f"{since.day} {_short(since)} {since.year}"
    if (since.year, since.month) == (until.year, until.month):
        return f"{since.day}–{until.day} {_short(since)} {since.year}"
    return _join(since, until, f"{since.day} {_short(since)}", f"{until.day} {_short(until)}", " – ")


def _join(since: date, until: date, first: str, last: str, dash: str = "–") -> str:
    if since.year == until.year:
        return f"{first}{dash}{last} {until.year}"
    return f"{first} {since.year} – {last} {until.year}"


def _short(when: date) -> str:
    return MONTHS[when.month - 1][:3]
