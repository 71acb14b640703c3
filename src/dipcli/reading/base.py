"""What every reader takes, gives and raises.

A reader is a function of a `Part`, which is a file or a file inside a file, and of `Limits`. A document
gives one `Read`; a container (an archive, a mail, a table) gives `Part`s, which are read in their turn.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from dipcli.errors import DocumentError
from dipcli.records import Document, Struct, Told

_OF_THE_WHOLE = ("authors", "publisher", "published", "updated", "language")
"""What is told of a container and holds for what is in it, too."""


class Limits(Struct, frozen=True, kw_only=True):
    """How much one file may take before it is given up, with a `DocumentError` that says so."""

    bytes: int = 50_000_000
    """Of a file, and of each file in it."""
    expanded: int = 500_000_000
    """Bytes that a file may unpack to, all that is in it together."""
    ratio: int = 200
    """Bytes unpacked for each byte packed, beyond the first 50 MB."""
    nesting: int = 5
    """Containers inside one another."""
    parts: int = 20_000
    """Files in a container, those in its containers counted too."""
    seconds: float = 300.0
    """To read a file, or one part of it."""
    memory: int = 2_000_000_000
    """Bytes that the process may grow by meanwhile."""


LIMITS = Limits()


class Part(NamedTuple):
    """A file, or a file in a container, to be read.

    `name` is what its document is called in the index: that of a file in a container is
    `outer.zip/inner/a.html`. `media_type` is what the container or the server calls it ("text/html;
    charset=koi8-r"), null where nobody does. `given` is what was told of it from outside.
    """

    name: str
    data: bytes
    media_type: str | None = None
    given: tuple[Told, ...] = ()

    def inside(
        self, name: str, data: bytes, media_type: str | None = None, given: tuple[Told, ...] = ()
    ) -> Part:
        """A part that is in this one, by its name there; what holds for the whole is told of it as well."""
        whole = tuple(told for told in self.given if told.field in _OF_THE_WHOLE)
        return Part(f"{self.name}/{name}", data, media_type, given + whole)


class Read(NamedTuple):
    """One document as it was read, and what a person should be told of the reading ("read as
    Windows-1252"); mostly nothing."""

    document: Document
    notes: tuple[str, ...] = ()


Reader = Callable[[Part, Limits], Iterator[Read | Part]]


_DAMAGE: tuple[type[Exception], ...] = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error, zipfile.BadZipFile),
)


@contextmanager
def parsing(kind: str, *errors: type[Exception]) -> Iterator[None]:
    """Tells what a library raises for damaged bytes as a `DocumentError`: its own `errors`, and what it lets
    through (a bad offset is a KeyError in one, a loop a RecursionError in another)."""
    try:
        yield
    except DocumentError:
        raise
    except (*_DAMAGE, *errors) as error:
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise DocumentError(f"is a damaged {kind} file ({reason})") from error


class UnsupportedDocument(DocumentError):
    """No reader takes this kind of file: it is listed as skipped, not as failed."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def document_id(digest: str, digits: int = 12) -> str:
    """The id of the content with this SHA-256, in hexadecimal; more digits where two begin alike."""
    return f"doc-{digest[:digits]}"


def size(count: int) -> str:
    """A count of bytes for people: `50 MB`, `1.5 kB`, `10 bytes`."""
    for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if count >= factor:
            return f"{count / factor:g} {unit}"
    return f"{count} bytes"
