"""A cluster of tellings as one event record: the most exact date, the best-named participants, every
quote, and as doubts what its tellings disagree in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dipcli.mentions import EventMention
from dipcli.records import Certainty, Doubt, Event, Evidence, Medium, Participant, Place, Status, Struct
from dipcli.resolution.cast import Cast
from dipcli.resolution.clusters import Cluster
from dipcli.resolution.corpus import Corpus, plain
from dipcli.resolution.tellings import Judge, Telling, is_country, is_visit, within

_CERTAINTY: tuple[Certainty, ...] = ("stated", "reported", "alleged", "denied")
_MEDIA: tuple[Medium, ...] = ("in_person", "virtual", "telephone", "written", "statement")
_STATUS: tuple[Status, ...] = ("occurred", "planned", "cancelled")
_SEVERAL_SOURCES = {1: 0.0, 2: 0.03, 3: 0.05}
"""What independent documents beyond the first add to an event's confidence."""
_MOST_CONFIDENT = 0.99


class Join(Struct, frozen=True, kw_only=True):
    """Why a telling is told of an event: the mention `key` of `document`, and the reason."""

    event: str
    document: str
    key: str
    reason: str
    possible: list[str] = []
    """Other events that this telling may be of, where it agrees with several."""


def records(
    clusters: Sequence[Cluster], corpus: Corpus, cast: Cast, judge: Judge
) -> tuple[list[Event], list[Join]]:
    """Events sorted by id, and why each telling is where it is, by event, document and key."""
    maker = _Maker(corpus, cast, judge)
    ids = dict(zip(map(id, clusters), _ids([maker.stem(cluster) for cluster in clusters]), strict=True))
    homes = {(t.document, t.mention.key): ids[id(c)] for c in clusters for t in c.tellings}
    events = [maker.event(ids[id(cluster)], cluster, homes) for cluster in clusters]
    joins = [
        Join(
            event=ids[id(cluster)],
            document=telling.document,
            key=telling.mention.key,
            reason=reason,
            possible=sorted(ids[id(other)] for other in cluster.possible),
        )
        for cluster in clusters
        for telling, reason in zip(cluster.tellings, cluster.reasons, strict=True)
    ]
    return sorted(events, key=lambda e: e.id), sorted(joins, key=lambda j: (j.event, j.document, j.key))


def _ids(stems: Sequence[str]) -> Iterator[str]:
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


