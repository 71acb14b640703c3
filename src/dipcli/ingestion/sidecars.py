"""Sidecars: `NAME.meta.json` or `NAME.meta.yaml` beside a file says what its document does not."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dipcli.errors import DocumentError
from dipcli.records import Told

SUFFIXES = (".meta.json", ".meta.yaml", ".meta.yml")
"""What a sidecar's name has after the file's."""
MAX_BYTES = 100_000


def sidecar_of(path: Path) -> Path | None:
    """The file whose sidecar this is by its name; null where it is no sidecar."""
    return next(
        (path.with_name(path.name[: -len(end)]) for end in SUFFIXES if path.name.lower().endswith(end)), None
    )


def sidecars(path: Path) -> list[Path]:
    """The sidecars of a file that are there."""
    places = (path.with_name(path.name + end) for end in SUFFIXES)
    return [place for place in places if place.is_file()]


def read(place: Path) -> tuple[Told, ...]:
    """What a sidecar says. Raises `DocumentError` where it cannot be read, or has no key that is known."""
    from dipcli.reading.encoding import decode
    from dipcli.reading.front_matter import entries
    from dipcli.reading.metadata import KEYS, SIDECAR, told_by_keys

    try:
        with place.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise DocumentError("is too large for a sidecar")
    text, _ = decode(data)
    if place.suffix.lower() == ".json":
        values = _json(text)
    else:
        block = text if text.startswith("---") else f"---\n{text}"
        values = {key: entry.values for key, entry in entries(f"{block.rstrip()}\n---\n").items()}
    said = told_by_keys(SIDECAR, values)
    if not said:
        known = ", ".join(keys[0] for keys in KEYS.values())
        raise DocumentError(f"says nothing that is known; a sidecar has: {known}")
    return said


def _json(text: str) -> dict[str, list[str]]:
    try:
        found = msgspec.json.decode(text, type=dict[str, object])
    except msgspec.MsgspecError as error:
        raise DocumentError(f"is not a JSON object: {error}") from error
    return {
        key.lower(): [str(one) for one in (value if isinstance(value, list) else [value]) if _is_scalar(one)]
        for key, value in found.items()
    }


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)
