"""Dates typed in options, and intervals shown to people."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipcli.dates import format_interval, intervals, now, option
from dipcli.errors import DateOptionError

NOW = date(2022, 9, 14)


@pytest.mark.parametrize(
    ("typed", "start", "end", "precision"),
    [
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("2022-05", "2022-05-01", "2022-05-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2022-05-16", "2022-05-16", "2022-05-16", "day"),
        (" 2022-05-16 ", "2022-05-16", "2022-05-16", "day"),
        ("2022-Q2", "2022-04-01", "2022-06-30", "quarter"),
        ("2022q2", "2022-04-01", "2022-06-30", "quarter"),
        ("2022-H2", "2022-07-01", "2022-12-31", "half"),
        ("2022-W20", "2022-05-16", "2022-05-22", "range"),
        ("2021..2022-05", "2021-01-01", "2022-05-31", "range"),
        ("2019-06-03/2019-06-06", "2019-06-03", "2019-06-06", "range"),
        ("last May", "2022-05-01", "2022-05-31", "month"),
        ("last may", "2022-05-01", "2022-05-31", "month"),
        ("may", "2022-05-01", "2022-05-31", "month"),
        ("december", "2021-12-01", "2021-12-31", "month"),
        ("May 2022", "2022-05-01", "2022-05-31", "month"),
        ("16 May 2022", "2022-05-16", "2022-05-16", "day"),
        ("may 16", "2022-05-16", "2022-05-16", "day"),
        ("June 3-6, 2019", "2019-06-03", "2019-06-06", "range"),
        ("from May to June 2021", "2021-05-01", "2021-06-30", "range"),
        ("two weeks ago", "2022-08-31", "2022-08-31", "day"),
        ("3 days ago", "2022-09-11", "2022-09-11", "day"),
        ("two months ago", "2022-07-01", "2022-07-31", "month"),
        ("in 3 days", "2022-09-17", "2022-09-17", "day"),
        ("last week", "2022-09-05", "2022-09-11", "range"),
        ("last month", "2022-08-01", "2022-08-31", "month"),
        ("last year", "2021-01-01", "2021-12-31", "year"),
        ("yesterday", "2022-09-13", "2022-09-13", "day"),
        ("today", "2022-09-14", "2022-09-14", "day"),
        ("monday", "2022-09-12", "2022-09-12", "day"),
        ("spring 2021", "2021-03-01", "2021-05-31", "season"),
        ("winter 2021", "2021-12-01", "2022-02-28", "season"),
        ("early 2022", "2022-01-01", "2022-06-30", "half"),
        ("first quarter of 2020", "2020-01-01", "2020-03-31", "quarter"),
        ("second half of 2021", "2021-07-01", "2021-12-31", "half"),
        # what dateparser knows and the grammar does not
        ("3 weeks, 2 days ago", "2022-08-22", "2022-08-22", "day"),
    ],
)
def test_option(typed: str, start: str, end: str, precision: str) -> None:
    found = option(typed, NOW)
    assert (found.start.isoformat(), found.end.isoformat(), found.precision) == (start, end, precision)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2022-13-01", "there is no month 13"),
        ("2022-00", "there is no month 0"),
        ("2022-02-30", "February 2022 has 28 days"),
        ("2022-Q5", "there is no quarter 5"),
        ("2022-W60", "2022 has weeks 1 to 52"),
        ("2022..2021", "ends before it starts"),
        ("0000-01", "no year 0"),
        ("30 February 2022", "cannot be read|not a date"),
        ("Thursday 16 May 2022", "2022-05-16 was a Monday, not a Thursday"),
        ("05/06/2022", "the other way round"),
        ("garbage", "not a date"),
        ("12", "not a date"),
        ("", "not a date"),
        ("a few days ago", "not a date"),
    ],
)
def test_no_option(typed: str, says: str) -> None:
    with pytest.raises(DateOptionError, match=says):
        option(typed, NOW)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_an_error(typed: str) -> None:
    try:
        found = option(typed, NOW)
    except DateOptionError:
        return
    assert found.start <= found.end


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_iso_days_come_back(day: date) -> None:
    assert option(day.isoformat(), NOW) == intervals.day(day)


def test_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIPCLI_NOW", "2022-09-14")
    assert now() == NOW
    monkeypatch.setenv("DIPCLI_NOW", "tomorrow")
    with pytest.raises(DateOptionError, match="DIPCLI_NOW"):
        now()
    monkeypatch.delenv("DIPCLI_NOW")
    assert isinstance(now(), date)


@pytest.mark.parametrize(
    ("start", "end", "precision", "shown"),
    [
        ("2022-05-16", "2022-05-16", "day", "16 May 2022"),
        ("2019-06-03", "2019-06-06", "range", "3–6 Jun 2019"),
        ("2021-06-30", "2021-07-02", "range", "30 Jun – 2 Jul 2021"),
        ("2020-12-30", "2021-01-02", "range", "30 Dec 2020 – 2 Jan 2021"),
        ("2022-08-01", "2022-08-31", "month", "Aug 2022"),
        ("2021-09-01", "2021-12-31", "range", "Sep–Dec 2021"),
        ("2021-09-01", "2022-02-28", "range", "Sep 2021 – Feb 2022"),
        ("2021-03-01", "2021-05-31", "season", "Spring 2021"),
        ("2021-12-01", "2022-02-28", "season", "Winter 2021–22"),
        ("2020-01-01", "2020-03-31", "quarter", "Q1 2020"),
        ("2021-07-01", "2021-12-31", "half", "H2 2021"),
        ("2021-04-01", "2021-09-30", "half", "Apr–Sep 2021"),
        ("2021-01-01", "2021-12-31", "year", "2021"),
        ("2010-01-01", "2012-12-31", "range", "2010–2012"),
    ],
)
def test_format(start: str, end: str, precision: str, shown: str) -> None:
    assert format_interval(start, end, precision) == shown
    assert format_interval(date.fromisoformat(start), date.fromisoformat(end), precision) == shown


def test_iso_options_cost_no_import() -> None:
    code = (
        "import sys; from datetime import date; from dipcli.dates import format_interval, option;"
        "found = option('2022-05', date(2022, 9, 14)); format_interval(found.start, found.end, 'month');"
        "print(*(m for m in sys.modules if m.startswith(('dateparser', 'dipcli.dates.'))))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert set(shown.split()) == {"dipcli.dates.intervals", "dipcli.dates.options"}
