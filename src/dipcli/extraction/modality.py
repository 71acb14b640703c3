"""What a deed that a sentence names may be but for having happened: what may or might be, what a plan or a purpose
foresees, what words are only about, what is announced."""

from __future__ import annotations

from dipcli.dates.grammar import Expression
from dipcli.extraction import arguments
from dipcli.extraction.tree import SUBJECTS, Tree
from dipcli.extraction.triggers import Trigger
from dipcli.extraction.when import is_purpose, verb_above

_PLANNING = frozenset("schedule plan slate expect".split())


def is_imagined(tree: Tree, trigger: Trigger, word: int) -> bool:
    """Whether a deed is but what may be, what a plan foresees, or what another deed was for: "a blockade could
    last", "a plan under which A would resign", "entered the town to build a road"."""
    if trigger.sort == "noun":
        return is_possible(tree, word)
    if trigger.side and trigger.modal in ("would", "could"):
        return True
    for_it = trigger.modal == "to" and tree.words[word].dep in ("advcl", "acl")
    for_it = for_it and not arguments.predicated(tree, tree.words[word].head)  # "was the first to visit X"
    return for_it and trigger.type != "CONSULT" and trigger.status_hint is None


_AIMS = frozenset(
    "agreement pact deal accord treaty memorandum plan proposal mechanism effort attempt bid".split()
)


def is_aim(tree: Tree, word: int) -> bool:
    """Whether a deed is only what something agreed on, planned or done is for: "signed an agreement to disarm patrols"."""
    told = tree.words[word]
    if told.tag == "VBG" and told.dep == "advcl" and told.lemma == "hope":
        return True  # "launched talks, hoping to end the war"
    to = any(tree.words[c].text.casefold() == "to" for c in tree.children(word, "aux", "mark"))
    return told.dep in ("acl", "relcl") and to and tree.words[told.head].lemma in _AIMS


def is_possible(tree: Tree, word: int) -> bool:
    """Whether a trigger stands under a verb of what may or might be."""
    verb = verb_above(tree, word)
    return verb is not None and any(
        tree.words[c].text.casefold() in ("would", "could", "may", "might", "should", "can")
        for c in tree.children(verb, "aux")
    )


def is_spoken_of(tree: Tree, word: int, date: Expression | None) -> bool:
    """Whether a deed is but what words are about, and of no date among them: "stressed that the *withdrawal* of B
    was no end"."""
    at = tree.words[word]
    if at.dep == "conj":
        at = tree.words[at.head]
    verb = tree.words[at.head]
    if at.dep not in SUBJECTS or verb.dep != "ccomp" or at.pos != "NOUN":
        return False
    marks = [tree.words[i].char_start for i in tree.children(at.head, "mark")]
    opens = marks[0] if marks else tree.words[verb.head].char_start  # "said on Monday that the visit …"
    return date is None or date.char_start < opens


def is_complaint(tree: Tree, word: int) -> bool:
    """Whether a deed is told, of nobody, as what somebody complains of: "protested that B was allowed to speak"."""
    above = tree.words[tree.words[word].head]
    blamed = tree.words[word].dep == "ccomp" and above.lemma in ("protest", "complain", "object")
    return blamed and not tree.children(word, "agent")


def took_place(tree: Tree, word: int) -> bool:
    """Whether a clause tells of an occasion that it was ("the ministerial meeting, which took place on Wednesday")."""
    return any(
        tree.words[c].lemma in _HAPPENED and tree.words[c].tag == "VBD" for c in tree.children(word, "relcl")
    )


_HAPPENED = frozenset("take begin open last happen occur".split())


def is_means(tree: Tree, word: int) -> bool:
    """Whether an event noun tells how something was said or kept up ("affirmed … through talks on June 9")."""
    head = tree.words[tree.words[word].head]
    return tree.words[word].dep == "pobj" and head.text.casefold() in ("through", "via", "during")


def is_news(tree: Tree, word: int) -> bool:
    """Whether a meeting is what somebody makes known: "announced a summit"."""
    at = tree.words[word]
    return at.pos == "NOUN" and at.dep == "dobj" and tree.words[at.head].lemma in ("announce", "unveil")


_DONE = frozenset(("after", "following", "since"))
"""Words before what was done by then."""


def is_announced(tree: Tree, word: int) -> bool:
    """Whether an event stands under a verb of the future ("will fly to Cairo for talks", "… to meet X")."""
    if tree.words[word].pos in ("VERB", "AUX") and not is_purpose(tree, word):
        return False
    if any(tree.words[c].lemma in _PLANNING for c in tree.children(word, "acl")):
        return True  # "a meeting scheduled for 3 May"
    for above in tree.ancestors(word):
        if tree.words[above].text.casefold() in _DONE:
            return False  # "will meet following the lifting of …"
        if tree.words[above].pos in ("VERB", "AUX"):
            return any(
                tree.words[c].text.casefold() in ("will", "shall", "'ll") for c in tree.children(above, "aux")
            )
    return False
