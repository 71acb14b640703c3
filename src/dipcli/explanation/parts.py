"""What an explanation is made of."""

from __future__ import annotations

from typing import Literal

from dipcli.decisions.listing import Listed
from dipcli.records import Doubt, Struct


class Words(Struct, frozen=True, kw_only=True):
    """Characters of a document: `text == document.text[char_start:char_end]`."""

    document: str
    title: str | None
    """Of the document; its path where it has none."""
    locator: str | None
    char_start: int
    char_end: int
    text: str


class Ground(Struct, frozen=True, kw_only=True):
    """Why a field has a value, by one telling."""

    value: str
    """That this telling gives."""
    told: int | None = None
    """Which of the explanation's `told` it is of, from 1; null where of none alone."""
    taken: bool = True
    """False where the record has another value."""
    rule: str
    """Its name; those that look at dates and names are told in docs/extraction.md."""
    words: Words | None = None
    """That the rule looked at; null where it looked at none of this telling's own."""
    against: str | None = None
    """What the words were resolved against."""


class Field(Struct, frozen=True, kw_only=True):
    """A field of the record, its value, and every telling's ground for it."""

    field: str
    value: str
    grounds: list[Ground]


class Told(Struct, frozen=True, kw_only=True):
    """A passage that the record was made of, and why it is told of this and no other."""

    words: Words
    reason: str
    possible: list[str] = []
    """Ids of other events that it may be of as well."""


class Explanation(Struct, frozen=True, kw_only=True, tag="explanation", tag_field="record"):
    """Where a record comes from."""

    id: str
    kind: Literal["event", "actor", "relation"]
    summary: str
    fields: list[Field]
    told: list[Told]
    doubts: list[Doubt] = []
    decisions: list[Listed] = []
    """What a person decided about it, in the order in which it was decided."""