class _Maker:
    def __init__(self, corpus: Corpus, cast: Cast, judge: Judge) -> None:
        self._corpus = corpus
        self._cast = cast
        self._judge = judge

    def stem(self, cluster: Cluster) -> str:
        """The beginning of an event's id: when, what, and the first three who take part."""
        dated = _dated(cluster)
        length = {"day": 10, "range": 10, "year": 4}.get(dated.precision, 7)
        when = dated.start[:length] if dated.start else "undated"
        actors, recipients = self._participants(cluster)
        return "-".join([when, _typed(cluster).type.lower(), *sorted([*actors, *recipients])[:3]])

    def event(self, ident: str, cluster: Cluster, homes: dict[tuple[str, str], str]) -> Event:
        from dipcli.lexicon import plover

        told = sorted(cluster.tellings, key=lambda telling: telling.place)
        sources = self._corpus.sources({telling.document for telling in told})
        dated, typed = _dated(cluster), _typed(cluster)
        mode = typed.mode or next(
            (t.mention.mode for t in told if t.mention.type == typed.type and t.mention.mode), None
        )
        facts = plover.facts(typed.type, mode)
        actors, recipients = self._participants(cluster)
        titles = {k: v for t in reversed(told) for k, v in t.titles.items()}
        certainty = min((t.mention.certainty for t in told), key=_CERTAINTY.index)
        medium = min((t.mention.medium for t in told if t.mention.medium), key=_MEDIA.index, default=None)
        if medium is None and typed.type == "CONSULT":
            medium = "in_person"  # what is not said to be otherwise
        homes_of_occasions = (homes.get((t.document, t.mention.occasion)) for t in told if t.mention.occasion)
        return Event(
            id=ident,
            start=dated.start,
            end=dated.end,
            precision=dated.precision,
            type=typed.type,
            mode=mode,
            contexts=sorted({context for t in told for context in t.mention.contexts}),
            cameo=facts.cameo,
            quad=facts.quad,
            score=facts.score,
            goldstein=facts.goldstein,
            status=min((t.mention.status for t in told), key=_STATUS.index),
            certainty=certainty,
            asserted_by=[] if certainty == "stated" else sorted({i for t in told for i in t.asserted_by}),
            occasion=next((home for home in homes_of_occasions if home and home != ident), None),
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

    def _participants(self, cluster: Cluster) -> tuple[list[str], list[str]]:
        """Actors and recipients in the order in which documents first name them.

        A country or ministry makes way for the person whom another telling names in its place; who
        acts in one telling is no recipient.
        """
        told = sorted(cluster.naming, key=lambda telling: telling.place)
        everybody = dict.fromkeys(ident for t in told for ident in (*t.actors, *t.recipients))
        acting = {ident for telling in told for ident in telling.actors}
        kept = [i for i in everybody if not any(self._named_for(i, other, told) for other in everybody)]
        return [i for i in kept if i in acting], [i for i in kept if i not in acting]

    def _named_for(self, body: str, ident: str, told: Iterable[Telling]) -> bool:
        """Whether one telling has `body` where another names `ident`."""
        return self._judge.covers(body, ident) and not any({body, ident} <= t.everybody for t in told)

    def _participant(self, ident: str, titles: dict[str, str]) -> Participant:
        figure = self._cast.figures[ident]
        return Participant(id=ident, name=figure.name, title=titles.get(ident), country=figure.country)

    def _evidence(self, told: Iterable[Telling]) -> list[Evidence]:
        quotes: dict[tuple[str, int, int], Evidence] = {}
        for telling in told:
            mention = telling.mention
            place = telling.document, mention.sentence.char_start, mention.sentence.char_end
            if place not in quotes or quotes[place].date_text is None:
                quotes[place] = self._corpus.evidence(telling.document, mention.sentence, mention.date_text)
        return [quotes[place] for place in sorted(quotes)]

    def _summary(self, cluster: Cluster) -> str:
        best = min(
            cluster.tellings,
            key=lambda t: (
                not t.mention.chronology,
                t.vagueness,
                -sum(map(self._judge.is_person, t.everybody)),
                -len(t.everybody),
                t.mention.place is None,
                -t.mention.confidence,
                t.place,
            ),
        )
        return plain(self._corpus.text(best.document, best.mention.sentence))

    def _doubts(self, cluster: Cluster, dated: EventMention) -> list[Doubt]:
        """What mentions doubt, and what tellings disagree in, each once, in the order of evidence."""
        doubts: dict[tuple[str, str | None], Doubt] = {}
        for telling in sorted(cluster.tellings, key=lambda telling: telling.place):
            for told in telling.mention.doubts:
                span = told.span
                quote = self._corpus.evidence(telling.document, span) if span else None
                doubt = Doubt(
                    field=told.field, alternative=told.alternative, reason=told.reason, evidence=quote
                )
                doubts.setdefault((doubt.field, doubt.alternative), doubt)
        for field, alternative, reason, telling in self._disagreements(cluster, dated):
            quote = self._corpus.evidence(
                telling.document, telling.mention.sentence, telling.mention.date_text
            )
            doubt = Doubt(field=field, alternative=alternative, reason=reason, evidence=quote)
            doubts.setdefault((field, alternative), doubt)
        return list(doubts.values())

    def _disagreements(
        self, cluster: Cluster, dated: EventMention
    ) -> Iterator[tuple[str, str, str, Telling]]:
        typed = _typed(cluster)
        certainties = {telling.mention.certainty for telling in cluster.tellings}
        for telling in sorted(cluster.tellings, key=lambda telling: telling.place):
            mention = telling.mention
            if mention.start and mention.end and dated.start and dated.end:
                one, other = (mention.start, mention.end), (dated.start, dated.end)
                if not within(one, other) and not within(other, one):
                    span = mention.start if mention.start == mention.end else f"{mention.start}/{mention.end}"
                    yield "date", span, "another telling gives another date", telling
            if mention.type != typed.type:
                yield "type", mention.type, "another telling calls it otherwise", telling
            if mention.certainty == "denied" and len(certainties) > 1:
                yield "certainty", "denied", "one telling denies it", telling
        named = {ident for telling in cluster.naming for ident in telling.everybody}
        for telling in cluster.following:
            others = telling.everybody - self._judge.matched(telling.everybody, named)
            if others:
                names = "; ".join(self._cast.figures[ident].name for ident in sorted(others))
                yield "actors", names, "a telling that goes on about the event names others", telling


def _dated(cluster: Cluster) -> EventMention:
    """The telling that dates the event: the most exact; of a visit the one that tells all its days."""
    visits = [t.mention for t in cluster.tellings if is_visit(t) and t.mention.precision == "range"]
    if visits:
        return visits[0]
    return cluster.head.mention


def _typed(cluster: Cluster) -> EventMention:
    """The telling that gives the type: a line of a chronology, else the most exact."""
    mentions = [telling.mention for telling in cluster.tellings]
    return next((mention for mention in mentions if mention.chronology), mentions[0])


def _place(cluster: Cluster) -> Place | None:
    """The most exact place told: a town before its country, a building before its town."""
    told = [t for t in cluster.tellings if t.mention.place]
    if not told:
        return None
    best = min(
        enumerate(told), key=lambda item: (is_country(item[1]), -len((item[1].venue or "").split()), item[0])
    )[1]
    country = next((t.mention.place_country for t in (best, *told) if t.mention.place_country), None)
    assert best.mention.place
    return Place(name=best.mention.place, country=country)


def _confidence(told: Sequence[Telling], sources: int) -> float:
    best = max(telling.mention.confidence for telling in told)
    return round(min(max(best, _MOST_CONFIDENT), best + _SEVERAL_SOURCES[min(sources, 3)]), 2)


def counts(events: Iterable[Event]) -> Counter[str]:
    """How many events each actor takes part in."""
    return Counter(ident for event in events for ident in {p.id for p in (*event.actors, *event.recipients)})
