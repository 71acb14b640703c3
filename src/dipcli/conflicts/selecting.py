"""Which conflicts a question is about: by rule, by gravity, and by the filters that events are asked with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from dipcli.conflicts.finding import SEVERITIES, Conflict
from dipcli.conflicts.rules import RULES
from dipcli.errors import UnknownValue, suggestion
from dipcli.query import Filters, Selection, select
from dipcli.query.filters import check_applies
from dipcli.query.selection import Row, arrangement, sort_field, sort_key
from dipcli.query.stored import Snapshot, view_reader

SORTED_BY = ("id", "rule", "severity", "field", "reason", "events", "actors", "documents")
_ABOUT = ("events", "actors", "documents")
"""What a conflict is about, by the first of these that it names."""


def check(rules: Iterable[str], severity: str | None, filters: Filters) -> None:
    """Raises UnknownValue where a rule or a severity is none, UsageError where a filter does not apply."""
    for rule in rules:
        if rule not in RULES:
            raise UnknownValue(f"there is no rule '{rule}'", hint=suggestion(rule, RULES))
    if severity is not None and severity not in SEVERITIES:
        raise UnknownValue(f"--severity cannot be '{severity}'", hint=suggestion(severity, SEVERITIES))
    check_applies("conflicts", filters)


def chosen(
    conflicts: Iterable[Conflict],
    snapshot: Snapshot,
    filters: Filters,
    *,
    rules: Sequence[str] = (),
    severity: str | None = None,
    sort: str | None = None,
    reverse: bool = False,
    limit: int | None = None,
    substitute: bool = False,
    now: date | None = None,
) -> Selection:
    """The conflicts asked for as rows, the gravest first or sorted as asked.

    A conflict is about its events if it has any, else about its actors, else about its documents: one of
    them must be what the filters select. `severity`: that grave or graver. Raises as `check` and
    `query.select` do.
    """
    check(rules, severity, filters)
    field = sort_field(sort, SORTED_BY)
    grave = SEVERITIES[: SEVERITIES.index(severity) + 1] if severity in SEVERITIES else SEVERITIES
    about = _About(snapshot, filters, substitute, now)
    rows = [
        Row(
            msgspec.json.encode(conflict),
            msgspec.json.Decoder(Conflict).decode,
            key=_key(conflict, field) if field else None,
        )
        for conflict in conflicts
        if (not rules or conflict.rule in rules) and conflict.severity in grave and about.selects(conflict)
    ]
    return Selection(
        "conflicts",
        iter(rows),
        limit=limit,
        notes=about.notes,
        arrange=arrangement(field, reverse, limit),
    )


def _key(conflict: Conflict, field: str) -> object:
    return SEVERITIES.index(conflict.severity) if field == "severity" else sort_key(getattr(conflict, field))


class _About:
    """The records that the filters select, by kind, each kind asked once and only if needed."""

    def __init__(self, snapshot: Snapshot, filters: Filters, substitute: bool, now: date | None) -> None:
        self._snapshot = snapshot
        self._filters = filters
        self._substitute = substitute
        self._now = now
        self._ids: dict[str, frozenset[str]] = {}
        self.notes: list[str] = []
        if filters.given():
            self._asked(
                "events"
            )  # now, so that a filter that cannot be meant is known even if nothing is found

    def selects(self, conflict: Conflict) -> bool:
        if not self._filters.given():
            return True
        kind = next((kind for kind in _ABOUT if getattr(conflict, kind)), None)
        return kind is not None and not self._asked(kind).isdisjoint(getattr(conflict, kind))

    def _asked(self, kind: str) -> frozenset[str]:
        if kind not in self._ids:
            selection = select(
                self._snapshot, kind, self._filters, substitute=self._substitute, now=self._now
            )
            self.notes += [note for note in selection.notes if note not in self.notes]
            read = view_reader(kind, "id")
            self._ids[kind] = frozenset(read(row.raw).id for row in selection)
        return self._ids[kind]
