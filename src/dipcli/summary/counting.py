"""Counting facts: which rows of them belong to a group, and what a group adds up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product
from math import fsum
from typing import Any

from dipcli.errors import UnknownValue, suggestion
from dipcli.facts import Facts, Party, iso
from dipcli.lexicon import countries
from dipcli.summary.periods import PERIODS, Calendar
from dipcli.summary.results import Key, Tally

QUADS = {
    1: "verbal_cooperation",
    2: "material_cooperation",
    3: "verbal_conflict",
    4: "material_conflict",
}
REQUEST = "request"
DIRECTED = ("verbal_conflict", "material_conflict", REQUEST)
"""What two do against or ask of somebody else when both act and nobody is named to receive it."""

Values = Sequence[Iterable[Any]]
"""For each row the values that it has of a field."""


def _of_kind(field: str) -> Callable[[Facts], Values]:
    def values(facts: Facts) -> Values:
        known = [(getattr(kind, field),) for kind in facts.kinds]
        return [known[kind] for kind in facts.kind]

    return values


def _contexts(facts: Facts) -> Values:
    return [facts.kinds[kind].contexts or (None,) for kind in facts.kind]


def _taking_part(*sides: str) -> Callable[[Facts], Values]:
    def values(facts: Facts) -> Values:
        ids = [party.id for party in facts.parties]
        lists = [getattr(facts, side) for side in sides]
        return [dict.fromkeys(ids[one] for some in row for one in some) for row in zip(*lists, strict=True)]

    return values


def _countries(facts: Facts) -> Values:
    lands = [party.country for party in facts.parties]
    rows = zip(facts.actors, facts.recipients, strict=True)
    return [dict.fromkeys(filter(None, (lands[one] for some in row for one in some))) for row in rows]


def _pairs_of(get: Callable[[Party], str | None]) -> Callable[[Facts], Values]:
    return lambda facts: dyads(facts, [get(party) for party in facts.parties])


def dyads(facts: Facts, who: Sequence[str | None]) -> list[set[tuple[str, str]]]:
    """For each row the two and two who deal with each other; `who` names each party (None: nobody).

    Each who acts deals with each who is acted on. Where nobody is, all who act deal with each other, but
    in a conflict or request: then they act together towards others. Nobody deals with his own country.
    """
    mutual = [quad_class(kind.type, kind.quad) not in DIRECTED for kind in facts.kinds]
    homes = {who[one]: party.country.lower() for one, party in enumerate(facts.parties) if party.country}
    found = []
    for actors, recipients, kind in zip(facts.actors, facts.recipients, facts.kind, strict=True):
        some: Iterable[tuple[int, int]] = ()
        if recipients:
            some = product(actors, recipients)
        elif mutual[kind]:
            some = combinations(actors, 2)
        pairs = set()
        for a, b in some:
            one, other = who[a], who[b]
            if one is None or other is None or one == other:
                continue
            if homes.get(one) == other or homes.get(other) == one:
                continue
            pairs.add((one, other) if one < other else (other, one))
        found.append(pairs)
    return found


def quad_class(type: str, quad: int | None) -> str | None:
    """Name of the quad class; a request is one of its own."""
    return REQUEST if type == "REQUEST" else QUADS.get(quad or 0)


def _places(facts: Facts) -> Values:
    names = [(spot.name,) for spot in facts.places]
    return [names[place] if place >= 0 else (None,) for place in facts.place]


def _documents(facts: Facts) -> Values:
    return [[facts.papers[one] for one in told] for told in facts.documents]


def _period(per: str) -> Callable[[Facts], Values]:
    def values(facts: Facts) -> Values:
        calendar = Calendar(per)
        precisions = [kind.precision for kind in facts.kinds]
        return [
            (calendar.of(start, end, precisions[kind]).name if start else None,)
            for start, end, kind in zip(facts.start, facts.end, facts.kind, strict=True)
        ]

    return values


FIELDS: dict[str, Callable[[Facts], Values]] = {
    **{name: _of_kind(name) for name in ("type", "mode", "quad", "medium", "certainty", "precision")},
    "context": _contexts,
    "actor": _taking_part("actors", "recipients"),
    "initiator": _taking_part("actors"),
    "recipient": _taking_part("recipients"),
    "country": _countries,
    "pair": _pairs_of(lambda party: party.id),
    "country-pair": _pairs_of(lambda party: party.country),
    "place": _places,
    "document": _documents,
    **{per: _period(per) for per in PERIODS},
}
"""What counts can be taken by."""


def values_of(facts: Facts, field: str) -> Values:
    """For each row its values of a field. Raises UnknownValue."""
    if field not in FIELDS:
        raise UnknownValue(f"cannot count by '{field}'", hint=suggestion(field, FIELDS))
    return FIELDS[field](facts)


def grouped(facts: Facts, fields: Sequence[str]) -> dict[tuple[Any, ...], list[int]]:
    """The rows of each combination of values. A row with several values is in several groups, one without
    any in none."""
    columns = [values_of(facts, field) for field in fields]
    groups: dict[tuple[Any, ...], list[int]] = {}
    if len(columns) == 1:
        for row, values in enumerate(columns[0]):
            for value in values:
                groups.setdefault((value,), []).append(row)
    else:
        for row, values in enumerate(zip(*columns, strict=True)):
            for combination in product(*values):
                groups.setdefault(combination, []).append(row)
    return groups


class Counts:
    """Counts of rows of facts: of occasions, or of acts."""

    def __init__(self, facts: Facts, acts: bool = False) -> None:
        self.facts = facts
        self.units: Sequence[int] = range(len(facts)) if acts else facts.occasion
        """What a row counts as."""
        self._status = [kind.status for kind in facts.kinds]
        self._quad = [quad_class(kind.type, kind.quad) for kind in facts.kinds]

    def by_status(self, rows: Iterable[int]) -> dict[str, int]:
        """How many took place, are planned, were cancelled."""
        units, kinds, status = self.units, self.facts.kind, self._status
        return Counter(found for _, found in {(units[row], status[kinds[row]]) for row in rows})

    def occurred(self, rows: Iterable[int]) -> list[int]:
        """The rows of what took place."""
        kinds, status = self.facts.kind, self._status
        return [row for row in rows if status[kinds[row]] == "occurred"]

    def tally(self, rows: Iterable[int]) -> dict[str, Any]:
        """The fields of a Tally of some rows."""
        rows = list(rows)
        facts, status = self.facts, self.by_status(rows)
        done = self.occurred(rows)
        units = [self.units[row] for row in done]
        kinds = [facts.kind[row] for row in done]
        quads = Counter(
            quad for _, quad in {(unit, self._quad[kind]) for unit, kind in zip(units, kinds, strict=True)}
        )
        told = {(unit, one) for unit, row in zip(units, done, strict=True) for one in facts.documents[row]}
        count = status.get("occurred", 0)
        return {
            "count": count,
            "planned": status.get("planned", 0),
            "cancelled": status.get("cancelled", 0),
            "acts": len(done),
            **{name: quads[name] for name in (*QUADS.values(), REQUEST)},
            **self._intensity("score", units, kinds),
            **self._intensity("goldstein", units, kinds),
            "first_seen": iso(min((start for row in done if (start := facts.start[row])), default=0)),
            "last_seen": iso(max((facts.end[row] for row in done), default=0)),
            "documents": len({one for _, one in told}),
            "documents_each": round(len(told) / count, 2) if count else None,
        }

    def _intensity(self, name: str, units: Sequence[int], kinds: Sequence[int]) -> dict[str, float | None]:
        """Mean and sum of a score, in which each unit counts with the mean of its events."""
        scores = [getattr(kind, name) for kind in self.facts.kinds]
        scored = [unit for unit, kind in zip(units, kinds, strict=True) if scores[kind] is not None]
        weight = Counter(scored)
        if len(weight) == len(scored):
            total = fsum(
                scores[kind] * many for kind, many in Counter(kinds).items() if scores[kind] is not None
            )
        else:
            pairs = zip(units, kinds, strict=True)
            total = fsum(scores[kind] / weight[unit] for unit, kind in pairs if scores[kind] is not None)
        mean = round(total / len(weight), 2) if weight else None
        return {f"{name}_mean": mean, f"{name}_sum": round(total, 2) if weight else None}


def keys(fields: Sequence[str], values: Sequence[Any], names: dict[str, str]) -> list[Key]:
    """What a group is about."""
    return [key(field, value, names) for field, value in zip(fields, values, strict=True)]


def key(field: str, value: Any, names: dict[str, str]) -> Key:
    """A value of a field, with the name of what it stands for."""
    if isinstance(value, tuple):
        return Key(
            field=field, value="/".join(value), name=" – ".join(_named(field, one, names) for one in value)
        )
    if value is None:
        return Key(field=field, value=None)
    name = _named(field, value, names)
    return Key(field=field, value=str(value), name=name if name != str(value) else None)


def _named(field: str, value: Any, names: dict[str, str]) -> str:
    if field in ("country", "country-pair"):
        country = countries.by_code(value)
        return country.name if country else value
    if field == "quad":
        return QUADS[value].replace("_", " ")
    return names.get(value, str(value)) if field in NAMED else str(value)


NAMED = ("actor", "initiator", "recipient", "pair", "document")
"""Fields whose values are ids."""


def names_of(facts: Facts) -> dict[str, str]:
    """Names of the actors by id."""
    return {party.id: party.name for party in facts.parties}


def tally(facts: Facts, rows: Iterable[int] | None = None, acts: bool = False) -> Tally:
    """What all rows, or some, add up to."""
    return Tally(**Counts(facts, acts).tally(range(len(facts)) if rows is None else rows))
