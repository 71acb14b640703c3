"""Asking the cache: numbers of records from SQLite, their lines from the parts.

Every line is checked to be the record that was put down at its place. Where it is not, or the file is
damaged, `CacheStale` is raised and the file is not used again; who asked then reads the lines themselves.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from dipcli.errors import CacheStale
from dipcli.index.cache import schema
from dipcli.index.kinds import KINDS
from dipcli.index.snapshot import Snapshot, id_reader
from dipcli.names.matching import alike_forms

FEW = 5_000
"""Events of an actor that are sooner read than looked up by their text."""
MASK = (1 << schema.PASSAGE_BITS) - 1


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


class _Plan(NamedTuple):
    """The tables that events are taken from, the column that has their number, what must hold."""

    tables: str
    column: str
    where: list[str]
    values: list[Any]
    whole: bool
    """Whether nothing else was asked for."""


class Spelling(NamedTuple):
    """A name that is like one sought: as written, the actor's number, likeness 0 to 100."""

    text: str
    actor: int
    likeness: float


class Cache:
    """The cache of one snapshot, opened."""

    def __init__(self, connection: sqlite3.Connection, snapshot: Snapshot, stamp: Path) -> None:
        self._sql = connection
        self._stamp = stamp
        """The file without which the cache is made anew."""
        self._snapshot = snapshot
        self._parts = {
            kind: {schema.part_number(part.part.path): part for part in parts}
            for kind, parts in snapshot.parts.items()
        }

    def close(self) -> None:
        self._sql.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query of SQLite's."""
        try:
            yield from self._sql.execute(sql, values)
        except sqlite3.Error as error:
            raise self._stale() from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The one row of a query."""
        for row in self.rows(sql, values):
            return row
        raise self._stale()

    def _stale(self) -> CacheStale:
        with suppress(OSError):
            self._stamp.unlink()
        return CacheStale()

    def _line(self, kind: str, number: int, offset: int, length: int) -> bytes:
        """The line at a place. Raises `CacheStale` where no record of the kind is there."""
        part = self._parts[kind].get(number >> schema.LINE_BITS)
        data = part.at(offset, length + 1) if part else b""
        if len(data) != length + 1 or not data.startswith(KINDS[kind].head) or not data.endswith(b"}\n"):
            raise self._stale()
        return data[:-1]

    # events

    def events(self, asked: Asked) -> Iterator[bytes]:
        """Lines of the events for which all that is asked may hold, in stored order, the undated with
        them whatever the span."""
        read_id = id_reader(KINDS["events"])
        for number, offset, length, checksum in heapq.merge(*self._ordered(asked)):
            data = self._line("events", number, offset, length)
            if schema.checksum(read_id(data)) != checksum:
                raise self._stale()
            yield data

    def _ordered(self, asked: Asked) -> Iterator[Iterator[tuple[int, int, int, int]]]:
        plan = self._plan(asked)
        if plan is None:
            return
        select = "SELECT e.id, e.offset, e.length, e.checksum"
        yield self._in_runs(select, plan, asked)
        if _dated(asked):
            sql, values = self._by_alternative(asked)
            yield self.rows(f"{select} {sql} GROUP BY e.id ORDER BY e.id", values)

    def _in_runs(self, select: str, plan: _Plan, asked: Asked) -> Iterator[tuple[int, int, int, int]]:
        for run in self._runs(asked):
            where, values = _within(plan, asked, run)
            sql = f"{select} FROM {plan.tables} WHERE {' AND '.join(where)} ORDER BY {plan.column}"
            yield from self.rows(sql, values)

    def count_events(self, asked: Asked) -> tuple[int, int] | None:
        """How many events there are for which all that is asked holds: those in the span, and those
        without a date (0 where no span is asked for). Null where they are sooner read."""
        plan = self._plan(asked)
        if plan is None:
            return 0, 0
        if not plan.whole:
            return None
        if not _dated(asked):
            holds = " AND ".join(plan.where or ["1"]).replace("+e.class", "e.class")
            return self.row(f"SELECT count(*) FROM {plan.tables} WHERE {holds}", plan.values)[0], 0
        dated = undated = 0
        for run in self._runs(asked):
            where, values = _within(plan, asked, run)
            sql = f"SELECT count(*), count(e.start) FROM {plan.tables} WHERE {' AND '.join(where)}"
            every, with_date = self.row(sql, values)
            dated, undated = dated + with_date, undated + every - with_date
        sql, values = self._by_alternative(asked)
        dated += self.row(f"SELECT count(DISTINCT e.id) {sql}", values)[0]
        return dated, undated

    def _plan(self, asked: Asked) -> _Plan | None:
        """From which table to go; null where nothing can match."""
        where, values = self._of_class(asked)
        actors = self._numbers(asked)
        if actors is None:
            return None
        countries = [schema.code(country) for country in asked.countries]
        match = asked.match
        tables, column = "event e", "e.id"
        if actors and (match is None or actors[0][0] <= FEW):
            (_, number, sides), *actors = actors
            tables, column, match = "participant p CROSS JOIN event e ON e.id = p.event", "p.event", None
            where, values = ["p.actor = ?", "p.sides & ?", *where], [number, sides, *values]
        elif match is not None:
            tables, column = "says CROSS JOIN event e ON e.id = says.rowid", "says.rowid"
            where, values = ["says MATCH ?", *where], [match, *values]
        elif countries:
            tables, column = "country c CROSS JOIN event e ON e.id = c.event", "c.event"
            where, values = ["c.code = ?", *where], [countries.pop(), *values]
        _others(where, values, actors, countries)
        return _Plan(tables, column, where, values, match == asked.match)

    def _of_class(self, asked: Asked) -> tuple[list[str], list[Any]]:
        where: list[str] = []
        values: list[Any] = []
        if asked.fields:
            kinds = ",".join(str(number) for number in self._classes(asked.fields))
            where.append(f"+e.class IN ({kinds})")
        if asked.documents is not None:
            marks = ",".join("?" * len(asked.documents))
            where.append(
                "e.id IN (SELECT event FROM told WHERE document IN"
                f" (SELECT id FROM document WHERE ident IN ({marks})))"
            )
            values += sorted(asked.documents)
        return where, values

    def _classes(self, fields: dict[str, frozenset[Any]]) -> list[int]:
        rows = self.rows(f"SELECT id, {', '.join(schema.CLASS)} FROM class")
        return [
            row[0]
            for row in rows
            if all(row[schema.CLASS.index(field) + 1] in allowed for field, allowed in fields.items())
        ]

    def _by_alternative(self, asked: Asked) -> tuple[str, list[Any]]:
        """Events that lie in the span by the alternative of a doubted date alone."""
        first, last = _span(asked)
        where, values = self._of_class(asked)
        actors = self._numbers(asked) or []
        where.append('NOT (e.start <= ? AND e."end" >= ?)')
        values += [last, first]
        if actors:
            (_, number, sides), *actors = actors
            tables = "participant p CROSS JOIN event e ON e.id = p.event CROSS JOIN alternative a ON a.event = e.id"
            where = ["p.actor = ? AND p.sides & ? AND e.doubted AND a.start <= ?", *where]
            values = [number, sides, last, *values]
        else:
            (longest,) = self.row("SELECT value FROM meta WHERE key = 'longest'")
            tables = "alternative a CROSS JOIN event e ON e.id = a.event"
            where = ["a.start BETWEEN ? AND ?", *where]
            values = [first - longest, last, *values]
        where.append('a."end" >= ?')
        values.append(first)
        _others(where, values, actors, [schema.code(country) for country in asked.countries])
        if asked.match is not None:
            where.append("e.id IN (SELECT rowid FROM says WHERE says MATCH ?)")
            values.append(asked.match)
        return f"FROM {tables} WHERE {' AND '.join(where)}", values

    def _runs(self, asked: Asked) -> list[tuple[int, int] | None]:
        """First and last numbers of the stretches of parts that may have events of the span."""
        if not _dated(asked):
            return [None]
        first, last = _span(asked)
        runs: list[tuple[int, int]] = []
        goes_on = False
        for part, low, high in self._stretches:
            if low is not None and high is not None and (low > last or high < first):
                goes_on = False
                continue
            begin, end = part << schema.LINE_BITS, ((part + 1) << schema.LINE_BITS) - 1
            if goes_on:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((begin, end))
            goes_on = True
        return list(runs)

    @cached_property
    def _stretches(self) -> list[tuple[int, int | None, int | None]]:
        return list(self.rows("SELECT part, low, high FROM stretch ORDER BY part"))

    # actors

    def actors(
        self, idents: Iterable[str] | None = None, fields: dict[str, frozenset[Any]] | None = None
    ) -> Iterator[bytes]:
        """Lines of actors by id: those of these ids, those with these values of kind and country."""
        where, values = _one_of({"ident": idents, **(fields or {})})
        yield from self._actors(f"{where} ORDER BY ident", values)

    def count_actors(
        self, idents: Iterable[str] | None = None, fields: dict[str, frozenset[Any]] | None = None
    ) -> int:
        where, values = _one_of({"ident": idents, **(fields or {})})
        found: int = self.row(f"SELECT count(*) FROM actor WHERE {where}", values)[0]
        return found

    def kinds(self) -> dict[str, str]:
        """Kind by actor id."""
        return dict(self.rows("SELECT ident, kind FROM actor"))

    def spelt(self, letters: str, own: bool) -> Iterator[bytes]:
        """Actors with a name of these letters: their best (`own`), or an alias."""
        return self._actors(
            "id IN (SELECT actor FROM form WHERE letters = ? AND own = ?) ORDER BY ident",
            [letters, int(own)],
        )

    def surnamed(self, word: str) -> Iterator[bytes]:
        """Persons whose name begins or ends with this word."""
        return self._actors("id IN (SELECT actor FROM surname WHERE word = ?) ORDER BY ident", [word])

    def beginning(self, ident: str) -> Iterator[bytes]:
        """Actors whose id begins so (letters, digits and hyphens)."""
        return self._actors("ident >= ? AND ident < ? ORDER BY ident", [ident, f"{ident}\x7f"])

    def numbered(self, numbers: Iterable[int]) -> Iterator[bytes]:
        listed = ",".join(map(str, numbers))
        return self._actors(f"id IN ({listed}) ORDER BY ident", [])

    def alike(self, name: str, least: float) -> list[Spelling]:
        """Names and aliases that are like a name, best first, then by letters."""
        (forms,), (turned,) = self.rows(
            "SELECT value FROM meta WHERE key IN ('forms', 'turned') ORDER BY key"
        )
        near = alike_forms(name, forms.decode().split("\n"), turned.decode().split("\n"), least)
        found = []
        for position, score in near:
            text, actor = self.row("SELECT text, actor FROM spelt WHERE id = ?", (position,))
            found.append(Spelling(text, actor, score))
        return sorted(found, key=lambda one: (-one.likeness, one.text))

    def _actors(self, where: str, values: Sequence[Any]) -> Iterator[bytes]:
        read_id = id_reader(KINDS["actors"])
        sql = f"SELECT id, offset, length, ident FROM actor WHERE {where}"
        for number, offset, length, ident in self.rows(sql, values):
            data = self._line("actors", number, offset, length)
            if read_id(data) != ident.encode():
                raise self._stale()
            yield data

    def complete_actor(self, letters: str, most: int) -> list[tuple[str, str]]:
        """Id and name of the actors of whom a name begins with these letters, those of most events first."""
        if not letters:
            return list(
                self.rows("SELECT ident, name FROM actor ORDER BY events DESC, ident LIMIT ?", [most])
            )
        sql = (
            "SELECT ident, name FROM actor WHERE id IN"
            " (SELECT actor FROM form WHERE letters >= ? AND letters < ?) ORDER BY events DESC, ident LIMIT ?"
        )
        return list(self.rows(sql, [letters, f"{letters}\U0010ffff", most]))

    # documents

    def complete_document(self, beginning: str, most: int) -> list[str]:
        """Paths of the documents that begin so; where none does, ids."""
        above = f"{beginning}\U0010ffff"
        for column in ("path", "ident"):
            sql = f"SELECT {column} FROM document WHERE {column} >= ? AND {column} < ? ORDER BY 1 LIMIT ?"
            if found := [text for (text,) in self.rows(sql, [beginning, above, most])]:
                return found
        return []

    def documents(self, idents: Iterable[str] | None = None, matches: Iterable[str] = ()) -> Iterator[bytes]:
        """Lines of documents by id: those of these ids, and where each of `matches` holds for a passage
        or for the title."""
        where, values = _one_of({"ident": idents})
        for match in matches:
            where += (
                f" AND id IN (SELECT rowid >> {schema.PASSAGE_BITS} FROM passages(?)"
                " UNION SELECT -rowid FROM says(?) WHERE rowid < 0)"
            )
            values += [match, match]
        return self._documents(f"{where} ORDER BY place", values)

    def document(self, number: int) -> bytes:
        return next(self._documents("id = ?", [number]))

    def named(self, name: str) -> Iterator[list[tuple[str, str]]]:
        """Id and first path of the documents of that name, by one rule of naming after the other."""
        by_name = "SELECT document FROM document_name WHERE rule = ? AND name = ?"
        rules: tuple[tuple[str, list[Any]], ...] = (
            (f"ident = ? OR id IN ({by_name})", [name, 0, name]),
            (f"id IN ({by_name})", [1, name]),
            (f"id IN ({by_name})", [2, name.casefold()]),
            (
                "(ident >= ? AND ident < ?) OR (ident >= ? AND ident < ?)",
                [name, f"{name}\x7f", f"doc-{name}", f"doc-{name}\x7f"],
            ),
            (f"id IN ({by_name})", [4, name]),
        )
        for where, values in rules:
            yield list(self.rows(f"SELECT ident, path FROM document WHERE {where} ORDER BY place", values))

    # passages

    def passages(
        self,
        match: str,
        *,
        documents: Iterable[str] | None = None,
        events: Asked | None = None,
        since: str | None = None,
        until: str | None = None,
        ranked: int,
    ) -> Iterator[tuple[int, int, int, float]]:
        """Passages for which `match` holds: the number of their document, first and last offset, BM25.

        The newest `ranked` (-1: all) come first, best first, then the others, the newest first. `documents` are
        ids of those that they must stand in, `events` what must hold of an event told there, if any
        is asked for; of the span is the event or the document, or has no date. Several may be given that
        do not satisfy all of this.
        """
        tables, where, values = self._of_passages(match, documents, events, since, until)
        best = f"SELECT passages.rowid AS id, rank FROM {tables} WHERE {where} ORDER BY passages.rowid"
        for sql, more in (
            (f"SELECT * FROM ({best} LIMIT ?) ORDER BY round(rank, 3), id", [ranked]),
            (f"{best} LIMIT -1 OFFSET ?", [ranked]),
        ):
            found = 0
            spans = 'SELECT start, "end" FROM passage WHERE id = ?'
            for number, rank in self.rows(sql, [*values, *more]):
                found += 1
                yield number >> schema.PASSAGE_BITS, *self.row(spans, [number]), -rank
            if ranked < 0 or found < ranked:
                return

    def count_passages(self, match: str, most: int = -1) -> int:
        """How many passages there are for which it holds; beyond `most` they are not counted."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM passages WHERE passages MATCH ? LIMIT ?)"
        found: int = self.row(sql, [match, most])[0]
        return found

    def sizes(self) -> tuple[int, int]:
        """How many passages there are, and how many words they have."""
        sizes = dict(self.rows("SELECT key, value FROM meta WHERE key IN ('passages', 'words')"))
        return sizes["passages"], sizes["words"]

    def told(self, document: int, start: int, end: int) -> Iterator[bytes]:
        """Lines of the events that a stretch of a document is evidence for."""
        rows = self.rows(
            "SELECT e.id, e.offset, e.length FROM told t CROSS JOIN event e"
            ' ON e.id = t.event WHERE t.document = ? AND t.start < ? AND t."end" > ?',
            [document, end, start],
        )
        for number, offset, length in rows:
            yield self._line("events", number, offset, length)

    def alone(self) -> Iterator[bytes]:
        """Lines of the events that stand in no document."""
        for number, offset, length in self.rows("SELECT id, offset, length FROM event WHERE alone"):
            yield self._line("events", number, offset, length)

    def holding(self, matches: Iterable[str]) -> Iterator[int]:
        """Numbers of the documents for some passage of which each holds, the newest first."""
        each = f"SELECT rowid >> {schema.PASSAGE_BITS} FROM passages(?)"
        sql = f"{' INTERSECT '.join(each for _ in matches)} ORDER BY 1"
        return (number for (number,) in self.rows(sql, list(matches)))

    def vocabulary(self) -> list[str]:
        """All words of the passages, as they are indexed."""
        return [word for (word,) in self.rows("SELECT term FROM vocabulary")]

    def _of_passages(
        self,
        match: str,
        documents: Iterable[str] | None,
        events: Asked | None,
        since: str | None,
        until: str | None,
    ) -> tuple[str, str, list[Any]]:
        """The tables, what must hold, and its values."""
        where, values = ["passages MATCH ?"], [match]
        tables = "passages"
        if events is None and documents is None and not (since or until):
            return tables, where[0], values
        tables += f" JOIN passage p ON p.id = passages.rowid JOIN document d ON d.id = p.id >> {schema.PASSAGE_BITS}"
        if documents is not None:
            within, named = _one_of({"d.ident": documents})
            where.append(within)
            values += named
        first, last = schema.day(since or "0000"), schema.day(until or "9999-99-99")
        told: list[str] = ['t.document = d.id AND t.start < p."end" AND t."end" > p.start']
        about: list[Any] = []
        if events is not None:
            also, about = self._of_class(events)
            numbers = self._numbers(events)
            if numbers is None:
                return tables, "0", []
            _others(also, about, numbers, [schema.code(country) for country in events.countries])
            told += also
        if since or until:
            told.append('(e.start IS NULL OR e.doubted OR (e.start <= ? AND e."end" >= ?))')
            about += [last, first]
        exists = (
            f"EXISTS (SELECT 1 FROM told t CROSS JOIN event e ON e.id = t.event WHERE {' AND '.join(told)})"
        )
        if events is None and (since or until):
            exists = f'({exists} OR d.start IS NULL OR (d.start <= ? AND d."end" >= ?))'
            about += [last, first]
        if events is not None or since or until:
            where.append(exists)
            values += about
        return tables, " AND ".join(where), values

    def _numbers(self, asked: Asked) -> list[tuple[int, int, int]] | None:
        """Events, number and sides of the actors asked for, the least known first; null where the cache
        knows one of them not."""
        found = sorted(
            (events, number, sides)
            for ident, sides in asked.actors
            for number, events in self.rows("SELECT id, events FROM actor WHERE ident = ?", (ident,))
        )
        return found if len(found) == len(asked.actors) else None

    def _documents(self, where: str, values: Sequence[Any]) -> Iterator[bytes]:
        read_id = id_reader(KINDS["documents"])
        sql = f"SELECT place, offset, length, ident FROM document WHERE {where}"
        for place, offset, length, ident in self.rows(sql, values):
            data = self._line("documents", place, offset, length)
            if read_id(data) != ident.encode():
                raise self._stale()
            yield data


