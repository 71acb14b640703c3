"""Trees without a model: function words, word endings and position, on simplified sentences.

Good enough for the regular prose of chronologies, wires and readouts: each verb takes the noun
phrase before it as its subject and the one after it as its object; a preposition attaches to the
noun or verb before it. Where that is not so, the parser of the `nlp` extra is better.
"""

from __future__ import annotations

from collections.abc import Sequence

from dipcli.extraction.syntax import Given
from dipcli.extraction.tree import Tree, Word
from dipcli.lexicon.events import lexicon

_DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your no some any all both each".split()
)
_PREPOSITIONS = frozenset(
    "of in on at by for with from to between among against during after before under over into through about"
    " toward towards across ahead amid within without via upon until since alongside despite regarding on".split()
)
_AUXILIARIES = frozenset(
    "is are was were be been being has have had will would shall should can could may might must do does did".split()
)
_PRONOUNS = frozenset("he she it they we i who which that whom him her them us both".split())
_CONJUNCTIONS = frozenset(("and", "or", "but", "&"))
_SUBORDINATORS = frozenset(
    "that if whether because although while when where as after before since unless".split()
)
_ADVERBS = frozenset(
    "also not never again then later earlier recently reportedly jointly formally officially".split()
)
_PASSIVE_AUX = frozenset("is are was were be been being".split())


def _kind(words: Sequence[Given], i: int, verbs: frozenset[int]) -> str:
    """Universal part of speech of a word, by rule."""
    text = words[i].text
    low = text.casefold()
    if words[i].unit >= 0:
        return (
            "ADJ"
            if low.endswith(("ese", "ish", "an")) and text[0].isupper() and _adjectival(words, i)
            else "PROPN"
        )
    if not text[0].isalnum():
        return "PART" if low in ("'s", "'") else "PUNCT"
    if i in verbs:
        return "VERB"
    for pos, table in (
        ("AUX", _AUXILIARIES),
        ("DET", _DETERMINERS),
        ("CCONJ", _CONJUNCTIONS),
        ("ADV", _ADVERBS),
    ):
        if low in table:
            return pos
    if low in _PREPOSITIONS:
        return "ADP"
    if low in _PRONOUNS:
        return "PRON"
    if low in _SUBORDINATORS:
        return "SCONJ"
    if text.isdigit():
        return "NUM"
    if low.endswith("ly"):
        return "ADV"
    if i and words[i - 1].text.casefold() in (
        "to",
        "will",
        "would",
        "could",
        "should",
        "may",
        "might",
        "must",
        "can",
    ):
        return "VERB" if low.isalpha() else "NOUN"
    if low.endswith("ed") and not _noun_before(words, i):
        return "VERB"
    return "NOUN"


def _adjectival(words: Sequence[Given], i: int) -> bool:
    follower = words[i + 1] if i + 1 < len(words) else None
    return bool(follower and follower.text.isalpha() and follower.text.casefold() not in _PREPOSITIONS
                and follower.text.casefold() not in _AUXILIARIES)  # fmt: skip


def _noun_before(words: Sequence[Given], i: int) -> bool:
    return i > 0 and words[i - 1].text.casefold() in _DETERMINERS


