"""A file or a stream of bytes -> documents: one module a family of formats, one interface for all.

A family is a `Reader`: it takes the bytes and the name of a file and yields what it read. `FAMILIES`
tells which suffix belongs to which. A file yields one document or, for a container, several.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath

from dipcli.errors import DocumentError
from dipcli.reading import plain
from dipcli.reading.base import Read, Reader, UnsupportedDocument, document_id

__all__ = ["MAX_BYTES", "SUFFIXES", "Read", "UnsupportedDocument", "document_id", "read", "read_bytes"]

MAX_BYTES = 50_000_000

FAMILIES: dict[str, Reader] = {
    ".txt": plain.read_text,
    ".text": plain.read_text,
    ".md": plain.read_markdown,
    ".markdown": plain.read_markdown,
}
SUFFIXES = frozenset(FAMILIES)


def read(path: Path, name: str, *, max_bytes: int = MAX_BYTES) -> Iterator[Read]:
    """The documents of a file; `name` is what they are called in the index (`Document.path`).

    Raises `UnsupportedDocument` for a suffix that no family reads, `DocumentError` for a file that
    cannot be read, is empty, is not text, or has more than `max_bytes` bytes. Messages do not name
    the file: whoever asked knows it.
    """
    try:
        if not path.exists():
            raise DocumentError("does not exist")
        if not path.is_file():
            raise DocumentError("is a folder" if path.is_dir() else "is not a regular file")
        reader = _reader(path.suffix)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from error
    _check_size(data, max_bytes)
    yield from reader(data, name)


def read_bytes(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Iterator[Read]:
    """The documents of bytes that came from a stream. A name without a suffix is plain text.

    Raises as `read` does.
    """
    suffix = PurePath(name).suffix
    reader = _reader(suffix) if suffix else plain.read_text
    _check_size(data, max_bytes)
    yield from reader(data, name)


def _reader(suffix: str) -> Reader:
    reader = FAMILIES.get(suffix.lower())
    if reader is None:
        known = ", ".join(sorted(FAMILIES))
        what = f"is of a kind that is not read ({suffix})" if suffix else "has no suffix that tells its kind"
        raise UnsupportedDocument(what, hint=f"these are read: {known}")
    return reader


def _check_size(data: bytes, max_bytes: int) -> None:
    if len(data) > max_bytes:
        raise DocumentError(f"is larger than {_size(max_bytes)}")


def _size(count: int) -> str:
    """A count of bytes for people: `50 MB`, `1.5 kB`, `10 bytes`."""
    for unit, factor in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= factor:
            return f"{count / factor:g} {unit}"
    return f"{count} bytes"
