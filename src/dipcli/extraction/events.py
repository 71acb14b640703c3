"""Events told by a sentence: its triggers with who took part (`who`), when, where and how.

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
    carry,
    clock,
    localities,
    repeats,
    retelling,
    rows,
    timelines,
    visits,
    when,
    where,
    who,
)
from dipcli.extraction.contexts import contexts
from dipcli.extraction.hedges import hedge
from dipcli.extraction.reasons import confidence, doubts, reasons
from dipcli.extraction.references import is_first_time
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import INTENT, Trigger, intent
from dipcli.lexicon.offices import honorifics
from dipcli.mentions import EventMention
from dipcli.names import normal
from dipcli.records import Status

_DONE_TO = frozenset(("ASSAULT", "COERCE", "SANCTION", "OTHER"))
"""Types that are told of whom they were done to, even where the doer is not named."""
_REACTIONS = frozenset(("ACCUSE", "SUPPORT", "CONCEDE", "REJECT", "REQUEST", "THREATEN"))
"""Types of what is said of another's deed or of one still to come."""
_SUFFERED = frozenset(("ASSAULT", "AID"))
"""Types that are done to the country they are told to be in, where nobody else is told: "shelled a village in X"."""
_COARSE = frozenset(("month", "year", "part", "season"))
"""Rules of dates too coarse to tell talks without participants apart."""
_DENIALS = ("deny", "refute", "disavow")
"""Lemmas of denials, which tell no date of what is denied."""
_BONDS = ("relations", "ties")
_UNTIL = re.compile(r"\buntil\s+(?:as\s+late\s+as\s+)?\Z")
_RELATIONS = re.compile(r"\b(?:ties|relations)\b")
_IT = frozenset(("it", "them"))
LAG = 6
"""Days after which words are printed at the latest."""
ROLLED = 90
"""Days; a day without its year that comes so little short of a year ahead has rather just passed."""
LONGEST = 366
"""Days; what is told of a longer time is no event."""


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
    for case in _cases(seen, story, scene, tree, triggers, dates):
        chosen: list[Expression | None] = [*case.dates] or [None]
        for date in chosen:
            made = _telling(story, case, date, told)
            if made:
                told.append(made)
    told = repeats.without_promised(repeats.without_announcements(tree, told))
    told = repeats.without_cancelled(told)
    if story.bare:
        told = repeats.foremost(tree, told)
    kept = repeats.drop(story, visits.one_visit(story, told))
    story.told += kept
    for one in kept:
        visits.name_hosts(story, one)


