"""The words of one sentence, and whether a word is read as a verb there, in what form.

Function words, neighbours and endings decide; a parser's coarse tags, where given, settle it. Every look
around is bounded, so a sentence of any length costs time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import msgspec

from dipcli.extraction.closed import (
    ADVERBS,
    AUXILIARY,
    BE,
    BEGINNING,
    CALLED,
    CALLING,
    COLLECTIVES,
    COMMON_ADJECTIVES,
    CONJUNCTIONS,
    DESCRIBING,
    DETERMINERS,
    DO,
    HAVE,
    INTENDING,
    MODAL,
    NOT,
    NOT_ADJECTIVES,
    NOT_ADVERBS,
    OBJECTS,
    OPENING,
    PARTICLES,
    PASTS,
    PLAIN_TIME,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    SEALING,
    TIME,
    VERBS_BEFORE,
    WISHING,
)

Coarse = Callable[[int], str | None]
"""A coarse part of speech (VERB, NOUN, ADJ, PROPN, …) at a character offset, or None."""

WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’]t\b|(?:[-‑][^\W_]+)*)|['’](?:s|re|ll|ve|d|m)\b|\d+(?:[.,:]\d+)*(?:-[^\W\d_]+)*|[^\s\w]|_"
)

_WITHIN_NAME = frozenset("of leader president premier prime foreign defence minister king secretary".split())
_ADJECTIVE_ENDS = tuple("al ive ous ic ful ary ish less able ible ese ian ean ern".split())
_ADJECTIVE = re.compile(r".+-[a-z]+(?:ed|level|wide|term|scale|day|run|led|made|style)$")
_FUNCTION = PREPOSITIONS | AUXILIARY | CONJUNCTIONS
_NO_NOUNS = _FUNCTION | DETERMINERS | PRONOUNS | OBJECTS
_BE_OR_HAVE = BE | HAVE
_BEFORE_BASE = MODAL | {"to"}
_NEAR_TIME = PLAIN_TIME | frozenset("this last next early late on in at".split())
"""Words that begin a time of the kind "on Tuesday", or are one."""

Tense = Literal["past", "present", "base", "gerund", "participle"]


class Words(msgspec.Struct, gc=False):
    """The words and punctuation marks of `text[lo:hi]`, in order, with their offsets into `text`."""

    text: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    headline: bool
    """Whether nearly every word has a capital, so that capitals tell nothing."""

    def __len__(self) -> int:
        return len(self.low)

    def at(self, index: int) -> str:
        """The lower-case word at `index`, or the empty string beyond either end."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def capital(self, index: int) -> bool:
        return not self.headline and 0 <= index < len(self.text) and self.text[index][0].isupper()

    def name(self, index: int) -> bool:
        """Whether the word looks like (part of) a name: a capital, and no day or month."""
        return self.capital(index) and self.low[index] not in TIME and self.low[index] not in DETERMINERS


LINKING = frozenset(
    "with from into over after amid that than upon between against about during under".split()
)
"""Words of four letters and more that a headline writes small."""


_MARCH = re.compile(r"March(?= \d)|(?:(?<=\d )|(?<=\b[Ii]n )|(?<=\bof ))March\b")


@lru_cache(maxsize=1 << 14)
def _low(word: str) -> str:
    """A word in small letters, with plain apostrophes and hyphens."""
    return word.lower().replace("’", "'").replace("‑", "-")


def split(text: str, lo: int, hi: int) -> Words:
    found = list(WORD.finditer(text, lo, hi))
    surface = list(map(re.Match.group, found))
    starts = list(map(re.Match.start, found))
    low = list(map(_low, surface))
    if text.find("March", lo, hi) >= 0:
        months = {match.start() for match in _MARCH.finditer(text, lo, hi)}  # where nobody marches
        low = ["mar" if start in months else word for start, word in zip(starts, low, strict=True)]
    long = [word for word in surface if len(word) > 3 and word[0].isalpha()]
    headline = len(long) > 4 and all(word[0].isupper() or word in LINKING for word in long)
    return Words(surface, low, starts, list(map(re.Match.end, found)), headline)


def is_adverb(word: str) -> bool:
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in NOT_ADVERBS)


