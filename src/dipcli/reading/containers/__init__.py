"""Files that hold files: archives, mail, feeds, tables, crawls -> parts, one after the other.

`expand` opens a file, whatever is in it, and what is in that, and yields each document as a `Part`. A
container is told by its content, else by its name (`CONTAINERS`). Nothing is written anywhere; what a
file may give is limited (`Limits`), and what cannot be had is a `Remark`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePath, PurePosixPath
from typing import BinaryIO, NamedTuple

from dipcli.errors import DocumentError
from dipcli.reading.base import Limits, Part, UnsupportedDocument
from dipcli.reading.bounds import within
from dipcli.reading.containers import archives, feeds, mail, objects, tables, warc
from dipcli.reading.containers.columns import Columns
from dipcli.reading.containers.compression import PACKINGS, bare
from dipcli.reading.containers.kinds import UNNAMED, Container, Entry, Means, Remark
from dipcli.reading.containers.stream import Budget, TooMuch, seekable, whole
from dipcli.reading.families import FAMILIES, recognise
from dipcli.records import Told

__all__ = ["SUFFIXES", "Columns", "Part", "Remark", "expand", "holds_parts"]

NAME_LENGTH = 300
"""Characters of a name inside a container; the end of a longer one counts."""


class Kind(NamedTuple):
    """`by_content` says of a file's head whether it is certainly of the kind; `extra` is what must be
    installed to read it."""

    label: str
    read: Container
    by_content: Callable[[bytes], bool]
    suffixes: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    extra: str | None = None


CONTAINERS = (
    Kind("zip", archives.read_zip, archives.is_zip, (".zip",), ("application/zip",)),
    Kind("tar", archives.read_tar, archives.is_tar, (".tar",), ("application/x-tar",)),
    Kind("WARC", warc.read_warc, warc.is_warc, (".warc",), ("application/warc",), "warc"),
    Kind("a feed", feeds.read_feed, feeds.is_feed, (".rss", ".atom"), feeds.MEDIA_TYPES, "feeds"),
    Kind("a mailbox", mail.read_mailbox, mail.is_mailbox, (".mbox",), ("application/mbox",)),
    Kind("mail", mail.attachments, mail.is_message, (".eml",), (mail.MEDIA_TYPE,)),
    Kind("JSON lines", objects.read_lines, objects.is_lines, (".jsonl", ".ndjson")),
    Kind("JSON", objects.read_objects, objects.is_objects, (".json",), ("application/json",)),
    Kind("a table", tables.read_table, tables.is_table, (".csv", ".tsv"), ("text/csv",)),
)
"""In the order in which they are asked whether they know a file."""
_PACKED = frozenset(suffix for packing in PACKINGS for suffix in packing.suffixes)
SUFFIXES = _PACKED.union(*(kind.suffixes for kind in CONTAINERS))


def holds_parts(head: bytes, name: str, media_type: str | None = None) -> bool:
    """Whether a file that begins so is to be expanded (a zip archive may yet be one document)."""
    return _is_packed(head) or _kind(head, name, media_type) is not None


def expand(
    file: BinaryIO,
    name: str,
    packed: int,
    limits: Limits,
    columns: Columns,
    *,
    media_type: str | None = None,
    given: tuple[Told, ...] = (),
) -> Iterator[Part | Remark]:
    """The documents in a file of `packed` bytes, itself if it is one, and what is to be told of it.

    Names are whole: `outer.zip/inner/a.html`. Raises nothing but what reading the file itself does.
    """
    means = Means(limits, Budget(limits, packed), columns)
    try:
        yield from within(limits, _opened(Entry(name, file, media_type, given), means, 0))
    except DocumentError as error:
        yield Remark(name, error.message, "failed")


def _opened(entry: Entry, means: Means, depth: int) -> Iterator[Part | Remark]:
    """What is in an entry whose name is whole, at a depth of so many containers. Raises `TooMuch`."""
    try:
        head, file, layers = bare(entry.file, means.budget, means.limits.nesting - depth)
        entry = entry._replace(file=file)
        kind = _kind(head, entry.name, entry.media_type)
        if kind is not None and kind.read is archives.read_zip:
            entry = entry._replace(file=seekable(file, means.limits))
            if archives.is_office(entry.file):
                kind, head = None, whole(entry.file, means.limits)
                entry = entry._replace(file=BytesIO(head))
        if kind is None:
            media_type = _unpacked_type(entry, head) if layers else entry.media_type
            recognise(entry.name, head, media_type)
            yield Part(entry.name, whole(entry.file, means.limits), media_type, entry.given)
        else:
            yield from _inside(kind, entry, means, depth + layers + 1)
    except TooMuch:
        raise
    except DocumentError as error:
        yield Remark(
            entry.name, error.message, "skipped" if isinstance(error, UnsupportedDocument) else "failed"
        )


def _inside(kind: Kind, entry: Entry, means: Means, depth: int) -> Iterator[Part | Remark]:
    if depth > means.limits.nesting:
        raise DocumentError(f"is {means.limits.nesting} containers deep in others; no further one is opened")
    whole_thing = Part(entry.name, b"", None, entry.given)
    names = _Names()
    try:
        for found in kind.read(entry, means):
            if isinstance(found, Remark):
                yield found._replace(name=_joined(entry.name, clean(found.name)))
                continue
            name = clean(found.name) or (UNNAMED if found.name else "")
            if name and is_hidden(name):
                continue
            means.budget.part()
            if name:
                part = whole_thing.inside(names.own(name), b"", found.media_type, found.given)
            else:
                part = whole_thing._replace(media_type=found.media_type, given=found.given)
            if isinstance(found, Part):
                yield part._replace(data=found.data)
            else:
                yield from _opened(Entry(part.name, found.file, part.media_type, part.given), means, depth)
    except ModuleNotFoundError as error:
        raise DocumentError(
            f"{kind.label} needs dipcli[{kind.extra}]: pip install 'dipcli[{kind.extra}]'"
        ) from error


def _kind(head: bytes, name: str, media_type: str | None) -> Kind | None:
    """The kind of a container, unless its content says that it is a document."""
    if any(family.by_content and family.by_content(head) for family in FAMILIES):
        return None
    suffix = PurePath(name).suffix.lower()
    essence = (media_type or "").partition(";")[0].strip().lower()
    return next(
        (
            kind
            for fits in (
                lambda kind: kind.by_content(head),
                lambda kind: suffix in kind.suffixes,
                lambda kind: essence in kind.media_types,
            )
            for kind in CONTAINERS
            if fits(kind)
        ),
        None,
    )


def _is_packed(head: bytes) -> bool:
    return any(head.startswith(packing.magic) for packing in PACKINGS)


def _unpacked_type(entry: Entry, head: bytes) -> str | None:
    """What a packed file is by its name without the packing's suffix: `note.txt.gz` is a text."""
    path = PurePath(entry.name)
    if path.suffix.lower() in _PACKED:
        path = path.with_suffix("")
    return recognise(path.name, head, entry.media_type).media_types[0]


def clean(name: str) -> str:
    """A name inside a container as a path below it: no root, no `..`, no empty or strange parts."""
    readable = name.encode("utf-8", "replace").decode().replace("\\", "/")
    readable = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in readable)
    parts = [part.strip() for part in readable.split("/")]
    return "/".join(part for part in parts if part not in ("", ".", ".."))[-NAME_LENGTH:].lstrip("/")


def is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _joined(outer: str, inner: str) -> str:
    return f"{outer}/{inner}" if inner else outer


class _Names:
    """Names that differ: the second `a.txt` is `a~2.txt`."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def own(self, name: str) -> str:
        count = self._seen[name] = self._seen.get(name, 0) + 1
        if count == 1:
            return name
        path = PurePosixPath(name)
        return self.own(str(path.with_name(f"{path.stem}~{count}{path.suffix}")))
