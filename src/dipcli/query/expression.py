"""A text query as a full text index of stems is asked for it: in the words of FTS5, and by counting itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dipcli.query.near import near
from dipcli.query.text import And, Near, Not, Or, Phrase, Query, Term, positive_terms


class Nearby(NamedTuple):
    """Phrases near one another."""

    phrases: tuple[Phrase, ...]
    between: int

    def __str__(self) -> str:
        return f"NEAR({' '.join(map(str, self.phrases))}, {self.between})"

    def counts(self, stems: list[str]) -> list[int]:
        places = [phrase.places(stems) for phrase in self.phrases]
        found = near(places, [len(phrase.stems) for phrase in self.phrases], self.between)
        return list(map(len, found))


class Some(NamedTuple):
    """Any of these."""

    parts: tuple[Asked, ...]

    def __str__(self) -> str:
        return f"({' OR '.join(map(str, self.parts))})"


class All(NamedTuple):
    """All of these, and none of the others."""

    parts: tuple[Asked, ...]
    without: tuple[Asked, ...] = ()

    def __str__(self) -> str:
        whole = f"({' AND '.join(map(str, self.parts))})"
        for unwanted in self.without:
            whole = f"({whole} NOT {unwanted})"
        return whole


Asked = Phrase | Nearby | Some | All


def expression(query: Query) -> tuple[Asked | None, bool]:
    """What to ask a full text index for the query, None where it can say nothing; and whether a text that
    it finds satisfies the query for certain. One that it does not find never does."""
    match query:
        case Term():
            return _some(query.parts), True
        case Near():
            return _some([Nearby(phrases, query.between) for phrases in query.sets]), True
        case Not():
            return None, False
        case Or(parts):
            asked = [expression(part) for part in parts]
            known = [found for found, _ in asked if found is not None]
            if len(known) < len(asked):
                return None, False
            return _some(known), all(sure for _, sure in asked)
        case And(parts):
            asked = [expression(part) for part in parts if not isinstance(part, Not)]
            without = [expression(part.part) for part in parts if isinstance(part, Not)]
            known = [found for found, _ in asked if found is not None]
            if not known:
                return None, False
            unwanted = tuple(found for found, sure in without if found is not None and sure)
            return All(tuple(known), unwanted), all(sure for _, sure in asked + without)


def is_sure(query: Query) -> bool:
    """Whether what a full text index finds satisfies the query for certain."""
    return expression(query)[1]


def ranked(query: Query) -> Asked:
    """What passages are asked for and ranked by: they must have a word that is sought."""
    asked, _ = expression(query)
    return asked or _some([phrase for term in positive_terms(query) for phrase in term.parts])


def phrases(asked: Asked) -> list[Phrase]:
    """The phrases by which BM25 ranks, in its order."""
    match asked:
        case Phrase():
            return [asked]
        case Nearby():
            return list(asked.phrases)
        case Some() | All():
            return [phrase for part in asked.parts for phrase in phrases(part)]


def counts(asked: Asked, stems: list[str]) -> list[int]:
    """How often each of the `phrases` counts in a text: not where what it is part of does not hold."""
    match asked:
        case Phrase():
            return [asked.count(stems)]
        case Nearby():
            return asked.counts(stems)
        case Some(parts):
            return [count for part in parts for count in counts(part, stems)]
        case All(parts, without):
            each = [counts(part, stems) for part in parts]
            holds = all(map(any, each)) and not any(any(counts(one, stems)) for one in without)
            return [count if holds else 0 for its in each for count in its]


def expressions(query: Query) -> list[str]:
    """What to ask a full text index of the passages of documents: each must hold for one of them, if the
    document is to satisfy the query."""
    match query:
        case Term():
            *before, _ = query.parts[0].stems
            last = [f'"{part.stems[-1]}"{" *" * part.prefix}' for part in query.parts]
            return [*(f'"{word}"' for word in before), " OR ".join(last)]
        case Not():
            return []
        case And(parts) | Near(parts):
            return [found for part in parts for found in expressions(part)]
        case Or(parts):
            every = [expressions(part) for part in parts]
            # Of an alternative of several words, its rarest is as a rule its longest.
            return [" OR ".join(f"({max(found, key=len)})" for found in every)] if all(every) else []


def _some(parts: Iterable[Asked]) -> Asked:
    several = tuple(parts)
    return several[0] if len(several) == 1 else Some(several)
