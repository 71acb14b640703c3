"""Text as a string of word classes, one character a word, for the grammar to match.

One pass, linear in the length of the text: no pattern here gives back what it took and tries again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from dipcli.dates.feasts import FEASTS
from dipcli.dates.words import CLASSES, WEAK_LOWER, WORDS

_TOKEN = re.compile(
    r"""(?!\ )(?:
    (?P<word>[^\W\d_hwF]\w*|(?=[hwF])(?!(?:https?://|www\.)\S|FY(?:\d{4}|\d\d)\b)\w+)
    |(?P<url>(?:https?://|www\.)\S+)
    |(?P<gap>\n[^\S\n]*\n\s*|(?<=(?:ary|rch|ril|May|une|uly|ust|ber))[:.]?\n(?=\d\d?(?:[-–]\d\d?)?\ (?:[JFMASOND][a-z]{2})))
    |(?P<figure>\d+(?:[.,:/\-–—‑]\d+)*)(?P<tail>\w*)
    |FY(?P<fiscal>\d{4}|\d\d)\b
    |(?P<poss>['’]s\b)
    |['’‘](?P<short>\d\d)(?!\w|[.,]\d)
    |(?P<mark>[^\w\s]|_))""",
    re.VERBOSE,
)
_HOLIDAY = re.compile(
    "(?:"
    + "|".join(re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s") for name in FEASTS)
    + r")(?!\w)",
    re.IGNORECASE,
)
_HOLIDAY_STARTS = {re.split("['. ]", name)[0] for name in FEASTS}
_KNOWN = _HOLIDAY_STARTS | WORDS.keys()
"""All other words are OTHER."""
_MARKS = {
    **dict.fromkeys("-–—‑−~", "DASH"),
    **dict.fromkeys("$£€¥₩#№§", "CURRENCY"),
    **dict.fromkeys("([", "OPEN"),
    **dict.fromkeys(")]", "CLOSE"),
    **dict.fromkeys("'’", "POSS"),
    ",": "COMMA",
    ".": "DOT",
    "/": "SLASH",
    "%": "COUNTED",
    "&": "AND",
}
_BETWEEN = {"gap": "GAP", "poss": "POSS"}
_BULLET = " \t-*•·–—|>("
_REACH = 12
"""How many characters of indent and bullet may come before a date that begins its line."""

_ISO = re.compile(r"(\d{4})([-./])(\d\d?)\2(\d\d?)")
_NUMERIC_DAYS = re.compile(r"(\d\d?)[-–—‑](\d\d?)\.(\d\d?)\.(\d{4})")
_NUMERIC = re.compile(r"(\d\d?)([./-])(\d\d?)\2(\d{4}|\d\d)")
_YEAR_PAIR = re.compile(r"(\d{4})([-–—‑/])(\d{4}|\d\d)")
_PAIR = re.compile(r"(\d\d?|\d{4})([-–—‑,])(\d\d?|\d{4})")
_DAYS_OF_YEAR = re.compile(r"(\d\d?[-–—‑]\d\d?),(\d{4})")
_ISO_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")
_DOTTED_SPAN = re.compile(r"(\d\d?)\.(?:(\d\d?)\.?)?[ ]?[-–—][ ]?(\d\d?)\.(\d\d?)\.(\d{4})(?![\w.])")
"""Days from one to the other, each with its full stops: "1.-4.6.1987", "29.6.–2.7.1987"."""
_LIST_DATE = re.compile(r"(\d\d?)/(\d\d?)")
_HYPHENATED = re.compile(r"([^\W\d_]+)[-‑]\Z")
_ORDINAL_PAIR = re.compile(r"(\d\d?)([-–—‑])(\d\d?)")
_HALF_YEAR = re.compile(r"([HQ])(\d\d)?")
_CLOCK = re.compile(r"T\d\d?")
_MONTH_INSIDE = re.compile(r"-([A-Za-z]{3,9})-(\d{4}|\d\d)\b| ([A-Z]{3}) (\d\d)\b(?![.,:]\d)")

Token = tuple[str, int, int, Any]


class Lexed(msgspec.Struct):
    """The classes of a text's words (`classes[i]`), and where and what each is."""

    text: str
    classes: str
    starts: Sequence[int]
    ends: Sequence[int]
    values: Sequence[Any]


def lex(text: str) -> Lexed:
    """Words and figures of a text by class. Blanks and single line ends are no words, so that a date may
    be wrapped; an empty line (GAP) is, so that none reaches over it."""
    tokens = _tokens(text)
    if not tokens:
        return Lexed(text, "", (), (), ())
    names, starts, ends, values = zip(*tokens, strict=True)
    return Lexed(text, "".join(map(CLASSES.__getitem__, names)), starts, ends, values)


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    done = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        kind = match.lastgroup
        if kind == "word":
            word = match[0]
            lower = word.lower()
            if lower not in _KNOWN and lower[-1] != "_":
                found.append(("OTHER", start, end, None))
            elif lower in _HOLIDAY_STARTS and word != lower and (holiday := _HOLIDAY.match(text, start)):
                done = holiday.end()
                feast = " ".join(holiday[0].lower().replace("’", "'").split())
                found.append(("HOLIDAY", start, done, feast))
            else:
                found.append(_word(word, lower, start, end))
        elif kind == "mark":
            found.append((_MARKS.get(match[0], "OTHER"), start, end, match[0]))
        elif kind == "tail" and (span := _DOTTED_SPAN.match(text, start)):
            found += _dotted(span)
            done = span.end()
        elif kind == "tail":
            figure, tail = match["figure"], match["tail"].rstrip("_")
            glued = _glued(figure, tail)
            found += _figure(figure, "" if glued else tail, start, text)
            if glued:
                found.append(_word(tail, tail.lower(), end - len(match["tail"]), end))
            done = found[-1][2]
        elif kind == "fiscal":
            found.append(("FISCAL", start, start + 2, None))
            found.append(("YEAR", start + 2, end, full_year(match["fiscal"])))
        elif kind == "short":
            found.append(("SHORTYEAR", start, end, full_year(match["short"])))
        else:
            found.append((_BETWEEN.get(kind or "", "OTHER"), start, end, None))
    return found


def _word(word: str, lower: str, start: int, end: int) -> Token:
    if lower[-1] == "_":
        bare = lower.rstrip("_")
        lower, end = bare, end - (len(lower) - len(bare))
    name, value = WORDS.get(lower, ("OTHER", None))
    if word in WEAK_LOWER:
        # "may", "march", "sat": a month only where figures say so ("16 may 2022"), a weekday never.
        name = "OTHER" if name == "SHORTDAY" else "LOWERMONTH"
    return name, start, end, value


def _glued(figure: str, tail: str) -> bool:
    """Whether a word follows a figure for want of a blank: "2April", "30 October 1977See"."""
    if len(figure) <= 2:
        return tail.istitle() and WORDS.get(tail.lower(), ("", None))[0] in _MONTHS
    return len(tail) > 1 and tail[0].isupper() and _YEAR.fullmatch(figure) is not None


_YEAR = re.compile("(?:19|20)[0-9][0-9]")


def _figure(figure: str, tail: str, start: int, text: str) -> Iterator[Token]:
    """A run of digits with what joins them: one token where it is a date, a number or nothing known,
    three where it is a pair of days or years ("3-6")."""
    inner = start + len(figure)
    end = inner + len(tail)
    if tail.lower() in ("st", "nd", "rd", "th") or (tail == "d" and figure[-1:] in "23"):  # 22d, of old
        pair = _ORDINAL_PAIR.fullmatch(figure)
        if pair:
            middle = start + len(pair[1])
            yield "DAY" if 1 <= int(pair[1]) <= 31 else "NUM", start, middle, int(pair[1])
            yield "DASH", middle, middle + 1, None
            figure, start = pair[3], middle + 1
        day = int(figure) if len(figure) <= 2 and figure.isdigit() else 0
        yield ("ORD" if 1 <= day <= 31 else "OTHER"), start, end, day
    elif tail in ("s", "S"):
        yield _decade(figure, start, end, text)
    elif figure in _QUARTERS and (half := _HALF_YEAR.fullmatch(tail)):
        yield "PERIOD", start, inner + 1, half[1].lower() + figure
        if half[2]:
            yield "YEAR", inner + 1, end, full_year(half[2])
    elif _CLOCK.fullmatch(tail) and (iso := _ISO.fullmatch(figure)):
        yield "ISO", start, inner, (int(iso[1]), int(iso[3]), int(iso[4]))
    elif tail:
        yield "OTHER", start, end, None
    elif text.startswith(("'s", "’s"), end) and len(figure) == 4 and figure[-1] == "0":
        yield ("DECADE" if text[start - 4 : start].lower() == "the " else "YEAR"), start, end, int(figure)
    elif (word := _HYPHENATED.search(text, max(0, start - _REACH), start)) and not _dates(word[1]):
        yield "OTHER", start, end, None
    elif figure.isdigit():
        named = _MONTH_INSIDE.match(text, end) if len(figure) <= 2 else None
        month = WORDS.get((named[1] or named[3]).lower()) if named else None
        ordinal = _ORDINAL.match(text, end) if len(figure) <= 2 else None
        if (
            ordinal
            and WORDS.get(ordinal[1].lower(), ("", None))[0] in _MONTHS
            and _BEFORE_ORDINAL.search(text, max(0, start - _REACH), start)
        ):
            yield "ORD", start, end + 1, int(figure)
        elif named and month and month[0] in _MONTHS:
            yield "ISO", start, named.end(), (full_year(named[2] or named[4]), month[1], int(figure))
        else:
            yield _number(figure, start)
    else:
        yield from _joined(figure, start, end, text)


def _dotted(span: re.Match[str]) -> list[Token]:
    """The first and the last day of a stretch, with the dash between them."""
    first, last, month, year = (int(span[n]) for n in (1, 3, 4, 5))
    since = int(span[2] or month)
    return [
        (
            "ISO",
            span.start(),
            span.end(2) if span[2] else span.end(1),
            (year - (since > month), since, first),
        ),
        ("DASH", span.start(3) - 1, span.start(3), None),
        ("ISO", span.start(3), span.end(), (year, month, last)),
    ]


_ORDINAL = re.compile(r"\.\s?([A-Z][a-z]+)\.?\s(?:19|20)\d\d")
_BEFORE_ORDINAL = re.compile(r"(?:\A|[\n(,;:/–—-]|\b(?:on|from|to|until|since|the|by|and|of|dated))\s*\Z")
"""Before a day with a full stop, as other languages have it: "22. Sep 2023", "on 3. May 2001"."""

_QUARTERS = ("1", "2", "3", "4")
_MONTHS = ("MONTH", "SHORTMONTH", "WEAKMONTH")


def full_year(figures: str) -> int:
    """A year of two figures is one from 1970 to 2069."""
    year = int(figures)
    return year if len(figures) == 4 else year + (2000 if year < 70 else 1900)


def _dates(word: str) -> bool:
    """Whether a figure after `word` and a hyphen may be a date: "mid-2021", "June-July", "post-2014"."""
    return word.lower() in WORDS or word.lower() in ("pre", "post")


def _number(figure: str, start: int) -> Token:
    value, end = int(figure[:9]), start + len(figure)
    if len(figure) <= 2 and 1 <= value <= 31:
        return "DAY", start, end, value
    if len(figure) == 4 and 1900 <= value <= 2099:
        return "YEAR", start, end, value
    if len(figure) == 4 and 1000 <= value <= 2199:
        return "OLDYEAR", start, end, value
    return "NUM", start, end, value if len(figure) <= 3 else None


def _decade(figure: str, start: int, end: int, text: str) -> Token:
    """ "1990s"; "the 90s" and "'90s", but not "in his 90s"."""
    if len(figure) == 4 and figure.isdigit() and figure[-1] == "0" and 1000 <= int(figure) <= 2190:
        return "DECADE", start, end, int(figure)
    before = text[max(0, start - 4) : start].lower()
    if len(figure) == 2 and figure[1] == "0" and (before.endswith(("'", "’", "‘")) or before == "the "):
        return "DECADE", start, end, (2000 if figure in ("00", "10") else 1900) + int(figure)
    return "OTHER", start, end, None


def _joined(figure: str, start: int, end: int, text: str) -> Iterator[Token]:
    if iso := _ISO.fullmatch(figure):
        yield "ISO", start, end, (int(iso[1]), int(iso[3]), int(iso[4]))
    elif numeric := _NUMERIC.fullmatch(figure):
        yield "NUMERIC", start, end, (int(numeric[1]), int(numeric[3]), numeric[4], numeric[2])
    elif days := _NUMERIC_DAYS.fullmatch(figure):
        yield "NUMERICDAYS", start, end, tuple(map(int, days.groups()))
    elif pair := _YEAR_PAIR.fullmatch(figure):
        yield _years(int(pair[1]), pair[3], start, end)
    elif pair := _PAIR.fullmatch(figure):
        middle = start + len(pair[1])
        if pair[2] == "," and (len(pair[1]) == 4 or len(pair[3]) != 4):
            yield "OTHER", start, end, None
            return
        yield _number(pair[1], start)
        yield ("COMMA" if pair[2] == "," else "DASH"), middle, middle + 1, None
        yield _number(pair[3], middle + 1)
    elif of_year := _DAYS_OF_YEAR.fullmatch(figure):  # "10-11,2019"
        middle = start + len(of_year[1])
        yield from _joined(of_year[1], start, middle, text)
        yield "COMMA", middle, middle + 1, None
        yield _number(of_year[2], middle + 1)
    elif span := _ISO_SPAN.fullmatch(figure):  # 1987-06-01/1987-06-04
        yield from _joined(span[1], start, start + span.end(1), text)
        yield "DASH", start + span.end(1), start + span.start(2), None
        yield from _joined(span[2], start + span.start(2), end, text)
    elif figure == "9/11":
        yield "ISO", start, end, (2001, 9, 11)
    elif (listed := _LIST_DATE.fullmatch(figure)) and _month_after(text, end):  # "3/4 May 1987"
        yield _number(listed[1], start)
        yield "SLASH", start + listed.end(1), start + listed.start(2), None
        yield _number(listed[2], start + listed.start(2))
    elif listed and _begins_line(start, text):
        yield "MONTHDAY", start, end, (int(listed[1]), int(listed[2]))
    else:
        yield "OTHER", start, end, None


_NEXT_WORD = re.compile(r"[ ]([A-Z][a-z]{2,8})\b")


def _month_after(text: str, end: int) -> bool:
    """Whether a month's name follows."""
    word = _NEXT_WORD.match(text, end)
    return word is not None and WORDS.get(word[1].lower(), ("",))[0] in _MONTHS


def _years(first: int, second: str, start: int, end: int) -> Token:
    """ "2010-2012", "2021/22"; "2022-05" is a month, and so is "2008-11", which cannot be a pair of years
    that follow each other."""
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if len(second) == 2 and 1 <= int(second) <= 12 and last != first + 1:
        return "ISOMONTH", start, end, (first, int(second))
    if 1000 <= first < last <= 2199:
        return "YEARS", start, end, (first, last)
    return "OTHER", start, end, None


def _begins_line(start: int, text: str) -> bool:
    before = text[max(0, start - _REACH) : start]
    line = before.rpartition("\n")[2]
    return not line.strip(_BULLET) and (line != before or start <= _REACH)
