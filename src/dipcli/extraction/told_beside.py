"""Dates of something told beside a deed: the meeting that it is said of, the text by which it was done, what came next."""

from __future__ import annotations

from dipcli.extraction.tree import Tree


def neighbour(tree: Tree, verb: int) -> int | None:
    """What a clause tells the time of where it tells but that it came before or after: "the summit was preceded by a
    meeting of ministers, from 9 to 13 March"."""
    if tree.words[verb].lemma not in ("precede", "follow") or not tree.children(verb, "auxpass"):
        return None
    agents = (head for by in tree.children(verb, "agent") for head in tree.children(by, "pobj"))
    return next(agents, None)


ON_MEETINGS = frozenset("ACCUSE REQUEST REJECT THREATEN SUPPORT".split())
"""Types of what is said, which may be of a meeting and its day."""


def of_held(tree: Tree, date: int) -> bool:
    """Whether a participle with nothing but a place after it tells of what the date is: "the talks held in X, Peru, on Monday"."""
    for i in range(date - 1, max(date - 10, 0), -1):
        word = tree.words[i]
        if word.tag == "VBN":
            return word.lemma in ("hold", "convene") and word.dep in ("acl", "relcl")
        if word.unit < 0 and word.text.casefold() not in _WHERE:
            return False
    return False


_WHERE = frozenset(", in at on the".split())


def is_means(tree: Tree, clause: int, verb: int) -> bool:
    """Whether a participle tells when that was signed by which a passive says that it was done."""
    by = tree.words[tree.words[clause].head].head
    return tree.words[clause].dep == "acl" and tree.words[by].dep == "agent" and tree.words[by].head == verb
