"""An evaluation on standard output: measures, and misses where asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

import msgspec

from dipcli.output import formats, terminal
from dipcli.output.fields import Get, flat
from dipcli.output.table import CYAN, Column, layout
from dipcli.output.terminal import Screen
from dipcli.output.text import clean

MEASURE = ("name", "type", "score", "precision", "recall", "hits", "predicted", "gold")
MISS = ("kind", "document", "fields", "gold", "found", "id", "quote")


class Evaluation(Protocol):
    """What is shown: records with the fields above."""

    @property
    def measures(self) -> list[Any]: ...
    @property
    def types(self) -> list[Any]: ...
    @property
    def misses(self) -> list[Any]: ...


class _Row(NamedTuple):
    record: Any
    raw: bytes


def show(found: Evaluation, form: str, screen: Screen, *, misses: bool, pager: bool) -> None:
    """Write it as one of `fields.FORMATS`. The flat ones hold one kind of row: with `misses` those."""
    measures = [*found.measures, *found.types]
    if form == "table":
        listed = _misses(found.misses) if misses else ()
        terminal.write_lines([*_table(measures, screen), *listed], screen, pager=pager)
    elif form == "json":
        whole = msgspec.to_builtins(found) | ({} if misses else {"misses": []})
        terminal.write_json([msgspec.json.format(msgspec.json.encode(whole), indent=1), b"\n"])
    elif form == "jsonl":
        lines = map(msgspec.json.encode, [*measures, *(found.misses if misses else ())])
        terminal.write_json(formats.json_lines(lines))
    else:
        names, records = (MISS, found.misses) if misses else (MEASURE, measures)
        getters: dict[str, Get] = {name: attrgetter(name) for name in names}
        rows = [_Row(record, b"") for record in records]
        terminal.write(_FLAT[form](rows, getters))


_FLAT: dict[str, Callable[[Iterable[_Row], dict[str, Get]], Iterator[bytes]]] = {
    "csv": lambda rows, getters: formats.csv_rows(rows, getters),
    "tsv": lambda rows, getters: formats.csv_rows(rows, getters, "\t"),
    "md": lambda rows, getters: formats.markdown_rows(rows, getters),
}


def _figure(name: str) -> Callable[[Any], str]:
    def cell(measure: Any) -> str:
        value = getattr(measure, name)
        return f"{value:.3f}" if isinstance(value, float) else flat(value)

    return cell


def _table(measures: list[Any], screen: Screen) -> Iterator[str]:
    titles = ("SCORE", "PRECISION", "RECALL", "HITS", "PREDICTED", "GOLD")
    columns = [
        Column("", lambda measure: f"  {measure.type}" if measure.type else measure.name, style=CYAN),
        *(Column(title, _figure(title.lower()), right=True) for title in titles),
    ]
    return layout(measures, columns, screen.width if screen.terminal else None, screen.color)


def _misses(misses: list[Any]) -> Iterator[str]:
    """Each miss: what it is, then what gold has, what the index has, and the words."""
    for miss in misses:
        about = f" ({', '.join(miss.fields)})" if miss.fields else ""
        yield ""
        yield clean(f"{miss.document}: {miss.kind}{about}")
        told = {"gold": miss.gold, "found": miss.found, "words": miss.quote}
        yield from (clean(f"  {name:5}  {text}") for name, text in told.items() if text)
