"""The contents that an ingest finds, before any of them is read."""

from __future__ import annotations

import io
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

import msgspec

from dipcli.errors import DocumentError, UsageError
from dipcli.index.ledger import Place
from dipcli.ingestion import sidecars
from dipcli.ingestion.containers import Opener
from dipcli.ingestion.report import Said
from dipcli.ingestion.sources import Holding, Sources, absolute, is_address, stream
from dipcli.ingestion.walk import readable, walk
from dipcli.ingestion.work import contents, opening
from dipcli.records import Told


class File(NamedTuple):
    """A content, the key of its file (see `Sources`), and the name it has from it."""

    key: str
    name: str
    sha256: str


class Box(NamedTuple):
    """A container: its key, its name, what it holds."""

    key: str
    name: str
    held: Holding


@dataclass
class Found:
    files: list[File] = field(default_factory=list)
    """Files, and files in containers."""
    containers: list[Box] = field(default_factory=list)
    origins: dict[str, Path | bytes | Place] = field(default_factory=dict)
    """Where each content is to be read, if it is to be."""
    given: dict[tuple[str, str], tuple[Told, ...]] = field(default_factory=dict)
    """What is told from outside of each content under each of its names."""
    media_types: dict[str, dict[str, str]] = field(default_factory=dict)
    """For each content, what that which it came in calls it under each of its names."""
    labels: dict[str, str] = field(default_factory=dict)
    """What to call a content in a message: its file as it was given."""
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
    notes: list[Said] = field(default_factory=list)

    @cached_property
    def digests(self) -> set[str]:
        """All contents. To be asked for once they are found."""
        return {file.sha256 for file in self.files}

    def media_type(self, sha256: str, name: str) -> str | None:
        """What a content is called under a name; under another, if it was not found under that one."""
        called = self.media_types.get(sha256, {})
        return called.get(name) or min(called.values(), default=None)

    def add(self, file: File, origin: Path | bytes | Place | None, label: str) -> None:
        self.present.add(file.key)
        self.files.append(file)
        self.labels.setdefault(file.sha256, label)
        if origin is not None:
            self.origins.setdefault(file.sha256, origin)

    def applied(self, before: Sources, failed: set[str], prune: bool) -> Sources:
        """The state that these files lead to from `before`, if the contents `failed` cannot be read.

        A file whose new content cannot be read keeps what it held before.
        """
        sources = before.copy()
        inside = {container.key + part for container in self.containers for part in container.held.parts}
        for key, name, digest in self.files:
            if key not in inside:
                sources.closed(key)
            if digest not in failed:
                self.displaced.setdefault(digest, set()).update(sources.found(key, name, digest))
        unreadable = {key for key, _, digest in self.files if digest in failed}
        for key, name, held in self.containers:
            if any(key + part in unreadable for part in held.parts):
                held = msgspec.structs.replace(held, settings="")
            sources.opened(key, name, held)
        if prune:
            unread = self.unread | {name for _, name, digest in self.files if digest in failed}
            sources.prune(self.folders, self.present, unread)
        for digest in failed:
            sources.drop(digest)
        return sources


def scan(
    paths: Iterable[str | Path],
    index: Path,
    opener: Opener,
    *,
    stdin: bytes | None = None,
    name: str = "stdin",
    only: Container[Path] | None = None,
    allow_private: bool = False,
) -> Found:
    """Digests of all that `paths` lead to: files, those of folders, what addresses give (also private
    ones, if those are allowed), and for `-` the bytes `stdin`, called `name`. `only`: no other files."""
    given = [path if is_address(str(path)) else Path(path) for path in paths]
    places = [path for path in given if isinstance(path, Path) and path != Path("-")]
    walked = walk(places, index, _refusal, only)
    found = Found(folders=walked.folders, skipped=walked.skipped, failed=walked.failed)
    for path, label in walked.files:
        try:
            _scan_file(path, label, opener, found)
        except DocumentError as error:
            found.present.add(absolute(path))
            found.present |= opener.before.parts(absolute(path))
            found.failed.append(Said(readable(path), error.message))
            found.unread.add(label)
    if Path("-") in given:
        if stdin is None:
            raise UsageError("a document is to be read from standard input, and there is none")
        label = readable(PurePath(name).name if PurePath(name).is_absolute() else name)
        _scan_stream(stdin, label, opener, found)
    for address in dict.fromkeys(str(path) for path in given if not isinstance(path, Path)):
        try:
            _scan_address(address, allow_private, opener, found)
        except DocumentError as error:
            found.failed.append(Said(readable(address), error.message))
            found.unread.add(readable(address))
    return found


