"""Sentences that only go back to an event told elsewhere in the document: "The talks lasted five hours".

They tell no event of their own. What they add to the one that they go back to is a quote, never a date, a
participant or a place. Each rule needs one event that is plainly meant; where two could be, none is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.dates import Interval
from dipcli.dates.grammar import Expression
from dipcli.extraction import clock, headlines, sequels
from dipcli.extraction.book import Book
from dipcli.extraction.references import (
    PRESENCE,
    TALKS,
    TELLING,
    VISIT,
    Reference,
    derived,
    named_so,
    reference,
    sorts_of,
)
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.triggers import Trigger
from dipcli.names import normal
from dipcli.records import EventType

_REACH = 8
"""Sentences back in which what "the talks" means is looked for."""
_ACTS: frozenset[EventType] = frozenset(
    ("SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "RETREAT", "COOPERATE", "AID")
)
"""Types of deeds: the same ones do not do them twice in words so alike without the text's saying so."""

_TEXTS = frozenset(
    "agreement accord treaty deal pact memorandum document protocol convention communique declaration".split()
)
"""What the same ones sign once, by whatever noun."""

_POSSIBLE = re.compile(
    r"\b(?:would|could|may|might|hop(?:e[sd]?|ing)|expect(?:ed|s)?|plan(?:s|ned)?|possible|potential|future"
    r"|upcoming|invit\w+|if|whether|should|propos\w+|will|next)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:again|also|twice|thrice|times|another|previously|repeatedly|often|second|third)\b", re.IGNORECASE
)
_A_NEW_ONE = (
    r"\b(?:an?|another|next|any|no|each|every|several|two|three|future|upcoming)\s+(?:[\w-]+\s+){{0,3}}{}s?\b"
)
_BOTH = re.compile(r"\bboth\s+(?:cases|occasions|times|meetings|visits|summits|rounds|sets)\b", re.IGNORECASE)
_DECIDED = re.compile(r"\bdecided\s+to\s+\Z")
_THE = re.compile(r"(?:The|This|That)\b")
_WORD = re.compile(r"\b[a-z]{4,}\b")


def find(
    seen: str,
    story: Story,
    scenes: Sequence[Scene],
    dates: Sequence[Sequence[Expression]],
    every: Sequence[list[Trigger]],
) -> None:
    """Add to the events of a story the sentences that only go back to them; `every` are the triggers of each."""
    headlines.take_back(seen, story)
    if not story.told:
        return
    book = Book(seen, story, scenes, every)
    chain: dict[int, tuple[int, int]] = {}
    for number, scene in enumerate(scenes):
        found = [t for t in every[number] if not (t.hypothetical or t.negated)]
        found = [t for t in found if not t.weak or (t.sort == "noun" and t.lemma in TELLING)]
        if headlines.is_headline(book, number):
            headlines.head(book, number, found)
            continue
        for trigger in found:
            if book.tells(number, trigger):
                continue
            if one := reference(seen, scene, trigger, dates[number]):
                _refer(book, number, one)
            elif trigger.passive and not dates[number]:
                _was_done(book, number, trigger)
        if not book.told_in(number):
            sequels.sequel(book, number, chain)
    for case, actors, recipients in story.undated:
        _tell_again(book, case, actors, recipients)
    for key, case in story.continued:
        sequels.continued(book, key, case)


def _refer(book: Book, number: int, one: Reference) -> None:
    """A noun that goes back to an event."""
    fits = _before(book, number, one)
    if fits is None and not one.it_was and (one.named or one.date):
        fits = _anywhere(book, number, one)
    if fits is None and not one.it_was and one.definite and not one.owned:
        fits = _around(book, number, one)
    if fits is not None:
        book.add(fits, number, "goes-back", one.char_start, one.char_end)


