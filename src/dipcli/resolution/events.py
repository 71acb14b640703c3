"""A cluster of tellings as one event record: the most exact date, the best-named participants, every
quote, and as doubts what its tellings disagree in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from dipcli.decisions.added import TRIGGER as ADDED
from dipcli.decisions.making import seen
from dipcli.decisions.types import About, Accept, Edit, Reject, Who
from dipcli.names import normal
from dipcli.records import Certainty, Doubt, Event, Evidence, Medium, Participant, Place, Status, Struct
from dipcli.resolution.cast import Cast
from dipcli.resolution.clusters import Cluster
from dipcli.resolution.corpus import Corpus, plain
from dipcli.resolution.decided import Decided
from dipcli.resolution.edits import DATE, edited
from dipcli.resolution.judge import Judge, is_country, is_visit, within
from dipcli.resolution.local import Key
from dipcli.resolution.spool import Spool
from dipcli.resolution.tables import SPOKEN
from dipcli.resolution.tellings import Telling

_CERTAINTY: tuple[Certainty, ...] = ("stated", "reported", "alleged", "denied")
_MEDIA: tuple[Medium, ...] = ("in_person", "virtual", "telephone", "written", "statement")
_STATUS: tuple[Status, ...] = ("occurred", "planned", "cancelled")
_TOLD_AGAIN = 0.12
"""What a second passage adds to an event's confidence, in one document or an independent one."""
_MOST_CONFIDENT = 0.97
_OnEvent = TypeVar("_OnEvent", bound=About)


class Join(Struct, frozen=True, kw_only=True):
    """Why a telling is told of an event: the mention `key` of `document`, and the reason."""

    event: str
    document: str
    key: str
    reason: str
    possible: list[str] = []
    """Other events that this telling may be of, where it agrees with several."""


class Fact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is summed up of an event."""

    id: str
    type: str
    start: str | None
    end: str | None
    people: tuple[str, ...]
    """Ids of all who take part, sorted."""


class Happened(NamedTuple):
    """The events of clusters; lists that go together, but for the clusters in the order of ids."""

    events: Spool[Event]
    facts: list[Fact]
    joins: Spool[Join]
    """Why each telling is where it is, by event, document and key."""
    stems: dict[str, str]
    """The beginning of each event's id that others would have too, where its id is another."""
    ids: list[str]
    """In the order of the clusters."""


def records(
    clusters: Sequence[Cluster], corpus: Corpus, cast: Cast, judge: Judge, decided: Decided
) -> Happened:
    clusters = _accepted(clusters, decided)
    maker = Maker(corpus, cast, judge, decided)
    stems = [maker.stem(cluster) for cluster in clusters]
    ids = list(numbered(stems))
    asked = {(t.document, t.occasion) for home in clusters for t in home.tellings if t.occasion}
    homes = {
        telling.key: ident
        for cluster, ident in zip(clusters, ids, strict=True)
        for telling in cluster.tellings
        if telling.key in asked
    }
    happened = Happened(
        Spool(corpus.room, Event),
        [],
        Spool(corpus.room, Join),
        {ident: stem for ident, stem in zip(ids, stems, strict=True) if ident != stem},
        ids,
    )
    others = {id(other) for cluster in clusters for other in cluster.possible}
    possible = {id(home): ident for home, ident in zip(clusters, ids, strict=True) if id(home) in others}
    for number in sorted(range(len(ids)), key=ids.__getitem__):
        cluster, ident = clusters[number], ids[number]
        event = replace(maker.event(cluster), id=ident, occasion=occasion(cluster, ident, homes))
        happened.events.append(event)
        happened.facts.append(fact(event, corpus))
        for join in _joins(cluster, ident, possible):
            happened.joins.append(join)
    return happened


def fact(event: Event, corpus: Corpus) -> Fact:
    people = tuple(sorted({one.id for one in (*event.actors, *event.recipients)}))
    return Fact(event.id, event.type, event.start, event.end, corpus.shared(people))


def _joins(cluster: Cluster, ident: str, ids: Mapping[int, str]) -> list[Join]:
    """Why the tellings of a cluster are there; `ids` has the events of others by their `id()`."""
    possible = sorted(ids[id(other)] for other in cluster.possible if id(other) in ids)
    joins = [
        Join(event=ident, document=told.document, key=told.label, reason=reason, possible=possible)
        for told, reason in zip(cluster.tellings, cluster.reasons, strict=True)
    ]
    return sorted(joins, key=lambda join: (join.document, join.key))


