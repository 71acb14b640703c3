"""The events that filters ask for as facts, which summaries count; and what documents are called and when
they were published.

Where the cache knows all that is asked, facts come from it and no line is read; else lines are read. The
answer is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from dipcli.errors import CacheStale
from dipcli.facts import NEEDS, Collector, Facts, number
from dipcli.query.compile import Compiler, Span
from dipcli.query.filters import Filters
from dipcli.query.scan import Conditions, matching
from dipcli.query.selection import with_fields
from dipcli.query.stored import Snapshot, cache_of, view_reader, without_cache
from dipcli.query.terms import Verdict

END = 9999_99_99


class Chosen(NamedTuple):
    """The events asked for."""

    facts: Facts
    span: Span
    """First and last day asked for, ISO; None where open."""
    undated_left_out: int
    """How many a date filter left out because no date is known for them."""
    doubted_left_out: int
    """How many only the alternative of a doubted date puts in the span."""
    notes: list[str]
    filtered: bool
    """Whether not all events were asked for."""


class Paper(NamedTuple):
    """A document: its title or path, and from when to when it may have been published (2022-05-16 is
    20220516; 0 where unknown)."""

    title: str
    published: tuple[int, int]


def choose(
    snapshot: Snapshot, filters: Filters | None = None, *, substitute: bool = False, now: date | None = None
) -> Chosen:
    """The events for which all the filters hold; arguments and errors are those of `select`."""
    filters = filters or Filters()
    compiler = Compiler(
        snapshot, with_fields(filters, filters.text, "events"), substitute=substitute, now=now
    )
    conditions = compiler.compile("events")
    found = _from_cache(snapshot, conditions) or _scanned(snapshot, conditions)
    notes = [*conditions.notes, *without_cache(snapshot)]
    filtered = bool(conditions.terms or conditions.when)
    return Chosen(found[0], compiler.span(), found[1], found[2], notes, filtered)


_Found = tuple[Facts, int, int]
"""Facts, and how many were left out as undated and as doubted."""


def _from_cache(snapshot: Snapshot, conditions: Conditions) -> _Found | None:
    """None where lines must be read."""
    lookup = conditions.lookup
    if conditions.terms and not (lookup.whole and lookup.narrows):
        return None
    cache = cache_of(snapshot)
    if cache is None:
        return None
    try:
        if not lookup.narrows:
            return cache.facts(), 0, 0
        numbers = cache.numbers(lookup)
        facts = None if numbers is None else cache.facts(numbers)
    except CacheStale:
        return None
    return facts and _within(facts, conditions)


def _within(facts: Facts, conditions: Conditions) -> _Found:
    """Those that lie in the span by their own date."""
    if conditions.when is None:
        return facts, 0, 0
    first, last = number(conditions.lookup.since), number(conditions.lookup.until) or END
    undated = [row for row, start in enumerate(facts.start) if not start]
    dated = [
        row for row, start in enumerate(facts.start) if start and start <= last and facts.end[row] >= first
    ]
    doubted = len(facts) - len(undated) - len(dated)
    if conditions.undated:
        return facts.take([*dated, *undated]), 0, doubted
    return facts.take(dated), len(undated), doubted


def _scanned(snapshot: Snapshot, conditions: Conditions) -> _Found:
    collector = Collector()
    left_out = Counter[Verdict]()
    for found in matching(snapshot, "events", conditions, NEEDS):
        if found.verdict is Verdict.YES:
            collector.add(found.view)
        else:
            left_out[found.verdict] += 1
    return collector.facts(), left_out[Verdict.UNDATED], left_out[Verdict.DOUBTED]


def papers(snapshot: Snapshot) -> dict[str, Paper]:
    """What each document is called, and when it was published, by its id."""
    cache = cache_of(snapshot)
    if cache is not None:
        try:
            return {ident: Paper(title, days) for ident, title, days in cache.papers()}
        except CacheStale:
            pass
    read: Callable[[bytes], Any] = view_reader("documents", "id", "path", "title", "published")
    return {document.id: _paper(document) for document in map(read, snapshot.raw("documents"))}


def _paper(document: Any) -> Paper:
    about = document.published
    return Paper(
        document.title or document.path, (number(about.start), number(about.end)) if about else (0, 0)
    )
