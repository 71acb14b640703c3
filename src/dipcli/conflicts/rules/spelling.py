"""One person spelled two ways, within what resolution took for one, or in two records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from dipcli.conflicts.finding import Conflict, Severity
from dipcli.conflicts.world import World
from dipcli.names import likeness, may_merge, normal, parts
from dipcli.names.matching import TRANSLITERATED, TRANSLITERATING
from dipcli.records import Actor, Evidence

ALIKE = 88.0
"""Likeness from which two names in one office are taken for spellings of one."""
SLIP = 80.0
"""Likeness from which two spellings of one person differ by a slip of the pen, not by the way of writing."""


def find(world: World) -> Iterator[Conflict]:
    for actor in world.actors.values():
        if actor.kind == "person" and actor.aliases:
            yield from _within(actor, world)
    yield from _between(world)


def _within(actor: Actor, world: World) -> Iterator[Conflict]:
    """Forms of one name that differ in letters: not shorter ones, other orders, hyphens or accents."""
    seen = {_letters(actor.name)}
    for alias in actor.aliases:
        if _letters(alias) in seen or not _differs(actor.name, alias):
            continue
        seen.add(_letters(alias))
        yield _conflict(actor.name, alias, [actor], world)


def _between(world: World) -> Iterator[Conflict]:
    """Two records of one country whose names are alike and who hold one office."""
    from dipcli.lexicon import offices

    held: dict[tuple[str, str], list[Actor]] = defaultdict(list)
    for actor in world.actors.values():
        if actor.kind == "person" and actor.country and " " in normal(actor.name):
            for office in {offices.role(role.title, actor.country) for role in actor.roles}:
                held[office, actor.country].append(actor)
    done: set[frozenset[str]] = set()
    for colleagues in held.values():
        for one, other in _near(colleagues):
            pair = frozenset((one.id, other.id))
            if pair not in done and _differs(one.name, other.name) and may_merge(one.name, other.name):
                done.add(pair)
                if likeness(one.name, other.name) >= ALIKE:
                    yield _conflict(one.name, other.name, [one, other], world)


def _near(actors: list[Actor]) -> Iterator[tuple[Actor, Actor]]:
    """Pairs of one initial: an office such as ambassador has many holders."""
    initials: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        initials[normal(actor.name)[:1]].append(actor)
    for alike in initials.values():
        yield from combinations(alike, 2)


def _differs(one: str, other: str) -> bool:
    """Whether two full names of as many words differ in letters, and in no word by more than its spelling."""
    a, b = normal(one).split(), normal(other).split()
    if min(len(a), len(b)) < 2 or "".join(a) == "".join(b) or sorted(a) == sorted(b):
        return False
    if set(a) <= set(b) or set(b) <= set(a):
        return False  # a second given name, an initial
    if len("".join(a)) < 6 or abs(len("".join(a)) - len("".join(b))) > 3:
        return False
    return not (len(a) == len(b) and any(_initial(x, y) for x, y in zip(a, b, strict=True)))


def _initial(one: str, other: str) -> bool:
    return one != other and (one.startswith(other) or other.startswith(one)) and min(len(one), len(other)) < 4


def _letters(name: str) -> str:
    return normal(name).replace(" ", "")


def _conflict(one: str, other: str, actors: list[Actor], world: World) -> Conflict:
    slip = likeness(one, other) >= SLIP and not _is_transliterated(one, actors[0].country)
    severity: Severity = "medium" if slip else "low"
    kept = "" if len(actors) == 1 else ", and the index has them for two"
    how = "one or two letters apart" if slip else "another way of writing it"
    return Conflict(
        rule="spelling",
        severity=severity,
        field="name",
        actors=[actor.id for actor in actors],
        a=world.side(one, _quote(one, actors[0], world)),
        b=world.side(other, _quote(other, actors[-1], world)),
        reason=f"one person spelled two ways, {how}{kept}",
    )


def _is_transliterated(name: str, country: str | None) -> bool:
    """Whether names of the kind are written in several ways, none of them wrong."""
    return country in TRANSLITERATING or parts(name, country).culture in TRANSLITERATED


def _quote(form: str, actor: Actor, world: World) -> Evidence | None:
    """A sentence that has the name so written."""
    kept = [quote for quote in world.spelled.get(form, ()) if quote.document in actor.documents]
    if kept:
        return kept[0]
    has = [quote for quote in actor.evidence if form in " ".join(quote.text.split())]
    return next(iter([*has, *actor.evidence]), None)
