"""Days that go by a name: the same in every year, the nth weekday of a month, or counted from Easter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(number: int, weekday: int, month: int) -> Callable[[int], date]:
    """The nth such weekday of a month; -1 for its last."""

    def day(year: int) -> date:
        first = date(year, month, 1)
        ahead = (weekday - first.weekday()) % 7 + 7 * (number - 1)
        if number > 0:
            return first + timedelta(ahead)
        last = date(year, month + 1, 1) - timedelta(1)
        return last - timedelta((last.weekday() - weekday) % 7)

    return day


def _easter(days: int) -> Callable[[int], date]:
    """So many days from Easter Sunday of the Western churches."""
    return lambda year: _easter_sunday(year) + timedelta(days)


def _easter_sunday(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, odd = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


MONDAY, THURSDAY, SUNDAY = 0, 3, 6
_THANKSGIVING = _nth(4, THURSDAY, 11)

FEASTS: dict[str, Callable[[int], date]] = {
    "new year's day": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
    "martin luther king day": _nth(3, MONDAY, 1),
    "australia day": _fixed(1, 26),
    "groundhog day": _fixed(2, 2),
    "valentine's day": _fixed(2, 14),
    "presidents' day": _nth(3, MONDAY, 2),
    "international women's day": _fixed(3, 8),
    "st. patrick's day": _fixed(3, 17),
    "ash wednesday": _easter(-46),
    "palm sunday": _easter(-7),
    "maundy thursday": _easter(-3),
    "good friday": _easter(-2),
    "easter sunday": _easter(0),
    "easter monday": _easter(1),
    "easter": _easter(0),
    "april fools' day": _fixed(4, 1),
    "anzac day": _fixed(4, 25),
    "earth day": _fixed(4, 22),
    "may day": _fixed(5, 1),
    "victory day": _fixed(5, 9),
    "mother's day": _nth(2, SUNDAY, 5),
    "memorial day": _nth(-1, MONDAY, 5),
    "father's day": _nth(3, SUNDAY, 6),
    "juneteenth": _fixed(6, 19),
    "canada day": _fixed(7, 1),
    "fourth of july": _fixed(7, 4),
    "july fourth": _fixed(7, 4),
    "bastille day": _fixed(7, 14),
    "labor day": _nth(1, MONDAY, 9),
    "columbus day": _nth(2, MONDAY, 10),
    "halloween": _fixed(10, 31),
    "guy fawkes night": _fixed(11, 5),
    "remembrance sunday": _nth(2, SUNDAY, 11),
    "armistice day": _fixed(11, 11),
    "veterans day": _fixed(11, 11),
    "black friday": lambda year: _THANKSGIVING(year) + timedelta(1),
    "cyber monday": lambda year: _THANKSGIVING(year) + timedelta(4),
    "thanksgiving day": _THANKSGIVING,
    "thanksgiving": _THANKSGIVING,
    "christmas day": _fixed(12, 25),
    "christmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
}
"""Name, longer ones before those they begin with, to the day in a year."""
