"""Who does what a sentence tells that begins with its verb, as those of chronologies and notes do: "A visits B. Signs a
pact with C", "A is told of it. Asks for arms"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.extraction.sentences import Sentence
from dipcli.extraction.simplify import date_line
from dipcli.extraction.slots import STAND_INS, Scene, Slot
from dipcli.lexicon.events import lexicon

RULE = "again"
"""Of the slot that stands for whoever is not named again: the blank before the sentence."""
_VERB = re.compile(r"[A-Z][a-z]+s(?=\s)|(?:Met|Held|Paid|Flew)(?=\s)")
_NOUN = re.compile(
    r"(?:(?!calls)\w+\s+(?:of|between|by|in|with|to|from|against|on|over|for|at|are|were|have|had|will|and|or)\b|\w+\s+[a-z]+(?:ed|ing)\b)",
    re.IGNORECASE,
)
"""A word that may be a noun, and what shows that it is one: "Visits to …", "Talks begin"."""
_ACTING = frozenset(("person", "office", "country", "body", "group"))
_LISTED = re.compile(r"\s*(?:,|,?\s*and|&)\s*(?:the\s+)?")
_ARTICLE = re.compile(r"[\s*_:.–—|-]*(?:\d{1,2}[:.]\d\d\s+)?(?:[Tt]he\s+)?")
_GOES_ON = re.compile(r"(?:,[^,.;]{3,80},)?\s+[a-z]")


def find(
    seen: str, sentence: Sentence, slots: Sequence[Slot], last: Scene | None, whose: str | None = None
) -> list[Slot]:
    """The slot of those with whom the sentence before began, if this one begins with a verb of its own; of the person
    `whose` doings are listed where that began with nobody."""
    if last is None or last.sentence.paragraph != sentence.paragraph or sentence.kind == "heading":
        return []
    told = _VERB.match(seen, sentence.char_start)
    if told is None or any(slot.char_start == sentence.char_start for slot in slots):
        return []
    lemmas = {lemma for lemma, _ in lexicon().verbs.get(told[0].casefold(), ())}
    if not lemmas or (lemmas & lexicon().nouny and _NOUN.match(seen, told.start())):
        return []
    start = sentence.char_start
    doers = subject(seen, last)
    if not doers:
        return [Slot("person", start - 1, start, (whose,), STAND_INS[0], rule=RULE)] if whose else []
    keys = tuple(dict.fromkeys(key for slot in doers for key in slot.keys))
    kind, word = (doers[0].kind, doers[0].placeholder) if len(doers) == 1 else ("group", "officials")
    return [Slot(kind, start - 1, start, keys, word, rule=RULE)]


def subject(seen: str, scene: Scene) -> list[Slot]:
    """The slots that a sentence or a line of a chronology begins with, after its date, if a verb follows them."""
    date = date_line(scene)
    at = date.char_end if date else scene.sentence.char_start
    found: list[Slot] = []
    for slot in scene.slots:
        if slot.char_end <= at and slot.rule != RULE:
            continue
        between = _LISTED if found else _ARTICLE
        if slot.kind not in _ACTING or (
            slot.rule != RULE and not between.fullmatch(seen, at, slot.char_start)
        ):
            break
        found.append(slot)
        if slot.rule == RULE:
            return found
        at = slot.char_end
    return found if found and _GOES_ON.match(seen, at) else []
