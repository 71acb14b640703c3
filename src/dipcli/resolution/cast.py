"""Local actors of many documents brought together: who is who.

A `Local` is an actor of one document, a `Figure` what all documents know of one actor. Countries go
by their code, organisations by name and country (`organizations`), persons by name, country and
office (`persons`); ids are readable and given last, so that they depend on evidence alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dipcli.decisions.types import Alias, Rename
from dipcli.lexicon import countries
from dipcli.mentions import ActorMention, Mentions
from dipcli.names import normal, slug
from dipcli.records import ActorKind
from dipcli.resolution import organizations, persons
from dipcli.resolution.anchors import COUNTRY
from dipcli.resolution.corpus import Corpus, flat
from dipcli.resolution.decided import Decided, naming
from dipcli.resolution.local import Key, Local, Post, post
from dipcli.resolution.partition import Partition


@dataclass(frozen=True)
class Figure:
    """An actor of all documents."""

    kind: ActorKind
    members: list[Local]
    """In the order of documents and places in them; empty for a country that only offices imply."""
    country: str | None
    name: str
    aliases: list[str]
    implied: list[Local] = field(default_factory=list)
    """Those that imply a country, which nobody names, by an office of its."""

    @cached_property
    def first(self) -> tuple[str, int]:
        return min((one.document, one.char_start) for one in (*self.members, *self.implied))


class Ids(MutableMapping[Key, str]):
    """Ids of local actors, kept document by document: there are many."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, str]] = {}

    def __getitem__(self, key: Key) -> str:
        return self._of[key[0]][key[1]]

    def __setitem__(self, key: Key, ident: str) -> None:
        self._of.setdefault(key[0], {})[key[1]] = ident

    def __delitem__(self, key: Key) -> None:
        del self._of[key[0]][key[1]]

    def __iter__(self) -> Iterator[Key]:
        return ((document, label) for document, ids in self._of.items() for label in ids)

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))


@dataclass
class Cast:
    """Every actor by id, and the id of every local actor but the offices."""

    figures: dict[str, Figure]
    ids: MutableMapping[Key, str]
    offices: dict[Key, Post]


def gather(corpus: Corpus, decided: Decided) -> Cast:
    """Join the local actors of all documents, and part and name them as was decided."""
    countries_: dict[str, list[Local]] = defaultdict(list)
    people: list[Local] = []
    bodies: list[Local] = []
    offices: dict[Key, Post] = {}
    implied: dict[str, list[Local]] = defaultdict(list)
    for found in corpus.mentions:
        offices |= {
            (found.document, actor.key): corpus.shared(post(actor))
            for actor in found.actors
            if actor.kind == "office"
        }
        for local, implies in locals_of(found, corpus):
            if local.kind == "country":
                countries_[code_of(local)].append(local)
            elif local.kind == "organization":
                bodies.append(local)
            elif local.kind == "person":
                people.append(local)
            if implies:
                implied[implies].append(local)
    for code in implied:
        countries_.setdefault(code, [])

    cast = Cast({}, Ids(), offices)
    for code, members in sorted(countries_.items()):
        ident, figure = nation(code, members, implied[code])
        _enter(cast, ident, _as_named(figure, decided))
    joined: list[tuple[ActorKind, list[list[Local]]]] = [
        ("organization", organizations.join(bodies)),
        ("person", persons.join(people)),
    ]
    figures = [_as_named(_figure(kind, members), decided) for kind, members in _as_decided(joined, decided)]
    for ident, figure in _named(figures, taken=set(cast.figures)):
        _enter(cast, ident, figure)
    return cast


def locals_of(found: Mentions, corpus: Corpus) -> Iterator[tuple[Local, str | None]]:
    """The actors of a document in their order, and the country that each implies by an office of its."""
    by_key = {actor.key: actor for actor in found.actors}
    stated = {r.subject: r.object for r in found.relations if r.relation == "represents"}
    for actor in sorted(found.actors, key=lambda a: (a.sentence.char_start, a.key)):
        country = _country(actor, by_key, stated)
        implies = country if actor.kind == "office" or actor.titles else None
        yield _local(found.document, actor, country, corpus), implies


def _local(document: str, actor: ActorMention, country: str | None, corpus: Corpus) -> Local:
    shared, text = corpus.shared, corpus.whole(document)
    names = tuple(dict.fromkeys(map(flat, (actor.name, *actor.aliases))))
    written = Counter(flat(text[span.char_start : span.char_end]) for span in actor.spans)
    return Local(
        document=shared(document),
        label=shared(actor.key),
        kind=shared(actor.kind),
        country=shared(country),
        names=shared(names),
        written=shared(tuple(written[name] for name in names)),
        titles=shared(tuple(title.title for title in actor.titles)),
        char_start=actor.sentence.char_start,
        char_end=actor.sentence.char_end,
    )


def code_of(local: Local) -> str:
    """By what a local country is known: its code, else its name."""
    return local.country or slug(local.name)


def nation(code: str, members: list[Local], implied: list[Local]) -> tuple[str, Figure]:
    """A country and its id."""
    known = countries.by_code(code)
    name = known.name if known else members[0].name if members else code
    aliases = sorted({form for member in members for form in member.names} - {name})
    figure = Figure("country", members, code if known else None, name, aliases, [] if members else implied)
    return code.lower() if known else code, figure


