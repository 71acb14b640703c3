"""What a reader of containers takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Literal, NamedTuple

from dipcli.reading.base import Limits, Part
from dipcli.reading.containers.columns import Columns
from dipcli.reading.containers.stream import Budget
from dipcli.records import Told

UNNAMED = "unnamed"
"""What a file in a container is called that has no name there, or none that can be used."""


class Entry(NamedTuple):
    """A file in a container, to be read before the next one is asked for; it may be a container, too.

    `name` is its name there as it stands. `media_type` and `given` are as those of a `Part`.
    """

    name: str
    file: BinaryIO
    media_type: str | None = None
    given: tuple[Told, ...] = ()


class Remark(NamedTuple):
    """What a person is to be told of a file or of one in it: that it cannot be read (`failed`), that
    nobody reads its kind (`skipped`), or how it was read (`note`). `name` is as in `Part`."""

    name: str
    what: str
    how: Literal["failed", "skipped", "note"] = "note"


class Numbers:
    """Rows or lines of which one thing is to be said, however many they are."""

    SHOWN = 5

    def __init__(self, what: str) -> None:
        self._what = what
        self._count = 0
        self._first: list[int] = []

    def add(self, number: int) -> None:
        self._count += 1
        if len(self._first) < self.SHOWN:
            self._first.append(number)

    def __bool__(self) -> bool:
        return self._count > 0

    def __str__(self) -> str:
        """`row 7`, `12 rows (7, 9, 10, 11, 12, …)`"""
        if self._count == 1:
            return f"{self._what} {self._first[0]}"
        more = ", …" if self._count > self.SHOWN else ""
        return f"{self._count:,} {self._what}s ({', '.join(map(str, self._first))}{more})"


class Means(NamedTuple):
    """What a reader may use besides the file."""

    limits: Limits
    budget: Budget
    columns: Columns


Container = Callable[[Entry, Means], Iterator[Entry | Part | Remark]]
"""Names are relative to the container, empty for the container itself. Raises `DocumentError` for what
ends its reading; what came before stays."""
