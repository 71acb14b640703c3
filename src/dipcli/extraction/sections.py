"""Sections that date what follows: below a heading of a year or month, below a line that is but a day.

`sections` says with which context the dates of each stretch of a text are to be read. `openings` finds the
dates that lines begin with and that mean something in their section alone ("2nd." under "March 1969").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from dipcli.dates import Context, Expression, Interval, expressions
from dipcli.dates.intervals import MONTHS
from dipcli.dates.meaning import Calendar, Stretch, needs
from dipcli.extraction.dateline import dateline
from dipcli.extraction.lines import Line, body, lines
from dipcli.extraction.sentences import TIMED
from dipcli.reading.front_matter import body_start
from dipcli.records import Document, Published

_HEADING_LENGTH = 80
_HEADING_WORDS = frozenset(
    """events timeline chronology visits trips travel meetings talks key major developments relations of in
    the and year years during from to list overview summary""".split()
)
_DAY_WORDS = frozenset("on day date events one two three four five six seven eight nine ten".split())
"""Words that may stand beside the day on a line that is but a day."""
_SHORT = 150
"""Words below a day up to which what is told there without a date is of that day: a chronology's entry, an
item of a digest. Longer texts tell of other days too."""
_ENTRY, _ENTRIES = 80, 3
"""Words below a month or year up to which what is told there is an entry of it, and how many such there must be."""
_LEAST = 5
"""Words that have to stand below a line for it to be the day of something."""
_OPENING = re.compile(
    rf"\s*(?:[-*+•–]\s*)?[*_]*(?:(?P<day>\d{{1,2}})(?:\s?[-–]\s?(?P<last>\d{{1,2}})(?=\s*:))?"
    r"(?:(?:st|nd|rd|th)[*_]*\s*[.:–—-]|[*_]*\s*:|[*_]*\s+[–—-])(?=\s)"
    rf"|(?P<month>{'|'.join(MONTHS)})(?:\s*[-–—/]\s*(?P<until>{'|'.join(MONTHS)}))?[*_]*\s*(?:--|[.:–—-](?=\s)))"
)


class Section(NamedTuple):
    """A stretch of a document up to the next section."""

    start: int
    context: Context
    day: Expression | None = None
    """The day that stands on a line of its own above it, which is what "today" means there."""
    lead: Expression | None = None
    """The day, month or year above it, where what is told there without a date is of that time."""


def sections(document: Document, dates: Sequence[Expression]) -> list[Section]:
    """The sections of a document in order, the first at 0; `dates` are the expressions of its text.

    The context's `published` is the document's, as exactly as known; `year` and `month` are those of a heading
    ("2008", "## May 2022", "2021:"); where a heading or the title tells more than one year, `last` is its
    stretch. Below a Markdown heading a section ends at the next heading of its level that has no date.
    """
    all_lines = body(document.text)
    days = days_alone(all_lines, dates)
    base = Context(published=_anchor(document), year=_year_of_title(all_lines, document.published))
    entries = _entries(all_lines, dates, days)
    rows = _rows(document.text, all_lines, dates)
    reports = _reports(document.text, all_lines, dates, base)
    found = [Section(0, base, None, None if days else _day_of_entries(document, all_lines, dates))]
    following = {line.start: after for line, after in pairwise(all_lines)}
    heading = base
    level = 0
    for line in all_lines:
        if line.level and line.level <= level:
            heading, level = base, 0
            found.append(Section(line.start, base))
        if day := days.get(line.start):
            context = _of_day(day.expression, heading, found[-1].context)
            if context:
                if heading.year and "year" not in day.expression.needs:
                    heading = replace(heading, year=context.year)  # "1992, Jan. 16" below "1990, May"
                lead = day.expression if day.words <= _SHORT else None
                found.append(Section(line.start, context, day.expression, lead))
        elif (
            (len(line.words) <= _HEADING_LENGTH and (told := _heading(line, found[-1].context, base)))
            or (told := _introduced(line, base))
            or (told := _era(line, following.get(line.start), base))
        ):
            heading, level = told, line.level
            found.append(Section(line.start, told, None, entries.get(line.start)))
        elif issued := _issued(line, dates, base):
            found.append(issued)
        elif line.start in reports:
            found.append(Section(line.start, *reports[line.start]))
        elif line.start in rows:
            found.append(Section(line.start, found[-1].context))
            found.append(Section(line.end, found[-1].context, None, rows[line.start]))
    return found


def openings(text: str, found: Sequence[Section], dates: Sequence[Expression]) -> list[Expression]:
    """The expressions `dates` and the days and months that lines begin with in a section of their month or
    year, in the order of the text."""
    starts = [e.char_start for e in dates]
    more = []
    ends = [section.start for section in found[1:]] + [len(text)]
    for section, end in zip(found, ends, strict=True):
        context = section.context
        if section.day or context.year is None:
            continue
        for line in lines(text, section.start, end):
            match = _OPENING.match(text, line.start, line.end)
            made = _opening(match, context) if match else None
            before = bisect_left(starts, made.char_end) - 1 if made else 0
            if made and (before < 0 or dates[before].char_end <= made.char_start):
                more.append(made)
    return _joined(text, sorted([*dates, *more], key=lambda e: e.char_start))


_SCHEDULE = re.compile(
    r"\b(?:schedule|programme|program|diary|agenda|calendar|itinerary|engagements|appointments|guidance)\b",
    re.IGNORECASE,
)
_ON_TOP = 400
"""So many characters on top may say that a text is a schedule."""
_TIMES = 2
"""Lines that a schedule has at least that begin with a time of day."""


OF_SCHEDULE = "of_schedule"
"""Rule of the day that dates the entries of a schedule that begin with a time."""


def is_schedule(text: str) -> bool:
    """Whether a text says on top that it is the schedule of a day or more, and has lines that begin with a time."""
    start = body_start(text)
    return bool(_SCHEDULE.search(text, start, start + _ON_TOP)) and len(TIMED.findall(text)) >= _TIMES


def _day_of_entries(
    document: Document, all_lines: Sequence[Line], dates: Sequence[Expression]
) -> Expression | None:
    """The day that a schedule, or a digest of short items below a line that is but a day, is of: the one that it bears."""
    known = document.published
    if known is None or known.precision != "day" or known.evidence is None:
        return None
    if not is_schedule(document.text):
        return _day_of_digest(document.text, all_lines, dates, known.evidence.char_start)
    told = date.fromisoformat(known.start)
    text = known.evidence.date_text or known.start
    meaning = Calendar(told.year, told.month, told.day)
    return Expression(
        known.evidence.char_start, known.evidence.char_end, text, OF_SCHEDULE, meaning, frozenset()
    )


_OTHER_DAYS = frozenset(("weekday", "weekdays"))
"""Rules of dates that the items of a week's digest are told with."""
_LEAD = 12
"""Within so many characters a line begins with its own date."""
_ITEM = re.compile(r"\s*(?:[-*•·–]\s|#{1,6}\s)")


