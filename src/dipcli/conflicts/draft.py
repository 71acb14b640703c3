"""A chronology that somebody is writing, held against the index: what sources bear out, and what they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from dipcli.conflicts.claims import DraftLine
from dipcli.conflicts.finding import Side
from dipcli.conflicts.matching import MONTH, Index, Match, between, matches, roots, shown
from dipcli.conflicts.world import World
from dipcli.records import Event, Struct
from dipcli.resolution.corpus import plain

Judged = Literal["supported", "contradicted", "unsupported", "left out"]
QUOTES = 3
"""Quotes given for a line."""


class Verdict(Struct, frozen=True, kw_only=True, tag="verdict", tag_field="record"):
    """What the index says of a line of the draft, or an event of the draft's span that it leaves out."""

    verdict: Judged
    line: int | None = None
    """Of the draft, from 1; null for what it leaves out."""
    text: str
    """The line; of what is left out the event's summary."""
    fields: list[str] = []
    """In what the line is contradicted: date, person, place, medium, status."""
    said: str | None = None
    """What the line says there."""
    told: str | None = None
    """What sources say."""
    reason: str
    events: list[str] = []
    sources: list[Side] = []
    """The quotes, with the date of what they tell."""


def hold(lines: Sequence[DraftLine], world: World, wanted: Container[str] | None = None) -> list[Verdict]:
    """A verdict for each line, then for each event that they leave out; `wanted`: the only ones that count as
    left out, by id."""
    index = Index(world)
    verdicts = judge(lines, index)
    missing = left_out(lines, verdicts, index)
    return verdicts + [one for one in missing if wanted is None or one.events[0] in wanted]


def judge(lines: Sequence[DraftLine], index: Index) -> list[Verdict]:
    """A verdict for each line. What bears out one line is not taken for another's with a wrong date."""
    found = [[matches(claim, index) for claim in line.claims] for line in lines]
    taken = {match.event.id for line in found for claim in line for match in claim if match.supports}
    return [_verdict(line, those, taken, index) for line, those in zip(lines, found, strict=True)]


def _verdict(line: DraftLine, found: list[list[Match]], taken: set[str], index: Index) -> Verdict:
    best = [
        left[0]
        for claim in found
        if (left := [match for match in claim if "date" not in match.differs or match.event.id not in taken])
    ]
    supported = [match for match in best if not match.differs]
    verdict = Verdict(
        verdict="unsupported", line=line.number, text=plain(line.evidence.text), reason=_why(line)
    )
    if supported:
        events = list({match.event.id: match.event for match in supported}.values())
        vague = "" if any(match.supports for match in supported) else ", though less exactly"
        rest = len(found) - len(supported)
        more = f", but not all: {rest} of the {len(found)} things in the line" if rest else ""
        return replace(
            verdict,
            verdict="supported",
            reason=f"sources tell it{vague}{more}",
            events=[event.id for event in events],
            sources=_sources(events, index),
        )
    if best:
        ((field, (said, told)),) = best[0].differs.items()
        return replace(
            verdict,
            verdict="contradicted",
            fields=[field],
            said=said,
            told=told,
            reason=f"sources have {told}, not {said}",
            events=[best[0].event.id],
            sources=_sources([best[0].event], index),
        )
    return verdict


def _why(line: DraftLine) -> str:
    """Why a line is not borne out."""
    if not line.claims:
        return "no event was understood in it"
    if all(claim.interval is None for claim in line.claims):
        return "its date was not understood"
    unknown = dict.fromkeys(who.name for claim in line.claims for who in claim.who if who.ident is None)
    return f"no source names {', '.join(unknown)}" if unknown else "no source tells it"


def left_out(lines: Sequence[DraftLine], verdicts: Iterable[Verdict], index: Index) -> Iterator[Verdict]:
    """Events of the draft's span and of two of its countries that it leaves out, known by days, in order.

    What the same countries did on the day of an event that a line tells is taken for a part of it; of what
    is told of one day and the same countries beside that, the best borne out stands for all.
    """
    intervals = [claim.interval for line in lines for claim in line.claims if claim.interval]
    if not intervals:
        return
    first, last = min(intervals)[0], max(end for _, end in intervals)
    subject = frozenset(country for line in lines for claim in line.claims for country in claim.roots)
    used = {ident for verdict in verdicts for ident in verdict.events}
    told: dict[tuple[str | None, str | None], list[frozenset[str]]] = defaultdict(list)
    for ident in used:
        event = index.world.events[ident]
        told[event.start, event.end].append(roots(event))
    found = []
    for event in sorted(index.world.events.values(), key=_rank):
        if event.id in used or event.occasion in used or not _is_in(event, first, last):
            continue
        theirs = roots(event)
        enough = len(theirs & subject) >= min(2, len(subject))
        if enough and not any(theirs <= others for others in told[event.start, event.end]):
            told[event.start, event.end].append(theirs)
            found.append(event)
    for event in sorted(found, key=lambda event: (event.start or "", event.id)):
        yield Verdict(
            verdict="left out",
            text=event.summary,
            told=shown(event),
            reason="sources tell it, and the draft does not",
            events=[event.id],
            sources=_sources([event], index),
        )


def _is_in(event: Event, first: str, last: str) -> bool:
    return (
        event.start is not None
        and event.end is not None
        and event.precision in ("day", "range")
        and event.status == "occurred"
        and first <= event.start
        and event.end <= last
        and between(event.start, event.end) <= MONTH
    )


def _rank(event: Event) -> tuple[bool, int, str]:
    """Meetings first, then what most passages tell."""
    return event.type != "CONSULT", -len(event.evidence), event.id


def _sources(events: Sequence[Event], index: Index) -> list[Side]:
    """The first quotes of events, dated ones first."""
    quotes = [(event, quote) for event in events for quote in event.evidence]
    quotes.sort(key=lambda item: item[1].date_text is None)
    return [index.world.side(shown(event), quote, event) for event, quote in quotes[:QUOTES]]
