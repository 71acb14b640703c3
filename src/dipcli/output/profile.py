"""A profile on standard output: a page for people, else one row for each thing that it tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from dipcli.output import formats, summaries, terminal
from dipcli.output.fields import Get, flat, unique
from dipcli.output.pages import Pen
from dipcli.output.summaries import Shape
from dipcli.output.table import BOLD, DIM
from dipcli.output.terminal import Screen
from dipcli.output.text import clean, counted

COLUMNS = ("section", "value", "name", "count", "planned", "first_seen", "last_seen")
SHOWN = 12
"""Rows of each part of a page."""


class _Fact(NamedTuple):
    """One thing that a profile tells, as a row."""

    section: str
    value: str | None
    name: str | None = None
    number: int | None = None
    planned: int | None = None
    first_seen: str | None = None
    last_seen: str | None = None


def show(found: Any, form: str, screen: Screen, *, pager: bool) -> None:
    """Write it as one of `fields.FORMATS`."""
    if form in ("json", "jsonl"):
        terminal.write_json(formats.whole(form, [found]))
    elif form == "table":
        terminal.write_lines(_page(found, screen), screen, pager=pager)
    else:
        getters: dict[str, Get] = {name: _get(place) for place, name in enumerate(COLUMNS)}
        summaries.show(
            list(_rows(found)), Shape(getters, lambda rows, screen: iter(())), form, screen, pager=pager
        )


def _get(place: int) -> Get:
    return lambda row: row[place]


def _rows(found: Any) -> Iterator[_Fact]:
    yield _Fact("actor", found.id, found.name)
    for alias in found.aliases:
        yield _Fact("alias", alias)
    for held in found.offices:
        since, until = held.since or held.first_seen, held.until or held.last_seen
        yield _Fact("office", held.of, held.title, first_seen=since, last_seen=until)
        for section, other in (("before", held.before), ("after", held.after)):
            if other:
                yield _Fact(section, other.id, other.name, None, None, other.first_seen, other.last_seen)
    for section in ("types", "counterparts", "places"):
        for row in getattr(found, section):
            key = row.by[0]
            dates = (row.first_seen, row.last_seen)
            yield _Fact(section.removesuffix("s"), key.value, key.name, row.count, row.planned, *dates)
    for row in found.times:
        if row.count or row.planned:
            yield _Fact("period", row.period, None, row.count, row.planned, row.start, row.end)
    for event in found.planned:
        yield _Fact("planned", event.id, event.summary, first_seen=event.date, last_seen=event.date)
    for told in found.documents:
        yield _Fact("document", told.document, told.title, told.events)


def _page(found: Any, screen: Screen) -> Iterator[str]:
    pen = Pen(screen)
    yield pen.styled(clean(found.name), BOLD)
    about = [
        ("id", found.id),
        ("also", flat(found.aliases)),
        ("kind", ", ".join(unique([found.kind, found.country]))),
        ("events", _events(found.events) if found.events else "none"),
    ]
    yield from pen.values([(name, clean(text)) for name, text in about if text])
    for held in found.offices:
        yield from _part(pen, "office" if held is found.offices[0] else "", clean(_office(held)))
    for title, shape, rows in (
        ("counterparts", summaries.stats(("with",)), found.counterparts),
        ("types", summaries.stats(("type",)), found.types),
        ("places", summaries.stats(("place",)), found.places),
        ("over time", summaries.timeline(None), found.times),
    ):
        if rows:
            shown = rows if title == "over time" else rows[:SHOWN]
            yield from ("", pen.styled(title, DIM), *shape.table(shown, screen))
            if len(rows) > len(shown):
                yield f"… and {len(rows) - len(shown)} more; --format json has them all"
    if found.planned:
        yield from ("", pen.styled("planned", DIM))
        for event in found.planned[:SHOWN]:
            yield from pen.paragraph(clean(f"{event.date or 'undated'}  {event.summary}"), "  ")
    yield from ("", pen.styled("documents", DIM))
    for told in found.documents[:SHOWN]:
        yield from pen.paragraph(
            clean(f"{told.title or told.document} ({counted(told.events, 'events')})"), "  "
        )
    if len(found.documents) > SHOWN:
        yield f"  … and {len(found.documents) - SHOWN} more; --format json has them all"


def _part(pen: Pen, name: str, text: str) -> Iterator[str]:
    return pen.values([(name.ljust(6), text)])


def _events(row: Any) -> str:
    whole = f"{row.count:,} ({counted(row.acts, 'acts')})" if row.acts != row.count else f"{row.count:,}"
    planned = f", {row.planned} planned" if row.planned else ""
    seen = " – ".join(unique([row.first_seen, row.last_seen]))
    return f"{whole}{planned}" + (f"; {seen}" if seen else "")


def _office(held: Any) -> str:
    seen = " – ".join(unique([held.since or held.first_seen, held.until or held.last_seen]))
    text = f"{held.title}, {held.of}" if held.of else str(held.title)
    text += f"; seen {seen}" if seen else ""
    if held.before:
        text += f"; before: {held.before.name}, last seen {held.before.last_seen}"
    if held.after:
        text += f"; after: {held.after.name}, first seen {held.after.first_seen}"
    return text
