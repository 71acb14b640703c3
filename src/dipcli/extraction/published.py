"""When a document was published, where its metadata do not say: printed in its text, or inferred.

Inferred means: a weekday and a day of a month that the text gives to the same event fit one year only
among the years that it tells of; or, at least, the newest date told as past is a bound. The precision
is then that of the inference, and the evidence its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from dipcli.dates import Context, Expression, Interval, Resolved
from dipcli.dates.intervals import months
from dipcli.dates.meaning import Calendar, Weekday
from dipcli.dates.news import tense
from dipcli.extraction.lines import Line, bare
from dipcli.records import Basis, Document, Evidence, Published

_LABEL = re.compile(
    r"(?:first |originally |last )?(?:published|posted|updated|date|issued|released|dated)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-Z][A-Z.’'\- ]{2,40}(?:, ?[A-Z][A-Za-z. ]{1,20}){0,2},? ?[(–—-]{0,2} ?"
    r"(?P<date>[A-Z][a-z]{2,8}\.? \d\d?|\d\d? [A-Z][a-z]{2,8})(?:,? \d{4})?\b"
)
"""SEOUL, March 3 (Agency) - …: a city in capitals, perhaps its country, a day."""
Found = tuple[Interval, Expression]
MAX_WORDS_BESIDE = 7
"""Words that a line may have besides its date and still be the line that prints it."""
_NEAR_YEARS = 2
"""How far from the newest year told a year may be that a weekday gives."""
_HALF_YEAR = 6
_EXACT = ("day", "month", "range", "quarter")
_AHEAD = re.compile(r"\b(?:until|till|by|before|prior to|ahead of)\b[^.;,]*\Z")
"""What comes before a date that need not have passed."""


def published(document: Document, expressions: list[Expression], head: list[Line]) -> Published | None:
    """The day printed near the top, or on a labelled line anywhere; else what can be inferred."""
    found = _printed(document.text, expressions, head)
    if found is not None:
        return _told(document, *found, basis="printed")
    inferred = _from_weekday(document.text, expressions) or _bound(document.text, expressions)
    if inferred is not None:
        return _told(document, *inferred, basis="inferred")
    return None


def _told(document: Document, interval: Interval, expression: Expression, basis: Basis) -> Published:
    return Published(
        start=interval.start.isoformat(),
        end=interval.end.isoformat(),
        precision=interval.precision,
        basis=basis,
        evidence=Evidence(
            document=document.id,
            char_start=expression.char_start,
            char_end=expression.char_end,
            text=expression.text,
            date_text=expression.text,
            locator=f"line {document.text.count(chr(10), 0, expression.char_start) + 1}",
        ),
    )


# ---- printed ----------------------------------------------------------------------------------


def _printed(text: str, expressions: list[Expression], head: list[Line]) -> Found | None:
    inside = [(line, e) for line in head for e in expressions if line.start <= e.char_start < line.end]
    for line, expression in inside:
        if _prints(text, line, expression) and (resolved := _day(expression, expressions)):
            return resolved.interval, expression
    return None


def _prints(text: str, line: Line, expression: Expression) -> bool:
    """Whether a line is there for its date: a label, a dateline, or little else on it."""
    before = bare(text[line.start : expression.char_start])
    after = bare(text[expression.char_end : line.end])
    if _LABEL.match(before) and len(before.split()) <= MAX_WORDS_BESIDE:
        return True
    if (match := _DATELINE.match(text, line.start)) and match.start("date") == expression.char_start:
        return True
    if after.startswith(":") or line.sentence:
        return False
    beside = re.findall(r"[^\W\d_]+", f"{before} {after}")
    return len(beside) <= MAX_WORDS_BESIDE and len(re.findall(r"[^\W\d_]+", after)) <= 3


def _day(expression: Expression, expressions: list[Expression]) -> Resolved | None:
    """The day that an expression prints; without a year, that of the years told most often."""
    meaning = expression.meaning
    if not isinstance(meaning, Calendar) or meaning.day is None:
        return None
    if meaning.year is None and meaning.weekday is None:
        years = Counter(r.start.year for e in expressions if not e.needs and (r := e.resolve(Context())))
        if not years:
            return None
        return expression.resolve(Context(year=max(years, key=lambda year: (years[year], year))))
    if meaning.year is None:
        told = _newest_year(expressions)
        return expression.resolve(Context(year=told)) if told else None
    return expression.resolve(Context())


def _newest_year(expressions: Iterable[Expression]) -> int | None:
    found = (e.resolve(Context()) for e in expressions if not e.needs)
    return max((r.end.year for r in found if r is not None), default=None)


# ---- inferred: a weekday that fits one year ------------------------------------------------------

_SHARED = 4
"""Words of five letters or more that two lines must share to tell of one event."""


def _from_weekday(text: str, expressions: list[Expression]) -> Found | None:
    """ "Thursday, Dec. 23", or "on Thursday" in one sentence and "on Dec. 23" in another of the same
    event: the year in which the one is the other, if only one is near the years that the text tells of.

    The document is then at most six days younger than that day."""
    newest = _newest_year(expressions)
    if newest is None:
        return None
    for calendar, weekday in _pairs(text, expressions):
        meaning = calendar.meaning
        assert isinstance(meaning, Calendar) and meaning.month and meaning.day
        years = range(newest - _NEAR_YEARS, newest + _NEAR_YEARS + 1)
        days = [date(y, meaning.month, meaning.day) for y in years if _exists(y, meaning.month, meaning.day)]
        fitting = [day for day in days if day.weekday() == weekday]
        if len(fitting) == 1:
            return Interval(fitting[0], fitting[0] + timedelta(6), "range"), calendar
    return None


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= months(year, month, 1, "month").end.day


def _pairs(text: str, expressions: list[Expression]) -> Iterable[tuple[Expression, int]]:
    days = [
        e
        for e in expressions
        if isinstance(e.meaning, Calendar) and e.meaning.day and e.meaning.month and e.meaning.year is None
    ]
    for expression in days:
        assert isinstance(expression.meaning, Calendar)
        if expression.meaning.weekday is not None:
            yield expression, expression.meaning.weekday
    weekdays = [e for e in expressions if isinstance(e.meaning, Weekday) and e.meaning.which is None]
    for expression in days:
        words = _words_around(text, expression)
        for other in weekdays:
            assert isinstance(other.meaning, Weekday)
            if len(words & _words_around(text, other)) >= max(_SHARED, len(words) * 0.6):
                yield expression, other.meaning.number


def _words_around(text: str, expression: Expression) -> set[str]:
    start = max(text.rfind("\n", 0, expression.char_start), text.rfind(". ", 0, expression.char_start)) + 1
    return {word.lower() for word in re.findall(r"[^\W\d_]{5,}", text[start : expression.char_start])}


# ---- inferred: not before the newest date told ---------------------------------------------------


def _bound(text: str, expressions: list[Expression]) -> Found | None:
    """Half a year from the month of the newest date told as past, where the text also tells dates without
    their years and so trusts its readers to know when it was written."""
    if not any("year" in e.needs or "published" in e.needs for e in expressions):
        return None
    told = [(r, e) for e in expressions if not e.needs and (r := e.resolve(Context()))]
    told = [
        (r, e) for r, e in told if r.precision in ("day", "month", "range", "quarter") and e.rule != "decade"
    ]
    told = [(r, e) for r, e in told if not _AHEAD.search(text[max(0, e.char_start - 50) : e.char_start])]
    told = [(r, e) for r, e in told if tense(text, e.char_start, e.char_end) is not False]
    if not told:
        return None
    newest, expression = max(told, key=lambda pair: (pair[0].end, -pair[1].char_start))
    return months(newest.end.year, newest.end.month, _HALF_YEAR, "range"), expression
