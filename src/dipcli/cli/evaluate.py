"""`dipcli evaluate`: how well the index agrees with gold annotation."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dipcli
from dipcli import index as indexes
from dipcli import settings
from dipcli.cli.options import INDEX, OUTPUT, Argument, Option, command
from dipcli.cli.query import wanted_format
from dipcli.errors import Exit
from dipcli.output import evaluation, terminal
from dipcli.output.text import counted

if TYPE_CHECKING:
    from dipcli.evaluation import Evaluation

SHOWN = ("--format", "--json", "--color", "--no-pager")


def _evaluate(
    gold: tuple[str, ...], misses: bool | None, index: str | None, no_pager: bool | None, **values: Any
) -> Exit:
    set_up = settings.load(
        index=index, format=wanted_format(values), color=values["color"], pager=False if no_pager else None
    )
    screen = terminal.screen(set_up.color)
    place = indexes.locate(set_up.index, os.environ, Path.cwd())
    with dipcli.Index(place) as opened:
        found = opened.evaluate(gold)
    form = set_up.format or ("table" if screen.terminal else "tsv")
    evaluation.show(found, form, screen, misses=bool(misses), pager=set_up.pager)
    for line in _notes(found):
        terminal.note(line)
    return Exit.NOTHING if len(found.missing) == found.documents else Exit.OK


def _notes(found: Evaluation) -> Iterator[str]:
    for name in found.missing:
        yield f"{name} is not in the index; all that gold has of it counts as missed"
    wrong = sum(miss.kind == "quote missing" for miss in found.misses)
    if wrong:
        yield f"{counted(wrong, 'quotes')} of the gold not found in the documents (--misses lists them)"


COMMANDS = {
    "evaluate": command(
        "evaluate",
        "Score the index against gold annotation: by field, by event type, with what was missed.",
        [
            Argument("GOLD", "Gold files (JSON lines), or folders of them.", many=True),
            Option("--misses", "List what is wrong, missed or spurious; in CSV, TSV and Markdown only that."),
            *(option for option in OUTPUT if option.name in SHOWN),
            INDEX,
        ],
        _evaluate,
    )
}
