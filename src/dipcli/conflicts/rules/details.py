"""Two tellings of one meeting that differ in the place, or in whether people met or spoke from afar."""

from __future__ import annotations

from collections.abc import Iterator

from dipcli.conflicts import pairs
from dipcli.conflicts.finding import Conflict, Severity
from dipcli.conflicts.world import Meeting, World
from dipcli.records import Place

AFAR = frozenset({"virtual", "telephone"})


def places(world: World) -> Iterator[Conflict]:
    """The same people on the same day at two places."""
    for one, other in pairs.same_day(world):
        a, b = one.event.place, other.event.place
        if a and b and not pairs.same_place(a, b):
            far = a.country != b.country
            yield _conflict(
                "place", "medium" if far else "low", one, other, _named(a), _named(b), "two places", world
            )


def media(world: World) -> Iterator[Conflict]:
    """The same people on the same day in person and from afar, as two documents tell it."""
    for one, other in pairs.same_day(world):
        a, b = (world.media.get(meeting.event.id, set()) for meeting in (one, other))
        apart = any(x == {"in_person"} and y and y <= AFAR for x, y in ((a, b), (b, a)))
        if apart and pairs.told_apart(one, other, world):
            yield _conflict("medium", "medium", one, other, min(a), min(b), "two media", world)


def _conflict(
    rule: str, severity: Severity, one: Meeting, other: Meeting, a: str, b: str, what: str, world: World
) -> Conflict:
    return Conflict(
        rule=rule,
        severity=severity,
        field=rule,
        events=[one.event.id, other.event.id],
        a=world.side(a, world.quote(one.event, *one.people), one.event),
        b=world.side(b, world.quote(other.event, *other.people), other.event),
        reason=f"the same people on the same day, and {what}",
    )


def _named(place: Place) -> str:
    return f"{place.name}, {place.country}" if place.country else place.name
