"""Sets of mentions as the documents give them, joined and parted again as a person decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Partition(Generic[Item]):
    """Items in sets, each set in a fixed order."""

    def __init__(self, sets: Iterable[Iterable[Item]]) -> None:
        self._sets: dict[int, list[Item]] = {number: list(items) for number, items in enumerate(sets)}
        self._home = {item: number for number, items in self._sets.items() for item in items}
        self._origin = dict(self._home)

    def __contains__(self, item: Item) -> bool:
        return item in self._home

    def together(self, a: Item, b: Item) -> bool:
        return self._home[a] == self._home[b]

    def of(self, item: Item) -> list[Item]:
        """The set that an item is in."""
        return self._sets[self._home[item]]

    def sets(self) -> list[list[Item]]:
        return list(self._sets.values())

    def join(self, a: Item, b: Item) -> None:
        one, other = self._home[a], self._home[b]
        if one != other:
            for item in self._sets[other]:
                self._home[item] = one
            self._sets[one] += self._sets.pop(other)

    def part(
        self,
        stay: Sequence[Item],
        leave: Sequence[Item],
        nearness: Callable[[Item, Item], float],
    ) -> None:
        """Parts the first of `stay` from the first of `leave`, if they are together: each other item goes
        where those are that it was with before anything was decided, else to whom it is nearer, else it
        stays."""
        home = self._home[stay[0]]
        if home != self._home[leave[0]]:
            return
        staying, leaving = ({item for item in side if self._home[item] == home} for side in (stay, leave))
        kept: list[Item] = []
        parted: list[Item] = []
        origins = {
            side: {self._origin[item] for item in items} for side, items in ((0, staying), (1, leaving))
        }
        for item in self._sets[home]:
            with_stay, with_leave = (self._origin[item] in origins[side] for side in (0, 1))
            if item in staying or item in leaving:
                goes = item in leaving
            elif with_stay != with_leave:
                goes = with_leave
            else:
                goes = max(nearness(item, other) for other in leaving) > max(
                    nearness(item, other) for other in staying
                )
            (parted if goes else kept).append(item)
        number = max(self._sets) + 1
        self._sets[home] = kept
        self._sets[number] = parted
        self._home.update(dict.fromkeys(parted, number))
