"""Countries by every name they go by: ISO 3166-1, Kosovo, and former states (`countries.tsv`).

Soviet Union SUN, Yugoslavia YUG, Serbia and Montenegro SCG, Czechoslovakia CSK, East Germany DDR have
the codes that ISO once gave them. Query commands use this module: it loads in a few milliseconds.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from dipcli.lexicon import tables
from dipcli.names.forms import normal

_NONE: frozenset[str] = frozenset()
_ADJECTIVE = frozenset({"adjective"})
_NOUN = frozenset({"noun"})

Sort = Literal["name", "official", "alias", "former", "capital", "metonym", "demonym"]


class Country(msgspec.Struct, frozen=True):
    """A country and what it is called; each form as written, best first."""

    alpha3: str
    alpha2: str
    """Empty for former states that share none."""
    name: str
    """The common English short name."""
    official: tuple[str, ...]
    aliases: tuple[str, ...]
    former: tuple[str, ...]
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    """Its people, singular and plural."""
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]
    """Places that stand for its government, other than capitals."""
    care: dict[str, frozenset[str]]
    """Flags by form (see `Form.flags`)."""

    @property
    def capital(self) -> str | None:
        return self.capitals[0] if self.capitals else None

    @property
    def demonyms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.adjectives + self.nouns))

    @property
    def forms(self) -> tuple[str, ...]:
        """Every name of the country itself: short, official, aliases, former names."""
        return (self.name, *self.official, *self.aliases, *self.former)


class Form(msgspec.Struct, frozen=True):
    """What a word or phrase says of a country."""

    alpha3: str
    sort: Sort
    text: str
    """As the table writes it."""
    flags: frozenset[str]
    """`adjective`, `noun` (demonyms); and what asks for care: `case` (only in these capitals: US, Male),
    `word` (also an ordinary word), `person`, `place`, `company`, `language`, `region` (also one of
    those), `ambiguous` (also another country: Korea, Congo), `host` (more often the seat of an
    organisation: Brussels), `metonym` (not the capital but can stand for the government),
    `prefix` (only before a hyphen: Sino-), `contextual` (only where the text has named the
    country), `part` (a part of it: England), `body` (a body of it: Capitol Hill)."""


@cache
def all() -> tuple[Country, ...]:
    """All countries, by alpha-3 code."""
    return tuple(map(_country, tables.rows("countries.tsv")))


def _country(row: list[str]) -> Country:
    alpha3, alpha2, name, *forms, care = row
    official, aliases, former, adjectives, nouns, capitals, metonyms = map(tables.several, forms)
    names = (official, aliases, former, adjectives, nouns, capitals, metonyms)
    return Country(alpha3, alpha2, name, *names, tables.flags(care))


@cache
def _codes() -> dict[str, Country]:
    return {code: country for country in all() for code in (country.alpha3, country.alpha2) if code}


def by_code(code: str) -> Country | None:
    """The country of an alpha-3 or alpha-2 code, in any case."""
    return _codes().get(code.upper())


@cache
def forms() -> dict[str, Form]:
    """Every form of every country by its normal form (`names.normal`).

    A form that is several things of one country is the first of name, official, alias, former,
    capital, metonym, demonym; one that two countries share (flagged `ambiguous`) is the first's.
    """
    found: dict[str, Form] = {}
    for country in all():
        care = country.care
        listed: tuple[tuple[Sort, frozenset[str], tuple[str, ...]], ...] = (
            ("name", _NONE, (country.name,)),
            ("official", _NONE, country.official),
            ("alias", _NONE, country.aliases),
            ("former", _NONE, country.former),
            ("capital", _NONE, country.capitals),
            ("metonym", _NONE, country.metonyms),
            ("demonym", _ADJECTIVE, country.adjectives),
            ("demonym", _NOUN, country.nouns),
        )
        for sort, part, texts in listed:
            for text in texts:
                key = normal(text)
                known = found.get(key)
                if known is None:
                    found[key] = Form(country.alpha3, sort, text, care.get(text, _NONE) | part)
                elif part and known.alpha3 == country.alpha3:
                    found[key] = msgspec.structs.replace(known, flags=known.flags | part)
    return found


def lookup(text: str) -> Form | None:
    """The form `text` is, in any case, with or without accents or a leading "the"."""
    key = normal(text)
    return forms().get(key) or forms().get(key.removeprefix("the "))


def by_name(name: str) -> Country | None:
    """The country that goes by `name`: any form but a demonym, in any case."""
    form = lookup(name)
    return by_code(form.alpha3) if form and form.sort != "demonym" else None


SUCCESSORS = {"RUS": "SUN", "SRB": "YUG", "CZE": "CSK"}
"""States whose capital was another's before: that one."""
