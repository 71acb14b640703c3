"""Web pages: the main text, without navigation, adverts, comments and what else stands around it.

trafilatura finds the main text; what it does not take for text is left out. Where it finds none, all
that is seen on the page counts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import lxml.html
import trafilatura
from charset_normalizer import from_bytes
from lxml.etree import SubElement

from dipcli.errors import DocumentError
from dipcli.reading import blocks, metadata
from dipcli.reading.base import Limits, Part, Read, parsing
from dipcli.reading.encoding import BYTE_ORDER_MARKS, LINE_ENDS, codec_of, decode
from dipcli.reading.page_metadata import said
from dipcli.records import Told

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it logs is not for users
MEDIA_TYPE = "text/html"
DEEP = 250
"""Elements inside one another of which lxml reads no more."""
FURNITURE = frozenset(
    "ad ads advert advertisement advertising banner-ad sponsored sponsor promo promotion newsletter subscribe"
    " share sharing social social-share comments comment-list disqus related related-posts related-articles"
    " read-more readmore recommended more-stories breadcrumb breadcrumbs cookie cookie-banner cookie-notice"
    " paywall signup sign-up".split()
)
"""Classes and ids of elements that are no part of the text."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_WRAPPERS = re.compile(
    r"</?(?:div|span|font|b|i|u|em|strong|center|section|article|blockquote|table|tbody|tr|td|ul|ol|li|a|big|small)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\n\s*\n")
_TAG = re.compile(rb"<[^<>]*>")
_HEAD = 4_096


def read_html(part: Part, limits: Limits) -> Iterator[Read]:
    """One document: a page's main text. Raises `DocumentError` where it has none."""
    yield page(part, part.data, MEDIA_TYPE)


def page(
    part: Part, data: bytes, media_type: str, charset: str | None = None, also: tuple[Told, ...] = ()
) -> Read:
    """The document of a part whose page is in `data`; `also` is told of it beside what it says."""
    markup, notes = decoded(data, charset or _charset(part.media_type))
    tree = _tree(markup)
    if _is_deep(tree):
        tree = _tree(_WRAPPERS.sub("<br>", markup))
        notes += ("nests its tags too deeply to tell the main text from what is around it",)
    own = said(tree, markup) + also
    text = main_text(tree)
    title = next((one.value for one in own if one.field == "title"), None)
    if title and blocks.clean(title).casefold() not in text[: 2 * len(title) + 20].casefold():
        text = f"# {blocks.clean(title)}\n\n{text}"
    if not text.strip():
        raise DocumentError("is a page without text")
    return metadata.read(part, text, media_type, own, notes=notes)


def decoded(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """The characters of a page, whatever it declares: what is valid UTF-8 is that.

    Raises `DocumentError` where it is binary, or in no encoding that is recognised.
    """
    if data.startswith(tuple(mark for mark, _, _ in BYTE_ORDER_MARKS)) or b"\0" in data[:_HEAD]:
        text, notes = decode(data)
        return blocks.ILLEGAL.sub(" ", text), notes
    data = data.replace(b"\0", b"")
    named = declared or _declared(data)
    codec = codec_of(named)
    try:
        text = data.decode("utf-8")
        wrongly = not data.isascii() and codec not in (None, "utf-8")
        notes = (f"declares {named}, read as the UTF-8 that it is",) if wrongly else ()
    except UnicodeDecodeError:
        text, notes = _other(data, named, codec)
    if not text.strip():
        raise DocumentError("is empty")
    return blocks.ILLEGAL.sub(" ", LINE_ENDS.sub("\n", text)), notes


def _other(data: bytes, named: str | None, codec: str | None) -> tuple[str, tuple[str, ...]]:
    """The characters of bytes that are no valid UTF-8."""
    if codec and codec != "utf-8":
        try:
            return data.decode(codec), ()
        except (UnicodeDecodeError, LookupError):
            pass
    said = f"declares {named}, which it is not" if named else "declares no charset"
    bad = data.decode("utf-8", errors="replace")
    if bad.count("\ufffd") * 4 < sum(1 for character in bad if character > "\x7f"):
        return bad, (f"{said}: read as UTF-8 with bad bytes",)
    seen = _TAG.sub(b"", data[:200_000])
    letters = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in seen)
    if sum(byte > 0x7F for byte in seen) * 4 < letters:
        return data.decode("cp1252", errors="replace"), (f"{said}: read as Windows-1252",)
    best = from_bytes(seen).best()
    if best is None:
        raise DocumentError("is in no encoding that is recognised")
    return data.decode(best.encoding, errors="replace"), (f"{said}: read as {best.encoding}",)


def _charset(media_type: str | None) -> str | None:
    match = _HEADER_CHARSET.search(media_type or "")
    return match[1] if match else None


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:_HEAD]) or _XML_ENCODING.match(data[:_HEAD])
    return match[1].decode("ascii", "replace") if match else None


def _tree(markup: str) -> Any:
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise DocumentError(f"is no page that can be read ({error})") from error
    return tree


def _is_deep(tree: Any) -> bool:
    stack = [(tree, 1)]
    while stack:
        element, depth = stack.pop()
        if depth >= DEEP:
            return True
        stack.extend((child, depth + 1) for child in element)
    return False


def main_text(tree: Any) -> str:
    """The main text of a page, else all that is seen on it."""
    for element in [one for one in tree.iter() if _is_furniture(one)]:
        if element.getparent() is not None and element.tag not in ("body", "article", "main"):
            element.drop_tree()
    _keep_lines(tree)
    with parsing("HTML"):
        found: Any = trafilatura.bare_extraction(
            deepcopy(tree),
            include_comments=False,
            include_tables=True,
            with_metadata=False,
            favor_recall=True,
        )
    body = next(tree.iter("body"), None) if found is None or not len(found.body) else found.body
    return "" if body is None else blocks.text(body)


def _keep_lines(tree: Any) -> None:
    """Makes preformatted text paragraphs with breaks, parted where lines are blank."""
    for pre in list(tree.iter("pre")):
        words = pre.text_content()
        tail = pre.tail
        pre.clear()
        pre.tag, pre.tail = "div", tail
        for paragraph in _BLANK.split(words):
            first, *rest = paragraph.strip("\n").split("\n")
            element = SubElement(pre, "p")
            element.text = first
            for line in rest:
                SubElement(element, "br").tail = line


def _is_furniture(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return not FURNITURE.isdisjoint(names)
