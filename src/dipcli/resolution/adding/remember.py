"""What a resolution of all documents found, put down for the documents that are added to them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress

from dipcli.names import normal
from dipcli.resolution import organizations, persons
from dipcli.resolution.adding.held import row_of
from dipcli.resolution.adding.keeping import put_cluster, seeking
from dipcli.resolution.adding.names import (
    body_key,
    person_row,
    person_stand_ins,
    put_figure,
    put_person,
    put_person_keys,
)
from dipcli.resolution.adding.rows import BodyRow, DocumentRow, FigureRow, PersonRow, SingleRow
from dipcli.resolution.adding.store import EVENTS, INDEXES, Store, shelf_number
from dipcli.resolution.cast import Cast, Figure, Tally, wanted
from dipcli.resolution.clusters import Cluster, keys
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.events import Happened
from dipcli.resolution.judge import Judge
from dipcli.resolution.local import Local
from dipcli.resolution.offices import Offices, office_of
from dipcli.resolution.tellings import Telling


def remember(
    store: Store,
    corpus: Corpus,
    cast: Cast,
    offices: Offices,
    judge: Judge,
    clusters: Sequence[Cluster],
    happened: Happened,
) -> None:
    """Fills an empty store; where the disk refuses, it `is_whole` not."""
    with suppress(sqlite3.Error):
        groups = _names(store, cast)
        _figures(store, cast, offices, groups)
        for (document, _), office in cast.offices.items():
            store.nominal.add([(*office_of(office), document)])
        numbers = _Numbers(corpus)
        _clusters(store, numbers, judge, clusters, happened)
        _documents(store, numbers, corpus, cast)
        store.sql.executescript(INDEXES)


def _names(store: Store, cast: Cast) -> dict[str, int]:
    """Who goes by which names. Returns of how many sets of local actors each actor is made."""
    groups: dict[str, int] = defaultdict(int)
    people: dict[tuple[str, str], list[Local]] = defaultdict(list)
    bodies: dict[str, Local] = {}
    for ident, figure in cast.figures.items():
        for local in figure.members:
            if local.kind == "organization":
                bodies.setdefault(body_key(local), local)
            elif local.kind == "person" and persons.is_full(local.name):
                people[persons.letters(local.name), local.country or ""].append(local)
            elif local.kind == "person":
                single = SingleRow(local.name, local.country, [*local.titles], ident)
                store.singles.put(normal(local.name), *local.key, single)
    for what, body in bodies.items():
        ident = cast.ids[body.key]
        groups[ident] += 1
        store.bodies.put(what, BodyRow(body.name, [*body.names[1:]], body.country, ident))
        store.body_forms.add((form, what) for form in set(organizations.forms(body)))
    by_letters: dict[str, dict[str, PersonRow]] = defaultdict(dict)
    for (letters, country), same in people.items():
        row = person_row(same)
        row.figure = cast.ids[same[0].key]
        groups[row.figure] += 1
        put_person(store, letters, country, row)
        by_letters[letters][country] = row
    for letters, rows in by_letters.items():
        stand_ins = (one for country, row in rows.items() for one in person_stand_ins(letters, country, row))
        for name, bearer in persons.bearers_of(stand_ins).items():
            put_person_keys(store, name, bearer)
    return groups


def _figures(store: Store, cast: Cast, offices: Offices, groups: dict[str, int]) -> None:
    nations = {ident for ident, figure in cast.figures.items() if figure.kind == "country"}
    others = [figure for ident, figure in cast.figures.items() if ident not in nations]
    ids = {id(figure): ident for ident, figure in cast.figures.items()}
    called = {ids[id(figure)]: name for name, same in wanted(others, nations).items() for figure in same}
    for ident, figure in cast.figures.items():
        row = _figure(figure, called.get(ident, ident), groups[ident])
        row.tenures = [row_of(tenure) for tenure in offices.titles[ident]]
        put_figure(store, ident, row)
        for tenure in offices.titles[ident]:
            store.holders.add((*office, ident) for office in offices.offices(tenure))


def _figure(figure: Figure, called: str, groups: int) -> FigureRow:
    bare = not figure.members
    if figure.kind == "country":
        return FigureRow("country", figure.country, figure.name, called, {}, {}, {}, 0, ("", 0), 0, bare, [])
    tally = Tally()
    for member in figure.members:
        tally.add(member)
    return FigureRow(
        figure.kind,
        figure.country,
        figure.name,
        called,
        dict(tally.named),
        dict(tally.forms),
        dict(tally.countries),
        len({member.document for member in figure.members}),
        figure.first,
        groups,
        bare,
        [],
    )


def _clusters(
    store: Store, numbers: _Numbers, judge: Judge, clusters: Sequence[Cluster], happened: Happened
) -> None:
    facts = {fact.id: fact for fact in happened.facts}
    for cluster, ident in zip(clusters, happened.ids, strict=True):
        head = numbers.of(cluster.head)
        members = [(numbers.of(telling), telling not in cluster.following) for telling in cluster.tellings]
        place = min(telling.where for telling in cluster.tellings)
        put_cluster(store, members, happened.stems.get(ident, ident), place, facts[ident])
        for telling in cluster.tellings:
            store.tellings.put(numbers.of(telling), head, telling)
    heads = (cluster.head for cluster in clusters)
    store.shelves.add((shelf_number(key), numbers.of(head)) for head in heads for key in keys(head, judge))
    told = (telling for cluster in clusters for telling in cluster.tellings)
    store.seeking.add((key, numbers.of(one)) for one in told for key in seeking(one, judge))


def _documents(store: Store, numbers: _Numbers, corpus: Corpus, cast: Cast) -> None:
    """Document by document who is who."""
    for found in corpus.mentions:
        document = found.document
        keys = ((document, actor.key) for actor in found.actors)
        known = {key[1]: cast.ids[key] for key in keys if key in cast.ids}
        store.documents.put(numbers.first[document] // EVENTS, document, DocumentRow(known))


class _Numbers:
    """The numbers of tellings (`dipcli.resolution.adding.store`)."""

    def __init__(self, corpus: Corpus) -> None:
        self.first = {document: number * EVENTS for number, document in enumerate(corpus.mentioned)}
        self._index = {
            found.document: {corpus.shared(event.key): index for index, event in enumerate(found.events)}
            for found in corpus.mentions
        }

    def of(self, telling: Telling) -> int:
        return self.first[telling.document] + self._index[telling.document][telling.label]
