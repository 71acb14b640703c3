"""Whom an act is against or for that its sentence leaves out: the country of an expelled envoy, the doer of the deed that
is condemned as "the move", the country that a text is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dipcli.extraction.carry import LOOK_BACK
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Case, Story
from dipcli.extraction.tree import Tree
from dipcli.lexicon import offices, organizations

_JUDGING = {
    "ACCUSE": frozenset("ASSAULT COERCE SANCTION MOBILIZE REJECT THREATEN RETREAT OTHER".split()),
    "REJECT": frozenset("ASSAULT COERCE SANCTION MOBILIZE REQUEST ACCUSE THREATEN AGREE".split()),
    "SUPPORT": frozenset("AGREE CONCEDE RETREAT COOPERATE AID SUPPORT SANCTION REQUEST OTHER".split()),
}
"""Types of what may be meant by a deed told of by a word alone, by the type of what is said of it."""
_DEEDS = frozenset(
    "move decision step action act incident raid attack strike incursion expulsion announcement gesture offer proposal test"
    " launch measure killing arrest detention seizure invasion offensive bombardment bombing blockade coup takeover campaign".split()
)
"""Nouns that with no more than an article mean a deed told before: "condemned the move"."""
_POINTING = frozenset("the this that".split())
_NEAR = {"SUPPORT": 0}
"""How many paragraphs before the deed may have been told, by type."""
_FAR = 6
"""The same for all others."""


def of(story: Story, case: Case, actors: Sequence[str], recipients: list[str]) -> list[str]:
    """The recipients of an act, those that its sentence leaves out among them."""
    if case.trigger.type == "SANCTION" and case.trigger.mode == "expel":
        recipients = _with_senders(story, actors, recipients)
    if recipients or not actors or case.trigger.symmetric:
        return recipients
    return _of_deed(story, case, actors) or _subject(story, case, actors) or _concerned(story, case, actors)


def _with_senders(story: Story, actors: Sequence[str], recipients: list[str]) -> list[str]:
    """Expelled envoys that are named, and whoever sent them."""
    own = {story.nation(k) for k in actors} - {None}
    codes = {story.nation(k): None for k in recipients if _is_envoy(story, k)}
    senders = [story.registry.known_country(code) for code in codes if code and code not in own]
    return [*recipients, *(one.key for one in senders if one and own and one.key not in recipients)]


def _is_envoy(story: Story, key: str) -> bool:
    entity = story.registry.entities[key]
    held = (*(title.title for title in entity.titles), *(head for head, _ in entity.offices))
    told = map(offices.parse, held)
    return entity.kind == "person" and any(office and office.head.sort == "diplomat" for office in told)


def _of_deed(story: Story, case: Case, actors: Sequence[str]) -> list[str]:
    """Who did what is condemned or praised as "the move"; to whom that was done which somebody apologises for."""
    tree, trigger = case.tree, case.trigger
    sorry = trigger.lemma.startswith("apologi")
    kinds = _JUDGING.get(trigger.type, frozenset())
    things = case.arguments.preps.get("for", ()) if sorry else case.arguments.objects
    if not (sorry or kinds) or not any(_is_deed(tree, i) for i in things):
        return []
    near = _NEAR.get(trigger.type, _FAR)
    own = {story.nation(k) for k in actors} - {None}
    for told in reversed(story.told[-LOOK_BACK:]):
        if case.sentence.paragraph - told.case.sentence.paragraph > near:
            break
        theirs = {story.nation(k) for k in told.mention.actors}
        if sorry and theirs & own and told.mention.recipients:
            return told.mention.recipients
        if told.mention.type in kinds and not theirs & own:
            return told.mention.actors
    return []


def _is_deed(tree: Tree, noun: int) -> bool:
    """Whether a noun means a deed told before: "the move", "the expulsion, which …"."""
    word, below = tree.words[noun], tree.children(noun)
    others = [c for c in below if tree.words[c].dep not in ("relcl", "punct")]
    return (
        word.tag == "NN"
        and word.lemma in _DEEDS
        and [tree.words[c].text.casefold() in _POINTING for c in others] == [True]
    )


_RESOLVING = frozenset("AGREE REQUEST ACCUSE SANCTION CONCEDE AID OTHER SUPPORT".split())
"""Types of what an organisation resolves about a country."""
_AMONG_STATES = frozenset("international forum alliance court".split())
"""Sorts of organisations of states."""


def _concerned(story: Story, case: Case, actors: Sequence[str]) -> list[str]:
    """The only country that a sentence names in which an organisation resolves something: "The Security Council extended
    the mandate of its mission in Chad"."""
    if case.trigger.type not in _RESOLVING or case.trigger.mode == "investigate":
        return []
    known = (organizations.lookup(story.registry.entities[k].name) for k in actors)
    if not all(one and one.sort in _AMONG_STATES for one in known):
        return []
    named = {
        k: None
        for s in case.scene.slots
        if s.kind in ("country", "demonym")
        and s.rule != "capital"
        and not case.seen.endswith((", ", "("), 0, s.char_start)
        and not _HARMED.search(case.seen, case.sentence.char_start, s.char_start)
        for k in s.keys
    }
    return [*named] if len(named) == 1 else []


