"""The tables of the cache: where each line is, and by what it can be found.

An event's number is that of its part and of its place in it, with gaps between, so that the order of
numbers is the order on disk, and what comes between changes no other's number; an actor's that of its part
and any further one. Documents are numbered anew, the newest first, with gaps too; a passage by its document,
its place in it and its shape (`dipcli.passages`), so that numbers alone tell how to rank. Texts are indexed,
not kept; with the words of a passage stand keys of what is told there: actors, countries, types and days of
events (where none is told, the days of its document; `dipcli.index.cache.spans`).
"""

from __future__ import annotations

from dipcli.passages import PLACE_BITS, SHAPE_BITS

LINE_BITS = 31
PASSAGE_BITS = PLACE_BITS + SHAPE_BITS
DOCUMENT_BITS = 63 - PASSAGE_BITS
GAP = 1 << 10
"""Between the numbers of two that follow each other."""
FIRST = 1 << 30
"""Number of the newest document of a cache made anew: newer ones find room below."""
MARK = "¶"
"""Begins words that no query has."""
BETWEEN = f" {MARK} "
"""Between two texts of a record, so that no phrase runs over it."""
ACTS, ACTED_ON, DOUBTED = 1, 2, 4
"""Bits of a participant's `sides`; of a doubted date there are alternatives."""

TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB);
CREATE TABLE event(
    id INTEGER PRIMARY KEY, offset INT, length INT, checksum INT, start INT, "end" INT, class INT, doubted INT,
    alone INT
);
CREATE TABLE class(
    id INTEGER PRIMARY KEY, type TEXT, mode TEXT, status TEXT, medium TEXT, certainty TEXT, precision TEXT,
    quad INT
);
CREATE TABLE stretch(part INTEGER PRIMARY KEY, low INT, high INT, first INT, last INT);
CREATE TABLE alternative(event INT, start INT, "end" INT);
CREATE TABLE participant(
    actor INT, event INT, sides INT, start INT, "end" INT, PRIMARY KEY(actor, event)
) WITHOUT ROWID;
CREATE TABLE country(code INT, event INT, PRIMARY KEY(code, event)) WITHOUT ROWID;
CREATE TABLE told(
    document INT, start INT, "end" INT, event INT, PRIMARY KEY(document, start, "end", event)
) WITHOUT ROWID;
CREATE TABLE actor(
    id INTEGER PRIMARY KEY, offset INT, length INT, name TEXT, ident TEXT, kind TEXT, country TEXT, events INT
);
CREATE TABLE form(letters TEXT, actor INT, own INT);
CREATE TABLE spelt(id INTEGER PRIMARY KEY, text TEXT, actor INT);
CREATE TABLE surname(word TEXT, actor INT);
CREATE TABLE role(office TEXT, actor INT, start TEXT, "end" TEXT);
CREATE TABLE document(
    id INTEGER PRIMARY KEY, place INT, offset INT, length INT, ident TEXT, path TEXT, title TEXT,
    start INT, "end" INT
);
CREATE TABLE document_name(name TEXT, rule INT, document INT);
CREATE TABLE passage(id INTEGER PRIMARY KEY, start INT, "end" INT);
CREATE TABLE tells(passage INT, event INT, PRIMARY KEY(passage, event)) WITHOUT ROWID;
CREATE TABLE word(word TEXT PRIMARY KEY, passages INT) WITHOUT ROWID;
CREATE VIRTUAL TABLE passages USING fts5(words, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE says USING fts5(words, content='', columnsize=0, tokenize='ascii');
"""
FULL_TEXT = ("passages", "says")
INDEXES = """
CREATE INDEX event_class ON event(class, start, "end");
CREATE INDEX event_alone ON event(id) WHERE alone;
CREATE INDEX document_start ON document(start);
CREATE INDEX alternative_event ON alternative(event);
CREATE INDEX alternative_start ON alternative(start);
CREATE UNIQUE INDEX actor_ident ON actor(ident);
CREATE INDEX form_letters ON form(letters);
CREATE INDEX surname_word ON surname(word);
CREATE INDEX role_office ON role(office, actor);
CREATE UNIQUE INDEX document_ident ON document(ident);
CREATE INDEX document_place ON document(place);
CREATE INDEX document_name_name ON document_name(name, rule);
"""
CLASS = ("type", "mode", "status", "medium", "certainty", "precision", "quad")
"""Fields of an event with a closed list of values; their combinations are few."""
UNDATED = (1 << 17) - 1


def part_number(path: str) -> int:
    """Where a part stands among those of its kind: 0 for a kind in one file."""
    folder, _, name = path.removesuffix(".jsonl").rpartition("/")
    if not folder:
        return 0
    if name == "undated":
        return UNDATED
    year, dash, month = name.partition("-")
    return int(year) * 12 + int(month) if dash else int(name, 16) + 1


def numbers_of(part: int) -> tuple[int, int]:
    """The first and the last number that a record of a part can have."""
    return part << LINE_BITS, ((part + 1) << LINE_BITS) - 1


def key(kind: str, value: str | int) -> str:
    """What stands in the full text index for something told in a passage."""
    return f"{MARK}{kind}{value}"


def day(iso: str) -> int:
    """2022-05-16 -> 20220516; numbers are in the order of the texts."""
    return int("".join(filter(str.isdigit, iso))[:8].ljust(8, "0"))


def code(country: str) -> int:
    return int.from_bytes(country.encode(), "big")


def checksum(ident: bytes) -> int:
    from zlib import crc32  # here: a search seldom reads an event

    return crc32(ident)
