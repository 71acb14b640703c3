"""The words of a sentence that tell of events: type, mode, how participants attach, status, negation.

`triggers` looks words up in the lexicon (`dipcli.lexicon.events`) and decides by their neighbours; no model
is needed, a parser's coarse tags help where there are any. `main_types` gives what a whole sentence is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec import structs

from dipcli.extraction import closed, negation, said, wordclass
from dipcli.extraction.matching import SUBORDINATORS, Found, Sentence
from dipcli.extraction.said import INTENT
from dipcli.extraction.tree import ANSWERING
from dipcli.extraction.wordclass import Coarse, Tense, VerbForm, Words
from dipcli.lexicon.events import Role, Sort
from dipcli.lexicon.plover import TYPES
from dipcli.records import EventType, Medium, Struct

HYPOTHETICAL = frozenset("if unless whether lest".split())
WORDS = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN", "OTHER"})
"""Types that stay what they are when they are still to come."""
CONDITIONS = (" unless ", " or else")
NOTHING = 9
"""The rank of what makes no event."""
BENT = frozenset("be plan promise pledge vow intend undertake commit resolve".split())
"""First words of triggers whose complement tells what is meant to be done: "is ready to fight"."""
HOSTILE = frozenset({"ASSAULT", "SANCTION", "COERCE", "THREATEN"})
SAYING = frozenset("saying adding claiming noting arguing insisting stating".split())
"""Words after a comma that open what was said of the rest of the sentence."""
LEADING = SUBORDINATORS | frozenset(
    "in on at with during under as for by from according besides unlike".split()
)
REACTIONS = frozenset(("ACCUSE", "SUPPORT", "CONCEDE", "REJECT", "REQUEST", "THREATEN"))
"""Types of what is said of another's deed or of one still to come."""
_MEANS = frozenset("with through at during".split())
"""After a passive, before what it came about by: "was settled with an exchange of notes"."""
CAUSES = frozenset("result response retaliation wake consequence".split())
"""Nouns of a phrase that tells for what something was done: "agreed … as a result of the visit"."""
JOINING = frozenset({"and", "or", ",", ";", "but"})
PLANNING = frozenset(
    "planned upcoming scheduled forthcoming future proposed possible expected next impending imminent".split()
)
ARRANGED = frozenset("scheduled planned slated due set".split())
"""Words after a noun by which it is still to come: "talks scheduled for May"."""
REFUSED = frozenset({"AGREE", "SUPPORT", "CONCEDE", "CONSULT", "AID", "COOPERATE", "RETREAT", "REQUEST"})
"""Types whose negation with "will", "would", "could" is a refusal."""


class Trigger(Struct, frozen=True, kw_only=True):
    """One word that tells of an event.

    The span is the head word: the verb, of a light frame too, or the noun. `subject`, `object` and `preps`
    say what a participant in that place is; of a passive verb the grammatical subject has the role of
    `object` (see `passive`), and a noun's subject is its genitive.
    """

    char_start: int
    char_end: int
    lemma: str
    type: EventType
    mode: str | None = None
    sort: Sort
    frame: str
    symmetric: bool = False
    subject: Role = "actor"
    object: Role = "none"
    preps: dict[str, Role] = {}
    medium: Medium | None = None
    tense: Tense | None = None
    """None for nouns."""
    passive: bool = False
    perfect: bool = False
    modal: str | None = None
    status_hint: Literal["planned", "cancelled"] | None = None
    negated: bool = False
    hypothetical: bool = False
    weak: bool = False
    """Does not make an event alone ("relations", "cooperation")."""
    speech: bool = False
    """A verb of saying; its type is OTHER unless its content says more."""
    side: bool = False
    """Stands in a subordinate clause or a leading phrase."""
    governor: int | None = None
    """`char_start` of the trigger in whose complement this one stands ("agreed to *meet*")."""
    noun_start: int | None = None
    noun_end: int | None = None
    """The noun of a light frame ("hold *talks*")."""


class Clause(NamedTuple):
    """What a word's clause is: subordinate, hypothetical; and the number of its segment: a complement ends with one."""

    side: bool = False
    hypothetical: bool = False
    segment: int = 0


_TURNING = SUBORDINATORS | frozenset((";", ":", ",", "as", "that", "once"))
"""Words with which another clause may begin."""
_NOT_YET = frozenset("would will must should shall".split())
"""What a clause with "once" waits for has not happened where one of these is in the sentence."""
_ONE_TIME = frozenset("again more every a an in at on and or , .".split())
"""Words after "once" where it tells how often."""
_GOING_ON = SUBORDINATORS | frozenset(("and", "but", "or"))
"""Words after a comma that begin one."""


