"""Which days a meaning gives in a context: one function for each kind of meaning (`meaning`).

What a day or month may be in several years, and which is meant, is `choosing`; counting in weeks and months `shifting`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypedDict

import msgspec

from dipcli.dates import intervals
from dipcli.dates.choosing import (
    PERIODS,
    basis,
    choose,
    feast_of,
    in_years,
    nearest,
    of_year,
    told,
    whereabouts,
)
from dipcli.dates.intervals import MONTHS, WEEKDAYS, Interval
from dipcli.dates.meaning import (
    Again,
    Base,
    Calendar,
    Context,
    Feast,
    Meaning,
    Named,
    Offset,
    Part,
    Period,
    Portion,
    Resolved,
    Stretch,
    Unit,
    Vague,
    Weekday,
)
from dipcli.dates.shifting import longer, moved, nth_weekday, shift


def resolve(meaning: Meaning, context: Context) -> Resolved | None:
    """The days meant, or None where the context does not tell enough (or no such day exists)."""
    try:
        return _resolve(meaning, context)
    except (ValueError, OverflowError):  # 30 February, year 0
        return None


def _resolve(meaning: Meaning, context: Context) -> Resolved | None:
    match meaning:
        case Calendar():
            return _calendar(meaning, context)
        case Period():
            return _period(meaning, context)
        case Weekday():
            return _weekday(meaning, context)
        case Named():
            return _named(meaning, context)
        case Unit():
            return _unit(meaning, context)
        case Portion():
            return _portion(meaning, context)
        case Stretch():
            return _stretch(meaning, context)
        case Offset():
            return _offset(meaning, context)
        case Again():
            return _again(meaning, context)
        case Feast():
            return _feast(meaning, context)
        case Vague():
            return None


class Doubts(TypedDict, total=False):
    doubt: str
    alternative: Interval


# ---- days, months and years -------------------------------------------------------------------


def _calendar(meaning: Calendar, context: Context) -> Resolved | None:
    if meaning.month is None:
        if meaning.day is not None:
            return _day_of_month(meaning, meaning.day, context)
        return _whole_year(meaning) if meaning.year is not None else None
    if meaning.of is not None:
        whole = resolve(meaning.of, context)
        if whole is None or whole.start.year != whole.end.year:
            return None
        dated = msgspec.structs.replace(meaning, year=whole.start.year, of=None)
        found = resolve(dated, context)
        return msgspec.structs.replace(found, against=whole.against) if found else None
    if meaning.year is not None:
        interval = of_year(meaning, meaning.year)
        return told(interval, **_speaks_against(meaning, interval)) if interval else None
    if context.year is not None:
        interval = of_year(meaning, context.year)
        if interval is None:
            return None
        doubt = _speaks_against(meaning, interval)
        return told(interval, against=f"the year {context.year} of its section", **doubt)
    near = whereabouts(context)
    if near is None:
        return None
    years = range(near.start.year - 8, near.end.year + 9)
    return choose(in_years(meaning, years), context)


def _whole_year(meaning: Calendar) -> Resolved:
    assert meaning.year is not None
    match meaning.kind:
        case "decade":
            return told(intervals.decade(meaning.year))
        case "fiscal":
            doubt = "a fiscal year need not be the calendar year"
            return told(intervals.year(meaning.year), doubt=doubt)
    return told(intervals.year(meaning.year))


def _speaks_against(meaning: Calendar, interval: Interval) -> Doubts:
    """A weekday that the date did not fall on; the other reading of 05/06/2022."""
    when = interval.start
    if meaning.weekday is not None and when.weekday() != meaning.weekday:
        return {"doubt": f"{when} was a {WEEKDAYS[when.weekday()]}, not a {WEEKDAYS[meaning.weekday]}"}
    if meaning.other is not None:
        month, day = meaning.other
        other = intervals.day(date(when.year, month, day))
        return {
            "doubt": f"day and month may be the other way round ({day} {MONTHS[month - 1]})",
            "alternative": other,
        }
    return {}


def _feast(meaning: Feast, context: Context) -> Resolved | None:
    """A feast without its year is most often the one near by: even past verbs tell of the one to come
    ("traffic grew ahead of Christmas")."""
    if meaning.of is not None:
        whole = resolve(meaning.of, context)
        return told(feast_of(meaning, whole.start.year), against=whole.against) if whole else None
    if context.year is not None:
        return told(feast_of(meaning, context.year), against=f"the year {context.year} of its section")
    near = whereabouts(context)
    if near is None:
        return None
    feasts = [feast_of(meaning, year) for year in range(near.start.year - 1, near.end.year + 2)]
    if near == context.published and context.past:
        return nearest(feasts, near, basis(near, "published"), ahead=_TO_COME)
    return choose(feasts, context)


_TO_COME = 4
"""How many times farther a feast over may lie than one to come, where verbs tell of the past."""


def _day_of_month(meaning: Calendar, number: int, context: Context) -> Resolved | None:
    """ "the 16th": of a month told in words, the section's, the one last told, or near the publication."""
    if meaning.of is not None:
        month = resolve(meaning.of, context)
        if month is None or month.precision != "month":
            return None
        return told(intervals.day(month.start.replace(day=number)), against=month.against)
    if context.month is not None and context.year is not None:
        return told(
            intervals.day(date(context.year, context.month, number)), against="the month of its section"
        )
    last = context.last
    near = last if last is not None and last.precision in _IN_A_MONTH else context.published
    if near is None or near.precision not in _IN_A_MONTH:
        return None
    against = basis(near, "last" if near is last else "published")
    months = [intervals.months(near.start.year, near.start.month + step, 1, "month") for step in (-1, 0, 1)]
    days = [intervals.day(m.start.replace(day=number)) for m in months if number <= m.end.day]
    days = [d for d in days if meaning.weekday in (None, d.start.weekday())] or days
    if near != context.published:  # the month told, or the next in what is to come
        since = near.start if context.past is False else near.start.replace(day=1)
        days = [d for d in days if d.start >= since]
        return told(days[0], against=against) if days else None
    return choose(days, msgspec.structs.replace(context, last=None))


