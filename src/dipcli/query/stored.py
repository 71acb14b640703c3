"""Stored lines as the query package sees them: where they come from, and how they are decoded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Protocol

import msgspec

from dipcli.errors import IndexFormatError
from dipcli.records import Actor, Document, Event, Record, Relation

RECORD: dict[str, type[Record]] = {
    "events": Event,
    "actors": Actor,
    "relations": Relation,
    "documents": Document,
}


class Snapshot(Protocol):
    """One consistent state of an index: stored JSON lines by kind, in stored order."""

    def raw(self, kind: str) -> Iterator[bytes]: ...

    def __hash__(self) -> int: ...


def cache_of(snapshot: Snapshot) -> Any:
    """What makes queries on the snapshot fast; None where it has nothing of the kind."""
    return getattr(snapshot, "cache", None)


def without_cache(snapshot: Snapshot) -> list[str]:
    """Why a large index is asked without its cache, where a person should know."""
    note = getattr(snapshot, "cache_note", None)
    return [note] if note else []


def reader(kind: str, view: Any = None) -> Callable[[bytes], Any]:
    """A function from a line of a kind to its record, or to a `view` of it.

    It raises IndexFormatError at a line that is no such record.
    """
    decode = msgspec.json.Decoder(view or RECORD[kind]).decode

    def read(raw: bytes) -> Any:
        try:
            return decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise IndexFormatError(
                f"the index is damaged: a line of its {kind} cannot be read: {error}",
                hint="ingest the documents again into a new index",
            ) from error

    return read


@lru_cache(maxsize=256)
def view_of(kind: str, fields: frozenset[str]) -> Any:
    """A struct of some fields of a record: decoding to it skips the rest."""
    known = [_viewed(known) for known in msgspec.structs.fields(RECORD[kind]) if known.name in fields]
    return msgspec.defstruct(f"{kind.title()}View", known, frozen=True, kw_only=True)


def _viewed(field: msgspec.structs.FieldInfo) -> tuple[str, Any] | tuple[str, Any, Any]:
    """A field of a view; one that an older index lacks has its default."""
    if field.required:
        return field.name, field.type
    if field.default_factory is not msgspec.NODEFAULT:
        return field.name, field.type, msgspec.field(default_factory=field.default_factory)
    return field.name, field.type, field.default


def view_reader(kind: str, *fields: str) -> Callable[[bytes], Any]:
    """`reader` of a line's named fields alone."""
    return reader(kind, view_of(kind, frozenset(fields)))
