"""The days that a sentence's date expressions mean, with what the document told before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from dipcli.dates import Context, Interval, Resolved, intervals
from dipcli.dates.grammar import Expression
from dipcli.dates.meaning import Calendar, Meaning, Stretch, Unit, Weekday
from dipcli.dates.resolve import resolve as meant
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Story

NARRATIVE_DAYS = 500
"""How long before publication a paragraph begins that is history: its dates lean on each other, not on the news."""


SPAN_DAYS = 200
"""A date told as longer than that is none that others lean on."""


_AFTER_LAST = 60
"""Days after the last day that a history tells in full, and after the day told last, beyond which it tells of none
below another heading."""


_LONG_BEFORE = 120
"""Days; what a sentence tells in passing of so long before does not turn the story there."""

_OF_NEWS = frozenset(("weekday", "today"))
"""Rules of dates that turn a paragraph on history back to the news."""
_OF_LAST = frozenset(("last", "month"))
"""What a date needs that leans on the one told before it."""


_OF_THE_UNIT = frozenset(("in_the_unit", "end_of_the_unit"))
"""Rules of "later in the year", "at the end of the month": the one that a history tells of, else today's."""


def _context(story: Story, scene: Scene, expression: Expression, past: bool | None) -> Context:
    section = story.section(expression.char_start)
    published = section.context.published if section.day else story.published
    first = story.paragraph_first if story.last_paragraph == scene.sentence.paragraph else None
    history = (
        first is not None and published is not None and (published.start - first.end).days > NARRATIVE_DAYS
    )
    narrative = (
        published is None
        or _had_been(scene, expression)
        or (story.bounded and not section.day)
        or (history and not any(e.rule in _OF_NEWS for e in story.here))
    )
    leans = narrative or not expression.needs.isdisjoint(_OF_LAST)
    last = (_before(story, scene, expression, past) or _last(story, expression)) if leans else None
    if story.bounded and not section.day and last is not None:
        published = None  # a guess, and the story goes on beyond it
    return Context(
        published=(last if narrative and expression.rule in _OF_THE_UNIT else None) or published,
        last=last,
        year=story.years.get(expression.char_start, section.context.year),
        month=section.context.month,
        past=past,
        carry=narrative,
    )


_REPORTING = frozenset("said told replied stated added informed reported explained recalled noted".split())
_THAT = frozenset(("that",))
_OF_SUBJECT = 6
"""Words before a "had" among which "that" puts it into reported words, whose past is the speaker's own: "said that he
had met B on 5 May"."""
_BEFORE_HAD = 9
"""Words before a date among which a "had" tells that it was before what the text is at."""


def _had_been(scene: Scene, expression: Expression) -> bool:
    """Whether a day or month without its year tells of what had been by then: "who had invited him in July"."""
    if "had" not in scene.sentence.words or "year" not in expression.needs:
        return False
    before = [u.text for u in scene.units if u.char_end <= expression.char_start]
    near = before[-_BEFORE_HAD:]
    if "had" not in near or "," in near[near.index("had") :]:
        return False
    clause = before[: len(before) - len(near) + near.index("had")]
    return not (_THAT.intersection(clause[-_OF_SUBJECT:]) and _REPORTING.intersection(clause))


def _last(story: Story, expression: Expression) -> Interval | None:
    """The date told last, or that of the event told last; where a year is counted from it, a bare year counts
    too ("In 2005 … That same year")."""
    year = story.last_year
    within = getattr(expression.meaning, "of", None) or expression.meaning  # "In August of that year"
    counted = isinstance(within, Unit) and within.unit == "year"
    told = next((t.interval for t in reversed(story.told) if t.interval), None)
    if told and isinstance(within, Unit) and within.unit == "day" and expression.rule == "in_the_unit":
        return told  # "Earlier in the day": the day of what was done, and not of what was spoken of
    if counted and year and (story.last is None or story.last.start.year != year.start.year):
        return year
    if expression.rule == "which_month" and year and (story.last is None or story.last.end < year.start):
        return year  # "It collapsed in 2001. That August …"
    return story.last or told


