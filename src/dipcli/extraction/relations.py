"""How actors stand to one another, where the text says so: bodies, members, allies, successors.

Offices are told by titles (`TitleMention`); this module adds what other words tell.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from dipcli.dates import Interval
from dipcli.dates.grammar import Expression
from dipcli.extraction import terms
from dipcli.extraction.registry import Entity, Registry
from dipcli.extraction.slots import Scene, Slot, listed_before
from dipcli.lexicon import organizations
from dipcli.mentions import RelationMention, Span
from dipcli.names import normal

Name = Literal["represents", "member_of", "part_of", "ally_of", "succeeds"]

_ALLIED = re.compile(r"\b(?:all(?:y|ies)|alliance|mutual\s+defen[cs]e\s+treaty)\b", re.IGNORECASE)
_ALLIES = frozenset(("ally", "allies", "alliance", "mutual"))
"""Words of which all that tells of allies has one."""
_NOT_ALLIED = re.compile(r"\b(?:anti-\w+|against|non-|no|not|new|informal|possible)\b", re.IGNORECASE)
_MEMBERS = re.compile(
    r"\s*(?:permanent\s+|founding\s+|full\s+)?(?:members?|member\s+states?)\s+\Z", re.IGNORECASE
)
_MEMBER_OF = re.compile(
    r"\b(?:is|are|was|were|became|become|as)\s+(?:an?\s+|the\s+|both\s+|also\s+)?(?:\w+\s+){0,2}(?:members?|member\s+states?)\s+of\s+"
    r"(?:\w+\s+organi[sz]ations\s+(?:such\s+as|like|including)\s+)?(?:both\s+)?(?:the\s+)?\Z"
    r"|\b(?:joined|joins|acceded\s+to|entered|rejoined)\s+(?:the\s+)?\Z|,\s+a\s+(?:\w+\s+)?member\s+of\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:left|leaves|quit|withdrew\s+from|withdraws\s+from|was\s+expelled\s+from)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_DATED: dict[str, Literal["took", "left"]] = {
    "member-of": "took",
    "succeeded": "took",
    "succeeded-by": "took",
    "left": "left",
}
"""Rules whose words tell of a beginning or an end: the date beside them is its day."""
_ALLY_BEFORE = re.compile(
    r"\A,?\s+(?:an?|its|the|is\s+an?|as\s+an?)\s+(?:[\w-]+\s+){0,3}ally\s+of\s+(?:the\s+)?\Z", re.IGNORECASE
)
_ALLY_AFTER = re.compile(r"\A(?:['’]s)?\s+(?:[a-z-]+\s+){0,2}ally,?\s+\Z")
_SUCCEEDED = re.compile(
    r"\A\s*,?\s*(?:who\s+)?(?:has\s+)?(?:succeed(?:s|ed|ing)|replac(?:es|ed|ing)|took\s+over\s+from|takes\s+over\s+from)\s+\Z",
    re.IGNORECASE,
)
_SUCCEEDED_BY = re.compile(
    r"\A\s*,?\s*(?:was|is|has\s+been)\s+(?:succeeded|replaced)\s+by\s+\Z", re.IGNORECASE
)
_THEN_BY = re.compile(
    r"\band\s+(?:was|is|has\s+been)\s+(?:succeeded|replaced)\s+by\s+(?:the\s+)?\Z", re.IGNORECASE
)
"""What stands before a successor in a clause that goes on: "A resigned and was succeeded by B"."""
_TO_SUCCEED = re.compile(r"\b(?:to\s+(?:succeed|replace)|succeeding|replacing)\s+\Z", re.IGNORECASE)
_WITH = re.compile(
    r"[”’\"']?\s*,?\s+(?:with|comprising|made\s+up\s+of|grouping|that\s+groups|which\s+groups)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_LED = re.compile(r"[\s“‘\"']*-led\s+[“‘\"']?", re.IGNORECASE)
_FELLOWS = re.compile(r"\s*,?\s*(?:and\s+)?(?:other|fellow)\s+(?:the\s+)?", re.IGNORECASE)
_MEMBERS_AFTER = re.compile(r"\s+(?:members?|member\s+(?:states?|countries|nations))\b", re.IGNORECASE)
_ALLIES_OF = re.compile(
    r"\ballies\s+of\s+(?:the\s+)?(?P<of>[^.;]{2,60}?),?\s+(?:such\s+as|including|like)\s+(?:the\s+)?",
    re.IGNORECASE,
)


def find(
    seen: str,
    scenes: Sequence[Scene],
    dates: Sequence[Sequence[Expression]],
    registry: Registry,
    published: Interval | None,
) -> list[RelationMention]:
    """Relations of a document, in the order of the text; each told once a sentence."""
    found: list[RelationMention] = []
    for scene, told_dates in zip(scenes, dates, strict=True):
        span = Span(char_start=scene.sentence.char_start, char_end=scene.sentence.char_end)
        told: set[tuple[str, str, str]] = set()
        for subject, name, object_, rule in _sentence(seen, scene, registry):
            if subject != object_ and (subject, name, object_) not in told:
                told.add((subject, name, object_))
                since = until = None
                if sort := _DATED.get(rule):
                    end = max(s.char_end for s in scene.slots if object_ in s.keys)
                    since, until = terms.bounds(seen, scene, told_dates, published, end, sort)
                if rule == "left" and until is None:
                    continue  # nothing tells until when it was a member
                found.append(
                    RelationMention(
                        subject=subject, relation=name, object=object_, since=since, until=until,
                        sentence=span, rule=rule,
                    )
                )  # fmt: skip
    return found


def _sentence(seen: str, scene: Scene, registry: Registry) -> Iterator[tuple[str, Name, str, str]]:
    slots = [s for s in scene.slots if s.keys]
    for left, right in itertools.pairwise(slots):
        between = seen[left.char_end : right.char_start]
        if left.kind == "person" and right.kind == "person":
            if _SUCCEEDED.match(between):
                yield left.keys[0], "succeeds", right.keys[0], "succeeded"
            elif _SUCCEEDED_BY.match(between):
                yield right.keys[0], "succeeds", left.keys[0], "succeeded-by"
    start, persons = scene.sentence.char_start, [s for s in slots if s.kind == "person"]
    for before, person in itertools.pairwise(persons):
        if _THEN_BY.search(seen, start, person.char_start):
            yield person.keys[0], "succeeds", before.keys[0], "succeeded-by"
        if _TO_SUCCEED.search(seen, start, person.char_start):
            yield before.keys[0], "succeeds", person.keys[0], "to-succeed"
    yield from _members(seen, scene, slots, registry)
    yield from _allies(seen, scene, slots)


def _members(
    seen: str, scene: Scene, slots: Sequence[Slot], registry: Registry
) -> Iterator[tuple[str, Name, str, str]]:
    """ "Security Council members China and Russia", "Finland joined NATO", "Kuwait and other OPEC members"."""
    for i, slot in enumerate(slots):
        if slot.kind != "body":
            continue
        after = list(_listed(seen, slots[i + 1 :]))
        if after and _MEMBERS.fullmatch(seen[slot.char_end : after[0].char_start]):
            for other in after:
                yield other.keys[0], "member_of", slot.keys[0], "members"
        if after and _WITH.fullmatch(seen[slot.char_end : after[0].char_start]) and len(after) > 1:
            for other in after:
                if other.kind == "country":
                    yield other.keys[0], "member_of", slot.keys[0], "with"
            if i and slots[i - 1].kind in ("country", "demonym") and _LED.fullmatch(_gap(seen, slots, i)):
                yield slots[i - 1].keys[0], "member_of", slot.keys[0], "led"
        if i and _FELLOWS.fullmatch(_gap(seen, slots, i)) and _MEMBERS_AFTER.match(seen, slot.char_end):
            for other in listed_before(seen, slots[:i]):
                yield other.keys[0], "member_of", slot.keys[0], "fellows"
        if i and slots[i - 1].kind == "person" and re.fullmatch(r"['’]s\s+", _gap(seen, slots, i)):
            known = organizations.lookup(registry.entities[slot.keys[0]].name)
            if known is not None and known.sort == "party":
                yield slots[i - 1].keys[0], "member_of", slot.keys[0], "party"
        before = seen[scene.sentence.char_start : slot.char_start]
        if i and slots[i - 1].kind == "country" and _LEFT.search(before):
            for other in listed_before(seen, slots[:i]):
                yield other.keys[0], "member_of", slot.keys[0], "left"
        if i and _MEMBER_OF.search(before):
            joined = [s.keys[0] for s in _listed(seen, slots[i:]) if s.kind == "body"]
            for member, body in itertools.product(_subjects(seen, slots[:i]), joined):
                yield member, "member_of", body, "member-of"


def _subjects(seen: str, before: Sequence[Slot]) -> Iterator[str]:
    """Keys of those told to be members: the list before, those of a group ("both countries"), or, where a
    clause about another body comes between, the list before that."""
    k = len(before)
    while k and before[k - 1].kind == "body" and any(s.kind in ("country", "group") for s in before[: k - 1]):
        k -= 1  # "A and B are members of X and observers of Y"
    if k and before[k - 1].kind in ("group", "pair"):
        yield from before[k - 1].keys
    elif k:
        kind = before[k - 1].kind
        for slot in itertools.takewhile(lambda slot: slot.kind == kind, listed_before(seen, before[:k])):
            yield slot.keys[0]


def _gap(seen: str, slots: Sequence[Slot], i: int) -> str:
    """What stands between a slot and the one before it."""
    return seen[slots[i - 1].char_end : slots[i].char_start]


def _listed(seen: str, slots: Sequence[Slot]) -> Iterator[Slot]:
    """A list's slots from the first on: "A, B and C"."""
    for k, slot in enumerate(slots):
        if slot.kind not in ("country", "person", "body"):
            return
        if k and not re.fullmatch(
            r"\s*(?:\)?,|\)?,?\s*and|&|\((?:and|including)\s+(?:its|their))\s*(?:the\s+)?",
            seen[slots[k - 1].char_end : slot.char_start],
        ):
            return
        yield slot


