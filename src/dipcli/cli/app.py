"""The commands by name, each loaded when it is called; the only package that imports typer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from dipcli import __version__
from dipcli.errors import Exit, UsageError

MODULES = {
    "ingest": "ingest",
    "forget": "ingest",
    "info": "info",
    "events": "query",
    "actors": "query",
    "relations": "query",
    "documents": "query",
    "search": "query",
    "show": "show",
    "explain": "explain",
    "extract": "extract",
    "evaluate": "evaluate",
    "schema": "info",
    "completion": "completion",
}
"""Where each command is, in the order of --help: a module of `dipcli.cli` that has it in COMMANDS."""

HIDDEN = {"complete": "completion"}
"""Commands that no person calls."""

EPILOG = (
    "dipcli COMMAND -h tells more. Exit status: 0 found or done, 1 nothing found, 2 error, 3 done in part."
)


class Commands(Mapping[str, TyperCommand]):
    """The commands, imported one by one when asked for."""

    def __getitem__(self, name: str) -> TyperCommand:
        module = (MODULES | HIDDEN)[name]
        found: TyperCommand = import_module(f"dipcli.cli.{module}").COMMANDS[name]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


def application() -> TyperGroup:
    """`dipcli` as typer knows it."""
    version = TyperOption(
        param_decls=["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
        help="Print the version.",
    )
    return TyperGroup(
        name="dipcli",
        commands=cast("dict[str, Any]", Commands()),  # looked up and listed, never changed
        params=[version],
        help="Turn documents about diplomacy into a searchable record of who did what, to whom, when.",
        epilog=EPILOG,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
    )


def run(arguments: list[str]) -> int:
    """Run a command; gives its exit status. Raises UsageError where the arguments cannot be meant."""
    group = application()
    try:
        with group.make_context("dipcli", arguments or ["--help"]) as context:
            status: int | None = group.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        raise _usage_error(error) from None
    return Exit.OK if status is None else status


def _usage_error(error: typer.TyperException) -> UsageError:
    context = getattr(error, "ctx", None)
    hint = f"see: {context.command_path if context else 'dipcli'} --help"
    if context and not context.parent and hasattr(error, "option_name"):
        hint = "options come after the command's name: dipcli events --index DIR"
    message, _, guess = error.format_message().strip().rstrip(".").partition(". Did you mean ")
    if near := getattr(error, "possibilities", None):
        message, guess = message.partition(" (")[0], f"{' or '.join(near)}?"
    if guess:
        hint = f"did you mean {guess} {hint}"
    return UsageError(message[:1].lower() + message[1:], hint=hint)


def _version(context: typer.Context, parameter: Any, wanted: bool | None) -> None:
    if wanted:
        typer.echo(f"dipcli {__version__}")
        raise typer.Exit
