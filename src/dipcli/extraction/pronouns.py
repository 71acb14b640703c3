"""Whom "he" and "she" mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.extraction.registry import Registry
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Slot, SlotKind

_PRONOUNS = frozenset(("he", "she", "him", "his", "her"))
_HE = re.compile(rf"\b(?:{'|'.join(sorted(_PRONOUNS))})\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"(?:him|her)(?=[.,;]|\s+(?:in|on|at|to|for|from|with|by|of|over|during|after|before|and|as|that)\b)"
)
"""Somebody else than the one person named before in the sentence: "B met her on 3 May"."""
_I = re.compile(r"\bI\b")
OPENS = re.compile(
    r"(?:In|At|During|After|Following|On|Upon|Before|With|Together|Like|Unlike|Alongside|Besides|Despite|Under|From|For|[A-Z][a-z]+(?:ed|ing))\s"
)
"""Begins a phrase before the subject: "After talks with A, B left", "Invited by A, B arrived"."""
AFTER_COMMA = re.compile(r",\s+(?:the\s+)?\Z")


_STYLES = {
    **dict.fromkeys(
        "mr king emperor tsar kaiser prince sultan emir shah pope lord sir baron count duke".split(), False
    ),
    **dict.fromkeys(
        "mrs ms miss queen empress princess lady dame madam madame baroness countess duchess".split(), True
    ),
}
"""Words of a title that say whether its bearer is a woman."""


class Genders:
    """Which persons of a text are women and which men, as styles and pronouns tell, and who was spoken of of late."""

    def __init__(self, seen: str) -> None:
        self.seen = seen
        self._women: dict[str, bool] = {}
        self._last: list[str] = []
        """Keys of those spoken of last, the last one at the end."""

    def learn(self, slots: Sequence[Slot]) -> None:
        """Note the styles of a sentence's persons."""
        for slot in slots:
            if slot.kind == "person" and slot.rule != "pronoun" and len(slot.keys) == 1:
                key = slot.keys[0]
                for word in self.seen[slot.char_start : slot.char_end].casefold().split():
                    if (woman := _STYLES.get(word.rstrip("."))) is not None:
                        self._women.setdefault(key, woman)
                if key in self._last:
                    self._last.remove(key)
                self._last.append(key)

    def fitting(self, pronoun: str, key: str) -> str | None:
        """`key`, or whoever else a pronoun means if that person is known to be of the other gender."""
        woman = pronoun.casefold() in ("she", "her")
        if pronoun.casefold() in ("he", "she"):  # "her" may be a country's
            self._women.setdefault(key, woman)
        if self._women.get(key, woman) == woman:
            return key
        known = [other for other in reversed(self._last) if self._women.get(other) == woman]
        return next(iter(known), None)


def find(
    seen: str,
    sentence: Sentence,
    named: Sequence[Slot],
    subject: str | None,
    persons: Sequence[str],
    registry: Registry,
    genders: Genders,
) -> list[Slot]:
    """Slots of "he", "her" and the like, by the people `named` in the sentence, and by whom those before were about:
    the `subject` of the last, the `persons` of the last that named two."""
    found: list[Slot] = []
    genders.learn(named)
    if sentence.words.isdisjoint(_PRONOUNS):
        return found
    for match in _HE.finditer(seen, sentence.char_start, sentence.char_end):
        before = [s.keys[0] for s in named if s.char_end <= match.start() and len(s.keys) == 1]
        object_ = _OBJECT.match(seen, match.start())
        key = before[0] if before and not object_ else subject
        opened = OPENS.match(seen, sentence.char_start) and AFTER_COMMA.search(
            seen, sentence.char_start, match.start()
        )
        if opened and before and subject and subject not in before:
            key = subject  # "In talks with A, he offered …"
        mine = object_ and before and _I.search(seen, sentence.char_start, match.start())
        if object_ and (mine or len(set(before)) > 1):
            key = before[-1]  # "A met B and urged her to …", "I saw B and urged her to …"
        elif object_ and key in before:
            continue
        elif object_ and not before and key in persons[:2] and len(persons) > 1:
            key = next(k for k in persons if k != key)  # "A met B. He assured her of …"
        key = genders.fitting(match[0], key) if key else None
        if key:
            word = "him" if object_ else match[0]
            kind: SlotKind = "office" if registry.entities[key].kind == "office" else "person"
            found.append(Slot(kind, match.start(), match.end(), (key,), word, rule="pronoun"))
    return found
