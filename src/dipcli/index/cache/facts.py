"""Facts by the cache: the columns that summaries count (`dipcli.facts`), packed; and documents' names.

Each column is one value of the table `fact`: names as JSON, numbers as arrays of 32 bits (64 for the
events' own numbers), little-endian. A row's place in them is its place in the order of events.
"""

from __future__ import annotations

import heapq
import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dipcli.facts import COLUMNS, LISTS, Collector, Facts, Kind, Party, Spot, assemble
from dipcli.index.cache.asked import Asked
from dipcli.index.cache.events import Events

TABLE = "CREATE TABLE fact(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;"
_TYPES: dict[str, Any] = {
    "kinds": list[Kind],
    "parties": list[Party],
    "places": list[Spot],
    "papers": list[str],
}


def store(sql: sqlite3.Connection, collector: Collector, numbers: array[int]) -> None:
    """Writes the facts collected; `numbers` are those of their events, in order."""
    rows = [(name, msgspec.json.encode(list(known))) for name, known in collector.names.items()]
    rows += [(name, _packed(column)) for name, column in collector.columns.items()]
    rows += [(name, _packed(column)) for name, column in collector.lists.items()]
    rows += [(f"{name} end", _packed(column)) for name, column in collector.ends.items()]
    sql.executemany("INSERT INTO fact VALUES(?, ?)", [*rows, ("number", _packed(numbers))])


class FactColumns(Events):
    """Look-ups of facts."""

    def facts(self, numbers: Iterable[int] | None = None) -> Facts:
        """The facts of all events, or of those with these numbers, in stored order."""
        found = dict(self.rows("SELECT name, value FROM fact"))
        try:
            names = {name: msgspec.json.decode(found[name], type=type) for name, type in _TYPES.items()}
            columns = {name: _unpacked(found[name]) for name in COLUMNS}
            lists = {name: _unpacked(found[name]) for name in LISTS}
            ends = {name: _unpacked(found[f"{name} end"]) for name in LISTS}
            facts = assemble(names, columns, lists, ends)
            if numbers is None:
                return facts
            place = {number: row for row, number in enumerate(_unpacked(found["number"], "q"))}
            return facts.take(place[number] for number in numbers)
        except (KeyError, IndexError, ValueError, msgspec.MsgspecError) as error:
            raise self.stale() from error

    def numbers(self, asked: Asked) -> list[int] | None:
        """Numbers of the events for which all that is asked holds, the undated with them whatever the
        span. Null where their lines must be read."""
        plan = self._plan(asked)
        if plan is not None and not plan.whole:
            return None
        return [number for number, *_ in heapq.merge(*self._ordered(asked))]

    def papers(self) -> Iterator[tuple[str, str, tuple[int, int]]]:
        """Id, title or path, first and last day of publication (20220516; 0 where unknown) of each document."""
        rows = self.rows("SELECT ident, coalesce(nullif(title, ''), path), start, \"end\" FROM document")
        return ((ident, title, (start or 0, end or 0)) for ident, title, start, end in rows)


def _packed(column: array[int]) -> bytes:
    return _little(column).tobytes()


def _unpacked(data: bytes, code: str = "i") -> array[int]:
    column: array[int] = array(code)
    column.frombytes(data)
    return _little(column)


def _little(column: array[int]) -> array[int]:
    if sys.byteorder == "big":
        column = column[:]
        column.byteswap()
    return column
