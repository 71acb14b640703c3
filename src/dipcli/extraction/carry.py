"""How an event leans on those told before: its date, whom its words are said to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.dates import Expression, Interval, Resolved
from dipcli.extraction import clock
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.tree import SUBJECTS
from dipcli.records import Medium

_GATHERINGS = frozenset(("summit", "conference"))
LOOK_BACK = 40
"""How many events told before are looked at."""

SPREAD = 3
"""How many paragraphs on news goes on about the day told last, or about a visit to come."""

_AGAIN = re.compile(
    r"\b(?:during|at|in)\s+(?:the|this|that|their|his|her)\s+(?:[\w-]+\s+){0,2}?(?:visit|meetings?|talks|summit|conference|"
    r"dialogue|trip|call|conversation|session|encounter|discussions?)\b",
    re.IGNORECASE,
)


_MOVED_ON = 60
"""Days after a meeting from which what a history tells without a date is no longer of it."""
_STILL = re.compile(r"\bstill\s+\Z")
_THEN = re.compile(r"\bthen\s+\Z")
"""Right before a verb: what it tells came on what the paragraph told before."""


_BOTH = re.compile(r"(?:the\s+two|both|the\s+sides|the\s+parties)\b", re.IGNORECASE)


def _just_before(story: Story, case: Case, taking_part: set[str]) -> Told | None:
    """The dated meeting told last in the same paragraph that somebody taking part here took part in."""
    for told in reversed(story.told[-LOOK_BACK:]):
        if told.case.sentence.paragraph != case.sentence.paragraph:
            return None
        if told.mention.type == "CONSULT" and told.interval and taking_part & set(told.everybody):
            return told
    return None


def row_of(story: Story, case: Case) -> Told | None:
    """The event of the table's row of which the prose below it tells more."""
    if case.lead is None or case.scene.barred:
        return None
    near = reversed(story.told[-LOOK_BACK:])
    return next((t for t in near if t.case.scene.barred and case.lead in t.case.dates), None)


def goes_on(case: Case) -> bool:
    """Whether a sentence speaks of a meeting told before ("during the talks")."""
    sentence = case.scene.sentence
    return bool(_AGAIN.search(case.seen, sentence.char_start, sentence.char_end))


def _by_both(case: Case, taking_part: set[str]) -> bool:
    """Whether a sentence begins with all who take part, by no name: "The two sides exchanged views"."""
    return any(
        slot.kind == "group"
        and len(slot.keys) > 1
        and taking_part == {*slot.keys}
        and _BOTH.match(case.seen, case.sentence.char_start, slot.char_end)
        for slot in case.scene.slots[:1]
    )


def is_of_both(case: Case, meeting: Told, taking_part: set[str]) -> bool:
    """Whether a sentence only tells what both sides spoke of at a meeting of persons told before."""
    consult = case.trigger.type == "CONSULT" and taking_part != {*meeting.everybody}
    return consult and _by_both(case, taking_part)


def _is_at(case: Case, told: Told) -> bool:
    """Whether words were said at a gathering of many that was told before ("said at the summit")."""
    sentence = case.scene.sentence
    match = _AGAIN.search(case.seen, sentence.char_start, sentence.char_end)
    word = match[0].split()[-1].casefold() if match else ""
    return word in _GATHERINGS and word in told.trigger.lemma.split()


def words_of(case: Case) -> str:
    """The words of the sentence that a case is of."""
    return case.seen[case.sentence.char_start : case.sentence.char_end]


