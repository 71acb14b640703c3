"""A decision as a row of `dipcli decisions`: what it says, in a few words, and what became of it."""

from __future__ import annotations

from typing import Any

from dipcli.decisions.types import Decision, Ruling, Settle, State, Undo, Values, Who, subjects
from dipcli.records import Place, Struct


class Listed(Struct, frozen=True, kw_only=True, tag="decision", tag_field="record"):
    """A decision and what became of it."""

    id: str
    decision: str
    at: str
    by: str
    about: list[str]
    """The ids that its records have now, else those that they had."""
    value: str | None
    why: str | None
    state: State
    said: str | None
    records: list[str]
    """Ids of the records that it is about now."""


def listed(decision: Decision, ruling: Ruling) -> Listed:
    had = [subject.id for subject in subjects(decision) if subject.id]
    return Listed(
        id=decision.id,
        decision=type(decision).__name__.lower(),
        at=decision.at,
        by=decision.by,
        about=ruling.records or list(dict.fromkeys(had)),
        value=value(decision),
        why=decision.why,
        state=ruling.state,
        said=ruling.said,
        records=ruling.records,
    )


def value(decision: Decision) -> str | None:
    """What a decision sets, in a few words."""
    if isinstance(decision, Undo):
        return decision.undoes
    for field in ("name", "text"):
        if hasattr(decision, field):
            return str(getattr(decision, field))
    if isinstance(decision, Settle):
        return f"{decision.rule}, {' / '.join(decision.values)}: {decision.chosen}"
    if tags := getattr(decision, "tags", None):
        return ", ".join(tags)
    if isinstance(values := getattr(decision, "set", None), Values):
        return "; ".join(f"{name}={shown}" for name, shown in settings(values).items())
    return None


def settings(values: Values) -> dict[str, str]:
    """The fields that are set, each as it would be typed."""
    found = {name: _shown(getattr(values, name)) for name in values.given()}
    if "start" in found:
        start, end = found.pop("start"), found.pop("end")
        found.pop("precision")
        found = {"date": "unknown" if not start else start if start == end else f"{start}..{end}"} | found
    return found


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Place):
        return f"{value.name}, {value.country}" if value.country else value.name
    if isinstance(value, Who):
        return f"{value.name} ({value.title})" if value.title else value.name
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    return str(value)
