"""PLOVER contexts of a stretch of text, by the keyword table of the lexicon."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from dipcli.extraction.sentences import Sentence
from dipcli.lexicon.inflection import noun_forms
from dipcli.lexicon.plover import CONTEXTS
from dipcli.lexicon.tables import toml

_WORD = re.compile(r"\w+")


class _Keywords(NamedTuple):
    """The keyword table by what a reader of words meets first, each with the context it puts into."""

    words: dict[str, set[str]]
    """Whole words."""
    stems: list[tuple[str, str]]
    """Beginnings of words."""
    phrases: dict[str, list[tuple[frozenset[str], re.Pattern[str], str]]]
    """Several words, or one with a sign in it, by their first run of letters; with all that stand whole in them."""


@cache
def _keywords() -> _Keywords:
    found = _Keywords(defaultdict(set), [], defaultdict(list))
    for name, keywords in toml("contexts.toml").items():
        for keyword in keywords:
            for form in [keyword] if " " in keyword or keyword.endswith("*") else noun_forms(keyword):
                _put(found, form, name)
    return found


def _put(found: _Keywords, form: str, name: str) -> None:
    bare = form.removesuffix("*")
    if not _WORD.fullmatch(bare):
        source = r"\s+".join(map(re.escape, bare.split())) + (r"\w*" if bare != form else "")
        first, *others = _WORD.findall(bare)
        whole = others if bare == form else others[:-1]
        found.phrases[first].append((frozenset(whole), re.compile(rf"\b{source}\b"), name))
    elif bare != form:
        found.stems.append((bare, name))
    else:
        found.words[form].add(name)


@lru_cache(maxsize=4096)
def _of_word(word: str) -> frozenset[str]:
    """The contexts that a word has by itself."""
    known = _keywords()
    return frozenset(
        {*known.words.get(word, ()), *(name for stem, name in known.stems if word.startswith(stem))}
    )


def contexts(seen: str, sentence: Sentence) -> list[str]:
    """The contexts that the words of a sentence speak of, in PLOVER's order."""
    return list(_spoken_of(seen[sentence.char_start : sentence.char_end].lower(), sentence.words))


@lru_cache(maxsize=16)
def _spoken_of(low: str, words: frozenset[str]) -> tuple[str, ...]:
    """Kept for a while: all events of a sentence ask about the same words."""
    phrases = _keywords().phrases
    told = set().union(*map(_of_word, words))
    for word in words & phrases.keys():
        for others, pattern, name in phrases[word]:
            if name not in told and others <= words and pattern.search(low):
                told.add(name)
    return tuple(name for name in CONTEXTS if name in told)
