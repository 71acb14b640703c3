"""One telling of an event with its actors resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dipcli.mentions import EventMention
from dipcli.names import normal
from dipcli.records import Document
from dipcli.resolution.cast import Cast
from dipcli.resolution.offices import Offices
from dipcli.resolution.tables import (
    ALIKE,
    EVERYWHERE,
    EXACTNESS,
    FAMILY,
    LIGHT,
)

SAID = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "THREATEN", "CONCEDE", "OTHER"})
"""Types of what is said: where one text goes on ("they also agreed"), that is another act."""


_PLAIN = re.compile(r"\b[a-z]{4,}\b")


@dataclass(frozen=True, eq=False)
class Telling:
    """An event mention with actor ids in place of its document's own keys."""

    document: str
    mention: EventMention
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    asserted_by: tuple[str, ...]
    titles: dict[str, str]
    headline: bool = False
    """Whether the sentence is a title or heading, which the text below it tells again."""
    matter: frozenset[str] = frozenset()
    """The words of the sentence that tell what it is about."""

    @property
    def place(self) -> tuple[str, int, int, str]:
        span = self.mention.sentence
        return self.document, span.char_start, span.char_end, self.mention.key

    @property
    def key(self) -> tuple[str, str]:
        return self.document, self.mention.key

    @cached_property
    def everybody(self) -> frozenset[str]:
        return frozenset(self.actors) | frozenset(self.recipients)

    @property
    def family(self) -> str:
        return FAMILY[self.mention.type]

    @cached_property
    def venue(self) -> str | None:
        """The place in normal form."""
        return normal(self.mention.place) if self.mention.place else None

    @cached_property
    def prints_year(self) -> bool:
        """Whether the words that give the date have a year of four digits."""
        words = normal(self.mention.date_text or "").split()
        return any(word.isdigit() and len(word) == 4 for word in words)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the trigger that tell something."""
        words = frozenset(self.mention.trigger.lower().split())
        return frozenset(ALIKE.get(word, word) for word in words - LIGHT or words)

    @cached_property
    def vagueness(self) -> int:
        """0 a day, 1 days, 2 a month, 3 up to half a year, 4 a year, 5 no date."""
        rank = EXACTNESS[self.mention.precision]
        if rank == 1 and self.interval:
            first, last = map(date.fromisoformat, self.interval)
            return rank if (last - first).days < 31 else 3
        return rank

    @property
    def interval(self) -> tuple[str, str] | None:
        start, end = self.mention.start, self.mention.end
        return (start, end) if start and end else None


def tell(document: Document, event: EventMention, cast: Cast, offices: Offices) -> Telling:
    """The telling with every local actor resolved: an office to its holder, else to its country; where
    that is not sure, to nobody if someone of the country is named beside it."""

    titles: dict[str, str] = {}

    def resolved(keys: Iterable[str]) -> tuple[str, ...]:
        found: list[str] = []
        weak: set[str] = set()
        for key in keys:
            office = cast.offices.get((document.id, key))
            holder = offices.holder(document.id, office, event.start) if office else None
            if holder:
                found.append(holder.person)
                titles[holder.person] = holder.title
                if event.start and holder.distance(event.start) != 0:
                    weak.add(holder.person)
            elif office and office.country:
                found.append(office.country.lower())
                weak.add(office.country.lower())
            elif (ident := cast.ids.get((document.id, key))) is not None:
                found.append(ident)
                if key in event.titles:
                    titles[ident] = event.titles[key]
        nations = {i: cast.figures[i].country for i in found}
        named = {nations[i] for i in found if cast.figures[i].kind == "person" and i not in weak}
        return tuple(i for i in dict.fromkeys(found) if i not in weak or nations[i] not in named)

    acting = resolved(event.actors)
    recipients = tuple(ident for ident in resolved(event.recipients) if ident not in acting)
    return telling(document, event, acting, recipients, resolved(event.asserted_by), titles)


def telling(
    document: Document,
    event: EventMention,
    actors: tuple[str, ...],
    recipients: tuple[str, ...],
    asserted_by: tuple[str, ...],
    titles: dict[str, str],
) -> Telling:
    """The telling in which these are the actors."""
    return Telling(
        document=document.id,
        mention=event,
        actors=actors,
        recipients=recipients,
        asserted_by=asserted_by,
        titles=titles,
        headline=_is_headline(document, event),
        matter=_matter(document, event) if event.type in SAID else frozenset(),
    )


def _matter(document: Document, event: EventMention) -> frozenset[str]:
    """The words of four letters and more of a sentence, without names, days and words of every sentence."""
    text = document.text[event.sentence.char_start : event.sentence.char_end]
    plain = {word for word in _PLAIN.findall(text) if word not in EVERYWHERE}
    return frozenset(word.removesuffix("s") for word in plain) - set(event.trigger.split())


def _is_headline(document: Document, event: EventMention) -> bool:
    """Whether a sentence stands on a line of its own without a full stop."""
    start, end = event.sentence.char_start, event.sentence.char_end
    line_start, line_end = document.text.rfind("\n", 0, start) + 1, document.text.find("\n", end)
    around = document.text[line_start:start] + document.text[end : line_end if line_end >= 0 else None]
    text = document.text[start:end].rstrip()
    return not event.chronology and not around.strip(" \t#*_") and text[-1:].isalnum()
