"""Whether what a sentence tells was told before: the same meeting, the same line, the same words of the same ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.dates import Interval
from dipcli.extraction.carry import LOOK_BACK, goes_on, row_of
from dipcli.extraction.story import Case, Story, Told

_SAYINGS = frozenset(("ACCUSE", "SUPPORT", "REQUEST", "REJECT", "THREATEN"))
"""Types of what is said, which one who goes on in the same vein has said once; each promise is one of its own."""
_STANCES = frozenset(("ACCUSE", "SUPPORT"))
"""Those of them that tell where somebody stands, which is one thing however often it is said at one meeting."""
_ALSO = re.compile(r"\balso\s+\Z")


def of_line(story: Story, case: Case, interval: Interval | None, taking_part: set[str]) -> Told | None:
    """The meeting or visit that an earlier sentence of the same chronology line told of the same people."""
    if (
        case.lead is None
        or case.lead.char_start >= case.sentence.char_start
        or case.trigger.type not in ("CONSULT", "OTHER")
    ):
        return None
    row = row_of(story, case)
    for told in reversed(story.told[-LOOK_BACK:]):
        if told is not row and told.case.sentence.paragraph != case.sentence.paragraph:
            if row is None:
                return None
            continue
        everybody = {*told.everybody}
        others = {key for key in taking_part - everybody if story.kind(key) == "person"}
        if told.trigger.mode != "visit" and others:
            continue  # "A and B hold talks. President C receives A."
        if told.trigger.type == "CONSULT" and told.interval == interval and taking_part & everybody:
            return told
    return None


def same_as(
    story: Story,
    case: Case,
    leaned_on: Told | None,
    interval: Interval | None,
    actors: Sequence[str],
    recipients: Sequence[str],
    *,
    dated: bool,
) -> list[str]:
    """Keys of the event told before that a telling goes on about ("during the visit, the two discussed"), or
    tells again by the offices of those who met; `dated`: whether it has a date of its own."""
    if case.trigger.type != "CONSULT" and leaned_on is not None:
        return _done_there(story, case, leaned_on, actors)
    if case.trigger.type != "CONSULT":
        if dated and _PROTESTED.search(case.trigger.lemma) is None:
            return []
        return _said_further(story, case, interval, actors, recipients)
    also = _ALSO.search(case.seen, case.sentence.char_start, case.trigger.char_start)
    if leaned_on is not None:
        guest = leaned_on.trigger.mode == "visit" and not leaned_on.trigger.lemma.startswith("attend")
        apart = not guest or set(actors) <= set(leaned_on.everybody)
        if also and apart:
            return []  # "there, A also met with union leaders"
        whole = leaned_on.trigger.mode == "visit" and leaned_on.mention.precision == "range"
        tour = any(t.interval == leaned_on.interval and _is_tour(story, t) for t in story.told[-LOOK_BACK:])
        part = whole and (goes_on(case) or leaned_on is not story.told[-1])
        return [] if part or tour else [leaned_on.mention.key]
    if interval is None or interval != story.topic:
        return []
    again = goes_on(case)
    before = story.told if again else story.told[-LOOK_BACK:]
    meetings = (t for t in before if t.trigger.type == "CONSULT" and t.interval == interval)
    told = _by_nations if _THE.match(case.seen, case.sentence.char_start) else _by_offices
    return [t.mention.key for t in meetings if again or told(story, actors, t)][:1]


def _is_tour(story: Story, told: Told) -> bool:
    """Whether it is a visit to several countries, of which each meeting is but a part."""
    visit = told.trigger.mode == "visit" and told.mention.type == "CONSULT"
    return visit and len({story.nation(key) for key in told.mention.recipients}) > 1


_PROTESTED = re.compile(r"\b(?:summon|protest|demarche|démarche|note)\b")
"""Words of what an envoy is called in for, which is one thing however often the day is told."""
_THE = re.compile(
    r"The (?:[a-z-]+ ){0,2}?(?:meeting|talks|call|conversation|discussions?|consultations|session|dialogue)\b"
)
"""Begins a sentence about a meeting told before."""


def _by_nations(story: Story, actors: Sequence[str], told: Told) -> bool:
    """Whether these are the countries, or offices of the countries, of those who met; or the persons, where the
    meeting was told by their countries."""
    there = {story.nation(key) for key in told.everybody}
    unnamed = all(story.kind(key) in ("country", "office") for key in told.everybody)
    if unnamed and actors and all(story.kind(key) == "person" for key in actors):
        return len(actors) >= len(there) and {story.nation(key) for key in actors} - {None} <= there
    nations = {story.nation(key) for key in actors if story.kind(key) in ("country", "office")}
    return len(there) > 1 and len(nations) == len(there) == len(actors) and there - {None} <= nations


def _done_there(story: Story, case: Case, meeting: Told, actors: Sequence[str]) -> list[str]:
    """Key of the praise or criticism that the same ones uttered at the same meeting, as told before. But each
    agreement is signed once, and each promise and demand is one of its own."""
    if case.trigger.type not in _STANCES or case.trigger.frame == "together":
        return []
    acts = (t.mention for t in story.told if t.mention.occasion == meeting.mention.key)
    return [act.key for act in acts if act.type == case.trigger.type and act.actors == [*actors]][:1]


def _said_further(
    story: Story, case: Case, interval: Interval | None, actors: Sequence[str], recipients: Sequence[str]
) -> list[str]:
    """Key of what the same ones, or whom they speak for, just said to the same ones in the same vein: "The party
    urged A to resign. Its leader B also called on A to …"; or said on the one occasion that the text is about."""
    trigger = case.trigger
    earlier = trigger.perfect and _PROTESTED.search(trigger.lemma) is None
    if trigger.type not in _SAYINGS or interval is None or earlier or trigger.frame == "together":
        return []
    bodies = {body for key in actors for body in story.registry.entities[key].bodies}
    for told in reversed(story.told[-LOOK_BACK:]):
        mention = told.mention
        alike = mention.type == trigger.type and told.trigger.frame != "together"
        if not alike or told.interval != interval or told.case.span == case.span:
            continue
        same = {*actors} == {*mention.actors} or _protests_again(story, case, told, actors)
        if interval == story.topic and same and trigger.type in _STANCES and not told.case.dates:
            return [mention.key]
        near = case.sentence.paragraph - told.case.sentence.paragraph <= 1
        to = not recipients or not mention.recipients or {*recipients} == {*mention.recipients}
        if near and to and (same or (len(actors) == 1 and {*mention.actors} <= bodies)):
            return [mention.key]
    return []


def _protests_again(story: Story, case: Case, told: Told, actors: Sequence[str]) -> bool:
    """Whether the same government calls in an envoy and hands over its protest, by whatever body."""
    both = all(_PROTESTED.search(one.trigger.lemma) for one in (case, told.case))
    nations = [{story.nation(key) for key in keys} for keys in (actors, told.mention.actors)]
    return both and nations[0] == nations[1] and None not in nations[0]


def _by_offices(story: Story, actors: Sequence[str], told: Told) -> bool:
    """Whether these are those who met, some by their offices, of one of whom the text may tell no nation: "the
    foreign ministers of A, B and C"."""
    offices = [story.nation(key) for key in actors if key not in told.everybody]
    persons = [story.nation(key) for key in told.everybody if key not in actors]
    if (
        len(actors) < 3
        or len(offices) != len(persons)
        or any(story.kind(k) == "country" for k in told.everybody)
    ):
        return False
    if any(story.kind(key) != "office" for key in actors if key not in told.everybody):
        return False
    unknown = [nation for nation in persons if nation is None]
    return bool(offices) and len(unknown) < 2 and {*persons} - {None} <= {*offices}