def _before(story: Story, scene: Scene, expression: Expression, past: bool | None) -> Interval | None:
    """The day told right before "the next day" in its own sentence ("arrived on Tuesday and left the next day"),
    or before "the 4th"; before any date without its year, where none was told earlier."""
    leans = not expression.needs.isdisjoint(_OF_LAST)
    if not leans and story.last is not None:
        return None
    before = [e for e in story.here if e.char_end <= expression.char_start]
    earlier = [e for e in before if (e.needs.isdisjoint(_OF_LAST) if leans else not e.needs)]
    if not earlier:
        return None
    resolved = resolve(story, scene, earlier[-1], None if has_weekday(earlier[-1]) else past)
    return resolved.interval if resolved else None


def years_of_lines(leads: Sequence[Expression]) -> dict[int, int]:
    """Years that the dates which lines begin with take from the lines before, by `char_start`: "March 27, 2004 - …",
    "July 30 - …"; a month that comes before the last line's is of the next year. None where the years told do
    not go forward."""
    found: dict[int, int] = {}
    days = [(lead, _first_day(lead)) for lead in leads]
    told = [day.year for _, day in days if isinstance(day, Calendar) and day.year]
    if told != sorted(told):
        return found
    year: int | None = None
    month = 0
    for lead, day in days:
        if not isinstance(day, Calendar) or day.weekday is not None:
            continue
        if day.year:
            year, month = day.year, 0
        elif year is not None and day.month:
            year += day.month < month
            found[lead.char_start] = year
        month = day.month or month
    return found


_LISTED = re.compile(r"\s*(?:,|,?\s*and|&)\s*(?:again\s+|then\s+|finally\s+)?(?:(?:on|in)\s+)?")
"""Between the dates of a list: "on 3 May, 5 June and again in July"."""
_AGAIN = re.compile(
    r"[^.;:]{1,90}?,?\s+(?:and|then)\s+(?:(?:once|yet)\s+)?again\s+(?:(?:at|in)\s+[A-Z][\w'’. -]{1,40}\s+)?(?:on|in)\s+"
)
"""Between two dates of which the second tells that the same was done again: "in 1954 as guest of A, and again in 1960"."""
_CLOSED = re.compile(
    r"\s*(?:[.,;:)–—]|\Z|(?:to|with|for|in|at|and|by|from|over|during|when|after|before|while|as|respectively)\b)"
)
"""After the last date of a list that stands at the end of what it dates."""
_APART = re.compile(r",\s*and\s+(?:on|in)\s+")
"""Before a date that may begin another clause: "signed it in May 1991, and in June 1992 it opened …"."""
_FIRST = re.compile(r"\W*(?:On|In)\s+")
_FROM = re.compile(r"\b(?:between|from|of|both)\s+\Z", re.IGNORECASE)


def series(seen: str, lo: int, dates: Sequence[Expression]) -> list[list[int]]:
    """Numbers of the dates of the sentence at `lo` that stand in a list, list by list: "visited it in 1991, 1992
    and 1994"."""
    lists: list[list[int]] = []
    for number, (first, second) in enumerate(pairwise(dates)):
        listed = _LISTED.fullmatch(seen, first.char_end, second.char_start)
        again = not listed and " again " in seen[first.char_end : second.char_start]
        if first.rule == "weekday" or not (
            listed or (again and _AGAIN.fullmatch(seen, first.char_end, second.char_start))
        ):
            continue  # "on Tuesday and Wednesday" is one time
        if lists and lists[-1][-1] == number:
            lists[-1].append(number + 1)
        elif not _FROM.search(seen, max(0, first.char_start - 9), first.char_start):
            lists.append([number, number + 1])
    return [numbers for numbers in lists if _is_list(seen, lo, [dates[n] for n in numbers])]


def _is_list(seen: str, lo: int, dates: Sequence[Expression]) -> bool:
    """Whether dates in a row date one thing: the last does not begin a clause of its own."""
    before, last = dates[-2:]
    if _FIRST.fullmatch(seen, lo, dates[0].char_start):
        return True
    if _APART.fullmatch(seen, before.char_end, last.char_start):
        return seen[last.char_end : last.char_end + 1] in (".", ";", "")
    return _CLOSED.match(seen, last.char_end) is not None


