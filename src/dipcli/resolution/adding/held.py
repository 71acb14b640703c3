"""Who held which office, with what new documents tell of it; what was known is loaded as it is asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from dipcli.mentions import Mentions
from dipcli.resolution.adding.names import put_figure
from dipcli.resolution.adding.reading import Lazy, Library
from dipcli.resolution.adding.rows import TenureRow
from dipcli.resolution.adding.store import Store
from dipcli.resolution.adding.who import Unsettled, Who
from dipcli.resolution.cast import Cast, Figure
from dipcli.resolution.judge import serves
from dipcli.resolution.offices import (
    Offices,
    Tenure,
    TenureKey,
    by_birth,
    holding,
    in_order,
    is_held,
    sentence_dates,
)

Office = tuple[str, str]


class Documents(set[str]):
    """The documents in which a tenure is told as held: those added, and by asking each of the others."""

    def __init__(self, key: TenureKey, told: bool, held_in: Callable[[str], set[TenureKey]]) -> None:
        super().__init__()
        self._key = key
        self._told = told
        self._held_in = held_in

    def __contains__(self, document: object) -> bool:
        here = self._told and isinstance(document, str) and self._key in self._held_in(document)
        return here or super().__contains__(document)

    def __bool__(self) -> bool:
        return self._told or len(self) > 0


class Held(Offices):
    """Every tenure, those of persons named now with what new documents tell."""

    def __init__(self, store: Store, library: Library, cast: Cast, former: Cast, who: Who) -> None:
        """`former`: the actors as they were before."""
        self._store = store
        self._library = library
        self._cast = cast
        self._who = who
        self.tenures: dict[TenureKey, Tenure] = {}
        self._by_person: Lazy[str, list[Tenure]] = Lazy(self._load)
        self._by_office: Lazy[Office, list[Tenure]] = Lazy(self._holding)
        self.titles, self._holders = self._by_person, self._by_office
        self._held_in = Lazy(self._held_in_document)
        self.renewed = {*who.renewed.values()}
        people = {ident for ident in who.members if who.figures[ident].kind == "person"}
        self.named = sorted(people | self.renewed)
        self._known = {ident: self._load(ident) for ident in self.named if ident not in self.renewed}
        known = [tenure for tenures in self._known.values() for tenure in tenures]
        self.gone = [self._tenure(ident, row) for ident, old in who.former.items() for row in old.tenures]
        """The tenures of renewed persons as they were."""
        self.former = {tenure.key: tenure.title for tenure in known}
        """The titles of the others' tenures, as they were."""
        self._before = facts([*known, *self.gone], former.figures)
        self._services = {ident: _services(tenures) for ident, tenures in self._known.items()}
        for tenure in self.gone:
            store.holders.remove((*office, tenure.person) for office in holding(tenure, former.figures))

    def learn(self, every: Iterable[Mentions]) -> None:
        """Takes in what documents tell. The persons they name must be known (`Who`)."""
        self.tenures.update((one.key, one) for tenures in self._known.values() for one in tenures)
        for document in sorted({name for names in self._who.documents.values() for name in names}):
            self._read_again(self._library.found[document])
        for found in every:
            self.read(found, self._library)
        by_person: dict[str, list[Tenure]] = {ident: [] for ident in self.named}
        for tenure in sorted(self.tenures.values(), key=in_order):
            by_person[tenure.person].append(tenure)
        self._by_person.update(by_person)
        for ident in self.named:
            row = self._who.figures[ident]
            row.tenures = [row_of(tenure) for tenure in by_person[ident]]
            put_figure(self._store, ident, row)
            self._store.holders.add(
                (*office, ident) for tenure in by_person[ident] for office in self.offices(tenure)
            )

    def _read_again(self, found: Mentions) -> None:
        """Takes in what a known document tells of renewed persons."""
        dates, printed = sentence_dates(found), self._library.printed(found.document)
        for key, title in self.told(found):
            if key[2] in self.renewed:
                raise Unsettled  # somebody serves a person
            if key[0] in self.renewed:
                self._add(key, found.document, title, dates.get(title.sentence, printed), self._library)

    def changed(self) -> set[Office]:
        """The offices whose holders are others than before, or were seen on other days."""
        now = facts([one for ident in self.named for one in self.titles[ident]], self._cast.figures)
        return {office for office in {*self._before, *now} if self._before.get(office) != now.get(office)}

    def same(self) -> dict[str, str]:
        """The ids of renewed persons of whom nothing by which tellings are judged is another, country and
        offices, by those they had."""
        gone: dict[str, list[Tenure]] = defaultdict(list)
        for tenure in self.gone:
            gone[tenure.person].append(tenure)
        return {
            before: now
            for before, now in self._who.renewed.items()
            if self._who.former[before].country == self._who.figures[now].country
            and _services(gone[before]) == _services(self.titles[now])
        }

    def serving(self) -> Iterator[tuple[str, set[str]]]:
        """Persons known before who now serve other bodies than before, with those bodies."""
        for ident, before in self._services.items():
            if ident in self._who.added or before == _services(self.titles[ident]):
                continue
            old, new = ([*_titled(ident, one)] for one in (before, _services(self.titles[ident])))
            country = self._cast.figures[ident].country
            bodies = {
                name
                for name, _, _, _, row in self._store.figures.where("country", country)
                if row.kind == "organization"
                and serves(old, name, self._cast.figures[name]) != serves(new, name, self._cast.figures[name])
            }
            if bodies:
                yield ident, bodies

    def _load(self, person: str) -> list[Tenure]:
        row = self._store.figures.get(person)
        tenures = [self._tenure(person, one) for one in row.tenures] if row else []
        return sorted(tenures, key=in_order)

    def _tenure(self, person: str, row: TenureRow) -> Tenure:
        tenure = Tenure(person, row.office, row.of, Counter(row.forms), row.since, row.until, list(row.seen))
        tenure.tenses, tenure.born = set(row.tenses), row.born
        tenure.documents = Documents(tenure.key, row.told, lambda document: self._held_in[document])
        return tenure

    def _holding(self, office: Office) -> list[Tenure]:
        people = self._store.holders.get(*office)
        tenures = (tenure for person in people for tenure in self.titles[person])
        return sorted((one for one in tenures if office in self.offices(one)), key=by_birth)

    def _held_in_document(self, document: str) -> set[TenureKey]:
        return {key for key, title in self.told(self._library.found[document]) if is_held(title)}


def facts(tenures: Iterable[Tenure], figures: Mapping[str, Figure]) -> dict[Office, list[object]]:
    """What is asked of those who held an office, by office."""
    found: dict[Office, list[object]] = {}
    for tenure in sorted(tenures, key=by_birth):
        seen = (min(tenure.seen, default=None), max(tenure.seen, default=None))
        for office in holding(tenure, figures):
            fact = (tenure.key, tenure.title, tenure.since, tenure.until, seen, tenure.born)
            found.setdefault(office, []).append(fact)
    return found


def row_of(tenure: Tenure) -> TenureRow:
    seen = [min(tenure.seen), max(tenure.seen)] if tenure.seen else []
    return TenureRow(
        tenure.office,
        tenure.of,
        dict(tenure.forms),
        tenure.since,
        tenure.until,
        seen,
        sorted(tenure.tenses),
        bool(tenure.documents),
        tenure.born,
    )


def _services(tenures: Iterable[Tenure]) -> set[tuple[str | None, str]]:
    return {(tenure.of, tenure.title) for tenure in tenures}


def _titled(person: str, services: Iterable[tuple[str | None, str]]) -> Iterator[Tenure]:
    for of, title in services:
        yield Tenure(person, "", of, Counter({title: 1}))
