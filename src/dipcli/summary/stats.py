"""Counts, shares and intensity, for all events or by up to three fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dipcli.errors import UsageError
from dipcli.facts import Facts
from dipcli.summary.counting import Counts, grouped, keys, names_of
from dipcli.summary.periods import PERIODS
from dipcli.summary.results import Stat

MOST = 3
"""Fields at once."""


def stats(
    facts: Facts,
    by: Iterable[str] = (),
    *,
    acts: bool = False,
    limit: int | None = None,
    titles: Mapping[str, str] | None = None,
) -> list[Stat]:
    """One row for each combination of values, or one for all; nothing where there are no events.

    by: up to three of `counting.FIELDS`
    limit: rows at most; the others are not counted out
    titles: of documents, by id

    Periods are in order, other values with most events first. Raises UnknownValue and UsageError.
    """
    fields = list(by)
    if len(fields) > MOST:
        raise UsageError(f"counts are by {MOST} fields at most, not {len(fields)}")
    if not len(facts):
        return []
    counts = Counts(facts, acts)
    groups = grouped(facts, fields) if fields else {(): list(range(len(facts)))}
    whole = counts.by_status(range(len(facts))).get("occurred", 0)
    names = names_of(facts) | dict(titles or {})
    return [
        stat(fields, values, groups[values], counts, whole, names)
        for values in _ordered(groups, fields, counts)[:limit]
    ]


def stat(
    fields: Sequence[str],
    values: Sequence[Any],
    rows: list[int],
    counts: Counts,
    whole: int,
    names: dict[str, str],
) -> Stat:
    """The row of one combination of values."""
    tally = counts.tally(rows)
    share = round(tally["count"] / whole, 4) if whole else None
    return Stat(by=keys(fields, values, names), share=share, **tally)


def _ordered(
    groups: Mapping[tuple[Any, ...], list[int]], fields: Sequence[str], counts: Counts
) -> list[tuple[Any, ...]]:
    """The combinations in order: by the first field's values, among these by the second's, …"""
    sizes: dict[tuple[Any, ...], tuple[int, int]] = {}
    for depth in range(len(fields)):
        beginning: dict[tuple[Any, ...], list[int]] = {}
        for values, rows in groups.items():
            beginning.setdefault(values[: depth + 1], []).extend(rows)
        for values, rows in beginning.items():
            status = counts.by_status(rows)
            sizes[values] = -status.get("occurred", 0), -status.get("planned", 0)

    def place(values: tuple[Any, ...]) -> list[Any]:
        order: list[Any] = []
        for depth, field in enumerate(fields):
            size = (0, 0) if field in PERIODS else sizes[values[: depth + 1]]
            order += [*size, values[depth] is None, str(values[depth])]
        return order

    return sorted(groups, key=place)
