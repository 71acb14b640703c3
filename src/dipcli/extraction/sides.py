"""Whose side persons are on: who leads or makes up a country's delegation, who took part for it, who signed for it.

"A U.S. delegation led by A and B", "on the Hungarian side A and B; on the Finnish side C", "Peru was represented by A",
"For the Government of Peru:" above the lines of those who sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dipcli.extraction.registry import Registry
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Scene, Slot, listed_before, unique
from dipcli.extraction.units import tag_string

_TEAM = r"(?:side|delegation|delegations|team|party|participants|representatives|negotiators|signatories)"
_SIDE_WORDS = frozenset(("represented", "led", "headed", *_TEAM[3:-1].split("|")))
"""Words with one of which a sentence says of whom the persons are that it names."""
_LED = re.compile(
    r"\bdelegation\W{1,3}(?:which\s+(?:was|is)\s+)?(?:was\s+)?"
    r"(?:led|headed|including|comprising|composed|consisting)\b"
)
_ON = re.compile(r"\b(?:[Oo]n|[Ff]rom|[Ff]or|[Bb]y)\s+(?:the\s+)?\Z")
_SIDE = re.compile(rf"(?:['’]s)?\s+{_TEAM}\b")
_REPRESENTED = re.compile(
    r"\s+(?:side\s+|delegation\s+)?(?:was|were|is|are|had\s+been|has\s+been)\s+(?:also\s+)?(?:represented|led|headed)\b[^.;:]{0,40}?\bby\s"
)
_ACTED_FOR = re.compile(
    r",?\s+(?:who\s+)?(?:(?:co-)?(?:chair(?:ed|s)|led|leads|headed|signed|signs|negotiated|initialled|attended|participated|took\s+part)"
    r"\b[^.;:]{0,60}?\b(?:for|on\s+behalf\s+of)|represent(?:ed|s|ing)|act(?:ed|ing)\s+(?:for|on\s+behalf\s+of))"
    r"\s+(?:the\s+)?(?:government\s+of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
"""Between persons and the country for which they did something: "A and B chaired the meeting for Peru"."""
_INCLUDED = re.compile(
    rf"(?:['’]s)?\s+{_TEAM}\s+(?:also\s+)?(?:included|includes|comprised|comprises|consisted\s+of|was\s+made\s+up\s+of)\b"
)
_HEADS = re.compile(
    rf"\W*(?:(?:[Oo]n|[Ff]or|[Ff]rom|[Oo]n\s+behalf\s+of|[Mm]embers\s+of)\b\s*)?(?:the\s+)?(?:[Gg]overnment\s+of\s+(?:the\s+)?)?"
    rf"(?P<who>\S.*?)(?:['’]s)?(?:\s+(?:{_TEAM}|[Gg]overnment))?\s*(?P<end>[:,]?[-–—]?)\s*",
    re.IGNORECASE,
)
"""A line that says whose the persons on the lines below are."""
_SIGNS = re.compile(r"\W*(?:for|on\s+behalf\s+of|members\s+of)\b", re.IGNORECASE)
_BETWEEN = frozenset(
    "were was are is by led headed present included including comprised comprising composed consisted consisting represented"
    " accompanied took taken take taking part participated attended participating attending also there as well who which had"
    " has been among them other others senior officials members member".split()
)
"""Words between those who tell whose side it is and the persons on it."""


_MEETING_WITH = re.compile(
    r"(?:During|At|In|In\s+the\s+course\s+of|Following|After)\s+(?:the|this|his|her|their|a)\s+(?:[\w-]+\s+){0,2}"
    r"(?:meeting|talks|conversation|call|discussions?|audience)\s+with\b"
)


def of_opening(seen: str, sentence: Sentence, named: Sequence[str], first: str) -> list[str]:
    """The two sides of the meeting that a sentence opens with, one of them whom the text told of `first`: "During the
    meeting with B, the two sides discussed …"."""
    opens = len(named) == 1 and first not in named and _MEETING_WITH.match(seen, sentence.char_start)
    return [first, *named] if opens else []


def joined(seen: str, nations: Sequence[Slot]) -> list[str]:
    """The only two nations of a sentence that "and" joins, of more: "A welcomed the accord reached by B and C"."""
    parted = [seen[a.char_end : b.char_start] for a, b in pairwise(nations)]
    both = [
        [*a.keys, *b.keys]
        for (a, b), between, before in zip(pairwise(nations), parted, ["", *parted], strict=False)
        if _AND.fullmatch(between) and before.strip() != "," and a.keys != b.keys
    ]
    return both[0] if len(both) == 1 and len(both[0]) == 2 else []


