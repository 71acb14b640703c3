"""Sentences that only go back to an event told elsewhere in the document: "The talks lasted five hours".

They tell no event of their own. What they add to the one that they go back to is a quote, never a date, a
participant or a place. Each rule needs one event that is plainly meant; where two could be, none is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from dipcli.dates.grammar import Expression
from dipcli.extraction import clock
from dipcli.extraction.references import (
    PRESENCE,
    TALKS,
    TELLING,
    VISIT,
    Reference,
    derived,
    is_plural,
    named_so,
    reference,
    sorts_of,
)
from dipcli.extraction.slots import Scene, Slot
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import Trigger, triggers
from dipcli.mentions import EchoMention, Span
from dipcli.names import normal
from dipcli.records import EventType

_SAID: frozenset[EventType] = frozenset(
    ("ACCUSE", "SUPPORT", "REQUEST", "REJECT", "THREATEN", "AGREE", "CONCEDE", "OTHER")
)
_REACH = 8
"""Sentences back in which what "the talks" means is looked for."""
_CHAIN = 2
"""Sentences that go on with what was said, one after the other."""
_TOP = 3
"""Headings that may tell the text's first events beforehand, and paragraphs in which these are."""
_MOST = 200
"""Tellings of one kind and actor; where there are more, none is plainly meant."""

_POSSIBLE = re.compile(
    r"\b(?:would|could|may|might|hop(?:e[sd]?|ing)|expect(?:ed|s)?|plan(?:s|ned)?|possible|potential|future"
    r"|upcoming|invit\w+|if|whether|should|propos\w+|will|next)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:again|also|twice|thrice|times|another|previously|repeatedly|often|second|third)\b", re.I
)
_A_NEW_ONE = (
    r"\b(?:an?|another|next|any|no|each|every|several|two|three|future|upcoming)\s+(?:[\w-]+\s+){{0,3}}{}s?\b"
)
_OPENING = re.compile(
    r"[\"'“]?(?:(?:At|In|During|After|On|Speaking|[A-Z][a-z]+ing)\b[^.;]{0,160}?,[\"'”’]?\s+)?(?:[Tt]he\s+)?"
)
"""What may stand before the subject of a sentence."""
_SAYING = re.compile(
    r",?\s*(?:(?:then|however|later|in\s+turn)\s+)?(?:said|says|stated|added|adds|stressed|noted|notes|told|warned"
    r"|argued|explained|emphasi[sz]ed|underlined|underscored|recalled|pointed|called|described|referred|identified"
    r"|expressed|reiterated|reaffirmed|insisted|maintained|claimed|voiced|highlighted|acknowledged|outlined|handed)\b"
)
_TALKING = re.compile(
    r",?\s*(?:also\s+|then\s+|further\s+)?(?:discuss(?:ed)?|exchanged|reviewed|went\s+over|touched|covered|addressed"
    r"|talked|spoke|focus(?:s?ed)?|considered|examined|explored|compared|dwelt|dealt|took\s+up)\b"
)
_PRESENT = re.compile(
    r"(?:Taking\s+part|(?:Also\s+)?(?:[Pp]resent|[Aa]ttending)|(?:Other\s+)?[Pp]articipants\s+(?:also\s+)?includ"
    r"|Those\s+(?:present|attending))\b"
)
_BOTH = re.compile(r"\bboth\s+(?:cases|occasions|times|meetings|visits|summits|rounds|sets)\b", re.IGNORECASE)
_WORD = re.compile(r"\b[a-z]{4,}\b")


