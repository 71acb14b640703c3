"""What a draft claims, line by line, with its people as the index knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dipcli import dates
from dipcli.conflicts.world import Page
from dipcli.mentions import EventMention, Mentions
from dipcli.names import closest, normal, same_person
from dipcli.records import Actor, ActorKind, Document, Event, Evidence
from dipcli.resolution import Resolved
from dipcli.views import participants

OPENING = 6
"""Characters that may stand before the date of a line: a bullet, "On"."""
_LOOKED_AT = 60


class Who(NamedTuple):
    """Somebody whom a draft names."""

    name: str
    kind: ActorKind
    country: str | None
    ident: str | None
    """Of the index's actor; null where the index knows nobody of the name."""
    needed: bool = True
    """Whether an event must have them to be what the draft tells: people, and all who act."""


class Claim(NamedTuple):
    """One event that a line of the draft tells."""

    told: EventMention
    event: Event
    who: tuple[Who, ...]
    interval: tuple[str, str] | None

    @property
    def roots(self) -> frozenset[str]:
        """The countries of all it names."""
        return frozenset(who.country for who in self.who if who.country)


class DraftLine(NamedTuple):
    """A line of a chronology, or a sentence of prose, with what it claims."""

    number: int
    evidence: Evidence
    claims: list[Claim]


class Directory:
    """The actors of the index by name."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self.actors = {actor.id: actor for actor in actors}
        self._named: dict[str, list[Actor]] = defaultdict(list)
        for actor in self.actors.values():
            for form in (actor.name, *actor.aliases):
                self._named[normal(form)].append(actor)

    def meant(self, drafted: Actor) -> str | None:
        """The actor of the index that an actor of the draft is: by name and country, people by likeness too."""
        if drafted.kind == "country":
            return drafted.id if drafted.id in self.actors else None
        for form in (drafted.name, *drafted.aliases):
            fits = [
                actor
                for actor in self._named.get(normal(form), ())
                if actor.kind == drafted.kind and _compatible(actor, drafted)
            ]
            if len({actor.id for actor in fits}) == 1:
                return fits[0].id
        return self._alike(drafted) if drafted.kind == "person" else None

    def _alike(self, drafted: Actor) -> str | None:
        alike = {
            actor.id
            for form, _ in closest(normal(drafted.name), self._people)
            for actor in self._named[form]
            if actor.kind == "person"
            and same_person(actor.name, drafted.name, country_a=actor.country, country_b=drafted.country).same
        }
        return alike.pop() if len(alike) == 1 else None

    @property
    def _people(self) -> list[str]:
        return [form for form, actors in self._named.items() if " " in form and actors[0].kind == "person"]


def _compatible(one: Actor, other: Actor) -> bool:
    return one.country is None or other.country is None or one.country == other.country


def lines(
    documents: Iterable[Document], mentions: Iterable[Mentions], resolved: Resolved, index: Directory
) -> Iterator[DraftLine]:
    """The lines of the draft that have a date or tell an event, in order."""
    texts = {document.id: document for document in documents}
    events = {event.id: event for event in resolved.events}
    homes = {(join.document, join.key): events[join.event] for join in resolved.joins}
    known = {
        actor.id: Who(actor.name, actor.kind, actor.country, index.meant(actor)) for actor in resolved.actors
    }
    for found in mentions:
        page = Page(texts[found.document], found)
        claims: dict[tuple[int, int], list[Claim]] = defaultdict(list)
        for told in found.events:
            home = homes[found.document, told.key]
            who = tuple(_who(home, known))
            interval = (told.start, told.end) if told.start and told.end else None
            claims[_unit(page, told)].append(Claim(told, home, who, interval))
        chronology = any(told.chronology for told in found.events)
        for span in sorted({*claims, *(_dated(page, set(claims)) if chronology else ())}):
            yield DraftLine(page.line(span[0]), page.quote(*span), claims.get(span, []))


def _who(event: Event, known: Mapping[str, Who]) -> Iterator[Who]:
    """Everybody in an event of the draft."""
    acting = {someone.id for someone in event.actors}
    for someone in participants(event):
        if who := known.get(someone.id):
            yield who._replace(needed=who.kind == "person" or someone.id in acting)


def _unit(page: Page, told: EventMention) -> tuple[int, int]:
    """Of a chronology the whole line, of prose the sentence."""
    if not told.chronology:
        return told.sentence.char_start, told.sentence.char_end
    return _line(page.document.text, told.sentence.char_start)


def _line(text: str, place: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    line = text[start : end if end >= 0 else len(text)]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def _dated(page: Page, taken: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines that begin with a date and tell nothing that was understood."""
    text = page.document.text
    start = 0
    for line in text.split("\n"):
        span = _line(text, start)
        start += len(line) + 1
        whole = text[slice(*span)]
        begins = [found for found in dates.expressions(whole[:_LOOKED_AT]) if found.char_start < OPENING]
        inside = any(span[0] <= one < span[1] for one, _ in taken)
        begins = [found for found in begins if not found.text.isdigit()]  # a year alone heads a section
        if begins and len(whole) > begins[0].char_end + OPENING and not inside:
            yield span