_RELATIVE = frozenset("that which who whom whose where when as".split())
_FINITE = frozenset("will shall would has have had is are was were".split())
_SUBJECTS = frozenset("he she they it i we".split())


class Clauses:
    """For each word, what its clause is."""

    def __init__(self, words: Words, verbs: Mapping[str, list[tuple[str, frozenset[str]]]]) -> None:
        self.verbs = verbs
        self.leading = self.leading_end(words)
        self.of: list[Clause] = []
        clause = Clause(side=self.leading > 0)
        for index, word in enumerate(words.low):
            if word in _TURNING or index == self.leading:
                clause = self.turned(clause, words, index)
            self.of.append(clause)

    def turned(self, before: Clause, words: Words, index: int) -> Clause:
        """What the clause is from the word at `index` on."""
        side, hypothetical, segment = before
        word, follow = words.low[index], words.at(index + 1)
        if word in {";", ":"} or index == self.leading:
            return Clause(segment=segment + 1)
        if word == "," and index > self.leading:
            if follow in SAYING:
                return Clause(True, hypothetical, segment + 1)
            if side and not follow[:1].isdigit():
                return Clause(segment=segment + 1)
            if follow in _GOING_ON or follow.endswith("ing"):
                return Clause(side, hypothetical, segment + 1)
        elif word == "while" and follow in {"in", "at", "on"}:
            return before  # "While in Lima he will meet B"
        elif (
            word in SUBORDINATORS
            or (word == "as" and self.conjunction(words, index))
            or (word == "that" and self.relative(words, index))
        ):
            return Clause(True, word in HYPOTHETICAL, segment + 1)
        elif word == "once" and follow not in _ONE_TIME and words.at(index - 1) not in closed.DETERMINERS:
            return before if _NOT_YET.isdisjoint(words.low) else Clause(True, True, segment + 1)
        return before

    def relative(self, words: Words, index: int) -> bool:
        """Whether the "that" at `index` is the subject of its clause: "a treaty that guarantees …"."""
        follow = words.at(index + 1 + wordclass.is_adverb(words.at(index + 1)))
        forms = {name for _, names in self.verbs.get(follow, ()) for name in names}
        finite = bool(forms & {"past", "s"}) and "base" not in forms
        return finite or (follow in closed.AUXILIARY and follow != "to")

    @staticmethod
    def leading_end(words: Words) -> int:
        """Index of the comma that ends a phrase or clause before the main one, or -1."""
        if words.at(0) not in LEADING or words.at(1) in {"least", "most"}:
            return -1
        aside = words.at(0) not in SUBORDINATORS or words.at(1) in {"in", "at", "on"}
        for index in range(1, min(len(words), 40)):
            if words.low[index] == "," and not words.at(index + 1)[:1].isdigit():
                return index
            if words.low[index] in _RELATIVE:
                aside = False  # "In the talks that A will hold in May, …"
            told = words.low[index] in _FINITE and (words.name(index - 1) or words.at(index - 1) in _SUBJECTS)
            if aside and told:
                return -1  # "In Lima Mr A will meet B, C and D"
        return -1

    @staticmethod
    def conjunction(words: Words, index: int) -> bool:
        return words.at(index - 1) not in {
            "such",
            "well",
            "as",
            "far",
            "soon",
            "long",
            "regarded",
            "known",
            "seen",
            "same",
        } and words.at(index + 1) not in {
            "part",
            "well",
            "soon",
            "a",
            "an",
            "to",
            "of",
            "its",
            "his",
            "their",
        }


def triggers(text: str, lo: int, hi: int, pos: Coarse | None = None) -> list[Trigger]:
    """All triggers of the sentence `text[lo:hi]`, in the order of the text; offsets are into `text`.

    `pos` tells a parser's coarse part of speech at a character offset, or None.
    """
    sentence = Sentence(text, lo, hi, pos)
    found = sentence.find()
    if not found:
        return []
    words = sentence.words
    clauses = Clauses(words, sentence.lexicon.verbs)
    result: list[Trigger] = []
    governor: Found | None = None
    for item in found:
        if governor is not None and (
            clauses.of[item.index].segment != clauses.of[governor.index].segment
            or (_finite(words, item) and not clauses.of[item.index].side)
        ):
            governor = None
        between = words.low[governor.index : item.index] if governor is not None else ()
        by_it = governor is not None and governor.form is not None and governor.form.passive
        apart = not CAUSES.isdisjoint(between) or (by_it and not _MEANS.isdisjoint(between))
        result.append(_trigger(words, clauses, item, None if apart else governor))
        own = item.entry.sort != "noun" or item.noun is not None  # "extended an invitation to visit"
        if governor is None and item.entry.content is not None and own:
            governor = item
    return said.typed(words, _supposed(words, _bent(_answered(words, result))))


