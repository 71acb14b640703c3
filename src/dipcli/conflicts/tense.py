"""Whether a telling is in the past tense: extraction takes whatever lies after a document's date for planned."""

from __future__ import annotations

import re

from dipcli.mentions import EventMention

_AHEAD = re.compile(
    r"\b(?:will|would|shall|should|may|might|can|could|to|is|are|be|been|being|if|when|once)\b[\w\s,]{0,20}\Z",
    re.I,
)
"""Before a participle: what has not been yet."""
_COMING = re.compile(
    r"\b(?:will|would|shall|plan\w*|scheduled?|due|expect\w*|upcoming|forthcoming|until|by|agreed|invited|promised|set)\b",
    re.I,
)
"""Words of a sentence in which a date after the document's may be another thing's than the verb's."""


def is_past(text: str, told: EventMention) -> bool:
    """Whether the verb that tells an event in a document's text is in the past tense: "met", "was held"."""
    from dipcli.lexicon.inflection import base_forms, verb_forms

    place = next((reason for reason in told.reasons if reason.field == "type"), None)
    if place is None:
        return False
    word = text[place.char_start : place.char_end].lower()
    before = text[max(told.sentence.char_start, place.char_start - 40) : place.char_start]
    sentence = text[told.sentence.char_start : told.sentence.char_end]
    if _AHEAD.search(before) or _COMING.search(sentence):
        return False
    bases = dict.fromkeys([*told.trigger.split()[:1], *base_forms(word)])
    return any("past" in verb_forms(base).get(word, ()) for base in bases)
