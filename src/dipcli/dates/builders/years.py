"""Years and decades."""

from __future__ import annotations

import re

from dipcli.dates.builders.months import BEFORE_MONTH
from dipcli.dates.found import Built, Found
from dipcli.dates.meaning import Calendar, Stretch


def decade(found: Found) -> Built:
    return found.give(Calendar(found.number("decade"), kind="decade"))


def decade_in_words(found: Found) -> Built:
    """the nineties, the nineteen-eighties; a century of any other number is none."""
    century = found.number("century") if found.has("century") else 19
    if not 10 <= century <= 20:
        return []
    return found.give(Calendar(century * 100 + found.number("tens"), kind="decade"))


def years(found: Found) -> Built:
    first, last = found.value("years")
    if found.before() in ("CURRENCY", "REJECTBEFORE") or found.after() in ("COUNTED", "FOLK", "CLOCK"):
        return []
    return found.give(Stretch(Calendar(first), Calendar(last)))


_BEFORE_OLD_YEAR = BEFORE_MONTH | {"OF", "TO", "OPEN", "END", "YR"}


def year(found: Found) -> Built:
    """A year alone, unless the words around make the figure a number, an amount or a time."""
    before, after = found.before(), found.after()
    if before == "DOT":
        before = "REJECTBEFORE" if found.before(2) == "REJECTBEFORE" else before
    if before in ("CURRENCY", "REJECTBEFORE", "AT", "NUM") or after in _AFTER_NUMBER:
        return []
    if _numbered(found) or (before in _FIGURES and after in _FIGURES):
        return []
    if _is_title(found):
        return []
    number = found.number("year")
    if after == "FOLK" and not _opens(found, number):
        return []
    follower = found.word(found.match.end())
    plural = after == "OTHER" and follower.islower() and follower.endswith("s") and len(follower) > 4
    if found.name("year") == "SHORTYEAR" and (before not in ("IN", "SINCE", "UNTIL") or plural):
        return []
    if found.name("year") == "OLDYEAR":
        to = before == "TO" and found.before(2) not in _YEARS  # "rose to 1556"
        if plural or to or before not in _BEFORE_OLD_YEAR:
            return []
    if number % 100 == 0 and plural and before not in BEFORE_MONTH | {"THE"}:
        return []
    return found.give(Calendar(number))


_DESIGNATION = re.compile(r"[A-Z]+\d+")
_OPENING, _CLOSING = ('"', "“", "‘", "`"), ('"', "”", "’", "'")


def _is_title(found: Found) -> bool:
    """Whether the figure is a name by itself or part of one: the novel "1984", the asteroid 2012 DA14."""
    first, last = found.match.span()
    quoted = found.word(first - 1) in _OPENING and found.word(last) in _CLOSING
    return quoted or _DESIGNATION.fullmatch(found.word(last)) is not None


def _opens(found: Found, number: int) -> bool:
    """Whether a figure before a noun of persons or ships is the year that a sentence opens with, and no number of
    them: "In 1911 troops mutinied", but "in 1200 ships", "lost 1850 men"."""
    return (
        found.before() == "IN"
        and found.before(2) in ("", "DOT", "GAP")
        and bool(number % 100)
        and number > 1700
    )


_YEARS = {"YEAR", "OLDYEAR"}
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
