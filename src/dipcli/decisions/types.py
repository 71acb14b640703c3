"""The kinds of decision, as structs: one line of `decisions.jsonl` each (docs/corrections.md).

What a decision is about is told by words of documents. `by`, `at` and `why` say who made it, when and
why; they shape no record, and neither does the `id` that a record had at the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import UNSET, UnsetType

from dipcli.records import ActorKind, Certainty, EventType, Medium, Place, Precision, Status, Struct

Choice = Literal["a", "b", "neither", "dismiss"]
"""Which side of a conflict holds: one, neither, or both (then there is none: it is dismissed)."""
RecordName = Literal["document", "event", "actor", "relation"]


class Quote(Struct, frozen=True, kw_only=True):
    """Characters of a document, which is named by the SHA-256 of its content."""

    document: str
    char_start: int
    char_end: int
    text: str = ""
    """The characters; empty once the document was forgotten."""


class Subject(Struct, frozen=True, kw_only=True):
    """A record that a decision is about: the one that its first quote still there tells of.

    What else is told of it sets it apart from others of the same words: two events of one sentence.
    """

    record: RecordName
    id: str | None = None
    """That it had when it was decided about: for people, and to be found by later."""
    type: str | None = None
    """Of an event its type, of an actor its kind, of a relation what it says; as documents tell it."""
    start: str | None = None
    country: str | None = None
    names: list[str] = []
    """Of an event who takes part, of an actor what it is called, of a relation its subject and object."""
    quotes: list[Quote] = []


class Who(Struct, frozen=True, kw_only=True):
    """Somebody who takes part in an event by decision."""

    name: str
    kind: ActorKind = "person"
    country: str | None = None
    title: str | None = None
    quotes: list[Quote] = []
    """Where documents name them; without any, the name says who is meant."""


class Values(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Fields of an event that are set; those not named stay as documents tell them."""

    start: str | UnsetType | None = UNSET
    end: str | UnsetType | None = UNSET
    precision: Precision | UnsetType = UNSET
    type: EventType | UnsetType = UNSET
    mode: str | UnsetType | None = UNSET
    contexts: list[str] | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    certainty: Certainty | UnsetType = UNSET
    asserted_by: list[Who] | UnsetType = UNSET
    actors: list[Who] | UnsetType = UNSET
    recipients: list[Who] | UnsetType = UNSET
    place: Place | UnsetType | None = UNSET
    medium: Medium | UnsetType | None = UNSET
    summary: str | UnsetType = UNSET

    def __post_init__(self) -> None:
        dated = (self.start, self.end, self.precision)
        if any(one is UNSET for one in dated) and not all(one is UNSET for one in dated):
            raise ValueError("start, end and precision are set together")
        if isinstance(self.start, str) and isinstance(self.end, str):
            if date.fromisoformat(self.end) < date.fromisoformat(self.start):
                raise ValueError(f"it ends ({self.end}) before it starts ({self.start})")
        elif self.start is not UNSET and (self.start, self.end, self.precision) != (None, None, "unknown"):
            raise ValueError("an event without a date has neither start nor end, and precision unknown")

    def given(self) -> list[str]:
        """The fields that are set."""
        return [name for name in self.__struct_fields__ if getattr(self, name) is not UNSET]


class Base(Struct, frozen=True, kw_only=True, tag_field="decision", tag=str.lower):
    """What all decisions have."""

    id: str
    by: str
    at: str
    """When, in UTC: `2024-06-01T09:30:00Z`."""
    why: str | None = None


class About(Base, frozen=True, kw_only=True):
    """What all decisions on records have."""

    about: list[Subject]


class Edit(About, frozen=True, kw_only=True):
    """An event's fields are as set."""

    set: Values


class Reject(About, frozen=True, kw_only=True):
    """An event is none: it is left out."""


class Accept(About, frozen=True, kw_only=True):
    """An event was looked at and found right, as it was then (`seen`)."""

    seen: dict[str, str] = {}


class Same(About, frozen=True, kw_only=True):
    """Events, or actors of one kind, are one."""


class Different(About, frozen=True, kw_only=True):
    """Two events or actors are not one."""


class Split(About, frozen=True, kw_only=True):
    """One event or actor was two: the quotes that stay, and those that part."""


class Alias(About, frozen=True, kw_only=True):
    """An actor goes by another name too."""

    name: str


class Rename(About, frozen=True, kw_only=True):
    """An actor's best name is this."""

    name: str


class Add(Base, frozen=True, kw_only=True):
    """An event that no document tells, in a person's own words (`text`), which become a document."""

    text: str
    set: Values


class Tag(About, frozen=True, kw_only=True):
    """A record has these tags."""

    tags: list[str]


class Untag(About, frozen=True, kw_only=True):
    """A record has these tags no more; none named: no tag at all."""

    tags: list[str] = []


class Note(About, frozen=True, kw_only=True):
    """A remark on a record."""

    text: str


class Settle(About, frozen=True, kw_only=True):
    """A conflict that `dipcli conflicts` finds between what these records tell is settled."""

    rule: str
    """That finds it."""
    values: list[str]
    """What its two sides say."""
    chosen: Choice


class Undo(About, frozen=True, kw_only=True):
    """An earlier decision (`undoes`, its id) counts no more. It was about these records, by the ids that it
    gave them."""

    undoes: str


Decision = (
    Edit
    | Reject
    | Accept
    | Same
    | Different
    | Split
    | Alias
    | Rename
    | Add
    | Tag
    | Untag
    | Note
    | Settle
    | Undo
)
KINDS: dict[str, type[Decision]] = {kind.__name__.lower(): kind for kind in Decision.__args__}
State = Literal["holds", "overruled", "undone", "nothing"]


class Ruling(Struct, frozen=True, kw_only=True, tag="ruling", tag_field="record"):
    """What became of a decision: whether it holds, and of which records it is now."""

    decision: str
    """Its id."""
    state: State
    """`nothing`: no document that it is anchored in is in the index, or none tells such a thing now."""
    records: list[str] = []
    """Ids of the records that it is about now."""
    said: str | None = None
    """Why it does not hold, or what it changes no more."""


def subjects(decision: Decision) -> list[Subject]:
    """What a decision is about."""
    return decision.about if isinstance(decision, About) else []


def effective(decisions: Sequence[Decision]) -> tuple[list[Decision], dict[str, str]]:
    """The decisions that count, in order, and those that were undone, each with the decision that undid it.

    What was undone undoes nothing itself.
    """
    undone: dict[str, str] = {}
    for decision in reversed(decisions):
        if isinstance(decision, Undo) and decision.id not in undone:
            undone[decision.undoes] = decision.id
    return [one for one in decisions if one.id not in undone and not isinstance(one, Undo)], undone
