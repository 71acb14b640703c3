"""One document at a time: read, frame, extract; in this process or in several (`workers`)."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from dipcli.errors import DocumentError
from dipcli.garbage import uncollected
from dipcli.index.kinds import encode
from dipcli.index.ledger import Place
from dipcli.mentions import LeftOut
from dipcli.records import Document, Published, Told

if TYPE_CHECKING:
    from dipcli.extraction import Settings
    from dipcli.reading import Limits, Read

WORTH_A_WORKER = 16
"""So many documents pay for the start of one more process."""


class Task(NamedTuple):
    """A content to read, the id it is to have, and its names, of which the first counts."""

    sha256: str
    id: str
    paths: list[str]
    origin: Path | bytes | Document | Place | None
    """Its file, its bytes, or its record in the index; the place where its bytes are kept, or null for
    the record, where they are still to be fetched."""
    given: tuple[Told, ...] = ()
    """What is told of it from outside."""
    media_type: str | None = None
    """What the container or the server that it is from calls it."""


class Outcome(NamedTuple):
    """A task's lines for the index, or the reason why there are none."""

    task: Task
    failure: str | None = None
    document: bytes = b""
    mentions: bytes = b""
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class Setup(NamedTuple):
    """What shapes the reading of a document besides the document."""

    settings: Settings
    limits: Limits


@uncollected()
def work(task: Task, setup: Setup) -> Outcome:
    """Never raises for what is wrong with the document."""
    from dipcli import extraction
    from dipcli.extraction.frame import frame

    done = task._replace(origin=None)
    try:
        read = _read(task, setup.limits)
        document = frame(_identified(read.document, task))
        mentions = extraction.extract(document, setup.settings)
    except DocumentError as error:
        return Outcome(done, error.message)
    notes = (*read.notes, *extraction.notes(document))
    return Outcome(done, None, encode(document), encode(mentions), notes, tuple(mentions.left_out))


def _read(task: Task, limits: Limits) -> Read:
    from dipcli import reading
    from dipcli.reading import metadata

    origin, media_type = task.origin, task.media_type
    if isinstance(origin, Document):
        if origin.media_type not in reading.AS_WRITTEN:
            return reading.Read(metadata.stored(origin, task.given))
        data, media_type = origin.text.encode(), origin.media_type
        limits = msgspec.structs.replace(limits, bytes=len(data))
    else:
        assert isinstance(origin, Path | bytes)
        data = contents(origin, limits.bytes)
    if isinstance(origin, Path) and sha256(data).hexdigest() != task.sha256:
        raise DocumentError("changed while it was being read")
    (read,) = reading.read_part(reading.Part(task.paths[0], data, media_type, task.given), limits)
    assert isinstance(read, reading.Read)
    return read


def contents(origin: Path | bytes, max_bytes: int) -> bytes:
    """The bytes of a file. Raises `DocumentError` where it cannot be read or has more than `max_bytes`."""
    if isinstance(origin, bytes):
        return origin
    with opening(origin) as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        from dipcli.reading.base import size

        raise DocumentError(f"is larger than {size(max_bytes)}")
    return data


@contextmanager
def opening(path: Path) -> Iterator[BinaryIO]:
    """A file that is open meanwhile. Raises `DocumentError` where it cannot be read."""
    try:
        if not path.is_file():
            raise DocumentError(_what_it_is(path))
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from error


def _what_it_is(path: Path) -> str:
    if path.is_dir():
        return "is a folder"
    if path.exists():
        return "is not a regular file"
    return "is a link to nothing" if path.is_symlink() else "does not exist"


def outcomes(
    tasks: Iterable[Task], count: int, setup: Setup, jobs: int | None
) -> Generator[Outcome, None, None]:
    """The outcomes of `count` tasks, in their order; `jobs` null: as many processes as pay."""
    workers = min(jobs, count) if jobs else min(_processors(), count // WORTH_A_WORKER)
    if workers > 1:
        from dipcli.ingestion.workers import spread

        yield from spread(iter(tasks), setup, workers)
    else:
        yield from (work(task, setup) for task in tasks)


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _identified(document: Document, task: Task) -> Document:
    """The document with the id, digest and paths of its task: a stored text is read again from its
    own characters, which need not be the bytes that the digest is of."""
    return msgspec.structs.replace(
        document,
        id=task.id,
        sha256=task.sha256,
        path=task.paths[0],
        paths=task.paths,
        published=_pointing(document.published, task.id),
        updated=_pointing(document.updated, task.id),
    )


def _pointing(told: Published | None, name: str) -> Published | None:
    """A date whose evidence is in the document called `name`."""
    if told is None or told.evidence is None:
        return told
    return msgspec.structs.replace(told, evidence=msgspec.structs.replace(told.evidence, document=name))
