"""Which of several phrases' places are near one another, as FTS5's NEAR sees it."""

from __future__ import annotations

from collections.abc import Sequence


def near(places: Sequence[Sequence[int]], sizes: Sequence[int], most: int) -> list[list[int]]:
    """Of the places where each phrase begins (sorted), those that are near a place of every other.

    `sizes`: how many words each phrase has; `most`: how many words may stand between the end of one
    and the beginning of the last.
    """
    found: list[list[int]] = [[] for _ in places]
    at = [0] * len(places)
    if not all(places):
        return found
    while True:
        last = max(own[number] for own, number in zip(places, at, strict=True))
        fits = False
        while not fits:
            fits = True
            for phrase, own in enumerate(places):
                least = last - sizes[phrase] - most
                while own[at[phrase]] < least:
                    fits = False
                    at[phrase] += 1
                    if at[phrase] == len(own):
                        return found
                if own[at[phrase]] > last:
                    fits, last = False, own[at[phrase]]
        for phrase, own in enumerate(places):
            if found[phrase][-1:] != [own[at[phrase]]]:
                found[phrase].append(own[at[phrase]])
        following = [
            (own[number + 1], phrase)
            for phrase, (own, number) in enumerate(zip(places, at, strict=True))
            if number + 1 < len(own)
        ]
        if not following:
            return found
        at[min(following)[1]] += 1
