"""Writing the cache: the rows of records put into its tables, and taken out again.

What full text search has of a text is taken out by telling it the same words again: it keeps no text.
Events come before the passages that they are told in.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from dipcli.facts import Collector
from dipcli.index.cache import schema
from dipcli.index.cache.facts import Gone
from dipcli.index.cache.rows import (
    ActorRows,
    DocumentRows,
    PassageRow,
    Text,
    Told,
    event_keys,
    event_rows,
    passage_rows,
    read_event,
)


class Writer:
    """The tables of one file. `actors` and `documents` are numbers by id."""

    def __init__(
        self,
        sql: sqlite3.Connection,
        actors: dict[str, int],
        documents: dict[str, int],
        collected: Collector,
        longest: int = 0,
    ) -> None:
        self.sql = sql
        self.actors = actors
        self.documents = documents
        self.classes: dict[tuple[Any, ...], int] = {
            tuple(values): number for number, *values in sql.execute("SELECT * FROM class")
        }
        self.sizes = Counter[str]()
        """How many passages came, with how many words, less those that went."""
        self.having = Counter[str]()
        """How many of them have each word."""
        self.facts, self.numbers = collected, array("q")
        """What is counted of the events that came, and their numbers."""
        self.gone: list[Gone] = []
        self.longest = longest
        """The longest span of days that a doubted date may be in."""
        sql.execute("CREATE TEMP TABLE keys(event INTEGER PRIMARY KEY, keys TEXT)")

    # actors

    def put_actor(self, number: int, offset: int, length: int, actor: ActorRows) -> None:
        self.sql.execute(
            "INSERT INTO actor VALUES(?, ?, ?, ?, ?, ?, ?, ?)", (number, offset, length, *actor.own)
        )
        self.actors[actor.id] = number
        self.put_names(number, actor)
        self.put_offices(number, actor)

    def put_names(self, number: int, actor: ActorRows) -> None:
        forms = [(plain.replace(" ", ""), number, own) for _, plain, own in actor.forms]
        self.sql.executemany("INSERT INTO form VALUES(?, ?, ?)", forms)
        words = [(word, number) for word in actor.surnames]
        self.sql.executemany("INSERT INTO surname VALUES(?, ?)", words)

    def remove_actor(self, number: int, actor: ActorRows) -> None:
        self.sql.execute("DELETE FROM actor WHERE id = ?", (number,))
        self.actors.pop(actor.id, None)
        self.remove_names(number, actor)
        self.remove_offices(number, actor)

    def remove_names(self, number: int, actor: ActorRows) -> None:
        forms = [(plain.replace(" ", ""), number) for _, plain, _ in actor.forms]
        self.sql.executemany("DELETE FROM form WHERE letters = ? AND actor = ?", forms)
        words = [(word, number) for word in actor.surnames]
        self.sql.executemany("DELETE FROM surname WHERE word = ? AND actor = ?", words)

    def put_offices(self, number: int, actor: ActorRows) -> None:
        rows = [(office, number, start, end) for office, start, end in actor.offices]
        self.sql.executemany("INSERT INTO role VALUES(?, ?, ?, ?)", rows)

    def remove_offices(self, number: int, actor: ActorRows) -> None:
        held = {(office, number) for office, _, _ in actor.offices}
        self.sql.executemany("DELETE FROM role WHERE office = ? AND actor = ?", held)

    # documents

    def put_document(self, number: int, place: int, offset: int, length: int, document: DocumentRows) -> None:
        own = (document.id, document.paths[0], document.title, *document.days)
        self.sql.execute(
            "INSERT INTO document VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, place, offset, length, *own)
        )
        self.documents[document.id] = number
        self.put_document_names(number, document)

    def put_document_names(self, number: int, document: DocumentRows) -> None:
        names = [(name, rule, number) for name, rule in sorted(document.names)]
        self.sql.executemany("INSERT INTO document_name VALUES(?, ?, ?)", names)

    def put_title(self, number: int, title: str) -> None:
        """Lets a document be found by its title; the later ones first, as FTS5 likes it."""
        self.sql.execute("INSERT INTO says(rowid, words) VALUES(?, ?)", (-number, title))

    def remove_document(self, number: int, document: DocumentRows, title: str) -> None:
        self.sql.execute("DELETE FROM document WHERE id = ?", (number,))
        self.documents.pop(document.id, None)
        self.remove_document_names(number, document)
        if title:
            self._unsay([(-number, title)])

    def remove_document_names(self, number: int, document: DocumentRows) -> None:
        names = [(name, rule, number) for name, rule in document.names]
        self.sql.executemany("DELETE FROM document_name WHERE name = ? AND rule = ? AND document = ?", names)

    # passages

    def passages(self, number: int, text: Text) -> list[PassageRow]:
        """The passages of a document, by what is told in it now."""
        sql = (
            'SELECT t.start, t."end", t.event, k.keys FROM told t CROSS JOIN keys k ON k.event = t.event'
            " WHERE t.document = ? ORDER BY t.start"
        )
        return list(passage_rows(number, text, [Told(*row) for row in self.sql.execute(sql, (number,))]))

    def put_passages(self, rows: Sequence[PassageRow]) -> None:
        insert = self.sql.executemany
        insert("INSERT INTO passage VALUES(?, ?, ?)", [row[:3] for row in rows])
        insert("INSERT INTO tells VALUES(?, ?)", _told(rows))
        insert("INSERT INTO passages(rowid, words) VALUES(?, ?)", _indexed(rows))
        self.having.update(chain.from_iterable(set(row.words) for row in rows))
        self.sizes.update(passages=len(rows), words=sum(len(row.words) for row in rows))

    def remove_passages(self, rows: Sequence[PassageRow]) -> None:
        remove = self.sql.executemany
        remove("DELETE FROM passage WHERE id = ?", [row[:1] for row in rows])
        remove("DELETE FROM tells WHERE passage = ? AND event = ?", _told(rows))
        remove("INSERT INTO passages(passages, rowid, words) VALUES('delete', ?, ?)", _indexed(rows))
        for row in rows:
            self.having.subtract(set(row.words))
        self.sizes.subtract({"passages": len(rows), "words": sum(len(row.words) for row in rows)})

    def save_counts(self) -> None:
        """Adds what was counted of passages and words to what there was."""
        add = "INSERT INTO {0} VALUES(?, ?) ON CONFLICT({1}) DO UPDATE SET {2} = {2} + excluded.{2}"
        self.sql.executemany(add.format("meta", "key", "value"), self.sizes.items())
        self.sql.executemany(add.format("word", "word", "passages"), sorted(self.having.items()))
        self.sql.execute("DELETE FROM word WHERE passages = 0")

    # events

    def put_events(self, lines: Iterable[tuple[int, int, bytes]]) -> None:
        """Events by number and offset."""
        events, alternatives, takes_part, countries, told, says, keys = [], [], [], [], [], [], []
        for number, offset, data in lines:
            event = read_event(data)
            self.facts.add(event)
            self.numbers.append(number)
            row = event_rows(event)
            kind = self._class(row.classified)
            span = (row.start, row.end, kind, bool(row.alternatives), row.alone)
            events.append((number, offset, len(data), row.checksum, *span))
            alternatives += [(number, *interval) for interval in row.alternatives]
            takes_part += [
                (self.actors[ident], number, bits, row.start, row.end)
                for ident, bits in row.sides.items()
                if ident in self.actors
            ]
            countries += [(land, number) for land in row.countries]
            told += [
                (self.documents[document], start, end, number)
                for document, start, end in row.told
                if document in self.documents
            ]
            says.append((number, row.says))
            keys.append((number, event_keys(event, self.actors)))
        self.longest = max([self.longest, *(end - start for _, start, end in alternatives)])
        insert = self.sql.executemany
        insert("INSERT INTO event VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", events)
        insert("INSERT INTO alternative VALUES(?, ?, ?)", alternatives)
        insert("INSERT INTO participant VALUES(?, ?, ?, ?, ?)", takes_part)
        insert("INSERT INTO country VALUES(?, ?)", countries)
        insert("INSERT INTO told VALUES(?, ?, ?, ?)", told)
        insert("INSERT INTO says(rowid, words) VALUES(?, ?)", says)
        insert("INSERT OR REPLACE INTO keys VALUES(?, ?)", keys)

    def remember(self, number: int, line: bytes) -> None:
        """Notes the keys of an event that is there already."""
        keys = event_keys(read_event(line), self.actors)
        self.sql.execute("INSERT OR REPLACE INTO keys VALUES(?, ?)", (number, keys))

    def remove_events(self, lines: Iterable[tuple[int, bytes]]) -> None:
        """Events by number, before the actors and documents that they name are removed."""
        remove = self.sql.executemany
        for number, data in lines:
            event = read_event(data)
            self.gone.append(Gone(number, event.occasion or event.id))
            row = event_rows(event)
            self.sql.execute("DELETE FROM event WHERE id = ?", (number,))
            self.sql.execute("DELETE FROM alternative WHERE event = ?", (number,))
            actors = [(self.actors[ident], number) for ident in row.sides if ident in self.actors]
            remove("DELETE FROM participant WHERE actor = ? AND event = ?", actors)
            remove(
                "DELETE FROM country WHERE code = ? AND event = ?", [(land, number) for land in row.countries]
            )
            told = [
                (self.documents[document], start, end, number)
                for document, start, end in row.told
                if document in self.documents
            ]
            remove('DELETE FROM told WHERE document = ? AND start = ? AND "end" = ? AND event = ?', told)
            self._unsay([(number, row.says)])

    def stretch(self, parts: Sequence[int]) -> None:
        """Notes the first and last day of the events of each part: twice, once null where one has no date;
        nothing where it has no events any more. After all events: at such a statement FTS5 writes down what
        it has so far."""
        self.sql.executemany("DELETE FROM stretch WHERE part = ?", [(part,) for part in parts])
        self.sql.executemany(
            "INSERT INTO stretch SELECT ?, iif(count(*) = count(start), min(start), NULL),"
            ' iif(count(*) = count(start), max("end"), NULL), min(start), max("end")'
            " FROM event WHERE id BETWEEN ? AND ? HAVING count(*) > 0",
            [(part, *schema.numbers_of(part)) for part in parts],
        )

    def _class(self, values: tuple[Any, ...]) -> int:
        if (known := self.classes.get(values)) is not None:
            return known
        number = self.classes[values] = len(self.classes)
        self.sql.execute("INSERT INTO class VALUES(?, ?, ?, ?, ?, ?, ?, ?)", (number, *values))
        return number

    def _unsay(self, texts: Iterable[tuple[int, str]]) -> None:
        self.sql.executemany("INSERT INTO says(says, rowid, words) VALUES('delete', ?, ?)", texts)


def _told(rows: Iterable[PassageRow]) -> list[tuple[int, int]]:
    return [(row.number, event) for row in rows for event in row.events]


def _indexed(rows: Iterable[PassageRow]) -> list[tuple[int, str]]:
    return [(row.number, row.indexed) for row in rows]