def _before(book: Book, number: int, one: Reference) -> int | None:
    """The last event told before that fits, if it is not too far and no other comes as near."""
    sentence, near = book.scenes[number].sentence, None
    both = _BOTH.search(book.seen, sentence.char_start, sentence.char_end)
    if both or not (one.definite or one.it_was):
        return None
    for at in range(number - 1, max(number - (2 if one.it_was else _REACH), 0) - 1, -1):
        fits = [i for i in book.told_in(at) if _agrees(book, i, number, one)]
        if not fits:
            continue
        if near is None:
            near = max(fits, key=lambda i: len(book[i].everybody))
            to_come = one.owned and _is_to_come(book, near, number)
            if to_come or not book.is_one(fits) or _is_new(book, near, number, one):
                return None
            if book.scenes[at].sentence.paragraph == sentence.paragraph or one.it_was:
                return near
        elif not book.is_one([near, *fits]):
            return None
    return near


def _anywhere(book: Book, number: int, one: Reference) -> int | None:
    """The one event of the document that fits who is named, or its date: before the sentence, or after it."""
    if len(one.named) < (1 if TALKS not in one.sorts else 2) and one.date is None:
        return None
    day = _resolved(book, number, one.date) if one.date else None
    found = book.of(one.sorts, one.named) or (book.on(one.sorts, day) if day else [])
    fits = [i for i in found if _agrees(book, i, number, one)]
    if not fits or not book.is_one(fits) or _is_to_come(book, fits[0], number):
        return None
    before = [i for i in fits if book.scene_of(book[i].case.span) < number]
    return before[-1] if before else fits[0]


def _around(book: Book, number: int, one: Reference) -> int | None:
    """The one visit of somebody named in the sentence into which falls what the sentence before told of
    them: "A met B in Lima on 3 May. During the four-day visit, A …"."""
    if one.sorts != (VISIT,) or number == 0:
        return None
    here = {k for s in book.scenes[number].slots if s.kind == "person" for k in s.keys}
    last = [t for i in book.told_in(number - 1) if here & {*(t := book[i]).everybody}]
    fits = [
        i
        for i in book.of(one.sorts, here)
        if here & {*(visit := book[i]).mention.actors}
        and _agrees(book, i, number, one)
        and any(_within(told, visit) for told in last if told is not visit)
    ]
    return fits[0] if book.is_one(fits) else None


def _agrees(book: Book, i: int, number: int, one: Reference) -> bool:
    """Whether an event is of the kind that a reference means, and nothing that it says speaks against it."""
    told = book[i]
    mention, kinds = told.mention, sorts_of(told.trigger)
    if not set(kinds) & set(one.sorts) or one.type not in (None, mention.type):
        return False
    if one.several not in (None, told.trigger.lemma):
        return False
    if mention.type != "CONSULT" and not any(derived(one.noun, w) for w in told.trigger.lemma.split()):
        return False
    if mention.status == "cancelled" or (one.planned and mention.status != "planned"):
        return False
    text = book.seen[mention.sentence.char_start : mention.sentence.char_end].casefold()
    words = frozenset(_WORD.findall(text))
    if mention.type == "CONSULT" and not named_so(one.noun, words, mention.medium):
        return False
    if kinds == (PRESENCE,) != one.sorts and not {one.noun, one.noun.removesuffix("s")} & words:
        return False
    place = normal(mention.place) if mention.place else None
    if place and one.places and not any(p in place or place in p or p in text for p in one.places):
        return False
    if not book.covers(one.named, told):
        return False
    if one.date is None:
        return True
    day = _resolved(book, number, one.date)
    if day is None or told.interval is None:
        return False
    return day.start <= told.interval.end and told.interval.start <= day.end


def _resolved(book: Book, number: int, date: Expression) -> Interval | None:
    resolved = clock.resolve(book.story, book.scenes[number], date, None)
    return resolved.interval if resolved else None


