"""Dates as people type them in options: ISO at any precision, or words. The one door to dateparser.

ISO is tried first and costs no import; then our own grammar; then dateparser, for the forms of words
that the grammar does not know.
"""

from __future__ import annotations

import os
import re
from datetime import date, datetime, timedelta

from dipcli.dates import intervals
from dipcli.dates.intervals import MONTHS, Interval
from dipcli.errors import DateOptionError

FORMS = 'use 2022, 2022-05, 2022-05-16, 2022-Q2, 2022-H1, 2022-W20, or words such as "last May"'

_ISO = (
    r"(?P<year>\d{4})"
    r"(?:-?Q(?P<quarter>\d)|-?H(?P<half>\d)|-?W(?P<week>\d\d?)|-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?)?"
)
_LEADS = [[], ["on"], ["in"], ["since"], ["from"], ["between"], ["since", "from"], ["since", "the"]]
_RANGE = r"(\S+)(?:\s*\.\.\s*|/)(\S+)"


def now() -> date:
    """Today, or the day that the environment variable `DIPCLI_NOW` (ISO) says it is.

    Raises DateOptionError where the variable is no ISO date.
    """
    told = os.environ.get("DIPCLI_NOW")
    if not told:
        return date.today()
    try:
        return datetime.fromisoformat(told).date()
    except ValueError:
        raise DateOptionError(
            f"DIPCLI_NOW: {told!r} is not an ISO date", hint="use YYYY-MM-DD or unset it"
        ) from None


def option(text: str, now: date) -> Interval:
    """The interval that an option's words mean, seen from the day `now`.

    ISO at any precision, two of them as `A..B` or `A/B`, or words ("last May", "two weeks ago",
    "spring 2021"). Words without a year look back: "May" is the last one that has begun.
    Raises DateOptionError for impossible dates and for what cannot be read.
    """
    words = " ".join(text.split())
    if ends := re.fullmatch(_RANGE, words):
        first, last = _iso(ends[1]), _iso(ends[2])
        if first and last:
            if last.end < first.start:
                raise DateOptionError(f"{text}: the range ends before it starts")
            return intervals.span(first, last)
    if found := _iso(words):
        return found
    if found := _own_grammar(words, now):
        return found
    if found := _dateparser(words, now):
        return found
    raise DateOptionError(f"{text!r} is not a date that dipcli can read", hint=FORMS)


def _iso(text: str) -> Interval | None:
    match = re.fullmatch(_ISO, text, re.IGNORECASE)
    if match is None:
        return None
    part = {name: int(value) for name, value in match.groupdict().items() if value is not None}
    year = part["year"]
    _check(text, 1 <= year <= 9998, f"there is no year {year} here; years go from 1 to 9998")
    if "quarter" in part:
        _check(text, 1 <= part["quarter"] <= 4, f"there is no quarter {part['quarter']}")
        return intervals.quarter(year, part["quarter"])
    if "half" in part:
        _check(text, 1 <= part["half"] <= 2, f"there is no half {part['half']}")
        return intervals.half(year, part["half"])
    if "week" in part:
        weeks = date(year, 12, 28).isocalendar().week
        _check(text, 1 <= part["week"] <= weeks, f"{year} has weeks 1 to {weeks}")
        return intervals.week(date.fromisocalendar(year, part["week"], 1))
    if "month" not in part:
        return intervals.year(year)
    number = part["month"]
    _check(text, 1 <= number <= 12, f"there is no month {number}")
    if "day" not in part:
        return intervals.month(year, number)
    days = intervals.month(year, number).end.day
    _check(text, 1 <= part["day"] <= days, f"{MONTHS[number - 1]} {year} has {days} days")
    return intervals.day(date(year, number, part["day"]))


def _check(text: str, fine: bool, why: str) -> None:
    if not fine:
        raise DateOptionError(f"{text}: {why}", hint=FORMS)


def _own_grammar(words: str, now: date) -> Interval | None:
    """The interval, if one expression of the grammar takes up all the words."""
    from dipcli.dates.grammar import expressions
    from dipcli.dates.meaning import Context, Unit

    # "last may" is typed without capitals, and "may" alone; running text needs capitals and a
    # preposition to tell the month from the verb.
    for text in (words.title(), f"Since {words.title()}"):
        found = expressions(text)
        if len(found) == 1 and found[0].char_end == len(text):
            break
    else:
        return None
    expression = found[0]
    if text[: expression.char_start].lower().split() not in _LEADS:
        return None
    match expression.meaning:
        case Unit(unit="week", count=count) if expression.rule == "count":
            return intervals.day(now + timedelta(7 * count))
        case Unit(future=True):
            past = False
        case _:
            past = True
    resolved = expression.resolve(Context(published=intervals.day(now), past=past))
    if resolved is None:
        return None
    if resolved.doubt:
        raise DateOptionError(f"{words}: {resolved.doubt}", hint=FORMS)
    return resolved.interval


def _dateparser(words: str, now: date) -> Interval | None:
    """What dateparser makes of the words, at the precision that it says they have."""
    import dateparser.date

    reader = dateparser.date.DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime(now.year, now.month, now.day),
            "PREFER_DATES_FROM": "past",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    # dateparser reads any lone number as a day or an hour of today.
    if not re.search(r"[a-z]{3}|\d\D+\d", words, re.IGNORECASE):
        return None
    data = reader.get_date_data(words)
    if data is None or data["date_obj"] is None:
        return None
    when = data["date_obj"].date()
    match data["period"]:
        case "year":
            return intervals.year(when.year)
        case "month":
            return intervals.month(when.year, when.month)
        case "week":
            return intervals.week(when)
    return intervals.day(when)
