"""Building the cache: one pass over the lines of each kind, then the indexes over what was found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from dipcli.facts import Collector
from dipcli.garbage import uncollected
from dipcli.index.cache import facts, schema, spellings
from dipcli.index.cache.rows import read_actor, read_document, read_text
from dipcli.index.cache.write import Writer
from dipcli.index.snapshot import OpenPart, Snapshot
from dipcli.words import stems

Advance = Callable[[int, int, str], None]
"""Called with how many records are done, of how many, and what they are."""
STEP = 5_000
SETTINGS = """
PRAGMA page_size = 8192;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
PRAGMA locking_mode = EXCLUSIVE;
"""


def build(snapshot: Snapshot, place: str, on_progress: Advance) -> None:
    """Writes the cache of a snapshot into the new file `place`.

    Raises sqlite3.Error where SQLite has no full text search or the file cannot be written, and
    `IndexFormatError` at a line that is no record.
    """
    connection = sqlite3.connect(place, isolation_level=None)
    try:
        connection.executescript(SETTINGS + schema.TABLES + facts.TABLE)
        connection.execute("BEGIN")
        with uncollected():
            _Builder(connection, snapshot, on_progress).fill()
        connection.execute("INSERT INTO meta VALUES('state', ?)", (snapshot.state,))
        connection.execute("COMMIT")
    finally:
        connection.close()


class _Builder:
    def __init__(self, connection: sqlite3.Connection, snapshot: Snapshot, on_progress: Advance) -> None:
        self.sql = connection
        self.snapshot = snapshot
        self.on_progress = on_progress
        self.writer = Writer(connection, {}, {}, Collector())
        counts = snapshot.manifest.counts
        self.total = counts["documents"] + counts["events"] + counts["actors"]
        self.done = 0

    def fill(self) -> None:
        self._configure(hashsize=1 << 26, automerge=0)  # merged at the end, and once
        self._actors()
        texts = self._documents()
        with self._sorted("participant", "country", "told"):
            for part in self.snapshot.parts["events"]:
                self._events(part)
        self.writer.stretch([schema.part_number(part.part.path) for part in self.snapshot.parts["events"]])
        self._passages(texts)
        for table in schema.FULL_TEXT:
            self.sql.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")
        self._configure(automerge=4)
        facts.store(self.sql, self.writer.facts, self.writer.numbers)
        for statement in schema.INDEXES.strip().split("\n"):
            self.sql.execute(statement)
        self.writer.save_counts()
        more = {"longest": self.writer.longest, "occasions": len(self.writer.facts.occasions)}
        self.sql.executemany("INSERT INTO meta VALUES(?, ?)", more.items())
        self.on_progress(self.total, self.total, "")

    def _configure(self, **options: int) -> None:
        """Sets options of FTS5, which stay."""
        for table in schema.FULL_TEXT:
            sql = f"INSERT INTO {table}({table}, rank) VALUES(?, ?)"
            self.sql.executemany(sql, options.items())

    @contextmanager
    def _sorted(self, *tables: str) -> Iterator[None]:
        """What is put into these tables meanwhile is put aside, and in at the end in the order of their keys:
        that is faster, and leaves no pages half empty."""
        for table in tables:
            self.sql.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table}")
        yield
        for table in tables:
            self.sql.execute(f"INSERT INTO main.{table} SELECT * FROM temp.{table} ORDER BY 1, 2")
            self.sql.execute(f"DROP TABLE temp.{table}")

    def _advance(self, what: str) -> None:
        self.done += 1
        if self.done % STEP == 0:
            self.on_progress(self.done, self.total, what)

    def _actors(self) -> None:
        spelt: list[spellings.Spelling] = []
        for part in self.snapshot.parts["actors"]:
            first, _ = schema.numbers_of(schema.part_number(part.part.path))
            for number, (offset, data) in enumerate(part.lines(), first):
                actor = read_actor(data)
                self.writer.put_actor(number, offset, len(data), actor)
                spelt += [(plain, form, number) for form, plain, _ in actor.forms]
                self._advance("actors")
        spellings.write(self.sql, spelt)

    def _documents(self) -> list[tuple[int, OpenPart, int, int]]:
        """Gives the number of each, the newest first, and where it is."""
        found = []
        for part in self.snapshot.parts["documents"]:
            first, _ = schema.numbers_of(schema.part_number(part.part.path))
            for place, (offset, data) in enumerate(part.lines(), first):
                found.append((read_document(data), place, offset, len(data), part))
        found.sort(key=lambda row: row[0].published_on, reverse=True)
        numbered = [(schema.FIRST + number * schema.GAP, *row) for number, row in enumerate(found)]
        for number, document, *_ in reversed(numbered):
            if document.title:
                self.writer.put_title(number, " ".join(stems(document.title)))
        for number, document, place, offset, length, _ in numbered:
            self.writer.put_document(number, place, offset, length, document)
        return [(number, part, offset, length) for number, _, _, offset, length, part in numbered]

    def _passages(self, texts: Iterable[tuple[int, OpenPart, int, int]]) -> None:
        for number, part, offset, length in texts:
            self.writer.put_passages(self.writer.passages(number, read_text(part.at(offset, length))))
            self._advance("documents")

    def _events(self, part: OpenPart) -> None:
        first, _ = schema.numbers_of(schema.part_number(part.part.path))
        self.writer.put_events(self._numbered(part, first))

    def _numbered(self, part: OpenPart, first: int) -> Iterator[tuple[int, int, bytes]]:
        for line, (offset, data) in enumerate(part.lines(), 1):
            yield first + line * schema.GAP, offset, data
            self._advance("events")
