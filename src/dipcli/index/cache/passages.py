"""Full text by the cache: the passages that satisfy a search, the newest first, and what is told in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Protocol

import msgspec

from dipcli.index.cache import schema, spans
from dipcli.index.cache.asked import Asked, actor_numbers, days, is_dated, of_class, one_of, others
from dipcli.index.cache.reader import Reader
from dipcli.passages import SHAPE_BITS
from dipcli.passages import number as passage_number

FEW = 2_000
"""Passages that are sooner looked at one by one than compared with all others."""
_TOLD = "passages.rowid & 2"
"""Whether a passage tells an event: a bit of its shape (`dipcli.passages`)."""


class Wanted(Protocol):
    """What a search asks of a passage besides its words."""

    documents: frozenset[str] | None
    """Ids of those that it must stand in."""
    events: Asked | None
    """What must hold of an event told there."""
    since: str | None
    until: str | None
    """The span that such an event must be of; where none is told or asked for, the document."""
    undated: bool
    """Whether what has no date is of every span."""


class _When(msgspec.Struct, frozen=True):
    """What is asked of the date of an event `e` told in a passage, or else of its document `d`."""

    keys: list[str]
    """A passage for which it holds has one of these; none: any."""
    event: tuple[str, list[Any]]
    document: tuple[str, list[Any]]
    is_all: bool = False
    """Whether the keys say all of it."""


_ALWAYS = _When([], ("1", []), ("1", []), True)
_WITHOUT = _When([spans.UNDATED], ("e.start IS NULL", []), ("d.start IS NULL", []), True)


class Passages(Reader):
    """Look-ups of passages."""

    def passages(self, match: str | None, wanted: Wanted, *, after: int = 0, most: int = -1) -> list[int]:
        """Numbers of the passages beyond `after` for which `match` (null: no words are asked for) and all that
        is wanted holds, those of the newest documents first; at most `most` (-1: all)."""
        found: list[int] = []
        for rows in self._passages("passages.rowid", match, wanted, [self._when(wanted)], after, most):
            found += [number for (number,) in rows]
            if 0 <= most <= len(found):
                return found[:most]
        return found

    def count_passages(self, match: str | None, wanted: Wanted) -> int:
        """How many there are."""
        return self._counted(match, wanted, self._when(wanted))

    def count_undated(self, match: str | None, wanted: Wanted) -> int:
        """How many more there would be if what has no date were of every span."""
        return self._counted(match, wanted, _WITHOUT) - self._counted(
            match, wanted, _WITHOUT, self._within(wanted)
        )

    def among(self, match: str, first: int, last: int) -> set[int]:
        """Which of the passages from one number to another `match` holds for."""
        sql = "SELECT rowid FROM passages WHERE passages MATCH ? AND rowid BETWEEN ? AND ?"
        return {number for (number,) in self.rows(sql, [match, first, last])}

    def span(self, passage: int) -> tuple[int, int]:
        """First and last offset of a passage in its document."""
        start, end = self.row('SELECT start, "end" FROM passage WHERE id = ?', [passage])
        return start, end

    def having(self, beginning: str, prefix: bool) -> int:
        """How many passages have a word, or summed up each word that begins so."""
        if not prefix:
            found = next(self.rows("SELECT passages FROM word WHERE word = ?", [beginning]), (0,))
        else:
            sql = "SELECT coalesce(sum(passages), 0) FROM word WHERE word >= ? AND word < ?"
            found = self.row(sql, [beginning, f"{beginning}\U0010ffff"])
        return int(found[0])

    def sizes(self) -> tuple[int, int]:
        """How many passages there are, and how many words they have."""
        sizes = dict(self.rows("SELECT key, value FROM meta WHERE key IN ('passages', 'words')"))
        return sizes.get("passages", 0), sizes.get("words", 0)

    def vocabulary(self) -> dict[str, int]:
        """All words of the passages, as they are indexed, and how many passages have each."""
        return dict(self.rows("SELECT word, passages FROM word"))

    def told(self, document: int, place: int) -> Iterator[bytes]:
        """Lines of the events that the passage at a place of a document is evidence for."""
        first = passage_number(document, place)
        rows = self.rows(
            "SELECT e.id, e.offset, e.length FROM tells t CROSS JOIN event e ON e.id = t.event"
            " WHERE t.passage >= ? AND t.passage < ?",
            [first, first + (1 << SHAPE_BITS)],
        )
        for number, offset, length in rows:
            yield self.line("events", number, offset, length)

    def alone(self) -> Iterator[bytes]:
        """Lines of the events that stand in no document."""
        for number, offset, length in self.rows("SELECT id, offset, length FROM event WHERE alone"):
            yield self.line("events", number, offset, length)

    def holding(self, matches: Iterable[str]) -> Iterator[int]:
        """Numbers of the documents for some passage of which each holds, the newest first."""
        of_document = f"rowid >> {schema.PASSAGE_BITS}"
        some = "SELECT count(*) FROM (SELECT 1 FROM passages WHERE passages MATCH ? LIMIT ?)"
        counted = sorted((self.row(some, [match, FEW])[0], match) for match in matches)
        if counted[0][0] == FEW:
            each = f"SELECT {of_document} FROM passages(?)"
            sql = f"{' INTERSECT '.join(each for _ in counted)} ORDER BY 1"
            yield from (number for (number,) in self.rows(sql, [match for _, match in counted]))
            return
        (_, rarest), *common = counted
        there = "SELECT 1 FROM passages WHERE passages MATCH ? AND rowid >= ? AND rowid < ? LIMIT 1"
        for (number,) in self.rows(f"SELECT DISTINCT {of_document} FROM passages(?) ORDER BY 1", [rarest]):
            span = passage_number(number, 0), passage_number(number + 1, 0)
            if all(any(True for _ in self.rows(there, [match, *span])) for _, match in common):
                yield number

    def _counted(self, match: str | None, wanted: Wanted, *whens: _When) -> int:
        return sum(count for ((count,),) in self._passages("count(*)", match, wanted, whens))

    def _passages(
        self,
        what: str,
        match: str | None,
        wanted: Wanted,
        whens: Sequence[_When],
        after: int = 0,
        most: int = -1,
    ) -> Iterator[list[Any]]:
        """Asks for something of the passages for which each of `whens` holds, in one stretch of them after the
        other."""
        keys: list[str] | None = []
        if wanted.events is not None:
            keys = _keys(self, wanted.events)
        if keys is None:
            return
        words = [] if match is None else [f"({match})"]
        asked = " AND ".join([*words, *keys, *(_any_of(when.keys) for when in whens if when.keys)])
        table = "passages WHERE passages MATCH ?" if asked else "passage AS passages WHERE ? = ''"
        holds = [self._holds(wanted, when) for when in whens]
        conditions = " AND ".join(["passages.rowid BETWEEN ? AND ?", *(sql for sql, _ in holds)])
        values = list(chain.from_iterable(some for _, some in holds))
        sql = f"SELECT {what} FROM {table} AND {conditions} ORDER BY passages.rowid LIMIT {most}"
        for first, last in self._stretches_of(wanted.documents):
            yield self.all(sql, [asked, max(first, after + 1), last, *values])

    def _when(self, wanted: Wanted) -> _When:
        if not is_dated(wanted):
            return _ALWAYS
        within = self._within(wanted)
        if not wanted.undated:
            return within
        return _When(
            [*within.keys, *_WITHOUT.keys] if within.keys else [],
            (f"({within.event[0]} OR {_WITHOUT.event[0]})", within.event[1]),
            (f"({within.document[0]} OR {_WITHOUT.document[0]})", within.document[1]),
        )

    def _within(self, wanted: Wanted) -> _When:
        """In the span."""
        first, last = days(wanted.since, wanted.until)
        by_alternative = (
            "e.doubted AND EXISTS"
            ' (SELECT 1 FROM alternative WHERE event = e.id AND start <= ? AND "end" >= ?)'
        )
        return _When(
            spans.asked(*self._months(wanted)) or [],
            (f'(e.start <= ? AND e."end" >= ? OR {by_alternative})', [last, first, last, first]),
            ('d.start <= ? AND d."end" >= ?', [last, first]),
        )

    def _months(self, wanted: Wanted) -> tuple[int, int]:
        """First and last month of the span, an open one to the end of what is known."""
        if wanted.since is None:
            first = self._known("min", "first", "start") // 10_000 * 100 + 1
        else:
            first = schema.day(wanted.since) // 100
        if wanted.until is None:
            return first, self._known("max", "last", "end") // 10_000 * 100 + 112  # the next December
        return first, schema.day(wanted.until) // 100

    def _known(self, of: str, stretch: str, alternative: str) -> int:
        """The first or last day of all: 0 where there is none."""
        ends = (
            f"{of}({stretch}) FROM stretch",
            f"{of}(start) FROM document",
            f'{of}("{alternative}") FROM alternative',
        )
        rows = self.rows(" UNION ALL ".join(f"SELECT {end}" for end in ends))
        found: int = {"min": min, "max": max}[of]((day for (day,) in rows if day), default=0)
        return found

    def _stretches_of(self, documents: frozenset[str] | None) -> list[tuple[int, int]]:
        """First and last numbers that passages of documents can have."""
        if documents is None:
            return [(0, (1 << 63) - 1)]
        within, named = one_of({"ident": documents})
        numbers = self.rows(f"SELECT id FROM document WHERE {within} ORDER BY id", named)
        return [(passage_number(number, 0), passage_number(number + 1, 0) - 1) for (number,) in numbers]

    def _holds(self, wanted: Wanted, when: _When) -> tuple[str, list[Any]]:
        """What must hold of the events told in a passage, or of its document, where keys do not say it."""
        events = wanted.events
        if when.is_all and (events is None or (when is _ALWAYS and _is_one_key(events))):
            return "1", []
        where, values = when.event
        whole, given = [where], list(values)
        if events is not None:
            whole, given = of_class(self, events)
            others(
                whole,
                given,
                actor_numbers(self, events) or [],
                [schema.code(country) for country in events.countries],
            )
            whole.append(where)
            given += values
        told = "EXISTS (SELECT 1 FROM tells t CROSS JOIN event e ON e.id = t.event WHERE"
        told += f" {' AND '.join(['t.passage = passages.rowid', *whole])})"
        if events is not None:
            return told, given
        where, values = when.document
        document = f"d.id = passages.rowid >> {schema.PASSAGE_BITS} AND {where}"
        return f"iif({_TOLD}, {told}, EXISTS (SELECT 1 FROM document d WHERE {document}))", [*given, *values]


def _keys(cache: Reader, asked: Asked) -> list[str] | None:
    """What the full text index is asked for events told in passages; null where none can be."""
    numbers = actor_numbers(cache, asked)
    if numbers is None:
        return None
    keys = []
    for _, number, sides in numbers:
        acts = [side for side in (schema.ACTS, schema.ACTED_ON) if sides & side]
        keys.append(_any_of(schema.key(f"{side}a", number) for side in acts))
    keys += [_any_of([schema.key("c", country)]) for country in asked.countries]
    if "type" in asked.fields:
        keys.append(_any_of(schema.key("t", type) for type in sorted(asked.fields["type"])))
    return keys


def _is_one_key(asked: Asked) -> bool:
    """Whether a key says all that is asked: several may be those of several events."""
    given = len(asked.actors) + len(asked.countries) + len(asked.fields) + (asked.documents is not None)
    return given == 1 and asked.documents is None and asked.fields.keys() <= {"type"}


def _any_of(keys: Iterable[str]) -> str:
    quoted = [f'"{key}"' for key in keys]
    return f"({' OR '.join(quoted)})"
