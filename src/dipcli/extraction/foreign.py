"""Texts on one country's relations with one country after the other, as encyclopedias and yearbooks tell them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Slot, unique

_RELATIONS = r"(?:foreign|external|diplomatic|international)\s+(?:relations|policy)"
_RELATIONS_OF = re.compile(rf"\b{_RELATIONS}\s+of\s+(?:the\s+)?\Z", re.IGNORECASE)
_ITS_RELATIONS = re.compile(rf"'s?\s+{_RELATIONS}\b", re.IGNORECASE)
_GOVERNMENT_OF = re.compile(
    r"\b(?:government|ministry\s+of\s+(?:foreign|external)\s+affairs)\s*(?:of|,)\s*(?:the\s+)?\Z",
    re.IGNORECASE,
)
_REVIEWS = re.compile(
    r"\b(?:annual\s+(?:report|review)|year\s?book|(?:affairs|policy)\s+review|year\s+in\s+review)\b",
    re.IGNORECASE,
)
"""On top of what a government tells of a year's relations with one country after the other."""
_BY_COUNTRY = re.compile(
    r"(?:bilateral\s+)?(?:relations|relationships)(?:\s+by\s+\w+)?(?:\s+and\s+\w+)?", re.IGNORECASE
)
"""The heading above the relations of a country with one after the other."""
_OF_TWO = re.compile(
    r"(?:.{4,60}\s(?:bilateral\s+|diplomatic\s+|foreign\s+)?relations|(?:(?:bilateral|diplomatic)\s+)?relations\s+(?:between|of)\s.{4,60})",
    re.IGNORECASE,
)
"""The title of a text that is all about the relations of two countries: "Peru–Chile relations"."""
_MARKS = " \t\n#=*_."
_TOP = 1_000
"""So many characters on top say whose relations a text is about."""
_OPENING = 4
"""Within so many characters of its beginning a heading or a row names the other country."""


class Relations:
    """Whose relations a text tells of, and with whom where it is just now."""

    def __init__(self, seen: str) -> None:
        self._seen = seen
        self._country: str | None = None
        self._is_review = _REVIEWS.search(seen, 0, _TOP) is not None
        self._told: Counter[str] = Counter()
        """Countries by how often they were told of."""
        self._two: list[str] = []
        """The two whose relations the whole text is about."""

    def turn(self, sentence: Sentence, slots: Sequence[Slot]) -> list[str] | None:
        """The two countries that what follows a heading, or a table's row, is about; the one alone where a row names
        no other. None where a sentence turns to nothing else."""
        title = self._seen[sentence.char_start : sentence.char_end] if not self._told else ""
        if _OF_TWO.fullmatch(title.strip(_MARKS)):
            keys = unique([k for s in slots if s.kind in ("country", "pair", "demonym") for k in s.keys])
            self._two = keys if len(keys) == 2 else []
        if self._two:
            return self._two
        nations = [s for s in slots if s.kind == "country" and s.rule != "capital"]
        for nation in nations:
            self._told[nation.keys[0]] += 1
        if sentence.char_start < _TOP and not self._country:
            self._country = next((s.keys[0] for s in nations if self._is_of(s)), None)
        begin = sentence.char_start
        if sentence.kind == "heading":
            if not self._country and _BY_COUNTRY.fullmatch(self._seen, begin, sentence.char_end):
                self._country = next((key for key, count in self._told.most_common(1) if count > 1), None)
        elif sentence.kind == "row":
            begin = self._seen.find("|", begin, begin + _OPENING) + 1 or begin
        labels = len(slots) == 1 and slots[0].char_end >= sentence.char_end - len(
            "."
        )  # "Finland. In March …"
        if (
            sentence.kind not in ("heading", "row") and not (labels and self._is_review)
        ) or not self._country:
            return None
        other = next((s.keys[0] for s in nations if s.char_start - begin <= _OPENING), self._country)
        if other != self._country:
            return [self._country, other]
        return [self._country] if sentence.kind == "row" else None

    def _is_of(self, slot: Slot) -> bool:
        """Whether a text says of a country that it tells of its relations."""
        return bool(
            _RELATIONS_OF.search(self._seen, max(0, slot.char_start - 40), slot.char_start)
            or _ITS_RELATIONS.match(self._seen, slot.char_end)
            or (
                self._is_review
                and _GOVERNMENT_OF.search(self._seen, max(0, slot.char_start - 40), slot.char_start)
            )
        )
