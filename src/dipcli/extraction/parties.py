"""Who takes part in an event, as its sentence, its line and what was told before say together.

`who` reads the sentence's tree; here stand what a row, a list, the text's two countries and the clause before add.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dipcli.dates.grammar import Expression
from dipcli.dates.meaning import Calendar
from dipcli.extraction import arguments, bonds, carry, implied, nearest, rows, unnamed, visits, who
from dipcli.extraction.bodies import SOLDIERS
from dipcli.extraction.occasion import SAID, WOULD
from dipcli.extraction.referents import people
from dipcli.extraction.slots import unique
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.triggers import Trigger
from dipcli.lexicon import countries
from dipcli.mentions import Span

_DONE_TO = frozenset(("ASSAULT", "COERCE", "SANCTION", "OTHER"))
"""Types that are told of whom they were done to, even where the doer is not named."""
_COARSE = frozenset(("month", "year", "part", "season"))
"""Rules of dates too coarse to tell talks without participants apart."""
_OWED_OTHERS = frozenset(("AGREE", "SUPPORT"))
"""Types of what nobody says to the own country: "stressed the U.S. commitment to peace"."""
_TIES = frozenset(("relation", "relations", "tie", "ties"))
_IN_FORCE = ("into force", "into effect", "take effect")
_RELATIONS = re.compile(r"\b(?:ties|relations)\b")
_IT = frozenset(("it", "them"))
_JOINT = ("Joint ", "Mixed ")
"""Begin the names of bodies that two countries have between them: "the 3rd Joint Commission meeting was held"."""


def _is_joint(story: Story, key: str) -> bool:
    """Whether an actor is a body that two countries have between them."""
    return story.registry.entities[key].name.startswith(_JOINT)


class Parties(msgspec.Struct, frozen=True, gc=False):
    """The local actors that take part in an event."""

    actors: list[str]
    recipients: list[str]
    guessed: bool = False
    """Whether who acts is but a guess (`nearest`)."""


def of(story: Story, case: Case, date: Expression | None, here: Sequence[Told]) -> Parties:
    """Who takes part as the sentence tells it; nobody where nobody does it. `here`: what it told before."""
    trigger = case.trigger
    actors, recipients = who.roles(case.tree, case.scene.slots, trigger, case.word, case.arguments)
    if not actors and trigger.mode == "visit" and trigger.sort == "noun" and not story.bare:
        actors = visits.heads_line(case)
    cells = rows.row(case.scene)
    who_came = cells.who if cells else []
    persons = [slot for slot in who_came if slot.kind == "person"]  # a body beside them is whom they work for
    listed = [k for slot in persons or who_came for k in slot.keys]
    occasion = _is_occasion(case, cells)
    on_journey = story.protagonist and not story.host and cells and cells.where
    if story.protagonist and (occasion or (case.lead is not None and (on_journey or not listed))):
        listed = unique([story.protagonist, *listed])
    if occasion:
        actors = [k for k in actors if story.kind(k) == "person"]
    if listed and trigger.subject == "actor" and not trigger.passive:
        alone = trigger.symmetric and (
            visits.begins_entry(case) if trigger.sort == "noun" else not case.arguments.subjects
        )
        given = any(
            case.tree.words[i].char_start == case.tree.words[i].char_end for i in case.arguments.subjects
        )
        if given and not trigger.symmetric:  # "Celebrated B's national day."
            actors = listed
        elif not actors or alone or (cells and trigger.type == "CONSULT"):  # "Met with the president."
            actors = [*listed, *(k for k in actors if k not in listed)]
        recipients = [k for k in recipients if k not in actors]
    if not actors and recipients and trigger.type in ("CONSULT", "OTHER"):
        if trigger.mode == "visit" and not trigger.passive:
            return Parties([], [])
        actors, recipients = recipients, []
    exact = date is not None and date.rule not in _COARSE
    if story.couple and not recipients and actors and all(_is_joint(story, k) for k in actors):
        actors = list(story.couple)
    if (
        not actors
        and not recipients
        and exact
        and trigger.type == "CONSULT"
        and trigger.symmetric
        and (trigger.sort == "noun" or trigger.passive or not case.arguments.subjects)
    ):
        actors = _unnamed(story, case)
    if not actors and not recipients and _is_bond(case) and not _by_somebody(case):
        actors = bonds.again(case, here) or bonds.bound(story, case)
    if (trigger.lemma.endswith(_IN_FORCE) or _is_recalled(story, case, date)) and all(
        story.kind(k) == "person" for k in actors
    ):
        actors = _states_of(story, actors) or list(story.two_of(case.scene))
    if not actors and not recipients and trigger.type == "ASSAULT" and not trigger.passive:
        actors = implied.neighbours(case.tree, case.scene.slots, case.word)
    if (
        date is not None
        and len(case.dates) > 1
        and _RESPECTIVELY in case.seen[case.sentence.char_start : case.sentence.char_end]
    ):
        actors = _respective(case, date, actors)
    if not actors and trigger.type == "PROTEST" and trigger.frame != "deed":
        actors = unnamed.doers(story, case) or visits.people_there(story, case)
    if not actors and recipients and trigger.mode == "withdraw" and trigger.type == "SANCTION":
        actors, recipients = _recalled(story, recipients)
    elif trigger.mode == "withdraw" and trigger.type == "SANCTION":
        recipients = _hosts(story, case, actors, recipients)
    measure = trigger.passive and trigger.type in ("SANCTION", "CONCEDE", "AID")
    if not actors and (measure or trigger.mode == "expel"):
        actors = _teller(story, case, recipients)
    if not actors and recipients and trigger.type == "COERCE" and trigger.mode == "arrest":
        theirs = {story.nation(k) for k in recipients}  # "the arrest in Lima of two Chilean diplomats"
        actors = [k for k in visits.people_there(story, case) if story.nation(k) not in theirs]
    if not actors and not recipients:
        actors, recipients = bonds.of_mission(story, case, here)
    if not actors:
        actors = _author(story, case)
    if not actors:
        actors = unnamed.doers(story, case)
    if not actors and trigger.type not in _DONE_TO and not story.bare:
        if recipients and (trigger.passive or case.tree.children(case.word, "nsubjpass")):
            return Parties([], recipients)  # "was freed"
        actors = nearest.doer(story, case)
        others = [k for k in recipients if k not in actors] if actors else []
        return Parties(actors, _foreign(story, trigger, actors, others), guessed=True)
    if trigger.type == "RETREAT" and trigger.mode != "release":
        actors = unique([_commander(story, key) for key in actors])
    actors = _speaker(story, case, actors) or actors
    return Parties(actors, _foreign(story, trigger, actors, recipients))


def _unnamed(story: Story, case: Case) -> list[str]:
    """Those who met where the sentence names nobody: the one group that it tells of, or those the text is about ("the
    call of 3 May in which the two ministers spoke of trade")."""
    parties = [s for s in case.scene.slots if s.kind in ("person", "office", "group", "body")]
    named = [s for s in parties if not case.seen.startswith(_JOINT, s.char_start)]
    if not named:
        return list(story.two_of(case.scene))
    both = {s.keys for s in named if s.kind == "group" and len(s.keys) > 1}
    alone = len(both) == 1 and all(s.kind not in ("person", "office") for s in named)
    return list(both.pop()) if alone else []


_RESPECTIVELY = "respectively"


def _respective(case: Case, date: Expression, actors: list[str]) -> list[str]:
    """Who did it on a date, of as many as there are dates: "A and B visited C in 1991 and 1995, respectively"."""
    return [actors[case.dates.index(date)]] if len(case.dates) == len(actors) > 1 else actors


def _commander(story: Story, key: str) -> str:
    """Who withdraws, for a nation's troops: their country."""
    entity = story.registry.entities[key]
    country = story.registry.known_country(entity.country) if entity.country else None
    return country.key if country and entity.head in SOLDIERS else key


def _foreign(story: Story, trigger: Trigger, actors: Sequence[str], recipients: Sequence[str]) -> list[str]:
    """Recipients without the actors' own country, where there are others ("X backed China-X ties")."""
    own = {story.nation(k) for k in actors} - {None}
    kept = [k for k in recipients if not (story.kind(k) == "country" and story.nation(k) in own)]
    return kept if kept or trigger.type in _OWED_OTHERS else list(recipients)


def _teller(story: Story, case: Case, others: Sequence[str]) -> list[str]:
    """Who tells of a measure without saying whose it was, if not those against whom it was: "X's ministry said that
    Y's envoy had been expelled", "X announced the expulsion of Y's envoy"; of a person, the country that is spoken for."""
    words = case.tree.words
    said = next(
        (i for i in (case.word, *case.tree.ancestors(case.word)) if words[i].dep != "conj"), case.word
    )
    announced = words[said].dep == "dobj" and words[words[said].head].lemma in ("announce", "order", "decree")
    if words[said].dep != "ccomp" and not announced:
        return []
    subjects = arguments.subjects(case.tree, words[said].head)[0]
    by = [i for head in subjects for i in arguments.prepositions(case.tree, head).get("by", ())]
    told = people(case.tree, case.scene.slots, [*subjects, *by])
    nations = {story.nation(key) for key in others}
    ours = [_state_of(story, key) for key in told if story.nation(key) not in nations]
    return unique([key for key in ours if key])


_IS_READY = ("be ready", "be prepared", "be willing")
_PROMISED = frozenset("AGREE REJECT THREATEN CONCEDE".split())


def _speaker(story: Story, case: Case, actors: Sequence[str]) -> list[str]:
    """Who promises, refuses or threatens by saying what his country will do: "Minister A said that Peru would not go"."""
    trigger, words = case.trigger, case.tree.words
    to_come = trigger.modal in WOULD or trigger.lemma.startswith(_IS_READY)
    if trigger.type not in _PROMISED or not to_come or len(actors) != 1 or story.kind(actors[0]) != "country":
        return []
    said = words[case.word].head
    if words[case.word].dep != "ccomp" or words[said].lemma not in SAID:
        return []
    told = people(case.tree, case.scene.slots, arguments.subjects(case.tree, said)[0])
    ours = [k for k in told if story.kind(k) == "person" and story.nation(k) == story.nation(actors[0])]
    return ours if len(told) == 1 else []


def _state_of(story: Story, key: str) -> str | None:
    """Whom somebody tells of by "had been expelled": the country of a person in office, anybody else himself."""
    person = story.registry.entities[key]
    if person.kind != "person":
        return key
    country = story.registry.known_country(person.country) if person.country and person.offices else None
    return country.key if country else None


_TEXTS = frozenset("statement communique communiqué declaration note message letter release".split())
_TEXT_REACH = 2
"""Paragraphs within which a text is spoken of that was told to be somebody's."""


def _author(story: Story, case: Case) -> list[str]:
    """Whose words do what a sentence tells of a text told before: "A said in a statement … The statement demanded …"."""
    words = case.tree.words
    text = next((i for i in case.arguments.subjects if words[i].lemma.casefold() in _TEXTS), None)
    if text is None or not any(
        words[i].text.casefold() in ("the", "this") for i in case.tree.children(text, "det")
    ):
        return []
    noun = words[text].lemma.casefold()
    for told in reversed(story.told[-carry.LOOK_BACK :]):
        before = told.case.sentence
        if case.sentence.paragraph - before.paragraph > _TEXT_REACH:
            return []
        given = told.mention.medium in ("statement", "written") or noun in before.words
        if given and told.mention.actors:
            return told.mention.actors
    return []


_SENT_TO = re.compile(r"\bto\s+(?:the\s+)?(.+)")


def _recalled(story: Story, envoys: Sequence[str]) -> tuple[list[str], list[str]]:
    """Who recalled the envoy that a passive tells of, his own country, and from where: "The ambassador of A to B was
    called home"."""
    homes = [story.registry.known_country(code) for code in map(story.nation, envoys) if code]
    actors = [home.key for home in homes if home]
    return actors, _posted(story, envoys) if actors else list(envoys)


def _posted(story: Story, envoys: Sequence[str]) -> list[str]:
    """The countries that envoys were sent to, as their last titles tell: "ambassador to B"."""
    titles = (title for key in envoys for title in story.registry.entities[key].titles[-1:])
    return [
        host
        for title in titles
        if (host := _post(story, title.title, title.char_start, title.char_end, title.sentence))
    ]


def _post(story: Story, title: str, start: int, end: int, sentence: Span) -> str | None:
    """The country that an envoy is sent to whose title stands at `start`: "ambassador to B"."""
    told = _SENT_TO.search(title)
    post = countries.lookup(told[1]) if told else None
    if told is None or post is None:
        return None
    where = Span(char_start=start, char_end=end)
    return story.registry.country(post.alpha3, told[1], where, sentence, noun=True).key


def _hosts(story: Story, case: Case, actors: Sequence[str], recipients: Sequence[str]) -> list[str]:
    """From whom a country recalls an envoy with a name: whoever is named beside him, where he was sent to, the other of
    the two that the text is about."""
    own, sentence = {story.nation(key) for key in actors}, case.sentence
    offices = [s for s in case.scene.slots if s.kind == "office" and {story.nation(k) for k in s.keys} <= own]
    line = Span(char_start=sentence.char_start, char_end=sentence.char_end)
    posts = [_post(story, s.title, s.char_start, s.char_end, line) for s in offices if s.title]
    if any(posts):
        return [post for post in posts if post]  # "recalled the Peruvian ambassador to Chad"
    envoys = [key for key in recipients if story.kind(key) == "person"]
    others = [key for key in recipients if key not in envoys] or _of_capital(story, case, actors)
    if not envoys or others:
        return others
    two = story.two_of(case.scene)
    return _posted(story, envoys) or [k for k in two if k not in actors and {*actors} & {*two}] or envoys


_POST_IN = re.compile(
    r"\b(?:ambassadors?|envoys?|diplomats?|consuls?|representatives?|staff|attach[eé]s?)\s+(?:in|at|to|from)\s+\Z"
)


def _of_capital(story: Story, case: Case, actors: Sequence[str]) -> list[str]:
    """The country from whose capital an envoy is recalled: "recalled its ambassador in Lima"."""
    own = {story.nation(key) for key in actors}
    begin = case.sentence.char_start
    posts = (
        s for s in case.scene.slots if s.rule == "capital" and _POST_IN.search(case.seen, begin, s.char_start)
    )
    return [key for slot in posts for key in slot.keys if story.nation(key) not in own]


def _is_occasion(case: Case, cells: rows.Row | None) -> bool:
    """Whether a row's word for a gathering says only what somebody went to: "Peru | Lima | 25th Andean Summit"."""
    nouns = case.trigger.type == "CONSULT" and all(
        t.sort == "noun" and t.mode != "visit" for t in case.triggers
    )
    return cells is not None and bool(cells.where) and nouns


_TERM = 6
"""Years after which others hold the offices that a text names."""


def _is_recalled(story: Story, case: Case, date: Expression | None) -> bool:
    """Whether those who speak of a treaty tell the year long ago in which their countries made it: "recalled the accord
    signed in 1976"."""
    match date.meaning if date else None:
        case Calendar(year=int(year)) if story.published and case.trigger.tense == "participle":
            return _is_bond(case) and story.published.end.year - year > _TERM
    return False


def _by_somebody(case: Case) -> bool:
    """Whether a passive tells by whom, and not but by what: "was prolonged by a protocol"."""
    tree = case.tree
    agents = [i for by in tree.children(case.word, "agent") for i in tree.children(by, "pobj")]
    return any(tree.words[i].unit >= 0 or tree.words[i].lemma not in _INSTRUMENTS for i in agents)


_INSTRUMENTS = bonds.TEXTS | frozenset("exchange note letter act addendum instrument".split())
"""Nouns for the texts by which something is done."""


def _is_bond(case: Case) -> bool:
    """Whether a bond is told of without whose it is: "relations were restored in 1980", "a treaty was signed", "the
    agreement entered into force", "Severance of relations"."""
    trigger = case.trigger
    if trigger.type == "SUPPORT":
        bare = trigger.passive or trigger.lemma.endswith(_IN_FORCE) or trigger.lemma == "resume"
        return trigger.frame == "together" and bare
    if trigger.sort == "noun":
        below = arguments.prepositions(case.tree, case.word).get("of", ())
        return trigger.type == "SANCTION" and any(case.tree.words[i].lemma in _TIES for i in below)
    return trigger.passive and trigger.lemma.endswith(bonds.BONDS)


def _states_of(story: Story, persons: Sequence[str]) -> list[str]:
    """The countries of those who signed, which an agreement in force binds; none where they are not two."""
    codes = unique([code for code in map(story.nation, persons) if code])
    states = [state.key for code in codes if (state := story.registry.known_country(code))]
    return states if len(states) > 1 else []


def of_clause_before(story: Story, case: Case, actors: Sequence[str], here: Sequence[Told]) -> list[str]:
    """Recipients of an act told without any, as the clause or sentence before has them; `here`: told by the same."""
    trigger, tree, word = case.trigger, case.tree, case.word
    joined = trigger.type == "SANCTION" and tree.words[word].dep == "conj"
    recipients: list[str] = []
    if joined or any(tree.words[i].text in _IT for i in tree.children(word, "dobj")):
        told = here or story.told[-1:]  # "A broke relations with B. It accused it of …"
        recipients = next((t.mention.recipients for t in told if set(actors) == {*t.mention.actors}), [])
    if joined and not recipients and _RELATIONS.search(trigger.lemma):
        # "A expelled B's envoy and C broke relations"; "A recognised B, and C broke off relations": with A
        before = next((t.mention for t in here if not set(actors) & {*t.everybody}), None)
        if before is not None:
            recipients = before.actors if before.type == "SUPPORT" else before.recipients
    return recipients
