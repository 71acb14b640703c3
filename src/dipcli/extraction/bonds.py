"""Who is left out where a bond between countries is told of, or an embassy, or a visit: "relations were severed",
"opened an embassy in Bern"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.extraction.carry import LOOK_BACK, words_of
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Slot
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.tree import SUBJECTS
from dipcli.extraction.triggers import Trigger

BONDS = ("relations", "ties")
_HELPED = re.compile(
    r"\b(?:at\s+the\s+(?:request|insistence|urging|behest)\s+of|under\s+pressure\s+from|in\s+the\s+presence\s+of"
    r"|(?:through|with)\s+the\s+(?:help|mediation|support|good\s+offices)\s+of|(?:mediated|brokered|facilitated)\s+by)\s+(?:the\s+)?\Z"
)
"""Before a third one, at whose wish or with whose help a bond was made or broken."""
_HELPED_REACH = 40
"""Characters of such words."""


TEXTS = frozenset(
    "agreement treaty accord pact protocol convention armistice truce ceasefire communiqué communique".split()
)
"""Nouns for what states sign."""


def made_there(seen: str, sentence: Sentence, found: Sequence[Trigger]) -> bool:
    """Whether a sentence that names nobody tells of what was signed: "The agreement was signed", "During the visit, two
    letters were signed"."""
    signed = [t for t in found if t.passive and t.type == "SUPPORT"]
    named = any(t.lemma.split()[-1] in TEXTS for t in signed)
    return named or (bool(signed) and _HELD.match(seen, sentence.char_start) is not None)


def bound(story: Story, case: Case) -> list[str]:
    """Who made a bond that is told of without them: "the two countries" of the sentence, those who met as it
    says ("after the meeting, a memorandum was signed"), the two that the text is about."""
    if _is_text_again(story, case):
        return []
    own = [s for s in case.scene.slots if s.keys and _is_of_clause(case, s)]
    others = [
        s
        for s in own
        if s.kind != "body"
        and s.rule != "capital"
        and not _HELPED.search(case.seen, max(0, s.char_start - _HELPED_REACH), s.char_start)
    ]
    if others:
        groups = {s.keys for s in others if s.kind == "group"}
        return list(groups.pop()) if len(groups) == 1 and all(s.kind == "group" for s in others) else []
    if _HELD.search(words_of(case)):
        for told in reversed(story.told[-LOOK_BACK:]):
            if case.sentence.paragraph - told.case.sentence.paragraph > 3:
                break
            if (
                told.mention.type == "CONSULT"
                and len(told.everybody) > 1
                and told.mention.status == "occurred"
            ):
                return list(dict.fromkeys(told.everybody))
    if _MISSION.search(words_of(case)):  # "an embassy was opened in" the capital of one: by the other
        hosts = {story.nation(k) for s in own if s.rule == "capital" for k in s.keys}
        return [k for k in story.couple if story.nation(k) not in hosts]
    two = story.two_of(case.scene) if case.trigger.lemma.endswith(BONDS) else ()
    return list(_signed_before(story, case) or story.couple or two or _foremost(story))


def _signed_before(story: Story, case: Case) -> list[str]:
    """The two whose treaty the paragraph told of before, where it goes on: "The treaty between A and B was signed … It
    was prolonged in 1926"."""
    for told in reversed(story.told[-LOOK_BACK:]):
        if told.case.sentence.paragraph != case.sentence.paragraph:
            break
        states = told.everybody
        if told.trigger.frame == "together" and {story.kind(k) for k in states} == {"country"}:
            return states if len(states) == 2 else []
    return []


def again(case: Case, here: Sequence[Told]) -> list[str]:
    """Whose the bond is that a clause tells of without them, as the sentence told before: "resumed relations with A after
    relations were suspended on 16 July"."""
    bond = case.trigger.lemma.split()[-1]
    told = [t for t in here if t.trigger.lemma.split()[-1] == bond and len(t.everybody) == 2]
    return told[0].everybody if told and bond in BONDS else []


_OFTEN = 3
"""In so many sentences each of the two is named that a text is about."""


def _foremost(story: Story) -> list[str]:
    """The two countries that a text names far more often than any other."""
    most = [*story.weights.most_common(3), ("", 0), ("", 0), ("", 0)][:3]
    known = [story.registry.known_country(code) for code, count in most[:2] if count >= _OFTEN]
    found = [country.key for country in known if country]
    return found if len(found) == 2 and most[1][1] >= 2 * most[2][1] else []


def _is_of_clause(case: Case, slot: Slot) -> bool:
    """Whether somebody is named in the trigger's own clause, not in one beside it: "relations were severed in 1944,
    and in 1945 A declared war"."""
    tree = case.tree
    at = tree.at(slot.char_start, slot.char_end)
    if at is None:
        return True
    path = (at, *tree.ancestors(at))
    own = next((i for i in (case.word, *tree.ancestors(case.word)) if tree.words[i].dep != "conj"), case.word)
    if tree.words[own].dep == "relcl" and tree.words[own].head not in path:
        return False  # "the ministers praised the treaty, which was signed in 1990"
    clause = next((i for i in path if i != case.word and tree.children(i, *SUBJECTS)), None)
    if clause is None or clause in tree.children(case.word, "conj", "advcl", "ccomp"):
        return clause is None
    return not (
        tree.words[clause].dep == "relcl" and case.word in tree.ancestors(clause)
    )  # "in 1996, when A …"


