"""Turn documents about diplomacy into a searchable record of events, actors and relations.

The library's names are loaded when first used: `import dipcli` itself costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dipcli.errors import DipcliError
    from dipcli.library.filling import extract, forget, ingest, watch
    from dipcli.library.index import Index, open
    from dipcli.query import Filters, Hit, Row, Selection
    from dipcli.records import Actor, Document, Event, Evidence, Relation

__all__ = [
    "Actor",
    "DipcliError",
    "Document",
    "Event",
    "Evidence",
    "Filters",
    "Hit",
    "Index",
    "Relation",
    "Row",
    "Selection",
    "__version__",
    "extract",
    "forget",
    "ingest",
    "open",
    "watch",
]

_HOME = {
    **dict.fromkeys(("Index", "open"), "dipcli.library.index"),
    **dict.fromkeys(("extract", "forget", "ingest", "watch"), "dipcli.library.filling"),
    **dict.fromkeys(("Filters", "Hit", "Row", "Selection"), "dipcli.query"),
    **dict.fromkeys(("Actor", "Document", "Event", "Evidence", "Relation"), "dipcli.records"),
    "DipcliError": "dipcli.errors",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'dipcli' has no attribute '{name}'")
    found = globals()[name] = getattr(import_module(_HOME[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
