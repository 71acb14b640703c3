"""`dipcli explain`: for each field of a record the words, the rule, and what they were resolved against."""

from __future__ import annotations

from typing import Any

import dipcli
from dipcli import settings
from dipcli.cli.options import INDEX, PAGES, Argument, command
from dipcli.cli.query import wanted_format
from dipcli.errors import UsageError
from dipcli.output import explanation, formats, terminal


def _explain(id: tuple[str, ...], index: str | None, no_pager: bool | None, **values: Any) -> None:
    set_up = settings.load(
        index=index, format=wanted_format(values), color=values["color"], pager=False if no_pager else None
    )
    form = set_up.format or "table"
    if form not in ("table", "json", "jsonl"):
        raise UsageError(f"explain has no format '{form}'", hint="it is one of: table, json, jsonl")
    with dipcli.open(set_up.index) as opened:
        found = [opened.explain(ident) for ident in id]
    if form != "table":
        terminal.write_json(formats.whole(form, found))
        return
    screen = terminal.screen(set_up.color)
    lines = [line for one in found for line in explanation.page(one, screen)]
    terminal.write_lines(lines, screen, pager=set_up.pager)


COMMANDS = {
    "explain": command(
        "explain",
        "Tell why a record is as it is: the words, the rule, and what they were resolved against.",
        [
            Argument("ID", "Of an event, actor or relation, or any unambiguous beginning.", many=True),
            *(option for option in PAGES if option.name != "--no-quotes"),
            INDEX,
        ],
        _explain,
    )
}