def carried(story: Story, case: Case, actors: Sequence[str], recipients: Sequence[str]) -> Told | None:
    """The dated meeting told before that an undated act belongs to, if any."""
    trigger = case.trigger
    if trigger.status_hint == "planned" or trigger.side or trigger.tense not in ("past", None):
        return None
    if trigger.type == "OTHER" and trigger.sort == "noun":
        return None  # an inauguration, a death: no act at a meeting
    if _STILL.search(case.seen, case.sentence.char_start, trigger.char_start):
        return None  # "still recognized the government": what went on, not what was done there
    joint = trigger.type == "REQUEST" and len(actors) > 1
    taking_part = {*actors} if joint else {*actors, *recipients}  # what both ask may be asked of others
    persons = {k for k in taking_part if story.kind(k) in ("person", "office")}
    nations = {story.nation(k) for k in taking_part if story.kind(k) == "country"}
    again = goes_on(case)
    consult = trigger.type == "CONSULT"
    if not consult and _THEN.search(case.seen, case.sentence.char_start, trigger.char_start):
        return _just_before(story, case, taking_part)
    both = consult and _by_both(case, taking_part)
    if (consult and not both and (not again or trigger.sort == "noun")) or not (persons or nations):
        return None
    near = [t for t in reversed(story.told[-LOOK_BACK:]) if t.interval is not None]
    if not consult and any(t.interval == story.topic for t in near):
        near = [t for t in near if t.interval == story.topic]
    reach = 8 if not consult else 2 if again else 0
    near.sort(key=lambda told: not persons & set(told.everybody))  # whom it names before their countries
    for told in near:
        mention = told.mention
        turned = told.case.sentence.char_start < story.turned and told.interval != story.topic
        if turned and (mention.place is None or mention.place not in words_of(case)):
            continue  # since then the text has turned to another time
        if (
            told.interval
            and not again
            and (story.has_moved_on(told.interval, _MOVED_ON) or story.is_one_of(told.interval))
        ):
            continue
        if mention.type != "CONSULT" or mention.chronology or mention.status == "planned":
            continue
        if told.trigger.perfect and told.interval != story.topic:
            continue  # "had last met in May": what is told goes on after that
        near_by = told.case.sentence.paragraph == case.sentence.paragraph
        if mention.precision not in ("day", "range") and not (
            again or (near_by and mention.precision == "month")
        ):
            continue
        if _is_at(case, told):
            return told
        others = set(told.everybody)
        there = {story.nation(k) for k in others}
        if actors and all(
            story.kind(k) == "organization" and k not in others and story.nation(k) not in there
            for k in actors
        ):
            continue  # somebody else's words
        if both and not persons <= others:
            continue  # "At the meeting with A, the two sides …": another meeting
        beside = told.trigger.mode == "visit" and told.case.sentence.char_start == story.before
        sent = {story.nation(k) for k in persons}
        close = not story.here and case.sentence.paragraph - told.case.sentence.paragraph <= 1
        of_states = (
            close and len(sent) > 1 and sent == there and {story.kind(k) for k in others} == {"country"}
        )
        shared = bool(persons & others) or ((again or beside) and sent <= there) or of_states
        if not (shared if persons else nations <= there):
            continue
        if abs(told.case.sentence.paragraph - case.sentence.paragraph) <= reach:
            return told
    return None


_THERE = re.compile(r"(?:While\s+)?There,?\s|In\s+(?:his|her|their)\s+(?:meetings?|talks)\b")
"""Begins a sentence about what was done on the visit told before."""


_ALSO = re.compile(r"(?:He|She|They|[A-Z][a-z][\w’'-]+)\s+(?:also|then)\s")
"""Begins a sentence about another meeting of the same ones, at the time of the one told before."""


def also(story: Story, case: Case, actors: Sequence[str]) -> Told | None:
    """The meeting or visit told last, in the paragraph or the one before, where a sentence goes on to tell of another of the same ones:
    "In May 2014 A met B. He also called on C"."""
    if case.trigger.type != "CONSULT" or case.trigger.tense != "past" or case.trigger.side:
        return None
    if not _ALSO.match(case.seen, case.sentence.char_start):
        return None
    told = next((t for t in reversed(story.told[-LOOK_BACK:]) if t.interval), None)
    if told is None or case.sentence.paragraph - told.case.sentence.paragraph > 1 or told.trigger.perfect:
        return None
    met = told.mention.type == "CONSULT" and told.mention.status == "occurred"
    return told if met and set(actors) & set(told.everybody) else None


def beside(case: Case, here: Sequence[Told]) -> Told | None:
    """What a verb before it tells of the same ones, where a verb has no date of its own: "condemned the move and recalled
    its envoy"."""
    trigger, told = case.trigger, case.tree.words[case.word]
    if (
        told.dep != "conj"
        or trigger.symmetric
        or trigger.tense != "past"
        or trigger.perfect
        or case.tree.children(case.word, *SUBJECTS)
    ):
        return None
    return next(
        (t for t in here if t.case.word == told.head and t.interval and t.mention.status == "occurred"), None
    )


