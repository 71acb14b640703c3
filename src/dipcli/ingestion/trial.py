"""Documents read, extracted and resolved at once, without an index: what `dipcli extract` prints."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dipcli import copies, dates
from dipcli.errors import DocumentError
from dipcli.ingestion.models import choose
from dipcli.ingestion.report import Said
from dipcli.records import Document, Published

if TYPE_CHECKING:
    from dipcli.mentions import Mentions
    from dipcli.resolution import Resolved


class Given(NamedTuple):
    """A document to try: what it is called, and its file or its bytes."""

    name: str
    origin: Path | bytes


class Trial(NamedTuple):
    """What was found in some documents, and of which something is to be said."""

    documents: list[Document]
    """Those that could be read, framed, each content once."""
    mentions: list[Mentions]
    resolved: Resolved
    failed: list[Said]
    notes: list[Said]


def trial(
    given: Iterable[Given], *, published: dates.Interval | None = None, model: str | None = None
) -> Trial:
    """The records of documents, which are brought together as in an index.

    `published` is taken for the date of all of them, whatever they say themselves; `model` as in
    `models.choose`. A document that cannot be read is reported, and the rest goes on. Raises
    ExtraMissing for a model that is not installed.
    """
    from dipcli import extraction
    from dipcli.extraction.frame import frame
    from dipcli.resolution import resolve

    settings = choose(model).settings
    documents: dict[str, Document] = {}
    mentions: dict[str, Mentions] = {}
    failed: list[Said] = []
    notes: list[Said] = []
    for name, origin in given:
        try:
            for read, said in _read(name, origin):
                if read.id in documents:
                    continue
                document = frame(_dated(read, published))
                mentions[document.id] = extraction.extract(document, settings)
                documents[document.id] = document
                notes += [Said(name, note) for note in (*said, *extraction.notes(document))]
        except DocumentError as error:
            failed.append(Said(name, error.message))
    signed = (
        copies.Signed(ident, documents[ident].published, found.signature) for ident, found in mentions.items()
    )
    for ident, copy_of in copies.link(signed).items():
        documents[ident] = msgspec.structs.replace(documents[ident], copy_of=copy_of)
    return Trial(
        list(documents.values()),
        list(mentions.values()),
        resolve(documents.values(), mentions.values()),
        failed,
        notes,
    )


def _read(name: str, origin: Path | bytes) -> list[tuple[Document, tuple[str, ...]]]:
    from dipcli import reading

    found = reading.read_bytes(origin, name) if isinstance(origin, bytes) else reading.read(origin, name)
    return [(read.document, read.notes) for read in found if isinstance(read, reading.Read)]


def _dated(document: Document, published: dates.Interval | None) -> Document:
    if published is None:
        return document
    given = Published(
        start=published.start.isoformat(),
        end=published.end.isoformat(),
        precision=published.precision,
        basis="given",
    )
    return msgspec.structs.replace(document, published=given)
