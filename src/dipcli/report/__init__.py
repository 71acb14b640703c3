"""Events as one self-contained page: timeline, network, pairs, and a table that opens each quote.

The page is `page/report.html` with its style, its scripts and its charts' specifications beside it; the
charts are drawn by Vega, which is part of the page. It asks the network for nothing: a Content-Security-
Policy allows the scripts that it was made with, by their digests, and nothing else. The same events give the
same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

import msgspec

from dipcli.chronology import span_title, summed
from dipcli.output.text import clean, counted
from dipcli.query import Snapshot
from dipcli.records import Event
from dipcli.report.data import AROUND, Json, contents
from dipcli.report.vega import library

_PAGE = Path(__file__).with_name("page")
_SCRIPTS = ("model", "filters", "table", "timeline", "network", "matrix", "main")
"""The page's own scripts, in the order in which they stand in its one module."""
_CHARTS = ("timeline", "network")
_SLOT = re.compile(r"@(\w+)@")


def report(
    snapshot: Snapshot,
    events: Iterable[Event],
    *,
    title: str | None = None,
    quotes: bool = True,
    asked: str = "",
) -> bytes:
    """The page as UTF-8.

    title: else the time that the events span; quotes: whether it holds text of the documents; asked: what
    the events were chosen by, as the reader is to see it

    Raises ExtraMissing where the chart library is not installed.
    """
    chosen = list(events)
    found = contents(snapshot, chosen, quotes=quotes)
    heading = clean(title) if title else span_title("Events", chosen)
    style = (_PAGE / "report.css").read_text(encoding="utf-8")
    script = "\n".join((_PAGE / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS)
    charts = library()
    slots = {
        "policy": _policy(style, [charts, script]),
        "title": escape(heading),
        "about": escape(
            summed(chosen, len(found["documents"])) + f" Chosen by: {clean(asked)}" * bool(asked)
        ),
        "text": escape(_text_held(found, quotes)),
        "made": "Made by dipcli. This page is whole: it loads nothing, and sends nothing.",
        "style": style,
        "data": _embedded(found),
        "library": charts,
        "script": script,
    }
    page = (_PAGE / "report.html").read_text(encoding="utf-8")
    return _SLOT.sub(lambda slot: slots[slot[1]], page).encode(errors="replace")


def _text_held(found: Json, quotes: bool) -> str:
    """What text of documents the page holds."""
    documents = counted(len(found["documents"]), "documents")
    if not quotes:
        return f"This page holds no text of the {documents}, only where each event is told."
    passages = counted(sum(len(event["evidence"]) for event in found["events"]), "passages")
    return (
        f"This page holds {passages} of these {documents}, each with up to {AROUND} characters on either "
        "side. Whoever has the page has this text."
    )


def _embedded(found: Json) -> str:
    """The data as JSON that cannot end the element which holds it."""
    charts = {name: json.loads((_PAGE / f"{name}.json").read_text(encoding="utf-8")) for name in _CHARTS}
    text = msgspec.json.encode(found | {"charts": charts}).decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _policy(style: str, scripts: list[str]) -> str:
    digests = " ".join(map(_digest, scripts))
    return f"default-src 'none'; script-src {digests}; style-src {_digest(style)}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
