"""The lines of a chronology in order, each with its footnotes.

Events that read alike on the same date (a minister's three requests) are one line with the notes of all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from dipcli.chronology.wording import event_date, everybody, long_date, sentence
from dipcli.errors import UsageError, suggestion
from dipcli.output.text import clean
from dipcli.query import Source
from dipcli.records import Correction, Doubt, Event, Evidence

TEMPLATE = "{date}: {sentence}{notes}"
_FIELD = re.compile(r"\{(\w*)\}")


class Quote(NamedTuple):
    """Words of a document, and where they stand there."""

    text: str
    where: str


class Note(NamedTuple):
    """A footnote: a source, what it says, and what is to be remarked on the line."""

    number: int
    source: str
    address: str
    """Path or URL; empty where unknown."""
    quotes: list[Quote]
    remarks: list[str]
    """What is in doubt, and what a person set in place of what is told."""


class Line(NamedTuple):
    """A line of the chronology; `text` has the mark `NOTES` where its notes are referred to."""

    year: str
    date: str
    text: str
    notes: list[Note]


NOTES = "\x00"


class Chronology(NamedTuple):
    """What there is to write: a title, what it was made of, the lines."""

    title: str
    about: str
    lines: list[Line]


class World(NamedTuple):
    """What is known of those whom events name."""

    sources: Mapping[str, Source]
    kinds: Mapping[str, str]
    names: Mapping[str, str]
    quotes: bool
    """Whether the documents' words may be used."""


def lines(events: Iterable[Event], world: World, template: str = TEMPLATE) -> list[Line]:
    """Each line with its numbered notes, by date, the acts of a meeting after it, the undated last.

    template: text with fields of `FIELDS` in braces; notes follow the line where `{notes}` is not in it
    """
    shape = _parsed(template)
    together: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(events, key=_order):
        text = "".join(_filled(piece, event, world) for piece in shape)
        together.setdefault((event.start or "", text), []).append(event)
    made: list[Line] = []
    number = 0
    for (start, text), alike in together.items():
        notes = _notes(alike, world, number)
        number += len(notes)
        date = event_date(alike[0])
        made.append(Line(start[:4] or "Undated", date, text if NOTES in text else text + NOTES, notes))
    return made


def _order(event: Event) -> tuple[bool, str, str, str, bool, str]:
    return (
        event.start is None,
        event.start or "",
        event.end or "",
        event.occasion or event.id,
        event.occasion is not None,
        event.id,
    )


def _parsed(template: str) -> list[str]:
    """A template's pieces: its own text, and the names of fields at every second place.

    Raises UsageError where a field is unknown, none is named, or the notes are twice.
    """
    pieces = _FIELD.split(clean(template).strip())
    named = pieces[1::2]
    for name in named:
        if name not in FIELDS and name != "notes":
            raise UsageError(
                f"the template names '{{{name}}}', which no event has",
                hint=suggestion(name, [*FIELDS, "notes"]),
            )
    if not set(named) - {"notes"} or named.count("notes") > 1:
        raise UsageError(
            "a template names at least one field, and the notes once", hint=f"such as {TEMPLATE}"
        )
    return [(f"{{{piece}}}" if place % 2 else piece) for place, piece in enumerate(pieces)]


def _filled(piece: str, event: Event, world: World) -> str:
    """A template's piece for one event: its field's value, the mark for the notes, or its own text."""
    field = _FIELD.fullmatch(piece)
    if field is None:
        return piece
    return NOTES if field[1] == "notes" else clean(FIELDS[field[1]](event, world))


FIELDS: dict[str, Callable[[Event, World], str]] = {
    "date": lambda event, world: event_date(event),
    "sentence": lambda event, world: sentence(event, world.kinds, world.names, quotes=world.quotes),
    "start": lambda event, world: event.start or "",
    "end": lambda event, world: event.end or "",
    "type": lambda event, world: event.type,
    "mode": lambda event, world: event.mode or "",
    "status": lambda event, world: event.status,
    "certainty": lambda event, world: event.certainty,
    "actors": lambda event, world: everybody(event.actors, world.kinds),
    "recipients": lambda event, world: everybody(event.recipients, world.kinds),
    "place": lambda event, world: event.place.name if event.place else "",
    "medium": lambda event, world: (event.medium or "").replace("_", " "),
    "contexts": lambda event, world: ", ".join(event.contexts),
    "quote": lambda event, world: f"“{event.evidence[0].text}”" if event.evidence and world.quotes else "",
    "id": lambda event, world: event.id,
}
"""What a template can name, besides `{notes}`."""


def _notes(alike: Sequence[Event], world: World, number: int) -> list[Note]:
    """One note for each document that tells of these events, the first to tell first."""
    told: dict[str, dict[tuple[int, int], Evidence]] = {}
    for event in alike:
        for evidence in event.evidence:
            told.setdefault(evidence.document, {})[evidence.char_start, evidence.char_end] = evidence
    remarks = [remark for event in alike for remark in remarks_on(event)]
    notes = [
        Note(
            number + place,
            _about(world.sources[document]),
            clean(world.sources[document].address),
            [
                Quote(clean(one.text) if world.quotes else "", clean(one.locator or ""))
                for _, one in sorted(found.items())
            ],
            [] if place > 1 else remarks,
        )
        for place, (document, found) in enumerate(told.items(), 1)
    ]
    if not notes:  # stated by a person, by no document
        notes = [Note(number + 1, "entered by hand", "", [], remarks)]
    return notes


def _about(source: Source) -> str:
    """Title, publisher and date."""
    since, _, until = (source.date or "").partition("/")
    date = long_date(since, until or since, source.precision or "day") if since else "undated"
    title = f"“{clean(source.title)}”" if source.title else None
    return ", ".join(clean(part) for part in (title, source.publisher, date) if part)


def remarks_on(event: Event) -> list[str]:
    """What is in doubt about an event, and what a person corrected in it."""
    return [*map(_doubt, event.doubts), *map(_correction, event.corrections)]


def _doubt(doubt: Doubt) -> str:
    other = f" may be {doubt.alternative}" if doubt.alternative else ""
    return clean(f"in doubt: {doubt.field}{other}: {doubt.reason}")


def _correction(correction: Correction) -> str:
    told = f", told as {correction.told}" if correction.told else ""
    return clean(f"corrected by hand: {correction.field}{told}")
