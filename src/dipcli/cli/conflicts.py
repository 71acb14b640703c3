"""`dipcli conflicts`: what does not fit in the index, both sides with their quotes."""

from __future__ import annotations

from typing import Any

import dipcli
from dipcli.cli.options import INDEX, OUTPUT, Option, command, filter_options
from dipcli.cli.query import choose_view, show
from dipcli.conflicts import RULES, SEVERITIES
from dipcli.errors import Exit, UnknownValue, suggestion
from dipcli.output import progress, terminal
from dipcli.output.text import wrap
from dipcli.query.filters import filters_of

COLUMNS = 80


def _conflicts(rule: tuple[str, ...], severity: str | None, explain: str | None, **values: Any) -> Exit:
    if explain is not None:
        return _explain(explain)
    chosen = choose_view("conflicts", values)
    with dipcli.open(chosen.settings.index) as index:
        index.snapshot.on_progress = progress.on_demand("Making the cache")
        selection = index.conflict_rows(
            rule=rule,
            severity=severity,
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


COMMANDS = {
    "conflicts": command(
        "conflicts",
        "Find what does not fit: dates, places, people and spellings that contradict each other.",
        [
            Option("--rule", "Only what this rule finds (--explain tells of each).", "RULE", many=True),
            Option("--severity", f"Only that grave or graver: {', '.join(SEVERITIES)}.", "SEVERITY"),
            Option("--explain", f"Tell what a rule looks for: {', '.join(RULES)}.", "RULE"),
            *filter_options("conflicts"),
            *(option for option in OUTPUT if option.name != "--with-sources"),
            INDEX,
        ],
        _conflicts,
    ),
}
