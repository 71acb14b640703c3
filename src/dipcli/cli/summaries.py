"""`dipcli timeline`, `stats`, `pairs`, `profile` and `diff`: what events add up to, and what changed."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import dipcli
from dipcli import plots, settings, summary
from dipcli.cli.options import INDEX, OUTPUT, PAGES, Argument, Option, command, filter_options, whole_number
from dipcli.cli.query import ON_SCREEN, or_else, wanted_format
from dipcli.errors import Exit, UsageError
from dipcli.output import changes, files, profile, progress, summaries, terminal
from dipcli.output.text import counted
from dipcli.query import filters_of, papers

ACTS = Option("--count-acts", "Count each act by itself; else a meeting and the acts told of it are one.")
BY = ("type", "mode", "quad", "actor", "country", "pair", "country-pair", "place", "document", "month", "…")


PLOT = (
    Option("--plot", "Draw it into a file instead: .svg or .png.", "FILE"),
    Option("--force", "Replace a file there that dipcli did not make."),
)


class _Asked(NamedTuple):
    """What a summary is asked, and how it is to be shown."""

    opened: dipcli.Index
    format: str
    screen: terminal.Screen
    pager: bool
    limit: int | None
    filters: dict[str, Any]


def _asked(values: Mapping[str, Any], *but: str) -> _Asked:
    """Opens the index and reads the options; filters named in `but` are not those of events."""
    gc.disable()  # counting makes many small values without cycles: looking for these takes a quarter of the time
    set_up = settings.load(
        index=values["index"],
        format=wanted_format(values),
        color=values["color"],
        pager=False if values["no_pager"] else None,
        limit=whole_number("--limit", values.get("limit")),
    )
    screen = terminal.screen(set_up.color)
    form = set_up.format or ("table" if screen.terminal else "tsv")
    index = dipcli.open(set_up.index)
    index.snapshot.on_progress = progress.on_demand("Making the cache")
    filters = {line.name: values[line.name] for line in filters_of("events") if line.name not in but}
    limit = set_up.limit or (ON_SCREEN if form == "table" and screen.terminal else None)
    if values.get("plot"):
        plots.form_of(values["plot"])
        limit = min(plots.MOST, limit or plots.MOST)
    return _Asked(index, form, screen, set_up.pager, limit, filters | {"substitute": screen.terminal})


def _timeline(per: str | None, by: str | None, count_acts: bool | None, **values: Any) -> Exit:
    asked = _asked(values)
    shape = summaries.timeline(by)
    with or_else(partial(_show, (), shape, asked)):
        found = asked.opened.timeline(per=per, by=by, acts=bool(count_acts), **asked.filters)
    if _plotted(plots.timeline, found, values):
        return _end(found)
    _show(found, shape, asked)
    if any(not row.exact for row in found) and asked.format == "table":
        terminal.note("~: not dated more exactly; counted there and in no shorter period")
    return _end(found)


def _stats(by: tuple[str, ...], count_acts: bool | None, **values: Any) -> Exit:
    asked = _asked(values)
    shape = summaries.stats(by)
    with or_else(partial(_show, (), shape, asked)):
        found = asked.opened.stats(by, acts=bool(count_acts), limit=_more(asked.limit), **asked.filters)
    if _plotted(plots.stats, found, values):
        return _end(found)
    _show(found[: asked.limit], shape, asked)
    return _end(found, asked.limit)


def _pairs(kind: str | None, count_acts: bool | None, matrix: bool | None, **values: Any) -> Exit:
    asked = _asked(values, "kind")
    options = {"of": kind, "acts": bool(count_acts), **asked.filters}
    if matrix and values["plot"]:
        raise UsageError("a matrix is not drawn", hint="leave out --matrix or --plot")
    if matrix:
        none = summary.Matrix(parties=[], counts=[])
        with or_else(partial(summaries.matrix, none, asked.format, asked.screen, pager=asked.pager)):
            whole = asked.opened.matrix(**options)
        summaries.matrix(whole, asked.format, asked.screen, pager=asked.pager)
        return Exit.OK if whole.parties else _nothing()
    shape = summaries.pairs()
    with or_else(partial(_show, (), shape, asked)):
        found = asked.opened.pairs(limit=_more(asked.limit), **options)
    if _plotted(plots.pairs, found, values):
        return _end(found)
    _show(found[: asked.limit], shape, asked)
    return _end(found, asked.limit)


def _profile(actor: str, count_acts: bool | None, **values: Any) -> Exit:
    asked = _asked({**values, "actor": ()}, "actor")
    found = asked.opened.profile(actor, acts=bool(count_acts), **asked.filters)
    profile.show(found, asked.format, asked.screen, pager=asked.pager)
    return Exit.OK


def _diff(before: str, after: str, no_pager: bool | None, limit: str | None, **values: Any) -> Exit:
    set_up = settings.load(
        format=wanted_format(values),
        color=values["color"],
        pager=False if no_pager else None,
        limit=whole_number("--limit", limit),
    )
    screen = terminal.screen(set_up.color)
    form = set_up.format or ("table" if screen.terminal else "tsv")
    with dipcli.open(before) as old, dipcli.open(after) as new:
        found = old.diff(new)
        both = (*papers(old.snapshot).items(), *papers(new.snapshot).items())
    shown = found[: set_up.limit or (ON_SCREEN if form == "table" and screen.terminal else None)]
    shape = changes.shape({ident: paper.title for ident, paper in both})
    summaries.show(shown, shape, form, screen, pager=set_up.pager)
    if len(shown) < len(found):
        terminal.note(f"{len(shown)} of {len(found)} shown; --limit {len(found)} shows all")
    if not found:
        terminal.note("no difference")
    return Exit.OK if found else Exit.NOTHING


def _show(rows: Sequence[Any], shape: summaries.Shape, asked: _Asked) -> None:
    summaries.show(rows, shape, asked.format, asked.screen, pager=asked.pager)


def _plotted(chart: Callable[[Any], plots.Spec], found: Any, values: Mapping[str, Any]) -> bool:
    """Draws the rows into the file asked for, if one is; of nothing no picture is made."""
    name: str | None = values["plot"]
    if name is None:
        return False
    if found:
        form = plots.form_of(name)
        files.write_file(Path(name), plots.draw(chart(found), form), force=bool(values["force"]))
        more = f", the first {plots.MOST}" if chart is not plots.timeline and len(found) > plots.MOST else ""
        terminal.note(f"{name}: drawn{more}")
    return True


def _more(limit: int | None) -> int | None:
    """One more than asked for, to tell that there are more."""
    return None if limit is None else limit + 1


def _end(found: dipcli.library.asking.Summary[Any], limit: int | None = None) -> Exit:
    """What is said after the rows, and the exit status."""
    for line in found.notes:
        terminal.note(line)
    if limit is not None and len(found) > limit:
        terminal.note(f"the first {limit} shown; --limit shows more")
    if found.undated_left_out:
        terminal.note(
            f"left out {counted(found.undated_left_out, 'events')} without a date; --undated shows them"
        )
    if found.doubted_left_out:
        events = counted(found.doubted_left_out, "events")
        terminal.note(f"left out {events} that only a doubted date puts in the span")
    return Exit.OK if found else _nothing()


def _nothing() -> Exit:
    terminal.note("nothing found")
    return Exit.NOTHING


_LIMIT = next(option for option in OUTPUT if option.name == "--limit")

COMMANDS = {
    "timeline": command(
        "timeline",
        "Events over time: how many in each period, beside the number of documents that cover it. An event "
        "counts once, in the period in which it begins; one dated less exactly than a period is counted apart.",
        [
            Option("--per", "day, week, month, quarter or year; else what gives not too many.", "PERIOD"),
            Option("--by", "Grouped by type, actor, country, pair or document.", "FIELD"),
            ACTS,
            *PLOT,
            *filter_options("events"),
            *PAGES,
            INDEX,
        ],
        _timeline,
    ),
    "stats": command(
        "stats",
        "How many events, of which kind, how intense, from when to when. A meeting and the acts told of it "
        "count as one; what is planned is counted apart.",
        [
            Option("--by", f"Counts by a field; up to three: {', '.join(BY)}", "FIELD", many=True),
            ACTS,
            *PLOT,
            *filter_options("events"),
            *PAGES,
            _LIMIT,
            INDEX,
        ],
        _stats,
    ),
    "pairs": command(
        "pairs",
        "Who deals with whom: how often, in cooperation or conflict, lately and before, when last.",
        [
            Option(
                "--kind",
                "Only pairs of a person, country or organization; persons and bodies then count for their country.",
                "KIND",
            ),
            Option("--matrix", "The busiest against each other."),
            ACTS,
            *PLOT,
            *(option for option in filter_options("events") if option.name != "--kind"),
            *PAGES,
            _LIMIT,
            INDEX,
        ],
        _pairs,
    ),
    "profile": command(
        "profile",
        "One actor at a glance: names, offices, counterparts, when, where, what is planned, which documents.",
        [
            Argument("ACTOR", "A name or id."),
            ACTS,
            *(option for option in filter_options("events") if option.name != "--actor"),
            *PAGES,
            INDEX,
        ],
        _profile,
    ),
    "diff": command(
        "diff",
        "What differs between two indexes: events, actors and relations added, changed or gone, with the "
        "documents that did it. Exit status 0 where something differs, 1 where nothing does.",
        [
            Argument("BEFORE", "An index."),
            Argument("AFTER", "Another one, or the same later."),
            *PAGES,
            _LIMIT,
        ],
        _diff,
    ),
}
