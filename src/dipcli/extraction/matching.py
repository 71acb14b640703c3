"""Patterns of the lexicon found in one sentence: which words are triggers, and what each takes.

`Sentence.find` gives every match in the order of the text; what its clause does to it (subordination,
government, status) is for `dipcli.extraction.triggers`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dipcli.extraction import closed, wordclass
from dipcli.extraction.wordclass import Coarse, VerbForm, Words
from dipcli.lexicon.events import Element, Entry, Lexicon, lexicon

WINDOW = 14
"""How many words an element of a pattern is looked for."""

DOERS = frozenset("troops fighters armed crowd police militia aircraft title leader envoy mob".split())
"""Classes of nouns of who does things."""
DESCRIBING = frozenset(
    "detailed extended prolonged heated renewed repeated limited continued planned scheduled restricted"
    " abbreviated sustained animated relaxed unscheduled mixed shared".split()
)
"""Participles that describe talks more often than they stand in a perfect: "had detailed talks"."""
SUBORDINATORS = frozenset(
    "after before while when because since although though whereas unless if until amid despite "
    "following where whose who whom which whether lest".split()
)
CLAUSE = frozenset("he she it they we i will would".split())
"""Words of a clause of its own: what follows "told B it would …" is no infinitive of the telling."""


class Found(msgspec.Struct, gc=False):
    """A match, before its clause is looked at."""

    index: int
    entry: Entry
    form: VerbForm | None
    noun: int | None = None
    status: str = ""
    lemma: str = ""


_HE = frozenset(("he", "she"))
_ABOUT = frozenset(("on", "for", "about", "concerning", "regarding"))
"""Prepositions after which stands what a text or a talk is about."""
_AFTER_REDUCED = closed.PREPOSITIONS - {"over", "about", "around", "up", "near", "like", "as", "across"}
"""Prepositions that follow a participle and not a verb whose object comes later."""
_ENDS = frozenset((".", ";", ",", ")", "and", ""))
_THINGS = frozenset("agreement bond relations staff ceasefire border sanction statement".split())
"""Classes of nouns before which nobody stands who does what a past form after them tells."""

_NONE: frozenset[str] = frozenset()
_AFTER_NOUN = closed.PREPOSITIONS | {"to"}
"""Words of a noun's pattern that are no part of its compound: "ultimatum to"."""


