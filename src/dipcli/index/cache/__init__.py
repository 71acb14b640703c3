"""The cache: a derived SQLite file that tells where to read, so that a query reads little.

It is of one state of the index: it holds that state's manifest. Whoever writes the index extends it by what
changed; whoever finds it missing, of another state, or touched makes it anew. Readers hold SQLite's lock as long
as they have it open; where none does, it is changed where it lies, in one transaction, and else a copy is, which
replaces it. A change that is cut short leaves a file that is not as its stamp says. What is not at its place
any more is noticed when it is read (`CacheStale`), and the lines themselves are read instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dipcli.errors import DipcliError, IndexBusy, IndexFormatError, IndexMissing
from dipcli.index.disk import protect

if TYPE_CHECKING:
    from dipcli.index.cache.build import Advance
    from dipcli.index.cache.cache import Cache
    from dipcli.index.snapshot import Snapshot

NAME = "queries-9.sqlite"
"""Numbered: the tables of another version of dipcli are another file."""
FOLDER = "cache"
KEPT = "sources.json"
"""The one file beside the caches that an ingest writes itself (`dipcli.ingestion.sources`)."""
LEAST = 1_000
"""Records of an index that is worth a cache."""
PATIENCE = 5.0
"""Seconds to wait for one who is writing it down."""


class Stamp(msgspec.Struct, frozen=True):
    """What a cache's file was like when it was made or extended last: nobody else changes it."""

    size: int
    mtime_ns: int


