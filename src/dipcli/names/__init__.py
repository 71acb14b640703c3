"""Names of persons and organisations: normal forms, their parts, and whether two are the same.

Each is loaded when first used, rapidfuzz and the tables of names when first called.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dipcli.names.cultures import Parts, family, given, parts, shape, short_forms
    from dipcli.names.forms import catalogued, in_order, normal, slug
    from dipcli.names.matching import (
        Decision,
        closest,
        likeness,
        may_merge,
        never_merge,
        respelt,
        same_person,
    )
    from dipcli.names.romanisation import romanisation_key

__all__ = [
    "Decision",
    "Parts",
    "catalogued",
    "closest",
    "family",
    "given",
    "in_order",
    "likeness",
    "may_merge",
    "never_merge",
    "normal",
    "parts",
    "respelt",
    "romanisation_key",
    "same_person",
    "shape",
    "short_forms",
    "slug",
]

_HOME = {
    **dict.fromkeys(("Parts", "family", "given", "parts", "shape", "short_forms"), "cultures"),
    **dict.fromkeys(("catalogued", "in_order", "normal", "slug"), "forms"),
    **dict.fromkeys(
        ("Decision", "closest", "likeness", "may_merge", "never_merge", "respelt", "same_person"),
        "matching",
    ),
    "romanisation_key": "romanisation",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'dipcli.names' has no attribute '{name}'")
    found = globals()[name] = getattr(import_module(f"dipcli.names.{_HOME[name]}"), name)
    return found
