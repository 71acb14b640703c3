"""What counts can be taken by: for each field, which events have which of its values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from dipcli.errors import UnknownValue, suggestion
from dipcli.facts import QUADS, Facts, Party
from dipcli.lexicon import countries
from dipcli.summary.periods import PERIODS, Calendar
from dipcli.summary.results import Key


class Column(NamedTuple):
    """Which rows of facts have which values. A row may have several, each once, or none."""

    values: Sequence[Any]
    """In order; None, for what has no value, last."""
    rows: Sequence[int]
    codes: Sequence[int]
    """Beside each of `rows` the place in `values` of what it has."""

    def joined(self, other: Column, count: int) -> Column:
        """Pairs of values that rows have of this and of another column, of `count` rows of facts."""
        width = len(other.values)
        here: list[list[int]] = [[] for _ in range(count)]
        for row, code in zip(other.rows, other.codes, strict=True):
            here[row].append(code)
        found = [
            (row, code * width + beside)
            for row, code in zip(self.rows, self.codes, strict=True)
            for beside in here[row]
        ]
        values = _Product(self.values, other.values)
        return Column(values, [row for row, _ in found], [code for _, code in found])


class _Product(Sequence[Any]):
    """Combinations of values, none of them made before it is asked for."""

    def __init__(self, ones: Sequence[Any], others: Sequence[Any]) -> None:
        self._ones, self._others = ones, others

    def __len__(self) -> int:
        return len(self._ones) * len(self._others)

    def __getitem__(self, code: Any) -> Any:
        one, other = divmod(code, len(self._others))
        return (*self._ones[one], *self._others[other])


def _column(rows: Sequence[int], values: Sequence[Any], numbers: Iterable[int]) -> Column:
    """A column of rows that have, by number, one of some values (which may be alike)."""
    known = sorted(set(values), key=lambda value: (value is None, value))
    place = {value: code for code, value in enumerate(known)}
    codes = [place[value] for value in values]
    return Column([(value,) for value in known], rows, list(map(codes.__getitem__, numbers)))


def _once(values: Sequence[Any], found: Iterable[tuple[int, int]]) -> Column:
    """A column of rows and codes, in which no row has a value twice."""
    known = dict.fromkeys(found)
    return Column(values, [row for row, _ in known], [code for _, code in known])


def _of_kind(field: str) -> Callable[[Facts], Column]:
    return lambda facts: _column(
        range(len(facts)), [getattr(kind, field) for kind in facts.kinds], facts.kind
    )


def _contexts(facts: Facts) -> Column:
    names: list[str | None] = [
        None,
        *dict.fromkeys(chain.from_iterable(kind.contexts for kind in facts.kinds)),
    ]
    place = {name: number for number, name in enumerate(names)}
    numbers = [[place[name] for name in dict.fromkeys(kind.contexts)] or [0] for kind in facts.kinds]
    found = [(row, number) for row, kind in enumerate(facts.kind) for number in numbers[kind]]
    return _column([row for row, _ in found], names, (number for _, number in found))


def _parties(get: Callable[[Party], str | None], *sides: str) -> Callable[[Facts], Column]:
    def column(facts: Facts) -> Column:
        lists = [getattr(facts, side) for side in sides]
        rows = list(chain.from_iterable(one.rows for one in lists))
        numbers = chain.from_iterable(one.values for one in lists)
        whole = _column(rows, [get(party) for party in facts.parties], numbers)
        nobody = len(whole.values) - 1 if whole.values and whole.values[-1] == (None,) else -1
        found = zip(whole.rows, whole.codes, strict=True)
        return _once(whole.values, (one for one in found if one[1] != nobody))

    return column


def pairs(facts: Facts, who: Sequence[str | None]) -> Column:
    """Who deals with whom (the dyads of facts); `who` names each party, None one that is left out.

    Nobody deals with himself, nor with his own country.
    """
    names = sorted({name for name in who if name is not None})
    place: dict[str | None, int] = {name: code for code, name in enumerate(names)}
    codes = [place.get(name, -1) for name in who]
    homes = [place.get((party.country or "").lower(), -1) for party in facts.parties]
    width = len(names)
    firsts, seconds = facts.dyads.values[::2], facts.dyads.values[1::2]
    rows = islice(facts.dyads.rows, 0, None, 2)
    sides = zip(
        rows, firsts, seconds, map(codes.__getitem__, firsts), map(codes.__getitem__, seconds), strict=True
    )
    found = [
        (row, one * width + other if one < other else other * width + one)
        for row, a, b, one, other in sides
        if one != other and one >= 0 <= other and homes[a] != other and homes[b] != one
    ]
    return _once(_Pairs(names), found)


class _Pairs(Sequence[Any]):
    """Two and two of some names, as one value."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def __len__(self) -> int:
        return len(self._names) ** 2

    def __getitem__(self, code: Any) -> Any:
        one, other = divmod(code, len(self._names))
        return ((self._names[one], self._names[other]),)


