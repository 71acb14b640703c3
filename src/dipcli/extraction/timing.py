"""When an event was or will be: on a date of its own, or on that of the meeting, visit or occasion it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

import msgspec

from dipcli.dates import Interval, Resolved
from dipcli.dates.grammar import Expression
from dipcli.dates.meaning import Weekday
from dipcli.dates.tense import tense
from dipcli.extraction import carry, clock, modality, occasion, reckoning, rows, when
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.triggers import REACTIONS

_DENIALS = ("deny", "refute", "disavow")
"""Lemmas of denials, which tell no date of what is denied."""
_COMING = frozenset(("will", "shall"))
_AWAITED = ("be due", "be expected", "be awaited")
_PAST = 30
"""Days before a text was written from which nothing that it says will be done can be."""
LAG = 6
"""Days after which words are printed at the latest."""
ROLLED = 90
"""Days; a day without its year that comes so little short of a year ahead has rather just passed."""
_SINCE_THEN = re.compile(r"(?:Since\s+then|Ever\s+since|Over\s+the\s+years)\b")
"""Begins a sentence about what was done at some time or other."""
LONGEST = 366
"""Days; what is told of a longer time is no event."""


class Timing(msgspec.Struct, frozen=True, gc=False):
    """When something was, and where that is known from."""

    date: Expression | None
    """Its own date, as told."""
    resolved: Resolved | None
    """That date's meaning."""
    interval: Interval | None
    planned: bool
    meeting: Told | None = None
    """The meeting or visit whose time it has."""
    news: Told | None = None
    """The event told last whose day it has, in news."""

    @property
    def is_long(self) -> bool:
        """Whether it took longer than any event does."""
        return self.interval is not None and (self.interval.end - self.interval.start).days > LONGEST


def of(
    story: Story,
    case: Case,
    date: Expression | None,
    actors: list[str],
    recipients: list[str],
    visit: Told | None,
    here: Sequence[Told],
) -> Timing:
    """When a trigger's event was; `date`: one of its dates, `visit`: the visit that it goes on with, `here`: what its
    sentence told before."""
    planned = _is_planned(story, case, date)
    date, resolved = _own(story, case, date, actors, recipients, planned=planned)
    if date is None and (earlier := occasion.retold(story, case, actors, recipients)):
        return Timing(date, resolved, earlier.interval, planned, news=earlier)
    interval = case.moved or (resolved.interval if resolved else None)
    if interval is not None and case.trigger.mode == "visit":
        interval = _whole_visit(story, case, interval)
    if interval is None and visit is not None:
        interval = visit.interval
    if interval is not None:
        return Timing(date, resolved, interval, planned)
    if earlier_day := reckoning.days_before(case, story.here, here):
        return Timing(date, resolved, earlier_day, planned)
    if (joined := carry.of_joined(story, case)) is not None:
        return Timing(*joined, joined[1].interval, planned)
    if any(_is_unknown(story, case, told) for told in story.here):
        return Timing(date, resolved, None, planned)
    if date is None and _SINCE_THEN.match(case.seen, case.sentence.char_start):
        return Timing(date, resolved, None, planned)
    if (answered := occasion.of_reaction(story, case)) is not None:
        return Timing(date, resolved, answered, planned)
    meeting = (
        carry.carried(story, case, actors, recipients)
        or carry.of_visit_to_come(story, case, [*actors, *recipients])
        or carry.of_visit(story, case, [*actors, *recipients])
    )
    if meeting is not None and meeting.interval == story.topic and case.trigger.type != "CONSULT":
        meeting = _stop(story, case) or occasion.talks_of_visit(story, meeting.interval, actors) or meeting
    if meeting is not None:
        return Timing(date, resolved, meeting.interval, planned, meeting=meeting)
    if occasion.is_own(story, case, actors) or occasion.is_timed(story, case):
        day = occasion.written(story, case)
        if day is not None:
            return Timing(date, resolved, day, planned)
    if occasion.looks_back(story) and (back := occasion.of_history(story, case, actors)) is not None:
        return Timing(date, resolved, back.interval, planned, news=back)
    if occasion.is_topical(story, case, actors, recipients):
        if (stop := _stop(story, case)) is not None:
            return Timing(date, resolved, stop.interval, planned, news=stop)
        talks = occasion.talks_of_visit(story, story.topic, actors)
        return Timing(date, resolved, talks.interval if talks else story.topic, planned, meeting=talks)
    if planned and (today := occasion.of_hour(story, case) or occasion.of_announcement(story, case, actors)):
        return Timing(date, resolved, today, planned)
    if (before := carry.of_sentence_before(story, case)) is not None:
        return Timing(*before, before[1].interval, planned)
    if (day := occasion.of_release(story, case, actors, recipients)) is not None:
        return Timing(date, resolved, day, planned)
    news = carry.also(story, case, actors) or carry.beside(case, here)
    news = news or occasion.of_news(story, case) or occasion.of_history(story, case, actors)
    return Timing(date, resolved, news.interval if news else None, planned, news=news)


