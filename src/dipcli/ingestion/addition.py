"""Documents added to an index: only what they touch is resolved again, read and written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from dipcli import __version__
from dipcli import index as indexes
from dipcli.errors import IndexFormatError
from dipcli.index import Settings
from dipcli.index.amending import Amending
from dipcli.index.kinds import KINDS
from dipcli.index.snapshot import Snapshot
from dipcli.index.transaction import Transaction
from dipcli.ingestion.changes import Changes
from dipcli.ingestion.memory import Memory
from dipcli.ingestion.report import Renamed, Report
from dipcli.records import Actor, Relation
from dipcli.resolution.adding import Change, Library, Store, Unsettled, add

DERIVED = ("events", "actors", "relations")


def write_added(
    before: Snapshot | None,
    transaction: Transaction | None,
    changes: Changes,
    settings: Settings,
    report: Report,
) -> bool:
    """Writes an index with new documents, if that is all that changed, if they leave who others are as it was,
    and if enough is remembered of the others. Else nothing is done. Nothing may have been decided."""
    new = changes.only_added
    if not new or before is None or before.manifest.dipcli != __version__ or before.manifest.decisions:
        return False
    memory = Memory(before.path)
    with memory.recalled(before.state) as store:
        if store is None:
            return False
        try:
            _bring_together(store, before, transaction, changes, new, report)
        except (Unsettled, IndexFormatError, OSError, sqlite3.Error, msgspec.MsgspecError, LookupError):
            return False  # who others are changes, or what is remembered or on disk is not what it was
        if transaction:
            transaction.commit(settings)
            memory.keep(store)
    return True


def _bring_together(
    store: Store,
    before: Snapshot,
    transaction: Transaction | None,
    changes: Changes,
    new: set[str],
    report: Report,
) -> None:
    """Resolves what new documents touch, and prepares the parts that change by it."""
    copies = changes.link_added(new, store.bands)
    if copies is None:
        raise Unsettled
    with indexes.read(before.path, DERIVED) as snapshot:
        records = _Records(snapshot)
        library = Library(changes.documents.record, changes.mentions.record)
        change = add(store, library, records, new)
        records.amend(change)
        if transaction:
            for ledger in (changes.documents, changes.mentions):
                transaction.stage_ledger(ledger)
            for amending in records.kinds.values():
                transaction.stage_amended(amending)
    report.copies = copies
    _report(report, before, changes, change)


class _Records:
    """The records that are made of documents, as they were and as they become."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.kinds = {kind: Amending(snapshot, KINDS[kind]) for kind in DERIVED}

    def actors(self, ids: Iterable[str]) -> dict[str, Actor]:
        return {name: found for name, (found, *_) in self.kinds["actors"].find(ids).items()}

    def relations(self, ids: Iterable[str]) -> dict[str, list[Relation]]:
        return self.kinds["relations"].find(ids)

    def amend(self, change: Change) -> None:
        self.kinds["events"].amend(change.events, change.former)
        self.kinds["actors"].amend(change.actors, ((name, None) for name in change.renewed))
        self.kinds["relations"].amend(change.relations, ((name, None) for name in change.ended))


def _report(report: Report, before: Snapshot, changes: Changes, change: Change) -> None:
    counts = {ledger.kind.name: len(ledger) for ledger in (changes.documents, changes.mentions)}
    counts |= {kind: before.manifest.counts[kind] + change.more[kind] for kind in DERIVED}
    report.counts = counts
    report.renamed = [Renamed(old, new) for old, new in change.renamed]
