"""One filter language over the stored records: select them, search their text, show one of them.

`select` answers for events, actors, relations and documents, `search` for passages of text; both take
the same `Filters`. Nothing here loads the extraction stack, dateparser, rapidfuzz or rich, but
dateparser for a date in words and rapidfuzz for a name that no actor has.
"""

from __future__ import annotations

from dipcli.query.actors import Directory, Resolved, resolve_actor
from dipcli.query.filters import FILTER, FILTERS, KINDS, Filter, Filters, filters_of
from dipcli.query.search import Hit, search
from dipcli.query.select import SORTABLE, Row, Selection, select
from dipcli.query.show import Context, Source, context, find_record, sources
from dipcli.query.stored import Snapshot
from dipcli.query.text import parse, positive_terms

__all__ = [
    "FILTER",
    "FILTERS",
    "KINDS",
    "SORTABLE",
    "Context",
    "Directory",
    "Filter",
    "Filters",
    "Hit",
    "Resolved",
    "Row",
    "Selection",
    "Snapshot",
    "Source",
    "context",
    "filters_of",
    "find_record",
    "parse",
    "positive_terms",
    "resolve_actor",
    "search",
    "select",
    "sources",
]
