"""What differs between two indexes: events, actors and relations added, changed and gone.

A record is the same by its id; of those whose id is found in one index alone, by a passage that says both (an
event's id changes with its date). Lines that are the same are not decoded; a line that an older dipcli
wrote may say the same in another way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from dipcli.records import Actor, Event, Relation
from dipcli.summary.results import Change, FieldChange

KINDS = {"events": Event, "actors": Actor, "relations": Relation}
"""The kinds of record that are compared."""
Lines = Callable[[str], Iterable[bytes]]
"""The stored lines of a kind."""


def changes(before: Lines, after: Lines) -> Iterator[Change]:
    """What differs, by kind of record and id; the documents that did it are those of the evidence."""
    for kind, shape in KINDS.items():
        old, new = _differing(before(kind), after(kind), shape)
        renamed = _renamed(old, new)
        found = [_gone(old[ident]) for ident in old.keys() - new.keys() - renamed.keys()]
        found += [_added(new[ident]) for ident in new.keys() - old.keys() - set(renamed.values())]
        found += [_changed(old[ident], new[ident]) for ident in old.keys() & new.keys()]
        found += [_changed(old[ident], new[now]) for ident, now in renamed.items()]
        differing = (one for one in found if one.fields or one.change != "changed")
        yield from sorted(differing, key=lambda change: (change.id, change.change))


def _differing(
    before: Iterable[bytes], after: Iterable[bytes], shape: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The records of which the lines are not the same in both, by id."""
    old = set(before)
    new = []
    for line in after:
        if line in old:
            old.remove(line)
        else:
            new.append(line)
    decode = msgspec.json.Decoder(shape).decode
    return {one.id: one for one in map(decode, old)}, {one.id: one for one in map(decode, new)}


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Ids of records that are gone with those of the added ones that they have become."""
    anchored: dict[Any, str] = {}
    for ident in sorted(new.keys() - old.keys(), reverse=True):
        anchored |= dict.fromkeys(_anchors(new[ident]), ident)
    found: dict[str, str] = {}
    for ident in sorted(old.keys() - new.keys()):
        now = next((anchored[one] for one in _anchors(old[ident]) if one in anchored), None)
        if now is not None and now not in found.values():
            found[ident] = now
    return found


def _anchors(record: Any) -> list[tuple[Any, ...]]:
    """What a record is known by where its id is another: its kind of act or actor, and a passage."""
    if isinstance(record, Relation):
        return []
    sort = record.type if isinstance(record, Event) else record.kind
    return [(sort, quote.document, quote.char_start, quote.char_end) for quote in record.evidence]


def _added(record: Any) -> Change:
    return Change(
        change="added", record=_kind(record), id=record.id, name=_name(record), documents=_told(record)
    )


def _gone(record: Any) -> Change:
    return Change(
        change="gone", record=_kind(record), id=record.id, name=_name(record), documents=_told(record)
    )


def _changed(old: Any, new: Any) -> Change:
    fields = []
    for name in old.__struct_fields__:
        one, other = msgspec.to_builtins(getattr(old, name)), msgspec.to_builtins(getattr(new, name))
        if one != other:
            if name in ("evidence", "documents", "events", "roles"):
                one, other = [x for x in one if x not in other], [x for x in other if x not in one]
            fields.append(FieldChange(field=name, before=one, after=other))
    documents = sorted(set(_told(old)) ^ set(_told(new)))
    return Change(
        change="changed", record=_kind(new), id=new.id, name=_name(new), fields=fields, documents=documents
    )


def _told(record: Any) -> list[str]:
    """The documents that a record rests on."""
    named = record.documents if isinstance(record, Actor) else [quote.document for quote in record.evidence]
    return sorted(set(named))


def _kind(record: Any) -> Any:
    return record.__struct_config__.tag


def _name(record: Any) -> str:
    match record:
        case Event():
            return record.summary
        case Actor():
            return record.name
    return f"{record.subject} {record.relation} {record.object}"
