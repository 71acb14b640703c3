"""Commands, their options and arguments as data.

What several commands share is written once: `INDEX`, the `OUTPUT` options, and the filters, which
come from the query language's own table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from dipcli.errors import Exit, UsageError
from dipcli.output.fields import FORMATS
from dipcli.query.filters import filters_of


class Option(msgspec.Struct, frozen=True):
    """An option; a value without a metavar is a flag."""

    name: str
    help: str
    metavar: str = ""
    many: bool = False
    section: str = "Options"
    short: str = ""
    """Another name for it: -o."""

    @property
    def key(self) -> str:
        """What the value is called in Python: with_sources."""
        return self.name.lstrip("-").replace("-", "_")


class Argument(msgspec.Struct, frozen=True):
    name: str
    help: str
    many: bool = False
    required: bool = True

    @property
    def key(self) -> str:
        return self.name.lower()


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
        ("--no-quotes", "", "Leave the documents' own words out: quotes, summaries, texts."),
        ("--with-sources", "", "Beside each row the title, publisher and date of its documents."),
        ("--color", "WHEN", "auto, always or never."),
        ("--no-pager", "", "Do not show long output in a pager."),
    )
)
_PAGES = ("--format", "--json", "--no-quotes", "--color", "--no-pager")
PAGES = tuple(option for option in OUTPUT if option.name in _PAGES)
"""The output options of commands that show records as pages."""


class Command(msgspec.Struct, frozen=True):
    """A command; `run` takes its parameters by name."""

    name: str
    help: str
    params: tuple[Option | Argument, ...]
    run: Callable[..., Exit | None]
    epilog: str = ""
    hidden: bool = False


def command(
    name: str,
    help: str,
    params: Iterable[Option | Argument],
    run: Callable[..., Exit | None],
    epilog: str = "",
    *,
    hidden: bool = False,
) -> Command:
    """A command that calls `run` with its parameters by name (dashes as underscores)."""
    return Command(name, help, tuple(params), run, epilog, hidden)


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
