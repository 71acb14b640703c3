"""One walk over a sentence from left to right, which hangs phrases and verbs on one another."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dipcli.extraction import closed
from dipcli.extraction.shallow.phrases import DATES, NOMINAL, Phrase, phrases
from dipcli.extraction.shallow.tags import COORDINATORS, RELATIVE, lemma
from dipcli.extraction.syntax import Given
from dipcli.lexicon.inflection import IRREGULAR

_EITHER = frozenset("after before since until as like".split())
"""Prepositions that begin a clause too."""
_ADVERBIAL = frozenset("on in at during after before".split())
_PARTICIPLES = frozenset(participle for _, participle in IRREGULAR.values())
_ARRANGED = frozenset("planned scheduled held signed based located organized organised".split())
"""Participles that have no object to follow them: "the summit planned for May"."""
_PLACING = frozenset("for in at on between near".split())
_SAYING = frozenset("say tell add state announce declare report note stress warn claim explain".split())
_PASSIVE = closed.BE - frozenset("'m get gets got getting".split())

_PENN = {"NOUN": "NN", "PROPN": "NNP", "ADP": "IN", "DET": "DT"}


class _Clause(msgspec.Struct, gc=False):
    """A clause while it is being read."""

    dep: str
    """What its verb is to `over`."""
    over: int | None
    subject: int | None = None
    main: int | None = None
    """Its finite verb."""
    verb: int | None = None
    """The verb read last: the finite one, or an infinitive or participle under it."""


class Builder:
    """Heads and labels of a sentence's words, found in one walk."""

    def __init__(self, words: Sequence[Given], low: Sequence[str], pos: Sequence[str]) -> None:
        self.words, self.low, self.pos = words, low, pos
        self.phrases = phrases(words, pos)
        self.head = list(range(len(words)))
        self.dep = ["dep"] * len(words)
        self.clauses = [_Clause("ROOT", None)]
        self.auxiliaries: list[int] = []
        self.waiting: list[int] = []
        """Words that hang on the next finite verb: what leads a sentence."""
        self.noun: int | None = None
        """Head of the phrase read last."""
        self.end = -1
        """Number of the word after that phrase."""
        self.prep: int | None = None
        """A preposition that has no noun yet."""
        self.host: int | None = None
        """What the last preposition hangs on."""
        self.leading = bool(words) and pos[0] in ("ADP", "SCONJ")
        """Whether the phrase or clause before the first comma is still being read."""

    @property
    def clause(self) -> _Clause:
        return self.clauses[-1]

    def tags(self) -> list[str]:
        """Penn tags of the words, as far as they are asked for."""
        found = [_PENN.get(pos, pos) for pos in self.pos]
        for i, pos in enumerate(self.pos):
            if pos == "VERB":
                found[i] = self._verb_tag(i)
            elif pos == "NOUN" and self.low[i].endswith("s") and not self.low[i].endswith("ss"):
                found[i] = "NNS"
        return found

    def _verb_tag(self, i: int) -> str:
        word = self.low[i]
        if word.endswith("ing"):
            return "VBG"
        if any(self.head[k] == i and self.dep[k] == "auxpass" for k in range(max(0, i - 6), i)):
            return "VBN"
        if self.dep[i] == "acl":
            return "VBN"
        if self._infinitive(i):
            return "VB"
        return "VBZ" if word.endswith("s") and word not in closed.PASTS else "VBD"

    def run(self) -> None:
        """Walks over the sentence."""
        i = 0
        while i < len(self.words):
            phrase = self.phrases.get(i)
            if phrase:
                self._inside(phrase)
                self._phrase(phrase)
                i = phrase.stop
                continue
            pos = self.pos[i]
            if pos == "AUX":
                self.auxiliaries.append(i)
            elif pos == "VERB":
                self._verb(i)
            elif pos == "SCONJ" or (self.low[i] in _EITHER and self._clause_follows(i + 1)):
                self._subordinate(i)
            elif pos == "ADP":
                self._preposition(i)
            elif self.low[i] in (";", ":"):
                self.clauses = [_Clause("conj", self.clauses[0].main)]
                self.noun = self.prep = None
            elif self.low[i] == "," and self.clause.main is not None:
                self.clause.verb = self.clause.main
            i += 1
        self._finish()

    def _attach(self, i: int, head: int | None, dep: str) -> None:
        """Hangs a word on another; on the next finite verb where there is none yet."""
        self.dep[i] = dep
        if head is None or head == i:
            self.waiting.append(i)
        else:
            self.head[i] = head

    def _inside(self, phrase: Phrase) -> None:
        """The words of a phrase on its head; an owner with the words before it."""
        owner: int | None = None
        for k in range(phrase.stop - 1, phrase.first - 1, -1):
            if k == phrase.head:
                continue
            if self.pos[k] == "PART" and k and self.pos[k - 1] in NOMINAL:
                owner = k - 1
                self.head[k], self.dep[k] = owner, "case"
            elif k == owner:
                self.head[k], self.dep[k] = phrase.head, "poss"
            else:
                over = owner if owner is not None and self.words[owner].unit < 0 else phrase.head
                label = {"DET": "det", "ADJ": "amod", "NUM": "nummod"}.get(self.pos[k], "compound")
                if self.pos[k] == "DET" and self.words[k].unit >= 0:
                    label, over = "poss", phrase.head
                self.head[k], self.dep[k] = over, label

    # -- phrases --------------------------------------------------------------------------------

    def _phrase(self, phrase: Phrase) -> None:
        head, clause = phrase.head, self.clause
        link = self._link(phrase.first)
        before = self.noun
        finite = self._verb_follows(phrase.stop)
        if self.words[head].unit >= 0 and self.words[head].text in DATES:
            if self.prep is not None:
                self._attach(head, self.prep, "pobj")
                self.prep = None
            else:
                self._attach(head, clause.verb, "npadvmod")
            return
        if self.low[head] in RELATIVE and before is not None:
            self.clauses.append(_Clause("relcl", before, subject=head))
            self.prep = None
            return
        self.noun, self.end = head, phrase.stop
        if self.prep is not None:
            self._attach(head, self.prep, "pobj")
            self.prep = None
        elif self.leading and link and "," in link and clause.subject is None and clause.main is None:
            self.leading = False
            clause.subject = head
        elif link and before is not None and not (finite and clause.main is not None):
            listed = link != {","} or self._list_goes_on(phrase.stop)
            self._attach(head, before, "conj" if listed else "appos")
            if not listed:
                self.noun = before
        elif finite and clause.main is not None:
            self._new_clause(head, link)
        elif clause.main is None and clause.verb is None:
            clause.subject = head
        elif clause.verb is not None and clause.main is None and finite:
            clause.subject = head  # "Speaking in Oslo, A said"
        elif clause.verb is not None:
            inverted = clause.subject is None and self._lemma_of(clause.verb) in _SAYING
            self._attach(head, clause.verb, "nsubj" if inverted else "dobj")

    def _link(self, first: int) -> set[str]:
        """The signs that join a phrase to the one before it; empty where other words part them."""
        if self.end < 0 or self.end == first:
            return set()
        between = [self.low[k] for k in range(self.end, first) if self.pos[k] != "ADV"]
        joined = between and all(w in (",", "and", "or", "&") for w in between)
        return set(between) if joined else set()

    def _list_goes_on(self, stop: int) -> bool:
        """Whether a list ("A, B, C and D") goes on after a phrase: up to its "and"."""
        i = stop
        while i < len(self.words):
            if self.low[i] in ("and", "&", "or"):
                return i + 1 in self.phrases
            if self.low[i] != ",":
                return False
            if self.low[i + 1 : i + 2] in (["and"], ["or"]):
                return i + 2 in self.phrases
            phrase = self.phrases.get(i + 1)
            if phrase is None:
                return False
            i = phrase.stop
        return False

    def _new_clause(self, subject: int, link: set[str]) -> None:
        """A phrase that is the subject of a verb to come, after a clause that has its verb."""
        over = self.clause.main
        said = not link and over is not None and self._lemma_of(over) in _SAYING
        if len(self.clauses) > 1 and self.clauses[-2].main is None and not said:
            self.clauses.pop()
            self.clause.subject = subject
            return
        self.clauses[-1] = _Clause("ccomp" if said else "conj", over, subject=subject)

    def _verb_follows(self, i: int) -> bool:
        """Whether a finite verb comes right after a phrase."""
        while i < len(self.words) and self.pos[i] in ("ADV", "PART"):
            i += 1
        if i >= len(self.words) or self.pos[i] not in ("VERB", "AUX"):
            return False
        return not self.low[i].endswith("ing") and not self._reduced(i)

    def _clause_follows(self, i: int) -> bool:
        phrase = self.phrases.get(i)
        while phrase and self.low[phrase.stop : phrase.stop + 1] in (["and"], ["of"]):
            phrase = self.phrases.get(phrase.stop + 1)
        return bool(phrase and self._verb_follows(phrase.stop))

    # -- verbs ----------------------------------------------------------------------------------

    def _infinitive(self, i: int) -> bool:
        return i > 0 and self.low[i - 1] == "to"

    def _reduced(self, i: int) -> bool:
        """Whether a participle stands for a relative clause: "a delegation led by A"."""
        follows = self.low[i + 1] if i + 1 < len(self.low) else ""
        if self.auxiliaries or not (follows == "by" or (follows in _PLACING and self.low[i] in _ARRANGED)):
            return False
        return self.low[i].endswith("ed") or self.low[i] in _PARTICIPLES

    def _verb(self, i: int) -> None:
        clause = self.clause
        passive = any(self.low[a] in _PASSIVE for a in self.auxiliaries)
        passive = passive and not self.low[i].endswith("ing")
        for a in self.auxiliaries:
            label = "auxpass" if passive and self.low[a] in closed.BE else "aux"
            self.head[a], self.dep[a] = i, label
        reduced = self._reduced(i)
        if self._infinitive(i):
            self.head[i - 1], self.dep[i - 1] = i, "aux"
            self._attach(i, clause.verb, "xcomp")
            self.prep = None
        elif self.low[i].endswith("ing") and not self.auxiliaries:
            self._attach(i, *((self.prep, "pcomp") if self.prep is not None else (clause.main, "advcl")))
            self.prep = None
            self.leading = self.leading or clause.main is None
        elif reduced and self.noun is not None:
            self._attach(i, self.noun, "acl")
        else:
            self._finite(i, passive)
        self.auxiliaries = []
        self.clause.verb = i
        self.host = i
        self.noun = None
        self.end = -1

    def _finite(self, i: int, passive: bool) -> None:
        if self.clause.main is not None and len(self.clauses) > 1 and self.clauses[-2].main is None \
                and self.low[i - 1] not in COORDINATORS:  # fmt: skip
            self.clauses.pop()  # after a relative clause inside the subject
        clause = self.clause
        if clause.main is not None:
            self._attach(i, clause.main, "conj")
        else:
            if clause.over is None:
                self.dep[i] = clause.dep
            else:
                self._attach(i, clause.over, clause.dep)
            subject = clause.subject
            if subject is None and self.noun is not None and self.dep[self.noun] == "dobj":
                subject = self.noun
            if subject is not None:
                self.head[subject], self.dep[subject] = i, "nsubjpass" if passive else "nsubj"
            if clause.dep in ("ROOT", "conj"):
                self._settle(i)
        clause.main = i
        self.leading = self.leading and len(self.clauses) > 1
        self.prep = None

    def _settle(self, verb: int) -> None:
        """Hangs what led the sentence on its verb."""
        for k in self.waiting:
            if k != verb:
                self.head[k] = verb
        self.waiting = []

    # -- function words -------------------------------------------------------------------------

    def _subordinate(self, i: int) -> None:
        clause = self.clause
        verb_next = self._verb_follows(i + 1)
        if self.low[i] == "that" and verb_next and self.noun is not None:
            self.clauses.append(_Clause("relcl", self.noun, subject=i))
        elif self.low[i] == "that":
            if clause.verb is not None:
                self.clauses[-1] = _Clause("ccomp", clause.verb)
        else:
            self.clauses.append(_Clause("advcl", clause.main))
        self.dep[i] = "mark"
        self.noun = self.prep = None
        self.end = -1

    def _preposition(self, i: int) -> None:
        if self.low[i] == "to" and i + 1 < len(self.words) and self.pos[i + 1] == "VERB":
            return
        verb = self.clause.verb
        touching = self.noun is not None and self.end == i
        agent = self.low[i] == "by" and verb is not None and self._is_done_by(verb)
        if agent:
            host = verb
        elif touching and self.noun is not None and self._takes(self.noun, self.low[i]):
            host = self.noun
        elif self.host is not None and (touching or self._after_date(i)):
            host = self.host
        else:
            host = verb
        self._attach(i, host, "agent" if agent else "prep")
        self.prep, self.host = i, host

    def _is_done_by(self, verb: int) -> bool:
        """Whether "by" tells of a verb who does it: a passive's, or a participle's after its noun."""
        return self.dep[verb] == "acl" or any(
            self.head[k] == verb and self.dep[k] == "auxpass" for k in range(max(0, verb - 6), verb)
        )

    def _takes(self, noun: int, preposition: str) -> bool:
        """Whether a preposition right after a noun belongs to it; where and when to the verb of an object."""
        if preposition == "of":
            return True
        return self.pos[noun] == "NOUN" and not (self.dep[noun] == "dobj" and preposition in _ADVERBIAL)

    def _after_date(self, i: int) -> bool:
        return i > 0 and self.words[i - 1].unit >= 0 and self.words[i - 1].text in DATES

    # -- the end --------------------------------------------------------------------------------

    def _lemma_of(self, i: int) -> str:
        return lemma(self.low[i]) if self.pos[i] == "VERB" else self.low[i]

    def _finish(self) -> None:
        """One root, and everything that hangs on nothing hung on it."""
        roots = [i for i, dep in enumerate(self.dep) if dep == "ROOT"]
        loose = [i for i in range(len(self.words)) if self.head[i] == i]
        verbs = [i for i in loose if self.pos[i] == "VERB"]
        top = (roots or verbs or [p.head for p in self.phrases.values()] or loose or [0])[0]
        if self.words:
            self.head[top], self.dep[top] = top, "ROOT"
        sure = {top}
        for i, head in enumerate(self.head):
            if head in sure:
                sure.add(i)
                continue
            path: list[int] = []
            while i not in sure and i not in path and self.head[i] != i:
                path.append(i)
                i = self.head[i]
            if i not in sure:
                self.head[i] = top  # loose, or in a circle
                path.append(i)
            sure.update(path)
