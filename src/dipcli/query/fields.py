"""Filters within a text query: `type:consult actor:"wang yi" date:2022-05.. mines`.

A field is the name of a filter and its value, and must hold beside the words; `date:` is a day, a month or
a year, or a span `A..B` that may be open. So it is the same in `search`, `--text` and the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from dipcli import dates
from dipcli.errors import QuerySyntaxError, UsageError
from dipcli.query.filters import FILTER, Filters, closed, suggestion

DATE = "date"
SPAN = ("since", "until", "on")
_TOKENS = (
    r'(?P<field>-?(?P<name>[A-Za-z][A-Za-z_-]*):(?P<value>"[^"]*"|[^\s()"]+))'
    r'|["“”„][^"“”„]*["“”„]?|(?P<open>\()|(?P<close>\))|(?P<word>[^\s()"“”„]+)'
)


class _Field(msgspec.Struct, frozen=True):
    name: str
    value: str
    position: int
    length: int


def split(query: str) -> tuple[str, dict[str, list[str]]]:
    """The query with blanks for its fields, and the fields' values by name.

    Raises QuerySyntaxError at a field that is misspelt, has a value that it cannot have, or stands where it
    does not hold of all.
    """
    values: dict[str, list[str]] = {}
    rest = query
    for field in _fields(query):
        rest = rest[: field.position] + " " * field.length + rest[field.position + field.length :]
        values.setdefault(field.name, []).append(field.value)
    return rest, values


def _fields(query: str) -> Iterator[_Field]:
    depth, before = 0, ""
    tokens = list(re.finditer(_TOKENS, query))
    for number, match in enumerate(tokens):
        depth += bool(match["open"]) - bool(match["close"])
        name = (match["name"] or "").lower().replace("-", "_")
        if match["field"] and _is_field(name, match):
            after = tokens[number + 1][0] if number + 1 < len(tokens) else ""
            if depth or "OR" in (before, after) or before == "NOT" or match[0].startswith("-"):
                raise _error(query, match, "a field holds of all: it cannot stand within OR, NOT or brackets")
            value = match["value"].strip('"')
            try:
                _check(name, value)
            except UsageError as error:
                raise _error(query, match, error.message, error.hint) from None
            yield _Field(name, value, match.start(), len(match[0]))
        before = match[0]


def _is_field(name: str, match: re.Match[str]) -> bool:
    """Whether it is one, and no mere word with a colon. Raises QuerySyntaxError where it nearly is."""
    from difflib import get_close_matches

    known = [*(line.name for line in FILTER.values() if not line.flag and line.name != "text"), DATE]
    if name not in known and get_close_matches(name, known, 1, 0.75):
        raise _error(
            match.string, match, f"there is no field '{match['name']}'", suggestion(match["name"], known)
        )
    return name in known


def _check(name: str, value: str) -> None:
    """Raises UsageError for a date that cannot be read, or a value that is not of a closed list."""
    for key, one in _as_filters(name, [value]):
        if key in SPAN:
            dates.option(one, dates.now())
        elif FILTER[key].choices:
            closed(key, [one])


def _error(query: str, match: re.Match[str], message: str, hint: str | None = None) -> QuerySyntaxError:
    error = QuerySyntaxError(message, query=query, position=match.start(), length=len(match[0]))
    error.hint = hint
    return error


def merged(filters: Filters, values: dict[str, list[str]], query: str) -> Filters:
    """The filters with the fields of a query added. Raises QuerySyntaxError where both cannot be meant."""
    added: dict[str, Any] = {}
    for name, given in values.items():
        for key, value in _as_filters(name, given):
            if FILTER[key].repeatable:
                added[key] = [*added.get(key, getattr(filters, key)), value]
            elif key in added or getattr(filters, key) is not None:
                place = (
                    query.lower().index(f"{name}:".replace("_", "-")) if f"{name}:" in query.lower() else 0
                )
                raise QuerySyntaxError(
                    f"{FILTER[key].option} is given twice", query=query, position=place, length=len(name) + 1
                )
            else:
                added[key] = value
    return msgspec.structs.replace(filters, **added)


def _as_filters(name: str, values: list[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        if name != DATE:
            yield name, value
            continue
        since, dots, until = value.partition("..")
        if not dots:
            yield "on", value
        if dots and since:
            yield "since", since
        if dots and until:
            yield "until", until
