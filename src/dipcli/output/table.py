"""Tables for people: which columns each kind of row has, and how they fit the screen.

The columns of a kind are data: a title, what the cell says, how narrow it may become, and how much
it matters. On a screen too narrow for all, columns shrink first, then the least important go; what
does not fit is cut with `…`. Columns that say what a row is about become tighter still before one of
them goes. Without a width nothing is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from msgspec.structs import replace

from dipcli.output.fields import event_date, flat, published_date, unique
from dipcli.output.text import clean, cut, pad, width
from dipcli.records import Event, Relation

GAP = "  "
LEAST_RANK = 10
MAIN_RANK = 4
"""Columns up to this rank say what a row is about: they go only when tightening all does not help."""
ARROW = " → "
BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
CYAN, YELLOW, RED = "\x1b[36m", "\x1b[33m", "\x1b[31m"


class Column(NamedTuple):
    """A column of a table: `rank` 0 stays, the highest rank (below LEAST_RANK) goes first and grows least."""

    title: str
    cell: Callable[[Any], str]
    narrowest: int = 0
    """Columns it may shrink to; 0 where it never shrinks."""
    rank: int = 0
    style: str = ""
    right: bool = False
    shorten: Callable[[str, int], str] = cut
    tightest: int = 0
    """Columns it may shrink to before one of a rank up to MAIN_RANK goes; 0 where to no fewer than else.
    One that shrinks only then is not to grow again by what others leave."""


def _who(event: Event) -> str:
    actors = ", ".join(unique(actor.name for actor in event.actors))
    recipients = ", ".join(unique(recipient.name for recipient in event.recipients))
    return f"{actors}{ARROW}{recipients}" if recipients else actors


def _cut_sides(text: str, columns: int) -> str:
    """`A, B → C` cut on both sides of the arrow, so that neither is lost."""
    actors, arrow, recipients = text.partition(ARROW)
    room = columns - width(arrow)
    if not arrow or room < 4 or width(text) <= columns:
        return cut(text, columns)
    theirs = min(width(recipients), max(room // 2, room - width(actors)))
    return cut(actors, room - theirs) + arrow + cut(recipients, theirs)


def _cut_list(text: str, columns: int) -> str:
    """`a, b` cut to its first item, where that fits."""
    first = text.partition(",")[0]
    return f"{first}…" if width(text) > columns > width(first) else cut(text, columns)


def _kind(event: Event) -> str:
    return f"{event.type}/{event.mode}" if event.mode else event.type


def _note(event: Event) -> str:
    marks = [event.status] * (event.status != "occurred") + [event.certainty] * (event.certainty != "stated")
    return ", ".join(marks)


def _sources(event: Event) -> str:
    """How many, where they are several."""
    return str(event.sources) if event.sources > 1 else ""


def _where(event: Event) -> str:
    return event.place.name if event.place else ""


def _state(decision: Any) -> str:
    """Empty where a decision simply holds."""
    state = "fits nothing" if decision.state == "nothing" else decision.state
    return "" if state == "holds" and not decision.said else state


def _span(row: Any) -> str:
    """First and last day that an actor's roles or a relation are seen, shortened where they agree."""
    first, last = row.since or row.first_seen, row.until or row.last_seen
    if not first or not last:
        return first or last or ""
    return first if first == last else f"{first} – {last}"


def _latest_title(actor: Any) -> str:
    latest = max(actor.roles, key=lambda role: role.last_seen or role.until or "", default=None)
    return latest.title if latest else ""


TABLES: dict[str, tuple[Column, ...]] = {
    "events": (
        Column("DATE", event_date, style=CYAN),
        Column("TYPE", _kind, narrowest=11, rank=3, tightest=9),
        Column("NOTE", _note, rank=2, style=YELLOW, shorten=_cut_list, tightest=9),
        Column("WHO", _who, narrowest=18, shorten=_cut_sides, tightest=14),
        Column("PLACE", _where, narrowest=8, rank=5),
        Column("SOURCES", _sources, rank=7, right=True),
        Column("SUMMARY", lambda event: event.summary, narrowest=22, rank=4, tightest=16),
        Column("ID", lambda event: event.id, narrowest=32, rank=6, style=DIM),
    ),
    "actors": (
        Column("NAME", lambda actor: actor.name, narrowest=16),
        Column("KIND", lambda actor: actor.kind, rank=3),
        Column("COUNTRY", lambda actor: actor.country or "", rank=2),
        Column("LATEST TITLE", _latest_title, narrowest=16, rank=4),
        Column("EVENTS", lambda actor: str(actor.event_count), rank=1, right=True),
        Column("DOCS", lambda actor: str(len(actor.documents)), rank=6, right=True),
        Column("ALSO", lambda actor: ", ".join(actor.aliases), narrowest=16, rank=7),
        Column("ID", lambda actor: actor.id, narrowest=12, rank=5, style=DIM),
    ),
    "relations": (
        Column("SUBJECT", lambda relation: relation.subject, narrowest=14, tightest=12),
        Column("RELATION", lambda relation: relation.relation),
        Column("OBJECT", lambda relation: relation.object, narrowest=14, tightest=12),
        Column(
            "AS", lambda relation: relation.label or flat(relation.by_type), narrowest=14, rank=1, tightest=12
        ),
        Column("SEEN", _span, rank=2, style=CYAN),
        Column("COUNT", lambda relation: str(relation.count), rank=5, right=True),
        Column("ID", lambda relation: relation.id, narrowest=24, rank=6, style=DIM),
    ),
    "documents": (
        Column("DATE", published_date, rank=1, style=CYAN),
        Column("TITLE", lambda document: document.title or "", narrowest=24),
        Column("PUBLISHER", lambda document: document.publisher or "", narrowest=10, rank=3),
        Column("PATH", lambda document: document.path, narrowest=16, rank=2),
        Column("COPY OF", lambda document: flat(document.copy_of), rank=3, style=DIM),
        Column("ID", lambda document: document.id, rank=4, style=DIM),
    ),
    "decisions": (
        Column("ID", lambda decision: decision.id, style=DIM),
        Column("WHEN", lambda decision: decision.at[:10], rank=4, style=CYAN),
        Column("BY", lambda decision: decision.by, narrowest=6, rank=3),
        Column("DECISION", lambda decision: decision.decision),
        Column("ABOUT", lambda decision: ", ".join(decision.about), narrowest=20, tightest=12),
        Column("VALUE", lambda decision: decision.value or "", narrowest=16, rank=2, tightest=10),
        Column("STATE", _state, narrowest=9, rank=1, style=YELLOW),
        Column("WHY", lambda decision: decision.why or "", narrowest=12, rank=5),
    ),
}