def of_joined(story: Story, case: Case) -> tuple[Expression, Resolved] | None:
    """The first day of a sentence, where it stands in a clause which "and" joins to one without: "A vowed to expel the
    envoy and B broke ties on Monday"."""
    trigger, tree = case.trigger, case.tree
    main = tree.words[case.word].dep == "ROOT" and trigger.tense == "past" and not trigger.perfect
    joined = (
        [verb for verb in tree.children(case.word, "conj") if tree.children(verb, *SUBJECTS)] if main else []
    )
    if not joined or not story.here or case.dates:
        return None
    date = story.here[0]
    at = next((i for i, w in enumerate(tree.words) if w.char_start == date.char_start), None)
    if at is None or joined[0] not in tree.ancestors(at) or at < joined[0]:
        return None
    resolved = clock.resolve(story, case.scene, date, True)
    return (date, resolved) if resolved and resolved.precision == "day" else None


def of_sentence_before(story: Story, case: Case) -> tuple[Expression, Resolved] | None:
    """The day that the sentence before began with, for a meeting told next of the same ones: "Last Wednesday A was in
    Accra. He met B"."""
    trigger, scene = case.trigger, case.scene
    if trigger.type != "CONSULT" or trigger.sort == "noun" or trigger.tense != "past" or trigger.perfect:
        return None
    if trigger.side or story.turned != story.before or story.last_paragraph != scene.sentence.paragraph:
        return None
    pronoun = scene.slots[0] if scene.slots else None
    begins = pronoun and pronoun.rule == "pronoun" and pronoun.char_start == scene.sentence.char_start
    if story.opening is None or story.opening[1].precision not in ("day", "range"):
        return None
    return story.opening if begins and case.tree.is_main(case.word) else None


_TOUR = 8
"""Paragraphs over which a report goes on about the stops of a tour."""
_STOP = re.compile(r"(?:While\s+in|In|At)\s+(?=[A-Z])")


def _stop_of(story: Story, case: Case) -> str | None:
    """The country, by code, of the town that a sentence begins with: "In Vila I met …"."""
    begins = _STOP.match(case.seen, case.sentence.char_start)
    first = next((s for s in case.scene.slots if begins and s.char_start == begins.end()), None)
    if first is None:
        return None
    return first.place_country or next((story.nation(k) for k in first.keys), None)


def of_visit(story: Story, case: Case, actors: Sequence[str]) -> Told | None:
    """The visit told before that an undated meeting of the visitor was part of ("She met with …"): in the
    same paragraph, or where the sentence says "during the visit"."""
    trigger = case.trigger
    if trigger.type not in ("CONSULT", "COOPERATE") or trigger.sort == "noun" or not story.told:
        return None
    planned = trigger.status_hint == "planned"
    if trigger.side or not (planned or (trigger.tense == "past" and trigger.status_hint is None)):
        return None
    if trigger.mode == "visit" and trigger.frame != "directed":
        return None
    again = goes_on(case) or _THERE.match(case.seen, case.sentence.char_start) is not None
    stop = _stop_of(story, case)
    paragraph, reach = case.sentence.paragraph, _TOUR if stop else 2 if again else 0
    for visit in reversed(story.told[-LOOK_BACK:]):
        if paragraph - visit.case.sentence.paragraph > reach:
            return None
        if goes_on(visit.case):
            reach = 2
        if not set(visit.mention.actors) & set(actors) or visit.interval is None:
            continue
        if visit.mention.type != "CONSULT":
            continue  # what else was told of them, of any time
        if stop and stop not in {story.nation(k) for k in visit.mention.recipients}:
            continue
        journey = visit.trigger.mode == "visit" and visit.trigger.frame != "directed"
        if not journey or visit.mention.status != ("planned" if planned else "occurred"):
            if again or _is_part(visit, visit.interval, story):
                continue
            return None  # another meeting, on another day
        return visit if len(set(actors)) > 1 or again or trigger.type != "CONSULT" else None
    return None


