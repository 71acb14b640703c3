"""Trees without a model: function words, word endings and position, on simplified sentences.

Three steps: every word gets a part of speech (`tags`), runs of nouns become phrases with a head
(`phrases`), and one walk from left to right hangs phrases and verbs on one another (`walk`): a
phrase before a verb is its subject, one after it its object, a preposition belongs to the noun or
verb before it. Where prose is less regular, the parser of the `nlp` extra is better.
"""

from __future__ import annotations

from collections.abc import Sequence

from dipcli.extraction.shallow.tags import lemma, tags
from dipcli.extraction.shallow.walk import Builder
from dipcli.extraction.syntax import Given
from dipcli.extraction.tree import Tree, Word


def tree(words: Sequence[Given], verbs: frozenset[int], nouns: frozenset[int] = frozenset()) -> Tree:
    """A tree for a simplified sentence; `verbs` and `nouns` number the words known to be such."""
    low = [word.text.casefold() for word in words]
    pos = tags(words, low, verbs, nouns)
    built = Builder(words, low, pos)
    built.run()
    return Tree(
        [
            Word(
                word.text, lemma(small) if sort == "VERB" else small, sort, tag, dep, head,
                word.char_start, word.char_end, word.unit,
            )
            for word, small, sort, tag, dep, head in zip(
                words, low, pos, built.tags(), built.dep, built.head, strict=True
            )
        ]
    )  # fmt: skip
