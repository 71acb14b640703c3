"""What the rules look at: the records of an index, and one document at a time with what was found in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from dipcli.conflicts.finding import Side
from dipcli.conflicts.tense import is_past
from dipcli.dates.intervals import MONTHS
from dipcli.locators import Locator
from dipcli.mentions import ActorMention, EventMention, Mentions
from dipcli.names import normal
from dipcli.records import Actor, Document, Event, Evidence, Medium, Participant, Precision, Published
from dipcli.views import participants

Passage = tuple[str, int, int]
"""A document, and the first and last (exclusive) code point of a passage there."""
DAYS = 4
"""Up to so many days an event's date counts as known by the day."""
_QUOTED = 2
"""Quotes kept of each spelling of a name."""
_POSSESSIVE = re.compile(r"[’']s\b")
_NAMES = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
_MONTH = f"(?P<month>{'|'.join(_NAMES)})[a-z]*\\.?"
_WRITTEN = tuple(
    re.compile(rf"\b{form}\b")
    for form in (rf"{_MONTH}\s+(?P<day>\d{{1,2}})", rf"(?P<day>\d{{1,2}})\s+{_MONTH}")
)
"""A day as texts write it, without its year."""
_SENTENCE = re.compile(r"[^\n]*?[.!?][”\"')\]]*(?=\s|$)|[^\n]+")


@dataclass(frozen=True)
class Page:
    """One document, with what extraction found in it."""

    document: Document
    mentions: Mentions

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.document.text))]

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self.document)

    def line(self, char_start: int) -> int:
        """The number, from 1, of the line that a place is in."""
        return bisect_right(self._lines, char_start)

    def quote(self, char_start: int, char_end: int, date_text: str | None = None) -> Evidence:
        """The exact characters of a span."""
        return Evidence(
            document=self.document.id,
            char_start=char_start,
            char_end=char_end,
            text=self.document.text[char_start:char_end],
            date_text=date_text,
            locator=self._locator.at(char_start),
        )

    def sentence(self, char_start: int) -> Evidence:
        """The sentence around a place, within its line: as extraction has it, else by its full stops."""
        for told in self.mentions.events:
            if told.sentence.char_start <= char_start < told.sentence.char_end:
                return self.quote(told.sentence.char_start, told.sentence.char_end)
        text, line = self.document.text, self._lines[self.line(char_start) - 1]
        found = next(found for found in _SENTENCE.finditer(text, line) if found.end() > char_start)
        return self.quote(found.end() - len(found[0].lstrip()), found.end())

    def told(self, told: EventMention) -> Evidence:
        """The quote of an event mention."""
        return self.quote(told.sentence.char_start, told.sentence.char_end, told.date_text)


class Source(NamedTuple):
    """A document as sides name it."""

    title: str
    published: Published | None
    copy_of: str | None = None
    """The earlier document that it repeats."""


class Meeting(NamedTuple):
    """An event at which people met or spoke, its date known by the day."""

    event: Event
    people: frozenset[str]
    first: int
    """Days since year 1, as `date.toordinal`."""
    last: int


