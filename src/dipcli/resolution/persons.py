"""Which persons of many documents are the same: one name, one country, offices that agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, pairwise, product

from dipcli.names import normal
from dipcli.resolution.local import Local, held
from dipcli.resolution.union import Union

Name = tuple[str, str]
"""The letters of a full name in normal form, and a country ("" for none)."""
Block = tuple[str, str]
"""A word of a family name without its vowels, and the first letter of a given name or nothing."""


@dataclass
class Bearer:
    """All local persons that one full name and one country stand for."""

    members: list[Local] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)

    @cached_property
    def name(self) -> str:
        return min(local.name for local in self.members)

    @cached_property
    def offices(self) -> frozenset[str]:
        return held(self.members)

    def add(self, local: Local) -> None:
        self.members.append(local)
        self.forms.update(form for form in local.names if is_full(form))


def join(people: Sequence[Local]) -> list[list[Local]]:
    """Sets of local persons that are one.

    Full names first: equal, then alike (`names.same_person`) among those of one family name and
    country. A single name ("Xi") goes with the one person of its country that bears it, if its office
    is that person's, or if it has none.
    """
    joined = full([local for local in people if is_full(local.name)])
    return with_single(joined, [local for local in people if not is_full(local.name)])


def full(people: Sequence[Local]) -> list[list[Local]]:
    """Sets of local persons with full names that are one."""
    bearers = bearers_of(people)
    return [[local for name in names for local in bearers[name].members] for names in alike(bearers).sets()]


def is_full(name: str) -> bool:
    return len(normal(name).split()) > 1


def letters(name: str) -> str:
    return normal(name).replace(" ", "")


def bearers_of(people: Iterable[Local]) -> dict[Name, Bearer]:
    """Bearers by name and country; one without a country goes with the one country that has its name."""
    by_name: dict[str, list[Local]] = defaultdict(list)
    for local in people:
        by_name[letters(local.name)].append(local)
    bearers: dict[Name, Bearer] = defaultdict(Bearer)
    for name, same in by_name.items():
        known = {local.country for local in same if local.country}
        only = next(iter(known)) if len(known) == 1 else ""
        for local in same:
            bearers[name, local.country or only].add(local)
    return bearers


def alike(bearers: dict[Name, Bearer]) -> Union[Name]:
    """Bearers of which one goes by the other's name, or whose names are one person's in two spellings.

    A name that could be either of two that differ ("J. Berg") goes with the one whose office it has.
    """
    union = Union(bearers)
    for name, bearer in bearers.items():
        for form in sorted(bearer.forms):
            if (other := (letters(form), name[1])) in bearers and other != name:
                union.join(name, other)
    for name, other in pairwise(sorted(bearers)):
        if name[0] == other[0] and bearers[name].offices & bearers[other].offices:
            union.join(name, other)  # one name in one office: a document got the country wrong
    near: dict[Name, set[Name]] = defaultdict(set)
    for block in _blocks(bearers):
        for one, other in _pairs(block):
            if one_person(bearers[one], bearers[other], one[1], other[1]):
                near[one].add(other)
                near[other].add(one)
    sure = {name: _mutual(bearers, name, others, near) for name, others in sorted(near.items())}
    for name, others in sure.items():
        for other in sorted(others):
            if name in sure[other]:
                union.join(name, other)
    return union


def _blocks(bearers: dict[Name, Bearer]) -> list[list[Name]]:
    """Names that could be spellings of one another."""
    blocks: dict[Block, set[Name]] = defaultdict(set)
    for name, bearer in bearers.items():
        for block in blocks_of(name, bearer):
            blocks[block].add(name)
    return [sorted(block) for _, block in sorted(blocks.items()) if len(block) > 1]


def blocks_of(name: Name, bearer: Bearer) -> Iterator[Block]:
    """By what a name is held against others: its family name, for the many of East Asia's few family names
    the given name's first letter too."""
    from dipcli.names import parts
    from dipcli.names.cultures import FAMILY_FIRST
    from dipcli.names.romanisation import key

    found = parts(bearer.name, name[1] or None)
    crowded = found.culture in FAMILY_FIRST
    given = key(" ".join(found.given), found.culture)[:1] if crowded else ""
    words = key(found.family, found.culture).lower().split()
    for word in [word for word in words if len(word) > 2] or words:
        yield word.translate(_VOWELS) or word, given


def _pairs(block: Iterable[Name]) -> Iterator[tuple[Name, Name]]:
    """The pairs of names of one country, and those of which one has none."""
    by_country: dict[str, list[Name]] = defaultdict(list)
    for name in block:
        by_country[name[1]].append(name)
    for country, names in by_country.items():
        yield from combinations(names, 2)
        if country:
            yield from product(by_country.get("", ()), names)


def one_person(one: Bearer, other: Bearer, country: str, other_country: str) -> bool:
    """Whether names, countries and offices agree: a name spelled otherwise with another office is not."""
    from dipcli.names import may_merge, same_person

    decision = same_person(one.name, other.name, country_a=country or None, country_b=other_country or None)
    if not decision.same or not may_merge(one.name, other.name):
        return False
    either, both = one.offices and other.offices, one.offices & other.offices
    return decision.score >= _SAME_WORDS or bool(both) or not either


_VOWELS = str.maketrans("", "", "aeiouy")
_SAME_WORDS = 97.0
"""From this likeness on, two names are the same words, parted or ordered otherwise."""


def _mutual(
    bearers: dict[Name, Bearer], name: Name, others: set[Name], near: dict[Name, set[Name]]
) -> set[Name]:
    """Those of `others` that `name` may go with: all if they are near one another, else those that
    share its office if they are, else none."""
    sharing = {other for other in others if bearers[name].offices & bearers[other].offices}
    for chosen in (others, sharing):
        if all(two in near[one] for one, two in combinations(sorted(chosen), 2)):
            return chosen
    return set()


def with_single(sets: list[list[Local]], singles: Sequence[Local]) -> list[list[Local]]:
    bearing: dict[str, set[int]] = defaultdict(set)
    countries = [{local.country for local in members} - {None} for members in sets]
    documents = [{local.document for local in members} for members in sets]
    titles = [held(members) for members in sets]
    for number, members in enumerate(sets):
        for word in {word for local in members for word in normal(local.name).split()}:
            bearing[word].add(number)
    alone: dict[tuple[str, str | None, str], list[Local]] = defaultdict(list)
    joined = [list(members) for members in sets]
    for local in singles:
        name, own = normal(local.name), held([local])
        candidates = [
            n
            for n in sorted(bearing.get(name, ()))
            if local.country in countries[n]
            or (local.document in documents[n] and (local.country is None or not countries[n]))
        ]
        fitting = [n for n in candidates if not own or own & titles[n] or not titles[n]]
        sharing = [n for n in fitting if local.document in documents[n]] or fitting
        if len(sharing) == 1 and (len(candidates) == 1 or own & titles[sharing[0]]):
            joined[sharing[0]].append(local)
        else:
            alone[name, local.country, local.document if local.country is None else ""].append(local)
    return joined + [alone[key] for key in sorted(alone, key=lambda k: (k[0], k[1] or "", k[2]))]
