"""Days as words of the full text index: what a passage is found by where a span is asked for.

A month is a number: 202205. Of an interval there are the years that it touches, and its months where they are
few; where they are not, its years again among the months. So a span of some months is asked for by these and by
its years among the months, a longer one by its years.
"""

from __future__ import annotations

from collections.abc import Sequence

from dipcli.index.cache.schema import day, key

UNDATED = key("u", "")
"""Stands for what no date is known of."""
_LONG = key("l", "")
"""Stands for an interval of too many years, which every span is asked for with."""
_MOST_YEARS = 20
_MOST_MONTHS = 3
YEARS = 12
"""Of a span that is asked for by its years: of a longer one passages are found soon."""


def keys(intervals: Sequence[tuple[str, str | None]]) -> list[str]:
    """The keys of some intervals of ISO dates; null is an open end."""
    return [key for start, end in intervals for key in _keys(start, end)] if intervals else [UNDATED]


def _keys(start: str, end: str | None) -> list[str]:
    first, last = day(start) // 100, day(end or "9999") // 100
    years = range(first // 100, last // 100 + 1)
    if not 0 < len(years) <= _MOST_YEARS:
        return [_LONG]
    months = _months(first, last) if first % 100 and last % 100 else years
    among_months = months if 0 < len(months) <= _MOST_MONTHS else years
    return [*(key("y", year) for year in years), *(key("m", month) for month in among_months)]


def asked(first: int, last: int) -> list[str] | None:
    """Any of which a passage has that is of the span from one month to another; null where it is too long."""
    years, months = range(first // 100, last // 100 + 1), _months(first, last)
    if len(years) > YEARS:
        return None
    if len(months) >= 12:
        return [_LONG, *(key("y", year) for year in years)]
    return [_LONG, *(key("m", month) for month in (*years, *months))]


def _months(first: int, last: int) -> Sequence[int]:
    """The months from one to another."""
    numbers = range(first // 100 * 12 + first % 100 - 1, last // 100 * 12 + last % 100)
    return [number // 12 * 100 + number % 12 + 1 for number in numbers]
