"""The date expressions of news-like text with their days, in TimeML's terms.

Tense is guessed from the verbs nearby, what was last told is carried from sentence to sentence, and the
rest hangs on the day of publication. As in TimeML's TIMEX3 values, "early 2022" has the year's interval
(what narrows it is left to `Expression.resolve`), "from Feb. 12 to June 10" and "Feb. 12-14" are two dates,
"a week after May 3" is May 3, and a time of day that stands alone is its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from dipcli.dates import intervals
from dipcli.dates.clock_times import Span, lone_clock_times
from dipcli.dates.grammar import Expression, expressions
from dipcli.dates.intervals import Interval
from dipcli.dates.meaning import (
    Again,
    Calendar,
    Context,
    Feast,
    Meaning,
    Named,
    Offset,
    Period,
    Resolved,
    Stretch,
    Unit,
    Weekday,
)
from dipcli.dates.resolve import onwards, resolve
from dipcli.dates.tense import REACH, SENTENCE_END, tense
from dipcli.records import Precision


class Hit(msgspec.Struct, frozen=True):
    """A date expression, `text == document[char_start:char_end]`, with its days as ISO dates, and the
    grammar's rule that found it."""

    char_start: int
    char_end: int
    text: str
    start: str
    end: str
    precision: Precision
    rule: str


def find(text: str, anchor: date | None) -> list[Hit]:
    """Every date expression of a text that gives calendar days, in the text's order.

    `anchor` is the day of publication; without it, what hangs on it alone is left out.
    """
    published = intervals.day(anchor) if anchor else None
    found = expressions(text)
    dated = _dated(text, found, published)
    clocks = lone_clock_times(text, [(e.char_start, e.char_end) for e in found])
    return sorted([*dated, *_clock_hits(text, clocks, dated, published)], key=lambda hit: hit.char_start)


def _dated(text: str, found: list[Expression], published: Interval | None) -> list[Hit]:
    hits: list[Hit] = []
    last, year_told, told_here = published, False, False
    past: bool | None = None
    newest: Interval | None = None
    last_day = published
    entry: Interval | None = None
    seen_to, told_at = 0, 0
    for expression, is_until in _ends(found):
        for end in SENTENCE_END.finditer(text, seen_to, expression.char_start + 1):
            year_told, told_here, told_at = False, False, end.end()
        seen_to = expression.char_start
        past = _tense(expression, text, told_at, past)
        carry = published is None or (year_told and past is not False)
        context = Context(published=published, last=last, past=past, carry=carry)
        since_last = text[max(told_at, expression.char_start - REACH) : expression.char_start]
        if newest and _of_the_report(expression, context, told_here):
            context = msgspec.structs.replace(context, last=newest)
        is_entry = _heads_entry(text, expression)
        if is_entry and entry is not None:
            resolved = expression.resolve(msgspec.structs.replace(context, last=entry, past=None, carry=True))
        elif is_until and told_here and last is not None:
            resolved = resolve(onwards(expression.meaning, last.start), context)
        else:
            resolved = _in_news(expression, context, since_last, told_here, last_day)
        if resolved is None or resolved.unit is None:
            continue
        unit = resolved.unit
        if is_entry and (entry is not None or not expression.needs):
            entry = resolved.interval
        hits.append(_hit(text, expression.char_start, expression.char_end, unit, expression.rule))
        told_here, told_at = True, expression.char_end
        if since_last.endswith("since "):
            continue  # "the most since June 2009" tells of now
        if expression.rule not in _A_YEAR_BACK and not _compares(expression, context, since_last):
            last = resolved.interval
            if last.precision == "day":
                last_day = last
                last = newest if newest and newest.end == last.end else last  # "the three months to Dec. 31"
            if last.precision == "quarter" and _is_newer(last, newest, published):
                newest = last
        year_told = _says_year_of_month(hits[-1]) or (year_told and bool(expression.needs & {"last", "year"}))
    return hits


_ENTRY = re.compile(r"\.?\s?[-–—:]\s")


def _heads_entry(text: str, expression: Expression) -> bool:
    """Whether a day heads an entry of a chronology: it begins its line, and a dash or colon follows. Where the
    first of them has its year, the others go on from it."""
    if not isinstance(expression.meaning, Calendar) or not _ENTRY.match(text, expression.char_end):
        return False
    start = expression.char_start
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t-*•–—")


def _tense(expression: Expression, text: str, told_at: int, before: bool | None) -> bool | None:
    """The tense by the verbs nearby, or `before`, that of the date this one is listed with: "for Sunday
    and Monday". "Crude for May delivery" and "open through May 3" are to come."""
    if isinstance(expression.meaning, Weekday) and _LISTED.fullmatch(text, told_at, expression.char_start):
        return before
    if isinstance(expression.meaning, Weekday) and _for_it(text, expression):
        return False
    if _DELIVERY.match(text, expression.char_end):
        return False
    if _recurs(expression.meaning) and text.endswith("through ", 0, expression.char_start):
        return False
    return tense(text, expression.char_start, expression.char_end)


