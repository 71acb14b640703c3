"""How well an index agrees with gold annotation: by field, by type, with every miss.

A predicted event is *found* where its evidence overlaps a quote of a gold event in one document. Pairs
are one to one, the best first: same dates, type and participants, then core before optional, then the
longer overlap. A found event is *right* where start, end and type are the gold ones and participants
(actors and recipients together) share at least half. A gold event marked optional is no miss, and what
pairs with it neither a hit nor spurious. Names are compared without case, accents and punctuation,
through the aliases of the gold's own actors.
"""

from __future__ import annotations

from dipcli.evaluation.gold import Gold, GoldActor, GoldDocument, GoldError, GoldEvent, GoldRelation, read
from dipcli.evaluation.report import Evaluation, Judged, Measure, Miss
from dipcli.evaluation.scoring import evaluate

__all__ = [
    "Evaluation",
    "Gold",
    "GoldActor",
    "GoldDocument",
    "GoldError",
    "GoldEvent",
    "GoldRelation",
    "Judged",
    "Measure",
    "Miss",
    "evaluate",
    "read",
]
