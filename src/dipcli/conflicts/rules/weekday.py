"""A weekday that does not fall on the date beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dipcli.conflicts.finding import Conflict
from dipcli.conflicts.world import Page, World
from dipcli.dates.intervals import MONTHS, WEEKDAYS
from dipcli.records import Evidence

_DAY = r"(?P<weekday>Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?"
_MONTH = f"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' if name[3:] else name for name in MONTHS)}|Sept)\\b\\.?"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r",?\s+(?P<year>[12]\d{3})\b"
_WRITTEN = tuple(
    re.compile(rf"\b{_DAY},?\s+(?:the\s+)?{date}{_YEAR}")
    for date in (rf"{_MONTH}\s+{_NUMBER}", rf"{_NUMBER}(?:\s+of)?\s+{_MONTH}")
)
_NAME = re.compile(rf"\b{_DAY}")
_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}


def find(page: Page, world: World) -> Iterator[Conflict]:
    """Dates written in full, anywhere in the text; those without a year where extraction knows the year."""
    seen: list[tuple[int, int]] = []
    text = page.document.text
    for pattern in _WRITTEN:
        for found in pattern.finditer(text):
            try:
                day = date(int(found["year"]), _NUMBERS[found["month"][:3]], int(found["day"]))
            except ValueError:
                continue
            quote = page.sentence(found.start())
            seen.append((quote.char_start, quote.char_end))
            yield from _checked(found["weekday"], day, quote, found[0], world)
    for told in page.mentions.events:
        span = told.sentence.char_start, told.sentence.char_end
        named = _NAME.search(told.date_text or "")
        exact = told.precision == "day" and told.start and re.search(r"\d", told.date_text or "")
        if named and exact and told.start and told.date_text and span not in seen:
            seen.append(span)
            day = date.fromisoformat(told.start)
            yield from _checked(named["weekday"], day, page.told(told), told.date_text, world)


def _checked(weekday: str, day: date, quote: Evidence, written: str, world: World) -> Iterator[Conflict]:
    said = next(name for name in WEEKDAYS if name.startswith(weekday[:3]))
    right = WEEKDAYS[day.weekday()]
    if said != right:
        yield Conflict(
            rule="weekday",
            severity="medium",
            field="date",
            events=[event.id for event in world.told_in(quote)],
            a=world.side(" ".join(written.split()), quote),
            b=world.side(f"{right}, {day.isoformat()}"),
            reason=f"{day.isoformat()} was a {right}, not a {said}",
        )
