"""Full text search: passages of documents that satisfy a query, best first.

A passage (a sentence, a line of a list) that satisfies the whole query is a hit. A document that
satisfies it only as a whole gives the passages that have most of its words. The score is BM25 with
each passage as a document of its own; words are weighed by how few documents have them.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec

from dipcli.errors import QuerySyntaxError
from dipcli.passages import passages
from dipcli.query.compile import Compiler
from dipcli.query.filters import Filters, check_applies
from dipcli.query.selection import Row, Selection, arrangement, sort_field, sort_key
from dipcli.query.stored import Snapshot, view_reader
from dipcli.query.terms import During, Verdict, document_intervals
from dipcli.query.text import Query, Span, might_match, parse, positive_terms
from dipcli.views import event_intervals
from dipcli.words import Words, words

_K1, _B = 1.2, 0.4
_USUAL_LENGTH = 25
"""Words of a passage that is neither short nor long."""
_PART = 0.5
"""What a passage is worth that has only a part of what its document satisfies."""
_PARTS_SHOWN = 2
"""Passages shown of a document that satisfies the query only as a whole."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A passage found by `search`; offsets are code points of the document's text."""

    document: str | None
    """Null for an event that stands in no document."""
    title: str | None
    char_start: int
    char_end: int
    text: str
    date: str | None
    """When the document was published; where that is unknown, the date of the earliest event."""
    events: list[str]
    """Ids of the events that the passage is evidence for."""
    score: float


_read_document = view_reader("documents", "id", "title", "published", "text")
_decode_hit = msgspec.json.Decoder(Hit).decode


class _Passage(NamedTuple):
    """A passage that may become a hit."""

    document: Any
    char_start: int
    char_end: int
    length: int
    counts: tuple[int, ...]
    """How often each term stands in it."""
    spans: list[Span]
    worth: float


class _Found(NamedTuple):
    hit: Hit
    spans: list[Span]
    verdict: Verdict


class _Told(NamedTuple):
    """Where an event is told, and what the filters say of it."""

    char_start: int
    char_end: int
    event: str
    date: str | None
    fits: bool
    verdict: Verdict


def search(
    snapshot: Snapshot,
    query: str,
    filters: Filters | None = None,
    *,
    sort: str | None = None,
    reverse: bool = False,
    limit: int | None = None,
    substitute: bool = False,
    now: date | None = None,
) -> Selection:
    """The passages that satisfy a text query, best first; rows' records are `Hit`s.

    The query and the filters are checked at once. Raises QuerySyntaxError, UsageError and its kinds,
    AmbiguousName and NotFound.
    """
    filters = filters or Filters()
    tree = parse(query)
    if not positive_terms(tree):
        raise QuerySyntaxError(
            "a search needs a word that is to be found", query=query, position=0, length=len(query)
        )
    check_applies("search", filters)
    field = sort_field(sort, Hit.__struct_fields__)
    searcher = _Searcher(snapshot, tree, Compiler(snapshot, filters, substitute=substitute, now=now))
    return Selection(
        "search",
        searcher.rows(field),
        limit=limit,
        notes=searcher.conditions.notes,
        terms=searcher.conditions.terms,
        arrange=arrangement(field, reverse, limit),
    )


