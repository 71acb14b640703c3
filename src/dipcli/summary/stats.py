"""Counts, shares and intensity, for all events or by up to three fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from dipcli.errors import UsageError
from dipcli.facts import Facts
from dipcli.summary.counting import OCCURRED, PLANNED, Counts, ranked, rows_of
from dipcli.summary.fields import Column, column, key, names_of
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

    by: up to three of `fields.FIELDS`
    limit: rows at most; the others are not counted out
    titles: of documents, by id

    Periods are in order, other values with most events first. Raises UnknownValue and UsageError.
    """
    fields = list(by)
    if len(fields) > MOST:
        raise UsageError(f"counts are by {MOST} fields at most, not {len(fields)}")
    columns = [column(facts, fields[:depth]) for depth in range(len(fields) + 1)]
    if not len(facts):
        return []
    counts, found = Counts(facts, acts), columns[-1]
    if not fields:
        codes = [0]
    elif len(fields) == 1 and not PERIODS.keys() & set(fields):
        codes = ranked(found, counts, limit)
    else:
        codes = _nested(columns, fields, counts)[:limit]
    groups = rows_of(found, codes) if fields else {0: range(len(facts))}
    names = names_of(facts) | dict(titles or {})
    rows = []
    for code in codes:
        tally = counts.tally(groups[code])
        values = zip(fields, found.values[code], strict=True)
        share = round(tally["count"] / counts.whole, 4) if counts.whole else None
        rows.append(Stat(by=[key(field, value, names) for field, value in values], share=share, **tally))
    return rows


def _nested(columns: Sequence[Column], fields: Sequence[str], counts: Counts) -> list[int]:
    """The codes of the last column in order: by the first field's values, among these by the second's, …

    columns: of no field, of the first, of the first two, …
    """
    sizes = [counts.by_status(one.rows, one.codes) for one in columns]
    widths = [len(wide.values) // max(1, len(narrow.values)) for narrow, wide in pairwise(columns)]

    def place(code: int) -> list[int]:
        order: list[int] = []
        for depth in range(len(fields), 0, -1):
            size = sizes[depth]
            known = (0, 0) if fields[depth - 1] in PERIODS else (-size[OCCURRED][code], -size[PLANNED][code])
            order[:0] = [*known, code]
            code //= widths[depth - 1]
        return order

    return sorted(dict.fromkeys(columns[-1].codes), key=place)
