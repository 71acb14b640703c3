"""Filters within a text query: `type:consult actor:"wang yi" date:2022-05.. mines`.

A field is the name of a filter and its value, and must hold beside the words, if there are any; `date:` is a
day, a month or a year, or a span `A..B` that may be open. So it is the same in `search`, `--text` and the
library.
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
    r'(?P<field>-?(?P<name>[A-Za-z][A-Za-z_-]*):(?P<value>"[^"]*"|[^\s()"]*))'
    r'|["“”„][^"“”„]*["“”„]?|(?P<open>\()|(?P<close>\))|(?P<word>[^\s()"“”„]+)'
)


class Field(msgspec.Struct, frozen=True):
    """A field of a query, and where it stands there."""

    query: str
    name: str
    value: str
    position: int
    length: int

    def wrong(self, message: str, hint: str | None = None) -> QuerySyntaxError:
        """What to raise of it."""
        error = QuerySyntaxError(message, query=self.query, position=self.position, length=self.length)
        error.hint = hint
        return error


def fields(query: str) -> Iterator[Field]:
    """The fields of a query, in order.

    Raises QuerySyntaxError at one that is misspelt, has no value or one that it cannot have, or stands where it
    does not hold of all.
    """
    depth, before = 0, ""
    tokens = list(re.finditer(_TOKENS, query))
    for number, match in enumerate(tokens):
        depth += bool(match["open"]) - bool(match["close"])
        name = (match["name"] or "").lower().replace("-", "_")
        value = (match["value"] or "").strip('"')
        field = Field(query, name, value, match.start(), len(match[0]))
        if match["field"] and _is_known(field):
            after = tokens[number + 1][0] if number + 1 < len(tokens) else ""
            if depth or "OR" in (before, after) or before == "NOT" or match[0].startswith("-"):
                raise field.wrong(
                    "a field holds of all: it cannot stand within OR, NOT or brackets",
                    "either of two values: type:aid type:agree",
                )
            if not value.strip():
                raise field.wrong(
                    f"{name}: has no value", 'such as actor:"wang yi", without a blank before it'
                )
            try:
                _check(name, value)
            except UsageError as error:
                raise field.wrong(error.message, error.hint) from None
            yield field
        before = match[0]


def _is_known(field: Field) -> bool:
    """Whether it is one, and no mere word with a colon. Raises QuerySyntaxError where it nearly is."""
    from difflib import get_close_matches

    known = [*(line.name for line in FILTER.values() if not line.flag and line.name != "text"), DATE]
    if field.name not in known and field.value and get_close_matches(field.name, known, 1, 0.75):
        raise field.wrong(f"there is no field '{field.name}'", suggestion(field.name, known))
    return field.name in known


def _check(name: str, value: str) -> None:
    """Raises UsageError for a date that cannot be read, or a value that is not of a closed list."""
    for key, one in _as_filters(name, value):
        if key in SPAN:
            dates.option(one, dates.now())
        elif FILTER[key].choices:
            closed(key, [one])


def merged(filters: Filters, query: str, command: str) -> Filters:
    """The filters with the fields of a query added. Raises QuerySyntaxError as `fields` does, and where both
    cannot be meant or the command does not take one."""
    added: dict[str, Any] = {}
    for field in fields(query):
        for key, value in _as_filters(field.name, field.value):
            if command not in FILTER[key].means:
                takers = ", ".join(FILTER[key].means)
                raise field.wrong(f"{field.name}: does not apply to {command}", f"it applies to: {takers}")
            if FILTER[key].repeatable:
                added[key] = [*added.get(key, getattr(filters, key)), value]
            elif key in added or getattr(filters, key) is not None:
                raise field.wrong(f"{FILTER[key].option} is given twice")
            else:
                added[key] = value
    return msgspec.structs.replace(filters, **added)


def _as_filters(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name != DATE:
        yield name, value
        return
    since, dots, until = value.partition("..")
    if not dots:
        yield "on", value
    if dots and since:
        yield "since", since
    if dots and until:
        yield "until", until
