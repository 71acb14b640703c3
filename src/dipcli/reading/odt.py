"""ODT: paragraphs, headings, lists and tables of an OpenDocument text."""

from __future__ import annotations

from collections.abc import Iterator

from dipcli.errors import DocumentError
from dipcli.reading import blocks, metadata
from dipcli.reading.base import Limits, Part, Read
from dipcli.reading.families import ODT
from dipcli.reading.metadata import FILE, told
from dipcli.reading.packages import Package
from dipcli.records import Told

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"


def read_odt(part: Part, limits: Limits) -> Iterator[Read]:
    """One document. Raises `DocumentError` where it is damaged or has no text."""
    package = Package(part.data, "ODT", limits)
    body = next(package.xml("content.xml").iter(TEXT), None)
    text = "" if body is None else blocks.text(body)
    if not text:
        raise DocumentError("is an OpenDocument text without text")
    yield metadata.read(part, text, ODT, _own(package))


def _own(package: Package) -> tuple[Told, ...]:
    """What meta.xml says."""
    wanted = ("title", "initial-creator", "creator", "creation-date", "date", "language")
    found = package.properties("meta.xml", *wanted)
    return (
        told("ODT: title", title=found["title"][:1])
        + told("ODT: initial-creator", authors=found["initial-creator"][:1])
        + told("ODT: creator", authors=found["creator"][:1])
        + told(f"{FILE}: creation-date", published=found["creation-date"][:1])
        + told(f"{FILE}: date", updated=found["date"][:1])
        + told("ODT: language", language=found["language"][:1])
    )
