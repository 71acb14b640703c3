"""Cities, regions, islands, waters and venues of diplomacy (`places.tsv`), and capitals (`countries.tsv`)."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from dipcli.lexicon import countries, tables
from dipcli.names.forms import normal

PlaceSort = Literal["city", "region", "island", "water", "venue"]


class Place(NamedTuple):
    """A place that is not a country."""

    name: str
    country: str | None
    """Alpha-3; None where it lies in several, is disputed, or is nobody's."""
    sort: PlaceSort
    aliases: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    """`word`, `person`, `place`, `organization`: the name is more often one of those."""


@cache
def all() -> tuple[Place, ...]:
    """The places of the table, then the capitals that it leaves to the countries' table."""
    listed = [
        Place(name, country or None, sort, tables.several(aliases), frozenset(tables.several(care)))  # type: ignore[arg-type]
        for name, country, sort, aliases, care in tables.rows("places.tsv")
    ]
    for country in countries.all():
        for capital in country.capitals:
            listed.append(Place(capital, country.alpha3, "city", (), country.care.get(capital, frozenset())))
    return tuple(listed)


@cache
def forms() -> dict[str, Place]:
    """Every place by the normal form of its name and aliases."""
    found: dict[str, Place] = {}
    for place in all():
        for text in (place.name, *place.aliases):
            found.setdefault(normal(text), place)
    return found


def lookup(text: str) -> Place | None:
    """The place that goes by `text`, in any case, with or without accents or a leading "the"."""
    key = normal(text)
    return forms().get(key) or forms().get(key.removeprefix("the "))
