"""What frames a document: title, publisher, authors, date; furniture.

`frame` fills what reading and front matter did not give. `boilerplate` marks what tells of the page and not
of the world.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from dipcli.dates import Expression
from dipcli.extraction import view
from dipcli.extraction.boilerplate import of_the_page, spans
from dipcli.extraction.language import settled
from dipcli.extraction.lines import Line, bare, body
from dipcli.extraction.published import on_lines, published
from dipcli.lexicon.personal import given_cultures
from dipcli.mentions import Span
from dipcli.names import in_order, normal
from dipcli.reading.front_matter import body_start
from dipcli.reading.metadata import completed, is_weak, noted
from dipcli.records import Document, Published

HEAD_LINES = 25
"""Lines from the top among which title, byline and printed date are looked for, up to the first prose."""

_BYLINE = re.compile(r"by:?(?:\s+(?P<names>\S.*))?\Z", re.IGNORECASE)
_PUBLISHER = re.compile(
    r"(?:(?:this (?:article|piece|text) (?:was|has been) |was )?"
    r"(?:first |originally )+(?:published|appeared|posted) (?:at|by|in|on)"
    r"|the original source of this article is|read the full (?:article|story|text)(?: here)? (?:at|on)"
    r"|courtesy of|reprinted from|source:|publisher:|published by:?) +(?P<name>[^.,;:()]{2,60})",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"[A-Z][^()\n]{2,60}\((?P<name>[A-Z][A-Za-z .]{1,30})\) *[-–—:]")
"""SEOUL, March 3 (Agency) - …"""
_SUBJECT = re.compile(r"(?P<title>[A-Z][A-Z–—\-’' ]{6,60}[A-Z]) (?:is|are|was|were) ")
"""An encyclopedia's first sentence, its subject in capitals."""
_NAME_PART = r"(?:[A-Z][\w’'.\-]*|(?:van|von|de|der|den|bin|ibn|al|el|da|di|la|le)\b)"
_NAME = re.compile(rf"[A-Z][\w’'.\-]*(?: {_NAME_PART}){{1,4}}")
_ORGAN = re.compile(r"(?:The )?[A-Z][\w’'.\-]*(?: (?:[A-Z][\w’'.\-]*|of|the|for|and|&)){0,5} [A-Z][\w’'\-]*")
_OUTLET = re.compile(
    r"\b(?:Affairs|Agency|Analysis|Bulletin|Cent(?:er|re)|Chronicle|Connections|Council|Daily|Department|Digest"
    r"|Diplomat|Embassy|Foundation|Gazette|Globe|Guardian|Herald|House|Institute|Journal|Magazine|Ministry|Monitor"
    r"|Network|News|Notes|Observer|Office|Online|Outlook|Papers|Policy|Post|Press|Project|Reports?|Research|Review"
    r"|Service|Society|Standard|Star|Telegraph|Times|Today|Tribune|University|Wire|Weekly)\b"
)
"""Words that make a name that of a paper, an institute or an office."""
_LABELS = re.compile(r"[ ,|·–—-]*\b(?:(?:First|Originally|Last) [a-z]+|Published|Posted|Updated|Date):?\Z")
_PREPARED = re.compile(r"\A(?:Compiled|Prepared|Written|Published) (?:for|by) (?:the )?")
_CATALOGUED = 2
"""On which lines from the top a name alone may stand, family name first."""
_GLUED = re.compile(r"(?<=[a-z])(?<!Mc)(?<!Mac)(?<!De)(?<!Di)(?<!La)(?<!Le)(?=[A-Z])")
_HONORIFIC = re.compile(r"(?:Dr|Prof|Professor|Mr|Ms|Mrs|Sir)\.? ")
_LONG = timedelta(days=366)


def frame(document: Document) -> Document:
    """The document with title, publisher, authors, date of publication and language as its text has them,
    where they are not known yet; then as an option gave them (`reading.metadata.completed`)."""
    text = document.text
    start = body_start(text)
    all_lines = body(text)
    head = _head(all_lines)
    dates = [expression for expression in view.dates(view.view(text)) if expression.char_start >= start]
    framed = msgspec.structs.replace(
        document,
        title=document.title or _title(head, dates),
        publisher=document.publisher or _publisher(text, all_lines, head, dates),
        authors=document.authors or _authors(all_lines),
        published=_published(document, dates, head),
        language=settled(document.language, text[start:]),
    )
    return completed(noted(document, framed))


def _published(document: Document, dates: list[Expression], head: list[Line]) -> Published | None:
    """As metadata have it. When a file was made counts less than what the text prints, and nothing where it
    is long after what the text tells: then an old text was made a file."""
    if not (document.published is None or is_weak(document)):
        return document.published
    told, made = published(document, dates, head), document.published
    if told is None or made is None:
        return told or made
    long_after = date.fromisoformat(made.start) - date.fromisoformat(told.end) > _LONG
    return told if told.basis == "printed" or long_after else made


