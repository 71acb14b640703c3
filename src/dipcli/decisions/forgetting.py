"""What decisions hold of a document's text goes with the document.

A decision quotes the words that it is anchored in and the names that set its record apart. When a document
is forgotten, its quotes lose their text and keep their place, and names that no other document has are
dropped, with the id that was made of them. So the decision fits again if the document comes back. What a
person wrote (values, reasons, notes) stays: it is no document's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import msgspec
from msgspec.structs import replace

from dipcli.decisions.types import About, Accept, Add, Decision, Edit, Quote, Settle, Subject, Who
from dipcli.decisions.values import PEOPLE


def forgotten(
    decisions: Iterable[Decision], gone: Collection[str], is_told: Callable[[str], bool]
) -> dict[str, Decision]:
    """The decisions that quote documents that are `gone` (SHA-256), by id, without what was theirs alone.

    `is_told`: whether a name or place stands in a document that is left.
    """
    changed = {}
    for decision in decisions:
        stripped = _stripped(decision, gone, is_told)
        if stripped != decision:
            changed[decision.id] = stripped
    return changed


def _stripped(decision: Decision, gone: Collection[str], is_told: Callable[[str], bool]) -> Decision:
    if isinstance(decision, About):
        rests = any(quote.document in gone for subject in decision.about for quote in subject.quotes)
        decision = replace(decision, about=[_subject(one, gone, is_told) for one in decision.about])
        if isinstance(decision, Accept) and rests and not is_told(decision.seen.get("place", "")):
            seen = {field: value for field, value in decision.seen.items() if field != "place"}
            decision = replace(decision, seen=seen)
        if isinstance(decision, Settle) and rests:
            kept = [value if value[:4].isdigit() or is_told(value) else "" for value in decision.values]
            decision = replace(decision, values=kept)
    if isinstance(decision, Edit | Add):
        sides = [side for side in PEOPLE if side in decision.set.given()]
        people = {side: [_who(who, gone) for who in getattr(decision.set, side)] for side in sides}
        decision = replace(decision, set=replace(decision.set, **people))
    return decision


def _subject(subject: Subject, gone: Collection[str], is_told: Callable[[str], bool]) -> Subject:
    if not any(quote.document in gone for quote in subject.quotes):
        return subject
    names = [name for name in subject.names if is_told(name)]
    return replace(
        subject,
        id=subject.id if names == subject.names else None,
        names=names,
        quotes=_quotes(subject.quotes, gone),
    )


def _who(who: Who, gone: Collection[str]) -> Who:
    return replace(who, quotes=_quotes(who.quotes, gone))


def _quotes(quotes: Iterable[Quote], gone: Collection[str]) -> list[Quote]:
    return [replace(quote, text="") if quote.document in gone else quote for quote in quotes]


def names(decisions: Iterable[Decision]) -> set[str]:
    """All names and places that decisions quote: what `is_told` may be asked for."""
    found: set[str] = set()
    for decision in decisions:
        if isinstance(decision, About):
            found.update(name for subject in decision.about for name in subject.names)
        if isinstance(decision, Accept):
            found.add(decision.seen.get("place", ""))
        if isinstance(decision, Settle):
            found.update(decision.values)
    return found


def rewritten(data: bytes, changed: dict[str, Decision]) -> bytes:
    """The bytes of `decisions.jsonl` with these decisions in the place of those of their ids."""
    lines = []
    for line in data.split(b"\n"):
        ident = _ident(line)
        lines.append(msgspec.json.encode(changed[ident]) if ident in changed else line)
    return b"\n".join(lines)


class _Named(msgspec.Struct):
    id: str


def _ident(line: bytes) -> str | None:
    text = line.removeprefix(b"\xef\xbb\xbf")
    return msgspec.json.decode(text, type=_Named).id if text.strip() else None
