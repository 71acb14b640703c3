"""Tellings brought together: one cluster for each event.

Tellings are taken from the most exact to the vaguest, so that a cluster's first telling is its most
exact and a vaguer one meets everything that it could mean. It joins the one cluster that it agrees
with; where it agrees with several it stays alone, and they are noted as what it may be. Only
clusters of one family, time and participant are compared (`Shelves`), never all with all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from sys import intern
from typing import NamedTuple, TypeVar

from dipcli.resolution.decided import Decided
from dipcli.resolution.judge import Agreement, Judge, details_agree, within
from dipcli.resolution.local import Key
from dipcli.resolution.partition import Partition
from dipcli.resolution.tellings import Telling

DECIDED = "a person decided so"


Face = tuple[Telling, bool]
"""A telling that stands for all that tell the same, and whether it agrees on who took part."""


@dataclass(slots=True, eq=False)
class Cluster:
    """Tellings of one event, the most exact first, each with why it is here."""

    tellings: tuple[Telling, ...] = ()
    reasons: tuple[str, ...] = ()
    possible: Sequence[Cluster] = ()
    """Other clusters that the only telling here may be of."""
    following: tuple[Telling, ...] = ()
    """Tellings that only go on about the event, whoever they name."""
    _faces: dict[tuple[object, ...], Face] | None = None
    """Of several tellings, by what they tell: made when it is first asked for, as the next."""
    _by_document: dict[str, list[Telling]] | None = None

    @property
    def head(self) -> Telling:
        return self.tellings[0]

    @property
    def naming(self) -> list[Telling]:
        """Tellings that agree on who took part."""
        return [telling for telling in self.tellings if telling not in self.following]

    @property
    def faces(self) -> Collection[Face]:
        """One telling for each combination of what is told."""
        if len(self.tellings) == 1:
            return ((self.head, not self.following),)
        if self._faces is None:
            self._faces = {}
            for telling in self.tellings:
                self._faces.setdefault(self._told(telling), (telling, telling not in self.following))
        return self._faces.values()

    def of(self, document: str) -> Sequence[Telling]:
        """The tellings of a document."""
        if len(self.tellings) == 1:
            return self.tellings if self.head.document == document else ()
        if self._by_document is None:
            self._by_document = defaultdict(list)
            for telling in self.tellings:
                self._by_document[telling.document].append(telling)
        return self._by_document.get(document, ())

    def add(self, telling: Telling, reason: str, *, names: bool = True) -> None:
        self.tellings += (telling,)
        self.reasons += (reason,)
        if not names:
            self.following = (*self.following, telling)
        if self._faces is not None:
            self._faces.setdefault(self._told(telling), (telling, names))
        if self._by_document is not None:
            self._by_document.setdefault(telling.document, []).append(telling)

    def close(self) -> None:
        """To be called when no more is asked than what there is."""
        self._faces = self._by_document = None

    def _told(self, told: Telling) -> tuple[object, ...]:
        who = None if told in self.following else (frozenset(told.actors), frozenset(told.recipients))
        return told.interval, told.venue, told.place_country, told.medium, told.status, who


def cluster(tellings: Iterable[Telling], judge: Judge) -> list[Cluster]:
    """Every telling in the cluster of its event; clusters in the order of their first tellings."""
    families: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        families[telling.family].append(telling)
    clusters = [home for told in families.values() for home in _family(told, judge)]
    return sorted(clusters, key=lambda home: min(telling.where for telling in home.tellings))


def _family(tellings: list[Telling], judge: Judge) -> list[Cluster]:
    """The clusters of the tellings of one family: those of two never agree."""
    shelves = Shelves(judge)
    placed: dict[Key, Cluster] = {}
    same: dict[Key, set[Key]] = {}
    for document, told in groupby(tellings, key=lambda telling: telling.document):
        same |= siblings(document, ((telling.label, telling.same_as) for telling in told))
    clusters: list[Cluster] = []
    for telling in sorted(tellings, key=lambda telling: exactness(telling, judge)):
        beside = [placed[key] for key in sorted(same.get(telling.key, ())) if key in placed]
        found = place(telling, beside, shelves.near, judge)
        home = found.home
        if home is None:
            home = Cluster(possible=found.possible)
            clusters.append(home)
        home.add(telling, found.reason, names=found.names)
        if home.head is telling:
            shelves.add(home)
        if telling.key in same:
            placed[telling.key] = home
    for home in clusters:
        home.close()
    return clusters


def siblings(document: str, told: Iterable[tuple[str, Iterable[str]]]) -> dict[Key, set[Key]]:
    """The mentions of a document that it takes for one, each with the others; `told` has the key of each, and
    the keys of those that it is the same as."""
    same: dict[Key, set[Key]] = defaultdict(set)
    for one, others in told:
        for other in others:
            same[document, one].add((document, other))
            same[document, other].add((document, one))
    return same


class Placing(NamedTuple):
    """Where a telling belongs: in `home`, or in a cluster of its own."""

    home: Cluster | None
    reason: str
    names: bool = True
    """Whether it agrees on who took part."""
    possible: Sequence[Cluster] = ()


def place(
    telling: Telling, beside: Iterable[Cluster], near: Callable[[Telling], Iterable[Cluster]], judge: Judge
) -> Placing:
    """Where a telling belongs among the clusters of the tellings before it; `beside` has those of the
    mentions that its document takes for the same, `near` finds those that it could belong to."""
    home, agreement = _goes_on(telling, beside, judge)
    if home and agreement:
        return Placing(home, agreement.reason, agreement.participants > 0)
    fits = [(fit, other) for other in near(telling) if (fit := _fits(telling, other, judge))]
    fits = _best(telling, fits)
    if len(fits) == 1:
        ((agreement, home),) = fits
        return Placing(home, agreement.reason)
    return Placing(
        None, "could be any of several" if fits else "the first telling", True, [other for _, other in fits]
    )


def exactness(telling: Telling, judge: Judge) -> tuple[object, ...]:
    return (
        telling.vagueness,
        -sum(map(judge.is_person, telling.everybody)),
        -len(telling.everybody),
        not telling.prints_year,
        telling.date_text is None,
        telling.place is None,
        telling.medium is None,
        not telling.chronology,
        telling.where,
    )


def as_decided(clusters: Sequence[Cluster], judge: Judge, decided: Decided) -> list[Cluster]:
    """The clusters, joined and parted as a person decided, in the order of their first tellings."""
    if not decided.revises("event"):
        return list(clusters)
    homes = {telling.key: home for home in clusters for telling in home.tellings}
    tellings = {telling.key: telling for home in clusters for telling in home.tellings}
    partition = Partition([telling.key for telling in home.tellings] for home in clusters)

    def nearness(a: Key, b: Key) -> float:
        one, other = tellings[a], tellings[b]
        return (judge.agreement(one, other) is not None) + (one.interval == other.interval) / 2

    decided.revise(partition, "event", nearness)
    revised = []
    for keys in partition.sets():
        whole = homes[keys[0]]
        if len(keys) == len(whole.tellings) and all(homes[key] is whole for key in keys):
            revised.append(whole)
        else:
            revised.append(_of([tellings[key] for key in keys], homes, judge))
    return sorted(revised, key=lambda home: min(telling.where for telling in home.tellings))


def _of(tellings: list[Telling], homes: Mapping[Key, Cluster], judge: Judge) -> Cluster:
    """A cluster that a person made of these tellings; those that name who took part still do."""
    home = Cluster()
    naming = [telling for telling in tellings if telling in homes[telling.key].naming] or tellings
    for telling in sorted(tellings, key=lambda telling: exactness(telling, judge)):
        before = homes[telling.key]
        reason = before.reasons[before.tellings.index(telling)]
        home.add(telling, reason if before.head in tellings else DECIDED, names=telling in naming)
    return home


def _goes_on(
    telling: Telling, siblings: Iterable[Cluster], judge: Judge
) -> tuple[Cluster | None, Agreement | None]:
    """The cluster that the telling's own document takes it to be of, unless they contradict."""
    for sibling in siblings:
        if agreement := _fits(telling, sibling, judge):
            return sibling, agreement
        beside = [judge.follows(telling, other) for other in sibling.of(telling.document)]
        if beside[0] and all(beside):
            return sibling, beside[0]
    return None, None


