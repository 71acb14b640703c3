"""Organisations of diplomacy (`organizations.tsv`), and how others are named (`org_patterns.toml`)."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from dipcli.lexicon import tables
from dipcli.names.forms import normal

OrganizationSort = Literal[
    "international",
    "forum",
    "group",
    "alliance",
    "pact",
    "government",
    "parliament",
    "court",
    "party",
    "armed_group",
    "media",
    "company",
    "institute",
]
BODIES = frozenset(("government", "parliament", "court"))
"""Sorts that are bodies of their country; the others at most come from it."""


class Organization(NamedTuple):
    """An organisation and what it is called."""

    name: str
    sort: OrganizationSort
    country: str | None
    """Alpha-3 of the country it belongs to or comes from."""
    parent: str | None
    """Name of the organisation that it is a part of."""
    acronyms: tuple[str, ...]
    aliases: tuple[str, ...]
    care: dict[str, frozenset[str]]
    """Flags by form (see `flags`)."""

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.acronyms, *self.aliases)

    def flags(self, form: str) -> frozenset[str]:
        """What asks for care with a form of it: `case` (only in these capitals), `word`, `person`, `place`
        (also one of those), `ambiguous` (also another organisation: ask for the country), `event`
        (more often the meeting than a body), `medium` (more often where something was said)."""
        wanted = normal(form)
        return next((of for text, of in self.care.items() if normal(text) == wanted), frozenset())


@cache
def all() -> tuple[Organization, ...]:
    """The organisations in the order of the table."""
    return tuple(
        Organization(
            name,
            sort,  # type: ignore[arg-type]
            country or None,
            parent or None,
            tables.several(acronyms),
            tables.several(aliases),
            tables.flags(care),
        )
        for name, sort, country, parent, acronyms, aliases, care in tables.rows("organizations.tsv")
    )


@cache
def forms() -> dict[str, tuple[Organization, ...]]:
    """Organisations by the normal form of each name; several share a form flagged `ambiguous`."""
    found: dict[str, tuple[Organization, ...]] = {}
    for organization in all():
        for key in dict.fromkeys(spelt for form in organization.forms for spelt in _spellings(normal(form))):
            found[key] = (*found.get(key, ()), organization)
    return found


def _spellings(form: str) -> tuple[str, ...]:
    """A normal form as the British and as the Americans spell it."""
    pairs = (
        ("organization", "organisation"),
        ("center", "centre"),
        ("defense", "defence"),
    )
    spelt = [form.replace(one, other) for pair in pairs for one, other in (pair, pair[::-1]) if one in form]
    return (form, *spelt)


def lookup(text: str, country: str | None = None) -> Organization | None:
    """The organisation that goes by `text`; of several, the one of `country` (alpha-3), else none."""
    key = normal(text)
    candidates = forms().get(key) or forms().get(key.removeprefix("the "), ())
    if len(candidates) > 1:
        candidates = tuple(c for c in candidates if c.country == country is not None)
    return candidates[0] if len(candidates) == 1 else None


def is_bloc(name: str) -> bool:
    """Whether a name is that of an organisation of states, and of no body of one."""
    known = lookup(name)
    return known is not None and known.sort == "international" and not known.parent


def is_movement(name: str) -> bool:
    """Whether a name is that of an armed movement."""
    known = lookup(name)
    return known is not None and known.sort == "armed_group"


class Pattern(NamedTuple):
    """A head word that makes a capitalised phrase the name of an organisation."""

    head: str
    """In normal form, singular: "ministry", "coast guard"."""
    sort: OrganizationSort
    body: bool
    """Whether it is a body of the country that its name or context gives."""
    opens: bool
    """Whether it can come first: "Ministry of Defence"."""
    closes: bool
    """Whether it can come last: "Defence Ministry"."""
    care: bool
    """Whether the word is common in phrases that name no organisation ("the Working Group")."""


@cache
def patterns() -> dict[str, Pattern]:
    """Head words of organisations' names by normal form."""
    return {
        head: Pattern(
            head,
            group["sort"],
            group["body"],
            "opens" in group["position"],
            "closes" in group["position"],
            head in group.get("care", ()),
        )
        for group in tables.toml("org_patterns.toml")["group"]
        for head in group["heads"]
    }


class Noun(NamedTuple):
    """A common noun by which a text tells of an organisation or a group."""

    sort: OrganizationSort
    body: bool
    alone: bool
    """Whether it also acts without a nation: "gunmen"."""
    keeps: bool
    """Whether it is a part of the name that it follows: "NAME rebels", but "NAME newspaper"."""


@cache
def nouns(place: Literal["nouns", "before", "after"]) -> dict[str, Noun]:
    """Common nouns, as written, that stand with their nation (`nouns`), before a name or after one."""
    groups = tables.toml("org_patterns.toml")["noun"]
    return {
        word: Noun(group["sort"], group["body"], word in group.get("alone", ()), group.get("keeps", True))
        for group in groups
        for word in group.get(place, ())
    }


def noun(word: str) -> Noun:
    """What the noun `word` of any place tells."""
    return next(told[word] for told in map(nouns, ("nouns", "before", "after")) if word in told)
