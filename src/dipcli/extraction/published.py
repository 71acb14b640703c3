"""When a document was published, where its metadata do not say: printed in its text, or inferred.

Inferred means: a weekday and a day of a month that the text gives to the same event fit one year only
among the years that it tells of; or, at least, the newest date told as past is a bound. The precision
is then that of the inference, and the evidence its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from dipcli.dates import Context, Expression, Interval, Resolved
from dipcli.dates.intervals import months
from dipcli.dates.meaning import Calendar, Offset, Stretch, Weekday
from dipcli.dates.tense import tense
from dipcli.extraction.columns import DATED, DATED_LINES
from dipcli.extraction.dateline import dateline
from dipcli.extraction.lines import Line, bare, body, lines
from dipcli.extraction.sections import days_alone
from dipcli.locators import Locator
from dipcli.records import Basis, Document, Evidence, Published

_MONTH_OF_DIGITS, _DAY_OF_DIGITS = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_DIGITS = re.compile(rf"(?P<year>(?:19|20)\d\d){_MONTH_OF_DIGITS}{_DAY_OF_DIGITS}")
_STAMP = re.compile(
    rf"(?:[A-Z]{{2,4}}-)*{_MONTH_OF_DIGITS}-{_DAY_OF_DIGITS}-(?P<year>\d\d) \d{{4}}\s?(?:[ECMP][SD]T|GMT|UTC)"
)
"""A news agency's stamp of day and hour: 08-16-90 2041EDT, AP-NY-02-27-98 0802EST."""
_CENTURY = 50
"""Years of two digits from this one on are of the last century."""
_LABEL = re.compile(
    r"\Adate\Z|(?:\A|[.|)–—] )(?:(?:First|Originally|Last) (?:published|updated|posted)|Published|Posted|Updated|Issued"
    r"|Released|Dated|(?:(?:Release|Publication|Press|Issue) )?Date|Prepared|Compiled|Adopted by|PUBLISHED|UPDATED|DATE)\b[^.\n]{0,60}\Z"
)
"""What comes before a date to say that the document is of that day."""
_BOX = re.compile(
    r"\b(?:Signed|Drafted|Sealed|Ratified|Effective|Entry into force|In force|Opened(?: for signature)?|Founded|Formed|Formation|Established|Born|Died"
    r"|Inaugurated|Dissolved|Closed|Accession|Deposited|Expire[sd]|Expiry|Launched|Held)(?: on)?:?[ |]*\Z"
)
"""What comes before a date in the box of an encyclopedia's article: the day of what it tells of."""
_BYLINE = re.compile(r"[|–—-]?\s*(?:By|BY)\s(?:[A-Z][\w.'’-]*(?:\s(?:and\s|of\s)?(?:the\s)?|\Z)){1,10}\Z")
"""What comes after the date at the head of a line that tells who wrote the text."""
_DATELINE = re.compile(
    r"[A-Z][A-Z.’'\- ]{2,40}(?:, ?[A-Z][A-Za-z. ]{1,20}){0,2},? ?[(–—-]{0,2} ?"
    r"(?P<date>[A-Z][A-Za-z]{2,8}\.? \d\d?|\d\d? [A-Z][A-Za-z]{2,8})(?:,? \d{4})?\b"
)
"""SEOUL, March 3 (Agency) - …: a city in capitals, perhaps its country, a day."""
_OCCASION = re.compile(
    r"\b(?:[Pp]ress [Cc]onference|[Bb]riefing|[Ss]tatement|[Rr]emarks|[Ii]nterview|[Tt]ranscript|[Ss]peech|[Aa]ddress)\b"
    r"(?: (?:to|with|by|of|at) [^.;:]{2,60})?,? \(?(?:on|of|[–—-])? ?(?:the )?\Z"
)
"""What comes before a date at the end of a headline to say when its words were spoken."""
_PREAMBLE = re.compile(
    r"(?:(?:Also|Further) )?(?:Recalling|Having|Noting|Reaffirming|Considering|Bearing|Welcoming|Taking|Recogni[sz]ing|Mindful|Guided|Pursuant)\b"
)
"""Begins a line of a resolution's preamble, whose dates are those of other documents."""
Found = tuple[Interval, Expression]
_LINE_REACH = 300
"""How many characters into a line its date may stand."""
_TOWN = re.compile(r"(?:Done (?:at|in) )?[A-Z][\w.'’\- ]{2,30},? (?:on )?(?:the )?")
"""What comes before the date at the foot of a document: "Lima, 3 May 2014"."""
_FOOT = re.compile(rf"{_TOWN.pattern}|(?:©|\(?c\)|Copyright)[\w .&'’()-]{{0,40}},?\s*")
"""The same, or whose the rights are: "(c) AGENCY, May 3, 2014"."""
_STANDFIRST = 3
"""Lines below the first one of prose that may still print the date."""
MAX_WORDS_BESIDE = 7
"""Words that a line may have besides its date and still be the line that prints it."""
_REACH_YEARS = 6
"""In how many years, from the newest date told as past, a weekday may decide; it comes back in five, six
or eleven."""
_NEAR_YEARS = 4
"""How many years younger the text may be: what is told last of a longer past is history."""
_HALF_YEAR = 6
_EXACT = ("day", "month", "range", "quarter")
_AHEAD = re.compile(r"\b(?:until|till|by|before|prior to|ahead of)\b[^.;,]*\Z")
"""What comes before a date that need not have passed."""


