"""Which file gave which content, by which names: how an edited file is told from another file of the
same name.

The records know a document's paths relative to what was given, never where that was. So each ingest
leaves a note in the index's cache: for every file, where it is relative to the index, what it held,
and what it was called. Without the note (the cache may be deleted; an index may be copied) a file is
taken for the one that had its name.

A file in a container has a key and a name that go on from the container's: `…/letters.zip/annex.txt`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from dipcli.garbage import uncollected
from dipcli.index.disk import protect, writing

NAME = "sources.json"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
STREAM = "-"
"""What the key of a document from a stream begins with, in place of a file's path."""


class Source(msgspec.Struct, frozen=True):
    """What a file held when it was last read, and the names it was given by."""

    sha256: str
    names: frozenset[str]


class Inside(NamedTuple):
    """Something that was said of a container or of a file in it; `name` is empty for the container."""

    name: str
    what: str
    how: str


class Holding(msgspec.Struct):
    """What a container held when it was last opened."""

    sha256: str
    settings: str
    """What shaped its parts besides its bytes. Empty where not all of it could be read."""
    parts: set[str]
    """How the keys of its parts go on from its own."""
    said: list[Inside] = []


class _Note(msgspec.Struct):
    files: dict[str, Source]
    containers: dict[str, Holding] = {}


class Sources:
    """Which contents there are, and by which names. Change it by what was found, gone, forgotten."""

    def __init__(
        self, files: dict[str, Source], loose: dict[str, set[str]], containers: dict[str, Holding]
    ) -> None:
        self._files = files
        """By absolute path, by address, or by stream."""
        self._loose = loose
        """Names of a content that no file is known for, by SHA-256."""
        self._containers = containers

    @classmethod
    @uncollected()
    def load(cls, index: Path, known: Mapping[str, Collection[str]]) -> Sources:
        """What the index's note says of the `known` contents (their paths, by SHA-256)."""
        noted = _Note({})
        with suppress(OSError, msgspec.MsgspecError):
            noted = msgspec.json.decode((index / "cache" / NAME).read_bytes(), type=_Note)
        files, keys = {}, _Keys(absolute(index))
        taken: dict[str, Set[str]] = {}
        for key, source in noted.files.items():
            names = source.names.intersection(known.get(source.sha256, ()))
            if names:
                whole = len(names) == len(source.names)
                files[keys.absolute(key)] = source if whole else Source(source.sha256, names)
                taken[source.sha256] = names.union(taken.get(source.sha256, ()))
        left = {
            sha256: set(paths) - taken.get(sha256, set())
            for sha256, paths in known.items()
            if len(paths) > len(taken.get(sha256, ()))
        }
        return cls(files, left, {keys.absolute(key): held for key, held in noted.containers.items()})

    @uncollected()
    def save(self, index: Path) -> None:
        """Leaves the note for the next ingest."""
        keys = _Keys(absolute(index))
        files = {keys.relative(key): source for key, source in self._files.items()}
        containers = {keys.relative(key): held for key, held in self._containers.items()}
        noted = {  # in order: msgspec's own takes the square of the time
            "files": {
                key: {"sha256": files[key].sha256, "names": _in_order(files[key].names)}
                for key in sorted(files)
            },
            "containers": {
                key: msgspec.structs.asdict(containers[key]) | {"parts": _in_order(containers[key].parts)}
                for key in sorted(containers)
            },
        }
        with writing(index, "the documents are in it, but not where they came from"):
            place = index / "cache" / NAME
            place.parent.mkdir(mode=0o700, exist_ok=True)
            temporary = place.with_suffix(".tmp")
            temporary.write_bytes(msgspec.json.encode(noted))
            protect(temporary, index)
            temporary.replace(place)

    def copy(self) -> Sources:
        return Sources(
            dict(self._files),
            {sha256: set(names) for sha256, names in self._loose.items()},
            dict(self._containers),
        )

    def found(self, key: str, name: str, sha256: str) -> set[str]:
        """Notes that the file `key`, called `name`, holds this content.

        Returns the contents (SHA-256) that it held before, as far as is known.
        """
        loose = self._loose.get(sha256, set())
        if source := self._files.get(key):
            before = {source.sha256} - {sha256}
            self._files[key] = Source(sha256, source.names | {name})
        elif name in loose or key.startswith(STREAM):
            before = set()
            self._files[key] = Source(sha256, frozenset((name,)))
        else:
            before = {other for other, names in self._loose.items() if name in names}
            self._files[key] = Source(sha256, frozenset((name,)))
            for other in before:
                self._loose[other].discard(name)
        loose.discard(name)
        return before

    def opened(self, key: str, name: str, held: Holding) -> None:
        """Notes what the container `key`, called `name`, holds. What else it held is gone, but for what
        could not be read now; and an address keeps what it no longer shows: it was there once."""
        before = self._containers.get(key)
        others = before.parts - held.parts if before else set()
        torn = tuple(f"{one.name}/" for one in held.said if one.how == "failed")
        names = {name + part for part in held.parts}

        def stays(part: str) -> bool:
            return is_address(key) or f"{part}/".startswith(torn)

        for part in others:
            if not stays(part):
                self._files.pop(key + part, None)
        for loose in self._loose.values():
            below = {one for one in loose if one.startswith(f"{name}/")}
            loose -= {one for one in below - names if not stays(one[len(name) :])}
        if "" not in held.parts and not stays(""):
            self._files.pop(key, None)
        parts = held.parts | {part for part in others if stays(part)}
        self._containers[key] = msgspec.structs.replace(held, parts=parts)

    def closed(self, key: str) -> None:
        """Notes that the file `key` is no container, if it was one."""
        if before := self._containers.pop(key, None):
            for part in before.parts - {""}:
                self._files.pop(key + part, None)

    def holding(self, key: str) -> tuple[Holding, dict[str, str]] | None:
        """What the container `key` held, and the SHA-256 of each of its parts, where all are known."""
        held = self._containers.get(key)
        if held is None or any(key + part not in self._files for part in held.parts):
            return None
        return held, {part: self._files[key + part].sha256 for part in sorted(held.parts)}

    def parts(self, key: str) -> set[str]:
        """The keys of what the container `key` held."""
        held = self._containers.get(key)
        return {key + part for part in held.parts} if held else set()

    def prune(self, folders: Iterable[Path], present: Collection[str], unread: Collection[str]) -> None:
        """Drops the files below `folders` that are not `present`, and the names that belong to no
        known file, unless a file that could not be read now is called so."""
        roots = [absolute(folder).rstrip(os.sep) + os.sep for folder in folders]
        for noted in (self._files, self._containers):
            for key in [key for key in noted if key.startswith(tuple(roots)) and key not in present]:
                del noted[key]
        if roots:
            for loose in self._loose.values():
                loose &= set(unread)

    def drop(self, sha256: str) -> None:
        """Takes away a content by all its names."""
        self._files = {key: source for key, source in self._files.items() if source.sha256 != sha256}
        self._loose.pop(sha256, None)

    def forget(self, sha256: str) -> None:
        """Takes away a content, and what is noted of containers that held it."""
        self.drop(sha256)
        whole = [key for key in self._containers if self.holding(key)]
        self._containers = {key: self._containers[key] for key in whole}

    def held_by(self, path: Path) -> set[str]:
        """The contents that the file at `path` had when it was read: several in a container."""
        key = absolute(path)
        return {self._files[one].sha256 for one in (key, *self.parts(key)) if one in self._files}

    @uncollected()
    def paths(self) -> dict[str, list[str]]:
        """All contents there are: their names, sorted, by SHA-256."""
        names: dict[str, Set[str]] = {sha256: loose for sha256, loose in self._loose.items() if loose}
        for source in self._files.values():
            others = names.get(source.sha256)
            names[source.sha256] = source.names | others if others else source.names
        return {sha256: _in_order(names[sha256]) for sha256 in sorted(names)}