def _places(facts: Facts) -> Column:
    return _column(range(len(facts)), [*(spot.name for spot in facts.places), None], facts.place)


def _documents(facts: Facts) -> Column:
    return _column(list(facts.documents.rows), facts.papers, facts.documents.values)


def _period(per: str) -> Callable[[Facts], Column]:
    def column(facts: Facts) -> Column:
        spans, numbers = Calendar(per).of_all(facts)
        return _column(range(len(facts)), [span.name if span else None for span in spans], numbers)

    return column


FIELDS: dict[str, Callable[[Facts], Column]] = {
    **{name: _of_kind(name) for name in ("type", "mode", "quad", "medium", "certainty", "precision")},
    "context": _contexts,
    "actor": _parties(lambda party: party.id, "actors", "recipients"),
    "initiator": _parties(lambda party: party.id, "actors"),
    "recipient": _parties(lambda party: party.id, "recipients"),
    "country": _parties(lambda party: party.country, "actors", "recipients"),
    "pair": lambda facts: pairs(facts, [party.id for party in facts.parties]),
    "country-pair": lambda facts: pairs(facts, [party.country for party in facts.parties]),
    "place": _places,
    "document": _documents,
    **{per: _period(per) for per in PERIODS},
}
"""What counts can be taken by."""
NAMED = ("actor", "initiator", "recipient", "pair", "document")
"""Fields whose values are ids."""
OF_COUNTRIES = ("country", "country-pair")


def column(facts: Facts, fields: Sequence[str]) -> Column:
    """Which rows have which combination of values of some fields; each value is a tuple of theirs.

    Raises UnknownValue.
    """
    for field in fields:
        if field not in FIELDS:
            raise UnknownValue(f"cannot count by '{field}'", hint=suggestion(field, FIELDS))
    if not fields:
        return Column([()], range(len(facts)), [0] * len(facts))
    first, *others = (FIELDS[field](facts) for field in fields)
    for other in others:
        first = first.joined(other, len(facts))
    return first


def key(field: str, value: Any, names: dict[str, str]) -> Key:
    """A value of a field, with the name of what it stands for."""
    if isinstance(value, tuple):
        name = " – ".join(_name(field, one, names) for one in value)
        return Key(field=field, value="/".join(value), name=name)
    if value is None:
        return Key(field=field, value=None)
    name = _name(field, value, names)
    return Key(field=field, value=str(value), name=name if name != str(value) else None)


def _name(field: str, value: Any, names: dict[str, str]) -> str:
    if field in OF_COUNTRIES:
        country = countries.by_code(value)
        return country.name if country else value
    if field == "quad":
        return QUADS[value].replace("_", " ")
    return names.get(value, value) if field in NAMED else str(value)


def names_of(facts: Facts) -> dict[str, str]:
    """Names of the actors by id."""
    return {party.id: party.name for party in facts.parties}
