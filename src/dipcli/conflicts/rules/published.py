"""A document dated before what it tells as past; one conflict a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dipcli.conflicts.finding import Conflict
from dipcli.conflicts.tense import is_past
from dipcli.conflicts.world import Page, World, typed

_YEAR = re.compile(r"\b[12]\d{3}\b")
_AWAY = 1
"""Days that a place of publication may be behind the place of an event."""


def find(page: Page, world: World) -> Iterator[Conflict]:
    published = page.document.published
    if published is None or published.basis == "inferred":
        return
    last = date.fromisoformat(published.end).toordinal() + _AWAY
    late = {
        told.sentence.char_start: told
        for told in page.mentions.events
        if told.start
        and date.fromisoformat(told.start).toordinal() > last
        and _YEAR.search(told.date_text or "")
        and (told.status == "occurred" or is_past(page.document.text, told))
    }
    if late:
        first = min(late.values(), key=lambda told: (told.start or "", told.sentence.char_start))
        quote = page.told(first)
        more = f", and {len(late) - 1} more" if len(late) > 1 else ""
        yield Conflict(
            rule="published",
            severity="medium",
            field="date",
            events=[event.id for event in world.told_in(quote) if event.type == first.type],
            documents=[page.document.id],
            a=world.side(typed(first.start, first.end, first.precision), quote),
            b=world.side(
                f"published {typed(published.start, published.end, published.precision)}", published.evidence
            ),
            reason=f"tells as past what happened after its own date ({published.basis}){more}",
        )