def published(document: Document, expressions: list[Expression], head: list[Line]) -> Published | None:
    """The day printed near the top, or on a labelled line anywhere; else what can be inferred."""
    all_lines = body(document.text)
    days = days_alone(all_lines, expressions)
    listed = [line.start for line in all_lines if DATED.search(line.words)]
    days_told = {e.char_start: e for e in expressions if _day(e)}
    begun = [
        line.start
        for line in all_lines
        if line.start in days_told and len(line.words) > len(days_told[line.start].text) + 1
    ]
    of_table = {start for group in (listed, begun) if len(group) >= DATED_LINES for start in group}
    head = [line for line in head if line.start not in days and line.start not in of_table]
    found = (
        _compact(head)
        or _printed(document.text, expressions, head)
        or _below(document.text, expressions, head, days)
        or _of_interview(document.text, expressions)
        or _week(expressions, head)
        or _at_foot(document.text, expressions)
        or _month_on_top(all_lines, expressions, head)
        or _issue(document.text, expressions, head)
    )
    if found is not None and not _is_outrun(document.text, expressions, found[0]):
        return _made(document, *found, basis="printed")
    inferred = _from_weekday(document.text, expressions, head) or _bound(document.text, expressions)
    if inferred is not None:
        return _made(document, *inferred, basis="inferred")
    return None


_LATER = 3
"""So many newer dates told as past are told by no document that a printed date is the date of."""


def _is_outrun(text: str, expressions: list[Expression], printed: Interval) -> bool:
    """Whether a text tells of so much after the day printed on top that this is its first entry."""
    later = [(told, e) for told, e in _told(expressions) if (told.start - printed.end).days > _SOON]
    past = {told.start: tense(text, e.char_start, e.char_end) for told, e in later if _is_past(text, e)}
    sure = [day for day, is_past in past.items() if is_past and (day - printed.end).days > _LONG_AFTER]
    return len(past) >= _LATER or len(sure) > 1


_SOON = 60
"""Days after its publication of which a document tells as of what is to come."""
_LONG_AFTER = 366
"""So many days after its publication a document tells of no two days as past, be a year in it misprinted."""


def _made(document: Document, interval: Interval, expression: Expression, basis: Basis) -> Published:
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
            locator=Locator(document).at(expression.char_start),
        ),
    )


# ---- printed ----------------------------------------------------------------------------------


def _printed(text: str, expressions: list[Expression], head: list[Line]) -> Found | None:
    for line, expression in on_lines(head, expressions):
        if _prints(text, line, expression) and (resolved := _day(expression)):
            return resolved.interval, expression
    return None


def _below(text: str, expressions: list[Expression], head: list[Line], days: Collection[int]) -> Found | None:
    """A full date that is all there is on one of the few lines below the first one of prose: below a
    headline and what stands under it, before the text."""
    below = [b for b in lines(text, head[-1].end)[:_STANDFIRST] if b.start not in days] if head else []
    for line, expression in on_lines(below, expressions):
        if bare(expression.text) == line.words.strip("(). ") and (resolved := _day(expression)):
            return resolved.interval, expression
    return None


