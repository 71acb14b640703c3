"""Nouns that go back to an event told elsewhere: "the talks", "A's visit to B", "B's decision to recall its envoy"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import msgspec

from dipcli.dates.grammar import Expression
from dipcli.extraction.slots import Scene, Slot
from dipcli.extraction.triggers import Trigger
from dipcli.names import normal
from dipcli.records import EventType, Medium

VISIT, TALKS, PRESENCE = "visit", "talks", "presence"
_VISITS = frozenset("visit trip tour stay journey stopover stop-over".split())
_PRESENT = frozenset("participation participate attendance attend join".split())
_NO_TALKS = frozenset("brief debrief write letter lead mission delegation".split())
"""Words of a CONSULT that nobody calls "the talks"."""
HOSTS = frozenset("host receive welcome greet call".split())
"""Words of what is done to a visitor, or within a visit."""
_PLURALS = frozenset("talks consultations negotiations discussions deliberations".split())
"""Plurals that are one event."""
_DEEDS = frozenset(("MOBILIZE", "ASSAULT", "COERCE", "PROTEST", "RETREAT"))
"""Types whose nouns are the deed itself, and no text or state that it left."""
_DEED_NOUNS = frozenset("veto vote announcement declaration signing request handover".split())
TELLING = frozenset(("announcement", "declaration"))
"""Nouns for a deed of any type that was told by such a verb."""

_FUNCTION = r"(?:the|an?|of|at|in|on|for|to|and|or|by|from|with|that|than|as|it|is|was|were|will|would|had|has|have)\b"
_MODIFIERS = rf"(?:(?!{_FUNCTION})[A-Za-z][\w-]*\s+){{0,4}}"
_DETERMINED = re.compile(rf"\b(?:the|this|that|these|those|their|its)\s+({_MODIFIERS})\Z", re.IGNORECASE)
_THE = re.compile(r"\bthe\s+\Z", re.IGNORECASE)
_IT_WAS = re.compile(
    r"(?:it|this|that)\s+(?:was|is|will\s+be|marks|marked|represents|represented)\s+(?:also\s+)?(?!no[t ]|time\b)"
    r"(?:(?!time\b|that\b|when\b)\S+\s+){1,6}\Z",
    re.IGNORECASE,
)
_FIRST_TIME = re.compile(
    r"(?:it|this|that)\s+(?:was|is|will\s+be|would\s+be|marks|marked)\s+(?:also\s+|only\s+)?(?:the|his|her|their)\s+"
    r"(?:\w+\s+){1,2}time\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:next|last|previous|earlier|first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)|another|other|future"
    r"|upcoming|planned|forthcoming|proposed|recent|latest|annual|regular|such|final|new|subsequent|following"
    r"|preceding|prior|former|successive|possible|potential|further|past|additional|separate|similar|inaugural)\b",
    re.IGNORECASE,
)
"""Modifiers that tell of another event than the one before, or of one among many."""
_POSSESSIVE = re.compile(rf"['’]s?\s+{_MODIFIERS}\Z")
_BESIDE = re.compile(rf"\s+(?:(?!{_FUNCTION})[a-z][\w-]*\s+){{0,2}}\Z")
_LISTED = re.compile(r"['’]s?\s+|\s*(?:,|and|,\s*and|-|–)\s+|[-–]")
_BESIDE_KINDS = frozenset(("country", "demonym", "pair", "body", "place"))
"""Of names that stand before a noun without "'s": "the Peruvian visit", "her Lima visit"."""
_TAKEN = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}?(?P<how>to|in|of|by|with|between|from|at|for)\s+(?:the\s+)?\Z|\s*(?:,|and|,\s*and)\s+(?:the\s+)?\Z"
)
_DATED = re.compile(r"\s*(?:[\w'’-]+\s+){0,6}?(?:of|on|in|from|held\s+(?:on|in))\s+(?:the\s+)?\Z")
_DATED_BEFORE = re.compile(rf"(?:['’]s?)?\s+(?:(?!{_FUNCTION})[A-Za-z][\w-]*\s+){{0,2}}")
_LED_BY = re.compile(r"\s+(?:[a-z]+\s+)?[a-z]+ed\s+by\s")
"""After talks, whom they were only chaired by."""
_MEANT_TO = re.compile(r"\b(?:decision|move|refusal|announcement|offer|pledge|request|demand)\s+to\s+\Z")


class Reference(msgspec.Struct, frozen=True, gc=False):
    """Words that may go back to an event, and what they say of it."""

    sorts: tuple[str, ...]
    """Kinds of events that they can mean (`sorts_of`)."""
    type: EventType | None
    """That the event must have, where its words alone do not tell."""
    noun: str
    char_start: int
    char_end: int
    named: frozenset[str]
    """Local actors who are named with it."""
    places: frozenset[str]
    several: str | None
    """The trigger where it means several events at once ("missile tests"): they were told by it together."""
    definite: bool
    """Whether it points at what was told before: "the", "this"."""
    owned: bool
    """Whether a name stands before it: "A's visit"."""
    it_was: bool
    """Whether it says what the sentence before told: "It was the first visit"."""
    planned: bool
    date: Expression | None


def is_first_time(seen: str, begin: int, trigger: Trigger) -> bool:
    """Whether a sentence says of what was just told how often it had been done: "It was the first time that A
    had visited B"; `begin`: of the sentence."""
    return trigger.sort != "noun" and _FIRST_TIME.match(seen, begin, trigger.char_start) is not None


