"""Pages for people: hits of a search, a record with its evidence, what an index holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from dipcli.output.fields import event_date, flat, published_date, unique
from dipcli.output.table import BOLD, CYAN, DIM, RESET
from dipcli.output.terminal import Screen
from dipcli.output.text import clean, counted, mark, show_marks, wrap
from dipcli.records import Actor, Document, Event, Evidence, Participant, Relation, Role

WIDEST = 100
"""Columns of running text, however wide the screen."""
EVIDENCE_SHOWN = 50
"""Quotes that a page shows; an actor may be named in thousands of documents."""


class Context(Protocol):
    """A quote with the text around it, and where it stands."""

    before: str
    quote: str
    after: str
    locator: str | None
    title: str


def hits(rows: Iterable[Any], screen: Screen, extra: Mapping[str, Callable[[Any], Any]]) -> Iterator[str]:
    """Each hit of a search: where it stands, its words marked, the events it is evidence for."""
    pen = Pen(screen)
    for number, row in enumerate(rows):
        hit = row.record
        if number:
            yield ""
        where = [hit.title or hit.document, *(flat(get(hit)) for get in extra.values())]
        yield pen.line(
            f"{pen.styled(hit.date or 'undated', CYAN)}  {pen.styled(clean(' · '.join(where)), BOLD)}"
        )
        yield from pen.paragraph(mark(hit.text, row.spans))
        for event in hit.events:
            yield pen.line("  " + pen.styled(f"→ {event}", DIM))


def record(found: Any, context: Callable[[Evidence], Context] | None, screen: Screen) -> Iterator[str]:
    """A record: its values, then its evidence quoted in context, if there is one."""
    pen = Pen(screen)
    yield pen.styled(clean(found.id), BOLD)
    values = _PAGES[type(found)] | _MARKS
    lines = [(name, clean(text)) for name, get in values.items() if (text := get(found))]
    yield from pen.values(lines)
    evidence = _evidence(found) if context else []
    for number, quote in enumerate(evidence[:EVIDENCE_SHOWN], start=1):
        assert context
        around = context(quote)
        yield ""
        where = ", ".join(unique([around.title, around.locator]))
        where = f"[{number}] {where}" if len(evidence) > 1 else where
        yield pen.styled(f"  {clean(where)}", DIM)
        text = f"{around.before}{around.quote}{around.after}"
        yield from pen.paragraph(mark(text, [(len(around.before), len(around.before) + len(around.quote))]))
    if len(evidence) > EVIDENCE_SHOWN:
        yield f"  … and {len(evidence) - EVIDENCE_SHOWN} more; --format json has them all"
    yield ""


def info(found: Mapping[str, Any], screen: Screen) -> Iterator[str]:
    """What an index holds, a line for each value that there is."""
    shown = {**found, "reviewed": f"{found['reviewed']:,} of {counted(found['events'], 'events')}"}
    lines = [
        (name.replace("_", " "), clean(f"{value:,}" if isinstance(value, int) else flat(value)))
        for name, value in shown.items()
    ]
    yield from Pen(screen).values([(name, text) for name, text in lines if text], "")


class Pen:
    """Writes lines for one screen: styles only in colour, marks as «…» without."""

    def __init__(self, screen: Screen) -> None:
        self.color = screen.color
        self.columns = min(screen.width, WIDEST) if screen.terminal else WIDEST
        self.marks = (BOLD + CYAN, RESET) if screen.color else ("«", "»")

    def styled(self, text: str, style: str) -> str:
        return f"{style}{text}{RESET}" if self.color and style else text

    def line(self, text: str) -> str:
        return text.rstrip()

    def paragraph(self, text: str, indent: str = "    ") -> Iterator[str]:
        lines = "\n".join(wrap(text, self.columns, indent))
        return iter(show_marks(lines, *self.marks, each_line=self.color).split("\n"))

    def values(self, lines: list[tuple[str, str]], indent: str = "  ") -> Iterator[str]:
        widest = max((len(name) for name, _ in lines), default=0)
        for name, text in lines:
            first, *rest = wrap(
                text, self.columns, indent + " " * (widest + 2), f"{indent}{name.ljust(widest)}  "
            )
            yield indent + self.styled(name.ljust(widest), DIM) + first[len(indent) + widest :]
            yield from rest


def _evidence(found: Any) -> list[Evidence]:
    if isinstance(found, Document):
        return [found.published.evidence] if found.published and found.published.evidence else []
    if isinstance(found, Actor):
        return [*found.evidence, *(quote for role in found.roles for quote in role.evidence)]
    return list(found.evidence)


def _participants(participants: Iterable[Participant]) -> str:
    return "; ".join(f"{someone.name} ({_about(someone)})" for someone in participants)


def _about(someone: Participant) -> str:
    return ", ".join(unique([someone.title, someone.country, someone.id]))


def _role(role: Role) -> str:
    seen = " – ".join(unique([role.since or role.first_seen, role.until or role.last_seen]))
    return role.title + (f", {role.of}" if role.of else "") + (f" ({seen})" if seen else "")


def _scores(event: Event) -> str:
    scores = {"quad": event.quad, "CAMEO": event.cameo, "PLOVER": event.score, "Goldstein": event.goldstein}
    return ", ".join(f"{name} {value}" for name, value in scores.items() if value is not None)


def _published(document: Document) -> str:
    return f"{published_date(document)} ({document.published.basis})" if document.published else ""


def _copy_of(document: Document) -> str:
    copied = document.copy_of
    return f"{copied.document} ({copied.likeness:.0%} of the shorter stands in the longer)" if copied else ""


def _length(document: Document) -> str:
    pages = f"{counted(len(document.pages), 'pages')}, " if document.pages else ""
    return f"{pages}{len(document.text):,} characters"


_MARKS: dict[str, Callable[[Any], str]] = {
    "corrected": lambda found: flat(getattr(found, "corrections", [])),
    "reviewed": lambda found: "yes" if getattr(found, "reviewed", False) else "",
    "tags": lambda found: flat(found.tags),
    "notes": lambda found: flat(found.notes),
}
"""What a person left on a record, of any kind."""
_PAGES: dict[type, dict[str, Callable[[Any], str]]] = {
    Event: {
        "date": lambda event: event_date(event) or "unknown",
        "type": lambda event: "/".join(unique([event.type, event.mode])),
        "status": lambda event: f"{event.status}, {event.certainty}",
        "asserted by": lambda event: flat(event.asserted_by),
        "actors": lambda event: _participants(event.actors),
        "recipients": lambda event: _participants(event.recipients),
        "place": lambda event: (
            ", ".join(unique([event.place.name, event.place.country])) if event.place else ""
        ),
        "medium": lambda event: event.medium or "",
        "contexts": lambda event: flat(event.contexts),
        "occasion": lambda event: event.occasion or "",
        "summary": lambda event: event.summary,
        "doubts": lambda event: flat(event.doubts),
        "scores": _scores,
        "sources": lambda event: str(event.sources),
        "confidence": lambda event: f"{event.confidence:.2f}",
    },
    Actor: {
        "name": lambda actor: actor.name,
        "also": lambda actor: flat(actor.aliases),
        "kind": lambda actor: actor.kind,
        "country": lambda actor: actor.country or "",
        "roles": lambda actor: "; ".join(map(_role, actor.roles)),
        "events": lambda actor: str(actor.event_count),
        "documents": lambda actor: str(len(actor.documents)),
    },
    Relation: {
        "subject": lambda relation: relation.subject,
        "relation": lambda relation: relation.relation,
        "object": lambda relation: relation.object,
        "as": lambda relation: relation.label or "",
        "since": lambda relation: relation.since or "",
        "until": lambda relation: relation.until or "",
        "seen": lambda relation: " – ".join(unique([relation.first_seen, relation.last_seen])),
        "count": lambda relation: str(relation.count),
        "by type": lambda relation: flat(relation.by_type),
        "events": lambda relation: flat(relation.events),
    },
    Document: {
        "title": lambda document: document.title or "",
        "publisher": lambda document: document.publisher or "",
        "authors": lambda document: flat(document.authors),
        "published": _published,
        "updated": lambda document: flat(document.updated),
        "address": lambda document: document.address or "",
        "translates": lambda document: document.translates or "",
        "told by": lambda document: ", ".join(
            f"{field} ({origin})" for field, origin in document.origins.items()
        ),
        "path": lambda document: flat(document.paths),
        "type": lambda document: document.media_type,
        "language": lambda document: document.language or "",
        "copy of": _copy_of,
        "length": _length,
        "sha256": lambda document: document.sha256,
    },
}
