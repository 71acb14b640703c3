"""One event with two dates: told of one record, or of two that are possibly the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dipcli.conflicts import pairs
from dipcli.conflicts.finding import Conflict
from dipcli.conflicts.world import Meeting, World, at, dated
from dipcli.records import Doubt, Event, Evidence


def find(world: World) -> Iterator[Conflict]:
    for event in world.events.values():
        for doubt in event.doubts:
            yield from _doubted(event, doubt, world)
    for one, other in pairs.near_days(world):
        if _possibly_same(one, other, world) and not pairs.is_told_as_another(one, other):
            yield _pair(
                one,
                other,
                "the same people met in two documents, with days so near that one may be wrong",
                world,
            )
    for one, other in pairs.years_apart(world):
        both = one.event.place and other.event.place
        if both and _possibly_same(one, other, world):
            yield _pair(one, other, "the same people, place and day, but another year", world)


def _doubted(event: Event, doubt: Doubt, world: World) -> Iterator[Conflict]:
    """What resolution noted: another telling of the event gives another date. (A doubt about the words of a
    date is the rules' `chronology` and `weekday`.)"""
    told = next(
        (quote for quote in event.evidence if doubt.evidence and at(quote) == at(doubt.evidence)), None
    )
    if doubt.field != "date" or not doubt.alternative or told is None or _is_slip(event, doubt):
        return
    others = [quote for quote in event.evidence if quote != told and not _copied(quote, told, world)]
    own = max(others, key=lambda quote: quote.date_text is not None, default=None)
    if own is not None:
        yield Conflict(
            rule="date",
            severity="medium",
            field="date",
            events=[event.id],
            a=world.side(dated(event), own, event),
            b=world.side(_typed(doubt.alternative), told, event),
            reason="two tellings of one event give it different dates",
        )


def _typed(alternative: str) -> str:
    """The date of a doubt (`A` or `A/B`) as it is typed: a whole month or year by its name."""
    start, _, end = alternative.partition("/")
    if not end or start == end:
        return start
    if (start[4:], end[4:]) == ("-01-01", "-12-31") and start[:4] == end[:4]:
        return start[:4]
    ends_month = (date.fromisoformat(end) + timedelta(1)).day == 1
    return start[:7] if start[:7] == end[:7] and start[7:] == "-01" and ends_month else f"{start}..{end}"


def _copied(one: Evidence, other: Evidence, world: World) -> bool:
    """Whether one quote is of a copy of the other's document."""
    return one.document != other.document and world.original(one.document) == world.original(other.document)


def _is_slip(event: Event, doubt: Doubt) -> bool:
    """Whether the line of a chronology is doubted for the same date."""
    start, _, end = (doubt.alternative or "").partition("/")
    others = [other.alternative for other in event.doubts if other is not doubt and other.field == "date"]
    return any(other and start <= other <= (end or start) for other in others)


def _possibly_same(one: Meeting, other: Meeting, world: World) -> bool:
    media = [world.media.get(meeting.event.id, set()) for meeting in (one, other)]
    return (
        pairs.told_apart(one, other, world)
        and pairs.same_place(one.event.place, other.event.place)
        and (not all(media) or not media[0].isdisjoint(media[1]))
    )


def _pair(one: Meeting, other: Meeting, reason: str, world: World) -> Conflict:
    a, b = one.event, other.event
    return Conflict(
        rule="date",
        severity="medium",
        field="date",
        events=[a.id, b.id],
        a=world.side(dated(a), world.quote(a, *one.people), a),
        b=world.side(dated(b), world.quote(b, *other.people), b),
        reason=reason,
    )
