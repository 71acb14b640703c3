"""Clusters and tellings put into the store, so that they are found again."""

from __future__ import annotations

from collections.abc import Sequence

from dipcli.resolution.adding.rows import ClusterRow
from dipcli.resolution.adding.store import Store, shelf_number
from dipcli.resolution.clusters import sought
from dipcli.resolution.events import Fact
from dipcli.resolution.judge import Judge
from dipcli.resolution.tellings import Telling


def put_cluster(
    store: Store,
    members: Sequence[tuple[int, bool]],
    stem: str,
    place: tuple[str, int, int, str],
    event: Fact,
) -> None:
    row = ClusterRow([*members], stem, place, event)
    store.clusters.put(members[0][0], stem, event.id, row)


def seeking(told: Telling, judge: Judge) -> set[int]:
    """By what a telling is found: the shelves that it looks at, who takes part, and whose word it is."""
    beside, acting = sought(told, judge)
    found = {shelf_number(key) for key in (*beside, *(key for one in acting for key in one))}
    return found | {shelf_number(("", ident)) for ident in told.everybody.union(told.asserted_by)}
