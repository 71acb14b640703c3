"""Extending the cache: from that of one state of the index to that of a later one, by what changed.

Parts with the same digest are not read. In the others lines are compared; what stands in both keeps its
number, and so all that refers to it, and only its place is noted anew. Numbers have gaps, so that what is
new finds room where it belongs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from dipcli.index.cache import facts, schema, spellings
from dipcli.index.cache.rows import (
    ActorRows,
    DocumentRows,
    PassageRow,
    read_actor,
    read_document,
    read_event,
    read_text,
)
from dipcli.index.cache.write import Writer
from dipcli.index.kinds import KINDS
from dipcli.index.snapshot import Line, OpenPart, Snapshot, id_reader
from dipcli.words import stems

CACHED = ("events", "actors", "documents")
"""Those that the cache is made from."""
MOST = 0.1
"""The share of events that may be new: with more, making the cache anew is faster."""
SETTINGS = """
PRAGMA journal_mode = MEMORY;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -65536;
PRAGMA cache_spill = OFF;
PRAGMA locking_mode = EXCLUSIVE;
"""
"""Nothing is written before the end; from then on nobody else reads until the file is closed."""
PATIENCE = 0.5
"""Seconds to wait for those who read."""


class NotExtensible(Exception):
    """The cache must be made anew."""


class InUse(Exception):
    """Somebody reads the file all the time, so that it cannot be changed."""


class Change(NamedTuple):
    """A part before and after; null where it was or is not there."""

    number: int
    old: OpenPart | None
    new: OpenPart | None


class Compared(NamedTuple):
    """The events of a part that are gone and those that are new, with their numbers (the new with their
    offsets too), and the new offsets of others, with their numbers."""

    gone: list[tuple[int, bytes]]
    new: list[tuple[int, int, bytes]]
    moved: list[tuple[int, int]]


def extend(place: str, before: Snapshot, after: Snapshot, done: Callable[[], None]) -> None:
    """Makes the file `place`, the cache of `before`, that of `after`: by one transaction, and says that it is
    `done` before anybody else can read it.

    Raises `NotExtensible`, `InUse`, and sqlite3.Error where SQLite refuses; then the file is as it was.
    """
    changes = {kind: _changes(before, after, kind) for kind in CACHED}
    connection = sqlite3.connect(place, isolation_level=None, timeout=PATIENCE)
    try:
        _alone(connection, "BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
        connection.executescript(SETTINGS)
        connection.execute("BEGIN IMMEDIATE")
        (state,) = connection.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
        if state != before.state:
            raise NotExtensible
        _Extender(connection, before, after, changes).run()
        connection.execute("UPDATE meta SET value = ? WHERE key = 'state'", (after.state,))
        _alone(connection, "COMMIT")
        done()
    except (KeyError, TypeError, ValueError) as error:  # it does not hold what it should: it is damaged
        raise NotExtensible from error
    finally:
        connection.close()


def _alone(connection: sqlite3.Connection, command: str) -> None:
    """Runs a command that waits until nobody reads. Raises `InUse` where somebody goes on."""
    try:
        connection.execute(command)
    except sqlite3.OperationalError as error:
        raise InUse from error


def _changes(before: Snapshot, after: Snapshot, kind: str) -> list[Change]:
    old = {part.part.path: part for part in before.parts[kind]}
    new = {part.part.path: part for part in after.parts[kind]}
    if KINDS[kind].layout_of(old) != KINDS[kind].layout_of(new):
        raise NotExtensible
    return [
        Change(schema.part_number(path), old.get(path), new.get(path))
        for path in sorted(old.keys() | new.keys())
        if path not in old or path not in new or old[path].part != new[path].part
    ]


class _Known(dict[str, int]):
    """The numbers of a table's records by their ids, looked up when they are asked for."""

    def __init__(self, sql: sqlite3.Connection, table: str) -> None:
        super().__init__()
        self._rows = sql.execute
        self._select = f"SELECT id FROM {table} WHERE ident = ?"

    def __missing__(self, ident: str) -> int:
        row = self._rows(self._select, (ident,)).fetchone()
        if row is None:
            raise KeyError(ident)
        self[ident] = int(row[0])
        return self[ident]

    def __contains__(self, ident: object) -> bool:
        try:
            return isinstance(ident, str) and self[ident] is not None
        except KeyError:
            return False


