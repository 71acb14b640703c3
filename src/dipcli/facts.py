"""Facts: events as columns of small numbers, as summaries count them (a fact table).

Row by row, in stored order: `start` and `end` (2022-05-16 is 20220516; 0 where unknown), and numbers that
stand for a `kind` (type, status, scores, …), an `occasion`, a `place` (-1: none), for who takes part and
for documents. An occasion is a meeting or visit with the acts told of it (`Event.occasion`); an act without
one is its own.

A dyad is two who deal with each other: each who acts with each who is acted on. Where nobody is, all who act
deal with each other, but in a conflict or request: then they act together towards others.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, chain, combinations, product, repeat
from operator import sub
from typing import Any, NamedTuple

import msgspec

COLUMNS = ("start", "end", "kind", "occasion", "place")
LISTS = ("actors", "recipients", "documents", "dyads")
NAMES = ("kinds", "parties", "places", "papers")


class Kind(NamedTuple):
    """What an event has of closed lists, and its scores."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: str
    certainty: str
    medium: str | None
    precision: str
    quad: int | None
    score: float | None
    goldstein: float | None


class Party(NamedTuple):
    """Somebody who takes part."""

    id: str
    name: str
    country: str | None


class Spot(NamedTuple):
    """Where an event was."""

    name: str
    country: str | None


QUADS = {
    1: "verbal_cooperation",
    2: "material_cooperation",
    3: "verbal_conflict",
    4: "material_conflict",
}
REQUEST = "request"


def quad_class(type: str, quad: int | None) -> str | None:
    """Name of the quad class; a request is a class of its own."""
    return REQUEST if type == "REQUEST" else QUADS.get(quad or 0)


class Lists(NamedTuple):
    """A list of numbers for each row: all of them one after the other, and where each list ends."""

    values: Sequence[int]
    ends: Sequence[int]
    """Begins with 0: where the first list begins."""

    def __getitem__(self, row: int) -> Sequence[int]:  # type: ignore[override]
        return self.values[self.ends[row] : self.ends[row + 1]]

    def of(self, rows: Sequence[int]) -> Iterator[Sequence[int]]:
        """The lists of some rows."""
        after = map(self.ends.__getitem__, map((1).__add__, rows))
        return map(self.values.__getitem__, map(slice, map(self.ends.__getitem__, rows), after))

    @property
    def rows(self) -> Iterator[int]:
        """The row of each value."""
        lengths = map(sub, self.ends[1:], self.ends)
        return chain.from_iterable(map(repeat, range(len(self.ends) - 1), lengths))


class Facts(msgspec.Struct, eq=False):
    """Events as columns."""

    kinds: list[Kind]
    parties: list[Party]
    places: list[Spot]
    papers: list[str]
    """Ids of documents."""
    start: Sequence[int]
    end: Sequence[int]
    kind: Sequence[int]
    occasion: Sequence[int]
    place: Sequence[int]
    actors: Lists
    recipients: Lists
    documents: Lists
    dyads: Lists
    """Two and two parties."""

    def __len__(self) -> int:
        return len(self.start)

    def take(self, rows: Iterable[int]) -> Facts:
        """The facts of some rows."""
        chosen = list(rows)
        parts: dict[str, Any] = {name: getattr(self, name) for name in NAMES}
        for name in COLUMNS:
            parts[name] = list(map(getattr(self, name).__getitem__, chosen))
        for name in LISTS:
            values, ends = getattr(self, name)
            some = [values[ends[row] : ends[row + 1]] for row in chosen]
            parts[name] = Lists(list(chain.from_iterable(some)), [0, *accumulate(map(len, some))])
        return Facts(**parts)


NEEDS = (
    *("id", "start", "end", "precision", "type", "mode", "contexts", "status", "certainty", "medium"),
    *("quad", "score", "goldstein", "occasion", "actors", "recipients", "place", "evidence"),
)
"""Fields of an event that facts are made of."""


class Collector:
    """Makes facts of events, one by one."""

    def __init__(self) -> None:
        self.columns: dict[str, array[int]] = {name: array("i") for name in COLUMNS}
        self.lists: dict[str, array[int]] = {name: array("i") for name in LISTS}
        self.ends: dict[str, array[int]] = {name: array("i", [0]) for name in LISTS}
        """Where in `lists` the list of each event ends; that of the next begins there."""
        self.names: dict[str, dict[Any, int]] = {name: {} for name in NAMES}
        self.occasions: dict[str, int] = {}

    def add(self, event: Any) -> None:
        """Adds an event, or a view of one with the fields in `NEEDS`."""
        kind = Kind(
            event.type,
            event.mode,
            tuple(event.contexts),
            event.status,
            event.certainty,
            event.medium,
            event.precision,
            event.quad,
            event.score,
            event.goldstein,
        )
        place = Spot(event.place.name, event.place.country) if event.place else None
        values = (
            number(event.start),
            number(event.end or event.start),
            _index(self.names["kinds"], kind),
            _index(self.occasions, event.occasion or event.id),
            _index(self.names["places"], place) if place else -1,
        )
        for name, value in zip(COLUMNS, values, strict=True):
            self.columns[name].append(value)
        parties = self.names["parties"]
        sides = [
            sorted({_index(parties, Party(one.id, one.name, one.country)) for one in side})
            for side in (event.actors, event.recipients)
        ]
        papers = self.names["papers"]
        told = sorted({_index(papers, quote.document) for quote in event.evidence})
        for name, found in zip(LISTS, (*sides, told, _dyads(kind, *sides)), strict=True):
            self.lists[name].extend(found)
            self.ends[name].append(len(self.lists[name]))

    def facts(self) -> Facts:
        return assemble(
            {name: list(known) for name, known in self.names.items()}, self.columns, self.lists, self.ends
        )


def assemble(
    names: dict[str, list[Any]],
    columns: dict[str, array[int]],
    lists: dict[str, array[int]],
    ends: dict[str, array[int]],
) -> Facts:
    """Facts of their parts."""
    parts: dict[str, Any] = {**names, **columns, **{name: Lists(lists[name], ends[name]) for name in LISTS}}
    return Facts(**parts)


def _dyads(kind: Kind, actors: list[int], recipients: list[int]) -> Iterable[int]:
    if recipients:
        return chain.from_iterable(product(actors, recipients))
    together = quad_class(kind.type, kind.quad) in ("verbal_conflict", "material_conflict", REQUEST)
    return () if together else chain.from_iterable(combinations(actors, 2))


def number(iso: str | None) -> int:
    """2022-05-16 -> 20220516, None -> 0; numbers are in the order of dates."""
    return int(iso.replace("-", "")[:8]) if iso else 0


def iso(day: int) -> str | None:
    """20220516 -> 2022-05-16, 0 -> None."""
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}" if day else None


def interval(start: int, end: int) -> str | None:
    """When something was, as exactly as is known: 2022-05-16, 2022-05, 2022, else both ends with a slash
    between them; None without a date."""
    first, last = iso(start), iso(end)
    if not first or not last or first == last:
        return first
    if first[4:] == "-01-01" and last == f"{first[:4]}-12-31":
        return first[:4]
    whole = first[8:] == "01" and first[:7] == last[:7] and _ends_month(last)
    return first[:7] if whole else f"{first}/{last}"


def _ends_month(day: str) -> bool:
    return day[8:] == "31" or (date.fromisoformat(day) + timedelta(1)).day == 1


def _index(known: dict[Any, int], value: Any) -> int:
    return known.setdefault(value, len(known))
