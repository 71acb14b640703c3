"""Documents added to those that were resolved before: only what they touch is resolved again.

The outcome is that of `dipcli.resolution.resolve` on all documents, to the last byte. What that needs to
know of the others is kept in a `Store`: who goes by which name, who held which office, which telling is in
which cluster and which clusters it looks up. Where a new document would change who somebody known before is,
`Unsettled` is raised, and all has to be resolved again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dipcli.garbage import uncollected
from dipcli.mentions import EventMention
from dipcli.records import Actor, Event, Relation
from dipcli.resolution.adding.held import Held, Office
from dipcli.resolution.adding.joining import Joining, Tellings
from dipcli.resolution.adding.keeping import put_cluster, seeking
from dipcli.resolution.adding.made import Events, Others
from dipcli.resolution.adding.reading import Lazy, Library
from dipcli.resolution.adding.rows import DocumentRow
from dipcli.resolution.adding.store import EVENTS, Links, Store, create, shelf_number
from dipcli.resolution.adding.who import Before, Unsettled, Who
from dipcli.resolution.cast import Cast, Figure
from dipcli.resolution.clusters import keys
from dipcli.resolution.events import fact
from dipcli.resolution.judge import Judge
from dipcli.resolution.local import Key
from dipcli.resolution.offices import office_of
from dipcli.resolution.tellings import Telling, tell

__all__ = ["Before", "Change", "Library", "Links", "Store", "Unsettled", "add", "create"]


class Change(NamedTuple):
    """What added documents make of the records."""

    events: list[Event]
    """New and changed."""
    former: list[tuple[str, str | None]]
    """Ids and starts of the changed events as they were, and of those that are gone."""
    actors: list[Actor]
    """New and changed."""
    renewed: list[str]
    """Ids of some of them as they were, which others may have now, or none."""
    relations: list[Relation]
    """New and changed."""
    ended: list[str]
    """Ids of relations that are gone."""
    more: dict[str, int]
    """How many records more there are, by kind."""
    renamed: list[tuple[str, str]]
    """Ids of events that are gone while their words tell another one now, and that one's."""


@uncollected()
def add(store: Store, library: Library, before: Before, documents: Iterable[str]) -> Change:
    """Resolves documents, by id, that the store does not know, and brings it up to date. Raises `Unsettled`
    where that changes who others are; then what was written has to be rolled back."""
    every = [library.found[name] for name in sorted(documents)]
    who = Who(store, library, before)
    who.read(every)
    tellings = Tellings(store)
    known: Lazy[str, dict[str, str]] = Lazy(lambda name: store.documents.of(store.number(name)).ids)
    cast, former = _cast(store, library, known, who), _former(store, known, who)
    for found in every:
        ids = {key: ident for (document, key), ident in who.ids.items() if document == found.document}
        store.documents.put(store.number(found.document), found.document, DocumentRow(ids))
    held = Held(store, library, cast, former, who)
    held.learn(every)
    judge = Judge(cast, held, library)
    earlier = Judge(former, held, library)
    joining = Joining(store, tellings, judge, earlier)
    adding = _Adding(store, library, tellings, cast, held, joining, judge, earlier, who.renewed)
    for found in every:
        adding.enter(found.document)
    adding.tell_again(held.changed(), who.former)
    adding.judge_again(held)
    joining.run()
    heads = joining.changed | {joining.home(number) for number in adding.again}
    events = Events(store, library, cast, judge, tellings, joining)
    events.make(heads)
    others = Others(store, library, cast, who, held, events, before)
    actors = others.actors()
    relations, ended = others.relations(every, former)
    adding.keep(events)
    gone = [(row.event.id, row.event.start) for row in events.gone]
    more = {
        "events": len(events.now) - len(gone),
        "actors": len(who.added),
        "relations": others.begun - len(ended),
    }
    return Change(
        [*events.now.values()], gone, actors, [*who.renewed], relations, ended, more, events.renamed()
    )


def _cast(store: Store, library: Library, known: Mapping[str, dict[str, str]], who: Who) -> Cast:
    """`known`: the ids of the local actors of known documents."""

    def figure(ident: str) -> Figure:
        row = store.figures.get(ident)
        if row is None:
            raise KeyError(ident)
        return Figure(row.kind, [], row.country, row.name, [])

    ids: Lazy[Key, str] = Lazy(lambda key: known[key[0]][key[1]])
    cast = Cast(Lazy(figure), ids, Lazy(lambda key: library.offices[key[0]][key[1]]))
    cast.ids.update(who.ids)
    return cast


def _former(store: Store, known: Mapping[str, dict[str, str]], who: Who) -> Cast:
    """The actors as they were before, as known documents name them."""
    ids = {now: before for before, now in who.renewed.items()}

    def figure(ident: str) -> Figure:
        row = who.former.get(ident) or store.figures.get(ident)
        if row is None:
            raise KeyError(ident)
        return Figure(row.kind, [], row.country, row.name, [])

    def known_as(key: Key) -> str:
        ident = known[key[0]][key[1]]
        return ids.get(ident, ident)

    return Cast(Lazy(figure), Lazy(known_as), {})


