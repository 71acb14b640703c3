"""Facts by the cache: the columns that summaries count (`dipcli.facts`), packed; and documents' names.

The columns of each part of the events are values of the table `fact`, so that a change touches no other
part's: arrays of 32 bits (64 for the events' own numbers), little-endian. A row's place in them is its place
in the order of its part. Names are JSON, a list for each change that found new ones.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby
from operator import sub
from typing import Any, NamedTuple

import msgspec

from dipcli.facts import COLUMNS, LISTS, Collector, Facts, Kind, Party, Spot, assemble
from dipcli.index.cache.reader import Reader
from dipcli.index.cache.schema import LINE_BITS

TABLE = "CREATE TABLE fact(name TEXT, part INT, value BLOB, PRIMARY KEY(name, part)) WITHOUT ROWID;"
_TYPES: dict[str, Any] = {
    "kinds": list[Kind],
    "parties": list[Party],
    "places": list[Spot],
    "papers": list[str],
}
_ENDS = {name: f"{name} end" for name in LISTS}
"""Where the list of each row ends; the first of a part begins at 0."""
_CODES = {"number": "q", **dict.fromkeys((*COLUMNS, *LISTS, *_ENDS.values()), "i")}
"""The columns, and how wide their numbers are."""

Columns = dict[str, "array[int]"]
"""The facts of some events, by `_CODES`."""


def store(sql: sqlite3.Connection, collector: Collector, numbers: array[int]) -> None:
    """Writes the facts collected; `numbers` are those of their events, in order."""
    for part, rows in _by_part(numbers):
        _save(sql, part, _taken(collector, numbers, rows))
    _save_names(sql, collector, dict.fromkeys(_TYPES, 0))


class Gone(NamedTuple):
    """An event that went: its number, and the occasion it was of."""

    number: int
    occasion: str


class Come(NamedTuple):
    """Events that came, in the order of their numbers, collected by one that was `resumed`; `number_of` gives that of one that stays, by its id."""

    facts: Collector
    numbers: array[int]
    idents: set[str]
    number_of: Callable[[str], int]


def splice(sql: sqlite3.Connection, gone: Sequence[Gone], come: Come) -> None:
    """Takes the facts of some events out, and puts those of others in."""
    went: dict[int, list[int]] = defaultdict(list)
    for one in gone:
        went[one.number >> LINE_BITS].append(one.number)
    new = dict(_by_part(come.numbers))
    stored = {part: _of_part(sql, part) for part in went.keys() | new}
    occasions = _occasions(sql, stored, gone, come)
    come.facts.columns["occasion"] = array("i", map(occasions.__getitem__, come.facts.columns["occasion"]))
    for part, columns in stored.items():
        its = _taken(come.facts, come.numbers, new.get(part, range(0)))
        _save(sql, part, _spliced(columns, its, went[part]))
    counts = sql.execute(f"SELECT name, value FROM fact WHERE name IN ({_marks(_TYPES)})", (*_TYPES,))
    known = dict.fromkeys(_TYPES, 0)
    for name, data in counts:
        known[name] += len(msgspec.json.decode(data, type=list[msgspec.Raw]))
    _save_names(sql, come.facts, known)


def resumed(sql: sqlite3.Connection) -> Collector:
    """A collector of further events, by the numbers that the facts have for what they name."""
    collector = Collector()
    for name, type in _TYPES.items():
        rows = sql.execute("SELECT value FROM fact WHERE name = ? ORDER BY part", (name,))
        known = chain.from_iterable(msgspec.json.decode(data, type=type) for (data,) in rows)
        collector.names[name] = {value: number for number, value in enumerate(known)}
    return collector


def _by_part(numbers: Sequence[int]) -> Iterator[tuple[int, range]]:
    """The parts of events in order, each with the rows that are in it."""
    start = 0
    for part, its in groupby(numbers, key=LINE_BITS.__rrshift__):
        stop = start + sum(1 for _ in its)
        yield part, range(start, stop)
        start = stop


def _taken(collector: Collector, numbers: array[int], rows: range) -> Columns:
    """The columns of a stretch of what was collected."""
    start, stop = rows.start, rows.stop
    found = {"number": numbers[start:stop]}
    found |= {name: column[start:stop] for name, column in collector.columns.items()}
    for name in LISTS:
        ends = collector.ends[name][start : stop + 1]
        found[name] = collector.lists[name][ends[0] : ends[-1]]
        found[_ENDS[name]] = _raised(ends, -ends[0])
    return found


class Piece(NamedTuple):
    """A stretch of rows: of those that were there, or of the new."""

    new: bool
    start: int
    stop: int


def _spliced(old: Columns, new: Columns, gone: Iterable[int]) -> Columns:
    """The columns of a part, without the events with the numbers `gone` and with those of `new`."""
    pieces = list(_pieces(old["number"], gone, new["number"]))
    found = {name: _joined(old[name], new[name], pieces) for name in ("number", *COLUMNS)}
    for name, ends in _ENDS.items():
        within = [_within(piece, (new if piece.new else old)[ends]) for piece in pieces]
        found[name] = _joined(old[name], new[name], within)
        lengths = _joined(_lengths(old[ends]), _lengths(new[ends]), pieces)
        found[ends] = array("i", accumulate(lengths, initial=0))
    return found


def _pieces(rows: Sequence[int], gone: Iterable[int], come: Iterable[int]) -> Iterator[Piece]:
    """Of what the rows are made in the end; `rows`, `gone` and `come` are numbers of events."""
    edits = [(bisect_left(rows, number), -1) for number in gone]
    edits += [(bisect_left(rows, number), place) for place, number in enumerate(come)]
    done = 0
    for place, new in sorted(edits):
        if place > done:
            yield Piece(False, done, place)
        done = max(done, place + (new < 0))
        if new >= 0:
            yield Piece(True, new, new + 1)
    yield Piece(False, done, len(rows))


def _joined(old: array[int], new: array[int], pieces: Iterable[Piece]) -> array[int]:
    found: array[int] = array(old.typecode)
    for piece in pieces:
        found.extend((new if piece.new else old)[piece.start : piece.stop])
    return found


def _within(piece: Piece, ends: Sequence[int]) -> Piece:
    """The stretch of the values of lists that stand in a stretch of rows."""
    return Piece(piece.new, ends[piece.start], ends[piece.stop])


def _lengths(ends: array[int]) -> array[int]:
    return array("i", map(sub, ends[1:], ends))


def _occasions(
    sql: sqlite3.Connection, stored: Mapping[int, Columns], gone: Iterable[Gone], come: Come
) -> list[int]:
    """The number of each occasion of the new events: that which it had, or a further one."""
    columns = dict(stored)

    def number(event: int) -> int:
        part = event >> LINE_BITS
        if part not in columns:
            columns[part] = _of_part(sql, part)
        its = columns[part]
        return its["occasion"][bisect_left(its["number"], event)]

    known = {one.occasion: number(one.number) for one in gone}
    (free,) = sql.execute("SELECT value FROM meta WHERE key = 'occasions'").fetchone()
    for occasion in come.facts.occasions:
        if occasion not in known and occasion in come.idents:
            known[occasion], free = free, free + 1
        elif occasion not in known:
            known[occasion] = number(come.number_of(occasion))
    sql.execute("UPDATE meta SET value = ? WHERE key = 'occasions'", (free,))
    return [known[occasion] for occasion in come.facts.occasions]


# the table


def _of_part(sql: sqlite3.Connection, part: int) -> Columns:
    """The columns of a part as they are stored; empty ones where it has none."""
    found = {name: array(code) for name, code in _CODES.items()}
    found |= {name: array("i", [0]) for name in _ENDS.values()}
    rows = sql.execute(
        f"SELECT name, value FROM fact WHERE name IN ({_marks(_CODES)}) AND part = ?", (*_CODES, part)
    )
    return found | {name: _unpacked(data, _CODES[name]) for name, data in rows}


def _save(sql: sqlite3.Connection, part: int, columns: Columns) -> None:
    """Writes the columns of a part in the place of those it has; none where it has no events any more."""
    if columns["number"]:
        rows = [(name, part, _little(column).tobytes()) for name, column in columns.items()]
        sql.executemany("INSERT OR REPLACE INTO fact VALUES(?, ?, ?)", rows)
    else:
        sql.executemany("DELETE FROM fact WHERE name = ? AND part = ?", [(name, part) for name in columns])


def _save_names(sql: sqlite3.Connection, collector: Collector, known: Mapping[str, int]) -> None:
    """Writes what of a collector's names comes after those `known`; they are counted by kind."""
    for name, count in known.items():
        if new := list(collector.names[name])[count:]:
            sql.execute("INSERT INTO fact VALUES(?, ?, ?)", (name, count, msgspec.json.encode(new)))


