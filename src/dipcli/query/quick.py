"""Where a search finds its passages: by the cache, which has them ranked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from dipcli.query.expression import counts, expressions, is_sure, phrases, ranked
from dipcli.query.found import (
    DOCUMENTS_SHOWN,
    FEW,
    RANKED,
    Passage,
    Scorer,
    marks,
    part_passages,
    read_document,
)
from dipcli.query.text import Near, Query, Span, Term
from dipcli.words import Words, words


class Cached:
    """Only what is found is read, and checked by the query itself."""

    def __init__(self, cache: Any, query: Query) -> None:
        self._cache = cache
        self._query = query
        self._asked = ranked(query)
        self._match = str(self._asked)
        self._document = lru_cache(maxsize=256)(lambda number: read_document(cache.document(number)))

    @cached_property
    def _scorer(self) -> Scorer:
        having = [self._cache.count_passages(str(phrase)) for phrase in phrases(self._asked)]
        passages, size = self._cache.sizes()
        return Scorer(passages, size, having)

    @property
    def is_rare(self) -> bool:
        return bool(self._cache.count_passages(self._match, FEW) < FEW)

    def whole(
        self, documents: frozenset[str] | None, events: Any, since: str | None, until: str | None
    ) -> Iterator[Passage]:
        filtered = documents is not None or events is not None or since or until
        found = self._cache.passages(
            self._match,
            documents=documents,
            events=events,
            since=since,
            until=until,
            ranked=-1 if filtered or not is_sure(self._query) else RANKED,
        )
        for number, start, end, rank in found:
            document = self._document(number)
            text = words(document.text[start:end])
            if self._query.matches(text) and any(counts(self._asked, text.stems)):
                yield Passage(document, number, start, end, marks(self._query, text), round(rank, 3))

    def parts(self) -> Iterator[Passage]:
        asked = [] if isinstance(self._query, Term | Near) else expressions(self._query)
        every: list[Passage] = []
        shown = 0
        for number in self._cache.holding(asked) if asked else ():
            document = self._document(number)
            if shown < DOCUMENTS_SHOWN and self._is_only_whole(document):
                every += part_passages(self._query, document, number, self._scorer)
                shown += 1
        every.sort(key=lambda passage: (-passage.score, passage.number, passage.char_start))
        return iter(every)

    def _is_only_whole(self, document: Any) -> bool:
        from dipcli.passages import passages

        if not self._query.matches(words(document.text)):
            return False
        return not any(
            self._query.matches(text) and any(counts(self._asked, text.stems))
            for text in (words(document.text[start:end]) for start, end in passages(document.text))
        )

    def told(self, passage: Passage) -> Iterable[bytes]:
        found: Iterable[bytes] = self._cache.told(passage.number, passage.char_start, passage.char_end)
        return found

    def alone(self) -> Iterable[bytes]:
        found: Iterable[bytes] = self._cache.alone()
        return found

    def marks(self, text: Words) -> list[Span]:
        return marks(self._query, text)

    def score(self, text: Words) -> float:
        return self._scorer.of(counts(self._asked, text.stems), len(text.stems))
