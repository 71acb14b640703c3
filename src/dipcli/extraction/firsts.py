"""Offices told beside their holders: by a rank ("Obama visits Havana, the first U.S. president to do so"),
or for several in one list ("the foreign ministers of A and B, NAME and NAME")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

import msgspec

from dipcli.extraction.registry import Registry, is_office
from dipcli.extraction.slots import Scene, Slot
from dipcli.mentions import Span, TitleMention

Tense = Literal["current", "former"]

_COMMA = re.compile(r"\s*[,:–—-]?\s*")
_AND = re.compile(r"\s*(?:,|,?\s*and|&)\s*")
_RANK = re.compile(
    r"(?P<link>,|\b(?:becam?e|becomes|becoming|was|is|as))\s+(?:also\s+)?the\s+"
    r"(?:first|second|third|fourth|fifth|last|only|\d+(?:st|nd|rd|th))\s+"
    r"(?:(?:sitting|serving|incumbent|female|democratically elected|post-war)\s+)?\Z"
)
_TO = re.compile(r"\s+(?:to|since|in|on|ever|who)\b")
_SINCE = re.compile(r"\bsince\s+\Z")


def entitle(seen: str, scenes: Iterable[Scene], registry: Registry) -> None:
    """Give the office, and its country, to the person it is told of; and to the former one: "… since Coolidge"."""
    for scene in scenes:
        start = scene.sentence.char_start
        for slot in scene.slots:
            if slot.kind != "office":
                continue
            rank = _RANK.search(seen, max(start, slot.char_start - 80), slot.char_start)
            if not rank or not _TO.match(seen, slot.char_end):
                continue
            persons = [s for s in scene.slots if s.kind == "person" and s.rule != "counterpart"]
            before = [s for s in persons if s.char_end <= rank.start()]
            beside = before and before[-1].char_end == rank.start()
            if before and (beside or rank["link"] != "," or len({s.keys for s in before}) == 1):
                _give(registry, slot, (before[-1] if beside else before[0]).keys[0], "current", scene)
            for person in persons:
                if person.char_start > slot.char_end and _SINCE.search(seen, start, person.char_start):
                    _give(registry, slot, person.keys[0], "former", scene)


def share(seen: str, scenes: Iterable[Scene], registry: Registry) -> None:
    """Give each of a list of persons the office that is told of all of them before, and its country."""
    for scene in scenes:
        slots = scene.slots
        for i, office in enumerate(slots):
            if office.kind != "office" or len(office.keys) < 2:
                continue
            holders = slots[i + 1 : i + 1 + len(office.keys)]
            if len(holders) < len(office.keys):
                continue
            gaps = [seen[a.char_end : b.char_start] for a, b in pairwise([office, *holders])]
            listed = all(_AND.fullmatch(gap) for gap in gaps[1:]) and _COMMA.fullmatch(gaps[0])
            if not listed or any(
                slot.kind != "person" or (slot.title and is_office(slot.title)) for slot in holders
            ):
                continue
            for key, slot in zip(office.keys, holders, strict=True):
                _give(registry, msgspec.structs.replace(office, keys=(key,)), slot.keys[0], "current", scene)
            slots[i : i + 2] = [msgspec.structs.replace(holders[0], char_start=office.char_start)]


def _give(registry: Registry, slot: Slot, key: str, tense: Tense, scene: Scene) -> None:
    office, person = registry.entities[slot.keys[0]], registry.entities[key]
    if person.kind != "person" or office.kind != "office" or person.country not in (None, office.country):
        return
    told = office.titles[0]
    sentence = Span(char_start=scene.sentence.char_start, char_end=scene.sentence.char_end)
    person.country = office.country
    person.offices |= office.offices
    registry.entitle(
        person,
        TitleMention(
            title=told.title,
            of=told.of,
            tense=tense,
            char_start=slot.char_start,
            char_end=slot.char_end,
            sentence=sentence,
        ),
    )
