"""Names by which actors are known, put into the store, and stand-ins for the local actors that bear them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dipcli.names import normal, slug
from dipcli.records import ActorKind
from dipcli.resolution import organizations, persons
from dipcli.resolution.adding.rows import FigureRow, PersonRow
from dipcli.resolution.adding.store import Store
from dipcli.resolution.local import Local, office_key


def put_figure(store: Store, ident: str, row: FigureRow) -> None:
    """Keeps an actor; a country's id is taken for all that are called so."""
    base = ident if row.kind == "country" else slug(row.name)
    store.figures.put(ident, base, row.wanted, row.country, row)


def body_key(body: Local) -> str:
    """What organisations have in common that nothing can part."""
    said = [body.country or "", body.name, *sorted(set(organizations.forms(body)))]
    return "\x1f".join(said)


def person_row(same: Iterable[Local], before: PersonRow | None = None) -> PersonRow:
    """What is known of all local persons of one full name and one country."""
    names, forms = set(before.names if before else ()), set(before.forms if before else ())
    titles = dict(before.titles) if before else {}
    for local in same:
        names.add(local.name)
        forms |= {form for form in local.names if persons.is_full(form)}
        for title in local.titles:
            office = office_key(title, local.country)
            titles[office] = min(titles.get(office, title), title)
    return PersonRow(sorted(names), sorted(forms), titles, before.figure if before else "")


def put_person(store: Store, letters: str, country: str, row: PersonRow) -> None:
    """Keeps it, and by what it is found."""
    store.people.put(letters, country, row.figure, row)
    words = {word for name in row.names for word in normal(name).split()}
    store.person_words.add((word, letters, country) for word in words)
    store.person_keys.add((f"={persons.letters(form)}", letters) for form in row.forms)


def put_person_keys(store: Store, name: persons.Name, bearer: persons.Bearer) -> None:
    """Keeps by which family names a name is found."""
    store.person_keys.add((" ".join(block), name[0]) for block in persons.blocks_of(name, bearer))


def person_stand_ins(letters: str, country: str, row: PersonRow) -> Iterator[Local]:
    """Local persons with all that is known of those of one name and country: one for each spelling."""
    for name in row.names:
        yield stand_in(
            "person", name, row.forms, country or None, row.titles.values(), document=letters, key=country
        )


def stand_in(
    kind: ActorKind,
    name: str,
    aliases: Iterable[str],
    country: str | None,
    titles: Iterable[str] = (),
    *,
    document: str = "",
    key: str = "",
) -> Local:
    """A local actor in the place of those that are not read again."""
    names = tuple(dict.fromkeys((name, *aliases)))
    return Local(document, key, kind, country, names, (0,) * len(names), tuple(titles), 0, 0)
