"""What the writer asks of the disk, and how its refusals are told."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dipcli.errors import IndexWriteError

ELSEWHERE = "name another place for it with --index or DIPCLI_INDEX"
AS_BEFORE = "it is as it was before"
AT_ONCE = 16
"""Files that are flushed at a time."""
HINTS = {
    errno.ENOSPC: "the disk is full: free some space and try again",
    errno.EDQUOT: "your quota is used up: free some space and try again",
    errno.EROFS: ELSEWHERE,
    errno.EACCES: ELSEWHERE,
    errno.EPERM: ELSEWHERE,
}


@contextmanager
def writing(index: Path, outcome: str = AS_BEFORE) -> Iterator[None]:
    """Tells a failure of the disk as an `IndexWriteError`, with the `outcome` for the index."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise IndexWriteError(
            f"the index {index} cannot be written ({reason}): {outcome}", hint=HINTS.get(error.errno or 0)
        ) from error


def protect(file: Path, folder: Path) -> None:
    """Lets those alone read a file who may read the folder that it is made for: 0600 in a folder of 0700."""
    file.chmod(folder.stat().st_mode & 0o666)


def flush_all(places: Iterable[Path]) -> None:
    """As `flush`, several at a time: the disk then takes in one go what else it takes one by one."""
    from concurrent.futures import ThreadPoolExecutor  # here: it is the writer's need

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(flush, places):
            pass


def flush(place: Path) -> None:
    """Has the disk keep what was written to a file, or which files are in a folder."""
    if os.name == "nt" and place.is_dir():  # Windows flushes no folders
        return
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
