"""The filters: one struct of what the user asked for, one table of what each filter means where.

`FILTERS` is the single source of the command-line options, of the docs' table and of which filter a
command takes. Values stay as the user gave them until `dipcli.query.compile` makes terms of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, get_args

import msgspec

from dipcli.errors import UnknownValue, UsageError
from dipcli.errors import suggestion as suggestion
from dipcli.lexicon import plover
from dipcli.records import ActorKind, Certainty, EventType, Medium, Precision, RelationName, Status

Kind = Literal["events", "actors", "relations", "documents"]
KINDS: tuple[Kind, ...] = get_args(Kind)
COMMANDS = (*KINDS, "search", "conflicts")


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Every filter as the user gave it; a list holds the values of a repeated option."""

    actor: list[str] = []
    initiator: list[str] = []
    recipient: list[str] = []
    country: list[str] = []
    kind: list[str] = []
    type: list[str] = []
    status: list[str] = []
    medium: list[str] = []
    place: list[str] = []
    since: str | None = None
    until: str | None = None
    on: str | None = None
    precision: list[str] = []
    document: list[str] = []
    text: str | None = None
    relation: list[str] = []
    role: list[str] = []
    participant: list[str] = []
    quad: list[str] = []
    mode: list[str] = []
    context: list[str] = []
    certainty: list[str] = []
    asserted_by: list[str] = []
    min_sources: str | None = None
    min_confidence: str | None = None
    language: list[str] = []
    tag: list[str] = []
    reviewed: bool = False
    unreviewed: bool = False
    copies: bool = False
    originals: bool = False
    undated: bool = False

    @classmethod
    def of(cls, **values: Any) -> Filters:
        """Filters from keyword values: one value or a list of them, numbers and dates too.

        None and empty lists count as not given. Raises UnknownValue on a name that is no filter.
        """
        given = {}
        for name, value in values.items():
            if name not in FILTER:
                raise UnknownValue(f"unknown filter '{name}'", hint=suggestion(name, FILTER))
            if value is not None:
                given[name] = _as_field(FILTER[name], value)
        return cls(**given)

    def given(self) -> list[str]:
        """Names of the filters that are set, in the order of the table."""
        return [line.name for line in FILTERS if getattr(self, line.name) not in ([], None, False)]

    def only(self, names: Iterable[str]) -> Filters:
        """The same filters without those not named."""
        return Filters(**{name: getattr(self, name) for name in names})


