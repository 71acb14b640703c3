"""Documents read, extracted and resolved at once, without an index: what `dipcli extract` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dipcli import copies, dates
from dipcli.errors import DocumentError
from dipcli.ingestion.models import choose
from dipcli.ingestion.report import Said
from dipcli.ingestion.work import opening
from dipcli.records import Document, Published

if TYPE_CHECKING:
    from dipcli.mentions import Mentions
    from dipcli.reading import Part
    from dipcli.reading.containers import Remark
    from dipcli.resolution import Resolved


class Given(NamedTuple):
    """A document, or a file that holds some, to try: what it is called, and its file or its bytes."""

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
    from dipcli import extraction, reading
    from dipcli.extraction.frame import frame
    from dipcli.reading.containers import Remark
    from dipcli.resolution import resolve

    settings = choose(model).settings
    documents: dict[str, Document] = {}
    mentions: dict[str, Mentions] = {}
    failed: list[Said] = []
    notes: list[Said] = []
    for part in _parts(given):
        if isinstance(part, Remark):
            (notes if part.how == "note" else failed).append(Said(part.name, part.what))
            continue
        try:
            for read in reading.read_part(part):
                assert isinstance(read, reading.Read)
                if read.document.id in documents:
                    continue
                document = frame(_dated(read.document, published))
                mentions[document.id] = extraction.extract(document, settings)
                documents[document.id] = document
                notes += [Said(part.name, note) for note in (*read.notes, *extraction.notes(document))]
        except DocumentError as error:
            failed.append(Said(part.name, error.message))
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


def _parts(given: Iterable[Given]) -> Iterator[Part | Remark]:
    """The documents given, and those in them; and what is to be said of one that cannot be had."""
    from dipcli.reading import HEAD, LIMITS, Part
    from dipcli.reading.containers import Remark, expand, holds_parts

    for name, origin in given:
        try:
            with opening(origin) if isinstance(origin, Path) else BytesIO(origin) as file:
                is_container = holds_parts(file.read(HEAD), name)
                packed = file.seek(0, SEEK_END)
                file.seek(0)
                if is_container:
                    yield from expand(file, name, packed, LIMITS, {})
                else:
                    media_type = None if isinstance(origin, Path) else "text/plain"
                    yield Part(name, file.read(LIMITS.bytes + 1), media_type)
        except DocumentError as error:
            yield Remark(name, error.message, "failed")


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