class _Searcher:
    def __init__(self, snapshot: Snapshot, query: Query, compiler: Compiler) -> None:
        self.snapshot = snapshot
        self.query = query
        self.terms = positive_terms(query)
        filters = compiler.filters
        since, until = compiler.span()
        dated = bool(since or until)
        self.undated = filters.undated
        self.of_event = During(since, until, ("start", "end", "doubts"), event_intervals) if dated else None
        self.of_document = During(since, until, ("published",), document_intervals) if dated else None
        self.documents = compiler.documents_named() if filters.document else None
        asked = [
            name for name in filters.given() if name not in ("document", "since", "until", "on", "undated")
        ]
        self.only_events = bool(asked)
        self.conditions = compiler.part(asked).compile("events")

    def rows(self, field: str | None) -> Iterator[Row | None]:
        """Hits, best first, as rows; None for one that a date filter leaves out for want of a date."""
        found, number = self._passages()
        weights = self._weights(found, number)
        told, hits = self._events({passage.document.id for passage in found}, weights)
        for passage in found:
            overlapping = _overlapping(told.get(passage.document.id, []), passage)
            verdict = self._verdict(overlapping, passage.document)
            if verdict is not Verdict.NO:
                hits.append(_Found(_hit(passage, overlapping, weights), passage.spans, verdict))
        hits.sort(key=lambda found: (-found.hit.score, found.hit.document or "", found.hit.char_start))
        for hit, spans, verdict in hits:
            if verdict is Verdict.UNDATED and not self.undated:
                yield None
                continue
            key = sort_key(getattr(hit, field)) if field else None
            marks = "?" * (verdict is Verdict.DOUBTED)
            yield Row(msgspec.json.encode(hit), _decode_hit, marks=marks, spans=spans, key=key)

    def _passages(self) -> tuple[list[_Passage], int]:
        """The passages that may become hits, and how many documents there are."""
        found: list[_Passage] = []
        number = 0
        for raw in self.snapshot.raw("documents"):
            document: Any = _read_document(raw)
            number += 1
            if self.documents is not None and document.id not in self.documents:
                continue
            if might_match(self.query, document.text):
                found.extend(self._passages_of(document))
        return found, number

    def _passages_of(self, document: Any) -> list[_Passage]:
        text = words(document.text)
        starts = [start for start, _ in text.spans]
        whole: list[_Passage] = []
        parts: list[_Passage] = []
        for start, end in passages(document.text):
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            within = Words(text.folded[first:last], text.stems[first:last], text.spans[first:last])
            passage = self._passage(document, start, end, within)
            if self.query.matches(within):
                whole.append(passage)
            elif any(passage.counts):
                parts.append(passage)
        if whole or not self.query.matches(text):
            return [passage for passage in whole if any(passage.counts)]
        # The order of sort is stable: of two that have as many terms, the earlier stands first.
        parts.sort(key=lambda passage: -sum(map(bool, passage.counts)))
        return [passage._replace(worth=_PART) for passage in parts[:_PARTS_SHOWN]]

    def _passage(self, document: Any, start: int, end: int, within: Words) -> _Passage:
        stands = [list(term.find(within)) for term in self.terms]
        spans = _merged(span for found in stands for span in found)
        relative = [(max(one, start) - start, min(other, end) - start) for one, other in spans]
        return _Passage(document, start, end, len(within.stems), tuple(map(len, stands)), relative, 1.0)

    def _weights(self, found: list[_Passage], number: int) -> list[float]:
        """The weight of each term: the fewer documents have it, the more."""
        having: list[set[str]] = [set() for _ in self.terms]
        for passage in found:
            for documents, count in zip(having, passage.counts, strict=True):
                if count:
                    documents.add(passage.document.id)
        return [math.log(1 + (number - len(one) + 0.5) / (len(one) + 0.5)) for one in having]

    def _events(
        self, documents: set[str], weights: list[float]
    ) -> tuple[dict[str, list[_Told]], list[_Found]]:
        """Where events are told in these documents, and those found that stand in no document."""
        told: dict[str, list[_Told]] = {}
        alone: list[_Found] = []
        needs = ("id", "start", "end", "doubts", "summary", "evidence", *self.conditions.needs)
        for event in map(view_reader("events", *needs), self.snapshot.raw("events")):
            fits = all(term.matches(event) for term in self.conditions.terms)
            verdict = self.of_event.judge(event) if self.of_event else Verdict.YES
            for quote in event.evidence:
                if quote.document in documents:
                    place = _Told(quote.char_start, quote.char_end, event.id, event.start, fits, verdict)
                    told.setdefault(quote.document, []).append(place)
            if not event.evidence and self.documents is None and fits and verdict is not Verdict.NO:
                alone.extend(self._summary(event, verdict, weights))
        return told, alone

    def _summary(self, event: Any, verdict: Verdict, weights: list[float]) -> Iterator[_Found]:
        """An event that stands in no document is found by its summary."""
        text = words(event.summary)
        if self.query.matches(text):
            passage = self._passage(None, 0, len(event.summary), text)
            hit = Hit(
                document=None,
                title=None,
                char_start=0,
                char_end=len(event.summary),
                text=event.summary,
                date=event.start,
                events=[event.id],
                score=_score(passage, weights),
            )
            yield _Found(hit, passage.spans, verdict)

    def _verdict(self, overlapping: list[_Told], document: Any) -> Verdict:
        """What the filters say of a passage, by the events it is evidence for and its document's date."""
        fitting = [told for told in overlapping if told.fits]
        if self.only_events and not fitting:
            return Verdict.NO
        if self.of_document is None:
            return Verdict.YES
        verdicts = {told.verdict for told in fitting} or {self.of_document.judge(document)}
        order = (Verdict.YES, Verdict.DOUBTED, Verdict.UNDATED, Verdict.NO)
        return next(verdict for verdict in order if verdict in verdicts)


def _hit(passage: _Passage, overlapping: list[_Told], weights: list[float]) -> Hit:
    document = passage.document
    published = document.published.start if document.published else None
    return Hit(
        document=document.id,
        title=document.title,
        char_start=passage.char_start,
        char_end=passage.char_end,
        text=document.text[passage.char_start : passage.char_end],
        date=published or min((told.date for told in overlapping if told.date), default=None),
        events=sorted({told.event for told in overlapping}),
        score=_score(passage, weights),
    )


def _score(passage: _Passage, weights: list[float]) -> float:
    room = _K1 * (1 - _B + _B * passage.length / _USUAL_LENGTH)
    total = sum(
        weight * count * (_K1 + 1) / (count + room)
        for weight, count in zip(weights, passage.counts, strict=True)
    )
    return round(passage.worth * total, 3)


def _overlapping(told: list[_Told], passage: _Passage) -> list[_Told]:
    return [one for one in told if one.char_start < passage.char_end and passage.char_start < one.char_end]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
