"""Arguments said in the usual way: whole names of options, values that do not look like options.

A part of what typer understands, to the same values, in a fraction of the time that loading it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dipcli.cli.options import Argument, Option


def values_of(params: Iterable[Option | Argument], words: Sequence[str]) -> dict[str, Any] | None:
    """The parameters' values by name; null where anything is said in another way, or wrong."""
    known = {param.name: param for param in params}
    options = {name: param for name, param in known.items() if isinstance(param, Option)}
    arguments = [param for param in known.values() if isinstance(param, Argument)]
    values: dict[str, Any] = {option.key: () if option.many else None for option in options.values()}
    loose: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            loose.append(word)
            continue
        if word == "--":
            loose.extend(rest)
            continue
        name, equals, value = word.partition("=")
        option = options.get(name)
        if option is None or (equals and not option.metavar):
            return None
        if option.metavar and not equals:
            value = next(rest, "-")
            if value.startswith("-"):
                return None
        values[option.key] = (
            (*values[option.key], value) if option.many else value if option.metavar else True
        )
    return values if _place(arguments, loose, values) else None


def _place(arguments: Sequence[Argument], words: list[str], values: dict[str, Any]) -> bool:
    """Gives the only argument its words; whether they are as many as it takes."""
    if len(arguments) != 1:
        return not arguments and not words
    (argument,) = arguments
    if not argument.many and len(words) != 1:
        return False
    if argument.required and not words:
        return False
    values[argument.key] = tuple(words) if argument.many else words[0]
    return True
