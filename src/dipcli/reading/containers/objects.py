"""JSON and JSON lines: each object with a text is an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from dipcli.errors import DocumentError
from dipcli.reading.base import Part, UnsupportedDocument
from dipcli.reading.containers import columns
from dipcli.reading.containers.columns import TEXT, Article
from dipcli.reading.containers.kinds import Entry, Means, Numbers, Remark
from dipcli.reading.containers.stream import whole
from dipcli.reading.encoding import decode

SUFFIXES = (".json", ".jsonl", ".ndjson", ".jsonlines")
WRAPPERS = ("_source", "fields", "attributes", "data", "article")
"""Keys whose object, in the answers of usual services, is the article itself."""
DEPTH = 4
"""Objects in which the list of articles is looked for, one in another."""

_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"(?:[^"\\]|\\.)*"\s*:')


def is_objects(head: bytes) -> bool:
    return bool(_OBJECT.match(head))


def is_lines(head: bytes) -> bool:
    """Whether the first line is an object by itself, and another one begins after it."""
    first, _, rest = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    return _object(first) is not None and rest.lstrip().startswith(b"{")


def read_lines(entry: Entry, means: Means) -> Iterator[Part | Remark]:
    broken, empty, most = Numbers("line"), Numbers("line"), means.limits.bytes
    number = given = 0
    while line := entry.file.readline(most + 1):
        number += 1
        if len(line) > most:
            while line and not line.endswith(b"\n"):
                line = entry.file.readline(most)
            broken.add(number)
            continue
        line = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not line:
            continue
        row = _object(line)
        if row is None:
            broken.add(number)
        elif found := _article(row, means):
            given += 1
            yield columns.part(found, str(number), entry.given)
        else:
            empty.add(number)
    if not given:
        raise UnsupportedDocument("holds no articles: no object in it has a text (--map text=KEY names it)")
    if broken:
        yield Remark("", f"is no JSON in {broken}", "failed")
    if empty:
        yield Remark("", f"has no text in {empty}")


def read_objects(entry: Entry, means: Means) -> Iterator[Part | Remark]:
    data = whole(entry.file, means.limits)
    text, notes = decode(data)
    yield from (Remark("", note) for note in notes)
    try:
        value = msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise DocumentError(f"is damaged JSON: {error}") from error
    rows = [value] if isinstance(value, dict) and _article(value, means) else _rows(value, DEPTH)
    empty, given = Numbers("object"), 0
    for number, row in enumerate(rows, start=1):
        if found := _article(row, means):
            given += 1
            yield columns.part(found, "" if row is value else str(number), entry.given)
        else:
            empty.add(number)
    if not given:
        raise UnsupportedDocument("holds no articles: no object in it has a text (--map text=KEY names it)")
    if empty:
        yield Remark("", f"has no text in {empty}")


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _rows(value: Any, depth: int) -> list[dict[str, Any]]:
    """The longest list of objects in a value, at most `depth` objects deep."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)]
    if isinstance(value, dict) and depth:
        return max((_rows(inner, depth - 1) for inner in value.values()), key=len, default=[])
    return []


def _article(row: dict[str, Any], means: Means) -> Article | None:
    for inner in (row, *(row[key] for key in WRAPPERS if isinstance(row.get(key), dict))):
        both = row | inner
        fields = columns.chosen(both, means.columns)
        if fields[TEXT] and (found := columns.article(both, fields, "application/json")):
            return found
    return None
