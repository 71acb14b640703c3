"""How well a passage fits a search: BM25, with each passage as a document of its own.

A word counts once in a passage, however often it stands there: passages are sentences. A phrase weighs as its
words together. In a title, and in a passage that tells an event, words weigh more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from dipcli.passages import weight_of, words_of
from dipcli.query.text import Phrase, Term

_K1, _B = 1.2, 0.75
DIGITS = 3


class Scorer:
    """The scores of passages by which of the terms sought they have, and by their shape."""

    def __init__(
        self, terms: Sequence[Term], passages: int, words: int, having: Callable[[Phrase], int]
    ) -> None:
        """`passages` there are, with so many words; how many of them are `having` a word or beginning."""
        self._usual = words / passages if words else 1.0
        self._weights = [
            sum(_weight(passages, sum(map(having, same))) for same in words_sought(term)) for term in terms
        ]

    def of(self, present: Sequence[bool], shape: int, worth: float = 1.0) -> float:
        weight = sum(weight for weight, has in zip(self._weights, present, strict=True) if has)
        room = _K1 * (1 - _B + _B * words_of(shape) / self._usual)
        return round(worth * weight_of(shape) * weight * (_K1 + 1) / (1 + room), DIGITS)


def words_sought(term: Term) -> list[list[Phrase]]:
    """The words of a term, one after the other: each a word or a beginning, or several for the same."""
    *before, _ = term.parts[0].stems
    last = [Phrase(part.stems[-1:], part.prefix) for part in term.parts]
    return [*([Phrase((word,))] for word in before), last]


def _weight(passages: int, having: int) -> float:
    """The fewer passages have a word, the more it weighs."""
    number = min(having, passages)
    return math.log1p((passages - number + 0.5) / (number + 0.5))
