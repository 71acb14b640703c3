"""gzip, bzip2, xz and zstd: not containers but wrappings, taken off until something else appears."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple

from dipcli.errors import DocumentError
from dipcli.reading.containers.stream import Budget, head_of, unpacked

MEMORY = 128 << 20
"""Bytes of memory that a packer's window may take."""
_BLOCK = 65_536
_FEW = 1_024


class _Members:
    """The members of a file, one after the other, by decompressors of the standard library's kind."""

    def __init__(self, file: BinaryIO, start: Callable[[], Any]) -> None:
        self._file = file
        self._start = start
        self._packer = start()
        self._begun = False

    def read(self, count: int) -> bytes:
        while True:
            if self._packer.eof:
                rest = self._packer.unused_data or self._file.read(_BLOCK)
                if not rest.strip(b"\0"):
                    return b""
                self._packer = self._start()
            elif self._packer.needs_input:
                rest = self._file.read(_BLOCK)
                if not rest:
                    raise EOFError("it is cut off")
            else:
                rest = b""
            if data := self._packer.decompress(rest, count):
                return bytes(data)


def _gzip(file: BinaryIO) -> Any:
    return gzip.GzipFile(fileobj=file, mode="rb")


def _bzip2(file: BinaryIO) -> Any:
    return _Members(file, bz2.BZ2Decompressor)


def _xz(file: BinaryIO) -> Any:
    return _Members(file, lambda: lzma.LZMADecompressor(memlimit=MEMORY))


def _zstd(file: BinaryIO) -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise DocumentError("zstd needs dipcli[archives]: pip install 'dipcli[archives]'") from error
    return _Zstd(zstandard, file)


class _Zstd:
    """Frame after frame. A few packed bytes at a time: the library does not limit what they become."""

    def __init__(self, library: Any, file: BinaryIO) -> None:
        self._error = library.ZstdError
        self._start = library.ZstdDecompressor(max_window_size=MEMORY).decompressobj
        self._file = file
        self._frame = self._start()
        self._ready = memoryview(b"")

    def read(self, count: int) -> bytes:
        while not self._ready:
            packed = (self._frame.eof and self._frame.unused_data) or self._file.read(_FEW)
            if not packed:
                if self._frame.eof:
                    return b""
                raise EOFError("it is cut off")
            if self._frame.eof:
                self._frame = self._start()
            try:
                self._ready = memoryview(self._frame.decompress(packed))
            except self._error as error:
                raise DocumentError(f"is damaged: {error}") from error
        data, self._ready = self._ready[:count], self._ready[count:]
        return bytes(data)


class _Packing(NamedTuple):
    magic: bytes
    suffixes: tuple[str, ...]
    open: Callable[[BinaryIO], Any]


PACKINGS = (
    _Packing(b"\x1f\x8b\x08", (".gz", ".tgz"), _gzip),
    _Packing(b"BZh", (".bz2", ".tbz2"), _bzip2),
    _Packing(b"\xfd7zXZ\x00", (".xz", ".txz"), _xz),
    _Packing(b"\x28\xb5\x2f\xfd", (".zst", ".tzst"), _zstd),
)


class Bare(NamedTuple):
    """A file without its wrappings: its first bytes, itself, and how many were taken off."""

    head: bytes
    file: BinaryIO
    layers: int


def bare(file: BinaryIO, budget: Budget, nesting: int) -> Bare:
    """Takes off at most `nesting` wrappings. Raises `DocumentError`; so does reading."""
    for layers in range(nesting + 1):
        head, file = head_of(file)
        packing = next((one for one in PACKINGS if head.startswith(one.magic)), None)
        if packing is None:
            return Bare(head, file, layers)
        file = unpacked(packing.open(file), budget)
    raise DocumentError(f"is packed more than {nesting} times over")