class _Extender:
    def __init__(
        self,
        connection: sqlite3.Connection,
        before: Snapshot,
        after: Snapshot,
        changes: dict[str, list[Change]],
    ) -> None:
        self.sql = connection
        self.before = before
        self.after = after
        self.changes = changes
        actors, documents = _Known(connection, "actor"), _Known(connection, "document")
        (longest,) = connection.execute("SELECT value FROM meta WHERE key = 'longest'").fetchone()
        self.writer = Writer(connection, actors, documents, facts.resumed(connection), longest)
        self.unspelt: set[int] = set()
        self.spelt: list[spellings.Spelling] = []

    def run(self) -> None:
        """What refers to others goes before them, and comes after them."""
        writer = self.writer
        events = self._events()
        touched = self._touched(events)
        self._remember(touched)
        old = self._passages(touched, self.before)
        for compared in events:
            writer.remove_events(compared.gone)
            self.sql.executemany("UPDATE event SET offset = ? WHERE id = ?", compared.moved)
        for change in self.changes["actors"]:
            self._actors(change)
        if self.unspelt or self.spelt:
            spellings.change(self.sql, self.unspelt, self.spelt)
        for change in self.changes["documents"]:
            self._documents(change)
        for compared in events:
            writer.put_events(compared.new)
        writer.stretch([change.number for change in self.changes["events"]])
        new = self._passages(touched, self.after)
        writer.remove_passages([row for row in old if row not in new])
        writer.put_passages([row for row in new if row not in old])
        read_id = id_reader(KINDS["events"])
        idents = {read_id(line).decode() for compared in events for _, _, line in compared.new}
        come = facts.Come(writer.facts, writer.numbers, idents, self._number_of)
        facts.splice(self.sql, writer.gone, come)
        writer.save_counts()
        self.sql.execute("UPDATE meta SET value = ? WHERE key = 'longest'", (writer.longest,))

    # passages

    def _touched(self, events: list[Compared]) -> set[str]:
        """Ids of the documents that come or go, or of which other events are told."""
        read_id = id_reader(KINDS["documents"])
        touched: set[str] = set()
        for change in self.changes["documents"]:
            old, new = ({read_id(data) for _, data in _lines(part)} for part in (change.old, change.new))
            touched |= {ident.decode() for ident in old ^ new}
        lines = [line for compared in events for _, line in compared.gone]
        lines += [line for compared in events for _, _, line in compared.new]
        return touched | {quote.document for line in lines for quote in read_event(line).evidence}

    def _remember(self, documents: set[str]) -> None:
        """Notes the keys of the events told in documents as they were."""
        parts = {schema.part_number(part.part.path): part for part in self.before.parts["events"]}
        sql = (
            "SELECT DISTINCT e.id, e.offset, e.length FROM told t CROSS JOIN event e ON e.id = t.event"
            " WHERE t.document = ?"
        )
        for ident in sorted(filter(self.writer.documents.__contains__, documents)):
            for number, offset, length in list(self.sql.execute(sql, (self.writer.documents[ident],))):
                self.writer.remember(number, parts[number >> schema.LINE_BITS].at(offset, length))

    def _passages(self, documents: set[str], snapshot: Snapshot) -> dict[PassageRow, None]:
        """The passages that documents have in a state that the tables are of."""
        parts = {schema.part_number(part.part.path): part for part in snapshot.parts["documents"]}
        found: dict[PassageRow, None] = {}
        for ident in sorted(filter(self.writer.documents.__contains__, documents)):
            number = self.writer.documents[ident]
            sql = "SELECT place, offset, length FROM document WHERE id = ?"
            place, offset, length = self.sql.execute(sql, (number,)).fetchone()
            text = read_text(parts[place >> schema.LINE_BITS].at(offset, length))
            found |= dict.fromkeys(self.writer.passages(number, text))
        return found

    # events

    def _events(self) -> list[Compared]:
        """The parts of events that are others now, compared. Raises `NotExtensible` where there are too many new
        events for a kind that is parted."""
        counts, found, new = self.after.manifest.counts, [], 0
        for change in self.changes["events"]:
            found.append(self._compared(change))
            new += len(found[-1].new)
            if len(self.after.parts["events"]) > 1 and new > MOST * counts["events"]:
                raise NotExtensible
        return found

    def _compared(self, change: Change) -> Compared:
        first, last = schema.numbers_of(change.number)
        sql = "SELECT id, offset FROM event WHERE id BETWEEN ? AND ? ORDER BY id"
        stored = list(self.sql.execute(sql, (first, last)))
        known = dict(zip((data for _, data in _lines(change.old)), stored, strict=True))
        new = list(_lines(change.new))
        kept = [known.pop(data, None) for _, data in new]
        numbers = numbered([one and one[0] for one in kept], first, last)
        moved = [
            (offset, one[0])
            for one, (offset, _) in zip(kept, new, strict=True)
            if one is not None and one[1] != offset
        ]
        come = [
            (number, offset, data)
            for one, number, (offset, data) in zip(kept, numbers, new, strict=True)
            if one is None
        ]
        return Compared([(number, data) for data, (number, _) in known.items()], come, moved)

    def _number_of(self, ident: str) -> int:
        """The number of an event that was there and stays."""
        sql = "SELECT id FROM event WHERE checksum = ?"
        numbers = [number for (number,) in self.sql.execute(sql, (schema.checksum(ident.encode()),))]
        if len(numbers) != 1:
            raise NotExtensible
        return int(numbers[0])

    # actors

    def _actors(self, change: Change) -> None:
        read_id = id_reader(KINDS["actors"])
        old = {read_id(data): (offset, data) for offset, data in _lines(change.old)}
        first, last = schema.numbers_of(change.number)
        sql = "SELECT coalesce(max(id), ?) FROM actor WHERE id BETWEEN ? AND ?"
        (used,) = self.sql.execute(sql, (first, first, last)).fetchone()
        moved = []
        for offset, data in _lines(change.new):
            ident = read_id(data)
            before, known = old.pop(ident, (0, b""))
            if known == data:
                if before != offset:
                    moved.append((offset, self.writer.actors[ident.decode()]))
                continue
            actor = read_actor(data)
            if known:
                self._again(actor, read_actor(known), offset, len(data))
                continue
            used += 1
            self.writer.put_actor(used, offset, len(data), actor)
            self._spell(used, actor)
        self.sql.executemany("UPDATE actor SET offset = ? WHERE id = ?", moved)
        for actor in (read_actor(known) for _, known in old.values()):
            number = self.writer.actors[actor.id]
            self.unspelt.add(number)
            self.writer.remove_actor(number, actor)

    def _again(self, actor: ActorRows, before: ActorRows, offset: int, length: int) -> None:
        """An actor that was there keeps its number, whatever else of it changed."""
        number = self.writer.actors[actor.id]
        sql = (
            "UPDATE actor SET offset = ?, length = ?, name = ?, ident = ?, kind = ?, country = ?, events = ?"
            " WHERE id = ?"
        )
        self.sql.execute(sql, (offset, length, *actor.own, number))
        if actor.names != before.names:
            self.writer.remove_names(number, before)
            self.writer.put_names(number, actor)
            self.unspelt.add(number)
            self._spell(number, actor)
        if actor.offices != before.offices:
            self.writer.remove_offices(number, before)
            self.writer.put_offices(number, actor)

    def _spell(self, number: int, actor: ActorRows) -> None:
        self.spelt += [(plain, form, number) for form, plain, _ in actor.forms]

    # documents

    def _documents(self, change: Change) -> None:
        old = {document.id: (document, data) for document, data in _documents_of(change.old)}
        first, _ = schema.numbers_of(change.number)
        come = []
        for place, (offset, data) in enumerate(_lines(change.new), first):
            document = read_document(data)
            known = old.get(document.id)
            if known is None or not _same_text(known, (document, data)):
                come.append((document, place, offset, data))
                continue
            del old[document.id]
            number = self.writer.documents[document.id]
            sql = "UPDATE document SET place = ?, offset = ?, length = ?, path = ? WHERE id = ?"
            self.sql.execute(sql, (place, offset, len(data), document.paths[0], number))
            if document.names != known[0].names:
                self.writer.remove_document_names(number, known[0])
                self.writer.put_document_names(number, document)
        for document, _ in old.values():
            if document.id in {one.id for one, *_ in come}:
                raise NotExtensible  # events that stay refer to its number
            number = self.writer.documents[document.id]
            self.writer.remove_document(number, document, _title(document))
        for document, place, offset, data in come:
            number = self._room(document)
            self.writer.put_document(number, place, offset, len(data), document)
            if document.title:
                self.writer.put_title(number, _title(document))

    def _room(self, document: DocumentRows) -> int:
        """A number for a new document: the newer come first, of one day those of the lesser id."""
        day = document.days[0] or 0
        (above,) = self.sql.execute(
            "SELECT max(id) FROM document WHERE coalesce(start, 0) > ? OR (coalesce(start, 0) = ? AND ident < ?)",
            (day, day, document.id),
        ).fetchone()
        (below,) = self.sql.execute(
            "SELECT min(id) FROM document WHERE coalesce(start, 0) < ? OR (coalesce(start, 0) = ? AND ident > ?)",
            (day, day, document.id),
        ).fetchone()
        if above is None:
            above = schema.FIRST if below is None else max(0, below - 2 * schema.GAP)
        last = (1 << schema.DOCUMENT_BITS) if below is None else below - 1
        return numbered([None], above, last)[0]


