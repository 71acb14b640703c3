"""`dipcli edit`, `reject`, `same`, `different`, `split`, `alias`, `rename`, `add`, `tag`, `untag`, `note` and
`undo`: decisions that last (docs/corrections.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import dipcli
from dipcli import settings
from dipcli.cli.options import INDEX, Argument, Option, command
from dipcli.decisions.types import Undo
from dipcli.decisions.values import FIELDS, assignments
from dipcli.errors import DecisionsError, UsageError
from dipcli.output import terminal

if TYPE_CHECKING:
    from dipcli.ingestion.deciding import Settled
    from dipcli.records import Evidence

BY = Option("--by", "Who decides; else DIPCLI_BY, else the login name.", "NAME")
WHY = Option("--why", "Why; kept with the decision.", "TEXT")
SIGNED = (WHY, BY, INDEX)
SET = Option(
    "--set", f"A field and its value; several times. Fields: {', '.join(FIELDS)}.", "FIELD=VALUE", True
)


def _takes(name: str) -> str:
    field = FIELDS[name]
    choices = f" ({', '.join(field.choices)})" if field.choices else ""
    return f"{name}: {field.takes}{choices}"


FORMS = "\n\n".join(["Fields of --set:", *map(_takes, FIELDS)])


def _edit(event: tuple[str, ...], set: tuple[str, ...], **signed: Any) -> None:
    if not set:
        raise UsageError(
            "nothing to set", hint="such as: dipcli edit EVENT --set type=ACCUSE --set date=2022-05-16"
        )
    _decide("edit", event, signed, set=assignments(set), each=True)


def _add(text: str, set: tuple[str, ...], **signed: Any) -> None:
    given = assignments(set)
    if missing := [name for name in ("type", "actors") if not given.get(name)]:
        raise UsageError(
            f"an event takes {' and '.join(missing)}",
            hint='such as: dipcli add "TEXT" --set date=2022-05-16 --set type=CONSULT --set "actors=A; B"',
        )
    _decide("add", (), signed, text=text, set=given)


def _judge(kind: str, /, event: tuple[str, ...], **signed: Any) -> None:
    _decide(kind, event, signed, each=True)


def _pair(kind: str, /, a: str, b: tuple[str, ...], **signed: Any) -> None:
    _decide(kind, (a, *b), signed)


def _named(kind: str, /, actor: str, name: str, **signed: Any) -> None:
    _decide(kind, (actor,), signed, name=name)


def _tag(kind: str, /, record: str, tag: tuple[str, ...], **signed: Any) -> None:
    _decide(kind, (record,), signed, tags=list(tag))


def _note(record: str, text: str, **signed: Any) -> None:
    _decide("note", (record,), signed, text=text)


def _split(record: str, quote: tuple[str, ...], **signed: Any) -> None:
    set_up = settings.load(index=signed["index"], by=signed["by"])
    with dipcli.open(set_up.index) as index:
        found = index.show(record)
        quotes = _chosen(list(getattr(found, "evidence", ())), quote)
        made = index.decision("split", found, by=set_up.by, why=signed["why"], quotes=quotes)
        _tell(index.decide(made))


def _chosen(evidence: Sequence[Evidence], named: Sequence[str]) -> list[Evidence]:
    """The quotes of a record that are named by number, as `dipcli show` has them, or by words of theirs."""
    chosen = []
    for name in named:
        if name.isdecimal() and 0 < int(name) <= len(evidence):
            chosen.append(evidence[int(name) - 1])
            continue
        having = [quote for quote in evidence if name in (quote.text, quote.document) or name in quote.text]
        if len(having) != 1 or name.isdecimal():
            what = (
                "there is no quote"
                if name.isdecimal() or not having
                else f"{len(having)} quotes have the words"
            )
            raise DecisionsError(
                f"{what} '{name}'",
                hint=f"name quotes by number, 1 to {len(evidence)}, as dipcli show has them",
            )
        chosen += having
    return chosen


def _undo(decision: tuple[str, ...], **signed: Any) -> None:
    set_up = settings.load(index=signed["index"], by=signed["by"])
    with dipcli.open(set_up.index) as index:
        every = index.decisions()
        undone = {one.undoes for one, ruling in every if isinstance(one, Undo) and ruling.state == "holds"}
        left = [one.id for one, _ in every if one.id not in undone and not isinstance(one, Undo)]
        named = [_meant(name, [one.id for one, _ in every]) for name in decision] or left[-1:]
        if not named:
            raise DecisionsError("there is no decision to undo")
        if gone := [name for name in named if name in undone]:
            raise DecisionsError(f"{gone[0]} is undone already")
        records = {one.id: ruling.records for one, ruling in every}
        made = [
            index.decision("undo", records[name], by=set_up.by, why=signed["why"], undoes=name)
            for name in named
        ]
        _tell(index.decide(*made))


def _meant(name: str, idents: Sequence[str]) -> str:
    found = [ident for ident in idents if ident == name] or [
        ident for ident in idents if ident.startswith(name)
    ]
    if len(found) != 1:
        what = (
            f"'{name}' is the beginning of {len(found)} decisions"
            if found
            else f"there is no decision '{name}'"
        )
        raise DecisionsError(what, hint="`dipcli decisions` lists them")
    return found[0]


def _decide(
    kind: str, subjects: Sequence[str], signed: dict[str, Any], each: bool = False, **given: Any
) -> None:
    """Make a decision, one on `each` subject if asked, and tell what it led to."""
    set_up = settings.load(index=signed["index"], by=signed["by"])
    with dipcli.open(set_up.index) as index:
        made = [
            index.decision(kind, some, by=set_up.by, why=signed["why"], **given)
            for some in (subjects if each else [subjects])
        ]
        _tell(index.decide(*made))


def _tell(settled: Settled) -> None:
    for line in told(settled):
        terminal.say(line)


def told(settled: Settled) -> Iterator[str]:
    """What decisions led to, a line for each."""
    for decision, ruling in zip(settled.decisions, settled.rulings, strict=True):
        kind = type(decision).__name__.lower()
        about = decision.undoes if isinstance(decision, Undo) else ", ".join(_had(decision))
        now = ", ".join(ruling.records)
        change = f"-> {now}" if now and now != about else ""
        yield " ".join(filter(None, (f"{decision.id} ", kind, about, change)))
        if ruling.said:
            yield f"  {ruling.said}"
    new = {decision.id for decision in settled.decisions}
    for ruling in settled.others:
        if ruling.said and any(ident in ruling.said for ident in new):
            yield f"  {ruling.decision}: {ruling.said}"


def _had(decision: Any) -> list[str]:
    return list(dict.fromkeys(one.id for one in getattr(decision, "about", ()) if one.id))


_EVENT = "An event's id, or the beginning of it."
_ANY = "An id of an event, actor, relation or document, or the beginning of it."
_BOTH = "An id of an event or actor, or the beginning of it."
_ACTOR = "An actor's id, or the beginning of it."

COMMANDS = {
    "edit": command(
        "edit",
        "Set fields of an event. Later ingests keep to it.",
        [Argument("EVENT", _EVENT, many=True), SET, *SIGNED],
        _edit,
        epilog=FORMS,
    ),
    "reject": command(
        "reject",
        "Leave out an event that is none.",
        [Argument("EVENT", _EVENT, many=True), *SIGNED],
        partial(_judge, "reject"),
    ),
    "accept": command(
        "accept",
        "Say that you looked at an event and found it right: it is reviewed.",
        [Argument("EVENT", _EVENT, many=True), *SIGNED],
        partial(_judge, "accept"),
    ),
    "same": command(
        "same",
        "Make one of several events or actors.",
        [Argument("A", _BOTH), Argument("B", "Those that are the same.", many=True), *SIGNED],
        partial(_pair, "same"),
    ),
    "different": command(
        "different",
        "Keep two events or actors apart.",
        [Argument("A", _BOTH), Argument("B", "The other.", many=True), *SIGNED],
        partial(_pair, "different"),
    ),
    "split": command(
        "split",
        "Make two of one event or actor: the quotes named part.",
        [
            Argument("RECORD", _BOTH),
            Argument("QUOTE", "The number of a quote, as `dipcli show` has it, or words of it.", many=True),
            *SIGNED,
        ],
        _split,
    ),
    "alias": command(
        "alias",
        "Give an actor another name; whoever is called so is that actor.",
        [Argument("ACTOR", _ACTOR), Argument("NAME", "The other name."), *SIGNED],
        partial(_named, "alias"),
    ),
    "rename": command(
        "rename",
        "Give an actor its best name.",
        [Argument("ACTOR", _ACTOR), Argument("NAME", "The best name."), *SIGNED],
        partial(_named, "rename"),
    ),
    "add": command(
        "add",
        "Add an event that no document tells, in your own words.",
        [Argument("TEXT", "One sentence that tells it, and how you know."), SET, *SIGNED],
        _add,
        epilog=FORMS,
    ),
    "tag": command(
        "tag",
        "Give a record tags.",
        [Argument("RECORD", _ANY), Argument("TAG", "A word.", many=True), *SIGNED],
        partial(_tag, "tag"),
    ),
    "untag": command(
        "untag",
        "Take tags from a record; all of them where none is named.",
        [Argument("RECORD", _ANY), Argument("TAG", "A tag of it.", many=True, required=False), *SIGNED],
        partial(_tag, "untag"),
    ),
    "note": command(
        "note",
        "Note something on a record.",
        [Argument("RECORD", _ANY), Argument("TEXT", "What to note."), *SIGNED],
        _note,
    ),
    "undo": command(
        "undo",
        "Undo decisions; the last one where none is named.",
        [Argument("DECISION", "Its id, or the beginning of it.", many=True, required=False), *SIGNED],
        _undo,
    ),
}
