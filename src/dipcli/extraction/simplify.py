"""The sentence as the parser sees it: every slot is one word, the rest is as written.

"South Korea's National Security Advisor NAME told …" becomes "John told …": a small parser reads that
right where it would lose its way in the titles, and needs half the time.
"""

from __future__ import annotations

from dipcli.extraction.actors import Scene
from dipcli.extraction.syntax import Given
from dipcli.extraction.units import tokens


def words(seen: str, scene: Scene) -> list[Given]:
    """Words for the parser; `Given.unit` numbers the slot that a word stands for."""
    sentence = scene.sentence
    found: list[Given] = []
    at = sentence.char_start
    for number, slot in enumerate(scene.slots):
        found += _plain(seen, at, slot.char_start)
        space = seen[slot.char_end : slot.char_end + 1].isspace()
        found.append(Given(slot.placeholder, slot.char_start, slot.char_end, space, number))
        at = slot.char_end
    found += _plain(seen, at, sentence.char_end)
    return _without_date_line(found, scene)


def as_written(seen: str, scene_start: int, scene_end: int) -> list[Given]:
    """Words of a sentence as they stand, for a model that looks for names."""
    return _plain(seen, scene_start, scene_end)


def _plain(seen: str, lo: int, hi: int) -> list[Given]:
    return [
        Given(t.text, t.char_start, t.char_end, seen[t.char_end : t.char_end + 1].isspace())
        for t in tokens(seen, lo, hi)
    ]


def _without_date_line(found: list[Given], scene: Scene) -> list[Given]:
    """Without the date that a chronology line begins with ("May 16, 2022: …")."""
    if len(found) > 2 and found[0].unit >= 0 and scene.slots[found[0].unit].kind == "date":
        i = 1
        while i < len(found) and found[i].text in (":", "-", "–", "—", ".", ",") and i < 3:
            i += 1
        if i > 1 and found[1].text != ",":
            return found[i:] or found
    return found
