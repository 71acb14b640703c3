"""What a rule reports: two values that do not fit, each with the words that give it."""

from __future__ import annotations

import hashlib
from typing import Literal, get_args

from msgspec.structs import replace

from dipcli.decisions.types import Choice
from dipcli.records import Evidence, Struct

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""


class Side(Struct, frozen=True, kw_only=True):
    """One of two values, and the words that give it: dates and places as `dipcli edit --set` takes them.

    `title`: of the document, or its path where it has none; `published`: its date, ISO, `A/B` where that is an
    interval. Without evidence the value is the calendar's, or what is missing.
    """

    value: str
    event: str | None = None
    """The event that has it."""
    title: str | None = None
    published: str | None = None
    evidence: Evidence | None = None


class Settled(Struct, frozen=True, kw_only=True):
    """How a conflict was settled, by which decision."""

    decision: str
    chosen: Choice
    by: str
    at: str
    why: str | None = None


class Conflict(Struct, frozen=True, kw_only=True, tag="conflict", tag_field="record"):
    """Two values that cannot both be right, or one that something speaks against."""

    id: str = ""
    """The rule, what it is about, and a hash of the words of both sides: the same in every index that has
    these words, though the middle follows the ids of the records."""
    rule: str
    severity: Severity
    field: str
    """What is at odds: date, place, medium, actors, office, name, status, certainty."""
    events: list[str] = []
    actors: list[str] = []
    documents: list[str] = []
    a: Side
    b: Side
    reason: str
    settled: Settled | None = None


def identified(conflict: Conflict) -> Conflict:
    """The conflict with its id and the documents of its sides."""
    quotes = [side.evidence for side in (conflict.a, conflict.b) if side.evidence]
    subject = next(iter([*conflict.events, *conflict.actors, *(quote.document for quote in quotes)]), "")
    return replace(
        conflict,
        id="-".join(part for part in (conflict.rule, subject, fingerprint(conflict)) if part),
        documents=list(dict.fromkeys([*conflict.documents, *(quote.document for quote in quotes)])),
    )


def fingerprint(conflict: Conflict) -> str:
    """Six hex digits of the rule and of what both sides quote, in either order."""
    quotes = sorted(
        f"{quote.document}\0{quote.text}"
        for side in (conflict.a, conflict.b)
        if (quote := side.evidence) is not None
    )
    said = quotes if len(quotes) > 1 else sorted([*quotes, conflict.a.value, conflict.b.value])
    return hashlib.sha256("\n".join([conflict.rule, *said]).encode()).hexdigest()[:6]