def _cases(
    seen: str,
    story: Story,
    scene: Scene,
    tree: Tree,
    triggers: Sequence[Trigger],
    dates: Sequence[Expression],
) -> list[Case]:
    """The triggers that may tell of an event, each with the dates that are its own."""
    positions = {t.char_start: tree.at(t.char_start, t.char_end) for t in triggers}
    usable = story.usable
    vague = frozenset(n for n, e in enumerate(usable) if clock.resolve(story, scene, e, None) is None)
    dating = when.Dating(
        usable,
        {n: w for n, e in enumerate(usable) if (w := tree.at(e.char_start, e.char_end)) is not None},
        vague,
        frozenset(w for w in positions.values() if w is not None),
        frozenset(n for n, e in enumerate(usable) if when.is_ahead(seen, scene, e)),
        frozenset(
            noun
            for t in triggers
            if t.noun_start and t.noun_end and (noun := tree.at(t.noun_start, t.noun_end)) is not None
        ),
        frozenset(t.governor for t in triggers if t.governor is not None),
        clock.series(seen, scene.sentence.char_start, usable),
    )
    lead = when.leading_date(scene, [e for n, e in enumerate(usable) if n not in vague])
    if lead is None and story.lead is not None and story.lead[0] == scene.sentence.paragraph:
        lead = story.lead[1]
    section = story.section(scene.sentence.char_start)
    if lead is None:
        lead = section.lead
    reactions = frozenset(
        w for t in triggers if t.type in _REACTIONS and (w := positions[t.char_start]) is not None
    )
    promises = {t.char_start for t in triggers if not t.speech or t.type == "AGREE"}
    found = []
    for trigger in triggers:
        word = positions[trigger.char_start]
        if word is None or tree.words[word].unit >= 0 or trigger.weak or trigger.hypothetical:
            continue
        if is_first_time(seen, scene.sentence.char_start, trigger):
            continue
        if trigger.governor in promises and not story.bare and not when.in_clause(tree, dating, word):
            continue  # "agreed on Monday to let them return"
        mine, own = when.dates_of(tree, dating, trigger, word, lead)
        if not dates and not mine and trigger.tense == "present" and (entry := timelines.entry(story, scene)):
            mine = [entry]
        args = who.arguments_of(tree, trigger, word)
        if who.is_of_state(tree, scene.slots, trigger, args):
            trigger = msgspec.structs.replace(trigger, type="ACCUSE", mode="disapprove")
        if who.is_of_thing(tree, trigger, args):
            trigger = msgspec.structs.replace(trigger, type="SUPPORT", mode=None, medium=None)
        noun = trigger.sort == "noun"
        own = own or (noun and any(when.is_ahead(seen, scene, e) for e in mine))
        own = own or (bool(mine) and when.is_held(tree, dating, trigger, word))
        moved = clock.from_event(story, scene, trigger, triggers, dates, mine)
        if noun and not trigger.status_hint and when.is_reacted_to(tree, word, reactions - {word}, args):
            continue  # "condemned the attack of 3 June": whoever condemns did not attack
        if noun and who.is_of_office(tree, scene.slots, word):
            continue  # "the coordinator of the X peace process urged …"
        if trigger.lemma.startswith("be on") and tree.words[word].dep == "relcl":
            continue  # "received B, who was on a visit"
        if trigger.tense == "gerund" and trigger.mode == "visit" and when.opens_apart(tree, word):
            continue  # "after arriving in Lima, A met B": nothing but how A came there
        if not own and not moved and not story.bare:
            if noun and when.is_venue(tree, trigger, word, dating, args):
                continue
            if when.is_imagined(tree, trigger, word):
                continue
            if when.is_supposed(tree, word) or (noun and lead is not None and when.is_apart(tree, word)):
                continue
            if when.is_reduced(tree, word) or when.is_charge(tree, word, dating.heads):
                continue
        if noun and not own and trigger.type == "CONSULT" and when.is_over(seen, scene, trigger):
            mine = []
        named = noun and any(args.preps.get(p) for p in ("between", "with", "among"))
        found.append(Case(seen, scene, tree, trigger, word, args, triggers, lead, mine, named, moved))
    return found


_JOINT = ("Joint ", "Mixed ")
"""Begin the names of bodies that two countries have between them: "the 3rd Joint Commission meeting was held"."""


def _parties(story: Story, case: Case, date: Expression | None) -> tuple[list[str], list[str]]:
    """(actors, recipients) as the sentence tells them; both empty where nobody does it."""
    trigger = case.trigger
    actors, recipients = who.roles(case.tree, case.scene.slots, trigger, case.word, case.arguments)
    if not actors and trigger.mode == "visit" and trigger.sort == "noun" and not story.bare:
        actors = visits.heads_line(case)
    cells = rows.row(case.scene)
    who_came = cells.who if cells else []
    persons = [slot for slot in who_came if slot.kind == "person"]  # a body beside them is whom they work for
    listed = [k for slot in persons or who_came for k in slot.keys]
    if not listed and case.lead is not None and story.protagonist:
        listed = [story.protagonist]
    if listed and trigger.subject == "actor" and not trigger.passive:
        alone = trigger.symmetric and trigger.sort != "noun" and not case.arguments.subjects
        if not actors or alone or (cells and trigger.type == "CONSULT"):  # "Met with the president."
            actors = [*listed, *(k for k in actors if k not in listed)]
        recipients = [k for k in recipients if k not in actors]
    if not actors and recipients and trigger.type in ("CONSULT", "OTHER"):
        if trigger.mode == "visit" and not trigger.passive:
            return [], []
        actors, recipients = recipients, []
    exact = date is not None and date.rule not in _COARSE
    parties = [s for s in case.scene.slots if s.kind in ("person", "office", "group", "body")]
    named = [s for s in parties if not case.seen.startswith(_JOINT, s.char_start)]
    if (
        not named
        and not actors
        and not recipients
        and exact
        and trigger.type == "CONSULT"
        and trigger.symmetric
        and (trigger.sort == "noun" or trigger.passive or not case.arguments.subjects)
    ):
        actors = list(case.scene.pair)  # "the talks were held on July 13": between those the text is about
    if not actors and not recipients and _is_bond(case):
        actors = carry.bound(story, case)
    if not actors and trigger.type == "PROTEST" and trigger.frame != "deed":
        actors = visits.people_there(story, case)
    if not actors and trigger.type not in _DONE_TO and not story.bare:
        return [], []
    return actors, who.foreign(story, trigger, actors, recipients)


