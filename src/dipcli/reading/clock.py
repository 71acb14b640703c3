"""A limit on the time that reading one thing may take, also where a library never comes back.

The main thread of a POSIX system gets a signal. Elsewhere, and in other threads, there is no limit.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from typing import Any, TypeVar

from dipcli.errors import DocumentError

T = TypeVar("T")
_AGAIN = 1.0
"""Seconds until the signal comes again, where a library caught the first."""


class _TimeUp(BaseException):
    """Not an Exception: libraries catch those."""


def within(seconds: float, things: Iterator[T]) -> Iterator[T]:
    """The things, each of which must come within so many seconds (0: any time).

    Raises `DocumentError`.
    """
    while True:
        try:
            thing = _next(seconds, things)
        except StopIteration:
            return
        yield thing


def _next(seconds: float, things: Iterator[T]) -> T:
    in_main_thread = threading.current_thread() is threading.main_thread()
    if not (seconds and in_main_thread and hasattr(signal, "setitimer")):
        return next(things)

    def ring(number: int, frame: Any) -> None:
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        try:
            return next(things)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _TimeUp:
        raise DocumentError(f"takes longer than {seconds:g} seconds to read") from None
    finally:
        signal.signal(signal.SIGALRM, before)
