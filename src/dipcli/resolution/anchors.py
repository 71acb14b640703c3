"""Where decisions are anchored: from the words of a subject to the mentions that have them now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from dipcli.decisions.types import Quote, Subject, Who
from dipcli.mentions import ActorMention, EventMention, Mentions, Span
from dipcli.names import normal
from dipcli.resolution.corpus import Corpus, flat
from dipcli.resolution.local import Key

COUNTRY = ""
"""In the place of a document, in the key that stands for a country: its code is known without any."""


class Anchors:
    """Finds mentions by the quotes of a subject, or by its words where the document is another by now."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        digests = {document.sha256: ident for ident, document in corpus.documents.items()}
        self.documents = {ident: ident for ident in corpus.documents} | digests
        """Ids by SHA-256, and by themselves: they are the beginning of it."""

    def find(self, subject: Subject) -> list[Key]:
        """The mentions that a subject's quotes are of, one for each quote that has one, in their order."""
        if subject.record == "actor":
            return self.actors(subject.type, subject.country, subject.names, subject.quotes)
        if subject.record == "event":
            return self._tellings(subject)
        return []

    # events

    def _tellings(self, subject: Subject) -> list[Key]:
        """The mentions of the quotes. One that only goes back to an event is of none other that it tells,
        where another quote is of that event."""
        places = list(self.places(subject))
        found = {place: self._telling(*place, subject) for place in places if place not in self.echoes}
        told = {key for key in found.values() if key}
        for place in places:
            if place in self.echoes and told.isdisjoint(self.echoes[place]):
                found[place] = self._telling(*place, subject) or self.echoes[place][0]
        return list(dict.fromkeys(key for place in places if (key := found.get(place))))

    @cached_property
    def echoes(self) -> dict[tuple[str, Span], list[Key]]:
        """The mentions that a sentence only goes back to, by document and sentence."""
        places: dict[tuple[str, Span], list[Key]] = defaultdict(list)
        for found in self._corpus.mentions:
            for event in found.events:
                for echo in event.echoes:
                    places[found.document, echo.sentence].append((found.document, event.key))
        return places

    def places(self, subject: Subject) -> Iterator[tuple[str, Span]]:
        """Document and span of a subject's quotes."""
        for quote in subject.quotes:
            if document := self.documents.get(quote.document):
                yield document, Span(char_start=quote.char_start, char_end=quote.char_end)
            elif quote.text:
                same = self._sentences.get(flat(quote.text), [])
                yield from same if len(same) == 1 else ()

    @cached_property
    def _sentences(self) -> dict[str, list[tuple[str, Span]]]:
        """Where the sentences stand that tell events, by their words."""
        places: dict[str, dict[tuple[str, int], Span]] = defaultdict(dict)
        for found in self._corpus.mentions:
            for event in found.events:
                words = flat(self._corpus.text(found.document, event.sentence))
                places[words][found.document, event.sentence.char_start] = event.sentence
        return {words: [(at[0], span) for at, span in same.items()] for words, same in places.items()}

    def _telling(self, document: str, span: Span, subject: Subject) -> Key | None:
        """The mention in a passage that is most like the subject, if any is like it."""
        found = self._corpus.mentions_of(document)
        if found is None:
            return None
        shared = [(_overlap(event.sentence, span), event) for event in found.events]
        most = max((overlap for overlap, _ in shared), default=0)
        if most == 0:
            return None
        ranked = [
            (event.type == subject.type, event.start == subject.start, _named(found, event, subject))
            for overlap, event in shared
            if overlap == most
        ]
        here = [event for overlap, event in shared if overlap == most]
        best = max(range(len(here)), key=lambda number: (*ranked[number], -number))
        typed, dated, named = ranked[best]
        return (document, here[best].key) if typed or (dated and named) else None

    # actors

    def actors(
        self, kind: str | None, country: str | None, names: list[str], quotes: list[Quote]
    ) -> list[Key]:
        """The local actors that quotes name; where no document of theirs is left, those of the name."""
        if kind == "country" and country:
            return [(COUNTRY, country)]
        wanted = {normal(name) for name in names}
        found = [
            key
            for quote in quotes
            if (document := self.documents.get(quote.document))
            and (key := self._named_at(document, quote, kind, wanted))
        ]
        if not found and names:
            called = self._called.get((kind, normal(names[0])), ())
            found = [key for whose, key in called if country in (None, whose)][:1]
        return list(dict.fromkeys(found))

    @cached_property
    def _called(self) -> dict[tuple[str | None, str], list[tuple[str | None, Key]]]:
        """The local actors of a kind and name, each with its country."""
        keys: dict[tuple[str | None, str], list[tuple[str | None, Key]]] = defaultdict(list)
        for found in self._corpus.mentions:
            for actor in found.actors:
                keys[actor.kind, normal(actor.name)].append((actor.country, (found.document, actor.key)))
        return keys

    def who(self, who: Who) -> list[Key]:
        return self.actors(who.kind, who.country, [who.name], who.quotes)

    def _named_at(self, document: str, quote: Quote, kind: str | None, wanted: set[str]) -> Key | None:
        span = Span(char_start=quote.char_start, char_end=quote.char_end)
        found = self._corpus.mentions_of(document)
        here = [
            actor
            for actor in (found.actors if found else ())
            if actor.kind == kind and any(_overlap(span, one) for one in (*actor.spans, actor.sentence))
        ]
        if not here:
            return None
        best = max(
            here,
            key=lambda actor: (
                any(normal(form) in wanted for form in _forms(actor)),
                max(_overlap(span, one) for one in (*actor.spans, Span(char_start=0, char_end=0))),
            ),
        )
        return document, best.key


def _named(found: Mentions, event: EventMention, subject: Subject) -> int:
    """How many who take part in an event of a document are of the subject's names."""
    wanted = {normal(name) for name in subject.names}
    by_key = {actor.key: actor for actor in found.actors}
    return sum(
        any(normal(form) in wanted for form in _forms(by_key[key]))
        for key in (*event.actors, *event.recipients)
        if key in by_key
    )


def _forms(actor: ActorMention) -> Iterable[str]:
    return (flat(actor.name), *map(flat, actor.aliases))


def _overlap(one: Span, other: Span) -> int:
    """Code points that two spans share."""
    return max(0, min(one.char_end, other.char_end) - max(one.char_start, other.char_start))
