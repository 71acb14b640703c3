"""Facts by the cache: the columns that summaries count (`dipcli.facts`), packed; and documents' names.

Each column is one value of the table `fact`: names as JSON, numbers as arrays of 32 bits (64 for the
events' own numbers), little-endian. A row's place in them is its place in the order of events.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import sub
from typing import Any, NamedTuple

import msgspec

from dipcli.facts import COLUMNS, LISTS, Collector, Facts, Kind, Party, Spot, assemble
from dipcli.index.cache.reader import Reader

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
    stored = dict(sql.execute("SELECT name, value FROM fact"))
    rows, columns = _unpacked(stored["number"], "q"), {name: _unpacked(stored[name]) for name in COLUMNS}
    pieces = list(_pieces(rows, [one.number for one in gone], come.numbers))
    occasions = _occasions(rows, columns["occasion"], gone, come)
    come.facts.columns["occasion"] = array("i", map(occasions.__getitem__, come.facts.columns["occasion"]))
    changed = {"number": _packed(_joined(rows, come.numbers, pieces))}
    changed |= {name: msgspec.json.encode(list(known)) for name, known in come.facts.names.items()}
    for name, column in columns.items():
        changed[name] = _packed(_joined(column, come.facts.columns[name], pieces))
    for name in LISTS:
        ends, new_ends = _unpacked(stored[f"{name} end"]), come.facts.ends[name]
        within = [_within(piece, new_ends if piece.new else ends) for piece in pieces]
        changed[name] = _packed(_joined(_unpacked(stored[name]), come.facts.lists[name], within))
        lengths = _joined(_lengths(ends), _lengths(new_ends), pieces)
        changed[f"{name} end"] = _packed(array("i", accumulate(lengths, initial=0)))
    sql.executemany(
        "UPDATE fact SET value = ? WHERE name = ?", [(value, name) for name, value in changed.items()]
    )


def resumed(sql: sqlite3.Connection) -> Collector:
    """A collector of further events, by the numbers that the facts have for what they name."""
    collector = Collector()
    for name, data in sql.execute("SELECT name, value FROM fact"):
        if name in _TYPES:
            known = msgspec.json.decode(data, type=_TYPES[name])
            collector.names[name] = {value: number for number, value in enumerate(known)}
    return collector


class Piece(NamedTuple):
    """A stretch of rows: of those that were there, or of the new."""

    new: bool
    start: int
    stop: int


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


def _occasions(rows: Sequence[int], old: Sequence[int], gone: Iterable[Gone], come: Come) -> list[int]:
    """The number of each occasion of the new events: that which it had, or a further one."""
    known = {one.occasion: old[bisect_left(rows, one.number)] for one in gone}
    free = max(old, default=-1) + 1
    for occasion in come.facts.occasions:
        if occasion not in known and occasion in come.idents:
            known[occasion], free = free, free + 1
        elif occasion not in known:
            known[occasion] = old[bisect_left(rows, come.number_of(occasion))]
    return [known[occasion] for occasion in come.facts.occasions]


def _within(piece: Piece, ends: Sequence[int]) -> Piece:
    """The stretch of the values of lists that stand in a stretch of rows."""
    return Piece(piece.new, ends[piece.start], ends[piece.stop])


def _lengths(ends: array[int]) -> array[int]:
    return array("i", map(sub, ends[1:], ends))


def read(cache: Reader, numbers: Iterable[int] | None) -> Facts:
    """The facts of all events, or of those with these numbers, in stored order."""
    found = dict(cache.rows("SELECT name, value FROM fact"))
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
        raise cache.stale() from error


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
