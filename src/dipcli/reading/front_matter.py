"""Front matter: the block between two `---` lines at the head of a text, and what it says of the text.

A small reader of the YAML that front matter is written in: scalars (plain, quoted, over several
lines, `|` and `>` blocks), lists of scalars (`- a` and `[a, b]`), comments. What is deeper is passed
over. A block that is not such a mapping is text like any other.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dipcli.dates import Context, Resolved, expressions
from dipcli.records import Evidence, Published

KEYS = {
    "title": ("title", "headline"),
    "authors": ("authors", "author", "creators", "creator", "byline"),
    "publisher": ("publisher", "source", "site_name", "sitename", "outlet"),
    "published": ("published", "published_time", "publication_date", "date", "created"),
    "language": ("language", "lang"),
}
"""Which keys give which field, best first."""

MAX_CHARACTERS = 20_000
"""A block that is not closed by then is not front matter."""

_BLOCK = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"([A-Za-z_][\w .-]{0,60}?)[ \t]*:(?=\s|\Z)[ \t]*")
_LINE = re.compile(r".*(?:\n|\Z)")
_CONTINUED = re.compile(r"[ \t]+\S|[ \t]*$|-[ \t]")
_ITEM = re.compile(r"^[ \t]*-(?:[ \t]+|$)", re.MULTILINE)
_FLOW_ITEM = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,\]"'][^,\]]*)\s*(?:,|\]|\Z)""", re.DOTALL)
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SINGLE = re.compile(r"'((?:[^']|'')*)'", re.DOTALL)
_FOLDED = re.compile(r"[|>][+\-\d]{0,2}[ \t]*\n")
_COMMENT = re.compile(r"(?:^|[ \t])#.*", re.MULTILINE)
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\n)[ \t]*|(.))|[ \t]*\n[ \t]*", re.DOTALL
)
_ESCAPED = {"\n": "", '"': '"', "/": "/", "\\": "\\", "0": "", "a": "", "b": "", "e": ""}
"""What a backslash and this character stand for; any other is a kind of space: metadata is one line."""

_TIME = re.compile(r"(?:[ ,]+(?:at )?|T)\d{1,2}:\d\d.*$")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][\w-]+)?$")
_URL = re.compile(r"\w+://|www\.")


class Entry(NamedTuple):
    """One key of the block: its values (one for a scalar) and the span of its lines in the text."""

    values: list[str]
    char_start: int
    char_end: int


class Metadata(NamedTuple):
    title: str | None = None
    publisher: str | None = None
    authors: list[str] = []
    published: Published | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()


def body_start(text: str) -> int:
    """The offset at which the text below the front matter begins; 0 where there is none."""
    block = _BLOCK.match(text, 0, MAX_CHARACTERS)
    return block.end() if block and entries(text) else 0


def entries(text: str) -> dict[str, Entry]:
    """The keys of the front matter, in lower case, in the text's order; empty where there is none."""
    block = _BLOCK.match(text, 0, MAX_CHARACTERS)
    if block is None:
        return {}
    found: dict[str, Entry] = {}
    position, end = block.span(1)
    while position < end:
        key = _KEY.match(text, position, end)
        if key is None:
            line = _LINE.match(text, position, end)
            assert line is not None
            if line[0].strip() and not line[0].lstrip().startswith("#"):
                return {}
            position = line.end()
            continue
        after = _value_end(text, key.end(), end)
        value = text[key.end() : after]
        char_end = key.end() + len(value.rstrip())
        found.setdefault(key[1].lower(), Entry(_values(value), position, char_end))
        position = after
    return found


def _value_end(text: str, start: int, end: int) -> int:
    """Where the line after the value's last begins: a quoted value ends with its quotation mark, any
    other goes on over lines that are indented, blank or items of a list."""
    quoted = _DOUBLE.match(text, start, end) or _SINGLE.match(text, start, end)
    line = _LINE.match(text, quoted.end() if quoted else start, end)
    while line is not None and line.end() < end:
        following = _LINE.match(text, line.end(), end)
        if following is None or not _CONTINUED.match(following[0].rstrip("\n")):
            break
        line = following
    return line.end() if line else end


