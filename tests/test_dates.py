"""Date expressions: a table of cases, and what must hold for any text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli.dates import Context, Interval, expressions, find, intervals
from dipcli.dates.rules import FIRST, MASTER, RULES, compiled
from dipcli.dates.words import CLASSES
from effort import is_linear

CASES = [Path(__file__).parent / "cases" / name for name in ("dates.tsv", "dates_news.tsv")]


def _cases() -> list[tuple[str, str, str]]:
    rows = []
    for line in (line for path in CASES for line in path.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            anchor, text, expected = [*line.split("\t"), ""][:3]
            rows.append((anchor, text.replace("\\n", "\n"), expected.replace("\\n", "\n")))
    return rows


def _value(value: str) -> tuple[str, str]:
    """First and last day of a value as TIMEX3 writes it, or of `A/B`."""
    if "/" in value:
        start, end = value.split("/")
        return start, end
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        found = intervals.week(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    elif match := re.fullmatch(r"(\d{4})-Q(\d)", value):
        found = intervals.quarter(int(match[1]), int(match[2]))
    elif match := re.fullmatch(r"(\d{4})-H(\d)", value):
        found = intervals.half(int(match[1]), int(match[2]))
    else:
        year, month, day = ([int(part) for part in value.split("-")] + [0, 0])[:3]
        found = intervals.year(year) if not month else intervals.month(year, month)
        if day:
            found = intervals.day(date(year, month, day))
    return found.start.isoformat(), found.end.isoformat()


@pytest.mark.parametrize(("anchor", "text", "expected"), _cases())
def test_case(anchor: str, text: str, expected: str) -> None:
    wanted = []
    for pair in expected.split("; ") if expected else []:
        words, _, value = pair.rpartition("=")
        if value:
            wanted.append((words, *_value(value)))
    hits = find(text, None if anchor == "-" else date.fromisoformat(anchor))
    assert [(hit.text, hit.start, hit.end) for hit in hits] == wanted


# ---- what holds for any text -------------------------------------------------------------------

WORDS = """May June Sept. Thursday Mon on the of and to from between in last next this early mid - – , . ( )
    16 3 31 2022 2021 99 05/16/2022 2015-06-15 2010-2012 3-6 first second quarter half week weeks year years
    ago later after before today tonight morning every the_end end Q3 1990s $ resolution GMT a two few
    spring winter fiscal \n \n\n will met said 30th 9/11 same previous or instant '21 FY22 2H 1-Mar-22 Easter
    twenty - first day last period latest would since 9 a.m. at 10:30 GMT noon Fridays before_last Christmas""".split(
    " "
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
ANCHORS = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31)))


@settings(max_examples=400, deadline=None)
@given(TEXTS, ANCHORS)
def test_hits_point_at_their_words(text: str, anchor: date | None) -> None:
    hits = find(text, anchor)
    assert hits == find(text, anchor)
    end = 0
    for hit in hits:
        assert end <= hit.char_start < hit.char_end
        assert text[hit.char_start : hit.char_end] == hit.text
        assert hit.start <= hit.end
        end = hit.char_end


@settings(max_examples=300, deadline=None)
@given(TEXTS, ANCHORS, ANCHORS, st.sampled_from([None, True, False]))
def test_expressions_resolve_or_not_but_never_fail(
    text: str, published: date | None, last: date | None, past: bool | None
) -> None:
    context = Context(
        published=intervals.day(published) if published else None,
        last=intervals.day(last) if last else None,
        past=past,
    )
    for expression in expressions(text):
        found = expression.resolve(context)
        if found is not None:
            assert found.start <= found.end
        elif not expression.needs:
            assert expression.rule in (
                "count",
                "stretch",
                "years",
                "quarter",
                "fiscal",
                "month_day",
                "day_month",
                "holiday",
            )


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_what_needs_nothing_is_the_same_in_every_context(text: str) -> None:
    day = intervals.day(date(1987, 6, 5))
    for expression in expressions(text):
        if not expression.needs:
            bare = expression.resolve(Context())
            assert bare == expression.resolve(Context(published=day, last=day, year=1987, past=True))


@pytest.mark.parametrize(
    "trap",
    [
        "1,",
        "1, ",
        "1, 2 and ",
        "3-",
        "2021 ",
        "May ",
        "May 3, ",
        "May-",
        "the first half of ",
        "\n",
        "\n \n",
        "(",
        "early ",
        "two hundred ",
        "12/12/",
        "on the 16th ",
        "a",
        "x@",
        "’",
        "Monday, ",
        "on Monday ",
        "will on May 3 ",
        "the first of ",
        "on the 5th and ",
        "9 a.m. ",
        "at 10:30 GMT (",
        "polls open at 9 a.m. ",
        "since May 3 ",
    ],
)
def test_time_is_linear(trap: str) -> None:
    assert is_linear(expressions, trap)
    assert is_linear(lambda text: find(text, date(2022, 5, 16)), trap)
    assert is_linear(lambda text: find(text, None), trap)


# ---- contexts ----------------------------------------------------------------------------------


def _only(text: str, context: Context) -> tuple[str, str, str, str | None]:
    (expression,) = expressions(text)
    found = expression.resolve(context)
    assert found is not None
    return found.start.isoformat(), found.end.isoformat(), found.precision, found.against


PUBLISHED = intervals.day(date(2022, 9, 15))
LAST = intervals.day(date(2017, 12, 14))


@pytest.mark.parametrize(
    ("text", "context", "start", "end", "precision"),
    [
        ("On May 10, they met", Context(year=2019), "2019-05-10", "2019-05-10", "day"),
        ("On May 10, they met", Context(published=PUBLISHED), "2022-05-10", "2022-05-10", "day"),
        ("On Dec. 10, they met", Context(published=PUBLISHED, past=True), "2021-12-10", "2021-12-10", "day"),
        (
            "On Dec. 10, they meet",
            Context(published=PUBLISHED, past=False),
            "2022-12-10",
            "2022-12-10",
            "day",
        ),
        ("On Dec. 20, they met", Context(published=PUBLISHED, last=LAST), "2017-12-20", "2017-12-20", "day"),
        ("On Jan. 5, they met", Context(last=LAST), "2018-01-05", "2018-01-05", "day"),
        (
            "On Dec. 20, they met",
            Context(published=PUBLISHED, last=LAST, past=True, carry=False),
            "2021-12-20",
            "2021-12-20",
            "day",
        ),
        ("on the 16th, they met", Context(year=2021, month=4), "2021-04-16", "2021-04-16", "day"),
        (
            "on the morning of the 16th, they met",
            Context(year=2021, month=4),
            "2021-04-16",
            "2021-04-16",
            "day",
        ),
        (
            "on Friday morning the 16th, they met",
            Context(year=2021, month=4),
            "2021-04-16",
            "2021-04-16",
            "day",
        ),
        (
            "Friday the 16th.",
            Context(published=intervals.day(date(2021, 5, 1))),
            "2021-04-16",
            "2021-04-16",
            "day",
        ),
        ("Friday evening, the 16th of April", Context(year=2021), "2021-04-16", "2021-04-16", "day"),
        ("Friday, Dec. 17", Context(published=PUBLISHED), "2021-12-17", "2021-12-17", "day"),
        ("in early 2022", Context(), "2022-01-01", "2022-06-30", "half"),
        ("in late 2022", Context(), "2022-07-01", "2022-12-31", "half"),
        ("in mid-2022", Context(), "2022-04-01", "2022-09-30", "half"),
        ("in early May", Context(year=2022), "2022-05-01", "2022-05-31", "month"),
        ("in winter 2021", Context(), "2021-12-01", "2022-02-28", "season"),
        ("between March and June of 2019", Context(), "2019-03-01", "2019-06-30", "range"),
        ("June 3-6, 2019", Context(), "2019-06-03", "2019-06-06", "range"),
        ("3 to 6 June 2019", Context(), "2019-06-03", "2019-06-06", "range"),
        ("May 3 and 4", Context(year=2022), "2022-05-03", "2022-05-04", "range"),
        ("30 May – 2 June 2019", Context(), "2019-05-30", "2019-06-02", "range"),
        ("April-May 2019", Context(), "2019-04-01", "2019-05-31", "range"),
        ("2010-2012", Context(), "2010-01-01", "2012-12-31", "range"),
        ("from Feb. 12 to June 10", Context(published=PUBLISHED), "2022-02-12", "2022-06-10", "range"),
        ("from November to February", Context(year=2021), "2021-11-01", "2022-02-28", "range"),
        ("from 30 June to the 2nd", Context(year=2021), "2021-06-30", "2021-06-30", "day"),
        ("a week after the summit", Context(event=LAST), "2017-12-18", "2017-12-24", "range"),
        ("three days after the summit", Context(event=LAST), "2017-12-17", "2017-12-17", "day"),
        ("last month", Context(published=intervals.month(2022, 9)), "2022-08-01", "2022-08-31", "month"),
        ("last month", Context(published=intervals.year(2022)), "2021-12-01", "2022-11-30", "range"),
        ("yesterday", Context(published=intervals.month(2022, 9)), "2022-08-31", "2022-09-29", "range"),
    ],
)
def test_context(text: str, context: Context, start: str, end: str, precision: str) -> None:
    assert _only(text, context)[:3] == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("June 15, 2015", set()),
        ("on May 16", {"year"}),
        ("on Tuesday", {"published"}),
        ("the next day", {"last"}),
        ("two days after the summit", {"event"}),
        ("on the 16th, they met", {"year", "month"}),
        ("May of last year", {"published"}),
    ],
)
def test_needs(text: str, needs: set[str]) -> None:
    (expression,) = expressions(text)
    assert expression.needs == needs
    assert (expression.resolve(Context()) is None) == bool(needs)


def test_doubts() -> None:
    (weekday,) = expressions("Friday, June 15, 2015")
    found = weekday.resolve(Context())
    assert found is not None and found.start == date(2015, 6, 15)
    assert found.doubt == "2015-06-15 was a Monday, not a Friday"
    (numeric,) = expressions("05/06/2022")
    found = numeric.resolve(Context())
    assert found is not None and found.start == date(2022, 5, 6)
    assert found.alternative == intervals.day(date(2022, 6, 5)) and found.doubt


@settings(max_examples=200)
@given(st.data())
def test_no_rule_begins_with_what_is_passed_over(data: st.DataObject) -> None:
    rule = compiled(data.draw(st.sampled_from(sorted(RULES))))
    words = data.draw(st.from_regex(rule, alphabet="".join(CLASSES.values())))
    if fit := rule.search(words):
        assert FIRST.match(words, fit.start())
        assert MASTER.match(words, fit.start())


def test_what_it_was_resolved_against() -> None:
    context = Context(published=PUBLISHED, last=LAST)
    assert _only("last month", context)[3] == "published 2022-09-15"
    assert _only("the next day", context)[3] == "last told 2017-12-14"
    assert _only("on May 10", Context(year=2019))[3] == "the year 2019 of its section"
    assert _only("May 10, 2019", context)[3] is None


def test_distance() -> None:
    first, last = intervals.month(2022, 5), intervals.day(date(2022, 6, 3))
    assert first.distance(last) == last.distance(first) == 3
    assert first.distance(Interval(first.end, last.end, "range")) == 0
    assert first.end + timedelta(1) == date(2022, 6, 1)
