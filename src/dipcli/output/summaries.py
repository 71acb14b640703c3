"""Summaries on standard output: rows of counts as tables with bars, JSON, CSV, TSV and Markdown.

A row's `by` is spread over columns: the field's name, and beside it the name of what its value stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from dipcli.output import formats, terminal
from dipcli.output.fields import Get
from dipcli.output.table import CYAN, DIM, YELLOW, Column, layout
from dipcli.output.terminal import Screen
from dipcli.output.text import clean, counted, cut, width

TIMELINE = ("count", "planned", "cancelled", "documents")
TALLY = (
    *("count", "share", "planned", "cancelled", "acts"),
    *("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "request"),
    *("score_mean", "score_sum", "goldstein_mean", "goldstein_sum"),
    *("first_seen", "last_seen", "documents", "documents_each"),
)
TREND = ("balance", "recent", "before")
WIDE_BAR = 60
"""Columns of the longest bar."""
NAME = 24
"""Columns of a name above a column of counts."""
SILENT = 4
"""Empty periods without documents, one after the other, that a table shows in one line."""


class Shape(NamedTuple):
    """How rows of a summary are shown: their columns by name, and the lines of their table."""

    columns: Mapping[str, Get]
    table: Callable[[Sequence[Any], Screen], Iterator[str]]


class _Row(NamedTuple):
    record: Any
    raw: bytes = b""


def show(rows: Sequence[Any], shape: Shape, form: str, screen: Screen, *, pager: bool) -> None:
    """Write rows as one of `fields.FORMATS`; an empty table is not drawn on a terminal."""
    if form == "table":
        if rows or not screen.terminal:
            terminal.write_lines(shape.table(rows, screen), screen, pager=pager)
    elif form in ("json", "jsonl"):
        terminal.write_json(formats.whole(form, rows))
    elif form == "md":
        terminal.write(formats.markdown_rows(map(_Row, rows), shape.columns))
    else:
        separator = "\t" if form == "tsv" else ","
        terminal.write(formats.csv_rows(map(_Row, rows), shape.columns, separator))


def _fields(names: Sequence[str]) -> dict[str, Get]:
    return {name: attrgetter(name) for name in names}


def _keys(fields: Sequence[str]) -> dict[str, Get]:
    """Columns of the values in a row's list `by`, and of their names."""
    found: dict[str, Get] = {}
    for place, field in enumerate(fields):
        found |= {field: _of_key(place, "value"), f"{field}_name": _of_key(place, "name")}
    return found


def _of_key(place: int, what: str) -> Get:
    return lambda row: getattr(row.by[place], what)


def _key_named(place: int) -> Callable[[Any], str]:
    return lambda row: _named(row.by[place])


# timeline


def timeline(by: str | None) -> Shape:
    """A timeline, grouped or not."""
    columns = _fields(("period", "start", "end", "exact"))
    if by:
        columns[by] = lambda row: row.by and row.by.value
        columns[f"{by}_name"] = lambda row: row.by and row.by.name
    return Shape(columns | _fields(TIMELINE), _groups if by else _bars)


class _Line(NamedTuple):
    """A line of a timeline's table."""

    period: str
    documents: str
    number: str
    planned: str
    cancelled: str = ""
    bar: str = ""
    groups: Mapping[str, str] = {}


def _bars(rows: Sequence[Any], screen: Screen) -> Iterator[str]:
    lines = [_line(row) for row in rows]
    plain = [one for one in _COLUMNS if any(map(one.cell, lines))]
    taken = [max(width(text) for text in (one.title, *map(one.cell, lines))) + 2 for one in plain]
    room = min(WIDE_BAR, max(10, screen.width - sum(taken))) if screen.terminal else WIDE_BAR
    most = max((row.count + row.planned for row in rows), default=0)
    solid, part, light = ("█", "▏▎▍▌▋▊▉", "░") if terminal.can_show("█▏░") else ("#", "", ".")
    drawn = []
    for row, line in zip(rows, lines, strict=True):
        scale = room / most if most else 0
        whole, rest = divmod(int(row.count * scale * 8), 8)
        bar = solid * whole + (part[rest - 1] if part and rest else "")
        drawn.append(line._replace(bar=bar + light * round(row.planned * scale)))
    bars = Column("", lambda line: line.bar, rank=1, style=CYAN)
    return layout(list(_folded(rows, drawn)), [*plain, bars], _width(screen), screen.color)


