"""By what medium an event was: from the words near its trigger, and from a document's title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Story
from dipcli.extraction.timing import Timing
from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import Trigger
from dipcli.records import Medium

# What these patterns find is looked for in small letters, several times as fast as letters of either case.
_VIRTUAL = re.compile(
    r"\b(?:virtual(?:ly)?|online|video(?:[\s-]*(?:conference|link|call|teleconference|message|address))?|"
    r"teleconference|videoconference|via\s+(?:video|zoom))\b"
)
_FACE_TO_FACE = re.compile(r"\b(?:face[\s-]to[\s-]face|in[\s-]person)\b")
_TELEPHONE = re.compile(r"\b(?:(?:tele)?phone[ds]?|telephone|by\s+phone|phone\s+call|hotline)\b")
_CALL = re.compile(r"\b[Cc]alls?\s+(?:with|between|to)\b|['’]s\s+[Cc]all\b|\b[Pp]hone\b")
_SPEAKS = re.compile(r"\b[Ss]p(?:eaks?|oke)\s+(?:with|to)\s+(?=[A-Z])(?!.*\s(?:in|at|on)\s)")
"""A readout of a talk that tells of no place: "The Prime Minister speaks with King NAME"."""
_WRITTEN = re.compile(
    r"\b(?:letter|message|telegram|cable|memorandum|note\s+verbale|article|editorial|in\s+writing|tweet(?:ed)?|"
    r"congratulatory|condolence|op-ed|press\s+release|road\s*map|report|written\s+protest|sen[dt]s?\s+(?:an?\s+)?(?:notes?\s+of\s+protest|protest\s+notes?)|"
    r"wr(?:ote|itten|ites?|iting)\s+to|resolution\s+adopted|adoption\s+of\s+the\s+(?:\w+\s+)?(?:document|declaration|resolution))\b"
)
_STATEMENT_TYPES = frozenset(
    ("SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "OTHER", "CONCEDE")
)
_SPOKEN = re.compile(
    r"\b(?:sa(?:id|ys?)|stat(?:ed|ements?|ing)|announc\w+|told|declar\w+|spokes\w+|remarks?|speech|address\w*|"
    r"press\s+conference|reporters|emphasi[sz]\w+|stress\w+|express\w+|comment\w*|condemn\w*|denounc\w*|criticis\w*|"
    r"criticiz\w*|opposes?d?|pledg\w+|promis\w+|affirm\w+|reaffirm\w+|reiterat\w+|warn\w*|urg\w+|call\w*|"
    r"accus\w+|blam\w+|complain\w*|voic\w+|prais\w+|hail\w*|welcom\w+|vow\w*|alleg\w+|apologi[sz]\w+|defend\w*|"
    r"congratulat\w+|commend\w*|regret\w*|insist\w*|plea|pleas|deplor\w+|assur\w+|spect(?:er|re))\b"
)


_AT_TALKS = re.compile(
    r"\b(?:at|during|in)\s+(?:an?|the|their|his|her|its)\s+(?:(?!and\b|or\b)[\w-]+\s+){0,3}?"
    r"(?:meetings?|summit|talks|call|conversation|session|dialogue|visit|luncheon|dinner)\b(?!['’])"
)
"""Where words are said to those who meet."""

_RESOLUTION = re.compile(r"\badopt(?:s|ed|ing)\b[^.;]{0,40}\bresolution\b")
_ISSUED = frozenset("ACCUSE AGREE REJECT REQUEST SUPPORT THREATEN".split())
"""Types of what a communiqué says."""
_RESOLVED = frozenset(("REQUEST", "ACCUSE", "AGREE", "THREATEN"))
"""Types of what a resolution says that is adopted."""

BY_VERB: dict[str, Medium] = {
    "sign": "written", "co-sign": "written", "cosign": "written", "ink": "written", "initial": "written",
    "countersign": "written", "signing": "written", "summon": "in_person", "tender": "written", "submit": "written", "declare": "statement",
}  # fmt: skip
"""Media that go with a verb, whatever is said: what is signed is written."""
_IN_PRESENCE = ("lay wreath", "swear in", "swear")
"""The same for what is done with one's hands."""
_IN_STREETS = frozenset((("PROTEST", "demo"), ("PROTEST", "riot")))
_CEREMONY = frozenset(("ceremony", "ceremonies"))
_CELEBRATED = frozenset(("SUPPORT", "OTHER", "AGREE"))
"""Types of what is done at a ceremony."""
_PUBLIC = re.compile(
    r"\b(?:journalists|reporters|(?:press|news)\s+conferences?|in\s+an?\s+(?:(?:\w+\s+)?interview|(?:\w+\s+)?statement)"
    r"|told\s+the\s+(?:press|media)|announce[sd]|stated)\b"
)
"""What is said to everybody, be it after a meeting."""
_PHONED = re.compile(r"\b(?:tele)?phone[ds]\b[^.;]{0,60}\sto\s+\Z", re.IGNORECASE)
"""Before what somebody does by telephone: "telephoned her to congratulate her"."""
_PHONES = frozenset(("phones", "phoned", "telephones", "telephoned"))
_SPEECH = frozenset("say announce declare state pledge".split())
"""Verbs of whoever tells what he does, or will do."""


