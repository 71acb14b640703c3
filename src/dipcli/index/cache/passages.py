"""Full text by the cache: the passages that satisfy a search, best first, and what is told in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import Any

from dipcli.index.cache import schema
from dipcli.index.cache.asked import Asked, actor_numbers, of_class, one_of, others
from dipcli.index.cache.reader import Reader


class Passages(Reader):
    """Look-ups of passages."""

    @cached_property
    def _best(self) -> dict[tuple[str, int], list[tuple[int, float]]]:
        """What was found by `best`."""
        return {}

    @cached_property
    def _counted(self) -> dict[str, int]:
        """How many passages there are, for what it was counted."""
        return {}

    def passages(
        self,
        match: str,
        *,
        documents: Iterable[str] | None = None,
        events: Asked | None = None,
        since: str | None = None,
        until: str | None = None,
        ranked: int,
    ) -> Iterator[tuple[int, int, int, float]]:
        """Passages for which `match` holds: the number of their document, first and last offset, BM25.

        The newest `ranked` (-1: all) come first, best first, then the others, the newest first. `documents` are
        ids of those that they must stand in, `events` what must hold of an event told there, if any
        is asked for; of the span is the event or the document, or has no date. Several may be given that
        do not satisfy all of this.
        """
        tables, where, values = self._of_passages(match, documents, events, since, until)
        newest = f"SELECT passages.rowid AS id, rank FROM {tables} WHERE {where} ORDER BY passages.rowid"
        if ranked < 0:
            found: Iterable[Any] = self.rows(f"SELECT * FROM ({newest}) ORDER BY round(rank, 3), id", values)
        else:
            best = self.best(match, ranked)
            rest = self.rows(f"{newest} LIMIT -1 OFFSET ?", [*values, ranked]) if len(best) == ranked else ()
            found = chain(best, rest)
        spans = 'SELECT start, "end" FROM passage WHERE id = ?'
        for number, rank in found:
            yield number >> schema.PASSAGE_BITS, *self.row(spans, [number]), -rank

    def best(self, match: str, ranked: int) -> list[tuple[int, float]]:
        """Of the newest `ranked` passages for which it holds number and rank, the best first."""
        if (match, ranked) not in self._best:
            newest = "SELECT rowid AS id, rank FROM passages WHERE passages MATCH ? ORDER BY rowid LIMIT ?"
            found = list(self.rows(f"SELECT * FROM ({newest}) ORDER BY round(rank, 3), id", [match, ranked]))
            self._best[match, ranked] = found
            if len(found) < ranked:
                self._counted[match] = len(found)
        return self._best[match, ranked]

    def count_passages(self, match: str, most: int = -1) -> int:
        """How many passages there are for which it holds; beyond `most` they are not counted."""
        if match in self._counted:
            return self._counted[match]
        sql = "SELECT count(*) FROM (SELECT 1 FROM passages WHERE passages MATCH ? LIMIT ?)"
        found: int = self.row(sql, [match, most])[0]
        if most < 0 or found < most:
            self._counted[match] = found
        return found

    def sizes(self) -> tuple[int, int]:
        """How many passages there are, and how many words they have."""
        sizes = dict(self.rows("SELECT key, value FROM meta WHERE key IN ('passages', 'words')"))
        return sizes["passages"], sizes["words"]

    def told(self, document: int, start: int, end: int) -> Iterator[bytes]:
        """Lines of the events that a stretch of a document is evidence for."""
        rows = self.rows(
            "SELECT e.id, e.offset, e.length FROM told t CROSS JOIN event e"
            ' ON e.id = t.event WHERE t.document = ? AND t.start < ? AND t."end" > ?',
            [document, end, start],
        )
        for number, offset, length in rows:
            yield self.line("events", number, offset, length)

    def alone(self) -> Iterator[bytes]:
        """Lines of the events that stand in no document."""
        for number, offset, length in self.rows("SELECT id, offset, length FROM event WHERE alone"):
            yield self.line("events", number, offset, length)

    def holding(self, matches: Iterable[str]) -> Iterator[int]:
        """Numbers of the documents for some passage of which each holds, the newest first."""
        each = f"SELECT rowid >> {schema.PASSAGE_BITS} FROM passages(?)"
        sql = f"{' INTERSECT '.join(each for _ in matches)} ORDER BY 1"
        return (number for (number,) in self.rows(sql, list(matches)))

    def vocabulary(self) -> list[str]:
        """All words of the passages, as they are indexed."""
        return [word for (word,) in self.rows("SELECT term FROM vocabulary")]

    def _of_passages(
        self,
        match: str,
        documents: Iterable[str] | None,
        events: Asked | None,
        since: str | None,
        until: str | None,
    ) -> tuple[str, str, list[Any]]:
        """The tables, what must hold, and its values."""
        where, values = ["passages MATCH ?"], [match]
        tables = "passages"
        if events is None and documents is None and not (since or until):
            return tables, where[0], values
        tables += f" JOIN passage p ON p.id = passages.rowid JOIN document d ON d.id = p.id >> {schema.PASSAGE_BITS}"
        if documents is not None:
            within, named = one_of({"d.ident": documents})
            where.append(within)
            values += named
        first, last = schema.day(since or "0000"), schema.day(until or "9999-99-99")
        told: list[str] = ['t.document = d.id AND t.start < p."end" AND t."end" > p.start']
        about: list[Any] = []
        if events is not None:
            also, about = of_class(self, events)
            numbers = actor_numbers(self, events)
            if numbers is None:
                return tables, "0", []
            others(also, about, numbers, [schema.code(country) for country in events.countries])
            told += also
        if since or until:
            told.append('(e.start IS NULL OR e.doubted OR (e.start <= ? AND e."end" >= ?))')
            about += [last, first]
        exists = (
            f"EXISTS (SELECT 1 FROM told t CROSS JOIN event e ON e.id = t.event WHERE {' AND '.join(told)})"
        )
        if events is None and (since or until):
            exists = f'({exists} OR d.start IS NULL OR (d.start <= ? AND d."end" >= ?))'
            about += [last, first]
        if events is not None or since or until:
            where.append(exists)
            values += about
        return tables, " AND ".join(where), values
