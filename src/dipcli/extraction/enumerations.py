"""Lists that a parser takes apart, put together in its tree: persons, offices, objects, dates."""

from __future__ import annotations

import msgspec

from dipcli.extraction.slots import DATES, STAND_INS
from dipcli.extraction.tree import Tree, Word

_PERSONS = frozenset(STAND_INS)
_SPANS = frozenset("hour minute day".split())


def opening(tree: Tree, words: list[Word]) -> None:
    """Makes a list of two names that a headline parts with a comma alone: "Peru, Chile agree"."""
    if len(words) < 4 or words[1].text != "," or min(words[0].unit, words[2].unit) < 0:
        return
    if words[0].dep == "nsubj" and words[0].head == 3 and words[2].dep == "appos" and words[2].head == 0:
        words[2] = msgspec.structs.replace(words[2], dep="conj")


def objects(tree: Tree, words: list[Word]) -> None:
    """Lists a name after the object before it, where the parser hung both on the verb ("invited B, and C to come")."""
    for i, word in enumerate(words):
        if word.dep != "conj" or word.unit < 0 or words[word.head].pos != "VERB":
            continue
        person = word.text in _PERSONS
        before = [k for k in tree.children(word.head, "dobj") if k < i and (person or words[k].unit >= 0)]
        if before and all(w.dep in ("cc", "punct") for w in words[before[-1] + 1 : i]):
            words[i] = msgspec.structs.replace(word, head=before[-1])


def prepositions(words: list[Word]) -> None:
    """Hangs a preposition told again after "and" where it hung before ("called on A to leave and on B to stay"), and
    whom somebody is with for a time on the verb ("met for an hour with A and for two hours with B")."""
    for i, word in enumerate(words):
        above = words[word.head]
        if word.text == "with" and word.dep == "prep" and above.lemma in _SPANS and above.dep == "pobj":
            words[i] = msgspec.structs.replace(word, head=words[above.head].head)
            continue
        if word.dep != "conj" or word.pos != "ADP":
            continue
        before = next((w for w in reversed(words[:i]) if w.text == word.text and w.dep == "prep"), None)
        if before is not None:
            words[i] = msgspec.structs.replace(word, dep="prep", head=before.head)


def bearers(tree: Tree, words: list[Word]) -> None:
    """Lists a person after the person before, where the parser put them on what that one is head of, or took them for
    the same: "A, B, and C"."""
    for i, word in enumerate(words):
        if {word.text, words[word.head].text} <= _PERSONS and word.dep in ("npadvmod", "appos"):
            words[i] = msgspec.structs.replace(word, dep="conj")
            continue
        if word.text not in STAND_INS or word.dep != "conj" or words[i - 1].text != "and":
            continue
        at = word.head
        while words[at].text in ("of", "for") or (
            words[at].pos in ("NOUN", "PROPN") and (words[at].unit < 0 or words[at].text.islower())
        ):
            if words[at].head == at:
                break
            at = words[at].head
        if words[at].text in STAND_INS and word.head != at < i:
            words[i] = msgspec.structs.replace(word, head=at)


def bodies(tree: Tree, words: list[Word]) -> None:
    """Lists a country or organisation after the one before, where the parser put it on the noun that this one is of: "a
    member of A and the B"."""
    for i, word in enumerate(words):
        if word.dep != "conj" or word.unit < 0 or word.text in _PERSONS or words[word.head].unit >= 0:
            continue
        at = i - 2 if words[i - 1].text == "the" else i - 1
        if at < 1 or words[at].text != "and" or words[word.head].pos != "NOUN":
            continue
        if words[at - 1].text == word.text and word.head in tree.ancestors(at - 1):
            words[i] = msgspec.structs.replace(word, head=at - 1)


def apart(tree: Tree, words: list[Word]) -> None:
    """Lists what the parser takes to describe the one before: offices and countries of which the last stands after "and",
    and names parted by semicolons: "the president, the premier and the minister met", "US, UK and Italy call", "by A, the
    minister; B, the minister"."""
    for i, word in enumerate(words):
        head = words[word.head]
        if word.dep != "appos" or word.unit < 0 or head.unit < 0:
            continue
        plain = word.text.islower() and head.text.islower()
        alike = plain or (
            head.text[:1].isupper() and not {head.text, word.text} & _PERSONS and words[i - 1].text == ","
        )
        listed = alike and any(words[c].unit >= 0 for c in tree.children(i, "conj"))
        parted = not plain and any(w.text == ";" for w in words[word.head + 1 : i])
        if listed or (parted and not word.text.islower()):
            words[i] = msgspec.structs.replace(word, dep="conj")


def after_dates(words: list[Word]) -> None:
    """Gives what a parser hung on a date to what the date is of: "the visit on Monday of A to B"."""
    for i, word in enumerate(words):
        date = words[word.head]
        on = words[date.head]
        if (
            word.dep == "prep"
            and date.unit >= 0
            and date.text in DATES
            and date.head < word.head < i
            and on.dep == "prep"
        ):
            words[i] = msgspec.structs.replace(word, head=on.head)


def dates(words: list[Word]) -> None:
    """Lists dates that the parser took for one told again ("on 3 May 2018, 4 June 2019 and in July")."""
    for i, word in enumerate(words):
        if word.dep == "appos" and word.text in DATES and words[word.head].text in DATES:
            words[i] = msgspec.structs.replace(word, dep="conj")
