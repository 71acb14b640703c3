"""Documents by the cache: by id, path, name and what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dipcli.index.cache import schema
from dipcli.index.cache.asked import one_of
from dipcli.index.cache.reader import Reader


class Documents(Reader):
    """Look-ups of documents."""

    def complete_document(self, beginning: str, most: int) -> list[str]:
        """Paths of the documents that begin so; where none does, ids."""
        above = f"{beginning}\U0010ffff"
        for column in ("path", "ident"):
            sql = f"SELECT {column} FROM document WHERE {column} >= ? AND {column} < ? ORDER BY 1 LIMIT ?"
            if found := [text for (text,) in self.rows(sql, [beginning, above, most])]:
                return found
        return []

    def documents(self, idents: Iterable[str] | None = None, matches: Iterable[str] = ()) -> Iterator[bytes]:
        """Lines of documents by id: those of these ids, and where each of `matches` holds for a passage
        or for the title."""
        where, values = one_of({"ident": idents})
        for match in matches:
            where += (
                f" AND id IN (SELECT rowid >> {schema.PASSAGE_BITS} FROM passages(?)"
                " UNION SELECT -rowid FROM says(?) WHERE rowid < 0)"
            )
            values += [match, match]
        return self.lines("documents", f"{where} ORDER BY place", values)

    def document(self, number: int) -> bytes:
        return next(self.lines("documents", "id = ?", [number]))

    def named(self, name: str) -> Iterator[list[tuple[str, str]]]:
        """Id and first path of the documents of that name, by one rule of naming after the other."""
        by_name = "SELECT document FROM document_name WHERE rule = ? AND name = ?"
        rules: tuple[tuple[str, list[Any]], ...] = (
            (f"ident = ? OR id IN ({by_name})", [name, 0, name]),
            (f"id IN ({by_name})", [1, name]),
            (f"id IN ({by_name})", [2, name.casefold()]),
            (
                "(ident >= ? AND ident < ?) OR (ident >= ? AND ident < ?)",
                [name, f"{name}\x7f", f"doc-{name}", f"doc-{name}\x7f"],
            ),
            (f"id IN ({by_name})", [4, name]),
        )
        for where, values in rules:
            yield list(self.rows(f"SELECT ident, path FROM document WHERE {where} ORDER BY place", values))

    def papers(self) -> Iterator[tuple[str, str, tuple[int, int]]]:
        """Id, title or path, first and last day of publication (20220516; 0 where unknown) of each document."""
        rows = self.rows("SELECT ident, coalesce(nullif(title, ''), path), start, \"end\" FROM document")
        return ((ident, title, (start or 0, end or 0)) for ident, title, start, end in rows)
