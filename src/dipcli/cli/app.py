"""The commands by name, each loaded when it is called, and what runs them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from dipcli.cli.options import Command
from dipcli.cli.usual import values_of
from dipcli.errors import Exit

MODULES = {
    "ingest": "ingest",
    "forget": "ingest",
    "info": "info",
    "events": "query",
    "actors": "query",
    "relations": "query",
    "documents": "query",
    "search": "query",
    "timeline": "summaries",
    "stats": "summaries",
    "pairs": "summaries",
    "profile": "summaries",
    "diff": "summaries",
    "chronology": "chronology",
    "report": "report",
    "show": "show",
    "explain": "explain",
    "conflicts": "conflicts",
    "settle": "conflicts",
    "extract": "extract",
    "evaluate": "evaluate",
    "edit": "decide",
    "reject": "decide",
    "accept": "decide",
    "same": "decide",
    "different": "decide",
    "split": "decide",
    "alias": "decide",
    "rename": "decide",
    "add": "decide",
    "tag": "decide",
    "untag": "decide",
    "note": "decide",
    "undo": "decide",
    "decisions": "decisions",
    "review": "review",
    "schema": "info",
    "completion": "completion",
}
"""Where each command is, in the order of --help: a module of `dipcli.cli` that has it in COMMANDS."""

HIDDEN = {"complete": "completion"}
"""Commands that no person calls."""


def find(name: str) -> Command:
    """The command of that name. Raises KeyError where there is none."""
    found: Command = import_module(f"dipcli.cli.{(MODULES | HIDDEN)[name]}").COMMANDS[name]
    return found


def run(arguments: Sequence[str]) -> int:
    """Run a command; gives its exit status. Raises UsageError where the arguments cannot be meant.

    What is said in the usual way is understood without typer, which takes longer to load than most
    queries to answer; typer has the last word on everything else: help, mistakes, rarer ways.
    """
    if arguments and arguments[0] in MODULES | HIDDEN:
        command = find(arguments[0])
        values = values_of(command.params, arguments[1:])
        if values is not None:
            return Exit.OK if (status := command.run(**values)) is None else status
    from dipcli.cli import parser

    return parser.run(list(arguments))
