"""The kinds of file that are read: how each is recognised, and the one reader that takes it.

A file is recognised by what is in it; where that does not tell, by its suffix, then by what the
container or server calls it. Readers are imported when the first file of their kind comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from dipcli.errors import DocumentError
from dipcli.reading.base import Reader, UnsupportedDocument

HEAD = 65_536
"""So many bytes from the beginning tell what a file is (of a zip archive, all of them)."""

_BEFORE_ROOT = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.{0,4000}?-->\s*)*"
_HTML = re.compile(_BEFORE_ROOT + rb"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_SAVED = re.compile(rb"^(?:Snapshot-Content-Location:|From: <Saved by )", re.MULTILINE)
_ZIP = b"PK\x03\x04"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
EPUB = "application/epub+zip"


class Family(NamedTuple):
    """`label` is what messages call it; `reader` is `module:function` of this package; `by_content`
    says whether bytes are certainly of the kind; `extra` is what must be installed to read it."""

    label: str
    reader: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    by_content: Callable[[bytes], bool] | None = None
    extra: str | None = None


def starts(*signatures: bytes) -> Callable[[bytes], bool]:
    """Whether bytes begin with one of some signatures."""
    return lambda data: data.startswith(signatures)


def is_html(data: bytes) -> bool:
    return bool(_HTML.match(data[:HEAD]))


def is_docx(data: bytes) -> bool:
    return data.startswith(_ZIP) and b"word/document.xml" in data


def typed(media_type: str) -> Callable[[bytes], bool]:
    """Whether bytes are a zip archive whose first member says that it is of a media type."""
    return lambda data: data.startswith(_ZIP) and f"mimetype{media_type}".encode() in data[:200]


def is_mht(data: bytes) -> bool:
    """Whether bytes are a saved page: a mail in form, which its browser says it saved."""
    return bool(_SAVED.search(data[:4_096]))


FAMILIES = (
    Family(
        "HTML",
        "pages:read_html",
        (".html", ".htm", ".xhtml", ".shtml"),
        ("text/html", "application/xhtml+xml"),
        is_html,
        "pages",
    ),
    Family("PDF", "pdf:read_pdf", (".pdf",), ("application/pdf",), starts(b"%PDF-"), "pdf"),
    Family("DOCX", "docx:read_docx", (".docx", ".docm", ".dotx"), (DOCX,), is_docx, "office"),
    Family("ODT", "odt:read_odt", (".odt", ".ott"), (ODT,), typed(ODT), "office"),
    Family("EPUB", "epub:read_epub", (".epub",), (EPUB,), typed(EPUB), "office"),
    Family("RTF", "rtf:read_rtf", (".rtf",), ("application/rtf", "text/rtf"), starts(b"{\\rtf"), "office"),
    Family("MHT", "mht:read_mht", (".mht", ".mhtml"), ("multipart/related",), is_mht, "pages"),
    Family("plain text", "plain:read_text", (".txt", ".text"), ("text/plain",)),
    Family("Markdown", "plain:read_markdown", (".md", ".markdown"), ("text/markdown", "text/x-markdown")),
    Family("mail", "containers.mail:read_message", (".eml",), ("message/rfc822",)),
    Family("an article", "containers.columns:read_article", (), ("application/x-article+json",)),
)
"""In the order in which they are asked whether they know a file by its content."""


def recognise(name: str, data: bytes, media_type: str | None = None) -> Family:
    """The family of a file, by its bytes (at least the first `HEAD` of them) and its name.

    Raises `UnsupportedDocument`.
    """
    for family in FAMILIES:
        if family.by_content and family.by_content(data):
            return family
    suffix = PurePath(name).suffix.lower()
    essence = (media_type or "").partition(";")[0].strip().lower()
    for family in FAMILIES:
        if suffix in family.suffixes:
            return family
    for family in FAMILIES:
        if essence in family.media_types:
            return family
    raise UnsupportedDocument(
        f"is of a kind that is not read ({suffix or 'no suffix'})",
        hint=f"these are read: {', '.join(sorted(SUFFIXES))}",
    )


SUFFIXES = frozenset(suffix for family in FAMILIES for suffix in family.suffixes)


def reader(family: Family) -> Reader:
    """The reader of a family. Raises `DocumentError` where what it needs is not installed."""
    module, _, function = family.reader.partition(":")
    try:
        found: Reader = getattr(import_module(f"dipcli.reading.{module}"), function)
    except ImportError as error:
        if (error.name or "").startswith("dipcli"):
            raise
        raise DocumentError(
            f"{family.label} needs dipcli[{family.extra}]: pip install 'dipcli[{family.extra}]'"
        ) from error
    return found
