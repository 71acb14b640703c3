"""Asking the cache: all its look-ups, of one snapshot."""

from __future__ import annotations

from dipcli.index.cache.actors import Actors
from dipcli.index.cache.documents import Documents
from dipcli.index.cache.facts import FactColumns
from dipcli.index.cache.passages import Passages


class Cache(FactColumns, Actors, Documents, Passages):
    """The cache of one snapshot, opened."""
