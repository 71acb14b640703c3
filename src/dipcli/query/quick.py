"""Where a search finds its passages: by the cache, whose numbers of passages tell how to rank them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import Any

from dipcli.passages import SHAPE_BITS, apart, passages
from dipcli.query import found
from dipcli.query.expression import expressions, has_all, is_sure, ranked
from dipcli.query.found import (
    DOCUMENTS_SHOWN,
    FEW,
    Passage,
    Wanted,
    marks,
    part_passages,
    present,
    read_document,
)
from dipcli.query.ranking import Scorer
from dipcli.query.text import EVERYTHING, Near, Phrase, Query, Term, positive_terms
from dipcli.words import words


class Cached:
    """Only what is found is read, and checked by the query itself."""

    def __init__(self, cache: Any, query: Query, wanted: Wanted) -> None:
        self._cache = cache
        self._query = query
        self._wanted = wanted
        asked = ranked(query)
        self._match = None if asked is None else str(asked)
        self._newest_first = wanted.bounded or asked is None
        """Of more than are ranked at once: where no word is sought there is nothing to rank by."""
        self._document = lru_cache(maxsize=256)(lambda number: read_document(cache.document(number)))

    @cached_property
    def scorer(self) -> Scorer:
        def having(phrase: Phrase) -> int:
            found: int = self._cache.having(phrase.stems[0], phrase.prefix)
            return found

        passages, size = self._cache.sizes()
        return Scorer(positive_terms(self._query), passages, size, having)

    @cached_property
    def _newest(self) -> list[int]:
        """Numbers of the passages to be ranked, and one more where there are others; the newest first."""
        most = found.RANKED + 1 if self._newest_first else -1
        newest: list[int] = self._cache.passages(self._match, self._wanted, most=most)
        return newest

    def _after(self, number: int, wanted: Wanted) -> Iterator[list[int]]:
        """Numbers of the passages beyond one, the newest first, some at a time."""
        while batch := self._cache.passages(self._match, wanted, after=number, most=found.RANKED):
            yield batch
            number = batch[-1]

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are ranked at once."""
        return len(self._newest) > found.RANKED

    @cached_property
    def is_rare(self) -> bool:
        if self._match is None:
            return False
        if is_sure(self._query):
            return len(self._cache.passages(self._match, Wanted(), most=FEW)) < FEW
        numbers = chain.from_iterable(self._after(0, Wanted()))
        return len(list(islice(self._satisfying((one, 0.0) for one in numbers), FEW))) < FEW

    def count(self) -> int:
        """How many passages satisfy the query, with all that is wanted."""
        if not self.is_cut:
            return len(self._newest)
        counted: int = self._cache.count_passages(self._match, self._wanted)
        return counted

    def without_date(self, wanted: Wanted, lacks: Callable[[Passage], bool]) -> int:
        counted: int = self._cache.count_undated(self._match, wanted)
        return counted

    def whole(self, wanted: Wanted, fits: Callable[[Passage], bool]) -> Iterator[Passage]:
        return self._satisfying(self._scored())

    def _satisfying(self, scored: Iterable[tuple[int, float]]) -> Iterator[Passage]:
        """Of passages by number, with their scores, those that satisfy the query."""
        for one, score in scored:
            number, place, _ = apart(one)
            document = self._document(number)
            start, end = self._cache.span(one)
            if self._query == EVERYTHING:
                yield Passage(document, number, place, start, end, [], score)
                continue
            text = words(document.text[start:end])
            if self._query.matches(text):
                yield Passage(document, number, place, start, end, marks(self._query, text), score)

    def _scored(self) -> Iterator[tuple[int, float]]:
        """Numbers and scores of the passages, in their order."""
        goes_on = self.is_cut and self._newest_first
        newest = self._newest[: found.RANKED] if goes_on else self._newest
        scores = self._scores(newest)
        by_score: dict[float, list[int]] = {}
        for number, score in zip(newest, scores, strict=True):
            by_score.setdefault(score, []).append(number)
        for score in sorted(by_score, reverse=True):
            yield from ((number, score) for number in by_score[score])
        if goes_on:
            for batch in self._after(newest[-1], self._wanted):
                yield from zip(batch, self._scores(batch), strict=True)

    def _scores(self, numbers: list[int]) -> Iterable[float]:
        """The scores of passages, the newest first."""
        terms = positive_terms(self._query)
        mask = (1 << SHAPE_BITS) - 1
        if not numbers or has_all(self._query):
            every = [True] * len(terms)
            score = lru_cache(maxsize=None)(lambda shape: self.scorer.of(every, shape))
            return [score(number & mask) for number in numbers]
        span = numbers[0], numbers[-1]
        among = [self._cache.among(str(ranked(term)), *span) for term in terms]
        of = lru_cache(maxsize=None)(self.scorer.of)
        return [of(tuple(number in its for its in among), number & mask) for number in numbers]

    def parts(self) -> Iterator[Passage]:
        asked = [] if isinstance(self._query, Term | Near) else expressions(self._query)
        holding = self._cache.holding(asked) if asked else ()
        documents = ((number, self._document(number)) for number in holding)
        wholes = ((number, document) for number, document in documents if self._is_only_whole(document))
        every = chain.from_iterable(
            part_passages(self._query, document, number, self.scorer)
            for number, document in islice(wholes, DOCUMENTS_SHOWN)
        )
        return iter(sorted(every, key=lambda passage: (-passage.score, passage.number, passage.place)))

    def _is_only_whole(self, document: Any) -> bool:
        if not self._query.matches(words(document.text)):
            return False
        return not any(
            self._query.matches(text) and any(present(self._query, text))
            for text in (words(document.text[start:end]) for start, end in passages(document.text))
        )

    def told(self, passage: Passage) -> Iterable[bytes]:
        told: Iterable[bytes] = self._cache.told(passage.number, passage.place)
        return told

    def alone(self) -> Iterable[bytes]:
        alone: Iterable[bytes] = self._cache.alone()
        return alone
