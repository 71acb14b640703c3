"""manifest.json: which files make up the index. Its replacement is the commit."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dipcli.errors import IndexFormatError
from dipcli.records import FORMAT_VERSION, Struct

NAME = "manifest.json"
PENDING = "pending"
"""The folder in which parts wait for their manifest."""


class Part(Struct, frozen=True, kw_only=True):
    """One file of JSON lines; `path` is relative to the index, with slashes."""

    path: str
    sha256: str
    bytes: int
    records: int

    @property
    def pending(self) -> str:
        """Where the part is between being written and being moved to its path."""
        return f"{PENDING}/{self.sha256}-{self.path.replace('/', '-')}"


class Settings(Struct, frozen=True, kw_only=True):
    """What shapes the records besides the documents."""

    fingerprint: str | None = None
    """Of what extracted: extraction version, lexicon, model, settings."""
    model: str | None = None
    """The language model's name; null where rules alone extracted."""
    model_version: str | None = None
    """Of the package that carries the model, where it is known."""
    model_sha256: str | None = None
    """Over the model's files."""
    columns: dict[str, tuple[str, ...]] = {}
    """Which columns of tables of articles a person said are which field, the last said first."""


class Manifest(Struct, frozen=True, kw_only=True):
    format: int = FORMAT_VERSION
    dipcli: str
    """The version of dipcli that wrote it."""
    settings: Settings = Settings()
    decisions: str | None = None
    """SHA-256 of decisions.jsonl as it was taken into account; null where there is none."""
    counts: dict[str, int]
    """Records by kind."""
    parts: dict[str, list[Part]]
    """Parts by kind, in the order of their names."""


class _Version(msgspec.Struct):
    format: int


def encode(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def decode(data: bytes, index: Path) -> Manifest:
    """Raises `IndexFormatError` where `data` is no manifest, or that of a newer format."""
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
        version = manifest.format
    except msgspec.MsgspecError as error:
        version = _version(data)
        if version <= FORMAT_VERSION:
            raise damaged(index, NAME, f"is not a manifest: {error}") from error
    if version > FORMAT_VERSION:
        raise IndexFormatError(
            f"the index {index} was written by a newer dipcli (format {version}, this one reads"
            f" {FORMAT_VERSION})",
            hint="upgrade dipcli",
        )
    return manifest


def _version(data: bytes) -> int:
    """The format of what may be a manifest of another one; 0 where it is none."""
    try:
        return msgspec.json.decode(data, type=_Version).format
    except msgspec.MsgspecError:
        return 0


def damaged(index: Path, where: str, what: str) -> IndexFormatError:
    """The error for a file of the index that is not as dipcli wrote it."""
    return IndexFormatError(
        f"the index {index} is damaged: {where} {what}",
        hint="ingest the documents again; if that does not mend it, move the folder away first (its"
        " decisions.jsonl, if there is one, is worth keeping)",
    )
