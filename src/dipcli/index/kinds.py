"""The kinds of record an index holds: their order on disk, and how a large kind is parted.

A kind is one file (`events.jsonl`) until it has more than `WHOLE_RECORDS` records or `WHOLE_BYTES`
bytes of lines; then it is a folder of parts (`events/2022-05.jsonl`), so that a change rewrites
only what it touches; parts by a hash become finer once it has more than `FINE_BYTES`. These figures are of
the content alone: the same records are the same files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from dipcli.records import RECORDS, Struct

WHOLE_RECORDS = 20_000
WHOLE_BYTES = 16 * 1024 * 1024
FINE_BYTES = 128 * 1024 * 1024
WHOLE, PARTED, FINE = range(3)
"""How a kind is laid out."""


class Kind(msgspec.Struct, frozen=True):
    """`tag` is what a line says that it is, `id_field` the key that tells the record's id, always the first
    after it; `part` gives the name of a record's part from its id, its start date, and whether parts are fine."""

    name: str
    tag: str
    id_field: str
    part: Callable[[str, str | None, bool], str]
    scattered: bool = False
    """Whether parts are no stretches of the order: then reading all means merging them by id."""

    @property
    def type(self) -> type[Struct]:
        if self.tag in RECORDS:
            return RECORDS[self.tag]
        from dipcli.mentions import Mentions  # here: no query reads them

        return Mentions

    @property
    def head(self) -> bytes:
        """The bytes that every line of the kind begins with, up to its id."""
        return f'{{"record":"{self.tag}","{self.id_field}":"'.encode()

    def layout(self, records: int, size: int) -> int:
        """How so many records of so many bytes are laid out."""
        if records <= WHOLE_RECORDS and size <= WHOLE_BYTES:
            return WHOLE
        return FINE if self.scattered and size > FINE_BYTES else PARTED

    def layout_of(self, paths: Iterable[str]) -> int:
        """How a kind is laid out that has these files; `WHOLE` where it has none."""
        for path in paths:
            if path == f"{self.name}.jsonl":
                return WHOLE
            return FINE if self.scattered and len(path) == len(f"{self.name}/000.jsonl") else PARTED
        return WHOLE

    def path(self, name: str, start: str | None, layout: int) -> str:
        """The file that a record is in, relative to the index."""
        if layout == WHOLE:
            return f"{self.name}.jsonl"
        return f"{self.name}/{self.part(name, start, layout == FINE)}.jsonl"

    def key(self, record: Any) -> tuple[str, str | None]:
        """The id and the start date (null where the kind has none) of a record."""
        return getattr(record, self.id_field), getattr(record, "start", None)


def order(key: tuple[str, str | None]) -> tuple[bool, str, str]:
    """Where a record stands in its file: by start, then by id; the undated last."""
    name, start = key
    return start is None, start or "", name


def _by_document(name: str, start: str | None, fine: bool) -> str:
    """Two hex digits of the content's hash, which a document's id begins with: `doc-1f…` -> `1f`."""
    return name[4:6]


def _by_month(name: str, start: str | None, fine: bool) -> str:
    return start[:7] if start else "undated"


def _by_hash(name: str, start: str | None, fine: bool) -> str:
    """Two hex digits of the id's hash; of fine parts, of which there are four times as many, three: `1f0`,
    `1f4`, `1f8`, `1fc`."""
    from hashlib import sha256  # here: it is the writer's need, and loading it costs every reader

    digits = sha256(name.encode()).hexdigest()[:3]
    return f"{int(digits, 16) & 0xFFC:03x}" if fine else digits[:2]


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("documents", "document", "id", _by_document),
        Kind("mentions", "mentions", "document", _by_document),
        Kind("events", "event", "id", _by_month),
        Kind("actors", "actor", "id", _by_hash, scattered=True),
        Kind("relations", "relation", "id", _by_hash, scattered=True),
    )
}

encode = msgspec.json.Encoder().encode
"""A record -> its line, without the line feed: keys in the struct's order, none left out."""
