"""Who deals with whom: pairs of actors or of countries, how often and how, lately and before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from dipcli.errors import UnknownValue, suggestion
from dipcli.facts import Facts, Party, number
from dipcli.summary import periods
from dipcli.summary.counting import Counts, dyads, key, names_of
from dipcli.summary.results import Matrix, Pair, Tally
from dipcli.summary.stats import stat

KINDS = ("person", "country", "organization")
PERSONS_OF = "country"
"""The kind of pair for which persons and bodies stand for their countries."""
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
    done = Counts(facts).occurred(range(len(facts)))
    starts = [facts.start[row] for row in done if facts.start[row]]
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
    """A row for each two who deal with each other (`counting.dyads`), those with most dealings first.

    kind: only persons, countries or organisations; persons and bodies then count for their countries
    kinds: the kind of each actor by id, which `kind` asks for
    limit: rows at most
    trend: what `recent` and `before` are counted in; without it both are 0

    Raises UnknownValue.
    """
    counts, groups = _grouped(facts, kind, kinds or {}, acts)
    order = sorted(groups, key=lambda pair: (*_size(counts, groups[pair]), pair))
    counts_before, before = (counts, groups)
    if trend and trend.earlier is not facts:
        counts_before, before = _grouped(trend.earlier, kind, kinds or {}, acts)
    whole = counts.by_status(range(len(facts))).get("occurred", 0)
    names = names_of(facts)
    field = "country" if kind == PERSONS_OF else "actor"
    found = []
    for pair in order[:limit]:
        row = stat((field, field), pair, groups[pair], counts, whole, names)
        found.append(
            Pair(
                **msgspec.structs.asdict(row),
                balance=_balance(row),
                recent=_within(counts, groups[pair], trend.recent) if trend else 0,
                before=_within(counts_before, before.get(pair, []), trend.before) if trend else 0,
            )
        )
    return found


def matrix(
    facts: Facts,
    *,
    kind: str | None = None,
    kinds: Mapping[str, str] | None = None,
    acts: bool = False,
    side: int = SIDE,
) -> Matrix:
    """How often each two of the `side` with most dealings dealt with each other; as for `pairs`."""
    counts, groups = _grouped(facts, kind, kinds or {}, acts)
    many = {pair: -_size(counts, rows)[0] for pair, rows in groups.items()}
    total = Counter[str]()
    for pair, count in many.items():
        total.update(dict.fromkeys(pair, count))
    busiest = [who for who, count in sorted(total.items(), key=lambda item: (-item[1], item[0])) if count][
        :side
    ]
    names, field = names_of(facts), "country" if kind == PERSONS_OF else "actor"
    rows = [[many.get((min(one, other), max(one, other)), 0) for other in busiest] for one in busiest]
    return Matrix(parties=[key(field, who, names) for who in busiest], counts=rows)


Groups = dict[tuple[str, str], list[int]]


def _grouped(facts: Facts, kind: str | None, kinds: Mapping[str, str], acts: bool) -> tuple[Counts, Groups]:
    """The rows of each pair."""
    if kind is not None and kind not in KINDS:
        raise UnknownValue(f"unknown kind '{kind}'", hint=suggestion(kind, KINDS))
    groups: Groups = {}
    for row, found in enumerate(dyads(facts, [_who(kind, kinds)(party) for party in facts.parties])):
        for pair in found:
            groups.setdefault(pair, []).append(row)
    return Counts(facts, acts), groups


def _who(kind: str | None, kinds: Mapping[str, str]) -> Callable[[Party], str | None]:
    if kind == PERSONS_OF:
        return lambda party: party.country
    return lambda party: party.id if kind is None or kinds.get(party.id) == kind else None


def _size(counts: Counts, rows: list[int]) -> tuple[int, int]:
    """What pairs are ordered by: how many took place, and are planned, most first."""
    status = counts.by_status(rows)
    return -status.get("occurred", 0), -status.get("planned", 0)


def _within(counts: Counts, rows: list[int], days: Days) -> int:
    """How many began in a span."""
    first, last = days
    start = counts.facts.start
    return len(
        {counts.units[row] for row in counts.occurred(rows) if first <= start[row] <= last and start[row]}
    )


def _balance(row: Tally) -> float | None:
    cooperation = row.verbal_cooperation + row.material_cooperation
    conflict = row.verbal_conflict + row.material_conflict
    both = cooperation + conflict
    return round((cooperation - conflict) / both, 2) if both else None