def _is_new(book: Book, i: int, number: int, one: Reference) -> bool:
    """Whether another event of the kind was spoken of since: "they plan a summit … The summit"."""
    told = book[i]
    since = book.seen[told.mention.sentence.char_end : one.char_start]
    pattern = _A_NEW_ONE.format(re.escape(one.noun.removesuffix("s")))
    planned = (
        t.status_hint is not None or t.hypothetical or t.negated
        for at in range(book.scene_of(told.case.span) + 1, number + 1)
        for t in book.triggers[at]
        if t.sort != "noun" and t.char_end <= one.char_start and set(sorts_of(t)) & set(one.sorts)
    )
    return any(planned) or re.search(pattern, since, re.IGNORECASE) is not None


def _is_to_come(book: Book, i: int, number: int) -> bool:
    """Whether a sentence speaks of talks or a visit that may come, and those told are over."""
    sentence, mention = book.scenes[number].sentence, book[i].mention
    if mention.status == "planned" or mention.type != "CONSULT":
        return False
    return _POSSIBLE.search(book.seen, sentence.char_start, sentence.char_end) is not None


def _within(told: Told, visit: Told) -> bool:
    one, whole = told.interval, visit.interval
    return one is not None and whole is not None and whole.start <= one.start and one.end <= whole.end


def _was_done(book: Book, number: int, trigger: Trigger) -> None:
    """A deed told without who did it ("The treaty was signed in the old palace"): the one told not far before."""
    if not _is_plain(book.seen, book.scenes[number].sentence.char_start, trigger):
        return
    if not _THE.match(book.seen, book.scenes[number].sentence.char_start):
        return
    near = [i for at in range(max(number - _REACH, 0), number) for i in book.told_in(at)]
    fits = [i for i in near if _is_same(book[i], trigger, set(), set())]
    if book.is_one(fits):
        book.add(fits[-1], number, "told-again", trigger.char_start, trigger.char_end)


def _tell_again(book: Book, case: Case, actors: Sequence[str], recipients: Sequence[str]) -> None:
    """An undated telling: the one event of the same people and deed, if there is one."""
    trigger, span = case.trigger, case.span
    if _MANY.search(book.seen, span.char_start, span.char_end) or not _is_plain(
        book.seen, span.char_start, trigger
    ):
        return
    people = {*actors}, {*recipients}
    fits = [
        i
        for i in book.of(sorts_of(trigger)[:1], {*actors, *recipients})
        if book[i].case.span != span and _is_same(book[i], trigger, *people)
    ]
    if trigger.type == "CONSULT":
        fits = [
            i
            for i in fits
            if len({*actors, *recipients}) > 1 and book.covers([*actors, *recipients], book[i])
        ]
    if book.is_one(fits):
        book.add(fits[0], book.scene_of(span), "told-again", trigger.char_start, trigger.char_end)


def _is_plain(seen: str, begin: int, trigger: Trigger) -> bool:
    """Whether a verb tells what was done, and not what may be; `begin`: of its sentence."""
    done = trigger.tense in ("past", "present") or _DECIDED.search(seen, begin, trigger.char_start)
    if not done or trigger.modal not in (None, "to") or trigger.negated:
        return False
    return _POSSIBLE.search(seen, begin, trigger.char_start) is None


def _is_same(told: Told, trigger: Trigger, actors: set[str], recipients: set[str]) -> bool:
    """Whether an event is the deed that a trigger tells, and of these people where any are told."""
    mention, lemma = told.mention, told.trigger.lemma
    if mention.type != trigger.type or mention.status != "occurred":
        return False
    if trigger.type == "CONSULT":
        return bool(actors)
    alike = " " in lemma and (lemma == trigger.lemma or _of_text(lemma) == _of_text(trigger.lemma) != "")
    if not alike and not (trigger.type in _ACTS and lemma.split()[0] == trigger.lemma.split()[0]):
        return False
    others = set(mention.recipients)
    return (not actors or actors == set(mention.actors)) and (
        not recipients or not others or bool(recipients & others)
    )


def _of_text(lemma: str) -> str:
    """The verb of a trigger about a text that was agreed on ("sign" of "sign accords"); empty where it is not."""
    verb, *nouns = lemma.split()
    return verb if any(noun.removesuffix("s") in _TEXTS for noun in nouns) else ""
