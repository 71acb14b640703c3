"""Where the index is: named, or the nearest `.dipcli/` in this folder or above, as git does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dipcli.errors import IndexMissing, UsageError
from dipcli.index import manifest
from dipcli.index.disk import protect

FOLDER = ".dipcli"
VARIABLE = "DIPCLI_INDEX"
IGNORED = "*\n!decisions.jsonl\n"
"""The index's own .gitignore: all of it can be made again but what a person decided."""
OWN = frozenset(
    {
        ".gitignore",
        "lock",
        "cache",
        "decisions.jsonl",
        "decisions.jsonl.tmp",
        manifest.PENDING,
        f"{manifest.NAME}.tmp",
    }
)
"""What a folder may hold and still become an index: the traces of a first ingest that was killed."""

MAKE_ONE = "make one with `dipcli ingest FOLDER`, or try the sample documents: `dipcli ingest --sample`"


def locate(explicit: str | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """The index to read: `explicit`, else `DIPCLI_INDEX`, else the nearest `.dipcli/`.

    Raises `IndexMissing` where there is none.
    """
    named = _named(explicit, environ, cwd)
    place = named or _nearest(cwd)
    if place is None:
        raise IndexMissing(f"no index in {cwd} or in a folder above it", hint=MAKE_ONE)
    if not (place / manifest.NAME).is_file():
        inside = place / FOLDER
        hint = f"there is one in {inside}" if (inside / manifest.NAME).is_file() else MAKE_ONE
        raise IndexMissing(f"{place} is not an index: it has no {manifest.NAME}", hint=hint)
    return place


def target(explicit: str | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """The index to write into: as `locate`, but `.dipcli/` in `cwd` where there is none yet."""
    return _named(explicit, environ, cwd) or _nearest(cwd) or cwd / FOLDER


def create(path: Path) -> None:
    """Makes `path` the folder of an index, readable by its owner alone; an index is left as it is.

    Raises `UsageError` where `path` is something else: a file, a folder that holds other things.
    """
    if (path / manifest.NAME).is_file():
        return
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file, not the folder of an index")
    if path.is_dir() and (foreign := sorted({entry.name for entry in path.iterdir()} - OWN)):
        raise UsageError(
            f"{path} is not an index, and holds other things ({foreign[0]})",
            hint=f"name a new or an empty folder, such as {path / FOLDER}",
        )
    if not path.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700)
    ignore = path / ".gitignore"
    if not ignore.exists():
        ignore.write_text(IGNORED, encoding="utf-8")
        protect(ignore, path)


def _named(explicit: str | None, environ: Mapping[str, str], cwd: Path) -> Path | None:
    name = explicit or environ.get(VARIABLE)
    return cwd / Path(name).expanduser() if name else None


def _nearest(cwd: Path) -> Path | None:
    return next((place for folder in (cwd, *cwd.parents) if (place := folder / FOLDER).is_dir()), None)