def _allies(seen: str, scene: Scene, slots: Sequence[Slot]) -> Iterator[tuple[str, Name, str, str]]:
    """ "China and North Korea are treaty allies", "the US-Japan alliance", "South Korea's main ally"."""
    if scene.sentence.words.isdisjoint(_ALLIES):
        return
    nations = [s for s in slots if s.kind in ("country", "pair", "group", "demonym")]
    if not nations:
        return
    for left, right in itertools.pairwise(s for s in nations if s.kind in ("country", "demonym")):
        between = seen[left.char_end : right.char_start]
        if _NOT_ALLIED.search(between) or re.search(r"\b(?:former|erstwhile|one-time)\b", between):
            continue
        if _ALLY_BEFORE.match(between) or _ALLY_AFTER.match(between):
            yield left.keys[0], "ally_of", right.keys[0], "ally-of"
    for match in _ALLIES_OF.finditer(seen, scene.sentence.char_start, scene.sentence.char_end):
        of = [s for s in nations if match.start("of") <= s.char_start < match.end("of")]
        those = [s for s in nations if s.char_start == match.end()]
        if len(of) == 1 and those and of[0].kind != "pair":
            yield those[0].keys[0], "ally_of", of[0].keys[0], "allies-of"
    for match in _ALLIED.finditer(seen, scene.sentence.char_start, scene.sentence.char_end):
        window = seen[max(scene.sentence.char_start, match.start() - 60) : match.end()]
        if _NOT_ALLIED.search(window[-30:]):
            continue
        before = [s for s in nations if s.char_end <= match.start() and match.start() - s.char_end < 75]
        if not before:
            continue
        last = before[-1]
        link = seen[last.char_end : match.start()]
        if re.search(r"[.;:,]", link):
            continue
        if last.kind == "pair" and len(last.keys) == 2 and len(link.split()) <= 2:
            yield last.keys[0], "ally_of", last.keys[1], "alliance"
        elif len(before) > 1 and match[0].casefold() != "alliance":
            first = before[-2]
            joint = seen[first.char_end : last.char_start]
            if match[0].casefold() == "allies" and re.fullmatch(r"\s*,?\s*and\s+(?:the\s+)?", joint):
                yield first.keys[0], "ally_of", last.keys[0], "allies"
            elif match[0].casefold() == "ally" and re.fullmatch(
                r"\s+(?:is|was|remains|as)\s+(?:the\s+)?", joint
            ):
                yield first.keys[0], "ally_of", last.keys[0], "ally"


