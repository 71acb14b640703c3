"""What every reader gives and raises."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dipcli.errors import DocumentError
from dipcli.records import Document


class Read(NamedTuple):
    """One document as it was read, and what a person should be told of the reading ("read as
    Windows-1252"); mostly nothing."""

    document: Document
    notes: tuple[str, ...] = ()


Reader = Callable[[bytes, str], Iterator[Read]]


class UnsupportedDocument(DocumentError):
    """No reader takes this kind of file: it is listed as skipped, not as failed."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def document_id(digest: str, digits: int = 12) -> str:
    """The id of the content with this SHA-256, in hexadecimal; more digits where two begin alike."""
    return f"doc-{digest[:digits]}"
