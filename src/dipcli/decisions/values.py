"""What an event's fields may be set to, and how that is typed: `type=ACCUSE`, `date=2022-05-16`.

One line of `FIELDS` for each field that can be set, with what it takes; `read` makes `Values` of texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, get_args

import msgspec

from dipcli import dates
from dipcli.decisions.types import Quote, Values, Who
from dipcli.errors import DecisionsError, UnknownValue, suggestion
from dipcli.lexicon import countries, plover
from dipcli.records import Actor, Certainty, Event, EventType, Medium, Participant, Place, Status

Find = Callable[[str], Actor | Who]
"""The actor of a name. Raises NotFound, AmbiguousName."""
_TITLED = re.compile(r"(?P<name>.*?\S)\s*\((?P<title>[^()]*)\)")
UNKNOWN = "unknown"


class Field(NamedTuple):
    """A field that can be set: what it takes, for people, and the values of a closed list."""

    takes: str
    choices: tuple[str, ...] = ()
    clears: bool = False
    """Whether it may be empty."""


FIELDS: dict[str, Field] = {
    "date": Field("a day, month, year, or span A..B; `unknown`", clears=True),
    "start": Field("its first day, month or year", clears=True),
    "end": Field("its last day, month or year", clears=True),
    "type": Field("a PLOVER type", get_args(EventType)),
    "mode": Field("a mode of that type", clears=True),
    "contexts": Field("PLOVER contexts, with ; between", plover.CONTEXTS, clears=True),
    "status": Field("whether it took place", get_args(Status)),
    "certainty": Field("how it is told", get_args(Certainty)),
    "asserted_by": Field("whose word it is: names, with ; between", clears=True),
    "actors": Field("who acts: names, with ; between, each with a title in brackets if need be"),
    "recipients": Field("who is acted on", clears=True),
    "place": Field("a place, and its country after a comma", clears=True),
    "medium": Field("how they met or spoke", get_args(Medium), clears=True),
    "summary": Field("one sentence"),
}
PEOPLE = ("actors", "recipients", "asserted_by")


def read(
    given: Mapping[str, Any],
    event: Event | None = None,
    find: Find | None = None,
) -> Values:
    """The values that texts (or what a field holds itself) mean, for an event or for a new one.

    `find` looks a name up; without it a name is taken as it is. Raises UnknownValue for a field that cannot
    be set or a value not in its list, DecisionsError and DateOptionError for a value that cannot be meant.
    """
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name not in FIELDS:
            raise UnknownValue(f"the field '{name}' cannot be set", hint=suggestion(name, FIELDS))
        text = value.strip() if isinstance(value, str) else value
        if text in ("", None, []) and not FIELDS[name].clears:
            raise DecisionsError(f"the {name} cannot be empty", hint=f"it takes {FIELDS[name].takes}")
        if name in ("date", "start", "end"):
            continue
        found[name] = _READ[name](name, text, find)
    found |= _dated(given, event)
    _check_mode(found, event)
    try:
        return Values(**found)
    except ValueError as error:
        raise DecisionsError(str(error)) from error


def _choice(name: str, value: Any, find: Find | None) -> str | None:
    """One of a closed list, in any case, with blanks or hyphens; or any text where there is no list."""
    choices = FIELDS[name].choices
    if value in ("", None) or not choices:
        return value or None
    known = {_plain(choice): choice for choice in choices}
    older = {_plain(old): now for old, now in plover.OLDER_NAMES.items()} if name == "type" else {}
    chosen = (known | older).get(_plain(value))
    if chosen is None:
        raise UnknownValue(f"unknown {name} '{value}'", hint=suggestion(value, choices))
    return chosen


def _plain(text: str) -> str:
    return str(text).strip().casefold().replace("-", " ").replace("_", " ")


def _contexts(name: str, value: Any, find: Find | None) -> list[str]:
    return sorted({_choice(name, one, find) or "" for one in items(value)})


def _people(name: str, value: Any, find: Find | None) -> list[Who]:
    return [_who(one, find) for one in items(value)]


def _who(given: Any, find: Find | None) -> Who:
    if isinstance(given, Who):
        return given
    if isinstance(given, Actor | Participant):
        return who(given)
    titled = _TITLED.fullmatch(given)
    name, title = (titled["name"], titled["title"].strip() or None) if titled else (given, None)
    found = find(name) if find else guessed(name)
    return msgspec.structs.replace(found if isinstance(found, Who) else who(found), title=title)


def who(actor: Actor | Participant) -> Who:
    """Somebody of the index, by the words that name them."""
    if isinstance(actor, Participant):
        kind = "country" if actor.country and actor.id == actor.country.lower() else "person"
        return Who(name=actor.name, kind=kind, country=actor.country, title=actor.title)  # type: ignore[arg-type]
    from dipcli.decisions.making import subject

    quotes: list[Quote] = subject(actor).quotes if actor.kind != "country" else []
    return Who(name=actor.name, kind=actor.kind, country=actor.country, quotes=quotes)


def guessed(name: str) -> Who:
    """Somebody whom the index does not know: a country by its name, else a person."""
    country = countries.by_name(name)
    if country:
        return Who(name=country.name, kind="country", country=country.alpha3)
    return Who(name=" ".join(name.split()))


def _place(name: str, value: Any, find: Find | None) -> Place | None:
    if isinstance(value, Place) or not value:
        return value or None
    town, comma, land = value.rpartition(",")
    country = countries.by_name((land if comma else value).strip()) or countries.by_code(land.strip().upper())
    if not comma:
        return Place(name=value, country=country.alpha3 if country else None)
    if country is None:
        return Place(name=value)
    return Place(name=town.strip(), country=country.alpha3)


_READ: dict[str, Callable[[str, Any, Find | None], Any]] = {
    **dict.fromkeys(FIELDS, _choice),
    **dict.fromkeys(PEOPLE, _people),
    "contexts": _contexts,
    "place": _place,
}


def items(value: Any) -> list[Any]:
    """The items of a list, or of a text with `;` between them."""
    if isinstance(value, str):
        return [item.strip() for item in value.split(";") if item.strip()]
    return list(value or ())


def _dated(given: Mapping[str, Any], event: Event | None) -> dict[str, Any]:
    """Start, end and precision, which are set together; an end that is not given stays as it is."""
    asked = {name: str(given[name] or UNKNOWN).strip() for name in ("date", "start", "end") if name in given}
    if not asked:
        return {}
    if "date" in asked and len(asked) > 1:
        raise DecisionsError("date is start and end in one: set either it or them")
    if set(asked.values()) == {UNKNOWN}:
        return {"start": None, "end": None, "precision": UNKNOWN}
    read_ = {name: dates.option(text, dates.now()) for name, text in asked.items()}
    first, last = read_.get("date") or read_.get("start"), read_.get("date") or read_.get("end")
    if first and (last is None or first == last):
        return {"start": first.start.isoformat(), "end": first.end.isoformat(), "precision": first.precision}
    start = first.start.isoformat() if first else event.start if event else None
    assert last
    end = last.end.isoformat()
    if start is None:
        raise DecisionsError("an end without a start", hint="set both, or date=A..B")
    return {"start": start, "end": end, "precision": "day" if start == end else "range"}


def _check_mode(found: dict[str, Any], event: Event | None) -> None:
    mode = found.get("mode")
    type_ = found.get("type") or (event.type if event else None)
    if mode and type_ and mode not in plover.TYPES[type_].modes:
        modes: Iterable[str] = plover.TYPES[type_].modes
        hint = suggestion(mode, modes) if modes else "it has none"
        raise UnknownValue(f"{type_} has no mode '{mode}'", hint=hint)


def assignments(texts: Iterable[str]) -> dict[str, str]:
    """`field=value` as typed. Raises DecisionsError where one has no `=`, or a field is set twice."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip().lower().replace("-", "_")
        if not equals:
            raise DecisionsError(f"'{text}' sets nothing", hint="such as --set type=ACCUSE")
        if name in found:
            raise DecisionsError(f"{name} is set twice")
        found[name] = value
    return found
