"""A gathering that acts: "The Summit condemned …" in a communiqué means the organisation whose summit it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.extraction.registry import Registry
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Scene, Slot
from dipcli.lexicon import organizations

_TOP = 12
"""In how many sentences from the top it is told whose gathering it was."""
_GATHERED = re.compile(
    r"\b(?:summit|conference|meeting|session|assembly|council|communiqu[eé]|declaration)\b", re.IGNORECASE
)
_ACTS = (
    r"(?=\s+(?:(?:also|further|again|therefore|unanimously|strongly|firmly|accordingly)\s+){0,2}(?:has\s+|have\s+)?(?:accepted|adopted|affirmed|agreed"
    r"|appealed|appointed|approved|authori[sz]ed|called|commended|condemned|congratulated|decided|declared|demanded|denounced|deplored"
    r"|directed|encouraged|endorsed|expressed|extended|hailed|imposed|instructed|invited|lifted|mandated|noted|pledged|praised"
    r"|reaffirmed|recogni[sz]ed|recommended|regretted|reiterated|rejected|requested|resolved|stressed|supported|suspended|thanked|took\s+note"
    r"|took\s+the\s+decision|underlined|underscored|urged|warned|welcomed)\b)"
)
_NAMES = (
    r"Summit|Conference|Meeting|Session|Assembly|Council|Authority|Mediation\s+Committee"
    r"|(?:Heads\s+of\s+State(?:\s+and(?:\s+of)?\s+Government)?|(?:Foreign\s+)?Ministers|Leaders|Member\s+States|Heads\s+of\s+Delegation)"
)
_OFFICES = r"Prosecutor|Registrar|Secretary[ -]General|Director[ -]General|Executive\s+Secretary"
"""Offices that an organisation has one of, for which it stands where nobody is named."""
_TOLD = re.compile(
    rf"\b(?:[Tt]he\s+)?(?P<who>(?=[A-Z])(?:{_NAMES}))\b{_ACTS}|\W*(?P<it>It|They)\b{_ACTS}"
    rf"|\b[Tt]he\s+(?P<office>{_OFFICES})\b(?!['’]|\s+(?:of|for)\b|,?\s+(?:Mr|Mrs|Ms|[A-Z]))"
)
_WORDS = frozenset(
    "summit conference meeting session assembly council authority heads ministers leaders states it they committee prosecutor registrar secretary director".split()
)


class Gatherings:
    """Whose gathering a document tells of, while its sentences are read in order."""

    def __init__(self, seen: str, registry: Registry) -> None:
        self.seen = seen
        self.registry = registry
        self._holder: str | None = None
        """Key of the organisation that held it."""
        self._read = 0
        self._acted = False
        """Whether the sentence with words before told what it did."""

    def find(self, sentence: Sentence, slots: Sequence[Slot], last: Scene | None) -> list[Slot]:
        """The slots of the gathering in a sentence after the scene `last`: those of others in it (`slots`) are not taken."""
        self._note(sentence, slots)
        if last is not None and len(last.units) > _NUMBER:
            first = next((s for s in last.slots if s.kind != "date"), None)
            self._acted = first is not None and first.keys == (self._holder,)
        found: list[Slot] = []
        key = self._holder
        if key is None or sentence.words.isdisjoint(_WORDS):
            return found
        for match in _TOLD.finditer(self.seen, sentence.char_start, sentence.char_end):
            start, end = match.span(match.lastgroup or 0)
            again = match["it"] and match.start() == sentence.char_start and self._acted
            if (again or not match["it"]) and not any(
                s.char_start < end and start < s.char_end for s in slots
            ):
                found.append(Slot("body", start, end, (key,), "NATO", rule="again"))
        return found

    def _note(self, sentence: Sentence, slots: Sequence[Slot]) -> None:
        self._read += 1
        if self._read > _TOP or (self._holder and sentence.kind != "heading"):
            return
        keys = [s.keys[0] for s in slots if s.kind == "body" and len(s.keys) == 1]
        states = [k for k in keys if organizations.is_bloc(self.registry.entities[k].name)]
        if states and (
            sentence.kind == "heading" or _GATHERED.search(self.seen, sentence.char_start, sentence.char_end)
        ):
            self._holder = self._holder or states[0]


_NUMBER = 2
"""Units of a line that is but the number of a paragraph."""