_TOUR = 4
"""Days; a longer occasion is a journey with a day for each of its stops."""


def _stop(story: Story, case: Case) -> Told | None:
    """The event of a journey told last in the paragraph, on whose day was done what it goes on to tell."""
    journey, last = story.topic, story.told[-1] if story.told else None
    if journey is None or last is None or last.interval is None or last.mention.precision != "day":
        return None
    if (journey.end - journey.start).days < _TOUR or last.case.sentence.paragraph != case.sentence.paragraph:
        return None
    return last if journey.start <= last.interval.start <= journey.end else None


_STAY = re.compile(
    r"(?P<begun>\b(?:for|on|began|begins|started|starts|begin|start)\s+an?\s+)?"
    r"\b(?P<days>two|three|four|five|six|seven|eight|nine|ten)[- ]day\s(?:[\w-]+\s){0,3}(?:visit|trip|tour|stay)\b"
)
"""How many days a visit took, and whether it is told to begin."""
_ENDED = re.compile(
    r"\b(?:conclud|complet|wrapped\sup|ended|ends|finish)\w*\b[^.;]{0,60}\b(?:visit|trip|tour|stay)\b"
)
"""What is told of the last day of a visit."""
_BACK = re.compile(
    r"\breturn(?:ed|ing)\b(?:\s(?:home|to\s(?:[A-Z][\w'-]+\s?){1,3}))?\s*(?:on\s)?the\s(?:following|next)\sday\b"
)
_COUNTED = "two three four five six seven eight nine ten".split()


def _whole_visit(story: Story, case: Case, told: Interval) -> Interval:
    """All days of a visit that is over, of which a sentence tells the first or the last and how many they were:
    "arrived in Lima on 3 May for a three-day visit", "concluded a two-day visit on 4 May"."""
    if told.precision != "day":
        return told
    words = case.sentence.words
    back = not words.isdisjoint(("returned", "returning")) and "day" in words
    if back and _BACK.search(case.seen, case.trigger.char_end, case.sentence.char_end):
        return Interval(told.start, told.start + timedelta(1), "range")
    if words.isdisjoint(_COUNTED):
        return told
    begin, end = case.sentence.char_start, case.sentence.char_end
    stay = _STAY.search(case.seen, begin, end)
    if stay is None:
        return told
    others = timedelta(_COUNTED.index(stay["days"]) + 1)
    if _ENDED.search(case.seen, begin, end):
        return Interval(told.start - others, told.end, "range")
    last = told.start + others
    known = story.published is None or last <= story.published.end
    return Interval(told.start, last, "range") if stay["begun"] and known else told


def _is_unknown(story: Story, case: Case, told: Expression) -> bool:
    """Whether a date tells that it was at another time, but not on which days: "a few days later"."""
    if getattr(told.meaning, "count", None) == 0:
        return False  # "the same day"
    own = told.char_start < case.trigger.char_start or not case.dates
    return own and clock.resolve(story, case.scene, told, True) is None


def _is_planned(story: Story, case: Case, date: Expression | None) -> bool:
    """Whether an event is told as one to come."""
    trigger, tree, word = case.trigger, case.tree, case.word
    cells = rows.row(case.scene)
    return not modality.took_place(tree, word) and (
        modality.is_announced(tree, word)
        or (date is None and trigger.type == "CONSULT" and modality.is_news(tree, word))
        or (trigger.status_hint == "planned" and not modality.is_means(tree, word))
        or (date is not None and trigger.sort == "noun" and when.is_ahead(case.seen, case.scene, date))
        or (cells is not None and cells.ahead)
        or (story.ahead and date is not None)
        or (trigger.lemma.startswith(_AWAITED) and trigger.tense == "present")
    )


