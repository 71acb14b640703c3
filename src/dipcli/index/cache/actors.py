"""Actors by the cache: by id, kind, country and name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from dipcli.index.cache.asked import one_of
from dipcli.index.cache.reader import Reader
from dipcli.names.titles import plain


class Spelling(msgspec.Struct, frozen=True):
    """A name that is like one sought: as written, the actor's number, likeness 0 to 100."""

    text: str
    actor: int
    likeness: float


class Actors(Reader):
    """Look-ups of actors."""

    def actors(
        self,
        idents: Iterable[str] | None = None,
        fields: Mapping[str, Iterable[str]] | None = None,
        titles: Iterable[str] = (),
    ) -> Iterator[bytes]:
        """Lines of actors by id: those of these ids, with these values of kind and country, with all these
        titles of office."""
        where, values = _conditions({"ident": idents, **(fields or {})}, titles)
        yield from self.lines("actors", f"{where} ORDER BY ident", values)

    def count_actors(self, fields: Mapping[str, Iterable[str]], titles: Iterable[str]) -> int:
        where, values = _conditions(fields, titles)
        found: int = self.row(f"SELECT count(*) FROM actor WHERE {where}", values)[0]
        return found

    def holders(self, title: str) -> Iterator[tuple[str, str | None, str | None]]:
        """Who held an office of that title, and from when until when, each time: ids and ISO dates, null where
        unknown."""
        sql = 'SELECT a.ident, r.start, r."end" FROM role r CROSS JOIN actor a ON a.id = r.actor WHERE r.office = ?'
        return self.rows(sql, [plain(title)])

    def kinds(self) -> dict[str, str]:
        """Kind by actor id."""
        return dict(self.rows("SELECT ident, kind FROM actor"))

    def spelt(self, letters: str, own: bool) -> Iterator[bytes]:
        """Actors with a name of these letters: their best (`own`), or an alias."""
        return self.lines(
            "actors",
            "id IN (SELECT actor FROM form WHERE letters = ? AND own = ?) ORDER BY ident",
            [letters, int(own)],
        )

    def surnamed(self, word: str) -> Iterator[bytes]:
        """Persons whose name begins or ends with this word."""
        return self.lines("actors", "id IN (SELECT actor FROM surname WHERE word = ?) ORDER BY ident", [word])

    def beginning(self, ident: str) -> Iterator[bytes]:
        """Actors whose id begins so (letters, digits and hyphens)."""
        return self.lines("actors", "ident >= ? AND ident < ? ORDER BY ident", [ident, f"{ident}\x7f"])

    def numbered(self, numbers: Iterable[int]) -> Iterator[bytes]:
        listed = ",".join(map(str, numbers))
        return self.lines("actors", f"id IN ({listed}) ORDER BY ident", [])

    def alike(self, name: str, least: float) -> list[Spelling]:
        """Names and aliases that are like a name, best first, then by letters."""
        from dipcli.names.matching import alike_forms

        (forms,), (turned,) = self.rows(
            "SELECT value FROM meta WHERE key IN ('forms', 'turned') ORDER BY key"
        )
        near = alike_forms(name, forms.decode().split("\n"), turned.decode().split("\n"), least)
        found = []
        for position, score in near:
            text, actor = self.row("SELECT text, actor FROM spelt WHERE id = ?", (position,))
            found.append(Spelling(text, actor, score))
        return sorted(found, key=lambda one: (-one.likeness, one.text))

    def complete_actor(self, letters: str, most: int) -> list[tuple[str, str]]:
        """Id and name of the actors of whom a name begins with these letters, those of most events first."""
        if not letters:
            return list(
                self.rows("SELECT ident, name FROM actor ORDER BY events DESC, ident LIMIT ?", [most])
            )
        sql = (
            "SELECT ident, name FROM actor WHERE id IN"
            " (SELECT actor FROM form WHERE letters >= ? AND letters < ?) ORDER BY events DESC, ident LIMIT ?"
        )
        return list(self.rows(sql, [letters, f"{letters}\U0010ffff", most]))


def _conditions(fields: Mapping[str, Iterable[str] | None], titles: Iterable[str]) -> tuple[str, list[Any]]:
    where, values = one_of(fields)
    for title in titles:
        where += " AND id IN (SELECT actor FROM role WHERE office = ?)"
        values.append(plain(title))
    return where, values
