"""What a person left on records besides corrections: tags, notes, the ids they had; and what became of
each decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from dipcli.decisions import added
from dipcli.decisions.types import Add, Decision, Ruling, Subject, Tag, Untag, subjects
from dipcli.decisions.types import Note as Remark
from dipcli.names import normal
from dipcli.records import Actor, Event, Note, Relation, Struct
from dipcli.resolution.anchors import COUNTRY
from dipcli.resolution.cast import Cast
from dipcli.resolution.clusters import Cluster
from dipcli.resolution.decided import Decided
from dipcli.resolution.events import Happened
from dipcli.resolution.judge import Judge
from dipcli.resolution.local import Key
from dipcli.resolution.offices import Offices
from dipcli.resolution.spool import Spool

_Record = TypeVar("_Record", Event, Actor, Relation)


class Marked(Struct, frozen=True, kw_only=True):
    """Tags, sorted, and notes, in the order in which they were made."""

    tags: list[str] = []
    notes: list[Note] = []


class State(NamedTuple):
    """All that mentions became."""

    happened: Happened
    actors: Spool[Actor]
    relations: Spool[Relation]
    cast: Cast
    offices: Offices
    judge: Judge
    clusters: list[Cluster]
    """Of events, before anything was decided about them."""

    @property
    def homes(self) -> dict[Key, str]:
        """The event that each mention is told of."""
        return {(join.document, join.key): join.event for join in self.happened.joins}


class Finder:
    """Which record a subject is now."""

    def __init__(self, state: State, decided: Decided) -> None:
        self._cast = state.cast
        self._homes = state.homes
        self._documents = decided.anchors.documents
        self._relations: dict[str, list[Relation]] = defaultdict(list)
        for relation in state.relations:
            self._relations[relation.relation].append(relation)

    def find(self, subject: Subject, keys: Iterable[Key]) -> str | None:
        """Its id; `keys` are the mentions that its quotes are of."""
        match subject.record:
            case "event":
                return next((self._homes[key] for key in keys if key in self._homes), None)
            case "actor":
                return next((ident for key in keys if (ident := self._actor(key))), None)
            case "document":
                return next(
                    (self._documents[q.document] for q in subject.quotes if q.document in self._documents),
                    None,
                )
            case "relation":
                return self._relation(subject)

    def home(self, key: Key) -> str | None:
        """The event that a mention is told of."""
        return self._homes.get(key)

    def _actor(self, key: Key) -> str | None:
        document, name = key
        if document != COUNTRY:
            return self._cast.ids.get(key)
        return name.lower() if name.lower() in self._cast.figures else None

    def _relation(self, subject: Subject) -> str | None:
        """The relation of that kind between actors of those names, in the documents or summed from them."""
        found = [
            relation
            for relation in self._relations.get(subject.type or "", ())
            if all(
                self._is_called(ident, name)
                for ident, name in zip((relation.subject, relation.object), subject.names, strict=False)
            )
        ]
        return next((r.id for r in found if r.id == subject.id), found[0].id if found else None)

    def _is_called(self, ident: str, name: str) -> bool:
        figure = self._cast.figures[ident]
        return normal(name) in map(normal, (figure.name, *figure.aliases))


def marks(record: str, decided: Decided, finder: Finder) -> dict[str, Marked]:
    """Tags and notes by the id of the record that they are on, of one kind of record."""
    tags: dict[str, dict[str, Tag]] = defaultdict(dict)
    notes: dict[str, list[Note]] = defaultdict(list)
    for decision, found in decided.on(record, Tag, Untag, Remark):
        ident = finder.find(decision.about[0], found[0])
        if ident is None:
            continue
        if isinstance(decision, Tag):
            tags[ident] |= dict.fromkeys(decision.tags, decision)
        elif isinstance(decision, Remark):
            notes[ident].append(Note(text=decision.text, by=decision.by))
        elif isinstance(decision, Untag):
            taken = [tags[ident].pop(tag) for tag in decision.tags or list(tags[ident]) if tag in tags[ident]]
            for tag in taken:
                if tag not in tags[ident].values():
                    decided.overrule(tag, decision)
    return {
        ident: Marked(tags=sorted(tags[ident]), notes=notes[ident])
        for ident in sorted({*tags, *notes})
        if tags[ident] or notes[ident]
    }


def marked(records: Iterable[_Record], record: str, decided: Decided, finder: Finder) -> Iterator[_Record]:
    """The records of one kind with their tags and notes."""
    found = marks(record, decided, finder)
    return (
        replace(one, tags=found[one.id].tags, notes=found[one.id].notes) if one.id in found else one
        for one in records
    )


def former_ids(
    state: State, events: Mapping[Key, str], actors: Mapping[Key, str], decided: Decided, finder: Finder
) -> dict[str, list[str]]:
    """Ids that records had: those that decisions saw, and those that they would have without decisions,
    which `events` and `actors` give by mention.

    An id that another record has now is not among them.
    """
    homes = state.homes
    former: dict[str, set[str]] = defaultdict(set)
    for key, ident in events.items():
        if key in homes:
            former[homes[key]].add(ident)
    for key, ident in actors.items():
        former[state.cast.ids[key]].add(ident)
    for decision, found in decided.everything():
        for subject, keys in zip(subjects(decision), found, strict=True):
            if subject.id and subject.record in ("event", "actor") and (now := finder.find(subject, keys)):
                former[now].add(subject.id)
    used = {fact.id for fact in state.happened.facts} | {actor.id for actor in state.actors}
    return {ident: sorted(ids - used) for ident, ids in former.items() if ids - used}


def former_relation(relation: Relation, former: Mapping[str, list[str]]) -> list[str]:
    """The ids of a relation by the ids that its ends had, sorted."""
    ends = [[ident, *former.get(ident, ())] for ident in (relation.subject, relation.object)]
    middle = relation.relation.replace("_", "-")
    office = relation.id.removeprefix(f"{relation.subject}-{middle}-{relation.object}")
    pairs = (sorted(pair) if middle == "engages" else pair for pair in product(*ends))
    return sorted({f"{one}-{middle}-{other}{office}" for one, other in pairs} - {relation.id})


def rulings(decided: Decided, finder: Finder) -> list[Ruling]:
    """What became of each decision, in their order."""

    def records(decision: Decision, found: list[list[Key]]) -> list[str]:
        if isinstance(decision, Add):
            home = finder.home((added.document_id(decision), decision.id))
            return [home] if home else []
        idents = (finder.find(subject, keys) for subject, keys in zip(subjects(decision), found, strict=True))
        return list(dict.fromkeys(ident for ident in idents if ident))

    return decided.rulings(records)
