"""Lists of visits whose columns nothing parts: a day beside a country on each line, or each cell on a line of its own.

"Egypt Cairo 5–10 October 1964 Conference of …", "14–16 October 1954 Ethiopia Emperor …", "May 5: Chad – working
visit", "1. Bhutan" above "15 June – 16 June, 2014": only what says on top that it lists visits is read so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from dipcli.dates.intervals import MONTHS
from dipcli.lexicon import countries, offices, places

_LEAST = 3
"""Rows that a list has at least."""
_HEAD = 800
"""So many characters on top say what a text lists."""
_LISTS = re.compile(
    r"\b(?:(?:visits|trips|journeys|tours)\b[^.\n]{0,60}\b(?:made|received|paid|undertaken|by|of|since|from|in)\b"
    r"|(?:foreign|official|international|overseas|state|presidential)\s+(?:\w+\s+)?(?:visit|trip|travel)s?\b|travels\s+(?:abroad|to)\b)",
    re.IGNORECASE,
)
_MONTH = rf"(?:{'|'.join(f'{name}|{name[:3]}[.]?|{name[:4]}[.]?' for name in MONTHS)})(?![a-z])"
_DAY = r"\d\d?(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:,?\s?(?:19|20)\d\d)"
_TO = r"\s?(?:-|–|—|to\b|and\b|&)\s?"
_DATED = rf"(?:{_DAY}\s?{_MONTH}|{_MONTH}\s?{_DAY})"
_SPAN = re.compile(
    rf"(?<![\w–—-])(?:{_DAY}{_TO}{_DAY}\s?{_MONTH}{_YEAR}?|{_MONTH}\s?{_DAY}{_TO}{_DAY}{_YEAR}?"
    rf"|{_DATED}{_YEAR}?(?:{_TO}{_DATED}{_YEAR}?)?|{_MONTH}(?:{_TO}{_MONTH})?{_YEAR})(?!\w)"
)
"""A day, a stretch of days, or a month of a year."""
_NOTES = re.compile(r"(?:\s?\[\w{1,4}\])*\s*")
_BEFORE = re.compile(rf"[\s|•*–—-]*(?:\d{{1,3}}(?!\d)[.)]?(?!\s*{_MONTH})(?=\s*(?:[A-Z\d]|\|?\s*\Z))[\s|]*)?")
"""A bullet, the number of a row."""
_BETWEEN = re.compile(
    r"(?:[\s,&/()|]|\band\b|\b(?:de|la|da|do|del|es|al|el|of|the)\b|(?<!\w)[A-Z][\w.'’-]*)*"
)
"""Names of places."""
_PARTS = re.compile(r"[\s:,|–—-]*")
_AFTER = re.compile(r"\s*(?:\Z|[(|;–—-]|\[|[A-Z])")
"""What may follow a country that stands alone in a cell: no verb."""
_DEED = re.compile(r"(?:[A-Z][a-z]{2,}ed|Met|Held|Paid|Took|Spoke)\s")
"""A cell that tells what somebody did there."""
_NAMES = re.compile(
    r"(?:[\s,:;&/()|–—.-]|\b(?:and|of|the|de|la|da|do|del|von|van|der|bin|ibn|al|el|dos)\b|(?<!\w)[A-Z][\w'’-]*)*"
)
"""What is but names and the signs between them."""
_PART = re.compile(r"(?<=[:–—,])\s|\s(?=[(–—]|-\s)|(?<=\s-)\s")
"""The blank beside a sign that parts names from each other."""
_HOME = re.compile(r"(?<=\w)\s(?=of\s+(?:the\s+)?[A-Z])")
_DASH = re.compile(r"\s*[–—-]")
_SPACED_DASH = re.compile(r"\s*[–—-](?=\s)")
_COMMA = re.compile(
    r",(?=\s+(?:(?:visiting|to|meeting|hosted|guest)\s|(?:(?:Crown|Prime|Vice|Foreign)\s)?(?:President|King|Queen|Princess|Prince"
    r"|Emperor|Empress|Minister|Premier|Chancellor|Sultan|Emir|Sheikh|Governor|General|Pope)\s))"
)
"""The comma between a country and who is named or visited there."""
_CAPITAL = re.compile(r"\s+[A-Z(]")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_NUMBER = re.compile(r"(?<=\s)(\d{1,3})[.)]\s(?=[A-Z])")
_LONGEST = 80
"""Characters of a cell that is but names."""
_NAME_WORDS = 6

Kind = Literal["row", "date", "nation", "place", "told", "empty", "other"]


_ORDERS = (re.compile("np*dt?"), re.compile("dnp*t?"), re.compile("n[np]{0,2}t?d"))
"""Orders of cells on lines of their own, by the first letters of their kinds: a country and its places stand before
their day or after it, and what was done there last or before the day."""


class _Line(NamedTuple):
    start: int
    end: int
    kind: Kind
    bars: tuple[int, ...] = ()
    """Where bars belong."""
    number: tuple[int, int] = (0, 0)
    """From where to where the number of the row goes."""


def barred(text: str) -> str:
    """The text with bars between the cells of such lists, each row on one line; every character at its old offset."""
    begin = len(text) - len(text.lstrip())  # below what was blanked
    if not _LISTS.search(text, begin, begin + _HEAD):
        return text
    text = _apart(text)
    lines = _lines(text)
    joined = max((_records(lines, order) for order in _ORDERS), key=_unbroken)
    rows = [line for line in lines if line.kind == "row"]
    if len(joined) + len(rows) < _LEAST:
        return text
    out = list(text)
    for record in joined:
        start, end = record[0].start, record[-1].end
        out[start:end] = (" " if sign in "\n|" else sign for sign in text[start:end])
        for line in record[1:]:
            out[line.start - 1] = "|"
    for line in (*rows, *(line for record in joined for line in record)):
        out[slice(*line.number)] = " " * (line.number[1] - line.number[0])
        for at in line.bars:
            if out[at].isspace():
                out[at] = "|"
    return "".join(out)


def _apart(text: str) -> str:
    """The text with a new line before each number of a list whose lines were run together: "1. Bhutan 15 June 2. …"."""
    out = list(text)
    at = 0
    for line in text.splitlines(keepends=True):
        numbers = [match for match in _NUMBER.finditer(line) if match.start()]
        expected = [m for n, m in enumerate(numbers) if int(m[1]) - int(numbers[0][1]) == n]
        if len(expected) >= _LEAST:
            for match in expected:
                out[at + match.start() - 1] = "\n"
        at += len(line)
    return "".join(out)


def _lines(text: str) -> list[_Line]:
    found = []
    at = 0
    for line in text.split("\n"):
        found.append(_line(text, at, at + len(line)))
        at += len(line) + 1
    return found


def _line(text: str, start: int, end: int) -> _Line:
    """What kind of line it is, and where its cells part."""
    before = _BEFORE.match(text, start, end)
    at = before.end() if before else start
    number = (start, at) if text[start:at].strip(" |•*–—-") else (start, start)
    if at == end:
        return _Line(start, end, "empty")
    if "|" in text[at:end].rstrip("| "):
        parted = _of_journey(text, at, end) or _of_person(text, at, end)
        return _Line(start, end, "row" if parted else "other", parted, number)
    if span := _SPAN.match(text, at, end):
        if _NOTES.fullmatch(text, span.end(), end):
            return _Line(start, end, "date", number=number)
        gap = _PARTS.match(text, span.end(), end)
        first = gap.end() if gap else span.end()
        nation = _nation_end(text, first, end)
        if nation and (towns := _TOWNS_THERE.match(text, nation, end)):
            return _Line(start, end, "row", (first - 1, nation + 1, towns.end() - 1), number)
        if nation is None and first > span.end() and _DEED.match(text, first, end):
            return _Line(start, end, "row", (first - 1,), number)
        if nation is None or not _stands_alone(text, nation, end):
            parted = _parted(text, at, span, end)
            return _Line(start, end, "row" if parted else "other", parted, number)
        return _Line(start, end, "row", (first - 1, *_beyond(text, nation, end)), number)
    if journey := _of_journey(text, at, end):
        return _Line(start, end, "row", journey, number)
    if (span := _SPAN.search(text, at, end)) and (parted := _parted(text, at, span, end)):
        return _Line(start, end, "row", parted, number)
    nation = _nation_end(text, at, end)
    names = _BETWEEN.match(text, at, end)
    if names is None or names.end() - at > _LONGEST:
        return _Line(start, end, "told" if " " in text[at:end] else "other")
    if nation is None:
        return _Line(start, end, "place" if names.end() == end else "told", number=number)
    span = _SPAN.search(text, nation, end)
    if span and names.end() >= span.start() - 1:
        if _DASH.match(text, span.end(), end):
            return _Line(start, end, "other")  # "Peru 24 November - visit to Lima"
        bars = [*_beyond(text, nation, span.start() - 1), span.start() - 1]
        return _Line(start, end, "row", (*bars, *((span.end(),) if span.end() < end else ())), number)
    return _Line(start, end, "nation" if names.end() == end else "other", _beyond(text, nation, end), number)


_SIGNS = re.compile(r"\S+")
_TOWNS = re.compile(r"(?:,\s+[A-Z][\w'’-]*(?:[ -][A-Z][\w'’-]*)?(?=,|\s+[A-Z]))*")


def _of_person(text: str, start: int, end: int) -> tuple[int, ...]:
    """Where the cells part of a line that names who came and the towns before what was done, a bar before the day:
    "Ana Prado Warsaw, Krakow Official visit; met with the premier. | May 3-5, 1971"; none for other lines."""
    bar = text.find("|", start, end)
    if bar < 0 or not _SPAN.fullmatch(text, bar + 1, end):
        return ()
    for count, word in enumerate(_SIGNS.finditer(text, start, bar)):
        town = word[0].strip(",")
        if count > _NAME_WORDS or not town[:1].isupper():
            return ()
        if count > 1 and _is_town(town):
            towns = _TOWNS.match(text, word.start() + len(town), bar)
            after = towns.end() if towns else word.end()
            return (word.start() - 1, after)
    return ()


_TOWN = r"[A-Z][\w'’-]*(?:[ ](?:[A-Z][\w'’-]*|de|da|do|del|la|al|el|of|the|and))*"
_TOWNS_THERE = re.compile(rf",[ ]{_TOWN}(?:,[ ]{_TOWN})*(?:[.,;:][ ]|\Z)")
"""The towns after a country, up to what was done there: "Kenya, Nairobi, Mombasa. State visit"."""
_ON = re.compile(r"(?:(?<=[.,;:])|[.,;:]|[ ][–—-])[ ](?=[A-Z\d])")
"""Between a place and the day there."""
_THEN = re.compile(r"[.,;:]?[ ](?:[–—-][ ])?")
_LAST = re.compile(rf"[ ](?={_SPAN.pattern}[ ]*\Z)")


def _of_journey(text: str, start: int, end: int) -> tuple[int, ...]:
    """Where the cells part of a line that names a country, its towns, and what was done there before or after the
    day: "Kenya, Nairobi, State visit, May 3–5, 1987", "Kenya, Nairobi: May 3–5. State visit", "Kenya – 3 May 1987 –
    State visit"; none for other lines."""
    nation = _nation_end(text, start, end)
    if nation is None:
        return ()
    towns = _TOWNS_THERE.match(text, nation, end)
    stop = towns.end() - 1 if towns else nation
    bars = [nation + 1, stop] if towns else []
    on = _ON.match(text, stop - 1 if towns else stop, end)
    if on and (day := _SPAN.match(text, on.end(), end)):
        rest = _THEN.match(text, day.end(), end)
        return (*bars, on.end() - 1, *((rest.end() - 1,) if rest else ()))
    bar = text.rfind("|", start, end)
    last = bar if bar > 0 else next((m.start() for m in _LAST.finditer(text[:end], stop)), None)
    if towns is None or last is None or not _SPAN.fullmatch(text, last + 1, end):
        return ()
    return (*bars, last)


