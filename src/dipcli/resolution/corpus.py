"""The documents and mentions that resolution works on: sorted, by id, with evidence made from spans.

Of a document no more than a few facts is held in memory: its text and mentions are put down in a room
(`dipcli.resolution.spool`), a text so that any stretch of it is read by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping
from contextlib import suppress
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from dipcli.locators import Locator
from dipcli.mentions import Mentions, Signature, Span
from dipcli.records import Document, Evidence
from dipcli.resolution.spool import InMemory, Room, Spool

H = TypeVar("H", bound=Hashable)
Place = tuple[str, int, int]
"""A document, and where in it a passage begins and ends."""
_MOST = (1 << 32) - 1
_CODECS = {1: "latin-1", 2: "utf-16-le", 4: "utf-32-le"}
"""By the bytes that each character of a text takes."""


class Head(msgspec.Struct, frozen=True, gc=False):
    """What is known of a document without reading it, and where its text is."""

    sha256: str
    printed: tuple[str, ...]
    """First and last day of its publication; the first alone where it is but a bound."""
    copy_of: str | None
    offset: int
    length: int
    """In characters."""
    width: int
    """Bytes of a character."""


class Corpus:
    """Documents by id and their mentions, in the order of document ids, as often as they are asked for.

    Raises KeyError where mentions belong to a document that is not given.
    """

    def __init__(
        self, documents: Iterable[Document], mentions: Iterable[Mentions], room: Room | None = None
    ) -> None:
        """`room`: where there are too many for memory."""
        self.room = room or InMemory()
        self._pool: dict[Hashable, Hashable] = {}
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        """Documents by the numbers that passages of theirs have (`mark`)."""
        self._last = ("", "")
        self._locators: dict[str, Locator] = {}
        heads = {document.id: self._put_down(document) for document in documents}
        self.documents: Mapping[str, Head] = {name: heads[name] for name in sorted(heads)}
        self.mentions = self._sorted(mentions)

    def _put_down(self, document: Document) -> Head:
        self._locators[document.id] = Locator(document)
        copied = document.copy_of.document if document.copy_of else None
        data, width = _of_one_width(document.text)
        offset = self.room.append(data)
        return Head(document.sha256, _printed(document), copied, offset, len(document.text), width)

    def _sorted(self, mentions: Iterable[Mentions]) -> Spool[Mentions]:
        names = []
        spool = Spool(self.room, Mentions)
        for found in mentions:
            if found.document not in self.documents:
                raise KeyError(found.document)
            names.append(found.document)
            spool.append(_needed(found))
        self.mentioned = sorted(names)
        """The ids of documents that have mentions."""
        return spool.in_order(sorted(range(len(names)), key=names.__getitem__))

    def mentions_of(self, document: str) -> Mentions | None:
        """The mentions of one document, if there are any."""
        number = bisect_left(self.mentioned, document)
        is_here = self.mentioned[number : number + 1] == [document]
        return self.mentions[number] if is_here else None

    def shared(self, value: H) -> H:
        """The first of all values that equal this one: so that what many documents tell is held once."""
        return self._pool.setdefault(value, value)  # type: ignore[return-value]

    def whole(self, document: str) -> str:
        """The text of a document; the last one is kept."""
        if self._last[0] != document:
            head = self.documents[document]
            self._last = document, self._slice(head, 0, head.length)
        return self._last[1]

    def text(self, document: str, span: Span) -> str:
        if self._last[0] == document:
            return self._last[1][span.char_start : span.char_end]
        return self._slice(self.documents[document], span.char_start, span.char_end)

    def _slice(self, head: Head, start: int, end: int) -> str:
        end = min(end, head.length)
        data = self.room.at(head.offset + start * head.width, (end - start) * head.width)
        return data.decode(_CODECS[head.width], "surrogatepass")

    def printed(self, document: str) -> tuple[str, ...]:
        """First and last day of a document's publication; the first alone where it is but a bound."""
        return self.documents[document].printed

    def sources(self, documents: Iterable[str]) -> int:
        """How many of the documents are independent: a document and its copies, and theirs, are one."""
        return len({self._original(document) for document in documents})

    def _original(self, document: str) -> str:
        """The document that another goes back to in the end."""
        while (copied := self.documents[document].copy_of) and copied in self.documents:
            document = copied
        return document

    def mark(self, document: str, span: Span) -> int:
        """A passage as a number, which takes less memory."""
        if document not in self._numbers:
            self._numbers[document] = len(self._names)
            self._names.append(document)
        return self._numbers[document] << 64 | span.char_start << 32 | span.char_end

    def marked(self, mark: int) -> Place:
        """The passage that has this number."""
        return self._names[mark >> 64], mark >> 32 & _MOST, mark & _MOST

    def quoted(self, place: Place) -> Evidence:
        document, start, end = place
        return self.evidence(document, Span(char_start=start, char_end=end))

    def evidence(self, document: str, span: Span, date_text: str | None = None) -> Evidence:
        """The exact characters of `span`, located by the page or line that they begin in."""
        return Evidence(
            document=document,
            char_start=span.char_start,
            char_end=span.char_end,
            text=self.text(document, span),
            date_text=date_text,
            locator=self._locators[document].at(span.char_start),
        )


def _of_one_width(text: str) -> tuple[bytes, int]:
    """A text in the least number of bytes of which each character takes as many, and how many those are."""
    for width, codec in _CODECS.items():
        with suppress(UnicodeEncodeError):
            data = text.encode(codec, "surrogatepass")
            if len(data) == width * len(text):
                return data, width
    raise AssertionError("every text can be written in UTF-32")


def _printed(document: Document) -> tuple[str, ...]:
    published = document.published
    if published is None:
        return ()
    return (published.start, published.end)[: 2 if published.end[:7] == published.start[:7] else 1]


def _needed(found: Mentions) -> Mentions:
    """Mentions without what resolution does not ask for."""
    events = [replace(event, reasons=[]) for event in found.events]
    return replace(found, events=events, left_out=[], signature=Signature())


def flat(text: str) -> str:
    """`text` with every run of white space as one blank."""
    return " ".join(text.split())


_MARKUP = (
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^([^\[\]]*)\]\([^)]*\)"), r"\1"),  # a sentence begins with a link's words
    (re.compile(r"^(?:[-*+•]|#{1,6}|>|\d+\.)\s+"), ""),
    (re.compile(r"(\*{1,3}|_{2,3}|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
)


def plain(text: str) -> str:
    """One line of `text` without what marks it up: links, bullets, emphasis."""
    line = flat(text)
    for pattern, kept in _MARKUP:
        line = pattern.sub(kept, line)
    return line
