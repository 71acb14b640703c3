"""Plain text and Markdown, with or without front matter. The text stays as written, markup and
front matter too; extraction looks through the one and begins below the other."""

from __future__ import annotations

from collections.abc import Iterator

from dipcli.reading import front_matter, metadata
from dipcli.reading.base import Limits, Part, Read
from dipcli.reading.encoding import decode


def read_text(part: Part, limits: Limits) -> Iterator[Read]:
    """One document of plain text."""
    yield _read(part, "text/plain")


def read_markdown(part: Part, limits: Limits) -> Iterator[Read]:
    """One document of Markdown."""
    yield _read(part, "text/markdown")


def _read(part: Part, media_type: str) -> Read:
    text, notes = decode(part.data)
    own, spans = front_matter.metadata(text)
    return metadata.read(part, text, media_type, own, notes=notes, spans=spans)