_BEGINS = re.compile(r"(?:\A|\n|[.!?;]\s)[\s*•–-]*\Z")
"""What stands before the first word of a line or sentence."""


_JOINED = 90
"""Characters at most between the dates of two deeds that "and" joins."""


def _is_joined(first: Expression, second: Expression, between: str) -> bool:
    """Whether two deeds of a year are joined, the year told with the second: "gave aid to A in April and to B in
    November 1987"."""
    months = getattr(first.meaning, "month", None), getattr(second.meaning, "month", None)
    in_turn = bool(months[0] and months[1]) and (months[0] or 0) < (months[1] or 0)
    return in_turn and " and " in between and len(between) < _JOINED and not {*between} & {*";.:"}


def shared_years(seen: str, dates: Sequence[Expression], known: Mapping[int, int]) -> dict[int, int]:
    """Years of a sentence's dates that leave theirs to another; by `char_start`, as those `known` already.

    To the next one: "June 9 and July 26, 2021", "A in April and B in November 1987"; from an earlier day of the year: "said on May 3, 2021 that it
    would reopen on June 1"; from the year that a line begins with: "1971 - A visits B in July".
    """
    found = {e.char_start: known[e.char_start] for e in dates if e.char_start in known}
    for first, second in reversed(list(pairwise(dates))):
        between = seen[first.char_end : second.char_start]
        year = getattr(second.meaning, "year", None) or found.get(second.char_start)
        if (
            year
            and "year" in first.needs
            and (_LISTED.fullmatch(between) or _is_joined(first, second, between))
        ):
            found[first.char_start] = year
    told: Expression | None = None
    month: Expression | None = None
    for expression in dates:
        if "year" in expression.needs and expression.char_start not in found:
            before = month if month and _goes_on(seen, month, expression) else told
            year = getattr(before.meaning, "year", None) or found.get(before.char_start) if before else None
            if (
                before is not None
                and year
                and (before is month or _later(before, expression) or _shortly_before(before, expression))
            ):
                found[expression.char_start] = year
        first_day = _first_day(expression)
        if getattr(first_day, "day", None):
            told = replace(expression, meaning=first_day)
        elif getattr(first_day, "year", None):
            month = expression
    lead = dates[0] if dates else None
    if (
        lead is not None
        and lead.rule == "year"
        and _BEGINS.search(seen, max(0, lead.char_start - 8), lead.char_start)
    ):
        year = getattr(lead.meaning, "year", None)
        found |= {
            e.char_start: year for e in dates[1:] if year and "year" in e.needs and e.char_start not in found
        }
    return found


def _first_day(expression: Expression) -> Meaning:
    """What an expression means; of days from one to the other, the first with the year of the last."""
    match expression.meaning:
        case Stretch(Calendar() as first, Calendar() as last):
            return replace(first, year=first.year or last.year)
        case meaning:
            return meaning


def row_years(date: Expression | None, dates: Sequence[Expression]) -> dict[int, int]:
    """Years that the dates of a table's row take from the one that stands alone in its cell; by `char_start`."""
    year = _year(date) if date else None
    return {e.char_start: year for e in dates if year and e is not date and "year" in e.needs}


def _year(date: Expression) -> int | None:
    """The one year that a date tells, that of both ends of a stretch."""
    match date.meaning:
        case Stretch(Calendar(year=since), Calendar(year=int(until))) if since in (None, until):
            return until
    return getattr(date.meaning, "year", None)


def _later(first: Expression, second: Expression) -> bool:
    """Whether two days of one year come in this order, as far as their months and days tell."""
    days = [(getattr(e.meaning, "month", None), getattr(e.meaning, "day", None)) for e in (first, second)]
    (month, day), (later_month, later_day) = days
    if not (month and day and later_month):
        return False
    return (month, day) < (later_month, later_day) if later_day else month < later_month


