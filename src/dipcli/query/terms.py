"""Terms: what a filter asks of one record. Each knows how to match and how to print itself.

A term names the fields it `needs`; a record is decoded to the fields that the terms of a query need
and no others. Terms on dates judge rather than match, since a record may be undated or in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, Protocol

import msgspec

from dipcli.names.forms import normal
from dipcli.names.titles import same_title
from dipcli.views import BOTH, Interval, participants


class Term(Protocol):
    """One condition on a record."""

    @property
    def needs(self) -> tuple[str, ...]: ...

    def matches(self, record: Any) -> bool: ...


class Verdict(Enum):
    """What a term on dates says of a record."""

    NO = "no"
    YES = "yes"
    DOUBTED = "?"
    """Only the alternative of a doubted date lies in the span."""
    UNDATED = "undated"


class DateTerm(Protocol):
    """A condition on when something was."""

    @property
    def needs(self) -> tuple[str, ...]: ...

    def judge(self, record: Any) -> Verdict: ...


class OneOf(msgspec.Struct, frozen=True):
    """The field's value is one of these."""

    option: str
    field: str
    values: frozenset[Any]

    def __str__(self) -> str:
        return f"{self.option} {' or '.join(sorted(map(str, self.values)))}"

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.field,)

    def matches(self, record: Any) -> bool:
        return getattr(record, self.field) in self.values


class AnyOf(msgspec.Struct, frozen=True):
    """The field is a list (or a table of counts) that has one of these."""

    option: str
    field: str
    values: frozenset[str]

    def __str__(self) -> str:
        return f"{self.option} {' or '.join(sorted(self.values))}"

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.field,)

    def matches(self, record: Any) -> bool:
        return not self.values.isdisjoint(getattr(record, self.field))


class AtLeast(msgspec.Struct, frozen=True):
    """The field's number is at least that."""

    option: str
    field: str
    least: float

    def __str__(self) -> str:
        return f"{self.option} {self.least:g}"

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.field,)

    def matches(self, record: Any) -> bool:
        return bool(getattr(record, self.field) >= self.least)


class AnyField(msgspec.Struct, frozen=True):
    """One of several fields is one of these ids (the ends of a relation)."""

    option: str
    label: str
    fields: tuple[str, ...]
    values: frozenset[str]

    def __str__(self) -> str:
        return f"{self.option} {self.label}"

    @property
    def needs(self) -> tuple[str, ...]:
        return self.fields

    def matches(self, record: Any) -> bool:
        return any(getattr(record, field) in self.values for field in self.fields)


class Among(msgspec.Struct, frozen=True):
    """The record was found by a query on other records: it is one of these ids."""

    label: str
    ids: frozenset[str]
    needs: tuple[str, ...] = ("id",)

    def __str__(self) -> str:
        return self.label

    def matches(self, record: Any) -> bool:
        return record.id in self.ids


class Sharing(msgspec.Struct, frozen=True):
    """The record's list of ids has one of these."""

    label: str
    field: str
    ids: frozenset[str]

    def __str__(self) -> str:
        return self.label

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.field,)

    def matches(self, record: Any) -> bool:
        return not self.ids.isdisjoint(getattr(record, self.field))


class Either(msgspec.Struct, frozen=True):
    """Any of several terms holds."""

    terms: tuple[Term, ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.terms))

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(field for term in self.terms for field in term.needs)

    def matches(self, record: Any) -> bool:
        return any(term.matches(record) for term in self.terms)


class TakesPart(msgspec.Struct, frozen=True):
    """One participant, acting or acted on as `needs` says, passes a test."""

    label: str
    test: Callable[[Any], bool]
    needs: tuple[str, ...] = BOTH

    def __str__(self) -> str:
        return self.label

    def matches(self, event: Any) -> bool:
        return any(map(self.test, participants(event, self.needs)))


class Participant(msgspec.Struct, frozen=True):
    """One participant has all that is asked; a role is one that the event gives it or, at the event's
    date, one that it holds by the documents (`holders`: intervals by actor id)."""

    label: str
    tests: tuple[Callable[[Any], bool], ...]
    role: str | None
    holders: Mapping[str, list[Interval]]
    needs: tuple[str, ...] = (*BOTH, "start", "end")

    def __str__(self) -> str:
        return self.label

    def matches(self, event: Any) -> bool:
        return any(
            all(test(someone) for test in self.tests) and self._has_role(someone, event)
            for someone in participants(event)
        )

    def _has_role(self, someone: Any, event: Any) -> bool:
        if self.role is None or (someone.title and same_title(self.role, someone.title)):
            return True
        return any(overlap(held, (event.start, event.end)) for held in self.holders.get(someone.id, ()))