def _answered(words: Words, found: list[Trigger]) -> list[Trigger]:
    """What was done in return as done outright: "retaliated by expelling B's envoy"."""
    for answer, deed in pairwise(found):
        if deed.tense == "gerund" and answer.lemma.split()[0] in ANSWERING and answer.sort == "verb":
            at = words.start.index(deed.char_start)
            if words.at(at - 1) == "by" and words.start[at - 2] == answer.char_start:
                done = structs.replace(
                    deed,
                    tense=answer.tense,
                    perfect=answer.perfect,
                    modal=answer.modal,
                    status_hint=answer.status_hint,
                    side=answer.side,
                    governor=answer.governor,
                )
                found = [done if t is deed else t for t in found if t is not answer]
    return found


def _bent(found: list[Trigger]) -> list[Trigger]:
    """What is promised or planned as a threat, where it is a hostile act: "vowed to expel the envoys"; and as a promise
    again, where it is not to be done: "pledged not to test missiles"."""
    hostile = {t.governor for t in found if t.type in HOSTILE and t.modal == "to" and not t.negated}
    armed = {t.governor for t in found if t.type in HOSTILE or t.type == "MOBILIZE"}
    return [
        structs.replace(t, type="THREATEN", mode=None)
        if t.type == "AGREE" and t.char_start in hostile and t.lemma.split()[0] in BENT
        else structs.replace(t, type="AGREE", mode=None)
        if t.type == "REJECT" and t.char_start in armed and t.lemma.endswith((" not to", " never to"))
        else t
        for t in found
    ]


def _supposed(words: Words, found: list[Trigger]) -> list[Trigger]:
    """What would only follow from a condition that the sentence begins with: "If A signs, B will withdraw"."""
    if words.at(0) not in {"if", "unless", "had", "were"}:
        return found
    inverted = words.at(0) in {"had", "were"} and words.name(1)
    comma = words.start[words.low.index(",")] if inverted and "," in words.low else 0
    return [
        structs.replace(t, hypothetical=True) if t.modal in INTENT or t.char_start < comma else t
        for t in found
    ]


def _finite(words: Words, item: Found) -> bool:
    """Whether a verb can only be the verb of a clause of its own: no noun, infinitive, or bare form."""
    form = item.form
    if form is None or form.modal:
        return False
    bare = form.first == item.index and not words.low[item.index].endswith("s")
    return form.tense == "past" or (form.tense == "present" and not bare)


def _shared_modal(words: Words, form: VerbForm, index: int) -> str:
    """The modal of an earlier verb that a coordinated base form shares: "will meet X and *sign* Y"."""
    if form.tense != "present" or words.low[index].endswith("s") or words.at(form.first - 1) not in JOINING:
        return ""
    for place in range(index - 2, max(index - 40, -1), -1):
        word = words.low[place]
        if word in closed.MODAL:
            return word
        if word == "to" and words.at(place + 1)[:1].isalpha() and not words.capital(place + 1):
            before = words.at(place - 1)
            return "will" if before in {"set", "due", "scheduled", "expected", "plans"} else "to"
    return ""