_IN_A_MONTH = ("day", "month", "range")


# ---- seasons, quarters, halves ----------------------------------------------------------------


def _period(meaning: Period, context: Context) -> Resolved | None:
    make = PERIODS[meaning.kind]
    if meaning.of is not None:
        whole = resolve(meaning.of, context)
        if whole is None or whole.start.year != whole.end.year:
            return None
        period = make(whole.start.year, meaning.number)
        return told(period, against=whole.against, doubt=whole.doubt)
    if context.year is not None:
        return told(make(context.year, meaning.number), against=f"the year {context.year} of its section")
    near = whereabouts(context)
    if near is None:
        return None
    years = range(near.start.year - 2, near.end.year + 3)
    return choose([make(year, meaning.number) for year in years], context)


# ---- weekdays ---------------------------------------------------------------------------------


def _weekday(meaning: Weekday, context: Context) -> Resolved | None:
    if isinstance(meaning.of, Calendar) and meaning.which is not None:
        return _nth_weekday(meaning, meaning.of, context)
    if meaning.of is not None:
        week = resolve(meaning.of, context)
        if week is not None and week.precision == "month" and meaning.which is not None:
            day = nth_weekday(meaning.number, meaning.which, week.interval)
            return told(day, against=week.against) if day else None
        if week is None or (week.end - week.start).days != 6:
            return None
        return told(intervals.day(week.start + timedelta(meaning.number)), against=week.against)
    base, near = meaning.base, context.published
    if base == "last" or near is None:
        base, near = "last", context.last
    if near is None or (near.end - near.start).days > 6:
        return None
    ahead = (meaning.number - near.start.weekday()) % 7
    match meaning.which, base:
        case int(weeks), _ if weeks < 0:
            step = ahead + 7 * weeks
        case 0, _:
            step = meaning.number - near.start.weekday()
            step += 7 if step < 0 and context.past is False else 0
        case 1, _:
            step = ahead or 7
        case _, "last":
            step = ahead
        case _:
            step = ahead if context.past is False or ahead == 0 else ahead - 7
    return told(intervals.day(near.start + timedelta(step)), against=basis(near, base))


def _nth_weekday(meaning: Weekday, month: Calendar, context: Context) -> Resolved | None:
    """ "the first Tuesday in November": where no year is told, the one that fits as a day."""
    assert meaning.which is not None
    near = whereabouts(context)
    if month.year is None and month.of is None and context.year is None and near is not None:
        months = [of_year(month, year) for year in range(near.start.year - 2, near.end.year + 3)]
        days = [day for m in months if m and (day := nth_weekday(meaning.number, meaning.which, m))]
        return choose(days, context)
    whole = resolve(month, context)
    day = nth_weekday(meaning.number, meaning.which, whole.interval) if whole else None
    return told(day, against=whole.against) if whole and day else None


# ---- last May, next spring --------------------------------------------------------------------


