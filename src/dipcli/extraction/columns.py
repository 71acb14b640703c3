"""The columns of tables, made plain by bars, whatever parted them: tabs, gaps of blanks, the day at a line's end,
a rule of dashes on top, the markup of a wiki, or nothing but a day beside a country."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby

from dipcli.dates.intervals import MONTHS
from dipcli.extraction import listings

_TAB = re.compile(r"(?<=\S)[ ]*\t[ ]*(?=[\S\t])|(?<=\S\t)[ ]*\t")
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_MONTH = rf"(?:{'|'.join(f'{name}|{name[:3]}[.]?' for name in MONTHS)})"
_DAY = rf"(?:{_MONTH} \d\d?|\d\d? {_MONTH})(?:,? (?:19|20)\d\d)?"
DATED = re.compile(
    rf"(?m)[ ](?<=[^\s|:,–—-] )(?=[A-Z\d])(?={_DAY}(?: ?[-–—] ?(?:{_DAY}|\d\d?(?:,? (?:19|20)\d\d)?))?[ ]*$)"
)
"""The blank before the day that a line ends with."""
DATED_LINES = 3
"""How many lines have to end with a day for them to be a table's."""
_PARTED = (("\t", _TAB, 1, 2), ("   ", _GAP, 2, 3), (" ", DATED, 1, DATED_LINES))
"""What parts columns, after a sign without which there is none; how many in a line and how many such lines there
have to be."""
_WIDE, _SCATTERED = 3, 4
"""How many signs a line has to have, and how many such lines there have to be, for lines apart from each other to be
a table's whose rows have prose between them."""
_FROM_TO = re.compile(
    rf"({_DAY}\s*|\d{{4}}-\d\d-\d\d\s*)\|(?=\s*(?:{_DAY}|\d{{4}}-\d\d-\d\d)\s*(?:\||$))", re.M
)
"""A column of first days beside one of last days."""


_BROKEN = re.compile(r"(?<=[^|\s])\n\|\n(?=[^\n|]+\|)")
"""Where a row goes on below a cell that ended with its line."""


def barred(text: str) -> str:
    """The text with bars between the columns of its tables, a dash between a first and a last day, and each row on
    one line, its number left out; every character at its old offset."""
    if "See " in text:
        text = _REFERRED.sub(_parted, text)
    if "{|" in text:
        text = _WIKI.sub(_unwiki, text)
    if "---" in text:
        text = _RULED.sub(_ruled, text)
    for sign, pattern, least, lines in _PARTED:
        if sign in text and pattern.search(text):
            text = _barred(text, pattern, least, lines)
    text = listings.barred(text)
    if "\n|\n" in text:
        text = _BROKEN.sub(" | ", text)
    return _FROM_TO.sub(r"\1–", text) if "|" in text else text


def _barred(text: str, pattern: re.Pattern[str], least: int, lines: int) -> str:
    counted = [(line, len(pattern.findall(line))) for line in text.splitlines(keepends=True)]
    shared = Counter(count for _, count in counted)
    out: list[str] = []
    for count, group in groupby(counted, key=lambda one: one[1]):
        block = [line for line, _ in group]
        if count >= least and (len(block) >= lines or (count >= _WIDE and shared[count] >= _SCATTERED)):
            block = [pattern.sub(lambda match: "|".rjust(len(match[0])), line) for line in block]
        out += block
    return "".join(out)


# ---- cells run together, the last of them a reference ------------------------------------------------

_REFERRED = re.compile(
    rf"(\S)?((?:{_DAY}|\b{_MONTH} (?:19|20)\d\d|(?:19|20)\d\d)(?:\[\w{{1,4}}\])*[ ]?)See "
    r"([A-ZÀ-Þ][^\n.;:–-]{2,40}[–-][A-ZÀ-Þ][^\n.;:–-]{2,40}? relation)(?:s(?![ ]?[A-ZÀ-Þa-z])|s[ ]?(?=[A-ZÀ-Þ]))"
)
"""A day and "See A–B relations", as a table of relations has them: its cells may have lost what parted them."""


def _parted(match: re.Match[str]) -> str:
    """The two cells as a row of its own."""
    before, date, pair = match.groups()
    beside = f"{chr(10) if before else ''}{date}|   {pair}"
    rest = len(match[0]) - len(beside)
    runs_on = match.string[match.end() : match.end() + 1].isupper()
    return beside + ("\n".rjust(rest, "s") if runs_on else "s")


# ---- a rule of dashes on top ---------------------------------------------------------------------

_RULED = re.compile(
    r"(?m)^([ ]*-{2,}(?:[ ]+-{2,})+[ ]*)\n(?:(?![ ]*-{2,}).*\n)+?(?=[ ]*-{2,}|[ ]*\n[ ]*\n|\Z)"
)
"""A line of dashes with gaps and the lines below it, up to the next or to two blank lines."""
_MOST = 30
"""Columns of a table; with more it is none."""


def _ruled(match: re.Match[str]) -> str:
    """A table whose columns begin where the dashes of its rule do, bars put there; a line that but goes on in the
    last column joined to the line before."""
    starts = [dash.start() for dash in re.finditer(r"-{2,}", match[1])][1:]
    if len(starts) > _MOST:
        return match[0]
    out: list[str] = []
    for line in match[0].split("\n"):
        cells = all(len(line) < at or line[at - 1] == " " for at in starts)
        if out and cells and line.strip() and not line[: starts[-1]].strip() and out[-1].strip():
            out[-1] += f" {line}"
        elif cells and line.strip("- "):
            out.append("".join("|" if at + 1 in starts else sign for at, sign in enumerate(line)))
        else:
            out.append(line)
    return "\n".join(out)


# ---- a wiki's markup -----------------------------------------------------------------------------

_WIKI = re.compile(r"(?ms)^\{\|(?:(?!^\{\|).)*?^\|\}")
_HIDDEN = (
    re.compile(
        r"\[\[[^\[\]|\n]{1,100}\||\{\{[^{}|\n]{1,30}\||\}\}|(?<=\|)[ ]*(?:[a-z]+=\"[^\"\n]*\"[ ]*)+\|"
    ),
    re.compile(r"(?m)^(?:\{\||\|-|\|\}).*$"),
)
"""The target of a link, the name of a template ("{{flag|Peru}}"), the style of a cell; what parts rows."""
_CELL = re.compile(r"\n(?=[|!])")


def _unwiki(match: re.Match[str]) -> str:
    """A wiki's table, its markup blanked and the cells of a row that stand in lines of their own on one line."""
    text = _CELL.sub(lambda cell: cell[0] if _is_edge(match[0], cell) else " ", match[0])
    for pattern in _HIDDEN:
        text = pattern.sub(lambda hidden: " " * len(hidden[0]), text)
    return text


def _is_edge(text: str, cell: re.Match[str]) -> bool:
    """Whether a row ends or begins at a line's end."""
    before = text.rfind("\n", 0, cell.start()) + 1
    return text.startswith(("|-", "|}"), cell.end()) or text.startswith(("|-", "{|"), before)
