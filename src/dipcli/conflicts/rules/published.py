"""A document dated before what it tells as past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dipcli import dates
from dipcli.conflicts.finding import Conflict
from dipcli.conflicts.world import Page, World

_YEAR = re.compile(r"\b[12]\d{3}\b")
_AWAY = 1
"""Days that a place of publication may be behind the place of an event."""


def find(page: Page, world: World) -> Iterator[Conflict]:
    published = page.document.published
    if published is None or published.basis == "inferred":
        return
    last = date.fromisoformat(published.end).toordinal() + _AWAY
    seen: set[int] = set()
    for told in page.mentions.events:
        if (
            told.status == "occurred"
            and told.start
            and told.end
            and date.fromisoformat(told.start).toordinal() > last
            and _YEAR.search(told.date_text or "")
            and told.sentence.char_start not in seen
        ):
            seen.add(told.sentence.char_start)
            quote = page.told(told)
            told_of = dates.format_interval(told.start, told.end, told.precision)
            printed = dates.format_interval(published.start, published.end, published.precision)
            yield Conflict(
                rule="published",
                severity="medium",
                field="date",
                events=[event.id for event in world.told_in(quote) if event.type == told.type],
                documents=[page.document.id],
                a=world.side(told_of, quote),
                b=world.side(f"published {printed}", published.evidence),
                reason=f"tells as past what happened after its own date ({published.basis})",
            )
