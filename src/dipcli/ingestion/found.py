"""The contents that an ingest finds, before any of them is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from dipcli.errors import DocumentError, UsageError
from dipcli.ingestion import sidecars
from dipcli.ingestion.report import Said
from dipcli.ingestion.sources import Sources, absolute, stream
from dipcli.ingestion.walk import readable, walk
from dipcli.ingestion.work import Task, contents
from dipcli.records import Told

if TYPE_CHECKING:
    from dipcli.reading import Limits


@dataclass
class Found:
    files: list[tuple[str, str, str]] = field(default_factory=list)
    """Key of the file (see `Sources`), its name in the index, SHA-256 of its content."""
    origins: dict[str, Path | bytes] = field(default_factory=dict)
    """Where each content is to be read."""
    given: dict[tuple[str, str], tuple[Told, ...]] = field(default_factory=dict)
    """What is told from outside of each content under each of its names."""
    options: tuple[Told, ...] = ()
    """What options say of all of them."""
    displaced: dict[str, set[str]] = field(default_factory=dict)
    """For each content, those that its files held before."""
    present: set[str] = field(default_factory=set)
    """Keys of all files that are there, also of those that cannot be read."""
    unread: set[str] = field(default_factory=set)
    """Names of files that are there and cannot be read."""
    folders: list[Path] = field(default_factory=list)
    skipped: list[Said] = field(default_factory=list)
    failed: list[Said] = field(default_factory=list)

    def applied(self, before: Sources, failed: set[str], prune: bool) -> Sources:
        """The state that these files lead to from `before`, if the contents `failed` cannot be read.

        A file whose new content cannot be read keeps what it held before.
        """
        sources = before.copy()
        for key, name, digest in self.files:
            if digest not in failed:
                self.displaced.setdefault(digest, set()).update(sources.found(key, name, digest))
        if prune:
            unread = self.unread | {name for _, name, digest in self.files if digest in failed}
            sources.prune(self.folders, self.present, unread)
        for digest in failed:
            sources.forget(digest)
        return sources

    def label(self, task: Task) -> str:
        """What to call a document in a message: the file as it was given, if it came from one."""
        origin = self.origins.get(task.sha256)
        return readable(origin) if isinstance(origin, Path) else task.paths[0]


def scan(paths: Iterable[str | Path], index: Path, limits: Limits, stdin: bytes | None, name: str) -> Found:
    """Digests of all files that `paths` lead to; `-` stands for the bytes `stdin`, called `name`."""
    given = [Path(path) for path in paths]
    walked = walk([path for path in given if path != Path("-")], index, _refusal)
    found = Found(folders=walked.folders, skipped=walked.skipped, failed=walked.failed)
    for path, label in walked.files:
        found.present.add(absolute(path))
        try:
            digest = sha256(contents(path, limits.bytes)).hexdigest()
        except DocumentError as error:
            found.failed.append(Said(readable(path), error.message))
            found.unread.add(label)
            continue
        found.files.append((absolute(path), label, digest))
        found.origins.setdefault(digest, path)
        if (said := _beside(path, found)) is not None:
            found.given[digest, label] = said
    if Path("-") in given:
        if stdin is None:
            raise UsageError("a document is to be read from standard input, and there is none")
        digest = sha256(stdin).hexdigest()
        label = PurePath(name).name if PurePath(name).is_absolute() else name
        found.files.append((stream(digest), readable(label), digest))
        found.given[digest, readable(label)] = ()
        found.origins.setdefault(digest, stdin)
    return found


def _refusal(path: Path) -> str | None:
    """Why a file is not one to read, by its suffix, else by its first bytes."""
    from dipcli.reading import HEAD, SUFFIXES, UnsupportedDocument, recognise

    if path.suffix.lower() in SUFFIXES:
        return None
    head = b""
    try:
        if path.is_file():
            with path.open("rb") as file:
                head = file.read(HEAD)
        recognise(path.name, head)
    except UnsupportedDocument as error:
        return error.message
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return None


def _beside(path: Path, found: Found) -> tuple[Told, ...] | None:
    """What the sidecars of a file say; null where one cannot be read, which is reported."""
    said: tuple[Told, ...] = ()
    for place in sidecars.sidecars(path):
        try:
            said += sidecars.read(place)
        except DocumentError as error:
            found.failed.append(Said(readable(place), error.message))
            return None
    return said
