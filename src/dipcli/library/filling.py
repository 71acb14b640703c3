"""Documents into an index and out of it, and the records of one document without an index."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dipcli import index as indexes
from dipcli.library.given import several, tried
from dipcli.library.index import Index

if TYPE_CHECKING:
    from dipcli.ingestion import Report
    from dipcli.resolution import Resolved


def ingest(
    paths: str | Path | Iterable[str | Path] = (),
    index: str | Path | Index | None = None,
    **options: Any,
) -> Report:
    """Read documents into an index, made where there is none; tells what was read and what not.

    `paths`: a file or folder, or several. Without `index` that of `DIPCLI_INDEX`, else the nearest
    `.dipcli/`, else a new one here. `options` are those of `dipcli.ingestion.ingest`.
    """
    from dipcli import ingestion

    return _change(index, lambda place: ingestion.ingest(several(paths), place, **options))


def watch(
    paths: str | Path | Iterable[str | Path], index: str | Path | None = None, **options: Any
) -> Iterator[Report]:
    """Read what is in folders and what arrives there, without end: a report for each batch.

    `index` as for `ingest`; `options` are those of `dipcli.ingestion.watch.watch`.
    """
    from dipcli.ingestion.watch import watch

    place = indexes.target(None if index is None else str(index), os.environ, Path.cwd())
    return watch(several(paths), place, **options)


def forget(documents: str | Iterable[str], index: str | Path | Index | None = None) -> Report:
    """Take documents out of an index, by id, the beginning of it, or path: `dipcli.ingestion.forget`."""
    from dipcli import ingestion

    return _change(index, lambda place: ingestion.forget(place, map(str, several(documents))))


def extract(
    source: str | Path,
    *,
    published: str | date | None = None,
    name: str | None = None,
    model: str | None = None,
) -> Resolved:
    """The records of one document, without an index: `.events`, `.actors`, `.relations`.

    source: a text, or the Path of a file
    published: the day of publication, or its date as the options take it ("2022-08", "last May")
    model: an installed spaCy pipeline, `none` for rules alone; without it the default one if installed

    Raises DocumentError, DateOptionError, ExtraMissing.
    """
    return tried(source, published=published, name=name, model=model).resolved


def _change(index: str | Path | Index | None, change: Callable[[Path], Report]) -> Report:
    """Change the index meant; one that is open goes on to its new state."""
    named = index.path if isinstance(index, Index) else index
    report = change(indexes.target(None if named is None else str(named), os.environ, Path.cwd()))
    if isinstance(index, Index):
        index.refresh()
    return report
