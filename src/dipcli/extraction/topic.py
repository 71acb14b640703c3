"""What a document is about: its one occasion, its two countries, and whose words it is."""

from __future__ import annotations

import re
from collections import Counter

from dipcli.dates import Interval
from dipcli.dates.grammar import Expression
from dipcli.extraction import cited, clock, simplify, timing, when
from dipcli.extraction.sections import introduces
from dipcli.extraction.slots import Scene, Slot
from dipcli.extraction.story import Story
from dipcli.lexicon import organizations

_REPORTED_WITHIN = 4
"""Days after a visit in which its communiqué is issued."""


def _is_visit_reported(told: Interval, published: Interval | None) -> bool:
    """Whether days told in a row are those of a visit at whose end a document was written."""
    if published is None or told.precision != "range":
        return False
    return told.start <= published.start and (published.start - told.end).days <= _REPORTED_WITHIN


_OPENING = 6
"""Sentences on top, one of which says what a text is about."""
_RELATIONS = re.compile(
    r"\b(?:relations|ties)\b"
    r"|\b(?:treaty|agreement|convention|pact|accords?|disputes?|conflict|war|crisis|talks|negotiations|ceasefire|truce)\s(?:[\w,]+\s){0,6}?between\b",
    re.IGNORECASE,
)


def couple(seen: str, story: Story, scenes: list[Scene]) -> list[str]:
    """The two countries, or the country and the union of states or the armed movement, that a text is about: those that
    its first line names, or the first to speak of their relations, if it names two and nobody else."""
    for number, scene in enumerate(scenes[:_OPENING]):
        told_of = _RELATIONS.search(seen, scene.sentence.char_start, scene.sentence.char_end)
        if number and not told_of:
            continue
        acting = [slot for slot in scene.slots if not (slot.rule == "capital" and _is_place(seen, slot))]
        for slots in (acting, [slot for slot in acting if slot.rule != "capital"]):
            told = list(dict.fromkeys(k for slot in slots for k in slot.keys))
            states = sum(_is_state(story, k) for k in told)
            rebels = sum(_is_movement(story, k) for k in told) if told_of else 0
            if len(told) == 2 and states and states + rebels == 2:
                return told
    return []


def _is_state(story: Story, key: str) -> bool:
    """Whether an actor is a country or an organisation of states."""
    entity = story.registry.entities[key]
    return entity.kind == "country" or (entity.kind == "organization" and organizations.is_bloc(entity.name))


def _is_place(seen: str, slot: Slot) -> bool:
    """Whether a capital is where something is: "talks in Rome"."""
    return seen.startswith((" in ", " at "), slot.char_start - 4)


def _is_movement(story: Story, key: str) -> bool:
    """Whether an actor is an armed movement, or one that only the text knows of as an organisation of no country."""
    entity = story.registry.entities[key]
    unknown = entity.country is None and organizations.lookup(entity.name) is None
    return entity.kind == "organization" and (unknown or organizations.is_movement(entity.name))


def is_head(scene: Scene) -> bool:
    return scene.sentence.kind in ("heading", "row")


_ISSUERS = ("person", "office", "country", "body")


def issuers(scenes: list[Scene]) -> list[str]:
    """Whose words a release is: whom the first line names, and whoever the first sentence of its text begins with."""
    named = [k for scene in scenes[:1] for slot in scene.slots for k in slot.keys]
    prose = next(
        (scene for scene in scenes if len(scene.units) > _PLACE_AND_DAY and not is_head(scene)), None
    )
    first = next((s for s in prose.slots if s.kind != "date"), None) if prose else None
    return list(dict.fromkeys([*named, *(first.keys if first and first.kind in _ISSUERS else ())]))


_AHEAD = frozenset(("prior", "ahead"))
_PRIOR = re.compile(r"\b(?:prior\s+to|ahead\s+of)\s[^.;,]{0,60}\Z")
"""Before a date that is later than what a sentence tells; one of `_AHEAD` is in it."""


_TILL = re.compile(r"\d\D.*\buntil\s[^.;,\d]{0,40}\Z", re.DOTALL)
"""Before the end of what began on a day told before it: "on 31 May it was suspended until February 2022"."""


def is_aside(seen: str, story: Story, scene: Scene, date: Expression) -> bool:
    """Whether a text that tells of what is past only looks ahead to a date: "The visit will take place on 20 July", "prior
    to the end of her term in May 2014"."""
    begin = scene.sentence.char_start
    told = not scene.sentence.words.isdisjoint(cited.OF_TEXT_WORDS)
    if told and cited.OF_TEXT.search(seen, begin, date.char_start):
        return True
    if not scene.sentence.words.isdisjoint(_AHEAD) and _PRIOR.search(seen, begin, date.char_start):
        return True
    if "until" in scene.sentence.words and _TILL.search(seen, begin, date.char_start):
        return True
    if story.published is None or story.last is None or story.last.start > story.published.end:
        return False
    return "year" in date.needs and timing.is_later(seen, scene, date)