def _at_foot(text: str, expressions: list[Expression]) -> Found | None:
    """A full date that is all there is on the last line, but for a town or whose the rights are before it."""
    last = lines(text, text.rstrip().rfind("\n") + 1)[-1:]
    for expression in expressions if last else ():
        town, found, after = last[0].words.strip("(). ").partition(bare(expression.text))
        if found and not after and (not town or _FOOT.fullmatch(town)) and (resolved := _day(expression)):
            return resolved.interval, expression
    return None


_HELD = re.compile(
    r"\binterview\s+(?:took\s+place|was\s+(?:held|conducted|recorded|taped|given))\b[^.\n]{0,60}?\bon\s+(?:[A-Z][a-z]+day,?\s+)?\Z"
)


def _of_interview(text: str, expressions: list[Expression]) -> Found | None:
    """The day on which a text says that the interview was that it prints."""
    for expression in expressions if "interview " in text else ():
        held = _HELD.search(text, max(0, expression.char_start - 120), expression.char_start)
        if held and (resolved := _day(expression)):
            return resolved.interval, expression
    return None


_ISSUES = "digest|week|weekly|round-?up|bulletin|newsletter|review|monitor|brief|briefing|issue|edition"
_PERIODICAL = re.compile(rf"\b(?:{_ISSUES})\b", re.IGNORECASE)
_WEEK = 10
"""Days at most between the issues of what comes out every week."""


def _week(expressions: list[Expression], head: list[Line]) -> Found | None:
    """The last of the days of which a digest says on top that it tells: "Weekly digest, 3-9 May 2015", "Week of 3 May 2015"."""
    called = any(_PERIODICAL.search(line.words) for line in head if not line.sentence)
    for line, expression in on_lines(head, expressions) if called else ():
        match expression.meaning:
            case Stretch(_, Calendar(year=int(), day=int())) | Offset(unit="week", count=0) if (
                not line.sentence
            ):
                if (told := expression.resolve(Context())) and (told.end - told.start).days <= _WEEK:
                    return Interval(told.end, told.end, "day"), expression
    return None


def _compact(head: list[Line]) -> Found | None:
    """A day in digits that is all there is on a line near the top: 19970120, or a news agency's stamp."""
    for line in head:
        if match := _DIGITS.fullmatch(line.words) or _STAMP.fullmatch(line.words):
            year, month, day = (int(match[part]) for part in ("year", "month", "day"))
            year += 0 if year > 99 else 1900 if year >= _CENTURY else 2000
            if day <= months(year, month, 1, "month").end.day:
                meaning = Calendar(year, month, day)
                expression = Expression(line.start, line.end, line.words, "compact", meaning, frozenset())
                resolved = expression.resolve(Context())
                return (resolved.interval, expression) if resolved else None
    return None


def _month_on_top(all_lines: Sequence[Line], expressions: list[Expression], head: list[Line]) -> Found | None:
    """A month with its year that is all there is on one line near the top, and on no other."""
    words = {line.start: line.words for line in all_lines}
    alone = [e for e in expressions if words.get(e.char_start) == e.text and _is_month(e)]
    if len(alone) == 1 and alone[0].char_start in {line.start for line in head[1:]}:
        resolved = alone[0].resolve(Context())
        return (resolved.interval, alone[0]) if resolved else None
    return None


_JOURNAL = re.compile(r"(?:(?:[A-Z][\w.'’&]*|of|the|and|on|for|in|no\.|vol\.|\d{1,4})[,:;(]*\s+){1,12}")
_SEASONS = ("season", "quarter")


def _issue(text: str, expressions: list[Expression], head: list[Line]) -> Found | None:
    """The month or season that a line below the title gives to the issue of a journal: "The Baltic Review, Autumn 2012"."""
    for line, expression in on_lines(head[1:], expressions):
        if line.sentence or bare(text[expression.char_end : line.end]).strip(")."):
            continue
        told = None if expression.needs else expression.resolve(Context())
        named = _JOURNAL.fullmatch(text, line.start, expression.char_start)
        parted = text[line.start : expression.char_start].rstrip().endswith((",", ";", ":", "("))
        if told and named and parted and (told.precision in _SEASONS or _is_month(expression)):
            return told.interval, expression
    return None


