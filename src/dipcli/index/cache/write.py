"""Writing the cache: the rows of records put into its tables, and taken out again.

What full text search has of a text is taken out by telling it the same words again: it keeps no text.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable
from typing import Any

from dipcli.facts import Collector
from dipcli.index.cache import schema
from dipcli.index.cache.facts import Gone
from dipcli.index.cache.rows import ActorRows, DocumentRows, Text, event_rows, passage_rows, read_event


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
        self.passages = self.words = 0
        """How many came, less those that went."""
        self.facts, self.numbers = collected, array("q")
        """What is counted of the events that came, and their numbers."""
        self.idents: set[str] = set()
        """Ids of the events that came."""
        self.gone: list[Gone] = []
        self.longest = longest
        """The longest span of days that a doubted date may be in."""

    # actors

    def put_actor(self, number: int, offset: int, length: int, actor: ActorRows) -> None:
        self.sql.execute(
            "INSERT INTO actor VALUES(?, ?, ?, ?, ?, ?, ?, ?)", (number, offset, length, *actor.own)
        )
        self.actors[actor.id] = number
        self.put_names(number, actor)

    def put_names(self, number: int, actor: ActorRows) -> None:
        forms = [(plain.replace(" ", ""), number, own) for _, plain, own in actor.forms]
        self.sql.executemany("INSERT INTO form VALUES(?, ?, ?)", forms)
        words = [(word, number) for word in actor.surnames]
        self.sql.executemany("INSERT INTO surname VALUES(?, ?)", words)

    def remove_actor(self, number: int, actor: ActorRows) -> None:
        self.sql.execute("DELETE FROM actor WHERE id = ?", (number,))
        self.actors.pop(actor.id, None)
        self.remove_names(number, actor)

    def remove_names(self, number: int, actor: ActorRows) -> None:
        forms = [(plain.replace(" ", ""), number) for _, plain, _ in actor.forms]
        self.sql.executemany("DELETE FROM form WHERE letters = ? AND actor = ?", forms)
        words = [(word, number) for word in actor.surnames]
        self.sql.executemany("DELETE FROM surname WHERE word = ? AND actor = ?", words)

    # documents

    def put_document(
        self, number: int, place: int, offset: int, length: int, document: DocumentRows, text: Text
    ) -> None:
        own = (document.id, document.paths[0], document.title, *document.days)
        self.sql.execute(
            "INSERT INTO document VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, place, offset, length, *own)
        )
        self.documents[document.id] = number
        self.put_document_names(number, document)
        rows = list(passage_rows(text))
        first = (number << schema.PASSAGE_BITS) + 1
        self.sql.executemany(
            "INSERT INTO passage VALUES(?, ?, ?)",
            [(passage, row.start, row.end) for passage, row in enumerate(rows, first)],
        )
        self.sql.executemany(
            "INSERT INTO passages(rowid, title, words) VALUES(?, ?, ?)",
            [(passage, *row.columns) for passage, row in enumerate(rows, first)],
        )
        self._count(1, rows)

    def put_document_names(self, number: int, document: DocumentRows) -> None:
        names = [(name, rule, number) for name, rule in sorted(document.names)]
        self.sql.executemany("INSERT INTO document_name VALUES(?, ?, ?)", names)

    def put_title(self, number: int, title: str) -> None:
        """Lets a document be found by its title; the later ones first, as FTS5 likes it."""
        self.sql.execute("INSERT INTO says(rowid, words) VALUES(?, ?)", (-number, title))

    def remove_document(self, number: int, document: DocumentRows, text: Text, title: str) -> None:
        self.sql.execute("DELETE FROM document WHERE id = ?", (number,))
        self.documents.pop(document.id, None)
        self.remove_document_names(number, document)
        rows = list(passage_rows(text))
        first = (number << schema.PASSAGE_BITS) + 1
        self.sql.execute("DELETE FROM passage WHERE id BETWEEN ? AND ?", (first, first + len(rows)))
        self.sql.executemany(
            "INSERT INTO passages(passages, rowid, title, words) VALUES('delete', ?, ?, ?)",
            [(passage, *row.columns) for passage, row in enumerate(rows, first)],
        )
        if title:
            self._unsay([(-number, title)])
        self._count(-1, rows)

    def remove_document_names(self, number: int, document: DocumentRows) -> None:
        names = [(name, rule, number) for name, rule in document.names]
        self.sql.executemany("DELETE FROM document_name WHERE name = ? AND rule = ? AND document = ?", names)

    def _count(self, sign: int, rows: list[Any]) -> None:
        self.passages += sign * len(rows)
        self.words += sign * sum(row.length for row in rows)

    # events

    def put_events(self, lines: Iterable[tuple[int, int, bytes]]) -> None:
        """Events by number and offset."""
        events, alternatives, takes_part, countries, told, says = [], [], [], [], [], []
        for number, offset, data in lines:
            event = read_event(data)
            self.facts.add(event)
            self.numbers.append(number)
            self.idents.add(event.id)
            row = event_rows(event)
            kind = self._class(row.classified)
            span = (row.start, row.end, kind, bool(row.alternatives), row.alone)
            events.append((number, offset, len(data), row.checksum, *span))
            alternatives += [(number, *interval) for interval in row.alternatives]
            takes_part += [
                (self.actors[ident], number, bits)
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
        self.longest = max([self.longest, *(end - start for _, start, end in alternatives)])
        insert = self.sql.executemany
        insert("INSERT INTO event VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", events)
        insert("INSERT INTO alternative VALUES(?, ?, ?)", alternatives)
        insert("INSERT INTO participant VALUES(?, ?, ?)", takes_part)
        insert("INSERT INTO country VALUES(?, ?)", countries)
        insert("INSERT INTO told VALUES(?, ?, ?, ?)", told)
        insert("INSERT INTO says(rowid, words) VALUES(?, ?)", says)

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

    def stretch(self, part: int) -> None:
        """Notes the first and last day of a part's events, null where one has no date; nothing where it
        has no events any more."""
        self.sql.execute("DELETE FROM stretch WHERE part = ?", (part,))
        self.sql.execute(
            "INSERT INTO stretch SELECT ?, iif(count(*) = count(start), min(start), NULL),"
            ' iif(count(*) = count(start), max("end"), NULL)'
            " FROM event WHERE id BETWEEN ? AND ? HAVING count(*) > 0",
            (part, *schema.numbers_of(part)),
        )

    def _class(self, values: tuple[Any, ...]) -> int:
        if (known := self.classes.get(values)) is not None:
            return known
        number = self.classes[values] = len(self.classes)
        self.sql.execute("INSERT INTO class VALUES(?, ?, ?, ?, ?, ?, ?, ?)", (number, *values))
        return number

    def _unsay(self, texts: Iterable[tuple[int, str]]) -> None:
        self.sql.executemany("INSERT INTO says(says, rowid, words) VALUES('delete', ?, ?)", texts)
