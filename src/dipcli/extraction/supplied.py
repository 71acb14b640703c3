"""A parser's tree filled where a sentence leaves words out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dipcli.extraction.tree import SUBJECTS, Tree, Word

_SUFFERED = frozenset(
    "killed assassinated murdered executed hanged shot wounded injured poisoned arrested detained jailed imprisoned"
    " interned sentenced convicted indicted deposed ousted overthrown toppled dismissed sacked abducted kidnapped"
    " deported expelled exiled extradited freed released pardoned captured besieged evacuated".split()
)
"""Past forms that tell of their subject what was done to it where no object follows, as headlines do: "A killed in B"."""


_LATER = frozenset("hours days weeks months years minutes".split())


def filled(tree: Tree, passives: frozenset[int]) -> Tree:
    """The tree with those who act along with the subject beside it, and the passives of headlines as such, their "was"
    left out: "A ousted by B", "A and C arrested"; `passives`: offsets of verbs that are known to be passive."""
    tree = _beside(tree)
    if not passives and _SUFFERED.isdisjoint([word.text for word in tree.words]):
        return tree
    words = list(tree.words)
    for i, word in enumerate(words):
        if word.tag not in ("VBD", "VBN") or (word.text not in _SUFFERED and word.char_start not in passives):
            continue
        over = words[word.head]
        alone = word.dep == "acl" and over.pos in ("NOUN", "PROPN") and over.head == word.head
        subject = word.head if alone else next(iter(tree.children(i, "nsubj")), i)
        if word.text not in _SUFFERED and (words[subject].unit >= 0 or _is_beside_verb(words, i)):
            continue  # somebody who may do it, or no line of its own
        objects = [c for c in tree.children(i, "dobj", "dative") if words[c].text not in _LATER]
        if objects or tree.children(i, "aux", "auxpass", "nsubjpass"):
            continue
        if alone:  # a name and what was done, and no other verb
            words[word.head] = msgspec.structs.replace(over, dep="nsubjpass", head=i)
            words[i] = msgspec.structs.replace(word, tag="VBN", dep="ROOT", head=i)
        elif word.dep in ("ROOT", "conj", "ccomp"):
            words[i] = msgspec.structs.replace(word, tag="VBN")
        else:
            continue
        for c in tree.children(i, "nsubj"):
            words[c] = msgspec.structs.replace(words[c], dep="nsubjpass")
        for c in tree.children(i, "prep"):
            if words[c].text == "by":
                words[c] = msgspec.structs.replace(words[c], dep="agent")
    return Tree(words)


def _is_beside_verb(words: Sequence[Word], verb: int) -> bool:
    return any(word.pos == "VERB" and i != verb for i, word in enumerate(words))


_ALONG = frozenset(("together with", "along with", "jointly with", "as well"))


def _beside(tree: Tree) -> Tree:
    """The tree with the names between commas that a subject acts along with as more of it: "A, together with B and
    C, signed"."""
    words = tree.words
    for i in range(2, len(words)):
        if words[i - 1].text != ",":
            continue
        text = words[i].text.casefold()
        pair = f"{text} {words[i + 1].text}" if i + 1 < len(words) else ""
        if pair not in _ALONG and text != "alongside":
            continue
        first, a = i + 1 + (pair in _ALONG) + (pair == "as well"), i - 2
        last = next((n for n in range(first, len(words)) if words[n].text == ","), 0)
        names = [n for n in range(first, last) if words[n].unit >= 0]
        others = (words[n].text for n in range(first, last) if words[n].unit < 0)
        if not names or words[a].dep not in SUBJECTS or not _LINKS.issuperset(others):
            continue
        out = list(words)
        for n in range(i, first):
            out[n] = msgspec.structs.replace(words[n], dep="cc", head=a)
        for n in names:
            out[n] = msgspec.structs.replace(words[n], dep="conj", head=a)
        return Tree(out)
    return tree


_LINKS = frozenset(("and", "the", "of"))
