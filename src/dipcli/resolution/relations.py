"""How actors stand to one another: what titles and texts state, and what events sum up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol

from dipcli.mentions import Mentions
from dipcli.names import slug
from dipcli.records import Event, Evidence, Relation, RelationName
from dipcli.resolution.cast import Cast
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.offices import Offices, Tenure, sentence_dates


@dataclass
class Tie:
    """A stated relation: everything that documents say of it."""

    label: str | None = None
    since: list[str] = field(default_factory=list)
    until: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    evidence: dict[tuple[str, int, int], Evidence] = field(default_factory=dict)

    def add(
        self, quotes: Iterable[Evidence], since: str | None, until: str | None, seen: Iterable[str | None]
    ) -> None:
        self.evidence.update(((quote.document, quote.char_start, quote.char_end), quote) for quote in quotes)
        self.since += [since] if since else []
        self.until += [until] if until else []
        self.seen += [day for day in seen if day]


class Happened(Protocol):
    """What is summed of an event."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def start(self) -> str | None: ...
    @property
    def end(self) -> str | None: ...


Edge = tuple[str, RelationName, str, str]
"""Subject, relation, object, and the office in normal form ("" for none)."""


def records(corpus: Corpus, cast: Cast, offices: Offices, events: Iterable[Event]) -> list[Relation]:
    """All relations, sorted by id."""
    ties: dict[Edge, Tie] = defaultdict(Tie)
    from_offices(ties, cast, offices.tenures.values())
    for found in corpus.mentions:
        from_text(ties, found, corpus, cast)
    relations = [stated(edge, tie) for edge, tie in ties.items()]
    together: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        for pair in pairs(everybody(event)):
            together[pair].append(event)
    engaged = (engages(one, other, shared) for (one, other), shared in together.items())
    return sorted([*relations, *engaged], key=lambda relation: relation.id)


def from_offices(ties: dict[Edge, Tie], cast: Cast, tenures: Iterable[Tenure]) -> None:
    """The ties that all the offices of some persons make."""
    for tenure in sorted(tenures, key=lambda tenure: tuple(map(str, tenure.key))):
        person, office, of = tenure.key
        role = tenure.role()
        home = cast.figures[of].country if of else cast.figures[person].country
        nation = home.lower() if home and home.lower() in cast.figures else None
        if of or nation:
            tie = ties[person, "holds_office", of or nation or "", office]
            tie.label = role.title
            tie.add(role.evidence, role.since, role.until, (role.first_seen, role.last_seen))
        for whom in {of, nation} - {None, person}:
            assert whom
            ties[person, "represents", whom, ""].add(
                role.evidence, None, None, (role.first_seen, role.last_seen)
            )


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
        quote = corpus.evidence(found.document, told.sentence)
        seen = dates.get(told.sentence, printed)
        ties[subject, told.relation, object_, ""].add([quote], told.since, told.until, seen)


def edge_id(edge: Edge) -> str:
    subject, relation, object_, office = edge
    named = (subject, relation.replace("_", "-"), object_, slug(office) if office else "")
    return "-".join(filter(None, named))


def stated(edge: Edge, tie: Tie) -> Relation:
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
        count=len(tie.evidence),
        evidence=[tie.evidence[place] for place in sorted(tie.evidence)],
    )


def everybody(event: Event) -> set[str]:
    """Ids of all who take part."""
    return {p.id for p in (*event.actors, *event.recipients)}


def pairs(people: Iterable[str]) -> Iterator[tuple[str, str]]:
    return combinations(sorted(people), 2)


def engages(one: str, other: str, shared: Sequence[Happened]) -> Relation:
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
