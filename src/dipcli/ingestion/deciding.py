"""A person's decisions into the index: written and applied in one step, without reading a document again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from dipcli import index as indexes
from dipcli.decisions import file
from dipcli.decisions.types import About, Add, Decision, Edit, Quote, Ruling, Undo, Who, subjects
from dipcli.decisions.values import PEOPLE
from dipcli.errors import DecisionsError
from dipcli.index.cache import remembered, renew
from dipcli.ingestion.changes import Changes
from dipcli.ingestion.report import Report
from dipcli.ingestion.writing import opened, write


class Settled(NamedTuple):
    """What decisions led to."""

    decisions: list[Decision]
    """As they are in the file now."""
    rulings: list[Ruling]
    """What became of them."""
    others: list[Ruling]
    """What became of the decisions before them."""
    report: Report
    """With the ids that changed, and what is in the index now."""


def decide(index: Path, new: Sequence[Decision], *, apply: bool = True, timeout: float = 0) -> Settled:
    """Writes decisions at the end of `decisions.jsonl` and applies them all.

    Without any it applies the file as it is, which may have been edited by hand. Where not to `apply`,
    they are only written, and the next change of the index applies them. The cache is left to whoever asks
    next. Raises DecisionsError
    where the file is broken or a decision fits nothing, IndexMissing, IndexBusy, IndexWriteError; then
    nothing was decided.
    """
    indexes.read(index, ()).close()  # raises where there is none
    report = Report(index=index)
    with remembered(index) as cached:
        with opened(index, False, timeout) as work:
            assert work.before and work.transaction
            place = index / file.NAME
            before = place.read_bytes() if place.exists() else b""
            changes = Changes(work.before, work.scratch, None)
            made = [_pinned(decision, changes.digest) for decision in new]
            made = _numbered(made, {decision.id for decision in file.parse(before, place)})
            data = file.appended(before, made)
            every = file.parse(data, place)
            if made:
                work.transaction.stage_decisions(data)
            if not apply:
                work.transaction.commit_decisions()
                return Settled(made, [], [], report)
            count = len(every) - len(made)
            rulings = write(
                work,
                changes,
                work.before.manifest.settings,
                report,
                every,
                lambda found: _check(every[count:], found[count:]),
            )
        if cached:  # else the next query makes it
            renew(index, before=cached)
    return Settled(made, list(rulings[count:]), list(rulings[:count]), report)


def _check(decisions: Sequence[Decision], rulings: Sequence[Ruling]) -> None:
    """Raises DecisionsError where a new decision does not fit."""
    for decision, ruling in zip(decisions, rulings, strict=True):
        if ruling.state == "nothing" and not isinstance(decision, Undo):
            kind = type(decision).__name__.lower()
            named = ", ".join(subject.id for subject in subjects(decision) if subject.id)
            raise DecisionsError(f"to {kind} {named} fits nothing that a document tells")


def _numbered(decisions: list[Decision], taken: set[str]) -> list[Decision]:
    """The decisions, each with an id of its own: the same may be decided twice in a second."""
    numbered = []
    for decision in decisions:
        ident, number = decision.id, 2
        while ident in taken:
            ident, number = f"{decision.id}-{number}", number + 1
        taken = taken | {ident}
        numbered.append(replace(decision, id=ident))
    return numbered


def _pinned(decision: Decision, digest: Callable[[str], str]) -> Decision:
    """The decision with the SHA-256 of its documents in the place of their ids."""

    def quotes(found: list[Quote]) -> list[Quote]:
        return [replace(quote, document=digest(quote.document)) for quote in found]

    def people(found: list[Who]) -> list[Who]:
        return [replace(who, quotes=quotes(who.quotes)) for who in found]

    if isinstance(decision, About):
        about = [replace(subject, quotes=quotes(subject.quotes)) for subject in decision.about]
        decision = replace(decision, about=about)
    if isinstance(decision, Edit | Add):
        sides = {side: people(getattr(decision.set, side)) for side in PEOPLE if side in decision.set.given()}
        decision = replace(decision, set=replace(decision.set, **sides))
    return decision
