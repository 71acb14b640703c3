"""What a report holds, as the page's script reads it: events with their quotes, actors, countries, documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dipcli import dates
from dipcli.chronology import world
from dipcli.chronology.lines import remarks_on
from dipcli.chronology.wording import sentence
from dipcli.lexicon import countries
from dipcli.output.text import clean
from dipcli.query import Snapshot, Source
from dipcli.query.show import around
from dipcli.query.stored import reader
from dipcli.records import Document, Event, Evidence

Json = dict[str, Any]
AROUND = 240
"""Code points of a document on either side of a quote, at most."""


def contents(snapshot: Snapshot, events: Sequence[Event], *, quotes: bool) -> Json:
    """Everything that the page shows of the events; no text of documents without `quotes`."""
    named = {someone.id: someone for event in events for someone in (*event.actors, *event.recipients)}
    actors = {ident: place for place, ident in enumerate(sorted(named))}
    told = {quote.document for event in events for quote in event.evidence}
    known = world(snapshot, quotes)
    ordered = sorted(told, key=lambda ident: (known.sources[ident].date or "9999", ident))
    documents = {ident: place for place, ident in enumerate(ordered)}
    quoted = _quoter(snapshot, told, documents, quotes)
    codes = sorted({someone.country for someone in named.values() if someone.country})
    return {
        "actors": [
            {
                "name": clean(named[ident].name),
                "kind": known.kinds.get(ident),
                "country": named[ident].country,
            }
            for ident in actors
        ],
        "countries": {code: country.name for code in codes if (country := countries.by_code(code))},
        "documents": [_document(known.sources[ident]) for ident in ordered],
        "events": [
            {
                "id": event.id,
                "start": event.start,
                "end": event.end,
                "date": dates.format_interval(event.start, event.end, event.precision)
                if event.start and event.end
                else "undated",
                "type": event.type,
                "mode": event.mode,
                "quad": event.quad,
                "score": event.score,
                "status": event.status,
                "certainty": event.certainty,
                "actors": [actors[someone.id] for someone in event.actors],
                "recipients": [actors[someone.id] for someone in event.recipients],
                "place": clean(event.place.name) if event.place else None,
                "medium": event.medium,
                "occasion": event.occasion,
                "said": clean(sentence(event, known.kinds, known.names, quotes=quotes, marks=False)),
                "summary": clean(event.summary) if quotes else "",
                "isDoubted": bool(event.doubts),
                "remarks": remarks_on(event),
                "evidence": [quoted(quote) for quote in event.evidence],
            }
            for event in sorted(events, key=lambda event: (event.start is None, event.start or "", event.id))
        ],
    }


def _document(source: Source) -> Json:
    return {
        "title": source.title and clean(source.title),
        "publisher": source.publisher and clean(source.publisher),
        "date": _date(source),
        "address": clean(source.address),
    }


def _date(source: Source) -> str | None:
    since, _, until = (source.date or "").partition("/")
    return dates.format_interval(since, until or since, source.precision or "day") if since else None


def _quoter(
    snapshot: Snapshot, told: Iterable[str], places: Mapping[str, int], quotes: bool
) -> Callable[[Evidence], Json]:
    """What shows a quote: where it stands and, with `quotes`, its words and those around them."""
    wanted = set(told) if quotes else set()
    read = reader("documents")
    texts: dict[str, Document] = {}
    for raw in snapshot.raw("documents") if wanted else ():
        document: Document = read(raw)
        if document.id in wanted:
            texts[document.id] = document

    def quoted(evidence: Evidence) -> Json:
        shown = {"document": places[evidence.document], "where": evidence.locator}
        if not quotes:
            return {**shown, "before": "", "quote": "", "after": ""}
        context = around(texts[evidence.document], evidence, AROUND)
        return {
            **shown,
            "before": clean(context.before),
            "quote": clean(context.quote),
            "after": clean(context.after),
        }

    return quoted