def _scan_file(path: Path, name: str, opener: Opener, found: Found) -> None:
    from dipcli.reading import HEAD
    from dipcli.reading.containers import holds_parts

    key, label, said = absolute(path), readable(path), _beside(path, found)
    with opening(path) as file:
        if holds_parts(file.read(HEAD), path.name):
            size = file.seek(0, io.SEEK_END)
            file.seek(0)
            _open(file, size, key, name, label, said or (), opener, found)
            return
    digest = sha256(contents(path, opener.limits.bytes)).hexdigest()
    found.add(File(key, name, digest), path, label)
    if said is not None:
        found.given[digest, name] = said


def _scan_stream(data: bytes, name: str, opener: Opener, found: Found) -> None:
    from dipcli.reading import HEAD
    from dipcli.reading.containers import holds_parts

    digest = sha256(data).hexdigest()
    if holds_parts(data[:HEAD], name):
        _open(io.BytesIO(data), len(data), stream(digest), name, name, (), opener, found)
    else:
        found.add(File(stream(digest), name, digest), data, name)
        found.given[digest, name] = ()
        found.media_types[digest] = {name: "text/plain"}


def _scan_address(address: str, allow_private: bool, opener: Opener, found: Found) -> None:
    from dipcli.ingestion.fetch import fetch
    from dipcli.reading import HEAD, recognise
    from dipcli.reading.containers import holds_parts
    from dipcli.reading.metadata import told

    fetched = fetch(address, opener.limits.bytes, allow_private=allow_private)
    data, name, media_type = fetched.data, readable(address.partition("#")[0]), fetched.media_type
    given = told("fetched", address=fetched.address)
    if holds_parts(data[:HEAD], name, media_type):
        _open(io.BytesIO(data), len(data), name, name, name, given, opener, found, media_type)
        return
    recognise(name, data[:HEAD], media_type)
    digest = sha256(data).hexdigest()
    found.add(File(name, name, digest), data, name)
    found.given[digest, name] = given
    if media_type:
        found.media_types.setdefault(digest, {})[name] = media_type


def _open(
    file: BinaryIO,
    size: int,
    key: str,
    name: str,
    label: str,
    given: tuple[Told, ...],
    opener: Opener,
    found: Found,
    media_type: str | None = None,
) -> None:
    """Takes what is in a container."""
    held, contents = opener.open(file, size, key, name, media_type, given)
    found.containers.append(Box(key, name, held))
    found.present |= {key} | (set() if held.settings else opener.before.parts(key))
    for inside, digest, place, called, told in contents:
        found.add(File(key + inside, name + inside, digest), place, label + inside)
        if called:
            found.media_types.setdefault(digest, {})[name + inside] = called
        if told is not None:
            found.given[digest, name + inside] = told
    for inside, what, how in held.said:
        if how == "note":
            found.notes.append(Said(name + inside, what))
        else:
            (found.failed if how == "failed" else found.skipped).append(Said(label + inside, what))


def _refusal(path: Path) -> str | None:
    """Why a file is not one to read, by its suffix, else by its first bytes."""
    from dipcli.reading import HEAD, SUFFIXES, UnsupportedDocument, containers, recognise

    if path.suffix.lower() in SUFFIXES | containers.SUFFIXES:
        return None
    head = b""
    try:
        if path.is_file():
            with path.open("rb") as file:
                head = file.read(HEAD)
        if not containers.holds_parts(head, path.name):
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
