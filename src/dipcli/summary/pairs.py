"""Who deals with whom: pairs of actors or of countries, how often and how, lately and before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dipcli.errors import UnknownValue, suggestion
from dipcli.facts import Facts, number
from dipcli.summary import fields, periods
from dipcli.summary.counting import OCCURRED, Counts, ranked, rows_of
from dipcli.summary.results import Matrix, Pair

KINDS = ("person", "country", "organization")
SIDE = 12
"""Rows of a matrix."""
Days = tuple[int, int]
"""First and last day of a span (2022-05-16 is 20220516)."""


class Trend(NamedTuple):
    """What the latest dealings are compared with."""

    recent: Days
    before: Days
    earlier: Facts
    """What `before` is counted in."""


def spans(facts: Facts, since: str | None, until: str | None) -> tuple[Days, Days]:
    """The span asked for and the one before it; without a beginning the twelve months up to the end, which
    without one is that of the last event that took place."""
    status = [kind.status for kind in facts.kinds]
    starts = (start for start, kind in zip(facts.start, facts.kind, strict=True) if status[kind] == OCCURRED)
    end = number(until) or max(starts, default=0)
    if not end:
        return (0, 0), (0, 0)
    recent = (number(since), max(end, number(since))) if since else periods.last_year(end)
    return recent, periods.before(*recent)


def pairs(
    facts: Facts,
    *,
    kind: str | None = None,
    kinds: Mapping[str, str] | None = None,
    acts: bool = False,
    limit: int | None = None,
    trend: Trend | None = None,
) -> list[Pair]:
    """A row for each two who deal with each other, those with most dealings first.

    kind: only persons, countries (persons and bodies count for theirs) or organisations
    kinds: the kind of each actor by id, which `kind` asks for
    limit: rows at most
    trend: what `recent` and `before` are counted in; without it both are 0

    Raises UnknownValue.
    """
    counts, column = Counts(facts, acts), _column(facts, kind, kinds or {})
    codes = ranked(column, counts, limit)
    groups = rows_of(column, codes)
    found = {column.values[code][0]: groups[code] for code in codes}
    earlier = (
        _earlier(trend, kind, kinds or {}, list(found)) if trend and trend.earlier is not facts else found
    )
    counts_earlier = Counts(trend.earlier, acts) if trend else counts
    names, field = fields.names_of(facts), _field(kind)
    rows = []
    for pair, its in found.items():
        tally = counts.tally(its)
        cooperation = tally["verbal_cooperation"] + tally["material_cooperation"]
        both = cooperation + tally["verbal_conflict"] + tally["material_conflict"]
        rows.append(
            Pair(
                by=[fields.key(field, one, names) for one in pair],
                share=round(tally["count"] / counts.whole, 4) if counts.whole else None,
                balance=round((2 * cooperation - both) / both, 2) if both else None,
                recent=_within(counts, its, trend.recent) if trend else 0,
                before=_within(counts_earlier, earlier.get(pair, ()), trend.before) if trend else 0,
                **tally,
            )
        )
    return rows


def matrix(
    facts: Facts,
    *,
    kind: str | None = None,
    kinds: Mapping[str, str] | None = None,
    acts: bool = False,
    side: int = SIDE,
) -> Matrix:
    """How often each two of the `side` with most dealings dealt with each other; as for `pairs`."""
    counts, column = Counts(facts, acts), _column(facts, kind, kinds or {})
    done = counts.by_status(column.rows, column.codes)[OCCURRED]
    many = {column.values[code][0]: count for code, count in done.items()}
    total = Counter[str]()
    for (one, other), count in many.items():
        total[one] += count
        total[other] += count
    busiest = [who for who, _ in sorted(total.items(), key=lambda item: (-item[1], item[0]))][:side]
    names, field = fields.names_of(facts), _field(kind)
    rows = [[many.get((min(one, other), max(one, other)), 0) for other in busiest] for one in busiest]
    return Matrix(parties=[fields.key(field, who, names) for who in busiest], counts=rows)


def _field(kind: str | None) -> str:
    return "country" if kind == "country" else "actor"


def _column(facts: Facts, kind: str | None, kinds: Mapping[str, str]) -> fields.Column:
    """Which rows are dealings of which pair."""
    if kind is not None and kind not in KINDS:
        raise UnknownValue(f"unknown kind '{kind}'", hint=suggestion(kind, KINDS))
    if kind == "country":
        return fields.pairs(facts, [party.country for party in facts.parties])
    return fields.pairs(
        facts, [party.id if kind is None or kinds.get(party.id) == kind else None for party in facts.parties]
    )


def _earlier(
    trend: Trend, kind: str | None, kinds: Mapping[str, str], pairs: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], list[int]]:
    """The rows of some pairs in what `before` is counted in."""
    column, asked = _column(trend.earlier, kind, kinds), set(pairs)
    codes = [code for code in dict.fromkeys(column.codes) if column.values[code][0] in asked]
    return {column.values[code][0]: rows for code, rows in rows_of(column, codes).items()}


def _within(counts: Counts, rows: Sequence[int], days: Days) -> int:
    """How many took place and began in a span."""
    (first, last), start = days, counts.facts.start
    return counts.number(row for row in counts.occurred(rows) if start[row] and first <= start[row] <= last)
