"""The longest phrase of a lexicon that begins at a word of a text: a tree by their words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class _Node:
    """What phrases come to by the same words."""

    __slots__ = ("entries", "following", "rank")

    def __init__(self) -> None:
        self.rank = (0, 0)
        """Phrases of more words come first, then those that were told first."""
        self.following: dict[str, _Node] = {}
        """By the next word."""
        self.entries: list[tuple[str, Any]] = []
        """Tag and data of the phrases that end here."""


class Phrases:
    """Longest match of phrases, word by word, in normal form: a tree by their words."""

    def __init__(self, entries: Iterable[tuple[str, str, Any]]) -> None:
        """Phrases with tag and data, those that come first where several are as long in front."""
        self._root = _Node()
        for number, (phrase, tag, data) in enumerate(entries):
            node, words = self._root, phrase.split()
            for word in words:
                if word not in node.following:
                    node.following[word] = _Node()
                node = node.following[word]
            if not node.entries:
                node.rank = (-len(words), number)
            node.entries.append((tag, data))

    def starts(self, words: list[str]) -> set[int]:
        """The words with which a phrase may begin; with most of a text's none does."""
        known = self._root.following
        starts = {i for i, word in enumerate(words) if word in known or " " in word}
        if "'s" in words:
            starts.update(i - 1 for i, word in enumerate(words) if word == "'s" and i)
        return starts

    def at(self, words: list[str], i: int) -> list[tuple[int, str, Any]]:
        """Phrases that begin with word `i`, longest first: (length in words, tag, data).

        A possessive inside a phrase counts as its normal form has it ("Workers' Party", "People's").
        """
        found = []
        for step in _steps(self._root, words, i):
            ends = _ends(words, step) if step[0].following else [step]
            if len(ends) > 1:
                ends.sort(key=lambda step: step[0].rank)
            found += [(end - i, tag, data) for node, end in ends for tag, data in node.entries]
        return found


_Step = tuple[_Node, int]
"""What phrases have come to, and the index of the word after."""


def _steps(node: _Node, words: list[str], i: int) -> list[_Step]:
    """One step on, by a word or by one with its possessive; by most words of a text there is none."""
    word, following = words[i], node.following
    found = [(following[word], i + 1)] if word in following else []
    if not found and " " in word and (known := _several(node, word.split(" "))):
        found.append((known, i + 1))
    if i + 1 < len(words) and words[i + 1] == "'s" and (known := following.get(word + "s")):
        found.append((known, i + 2))
    return found


def _several(node: _Node, words: list[str]) -> _Node | None:
    """What the words of a hyphenated one come to ("Vice-President")."""
    found: _Node | None = node
    for word in words:
        found = found.following.get(word) if found else None
    return found


def _ends(words: list[str], begun: _Step) -> list[_Step]:
    """The steps from one on, itself the first."""
    found = [begun]
    for node, i in found:
        if not node.following:
            continue
        if i < len(words) and words[i] == "'":
            i += 1
        if i < len(words):
            found += _steps(node, words, i)
    return found
