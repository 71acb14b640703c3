"""Records put aside while others are made, so that memory does not grow with them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar, overload

import msgspec

S = TypeVar("S", bound=msgspec.Struct)
_encode = msgspec.json.Encoder().encode


class Room(Protocol):
    """Where bytes are put down one after the other, and read again by where they begin."""

    def append(self, data: bytes) -> int:
        """Returns where `data` now begins."""

    def at(self, offset: int, length: int) -> bytes: ...


class InMemory:
    """Room for what is small."""

    def __init__(self) -> None:
        self._data = bytearray()

    def append(self, data: bytes) -> int:
        self._data += data
        return len(self._data) - len(data)

    def at(self, offset: int, length: int) -> bytes:
        return bytes(self._data[offset : offset + length])


class Spool(Sequence[S], Generic[S]):
    """A list of structs as lines of JSON in a room, each made anew whenever it is asked for."""

    def __init__(self, room: Room, type: type[S]) -> None:
        self._room = room
        self._decode = msgspec.json.Decoder(type).decode
        self._offsets = array("Q")
        self._lengths = array("I")

    def append(self, record: S) -> None:
        line = _encode(record)
        self._offsets.append(self._room.append(line))
        self._lengths.append(len(line))

    def line(self, number: int) -> bytes:
        """The JSON of a record, as it is written on disk."""
        return self._room.at(self._offsets[number], self._lengths[number])

    def in_order(self, numbers: Sequence[int]) -> Spool[S]:
        """The records in another order."""
        found: Spool[S] = Spool.__new__(Spool)
        found._room, found._decode = self._room, self._decode
        found._offsets = array("Q", (self._offsets[number] for number in numbers))
        found._lengths = array("I", (self._lengths[number] for number in numbers))
        return found

    def __len__(self) -> int:
        return len(self._offsets)

    def __eq__(self, other: object) -> bool:
        """Whether it has the same records in the same order."""
        if not isinstance(other, Spool):
            return NotImplemented
        return len(self) == len(other) and all(
            self.line(number) == other.line(number) for number in range(len(self))
        )

    def __iter__(self) -> Iterator[S]:
        return (self._decode(self.line(number)) for number in range(len(self)))

    @overload
    def __getitem__(self, number: int) -> S: ...
    @overload
    def __getitem__(self, number: slice) -> list[S]: ...
    def __getitem__(self, number: int | slice) -> S | list[S]:
        if isinstance(number, slice):
            return [self[one] for one in range(len(self))[number]]
        return self._decode(self.line(number))


def spooled(room: Room, type: type[S], records: Iterable[S]) -> Spool[S]:
    spool = Spool(room, type)
    for record in records:
        spool.append(record)
    return spool
