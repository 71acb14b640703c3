"""An index of any size, invented from a seed: python benchmarks/generate.py EVENTS FOLDER [--seed N]

Words follow Zipf's law, and so do actors: a few are in thousands of events, most in a few. A document
tells twenty events, each in a sentence of its own with another one between; most events last a day, some
a month or a year, some have no date or a doubted one. Written through the index's own writer, so that it
is parted, ordered and named as an ingest would do it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from dipcli.index import Settings
from dipcli.index.transaction import Transaction
from dipcli.lexicon import countries, plover
from dipcli.records import (
    Actor,
    Document,
    Doubt,
    Event,
    Evidence,
    Participant,
    Place,
    Published,
    Relation,
    Role,
)

EVENTS_A_DOCUMENT = 20
EVENTS_AN_ACTOR = 20
ACTS = 0.4
"""Of the events that are no meetings: acts of one."""
VOCABULARY = 60_000
YEARS = (2000, 2024)
_ONSETS = "b ch d f g h j k l m n p r s sh t v w y z kr st tr".split()
_VOWELS = "a e i o u ai ei ou".split()
_CODAS = ["", "", "n", "r", "l", "ng", "s", "k", "m"]
_COMMON = (
    "the of and to in with on a for his at said that by talks minister foreign meeting president relations"
    " two countries cooperation visit bilateral trade security support agreement delegation peace summit"
    " joint statement regional issues held held met discussed called ties development economic strategic"
).split()
_MODES = {type: tuple(line.modes) for type, line in plover.TYPES.items()}
_VERBS = {
    "CONSULT": "met",
    "ACCUSE": "accused",
    "AGREE": "signed an agreement with",
    "REQUEST": "asked",
    "AID": "gave aid to",
    "SANCTION": "imposed sanctions on",
    "THREATEN": "threatened",
    "SUPPORT": "praised",
    "REJECT": "rejected the proposal of",
    "COOPERATE": "cooperated with",
    "PROTEST": "protested against",
}
TYPES = list(_VERBS)
_TYPE_WEIGHTS = [40, 10, 8, 8, 6, 5, 5, 10, 3, 3, 2]


class Zipf:
    """Draws from a list, the first the likeliest by far."""

    def __init__(self, items: list[Any], flat: float = 2.7) -> None:
        self.items = items
        self.weights = list(accumulate(1 / (rank + flat) for rank in range(len(items))))

    def draw(self, chance: random.Random, count: int) -> list[Any]:
        return chance.choices(self.items, cum_weights=self.weights, k=count)


class World:
    """The invented actors and words; the same for the same seed and size."""

    def __init__(self, events: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.acts = random.Random(seed)
        self.size = events
        words = dict.fromkeys(_COMMON)
        while len(words) < VOCABULARY:
            words[self._word(self.chance.choice((2, 2, 3, 3, 4)))] = None
        self.words = Zipf(list(words))
        self.people = self._people(max(20, events // EVENTS_AN_ACTOR))
        self.by_rank = Zipf(self.people, 20.0)
        self.told: dict[str, list[str]] = {}
        self.count: dict[str, int] = {}

    def _word(self, syllables: int) -> str:
        pick = self.chance.choice
        return "".join(pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS) for _ in range(syllables))

    def _people(self, number: int) -> list[Participant]:
        states = [one for one in countries.all() if one.alpha3]
        found: dict[str, Participant] = {
            one.alpha3.lower(): Participant(id=one.alpha3.lower(), name=one.name, country=one.alpha3)
            for one in states[: min(len(states), number // 4)]
        }
        codes = Zipf([one.alpha3 for one in states])
        titles = ["Foreign Minister", "President", "Ambassador", "Prime Minister", "Trade Minister", None]
        families = Zipf([self._word(2).title() for _ in range(max(10, number // 12))], 30.0)
        while len(found) < number:
            name = f"{self._word(self.chance.choice((1, 2))).title()} {families.draw(self.chance, 1)[0]}"
            ident = name.lower().replace(" ", "-")
            title = self.chance.choice(titles)
            found.setdefault(
                ident,
                Participant(id=ident, name=name, title=title, country=codes.draw(self.chance, 1)[0]),
            )
        ranked = list(found.values())
        self.chance.shuffle(ranked)
        return ranked

    def documents(self) -> Iterator[tuple[Document, list[Event]]]:
        """Documents with the events they tell."""
        left, serial = self.size, 0
        while left > 0:
            number = min(EVENTS_A_DOCUMENT, left)
            yield self._document(serial, number)
            left -= number
            serial += 1

    def _document(self, serial: int, number: int) -> tuple[Document, list[Event]]:
        chance = self.chance
        first = date(YEARS[0], 1, 1)
        day = first + timedelta(days=chance.randrange((date(YEARS[1], 12, 31) - first).days))
        digest = hashlib.sha256(f"{serial}".encode()).hexdigest()
        ident, title = f"doc-{digest[:12]}", " ".join(self.words.draw(chance, 6)).title()
        pieces, at, events = [f"{title}\n"], len(title) + 1, []
        for place in range(number):
            sentence, event = self._event(ident, day, at + 1, serial * EVENTS_A_DOCUMENT + place)
            event = self._part_of_meeting(event, events)
            pieces.append(f"\n{sentence}\n")
            at += len(sentence) + 2
            events.append(event)
            more = f"{' '.join(self.words.draw(chance, chance.randint(8, 24))).capitalize()}."
            pieces.append(f"{more}\n")
            at += len(more) + 1
        dated = chance.random() < 0.9
        iso = day.isoformat()
        document = Document(
            id=ident,
            path=f"{day.year}/{serial}.txt",
            paths=[f"{day.year}/{serial}.txt"],
            sha256=digest,
            media_type="text/plain",
            title=title,
            publisher="The Invented Review",
            published=Published(start=iso, end=iso, precision="day", basis="printed") if dated else None,
            language="en",
            text="".join(pieces),
        )
        return document, events

    def _event(self, document: str, day: date, at: int, serial: int) -> tuple[str, Event]:
        chance = self.chance
        one, other, *rest = dict.fromkeys(self.by_rank.draw(chance, chance.choice((2, 2, 2, 3)) + 2))
        third = rest[:1] if chance.random() < 0.2 else []
        type = chance.choices(TYPES, _TYPE_WEIGHTS)[0]
        words = " ".join(self.words.draw(chance, chance.randint(6, 18)))
        named = " and ".join(f"{someone.title or ''} {someone.name}".strip() for someone in (one, *third))
        sentence = f"{named} {_VERBS[type]} {other.title or ''} {other.name} {words}.".replace("  ", " ")
        start, end, precision = self._when(day - timedelta(days=chance.randrange(20)))
        mutual = type in ("CONSULT", "AGREE")
        about = plover.TYPES[type]
        doubts = []
        if start and chance.random() < 0.02:
            doubts = [Doubt(field="date", alternative=f"{int(start[:4]) - 1}{start[4:]}", reason="year")]
        for someone in (one, other, *third):
            self.count[someone.id] = self.count.get(someone.id, 0) + 1
            self.told.setdefault(someone.id, []).append(document)
        event = Event(
            id=f"{start or 'undated'}-{type.lower()}-{one.id}-{other.id}-{serial}",
            start=start,
            end=end,
            precision=precision,  # type: ignore[arg-type]
            type=type,  # type: ignore[arg-type]
            mode=chance.choice(_MODES[type]) if _MODES[type] and chance.random() < 0.5 else None,
            contexts=[chance.choice(plover.CONTEXTS)] if chance.random() < 0.5 else [],
            cameo="04",
            quad=about.quad,
            score=1.0,
            goldstein=1.0,
            status=chance.choices(("occurred", "planned", "cancelled"), (90, 9, 1))[0],  # type: ignore[arg-type]
            actors=[one, other, *third] if mutual else [one, *third],
            recipients=[] if mutual else [other],
            place=Place(name=other.name, country=other.country) if chance.random() < 0.2 else None,
            summary=sentence,
            evidence=[
                Evidence(
                    document=document,
                    char_start=at,
                    char_end=at + len(sentence),
                    text=sentence,
                    locator=f"line {serial % 40 + 1}",
                )
            ],
            doubts=doubts,
            confidence=round(chance.uniform(0.4, 0.95), 2),
        )
        return sentence, event

    def _part_of_meeting(self, event: Event, told: list[Event]) -> Event:
        """The event as an act of the last meeting told before it, now and then."""
        meeting = next((one for one in reversed(told) if one.type == "CONSULT"), None)
        if meeting is None or event.type == "CONSULT" or self.acts.random() > ACTS:
            return event
        return msgspec.structs.replace(event, occasion=meeting.id)

    def _when(self, day: date) -> tuple[str | None, str | None, str]:
        draw = self.chance.random()
        if draw < 0.04:
            return None, None, "unknown"
        if draw < 0.08:
            return f"{day.year}-01-01", f"{day.year}-12-31", "year"
        if draw < 0.16:
            month = (date(day.year, day.month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            return month.replace(day=1).isoformat(), month.isoformat(), "month"
        return day.isoformat(), day.isoformat(), "day"

    def actors(self) -> Iterator[Actor]:
        """All who take part, once the documents are told."""
        for someone in self.people:
            told = sorted(set(self.told.get(someone.id, ())))
            state = someone.country and someone.id == someone.country.lower()
            family = someone.name.rpartition(" ")[2]
            quote = [
                Evidence(document=ident, char_start=0, char_end=len(someone.name), text=someone.name)
                for ident in told[:5]
            ]
            seen = f"{YEARS[0] + len(someone.id) % 20}-01-01"
            role = [Role(title=someone.title, first_seen=seen, last_seen=seen, evidence=quote[:1])]
            yield Actor(
                id=someone.id,
                name=someone.name,
                aliases=[] if state else [family, f"{family} {someone.name.partition(' ')[0]}"],
                kind="country" if state else "person",
                country=someone.country,
                roles=role if someone.title else [],
                documents=told,
                event_count=self.count.get(someone.id, 0),
                evidence=quote,
            )

    def relations(self) -> Iterator[Relation]:
        """An office for each who has one."""
        for someone in self.people:
            if someone.title and someone.country:
                yield Relation(
                    id=f"{someone.id}-holds-office-{someone.country.lower()}",
                    subject=someone.id,
                    relation="holds_office",
                    object=someone.country.lower(),
                    label=someone.title,
                    count=1,
                )


def generate(events: int, folder: Path, seed: int = 1) -> World:
    """Write an index of so many events; what there is already must be an index or nothing."""
    world = World(events, seed)
    documents: list[Document] = []
    told: list[Event] = []
    for document, its in world.documents():
        documents.append(document)
        told.extend(its)
    with Transaction(folder) as transaction:
        transaction.stage("documents", documents)
        transaction.stage("events", told)
        transaction.stage("actors", world.actors())
        transaction.stage("relations", world.relations())
        transaction.commit(Settings())
    return world


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("events", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generate(arguments.events, arguments.folder, arguments.seed)


if __name__ == "__main__":
    main()
