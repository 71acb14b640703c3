"""Where a record comes from: for each field the words, the rule, and what they were resolved against."""

from __future__ import annotations

from functools import cached_property

from msgspec.structs import replace

from dipcli.decisions import file as decisions
from dipcli.decisions.types import Ruling
from dipcli.errors import IndexBusy, UsageError
from dipcli.explanation.evidence import Trail
from dipcli.explanation.parts import Explanation, Field, Ground, Told, Words
from dipcli.index import Snapshot, read
from dipcli.records import Actor, Document, Event, Record, Relation

__all__ = ["Explainer", "Explanation", "Field", "Ground", "Told", "Words"]


class Explainer:
    """Explains records of one state of an index; brings its mentions together once, when first needed.

    Queries read no mentions, so that a snapshot made for them has none open: they are read here.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def _trail(self) -> Trail:
        with read(self._snapshot.path, ("documents", "mentions")) as whole:
            if whole.state != self._snapshot.state:
                raise IndexBusy(f"the index {whole.path} was changed meanwhile", hint="try again")
            return Trail(whole, decisions.read(whole.path))

    @property
    def rulings(self) -> list[Ruling]:
        """What became of each decision of the index, in their order."""
        return self._trail.resolved.rulings

    def explain(self, record: Record) -> Explanation:
        """Raises UsageError for a document, IndexBusy where the index is in another state by now,
        DipcliError where it was made by another dipcli."""
        if isinstance(record, Document):
            raise UsageError(
                f"{record.id} is a document, which is what explanations go back to",
                hint=f"dipcli show {record.id} tells its date and where it comes from",
            )
        self._trail.check(record)
        return replace(self._explained(record), decisions=self._trail.decided(record))

    def _explained(self, record: Event | Actor | Relation) -> Explanation:
        from dipcli.explanation import actors, events

        if isinstance(record, Event):
            return events.explain(record, self._trail)
        if isinstance(record, Actor):
            return actors.explain_actor(record, self._trail)
        summed = set(record.events)
        told = [event for event in self._trail.resolved.events if event.id in summed]
        return actors.explain_relation(record, told, self._trail)
