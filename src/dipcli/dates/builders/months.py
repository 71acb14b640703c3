"""Months, seasons, quarters, halves and fiscal years."""

from __future__ import annotations

from typing import Literal

from dipcli.dates.found import STEP, Built, Found, base_of, exists, year_of
from dipcli.dates.meaning import Calendar, Named, Period, Stretch, Unit, Vague
from dipcli.dates.words import CLASSES


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


def year_month(found: Found) -> Built:
    """1978 September, 3rd: as some lists have it; elsewhere the year is told for itself ("in 1990 May Day was …")."""
    at, text, starts = found.match.start(), found.lexed.text, found.lexed.starts
    if not found.opens_line() or "\n" in text[starts[at] : starts[found.match.start("month")]]:
        return [(at, at + 1, Calendar(found.number("year")))]
    year, month = found.number("year"), found.number("month")
    day = found.number("day") if found.has("day") else None
    return found.give(Calendar(year, month, day)) if day is None or exists(month, day, year) else []


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


BEFORE_MONTH = {"IN", "SINCE", "BY", "UNTIL", "FROM", "DURING", "BETWEEN", "EARLY", "AFTER", "BEFORE"}
_LINKS = {"TO", "AND", "DASH", "COMMA", "UNTIL", "SLASH"}
_MONTHS = {"MONTH", "WEAKMONTH", "SHORTMONTH", "YEAR", "DOT", "YR", "UNITS"}


def month(found: Found) -> Built:
    """A month alone. "May" and "March" and what is short need a preposition, or a month before them."""
    name, before = found.name("month"), found.before()
    if before in ("NAMEBEFORE", "OTHER") and found.word(found.match.start() - 1) == "_":
        return []
    if before == "DASH":
        before = found.before(2) if found.before(2) == "EARLY" else before
    if before == "THE":
        before = found.before(2)
    led = before in BEFORE_MONTH or (before in _LINKS and found.before(2) in _MONTHS)
    led = led or (before == "OF" and found.before(2) in ("END", "EARLY", "FINAL", "UNIT", "UNITS", "HALF"))
    if name == "MONTH":
        return [] if not led and _person(found) else found.give(Calendar(None, found.number("month")))
    led = led or (found.after() == found.after(2) == "DASH" and found.opens_line())  # "May--The army"
    if name == "SHORTMONTH" and found.after() != "DOT":
        return []
    led = led or (name == "WEAKMONTH" and _of_something(found))
    if not led or (found.after() == "POSS" and before in ("BY", "FROM", "AFTER")):
        return []
    first, last = found.match.span()
    dotted = name == "SHORTMONTH"
    return [(first, last + dotted, Calendar(None, found.number("month")))]


_OWNERS = set("the a an its his her their our this each".split())
_MARCHING = set("of for on to in through past against".split())
_FIGURES = set(
    """sales exports imports payrolls inflation retail unemployment prices output orders futures jobs
    figures""".split()
)
"""What is told of a month at the head of a sentence: "May sales fell"."""


def _of_something(found: Found) -> bool:
    """Whether "March" or "May" says of what month something is: "said March sales fell", "its May report"."""
    first, last = found.match.span()
    before, after = found.word(first - 1), found.word(last)
    if after in _FIGURES or (after.isupper() and len(after) > 1 and before.lower() == "the"):
        return True
    if not after.islower() or after in _MARCHING:
        return False
    told_of_march = found.word(first) == "March" and before.isalpha() and before.islower()
    return told_of_march or before.lower() in _OWNERS


def _person(found: Found) -> bool:
    """Whether a bare "April" or "June" is a given name: a name in capitals follows."""
    return (
        found.after() == "OTHER"
        and found.word(found.match.end())[:1].isupper()
        and (found.word(found.match.start()) in ("April", "June", "August"))
    )


def season(found: Found) -> Built:
    if found.has("years"):
        first, last = found.value("years")
        if last != first + 1:
            return []
        return found.give(Period("season", found.number("season"), Calendar(first)))
    year, of = year_of(found)
    of = Calendar(year) if year is not None else of
    if of is None and _says_what_kind(found):
        return []
    return found.give(Period("season", found.number("season"), of), "core" if found.has("core") else None)


def _says_what_kind(found: Found) -> bool:
    """Whether a season says what kind of thing is meant: "the spring climbing season", "winter rains"."""
    end = found.match.end()
    after = found.word(end)
    bare = "THE" not in [name for _, name, _ in found.words("core")] if found.has("core") else False
    plural = after.islower() and after.endswith("s") and after not in ("was", "is", "has", "as", "its")
    if found.after() == "FESTIVE":
        return True
    return not {after, found.word(end + 1)}.isdisjoint(("season", "months")) or (
        bare and (plural or after in ("weather", "break", "heat", "storm"))
    )


def which_season(found: Found) -> Built:
    which = found.name("which")
    verbal = which == "THAT" and found.word(found.match.end() - 1) in ("spring", "fall")
    if verbal and not found.lexed.text.startswith("That", found.lexed.starts[found.match.start()]):
        return []  # "prices that fall"
    return found.give(Named(Period("season", found.number("season")), STEP[which], base_of(which)))


def quarter(found: Found) -> Built:
    return _nth(found, "quarter", found.number("nth"), 4)


def months_quarter(found: Found) -> Built:
    number, rest = divmod(found.number("month"), 3)
    return [] if rest else found.give(Period("quarter", number))


def half(found: Found) -> Built:
    return _nth(found, "half", found.number("nth"), 2)


def years_part(found: Found) -> Built:
    """last year's third quarter, 2021's first half."""
    kind: Literal["quarter", "half"] = "quarter" if found.name("part") == "QUARTER" else "half"
    return _nth(found, kind, found.number("nth"), 4 if kind == "quarter" else 2)


def period(found: Found) -> Built:
    kind, number = tuple(found.value("period"))
    if kind == "h" and year_of(found) == (None, None) and found.before() not in BEFORE_MONTH:
        return []
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
