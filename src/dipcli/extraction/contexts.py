"""PLOVER contexts of a stretch of text, by the keyword table of the lexicon."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dipcli.lexicon.inflection import noun_forms
from dipcli.lexicon.plover import CONTEXTS
from dipcli.lexicon.tables import toml


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each context one alternation of its words, in the order of `CONTEXTS`."""
    table = toml("contexts.toml")
    return tuple((name, re.compile(rf"\b(?:{'|'.join(_forms(table[name]))})\b")) for name in CONTEXTS)


def _forms(words: list[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if word.endswith("*"):
            found.append(re.escape(word[:-1]) + r"\w*")
        elif " " in word:
            found.append(r"\s+".join(map(re.escape, word.split())))
        else:
            found += map(re.escape, noun_forms(word))
    return sorted(found, key=len, reverse=True)


def contexts(text: str, lo: int, hi: int) -> list[str]:
    """The contexts that the words of `text[lo:hi]` speak of, in PLOVER's order."""
    return list(_spoken_of(text[lo:hi].lower()))


@lru_cache(maxsize=16)
def _spoken_of(low: str) -> tuple[str, ...]:
    """Kept for a while: all events of a sentence ask about the same words."""
    return tuple(name for name, pattern in _patterns() if pattern.search(low))
