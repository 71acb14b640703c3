"""Reading an index: one state of it, whole, whatever a writer does meanwhile, and without a lock.

A part is looked for where its writer prepared it and then at its path (see
`dipcli.index.transaction`); if the manifest is another once all parts are open, all is begun anew.
After that, open files keep the state alive: whoever replaces a file leaves the opened one as it was.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import msgspec

from dipcli.errors import AmbiguousName, IndexBusy, IndexFormatError, IndexMissing, NotFound
from dipcli.index import manifest as manifests
from dipcli.index.cache import Unavailable, is_worth_it, open_cache
from dipcli.index.files import Files
from dipcli.index.kinds import KINDS, Kind
from dipcli.index.manifest import Manifest, Part, damaged
from dipcli.index.place import MAKE_ONE

if TYPE_CHECKING:
    from dipcli.index.cache.build import Advance
    from dipcli.index.cache.cache import Cache

BLOCK = 1 << 20
ATTEMPTS = 200
"""How often reading begins anew before it gives up: a writer would have to commit each time."""
SHOWN = 10
"""How many candidates an ambiguous id lists."""
CACHED = ("documents", "events", "actors", "relations")
"""The kinds that queries read."""


Line = tuple[int, bytes]
"""Where the first byte of a line is in its part, and the line without its line feed."""


class OpenPart:
    """A part, opened: its lines, checked to be whole records of its kind."""

    __slots__ = ("_files", "_index", "_number", "kind", "part")

    def __init__(self, index: Path, kind: Kind, part: Part, files: Files, number: int) -> None:
        self.kind = kind
        self.part = part
        self._index = index
        self._files = files
        self._number = number

    @property
    def stamp(self) -> str:
        """What tells the file from one that was put in its place, or changed."""
        status = self._files.status(self._number)
        return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}"

    def lines(self) -> Iterator[Line]:
        """All lines in order. Raises `IndexFormatError` at one that is no record of the kind."""
        head, number, start, rest = self.kind.head, 0, 0, b""
        for block in self._blocks():
            *whole, rest = (rest + block).split(b"\n")
            for data in whole:
                number += 1
                if not (data.startswith(head) and data.endswith(b"}")):
                    raise self.damaged(number, "is not a record")
                yield start, data
                start += len(data) + 1
        if rest:
            raise self.damaged(number + 1, "is cut off")

    def at(self, offset: int, length: int) -> bytes:
        """The line of `length` bytes that begins at byte `offset`."""
        return self._files.read(self._number, length, offset)

    def damaged(self, number: int, what: str) -> IndexFormatError:
        return damaged(self._index, f"line {number} of {self.part.path}", what)

    def _blocks(self) -> Iterator[bytes]:
        offset = 0
        while block := self.at(offset, BLOCK):
            offset += len(block)
            yield block


class Snapshot:
    """One state of an index. Close it, or use it in a `with` statement."""

    def __init__(
        self,
        path: Path,
        manifest: Manifest,
        state: bytes,
        parts: dict[str, list[OpenPart]],
        close: ExitStack,
    ) -> None:
        self.path = path
        self.manifest = manifest
        self.state = state
        """The manifest's own bytes: they say which state it is, to the last byte of every part."""
        self.parts = parts
        """The opened parts of each kind, in the order of their names."""
        self.on_progress: Advance | None = None
        """Told how far it is when the cache must be made."""
        self.cache_note: str | None = None
        """Why there is no cache, where a person should know."""
        self._close = close

    def close(self) -> None:
        self._close.close()

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def cache(self) -> Cache | None:
        """What makes queries fast; null where the index is too small to need it, or none can be had."""
        return self._cached() if is_worth_it(self) else None

    def _cached(self) -> Cache | None:
        try:
            cache = open_cache(self, self.on_progress)
        except Unavailable as error:
            self.cache_note = error.reason
            return None
        self._close.callback(cache.close)
        return cache

    def raw(self, kind: str) -> Iterator[bytes]:
        """The lines of a kind as they are on disk, without line feeds: events by start, then by id,
        the undated last; the other kinds by id. Memory does not grow with the index."""
        parts = self.parts[kind]
        streams = [(data for _, data in part.lines()) for part in parts]
        if KINDS[kind].scattered and len(streams) > 1:
            from heapq import merge

            return merge(*streams, key=id_reader(KINDS[kind]))
        return chain.from_iterable(streams)

    def records(self, kind: str) -> Iterator[Any]:
        """The records of a kind, in the order of `raw`, as structs of `KINDS[kind].type`."""
        decode = msgspec.json.Decoder(KINDS[kind].type).decode
        for data in self.raw(kind):
            try:
                yield decode(data)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise self._found_damaged(kind, data, error) from error

    def ids(self, kind: str, beginning: str = "") -> Iterator[str]:
        """The ids of a kind that begin so, in the order of `raw`."""
        read_id = id_reader(KINDS[kind])
        return (read_id(data).decode() for data in self._beginning(kind, beginning))

    def get(self, kind: str, beginning: str) -> Any:
        """The record with this id, or the only one whose id begins so.

        Raises `NotFound`, `AmbiguousName`.
        """
        found: dict[bytes, bytes] = {}
        read_id = id_reader(KINDS[kind])
        for data in self._beginning(kind, beginning):
            found[read_id(data)] = data
        exact = found.get(beginning.encode())
        if exact is None and len(found) > 1:
            candidates = sorted(name.decode() for name in found)
            raise AmbiguousName(
                f"'{beginning}' is the beginning of {len(found)} {kind}", candidates=candidates[:SHOWN]
            )
        if not found:
            raise NotFound(f"none of the {kind} has an id that begins with '{beginning}'")
        data = exact or next(iter(found.values()))
        try:
            return msgspec.json.decode(data, type=KINDS[kind].type)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise self._found_damaged(kind, data, error) from error

    def _beginning(self, kind: str, beginning: str) -> Iterator[bytes]:
        start = KINDS[kind].head + msgspec.json.encode(beginning)[1:-1]
        return (data for data in self.raw(kind) if data.startswith(start))

    def _found_damaged(self, kind: str, data: bytes, error: Exception) -> IndexFormatError:
        """Says in which line of which file the line `data` is."""
        for part in self.parts[kind]:
            for number, (_, line) in enumerate(part.lines(), start=1):
                if line == data:
                    return part.damaged(number, f"cannot be read ({error})")
        raise AssertionError("the line came from one of the parts")


