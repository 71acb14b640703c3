"""Whom "he" and "she" mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.extraction.registry import Registry
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Slot, SlotKind

_PRONOUNS = frozenset(("he", "she", "him", "his", "her"))
_SUBJECTS = frozenset(("he", "she"))
_HE = re.compile(
    rf"\b(?:{'|'.join(sorted(_PRONOUNS))})\b(?!\s(?:Excellency|Majesty|(?:Royal\s)?Highness|Holiness|Eminence)\b)",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"(?:him|her)(?=[.,;]|\s+(?:in|on|at|to|for|from|with|by|of|over|during|after|before|and|as|that)\b)"
)
"""Somebody else than the one person named before in the sentence: "B met her on 3 May"."""
_I = re.compile(r"\bI\b")
OF_OTHER = re.compile(
    r"['’]s?\s+(?:(?:personal|special)\s+)?(?:successor|predecessor|deputy|envoy|aide|advis[eo]r|representative|spokes[a-z]+)\b",
    re.IGNORECASE,
)
"""After somebody who only tells whose the one is that the sentence is about: "A's successor, B"."""
_SEVERAL = re.compile(r"\s[a-z]+(?:[eo]r|ent|ant|ist|ve|oy|ief|ect)s\Z")
"""Ends an office of several, whom no "he" means: "the Soviet advisers"."""
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


_OF_LATE = 3
"""So many persons spoken of last, of whose gender nothing is told, may be meant by "he" where the last one is a woman."""


_SPEAKS_FOR = re.compile(r",\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,3}spokes[a-z]+\b", re.IGNORECASE)
_SPOKESMAN = re.compile(r"\bspokes[a-z]+(?:,)?\s+\Z", re.IGNORECASE)
_LONGEST_OFFICE = 20
"""Characters of the word for a spokesman before a name."""


class Genders:
    """Which persons of a text are women and which men, as styles and pronouns tell, who was spoken of of late, and who
    but speaks for another."""

    def __init__(self, seen: str) -> None:
        self.seen = seen
        self._women: dict[str, bool] = {}
        self._last: list[str] = []
        """Keys of those spoken of last, the last one at the end."""
        self._voices: set[str] = set()
        """Keys of spokesmen."""

    def of_whom(self, persons: Sequence[Slot]) -> list[Slot]:
        """The persons of a sentence, without a spokesman who begins it and tells of others."""
        speaks = bool(persons[1:]) and persons[0].keys[0] in self._voices
        return list(persons[1:] if speaks else persons)

    def learn(self, slots: Sequence[Slot]) -> None:
        """Note the styles of a sentence's persons."""
        for slot in slots:
            if slot.kind == "person" and slot.rule != "pronoun" and len(slot.keys) == 1:
                key = slot.keys[0]
                if _SPEAKS_FOR.match(self.seen, slot.char_end) or _SPOKESMAN.search(
                    self.seen, max(0, slot.char_start - _LONGEST_OFFICE), slot.char_start
                ):
                    self._voices.add(key)
                for word in self.seen[slot.char_start : slot.char_end].casefold().split():
                    if (woman := _STYLES.get(word.rstrip("."))) is not None:
                        self._women.setdefault(key, woman)
                if key in self._last:
                    self._last.remove(key)
                self._last.append(key)

    def fitting(self, pronoun: str, key: str) -> str | None:
        """`key`, or whoever else a pronoun means if that person is known to be of the other gender."""
        woman = pronoun.casefold() in ("she", "her")
        recent = self._last[::-1]
        if woman and key not in self._women:  # few are women of whom nothing is told
            key = next((other for other in recent[:_OF_LATE] if self._women.get(other)), key)
        if pronoun.casefold() in _SUBJECTS:  # "her" may be a country's
            self._women.setdefault(key, woman)
        if self._women.get(key, woman) == woman:
            return key
        known = next((other for other in recent if self._women.get(other) == woman), None)
        return known or next((other for other in recent[:_OF_LATE] if other not in self._women), None)


def go_on(seen: str, slots: Sequence[Slot], subject: str | None) -> bool:
    """Whether the first person of a sentence is whom the one before was about, as "he" or "she" or by "Her" that it
    begins with; "I" tells nothing."""
    first = next((s for s in slots if s.kind in ("person", "office")), None)
    if first is None or first.rule != "pronoun" or first.keys != (subject,):
        return False
    word = seen[first.char_start : first.char_end]
    return word.casefold() in _SUBJECTS or word in ("His", "Her")


_LEFT_OFF = re.compile(r"\b(?:was|were|met|by|with|to|who)\b")
"""Words after the last of those who are named in a row."""


def row_of_persons(seen: str, slots: Sequence[Slot], start: int) -> list[str]:
    """The persons named in a row after an offset: "a delegation led by A and B was received by C"."""
    found: list[str] = []
    end = None
    for slot in slots:
        if slot.kind != "person" or slot.char_start <= start:
            continue
        if end is not None and _LEFT_OFF.search(seen, end, slot.char_start):
            break
        found += [key for key in slot.keys if key not in found]
        end = slot.char_end
    return found


_SUBJECT_WITHIN = 30
"""Characters after the beginning of a sentence within which its subject stands."""


def with_subject(seen: str, sentence: Sentence, slots: Sequence[Slot], persons: Sequence[str]) -> list[str]:
    """The persons that a sentence names; of only one, whoever "he" or "she" is that it begins with too."""
    first = next((s for s in slots if s.kind == "person"), None)
    if len(persons) != 1 or first is None or first.rule != "pronoun" or persons[0] in first.keys:
        return list(persons)
    near = first.char_start - sentence.char_start < _SUBJECT_WITHIN
    subject = seen[first.char_start : first.char_end].casefold() in ("he", "she")
    return [*first.keys, *persons] if near and subject else list(persons)


def _span(slot: Slot) -> tuple[int, int]:
    return slot.char_start, slot.char_end


_UNNAMED = re.compile(
    r"\b[Tt]he\s+(?:[\w-]+\s+){0,4}(?:official|envoy|spokes\w+|diplomat|officer|aide|source|expert)\b[^.;]{0,40}\b(?:said|told|warned|added|noted)\b"
)
"""Somebody without a name speaks, and "he" is that one: "the senior official said, as he briefed X"."""


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
        earlier = [s for s in named if s.char_end <= match.start() and len(s.keys) == 1]
        earlier = genders.of_whom([s for s in earlier if not OF_OTHER.match(seen, s.char_end)])
        if earlier and _UNNAMED.search(seen, earlier[-1].char_end, match.start()):
            continue
        before = [s.keys[0] for s in earlier if s.kind == "person" or not _SEVERAL.search(seen, *_span(s))]
        object_ = _OBJECT.match(seen, match.start())
        key = before[0] if before and not object_ else subject
        opened = OPENS.match(seen, sentence.char_start) and AFTER_COMMA.search(
            seen, sentence.char_start, match.start()
        )
        if opened and before and subject and subject not in before:
            key = subject  # "In talks with A, he offered …"
        if found and found[0].placeholder.casefold() in _SUBJECTS and not object_:
            again = match[0].casefold() in _SUBJECTS or match[0] == "him"
            if again and found[0].char_start < min((s.char_start for s in named), default=match.start()):
                key = found[0].keys[0]  # "In July he met A; he saw B", "he came and A gave him a letter"
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
