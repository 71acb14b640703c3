"""An event told as planned of which no document tells that it took place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from dipcli.conflicts.finding import Conflict
from dipcli.conflicts.world import World, dated, known_days
from dipcli.records import Event
from dipcli.views import participants

_ANY = ("CONSULT", "AGREE", "SUPPORT")
"""Types that writers tell of what was planned by another."""


def find(world: World) -> Iterator[Conflict]:
    """By the documents' own time: only where one that was published later names everybody concerned."""
    past: dict[str, list[Event]] = defaultdict(list)
    for event in world.events.values():
        if event.status != "planned":
            for root in _roots(event):
                past[root].append(event)
    for event in world.events.values():
        if (
            event.status != "planned"
            or event.start is None
            or event.end is None
            or event.certainty == "denied"
            or event.id in world.past
        ):
            continue
        later = _later(event, world)
        roots = _roots(event)
        if later and len(roots) > 1 and not _word(event, roots, past, world):
            source = world.sources[later]
            yield Conflict(
                rule="planned",
                severity="low",
                field="status",
                events=[event.id],
                documents=[later],
                a=world.side(
                    f"planned for {dated(event)}",
                    world.quote(event),
                    event,
                ),
                b=world.side("no word of it"),
                reason=f"no document tells that it took place, though {source.title} is later and names all concerned",
            )


def _roots(event: Event) -> frozenset[str]:
    """Everybody's country, or they themselves where none is known."""
    return frozenset(someone.country or someone.id for someone in participants(event))


def _later(event: Event, world: World) -> str | None:
    """The first document published after the event that names all who were to take part; None where one of
    those writes the day itself, though extraction may have found nothing in it."""
    named = [set(world.actors[p.id].documents) for p in participants(event) if p.id in world.actors]
    if not named:
        return None
    told = world.originals(event)
    after = [
        (source.published.start, ident)
        for ident in set.intersection(*named)
        if world.original(ident) not in told
        and (source := world.sources.get(ident))
        and source.published
        and source.published.start > (event.end or "")
    ]
    day = date.fromisoformat(event.end or event.start or "")
    if event.precision in ("day", "range") and any(
        ident in world.written.get((day.month, day.day), ()) for _, ident in after
    ):
        return None
    return min(after, default=("", None))[1]


def _word(event: Event, roots: frozenset[str], past: dict[str, list[Event]], world: World) -> bool:
    """Whether anything is told of one of them on the very day, or of all of them from then on: of the
    kind, or that it was called off; by another document, of another kind too."""
    span, own = known_days(event), world.originals(event)
    return any(_on(told, span) for root in roots for told in past.get(root, ())) or any(
        told.end is not None
        and told.end >= (event.start or "")
        and roots <= _roots(told)
        and (
            told.type == event.type
            or told.status == "cancelled"
            or (told.type in _ANY and not world.originals(told) <= own)
        )
        for told in min((past.get(root, []) for root in roots), key=len)
    )


def _on(told: Event, span: tuple[int, int] | None) -> bool:
    days = known_days(told)
    return span is not None and days is not None and days[0] <= span[1] + 1 and span[0] - 1 <= days[1]
