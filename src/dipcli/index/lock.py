"""One writer at a time: a lock of the operating system, which ends with its process, however that ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dipcli.errors import IndexBusy

NAME = "lock"
PAUSE = 0.05
"""Seconds between two attempts."""

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def lock(index: Path, timeout: float = 0) -> Iterator[None]:
    """Holds the lock of the folder `index`, waiting at most `timeout` seconds for it.

    The lock's file is there only while it is held. Raises `IndexBusy`, naming the process that holds
    it; `OSError` where the folder cannot be written.
    """
    descriptor = _acquire(index / NAME, time.monotonic() + timeout)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, b"%d\n" % os.getpid())
        yield
    finally:
        with suppress(OSError):  # Windows removes no open file: there an unlocked file stays
            (index / NAME).unlink()
        os.close(descriptor)


def _acquire(place: Path, deadline: float) -> int:
    while True:
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
        if _try_lock(descriptor):
            if _is_at(descriptor, place):
                return descriptor
            os.close(descriptor)  # its holder removed it between our opening and our locking
            continue
        os.close(descriptor)
        if time.monotonic() >= deadline:
            raise IndexBusy(
                f"another process{_holder(place)} is writing to the index {place.parent}",
                hint="wait until it is done, then try again",
            )
        time.sleep(PAUSE)


def _is_at(descriptor: int, place: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), place.stat())
    return False


def _holder(place: Path) -> str:
    """` (process 4711)`, if its number can be read."""
    with suppress(OSError):
        number = place.read_text(encoding="ascii").strip()
        return f" (process {number})" if number else ""
    return ""
