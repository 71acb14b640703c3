"""Letters, telegrams and dispatches: who writes to whom, as their head and their signature tell."""

from __future__ import annotations

import re
from typing import NamedTuple

from dipcli.extraction.lines import Line, body
from dipcli.lexicon import countries, places
from dipcli.mentions import Span

_HEAD_LINES = 10
"""Lines on top among which the head of a letter stands."""
_HEAD_LENGTH = 160
_NAME = r"[A-Z][\w.’'-]*(?:\s+(?:(?:de|von|van|al|el|da)\s+)?[A-Z][\w.’'-]*){0,4}"
_OFFICE = (
    r"(?:[Aa]cting\s+|[Aa]ssistant\s+|[Dd]eputy\s+|[Uu]nder[ -]|[Pp]ermanent\s+|[Vv]ice[ -])?"
    r"(?:[Ss]ecretary|[Aa]mbassador|[Mm]inister|[Cc]harg[ée]|[Cc]onsul|[Cc]ommissioner|[Gg]overnor|[Hh]igh\s+[Cc]ommissioner"
    r"|[Rr]epresentative|[Dd]elegate|[Cc]ouns?ell?or|[Pp]resident|[Vv]iceroy|[Rr]esident|[Cc]hairman|[Aa]ttach[ée]|[Aa]gent)"
)
_KIND = (
    r"(?:(?:air)?grams?|cablegrams?|cables?|telegrams?|memorand(?:um|a)|letters?|messages?|notes?|minutes?|submissions?"
    r"|d[ei]spatch(?:es)?|savingrams?|aide-m[ée]moire)"
)
_OF_OFFICE = re.compile(
    rf"(?:The\s+)?(?P<title>{_OFFICE}\b[^()\n]{{0,80}}?)\s*\(\s*(?P<name>{_NAME})\s*\)\s+to\s+(?P<to>\S.*)"
)
"""The Ambassador in Peru (NAME) to the Secretary of State"""
_FROM = re.compile(
    rf"(?:(?:\d+\s*[.:)]?\s+)?(?:extracts?\s+(?:from|of)\s+)?(?:\w+\s+){{0,2}}{_KIND}\b[^\n]{{0,30}}?\s)from\s+(?P<name>\S.*?)\s+to\s+(?P<to>\S.*)",
    re.IGNORECASE,
)
"""35 CABLEGRAM FROM NAME TO NAME; Telegram From the Embassy in Peru to the Department of State"""
_BOTH = re.compile(
    rf"(?:\d+\.?\s+)?(?P<name>{_NAME})\s+(?:to|TO)\s+(?P<to>{_NAME})\s*(?:[.—–-]*\s*\([Rr]eceived[^()\n]*\))?\.?\s*"
)
"""NAME to NAME.—(Received 3 May): only above a line that says what kind of a letter it is, or where from."""
_SENT = re.compile(
    rf"\s*(?:\W?(?:extract|secret|confidential|{_KIND})\b|[A-Z][\w ]{{2,30}},\s+(?:\d{{1,2}}\s+[A-Z]|[A-Z][a-z]+\s+\d{{1,2}}))",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"\s*{_NAME}\s*\Z")
