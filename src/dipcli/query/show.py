"""One record by the beginning of its id, the words around its evidence, and the sources of a row."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from dipcli.errors import AmbiguousName, NotFound
from dipcli.query.filters import KINDS
from dipcli.query.stored import Snapshot, reader, view_reader
from dipcli.records import Document, Evidence, Record

_LISTED = 10


def find_record(snapshot: Snapshot, ident: str) -> Record:
    """The event, actor, relation or document whose id this is, or the only one whose id begins so, or
    the one that had this id before something was decided.

    Raises AmbiguousName where several begin so, NotFound where none does.
    """
    sought = ident.strip()
    begin: dict[str, tuple[str, bytes]] = {}
    former: dict[str, tuple[str, bytes]] = {}
    needle = sought.encode(errors="surrogateescape")
    for kind in KINDS:
        read_id = view_reader(kind, "id", "former_ids")
        for raw in snapshot.raw(kind):
            if needle not in raw:
                continue
            found = read_id(raw)
            if found.id == sought:
                return _record(kind, raw)
            if found.id.startswith(sought):
                begin[found.id] = (kind, raw)
            elif sought in getattr(found, "former_ids", ()):
                former[found.id] = (kind, raw)
    begin = former or begin
    if not sought or not begin:
        raise NotFound(
            f"no event, actor, relation or document has an id that begins with '{ident}'",
            hint="ids are in the column ID, or: `dipcli events --fields id,summary`, `dipcli actors --fields id,name`",
        )
    if len(begin) > 1:
        more = [f"and {len(begin) - _LISTED} more"] if len(begin) > _LISTED else []
        raise AmbiguousName(
            f"'{ident}' was the id of {len(begin)} records"
            if former
            else f"'{ident}' is the beginning of {len(begin)} ids",
            candidates=[*list(begin)[:_LISTED], *more],
            hint="name one of them" if former else "give more of the id",
        )
    return _record(*next(iter(begin.values())))


def _record(kind: str, raw: bytes) -> Record:
    found: Record = reader(kind)(raw)
    return found


class Context(msgspec.Struct):
    """A quote and what stands around it in its document."""

    before: str
    quote: str
    after: str
    locator: str | None
    title: str
    """The document's title, or its path where it has none."""
    document: str
    """The document's id."""


def context(snapshot: Snapshot, evidence: Evidence, width: int = 160) -> Context:
    """The evidence with up to `width` code points on either side, cut at words, within its paragraph."""
    return around(_document(snapshot, evidence.document), evidence, width)


def around(document: Document, evidence: Evidence, width: int) -> Context:
    """`context` of evidence in its document."""
    text, start, end = document.text, evidence.char_start, evidence.char_end
    before = text[max(0, start - width) : start]
    after = text[end : end + width]
    if start > width and not text[start - width - 1].isspace():
        before = before[before.find(" ") + 1 :]
    if end + width < len(text) and not text[end + width].isspace():
        after = after[: after.rfind(" ") + 1]
    return Context(
        before.rpartition("\n\n")[2].lstrip(),
        text[start:end],
        after.partition("\n\n")[0].rstrip(),
        evidence.locator,
        document.title or document.path,
        document.id,
    )


@lru_cache(maxsize=8)
def _document(snapshot: Snapshot, ident: str) -> Document:
    needle = ident.encode()
    read = reader("documents")
    for raw in snapshot.raw("documents"):
        if needle in raw[:200]:
            document: Document = read(raw)
            if document.id == ident:
                return document
    raise NotFound(f"no document '{ident}'")


class Source(NamedTuple):
    """What tells a reader which document it was."""

    id: str
    title: str | None
    publisher: str | None
    date: str | None
    """When it was published, ISO, `A/B` where that is an interval."""
    precision: str | None
    address: str
    """Its URL, else its path."""


def sources(snapshot: Snapshot) -> dict[str, Source]:
    """The documents' titles, publishers, dates and addresses by id, without their text."""
    read = view_reader("documents", "id", "title", "publisher", "published", "address", "path")
    return {document.id: _source(document) for document in map(read, snapshot.raw("documents"))}


def _source(document: Any) -> Source:
    published = document.published
    address = document.address or document.path
    if published is None:
        return Source(document.id, document.title, document.publisher, None, None, address)
    date = published.start if published.start == published.end else f"{published.start}/{published.end}"
    return Source(document.id, document.title, document.publisher, date, published.precision, address)
