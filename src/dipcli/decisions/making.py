"""Decisions made from records of an index: anchored in their words, checked, named, dated, signed."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from msgspec.structs import replace

from dipcli.decisions import values
from dipcli.decisions.file import identified
from dipcli.decisions.types import KINDS, About, Decision, Quote, RecordName, Subject
from dipcli.errors import DecisionsError, UnknownValue, suggestion
from dipcli.records import Actor, Document, Event, Evidence, Record, Relation

MOST_QUOTES = 20
"""Of one subject: what is told a thousand times needs no more anchors."""
_TAG = re.compile(r"[^\s,;:\"'\x00-\x1f]+")


class Rule(NamedTuple):
    """What a kind of decision is about, and what it needs besides."""

    records: tuple[RecordName, ...]
    least: int = 1
    most: int | None = 1
    needs: tuple[str, ...] = ()


_ANY: tuple[RecordName, ...] = ("document", "event", "actor", "relation")
RULES: dict[str, Rule] = {
    "edit": Rule(("event",), needs=("set",)),
    "reject": Rule(("event",)),
    "accept": Rule(("event",)),
    "same": Rule(("event", "actor"), least=2, most=None),
    "different": Rule(("event", "actor"), least=2, most=2),
    "split": Rule(("event", "actor"), needs=("quotes",)),
    "alias": Rule(("actor",), needs=("name",)),
    "rename": Rule(("actor",), needs=("name",)),
    "add": Rule((), least=0, needs=("text", "set")),
    "tag": Rule(_ANY, needs=("tags",)),
    "untag": Rule(_ANY),
    "note": Rule(_ANY, needs=("text",)),
    "settle": Rule(("event", "actor", "document"), most=None, needs=("rule", "values", "chosen")),
    "undo": Rule(_ANY, least=0, most=None, needs=("undoes",)),
}


def make(
    kind: str,
    records: Sequence[Record] = (),
    *,
    by: str | None = None,
    at: str | None = None,
    why: str | None = None,
    names: Mapping[str, str] | None = None,
    **given: Any,
) -> Decision:
    """A decision about records, to be given to `Index.decide`.

    kind: edit, reject, accept, same, different, split, alias, rename, add, tag, untag, note, settle, undo
    by: who decides; without it the login name
    at: when, UTC; without it now
    names: of actors by id, where a relation is decided about
    given: what the kind needs besides: `set` (edit, add: `Values`, or a mapping as `values.read` takes it),
        `quotes` (split: those of the record's evidence that part), `name` (alias, rename), `tags` (tag, untag),
        `text` (note, add), `rule`, `values` and `chosen` (settle), `undoes` (undo: the id of a decision)

    Raises DecisionsError where such a decision cannot be made, and UnknownValue.
    """
    if kind not in KINDS:
        raise UnknownValue(f"unknown decision '{kind}'", hint=suggestion(kind, KINDS))
    rule = RULES[kind]
    _check_records(kind, rule, records)
    if missing := [need for need in rule.needs if not given.get(need)]:
        raise DecisionsError(f"to {kind} takes {' and '.join(missing)}")
    if isinstance(given.get("set"), Mapping):
        event = records[0] if records and isinstance(records[0], Event) else None
        given["set"] = values.read(given["set"], event)
    if kind == "split":
        about = _parted(records[0], given.pop("quotes"))
    else:
        about = [subject(record, names or {}) for record in records]
    _check_given(kind, given)
    if kind == "accept" and isinstance(records[0], Event):
        given["seen"] = seen(records[0])
    made = KINDS[kind]
    signed: dict[str, Any] = {"id": "", "by": by or login(), "at": at or now(), "why": why or None}
    if issubclass(made, About):
        signed["about"] = about
    return identified(made(**signed, **given))


def _check_records(kind: str, rule: Rule, records: Sequence[Record]) -> None:
    """Raises DecisionsError where the records are not those that the kind is about."""
    sorts = {_record_name(record) for record in records}
    if wrong := sorted(sorts - set(rule.records)):
        allowed = " or ".join(rule.records)
        raise DecisionsError(f"to {kind} takes {_a(allowed)}, not {_a(wrong[0])}")
    if len(records) < rule.least or (rule.most is not None and len(records) > rule.most):
        count = rule.least if rule.least == rule.most else f"{rule.least} or more"
        raise DecisionsError(f"to {kind} takes {count} of {' or '.join(rule.records)}, not {len(records)}")
    if kind not in ("same", "different"):
        return
    if len(sorts) > 1:
        raise DecisionsError("an event and an actor cannot be one")
    if len({record.id for record in records}) < len(records):
        raise DecisionsError(f"{records[0].id} is named twice", hint="name two records")
    kinds = sorted({record.kind for record in records if isinstance(record, Actor)})
    if len(kinds) > 1:
        raise DecisionsError(f"{_a(kinds[0])} and {_a(kinds[1])} cannot be one")
    if kinds == ["country"]:
        raise DecisionsError("countries go by their ISO code: they are neither joined nor parted")


def _check_given(kind: str, given: Mapping[str, Any]) -> None:
    for name in ("name", "text"):
        if name in given and not str(given[name]).strip():
            raise DecisionsError(f"to {kind} takes a {name}, not an empty one")
    for tag in given.get("tags") or ():
        if not _TAG.fullmatch(tag):
            raise DecisionsError(f"'{tag}' cannot be a tag", hint="a tag is one word: to-check, treaty/2022")


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


def _record_name(record: Record) -> RecordName:
    return type(record).__struct_config__.tag  # type: ignore[return-value]


# what a decision is about


def subject(record: Record, names: Mapping[str, str] | None = None) -> Subject:
    """A record as a decision is anchored in it; `names` of actors by id, for a relation."""
    names = names or {}
    if isinstance(record, Document):
        quotes = [Quote(document=record.sha256, char_start=0, char_end=0)]
        return Subject(record="document", id=record.id, names=[record.path], quotes=quotes)
    if isinstance(record, Actor):
        return Subject(
            record="actor",
            id=record.id,
            type=record.kind,
            country=record.country,
            names=[record.name, *record.aliases],
            quotes=[_name_in(quote, record) for quote in record.evidence[:MOST_QUOTES]],
        )
    if isinstance(record, Relation):
        ends = [names.get(ident, ident) for ident in (record.subject, record.object)]
        quotes = [_quote(evidence) for evidence in record.evidence[:MOST_QUOTES]]
        return Subject(record="relation", id=record.id, type=record.relation, names=ends, quotes=quotes)
    told = {correction.field: correction.told for correction in record.corrections}
    people = [
        name
        for side in ("actors", "recipients")
        for name in (
            (told[side] or "").split("; ") if side in told else [one.name for one in getattr(record, side)]
        )
    ]
    start = (told["date"] or "").partition("/")[0] or None if "date" in told else record.start
    return Subject(
        record="event",
        id=record.id,
        type=told.get("type", record.type),
        start=start,
        names=[name for name in people if name],
        quotes=[_quote(evidence) for evidence in record.evidence[:MOST_QUOTES]],
    )


def _quote(evidence: Evidence) -> Quote:
    return Quote(
        document=evidence.document,
        char_start=evidence.char_start,
        char_end=evidence.char_end,
        text=evidence.text,
    )


def _name_in(evidence: Evidence, actor: Actor) -> Quote:
    """An actor's name within a sentence that names it; the sentence where no form of it is there."""
    for form in sorted((actor.name, *actor.aliases), key=len, reverse=True):
        if found := re.search(r"\b" + r"\s+".join(map(re.escape, form.split())) + r"\b", evidence.text):
            start = evidence.char_start + found.start()
            return Quote(
                document=evidence.document, char_start=start, char_end=start + len(found[0]), text=found[0]
            )
    return _quote(evidence)


def _parted(record: Record, quotes: Iterable[Evidence]) -> list[Subject]:
    """What stays and what parts of a record."""
    assert isinstance(record, Event | Actor)
    parting = list(quotes)
    staying = [evidence for evidence in record.evidence if evidence not in parting]
    if len(record.evidence) < 2:
        where = "passage" if isinstance(record, Event) else "document"
        raise DecisionsError(f"{record.id} rests on one {where}: there is nothing to part")
    if not staying or any(evidence not in record.evidence for evidence in parting):
        raise DecisionsError(f"of {record.id} some quotes have to part and some have to stay")
    return [subject(_with(record, some)) for some in (staying, parting)]


def _with(record: Event | Actor, evidence: list[Evidence]) -> Event | Actor:
    return replace(record, evidence=evidence)


def seen(event: Event) -> dict[str, str]:
    """What a person sees of an event who accepts it; if it is another later, it is to be reviewed anew."""
    return {
        "date": "/".join(dict.fromkeys(filter(None, (event.start, event.end)))),
        "type": event.type,
        "mode": event.mode or "",
        "status": event.status,
        "place": event.place.name if event.place else "",
        "actors": str(len(event.actors)),
        "recipients": str(len(event.recipients)),
    }


# who and when


def login() -> str:
    """Who runs this program."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def now() -> str:
    """The present in UTC, to the second; with `DIPCLI_NOW` the beginning of that day."""
    told = os.environ.get("DIPCLI_NOW")
    when = datetime.fromisoformat(told) if told else datetime.now(UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