_AND = re.compile(r"\s+and\s+(?:the\s+)?")


def members(seen: str, slots: Sequence[Slot]) -> list[str]:
    """The organisation whose leaders or members a sentence is about, who are "they" of the next: "ECOWAS leaders agreed"."""
    named = [slot for slot in slots if slot.kind != "date"]
    first = named[0] if named else None
    told = first is not None and first.kind == "body" and _MEMBERS.match(seen, first.char_end)
    return list(first.keys) if first and told else []


_MEMBERS = re.compile(
    r"(?:['’]s?)?\s+(?:foreign\s+)?(?:leaders|ministers|members|states|ambassadors|heads\s+of\s+state)\b",
    re.IGNORECASE,
)


def settle(registry: Registry, seen: str, scenes: Sequence[Scene]) -> None:
    """Give persons of whom nothing tells whose they are the country of the side that they are told to be on."""
    below: str | None = None
    for scene in scenes:
        above = _above(registry, seen, scene)
        if above is None:
            if below is not None and not _is_line(scene):
                below = None
            _in_sentence(registry, seen, scene, below)
            if any(slot.kind == "person" for slot in scene.slots):
                _acting_for(registry, seen, scene)
                _of_last(registry, seen, scene)
                _in_turn(registry, seen, scene)
        else:
            below = above


def _acting_for(registry: Registry, seen: str, scene: Scene) -> None:
    """Give persons the country that they are told to have acted for ("A and B chaired the meeting for Peru")."""
    for i, (last, other) in enumerate(pairwise(scene.slots)):
        between = seen[last.char_end : other.char_start]
        if last.kind != "person" or other.kind != "country" or not _ACTED_FOR.fullmatch(between):
            continue
        nation = registry.entities[other.keys[0]].country
        for slot in listed_before(seen, scene.slots[: i + 1]):
            person = registry.entities[slot.keys[0]]
            if slot.kind == "person" and person.country is None and not person.bodies:
                person.country, person.spoken_for = nation, True


def _of_last(registry: Registry, seen: str, scene: Scene) -> None:
    """Give those told with "the" and their offices the country that only the last office of their list names ("met the
    Prime Minister A, the Speaker B and the Foreign Minister of Peru C")."""
    for i, slot in enumerate(scene.slots):
        if slot.kind != "person" or not slot.title:
            continue
        nation = registry.entities[slot.keys[0]].country
        land = registry.known_country(nation) if nation else None
        if land is None or f" of {land.name} " not in seen[slot.char_start : slot.char_end]:
            continue
        before = list(listed_before(seen, scene.slots[: i + 1]))[1:]
        persons = [registry.entities[one.keys[0]] for one in before]
        alike = all(one.title and seen.endswith("the ", 0, one.char_start) for one in before)
        if len(before) > 1 and alike and all(person.country in (None, nation) for person in persons):
            for person in persons:
                person.country = nation


def _in_turn(registry: Registry, seen: str, scene: Scene) -> None:
    """Give two persons who share an office the two countries told before them, in order: "the pact of Peru and Chile was
    signed by Foreign Ministers A and B"."""
    for i, (first, other) in enumerate(pairwise(scene.slots)):
        both = [registry.entities[s.keys[0]] for s in (first, other) if s.kind == "person" and s.title]
        if (
            len(both) < 2
            or first.title != other.title
            or seen[first.char_end : other.char_start].strip() != "and"
        ):
            continue
        named = [k for s in scene.slots[:i] if s.kind in ("country", "pair") for k in s.keys]
        codes = [registry.entities[k].country for k in dict.fromkeys(named)]
        shared = {t.char_start for t in both[0].titles} & {t.char_start for t in both[1].titles}
        if len(codes) == 2 and shared and not any(person.country for person in both):
            for person, code in zip(both, codes, strict=True):
                person.country = code


def _above(registry: Registry, seen: str, scene: Scene) -> str | None:
    """Code of the country whose persons the lines below a line name; None for any other line."""
    if any(slot.kind == "person" for slot in scene.slots) or len(scene.units) > 14:
        return None
    if "v" in tag_string(scene.units):
        return None
    nations = [s for s in scene.slots if s.kind in ("country", "demonym")]
    told = {registry.entities[s.keys[0]].country for s in nations}
    if len(told) != 1:
        return None
    head = _HEADS.fullmatch(seen, scene.sentence.char_start, scene.sentence.char_end)
    if head is None or not nations[0].char_start <= head.start("who") + 24:
        return None
    signs = _SIGNS.match(seen, scene.sentence.char_start)
    whose = signs or re.search(rf"\b{_TEAM}\b", seen[scene.sentence.char_start : scene.sentence.char_end])
    if not whose or not (head["end"] or signs):
        return None
    return told.pop()


