"""Counting rows of facts: how many occasions or acts, and what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, compress
from math import fsum
from operator import and_, gt, itemgetter, not_
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
        self._done = [kind.status == OCCURRED for kind in facts.kinds]
        self._quad = [quad_class(kind.type, kind.quad) for kind in facts.kinds]
        self._scores = {name: [getattr(kind, name) for kind in facts.kinds] for name in SCORES}

    @cached_property
    def _alone(self) -> list[bool]:
        """Whether a row is all that counts as one with it: then nothing must be kept from counting twice."""
        return list(map((1).__eq__, map(Counter(self.units).__getitem__, self.units)))

    def _parted(self, rows: Sequence[int]) -> tuple[list[bool], list[bool]]:
        """For each row whether it took place, and whether it did and is alone."""
        done = list(map(self._done.__getitem__, map(self.facts.kind.__getitem__, rows)))
        return done, list(map(and_, done, map(self._alone.__getitem__, rows)))

    def by_status(self, rows: Sequence[int], codes: Sequence[Any]) -> dict[str, Counter[Any]]:
        """How many of each code took place, are planned, were cancelled; `codes` stand beside the rows."""
        done, alone = self._parted(rows)
        found = {OCCURRED: Counter(compress(codes, alone)), PLANNED: Counter(), CANCELLED: Counter()}
        shared = compress(zip(rows, codes, strict=True), map(gt, done, alone))
        seen = {(self.units[row], code) for row, code in shared}
        found[OCCURRED].update(map(itemgetter(1), seen))
        kinds, facts = self.facts.kinds, self.facts
        others = compress(zip(rows, codes, strict=True), map(not_, done))
        for status, _, code in {
            (kinds[facts.kind[row]].status, self.units[row], code) for row, code in others
        }:
            found[status][code] += 1
        return found

    def occurred(self, rows: Sequence[int]) -> list[int]:
        """The rows of what took place."""
        return list(compress(rows, map(self._done.__getitem__, map(self.facts.kind.__getitem__, rows))))

    @cached_property
    def whole(self) -> int:
        """How many took place in all."""
        return self.number(self.occurred(range(len(self.facts))))

    def number(self, rows: Iterable[int]) -> int:
        """How many occasions or acts the rows are."""
        return len(set(map(self.units.__getitem__, rows)))

    def tally(self, rows: Sequence[int]) -> dict[str, Any]:
        """The fields of a Tally of some rows."""
        kinds = self.facts.kind
        done, lonely = self._parted(rows)
        alone = list(compress(rows, lonely))
        shared = list(compress(rows, map(gt, done, lonely)))
        others = list(compress(rows, map(not_, done)))
        status = self.by_status(others, [0] * len(others))
        units = [self.units[row] for row in shared]
        count = len(alone) + len(set(units))
        once = Counter(map(kinds.__getitem__, alone))
        together = [(unit, kinds[row]) for unit, row in zip(units, shared, strict=True)]
        documents, told = self._documents(alone, shared, units)
        first, last = self._ends([*alone, *shared])
        return {
            "count": count,
            "planned": status[PLANNED][0],
            "cancelled": status[CANCELLED][0],
            "acts": len(alone) + len(shared),
            **self._quads(once, together),
            **self._intensity("score", once, together),
            **self._intensity("goldstein", once, together),
            "first_seen": first,
            "last_seen": last,
            "documents": documents,
            "documents_each": round(told / count, 2) if count else None,
        }

    def _ends(self, rows: Sequence[int]) -> tuple[str | None, str | None]:
        """When the first and the last began, as exactly as is known."""
        start, end = self.facts.start, self.facts.end
        starts = list(map(start.__getitem__, rows))
        found = []
        for day in (min(filter(None, starts), default=0), max(starts, default=0)):
            until = min((end[row] for row in compress(rows, map(day.__eq__, starts))), default=0)
            found.append(interval(day, until))
        return found[0], found[1]

    def _documents(
        self, alone: Sequence[int], shared: Sequence[int], units: Sequence[int]
    ) -> tuple[int, int]:
        """How many documents tell it, and how many for each unit, added up."""
        lists = self.facts.documents
        once = list(chain.from_iterable(lists.of(alone)))
        told = {(unit, one) for unit, some in zip(units, lists.of(shared), strict=True) for one in some}
        return len({*once, *(one for _, one in told)}), len(once) + len(told)

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
    groups: dict[int, list[int]] = {code: [] for code in codes}
    for row, code in zip(column.rows, column.codes, strict=True):
        if code in groups:
            groups[code].append(row)
    return groups
