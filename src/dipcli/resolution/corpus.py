"""The documents and mentions that resolution works on: sorted, by id, with evidence made from spans."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dipcli.locators import Locator
from dipcli.mentions import Mentions, Span
from dipcli.records import Document, Evidence


class Corpus:
    """Documents by id and their mentions, in the order of document ids.

    Raises KeyError where mentions belong to a document that is not given.
    """

    def __init__(self, documents: Iterable[Document], mentions: Iterable[Mentions]) -> None:
        self.documents = {document.id: document for document in sorted(documents, key=lambda d: d.id)}
        self.mentions = sorted(mentions, key=lambda found: found.document)
        self._locators = {found.document: Locator(self.documents[found.document]) for found in self.mentions}

    def text(self, document: str, span: Span) -> str:
        return self.documents[document].text[span.char_start : span.char_end]

    def printed(self, document: str) -> list[str]:
        """First and last day of a document's publication; the first alone where it is but a bound."""
        published = self.documents[document].published
        if published is None:
            return []
        return (
            [published.start, published.end]
            if published.end[:7] == published.start[:7]
            else [published.start]
        )

    def sources(self, documents: Iterable[str]) -> int:
        """How many of the documents are independent: a document and its copies, and theirs, are one."""
        return len({self._original(document) for document in documents})

    def _original(self, document: str) -> str:
        """The document that another goes back to in the end."""
        while (copied := self.documents[document].copy_of) and copied.document in self.documents:
            document = copied.document
        return document

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


def flat(text: str) -> str:
    """`text` with every run of white space as one blank."""
    return " ".join(text.split())


_MARKUP = (
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^(?:[-*+•]|#{1,6}|>|\d+\.)\s+"), ""),
    (re.compile(r"(\*{1,3}|_{2,3}|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
)


def plain(text: str) -> str:
    """One line of `text` without what marks it up: links, bullets, emphasis."""
    line = flat(text)
    for pattern, kept in _MARKUP:
        line = pattern.sub(kept, line)
    return line
