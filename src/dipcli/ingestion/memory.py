"""What is known of a resolution, kept between two changes of an index in its cache folder.

It is of one state of the index and of one version of dipcli; missing, of another state or touched since, it
counts for nothing, and all documents are resolved again. It is made by a resolution of all, where the
index is large enough to be worth it, and changed where it lies by one of added documents. While it is being
changed it has no stamp: so what an interrupted change leaves is not taken for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from dipcli.index import manifest
from dipcli.index.disk import flush, protect
from dipcli.resolution.adding import Store, create

NAME = "resolution-3.sqlite"
"""Numbered: the tables of another version of dipcli are another file."""
LEAST = 4 * 1024 * 1024
"""Bytes of mentions of an index that is worth one: some 3,000 events."""
_KEPT = (sqlite3.Error, OSError)


class _Stamp(msgspec.Struct, frozen=True):
    """What the file was like when it was made or changed last."""

    size: int
    mtime_ns: int
    state: str
    """SHA-256 of the manifest of the index that it is of."""


class Memory:
    """The file of one index."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._place = index / "cache" / NAME
        self._stamp = self._place.with_suffix(".stamp")

    @contextmanager
    def recalled(self, state: bytes) -> Iterator[Store | None]:
        """What is kept, if it is of this state of the index (the bytes of its manifest); what is changed and
        not `keep`t is forgotten."""
        connection = store = None
        with suppress(*_KEPT, msgspec.MsgspecError):
            stamp = msgspec.json.decode(self._stamp.read_bytes(), type=_Stamp)
            if stamp == self._stamped(state):
                connection = sqlite3.connect(self._place)
                for setting in ("journal_mode = MEMORY", "synchronous = OFF", "cache_spill = OFF"):
                    connection.execute(f"PRAGMA {setting}")
                store = Store(connection)
        try:
            yield store
        finally:
            if connection:
                connection.rollback()
                connection.close()

    def keep(self, store: Store) -> None:
        """Keeps what was changed in what was `recalled`: it is of the index as it is on disk now."""
        with suppress(*_KEPT):
            self._stamp.unlink(missing_ok=True)
            store.sql.commit()
            self._say()

    @contextmanager
    def made(self) -> Iterator[Store | None]:
        """An empty file to be filled, which is not yet what is kept; null where there can be none."""
        connection = store = None
        half = self._half
        with suppress(*_KEPT):
            self._place.parent.mkdir(mode=0o700, exist_ok=True)
            half.unlink(missing_ok=True)
            connection = sqlite3.connect(half)
            protect(half, self._index)
            for setting in ("journal_mode = OFF", "synchronous = OFF"):
                connection.execute(f"PRAGMA {setting}")
            store = create(connection)
        try:
            yield store
        finally:
            if connection:
                connection.close()
            with suppress(OSError):
                half.unlink(missing_ok=True)

    def put(self, store: Store, bands: Iterable[tuple[int, str]]) -> None:
        """Keeps what was `made`, in place of what was kept: it is of the index as it is on disk now. `bands`:
        by what copies are found (`Changes.bands`)."""
        self.drop()
        with suppress(*_KEPT):
            if not store.is_whole:
                return
            store.bands.add(bands)
            store.sql.commit()
            store.sql.close()
            self._half.replace(self._place)
            self._say()

    def drop(self) -> None:
        for place in (self._stamp, self._place):
            with suppress(OSError):
                place.unlink(missing_ok=True)

    @property
    def _half(self) -> Path:
        return self._place.with_suffix(".tmp")

    def _say(self) -> None:
        flush(self._place)
        half = self._stamp.with_suffix(".stamp.tmp")
        half.write_bytes(msgspec.json.encode(self._stamped((self._index / manifest.NAME).read_bytes())))
        protect(half, self._index)
        half.replace(self._stamp)

    def _stamped(self, state: bytes) -> _Stamp:
        status = self._place.stat()
        return _Stamp(status.st_size, status.st_mtime_ns, sha256(state).hexdigest())
