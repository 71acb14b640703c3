"""Lines and where they stand on their pages -> text in the order in which people read it.

* A line that comes back at the top or foot of other pages (a running head), and a page number, are left out.
* Where two or more columns of prose stand side by side, one is read after the other; rows of a table, whose
  columns are narrow or of short pieces, stay rows.
* Lines are joined to paragraphs, words parted at a line's end made whole, over columns and pages too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from dipcli.reading.blocks import join


class Line(NamedTuple):
    """Words and the box around them, in points from the left and from the top."""

    left: float
    right: float
    top: float
    foot: float
    words: str

    @property
    def size(self) -> float:
        return self.foot - self.top


class Page(NamedTuple):
    width: float
    height: float
    lines: list[Line]
    has_pictures: bool = False


_MARGIN = 0.12
"""Share of the page's height, at top and foot, in which running heads and page numbers stand."""
_COLUMN = 0.22
"""Share of the page's width that the lines of a column of prose have at least."""
_GUTTER = 6.0
"""Points between columns, at least."""
_MOST_LINES = 4_000
"""On a page; with more it is no text to be put in order."""
_NUMBER = re.compile(
    r"[-–—\[( ]*(?:page |p\. ?)?(?:\d{1,4}|[ivxl]{1,6})(?: ?(?:/|of|\|) ?\d{1,4})?[-–—\]). ]*\Z",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]\d]*\Z")
_ITEM = re.compile(
    r"(?:[•●▪■◦‣–—*-]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z]\)\s+)"
    r"|(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s?(?:\d{1,2})?(?:, \d{4})?\s?[:–—-]"
    r"|\d{4}(?:-\d\d-\d\d)?\s?[:–—]"
)
"""How an item of a list or an entry of a chronology begins."""
_BULLET = re.compile(r"[•●▪■◦‣*–—-]\s+")
_PARTED = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]\Z")
_LONGEST_WORD = 60
_GOES_ON = re.compile(r"([a-zà-ÿ]+)")


class _Piece(NamedTuple):
    """Words of a paragraph, and the page that they are on (from 0)."""

    page: int
    words: str


def text_of(pages: Sequence[Page]) -> tuple[str, list[int]]:
    """The text of the pages, and the offset in it at which each begins."""
    running = _running(pages)
    body = median([line.size for page in pages for line in page.lines] or [0.0])
    regions = [
        (number, region)
        for number, page in enumerate(pages)
        for region in _regions(
            [one for one in page.lines if not _is_furniture(one, page, running)], page.width
        )
    ]
    usual = _usual_gap([region for _, region in regions])
    paragraphs: list[list[_Piece]] = []
    for number, region in regions:
        for begin, words in _paragraphs(region, body, usual):
            last = paragraphs[-1] if paragraphs else None
            if last and not begin and _continues(last[-1].words, words):
                last.append(_Piece(number, words))
            else:
                paragraphs.append([_Piece(number, begin + words)])
    whole = {word.lower() for page in pages for line in page.lines for word in line.words.split()}
    return _written(paragraphs, whole, len(pages))


def _written(paragraphs: list[list[_Piece]], whole: set[str], count: int) -> tuple[str, list[int]]:
    """The paragraphs as text, and the offset at which each of so many pages begins."""
    lines: list[str] = []
    begun: list[tuple[int, int, int]] = []
    """Page, number of the line that begins it, offset in that line."""
    for pieces in paragraphs:
        line = ""
        for page, words in pieces:
            before, line = line, _joined(line, words, whole)
            begun.append(
                (page, len(lines), len(before) if line.startswith(f"{before} ") else len(before) - 1)
            )
        lines.append(line)
    text = join(lines)
    offsets: list[int] = []
    for line in lines:
        offsets.append(text.index(line, offsets[-1] + len(lines[len(offsets) - 1]) if offsets else 0))
    starts: dict[int, int] = {}
    for page, number, offset in begun:
        starts.setdefault(page, offsets[number] + max(0, offset))
    later = len(text)
    found = []
    for page in reversed(range(count)):
        later = starts.get(page, later) if page else 0
        found.append(later)
    return text, found[::-1]


# ---- what stands on every page ------------------------------------------------------------------


def _running(pages: Sequence[Page]) -> set[str]:
    """Words, digits aside, that stand at the top or foot of at least a third of the pages, three or more
    (of two pages: on both)."""
    counted = Counter(
        key for page in pages for key in {_key(line) for line in page.lines if _at_edge(line, page)}
    )
    least = 2 if len(pages) == 2 else max(3, len(pages) // 3)
    return {key for key, count in counted.items() if count >= least}


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.words.casefold())


def _at_edge(line: Line, page: Page) -> bool:
    return line.foot < page.height * _MARGIN or line.top > page.height * (1 - _MARGIN)


def _is_furniture(line: Line, page: Page, running: set[str]) -> bool:
    return _at_edge(line, page) and (_key(line) in running or bool(_NUMBER.match(line.words)))


# ---- columns ------------------------------------------------------------------------------------


