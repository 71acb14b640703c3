"""Events told by a sentence: each of its cases with who took part (`parties`), when (`timing`), where and how (`setting`).

Everything is decided from one scene (a sentence with its slots), its tree and what the document
told before (`story`); the result is one `EventMention` a telling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dipcli.dates import Interval
from dipcli.dates.grammar import Expression
from dipcli.extraction import (
    apart,
    carry,
    cases,
    modality,
    occasion,
    parties,
    repeats,
    retelling,
    setting,
    timing,
    visits,
)
from dipcli.extraction.contexts import contexts
from dipcli.extraction.hedges import hedge
from dipcli.extraction.reasons import confidence, doubts, reasons
from dipcli.extraction.said import INTENT
from dipcli.extraction.setting import Setting
from dipcli.extraction.slots import Scene, unique
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.timing import Timing
from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import Trigger, intent
from dipcli.lexicon.offices import honorifics
from dipcli.mentions import EventMention
from dipcli.names import normal
from dipcli.records import Status

_UNTIL = re.compile(r"\buntil\s+(?:as\s+late\s+as\s+)?\Z")


def tell(
    seen: str,
    story: Story,
    scene: Scene,
    tree: Tree,
    triggers: Sequence[Trigger],
    dates: Sequence[Expression],
) -> None:
    """Add the events of one sentence to the story."""
    told: list[Told] = []
    found = cases.find(seen, story, scene, tree, triggers, dates)
    for case in found:
        chosen: list[Expression | None] = [*case.dates] or [None]
        for date in chosen:
            made = _telling(story, case, date, told)
            if made:
                (story.guessed if made.guessed else told).append(made)
    told += _meetings_beside(story, found, told)
    told = repeats.without_promised(repeats.without_announcements(tree, told))
    told = repeats.without_cancelled(told)
    told = repeats.without_notices(told)
    if story.bare:
        told = repeats.foremost(tree, told)
    kept = [one for t in repeats.drop(story, visits.one_visit(story, told)) for one in apart.each(story, t)]
    story.told += kept
    for one in kept:
        visits.name_hosts(story, one)


_ADDRESSED = frozenset(("SUPPORT", "REQUEST", "ACCUSE", "THREATEN", "AGREE", "REJECT"))
"""Types of what one says to whom one meets."""
_AT = frozenset("at in during on over".split())


def _meetings_beside(story: Story, found: Sequence[Case], told: Sequence[Told]) -> list[Told]:
    """The meetings at which was done what a sentence tells, and which it tells no date of, nor any before: "At a meeting
    with A, B praised C"."""
    made: list[Told] = []
    for case in found if told else ():
        trigger = case.trigger
        at = case.tree.words[case.tree.words[case.word].head].text.casefold() in _AT
        beside = at and trigger.sort == "noun" and trigger.type == "CONSULT" and case.named
        if not beside or case.dates or case.moved or any(t.case.word == case.word for t in told):
            continue
        deed = next((t for t in told if t.case.word in case.tree.ancestors(case.word)), None)
        if deed is None or deed.interval is None:
            continue
        meeting = _telling(story, msgspec.structs.replace(case, moved=deed.interval), None, told)
        if meeting is None:
            continue
        doers = [*deed.mention.actors, *meeting.everybody]
        again = (
            t for t in (*story.told, *told) if t.mention.type == "CONSULT" and t.interval == deed.interval
        )
        if len(set(doers)) > 1 and not any({*doers} <= {*t.everybody} for t in again):
            met = [key for key in meeting.everybody if key not in deed.mention.actors]
            if not deed.mention.recipients and deed.trigger.type in _ADDRESSED:
                deed.mention = msgspec.structs.replace(deed.mention, recipients=met)
            meeting.mention = msgspec.structs.replace(meeting.mention, actors=unique(doers), recipients=[])
            deed.mention = msgspec.structs.replace(
                deed.mention, occasion=deed.mention.occasion or meeting.mention.key
            )
            made.append(meeting)
    return made


def _is_told(case: Case, date: Expression | None, *, bare: bool) -> bool:
    """Whether a trigger tells of an event at all, as far as its own words say; `bare` as in `Story`."""
    trigger = case.trigger
    undated = date is None and case.moved is None and not bare
    governed = trigger.side or (trigger.governor is not None and not trigger.status_hint)
    if undated and governed and not (occasion.is_notified(case) or occasion.comes_from_talks(case)):
        return False
    if undated and case.seen.startswith("?", case.sentence.char_end - 1):
        return False  # "Will Kenya send troops to Mali?"
    if modality.is_complaint(case.tree, case.word) and trigger.passive:
        return False
    if (trigger.speech and trigger.governor is not None) or modality.is_spoken_of(case.tree, case.word, date):
        return False
    return not trigger.negated or _at_last(case, date)


def _at_last(case: Case, date: Expression | None) -> bool:
    """Whether a negated deed is told to have come at a date: "did not restore relations until May 2010"."""
    if date is None or case.trigger.tense != "past" or date.char_start < case.trigger.char_end:
        return False
    return bool(_UNTIL.search(case.seen, case.trigger.char_end, date.char_start))