def with_names(relation: Relation, names: Mapping[str, str]) -> Relation:
    """The relation with its actors' names in place of their ids."""
    return replace(
        relation,
        subject=names.get(relation.subject, relation.subject),
        object=names.get(relation.object, relation.object),
    )


def field_columns(fields: Mapping[str, Callable[[Any], Any]]) -> list[Column]:
    """Columns for fields named by the user, who wants all of them."""
    return [Column(name.upper(), partial(_flat_field, get), narrowest=6) for name, get in fields.items()]


def _flat_field(get: Callable[[Any], Any], record: Any) -> str:
    return flat(get(record))


def layout(
    rows: Sequence[Any], columns: Sequence[Column], columns_wide: int | None, color: bool = False
) -> Iterator[str]:
    """The table's lines, header first, each without its newline.

    columns_wide: columns of the screen; None where nothing is to be cut
    """
    cells = [[clean(column.cell(row)) for row in rows] for column in columns]
    natural = [
        max(map(width, [column.title, *values])) for column, values in zip(columns, cells, strict=True)
    ]
    shown = [
        index for index, values in enumerate(cells) if any(values) or not rows or columns[index].rank == 0
    ]
    widths = fit([columns[index] for index in shown], [natural[index] for index in shown], columns_wide)
    kept = [(columns[index], cells[index], wide) for index, wide in zip(shown, widths, strict=True) if wide]
    yield _line([(column, column.title, wide) for column, _, wide in kept], BOLD if color else "")
    for number in range(len(rows)):
        yield _line([(column, values[number], wide) for column, values, wide in kept], None if color else "")


def fit(columns: Sequence[Column], natural: Sequence[int], available: int | None) -> list[int]:
    """The width of each column, 0 for one that is left out."""
    if available is None:
        return list(natural)
    asked = list(zip(columns, natural, strict=True))
    least = [min(want, column.narrowest or want) for column, want in asked]
    tight = [min(most, column.tightest or most) for (column, _), most in zip(asked, least, strict=True)]
    kept = list(range(len(columns)))
    for widths, rank in ((least, MAIN_RANK), (tight, 0)):
        while _total(widths[index] for index in kept) > available:
            last = max(kept, key=lambda index: columns[index].rank)
            if columns[last].rank <= rank:
                break
            kept.remove(last)
    if _total(least[index] for index in kept) > available:
        least = tight
        natural = [
            want if column.narrowest else few for (column, want), few in zip(asked, tight, strict=True)
        ]
    widths = [least[index] if index in kept else 0 for index in range(len(columns))]
    spare = available - _total(widths[index] for index in kept)
    while spare > 0 and (hungry := [index for index in kept if widths[index] < natural[index]]):
        weights = {index: LEAST_RANK - columns[index].rank for index in hungry}
        whole = spare
        for index, weight in weights.items():
            share = max(1, whole * weight // sum(weights.values()))
            more = min(share, natural[index] - widths[index], spare)
            widths[index] += more
            spare -= more
    while spare < 0 and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
        spare += 1
    return widths


def _total(widths: Iterable[int]) -> int:
    taken = list(widths)
    return sum(taken) + len(GAP) * (len(taken) - 1)


def _line(cells: Sequence[tuple[Column, str, int]], style: str | None) -> str:
    """One line; `style` for all of it, None for each column's own."""
    parts = []
    for column, text, wide in cells:
        padded = pad(column.shorten(text, wide), wide, right=column.right)
        chosen = column.style if style is None else style
        parts.append(f"{chosen}{padded}{RESET}" if chosen else padded)
    line = GAP.join(parts)
    return line if line.endswith(RESET) else line.rstrip()
