"""Where a search finds its passages: by reading all documents, in the order and with the scores of FTS5.

The score is that of FTS5's `bm25()` on an index of passages, rounded; so it is the same whether it comes from there (`dipcli.query.quick`) or from here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple, Protocol

from dipcli.passages import TITLE_WEIGHT, is_title, passages
from dipcli.query.expression import counts, is_sure, phrases, ranked
from dipcli.query.stored import Snapshot, view_reader
from dipcli.query.text import Near, Phrase, Query, Span, Term, might_match, positive_terms
from dipcli.words import Words, stems, words

RANKED = 10_000
"""Passages that are ranked where nothing but words is asked; of more the newest."""
FEW = 10
"""Passages below which documents that satisfy the query only as a whole are shown too."""
PART = 0.5
"""What a passage is worth that has only a part of what its document satisfies."""
_PARTS_SHOWN = 2
DOCUMENTS_SHOWN = 20
_K1, _B, _LEAST_WEIGHT = 1.2, 0.75, 1e-6

read_document = view_reader("documents", "id", "title", "published", "text")


class Passage(NamedTuple):
    """A passage that may become a hit; `spans` are the words sought, relative to its begin."""

    document: Any
    number: int
    """Of its document."""
    char_start: int
    char_end: int
    spans: list[Span]
    score: float


class Engine(Protocol):
    """Finds the passages of one query."""

    def whole(
        self, documents: frozenset[str] | None, events: Any, since: str | None, until: str | None
    ) -> Iterator[Passage]:
        """Those that satisfy it, in the order of `fulltext`; more may be given than the filters ask for.
        Where there are filters, or the index is not sure of the query, all are ranked."""
        ...

    def parts(self) -> Iterator[Passage]:
        """Those with most of its words, of documents that satisfy it only as a whole."""
        ...

    @property
    def is_rare(self) -> bool:
        """Whether fewer than `FEW` passages satisfy it."""
        ...

    def told(self, passage: Passage) -> Iterable[bytes]:
        """Lines of the events that a passage is evidence for."""
        ...

    def alone(self) -> Iterable[bytes]:
        """Lines of the events that stand in no document."""
        ...

    def marks(self, text: Words) -> list[Span]: ...

    def score(self, text: Words) -> float: ...


class Scorer:
    """BM25 of a passage by the phrases sought: the fewer passages have one, the more it weighs."""

    def __init__(self, passages: int, size: int, having: list[int]) -> None:
        """So many passages there are, with so many words; `having` each phrase are so many."""
        self._usual = size / passages if size else 1.0
        self._weights = [
            max(math.log((passages - number + 0.5) / (number + 0.5)), 0.0) or _LEAST_WEIGHT
            for number in having
        ]

    def of(self, counts: Iterable[float], length: int) -> float:
        """The score of a passage of so many words that has each phrase so often."""
        room = _K1 * (1 - _B + _B * length / self._usual)
        total = sum(
            weight * (count * (_K1 + 1) / (count + room))
            for weight, count in zip(self._weights, counts, strict=True)
            if count
        )
        return round(total, 3)


def marks(query: Query, text: Words) -> list[Span]:
    """Where the words sought stand, those that overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(span for term in positive_terms(query) for span in term.find(text)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def part_passages(query: Query, document: Any, number: int, scorer: Scorer) -> list[Passage]:
    """The passages that have most of the words of a query that a document satisfies only as a whole."""
    found = []
    sought = phrases(ranked(query))
    for start, end in passages(document.text):
        text = words(document.text[start:end])
        has = sum(term.matches(text) for term in positive_terms(query))
        if has:
            score = round(
                PART * scorer.of((phrase.count(text.stems) for phrase in sought), len(text.stems)), 3
            )
            found.append((-has, Passage(document, number, start, end, marks(query, text), score)))
    found.sort(key=lambda one: one[0])
    return [passage for _, passage in found[:_PARTS_SHOWN]]


class _Match(NamedTuple):
    document: Any
    char_start: int
    char_end: int
    counts: list[float]
    length: int


class Scanned:
    """All documents are read, once; of events those that are asked for."""

    def __init__(self, snapshot: Snapshot, query: Query) -> None:
        self._snapshot = snapshot
        self._query = query
        self._asked = ranked(query)
        self._phrases: list[Phrase] = phrases(self._asked)

    @cached_property
    def _found(self) -> tuple[list[_Match], list[Any], Scorer]:
        """The passages that satisfy the query, the documents that may as a whole, and what scores."""
        query = self._query
        found: list[_Match] = []
        wholes: list[Any] = []
        number = size = 0
        having = [0] * len(self._phrases)
        for raw in self._snapshot.raw("documents"):
            document: Any = read_document(raw)
            spans, title = list(passages(document.text)), stems(document.title or "")
            number += len(spans)
            has_whole = False
            for start, end in spans:
                plain = stems(document.text[start:end])
                size += len(plain)
                has = [phrase.count(plain) > 0 for phrase in self._phrases]
                if not any(has):
                    continue
                having = [before + one for before, one in zip(having, has, strict=True)]
                its = counts(self._asked, plain)
                if any(its) and query.matches(words(document.text[start:end])):
                    weight = TITLE_WEIGHT if is_title(plain, title) else 1.0
                    found.append(_Match(document, start, end, [weight * count for count in its], len(plain)))
                    has_whole = True
            if not has_whole and might_match(query, document.text) and query.matches(words(document.text)):
                wholes.append(document)
        return found, wholes, Scorer(number, size, having)

    def _ordered(self, ranked: int | None) -> list[Passage]:
        """The passages that satisfy the query, the newest `ranked` first and best first."""
        found, _, scorer = self._found
        newest = sorted(found, key=lambda one: one.document.id)
        newest.sort(key=lambda one: _published(one.document), reverse=True)
        every = []
        number, before = 0, None
        for one in newest:
            number += one.document.id != before
            before = one.document.id
            score = scorer.of(one.counts, one.length)
            every.append(Passage(one.document, number, one.char_start, one.char_end, [], score))
        best = sorted(
            every[:ranked], key=lambda passage: (-passage.score, passage.number, passage.char_start)
        )
        return best if ranked is None else best + every[ranked:]

    @property
    def is_rare(self) -> bool:
        return len(self._found[0]) < FEW

    def whole(
        self, documents: frozenset[str] | None, events: Any, since: str | None, until: str | None
    ) -> Iterator[Passage]:
        filtered = documents is not None or events is not None or since or until
        for passage in self._ordered(None if filtered or not is_sure(self._query) else RANKED):
            if documents is None or passage.document.id in documents:
                text = passage.document.text[passage.char_start : passage.char_end]
                yield passage._replace(spans=marks(self._query, words(text)))

    def parts(self) -> Iterator[Passage]:
        _, wholes, scorer = self._found
        if isinstance(self._query, Term | Near):  # then no passage has a part of it
            return iter(())
        newest = sorted(wholes, key=lambda document: document.id)
        newest.sort(key=_published, reverse=True)
        found = [
            (number, passage)
            for number, document in enumerate(islice(newest, DOCUMENTS_SHOWN))
            for passage in part_passages(self._query, document, number, scorer)
        ]
        found.sort(key=lambda one: (-one[1].score, one[0], one[1].char_start))
        return iter([passage for _, passage in found])

    @cached_property
    def _told(self) -> dict[str, list[tuple[int, int, bytes]]]:
        """Where events are told in the documents found, by document."""
        found, wholes, _ = self._found
        sought = {one.document.id for one in found} | {document.id for document in wholes}
        told: dict[str, list[tuple[int, int, bytes]]] = {}
        read = view_reader("events", "evidence")
        for raw in self._snapshot.raw("events"):
            for quote in read(raw).evidence:
                if quote.document in sought:
                    told.setdefault(quote.document, []).append((quote.char_start, quote.char_end, raw))
        return told

    def told(self, passage: Passage) -> Iterable[bytes]:
        for start, end, raw in self._told.get(passage.document.id, ()):
            if start < passage.char_end and passage.char_start < end:
                yield raw

    def alone(self) -> Iterable[bytes]:
        read = view_reader("events", "evidence")
        return (raw for raw in self._snapshot.raw("events") if not read(raw).evidence)

    def marks(self, text: Words) -> list[Span]:
        return marks(self._query, text)

    def score(self, text: Words) -> float:
        return self._found[2].of(counts(self._asked, text.stems), len(text.stems))


def _published(document: Any) -> str:
    return document.published.start if document.published else ""
