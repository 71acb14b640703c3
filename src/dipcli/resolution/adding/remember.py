"""What a resolution of all documents found, put down for the documents that are added to them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
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
from dipcli.resolution.adding.rows import BodyRow, DocumentRow, FigureRow, PersonRow, SingleRow, ToldRow
from dipcli.resolution.adding.store import EVENTS, INDEXES, Store, shelf_number
from dipcli.resolution.cast import Cast, Figure, Tally, locals_of, wanted
from dipcli.resolution.clusters import keys
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.events import stem
from dipcli.resolution.local import Local
from dipcli.resolution.marks import State
from dipcli.resolution.offices import Offices, office_of


def remember(store: Store, corpus: Corpus, state: State) -> None:
    """Fills an empty store; where the disk refuses, it `is_whole` not."""
    with suppress(sqlite3.Error):
        groups = _names(store, corpus, state.cast)
        _figures(store, corpus, state.cast, state.offices, groups)
        for (document, _), office in state.cast.offices.items():
            store.nominal.add([(*office_of(office), document)])
        _clusters(store, corpus, state)
        store.sql.executescript(INDEXES)


def _names(store: Store, corpus: Corpus, cast: Cast) -> dict[str, int]:
    """Who goes by which names. Returns of how many sets of local actors each actor is made."""
    groups: dict[str, int] = defaultdict(int)
    people: dict[tuple[str, str], list[Local]] = defaultdict(list)
    bodies: dict[str, Local] = {}
    for found in corpus.mentions:
        for local, _ in locals_of(found):
            if local.mention.kind == "organization":
                bodies.setdefault(body_key(local), local)
            elif local.mention.kind == "person" and persons.is_full(local.name):
                people[persons.letters(local.name), local.country or ""].append(local)
            elif local.mention.kind == "person":
                titles = [title.title for title in local.mention.titles]
                single = SingleRow(local.name, local.country, titles, cast.ids[local.key])
                store.singles.put(normal(local.name), *local.key, single)
    for what, body in bodies.items():
        ident = cast.ids[body.key]
        groups[ident] += 1
        store.bodies.put(what, BodyRow(body.name, body.names[1:], body.country, ident))
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


def _figures(store: Store, corpus: Corpus, cast: Cast, offices: Offices, groups: dict[str, int]) -> None:
    nations = {ident for ident, figure in cast.figures.items() if figure.kind == "country"}
    others = [figure for ident, figure in cast.figures.items() if ident not in nations]
    ids = {id(figure): ident for ident, figure in cast.figures.items()}
    called = {ids[id(figure)]: name for name, same in wanted(others, nations).items() for figure in same}
    for ident, figure in cast.figures.items():
        row = _figure(figure, called.get(ident, ident), groups[ident], corpus)
        row.tenures = [row_of(tenure) for tenure in offices.titles[ident]]
        put_figure(store, ident, row)
        for tenure in offices.titles[ident]:
            store.holders.add((*office, ident) for office in offices.offices(tenure))


def _figure(figure: Figure, called: str, groups: int, corpus: Corpus) -> FigureRow:
    bare = not figure.members
    if figure.kind == "country":
        return FigureRow("country", figure.country, figure.name, called, {}, {}, {}, 0, ("", 0), 0, bare, [])
    tally = Tally()
    for member in figure.members:
        tally.add(member, corpus)
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


def _clusters(store: Store, corpus: Corpus, state: State) -> None:
    judge, homes = state.judge, state.homes
    events = {event.id: event for event in state.events}
    first = {found.document: number * EVENTS for number, found in enumerate(corpus.mentions)}
    numbers = {
        (found.document, event.key): first[found.document] + index
        for found in corpus.mentions
        for index, event in enumerate(found.events)
    }
    rows = {document: DocumentRow({}, []) for document in first}
    for (document, key), ident in state.cast.ids.items():
        rows[document].ids[key] = ident
    told: dict[int, ToldRow] = {}
    for cluster in state.clusters:
        head = numbers[cluster.head.key]
        naming = {telling.key for telling in cluster.naming}
        members = [(numbers[telling.key], telling.key in naming) for telling in cluster.tellings]
        event = events[homes[cluster.head.key]]
        place = min(telling.place for telling in cluster.tellings)
        put_cluster(store, members, stem(event), place, event)
        store.shelves.add((shelf_number(key), head) for key in keys(cluster.head, judge))
        for telling in cluster.tellings:
            number = numbers[telling.key]
            store.seeking.add((key, number) for key in seeking(telling, judge))
            people = telling.actors, telling.recipients, telling.asserted_by
            told[number] = ToldRow(*people, telling.titles, head)
    for found in corpus.mentions:
        start = first[found.document]
        rows[found.document].told = [told[start + index] for index in range(len(found.events))]
        store.documents.put(start // EVENTS, found.document, rows[found.document])
