"""Those who take part in an event though a tree hangs them elsewhere: on the phrase before a comma, in the clause that a
talk opens."""

from __future__ import annotations

from collections.abc import Sequence

from dipcli.extraction import arguments
from dipcli.extraction.referents import people
from dipcli.extraction.slots import Slot
from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import Trigger


def stray_subject(tree: Tree, slots: Sequence[Slot], verb: int) -> list[str]:
    """The name right before a main verb, where the parser hung it on the phrase before the comma."""
    if tree.children(verb, "auxpass", "nsubjpass"):
        return []
    for i in range(verb - 1, 0, -1):
        word = tree.words[i]
        if word.pos == "VERB":
            return []
        over = tree.words[word.head].unit
        if word.dep == "appos" and over >= 0 and slots[over].kind == "place":
            continue  # "talks in Taba, Egypt, failed"
        if word.unit >= 0 and slots[word.unit].keys and word.dep in ("appos", "nsubj", "npadvmod", "dep"):
            return list(slots[word.unit].keys)
    return []


def beside(tree: Tree, slots: Sequence[Slot], verb: int) -> list[str]:
    """Persons before a verb that its subject's list was cut off from ("A, the envoy, and B, who …, met"); not who tells of
    it."""
    named = any(tree.words[i].unit >= 0 for i in tree.children(verb, "nsubj"))
    teller = tree.words[verb].head if named and tree.words[verb].dep == "ccomp" else -1
    return [
        key
        for word in tree.words[:verb]
        if word.unit >= 0
        and slots[word.unit].kind in ("person", "office")
        and word.dep in ("conj", "appos", "nsubj")
        and not (word.dep == "nsubj" and word.head == teller)
        for key in slots[word.unit].keys
    ]


def spoken_to(tree: Tree, slots: Sequence[Slot], noun: int) -> list[str]:
    """Whom the clause speaks to that a talk opens: "during a call, A urged B to …"."""
    preposition = tree.words[tree.words[noun].head]
    verb = tree.words[preposition.head]
    if preposition.text.casefold() not in ("during", "in", "at") or verb.pos != "VERB":
        return []
    clauses = tree.children(preposition.head, "ccomp", "xcomp")
    objects = [
        *tree.children(preposition.head, "dobj", "dative"),
        *(i for clause in clauses for i in tree.children(clause, "nsubj")),
    ]
    return [
        key
        for i in objects
        if tree.words[i].unit >= 0 and slots[tree.words[i].unit].kind == "person"
        for key in slots[tree.words[i].unit].keys
    ]


def before_leaving(tree: Tree, slots: Sequence[Slot], noun: int) -> list[str]:
    """Who did after talks what their sentence tells: "A left Cairo after talks with B"."""
    verb = talked_before(tree, noun)
    return people(tree, slots, arguments.subjects(tree, verb)[0]) if verb is not None else []


_AFTER = frozenset(("after", "following"))
_OF = frozenset(("of",))


def talked_before(tree: Tree, word: int) -> int | None:
    """The main verb that tells what was done after talks, told by this noun or gerund: "after three days of *talks*"."""
    words = tree.words
    at = word
    while words[at].dep in ("pobj", "pcomp") and words[words[at].head].text in _OF:
        at = words[words[at].head].head
    above = words[at].head
    verb = words[above].head
    after = words[at].dep in ("pobj", "pcomp") and words[above].text.casefold() in _AFTER
    return verb if after and words[verb].tag == "VBD" and tree.is_main(verb) else None


def present(tree: Tree, slots: Sequence[Slot], trigger: Trigger, word: int) -> list[str]:
    """Who was at a meeting that only opens a sentence: "At the summit held in X on 3 May, A asked B to …"."""
    noun = word
    if trigger.noun_start is not None and trigger.noun_end is not None:
        noun = tree.at(trigger.noun_start, trigger.noun_end) or word
    preposition = tree.words[tree.words[noun].head]
    verb = preposition.head
    if preposition.text not in ("At", "During") or tree.words[verb].pos != "VERB":
        return []
    doers = arguments.subjects(tree, verb)[0]
    others = [
        i
        for clause in (verb, *tree.children(verb, "ccomp", "xcomp"))
        for head in tree.children(clause, "dobj", "dative", *(("nsubj",) if clause != verb else ()))
        for i in tree.conjuncts(head)
        if tree.words[i].unit >= 0 and slots[tree.words[i].unit].kind in ("person", "office")
    ]
    return people(tree, slots, [*doers, *others])
