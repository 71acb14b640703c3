"""Counting rows of facts: how many occasions or acts, and what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from math import fsum
from operator import itemgetter
from typing import Any

from dipcli.facts import QUADS, REQUEST, Facts, interval, quad_class
from dipcli.summary.fields import Column

STATUSES = OCCURRED, PLANNED, CANCELLED = "occurred", "planned", "cancelled"
SCORES = ("score", "goldstein")


class Counts:
    """Counts of rows of facts: of occasions, or of acts."""

    def __init__(self, facts: Facts, acts: bool = False) -> None:
        self.facts = facts
        self.units: Sequence[int] = range(len(facts)) if acts else facts.occasion
        """What a row counts as."""
        self._status = [kind.status for kind in facts.kinds]
        self._quad = [quad_class(kind.type, kind.quad) for kind in facts.kinds]
        self._scores = {name: [getattr(kind, name) for kind in facts.kinds] for name in SCORES}

    def by_status(self, rows: Sequence[int], codes: Sequence[Any]) -> dict[str, Counter[Any]]:
        """How many of each code took place, are planned, were cancelled; `codes` stand beside the rows."""
        status = list(map(self._status.__getitem__, map(self.facts.kind.__getitem__, rows)))
        units = list(map(self.units.__getitem__, rows))
        found = {}
        for one in STATUSES:
            seen = set(compress(zip(codes, units, strict=True), map(one.__eq__, status)))
            found[one] = Counter(map(itemgetter(0), seen))
        return found

    def occurred(self, rows: Iterable[int]) -> list[int]:
        """The rows of what took place."""
        kinds, status = self.facts.kind, self._status
        return [row for row in rows if status[kinds[row]] == OCCURRED]

    @cached_property
    def whole(self) -> int:
        """How many took place in all."""
        return self.number(self.occurred(range(len(self.facts))))

    def number(self, rows: Iterable[int]) -> int:
        """How many occasions or acts the rows are."""
        return len(set(map(self.units.__getitem__, rows)))

    def tally(self, rows: Sequence[int]) -> dict[str, Any]:
        """The fields of a Tally of some rows."""
        facts = self.facts
        done = self.occurred(rows)
        units = list(map(self.units.__getitem__, done))
        times = Counter(units)
        kinds = list(map(facts.kind.__getitem__, done))
        shared = [(unit, kind) for unit, kind in zip(units, kinds, strict=True) if times[unit] > 1]
        alone = Counter(kinds)
        alone.subtract(kind for _, kind in shared)
        others = [row for row in rows if self._status[facts.kind[row]] != OCCURRED]
        status = self.by_status(others, [0] * len(others))
        whens = {(start, facts.end[row]) for row in done if (start := facts.start[row])}
        documents, told = self._documents(done, units, len(times) == len(units))
        return {
            "count": len(times),
            "planned": status[PLANNED][0],
            "cancelled": status[CANCELLED][0],
            "acts": len(done),
            **self._quads(alone, shared),
            **self._intensity("score", alone, shared),
            **self._intensity("goldstein", alone, shared),
            "first_seen": interval(*min(whens, default=(0, 0))),
            "last_seen": interval(*max(whens, key=lambda when: (when[0], -when[1]), default=(0, 0))),
            "documents": documents,
            "documents_each": round(told / len(times), 2) if times else None,
        }

    def _documents(self, rows: Sequence[int], units: Sequence[int], single: bool) -> tuple[int, int]:
        """How many documents tell it, and how many for each unit, added up."""
        lists = [self.facts.documents[row] for row in rows]
        every = {one for told in lists for one in told}
        if single:
            return len(every), sum(map(len, lists))
        return len(every), len({(unit, one) for unit, told in zip(units, lists, strict=True) for one in told})

    def _quads(self, alone: Mapping[int, int], shared: Sequence[tuple[int, int]]) -> dict[str, int]:
        found = Counter[str | None]()
        for kind, many in alone.items():
            found[self._quad[kind]] += many
        found.update(quad for _, quad in {(unit, self._quad[kind]) for unit, kind in shared})
        return {name: found[name] for name in (*QUADS.values(), REQUEST)}

    def _intensity(
        self, name: str, alone: Mapping[int, int], shared: Sequence[tuple[int, int]]
    ) -> dict[str, float | None]:
        """Mean and sum of a score, in which an occasion counts with the mean of its events."""
        scores = self._scores[name]
        parts = [(score * many, many) for kind, many in alone.items() if (score := scores[kind]) is not None]
        scored = [(unit, score) for unit, kind in shared if (score := scores[kind]) is not None]
        times = Counter(unit for unit, _ in scored)
        total = fsum([*(part for part, _ in parts), *(score / times[unit] for unit, score in scored)])
        count = sum(many for _, many in parts) + len(times)
        return {
            f"{name}_mean": round(total / count, 2) if count else None,
            f"{name}_sum": round(total, 2) if count else None,
        }


def ranked(column: Column, counts: Counts, limit: int | None = None) -> list[int]:
    """The codes of a column, those that took place most often first, then those planned most; at most
    `limit`."""
    found = counts.by_status(column.rows, column.codes)
    done, planned = found[OCCURRED], found[PLANNED]
    if limit and limit < len(done):
        least = sorted(done.values(), reverse=True)[limit - 1]
        codes = [code for code, many in done.items() if many >= least]
    else:
        codes = list(dict.fromkeys(column.codes))
    return sorted(codes, key=lambda code: (-done[code], -planned[code], code))[:limit]


def rows_of(column: Column, codes: Iterable[int]) -> dict[int, list[int]]:
    """The rows of each of some codes."""
    groups: dict[int, dict[int, None]] = {code: {} for code in codes}
    for row, code in zip(column.rows, column.codes, strict=True):
        if code in groups:
            groups[code][row] = None
    return {code: list(rows) for code, rows in groups.items()}
