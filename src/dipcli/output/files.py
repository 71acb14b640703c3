"""Files that a command makes: whole or not at all, and never over something that is not dipcli's own.

A file ends in a seal: a digest of everything before it. By it dipcli knows a file that it made itself and
nobody has changed since, and may make it anew; any other is left alone unless forced.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

from dipcli.errors import DipcliError

_SEALS = {
    ".html": (b"\n<!-- made by dipcli ", b" -->\n"),
    ".svg": (b"\n<!-- made by dipcli ", b" -->\n"),
    ".md": (b"\n<!-- made by dipcli ", b" -->\n"),
    ".docx": (b"made by dipcli ", b""),
}
"""What stands before and after the digest, by the end of the file's name."""
_PLAIN = (b"\nMade by dipcli ", b"\n")
_SIZE = 16
_SEALED = re.compile(rb"(?:\n<!-- m|\nM|m)ade by dipcli ([0-9a-f]{16})(?: -->)?\n?\Z")
_ZIP_COMMENT_SIZE = 2
"""Bytes at the end of an archive without a comment that say how long the comment is."""


class FileNotReplaced(DipcliError):
    """A file stands where another is to be made."""


def write_file(path: Path, data: bytes, *, force: bool = False) -> None:
    """Make the file at `path`, sealed; a device or a pipe gets the data as they are.

    Raises FileNotReplaced where another stands there that dipcli did not make or somebody changed
    (unless `force`), OSError where it cannot be written.
    """
    place = path.resolve()
    if place.exists() and not place.is_file() and not place.is_dir():
        place.write_bytes(data)
        return
    if place.is_dir():
        raise FileNotReplaced(f"{path} is a folder", hint="name a file in it")
    if not force and place.exists() and not is_sealed(place.read_bytes()):
        raise FileNotReplaced(
            f"{path} was not made by dipcli, or was changed since: it is left as it is",
            hint="name another file, or replace it with --force",
        )
    if not place.parent.is_dir():
        raise DipcliError(f"{path}: there is no folder {path.parent}", hint="make it first")
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with unfinished.open("xb") as file:
            file.write(sealed(data, place.suffix.lower()))
        unfinished.replace(place)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # what was asked for, not what it is made in
        raise
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def sealed(data: bytes, suffix: str) -> bytes:
    """The data with their seal as a file of that suffix can hold it."""
    before, after = _SEALS.get(suffix, _PLAIN)
    if suffix == ".docx":  # as the archive's comment, whose length is part of what it seals
        size = len(before) + _SIZE + len(after)
        data = data[:-_ZIP_COMMENT_SIZE] + size.to_bytes(_ZIP_COMMENT_SIZE, "little")
    return data + before + _digest(data) + after


def is_sealed(data: bytes) -> bool:
    """Whether nothing before the seal has changed since."""
    found = _SEALED.search(data, max(0, len(data) - 80))
    return found is not None and _digest(data[: found.start()]) == found[1]


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest()[:_SIZE].encode()
