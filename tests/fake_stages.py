"""Stand-ins for framing and extraction, so that what is tested is the ingest alone.

A line `2022-05-16 Ada Berg met Cem Aydin` is an event; every other line is left out.
"""

from __future__ import annotations

import re
import sys
from types import ModuleType

import pytest

from dipcli import extraction
from dipcli.errors import DocumentError
from dipcli.mentions import ActorMention, EventMention, LeftOut, Mentions, Span
from dipcli.reading.metadata import completed
from dipcli.records import Document

LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\w+ \w+) met (\w+ \w+)")


def extract(document: Document, settings: extraction.Settings) -> Mentions:
    actors: dict[str, ActorMention] = {}
    events, left_out, start = [], [], 0
    for number, line in enumerate(document.text.split("\n")):
        span = Span(char_start=start, char_end=start + len(line))
        start += len(line) + 1
        if line == "poison":
            raise DocumentError("takes too long")
        if not (told := LINE.fullmatch(line)):
            if line:
                left_out.append(LeftOut(reason="no-date", char_start=span.char_start, char_end=span.char_end))
            continue
        for group in (2, 3):
            place = Span(
                char_start=span.char_start + told.start(group), char_end=span.char_start + told.end(group)
            )
            known = actors.get(told[group])
            actors[told[group]] = ActorMention(
                key=told[group],
                name=told[group],
                kind="person",
                spans=[*known.spans, place] if known else [place],
                sentence=known.sentence if known else span,
                rule="test",
            )
        events.append(
            EventMention(
                key=f"e{number}",
                start=told[1],
                end=told[1],
                precision="day",
                date_text=told[1],
                type="CONSULT",
                trigger="meet",
                actors=[told[2], told[3]],
                sentence=span,
                reasons=[],
                confidence=0.9,
            )
        )
    return Mentions(
        document=document.id,
        sha256=document.sha256,
        fingerprint=extraction.fingerprint(settings),
        actors=list(actors.values()),
        events=events,
        left_out=left_out,
    )


def frame(document: Document) -> Document:
    return completed(document)


def install(patch: pytest.MonkeyPatch) -> None:
    module = ModuleType("dipcli.extraction.frame")
    module.frame = frame  # type: ignore[attr-defined]
    patch.setitem(sys.modules, "dipcli.extraction.frame", module)
    patch.setattr(extraction, "extract", extract)
    patch.setattr(extraction, "fingerprint", lambda settings: "test:1")