def of_visit_to_come(story: Story, case: Case, actors: Sequence[str]) -> Told | None:
    """The meeting or visit announced before, or begun that day, that what the visitor will do is part of: "He
    will also meet the president"."""
    trigger = case.trigger
    ahead = trigger.modal in ("will", "shall") or (
        trigger.type == "CONSULT" and trigger.status_hint == "planned"
    )
    present = trigger.type == "CONSULT" and trigger.tense == "present" and case.tree.is_main(case.word)
    if not (ahead or present) or trigger.side or trigger.speech:
        return None
    stop = _stop_of(story, case)
    for visit in reversed(story.told[-LOOK_BACK:]):
        if case.sentence.paragraph - visit.case.sentence.paragraph > (_TOUR if stop else SPREAD):
            return None
        if visit.interval is None:
            continue
        if stop and stop not in {story.nation(k) for k in visit.mention.recipients}:
            continue
        begun = story.published is not None and visit.interval.end >= story.published.start
        to_come = visit.mention.status == "planned" or (begun and ahead)
        beside = visit.case.sentence.paragraph == case.sentence.paragraph
        meeting = visit.mention.type == "CONSULT" and visit.mention.precision in ("day", "range")
        part = visit.trigger.mode == "visit" or (beside and meeting)
        if to_come and part and set(visit.mention.actors) & set(actors):
            return visit
    return None


def _is_part(told: Told, interval: Interval, story: Story) -> bool:
    """Whether an event told fell into the days of a visit told before it."""
    return any(
        t.trigger.mode == "visit"
        and t is not told
        and t.interval is not None
        and t.interval.start <= interval.start
        and interval.end <= t.interval.end
        for t in story.told[-LOOK_BACK:]
    )


def parties(
    story: Story, case: Case, meeting: Told, actors: list[str], recipients: list[str]
) -> tuple[list[str], list[str]]:
    """(actors, recipients) of an act at a meeting.

    "The leaders", "they" are all who met; what one side says is said to the other.
    """
    met = _met(story, meeting)
    groups = [s for s in case.scene.slots if s.kind == "group" and set(s.keys) == set(actors)]
    if groups and set(actors) < set(met) and len(actors) > 1:
        actors, recipients = met, [k for k in recipients if k not in met]
    if recipients or case.trigger.type == "COOPERATE":
        return actors, recipients
    if set(actors) < set(met):
        return actors, [k for k in met if k not in actors]
    own = {story.nation(k) for k in actors}
    of_states = any(all(story.kind(k) == "country" for k in side) for side in (actors, met))
    if of_states and own <= {story.nation(k) for k in met}:
        codes = dict.fromkeys(n for k in met if (n := story.nation(k)) and n not in own)
        known = [story.registry.known_country(code) for code in codes]
        return actors, [entity.key for entity in known if entity]
    return actors, recipients


def _met(story: Story, meeting: Told) -> list[str]:
    """All who met, as told here and where the document told of the meeting first: people before their country."""
    first = [t for t in story.told if t.mention.key in meeting.mention.same_as]
    met = dict.fromkeys(key for told in (meeting, *first) for key in told.everybody)
    sent = {story.nation(k) for k in met if story.kind(k) == "person"}
    return [k for k in met if story.kind(k) != "country" or story.nation(k) not in sent]


def medium_of(story: Story, case: Case, interval: Interval, actors: Sequence[str]) -> Medium | None:
    """The medium of the meeting that a document, or a line of a chronology, is about, for what those who met said and
    agreed there."""
    if case.trigger.type not in ("AGREE", "REQUEST", "SUPPORT", "ACCUSE", "REJECT", "THREATEN"):
        return None
    sides = {story.nation(k) for k in actors} - {None}
    for told in story.told:
        if told.interval != interval or told.trigger.type != "CONSULT":
            continue
        met = {story.nation(k) for k in told.everybody}
        if len(met) < 2:
            continue
        line = interval != story.topic and told.case.sentence.paragraph == case.sentence.paragraph
        if (line and {*actors} <= {*told.everybody}) or (interval == story.topic and sides and sides <= met):
            return told.mention.medium or ("in_person" if told.mention.place else None)
    return None
