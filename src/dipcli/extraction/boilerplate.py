"""Lines that tell of the page and not of the world: navigation, sharing, rights, appeals, credits, other pages.

The phrases are a table (`lexicon/boilerplate.toml`). What is marked stays in the text and is not mined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from dipcli.extraction.lines import Line
from dipcli.lexicon import tables
from dipcli.mentions import Span

LABEL_WORDS = 12
LONGEST = 1000
"""Characters of a line; a longer one is no notice."""
PARAGRAPH_WORDS = 80
"""A paragraph of more, spread over lines, is no notice."""
LISTED = 12
"""Lines that may follow the heading of a list of other pages."""
HEAD = 12
"""Lines on top among which a caption is told again."""
CAPTION_WORDS = 6

_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\Z")
_CREDIT = re.compile(
    r"\s*[(\[][^()\[\]]{0,60}\b(?:photo|image|picture|file|credit|AFP|AP|Reuters|EPA|Getty|Xinhua|Yonhap)\b[^()\[\]]{0,60}[)\]]?\.?\Z"
    r"|\s*(?:Photo|Image|Picture)s?(?: by| courtesy of|:).{0,60}\Z",
    re.IGNORECASE,
)


@cache
def _table(name: str) -> re.Pattern[str]:
    phrases = tables.toml("boilerplate.toml")[name]
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)


def of_the_page(words: str) -> bool:
    """Whether a line, without its markup, tells of the page."""
    if len(words) > LONGEST:
        return False
    is_label = len(words.split()) <= LABEL_WORDS and not _ENDS.search(words)
    return bool((is_label and _table("labels").fullmatch(words)) or _table("sentences").fullmatch(words))


def spans(found: Sequence[Line], is_frame: Callable[[Line], bool]) -> list[Span]:
    """The lines of a text that tell of the page, in order; `is_frame` knows bylines and the like."""
    marked = {line for line in found if of_the_page(line.words) or is_frame(line)}
    for paragraph in _paragraphs(found):
        if len(paragraph) == 1:
            continue
        words = " ".join(line.words for line in paragraph)
        if len(words.split()) <= PARAGRAPH_WORDS and _table("sentences").fullmatch(words):
            marked.update(paragraph)
    marked.update(_listed(found))
    marked.update(_captions(found[:HEAD]))
    return [Span(char_start=line.start, char_end=line.end) for line in found if line in marked]


def _paragraphs(found: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank one between."""
    paragraph = list(found[:1])
    for before, line in pairwise(found):
        if line.start > before.end + 1:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _listed(found: Sequence[Line]) -> Iterator[Line]:
    """Headings of lists of other pages, with the lines below that are no running text."""
    for number, line in enumerate(found):
        if not _table("lists").fullmatch(line.words):
            continue
        yield line
        for below in found[number + 1 : number + 1 + LISTED]:
            if below.sentence or below.level or _ENDS.search(below.words):
                break
            yield below


def _captions(head: Sequence[Line]) -> Iterable[Line]:
    """Lines on top that another near them tells again: the shorter of the two, with a picture's credit or
    without. Not across a heading or a line with a figure, which may date the second."""
    folded = [line.words.casefold() for line in head]
    for number, line in enumerate(head):
        opening = folded[number][:CAPTION_WORDS]  # as many letters as words at least
        if not any(told.startswith(opening) for told in folded[number + 1 :]):
            continue
        words = _CREDIT.sub("", line.words).casefold()
        if len(words.split()) < CAPTION_WORDS or not (words != folded[number] or _ENDS.search(words)):
            continue
        for below, told in zip(head[number + 1 :], folded[number + 1 :], strict=True):
            if told.startswith(words.rstrip(". ")):
                yield line
                break
            if below.level or any(map(str.isdigit, below.words)):
                break
