"""Reading the stored lines of one kind and keeping those that satisfy a query's conditions.

Each line is decoded to the fields that the conditions need and no others; a query without conditions
decodes nothing. Lines come in stored order, one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from dipcli.query.actors import Snapshot
from dipcli.query.terms import DateTerm, Term, Verdict
from dipcli.records import Actor, Document, Event, Record, Relation

RECORD: dict[str, type[Record]] = {
    "events": Event,
    "actors": Actor,
    "relations": Relation,
    "documents": Document,
}


@dataclass
class Conditions:
    """What a query asks of each record of one kind."""

    terms: list[Term] = field(default_factory=list)
    when: DateTerm | None = None
    undated: bool = False
    """Undated records are wanted in spite of a date filter."""
    notes: list[str] = field(default_factory=list)
    """What to tell the user about how the query was understood."""
    undated_events: int = 0
    """Undated events that were left out on the way, where events were asked first."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Fields that the conditions look at."""
        needs = [name for term in self.terms for name in term.needs]
        return (*needs, *(self.when.needs if self.when else ()))


class Found(NamedTuple):
    """A line that satisfies the conditions, with the fields that were decoded."""

    raw: bytes
    view: Any
    verdict: Verdict
    """UNDATED where the record would be left out by the date filter alone."""


def matching(
    snapshot: Snapshot, kind: str, conditions: Conditions, needs: Iterable[str] = ()
) -> Iterator[Found]:
    """The lines that satisfy the conditions, in stored order, decoded to `needs` too."""
    terms, when = sorted(conditions.terms, key=lambda term: "evidence" in term.needs), conditions.when
    fields = {*conditions.needs, *needs}
    decode = msgspec.json.Decoder(view_of(kind, frozenset(fields))).decode if fields else lambda raw: None
    for raw in snapshot.raw(kind):
        view = decode(raw)
        if all(term.matches(view) for term in terms):
            verdict = when.judge(view) if when else Verdict.YES
            if verdict is Verdict.UNDATED and conditions.undated:
                verdict = Verdict.YES
            if verdict is not Verdict.NO:
                yield Found(raw, view, verdict)


@lru_cache(maxsize=256)
def view_of(kind: str, fields: frozenset[str]) -> Any:
    """A struct of some fields of a record: decoding to it skips the rest."""
    known = [known for known in msgspec.structs.fields(RECORD[kind]) if known.name in fields]
    return msgspec.defstruct(f"{kind.title()}View", [(one.name, one.type) for one in known], frozen=True)