class Unavailable(Exception):
    """There is no cache, and why, where a person should know."""

    def __init__(self, reason: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason


def open_cache(snapshot: Snapshot, on_progress: Advance | None = None) -> Cache:
    """The cache of a snapshot, made where there is none. Raises `Unavailable`."""
    try:
        import sqlite3
    except ImportError as error:
        raise Unavailable("this Python has no SQLite: answers take longer") from error
    folders = _folders(snapshot)
    here = next(folders)
    for folder in (here, *folders) if not _can_write(here) else (here,):
        if found := _opened(folder, snapshot):
            return found
    for folder in _folders(snapshot):
        try:
            make(snapshot, folder, on_progress)
            if found := _opened(folder, snapshot):
                return found
        except sqlite3.Error as error:
            if "fts5" in str(error):
                raise Unavailable("this SQLite has no full text search: answers take longer") from error
            raise Unavailable(f"no cache can be written ({error}): answers take longer") from error
        except IndexBusy as error:
            raise Unavailable from error
        except OSError:
            continue
    raise Unavailable("no cache can be written: answers take longer")


def make(snapshot: Snapshot, folder: Path, on_progress: Advance | None = None) -> None:
    """Makes the cache in `folder`, in place of what is there.

    Raises `OSError` where the folder cannot be written, `IndexBusy` where somebody else is at it,
    sqlite3.Error where SQLite refuses.
    """
    from dipcli.index.cache.build import build

    advance = on_progress or (lambda done, count, what: None)
    _replace(folder, lambda half: build(snapshot, half, advance))


def renew(index: Path, on_progress: Advance | None = None, before: Snapshot | None = None) -> None:
    """Makes the cache of an index that was just written, if it is worth one and can be written.

    `before`: the index as it was (`remembered`); where the cache is of that, it is extended by what changed.
    """
    from dipcli.index.snapshot import CACHED, read

    with suppress(Unavailable, IndexMissing, OSError), read(index, CACHED) as snapshot:
        if is_worth_it(snapshot):
            if before is not None:
                _extend(snapshot, before)
            open_cache(snapshot, on_progress).close()


@contextmanager
def remembered(index: Path) -> Iterator[Snapshot | None]:
    """The state of an index that is about to be written, kept open; null where it has no cache to extend."""
    from dipcli.index.cache.extend import CACHED
    from dipcli.index.snapshot import read

    with ExitStack() as stack:
        before = None
        if (index / FOLDER / NAME).is_file():
            with suppress(DipcliError, OSError):
                before = stack.enter_context(read(index, CACHED))
        yield before


def _extend(snapshot: Snapshot, before: Snapshot) -> None:
    """Extends the cache in the index, if it is of the state before; else leaves it as it is."""
    import sqlite3
    from shutil import copyfile

    from dipcli.index.cache.extend import InUse, NotExtensible, extend
    from dipcli.index.lock import lock

    folder = snapshot.path / FOLDER
    cache = None if before.state == snapshot.state else _opened(folder, before)
    if cache is None:
        return
    cache.close()

    def fill(half: str) -> None:
        copyfile(folder / NAME, half)
        extend(half, before, snapshot, lambda: None)

    with suppress(NotExtensible, IndexFormatError, IndexBusy, OSError, sqlite3.Error):
        try:
            with lock(folder):
                place = folder / NAME
                extend(str(place), before, snapshot, lambda: _stamp(place, place))
        except InUse:
            _replace(folder, fill)


def _replace(folder: Path, fill: Callable[[str], None]) -> None:
    """Has a new file filled, and puts it in the cache's place."""
    from dipcli.index.lock import lock  # here: who asks takes none

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock(folder):
        for left in folder.glob(f"{NAME}.*.tmp"):
            left.unlink()
        half = folder / f"{NAME}.{os.getpid()}.tmp"
        try:
            fill(str(half))
            protect(half, folder)
            _stamp(half, folder / NAME)
        finally:
            half.unlink(missing_ok=True)


def _stamp(place: Path, to: Path) -> None:
    """Notes what a cache's file is like, and puts it where it belongs, if it is not there yet."""
    status = place.stat()
    half = to.with_name(f"{NAME}.{os.getpid()}.stamp.tmp")
    half.write_bytes(msgspec.json.encode(Stamp(status.st_size, status.st_mtime_ns)))
    protect(half, to.parent)
    if place != to:
        place.replace(to)
    half.replace(to.with_name(f"{NAME}.stamp"))


def remove(index: Path) -> None:
    """Removes all that caches hold of an index, of whatever version, but where its documents came from: one
    was forgotten, and nothing is to be left of it."""
    from dipcli.index.lock import NAME as LOCK

    for folder in _places(index):
        for place in folder.iterdir() if folder.is_dir() else ():
            if place.is_file() and place.name not in (KEPT, LOCK):
                with suppress(OSError):  # another process may have removed it
                    place.unlink()


def is_worth_it(snapshot: Snapshot) -> bool:
    counts = snapshot.manifest.counts
    return sum(counts[kind] for kind in ("documents", "events", "actors", "relations")) >= LEAST


def _opened(folder: Path, snapshot: Snapshot) -> Cache | None:
    """The cache in a folder, if it is as it was made, and of this state."""
    import sqlite3

    from dipcli.index.cache.cache import Cache

    place = folder / NAME
    path = str(place.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    with ExitStack() as stack, suppress(OSError, msgspec.MsgspecError, sqlite3.Error, TypeError):
        connection = sqlite3.connect(f"file:{path}?mode=ro", PATIENCE, isolation_level=None, uri=True)
        stack.callback(connection.close)
        connection.execute("BEGIN")  # from the first look at it until it is closed, nobody changes it
        (state,) = connection.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
        stamp = msgspec.json.decode((folder / f"{NAME}.stamp").read_bytes(), type=Stamp)
        status = place.stat()
        if state == snapshot.state and (status.st_size, status.st_mtime_ns) == (stamp.size, stamp.mtime_ns):
            stack.pop_all()
            return Cache(connection, snapshot, folder / f"{NAME}.stamp")
    return None


def _folders(snapshot: Snapshot) -> Iterator[Path]:
    return _places(snapshot.path)


def _places(index: Path) -> Iterator[Path]:
    """Where a cache may be: in the index, else with the user's caches."""
    yield index / FOLDER
    from hashlib import sha256

    from platformdirs import user_cache_path

    name = sha256(str(index.resolve()).encode()).hexdigest()[:16]
    yield user_cache_path("dipcli") / "indexes" / name


def _can_write(folder: Path) -> bool:
    """Whether files can be made in a folder that may not be there yet."""
    return os.access(folder if folder.is_dir() else folder.parent, os.W_OK | os.X_OK)
