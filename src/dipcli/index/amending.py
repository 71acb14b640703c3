"""Some records of a kind put in the place of others: only the parts they are in are read and written.

Parts are large and what changes in them is little: so their lines are found by halving, not taken apart.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from dipcli.index.kinds import Kind, encode, order
from dipcli.index.manifest import damaged
from dipcli.index.snapshot import Snapshot, id_reader

RecordKey = tuple[str, str | None]
"""Id and start date (`Kind.key`)."""
Order = tuple[bool, str, str]
AFTER = len(b'","start":"2022-05-16"')
"""Bytes after a line's id within which its start date is."""
KEPT = 64 * 1024 * 1024
"""Bytes of parts that are kept from when they are searched to when they are written."""


class Touched(NamedTuple):
    """A part that is another now."""

    data: bytes
    records: int

    @property
    def lines(self) -> list[bytes]:
        return _split(self.data)


class Amending:
    """A kind as it was, and what is to be another in it."""

    def __init__(self, before: Snapshot, kind: Kind) -> None:
        self.kind = kind
        self._index = before.path
        self._parts = {part.part.path: part for part in before.parts[kind.name]}
        self.layout = kind.layout_of(self._parts)
        """How the kind was laid out."""
        self._data: dict[str, bytes] = {}
        """Of parts that were searched."""
        self._put: dict[RecordKey, bytes] = {}
        self._gone: set[RecordKey] = set()
        read = key_reader(kind)
        self._order: Callable[[bytes], Order] = lambda line: order(read(line))

    def find(self, ids: Iterable[str]) -> dict[str, list[Any]]:
        """The records with these ids, as they were; of a kind that is parted by id."""
        decode = msgspec.json.Decoder(self.kind.type).decode
        by_part: dict[str, list[str]] = defaultdict(list)
        for name in sorted({*ids}):
            by_part[self.place(name, None)].append(name)
        found: dict[str, list[Any]] = {}
        for place in by_part.keys() & self._parts.keys():
            data = self._read(place)
            if len(data) + sum(map(len, self._data.values())) <= KEPT:
                self._data[place] = data
            for name in by_part[place]:
                first, last = self._span(data, (name, None))
                if first < last:
                    found[name] = [decode(line) for line in _split(data[first:last])]
        return found

    def amend(self, put: Iterable[Any], gone: Iterable[RecordKey]) -> None:
        """Takes records out, and puts others in, also in the place of those of the same id."""
        self._put = {self.kind.key(record): encode(record) for record in put}
        self._gone = {*gone}

    def place(self, name: str, start: str | None) -> str:
        """The path of the part that a record was in or would have been in."""
        return self.kind.path(name, start, self.layout)

    def touched(self) -> Iterator[tuple[str, Touched]]:
        """The parts that are others now, each with its path: one at a time, for they may be many and large."""
        new: dict[str, set[RecordKey]] = defaultdict(set)
        for key in (*self._gone, *self._put):
            new[self.place(*key)].add(key)
        return ((place, self._spliced(place, keys)) for place, keys in sorted(new.items()))

    def lines(self, places: Iterable[str]) -> Iterator[bytes]:
        """The records of some parts as they were."""
        return (line for place in places for line in _split(self._read(place)))

    def _spliced(self, place: str, keys: Iterable[RecordKey]) -> Touched:
        data, part = self._data.pop(place, b"") or self._read(place), self._parts.get(place)
        view, pieces, done = memoryview(data), list[bytes | memoryview](), 0
        records = part.part.records if part else 0
        for key in sorted(keys, key=order):
            first, last = self._span(data, key)
            pieces.append(view[done:first])
            records -= data.count(b"\n", first, last)
            if key in self._put:
                pieces += [self._put[key], b"\n"]
                records += 1
            done = last
        return Touched(b"".join([*pieces, view[done:]]), records)

    def _span(self, data: bytes, key: RecordKey) -> tuple[int, int]:
        """Where the lines with a key begin and end in a part, or where they would."""
        at = order(key)
        first = last = self._first(data, at)
        while last < len(data) and self._order_at(data, last) == at:
            last = data.index(b"\n", last) + 1
        return first, last

    def _first(self, data: bytes, at: Order) -> int:
        """Where the first line begins that does not stand before `at`."""
        low, high = 0, len(data)
        while low < high:
            middle = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if self._order_at(data, middle) < at:
                low = data.index(b"\n", middle) + 1
            else:
                high = middle
        return low

    def _order_at(self, data: bytes, start: int) -> Order:
        """The order of the line that begins there."""
        stop = data.index(b'"', start + len(self.kind.head))
        return self._order(data[start : stop + AFTER])

    def _read(self, place: str) -> bytes:
        """The bytes of a part, none where there was no such part. Raises `IndexFormatError` where they are not
        those that it was written with."""
        part = self._parts.get(place)
        if part is None:
            return b""
        data = part.at(0, part.part.bytes)
        if hashlib.sha256(data).hexdigest() != part.part.sha256:
            raise damaged(self._index, part.part.path, "is not as it was written")
        return data


def _split(data: bytes) -> list[bytes]:
    """The lines without their line feeds."""
    return data.split(b"\n")[:-1]


def key_reader(kind: Kind) -> Callable[[bytes], RecordKey]:
    """A function from a line of `kind` to its key, without decoding the rest."""
    read_id = id_reader(kind)
    if "start" not in kind.type.__struct_fields__:
        return lambda data: (read_id(data).decode(), None)
    before = len(b'","start":"')

    def read(data: bytes) -> RecordKey:
        name = read_id(data)
        at = len(kind.head) + len(name) + before
        return name.decode(), None if data[at - 1 : at + 3] == b"null" else data[at : at + 10].decode()

    return read