def _groups(rows: Sequence[Any], screen: Screen) -> Iterator[str]:
    """Periods as lines, groups as columns: those with most, as many as fit."""
    totals: dict[str, int] = {}
    whole: list[Any] = []
    lines: list[_Line] = []
    for row in rows:
        if row.by is None:
            whole.append(row)
            lines.append(_line(row, {}))
        else:
            name = cut(clean(row.by.name or row.by.value or "none"), NAME)
            totals[name] = totals.get(name, 0) + row.count + row.planned
            lines[-1].groups[name] = _cell(row)  # type: ignore[index]
    columns = [one for one in _COLUMNS if any(map(one.cell, lines))]
    plain = len(columns)
    taken = sum(max(width(text) for text in (one.title, *map(one.cell, lines))) + 2 for one in columns)
    for name in sorted(totals, key=lambda name: -totals[name]):
        column = Column(name, _in_group(name), right=True)
        taken += max(width(text) for text in (name, *map(column.cell, lines))) + 2
        if screen.terminal and taken > screen.width + 2:
            terminal.note(
                f"{len(columns) - plain} of {counted(len(totals), 'groups')} shown; --format csv has them all"
            )
            break
        columns.append(column)
    return layout(list(_folded(whole, lines)), columns, _width(screen), screen.color)


def _line(row: Any, groups: dict[str, str] | None = None) -> _Line:
    name = "undated" if row.period is None else row.period if row.exact else f"{row.period} ~"
    documents = "" if row.period is None else str(row.documents)
    return _Line(
        name, documents, str(row.count), _some(row.planned), _some(row.cancelled), groups=groups or {}
    )


def _in_group(name: str) -> Callable[[_Line], str]:
    return lambda line: line.groups.get(name, "·")


def _cell(row: Any) -> str:
    return f"{row.count or '·'}" + (f"+{row.planned}" if row.planned else "")


