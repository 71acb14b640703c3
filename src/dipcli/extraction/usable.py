"""Which of a sentence's dates an event can have happened on: no deadlines, no years of names, no "since 1990"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec.structs import replace

from dipcli.dates.grammar import Expression
from dipcli.dates.meaning import Calendar, Stretch, Weekday


def usable_dates(seen: str, dates: Sequence[Expression]) -> list[Expression]:
    """Those dates of a sentence that an event can have happened on."""
    dates = _days_on_end(seen, dates)
    told_again = {a for a, b in pairwise(dates) if a.needs and _says_again(seen, a, b)}
    return [
        e
        for e in dates
        if "event" not in e.needs
        and not (told_again and e in told_again)
        and not (
            _since(seen, e)
            or _for_years(seen, e)
            or _first_in(seen, e)
            or _until(seen, e)
            or _of_name(seen, e)
            or _of_era(seen, e)
            or _PRIOR.search(seen, max(0, e.char_start - 40), e.char_start)
            or _renames(seen, e)
        )
        and not (_DEADLINE.match(seen, e.char_end) or _is_of_other_clock(seen, e))
        and not (e is not dates[0] and e.rule == "year" and seen.endswith(" by ", 0, e.char_start))
        and not (len(dates) > 1 and e.rule == "weekday" and _SERVICE.match(seen, e.char_end))
    ]


def _days_on_end(seen: str, dates: Sequence[Expression]) -> list[Expression]:
    """A sentence's dates, with two days that follow on each other as one time: "on Tuesday and Wednesday", "on October
    31 and November 1"."""
    found: list[Expression] = []
    for told in dates:
        before = found[-1] if found else None
        if before and _AND.fullmatch(seen, before.char_end, told.char_start) and _follows(before, told):
            text = seen[before.char_start : told.char_end]
            meaning = Stretch(before.meaning, told.meaning)
            found[-1] = replace(before, char_end=told.char_end, text=text, rule="stretch", meaning=meaning)
        else:
            found.append(told)
    return found


_AND = re.compile(r"\s+and\s+(?:on\s+)?")


def _follows(first: Expression, second: Expression) -> bool:
    """Whether the second of two days without a year is the one after the first."""
    match first.meaning, second.meaning:
        case Weekday(which=None, of=None, number=day), Weekday(which=None, of=None, number=other):
            return (day + 1) % 7 == other
        case (
            Calendar(year=None, of=None, month=int(month), day=int(day)),
            Calendar(year=None, of=None, month=int(later), day=int(other)),
        ):
            return month <= later and date(2000, later, other) - date(2000, month, day) == timedelta(days=1)
    return False


_FIRST = re.compile(r"\bfirst\b[^.;]{0,80}\Z")


def _first_in(seen: str, expression: Expression) -> bool:
    """Whether a time only says since when nothing of the kind was: "the first visit in two decades"."""
    start = expression.char_start
    return expression.rule == "in_count" and _FIRST.search(seen, max(0, start - 90), start) is not None


_OTHER_CLOCK = re.compile(r"\(\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?[^()]{0,12}\Z", re.IGNORECASE)


def _is_of_other_clock(seen: str, expression: Expression) -> bool:
    """Whether a day in brackets says what time it was elsewhere: "at 12:10 p.m. (5:10 a.m. on November 16 JST)"."""
    start = max(0, expression.char_start - 30)
    opened = seen.find("(", start, expression.char_start) >= 0
    return opened and _OTHER_CLOCK.search(seen, start, expression.char_start) is not None


_DEADLINE = re.compile(
    r"\s(?:deadline|target date|cut-?off|truce|cease-?fire|pause|borders?|boundar(?:y|ies)|frontiers?|(?:cease-?fire |armistice )?lines?)\b"
)
"""After a date that something was to be done by, or that a truce or a frontier is named by: "called for an Easter truce",
"the June 4, 1967 borders"."""
_SERVICE = re.compile(r"\s(?:prayers?|mass|services?|sermons?|market)\b", re.IGNORECASE)
"""What goes by the weekday it is always held on, where another date says when: "on 2 July, after Friday prayers"."""
_SINCE = re.compile(
    r"\b(?:since(?:\s+[a-z]+ing\b[^,.;]{0,60}?\s(?:in|on))?|as\s+(?:of|from)|(?:start|beginn)ing\s+from|with\s+effect\s+from|effective(?:\s+from)?)\s+\Z",
    re.IGNORECASE,
)
_PRIOR = re.compile(
    r"\b(?:exist(?:ed|ing)?|prevail(?:ed|ing)?|obtain(?:ed|ing)|stood|was|were)\s+(?:there\s+)?(?:prior\s+to|before)\s+\Z"
)
"""Before a date up to which things were as they were: "the situation that existed prior to July"."""
_BEGUN = re.compile(r"\bestablished (?:[a-z]+ )?relations(?: with [^.;]{1,40})? since\Z")
"""What began on the day after "since"."""
_NAMED = re.compile(r"\s[A-Z]")
_RESOLUTION = re.compile(r"\bresolutions?\s+\d+\s*\(\Z", re.IGNORECASE)
_ANOTHERS = re.compile(
    r"\b(?:(?:compl(?:y|ies|ied|iance)|accordance|line|conformity|consistent)\s+with|(?:violat|breach|implement|recall|observ|respect|honour|honor)(?:ing|ion\s+of)"
    r"|(?:pursuant|contrary|according|adhere(?:nce|d|s)?)\s+to|abid(?:e[sd]?|ing)\s+by|(?:implementation|breach|basis|provisions|terms)\s+of)"
    r"\s+(?:the\s+|its\s+|their\s+)?(?:[\w-]+\s+){0,3}?(?:resolutions?|treaty|agreement|accords?|pact|protocol|convention|decision|declaration|ceasefire)"
    r"(?:\s+of\s+the\s+\w+|\s+[\d/]+)?(?:\s+\(\d{4}\))?\s+(?:of|dated)\s+\Z",
    re.IGNORECASE,
)
"""Before the date of a document that somebody is to keep, or has broken: "complied with resolution 7 (2017) of"."""
_LONGEST = 110


