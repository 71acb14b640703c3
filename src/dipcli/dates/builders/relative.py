"""What is told from another day: weekdays, today, last month, two weeks ago."""

from __future__ import annotations

from dipcli.dates.found import STEP, Built, Found, base_of, months_of, unit_of, year_of
from dipcli.dates.meaning import (
    Again,
    Base,
    Calendar,
    Meaning,
    Offset,
    Part,
    Portion,
    Stretch,
    Unit,
    UnitName,
    Vague,
    Weekday,
)
from dipcli.dates.words import CLASSES


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


def weekday_after(found: Found) -> Built:
    return found.give(Weekday(found.number("weekday"), 1, "last"), "core")


def nth_weekday(found: Found) -> Built:
    """the first Tuesday in November, the last Friday of May 2021, the third Monday of next month."""
    nth = -1 if found.has("last") else found.number("nth")
    if nth > 5:
        return []
    if found.has("month"):
        year, of_year = year_of(found)
        month: Meaning = Calendar(year, found.number("month"), of=of_year)
    elif found.value("unit") == "month":
        month = Unit("month", STEP[found.name("whichmonth")])
    else:
        return []
    return found.give(Weekday(found.number("weekday"), nth, of=month))


def weekday_last(found: Found) -> Built:
    return found.give(Weekday(found.number("weekday"), -1))


_PAPERS = frozenset("usa florida india russia pakistan malaysia turkey physics psychology science".split())


def today(found: Found) -> Built:
    """today, yesterday, tonight; USA Today and its like are papers."""
    first = found.match.start("today")
    if found.word(first) == "Today" and found.word(first - 1).lower() in _PAPERS:
        return []
    step = found.number("today")
    if found.word(first - 2) == "day" and found.before() == ("AFTER" if step > 0 else "BEFORE") and step:
        return [(first - 2, found.match.end(), Unit("day", 2 * step))]  # "day after tomorrow"
    return found.give(Unit("day", step))


def day_before(found: Found) -> Built:
    step = found.number("way")
    if step != found.number("today"):  # "the day before tomorrow" is nobody's way to say today
        return []
    return found.give(Unit("day", 2 * step))


def before_last(found: Found) -> Built:
    """the week before last, the year after next."""
    unit, many = unit_of(found.value("unit"))
    return found.give(Unit(unit, 2 if found.has("next") else -2)) if many == 1 else []


def weekdays_ago(found: Found) -> Built:
    number = _counted(found)
    return found.give(Weekday(found.number("weekday"), -number)) if number and number <= 8 else []


def night_before(found: Found) -> Built:
    return found.give(Unit("day", found.number("way"), "last"))


def daytime(found: Found) -> Built:
    """that night, the following morning; "the last evening" is that of something told."""
    which = found.name("which")
    if which == "LAST" and found.before() == "THE":
        return []
    return found.give(Unit("day", STEP[which], "last" if which == "NEXT" else base_of(which)))


def in_daytime(found: Found) -> Built:
    return found.give(Unit("day", 0, "last"))


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
    """ "year-end"; "year-beginning" is no word."""
    return end_of_the_unit(found) if found.value("end") == "late" else []


def which_unit(found: Found) -> Built:
    """last month, this week, next year; "the last year" is a duration and no match."""
    which = found.name("which")
    unit, many = unit_of(found.value("unit"))
    if _is_title(found):
        return []
    if unit == "day" or many > 1:
        if which != "NEXT" or many > 1:
            return []
        return found.give(Unit("day", 1, "last"))
    return found.give(Unit(unit, STEP[which]))


_QUOTES = "\"'`“”‘’"


def _is_title(found: Found) -> bool:
    """Whether the words are all that stands in quotes, in capitals: the show "This Week"."""
    first, last = found.match.span()
    before, after = found.word(first - 1), found.word(last)
    if after in (",", "."):
        after = found.word(last + 1)
    quoted = before != "" and after != "" and before in _QUOTES and after in _QUOTES
    return quoted and all(found.word(at)[:1].isupper() for at in range(first, last))


def the_weekend(found: Found) -> Built:
    return found.give(Stretch(Weekday(_SATURDAY), Weekday(_SATURDAY + 1)))


_SATURDAY = 5


def the_which_unit(found: Found) -> Built:
    """the previous day, the same month, that year, the coming week; "the next year" may be any."""
    which = found.name("which")
    unit, many = unit_of(found.value("unit"))
    if (
        many > 1
        or (which == "THIS" and unit == "day")
        or (which == "NEXT" and not (unit in _NEXT or _begins(found) or _closes(found)))
    ):
        return []
    if which == "THAT" and unit == "decade":
        return []
    told = unit != "quarter"
    base: Base = "last" if which == "NEXT" and told else base_of(which)
    return found.give(Unit(unit, STEP[which], base))


_NEXT = ("day", "quarter")
"""Units of which "the next" is one, and no stretch from now on."""


def _begins(found: Found) -> bool:
    """Whether the words stand before a comma at the head of a sentence: "The next year, …"."""
    return found.before() in ("", "GAP", "DOT") and found.after() == "COMMA"