def _regions(lines: list[Line], width: float) -> Iterator[list[Line]]:
    """The lines parted into stretches to be read one after the other, each in rows from the top."""
    lines = sorted(lines[:_MOST_LINES], key=lambda line: (line.top, line.left))
    gutter = _gutter(lines, width)
    if gutter is None:
        if lines:
            yield _rows(lines)
        return
    for goes_across, group in groupby(lines, key=lambda line: line.left < gutter < line.right):
        band = list(group)
        if goes_across:
            yield _rows(band)
        else:
            yield from _regions([line for line in band if line.right <= gutter], width)
            yield from _regions([line for line in band if line.left >= gutter], width)


def _gutter(lines: list[Line], width: float) -> float | None:
    """Where, from the left, two columns of prose part: few lines go across, and many stand on either side."""
    best: tuple[int, float] | None = None
    for place in sorted({line.left for line in lines if line.left > width * _COLUMN}):
        at = place - _GUTTER / 2
        left = [line for line in lines if line.right <= at - _GUTTER / 2]
        right = [line for line in lines if line.left >= at]
        across = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < 3 or across * 2 > min(len(left), len(right)):
            continue
        if min(_usual(left), _usual(right)) < width * _COLUMN or not _beside(left, right):
            continue
        if best is None or across < best[0]:
            best = across, at
    return best[1] if best else None


def _usual(lines: list[Line]) -> float:
    return median(line.right - line.left for line in lines)


def _beside(left: list[Line], right: list[Line]) -> bool:
    """Whether the two share their height, rather than stand one above the other."""
    top = max(min(line.top for line in side) for side in (left, right))
    foot = min(max(line.foot for line in side) for side in (left, right))
    return foot > top


def _rows(lines: list[Line]) -> list[Line]:
    """Pieces that stand on one line of the page made one."""
    rows: list[Line] = []
    for line in lines:
        above = rows[-1] if rows else None
        if above and line.top < (above.top + above.foot) / 2 < line.foot and line.left >= above.right - 1:
            rows[-1] = Line(
                above.left,
                line.right,
                min(above.top, line.top),
                max(above.foot, line.foot),
                f"{above.words} {line.words}",
            )
        else:
            rows.append(line)
    return rows


# ---- paragraphs ---------------------------------------------------------------------------------


def _usual_gap(regions: list[list[Line]]) -> float:
    """Points between the lines of a paragraph: the smallest gap there is (in a long text: that comes back),
    since there are gaps between paragraphs as well."""
    gaps = [below.top - above.foot for lines in regions for above, below in pairwise(lines)]
    counted = Counter(round(2 * gap) / 2 for gap in gaps)
    often = max(1, len(gaps) // 30)
    return min((gap for gap, count in counted.items() if gap >= 0 and count >= often), default=0.0)


def _paragraphs(lines: list[Line], body: float, usual: float) -> Iterator[tuple[str, str]]:
    """The paragraphs of a stretch: what marks each ("", "## ", "- "), and its words, lines joined by a
    line feed that is to become a blank."""
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    group: list[Line] = []
    for line in lines:
        if group and _begins(line, group[-1], left, right, usual):
            yield _marked(group, body)
            group = []
        group.append(line)
    if group:
        yield _marked(group, body)


def _begins(line: Line, above: Line, left: float, right: float, usual: float) -> bool:
    """Whether a paragraph begins with this line."""
    if line.top - above.foot > max(usual * 1.5, usual + 0.35 * line.size):
        return True
    if abs(line.size - above.size) > 0.15 * above.size or _ITEM.match(line.words):
        return True
    if not _SENTENCE_END.search(above.words) or line.words[:1].islower():
        return False
    is_short = above.right < right - 0.2 * (right - left)
    is_indented = line.left > left + 0.6 * line.size and above.left <= left + 0.6 * line.size
    return is_short or is_indented


def _marked(lines: list[Line], body: float) -> tuple[str, str]:
    words = "\n".join(line.words for line in lines)
    if bullet := _BULLET.match(words):
        return "- ", words[bullet.end() :]
    is_large = all(line.size > 1.2 * body for line in lines)
    if is_large and len(words) < 200:
        return ("# " if lines[0].size > 1.5 * body else "## "), words
    return ("- " if _ITEM.match(words) else ""), words


def _continues(before: str, words: str) -> bool:
    """Whether a paragraph goes on in another column or page."""
    if before.startswith("#") or _ITEM.match(words):
        return False
    return bool(_PARTED.search(before)) or (not _SENTENCE_END.search(before) and words[:1].islower())


def _joined(before: str, words: str, whole: set[str]) -> str:
    """Words put after others of their paragraph; each line feed becomes a blank, or mends a parted word."""
    for line in words.split("\n"):
        parted, after = _PARTED.search(before, max(0, len(before) - _LONGEST_WORD)), _GOES_ON.match(line)
        if not before:
            before = line
        elif parted and after:
            keeps = (
                f"{parted[1]}-{after[1]}".lower() in whole and f"{parted[1]}{after[1]}".lower() not in whole
            )
            before = (before if keeps else before[: parted.end(1)]) + line
        elif before.endswith(("-", "\u2010")) and not before.endswith((" -", "--")) and line[:1].isalpha():
            before += line
        else:
            before = f"{before} {line}"
    return before