def _accepted(clusters: Sequence[Cluster], decided: Decided) -> list[Cluster]:
    """The clusters but those that a person rejected, and did not accept after that."""
    judged = decided.by_mention(Reject, Accept)
    order = {decision.id: number for number, decision in enumerate(decided.counting)}
    kept = []
    for cluster in clusters:
        found = sorted(
            (one for telling in cluster.tellings for one in judged.get(telling.key, ())),
            key=lambda one: order[one.id],
        )
        for earlier, later in pairwise(found):
            if type(earlier) is not type(later):
                decided.overrule(earlier, later)
        if not (found and isinstance(found[-1], Reject)):
            kept.append(cluster)
    return kept


def ids_told(clusters: Sequence[Cluster], judge: Judge) -> dict[Key, str]:
    """The id of each mention's event as documents tell it, whatever was decided about the event."""
    stems = [_stem_told(cluster, judge) for cluster in clusters]
    return {
        telling.key: ident
        for cluster, ident in zip(clusters, numbered(stems), strict=True)
        for telling in cluster.tellings
    }


def _stem_told(cluster: Cluster, judge: Judge) -> str:
    """The beginning of an event's id as documents tell the event."""
    dated = _dated(cluster)
    actors, recipients = _participants(cluster, judge)
    return _stem(dated.start, dated.precision, _typed(cluster).type, [*actors, *recipients])


def stem(event: Event) -> str:
    """The beginning of an event's id."""
    people = [p.id for p in (*event.actors, *event.recipients)]
    return _stem(event.start, event.precision, event.type, people)


def _stem(start: str | None, precision: str, type_: str, actors: Iterable[str]) -> str:
    """The beginning of an event's id: when, what, and the first three who take part."""
    length = {"day": 10, "range": 10, "year": 4}.get(precision, 7)
    return "-".join([start[:length] if start else "undated", type_.lower(), *sorted(actors)[:3]])


def _participants(cluster: Cluster, judge: Judge) -> tuple[list[str], list[str]]:
    """Actors and recipients in the order in which documents first name them.

    A country or ministry makes way for the person whom another telling names in its place; who
    acts in one telling is no recipient.
    """
    told = sorted(cluster.naming, key=lambda telling: telling.where)
    everybody = dict.fromkeys(ident for t in told for ident in (*t.actors, *t.recipients))
    acting = {ident for telling in told for ident in telling.actors}
    kept = [i for i in everybody if not any(_named_for(i, other, told, judge) for other in everybody)]
    return [i for i in kept if i in acting], [i for i in kept if i not in acting]


def _named_for(body: str, ident: str, told: Iterable[Telling], judge: Judge) -> bool:
    """Whether one telling has `body` where another names `ident`."""
    return judge.covers(body, ident) and not any({body, ident} <= t.everybody for t in told)


def occasion(cluster: Cluster, ident: str, homes: Mapping[Key, str]) -> str | None:
    """The event that the event of a cluster was part of; `homes` has the event of each mention."""
    told = sorted(cluster.tellings, key=lambda telling: telling.where)
    found = (homes.get((t.document, t.occasion)) for t in told if t.occasion)
    return next((home for home in found if home and home != ident), None)


def numbered(stems: Sequence[str]) -> Iterator[str]:
    """Each stem, numbered from the second that is the same."""
    taken = set(stems)
    count: Counter[str] = Counter()
    for stem in stems:
        count[stem] += 1
        ident = stem
        while count[stem] > 1 and (ident := f"{stem}-{count[stem]}") in taken:
            count[stem] += 1
        taken.add(ident)
        yield ident


