"""What can go wrong: each error says what, where, and what to do next, and has an exit status.

Library code raises these; only the command line turns them into a message on stderr and a status.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses of every command."""

    OK = 0
    NOTHING = 1
    ERROR = 2
    PARTIAL = 3
    INTERRUPTED = 130


class DipcliError(Exception):
    """Anything that a user can be told: `message` says what and where, `hint` what to do next."""

    exit = Exit.ERROR

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(DipcliError):
    """An option or argument has a value that cannot be meant."""


class UnknownValue(UsageError):
    """A value is not one of a closed list (a field, a type, a country, a format)."""


class DateOptionError(UsageError):
    """A date option cannot be read, or a range ends before it starts."""


class QuerySyntaxError(UsageError):
    """A text query cannot be read; `position` is the offset of the bad token in `query`."""

    def __init__(self, message: str, *, query: str, position: int, length: int = 1) -> None:
        super().__init__(message)
        self.query = query
        self.position = position
        self.length = length


class IndexMissing(DipcliError):
    """There is no index where one was looked for."""


class IndexFormatError(DipcliError):
    """The index is damaged, or was written by a newer dipcli."""


class IndexBusy(DipcliError):
    """Another process is writing to the index."""


class IndexWriteError(DipcliError):
    """The index cannot be written: the disk is full, the folder read-only, …"""


class DecisionsError(DipcliError):
    """A decision cannot be read, or cannot be made: a broken line, a field that cannot be set, …"""


class DocumentError(DipcliError):
    """One document cannot be read; the others are."""


class AmbiguousName(DipcliError):
    """A name or the beginning of an id fits several records, listed in `candidates`."""

    def __init__(self, message: str, *, candidates: list[str], hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.candidates = candidates


class NotFound(DipcliError):
    """Nothing answers to a name or id."""

    exit = Exit.NOTHING


class CacheStale(Exception):
    """The cache is damaged or not of these files: what it was asked is to be read from the records.

    Nobody is told: the answer is the same.
    """


class ExtraMissing(DipcliError):
    """A feature needs an optional dependency that is not installed."""


READABLE = 40
"""Values of a closed list that are listed even beside a guess."""


def suggestion(value: str, choices: Iterable[str]) -> str:
    """What to say after an unknown value: the likeliest one meant, and the list where it can be read or
    nothing is like the value."""
    from difflib import get_close_matches

    names = {_plain(choice): choice for choice in choices}
    near = get_close_matches(_plain(value), names, 1, 0.6)
    guess = f"did you mean '{names[near[0]]}'?" if near else ""
    if guess and len(names) > READABLE:
        return guess
    return f"{guess} it is one of: {', '.join(names.values())}".lstrip()


def _plain(value: str) -> str:
    return value.strip().casefold().replace("-", " ").replace("_", " ")
