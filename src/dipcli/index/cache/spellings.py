"""Every spelling of every name, and all normal forms in one text each way, to be compared at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable

Spelling = tuple[str, str, int]
"""A name in normal form and as written, and the number of its actor."""


def write(sql: sqlite3.Connection, spelt: Iterable[Spelling]) -> None:
    """Puts all spellings where there are none."""
    _append(sql, [], [], sorted(spelt))


def change(sql: sqlite3.Connection, gone: Container[int], new: Iterable[Spelling]) -> None:
    """Takes the spellings of some actors out and puts others in; what is gone leaves an empty line."""
    texts = dict(sql.execute("SELECT key, value FROM meta WHERE key IN ('forms', 'turned')"))
    plain, turned = (texts[key].decode().split("\n") for key in ("forms", "turned"))
    left = [place for place, actor in sql.execute("SELECT id, actor FROM spelt") if actor in gone]
    for place in left:
        plain[place] = turned[place] = ""
    sql.executemany("DELETE FROM spelt WHERE id = ?", [(place,) for place in left])
    _append(sql, plain, turned, sorted(new))


def _append(sql: sqlite3.Connection, plain: list[str], turned: list[str], spelt: list[Spelling]) -> None:
    """Puts spellings after those that there are, in normal form and with their words in order."""
    rows = [(place, text, actor) for place, (_, text, actor) in enumerate(spelt, len(plain))]
    sql.executemany("INSERT INTO spelt VALUES(?, ?, ?)", rows)
    plain += [form for form, _, _ in spelt]
    turned += [" ".join(sorted(form.split())) for form, _, _ in spelt]
    texts = (("forms", "\n".join(plain).encode()), ("turned", "\n".join(turned).encode()))
    sql.executemany("INSERT OR REPLACE INTO meta VALUES(?, ?)", texts)
