"""Events over time: how many in each period, with the documents that cover it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from dipcli.errors import UnknownValue, suggestion
from dipcli.facts import Facts, iso, number
from dipcli.summary.counting import STATUSES, Counts
from dipcli.summary.fields import column, key, names_of
from dipcli.summary.periods import PERIODS, Calendar, Span, default
from dipcli.summary.results import Key, Period

END = 9999_12_31
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
    calendar = Calendar(
        per or default(low or min(filter(None, facts.start), default=0), high or max(facts.start))
    )
    spans, places = calendar.of_all(facts, low)
    counts = Counts(facts, acts)
    totals = counts.by_status(range(len(facts)), places)
    groups = _groups(facts, by, places, counts)
    known = (spans, places) if every is facts and not low else calendar.of_all(every or facts)
    cover = _cover(calendar, every or facts, *known, published or {})
    names = names_of(facts) | dict(titles or {})
    place = {span: number for number, span in enumerate(spans)}
    timeline: list[Period] = []
    for span in _ordered({*spans, *_between(calendar, spans, low, high)}):
        here = place.get(span, -1)
        timeline.append(_period(span, cover[span], {status: totals[status][here] for status in STATUSES}))
        grouped = [
            _period(span, cover[span], status, key(str(by), value, names))
            for value, status in groups.get(here, {}).items()
        ]
        timeline += sorted(grouped, key=_most_first)
    return timeline


def _ordered(spans: set[Span | None]) -> list[Span | None]:
    """By their beginning, the longer before the shorter, what has no date last."""
    return sorted(spans, key=lambda span: (span.start, -span.end) if span else (END, 0))


def _between(calendar: Calendar, spans: list[Span | None], low: int, high: int) -> Iterable[Span]:
    """All periods from the first to the last in which something counts, or of the span asked for."""
    exact = [span for span in spans if span and span.exact]
    first = low or min((span.start for span in exact), default=0)
    last = high or max((span.start for span in exact), default=0)
    return calendar.between(first, max(first, last)) if first else ()


def _groups(
    facts: Facts, by: str | None, places: list[int], counts: Counts
) -> dict[int, dict[Any, dict[str, int]]]:
    """Counts by status of each group in each place."""
    found: dict[int, dict[Any, dict[str, int]]] = {}
    if by:
        values, rows, codes = column(facts, [by])
        each = list(zip(map(places.__getitem__, rows), codes, strict=True))
        for status, those in counts.by_status(rows, each).items():
            for (place, code), count in those.items():
                found.setdefault(place, {}).setdefault(values[code][0], {})[status] = count
    return found


def _cover(
    calendar: Calendar,
    every: Facts,
    spans: list[Span | None],
    places: list[int],
    published: Mapping[str, tuple[int, int]],
) -> Counter[Span | None]:
    """How many documents cover each period; `spans` and `places` are those of `every` event."""
    told = set(zip(map(places.__getitem__, every.documents.rows), every.documents.values, strict=True))
    numbers = {paper: number for number, paper in enumerate(every.papers)}
    place = {span: number for number, span in enumerate(spans)}
    for document, (start, end) in published.items():
        if start and (span := calendar.at(start)).end >= end:
            told.add((place.setdefault(span, len(place)), numbers.setdefault(document, len(numbers))))
    found = Counter(map(itemgetter(0), told))
    return Counter({span: found[number] for span, number in place.items()})


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