def find(
    seen: str,
    story: Story,
    scenes: Sequence[Scene],
    dates: Sequence[Sequence[Expression]],
    trees: dict[int, tuple[Tree, list[Trigger]]],
) -> None:
    """Add to the events of a story the sentences that only go back to them."""
    if not story.told:
        return
    every = [
        trees[number][1]
        if number in trees
        else triggers(seen, scene.sentence.char_start, scene.sentence.char_end)
        for number, scene in enumerate(scenes)
    ]
    book = _Book(seen, story, scenes, every)
    for number, scene in enumerate(scenes):
        found = [t for t in every[number] if not (t.hypothetical or t.negated)]
        found = [t for t in found if not t.weak or (t.sort == "noun" and t.lemma in TELLING)]
        if scene.sentence.kind == "heading":
            book.head(number, found)
            continue
        for trigger in found:
            if not book.tells(number, trigger) and (one := reference(seen, scene, trigger, dates[number])):
                book.refer(number, one)
        if not book.told_in(number):
            book.go_on(number)
    for case, actors, recipients in story.undated:
        book.tell_again(case, actors, recipients)
    for key, case in story.continued:
        book.go_on_line(key, case)


class _Book:
    """The events told, by where they are told and who took part, and what goes back to them."""

    def __init__(
        self, seen: str, story: Story, scenes: Sequence[Scene], found: Sequence[Sequence[Trigger]]
    ) -> None:
        self._seen = seen
        self._story = story
        self._scenes = scenes
        self._triggers = found
        self._starts = [scene.sentence.char_start for scene in scenes]
        self._in: dict[int, list[int]] = defaultdict(list)
        """Numbers of events by that of their scene."""
        self._by_actor: dict[tuple[str, str], list[int]] = defaultdict(list)
        """Numbers of events by kind (`sorts_of`) and by the country or body of each who takes part."""
        self._said: dict[int, tuple[int, int]] = {}
        """By scene, the event that it goes on about, and how many sentences did before."""
        for i, told in enumerate(story.told):
            self._in[self._number(told)].append(i)
            for sort in sorts_of(told.trigger):
                for root in {self._root(key) for key in told.everybody}:
                    self._by_actor[sort, root].append(i)

    def told_in(self, number: int) -> list[int]:
        return self._in.get(number, [])

    def tells(self, number: int, trigger: Trigger) -> bool:
        """Whether a trigger, or the light verb of its noun, tells an event itself."""
        own = [self._story.told[i].trigger for i in self.told_in(number)]
        return any(trigger.char_start in (t.char_start, t.noun_start) for t in own)

    def refer(self, number: int, one: Reference) -> None:
        """A noun that goes back to an event."""
        fits = self._before(number, one)
        if fits is None and not one.it_was and one.named:
            fits = self._anywhere(number, one)
        if fits is None and not one.it_was and one.definite and not one.owned:
            fits = self._around(number, one)
        if fits is not None:
            self._add(fits, number, "goes-back", one.char_start, one.char_end)

    def _before(self, number: int, one: Reference) -> int | None:
        """The last event told before that fits, if it is not too far and no other comes as near."""
        scene, near = self._scenes[number], None
        if not (one.definite or one.it_was) or _BOTH.search(
            self._seen, scene.sentence.char_start, scene.sentence.char_end
        ):
            return None
        for at in range(number - 1, max(number - (2 if one.it_was else _REACH), 0) - 1, -1):
            fits = [i for i in self.told_in(at) if self._agrees(i, number, one)]
            if not fits:
                continue
            if near is None:
                near = max(fits, key=lambda i: len(self._story.told[i].everybody))
                to_come = one.owned and self._is_to_come(near, number)
                if to_come or not self._is_one(fits) or self._is_new(near, number, one):
                    return None
                if self._scenes[at].sentence.paragraph == scene.sentence.paragraph or one.it_was:
                    return near
            elif not self._is_one([near, *fits]):
                return None
        return near

    def _anywhere(self, number: int, one: Reference) -> int | None:
        """The one event of the document that fits who is named: before the sentence, or after it."""
        if len(one.named) < (1 if TALKS not in one.sorts else 2) and one.date is None:
            return None
        fits = [i for i in self._candidates(one.sorts, one.named) if self._agrees(i, number, one)]
        if not fits or not self._is_one(fits) or self._is_to_come(fits[0], number):
            return None
        before = [i for i in fits if self._number(self._story.told[i]) < number]
        return before[-1] if before else fits[0]

    def _around(self, number: int, one: Reference) -> int | None:
        """The one visit of somebody named in the sentence into which falls what the sentence before told of
        them: "A met B in Lima on 3 May. During the four-day visit, A …"."""
        if one.sorts != (VISIT,) or number == 0:
            return None
        here = {k for s in self._scenes[number].slots if s.kind == "person" for k in s.keys}
        last = [t for i in self.told_in(number - 1) if here & {*(t := self._story.told[i]).everybody}]
        fits = [
            i
            for i in self._candidates(one.sorts, here)
            if here & {*(visit := self._story.told[i]).mention.actors}
            and self._agrees(i, number, one)
            and any(_within(told, visit) for told in last if told is not visit)
        ]
        return fits[0] if self._is_one(fits) else None

    def tell_again(self, case: Case, actors: Sequence[str], recipients: Sequence[str]) -> None:
        """An undated telling: the one event of the same people and deed, if there is one."""
        trigger, span = case.trigger, case.span
        plain = trigger.tense in ("past", "present") and not trigger.modal and not trigger.negated
        many = _MANY.search(self._seen, span.char_start, span.char_end)
        if not plain or many or _POSSIBLE.search(self._seen, span.char_start, trigger.char_start):
            return
        fits = [
            i
            for i in self._candidates(sorts_of(trigger)[:1], {*actors, *recipients})
            if self._story.told[i].case.span != span
            and self._is_same(self._story.told[i], trigger, set(actors), set(recipients))
        ]
        if self._is_one(fits):
            number = bisect_left(self._starts, span.char_start)
            self._add(fits[0], number, "told-again", trigger.char_start, trigger.char_end)

    def _is_same(self, told: Told, trigger: Trigger, actors: set[str], recipients: set[str]) -> bool:
        """Whether an event is the deed that a trigger tells of these people."""
        mention = told.mention
        if mention.type != trigger.type or mention.status != "occurred":
            return False
        if trigger.type == "CONSULT":
            return len(actors | recipients) > 1 and self._covers(actors | recipients, told)
        if told.trigger.lemma != trigger.lemma or " " not in trigger.lemma:
            return False
        return actors == set(mention.actors) and (
            not recipients or not mention.recipients or bool(recipients & {*mention.recipients})
        )

    def head(self, number: int, found: Sequence[Trigger]) -> None:
        """A heading on top that tells what the first paragraphs tell."""
        scene = self._scenes[number]
        named = {k for s in scene.slots for k in s.keys}
        persons = {k for s in scene.slots if s.kind == "person" for k in s.keys}
        if scene.sentence.paragraph >= _TOP or not named or self._seen[scene.sentence.char_end - 1] == ":":
            return
        for trigger in found:
            if trigger.sort == "noun" and is_plural(self._seen[trigger.char_start : trigger.char_end]):
                continue  # "The number of visits"
            for i, told in enumerate(self._story.told[:_MOST]):
                if told.case.scene.sentence.paragraph > scene.sentence.paragraph + _TOP:
                    break
                alike = set(sorts_of(trigger)) & set(sorts_of(told.trigger)) and (
                    trigger.type == told.mention.type
                    and (trigger.type == "CONSULT" or _first(trigger) == _first(told.trigger))
                )
                if alike and persons <= {*told.everybody} and any(self._covers([k], told) for k in named):
                    self._add(i, number, "heading", trigger.char_start, trigger.char_end)
                    return

    def go_on(self, number: int) -> None:
        """A sentence that goes on with what was said or spoken of in the one beside it."""
        scene = self._scenes[number]
        if number and (present := _PRESENT.match(self._seen, scene.sentence.char_start)):
            for at in (number - 1, number - 2):
                fits = [i for i in self.told_in(at) if self._story.told[i].mention.type == "CONSULT"]
                if fits and self._is_one(fits):
                    self._add(fits[-1], number, "goes-on", present.start(), present.end())
                    return
        subject = self._subject(scene)
        if subject is None:
            return
        saying = _SAYING.match(self._seen, subject.char_end)
        talking = saying or _TALKING.match(self._seen, subject.char_end)
        if not talking:
            return
        if len(subject.keys) > 1 and not saying and self._talk(number, subject, talking.end()):
            return
        for at in (number - 1, number + 1):
            if not self._is_beside(number, at):
                continue
            follow = self._subject(self._scenes[at])
            before, count = self._said.get(at, (None, 0))
            beside = self.told_in(at) if before is None else [before]
            for i in beside if at > number else reversed(beside):
                if at > number and (follow is None or not set(subject.keys) & set(follow.keys)):
                    continue
                if count < _CHAIN and self._is_said(i, subject, said=saying is not None, back=at < number):
                    self._said[number] = i, count + 1
                    self._add(i, number, "goes-on", subject.char_start, talking.end())
                    return

    def _talk(self, number: int, subject: Slot, end: int) -> bool:
        """A sentence on what people talked about whose meeting was told before: the last one."""
        for at in range(number - 1, max(number - _REACH, 0) - 1, -1):
            fits = [
                i
                for i in self.told_in(at)
                if TALKS in sorts_of((told := self._story.told[i]).trigger)
                and {*subject.keys} <= {*told.everybody}
            ]
            if fits:
                if self._is_one(fits):
                    self._add(fits[0], number, "goes-on", subject.char_start, end)
                return True
        return False

    def go_on_line(self, key: str, case: Case) -> None:
        """A further sentence of a chronology's line about the visit that the line tells."""
        i = next((i for i, told in enumerate(self._story.told) if told.mention.key == key), None)
        if i is not None:
            number = bisect_left(self._starts, case.span.char_start)
            self._add(i, number, "same-line", case.trigger.char_start, case.trigger.char_end)

    def _is_beside(self, number: int, at: int) -> bool:
        if not 0 <= at < len(self._scenes):
            return False
        here, there = self._scenes[number].sentence, self._scenes[at].sentence
        return here.kind == there.kind and abs(here.paragraph - there.paragraph) <= (at < number)

    def _subject(self, scene: Scene) -> Slot | None:
        """The name or pronoun that a sentence is about."""
        for place, slot in enumerate(scene.slots[:4]):
            if slot.keys and _OPENING.fullmatch(self._seen, scene.sentence.char_start, slot.char_start):
                after = scene.slots[place + 1] if place + 1 < len(scene.slots) else None
                if after and after.kind == "person" and after.char_start - slot.char_end < 12:
                    return after  # "Union leader A"
                return slot
        return None

    def _is_said(self, i: int, subject: Slot, *, said: bool, back: bool) -> bool:
        """Whether a sentence about somebody can go on with an event."""
        told = self._story.told[i]
        keys, mention = set(subject.keys), told.mention
        if mention.type == "CONSULT":
            states = any(self._story.kind(key) == "country" for key in keys)
            return back and len(keys) > 1 and not states and keys <= {*told.everybody}
        if not said or len(keys) > 1 or mention.type not in _SAID or told.trigger.status_hint == "planned":
            return False
        actors = set(mention.actors)
        bodies = {body for key in keys for body in self._story.registry.entities[key].bodies}
        if keys != actors and (not back or any(self._story.kind(key) == "country" for key in keys)):
            return False
        return keys <= actors or (len(actors) == 1 and actors <= bodies)

    # what a reference may mean

    def _candidates(self, sorts: Iterable[str], named: Iterable[str]) -> list[int]:
        """The events of these kinds that have to do with one of those named, in order; none where they are many."""
        found = {
            i
            for sort in sorts
            for root in {*map(self._root, named)}
            for i in self._by_actor.get((sort, root), ())
        }
        return sorted(found) if len(found) <= _MOST else []

    def _agrees(self, i: int, number: int, one: Reference) -> bool:
        """Whether an event is of the kind that a reference means, and nothing that it says speaks against it."""
        told = self._story.told[i]
        mention, kinds = told.mention, sorts_of(told.trigger)
        if not set(kinds) & set(one.sorts) or one.type not in (None, mention.type):
            return False
        if one.several not in (None, told.trigger.lemma):
            return False
        if mention.type != "CONSULT" and not any(derived(one.noun, w) for w in told.trigger.lemma.split()):
            return False
        if mention.status == "cancelled" or (one.planned and mention.status != "planned"):
            return False
        text = self._seen[mention.sentence.char_start : mention.sentence.char_end].casefold()
        words = frozenset(_WORD.findall(text))
        if mention.type == "CONSULT" and not named_so(one.noun, words, mention.medium):
            return False
        if kinds == (PRESENCE,) != one.sorts and one.noun.removesuffix("s") not in words:
            return False
        place = normal(mention.place) if mention.place else None
        if place and one.places and not any(p in place or place in p or p in text for p in one.places):
            return False
        if not self._covers(one.named, told):
            return False
        if one.date is not None:
            resolved = clock.resolve(self._story, self._scenes[number], one.date, None)
            span = resolved.interval if resolved else None
            if span is None or told.interval is None:
                return False
            return span.start <= told.interval.end and told.interval.start <= span.end
        return True

    def _covers(self, named: Iterable[str], told: Told) -> bool:
        """Whether all who are named take part, or stand for whom the telling names."""
        story, there = self._story, set(told.everybody)
        nations = {story.nation(key) for key in there} - {None}
        states = {story.nation(key) for key in there if story.kind(key) == "country"}
        beside = {key for slot in told.case.scene.slots for key in slot.keys}
        for key in named:
            kind = story.kind(key)
            covered = story.nation(key) in (states if kind == "person" else nations)
            if not (key in there or covered or (kind == "organization" and key in beside)):
                return False
        return True

    def _is_one(self, fits: Sequence[int]) -> bool:
        """Whether tellings are plainly of one event: of one time, and with somebody in common."""
        told = [self._story.told[i] for i in fits]
        spans = [one.interval for one in told if one.interval is not None]
        if not told or (len(told) > 1 and len(spans) < len(told)):
            return False
        shared = set.intersection(*({*one.everybody} for one in told))
        return len(told) == 1 or (
            bool(shared) and max(span.start for span in spans) <= min(span.end for span in spans)
        )

    def _is_new(self, i: int, number: int, one: Reference) -> bool:
        """Whether another event of the kind was spoken of since: "they plan a summit … The summit"."""
        told = self._story.told[i]
        since = self._seen[told.mention.sentence.char_end : one.char_start]
        pattern = _A_NEW_ONE.format(re.escape(one.noun.removesuffix("s")))
        planned = (
            t.status_hint is not None or t.hypothetical or t.negated
            for at in range(self._number(told) + 1, number + 1)
            for t in self._triggers[at]
            if t.sort != "noun" and t.char_end <= one.char_start and set(sorts_of(t)) & set(one.sorts)
        )
        return any(planned) or re.search(pattern, since, re.IGNORECASE) is not None

    def _is_to_come(self, i: int, number: int) -> bool:
        """Whether a sentence speaks of talks or a visit that may come, and those told are over."""
        sentence, mention = self._scenes[number].sentence, self._story.told[i].mention
        if mention.status == "planned" or mention.type != "CONSULT":
            return False
        return _POSSIBLE.search(self._seen, sentence.char_start, sentence.char_end) is not None

    def _number(self, told: Told) -> int:
        return bisect_left(self._starts, told.case.span.char_start)

    def _root(self, key: str) -> str:
        return self._story.nation(key) or key

    def _add(self, i: int, number: int, rule: str, start: int, end: int) -> None:
        told, scene = self._story.told[i], self._scenes[number]
        sentence = Span(char_start=scene.sentence.char_start, char_end=scene.sentence.char_end)
        if sentence == told.mention.sentence or any(e.sentence == sentence for e in told.mention.echoes):
            return
        echo = EchoMention(sentence=sentence, rule=rule, char_start=start, char_end=end)
        echoes = sorted([*told.mention.echoes, echo], key=lambda e: e.sentence.char_start)
        self._story.told[i] = replace(told, mention=msgspec.structs.replace(told.mention, echoes=echoes))


def _first(trigger: Trigger) -> str:
    return trigger.lemma.split()[0]


def _within(told: Told, visit: Told) -> bool:
    one, whole = told.interval, visit.interval
    return one is not None and whole is not None and whole.start <= one.start and one.end <= whole.end
