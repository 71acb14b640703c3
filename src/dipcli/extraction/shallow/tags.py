"""Parts of speech: by lists of function words, by the word before and by endings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dipcli.extraction import closed, wordclass
from dipcli.extraction.syntax import Given
from dipcli.lexicon import countries
from dipcli.lexicon.events import lexicon
from dipcli.names import normal

_DETERMINERS = (closed.DETERMINERS - {"that", "'s"}) | {"several", "many", "most", "few"}
_PREPOSITIONS = (closed.PREPOSITIONS - {"because", "than", "per"}) | {"to", "alongside", "regarding"}
_AUXILIARIES = (closed.BE | closed.HAVE | closed.DO | closed.MODAL) - {"need", "needs"}
_PRONOUNS = frozenset("he she it they we i you him us me them himself herself itself themselves".split())
RELATIVE = frozenset("who which whom".split())
COORDINATORS = frozenset(("and", "or", "but", "&"))
_SUBORDINATORS = frozenset("that if whether because although though while whereas when where unless".split())

_CLOSED = {
    word: tag
    for tag, table in (
        ("ADP", _PREPOSITIONS),
        ("PRON", RELATIVE | _PRONOUNS),
        ("SCONJ", _SUBORDINATORS),
        ("CCONJ", COORDINATORS),
        ("DET", _DETERMINERS),
        ("AUX", _AUXILIARIES),
    )
    for word in table
}
"""Tags of words of the closed classes; of a word in several the last counts."""


def tags(
    words: Sequence[Given], low: Sequence[str], verbs: frozenset[int], nouns: frozenset[int]
) -> list[str]:
    """Universal part of speech of each word."""
    pos: list[str] = []
    before: int | None = None
    for i, word in enumerate(words):
        if word.unit >= 0:
            pos.append(_unit_tag(words, low, i))
        elif i in verbs:
            pos.append("VERB")
        else:
            pos.append(_word_tag(words, low, pos, before, i, i in nouns))
        before = i if pos[i] not in ("ADV", "PART") else before
    for i, tag in enumerate(pos):
        if tag == "AUX":
            after = next((k for k in range(i + 1, len(pos)) if pos[k] not in ("ADV", "PART")), None)
            if after is None or pos[after] not in ("VERB", "AUX"):
                pos[i] = "VERB"  # "was the host", "had a talk"
    return pos


def _unit_tag(words: Sequence[Given], low: Sequence[str], i: int) -> str:
    if low[i] in ("his", "her"):
        return "DET"
    if i + 1 < len(words) and low[i + 1].isalpha() and _is_demonym(words[i].text):
        return "PROPN" if low[i + 1] in _PREPOSITIONS or low[i + 1] in _AUXILIARIES else "ADJ"
    return "PROPN"


@lru_cache(maxsize=256)
def _is_demonym(text: str) -> bool:
    form = countries.forms().get(normal(text))
    return form is not None and form.sort == "demonym"


def _word_tag(
    words: Sequence[Given], low: Sequence[str], pos: Sequence[str], before: int | None, i: int, noun: bool
) -> str:
    """The tag of a word; `before` is the last one before it that is no adverb."""
    word = low[i]
    if noun and word[0].isalnum():
        return "NOUN"
    if tag := _sure_tag(word):
        return tag
    if before is not None and _verbal(words, low, pos, before, i):
        return "VERB"
    return "ADJ" if wordclass.is_adjective(word) else "NOUN"


@lru_cache(maxsize=1 << 14)
def _sure_tag(word: str) -> str:
    """The tag of a sign, a number, an adverb or a word of the closed classes; else none."""
    if not word[0].isalnum():
        return "PART" if word in ("'s", "'") else "PUNCT"
    if word == "not":
        return "PART"
    if word in _CLOSED:
        return _CLOSED[word]
    if word[0].isdigit():
        return "NUM"
    return "ADV" if wordclass.is_adverb(word) else ""


def _verbal(words: Sequence[Given], low: Sequence[str], pos: Sequence[str], before: int, i: int) -> bool:
    """Whether a word of the open classes is a verb, by the word before it and its ending."""
    word = low[i]
    if pos[before] == "AUX":
        return word.endswith(("ed", "ing")) or word in closed.PASTS or not word.endswith("s")
    if low[before] == "to" and before == i - 1:
        return not word.endswith(("s", "ing", "ion", "ment")) or "base" in _forms(word)
    if pos[before] in ("DET", "ADJ", "NUM") or low[before] in ("of", "'s", "'"):
        return False
    if word.endswith("ing"):
        follows = low[i + 1] if i + 1 < len(low) else ""
        opens = follows in _DETERMINERS or (i + 1 < len(words) and words[i + 1].unit >= 0)
        return opens and (pos[before] in ("ADP", "SCONJ", "PUNCT") or words[before].unit >= 0)
    if word.endswith("ed") or word in closed.PASTS:
        return True
    return _forms(word) == {"past"} or (
        word in ("says", "tells", "adds") and pos[before] in ("PROPN", "PRON")
    )


def _forms(word: str) -> set[str]:
    """The names of the verb forms that a word can be."""
    return {name for _, names in lexicon().verbs.get(word, ()) for name in names}


def lemma(low: str) -> str:
    """The base form of a verb, small letters given; one that is not known stays as it is."""
    known = lexicon().verbs.get(low)
    return known[0][0] if known else low
