"""What an index holds, brought together and written: the last step of every change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from dipcli import index as indexes
from dipcli.decisions import added
from dipcli.decisions.types import Decision, Ruling, effective
from dipcli.errors import IndexFormatError
from dipcli.index import Settings, Snapshot, manifest
from dipcli.index.kinds import KINDS
from dipcli.index.ledger import Records, Scratch
from dipcli.index.snapshot import id_reader
from dipcli.index.transaction import INPUTS, Transaction
from dipcli.ingestion.changes import Changes
from dipcli.ingestion.report import Renamed, Report
from dipcli.records import Event

if TYPE_CHECKING:
    from dipcli.resolution import Resolved, Spool


class Work(NamedTuple):
    """The state before, a place for lines on their way, and (but for a dry run) what writes."""

    before: Snapshot | None
    scratch: Scratch
    transaction: Transaction | None


@contextmanager
def opened(index: Path, dry_run: bool, timeout: float) -> Iterator[Work]:
    with ExitStack() as stack:
        if dry_run:
            before = None
            if (index / manifest.NAME).is_file():
                before = stack.enter_context(indexes.read(index, INPUTS))
            yield Work(before, Scratch(index, stack.enter_context(TemporaryFile(buffering=0))), None)
        else:
            transaction = stack.enter_context(Transaction(index, timeout=timeout))
            yield Work(transaction.snapshot, transaction.scratch(), transaction)


def write(
    work: Work,
    changes: Changes,
    settings: Settings,
    report: Report,
    decided: Sequence[Decision],
    check: Callable[[Sequence[Ruling]], None] = lambda rulings: None,
    keep: bool = True,
) -> Sequence[Ruling]:
    """Brings the documents together under the decisions and writes what changed; what became of each
    decision, unless nothing is new. `check` sees that before anything is written, and may raise. `keep`:
    whether what the next change needs is kept in the index's cache folder."""
    from dipcli.resolution import resolve

    before, transaction = work.before, work.transaction
    changes.add(added.documents(effective(decided)[0]))
    can_remember = find_spec("_sqlite3") is not None
    if can_remember and changes.any and not decided:
        from dipcli.ingestion.addition import write_added

        if write_added(before, transaction, changes, settings, report):
            return []
    if not before and not changes.any:
        report.counts = dict.fromkeys(KINDS, 0)
        return []
    if before and not changes.any and (transaction is None or transaction.is_current(settings)):
        report.counts = dict(before.manifest.counts)
        return []
    with ExitStack() as stack:
        memory = store = None
        if transaction and can_remember:
            from dipcli.ingestion.memory import LEAST, Memory

            memory = Memory(transaction.path)
            if keep and not decided and changes.mentions.size >= LEAST:
                store = stack.enter_context(memory.made())
        report.copies = changes.link()
        documents, mentions = Records(changes.documents), Records(changes.mentions)
        resolved = resolve(documents, mentions, decided, store, work.scratch)
        check(resolved.rulings)
        _write_all(work, changes, settings, report, resolved)
        if memory and store:
            memory.put(store, changes.bands())
        elif memory:
            memory.drop()
    return resolved.rulings


def _write_all(work: Work, changes: Changes, settings: Settings, report: Report, resolved: Resolved) -> None:
    """Writes all that was resolved."""
    before, transaction = work.before, work.transaction
    report.decisions = dict(sorted(Counter(ruling.state for ruling in resolved.rulings).items()))
    changes.mark(resolved.marked)
    derived: dict[str, Spool[Any]] = {
        "events": resolved.events,
        "actors": resolved.actors,
        "relations": resolved.relations,
    }
    ledgers = (changes.documents, changes.mentions)
    report.counts = {ledger.kind.name: len(ledger) for ledger in ledgers}
    report.counts |= {kind: len(records) for kind, records in derived.items()}
    if before:
        report.renamed = _renamed(before.path, resolved.events)
    if transaction:
        for ledger in ledgers:
            transaction.stage_ledger(ledger)
        for kind, records in derived.items():
            transaction.stage_lines(kind, len(records), records.line)
        transaction.commit(settings)


class _Told(msgspec.Struct):
    document: str
    char_start: int
    char_end: int


class _OldEvent(msgspec.Struct):
    id: str
    type: str
    evidence: list[_Told]


_Span = tuple[str, str, int, int]


def _renamed(index: Path, events: Spool[Event]) -> list[Renamed]:
    """Events of the index whose id is not among the new, while their words tell a new one."""
    read_id = id_reader(KINDS["events"])
    ids = {read_id(events.line(number)) for number in range(len(events))}
    lost: list[_OldEvent] = []
    with suppress(IndexFormatError), indexes.read(index, ("events",)) as before:
        decode = msgspec.json.Decoder(_OldEvent).decode
        lost = [decode(line) for line in before.raw("events") if read_id(line) not in ids]
    if not lost:
        return []
    asked = {span for old in lost for span in _spans(old)}
    told: dict[_Span, str] = {}
    for event in events:
        told.update((span, event.id) for span in _spans(event) if span in asked)
    found = []
    for old in lost:
        if new := next((told[span] for span in _spans(old) if span in told), None):
            found.append(Renamed(old.id, new))
    return found


def _spans(event: _OldEvent | Event) -> Iterator[_Span]:
    """The words that tell an event, with its type."""
    return ((event.type, said.document, said.char_start, said.char_end) for said in event.evidence)
