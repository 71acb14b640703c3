"""Dates in figures, and days of a month."""

from __future__ import annotations

from itertools import pairwise

from dipcli.dates.found import STEP, Built, Found, base_of, exists, year_of
from dipcli.dates.intervals import months
from dipcli.dates.lexer import full_year
from dipcli.dates.meaning import EARLIEST, LATEST, Calendar, Feast, Named, Offset, Stretch, Unit


def iso(found: Found) -> Built:
    year, month, day = found.value("date")
    if not (EARLIEST <= year <= LATEST and exists(month, day, year)):
        return []
    return found.give(Calendar(year, month, day))


def numeric(found: Found) -> Built:
    first, second, year, mark = found.value("date")
    number = full_year(year)
    if (len(year) == 2 and mark != "/") or not EARLIEST <= number <= LATEST:
        return []
    orders = [(first, second), (second, first)]
    if mark == "." or found.order == "dmy":
        orders.reverse()
    fitting = [(m, d) for m, d in orders if exists(m, d, number)]
    if not fitting:
        return []
    unsure = found.order == "mdy?" and mark != "." and len(set(fitting)) == 2
    return found.give(Calendar(number, *fitting[0], other=fitting[1] if unsure else None))


def numeric_days(found: Found) -> Built:
    first, last, month, year = found.value("date")
    if not (EARLIEST <= year <= LATEST and first < last and exists(month, last, year)):
        return []
    return found.give(Stretch(Calendar(year, month, first), Calendar(year, month, last)))


def iso_month(found: Found) -> Built:
    year, month = found.value("date")
    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12):
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
    if _heads_a_list(found):
        return []
    if _is_number_of_them(found):
        at = found.match.start("month")
        return [(at, at + 1, Calendar(None, month))]
    if not all(exists(month, number, year) for _, number in numbers) or _not_a_day(found):
        return []
    weekdays = {
        at: found.number(group)
        for group, at in (("weekday", 0), ("weekday2", len(numbers) - 1))
        if found.has(group)
    }
    whole = [Calendar(year, month, number, weekdays.get(at), of=of) for at, (_, number) in enumerate(numbers)]
    if len(whole) == 1:
        return found.give(_terror(whole[0], found))
    values = [number for _, number in numbers]
    apart = any(b - a != 1 for a, b in pairwise(values))
    if "AND" in joints and apart and found.before() != "BETWEEN":
        return _apart(found, numbers, whole)
    if values != sorted(values):
        return []
    return found.give(Stretch(whole[0], whole[-1]))


def _is_number_of_them(found: Found) -> bool:
    """Whether a figure after a month counts those named after it: "in May 30 soldiers were killed"."""
    ends = found.match.end("days") == found.match.end()
    return (
        ends
        and found.after() == "FOLK"
        and found.match.start("month") < found.match.start("days")
        and found.before() != "ON"
    )


def _heads_a_list(found: Found) -> bool:
    """Whether the month stands on a line above and the day begins an entry: "March", and below it "3: …"."""
    lexed, (first, last) = found.lexed, found.match.span("days")
    if (
        found.match.start("month") > first
        or lexed.text[lexed.ends[last - 1] : lexed.ends[last - 1] + 1] != ":"
    ):
        return False
    return "\n" in lexed.text[lexed.ends[first - 1] : lexed.starts[first]]


def _apart(found: Found, numbers: list[tuple[int, int]], whole: list[Calendar]) -> Built:
    """ "Aug. 10 and 20": the first takes the words before it, the last the words after it."""
    starts = [found.match.start(), *(at for at, _ in numbers[1:])]
    ends = [*(at + 1 for at, _ in numbers[:-1]), found.match.end()]
    return list(zip(starts, ends, whole, strict=True))


def _not_a_day(found: Found) -> bool:
    """A person called May, a numbered thing, an amount of money."""
    if found.has("weekday") or found.opens_line():
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
    weekday = found.number("weekday") if found.has("weekday") else None
    day = found.number("day2" if found.has("day2") else "day")
    return found.give(Calendar(None, None, day, weekday), "core" if found.has("core") else None)


def day_of_which(found: Found) -> Built:
    """the 24th of last month, the 5th and 6th of this month, the 5th instant."""
    if found.has("instant"):
        month = Unit("month", found.number("instant"))
    else:
        which = found.name("which")
        month = Unit("month", STEP[which], base_of(which))
        if found.value("unit") != "month":
            return []
    weekday = found.number("weekday") if found.has("weekday") else None
    days = [
        Calendar(day=value, weekday=weekday, of=month)
        for _, name, value in found.words("days")
        if name in ("DAY", "ORD")
    ]
    if len(days) > 2:
        return []
    return found.give(days[0] if len(days) == 1 else Stretch(days[0], days[1]))


def day_in_words(found: Found) -> Built:
    """the first of March, the twenty-first of June 2021, this fifth day of March, the last day of May."""
    month = found.number("month")
    year, of = year_of(found)
    if found.has("unit") and found.value("unit") != "day":
        return []
    if found.name("nth") == "LAST":
        if not found.has("unit") or (month == 2 and year is None):
            return []
        day = months(year or 2000, month, 1, "month").end.day
    else:
        day = found.number("nth") + (found.number("tens") if found.has("tens") else 0)
    return found.give(Calendar(year, month, day, of=of)) if exists(month, day, year) else []


def holiday(found: Found) -> Built:
    if found.after() == "FESTIVE":
        return []
    if found.before() == "DASH" and found.word(found.match.start() - 2).lower() in ("pre", "post"):
        return []
    year, of = year_of(found)
    feast = Feast(found.value("holiday"), Calendar(year) if year else of)
    if found.has("week"):
        return (
            found.give(Offset("week", 0, feast))
            if found.value("week") == "week"
            else found.give(feast, "holiday")
        )
    return found.give(Named(feast, STEP[found.name("nearby")]) if found.has("nearby") else feast)
