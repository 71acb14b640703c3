"""Mentions of many documents become actors, events and relations.

`resolve` is a pure function of the set of documents and of a person's decisions: the order in which
documents come changes nothing, and of two decisions that contradict each other the later wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dipcli.decisions.types import Decision, Ruling
from dipcli.garbage import uncollected
from dipcli.mentions import Mentions
from dipcli.records import Actor, Document, Event, Relation, Struct
from dipcli.resolution import actors, events, marks, relations
from dipcli.resolution.cast import Cast, gather
from dipcli.resolution.clusters import Cluster, as_decided, cluster
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.decided import Decided
from dipcli.resolution.events import Join
from dipcli.resolution.judge import Judge
from dipcli.resolution.local import Key
from dipcli.resolution.marks import Marked, State
from dipcli.resolution.offices import Offices
from dipcli.resolution.spool import Room, Spool, spooled
from dipcli.resolution.tellings import tell

if TYPE_CHECKING:
    from dipcli.resolution.adding.store import Store

__all__ = ["Join", "Resolved", "Spool", "resolve"]


class Resolved(Struct, frozen=True, kw_only=True):
    """What happened, who takes part, how they stand to one another: each sorted by id, and read again from
    the room where it was put down."""

    events: Spool[Event]
    actors: Spool[Actor]
    relations: Spool[Relation]
    joins: Spool[Join]
    """Which mention is told of which event, and why: by event, document and key."""
    rulings: list[Ruling] = []
    """What became of each decision, in their order."""
    marked: dict[str, Marked] = {}
    """Tags and notes of documents, by id, of those that have any."""


@uncollected()
def resolve(
    documents: Iterable[Document],
    mentions: Iterable[Mentions],
    decisions: Iterable[Decision] = (),
    store: Store | None = None,
    room: Room | None = None,
) -> Resolved:
    """Bring the mentions of `documents` together, as a person decided where anything was decided.

    The documents have to have those that decisions add (`dipcli.decisions.added`). `store`: an empty one,
    which is filled where nothing was decided (`dipcli.resolution.adding`). `room`: where texts, mentions
    and records are put down; in memory where there is none. Raises KeyError where mentions belong to a
    document that is not given.
    """
    corpus = Corpus(documents, mentions, room)
    decided = Decided(corpus, decisions)
    if not decided.any:
        return _undecided(corpus, decided, store)
    state = _together(corpus, decided)
    finder = marks.Finder(state, decided)
    former = marks.former_ids(state, *_without(corpus, state, decided), decided, finder)
    return Resolved(
        events=spooled(
            corpus.room,
            Event,
            (
                replace(event, former_ids=former.get(event.id, []))
                for event in marks.marked(state.happened.events, "event", decided, finder)
            ),
        ),
        actors=spooled(
            corpus.room,
            Actor,
            (
                replace(actor, former_ids=former.get(actor.id, []))
                for actor in marks.marked(state.actors, "actor", decided, finder)
            ),
        ),
        relations=spooled(
            corpus.room,
            Relation,
            (
                replace(relation, former_ids=marks.former_relation(relation, former))
                for relation in marks.marked(state.relations, "relation", decided, finder)
            ),
        ),
        joins=state.happened.joins,
        rulings=marks.rulings(decided, finder),
        marked=marks.marks("document", decided, finder),
    )


def _undecided(corpus: Corpus, decided: Decided, store: Store | None) -> Resolved:
    """What documents alone tell. Tellings and clusters are gone before actors and relations are made."""
    cast, offices, judge, clusters = _told(corpus, decided)
    happened = events.records(clusters, corpus, cast, judge, decided)
    if store:
        from dipcli.resolution.adding.remember import remember

        remember(store, corpus, cast, offices, judge, clusters, happened)
    del judge, clusters
    return Resolved(
        events=happened.events,
        actors=actors.records(corpus, cast, offices, happened.facts),
        relations=relations.records(corpus, cast, offices, happened.facts),
        joins=happened.joins,
    )


def _together(corpus: Corpus, decided: Decided) -> State:
    """What the mentions of a corpus become under decisions."""
    cast, offices, judge, clusters = _told(corpus, decided)
    happened = events.records(as_decided(clusters, judge, decided), corpus, cast, judge, decided)
    return State(
        happened,
        actors.records(corpus, cast, offices, happened.facts),
        relations.records(corpus, cast, offices, happened.facts),
        cast,
        offices,
        judge,
        clusters,
    )


def _told(corpus: Corpus, decided: Decided) -> tuple[Cast, Offices, Judge, list[Cluster]]:
    """Who is who, as was decided, and which tellings are of one event, before anything was decided of that."""
    cast = gather(corpus, decided)
    offices = Offices(corpus, cast)
    judge = Judge(cast, offices, corpus)
    told = (
        tell(corpus, found.document, event, cast, offices)
        for found in corpus.mentions
        for event in found.events
    )
    return cast, offices, judge, cluster(told, judge)


def _without(corpus: Corpus, state: State, decided: Decided) -> tuple[Mapping[Key, str], Mapping[Key, str]]:
    """The ids of events and actors, by mention, if nothing had been decided."""
    if not decided.changes_ids:
        return {}, {}
    if not decided.changes_actors:
        return events.ids_told(state.clusters, state.judge), state.cast.ids
    cast, _, judge, clusters = _told(corpus, Decided(corpus))
    return events.ids_told(clusters, judge), cast.ids
