"""How actors stand to one another: what titles and texts state, and what events sum up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

from dipcli.mentions import Mentions
from dipcli.names import slug
from dipcli.records import Evidence, Relation, RelationName
from dipcli.resolution.cast import Cast
from dipcli.resolution.corpus import Corpus, Place
from dipcli.resolution.events import Fact
from dipcli.resolution.offices import Offices, Tenure, sentence_dates
from dipcli.resolution.spool import Spool


@dataclass
class Tie:
    """A stated relation: everything that documents say of it."""

    label: str | None = None
    since: list[str] = field(default_factory=list)
    until: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    quotes: dict[Place, Evidence | None] = field(default_factory=dict)
    """Null where the quote is still to be read from its document."""

    def add(
        self,
        places: Mapping[Place, Evidence | None],
        since: str | None,
        until: str | None,
        seen: Iterable[str | None],
    ) -> None:
        self.quotes.update(places)
        self.since += [since] if since else []
        self.until += [until] if until else []
        self.seen += [day for day in seen if day]

    def join(self, other: Tie) -> None:
        """Takes in what another says; of the same passage in its place."""
        self.quotes |= other.quotes
        self.since += other.since
        self.until += other.until
        self.seen += other.seen


Edge = tuple[str, RelationName, str, str]
"""Subject, relation, object, and the office in normal form ("" for none)."""


def records(corpus: Corpus, cast: Cast, offices: Offices, facts: Iterable[Fact]) -> Spool[Relation]:
    """All relations, sorted by id."""
    told: dict[Edge, Tie] = defaultdict(Tie)
    for found in corpus.mentions:
        from_text(told, found, corpus, cast)
    together: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        for pair in combinations(fact.people, 2):
            together[pair].append(fact)
    spool, ids = Spool(corpus.room, Relation), []
    engaged = (engages(one, other, shared) for (one, other), shared in together.items())
    for relation in chain(_stated(told, corpus, cast, offices), engaged):
        spool.append(relation)
        ids.append(relation.id)
    return spool.in_order(sorted(range(len(ids)), key=ids.__getitem__))


def _stated(told: dict[Edge, Tie], corpus: Corpus, cast: Cast, offices: Offices) -> Iterator[Relation]:
    """What titles and texts state, person by person, then what texts alone state."""
    for person in sorted(offices.titles):
        ties: dict[Edge, Tie] = defaultdict(Tie)
        from_offices(ties, corpus, cast, offices.titles[person])
        for edge, tie in ties.items():
            if more := told.pop(edge, None):
                tie.join(more)
            yield stated(edge, tie, corpus)
    for edge, tie in told.items():
        yield stated(edge, tie, corpus)


def from_offices(ties: dict[Edge, Tie], corpus: Corpus, cast: Cast, tenures: Iterable[Tenure]) -> None:
    """The ties that all the offices of some persons make."""
    for tenure in sorted(tenures, key=lambda tenure: tuple(map(str, tenure.key))):
        person, office, of = tenure.key
        quotes = dict.fromkeys(tenure.places(corpus))
        home = cast.figures[of].country if of else cast.figures[person].country
        nation = home.lower() if home and home.lower() in cast.figures else None
        if of or nation:
            tie = ties[person, "holds_office", of or nation or "", office]
            tie.label = tenure.title
            tie.add(quotes, tenure.since, tenure.until, tenure.seen)
        for whom in {of, nation} - {None, person}:
            assert whom
            ties[person, "represents", whom, ""].add(quotes, None, None, tenure.seen)


def from_text(ties: dict[Edge, Tie], found: Mentions, corpus: Corpus, cast: Cast) -> None:
    """The ties that a document tells in so many words; of an alliance the way round it was first told counts."""
    dates = sentence_dates(found)
    printed = corpus.printed(found.document)
    for told in found.relations:
        subject, object_ = (cast.ids.get((found.document, key)) for key in (told.subject, told.object))
        if subject is None or object_ is None or subject == object_:
            continue
        if told.relation == "ally_of" and (object_, "ally_of", subject, "") in ties:
            subject, object_ = object_, subject
        place = found.document, told.sentence.char_start, told.sentence.char_end
        seen = dates.get(told.sentence, printed)
        ties[subject, told.relation, object_, ""].add({place: None}, told.since, told.until, seen)


def edge_id(edge: Edge) -> str:
    subject, relation, object_, office = edge
    named = (subject, relation.replace("_", "-"), object_, slug(office) if office else "")
    return "-".join(filter(None, named))


def stated(edge: Edge, tie: Tie, corpus: Corpus) -> Relation:
    subject, relation, object_, _ = edge
    return Relation(
        id=edge_id(edge),
        subject=subject,
        relation=relation,
        object=object_,
        label=tie.label,
        since=min(tie.since, default=None),
        until=max(tie.until, default=None),
        first_seen=min(tie.seen, default=None),
        last_seen=max(tie.seen, default=None),
        count=len(tie.quotes),
        evidence=[tie.quotes[place] or corpus.quoted(place) for place in sorted(tie.quotes)],
    )


def engages(one: str, other: str, shared: Sequence[Fact]) -> Relation:
    """How often a pair takes part in an event together, in which types, from when to when."""
    types = Counter(event.type for event in shared)
    return Relation(
        id=f"{one}-engages-{other}",
        subject=one,
        relation="engages",
        object=other,
        first_seen=min((event.start for event in shared if event.start), default=None),
        last_seen=max((event.end for event in shared if event.end), default=None),
        count=len(shared),
        by_type={name: types[name] for name in sorted(types)},
        events=sorted(event.id for event in shared),
    )
