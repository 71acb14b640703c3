"""Where what is remembered of a resolution is kept: tables in one SQLite file.

Whatever is written is in one transaction, which whoever opened the connection commits or rolls back.
Tellings are numbered: the number of their document, and within it the place among its event mentions.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

import msgspec

from dipcli.resolution.adding.rows import (
    BodyRow,
    ClusterRow,
    DocumentRow,
    FigureRow,
    PersonRow,
    SingleRow,
)
from dipcli.resolution.tellings import Telling

SCHEMA = """
CREATE TABLE whole(is_whole INTEGER);
CREATE TABLE document(number INTEGER PRIMARY KEY, id TEXT UNIQUE, row BLOB);
CREATE TABLE figure(id TEXT PRIMARY KEY, slug TEXT, wanted TEXT, country TEXT, row BLOB) WITHOUT ROWID;
CREATE TABLE person(letters TEXT, country TEXT, figure TEXT, row BLOB, PRIMARY KEY(letters, country)) WITHOUT ROWID;
CREATE TABLE person_key(key TEXT, letters TEXT, PRIMARY KEY(key, letters)) WITHOUT ROWID;
CREATE TABLE person_word(word TEXT, letters TEXT, country TEXT, PRIMARY KEY(word, letters, country)) WITHOUT ROWID;
CREATE TABLE single(name TEXT, document TEXT, key TEXT, row BLOB, PRIMARY KEY(name, document, key)) WITHOUT ROWID;
CREATE TABLE body(what TEXT PRIMARY KEY, row BLOB) WITHOUT ROWID;
CREATE TABLE body_form(form TEXT, what TEXT, PRIMARY KEY(form, what)) WITHOUT ROWID;
CREATE TABLE holder(office TEXT, country TEXT, person TEXT, PRIMARY KEY(office, country, person)) WITHOUT ROWID;
CREATE TABLE nominal(office TEXT, country TEXT, document TEXT, PRIMARY KEY(office, country, document)) WITHOUT ROWID;
CREATE TABLE telling(number INTEGER PRIMARY KEY, head INTEGER, row BLOB);
CREATE TABLE cluster(head INTEGER PRIMARY KEY, stem TEXT, id TEXT, row BLOB);
CREATE TABLE band(key INTEGER, document TEXT, PRIMARY KEY(key, document)) WITHOUT ROWID;
CREATE TABLE shelf(key INTEGER, head INTEGER, PRIMARY KEY(key, head)) WITHOUT ROWID;
CREATE TABLE seek(key INTEGER, telling INTEGER, PRIMARY KEY(key, telling)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX figure_slug ON figure(slug);
CREATE INDEX figure_wanted ON figure(wanted);
CREATE INDEX figure_country ON figure(country);
CREATE INDEX person_figure ON person(figure);
CREATE INDEX cluster_stem ON cluster(stem);
CREATE INDEX cluster_id ON cluster(id);
INSERT INTO whole VALUES(1);
"""
EVENTS = 1 << 20
"""More event mentions than a document can have."""

R = TypeVar("R", bound=msgspec.Struct)
_encode = msgspec.msgpack.Encoder().encode


class Rows(Generic[R]):
    """The rows of one table, by key."""

    def __init__(self, sql: sqlite3.Connection, table: str, type: type[R], *columns: str) -> None:
        """`columns`: those of the key, and after them those that are written beside the row."""
        self._sql = sql
        self._columns = columns
        self._decode = msgspec.msgpack.Decoder(type).decode
        self._select = f"SELECT {{}} FROM {table} WHERE {{}}"
        names = ", ".join((*columns, "row"))
        marks = ", ".join("?" * (len(columns) + 1))
        self._insert = f"INSERT OR REPLACE INTO {table}({names}) VALUES({marks})"
        self._delete = f"DELETE FROM {table} WHERE {{}}"

    def get(self, *key: Any) -> R | None:
        where = " AND ".join(f"{column} = ?" for column in self._columns[: len(key)])
        found = self._sql.execute(self._select.format("row", where), key).fetchone()
        return self._decode(found[0]) if found else None

    def of(self, *key: Any) -> R:
        """As `get`. Raises KeyError where there is none."""
        row = self.get(*key)
        if row is None:
            raise KeyError(key)
        return row

    def where(self, column: str, value: Any) -> list[tuple[Any, ...]]:
        """The columns of all rows that have the value, each with its row at the end."""
        return self.all(f"{column} = ?", value)

    def all(self, condition: str, *values: Any) -> list[tuple[Any, ...]]:
        """As `where`, of the rows of which a condition in SQL holds, with values for its marks."""
        names = ", ".join((*self._columns, "row"))
        rows = self._sql.execute(self._select.format(names, condition), values)
        return [(*columns, self._decode(row)) for *columns, row in rows]

    def put(self, *values: Any) -> None:
        """The values of the columns, and the row."""
        *columns, row = values
        self._sql.execute(self._insert, (*columns, _encode(row)))

    def remove(self, *key: Any) -> None:
        where = " AND ".join(f"{column} = ?" for column in self._columns[: len(key)])
        self._sql.execute(self._delete.format(where), key)


class Links:
    """Pairs: for a key, what is known by it."""

    def __init__(self, sql: sqlite3.Connection, table: str, keys: int, values: int = 1) -> None:
        self._sql = sql
        columns = [str(row[1]) for row in sql.execute(f"PRAGMA table_info({table})")]
        of = " AND ".join(f"{column} = ?" for column in columns[:keys])
        every = " AND ".join(f"{column} = ?" for column in columns)
        self._select = f"SELECT {', '.join(columns[keys : keys + values])} FROM {table} WHERE {of}"
        self._insert = f"INSERT OR IGNORE INTO {table} VALUES({', '.join('?' * len(columns))})"
        self._delete = f"DELETE FROM {table} WHERE {every}"

    def get(self, *key: Any) -> Iterator[Any]:
        """The values, each alone or, where there are several columns, as a tuple; sorted."""
        rows = self._sql.execute(self._select, key).fetchall()
        return (row[0] if len(row) == 1 else row for row in rows)

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._sql.executemany(self._insert, rows)

    def remove(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._sql.executemany(self._delete, rows)


class Store:
    """The tables, in a connection whose file has them (`create`)."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self.sql = sql
        self.documents: Rows[DocumentRow] = Rows(sql, "document", DocumentRow, "number", "id")
        self.figures: Rows[FigureRow] = Rows(sql, "figure", FigureRow, "id", "slug", "wanted", "country")
        self.people: Rows[PersonRow] = Rows(sql, "person", PersonRow, "letters", "country", "figure")
        self.singles: Rows[SingleRow] = Rows(sql, "single", SingleRow, "name", "document", "key")
        self.bodies: Rows[BodyRow] = Rows(sql, "body", BodyRow, "what")
        self.tellings: Rows[Telling] = Rows(sql, "telling", Telling, "number", "head")
        """Each with the number of the first telling of its cluster."""
        self.clusters: Rows[ClusterRow] = Rows(sql, "cluster", ClusterRow, "head", "stem", "id")
        self.person_keys = Links(sql, "person_key", 1)
        self.person_words = Links(sql, "person_word", 1, 2)
        self.body_forms = Links(sql, "body_form", 1)
        self.holders = Links(sql, "holder", 2)
        self.nominal = Links(sql, "nominal", 2)
        self.bands = Links(sql, "band", 1)
        """By what documents are found that may be copies of one another (`dipcli.copies`)."""
        self.shelves = Links(sql, "shelf", 1)
        self.seeking = Links(sql, "seek", 1)

    @property
    def is_whole(self) -> bool:
        """Whether it was filled to the end."""
        return self.sql.execute("SELECT * FROM whole").fetchone() is not None

    def number(self, document: str) -> int:
        """The number of a document; a new one where it has none."""
        found = self.sql.execute("SELECT number FROM document WHERE id = ?", (document,)).fetchone()
        if found:
            return int(found[0])
        (most,) = self.sql.execute("SELECT max(number) FROM document").fetchone()
        return 0 if most is None else int(most) + 1


def create(sql: sqlite3.Connection) -> Store:
    """A store with nothing in it; whoever fills it ends with `INDEXES`."""
    sql.executescript(SCHEMA)
    return Store(sql)


def shelf_number(key: tuple[str, ...]) -> int:
    """A shelf's key as a number that fits in a column. (That two keys have the same would do no harm but where
    a telling agrees with a cluster on whose shelves it is not.)"""
    digest = hashlib.blake2b("\x1f".join(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
