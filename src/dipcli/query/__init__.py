"""One filter language over the stored records: select them, search their text, show one of them.

`select` answers for events, actors, relations and documents, `search` for passages of text; both take
the same `Filters`. Nothing here loads the extraction stack, dateparser, rapidfuzz or rich, but
dateparser for a date in words and rapidfuzz for a name that no actor has. What not every query needs
is loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dipcli.query.filters import FILTER, FILTERS, KINDS, Filter, Filters, filters_of
from dipcli.query.selection import Row, Selection, select
from dipcli.query.stored import Snapshot

if TYPE_CHECKING:
    from dipcli.query.actors import Directory, Resolved, directory, resolve_actor, resolve_country
    from dipcli.query.completing import complete_actor, complete_document, country_names
    from dipcli.query.facts import Chosen, Paper, choose, papers
    from dipcli.query.fulltext import Hit, search
    from dipcli.query.offices import Sighting, Tenure, neighbours, tenures
    from dipcli.query.show import Context, Source, context, find_record, sources
    from dipcli.query.text import parse, positive_terms

__all__ = [
    "FILTER",
    "FILTERS",
    "KINDS",
    "Chosen",
    "Context",
    "Directory",
    "Filter",
    "Filters",
    "Hit",
    "Paper",
    "Resolved",
    "Row",
    "Selection",
    "Sighting",
    "Snapshot",
    "Source",
    "Tenure",
    "choose",
    "complete_actor",
    "complete_document",
    "context",
    "country_names",
    "directory",
    "filters_of",
    "find_record",
    "neighbours",
    "papers",
    "parse",
    "positive_terms",
    "resolve_actor",
    "resolve_country",
    "search",
    "select",
    "sources",
    "tenures",
]

_HOME = {
    **dict.fromkeys(("Directory", "Resolved", "directory", "resolve_actor", "resolve_country"), "actors"),
    **dict.fromkeys(("complete_actor", "complete_document", "country_names"), "completing"),
    **dict.fromkeys(("Sighting", "Tenure", "neighbours", "tenures"), "offices"),
    **dict.fromkeys(("Chosen", "Paper", "choose", "papers"), "facts"),
    **dict.fromkeys(("Hit", "search"), "fulltext"),
    **dict.fromkeys(("Context", "Source", "context", "find_record", "sources"), "show"),
    **dict.fromkeys(("parse", "positive_terms"), "text"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'dipcli.query' has no attribute '{name}'")
    return getattr(import_module(f"dipcli.query.{_HOME[name]}"), name)
