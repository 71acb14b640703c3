"""Where a search finds its passages: by reading all documents, as `dipcli.query.quick` does by the cache."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any, Protocol

import msgspec

from dipcli.passages import is_title, passages, shape
from dipcli.query.expression import is_sure
from dipcli.query.ranking import Scorer, words_sought
from dipcli.query.stored import Snapshot, reader, view_reader
from dipcli.query.text import Near, Phrase, Query, Span, Term, might_match, positive_terms
from dipcli.words import Words, stems, words

RANKED = 10_000
"""Passages that are ranked; of more the newest."""
FEW = 10
"""Passages below which documents that satisfy the query only as a whole are shown too."""
PART = 0.5
"""What a passage is worth that has only a part of what its document satisfies."""
_PARTS_SHOWN = 2
DOCUMENTS_SHOWN = 20


class Published(msgspec.Struct, frozen=True):
    start: str
    end: str


class Text(msgspec.Struct, frozen=True):
    """What a search looks at in a document."""

    id: str
    text: str
    title: str | None = None
    published: Published | None = None


read_document = reader("documents", Text)


class Wanted(msgspec.Struct, frozen=True):
    """What a search asks of a passage besides its words."""

    documents: frozenset[str] | None = None
    """Ids of those that it must stand in."""
    events: Any = None
    """What a cache can be asked of the events told there (`dipcli.query.scan.Lookup`); null: nothing."""
    since: str | None = None
    until: str | None = None
    undated: bool = True
    """Whether what has no date is of every span."""
    bounded: bool = True
    """Whether the newest `RANKED` alone are ranked: those for which all holds must be known beforehand."""


class Passage(msgspec.Struct, frozen=True):
    """A passage that may become a hit; `spans` are the words sought, relative to its begin."""

    document: Any
    number: int
    """Of its document: the newer ones first."""
    place: int
    """In its document, from 1."""
    char_start: int
    char_end: int
    spans: list[Span]
    score: float


class Engine(Protocol):
    """Finds the passages of one query."""

    def whole(self, wanted: Wanted, fits: Callable[[Passage], bool]) -> Iterator[Passage]:
        """Those that satisfy it, the newest `RANKED` for which all that is wanted holds best first (where that
        is not `bounded`: all, and more may be given than is wanted), then the others, the newest first. `fits`
        can be asked whether all holds."""
        ...

    def without_date(self, wanted: Wanted, lacks: Callable[[Passage], bool]) -> int:
        """How many more `whole` would give of what is `bounded` if what has no date were of every span; `lacks`
        can be asked whether that is so."""
        ...

    def parts(self) -> Iterator[Passage]:
        """Those with most of its words, of documents that satisfy it only as a whole."""
        ...

    @property
    def is_rare(self) -> bool:
        """Whether it seeks words, and fewer than `FEW` passages satisfy it."""
        ...

    def told(self, passage: Passage) -> Iterable[bytes]:
        """Lines of the events that a passage is evidence for."""
        ...

    def alone(self) -> Iterable[bytes]:
        """Lines of the events that stand in no document."""
        ...

    @property
    def scorer(self) -> Scorer: ...


def marks(query: Query, text: Words) -> list[Span]:
    """Where the words sought stand, those that overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(span for term in positive_terms(query) for span in term.find(text)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def present(query: Query, text: Words) -> list[bool]:
    """Which of the terms sought a text has."""
    return [term.matches(text) for term in positive_terms(query)]


def part_passages(query: Query, document: Any, number: int, scorer: Scorer) -> list[Passage]:
    """The passages that have most of the words of a query that a document satisfies only as a whole."""
    found = []
    for place, (start, end) in enumerate(passages(document.text), 1):
        text = words(document.text[start:end])
        has = present(query, text)
        if any(has):
            score = scorer.of(has, shape(len(text.stems), False, False), PART)
            found.append((-sum(has), Passage(document, number, place, start, end, marks(query, text), score)))
    found.sort(key=lambda one: one[0])
    return [passage for _, passage in found[:_PARTS_SHOWN]]


class _Match(msgspec.Struct, frozen=True):
    document: Any
    place: int
    char_start: int
    char_end: int
    present: list[bool]
    length: int
    title: bool


class _Found(msgspec.Struct, frozen=True):
    matches: list[_Match]
    """The passages that satisfy the query."""
    wholes: list[Any]
    """The documents that do as a whole."""
    scorer: Scorer


class Scanned:
    """All documents are read, once; of events those that are asked for."""

    def __init__(self, snapshot: Snapshot, query: Query) -> None:
        self._snapshot = snapshot
        self._query = query

    @cached_property
    def _found(self) -> _Found:
        query = self._query
        terms = positive_terms(query)
        sought = {phrase for term in terms for same in words_sought(term) for phrase in same}
        matches, wholes = list[_Match](), list[Any]()
        number = size = 0
        having = Counter[Phrase]()
        for raw in self._snapshot.raw("documents"):
            document: Any = read_document(raw)
            title = stems(document.title or "")
            has_whole = False
            for place, (start, end) in enumerate(passages(document.text), 1):
                plain = stems(document.text[start:end])
                number += 1
                size += len(plain)
                here = {phrase: count for phrase in sought if (count := phrase.words_in(plain))}
                having.update(here)
                if sought and not here:
                    continue
                text = words(document.text[start:end])
                has = present(query, text)
                if (any(has) or not has) and query.matches(text):
                    its_title = is_title(plain, title)
                    matches.append(_Match(document, place, start, end, has, len(plain), its_title))
                    has_whole = True
            if not has_whole and might_match(query, document.text) and query.matches(words(document.text)):
                wholes.append(document)
        return _Found(matches, wholes, Scorer(terms, number, size, having.__getitem__))

    @property
    def scorer(self) -> Scorer:
        return self._found.scorer

    @property
    def is_rare(self) -> bool:
        return bool(positive_terms(self._query)) and len(self._found.matches) < FEW

    def whole(self, wanted: Wanted, fits: Callable[[Passage], bool]) -> Iterator[Passage]:
        found, most = self._in(wanted.documents), None
        if wanted.bounded:
            found = list(filter(fits, found))
            most = RANKED if len(found) > RANKED else None
        best = sorted(found[:most], key=lambda passage: (-passage.score, passage.number, passage.place))
        for passage in best + (found[most:] if most else []):
            text = words(passage.document.text[passage.char_start : passage.char_end])
            yield msgspec.structs.replace(passage, spans=marks(self._query, text))

    def without_date(self, wanted: Wanted, lacks: Callable[[Passage], bool]) -> int:
        return sum(map(lacks, self._in(wanted.documents)))

    def _in(self, documents: frozenset[str] | None) -> list[Passage]:
        """The passages that satisfy the query and stand in these documents, the newest first."""
        return [one for one in self._newest if documents is None or one.document.id in documents]

    @cached_property
    def _newest(self) -> list[Passage]:
        """The passages that satisfy the query, the newest first."""
        newest = sorted(self._found.matches, key=lambda one: one.document.id)
        newest.sort(key=lambda one: _published(one.document), reverse=True)
        found = []
        number, before = 0, None
        for one in newest:
            number += one.document.id != before
            before = one.document.id
            passage = Passage(one.document, number, one.place, one.char_start, one.char_end, [], 0.0)
            told = any(True for _ in self.told(passage))
            score = self.scorer.of(one.present, shape(one.length, told, one.title))
            found.append(msgspec.structs.replace(passage, score=score))
        return found

    def parts(self) -> Iterator[Passage]:
        if isinstance(self._query, Term | Near):  # then no passage has a part of it
            return iter(())
        newest = sorted(self._found.wholes, key=lambda document: document.id)
        newest.sort(key=_published, reverse=True)
        found = [
            passage
            for number, document in enumerate(islice(newest, DOCUMENTS_SHOWN))
            for passage in part_passages(self._query, document, number, self.scorer)
        ]
        found.sort(key=lambda passage: (-passage.score, passage.number, passage.place))
        return iter(found)

    @cached_property
    def _told(self) -> dict[str, list[tuple[int, int, bytes]]]:
        """Where events are told in the documents found, by document."""
        sought = {one.document.id for one in self._found.matches}
        sought |= {document.id for document in self._found.wholes}
        told: dict[str, list[tuple[int, int, bytes]]] = {}
        read = view_reader("events", "evidence")
        for raw in self._snapshot.raw("events") if sought else ():
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


def _published(document: Any) -> str:
    return document.published.start if document.published else ""


def is_bounded(query: Query, events: Any) -> bool:
    """Whether a cache knows of which passages all holds that a search asks."""
    return is_sure(query) and (events is None or events.whole)
