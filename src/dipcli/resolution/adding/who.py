"""Who is who in documents that are added: known actors and new ones.

Only the names that a new name could be a spelling of are held against it. Persons known before may get
another name, country or id by it (they are `renewed`); where one known before would be parted from some of
its local actors or get others that were known before, `Unsettled` is raised.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from dipcli.mentions import Mentions
from dipcli.names import normal, slug
from dipcli.records import Actor, ActorKind, Relation
from dipcli.resolution import organizations, persons
from dipcli.resolution.adding.names import (
    body_key,
    person_row,
    person_stand_ins,
    put_figure,
    put_person,
    put_person_keys,
    stand_in,
)
from dipcli.resolution.adding.reading import Lazy, Library
from dipcli.resolution.adding.rows import BodyRow, FigureRow, SingleRow
from dipcli.resolution.adding.store import Store
from dipcli.resolution.cast import Tally, code_of, locals_of, nation
from dipcli.resolution.corpus import flat
from dipcli.resolution.local import Key, Local

NEW = "?"
"""What a new actor's name begins with until it has an id."""


class Unsettled(Exception):
    """Something that was resolved before would be another now: all has to be resolved again."""


class Before(Protocol):
    """Records as they were, by id; those that were not there are left out."""

    def actors(self, ids: Iterable[str]) -> dict[str, Actor]: ...
    def relations(self, ids: Iterable[str]) -> dict[str, list[Relation]]: ...


