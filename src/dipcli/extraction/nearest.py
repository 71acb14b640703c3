"""Who acts where a sentence's tree tells nobody: a guess from who stands nearest, marked as one.

A parser loses the subject of many a long sentence, and many a subject names nobody. That an act is told is then
sure, and mostly whose it is can be guessed: whoever does what the clause above tells, the two countries that the text
is about, or the last one named before. Where a guess would be no better than chance (a text's or a thing's own verb,
a relative pronoun, a question), there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from dipcli.extraction import arguments
from dipcli.extraction.referents import people
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Slot
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.tree import SUBJECTS, Tree

_PARTIES = frozenset("person office country body group pair".split())
_CLAUSES = frozenset("conj advcl ROOT xcomp relcl ccomp auxpass".split())
"""What a verb without a subject of its own may be, to be somebody's deed."""
_WHERE = frozenset("in at from near on to into inside outside around across off over through".split())
"""Prepositions of where something is: "in Lima" names nobody who acts."""
_VOTED = re.compile(
    r"\bby\s+(?:a\s+)?(?:(?:recorded\s+|unanimous\s+)?(?:vote|majority|show\s+of\s+hands)|acclamation|consensus|\w+(?:-\w+)?\s+votes?)\b"
    r"|\bunanimously\b|\bwithout\s+(?:a\s+vote|objection)\b|\b\w+\s+votes?\s+to\s+\w+"
)
"""Tells how a body decided."""
_ASSEMBLY = re.compile(
    r"\b(?:Council|Assembly|Committee|Congress|Parliament|Senate|House|Conference|Commission|Diet|Duma|Knesset|Board|Cabinet)\b"
)
"""Names of bodies that vote."""
_NOBODYS = frozenset("i we you it this there which that who whom what".split())
"""Subjects whose meaning is in other words than those nearest."""


_CALLED_OFF = frozenset(("REJECT", "SANCTION"))
"""Types of what may be told of a meeting that is no event beside it."""


def settle(story: Story) -> None:
    """Add to a story the events whose doer is a guess, but those that their sentence tells in other words or that
    only go back to another event."""
    quoted = {echo.sentence for one in story.told for echo in one.mention.echoes}
    beside = defaultdict(list)
    for one in story.told:
        beside[one.mention.sentence].append(one)
    for one in story.guessed:
        others = beside[one.mention.sentence]
        if one.mention.sentence in quoted or any(_is_told_by(one, other) for other in others):
            story.leave("no-actor", one.trigger)
            continue
        others.append(one)
        story.told.append(one)
    story.told.sort(key=lambda one: one.mention.sentence.char_start)


def _is_told_by(one: Told, other: Told) -> bool:
    """Whether another event of a sentence tells all that a guessed one does."""
    if one.mention.start != other.mention.start or other.trigger.lemma.startswith("vote"):
        return False
    return (
        one.mention.type == other.mention.type
        or _CALLED_OFF & {one.mention.type, other.mention.type} != set()
    )


def doer(story: Story, case: Case) -> list[str]:
    """Local actors who probably do what a trigger tells; none where even that cannot be said."""
    tree, trigger, word = case.tree, case.trigger, case.word
    noun = trigger.sort == "noun" and tree.words[word].pos not in ("VERB", "AUX")
    own = tree.children(word, *SUBJECTS, "expl")
    if (noun and not trigger.symmetric) or not (noun or own or tree.words[word].dep in _CLAUSES):
        return []
    if trigger.passive and (voters := _assembly(story, case)):
        return voters
    if trigger.symmetric and tree.children(word, "agent"):
        return []  # by somebody without a name: "was ratified by the assembly"
    if not noun and own and _is_other(tree, own[0], passive=trigger.passive):
        return []
    if case.seen.endswith("?", 0, case.sentence.char_end):
        return []
    above = _above(case, own, noun=noun)
    if above is None:
        return []
    if trigger.symmetric and len(above) < 2 and _of_pair(story, case):
        return list(story.two_of(case.scene))
    if not above and not own and (tree.words[word].tag == "VBG" or tree.children(word, "aux")):
        return []  # "signing …", "an agreement to sign …"
    found = above or _before(case)
    towns = {
        k for s in case.scene.slots if s.rule == "capital" for k in s.keys
    }  # "the Quito accord was signed"
    alone = len(found) == 1 and trigger.symmetric and (noun or trigger.type == "CONSULT" or {*found} <= towns)
    return [] if alone else found  # nobody meets alone