def _folded(rows: Sequence[Any], lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines, with one for many empty periods that no document covers."""
    silent: list[_Line] = []
    for row, line in zip(rows, lines, strict=True):
        if row.period and not (row.count or row.planned or row.cancelled or row.documents):
            silent.append(line)
            continue
        yield from _told(silent)
        silent = []
        yield line
    yield from _told(silent)


def _told(silent: list[_Line]) -> list[_Line]:
    if len(silent) < SILENT:
        return silent
    return [_Line(f"{silent[0].period} … {silent[-1].period}", "0", "0", "")]


_PERIOD = Column("PERIOD", lambda line: line.period, style=CYAN)
_DOCS = Column("DOCS", lambda line: line.documents, right=True, rank=2, style=DIM)
_COUNT = Column("COUNT", lambda line: line.number, right=True)
_PLANNED = Column("PLANNED", lambda line: line.planned, right=True, rank=3, style=YELLOW)
_CANCELLED = Column("CANCELLED", lambda line: line.cancelled, right=True, rank=4, style=DIM)
_COLUMNS = (_PERIOD, _DOCS, _COUNT, _PLANNED, _CANCELLED)


# counts


def stats(fields: Sequence[str]) -> Shape:
    """Counts by fields."""
    keys = [
        Column(field.upper(), _key_named(place), narrowest=12, tightest=8)
        for place, field in enumerate(fields)
    ]
    return Shape(_keys(fields) | _fields(TALLY), lambda rows, screen: _table(rows, [*keys, *_TALLY], screen))


def pairs() -> Shape:
    """Who deals with whom."""
    pair = Column("PAIR", lambda row: " – ".join(map(_named, row.by)), narrowest=24)
    last = _TALLY.index(_LAST)
    columns = [pair, *_TALLY[:last], *_TREND, *_TALLY[last:]]
    return Shape(
        _keys(("one", "other")) | _fields((*TALLY, *TREND)),
        lambda rows, screen: _table(rows, [one for one in columns if one.title not in _NOT_OF_PAIRS], screen),
    )


def _table(rows: Sequence[Any], columns: Sequence[Column], screen: Screen) -> Iterator[str]:
    return layout(rows, columns, _width(screen), screen.color)


def _named(key: Any) -> str:
    return key.name or key.value or "none"


def _some(count: int) -> str:
    return str(count) if count else ""


def _both(kind: str) -> Callable[[Any], str]:
    """`12+3`: verbal and material."""

    def cell(row: Any) -> str:
        verbal, material = getattr(row, f"verbal_{kind}"), getattr(row, f"material_{kind}")
        return f"{verbal}+{material}" if material else _some(verbal)

    return cell


def _figure(name: str) -> Callable[[Any], str]:
    def cell(row: Any) -> str:
        value = getattr(row, name)
        return "" if value is None else f"{value:+.1f}"

    return cell


_LAST = Column("LAST", lambda row: row.last_seen or "", rank=2, style=CYAN)
_TALLY = (
    Column("COUNT", lambda row: str(row.count), right=True),
    Column("SHARE", lambda row: "" if row.share is None else f"{row.share:.0%}", right=True, rank=5),
    Column("PLANNED", lambda row: _some(row.planned), right=True, rank=3, style=YELLOW),
    Column("COOP", _both("cooperation"), right=True, rank=1),
    Column("CONFL", _both("conflict"), right=True, rank=1),
    Column("REQ", lambda row: _some(row.request), right=True, rank=1),
    Column("SCORE", _figure("score_mean"), right=True, rank=5),
    Column("GOLDST", _figure("goldstein_mean"), right=True, rank=8),
    Column("FIRST", lambda row: row.first_seen or "", rank=7, style=CYAN),
    _LAST,
    Column("DOCS", lambda row: str(row.documents), right=True, rank=6),
)
_TREND = (
    Column("BALANCE", lambda row: "" if row.balance is None else f"{row.balance:+.2f}", right=True, rank=5),
    Column("TREND", lambda row: f"{row.before}→{row.recent}", right=True, rank=2),
)
_NOT_OF_PAIRS = ("SHARE", "FIRST", "GOLDST")


# the matrix


def matrix(found: Any, form: str, screen: Screen, *, pager: bool) -> None:
    """Write a matrix: as a table with numbered columns, as JSON, or flat with a column for each party."""
    if form in ("json", "jsonl"):
        terminal.write_json(formats.whole("jsonl", [found]))
        return
    sides = [
        _Side(place, key, counts)
        for place, (key, counts) in enumerate(zip(found.parties, found.counts, strict=True))
    ]
    columns: dict[str, Get] = {"id": lambda side: side.key.value, "name": lambda side: side.key.name}
    columns |= {side.key.value: _crossing(side.place) for side in sides}
    show(sides, Shape(columns, _square), form, screen, pager=pager)


class _Side(NamedTuple):
    """A party and its line of counts."""

    place: int
    key: Any
    counts: Sequence[int]


def _crossing(place: int) -> Get:
    return lambda side: side.counts[place]


def _square(sides: Sequence[Any], screen: Screen) -> Iterator[str]:
    names = Column("", lambda side: f"{side.place + 1} {_named(side.key)}", narrowest=16)
    return _table(sides, [names, *map(_numbered, range(len(sides)))], screen)


def _numbered(place: int) -> Column:
    def cell(side: _Side) -> str:
        return "–" if place == side.place else str(side.counts[place] or "·")

    return Column(str(place + 1), cell, right=True)


def _width(screen: Screen) -> int | None:
    return screen.width if screen.terminal else None
