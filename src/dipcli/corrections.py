"""Decisions as a person asks for them: records by the beginnings of their ids, actors by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from dipcli import query
from dipcli.decisions import file, making, values
from dipcli.decisions.types import Decision, Reject, Who
from dipcli.errors import DecisionsError, NotFound
from dipcli.index import Snapshot
from dipcli.records import Actor, Event, Record, Relation


def decision(
    snapshot: Snapshot,
    show: Callable[[str], Record],
    kind: str,
    subjects: str | Record | Iterable[str | Record],
    set: Mapping[str, Any] | None,
    **given: Any,
) -> Decision:
    """The decision meant: `show` gives the record of an id, names in `set` are looked up among the actors.

    Raises DecisionsError, NotFound, AmbiguousName, and as `values.read` does.
    """
    named = [subjects] if isinstance(subjects, str | msgspec.Struct) else list(subjects)
    records = [show(one) if isinstance(one, str) else one for one in named]
    names = {}
    if any(isinstance(record, Relation) for record in records):
        names = {actor.id: actor.name for actor in snapshot.records("actors")}
    if set is not None:
        event = records[0] if records and isinstance(records[0], Event) else None

        def who(name: str) -> Actor | Who:
            return _who(snapshot, show, name, new=kind == "add")

        given["set"] = values.read(set, event, who)
    return making.make(kind, records, names=names, **given)


def _who(snapshot: Snapshot, show: Callable[[str], Record], name: str, *, new: bool) -> Actor | Who:
    """The actor of a name; for a `new` event one that no document names will do."""
    try:
        actor = show(query.directory(snapshot).resolve(name).id)
    except NotFound:
        if new:
            return values.guessed(name)
        raise
    assert isinstance(actor, Actor)
    return actor


def rejected(index: Path, ident: str) -> str | None:
    """What to say of an id that an event had which was rejected; null where none was."""
    with suppress(DecisionsError):
        for one in file.read(index):
            if isinstance(one, Reject) and one.about and one.about[0].id == ident:
                return f"it was rejected by {one.by}; to have it again: dipcli undo {one.id}"
    return None


def are_applied(snapshot: Snapshot) -> bool:
    """Whether the records are made under `decisions.jsonl` as it is now."""
    try:
        digest = sha256((snapshot.path / file.NAME).read_bytes()).hexdigest()
    except FileNotFoundError:
        digest = None
    return digest == snapshot.manifest.decisions
