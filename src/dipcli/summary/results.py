"""What summaries give: their rows, as JSON has them (`dipcli schema timeline`, `stats`, `pairs`, …).

Counts are of occasions: a meeting or visit and the acts told of it count once wherever one of them counts;
with `acts` they are of events, each by itself. What is planned or was cancelled is counted apart.
"""

from __future__ import annotations

from typing import Any, Literal

from dipcli.records import ActorKind, Struct


class Key(Struct, frozen=True, kw_only=True):
    """What a row is about: a value of a field, null for events that have none."""

    field: str
    value: str | None
    """As records have it: a type, an actor's id, a country's code; of a pair both, with a slash between."""
    name: str | None = None
    """The name of what the value stands for, where that is another."""


class Period(Struct, frozen=True, kw_only=True):
    """Events of one period; after it, where they are grouped, one for each group in it.

    An event counts once, in the period in which it begins. One dated less exactly than a period counts in
    one of its own, before those it may belong to (`exact` is false). The undated are in one without a name.
    """

    period: str | None
    """`2022-05-16`, `2022-W20`, `2022-05`, `2022-Q2`, `2022`; null for what has no date."""
    start: str | None
    end: str | None
    exact: bool = True
    """Whether it is one of the periods asked for; else a longer one, for events not dated more exactly."""
    by: Key | None = None
    """The group; null: all of the period, even where there is nothing in it."""
    count: int
    planned: int
    cancelled: int
    documents: int
    """Documents that cover the period: published in it, or telling of any event of it, whatever was asked."""


class Tally(Struct, frozen=True, kw_only=True):
    """How often, how, from when to when. All but `planned` and `cancelled` is of what took place."""

    count: int
    planned: int
    cancelled: int
    acts: int
    """Events, each by itself."""
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    """Without requests."""
    material_conflict: int
    request: int
    score_mean: float | None
    """PLOVER's score; the mean of an occasion's events counts for it."""
    score_sum: float | None
    goldstein_mean: float | None
    goldstein_sum: float | None
    first_seen: str | None
    """As exactly as is known: 2022-05-16, 2022-05, 2022, else first and last day with a slash between."""
    last_seen: str | None
    """Of what began last."""
    documents: int
    """Documents that tell it."""
    documents_each: float | None
    """Documents that tell an occasion, on average."""


class Stat(Tally, frozen=True, kw_only=True):
    """Counts for one combination of values."""

    by: list[Key]
    share: float | None
    """Of all that took place; as an occasion may count in several rows, shares may add up to more than 1."""


class Pair(Stat, frozen=True, kw_only=True):
    """Counts for two who deal with each other; both are in `by`."""

    balance: float | None
    """Cooperation less conflict, as a share of both: from -1 to 1; requests aside."""
    recent: int
    """Of the span asked for; where none was, of the twelve months up to the last event."""
    before: int
    """Of the span before it that is as long."""


class Matrix(Struct, frozen=True, kw_only=True):
    """How often each two of some dealt with each other."""

    parties: list[Key]
    """Those with most dealings, most first."""
    counts: list[list[int]]
    """A row for each of them, with a figure for each of them."""


class Neighbour(Struct, frozen=True, kw_only=True):
    """Who else is seen in an office, and when."""

    id: str
    name: str
    first_seen: str
    last_seen: str


class Held(Struct, frozen=True, kw_only=True):
    """An office that an actor is seen in, and who is seen in it before and after."""

    title: str
    of: str | None = None
    """Id of the country or organisation."""
    since: str | None = None
    """As stated."""
    until: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    before: Neighbour | None = None
    after: Neighbour | None = None


class Planned(Struct, frozen=True, kw_only=True):
    """An event that is planned."""

    id: str
    date: str | None
    summary: str


class Telling(Struct, frozen=True, kw_only=True):
    """A document that names an actor, and how many of his events it tells."""

    document: str
    title: str | None
    events: int


class Profile(Struct, frozen=True, kw_only=True):
    """One actor at a glance."""

    id: str
    name: str
    aliases: list[str]
    kind: ActorKind
    country: str | None
    offices: list[Held]
    events: Stat | None
    """All of them; null where there are none."""
    types: list[Stat]
    counterparts: list[Stat]
    places: list[Stat]
    times: list[Period]
    planned: list[Planned]
    documents: list[Telling]


class FieldChange(Struct, frozen=True, kw_only=True):
    """A field that is not what it was; for evidence the passages that are there alone."""

    field: str
    before: Any
    after: Any


class Change(Struct, frozen=True, kw_only=True):
    """An event, actor or relation that was added, changed, or is gone."""

    change: Literal["added", "changed", "gone"]
    record: Literal["event", "actor", "relation"]
    id: str
    name: str
    """What it is, for people."""
    fields: list[FieldChange] = []
    """What changed."""
    documents: list[str] = []
    """Ids of the documents that did it: that tell it in one index alone; none where the same ones are read
    in another way, or a person decided."""
