"""Mentions of many documents become actors, events and relations.

`resolve` is a pure function of the set of documents: the order in which they come changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from dipcli.mentions import Mentions
from dipcli.records import Actor, Document, Event, Evidence, Relation, Struct
from dipcli.resolution import events, relations
from dipcli.resolution.cast import Cast, Figure, gather
from dipcli.resolution.clusters import cluster
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.events import Join
from dipcli.resolution.offices import Offices
from dipcli.resolution.tellings import Judge, tell

__all__ = ["Join", "Resolved", "resolve"]


class Resolved(Struct, frozen=True, kw_only=True):
    """What happened, who takes part, how they stand to one another: each list sorted by id."""

    events: list[Event]
    actors: list[Actor]
    relations: list[Relation]
    joins: list[Join]
    """Which mention is told of which event, and why: by event, document and key."""


def resolve(documents: Iterable[Document], mentions: Iterable[Mentions]) -> Resolved:
    """Bring the mentions of `documents` together.

    Raises KeyError where mentions belong to a document that is not given.
    """
    corpus = Corpus(documents, mentions)
    cast = gather(corpus)
    offices = Offices(corpus, cast)
    judge = Judge(cast, offices)
    told = [
        tell(corpus.documents[found.document], event, cast, offices)
        for found in corpus.mentions
        for event in found.events
    ]
    happened, joins = events.records(cluster(told, judge), corpus, cast, judge)
    return Resolved(
        events=happened,
        actors=_actors(corpus, cast, offices, happened),
        relations=relations.records(corpus, cast, offices, happened),
        joins=joins,
    )


def _actors(corpus: Corpus, cast: Cast, offices: Offices, happened: Iterable[Event]) -> list[Actor]:
    taking_part = events.counts(happened)
    actors = []
    for ident, figure in sorted(cast.figures.items()):
        quotes = _first_mentions(figure, corpus)
        actors.append(
            Actor(
                id=ident,
                name=figure.name,
                aliases=figure.aliases,
                kind=figure.kind,
                country=figure.country,
                roles=[tenure.role() for tenure in offices.titles.get(ident, ())],
                documents=[quote.document for quote in quotes],
                event_count=taking_part[ident],
                evidence=quotes,
            )
        )
    return actors


def _first_mentions(figure: Figure, corpus: Corpus) -> list[Evidence]:
    """The sentence that first mentions an actor, or implies a country, in each document."""
    places = [(member.document, member.mention.sentence) for member in figure.members] + figure.implied
    first = dict(sorted(places, key=lambda place: (place[0], -place[1].char_start)))
    return [corpus.evidence(document, span) for document, span in sorted(first.items())]
