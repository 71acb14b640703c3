"""What date expressions mean, and which days they give in a context.

Grammar builds these small trees (`Calendar`, `Unit`, `Named`, …); `resolve.resolve` turns one into
days with what the document already tells (`Context`). Nothing here ever uses today, and no meaning gains a
precision that its words do not have.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from dipcli.dates.intervals import Interval
from dipcli.records import Precision

UnitName = Literal["day", "week", "weekend", "month", "quarter", "half", "year", "decade"]
Base = Literal["published", "last"]
Part = Literal["early", "mid", "late"]
Need = Literal["year", "month", "published", "last", "event"]

EARLIEST, LATEST = 1000, 2199
"""Years outside are not read as dates."""


class Context(msgspec.Struct, frozen=True):
    """What a document tells about the time of the words being read.

    published: when the document was published, as exactly as known.
    last: the last date told before these words, for "the next day", "two weeks later".
    year, month: of a heading or section; they decide where the words leave them out.
    past: whether the words tell of what has happened (True), will happen (False), or who knows.
    carry: whether `last` also gives the year of "May 10" where `published` is known (as in a narrative
        of the past or a chronology; in news it does not).
    event: when the event happened that "a week after the summit" counts from.
    """

    published: Interval | None = None
    last: Interval | None = None
    year: int | None = None
    month: int | None = None
    past: bool | None = None
    carry: bool = True
    event: Interval | None = None


class Resolved(msgspec.Struct, frozen=True):
    """The days that an expression means.

    against: what the words were resolved against ("published 2021-12-23"), None if they say it all.
    doubt: what speaks against it, in words.
    alternative: the other value that the doubt speaks for, if it gives one.
    unit: the calendar unit named where the interval is a part of it ("early 2022": the year).
    """

    start: date
    end: date
    precision: Precision
    against: str | None = None
    doubt: str | None = None
    alternative: Interval | None = None
    unit: Interval | None = None

    @property
    def interval(self) -> Interval:
        return Interval(self.start, self.end, self.precision)


class Calendar(msgspec.Struct, frozen=True):
    """A day, month or year, or a day or month whose year is not said: `16 May`, `Friday, Dec. 17`."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 (Monday) to 6."""
    other: tuple[int, int] | None = None
    """Month and day in the other reading of an ambiguous `05/06/2022`."""
    of: Meaning | None = None
    """The year, where it is said in words: `May of last year`."""
    kind: Literal["calendar", "fiscal", "decade"] = "calendar"
    """What `year` is: a fiscal year, or the first of a decade."""


class Period(msgspec.Struct, frozen=True):
    """Season, quarter or half `number` of `of` (a year, "last year"), or of a year that is not said."""

    kind: Literal["season", "quarter", "half"]
    number: int
    of: Meaning | None = None


class Weekday(msgspec.Struct, frozen=True):
    """`Thursday`, `last Thursday` (-1), `this Thursday` (0), `next Thursday` (1), `the following Monday`
    (1 from `last`), `Friday of last week` (`of` a week), `the first Tuesday in November` (`which` one `of`
    a month, -1 for its last)."""

    number: int
    which: int | None = None
    base: Base = "published"
    of: Meaning | None = None


class Named(msgspec.Struct, frozen=True):
    """A month, season or feast by its order: `last May` (-1), `this August` (0), `next Easter` (1)."""

    what: Calendar | Period | Feast
    which: int
    base: Base = "published"


class Unit(msgspec.Struct, frozen=True):
    """A unit counted from another: `yesterday`, `last month`, `two weeks ago`, `the following year`."""

    unit: UnitName
    count: int
    base: Base = "published"
    future: bool = False
    """Whether it is a date only in the future tense, and a duration else: `in two weeks`."""


class Portion(msgspec.Struct, frozen=True):
    """`early`, `mid` or `late` in something. Half of a year, the whole of anything shorter."""

    part: Part
    of: Meaning


class Stretch(msgspec.Struct, frozen=True):
    """From one to the other: `June 3-6`, `between March and June of 2019`."""

    first: Meaning
    last: Meaning


class Offset(msgspec.Struct, frozen=True):
    """`11 days after …`: counted from something told, or from an event (`of` None); to the day where it
    is `exact` ("ten years ago today")."""

    unit: UnitName
    count: int
    of: Meaning | None = None
    exact: bool = False


class Again(msgspec.Struct, frozen=True):
    """What was last told, `years` off: `the same period last year` (-1), `the latest quarter` (0); or in
    a year that is told: `the 2021 quarter`."""

    years: int
    year: int | None = None
    quarter: bool = False
    """Whether that must be a quarter: `the latest quarter`."""


class Feast(msgspec.Struct, frozen=True):
    """A day that goes by a name (`feasts.FEASTS`): `Good Friday`, `Christmas Day 2021`, `Easter last year`."""

    name: str
    of: Meaning | None = None


class Vague(msgspec.Struct, frozen=True):
    """`a few days later`: a place in time, but no calendar interval."""


Meaning = Calendar | Period | Weekday | Named | Unit | Portion | Stretch | Offset | Again | Feast | Vague


def needs(meaning: Meaning) -> frozenset[Need]:
    """What a context must tell for this to be resolved; empty where the words say it all."""
    match meaning:
        case Calendar(of=inner) if inner:
            return needs(inner)
        case Calendar(year=None, month=None):
            return frozenset({"month", "year"})
        case Again(year=None):
            return frozenset({"last"})
        case Calendar(year=None) | Period(of=None) | Feast(of=None):
            return frozenset({"year"})
        case Weekday(of=None) | Named() | Unit():
            return frozenset({meaning.base})
        case Offset(of=None):
            return frozenset({"event"})
        case Stretch():
            return needs(meaning.first) | needs(meaning.last)
        case (
            Period(of=inner) | Portion(of=inner) | Weekday(of=inner) | Offset(of=inner) | Feast(of=inner)
        ) if inner:
            return needs(inner)
    return frozenset()
