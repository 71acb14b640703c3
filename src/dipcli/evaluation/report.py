"""What an evaluation tells: measures, and misses."""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from dipcli.records import EventType, Struct

MissKind = Literal[
    "document missing",
    "quote missing",
    "event wrong",
    "event missed",
    "event spurious",
    "actor missed",
    "actor spurious",
    "relation missed",
    "relation spurious",
]
SHARE = 0.5
"""Of participants (Jaccard index) that a found event must share with gold's to be right."""


class Measure(Struct, frozen=True, kw_only=True, tag="measure", tag_field="record"):
    """One figure: F1 with its precision and recall where things were to be found, else the share right."""

    name: str
    type: EventType | None = None
    """The event type that it is about; null: all."""
    score: float
    precision: float | None = None
    recall: float | None = None
    hits: int
    predicted: int | None = None
    gold: int
    """Of how many: gold records, or, for a share, what it is a share of."""


class Miss(Struct, frozen=True, kw_only=True, tag="miss", tag_field="record"):
    """One thing in which the index and the gold differ."""

    kind: MissKind
    document: str
    """As the gold names it."""
    fields: list[str] = []
    """Of a wrong event: which fields differ."""
    gold: str | None = None
    """What the gold has."""
    found: str | None = None
    """What the index has."""
    id: str | None = None
    """The event or actor of the index."""
    quote: str | None = None


class Judged(Struct, frozen=True, kw_only=True):
    """An event of the index in a document that gold is about."""

    id: str
    confidence: float
    right: bool
    """Whether it is a gold event, core or optional, with its dates, type and participants."""


class Evaluation(Struct, frozen=True, kw_only=True, tag="evaluation", tag_field="record"):
    """How well an index agrees with gold."""

    documents: int
    """That the gold is about."""
    missing: list[str]
    """Of these, those that the index does not have."""
    measures: list[Measure]
    types: list[Measure]
    """For each event type: events found whose type is right."""
    misses: list[Miss]
    judged: list[Judged] = []
    """By document, in the order of the index."""


class _Line(NamedTuple):
    """How a measure is made of counts; one without `predicted` is a share."""

    name: str
    hits: str
    predicted: str | None
    gold: str


LINES = (
    _Line("events found", "found", "predicted", "gold"),
    _Line("events right", "right", "predicted", "gold"),
    _Line("dates right of found", "date", None, "found"),
    _Line("types right of found", "type", None, "found"),
    _Line("participants of found", "shared", "their", "our"),
    _Line("direction right", "direction", None, "directed"),
    _Line("status right of found", "status", None, "found"),
    _Line("medium right", "medium", None, "with medium"),
    _Line("place right", "place", None, "with place"),
    _Line("told twice, joined", "joined", None, "told twice"),
    _Line("actors", "actors found", "actors predicted", "actors"),
    _Line("actor kind right", "actor kind", None, "actors found"),
    _Line("actor country right", "actor country", None, "actors found"),
    _Line("relations", "relations found", "relations predicted", "relations"),
)


def measures(counts: Counter[str]) -> list[Measure]:
    return [
        _measure(line.name, counts[line.hits], line.predicted and counts[line.predicted], counts[line.gold])
        for line in LINES
    ]


def by_type(
    hits: Counter[EventType], predicted: Counter[EventType], gold: Counter[EventType]
) -> list[Measure]:
    """A line for each type that gold or index has, the most frequent in gold first."""
    types = sorted({*predicted, *gold}, key=lambda name: (-gold[name], name))
    return [_measure("type", hits[name], predicted[name], gold[name], name) for name in types]


def _measure(
    name: str, hits: int, predicted: int | str | None, gold: int, type: EventType | None = None
) -> Measure:
    if not isinstance(predicted, int):
        return Measure(name=name, type=type, score=_share(hits, gold), hits=hits, gold=gold)
    precision, recall = hits / predicted if predicted else 0.0, hits / gold if gold else 0.0
    return Measure(
        name=name,
        type=type,
        score=_share(2 * precision * recall, precision + recall),
        precision=round(precision, 4),
        recall=round(recall, 4),
        hits=hits,
        predicted=predicted,
        gold=gold,
    )


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0
