"""A rule's match as its words, and what several rules read off them alike: units, years, steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from dipcli.dates.intervals import months
from dipcli.dates.lexer import Lexed
from dipcli.dates.meaning import Base, Calendar, Meaning, Period, Stretch, Unit, UnitName
from dipcli.dates.words import CLASSES

Order = Literal["mdy", "dmy", "mdy?"]
Built = list[tuple[int, int, Meaning]]
"""First word, last word (exclusive), meaning; empty where the rule refuses."""

_NAMES = {char: name for name, char in CLASSES.items()}


class Found:
    """A rule's match: its groups as words with their classes and values."""

    def __init__(self, match: re.Match[str], lexed: Lexed, order: Order) -> None:
        self.match = match
        self.lexed = lexed
        self.order = order

    def has(self, group: str) -> bool:
        return group in self.match.re.groupindex and self.match.start(group) >= 0

    def value(self, group: str) -> Any:
        """The value of a group's first word."""
        return self.lexed.values[self.match.start(group)]

    def number(self, group: str) -> int:
        number: int = self.value(group)
        return number

    def name(self, group: str) -> str:
        """The class of a group's first word."""
        return _NAMES[self.match[group][0]]

    def words(self, group: str) -> Iterator[tuple[int, str, Any]]:
        """Position, class and value of each word of a group."""
        for at in range(*self.match.span(group)):
            yield at, self.class_at(at), self.lexed.values[at]

    def class_at(self, at: int) -> str:
        """The class of a word of the text; "" outside."""
        return _NAMES[self.lexed.classes[at]] if 0 <= at < len(self.lexed.classes) else ""

    def before(self, back: int = 1) -> str:
        return self.class_at(self.match.start() - back)

    def opens_line(self) -> bool:
        """Whether it stands at the beginning of a line."""
        start = self.lexed.starts[self.match.start()]
        return not self.lexed.text[self.lexed.text.rfind("\n", 0, start) + 1 : start].strip()

    def after(self, ahead: int = 1) -> str:
        return self.class_at(self.match.end() + ahead - 1)

    def word(self, at: int) -> str:
        if not 0 <= at < len(self.lexed.starts):
            return ""
        return self.lexed.text[self.lexed.starts[at] : self.lexed.ends[at]]

    def give(self, meaning: Meaning, group: str | None = None) -> Built:
        first, last = self.match.span(group or 0)
        if self.class_at(last - 1) == "DOT" and self.class_at(last - 2) not in ("SHORTMONTH", "SHORTDAY"):
            last -= 1  # the sentence's
        return [(first, last, meaning)]


# ---- words common to many rules ---------------------------------------------------------------

STEP = {"LAST": -1, "PREVIOUS": -1, "THIS": 0, "SAME": 0, "THAT": 0, "NEXT": 1, "COMING": 1, "FOLLOWING": 1}
_FROM_LAST = {"PREVIOUS", "FOLLOWING", "SAME", "THAT"}
_MULTIPLES: dict[str, tuple[UnitName, int]] = {"fortnight": ("week", 2), "century": ("year", 100)}


def base_of(which: str) -> Base:
    return "last" if which in _FROM_LAST else "published"


def unit_of(word: Any) -> tuple[UnitName, int]:
    """A unit and how many of it a word stands for."""
    multiple = _MULTIPLES.get(str(word))
    return multiple or (word, 1)


def year_of(found: Found) -> tuple[int | None, Meaning | None]:
    """The year that a rule's tail says: in figures, or as "last year"."""
    for group in ("year", "year2"):
        if found.has(group):
            return found.number(group), None
    if found.has("which"):
        which = found.name("which")
        return None, Unit("year", STEP[which], base_of(which))
    return None, None


def months_of(year: Meaning, first: int, count: int) -> Meaning:
    """`count` months of a year from `first` on: a quarter or a half where they are one."""
    if count == 3:
        return Period("quarter", first // 3 + 1, year)
    if count == 6:
        return Period("half", first // 6 + 1, year)
    return Stretch(Calendar(None, first, of=year), Calendar(None, first + count - 1, of=year))


def exists(month: int, day: int, year: int | None = None) -> bool:
    """Whether there is such a day (29 February counts where no year is said)."""
    return 1 <= month <= 12 and 1 <= day <= months(year or 2000, month, 1, "month").end.day
