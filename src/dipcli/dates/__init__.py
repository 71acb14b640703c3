"""Dates: intervals with their precision; finding and resolving dates in text and in options.

* `option`, `now`, `format_interval`, `Interval`: dates typed and dates shown; cheap to import.
* `expressions(text)`: the date expressions of a text by grammar alone; `Expression.resolve(Context)`
  gives each a calendar interval.
* `find(text, anchor)`: both in one for news-like text, in TimeML's terms.

The grammar and dateparser are imported when first used: a query that types ISO dates pays for neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dipcli.dates.intervals import Interval, format_interval
from dipcli.dates.options import now, option

if TYPE_CHECKING:
    from dipcli.dates.grammar import Expression, expressions
    from dipcli.dates.meaning import Context, Resolved
    from dipcli.dates.news import Hit, find

__all__ = [
    "Context",
    "Expression",
    "Hit",
    "Interval",
    "Resolved",
    "expressions",
    "find",
    "format_interval",
    "now",
    "option",
]

_LAZY = {
    "Context": "meaning",
    "Resolved": "meaning",
    "Expression": "grammar",
    "expressions": "grammar",
    "Hit": "news",
    "find": "news",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(name)
    return getattr(import_module(f"dipcli.dates.{_LAZY[name]}"), name)