_AND_IN = re.compile(
    r"\band\s+(?:then\s+|again\s+|later\s+|finally\s+)?(?:on|in)\s+\Z"
    r"|,\s+(?:which|whom|and|but|when|where|while)\s[^,;]{1,80}\s(?:on|in)\s+\Z"
    r"|\b(?:agreed|decided|promised|pledged|announced|undertook)\s(?:to|that)\s[^,;]{1,80}\s(?:on|in)\s+\Z"
)
"""Before a date of the same year: "visited Pakistan in February 1964 and in December …", "proposed a truce in May 1984,
which B accepted on 9 June"."""


def _goes_on(seen: str, first: Expression, second: Expression) -> bool:
    """Whether a later month of its year follows after a month of a year."""
    months = [getattr(e.meaning, "month", None) for e in (first, second)]
    later = months[0] is not None and months[1] is not None and months[0] < months[1]
    joined = (
        _AND_IN.search(seen, first.char_end, second.char_start)
        or ";" in seen[first.char_end : second.char_start]
    )
    return later and bool(joined)


def _shortly_before(first: Expression, second: Expression) -> bool:
    """Whether a day is told after another that it came not long before, in the same year ("on 19 July 2019,
    in return for the seizure of 4 July")."""
    months = [getattr(e.meaning, "month", None) for e in (first, second)]
    exact = all(getattr(e.meaning, "day", None) for e in (first, second))
    return exact and months[0] is not None and months[1] is not None and 0 <= months[0] - months[1] <= 1


_NONE = Context()


@lru_cache(maxsize=256)
def _meant(meaning: Meaning, context: Context) -> Resolved | None:
    """What words mean in a context, kept for a while: a date is asked for what it means several times."""
    return meant(meaning, context)


def resolve(story: Story, scene: Scene, expression: Expression, past: bool | None) -> Resolved | None:
    """What an expression means where it stands; `past` says whether it tells of what has happened."""
    if not expression.needs:
        return _meant(expression.meaning, _NONE)
    context = _context(story, scene, expression, past)
    found = _meant(expression.meaning, context)
    if found and story.newest and story.turned_page and context.year is None and "year" in expression.needs:
        last = max(story.newest, story.last.end) if story.last else story.newest
        late = (found.start - last).days > _AFTER_LAST
        return expression.resolve(replace(context, year=found.start.year - 1)) if late else found
    return (_soon_after_last(story, scene, expression, context, found) if past else None) or found


_SOON = 31
"""Days after one that was told with a year of the past, within which a day without its year is of that year."""
_PARAGRAPHS = 2


def _soon_after_last(
    story: Story, scene: Scene, expression: Expression, context: Context, found: Resolved | None
) -> Resolved | None:
    """A day as that of the year just told, which it follows: "On 27 November 2011 A did this. On November 30 B did that"."""
    last = story.last
    dated = "year" in expression.needs and getattr(expression.meaning, "weekday", None) is None
    if not (found and last and dated) or context.year is not None:
        return None
    if last.start != last.end or last.end.year >= found.start.year or found.precision != "day":
        return None
    if story.last_paragraph is None or scene.sentence.paragraph - story.last_paragraph > _PARAGRAPHS:
        return None
    then = expression.resolve(replace(context, year=last.end.year))
    return then if then and 0 <= (then.start - last.end).days <= _SOON else None


def in_full(dates: Sequence[Expression]) -> list[Expression]:
    """A sentence's dates, with a weekday told again given the day that it was told with: "left on Monday, 26 May, and
    arrived on Monday night"."""
    days: dict[int, Expression] = {}
    found: list[Expression] = []
    for date in dates:
        match date.meaning:
            case Calendar(weekday=int(weekday), day=int()):
                days.setdefault(weekday, date)
            case Weekday(which=None, of=None, number=number) if number in days:
                full = days[number]
                date = replace(date, meaning=full.meaning, needs=full.needs)
        found.append(date)
    return found


