"""Limits on the time and memory that reading one thing may take, also where a library never comes back.

For time the main thread of a POSIX system gets a signal; for memory a Linux process may not grow further.
Elsewhere, and in other threads, there are no such limits.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from dipcli.errors import DocumentError
from dipcli.reading.base import Limits, size

T = TypeVar("T")
_AGAIN = 1.0
"""Seconds until the signal comes again, where a library caught the first."""


class _TimeUp(BaseException):
    """Not an Exception: libraries catch those."""


def within(limits: Limits, things: Iterator[T]) -> Iterator[T]:
    """The things, none of which takes more than the limits to come (0: there is no such limit).

    Raises `DocumentError`.
    """
    while True:
        with _memory(limits.memory), _time(limits.seconds):
            try:
                thing = next(things)
            except StopIteration:
                return
        yield thing


@contextmanager
def _time(seconds: float) -> Iterator[None]:
    in_main_thread = threading.current_thread() is threading.main_thread()
    if not (seconds and in_main_thread and hasattr(signal, "setitimer")):
        yield
        return

    def ring(number: int, frame: Any) -> None:
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _TimeUp:
        raise DocumentError(f"takes longer than {seconds:g} seconds to read") from None
    finally:
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory(count: int) -> Iterator[None]:
    """Lets the process grow by so many bytes, and no more."""
    now = _address_space()
    if not (count and now):
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    ceilings = [now + count, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)]
    try:
        resource.setrlimit(resource.RLIMIT_AS, (min(ceilings), hard))
        yield
    except MemoryError as error:
        raise DocumentError(f"takes more than {size(count)} of memory to read") from error
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int:
    """Bytes of this process's address space; 0 where that is not told."""
    with suppress(OSError, ValueError):
        import resource

        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 0
