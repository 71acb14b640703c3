"""The events that a command is to make something of: by filters, and by ids from a file or a pipe."""

from __future__ import annotations

import csv
import json
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dipcli
from dipcli.cli.options import Option, filter_options
from dipcli.errors import AmbiguousName, Exit, UsageError
from dipcli.output import progress, terminal
from dipcli.output.text import counted
from dipcli.query.filters import filters_of
from dipcli.records import Event

IDS = Option(
    "--ids",
    "Only these events: ids, or events as any --format prints them, from a file; - for standard input.",
    "FILE",
)
MAKING = (
    Option("--output", "The file to make; its name's end tells the format.", "FILE", short="-o"),
    Option("--force", "Replace a file there that dipcli did not make."),
    Option("--no-quotes", "Leave the documents' words out."),
    Option("--title", "What to call it.", "TEXT"),
)
CHOOSING = [*filter_options("events"), IDS]
_LISTED = 5


def chosen_events(index: dipcli.Index, values: Mapping[str, Any]) -> tuple[list[Event], Exit]:
    """The events, and the status so far: NOTHING where there is none, PARTIAL where ids are missing."""
    index.snapshot.on_progress = progress.on_demand("Making the cache")
    selection = index.select("events", **{line.name: values[line.name] for line in filters_of("events")})
    for line in selection.notes:
        terminal.note(line)
    events = [row.record for row in selection]
    if selection.undated_left_out:
        undated = counted(selection.undated_left_out, "events")
        terminal.note(f"left out {undated} without a date; --undated shows them")
    missing: list[str] = []
    if values["ids"] is not None:
        events, missing = _among(events, list(_ids(_read(values["ids"]))))
    if missing:
        more = f" and {len(missing) - _LISTED} more" if len(missing) > _LISTED else ""
        terminal.note(f"no such event, or left out by a filter: {', '.join(missing[:_LISTED])}{more}")
    if not events:
        terminal.note("nothing found; no file is made" if values["output"] else "nothing found")
        return [], Exit.NOTHING
    return events, Exit.PARTIAL if missing else Exit.OK


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"--ids {name}: it is not text in UTF-8") from None


def _ids(text: str) -> Iterator[str]:
    """The ids in JSON, JSON lines, a table with a column `id`, or one on each line."""
    start = text.lstrip()[:1]
    if start == "[":
        yield from map(_id, _json(text))
    elif start == "{":
        yield from (_id(_json(line)) for line in text.splitlines() if line.strip())
    else:
        header = text.partition("\n")[0]
        rows = csv.reader(text.splitlines(), delimiter="\t" if "\t" in header else ",")
        cells = [row for row in rows if row and row[0].strip()]
        column = cells[0].index("id") if cells and "id" in cells[0] else None
        for row in cells if column is None else cells[1:]:
            yield row[column or 0].strip()


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise UsageError(f"--ids: it is not whole JSON: {error}") from None


def _id(value: Any) -> str:
    found = value.get("id") if isinstance(value, dict) else value
    if not isinstance(found, str):
        raise UsageError("--ids: there is an event without an id", hint="keep the field id: --fields id,date")
    return found


def _among(events: Sequence[Event], wanted: Sequence[str]) -> tuple[list[Event], list[str]]:
    """The events whose ids, now or formerly, are wanted or begin so; what is not found.

    Raises AmbiguousName.
    """
    known = {former: event for event in events for former in event.former_ids}
    known |= {event.id: event for event in events}
    ordered = sorted(known)
    found: dict[str, Event] = {}
    missing = []
    for ident in dict.fromkeys(wanted):
        first = bisect_left(ordered, ident)
        begin = [one for one in ordered[first : first + 2] if one.startswith(ident)]
        if ident not in known and len(begin) > 1:
            raise AmbiguousName(f"'{ident}' is the beginning of several ids", candidates=begin)
        if not begin:
            missing.append(ident)
        else:
            found[known[begin[0]].id] = known[begin[0]]
    return list(found.values()), missing
