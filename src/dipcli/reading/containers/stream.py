"""Bytes that are read once, forwards, and counted: what a container holds is never all in memory.

Whatever is unpacked goes through `unpacked`, which holds it to a `Budget` (a bomb ends there) and turns
the many errors of damaged data into one.
"""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

from dipcli.errors import DocumentError
from dipcli.reading.base import Limits, size

HEAD = 65_536
"""Bytes from the beginning by which the kind of a file is told."""
FREE = 50_000_000
"""Bytes that anything may unpack to, whatever its ratio."""
DAMAGE = (
    *(EOFError, OSError, ValueError, RuntimeError, NotImplementedError),
    *(zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile),
)
"""What unpackers raise where data are not as they should be."""
_BLOCK = 65_536


class TooMuch(DocumentError):
    """What a file unpacks to is beyond its limits: all reading of it ends."""


class Budget:
    """How much one file may still give, all that is in it together."""

    def __init__(self, limits: Limits, packed: int) -> None:
        self.limits = limits
        self._allowed = min(limits.expanded, max(FREE, limits.ratio * packed))
        self._bytes = 0
        self._parts = 0

    def spend(self, count: int) -> None:
        """Raises `TooMuch`."""
        self._bytes += count
        if self._bytes <= self._allowed:
            return
        if self._bytes > self.limits.expanded:
            raise TooMuch(f"unpacks to more than {size(self.limits.expanded)}")
        raise TooMuch(f"unpacks to more than {self.limits.ratio} times its size, as no documents do")

    def part(self) -> None:
        """Counts one more file inside. Raises `TooMuch`."""
        self._parts += 1
        if self._parts > self.limits.parts:
            raise TooMuch(f"has more than {self.limits.parts:,} parts")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Chain(io.RawIOBase):
    """Some bytes, then what `read` gives."""

    def __init__(self, first: bytes, read: Callable[[int], bytes]) -> None:
        self._first = memoryview(first)
        self._read = read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        into = memoryview(cast(bytearray, buffer)).cast("B")
        data: memoryview | bytes
        if self._first:
            data, self._first = self._first[: len(into)], self._first[len(into) :]
        else:
            data = self._read(len(into))
        into[: len(data)] = data
        return len(data)


def unpacked(inner: _Readable, budget: Budget | None) -> BinaryIO:
    """What `inner` unpacks, counted if there is a budget. Reading raises `DocumentError` where it is
    damaged, and `TooMuch`."""

    def read(count: int) -> bytes:
        try:
            data = inner.read(count)
        except DocumentError:
            raise
        except DAMAGE as error:
            raise DocumentError(f"is damaged: {error}") from error
        if budget:
            budget.spend(len(data))
        return data

    return io.BufferedReader(_Chain(b"", read), _BLOCK)


def head_of(file: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a file, and the file with them still to be read."""
    head = file.read(HEAD)
    if file.seekable():
        file.seek(-len(head), io.SEEK_CUR)
        return head, file
    return head, io.BufferedReader(_Chain(head, file.read), _BLOCK)


def whole(file: BinaryIO, limits: Limits) -> bytes:
    """All bytes of a file. Raises `DocumentError` where there are too many."""
    data = file.read(limits.bytes + 1)
    if len(data) > limits.bytes:
        raise DocumentError(f"is larger than {size(limits.bytes)}")
    return data


def seekable(file: BinaryIO, limits: Limits) -> BinaryIO:
    """The file itself, or its bytes, where it can only be read forwards."""
    return file if file.seekable() else io.BytesIO(whole(file, limits))