def of_title(title: str | None) -> Medium | None:
    """The medium that a document's title gives to what it is about: "Readout of A's Call with B"."""
    if title and (_TELEPHONE.search(title.lower()) or _CALL.search(title) or _SPEAKS.search(title)):
        return "telephone"
    return "virtual" if title and _VIRTUAL.search(title.lower()) else None


def of_event(
    seen: str, scene: Scene, trigger: Trigger, others: Sequence[Trigger], *, alone: bool
) -> Medium | None:
    """The medium of an event as told; `alone`: whether the sentence tells of nothing else.

    None for a meeting of which nothing is said: other tellings may say more.
    """
    if trigger.medium and trigger.medium != "in_person":
        return trigger.medium
    told = BY_VERB.get(trigger.lemma.split()[0])
    if told and not trigger.medium and trigger.type != "CONSULT":
        return told
    text = seen[scene.sentence.char_start : scene.sentence.char_end].lower()
    verbs = [t for t in others if t.sort != "noun" and t.tense and t is not trigger]
    before = max(
        (t.char_end for t in verbs if t.char_end <= trigger.char_start and not t.speech),
        default=scene.sentence.char_start,
    )
    after = min(
        (t.char_start for t in verbs if t.char_start >= trigger.char_end), default=scene.sentence.char_end
    )
    start = max(before, trigger.char_start - 50)
    clause = max(seen.rfind(parting, start, trigger.char_start) for parting in (", and ", ", but ", "; "))
    near = seen[max(start, clause) : min(after, trigger.char_end + 50)].lower()
    if trigger.medium:
        return "virtual" if _VIRTUAL.search(near) else "in_person"
    if trigger.type == "CONSULT":
        if _TELEPHONE.search(near):
            return "telephone"
        if _VIRTUAL.search(near) or (alone and _VIRTUAL.search(text)):
            return "virtual"
        return "in_person" if trigger.mode == "visit" or _FACE_TO_FACE.search(near) else None
    if trigger.lemma.startswith(_IN_PRESENCE) or (trigger.type, trigger.mode) in _IN_STREETS:
        return "in_person"
    if trigger.type in _CELEBRATED and not _CEREMONY.isdisjoint(scene.sentence.words):
        return "in_person"
    phones = not _PHONES.isdisjoint(scene.sentence.words)
    phoned = _PHONED.search(seen, scene.sentence.char_start, trigger.char_start) if phones else None
    if trigger.type in _STATEMENT_TYPES and (phoned or _TELEPHONE.search(near)):
        return "telephone"
    if trigger.type in _STATEMENT_TYPES and trigger.type != "OTHER" and _PUBLIC.search(near):
        return "statement"
    if trigger.type in _STATEMENT_TYPES and trigger.type != "OTHER" and (met := _AT_TALKS.search(text)):
        return (
            "telephone"
            if _TELEPHONE.search(met[0])
            else "virtual"
            if _VIRTUAL.search(met[0])
            else "in_person"
        )
    if trigger.type in _STATEMENT_TYPES:
        if _WRITTEN.search(near) or (trigger.type in _RESOLVED and _RESOLUTION.search(text)):
            return "written"
        if _SPOKEN.search(near) and (trigger.type != "CONCEDE" or trigger.lemma.startswith("apologi")):
            return "statement"
    return None


def of_teller(tree: Tree, word: int, *, inherited: bool) -> Medium | None:
    """The medium of a deed told by whoever does it: "A announced that it had arrested B", "said it would recall its envoy".

    `inherited`: whether who does it is told as the subject of the verb above."""
    told = tree.words[word]
    said = inherited if told.dep in ("ccomp", "xcomp", "conj") else told.dep == "dobj"
    above = told.head
    while said and tree.words[above].dep == "conj" and tree.words[above].lemma not in _SPEECH:
        above = tree.words[above].head
    return "statement" if said and above != word and tree.words[above].lemma in _SPEECH else None


def of_text(story: Story, trigger: Trigger, timing: Timing) -> Medium | None:
    """The medium of what a communiqué says of its own day, by a verb."""
    today = timing.date is None or timing.interval in (story.topic, story.published)
    said = trigger.type in _ISSUED and trigger.sort == "verb"
    return "written" if story.communique and today and said else None


def at_meeting(
    seen: str, scene: Scene, said: Medium | None, meeting: Medium | None, *, place: bool
) -> Medium | None:
    """The medium of what was said or signed at a meeting, by its own words (`said`) and that of the meeting; `place`: whether
    it is known where they met."""
    start, end = scene.sentence.char_start, scene.sentence.char_end
    near = meeting not in ("telephone", "virtual")
    if said == "written" or (said == "statement" and near and _PUBLIC.search(seen[start:end].lower())):
        return said
    return meeting or ("in_person" if said == "statement" or place else None)