def _is_town(name: str) -> bool:
    form, place = countries.lookup(name), places.lookup(name)
    return (form is not None and form.sort == "capital") or place is not None


def _stands_alone(text: str, nation: int, end: int) -> bool:
    """Whether a country is all that stands in a cell, going by what follows it."""
    if _COMMA.match(text, nation, end):
        return True
    return _AFTER.match(text, nation, end) is not None and not _tells(text, nation, end)


def _tells(text: str, start: int, end: int) -> bool:
    """Whether somebody in office and a verb follow a country: "5 May -- U.S. President NAME paid a visit to"."""
    names = _BETWEEN.match(text, start, end)
    first = _WORD.search(text, start, end)
    if names is None or first is None or not text[names.end() : end][:1].islower():
        return False
    return first[0].casefold() in {head.split()[0] for head in offices.heads()}


def _parted(text: str, start: int, span: re.Match[str], end: int) -> tuple[int, ...]:
    """Where the cells part of a line that is but a day, a country and who came or was met: "Peru: President NAME
    (4 May 1973)", "4 May 1973: President NAME of Peru"; none for other lines."""
    first, last = span.span()
    if not (_NAMES.fullmatch(text, start, first) and _NAMES.fullmatch(text, last, end)):
        return ()
    marks = [m.start() for m in _PART.finditer(text, start, end) if not first <= m.start() < last]
    homes = [m.start() for m in _HOME.finditer(text, start, end) if not _is_state(text, m.start(), end)]
    begins = [start, *(at + 1 for at in marks), *(at + 4 for at in homes)]
    begins = [at + (text[at : at + 4] == "the ") * 4 + (text[at : at + 1] == "(") for at in begins]
    if not any(_nation_end(text, at, end) for at in begins):
        return ()
    marks = [at for at in marks if not (text[at - 1] == "," and _is_town(text[start:at].split()[-1][:-1]))]
    around = [at for at in (first - 1, last) if start < at < end and text[at].isspace()]
    return tuple(sorted({*marks, *homes, *around}))


