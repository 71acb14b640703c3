"""Acronyms and what they stand for find each other, where a document taught the pair: then an organisation
has both among its names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dipcli.names.forms import normal
from dipcli.query.text import And, Or, Query, Term, any_of

_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "to"))
_LONGEST = 10
"""Letters of an acronym."""


Bodies = Callable[[str], Iterable[Any]]
"""The organisations that a name or alias is."""


def expanded(query: Query, named: Bodies) -> Query:
    """The query, each acronym or name of an organisation in it an alternative to the other form."""
    match query:
        case Term() if not query.prefix:
            return any_of([query, *(Term(form, quoted=True) for form in _others(query, named))])
        case Or(parts):
            return any_of([expanded(part, named) for part in parts])
        case And(parts):
            return And(tuple(expanded(part, named) for part in parts))
        case _:
            return query


def _others(term: Term, named: Bodies) -> list[str]:
    short = term.text.isupper() and len(term.text) <= _LONGEST
    if not short and not (term.quoted and " " in term.text):
        return []
    return [
        form
        for body in named(term.text)
        for form in (body.name, *body.aliases)
        if (_stands_for(term.text, form) if short else _stands_for(form, term.text))
    ]


def _stands_for(short: str, long: str) -> bool:
    """UN for United Nations, IAEA for International Atomic Energy Agency."""
    letters, words = normal(short).replace(" ", ""), normal(long).split()
    initials = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)}
    return len(words) > 1 and letters in initials