def read(cache: Reader) -> Facts:
    """The facts of all events, in stored order."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for name, data in cache.rows("SELECT name, value FROM fact WHERE name <> 'number' ORDER BY name, part"):
        found[name].append(data)
    try:
        names = {
            name: [one for data in found[name] for one in msgspec.json.decode(data, type=type)]
            for name, type in _TYPES.items()
        }
        columns = {name: _unpacked(b"".join(found[name])) for name in COLUMNS}
        lists = {name: _unpacked(b"".join(found[name])) for name in LISTS}
        ends = {name: _continued(map(_unpacked, found[_ENDS[name]])) for name in LISTS}
        facts = assemble(names, columns, lists, ends)
        if len(facts) != cache.count("events"):
            raise cache.stale()
        return facts
    except (KeyError, IndexError, ValueError, msgspec.MsgspecError) as error:
        raise cache.stale() from error


def chosen(cache: Reader, every: Facts, numbers: Iterable[int]) -> Facts:
    """The facts of the events with these numbers, of those of all."""
    parts = cache.rows("SELECT value FROM fact WHERE name = 'number' ORDER BY part")
    try:
        events = _unpacked(b"".join(data for (data,) in parts), "q")
        place = {number: row for row, number in enumerate(events)}
        return every.take(map(place.__getitem__, numbers))
    except (KeyError, IndexError, ValueError) as error:
        raise cache.stale() from error


def _continued(parts: Iterable[array[int]]) -> array[int]:
    """The ends of the lists of several parts, as those of one."""
    found = array("i", [0])
    for ends in parts:
        found.extend(_raised(ends[1:], found[-1]))
    return found


def _raised(numbers: array[int], by: int) -> array[int]:
    """Each number, and `by` more; none is or becomes negative. As one number of many digits they are added to
    all at once."""
    ones = int.from_bytes(array("i", [1]) * len(numbers), sys.byteorder)
    total = int.from_bytes(numbers, sys.byteorder) + by * ones
    found: array[int] = array("i")
    found.frombytes(total.to_bytes(len(numbers) * found.itemsize, sys.byteorder))
    return found


def _unpacked(data: bytes, code: str = "i") -> array[int]:
    column: array[int] = array(code)
    column.frombytes(data)
    return _little(column)


def _little(column: array[int]) -> array[int]:
    if sys.byteorder == "big":
        column = column[:]
        column.byteswap()
    return column


def _marks(values: Iterable[str]) -> str:
    return ", ".join("?" for _ in values)
