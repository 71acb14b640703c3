"""What the tables of the cache have of a record: pure functions of its stored line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from dipcli.index.cache import schema, spans
from dipcli.names.forms import normal
from dipcli.names.titles import offices
from dipcli.passages import is_title, passages, shape
from dipcli.passages import number as passage_number
from dipcli.records import Doubt, Participant, Place
from dipcli.views import event_intervals, event_texts, participants, role_interval
from dipcli.words import stems


class _Told(msgspec.Struct, frozen=True):
    document: str
    char_start: int
    char_end: int
    text: str


class Event(msgspec.Struct, frozen=True):
    """What of an event is kept, here or as facts."""

    id: str
    start: str | None
    end: str | None
    precision: str
    type: str
    mode: str | None
    contexts: list[str]
    quad: int | None
    score: float | None
    goldstein: float | None
    status: str
    certainty: str
    occasion: str | None
    actors: list[Participant]
    recipients: list[Participant]
    place: Place | None
    medium: str | None
    summary: str
    evidence: list[_Told]
    doubts: list[Doubt]


class EventRows(NamedTuple):
    """An event's rows, without its own number; others by their ids."""

    checksum: int
    start: int | None
    end: int | None
    classified: tuple[Any, ...]
    alternatives: list[tuple[int, int]]
    alone: bool
    sides: dict[str, int]
    """By actor: whether it acts, is acted on, and whether the date is doubted."""
    countries: set[int]
    told: set[tuple[str, int, int]]
    says: str


def event_rows(event: Event) -> EventRows:
    intervals = [(schema.day(start), schema.day(end or "9999")) for start, end in event_intervals(event)]
    start, end = intervals[0] if intervals else (None, None)
    sides: dict[str, int] = {}
    doubted = schema.DOUBTED * (len(intervals) > 1)
    for side, people in ((schema.ACTS, event.actors), (schema.ACTED_ON, event.recipients)):
        for someone in people:
            sides[someone.id] = sides.get(someone.id, doubted) | side
    texts = dict.fromkeys(text for text in event_texts(event) if text)
    return EventRows(
        checksum=schema.checksum(event.id.encode()),
        start=start,
        end=end,
        classified=tuple(getattr(event, field) for field in schema.CLASS),
        alternatives=intervals[1:],
        alone=not event.evidence,
        sides=sides,
        countries={schema.code(someone.country) for someone in participants(event) if someone.country},
        told={(one.document, one.char_start, one.char_end) for one in event.evidence},
        says=schema.BETWEEN.join(_again(text) if len(text) < _SHORT else _words(text) for text in texts),
    )


def _words(text: str) -> str:
    return " ".join(stems(text))


_again = lru_cache(maxsize=1 << 16)(_words)
_SHORT = 60
"""Characters below which a text is a name or a title, which come again and again."""


class _Role(msgspec.Struct, frozen=True):
    title: str
    since: str | None = None
    until: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None


class ActorRows(msgspec.Struct, frozen=True):
    """What of an actor is kept."""

    id: str
    name: str
    kind: str
    country: str | None
    aliases: list[str]
    event_count: int
    roles: list[_Role]

    @property
    def own(self) -> tuple[Any, ...]:
        return self.name, self.id, self.kind, self.country, self.event_count

    @property
    def names(self) -> tuple[Any, ...]:
        """All that its rows by name depend on."""
        return self.kind, self.name, self.aliases

    @property
    def forms(self) -> list[tuple[str, str, int]]:
        """Each name as written and in normal form, with 1 for its own, 0 for an alias."""
        return [
            (form, normal(form), own)
            for own, form in ((1, self.name), *((0, alias) for alias in self.aliases))
        ]

    @property
    def surnames(self) -> list[str]:
        """The first and last words of a person's name."""
        parts = normal(self.name).split() if self.kind == "person" else []
        return list(dict.fromkeys(parts[:: max(1, len(parts) - 1)]))

    @property
    def offices(self) -> list[tuple[str, str | None, str | None]]:
        """What their titles of office may be asked for as (`dipcli.names.titles`), and from when until when they
        held them."""
        return [
            (office, *(role_interval(role) or (None, None)))
            for role in self.roles
            for office in sorted(offices(role.title))
        ]


class _Published(msgspec.Struct, frozen=True):
    start: str
    end: str


class DocumentRows(msgspec.Struct, frozen=True):
    """A document without its text."""

    id: str
    paths: list[str]
    title: str | None
    published: _Published | None

    @property
    def published_on(self) -> str:
        return self.published.start if self.published else ""

    @property
    def days(self) -> tuple[int | None, int | None]:
        return (
            (schema.day(self.published.start), schema.day(self.published.end))
            if self.published
            else (None, None)
        )

    @property
    def names(self) -> set[tuple[str, int]]:
        """What it may be called by, and in which order such names are tried."""
        found = {(self.title.casefold(), 2)} if self.title else set()
        for path in self.paths:
            name = path.rpartition("/")[2]
            found |= {(path, 0), (name, 1), (name.rpartition(".")[0], 4)}
        return found


class Text(msgspec.Struct, frozen=True):
    title: str | None
    published: _Published | None
    text: str


def event_keys(event: Event, actors: Mapping[str, int]) -> str:
    """What stands in the full text index for an event told in a passage; `actors` are numbers by id."""
    acts = ((schema.ACTS, event.actors), (schema.ACTED_ON, event.recipients))
    keys = [
        schema.key(f"{side}a", actors[someone.id])
        for side, people in acts
        for someone in people
        if someone.id in actors
    ]
    keys += [schema.key("c", someone.country) for someone in participants(event) if someone.country]
    return " ".join([*keys, schema.key("t", event.type), *spans.keys(event_intervals(event))])


class Told(NamedTuple):
    """Where an event is told in a document, and its keys."""

    start: int
    end: int
    event: int
    keys: str


class PassageRow(NamedTuple):
    number: int
    start: int
    end: int
    words: tuple[str, ...]
    keys: tuple[str, ...]
    events: tuple[int, ...]

    @property
    def indexed(self) -> str:
        return " ".join(self.words + self.keys)


def passage_rows(number: int, document: Text, told: Sequence[Told]) -> Iterator[PassageRow]:
    """The passages of the document of that number; `told` there by start."""
    title, published = stems(document.title or ""), document.published
    untold = spans.keys([(published.start, published.end)] if published else [])
    coming, here = list(reversed(told)), list[Told]()
    for place, (start, end) in enumerate(passages(document.text), 1):
        while coming and coming[-1].start < end:
            here.append(coming.pop())
        here = [one for one in here if one.end > start]
        words = stems(document.text[start:end])
        its = shape(len(words), bool(here), is_title(words, title))
        yield PassageRow(
            passage_number(number, place, its),
            start,
            end,
            tuple(words),
            tuple(sorted({key for one in here for key in one.keys.split()}) if here else untold),
            tuple(sorted({one.event for one in here})),
        )


read_event = msgspec.json.Decoder(Event).decode
read_actor = msgspec.json.Decoder(ActorRows).decode
read_document = msgspec.json.Decoder(DocumentRows).decode
read_text = msgspec.json.Decoder(Text).decode