def _day_of_digest(
    text: str, all_lines: Sequence[Line], dates: Sequence[Expression], at: int
) -> Expression | None:
    """The day told at `at`, if it stands alone on its line and most lines below are bullets or headings."""
    told = next((e for e in dates if e.char_start == at), None)
    number = bisect_right([line.start for line in all_lines], at) - 1
    if told is None or number < 0 or not _is_but_a_day(all_lines[number], told):
        return None
    below = all_lines[number + 1 :]
    items = sum(_ITEM.match(text, line.start, line.end) is not None for line in below)
    starts = [line.start for line in below]
    opens = sum(
        e.char_start - starts[bisect_right(starts, e.char_start) - 1] < _LEAD
        for e in dates
        if e.char_start >= at + len(told.text) and starts
    )
    others = sum(e.rule in _OTHER_DAYS for e in dates) + opens
    return told if items >= max(_ENTRIES, 4 * others) and items * 2 >= len(below) else None


_YEAR_THEN = re.compile(r"[ \t]*[-–—:,.]{0,2}[ \t]*")
_BEGINS = re.compile(r"(?:\A|\n|[.!?;][\"')\]]*[ \t])[ \t*•–-]*\Z")
"""What stands before the first word of a line or sentence."""


def _joined(text: str, dates: Sequence[Expression]) -> list[Expression]:
    """Dates in order, with a year that begins a line or sentence and the day or month told right after it as one:
    "1963 - 30 November A resigns"."""
    found: list[Expression] = []
    for told in dates:
        year = found[-1] if found else None
        if (
            year is not None
            and year.rule == "year"
            and _YEAR_THEN.fullmatch(text, year.char_end, told.char_start)
            and _BEGINS.search(text, max(0, year.char_start - 8), year.char_start)
            and len(whole := _of_year([year, told])) == 1
        ):
            span = text[year.char_start : told.char_end]
            found[-1] = replace(whole[0], char_start=year.char_start, text=span)
        else:
            found.append(told)
    return found


