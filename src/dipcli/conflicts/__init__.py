"""What does not fit in an index: values of which one must be wrong, with the words on both sides.

`find` is a pure function of the records and mentions of an index. Each kind of conflict is a rule of
`dipcli.conflicts.rules`; `selecting` answers which of them a question is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from dipcli.conflicts.finding import SEVERITIES, Conflict, Severity, Side, identified
from dipcli.conflicts.rules import RULES, Rule
from dipcli.conflicts.world import Page, Source, World
from dipcli.errors import IndexBusy
from dipcli.index import Snapshot, read
from dipcli.mentions import Mentions
from dipcli.query.stored import view_reader
from dipcli.records import Document

__all__ = [
    "RULES",
    "SEVERITIES",
    "Conflict",
    "Rule",
    "Severity",
    "Side",
    "digests",
    "find",
    "of_snapshot",
    "records_of",
]


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
    distinct = {conflict.id: conflict for conflict in map(identified, _once(found, world))}
    return sorted(distinct.values(), key=_order)


def _once(found: Iterable[Conflict], world: World) -> Iterator[Conflict]:
    """The conflicts but those that only a copy of a document repeats."""
    seen: set[tuple[str, str, str, str]] = set()
    copied: list[Conflict] = []
    for conflict in found:
        if (
            conflict.a.evidence
            and world.original(conflict.a.evidence.document) != conflict.a.evidence.document
        ):
            copied.append(conflict)
        else:
            seen.add(_said(conflict, world))
            yield conflict
    for conflict in copied:
        if (said := _said(conflict, world)) not in seen:
            seen.add(said)
            yield conflict


def _said(conflict: Conflict, world: World) -> tuple[str, str, str, str]:
    document = conflict.a.evidence.document if conflict.a.evidence else ""
    return conflict.rule, conflict.a.value, conflict.b.value, world.original(document)


def of_snapshot(snapshot: Snapshot) -> list[Conflict]:
    """`find` for a snapshot that has no mentions open, as those made for queries. Raises IndexBusy where the
    index is in another state by now."""
    with read(snapshot.path, ("documents", "mentions", "events", "actors")) as whole:
        if whole.state != snapshot.state:
            raise IndexBusy(f"the index {whole.path} was changed meanwhile", hint="try again")
        return find(whole)


def records_of(snapshot: Snapshot) -> World:
    """The records of a snapshot, and the titles and dates of its documents; no mentions."""
    world = World(snapshot.records("events"), snapshot.records("actors"))
    read_head = view_reader("documents", "id", "title", "path", "published")
    for head in map(read_head, snapshot.raw("documents")):
        world.sources[head.id] = Source(head.title or head.path, head.published)
    return world


def digests(snapshot: Snapshot) -> dict[str, str]:
    """Ids of documents by SHA-256."""
    read_head = view_reader("documents", "id", "sha256")
    return {head.sha256: head.id for head in map(read_head, snapshot.raw("documents"))}


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
