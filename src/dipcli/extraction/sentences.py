"""Sentences and lines of a document's view, with what kind of line each comes from.

A purpose-made splitter: chronology lines and list items are units of their own, hard-wrapped lines
are joined, and abbreviations of the field (Gen., Amb., Aug., U.S.) do not end a sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise
from string import ascii_lowercase
from typing import Literal

import msgspec

from dipcli.words import plain

SENTENCE_LIMIT = 2_000
"""Code points; a longer sentence is cut at the last space before."""

Kind = Literal["prose", "heading", "item", "row"]
"""A row is a line of a table, and one sentence whatever stands in its cells."""


class Sentence(msgspec.Struct, frozen=True, gc=False):
    char_start: int
    char_end: int
    kind: Kind
    paragraph: int
    """Number of the block of lines it stands in."""
    cut: bool
    """Whether it is a piece of a sentence that was longer than `SENTENCE_LIMIT`."""
    words: frozenset[str]
    """Its words in small letters. A pattern that needs one of a few words is spared where there is none of them."""


_ABBREVIATIONS = frozenset(
    "mr mrs ms smt dr prof rt sen rep gov gen lt col maj capt cmdr adm sgt amb hon rev st sr jr no nos vs etc"
    " inc ltd co corp dept div est approx ca cf fig al e.g i.e p pp vol ed eds min dist art para sec"
    " a.m p.m pres brig gens cols sens reps messrs mme ft mt".split()
)
_CALENDAR = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri".split()
)
_PARTS = re.compile("[-–—/]")
_DOTTED = re.compile(r"(?:[A-Za-z]\.){1,4}$")
_ROW = re.compile(r"\s*\|.*\S|[^|]*\S\s*\|\s*\S[^|]*\|\s*\S|[^|]{1,60}\|\s*\S|[^|]*\|[ ]?[^|\n]{1,40}$")
"""A line of cells: one that begins with a bar, one with two, one with a bar near its beginning or its end."""
_END = re.compile(r"""[.!?…](?:(?<![.!?…].)[.!?…]*["')\]]*(?=\s+["'(\[]*[A-Z0-9À-Ý])|(?<!…)["')\]]+(?=\s))""")
_STARTERS = frozenset(
    "The This That These Those A An In On At It He She They We I But And However Meanwhile After Before"
    " During According For From With As Both Its His Her Their There When While If Although Since".split()
)
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"(\S+)$")
_ITEM = re.compile(r"^[ ]*(?:[-*+•–|]|\d{1,2}[.)])[ ]+\S")
_HANGING = re.compile(r"^([ ]*[-*+•][ ])[ ]*\S")
"""The bullet of an item, to whose right all its lines stand."""
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d[ ]*:?\s*$")
"""The line above the entries of a year."""
_TO = r"(?:[ ]*[-–—/][ ]*"
_BULLET = r"^[ ]*(?:[-*+•–|][ ]*)?[*_\[(]*"
_DATED_LINE = re.compile(
    rf"{_BULLET}(?:{_MONTHS}[ ]*\d"
    rf"|{_NUMBER}{_TO}\d{{1,2}})?[ ]+{_MONTHS}"
    r"|(?:19|20)\d\d-\d\d|\d{1,2}[./]\d{1,2}\b"
    rf"|{_MONTHS},?[ ]+(?:19|20)\d\d[ ]*[:–—-]|{_MONTHS}{_TO}{_MONTHS})?[ ]*(?:[:–—]|--)|(?:19|20)\d\d[ ]*[:–—.-]"
    rf"|(?:19|20)\d\d,?[ ]+{_MONTHS}(?:,?[ ]+{_NUMBER}\b)?[ ]+[A-Z]"
    r"|\d{1,2}(?:st|nd|rd|th)[ ]*[.:–—-])"
)
_YEAR = r"(?:19|20)\d\d"
_CLOCK = r"(?:\d{1,2}[:.]\d\d(?:[ ]?[aApP]\.?[mM]\b\.?)?|\d{1,2}[ ]?[aApP]\.?[mM]\b\.?)"
TIME_LEAD = re.compile(
    rf"[*_\[(]*{_CLOCK}(?:[ ]*[-–—][ ]*{_CLOCK})?[ ]*(?:LOCAL\b|hrs?\b|hours\b)?[*_\])]*[ ]*[:–—|.-]?[ ]*(?=[^\s\d])"
)
"""The time of day that a line of a schedule begins with."""
TIMED = re.compile(rf"(?m)^[ ]*(?:[-*+•–|][ ]*)?{TIME_LEAD.pattern}")
"""The beginning of such a line."""
_LEAD = re.compile(
    rf"{_BULLET}(?:{_YEAR}[.,]?[ ]+)?"
    rf"(?:{_MONTHS}(?:[ ]*{_NUMBER}{_TO}(?:{_MONTHS}[ ]*)?{_NUMBER})?)?(?:,?[ ]+{_YEAR})?"
    rf"|{_NUMBER}{_TO}{_NUMBER})?[ ]+{_MONTHS}{_TO}{_NUMBER}[ ]+{_MONTHS})?(?:,?[ ]+{_YEAR})?"
    rf"|{_MONTHS}{_TO}{_MONTHS})?(?:[ ]+{_YEAR})?|{_YEAR}|\d{{1,2}}(?:st|nd|rd|th))[*_\])]*\.[*_]*"
)
"""The date that a line of a chronology begins with, where a full stop parts it from the rest."""


_DAYS = rf"{_NUMBER}(?:[ ]?[-–—][ ]?{_NUMBER})?[ ]+"
_RUN_IN = re.compile(
    rf"\b(?=[0-9A-Z])(?:{_DAYS})?{_MONTHS}(?:[ ]?(?:[-–—]|and)[ ]?{_MONTHS})?,?[ ]+{_YEAR}(?=[ ]+[A-Z])"
)
"""A date after which the entry of a chronology runs on without a mark: "17 May 1990 Chad issues …"."""
_DASHED = re.compile(rf"[-–—][ ]+(?={_YEAR}[ ]*[:–—-][ ]+[0-9A-Z])")
"""What stands before such a year between dashes: "– 1974 – Portugal withdraws"."""
_LEANING = re.compile(
    r"(?:\b(?:in|on|of|from|to|until|till|since|by|and|the|a|before|after|for|during|at|between)|[,;:(–—-])\Z",
    re.I,
)
"""What a date belongs to that begins no entry."""
_FLATTENED = 3
"""Entries run together in one paragraph from which it is a chronology that lost its lines."""


def _entries(text: str) -> list[int]:
    """Where the entries begin of a chronology whose lines were run together, those included that no full stop parts
    from the entry before; none for other text."""
    if text.count("19") + text.count("20") < _FLATTENED:
        return []
    found = sorted(match.start() for form in (_RUN_IN, _DASHED) for match in form.finditer(text))
    before = [text[max(0, at - 12) : at].rstrip() for at in found]
    if sum(not words or words[-1] in ".!?" for words in before) < _FLATTENED:
        return []
    return [at for at, words in zip(found, before, strict=True) if words and not _LEANING.search(words)]


_DATED_END = re.compile(r"\A(?:[^.:;]{0,70} )?\([^()]*(?:19|20)\d\d\)\Z")
"""A line of a list that ends with its date in brackets: "President NAME (May 2003)"."""
_FULL = 40
"""Characters of a line that was broken since it was full."""


def _joins(before: str, after: str, wrapped: bool, full: int) -> bool:
    """Whether a line goes on in the next one; `full` is the least length of one that was broken."""
    before, bare = before.rstrip(), after.lstrip()
    if any("|" in line and _ROW.match(line) for line in (before, after)):
        return False
    if not before or not bare or _DATED_LINE.match(after) or _ITEM.match(after) or TIMED.match(after):
        return False
    if _YEAR_ALONE.match(bare) and (_ITEM.match(before) or _DATED_LINE.match(before)):
        return False
    if _DATED_END.search(before) and bare[0].isupper():
        return False
    ends = before.endswith((".", "!", "?", '."', ':"', '?"', ":", ".)"))
    if bare[0].islower() or before.endswith(","):
        return not ends
    return wrapped and len(before) >= full and not (ends and len(before) < 55)


def _hangs(line: str, edge: int) -> bool:
    """Whether a line is indented to where the text of the item above it may begin, and is no entry of its own."""
    return bool(
        edge
        and line[:edge].isspace()
        and not _ITEM.match(line)
        and not _DATED_LINE.match(line)
        and "|" not in line
    )


_BREAKS = frozenset(f"{ascii_lowercase},")
_TORN = re.compile(r"\n[ ]*\n[ ]*[a-z]")
_GOES_ON = frozenset(
    "a an and are as at be been by for from had has have in is of on or that the their to was were which who will"
    " with would".split()
)
"""Words that no line of its own ends with."""


def is_torn(seen: str) -> bool:
    """Whether blank lines stand within sentences again and again, as scanners leave them."""
    before = (seen[max(0, match.start() - 80) : match.start()].rstrip(" ") for match in _TORN.finditer(seen))
    return sum(text[-1:] in _BREAKS for text in before if text) >= 2


def _bridges(before: str, after: str, torn: bool) -> bool:
    """Whether a sentence goes on across a blank line, as scanners and copied pages leave it.

    `torn` says that the text does so again and again; then a capital letter may follow too.
    """
    before, bare = before.strip(), after.lstrip()
    if before.endswith((".", "!", "?", ":", '"', ")", ";")) or len(before) <= 30:
        return False
    if bare[0].islower():
        return True
    words = before.split()
    if not torn or not (bare[0].isalpha() or bare[0] in '"('):
        return False
    return words[-1] in _GOES_ON or (len(words) > 5 and sum(w[0].islower() for w in words) * 2 > len(words))


def _wrapped(lines: list[str]) -> bool:
    """Whether the text is broken into lines of about equal width by hand."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 4:
        return False
    return (
        lengths[len(lengths) * 3 // 4] >= 40
        and lengths[len(lengths) * 19 // 20] <= 130
        and lengths[-1] <= 200
    )


_NARROW = 25, 60
"""Characters that the widest lines of a narrow column have, as in a newspaper's or a telegram's."""
_BREAKS_LEAST, _OVERFULL, _GOING_ON = 3, 0.75, 0.3
"""Ends of lines in a narrow column: how many there are, which share has no room for the next line's first word, and
which share stands before a small letter."""

_RAGGED = 8
"""Characters by which a line may be wider than its column."""


def _column(lines: list[str]) -> int:
    """The width of the narrow column that a text was broken into; 0 for other text."""
    bare = [line.strip().lstrip("• ") for line in lines]
    lengths = sorted(len(line) for line in bare if line)
    width = lengths[len(lengths) * 19 // 20] if lengths else 0
    if not _NARROW[0] <= width <= _NARROW[1]:
        return 0
    ends = [
        (above, below)
        for above, below in pairwise(bare)
        if above and below and not (_DATED_LINE.match(below) or _ITEM.match(below) or "|" in above + below)
    ]
    inner = [(above, below) for above, below in ends if not above.endswith((".", ":"))]
    full = sum(len(above) >= width - len(below.split()[0]) for above, below in inner)
    going_on = sum(below[0].islower() for _, below in inner)
    if len(inner) < _BREAKS_LEAST or full < _OVERFULL * len(inner) or going_on < _GOING_ON * len(inner):
        return 0
    return width


def _in_column(line: str, width: int) -> bool:
    """Whether a line may be one of a narrow column that goes on in the next."""
    return len(line.strip()) <= width + _RAGGED and not line.rstrip().endswith(":")


_SHOUTED = 4
"""Words from which a line in capitals is a heading of what stands right below it."""


def _is_shouted(line: str) -> bool:
    return line.isupper() and len(line.split()) >= _SHOUTED and line.rstrip()[-1] not in ".,;-"


def blocks(seen: str) -> list[tuple[int, int, Kind]]:
    """Runs of characters that are one paragraph, heading or list item: (start, end, kind)."""
    lines = seen.split("\n")
    wrapped = _wrapped(lines)
    column = 0 if wrapped else _column(lines)
    torn = is_torn(seen)
    found: list[tuple[int, int]] = []
    at = end = 0
    start: int | None = None
    previous = ""
    gap = below = opened = False
    edge = 0
    """How far the lines of the item are indented at least."""
    for line in lines:
        bare = line.lstrip().lstrip("•").lstrip()
        if not bare:
            gap = True
            below = line.strip() == "•"  # the item stands in the lines below its bullet
        else:
            broken = (
                wrapped
                or (column > 0 and _in_column(previous, column))
                or (below and not gap and not previous.rstrip().endswith("."))
            )
            full = 0 if below else column - len(bare.split()[0]) if column else _FULL
            goes_on = start is not None and (
                _hangs(line, edge) or _joins(previous.strip(), line, broken, full)
                if not gap
                else not below and _bridges(previous, line, torn)
            )
            goes_on = goes_on and not (opened and _is_shouted(previous) and not bare.isupper())
            if bullet := _HANGING.match(line):
                edge = len(bullet[1])
            elif (
                _DATED_LINE.match(line)
                and len(line.strip()) > _FULL
                and line.rstrip()[-1] != ":"
                and "|" not in line
            ):
                edge = len(line) - len(line.lstrip()) + 1
            elif not goes_on:
                edge = 0
            opened = not goes_on
            if not goes_on:
                if start is not None:
                    found.append((start, end))
                start = at + len(line) - len(bare)
            end = at + len(line.rstrip())
            previous, gap = line, False
        at += len(line) + 1
    if start is not None:
        found.append((start, end))
    kinds = ((lo, hi, _kind(seen, lo, hi)) for lo, hi in found)
    return [part for lo, hi, kind in kinds for part in _parts(seen, lo, hi, kind)]


_LONG_CELL, _LONE_CELL = 100, 60
"""Characters from which on a cell that tells of years, or one that stands alone in its row, is prose."""
_SEE = re.compile(r"(?:See|Main article)(?: also)?:?\s+[A-Z][^.|]{2,60}?\srelations\.?\s+(?=[A-Z])")
"""What a cell begins with that leaves the rest to another article."""
_CELL_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _parts(seen: str, lo: int, hi: int, kind: Kind) -> list[tuple[int, int, Kind]]:
    """A block; of a row with a cell of prose, the cells before it, and the prose on its own."""
    if kind != "row":
        return [(lo, hi, kind)]
    bars = [lo - 1, *(at for at in range(lo, hi) if seen[at] == "|"), hi]
    start, end = max(((a + 1, b) for a, b in pairwise(bars)), key=lambda cell: cell[1] - cell[0])
    prose, beside = seen[start:end].strip(), seen[lo:start] + seen[end:hi]
    alone = not any(sign.isalnum() for sign in beside)
    told = len(prose) >= _LONG_CELL and _CELL_YEAR.search(prose)
    several = _END.search(prose) or not any(sign.isdigit() for sign in beside)
    if not (len(prose) >= _LONE_CELL if alone else told and several):
        return [(lo, hi, kind)]
    start += len(seen[start:end]) - len(seen[start:end].lstrip(" -•"))
    aside = _SEE.match(seen, start, end)
    start = aside.end() if aside else start
    head: list[tuple[int, int, Kind]] = [] if alone else [(lo, start, "row")]
    return [*head, (start, start + len(seen[start:end].rstrip()), "prose")]


def _kind(seen: str, lo: int, hi: int) -> Kind:
    line_start = seen.rfind("\n", 0, lo) + 1
    text = seen[lo:hi]
    if seen.find("|", line_start, hi) >= 0 and _ROW.match(seen, line_start, hi):
        return "row"
    if _DATED_LINE.match(text) or TIMED.match(text) or _ITEM.match(seen[line_start:hi]):
        return "item"
    words = text.split()
    if len(words) <= 14 and not text.rstrip("\")' ").endswith((".", "!", "?", ";", ",")):
        return "heading"
    return "prose"


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence and not an abbreviation or an initial."""
    if match[0][0] != "." or len(match[0]) > 1:
        return True
    before = _LAST_WORD.search(text, max(0, match.start() - 20), match.start())
    word = before[1].lstrip("(\"'[") if before else ""
    after = text[match.end() : match.end() + 30].split()
    following = after[0].strip("\"'([") if after else ""
    bare = word.casefold().rstrip(".")
    if _PARTS.split(bare)[-1] in _CALENDAR:  # "Nov. 17-Dec. 22"
        return not following[:1].isdigit()
    if bare in _ABBREVIATIONS:
        return (
            bare in ("a.m", "p.m", "etc", "inc", "corp", "ltd", "co", "jr", "sr") and following in _STARTERS
        )
    if _DOTTED.fullmatch(word + "."):
        return following in _STARTERS and len(word) > 1
    return True


def split(seen: str) -> list[Sentence]:
    """Sentences of a view, in order; blank runs are left out. Linear in the text's length."""
    out: list[Sentence] = []
    for paragraph, (lo, hi, kind) in enumerate(blocks(seen)):
        text = seen[lo:hi]
        start = 0
        stops = [m.end() for m in _END.finditer(text) if _ends(text, m)] if kind != "row" else []
        while stops and _LEAD.fullmatch(text, 0, stops[0]):
            del stops[0]
        if kind in ("prose", "item"):
            stops = sorted({*stops, *_entries(text)})
        for stop in [*stops, len(text)]:
            pieces = _pieces(text, start, stop)
            for begin, end in pieces:
                bare = text[begin:end].strip()
                if bare:
                    first = lo + begin + text[begin:end].index(bare)
                    out.append(
                        Sentence(first, first + len(bare), kind, paragraph, len(pieces) > 1, _words(bare))
                    )
            start = stop
    return out


def _words(text: str) -> frozenset[str]:
    if text.isascii() and "_" not in text:
        return frozenset(plain(text))
    return frozenset(_WORD.findall(text.lower()))


def begin_of(seen: str, sentence: Sentence) -> int:
    """Where a sentence begins, but for the time of day before an entry of a schedule."""
    time = TIME_LEAD.match(seen, sentence.char_start, sentence.char_end)
    return time.end() if time else sentence.char_start


def has_time(seen: str, sentence: Sentence) -> bool:
    """Whether a sentence begins with the time of day of an entry of a schedule."""
    return begin_of(seen, sentence) > sentence.char_start


def _pieces(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """text[start:stop] in pieces of at most `SENTENCE_LIMIT`, parted at blanks where there are any."""
    pieces: list[tuple[int, int]] = []
    while stop - start > SENTENCE_LIMIT:
        space = text.rfind(" ", start + 1, start + SENTENCE_LIMIT)
        end = space if space > start else start + SENTENCE_LIMIT
        pieces.append((start, end))
        start = end
    return [*pieces, (start, stop)]
