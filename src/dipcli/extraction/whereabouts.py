"""Where an event was that its own words do not place: where the meeting, the visit or the report was that tells of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.dates import Interval
from dipcli.extraction.carry import LOOK_BACK
from dipcli.extraction.dateline import dateline, town_named
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.timing import Timing

Where = tuple[str | None, str | None]
"""Name and country of a place."""
_NOWHERE: Where = (None, None)


_AT_TALKS = frozenset(("CONSULT", "AGREE", "SUPPORT"))
"""Types of what is told of a meeting that was where the head of a page says."""


def of(story: Story, case: Case, timing: Timing, actors: Sequence[str], recipients: Sequence[str]) -> Where:
    """Where an event was, as what is told around it says."""
    interval, everybody = timing.interval, (*actors, *recipients)
    talks = interval is not None and case.trigger.type in _AT_TALKS
    there = story.spot if talks and not timing.planned else None
    if there and interval in (story.published, story.topic):
        return there
    if (place := same_place(story, case)) != _NOWHERE:
        return place
    together = talks and not recipients and _is_news(story, interval)
    if together and story.written_at and is_of_dateline(story, actors):
        return story.written_at
    if timing.planned or interval is None:
        return _NOWHERE
    place = of_stay(story, case, interval, everybody)
    if place == _NOWHERE:
        place = _of_meeting_before(story, case, interval, actors)
    return place if place != _NOWHERE else of_report(story, case, interval, everybody)


def _of_meeting_before(story: Story, case: Case, interval: Interval, actors: Sequence[str]) -> Where:
    """Where the meeting was that was told last, if who met others there is told to have also met somebody that day."""
    last = story.told[-1] if story.told else None
    if last is None or case.trigger.type != "CONSULT" or "also" not in case.sentence.words:
        return _NOWHERE
    same = last.mention.type == "CONSULT" and last.interval == interval and interval.precision == "day"
    if not same or not {*actors} & {*last.mention.actors} or last.mention.place is None:
        return _NOWHERE
    return last.mention.place, last.mention.place_country


def of_meeting(story: Story, meeting: Told) -> Where:
    """Where a meeting was, by its own telling or by that of the visit it was part of: (name, country)."""
    met = set(meeting.everybody)
    then = [t for t in (meeting, *story.told) if t.mention.place and t.interval == meeting.interval]
    sides = {story.nation(key) for key in met} - {None}
    those = [t for t in then if met & set(t.everybody)]
    those = those or [t for t in then if len(sides) > 1 and sides <= {story.nation(k) for k in t.everybody}]
    return next(((t.mention.place, t.mention.place_country) for t in those), _NOWHERE)


_OCCASION = re.compile(
    r"\b(?:meetings?|talks|visits?|summit|conference|consultations|round)\b[^\n;]{0,120}?(?:\s(?:in|at|to)\s+(?:the\s+)?|\()\Z",
    re.IGNORECASE,
)
"""Before the place of the meetings or the visit that a title tells of: "Holds a series of meetings in X"."""


def of_title(seen: str, scenes: Sequence[Scene]) -> tuple[str, str | None] | None:
    """The one place that the first line of a text gives to the meetings or the visit that it tells of: (name, country)."""
    first = next((scene for scene in scenes if len(scene.units) > 1), None)
    if first is None or first.sentence.kind == "row" or seen[first.sentence.char_end - 1] == ".":
        return None
    start = first.sentence.char_start
    spots = [
        s for s in first.slots if s.place and s.place_country and _OCCASION.search(seen, start, s.char_start)
    ]
    if not spots or len({s.place_country for s in spots}) > 1:
        return None
    spot = next((s for s in spots if s.kind == "place" or s.rule == "capital"), spots[0])
    return (spot.place, spot.place_country) if spot.place else None


_SAME_PLACE = re.compile(
    r"\b[Ii]n\s+the\s+same\s+(?:city|town|village|capital|place|country|venue)\b"
    r"|(?<=[a-z,]\s)there\b(?!\s+(?:is|are|was|were|be|been|has|have|had|will|would|can|could|should|may|might|must)\b)"
)


def same_place(story: Story, case: Case) -> Where:
    """The place told last, where a sentence says "there" or "in the same city": (name, country)."""
    sentence = case.scene.sentence
    told = "there" in sentence.words or "same" in sentence.words
    said = _SAME_PLACE.search(case.seen, sentence.char_start, sentence.char_end) if told else None
    if said is None:
        return _NOWHERE
    here = [s for s in case.scene.slots if s.place and s.char_end <= said.start()]
    if here:
        return here[-1].place, here[-1].place_country
    last = next((t for t in reversed(story.told[-LOOK_BACK:]) if t.mention.place), None)
    if last is None or case.sentence.paragraph - last.case.sentence.paragraph > 1:
        return _NOWHERE
    return last.mention.place, last.mention.place_country


def of_stay(story: Story, case: Case, interval: Interval, everybody: Sequence[str]) -> Where:
    """Where a visitor was then: the place of the visit, told before, to those whom an event tells of; of the meeting of
    those who did something in the same line of a chronology."""
    here = {*everybody}
    for told in reversed(story.told[-LOOK_BACK:]):
        visit, days = told.mention, told.interval
        if visit.type != "CONSULT" or visit.place is None or days is None or visit.status == "cancelled":
            continue
        if not (days.start <= interval.start and interval.end <= days.end) or not here & {*visit.actors}:
            continue
        hosts = {story.nation(k) for k in here - {*visit.actors}}
        beside = told.case.sentence.paragraph == case.sentence.paragraph and here <= {*told.everybody}
        if beside or (told.trigger.mode == "visit" and visit.place_country in hosts - {None}):
            return visit.place, visit.place_country
    return _NOWHERE


_SAID = frozenset("CONSULT AGREE SUPPORT REQUEST ACCUSE REJECT THREATEN SANCTION CONCEDE OTHER".split())
"""Types of what is said or decided, where a report of it is written."""


_FRESH = 7
"""Days before a report was written that it tells of as news of its town."""


def of_report(story: Story, case: Case, interval: Interval, everybody: Sequence[str]) -> Where:
    """The town of the dateline that a sentence begins with, where those of its country, a body of no country, or several
    nations together did what it tells."""
    sentence = case.scene.sentence
    line = dateline(case.seen, sentence.char_start, sentence.char_end)
    if line is None or line.town is None or case.trigger.type not in _SAID:
        return _NOWHERE
    if not (story.published and 0 <= (story.published.end - interval.start).days <= _FRESH):
        return _NOWHERE
    town = town_named(line.town)
    nations = {story.nation(k) for k in everybody} - {None}
    bodies = all(story.kind(k) == "organization" for k in everybody)
    met = case.trigger.type in _AT_TALKS and len(nations) > 1
    return town if town[1] in nations or met or (bodies and not nations) else _NOWHERE


def _is_news(story: Story, interval: Interval | None) -> bool:
    """Whether something was done on the day a text was written, or the day before."""
    if interval is None or story.published is None or story.published.precision != "day":
        return False
    return 0 <= (story.published.end - interval.start).days <= 1 and interval.precision == "day"


def is_of_dateline(story: Story, actors: Sequence[str]) -> bool:
    """Whether several nations, that of the dateline's town among them, did together what a report tells; or a body of no
    nation what it tells first."""
    nations = {story.nation(k) for k in actors} - {None}
    if story.written_at is None or not actors:
        return False
    if not nations and not story.told:
        return all(story.kind(k) == "organization" for k in actors)
    return len(nations) > 1 and story.written_at[1] in nations
