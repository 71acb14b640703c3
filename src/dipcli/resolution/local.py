"""An actor of one document, as resolution sees it, and what spellings of one title have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dipcli.mentions import ActorMention, TitleMention
from dipcli.names import normal
from dipcli.resolution.corpus import flat
from dipcli.resolution.tables import SPELLING

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


def title_key(title: str) -> str:
    """What spellings of one title have in common: "Minister of Foreign Affairs", "foreign ministers"."""
    words = [SPELLING.get(word, word) for word in normal(title).split() if word not in ("the", "for")]
    words = [word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in words]
    text = " ".join(words)
    if text.startswith("minister of "):
        text = f"{text.removeprefix('minister of ')} minister"
    return text.replace("foreign affair minister", "foreign minister").replace(" of the ", " of ")


def held(titles: Iterable[TitleMention]) -> frozenset[str]:
    return frozenset(title_key(title.title) for title in titles)
