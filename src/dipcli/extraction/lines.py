"""The lines of a document, and what kind of line each looks like: prose, heading, or neither."""

from __future__ import annotations

import re

import msgspec

_MARKUP = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)|[*_`#>|]+|^\s*[-•·]\s+|</?[a-z][^<>]{0,80}>")
_END = re.compile(r"[.!…][\"'”’)\]]*\Z|\?[\"'”’)\]]+\Z")
"""How a sentence ends; a bare question mark may end a headline."""
_PROSE_WORDS = 24


class Line(msgspec.Struct, frozen=True):
    """A line that is not blank: `text[start:end]`, its words without markup, its level as a Markdown
    heading (0: none)."""

    start: int
    end: int
    words: str
    level: int

    @property
    def sentence(self) -> bool:
        """Whether it reads as running text: long, or ended like a sentence."""
        count = len(self.words.split())
        return count > _PROSE_WORDS or (count > 8 and bool(_END.search(self.words)))


def bare(text: str) -> str:
    """Words of a line without markup: a link's label, no emphasis, no bullet."""
    return " ".join(_MARKUP.sub(lambda match: match[1] or "", text).split())


def lines(text: str, start: int = 0) -> list[Line]:
    """The lines from `start` on that are not blank."""
    found = []
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        raw = text[start:end]
        if raw.strip():
            hashes = re.match(r"\s{0,3}(#{1,6})\s", raw)
            found.append(Line(start, end, bare(raw), len(hashes[1]) if hashes else 0))
        start = end + 1
    return found