def _is_month(expression: Expression) -> bool:
    meaning = expression.meaning
    return (
        isinstance(meaning, Calendar)
        and meaning.kind == "calendar"
        and None not in (meaning.year, meaning.month)
        and meaning.day is None
    )


def on_lines(head: list[Line], expressions: list[Expression]) -> Iterator[tuple[Line, Expression]]:
    """Each line with each expression that stands near its beginning."""
    for line in head:
        for expression in expressions:
            if 0 <= expression.char_start - line.start < min(line.end - line.start, _LINE_REACH):
                yield line, expression


def _prints(text: str, line: Line, expression: Expression) -> bool:
    """Whether a line is there for its date: a label, a dateline, or little else on it."""
    before = bare(text[line.start : expression.char_start])
    after = bare(text[expression.char_end : line.end])
    if (
        _LABEL.search(before)
        or (not before and _BYLINE.match(after))
        or (not after and not line.sentence and _OCCASION.search(f"{before} "))
    ):
        return True
    match = _DATELINE.match(text, line.start)
    placed = dateline(text, line.start, line.end)
    if expression.char_start in (match and match.start("date"), placed and placed.date_start):
        return True
    if (
        after.startswith(":")
        or line.sentence
        or _BOX.search(before)
        or _PREAMBLE.match(before)
        or _goes_on(text, line, after)
    ):
        return False
    beside = re.findall(r"[^\W\d_]+", f"{before} {after}")
    return len(beside) <= MAX_WORDS_BESIDE and len(re.findall(r"[^\W\d_]+", after)) <= 3


_LEAST = 3
"""Words from which on the line below one with a date may be its other half."""


_OF_THAT_DAY = re.compile(r"(?:of|on|dated) (?=[\dA-Z])")
"""Before the day of a resolution or letter on a line of its own."""


def _goes_on(text: str, line: Line, after: str) -> bool:
    """Whether a line is but a piece of a sentence that was broken into lines."""
    below = text[line.end + 1 : line.end + _LINE_REACH].partition("\n")[0].split() if after else []
    small = sum(word[0].islower() for word in below)
    begun = line.words[:1].islower() and not _OF_THAT_DAY.match(line.words)
    return begun or (len(below) >= _LEAST and small * 2 > len(below))


def _day(expression: Expression) -> Resolved | None:
    """The day that an expression prints, with its year."""
    meaning = expression.meaning
    if isinstance(meaning, Calendar) and meaning.day is not None and meaning.year is not None:
        return expression.resolve(Context())
    return None


# ---- inferred: a weekday that fits one year ------------------------------------------------------

_SHARED = 4
"""Words of five letters or more that two lines must share to tell of one event."""
_COMPARED = 60
"""How many dates and weekdays of a document are compared; what dates it stands near its top."""


def _from_weekday(text: str, expressions: list[Expression], head: list[Line]) -> Found | None:
    """A day without its year, and its weekday: the year in which the one is the other, if only one is
    within reach of the newest date told as past.

    The day may be that of the dateline ("SEOUL, March 3 … on Friday"), which is then the day of
    publication; else ("Friday, Dec. 17", or "on Friday" in one sentence and "on Dec. 17" in another of
    the same event) the document is at most six days younger."""
    told = _newest(text, expressions)
    if told is None:
        return None
    oldest = told[0].end
    for written, weekday in _datelines(text, expressions, head):
        for days_before in (0, 1):
            if day := _only_day(written, (weekday + days_before) % 7, oldest):
                return Interval(day, day, "day"), written
    for expression, weekday in _pairs(text, expressions):
        if day := _only_day(expression, weekday, oldest):
            return Interval(day, day + timedelta(6), "range"), expression
    return None


def _only_day(expression: Expression, weekday: int, oldest: date) -> date | None:
    """The day of the next years, from `oldest` on, if there is just one that falls on the weekday."""
    meaning = expression.meaning
    assert isinstance(meaning, Calendar) and meaning.month and meaning.day
    found = []
    for year in range(oldest.year, oldest.year + _REACH_YEARS):
        if meaning.day <= months(year, meaning.month, 1, "month").end.day:
            day = date(year, meaning.month, meaning.day)
            if day.weekday() == weekday and day >= oldest - timedelta(31):
                found.append(day)
    return found[0] if len(found) == 1 and found[0].year - oldest.year <= _NEAR_YEARS else None


