"""An event that no document tells, as a document of its own: a person's words are its text.

Such a document and its mentions are a pure function of the decision, so that nothing needs to be extracted.
It goes through resolution as any other: its people are those of the other documents, and where one of them
comes to tell the event too, the two tellings are brought together.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import TypeVar

from msgspec import UnsetType

from dipcli.decisions.types import Add, Decision, Who
from dipcli.decisions.values import PEOPLE
from dipcli.mentions import ActorMention, EventMention, Mentions, Reason, Span, TitleMention
from dipcli.records import Document

FINGERPRINT = "decisions"
"""In the place of what extracted the mentions of a document."""
TRIGGER = "added"
FOLDER = "notes"
END = "\n\nAdded by hand.\n"
"""Below a person's words: no document of the same words is the same document."""
T = TypeVar("T")


def documents(decisions: Iterable[Decision]) -> list[tuple[Document, Mentions]]:
    """The documents that the decisions add, with their mentions: one for each text."""
    by_text: dict[str, list[Add]] = {}
    for decision in decisions:
        if isinstance(decision, Add):
            by_text.setdefault(decision.text, []).append(decision)
    return [(_document(same), _mentions(same)) for same in by_text.values()]


def document_id(decision: Add) -> str:
    return f"doc-{_digest(decision.text)[:12]}"


def _digest(text: str) -> str:
    return hashlib.sha256((text + END).encode(errors="replace")).hexdigest()


def _document(same: list[Add]) -> Document:
    ident, text = document_id(same[0]), same[0].text
    path = f"{FOLDER}/{ident}.txt"
    return Document(
        id=ident,
        path=path,
        paths=[path],
        sha256=_digest(text),
        media_type="text/plain",
        title="Note",
        authors=list(dict.fromkeys(decision.by for decision in same)),
        text=text + END,
    )


def _mentions(same: list[Add]) -> Mentions:
    whole = Span(char_start=0, char_end=len(same[0].text))
    actors: dict[tuple[str, str, str | None], ActorMention] = {}
    events = []
    for decision in same:
        sides: dict[str, list[Who]] = {side: _or(getattr(decision.set, side), []) for side in PEOPLE}
        for who in [who for people in sides.values() for who in people]:
            actor = actors.get(_key(who)) or _actor(who, f"a{len(actors)}", same[0].text, whole)
            actors[_key(who)] = actor
        events.append(_event(decision, sides, actors, whole))
    return Mentions(
        document=document_id(same[0]),
        sha256=_digest(same[0].text),
        fingerprint=FINGERPRINT,
        actors=list(actors.values()),
        events=events,
    )


def _event(
    decision: Add,
    sides: dict[str, list[Who]],
    actors: dict[tuple[str, str, str | None], ActorMention],
    whole: Span,
) -> EventMention:
    values = decision.set
    place = _or(values.place, None)
    return EventMention(
        key=decision.id,
        start=_or(values.start, None),
        end=_or(values.end, None),
        precision=_or(values.precision, "unknown"),
        type="OTHER" if isinstance(values.type, UnsetType) else values.type,
        mode=_or(values.mode, None),
        contexts=_or(values.contexts, []),
        trigger=TRIGGER,
        status=_or(values.status, "occurred"),
        certainty=_or(values.certainty, "stated"),
        actors=[actors[_key(who)].key for who in sides["actors"]],
        recipients=[actors[_key(who)].key for who in sides["recipients"]],
        asserted_by=[actors[_key(who)].key for who in sides["asserted_by"]],
        titles={actors[_key(who)].key: who.title for people in sides.values() for who in people if who.title},
        place=place.name if place else None,
        place_country=place.country if place else None,
        medium=_or(values.medium, None),
        sentence=whole,
        reasons=[
            Reason(field=field, rule=TRIGGER, char_start=span.char_start, char_end=span.char_end)
            for field, span in (
                *((field, whole) for field in ("date", "type", "status", "certainty", "place", "medium")),
                *((side, actors[_key(who)].spans[0]) for side, people in sides.items() for who in people),
            )
        ],
        confidence=1.0,
    )


def _actor(who: Who, key: str, text: str, whole: Span) -> ActorMention:
    """Somebody named in a note: where the text has the name, else by all of it."""
    named = re.search(r"\s+".join(map(re.escape, who.name.split())), text)
    span = Span(char_start=named.start(), char_end=named.end()) if named else whole
    titles = []
    if who.title:
        title = TitleMention(
            title=who.title, char_start=span.char_start, char_end=span.char_end, sentence=whole
        )
        titles.append(title)
    return ActorMention(
        key=key,
        name=who.name,
        kind=who.kind,
        country=who.country,
        titles=titles,
        spans=[span],
        sentence=whole,
        rule=TRIGGER,
    )


def _key(who: Who) -> tuple[str, str, str | None]:
    return who.name, who.kind, who.country


def _or(value: T | UnsetType, default: T) -> T:
    return default if isinstance(value, UnsetType) else value
