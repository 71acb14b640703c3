"""Full text search: passages of documents that satisfy a query, best first.

A passage (a sentence, a line of a list) that satisfies the whole query is a hit; `dipcli.query.ranking` says how
they are ranked, of equal ones the newer comes first. Where more than `RANKED` passages satisfy query and
filters, the newest so many are ranked, and the others follow. Events that stand in no document come after the
passages. Where fewer than `FEW` passages satisfy the query, documents that satisfy it only as a whole add those
passages that have most of its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import cached_property
from itertools import islice, repeat
from typing import Any

import msgspec

from dipcli.errors import CacheStale, QuerySyntaxError
from dipcli.passages import passages, shape
from dipcli.query.acronyms import expanded
from dipcli.query.compile import Compiler
from dipcli.query.filters import Filters, check_applies
from dipcli.query.found import (
    RANKED,
    Engine,
    Passage,
    Scanned,
    Wanted,
    is_bounded,
    marks,
    present,
    read_document,
)
from dipcli.query.quick import Cached
from dipcli.query.scan import Count
from dipcli.query.selection import Row, Selection, arrangement, sort_field, sort_key, with_fields
from dipcli.query.stored import Snapshot, cache_of, view_reader, without_cache
from dipcli.query.terms import During, Verdict, document_intervals
from dipcli.query.text import EVERYTHING, Query, Span, parse, positive_terms
from dipcli.views import event_intervals
from dipcli.words import stems, words


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


def _decode_hit(line: bytes) -> Hit:
    return msgspec.json.decode(line, type=Hit)


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
    """The passages that satisfy a text query, best first; rows' records are `Hit`s. Where no word is sought,
    those that the filters choose, the newest first.

    The query and the filters are checked at once. Raises QuerySyntaxError, UsageError and its kinds,
    AmbiguousName and NotFound.
    """
    filters = with_fields(filters or Filters(), query, "search")
    chooses = any(name != "undated" for name in filters.given())
    tree = parse(query) if query.strip() or not chooses else EVERYTHING
    if not chooses and not positive_terms(tree):
        raise QuerySyntaxError(
            "a search needs a word that is to be found, or a filter",
            query=query,
            position=0,
            length=len(query),
        )
    check_applies("search", filters)
    field = sort_field(sort, Hit.__struct_fields__)
    compiler = Compiler(snapshot, filters, substitute=substitute, now=now)
    searcher = _Searcher(snapshot, expanded(tree, compiler.bodies_named), compiler)
    return Selection(
        "search",
        searcher.rows(field),
        limit=limit,
        notes=[*searcher.conditions.notes, *([] if field else searcher.notes()), *without_cache(snapshot)],
        terms=searcher.conditions.terms,
        arrange=arrangement(field, reverse, limit),
        counted=searcher.counted,
        suggest=searcher.suggestion,
    )


_Found = tuple[Hit, list[Span], Verdict]
"""A hit, where the words sought stand in it, and what the filters say of it."""


class _Told(msgspec.Struct, frozen=True):
    """An event that a passage is evidence for, and what the filters say of it."""

    event: str
    date: str | None
    fits: bool
    verdict: Verdict


class _Searcher:
    def __init__(self, snapshot: Snapshot, query: Query, compiler: Compiler) -> None:
        self.snapshot = snapshot
        self.query = query
        filters = compiler.filters
        self.since, self.until = compiler.span()
        dated = bool(self.since or self.until)
        self.undated = filters.undated
        self.of_event = (
            During(self.since, self.until, ("start", "end", "doubts"), event_intervals) if dated else None
        )
        self.of_document = (
            During(self.since, self.until, ("published",), document_intervals) if dated else None
        )
        self.documents = compiler.documents_named() if filters.document else None
        asked = [
            name for name in filters.given() if name not in ("document", "since", "until", "on", "undated")
        ]
        self.only_events = bool(asked)
        self.conditions = compiler.part(asked).compile("events")
        lookup = self.conditions.lookup if asked else None
        bounded = is_bounded(query, lookup)
        undated = self.undated or not bounded
        self.wanted = Wanted(self.documents, lookup, self.since, self.until, undated, bounded)
        cache = cache_of(snapshot)
        self.cached = None if cache is None else Cached(cache, query, self.wanted)

    @cached_property
    def read_event(self) -> Callable[[bytes], Any]:
        dates = ("start", "end", "doubts") if self.of_event else ("start",)
        return view_reader("events", "id", "summary", *dates, *self.conditions.needs)

    def rows(self, field: str | None) -> Iterator[Row | None]:
        """Hits, best first, as rows; None for one that a date filter leaves out for want of a date."""
        given = 0
        if self.cached is not None:
            with suppress(CacheStale):
                for row in self._rows(self.cached, field):
                    yield row
                    given += 1
                return
        yield from islice(self._rows(Scanned(self.snapshot, self.query), field), given, None)

    def _rows(self, engine: Engine, field: str | None) -> Iterator[Row | None]:
        for hit, spans, verdict in self._hits(engine):
            if verdict is Verdict.UNDATED and not self.undated:
                yield None
            elif verdict is not Verdict.NO:
                key = sort_key(getattr(hit, field)) if field else None
                marks = "?" * (verdict is Verdict.DOUBTED)
                yield Row(msgspec.json.encode(hit), _decode_hit, marks=marks, spans=spans, key=key)
        yield from repeat(None, self._without_date(engine))

    def _without_date(self, engine: Engine) -> int:
        """How many passages are left out for want of a date, beside those that are looked at for it."""
        if self.wanted.undated or self.of_event is None:
            return 0
        return engine.without_date(self.wanted, lambda one: self._hit(engine, one)[2] is Verdict.UNDATED)

    def _hits(self, engine: Engine) -> Iterator[_Found]:
        fit = {Verdict.YES, Verdict.DOUBTED, *([Verdict.UNDATED] if self.undated else [])}
        for passage in engine.whole(self.wanted, lambda one: self._hit(engine, one)[2] in fit):
            yield self._hit(engine, passage)
        yield from self._alone(engine)
        if engine.is_rare:
            for passage in engine.parts():
                if self.documents is None or passage.document.id in self.documents:
                    yield self._hit(engine, passage)

    def _hit(self, engine: Engine, passage: Passage) -> _Found:
        document = passage.document
        told = [self._told(self.read_event(line)) for line in engine.told(passage)]
        published = document.published.start if document.published else None
        hit = Hit(
            document=document.id,
            title=document.title,
            char_start=passage.char_start,
            char_end=passage.char_end,
            text=document.text[passage.char_start : passage.char_end],
            date=published or min((one.date for one in told if one.date), default=None),
            events=sorted({one.event for one in told}),
            score=passage.score,
        )
        return hit, passage.spans, self._verdict(told, document)

    def _told(self, event: Any) -> _Told:
        fits = all(term.matches(event) for term in self.conditions.terms)
        verdict = self.of_event.judge(event) if self.of_event else Verdict.YES
        return _Told(event.id, event.start, fits, verdict)

    def _alone(self, engine: Engine) -> Iterator[_Found]:
        """Events that stand in no document are found by their summary."""
        found = []
        for line in engine.alone() if self.documents is None else ():
            event = self.read_event(line)
            text = words(event.summary)
            told = self._told(event)
            if told.fits and self.query.matches(text):
                has, its = present(self.query, text), shape(len(text.stems), True, False)
                hit = Hit(
                    document=None,
                    title=None,
                    char_start=0,
                    char_end=len(event.summary),
                    text=event.summary,
                    date=event.start,
                    events=[event.id],
                    score=engine.scorer.of(has, its),
                )
                found.append((hit, marks(self.query, text), told.verdict))
        return iter(sorted(found, key=lambda one: (-one[0].score, one[0].events)))

    def _verdict(self, told: Iterable[_Told], document: Any) -> Verdict:
        """What the filters say of a passage, by the events it is evidence for and its document's date."""
        fitting = [one for one in told if one.fits]
        if self.only_events and not fitting:
            return Verdict.NO
        if self.of_document is None:
            return Verdict.YES
        verdicts = {one.verdict for one in fitting} or {self.of_document.judge(document)}
        order = (Verdict.YES, Verdict.DOUBTED, Verdict.UNDATED, Verdict.NO)
        return next(verdict for verdict in order if verdict in verdicts)

    def notes(self) -> list[str]:
        """That not all hits are ranked, where that is known without reading them."""
        if not positive_terms(self.query):
            return ["there is no word to rank by: the newest come first"]
        with suppress(CacheStale):
            if self.cached is not None and self.wanted.bounded and self.cached.is_cut:
                return [f"more than {RANKED:,} passages have this: the newest {RANKED:,} are ranked"]
        return []

    def suggestion(self) -> str | None:
        """The query's word that stands nowhere, and one like it that does."""
        single = [
            term for term in positive_terms(self.query) if not term.prefix and len(term.parts[0].stems) == 1
        ]
        vocabulary = self._vocabulary() if single else {}
        for term in single:
            word = term.parts[0].stems[0]
            if word not in vocabulary:
                from dipcli.names import respelt

                if near := respelt(word, vocabulary):
                    return f"'{term.text}' stands nowhere; did you mean '{near}'?"
        return None

    def _vocabulary(self) -> dict[str, int]:
        """All words, and how many passages have each."""
        cache = cache_of(self.snapshot)
        if cache is not None:
            with suppress(CacheStale):
                found: dict[str, int] = cache.vocabulary()
                return found
        texts = (read_document(raw).text for raw in self.snapshot.raw("documents"))
        return Counter(
            stem for text in texts for start, end in passages(text) for stem in set(stems(text[start:end]))
        )

    def counted(self, exactly: bool) -> Count | None:
        """How many hits there are, where the cache knows it without reading them."""
        cached = self.cached
        if cached is None:
            return None
        try:
            if cached.is_cut and not exactly:
                return Count(RANKED if self.wanted.bounded else 0, 0, whole=False)
            if not self.wanted.bounded or cached.is_rare:
                return None
            verdicts = [verdict for _, _, verdict in self._alone(cached)]
            undated = 0 if self.undated else verdicts.count(Verdict.UNDATED)
            matched = cached.count() + len(verdicts) - verdicts.count(Verdict.NO) - undated
            return Count(matched, undated + self._without_date(cached))
        except CacheStale:
            return None
