"""`dipcli conflicts`: what does not fit in the index, both sides with their quotes."""

from __future__ import annotations

import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any, get_args

import msgspec

import dipcli
from dipcli import settings
from dipcli.cli.decide import SIGNED, told
from dipcli.cli.options import INDEX, MODEL, OUTPUT, Argument, Option, command, filter_options
from dipcli.cli.query import choose_view, or_else, show, show_none
from dipcli.conflicts import RULES, SEVERITIES
from dipcli.conflicts.settling import CHOICES
from dipcli.errors import Exit, UnknownValue, UsageError, suggestion
from dipcli.output import progress, terminal
from dipcli.output.text import wrap
from dipcli.query.filters import filters_of
from dipcli.query.selection import Row, Selection

COLUMNS = 80


def _conflicts(
    rule: tuple[str, ...], severity: str | None, explain: str | None, draft: str | None, **values: Any
) -> Exit:
    if explain is not None:
        return _explain(explain)
    if draft is not None:
        if rule or severity:
            raise UsageError("--draft goes with neither --rule nor --severity")
        return _draft(draft, **values)
    chosen = choose_view("conflicts", values)
    with dipcli.open(chosen.settings.index) as index:
        index.snapshot.on_progress = progress.on_demand("Making the cache")
        with or_else(partial(show_none, "conflicts", chosen, count=bool(values["count"]))):
            selection = index.conflict_rows(
                rule=rule,
                severity=severity,
                settled=bool(values["settled"]),
                sort=values["sort"],
                reverse=bool(values["reverse"]),
                limit=chosen.limit,
                substitute=chosen.screen.terminal,
                **{line.name: values[line.name] for line in filters_of("conflicts")},
            )
        for line in selection.notes:
            terminal.note(line)
        found = show("conflicts", selection, chosen, count=bool(values["count"]), extra={}, names=dict)
    return Exit.OK if found else Exit.NOTHING


def _explain(name: str) -> Exit:
    """What a rule looks for, in a paragraph."""
    rule = RULES.get(name)
    if rule is None:
        raise UnknownValue(f"there is no rule '{name}'", hint=suggestion(name, RULES))
    lines = [f"{rule.name} ({rule.severity}): {rule.finds}", "", *wrap(rule.explanation, COLUMNS)]
    terminal.write([f"{line}\n".encode() for line in lines])
    return Exit.OK


def _draft(file: str, published: str | None, model: str | None, **values: Any) -> Exit:
    """A draft held against the index."""
    from dipcli.conflicts.draft import Judged, Verdict

    chosen = choose_view("verdicts", {**values, "model": model})
    source = sys.stdin.read() if file == "-" else Path(file)
    with dipcli.open(chosen.settings.index) as index:
        found = index.draft(
            source,
            name="stdin" if file == "-" else None,
            published=published,
            model=chosen.settings.model,
            **{line.name: given for line in filters_of("conflicts") if (given := values[line.name])},
        )
    rows = (Row(msgspec.json.encode(verdict), msgspec.json.Decoder(Verdict).decode) for verdict in found)
    selection = Selection("verdicts", rows, limit=chosen.limit)
    shown = show("verdicts", selection, chosen, count=bool(values["count"]), extra={}, names=dict)
    if found:
        counts = Counter(verdict.verdict for verdict in found)
        terminal.note(", ".join(f"{counts[judged]} {judged}" for judged in get_args(Judged)))
    return Exit.OK if shown else Exit.NOTHING


def _settle(conflict: str, choose: str | None, index: str | None, by: str | None, why: str | None) -> None:
    if choose is None:
        raise UsageError("--choose says which side holds", hint=f"it is one of: {', '.join(CHOICES)}")
    set_up = settings.load(index=index, by=by)
    with dipcli.open(set_up.index) as opened:
        for line in told(opened.settle(conflict, choose, by=set_up.by, why=why)):
            terminal.say(line)


COMMANDS = {
    "conflicts": command(
        "conflicts",
        "Find what does not fit: dates, places, people and spellings that contradict each other.",
        [
            Option("--rule", "Only what this rule finds (--explain tells of each).", "RULE", many=True),
            Option("--severity", f"Only that grave or graver: {', '.join(SEVERITIES)}.", "SEVERITY"),
            Option("--explain", f"Tell what a rule looks for: {', '.join(RULES)}.", "RULE"),
            Option("--settled", "Those too that were settled."),
            Option("--draft", "Hold a chronology in the making against the index, line by line.", "FILE"),
            Option("--published", "When the draft is of: dates without a year lean on it.", "DATE"),
            MODEL,
            *filter_options("conflicts"),
            *(option for option in OUTPUT if option.name != "--with-sources"),
            INDEX,
        ],
        _conflicts,
    ),
    "settle": command(
        "settle",
        "Settle a conflict: side a holds, or b, neither, or both (dismiss). What follows is corrected.",
        [
            Argument("CONFLICT", "Its id, or the beginning of it."),
            Option("--choose", f"Which side holds: {', '.join(CHOICES)}.", "SIDE"),
            *SIGNED,
        ],
        _settle,
    ),
}
