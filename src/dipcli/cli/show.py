"""`dipcli show`: records by id, with their evidence in context."""

from __future__ import annotations

from typing import Any

import dipcli
from dipcli import settings
from dipcli.cli.options import INDEX, PAGES, Argument, command
from dipcli.cli.query import wanted_format
from dipcli.errors import UsageError
from dipcli.output import formats, pages, quotes, terminal
from dipcli.query import context


def _show(id: tuple[str, ...], index: str | None, no_pager: bool | None, **values: Any) -> None:
    set_up = settings.load(
        index=index, format=wanted_format(values), color=values["color"], pager=False if no_pager else None
    )
    form = set_up.format or "table"
    opened = dipcli.open(set_up.index)
    records = [opened.show(ident) for ident in id]
    if values["no_quotes"]:
        records = [quotes.silent(record) for record in records]
    if form in ("json", "jsonl"):
        terminal.write_json(formats.whole(form, records))
        return
    if form != "table":
        raise UsageError(f"show has no format '{form}'", hint="it is one of: table, json, jsonl")
    screen = terminal.screen(set_up.color)
    lines = [
        line
        for record in records
        for line in pages.record(
            record,
            None if values["no_quotes"] else lambda evidence: context(opened.snapshot, evidence),
            screen,
        )
    ]
    terminal.write_lines(lines, screen, pager=set_up.pager)


COMMANDS = {
    "show": command(
        "show",
        "Show records by id, with their evidence quoted in context.",
        [Argument("ID", "An id, or any unambiguous beginning of one.", many=True), *PAGES, INDEX],
        _show,
    )
}
