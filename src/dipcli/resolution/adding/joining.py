"""New tellings put among those that were clustered before, with the outcome of clustering all anew.

`clusters.cluster` takes tellings in order of exactness, and where one belongs depends on those before it
alone. So tellings are taken up in that order: the new ones, those that changed, and, where one of these
changed a cluster, those after it that look this cluster up. Where a telling stays where it was, nothing
follows.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dipcli.resolution.adding.reading import Lazy
from dipcli.resolution.adding.store import EVENTS, Store, shelf_number
from dipcli.resolution.clusters import (
    Cluster,
    ShelfKey,
    candidates,
    exactness,
    keys,
    place,
    siblings,
)
from dipcli.resolution.judge import Judge
from dipcli.resolution.local import Key
from dipcli.resolution.tellings import Telling


class Member(NamedTuple):
    order: tuple[object, ...]
    number: int
    names: bool


class Tellings:
    """Tellings by number, as they are now; many are read at once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.numbers: Lazy[str, int] = Lazy(store.number)
        self.now: Lazy[int, Telling] = Lazy(self._told)
        self.heads: dict[int, int] = {}
        """The clusters that those which were read were in."""
        self.of: Lazy[str, list[int]] = Lazy(self._of)
        """The tellings of a document."""
        self.leading: Lazy[ShelfKey, list[int]] = Lazy(self._leading)
        """The first tellings of the clusters that were on a shelf."""
        self.seeking: Lazy[ShelfKey, list[int]] = Lazy(self._seeking)
        """Those that look at a shelf."""
        self._labels: Lazy[str, dict[str, int]] = Lazy(
            lambda document: {self.now[number].label: number for number in self.of[document]}
        )

    def enter(self, number: int, told: Telling) -> None:
        """Takes in a new one."""
        self.now[number] = told
        self._store.tellings.put(number, -1, told)

    def number(self, key: Key) -> int | None:
        """The number of an event mention; null where its document has none of that key."""
        document, name = key
        return self._labels[document].get(name)

    def number_of(self, told: Telling) -> int:
        return self._labels[told.document][told.label]

    def home(self, number: int) -> int:
        """The cluster that a telling was in."""
        if number not in self.heads:
            self._read("number = ?", number)
        return self.heads[number]

    def _told(self, number: int) -> Telling:
        self._read("number = ?", number)
        told = self.now.loaded(number)
        if told is None:
            raise KeyError(number)
        return told

    def _of(self, document: str) -> list[int]:
        first = self.numbers[document] * EVENTS
        return self._read("number BETWEEN ? AND ?", first, first + EVENTS - 1)

    def _leading(self, key: ShelfKey) -> list[int]:
        return self._read("number IN (SELECT head FROM shelf WHERE key = ?)", shelf_number(key))

    def _seeking(self, key: ShelfKey) -> list[int]:
        return self._read("number IN (SELECT telling FROM seek WHERE key = ?)", shelf_number(key))

    def _read(self, condition: str, *values: int) -> list[int]:
        """Reads those of which a condition in SQL holds. Returns their numbers, sorted."""
        numbers = []
        for number, head, told in self._store.tellings.all(condition, *values):
            numbers.append(number)
            self.now.setdefault(number, told)
            self.heads[number] = head
        return sorted(numbers)


