"""Events, actors and relations of an index beside those of gold, document by document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dipcli.errors import AmbiguousName
from dipcli.evaluation.gold import Gold, GoldActor, GoldEvent, GoldRelation
from dipcli.evaluation.report import SHARE, Evaluation, Judged, Miss, MissKind, by_type, measures
from dipcli.names import normal
from dipcli.records import Actor, Document, Event, EventType, Participant, Relation

Spans = list[tuple[int, int]]


def evaluate(
    gold: Iterable[Gold],
    documents: Iterable[Document],
    events: Iterable[Event],
    actors: Iterable[Actor],
    relations: Iterable[Relation],
) -> Evaluation:
    """How well these records agree with gold, in the documents that gold is about.

    Gold names a document by its path or by its file name. Raises AmbiguousName where two documents
    have that name.
    """
    wanted: dict[str, list[Gold]] = defaultdict(list)
    for record in gold:
        wanted[record.doc].append(record)
    known = _known(wanted, documents)
    tally = _Tally()
    index = _Index({actor.id: actor for actor in actors}, list(events), list(relations))
    for name in sorted(wanted):
        document = known.get(name)
        if document is None:
            tally.miss("document missing", name)
        _Page(name, document, wanted[name], index, tally).score()
    return Evaluation(
        documents=len(wanted),
        missing=sorted(set(wanted) - set(known)),
        measures=measures(tally.counts),
        types=by_type(tally.type_hits, tally.type_predicted, tally.type_gold),
        misses=tally.misses,
        judged=tally.judged,
    )


def _known(names: Iterable[str], documents: Iterable[Document]) -> dict[str, Document]:
    """The documents that the names mean: by path, else by file name."""
    exact: dict[str, Document] = {}
    by_name: dict[str, dict[str, Document]] = defaultdict(dict)
    sought = set(names)
    for document in documents:
        for path in document.paths:
            if path in sought:
                exact[path] = document
            if (name := path.rpartition("/")[2]) in sought:
                by_name[name][document.id] = document
    for name in by_name.keys() - exact.keys():
        if len(by_name[name]) > 1:
            raise AmbiguousName(
                f"'{name}' is the name of {len(by_name[name])} documents",
                candidates=sorted(document.path for document in by_name[name].values()),
                hint="name it by its path in the gold, or keep the documents in an index of their own",
            )
    return {name: next(iter(found.values())) for name, found in by_name.items()} | exact


class _Index(NamedTuple):
    actors: Mapping[str, Actor]
    events: Sequence[Event]
    relations: Sequence[Relation]


@dataclass
class _Tally:
    """Counts by the names that `report.LINES` uses, and what was missed."""

    counts: Counter[str] = field(default_factory=Counter)
    type_hits: Counter[EventType] = field(default_factory=Counter)
    type_predicted: Counter[EventType] = field(default_factory=Counter)
    type_gold: Counter[EventType] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    def miss(
        self,
        kind: MissKind,
        document: str,
        *,
        fields: Iterable[str] = (),
        gold: str | None = None,
        found: str | None = None,
        id: str | None = None,
        quote: str | None = None,
    ) -> None:
        self.misses.append(
            Miss(
                kind=kind, document=document, fields=list(fields), gold=gold, found=found, id=id, quote=quote
            )
        )


class _Told(NamedTuple):
    """An event of the index or of gold as one document tells it, actors by canonical name."""

    spans: Spans
    actors: set[str]
    recipients: set[str]

    @property
    def everybody(self) -> set[str]:
        return self.actors | self.recipients


class _Pair(NamedTuple):
    """A gold event and a predicted one whose words overlap; sorts the best last."""

    agreement: float
    core: bool
    overlap: int
    gold: int
    """The number of the gold event, negative: the first wins a tie."""
    found: int
    """The number of the predicted one, negative."""


class _Page:
    """One document: what gold has of it, and what the index has."""

    def __init__(
        self, name: str, document: Document | None, gold: Iterable[Gold], index: _Index, tally: _Tally
    ) -> None:
        self.name = name
        self.ident = document.id if document else ""
        self.text = document.text if document else ""
        self.index = index
        self.tally = tally
        gold = list(gold)
        self.events = [record for record in gold if isinstance(record, GoldEvent)]
        self.actors = [record for record in gold if isinstance(record, GoldActor)]
        self.relations = [record for record in gold if isinstance(record, GoldRelation)]
        self.canonical: dict[str, str] = {}
        for actor in self.actors:
            for form in (actor.name, *actor.aliases):
                self.canonical.setdefault(plain(form), plain(actor.name))

    def score(self) -> None:
        if self.ident:
            self._quotes()
        self._events()
        self._actors()
        self._relations()

    def _name(self, forms: Sequence[str]) -> str:
        """The gold's name for somebody who goes by these forms, else the first form."""
        known = (self.canonical[form] for form in map(plain, forms) if form in self.canonical)
        return next(known, plain(forms[0]))

    def _names(self, names: Iterable[str]) -> set[str]:
        return {self._name([name]) for name in names}

    def _actor(self, ident: str, *forms: str) -> str:
        actor = self.index.actors.get(ident)
        return self._name([*forms, *((actor.name, *actor.aliases) if actor else (ident,))])

    def _people(self, participants: Iterable[Participant]) -> set[str]:
        return {self._actor(someone.id, someone.name) for someone in participants}

    def _quotes(self) -> None:
        evidence: list[GoldEvent | GoldRelation] = [*self.events, *self.relations]
        for record in evidence:
            for quote in record.quotes:
                if not places(self.text, quote):
                    self.tally.miss("quote missing", self.name, quote=quote)

    # ---- events ---------------------------------------------------------------------------------

    def _events(self) -> None:
        counts = self.tally.counts
        found = [
            event for event in self.index.events if any(e.document == self.ident for e in event.evidence)
        ]
        ours = [self._gold(event) for event in self.events]
        theirs = [self._predicted(event) for event in found]
        counts["predicted"] += len(found)
        left, spare = set(range(len(ours))), set(range(len(theirs)))
        right: set[int] = set()
        for pair in sorted(self._pairs(found, ours, theirs), reverse=True):
            g, p = -pair.gold, -pair.found
            if g in left and p in spare:
                left.remove(g)
                spare.remove(p)
                if _is_right(self.events[g], ours[g], found[p], theirs[p]):
                    right.add(p)
                self._compare(self.events[g], ours[g], found[p], theirs[p])
        self.tally.judged += [
            Judged(id=event.id, confidence=event.confidence, right=p in right)
            for p, event in enumerate(found)
        ]
        for g, event in enumerate(self.events):
            if event.optional:
                continue
            counts["gold"] += 1
            self.tally.type_gold[event.type] += 1
            if len(event.quotes) > 1:
                counts["told twice"] += 1
                counts["joined"] += self._is_joined(event, found, theirs)
            if g in left:
                self.tally.miss("event missed", self.name, gold=_gold_line(event), quote=event.quotes[0])
        for p in sorted(spare):
            event_ = found[p]
            self.tally.type_predicted[event_.type] += 1
            self.tally.miss(
                "event spurious", self.name, found=_line(event_), id=event_.id, quote=event_.summary
            )

    def _gold(self, event: GoldEvent) -> _Told:
        spans = [span for quote in event.quotes for span in places(self.text, quote)]
        return _Told(spans, self._names(event.actors), self._names(event.recipients))

    def _predicted(self, event: Event) -> _Told:
        spans = [(e.char_start, e.char_end) for e in event.evidence if e.document == self.ident]
        return _Told(spans, self._people(event.actors), self._people(event.recipients))

    def _pairs(
        self, found: Sequence[Event], ours: Sequence[_Told], theirs: Sequence[_Told]
    ) -> Iterator[_Pair]:
        for g, (wanted, our) in enumerate(zip(self.events, ours, strict=True)):
            for p, (event, their) in enumerate(zip(found, theirs, strict=True)):
                shared = overlap(our.spans, their.spans)
                if shared > 0:
                    agreement = _same_dates(wanted, event) + _same_type(wanted, event) + _likeness(our, their)
                    yield _Pair(agreement, not wanted.optional, shared, -g, -p)

    def _compare(self, wanted: GoldEvent, our: _Told, event: Event, their: _Told) -> None:
        """Count what is right of a gold event that was found."""
        counts = self.tally.counts
        if wanted.optional:
            counts["predicted"] -= 1
            return
        typed = _same_type(wanted, event)
        self.tally.type_hits[wanted.type] += typed
        self.tally.type_predicted[wanted.type if typed else event.type] += 1
        right = {
            "date": _same_dates(wanted, event),
            "type": typed,
            "participants": _likeness(our, their) >= SHARE,
            "status": event.status == wanted.status,
        }
        if our.recipients:
            counts["directed"] += 1
            right["direction"] = their.recipients == our.recipients
        if wanted.medium:
            counts["with medium"] += 1
            right["medium"] = event.medium == wanted.medium
        if wanted.place:
            counts["with place"] += 1
            right["place"] = plain(event.place.name if event.place else "") == plain(wanted.place)
        for name, is_right in right.items():
            counts[name] += is_right
        counts["found"] += 1
        counts["right"] += _is_right(wanted, our, event, their)
        counts["shared"] += len(our.everybody & their.everybody)
        counts["their"] += len(their.everybody)
        counts["our"] += len(our.everybody)
        if wrong := [name for name, is_right in right.items() if not is_right]:
            self.tally.miss(
                "event wrong",
                self.name,
                fields=wrong,
                gold=_gold_line(wanted),
                found=_line(event),
                id=event.id,
                quote=wanted.quotes[0],
            )

    def _is_joined(self, wanted: GoldEvent, found: Iterable[Event], theirs: Iterable[_Told]) -> bool:
        """Whether one event of the index, of the same first day, has two of the quotes."""
        quotes = [places(self.text, quote) for quote in wanted.quotes]
        return any(
            event.start == wanted.start and sum(overlap(quote, their.spans) > 0 for quote in quotes) > 1
            for event, their in zip(found, theirs, strict=True)
        )

    # ---- actors and relations -------------------------------------------------------------------

    def _actors(self) -> None:
        counts = self.tally.counts
        wanted = {plain(actor.name): actor for actor in self.actors}
        here = [actor for actor in self.index.actors.values() if self.ident in actor.documents]
        have: dict[str, Actor] = {}
        for actor in here:
            have.setdefault(self._name([actor.name, *actor.aliases]), actor)
        counts["actors predicted"] += len(here)
        counts["actors"] += len(wanted)
        for name, actor_ in wanted.items():
            if found := have.get(name):
                counts["actors found"] += 1
                counts["actor kind"] += found.kind == actor_.kind
                counts["actor country"] += found.country == actor_.country
            else:
                self.tally.miss("actor missed", self.name, gold=f"{actor_.name} ({actor_.kind})")
        for name in sorted(have.keys() - wanted.keys()):
            extra = have[name]
            told = f"{extra.name} ({extra.kind})"
            self.tally.miss("actor spurious", self.name, found=told, id=extra.id)

    def _relations(self) -> None:
        counts = self.tally.counts
        wanted = {
            _edge(self._name([relation.subject]), relation.relation, self._name([relation.object]))
            for relation in self.relations
        }
        asked = {name for _, name, _ in wanted} | {"holds_office", "represents"}
        have = {
            _edge(self._actor(relation.subject), relation.relation, self._actor(relation.object))
            for relation in self.index.relations
            if relation.relation in asked and any(e.document == self.ident for e in relation.evidence)
        }
        counts["relations"] += len(wanted)
        counts["relations predicted"] += len(have)
        counts["relations found"] += len(wanted & have)
        for edge in sorted(wanted - have):
            self.tally.miss("relation missed", self.name, gold=" ".join(edge).strip())
        for edge in sorted(have - wanted):
            self.tally.miss("relation spurious", self.name, found=" ".join(edge).strip())


