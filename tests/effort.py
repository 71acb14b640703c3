"""How effort grows with a text: by the processor's time for one size and for four times as much."""

from __future__ import annotations

import time
from collections.abc import Callable

SIZE = 6_000
"""Code points of the shorter text."""
SLACK = 0.05
"""Seconds of the processor that are within what a measurement may be off."""


def is_linear(work: Callable[[str], object], trap: str) -> bool:
    """Whether four times as much of `trap` takes no more than eight times the effort; the square would be sixteen."""
    short, long = (_effort(work, (trap * (size // len(trap) + 1))[:size]) for size in (SIZE, 4 * SIZE))
    return long < 8 * short + SLACK


def _effort(work: Callable[[str], object], text: str) -> float:
    """The least of three runs, in seconds of the processor."""
    spent = []
    for _ in range(3):
        started = time.process_time()
        work(text)
        spent.append(time.process_time() - started)
    return min(spent)
