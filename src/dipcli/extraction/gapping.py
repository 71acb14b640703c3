"""Clauses that leave out the verb of the clause before: "A signed on 3 May and B on 5 May", "met A in X in June and B in Y in July".

What is left of such a clause is cut from the sentence before it is parsed (`cut`); the clause then is the tree of the
one before it with its own words in their places (`whole`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from dipcli.dates.grammar import Expression
from dipcli.extraction.slots import Scene
from dipcli.extraction.syntax import Given
from dipcli.extraction.tree import SUBJECTS, Tree, Word

_PREPOSITIONS = frozenset("in at to from with on by against for near of".split())
_JOINING = frozenset((",", ";", "and", "but", "while", "then"))
_REST = frozenset(
    "the a an its their his her own second third fourth fifth other last latter next final again later first"
    " ( ) did so did likewise followed suit same further additional another $ € £ million billion dollars euros".split()
)
"""Words that may stand beside names in what is left of a clause."""
_DOES = frozenset(("so", "own", "followed", "likewise"))
"""Those of them with which a name is who acts."""
_ARTICLES = frozenset(("the", "a", "an"))
_ENDS = frozenset((".", ",", ";", ")", ":", "and", "but", "while", "!"))
"""What may follow the date of such a clause."""
_LAND = frozenset(("country", "place", "demonym", "pair"))
_PEOPLE = frozenset(("person", "office", "group"))
_OBJECTS = frozenset(("dobj", "pobj", "appos", "attr", "dative"))


class Gap(msgspec.Struct, frozen=True, gc=False):
    """What is left of a clause whose verb is that of the one before."""

    after: int
    """Where the date stands (`char_start`) that ends the clause before."""
    words: Sequence[Given]
    """The words that are left, the joining ones too, its date last."""


def cut(scene: Scene, given: Sequence[Given]) -> tuple[list[Given], list[Gap]]:
    """The words of a sentence without those of clauses that leave out their verb, and these clauses."""
    slots = scene.slots
    dates = [i for i, word in enumerate(given) if word.unit >= 0 and slots[word.unit].kind == "date"]
    if len(dates) < 2:
        return [*given], []
    gaps: list[Gap] = []
    cut_at: set[int] = set()
    for before, date in pairwise(dates):
        follow = given[date + 1].text if date + 1 < len(given) else "."
        if follow in _ENDS and _is_left(scene, given[before + 1 : date]):
            whole = before if before not in cut_at else None
            after = given[before].char_start if whole is not None else gaps[-1].after
            gaps.append(Gap(after, given[before + 1 : date + 1]))
            cut_at.update(range(before + 1, date + 1))
    return [word for i, word in enumerate(given) if i not in cut_at], gaps


def _is_left(scene: Scene, words: Sequence[Given]) -> bool:
    """Whether words between two dates are joined on and name somebody or a place, and no more."""
    named = any(word.unit >= 0 for word in words)
    rest = [word.text.casefold() for word in words if word.unit < 0 and not _is_money(word.text)]
    joined = words[1:] if words and words[0].text == ")" else words
    if "first" in rest and "by" in rest:
        return False  # "in June 2003, the first by an Irish president in two decades"
    return (
        named
        and joined[0].unit < 0
        and joined[0].text in _JOINING
        and all(word in _PREPOSITIONS or word in _JOINING or word in _REST for word in rest)
    )


def _is_money(text: str) -> bool:
    """Whether a word is a figure, or the initials of a currency."""
    return text[0].isdigit() or (len(text) == 3 and text.isupper())


class Reading(msgspec.Struct, frozen=True, gc=False):
    """A clause as a sentence of its own."""

    scene: Scene
    tree: Tree

    def of(self, scene: Scene, dates: Sequence[Expression]) -> list[Expression]:
        """Those of the dates of the sentence that the clause has."""
        gone = {slot.char_start for slot in scene.slots} - {slot.char_start for slot in self.scene.slots}
        return [date for date in dates if date.char_start not in gone]


def whole(scene: Scene, tree: Tree, gaps: Sequence[Gap]) -> list[Reading]:
    """The sentence without its gapped clauses and these, each as if told in full; nothing if one of them can't be."""
    left = {word.unit for gap in gaps for word in gap.words if word.unit >= 0}
    if any(word.text == "followed" for gap in gaps for word in gap.words):
        scene = msgspec.structs.replace(scene, pair=())  # who does the same does it not to the other
    found = [_reading(scene, tree.words, left)]
    for gap in gaps:
        words = _filled(scene, tree, gap)
        if words is None:
            return []
        used = {word.unit for word in words if word.unit >= 0}
        gone = {word.unit for word in tree.words if word.unit >= 0} - used
        found.append(_reading(scene, words, (left - used) | gone))
    return found


def _reading(scene: Scene, words: Sequence[Word], without: set[int]) -> Reading:
    """Words with the slots of a sentence that they are left."""
    kept = [n for n in range(len(scene.slots)) if n not in without]
    number = {n: k for k, n in enumerate(kept)}
    slots = [scene.slots[n] for n in kept]
    told = [msgspec.structs.replace(w, unit=number[w.unit]) if w.unit >= 0 else w for w in words]
    gone = {key for n in without for key in scene.slots[n].keys}
    pair = scene.pair if gone.isdisjoint(scene.pair) else ()
    return Reading(msgspec.structs.replace(scene, slots=slots, pair=pair), Tree(told))


