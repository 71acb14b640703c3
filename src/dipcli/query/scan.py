"""Reading the stored lines of one kind and keeping those that satisfy a query's conditions.

Each line is decoded to the fields that the conditions need and no others; a query without conditions
decodes nothing. Lines come in stored order, one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from dipcli.query.stored import Snapshot, view_reader
from dipcli.query.terms import DateTerm, Term, Verdict


class Conditions(msgspec.Struct):
    """What a query asks of each record of one kind."""

    terms: list[Term] = []
    when: DateTerm | None = None
    undated: bool = False
    """Undated records are wanted in spite of a date filter."""
    notes: list[str] = []
    """What to tell the user about how the query was understood."""
    undated_events: int | None = None
    """Undated events that were left out on the way, where events were asked for the dates."""

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
    read = view_reader(kind, *fields) if fields else lambda raw: None
    for raw in snapshot.raw(kind):
        view = read(raw)
        if all(term.matches(view) for term in terms):
            verdict = when.judge(view) if when else Verdict.YES
            if verdict is Verdict.UNDATED and conditions.undated:
                verdict = Verdict.YES
            if verdict is not Verdict.NO:
                yield Found(raw, view, verdict)
