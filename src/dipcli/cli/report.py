"""`dipcli report`: events as one self-contained page, to be opened in a browser or handed on."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dipcli
from dipcli import settings
from dipcli.cli.chosen import CHOOSING, MAKING, chosen_events
from dipcli.cli.options import INDEX, command
from dipcli.errors import Exit, UsageError
from dipcli.output import files, terminal
from dipcli.output.text import counted
from dipcli.query.filters import filters_of


def _report(
    index: str | None,
    output: str | None,
    title: str | None,
    no_quotes: bool | None,
    force: bool | None,
    **values: Any,
) -> Exit:
    if output is None:
        raise UsageError("a report needs a file", hint="name it with -o: -o report.html")
    if Path(output).suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"{output}: a report is a page of HTML", hint="end its name in .html")
    set_up = settings.load(index=index)
    with dipcli.open(set_up.index) as opened:
        events, status = chosen_events(opened, {**values, "output": output})
        if not events:
            return status
        page = opened.report(events, title=title, quotes=not no_quotes, asked=_asked(values))
    files.write_file(Path(output), page, force=bool(force))
    held = "no text of documents" if no_quotes else "with the words of the documents"
    terminal.note(f"{output}: {counted(len(events), 'events')}, {held}")
    return status


def _asked(values: Mapping[str, Any]) -> str:
    """The filters as they were given: `--actor 'Wang Yi' --since 2022`."""
    pieces = []
    for line in filters_of("events"):
        given = values[line.name]
        for value in given if isinstance(given, tuple) else [given] if given else []:
            pieces.append(line.option if line.flag else f"{line.option} {shlex.quote(str(value))}")
    return " ".join(pieces)


COMMANDS = {
    "report": command(
        "report",
        "Events as one self-contained page of HTML: timeline, network, pairs, and a table that opens every quote. "
        "It needs the extra 'report'.",
        [*CHOOSING, *MAKING, INDEX],
        _report,
    )
}