_ABODE = re.compile(
    r"\b(?:embassy|legation|consulate|department|ministry|office|government|mission|delegation|posts?)\b",
    re.I,
)
_POST = re.compile(r"\b(?:in|at|to)\s+(?:the\s+)?(?P<land>[A-Z][\w ]*?)(?=\s*(?:[(,.]|\bto\b|\Z))")
"""Where an embassy or an envoy is: "the Ambassador in Peru", "the Embassy in Lima"."""
_TOWN = re.compile(r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?")
_DATED = re.compile(r",\s+(?:\d{1,2}\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2}),?\s+\d{4}\b")
_HONORIFIC = re.compile(
    r"(?:Sir|Mr|Mrs|Ms|Dr|Lord|Lady|Baron|Count|Prince|Monsieur|M|Herr|Señor|Don)\b\.?\s+(?=\S)", re.I
)
_BELOW = re.compile(r"\s*(?:\d+[.)]?\s|\[|/|\(|Source|Note)")
"""Begins what stands below a letter: its notes."""
_AMERICAN = re.compile(r"\b(?:department\s+of\s+state|secretary\s+of\s+state)\b(?!\s+for\b)", re.IGNORECASE)
_BRITISH = re.compile(r"\bforeign(?:\s+and\s+commonwealth)?\s+office\b", re.IGNORECASE)


class Letter(NamedTuple):
    """Who writes a letter."""

    name: str
    span: Span
    title: str | None
    title_span: Span | None
    country: str | None
    """Code of the country that the writer serves, where the head tells it."""
    post: str | None
    """Code of the country that he writes from: its ministers need no name."""


def letter(seen: str) -> Letter | None:
    """The writer of a text that is a letter, if its head and its signature tell one."""
    lines = body(seen)
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if line.end - line.start > _HEAD_LENGTH:
            continue
        following = lines[number + 1] if number + 1 < len(lines) else None
        if found := _head(seen, line, following):
            return _written(seen, lines, line, found)
    return None


def _head(seen: str, line: Line, following: Line | None) -> re.Match[str] | None:
    """The words of a line that say who writes to whom."""
    start = next((i for i in range(line.start, line.end) if seen[i].isalnum()), line.end)
    if found := _OF_OFFICE.match(seen, start, line.end) or _FROM.match(seen, start, line.end):
        return found
    sent = following is not None and _SENT.match(seen, following.start, following.end)
    return _BOTH.fullmatch(seen, start, line.end) if sent else None


def _written(seen: str, lines: tuple[Line, ...], line: Line, head: re.Match[str]) -> Letter | None:
    words = seen[line.start : line.end]
    country = "USA" if _AMERICAN.search(words) else "GBR" if _BRITISH.search(words) else None
    title = head["title"] if "title" in head.re.groupindex else None
    title_span = Span(char_start=head.start("title"), char_end=head.end("title")) if title else None
    name, start, end = head["name"], head.start("name"), head.end("name")
    post = _post(title or name) or next(
        filter(None, (_dated_at(seen, one) for one in lines[:_HEAD_LINES])), None
    )
    if _ABODE.search(name) or not _SIGNED.match(name):
        signed = _signature(seen, lines)
        if signed is None:
            return None
        start, end = signed
        name = seen[start:end]
    if style := _HONORIFIC.match(name):
        name, start = name[style.end() :], start + style.end()
    given = " ".join(w.title() if w.isupper() and len(w) > 2 else w for w in name.split())
    return Letter(given, Span(char_start=start, char_end=end), title, title_span, country, post)


def _post(words: str) -> str | None:
    """The country where an office or an embassy is told to be."""
    found = _POST.search(words)
    return _land(found["land"]) if found else None


def _dated_at(seen: str, line: Line) -> str | None:
    """The country of the town in the line that dates a letter: "Lima, 3 May 1951", "Cablegram 9 LIMA, 3 May"."""
    date = _DATED.search(seen, line.start, line.end)
    towns = (
        _TOWN.findall(seen, line.start, date.start()) if date and line.end - line.start < _HEAD_LENGTH else []
    )
    return next((land for town in reversed(towns) if (land := _land(town))), None)


def _land(name: str) -> str | None:
    place, country = places.lookup(name), countries.lookup(name)
    return country.alpha3 if country else place.country if place else None


def _signature(seen: str, lines: tuple[Line, ...]) -> tuple[int, int] | None:
    """Where a text is signed: a name alone on its last line, notes below it aside."""
    for line in reversed(lines[-_HEAD_LINES:]):
        words = seen[line.start : line.end]
        if _SIGNED.match(words) and not words.rstrip().endswith("."):
            start = line.start + len(words) - len(words.lstrip())
            return start, start + len(words.strip())
        if not _BELOW.match(words):
            return None
    return None