def _opening(match: re.Match[str], context: Context) -> Expression | None:
    if match["day"]:
        if context.month is None or not 1 <= int(match["day"]) <= 31:
            return None
        meaning: Calendar | Stretch = Calendar(day=int(match["day"]))
        start, end = match.span("day")
        if match["last"] and int(match["day"]) < int(match["last"]) <= 31:
            meaning, end = Stretch(meaning, Calendar(day=int(match["last"]))), match.end("last")
    else:
        first, last = (MONTHS.index(name) + 1 if name else 0 for name in match.group("month", "until"))
        meaning = Calendar(month=first)
        if last > first:
            meaning = Stretch(Calendar(month=first), Calendar(month=last))
        start, end = match.start("month"), match.end("until" if last > first else "month")
    return Expression(start, end, match.string[start:end], "of_section", meaning, needs(meaning))


# ---- lines that are but a day --------------------------------------------------------------------


def _entries(
    all_lines: Sequence[Line], dates: Sequence[Expression], days: Mapping[int, DayAlone]
) -> Mapping[int, Expression]:
    """Lines that are but a month or year and stand above a few words each, by where they begin, where there are
    several, those that are but a day counted: the entries of a chronology ("October 1960", and below it what
    happened)."""
    starts = {line.start: at for at, line in enumerate(all_lines)}
    alone = [
        (starts[e.char_start], e)
        for e in dates
        if e.char_start in starts
        and isinstance(e.meaning, Calendar)
        and e.meaning.year is not None
        and e.meaning.day is None
        and all_lines[starts[e.char_start]].words.rstrip(" :.–—-") == e.text.rstrip(".")
    ]
    found = {}
    ends = sorted({*(at for at, _ in alone), *(starts[day] for day in days), len(all_lines)})
    for at, told in alone:
        until = ends[bisect_right(ends, at)]
        if 0 < sum(len(line.words.split()) for line in all_lines[at + 1 : until]) <= _ENTRY:
            found[all_lines[at].start] = told
    return found if len(found) + len(days) >= _ENTRIES else {}


def _reports(
    text: str, all_lines: Sequence[Line], dates: Sequence[Expression], base: Context
) -> Mapping[int, tuple[Context, Expression]]:
    """The context and day of each report, by where the line with its dateline begins, where there are several of
    different days."""
    starts = {e.char_start: e for e in dates}
    found = {}
    for line in all_lines:
        placed = dateline(text, line.start, line.end)
        told = starts.get(placed.date_start) if placed and placed.date_start is not None else None
        resolved = told.resolve(base) if told and "year" not in told.needs else None
        if told and resolved and resolved.precision == "day":
            found[line.start] = replace(base, published=resolved.interval), told
    days = {context.published for context, _ in found.values()}
    return found if len(days) > 1 else {}


def _rows(text: str, all_lines: Sequence[Line], dates: Sequence[Expression]) -> Mapping[int, Expression]:
    """The date that stands alone in a cell of a table's row, by where the row begins, where prose below the row tells
    more of it."""
    starts = [e.char_start for e in dates]
    found = {}
    for line, below in pairwise(all_lines):
        if not _is_row(text, line) or _is_row(text, below) or len(below.words.split()) < _LEAST:
            continue
        for cell in re.finditer(r"[^|\t]+", text[line.start : line.end]):
            told = cell[0].strip()
            at = bisect_left(starts, line.start + cell.start())
            if at < len(dates) and dates[at].text == told and dates[at].char_end <= line.end:
                found[line.start] = dates[at]
    return found


def _is_row(text: str, line: Line) -> bool:
    return sum(text.count(parting, line.start, line.end) for parting in "|\t") >= 2


class DayAlone(NamedTuple):
    expression: Expression
    words: int
    """How many stand below it, up to the next."""


def days_alone(all_lines: Sequence[Line], dates: Sequence[Expression]) -> Mapping[int, DayAlone]:
    """Lines that are but a day and stand above something, by where they begin; none where there is only one:
    that is the day on which the whole was written."""
    by_line: dict[int, list[Expression]] = {}
    starts = [line.start for line in all_lines]
    for expression in dates:
        at = bisect_right(starts, expression.char_start) - 1
        if at >= 0:
            by_line.setdefault(at, []).append(expression)
    by_line = {at: _of_year(told) for at, told in by_line.items()}
    alone = [at for at, told in by_line.items() if len(told) == 1 and _is_but_a_day(all_lines[at], told[0])]
    below = {
        at: sum(len(line.words.split()) for line in all_lines[at + 1 : until])
        for at, until in pairwise([*alone, len(all_lines)])
    }
    tell = sum(words >= _LEAST for words in below.values())
    least = 1 if tell > len(below) / 2 else _LEAST  # one of many may be short
    found = {
        all_lines[at].start: DayAlone(by_line[at][0], words) for at, words in below.items() if words >= least
    }
    at_foot = bool(alone) and not below[alone[-1]] and re.match(_TOWN, all_lines[alone[-1]].words)
    return found if len(found) > 1 and not at_foot else {}


