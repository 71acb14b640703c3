"""Reading the lexicon's tables: tab-separated files with a header line, beside this module.

A cell with several values has them separated by "; ". A line that begins with `#` is a comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def rows(name: str) -> Iterator[list[str]]:
    """The cells of each row of the table `name`, without the header, as many as the header has.

    Raises ValueError where a row has another number of cells.
    """
    header: list[str] | None = None
    for number, line in enumerate((FOLDER / name).read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
        elif len(cells) != len(header):
            raise ValueError(f"{name}, line {number}: {len(cells)} cells, {len(header)} columns")
        else:
            yield cells


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell."""
    return tuple(cell.split("; ")) if cell else ()


def flags(cell: str) -> dict[str, frozenset[str]]:
    """The flags of a `care` cell ("Georgia: place; Georgia: person") by the form they are about."""
    found: dict[str, set[str]] = {}
    for item in several(cell):
        form, _, flag = item.rpartition(": ")
        found.setdefault(form, set()).add(flag)
    return {form: frozenset(of) for form, of in found.items()}


def toml(name: str) -> dict[str, Any]:
    """The tables of the TOML file `name`."""
    import tomllib  # a query that reads a table must not pay for it

    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