def _is_line(scene: Scene) -> bool:
    """Whether a sentence may be a line of a list of persons: it tells nothing."""
    tags = tag_string(scene.units)
    return scene.sentence.kind in ("item", "row") or "v" not in tags or tags.rstrip(".").isdigit()


def _in_sentence(registry: Registry, seen: str, scene: Scene, nation: str | None) -> None:
    """Settle the persons of one sentence; `nation` is whose the lines around it are."""
    begin = scene.sentence.char_start
    for slot in scene.slots:
        if slot.char_start < scene.sentence.char_start:
            continue  # who acts, by no word of the sentence
        if slot.kind in ("country", "demonym") and (end := _opens(seen, scene, slot)):
            nation, begin = registry.entities[slot.keys[0]].country, end
        elif slot.kind == "person" and nation is not None and slot.char_start >= begin:
            if not _goes_on(scene, begin, slot.char_start):
                nation = None
                continue
            begin = slot.char_end
            person = registry.entities[slot.keys[0]]
            if person.country is None and all(
                registry.entities[k].country in (None, nation) for k in person.bodies
            ):
                person.country, person.spoken_for = nation, True


def _opens(seen: str, scene: Scene, slot: Slot) -> int | None:
    """Where the words end that say that the persons after them are of a country; None where none do."""
    start, stop = scene.sentence.char_start, scene.sentence.char_end
    if scene.sentence.words.isdisjoint(_SIDE_WORDS):
        return None
    for cue in (_REPRESENTED, _INCLUDED):
        for at in (slot.char_end, slot.char_end - len(seen[slot.char_start : slot.char_end].split()[-1]) - 1):
            if found := cue.match(seen, at, stop):
                return found.end()
    if led := _LED.search(seen, slot.char_start, min(slot.char_end + 40, stop)):
        return led.end()
    words = seen[slot.char_start : slot.char_end].split()
    side = _SIDE.match(seen, slot.char_end, stop)
    if words[-1] in ("side", "delegation", "team"):
        return slot.char_end if _ON.search(seen, start, slot.char_start) else None
    return side.end() if side and _ON.search(seen, start, slot.char_start) else None


def _goes_on(scene: Scene, begin: int, end: int) -> bool:
    """Whether nothing is told between two offsets that ends a list of persons."""
    between = [u for u in scene.units if begin <= u.char_start < end]
    return all(u.tag != "v" or u.text.casefold() in _BETWEEN for u in between)


_WITH_WHOM = re.compile(
    r"\b(?:(?:accompanied|flanked|assisted|escorted)\s+by|press(?:ed|ing|ure\s+on)|against|condemn(?:ed|ing)?)\b"
)
"""Before those whom somebody brought along or spoke of: "the two" are still those who met."""
_WITH_WHOM_WORDS = frozenset("by pressed pressing pressure against condemn condemned condemning".split())
_CONTACT = frozenset(
    "and with met meet meets meeting meetings talks talked talk spoke speaks speak call calls called telephoned phoned visit visits"
    " visited visiting host hosts hosted received receives receive welcomed welcomes greeted greets joined joins told tells telling"
    " wrote writes letter succeeded succeeds replaced counterpart counterparts invited invites summoned informed informs briefed"
    " hosting receiving conferred consulted asked assured thanked thanks".split()
)
"""Words of a sentence that brings together whom it names."""


def in_passing(seen: str, sentence: Sentence, listed: Sequence[str]) -> bool:
    """Whether a sentence only speaks of a second person, where it names no several as one list (`listed`): "A regretted
    the arrest of B", "A came accompanied by B"."""
    if len(listed) < 2 and sentence.words.isdisjoint(_CONTACT):
        return True
    may = not sentence.words.isdisjoint(_WITH_WHOM_WORDS)
    return may and _WITH_WHOM.search(seen, sentence.char_start, sentence.char_end) is not None


def set_beside(seen: str, end: int, named: Sequence[Slot]) -> list[str]:
    """The two whom a comma sets beside a group: "the two ministers, A and B, met"."""
    after = [slot for slot in named if slot.char_start >= end][:2]
    if len(after) < 2 or seen[end : after[0].char_start] != ", ":
        return []
    joined = seen[after[0].char_end : after[1].char_start] == " and "
    return unique([key for slot in after for key in slot.keys]) if joined else []