class InPlace(msgspec.Struct, frozen=True):
    """The place's name has the words, or the place lies in the country of that name."""

    name: str
    country: str | None
    needs: tuple[str, ...] = ("place",)

    def __str__(self) -> str:
        return f"--place {self.name}"

    def matches(self, event: Any) -> bool:
        if event.place is None:
            return False
        return f" {normal(self.name)} " in f" {normal(event.place.name)} " or (
            self.country is not None and event.place.country == self.country
        )


class ToldIn(msgspec.Struct, frozen=True):
    """One piece of the evidence is in these documents."""

    label: str
    documents: frozenset[str]
    needs: tuple[str, ...] = ("evidence",)

    def __str__(self) -> str:
        return self.label

    def matches(self, record: Any) -> bool:
        return any(evidence.document in self.documents for evidence in record.evidence)


class IsCopy(msgspec.Struct, frozen=True):
    """The document is a copy of an earlier one, or is none."""

    wanted: bool
    needs: tuple[str, ...] = ("copy_of",)

    def __str__(self) -> str:
        return "--copies" if self.wanted else "--originals"

    def matches(self, document: Any) -> bool:
        return (document.copy_of is not None) is self.wanted


class HasTitle(msgspec.Struct, frozen=True):
    """A title that the field gives is the whole title asked for."""

    role: str
    field: str
    get: Callable[[Any], Iterable[str | None]]

    def __str__(self) -> str:
        return f"--role {self.role}"

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.field,)

    def matches(self, record: Any) -> bool:
        return any(title and same_title(self.role, title) for title in self.get(record))


def overlap(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Whether two intervals of ISO dates meet; None is an open end, but an unknown pair meets nothing."""
    if one == (None, None) or other == (None, None):
        return False
    return (one[0] or "") <= (other[1] or "9999") and (other[0] or "") <= (one[1] or "9999")


class During(msgspec.Struct, frozen=True):
    """The record's interval overlaps the span; `intervals` gives it, and its alternatives after it."""

    since: str | None
    until: str | None
    needs: tuple[str, ...]
    intervals: Callable[[Any], list[Interval]]

    def __str__(self) -> str:
        return f"{self.since or ''}..{self.until or ''}"

    def judge(self, record: Any) -> Verdict:
        span = (self.since, self.until)
        known = self.intervals(record)
        if not known:
            return Verdict.UNDATED
        if overlap(span, known[0]):
            return Verdict.YES
        return Verdict.DOUBTED if any(overlap(span, other) for other in known[1:]) else Verdict.NO


class HeldDuring(msgspec.Struct, frozen=True):
    """The actor held the offices in the span: as stated, else between first and last seen."""

    role: str
    since: str | None
    until: str | None
    holders: tuple[Mapping[str, list[Interval]], ...]
    """For each title asked for, the intervals known by actor id."""
    needs: tuple[str, ...] = ("id",)

    def __str__(self) -> str:
        return f"--role {self.role} {self.since or ''}..{self.until or ''}"

    def judge(self, actor: Any) -> Verdict:
        verdicts = {self._judge(offices.get(actor.id)) for offices in self.holders}
        return next(one for one in (Verdict.NO, Verdict.UNDATED, Verdict.YES) if one in verdicts)

    def _judge(self, held: list[Interval] | None) -> Verdict:
        if held is None:
            return Verdict.NO
        span = (self.since, self.until)
        if any(overlap(span, interval) for interval in held):
            return Verdict.YES
        return Verdict.NO if held else Verdict.UNDATED


def document_intervals(document: Any) -> list[Interval]:
    published = document.published
    return [(published.start, published.end)] if published else []


def relation_intervals(relation: Any) -> list[Interval]:
    """From when until when, as stated, else as first and last seen."""
    start = relation.since or relation.first_seen or relation.until or relation.last_seen
    end = relation.until or relation.last_seen or relation.since or relation.first_seen
    return [(start, max(start, end))] if start else []