def read(path: Path, kinds: Iterable[str] = tuple(KINDS)) -> Snapshot:
    """The state of the index `path` as it is now, with the parts of `kinds` opened.

    Raises `IndexMissing`, `IndexFormatError` (damaged, of a newer format), `IndexBusy` (rewritten
    again and again while it was being opened).
    """
    kinds = tuple(kinds)
    for _ in range(ATTEMPTS):
        with ExitStack() as stack:
            try:
                file = stack.enter_context((path / manifests.NAME).open("rb"))
            except (FileNotFoundError, NotADirectoryError) as error:
                raise IndexMissing(
                    f"{path} is not an index: it has no {manifests.NAME}", hint=MAKE_ONE
                ) from error
            state = file.read()
            manifest = manifests.decode(state, path)
            _allow_open_files(sum(len(manifest.parts[kind]) for kind in kinds))
            waiting = (path / manifests.PENDING).is_dir()  # else all parts are at their paths
            files = Files()
            stack.callback(files.close)
            try:
                parts = {kind: _opened(path, kind, manifest.parts[kind], files, waiting) for kind in kinds}
            except IndexFormatError:
                if _is_current(file.fileno(), path):
                    raise
                continue
            if _is_current(file.fileno(), path):
                return Snapshot(path, manifest, state, parts, stack.pop_all())
    raise IndexBusy(f"the index {path} is being rewritten all the time", hint="try again")


def id_reader(kind: Kind) -> Callable[[bytes], bytes]:
    """A function from a line of `kind` to the id in it, without decoding the rest."""
    start = len(kind.head)
    return lambda data: data[start : data.index(b'"', start)]


def _is_current(descriptor: int, path: Path) -> bool:
    """Whether the open manifest is still the one at its place. (While it is open, no other file can
    have its inode.)"""
    try:
        return os.path.samestat(os.fstat(descriptor), (path / manifests.NAME).stat())
    except FileNotFoundError:
        return False


def _opened(index: Path, kind: str, parts: Iterable[Part], files: Files, waiting: bool) -> list[OpenPart]:
    """The parts of a kind, opened. Raises `IndexFormatError` where one is missing or is not as long as the
    manifest says."""
    found, of, folder = [], KINDS[kind], str(index)
    for number, part in enumerate(parts, len(files)):
        size = -1
        for place in (part.pending, part.path) if waiting else (part.path,):
            try:
                size = files.open(f"{folder}/{place}")
            except FileNotFoundError:
                continue
            break
        if size != part.bytes:
            what = "is missing" if size < 0 else f"has {size} bytes, and the manifest says {part.bytes}"
            raise damaged(index, part.path, what)
        found.append(OpenPart(index, of, part, files, number))
    return found


def _allow_open_files(count: int) -> None:
    """Raises the process's own limit of open files where a parted index needs more: enough for the states
    before and after a change at once, each with all its parts."""
    if count < 128:
        return
    with suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 4 * count + 256
        if soft != resource.RLIM_INFINITY and soft < wanted:
            limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, limit), hard))
