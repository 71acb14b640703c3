"""Document, Event, Actor, Relation, Evidence: the records of an index, and their format's version.

The structs give validation, JSON and JSON Schema in one. Field order is the order of keys on disk
(docs/index-format.md). Dates are ISO 8601 strings (`YYYY-MM-DD`), intervals inclusive; offsets are
Unicode code points of the document's `text`; countries are ISO 3166-1 alpha-3; types, modes and
contexts are PLOVER's.
"""

from __future__ import annotations

from typing import Literal

import msgspec

FORMAT_VERSION = 2
"""2 (2026-11): documents say who told what of them. An index of format 1 is read as it is, and the next
ingest writes it anew."""

Precision = Literal["day", "range", "month", "season", "quarter", "half", "year", "unknown"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "OTHER",
]
Status = Literal["occurred", "planned", "cancelled"]
Certainty = Literal["stated", "reported", "alleged", "denied"]
Medium = Literal["in_person", "virtual", "telephone", "written", "statement"]
Origin = Literal["text", "manual", "import"]
ActorKind = Literal["person", "country", "organization"]
Basis = Literal["printed", "metadata", "inferred", "given"]
Field = Literal["title", "authors", "publisher", "published", "updated", "language", "address", "translates"]
"""What can be told of a document besides its text."""
RelationName = Literal["represents", "holds_office", "member_of", "part_of", "ally_of", "succeeds", "engages"]


class Struct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A record or a part of one: immutable, keyword-only, strict about unknown keys."""


class Evidence(Struct, frozen=True, kw_only=True):
    """The exact characters of a document that say so: `text == document.text[char_start:char_end]`."""

    document: str
    char_start: int
    char_end: int
    text: str
    date_text: str | None = None
    """The words that gave the date, as written; null where the date was carried over."""
    locator: str | None = None
    """Page or line ("line 12"), for people."""


class Published(Struct, frozen=True, kw_only=True):
    """When a document was published, how exactly, and how that is known."""

    start: str
    end: str
    precision: Precision
    basis: Basis
    evidence: Evidence | None = None


class Told(Struct, frozen=True, kw_only=True):
    """Something said of a document, in the teller's own words: a date as written, one author a piece."""

    field: Field
    value: str
    origin: str
    """Who says so: "og:title", "front matter: date", "feed: pubDate", "sidecar", "option"."""


class CopyOf(Struct, frozen=True, kw_only=True):
    """The earlier document that another repeats."""

    document: str
    likeness: float
    """The share of the shorter of the two texts that stands in the longer one: 0 to 1, two decimals."""


class Note(Struct, frozen=True, kw_only=True):
    """A person's remark on a record."""

    text: str
    by: str


class Document(Struct, frozen=True, kw_only=True, tag="document", tag_field="record"):
    """A document as it was read, with its text (newlines as LF)."""

    id: str
    path: str
    """As given, relative to the folder or file named; the first of `paths`."""
    paths: list[str]
    sha256: str
    """Of the bytes read."""
    media_type: str
    title: str | None = None
    publisher: str | None = None
    authors: list[str] = []
    published: Published | None = None
    language: str | None = None
    updated: Published | None = None
    """When it was last changed, if its publisher says so."""
    address: str | None = None
    """Its URL."""
    translates: str | None = None
    """The document that it translates: an id, or a path in the index."""
    origins: dict[str, str] = {}
    """Where each of the fields above comes from: "og:title", "front matter: date", "text"."""
    given: list[Told] = []
    """What was told of it from outside: by a sidecar, by what it came in, by an option."""
    pages: list[int] = []
    """Where in the text each page begins, if it has pages."""
    copy_of: CopyOf | None = None
    """Where it is an exact or near copy: of which earlier document. Whose copy that is says that one."""
    text: str
    tags: list[str] = []
    notes: list[Note] = []


class Participant(Struct, frozen=True, kw_only=True):
    """An actor in an event: its id, its best name, the title it is given there, its country."""

    id: str
    name: str
    title: str | None = None
    country: str | None = None


class Place(Struct, frozen=True, kw_only=True):
    name: str
    country: str | None = None


class Doubt(Struct, frozen=True, kw_only=True):
    """What speaks against a value: the field, the other value (dates as `A` or `A/B`), and why."""

    field: str
    alternative: str | None
    reason: str
    evidence: Evidence | None = None


class Correction(Struct, frozen=True, kw_only=True):
    """A field that a person set, and what documents tell in its place (null: nothing)."""

    field: str
    told: str | None
    by: str
    decision: str
    """The decision's id (docs/corrections.md)."""


class Event(Struct, frozen=True, kw_only=True, tag="event", tag_field="record"):
    """One thing that somebody did, said or took part in."""

    id: str
    start: str | None
    end: str | None
    precision: Precision
    type: EventType
    mode: str | None = None
    contexts: list[str] = []
    cameo: str
    quad: int | None
    score: float | None
    goldstein: float | None
    status: Status
    certainty: Certainty = "stated"
    asserted_by: list[str] = []
    occasion: str | None = None
    actors: list[Participant]
    recipients: list[Participant] = []
    place: Place | None = None
    medium: Medium | None = None
    summary: str
    evidence: list[Evidence]
    doubts: list[Doubt] = []
    origin: Origin = "text"
    confidence: float
    sources: int = 1
    """How many independent documents tell it: a document and its copies are one."""
    corrections: list[Correction] = []
    """What a person set, field by field."""
    reviewed: bool = False
    """Whether a person looked at it as it is now: accepted or corrected it."""
    tags: list[str] = []
    notes: list[Note] = []
    former_ids: list[str] = []
    """Ids that it, or what is part of it, had before decisions, or would have without them."""


class Role(Struct, frozen=True, kw_only=True):
    """An office that an actor holds, and when the documents see it held."""

    title: str
    of: str | None = None
    """The actor id of the country or organisation whose office it is."""
    since: str | None = None
    until: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    evidence: list[Evidence]


class Actor(Struct, frozen=True, kw_only=True, tag="actor", tag_field="record"):
    """A person, country or organisation that takes part in something."""

    id: str
    name: str
    aliases: list[str] = []
    kind: ActorKind
    country: str | None = None
    roles: list[Role] = []
    documents: list[str]
    event_count: int = 0
    evidence: list[Evidence]
    tags: list[str] = []
    notes: list[Note] = []
    former_ids: list[str] = []
    """As for events."""


class Relation(Struct, frozen=True, kw_only=True, tag="relation", tag_field="record"):
    """How one actor stands to another."""

    id: str
    subject: str
    relation: RelationName
    object: str
    label: str | None = None
    """The office as written, for `holds_office`."""
    since: str | None = None
    until: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    count: int
    by_type: dict[str, int] = {}
    """For `engages`: events by PLOVER type."""
    events: list[str] = []
    """For `engages`: event ids in place of quotes."""
    evidence: list[Evidence] = []
    tags: list[str] = []
    notes: list[Note] = []
    former_ids: list[str] = []
    """As for events."""


Record = Document | Event | Actor | Relation
RECORDS: dict[str, type[Record]] = {
    "document": Document,
    "event": Event,
    "actor": Actor,
    "relation": Relation,
}
