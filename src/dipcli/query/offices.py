"""Who held an office in a span, and between which sightings it lies where nobody is seen to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from dipcli.dates import format_interval
from dipcli.names.titles import same_title
from dipcli.query.actors import directory, resolve_country
from dipcli.query.filters import Filters
from dipcli.query.stored import Snapshot
from dipcli.records import Actor, Role, Struct
from dipcli.views import role_interval

SAID = 3
"""Offices that a note tells of."""


class Sighting(Struct, frozen=True, kw_only=True):
    """Somebody in an office, from when to when: as stated, else as first and last seen."""

    id: str
    name: str
    title: str
    first_seen: str
    last_seen: str


class Tenure(Struct, frozen=True, kw_only=True):
    """An office of one country or organisation in a span; nobody is made out to hold it between sightings."""

    of: str | None
    """The id of the country or organisation; null where it is not known."""
    holders: list[Sighting]
    """Seen to hold it in the span."""
    before: Sighting | None
    """The last one seen to hold it before."""
    after: Sighting | None
    """The first one seen to hold it after."""


def tenures(
    snapshot: Snapshot, title: str, since: str | None, until: str | None, of: Collection[str] = ()
) -> list[Tenure]:
    """The offices of a title, by whose they are.

    since, until: the span, ISO; null where open
    of: only those of these actors' ids; empty: all
    """
    held: dict[str | None, list[Sighting]] = {}
    for actor in directory(snapshot).having(title=title):
        for role in actor.roles:
            whose = role.of or (actor.country.lower() if actor.country else None)
            days = role_interval(role)
            if days and same_title(title, role.title) and (not of or whose in of):
                seen = Sighting(
                    id=actor.id, name=actor.name, title=role.title, first_seen=days[0], last_seen=days[1]
                )
                held.setdefault(whose, []).append(seen)
    return [
        _tenure(whose, held[whose], since, until) for whose in sorted(held, key=lambda of: (of is None, of))
    ]


def _tenure(of: str | None, seen: Iterable[Sighting], since: str | None, until: str | None) -> Tenure:
    ordered = sorted(seen, key=lambda one: (one.first_seen, one.last_seen, one.id))
    before = [one for one in ordered if since and one.last_seen < since]
    after = [one for one in ordered if until and one.first_seen > until]
    return Tenure(
        of=of,
        holders=[one for one in ordered if one not in before and one not in after],
        before=max(before, key=lambda one: (one.last_seen, one.first_seen), default=None),
        after=next(iter(after), None),
    )


def neighbours(snapshot: Snapshot, actor: Actor, role: Role) -> tuple[Sighting | None, Sighting | None]:
    """Who else is seen to hold an office last before an actor, and first after."""
    days = role_interval(role)
    whose = role.of or (actor.country or "").lower()
    if not days or not whose:
        return None, None
    found = tenures(snapshot, role.title, *days, {whose})
    return (found[0].before, found[0].after) if found else (None, None)


def between(title: str, found: Iterable[Tenure]) -> str | None:
    """What to say of an office that nobody is seen to hold; None where somebody is, or nobody ever was."""
    open_ones = [one for one in found if not one.holders]
    if not open_ones:
        return None
    said = [f"{title}{f' of {one.of}' if one.of else ''}: {', '.join(_sightings(one))}" for one in open_ones]
    more = [f"and {len(said) - SAID} more; --country narrows it"] if len(said) > SAID else []
    return "; ".join([*said[:SAID], *more])


def _sightings(tenure: Tenure) -> Iterator[str]:
    if tenure.before:
        yield f"{tenure.before.name} last seen {_day(tenure.before.last_seen)}"
    if tenure.after:
        yield f"{tenure.after.name} first seen {_day(tenure.after.first_seen)}"


def _day(iso: str) -> str:
    return format_interval(iso, iso, "day")


def suggestion(snapshot: Snapshot, filters: Filters, since: str | None, until: str | None) -> str | None:
    """What to say where `actors --role` finds nobody in a span; None where there is nothing to say."""
    of = {resolve_country(land).alpha3.lower() for land in filters.country}
    said = (between(title, tenures(snapshot, title, since, until, of)) for title in filters.role)
    return "; ".join(filter(None, said)) or None
