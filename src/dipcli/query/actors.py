"""Who is meant by a name: exact name or alias first, then id, then likeness.

One clear name by likeness is used only where the caller allows it (a person at a terminal, who is
told); elsewhere it is suggested in the error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from typing import Any

import msgspec

from dipcli.errors import AmbiguousName, CacheStale, NotFound, UnknownValue
from dipcli.lexicon import countries
from dipcli.names.forms import normal
from dipcli.names.titles import same_title
from dipcli.query.filters import suggestion
from dipcli.query.stored import Snapshot, cache_of, reader
from dipcli.views import Interval, role_interval


class RoleView(msgspec.Struct, frozen=True):
    title: str
    of: str | None = None
    since: str | None = None
    until: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None


class ActorView(msgspec.Struct, frozen=True):
    """What of an actor is needed to find it by name, kind, country or role."""

    id: str
    name: str
    kind: str
    country: str | None = None
    aliases: list[str] = []
    roles: list[RoleView] = []
    documents: list[str] = []
    event_count: int = 0

    def __str__(self) -> str:
        events = f"{self.event_count} event" + "s" * (self.event_count != 1)
        about = ", ".join(filter(None, (self.name, self.kind, self.country, events)))
        return f"{self.id}  {about}"


class Resolved(msgspec.Struct, frozen=True):
    """The actor that a name stands for; `note` tells of a substitution."""

    id: str
    name: str
    note: str | None = None


_read = reader("actors", ActorView)
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*-?"
_LISTED = 10
_ALIKE = 20
_LEAST = 77.0
"""Likeness (0 to 100) below which a name is not suggested."""
_MARGIN = 6.0
"""A name that is less alike than the best by so much is not what was meant."""


class Directory:
    """The actors of a snapshot, read once when first needed."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def actors(self) -> list[ActorView]:
        return [_read(raw) for raw in self._snapshot.raw("actors")]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Kind by actor id."""
        return {actor.id: actor.kind for actor in self.actors}

    def ids(self, *tests: Callable[[Any], bool]) -> frozenset[str]:
        """Ids of the actors that pass all the tests."""
        return frozenset(actor.id for actor in self.actors if all(test(actor) for test in tests))

    def holders(self, title: str) -> dict[str, list[Interval]]:
        """Who held an office of that title, by actor id, with the intervals known."""
        found: dict[str, list[Interval]] = {}
        for actor in self.having(title=title):
            roles = [role_interval(role) for role in actor.roles if same_title(title, role.title)]
            found[actor.id] = [held for held in roles if held]
        return found

    def having(
        self, *, ident: str | None = None, country: str | None = None, title: str | None = None
    ) -> list[ActorView]:
        """The actors with this id, of this country, with this title: what is given must hold."""
        return [
            actor
            for actor in self.actors
            if (ident is None or actor.id == ident)
            and (country is None or actor.country == country)
            and (title is None or any(same_title(title, role.title) for role in actor.roles))
        ]

    def bodies_named(self, name: str) -> list[ActorView]:
        """The organisations that a name or alias is."""
        letters = _letters(name)
        try:
            found = [*self._named(letters), *self._aliased(letters)]
        except CacheStale:
            return Directory(self._snapshot).bodies_named(name)
        return list({actor.id: actor for actor in found if actor.kind == "organization"}.values())

    def resolve(self, name: str, *, substitute: bool = False) -> Resolved:
        """The actor meant by a name or id.

        Raises AmbiguousName where several are meant equally, NotFound where none is.
        """
        try:
            return self._resolve(name, substitute)
        except CacheStale:
            return Directory(self._snapshot)._resolve(name, substitute)

    def _resolve(self, name: str, substitute: bool) -> Resolved:
        for found in self._exact(name):
            if len(found) > 1:
                raise _ambiguous(f"'{name}' is the name of several actors", found)
            if found:
                return Resolved(found[0].id, found[0].name)
        return self._alike(name, substitute)

    def _exact(self, name: str) -> Iterator[list[ActorView]]:
        """The actors that a name fits, from the strictest reading to the widest."""
        sought = _letters(name)
        if sought:
            yield self._named(sought)
            yield self._with_namesakes(normal(name), self._aliased(sought))
        ident = name.strip().lower()
        yield self._with_id(ident)
        yield self._countries({country.alpha3 for country in _countries_named(name)})
        if re.fullmatch(_ID, ident):
            yield self._beginning(ident)

    def _named(self, letters: str) -> list[ActorView]:
        return [actor for actor in self.actors if _letters(actor.name) == letters]

    def _aliased(self, letters: str) -> list[ActorView]:
        return [actor for actor in self.actors if letters in map(_letters, actor.aliases)]

    def _with_id(self, ident: str) -> list[ActorView]:
        return [actor for actor in self.actors if actor.id == ident]

    def _countries(self, codes: Collection[str]) -> list[ActorView]:
        return [actor for actor in self.actors if actor.kind == "country" and actor.country in codes]

    def _beginning(self, ident: str) -> list[ActorView]:
        return [actor for actor in self.actors if actor.id.startswith(ident)]

    def _surnamed(self, word: str) -> list[ActorView]:
        """Persons whose name begins or ends with the word."""
        return [
            actor
            for actor in self.actors
            if actor.kind == "person"
            and word in (parts := normal(actor.name).split())[:: max(1, len(parts) - 1)]
        ]

    def _with_namesakes(self, sought: str, aliased: list[ActorView]) -> list[ActorView]:
        """A bare surname is an alias of whoever a document calls so, but may be others' too."""
        if " " in sought or any(actor.kind != "person" for actor in aliased):
            return aliased
        namesakes = self._surnamed(sought)
        return namesakes if len(namesakes) > 1 else aliased

    def _alike(self, name: str, substitute: bool) -> Resolved:
        # Who names a country means that country, however alike another one's name is.
        near = [] if _countries_named(name) else self._near(name)
        best = max((score for _, score, _ in near), default=0.0)
        close = [actors for _, score, actors in near if score > max(best - _MARGIN, _LEAST)]
        found = list({actor.id: actor for actors in close for actor in actors}.values())
        if not found:
            raise NotFound(f"no actor '{name}'", hint="dipcli actors lists them all")
        if len(found) > 1:
            raise _ambiguous(f"no actor '{name}'; several are alike", found)
        if not substitute:
            raise NotFound(f"no actor '{name}'", hint=f"did you mean '{found[0].name}'?")
        return Resolved(found[0].id, found[0].name, f"no actor '{name}'; using {found[0].name}")

    def _near(self, name: str) -> list[tuple[str, float, list[ActorView]]]:
        """The names and aliases most like a name, best first, and who has them."""
        from dipcli.names import closest, never_merge

        spelt: dict[str, list[ActorView]] = {}
        for actor in self.actors:
            for form in (actor.name, *actor.aliases):
                if frozenset((normal(name), normal(form))) not in never_merge():
                    spelt.setdefault(form, []).append(actor)
        return [(form, score, spelt[form]) for form, score in closest(name, spelt, limit=_ALIKE)]