def _as_field(line: Filter, value: Any) -> Any:
    if line.flag:
        return bool(value)
    if not line.repeatable:
        if isinstance(value, list | tuple | set):
            raise UsageError(f"{line.option} takes one value, not {len(value)}")
        return _as_text(value)
    return [_as_text(item) for item in ([value] if isinstance(value, str | int | float) else value)]


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table."""

    name: str
    metavar: str
    help: str
    means: dict[str, str]
    """What it means, by command; a command that is missing does not take it."""
    choices: tuple[str, ...] = ()
    """The closed list that values must come from; empty where any value may be given."""
    repeatable: bool = True
    flag: bool = False

    @property
    def option(self) -> str:
        return "--" + self.name.replace("_", "-")


QUADS = {
    "1": "verbal cooperation",
    "2": "material cooperation",
    "3": "verbal conflict",
    "4": "material conflict",
}
MODES = tuple(dict.fromkeys(mode for type in plover.TYPES.values() for mode in type.modes))


def _of_event(meaning: str) -> dict[str, str]:
    """Meanings of a filter on events, and of it on what stands in such an event."""
    return {
        "events": meaning,
        "actors": "took part in an event for which this holds",
        "documents": "tells an event for which this holds",
        "search": "is evidence for an event for which this holds",
        "conflicts": "is about an event for which this holds, or else an actor of such an event",
    }


_PERIOD = {
    "events": "its interval overlaps the span; a doubted date also by its alternative, marked ?",
    "actors": "took part in an event of the span; with --role: held that role in it",
    "relations": "stated from–until, else first–last seen, overlaps the span",
    "documents": "was published in the span",
    "search": "is evidence for an event of the span; else its document was published in it",
    "conflicts": "is about an event of the span, or else an actor of such an event",
}

FILTERS: tuple[Filter, ...] = (
    Filter(
        name="actor",
        metavar="NAME",
        help="Takes part, in any role; several: all of them.",
        means={
            "events": "all those named take part, acting or receiving",
            "actors": "is one of those named",
            "relations": "all those named are its subject or object",
            "documents": "names all of them",
            "search": "is evidence for an event in which all of them take part",
            "conflicts": "is about an event in which all of them take part, or else one of them",
        },
    ),
    Filter(
        name="initiator",
        metavar="NAME",
        help="Acts; several: all of them.",
        means=_of_event("all those named act; in a mutual event everybody does")
        | {"relations": "is its subject"},
    ),
    Filter(
        name="recipient",
        metavar="NAME",
        help="Is acted on; several: all of them.",
        means=_of_event("all those named are recipients; a mutual event has none")
        | {"relations": "is its object"},
    ),
    Filter(
        name="country",
        metavar="COUNTRY",
        help="Country of a participant, by ISO code or name; several: all of them.",
        means={
            "events": "each has a participant (it itself, its people, its bodies)",
            "actors": "is it or belongs to it; several: any of them",
            "relations": "each is that of the subject or the object",
            "documents": "names an actor of each",
            "search": "is evidence for an event with a participant of each",
            "conflicts": "is about an event with a participant of each, or else an actor of any",
        },
    ),
    Filter(
        name="kind",
        metavar="KIND",
        help="Kind of actor.",
        choices=get_args(ActorKind),
        means=_of_event("any participant is of that kind")
        | {"actors": "is of that kind", "relations": "subject or object is of that kind"},
    ),
    Filter(
        name="type",
        metavar="TYPE",
        help="PLOVER event type.",
        choices=get_args(EventType),
        means=_of_event("is of that type") | {"relations": "is an engages that counts events of that type"},
    ),
    Filter(
        name="status",
        metavar="STATUS",
        help="Whether it took place.",
        choices=get_args(Status),
        means=_of_event("has that status"),
    ),
    Filter(
        name="medium",
        metavar="MEDIUM",
        help="How they met or spoke.",
        choices=get_args(Medium),
        means=_of_event("took place by that medium"),
    ),
    Filter(
        name="place",
        metavar="PLACE",
        help="Where: a place's name, or a country.",
        means=_of_event("the place's name has these words, or lies in that country"),
    ),
    Filter(
        name="since",
        metavar="DATE",
        help="From then on: 2022-05, 'last May', 'spring 2021'.",
        repeatable=False,
        means=_PERIOD,
    ),
    Filter(
        name="until",
        metavar="DATE",
        help="Up to then, that day, month or year included.",
        repeatable=False,
        means=_PERIOD,
    ),
    Filter(
        name="on",
        metavar="DATE",
        help="On that day, or in that month or year.",
        repeatable=False,
        means=_PERIOD,
    ),
    Filter(
        name="precision",
        metavar="PRECISION",
        help="How exactly its date is known; 'unknown' lists the undated.",
        choices=get_args(Precision),
        means=_of_event("its date is known so exactly"),
    ),
    Filter(
        name="document",
        metavar="DOCUMENT",
        help="Document's id, path, file name or title.",
        means={
            "events": "is told in any of them",
            "actors": "is named in any of them",
            "relations": "is stated in any of them, or summed from events told there",
            "documents": "is one of them",
            "search": "stands in any of them",
            "conflicts": "is about an event told in any of them, or else an actor named there",
        },
    ),
    Filter(
        name="text",
        metavar="QUERY",
        help="""Words, "phrases", prefix*, NEAR, OR, NOT.""",
        repeatable=False,
        means={
            "events": "its quotes, summary, names, titles or place satisfy the query",
            "actors": "its names, titles or quotes satisfy the query",
            "relations": "its label, quotes or ids satisfy the query",
            "documents": "its title or text satisfies the query",
            "conflicts": "is about an event for which this holds, or else such an actor",
        },
    ),
    Filter(
        name="relation",
        metavar="RELATION",
        help="Kind of relation.",
        choices=get_args(RelationName),
        means={"relations": "is of that kind", "actors": "is subject or object of such a relation"},
    ),
    Filter(
        name="role",
        metavar="TITLE",
        help="Whole title: 'foreign minister' is not vice foreign minister.",
        means={
            "events": "a participant has the title in it, or held it at its date",
            "actors": "has the title; with dates: held it, or was seen to, in the span",
            "relations": "is an office of that title",
            "documents": "names an actor with the title",
            "search": "is evidence for an event with such a participant",
            "conflicts": "is about an event with such a participant, or else such an actor",
        },
    ),
    Filter(
        name="participant",
        metavar="KEY=VALUE,…",
        help="One participant with all of this: role=, country=, kind=, name=.",
        means=_of_event("one participant has all of these") | {"actors": "has all of these"},
    ),
    Filter(
        name="quad",
        metavar="QUAD",
        help="Quad class: 1 verbal or 2 material cooperation, 3 verbal or 4 material conflict.",
        choices=tuple(QUADS),
        means=_of_event("is of that class"),
    ),
    Filter(
        name="mode",
        metavar="MODE",
        help="PLOVER mode.",
        choices=MODES,
        means=_of_event("has that mode"),
    ),
    Filter(
        name="context",
        metavar="CONTEXT",
        help="PLOVER context.",
        choices=plover.CONTEXTS,
        means=_of_event("has any of these contexts"),
    ),
    Filter(
        name="certainty",
        metavar="CERTAINTY",
        help="Whether it is told as fact.",
        choices=get_args(Certainty),
        means=_of_event("is told with that certainty"),
    ),
    Filter(
        name="asserted_by",
        metavar="NAME",
        help="Whose word it is, where it is not the document's own.",
        means=_of_event("is told on the word of any of those named"),
    ),
    Filter(
        name="min_sources",
        metavar="NUMBER",
        help="Independent documents that tell it, or more; copies count as one.",
        repeatable=False,
        means=_of_event("so many independent documents tell it, or more"),
    ),
    Filter(
        name="min_confidence",
        metavar="NUMBER",
        help="Confidence from 0 to 1, or more.",
        repeatable=False,
        means=_of_event("its confidence is at least that"),
    ),
    Filter(
        name="language",
        metavar="CODE",
        help="Language of the document: en, zh, fr.",
        means={"documents": "is in that language"},
    ),
    Filter(
        name="copies",
        metavar="",
        help="Only documents that repeat an earlier one.",
        repeatable=False,
        flag=True,
        means={"documents": "is a copy of an earlier one, wholly or for the most part"},
    ),
    Filter(
        name="originals",
        metavar="",
        help="Only documents that repeat no earlier one.",
        repeatable=False,
        flag=True,
        means={"documents": "is a copy of none"},
    ),
    Filter(
        name="tag",
        metavar="TAG",
        help="A tag that a person gave it.",
        means=_of_event("has any of these tags")
        | {
            "actors": "has any of these tags",
            "relations": "has any of these tags",
            "documents": "has any of these tags",
        },
    ),
    Filter(
        name="reviewed",
        metavar="",
        help="A person accepted it, as it is now.",
        repeatable=False,
        flag=True,
        means=_of_event("was accepted as it is now"),
    ),
    Filter(
        name="unreviewed",
        metavar="",
        help="Nobody has accepted it yet, as it is now.",
        repeatable=False,
        flag=True,
        means=_of_event("was not accepted as it is now"),
    ),
    Filter(
        name="undated",
        metavar="",
        help="With a date filter: those too that no date is known for.",
        repeatable=False,
        flag=True,
        means={
            "events": "undated ones too, in spite of a date filter",
            "actors": "undated events and roles count too",
            "relations": "undated ones too",
            "documents": "those without a date of publication too",
            "search": "hits without any date too",
            "conflicts": "those about undated events too",
        },
    ),
)
FILTER: dict[str, Filter] = {line.name: line for line in FILTERS}


def filters_of(command: str) -> list[Filter]:
    """The filters that a command takes, in the order of the table."""
    return [line for line in FILTERS if command in line.means]


def check_applies(command: str, filters: Filters) -> None:
    """Raises UsageError where a filter is set that the command does not take."""
    for name in filters.given():
        if command not in FILTER[name].means:
            takers = ", ".join(FILTER[name].means)
            raise UsageError(
                f"{FILTER[name].option} does not apply to {command}", hint=f"it applies to: {takers}"
            )


_SYNONYMS = {
    "type": {name.lower(): now for name, now in plover.OLDER_NAMES.items()},
    "quad": {name: number for number, name in QUADS.items()},
    "medium": {"phone": "telephone", "call": "telephone", "online": "virtual", "video": "virtual"},
    "kind": {"organisation": "organization", "people": "person", "countries": "country"},
}


def closed(name: str, values: Iterable[str]) -> frozenset[str]:
    """Values of a closed list as records spell them; case, hyphens and spaces do not matter.

    Raises UnknownValue with a suggestion and the whole list.
    """
    line = FILTER[name]
    known = {_folded(choice): choice for choice in line.choices} | _SYNONYMS.get(name, {})
    found = set()
    for value in values:
        choice = known.get(_folded(value))
        if choice is None:
            several = f"give {line.option} once for each" if "," in value else None
            raise UnknownValue(f"unknown {name} '{value}'", hint=several or suggestion(value, line.choices))
        found.add(choice)
    return frozenset(found)


def _folded(value: str) -> str:
    return value.strip().casefold().replace("-", " ").replace("_", " ")
