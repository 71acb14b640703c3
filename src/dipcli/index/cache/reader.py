"""Reading from the cache: rows from SQLite, the lines of records from the parts.

Every line is checked to be the record that was put down at its place. Where it is not, or the file is
damaged, `CacheStale` is raised and the file is not used again; who asked then reads the lines themselves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from dipcli.errors import CacheStale
from dipcli.index.cache import schema
from dipcli.index.kinds import KINDS
from dipcli.index.snapshot import OpenPart, Snapshot, id_reader


class Reader:
    """The cache's file and the parts that it leads to."""

    def __init__(self, connection: sqlite3.Connection, snapshot: Snapshot, stamp: Path) -> None:
        self._sql = connection
        self._stamp = stamp
        """The file without which the cache is made anew."""
        self._snapshot = snapshot
        self._parts: dict[str, dict[int, OpenPart]] = {}
        """Parts by number, of the kinds that were asked for."""

    @cached_property
    def classes(self) -> list[tuple[Any, ...]]:
        """The number and values of each combination of fields with a closed list of values."""
        return list(self.rows(f"SELECT id, {', '.join(schema.CLASS)} FROM class"))

    def close(self) -> None:
        self._sql.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query of SQLite's."""
        try:
            yield from self._sql.execute(sql, values)
        except sqlite3.Error as error:
            raise self.stale() from error

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of a query at once: in half the time, where they are many."""
        try:
            return self._sql.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self.stale() from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The one row of a query."""
        for row in self.rows(sql, values):
            return row
        raise self.stale()

    def count(self, kind: str) -> int:
        """How many records of a kind there are."""
        return self._snapshot.manifest.counts[kind]

    def stale(self) -> CacheStale:
        """What to raise where the cache does not tell the truth; it is not used again."""
        with suppress(OSError):
            self._stamp.unlink()
        return CacheStale()

    def line(self, kind: str, number: int, offset: int, length: int) -> bytes:
        """The line at a place. Raises `CacheStale` where no record of the kind is there."""
        if kind not in self._parts:
            parts = self._snapshot.parts[kind]
            self._parts[kind] = {schema.part_number(part.part.path): part for part in parts}
        part = self._parts[kind].get(number >> schema.LINE_BITS)
        data = part.at(offset, length + 1) if part else b""
        if len(data) != length + 1 or not data.startswith(KINDS[kind].head) or not data.endswith(b"}\n"):
            raise self.stale()
        return data[:-1]

    def lines(self, kind: str, where: str, values: Sequence[Any]) -> Iterator[bytes]:
        """Lines of the actors or documents of which something holds. Raises `CacheStale` where one has
        another id than the cache says."""
        read_id = id_reader(KINDS[kind])
        table, number = _TABLES[kind]
        sql = f"SELECT {number}, offset, length, ident FROM {table} WHERE {where}"
        for place, offset, length, ident in self.rows(sql, values):
            data = self.line(kind, place, offset, length)
            if read_id(data) != ident.encode():
                raise self.stale()
            yield data


_TABLES = {"actors": ("actor", "id"), "documents": ("document", "place")}
"""The table of a kind, and its column that has the number of a record's part and line."""