def _is_bond(case: Case) -> bool:
    """Whether a bond is told of without whose it is: "relations were restored in 1980", "a treaty was signed"."""
    trigger = case.trigger
    bond = trigger.frame == "together" if trigger.type == "SUPPORT" else trigger.lemma.endswith(_BONDS)
    return trigger.passive and bond


def _is_told(case: Case, date: Expression | None, *, bare: bool) -> bool:
    """Whether a trigger tells of an event at all, as far as its own words say; `bare` as in `Story`."""
    trigger = case.trigger
    if (
        date is None
        and case.moved is None
        and not bare
        and (trigger.side or (trigger.governor is not None and not trigger.status_hint))
    ):
        return False
    if trigger.speech and trigger.governor is not None:
        return False
    return not trigger.negated or _at_last(case, date)


def _at_last(case: Case, date: Expression | None) -> bool:
    """Whether a negated deed is told to have come at a date: "did not restore relations until May 2010"."""
    if date is None or case.trigger.tense != "past" or date.char_start < case.trigger.char_end:
        return False
    return bool(_UNTIL.search(case.seen, case.trigger.char_end, date.char_start))


def _telling(story: Story, case: Case, date: Expression | None, here: Sequence[Told]) -> Told | None:
    """The event that a trigger tells of, with one of its dates; None and the reason noted where it is none."""
    trigger, scene, tree, word = case.trigger, case.scene, case.tree, case.word
    visit = visits.gone_on(case, here)
    if visit is None and not _is_told(case, date, bare=story.bare):
        return None
    actors, recipients = _parties(story, case, date)
    single = trigger.lemma.startswith("joint ") and len({*actors, *recipients}) < 2
    if (single or (not actors and not recipients)) and not story.bare:
        story.leave("no-actor", trigger)
        return None
    again = (
        trigger.type == "SANCTION" and tree.words[word].dep == "conj"
    )  # "accused B and broke off relations"
    if not recipients and (again or any(tree.words[i].text in _IT for i in tree.children(word, "dobj"))):
        told = here or story.told[-1:]  # "A broke relations with B. It accused it of …"
        recipients = next((t.mention.recipients for t in told if set(actors) == {*t.mention.actors}), [])
    if (
        again and not recipients and _RELATIONS.search(trigger.lemma)
    ):  # "A expelled B's envoy and C broke relations"
        recipients = next((t.mention.recipients for t in here if not set(actors) & {*t.everybody}), [])
    planned = when.is_announced(tree, word) or (
        trigger.status_hint == "planned" and not when.is_means(tree, word)
    )
    planned = planned or (
        date is not None and trigger.sort == "noun" and when.is_ahead(case.seen, scene, date)
    )
    cells = rows.row(scene)
    planned = planned or (cells is not None and cells.ahead)
    past = clock.told_as_past(date, planned=planned)
    if date and planned and when.is_of_saying(tree, word, date):
        past = True
    elif past and trigger.tense == "base" and not trigger.perfect:
        past = None  # "claiming to reopen the embassy on 20 July"
    elif past and trigger.tense is None and when.is_possible(tree, word):
        past = None  # "would speak at the meeting on 10 January"
    resolved = clock.resolve(story, scene, date, past) if date else None
    if date and resolved and not planned and _of_complement(story, case, date):
        date = resolved = None
    if date and resolved and planned and _is_of_another(story, case, date, resolved.interval):
        date = resolved = None
    if date and trigger.lemma.startswith(_DENIALS) and _is_within(case, date):
        date = resolved = None
    if date and _of_object(case, date) and carry.carried(story, case, actors, recipients):
        date = resolved = None
    interval = case.moved or (resolved.interval if resolved else None)
    meeting = news = None
    if interval is None and visit is not None:
        interval = visit.interval
    if interval is None:
        meeting = (
            carry.carried(story, case, actors, recipients)
            or carry.of_visit(story, case, [*actors, *recipients])
            or carry.of_visit_to_come(story, case, [*actors, *recipients])
        )
        if meeting is not None and carry.is_of_both(case, meeting, {*actors, *recipients}):
            story.continued.append((meeting.mention.key, case))
            return None
        if meeting is not None:
            interval = meeting.interval
        elif carry.is_topical(story, case, actors, recipients):
            interval = story.topic
        elif (news := carry.of_news(story, case)) is not None:
            interval = news.interval
    if interval is None and not carry.stands_undated(story, case, actors, recipients):
        story.leave("no-date", trigger)
        story.undated.append((case, actors, recipients))
        return None
    again = any(set(actors) <= set(t.everybody) for t in here)
    if (
        trigger.speech
        and trigger.type == "OTHER"
        and (date is None or again or (date is not case.lead and here))
    ):
        return None
    ahead = interval and story.published and interval.start > story.published.end
    if when.is_aim(tree, word) and not ahead:
        return None
    if interval and (interval.end - interval.start).days > LONGEST:
        story.leave("long-time", trigger)
        return None

    to_come = story.bare and planned and not _is_ahead(story, interval) and trigger.modal in INTENT
    type = intent(trigger, case.seen[case.span.char_start : case.span.char_end]) if to_come else trigger.type
    planned = planned and type == trigger.type
    line = retelling.of_line(story, case, interval, {*actors, *recipients})
    if line is not None:
        visits.of_line(story, line, actors)
        story.continued.append((line.mention.key, case))
        return None
    spot = where.place_of(case.seen, tree, scene.slots, trigger, word, only=not here)
    if spot and date and len(case.dates) > 1:
        spot = where.place_beside(case.seen, scene, date)
    place: visits.Where = (spot.place, spot.place_country) if spot else (None, None)
    if trigger.type in _SUFFERED and actors and not recipients and spot and where.is_nation(spot):
        recipients = [k for k in spot.keys if story.nation(k) not in {story.nation(a) for a in actors}]
    if trigger.type == "CONSULT" and trigger.mode == "visit":
        recipients, place = visits.host_and_place(story, case, actors, recipients, place)
        if met := visits.gathered(case):
            actors, recipients = list(dict.fromkeys((*actors, *met))), []
        if not set(recipients) & {*story.host}:
            actors, recipients = visits.with_named_hosts(story, actors, recipients)
    recipients = carry.left_out(story, case, actors, recipients, place[1])
    if cells and not cells.who and (place[0] is None or (spot and spot.rule == "named")):
        place = visits.row_place(case, cells)
    if cells and not cells.who and trigger.type == "CONSULT" and trigger.symmetric and not recipients:
        actors, recipients = visits.hosted(story, cells, actors)
    alone = sum(t.type == "CONSULT" and t.sort != "noun" for t in case.triggers) < 2 and not here
    medium = where.medium_of(case.seen, scene, trigger, case.triggers, alone=alone)
    if trigger.type == "CONSULT" and medium is None and interval == story.topic:
        medium = story.medium
    if medium is None and date is None and interval is not None and interval == story.topic:
        medium = carry.medium_of(story, trigger, interval, actors)
    if meeting is not None:
        if trigger.type != "CONSULT":
            actors, recipients = carry.parties(story, case, meeting, actors, recipients)
            medium = meeting.mention.medium
        if place[0] is None:
            place = carry.place_of(story, meeting)
    if (
        place[0] is None
        and interval == story.published
        and trigger.type in localities.AT_TALKS
        and not planned
    ):
        place = story.spot or place
    if medium in ("virtual", "telephone"):
        place = (None, None)  # nobody went anywhere
    if interval is None and len({*actors, *recipients}) < 2 and not story.timeless:
        story.leave("no-date", trigger)
        story.undated.append((case, actors, recipients))
        return None
    sure = hedge(case, actors)
    mention = EventMention(
        key=story.next_key(),
        start=interval.start.isoformat() if interval else None,
        end=interval.end.isoformat() if interval else None,
        precision=interval.precision if interval else "unknown",
        date_text=" ".join(date.text.split()) if date and resolved else None,
        type=type,
        mode=trigger.mode if type == trigger.type else None,
        contexts=contexts(case.seen, case.span.char_start, case.span.char_end),
        trigger=trigger.lemma,
        status=_status(story, trigger, interval, planned),
        certainty=sure.certainty,
        asserted_by=list(sure.asserted_by),
        occasion=_occasion(trigger, meeting, here),
        actors=actors,
        recipients=recipients,
        titles={
            slot.keys[0]: slot.title
            for slot in scene.slots
            if slot.title
            and len(slot.keys) == 1
            and slot.keys[0] in (*actors, *recipients)
            and normal(slot.title) not in honorifics()
        },
        place=place[0],
        place_country=place[1],
        medium=medium,
        sentence=case.span,
        chronology=case.lead is not None,
        same_as=retelling.same_as(story, case, meeting, interval, actors, recipients, dated=date is not None),
        doubts=doubts(date, resolved),
        reasons=[
            *reasons(
                story,
                case,
                date,
                resolved,
                meeting or news,
                actors,
                recipients,
                spot if spot and spot.place == place[0] else None,
            ),
            *sure.reasons,
        ],
        confidence=0.0,
    )
    mention = msgspec.structs.replace(mention, confidence=confidence(story, case, date, mention))
    return Told(mention, case, interval)


