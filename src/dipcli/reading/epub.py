"""EPUB: the chapters of a book in the order of its spine, as one document."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from dipcli.errors import DocumentError
from dipcli.reading import blocks, metadata
from dipcli.reading.base import Limits, Part, Read
from dipcli.reading.families import EPUB
from dipcli.reading.metadata import told
from dipcli.reading.packages import Package, properties
from dipcli.records import Told

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
RIGHTS = "META-INF/rights.xml"


def read_epub(part: Part, limits: Limits) -> Iterator[Read]:
    """One document. Raises `DocumentError` where it is damaged, protected, or has no text.

    A chapter that is no XML is left out, and a note says so.
    """
    package = Package(part.data, "EPUB", limits)
    place = next((_attribute(one, "full-path") for one in _all(package.xml(CONTAINER), "rootfile")), "")
    book = package.xml(place)
    if RIGHTS in package.names and ENCRYPTION in package.names:
        raise DocumentError("is protected against copying")
    lines: list[str] = []
    bad: list[str] = []
    for name in _spine(book, posixpath.dirname(place)):
        if name not in package.names:
            continue
        try:
            chapter = package.xml(name)
        except DocumentError:
            bad.append(name)
            continue
        for body in _all(chapter, "body"):
            lines += blocks.lines(body)
    text = blocks.join(lines)
    if not text:
        raise DocumentError("is a book without text" + (" that can be read" if bad else ""))
    notes = (f"left out, for they cannot be read: {', '.join(bad[:10])}",) if bad else ()
    yield metadata.read(part, text, EPUB, _own(book), notes=notes)


def _spine(book: Any, folder: str) -> Iterator[str]:
    """The names of the chapters in their order."""
    items = {_attribute(item, "id"): item for item in _all(book, "item")}
    for reference in _all(book, "itemref"):
        item = items.get(_attribute(reference, "idref"))
        if item is not None and "html" in _attribute(item, "media-type"):
            yield posixpath.normpath(posixpath.join(folder, unquote(_attribute(item, "href"))))


def _own(book: Any) -> tuple[Told, ...]:
    """What the book's package document says."""
    found = properties(book, ("title", "creator", "publisher", "date", "language", "source"))
    return (
        told("EPUB: title", title=found["title"][:1])
        + told("EPUB: creator", authors=found["creator"])
        + told("EPUB: publisher", publisher=found["publisher"][:1])
        + told("EPUB: date", published=found["date"][:1])
        + told("EPUB: language", language=found["language"][:1])
        + told("EPUB: source", address=found["source"][:1])
    )


def _all(root: Any, name: str) -> Iterator[Any]:
    """The elements of a name, whatever its name space."""
    return (one for one in root.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name)


def _attribute(element: Any, name: str) -> str:
    return str(element.get(name) or "")
