"""The command line as typer understands it: help, mistakes, and every way to say a thing.

The only module that imports typer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from dipcli import __version__
from dipcli.cli.app import MODULES, find
from dipcli.cli.options import Argument, Command, Option
from dipcli.errors import Exit, UsageError

EPILOG = (
    "dipcli COMMAND -h tells more. Exit status: 0 found or done, 1 nothing found, 2 error, 3 done in part."
)


class Commands(Mapping[str, TyperCommand]):
    """The commands, imported one by one when asked for."""

    def __getitem__(self, name: str) -> TyperCommand:
        return _command(find(name))

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
    """As `app.run`, whatever the arguments are."""
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


class Words(TyperArgument):
    """An argument whose name stands in the usage line as it is written: `ID...`, `[PATHS...]`."""

    def make_metavar(self, ctx: Any, *, usage: bool = False) -> str:
        return super().make_metavar(ctx, usage=usage).strip("{}")

    def get_help_record(self, ctx: Any) -> tuple[str, str] | None:
        return self.make_metavar(ctx), self.help or ""


class Sections(TyperCommand):
    """A command whose help lists its options by section."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            line = param.get_help_record(ctx)
            if line is not None:
                title = "Arguments" if isinstance(param, TyperArgument) else None
                title = title or getattr(param, "rich_help_panel", None) or "Options"
                sections.setdefault(title, []).append(line)
        for title, lines in sections.items():
            with formatter.section(title):
                formatter.write_dl(lines)


def _command(of: Command) -> Sections:
    return Sections(
        of.name,
        help=of.help,
        params=[_param(param) for param in of.params],
        callback=of.run,
        epilog=of.epilog or None,
        hidden=of.hidden,
        rich_markup_mode=None,
    )


def _param(param: Option | Argument) -> TyperArgument | TyperOption:
    if isinstance(param, Argument):
        return Words(
            param_decls=[param.key],
            metavar=param.name + "..." * param.many,
            help=param.help,
            nargs=-1 if param.many else 1,
            required=param.required,
        )
    return TyperOption(
        param_decls=[name for name in (param.name, param.short) if name],
        metavar=param.metavar or None,
        is_flag=not param.metavar,
        multiple=param.many,
        help=param.help,
        rich_help_panel=param.section,
    )
