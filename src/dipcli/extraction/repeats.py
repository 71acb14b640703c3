"""What one sentence tells twice, or only beside what it is about: an announcement and what it announces, a meeting and its talks."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

import msgspec

from dipcli.extraction.story import Story, Told
from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import rank
from dipcli.mentions import EventMention


def without_announcements(tree: Tree, told: list[Told]) -> list[Told]:
    """What is told to be said or announced, on whose word, and not the saying of it beside it."""
    sayings = [t for t in told if t.trigger.speech]
    out = []
    for one in told:
        above = set(tree.ancestors(one.case.word))
        below = [t for t in told if t is not one and one.case.word in tree.ancestors(t.case.word)]
        if one.is_saying and not all(tree.describes(t.case.word, one.case.word) for t in below):
            continue
        said_by = next((s for s in sayings if s is not one and s.case.word in above), None)
        if said_by and set(said_by.mention.actors) != set(one.mention.actors):
            if one.trigger.lemma.split()[0] in _BREACHES and said_by.mention.actors and one.mention.actors:
                out.append(replace(one, mention=_blamed(one.mention, said_by.mention)))
                continue
            mention = msgspec.structs.replace(
                one.mention,
                asserted_by=said_by.mention.actors,
                medium=one.mention.medium
                or (None if one.mention.type == "CONSULT" else said_by.mention.medium),
                certainty="reported" if one.mention.certainty == "stated" else one.mention.certainty,
            )
            one = replace(one, mention=mention)
        out.append(one)
    return out


_BREACHES = frozenset("violate breach break infringe flout disregard".split())
"""Verbs of what somebody is blamed for by whoever says that he did it."""


def _blamed(deed: EventMention, saying: EventMention) -> EventMention:
    """What is said of another's breach as the accusation that it is: "A said that B had violated the treaty"."""
    return msgspec.structs.replace(
        deed,
        type="ACCUSE",
        mode=None,
        actors=saying.actors,
        recipients=deed.actors,
        medium=saying.medium,
    )


def without_promised(told: list[Told]) -> list[Told]:
    """What is agreed on, and not the doing of it beside it, dated by the same words: "agreed to send police
    on 3 June" tells no day of the sending; what is but planned, where it is told for which day."""
    coming = {t.trigger.governor for t in told if t.mention.status == "planned" and t.case.dates}
    told = [
        t
        for t in told
        if t.trigger.lemma.split()[0] not in _MEANT
        or t.trigger.char_start not in coming
        or t.mention.type != "AGREE"
    ]
    agreed = {(t.trigger.char_start, t.interval) for t in told}
    return [
        t for t in told if t.mention.status != "planned" or (t.trigger.governor, t.interval) not in agreed
    ]


_MEANT = frozenset(("plan", "intend", "expect", "hope"))
"""Verbs by which somebody tells what is to come."""


def without_cancelled(told: list[Told]) -> list[Told]:
    """What was called off as its calling off, not as a meeting beside it."""
    called_off = {t.interval for t in told if t.mention.type == "REJECT" and t.trigger.mode == "meet"}
    return [t for t in told if t.mention.status != "cancelled" or t.interval not in called_off]


def without_notices(told: list[Told]) -> list[Told]:
    """The expulsion of an envoy, and not the order beside it by which he has to go: "expelled A and ordered him to leave"."""
    expelled = {(t.interval, *t.mention.actors) for t in told if t.trigger.mode == "expel"}
    return [
        t
        for t in told
        if t.mention.type != "REQUEST"
        or t.trigger.lemma.split()[0] not in _NOTICES
        or (t.interval, *t.mention.actors) not in expelled
    ]


_NOTICES = frozenset(("order", "give", "tell"))
"""Verbs by which an envoy who is expelled is told to go."""


def drop(story: Story, told: list[Told]) -> list[Told]:
    """One event of a type, a date and the same actors; of those the first, or the one that names more."""
    kept: list[Told] = []
    for one in told:
        same = next((earlier for earlier in reversed(kept) if _repeats(story, earlier, one)), None)
        if same is None:
            kept.append(one)
        elif set(one.everybody) > set(same.everybody):
            kept[kept.index(same)] = one
    return kept


_PEOPLE = frozenset(("person", "office"))


def _in_turn(story: Story, left: set[str], right: set[str]) -> bool:
    """Whether somebody meets one after the other: "will see Minister A and be received by Prime Minister B"."""
    persons = [
        {k for k in side if story.kind(k) in _PEOPLE} for side in (left & right, left - right, right - left)
    ]
    return all(persons)


def _repeats(story: Story, earlier: Told, one: Told) -> bool:
    a, b = earlier.mention, one.mention
    if (a.type, a.start, a.status) != (b.type, b.start, b.status):
        return False
    left, right = set(earlier.everybody), set(one.everybody)
    nations = [{story.nation(k) for k in side} for side in (left, right)]
    return (
        left >= right
        or left <= right
        or (a.type != "CONSULT" and set(a.actors) == set(b.actors) and not _of_others(earlier, one))
        or (nations[0] == nations[1] and len(nations[0]) > 1 and not _in_turn(story, left, right))
    )  # persons here, their countries there


def _of_others(earlier: Told, one: Told) -> bool:
    """Whether two verbs tell what was done to different ones: "expelled A's envoy and recalled its own from B"."""
    left, right = set(earlier.mention.recipients), set(one.mention.recipients)
    verbs = earlier.trigger.sort != "noun" and one.trigger.sort != "noun" and one.trigger.tense != "gerund"
    return verbs and bool(left and right) and left.isdisjoint(right)


def once(story: Story, first: int, last: int) -> None:
    """Take back, of what the story tells from number `last` on, what it tells from `first` on by the same words."""
    told = {(t.trigger.char_start, t.interval) for t in story.told[first:last]}
    story.told[last:] = [t for t in story.told[last:] if (t.trigger.char_start, t.interval) not in told]


def foremost(tree: Tree, told: list[Told]) -> list[Told]:
    """What a sentence is about: not what its acts were for, how they were done, what they led to or were
    said of ("marched to demand reforms", "opened fire, killing two", "demanded a ship that X had seized")."""
    first = min((rank(t.trigger) for t in told), default=0)
    main = {t.case.word: t for t in told if rank(t.trigger) == first}
    return [t for word, t in main.items() if not _is_below(tree, word, main)]


def _is_below(tree: Tree, word: int, others: Container[int]) -> bool:
    """Whether a word stands under one of some others, and is not only joined to it by "and"."""
    joined = tree.words[word].dep == "conj"
    for above in tree.ancestors(word):
        if above in others:
            return not joined
        joined = joined and tree.words[above].dep == "conj"
    return False
