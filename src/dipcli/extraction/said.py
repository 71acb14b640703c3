"""What a verb of saying comes to by what is said: that somebody must is a request, that "it will" a promise, that it was
"unacceptable" an accusation."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import structs

from dipcli.extraction import closed, wordclass
from dipcli.extraction.wordclass import Words
from dipcli.lexicon.events import lexicon
from dipcli.lexicon.plover import TYPES
from dipcli.records import EventType

if TYPE_CHECKING:
    from dipcli.extraction.triggers import Trigger

INTENT = frozenset({"will", "would", "won't", "'ll"})
"""Auxiliaries by which an act is announced."""
_CONSEQUENCES = frozenset("consequence consequences reprisals retaliation repercussions".split())
"""Words of what is held out to somebody."""
_ANSWERED = {
    "met": frozenset("force fire response retaliation resistance".split()),
    "pay": frozenset({"price"}),
    "mean": frozenset({"war"}),
}
"""Words that hold it out with one of those that follow: "will be met with force", "would pay a heavy price"."""
_SPEAKERS = frozenset("it they he she we i".split())
_OWN_SIDE = frozenset(
    "government country nation side delegation administration ministry people party".split()
)
_POSSESSIVE = frozenset("his her its their our my".split())
_STATES = frozenset(
    "become remain seem like welcome need prefer know find lose suffer die win rise fall".split()
)
_FIRST_PERSON = frozenset("we i".split())
_ANNOUNCING = frozenset({"announce", "declare", "proclaim", "confirm"})
_PROMISED = frozenset({"SUPPORT", "CONCEDE", "AID", "COOPERATE", "RETREAT"})
_BLAMED = frozenset(
    (("responsible", "for"), ("to", "blame"), ("guilty", "of"), ("behind", "the"), ("at", "fault"))
)
"""Words after "is" by which somebody is said to have done wrong."""
_INTOLERABLE = frozenset(
    "unacceptable intolerable unthinkable outrageous inexcusable unforgivable scandalous deplorable".split()
)
"""What is said of what somebody does wrong: "It is unthinkable that B should …"."""


def typed(words: Words, found: list[Trigger]) -> list[Trigger]:
    """Gives a verb of saying the type of what is said, where no trigger of its own stands for that.

    That somebody must do something is a request (that "we must" is not); that "it will" do something
    a promise, that it will not a refusal.
    """
    sayings = [n for n, t in enumerate(found) if t.speech and t.type == "OTHER" and not t.side]
    if not sayings:
        return found
    said = _said(words, found)
    if said is None:
        return _promised(words, found, sayings[0])
    type_, index, lemma = said
    before = [n for n in sayings if found[n].char_start < words.start[index]]
    place = before[-1] if before else sayings[0]  # "reported that B said that A must go": B's words
    found[place] = structs.replace(found[place], type=type_, lemma=f"{found[place].lemma} … {lemma}")
    return found


def _promised(words: Words, found: list[Trigger], place: int) -> list[Trigger]:
    """A promise that is announced, in place of the words of saying: "announced that they would reopen
    their embassies"; what is promised stands in its complement."""
    speech, after = found[place], found[place + 1 :]
    promised = [t for t in after if t.modal in INTENT and t.type in _PROMISED and not t.negated]
    if speech.lemma not in _ANNOUNCING or not promised:
        return found
    given = "CONCEDE" if promised[0].type == "RETREAT" else "AGREE"  # a withdrawal that is announced
    type_ = cast("EventType", "THREATEN" if "unless" in words.low else given)
    told = structs.replace(speech, type=type_, lemma=f"{speech.lemma} … {promised[0].lemma}")
    governed = [structs.replace(t, governor=speech.char_start) if t in promised else t for t in after]
    return [*found[:place], told, *governed]


def _is_blame(words: Words, index: int) -> bool:
    """Whether "is", "was" says that somebody is to blame, and not that nobody is."""
    if words.low[index] not in {"is", "was", "are", "were"}:
        return False
    after = index + 1 + wordclass.is_adverb(words.at(index + 1))
    duty = words.at(after) == "responsible" and words.at(after + 2).endswith("ing")
    return not duty and (words.at(after), words.at(after + 1)) in _BLAMED


_MORE = (
    closed.REQUIRED
    | INTENT
    | _INTOLERABLE
    | set("is was were are has have had needed cannot could can".split())
)
"""With one of which it is told that a saying is more than that."""


def _said(words: Words, found: list[Trigger]) -> tuple[EventType, int, str] | None:
    """The type of what is said, the word that tells it, and the words of it."""
    planned = any(trigger.status_hint == "planned" or trigger.lemma.startswith("not ") for trigger in found)
    for index, word in enumerate(words.low):
        if word in _CONSEQUENCES or (
            word in _ANSWERED and not _ANSWERED[word].isdisjoint(words.low[index + 1 : index + 5])
        ):
            return "THREATEN", index, word
    for index, word in enumerate(words.low):
        if word not in _MORE:
            continue
        before, after = words.at(index - 1), words.at(index + 1)
        if word in _INTOLERABLE and before in {"is", "was", "it"} and after in {"that", "for", "to", "when"}:
            return "ACCUSE", index, word
        if _is_blame(words, index) and before not in _SPEAKERS:
            return "ACCUSE", index, "responsible"
        required = word in closed.REQUIRED and not word.startswith("need")
        required |= word in {"has", "have", "had", "need", "needs", "needed"} and after == "to"
        if required and before not in _FIRST_PERSON and before not in closed.DETERMINERS:
            return "REQUEST", index, word
        own = before in _SPEAKERS or (before in _OWN_SIDE and words.at(index - 2) in _POSSESSIVE)
        if word in INTENT and own and not planned:
            if word == "won't" or after in {"not", "never"}:
                return "REJECT", index, f"{word} {after}" if after in {"not", "never"} else word
            if after not in closed.AUXILIARY and after not in _STATES:
                return "AGREE", index, word
        if own and (word == "cannot" or (word in {"could", "can"} and after == "not")):
            return "REJECT", index, f"{word} {after}"
    deeds = [t for t in found if not (t.weak or t.hypothetical or _is_mere(t))]
    valued = _valued(words)
    if valued and deeds:  # "said that the arrests were an outrage"
        is_it = not _COPULA.isdisjoint(words.low[max(valued[1] - 3, 0) : valued[1]])
        named = all(t.sort == "noun" and t.char_start < words.start[valued[1]] for t in deeds)
        return valued if is_it and named else None
    return valued


_COPULA = frozenset("is was are were be been as".split())


def _is_mere(trigger: Trigger) -> bool:
    """Whether a trigger is but a saying, or a noun of what may be spoken of: no deed that is announced."""
    return (trigger.speech or trigger.sort == "noun") and TYPES[trigger.type].quad not in {2, 4}


def _valued(words: Words) -> tuple[EventType, int, str] | None:
    """As `_said`, by the first words that value something: "was illegal", "a historic step"."""
    said = lexicon().said
    for index, word in enumerate(words.low):
        for others, type_ in said.get(word, ()):
            if words.low[index + 1 : index + 1 + len(others)] == others and not _is_denied(words, index):
                return type_, index, " ".join((word, *others))
    return None


def _is_denied(words: Words, index: int) -> bool:
    return not closed.NOT.isdisjoint(words.low[max(index - 3, 0) : index])
