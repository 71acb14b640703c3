"""Events over time: how many in each period, with the documents that cover it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dipcli.errors import UnknownValue, suggestion
from dipcli.facts import Facts, iso, number
from dipcli.summary.counting import Counts, key, names_of, values_of
from dipcli.summary.periods import PERIODS, Calendar, Span, default
from dipcli.summary.results import Key, Period

GROUPS = ("type", "actor", "country", "pair", "document")
"""What a timeline can be grouped by."""


def timeline(
    facts: Facts,
    *,
    per: str | None = None,
    by: str | None = None,
    acts: bool = False,
    since: str | None = None,
    until: str | None = None,
    every: Facts | None = None,
    published: Mapping[str, tuple[int, int]] | None = None,
    titles: Mapping[str, str] | None = None,
) -> list[Period]:
    """Counts by period, in order, empty periods between the first and the last too, the undated at the end.

    per: day, week, month, quarter or year; without it the shortest that gives not too many
    by: one of GROUPS
    since, until: the span asked for, ISO, which the periods fill where given
    every, published: what tells which documents cover a period: all events, and first and last day
        (20220516) on which a document may have been published
    titles: of documents, by id

    Raises UnknownValue, and UsageError where the periods are too many.
    """
    if by is not None and by not in GROUPS:
        raise UnknownValue(f"a timeline cannot be grouped by '{by}'", hint=suggestion(by, GROUPS))
    if per is not None and per not in PERIODS:
        raise UnknownValue(f"unknown period '{per}'", hint=suggestion(per, PERIODS))
    if not len(facts):
        return []
    low, high = number(since), number(until)
    first, last = _ends(facts, low, high)
    calendar = Calendar(per or (default(first, last) if first else "year"))
    found = _by_period(facts, calendar, low)
    cover = _cover(calendar, every or facts, published or {})
    periods = {*(calendar.between(first, last) if first else ()), *filter(None, found)}
    counts = Counts(facts, acts)
    groups = values_of(facts, by) if by else None
    names = names_of(facts) | dict(titles or {})
    timeline: list[Period] = []
    for span in [*sorted(periods, key=lambda one: (one.start, -one.end)), *([None] if None in found else [])]:
        rows, documents = found.get(span, []), len(cover.get(span, ()))
        timeline.append(_period(span, documents, counts.by_status(rows)))
        if by and groups:
            inside: dict[Any, list[int]] = {}
            for row in rows:
                for value in groups[row]:
                    inside.setdefault(value, []).append(row)
            grouped = (
                _period(span, documents, counts.by_status(some), key(by, value, names))
                for value, some in inside.items()
            )
            timeline += sorted(grouped, key=_most_first)
    return timeline


def _ends(facts: Facts, low: int, high: int) -> tuple[int, int]:
    """First and last day that the periods reach; zeros where nothing has a date."""
    starts = [start for start in facts.start if start]
    if not starts:
        return 0, 0
    first = low or min(starts)
    return first, max(first, high or max(starts))


def _by_period(facts: Facts, calendar: Calendar, low: int = 0) -> dict[Span | None, list[int]]:
    """The rows of each period; of none those without a date. What began before `low` and went on counts
    in the period of `low`."""
    precisions = [kind.precision for kind in facts.kinds]
    known: dict[tuple[int, int, str], Span | None] = {}
    found: dict[Span | None, list[int]] = {}
    for row, when in enumerate(
        zip(facts.start, facts.end, map(precisions.__getitem__, facts.kind), strict=True)
    ):
        if when not in known:
            known[when] = _period_of(calendar, *when, low)
        found.setdefault(known[when], []).append(row)
    return found


def _period_of(calendar: Calendar, start: int, end: int, precision: str, low: int) -> Span | None:
    if not start:
        return None
    span = calendar.of(start, end, precision)
    return calendar.at(low) if span.exact and span.end < low <= end else span


def _cover(
    calendar: Calendar, every: Facts, published: Mapping[str, tuple[int, int]]
) -> dict[Span | None, set[str]]:
    """The documents that cover each period."""
    cover = {
        span: {every.papers[one] for row in rows for one in every.documents[row]}
        for span, rows in _by_period(every, calendar).items()
    }
    for document, (start, end) in published.items():
        if start and calendar.at(start).end >= end:
            cover.setdefault(calendar.at(start), set()).add(document)
    return cover


def _period(span: Span | None, documents: int, status: Mapping[str, int], by: Key | None = None) -> Period:
    return Period(
        period=span.name if span else None,
        start=iso(span.start) if span else None,
        end=iso(span.end) if span else None,
        exact=span.exact if span else True,
        by=by,
        count=status.get("occurred", 0),
        planned=status.get("planned", 0),
        cancelled=status.get("cancelled", 0),
        documents=documents,
    )


def _most_first(period: Period) -> tuple[int, int, str]:
    return -period.count, -period.planned, str(period.by and period.by.value)