def numbered(known: Sequence[int | None], first: int, last: int) -> list[int]:
    """A number above `first`, up to `last`, for each of a row of records, rising; some have theirs already.

    Raises `NotExtensible` where there is no room for one.
    """
    found: list[int] = []
    before, waiting = first, 0
    for number in [*known, None]:
        if number is None and len(found) + waiting < len(known):
            waiting += 1
            continue
        after = last + 1 if number is None else number
        step = min(schema.GAP, (after - before) // (waiting + 1))
        if waiting and not 0 < step * waiting < after - before:
            raise NotExtensible
        found += [before + step * place for place in range(1, waiting + 1)]
        waiting = 0
        if number is not None:
            found.append(number)
            before = number
    return found


def _lines(part: OpenPart | None) -> Iterator[Line]:
    return iter(()) if part is None else part.lines()


def _documents_of(part: OpenPart | None) -> Iterator[tuple[DocumentRows, bytes]]:
    return ((read_document(data), data) for _, data in _lines(part))


def _same_text(one: tuple[DocumentRows, bytes], other: tuple[DocumentRows, bytes]) -> bool:
    """Whether the rows of a document can stay but for its names and place."""
    (before, old), (now, new) = one, other
    if (before.title, before.published) != (now.title, now.published):
        return False
    return old == new or read_text(old) == read_text(new)


def _title(document: DocumentRows) -> str:
    return " ".join(stems(document.title or ""))