def _own(
    story: Story,
    case: Case,
    date: Expression | None,
    actors: list[str],
    recipients: list[str],
    *,
    planned: bool,
) -> tuple[Expression | None, Resolved | None]:
    """A trigger's date and its meaning; nothing where the date turns out to be of something else."""
    if date is None:
        return None, None
    trigger, tree, word = case.trigger, case.tree, case.word
    past = clock.told_as_past(case.seen, case.sentence, date, planned=planned)
    if planned and when.is_of_saying(tree, word, date):
        past = True
    elif past and trigger.tense == "base" and not trigger.perfect:
        past = None  # "claiming to reopen the embassy on 20 July"
    elif past and trigger.tense is None and modality.is_possible(tree, word):
        past = None  # "would speak at the meeting on 10 January"
    elif past and trigger.tense != "past" and any(t.modal in _COMING for t in case.triggers):
        past = None  # "will travel to Lima from 17 October to strengthen ties and promote trade"
    if case.lead is not None and _is_of_meeting(case, date):
        date = case.lead
    if planned and date is case.lead and _is_told_past(case):
        past = True  # "20 May: A announced that it would leave"
    resolved = clock.resolve(story, case.scene, date, past)
    if past and (foreseen := _foreseen(story, case, date)):
        past, resolved = False, foreseen
    if resolved and past and date.rule == "which_unit":
        resolved = _until_told(story, resolved)
    told = [t for t in case.triggers if trigger.sort == "noun" and planned] or [trigger]
    coming = any(t.modal in _COMING for t in told)
    if resolved and coming and story.published and (story.published.start - resolved.end).days > _PAST:
        return None, None  # "will discuss what the summit of 2022 agreed on"
    of_another = resolved is not None and (
        _is_of_another(story, case, date, resolved.interval) if planned else _of_complement(story, case, date)
    )
    if (
        of_another
        or (
            _is_of_modifier(case, date, resolved)
            and (story.topic or carry.carried(story, case, actors, recipients))
        )
        or (trigger.lemma.startswith(_DENIALS) and _is_within(case, date))
        or (_of_object(case, date) and carry.carried(story, case, actors, recipients))
        or (resolved and _is_of_record(story, case, date, resolved.interval))
        or (resolved and not planned and _is_foreseen(story, case, date, resolved.interval))
    ):
        return None, None
    return date, resolved


def _is_of_meeting(case: Case, date: Expression) -> bool:
    """Whether a day only says which meeting is called off: "3 May: A suspends the June 4 summit with B"."""
    words = case.tree.words
    at = case.tree.at(date.char_start, date.char_end)
    called_off = case.trigger.type in ("SANCTION", "REJECT") and case.trigger.sort != "noun"
    if at is None or not called_off or date.char_start < case.trigger.char_start:
        return False
    noun = words[words[at].head]
    return words[at].dep in ("compound", "nmod", "amod", "poss", "nummod") and noun.pos == "NOUN"


def _is_told_past(case: Case) -> bool:
    """Whether the main verb of a sentence is in the past."""
    return any(w.tag == "VBD" and w.dep == "ROOT" for w in case.tree.words)


_SOON = 60
"""Days within which what the present tells is still to come: "arrives in Lima on 10 May"."""


def _foreseen(story: Story, case: Case, date: Expression) -> Resolved | None:
    """A day without its year or week that news foresees in the present: "A delegation arrives on 10 May"."""
    published, last = story.published, story.last
    if published is None or published.precision != "day" or case.trigger.tense != "present" or case.lead:
        return None
    weekday = isinstance(date.meaning, Weekday) and case.sentence.kind == "prose"
    long_past = last is not None and (published.end - last.end).days > _SOON
    if not weekday and ("year" not in date.needs or long_past):
        return None
    if tense(case.seen, date.char_start, date.char_end):
        return None
    coming = clock.resolve(story, case.scene, date, False)
    ahead = (coming.start - published.end).days if coming else 0
    return coming if 0 < ahead <= _SOON else None


def _until_told(story: Story, resolved: Resolved) -> Resolved:
    """What was done "this week", no later than it is told."""
    published = story.published
    within = published is not None and published.precision == "day" and resolved.precision == "range"
    if not within or published is None or not resolved.start <= published.end < resolved.end:
        return resolved
    return msgspec.structs.replace(resolved, end=published.end)


def is_ahead(story: Story, interval: Interval | None) -> bool:
    """Whether a time told is after the document's own, as far as that is known."""
    return interval is not None and (story.published is None or interval.end > story.published.end)


