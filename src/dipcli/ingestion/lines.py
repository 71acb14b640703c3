"""Where the lines of an index's parts are, and the head of each: so that parts that stayed are not read again.

Kept in the index's cache folder by the digest of each part and by what its file was like; a part that is
another or was touched is read, line by line. It may be missing or damaged: then all are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from dipcli.index.disk import protect
from dipcli.index.snapshot import OpenPart

NAME = "lines-1.msgpack"
"""Numbered: what another version of dipcli keeps is another file."""
LEAST = 16 * 1024 * 1024
"""Bytes of parts of a kind that are worth it."""
_DIGEST = 32

Head = TypeVar("Head")


class Line(msgspec.Struct, Generic[Head], array_like=True):
    """A line's place in its part, and what is known of its record without reading it."""

    offset: int
    length: int
    head: Head


class Lines:
    """The lines of parts."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._place = index / "cache" / NAME
        self._kept = self._read()
        self._now: dict[str, msgspec.Raw] = {}
        self._is_new = False

    def of(self, parts: list[OpenPart], type: type[Head]) -> Iterator[tuple[OpenPart, list[Line[Head]]]]:
        """All lines of some parts, part by part, with heads of a type that the records can be read as. Raises
        `IndexFormatError` at one that is no record."""
        is_worth_it = sum(part.part.bytes for part in parts) >= LEAST
        decode = msgspec.msgpack.Decoder(list[Line[type]]).decode  # type: ignore[valid-type]
        for part in parts:
            name = f"{part.part.path} {part.part.sha256} {part.stamp}"
            if kept := self._kept.get(name):
                lines = decode(kept)
            else:
                head = msgspec.json.Decoder(type).decode
                lines = [Line(offset, len(data), head(data)) for offset, data in part.lines()]
                kept = msgspec.Raw(msgspec.msgpack.encode(lines))
                self._is_new |= is_worth_it
            if is_worth_it:
                self._now[name] = kept
            yield part, lines

    def save(self) -> None:
        """Keeps what was read now, and of other parts nothing."""
        if not self._is_new:
            return
        data = msgspec.msgpack.encode(self._now)
        half = self._place.with_suffix(".tmp")
        with suppress(OSError):
            half.write_bytes(hashlib.sha256(data).digest() + data)
            protect(half, self._index)
            half.replace(self._place)

    def _read(self) -> dict[str, msgspec.Raw]:
        with suppress(OSError, msgspec.MsgspecError):
            data = self._place.read_bytes()
            if hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
                return msgspec.msgpack.decode(data[_DIGEST:], type=dict[str, msgspec.Raw])
        return {}
