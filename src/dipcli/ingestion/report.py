"""What an ingest did, and what it did not do and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dipcli.errors import Exit


class Said(NamedTuple):
    """Something to tell of one file or document: why it failed or was skipped, how it was read."""

    path: str
    what: str


class Passage(NamedTuple):
    """A passage that extraction saw and left out, in code points of the document's text."""

    document: str
    path: str
    reason: str
    char_start: int
    char_end: int


class Renamed(NamedTuple):
    """An event whose id is another than before, though it is told by the same words."""

    old: str
    new: str


@dataclass
class Report:
    """Documents are named by their path in the index, `skipped` and `failed` as they were given."""

    index: Path
    dry_run: bool = False
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    """Documents in whose place there was another content before."""
    refreshed: list[str] = field(default_factory=list)
    """Documents of known content that were read again, since what extracts, or their name, changed."""
    unchanged: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    skipped: list[Said] = field(default_factory=list)
    failed: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    left_out: list[Passage] = field(default_factory=list)
    """From the documents that were read now."""
    counts: dict[str, int] = field(default_factory=dict)
    """Records in the index by kind, afterwards."""
    copies: int = 0
    """Documents of the index that repeat an earlier one; 0 too where nothing changed."""
    renamed: list[Renamed] = field(default_factory=list)
    decisions: dict[str, int] = field(default_factory=dict)
    """A person's decisions by what became of them; empty where they were not applied anew."""
    interrupted: bool = False

    @property
    def read(self) -> int:
        """How many documents were read and extracted."""
        return len(self.added) + len(self.replaced) + len(self.refreshed)

    @property
    def left_out_by_reason(self) -> dict[str, int]:
        """Most frequent first."""
        counted = Counter(passage.reason for passage in self.left_out)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    @property
    def exit(self) -> Exit:
        """`ERROR` where nothing could be read, `PARTIAL` where some documents failed."""
        if self.interrupted:
            return Exit.INTERRUPTED
        if not (self.read or self.unchanged or self.forgotten):
            return Exit.ERROR
        return Exit.PARTIAL if self.failed else Exit.OK

    def sort(self) -> None:
        """Brings every list into an order that does not depend on that of the work."""
        lists: Iterable[list[str] | list[Said] | list[Passage] | list[Renamed]] = (
            self.added,
            self.replaced,
            self.refreshed,
            self.unchanged,
            self.forgotten,
            self.skipped,
            self.failed,
            self.notes,
            self.left_out,
            self.renamed,
        )
        for items in lists:
            items.sort()
