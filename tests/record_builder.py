"""Stored records for tests, with little said: what a test does not say has a plain value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dipcli.index import Settings
from dipcli.index.transaction import Transaction
from dipcli.records import Actor, Document, Event, Evidence, Role


def document(ident: str, text: str, **values: Any) -> Document:
    path = values.pop("path", f"{ident}.txt")
    whole = {"sha256": "0" * 64, "media_type": "text/plain"} | values
    return Document(id=ident, path=path, paths=[path], text=text, **whole)


def quote(text: str, words: str, ident: str, **values: Any) -> Evidence:
    """The first place of some words in the text of the document `ident`."""
    start = text.index(words)
    return Evidence(document=ident, char_start=start, char_end=start + len(words), text=words, **values)


def event(ident: str, start: str | None, end: str | None = None, **values: Any) -> Event:
    defaults: dict[str, Any] = {
        "precision": "day" if start else "unknown",
        "type": "CONSULT",
        "cameo": "040",
        "quad": 1,
        "score": 2.5,
        "goldstein": 1.0,
        "status": "occurred",
        "actors": [],
        "summary": ident,
        "evidence": [],
        "confidence": 0.8,
    }
    return Event(id=ident, start=start, end=end or start, **(defaults | values))


def actor(ident: str, name: str, kind: str = "person", country: str | None = None, **values: Any) -> Actor:
    whole = {"id": ident, "name": name, "kind": kind, "country": country, "documents": [], "evidence": []}
    return Actor(**(whole | values))


def role(title: str, **values: Any) -> Role:
    return Role(title=title, evidence=[], **values)


def store(path: Path, records: Mapping[str, Iterable[Any]]) -> Path:
    """An index of these records, by kind, at `path`."""
    with Transaction(path) as transaction:
        for kind, some in records.items():
            transaction.stage(kind, some)
        transaction.commit(Settings())
    return path
