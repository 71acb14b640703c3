"""What is remembered of a resolution, row by row (the tables are in `dipcli.resolution.adding.store`)."""

from __future__ import annotations

import msgspec

from dipcli.records import ActorKind
from dipcli.resolution.events import Fact

Place = tuple[str, int, int, str]
"""Document, span and key of an event mention (`Telling.where`)."""


class Row(msgspec.Struct, array_like=True, gc=False):
    """Kept as MessagePack, without names of fields."""


class TenureRow(Row):
    """`dipcli.resolution.offices.Tenure` without person and quotes."""

    office: str
    of: str | None
    forms: dict[str, int]
    since: str | None
    until: str | None
    seen: list[str]
    tenses: list[str]
    told: bool
    """Whether any document tells it as held."""
    born: tuple[str, int, str]


class FigureRow(Row):
    """An actor of all documents."""

    kind: ActorKind
    country: str | None
    name: str
    wanted: str
    """The id that it has unless others want the same."""
    named: dict[str, int]
    forms: dict[str, int]
    countries: dict[str, int]
    """What `dipcli.resolution.cast.Tally` counts; of countries the forms alone."""
    documents: int
    first: tuple[str, int]
    groups: int
    """How many sets of local actors that go by one name it is made of (`PersonRow`, `BodyRow`); none for one
    that goes by a single name."""
    bare: bool
    """Whether it is a country that only offices imply."""
    tenures: list[TenureRow]


class PersonRow(Row):
    """All local persons of one full name and one country."""

    names: list[str]
    forms: list[str]
    """Full names that they go by."""
    titles: dict[str, str]
    """A title for each office that they hold, by `office_key`."""
    figure: str


class SingleRow(Row):
    """A local person with a single name."""

    name: str
    country: str | None
    titles: list[str]
    figure: str


class BodyRow(Row):
    """All local organisations of one name, with the same other names, of one country."""

    name: str
    aliases: list[str]
    country: str | None
    figure: str


class DocumentRow(Row):
    ids: dict[str, str]
    """Actor ids by the keys of the document's own actors, offices left out."""


class ClusterRow(Row):
    """The tellings of one event."""

    members: list[tuple[int, bool]]
    """Numbers of tellings in their order, and whether each agrees on who took part."""
    stem: str
    place: Place
    """Of the telling that comes first in the documents."""
    event: Fact
