"""Which file gave which content, by which names: how an edited file is told from another file of the
same name.

The records know a document's paths relative to what was given, never where that was. So each ingest
leaves a note in the index's cache: for every file, where it is relative to the index, what it held,
and what it was called. Without the note (the cache may be deleted; an index may be copied) a file is
taken for the one that had its name.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from dipcli.index.disk import protect, writing

NAME = "sources.json"
STREAM = "-"
"""What the key of a document from a stream begins with, in place of a file's path."""


class Source(msgspec.Struct):
    """What a file held when it was last read, and the names it was given by."""

    sha256: str
    names: set[str]


class Sources:
    """Which contents there are, and by which names. Change it by what was found, gone, forgotten."""

    def __init__(self, files: dict[str, Source], loose: dict[str, set[str]]) -> None:
        self._files = files
        """By absolute path, or by stream."""
        self._loose = loose
        """Names of a content that no file is known for, by SHA-256."""

    @classmethod
    def load(cls, index: Path, known: Mapping[str, Collection[str]]) -> Sources:
        """What the index's note says of the `known` contents (their paths, by SHA-256)."""
        noted: dict[str, Source] = {}
        with suppress(OSError, msgspec.MsgspecError):
            noted = msgspec.json.decode((index / "cache" / NAME).read_bytes(), type=dict[str, Source])
        files = {}
        loose = {sha256: set(paths) for sha256, paths in known.items()}
        for key, source in noted.items():
            names = source.names & set(known.get(source.sha256, ()))
            if names:
                files[_absolute(index, key)] = Source(source.sha256, names)
                loose[source.sha256] -= names
        return cls(files, loose)

    def save(self, index: Path) -> None:
        """Leaves the note for the next ingest."""
        noted = {_relative(index, key): source for key, source in sorted(self._files.items())}
        with writing(index, "the documents are in it, but not where they came from"):
            place = index / "cache" / NAME
            place.parent.mkdir(mode=0o700, exist_ok=True)
            temporary = place.with_suffix(".tmp")
            temporary.write_bytes(msgspec.json.encode(noted, order="deterministic"))
            protect(temporary, index)
            temporary.replace(place)

    def copy(self) -> Sources:
        return Sources(
            {key: Source(source.sha256, set(source.names)) for key, source in self._files.items()},
            {sha256: set(names) for sha256, names in self._loose.items()},
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
            self._files[key] = Source(sha256, {name})
        else:
            before = {other for other, names in self._loose.items() if name in names}
            self._files[key] = Source(sha256, {name})
            for other in before:
                self._loose[other].discard(name)
        loose.discard(name)
        return before

    def prune(self, folders: Iterable[Path], present: Collection[str], unread: Collection[str]) -> None:
        """Drops the files below `folders` that are not `present`, and the names that belong to no
        known file, unless a file that could not be read now is called so."""
        roots = [absolute(folder).rstrip(os.sep) + os.sep for folder in folders]
        for key in [key for key in self._files if key.startswith(tuple(roots)) and key not in present]:
            del self._files[key]
        if roots:
            for loose in self._loose.values():
                loose &= set(unread)

    def forget(self, sha256: str) -> None:
        self._files = {key: source for key, source in self._files.items() if source.sha256 != sha256}
        self._loose.pop(sha256, None)

    def held_by(self, path: Path) -> str | None:
        """The content that the file at `path` had when it was read."""
        source = self._files.get(absolute(path))
        return source.sha256 if source else None

    def paths(self) -> dict[str, list[str]]:
        """All contents there are: their names, sorted, by SHA-256."""
        names: dict[str, set[str]] = {sha256: set(loose) for sha256, loose in self._loose.items() if loose}
        for source in self._files.values():
            names.setdefault(source.sha256, set()).update(source.names)
        return {sha256: sorted(names[sha256]) for sha256 in sorted(names)}


def absolute(path: Path) -> str:
    """The key of a file: where it is, links not followed."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "replace")  # noqa: PTH100 (it follows links)


def stream(sha256: str) -> str:
    """The key of a document from a stream: each content is a document of its own."""
    return STREAM + sha256


def _absolute(index: Path, key: str) -> str:
    return key if key.startswith(STREAM) else os.path.normpath(f"{absolute(index)}{os.sep}{key}")


def _relative(index: Path, key: str) -> str:
    if key.startswith(STREAM):
        return key
    try:
        return os.path.relpath(key, absolute(index))
    except ValueError:  # on another drive, where `_absolute` will not find it: it is taken by its name
        return key
