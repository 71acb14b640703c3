"""Names of places that look like persons' ("Santa Rosa Village", "the town of San Vicente")."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dipcli.extraction.units import Unit

_SITES = frozenset(
    "village reserve river valley mountain mountains bay beach cemetery market island islands province district"
    " airport palace square hotel base camp port bridge road avenue highway glacier desert hills gulf sea strait"
    " mine mosque cathedral temple shrine stadium university hospital prison plateau pass region county area city"
    " town museum monument memorial checkpoint crossing dispute".split()
)
"""Nouns of places, as the last word of a name or the word after one."""
_PLACED = re.compile(
    r"\b(?:(?:area|town|village|city|port|suburb|region|outskirts|residents|people|coast|siege|battle|capital|island|islet)"
    r"\s+(?:of|(?:which\s+)?(?:it|they|\w+)\s+calls?|(?:also\s+)?(?:called|named|known\s+as))|its\s+\w+\s+name\s+of|near|outside|off|around)\s+\Z"
)
_SPOT = re.compile(r"\b(?:in|at|to|from|near|outside|around|the|towards?)\s+(?:the\s+)?\Z", re.IGNORECASE)
_LISTED = frozenset("&,")


def is_site(seen: str, units: Sequence[Unit], first: int, last: int) -> bool:
    """Whether a run of capitalised words names a place, by its last word or those around it."""
    follow, then = ([*(u.text for u in units[last + 1 : last + 3]), "", ""])[:2]
    if units[last].text.casefold() in _SITES or (follow in _SITES and follow.islower()):
        return True
    if follow == "International" and then.casefold() in _SITES:
        return True  # "Ana Prado International Airport"
    while first > 0 and units[first - 1].tag == "N":
        first -= 1
    start = units[first].char_start
    return _PLACED.search(seen, max(0, start - 30), start) is not None


def set_apart(seen: str, cuts: Sequence[Sequence[Unit]], may_be: Callable[[Unit], bool]) -> frozenset[str]:
    """Single words of those asked for that are told somewhere as places, "the island it calls X", and their other names:
    "X/Y"."""
    found: set[str] = set()
    for units in cuts:
        for i, unit in enumerate(units):
            if unit.tag == "N" and may_be(unit) and is_site(seen, units, i, i):
                found.add(unit.text)
                if "".join(u.text for u in units[i + 1 : i + 2]) == "/":
                    found.update(u.text for u in units[i + 2 : i + 3])
    return frozenset(found)


def is_spot(seen: str, units: Sequence[Unit], i: int) -> bool:
    """Whether a single word that a model takes for a person stands as places do: "in X", "the X mine", "Caen and X"."""
    start = units[i].char_start
    if is_site(seen, units, i, i) or _SPOT.search(seen, max(0, start - 16), start):
        return True
    return i > 1 and units[i - 1].tag in _LISTED and units[i - 2].tag == "L"