class _Adding:
    """The tellings of new documents, and those of others that are told otherwise now."""

    def __init__(
        self,
        store: Store,
        library: Library,
        tellings: Tellings,
        cast: Cast,
        held: Held,
        joining: Joining,
        judge: Judge,
        former: Judge,
        renewed: Mapping[str, str],
    ) -> None:
        """`former` judges tellings as they were before."""
        self._store = store
        self._library = library
        self._tellings = tellings
        self._cast = cast
        self._held = held
        self._joining = joining
        self._judge, self._before = judge, former
        self._same = held.same()
        """Persons who have but another id or name than before."""
        self._changed = renewed.keys() - self._same.keys()
        self.again: set[int] = set()
        """Known tellings whose events have to be made again, wherever they are."""
        self._entered: list[int] = []
        self._former: dict[int, Telling] = {}
        """Known tellings that have other participants now, as they were."""
        self._retold: dict[int, Telling] = {}
        """Known tellings of which but titles, whose word it is, or ids are others now, as they were."""

    def enter(self, document: str) -> None:
        first = self._tellings.numbers[document] * EVENTS
        for number, event in enumerate(self._library.found[document].events, start=first):
            self._tellings.enter(number, self._tell(document, event))
        named = self._library.offices[document].values()
        self._store.nominal.add((*office_of(office), document) for office in named)
        entered = self._tellings.of[document]
        self._entered += entered
        self._joining.enter(entered)

    def _tell(self, document: str, event: EventMention) -> Telling:
        return tell(self._library, document, event, self._cast, self._held)

    def tell_again(self, offices: set[Office], renewed: Iterable[str]) -> None:
        """Takes up the tellings that name an office alone, of which the holders are others than before, and
        those that name persons who had these ids."""
        again = {number for ident in renewed for number in self._store.seeking.get(shelf_number(("", ident)))}
        for number in sorted(again):
            self._tell_again(number, always=True)
        documents = {document for office in offices for document in self._store.nominal.get(*office)}
        for document in sorted(documents - {self._tellings.now[number].document for number in self._entered}):
            first = self._tellings.numbers[document] * EVENTS
            named = {key for key, one in self._library.offices[document].items() if office_of(one) in offices}
            for number, event in enumerate(self._library.found[document].events, start=first):
                told = (*event.actors, *event.recipients, *event.asserted_by)
                if number not in again and not named.isdisjoint(told):
                    self._tell_again(number)
        for number, before in self._former.items():
            self._joining.change(number, before)

    def _tell_again(self, number: int, always: bool = False) -> None:
        before = self._tellings.now[number]
        now = self._tell(before.document, self._library.found[before.document].events[number % EVENTS])
        if _who(now) == _who(before) and not always:
            return
        self._tellings.now[number] = now
        if not self._is_same(before, now):
            self._former[number] = before
            return
        self.again.add(number)
        self._retold[number] = before
        self._seek(number, before, now)
        if self._joining.home(number) == number:
            shelves = self._store.shelves
            shelves.remove((shelf_number(key), number) for key in keys(before, self._before))
            shelves.add((shelf_number(key), number) for key in keys(now, self._judge))

    def _is_same(self, before: Telling, now: Telling) -> bool:
        """Whether a telling names the same as before, of whom nothing but ids is another: then it stays where it
        is. (Of several shelves that are as full the first is taken, so the order of ids counts.)"""

        def are(people: Iterable[str]) -> list[str]:
            return [self._same.get(ident, ident) for ident in people]

        return (
            self._changed.isdisjoint((*before.everybody, *before.asserted_by))
            and (are(before.actors), are(before.recipients)) == ([*now.actors], [*now.recipients])
            and are(sorted(before.actors)) == sorted(now.actors)
        )

    def _seek(self, number: int, before: Telling | None, now: Telling) -> None:
        if before:
            self._store.seeking.remove((key, number) for key in seeking(before, self._before))
        self._store.seeking.add((key, number) for key in seeking(now, self._judge))

    def judge_again(self, held: Held) -> None:
        """Takes up the tellings that name a person who now serves other bodies than before, or such a body."""
        for person, bodies in held.serving():
            for ident in (person, *bodies):
                for number in self._store.seeking.get(shelf_number(("", ident))):
                    self._joining.ask(number)
                    self.again.add(number)

    def keep(self, events: Events) -> None:
        """Brings the store up to date."""
        for number in {*self._entered, *self._joining.moved, *self._former, *self._retold}:
            self._store.tellings.put(number, self._joining.home(number), self._tellings.now[number])
        for number in (*self._entered, *self._former):
            self._seek(number, self._former.get(number), self._tellings.now[number])
        for head, row in events.before.items():
            made = events.made.get(head)
            if row and (made is None or head in self._former):
                shelves = self._joining.shelves(head)
                self._store.shelves.remove((shelf_number(key), head) for key in shelves)
                self._store.clusters.remove(head)
            if made:
                self._store.shelves.add(
                    (shelf_number(key), head) for key in keys(made.cluster.head, self._judge)
                )
                members = [(one.number, one.names) for one in self._joining.members[head]]
                put_cluster(
                    self._store, members, made.stem, made.place, fact(events.now[head], self._library)
                )


def _who(told: Telling) -> tuple[object, ...]:
    """What follows from who is who."""
    return told.actors, told.recipients, told.asserted_by, dict(told.titles)
