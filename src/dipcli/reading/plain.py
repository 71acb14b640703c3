"""Plain text and Markdown, with or without front matter. The text stays as written, markup and
front matter too; extraction looks through the one and begins below the other."""

from __future__ import annotations

from collections.abc import Iterator

from dipcli.reading import front_matter
from dipcli.reading.base import Read, document_id, sha256
from dipcli.reading.encoding import decode
from dipcli.records import Document


def read_text(data: bytes, name: str) -> Iterator[Read]:
    """One document of plain text."""
    yield _read(data, name, "text/plain")


def read_markdown(data: bytes, name: str) -> Iterator[Read]:
    """One document of Markdown."""
    yield _read(data, name, "text/markdown")


def _read(data: bytes, name: str, media_type: str) -> Read:
    text, notes = decode(data)
    digest = sha256(data)
    identifier = document_id(digest)
    metadata = front_matter.metadata(text, identifier)
    document = Document(
        id=identifier,
        path=name,
        paths=[name],
        sha256=digest,
        media_type=media_type,
        title=metadata.title,
        publisher=metadata.publisher,
        authors=metadata.authors,
        published=metadata.published,
        language=metadata.language,
        text=text,
    )
    return Read(document, notes + metadata.notes)
