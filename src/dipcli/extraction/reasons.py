"""Why an event mention has its values: words and rules, what speaks against them, how sure they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from dipcli.dates import Resolved
from dipcli.dates.grammar import Expression
from dipcli.extraction.slots import Slot
from dipcli.extraction.story import Case, Story, Told
from dipcli.mentions import DoubtMention, EventMention, Reason, Span

LEAST, MOST = 0.05, 0.97
"""Nothing is sure."""
MANY_LINES = 6
"""Lines of one year that make another year's odd."""


def _reason(field: str, rule: str, start: int, end: int, against: str | None = None) -> Reason:
    return Reason(field=field, rule=rule, char_start=start, char_end=end, against=against)


def reasons(
    story: Story,
    case: Case,
    date: Expression | None,
    resolved: Resolved | None,
    leaned_on: Told | None,
    actors: Sequence[str],
    recipients: Sequence[str],
    spot: Slot | None,
    *,
    guessed: bool,
) -> list[Reason]:
    """The words and the rule behind type, date, participants and place; `leaned_on` is the event told before
    whose date it took, `guessed` whether nothing but nearness tells who acts."""
    trigger = case.trigger
    found = [_reason("type", f"trigger:{trigger.lemma}", trigger.char_start, trigger.char_end)]
    if date and resolved:
        found.append(_reason("date", date.rule, date.char_start, date.char_end, resolved.against))
    elif leaned_on:
        told = leaned_on.mention
        found.append(
            _reason("date", "carried", told.sentence.char_start, told.sentence.char_end, told.date_text)
        )
    elif story.topic is not None:
        span = case.span
        found.append(
            _reason(
                "date",
                "topic",
                span.char_start,
                span.char_end,
                f"the document's occasion {story.topic.start}",
            )
        )
    parties = (("actors", frozenset(actors)), ("recipients", frozenset(recipients)))
    for slot in case.scene.slots:
        for field, keys in parties:
            if not keys.isdisjoint(slot.keys):
                rule = "nearest" if guessed and field == "actors" else slot.rule or slot.kind
                found.append(_reason(field, rule, slot.char_start, slot.char_end))
    if spot is not None:
        found.append(_reason("place", "preposition", spot.char_start, spot.char_end))
    return found


def doubts(date: Expression | None, resolved: Resolved | None) -> list[DoubtMention]:
    """What the printed date itself says against its value (a weekday that does not fall on it)."""
    if date is None or resolved is None or not resolved.doubt:
        return []
    other = resolved.alternative
    return [
        DoubtMention(
            field="date",
            alternative=other.start.isoformat() if other else None,
            reason=resolved.doubt,
            span=Span(char_start=date.char_start, char_end=date.char_end),
        )
    ]


def doubt_odd_years(story: Story) -> None:
    """A chronology's one line of another year than all the others is doubted: the year may have slipped."""
    lines = [i for i, t in enumerate(story.told) if t.case.lead is not None and t.interval is not None]
    years = Counter(t.interval.start.year for i in lines if (t := story.told[i]).interval is not None)
    if not years:
        return
    usual, count = years.most_common(1)[0]
    odd = [i for i in lines if (span := story.told[i].interval) and span.start.year != usual]
    spots = {story.told[i].mention.sentence for i in odd}
    if count < MANY_LINES or len(spots) != 1:
        return
    for i in odd:
        told = story.told[i]
        lead, interval = told.case.lead, told.interval
        if lead is None or interval is None or interval.start.strftime("%m-%d") == "02-29":
            continue
        doubt = DoubtMention(
            field="date",
            alternative=interval.start.replace(year=usual).isoformat(),
            reason=f"all other lines of the chronology are of {usual}",
            span=Span(char_start=lead.char_start, char_end=lead.char_end),
        )
        mention = msgspec.structs.replace(told.mention, doubts=[*told.mention.doubts, doubt])
        story.told[i] = replace(told, mention=mention)


DATED = {"line": 0.90, "own": 0.71, "carried": 0.60}
"""How often an event is right that is a dated line of a chronology, has a date of its own, or one carried over."""
VAGUE, PLANNED, ALONE, CROWDED, STATES, PART, MEETING, UNPARSED, GUESSED = (
    -0.35, -0.15, -0.10, -0.15, -0.07, -0.07, 0.07, -0.02, -0.30,
)  # fmt: skip
"""What is added where the date is vaguer than a month, where it did not take place, where one takes part or
more than three do, where none but countries are named, where it was part of a meeting, where it is itself one,
where there is no parse, and where who acts is a guess. From how often such events are right in gold: `benchmarks/reliability.py`."""


def confidence(
    story: Story, case: Case, date: Expression | None, told: EventMention, *, guessed: bool
) -> float:
    """How likely an event is right, from how it is told."""
    people = [*told.actors, *told.recipients]
    points = (
        (VAGUE, told.precision not in ("day", "range", "month")),
        (PLANNED, told.status != "occurred"),
        (ALONE, len(people) == 1),
        (CROWDED, len(people) > 3),
        (STATES, all(story.registry.entities[key].kind == "country" for key in people)),
        (PART, told.occasion is not None),
        (MEETING, told.type == "CONSULT"),
        (UNPARSED, not story.parsed),
        (GUESSED, guessed),
    )
    how = "line" if case.lead is not None else "own" if date is not None else "carried"
    return round(min(max(DATED[how] + sum(weight for weight, holds in points if holds), LEAST), MOST), 2)
