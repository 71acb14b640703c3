"""Events of the index that a line of a draft may mean: where they agree, and the one thing in which they differ."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from dipcli import dates
from dipcli.conflicts.claims import Claim, Who
from dipcli.conflicts.pairs import same_place
from dipcli.conflicts.world import World
from dipcli.records import Event, Participant
from dipcli.resolution.tables import APART, FAMILY
from dipcli.views import event_intervals, participants

SLIP = 40
"""Days from the date of a meeting of the same people at which a draft is thought to mean that meeting."""
YEAR = 366
"""The same where they met at the place that the draft tells."""
CLOSE = 3
"""The same for what one country or person did, which may be often."""
MONTH = 31
"""Days: sources that tell a date less exactly bear out no line."""


class Match(NamedTuple):
    """An event of the index beside a claim: in which fields they differ."""

    event: Event
    differs: dict[str, tuple[str, str]]
    """By field: what the draft says, what the index has."""
    days: int
    """Between the dates."""
    exact: bool
    """Whether everybody is named in both, and the index has the date as exactly as the draft, or nearly."""

    @property
    def supports(self) -> bool:
        return self.exact and not self.differs


class Index:
    """The events of the index by who takes part and by day."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._by_actor: dict[str, list[Event]] = defaultdict(list)
        self._by_day: dict[str, list[Event]] = defaultdict(list)
        for event in world.events.values():
            for ident in {someone.id for someone in participants(event)}:
                self._by_actor[ident].append(event)
            for start, end in event_intervals(event):
                if start == end:
                    self._by_day[start].append(event)

    def near(self, claim: Claim) -> list[Event]:
        """Events of somebody named in a claim, or of its day and one of its countries, of the same family."""
        found: dict[str, Event] = {}
        for who in claim.who:
            if who.ident is not None:
                found |= {event.id: event for event in self._by_actor.get(who.ident, ())}
        if claim.interval:
            for event in self._by_day.get(claim.interval[0], ()):
                if roots(event) & claim.roots:
                    found[event.id] = event
        family = FAMILY[claim.told.type]
        return [event for event in found.values() if FAMILY[event.type] == family]


def roots(event: Event) -> frozenset[str]:
    """The countries of all who take part."""
    return frozenset(someone.country for someone in participants(event) if someone.country)


def matches(claim: Claim, index: Index) -> list[Match]:
    """Events that are just what a claim says, those that differ from it in one thing, the nearest in time
    first, and those that say the same less exactly."""
    found = [match for event in index.near(claim) if (match := _match(claim, event, index))]
    return sorted(
        found, key=lambda match: (not match.supports, not match.differs, match.days, match.event.id)
    )


def _match(claim: Claim, event: Event, index: Index) -> Match | None:
    days = _days(claim, event)
    missing = [who for who in claim.who if who.needed and not _takes_part(who, event)]
    if days is None or not claim.who or len(missing) > 1:
        return None
    if event.status == "planned" and claim.told.status != "planned":
        return None
    ids = {someone.id for someone in participants(event)}
    differs: dict[str, tuple[str, str]] = {}
    if days:
        if not _is_near(claim, event, days, index):
            return None
        differs["date"] = _shown_claim(claim), shown(event)
    if missing:
        rival = _rival(missing[0], claim, event, index)
        if rival is None:
            return None
        differs["person"] = missing[0].name, rival.name
    if claim.told.place and event.place and not same_place(claim.event.place, event.place):
        differs["place"] = claim.told.place, event.place.name
    differs |= _manner(claim, event)
    named = all(who.kind != "person" or who.ident in ids or who in missing for who in claim.who)
    exact = named and _is_exact(claim, event)
    return Match(event, differs, days, exact) if len(differs) < 2 and (exact or not differs) else None


def _days(claim: Claim, event: Event) -> int | None:
    """Days between what a claim says and what is told of an event: 0 where one date lies within the other."""
    if claim.interval is None:
        return None
    start, end = claim.interval
    apart = []
    for first, last in event_intervals(event):
        nested = (first <= start and end <= last) or (start <= first and last <= end)
        apart.append(0 if nested else max(1, between(end, first), between(last, start)))
    return min(apart, default=None)


def between(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def _takes_part(who: Who, event: Event) -> bool:
    """Whether somebody named in a draft takes part in an event, or their country stands for them there."""
    if any(someone.id == who.ident for someone in participants(event)):
        return True
    if who.kind == "person":
        return who.country is not None and any(
            someone.id == who.country.lower() for someone in participants(event)
        )
    return who.country is not None and who.country in roots(event)


def _is_near(claim: Claim, event: Event, days: int, index: Index) -> bool:
    """Whether a claim with another date may well mean this event: a meeting of just the same people, or the
    same kind of act, or one at the same place, of the same countries, a few days away."""
    people = {p.id for p in index.world.people(event)}
    here = claim.event.place is not None and event.place is not None
    placed = here and same_place(claim.event.place, event.place)
    slipped = _is_year_slip(claim, event)
    if len(people) < 2:
        kind = claim.told.type == event.type and (placed or claim.told.mode == event.mode is not None)
        return kind and (days <= CLOSE or (placed and slipped and bool(people)))
    if people != {who.ident for who in claim.who if who.kind == "person"}:
        return False
    return days <= SLIP or slipped or (placed and days <= YEAR)


def _is_year_slip(claim: Claim, event: Event) -> bool:
    """Whether the days are the same, or one lies within the other, but for the year before or after."""
    if claim.interval is None or event.start is None or event.end is None:
        return False
    one, other = [day[5:] for day in claim.interval], [event.start[5:], event.end[5:]]
    nested = (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])
    return nested and abs(int(claim.interval[0][:4]) - int(event.start[:4])) == 1


def _rival(missing: Who, claim: Claim, event: Event, index: Index) -> Participant | None:
    """Who takes part in the place of somebody named in a draft: the one other person of the same country,
    beside somebody, or at a place, that both tell of."""
    named = {who.ident for who in claim.who}
    others = [p for p in index.world.people(event) if p.id not in named]
    if missing.kind != "person" or len(others) != 1:
        return None
    (rival,) = others
    if missing.country and rival.country and missing.country != rival.country:
        return None
    shared = any(p.id in named for p in index.world.people(event))
    placed = claim.event.place is not None and event.place is not None
    return rival if shared or (placed and claim.roots <= roots(event)) else None


def _manner(claim: Claim, event: Event) -> dict[str, tuple[str, str]]:
    """How they met, and whether they did, where both say so. (An index has "in person" where nothing is said.)"""
    differs = {}
    said, told = claim.told.medium, event.medium
    if said and told and frozenset((said, told)) in APART and (told != "in_person" or event.place):
        differs["medium"] = said.replace("_", " "), told.replace("_", " ")
    if claim.told.status == "occurred" and event.status == "cancelled":
        differs["status"] = "occurred", "cancelled"
    return differs


def _is_exact(claim: Claim, event: Event) -> bool:
    """Whether the date of an event is known as exactly as a claim says it, or by the month."""
    if claim.interval is None or event.start is None or event.end is None:
        return False
    return between(event.start, event.end) <= max(MONTH, between(*claim.interval))


def shown(event: Event) -> str:
    if event.start is None or event.end is None:
        return "no date"
    return dates.format_interval(event.start, event.end, event.precision)


def _shown_claim(claim: Claim) -> str:
    assert claim.interval
    return dates.format_interval(*claim.interval, claim.told.precision)
