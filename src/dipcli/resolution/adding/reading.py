"""Documents and what is known of them, read as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from dipcli.mentions import Mentions
from dipcli.records import Document
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.local import Post, post

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lazy(dict[K, V]):
    """Values that are loaded when they are first asked for. `load` raises KeyError where there is none."""

    def __init__(self, load: Callable[[K], V]) -> None:
        super().__init__()
        self._load = load

    def __missing__(self, key: K) -> V:
        value = self[key] = self._load(key)
        return value

    def get(self, key: K, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def loaded(self, key: K) -> V | None:
        """The value, if it was asked for or put in before."""
        return dict.get(self, key)

    def __contains__(self, key: object) -> bool:
        try:
            self[key]  # type: ignore[index]
        except KeyError:
            return False
        return True


class Library(Corpus):
    """A corpus of which the documents are read one by one. `document` and `mentions` raise KeyError where
    there is none with an id."""

    def __init__(self, document: Callable[[str], Document], mentions: Callable[[str], Mentions]) -> None:
        super().__init__((), ())
        self.documents = Lazy(lambda name: self._put_down(document(name)))
        self.found: Lazy[str, Mentions] = Lazy(mentions)
        self.offices: Lazy[str, dict[str, Post]] = Lazy(self._offices)
        """The offices that a document names without their holders, by key."""

    def _offices(self, document: str) -> dict[str, Post]:
        return {actor.key: post(actor) for actor in self.found[document].actors if actor.kind == "office"}
