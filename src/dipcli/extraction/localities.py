"""Places that no table knows: what the words around a capitalised name tell of it ("the village of X", "near X",
"at X Palace")."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dipcli.extraction.slots import Slot
from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import Trigger
from dipcli.lexicon import offices, places
from dipcli.names import normal

_HALL = re.compile(
    r"\b(?:at|in)\s+(?:the\s+)?(?P<name>(?:[A-Z][\w'’-]+\s+){1,4}"
    r"(?i:palace|hotel|castle|villa|hall|cent(?:re|er)|airport|base|stadium|museum|cathedral|academy|house))\b"
)
"""A venue by its name alone ("at the Grand Palace")."""
_HALL_REACH = 80


_HEAD = 600
"""So many characters on top may print the day, the hour and the place of what a page tells."""
_PRINTED = re.compile(
    r"^(?:[A-Z][a-z]{2,8} \d\d?, \d{4}|\d\d? [A-Z][a-z]{2,8},? \d{4})[ ]*\n+(?:\d\d?[:.]\d\d[^\n]{0,6}\n+)(?P<place>[A-Z][^\n,]{2,24}?)[ ]*$",
    re.MULTILINE,
)


def printed(seen: str) -> tuple[str, str | None] | None:
    """The place that stands on a line of its own under the day and the hour at the head of a page: (name, country)."""
    told = _PRINTED.search(seen, 0, _HEAD)
    name = told["place"] if told else ""
    city = places.lookup(name) if name else None
    return (name, city.country) if city else None


def hall(seen: str, trigger: Trigger, end: int) -> Slot | None:
    """The venue named after a trigger in its clause."""
    told = _HALL.search(seen, trigger.char_end, min(end, trigger.char_end + _HALL_REACH))
    if told is None or ";" in seen[trigger.char_end : told.start()]:
        return None
    name = " ".join(told["name"].split())
    return Slot("place", told.start("name"), told.end("name"), (), "Paris", None, name, None, rule="venue")


_UNKNOWN = re.compile(
    r"(?:\s+(?:again|together|briefly|secretly))?\s+(?:at|in|near)\s+(?P<name>[A-Z][\w'’-]+)(?=[.,;]|\s+(?:on|in|to|for|and|with|by)\b)"
)
"""A place that no table knows, right after the verb ("met again at Kleve")."""
_NO_PLACE = frozenset(
    "parliament congress council assembly headquarters conference summit meeting forum cabinet senate house court"
    " government ministry embassy brief english french russian chinese spanish arabic german person article annex"
    " chapter phase stage spirit framework context interest resolution operation war treaty agreement protocol declaration statement communique"
    " communiqué letter note report press times post twitter facebook telegram youtube television radio commission"
    " committee union league party front army navy force forces office department administration act law convention"
    " charter accord accords plan programme program project games cup championship championships festival expo"
    " judgment judgement order application registry note opinion ruling award resolution annex article"
    " christmas easter ramadan washingtonians congresses houses states nations talks peace god islam".split()
)
"""Capitalised words after "in" and "at" that are no places."""
_LOW = frozenset(
    "airport airfield base port harbour harbor area district province region village camp crossing checkpoint prison"
    " valley island islands peninsula river lake bay refinery barracks palace hotel castle square stadium desert"
    " mountains hills heights highlands plateau plain gulf sea strait channel state canton county governorate atoll reef"
    " archipelago oasis pass forest border frontier plant shipyard university hospital cemetery mosque cathedral"
    " monastery park headquarters embassy consulate residence junction station bridge".split()
)
"""Nouns in small letters that end the name of a place: "Arica airport"."""
_BOUNDS = frozenset("border frontier".split())
_ZONE = re.compile(r"(?:demilitari[sz]ed|buffer|neutral)\s+zone")
"""Places that need no name: "on the border", "in the demilitarised zone"."""
SURFACES = frozenset(
    "island islands isle islands islet atoll reef archipelago peninsula heights mount mountain lake river border frontier"
    " coast shore shores outskirts banks campus plateau streets".split()
)
"""Nouns of places that one is on."""
BUILDINGS = frozenset(
    "academy university institute college school palace hotel castle villa house residence hall centre center building"
    " headquarters base airport port embassy consulate ministry museum cathedral church mosque stadium library resort plant"
    " factory shipyard parliament assembly congress secretariat monument memorial cemetery mausoleum street department pentagon".split()
)
"""Last words of the names of venues."""
_OF = re.compile(r"\s+of\s+(?:the\s+)?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*")
"""The rest of a venue's name: "the Palace of the Revolution"."""
KINDS = frozenset(
    "coast city town village port capital island province region district border shore resort state municipality suburb"
    " settlement outskirts city-state camp area hamlet enclave archipelago peninsula valley governorate prefecture oasis"
    " suburbs islands islet isle atoll mountains hills highlands jungle jungles forests plains canton territory banks streets centre center".split()
)
"""Nouns of places whose "of" names the place itself."""


