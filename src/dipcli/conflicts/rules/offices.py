"""One office with two holders at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

from dipcli.conflicts.finding import Conflict
from dipcli.conflicts.world import World, known_days
from dipcli.names import normal
from dipcli.records import Actor, Event
from dipcli.views import participants

TERM = 92
"""Days: who holds an office before and after somebody else within them holds it in between too. Who comes back
to an office after a term of somebody else does so later."""
_MINISTERS = frozenset({"minister", "secretary"})


class Seen(NamedTuple):
    """A day on which a telling calls somebody by an office."""

    day: int
    event: Event
    title: str


@cache
def single_office(title: str | None, country: str | None) -> str | None:
    """The role that a title names, where one person of a country holds it: heads of state and government,
    ministers of something; not vice ministers, generals, ambassadors. None for any other."""
    from dipcli.lexicon import offices

    parsed = offices.parse(title) if title and country else None
    if parsed is None or parsed.rank or parsed.tense != "current" or not parsed.head.office:
        return None
    role = offices.role(title or "", country)
    leads = parsed.head.sort == "leader" and not parsed.portfolio
    heads = parsed.head.sort == "minister" and parsed.portfolio in offices.portfolios().values()
    return role if (leads and "vice" not in role) or heads or role in _ROLES else None


_ROLES = frozenset({"foreign minister", "defense minister", "finance minister", "prime minister"})


def find(world: World) -> Iterator[Conflict]:
    held: dict[tuple[str, str], dict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for event in world.events.values():
        days = known_days(event)
        if days is None or event.status != "occurred":
            continue
        for someone in participants(event):
            office = single_office(someone.title, someone.country)
            known = world.actors.get(someone.id)
            if not known or known.kind != "person" or not someone.title or not someone.country:
                continue
            if office and not _is_of_a_body(known, someone.title, someone.country):
                held[office, someone.country][someone.id].append(Seen(days[0], event, someone.title))
    for (_, country), holders in held.items():
        for one, other in combinations(sorted(holders), 2):
            both = _at_once(sorted(holders[one], key=_day), sorted(holders[other], key=_day))
            if both is not None:
                yield from _conflict((one, both[0]), (other, both[1]), country, world)


def _is_of_a_body(actor: Actor, title: str, country: str) -> bool:
    """Whether the title is of an organisation, not of the country: the president of a committee."""
    of = {role.of for role in actor.roles if normal(role.title) == normal(title)} - {None}
    return bool(of) and country.lower() not in of


def _day(seen: Seen) -> int:
    return seen.day


def _at_once(one: list[Seen], other: list[Seen]) -> tuple[Seen, Seen] | None:
    """The two sightings nearest to each other, where one holder is seen between two sightings of the
    other, or both on one day alone; None where one follows the other."""
    if one[-1].day < other[0].day or other[-1].day < one[0].day:
        return None
    if len({seen.day for seen in (*one, *other)}) > 1 and (
        one[-1].day == other[0].day or other[-1].day == one[0].day
    ):
        return None  # the day of the handover
    for outer, inner in ((one, other), (other, one)):
        for seen in inner:
            before = [mark for mark in outer if mark.day <= seen.day]
            after = [mark for mark in outer if mark.day >= seen.day]
            if before and after and after[0].day - before[-1].day <= TERM:
                nearest = min(before[-1], after[0], key=lambda mark: abs(mark.day - seen.day))
                return (nearest, seen) if outer is one else (seen, nearest)
    return None


def _conflict(
    one: tuple[str, Seen], other: tuple[str, Seen], country: str, world: World
) -> Iterator[Conflict]:
    """Nothing where one sentence names both, which then knows them apart, or tells of former and coming holders."""
    (a, seen), (b, also) = one, other
    quotes = [world.quote(event.event, ident) for ident, event in (one, other)]
    if quotes[0] == quotes[1] or any(quote and _tells_of_others(quote.text) for quote in quotes):
        return
    names = [world.actors[ident].name for ident in (a, b)]
    yield Conflict(
        rule="office",
        severity="medium",
        field="office",
        events=list(dict.fromkeys([seen.event.id, also.event.id])),
        actors=[a, b],
        a=world.side(f"{names[0]}, {seen.title}", quotes[0], seen.event),
        b=world.side(f"{names[1]}, {also.title}", quotes[1], also.event),
        reason=f"two people in one office of {country} at a time",
    )


def _tells_of_others(text: str) -> bool:
    from dipcli.lexicon import offices

    tenses = offices.tenses()
    return any(tenses.get(word, "current") != "current" for word in normal(text).split())
