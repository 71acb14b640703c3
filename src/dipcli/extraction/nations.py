"""Which country a person is of, where no title says it."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from dipcli import names
from dipcli.extraction.registry import Entity, Registry, is_office
from dipcli.lexicon import countries

_CULTURES = {
    "chinese": ("CHN", "TWN", "SGP"), "korean": ("KOR", "PRK"), "japanese": ("JPN",), "vietnamese": ("VNM",),
}  # fmt: skip


def country_of(entity: Entity, mentioned: AbstractSet[str]) -> str | None:
    """A person's country as known so far: by title, or of the countries `mentioned` by the shape of the name."""
    if entity.country:
        return entity.country
    culture = _CULTURES.get(names.shape(entity.name) or "", ())
    return next((c for c in culture if c in mentioned), None)


def settle(registry: Registry, seen: str) -> None:
    """A person without a nation gets the one that the name's shape and the document agree on.

    Holders of offices that nothing places are of the country whose capital signs the document.
    """
    home = _signed(seen)
    present = {e.country for e in registry.entities.values() if e.kind == "country"}
    for entity in registry.entities.values():
        if entity.kind != "person" or entity.country:
            continue
        culture = names.shape(entity.name)
        fitting = [c for c in _CULTURES.get(culture or "", ()) if c in present]
        if culture == "korean" and len(fitting) == 2:
            fitting = ["PRK" if re.search(r"^(?:Ri|Pak|Choe|Jo|Ro|Kim)\s\S+\s[A-Z]", entity.name) else "KOR"]
        if len(fitting) >= 1:
            entity.country = fitting[0]
        elif culture is None or culture not in _CULTURES:
            entity.country = entity.near
        if entity.country is None and any(is_office(t.title) for t in entity.titles):
            entity.country = home


def _signed(seen: str) -> str | None:
    """Country of a capital that stands alone on a line ("CANBERRA"), as at the foot of a press release."""
    for line in seen.splitlines():
        form = countries.lookup(line.strip(" .-–—*")) if 3 < len(line.strip()) < 24 else None
        if form is not None and form.sort == "capital":
            return form.alpha3
    return None