def _trigger(words: Words, clauses: Clauses, item: Found, governor: Found | None) -> Trigger:
    entry, form = item.entry, item.form
    side, hypothetical, _ = clauses.of[item.index]
    status = item.status
    negated = (
        negation.is_undone(words, form, item.index)
        if form
        else words.at(item.index - 1) == "no" or negation.is_missed(words, item.index)
    )
    negated &= not entry.undone
    if item.noun is not None and item.noun > item.index:
        negated |= "no" in words.low[item.index + 1 : item.noun]  # "will hold no further talks"
    type_, lemma = entry.type, item.lemma
    if governor is not None:
        content = governor.entry.content
        status = status or ("planned" if content == "planned" else "")
        hypothetical |= content == "hypothetical" or (governor.form is not None and governor.form.negated)
        status = "cancelled" if content == "cancelled" and form is None else status
    modal = (form.modal or _shared_modal(words, form, item.index)) if form is not None else ""
    arranged = words.at(item.index + 1) in ARRANGED and words.at(item.index + 2) in {"for", "to"}
    if form is None and (arranged or {words.at(item.index - 1), words.at(item.index - 2)} & PLANNING):
        status = status or "planned"
    if modal == "to" and form is not None and form.passive and words.at(form.first - 1) == ",":
        status = status or "planned"  # ", to be held in May"
    if modal in closed.PLANNED or modal == "would":
        status = status or "planned"
        if negated and type_ in REFUSED and governor is None and not hypothetical:
            type_, negated, status, lemma = "REJECT", False, "", f"not {lemma}"
        elif entry.undone:
            status = ""
    elif (modal in closed.POSSIBLE or modal in closed.REQUIRED) and not entry.undone:
        hypothetical = True
    hypothetical |= form is not None and negation.is_only_possible(words, form, item.index)
    hypothetical |= negation.is_expected(words, form.first if form else item.index, noun=form is None)
    frame = entry.frame
    start, end = words.start[item.index], words.end[item.index]
    return Trigger(
        char_start=start,
        char_end=end,
        lemma=lemma,
        type=type_,  # type: ignore[arg-type]
        mode=entry.mode if type_ == entry.type else None,
        sort="light" if item.noun is not None else entry.sort,
        frame=frame.name,
        symmetric=frame.symmetric and type_ == entry.type,
        subject=frame.subject,
        object=frame.object if item.noun is None or frame.object != "actor" else "none",
        preps=frame.preps if type_ == entry.type else {**frame.preps, "with": "recipient"},
        medium=entry.medium,  # type: ignore[arg-type]
        tense=form.tense if form is not None else None,
        passive=form.passive if form is not None else False,
        perfect=form.perfect if form is not None else False,
        modal=modal or None,
        status_hint=status or None,  # type: ignore[arg-type]
        negated=negated,
        hypothetical=hypothetical,
        weak=entry.weak
        and not (entry.opens and (_opens_line(words, item.index) or _followed(words, item.index))),
        speech=entry.speech,
        side=side,
        governor=words.start[governor.index] if governor is not None else None,
        noun_start=words.start[item.noun] if item.noun is not None else None,
        noun_end=words.end[item.noun] if item.noun is not None else None,
    )


def _followed(words: Words, index: int) -> bool:
    """Whether a noun is told as what came next: "…, followed by the opening of", "1994 saw the opening of"."""
    before = words.low[max(0, index - 3) : index]
    return before[-1:] == ["the"] and (before[-3:-1] == ["followed", "by"] or before[-2:-1] in _SAW)


_SAW = (["saw"], ["witnessed"], ["brought"])


def _opens_line(words: Words, index: int) -> bool:
    """Whether the noun at `index` is what a line without a verb begins with: "3 May: Soviet loan to Ghana"."""
    mark = next((i for i in range(index - 1, -1, -1) if words.low[i] in closed.OPENING), None)
    if mark is None or "." in words.low[index:-1]:
        return False
    return all(
        words.name(i) or wordclass.is_adjective(words.low[i]) or words.low[i] in closed.DETERMINERS
        for i in range(mark + 1, index)
    )


def main_types(text: str) -> list[str]:
    """Types of the events that a single sentence is about, the main clause's first.

    A planned act of cooperation is AGREE here and a planned hostile one THREATEN, as PLOVER codes them.
    Verbs of saying, weak nouns, hypothetical acts and what stands in another act's complement count only
    where there is nothing else.
    """
    found = triggers(text, 0, len(text))
    ranked = sorted((rank(trigger), trigger.char_start, trigger) for trigger in found)
    if not ranked or ranked[0][0] >= NOTHING:
        return []
    best = ranked[0][2]
    return [intent(best, text) if best.status_hint == "planned" else best.type]


def intent(trigger: Trigger, sentence: str) -> EventType:
    """The type of an act that is only told as to come: its promise, or the threat of it."""
    if trigger.type in WORDS and not trigger.lemma.startswith("boycott"):
        return trigger.type
    warning = TYPES[trigger.type].quad in {3, 4} or any(word in sentence.casefold() for word in CONDITIONS)
    return "THREATEN" if warning else "AGREE"


def rank(trigger: Trigger) -> int:
    """How far a trigger stands from what its sentence is about: 0 a main clause's verb, `NOTHING` no event."""
    if trigger.weak or trigger.negated:
        return NOTHING
    away = 0 if trigger.sort != "noun" else 2
    if trigger.tense in {"gerund", "participle"} or trigger.modal == "to":
        away += 1
    if trigger.side:
        away += 2
    if trigger.hypothetical or trigger.governor is not None:
        away += 4
    if trigger.speech and trigger.type == "OTHER":
        away += 6
    return away