def _best(telling: Telling, fits: list[tuple[Agreement, Cluster]]) -> list[tuple[Agreement, Cluster]]:
    """Those that agree best on participants and, where all have its date, on place, medium and trigger.

    A headline tells what the text below it tells first.
    """
    most = max((fit.participants for fit, _ in fits), default=0)
    best = [(fit, home) for fit, home in fits if fit.participants == most]
    if all(fit.date == 2 for fit, _ in best):
        told = max((fit.details for fit, _ in best), default=())
        best = [(fit, home) for fit, home in best if fit.details == told]
    if telling.headline and all(home.head.document == telling.document for _, home in best):
        best = sorted(best, key=lambda item: item[1].head.where)[:1]
    return best


def _fits(telling: Telling, home: Cluster, judge: Judge) -> Agreement | None:
    """How a telling agrees with a cluster's head, if it contradicts no other telling there."""
    agreement = judge.agreement(telling, home.head)
    if agreement is None:
        return None
    for other, names in home.faces:
        if not details_agree(telling, other) or (names and judge.participants(telling, other) is None):
            return None
        if agreement.date and not _nested(telling, other) and _nested(other, home.head):
            return None
    beside = home.of(telling.document)
    if any(other is not home.head and judge.agreement(telling, other) is None for other in beside):
        return None
    return agreement