class Who:
    """The actors of new documents."""

    def __init__(self, store: Store, library: Library, before: Before) -> None:
        self._store = store
        self._library = library
        self._before = before
        self.members: dict[str, list[Local]] = defaultdict(list)
        """The new local actors by the ids of their actors, in the order of documents and places."""
        self.implied: dict[str, list[Local]] = defaultdict(list)
        """Where new documents imply a country, by its id."""
        self.ids: dict[Key, str] = {}
        """Of the new local actors."""
        self.figures: dict[str, FigureRow] = {}
        """All who are named, as they are now."""
        self.added: set[str] = set()
        """Those of them who were not known before."""
        self.renewed: dict[str, str] = {}
        """Persons known before who have another name, country or id now: these by those they had."""
        self.former: dict[str, FigureRow] = {}
        """Those as they were."""
        self.documents: dict[str, list[str]] = {}
        """The documents that named them before, by the ids they had."""
        self.unveiled: set[str] = set()
        """Countries that are named now for the first time, and were but implied."""
        self._bearers: Lazy[str, dict[persons.Name, persons.Bearer]] = Lazy(
            lambda letters: persons.bearers_of(self._stand_ins(letters))
        )
        self._groups: Counter[str] = Counter()
        """How many new sets of local actors of one name each has."""
        self._fresh = 0

    def read(self, every: Sequence[Mentions]) -> None:
        """Finds out who is who in documents, in the order of their ids. Raises `Unsettled`."""
        by_kind: dict[str, list[Local]] = defaultdict(list)
        implied: dict[str, list[Local]] = defaultdict(list)
        for found in every:
            for local, implies in locals_of(found, self._library):
                full = local.kind == "person" and persons.is_full(local.name)
                by_kind["full" if full else local.kind].append(local)
                if implies:
                    implied[implies].append(local)
        self._countries(by_kind["country"], implied)
        self._bodies(by_kind["organization"])
        words = self._people(by_kind["full"])
        self._singles(by_kind["person"], words)
        for name in [name for name in self.members if name not in self.figures]:
            self.figures[name] = self._counted(name)
        self._identify()
        for ident, members in self.members.items():
            members.sort(key=lambda m: (m.document, m.char_start, m.label))
            self.ids.update((member.key, ident) for member in members)
        for ident, row in self.figures.items():
            put_figure(self._store, ident, row)

    def _new(self) -> str:
        self._fresh += 1
        return f"{NEW}{self._fresh}"

    # countries

    def _countries(self, named: Iterable[Local], implied: dict[str, list[Local]]) -> None:
        members: dict[str, list[Local]] = defaultdict(list)
        for local in named:
            members[code_of(local)].append(local)
        for code in sorted({*members, *implied}):
            ident, figure = nation(code, members[code], implied.get(code, []))
            row = self._store.figures.get(ident)
            if row is None:
                self._first_named(ident, code)
                row = FigureRow(
                    "country", figure.country, figure.name, ident, {}, {}, {}, 0, ("", 0), 0, True, []
                )
                self.added.add(ident)
            elif row.kind != "country":
                raise Unsettled
            elif figure.country is None and row.name != figure.name:
                raise Unsettled  # a country that is known by a name alone: that of the first
            if row.bare and members[code]:
                row.bare = False
                self.unveiled.add(ident)
            if members[code]:
                self.members[ident] = members[code]
            if code in implied:
                self.implied[ident] = implied[code]
            self.figures[ident] = row

    def _first_named(self, ident: str, code: str) -> None:
        """A country that nobody named before: what others are called and whose they are must not depend on it."""
        taken = self._store.figures.where("slug", ident) or self._store.figures.where("wanted", ident)
        if taken or self._store.figures.where("country", code):
            raise Unsettled

    # organisations

    def _bodies(self, bodies: Iterable[Local]) -> None:
        new: dict[str, list[Local]] = defaultdict(list)
        for body in bodies:
            what = body_key(body)
            if row := self._store.bodies.get(what):
                self.members[row.figure].append(body)
            else:
                new[what].append(body)
        for what, same in new.items():
            self._store.bodies.put(what, BodyRow(same[0].name, [*same[0].names[1:]], same[0].country, ""))
            self._store.body_forms.add((form, what) for form in set(organizations.forms(same[0])))
        for members in organizations.join(self._beside(new)) if new else ():
            here = [local.label for local in members]
            rows = {what: row for what in here if (row := self._store.bodies.get(what))}
            ident = self._one(row.figure for row in rows.values())
            for what, row in rows.items():
                if not row.figure:
                    row.figure = ident
                    self._store.bodies.put(what, row)
                    self.members[ident] += new[what]
                    self._groups[ident] += 1

    def _beside(self, new: Iterable[str]) -> list[Local]:
        """One organisation for each name that could be one with a new name, step by step."""
        found: dict[str, Local] = {}
        waiting = list(new)
        while waiting:
            what = waiting.pop()
            if what in found:
                continue
            row = self._store.bodies.of(what)
            body = found[what] = stand_in("organization", row.name, row.aliases, row.country, key=what)
            home = organizations.home(body)
            for form in set(organizations.forms(body)):
                generic = organizations.is_generic(form)
                for other in self._store.body_forms.get(form):
                    if other not in found and (not generic or self._home(other) == home):
                        waiting.append(other)
        return [found[what] for what in sorted(found)]

    def _home(self, what: str) -> str | None:
        row = self._store.bodies.of(what)
        return organizations.home(stand_in("organization", row.name, row.aliases, row.country))

    def _one(self, figures: Iterable[str]) -> str:
        """The actor that some sets of names are of, each with its own ("" for none): the only one, with all
        the sets it has; else a new one."""
        count = Counter(ident for ident in figures if ident)
        if not count:
            return self._new()
        ident, sets = count.popitem()
        row = self._store.figures.get(ident)
        if count or row is None or row.groups != sets:
            raise Unsettled
        return ident

    # persons

    def _people(self, people: Iterable[Local]) -> set[str]:
        """Those with full names. Returns the words of names of whom more is known than before."""
        groups: dict[tuple[str, str], list[Local]] = defaultdict(list)
        for local in people:
            groups[persons.letters(local.name), local.country or ""].append(local)
        changed: set[str] = set()
        for (letters, country), same in groups.items():
            before = self._store.people.get(letters, country)
            row = person_row(same, before)
            if before is None or before != row:
                changed.add(letters)
                put_person(self._store, letters, country, row)
        words: set[str] = set()
        for members in persons.full(self._alike(changed)) if changed else ():
            here = sorted({(local.document, local.label) for local in members})
            rows = {group: one for group in here if (one := self._store.people.get(*group))}
            ident = self._one(one.figure for one in rows.values())
            for group, known in rows.items():
                if not known.figure:
                    known.figure = ident
                    self._store.people.put(*group, ident, known)
                    self._groups[ident] += 1
            if any(letters in changed for letters, _ in here):
                words |= {
                    word for one in rows.values() for name in one.names for word in normal(name).split()
                }
        for group, same in groups.items():
            found = self._store.people.of(*group)
            self.members[found.figure] += same
        return words

    def _alike(self, changed: Iterable[str]) -> list[Local]:
        """Stand-ins for the persons of some names and of all that may be one with them, step by step."""
        found: set[str] = set()
        self._bearers.clear()
        waiting = list(changed)
        while waiting:
            letters = waiting.pop()
            if letters in found:
                continue
            found.add(letters)
            bearers = self._bearers[letters]
            for name, bearer in bearers.items():
                put_person_keys(self._store, name, bearer)
                forms = {persons.letters(form) for form in bearer.forms}
                waiting += forms - found
                waiting += self._store.person_keys.get(f"={letters}")
                for block in persons.blocks_of(name, bearer):
                    for other in self._store.person_keys.get(" ".join(block)):
                        if other not in found and self._is_near(name, bearer, other):
                            waiting.append(other)
        return [local for letters in sorted(found) for local in self._stand_ins(letters)]

    def _is_near(self, name: persons.Name, bearer: persons.Bearer, letters: str) -> bool:
        return any(
            persons.one_person(bearer, other, name[1], country)
            for (_, country), other in self._bearers[letters].items()
            if country == name[1] or not country or not name[1]
        )

    def _stand_ins(self, letters: str) -> list[Local]:
        return [
            local
            for _, country, _, row in self._store.people.where("letters", letters)
            for local in person_stand_ins(letters, country, row)
        ]

    # persons with a single name

    def _singles(self, singles: Iterable[Local], words: set[str]) -> None:
        by_name: dict[str, list[Local]] = defaultdict(list)
        for local in singles:
            by_name[normal(local.name)].append(local)
        for name in sorted({*by_name, *words}):
            known = self._store.singles.where("name", name)
            before = {(document, key): row for _, document, key, row in known}
            asked = [
                stand_in("person", row.name, [], row.country, row.titles, document=document, key=key)
                for (document, key), row in before.items()
                if name in words
            ] + by_name.get(name, [])
            if asked:
                self._place(name, asked, before)

    def _place(self, name: str, asked: list[Local], before: dict[Key, SingleRow]) -> None:
        """Finds to whom persons of one single name belong, of which some were known `before`."""
        sets = self._bearing(name)
        for document in {local.document for local in asked}:
            self._beside_in(document, sets)
        idents = list(sets)
        lone: dict[object, str] = {}
        for (document, _), row in before.items():
            figure = self._store.figures.get(row.figure)
            if figure and figure.groups == 0:
                lone[row.country or document, bool(row.country)] = row.figure
        for number, members in enumerate(persons.with_single([*sets.values()], asked)):
            for local in members if number >= len(idents) else members[len(sets[idents[number]]) :]:
                alone = (local.country or local.document, bool(local.country))
                if number < len(idents):
                    ident = idents[number]
                else:
                    ident = lone.setdefault(alone, "") or self._new()
                    lone[alone] = ident
                if known := before.get(local.key):
                    if known.figure != ident:
                        raise Unsettled
                    continue
                row = SingleRow(local.name, local.country, [*local.titles], ident)
                self._store.singles.put(name, *local.key, row)
                self.members[ident].append(local)

    def _bearing(self, name: str) -> dict[str, list[Local]]:
        """Stand-ins for all persons who have a word in their full names, by actor."""
        idents = {
            row.figure
            for group in self._store.person_words.get(name)
            if (row := self._store.people.get(*group))
        }
        return {
            ident: [
                local
                for letters, country, _, row in self._store.people.where("figure", ident)
                for local in person_stand_ins(letters, country, row)
            ]
            for ident in sorted(idents)
        }

    def _beside_in(self, document: str, sets: dict[str, list[Local]]) -> None:
        """Adds the persons with full names whom a document names itself."""
        for local, _ in locals_of(self._library.found[document], self._library):
            if local.kind == "person" and persons.is_full(local.name):
                row = self._store.people.get(persons.letters(local.name), local.country or "")
                if row and row.figure in sets:
                    sets[row.figure].append(local)

    # names and ids

    def _counted(self, ident: str) -> FigureRow:
        """What is known of an actor with its new members; of one that is new by these alone."""
        members = self.members[ident]
        row = self._store.figures.get(ident)
        if row is None:
            kind: ActorKind = "organization" if members[0].kind == "organization" else "person"
            row = FigureRow(kind, None, "", "", {}, {}, {}, 0, _first(members), 0, False, [])
        tally = Tally(Counter(row.named), Counter(row.forms), Counter(row.countries))
        for member in members:
            tally.add(member)
        row.name, row.country = tally.name(row.kind), tally.country
        row.named, row.forms, row.countries = map(dict, (tally.named, tally.forms, tally.countries))
        row.documents += len({member.document for member in members})
        row.first = min(row.first, _first(members))
        row.groups += self._groups[ident]
        return row

    def _identify(self) -> None:
        """Gives the new their ids, and others new ones where these or new evidence ask for it."""
        now = {name: row for name, row in self.figures.items() if row.kind != "country"}
        known = {name: row for name in now if (row := self._store.figures.get(name))}
        bases = {slug(row.name) for row in (*now.values(), *known.values())}
        for base in bases:
            for name, _, _, _, row in self._store.figures.where("slug", base):
                if row.kind != "country":
                    known.setdefault(name, row)
                    now.setdefault(name, msgspec.structs.replace(row))
        wanted = {row.wanted for row in known.values()}
        for base in bases:
            same = [row for row in now.values() if slug(row.name) == base]
            taken = self._store.figures.get(base)
            alone = len(same) == 1 and (taken is None or taken.kind != "country")
            for row in same:
                row.wanted = base if alone or not row.country else f"{base}-{row.country.lower()}"
        wanted |= {row.wanted for row in now.values()}
        for want in wanted:
            for name, _, _, _, row in self._store.figures.where("wanted", want):
                if row.kind != "country":
                    known.setdefault(name, row)
                    now.setdefault(name, row)
        self._rename(now, known, self._numbered(now, wanted))

    def _numbered(self, now: dict[str, FigureRow], wanted: Iterable[str]) -> dict[str, str]:
        """The ids of those who want some ids (as `dipcli.resolution.cast` numbers them)."""
        every = {row.wanted for row in now.values()}

        def is_used(ident: str) -> bool:
            others = self._store.figures.where("wanted", ident)
            return ident in every or any(name not in now for name, *_ in others)

        ids: dict[str, str] = {}
        for want in sorted(wanted):
            ranked = sorted(((name, row) for name, row in now.items() if row.wanted == want), key=_rank)
            if len({_rank(item) for item in ranked}) < len(ranked):
                raise Unsettled
            taken = self._store.figures.get(want)
            number = 1 if taken is None or taken.kind != "country" else 2
            for name, _ in ranked:
                while number > 1 and is_used(f"{want}-{number}"):
                    number += 1
                ids[name] = want if number == 1 else f"{want}-{number}"
                number += 1
        return ids

    def _rename(self, now: dict[str, FigureRow], known: dict[str, FigureRow], ids: dict[str, str]) -> None:
        """Puts ids in the place of those that actors had before, or of the names of new ones."""
        for name, row in known.items():
            same = (row.name, row.country) == (now[name].name, now[name].country)
            if ids[name] != name or not same:
                if row.kind != "person":
                    raise Unsettled
                self.renewed[name], self.former[name] = ids[name], row
            elif name not in self.figures and row.wanted != now[name].wanted:
                self.figures[name] = now[name]
        before = self._before.actors(self.renewed)
        self.documents = {name: actor.documents for name, actor in before.items()}
        if before.keys() != self.renewed.keys():
            raise Unsettled
        renamed = {name: ident for name, ident in ids.items() if ident != name}
        for name in self.former:
            self.figures.setdefault(name, now[name])
            self._store.figures.remove(name)
        self._rename_members(renamed)
        self.added = {renamed.get(name, name) for name in (*self.added, *(n for n in ids if n[:1] == NEW))}
        self.figures = {renamed.get(name, name): row for name, row in self.figures.items()}
        members = {renamed.get(name, name): same for name, same in self.members.items()}
        self.members = defaultdict(list, members)

    def _rename_members(self, renamed: dict[str, str]) -> None:
        """Gives the names and the local actors of renamed actors their new ids."""
        groups = [group for name in renamed for group in self._store.people.where("figure", name)]
        for letters, country, _, row in groups:
            row.figure = renamed[row.figure]
            self._store.people.put(letters, country, row.figure, row)
        singles = {(normal(m.name), *m.key) for name in renamed for m in self.members.get(name, ())}
        for document in sorted({one for name in renamed for one in self.documents.get(name, ())}):
            number = self._store.number(document)
            known = self._store.documents.of(number)
            ours = {key: ident for key, ident in known.ids.items() if ident in renamed}
            known.ids |= {key: renamed[ident] for key, ident in ours.items()}
            self._store.documents.put(number, document, known)
            actors = {actor.key: actor for actor in self._library.found[document].actors}
            singles |= {(normal(flat(actors[key].name)), document, key) for key in ours}
        for key in sorted(singles):
            if single := self._store.singles.get(*key):
                single.figure = renamed[single.figure]
                self._store.singles.put(*key, single)
        bodies = (m for name in renamed for m in self.members.get(name, ()) if m.kind == "organization")
        for what in {body_key(member) for member in bodies}:
            body = self._store.bodies.of(what)
            body.figure = renamed.get(body.figure, body.figure)
            self._store.bodies.put(what, body)


def _first(members: Iterable[Local]) -> tuple[str, int]:
    return min((member.document, member.char_start) for member in members)


def _rank(item: tuple[str, FigureRow]) -> tuple[int, tuple[str, int], str, str]:
    """As `dipcli.resolution.cast` ranks those who want one id."""
    _, row = item
    return -row.documents, tuple(row.first), row.kind, row.name  # type: ignore[return-value]
