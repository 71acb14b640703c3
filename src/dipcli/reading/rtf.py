"""RTF: its paragraphs and rows of tables, and what its information group says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import font_table_group, rtf_to_text

from dipcli.errors import DocumentError
from dipcli.reading import blocks, metadata
from dipcli.reading.base import Limits, Part, Read, parsing
from dipcli.reading.metadata import FILE, told
from dipcli.records import Told

MEDIA_TYPE = "application/rtf"
SIGNATURE = b"{\\rtf"
PASSED_OVER = "\\fldtype"
_MOST_FONTS = 20_000
"""Characters of the table of fonts."""
_BULLET = re.compile(r"[•·●▪■◦–-]\s+")
_INFO = re.compile(r"\{\\info(?![a-z])")
_GROUP = re.compile(r"\{\\(?P<name>title|author|creatim|revtim)(?![a-z])(?P<body>[^{}]{0,2000})\}")
_TIME = re.compile(r"\\yr(\d{4})(?:\\mo(\d{1,2}))?(?:\\dy(\d{1,2}))?")
_INFO_LENGTH = 20_000


def read_rtf(part: Part, limits: Limits) -> Iterator[Read]:
    """One document. Raises `DocumentError` where it is damaged or has no text."""
    if not part.data.startswith(SIGNATURE):
        raise DocumentError("is no RTF file")
    source = part.data.decode("cp1252", errors="replace")
    with parsing("RTF"):
        lines = [line for raw in _plain(source).splitlines() if (line := _line(raw))]
    text = blocks.join(lines)
    if not text:
        raise DocumentError("is an RTF file without text")
    yield metadata.read(part, text, MEDIA_TYPE, _own(source))


def _plain(source: str) -> str:
    """The text. Where striprtf looks with expressions that take very long for odd input (codes of fields, a
    large table of fonts), it is given what it passes over."""
    source = source.replace("\\fldinst", PASSED_OVER)
    if len(font_table_group(source)) > _MOST_FONTS:  # type: ignore[no-untyped-call]
        source = source.replace("\\fonttbl", PASSED_OVER)
    return str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]


def _line(raw: str) -> str:
    """A line of text, a row as `| … | … |`, an item as `- …`."""
    if raw.rstrip().endswith("|"):
        cells = [cell for cell in map(blocks.clean, raw.split("|")) if cell]
        return "| " + " | ".join(cells) + " |" if len(cells) > 1 else "".join(cells)
    words = blocks.clean(raw)
    bullet = _BULLET.match(words)
    return "- " + words[bullet.end() :] if bullet else words


def _own(source: str) -> tuple[Told, ...]:
    """What the information group says."""
    info = _INFO.search(source)
    if info is None:
        return ()
    found: dict[str, str] = {}
    for group in _GROUP.finditer(source, info.end(), info.end() + _INFO_LENGTH):
        found.setdefault(group["name"], group["body"])
    return (
        told("RTF: title", title=_words(found.get("title", "")))
        + told("RTF: author", authors=_words(found.get("author", "")))
        + told(f"{FILE}: creatim", published=_day(found.get("creatim", "")))
        + told(f"{FILE}: revtim", updated=_day(found.get("revtim", "")))
    )


def _words(body: str) -> str:
    with parsing("RTF"):
        return blocks.clean(_plain(f"{{\\rtf1 {body}}}"))


def _day(body: str) -> str | None:
    match = _TIME.search(body)
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else None
