"""Chronologies: which years their lines leave to those before, and what stands undated below a dated line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dipcli.dates.grammar import Expression
from dipcli.dates.meaning import Calendar
from dipcli.extraction import clock, simplify
from dipcli.extraction.gapping import Reading
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Story
from dipcli.extraction.triggers import Trigger

_OPENING = 25
"""Within so many characters from its beginning a sentence tells the date of a timeline's entry."""
_ENTRIES = 3
"""Entries that a timeline told in the present has at least."""
_REACH = 4
"""Paragraphs without a date that go on about the entry before them."""


def years(story: Story, scenes: Sequence[Scene], usable: Sequence[Sequence[Expression]]) -> dict[int, int]:
    """Years that the lines of a chronology take from those before, where no heading tells them, and none that is
    yet to come (see `clock.years_of_lines`); `usable` are the dates of each sentence (`usable_dates`)."""
    leads: dict[int, list[Expression]] = {}
    for scene, told in zip(scenes, usable, strict=True):
        first = simplify.leading_date(scene, told) if scene.sentence.kind == "item" else None
        section = story.section(scene.sentence.char_start)
        if first is not None and section.context.year is None and section.day is None:
            leads.setdefault(section.start, []).append(first)
    found = {at: year for some in leads.values() for at, year in clock.years_of_lines(some).items()}
    latest = story.published.end.year if story.published else max(found.values(), default=0)
    return found if max(found.values(), default=0) <= latest else {}


def of_history(usable: Sequence[Sequence[Expression]]) -> tuple[dict[int, int], date | None]:
    """Of a history, which is bounded by what it tells last: the years of the days that it begins with and tells without
    one, if they lead up to the first day told in full; and the last of the days and months told in full."""
    early: list[tuple[int, tuple[int, int]]] = []
    found: dict[int, int] = {}
    newest: date | None = None
    for expression in (e for told in usable for e in told):
        day = expression.meaning
        if not isinstance(day, Calendar) or day.month is None:
            continue
        if day.year is None and newest is None and day.day and "year" in expression.needs:
            early.append((expression.char_start, (day.month, day.day)))
        elif day.year is not None:
            if newest is None and day.day and all(one <= (day.month, day.day) for _, one in early):
                found = {at: day.year for at, _ in early}
            last = date(day.year, day.month, day.day or 28)
            newest = max(newest or last, last)
    return found, newest


def is_in_present(
    scenes: Sequence[Scene],
    usable: Sequence[Sequence[Expression]],
    trees: Mapping[int, tuple[Sequence[Reading], list[Trigger]]],
) -> bool:
    """Whether a document tells what happened on its days in the present: "On 5 June, Chad expels the envoy"."""
    tenses = [
        _tense(trees[number][1])
        for number, scene in enumerate(scenes)
        if number in trees and opening(scene, usable[number]) is not None
    ]
    present = tenses.count("present")
    return present >= _ENTRIES and present > 2 * tenses.count("past")


def _tense(found: Sequence[Trigger]) -> str | None:
    """The tense of what a sentence tells first."""
    return next((t.tense for t in found if t.sort != "noun" and not t.side), None)


def opening(scene: Scene, usable: Sequence[Expression]) -> Expression | None:
    """The day or month that a sentence begins with, as the entries of a timeline do."""
    first = next(iter(usable), None)
    if first is None or first.rule == "year" or first.char_start - scene.sentence.char_start > _OPENING:
        return None
    return first


def note(story: Story, scene: Scene, found: Sequence[Trigger]) -> None:
    """Remember which entry of a timeline told in the present a sentence opens; a heading or what is told of other
    days ends the one before."""
    first = opening(scene, story.usable)
    if first is not None and _tense(found) == "present":
        story.entry = scene.sentence.paragraph, first
    elif scene.sentence.kind == "heading" or story.here:
        story.entry = None


def entry(story: Story, scene: Scene) -> Expression | None:
    """The date of the entry that an undated sentence goes on about."""
    if story.entry is None or scene.sentence.paragraph - story.entry[0] > _REACH:
        return None
    return story.entry[1]