def _is_ahead(story: Story, interval: Interval | None) -> bool:
    """Whether a time told is after the document's own, as far as that is known."""
    return interval is not None and (story.published is None or interval.end > story.published.end)


def _of_object(case: Case, date: Expression) -> bool:
    """Whether a date may be that of the deed that words are about ("condemned the launch of July 4")."""
    trigger = case.trigger
    return trigger.type in _REACTIONS and any(
        t.sort == "noun" and trigger.char_end <= t.char_start < date.char_start for t in case.triggers
    )


def _is_within(case: Case, date: Expression) -> bool:
    """Whether a date belongs to a noun ("denied involvement in the attack of 4 May"), not to the verb."""
    words = case.tree.words
    at = case.tree.at(date.char_start, date.char_end)
    while at is not None and words[at].pos in ("PROPN", "NUM", "ADP") and words[at].head != at:
        at = words[at].head
    return at is not None and at > case.word and words[at].pos == "NOUN"


def _of_complement(story: Story, case: Case, date: Expression) -> bool:
    """Whether a day still to come is that of what was agreed or asked ("agreed to prepare for next year",
    "agreed to hold talks on October 3")."""
    trigger, published = case.trigger, story.published
    if trigger.type not in ("AGREE", "REQUEST") or published is None:
        return False
    if trigger.tense != "past" and (trigger.tense != "present" or date.char_start < trigger.char_end):
        return False
    governed = any(trigger.char_start == t.governor and t.char_end <= date.char_start for t in case.triggers)
    governed |= when.in_complement(case.tree, case.word, date)
    resolved = clock.resolve(story, case.scene, date, None if governed else True)
    return resolved is not None and resolved.start > published.end


def _is_of_another(story: Story, case: Case, date: Expression, interval: Interval) -> bool:
    """Whether a date passed before the document was written, of which "will" can tell nothing: "will discuss
    ties, which have grown since the summit of 18 March"."""
    published = story.published
    if case.trigger.modal not in ("will", "shall") or case.trigger.sort == "noun" or date is case.lead:
        return False
    if published is None or published.precision != "day":
        return False
    rolled = "year" in date.needs and (interval.start - published.end).days > LONGEST - ROLLED
    return rolled or (published.start - interval.end).days > LAG


def _status(story: Story, trigger: Trigger, interval: Interval | None, planned: bool) -> Status:
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
