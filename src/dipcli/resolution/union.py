"""Sets that are joined step by step, each known by its least member."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, Generic, Protocol, TypeVar


class Ordered(Hashable, Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


Item = TypeVar("Item", bound=Ordered)


class Union(Generic[Item]):
    """A partition of items; the order of joins does not change what `find` gives in the end."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._parent = {item: item for item in items}

    def find(self, item: Item) -> Item:
        root = item
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[item] != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def join(self, a: Item, b: Item) -> None:
        low, high = sorted((self.find(a), self.find(b)))
        self._parent[high] = low

    def sets(self) -> list[list[Item]]:
        """Every set, sorted, in the order of least members."""
        grouped: dict[Item, list[Item]] = {}
        for item in sorted(self._parent):
            grouped.setdefault(self.find(item), []).append(item)
        return list(grouped.values())
