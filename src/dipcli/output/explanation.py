"""An explanation as a page: each field with its grounds, then the passages and why they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dipcli.output.fields import flat
from dipcli.output.pages import Pen
from dipcli.output.table import BOLD, DIM, YELLOW
from dipcli.output.terminal import Screen
from dipcli.output.text import clean, counted, cut

SHOWN = 6
"""Grounds of one field, and passages, that a page shows."""
QUOTED = 90
"""Columns of a quote within a ground."""


def page(found: Any, screen: Screen) -> Iterator[str]:
    """Lines of the page; `found` is an explanation, as `--format json` has it."""
    pen = Pen(screen)
    yield pen.styled(clean(found.id), BOLD)
    yield from pen.paragraph(clean(found.summary), "  ")
    if found.told:
        yield ""
        yield f"  {pen.styled('told', DIM)}  {counted(len(found.told), 'passages')}"
        yield from _limited(list(enumerate(found.told, start=1)), lambda item: _told(item[0], item[1], pen))
    for decision in found.decisions:
        yield ""
        yield f"  {pen.styled('decided', YELLOW)}  {clean(decision.id)}"
        yield from pen.paragraph(clean(_decided(decision)))
    for field in found.fields:
        yield ""
        yield f"  {pen.styled(field.field.replace('_', ' '), DIM)}  {pen.styled(clean(field.value), BOLD)}"
        yield from _limited(field.grounds, lambda ground: _ground(ground, pen))
    for doubt in found.doubts:
        yield ""
        yield f"  {pen.styled('doubt', YELLOW)}  {clean(flat(doubt))}"
        if doubt.evidence:
            yield from pen.paragraph(clean(f"“{doubt.evidence.text}” ({doubt.evidence.locator})"))
    yield ""


def _decided(decision: Any) -> str:
    """`edit place=Qingdao, by ana on 2024-06-01: the readout says so (overruled: …)`."""
    what = " ".join(filter(None, (decision.decision, decision.value)))
    why = f": {decision.why}" if decision.why else ""
    state = f" ({decision.said})" if decision.said else ""
    return f"{what}, by {decision.by} on {decision.at[:10]}{why}{state}"


def _limited(items: list[Any], lines: Any) -> Iterator[str]:
    for item in items[:SHOWN]:
        yield from lines(item)
    if len(items) > SHOWN:
        yield f"    … and {len(items) - SHOWN} more; --format json has them all"


def _ground(ground: Any, pen: Pen) -> Iterator[str]:
    """`[1] “Aug. 9”: month_day, against published 2022-08-10`, by the number of the passage."""
    said = f"“{cut(clean(ground.words.text), QUOTED)}”" if ground.words else ground.value
    other = f" gives {ground.value}, not taken" if not ground.taken and ground.words else ""
    against = f", against {ground.against}" if ground.against else ""
    where = f"[{ground.told}] " if ground.told else f"{_where(ground.words)}: " if ground.words else ""
    yield from pen.paragraph(clean(f"{where}{said}{other}: {ground.rule}{against}"))


def _told(number: int, told: Any, pen: Pen) -> Iterator[str]:
    yield from pen.paragraph(clean(f"[{number}] {_where(told.words)}: {told.reason}"))
    yield from pen.paragraph(clean(f"“{told.words.text}”"), "        ")
    yield from _possible(told.possible)


def _possible(ids: Iterable[str]) -> Iterator[str]:
    for ident in ids:
        yield clean(f"        perhaps also {ident}")


def _where(words: Any) -> str:
    return ", ".join(part for part in (words.title, words.locator) if part)
