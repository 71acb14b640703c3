"""The words of a sentence that tell of events: type, mode, how participants attach, status, negation.

`triggers` looks words up in the lexicon (`dipcli.lexicon.events`) and decides by their neighbours; no model
is needed, a parser's coarse tags help where there are any. `main_types` gives what a whole sentence is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from msgspec import structs

from dipcli.extraction import wordclass
from dipcli.extraction.wordclass import Coarse, Tense, VerbForm, Words
from dipcli.lexicon.events import Element, Entry, Lexicon, Role, Sort, lexicon
from dipcli.lexicon.plover import TYPES
from dipcli.records import EventType, Medium, Struct

WINDOW = 14
"""How many words an element of a pattern is looked for."""

SUBORDINATORS = frozenset(
    "after before while when because since although though whereas unless if until amid despite "
    "following where whose who whom which whether lest".split()
)
HYPOTHETICAL = frozenset("if unless whether lest".split())
WORDS = frozenset({"REQUEST", "REJECT", "THREATEN", "OTHER"})
"""Types that stay what they are when they are still to come."""
CONDITIONS = (" unless ", " or else")
NOTHING = 9
"""The rank of what makes no event."""
LEADING = SUBORDINATORS | frozenset(
    "in on at with during under as for by from according besides unlike".split()
)
JOINING = frozenset({"and", "or", ",", ";", "but"})
FIRST_PERSON = frozenset("we i".split())
PLANNING = frozenset(
    "planned upcoming scheduled forthcoming future proposed possible expected next impending imminent".split()
)
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


@dataclass(slots=True)
class Found:
    """A match, before its clause is looked at."""

    index: int
    entry: Entry
    form: VerbForm | None
    noun: int | None = None
    status: str = ""
    lemma: str = ""


class Sentence:
    """One sentence being matched against the lexicon."""

    def __init__(self, text: str, lo: int, hi: int, pos: Coarse | None) -> None:
        self.words: Words = wordclass.split(text, lo, hi)
        self.pos = pos
        self.lexicon: Lexicon = lexicon()
        self.used: set[int] = set()
        """Words that a longer pattern has taken."""
        self.nouns: dict[int, tuple[Entry, int]] = {}
        """Index of the first word of a noun trigger -> entry, index of its head."""
        self.heads: dict[int, int] = {}
        """Head index -> first index, of noun triggers."""
        self.cancelled: set[int] = set()

    # --- matching -------------------------------------------------------------------------------------

    def coarse(self, index: int) -> str | None:
        return self.pos(self.words.start[index]) if self.pos else None

    def groups(self, index: int) -> frozenset[str]:
        """Noun classes of the word at `index`, or of the pair that begins there."""
        low = self.words.low
        found = self.lexicon.classes.get(low[index], frozenset())
        if index + 1 < len(low):
            found |= self.lexicon.classes.get(f"{low[index]} {low[index + 1]}", frozenset())
        return found

    def ahead(self, index: int, wide: bool) -> Iterator[int]:
        """Indices of the noun phrase that begins at `index`, or with `wide` of the rest of the clause."""
        words = self.words
        index = wordclass.past_time(words, index)
        for step in range(WINDOW + 6 * wide):
            if index >= len(words):
                return
            word = words.low[index]
            if word in {";", ":"} or word in SUBORDINATORS or (word == "that" and step):
                return
            if not wide:
                if (
                    word in wordclass.PREPOSITIONS
                    and word != "of"
                    and word not in {"about", "over", "around"}
                ):
                    return
                if (
                    word in {"to", "that", "but", ")"}
                    or word in wordclass.AUXILIARY
                    or (word == "as" and step)
                ):
                    return
                if word == "," and not self.series(index):
                    return
                if step and words.low[index - 1] in {"and", "or"} and self.surely_past(word):
                    return
            yield index
            following = index + 1
            index = wordclass.past_time(words, following) if not wide else following

    def surely_past(self, word: str) -> bool:
        """Whether a word is a past form and nothing else: after "and" it begins another clause."""
        names = [names for _, names in self.lexicon.verbs.get(word, ())]
        return any("past" in name and "base" not in name for name in names)

    def series(self, comma: int) -> bool:
        """Whether a comma joins parts of one noun phrase: "economic, military and food aid"."""
        words = self.words
        follow = words.at(comma + 1)
        return (
            wordclass.is_adjective(follow)
            or follow.isdigit()
            or words.at(comma + 2) in {"and", "or", ","}
            or "," in {words.at(comma - 2), words.at(comma - 3)}
        )

    def behind(self, index: int) -> Iterator[int]:
        """Indices before `index`, nearest first, as far as its subject may reach."""
        words = self.words
        for place in range(index - 1, max(index - 1 - WINDOW, -1), -1):
            if words.low[place] in {";", ":"} or (words.low[place] == "that" and index - place > 1):
                return
            yield place

    def fits(self, element: Element, at: int, form: VerbForm | None) -> tuple[int, list[int]] | None:
        """Where matching goes on after `element` and the words it took; None if it does not match."""
        words = self.words
        wide = element.reach == "wide"
        if element.kind == "class":
            if element.reach == "before" or (form is not None and form.passive and not wide):
                start = form.first if form is not None else at - 1
                for place in self.behind(start):
                    if element.group in self.groups(place):
                        return at, [place]
                if element.reach == "before":
                    return None
            for place in self.ahead(at, wide):
                if element.group in self.groups(place):
                    pair = f"{words.low[place]} {words.at(place + 1)}"
                    end = place + 1 + (element.group in self.lexicon.classes.get(pair, ()))
                    return end, list(range(place, end))
            return None
        if element.kind == "pair":
            paired = form is not None and any(
                words.low[place] == "and" and words.name(place - 1) and words.name(place + 1)
                for place in self.behind(form.first)
            )
            return (at, []) if paired else None
        places = self.ahead(at, True) if wide else iter((wordclass.past_time(words, at), at))
        for place in places:
            word = words.at(place)
            if element.kind == "word" and word in element.words:
                return place + 1, [place]
            if element.kind == "inf" and word == "to" and self.infinitive(place):
                return place, []
            if element.kind == "that" and word == "that":
                return place + 1, []
            if element.kind == "name" and words.name(place):
                return place, []
            if element.kind == "np" and (wordclass.starts_phrase(words, place) or self.plain_noun(place)):
                return place, []
        return None

    def infinitive(self, place: int) -> bool:
        follow = self.words.at(place + 1)
        return (
            follow[:1].isalpha()
            and follow not in wordclass.DETERMINERS | wordclass.OBJECTS
            and not self.words.capital(place + 1)
            and not follow.endswith(("ing", "ness", "tion"))
        )

    def plain_noun(self, place: int) -> bool:
        word = self.words.at(place)
        return word[:1].isalpha() and not (
            word in wordclass.PREPOSITIONS
            or word in wordclass.CONJUNCTIONS
            or word in wordclass.AUXILIARY
            or wordclass.is_adverb(word)
            or word in wordclass.TIME
        )

    def match(self, entry: Entry, index: int, form: VerbForm | None) -> list[int] | None:
        """The words beside the head that `entry` takes at `index`, or None."""
        at, taken = index + 1, []
        for element in entry.elements:
            step = self.fits(element, at, form)
            if step is None:
                return None
            at = step[0]
            taken += step[1]
        return taken

    # --- nouns and verbs ------------------------------------------------------------------------------

    def find_nouns(self) -> None:
        for index, word in enumerate(self.words.low):
            entries = self.lexicon.noun_entries.get(word)
            if entries is None or self.coarse(index) in {"VERB", "AUX"}:
                continue
            for entry in entries:
                taken = self.match(entry, index, None)
                if taken is None:
                    continue
                head = index
                while head + 1 in taken and self.words.low[head + 1] not in wordclass.PREPOSITIONS:
                    head += 1
                if (
                    not (entry.elements or self.is_head(head))
                    or head in self.heads
                    or self.in_name(entry, index)
                ):
                    break
                self.nouns[index] = entry, head
                for inner in range(index, head + 1):
                    self.heads[inner] = index
                break
        self.heads = {head: first for first, (_, head) in self.nouns.items()}

    def in_name(self, entry: Entry, index: int) -> bool:
        """Whether a capitalised noun is but a part of a name; a named meeting is a meeting."""
        words = self.words
        return (
            index > 0
            and words.capital(index)
            and entry.type != "CONSULT"
            and (words.name(index - 1) or (words.at(index + 1) == "of" and words.name(index + 2)))
        )

    def is_head(self, index: int) -> bool:
        """Whether the noun at `index` is the last of its compound: not "attack helicopters"."""
        words = self.words
        follow = words.at(index + 1)
        if not follow[:1].isalpha() or not self.plain_noun(index + 1):
            return True
        if words.capital(index + 1):
            return not words.capital(index) or words.low[index + 1] in wordclass.TIME
        return (
            follow in self.lexicon.verbs
            and follow not in self.lexicon.noun_entries
            and follow not in self.lexicon.classes
        ) or follow.endswith("ed")

    def find_verbs(self) -> Iterator[Found]:
        lex = self.lexicon
        for index, word in enumerate(self.words.low):
            lemmas = lex.verbs.get(word)
            if lemmas is None or index in self.used or self.heads.get(index, index) != index:
                continue
            for lemma, names in lemmas:
                form = wordclass.verb_form(
                    self.words, index, names, lemma in lex.nouny, index in self.nouns, self.coarse(index)
                )
                if form is None:
                    continue
                found = self.verb(index, lemma, form) or self.support(index, lemma, form)
                if found is not None:
                    self.nouns.pop(index, None)
                    if found.entry.type is not None:
                        yield found
                    break
                if form.tense != "gerund":
                    self.nouns.pop(index, None)

    def verb(self, index: int, lemma: str, form: VerbForm) -> Found | None:
        for entry in self.lexicon.verb_entries.get(lemma, ()):
            shape = self.reduced(entry, index, form)
            taken = self.match(entry, index, shape)
            if taken is None:
                continue
            if entry.content == "cancelled":
                self.cancelled.update(taken)
            else:
                self.used.update(taken)
            literal = " ".join(self.words.low[i] for i in taken if i > index or shape.passive)
            first = entry.elements[0] if entry.elements else None
            light = first is not None and lemma in self.lexicon.support and _governs(first)
            nouns = [i for i in taken if light and self.words.low[i] in self.lexicon.noun_entries]
            noun = max(nouns, default=None)
            return Found(index, entry, shape, noun, lemma=f"{lemma} {literal}".strip())
        return None

    def reduced(self, entry: Entry, index: int, form: VerbForm) -> VerbForm:
        """A past form without the object it needs is a participle: "sanctions imposed on", "men held in"."""
        if form.tense != "past" or form.first != index or form.perfect or form.passive:
            return form
        if entry.frame.object == "none" or (entry.elements and entry.elements[0].kind != "class"):
            return form
        if entry.frame.name not in {"directed", "content", "leave", "give"} or entry.speech:
            return form
        ahead = wordclass.past_time(self.words, index + 1)
        follow = self.words.at(ahead)
        if follow in wordclass.PREPOSITIONS - {"over", "about", "around", "up", "near", "like", "as"}:
            return replace(form, tense="participle", passive=True)
        return form

    def support(self, index: int, lemma: str, form: VerbForm) -> Found | None:
        status = self.lexicon.support.get(lemma)
        if status is None:
            return None
        places = self.behind(form.first) if form.passive else self.ahead(index + 1, False)
        for place in places:
            first = self.heads.get(place)
            if first is None or first not in self.nouns or place in self.used:
                continue
            entry, head = self.nouns[first]
            if entry.weak:
                continue
            self.used.add(head)
            noun = " ".join(self.words.low[first : head + 1])
            return Found(index, entry, form, noun=head, status=status, lemma=f"{lemma} {noun}")
        return None

    def find(self) -> list[Found]:
        self.find_nouns()
        found = list(self.find_verbs())
        for first, (entry, head) in self.nouns.items():
            if entry.type is None or head in self.used or first in self.used:
                continue
            status = "cancelled" if head in self.cancelled else ""
            lemma = " ".join(self.words.low[first : head + 1])
            found.append(Found(head, entry, None, status=status, lemma=lemma))
        return sorted(found, key=lambda item: item.index)


def _governs(element: Element) -> bool:
    """Whether an element looks for a noun, not for the word right after the verb."""
    return element.kind == "class" or (element.kind == "word" and element.reach == "wide")


class Clauses:
    """For each word: whether its clause is subordinate, hypothetical, and where a complement ends."""

    def __init__(self, words: Words) -> None:
        self.side: list[bool] = []
        self.hypothetical: list[bool] = []
        self.segment: list[int] = []
        side = hypothetical = False
        segment = 0
        leading = self.leading_end(words)
        for index, word in enumerate(words.low):
            if word in {";", ":"} or index == leading:
                side = hypothetical = False
                segment += 1
            elif word == "," and index > leading:
                follow = words.at(index + 1)
                if side and not follow[:1].isdigit():
                    side = hypothetical = False
                    segment += 1
                elif follow in {"and", "but", "or"} | SUBORDINATORS or follow.endswith("ing"):
                    segment += 1
            elif word in SUBORDINATORS or (word == "as" and self.conjunction(words, index)):
                side = True
                hypothetical = word in HYPOTHETICAL
                segment += 1
            elif index == 0 and leading > 0:
                side = True
            self.side.append(side)
            self.hypothetical.append(hypothetical)
            self.segment.append(segment)

    @staticmethod
    def leading_end(words: Words) -> int:
        """Index of the comma that ends a phrase or clause before the main one, or -1."""
        if words.at(0) not in LEADING:
            return -1
        for index in range(1, min(len(words), 40)):
            if words.low[index] == "," and not words.at(index + 1)[:1].isdigit():
                return index
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
    clauses = Clauses(words)
    result: list[Trigger] = []
    governor: Found | None = None
    for item in found:
        if governor is not None and (
            clauses.segment[item.index] != clauses.segment[governor.index]
            or (_finite(words, item) and not clauses.side[item.index])
        ):
            governor = None
        result.append(_trigger(words, clauses, item, governor))
        if governor is None and item.entry.content is not None and item.entry.sort != "noun":
            governor = item
    return _required(words, result)


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
        if word in wordclass.MODAL:
            return word
        if word == "to" and words.at(place + 1)[:1].isalpha() and not words.capital(place + 1):
            before = words.at(place - 1)
            return "will" if before in {"set", "due", "scheduled", "expected", "plans"} else "to"
    return ""


def _trigger(words: Words, clauses: Clauses, item: Found, governor: Found | None) -> Trigger:
    entry, form = item.entry, item.form
    side = clauses.side[item.index]
    hypothetical = clauses.hypothetical[item.index]
    status = item.status
    negated = form.negated if form is not None else words.at(item.index - 1) == "no"
    type_, lemma = entry.type, item.lemma
    if governor is not None:
        content = governor.entry.content
        status = status or ("planned" if content == "planned" else "")
        hypothetical |= content == "hypothetical"
        status = "cancelled" if content == "cancelled" and form is None else status
    modal = (form.modal or _shared_modal(words, form, item.index)) if form is not None else ""
    if form is None and {words.at(item.index - 1), words.at(item.index - 2)} & PLANNING:
        status = status or "planned"
    if modal in wordclass.PLANNED or modal == "would":
        status = status or "planned"
        if negated and type_ in REFUSED and governor is None and not hypothetical:
            type_, negated, status, lemma = "REJECT", False, "", f"not {lemma}"
    elif modal in wordclass.POSSIBLE | wordclass.REQUIRED:
        hypothetical = True
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
        symmetric=frame.symmetric,
        subject=frame.subject,
        object=frame.object if item.noun is None or frame.object != "actor" else "none",
        preps=frame.preps,
        medium=entry.medium,  # type: ignore[arg-type]
        tense=form.tense if form is not None else None,
        passive=form.passive if form is not None else False,
        perfect=form.perfect if form is not None else False,
        modal=modal or None,
        status_hint=status or None,  # type: ignore[arg-type]
        negated=negated,
        hypothetical=hypothetical,
        weak=entry.weak,
        speech=entry.speech,
        side=side,
        governor=words.start[governor.index] if governor is not None else None,
        noun_start=words.start[item.noun] if item.noun is not None else None,
        noun_end=words.end[item.noun] if item.noun is not None else None,
    )


def _required(words: Words, found: list[Trigger]) -> list[Trigger]:
    """Saying that somebody must do something is a request; that "we must" is not."""
    for index, word in enumerate(words.low):
        required = word in wordclass.REQUIRED and not word.startswith("need")
        required |= word in {"has", "have", "need", "needs"} and words.at(index + 1) == "to"
        if not required or words.at(index - 1) in FIRST_PERSON | wordclass.DETERMINERS:
            continue
        for place, trigger in enumerate(found):
            if trigger.speech and trigger.type == "OTHER" and not trigger.side:
                lemma = f"{trigger.lemma} … {word}"
                found[place] = structs.replace(trigger, type="REQUEST", lemma=lemma)
                return found
    return found


def main_types(text: str) -> list[str]:
    """Types of the events that a single sentence is about, the main clause's first.

    A planned act of cooperation is AGREE here and a planned hostile one THREATEN, as PLOVER codes them.
    Verbs of saying, weak nouns, hypothetical acts and what stands in another act's complement count only
    where there is nothing else.
    """
    found = triggers(text, 0, len(text))
    ranked = sorted((_rank(trigger), trigger.char_start, trigger) for trigger in found)
    if not ranked:
        return []
    rank, _, best = ranked[0]
    if rank >= NOTHING:
        return []
    if best.status_hint == "planned" and best.type not in WORDS:
        warning = TYPES[best.type].quad in {3, 4} or any(word in text.casefold() for word in CONDITIONS)
        return ["THREATEN" if warning else "AGREE"]
    return [best.type]


def _rank(trigger: Trigger) -> int:
    if trigger.weak or trigger.negated:
        return NOTHING
    rank = 0 if trigger.sort != "noun" else 2
    if trigger.tense in {"gerund", "participle"} or trigger.modal == "to":
        rank += 1
    if trigger.side:
        rank += 2
    if trigger.hypothetical or trigger.governor is not None:
        rank += 4
    if trigger.speech and trigger.type == "OTHER":
        rank += 6
    return rank
