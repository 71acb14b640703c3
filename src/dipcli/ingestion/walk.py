"""Paths as given -> files to read, each with the name it has in the index."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import NamedTuple

import msgspec

from dipcli.index import manifest
from dipcli.ingestion.report import Said
from dipcli.ingestion.sidecars import sidecar_of


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


def walk(
    paths: Iterable[Path],
    index: Path,
    refusal: Callable[[Path], str | None],
    only: Container[Path] | None = None,
) -> Walk:
    """All files that are given or in the folders given, but those for which there is a `refusal`.

    `only`: no other files of folders. Hidden files, hidden folders, indexes and sidecars are passed over. A folder that is reached twice (links
    can make loops) is read once, by its own name rather than a link's.
    """
    found = Walk()
    for path in paths:
        if path.is_dir():
            found.folders.append(path)
            for file, name in _files(path, index, found):
                if only is None or file in only:
                    _take(file, name, found, refusal)
        elif os.path.lexists(path):
            _take(path, path.name, found, refusal)
        else:
            found.failed.append(Said(readable(path), "does not exist"))
    return found


def _take(path: Path, name: str, found: Walk, refusal: Callable[[Path], str | None]) -> None:
    if of := sidecar_of(path):
        if not of.exists():
            found.skipped.append(Said(readable(path), f"is a sidecar, and there is no {readable(of.name)}"))
    elif why := refusal(path):
        found.skipped.append(Said(readable(path), why))
    else:
        found.files.append(File(path, readable(name)))


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