_HARMED = re.compile(r"\b(?:undermin|threaten|destabili[sz])\w*\b[^.;]{0,80}\Z")
"""Before the country that others harm, against whom something is resolved."""
_MEASURES = frozenset(
    "sanctions embargo embargoes blockade relations ties aid assistance sanction apologize apologise".split()
)
_FORCES = frozenset("troops forces soldiers mission army peacekeepers contingent units".split())
_OFTEN = 3
"""In so many sentences the country is named that a text is about."""


def weights(story: Story, scenes: Sequence[Scene]) -> Counter[str]:
    """In how many sentences each nation is named, by its code."""
    return Counter(
        code
        for scene in scenes
        for code in {
            story.nation(key)
            for slot in scene.slots
            if slot.kind in ("country", "demonym")
            for key in slot.keys
        }
        if code
    )


def at_home(
    story: Story, case: Case, actors: list[str], recipients: list[str]
) -> tuple[list[str], list[str]]:
    """Who takes part, the country among them whose yearbook or history a text is, where it leaves it out: "Relations were
    established with B", "B's minister made a visit in June"."""
    trigger = case.trigger
    visit = trigger.mode == "visit" and trigger.sort != "noun" and trigger.frame in ("visit", "travel")
    told_with = bool(case.arguments.preps.get("with"))
    bond = trigger.symmetric and told_with and (trigger.passive or not case.arguments.subjects)
    nations = {story.nation(k) for k in (*actors, *recipients)}
    if not (visit or bond) or (visit and recipients) or len(nations) != 1 or None in nations:
        return actors, recipients
    most = [*story.weights.most_common(2), ("", 0), ("", 0)][:2]
    (code, often), (_, next_most) = most
    home = story.registry.known_country(code) if often > _OFTEN and often * 2 >= next_most * 3 else None
    if home is None or code in nations:
        return actors, recipients
    return (actors, [home.key]) if visit else ([home.key, *actors], recipients)


def _subject(story: Story, case: Case, actors: Sequence[str]) -> list[str]:
    """The country that a text is about, where others act on a country that they do not name: "The UN eased sanctions"."""
    trigger = case.trigger
    words = {*trigger.lemma.split(), *(case.tree.words[i].text.casefold() for i in case.arguments.objects)}
    wanted = (
        _FORCES
        if trigger.mode == "withdraw" and trigger.type == "RETREAT"
        else _MEASURES
        if trigger.type in ("SANCTION", "CONCEDE")
        else frozenset[str]()
    )
    if wanted.isdisjoint(words):
        return []
    own = {story.nation(k) for k in actors} - {None}
    named = {story.nation(k) for s in case.scene.slots if s.kind in ("country", "demonym") for k in s.keys}
    others = [(code, n) for code, n in story.weights.most_common() if code not in own]
    if not others or others[0][1] < _OFTEN or not named <= own | {others[0][0]}:
        return []
    if others[1:] and others[1][1] * 2 > others[0][1]:
        return []
    country = story.registry.known_country(others[0][0])
    return [country.key] if country else []