def _closes(found: Found) -> bool:
    """Whether the words close their clause, and no preposition makes them a stretch: "they wed the next year."."""
    return found.before() in ("OTHER", "AND") and found.after() in ("COMMA", "DOT", "GAP", "AND", "")


_A_YEAR: dict[UnitName, int] = {"month": 12, "quarter": 4, "half": 2, "year": 1}


def a_year_apart(found: Found) -> Built:
    """the same quarter last year, the year-ago period: a year from the one last told."""
    step = 1 if found.has("which") and found.name("which") in ("NEXT", "FOLLOWING") else -1
    if found.name("unit") == "TERM":
        return found.give(Again(step))
    unit: UnitName = found.value("unit")
    return found.give(Unit(unit, _A_YEAR[unit] * step, "last")) if unit in _A_YEAR else []


def year_ago(found: Found) -> Built:
    """ "a year-earlier loss": a year back, in news from the quarter told."""
    return found.give(Unit("year", -1))


def same_again(found: Found) -> Built:
    """the latest quarter, the same period, "for the quarter": what was last told."""
    of_quarter = CLASSES["QUARTER"] in found.match[0]
    return found.give(Again(0, quarter=of_quarter), "core" if found.has("core") else None)


def years_quarter(found: Found) -> Built:
    return found.give(Again(0, year_of(found)[0]))


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
    if way == "ON" and (unit == "year" or found.before() not in ("", "GAP", "DOT")):
        return []  # "spent two days on"; "Seven years on, few have had it"
    step = number * many * (1 if way in ("LATER", "AFTER", "FROM", "FOLLOWING", "ON") else -1)
    if way in ("AGO", "FROM"):
        return found.give(Unit(unit, step))
    if way in ("EARLIER", "LATER", "ON") or _ends(found):
        return found.give(Unit(unit, step, "last"))
    return found.give(Offset(unit, step))


def after_count(found: Found) -> Built:
    """ "After two days, …": from what was last told, if the time is short; longer ones only tell how long it was."""
    number = _counted(found)
    unit, many = unit_of(found.value("unit"))
    return found.give(Unit(unit, number * many, "last")) if number and unit in ("day", "week") else []


def count_from_day(found: Found) -> Built:
    """ten years ago today, two weeks from Friday, a year ago this month: to the day, week or month."""
    number = _counted(found)
    if number is None:
        return found.give(Vague())
    unit, many = unit_of(found.value("unit"))
    step = number * many * (1 if found.name("way") == "FROM" else -1)
    if found.has("today"):
        return found.give(Offset(unit, step, Unit("day", found.number("today")), exact=True))
    if found.has("weekday"):
        return found.give(Offset(unit, step, Weekday(found.number("weekday")), exact=True))
    this = found.value("this")
    if this not in ("week", "month"):
        return found.give(Unit(unit, step))
    return found.give(Offset(unit, step, Unit(this, 0), exact=True))


def months_of_the_year(found: Found) -> Built:
    """the first nine months of the year, the last two months of the year."""
    count = _counted(found)
    at_end = found.has("end")
    if found.value("unit") != "month" or count is None or not 1 < count < 12:
        return []
    if not at_end and found.number("nth") != 1:
        return []
    return found.give(months_of(Unit("year", 0), 13 - count if at_end else 1, count))


def the_unit_before(found: Found) -> Built:
    """the day before, the year after: from what was last told, or from an event that is named."""
    unit, many = unit_of(found.value("unit"))
    way = found.name("way")
    step = many if way in ("AFTER", "LATER") else -many
    if way in ("BEFORE", "AFTER") and not _ends(found):
        return found.give(Offset(unit, step))
    return found.give(Unit(unit, step, "last"))


def eve(found: Found) -> Built:
    return found.give(Offset("day", -1))


def _ends(found: Found) -> bool:
    """Whether the words stop after the match, so that no event is named that they count from."""
    return (
        found.after() in ("", "GAP", "COMMA", "DOT", "CLOSE", "AND", "IN", "ON", "AT", "POSS")
        or found.word(found.match.end()) in _GOES_ON
    )


_GOES_ON = frozenset("outside inside near with but when while as amid despite because against where".split())
"""Words that go on with what was told, and name no event to count from: "the year before outside a bar"."""


_REACH = 6
"""How many words before "in two years" may say that it is one of several in that time."""
_OF_SEVERAL = frozenset(
    "first second third fourth fifth last only time times once twice most highest lowest".split()
)


def in_count(found: Found) -> Built:
    """in two weeks; "the first visit in two years", "four times in a month" tell how long."""
    start = found.match.start()
    said = (found.word(at).casefold() for at in range(max(0, start - _REACH), start))
    if found.before() == "ORDWORD" or any(word in _OF_SEVERAL for word in said):
        return []
    number = _counted(found)
    if number is None or found.word(found.match.end()) in ("when", "that", "where"):
        return []
    unit, many = unit_of(found.value("unit"))
    return found.give(Unit(unit, number * many, future=True), "core")
