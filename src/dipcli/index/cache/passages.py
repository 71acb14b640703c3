"""Full text by the cache: the passages that satisfy a search, the newest first, and what is told in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Protocol

from dipcli.index.cache import schema
from dipcli.index.cache.asked import Asked, actor_numbers, days, of_class, one_of, others
from dipcli.index.cache.reader import Reader
from dipcli.passages import SHAPE_BITS
from dipcli.passages import number as passage_number

FEW = 2_000
"""Passages that are sooner looked at one by one than compared with all others."""
YEARS = 12
"""Of a span that is looked up by its years."""
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
    """The span that such an event must be of; where none is told or asked for, the document. What has no date
    is of every span."""


class Passages(Reader):
    """Look-ups of passages."""

    def passages(self, match: str | None, wanted: Wanted, *, after: int = 0, most: int = -1) -> Iterator[int]:
        """Numbers of the passages beyond `after` for which `match` (null: no words are asked for) and all that
        is wanted holds, those of the newest documents first; at most `most` (-1: all)."""
        found = self._passages("passages.rowid", match, wanted, after, most)
        return (number for (number,) in islice(found, None if most < 0 else most))

    def count_passages(self, match: str | None, wanted: Wanted, *, undated: bool = True) -> int:
        """How many there are; `undated`: those without a date too."""
        rows = self._passages("count(*)", match, wanted, 0, -1, undated)
        return sum(count for (count,) in rows)

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

    def _passages(
        self, what: str, match: str | None, wanted: Wanted, after: int, most: int, undated: bool = True
    ) -> Iterator[Any]:
        """Asks for something of the passages, in one stretch of them after the other."""
        keys: list[str] | None = []
        if wanted.events is not None:
            keys = _keys(self, wanted.events)
        if keys is None:
            return
        words = [] if match is None else [f"({match})"]
        asked = " AND ".join([*words, *keys, *self._years(wanted)])
        where, values = self._told(wanted, undated)
        table = "passages WHERE passages MATCH ?" if asked else "passage AS passages WHERE ? = ''"
        sql = (
            f"SELECT {what} FROM {table} AND passages.rowid BETWEEN ? AND ?"
            f" {where} ORDER BY passages.rowid LIMIT {most}"
        )
        for first, last in self._stretches_of(wanted.documents):
            yield from self.rows(sql, [asked, max(first, after + 1), last, *values])

    def _years(self, wanted: Wanted) -> Iterator[str]:
        """What the index is asked for a span, where it has few years: of others, passages are found soon."""
        if wanted.since is None and wanted.until is None:
            return
        days = [
            *self.row("SELECT min(first), max(last) FROM stretch"),
            *self.row("SELECT min(start), max(start) FROM document"),
            *self.row('SELECT min(start), max("end") FROM alternative'),
        ]
        known = [day // 10_000 for day in days if day]
        first = int((wanted.since or f"{min(known, default=0)}")[:4])
        last = int((wanted.until or f"{max(known, default=0) + 1}")[:4])
        if last - first < YEARS:
            yield _any_of(schema.key("y", year) for year in ("", *range(first, last + 1)))

    def _stretches_of(self, documents: frozenset[str] | None) -> list[tuple[int, int]]:
        """First and last numbers that passages of documents can have."""
        if documents is None:
            return [(0, (1 << 63) - 1)]
        within, named = one_of({"ident": documents})
        numbers = self.rows(f"SELECT id FROM document WHERE {within} ORDER BY id", named)
        return [(passage_number(number, 0), passage_number(number + 1, 0) - 1) for (number,) in numbers]

    def _told(self, wanted: Wanted, undated: bool) -> tuple[str, list[Any]]:
        """What must hold of the events told in a passage, or of its document, where keys do not say it."""
        dated = wanted.since is not None or wanted.until is not None
        events = wanted.events
        if not dated and (events is None or _is_one_key(events)):
            return "", []
        first, last = days(wanted.since, wanted.until)
        where: list[str] = []
        values: list[Any] = []
        if events is not None:
            where, values = of_class(self, events)
            others(
                where,
                values,
                actor_numbers(self, events) or [],
                [schema.code(country) for country in events.countries],
            )
        no_date = "IS NULL" if undated else "IS NULL AND 0"
        if dated:
            where.append(
                f'(e.start {no_date} OR (e.start <= ? AND e."end" >= ?) OR (e.doubted AND EXISTS'
                ' (SELECT 1 FROM alternative WHERE event = e.id AND start <= ? AND "end" >= ?)))'
            )
            values += [last, first, last, first]
        told = "EXISTS (SELECT 1 FROM tells t CROSS JOIN event e ON e.id = t.event WHERE"
        told += f" {' AND '.join(['t.passage = passages.rowid', *where])})"
        if events is not None:
            return f"AND {told}", values
        document = (
            f"EXISTS (SELECT 1 FROM document d WHERE d.id = passages.rowid >> {schema.PASSAGE_BITS}"
            f' AND (d.start {no_date} OR (d.start <= ? AND d."end" >= ?)))'
        )
        return f"AND iif({_TOLD}, {told}, {document})", [*values, last, first]


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
