"""Whether a verb tells of what was not done: "did not condemn", "failed to release", "neither A nor B met"."""

from __future__ import annotations

import re

from dipcli.extraction.closed import DETERMINERS
from dipcli.extraction.wordclass import VerbForm, Words

_FAILING = frozenset(
    "fail fails failed failing decline declines declined neglect neglected omitted unable forgot".split()
)
"""Words before an infinitive that is not carried out."""
_AVOIDING = frozenset("without avoid avoids avoided avoiding".split())
"""Words before a gerund that is not carried out."""
_AVOIDING_BY = frozenset(
    (
        "short of",
        "instead of",
        "rather than",
        "refrain from",
        "refrains from",
        "refrained from",
        "stopped from",
    )
)
_NOT_ALONE = frozenset("only just merely simply solely".split())
"""Words after "not" that take it back: "not only condemned but …"."""
_POSSIBLY = frozenset(
    "unlikely likely able reluctant hesitant tempted poised afraid keen eager free close prepared preparing prepares prepare".split()
)
"""Words before an infinitive that tells of what only may be done: "is unlikely to attack"."""
_NEARLY = frozenset(("close to", "verge of", "brink of", "point of", "accused of", "suspected of"))
"""Words before a gerund that tells of what is not done, or not known to be."""
_NOBODY = frozenset("neither nobody none".split())
_REACH = 8
"""How many words before a verb its subject begins."""


def is_undone(words: Words, form: VerbForm, index: int) -> bool:
    """Whether the verb at `index`, in `form`, tells of what was not done."""
    if form.negated:
        return not any(
            words.low[place] == "not" and words.at(place + 1) in _NOT_ALONE
            for place in range(max(min(form.first, index - 3), 0), index)
        )
    before = words.at(form.first - 1)
    if f"{words.at(form.first - 2)} {before}" == "no longer" or (
        words.at(index - 1) == "to" and words.at(index - 2) == "yet"
    ):
        return True  # "no longer recognises", "has yet to sign"
    if form.modal == "to":
        return before in _FAILING
    if form.tense == "gerund":
        return before in _AVOIDING or f"{words.at(index - 2)} {before}" in _AVOIDING_BY
    return _nobody(words, form.first)


_COMING = re.compile(r"(?:show|turn) up|appear|come|arrive|attend|go|travel|stay")
_MISSED = re.compile(
    rf"(?:not|n't|never|fail(?:ed|s|ing)? to|refus(?:ed|es|ing) to|declin(?:ed|es|ing) to)(?: \w+ly)? (?:{_COMING.pattern})"
    r"(?: (?:for|to|at))?(?: [\w'-]+){0,4} "
)


def is_missed(words: Words, index: int) -> bool:
    """Whether the meeting at `index` is one that somebody did not come to: "did not show up for a meeting"."""
    before = " ".join(words.low[max(0, index - _REACH - 2) : index]) + " "
    found = _MISSED.search(before)
    return found is not None and found.end() == len(before)


def is_only_possible(words: Words, form: VerbForm, index: int) -> bool:
    """Whether the verb at `index`, in `form`, tells of what only may or might have been done."""
    before = words.at(form.first - 1)
    if words.at(index - 1) == "to" and words.at(index - 2) in _POSSIBLY:
        return True
    if _is_made_to(words, form.first):
        return True
    if form.modal == "would":
        return "have" in words.low[form.first : index]  # "would have recalled"
    return form.tense == "gerund" and f"{words.at(index - 2)} {before}" in _NEARLY


_EXPECTING = frozenset(
    "speculation speculations rumour rumours rumor rumors hope hopes fear fears expectation expectations talk"
    " prospect prospects likelihood possibility chance chances".split()
)
"""Nouns of what may or may not come: before "that" and a verb, before "of" and a noun."""
_STRIVING = frozenset("push campaign drive lobbying".split())
"""Nouns of what somebody works for, before "for"."""
_OF_IT = frozenset(("of", "about", "over"))
_PARTING = frozenset((",", ";", ":", "when", "as", "after", "while", "before", "since", "because", "until"))
_PHRASE, _CLAUSE = 6, 12
"""So many words at most between such a noun and the deed it is of, or the verb of its clause."""


def is_expected(words: Words, first: int, *, noun: bool) -> bool:
    """Whether what is told from the word `first` on is only expected or striven for: "speculation that trains might
    resume", "fears of an attack", "a push for sanctions"."""
    low = words.low
    for place in range(first - 1, max(first - _CLAUSE, 0), -1):
        before = low[place - 1]
        if low[place] in _PARTING:
            return False
        if low[place] == "that" and before in _EXPECTING:
            return not noun
        near = first - place <= _PHRASE
        if near and (before in _STRIVING and low[place] == "for"):
            return True
        if near and noun and before in _EXPECTING and low[place] in _OF_IT:
            return True
    return False


_MADE_TO = 8
"""So many words at most between "would have" and what somebody would be made to do."""


def _is_made_to(words: Words, first: int) -> bool:
    """Whether a verb tells what a text would make somebody do: "a draft that would have had the Council condemn B"."""
    low = words.low
    if words.at(first - 1) == "to":
        return False
    for place in range(first - 2, max(first - _MADE_TO, 0), -1):
        if low[place] in ("have", "had") and "would" in low[max(place - 3, 0) : place]:
            return words.capital(place + 1) or low[place + 1] in DETERMINERS
    return False


def _nobody(words: Words, first: int) -> bool:
    """Whether the subject before a verb is nobody: "neither A nor B", "none of the ministers", "no envoy"."""
    for place in range(first - 1, max(first - 1 - _REACH, -1), -1):
        word = words.low[place]
        if word in {",", ";", ":", "that", "but"} or word.endswith("ed"):
            return False
        if word in _NOBODY:
            return True
        if word == "no":
            return words.at(place - 1) in {"", ",", ";", "and", "but", "that", "while"} or place == 0
    return False
