"""Which persons of many documents are the same: one name, one country, offices that agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dipcli.names import normal
from dipcli.resolution.local import Local, held
from dipcli.resolution.union import Union

Name = tuple[str, str]
"""The letters of a full name in normal form, and a country ("" for none)."""


@dataclass
class Bearer:
    """All local persons that one full name and one country stand for."""

    members: list[Local] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)

    def add(self, local: Local) -> None:
        self.members.append(local)
        self.forms.update(form for form in local.names if _is_full(form))


def join(people: Sequence[Local]) -> list[list[Local]]:
    """Sets of local persons that are one.

    Full names first: equal, then alike (`names.same_person`) among those of one family name and
    country. A single name ("Xi") goes with the one person of its country that bears it, if its office
    is that person's, or if it has none.
    """
    bearers = _bearers([local for local in people if _is_full(local.name)])
    sets = [[bearers[name] for name in names] for names in _alike(bearers).sets()]
    joined = [[local for bearer in bearers_ for local in bearer.members] for bearers_ in sets]
    return _with_single(joined, [local for local in people if not _is_full(local.name)])


def _is_full(name: str) -> bool:
    return len(normal(name).split()) > 1


def _letters(name: str) -> str:
    return normal(name).replace(" ", "")


def _bearers(people: Iterable[Local]) -> dict[Name, Bearer]:
    """Bearers by name and country; one without a country goes with the one country that has its name."""
    by_name: dict[str, list[Local]] = defaultdict(list)
    for local in people:
        by_name[_letters(local.name)].append(local)
    bearers: dict[Name, Bearer] = defaultdict(Bearer)
    for name, same in by_name.items():
        known = {local.country for local in same if local.country}
        only = next(iter(known)) if len(known) == 1 else ""
        for local in same:
            bearers[name, local.country or only].add(local)
    return bearers


def _alike(bearers: dict[Name, Bearer]) -> Union[Name]:
    union = Union(bearers)
    for name, bearer in bearers.items():
        for form in bearer.forms:
            if _letters(form) != name[0] and (_letters(form), name[1]) in bearers:
                union.join(name, (_letters(form), name[1]))
    return union


def _with_single(sets: list[list[Local]], singles: Sequence[Local]) -> list[list[Local]]:

    bearing: dict[tuple[str, str | None], set[int]] = defaultdict(set)
    titles: list[frozenset[str]] = []
    documents: list[set[str]] = []
    for number, members in enumerate(sets):
        country = next((local.country for local in members if local.country), None)
        titles.append(held(members))
        documents.append({local.document for local in members})
        for local in members:
            for word in normal(local.name).split():
                bearing[word, country].add(number)
    alone: dict[tuple[str, str | None, str], list[Local]] = defaultdict(list)
    joined = [list(members) for members in sets]
    for local in singles:
        name, own = normal(local.name), held([local])
        candidates = sorted(bearing.get((name, local.country), ()))
        if local.country is None:
            candidates = [n for n in candidates if local.document in documents[n]]
        fitting = [n for n in candidates if not own or own & titles[n] or not titles[n]]
        sharing = [n for n in fitting if local.document in documents[n]] or fitting
        if len(sharing) == 1 and (len(candidates) == 1 or own & titles[sharing[0]]):
            joined[sharing[0]].append(local)
        else:
            alone[name, local.country, local.document if local.country is None else ""].append(local)
    return joined + [alone[key] for key in sorted(alone, key=lambda k: (k[0], k[1] or "", k[2]))]
