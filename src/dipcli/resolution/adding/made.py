"""The events, actors and relations that added documents make or change."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from msgspec.structs import replace

from dipcli.mentions import Mentions
from dipcli.records import Actor, Event, Evidence, Relation, Role
from dipcli.resolution import relations
from dipcli.resolution.actors import first_mentions
from dipcli.resolution.adding.held import Held
from dipcli.resolution.adding.joining import Joining, Tellings
from dipcli.resolution.adding.reading import Lazy, Library
from dipcli.resolution.adding.rows import ClusterRow
from dipcli.resolution.adding.store import Store
from dipcli.resolution.adding.who import Before, Unsettled, Who
from dipcli.resolution.cast import Cast, Figure, locals_of
from dipcli.resolution.clusters import Cluster
from dipcli.resolution.decided import Decided
from dipcli.resolution.events import Fact, Maker, fact, occasion, stem
from dipcli.resolution.judge import Judge
from dipcli.resolution.local import Key
from dipcli.resolution.offices import Tenure

_NUMBERED = re.compile(r"(.+)-\d+")


class Made(NamedTuple):
    """An event of a cluster, without id and occasion."""

    cluster: Cluster
    draft: Event
    stem: str

    @property
    def place(self) -> tuple[str, int, int, str]:
        return min(telling.where for telling in self.cluster.tellings)


class Events:
    """The events of the clusters that changed, and of those whose ids or occasions change with them."""

    def __init__(
        self, store: Store, library: Library, cast: Cast, judge: Judge, tellings: Tellings, joining: Joining
    ) -> None:
        self._store = store
        self._library = library
        self._tellings = tellings
        self._joining = joining
        self._maker = Maker(library, cast, judge, Decided(library))
        self.made: dict[int, Made] = {}
        """The clusters that there are, by the number of the first telling."""
        self.before: dict[int, ClusterRow | None] = {}
        """What was known of those and of the ones that are gone."""
        self.ids: dict[int, str] = {}
        self.now: dict[int, Event] = {}

    def make(self, heads: Iterable[int]) -> None:
        for head in sorted(heads):
            self._draft(head)
        for name in self._stems():
            self._number(name)
        for head in sorted(self._parts() - self.made.keys()):
            self._draft(head)
            self.ids[head] = self._ident(head)
        homes: Lazy[Key, str] = Lazy(self._home)
        for head, made in self.made.items():
            ident = self.ids[head]
            self.now[head] = replace(made.draft, id=ident, occasion=occasion(made.cluster, ident, homes))

    @property
    def gone(self) -> list[ClusterRow]:
        """What was known of all that changed."""
        return [row for row in self.before.values() if row]

    def renamed(self) -> list[tuple[str, str]]:
        """Ids that no event has any more whose words tell one that came, with its id."""
        ids = {event.id for event in self.now.values()}
        told: dict[tuple[str, str, int, int], str] = {
            (event.type, said.document, said.char_start, said.char_end): event.id
            for event in sorted(self.now.values(), key=lambda event: event.id)
            for said in event.evidence
        }
        found = []
        for row in sorted(
            self.gone, key=lambda row: (row.event.start is None, row.event.start or "", row.event.id)
        ):
            said = sorted({at for number, _ in row.members for at in self._tellings.now[number].passages})
            new = next(
                (told[row.event.type, *span] for span in said if (row.event.type, *span) in told), None
            )
            if row.event.id not in ids and new:
                found.append((row.event.id, new))
        return found

    def _draft(self, head: int) -> None:
        if head in self.made:
            return
        self.before[head] = self._store.clusters.get(head)
        members = self._joining.members[head]
        if members and members[0].number == head:
            cluster = self._joining.whole(members)
            draft = self._maker.event(cluster)
            self.made[head] = Made(cluster, draft, stem(draft))

    # ids

    def _stems(self) -> list[str]:
        """The stems of which an event came, went or moved, and those whose numbers they could take."""
        found = {row.stem for row in self.gone} | {made.stem for made in self.made.values()}
        found |= {match[1] for name in found if (match := _NUMBERED.fullmatch(name))}
        return sorted(found)

    def _number(self, name: str) -> None:
        """Gives the events of one stem their ids (as `dipcli.resolution.events.numbered` does)."""
        same = [(made.place, head) for head, made in self.made.items() if made.stem == name]
        same += [(row.place, head) for head, row in self._others(name)]
        count = 0
        for _, head in sorted(same):
            count += 1
            ident = name
            while count > 1 and self._is_stem(ident := f"{name}-{count}"):
                count += 1
            self.ids[head] = ident
            if head not in self.made and ident != self._ident(head):
                self._draft(head)

    def _others(self, name: str) -> list[tuple[int, ClusterRow]]:
        rows = self._store.clusters.where("stem", name)
        return [(head, row) for head, _, _, row in rows if head not in self.before]

    def _is_stem(self, name: str) -> bool:
        return any(made.stem == name for made in self.made.values()) or bool(self._others(name))

    def _ident(self, head: int) -> str:
        row = self._store.clusters.of(head)
        return row.event.id

    # occasions

    def _parts(self) -> set[int]:
        """The clusters of what was part of an event whose id is another now."""
        renamed = {
            member.number
            for head in self.made
            if (row := self.before[head]) is None or row.event.id != self.ids[head]
            for member in self._joining.members[head]
        }
        found = set()
        for number in renamed | self._joining.moved:
            told = self._tellings.now[number]
            for part in self._tellings.of[told.document]:
                if self._tellings.now[part].occasion == told.label:
                    found.add(self._joining.home(part))
        return found

    def _home(self, key: Key) -> str:
        number = self._tellings.number(key)
        if number is None:
            raise KeyError(key)
        head = self._joining.home(number)
        return self.ids.get(head) or self._ident(head)


class Others:
    """The actors and relations that documents and changed events touch."""

    def __init__(
        self, store: Store, library: Library, cast: Cast, who: Who, held: Held, events: Events, before: Before
    ) -> None:
        self._store = store
        self._library = library
        self._cast = cast
        self._who = who
        self._held = held
        self._events = events
        self._before = before
        self.begun = 0
        """How many relations are new."""

    # actors

    def actors(self) -> list[Actor]:
        count: Counter[str] = Counter()
        every: Counter[str] = Counter()
        for row in self._events.gone:
            count.subtract(row.event.people)
        for event in self._events.now.values():
            every.update(fact(event, self._library).people)
        count.update(every)
        whole = self._who.added | self._held.renewed
        touched = {ident for ident, number in count.items() if number} - self._who.former.keys()
        touched |= self._who.members.keys() | self._who.implied.keys()
        known = self._before.actors(touched - whole)
        found = [self._actor(ident, known.get(ident), count[ident]) for ident in sorted(touched - whole)]
        return [*found, *(self._whole(ident, every[ident]) for ident in sorted(whole))]

    def _whole(self, ident: str, count: int) -> Actor:
        """An actor who is new, or has another name, country or id: from all documents that name them."""
        row = self._who.figures[ident]
        members = [*self._who.members.get(ident, ())]
        for document in self._documents.get(ident, ()):
            for local, _ in locals_of(self._library.found[document], self._library):
                if self._cast.ids.get(local.key) == ident:
                    members.append(local)
        forms = {form for member in members for form in member.names}
        figure = Figure(
            row.kind, members, None, row.name, [], self._who.implied.get(ident, []) if row.bare else []
        )
        quotes = first_mentions(figure, self._library)
        return Actor(
            id=ident,
            name=row.name,
            aliases=sorted(forms - {row.name}),
            kind=row.kind,
            country=row.country,
            roles=[tenure.role(self._library) for tenure in self._held.titles[ident]]
            if row.kind == "person"
            else [],
            documents=[quote.document for quote in quotes],
            event_count=count,
            evidence=quotes,
        )

    @property
    def _documents(self) -> dict[str, list[str]]:
        """The documents that named those before who have another name, country or id now, by that."""
        return {self._who.renewed[former]: names for former, names in self._who.documents.items()}

    def _actor(self, ident: str, before: Actor | None, count: int) -> Actor:
        row = self._who.figures.get(ident)
        if before is None:
            raise Unsettled  # what is remembered is not of this index
        if row is None:
            return replace(before, event_count=before.event_count + count)
        members = self._who.members.get(ident, [])
        forms = {form for member in members for form in member.names} | {*before.aliases}
        implied = self._who.implied.get(ident, []) if row.bare else []
        quotes = first_mentions(Figure(row.kind, members, None, row.name, [], implied), self._library)
        if ident not in self._who.unveiled:
            quotes = sorted([*before.evidence, *quotes], key=lambda quote: quote.document)
        return replace(
            before,
            aliases=sorted(forms - {row.name}),
            roles=[*self._roles(ident, before)] if row.kind == "person" else before.roles,
            documents=[quote.document for quote in quotes],
            event_count=before.event_count + count,
            evidence=quotes,
        )

    def _roles(self, ident: str, before: Actor) -> Iterator[Role]:
        known = {(role.title, role.of): role for role in before.roles}
        if len(known) < len(before.roles):
            raise Unsettled  # two offices that are called the same
        for tenure in self._held.titles[ident]:
            role = tenure.role(self._library)
            title = self._held.former.get(tenure.key)
            former = known.get((title, tenure.of)) if title else None
            yield replace(role, evidence=_together(former.evidence, role.evidence)) if former else role

    # relations

    def relations(self, every: Sequence[Mentions], former: Cast) -> tuple[list[Relation], list[str]]:
        """Those that are new or changed, and the ids of those that are gone. `former`: the actors as they
        were."""
        stated, lost = self._stated(every, former)
        engaged, ended = self._engaged()
        return [*stated, *engaged], [*lost, *ended]

    def _stated(self, every: Sequence[Mentions], former: Cast) -> tuple[list[Relation], list[str]]:
        names = {name for names in self._who.documents.values() for name in names}
        again = [self._library.found[name] for name in sorted(names)]
        tenures = [tenure for ident in self._held.named for tenure in self._held.titles[ident]]
        renewed = self._held.renewed
        more = _ties(tenures, every, self._library, self._cast)
        more = {edge: tie for edge, tie in more.items() if tie.quotes and not _is_of(edge, renewed)}
        texts = sorted([*every, *again], key=lambda found: found.document)
        whole = _ties(tenures, texts, self._library, self._cast)
        whole = {edge: tie for edge, tie in whole.items() if _is_of(edge, renewed)}
        ids = {edge: relations.edge_id(edge) for edge in (*more, *whole)}
        gone = self._former_ties(again, former)
        back = {relations.edge_id((edge[2], edge[1], edge[0], "")) for edge in more if edge[1] == "ally_of"}
        known = self._before.relations({*ids.values(), *back, *gone})
        if len({*ids.values()}) < len(ids) or not back.isdisjoint(known):
            raise Unsettled  # which of two ways round an alliance was told first
        if not gone <= known.keys() or any(len(known[name]) > 1 for name in gone):
            raise Unsettled
        if any(ids[edge] in gone for edge in more) or any(ids[edge] in known.keys() - gone for edge in whole):
            raise Unsettled
        for edge, tie in more.items():
            before = known.get(ids[edge], [])
            if len(before) > 1 or any((one.subject, one.relation, one.object) != edge[:3] for one in before):
                raise Unsettled
            for one in before:
                quotes = {(said.document, said.char_start, said.char_end): said for said in one.evidence}
                tie.add(quotes, one.since, one.until, (one.first_seen, one.last_seen))
        self.begun += sum(name not in known for name in ids.values())
        told = [relations.stated(edge, tie, self._library) for edge, tie in (*more.items(), *whole.items())]
        return told, sorted(gone - {*ids.values()})

    def _former_ties(self, again: Sequence[Mentions], former: Cast) -> set[str]:
        """The ids of what was stated of those who have another name, country or id now."""
        ties = _ties(self._held.gone, again, self._library, former)
        return {relations.edge_id(edge) for edge in ties if _is_of(edge, self._who.former.keys())}

    def _engaged(self) -> tuple[list[Relation], list[str]]:
        """Those between actors of events that came, went or changed."""
        gone: dict[tuple[str, str], set[str]] = defaultdict(set)
        came: dict[tuple[str, str], set[str]] = defaultdict(set)
        for head, old in self._events.before.items():
            event = self._events.now.get(head)
            now, former = [self._fact_of(event)] if event else [], [old.event] if old else []
            if now == former:
                continue
            for told, facts in ((gone, former), (came, now)):
                for one in facts:
                    for pair in combinations(one.people, 2):
                        told[pair].add(one.id)
        names = {pair: f"{pair[0]}-engages-{pair[1]}" for pair in {*gone, *came}}
        if len({*names.values()}) < len(names):
            raise Unsettled
        known = self._before.relations(names.values())
        every = Lazy(self._fact)
        every.update((event.id, self._fact_of(event)) for event in self._events.now.values())
        changed, ended = [], []
        for pair, name in sorted(names.items()):
            before = known.get(name, [])
            if len(before) > 1 or any((one.subject, one.object) != pair for one in before):
                raise Unsettled
            events = {ident for one in before for ident in one.events} - gone[pair] | came[pair]
            if events:
                self.begun += not before
                changed.append(relations.engages(*pair, [every[ident] for ident in events]))
            elif before:
                ended.append(name)
        return changed, ended

    def _fact(self, ident: str) -> Fact:
        ((*_, row),) = self._store.clusters.where("id", ident)
        found: Fact = row.event
        return found

    def _fact_of(self, event: Event) -> Fact:
        return fact(event, self._library)


def _ties(
    tenures: Iterable[Tenure], texts: Iterable[Mentions], library: Library, cast: Cast
) -> dict[relations.Edge, relations.Tie]:
    ties: dict[relations.Edge, relations.Tie] = defaultdict(relations.Tie)
    relations.from_offices(ties, library, cast, tenures)
    for found in texts:
        relations.from_text(ties, found, library, cast)
    return ties


def _is_of(edge: relations.Edge, idents: Collection[str]) -> bool:
    return edge[0] in idents or edge[2] in idents


def _together(one: Iterable[Evidence], other: Iterable[Evidence]) -> list[Evidence]:
    quotes = {(quote.document, quote.char_start, quote.char_end): quote for quote in (*one, *other)}
    return [quotes[place] for place in sorted(quotes)]
