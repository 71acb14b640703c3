"""Events as a chronology for a report: neutral dated lines with numbered footnotes to their sources.

`lines` puts events in order and makes their notes, `wording` says what happened, `pages` and `word` write
it as text, Markdown, HTML or a Word document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dipcli.chronology.lines import FIELDS, TEMPLATE, Chronology, World, lines
from dipcli.chronology.pages import as_html, as_markdown, as_text
from dipcli.chronology.wording import long_date, participant
from dipcli.output.text import clean, counted
from dipcli.query import Snapshot, sources
from dipcli.query.stored import view_reader
from dipcli.records import Event

__all__ = ["FIELDS", "FORMATS", "TEMPLATE", "World", "chronology", "span_title", "world"]


def _docx(made: Chronology) -> bytes:
    from dipcli.chronology.word import as_docx

    return as_docx(made)


FORMATS: dict[str, Callable[[Chronology], bytes]] = {
    "txt": lambda made: as_text(made).encode(errors="replace"),
    "md": lambda made: as_markdown(made).encode(errors="replace"),
    "html": lambda made: as_html(made).encode(errors="replace"),
    "docx": _docx,
}


def chronology(
    snapshot: Snapshot,
    events: Iterable[Event],
    form: str = "md",
    *,
    title: str | None = None,
    template: str = TEMPLATE,
    quotes: bool = True,
) -> bytes:
    """The events as a chronology.

    form: one of FORMATS; title: else the time that the events span; template: of a line, with FIELDS in
    braces; quotes: whether the footnotes quote the documents

    Raises UsageError where the template names no field that there is.
    """
    chosen = list(events)
    made = lines(chosen, world(snapshot, quotes), template)
    documents = {quote.document for event in chosen for quote in event.evidence}
    about = summed(chosen, len(documents))
    return FORMATS[form](Chronology(clean(title) if title else span_title("Chronology", chosen), about, made))


def summed(events: Sequence[Event], documents: int) -> str:
    """How many events, of how many documents, and how many of them a person has reviewed."""
    reviewed = sum(event.reviewed for event in events)
    told = f"{counted(len(events), 'events')} told in {counted(documents, 'documents')}"
    return f"{told}; {reviewed} of {len(events)} reviewed."


def span_title(what: str, events: Sequence[Event]) -> str:
    """`Chronology, January 2015 – March 2024`, or of the one month, or undated."""
    starts = [event.start for event in events if event.start]
    ends = [event.end for event in events if event.end]
    if not starts:
        return what
    months = [long_date(f"{day[:7]}-01", f"{day[:7]}-01", "month") for day in (min(starts), max(ends))]
    return f"{what}, {' – '.join(dict.fromkeys(months))}"


def world(snapshot: Snapshot, quotes: bool) -> World:
    """What the index knows of those whom events name; `quotes`: whether the documents' words may be used."""
    read: Callable[[bytes], Any] = view_reader("actors", "id", "name", "kind", "country")
    actors = [read(raw) for raw in snapshot.raw("actors")]
    kinds = {actor.id: actor.kind for actor in actors}
    return World(
        sources(snapshot),
        kinds,
        {actor.id: participant(actor, kinds) for actor in actors},
        quotes,
    )
