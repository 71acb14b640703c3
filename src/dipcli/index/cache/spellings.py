"""Every spelling of every name, and all normal forms in one text each way, to be compared at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable

Spelling = tuple[str, str, int]
"""A name in normal form and as written, and the number of its actor."""


def write(sql: sqlite3.Connection, spelt: Iterable[Spelling]) -> None:
    """Puts all spellings where there are none."""
    plain: list[str] = []
    _append(sql, plain, sorted(spelt))
    _save(sql, plain)


def change(sql: sqlite3.Connection, gone: Container[int], new: Iterable[Spelling]) -> None:
    """Takes the spellings of some actors out and puts others in; what is gone leaves an empty line."""
    (forms,) = sql.execute("SELECT value FROM meta WHERE key = 'forms'").fetchone()
    plain = forms.decode().split("\n")
    left = [place for place, actor in sql.execute("SELECT id, actor FROM spelt") if actor in gone]
    for place in left:
        plain[place] = ""
    sql.executemany("DELETE FROM spelt WHERE id = ?", [(place,) for place in left])
    _append(sql, plain, sorted(new))
    _save(sql, plain)


def _append(sql: sqlite3.Connection, plain: list[str], spelt: list[Spelling]) -> None:
    rows = [(place, text, actor) for place, (_, text, actor) in enumerate(spelt, len(plain))]
    sql.executemany("INSERT INTO spelt VALUES(?, ?, ?)", rows)
    plain += [form for form, _, _ in spelt]


def _save(sql: sqlite3.Connection, plain: list[str]) -> None:
    turned = "\n".join(" ".join(sorted(form.split())) for form in plain)
    rows = (("forms", "\n".join(plain).encode()), ("turned", turned.encode()))
    sql.executemany("INSERT OR REPLACE INTO meta VALUES(?, ?)", rows)
