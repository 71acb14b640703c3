"""Figures as actor records: their names, their offices, where each document first mentions them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dipcli.records import Actor, Evidence
from dipcli.resolution.cast import Cast, Figure
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.events import Fact
from dipcli.resolution.local import Local
from dipcli.resolution.offices import Offices
from dipcli.resolution.spool import Spool


def records(corpus: Corpus, cast: Cast, offices: Offices, facts: Iterable[Fact]) -> Spool[Actor]:
    """All actors, sorted by id."""
    taking_part = Counter(ident for fact in facts for ident in fact.people)
    found = Spool(corpus.room, Actor)
    for ident, figure in sorted(cast.figures.items()):
        quotes = first_mentions(figure, corpus)
        found.append(
            Actor(
                id=ident,
                name=figure.name,
                aliases=figure.aliases,
                kind=figure.kind,
                country=figure.country,
                roles=[tenure.role(corpus) for tenure in offices.titles[ident]],
                documents=[quote.document for quote in quotes],
                event_count=taking_part[ident],
                evidence=quotes,
            )
        )
    return found


def first_mentions(figure: Figure, corpus: Corpus) -> list[Evidence]:
    """The sentence that first mentions an actor, or implies a country, in each document."""
    first: dict[str, Local] = {}
    for local in (*figure.members, *figure.implied):
        if local.document not in first or local.char_start <= first[local.document].char_start:
            first[local.document] = local
    return [corpus.evidence(document, first[document].sentence) for document in sorted(first)]