def _of_year(told: list[Expression]) -> list[Expression]:
    """A year and a day of a month, or days, told one after the other, as one: "1963 -- June 20"."""
    if len(told) != 2:
        return told
    year, day = told
    whole: Calendar | Stretch
    match year.meaning, day.meaning:
        case Calendar(year=int(number), month=None), Calendar(year=None, month=int(), of=None):
            whole = replace(day.meaning, year=number)
        case Calendar(year=int(number), month=None), Stretch(
            Calendar(year=None), Calendar(year=None, month=int())
        ):
            whole = Stretch(*(replace(one, year=number) for one in (day.meaning.first, day.meaning.last)))
        case _:
            return told
    return [replace(day, meaning=whole, needs=needs(whole))]


_TOWN = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}, (?:on |the )?"
_PRINTED = re.compile(
    rf"(?:Published|Posted|Issued|Released|Dated?|Release date)(?: on)?:? |{_TOWN}"
    r"|(?i:(?:press|news|media) (?:release|statement)|statement|communiqu[eé]|bulletin|daily briefing)\b[ \w./()-]{0,30}(?: [-–—]|[,:|]) "
)
"""What stands before the day on a line of a release that tells when it was issued: "Nairobi, ", "Press release no. 7 - "."""


def _is_but_a_day(line: Line, told: Expression) -> bool:
    meaning = told.meaning.last if isinstance(told.meaning, Stretch) else told.meaning
    if len(line.words) > _HEADING_LENGTH or not isinstance(meaning, Calendar):
        return False
    if meaning.day is None or meaning.month is None or meaning.of is not None:
        return False
    text = " ".join(told.text.split())
    if (
        meaning.year is not None
        and line.words.endswith(text)
        and _PRINTED.fullmatch(line.words.removesuffix(text))
    ):
        return True
    beside = re.findall(r"[^\W_]+", line.words.replace(text, " ", 1).lower())
    return all(word in _DAY_WORDS or word.isdigit() for word in beside)


_LONG_PAST, _SOON = 366, 60
"""Days; where a weekday on a line of its own fits none so lately, but one so soon, the text is of what is to come."""


def _of_day(told: Expression, heading: Context, before: Context) -> Context | None:
    """What a day on a line of its own gives to what is below: it is when that was written."""
    if "year" in told.needs and heading.year is None:
        heading = replace(heading, last=before.published if before.published else None, past=True)
    resolved = told.resolve(heading)
    if before.published and resolved and (before.published.start - resolved.end).days > _LONG_PAST:
        ahead = told.resolve(replace(heading, past=False))  # the weekday fits no day of late
        soon = ahead is not None and 0 <= (ahead.start - before.published.end).days <= _SOON
        resolved = ahead if soon else resolved
    if resolved is None or resolved.precision not in ("day", "range"):
        return None
    return replace(
        heading, published=resolved.interval, year=resolved.start.year, month=None, last=None, past=None
    )


# ---- headings ------------------------------------------------------------------------------------


