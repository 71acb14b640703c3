"""What an index holds at a glance: how many of which sort, from when to when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from dipcli.query.stored import Snapshot, view_reader


def overview(snapshot: Snapshot) -> dict[str, Any]:
    """How many events were reviewed, events by type and status, actors by kind, relations by name (most frequent first), and the
    first and last day (ISO, null where no event is dated) of the events that took place."""
    read = view_reader("events", "type", "status", "start", "end", "reviewed")
    types, statuses = Counter[str](), Counter[str]()
    reviewed = 0
    first = last = None
    for event in map(read, snapshot.raw("events")):
        reviewed += event.reviewed
        types[event.type] += 1
        statuses[event.status] += 1
        if event.status == "occurred" and event.start:
            first = min(first or event.start, event.start)
            last = max(last or event.end, event.end)
    return {
        "reviewed": reviewed,
        "events_by_type": ranked(types),
        "events_by_status": ranked(statuses),
        "first_event": first,
        "last_event": last,
        "actors_by_kind": ranked(_values(snapshot, "actors", "kind")),
        "relations_by_name": ranked(_values(snapshot, "relations", "relation")),
    }


def ranked(values: Iterable[str]) -> dict[str, int]:
    """How often each value comes, most frequent first, then by name."""
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _values(snapshot: Snapshot, kind: str, field: str) -> Iterable[str]:
    read = view_reader(kind, field)
    return (getattr(read(raw), field) for raw in snapshot.raw(kind))
