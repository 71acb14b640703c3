"""What differs between two indexes, on standard output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from dipcli.output.fields import Get, flat
from dipcli.output.summaries import Shape
from dipcli.output.table import CYAN, DIM, YELLOW, Column, layout

COLUMNS = ("change", "record", "id", "name")
VALUE = 60
"""Characters of a value that a table shows."""


def shape(titles: Mapping[str, str]) -> Shape:
    """Rows of changes; `titles` of documents by id."""
    columns: dict[str, Get] = {name: attrgetter(name) for name in COLUMNS}
    columns |= {"fields": _fields, "documents": lambda change: change.documents}

    def documents(change: Any) -> str:
        return flat([titles.get(one, one) for one in change.documents])

    table = (
        Column("CHANGE", lambda change: change.change, style=YELLOW),
        Column("RECORD", lambda change: change.record, rank=2),
        Column("WHAT", lambda change: change.name, narrowest=24, tightest=16),
        Column("FIELDS", lambda change: flat(_fields(change)), narrowest=20, rank=1, tightest=12),
        Column("DOCUMENT", documents, narrowest=16, rank=3, style=CYAN),
        Column("ID", lambda change: change.id, narrowest=24, rank=5, style=DIM),
    )
    return Shape(
        columns,
        lambda rows, screen: layout(rows, table, screen.width if screen.terminal else None, screen.color),
    )


def _fields(change: Any) -> list[str]:
    """`type CONSULT → AGREE`; of lists how many came and went."""
    return [f"{one.field} {_difference(one.before, one.after)}" for one in change.fields]


def _difference(before: Any, after: Any) -> str:
    if isinstance(before, Sequence) and not isinstance(before, str) and isinstance(after, Sequence):
        return f"-{len(before)} +{len(after)}"
    return f"{_value(before)} → {_value(after)}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return value[:VALUE]
    return "none" if value is None else msgspec.json.encode(value).decode()[:VALUE]
