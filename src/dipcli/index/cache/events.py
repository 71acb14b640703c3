"""Events by the cache: which table to start from, and which stretches of parts to look through."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec

from dipcli.index.cache import schema
from dipcli.index.cache.asked import Asked, actor_numbers, days, is_dated, of_class, others
from dipcli.index.cache.reader import Reader
from dipcli.index.kinds import KINDS
from dipcli.index.snapshot import id_reader

FEW = 5_000
"""Events of an actor that are sooner read than looked up by their text."""


_EVENTS = "event e"
_UNDATED = schema.numbers_of(schema.UNDATED)


class _Plan(msgspec.Struct, frozen=True):
    """The tables that events are taken from, the column that has their number and the table that has their
    days, what must hold."""

    tables: str
    column: str
    days: str
    where: list[str]
    values: list[Any]
    whole: bool
    """Whether nothing else was asked for."""


class Events(Reader):
    """Look-ups of events."""

    def events(self, asked: Asked) -> Iterator[bytes]:
        """Lines of the events for which all that is asked may hold, in stored order, the undated with
        them whatever the span."""
        read_id = id_reader(KINDS["events"])
        for number, offset, length, checksum in self._merged(asked):
            data = self.line("events", number, offset, length)
            if schema.checksum(read_id(data)) != checksum:
                raise self.stale()
            yield data

    def _merged(self, asked: Asked) -> Iterator[tuple[int, int, int, int]]:
        from heapq import merge

        return merge(*self._ordered("SELECT e.id, e.offset, e.length, e.checksum", asked))

    def _ordered(self, select: str, asked: Asked) -> Iterator[Iterator[Any]]:
        plan = self._plan(asked)
        if plan is None:
            return
        yield self._in_runs(select, plan, asked)
        if is_dated(asked):
            sql, values = self._by_alternative(asked)
            yield self.rows(f"{select} {sql} GROUP BY e.id ORDER BY e.id", values)

    def _in_runs(self, select: str, plan: _Plan, asked: Asked) -> Iterator[Any]:
        for run in self._runs(asked):
            where, values = _within(plan, asked, run)
            sql = f"{select} FROM {plan.tables} WHERE {' AND '.join(where)} ORDER BY {plan.column}"
            yield from self.rows(sql, values)

    def count_events(self, asked: Asked) -> tuple[int, int] | None:
        """How many events there are for which all that is asked holds: those in the span, and those
        without a date (0 where no span is asked for). Null where they are sooner read."""
        plan = self._plan(asked)
        if plan is None:
            return 0, 0
        if not plan.whole:
            return None
        if plan.days == "p" and not any("e." in one for one in plan.where):
            plan = msgspec.structs.replace(plan, tables="participant p")  # which has their days too
        if not is_dated(asked):
            holds = " AND ".join(plan.where or ["1"]).replace("+e.class", "e.class")
            return self.row(f"SELECT count(*) FROM {plan.tables} WHERE {holds}", plan.values)[0], 0
        dated = undated = 0
        for run in self._runs(asked):
            if run == _UNDATED and plan.tables == _EVENTS:
                undated += self._count_undated(plan)
                continue
            where, values = _within(plan, asked, run)
            sql = f"SELECT count(*), count({plan.days}.start) FROM {plan.tables} WHERE {' AND '.join(where)}"
            every, with_date = self.row(sql, values)
            dated, undated = dated + with_date, undated + every - with_date
        sql, values = self._by_alternative(asked)
        dated += self.row(f"SELECT count(DISTINCT e.id) {sql}", values)[0]
        return dated, undated

    def numbers(self, asked: Asked) -> list[int] | None:
        """Numbers of the events for which all that is asked holds, the undated with them whatever the
        span. Null where their lines must be read."""
        plan = self._plan(asked)
        if plan is not None and not plan.whole:
            return None
        return sorted(number for rows in self._ordered("SELECT e.id", asked) for (number,) in rows)

    def _count_undated(self, plan: _Plan) -> int:
        """How many of the events without a date there are, by the index of classes."""
        holds = " AND ".join([*plan.where, "e.start IS NULL"]).replace("+e.class", "e.class")
        found: int = self.row(f"SELECT count(*) FROM {plan.tables} WHERE {holds}", plan.values)[0]
        return found

    def _plan(self, asked: Asked) -> _Plan | None:
        """From which table to go; null where nothing can match."""
        where, values = of_class(self, asked)
        actors = actor_numbers(self, asked)
        if actors is None:
            return None
        countries = [schema.code(country) for country in asked.countries]
        match = asked.match
        tables, column, days_of = _EVENTS, "e.id", "e"
        if actors and (match is None or actors[0][0] <= FEW):
            (_, number, sides), *actors = actors
            tables, column, match = "participant p CROSS JOIN event e ON e.id = p.event", "p.event", None
            days_of = "p"
            where, values = ["p.actor = ?", "p.sides & ?", *where], [number, sides, *values]
        elif match is not None:
            tables, column = "says CROSS JOIN event e ON e.id = says.rowid", "says.rowid"
            where, values = ["says MATCH ?", *where], [match, *values]
        elif countries:
            tables, column = "country c CROSS JOIN event e ON e.id = c.event", "c.event"
            where, values = ["c.code = ?", *where], [countries.pop(), *values]
        others(where, values, actors, countries)
        return _Plan(tables, column, days_of, where, values, match == asked.match)

    def _by_alternative(self, asked: Asked) -> tuple[str, list[Any]]:
        """Events that lie in the span by the alternative of a doubted date alone."""
        first, last = days(asked.since, asked.until)
        where, values = of_class(self, asked)
        actors = actor_numbers(self, asked) or []
        where.append('NOT (e.start <= ? AND e."end" >= ?)')
        values += [last, first]
        if actors:
            (_, number, sides), *actors = actors
            tables = "participant p CROSS JOIN event e ON e.id = p.event CROSS JOIN alternative a ON a.event = e.id"
            where = ["p.actor = ? AND p.sides & ? AND p.sides & ? AND a.start <= ?", *where]
            values = [number, sides, schema.DOUBTED, last, *values]
        else:
            (longest,) = self.row("SELECT value FROM meta WHERE key = 'longest'")
            tables = "alternative a CROSS JOIN event e ON e.id = a.event"
            where = ["a.start BETWEEN ? AND ?", *where]
            values = [first - longest, last, *values]
        where.append('a."end" >= ?')
        values.append(first)
        others(where, values, actors, [schema.code(country) for country in asked.countries])
        if asked.match is not None:
            where.append("e.id IN (SELECT rowid FROM says WHERE says MATCH ?)")
            values.append(asked.match)
        return f"FROM {tables} WHERE {' AND '.join(where)}", values

    def _runs(self, asked: Asked) -> list[tuple[int, int] | None]:
        """First and last numbers of the stretches of parts that may have events of the span."""
        if not is_dated(asked):
            return [None]
        first, last = days(asked.since, asked.until)
        runs: list[tuple[int, int]] = []
        goes_on = False
        for part, low, high in self._stretches:
            if low is not None and high is not None and (low > last or high < first):
                goes_on = False
                continue
            begin, end = schema.numbers_of(part)
            if goes_on and part != schema.UNDATED:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((begin, end))
            goes_on = True
        return list(runs)

    @cached_property
    def _stretches(self) -> list[tuple[int, int | None, int | None]]:
        return list(self.rows("SELECT part, low, high FROM stretch ORDER BY part"))


def _within(plan: _Plan, asked: Asked, run: tuple[int, int] | None) -> tuple[list[str], list[Any]]:
    """What must hold of the plan's events in one run of parts."""
    if run is None:
        return plan.where or ["1"], plan.values
    first, last = days(asked.since, asked.until)
    table = plan.days
    dated = f'({table}.start IS NULL OR ({table}.start <= ? AND {table}."end" >= ?))'
    span = [f"{plan.column} BETWEEN ? AND ?", dated]
    return [*plan.where, *span], [*plan.values, *run, last, first]
