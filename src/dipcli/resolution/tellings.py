"""One telling of an event with its actors resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from dipcli.mentions import DoubtMention, EventMention, Span
from dipcli.names import normal
from dipcli.records import Certainty, EventType, Medium, Precision, Status
from dipcli.resolution.cast import Cast
from dipcli.resolution.corpus import Corpus
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


class Telling(msgspec.Struct, frozen=True, eq=False, gc=False, kw_only=True, array_like=True):
    """An event mention with actor ids in place of its document's own keys.

    There are as many as event mentions, all at once: what they have in common is held once (`Corpus.shared`).
    """

    document: str
    label: str
    """The mention's key in the document."""
    char_start: int
    char_end: int
    """Of its sentence."""
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    asserted_by: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]
    """By actor id."""
    everybody: frozenset[str]
    start: str | None
    end: str | None
    precision: Precision
    date_text: str | None
    prints_year: bool
    """Whether the words that give the date have a year of four digits."""
    vagueness: int
    """0 a day, 1 days, 2 a month, 3 up to half a year, 4 a year, 5 no date."""
    type: EventType
    mode: str | None
    trigger: str
    words: frozenset[str]
    """The words of the trigger that tell something."""
    contexts: tuple[str, ...]
    status: Status
    certainty: Certainty
    occasion: str | None
    place: str | None
    venue: str | None
    """The place in normal form."""
    place_country: str | None
    medium: Medium | None
    chronology: bool
    headline: bool
    """Whether the sentence is a title or heading, which the text below it tells again."""
    doubts: tuple[DoubtMention, ...]
    same_as: tuple[str, ...]
    """Labels of those in this document that it takes for the same."""
    echoes: tuple[Span, ...]
    """The sentences of this document that only go back to it."""
    confidence: float

    @property
    def where(self) -> tuple[str, int, int, str]:
        return self.document, self.char_start, self.char_end, self.label

    @property
    def passages(self) -> list[tuple[str, int, int]]:
        """Where it is told, and where the document goes back to it."""
        return [(self.document, span.char_start, span.char_end) for span in (self.sentence, *self.echoes)]

    @property
    def key(self) -> tuple[str, str]:
        return self.document, self.label

    @property
    def sentence(self) -> Span:
        return Span(char_start=self.char_start, char_end=self.char_end)

    @property
    def family(self) -> str:
        return FAMILY[self.type]

    @property
    def interval(self) -> tuple[str, str] | None:
        return (self.start, self.end) if self.start and self.end else None


def tell(corpus: Corpus, document: str, event: EventMention, cast: Cast, offices: Offices) -> Telling:
    """The telling with every local actor resolved: an office to its holder, else to its country; where
    that is not sure, to nobody if someone of the country is named beside it."""

    titles: dict[str, str] = {}

    def resolved(keys: Iterable[str]) -> tuple[str, ...]:
        found: list[str] = []
        weak: set[str] = set()
        for key in keys:
            office = cast.offices.get((document, key))
            holder = offices.holder(document, office, event.start) if office else None
            if holder:
                found.append(holder.person)
                titles[holder.person] = holder.title
                if event.start and holder.distance(event.start) != 0:
                    weak.add(holder.person)
            elif office and office.country:
                found.append(office.country.lower())
                weak.add(office.country.lower())
            elif (ident := cast.ids.get((document, key))) is not None:
                found.append(ident)
                if key in event.titles:
                    titles[ident] = event.titles[key]
        nations = {i: cast.figures[i].country for i in found}
        named = {nations[i] for i in found if cast.figures[i].kind == "person" and i not in weak}
        return tuple(i for i in dict.fromkeys(found) if i not in weak or nations[i] not in named)

    acting = resolved(event.actors)
    recipients = tuple(ident for ident in resolved(event.recipients) if ident not in acting)
    return telling(corpus, document, event, acting, recipients, resolved(event.asserted_by), titles)


def telling(
    corpus: Corpus,
    document: str,
    event: EventMention,
    actors: tuple[str, ...],
    recipients: tuple[str, ...],
    asserted_by: tuple[str, ...],
    titles: dict[str, str],
) -> Telling:
    """The telling in which these are the actors."""
    shared = corpus.shared
    return Telling(
        document=shared(document),
        label=shared(event.key),
        char_start=event.sentence.char_start,
        char_end=event.sentence.char_end,
        actors=shared(actors),
        recipients=shared(recipients),
        asserted_by=shared(asserted_by),
        titles=shared(tuple(titles.items())),
        everybody=shared(frozenset((*actors, *recipients))),
        start=shared(event.start),
        end=shared(event.end),
        precision=shared(event.precision),
        date_text=shared(event.date_text),
        prints_year=_prints_year(event.date_text),
        vagueness=_vagueness(event),
        type=shared(event.type),
        mode=shared(event.mode),
        trigger=shared(event.trigger),
        words=shared(_words(event.trigger)),
        contexts=shared(tuple(event.contexts)),
        status=shared(event.status),
        certainty=shared(event.certainty),
        occasion=shared(event.occasion),
        place=shared(event.place),
        venue=shared(normal(event.place) if event.place else None),
        place_country=shared(event.place_country),
        medium=shared(event.medium),
        chronology=event.chronology,
        headline=_is_headline(corpus.whole(document), event),
        doubts=tuple(event.doubts),
        same_as=tuple(event.same_as),
        echoes=tuple(echo.sentence for echo in event.echoes),
        confidence=shared(event.confidence),
    )


def matter(told: Telling, corpus: Corpus) -> frozenset[str]:
    """The words of four letters and more of a sentence that tell what it is about: without names, days and
    words of every sentence."""
    words = {*_PLAIN.findall(corpus.text(told.document, told.sentence))}
    plain = {word.removesuffix("s") for word in words - EVERYWHERE}
    return frozenset(plain - set(told.trigger.split()))


def _prints_year(date_text: str | None) -> bool:
    words = normal(date_text or "").split()
    return any(word.isdigit() and len(word) == 4 for word in words)


def _words(trigger: str) -> frozenset[str]:
    words = frozenset(trigger.lower().split())
    return frozenset(ALIKE.get(word, word) for word in words - LIGHT or words)


def _vagueness(event: EventMention) -> int:
    rank = EXACTNESS[event.precision]
    if rank == 1 and event.start and event.end:
        first, last = map(date.fromisoformat, (event.start, event.end))
        return rank if (last - first).days < 31 else 3
    return rank


def _is_headline(text: str, event: EventMention) -> bool:
    """Whether a sentence stands on a line of its own without a full stop."""
    start, end = event.sentence.char_start, event.sentence.char_end
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    around = text[line_start:start] + text[end : line_end if line_end >= 0 else None]
    last = text[start:end].rstrip()[-1:]
    return not event.chronology and not around.strip(" \t#*_") and last.isalnum()