def _yearless(expressions: list[Expression]) -> list[Expression]:
    return [
        e
        for e in expressions
        if isinstance(e.meaning, Calendar)
        and e.meaning.day
        and e.meaning.month
        and e.meaning.year is None
        and e.meaning.of is None
    ]


def _weekdays(expressions: list[Expression]) -> list[tuple[Expression, int]]:
    """The weekdays that stand alone: "on Thursday", not "last Thursday"."""
    return [
        (e, e.meaning.number)
        for e in expressions
        if isinstance(e.meaning, Weekday) and e.meaning.which is None and e.meaning.of is None
    ]


def _datelines(
    text: str, expressions: list[Expression], head: list[Line]
) -> Iterator[tuple[Expression, int]]:
    for line in head:
        match = _DATELINE.match(text, line.start)
        if match is None:
            continue
        for expression in _yearless(expressions):
            if expression.char_start == match.start("date"):
                yield from (
                    (expression, n) for e, n in _weekdays(expressions) if line.start < e.char_start < line.end
                )


def _pairs(text: str, expressions: list[Expression]) -> Iterator[tuple[Expression, int]]:
    days = _yearless(expressions)
    for expression in days:
        assert isinstance(expression.meaning, Calendar)
        if expression.meaning.weekday is not None:
            yield expression, expression.meaning.weekday
    weekdays = [(_words_before(text, e), weekday) for e, weekday in _weekdays(expressions)[:_COMPARED]]
    for expression in days[:_COMPARED]:
        words = _words_before(text, expression)
        for others, weekday in weekdays:
            if len(words & others) >= max(_SHARED, len(words) * 0.6):
                yield expression, weekday


def _words_before(text: str, expression: Expression) -> set[str]:
    """The longer words of a sentence before a date in it."""
    before = text[max(0, expression.char_start - 400) : expression.char_start]
    return {word.lower() for word in re.findall(r"[^\W\d_]{5,}", re.split(r"\n|[.!?] ", before)[-1])}


# ---- inferred: not before the newest date told ---------------------------------------------------


def _bound(text: str, expressions: list[Expression]) -> Found | None:
    """Half a year from the month of the newest date told as past, where the text also tells dates without
    their years and so trusts its readers to know when it was written."""
    if not any("year" in e.needs or "published" in e.needs for e in expressions):
        return None
    told = _newest(text, expressions)
    if told is None:
        return None
    end = told[0].end
    if _is_elsewhen(text, expressions, months(end.year, end.month, _HALF_YEAR, "range")):
        return None
    return months(end.year, end.month, _HALF_YEAR, "range"), told[1]


def _is_elsewhen(text: str, expressions: list[Expression], bound: Interval) -> bool:
    """Whether a dateline gives a day that is not among some months: then what the text tells last in full
    is long past."""
    for expression in _yearless(expressions):
        line = _DATELINE.match(text, text.rfind("\n", 0, expression.char_start) + 1)
        if line and line.start("date") == expression.char_start:
            meaning = expression.meaning
            assert isinstance(meaning, Calendar) and meaning.month
            start = bound.start.year * 12 + bound.start.month
            return (meaning.month - bound.start.month) % 12 + start > bound.end.year * 12 + bound.end.month
    return False


def _newest(text: str, expressions: list[Expression]) -> Found | None:
    """The newest date told as past, if exact to the quarter."""
    newest = sorted(_told(expressions), key=lambda pair: (pair[0].end, -pair[1].char_start), reverse=True)
    return next((pair for pair in newest if _is_past(text, pair[1])), None)


def _told(expressions: list[Expression]) -> Iterator[Found]:
    """The dates told in full, if exact to the quarter."""
    for expression in expressions:
        resolved = expression.resolve(Context()) if not expression.needs else None
        if resolved and resolved.precision in _EXACT and expression.rule != "decade":
            yield resolved.interval, expression


def _is_past(text: str, expression: Expression) -> bool:
    """Whether a date is told as past."""
    start = expression.char_start
    ahead = _AHEAD.search(text[max(0, start - 50) : start])
    return not ahead and tense(text, start, expression.char_end) is not False
