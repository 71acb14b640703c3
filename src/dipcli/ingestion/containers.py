"""A file that holds documents, as an ingest finds it: opened if it must be, each document in it a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from dipcli.index.ledger import Place, Scratch
from dipcli.ingestion.sources import Holding, Inside, Sources
from dipcli.records import Told

if TYPE_CHECKING:
    from dipcli.reading import Limits, Part
    from dipcli.reading.containers import Columns


_BLOCK = 1 << 20


class Content(NamedTuple):
    """A document in a container: how its key, its name and its label go on from the container's, its
    SHA-256, its bytes if they are to be read, and what is told of it (null: what is known already)."""

    inside: str
    sha256: str
    place: Place | None = None
    media_type: str | None = None
    given: tuple[Told, ...] | None = None


class Opened(NamedTuple):
    held: Holding
    contents: list[Content]


@dataclass
class Opener:
    """Opens containers, but none that is as it was: then its parts are those that the index has.

    `is_fresh` says of a content that it need not be read again. What must be is kept in `scratch`.
    """

    before: Sources
    is_fresh: Callable[[str], bool]
    scratch: Scratch
    limits: Limits
    columns: Columns
    settings: str
    """What shapes documents besides their bytes."""

    def open(
        self,
        file: BinaryIO,
        packed: int,
        key: str,
        name: str,
        media_type: str | None,
        given: tuple[Told, ...],
    ) -> Opened:
        """What is in the container `key`, called `name`, of `packed` bytes. Raises `DocumentError`."""
        digest = _digest(file)
        settings = self._settings(given)
        if held := self.before.holding(key):
            noted, parts = held
            if (noted.sha256, noted.settings) == (digest, settings) and all(
                map(self.is_fresh, parts.values())
            ):
                return Opened(noted, [Content(inside, sha256) for inside, sha256 in parts.items()])
        file.seek(0)
        return self._opened(file, packed, name, media_type, given, digest, settings)

    def _opened(
        self,
        file: BinaryIO,
        packed: int,
        name: str,
        media_type: str | None,
        given: tuple[Told, ...],
        digest: str,
        settings: str,
    ) -> Opened:
        from dipcli.reading.containers import Remark, expand

        contents: list[Content] = []
        said: list[Inside] = []
        kept: dict[str, Place] = {}
        parts = expand(file, name, packed, self.limits, self.columns, media_type=media_type, given=given)
        for part in parts:
            inside = part.name[len(name) :]
            if isinstance(part, Remark):
                said.append(Inside(inside, part.what, part.how))
            else:
                contents.append(self._kept(part, inside, kept))
        is_whole = all(one.how != "failed" for one in said)
        held = Holding(digest, settings if is_whole else "", {one.inside for one in contents}, said)
        return Opened(held, contents)

    def _kept(self, part: Part, inside: str, kept: dict[str, Place]) -> Content:
        digest = hashlib.sha256(part.data).hexdigest()
        if digest not in kept and not self.is_fresh(digest):
            kept[digest] = Place(self.scratch, self.scratch.append(part.data), len(part.data))
        return Content(inside, digest, kept.get(digest), part.media_type, part.given)

    def _settings(self, given: tuple[Told, ...]) -> str:
        shaping = (self.settings, self.limits, given, dict(self.columns))
        return hashlib.sha256(msgspec.json.encode(shaping, order="deterministic")).hexdigest()


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()
