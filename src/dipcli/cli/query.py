"""`dipcli events`, `actors`, `relations`, `documents` and `search`: what the index answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import msgspec

import dipcli
from dipcli import output, settings
from dipcli.cli.options import INDEX, OUTPUT, Argument, command, filter_options, split_list, whole_number
from dipcli.errors import Exit, NotFound, UsageError
from dipcli.output import fields, progress, terminal
from dipcli.output.text import counted
from dipcli.query import Selection
from dipcli.query.filters import filters_of

ON_SCREEN = 100
"""Rows of a table on a terminal without --limit."""

_HELP = {
    "events": "What happened: who did what, to whom, when, where.",
    "actors": "Who takes part: persons, countries, organisations.",
    "relations": "How actors stand: offices, membership, alliances, dealings.",
    "documents": "What was read.",
    "search": (
        'Search the text of the documents. Words, "phrases", prefix*, NEAR, OR, NOT, filters as fields'
        " (type:aid); best match first."
    ),
}
_UNDATED = {"actors": "events", "search": "hits"}
"""What a date filter leaves out for want of a date, where that is not the rows themselves."""


class Chosen(msgspec.Struct, frozen=True):
    """How the rows are to be shown, from the options for output and the settings."""

    settings: settings.Settings
    screen: terminal.Screen
    format: str
    fields: Mapping[str, fields.Get] | None
    limit: int | None
    quotes: bool


def choose_view(kind: str, values: Mapping[str, Any]) -> Chosen:
    """What the options ask for. Raises UsageError where they cannot be meant."""
    set_up = settings.load(
        index=values.get("index"),
        model=values.get("model"),
        format=wanted_format(values),
        color=values["color"],
        pager=False if values["no_pager"] else None,
        limit=whole_number("--limit", values["limit"]),
    )
    screen = terminal.screen(set_up.color)
    form = set_up.format or ("table" if screen.terminal else "tsv")
    names = split_list("--fields", values["fields"])
    chosen = fields.choose(kind, names) if names is not None else None
    limit = set_up.limit or (ON_SCREEN if form == "table" and screen.terminal else None)
    return Chosen(set_up, screen, form, chosen, limit, not values.get("no_quotes"))


def show(
    kind: str,
    selection: Selection,
    chosen: Chosen,
    *,
    count: bool,
    extra: Mapping[str, fields.Get],
    names: Callable[[], Mapping[str, str]],
) -> int:
    """Show the rows, or their number alone; gives how many there are."""
    if count:
        found = selection.count()
        terminal.write([b"%d\n" % found])
        return found
    view = output.View(
        chosen.format, chosen.screen, chosen.fields, extra, chosen.settings.pager, names, chosen.quotes
    )
    found = output.show_rows(kind, selection, view)
    if selection.cut:
        total = selection.counts(exactly=False)
        terminal.note(
            f"{found} of {total.matched} shown; --limit {total.matched} shows all"
            if total.whole
            else f"{found} of more than {max(found, total.matched)} shown; --limit shows more"
        )
    if not found:
        terminal.note("nothing found")
        if suggestion := selection.suggestion():
            terminal.note(suggestion)
    return found


def _run(kind: str, /, query: tuple[str, ...] = (), **values: Any) -> Exit:
    """Answer a query: translate the options, select, show."""
    chosen = choose_view(kind, values)
    with dipcli.open(chosen.settings.index) as index:
        index.snapshot.on_progress = progress.on_demand("Making the cache")
        with or_else(partial(show_none, kind, chosen, count=bool(values["count"]))):
            selection = _select(index, kind, query)(
                sort=values["sort"],
                reverse=bool(values["reverse"]),
                limit=chosen.limit,
                substitute=chosen.screen.terminal,
                **{line.name: values[line.name] for line in filters_of(kind)},
            )
        for line in selection.notes:
            terminal.note(line)
        found = show(
            kind,
            selection,
            chosen,
            count=bool(values["count"]),
            extra={"sources": _sources(index, kind)} if values["with_sources"] else {},
            names=partial(_names, index),
        )
        if left_out := selection.counts(exactly=False).undated:
            undated = counted(left_out, _UNDATED.get(kind, kind))
            terminal.note(f"left out {undated} without a date; --undated shows them")
    return Exit.OK if found else Exit.NOTHING


@contextmanager
def or_else(show_none: Callable[[], object]) -> Iterator[None]:
    """Where a filter names what the index does not know, shows the empty answer before that is said."""
    try:
        yield
    except NotFound:
        show_none()
        raise


def show_none(kind: str, chosen: Chosen, *, count: bool) -> None:
    """Show no rows, or that there are none."""
    if count:
        terminal.write([b"0\n"])
    else:
        output.show_rows(kind, (), output.View(chosen.format, chosen.screen, chosen.fields))


def _select(index: dipcli.Index, kind: str, query: tuple[str, ...]) -> Callable[..., Any]:
    if kind == "search":
        return partial(index.search_rows, " ".join(query))
    return partial(index.select, kind)


def wanted_format(values: Mapping[str, Any]) -> str | None:
    """The format asked for. Raises UsageError where --json contradicts it."""
    form: str | None = values["format"]
    if values["json"] and form not in (None, "json"):
        raise UsageError(f"--json and --format {form} cannot both be meant")
    return "json" if values["json"] else form


def _sources(index: dipcli.Index, kind: str) -> Callable[[Any], list[fields.Source]]:
    """What tells the documents of a row: title, publisher and date of each."""
    known = {
        ident: fields.Source(document=ident, title=source.title, publisher=source.publisher, date=source.date)
        for ident, source in index.sources().items()
    }
    events = index.select("events") if kind == "relations" else ()
    told_in = {row.record.id: fields.documents_of("events", row.record) for row in events}

    def sources(record: Any) -> list[fields.Source]:
        summed = [ident for event in getattr(record, "events", ()) for ident in told_in.get(event, ())]
        return [known[ident] for ident in fields.unique([*fields.documents_of(kind, record), *summed])]

    return sources


def _names(index: dipcli.Index) -> dict[str, str]:
    return {row.record.id: row.record.name for row in index.select("actors")}


COMMANDS = {
    kind: command(
        kind,
        text,
        [
            *(
                [
                    Argument(
                        "QUERY",
                        "What to search for; none: what the filters choose.",
                        many=True,
                        required=False,
                    )
                ]
                if kind == "search"
                else []
            ),
            *filter_options(kind),
            *(option for option in OUTPUT if kind != "search" or option.name != "--no-quotes"),
            INDEX,
        ],
        partial(_run, kind),
    )
    for kind, text in _HELP.items()
}
