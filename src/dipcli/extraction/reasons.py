"""Why an event mention has its values: words and rules, what speaks against them, how sure they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from dipcli.dates import Resolved
from dipcli.dates.grammar import Expression
from dipcli.extraction.slots import Slot
from dipcli.extraction.story import Case, Story, Told
from dipcli.mentions import DoubtMention, Reason, Span
from dipcli.records import Certainty

MANY_LINES = 6
"""Lines of one year that make another year's odd."""

_REPORTED = re.compile(
    r"\b(?:reportedly|apparently|according\s+to|(?:state\s+)?(?:media|television|radio|newspapers?)\s+(?:\w+\s+)?"
    r"(?:reports?|reported|said|says)|is\s+said\s+to|was\s+said\s+to|sources?\s+said|rumou?red)\b",
    re.IGNORECASE,
)
_ALLEGED = re.compile(r"\b(?:alleged(?:ly)?|alleges?|purported(?:ly)?|claim(?:s|ed)\s+that)\b", re.IGNORECASE)


def certainty(case: Case) -> tuple[Certainty, list[Reason]]:
    """How sure the text is of an event: denied under "deny", alleged or reported by the words before it."""
    for above in case.tree.ancestors(case.word):
        word = case.tree.words[above]
        if word.lemma == "deny":
            return "denied", [_reason("certainty", "deny", word.char_start, word.char_end)]
    start, end = case.scene.sentence.char_start, case.trigger.char_end + 40
    for value, pattern in (("alleged", _ALLEGED), ("reported", _REPORTED)):
        match = pattern.search(case.seen, start, end)
        if match:
            return value, [_reason("certainty", "hedge", match.start(), match.end())]  # type: ignore[return-value]
    return "stated", []


def _reason(field: str, rule: str, start: int, end: int, against: str | None = None) -> Reason:
    return Reason(field=field, rule=rule, char_start=start, char_end=end, against=against)


def reasons(
    story: Story,
    case: Case,
    date: Expression | None,
    resolved: Resolved | None,
    meeting: Told | None,
    actors: Sequence[str],
    recipients: Sequence[str],
    spot: Slot | None,
) -> list[Reason]:
    """The words and the rule behind type, date, participants and place."""
    trigger = case.trigger
    found = [_reason("type", f"trigger:{trigger.lemma}", trigger.char_start, trigger.char_end)]
    if date and resolved:
        found.append(_reason("date", date.rule, date.char_start, date.char_end, resolved.against))
    elif meeting:
        told = meeting.mention
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
    for slot in case.scene.slots:
        for field, keys in (("actors", actors), ("recipients", recipients)):
            if any(key in keys for key in slot.keys):
                found.append(_reason(field, slot.rule or slot.kind, slot.char_start, slot.char_end))
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


def confidence(story: Story, case: Case, date: Expression | None) -> float:
    """From how an event was told: a dated line, a date of its own, or one carried over."""
    base = 0.9 if case.lead is not None else 0.8 if date is not None else 0.55
    if not story.parsed:
        base -= 0.1
    if case.trigger.side or case.trigger.sort == "noun":
        base -= 0.1
    return round(base, 2)