class _Cached(Directory):
    """A directory that reads only the actors asked for."""

    def __init__(self, snapshot: Snapshot, cache: Any) -> None:
        super().__init__(snapshot)
        self._cache = cache

    @cached_property
    def kinds(self) -> dict[str, str]:
        try:
            found: dict[str, str] = self._cache.kinds()
        except CacheStale:
            found = Directory(self._snapshot).kinds
        return found

    def holders(self, title: str) -> dict[str, list[Interval]]:
        found: dict[str, list[Interval]] = {}
        try:
            for ident, start, end in self._cache.holders(title):
                found.setdefault(ident, []).extend([(start, end)] if start else [])
        except CacheStale:
            return Directory(self._snapshot).holders(title)
        return found

    def having(
        self, *, ident: str | None = None, country: str | None = None, title: str | None = None
    ) -> list[ActorView]:
        asked = (
            {ident} if ident else None,
            {"country": {country}} if country else {},
            [title] if title else [],
        )
        try:
            return [_read(line) for line in self._cache.actors(*asked)]
        except CacheStale:
            return Directory(self._snapshot).having(ident=ident, country=country, title=title)

    def _named(self, letters: str) -> list[ActorView]:
        return [_read(line) for line in self._cache.spelt(letters, True)]

    def _aliased(self, letters: str) -> list[ActorView]:
        return [_read(line) for line in self._cache.spelt(letters, False)]

    def _with_id(self, ident: str) -> list[ActorView]:
        return [_read(line) for line in self._cache.actors([ident])]

    def _countries(self, codes: Collection[str]) -> list[ActorView]:
        fields = {"kind": frozenset(["country"]), "country": frozenset(codes)}
        return [_read(line) for line in self._cache.actors(fields=fields)]

    def _beginning(self, ident: str) -> list[ActorView]:
        return [_read(line) for line in self._cache.beginning(ident)]

    def _surnamed(self, word: str) -> list[ActorView]:
        return [_read(line) for line in self._cache.surnamed(word)]

    def _near(self, name: str) -> list[tuple[str, float, list[ActorView]]]:
        from dipcli.names import never_merge

        near: dict[str, tuple[float, list[int]]] = {}
        for one in self._cache.alike(name, _LEAST):
            if frozenset((normal(name), normal(one.text))) not in never_merge():
                near.setdefault(one.text, (one.likeness, []))[1].append(one.actor)
        return [
            (form, score, [_read(line) for line in self._cache.numbered(actors)])
            for form, (score, actors) in list(near.items())[:_ALIKE]
        ]