_BODIES = frozenset(
    "parliament assembly congress ministry department pentagon secretariat university institute college".split()
)
"""Buildings that one is "at": "in" them is what those do who belong to them."""


def building(seen: str, slot: Slot, preposition: str) -> Slot | None:
    """The house that a body or a government goes by, after "at" or "in": "at the Foreign Ministry"."""
    number = _NUMBER.search(seen, max(0, slot.char_start - 12), slot.char_start)
    start = number.start() if number else slot.char_start
    name = " ".join(seen[start : slot.char_end].split())
    words = name.casefold().split(" of ")[0].split()
    house = words[-1] if words else ""
    if slot.kind not in ("body", "country") or (slot.kind == "country" and slot.rule != "metonym"):
        return None
    if slot.kind == "body" and house not in BUILDINGS:
        return None
    if preposition != "at" and (preposition != "in" or house in _BODIES):
        return None
    return msgspec.structs.replace(
        slot, kind="place", char_start=start, place=name, place_country=None, rule="venue"
    )


_NUMBER = re.compile(r"(?:\b(?:No\.|Number)\s+)?\b\d{1,4}\s+\Z")
"""Before the name of a street."""


def unnamed(seen: str, tree: Tree, slots: Sequence[Slot], head: int) -> Slot | None:
    """A border or zone that goes by no name, with whom it is shared: "the border with X", "the X-Y border"."""
    word = tree.words[head]
    start, end = word.char_start, word.char_end
    if word.text in _BOUNDS:
        before = tree.words[head - 1] if head else word
        if before.unit >= 0 and slots[before.unit].kind in ("pair", "country", "demonym"):
            start = slots[before.unit].char_start
        shared = [c for c in tree.children(head, "prep") if tree.words[c].text in ("with", "between")]
        end = max([end, *(tree.words[i].char_end for c in shared for i in tree.subtree(c))])
    elif zone := _ZONE.search(seen, max(0, start - 20), end):
        start = zone.start()
    else:
        return None
    name = " ".join(seen[start:end].split())
    return Slot("place", start, end, (), "Paris", None, name, None, rule="unnamed")


def is_building(seen: str, slot: Slot) -> bool:
    """Whether a body or place goes by the name of a house."""
    if slot.kind not in ("body", "place"):
        return False
    name = seen[slot.char_start : slot.char_end]
    known = places.lookup(name)
    return name.split()[-1].casefold() in BUILDINGS or (known is not None and known.sort == "venue")


_MEETINGS = frozenset(
    "conference summit talks forum dialogue congress meeting negotiations symposium consultations".split()
)


def of_gathering(seen: str, tree: Tree, slots: Sequence[Slot], i: int) -> Slot | None:
    """The town that a meeting goes by: "at the X summit", "attended the X Security Conference"."""
    word = tree.words[i]
    if word.dep not in ("dobj", "pobj", "nsubj", "nsubjpass"):
        return None
    if slots[word.unit].kind != "body" if word.unit >= 0 else word.text.casefold() not in _MEETINGS:
        return None
    if word.dep == "pobj" and tree.words[word.head].text.casefold() not in ("at", "during", "in"):
        return None
    if word.unit < 0:
        beside = tree.words[i - 1].unit if i else -1
        slot = slots[beside] if beside >= 0 else None
        if slot is None or not slot.place or not (slot.kind == "place" or slot.rule == "capital"):
            return None
        return msgspec.structs.replace(slot, kind="place", rule="met")
    slot = slots[word.unit]
    name = seen[slot.char_start : slot.char_end].split()
    if not name or name[-1].casefold() not in _MEETINGS:
        return None
    for end in (3, 2, 1):
        town = " ".join(name[:end])
        known = places.lookup(town) if end < len(name) else None
        if known is not None and known.sort == "city":
            return msgspec.structs.replace(
                slot, kind="place", place=known.name, place_country=known.country, rule="met"
            )
    return None