def _head(all_lines: Sequence[Line]) -> list[Line]:
    """The lines on top, with the first one of prose (a dateline begins it)."""
    head: list[Line] = []
    for line in all_lines[:HEAD_LINES]:
        head.append(line)
        if line.sentence and len(line.words.split()) > 12:
            break
    return head


# ---- title, publisher, authors ------------------------------------------------------------------


def _title(head: list[Line], dates: list[Expression]) -> str | None:
    """The first Markdown heading on top, else the first line there that reads as a headline; a line of few
    words only where it is the first."""
    for line in head:
        if line.level == 1 and line.words:
            return line.words
    said = Counter(line.words for line in head)
    content = [line for line in head if line.words and not of_the_page(line.words)]
    for line in content:
        if _headline(line, dates, first=line is content[0]) and said[line.words] == 1:  # captions come twice
            return line.words
        if match := _SUBJECT.match(line.words):
            return match["title"]
    return None


def _headline(line: Line, dates: list[Expression], *, first: bool) -> bool:
    words = line.words.split()
    if (
        not 2 <= len([word for word in words if word[0].isalpha()]) <= 40
        or line.sentence
        or line.words.endswith((".", ":", ","))
    ):
        return False
    if _BYLINE.match(line.words) or _PUBLISHER.match(line.words):
        return False
    dated = sum(e.char_end - e.char_start for e in dates if line.start <= e.char_start < line.end)
    if dated * 3 >= len(line.words) or re.search(r"\byour?\b.*\?\Z", line.words):
        return False
    if len(words) > 3 or line.level > 0 or (first and words[-1] == "relations"):
        return True
    return first and not any(word[0].islower() for word in words) and not _OUTLET.search(line.words)


def _publisher(text: str, all_lines: Sequence[Line], head: list[Line], dates: list[Expression]) -> str | None:
    """On the line of a full date ("Such Review, April 26, 2021"), or above it; the agency of a dateline; or
    what a line says outright ("Originally published at …")."""
    above = {line.start: before.words for before, line in pairwise(head)}
    for line, expression in on_lines(head, dates):
        if not expression.needs:
            before = bare(text[line.start : expression.char_start])
            if name := _outlet(before or above.get(line.start, "")):
                return name
    for line in head:
        if match := _AGENCY.match(line.words):
            return match["name"]
    for line in all_lines:
        if match := _PUBLISHER.match(line.words):
            return match["name"].strip()
    return None


def _outlet(words: str) -> str | None:
    """The name of a paper or institute that a line or what comes before its date consists of."""
    words = _PREPARED.sub("", _LABELS.sub("", words).rstrip(" ,–—-|·"))
    words = words.rsplit(". ", 1)[-1] if ". " in words else words
    words = _PREPARED.sub("", words)
    return words if _ORGAN.fullmatch(words) and _OUTLET.search(words) else None


def _authors(all_lines: Sequence[Line]) -> list[str]:
    """The name that stands on top as catalogues have it ("Family, Given"); names on a line "By …", or on the
    lines below a line "By"."""
    for line in all_lines[:_CATALOGUED]:
        spoken = in_order(line.words)
        if spoken != line.words and normal(spoken.split()[0]) in given_cultures():
            return [spoken]
    for at, line in enumerate(all_lines):
        match = _BYLINE.match(line.words)
        if match is None and line.words.lower() != "written by":
            continue
        if match and match["names"]:
            names = re.split(r",| and | & |\bwith\b", match["names"])
            found = [name for part in names if (name := _person(part, whole=True))]
        else:
            found = []
            for below in all_lines[at + 1 : at + 7]:
                name = _person(below.words, whole=False)
                if name is None:
                    break
                found.append(name)
        if found:
            return found
    return []


def _person(words: str, *, whole: bool) -> str | None:
    """The name at the beginning of the words; with `whole`, they must hold little else."""
    words = _HONORIFIC.sub("", words.strip(), count=1)
    words = _GLUED.split(words, maxsplit=1)[0]
    match = _NAME.match(words)
    if match is None or (whole and len(words) - match.end() > 4):
        return None
    return match[0].rstrip(".")


# ---- furniture ----------------------------------------------------------------------------------


def boilerplate(text: str) -> list[Span]:
    """Lines that tell of the page and not of the world: navigation, byline, publisher, footer."""
    return spans(body(text), _is_frame)


def _is_frame(line: Line) -> bool:
    """Whether a short line tells who wrote or published the text."""
    told = (_BYLINE.match(line.words) and _authors([line])) or _PUBLISHER.match(line.words)
    return len(line.words) < 200 and bool(told)