class Joining:
    """The clusters as they were, and as they become."""

    def __init__(self, store: Store, tellings: Tellings, judge: Judge, former: Judge) -> None:
        """`former` judges tellings as they were before."""
        self._judge = judge
        self._before = former
        self._store = store
        self._tellings = tellings
        self.members: Lazy[int, list[Member]] = Lazy(self._load)
        """The tellings of each cluster, in their order, by the number of the first."""
        self.changed: set[int] = set()
        """The clusters that are new, gone, or have other tellings than before."""
        self.moved: set[int] = set()
        """Tellings that are new or in another cluster than before."""
        self._homes: Lazy[int, int | None] = Lazy(tellings.home)
        self._orders: Lazy[int, tuple[object, ...]] = Lazy(
            lambda number: exactness(tellings.now[number], judge)
        )
        self._same: Lazy[str, dict[Key, set[Key]]] = Lazy(
            lambda document: siblings(
                document,
                ((told.label, told.same_as) for told in map(tellings.now.__getitem__, tellings.of[document])),
            )
        )
        self._views: dict[tuple[int, int], tuple[list[Member], Cluster]] = {}
        self._kept: Lazy[int, set[ShelfKey]] = Lazy(lambda head: keys(tellings.now[head], judge))
        self._new: dict[ShelfKey, set[int]] = {}
        """Clusters that are made now, by shelf."""
        self._former: dict[int, tuple[Telling, int]] = {}
        """Tellings that changed, as they were, and the clusters that they were in."""
        self._orphans: set[int] = set()
        """Tellings of clusters of which the first changed."""
        self._queue: list[tuple[tuple[object, ...], int, bool]] = []
        self._queued: set[int] = set()
        self._now: tuple[object, ...] = ()

    # what is to be taken up

    def enter(self, numbers: Iterable[int]) -> None:
        """Takes up tellings of new documents."""
        for number in numbers:
            self._homes[number] = None
            self._push(number)

    def change(self, number: int, before: Telling) -> None:
        """Takes up a telling that was another before; `tellings` has it as it is now."""
        home = self.home(number)
        self._orders[number] = exactness(before, self._before)
        others = [member for member in self.members[home] if member.number != number]
        self._former[number] = before, home
        self._homes[number] = None
        self._queued.add(number)
        heapq.heappush(self._queue, (self._orders[number], number, False))
        if home == number:
            self._orphans |= {member.number for member in others}
            others = []
        self.members[home] = others

    def home(self, number: int) -> int:
        """The cluster that a telling is in, once all has been taken up."""
        home = self._homes[number]
        if home is None:
            raise KeyError(number)
        return home

    def ask(self, number: int) -> None:
        """Takes up a telling that may be judged otherwise than before."""
        self._push(number)

    def run(self) -> None:
        """Takes up all, in the order of exactness, and what they touch."""
        for number in self._former:
            del self._orders[number]
            heapq.heappush(self._queue, (self._orders[number], number, True))
        for number in self._orphans:
            self._push(number)
        while self._queue:
            order, number, is_there = heapq.heappop(self._queue)
            self._now = order
            if is_there:
                self._settle(number)
            else:
                self._touched(self._former[number][1])

    def _push(self, number: int) -> None:
        if number not in self._queued:
            self._queued.add(number)
            heapq.heappush(self._queue, (self._orders[number], number, True))

    # one telling

    def _settle(self, number: int) -> None:
        now = self._tellings.now[number]
        beside = (
            self._view(home)
            for key in sorted(self._same[now.document].get(now.key, ()))
            if (home := self._placed(key)) is not None
        )
        found = place(now, [view for view in beside if view], self._near, self._judge)
        head = number
        if found.home:
            head = self._tellings.number_of(found.home.head)
        before = self._homes[number]
        member = Member(self._now, number, found.names)
        if before == head and member in self.members[head]:
            return
        if before is not None:
            self._take_out(number, before)
        if head == number:
            self._begin(number)
        insort(self.members[head], member)
        self._homes[number] = head
        self.moved.add(number)
        self._touched(head)

    def _begin(self, head: int) -> None:
        """Puts a new cluster on its shelves."""
        self.members[head] = []
        for key in self._kept[head]:
            self._new.setdefault(key, set()).add(head)

    def _take_out(self, number: int, home: int) -> None:
        self._touched(home)
        self.members[home] = [member for member in self.members[home] if member.number != number]

    def _touched(self, head: int) -> None:
        """Takes up what comes after this point and looks at this cluster."""
        self.changed.add(head)
        after = {member.number for member in self.members[head] if member.order > self._now}
        for key in self.shelves(head):
            after.update(self._tellings.seeking[key])
        for member in self.members[head]:
            told = self._tellings.now[member.number]
            for other in self._same[told.document].get(told.key, ()):
                if (number := self._tellings.number(other)) is not None:
                    after.add(number)
        for number in after:
            if number not in self._queued and self._orders[number] > self._now:
                self._push(number)

    def shelves(self, head: int) -> set[ShelfKey]:
        """The shelves of a cluster, as they were and as they are."""
        before = self._former.get(head)
        return self._kept[head] | (keys(before[0], self._before) if before else set())

    # clusters as they are when a telling's turn comes

    def _placed(self, key: Key) -> int | None:
        """The cluster of a mention that came before."""
        number = self._tellings.number(key)
        if number is None or self._orders[number] >= self._now:
            return None
        return self._homes[number]

    def _view(self, head: int) -> Cluster | None:
        """A cluster with the tellings before this point; null where it has none."""
        members = self.members[head]
        count = bisect_left(members, (self._now,))
        if not count or members[0].number != head:
            return None
        before = members[:count]
        kept = self._views.get((head, count))
        if kept and kept[0] == before:
            return kept[1]
        cluster = self.whole(before)
        self._views[head, count] = before, cluster
        return cluster

    def whole(self, members: Sequence[Member]) -> Cluster:
        cluster = Cluster()
        for member in members:
            cluster.add(self._tellings.now[member.number], "", names=member.names)
        return cluster

    def _near(self, telling: Telling) -> list[Cluster]:
        """The clusters that a telling could belong to: most are told by their first telling not to be one."""
        heads = candidates(telling, self._judge, self._on)
        fit = [head for head in heads if self._judge.agreement(telling, self._tellings.now[head])]
        return [view for head in fit if (view := self._view(head))]

    def _on(self, key: ShelfKey) -> list[int]:
        heads = sorted({*self._tellings.leading[key], *self._new.get(key, ())})
        return [head for head in heads if self._is_on(head, key)]

    def _is_on(self, head: int, key: ShelfKey) -> bool:
        """Whether a cluster that was or is on a shelf is there at this point."""
        if head in self._former and key not in self._kept[head]:
            return False
        members = self.members.loaded(head)
        if members is None:
            return self._orders[head] < self._now
        return bool(members) and members[0].number == head and members[0].order < self._now

    def _load(self, head: int) -> list[Member]:
        row = self._store.clusters.get(head)
        if row is None:
            return []
        return [Member(self._orders[number], number, names) for number, names in row.members]
