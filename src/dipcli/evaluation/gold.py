"""Gold annotation: what a careful reader found in a document, as JSON lines (docs/annotation.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from dipcli.errors import UsageError
from dipcli.records import ActorKind, EventType, Medium, Precision, Status, Struct

Quotes = Annotated[list[str], msgspec.Meta(min_length=1)]
"""Passages of the document, word for word, that are the evidence."""


class GoldError(UsageError):
    """A gold file cannot be read; the message names file and line."""


class GoldDocument(Struct, frozen=True, kw_only=True, tag="document", tag_field="record"):
    """What a document is."""

    doc: str
    published: str | None = None
    title: str | None = None
    publisher: str | None = None


class GoldEvent(Struct, frozen=True, kw_only=True, tag="event", tag_field="record"):
    """One thing that somebody did, said or took part in; actors by the names of their records."""

    doc: str
    start: str
    end: str
    precision: Precision
    type: EventType
    actors: list[str]
    recipients: list[str] = []
    place: str | None = None
    medium: Medium | None = None
    status: Status = "occurred"
    quotes: Quotes
    optional: bool = False
    """Not finding it costs nothing, and finding it gains nothing."""
    also_types: list[EventType] = []
    """Other types that are right too."""
    date_doubt: str | None = None
    """The true date where the printed one is evidently wrong."""

    def __post_init__(self) -> None:
        if date.fromisoformat(self.start) > date.fromisoformat(self.end):
            raise ValueError(f"ends ({self.end}) before it starts ({self.start})")


class GoldActor(Struct, frozen=True, kw_only=True, tag="actor", tag_field="record"):
    """A person, country or organisation that the document names."""

    doc: str
    name: str
    aliases: list[str] = []
    kind: ActorKind
    country: str | None = None
    titles: list[str] = []


class GoldRelation(Struct, frozen=True, kw_only=True, tag="relation", tag_field="record"):
    """How one actor stands to another, or which office (`object`) somebody holds."""

    doc: str
    subject: str
    relation: Literal["represents", "holds_office", "member_of", "part_of", "ally_of", "succeeds"]
    object: str
    quotes: Quotes


Gold = GoldDocument | GoldEvent | GoldActor | GoldRelation


def read(paths: Iterable[str | Path]) -> list[Gold]:
    """The records of gold files; a folder stands for the `.jsonl` files in it.

    Raises GoldError where one cannot be read, is not JSON lines, or has a record that is none.
    """
    return [record for path in paths for file in _files(Path(path)) for record in _records(file)]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.jsonl"))
    if not files:
        raise GoldError(f"{path} has no .jsonl files")
    return files


def _records(path: Path) -> Iterator[Gold]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise GoldError(f"{path} cannot be read: {error.strerror}") from error
    decode = msgspec.json.Decoder(Gold).decode
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise GoldError(
                f"{path}, line {number}: {_said(error)}",
                hint="gold files are JSON lines, described in docs/annotation.md",
            ) from error


def _said(error: Exception) -> str:
    """The error in words; what is no JSON at all is called so."""
    told = str(error)
    if isinstance(error, msgspec.ValidationError):
        return told[:1].lower() + told[1:]
    return f"is not JSON ({told})"
