"""From a rule's match to what the words mean: one builder a rule, and what makes it refuse."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Literal

from dipcli.dates import meaning as means
from dipcli.dates.found import STEP, Built, Found, base_of, exists, unit_of, year_of
from dipcli.dates.meaning import (
    Calendar,
    Named,
    Offset,
    Part,
    Period,
    Portion,
    Stretch,
    Unit,
    UnitName,
    Vague,
    Weekday,
)
from dipcli.dates.words import CLASSES

# ---- figures ----------------------------------------------------------------------------------


def iso(found: Found) -> Built:
    year, month, day = found.value("date")
    if not (means.EARLIEST <= year <= means.LATEST and exists(month, day, year)):
        return []
    return found.give(Calendar(year, month, day))


def numeric(found: Found) -> Built:
    first, second, year, mark = found.value("date")
    number = int(year) if len(year) == 4 else 1900 + int(year) + (100 if int(year) < 70 else 0)
    if (len(year) == 2 and mark != "/") or not means.EARLIEST <= number <= means.LATEST:
        return []
    orders = [(first, second), (second, first)]
    if mark == "." or found.order == "dmy":
        orders.reverse()
    fitting = [(m, d) for m, d in orders if exists(m, d, number)]
    if not fitting:
        return []
    unsure = found.order == "mdy?" and mark != "." and len(set(fitting)) == 2
    return found.give(Calendar(number, *fitting[0], other=fitting[1] if unsure else None))


def iso_month(found: Found) -> Built:
    year, month = found.value("date")
    if not (means.EARLIEST <= year <= means.LATEST and 1 <= month <= 12):
        return []
    return found.give(Calendar(year, month))


def list_date(found: Found) -> Built:
    month, day = found.value("date")
    if found.order == "dmy" or not exists(month, day):
        month, day = day, month
    return found.give(Calendar(None, month, day)) if exists(month, day) else []


def list_month(found: Found) -> Built:
    at = found.match.start()
    line = found.lexed.text[max(0, found.lexed.starts[at] - 12) : found.lexed.starts[at]].rpartition("\n")[2]
    month = found.number("month")
    return found.give(Calendar(None, month)) if month <= 12 and not line.strip(" \t-*•") else []


# ---- days -------------------------------------------------------------------------------------


def days(found: Found) -> Built:
    """One day of a month or several: a list of neighbours is a stretch, others stand apart."""
    month = found.number("month")
    year, of = year_of(found)
    numbers, joints = [], []
    for at, name, value in found.words("days"):
        if name in ("DAY", "ORD"):
            numbers.append((at, value))
        elif name != "THE":
            joints.append(name)
    if found.name("month") == "LOWERMONTH" and year is None:
        return []
    if not all(exists(month, number, year) for _, number in numbers) or _not_a_day(found):
        return []
    weekday = found.number("weekday") if found.has("weekday") else None
    whole = [
        Calendar(year, month, number, weekday if not at else None, of=of)
        for at, (_, number) in enumerate(numbers)
    ]
    if len(whole) == 1:
        return found.give(_terror(whole[0], found))
    values = [number for _, number in numbers]
    apart = any(b - a != 1 for a, b in pairwise(values))
    if "AND" in joints and apart and found.before() != "BETWEEN":
        return _apart(found, numbers, whole)
    if values != sorted(values):
        return []
    return found.give(Stretch(whole[0], whole[-1]))


def _apart(found: Found, numbers: list[tuple[int, int]], whole: list[Calendar]) -> Built:
    """ "Aug. 10 and 20": the first takes the words before it, the last the words after it."""
    starts = [found.match.start(), *(at for at, _ in numbers[1:])]
    ends = [*(at + 1 for at, _ in numbers[:-1]), found.match.end()]
    return list(zip(starts, ends, whole, strict=True))


def _not_a_day(found: Found) -> bool:
    """A person called May, a numbered thing, an amount of money."""
    if found.has("weekday"):
        return False
    if found.name("month") == "WEAKMONTH" and found.before() == "NAMEBEFORE":
        return True
    return found.before() in ("CURRENCY", "REJECTBEFORE") and found.match.start() == found.match.start("days")


def _terror(day: Calendar, found: Found) -> Calendar:
    """ "the Sept. 11 attacks" need no year."""
    if (day.month, day.day, day.year, found.after()) == (9, 11, None, "TERROR"):
        return Calendar(2001, 9, 11)
    return day


def day_of_month(found: Found) -> Built:
    return found.give(Calendar(None, None, found.number("day")), "core")


def holiday(found: Found) -> Built:
    month, day = found.value("holiday")
    return found.give(Calendar(year_of(found)[0], month, day))


# ---- months -----------------------------------------------------------------------------------


def months_of_year(found: Found) -> Built:
    """April-May 2021; "May and June 2021" are two, which "between" makes a stretch of later."""
    first, last = found.number("month"), found.number("month2")
    year, _ = year_of(found)
    assert year is not None
    whole = Calendar(year - (first > last), first), Calendar(year, last)
    if found.name("link") in ("DASH", "SLASH"):
        return found.give(Stretch(*whole))
    start, end = found.match.span()
    link = found.match.start("link")
    return [(start, link, whole[0]), (link + 1, end, whole[1])]


def month_of_year(found: Found) -> Built:
    year, of = year_of(found)
    if found.name("month") == "WEAKMONTH" and found.before() == "NAMEBEFORE":
        return []
    return found.give(Calendar(year, found.number("month"), of=of))


def months_bare(found: Found) -> Built:
    return found.give(Stretch(Calendar(None, found.number("month")), Calendar(None, found.number("month2"))))


def which_month(found: Found) -> Built:
    which = found.name("which")
    day = found.number("day") if found.has("day") else None
    month = found.number("month")
    if day is not None and not exists(month, day):
        return []
    return found.give(Named(Calendar(None, month, day), STEP[which], base_of(which)))


_BEFORE_MONTH = {"IN", "SINCE", "BY", "UNTIL", "FROM", "DURING", "BETWEEN", "EARLY", "AFTER", "BEFORE"}
_LINKS = {"TO", "AND", "DASH", "COMMA", "UNTIL", "SLASH"}
_MONTHS = {"MONTH", "WEAKMONTH", "SHORTMONTH", "YEAR", "DOT"}


def month(found: Found) -> Built:
    """A month alone. "May" and "March" and what is short need a preposition, or a month before them."""
    name, before = found.name("month"), found.before()
    if before in ("NAMEBEFORE", "OTHER") and found.word(found.match.start() - 1) == "_":
        return []
    if before == "DASH":
        before = found.before(2) if found.before(2) == "EARLY" else before
    if before == "THE":
        before = found.before(2)
    led = before in _BEFORE_MONTH or (before in _LINKS and found.before(2) in _MONTHS)
    led = led or (before == "OF" and found.before(2) in ("END", "EARLY", "FINAL", "UNIT", "UNITS", "HALF"))
    if name == "MONTH":
        return [] if not led and _person(found) else found.give(Calendar(None, found.number("month")))
    if name == "SHORTMONTH" and found.after() != "DOT":
        return []
    if not led or (found.after() == "POSS" and before in ("BY", "FROM", "AFTER")):
        return []
    first, last = found.match.span()
    dotted = name == "SHORTMONTH"
    return [(first, last + dotted, Calendar(None, found.number("month")))]


def _person(found: Found) -> bool:
    """Whether a bare "April" or "June" is a given name: a name in capitals follows."""
    return (
        found.after() == "OTHER"
        and found.word(found.match.end())[:1].isupper()
        and (found.word(found.match.start()) in ("April", "June", "August"))
    )


# ---- seasons, quarters, halves ----------------------------------------------------------------


def season(found: Found) -> Built:
    if found.has("years"):
        first, last = found.value("years")
        if last != first + 1:
            return []
        return found.give(Period("season", found.number("season"), Calendar(first)))
    year, of = year_of(found)
    of = Calendar(year) if year is not None else of
    return found.give(Period("season", found.number("season"), of), "core" if found.has("core") else None)


def which_season(found: Found) -> Built:
    which = found.name("which")
    return found.give(Named(Period("season", found.number("season")), STEP[which], base_of(which)))


def quarter(found: Found) -> Built:
    return _nth(found, "quarter", found.number("nth"), 4)


def half(found: Found) -> Built:
    return _nth(found, "half", found.number("nth"), 2)


def period(found: Found) -> Built:
    kind, number = tuple(found.value("period"))
    return _nth(found, "quarter" if kind == "q" else "half", int(number), 4)


def _nth(found: Found, kind: Literal["quarter", "half"], number: int, most: int) -> Built:
    year, of = year_of(found)
    fiscal_words = CLASSES["FISCAL"] in found.match[0]
    if number > most:
        return []
    if year is not None:
        of = Calendar(year, kind="fiscal" if fiscal_words else "calendar")
    elif fiscal_words:
        return found.give(Vague())
    elif found.has("thisyear"):
        of = Unit("year", 0)
    return found.give(Period(kind, number, of))


def fiscal(found: Found) -> Built:
    if found.has("years"):
        first, last = found.value("years")
        return found.give(Stretch(Calendar(first, kind="fiscal"), Calendar(last, kind="fiscal")))
    return found.give(Calendar(found.number("year"), kind="fiscal"))


# ---- weekdays, today, units -------------------------------------------------------------------


def weekday(found: Found) -> Built:
    if found.before() in ("DAYNAME", "EVERY") or found.after() == "PAPER":
        return []
    number = found.number("weekday")
    if found.has("week") and found.value("week") == "week":
        which = found.name("which2")
        return found.give(Weekday(number, of=Unit("week", STEP[which], base_of(which))))
    if found.has("which"):
        which = found.name("which")
        return found.give(Weekday(number, STEP[which], base_of(which)))
    return found.give(Weekday(number))


def today(found: Found) -> Built:
    return found.give(Unit("day", found.number("today")))


def day_before(found: Found) -> Built:
    step = found.number("way")
    if step != found.number("today"):  # "the day before tomorrow" is nobody's way to say today
        return []
    return found.give(Unit("day", 2 * step))


def night_before(found: Found) -> Built:
    return found.give(Unit("day", found.number("way"), "last"))


def daytime(found: Found) -> Built:
    which = found.name("which")
    return found.give(Unit("day", STEP[which], "last" if which == "NEXT" else base_of(which)))


def in_the_unit(found: Found) -> Built:
    unit, many = unit_of(found.value("unit"))
    return [] if many > 1 else found.give(Unit(unit, 0, "last" if unit == "day" else "published"))


def end_of_the_unit(found: Found) -> Built:
    unit, many = unit_of(found.value("unit"))
    if many > 1 or unit in ("day", "weekend"):
        return []
    part: Part = found.value("end")
    return found.give(Portion(part, Unit(unit, 0)))


def year_end(found: Found) -> Built:
    if found.value("end") != "late":
        return []
    return found.give(Portion("late", Unit("year", 0)))


def which_unit(found: Found) -> Built:
    """last month, this week, next year; "the last year" is a duration and no match."""
    which = found.name("which")
    unit, many = unit_of(found.value("unit"))
    if unit == "day" or many > 1:
        if which != "NEXT" or many > 1:
            return []
        return found.give(Unit("day", 1, "last"))
    return found.give(Unit(unit, STEP[which]))


def the_which_unit(found: Found) -> Built:
    """the previous day, the same month, that year, the coming week; "the next year" may be any."""
    which = found.name("which")
    unit, many = unit_of(found.value("unit"))
    if many > 1 or (which == "THIS" and unit == "day") or (which == "NEXT" and unit != "day"):
        return []
    if which == "THAT" and unit == "decade":
        return []
    base: means.Base = "last" if which == "NEXT" else base_of(which)
    return found.give(Unit(unit, STEP[which], base))


_A_YEAR: dict[UnitName, int] = {"month": 12, "quarter": 4, "half": 2, "year": 1}


def a_year_apart(found: Found) -> Built:
    """the same quarter last year, the year-ago quarter: a year from the one last told."""
    unit: UnitName = found.value("unit")
    if unit not in _A_YEAR:
        return []
    later = found.has("which") and found.name("which") in ("NEXT", "FOLLOWING")
    return found.give(Unit(unit, _A_YEAR[unit] * (1 if later else -1), "last"))


def _counted(found: Found) -> int | None:
    """The number that a count says ("thirty-five", "a couple of", "two hundred"); None for "a few"."""
    total = 0
    for _, name, value in found.words("count"):
        if name in ("OF", "DASH"):
            continue
        if name == "FEW" or value is None:
            return None
        if value == 100:
            total = max(total, 1) * 100
        else:
            total = total + value if total >= 20 and total % 10 == 0 and value < 10 else value
    return total


def count(found: Found) -> Built:
    """two weeks ago (from publication), a day later (from what was last told), 11 days after an event."""
    if found.before() == "HALF":
        return []
    number = _counted(found)
    if number is None:
        return found.give(Vague())
    unit, many = unit_of(found.value("unit"))
    if unit == "decade":  # "a decade ago" is ten years ago
        unit, many = "year", 10
    way = found.name("way")
    step = number * many * (1 if way in ("LATER", "AFTER", "FROM", "FOLLOWING") else -1)
    if way in ("AGO", "FROM"):
        return found.give(Unit(unit, step))
    if way in ("EARLIER", "LATER") or _ends(found):
        return found.give(Unit(unit, step, "last"))
    return found.give(Offset(unit, step))


def the_unit_before(found: Found) -> Built:
    """the day before, the year after: from what was last told, or from an event that is named."""
    unit, many = unit_of(found.value("unit"))
    way = found.name("way")
    step = many if way in ("AFTER", "LATER") else -many
    if way in ("BEFORE", "AFTER") and not _ends(found):
        return found.give(Offset(unit, step))
    return found.give(Unit(unit, step, "last"))


def _ends(found: Found) -> bool:
    """Whether the words stop after the match, so that no event is named that they count from."""
    return found.after() in ("", "GAP", "COMMA", "DOT", "CLOSE", "AND", "IN", "ON", "AT", "POSS")


def in_count(found: Found) -> Built:
    if found.before() == "ORDWORD" or found.word(found.match.start() - 1) in (
        "time",
        "once",
        "twice",
        "times",
    ):
        return []
    number = _counted(found)
    if number is None:
        return []
    unit, many = unit_of(found.value("unit"))
    return found.give(Unit(unit, number * many, future=True), "core")


# ---- years ------------------------------------------------------------------------------------


def decade(found: Found) -> Built:
    return found.give(Calendar(found.number("decade"), kind="decade"))


def years(found: Found) -> Built:
    first, last = found.value("years")
    if found.before() in ("CURRENCY", "REJECTBEFORE") or found.after() in ("COUNTED", "CLOCK"):
        return []
    return found.give(Stretch(Calendar(first), Calendar(last)))


_BEFORE_OLD_YEAR = _BEFORE_MONTH | {"OF", "TO", "OPEN", "END"}


def year(found: Found) -> Built:
    """A year alone, unless the words around make the figure a number, an amount or a time."""
    before, after = found.before(), found.after()
    if before == "DOT":
        before = "REJECTBEFORE" if found.before(2) == "REJECTBEFORE" else before
    if before in ("CURRENCY", "REJECTBEFORE", "AT", "NUM") or after in _AFTER_NUMBER:
        return []
    if _numbered(found) or (before in _FIGURES and after in _FIGURES):
        return []
    number = found.number("year")
    follower = found.word(found.match.end())
    plural = after == "OTHER" and follower.islower() and follower.endswith("s") and len(follower) > 4
    if found.name("year") == "OLDYEAR" and (plural or before not in _BEFORE_OLD_YEAR):
        return []
    if number % 100 == 0 and plural and before not in _BEFORE_MONTH | {"THE"}:
        return []
    return found.give(Calendar(number))


_AFTER_NUMBER = {"COUNTED", "CLOCK", "UNITS", "YRS"}
_FIGURES = {"DAY", "NUM", "YEAR", "OLDYEAR"}


def _numbered(found: Found) -> bool:
    """Whether the figure goes on a list of numbered things: "resolutions 1718, 1874 and 1929"."""
    at = found.match.start() - 1
    for _ in range(6):
        if found.class_at(at) not in ("AND", "COMMA") or found.class_at(at - 1) not in _FIGURES:
            return found.class_at(at) == "REJECTBEFORE"
        at -= 2
    return False


BUILDERS: dict[str, Callable[[Found], Built]] = {
    "iso": iso,
    "numeric": numeric,
    "iso_month": iso_month,
    "list_date": list_date,
    "list_month": list_month,
    "recurring": lambda found: [],
    "day_month": days,
    "month_day": days,
    "months_of_year": months_of_year,
    "month_of_year": month_of_year,
    "months": months_bare,
    "which_month": which_month,
    "season_of_year": season,
    "which_season": which_season,
    "season": season,
    "quarter": quarter,
    "period": period,
    "half": half,
    "fiscal": fiscal,
    "weekday": weekday,
    "today": today,
    "day_before": day_before,
    "night_before": night_before,
    "daytime": daytime,
    "in_the_unit": in_the_unit,
    "end_of_the_unit": end_of_the_unit,
    "year_end": year_end,
    "which_unit": which_unit,
    "same_unit": a_year_apart,
    "year_ago_unit": a_year_apart,
    "the_which_unit": the_which_unit,
    "count": count,
    "the_unit_before": the_unit_before,
    "in_count": in_count,
    "decade": decade,
    "years": years,
    "year": year,
    "month": month,
    "day_of_month": day_of_month,
    "holiday": holiday,
}
