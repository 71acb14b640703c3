"""How sure a text is of an event, and on whose word it tells it: reported, alleged, denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dipcli.extraction import referents
from dipcli.extraction.story import Case
from dipcli.extraction.tree import SUBJECTS
from dipcli.mentions import Reason
from dipcli.records import Certainty

_REPORTED = re.compile(
    r"\b(?:reportedly|apparently|supposedly|according\s+to|unconfirmed|(?:state\s+)?(?:media|television|radio|newspapers?)\s+(?:\w+\s+)?"
    r"(?:reports?|reported|said|says)|(?:is|are|was|were)\s+(?:said|believed|thought|understood|reported|rumou?red)\s+to|"
    r"(?:sources?|reports)\s+(?:say|said|indicate[sd]?|suggest(?:s|ed)?)|rumou?red|appears?\s+to\s+have|appeared\s+to\s+have)\b",
    re.IGNORECASE,
)
_ALLEGED = re.compile(
    r"\b(?:alleged(?:ly)?|alleges?|purported(?:ly)?|claim(?:s|ed)\s+that|(?:is|are|was|were)\s+suspected\s+of)\b",
    re.IGNORECASE,
)
_WORDS: tuple[tuple[Certainty, re.Pattern[str]], ...] = (("alleged", _ALLEGED), ("reported", _REPORTED))
_SIGNS = (
    "report said says alleg claim appar appear accord believed thought suspected understood rumo source supposed"
    " purported unconfirmed"
).split()
"""Parts of words, one of which any match of these has: most sentences have none."""
_DENIED = frozenset(("deny", "refute", "rebut"))
_DISMISSED = re.compile(
    r"\b(?:dismiss(?:es|ed)|reject(?:s|ed))\s+(?:[\w'’-]+\s+){0,4}?(?:reports?|claims?|allegations?|accusations?|charges|"
    r"rumou?rs?|suggestions?|assertions?)\s+(?:[\w,]+\s+){0,4}?(?:that|of)\b",
    re.IGNORECASE,
)
"""What is denied by dismissing the word of it: "dismissed reports that it had …"."""
_SAYING = frozenset(
    "say tell report state claim allege announce confirm reveal note add disclose write insist assert maintain"
    " complain testify".split()
)
_SELF = frozenset("it they he she i we".split())
"""Subjects of saying that are whoever acts: "B did this, it said"."""

_MISTAKEN = re.compile(
    r"\b(?:mistakenly|wrongly|falsely|erroneously)\s+(?:believ|th[io]|assum|suppos)\w*\s[^,;]*\Z",
    re.IGNORECASE,
)
"""Before what somebody believed that was not so: "mistakenly believing that A had fired"."""


class Hedge(NamedTuple):
    """How sure an event is, whose word it is, and the words that say so."""

    certainty: Certainty = "stated"
    asserted_by: Sequence[str] = ()
    reasons: Sequence[Reason] = ()


def hedge(case: Case, actors: Sequence[str]) -> Hedge:
    """How sure the text is of an event: by the verbs above it, else by the words before it."""
    tree = case.tree
    below = case.word
    said: Hedge | None = None
    for above in tree.ancestors(case.word):
        word = tree.words[above]
        if word.lemma in _DENIED and tree.words[above - 1].text.casefold() == "nor":
            return _hedge("alleged", "deny", word.char_start, word.char_end)  # "neither confirmed nor denied"
        if word.lemma in _DENIED and tree.words[above - 1].text.casefold() not in ("not", "n't", "never"):
            joined = any(between.text in ("and", "but") for between in tree.words[above:below])
            if not (joined and tree.words[below].dep == "conj"):
                return _hedge("denied", "deny", word.char_start, word.char_end)
        tells = word.lemma in _SAYING and tree.words[below].dep in ("ccomp", "parataxis")
        if said is None and tells and not any(between.text == ";" for between in tree.words[below:above]):
            said = _said(case, above, actors)
        below = above
    start, end = case.scene.sentence.char_start, case.trigger.char_end + 40
    words = case.seen[start : case.trigger.char_start]
    dismissed = (
        _DISMISSED.search(case.seen, start, case.trigger.char_start)
        if "ismiss" in words or "eject" in words  # few sentences have either
        else None
    )
    if dismissed and case.trigger.char_start > dismissed.end():
        return _hedge("denied", "deny", dismissed.start(), dismissed.end())
    mistaken = _MISTAKEN.search(words) if "ly" in words else None
    if mistaken:
        return _hedge("denied", "deny", start + mistaken.start(), case.trigger.char_start)
    told = case.seen[start:end].casefold()
    for value, pattern in _WORDS if any(sign in told for sign in _SIGNS) else ():
        match = pattern.search(case.seen, start, end)
        if match:
            found = _hedge(value, "hedge", match.start(), match.end())
            if match[0].casefold().startswith("according"):
                near = [s for s in case.scene.slots if 0 <= s.char_start - match.end() < 6 and s.keys]
                found = found._replace(asserted_by=[k for s in near[:1] for k in s.keys])
            return found._replace(asserted_by=said.asserted_by) if said else found
    return said or Hedge()


def _said(case: Case, verb: int, actors: Sequence[str]) -> Hedge | None:
    """What somebody else than who acts says of it: "A says that B did so", "B did so, officials said"."""
    tree, word = case.tree, case.tree.words[verb]
    speakers = [i for i in tree.children(verb, *SUBJECTS) if tree.words[i].text.casefold() not in _SELF]
    if not speakers or case.trigger.speech:
        return None
    keys = [k for i in speakers for k in referents.referents(tree, case.scene.slots, i)]
    if keys and set(keys) <= set(actors):
        return None
    claimed = word.lemma in ("claim", "allege")
    found = _hedge("alleged" if claimed else "reported", "said", word.char_start, word.char_end)
    return found._replace(asserted_by=keys)


def _hedge(certainty: Certainty, rule: str, start: int, end: int) -> Hedge:
    reason = Reason(field="certainty", rule=rule, char_start=start, char_end=end)
    return Hedge(certainty, (), [reason])
