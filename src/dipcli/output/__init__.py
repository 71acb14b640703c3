"""Rows and pages on standard output, in the format asked for; notes on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from dipcli.output import fields, formats, terminal
from dipcli.output.formats import Row

Getters = Mapping[str, Callable[[Any], Any]]


class View(msgspec.Struct, frozen=True):
    """How rows are to be shown: one of `fields.FORMATS`, which fields, what beside them, on what screen."""

    format: str
    screen: terminal.Screen
    fields: Getters | None = None
    """Chosen by the user; None for those of the format."""
    extra: Getters = {}
    """Beside the fields, by name (`sources`)."""
    pager: bool = True
    names: Callable[[], Mapping[str, str]] = dict
    """Names of actors by id, for tables of relations."""
    quotes: bool = True
    """Whether the documents' own words are shown."""


def show_rows(kind: str, rows: Iterable[Row], view: View) -> int:
    """Write rows of a kind to standard output; how many there were.

    kind: events, actors, relations, documents, search, conflicts or verdicts
    """
    if not view.quotes:
        from dipcli.output import quotes

        rows = quotes.without(rows)
    counted = _Counted(rows)
    if view.format == "table":
        _show_table(kind, counted, view)
    else:
        write = terminal.write_json if view.format in ("json", "jsonl") else terminal.write
        write(_FORMATTERS[view.format](kind, counted, view))
    return counted.count


class _Counted:
    """Rows, and how many of them were given out."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            yield row


def _show_table(kind: str, rows: Iterable[Row], view: View) -> None:
    from dipcli.output import conflicts, pages, table

    shown = list(rows)
    width = view.screen.width if view.screen.terminal else None
    if not shown and view.screen.terminal:
        return
    if kind == "search" and view.fields is None:
        lines = pages.hits(shown, view.screen, view.extra)
    elif kind == "conflicts" and view.fields is None:
        lines = conflicts.page([row.record for row in shown], view.screen)
    elif kind == "verdicts" and view.fields is None:
        lines = conflicts.verdicts([row.record for row in shown], view.screen)
    else:
        columns = [*table.TABLES.get(kind, ())] if view.fields is None else table.field_columns(view.fields)
        columns += table.field_columns(view.extra)
        records = [row.record for row in shown]
        if kind == "relations" and view.fields is None:
            names = view.names()
            records = [table.with_names(record, names) for record in records]
        lines = table.layout(records, columns, width, view.screen.color)
    terminal.write_lines(lines, view.screen, pager=view.pager)


def _flat(kind: str, view: View) -> Getters:
    return {**(view.fields or fields.choose(kind, None)), **view.extra}


_FORMATTERS: dict[str, Callable[[str, Iterable[Row], View], Iterator[bytes]]] = {
    "json": lambda kind, rows, view: formats.json_list(formats.json_rows(rows, view.fields, view.extra)),
    "jsonl": lambda kind, rows, view: formats.json_lines(formats.json_rows(rows, view.fields, view.extra)),
    "csv": lambda kind, rows, view: formats.csv_rows(rows, _flat(kind, view)),
    "tsv": lambda kind, rows, view: formats.csv_rows(rows, _flat(kind, view), "\t"),
    "md": lambda kind, rows, view: formats.markdown_rows(rows, _flat(kind, view)),
}