@lru_cache(maxsize=1 << 14)
def is_adjective(word: str) -> bool:
    if word in COMMON_ADJECTIVES or word.rpartition("-")[2] in NOT_ADJECTIVES:
        return word in COMMON_ADJECTIVES
    ends = word.endswith(_ADJECTIVE_ENDS) and word not in _ADJECTIVE_ENDS
    return ends or ("-" in word and _ADJECTIVE.match(word) is not None)


def is_word(word: str) -> bool:
    return bool(word) and (word[0].isalpha() or word[0].isdigit())


def starts_phrase(words: Words, index: int) -> bool:
    """Whether a noun phrase surely starts at `index`: article, number, name, pronoun, adjective."""
    word = words.at(index)
    if not word:
        return False
    return (
        word in DETERMINERS
        or word in OBJECTS
        or word in QUANTIFIERS
        or word[0].isdigit()
        or words.name(index)
        or is_adjective(word)
        or (word == "at" and words.at(index + 1) in {"least", "most"})
    )


def past_time(words: Words, index: int) -> int:
    """The first index at or after `index` that is no adverb and no time of the kind "on Tuesday"."""
    for _ in range(8):
        word = words.at(index)
        if word not in _NEAR_TIME and not is_adverb(word):
            break
        if (is_adverb(word) and word not in {"all", "both", "back", "first"}) or word in PLAIN_TIME:
            index += 1
        elif word in {"this", "last", "next", "early", "late"} and words.at(index + 1) in TIME:
            index += 2
        elif word == "on" and words.at(index + 1)[:1].isdigit():
            month = index + 2 + (words.at(index + 2) in {"st", "nd", "rd", "th"})
            if words.at(month) not in TIME:
                break
            index = month + 1 + words.at(month + 1).isdigit()  # "on 3 June 2024"
        elif word in {"on", "in", "at", "late", "early"} and words.at(index + 1) in TIME:
            index += 2
            while words.at(index)[:1].isdigit() or (
                words.at(index) == "," and words.at(index + 1)[:1].isdigit()
            ):
                index += 1
        else:
            break
    return index


class VerbForm(msgspec.Struct, gc=False):
    """How a verb stands: `first` is the index of its group's first auxiliary (or of itself)."""

    tense: Tense
    first: int
    passive: bool = False
    perfect: bool = False
    modal: str = ""
    negated: bool = False


_BEFORE_NOUN = frozenset(
    "response access contribution according thanks opposition reaction addition reference regard".split()
)
"""Words whose "to" a noun follows."""
_TO_COME = WISHING | BE | frozenset("going set due about scheduled expected slated planned".split())
"""Words before an infinitive that tells of what is to come."""


class _Group(msgspec.Struct, gc=False):
    """The auxiliaries and negations before a verb, and the words around the whole."""

    first: int
    """Index of the first auxiliary, or of the verb."""
    back: int
    """Index of the word before the group."""
    nearest: str
    """The auxiliary next to the verb."""
    modal: str
    perfect: bool
    negated: bool
    chained: bool
    """Whether there are auxiliaries."""


def _group(words: Words, index: int) -> _Group:
    """What stands before the verb at `index`, some seven words back."""
    chain: list[int] = []
    back = index - 1
    negated = False
    while back >= 0 and index - back <= 7:
        word = words.low[back]
        if word in AUXILIARY and not (word == "may" and words.capital(back)):
            chain.append(back)
        elif word in NOT:
            negated = True
        elif not is_adverb(word):
            break
        if word.endswith("n't") or word == "cannot":
            negated = True
        back -= 1
    first = chain[-1] if chain else index
    modal = _modal(words, index, chain) if chain else ""
    return _Group(
        first,
        back,
        words.low[chain[0]] if chain else "",
        modal,
        perfect=any(words.low[i] in HAVE for i in chain),
        negated=negated or (modal == "to" and words.at(first - 1) == "not"),
        chained=bool(chain),
    )


def _modal(words: Words, index: int, chain: list[int]) -> str:
    """The modal among the auxiliaries of the verb at `index`, nearest first; "to" of a mere infinitive."""
    auxiliaries = [words.low[i] for i in reversed(chain)]
    modal = next((word for word in auxiliaries if word in MODAL), "")
    if modal:
        return modal
    if auxiliaries[1:] and auxiliaries[0] in {"is", "are", "was", "were"} and auxiliaries[1] == "to":
        modal = "will" if words.low[index] != "blame" else ""  # "is to visit"
    if not modal and auxiliaries[0] == "to":
        modal = "will" if words.at(chain[-1] - 1) in _TO_COME else "to"
    return modal


