"""The decisions that count, where they are anchored, and what becomes of each.

They are applied in the order of the file, so that of two that contradict each other the later wins; the
earlier is noted as overruled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from dipcli.decisions.types import (
    About,
    Accept,
    Alias,
    Decision,
    Different,
    Note,
    Reject,
    Rename,
    Ruling,
    Same,
    Settle,
    Split,
    State,
    Tag,
    Undo,
    Untag,
    effective,
    subjects,
)
from dipcli.mentions import Span
from dipcli.names import normal
from dipcli.resolution.anchors import Anchors
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.local import Key
from dipcli.resolution.partition import Partition

Kind = TypeVar("Kind", bound=About)
MARKS = (Accept, Tag, Untag, Note, Settle, Undo)
"""Decisions that change no id."""


class Decided:
    """The decisions on the documents of a corpus."""

    def __init__(self, corpus: Corpus, decisions: Iterable[Decision] = ()) -> None:
        self._all = list(decisions)
        self.counting, self._undone = effective(self._all)
        self.anchors = Anchors(corpus)
        self._found: dict[str, list[list[Key]]] = {
            decision.id: [self.anchors.find(subject) for subject in subjects(decision)]
            for decision in self._all
        }
        self._overruled: dict[str, str] = {}
        self._said: dict[str, list[str]] = defaultdict(list)

    @property
    def any(self) -> bool:
        return bool(self._all)

    @property
    def changes_ids(self) -> bool:
        """Whether a record may have another id than without decisions."""
        return any(not isinstance(decision, MARKS) for decision in self.counting)

    @property
    def changes_actors(self) -> bool:
        """Whether who is who, or what they are called, may be another than without decisions."""
        return any(True for _ in self.on("actor", Same, Different, Split, Alias, Rename))

    def of(self, *kinds: type[Kind], record: str = "event") -> Iterator[tuple[Kind, list[list[Key]]]]:
        """The decisions of some kinds on such records that fit, each with the mentions of every subject."""
        return ((decision, found) for decision, found in self.on(record, *kinds) if all(found))

    def on(self, record: str, *kinds: type[Kind]) -> Iterator[tuple[Kind, list[list[Key]]]]:
        """The decisions of some kinds that count on such records, each with the mentions it is about, if
        there are any."""
        for decision in self.counting:
            if isinstance(decision, kinds) and decision.about and decision.about[0].record == record:
                yield decision, self._found[decision.id]

    def everything(self) -> Iterator[tuple[Decision, list[list[Key]]]]:
        """All decisions, those undone too, each with the mentions it is about."""
        return ((decision, self._found[decision.id]) for decision in self._all)

    def by_mention(self, *kinds: type[Kind], record: str = "event") -> dict[Key, list[Kind]]:
        """The decisions on one record each, by the mention that its first quote is of."""
        found: dict[Key, list[Kind]] = defaultdict(list)
        for decision, (keys, *_) in self.of(*kinds, record=record):
            found[keys[0]].append(decision)
        return found

    def overrule(self, loser: About, winner: About) -> None:
        """Notes that a decision does not hold any more since a later one says otherwise."""
        self._overruled.setdefault(loser.id, winner.id)

    def say(self, decision: About, what: str) -> None:
        """Notes what a person should know of a decision that holds."""
        if what not in self._said[decision.id]:
            self._said[decision.id].append(what)

    # joining and parting

    def revises(self, record: str) -> bool:
        """Whether anything may be joined or parted (`revise`)."""
        return any(True for _ in self.of(Same, Different, Split, Alias, record=record))

    def revise(
        self,
        partition: Partition[Key],
        record: str,
        nearness: Callable[[Key, Key], float],
        refused: Callable[[Key, Key], str | None] = lambda a, b: None,
        called: Callable[[Key, str], Iterable[Key]] = lambda key, name: (),
    ) -> None:
        """Joins and parts sets of mentions as decided: `refused` says why two can never be one, `called`
        gives the mentions of a name that an alias brings in."""
        before: list[tuple[About, Key, Key, bool]] = []
        for decision, found in self.of(Same, Different, Split, Alias, record=record):
            here = [[key for key in keys if key in partition] for keys in found]
            if not all(here):
                continue
            first = here[0]
            if isinstance(decision, Alias):
                for key in called(first[0], decision.name):
                    partition.join(first[0], key)
            for others in here[1:]:
                one, other = (
                    [key for key in a if key not in b] for a, b in ((first, others), (others, first))
                )
                if isinstance(decision, Same):
                    why = refused(first[0], others[0])
                elif isinstance(decision, Split) and not other and self._is_of_echoes(decision):
                    continue
                elif not one or not other:  # found by its name alone, a side cannot be told from the other
                    why = "its two sides cannot be told apart now"
                else:
                    why = None
                if why:
                    self.say(decision, why)
                elif isinstance(decision, Same):
                    partition.join(first[0], others[0])
                    before.append((decision, first[0], others[0], True))
                else:
                    partition.part(one, other, nearness)
                    before.append((decision, one[0], other[0], False))
            for earlier, a, b, joined in before:
                if earlier is not decision and partition.together(a, b) != joined:
                    self.overrule(earlier, decision)

    @cached_property
    def parted(self) -> set[tuple[str, Span]]:
        """Document and span of the quotes that a person parted from an event."""
        splits = self.on("event", Split)
        return {place for split, _ in splits for place in self.anchors.places(split.about[1])}

    def _is_of_echoes(self, split: Split) -> bool:
        """Whether what parts are quotes that only go back to the event: they are its evidence no more."""
        return all(place in self.anchors.echoes for place in self.anchors.places(split.about[1]))

    # what becomes of each

    def rulings(self, records: Callable[[Decision, list[list[Key]]], Collection[str]]) -> list[Ruling]:
        """Every decision in the order of the file: whether it holds, and of which records it is now."""
        found = []
        for decision in self._all:
            idents = list(records(decision, self._found[decision.id]))
            state: State = "holds"
            said = "; ".join(self._said[decision.id]) or None
            if decision.id in self._undone:
                state, said = "undone", f"undone by {self._undone[decision.id]}"
            elif decision.id in self._overruled:
                state, said = "overruled", f"{self._overruled[decision.id]} says otherwise, later"
            elif not self._fits(decision, idents):
                state, said = "nothing", "nothing in the index tells it any more"
            elif subjects(decision) and not idents and not isinstance(decision, Reject | Undo):
                said = "its event is rejected"
            found.append(Ruling(decision=decision.id, state=state, records=idents, said=said))
        return found

    def _fits(self, decision: Decision, idents: Collection[str]) -> bool:
        about = subjects(decision)
        if isinstance(decision, Undo):
            return True
        if about and about[0].record in ("event", "actor"):
            return all(self._found[decision.id])
        return bool(idents) or not about


def naming(
    name: str, aliases: Iterable[str], decisions: Iterable[About]
) -> tuple[str, list[str], list[tuple[Rename, Rename]]]:
    """An actor's name and aliases as decided, and which renaming a later one overrules."""
    forms = dict.fromkeys([name, *aliases])
    last: Rename | None = None
    overruled = []
    for decision in decisions:
        if isinstance(decision, Alias | Rename):
            forms[decision.name] = None
        if isinstance(decision, Rename):
            if last and normal(last.name) != normal(decision.name):
                overruled.append((last, decision))
            name, last = decision.name, decision
    return name, sorted(form for form in forms if form != name), overruled