def plain(name: str) -> str:
    """A name without case, accents and punctuation, and without a leading "the"."""
    return normal(name).removeprefix("the ").strip()


def places(text: str, quote: str) -> Spans:
    """Everywhere that a quote stands in a text; white space may differ."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    return [match.span() for match in re.finditer(pattern, text)] if pattern else []


def overlap(some: Spans, others: Spans) -> int:
    """Code points in the longest stretch that a span of the one has in common with one of the other;
    none or less where they are apart."""
    return max((min(a[1], b[1]) - max(a[0], b[0]) for a in some for b in others), default=0)


def _is_right(wanted: GoldEvent, our: _Told, event: Event, their: _Told) -> bool:
    """Whether dates and type are gold's, and enough of the participants."""
    return _same_dates(wanted, event) and _same_type(wanted, event) and _likeness(our, their) >= SHARE


def _same_dates(wanted: GoldEvent, event: Event) -> bool:
    return (event.start, event.end) == (wanted.start, wanted.end)


def _same_type(wanted: GoldEvent, event: Event) -> bool:
    return event.type == wanted.type or event.type in wanted.also_types


def _likeness(one: _Told, other: _Told) -> float:
    """The share of all participants that both have; 1 where neither has any."""
    union = one.everybody | other.everybody
    return len(one.everybody & other.everybody) / len(union) if union else 1.0


def _edge(subject: str, relation: str, object_: str) -> tuple[str, str, str]:
    """A relation as it is compared: an alliance has no direction, an office no words."""
    if relation == "ally_of":
        subject, object_ = sorted((subject, object_))
    return subject, relation, "" if relation == "holds_office" else object_


def _gold_line(event: GoldEvent) -> str:
    who = ", ".join(event.actors) + (f" → {', '.join(event.recipients)}" if event.recipients else "")
    return _told(event.start, event.end, event.type, who, event.place)


def _line(event: Event) -> str:
    actors, recipients = (
        ", ".join(someone.name for someone in side) for side in (event.actors, event.recipients)
    )
    who = f"{actors} → {recipients}" if recipients else actors
    return _told(event.start, event.end, event.type, who, event.place.name if event.place else None)


def _told(start: str | None, end: str | None, type: str, who: str, place: str | None) -> str:
    when = start or "undated" if start == end else f"{start}/{end}"
    return f"{when} {type} {who}" + (f", {place}" if place else "")