def _anchor(document: Document) -> Interval | None:
    """What relative dates hang on: the publication; where that is a span of months inferred from the
    newest date told, that date's month; where of a week, its first day."""
    known = document.published
    if known is None:
        return None
    start, end = date.fromisoformat(known.start), date.fromisoformat(known.end)
    if known.basis == "inferred" and known.precision == "range":
        if (end - start).days <= 7:
            return Interval(start, start, "day")
        return Interval(
            start, date(start.year + start.month // 12, start.month % 12 + 1, 1) - date.resolution, "month"
        )
    return Interval(start, end, known.precision)


def _year_of_title(all_lines: Sequence[Line], known: Published | None) -> int | None:
    """The year that the title ends with ("Norway and Chad, 2021"), if months or days without their year begin
    lines below it, or if it is not printed when the whole was written; or the one that a line on top says is reviewed
    ("Yearbook 1997", "Foreign Relations during 1984"), unless all was written within it."""
    unknown = known is None or known.basis == "inferred"
    titles = [line.words for line in all_lines[:_TITLES] if len(line.words) <= _HEADING_LENGTH]
    year = _TITLE_YEAR.search(titles[0]) if titles and titles[0] == all_lines[0].words else None
    if year:
        laid_out = sum(line.words in MONTHS or bool(_OPENING.match(line.words)) for line in all_lines)
        if unknown or laid_out >= _LAID_OUT:
            return int(year[1])
    reviewed = next((int(m[1]) for m in map(_REVIEWED.search, titles) if m), None)
    written = None if known is None or unknown else int(known.start[:4])
    return reviewed if reviewed and (written is None or reviewed < written) else None


_TITLES = 5
"""Lines on top among which the title stands."""
_REVIEWED = re.compile(
    r"(?i)(?:\b(?:annual|year\s?book|year|review|survey|relations|affairs|policy|diplomacy|activities)\b[^.\d]{0,40}?"
    r"(?<![-–/])|\A(?=\d{4}\s+in\s+))((?:19|20)\d\d)(?:\)?\Z|\s+in\s+(?:review|retrospect)\b)"
)
_TITLE_YEAR = re.compile(r"(?:(?<!\d)(?<!\d )[,:–—(-]|\b(?:in|of|for|during))\s*((?:19|20)\d\d)\)?$")
_LAID_OUT = 2
"""Lines that begin with a month or day from which a text is laid out as a chronology."""


def _heading(line: Line, before: Context, base: Context) -> Context | None:
    """The context that a line gives to what follows, if it is a heading that carries a year or month."""
    found = expressions(line.words) or expressions(f"In {line.words}")  # "May" alone is no date in prose
    if len(found) != 1 or line.words.endswith("."):
        return None
    told = found[0]
    beside = re.findall(r"[^\W\d_]+", line.words.replace(told.text, " ", 1).lower())
    if len(beside) > 6 or not _HEADING_WORDS.issuperset(beside):
        return None
    match told.meaning:
        case Calendar(year=int(year), month=month, day=None, kind="calendar"):
            return replace(base, year=year, month=month)
        case Calendar(year=None, month=int(month), day=None, of=None) if before.year is not None:
            return replace(base, year=before.year, month=month)
        case Stretch() if not told.needs and (span := told.resolve(Context())):
            if span.start.year == span.end.year:
                return replace(base, year=span.start.year)
            return replace(base, last=span.interval)
    return None


_OF_ERA = re.compile(r"((?:19|20)\d\d)\s*[-–—:]\s*(?:[\w.'’]+\s+){0,4}[\w'’]+")
_DAY_OF_YEAR = re.compile(
    rf"\W*(?:{'|'.join(f'{name}|{name[:3]}[.]?|{name[:4]}[.]?' for name in MONTHS)})\s+\d{{1,2}}\b(?!,?\s*\d{{4}})"
)


def _era(line: Line, after: Line | None, base: Context) -> Context | None:
    """The context that a year and a few words give to the days below: "1999 - Berg administration", and "May 3 – …"."""
    told = _OF_ERA.fullmatch(line.words)
    return replace(base, year=int(told[1])) if told and after and _DAY_OF_YEAR.match(after.words) else None


_LISTS = re.compile(r"\b(?:following|follows|below)\b", re.IGNORECASE)


def _introduced(line: Line, base: Context) -> Context | None:
    """The context that a line gives to the list after it: "The following visits were made during 2009:"."""
    if not line.words.endswith(":") or not _LISTS.search(line.words):
        return None
    match [one.meaning for one in expressions(line.words)]:
        case [Calendar(year=int(year), month=month, day=None, kind="calendar")]:
            return replace(base, year=year, month=month)
    return None


_ISSUED = re.compile(
    r"\b(?:statement|communiqu[eé]|declaration|message|remarks|announcement|text|letter|note)\b[^:]*"
    r"\b(?:issued|released|made|delivered|dated|given|published)\b[^:]*:\Z",
    re.IGNORECASE,
)


def introduces(words: str) -> bool:
    """Whether words only tell when and by whom the text was issued that follows them."""
    return words.endswith(":") and _ISSUED.search(words) is not None


def _issued(line: Line, dates: Sequence[Expression], base: Context) -> Section | None:
    """The section of what a line quotes with the day it was issued: "The following is a statement by NAME, which
    was issued on Monday, 6 September:"."""
    if not introduces(line.words):
        return None
    told = [e for e in dates if line.start <= e.char_start < line.end]
    resolved = told[-1].resolve(replace(base, past=True)) if told else None
    if resolved is None or resolved.precision != "day":
        return None
    return Section(line.end, replace(base, published=resolved.interval), told[-1])
