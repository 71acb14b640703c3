"""What does not fit in an index: values of which one must be wrong, with the words on both sides.

`find` is a pure function of the records and mentions of an index. Each kind of conflict is a rule of
`dipcli.conflicts.rules`; `selecting` answers which of them a question is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from dipcli.conflicts.finding import SEVERITIES, Conflict, Severity, Side, identified
from dipcli.conflicts.rules import RULES, Rule
from dipcli.conflicts.world import Page, World
from dipcli.errors import IndexBusy
from dipcli.index import Snapshot, read
from dipcli.mentions import Mentions
from dipcli.records import Document

__all__ = ["RULES", "SEVERITIES", "Conflict", "Rule", "Severity", "Side", "find", "of_snapshot"]


class Records(Protocol):
    """Where the records of an index come from, by kind, in stored order."""

    def records(self, kind: str) -> Iterator[Any]: ...


def find(index: Records) -> list[Conflict]:
    """Every conflict of an index, each once: the gravest first, then by rule and what it is about."""
    world = World(index.records("events"), index.records("actors"))
    found: list[Conflict] = []
    for page in _pages(index.records("documents"), index.records("mentions")):
        world.read(page)
        for rule in RULES.values():
            if rule.of_page:
                found += rule.of_page(page, world)
    for rule in RULES.values():
        if rule.of_world:
            found += rule.of_world(world)
    distinct = {conflict.id: conflict for conflict in map(identified, found)}
    return sorted(distinct.values(), key=_order)


def of_snapshot(snapshot: Snapshot) -> list[Conflict]:
    """`find` for a snapshot that has no mentions open, as those made for queries. Raises IndexBusy where the
    index is in another state by now."""
    with read(snapshot.path, ("documents", "mentions", "events", "actors")) as whole:
        if whole.state != snapshot.state:
            raise IndexBusy(f"the index {whole.path} was changed meanwhile", hint="try again")
        return find(whole)


def _pages(documents: Iterable[Document], mentions: Iterable[Mentions]) -> Iterator[Page]:
    """Each document with its mentions; both come in the order of document ids."""
    waiting = iter(mentions)
    found = next(waiting, None)
    for document in documents:
        while found is not None and found.document < document.id:
            found = next(waiting, None)
        if found is not None and found.document == document.id:
            yield Page(document, found)


def _order(conflict: Conflict) -> tuple[int, int, str]:
    return SEVERITIES.index(conflict.severity), list(RULES).index(conflict.rule), conflict.id