def verb_form(
    words: Words, index: int, names: frozenset[str], nouny: bool, noun: bool, coarse: str | None
) -> VerbForm | None:
    """The verb form at `index`, or None where the word is no verb.

    `names` are the forms the word can have; `nouny` tells that its base form is a noun too, `noun` that
    the lexicon knows this very word as a noun; `coarse` is a parser's tag.
    """
    if coarse in {"NOUN", "PROPN", "ADJ"}:
        return None
    sure = coarse in {"VERB", "AUX"}
    group = _group(words, index)
    if not group.chained and group.negated and words.at(index - 1) == "no":
        return None
    nearest, modal = group.nearest, group.modal
    if "ing" in names:
        return _gerund(words, index, group, noun=noun, sure=sure)
    if names & {"past", "part"} and not ("base" in names and modal and nearest not in _BE_OR_HAVE):
        if nearest in BE and "part" in names:
            return _passive(group)
        if nearest in HAVE and "part" in names:
            return VerbForm("past", group.first, perfect=True, modal=modal, negated=group.negated)
        if "base" not in names:
            return _past(words, index, names, group, sure=sure)
    if modal or nearest in DO:
        return _base(words, names, group, nouny=nouny, sure=sure)
    if nearest in _BE_OR_HAVE:
        return None
    if not _is_finite(words, index, names, group.back, nouny=nouny, sure=sure):
        return None
    return VerbForm("past" if "past" in names else "present", index, negated=group.negated)


def _gerund(words: Words, index: int, group: _Group, *, noun: bool, sure: bool) -> VerbForm | None:
    """The form of a word in -ing."""
    if group.nearest in BE:
        tense: Tense = "past" if group.nearest in {"was", "were", "been"} else "present"
        return VerbForm(tense, group.first, perfect=group.perfect, modal=group.modal, negated=group.negated)
    if not sure:
        previous, follow = words.at(group.back), words.at(index + 1)
        if previous in DETERMINERS or (is_adjective(previous) and not words.capital(group.back)):
            return None
        if noun and not starts_phrase(words, past_time(words, index + 1)) and follow != "with":
            return None
    return VerbForm("gerund", index, negated=group.negated)


def _passive(group: _Group) -> VerbForm:
    """The form of a participle after a form of "be"."""
    past = group.nearest in {"was", "were", "been", "got"} or group.perfect
    return VerbForm(
        "base" if group.modal else "past" if past else "present",
        group.first,
        passive=True,
        perfect=group.perfect and group.nearest in {"been", "being", "be"},
        modal=group.modal,
        negated=group.negated,
    )


MEANS = frozenset("plane train air sea ship car bus boat road rail land telephone phone radio cable".split())
"""Words after "by" for how somebody went or spoke: "left by plane"."""


def _past(words: Words, index: int, names: frozenset[str], group: _Group, *, sure: bool) -> VerbForm | None:
    """The form of a word that can but be a past tense or a participle."""
    if group.nearest in _BEFORE_BASE or (not sure and is_modifier(words, index, group.back)):
        return None
    by = words.at(index + 1) == "by" and words.at(index + 2) not in TIME | MEANS and "part" in names
    if "past" not in names or (by and not words.at(index + 2).endswith("ing")):
        return VerbForm("participle", index, passive=True, negated=group.negated)
    return VerbForm("past", index, negated=group.negated)


def _base(words: Words, names: frozenset[str], group: _Group, *, nouny: bool, sure: bool) -> VerbForm | None:
    """The form of an infinitive after a modal, "to" or "do"."""
    if "base" not in names or group.nearest in _BE_OR_HAVE:
        return None
    if group.nearest == "to" and nouny and not sure and words.at(group.first - 1) in _BEFORE_NOUN:
        return None
    tense: Tense = "past" if group.nearest in {"did", "didn't"} else "base"
    return VerbForm(tense, group.first, modal=group.modal, negated=group.negated)


