"""Organisations and groups that a text tells of by a common noun: "Chadian troops", "gunmen", "the daily NAME"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from dipcli.extraction.institutions import is_alone
from dipcli.extraction.units import Unit
from dipcli.lexicon import organizations
from dipcli.lexicon.events import lexicon


class Told(msgspec.Struct, frozen=True, gc=False):
    """One mention of such an organisation."""

    name: str
    noun: str
    """The common noun, in small letters."""
    nation: int | None
    """Unit of the country, or of the town, that it is of."""
    first: int
    last: int
    again: bool = False
    """Whether the noun alone may mean one told before ("the rebels")."""


_QUALITIES = frozenset(
    "special paramilitary government peacekeeping airborne naval ground elite regular army federal state riot opposition"
    " rebel separatist anti-government pro-government national armed air military navy border security coastal state-owned private"
    " shipping oil mining defence defense islamist communist maoist leftist right-wing left-wing loyalist royalist"
    " renegade mutinous dissident striking masked unidentified unknown suspected hooded islamic women allied local young".split()
)
"""Adjectives between a nation and such a noun, or before it."""
_ANY = frozenset("armed masked unidentified unknown suspected hooded young local striking".split())
"""Those of them that tell nothing of who it is."""
WHOSE = frozenset(
    "Women People Peoples Workers Farmers Peasants Children Students Mothers Journalists Teachers Employers Lord".split()
)
"""Whose organisations are, as a part of their names: "Workers' Front"."""
_COUNTS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands scores"
    " several many some more other few".split()
)
_BETWEEN = frozenset("of the captured wounded other more former killed detained".split())
"""Words between a number and whom it counts."""
_NAME = re.compile(r"T?[NKJ](?:[NKJLRMF]|-P?)*(?<=[NKLRF])")
"""Tags of a name after the noun that tells what it is."""
_SHARED = re.compile(r"[CD](?:,?&?|-)[CD]\Z")
"""What is of several nations, told as they are: "Chadian and Libyan troops", "Anglo-French forces"."""
_MADE = re.compile(r"-[a-z]+\Z")
"""The end of what is no name: "English-language", "London-based"."""
_OWNERS = ("N", "K", "O", "R", "L")
"""Tags of whose people they are: "RPA soldiers"."""
_BEFORE = re.compile(r"(?:J?-P?)?[NK](?:-?P?[NK])*\Z")
"""Tags of a name before such a noun."""
_QUOTE = re.compile(r"[\"“‘«']")
_OWNED = re.compile(r"\b(?:[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y)\s+\Z")
_LONGEST_OWNER = 8
"""Characters of such a pronoun with the blanks after it."""


@cache
def _words(place: Literal["nouns", "before", "after"]) -> re.Pattern[str]:
    longest = sorted(organizations.nouns(place), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?i:{'|'.join(map(re.escape, longest))})(?![\w-])")


@cache
def _openers() -> frozenset[str]:
    """First words of all such nouns."""
    places: tuple[Literal["nouns", "before", "after"], ...] = ("nouns", "before", "after")
    return frozenset(noun.split(" ")[0] for place in places for noun in organizations.nouns(place))


def _openings(units: Sequence[Unit]) -> list[int]:
    """The units with which such a noun may begin: most sentences have none."""
    openers = _openers()
    if openers.isdisjoint(" ".join([unit.text for unit in units]).casefold().split(" ")):
        return []
    return [i for i, unit in enumerate(units) if unit.text.casefold().partition(" ")[0] in openers]


def find(
    seen: str, units: Sequence[Unit], tags: str, taken: Collection[int], told: dict[str, str]
) -> Iterator[Told]:
    """Such organisations of a sentence, in no unit that is `taken`; `told` has the nouns by the names of those before,
    to which those of this sentence are added."""
    done = set(taken)
    openings = _openings(units)
    for one in (
        *(_labelled(seen, units, tags, openings) if openings else ()),
        *(_with_noun(seen, units, tags, told, openings) if openings else ()),
        *(_named_again(seen, units, tags, told) if told else ()),
    ):
        if not done.intersection(range(one.first, one.last + 1)):
            done.update(range(one.first, one.last + 1))
            told[one.name] = one.noun
            yield one


def _nouns(
    seen: str, units: Sequence[Unit], openings: Sequence[int], place: Literal["nouns", "before", "after"]
) -> Iterator[tuple[str, int, int]]:
    """Each such noun of a sentence with its first and last unit; it has a capital only where a line begins."""
    done = 0
    for first in openings:
        if units[first].char_start < done:
            continue
        match = _words(place).match(seen, units[first].char_start, units[-1].char_end)
        if match is None:
            continue
        done = match.end()
        last = next((i for i in range(first, len(units)) if units[i].char_end == done), None)
        if last is None:
            continue
        if match[0].islower() or (match[0][1:].islower() and (first == 0 or units[first - 1].tag in "d-.")):
            yield match[0].casefold(), first, last


def _labelled(seen: str, units: Sequence[Unit], tags: str, openings: Sequence[int]) -> Iterator[Told]:
    """Names beside a noun that tells what they are: "the daily NAME", "NAME rebels"."""
    for noun, _, last in _nouns(seen, units, openings, "before"):
        first = last + 1
        first += first < len(units) and _QUOTE.match(units[first].text) is not None
        name = _NAME.match(tags, first)
        if name and (tags[first] != "T" or units[first].text[:1].isupper()):
            yield _told(seen, units, noun, None, first, name.end() - 1)
    for noun, first, last in _nouns(seen, units, openings, "after"):
        name = _BEFORE.search(tags, 0, first)
        if name is None:
            continue
        begin = name.start()
        opens = begin == 0 or tags[begin - 1] in "d."  # there every word has a capital
        plain = any(
            unit.text.casefold() in _QUALITIES or _MADE.search(unit.text) for unit in units[begin:first]
        )
        if not plain and not (opens and units[begin].text.casefold() in seen):
            end = last if organizations.nouns("after")[noun].keeps else first - 1
            yield _told(seen, units, noun, None, begin, end)


def is_of_organisation(seen: str, units: Sequence[Unit], first: int, last: int) -> bool:
    """Whether a run of capitalised words belongs to an organisation's name, by its last word or the noun before it:
    "Socialist Workers' Union", "the newspaper La NAME"."""
    beside = units[max(first - 4, 0) : first]
    return units[last].text in WHOSE or any(
        end == len(beside) - 1 for _, _, end in _nouns(seen, beside, _openings(beside), "before")
    )


def _with_noun(
    seen: str, units: Sequence[Unit], tags: str, told: dict[str, str], openings: Sequence[int]
) -> Iterator[Told]:
    """Nouns with the nation that they are of, with what it is not of, or alone."""
    for noun, start, last in _nouns(seen, units, openings, "nouns"):
        first = start
        while first and units[first - 1].text.casefold() in _QUALITIES:
            first -= 1
        before = tags[:first]
        while first < start and units[first].text.casefold() in _ANY and not before.endswith(("D", "C")):
            first += 1
        kind = organizations.nouns("nouns")[noun]
        end = units[last].char_end
        if _SHARED.search(before) or seen[units[first].char_start - 1] == "/":
            continue
        if _OWNED.search(seen, max(0, units[first].char_start - _LONGEST_OWNER), units[first].char_start):
            continue  # "said that its soldiers were killed": those of whoever said it
        if not noun.endswith(("s", "men", "commando")) and not is_alone(seen, end, units[-1].char_end, noun):
            continue  # "the police chief"
        if before.endswith("D") or (before.endswith("C") and units[first - 1].text.isupper()):
            if not _is_counted(units, first - 1):
                yield _told(seen, units, noun, first - 1, first - 1, last)
        elif before.endswith("CP"):
            yield _told(seen, units, noun, first - 2, first - 2, last)
        elif (
            re.match(r"w[CL]", tags[last + 1 :])
            and units[last + 1].text == "in"
            and not before.endswith(("w", "&"))
        ):
            one = _told(seen, units, noun, last + 2, first, last)
            where = " ".join(seen[units[last].char_end : units[last + 2].char_end].split())
            if kind.body:
                yield msgspec.structs.replace(one, name=f"{one.name} {where}")
            elif kind.alone:
                yield one
        elif before.endswith("T") and noun in told.values():
            yield msgspec.structs.replace(_told(seen, units, noun, None, first, last), again=True)
        elif (
            kind.alone
            and not before.endswith(_OWNERS)
            and not _is_counted(units, first)
            and (not kind.body or _acts(seen, units, first, end))
        ):
            yield _told(seen, units, noun, None, first, last)


def _acts(seen: str, units: Sequence[Unit], first: int, end: int) -> bool:
    """Whether a verb follows, or those are told by whom something was done: not "sent police to Lima"."""
    following = re.compile(r"\s+([a-z]+)").match(seen, end, units[-1].char_end)
    by = first > 0 and units[first - 1].text == "by"
    return by or (following is not None and following[1] in lexicon().verbs)


def _is_counted(units: Sequence[Unit], first: int) -> bool:
    """Whether a number of people is told, who are no body of their nation: "four Bolivian soldiers"."""
    while first > 1 and units[first - 1].text in _BETWEEN:
        first -= 1
    return first > 0 and (units[first - 1].tag == "0" or units[first - 1].text.casefold() in _COUNTS)


def _named_again(seen: str, units: Sequence[Unit], tags: str, told: dict[str, str]) -> Iterator[Told]:
    """Names alone of those told before."""
    for first in (i for i, tag in enumerate(tags) if tag in "NK" and (i == 0 or tags[i - 1] not in "NKhHCD")):
        last = first
        while last + 1 < len(tags) and tags[last + 1] in "NK":
            last += 1
        one = _told(seen, units, "", None, first, last)
        if one.name in told:
            yield msgspec.structs.replace(one, noun=told[one.name])


def _told(seen: str, units: Sequence[Unit], noun: str, nation: int | None, first: int, last: int) -> Told:
    name = " ".join(seen[units[first].char_start : units[last].char_end].split())
    common = name[1:].islower() and (
        units[first].text.casefold() in _QUALITIES or (noun and name.casefold().startswith(noun))
    )
    return Told(name.lower() if common else name, noun, nation, first, last)
