"""A document's text in passages short enough to show as a hit: sentences, and lines of lists.

Cheaper and coarser than the sentences of extraction, which no query loads: nothing hangs on a passage
but what is shown around a match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

LONGEST = 1_000
"""Code points; a longer sentence is cut at the last space before."""
_WRAPPED = 45
"""A line at least so long that does not end a sentence goes on in the next."""
# Patterns are compiled where they are used (`re` keeps them): most queries take no text apart.
_MARKER = r"[ \t]*(?:>[ \t]*)*(?:#{1,6}[ \t]+|[-*+•–][ \t]+|\d{1,2}[.)][ \t]+)?"
_NEW_ITEM = (
    r"[ \t]*(?:>|#{1,6}[ \t]|[-*+•–|][ \t]|\d{1,2}[.)][ \t]|\d{4}\b|\*\*|[A-Z][a-z]{2,8}\.? \d{1,2}\b)"
)
_END = r"""[.!?][.!?"'”’)\]]*(?=\s+["'“‘(\[]*[^\W_a-z])|[。！？][」』”]*"""
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen lt col maj capt adm sgt amb hon rev st no nos vs inc ltd co corp dept"
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun".split()
)


PLACE_BITS = 20
SHAPE_BITS = 10
_MOST_WORDS = 255
_TOLD, _TITLE = 2, 1


def shape(words: int, told: bool, title: bool) -> int:
    """What a search ranks a passage by, in ten bits: how many words it has (up to 255), whether it tells an
    event, whether it is the title of its document."""
    return min(words, _MOST_WORDS) << 2 | told * _TOLD | title * _TITLE


def number(document: int, place: int, shape: int = 0) -> int:
    """A number for the passage at a place (from 1) of a numbered document; without its shape, the least that
    it can have."""
    return (document << PLACE_BITS | place) << SHAPE_BITS | shape


def apart(number: int) -> tuple[int, int, int]:
    """Document, place and shape of a passage of that `number`."""
    shape, place = number & ((1 << SHAPE_BITS) - 1), number >> SHAPE_BITS
    return place >> PLACE_BITS, place & ((1 << PLACE_BITS) - 1), shape


def words_of(shape: int) -> int:
    return shape >> 2


def weight_of(shape: int) -> float:
    """What a word counts in a passage of that shape, beside one in plain text."""
    return 2.0 if shape & _TITLE else 1.5 if shape & _TOLD else 1.0


def is_title(words: Sequence[str], title: Sequence[str]) -> bool:
    """Whether the words of a passage are those of the document's title, but for one before ("title:")."""
    return 0 < len(title) <= len(words) <= len(title) + 1 and list(words[-len(title) :]) == list(title)


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the passages of `text`, in order, without blanks and list markers around them."""
    ends, marker = re.compile(_END), re.compile(_MARKER)
    for start, end in _blocks(text):
        begin = start
        for match in ends.finditer(text, start, end):
            if match[0] != "." or not _abbreviated(text, begin, match.start()):
                yield from _trimmed(text, begin, match.end(), marker)
                begin = match.end()
        yield from _trimmed(text, begin, end, marker)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of paragraphs and list items, hard-wrapped lines taken together."""
    start = at = 0
    previous = ""
    new_item = re.compile(_NEW_ITEM)
    for line in text.splitlines(keepends=True):
        goes_on = (
            len(previous) >= _WRAPPED
            and not previous.endswith((".", "!", "?", ":", '"', "”"))
            and line.strip()
            and not new_item.match(line)
        )
        if at > start and not goes_on:
            yield start, at
            start = at
        at += len(line)
        previous = line.strip()
    if at > start:
        yield start, at


def _abbreviated(text: str, begin: int, stop: int) -> bool:
    """Whether the full stop at `stop` ends an abbreviation or an initial."""
    word = text[max(begin, stop - 12) : stop].rpartition(" ")[2].lstrip("(\"'“‘[")
    return len(word) == 1 or "." in word or word.lower() in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int, marker: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    led = marker.match(text, start, end)
    start = led.end() if led else start
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut + (text[cut] == " ")
    if start < end:
        yield start, end
