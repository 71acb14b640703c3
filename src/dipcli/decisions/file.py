"""`decisions.jsonl`: reading it, with errors that name the line, and the bytes of new lines.

The file may be edited by hand and merged by git: blank lines, CRLF and a byte order mark do no harm. Who
writes it is `dipcli.index.transaction`, whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from dipcli.decisions.types import Decision, Undo
from dipcli.errors import DecisionsError

NAME = "decisions.jsonl"

_decode = msgspec.json.Decoder(Decision).decode
encode = msgspec.json.Encoder().encode


def read(index: Path) -> list[Decision]:
    """The decisions of the index, in the order of the file; none where it has no such file.

    Raises DecisionsError at a line that is no decision, has the id of another, or undoes none before it.
    """
    try:
        data = (index / NAME).read_bytes()
    except FileNotFoundError:
        return []
    return parse(data, index / NAME)


def count(index: Path) -> int:
    """How many lines the file has, whether they are decisions or not."""
    try:
        return sum(bool(line.strip()) for line in (index / NAME).read_bytes().split(b"\n"))
    except FileNotFoundError:
        return 0


def parse(data: bytes, place: Path) -> list[Decision]:
    """The decisions in the bytes of a file; `place` is what to call it. Raises as `read` does."""
    found: dict[str, Decision] = {}
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            decision: Decision = _decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise _broken(place, number, str(error).replace("Object", "object", 1)) from error
        if decision.id in found:
            raise _broken(place, number, f"there is a decision {decision.id} before it")
        if isinstance(decision, Undo) and decision.undoes not in found:
            raise _broken(place, number, f"it undoes {decision.undoes}, which is no decision before it")
        found[decision.id] = decision
    return list(found.values())


def _broken(place: Path, number: int, what: str) -> DecisionsError:
    return DecisionsError(
        f"line {number} of {place} is no decision: {what}",
        hint="mend or delete the line; the index is as it was",
    )


def appended(before: bytes, decisions: Iterable[Decision]) -> bytes:
    """The bytes of the file with more decisions at its end."""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    return before + b"".join(encode(decision) + b"\n" for decision in decisions)


def identified(decision: Decision) -> Decision:
    """The decision with an id made of all else that it says: `d-` and eight hexadecimal digits."""
    unnamed = msgspec.structs.replace(decision, id="")
    return msgspec.structs.replace(decision, id=f"d-{hashlib.sha256(encode(unnamed)).hexdigest()[:8]}")