def sorts_of(trigger: Trigger) -> tuple[str, ...]:
    """Kinds of events that a trigger tells, as nouns mean them: a visit, talks, the beginnings of its words."""
    words = frozenset(trigger.lemma.split())
    if trigger.type != "CONSULT":
        return tuple(dict.fromkeys(word[:4] for word in trigger.lemma.split()))
    if words & _NO_TALKS:
        return ()
    if words & _PRESENT or trigger.lemma.startswith("take part"):
        return (PRESENCE,)
    visit = trigger.mode == "visit" and not (words & HOSTS and not words & _VISITS)
    return (VISIT,) if visit else (TALKS,)


def derived(one: str, other: str) -> bool:
    """Whether two words are one or made from each other: "launch", "launching"."""
    shared = max(4, min(len(one), len(other)) - 1)
    return one[:shared] == other[:shared]


def reference(seen: str, scene: Scene, trigger: Trigger, dates: Sequence[Expression]) -> Reference | None:
    """What a trigger goes back to; None where it tells of something new, or of nothing told by a noun."""
    lo = scene.sentence.char_start
    start, end = trigger.char_start, trigger.char_end
    head = start
    if is_first_time(seen, lo, trigger):
        return Reference(
            sorts=sorts_of(trigger),
            type=None if trigger.type == "CONSULT" else trigger.type,
            noun=trigger.lemma.split()[0],
            char_start=lo,
            char_end=end,
            named=frozenset(k for slot in scene.slots for k in slot.keys),
            places=frozenset(),
            several=None,
            definite=False,
            owned=False,
            it_was=True,
            planned=False,
            date=None,
        )
    if trigger.sort == "verb":
        meant = _MEANT_TO.search(seen, lo, start)
        if meant is None or trigger.type == "CONSULT":
            return None
        head = meant.start()
    elif trigger.noun_start is not None and trigger.noun_end is not None:
        start, end = trigger.noun_start, trigger.noun_end
        head = start
    noun = seen[start:end].casefold()
    kinds = _kinds(trigger, noun)
    several = trigger.sort != "verb" and is_plural(noun)
    if not kinds or (several and trigger.type == "CONSULT"):
        return None
    it_was = _IT_WAS.match(seen[lo:head]) is not None
    owners, first = _owners(seen, scene, head)
    determined = (_THE if owners else _DETERMINED).search(seen[lo:first])
    between = seen[first:head] if owners else determined[1] if determined else ""
    date = _date_before(seen, head, dates) if not owners else None
    pointing = determined is not None or bool(owners) or date is not None
    date = date or _date_of(seen, end, dates)
    dated = trigger.type == "CONSULT" and date is not None
    if not (it_was or dated) and (not pointing or _OTHER.search(between)):
        return None
    followers, places = _followers(seen, scene, end)
    begin = lo if it_was else lo + determined.start() if determined else first
    return Reference(
        sorts=kinds,
        type=None if trigger.type == "CONSULT" or noun in TELLING else trigger.type,
        noun=noun,
        char_start=begin,
        char_end=end,
        named=frozenset(k for s in (*owners, *followers) for k in s.keys),
        places=frozenset(places),
        several=trigger.lemma if several else None,
        definite=pointing,
        owned=any(slot.rule != "pronoun" for slot in owners),
        it_was=it_was,
        planned=trigger.status_hint == "planned" and trigger.sort == "noun",
        date=date,
    )