def _filled(scene: Scene, tree: Tree, gap: Gap) -> list[Word] | None:
    """The words of the clause before a gap with those of the gap in their places."""
    date = next((i for i, w in enumerate(tree.words) if w.char_start == gap.after and w.unit >= 0), None)
    verb = (
        next((i for i in tree.ancestors(date) if tree.words[i].pos in ("VERB", "AUX")), None)
        if date
        else None
    )
    if date is None or verb is None or verb > date:
        return None
    places = {date: gap.words[-1]}
    added: list[tuple[Given, Given]] = []
    acts = any(word.text.casefold() in _DOES for word in gap.words)
    bare: list[Given] = []
    preposition: Given | None = None
    for k, word in enumerate(gap.words[:-1]):
        if word.unit < 0:
            continue
        before = next(w for w in reversed(gap.words[:k]) if w.unit >= 0 or w.text.casefold() not in _ARTICLES)
        if before.text == "(":
            continue
        if before.unit < 0 and before.text == "and" and preposition is not None:
            added.append((preposition, word))
            continue
        preposition = before if before.unit < 0 and before.text in _PREPOSITIONS else None
        if before.unit >= 0 or before.text not in _PREPOSITIONS or (acts and before.text == "by"):
            bare.append(word)
        elif (at := _after(scene, tree, verb, date, before.text, word, places)) is not None:
            places[at] = word
        else:
            added.append((before, word))
    for word in bare:
        at = _bare(scene, tree, verb, date, gap, word, places, acts=acts)
        if at is None:
            return None
        places.setdefault(at, word)
    return _replaced(tree, verb, places, added)


def _alike(scene: Scene, word: Word, other: Given) -> bool:
    """Whether two names may stand in the same place."""
    if word.unit < 0:
        return False
    kinds = {scene.slots[word.unit].kind, scene.slots[other.unit].kind}
    return len(kinds) == 1 or kinds <= _LAND or kinds <= _PEOPLE


def _after(
    scene: Scene, tree: Tree, verb: int, date: int, preposition: str, word: Given, taken: dict[int, Given]
) -> int | None:
    """The name after the same preposition in the clause before, the last one that is like a name."""
    words = tree.words
    for i in range(date - 1, -1, -1):
        told = words[i].dep in ("pobj", "appos") and words[words[i].head].text.casefold() == preposition
        if told and i not in taken and verb in tree.ancestors(i) and _alike(scene, words[i], word):
            return i
    return None


def _bare(
    scene: Scene,
    tree: Tree,
    verb: int,
    date: int,
    gap: Gap,
    word: Given,
    taken: dict[int, Given],
    *,
    acts: bool,
) -> int | None:
    """The object or the subject of the clause before in whose place a name stands that no preposition is before."""
    words = tree.words
    subject = _subject(tree, verb)
    doer = subject if subject is not None and words[subject].unit >= 0 else None
    apart = [w.text for w in gap.words[:2]] == [",", "and"]
    if acts or (apart and doer is not None and _alike(scene, words[doer], word)):
        return doer
    told = [i for i in range(date - 1, verb, -1) if words[i].dep in _OBJECTS and verb in tree.ancestors(i)]
    for i in told:
        fits = _alike(scene, words[i], word) or words[i].lemma == "counterpart"
        above = words[words[i].head].text
        if fits and i not in taken and above != "of" and (i == told[0] or above not in ("in", "at")):
            return i
    return doer


def _subject(tree: Tree, verb: int) -> int | None:
    """The subject of a verb, be it that of the verb it is joined to."""
    at = verb
    while not (found := tree.children(at, *SUBJECTS)):
        if tree.words[at].dep not in ("conj", "xcomp") or tree.words[at].head == at:
            return None
        at = tree.words[at].head
    return found[0]


def _replaced(
    tree: Tree, verb: int, places: dict[int, Given], added: Sequence[tuple[Given, Given]]
) -> list[Word]:
    """Words of a tree with some in others' places, what told more of those left out, and some after a preposition
    added to a verb."""
    gone = {
        k
        for at in places
        for c in tree.children(at)
        if tree.words[c].dep in ("appos", "conj", "cc", "relcl", "prep", "acl", "poss", "amod", "compound")
        for k in tree.subtree(c)
        if k not in places
    }
    gone -= {above for at in places for above in tree.ancestors(at)}
    kept = [i for i in range(len(tree.words)) if i not in gone]
    number = {i: k for k, i in enumerate(kept)}
    out: list[Word] = []
    for i in kept:
        word, given = tree.words[i], places.get(i)
        if given is not None:
            word = _put(word, given)
        out.append(msgspec.structs.replace(word, head=number[word.head]))
    for preposition, given in added:
        out.append(
            Word(
                preposition.text,
                preposition.text,
                "ADP",
                "IN",
                "prep",
                number[verb],
                preposition.char_start,
                preposition.char_end,
                -1,
            )
        )
        out.append(
            Word(
                given.text,
                given.text.casefold(),
                "PROPN",
                "NNP",
                "pobj",
                len(out) - 1,
                given.char_start,
                given.char_end,
                given.unit,
            )
        )
    return out


def _put(word: Word, given: Given) -> Word:
    return msgspec.structs.replace(
        word,
        text=given.text,
        lemma=given.text.casefold(),
        char_start=given.char_start,
        char_end=given.char_end,
        unit=given.unit,
    )