def _since(seen: str, expression: Expression) -> bool:
    """Whether a date only says how long something lasted or was not seen ("the first since June 2017"), or up to
    when it is counted ("12 as of May 2011")."""
    start = max(0, expression.char_start - 90)
    before = seen[start : expression.char_start].casefold().rstrip()
    may = before.endswith(("of", "from", "effective")) or ("since" in before and not _BEGUN.search(before))
    return may and bool(_SINCE.search(seen, start, expression.char_start))


_YEARS = re.compile(r"(?:from\s)?\d{4}\s?(?:[-–/]|to)\s?\d{2,4}")
_FOR_YEARS = re.compile(r"\bfor\s(?:the\s)?(?:(?:years?|period|biennium|term)\s)?(?:from\s|of\s)?\Z")


def _for_years(seen: str, expression: Expression) -> bool:
    """Whether years only tell for which time something is meant: "an agreement for the years 1987–1990"."""
    years = expression.rule == "year" or _YEARS.fullmatch(expression.text)
    return (
        bool(years)
        and _FOR_YEARS.search(seen, max(0, expression.char_start - 24), expression.char_start) is not None
    )


def _renames(seen: str, expression: Expression) -> bool:
    """Whether "today" only says what something is called now: "Zaire (today the Congo)"."""
    called = seen.startswith(" the ", expression.char_end) and seen.endswith(
        ("(", "- ", ", "), 0, expression.char_start
    )
    return called and expression.text.casefold() == "today"


_ERA = re.compile(
    r"(?:^|[.;]\s+|\b(?:shortly|soon|long|just|years|only|not)\s+)(?:after|before)\s+\Z",
    re.IGNORECASE | re.MULTILINE,
)


def _of_era(seen: str, expression: Expression) -> bool:
    """Whether a bare year only says of what time a story is ("After 1945, …")."""
    if expression.rule != "year":
        return False
    if seen[max(0, expression.char_start - 5) : expression.char_start].casefold().endswith(("post-", "pre-")):
        return True  # "the post-2015 agenda"
    return bool(_ERA.search(seen, max(0, expression.char_start - 20), expression.char_start))


def _says_again(seen: str, rough: Expression, exact: Expression) -> bool:
    """Whether a date right after a relative one says the same more exactly: "a month later, on 22 May",
    "yesterday (May 3)"."""
    between = seen[rough.char_end : exact.char_start]
    day = getattr(exact.meaning, "day", None) is not None
    if "published" in rough.needs and between == ", on ":
        return day or isinstance(exact.meaning, Stretch)  # "early this year, on 27 January"
    if "last" in rough.needs and re.fullmatch(r",\s+on\s+" if day else r",\s+in\s+", between):
        return day or exact.rule == "year"  # "that same year, in 1973"
    return day and "published" in rough.needs and between == " (" and seen.startswith(")", exact.char_end)


_LASTING = re.compile(r"\buntil\s{1,3}\Z")
_ENDED = re.compile(r",?\s+when\b")
_AT_LAST = re.compile(r"(?:\b(?:not|never|only|no)\b|n't\b)[^.;]*\Z")


def _until(seen: str, expression: Expression) -> bool:
    """Whether a date only says how long something is to last ("renewed the mandate until May 31"), and not
    when it came at last ("did not recognise it until 1992")."""
    start = expression.char_start
    if not _LASTING.search(seen, max(0, start - 9), start):
        return False
    at_last = _AT_LAST.search(seen[max(0, start - 100) : start])
    return not (at_last or _ENDED.match(seen, expression.char_end))


def _of_name(seen: str, expression: Expression) -> bool:
    """Whether a year is part of a name ("the 2022 Winter Olympics", "resolution 1441 (2002)"), or a date that of a document
    that something else is about."""
    before = seen[max(0, expression.char_start - 30) : expression.char_start]
    if before.endswith("(") and _RESOLUTION.search(before):
        return True
    if before.endswith((" of ", " dated ")):
        start = max(0, expression.char_start - _LONGEST)
        return _ANOTHERS.search(seen, start, expression.char_start) is not None
    named = expression.rule == "year" and before.casefold().endswith("the ")
    if before.casefold().endswith("during the "):
        return False  # "During the 2021 Peruvian election"
    return named and _NAMED.match(seen, expression.char_end) is not None