_POSSESSED = re.compile(r"['’]s\s")
_GATHERED = re.compile(
    r"['’]s\s(?:[\w-]+\s){0,4}?(?:meetings?|summit|talks|conference|session|visit|ceremony|signing|dialogue|call|vote|debate|hearing)\b"
)
"""After a day that names an occasion by it: "Friday's summit"."""
_AFTER = re.compile(
    r"[a-z],?\s+after\s(?:(?!\b(?:meeting|met|talks|visit\w*|summit|conference|talking|holding|held|arriving)\b)[^.;,])*\Z"
)
"""Before the day of what gave rise to what was told before it."""


def _is_of_background(seen: str, story: Story, scene: Scene, date: Expression) -> bool:
    """Whether news tells by its day what gave rise to it: "urged talks on Saturday's raid", "recalled its envoy after
    rebels attacked the town on Friday"."""
    if story.published is None or story.published.precision != "day" or not date.needs:
        return False
    if _POSSESSED.match(seen, date.char_end):
        return not _GATHERED.match(seen, date.char_end)
    begin = scene.sentence.char_start
    return "after" in scene.sentence.words and _AFTER.search(seen, begin, date.char_start) is not None


_PLACE_AND_DAY = 5
"""Units of a line that tells no more than where and when a text was written: "Lima, 3 May 2014"."""


_JOURNEY = re.compile(
    r"\b(?:visit|tour|trip|mission|journey),?\s(?:[^.;\d]{0,60}\s)?(?:from\s|between\s)?\Z", re.IGNORECASE
)
"""Before the days that a journey took: "The visit, from 25 February to 11 March, was …"."""
_SOON = 60
"""Days after a journey in which whoever made it tells of it."""


_FRESH, _NEWS = 2, 30
"""Days before news was printed between which a day that it tells once dates only what it goes on to tell."""


def _journey(
    told: Counter[Interval], journeys: list[Interval], published: Interval | None
) -> Interval | None:
    """The days of the one journey that a text tells of, if it is a report on it."""
    if len(set(journeys)) != 1 or published is None:
        return None
    days = journeys[0]
    within = sum(n for day, n in told.items() if days.start <= day.start and day.end <= days.end)
    return days if abs((published.end - days.end).days) <= _SOON and within * 2 >= told.total() else None


def occasion(seen: str, story: Story, scenes: list[Scene], usable: list[list[Expression]]) -> Interval | None:
    """The one occasion that a document is about: what most of its dates are, if few others are told; the day
    of a meeting whose minutes it is, or on which it was released to the press with no other date, or published with none
    at all."""
    if story.published and story.published.precision == "day" and story.minutes:
        return story.published
    told: Counter[Interval] = Counter()
    where_told: dict[Interval, int] = {}
    coarse = 0
    news = False
    written: Interval | None = None
    journeys: list[Interval] = []
    for scene, found in zip(scenes, usable, strict=True):
        sentence = scene.sentence
        if sentence.kind in ("heading", "row") or introduces(seen[sentence.char_start : sentence.char_end]):
            continue
        beside = sentence.kind == "item" and len(scene.units) <= _PLACE_AND_DAY
        for expression in found:
            if when.is_ahead(seen, scene, expression):
                continue
            if _is_of_background(seen, story, scene, expression):
                news = True
                continue
            if expression.char_start < simplify.dateline_end(seen, scene):
                continue
            if (later := timing.is_later(seen, scene, expression)) and story.published is None:
                continue
            resolved = clock.resolve(story, scene, expression, None if later else True)
            ahead = story.published is not None and resolved and resolved.end > story.published.end
            coarse += resolved is not None and resolved.precision in ("month", "year") and not ahead
            if (
                resolved
                and resolved.precision in ("day", "range")
                and (resolved.end - resolved.start).days < 130
            ):
                if beside:
                    written = written or resolved.interval
                    continue
                told[resolved.interval] += 1
                start = sentence.char_start
                if resolved.precision == "range" and _JOURNEY.search(seen, start, expression.char_start):
                    journeys.append(resolved.interval)
                where_told.setdefault(resolved.interval, scene.sentence.char_start)
    if written and not told:
        return written
    if days := _journey(told, journeys, story.published):
        return days
    without = not (told or coarse or story.brief)
    issued = story.published if story.release or without or (news and not (told or coarse)) else None
    if issued and issued.precision == "day" and all(one.start > issued.end for one in told):
        return issued
    published = story.published
    past = [day for day in told if published is None or day.start <= published.end]
    if past:  # "met today … ahead of the summit on 3 May"
        told = Counter({day: told[day] for day in past})
    if not told or len(told) > 4:
        return None
    best = max(told, key=lambda i: (told[i], _is_visit_reported(i, published), i.start, i.end))
    near = published is not None and 0 <= (published.end - best.end).days <= _REPORTED_WITHIN
    if told[best] == 1 and coarse > 2 and not near:
        return None  # a history, told by months and years
    gone = (published.end - best.end).days if published and published.precision == "day" else 0
    old = _FRESH < gone <= _NEWS
    if told[best] == 1 and (len(told) > 1 or old):
        story.topic_from = where_told[best]
    within = sum(told[day] for day in told if best.start <= day.start and day.end <= best.end)
    return best if within * 2 >= told.total() else None
