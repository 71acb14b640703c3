"""Where in a document a passage is, in words for people: "page 3", or "line 12" where it has no pages."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from dipcli.records import Document


class Locator:
    """The places of one document, made once to be asked often."""

    def __init__(self, document: Document) -> None:
        self._word = "page" if document.pages else "line"
        self._starts = document.pages or [
            0,
            *accumulate(len(line) + 1 for line in document.text.split("\n")[:-1]),
        ]

    def at(self, offset: int) -> str:
        """The page or line, counted from 1, in which the code point at `offset` is."""
        return f"{self._word} {max(1, bisect_right(self._starts, offset))}"
