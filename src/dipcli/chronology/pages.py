"""A chronology as plain text, Markdown and HTML."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from dipcli.chronology.lines import NOTES, Chronology, Line, Note

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_ITEM = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")
_WEB = re.compile(r"https?://[^\s\"'<>]+", re.ASCII)
_STYLE = Path(__file__).with_name("page.css")


def years(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The lines by year, with the heading of each; without headings where there is one year only."""
    found = [(year, list(some)) for year, some in groupby(lines, lambda line: line.year)]
    return found if len(found) > 1 else [("", lines)]


def note_pieces(note: Note, *, quoted: Callable[[str], str] = lambda text: f"“{text}”") -> list[str]:
    """What a footnote says after its source: where, with what words, and what is remarked."""
    pieces = []
    for quote in note.quotes:
        said = [quote.where] * bool(quote.where) + [quoted(quote.text)] * bool(quote.text)
        pieces += [": ".join(said)] * bool(said)
    return pieces + note.remarks


def as_text(made: Chronology) -> str:
    return "\n".join(_text(made))


def _text(made: Chronology) -> Iterator[str]:
    yield from (made.title, "=" * len(made.title), "", made.about, "")
    for year, lines in years(made.lines):
        if year:
            yield from (year, "-" * len(year), "")
        for line in lines:
            yield line.text.replace(NOTES, "".join(f" [{note.number}]" for note in line.notes))
            yield ""
    yield from ("Notes", "-----", "")
    for line in made.lines:
        for note in line.notes:
            yield f"[{note.number}] {_source(note)}{_tail(note_pieces(note))}"
    yield ""


def _source(note: Note) -> str:
    return ", ".join(filter(None, (note.source, note.address)))


def _tail(pieces: list[str]) -> str:
    return f", {'; '.join(pieces)}" if pieces else ""


def as_markdown(made: Chronology) -> str:
    return "\n".join(_markdown(made))


def _markdown(made: Chronology) -> Iterator[str]:
    yield from (f"# {plain(made.title)}", "", plain(made.about), "")
    for year, lines in years(made.lines):
        if year:
            yield from (f"## {year}", "")
        for line in lines:
            text = plain(line.text)
            if line.text.startswith(f"{line.date}:"):
                text = f"**{plain(line.date)}**{text[len(plain(line.date)) :]}"
            yield text.replace(NOTES, "".join(f"[^{note.number}]" for note in line.notes))
            yield ""
    for line in made.lines:
        for note in line.notes:
            yield f"[^{note.number}]: {plain(_source(note) + _tail(note_pieces(note)))}"
    yield ""


def plain(text: str) -> str:
    """Text that Markdown shows as it is: no emphasis, links, tags, or list items."""
    return _ITEM.sub(lambda item: f"{item[1]}\\{item[2]}", _MARKDOWN.sub(r"\\\1", text))


def as_html(made: Chronology) -> str:
    return "\n".join(_html(made))


def _html(made: Chronology) -> Iterator[str]:
    style = _STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape(made.title)}</title><style>{style}</style></head><body><main>"
    yield f"<h1>{escape(made.title)}</h1><p>{escape(made.about)}</p>"
    for year, lines in years(made.lines):
        if year:
            yield f"<h2>{escape(year)}</h2>"
        for line in lines:
            text = escape(line.text)
            date = escape(line.date)
            if text.startswith(f"{date}:"):
                text = f"<b>{date}</b>{text[len(date) :]}"
            yield f"<p>{text.replace(NOTES, _references(line.notes))}</p>"
    yield "<h2>Notes</h2><ol>"
    yield from (_note(note) for line in made.lines for note in line.notes)
    yield "</ol></main></body></html>"
    yield ""


def _references(notes: list[Note]) -> str:
    links = ", ".join(
        f'<a id="ref-{note.number}" href="#note-{note.number}" aria-label="Note {note.number}">{note.number}</a>'
        for note in notes
    )
    return f"<sup>{links}</sup>"


def _note(note: Note) -> str:
    address = escape(note.address)
    if _WEB.fullmatch(note.address):
        address = f'<a href="{address}" rel="noreferrer">{address}</a>'
    source = ", ".join(filter(None, (escape(note.source), address)))
    back = f'<a href="#ref-{note.number}" aria-label="Back to line with note {note.number}">↩</a>'
    return f'<li id="note-{note.number}">{source}{escape(_tail(note_pieces(note)))} {back}</li>'
