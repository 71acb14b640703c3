"""Figures as actor records: their names, their offices, where each document first mentions them."""

from __future__ import annotations

from collections.abc import Iterable

from dipcli.records import Actor, Event, Evidence
from dipcli.resolution import events
from dipcli.resolution.cast import Cast, Figure
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.offices import Offices


def records(corpus: Corpus, cast: Cast, offices: Offices, happened: Iterable[Event]) -> list[Actor]:
    """All actors, sorted by id."""
    taking_part = events.counts(happened)
    found = []
    for ident, figure in sorted(cast.figures.items()):
        quotes = first_mentions(figure, corpus)
        found.append(
            Actor(
                id=ident,
                name=figure.name,
                aliases=figure.aliases,
                kind=figure.kind,
                country=figure.country,
                roles=[tenure.role() for tenure in offices.titles[ident]],
                documents=[quote.document for quote in quotes],
                event_count=taking_part[ident],
                evidence=quotes,
            )
        )
    return found


def first_mentions(figure: Figure, corpus: Corpus) -> list[Evidence]:
    """The sentence that first mentions an actor, or implies a country, in each document."""
    places = [(member.document, member.mention.sentence) for member in figure.members] + figure.implied
    first = dict(sorted(places, key=lambda place: (place[0], -place[1].char_start)))
    return [corpus.evidence(document, span) for document, span in sorted(first.items())]
