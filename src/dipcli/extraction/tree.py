"""A parsed sentence: words with their heads, whichever parser made them.

The parser does not see the sentence as written but a simplified one: every name, title and date is
one word (`Word.unit` says which). `syntax` (spaCy) and `shallow` (rules) both make a `Tree`.
Dependency labels are those of ClearNLP, which spaCy's English pipelines use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from dipcli.extraction.slots import Slot

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass"))
CLAUSES = frozenset(("ROOT", "ccomp", "advcl", "relcl", "acl", "pcomp", "xcomp", "conj", "parataxis"))


ANSWERING = frozenset("retaliate respond react reply reciprocate answer".split())
"""Verbs after which "by" tells what was done in return."""
_RELATIVE = frozenset(("who", "whom", "which", "whose"))


class Word(msgspec.Struct, frozen=True, gc=False):
    text: str
    lemma: str
    pos: str
    """Universal part of speech: VERB, NOUN, PROPN, ADJ, ADP, …"""
    tag: str
    dep: str
    head: int
    """Number of the head word in this tree; its own number for the root."""
    char_start: int
    char_end: int
    unit: int
    """Number of the unit (`units.Unit`) that the word stands for; -1 for an ordinary word."""


class Tree:
    """Words of one sentence and ways to walk them."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self._deps = [word.dep for word in words]
        self.has_relatives = "relcl" in self._deps
        self._children: list[list[int]] = [[] for _ in words]
        for i, word in enumerate(words):
            if word.head != i:
                self._children[word.head].append(i)
        self._above: dict[int, tuple[int, ...]] = {}
        self.places: Sequence[tuple[int, Slot]] | None = None
        """Those that words name, with the words' numbers, once they were asked for (`where`)."""

    def children(self, i: int, *deps: str) -> list[int]:
        """Direct dependents of a word, in order; only those with one of the labels, if given."""
        below = self._children[i]
        if not below or not deps:
            return [*below]
        found = []
        for c in below:  # quicker than a comprehension for so few
            if self._deps[c] in deps:
                found.append(c)
        return found

    def subtree(self, i: int) -> Iterator[int]:
        """A word and everything below it."""
        stack = [i]
        while stack:
            at = stack.pop()
            yield at
            stack.extend(self._children[at])

    def ancestors(self, i: int) -> tuple[int, ...]:
        """The heads above a word, nearest first."""
        if i not in self._above:
            found: dict[int, None] = {}
            at = self.words[i].head
            while at != i and at not in found:
                found[at] = None
                at = self.words[at].head
            self._above[i] = tuple(found)
        return self._above[i]

    def root(self, i: int) -> int:
        """The highest word above a word, itself included."""
        return (i, *self.ancestors(i))[-1]

    def is_main(self, i: int) -> bool:
        """Whether a word is that of the main clause, or joined to it by "and", or what it tells was done in return."""
        words = self.words
        above = (i, *self.ancestors(i))
        by = len(above) > 2 and words[i].tag == "VBG" and words[above[1]].text == "by"
        if by and words[above[2]].lemma in ANSWERING:
            above = above[2:]
        return all(words[a].dep == "conj" for a in above[:-1]) and words[above[-1]].dep == "ROOT"

    def describes(self, word: int, verb: int) -> bool:
        """Whether a word below a verb only tells more of somebody there: "A, who *warned* B, told the cabinet …"."""
        path = [word, *self.ancestors(word)]
        below = path[: path.index(verb)] if verb in path else []
        clauses = [at for at in below if self.words[at].dep == "relcl"]
        return any(self.words[i].text.casefold() in _RELATIVE for at in clauses for i in self.children(at))

    def conjuncts(self, i: int) -> list[int]:
        """A word and what is coordinated with it, rightwards."""
        found = [i]
        for at in found:
            for below in self._children[at]:
                if self._deps[below] == "conj" and below not in found:
                    found.append(below)
        return found

    def at(self, char_start: int, char_end: int) -> int | None:
        """Number of the first word that overlaps a span."""
        for i, word in enumerate(self.words):
            if char_start < word.char_end and word.char_start < char_end:
                return i
        return None


def joined(trees: Sequence[Tree]) -> Tree:
    """The trees of sentences that follow on each other as one, each with its own root."""
    if len(trees) == 1:
        return trees[0]
    words: list[Word] = []
    for tree in trees:
        first = len(words)
        words += [msgspec.structs.replace(word, head=word.head + first) for word in tree.words]
    return Tree(words)
