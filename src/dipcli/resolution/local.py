"""An actor of one document, as resolution sees it, and the offices that documents give a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dipcli.lexicon import offices
from dipcli.mentions import ActorMention
from dipcli.resolution.corpus import flat

Key = tuple[str, str]
"""Document id and the actor's key in that document."""


@dataclass(frozen=True, slots=True)
class Local:
    """An actor of one document, with the country that its document gives it."""

    document: str
    mention: ActorMention
    country: str | None

    @property
    def key(self) -> Key:
        return self.document, self.mention.key

    @property
    def name(self) -> str:
        return flat(self.mention.name)

    @property
    def names(self) -> list[str]:
        return [self.name, *(flat(alias) for alias in self.mention.aliases)]


@cache
def office_key(title: str, country: str | None) -> str:
    """What spellings of one office have in common ("Minister of Foreign Affairs", "foreign ministers")."""
    return offices.role(title, country)


def held(people: Iterable[Local]) -> frozenset[str]:
    """The offices that documents give a person."""
    return frozenset(
        office_key(title.title, local.country) for local in people for title in local.mention.titles
    )
