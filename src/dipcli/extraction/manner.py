"""What kind of text a document is, by its manner: a release to the press, a record of a meeting, a history."""

from __future__ import annotations

import re

from dipcli.reading.front_matter import body_start
from dipcli.records import Document


def is_history(document: Document) -> bool:
    """Whether no more is known of when a text was written than that it was after what it tells last."""
    known = document.published
    return known is not None and known.basis == "inferred" and known.end > known.start[:8] + "31"


_HEAD = 600
"""So many characters on top may say what a text is."""
_RECORD = re.compile(
    r"\b(?:memorand(?:um|a)\s+of\s+(?:a\s+)?(?:\w+\s+)?(?:conversation|conference|discussion|meeting)"
    r"|(?:final|summit|closing)\s+communiqu[eé]"
    r"|(?:minutes|record|notes?|summary)\s+of\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:conversation|meeting|discussion|talks?))\b",
    re.IGNORECASE,
)

_COVERAGE = re.compile(
    r"\b(?i:meetings?\s+coverage|\d{1,4}(?:st|nd|rd|th)\s+(?:\w+\s+)?meeting)(?=\s*(?:\(|\n))|^(?:SC|GA|ECOSOC)/(?:[A-Z]+/)?\d{3,5}",
    re.MULTILINE,
)
"""On top of what the United Nations tell the press of a meeting of theirs, and of its record."""

_DELEGATES = ("representative of ", "'s representative ", "delegate of ", "'s delegate ")
_MANY_DELEGATES = 4
"""So many words of delegates in a text make it the report of a meeting of theirs."""


def is_record(seen: str) -> bool:
    """Whether a text is the record of one conversation or meeting, on the day that it bears: as it says on top, or by
    who has the word in it "today"."""
    delegates = sum(map(seen.count, _DELEGATES)) if " today" in seen else 0
    on_top = _RECORD.search(seen, 0, _HEAD) or _COVERAGE.search(seen, 0, _HEAD)
    return delegates >= _MANY_DELEGATES or on_top is not None


_RELEASE = re.compile(
    r"\b(?:press|news|media)\s+(?:release|statement|communiqu[eé]|briefing)|\breadout\b|\bfor\s+(?:the\s+press|immediate\s+release)\b",
    re.IGNORECASE,
)
_READOUT = re.compile(
    r"\b(?:bilateral\s+meetings|(?:during|in\s+the\s+course\s+of)\s+the\s+(?:meeting|conversation|talks|call|audience)\b"
    r"|(?:the\s+)?(?:two\s+)?(?:sides|parties|interlocutors|officials|diplomats|ministers)\s+(?:also\s+)?(?:discussed|exchanged|reviewed|touched)"
    r"|courtesy\s+(?:call|visit)|copy\s+of\s+(?:(?:his|her|the|their)\s+)?(?:letters?\s+of|credentials))",
    re.IGNORECASE,
)
"""The manner in which a ministry tells of what its minister did that day."""
_READ = 1_500
"""So many characters on top may have it."""
_STATEMENT = re.compile(
    r"\b(?:joint|official|government|presidential|press|ministerial)\s+(?:statement|communiqu[eé]|declaration)\b"
    r"|\b(?:council|summit|presidency|chair)\s+conclusions\b|\bconclusions\s+(?:of|on|by)\b"
    r"|\b(?:speech|remarks|address|statement|message|toast|lecture|declaration|communiqu[eé])\s+(?:by|of|from|to|delivered|made|issued)\b"
    r"|\b(?:open\s+)?letter\s+(?:to|from|dated)\b",
    re.IGNORECASE,
)


def is_release(document: Document) -> bool:
    """Whether a text says on top that it was given to the press, or tells of a meeting in the manner of what is, so that
    what it tells without a date is news of its day."""
    start = body_start(document.text)
    in_manner = _READOUT.search(document.text, start, start + _READ) is not None
    return in_manner or is_statement(document) or _says(_RELEASE, document)


def is_statement(document: Document) -> bool:
    """Whether a text says on top that it is what somebody said or wrote: what it says was done by saying it."""
    return _says(_STATEMENT, document)


def _says(what: re.Pattern[str], document: Document) -> bool:
    start = body_start(document.text)
    on_top = what.search(document.text, start, start + _HEAD)
    return on_top is not None or what.search(document.title or "") is not None


_COMMUNIQUE = re.compile(
    r"^\W*(?:(?:joint|final|official|closing|summit)\s+){0,2}communiqu[eé]s?\b|^\W*(?:joint|final)\s+(?:statement|declaration|press\s+statement)\b",
    re.IGNORECASE | re.MULTILINE,
)


def is_communique(document: Document) -> bool:
    """Whether a text is what several issued together in writing, as a line on top begins."""
    start = body_start(document.text)
    return _COMMUNIQUE.search(document.text, start, start + _HEAD) is not None
