"""What events add up to: when, how often, between whom, what changed. Pure functions of facts and records."""

from __future__ import annotations

from dipcli.facts import iso
from dipcli.summary.changes import changes
from dipcli.summary.fields import FIELDS
from dipcli.summary.pairs import KINDS, Trend, matrix, pairs, spans
from dipcli.summary.periods import PERIODS
from dipcli.summary.profile import profile
from dipcli.summary.results import Change, Key, Matrix, Pair, Period, Profile, Stat, Tally
from dipcli.summary.stats import stats
from dipcli.summary.timeline import GROUPS, timeline

ROWS = {
    "timeline": Period,
    "stats": Stat,
    "pairs": Pair,
    "matrix": Matrix,
    "profile": Profile,
    "change": Change,
}
"""What each summary gives, by the name of its schema."""

__all__ = [
    "FIELDS",
    "GROUPS",
    "KINDS",
    "PERIODS",
    "ROWS",
    "Change",
    "Key",
    "Matrix",
    "Pair",
    "Period",
    "Profile",
    "Stat",
    "Tally",
    "Trend",
    "changes",
    "iso",
    "matrix",
    "pairs",
    "profile",
    "spans",
    "stats",
    "timeline",
]