def is_surface(name: str) -> bool:
    """Whether a place is one that things are on, by its last word or as the table knows it: "on X Island"."""
    words = name.casefold().split()
    known = places.lookup(name)
    return (
        words[-1] in SURFACES
        or words[0] in ("mount", "lake")
        or (known is not None and known.sort == "island")
    )


def named(seen: str, tree: Tree, slots: Sequence[Slot], head: int) -> Slot | None:
    """The place that a capitalised noun names which is in no table, its whole name; None where it is no name."""
    word = tree.words[head]
    low = word.text.casefold()
    first = head
    while first and _is_of_name(tree, slots, first - 1, head):
        first -= 1
    while first < head and tree.words[first].text in _LOW:
        first += 1
    capital = word.text[:1].isupper() and not word.text.isupper() and word.pos != "PRON"
    house = low in BUILDINGS and first < head and tree.words[first].text not in ("Upper", "Lower")
    if (
        not (capital or (low in _LOW and first < head))
        or (low in _NO_PLACE and not house)
        or not word.text.replace("-", "").isalpha()
    ):
        return None
    if (tree.words[first].text.casefold() in _NO_PLACE and not house) or tree.children(
        head, "nummod", "case"
    ):
        return None
    if not house and any(_is_office(tree.words[i].text) for i in (first, head)):
        return None  # "a summit for Heads of State in Bern"
    start, end = tree.words[first].char_start, word.char_end
    if whole := _OF.match(seen, end):
        end = whole.end()
    elif first == head and low in _LOW:
        return None  # "at the Palace": whichever
    name = " ".join(seen[start:end].split())
    return Slot(
        "place", start, end, (), "Paris", None, name, _country_beside(tree, slots, head), rule="named"
    )


def _is_office(word: str) -> bool:
    heads = offices.heads()
    return normal(word) in heads or normal(word).removesuffix("s") in heads


def _is_of_name(tree: Tree, slots: Sequence[Slot], i: int, head: int) -> bool:
    """Whether a word goes before the last one of a place's name."""
    word = tree.words[i]
    if word.dep not in ("compound", "nmod", "amod") or head not in tree.ancestors(i):
        return False
    if word.unit < 0:
        return word.text[:1].isupper() or (word.text in _LOW and tree.words[head].text in _LOW)
    slot = slots[word.unit]
    return slot.kind in ("place", "body", "person") or slot.rule in ("capital", "name", "metonym")


def _country_beside(tree: Tree, slots: Sequence[Slot], head: int) -> str | None:
    """The country that stands after a place, or before the noun that it is the name of: "the Swiss resort of X"."""
    around = [*tree.children(head, "appos")]
    preposition = tree.words[tree.words[head].head]
    if preposition.text == "of":
        around += tree.children(preposition.head, "amod", "compound", "poss")
    units = [tree.words[i].unit for i in around]
    nations = [
        slots[unit].place_country
        for unit in units
        if unit >= 0 and slots[unit].kind in ("country", "demonym")
    ]
    return next((nation for nation in nations if nation), None)


def after_verb(seen: str, slots: Sequence[Slot], trigger: Trigger, end: int) -> Slot | None:
    told = _UNKNOWN.match(seen, trigger.char_end, end)
    if told is None or told["name"].casefold() in _NO_PLACE or told["name"].isupper():
        return None
    lo, hi = told.span("name")
    if any(s.char_start < hi and lo < s.char_end for s in slots):
        return None
    return Slot("place", lo, hi, (), "Paris", None, told["name"], None, rule="venue")


_TREATY_OF = re.compile(
    r"\b(?:Treaty|Peace|Declaration|Agreements?|Accords?|Protocol|Convention|Pact)\s+of\s+\Z"
)
_TREATY = re.compile(
    r"\s+(?:Treaty|Declaration|Agreements?|Accords?|Protocol|Convention|Pact|Memorandum|Communiqué|Charter)\b"
)


def of_text(seen: str, slots: Sequence[Slot], trigger: Trigger, end: int) -> Slot | None:
    """The town that gives its name to what is signed there ("the Treaty of Bern", "the Bern Declaration")."""
    for slot in slots:
        town = slot.place if slot.kind == "place" or slot.rule == "capital" else None
        if town and trigger.char_end <= slot.char_start < min(end, trigger.char_end + 40):
            before = seen[trigger.char_end : slot.char_start]
            if _TREATY_OF.search(before) or _TREATY.match(seen, slot.char_end):
                return slot
    return None
