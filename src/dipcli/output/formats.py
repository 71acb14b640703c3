"""Rows as JSON, JSON lines, CSV, TSV and Markdown: pure functions from rows to pieces of bytes.

A whole record goes out as the very line that the index holds. Every format is UTF-8 with LF; JSON is
a list, `[]` where nothing was found; CSV, TSV and Markdown have their header even then.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

import msgspec

from dipcli.output.fields import Get, flat
from dipcli.output.text import clean


class Row(Protocol):
    """One record, with the line of the index that holds it."""

    @property
    def raw(self) -> bytes: ...
    @property
    def record(self) -> Any: ...


_FORMULA = tuple("=+-@\t\r＝＋－＠")
_MARKDOWN = str.maketrans(
    {**{mark: f"\\{mark}" for mark in "\\`*_[]|~"}, "&": "&amp;", "<": "&lt;", ">": "&gt;"}
)


def json_rows(
    rows: Iterable[Row], fields: Mapping[str, Get] | None, extra: Mapping[str, Get]
) -> Iterator[bytes]:
    """Each row as one JSON object: the stored line, or the fields asked for; then the `extra` ones."""
    for row in rows:
        if fields is None and not extra:
            yield row.raw
            continue
        if fields is None:
            chosen = msgspec.json.decode(row.raw)
        else:
            chosen = {name: get(row.record) for name, get in fields.items()}
        yield msgspec.json.encode(chosen | {name: get(row.record) for name, get in extra.items()})


def json_list(objects: Iterable[bytes]) -> Iterator[bytes]:
    """The objects as one JSON list, an object a line."""
    before = b"["
    for value in objects:
        yield before + b"\n" + value
        before = b","
    yield b"[]\n" if before == b"[" else b"\n]\n"


def json_lines(objects: Iterable[bytes]) -> Iterator[bytes]:
    for value in objects:
        yield value + b"\n"


def whole(form: str, records: Iterable[Any]) -> Iterator[bytes]:
    """Records with all that is in them, as `json` or `jsonl`."""
    encoded = map(msgspec.json.encode, records)
    return json_list(encoded) if form == "json" else json_lines(encoded)


def csv_rows(rows: Iterable[Row], fields: Mapping[str, Get], delimiter: str = ",") -> Iterator[bytes]:
    """CSV with a header, or TSV where the delimiter is a tab (its cells never hold one)."""
    import csv  # here: JSON, the format that scripts wait for, does not need it

    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([_cell(get(row.record)) for get in fields.values()])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def markdown_rows(rows: Iterable[Row], fields: Mapping[str, Get]) -> Iterator[bytes]:
    """A Markdown table; what a document says cannot become markup or HTML."""
    yield _markdown_line(fields)
    yield _markdown_line("---" for _ in fields)
    for row in rows:
        yield _markdown_line(clean(flat(get(row.record))).translate(_MARKDOWN) for get in fields.values())


def _cell(value: Any) -> str:
    """One cell of CSV; text that a spreadsheet would take for a formula gets a leading apostrophe."""
    text = clean(flat(value))
    if isinstance(value, (int, float)) or not text.startswith(_FORMULA):
        return text
    return "'" + text


def _markdown_line(cells: Iterable[str]) -> bytes:
    return f"| {' | '.join(cells)} |\n".encode()