_THE_TEXT = re.compile(
    r"The\s+(?:[a-z-]+\s+){0,3}(?:agreements?|accords?|treaty|deal|pact|documents?|protocols?)\b"
)


def _is_text_again(story: Story, case: Case) -> bool:
    """Whether the text that a sentence begins with is one whose signing was just told: "The two accords were …"."""
    begins = _THE_TEXT.match(case.seen, case.sentence.char_start)
    last = story.told[-1:] if begins and not case.dates else []
    return any(t.trigger.lemma.split()[0] == case.trigger.lemma.split()[0] for t in last)


_HELD = re.compile(
    r"\b(?:during|at|following|after)\s+(?:the|this|that|their|his|her)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:visit|meetings?|talks|summit|session|ceremony|negotiations|consultations)\b",
    re.IGNORECASE,
)


_MISSION = re.compile(r"\b(?:embass(?:y|ies)|consulates?|diplomatic mission)\b", re.IGNORECASE)
_BOND = re.compile(r"\b(?:relations|ties|ambassadors?|diplomats?|envoys?)\b")


def of_mission(story: Story, case: Case, here: Sequence[Told]) -> tuple[list[str], list[str]]:
    """Whose embassy is opened or closed, and where, if it was told before: "A opened an embassy in B. The embassy was
    closed in 1979"."""
    if not (case.trigger.passive and _MISSION.search(case.trigger.lemma)):
        return [], []
    for told in reversed((*story.told[-LOOK_BACK:], *here)):
        if case.sentence.paragraph - told.case.sentence.paragraph > 1:
            break
        if _MISSION.search(told.trigger.lemma) and told.mention.actors:
            return list(told.mention.actors), list(told.mention.recipients)
    return [], []


def left_out(
    story: Story, case: Case, actors: Sequence[str], recipients: list[str], place: str | None
) -> list[str]:
    """The recipients, or those that the words leave out: the country (`place`) that an embassy is opened or
    closed in, the other one of the two that a text tells of, where one breaks off relations, restores them
    or complains."""
    own = {story.nation(k) for k in actors} - {None}
    told = {story.nation(k) for k in recipients}
    trigger = case.trigger
    words = case.seen[trigger.char_start : min(trigger.char_end + 50, case.sentence.char_end)]
    reopened = trigger.lemma == "reopen" and not case.arguments.objects
    if trigger.passive or reopened:  # "its embassy in Rome was closed", "its embassy in Rome reopened"
        words = case.seen[max(case.sentence.char_start, trigger.char_start - 50) : trigger.char_end]
    if len(actors) == 1 and _MISSION.search(words) and len(told) < 2 and told <= (own or told):
        host = story.registry.known_country(place) if place and place not in own else None
        return [host.key] if host else recipients
    if trigger.mode == "visit" and not recipients and len(own) == 1 and not place:
        hosts = [k for k in story.couple if story.nation(k) not in own]
        if _RETURNED.search(words_of(case)) and (guest := _last_guest(story, own)):
            return [guest]
        if len(hosts) == 1 and (case.lead or _TO_LAND.match(case.seen, trigger.noun_end or trigger.char_end)):
            return hosts
        return recipients
    between = (
        trigger.type == "ACCUSE" and case.tree.words[case.word].pos == "VERB" and not case.arguments.objects
    )
    if (
        len(actors) != 1
        or not own
        or recipients
        or trigger.type == "OTHER"
        or not (between or _BOND.search(words))
    ):
        return recipients
    pair = {key: story.nation(key) for key in _pair_of(story, case, own)}
    others = [key for key, nation in pair.items() if nation not in own]
    return others if len(pair) == 2 and len(others) == 1 else recipients


def _pair_of(story: Story, case: Case, own: set[str | None]) -> Sequence[str]:
    """The two that a sentence is about where one of them acts: those of the whole text, if it names no other state."""
    couple = {story.nation(key) for key in story.couple}
    named = {story.nation(k) for s in case.scene.slots if s.kind in ("country", "demonym") for k in s.keys}
    whole = bool(case.scene.pair) and own <= couple and named <= couple
    return story.couple if whole else case.scene.pair


_RETURNED = re.compile(
    r"\b(?:returned|reciprocated|repaid)\s+(?:the|this|that|his|her|their)\s+(?:\w+\s+)?visit\b"
)
_TO_LAND = re.compile(
    r"[^.;]{0,20}?\b(?:to\s+)?the\s+(?:country|islands?|island\s+state|republic|kingdom|sultanate|emirate|archipelago)\b"
)
"""After the word for a visit to the one of the two countries of a text that is not named: "paid a visit to the islands"."""


def _last_guest(story: Story, hosts: set[str | None]) -> str | None:
    """The country of whoever was told last to visit one of some countries: it is where a visit is returned to."""
    for told in reversed(story.told[-LOOK_BACK:]):
        visited = {story.nation(k) for k in told.mention.recipients}
        nations = {story.nation(k) for k in told.everybody}
        if told.mention.type != "CONSULT" or not hosts & (visited or nations):
            continue
        guests = sorted(n for k in told.mention.actors if (n := story.nation(k)) and n not in hosts)
        known = story.registry.known_country(guests[0]) if guests else None
        return known.key if known else None
    return None