def _kinds(trigger: Trigger, noun: str) -> tuple[str, ...]:
    if trigger.sort == "verb":
        return sorts_of(trigger)
    if trigger.type == "CONSULT":
        if noun in _PRESENT:
            return (PRESENCE,)
        return (VISIT,) if noun in _VISITS else (TALKS, PRESENCE)
    return (noun[:4],) if trigger.type in _DEEDS or noun in _DEED_NOUNS else ()


def _owners(seen: str, scene: Scene, head: int) -> tuple[list[Slot], int]:
    """The names right before a noun ("A's visit", "the A-B talks"), and where they begin."""
    found: list[Slot] = []
    at = head
    for slot in reversed([s for s in scene.slots if s.char_end <= head and s.kind != "date"]):
        between = seen[slot.char_end : at]
        if found:
            fits = _LISTED.fullmatch(between)
        elif slot.rule == "pronoun":
            fits = (
                _BESIDE.fullmatch(between)
                if seen[slot.char_start : slot.char_end].casefold() in ("his", "her")
                else None
            )
        else:
            fits = (_POSSESSIVE.fullmatch(between) if between.startswith(("'", "’")) else None) or (
                _BESIDE.fullmatch(between) if slot.kind in _BESIDE_KINDS else None
            )
        if not fits:
            break
        found.append(slot)
        at = slot.char_start
    return found, at


def _followers(seen: str, scene: Scene, end: int) -> tuple[list[Slot], list[str]]:
    """The names that a noun's prepositions take, and the places of those that tell where."""
    found: list[Slot] = []
    places: list[str] = []
    at = end
    for slot in (s for s in scene.slots if s.char_start >= end):
        joined = None if _LED_BY.match(seen, at) else _TAKEN.fullmatch(seen, at, slot.char_start)
        if not joined or (at == end and joined["how"] is None):
            break
        at = slot.char_end
        if slot.place and joined["how"] in ("to", "in", "at", None):
            places.append(normal(slot.place))
        else:
            found.append(slot)
    return found, places


def _date_of(seen: str, end: int, dates: Sequence[Expression]) -> Expression | None:
    """The date that a noun is told with: "the summit in Lima on 3 May"."""
    after = next((e for e in dates if e.char_start >= end), None)
    return after if after and _DATED.fullmatch(seen, end, after.char_start) else None


def _date_before(seen: str, head: int, dates: Sequence[Expression]) -> Expression | None:
    """The date that a noun is told with before it: "Saturday's talks", "the 3 May summit"."""
    return next((e for e in dates if _DATED_BEFORE.fullmatch(seen, e.char_end, head)), None)


def is_plural(noun: str) -> bool:
    """Whether a noun means several events."""
    return noun.casefold().endswith("s") and noun.casefold() not in _PLURALS


_NAMED_SO = frozenset(
    "summit conference session forum congress dialogue assembly call conversation vote".split()
)
"""Nouns that not every meeting goes by."""


def named_so(noun: str, words: Collection[str], medium: Medium | None) -> bool:
    """Whether what was told in these words can be called so: a summit only where they tell of a summit."""
    singular = noun.removesuffix("s")
    called = medium in ("telephone", "virtual") and singular in ("call", "conversation")
    return called or singular not in _NAMED_SO or singular in words or noun in words
