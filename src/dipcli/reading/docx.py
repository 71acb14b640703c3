"""DOCX: paragraphs, headings, lists and tables of a Word document, footnotes at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dipcli.errors import DocumentError
from dipcli.reading import blocks, metadata
from dipcli.reading.base import Limits, Part, Read
from dipcli.reading.families import DOCX
from dipcli.reading.metadata import FILE, told
from dipcli.reading.packages import Package
from dipcli.records import Told

MAIN = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
LEFT_OUT = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "pPr", "rPr", "tblPr", "sectPr")} | {
    FALLBACK
}
"""What is no text: what was deleted, codes of fields, formatting, a second telling of a drawing."""

_HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)


def read_docx(part: Part, limits: Limits) -> Iterator[Read]:
    """One document. Raises `DocumentError` where it is damaged or has no text."""
    package = Package(part.data, "DOCX", limits)
    levels = _levels(package)
    lines = list(_lines(package.xml(MAIN).find(f"{W}body"), levels))
    for name in NOTES:
        if name in package.names:
            lines += _lines(package.xml(name), levels)
    text = blocks.join(lines)
    if not text:
        raise DocumentError("is a Word document without text")
    yield metadata.read(part, text, DOCX, _own(package))


def _lines(root: Any, levels: dict[str, int]) -> Iterator[str]:
    """The lines of the paragraphs and tables below a root; a row with a table in it is no row but a frame."""
    if root is None:
        return
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if element.tag == f"{W}p":
            words = _words(element)
            if words:
                yield _begin(element, levels) + words
        elif element.tag == f"{W}tr":
            if element.find(f".//{W}tbl") is not None:
                stack += reversed(element)
                continue
            told = (filter(None, map(_words, cell.iter(f"{W}p"))) for cell in element.iter(f"{W}tc"))
            cells = [words for cell in told if (words := " ".join(cell).replace("\n", " "))]
            if cells:
                yield "| " + " | ".join(cells) + " |" if len(cells) > 1 else cells[0]
        elif element.tag not in LEFT_OUT:
            stack += reversed(element)


def _words(paragraph: Any) -> str:
    """The text of a paragraph; what is in a box inside it belongs to it."""
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag == f"{W}t":
            pieces.append(element.text or "")
        elif element.tag in (f"{W}tab", f"{W}noBreakHyphen"):
            pieces.append("-" if element.tag.endswith("Hyphen") else " ")
        elif element.tag in (f"{W}br", f"{W}cr"):
            pieces.append(blocks.BREAK)
        elif element.tag not in LEFT_OUT:
            stack += reversed(element)
    return "\n".join(filter(None, map(blocks.clean, "".join(pieces).split(blocks.BREAK))))


def _begin(paragraph: Any, levels: dict[str, int]) -> str:
    """What a paragraph begins with: the marks of a heading or an item of a list."""
    about = paragraph.find(f"{W}pPr")
    if about is None:
        return ""
    style = about.find(f"{W}pStyle")
    level = levels.get(style.get(f"{W}val") or "", 0) if style is not None else 0
    outline = about.find(f"{W}outlineLvl")
    if outline is not None and (outline.get(f"{W}val") or "").isdigit():
        level = min(6, int(outline.get(f"{W}val")) + 1) if int(outline.get(f"{W}val")) < 9 else 0
    if level:
        return "#" * level + " "
    return "- " if about.find(f"{W}numPr") is not None or _is_list(style) else ""


def _is_list(style: Any) -> bool:
    return (
        style is not None
        and (style.get(f"{W}val") or "").lower().startswith("list")
        and "paragraph" not in (style.get(f"{W}val") or "").lower()
    )


def _levels(package: Package) -> dict[str, int]:
    """The level of the headings that each style makes."""
    found = {f"Heading{level}": level for level in range(1, 7)} | {"Title": 1}
    if "word/styles.xml" in package.names:
        for style in package.xml("word/styles.xml").iter(f"{W}style"):
            name = style.find(f"{W}name")
            if name is not None and (match := _HEADING.match(name.get(f"{W}val") or "")):
                found[style.get(f"{W}styleId") or ""] = max(1, min(6, int(match[1])))
    return found


def _own(package: Package) -> tuple[Told, ...]:
    """What the core properties say. The one who saved it last is no author."""
    found = package.properties("docProps/core.xml", "title", "creator", "created", "modified", "language")
    return (
        told("DOCX: title", title=found["title"][:1])
        + told("DOCX: creator", authors=found["creator"][:1])
        + told(f"{FILE}: created", published=found["created"][:1])
        + told(f"{FILE}: modified", updated=found["modified"][:1])
        + told("DOCX: language", language=found["language"][:1])
    )
