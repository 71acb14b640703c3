"""`dipcli extract`: the records of documents, without an index."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dipcli import dates
from dipcli.cli.options import MODEL, OUTPUT, Argument, Option, command
from dipcli.cli.query import choose_view, show
from dipcli.errors import Exit, UnknownValue, UsageError, suggestion
from dipcli.output import fields, terminal
from dipcli.query.selection import DATE_FIELD, Row, Selection, arrangement, sort_field, sort_key

if TYPE_CHECKING:
    from dipcli.ingestion.trial import Given, Trial
    from dipcli.records import Document

KINDS = ("events", "actors", "relations")


def _extract(
    files: tuple[str, ...],
    published: str | None,
    name: str | None,
    kind: str | None,
    model: str | None,
    **values: Any,
) -> Exit:
    kind = kind or "events"
    if kind not in KINDS:
        raise UnknownValue(f"--kind cannot be '{kind}'", hint=suggestion(kind, KINDS))
    chosen = choose_view(kind, {**values, "model": model})
    printed = dates.option(published, dates.now()) if published is not None else None
    given = _given(files, name)
    from dipcli.ingestion.models import choose
    from dipcli.ingestion.trial import trial

    if note := choose(chosen.settings.model).note:
        terminal.note(note)
    tried = trial(given, published=printed, model=chosen.settings.model)
    for said in (*tried.failed, *tried.notes):
        terminal.note(f"{said.path} {said.what}")
    if not tried.documents:
        return Exit.ERROR
    found = show(
        kind,
        _selection(kind, tried, values["sort"], bool(values["reverse"]), chosen.limit),
        chosen,
        count=bool(values["count"]),
        extra={"sources": _sources(kind, tried.documents)} if values["with_sources"] else {},
        names=lambda: {actor.id: actor.name for actor in tried.resolved.actors},
    )
    if tried.failed:
        return Exit.PARTIAL
    return Exit.OK if found else Exit.NOTHING


def _given(files: tuple[str, ...], name: str | None) -> list[Given]:
    from dipcli.ingestion.trial import Given

    if name is not None and "-" not in files:
        raise UsageError("--name is for a document on standard input", hint="dipcli extract - --name NAME")
    if "" in files:
        raise UsageError("a path is empty", hint="name a file, or - for standard input")
    stdin = sys.stdin.buffer.read() if "-" in files and sys.stdin is not None else b""
    return [
        Given(name or "stdin", stdin) if file == "-" else Given(file, Path(file))
        for file in dict.fromkeys(files)
    ]


def _selection(kind: str, tried: Trial, sort: str | None, reverse: bool, limit: int | None) -> Selection:
    """The records as rows: events by date, the undated last, the others by id; or sorted as asked."""
    records: list[Any] = list(getattr(tried.resolved, kind))
    if kind == "events":
        records.sort(key=lambda event: (event.start is None, event.start or "", event.id))
    field = sort_field(sort, fields.record_type(kind).__struct_fields__, DATE_FIELD.get(kind))
    rows = (
        Row(
            msgspec.json.encode(record),
            lambda raw: msgspec.json.decode(raw, type=fields.record_type(kind)),
            key=sort_key(getattr(record, field)) if field else None,
        )
        for record in records
    )
    return Selection(kind, rows, limit=limit, arrange=arrangement(field, reverse, limit))


def _sources(kind: str, documents: list[Document]) -> fields.Get:
    known = {
        document.id: fields.Source(
            document=document.id,
            title=document.title,
            publisher=document.publisher,
            date=fields.flat(document.published) or None,
        )
        for document in documents
    }
    return lambda record: [known[ident] for ident in fields.documents_of(kind, record)]


COMMANDS = {
    "extract": command(
        "extract",
        "Print the records of documents without an index, to try a sentence or a text.",
        [
            Argument("FILES", "Files; - is standard input.", many=True),
            Option("--published", "When they were published: dates without a year lean on it.", "DATE"),
            Option("--name", "What the document on standard input is called.", "NAME"),
            Option("--kind", f"What to print: {', '.join(KINDS)}; else events.", "KIND"),
            MODEL,
            *OUTPUT,
        ],
        _extract,
    )
}
