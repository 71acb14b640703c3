"""What is asked of the cache, as conditions of SQL: lists of what must hold, and of its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from dipcli.index.cache import schema
from dipcli.index.cache.reader import Reader


class Dated(Protocol):
    """Something with a span that may be open."""

    @property
    def since(self) -> str | None: ...

    @property
    def until(self) -> str | None: ...


class Asked(Protocol):
    """What a query asks of events, as far as the cache can answer it; each must hold."""

    actors: list[tuple[str, int]]
    """Ids, with 1 for who acts, 2 for who is acted on, 3 for either."""
    countries: list[str]
    fields: dict[str, frozenset[Any]]
    """Values of fields with a closed list."""
    documents: frozenset[str] | None
    """Told in any of them."""
    match: str | None
    """An expression of FTS5 on the event's texts."""
    since: str | None
    until: str | None


def of_class(cache: Reader, asked: Asked) -> tuple[list[str], list[Any]]:
    """What must hold of an event itself, and where it must be told."""
    where: list[str] = []
    values: list[Any] = []
    if asked.fields:
        kinds = ",".join(str(number) for number in _classes(cache, asked.fields))
        where.append(f"+e.class IN ({kinds})")
    if asked.documents is not None:
        marks = ",".join("?" * len(asked.documents))
        where.append(
            "e.id IN (SELECT event FROM told WHERE document IN"
            f" (SELECT id FROM document WHERE ident IN ({marks})))"
        )
        values += sorted(asked.documents)
    return where, values


def _classes(cache: Reader, fields: dict[str, frozenset[Any]]) -> list[int]:
    return [
        row[0]
        for row in cache.classes
        if all(row[schema.CLASS.index(field) + 1] in allowed for field, allowed in fields.items())
    ]


def actor_numbers(cache: Reader, asked: Asked) -> list[tuple[int, int, int]] | None:
    """Events, number and sides of the actors asked for, the least known first; null where the cache
    knows one of them not."""
    found = sorted(
        (events, number, sides)
        for ident, sides in asked.actors
        for number, events in cache.rows("SELECT id, events FROM actor WHERE ident = ?", (ident,))
    )
    return found if len(found) == len(asked.actors) else None


def others(
    where: list[str], values: list[Any], actors: Iterable[tuple[int, int, int]], countries: Iterable[int]
) -> None:
    """Adds what must hold of participants besides the one that the plan goes from."""
    for _, number, sides in actors:
        where.append("EXISTS (SELECT 1 FROM participant WHERE actor = ? AND event = e.id AND sides & ?)")
        values += [number, sides]
    for country in countries:
        where.append("EXISTS (SELECT 1 FROM country WHERE code = ? AND event = e.id)")
        values.append(country)


def is_dated(asked: Dated) -> bool:
    """Whether a span is asked for."""
    return asked.since is not None or asked.until is not None


def days(since: str | None, until: str | None) -> tuple[int, int]:
    """First and last day of a span asked for, as the tables have them."""
    return schema.day(since or "0000-00-00"), schema.day(until or "9999-99-99")


def one_of(fields: Mapping[str, Iterable[str] | None]) -> tuple[str, list[Any]]:
    """A condition that columns have one of the values; null asks nothing."""
    where, values = ["1"], []
    for column, allowed in fields.items():
        if allowed is not None:
            several = sorted(allowed)
            where.append(f"{column} IN ({','.join('?' * len(several))})")
            values += several
    return " AND ".join(where), values
