"""Answering a query: the records of one kind that the filters ask for, sorted and cut as asked.

`select` is the seam between those who ask (the commands, the library) and how it is answered: by reading
stored lines, all or those that a cache names, which streams in constant memory unless a sort is asked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

import msgspec

from dipcli.errors import UnknownValue, UsageError
from dipcli.query.compile import Compiler
from dipcli.query.filters import Filters, suggestion
from dipcli.query.scan import Conditions, Count, counted, matching
from dipcli.query.stored import RECORD, Snapshot, cache_of, reader, without_cache
from dipcli.query.terms import Term, Verdict
from dipcli.records import CopyOf, Doubt, Evidence, Participant, Place, Published, Role

SOON_READ = 20_000
"""Lines that are read only to say how many more there are."""
DATE_FIELD = {"events": "start", "relations": "first_seen", "documents": "published"}
"""What `--sort date` sorts by."""


class Row:
    """One answer: the stored line, the record when it is asked for, and how it matched."""

    __slots__ = ("_read", "_record", "key", "marks", "raw", "spans")

    def __init__(
        self,
        raw: bytes,
        read: Callable[[bytes], Any],
        *,
        marks: str = "",
        spans: Sequence[tuple[int, int]] = (),
        key: Any = None,
    ) -> None:
        self.raw = raw
        """The stored JSON line, without newline."""
        self.marks = marks
        """`?` where only the alternative of a doubted date matches."""
        self.spans = list(spans)
        """For hits of a search: the matched words, as offsets within `record.text`."""
        self.key = key
        """What it is sorted by; None where the field is empty."""
        self._read = read
        self._record: Any = None

    @property
    def record(self) -> Any:
        """The record (Event, Actor, Relation, Document, Hit), decoded when first asked for."""
        if self._record is None:
            self._record = self._read(self.raw)
        return self._record


class Selection:
    """The answer to a query, to be iterated once; at most `limit` rows (UsageError where negative).

    `count()`, `total` and `undated_left_out` read on to the end when first asked for.
    """

    def __init__(
        self,
        kind: str,
        rows: Iterator[Row | None],
        *,
        limit: int | None = None,
        notes: Iterable[str] = (),
        terms: Iterable[Term] = (),
        arrange: Callable[[Iterator[Row]], Iterator[Row]] | None = None,
        undated_events: int | None = None,
        counted: Callable[[bool], Count | None] = lambda exactly: None,
        suggest: Callable[[], str | None] = lambda: None,
    ) -> None:
        if limit is not None and limit < 0:
            raise UsageError(f"--limit {limit}: a number of rows cannot be less than 0")
        self.kind = kind
        self.suggestion = suggest
        """Asks what may have been meant, where nothing is found."""
        self.notes = list(notes)
        self.terms = list(terms)
        self.limit = limit
        self.shown = 0
        """Rows given so far."""
        self.cut = False
        """Whether there were more rows than `limit`; known after iterating."""
        self.undated_kind = kind if undated_events is None else "events"
        """Kind of what `undated_left_out` counts."""
        self._undated = self._undated_before = undated_events or 0
        self._is_read = False
        self._matched = 0
        self._counted = counted
        """How many there are, where that is known without reading them: exactly, or what is soon known."""
        self._rows = self._dated(rows)
        self._arranged = iter(arrange(self._rows)) if arrange else self._rows

    def __iter__(self) -> Iterator[Row]:
        for row in self._arranged:
            if self.shown == self.limit:
                self.cut = True
                return
            self.shown += 1
            yield row

    def counts(self, *, exactly: bool = True) -> Count:
        """How many there are, whatever the limit; not `exactly`: at least so many, where counting all would
        take long. Rows not yet given are not given any more."""
        if not self._is_read and (counts := self._counted(exactly)) is not None:
            counts = msgspec.structs.replace(counts, undated=counts.undated + self._undated_before)
            if not counts.whole:
                return counts
            self._matched, self._undated = counts.matched, counts.undated
            self._is_read = True
            self._rows.close()
        deque(self._rows, maxlen=0)
        return Count(self._matched, self._undated)

    def count(self) -> int:
        """How many match, whatever the limit."""
        return self.counts().matched

    @property
    def total(self) -> int:
        return self.count()

    @property
    def undated_left_out(self) -> int:
        """How many a date filter left out because no date is known for them."""
        return self.counts().undated

    def _dated(self, rows: Iterator[Row | None]) -> Generator[Row, None, None]:
        """The rows but those left out (None), which are counted."""
        for row in rows:
            if row is None:
                self._undated += 1
            else:
                self._matched += 1
                yield row
        self._is_read = True


def select(
    snapshot: Snapshot,
    kind: str,
    filters: Filters | None = None,
    *,
    sort: str | None = None,
    reverse: bool = False,
    limit: int | None = None,
    substitute: bool = False,
    now: date | None = None,
) -> Selection:
    """The records of a kind for which all the filters hold, in stored order or sorted by a field.

    Filters are checked at once, lines are read as the rows are asked for. `substitute` lets a name
    stand for the one actor that is like it; `now` is the day that "last May" is seen from. Raises
    UsageError and its kinds, AmbiguousName and NotFound.
    """
    filters = filters or Filters()
    compiler = Compiler(snapshot, with_fields(filters, filters.text, kind), substitute=substitute, now=now)
    conditions = compiler.compile(kind)
    if conditions.lookup.narrows:
        cache_of(snapshot)  # now, so that it can be said where there is none
    field = sort_field(sort, RECORD[kind].__struct_fields__, DATE_FIELD.get(kind))
    read = reader(kind)

    def rows() -> Iterator[Row | None]:
        for found in matching(snapshot, kind, conditions, (field,) if field else ()):
            if found.verdict is Verdict.UNDATED:
                yield None
            else:
                key = sort_key(getattr(found.view, field)) if field else None
                yield Row(found.raw, read, marks="?" * (found.verdict is Verdict.DOUBTED), key=key)

    return Selection(
        kind,
        rows(),
        limit=limit,
        notes=[*conditions.notes, *without_cache(snapshot)],
        terms=conditions.terms,
        arrange=arrangement(field, reverse, limit),
        undated_events=conditions.undated_events,
        counted=partial(_counted, snapshot, kind, conditions),
        suggest=partial(_suggestion, compiler, kind),
    )


def _counted(snapshot: Snapshot, kind: str, conditions: Conditions, exactly: bool) -> Count | None:
    """`counted`; where that takes reading many lines and need not be exact: only that there may be more."""
    known = counted(snapshot, kind, conditions)
    manifest = getattr(snapshot, "manifest", None)
    if known is None and not exactly and manifest is not None and manifest.counts[kind] > SOON_READ:
        return Count(0, 0, whole=False)
    return known


def _suggestion(compiler: Compiler, kind: str) -> str | None:
    """Who held an office before and after a span in which nobody is seen to."""
    if kind != "actors" or not compiler.filters.role or compiler.span() == (None, None):
        return None
    from dipcli.query.offices import suggestion

    return suggestion(compiler.snapshot, compiler.filters, *compiler.span())


def with_fields(filters: Filters, query: str | None, command: str) -> Filters:
    """The filters with those that stand as fields in a text query."""
    if not query or ":" not in query:
        return filters
    from dipcli.query.fields import merged

    return merged(filters, query, command)


def sort_field(name: str | None, fields: Iterable[str], date: str | None = None) -> str | None:
    """The field to sort by, `date` for "date" where there is none of that name.

    Raises UnknownValue.
    """
    known = {field: field for field in fields} | ({"date": date} if date else {})
    if name is not None and name not in known:
        raise UnknownValue(f"there is no field '{name}' to sort by", hint=suggestion(name, known))
    return None if name is None else known[name]


def sort_key(value: Any) -> Any:
    """What a field's value is sorted by: lists by their first, structs by name or date; None: last."""
    match value:
        case None | [] | {}:
            return None
        case str():
            return value.casefold()
        case [first, *_]:
            return sort_key(first)
        case dict():
            return sum(value.values())
        case Published():
            return value.start
        case CopyOf():
            return value.document
        case Evidence():
            return value.document, value.char_start
        case Role():
            return value.title.casefold()
        case Doubt():
            return value.field
        case Participant() | Place():
            return value.name.casefold()
    return value


Arrange = Callable[[Iterator[Row]], Iterator[Row]]


def arrangement(field: str | None, reverse: bool, limit: int | None) -> Arrange | None:
    """How rows are put in order; None where they stay as they come.

    Rows without a value come last either way, equal ones in stored order. With a limit no more than
    that many rows, and one to tell that there are more, are kept.
    """
    most = None if limit is None else limit + 1
    if field is None:
        return (lambda rows: reversed(deque(rows, most))) if reverse else None

    def arrange(rows: Iterator[Row]) -> Iterator[Row]:
        empty: list[Row] = []

        def filled() -> Iterator[Row]:
            for row in rows:
                if row.key is not None:
                    yield row
                elif most is None or len(empty) < most:
                    empty.append(row)

        if most is None:
            yield from sorted(filled(), key=_key, reverse=reverse)
        else:
            from heapq import nlargest, nsmallest

            yield from (nlargest if reverse else nsmallest)(most, filled(), key=_key)
        yield from empty

    return arrange


def _key(row: Row) -> Any:
    return row.key
