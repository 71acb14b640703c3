"""Paths as given -> files to read, each with the name it has in the index."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import NamedTuple

import msgspec

from dipcli.index import manifest
from dipcli.ingestion.report import Said


class File(NamedTuple):
    """`name` is relative to the folder that was given, with slashes; a file given itself has its own."""

    path: Path
    name: str


@dataclass
class Walk:
    files: list[File] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    """The folders that were given and could be read."""
    skipped: list[Said] = field(default_factory=list)
    failed: list[Said] = field(default_factory=list)


def walk(paths: Iterable[Path], index: Path, suffixes: frozenset[str]) -> Walk:
    """All files with one of the `suffixes` that are given or in the folders given.

    Hidden files, hidden folders and indexes are passed over. A folder that is reached twice (links
    can make loops) is read once, by its own name rather than a link's.
    """
    found = Walk()
    for path in paths:
        if path.is_dir():
            found.folders.append(path)
            for file, name in _files(path, index, found):
                _take(file, name, found, suffixes)
        elif os.path.lexists(path):
            _take(path, path.name, found, suffixes)
        else:
            found.failed.append(Said(readable(path), "does not exist"))
    return found


def _take(path: Path, name: str, found: Walk, suffixes: frozenset[str]) -> None:
    if path.suffix.lower() in suffixes:
        found.files.append(File(path, readable(name)))
    else:
        kind = path.suffix or "no suffix"
        found.skipped.append(Said(readable(path), f"is of a kind that is not read ({kind})"))


def _files(root: Path, index: Path, found: Walk) -> Iterator[tuple[Path, str]]:
    """Every file that is not hidden below `root`, with its name relative to it."""
    seen: set[str] = set()
    folders = deque([(root, PurePath())])
    links: deque[tuple[Path, PurePath]] = deque()
    while folders or links:
        folder, name = folders.popleft() if folders else links.popleft()
        place = os.path.realpath(folder)
        if place in seen:
            found.skipped.append(Said(readable(folder), "is a link to a folder that is read already"))
            continue
        seen.add(place)
        if _is_index(folder, index):
            found.skipped.append(Said(readable(folder), "is an index"))
            continue
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            found.failed.append(Said(readable(folder), f"cannot be read: {error.strerror}"))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                (links if entry.is_symlink() else folders).append((Path(entry.path), name / entry.name))
            else:
                yield Path(entry.path), (name / entry.name).as_posix()


class _Manifest(msgspec.Struct):
    """As much of a manifest as tells that it is one, of whatever version."""

    format: int
    dipcli: str


def _is_index(folder: Path, index: Path) -> bool:
    if index.exists() and folder.samefile(index):
        return True
    try:
        msgspec.json.decode((folder / manifest.NAME).read_bytes(), type=_Manifest)
    except (OSError, msgspec.MsgspecError):
        return False
    return True


def readable(path: Path | str) -> str:
    """A path as text, also where its bytes are not."""
    return os.fsencode(path).decode("utf-8", "replace")