def note(seen: str, story: Story, scene: Scene, dates: Sequence[Expression]) -> None:
    """Remember the last date that a sentence told, for those that lean on it; and whether it turned to
    another time."""
    first = dates[0] if dates else None
    story.turned_page = not first and (story.turned_page or scene.sentence.kind == "heading")
    if first and first.char_start - scene.sentence.char_start < _OPENING and first.rule != "relative":
        turned = resolve(story, scene, first, not story.ahead)
        if turned and (story.published is None or turned.start <= story.published.end):
            story.turned = scene.sentence.char_start
            story.opening = first, turned
    for expression in dates:
        led = story.lead is not None and story.lead[0] == scene.sentence.paragraph
        if (led or expression is not first) and _names_meeting(seen, expression):
            continue
        resolved = resolve(story, scene, expression, not story.ahead)
        earlier = resolved is not None and story.last is not None and resolved.end < story.last.start
        passing = earlier and expression is not first and "had" in scene.sentence.words
        if resolved and resolved.start.year == resolved.end.year and not passing:
            story.last_year = intervals.year(resolved.start.year)
        exact = resolved is not None and resolved.precision in ("day", "range", "month", "season")
        last = story.last if expression is not first else None
        if last and resolved and (last.start - resolved.end).days > _LONG_BEFORE:
            continue  # "the accord that she had signed in May 2015"
        told_had = "had" in scene.sentence.words
        if earlier and "last" in expression.needs and (told_had or expression is not first):
            continue  # "who had written to him the previous week", "on 11 May, over the arrest of A two days earlier"
        brief = resolved is not None and exact and (resolved.end - resolved.start).days < SPAN_DAYS
        if resolved and (brief or (expression is first and _turns_on(story, scene, resolved))):
            if story.last_paragraph != scene.sentence.paragraph:
                story.paragraph_first = resolved.interval
            story.last = resolved.interval
            story.last_paragraph = scene.sentence.paragraph
            story.last_at = scene.sentence.char_start


_MEETING = re.compile(
    r"\s+(?:summit|meeting|talks|conference|session|deadline|elections?|vote|referendum|visit|ceremony)\b"
)


def _names_meeting(seen: str, date: Expression) -> bool:
    """Whether a day only says which meeting is spoken of: "the April 3 summit"."""
    return seen.endswith("the ", 0, date.char_start) and _MEETING.match(seen, date.char_end) is not None


def _turns_on(story: Story, scene: Scene, told: Resolved) -> bool:
    """Whether a sentence opens with a year after what was told last: "In October 1973 …. In 1975 …. In July …"."""
    opens = told.precision == "year" and story.turned == scene.sentence.char_start
    return opens and (story.last is None or told.start > story.last.end)


_OPENING = 8
"""Within so many characters of its beginning a sentence tells a date from which the story goes on."""


def has_weekday(date: Expression) -> bool:
    """Whether a date names its weekday, which tells its year better than the tense does."""
    return getattr(date.meaning, "weekday", None) is not None


_SET = re.compile(
    r"\b(?:postponed|moved|rescheduled|put\s+(?:off|back)|brought\s+forward|delayed|deferred|adjourned"
    r"|(?:(?:is|are|be)\s+|(?<!was\s)(?<!were\s)(?<!been\s)(?<!ly\s))(?:scheduled|slated|set|due))\s+(?:to\s+(?:begin|start|open|take\s+place|be\s+held)\s+)?(?:to|until|till|for|in|on)\s+\Z"
)
"""Words before a date that something is set for."""
_PUT_OFF = frozenset(
    "postponed moved rescheduled put brought delayed deferred adjourned scheduled slated set due".split()
)
"""Words of which they have one."""


def told_as_past(seen: str, sentence: Sentence, date: Expression | None, *, planned: bool) -> bool | None:
    """Whether a date of a sentence tells of what has happened; None where that is left to the date: a full one, or
    one whose weekday tells its year."""
    put_off = date is not None and not sentence.words.isdisjoint(_PUT_OFF)
    if date and put_off and _SET.search(seen, max(0, date.char_start - 60), date.char_start):
        planned = True
    if planned:
        ahead = date is not None and (isinstance(date.meaning, Weekday) or "year" in date.needs)
        return False if ahead else None
    return None if date and has_weekday(date) else True
