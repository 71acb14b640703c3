"""What extraction found in one document, before documents are brought together.

A `Mentions` record is a pure function of one document and of what extracted it (`fingerprint`).
Local actors are numbered within the document (`ActorMention.key`); event mentions point at them.
Resolution decides which local actors of many documents are the same, and which event mentions tell
of one event. Spans are `[char_start, char_end)` in code points of the document's text.
"""

from __future__ import annotations

from typing import Literal

from dipcli.records import Certainty, EventType, Medium, Precision, Status, Struct

MentionKind = Literal["person", "country", "organization", "office"]


class Span(Struct, frozen=True, kw_only=True):
    char_start: int
    char_end: int


class Reason(Struct, frozen=True, kw_only=True):
    """Why a field has its value: the rule's name, the words, and what they were resolved against."""

    field: str
    rule: str
    char_start: int
    char_end: int
    against: str | None = None
    """What the words were resolved against ("published 2021-12-23", "line 12: May 2022"), if anything."""


class TitleMention(Struct, frozen=True, kw_only=True):
    """A title or office given to a person somewhere in the document."""

    title: str
    """As written, without the country: "Vice Foreign Minister"."""
    of: str | None = None
    """Key of the local country or organisation whose office it is."""
    tense: Literal["current", "former", "incoming", "outgoing"] = "current"
    since: str | None = None
    until: str | None = None
    char_start: int
    char_end: int
    sentence: Span


class ActorMention(Struct, frozen=True, kw_only=True):
    """Every mention of one actor in one document.

    `kind` `office` stands for whoever holds an office ("the foreign ministers of China and South
    Korea"): `titles` has that office and `country` its country; resolution puts the holder in its
    place, or the country where no document tells the holder.
    """

    key: str
    name: str
    aliases: list[str] = []
    kind: MentionKind
    country: str | None = None
    titles: list[TitleMention] = []
    spans: list[Span]
    sentence: Span
    """The sentence of the first mention."""
    rule: str


class DoubtMention(Struct, frozen=True, kw_only=True):
    field: str
    alternative: str | None
    reason: str
    span: Span | None = None


class EchoMention(Struct, frozen=True, kw_only=True):
    """A sentence that only goes back to an event told elsewhere in the document: the rule, and the words that
    do ("the talks")."""

    sentence: Span
    rule: str
    char_start: int
    char_end: int


class EventMention(Struct, frozen=True, kw_only=True):
    """One telling of one event: exactly one sentence or chronology line."""

    key: str
    start: str | None
    end: str | None
    precision: Precision
    date_text: str | None = None
    type: EventType
    mode: str | None = None
    contexts: list[str] = []
    trigger: str
    """Lemma of the word that gave the type ("meet", "talks")."""
    status: Status = "occurred"
    certainty: Certainty = "stated"
    asserted_by: list[str] = []
    occasion: str | None = None
    """Key of the event mention (a meeting, a visit) that this act was part of."""
    actors: list[str]
    recipients: list[str] = []
    titles: dict[str, str] = {}
    """Title by actor key, as this sentence gives it."""
    place: str | None = None
    place_country: str | None = None
    medium: Medium | None = None
    sentence: Span
    chronology: bool = False
    """Whether the sentence is a dated line of a chronology."""
    same_as: list[str] = []
    """Keys of other mentions in this document that extraction itself took for the same event
    (a definite "the meeting" that goes on about it)."""
    echoes: list[EchoMention] = []
    """Sentences of this document that only go back to the event: more quotes, and nothing else."""
    doubts: list[DoubtMention] = []
    reasons: list[Reason]
    confidence: float


class RelationMention(Struct, frozen=True, kw_only=True):
    """A relation stated in the text, other than an office (see `TitleMention`)."""

    subject: str
    relation: Literal["represents", "member_of", "part_of", "ally_of", "succeeds"]
    object: str
    since: str | None = None
    until: str | None = None
    sentence: Span
    rule: str


class LeftOut(Struct, frozen=True, kw_only=True):
    """Something extraction saw and left out: counted, listed with `--verbose`."""

    reason: str
    """A short code: `no-date`, `no-actor`, `hypothetical`, `too-long`, `boilerplate`, `language`, …"""
    char_start: int
    char_end: int


class Signature(Struct, frozen=True, kw_only=True):
    """What a text is recognised by where it comes again (`dipcli.copies`)."""

    shingles: int = 0
    """How many different runs of words it has."""
    hashes: str = ""
    """MinHashes of them, numbers of four bytes, in Base64; empty where there are no words."""


class Mentions(Struct, frozen=True, kw_only=True, tag="mentions", tag_field="record"):
    """All that was found in one document."""

    document: str
    sha256: str
    fingerprint: str
    """Of what extracted: extraction version, lexicon, model, settings."""
    actors: list[ActorMention] = []
    events: list[EventMention] = []
    relations: list[RelationMention] = []
    left_out: list[LeftOut] = []
    signature: Signature = Signature()
