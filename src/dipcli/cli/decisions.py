"""`dipcli decisions`: what was decided, and whether each decision still fits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, get_args

import msgspec

import dipcli
from dipcli.cli.options import INDEX, OUTPUT, Option, command
from dipcli.cli.query import choose_view, show
from dipcli.decisions.listing import Listed, listed
from dipcli.decisions.types import State
from dipcli.errors import Exit, UnknownValue, suggestion
from dipcli.output import terminal
from dipcli.output.text import counted
from dipcli.query.selection import Row, Selection, arrangement, sort_field, sort_key

STATES = get_args(State)


def _decisions(state: tuple[str, ...], apply: bool | None, **values: Any) -> Exit:
    for one in state:
        if one not in STATES:
            raise UnknownValue(f"unknown state '{one}'", hint=suggestion(one, STATES))
    chosen = choose_view("decisions", values)
    with dipcli.open(chosen.settings.index) as index:
        if apply:
            index.decide()
        elif not index.is_decided():
            terminal.note("decisions.jsonl was changed by hand; --apply brings that into the records")
        rows = [listed(decision, ruling) for decision, ruling in index.decisions()]
    rows = [row for row in rows if not state or row.state in state]
    field = sort_field(values["sort"], Listed.__struct_fields__, "at")
    read = partial(msgspec.json.decode, type=Listed)
    selection = Selection(
        "decisions",
        (
            Row(msgspec.json.encode(row), read, key=sort_key(getattr(row, field)) if field else None)
            for row in rows
        ),
        limit=chosen.limit,
        arrange=arrangement(field, bool(values["reverse"]), chosen.limit),
    )
    found = show("decisions", selection, chosen, count=bool(values["count"]), extra={}, names=dict)
    for line in _notes(rows):
        terminal.note(line)
    return Exit.OK if found else Exit.NOTHING


def _notes(rows: list[Listed]) -> Iterator[str]:
    """What does not hold, and why."""
    for row in rows:
        if row.said and row.state in ("holds", "overruled"):
            yield f"{row.id}: {row.said}"
    if lost := sum(row.state == "nothing" for row in rows):
        yield f"{counted(lost, 'decisions')} fit nothing that is in the index now; they are kept"


COMMANDS = {
    "decisions": command(
        "decisions",
        "What was decided, by whom and why, and whether each decision still holds.",
        [
            Option("--state", f"Only those that are so ({', '.join(STATES)}).", "STATE", many=True),
            Option("--apply", "First bring decisions.jsonl, as it was edited by hand, into the records."),
            *(option for option in OUTPUT if option.name not in ("--with-sources", "--no-quotes")),
            INDEX,
        ],
        _decisions,
    )
}
