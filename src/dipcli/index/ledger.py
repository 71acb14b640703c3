"""The lines of a kind as they are to be, by id, without holding them in memory.

A ledger knows for each id where its line is: in a part of the index as it was, or in a scratch file
for what is new. So any number of documents can be added in any order and written out sorted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from dipcli.index.disk import writing
from dipcli.index.files import read_at
from dipcli.index.kinds import Kind
from dipcli.index.snapshot import OpenPart


class Scratch:
    """Lines appended to a file, to be read again by their place; `index` is what they are for."""

    def __init__(self, index: Path, file: FileIO) -> None:
        self._index = index
        self._file = file
        self._end = 0

    def append(self, data: bytes) -> int:
        """Returns the offset at which `data` now is. Raises `IndexWriteError`."""
        offset = self._end
        view = memoryview(data)
        with writing(self._index):
            self._file.seek(offset)  # a line that was interrupted has no place
            while view:
                view = view[self._file.write(view) :]
        self._end += len(data)
        return offset

    def at(self, offset: int, length: int) -> bytes:
        return read_at(self._file.fileno(), length, offset)


class Place(NamedTuple):
    holder: OpenPart | Scratch
    offset: int
    length: int

    def read(self) -> bytes:
        return self.holder.at(self.offset, self.length)


class Ledger:
    """Start with `know` where there is an index already; then `append`, `put` and `remove`."""

    def __init__(self, kind: Kind, scratch: Scratch) -> None:
        self.kind = kind
        self._touched: set[str] = set()
        """The records that were added, changed or removed."""
        self._scratch = scratch
        self._places: dict[str, Place] = {}
        self._decode = msgspec.json.Decoder(kind.type).decode

    def know(self, places: Mapping[str, Place]) -> None:
        """Takes in where lines are in the index as it was, by the ids of their records."""
        self._places.update(places)

    def append(self, data: bytes) -> Place:
        """Keeps a line, which is not part of the ledger before it is `put` there."""
        return Place(self._scratch, self._scratch.append(data), len(data))

    def put(self, name: str, place: Place) -> None:
        """Adds the line of the record `name`, in place of an older one."""
        self._places[name] = place
        self._touched.add(name)

    def remove(self, name: str) -> None:
        if self._places.pop(name, None):
            self._touched.add(name)

    @property
    def touched(self) -> Collection[str]:
        """The ids of the records whose lines were added, changed or removed."""
        return self._touched

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        """The ids, sorted."""
        return iter(sorted(self._places))

    @property
    def size(self) -> int:
        """Bytes of all lines, line feeds included."""
        return sum(place.length + 1 for place in self._places.values())

    def line(self, name: str) -> bytes:
        return self._places[name].read()

    def record(self, name: str) -> Any:
        return self._decode(self.line(name))


class Records:
    """The records of a ledger in order, decoded one at a time, as often as they are asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __iter__(self) -> Iterator[Any]:
        return (self._ledger.record(name) for name in self._ledger)

    def __len__(self) -> int:
        return len(self._ledger)