def _of_object(case: Case, date: Expression) -> bool:
    """Whether a date may be that of the deed that words are about ("condemned the launch of July 4")."""
    trigger = case.trigger
    return trigger.type in REACTIONS and any(
        t.sort == "noun" and trigger.char_end <= t.char_start < date.char_start for t in case.triggers
    )


def _is_of_record(story: Story, case: Case, date: Expression, interval: Interval) -> bool:
    """Whether a day before the meeting that a text is the record of is that of what was spoken of there: "The Summit
    condemned the coup of 12 April"."""
    if not story.minutes or story.topic is None or interval.end >= story.topic.start or date is case.lead:
        return False
    if case.trigger.type not in REACTIONS:
        return False
    if _of_object(case, date) or _is_within(case, date) or when.is_of_deed(case.tree, case.word, date):
        return date.char_start > case.trigger.char_end
    return any(
        t.type in REACTIONS and t.char_end < date.char_start < case.trigger.char_start for t in case.triggers
    )


def _is_foreseen(story: Story, case: Case, date: Expression, interval: Interval) -> bool:
    """Whether a day after a text was written is that of what it praises or deplores: "welcomed the elections on 26 July"."""
    published = story.published
    after = date.char_start > case.trigger.char_end
    past = case.trigger.type in REACTIONS and case.trigger.tense == "past" and after
    return past and published is not None and interval.start > published.end


_COARSE = frozenset(("month", "season", "quarter", "half", "year"))


def _is_of_modifier(case: Case, date: Expression, resolved: Resolved | None) -> bool:
    """Whether a date tells of a thing that a clause after the verb describes: "thanked A for the doctors it sent in
    2014", "discussed the resolution adopted in May"."""
    if resolved is None or resolved.precision not in _COARSE:
        return False
    at = case.tree.at(date.char_start, date.char_end)
    path = (at, *case.tree.ancestors(at)) if at is not None else ()
    below = path[: path.index(case.word)] if case.word in path else ()
    return any(i > case.word and case.tree.words[i].dep in ("acl", "relcl") for i in below)


def _is_within(case: Case, date: Expression) -> bool:
    """Whether a date belongs to a noun ("denied involvement in the attack of 4 May"), not to the verb."""
    words = case.tree.words
    at = case.tree.at(date.char_start, date.char_end)
    while at is not None and words[at].pos in ("PROPN", "NUM", "ADP") and words[at].head != at:
        at = words[at].head
    return at is not None and at > case.word and words[at].pos == "NOUN"


_LATELY = 31
"""Days back to which a month told without its year is one just past."""


def _is_invited_for(story: Story, case: Case, date: Expression) -> bool:
    """Whether a month or day is that for which somebody was invited: "invited B to Lima in September"."""
    published = story.published
    before = (t for t in case.triggers if t.lemma.startswith("invite") and t.char_end <= date.char_start)
    invited = next(before, None)
    if invited is None or published is None or "year" not in date.needs:
        return False
    goes = " to " in case.seen[invited.char_end : date.char_start]
    past = clock.resolve(story, case.scene, date, True)
    return goes and (past is None or (published.start - past.end).days > _LATELY)


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
    if _is_invited_for(story, case, date):
        return True
    resolved = clock.resolve(story, case.scene, date, None if governed else True)
    if resolved is None:
        return False
    return (
        resolved.end if governed else resolved.start
    ) > published.end  # "invited B to visit later this year"


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


_LATER = re.compile(
    r"\b(?:will|shall|would|(?:agreed?|plans?|planned|is|are|due|set|scheduled|expected)\s+to)\s[^.;]{0,120}\Z"
)
_LATER_WORDS = frozenset(
    "will shall would agree agreed plan plans planned is are due set scheduled expected".split()
)
_THEN_WILL = re.compile(
    r",?\s+(?:(?:the|he|she|they|it|[A-Z])[\w'. ]{0,60}?\s)?(?:will|shall)\b", re.IGNORECASE
)
"""After the date that a sentence begins with: "On 8 June the Minister will visit"."""
_LEADING = 4
"""Characters within which it begins with its date."""


def is_later(seen: str, scene: Scene, date: Expression) -> bool:
    """Whether a sentence looks ahead to a date."""
    start = scene.sentence.char_start
    may = not scene.sentence.words.isdisjoint(_LATER_WORDS)
    if may and _LATER.search(seen, start, date.char_start):
        return True
    return date.char_start - start < _LEADING and _THEN_WILL.match(seen, date.char_end) is not None
