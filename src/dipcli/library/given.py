"""What a program gives to the library: one thing or several, a text or a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dipcli import dates
from dipcli.errors import DocumentError

if TYPE_CHECKING:
    from dipcli.ingestion.trial import Trial


def tried(source: str | Path, *, published: str | date | None, name: str | None, model: str | None) -> Trial:
    from dipcli.ingestion.trial import Given, trial

    if isinstance(source, Path):
        given = Given(name or source.name, source)
    else:
        given = Given(name or "text", source.encode(errors="replace"))
    printed = dates.option(str(published), dates.now()) if published is not None else None
    outcome = trial([given], published=printed, model=model)
    for path, what in outcome.failed:
        raise DocumentError(f"{path} {what}")
    return outcome


def several(given: str | Path | Iterable[str | Path]) -> list[str | Path]:
    return [given] if isinstance(given, str | Path) else list(given)