def _is_state(text: str, blank: int, end: int) -> bool:
    """Whether "of" at a blank is within the name of a state: "Kingdom of Denmark"."""
    return text[:blank].endswith(("Kingdom", "Republic", "Principality", "Duchy", "States", "Union", "Duke"))


def _beyond(text: str, nation: int, end: int) -> tuple[int, ...]:
    """Where a bar belongs after a country: at the blank before a name, past a dash that stands there."""
    if part := _SPACED_DASH.match(text, nation, end) or _COMMA.match(text, nation, end):
        return (part.end(),)
    return (nation,) if _CAPITAL.match(text, nation, end) else ()


def _nation_end(text: str, start: int, end: int) -> int | None:
    """Where the country ends that stands at an offset; None where none does."""
    if not text[start : start + 1].isupper():
        return None
    ends: list[int] = []
    for word in _WORD.finditer(text, start, end):
        if len(ends) == _NAME_WORDS or text[ends[-1] if ends else start : word.start()].strip(" "):
            break
        ends.append(word.end())
    for stop in reversed(ends):
        form = countries.lookup(text[start:stop])
        if form is not None and form.sort in ("name", "official", "alias", "former"):
            return stop
    return None


def _records(lines: Sequence[_Line], order: re.Pattern[str]) -> list[list[_Line]]:
    """Rows whose cells stand on lines of their own in a given order."""
    filled = [line for line in lines if line.kind != "empty"]
    kinds = "".join(line.kind[0] for line in filled)
    return [filled[match.start() : match.end()] for match in order.finditer(kinds)]


def _unbroken(records: Sequence[Sequence[_Line]]) -> tuple[int, int]:
    """How many rows have no blank line between their cells, and how many there are."""
    whole = sum(all(one.end + 1 == other.start for one, other in pairwise(record)) for record in records)
    return whole, len(records)
