"""Dates of what is but cited: of a text ("breached the Treaty of 1957"), of one of several ("the May 2012 ceasefire"), of
what was done before ("Article 31 of the Pact, signed on 30 April 1948")."""

from __future__ import annotations

import re

from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import REACTIONS, Trigger

OF_TEXT = re.compile(
    r",\s(?:which\s+was\s+)?(?:signed|concluded|adopted|ratified|initialled)\b[^,.;]{0,40}\s(?:on|in)\s+\Z"
    r"|\b(?:Treaty|Agreement|Convention|Pact|Protocol|Accords?|Constitution|Charter)\s+of\s+\Z"
    r"|\b(?:welcom|condemn|recall|prais|endors|deplor|regrett|denounc)ed\b[^,.;]{0,60}\sof\s+\Z"
    r"|\b(?:alleg|contend|claim|assert|argu)(?:es|ed|s)\s+that\b[^.;]*\Z"
)
"""Before the day of a text that is but cited, or of what somebody is accused of: "Article 31 of the Pact, signed on
30 April 1948", "welcomed the truce of 8 January", "alleges that B seized two boats on 3 May"."""
OF_TEXT_WORDS = frozenset(
    "signed concluded adopted ratified initialled treaty agreement convention pact protocol accord accords constitution"
    " charter welcomed condemned recalled praised endorsed deplored regretted denounced".split()
).union(f"{stem}{end}" for stem in "alleg contend claim assert argu".split() for end in ("es", "ed", "s"))


_BEFORE_NOUN = frozenset(("compound", "nmod", "amod", "nummod", "npadvmod"))


_TEXTS = frozenset(
    "treaty agreement convention pact accord protocol charter constitution declaration armistice".split()
)


def _is_of_text(tree: Tree, date: int) -> bool:
    """Whether a date is a part of a text's name: "breached the Treaty of 1957"."""
    above = tree.words[tree.words[date].head]
    of = tree.words[date].dep == "pobj" and above.text == "of"
    return of and tree.words[above.head].lemma.casefold() in _TEXTS


SIGNING = frozenset("sign co-sign initial conclude ratify approve adopt ink".split())
"""Verbs whose object is a text, and nobody: "signed the Arctic Treaty"."""
_ABOUT = frozenset("over for about against to regarding concerning under despite".split())
_OCCASIONS = frozenset("at in during on".split())
"""Before what a date that owns it tells when something was done: "at last week's summit"."""
_ASIDE = _ABOUT | frozenset("after following since before".split())
_SPANS = frozenset(
    "morning afternoon evening night day week month year summer autumn spring winter hours end beginning middle course".split()
)
"""Nouns that tell a time together with the date after "of": "on the evening of 3 May"."""
_ANSWERING = frozenset(("REJECT", "AGREE", "SUPPORT", "OTHER", "ACCUSE"))
"""Types of acts that answer a paper of another day."""


def _is_owner(tree: Tree, date: int, verb: int) -> bool:
    """Whether a date only tells of which time something spoken of was: "discussed relief after *last month's* flood"."""
    words, noun = tree.words, tree.words[date].head
    before = words[words[noun].head]
    about = before.text == "on" and words[before.head].pos == "NOUN"  # "called for talks on last week's raid"
    return words[date].dep == "poss" and verb < date and (about or before.text not in _OCCASIONS)


def _is_aside(tree: Tree, date: int) -> bool:
    """Whether the noun that a date is of stands after a word of what was before or of what something is about: "gave
    money after the flood of 17 July"."""
    noun = tree.words[tree.words[tree.words[date].head].head]
    return noun.dep == "pobj" and tree.words[noun.head].text in _ASIDE


def _is_of_paper(tree: Tree, date: int) -> bool:
    """Whether a date is that of what a noun before it names: "could not accept the *proposal* on fishing *of 12 April*"."""
    words = tree.words
    above = words[words[date].head]
    if words[date].dep != "pobj" or above.text != "of":
        return False
    noun = words[above.head]
    return noun.pos == "NOUN" and noun.lemma.casefold() not in _SPANS


def names(tree: Tree, date: int, verb: int, trigger: Trigger) -> bool:
    """Whether a date only says which one of several is spoken of, further down than what a verb takes itself:
    "called for the restoration of the November 2012 ceasefire", "imposed sanctions over an August 9 vote"; or
    which deed is answered: "condemned an August 14 raid"."""
    words, noun = tree.words, tree.words[date].head
    if _is_of_text(tree, date) and verb < date and trigger.frame != "together":
        return True
    if _is_owner(tree, date, verb):
        return True
    if verb < date and _is_of_paper(tree, date) and (trigger.type in _ANSWERING or _is_aside(tree, date)):
        return True
    if (
        words[date].dep not in _BEFORE_NOUN
        or words[noun].pos != "NOUN"
        or words[date - 1].tag not in ("DT", "PRP$", "POS")
    ):
        return False
    if not all(words[i].dep in _BEFORE_NOUN for i in range(date + 1, noun)):
        return False
    text = words[noun].lemma.casefold() in _TEXTS and words[words[noun].head].lemma not in SIGNING
    if text and (words[noun].dep == "dobj" or verb < date):
        return True  # "abrogated the 1921 treaty"
    if words[noun].dep == "dobj":
        return words[noun].head == verb and trigger.type in REACTIONS and not trigger.speech
    about = words[words[noun].head].text
    fits = about in _ABOUT or (about == "of" and words[date - 1].text == "the")
    return fits and words[noun].dep == "pobj" and verb < words[noun].head and verb in tree.ancestors(noun)


def is_of(tree: Tree, date: int, noun: int) -> bool:
    """Whether a date tells which of several a noun means: "the letter *of 12 May*"."""
    above = tree.words[tree.words[date].head]
    return tree.words[date].dep == "pobj" and above.text == "of" and above.head == noun


def is_reduced(tree: Tree, word: int) -> bool:
    """Whether a participle only describes a noun ("troops killed in the war")."""
    return tree.words[word].tag == "VBN" and tree.words[word].dep in ("acl", "amod")


_BINDING = frozenset("sign conclude adopt ratify initial".split())
"""Verbs that tell when a text came to be: "Article 31 of the Pact, signed on 30 April 1948"."""


def is_done(tree: Tree, word: int) -> bool:
    """Whether a participle within a sentence tells by whom a thing was done: "a pact *signed* by A and B"."""
    noun = tree.words[tree.words[word].head]
    doers = any(tree.words[i].text in ("by", "between") for i in tree.children(word, "prep", "agent"))
    doers |= word > 0 and tree.words[word - 1].text == "," and tree.words[word].lemma in _BINDING
    return doers and is_reduced(tree, word) and noun.dep != "ROOT"


_WITH_TEXTS = ("sign ", "conclude ", "initial ")
"""Begin the lemmas of what is done with a text."""


def is_new_text(tree: Tree, trigger: Trigger, word: int) -> bool:
    """Whether a text that a participle tells more of is told of for the first time: "by an agreement *signed* in May"."""
    first = {tree.words[i].text.casefold() for i in tree.children(tree.words[word].head, "det")}
    return trigger.lemma.startswith(_WITH_TEXTS) and not first.isdisjoint(("a", "an"))
