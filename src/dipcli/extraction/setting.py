"""Where and by what medium an event was, and who else took part as its place or meeting tells."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dipcli.extraction import bonds, carry, media, rows, targets, visits, where, whereabouts
from dipcli.extraction.dateline import here_in
from dipcli.extraction.slots import Slot
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.timing import Timing
from dipcli.records import Medium

_SUFFERED = frozenset(("ASSAULT", "AID"))
"""Types that are done to the country they are told to be in, where nobody else is told: "shelled a village in X"."""


class Setting(msgspec.Struct, frozen=True, gc=False):
    """The circumstances of an event."""

    actors: list[str]
    recipients: list[str]
    place: visits.Where
    medium: Medium | None
    spot: Slot | None
    """The words that gave the place, if words did."""


def of(
    story: Story,
    case: Case,
    timing: Timing,
    actors: list[str],
    recipients: list[str],
    here: Sequence[Told],
) -> Setting:
    """The setting of an event of those told to take part; `here`: what the sentence told before."""
    trigger = case.trigger
    spot = where.place_of(case.seen, case.tree, case.scene.slots, trigger, case.word, only=not here)
    if spot and timing.date and len(case.dates) > 1:
        beside = {d.char_start: where.place_beside(case.seen, case.scene, d) for d in case.dates}
        told = [there for start, there in beside.items() if there and start <= timing.date.char_start]
        spot = told[-1] if told else None if any(beside.values()) else spot
    if spot is None and timing.date:
        spot = where.place_of_line(case.seen, case.scene, timing.date)
    spot = spot or where.in_brackets(case.seen, case.scene, trigger)
    town = here_in(story.written_at, case.seen, case.scene.sentence)
    place: visits.Where = (spot.place, spot.place_country) if spot else town
    if trigger.type in _SUFFERED and actors and not recipients and spot and where.is_nation(spot):
        recipients = [k for k in spot.keys if story.nation(k) not in {story.nation(a) for a in actors}]
    if trigger.type == "CONSULT" and trigger.mode == "visit":
        recipients, place = visits.host_and_place(story, case, actors, recipients, place)
        if met := visits.gathered(case):
            actors, recipients = list(dict.fromkeys((*actors, *met))), []
        if not set(recipients) & {*story.host}:
            actors, recipients = visits.with_named_hosts(story, case, actors, recipients)
    recipients = bonds.left_out(story, case, actors, recipients, place[1])
    recipients = targets.of(story, case, actors, recipients)
    actors, recipients = targets.at_home(story, case, actors, recipients)
    cells = rows.row(case.scene)
    if cells and not cells.who:
        entry = trigger.type == "CONSULT" or story.protagonist
        if entry and (place[0] is None or (spot and spot.rule == "named")):
            place = visits.row_place(case, cells)
        if trigger.type == "CONSULT" and trigger.symmetric and not recipients:
            actors, recipients = visits.hosted(story, cells, actors)
    elif cells and trigger.type == "CONSULT" and place[0] is None:
        towns = visits.guests_town(story, case, cells)
        place = (towns, story.home) if towns else visits.host_land(story)
    medium = _medium(story, case, timing, actors, here)
    meeting = timing.meeting
    if meeting is not None:
        if trigger.type != "CONSULT":
            actors, recipients = carry.parties(story, case, meeting, actors, recipients)
            there = meeting.mention.place is not None
            theirs = meeting.mention.medium or story.medium
            medium = media.at_meeting(case.seen, case.scene, medium, theirs, place=there)
        if place[0] is None:
            place = whereabouts.of_meeting(story, meeting)
    if place[0] is None:
        place = whereabouts.of(story, case, timing, actors, recipients)
    if (row := carry.row_of(story, case)) and place[1] != row.mention.place_country:
        place = row.mention.place, row.mention.place_country
    medium = media.of_text(story, trigger, timing) or medium
    if medium in ("virtual", "telephone"):
        place = (None, None)  # nobody went anywhere
    return Setting(actors, recipients, place, medium, spot if spot and spot.place == place[0] else None)


def _medium(
    story: Story, case: Case, timing: Timing, actors: Sequence[str], here: Sequence[Told]
) -> Medium | None:
    """By what medium, as the sentence tells, or the text of its one occasion."""
    trigger, interval = case.trigger, timing.interval
    alone = sum(t.type == "CONSULT" and t.sort != "noun" for t in case.triggers) < 2 and not here
    medium = media.of_event(case.seen, case.scene, trigger, case.triggers, alone=alone)
    if medium is None and trigger.type not in ("CONSULT", "ASSAULT"):
        medium = media.of_teller(case.tree, case.word, inherited=case.arguments.inherited)
    if medium is not None or interval is None:
        return medium
    if interval == story.topic and trigger.type == "CONSULT":
        medium = story.medium
    if medium is None and ((interval == story.topic and timing.date is None) or here or case.lead):
        medium = carry.medium_of(story, case, interval, actors)
    return medium
