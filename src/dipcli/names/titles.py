"""Titles of office: whether one that a document gives is the one asked for, as a whole.

"foreign minister" is neither vice foreign minister nor minister, but it is Foreign Ministers, and one
of "State Councilor and Foreign Minister".
"""

from __future__ import annotations

import re
from functools import lru_cache

from dipcli.names.forms import normal

_PARTS = r"\s*(?:,|;|/|&|\band\b|\bas well as\b)\s*"
_NOT_HELD = r"\A(?:former|incoming)\s+"
"""What resolution sets before an office that no document tells as held."""
_POSTING = r"\s+(?:to|at)\s+.*"
_OF_MATTERS = r"(minister|secretary) (?:of|for) (.+)"
_MATTERS = {"foreign affair": "foreign", "external affair": "foreign"}
_SPELLINGS = {"defence": "defense", "councillor": "councilor"}


@lru_cache(maxsize=1 << 14)
def same_title(asked: str, title: str) -> bool:
    """Whether `title`, as written, is the whole title asked for, or one of its offices or that posted
    somewhere ("Ambassador to Japan") is."""
    return plain(asked) in offices(title)


@lru_cache(maxsize=1 << 14)
def offices(title: str) -> frozenset[str]:
    """What `plain` makes of the titles asked for that a title is."""
    written = (title, *re.split(_PARTS, title))
    return frozenset(plain(office) for text in written for office in (text, re.sub(_POSTING, "", text)))


@lru_cache(maxsize=1 << 14)
def plain(office: str) -> str:
    """One form for the spellings of a title."""
    words = [
        _SPELLINGS.get(word, word)
        for word in re.sub(_NOT_HELD, "", normal(office).removeprefix("the ")).split()
    ]
    if words and words[-1].endswith("s") and not words[-1].endswith("ss"):
        words[-1] = words[-1][:-1]
    plain = " ".join(words)
    turned = re.fullmatch(_OF_MATTERS, plain)
    return f"{_MATTERS.get(turned[2], turned[2])} {turned[1]}" if turned else plain
