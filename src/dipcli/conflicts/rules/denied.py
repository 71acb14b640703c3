"""An event that one telling states and another denies."""

from __future__ import annotations

from collections.abc import Iterator

from dipcli.conflicts.finding import Conflict
from dipcli.conflicts.world import World, at


def find(world: World) -> Iterator[Conflict]:
    for event in world.events.values():
        for doubt in event.doubts:
            told = doubt.evidence
            if doubt.field != "certainty" or doubt.alternative != "denied" or told is None:
                continue
            others = [quote for quote in event.evidence if at(quote) != at(told)]
            if others:
                yield Conflict(
                    rule="denied",
                    severity="medium",
                    field="certainty",
                    events=[event.id],
                    a=world.side(event.certainty, others[0], event),
                    b=world.side("denied", told, event),
                    reason="one telling states it, another denies it",
                )
