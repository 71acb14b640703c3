"""Building the cache: one pass over the lines of each kind, then the indexes over what was found."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from dipcli.facts import Collector
from dipcli.index.cache import facts, schema
from dipcli.index.snapshot import OpenPart, Snapshot
from dipcli.names.forms import normal
from dipcli.passages import is_title, passages
from dipcli.records import Doubt, Participant, Place
from dipcli.views import event_intervals, event_texts, participants
from dipcli.words import stems

Advance = Callable[[int, int, str], None]
"""Called with how many records are done, of how many, and what they are."""
STEP = 5_000
SETTINGS = """
PRAGMA page_size = 8192;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -262144;
PRAGMA locking_mode = EXCLUSIVE;
"""


class _Told(msgspec.Struct, frozen=True):
    document: str
    char_start: int
    char_end: int
    text: str


class _Event(msgspec.Struct, frozen=True):
    id: str
    start: str | None
    end: str | None
    precision: str
    type: str
    mode: str | None
    contexts: list[str]
    quad: int | None
    score: float | None
    goldstein: float | None
    status: str
    certainty: str
    occasion: str | None
    actors: list[Participant]
    recipients: list[Participant]
    place: Place | None
    medium: str | None
    summary: str
    evidence: list[_Told]
    doubts: list[Doubt]


class _Actor(msgspec.Struct, frozen=True):
    id: str
    name: str
    kind: str
    country: str | None
    aliases: list[str]
    event_count: int


class _Published(msgspec.Struct, frozen=True):
    start: str
    end: str


class _Head(msgspec.Struct, frozen=True):
    """A document without its text."""

    id: str
    paths: list[str]
    title: str | None
    published: _Published | None


class _Text(msgspec.Struct, frozen=True):
    title: str | None
    text: str


def build(snapshot: Snapshot, place: str, state: bytes, on_progress: Advance) -> None:
    """Writes the cache of a snapshot into the new file `place`; `state` is what it is the cache of.

    Raises sqlite3.Error where SQLite has no full text search or the file cannot be written, and
    `IndexFormatError` at a line that is no record.
    """
    connection = sqlite3.connect(place, isolation_level=None)
    try:
        connection.executescript(SETTINGS + schema.TABLES + facts.TABLE)
        connection.execute("BEGIN")
        _Builder(connection, snapshot, on_progress).fill()
        connection.execute("INSERT INTO meta VALUES('state', ?)", (state,))
        connection.execute("COMMIT")
    finally:
        connection.close()


class _Builder:
    def __init__(self, connection: sqlite3.Connection, snapshot: Snapshot, on_progress: Advance) -> None:
        self.sql = connection
        self.snapshot = snapshot
        self.on_progress = on_progress
        counts = snapshot.manifest.counts
        self.total = counts["documents"] + counts["events"] + counts["actors"]
        self.done = 0
        self.actors: dict[str, int] = {}
        self.documents: dict[str, int] = {}
        self.passages = self.words = self.longest = 0
        self.classes: dict[tuple[Any, ...], int] = {}
        self.facts, self.numbers = Collector(), array("q")

    def fill(self) -> None:
        for table in ("passages", "says"):
            self.sql.execute(f"INSERT INTO {table}({table}, rank) VALUES('hashsize', 134217728)")
        self._actors()
        self._documents()
        for part in self.snapshot.parts["events"]:
            self._events(part)
        facts.store(self.sql, self.facts, self.numbers)
        rows = [(number, *values) for values, number in self.classes.items()]
        self.sql.executemany("INSERT INTO class VALUES(?, ?, ?, ?, ?, ?, ?, ?)", rows)
        for statement in schema.INDEXES.strip().split("\n"):
            self.sql.execute(statement)
        for table in ("passages", "says"):
            self.sql.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")
        sizes = (("passages", self.passages), ("words", self.words), ("longest", self.longest))
        self.sql.executemany("INSERT INTO meta VALUES(?, ?)", sizes)
        self.on_progress(self.total, self.total, "")

    def _advance(self, what: str) -> None:
        self.done += 1
        if self.done % STEP == 0:
            self.on_progress(self.done, self.total, what)

    def _lines(self, part: OpenPart) -> Iterator[tuple[int, int, bytes]]:
        """Number, offset and bytes of each record."""
        first = schema.part_number(part.part.path) << schema.LINE_BITS
        for line, (offset, data) in enumerate(part.lines()):
            yield first + line, offset, data

    # actors

    def _actors(self) -> None:
        decode = msgspec.json.Decoder(_Actor).decode
        spelt: dict[str, list[tuple[str, int]]] = {}
        for part in self.snapshot.parts["actors"]:
            for number, offset, data in self._lines(part):
                actor = decode(data)
                self.actors[actor.id] = number
                values = (actor.name, actor.id, actor.kind, actor.country, actor.event_count)
                self.sql.execute(
                    "INSERT INTO actor VALUES(?, ?, ?, ?, ?, ?, ?, ?)", (number, offset, len(data), *values)
                )
                for own, form in ((1, actor.name), *((0, alias) for alias in actor.aliases)):
                    plain = normal(form)
                    letters = plain.replace(" ", "")
                    self.sql.execute("INSERT INTO form VALUES(?, ?, ?)", (letters, number, own))
                    spelt.setdefault(plain, []).append((form, number))
                if actor.kind == "person":
                    parts = normal(actor.name).split()
                    for word in dict.fromkeys(parts[:: max(1, len(parts) - 1)]):
                        self.sql.execute("INSERT INTO surname VALUES(?, ?)", (word, number))
                self._advance("actors")
        self._spelt(spelt)

    def _spelt(self, spelt: dict[str, list[tuple[str, int]]]) -> None:
        """A row for every spelling, and all normal forms in one text, to be compared at once."""
        plain: list[str] = []
        for form, holders in sorted(spelt.items()):
            for text, actor in holders:
                self.sql.execute("INSERT INTO spelt VALUES(?, ?, ?)", (len(plain), text, actor))
                plain.append(form)
        turned = "\n".join(" ".join(sorted(form.split())) for form in plain)
        rows = (("forms", "\n".join(plain).encode()), ("turned", turned.encode()))
        self.sql.executemany("INSERT INTO meta VALUES(?, ?)", rows)

    # documents

    def _documents(self) -> None:
        read_head, read_text = msgspec.json.Decoder(_Head).decode, msgspec.json.Decoder(_Text).decode
        found = []
        for part in self.snapshot.parts["documents"]:
            for place, offset, data in self._lines(part):
                head = read_head(data)
                published = head.published.start if head.published else ""
                found.append((published, place, offset, len(data), head, part))
        found.sort(key=lambda row: row[1])
        found.sort(key=lambda row: row[0], reverse=True)
        titles = [(-number, row[4].title) for number, row in enumerate(found, start=1) if row[4].title]
        self.sql.executemany(
            "INSERT INTO says(rowid, words) VALUES(?, ?)",
            ((number, " ".join(stems(title))) for number, title in reversed(titles)),
        )
        for number, (_, place, offset, length, head, part) in enumerate(found, start=1):
            self.documents[head.id] = number
            self.sql.execute(
                "INSERT INTO document VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, place, offset, length, head.id, head.paths[0], head.title, *_days(head.published)),
            )
            self.sql.executemany(
                "INSERT INTO document_name VALUES(?, ?, ?)",
                {(name, rule, number) for rule, name in _document_names(head)},
            )
            self._text(number, read_text(part.at(offset, length)))
            self._advance("documents")

    def _text(self, number: int, document: _Text) -> None:
        first = number << schema.PASSAGE_BITS
        rows, indexed, title = [], [], stems(document.title or "")
        for place, (start, end) in enumerate(passages(document.text), start=1):
            rows.append((first + place, start, end))
            found = stems(document.text[start:end])
            self.words += len(found)
            texts = (" ".join(found), "")
            indexed.append((first + place, *(texts if is_title(found, title) else reversed(texts))))
        self.passages += len(rows)
        self.sql.executemany("INSERT INTO passage VALUES(?, ?, ?)", rows)
        self.sql.executemany("INSERT INTO passages(rowid, title, words) VALUES(?, ?, ?)", indexed)

    # events

    def _events(self, part: OpenPart) -> None:
        decode = msgspec.json.Decoder(_Event).decode
        events, alternatives, takes_part, countries, told, says = [], [], [], [], [], []
        for number, offset, data in self._lines(part):
            event = decode(data)
            self.facts.add(event)
            self.numbers.append(number)
            intervals = [
                (schema.day(start), schema.day(end or "9999")) for start, end in event_intervals(event)
            ]
            alternatives += [(number, *interval) for interval in intervals[1:]]
            values = tuple(getattr(event, field) for field in schema.CLASS)
            kind = self.classes.setdefault(values, len(self.classes))
            start, end = intervals[0] if intervals else (None, None)
            ident = schema.checksum(event.id.encode())
            events.append(
                (number, offset, len(data), ident, start, end, kind, len(intervals) > 1, not event.evidence)
            )
            sides: dict[int, int] = {}
            for side, people in ((1, event.actors), (2, event.recipients)):
                for someone in people:
                    if (actor := self.actors.get(someone.id)) is not None:
                        sides[actor] = sides.get(actor, 0) | side
            takes_part += [(actor, number, bits) for actor, bits in sides.items()]
            lands = {someone.country for someone in participants(event) if someone.country}
            countries += [(schema.code(land), number) for land in lands]
            told += [
                (self.documents[one.document], one.char_start, one.char_end, number)
                for one in event.evidence
                if one.document in self.documents
            ]
            texts = dict.fromkeys(text for text in event_texts(event) if text)
            says.append((number, schema.joined(stems(text) for text in texts)))
            self._advance("events")
        self.longest = max([self.longest, *(end - start for _, start, end in alternatives)])
        insert = self.sql.executemany
        insert("INSERT INTO event VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", events)
        insert("INSERT INTO alternative VALUES(?, ?, ?)", alternatives)
        insert("INSERT INTO participant VALUES(?, ?, ?)", takes_part)
        insert("INSERT INTO country VALUES(?, ?)", countries)
        insert("INSERT OR IGNORE INTO told VALUES(?, ?, ?, ?)", told)
        insert("INSERT INTO says(rowid, words) VALUES(?, ?)", says)
        low = min((start for *_, start, _, _, _, _ in events if start is not None), default=None)
        high = max((end for *_, end, _, _, _ in events if end is not None), default=None)
        number = schema.part_number(part.part.path)
        self.sql.execute("INSERT INTO stretch VALUES(?, ?, ?)", (number, low, high))


def _days(published: _Published | None) -> tuple[int | None, int | None]:
    return (schema.day(published.start), schema.day(published.end)) if published else (None, None)


def _document_names(document: _Head) -> Iterator[tuple[int, str]]:
    """What a document may be called by, and in which order such names are tried."""
    for path in document.paths:
        name = path.rpartition("/")[2]
        yield from ((0, path), (1, name), (4, name.rpartition(".")[0]))
    if document.title:
        yield 2, document.title.casefold()
