"""Documents and mentions by hand, for tests of resolution: every telling is a line of its own.

story = Story("one")
wang = story.person("Wang Yi", "CHN", "Foreign Minister")
story.tells("2022-05-16", "CONSULT", [wang, park], medium="virtual")
resolved = resolve_stories(story)
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from typing import Any

from dipcli.mentions import (
    ActorMention,
    EventMention,
    Mentions,
    Reason,
    RelationMention,
    Span,
    TitleMention,
)
from dipcli.records import Document, Published
from dipcli.resolution import Resolved, resolve


def interval(when: str | None) -> tuple[str | None, str | None, str]:
    """Start, end and precision of `2022-05-16`, `2022-05-03/2022-05-06`, `2022-05`, `2022` or None."""
    if when is None:
        return None, None, "unknown"
    if "/" in when:
        start, end = when.split("/")
        return start, end, "range"
    if len(when) == 4:
        return f"{when}-01-01", f"{when}-12-31", "year"
    if len(when) == 7:
        last = calendar.monthrange(int(when[:4]), int(when[5:]))[1]
        return f"{when}-01", f"{when}-{last}", "month"
    return when, when, "day"


class Story:
    """A document in the making; `document` and `mentions` give it as it is so far."""

    def __init__(self, name: str, published: str | None = None) -> None:
        self.id = f"doc-{name}"
        self._published = published
        self._text = ""
        self._actors: dict[str, ActorMention] = {}
        self._events: list[EventMention] = []
        self._relations: list[RelationMention] = []

    def line(self, text: str) -> Span:
        start = len(self._text)
        self._text += text + "\n"
        return Span(char_start=start, char_end=start + len(text))

    def actor(
        self, kind: str, name: str, country: str | None, *titles: str | TitleMention, **more: Any
    ) -> str:
        key = f"a{len(self._actors)}"
        span = self.line(f"{name} is here.")
        held = [
            title
            if isinstance(title, TitleMention)
            else TitleMention(title=title, char_start=span.char_start, char_end=span.char_end, sentence=span)
            for title in titles
        ]
        word = Span(char_start=span.char_start, char_end=span.char_start + len(name))
        self._actors[key] = ActorMention(
            key=key,
            name=name,
            kind=kind,  # type: ignore[arg-type]
            country=country,
            titles=held,
            spans=[word],
            sentence=span,
            rule="test",
            **more,
        )
        return key

    def person(self, name: str, country: str | None = None, *titles: str | TitleMention, **more: Any) -> str:
        return self.actor("person", name, country, *titles, **more)

    def country(self, name: str, country: str | None, **more: Any) -> str:
        return self.actor("country", name, country, **more)

    def body(self, name: str, country: str | None = None, **more: Any) -> str:
        return self.actor("organization", name, country, **more)

    def office(self, title: str, country: str) -> str:
        return self.actor("office", title, country, title)

    def title(self, title: str, **more: Any) -> TitleMention:
        span = self.line(f"{title} it is.")
        return TitleMention(
            title=title, char_start=span.char_start, char_end=span.char_end, sentence=span, **more
        )

    def tells(
        self,
        when: str | None,
        type: str,
        actors: Iterable[str],
        recipients: Iterable[str] = (),
        *,
        text: str | None = None,
        sentence: Span | None = None,
        trigger: str = "meet",
        **more: Any,
    ) -> str:
        key = f"e{len(self._events)}"
        start, end, precision = interval(when)
        self._events.append(
            EventMention(
                key=key,
                start=start,
                end=end,
                precision=precision,  # type: ignore[arg-type]
                type=type,  # type: ignore[arg-type]
                trigger=trigger,
                actors=list(actors),
                recipients=list(recipients),
                sentence=sentence or self.line(text or f"Telling {key} of {when}."),
                reasons=[Reason(field="type", rule="test", char_start=0, char_end=1)],
                **{"confidence": 0.7, **more},
            )
        )
        return key

    def states(self, subject: str, relation: str, object: str, **more: Any) -> None:
        self._relations.append(
            RelationMention(
                subject=subject,
                relation=relation,  # type: ignore[arg-type]
                object=object,
                sentence=self.line(f"{subject} {relation} {object}."),
                rule="test",
                **more,
            )
        )

    @property
    def document(self) -> Document:
        published = None
        if self._published:
            start, end, precision = interval(self._published)
            assert start and end
            published = Published(start=start, end=end, precision=precision, basis="printed")  # type: ignore[arg-type]
        return Document(
            id=self.id,
            path=f"{self.id}.txt",
            paths=[f"{self.id}.txt"],
            sha256=self.id,
            media_type="text/plain",
            published=published,
            text=self._text,
        )

    @property
    def mentions(self) -> Mentions:
        return Mentions(
            document=self.id,
            sha256=self.id,
            fingerprint="test",
            actors=list(self._actors.values()),
            events=self._events,
            relations=self._relations,
        )


def resolve_stories(*stories: Story) -> Resolved:
    return resolve([story.document for story in stories], [story.mentions for story in stories])
