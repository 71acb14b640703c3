"""Options and arguments as data, and commands made of them.

What several commands share is written once: `INDEX`, the `OUTPUT` options, and the filters, which
come from the query language's own table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from typer.core import TyperArgument, TyperCommand, TyperOption

from dipcli.errors import Exit, UsageError
from dipcli.output.fields import FORMATS
from dipcli.query.filters import filters_of

Param = TyperArgument | TyperOption


class Option(NamedTuple):
    """An option; a value without a metavar is a flag."""

    name: str
    help: str
    metavar: str = ""
    many: bool = False
    section: str = "Options"


class Argument(NamedTuple):
    name: str
    help: str
    many: bool = False
    required: bool = True


INDEX = Option("--index", "The index; else DIPCLI_INDEX, else the nearest .dipcli/ here or above.", "DIR")
MODEL = Option(
    "--model",
    "A spaCy pipeline to parse sentences with, or none for rules alone; else the default one.",
    "NAME",
)
OUTPUT = tuple(
    Option(name, help, metavar, section="Output")
    for name, metavar, help in (
        ("--format", "FORMAT", f"{', '.join(FORMATS)}; else a table on a terminal, TSV in a pipe."),
        ("--json", "", "The same as --format json."),
        ("--fields", "A,B,C", "Only these fields, in this order."),
        ("--sort", "FIELD", "Sort by a field."),
        ("--reverse", "", "The other way round."),
        ("--limit", "N", "At most so many; without it a table on a terminal shows 100."),
        ("--count", "", "Only say how many there are."),
        ("--with-sources", "", "Beside each row the title, publisher and date of its documents."),
        ("--color", "WHEN", "auto, always or never."),
        ("--no-pager", "", "Do not show long output in a pager."),
    )
)
PAGES = tuple(option for option in OUTPUT if option.name in ("--format", "--json", "--color", "--no-pager"))
"""The output options of commands that show records as pages."""


class Words(TyperArgument):
    """An argument whose name stands in the usage line as it is written: `ID...`, `[PATHS...]`."""

    def make_metavar(self, ctx: Any, *, usage: bool = False) -> str:
        return super().make_metavar(ctx, usage=usage).strip("{}")

    def get_help_record(self, ctx: Any) -> tuple[str, str] | None:
        return self.make_metavar(ctx), self.help or ""


class Command(TyperCommand):
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


def command(
    name: str,
    help: str,
    params: Iterable[Option | Argument],
    run: Callable[..., Exit | None],
    epilog: str = "",
) -> Command:
    """A command that calls `run` with its parameters by name (dashes as underscores)."""
    return Command(
        name,
        help=help,
        params=[_param(param) for param in params],
        callback=run,
        epilog=epilog or None,
        rich_markup_mode=None,
    )


def filter_options(command: str) -> list[Option]:
    """An option for each filter that the command takes."""
    return [
        Option(
            filter.option,
            f"{filter.help} {_choices(filter.choices)}".rstrip(),
            "" if filter.flag else filter.metavar,
            filter.repeatable,
            "Filters",
        )
        for filter in filters_of(command)
    ]


def split_list(option: str, value: str | None) -> list[str] | None:
    """The items of `a,b,c` that an option gives. Raises UsageError where there is none."""
    if value is None:
        return None
    items = [item.strip() for item in value.split(",") if item.strip()]
    if not items:
        raise UsageError(f"{option} names nothing", hint=f"such as {option} id,date,actors")
    return items


def whole_number(option: str, value: str | None, least: int = 1) -> int | None:
    """The number that an option gives. Raises UsageError where it is none or too small."""
    if value is None:
        return None
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise UsageError(f"{option} takes a whole number from {least}, not '{value}'")
    return int(value)


def _choices(choices: Sequence[str]) -> str:
    """The closed list, where it is short enough to be read."""
    return f"({', '.join(choices)})" if 0 < len(choices) <= 8 else ""


def _param(param: Option | Argument) -> Param:
    if isinstance(param, Argument):
        return Words(
            param_decls=[param.name.lower()],
            metavar=param.name + "..." * param.many,
            help=param.help,
            nargs=-1 if param.many else 1,
            required=param.required,
        )
    return TyperOption(
        param_decls=[param.name],
        metavar=param.metavar or None,
        is_flag=not param.metavar,
        multiple=param.many,
        help=param.help,
        rich_help_panel=param.section,
    )
