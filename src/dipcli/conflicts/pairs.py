"""Events of two records that are possibly one: what keeps them together, and what apart.

Resolution joins what agrees; where it does not, two records stay. Only meetings of the same people are
looked at here, by the people and the day, never all with all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from dipcli.conflicts.world import Meeting, World
from dipcli.names import normal
from dipcli.records import Place

NEAR = 3
"""Days between two tellings of one meeting, of which one may have the wrong day."""
_ANOTHER = re.compile(
    r"\b(?:again|another|second|third|fourth|final|follow-?up|continued?|resumed?|concluded?|next|further|also)\b",
    re.I,
)
CROWD = 60
"""Meetings of one person on one day, or of one people, of which no more are compared."""


def same_day(world: World) -> Iterator[tuple[Meeting, Meeting]]:
    """Meetings of just the same two people or more on one day."""
    days: dict[tuple[frozenset[str], int], list[Meeting]] = defaultdict(list)
    for meeting in world.meetings:
        if len(meeting.people) > 1 and meeting.first == meeting.last:
            days[meeting.people, meeting.first].append(meeting)
    for met in days.values():
        yield from combinations(met[:CROWD], 2)


def near_days(world: World) -> Iterator[tuple[Meeting, Meeting]]:
    """Meetings of just the same two people or more, one after the other within `NEAR` days."""
    for met in _by_people(world).values():
        for one, other in pairwise(sorted(met, key=lambda meeting: (meeting.first, meeting.event.id))):
            if 0 < other.first - one.last <= NEAR:
                yield one, other


def years_apart(world: World) -> Iterator[tuple[Meeting, Meeting]]:
    """Meetings of just the same two people or more on one day of two neighbouring years."""
    for met in _by_people(world).values():
        by_start = {meeting.event.start: meeting for meeting in met}
        for start, meeting in by_start.items():
            later = f"{int((start or '0')[:4]) + 1}{(start or '')[4:]}"
            if later in by_start:
                yield meeting, by_start[later]


def by_person_and_day(world: World) -> Iterator[tuple[str, Sequence[Meeting]]]:
    """Each person's meetings of one day, where there are several."""
    days: dict[tuple[str, int], list[Meeting]] = defaultdict(list)
    for meeting in world.meetings:
        if meeting.first == meeting.last:
            for ident in meeting.people:
                days[ident, meeting.first].append(meeting)
    for (ident, _), met in days.items():
        if len(met) > 1:
            yield ident, met[:CROWD]


def is_told_as_another(one: Meeting, other: Meeting) -> bool:
    """Whether the later is told as one more meeting: "met again", "a second round", "the next day"."""
    later = max((one, other), key=lambda meeting: meeting.first)
    return any(_ANOTHER.search(quote.text) for quote in later.event.evidence)


def told_apart(one: Meeting, other: Meeting, world: World) -> bool:
    """Whether no document tells both, nor its copy: one that does knows them for two."""
    return world.originals(one.event).isdisjoint(world.originals(other.event))


def same_place(one: Place | None, other: Place | None) -> bool:
    """Whether two places can be one: the same words or a part of them, or one unknown, or a country and a
    place in it."""
    if one is None or other is None:
        return True
    a, b = set(normal(one.name).split()), set(normal(other.name).split())
    if a <= b or b <= a:
        return True
    return one.country == other.country and (is_whole(one) or is_whole(other))


def is_whole(place: Place) -> bool:
    """Whether a place is a whole country."""
    from dipcli.lexicon import countries

    form = countries.lookup(place.name)
    return form is not None and form.sort in ("name", "official", "alias", "former")


def _by_people(world: World) -> dict[frozenset[str], list[Meeting]]:
    found: dict[frozenset[str], list[Meeting]] = defaultdict(list)
    for meeting in world.meetings:
        if len(meeting.people) > 1:
            found[meeting.people].append(meeting)
    return found
