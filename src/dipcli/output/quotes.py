"""Rows without the documents' own words (`--no-quotes`): what was found, and where, but no sentence of it.

Names, titles, offices and places stay: they are what was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

WORDS = {"summary", "date_text"}
"""Fields that hold words of a document, besides the text of evidence and of documents."""


class Silent(msgspec.Struct, frozen=True):
    """A row whose record has lost the documents' words; `raw` is its line."""

    record: Any
    raw: bytes
    spans: list[tuple[int, int]]


def without(rows: Iterable[Any]) -> Iterator[Silent]:
    """The rows without the words of documents."""
    return (Silent(found := silent(row.record), msgspec.json.encode(found), []) for row in rows)


def silent(record: Any) -> Any:
    """A record without the words of documents: an empty text, summary and date_text in their place."""
    return msgspec.convert(_emptied(msgspec.to_builtins(record)), type(record))


def _emptied(value: Any) -> Any:
    if isinstance(value, list):
        return [_emptied(item) for item in value]
    if not isinstance(value, dict):
        return value
    quotes = "char_start" in value or value.get("record") == "document"
    return {
        name: _empty(of) if name in WORDS or (quotes and name == "text") else _emptied(of)
        for name, of in value.items()
    }


def _empty(value: Any) -> str | None:
    return None if value is None else ""