def _named(meaning: Named, context: Context) -> Resolved | None:
    near = _base(meaning.base, context)
    if near is None or (near.end - near.start).days > 366:
        return None
    inner, against = meaning.what, basis(near, meaning.base)
    found = []
    for year in range(near.start.year - 2, near.end.year + 3):
        if isinstance(inner, Period):
            found.append(PERIODS[inner.kind](year, inner.number))
        elif isinstance(inner, Feast):
            found.append(feast_of(inner, year))
        elif interval := of_year(inner, year):
            found.append(interval)
    if meaning.which < 0:
        found = [f for f in found if f.end < near.start][-1:]
    elif meaning.which > 0:
        found = [f for f in found if f.start > near.end][:1]
    elif isinstance(inner, Period):
        return nearest(found, near, against)
    else:
        found = [f for f in found if f.start.year == near.start.year]
    return told(found[0], against=against) if found else None


# ---- units ------------------------------------------------------------------------------------


def _base(base: Base, context: Context) -> Interval | None:
    return context.published if base == "published" else context.last


def _unit(meaning: Unit, context: Context) -> Resolved | None:
    near, count = _base(meaning.base, context), meaning.count
    if count == 0 and meaning.unit in ("year", "month") and (near is None or context.carry):
        near = context.last or near  # "by the end of the year", of the story and not of its telling
    if near is None or (meaning.future and context.past is not False):
        return None
    if meaning.base == "last" and longer(near, meaning.unit):
        few = meaning.unit == "day" and 1 < count <= _FEW_DAYS and near.precision == "month"
        return told(near, against=basis(near, "last")) if few else None  # not "the next day" after a year
    if (meaning.unit, count, meaning.base) == ("week", -1, "published") and near.start.weekday() == _SUNDAY:
        count = 0  # on a Sunday "last week" is the one that ends
    return told(shift(near, meaning.unit, count), against=basis(near, meaning.base))


_SUNDAY = 6
_FEW_DAYS = 10
"""So many days after something in a month are taken to be in that month."""


def _again(meaning: Again, context: Context) -> Resolved | None:
    near = context.last
    if meaning.quarter and (near is None or near.precision != "quarter"):
        return None
    if meaning.year is not None:
        if near is None or near.precision not in ("month", "quarter", "half"):
            return told(intervals.year(meaning.year))
        meaning = Again(meaning.year - near.start.year)
    if near is None or near.precision not in ("month", "quarter", "half", "season"):
        return None
    count = (near.end.year - near.start.year) * 12 + near.end.month - near.start.month + 1
    again = intervals.months(near.start.year + meaning.years, near.start.month, count, near.precision)
    return told(again, against=basis(near, "last"))


def _offset(meaning: Offset, context: Context) -> Resolved | None:
    if meaning.of is not None:
        inner = resolve(meaning.of, context)
        if inner is None:
            return None
        near, against = inner.interval, inner.against
        if meaning.exact:
            return told(moved(near, meaning.unit, meaning.count), against=against)
    elif context.event is not None:
        near, against = context.event, basis(context.event, "event")
    else:
        return None
    return told(shift(near, meaning.unit, meaning.count), against=against)


# ---- parts and stretches ----------------------------------------------------------------------

_HALVES: dict[Part, int] = {"early": 1, "mid": 4, "late": 7}


def _portion(meaning: Portion, context: Context) -> Resolved | None:
    """Early 2022 is its first half, late 2022 its second, mid-2022 April to September. Other units
    stay whole: "early May" names no days."""
    whole = resolve(meaning.of, context)
    if whole is None:
        return None
    unit = whole.interval
    part = unit
    if unit.precision == "year":
        part = intervals.months(unit.start.year, _HALVES[meaning.part], 6, "half")
    return told(part, against=whole.against, unit=unit)


def _stretch(meaning: Stretch, context: Context) -> Resolved | None:
    first = resolve(meaning.first, context)
    if first is None:
        return None
    after = msgspec.structs.replace(context, last=Interval(first.start, first.start, "day"))
    last = resolve(onwards(meaning.last, first.start), after)
    if last is None or last.end < first.start:
        return None
    return told(
        intervals.span(first.interval, last.interval),
        against=first.against,
        doubt=first.doubt or last.doubt,
    )


def onwards(meaning: Meaning, start: date) -> Meaning:
    """The end of a stretch, the first such one after its beginning."""
    match meaning:
        case Calendar(year=None, month=int(month), day=day):
            later = (month, day or 31) >= (start.month, start.day)
            return msgspec.structs.replace(meaning, year=start.year + (not later))
        case Calendar(year=None, month=None, day=int(day)):
            month = start.month + (day < start.day)
            return Calendar(start.year + (month - 1) // 12, (month - 1) % 12 + 1, day)
        case Weekday(which=None, of=None):
            return Weekday(meaning.number, base="last")
        case Period(of=None):
            later = PERIODS[meaning.kind](start.year, meaning.number).end >= start
            return Period(meaning.kind, meaning.number, Calendar(start.year + (not later)))
    return meaning