def _nested(a: Telling, b: Telling) -> bool:
    one, other = a.interval, b.interval
    return one is None or other is None or within(one, other) or within(other, one)


_MONTH = 2
"""The vaguest date by which clusters are looked for; vaguer tellings go by everybody who takes part."""


ShelfKey = tuple[str, ...]
"""Family, then a day or month and one who takes part; or family, a year or document, and everybody."""


class Shelves:
    """Clusters by what a telling must share with them: family, time, and one who acts or stands for them."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._alone: dict[ShelfKey, Cluster] = {}
        """Of most shelves there is but one cluster."""
        self._several: dict[ShelfKey, list[Cluster]] = {}

    def add(self, home: Cluster) -> None:
        for key in keys(home.head, self._judge):
            if key in self._several:
                self._several[key].append(home)
            elif key in self._alone:
                self._several[key] = [self._alone.pop(key), home]
            else:
                self._alone[key] = home

    def on(self, key: ShelfKey) -> Sequence[Cluster]:
        """The clusters of a shelf, in the order they came."""
        return (self._alone[key],) if key in self._alone else self._several.get(key, ())

    def near(self, telling: Telling) -> list[Cluster]:
        """The clusters that a telling could belong to, each once."""
        return candidates(telling, self._judge, self.on)


Item = TypeVar("Item", bound=Hashable)


def candidates(telling: Telling, judge: Judge, on: Callable[[ShelfKey], Iterable[Item]]) -> list[Item]:
    """What is on the shelves on which a telling's cluster may be, each once; `on` tells what is on one."""
    beside, acting = sought(telling, judge)
    found = [item for key in beside for item in on(key)]
    shelves = [[item for key in one for item in on(key)] for one in acting]
    return list(dict.fromkeys((*found, *min(shelves, key=len, default=()))))


def keys(head: Telling, judge: Judge) -> set[ShelfKey]:
    """The shelves of a cluster, by its first telling: with each who takes part, all of the same country,
    and for a country or body the bodies of the country."""
    names = set()
    for ident in head.everybody:
        root = judge.root(ident)
        names |= {ident, intern(f"{root}/all")}
        if not judge.is_person(ident):
            names.add(intern(f"{root}/bodies"))
    times = {*_days(head), *_months(head)}
    family = head.family
    found: set[ShelfKey] = {(family, name, time) for name in names for time in times}
    return found | {(family, within_, *sorted(head.everybody)) for within_ in (head.document, *_years(head))}


def sought(telling: Telling, judge: Judge) -> tuple[list[ShelfKey], list[list[ShelfKey]]]:
    """The shelves on which a telling's cluster may be: on any of the first; and on those of each of the
    second, of which the emptiest will do."""
    within_ = [] if telling.prints_year or telling.chronology else [telling.document]
    if telling.vagueness > _MONTH:
        within_ += _years(telling)
    family = telling.family
    beside: list[ShelfKey] = [(family, one, *sorted(telling.everybody)) for one in within_]
    if telling.vagueness > _MONTH:
        return beside, []
    times = _days(telling) or _months(telling)
    acting = [ident for ident in telling.actors if not judge.is_international(ident)] or telling.actors
    return beside, [
        [(family, name, time) for time in times for name in _names(ident, judge)] for ident in sorted(acting)
    ]


def _names(ident: str, judge: Judge) -> tuple[str, ...]:
    """By what clusters are found that may name an actor or whom stands for it."""
    root = judge.root(ident)
    return (ident, f"{root}/bodies") if judge.is_person(ident) else (f"{root}/all",)


def _days(telling: Telling) -> Sequence[str]:
    return _days_of(telling.interval) if telling.interval and telling.precision in ("day", "range") else ()


@lru_cache(maxsize=1024)
def _days_of(interval: tuple[str, str]) -> tuple[str, ...]:
    """The days of an interval, of a year at most; kept for a while, for all that happened then."""
    first, last = map(date.fromisoformat, interval)
    numbers = range(min((last - first).days, 366) + 1)
    return tuple(intern((first + timedelta(days=number)).isoformat()) for number in numbers)


def _months(telling: Telling) -> Sequence[str]:
    return _months_of(telling.interval) if telling.interval else ()


@lru_cache(maxsize=1024)
def _months_of(interval: tuple[str, str]) -> tuple[str, ...]:
    """The months of an interval, of a year at most."""
    (year, month), (last_year, last_month) = (map(int, day.split("-")[:2]) for day in interval)
    numbers = range(year * 12 + month - 1, min(last_year * 12 + last_month, year * 12 + month + 12))
    return tuple(intern(f"{number // 12:04}-{number % 12 + 1:02}") for number in numbers)


def _years(telling: Telling) -> Iterator[str]:
    if telling.interval:
        yield from map(str, range(int(telling.interval[0][:4]), int(telling.interval[1][:4]) + 1))