def tree(words: Sequence[Given], verbs: frozenset[int]) -> Tree:
    """A tree for a simplified sentence; `verbs` numbers the words known to be verbs."""
    count = len(words)
    pos = [_kind(words, i, verbs) for i in range(count)]
    head = list(range(count))
    dep = ["dep"] * count
    low = [w.text.casefold() for w in words]

    nominal = ("NOUN", "PROPN", "PRON", "NUM")
    heads: list[int] = []  # heads of noun phrases: the last nominal of a run
    i = 0
    while i < count:
        if pos[i] in nominal or pos[i] in ("DET", "ADJ"):
            j = i
            while j + 1 < count and (
                pos[j + 1] in ("NOUN", "PROPN", "ADJ", "NUM", "DET") or (pos[j + 1] == "PART")
            ):
                if pos[j] == "PRON":
                    break
                j += 1
            last = j
            while last > i and pos[last] not in nominal:
                last -= 1
            if pos[last] in nominal:
                heads.append(last)
                for k in range(i, j + 1):
                    if k != last:
                        owner = k + 1 <= j and pos[k + 1] == "PART"
                        head[k] = last
                        dep[k] = (
                            "poss"
                            if owner
                            else {"DET": "det", "ADJ": "amod", "PART": "case"}.get(pos[k], "compound")
                        )
            i = j + 1
        else:
            i += 1
    is_head = set(heads)

    root: int | None = None
    noun: int | None = None  # the last noun phrase of this clause
    verb: int | None = None
    prep: int | None = None
    subject: int | None = None
    auxiliaries: list[int] = []
    for i in range(count):
        if low[i] in (";", ":") or (low[i] in _SUBORDINATORS and pos[i] == "SCONJ"):
            noun = prep = None
            if pos[i] == "SCONJ":
                subject = None
        elif pos[i] == "AUX":
            auxiliaries.append(i)
        elif pos[i] == "VERB":
            passive = any(low[a] in _PASSIVE_AUX for a in auxiliaries) and not low[i].endswith("ing")
            infinitive = i > 0 and low[i - 1] == "to"
            for a in auxiliaries:
                head[a], dep[a] = i, "auxpass" if passive and low[a] in _PASSIVE_AUX else "aux"
            auxiliaries = []
            prep = None
            if subject is not None and head[subject] == subject and not infinitive:
                head[subject], dep[subject] = i, "nsubjpass" if passive else "nsubj"
            if root is None:
                root = i
                dep[i] = "ROOT"
            else:
                head[i] = verb if verb is not None else root
                dep[i] = "xcomp" if infinitive or low[i].endswith("ing") else "conj"
                if subject is not None and head[subject] == i:
                    dep[i] = "ccomp"
            verb, noun, subject = i, None, None
        elif pos[i] == "ADP":
            anchor = (
                noun if noun is not None and (low[i] in ("of", "between", "with") or verb is None) else verb
            )
            if anchor is None:
                anchor = noun
            if low[i] == "to" and i + 1 < count and pos[i + 1] == "VERB":
                continue
            if anchor is not None:
                head[i], dep[i] = anchor, "agent" if low[i] == "by" and anchor == verb else "prep"
            else:
                dep[i] = "prep"
            prep = i
        elif i in is_head:
            before = next((k for k in reversed(heads) if k < i), None)
            joined = before is not None and all(
                low[k] in ("and", ",", "or", "&") or head[k] == i for k in range(before + 1, i)
            ) and before + 1 < i and any(low[k] in ("and", ",", "&") for k in range(before + 1, i))  # fmt: skip
            if joined and before is not None and not (prep is not None and prep > before):
                head[i], dep[i] = before, "conj"
            elif prep is not None:
                head[i], dep[i] = prep, "pobj"
                prep = None
                noun = i
            elif verb is not None and noun is None and (subject is None):
                head[i], dep[i] = verb, "dobj"
                noun = i
                subject = i
            else:
                subject = i
                noun = i
    top = root if root is not None else (heads[0] if heads else 0)
    for i in range(count):
        if head[i] == i and i != top:
            head[i] = top
            if dep[i] == "prep":
                pass
            elif pos[i] in nominal and root is None:
                dep[i] = "appos"
    if count:
        dep[top] = "ROOT"
    made = [
        Word(
            w.text,
            _lemma(low[i], pos[i]),
            pos[i],
            _tag(low[i], pos[i]),
            dep[i],
            head[i],
            w.char_start,
            w.char_end,
            w.unit,
        )
        for i, w in enumerate(words)
    ]
    return Tree(made)


def _lemma(low: str, pos: str) -> str:
    return next((lemma for lemma, _ in lexicon().verbs.get(low, ())), low) if pos == "VERB" else low


def _tag(low: str, pos: str) -> str:
    if pos == "VERB":
        if low.endswith("ing"):
            return "VBG"
        return "VBN" if low.endswith("ed") else "VBD"
    return {"NOUN": "NN", "PROPN": "NNP", "ADP": "IN"}.get(pos, pos)