class Maker:
    def __init__(self, corpus: Corpus, cast: Cast, judge: Judge, decided: Decided) -> None:
        self._corpus = corpus
        self._cast = cast
        self._judge = judge
        self._decided = decided
        self._edits = decided.by_mention(Edit)
        self._accepts = decided.by_mention(Accept)
        self._order = {decision.id: number for number, decision in enumerate(decided.counting)}

    def stem(self, cluster: Cluster) -> str:
        """The beginning of the event's id."""
        if self._of(cluster, self._edits):
            return stem(self.event(cluster))
        return _stem_told(cluster, self._judge)

    def event(self, cluster: Cluster) -> Event:
        """The event of a cluster as documents tell it and a person set it, without id and occasion."""
        found, edits, missing = edited(self._told(cluster), self._of(cluster, self._edits), self._find)
        for edit in self._of(cluster, self._edits):
            self._say(edit, edits, missing)
        manual = all(telling.trigger == ADDED for telling in cluster.tellings)
        accepted = self._of(cluster, self._accepts)
        changed = [_changed(accept.seen, seen(found)) for accept in accepted[-1:]]
        for what in filter(None, changed):
            self._decided.say(accepted[-1], what)
        return replace(
            found,
            origin="manual" if manual else found.origin,
            reviewed=manual or "" in changed,
        )

    def _of(self, cluster: Cluster, decisions: dict[Key, list[_OnEvent]]) -> list[_OnEvent]:
        """The decisions on the event of a cluster, in their order."""
        if not decisions:
            return []
        found = [one for telling in cluster.tellings for one in decisions.get(telling.key, ())]
        return sorted(found, key=lambda one: self._order[one.id])

    def _find(self, who: Who) -> Participant | None:
        idents = [self._cast.ids[key] for key in self._decided.anchors.who(who) if key in self._cast.ids]
        if not idents:
            idents = [
                ident
                for ident, figure in sorted(self._cast.figures.items())
                if figure.kind == who.kind
                and who.country in (None, figure.country)
                and normal(who.name) in map(normal, (figure.name, *figure.aliases))
            ]
        return self._participant(idents[0], {idents[0]: who.title} if who.title else {}) if idents else None

    def _say(self, edit: Edit, last: dict[str, Edit], missing: Sequence[str]) -> None:
        """Notes which fields a later edit sets otherwise, and who is named no more."""
        fields = list(dict.fromkeys("date" if name in DATE else name for name in edit.set.given()))
        lost = {field: last[field] for field in fields if field in last and last[field] is not edit}
        if fields and len(lost) == len(fields):
            self._decided.overrule(edit, next(reversed(lost.values())))
        for field, later in lost.items():
            self._decided.say(edit, f"{later.id} sets the {field} otherwise")
        for name in missing:
            self._decided.say(edit, f"no document names {name} any more")

    def _told(self, cluster: Cluster) -> Event:
        from dipcli.lexicon import plover

        told = sorted(cluster.tellings, key=lambda telling: telling.where)
        sources = self._corpus.sources({telling.document for telling in told})
        dated, typed = _dated(cluster), _typed(cluster)
        mode = typed.mode or next((t.mode for t in told if t.type == typed.type and t.mode), None)
        facts = plover.facts(typed.type, mode)
        actors, recipients = _participants(cluster, self._judge)
        titles = {k: v for t in reversed(told) for k, v in t.titles}
        certainty = min((t.certainty for t in told), key=_CERTAINTY.index)
        medium = min((t.medium for t in told if t.medium), key=_MEDIA.index, default=None)
        if medium is None and typed.type == "CONSULT" and not all(t.words <= SPOKEN for t in told):
            medium = "in_person"  # what is not said to be otherwise
        return Event(
            id="",
            start=dated.start,
            end=dated.end,
            precision=dated.precision,
            type=typed.type,
            mode=mode,
            contexts=sorted({context for t in told for context in t.contexts}),
            cameo=facts.cameo,
            quad=facts.quad,
            score=facts.score,
            goldstein=facts.goldstein,
            status=min((t.status for t in told), key=_STATUS.index),
            certainty=certainty,
            asserted_by=[] if certainty == "stated" else sorted({i for t in told for i in t.asserted_by}),
            actors=[self._participant(actor, titles) for actor in actors],
            recipients=[self._participant(actor, titles) for actor in recipients],
            place=_place(cluster),
            medium=medium,
            summary=self._summary(cluster),
            evidence=self._evidence(told),
            doubts=self._doubts(cluster, dated),
            confidence=_confidence(told, sources),
            sources=sources,
        )

    def _participant(self, ident: str, titles: dict[str, str]) -> Participant:
        figure = self._cast.figures[ident]
        return Participant(id=ident, name=figure.name, title=titles.get(ident), country=figure.country)

    def _evidence(self, told: Iterable[Telling]) -> list[Evidence]:
        quotes: dict[tuple[str, int, int], Evidence] = {}
        for telling in told:
            place = telling.document, telling.char_start, telling.char_end
            if place not in quotes or quotes[place].date_text is None:
                quotes[place] = self._corpus.evidence(telling.document, telling.sentence, telling.date_text)
        for telling in told:
            for span in telling.echoes:
                place = telling.document, span.char_start, span.char_end
                if place not in quotes and (telling.document, span) not in self._decided.parted:
                    quotes[place] = self._corpus.evidence(telling.document, span)
        return [quotes[place] for place in sorted(quotes)]

    def _summary(self, cluster: Cluster) -> str:
        best = min(
            cluster.tellings,
            key=lambda t: (
                not t.chronology,
                t.vagueness,
                -sum(map(self._judge.is_person, t.everybody)),
                -len(t.everybody),
                t.place is None,
                -t.confidence,
                t.where,
            ),
        )
        return plain(self._corpus.text(best.document, best.sentence))

    def _doubts(self, cluster: Cluster, dated: Telling) -> list[Doubt]:
        """What mentions doubt, and what tellings disagree in, each once, in the order of evidence."""
        doubts: dict[tuple[str, str | None], Doubt] = {}
        for telling in sorted(cluster.tellings, key=lambda telling: telling.where):
            for told in telling.doubts:
                span = told.span
                quote = self._corpus.evidence(telling.document, span) if span else None
                doubt = Doubt(
                    field=told.field, alternative=told.alternative, reason=told.reason, evidence=quote
                )
                doubts.setdefault((doubt.field, doubt.alternative), doubt)
        for field, alternative, reason, telling in self._disagreements(cluster, dated):
            quote = self._corpus.evidence(telling.document, telling.sentence, telling.date_text)
            doubt = Doubt(field=field, alternative=alternative, reason=reason, evidence=quote)
            doubts.setdefault((field, alternative), doubt)
        return list(doubts.values())

    def _disagreements(self, cluster: Cluster, dated: Telling) -> Iterator[tuple[str, str, str, Telling]]:
        typed = _typed(cluster)
        certainties = {telling.certainty for telling in cluster.tellings}
        for telling in sorted(cluster.tellings, key=lambda telling: telling.where):
            if telling.start and telling.end and dated.start and dated.end:
                one, other = (telling.start, telling.end), (dated.start, dated.end)
                if not within(one, other) and not within(other, one):
                    span = telling.start if telling.start == telling.end else f"{telling.start}/{telling.end}"
                    yield "date", span, "another telling gives another date", telling
            if telling.type != typed.type:
                yield "type", telling.type, "another telling calls it otherwise", telling
            if telling.certainty == "denied" and len(certainties) > 1:
                yield "certainty", "denied", "one telling denies it", telling
        named = {ident for telling in cluster.naming for ident in telling.everybody}
        for telling in cluster.following:
            others = telling.everybody - self._judge.matched(telling.everybody, named)
            if others:
                names = "; ".join(self._cast.figures[ident].name for ident in sorted(others))
                yield "actors", names, "a telling that goes on about the event names others", telling


