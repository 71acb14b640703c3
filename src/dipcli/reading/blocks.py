"""A tree of paragraphs, lists and tables -> lines of text, as a person would type them in Markdown.

Works on elements as lxml and the standard library have them, of HTML, of trafilatura's output and of
OpenDocument (name spaces left out), so that a chronology survives whatever it is in: one line for a
paragraph, an item, a row of a table, a term with its description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"head": 2, "h": 2, "title": 1}
ITEMS = {"li", "item", "list-item"}
ROWS = {"tr", "row", "table-row"}
CELLS = {"td", "th", "cell", "table-cell"}
BREAKS = {"br", "lb", "line-break"}
TERMS, DESCRIPTIONS = {"dt"}, {"dd"}
BLOCKS = {
    *HEADINGS,
    *ITEMS,
    *ROWS,
    *TERMS,
    *DESCRIPTIONS,
    *("p", "div", "section", "article", "main", "header", "footer", "aside", "blockquote", "quote", "pre"),
    *("ul", "ol", "dl", "list", "table", "tbody", "thead", "tfoot", "body", "figure", "figcaption", "hr"),
    *("address", "details", "summary", "fieldset", "form", "nav", "caption", "center"),
}
HIDDEN = {"script", "style", "template", "noscript", "svg", "math", "iframe", "select", "button", "textarea"}
HIDDEN |= {"note", "annotation", "tracked-changes", "sequence-decls", "graphic", "object", "audio", "video"}

BREAK = "\v"
"""Stands for the end of a line inside a paragraph."""
_BLANK_LINES = re.compile(r"\n{2,}")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not have."""


def text(root: Any) -> str:
    """The text of a tree: paragraphs parted by a blank line, items and rows each on a line."""
    return join(lines(root))


def join(found: Iterator[str] | list[str]) -> str:
    """Lines as text: a blank line between all but items of a list and rows of a table."""
    out: list[str] = []
    for line in found:
        if out and not (line.startswith(("- ", "| ")) and out[-1][:2] == line[:2]):
            out.append("")
        out.append(line)
    return "\n".join(out) + "\n" if out else ""


def clean(words: str) -> str:
    """Words on one line, without characters that are not seen."""
    return " ".join(ILLEGAL.sub(" ", _INVISIBLE.sub("", words)).split())


def lines(root: Any) -> Iterator[str]:
    """The lines of a tree, none of them empty, headings as `## …`, items as `- …`, rows as `| … | … |`.
    A paragraph with breaks in it is one with line feeds.

    Goes through the tree without recursion: pages may be nested deeply.
    """
    writer = _Writer()
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, seen = stack.pop()
        name = _name(element)
        if seen:
            yield from writer.leave(name, element)
            if element is not root:
                writer.write(element.tail)
        elif not name or name in HIDDEN:
            if element is not root:
                writer.write(element.tail)
        else:
            yield from writer.enter(name, element)
            writer.write(element.text)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
    yield from writer.flush()


def _name(element: Any) -> str:
    """The tag without its name space, in lower case; empty for a comment and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


class _Writer:
    """The line that is being written, and what it begins with."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._begin = ""
        self._cells: list[str] | None = None
        """Of the row that is being written."""

    def write(self, words: str | None) -> None:
        if words:
            self._words.append(words)

    def enter(self, name: str, element: Any) -> Iterator[str]:
        rend = element.get("rend") or ""
        if name in BREAKS:
            self.write(BREAK)
        elif name in ("s", "tab"):
            self.write(" ")
        elif name in ROWS:
            yield from self.flush()
            self._cells = []
        elif name in CELLS:
            self._cell()
        elif self._cells is not None:
            self.write(" " if name in BLOCKS else "")
        elif name in DESCRIPTIONS or rend.startswith("dd"):
            if self._words and self._begin == "- ":
                self.write(": ")
            else:
                yield from self.flush()
        elif name in BLOCKS:
            goes_on = name in ("p", "div") and self._begin == "- " and not "".join(self._words).strip()
            if not goes_on:
                yield from self.flush()
            if name in ITEMS or name in TERMS:
                self._begin = "- "
            elif level := _level(name, element, rend):
                self._begin = "#" * level + " "

    def leave(self, name: str, element: Any) -> Iterator[str]:
        if name in ROWS:
            self._cell()
            cells = [cell for cell in self._cells or [] if cell]
            self._cells = None
            if cells:
                yield "| " + " | ".join(cells) + " |" if len(cells) > 1 else cells[0]
        elif name in TERMS or (element.get("rend") or "").startswith("dt"):
            return
        elif name in BLOCKS and self._cells is None:
            yield from self.flush()

    def flush(self) -> Iterator[str]:
        """The line as far as it is written."""
        written = [clean(line) for line in "".join(self._words).split(BREAK)]
        begin, self._words, self._begin = self._begin, [], ""
        if words := _BLANK_LINES.sub("\n\n", "\n".join(written)).strip():
            yield begin + words

    def _cell(self) -> None:
        """The cell before is whole."""
        if self._cells is not None:
            self._cells.append(clean("".join(self._words)))
            self._words = []


def _level(name: str, element: Any, rend: str) -> int:
    """The level of a heading, 0 for what is none."""
    if name == "head" and rend in HEADINGS:
        return HEADINGS[rend]
    told = next((value for key, value in element.items() if key.endswith("outline-level")), "")
    if told.isdigit():
        return min(6, int(told))
    return HEADINGS.get(name, 0)