def _for_it(text: str, expression: Expression) -> bool:
    """Whether something is foreseen for a weekday: "called a strike for Monday", not "blamed for Monday's raid"."""
    start, end = expression.char_start, expression.char_end
    return text.endswith("for ", 0, start) and not text.startswith(("'s", "’s"), end)


def _hit(text: str, start: int, end: int, days: Interval, rule: str) -> Hit:
    since, until = days.start.isoformat(), days.end.isoformat()
    return Hit(start, end, text[start:end], since, until, days.precision, rule)


_PARAGRAPH = 1000
"""Characters back that a time of day may lie from the day it belongs to, in its paragraph."""
_NEAR = 5
"""How many days told before it a time of day is tried with."""


def _clock_hits(text: str, clocks: list[Span], dated: list[Hit], published: Interval | None) -> Iterator[Hit]:
    """Times of day: of the day last told in their paragraph or, of what has happened, in the one before; else of
    the day of publication."""
    told = [hit for hit in dated if hit.precision == "day"]
    at = 0
    for start, end in clocks:
        while at < len(told) and told[at].char_start < start:
            at += 1
        since = max(0, start - _PARAGRAPH)
        paragraph = max(since, text.rfind("\n\n", since, start))
        near = told[at - 1] if at and told[at - 1].char_start >= paragraph else None
        if near is None and at < len(told) and _one_sentence(text, end, told[at].char_start):
            near = told[at]
        if near and published and near.start > published.end.isoformat() and tense(text, start, end):
            over = (
                day for day in told[max(0, at - _NEAR) : at][::-1] if day.start <= published.end.isoformat()
            )
            near = next(over, near)
        if near is None and at and _is_story(text, told[at - 1], paragraph, start, end):
            near = told[at - 1]
        day = intervals.day(date.fromisoformat(near.start)) if near else published
        if day is not None:
            yield _hit(text, start, end, day, "clock")


def _is_story(text: str, day: Hit, paragraph: int, start: int, end: int) -> bool:
    """Whether the time at `start` goes on with the day told in the paragraph before: it heads no paragraph of
    its own, as in a running report, and tells of the past."""
    before = text.rfind("\n\n", 0, max(0, paragraph - 1))
    headed = not text[paragraph:start].strip()
    return not headed and day.char_start > before and tense(text, start, end) is True


def _one_sentence(text: str, start: int, end: int) -> bool:
    return end - start < REACH and not SENTENCE_END.search(text, start, end)


def _compares(expression: Expression, context: Context, since_last: str) -> bool:
    """Whether a year back means the quarter or month told, a year back: "from 4 percent a year earlier"."""
    if context.last is None or context.last.precision not in ("month", "quarter", "half"):
        return False
    if expression.rule == "count":
        return expression.meaning in _YEAR_EARLIER and _COMPARED.search(since_last) is not None
    return expression.rule in _A_YEAR_BACK


def _of_the_report(expression: Expression, context: Context, told_here: bool) -> bool:
    """Whether a year back is counted from the quarter reported, the newest one told: "the year-ago period"; "the
    quarter" is that one, whatever was told in between."""
    if expression.rule in ("same_again", "year_ago_unit") and "quarter" in expression.text:
        return context.last is None or context.last.precision != "quarter"
    return (
        not told_here
        and expression.rule in ("same_unit", "year_ago_unit", "years_quarter")
        and context.last is not None
        and context.last.precision == "quarter"
    )


def _is_newer(quarter: Interval, newest: Interval | None, published: Interval | None) -> bool:
    if published is not None and quarter.start > published.end:
        return False
    return newest is None or quarter.start > newest.start


def _ends(found: list[Expression]) -> Iterator[tuple[Expression, bool]]:
    """The expressions, of stretches and of "a day after Wednesday" the dates in them, and whether each is the
    second of these."""
    for expression in found:
        yield from ((part, at > 0) for at, part in enumerate(expression.parts or _apart(expression)))


_LINK = re.compile(
    r"(?<=[\w.,])(?<!mid)(?:,?\s+(?P<list>and|or|&)\s+|\s*[-–—‑/]\s*|\s+(?:to|through|thru|until|till)\s+)"
    r"(?:the\s+)?(?=[A-Z\d])"
)
_LINKED = ("month_day", "day_month", "months", "months_of_year", "stretch", "years")


def _apart(expression: Expression) -> tuple[Expression, ...]:
    """The ends of a stretch and the days of a list, each by itself: "Aug. 3-5", "May 3 and 4", "2003-2007"; a
    season such as "2012-13" stays one."""
    meaning, text = expression.meaning, expression.text
    if not isinstance(meaning, Stretch) or expression.rule not in _LINKED or _SEASON.fullmatch(text):
        return (expression,)
    whole = [match.span() for match in _ISO.finditer(text)]
    links = [m for m in _LINK.finditer(text) if not any(a < m.start() < b for a, b in whole)]
    if not links:
        return (expression,)
    link, first = links[-1], meaning.first
    match meaning:
        case Stretch(Calendar(day=int(since)), Calendar(day=int(until)) as last) if (
            link["list"] and until - since > 1
        ):
            first = Stretch(meaning.first, msgspec.structs.replace(last, day=until - 1))
    return _cut(expression, 0, link.start(), first), _cut(expression, link.end(), None, meaning.last)


