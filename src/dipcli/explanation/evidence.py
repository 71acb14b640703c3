"""The mentions of an index resolved once more, so that each value can be traced to its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from dipcli.decisions.listing import Listed, listed
from dipcli.decisions.types import Decision
from dipcli.errors import DipcliError
from dipcli.explanation.parts import Words
from dipcli.index import Snapshot
from dipcli.mentions import ActorMention, EventMention, Mentions, Span
from dipcli.records import Actor, Document, Event, Evidence, Record, Relation
from dipcli.resolution import Join, Resolved, resolve
from dipcli.resolution.cast import Cast, gather
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.decided import Decided
from dipcli.resolution.local import Local
from dipcli.resolution.offices import Offices
from dipcli.resolution.tellings import Telling, tell


class Trail:
    """What leads from an index's mentions to its records.

    Resolution is a pure function of documents, mentions and decisions: run again, it gives the same records, and
    why tellings were joined.
    """

    def __init__(self, snapshot: Snapshot, decisions: Sequence[Decision] = ()) -> None:
        self._made_by = snapshot.manifest.dipcli
        self.decisions = decisions
        self.documents: dict[str, Document] = {one.id: one for one in snapshot.records("documents")}
        self.mentions: dict[str, Mentions] = {found.document: found for found in snapshot.records("mentions")}
        self.corpus = Corpus(self.documents.values(), self.mentions.values())
        self.cast: Cast = gather(self.corpus, Decided(self.corpus, decisions))
        self.offices = Offices(self.corpus, self.cast)
        self._events = {
            (document, event.key): event
            for document, found in self.mentions.items()
            for event in found.events
        }
        self.actors = {
            (document, actor.key): actor
            for document, found in self.mentions.items()
            for actor in found.actors
        }

    @cached_property
    def resolved(self) -> Resolved:
        return resolve(self.documents.values(), self.mentions.values(), self.decisions)

    @cached_property
    def homes(self) -> dict[tuple[str, str], str]:
        """The event that each mention is told of."""
        return {(join.document, join.key): join.event for join in self.resolved.joins}

    def check(self, record: Event | Actor | Relation) -> None:
        """Raises DipcliError where resolution does not give the record as it is in the index."""
        made: tuple[Sequence[Record], ...] = (
            self.resolved.events,
            self.resolved.actors,
            self.resolved.relations,
        )
        if not any(record in records for records in made):
            raise DipcliError(
                f"{record.id} was made by another dipcli ({self._made_by}), whose reasons are not known",
                hint="ingest the documents again: dipcli ingest",
            )

    def decided(self, record: Event | Actor | Relation) -> list[Listed]:
        """The decisions about a record that count, or would but for a later one."""
        return [
            listed(decision, ruling)
            for decision, ruling in zip(self.decisions, self.resolved.rulings, strict=True)
            if record.id in ruling.records and ruling.state in ("holds", "overruled")
        ]

    def joins(self, event: Event) -> list[Join]:
        """Which mentions are told of an event, in the order of documents and places."""
        joins = [join for join in self.resolved.joins if join.event == event.id]
        return sorted(joins, key=lambda join: (join.document, self.event(join).sentence.char_start, join.key))

    def event(self, join: Join) -> EventMention:
        return self._events[join.document, join.key]

    def mention(self, document: str, key: str) -> EventMention | None:
        return self._events.get((document, key))

    def telling(self, join: Join) -> Telling:
        return tell(self.corpus, join.document, self.event(join), self.cast, self.offices)

    def actor(self, document: str, key: str, day: str | None) -> tuple[str | None, str | None]:
        """Whom a local actor stands for, and, of an office, who is known to hold it and by what."""
        office = self.cast.offices.get((document, key))
        if office is None:
            return self.cast.ids.get((document, key)), None
        about = f"{office.title or self.actors[document, key].name} of {office.country}"
        holder = self.offices.holder(document, office, day)
        if holder is None:
            return (office.country.lower() if office.country else None), f"{about}: no holder is told"
        seen = holder.quotes(self.corpus)[0]
        where = f"{self.title(seen.document)}, {seen.locator}"
        return holder.person, f"{about}: {self.cast.figures[holder.person].name}, by {where}"

    def mentioned(self, local: Local) -> ActorMention:
        """The mentions of an actor of one document."""
        return self.actors[local.key]

    def first_named(self, document: str, actor: ActorMention) -> str:
        quote = self.corpus.evidence(document, actor.sentence)
        return f"{actor.name}, named first in {quote.locator}"

    def title(self, document: str) -> str:
        found = self.documents[document]
        return found.title or found.path

    def words(self, document: str, char_start: int, char_end: int) -> Words:
        return self.quoted(self.corpus.evidence(document, Span(char_start=char_start, char_end=char_end)))

    def quoted(self, evidence: Evidence) -> Words:
        return Words(
            document=evidence.document,
            title=self.title(evidence.document),
            locator=evidence.locator,
            char_start=evidence.char_start,
            char_end=evidence.char_end,
            text=evidence.text,
        )