def bodies(registry: Registry) -> list[RelationMention]:
    """What each body is a part of: its parent in the lexicon, else the country whose body it is."""
    found: list[RelationMention] = []
    patterns = organizations.patterns()
    for entity in list(registry.entities.values()):
        if entity.kind != "organization":
            continue
        known = organizations.lookup(entity.name, entity.country)
        pattern = (
            organizations.nouns("nouns").get(entity.head)
            or patterns.get(normal(entity.head))
            or patterns.get(normal(entity.head).removesuffix("s"))
        )
        parent = None
        if known is not None:
            parent = registry.body_known(known.parent) if known.parent else None
            if parent is None and known.country and known.sort in organizations.BODIES:
                parent = registry.known_country(known.country)
        elif (whole := _whole(registry, entity)) is not None:
            parent = whole
        elif entity.country and pattern is not None and pattern.body:
            parent = registry.known_country(entity.country)
        if parent is not None:
            found.append(
                RelationMention(
                    subject=entity.key,
                    relation="part_of",
                    object=parent.key,
                    sentence=entity.sentence,
                    rule="body",
                )
            )
    return found


def _whole(registry: Registry, entity: Entity) -> Entity | None:
    """The organisation whose name a body's name begins with ("African Union Mission in Burundi")."""
    words = entity.name.split()
    for count in range(len(words) - 1, 0, -1):
        known = registry.body_known(" ".join(words[:count]))
        if known is not None and known is not entity and organizations.lookup(known.name) is not None:
            return known
    return None


def representatives(registry: Registry, taking_part: set[str]) -> list[RelationMention]:
    """Persons who act for a country or a body: named with it, or taking part in events."""
    found: list[RelationMention] = []
    for entity in registry.entities.values():
        if entity.kind != "person":
            continue
        for body in sorted(entity.bodies):
            found.append(
                RelationMention(
                    subject=entity.key,
                    relation="represents",
                    object=body,
                    sentence=entity.sentence,
                    rule="title",
                )
            )
        country = registry.known_country(entity.country) if entity.country else None
        if (
            country
            and not any(t.of for t in entity.titles)
            and (entity.spoken_for or entity.key in taking_part)
        ):
            found.append(
                RelationMention(
                    subject=entity.key,
                    relation="represents",
                    object=country.key,
                    sentence=entity.sentence,
                    rule="nation",
                )
            )
    return found