def _telling(story: Story, case: Case, date: Expression | None, here: Sequence[Told]) -> Told | None:
    """The event that a trigger tells of, with one of its dates; None and the reason noted where it is none."""
    trigger = case.trigger
    visit = visits.gone_on(story, case, here)
    if visit is None and not _is_told(case, date, bare=story.bare):
        return None
    taking_part = parties.of(story, case, date, here)
    actors, recipients = taking_part.actors, taking_part.recipients
    single = trigger.lemma.startswith("joint ") and len({*actors, *recipients}) < 2
    if (single or (not actors and not recipients)) and not story.bare:
        story.leave("no-actor", trigger)
        return None
    recipients = recipients or parties.of_clause_before(story, case, actors, here)
    actors = visits.with_guests(case, visit, actors)
    time = timing.of(story, case, date, actors, recipients, visit, here)
    if time.meeting is not None and carry.is_of_both(case, time.meeting, {*actors, *recipients}):
        story.continued.append((time.meeting.mention.key, case))
        return None
    if time.interval is None and not occasion.stands_undated(story, case, actors, recipients):
        _leave_undated(story, case, actors, recipients)
        return None
    if _is_said_again(case, time, actors, here) or _is_aim(story, case, time):
        return None
    if time.is_long:
        story.leave("long-time", trigger)
        return None
    line = retelling.of_line(story, case, time.interval, {*actors, *recipients})
    if line is not None:
        visits.of_line(story, line, actors)
        story.continued.append((line.mention.key, case))
        return None
    found = setting.of(story, case, time, actors, recipients, here)
    if time.interval is None and len({*found.actors, *found.recipients}) < 2 and not story.timeless:
        _leave_undated(story, case, found.actors, found.recipients)
        return None
    guessed = taking_part.guessed
    return Told(
        _mention(story, case, time, found, here, guessed=guessed), case, time.interval, guessed=guessed
    )


def _leave_undated(story: Story, case: Case, actors: Sequence[str], recipients: Sequence[str]) -> None:
    """Note that a case is left out for want of a date."""
    story.leave("no-date", case.trigger)
    story.undated.append((case, actors, recipients))


def _is_said_again(case: Case, time: Timing, actors: Sequence[str], here: Sequence[Told]) -> bool:
    """Whether only words are told, and of whom the sentence tells deeds, or at no time of their own."""
    trigger, tree = case.trigger, case.tree
    here = [
        t
        for t in here
        if tree.root(t.case.word) == tree.root(case.word)  # of a row each sentence has its own
        and (t.interval == time.interval or not tree.describes(t.case.word, case.word))
    ]
    again = any(set(actors) <= set(t.everybody) for t in here)
    apart = time.date is not None and not again and (time.date is case.lead or not here)
    return trigger.speech and trigger.type == "OTHER" and not apart


def _is_aim(story: Story, case: Case, time: Timing) -> bool:
    """Whether it is told only as what something was for."""
    ahead = time.interval and story.published and time.interval.start > story.published.end
    return modality.is_aim(case.tree, case.word) and not ahead


def _mention(
    story: Story, case: Case, time: Timing, found: Setting, here: Sequence[Told], *, guessed: bool
) -> EventMention:
    """The event of a case as it is recorded; `guessed` as in `Parties`."""
    trigger, interval, actors, recipients = case.trigger, time.interval, found.actors, found.recipients
    to_come = story.bare and time.planned and not timing.is_ahead(story, interval) and trigger.modal in INTENT
    type = (
        intent(trigger, case.seen[case.sentence.char_start : case.sentence.char_end])
        if to_come
        else trigger.type
    )
    sure = hedge(case, actors)
    mention = EventMention(
        key=story.next_key(),
        start=interval.start.isoformat() if interval else None,
        end=interval.end.isoformat() if interval else None,
        precision=interval.precision if interval else "unknown",
        date_text=" ".join(time.date.text.split()) if time.date and time.resolved else None,
        type=type,
        mode=trigger.mode if type == trigger.type else None,
        contexts=contexts(case.seen, case.sentence),
        trigger=trigger.lemma,
        status=_status(story, trigger, interval, planned=time.planned and type == trigger.type),
        certainty=sure.certainty,
        asserted_by=list(sure.asserted_by),
        occasion=_occasion(trigger, time.meeting, here),
        actors=actors,
        recipients=recipients,
        titles=_titles(case, {*actors, *recipients}),
        place=found.place[0],
        place_country=found.place[1],
        medium=found.medium,
        sentence=case.span,
        chronology=case.lead is not None,
        same_as=retelling.same_as(
            story, case, time.meeting, interval, actors, recipients, dated=time.date is not None
        ),
        doubts=doubts(time.date, time.resolved),
        reasons=[
            *reasons(
                story,
                case,
                time.date,
                time.resolved,
                time.meeting or time.news,
                actors,
                recipients,
                found.spot,
                guessed=guessed,
            ),
            *sure.reasons,
        ],
        confidence=0.0,
    )
    return msgspec.structs.replace(
        mention, confidence=confidence(story, case, time.date, mention, guessed=guessed)
    )


def _titles(case: Case, taking_part: set[str]) -> dict[str, str]:
    """The titles with which the sentence names those who took part."""
    return {
        slot.keys[0]: slot.title
        for slot in case.scene.slots
        if slot.title
        and len(slot.keys) == 1
        and slot.keys[0] in taking_part
        and normal(slot.title) not in honorifics()
    }


def _status(story: Story, trigger: Trigger, interval: Interval | None, *, planned: bool) -> Status:
    if trigger.status_hint == "cancelled":
        return "cancelled"
    published = story.published
    if interval and published and published.precision == "day" and interval.start > published.end:
        planned = True
    return "planned" if planned else "occurred"


def _occasion(trigger: Trigger, meeting: Told | None, here: Sequence[Told]) -> str | None:
    """Key of the meeting that an act was part of: the one it leans on, or one told in the same sentence."""
    if trigger.type == "CONSULT":
        return None
    if meeting is not None:
        return meeting.mention.key
    return next((t.mention.key for t in here if t.trigger.type == "CONSULT"), None)