def _as_decided(
    joined: list[tuple[ActorKind, list[list[Local]]]], decided: Decided
) -> Iterator[tuple[ActorKind, list[Local]]]:
    """Sets of local actors, each with its kind, joined and parted as a person decided."""
    if not decided.revises("actor"):
        for kind, sets in joined:
            yield from ((kind, members) for members in sets)
        return
    kinds = {local.key: kind for kind, sets in joined for members in sets for local in members}
    by_key = {local.key: local for _, sets in joined for members in sets for local in members}
    partition = Partition([local.key for local in members] for _, sets in joined for members in sets)

    def nearness(a: Key, b: Key) -> float:
        one, other = by_key[a], by_key[b]
        shared = set(map(normal, one.names)) & set(map(normal, other.names))
        return len(shared) + (one.country is not None and one.country == other.country) / 2

    def refused(a: Key, b: Key) -> str | None:
        return None if kinds[a] == kinds[b] else f"a {kinds[a]} and a {kinds[b]} cannot be one"

    def called(key: Key, name: str) -> Iterator[Key]:
        of = by_key[key]
        for other, local in by_key.items():
            alike = kinds[other] == kinds[key] and (local.country or of.country) in (of.country, None)
            if alike and normal(name) in map(normal, local.names):
                yield other

    decided.revise(partition, "actor", nearness, refused, called)
    for keys in partition.sets():
        yield kinds[keys[0]], [by_key[key] for key in keys]


def _as_named(figure: Figure, decided: Decided) -> Figure:
    """The figure with the name and the aliases that a person gave it."""
    keys = {member.key for member in figure.members}
    if figure.kind == "country" and figure.country:
        keys.add((COUNTRY, figure.country))
    given = [one for one, (found, *_) in decided.of(Alias, Rename, record="actor") if found[0] in keys]
    if not given:
        return figure
    name, aliases, overruled = naming(figure.name, figure.aliases, given)
    for earlier, later in overruled:
        decided.overrule(earlier, later)
    return replace(figure, name=name, aliases=aliases)


def _enter(cast: Cast, ident: str, figure: Figure) -> None:
    cast.figures[ident] = figure
    cast.ids.update((member.key, ident) for member in figure.members)


def _country(actor: ActorMention, by_key: dict[str, ActorMention], stated: dict[str, str]) -> str | None:
    """The country its document gives an actor: its own, its offices', whom it represents."""
    if actor.country:
        return actor.country
    if actor.kind == "country":
        known = countries.by_name(actor.name)
        return known.alpha3 if known else None
    of = [title.of for title in actor.titles if title.of] + [stated[k] for k in (actor.key,) if k in stated]
    codes = {by_key[key].country for key in of if key in by_key} - {None}
    return codes.pop() if len(codes) == 1 else None


@dataclass
class Tally:
    """What documents call an actor, and whose they say it is: how often each."""

    named: Counter[str] = field(default_factory=Counter)
    """The names that documents use for it."""
    forms: Counter[str] = field(default_factory=Counter)
    """All forms, also those that no document has as a name, by how often they are written so."""
    countries: Counter[str] = field(default_factory=Counter)

    def add(self, member: Local) -> None:
        self.named[member.name] += 1
        self.forms[member.name] += 1
        for form, times in zip(member.names, member.written, strict=True):
            self.forms[form] += times
        if member.country:
            self.countries[member.country] += 1

    def name(self, kind: ActorKind) -> str:
        """The fullest form, of those the most frequent."""
        return max(
            self.forms,
            key=lambda form: (_fullness(kind, form, self.named), self.forms[form], len(form), form),
        )

    @property
    def country(self) -> str | None:
        return min(self.countries, key=lambda code: (-self.countries[code], code), default=None)


def _figure(kind: ActorKind, members: Sequence[Local]) -> Figure:
    tally = Tally()
    for member in members:
        tally.add(member)
    ordered = sorted(members, key=lambda m: (m.document, m.char_start, m.label))
    name = tally.name(kind)
    return Figure(kind, ordered, tally.country, name, sorted(tally.forms.keys() - {name}))


def _fullness(kind: ActorKind, form: str, named: Counter[str]) -> tuple[bool, bool]:
    """A form that documents use as the name before one they do not; a full name before a part of one."""
    whole = len(normal(form).split()) > 1 if kind == "person" else not (form.isupper() and len(form) < 8)
    return (form in named, whole) if kind == "organization" else (whole, form in named)


def wanted(figures: Iterable[Figure], taken: Collection[str]) -> dict[str, list[Figure]]:
    """The id that each figure is to have, with all that are to have it: its name, its country where names
    tie."""
    by_slug: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_slug[slug(figure.name)].append(figure)
    found: dict[str, list[Figure]] = defaultdict(list)
    for base, same in by_slug.items():
        alone = len(same) == 1 and base not in taken
        for figure in same:
            suffix = "" if alone or not figure.country else f"-{figure.country.lower()}"
            found[base + suffix].append(figure)
    return found


def _named(figures: list[Figure], taken: set[str]) -> list[tuple[str, Figure]]:
    """An id for every figure: the one it wants, then a number by evidence."""
    named: list[tuple[str, Figure]] = []
    everyone = wanted(figures, taken)
    used = taken | set(everyone)
    for base, same in sorted(everyone.items()):
        ranked = sorted(same, key=lambda f: (-len({m.document for m in f.members}), f.first, f.kind, f.name))
        for figure in ranked:
            ident, number = base, 2
            if figure is not ranked[0] or base in taken:
                while (ident := f"{base}-{number}") in used:
                    number += 1
            used.add(ident)
            named.append((ident, figure))
    return named
