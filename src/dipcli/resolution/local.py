"""An actor of one document, as resolution sees it, and the offices that documents give a person."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import msgspec

from dipcli.lexicon import offices
from dipcli.mentions import ActorMention, MentionKind, Span

Key = tuple[str, str]
"""Document id and the actor's key in that document."""


class Local(msgspec.Struct, frozen=True, eq=False, gc=False):
    """An actor of one document, with the country that its document gives it."""

    document: str
    label: str
    """Its key in the document."""
    kind: MentionKind
    country: str | None
    names: tuple[str, ...]
    """All forms of its name, each once; the first is the one that counts."""
    written: tuple[int, ...]
    """How often the document has each."""
    titles: tuple[str, ...]
    char_start: int
    char_end: int
    """Of the sentence that mentions it first."""

    @property
    def key(self) -> Key:
        return self.document, self.label

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def sentence(self) -> Span:
        return Span(char_start=self.char_start, char_end=self.char_end)


class Post(NamedTuple):
    """An office that a document names without its holder: "the foreign ministers of China"."""

    title: str | None
    country: str | None


def post(actor: ActorMention) -> Post:
    return Post(actor.titles[0].title if actor.titles else None, actor.country)


@cache
def office_key(title: str, country: str | None) -> str:
    """What spellings of one office have in common ("Minister of Foreign Affairs", "foreign ministers")."""
    return offices.role(title, country)


def held(people: Iterable[Local]) -> frozenset[str]:
    """The offices that documents give a person."""
    return frozenset(office_key(title, local.country) for local in people for title in local.titles)
