"""Where in a document a passage is, in words for people: "page 3", or "line 12" where it has no pages."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate

from dipcli.records import Document


class Locator:
    """The places of one document, made once to be asked often."""

    def __init__(self, document: Document) -> None:
        self._word = "page" if document.pages else "line"
        lines = (len(line) + 1 for line in document.text.split("\n")[:-1])
        self._starts = array("I", document.pages or accumulate(lines, initial=0))

    def at(self, offset: int) -> str:
        """The page or line, counted from 1, in which the code point at `offset` is."""
        return f"{self._word} {max(1, bisect_right(self._starts, offset))}"
