"""Front matter: the block between two `---` lines at the head of a text, and what it says of the text.

A small reader of the YAML that front matter is written in: scalars (plain, quoted, over several
lines, `|` and `>` blocks), lists of scalars (`- a` and `[a, b]`), comments. What is deeper is passed
over. A block that is not such a mapping is text like any other.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dipcli.reading.metadata import Span, told_by_keys
from dipcli.records import Told

ORIGIN = "front matter"

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


class Entry(NamedTuple):
    """One key of the block: its values (one for a scalar) and the span of its lines in the text."""

    values: list[str]
    char_start: int
    char_end: int


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


def metadata(text: str) -> tuple[tuple[Told, ...], dict[str, Span]]:
    """What the front matter says, and by origin where it does."""
    found = entries(text)
    said = told_by_keys(ORIGIN, {key: entry.values for key, entry in found.items()})
    return said, {f"{ORIGIN}: {key}": Span(one.char_start, one.char_end) for key, one in found.items()}