def _is_finite(
    words: Words, index: int, names: frozenset[str], back: int, *, nouny: bool, sure: bool
) -> bool:
    """Whether a word without auxiliaries is a verb of its clause; `back`: the word before it."""
    previous, follow = words.at(back), words.at(index + 1)
    if "past" not in names and nouny and follow in {"who", "which", "whose"}:
        return False  # "armed forces who fled"
    if sure:
        return True
    if previous in PRONOUNS or previous == "that":
        return not (previous == "that" and nouny) or starts_phrase(words, index + 1)
    if previous in DETERMINERS or previous in PREPOSITIONS or previous[:1].isdigit():
        return False
    if (
        follow == "to"
        and words.at(index + 2) not in DETERMINERS
        and words.low[index].rstrip("s") in INTENDING
    ):
        agrees = "s" in names or previous.endswith("s") or _are_several(words, back)
        return agrees and is_word(previous) and not is_adjective(previous)
    ahead = past_time(words, index + 1)
    described = is_adjective(previous) and not words.capital(back)
    if nouny and "past" in names and is_word(previous) and not described:
        plural = words.capital(back) or previous.endswith("s") or previous in COLLECTIVES
        if plural and follow.isalpha() and follow not in _FUNCTION:
            return True
        return follow in PARTICLES or starts_phrase(words, ahead)
    if not nouny:
        return "s" in names or not (back < 0 or described)
    return _is_verb_rather(words, index, names, back, ahead, described=described)


def _is_verb_rather(
    words: Words, index: int, names: frozenset[str], back: int, ahead: int, *, described: bool
) -> bool:
    """The same of a word that is a noun as well; `ahead`: what follows it but for times, `described`: whether an
    adjective stands before it."""
    previous, follow = words.at(back), words.at(index + 1)
    object_follows = starts_phrase(words, ahead) and words.at(ahead) not in {"that", "no"}
    if previous in {"and", "or", ","}:
        return object_follows and words.at(ahead) != "."
    if back < 0 or not is_word(previous):
        return "s" in names and object_follows and follow not in BEGINNING  # "Talks open in Lima"
    if words.low[index] in CALLING and previous.endswith("s") and follow in {"for", "on", "to", "with"}:
        return True  # "rebels call for talks"
    if described or ("s" in names and words.capital(index)):
        return False
    if object_follows:
        return "s" in names or previous.endswith("s") or words.capital(back)
    if "base" in names and follow in PREPOSITIONS and follow != "of" and _are_several(words, back):
        return True
    if words.low[index] in SEALING and is_word(follow) and _are_several(words, back):
        return True
    if words.low[index] in VERBS_BEFORE.get(follow, "").split() and previous not in CALLED:
        return True
    if follow in PARTICLES and ("s" in names or _are_several(words, back) or "and" in words.low[:back][-5:]):
        return True  # "Ecuador breaks off relations", "Rebels and one party pull out"
    if "s" not in names:
        return False
    if words.name(back) and ahead > index + 1 and words.at(ahead) in {",", ".", "", "and"}:
        return True  # "Chad protests on 3 May, Niger denies on 4 May"
    plain = is_word(follow) and follow not in _FUNCTION and not follow.endswith("ed") and follow not in PASTS
    return words.capital(back) and plain


def _are_several(words: Words, index: int) -> bool:
    """Whether what ends at `index` is a plural that a verb may follow: "ministers call for", "A and B call on"."""
    word = words.low[index]
    if word.endswith("s"):
        plain = word not in DETERMINERS and word not in TIME and not word.endswith(("ss", "'s"))
        opens = index == 0 or words.low[index - 1] in OPENING
        return plain and (opens or not words.capital(index))
    if not words.name(index):
        return False
    while index > 0 and (words.name(index) or words.low[index] in _WITHIN_NAME):
        index -= 1
    return words.low[index] in {"and", ","} and (words.name(index - 1) or words.at(index - 1).endswith("s"))


def is_modifier(words: Words, index: int, back: int) -> bool:
    """Whether a participle stands before its noun: "the disputed islands", "of displaced people"."""
    previous, follow = words.at(back), words.at(index + 1)
    if not is_word(follow) or follow in _NO_NOUNS:
        return False
    if follow[0].isdigit() or is_adverb(follow) or follow in TIME:
        return False
    if not previous:
        return not words.name(index + 1) or words.low[index] in DESCRIBING  # "Addressed Congress."
    if previous in DETERMINERS and previous != "that":
        return True
    if (
        previous in PREPOSITIONS
        or previous in QUANTIFIERS
        or (is_adjective(previous) and not words.capital(back))
    ):
        return not words.capital(index + 1)
    return False
