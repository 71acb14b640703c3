"""A text query as a full text index of stems is asked for it, in the words of FTS5."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dipcli.query.text import And, Near, Not, Or, Phrase, Query, Term, positive_terms


class Nearby(msgspec.Struct, frozen=True):
    """Phrases near one another."""

    phrases: tuple[Phrase, ...]
    between: int

    def __str__(self) -> str:
        return f"NEAR({' '.join(map(str, self.phrases))}, {self.between})"


class Some(msgspec.Struct, frozen=True):
    """Any of these."""

    parts: tuple[Asked, ...]

    def __str__(self) -> str:
        return f"({' OR '.join(map(str, self.parts))})"


class All(msgspec.Struct, frozen=True):
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
                return None, not parts
            unwanted = tuple(found for found, sure in without if found is not None and sure)
            return All(tuple(known), unwanted), all(sure for _, sure in asked + without)


def is_sure(query: Query) -> bool:
    """Whether what a full text index finds satisfies the query for certain."""
    return expression(query)[1]


def ranked(query: Query) -> Asked | None:
    """What passages are asked for: they must have a word that is sought, where any is."""
    asked, _ = expression(query)
    sought = [phrase for term in positive_terms(query) for phrase in term.parts]
    return asked or (_some(sought) if sought else None)


def has_all(query: Query) -> bool:
    """Whether what satisfies the query has all the terms that are sought."""
    match query:
        case Or():
            return False
        case And(parts):
            return all(map(has_all, parts))
        case _:
            return True


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