def _others(
    where: list[str], values: list[Any], actors: Iterable[tuple[int, int, int]], countries: Iterable[int]
) -> None:
    """Adds what must hold of participants besides the one that the plan goes from."""
    for _, number, sides in actors:
        where.append("EXISTS (SELECT 1 FROM participant WHERE actor = ? AND event = e.id AND sides & ?)")
        values += [number, sides]
    for country in countries:
        where.append("EXISTS (SELECT 1 FROM country WHERE code = ? AND event = e.id)")
        values.append(country)


def _within(plan: _Plan, asked: Asked, run: tuple[int, int] | None) -> tuple[list[str], list[Any]]:
    """What must hold of the plan's events in one run of parts."""
    if run is None:
        return plan.where or ["1"], plan.values
    first, last = _span(asked)
    span = [f"{plan.column} BETWEEN ? AND ?", '(e.start IS NULL OR (e.start <= ? AND e."end" >= ?))']
    return [*plan.where, *span], [*plan.values, *run, last, first]


def _dated(asked: Asked) -> bool:
    return asked.since is not None or asked.until is not None


def _span(asked: Asked) -> tuple[int, int]:
    return schema.day(asked.since or "0000-00-00"), schema.day(asked.until or "9999-99-99")


def _one_of(fields: dict[str, Iterable[str] | None]) -> tuple[str, list[Any]]:
    """A condition that columns have one of the values; null asks nothing."""
    where, values = ["1"], []
    for column, allowed in fields.items():
        if allowed is not None:
            several = sorted(allowed)
            where.append(f"{column} IN ({','.join('?' * len(several))})")
            values += several
    return " AND ".join(where), values
