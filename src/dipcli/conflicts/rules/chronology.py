"""A line of a chronology that stands out of order, or a year away from all the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from dipcli.conflicts.finding import Conflict
from dipcli.conflicts.world import Page, World, typed
from dipcli.mentions import EventMention
from dipcli.records import Evidence

LINES = 5
"""A text with fewer dated lines is no chronology."""
ORDERED = 0.8
"""So many of its neighbouring lines must be in order."""
FAR = 90
"""Days from all other lines that make the one line of another year odd."""


class Line(NamedTuple):
    told: EventMention
    start: str
    end: str

    def moved(self, years: int) -> Line | None:
        """The same days of another year; None for a 29 February."""
        try:
            days = [date.fromisoformat(day) for day in (self.start, self.end)]
            start, end = (day.replace(year=day.year + years).isoformat() for day in days)
        except ValueError:
            return None
        return self._replace(start=start, end=end)


def find(page: Page, world: World) -> Iterator[Conflict]:
    lines = _lines(page)
    if len(lines) < LINES:
        return
    steps = [(a.start <= b.end, b.start <= a.end) for a, b in pairwise(lines)]
    forth, back = (sum(step[way] for step in steps) for way in (0, 1))
    if back > forth:
        lines.reverse()
    if max(forth, back) < ORDERED * len(steps):
        return
    odd = _odd_year(lines)
    if odd is not None:
        yield _slipped(page, world, *odd, lines)
    skip = False
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        late, early = line.start > after.end, line.end < before.start
        wrong = before.start <= after.end and (late or early) and not (odd and line == odd[0])
        if wrong and not skip:
            yield _misplaced(page, world, before, line, after)
        skip = wrong


def _lines(page: Page) -> list[Line]:
    """The dated lines in the order of the text, each by the date that it begins with."""
    found: dict[int, Line] = {}
    for told in sorted(page.mentions.events, key=lambda told: told.sentence.char_start):
        if told.chronology and told.start and told.end and told.precision in ("day", "range", "month"):
            found.setdefault(page.line(told.sentence.char_start), Line(told, told.start, told.end))
    return list(found.values())


def _odd_year(lines: list[Line]) -> tuple[Line, Line] | None:
    """The one line of its year, far from all others, with what it is if its year is one off; else None."""
    for line in lines:
        others = [other for other in lines if other is not line]
        if any(other.start[:4] == line.start[:4] for other in others) or _distance(line, others) < FAR:
            continue
        first, last = min(other.start for other in others), max(other.end for other in others)
        for years in (1, -1):
            moved = line.moved(years)
            if moved and first <= moved.start and moved.end <= last:
                return line, moved
    return None


def _distance(line: Line, others: list[Line]) -> int:
    day = date.fromisoformat(line.start)
    return min(abs((date.fromisoformat(other.start) - day).days) for other in others)


def _slipped(page: Page, world: World, line: Line, moved: Line, lines: list[Line]) -> Conflict:
    others = {other.start[:4] for other in lines if other is not line}
    way = "early" if moved.start > line.start else "late"
    quote = page.told(line.told)
    other, reason = _elsewhere(world, quote, moved)
    years = f"of {others.pop()}" if len(others) == 1 else f"from {min(others)} to {max(others)}"
    return Conflict(
        rule="chronology",
        severity="high",
        field="date",
        events=[event.id for event in world.told_in(quote)],
        a=world.side(_days(line), quote),
        b=world.side(_days(moved), other),
        reason=f"a year {way}: the {len(lines) - 1} other lines are {years}{reason}",
    )


def _elsewhere(world: World, quote: Evidence, moved: Line) -> tuple[Evidence | None, str]:
    """Another passage that gives the event the other year."""
    for event in world.told_in(quote):
        for doubt in event.doubts:
            told = doubt.evidence
            if doubt.field == "date" and doubt.alternative and told and told.text != quote.text:
                start, _, end = doubt.alternative.partition("/")
                if start <= moved.start <= (end or start) and told.char_start != quote.char_start:
                    if quote.char_start <= told.char_start < quote.char_end:
                        continue
                    return told, ", and another passage gives it the other year"
    return None, ""


def _misplaced(page: Page, world: World, before: Line, line: Line, after: Line) -> Conflict:
    quote = page.told(line.told)
    neighbour = after if line.start > after.end else before
    fits = [
        (years, moved)
        for years in (1, -1)
        if (moved := line.moved(years)) and before.start <= moved.end and moved.start <= after.end
    ]
    if fits:
        way = "early" if fits[0][0] > 0 else "late"
        reason = f"a year {way}: the lines before and after are of {_days(before)} and {_days(after)}"
    else:
        reason = f"out of order: it stands between {_days(before)} and {_days(after)}"
    return Conflict(
        rule="chronology",
        severity="high" if fits else "medium",
        field="date" if fits else "order",
        events=[event.id for event in world.told_in(quote)],
        a=world.side(_days(line), quote),
        b=world.side(_days(fits[0][1] if fits else neighbour), page.told(neighbour.told)),
        reason=reason,
    )


def _days(line: Line) -> str:
    return typed(line.start, line.end, line.told.precision)
