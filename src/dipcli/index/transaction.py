"""Changing an index: whole or not at all.

1. The writer holds the index's lock. What an interrupted writer had committed is finished, what it
   had not is swept away.
2. Each changed part is written into `pending/`; parts that stay the same are not touched.
3. Parts and folder are flushed to disk; then a new manifest replaces the old. *This is the commit.*
4. The parts move to their paths, and parts that the manifest does not name are removed.

A crash before 3 leaves the old state and rubbish that no reader looks at; a crash after 3 leaves the
new state, of which some parts are still in `pending`, where readers look first.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from io import FileIO
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

from dipcli import __version__
from dipcli.index import manifest as manifests
from dipcli.index.amending import Amending, key_reader
from dipcli.index.disk import AS_BEFORE, flush, flush_all, protect, writing
from dipcli.index.kinds import KINDS, WHOLE, Kind, encode, order
from dipcli.index.ledger import Ledger, Scratch
from dipcli.index.lock import lock
from dipcli.index.manifest import PENDING, Manifest, Part, Settings
from dipcli.index.place import create
from dipcli.index.snapshot import Snapshot, read
from dipcli.records import FORMAT_VERSION

DECISIONS = "decisions.jsonl"
INPUTS = ("documents", "mentions")
"""The kinds that the others are made from; a damaged file of another kind is simply made anew."""


class Transaction:
    """The one writer of the index `path`, which is made if there is none.

        with Transaction(path) as transaction:
            transaction.stage("events", events)
            transaction.commit(settings)

    Kinds that are not staged stay as they are. Without `commit` nothing changes. Entering raises
    `IndexBusy` after `timeout` seconds, `UsageError` where the folder holds other things, and
    `IndexFormatError`; every step raises `IndexWriteError` where the disk refuses.
    """

    def __init__(self, path: Path, *, timeout: float = 0) -> None:
        self.path = path
        self.snapshot: Snapshot | None = None
        """The state before, with `INPUTS` opened; null in a new index."""
        self._timeout = timeout
        self._outcome = AS_BEFORE
        self._stack = ExitStack()
        self._parts: dict[str, list[Part]] = {}
        self._written: set[Part] = set()
        self._decided: bytes | None = None

    def __enter__(self) -> Transaction:
        with ExitStack() as stack, writing(self.path):
            is_new = not self.path.exists()
            create(self.path)
            if is_new:
                stack.callback(self._remove_if_unused)
            stack.enter_context(lock(self.path, self._timeout))
            if (self.path / manifests.NAME).is_file():
                self.snapshot = stack.enter_context(read(self.path, INPUTS))
                self._parts = dict(self.snapshot.manifest.parts)
                self._finish(self.snapshot.manifest)
            else:
                self._sweep()
            (self.path / PENDING).mkdir(mode=0o700, exist_ok=True)
            stack.callback(self._sweep)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with writing(self.path, self._outcome):
            self._stack.close()

    def is_current(self, settings: Settings) -> bool:
        """Whether the state before was made under these settings, decisions and this version, and all
        its files are in place: then the same documents need no new records."""
        if self.snapshot is None:
            return False
        before = self.snapshot.manifest
        inputs = (FORMAT_VERSION, settings, __version__, self._decisions())
        return (before.format, before.settings, before.dipcli, before.decisions) == inputs and all(
            self._is_at_its_path(kind, part) for kind, parts in before.parts.items() for part in parts
        )

    def scratch(self) -> Scratch:
        """A file in the index for lines on their way; it is gone when the transaction ends."""
        with writing(self.path):
            return Scratch(
                self.path, self._stack.enter_context(FileIO(self.path / PENDING / "scratch", "w+"))
            )

    def stage(self, kind: str, records: Iterable[Any]) -> None:
        """Gives a kind these records, in whatever order, in place of those it has."""
        lines = [encode(record) for record in records]
        self.stage_lines(kind, len(lines), lines.__getitem__)

    def stage_lines(self, kind: str, count: int, line: Callable[[int], bytes]) -> None:
        """As `stage`, of records by their lines, each asked for by its number when it is written."""
        of, keys, size = KINDS[kind], [], 0
        read = key_reader(of)
        for data in map(line, range(count)):
            keys.append(order(read(data)))
            size += len(data) + 1
        layout = of.layout(count, size)
        groups: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number in sorted(range(count), key=keys.__getitem__):
            _, start, name = keys[number]
            groups[of.path(name, start or None, layout)].append(number)
        if layout == WHOLE:
            groups.setdefault(of.path("", None, WHOLE), array("I"))
        del keys
        self._parts[kind] = [self._write(of, path, map(line, groups[path])) for path in sorted(groups)]

    def stage_ledger(self, ledger: Ledger) -> None:
        """Gives a kind the lines of its ledger; parts that it did not touch are not even read."""
        of = ledger.kind
        layout = of.layout(len(ledger), ledger.size)
        groups: Iterable[tuple[str, Iterable[str]]] = [(of.path("", None, WHOLE), ledger)]
        if layout != WHOLE:
            groups = groupby(ledger, key=lambda name: of.path(name, None, layout))
        before = self.snapshot.manifest.parts[of.name] if self.snapshot else []
        touched = {of.path(name, None, layout) for name in ledger.touched}
        kept = {part.path: part for part in before if part.path not in touched}
        self._parts[of.name] = [
            kept.get(path) or self._write(of, path, map(ledger.line, ids)) for path, ids in groups
        ]

    def stage_amended(self, amending: Amending) -> None:
        """Gives a kind some records in the place of others; parts that they are not in are not even read."""
        of = amending.kind
        assert self.snapshot
        before = {part.path: part for part in self.snapshot.manifest.parts[of.name]}
        new = {path: self._put(of, path, part.data, part.records) for path, part in amending.touched()}
        parts = {**before, **new}
        records = sum(part.records for part in parts.values())
        size = sum(part.bytes for part in parts.values())
        if of.layout(records, size) != amending.layout:
            lines = [line for _, part in amending.touched() for line in part.lines]
            lines += amending.lines(before.keys() - new.keys())
            self.stage_lines(of.name, len(lines), lines.__getitem__)
            return
        self._parts[of.name] = [
            parts[path] for path in sorted(parts) if parts[path].records or amending.layout == WHOLE
        ]

    def stage_decisions(self, data: bytes) -> None:
        """Gives the index other decisions: their file is replaced just before the manifest is.

        A crash between the two leaves decisions that were made and not yet applied; the next change of
        the index applies them.
        """
        self._decided = data

    def commit_decisions(self) -> None:
        """Writes the decisions alone: they are made, and the next change of the index applies them."""
        if self._decided is not None:
            with writing(self.path):
                self._replace(DECISIONS, self._decided)
                flush(self.path)

    def commit(self, settings: Settings) -> Manifest:
        """Makes the staged kinds the state of the index. Returns the new manifest."""
        for kind in KINDS.keys() - self._parts.keys():
            self.stage(kind, ())
        manifest = Manifest(
            dipcli=__version__,
            settings=settings,
            decisions=self._decisions(),
            counts={kind: sum(part.records for part in self._parts[kind]) for kind in KINDS},
            parts={kind: self._parts[kind] for kind in KINDS},
        )
        if self.snapshot and manifest == self.snapshot.manifest and not self._written:
            return manifest
        with writing(self.path):
            flush_all(self.path / part.pending for part in self._written)
            flush(self.path / PENDING)
            if self._decided is not None:
                self._replace(DECISIONS, self._decided)
            self._replace(manifests.NAME, manifests.encode(manifest))
        self._outcome = "the change is made; the next ingest will finish tidying up"
        with writing(self.path, self._outcome):
            flush(self.path)
            self._finish(manifest)
        return manifest

    def _replace(self, name: str, data: bytes) -> None:
        """Puts a file in the place of the one that is there, whole or not at all."""
        temporary = self.path / f"{name}.tmp"
        temporary.write_bytes(data)
        protect(temporary, self.path)
        flush(temporary)
        temporary.replace(self.path / name)

    def _write(self, kind: Kind, path: str, lines: Iterable[bytes]) -> Part:
        """Prepares one part of these lines."""
        data, count = bytearray(), 0
        for line in lines:
            data += line
            data += b"\n"
            count += 1
        return self._put(kind, path, data, count)

    def _put(self, kind: Kind, path: str, data: bytes | bytearray, count: int) -> Part:
        """Prepares one part, unless it is in the index already."""
        digest = hashlib.sha256(data).hexdigest()
        part = Part(path=path, sha256=digest, bytes=len(data), records=count)
        if not self._is_at_its_path(kind.name, part):
            with writing(self.path):
                half = self.path / PENDING / "half"
                half.write_bytes(data)
                protect(half, self.path)
                half.replace(self.path / part.pending)
            self._written.add(part)
        return part

    def _is_at_its_path(self, kind: str, part: Part) -> bool:
        """Whether the state before has this part, and its file the right length."""
        if self.snapshot is None or part not in self.snapshot.manifest.parts[kind]:
            return False
        with suppress(FileNotFoundError):
            return (self.path / part.path).stat().st_size == part.bytes
        return False

    def _decisions(self) -> str | None:
        if self._decided is not None:
            return hashlib.sha256(self._decided).hexdigest()
        with suppress(FileNotFoundError):
            return hashlib.sha256((self.path / DECISIONS).read_bytes()).hexdigest()
        return None

    def _finish(self, manifest: Manifest) -> None:
        """Moves parts that wait to their paths, and removes what `manifest` does not name."""
        named = {part.path: part for parts in manifest.parts.values() for part in parts}
        waiting = {f"{PENDING}/{place.name}" for place in (self.path / PENDING).glob("*")}
        for path, part in named.items():
            if part.pending in waiting:
                place = self.path / path
                place.parent.mkdir(mode=0o700, exist_ok=True)
                (self.path / part.pending).replace(place)
        for kind in KINDS:
            folder = self.path / kind
            there = (f"{kind}.jsonl", *(f"{kind}/{place.name}" for place in folder.glob("*.jsonl")))
            for path in there:
                if path not in named:
                    (self.path / path).unlink(missing_ok=True)
            with suppress(OSError):  # it is not there, or has parts in it
                folder.rmdir()
        self._sweep()

    def _sweep(self) -> None:
        """Removes what waits without having been committed, and files that did not replace theirs.

        What has been committed is read from the disk: an interrupt may have come at any point.
        """
        for name in (manifests.NAME, DECISIONS):
            (self.path / f"{name}.tmp").unlink(missing_ok=True)
        pending = self.path / PENDING
        waiting = {place.name: place for place in pending.glob("*")}
        if waiting:
            with suppress(FileNotFoundError):
                manifest = manifests.decode((self.path / manifests.NAME).read_bytes(), self.path)
                for parts in manifest.parts.values():
                    for part in parts:
                        waiting.pop(part.pending.removeprefix(f"{PENDING}/"), None)
        for place in waiting.values():
            place.unlink()
        with suppress(OSError):  # it is not there, or committed parts stay until they are moved
            pending.rmdir()

    def _remove_if_unused(self) -> None:
        """Takes away the folder that this transaction made and did not fill."""
        if not (self.path / manifests.NAME).exists():
            (self.path / ".gitignore").unlink(missing_ok=True)
            with suppress(OSError):  # somebody put something into it
                self.path.rmdir()