_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_SEASON = re.compile(r"\d{4}[-–—‑/]\d\d")


def _cut(expression: Expression, start: int, end: int | None, meaning: Meaning) -> Expression:
    text = expression.text[start:end]
    since = expression.char_start + start
    return msgspec.structs.replace(
        expression, char_start=since, char_end=since + len(text), text=text, meaning=meaning
    )


def _says_year_of_month(hit: Hit) -> bool:
    """Whether a date gives its year to the next in its sentence: "in December 2012 … and in February"."""
    return hit.precision in ("day", "month") and hit.start[:4] in hit.text


_SOON, _LONG = 45, 200
"""Days: a date this near ahead is meant even beside a verb of the past ("postponed the March 30 vote"),
if the other is this far back; and a date this near back beside a verb of the future."""
_JUST_OVER = 36
"""Days: a month over since is meant even beside a verb of the future."""
_A_YEAR_BACK = ("same_unit", "year_ago_unit", "year_ago")
"""Rules of what is compared with: it moves the story to no other day."""
_YEAR_EARLIER = (Unit("year", -1), Unit("year", -1, "last"))
_COMPARED = re.compile(r"\b(?:from|than|versus|vs|compared|against|over|after)\b")
"""Words after which "a year earlier" means the same quarter or month of that year."""
_LISTED = re.compile(r",? (?:and|or) (?:on |then )?")
"""What stands between two days of the same tense."""
_DELIVERY = re.compile(r"\s(?:delivery|futures|contracts?)\b")
"""What a month to come is told before: "crude for May delivery"."""
_HAD_SINCE = re.compile(r"\bhad(?:n['’]t)?\b[^;:]*\bsince\s(?:late\s|early\s)?\Z")
"""Words after which a weekday lies before the day last told: "She had not been seen since Sunday"."""
_AFTER_IT = re.compile(r"\b(?:would|was to|were to)\b")


def _first(meaning: Meaning) -> Meaning:
    """The beginning of a stretch, what "the week of March 3" is the week of, or the meaning itself."""
    if isinstance(meaning, Stretch):
        return meaning.first
    return meaning.of if isinstance(meaning, Offset) and meaning.of else meaning


def _recurs(meaning: Meaning) -> bool:
    """Whether it is a day or a quarter whose year is not said."""
    match meaning:
        case Calendar(day=int(), year=None) | Period(kind="quarter", of=None):
            return True
    return False


def _is_bare_month(meaning: Meaning) -> bool:
    return (
        isinstance(meaning, Calendar) and meaning.day is None and meaning.year is None and meaning.of is None
    )


def _in_news(
    expression: Expression, context: Context, since_last: str, told_here: bool, last_day: Interval | None
) -> Resolved | None:
    """As `Expression.resolve`, with habits of news: "said on Wednesday that it would vote Thursday" counts
    from that Wednesday; a day without its year is rarely most of a year off; "the same quarter last year"
    counts from the publication where what was last told is longer than a quarter, and "the next day" from the
    day last told."""
    meaning = expression.meaning
    if told_here and context.last is not None and _AFTER_IT.search(since_last):
        if isinstance(meaning, Weekday) and meaning.which is None and context.last.precision == "day":
            return resolve(Weekday(meaning.number, base="last"), context)
        if isinstance(meaning, Calendar | Feast):  # "said in May 2010 that it would close in June"
            return expression.resolve(msgspec.structs.replace(context, past=None, carry=True))
    if (
        isinstance(meaning, Weekday)
        and meaning.which is None
        and context.last != context.published
        and _HAD_SINCE.search(since_last)
    ):
        return resolve(Weekday(meaning.number, -1, base="last"), context)
    if expression.rule in ("count", "year_ago") and _compares(expression, context, since_last):
        return resolve(Again(-1), context)
    first = _first(meaning)
    if isinstance(first, Calendar) and first.weekday is not None:
        context = msgspec.structs.replace(context, past=None)  # its weekday tells its year
    resolved = expression.resolve(context)
    if resolved is None and isinstance(meaning, Unit | Weekday | Named) and meaning.base == "last":
        of_day = isinstance(meaning, Unit) and meaning.unit == "day"
        return resolve(
            meaning, msgspec.structs.replace(context, last=last_day if of_day else context.published)
        )
    if (
        resolved is None
        or context.past is None
        or context.published is None
        or not (_recurs(first) or (_is_bare_month(first) and not context.past))
        or context.published.distance(resolved.interval) < _LONG
    ):
        return resolved
    other = expression.resolve(msgspec.structs.replace(context, past=not context.past))
    soon = _JUST_OVER if _is_bare_month(first) else _SOON
    return other if other and context.published.distance(other.interval) <= soon else resolved
