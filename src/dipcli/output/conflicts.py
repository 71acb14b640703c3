"""Conflicts for people: what is at odds and why, then both sides with their quotes, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

from dipcli.output.fields import where
from dipcli.output.pages import WIDEST, Pen
from dipcli.output.table import BOLD, CYAN, DIM, RED, YELLOW
from dipcli.output.terminal import Screen
from dipcli.output.text import clean, cut, pad, wrap

BESIDE = 60
"""Columns from which there is room for two quotes side by side; on fewer one stands below the other."""
_BETWEEN = "  │ "
_INDENT = "  "
_VERDICTS = {"supported": CYAN, "contradicted": RED, "unsupported": YELLOW, "left out": DIM}
_STYLES = {"high": RED, "medium": YELLOW, "low": CYAN}


def page(conflicts: Iterable[Any], screen: Screen) -> Iterator[str]:
    """Lines of the page; `conflicts` are those that `--format json` has."""
    pen = Pen(screen)
    for number, conflict in enumerate(conflicts):
        if number:
            yield ""
        head = f"{pen.styled(conflict.severity, _STYLES[conflict.severity])}  {clean(conflict.rule)}"
        yield f"{head}  {pen.styled(clean(conflict.id), DIM)}"
        yield from wrap(clean(conflict.reason), pen.columns, _INDENT)
        if (how := conflict.settled) is not None:
            why = f": {how.why}" if how.why else ""
            yield from wrap(clean(f"settled by {how.by}, {how.chosen}{why}"), pen.columns, _INDENT)
        yield from sides(conflict.a, conflict.b, pen)


def verdicts(found: Iterable[Any], screen: Screen) -> Iterator[str]:
    """The lines of a draft with what sources say of each, then what it leaves out."""
    pen = Pen(screen)
    for number, verdict in enumerate(found):
        if number:
            yield ""
        where_ = f"line {verdict.line}" if verdict.line else verdict.told
        judged = " ".join([verdict.verdict, *(f"({field})" for field in verdict.fields)])
        yield f"{clean(where_)}  {pen.styled(judged, _VERDICTS[verdict.verdict])}  {clean(verdict.reason)}"
        yield from wrap(clean(verdict.text), pen.columns, _INDENT)
        for side in verdict.sources:
            quote = clean(side.evidence.text)
            if quote != clean(verdict.text):
                yield from wrap(f"“{quote}”", pen.columns, _INDENT * 3, _INDENT * 2)
            yield from (pen.styled(line, DIM) for line in wrap(clean(where(side)), pen.columns, _INDENT * 3))


def sides(a: Any, b: Any, pen: Pen) -> Iterator[str]:
    """Two sides, each with its value, its quote and where that stands."""
    if b.evidence is None:
        value = f"{clean(a.value)} ≠ {clean(b.value)}"
        quoted = _column(a, pen.columns - len(_INDENT))
        yield from (f"{_INDENT}{pen.styled(line, BOLD)}" for line in wrap(value, pen.columns - len(_INDENT)))
        yield from (f"{_INDENT}{pen.styled(line, style)}" for line, style in quoted if style != BOLD)
        return
    if pen.columns < BESIDE:
        for side in (a, b):
            yield from (
                f"{_INDENT}{pen.styled(line, style)}" for line, style in _column(side, pen.columns - 2)
            )
        return
    room = (min(pen.columns, WIDEST) - len(_INDENT) - len(_BETWEEN)) // 2
    for left, right in zip_longest(_column(a, room), _column(b, room), fillvalue=("", "")):
        padded = pad(left[0], room)
        line = f"{_INDENT}{pen.styled(padded, left[1])}{_BETWEEN}{pen.styled(right[0], right[1])}"
        yield line.rstrip()


def _column(side: Any, columns: int) -> Iterator[tuple[str, str]]:
    """The lines of one side with the style of each."""
    texts = [(side.value, BOLD)]
    if side.evidence is not None:
        quote = [(f"“{side.evidence.text}”", "")] if side.evidence.text else []
        texts += [*quote, (where(side), DIM)]
    for text, style in texts:
        for line in wrap(clean(text), columns):
            yield cut(line, columns), style
