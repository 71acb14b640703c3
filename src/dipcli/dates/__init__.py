"""Dates: intervals with their precision; finding and resolving dates in text and in options.

* `option`, `now`, `format_interval`, `Interval`: dates typed and dates shown.
* `expressions(text)`: the date expressions of a text by grammar alone; `Expression.resolve(Context)`
  gives each a calendar interval.
* `find(text, anchor)`: both in one for news-like text, in TimeML's terms.

Each is imported when first used: a query that types ISO dates pays for neither grammar nor dateparser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dipcli.dates.grammar import Expression, expressions
    from dipcli.dates.intervals import Interval, format_interval
    from dipcli.dates.meaning import Context, Resolved
    from dipcli.dates.news import Hit, find
    from dipcli.dates.options import now, option

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
    "Interval": "intervals",
    "format_interval": "intervals",
    "now": "options",
    "option": "options",
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
    found = globals()[name] = getattr(import_module(f"dipcli.dates.{_LAZY[name]}"), name)
    return found
