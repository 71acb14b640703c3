"""The fields of each kind of row: what `--fields` accepts and what CSV and TSV have as columns.

A field's value is what JSON shows; `flat` is the same value in one cell. Fields that a record does
not have itself are derived here (`date`, `countries`, `documents`, …). `COLUMNS` are the columns of
CSV and TSV when none are asked for, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from dipcli import dates
from dipcli.errors import UnknownValue, suggestion
from dipcli.records import (
    RECORDS,
    CopyOf,
    Correction,
    Doubt,
    Event,
    Evidence,
    Note,
    Participant,
    Place,
    Published,
    Record,
    Role,
    Struct,
)

Get = Callable[[Any], Any]

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md")
SEPARATOR = "; "


def unique(values: Iterable[str | None]) -> list[str]:
    """The values that are there, each once, in order."""
    return list(dict.fromkeys(value for value in values if value))


def participants(event: Event) -> list[Participant]:
    """Everybody in an event, actors first."""
    return [*event.actors, *event.recipients]


def event_date(event: Event) -> str:
    """When, as people write it, at the precision known; empty where unknown, `?` where doubted."""
    if event.start is None or event.end is None:
        return ""
    doubted = any(doubt.field in ("start", "end", "date") for doubt in event.doubts)
    return dates.format_interval(event.start, event.end, event.precision) + "?" * doubted


def published_date(document: Any) -> str:
    """When a document was published, as people write it; empty where unknown."""
    published: Published | None = document.published
    if published is None:
        return ""
    return dates.format_interval(published.start, published.end, published.precision)


def _evidence_documents(record: Any) -> list[str]:
    return unique(evidence.document for evidence in record.evidence)


DERIVED: dict[str, dict[str, Get]] = {
    "events": {
        "date": event_date,
        "countries": lambda event: unique(someone.country for someone in participants(event)),
        "actor_ids": lambda event: [actor.id for actor in event.actors],
        "recipient_ids": lambda event: [recipient.id for recipient in event.recipients],
        "place_country": lambda event: event.place and event.place.country,
        "documents": _evidence_documents,
    },
    "actors": {
        "titles": lambda actor: unique(role.title for role in actor.roles),
        "document_count": lambda actor: len(actor.documents),
    },
    "relations": {"documents": _evidence_documents},
    "documents": {
        "date": published_date,
        "basis": lambda document: document.published and document.published.basis,
        "likeness": lambda document: document.copy_of and document.copy_of.likeness,
    },
    "search": {},
    "conflicts": {
        "a": lambda conflict: conflict.a.value,
        "b": lambda conflict: conflict.b.value,
        "a_quote": lambda conflict: conflict.a.evidence and conflict.a.evidence.text,
        "b_quote": lambda conflict: conflict.b.evidence and conflict.b.evidence.text,
        "a_source": lambda conflict: where(conflict.a),
        "b_source": lambda conflict: where(conflict.b),
        "settled": lambda conflict: conflict.settled and conflict.settled.chosen,
    },
    "decisions": {},
    "verdicts": {
        "quotes": lambda verdict: [side.evidence.text for side in verdict.sources],
        "sources": lambda verdict: [where(side) for side in verdict.sources],
    },
}
COLUMNS: dict[str, str] = {
    "events": "id start end precision type mode contexts cameo quad score goldstein status certainty "
    "asserted_by occasion actors recipients countries place place_country medium summary documents "
    "doubts origin confidence sources actor_ids recipient_ids reviewed corrections tags notes",
    "actors": "id name aliases kind country titles event_count document_count documents tags notes",
    "relations": "id subject relation object label since until first_seen last_seen count by_type documents tags notes",
    "documents": "id path title publisher authors published basis language copy_of likeness media_type sha256 "
    "paths updated address translates origins tags notes",
    "search": "document title char_start char_end text date events score",
    "conflicts": "id rule severity field a b reason a_quote a_source b_quote b_source events actors documents settled",
    "decisions": "id decision at by about value why state said records",
    "verdicts": "verdict line text fields said told reason events quotes sources",
}


def where(side: Any) -> str:
    """Where a side of a conflict is told: the document's title, and the line; empty without evidence."""
    return ", ".join(unique([side.title, side.evidence.locator])) if side.evidence else ""


def record_type(kind: str) -> type[Record]:
    """The type of the records of a kind: `events` gives Event."""
    return RECORDS[kind.removesuffix("s")]


def getters(kind: str) -> dict[str, Get]:
    """Every field of a kind of row by name: the record's own in its order, then the derived ones."""
    shape = RECORDS.get(kind.removesuffix("s"))
    names = shape.__struct_fields__ if shape else COLUMNS[kind].split()
    return {name: attrgetter(name) for name in names} | DERIVED[kind]


class Source(Struct, frozen=True, kw_only=True):
    """A document beside a row (`--with-sources`)."""

    document: str
    title: str | None
    publisher: str | None
    date: str | None
    """Of publication: a day, or an interval as `A/B`."""


def documents_of(kind: str, record: Any) -> list[str]:
    """Ids of the documents that a row rests on."""
    if kind == "documents":
        return [record.id]
    if kind == "search":
        return unique([record.document])
    return list(record.documents) if kind in ("actors", "conflicts") else _evidence_documents(record)


def choose(kind: str, names: Iterable[str] | None) -> dict[str, Get]:
    """The fields asked for, in the order asked; without names those of CSV and TSV.

    Raises UnknownValue where a name is not a field.
    """
    known = getters(kind)
    chosen = COLUMNS[kind].split() if names is None else list(names)
    for name in chosen:
        if name not in known:
            hint = "--with-sources adds them" if name == "sources" else suggestion(name, known)
            raise UnknownValue(f"unknown field '{name}'", hint=hint)
    return {name: known[name] for name in chosen}


def flat(value: Any) -> str:
    """A field's value as the text of one cell; lists are joined by `; `."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return SEPARATOR.join(map(flat, value))
    if isinstance(value, Mapping):
        return SEPARATOR.join(f"{key} {flat(count)}" for key, count in value.items())
    shown = _FLAT.get(type(value))
    return shown(value) if shown else str(value)


def _doubt(doubt: Doubt) -> str:
    other = f" {doubt.alternative}" if doubt.alternative else ""
    return f"{doubt.field}{other}: {doubt.reason}"


def _source(source: Source) -> str:
    about = ", ".join(unique([source.publisher, source.date]))
    return f"{source.title or source.document} ({about})" if about else source.title or source.document


_FLAT: dict[type, Callable[[Any], str]] = {
    Participant: lambda someone: someone.name,
    Place: lambda place: place.name,
    Evidence: lambda evidence: evidence.text,
    Role: lambda role: role.title,
    Doubt: _doubt,
    Correction: lambda one: f"{one.field} (documents: {one.told or 'none'}; by {one.by})",
    Note: lambda note: f"{note.text} ({note.by})",
    CopyOf: lambda copied: copied.document,
    Source: _source,
    Published: lambda published: (
        published.start if published.start == published.end else f"{published.start}/{published.end}"
    ),
}