class Sentence:
    """One sentence being matched against the lexicon."""

    def __init__(self, text: str, lo: int, hi: int, pos: Coarse | None) -> None:
        self.words: Words = wordclass.split(text, lo, hi)
        self.pos = pos
        self.lexicon: Lexicon = lexicon()
        self.clues = self.lexicon.clues_in(self.words.low)
        self.entries: dict[str, list[Entry]] = {}
        """Lemma -> those of its entries that may match in this sentence (`possible`)."""
        self.used: set[int] = set()
        """Words that a longer pattern has taken."""
        self.nouns: dict[int, tuple[Entry, int]] = {}
        """Index of the first word of a noun trigger -> entry, index of its head."""
        self.heads: dict[int, int] = {}
        """Head index -> first index, of noun triggers."""
        self.cancelled: set[int] = set()

    def possible(self, lemma: str) -> list[Entry]:
        """The entries of a verb all of whose clues stand in the sentence."""
        if lemma not in self.entries:
            known, here = self.lexicon.clued_verbs.get(lemma, ()), self.clues
            self.entries[lemma] = [e for clue, e in known if (not clue or clue in here) and e.clues <= here]
        return self.entries[lemma]

    # --- matching -------------------------------------------------------------------------------------

    def coarse(self, index: int) -> str | None:
        return self.pos(self.words.start[index]) if self.pos else None

    def groups(self, index: int) -> frozenset[str]:
        """Noun classes of the word at `index`, or of the pair that begins there."""
        low, word = self.words.low, self.words.low[index]
        found = self.lexicon.classes.get(word, _NONE)
        if word in self.lexicon.pairs and index + 1 < len(low):
            found |= self.lexicon.classes.get(f"{word} {low[index + 1]}", _NONE)
        return found

    def ahead(self, index: int, wide: bool) -> Iterator[int]:
        """Indices of the noun phrase that begins at `index`, or with `wide` of the rest of the clause."""
        words = self.words
        index = wordclass.past_time(words, index)
        for step in range(WINDOW + 6 * wide):
            if index >= len(words):
                return
            word = words.low[index]
            if word in {";", ":"} or word in SUBORDINATORS or (word == "that" and (step or wide)):
                return
            if not wide:
                if word in closed.PREPOSITIONS and word != "of" and word not in {"about", "over", "around"}:
                    return
                if word in {"to", "that", "but", ")"} or word in closed.AUXILIARY or (word == "as" and step):
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

    def before_aside(self, first: int) -> int:
        """Where what commas set off right before a verb begins: "the draft[,] as amended, was adopted"."""
        low = self.words.low
        if first < 2 or low[first - 1] != ",":
            return first
        return next((k for k in range(first - 2, max(first - 2 - WINDOW, -1), -1) if low[k] == ","), first)

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
                    if element.group in self.groups(place) and not self.is_topic(place):
                        return at, [place]
                if element.reach == "before":
                    return None
            for place in self.ahead(at, wide):
                if element.group in self.groups(place):
                    pair = f"{words.low[place]} {words.at(place + 1)}"
                    end = place + 1 + (element.group in self.lexicon.classes.get(pair, ()))
                    return end, list(range(place, end))
            return None
        if element.kind == "word" and wide and form is not None and form.passive:
            for place in self.behind(self.before_aside(form.first)):
                if words.low[place] == ",":
                    break
                if words.low[place] in element.words:
                    return at, [place]
        if element.kind == "name" and element.reach == "before":
            doer = form.first - 1 if form is not None else 0
            return (at, []) if words.name(doer) and not words.low[doer].endswith("s") else None
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
            if element.kind == "inf" and (
                word in CLAUSE or (word == "and" and self.surely_past(words.at(place + 1)))
            ):
                return None
            if element.kind == "that" and word == "that":
                return place + 1, []
            if element.kind == "name" and words.name(place):
                return place, []
            if element.kind == "name" and form is not None and form.passive and words.at(place) == "by":
                received = self.is_somebody(form.first - 1)
                return (
                    (place, []) if received else None
                )  # "A was received by B", not "the plan was welcomed by B"
            if element.kind == "np" and (wordclass.starts_phrase(words, place) or self.plain_noun(place)):
                return place, []
        return None

    def is_topic(self, place: int, of: str = "") -> bool:
        """Whether a noun is what the noun before it, one of class `of`, is about ("an accord on regular
        *consultations* was signed")."""
        low = self.words.low
        for at in range(place - 1, max(place - 4, 0), -1):
            if low[at] in _ABOUT:
                return of in self.groups(at - 1) if of else low[at - 1][:1].isalpha()
            if not low[at][:1].isalpha() or low[at] in closed.PREPOSITIONS:
                return False
        return False

    def is_somebody(self, place: int) -> bool:
        """Whether the word at `place` is a name or stands for a person."""
        return (
            self.words.name(place)
            or self.words.low[place] in _HE
            or bool(self.groups(place) & {"title", "leader", "envoy", "captive"})
        )

    def infinitive(self, place: int) -> bool:
        follow = self.words.at(place + 1)
        return (
            follow[:1].isalpha()
            and follow not in closed.DETERMINERS
            and follow not in closed.OBJECTS
            and not self.words.capital(place + 1)
            and not follow.endswith(("ing", "ness", "tion"))
        )

    def plain_noun(self, place: int) -> bool:
        word = self.words.at(place)
        return word[:1].isalpha() and not (
            word in closed.PREPOSITIONS
            or word in closed.CONJUNCTIONS
            or word in closed.AUXILIARY
            or wordclass.is_adverb(word)
            or word in closed.TIME
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
                taken = self.match(entry, index, None) if entry.clues <= self.clues else None
                if taken is None:
                    continue
                head = index
                while head + 1 in taken and self.words.low[head + 1] not in _AFTER_NOUN:
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
        if index == 0 or not words.capital(index) or entry.type == "CONSULT":
            return False
        opens = words.at(index - 1) in closed.OPENING  # "3 May: Withdrawal of Ethiopian troops"
        of_name = words.at(index + 1) == "of" and words.name(index + 2) and not opens
        return words.name(index - 1) or of_name

    def is_head(self, index: int) -> bool:
        """Whether the noun at `index` is the last of its compound: not "attack helicopters"."""
        words = self.words
        follow = words.at(index + 1)
        if not follow[:1].isalpha() or not self.plain_noun(index + 1):
            return True
        if words.capital(index + 1):
            return not words.capital(index) or words.low[index + 1] in closed.TIME
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
            if self.amid_name(index):
                continue
            told = index in self.nouns or any(one in lex.support or self.possible(one) for one, _ in lemmas)
            if not told:
                continue
            readings = [
                (lemma, form)
                for lemma, names in lemmas
                if (form := self.verb_form(index, lemma, names)) is not None
            ]
            found = self.verb(index, readings) or self.support(index, readings)
            if found is not None and found.entry.type is not None:
                yield found
            if found is not None or any(form.tense != "gerund" for _, form in readings):
                self.nouns.pop(index, None)

    def amid_name(self, index: int) -> bool:
        """Whether a capitalised verb stands between capitalised words, and so is part of a name ("the Indian
        Occupied Territories")."""
        words = self.words
        if index == 0 or not words.capital(index) or words.text[index].isupper():
            return False
        before = index - 2 if words.text[index - 1] == "," and index > 1 else index - 1
        return words.capital(before) and words.capital(index + 1)

    def verb_form(self, index: int, lemma: str, names: frozenset[str]) -> VerbForm | None:
        nouny = lemma in self.lexicon.nouny
        object_like = names <= ({"base", "s"} if nouny else {"past", "part"})
        if object_like and self.is_object(index):
            return None
        if lemma == "have" and self.is_auxiliary(index):
            return None
        form = wordclass.verb_form(self.words, index, names, nouny, index in self.nouns, self.coarse(index))
        if form is None and nouny and "base" in names and self.is_of_doers(index):
            return VerbForm("present", index)
        if form is None or form.tense != "past" or form.first != index or "part" not in names:
            return form
        if self.words.at(index + 1) == "and" and self.words.at(index + 3) == "by":
            return msgspec.structs.replace(form, tense="participle", passive=True)  # "shot and killed by"
        first = self.shared_passive(index)
        return form if first is None else msgspec.structs.replace(form, first=first, passive=True)

    def is_auxiliary(self, index: int) -> bool:
        """Whether a form of "have" only goes with a participle: "had requested a meeting", not "had detailed talks"."""
        words = self.words
        index += 1
        while wordclass.is_adverb(words.at(index)):
            index += 1
        word = words.at(index)
        if word == "been":
            return True
        part = any("part" in names for _, names in self.lexicon.verbs.get(word, ()))
        bare = self.plain_noun(index + 1) and word in DESCRIBING
        return (part or word in closed.PASTS or word.endswith("ed")) and not bare

    def is_of_doers(self, index: int) -> bool:
        """Whether a word stands between those who do things, several, and a noun: "planes *bomb* rebel positions"."""
        before, follow = self.words.at(index - 1), self.words.at(index + 1)
        several = before.endswith("s") or before in {"police", "people"}
        if index == 0 or index in self.nouns or not several or DOERS.isdisjoint(self.groups(index - 1)):
            return False
        known = follow in self.lexicon.verbs or follow in self.lexicon.noun_entries
        return self.plain_noun(index + 1) and not known and self.words.at(index - 2) != "of"

    def shared_passive(self, index: int) -> int | None:
        """The auxiliary that a participle shares with the one before "and": "was closed in 1980 and *reopened*"."""
        words = self.words
        if words.at(index - 1) != "and" or wordclass.starts_phrase(words, index + 1):
            return None
        for place in range(index - 3, max(index - 1 - WINDOW, -1), -1):
            if words.low[place] in {"was", "were"}:
                return (
                    place
                    if words.at(place + 1).endswith("ed") or words.at(place + 1) in closed.PASTS
                    else None
                )
            if words.low[place] in {",", ";", "who", "which"}:
                return None
        return None

    def is_object(self, index: int) -> bool:
        """Whether a word stands right after one that is a verb and nothing else: "cancel plans to", "reject proposed changes"."""
        lex, before = self.lexicon, self.words.at(index - 1)
        if all(names.isdisjoint(("base", "past")) for _, names in lex.verbs.get(before, ())):
            return False
        nouns = before in lex.nouny or before in lex.noun_entries or before in lex.classes
        return not (nouns or before in closed.AUXILIARY or self.words.capital(index - 1))

    def verb(self, index: int, readings: list[tuple[str, VerbForm]]) -> Found | None:
        """The most exact entry that matches the verb at `index` in one of its readings."""
        matches = [match for lemma, form in readings if (match := self.entry(index, lemma, form)) is not None]
        if not matches:
            return None
        entry, form, taken = matches[0]
        if len(matches) > 1:
            entry, form, taken = max(matches, key=lambda match: match[0].specificity)
        if entry.content == "cancelled":
            self.cancelled.update(taken)
        else:
            self.used.update(taken)
        first = entry.elements[0] if entry.elements else None
        light = first is not None and entry.lemma in self.lexicon.support and first.governs_noun
        light |= entry.type == "CONSULT" and any(element.group == "meeting" for element in entry.elements)
        nouns = [i for i in taken if light and self.words.low[i] in self.lexicon.noun_entries]
        literal = " ".join(self.words.low[i] for i in taken if i > index or form.passive)
        return Found(index, entry, form, max(nouns, default=None), lemma=f"{entry.lemma} {literal}".strip())

    def entry(self, index: int, lemma: str, form: VerbForm) -> tuple[Entry, VerbForm, list[int]] | None:
        """The first of a lemma's entries that matches, the form it stands in, the words it takes."""
        for entry in self.possible(lemma):
            if entry.undone and (not form.negated or "until" in self.words.low):
                continue
            shape = self.reduced(entry, index, form)
            taken = self.match(entry, index, shape)
            if taken is not None:
                return entry, shape, taken
        return None

    def reduced(self, entry: Entry, index: int, form: VerbForm) -> VerbForm:
        """A past form without the object it needs is a participle: "sanctions imposed on", "men held in"."""
        if form.tense != "past" or form.first != index or form.perfect or form.passive:
            return form
        ahead = wordclass.past_time(self.words, index + 1)
        follow = self.words.at(ahead)
        thing = self.is_thing(index - 1) and not self.words.headline and not entry.speech
        if thing and (follow in _AFTER_REDUCED or follow in _ENDS):  # "relations severed between A and B"
            return msgspec.structs.replace(form, tense="participle", passive=True)
        if entry.lemma in self.lexicon.intransitive and self.words.at(index + 1) != "by":
            return form
        if entry.frame.object == "none" or (entry.elements and entry.elements[0].kind != "class"):
            return form
        if entry.frame.name not in {"directed", "content", "leave", "give"} or entry.speech:
            return form
        if follow in _AFTER_REDUCED:
            return msgspec.structs.replace(form, tense="participle", passive=True)
        return form

    def is_thing(self, place: int) -> bool:
        """Whether a word is a noun for what is made or broken, and makes or breaks nothing: a treaty, relations."""
        return place >= 0 and not _THINGS.isdisjoint(self.groups(place))

    def support(self, index: int, readings: list[tuple[str, VerbForm]]) -> Found | None:
        """A verb that lends itself to an event noun, with that noun: "launch an attack"."""
        for lemma, form in readings:
            status = self.lexicon.support.get(lemma)
            if status is None:
                continue
            places = self.behind(form.first) if form.passive else self.ahead(index + 1, False)
            for place in places:
                if place == index + 1 and any(
                    "ing" in n for _, n in self.lexicon.verbs.get(self.words.low[place], ())
                ):
                    break  # "considered lifting the ban"
                entry, first = self.event_noun(place)
                if entry is not None:
                    self.used.add(place)
                    noun = " ".join(self.words.low[first : place + 1])
                    return Found(index, entry, form, place, status, f"{lemma} {noun}")
        return None

    def event_noun(self, place: int) -> tuple[Entry | None, int]:
        """The entry of the noun trigger with its head at `place`, if a verb may still take it."""
        first = self.heads.get(place, -1)
        entry, _ = self.nouns.get(first, (None, 0))
        free = entry is not None and not entry.weak and place not in self.used
        return (entry if free else None), first

    def find(self) -> list[Found]:
        self.find_nouns()
        found = list(self.find_verbs())
        for first, (entry, head) in self.nouns.items():
            if entry.type is None or head in self.used or first in self.used:
                continue
            if self.is_topic(first, "agreement"):
                continue
            status = "cancelled" if head in self.cancelled else ""
            lemma = " ".join(self.words.low[first : head + 1])
            found.append(Found(head, entry, None, status=status, lemma=lemma))
        return sorted(found, key=lambda item: item.index)
