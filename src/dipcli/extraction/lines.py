"""The lines of a document, and what kind of line each looks like: prose, heading, or neither."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from dipcli.reading.front_matter import body_start

_MARKUP = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)|[*_`#>|]+|^\s*[-•·]\s+|</?[a-z][^<>]{0,80}>")
_MARK = re.compile(r"[\[*_`#>|<]")
_BULLET = re.compile(r"\s*[-•·]")
"""Without such a sign or bullet there is no markup."""
_END = re.compile(r"[.!…][\"'”’)\]]*\Z|\?[\"'”’)\]]+\Z")
"""How a sentence ends; a bare question mark may end a headline."""
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s")
_PROSE_WORDS = 40


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
    if _MARK.search(text) or _BULLET.match(text):
        text = _MARKUP.sub(lambda match: match[1] or "", text)
    return " ".join(text.split())


@lru_cache(maxsize=2)
def body(text: str) -> tuple[Line, ...]:
    """The lines below a text's front matter, kept for a while: of a document and of its view they are asked for
    by whoever looks for what frames it."""
    return tuple(lines(text, body_start(text)))


def lines(text: str, start: int = 0, stop: int | None = None) -> list[Line]:
    """The lines of `text[start:stop]` that are not blank."""
    found = []
    stop = len(text) if stop is None else stop
    while start < stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        raw = text[start:end]
        if raw.strip():
            hashes = _HEADING.match(raw)
            found.append(Line(start, end, bare(raw), len(hashes[1]) if hashes else 0))
        start = end + 1
    return found