def directory(snapshot: Snapshot) -> Directory:
    """The actors of a snapshot, by its cache where it has one."""
    cache = cache_of(snapshot)
    return Directory(snapshot) if cache is None else _Cached(snapshot, cache)


def _letters(name: str) -> str:
    """A name's letters alone: Kim Jong-un, KIM JONG UN and Kim Jongun are one."""
    return normal(name).replace(" ", "")


def _ambiguous(message: str, found: list[ActorView]) -> AmbiguousName:
    best_known = sorted(found, key=lambda actor: (-actor.event_count, actor.id))
    more = [f"and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
    return AmbiguousName(
        message,
        candidates=[*map(str, best_known[:_LISTED]), *more],
        hint="give the full name or the id",
    )


def resolve_actor(name: str, snapshot: Snapshot, substitute: bool = False) -> Resolved:
    """`Directory.resolve` for a single name."""
    return directory(snapshot).resolve(name, substitute=substitute)


def resolve_country(text: str) -> countries.Country:
    """The country of an ISO code, a name or a demonym, in any case.

    Raises UnknownValue where it is none, AmbiguousName where it is several ("Korea").
    """
    found = _countries_named(text)
    if not found:
        raise UnknownValue(f"unknown country '{text}'", hint=_country_hint(text))
    if len(found) > 1:
        raise AmbiguousName(
            f"'{text}' may be several countries",
            candidates=[f"{country.alpha3}  {country.name}" for country in found],
            hint="give the code",
        )
    return found[0]


def _countries_named(text: str) -> list[countries.Country]:
    """The country of a code or a name; all that have the name in theirs where it is ambiguous."""
    exact = countries.by_code(text.strip())
    form = countries.lookup(text)
    if exact or not form:
        return [exact] if exact else []
    sought = f" {normal(form.text)} "
    return [
        country
        for country in countries.all()
        if country.alpha3 == form.alpha3
        or (
            "ambiguous" in form.flags
            and any(sought in f" {normal(name)} " for name in (country.name, *country.demonyms))
        )
    ]


def _country_hint(text: str) -> str:
    guess = suggestion(text, (country.name for country in countries.all()))
    meant, listed, _ = guess.partition("it is one of")
    return f"{meant}give an ISO 3166 code or an English name" if listed else guess
