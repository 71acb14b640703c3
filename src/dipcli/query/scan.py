"""Reading the stored lines of one kind and keeping those that satisfy a query's conditions.

Each line is decoded to the fields that the conditions need and no others; a query without conditions
decodes nothing. Lines come in stored order, one at a time. Where the snapshot has a cache, it says which
lines may satisfy the conditions, and no others are read; whether they do, the conditions themselves say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import msgspec

from dipcli.errors import CacheStale
from dipcli.query.stored import Snapshot, cache_of, view_reader
from dipcli.query.terms import DateTerm, Term, Verdict

MOST = 10_000
"""Ids that a cache is asked for at once."""


class Lookup(msgspec.Struct):
    """What a query asks, as far as a cache can answer it; each must hold."""

    actors: list[tuple[str, int]] = []
    """For events: ids, with 1 for who acts, 2 for who is acted on, 3 for either."""
    countries: list[str] = []
    """For events: of a participant."""
    fields: dict[str, frozenset[Any]] = {}
    """Values of fields with a closed list."""
    documents: frozenset[str] | None = None
    """For events: told in any of them."""
    match: str | None = None
    """For events: what a full text index is asked (`dipcli.query.expression`)."""
    matches: list[str] = []
    """For documents: what it is asked, each of which must hold somewhere (`expressions`)."""
    since: str | None = None
    until: str | None = None
    titles: list[str] = []
    """For actors: titles of office that they must have."""
    idents: frozenset[str] | None = None
    """For actors and documents: is one of them."""
    whole: bool = True
    """Whether this is all that is asked: then what the cache finds needs only to be counted."""

    @property
    def narrows(self) -> bool:
        """Whether it is worth asking: else all lines are read anyway."""
        lists = (self.actors, self.countries, self.fields, self.matches, self.titles)
        given = (self.documents, self.match, self.idents, self.since, self.until)
        return any(lists) or any(one is not None for one in given)


class Conditions(msgspec.Struct):
    """What a query asks of each record of one kind."""

    terms: list[Term] = []
    when: DateTerm | None = None
    undated: bool = False
    """Undated records are wanted in spite of a date filter."""
    notes: list[str] = []
    """What to tell the user about how the query was understood."""
    lookup: Lookup = msgspec.field(default_factory=Lookup)
    undated_events: int | None = None
    """Undated events that were left out on the way, where events were asked for the dates."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Fields that the conditions look at."""
        needs = [name for term in self.terms for name in term.needs]
        return (*needs, *(self.when.needs if self.when else ()))


class Found(msgspec.Struct, frozen=True):
    """A line that satisfies the conditions, with the fields that were decoded."""

    raw: bytes
    view: Any
    verdict: Verdict
    """UNDATED where the record would be left out by the date filter alone."""


class Count(msgspec.Struct, frozen=True):
    """How many records match, and how many a date filter leaves out because no date is known for them."""

    matched: int
    undated: int
    whole: bool = True
    """Whether these are all; else there are more."""


def matching(
    snapshot: Snapshot, kind: str, conditions: Conditions, needs: Iterable[str] = ()
) -> Iterator[Found]:
    """The lines that satisfy the conditions, in stored order, decoded to `needs` too."""
    given = 0
    lines = candidates(snapshot, kind, conditions)
    if lines is not None:
        with suppress(CacheStale):
            for found in _satisfying(lines, kind, conditions, needs):
                yield found
                given += 1
            return
    # What the cache could not give to the end is read; the order is the same.
    yield from islice(_satisfying(snapshot.raw(kind), kind, conditions, needs), given, None)


def candidates(snapshot: Snapshot, kind: str, conditions: Conditions) -> Iterator[bytes] | None:
    """The lines that may satisfy the conditions, by the cache; None where it is of no help."""
    lookup = conditions.lookup
    if not lookup.narrows or (lookup.idents is not None and len(lookup.idents) > MOST):
        return None
    cache = cache_of(snapshot)
    if cache is None:
        return None
    lines: Iterator[bytes] | None = None
    match kind:
        case "events":
            lines = cache.events(lookup)
        case "actors" if lookup.idents is not None or lookup.fields or lookup.titles:
            lines = cache.actors(lookup.idents, lookup.fields, lookup.titles)
        case "documents" if lookup.idents is not None or lookup.matches:
            lines = cache.documents(lookup.idents, lookup.matches)
    return lines


def counted(snapshot: Snapshot, kind: str, conditions: Conditions) -> Count | None:
    """How many records satisfy the conditions, and how many would but for want of a date; None where
    that takes reading them."""
    if not conditions.terms and conditions.when is None:
        manifest = getattr(snapshot, "manifest", None)
        return None if manifest is None else Count(manifest.counts[kind], 0)
    lookup = conditions.lookup
    if kind not in ("events", "actors") or not lookup.whole or not lookup.narrows:
        return None
    try:
        cache = cache_of(snapshot)
        if cache is None:
            return None
        if kind == "actors":
            if conditions.when or lookup != Lookup(fields=lookup.fields, titles=lookup.titles):
                return None
            return Count(cache.count_actors(lookup.fields, lookup.titles), 0)
        counts = cache.count_events(lookup)
    except CacheStale:
        return None
    if counts is None:
        return None
    dated, undated = counts
    return Count(dated + undated, 0) if conditions.undated else Count(dated, undated)


def _satisfying(
    lines: Iterable[bytes], kind: str, conditions: Conditions, needs: Iterable[str]
) -> Iterator[Found]:
    terms, when = sorted(conditions.terms, key=lambda term: "evidence" in term.needs), conditions.when
    fields = {*conditions.needs, *needs}
    read = view_reader(kind, *fields) if fields else lambda raw: None
    for raw in lines:
        view = read(raw)
        if all(term.matches(view) for term in terms):
            verdict = when.judge(view) if when else Verdict.YES
            if verdict is Verdict.UNDATED and conditions.undated:
                verdict = Verdict.YES
            if verdict is not Verdict.NO:
                yield Found(raw, view, verdict)
