"""Asking the cache: all its look-ups, of one snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from dipcli.index.cache.actors import Actors
from dipcli.index.cache.documents import Documents
from dipcli.index.cache.events import Events
from dipcli.index.cache.passages import Passages

if TYPE_CHECKING:
    from dipcli.facts import Facts


class Cache(Events, Actors, Documents, Passages):
    """The cache of one snapshot, opened."""

    def facts(self, numbers: Iterable[int] | None = None) -> Facts:
        """What summaries count of all events, or of those with these numbers, in stored order."""
        from dipcli.index.cache.facts import chosen

        return self._every if numbers is None else chosen(self, self._every, numbers)

    @cached_property
    def _every(self) -> Facts:
        from dipcli.index.cache.facts import read

        return read(self)
