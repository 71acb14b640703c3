"""A file or a stream of bytes -> documents: one module a family of formats, one interface for all.

`families` tells which reader takes a file; a reader takes a `Part` and yields what it read: one `Read`
for a document, `Part`s for a container. `metadata` settles what is known of a document, and by whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from dipcli.errors import DocumentError
from dipcli.reading.base import (
    LIMITS,
    Limits,
    Part,
    Read,
    Reader,
    UnsupportedDocument,
    document_id,
    size,
)
from dipcli.reading.bounds import within
from dipcli.reading.families import HEAD, SUFFIXES, reader, recognise
from dipcli.records import Told

__all__ = [
    "AS_WRITTEN",
    "HEAD",
    "LIMITS",
    "SUFFIXES",
    "VERSION",
    "Limits",
    "Part",
    "Read",
    "Reader",
    "UnsupportedDocument",
    "document_id",
    "read",
    "read_bytes",
    "read_part",
    "recognise",
]

AS_WRITTEN = ("text/plain", "text/markdown")
"""Media types whose document has for its text all that was read, so that it can be read again."""
VERSION = 2
"""Raised when the same file would give another document; part of the fingerprint of what extracts."""


def read(
    path: Path, name: str, *, given: Sequence[Told] = (), limits: Limits = LIMITS
) -> Iterator[Read | Part]:
    """What is in a file; `name` is what it is called in the index (`Document.path`).

    Raises `UnsupportedDocument` for a kind that no family reads, `DocumentError` for a file that
    cannot be read, is empty, is damaged, or is over a limit. Messages do not name the file: whoever
    asked knows it.
    """
    try:
        if not path.exists():
            raise DocumentError("does not exist")
        if not path.is_file():
            raise DocumentError("is a folder" if path.is_dir() else "is not a regular file")
        with path.open("rb") as file:
            data = file.read(limits.bytes + 1)
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from error
    yield from read_part(Part(name, data, None, tuple(given)), limits)


def read_bytes(
    data: bytes, name: str, *, given: Sequence[Told] = (), limits: Limits = LIMITS
) -> Iterator[Read | Part]:
    """What is in bytes that came from a stream; without a suffix they are plain text, unless they are
    certainly something else. Raises as `read` does."""
    media_type = None if PurePath(name).suffix else "text/plain"
    yield from read_part(Part(name, data, media_type, tuple(given)), limits)


def read_part(part: Part, limits: Limits = LIMITS) -> Iterator[Read | Part]:
    """What is in a part: its one document, or the parts in it. Raises as `read` does."""
    if len(part.data) > limits.bytes:
        raise DocumentError(f"is larger than {size(limits.bytes)}")
    yield from within(limits, reader(recognise(part.name, part.data, part.media_type))(part, limits))
