"""Conflicts that were settled: by which decision, and what settling one corrects in the records."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from msgspec.structs import replace

from dipcli.conflicts.finding import Conflict, Settled
from dipcli.conflicts.world import at, dated, typed
from dipcli.decisions.types import Choice, Decision, Quote, Settle, effective
from dipcli.errors import AmbiguousName, NotFound, UnknownValue, suggestion
from dipcli.records import Event, Evidence, Participant

CHOICES = get_args(Choice)
_LISTED = 10
_YEAR = re.compile(r"\b\d{4}\b")


class Correction(NamedTuple):
    """A decision that goes with settling a conflict: its kind, the ids it is about, what else it needs."""

    kind: str
    about: Sequence[str]
    given: Mapping[str, Any] = {}


# which are settled


def marked(
    conflicts: Iterable[Conflict], decisions: Sequence[Decision], documents: Mapping[str, str]
) -> list[Conflict]:
    """The conflicts, those that were settled with how; the last decision on one counts.

    documents: ids by SHA-256
    """
    by_rule: dict[str, list[Settle]] = defaultdict(list)
    for decision in effective(list(decisions))[0]:
        if isinstance(decision, Settle):
            by_rule[decision.rule].append(decision)
    found = []
    for conflict in conflicts:
        those = reversed(by_rule[conflict.rule])
        last = next((one for one in those if _is_of(one, conflict, documents)), None)
        how = last and Settled(decision=last.id, chosen=last.chosen, by=last.by, at=last.at, why=last.why)
        found.append(replace(conflict, settled=how))
    return found


def _is_of(decision: Settle, conflict: Conflict, documents: Mapping[str, str]) -> bool:
    """Whether a decision settles a conflict: both its quotes are among the decision's, by their words or, where
    a forgotten document took them along, by their place; or one of them is, or a record or name, and the two
    values are the same. (Values change with a correction, quotes where one more document tells it.)"""
    quotes = [quote for subject in decision.about for quote in subject.quotes]
    anchored = [
        any(_is_quoted(side.evidence, quote, documents) for quote in quotes)
        for side in (conflict.a, conflict.b)
        if side.evidence
    ]
    if len(anchored) == 2 and all(anchored):
        return True
    values = {conflict.a.value, conflict.b.value}
    named = {one for subject in decision.about for one in (subject.id, *subject.names)}
    known = any(anchored) or not named.isdisjoint(
        {*values, *conflict.events, *conflict.actors, *conflict.documents}
    )
    return known and values >= set(filter(None, decision.values))


def _is_quoted(evidence: Evidence, quote: Quote, documents: Mapping[str, str]) -> bool:
    if quote.text and " ".join(quote.text.split()) == " ".join(evidence.text.split()):
        return True
    within = quote.char_start < evidence.char_end and evidence.char_start < quote.char_end
    return within and evidence.document == documents.get(quote.document, quote.document)


def meant(conflicts: Iterable[Conflict], ident: str) -> Conflict:
    """The conflict of that id, or the only one whose id begins so. Raises NotFound, AmbiguousName."""
    begin = [conflict for conflict in conflicts if ident and conflict.id.startswith(ident)]
    if exact := [conflict for conflict in begin if conflict.id == ident]:
        return exact[0]
    if not begin:
        raise NotFound(
            f"no conflict has an id that begins with '{ident}'", hint="`dipcli conflicts` lists them"
        )
    if len(begin) > 1:
        raise AmbiguousName(
            f"'{ident}' is the beginning of {len(begin)} ids",
            candidates=[conflict.id for conflict in begin[:_LISTED]],
            hint="give more of the id",
        )
    return begin[0]


# what settling one corrects


def subjects(conflict: Conflict) -> list[str]:
    """Ids of the records that a decision on a conflict is anchored in."""
    return conflict.events or conflict.actors or conflict.documents


def corrections(conflict: Conflict, chosen: str, event: Callable[[str], Event]) -> list[Correction]:
    """What is put right where one side of a conflict is chosen; nothing where neither holds or both do.

    `event`: the event of an id. Raises UnknownValue for a choice that is none.
    """
    if chosen not in CHOICES:
        raise UnknownValue(f"--choose cannot be '{chosen}'", hint=suggestion(chosen, CHOICES))
    correct = _CORRECTED.get(conflict.rule)
    if correct is None or chosen not in ("a", "b"):
        return []
    return correct(conflict, chosen, event)


def _value(conflict: Conflict, chosen: str) -> str:
    return (conflict.a if chosen == "a" else conflict.b).value


def _set(conflict: Conflict, chosen: str, event: Callable[[str], Event]) -> list[Correction]:
    """Two records of one event are made one, and it gets the value chosen."""
    joined = [Correction("same", conflict.events)] if len(conflict.events) > 1 else []
    given = {"set": {conflict.field: _value(conflict, chosen)}}
    return [*joined, Correction("edit", conflict.events[:1], given)]


def _redate(conflict: Conflict, chosen: str, event: Callable[[str], Event]) -> list[Correction]:
    """What a line tells goes to the year that the line should have: all but what has a year of its own. (A line
    out of order has no such year.)"""
    if chosen == "a" or conflict.field != "date":
        return []
    years = int(conflict.b.value[:4]) - int(conflict.a.value[:4])
    moved = ((ident, _moved(event(ident), conflict, years)) for ident in conflict.events)
    return [Correction("edit", [ident], {"set": {"date": when}}) for ident, when in moved if when]


def _moved(event: Event, conflict: Conflict, years: int) -> str | None:
    """An event's date so many years later, as it is typed; None where the line gives it a year besides its own."""
    if dated(event) == conflict.a.value:
        return conflict.b.value
    told = [quote for quote in event.evidence if conflict.a.evidence and at(quote) == at(conflict.a.evidence)]
    own = any(_YEAR.search(quote.date_text or "") for quote in told)
    if own or event.start is None or event.end is None or event.start[:4] != conflict.a.value[:4]:
        return None
    start, end = (f"{int(day[:4]) + years}{day[4:]}" for day in (event.start, event.end))
    return typed(start, end, event.precision)


def _replace(conflict: Conflict, chosen: str, event: Callable[[str], Event]) -> list[Correction]:
    """The one who was there takes the place of the one who was not."""
    if chosen == "a":
        return []
    doubted, other = conflict.actors
    given = {}
    for side in ("actors", "recipients"):
        people: list[Participant] = getattr(event(conflict.events[0]), side)
        if any(someone.id == doubted for someone in people):
            names = [other if one.id == doubted else _typed(one) for one in people]
            given[side] = "; ".join(dict.fromkeys(names))
    return [Correction("edit", conflict.events[:1], {"set": given})] if given else []


def _typed(someone: Participant) -> str:
    return f"{someone.id} ({someone.title})" if someone.title else someone.id


def _rename(conflict: Conflict, chosen: str, event: Callable[[str], Event]) -> list[Correction]:
    """Two records of one person are made one, which gets the name chosen."""
    joined = [Correction("same", conflict.actors)] if len(conflict.actors) > 1 else []
    return [*joined, Correction("rename", conflict.actors[:1], {"name": _value(conflict, chosen)})]


_CORRECTED: dict[str, Callable[[Conflict, str, Callable[[str], Event]], list[Correction]]] = {
    "chronology": _redate,
    "date": _set,
    "place": _set,
    "medium": _set,
    "denied": _set,
    "participant": _replace,
    "spelling": _rename,
}
"""By rule; of the others no field follows from which side holds."""
