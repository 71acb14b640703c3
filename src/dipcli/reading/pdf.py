"""PDF: the words of its pages in reading order, hyphenation mended, page numbers and running heads left out.

pdfminer finds the lines of a page and where they stand; `dipcli.reading.layout` puts them in order.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTContainer, LTImage, LTTextLineHorizontal
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from dipcli.errors import DocumentError
from dipcli.reading import metadata
from dipcli.reading.base import Limits, Part, Read, parsing
from dipcli.reading.blocks import clean
from dipcli.reading.layout import Line, Page, text_of
from dipcli.reading.metadata import FILE, told
from dipcli.records import Told

MEDIA_TYPE = "application/pdf"
SIGNATURE = b"%PDF-"
LAYOUT = LAParams(boxes_flow=None, all_texts=True, char_margin=1.5)
MOST_OBJECTS = 200_000
"""Pieces of a page; one with more of them is a drawing."""

logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)  # what it logs is not for users

_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"untitled|microsoft (?:word|powerpoint)\b|\S+\.(?:docx?|rtf|odt|indd|pdf|tex|qxd|pages)\Z|slide \d|document\d*\Z",
    re.IGNORECASE,
)
"""Titles that programs give to files."""


def read_pdf(part: Part, limits: Limits) -> Iterator[Read]:
    """One document, with where its pages begin.

    Raises `DocumentError` where it is protected by a password, damaged, or pictures of pages alone.
    """
    start = part.data.find(SIGNATURE, 0, 1024)
    if start < 0:
        raise DocumentError("is no PDF file")
    data = part.data[start:]
    with parsing("PDF", PSException):
        try:
            own = _own(PDFDocument(PDFParser(BytesIO(data))))
            pages = list(_pages(data))
        except (PDFPasswordIncorrect, PDFEncryptionError) as error:
            raise DocumentError("is protected by a password") from error
    if not pages:
        raise DocumentError("is a damaged PDF file (no pages can be found)")
    bare = [number for number, page in enumerate(pages, start=1) if not page.lines and page.has_pictures]
    text, starts = text_of(pages)
    if not text.strip():
        if bare:
            raise DocumentError(
                f"is a scan: {_counted(len(bare))} of pictures without text; recognise the text first,"
                " for example with ocrmypdf"
            )
        raise DocumentError("is a PDF without text")
    notes = (f"{_counted(len(bare))} without text, only pictures ({_listed(bare)})",) if bare else ()
    yield metadata.read(part, text, MEDIA_TYPE, own, notes=notes, pages=starts)


def _pages(data: bytes) -> Iterator[Page]:
    for layout in extract_pages(BytesIO(data), laparams=LAYOUT):
        lines: list[Line] = []
        has_pictures = False
        stack: list[Any] = [layout]
        seen = 0
        while stack and seen < MOST_OBJECTS:
            item = stack.pop()
            seen += 1
            if isinstance(item, LTTextLineHorizontal):
                if words := clean(item.get_text()):
                    lines.append(
                        Line(item.x0, item.x1, layout.height - item.y1, layout.height - item.y0, words)
                    )
            elif isinstance(item, LTImage):
                has_pictures = True
            elif isinstance(item, LTContainer):
                stack += item
        yield Page(layout.width, layout.height, lines, has_pictures)


def _own(document: PDFDocument) -> tuple[Told, ...]:
    """What the information dictionary and the catalog say."""
    info: dict[str, Any] = {}
    for one in reversed(document.info):
        info |= one
    title = _words(info.get("Title"))
    return (
        told("PDF: Title", title=None if title and _NO_TITLE.match(title) else title)
        + told("PDF: Author", authors=_words(info.get("Author")))
        + told(f"{FILE}: CreationDate", published=_day(info.get("CreationDate")))
        + told(f"{FILE}: ModDate", updated=_day(info.get("ModDate")))
        + told("PDF: Lang", language=_words(document.catalog.get("Lang")))
    )


def _words(value: Any) -> str | None:
    value = resolve1(value)
    if isinstance(value, PSLiteral):
        value = value.name
    if isinstance(value, bytes):
        value = decode_text(value)
    return clean(value) or None if isinstance(value, str) else None


def _day(value: Any) -> str | None:
    match = _DATE.match(_words(value) or "")
    return "-".join(part for part in match.groups() if part) if match else None


def _counted(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


def _listed(numbers: list[int]) -> str:
    """Page numbers for people: `2, 3, 7`, at most ten."""
    return ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
