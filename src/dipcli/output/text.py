"""Text from documents made safe to show: no control characters, one line, known width.

Names, titles and quotes come from documents that anybody may have written. Whatever is printed for
people or for spreadsheets passes `clean`; JSON keeps the text as it is, escaped by JSON itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

ELLIPSIS = "…"

_ESCAPES = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS: titles
    r"|\x1b[ -/]*[0-~]?"  # the other escapes
)
_SPACES = r"[\s\x1c-\x1f\x85\u2028\u2029]+"
_UNSAFE = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    r"\ufff9-\ufffb\U000e0000-\U000e007f]"  # annotation and tag characters
)
_ACTING = r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
_SURROGATES = r"[\ud800-\udfff]"
_WIDE = frozenset("WF")
_ZERO = frozenset(("Mn", "Me", "Cf"))


def clean(text: str) -> str:
    """`text` on one line, without terminal escapes, control or bidirectional characters."""
    if text.isprintable():
        return text
    text = re.sub(_ESCAPES, "", text)
    text = re.sub(_SPACES, " ", text)
    text = re.sub(_SPACES, " ", re.sub(_UNSAFE, "", text))  # again: what stood between two spaces may be gone
    return re.sub(_SURROGATES, "\N{REPLACEMENT CHARACTER}", text)


def escape_json(data: bytes) -> bytes:
    """JSON that says the same with `\\u` escapes for control and bidirectional characters."""
    return re.sub(_ACTING, lambda found: f"\\u{ord(found[0]):04x}", data.decode()).encode()


def counted(number: int, plural: str) -> str:
    """`1 event`, `1,204 events`."""
    return f"{number:,} {plural.removesuffix('s') if number == 1 else plural}"


def width(text: str) -> int:
    """Terminal columns that `text` takes."""
    if text.isascii():
        return len(text)
    return sum(map(_char_width, text))


def cut(text: str, columns: int) -> str:
    """`text` cut to fit `columns`, with `…` where something was cut off."""
    if width(text) <= columns:
        return text
    room = columns - 1
    kept = 0
    for character in text:
        room -= _char_width(character)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS if columns > 0 else ""


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `columns`; flush right if asked."""
    fill = " " * (columns - width(text))
    return fill + text if right else text + fill


def _char_width(character: str) -> int:
    if character.isascii():
        return 1
    import unicodedata  # here: JSON does not need it

    if unicodedata.category(character) in _ZERO:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


MARK_ON, MARK_OFF = "\x01", "\x02"
"""Around marked words until a line is shown; `clean` removes them from what documents say."""


def mark(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` made clean, each word of the spans (offsets in `text`, in order) between the marks."""
    pieces = []
    done = 0
    for start, end in spans:
        pieces += [clean(text[done:start]), _marked(clean(text[start:end]))]
        done = end
    return "".join([*pieces, clean(text[done:])])


def _marked(text: str) -> str:
    return re.sub(r"\S+", f"{MARK_ON}\\g<0>{MARK_OFF}", text)


def show_marks(text: str, on: str, off: str, *, each_line: bool = False) -> str:
    """The text with its marks made visible: once a run of marked words, or once a run and line."""
    between = " +" if each_line else r"\s+"
    text = re.sub(f"{MARK_OFF}({between}){MARK_ON}", r"\1", text)
    return text.replace(MARK_ON, on).replace(MARK_OFF, off)


def wrap(text: str, columns: int, indent: str = "", first: str | None = None) -> Iterator[str]:
    """Lines of clean, perhaps marked text, each at most `columns` wide where its words allow it."""
    line = indent if first is None else first
    room = columns - width(line)
    empty = True
    for word in text.split(" "):
        size = width(word.replace(MARK_ON, "").replace(MARK_OFF, ""))
        if not empty and size + 1 > room:
            yield line
            line, room, empty = indent, columns - width(indent), True
        line += word if empty else f" {word}"
        room -= size + (not empty)
        empty = False
    yield line
