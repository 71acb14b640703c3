"""Some records of a kind put in the place of others: only the parts they are in are read and written."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from dipcli.index.kinds import Kind, encode, order
from dipcli.index.manifest import damaged
from dipcli.index.snapshot import Snapshot, id_reader

RecordKey = tuple[str, str | None]
"""Id and start date (`Kind.key`)."""
Order = tuple[bool, str, str]


class Amending:
    """A kind as it was, and what is to be another in it."""

    def __init__(self, before: Snapshot, kind: Kind) -> None:
        self.kind = kind
        self._index = before.path
        self._parts = {part.part.path: part for part in before.parts[kind.name]}
        self.layout = kind.layout_of(self._parts)
        """How the kind was laid out."""
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
            lines = self._lines(place)
            for name in by_part[place]:
                first, last = self._span(lines, (name, None))
                if first < last:
                    found[name] = [decode(line) for line in lines[first:last]]
        return found

    def amend(self, put: Iterable[Any], gone: Iterable[RecordKey]) -> None:
        """Takes records out, and puts others in, also in the place of those of the same id."""
        self._put = {self.kind.key(record): encode(record) for record in put}
        self._gone = {*gone}

    def place(self, name: str, start: str | None) -> str:
        """The path of the part that a record was in or would have been in."""
        return self.kind.path(name, start, self.layout)

    def touched(self) -> dict[str, list[bytes]]:
        """The parts that are others now, by path, with their lines."""
        new: dict[str, set[RecordKey]] = defaultdict(set)
        for key in (*self._gone, *self._put):
            new[self.place(*key)].add(key)
        return {place: self._spliced(place, keys) for place, keys in sorted(new.items())}

    def lines(self, places: Iterable[str]) -> Iterator[bytes]:
        """The records of some parts as they were."""
        return (line for place in places for line in self._lines(place))

    def _spliced(self, place: str, keys: Iterable[RecordKey]) -> list[bytes]:
        lines = self._lines(place)
        for key in keys:
            first, last = self._span(lines, key)
            lines[first:last] = [self._put[key]] if key in self._put else []
        return lines

    def _span(self, lines: list[bytes], key: RecordKey) -> tuple[int, int]:
        """Where the lines with a key begin and end, or where they would."""
        at = order(key)
        first = bisect_left(lines, at, key=self._order)
        last = first
        while last < len(lines) and self._order(lines[last]) == at:
            last += 1
        return first, last

    def _lines(self, place: str) -> list[bytes]:
        """The lines of a part, none where there was no such part. Raises `IndexFormatError` where they are not
        those that it was written with."""
        part = self._parts.get(place)
        if part is None:
            return []
        data = part.at(0, part.part.bytes)
        if hashlib.sha256(data).hexdigest() != part.part.sha256:
            raise damaged(self._index, part.part.path, "is not as it was written")
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
