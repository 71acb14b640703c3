"""Somebody who, as other tellings of that day have it, was not the one there, or was somewhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from dipcli.conflicts import pairs
from dipcli.conflicts.finding import Conflict
from dipcli.conflicts.rules.offices import single_office
from dipcli.conflicts.world import Meeting, World
from dipcli.names import family, normal
from dipcli.records import Participant


def mistaken(world: World) -> Iterator[Conflict]:
    """On one day the same counterpart has before him, by two tellings, two people of one country who are
    easily taken for each other: of one family name, or given one office. Each is reported once."""
    days: dict[tuple[int, str], list[Meeting]] = defaultdict(list)
    for meeting in world.meetings:
        if meeting.first == meeting.last:
            countries = {p.country for p in world.people(meeting.event) if p.country}
            for country in countries:
                days[meeting.first, country].append(meeting)
    best: dict[tuple[str, str], Conflict] = {}
    for (_, country), met in days.items():
        for one, other in combinations(met[: pairs.CROWD], 2):
            for conflict in _exchanged(one, other, country, world):
                best.setdefault((conflict.events[0], conflict.actors[1]), conflict)
    yield from best.values()


def _exchanged(one: Meeting, other: Meeting, country: str, world: World) -> Iterator[Conflict]:
    if not pairs.same_place(one.event.place, other.event.place):
        return
    here, there = (
        [p for p in world.people(meeting.event) if p.country == country] for meeting in (one, other)
    )
    if len(here) != 1 or len(there) != 1 or here[0].id == there[0].id:
        return
    alike = _alike(here[0], there[0], country)
    if alike and _shared(one, other, country, world):
        first, second = sorted(
            ((one, here[0]), (other, there[0])), key=lambda item: _told(item[0], item[1], world)
        )
        yield _conflict(first, second, alike, world)


def _alike(one: Participant, other: Participant, country: str) -> str | None:
    """What makes two people easy to mistake for each other."""
    offices = [single_office(p.title, country) for p in (one, other)]
    if offices[0] and offices[0] == offices[1]:
        return f"who is called {one.title} as well"
    names = [normal(family(p.name, country)) for p in (one, other)]
    return "of the same family name" if names[0] == names[1] else None


def _shared(one: Meeting, other: Meeting, country: str, world: World) -> bool:
    """Whether somebody of another country takes part in both, or takes part in one and is named in the other."""
    return any(
        ident in second.people or any(world.names(quote.text, ident) for quote in second.event.evidence)
        for first, second in ((one, other), (other, one))
        for ident in first.people
        if world.actors[ident].country not in (None, country)
    )


def _told(meeting: Meeting, person: Participant, world: World) -> int:
    """How many passages have somebody there, the day before and after included; a copy's are none."""
    there = [
        near.event
        for near in world.met_by.get(person.id, ())
        if abs(near.first - meeting.first) <= 1 and pairs.same_place(near.event.place, meeting.event.place)
    ]
    return len({(world.original(quote.document), quote.text) for event in there for quote in event.evidence})


def _conflict(
    doubted: tuple[Meeting, Participant], other: tuple[Meeting, Participant], alike: str, world: World
) -> Conflict:
    (a, one), (b, another) = doubted, other
    count = _told(b, another, world)
    passages = "another passage has" if count == 1 else f"{count} other passages have"
    return Conflict(
        rule="participant",
        severity="medium",
        field="actors",
        events=[a.event.id, b.event.id],
        actors=[one.id, another.id],
        a=world.side(one.name, world.quote(a.event, one.id), a.event),
        b=world.side(another.name, world.quote(b.event, another.id), b.event),
        reason=f"{passages} {another.name}, {alike}, there at that time",
    )


def elsewhere(world: World) -> Iterator[Conflict]:
    """One person in two countries on one day, in person both times."""
    for ident, met in pairs.by_person_and_day(world):
        for one, other in combinations(met, 2):
            a, b = one.event.place, other.event.place
            there = all(meeting.event.medium == "in_person" for meeting in (one, other))
            if not (there and a and b and a.country and b.country and a.country != b.country):
                continue
            if one.people == other.people and len(one.people) > 1:
                continue  # the rule `place`
            yield Conflict(
                rule="elsewhere",
                severity="low",
                field="place",
                events=[one.event.id, other.event.id],
                actors=[ident],
                a=world.side(a.name, world.quote(one.event, ident), one.event),
                b=world.side(b.name, world.quote(other.event, ident), other.event),
                reason=f"{world.actors[ident].name} in two countries on one day",
            )