class World:
    """All records by id, and what the pages read so far (`read`) tell beside them."""

    def __init__(self, events: Iterable[Event], actors: Iterable[Actor]) -> None:
        self.events = {event.id: event for event in events}
        self.actors = {actor.id: actor for actor in actors}
        self.sources: dict[str, Source] = {}
        self.spelled: dict[str, list[Evidence]] = defaultdict(list)
        """By full name as written: the first sentences that have it."""
        self.written: dict[tuple[int, int], set[str]] = defaultdict(set)
        """By month and day: the documents that write it, whatever they tell of it."""
        self.past: set[str] = set()
        """Planned events that are told in the past tense."""
        self.media: dict[str, set[Medium]] = defaultdict(set)
        """By event: the media that its tellings state; an event has one too where none does."""

    def read(self, page: Page) -> None:
        """Take in what the records do not tell of a document."""
        document = page.document
        copied = document.copy_of.document if document.copy_of else None
        self.sources[document.id] = Source(document.title or document.path, document.published, copied)
        for pattern in _WRITTEN:
            for found in pattern.finditer(document.text):
                self.written[_NAMES[found["month"]], int(found["day"])].add(document.id)
        for actor in page.mentions.actors:
            if actor.kind == "person":
                self._read_names(page, actor)
        for told in page.mentions.events:
            if told.status == "planned" and is_past(document.text, told):
                self.past |= {event.id for event in self.told_in(page.told(told))}
            if told.medium:
                for event in self.told_in(page.told(told)):
                    if event.type == told.type:
                        self.media[event.id].add(told.medium)

    def _read_names(self, page: Page, actor: ActorMention) -> None:
        text = page.document.text
        written: set[str] = set()
        for span in actor.spans:
            name = " ".join(text[span.char_start : span.char_end].split())
            if " " in name and name not in written and len(self.spelled[name]) < _QUOTED:
                self.spelled[name].append(page.sentence(span.char_start))
            written.add(name)

    @cached_property
    def _told(self) -> dict[Passage, list[Event]]:
        told: dict[Passage, list[Event]] = defaultdict(list)
        for event in self.events.values():
            for quote in event.evidence:
                told[at(quote)].append(event)
        return told

    def original(self, document: str) -> str:
        """The document that another goes back to in the end: a copy says nothing of its own."""
        while (source := self.sources.get(document)) and source.copy_of in self.sources:
            document = source.copy_of
        return document

    def originals(self, event: Event) -> set[str]:
        """The independent documents that tell an event."""
        return {self.original(quote.document) for quote in event.evidence}

    def told_in(self, quote: Evidence) -> list[Event]:
        """The events that a passage is evidence for."""
        return self._told.get(at(quote), [])

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Events of type CONSULT that took place, with somebody named, known by the day."""
        return [
            Meeting(event, people, *days)
            for event in self.events.values()
            if event.type == "CONSULT"
            and event.status == "occurred"
            and (people := frozenset(someone.id for someone in self.people(event)))
            and (days := known_days(event)) is not None
        ]

    @cached_property
    def met_by(self) -> dict[str, list[Meeting]]:
        """Each person's meetings."""
        found: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            for ident in meeting.people:
                found[ident].append(meeting)
        return found

    def people(self, event: Event) -> Iterator[Participant]:
        for someone in participants(event):
            known = self.actors.get(someone.id)
            if known is not None and known.kind == "person":
                yield someone

    def forms(self, ident: str) -> list[str]:
        """The name of an actor and its aliases."""
        known = self.actors.get(ident)
        return [known.name, *known.aliases] if known else []

    def names(self, text: str, ident: str) -> bool:
        """Whether a text has any form of an actor's name."""
        words = f" {normal(_POSSESSIVE.sub(' ', text))} "
        return any(f" {normal(form)} " in words for form in self.forms(ident))

    def quote(self, event: Event, *idents: str) -> Evidence | None:
        """The quote of an event that names most of these actors, dated if there is one, else the first."""
        return max(
            event.evidence,
            key=lambda quote: (sum(self.names(quote.text, i) for i in idents), quote.date_text is not None),
            default=None,
        )

    def side(self, value: str, evidence: Evidence | None = None, event: Event | None = None) -> Side:
        source = self.sources.get(evidence.document) if evidence else None
        return Side(
            value=value,
            event=event.id if event else None,
            title=source.title if source else None,
            published=_published(source.published) if source and source.published else None,
            evidence=evidence,
        )


def known_days(event: Event) -> tuple[int, int] | None:
    """First and last day of an event as ordinals; None where it is known less exactly than by days."""
    if event.start is None or event.end is None or event.precision not in ("day", "range"):
        return None
    first, last = (date.fromisoformat(day).toordinal() for day in (event.start, event.end))
    return (first, last) if last - first < DAYS else None


def typed(start: str | None, end: str | None, precision: Precision) -> str:
    """A date as it is typed: `2022-05-16`, `2022-05`, `2022`, `2022-05-03..2022-05-06`; `unknown`."""
    if start is None or end is None:
        return "unknown"
    length = {"day": 10, "month": 7, "year": 4}.get(precision)
    return start[:length] if length else f"{start}..{end}"


def dated(event: Event) -> str:
    """An event's date as it is typed."""
    return typed(event.start, event.end, event.precision)


def at(quote: Evidence) -> Passage:
    """Where a quote stands."""
    return quote.document, quote.char_start, quote.char_end


def _published(published: Published) -> str:
    return published.start if published.start == published.end else f"{published.start}/{published.end}"
