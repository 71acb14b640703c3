"""CSV and TSV: each row of a table an article."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from dipcli.reading.base import Part, UnsupportedDocument, size
from dipcli.reading.containers import columns
from dipcli.reading.containers.columns import TEXT
from dipcli.reading.containers.kinds import Entry, Means, Numbers, Remark
from dipcli.reading.containers.stream import head_of
from dipcli.reading.encoding import BYTE_ORDER_MARKS

DELIMITERS = ",\t;|"
SUFFIXES = (".csv", ".tsv", ".tab")
RECOVERIES = 100
"""How often reading begins anew behind a row that a quotation mark left open has torn."""


LARGE = ["…"]
"""Stands for a row that is too large."""


class _Encoding(NamedTuple):
    codec: str
    note: str | None = None


def is_table(head: bytes) -> bool:
    """Whether the first line names the columns of articles: a text, and a title or a date."""
    names = _names(_first_line(head))
    found = columns.chosen(names, {}) if len(names) > 1 else {}
    return bool(found and found[TEXT] and (found["title"] or found["published"]))


def read_table(entry: Entry, means: Means) -> Iterator[Part | Remark]:
    """Raises `UnsupportedDocument` where no column is a text."""
    head, file = head_of(entry.file)
    encoding = _encoding(head)
    if encoding.note:
        yield Remark("", encoding.note)
    first = _first_line(head)
    names = _names(first)
    fields = columns.chosen(names, means.columns)
    if not fields[TEXT]:
        shown = ", ".join(names[:12]) or "none"
        raise UnsupportedDocument(
            f"is a table without a column of texts (columns: {shown}); --map text=COLUMN names one"
        )
    torn, empty, large = Numbers("row"), Numbers("row"), Numbers("row")
    rows = _rows(file, encoding.codec, _delimiter(first), len(names), means.limits.bytes)
    next(rows, None)
    for number, row in enumerate(rows, start=1):
        if row is None:
            torn.add(number)
        elif row == LARGE:
            large.add(number)
        elif not (found := columns.article(dict(zip(names, row, strict=False)), fields, "text/csv")):
            empty.add(number)
        else:
            yield columns.part(found, str(number), entry.given)
    if torn:
        yield Remark("", f"cannot be read in {torn}: not as many columns as in its first line", "failed")
    if large:
        yield Remark("", f"has a text of more than {size(means.limits.bytes)} in {large}", "failed")
    if empty:
        yield Remark("", f"has no text in {empty}")


def _encoding(head: bytes) -> _Encoding:
    for mark, codec, label in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return _Encoding(codec, None if codec == "utf-8" else f"read as {label}")
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return _Encoding("cp1252", "read as Windows-1252")
    return _Encoding("utf-8")


def _first_line(head: bytes) -> str:
    text = head.decode(_encoding(head).codec, "replace").lstrip("\ufeff")
    return text.splitlines()[0] if text else ""


def _names(line: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=_delimiter(line)), [])]
    except csv.Error:
        return []


def _delimiter(line: str) -> str:
    """The one there is most of; a comma where there is none."""
    return max(DELIMITERS, key=line.count)


def _rows(file: BinaryIO, codec: str, delimiter: str, width: int, most: int) -> Iterator[list[str] | None]:
    """The rows as wide as the head, null for another one, `LARGE` for one of more than `most` characters;
    blank lines are passed over.

    A row torn by an open quotation mark goes on to wherever the next one is: it is given up at its
    first line, and reading goes on with its second.
    """
    csv.field_size_limit(most)
    is_large = False
    lines = io.TextIOWrapper(file, codec, errors="replace", newline="")
    again: deque[str] = deque()
    taken: list[str] = []

    def feed() -> Iterator[str]:
        nonlocal is_large
        while line := again.popleft() if again else lines.readline(most):
            while len(line) == most and not line.endswith("\n"):
                is_large, line = True, lines.readline(most)
            taken.append(line)
            yield line.lstrip("\ufeff") if len(taken) == 1 else line

    reader, recoveries = csv.reader(feed(), delimiter=delimiter), 0
    while True:
        taken.clear()
        is_large = False
        try:
            row: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row, is_large = None, True
        if is_large:
            yield LARGE
            continue
        if row == []:
            continue
        if row is not None and (len(row) == width or (len(row) > width and not any(row[width:]))):
            yield row
            continue
        yield None
        if len(taken) > 1 and recoveries < RECOVERIES:
            recoveries += 1
            again.extendleft(reversed(taken[1:]))
            reader = csv.reader(feed(), delimiter=delimiter)