def _in_order(names: Set[str]) -> list[str]:
    return sorted(names) if len(names) > 1 else [*names]


def absolute(path: Path) -> str:
    """The key of a file: where it is, links not followed."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "replace")  # noqa: PTH100 (it follows links)


def stream(sha256: str) -> str:
    """The key of a document from a stream: each content is a document of its own."""
    return STREAM + sha256


def is_address(text: str) -> bool:
    """Whether a path or a key is an address (also one that is not fetched: `ftp://…`)."""
    return "://" in text and bool(_ADDRESS.match(text))


def _is_no_file(key: str) -> bool:
    return key.startswith(STREAM) or is_address(key)


class _Keys:
    """Keys as they are noted, from where the index is, and as they are used. Many are of one folder."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._from: dict[str, str] = {}
        self._to: dict[str, str] = {}

    def absolute(self, key: str) -> str:
        if _is_no_file(key):
            return key
        folder, _, name = key.rpartition(os.sep)
        if folder not in self._from:
            self._from[folder] = os.path.normpath(f"{self._root}{os.sep}{folder}").rstrip(os.sep)
        return f"{self._from[folder]}{os.sep}{name}"

    def relative(self, key: str) -> str:
        if _is_no_file(key):
            return key
        folder, separator, name = key.rpartition(os.sep)
        if folder not in self._to:
            try:
                self._to[folder] = os.path.relpath(folder or separator, self._root)
            except ValueError:  # on another drive, where `absolute` will not find it: it is taken by its name
                return key
        return name if self._to[folder] == os.curdir else f"{self._to[folder]}{os.sep}{name}"
