"""Events as a person set them: fields put in the place of what documents tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from dipcli.decisions.types import Edit, Values, Who
from dipcli.lexicon import plover
from dipcli.records import Correction, Event, Participant

DATE = ("start", "end", "precision")
FACTS = ("cameo", "quad", "score", "goldstein")
"""What follows from a type and a mode."""
Find = Callable[[Who], Participant | None]
"""Who is meant by somebody in a decision; None where no document names them any more."""


def edited(event: Event, edits: Iterable[Edit], find: Find) -> tuple[Event, dict[str, Edit], list[str]]:
    """The event with its fields as set; for each field the edit that it is set by; who was not found."""
    told: dict[str, str | None] = {}
    last: dict[str, Edit] = {}
    missing: list[str] = []
    for edit in edits:
        changes = _changes(event, edit.set, find, missing)
        for field in dict.fromkeys("date" if name in DATE else name for name in changes if name not in FACTS):
            told.setdefault(field, shown(event, field))
            last[field] = edit
        event = replace(event, **changes)
    corrections = [
        Correction(field=field, told=was, by=last[field].by, decision=last[field].id)
        for field, was in told.items()
        if was != shown(event, field)
    ]
    settled = {*last, *(DATE if "date" in last else ())}
    doubts = [doubt for doubt in event.doubts if doubt.field not in settled]
    return replace(event, corrections=corrections, doubts=doubts), last, missing


def _changes(event: Event, values: Values, find: Find, missing: list[str]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name in values.given():
        value = getattr(values, name)
        if name in ("actors", "recipients", "asserted_by"):
            people = [(who, find(who)) for who in value]
            missing += [who.name for who, found in people if found is None]
            if any(found is None for _, found in people):
                continue
            found = [someone for _, someone in people if someone]
            value = (
                [someone.id for someone in found]
                if name == "asserted_by"
                else [_titled(someone, event) for someone in found]
            )
        changes[name] = value
    if "type" in changes or "mode" in changes:
        type_, mode = changes.get("type", event.type), changes.get("mode", event.mode)
        if mode not in plover.TYPES[type_].modes:
            mode = None
        facts = plover.facts(type_, mode)
        changes |= {"type": type_, "mode": mode}
        changes |= {name: getattr(facts, name) for name in FACTS}
    return changes


def _titled(someone: Participant, event: Event) -> Participant:
    """With the title that documents give them in the event, where none is set."""
    told = {one.id: one.title for one in (*event.actors, *event.recipients)}
    return someone if someone.title else replace(someone, title=told.get(someone.id))


def shown(event: Event, field: str) -> str | None:
    """A field's value as a correction quotes it."""
    if field == "date":
        if event.start is None:
            return None
        return event.start if event.start == event.end else f"{event.start}/{event.end}"
    value = getattr(event, field)
    if field in ("actors", "recipients"):
        return "; ".join(someone.name for someone in value) or None
    if field == "place":
        return ", ".join(filter(None, (value.name, value.country))) if value else None
    if isinstance(value, list):
        return "; ".join(value) or None
    return None if value is None else str(value)
