"""Days as words of the full text index: whatever is of a span is found by a key of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipcli.index.cache import spans
from dipcli.index.cache.schema import day

DAYS = st.dates(date(1998, 1, 1), date(2031, 12, 31)).map(date.isoformat)
PARTS = st.builds(lambda text, length: text[:length], DAYS, st.sampled_from([4, 7, 10]))
"""As a doubted date may be told: 2029, 2029-03, 2029-03-03."""


@given(
    intervals=st.lists(st.tuples(PARTS, st.none() | PARTS), min_size=1, max_size=3),
    span=st.tuples(DAYS, DAYS),
)
def test_what_overlaps_a_span_has_a_key_of_it(
    intervals: list[tuple[str, str | None]], span: tuple[str, str]
) -> None:
    since, until = sorted(map(day, span))
    asked = spans.asked(since // 100, until // 100)
    overlaps = any(day(start) <= until and day(end or "9999") >= since for start, end in intervals)
    if asked is not None and overlaps:
        assert not set(asked).isdisjoint(spans.keys(intervals))


KEYS: list[tuple[list[tuple[str, str | None]], str, str]] = [
    ([], "u", "undated"),
    ([("2022-05-16", "2022-05-16")], "y2022 m202205", "a day"),
    ([("2022-12-30", "2023-01-02")], "y2022 y2023 m202212 m202301", "over the end of a year"),
    ([("2022-01-01", "2022-12-31")], "y2022 m2022", "a year"),
    ([("2022", "2022")], "y2022 m2022", "a year as told"),
    ([("2022-05-16", None)], "l", "an open end"),
    ([("1910-01-01", "2022-05-16")], "l", "too long"),
]


@pytest.mark.parametrize(("intervals", "expected", "why"), KEYS)
def test_keys(intervals: list[tuple[str, str | None]], expected: str, why: str) -> None:
    assert [key[1:] for key in spans.keys(intervals)] == expected.split(), why


ASKED: list[tuple[int, int, str | None]] = [
    (202205, 202205, "l m2022 m202205"),
    (202212, 202301, "l m2022 m2023 m202212 m202301"),
    (202201, 202212, "l y2022"),
    (202205, 202401, "l y2022 y2023 y2024"),
    (200001, 202412, None),
    (203001, 202512, "l"),
]


@pytest.mark.parametrize(("first", "last", "expected"), ASKED)
def test_asked(first: int, last: int, expected: str | None) -> None:
    asked = spans.asked(first, last)
    assert (asked and " ".join(key[1:] for key in asked)) == expected
