"""Some records of a kind put in the place of others: only the parts they are in are read and written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from dipcli.index.kinds import Kind, encode, order
from dipcli.index.manifest import damaged
from dipcli.index.snapshot import OpenPart, Snapshot, id_reader

RecordKey = tuple[str, str | None]
"""Id and start date (`Kind.key`)."""
Row = tuple[RecordKey, bytes]


class Amending:
    """A kind as it was, and what is to be another in it."""

    def __init__(self, before: Snapshot, kind: Kind) -> None:
        self.kind = kind
        self._index = before.path
        self._parts = {part.part.path: part for part in before.parts[kind.name]}
        self._put: dict[RecordKey, bytes] = {}
        self._gone: set[RecordKey] = set()

    def find(self, ids: Iterable[str]) -> dict[str, list[Any]]:
        """The records with these ids, as they were; of a kind that is parted by id."""
        wanted = {name.encode(): name for name in ids}
        decode, read_id = msgspec.json.Decoder(self.kind.type).decode, id_reader(self.kind)
        found: dict[str, list[Any]] = {}
        for place in {self.place(name, None) for name in wanted.values()} & self._parts.keys():
            for _, data in self._parts[place].lines():
                if name := wanted.get(read_id(data)):
                    found.setdefault(name, []).append(decode(data))
        return found

    def amend(self, put: Iterable[Any], gone: Iterable[RecordKey]) -> None:
        """Takes records out, and puts others in, also in the place of those of the same id."""
        self._put = {self.kind.key(record): encode(record) for record in put}
        self._gone = {*gone}

    @property
    def is_whole(self) -> bool:
        """Whether the kind was one file."""
        return self._parts.keys() <= {f"{self.kind.name}.jsonl"}

    def place(self, name: str, start: str | None) -> str:
        """The path of the part that a record was in or would have been in."""
        whole = f"{self.kind.name}.jsonl"
        return whole if self.is_whole else f"{self.kind.name}/{self.kind.part(name, start)}.jsonl"

    def touched(self) -> dict[str, list[Row]]:
        """The parts that are others now, by path, with their rows in order."""
        new: dict[str, list[Row]] = {self.place(*key): [] for key in (*self._gone, *self._put)}
        for key, data in self._put.items():
            new[self.place(*key)].append((key, data))
        return {place: self._merged(place, rows) for place, rows in sorted(new.items())}

    def rows(self, places: Iterable[str]) -> Iterator[Row]:
        """The rows of some parts as they were."""
        read = key_reader(self.kind)
        return ((read(data), data) for place in places for _, data in self._checked(self._parts[place]))

    def _merged(self, place: str, rows: list[Row]) -> list[Row]:
        out = self._gone | self._put.keys()
        kept = [row for row in self.rows({place} & self._parts.keys()) if row[0] not in out]
        return sorted([*kept, *rows], key=lambda row: order(row[0]))

    def _checked(self, part: OpenPart) -> Iterator[tuple[int, bytes]]:
        """The lines of a part. Raises `IndexFormatError` at the end if they are not those it was written with."""
        digest = hashlib.sha256()
        for line in part.lines():
            digest.update(line.data + b"\n")
            yield line
        if digest.hexdigest() != part.part.sha256:
            raise damaged(self._index, part.part.path, "is not as it was written")


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
