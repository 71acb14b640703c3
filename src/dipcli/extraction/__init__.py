"""A document becomes mentions: actors, events and relations with their reasons. Pure functions."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dipcli import reading
from dipcli.records import Document, Struct

if TYPE_CHECKING:
    from dipcli.mentions import Mentions

EXTRACTION_VERSION = 17
"""Raised when the same document would give other mentions; see `fingerprint`."""


class Settings(Struct, frozen=True, kw_only=True):
    """What shapes extraction besides the document."""

    model: str | None = None
    """Name of an installed spaCy pipeline; None: rules alone."""


@cache
def _lexicon_digest() -> str:
    """SHA-256 over the lexicon's tables."""
    from dipcli.lexicon import tables

    total = hashlib.sha256()
    for path in sorted(p for p in Path(tables.FOLDER).rglob("*") if p.suffix in (".tsv", ".toml")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def fingerprint(settings: Settings) -> str:
    """What read and extracted: versions, lexicon and model in one short string; another one means extract again."""
    model = "rules"
    if settings.model:
        from dipcli.extraction import syntax

        model = f"{settings.model}:{syntax.digest(settings.model)[:12]}"
    return f"{reading.VERSION}.{EXTRACTION_VERSION}:{_lexicon_digest()[:12]}:{model}"


def extract(document: Document, settings: Settings) -> Mentions:
    """Mentions of one document. Deterministic; the same document and settings give the same record."""
    from dipcli.extraction.pipeline import extract as run

    return run(document, settings, fingerprint(settings))


def notes(document: Document) -> tuple[str, ...]:
    """What is to be told of how a document is extracted."""
    from dipcli.extraction import language

    if document.language in (None, language.ENGLISH):
        return ()
    return (f"is in {language.name(document.language)}: kept and searched, but only English is extracted",)