def _values(raw: str) -> list[str]:
    """The scalar or the list of scalars that a value is; none for null and for what is deeper."""
    stripped = raw.strip()
    if stripped.startswith("["):
        items = [item[1] for item in _FLOW_ITEM.finditer(stripped[1:])]
    elif _ITEM.match(stripped):
        items = [_named(item) for item in _ITEM.split(stripped)[1:]]
    elif raw.startswith("\n") and _KEY.match(stripped):
        items = []
    else:
        items = [stripped]
    return [value for item in items if (value := _scalar(item.strip())) not in ("", "~", "null")]


def _named(item: str) -> str:
    """An item that is itself a mapping stands for its `name`; without one it is passed over."""
    key = _KEY.match(item)
    if key is None:
        return item
    return item[key.end() :].split("\n")[0] if key[1].lower() == "name" else ""


def _scalar(raw: str) -> str:
    """A scalar on one line, quotation marks and escapes resolved, comments dropped."""
    if (double := _DOUBLE.match(raw)) and _ends(raw, double):
        value = _ESCAPE.sub(_unescape, double[1])
    elif (single := _SINGLE.match(raw)) and _ends(raw, single):
        value = single[1].replace("''", "'")
    elif folded := _FOLDED.match(raw):
        value = raw[folded.end() :]
    else:
        value = _COMMENT.sub("", raw)
    return re.sub(r"\s+", " ", value).strip()


def _ends(raw: str, quoted: re.Match[str]) -> bool:
    """Whether nothing but a comment follows a quoted scalar."""
    rest = raw[quoted.end() :].strip()
    return not rest or rest.startswith("#")


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _ESCAPED.get(match[4] or match[5], " ")
    number = int(code, 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    return chr(number) if number >= 0x20 else " "


def metadata(text: str, document: str) -> Metadata:
    """What the front matter says; `document` is the id that the evidence of the date points into."""
    found = entries(text)
    published, notes = _published(text, document, found)
    publishers = (value for value in _all(found, "publisher") if not _URL.match(value))
    languages = (match[1].lower() for value in _all(found, "language") if (match := _LANGUAGE.match(value)))
    return Metadata(
        title=next(iter(_all(found, "title")), None),
        publisher=next(publishers, None),
        authors=_authors(
            next(filter(None, (found[key].values for key in KEYS["authors"] if key in found)), [])
        ),
        published=published,
        language=next(languages, None),
        notes=notes,
    )


def _all(found: dict[str, Entry], field: str) -> list[str]:
    """The values of all keys of a field, best first."""
    return [value for key in KEYS[field] if key in found for value in found[key].values]


def _authors(values: list[str]) -> list[str]:
    """A list as it is; a scalar parted at semicolons, "and", "&", and at commas between full names."""
    if len(values) != 1:
        return values
    authors: list[str] = []
    for part in re.split(r"\s*(?:;|,?\s+and\s|&)\s*", re.sub(r"^[Bb]y\s+", "", values[0])):
        names = [name.strip() for name in part.split(",")]
        authors += names if all(" " in name for name in names) else [part.strip()]
    return [author for author in authors if author]


def _published(text: str, document: str, found: dict[str, Entry]) -> tuple[Published | None, tuple[str, ...]]:
    """The date that the document gives of itself; a note for one that cannot be read."""
    notes: tuple[str, ...] = ()
    for key in KEYS["published"]:
        if key not in found or not found[key].values:
            continue
        values, char_start, char_end = found[key]
        resolved = _date(values[0])
        if resolved is None:
            notes += (f'front matter: {key} "{values[0]}" is no date that can be read',)
            continue
        if resolved.doubt:
            notes += (f'front matter: {key} "{values[0]}": {resolved.doubt}',)
        evidence = Evidence(
            document=document,
            char_start=char_start,
            char_end=char_end,
            text=text[char_start:char_end],
            date_text=values[0],
            locator=f"line {text.count(chr(10), 0, char_start) + 1}",
        )
        published = Published(
            start=resolved.start.isoformat(),
            end=resolved.end.isoformat(),
            precision=resolved.precision,
            basis="metadata",
            evidence=evidence,
        )
        return published, notes
    return None, notes


def _date(value: str) -> Resolved | None:
    """The days that a whole value means, its time of day left out; None where it is not one date that
    stands by itself ("yesterday", "May 16")."""
    words = _TIME.sub("", value)
    found = expressions(words)
    if len(found) != 1 or found[0].text != words:
        return None
    return found[0].resolve(Context())