def is_vote(seen: str, sentence: Sentence) -> bool:
    """Whether a sentence tells that something was decided by vote."""
    return _VOTED.search(seen, sentence.char_start, sentence.char_end) is not None


def _assembly(story: Story, case: Case) -> list[str]:
    """The body told of last that votes, where a sentence tells of a vote and not whose: "was adopted by 9 votes"."""
    if not is_vote(case.seen, case.sentence):
        return []
    bodies = [
        (span.char_start, entity.key)
        for entity in story.registry.entities.values()
        if entity.kind == "organization" and _ASSEMBLY.search(entity.name)
        for span in entity.spans
        if span.char_start < case.sentence.char_end
    ]
    return [max(bodies)[1]] if bodies else []


def _is_other(tree: Tree, subject: int, *, passive: bool) -> bool:
    """Whether a verb's subject is a thing or a pronoun that no name nearby can be meant by."""
    word = tree.words[subject]
    thing = word.pos == "NOUN" and word.unit < 0 and not passive
    return thing or word.text.casefold() in _NOBODYS


def _above(case: Case, own: Sequence[int], *, noun: bool) -> list[str] | None:
    """Who does what the clauses above tell; None inside of what only describes somebody or something, or where
    somebody only tells of a noun."""
    tree, at = case.tree, case.word
    pronoun = bool(own) and tree.words[own[0]].pos == "PRON"
    for above in tree.ancestors(at):
        if tree.words[at].dep in ("relcl", "acl"):
            return None
        if tree.words[at].dep == "xcomp" and tree.children(above, "dobj"):
            return None  # "signed an agreement to disarm patrols"
        if tree.words[at].dep == "ccomp" and not pronoun:
            return None if noun else []  # "A says that the talks began"
        if tree.words[above].pos in ("VERB", "AUX"):
            found = people(tree, case.scene.slots, arguments.subjects(tree, above)[0])
            if found:
                return found
        at = above
    return []


def _named(case: Case) -> list[Slot]:
    return [slot for slot in case.scene.slots if slot.kind in _PARTIES and slot.keys]


def _of_pair(story: Story, case: Case) -> bool:
    """Whether all whom a sentence names are of the two countries that the text is about."""
    two = story.two_of(case.scene)
    both = {story.nation(key) for key in two} - {None}
    return bool(both) and all(
        key in two or story.nation(key) in both
        for slot in _named(case)
        if case.trigger.type == "CONSULT" or not _is_where(case.seen, slot)
        for key in slot.keys
    )


_IN_TOWN = re.compile(r"\b(?:in|at)\s+\Z")


def _is_where(seen: str, slot: Slot) -> bool:
    """Whether a capital is but where something was done: "was signed in Lima"."""
    before = slot.char_start
    return slot.rule == "capital" and _IN_TOWN.search(seen, max(0, before - 4), before) is not None


def _before(case: Case) -> list[str]:
    """Who is named last before the trigger, with whoever is named along with them."""
    tree = case.tree
    for slot in reversed(_named(case)):
        at = tree.at(slot.char_start, slot.char_end)
        if slot.char_end > case.trigger.char_start or at is None:
            continue
        while tree.words[at].dep == "conj":
            at = tree.words[at].head
        above = tree.words[tree.words[at].head].text.casefold()
        if tree.words[at].dep != "pobj" or above not in _WHERE:
            return people(tree, case.scene.slots, tree.conjuncts(at)) or list(slot.keys)
    return []