def _changed(before: dict[str, str], now: dict[str, str]) -> str:
    """What is another in an event than when it was accepted; empty where nothing is."""
    fields = [field for field, value in before.items() if now[field] != value]
    was = ", ".join(f"{field} was {before[field] or None}" for field in fields)
    return f"changed since: {was}" if fields else ""


def _dated(cluster: Cluster) -> Telling:
    """The telling that dates the event: the most exact; of a visit the one that tells all its days."""
    visits = (telling for telling in cluster.tellings if is_visit(telling) and telling.precision == "range")
    return next(visits, cluster.head)


def _typed(cluster: Cluster) -> Telling:
    """The telling that gives the type: a line of a chronology, else the most exact."""
    return next((telling for telling in cluster.tellings if telling.chronology), cluster.head)


def _place(cluster: Cluster) -> Place | None:
    """The most exact place told: a town before its country, a building before its town."""
    told = [t for t in cluster.tellings if t.place]
    if not told:
        return None
    best = min(
        enumerate(told), key=lambda item: (is_country(item[1]), -len((item[1].venue or "").split()), item[0])
    )[1]
    country = next((t.place_country for t in (best, *told) if t.place_country), None)
    assert best.place
    return Place(name=best.place, country=country)


def _confidence(told: Sequence[Telling], sources: int) -> float:
    best = max(telling.confidence for telling in told)
    passages = Counter(document for document, _ in {(t.document, t.sentence) for t in told})
    again = sources > 1 or max(passages.values()) > 1
    return round(min(max(best, _MOST_CONFIDENT), best + _TOLD_AGAIN * again), 2)
