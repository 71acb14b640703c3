"""Which language model reads: one rule for every command that extracts.

A name is that of an installed spaCy pipeline; `none` (or `rules`) means the rules alone; without a name
the default pipeline reads where it is installed, else the rules alone do, and `note` says so.
"""

from __future__ import annotations

from typing import NamedTuple

from dipcli import extraction

RULES = frozenset({"none", "rules"})
"""Names that mean no model."""
WITHOUT = "rules alone, with lower confidence; for better results: pip install 'dipcli[nlp]'"


class Model(NamedTuple):
    """A choice of model; all but `note` are null where the rules read alone."""

    name: str | None = None
    version: str | None = None
    """Of the package that carries the pipeline; null where it is not one that pip knows."""
    sha256: str | None = None
    """Over the pipeline's files."""
    note: str | None = None
    """What the user is to be told of the choice, if anything."""

    @property
    def settings(self) -> extraction.Settings:
        return extraction.Settings(model=self.name)


def choose(name: str | None) -> Model:
    """The model meant by `--model NAME`, or by leaving it out.

    Raises ExtraMissing for a pipeline that is not installed.
    """
    from dipcli.extraction import syntax

    if name in RULES:
        return Model()
    if name is None:
        if not syntax.available():
            return Model(note=WITHOUT)
        name = syntax.DEFAULT_MODEL
    return Model(name, _version(name), syntax.digest(name))


def _version(name: str) -> str | None:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
