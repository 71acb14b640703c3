"""Watching folders: what arrives is ingested, batch after batch, each of them whole.

Folders are looked at again and again, which works on every system and disk. A file is taken once it has
stood still from one look to the next; one that could not be read is tried again when it changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dipcli.errors import UsageError
from dipcli.ingestion import ingest
from dipcli.ingestion.report import Report
from dipcli.ingestion.sidecars import sidecars
from dipcli.ingestion.walk import walk

PAUSE = 1.0
"""Seconds between two looks."""
PATIENCE = 60.0
"""Seconds to wait for another writer of the index."""


class _Look(NamedTuple):
    """Size and time of change of a file and of each of its sidecars."""

    stamps: tuple[tuple[int, int], ...]


def watch(
    paths: Iterable[str | Path],
    index: Path,
    *,
    pause: float = PAUSE,
    wait: Callable[[float], None] = time.sleep,
    **options: Any,
) -> Iterator[Report]:
    """Ingests what is in folders and what arrives there, without end: a report for each batch.

    `options` are those of `ingest`, but for those of streams and `prune`. Raises `UsageError` where a path
    is no folder, and as `ingest` does. `KeyboardInterrupt` ends the wait; while a batch is read it makes
    that batch's report say so, and no other follows.
    """
    folders = [Path(path) for path in paths]
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder", hint="--watch takes folders")
    taken: dict[Path, _Look] = {}
    before: dict[Path, _Look] = {}
    while True:
        now = _look(folders, index)
        ready = {path for path, look in now.items() if before.get(path) == look != taken.get(path)}
        if ready:
            report = ingest(folders, index, only=ready, **{"timeout": PATIENCE, **options})
            taken |= {path: now[path] for path in ready}
            yield report
            if report.interrupted:
                return
        before = now
        wait(pause)


def _look(folders: list[Path], index: Path) -> dict[Path, _Look]:
    """All files below the folders that are not hidden. What comes and goes meanwhile is left out."""
    found = {}
    for path, _ in walk(folders, index, lambda path: None).files:
        try:
            stats = [place.stat() for place in (path, *sidecars(path))]
        except OSError:
            continue
        found[path] = _Look(tuple((stat.st_size, stat.st_mtime_ns) for stat in stats))
    return found
