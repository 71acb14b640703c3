"""`dipcli chronology`: events as dated lines with footnotes, for a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dipcli
from dipcli import settings
from dipcli.chronology import FIELDS, FORMATS, TEMPLATE
from dipcli.cli.chosen import CHOOSING, MAKING, chosen_events
from dipcli.cli.options import INDEX, Option, command
from dipcli.errors import Exit, UnknownValue, UsageError, suggestion
from dipcli.output import files, pages, terminal
from dipcli.output.text import counted, wrap


def _chronology(
    index: str | None,
    output: str | None,
    format: str | None,
    template: str | None,
    title: str | None,
    no_quotes: bool | None,
    force: bool | None,
    no_pager: bool | None,
    **values: Any,
) -> Exit:
    screen = terminal.screen()
    form = _form(output, format, screen.terminal)
    set_up = settings.load(index=index, pager=False if no_pager else None)
    shape = Path(template).read_text(encoding="utf-8") if template else TEMPLATE
    with dipcli.open(set_up.index) as opened:
        events, status = chosen_events(opened, {**values, "output": output})
        if not events:
            return status
        data = opened.chronology(events, form, title=title, template=shape, quotes=not no_quotes)
    if output is not None:
        files.write_file(Path(output), data, force=bool(force))
        terminal.note(f"{output}: {counted(len(events), 'events')}")
    elif screen.terminal:
        columns = min(screen.width, pages.WIDEST)
        lines = [part for line in data.decode().splitlines() for part in wrap(line, columns)]
        terminal.write_lines(lines, screen, pager=set_up.pager)
    else:
        terminal.write([data])
    return status


def _form(output: str | None, format: str | None, is_terminal: bool) -> str:
    """The format asked for, by name or by the file's. Raises UsageError where there is none such."""
    if format is None:
        format = Path(output).suffix[1:].lower() if output else "txt" if is_terminal else "md"
        if not format:
            raise UsageError(
                f"{output}: its name does not tell the format", hint=f"end it in {_ENDS}, or say --format"
            )
    if format not in FORMATS:
        raise UnknownValue(f"a chronology has no format '{format}'", hint=suggestion(format, FORMATS))
    if format == "docx" and output is None:
        raise UsageError("a Word document needs a file", hint="name it with -o: -o chronology.docx")
    return format


_ENDS = ", ".join(f".{name}" for name in FORMATS)
_FIELDS = ", ".join(FIELDS)

COMMANDS = {
    "chronology": command(
        "chronology",
        "Events as dated lines with footnotes to their sources. On standard output as text or Markdown, "
        f"with -o as a file: {_ENDS}.",
        [
            *CHOOSING,
            *MAKING,
            Option("--format", f"{', '.join(FORMATS)}; else by the file's name.", "FORMAT"),
            Option("--template", "A file with the shape of a line, fields in braces.", "FILE"),
            Option("--no-pager", "Do not show long output in a pager."),
            INDEX,
        ],
        _chronology,
        epilog=f"A template can name {_FIELDS} and notes. Without one it is: {TEMPLATE}",
    )
}
