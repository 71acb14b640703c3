"""A parser's tree put right where parsers often go wrong."""

from __future__ import annotations

import msgspec

from dipcli.extraction import enumerations
from dipcli.extraction.slots import DATES, STAND_INS
from dipcli.extraction.tree import SUBJECTS, Tree, Word
from dipcli.extraction.wordclass import MEANS

_TIMES = frozenset("morning afternoon evening night day week margin sideline".split())


def mend(tree: Tree, verbs: frozenset[int] = frozenset()) -> Tree:
    """The tree with what a parser often gets wrong put right.

    "A met B and C arrived": a name right before a finite verb that has no subject is its subject.
    "A names B envoy": a word of `verbs` (offsets) that was taken for a noun is a verb.
    "had spoken by video": no passive, whatever follows "by". "At the invitation of A, the king, B came": who follows what the sentence opens with is the subject.
    "met B and U.S. officers": a person is no part of what stands after "and".
    "A, B agree": a headline's comma is an "and". "received in A the envoy B": two names in a row are not one.
    "invited B, and C to come": so is C. "urged for B and C to meet": whom "for" names is the subject of what follows.
    "A will visit B this week, the ministry said": a date before the comma is that of the visit.
    "called on A to leave and on B to stay": both are called on.
    "accused B and in a surprise move called for talks": "called" is the second deed.
    "A, head of X and Y, and B, head of Z, met": B is listed after A, not after what A is head of.
    "by A, the minister; B, the minister": a name after a semicolon is listed, too.
    "came on a visit to meet B": what a journey is for is the traveller's deed. "accused the government in A": that of A.
    """
    tree = _verbalize(tree, verbs)
    words = _active(tree)
    _part_names(tree, words)
    _part_clauses(tree, words, verbs)
    _find_verb(tree, words)
    _find_deed(tree, words, verbs)
    _part_opening(tree, words)
    enumerations.opening(tree, words)
    _part_listed(tree, words)
    enumerations.objects(tree, words)
    _for_to(tree, words)
    enumerations.dates(words)
    enumerations.after_dates(words)
    _date_before_comma(words)
    _part_saying(tree, words)
    _find_second_deed(tree, words, verbs)
    _raise_deed(tree, words)
    enumerations.prepositions(words)
    enumerations.bearers(tree, words)
    enumerations.bodies(tree, words)
    enumerations.apart(tree, words)
    _hang_lower(tree, words)
    for i, word in enumerate(words):
        if (
            i > 0
            and word.text == "persona"
            and words[i - 1].unit >= 0
            and words[i - 1].text.istitle()
            and words[word.head].pos == "VERB"
        ):
            words[i - 1] = msgspec.structs.replace(words[i - 1], dep="dobj", head=word.head)
        if (
            word.tag not in ("VBD", "VBZ", "VBP")
            or word.dep not in ("conj", "advcl")
            or tree.children(i, "nsubj", "nsubjpass", "auxpass", "mark")
        ):
            continue
        k = i - 1
        while k > 0 and words[k].pos in ("ADV", "AUX"):
            k -= 1
        before = words[k]
        if before.unit >= 0 and before.dep in ("conj", "dobj", "pobj") and before.head != i and k > 1 and \
                words[k - 1].text.casefold() in ("and", "while", "but", ","):  # fmt: skip
            words[k] = msgspec.structs.replace(before, dep="nsubj", head=i)
            words[i] = msgspec.structs.replace(words[i], dep="conj")
    return Tree(words)


def _find_verb(tree: Tree, words: list[Word]) -> None:
    """Makes the past form after a date or a name the main verb that the parser took for part of a name: "the seizure
    of a ship by A on Monday [angered] B"."""
    root = next((i for i, word in enumerate(words) if word.dep == "ROOT"), 0)
    found = [
        i
        for i, word in enumerate(words)
        if word.tag == "VBD"
        and word.dep == "amod"
        and i > root
        and words[i - 1].unit >= 0
        and word.text.islower()
    ]
    if words[root].pos != "NOUN" or not found or any(word.pos == "VERB" for word in words[: found[0]]):
        return
    verb, named = found[0], words[found[0]].head
    words[verb] = msgspec.structs.replace(words[verb], pos="VERB", dep="ROOT", head=verb)
    words[root] = msgspec.structs.replace(words[root], dep="nsubj", head=verb)
    words[named] = msgspec.structs.replace(words[named], dep="dobj", head=verb)


_DONE_ALONE = frozenset(
    "promise threaten protest pledge vow agree refuse arrive leave depart warn announce appeal apologise apologize complain"
    " insist object meet travel fly return speak talk react respond ask call".split()
)
"""Verbs whose past form tells what somebody did, and not what was done to him, where no object follows."""


def _find_deed(tree: Tree, words: list[Word], verbs: frozenset[int]) -> None:
    """Makes the past form after somebody and a comma the main verb that the parser took for what describes him, where
    an object follows and no other verb is there, or the verb takes none: "Norway's minister, A, [condemned] B",
    "A, who was in Lima, [protested]"."""
    root = next((i for i, word in enumerate(words) if word.dep == "ROOT"), 0)
    if words[root].pos not in ("NOUN", "PROPN") or words[root].dep != "ROOT" or root + 1 == len(words):
        return
    if words[root + 1].text == ":":
        return  # "Peru: A, the minister, freed …"
    deeds = [i for i, w in enumerate(words) if w.dep == "acl" and w.head == root and i > root]
    if len(deeds) != 1 or words[deeds[0]].char_start not in verbs or words[deeds[0] - 1].text != ",":
        return
    verb = deeds[0]
    others = (i for i, w in enumerate(words) if w.pos in ("VERB", "AUX") and w.head == root and i != verb)
    alone = words[verb].tag in ("VBD", "VBN") and words[verb].lemma in _DONE_ALONE
    active = alone or tree.children(verb, "dobj")
    if any(words[i].dep != "relcl" for i in others) or not active or tree.children(verb, "agent"):
        return
    words[verb] = msgspec.structs.replace(words[verb], tag="VBD", pos="VERB", dep="ROOT", head=verb)
    words[root] = msgspec.structs.replace(words[root], dep="nsubj", head=verb)


def _find_second_deed(tree: Tree, words: list[Word], verbs: frozenset[int]) -> None:
    """Lists a past form after a verb, where the parser took it for what describes the phrase between "and" and it:
    "accused B and in a surprise move [called] for talks"."""
    for i, word in enumerate(words):
        if (
            word.dep != "acl"
            or word.tag != "VBN"
            or word.char_start not in verbs
            or tree.children(i, "agent")
        ):
            continue
        prep = words[word.head].head
        if words[prep].pos != "ADP" or words[prep - 1].dep != "cc" or not 0 < prep < i:
            continue
        above = next((k for k in range(prep - 1, -1, -1) if words[k].tag in ("VBD", "VBZ")), None)
        if above is not None and words[above].dep in ("ROOT", "conj"):
            words[i] = msgspec.structs.replace(word, tag="VBD", dep="conj", head=above)
            words[prep] = msgspec.structs.replace(words[prep], dep="prep", head=i)


def _raise_deed(tree: Tree, words: list[Word]) -> None:
    """Lists a past form after the main verb, where the parser listed it after what describes that verb's object:
    "condemned the tests carried out by B and called for talks"; or after what its subject said would be done: "announced
    that X will pay and invited B"."""
    for i, word in enumerate(words):
        below = words[word.head]
        listed = word.dep == "conj" and word.tag == "VBD" and not tree.children(i, *SUBJECTS)
        if listed and below.dep == "ccomp" and below.tag == "VB" and words[below.head].tag == "VBD":
            words[i] = msgspec.structs.replace(word, head=below.head)
        if not listed or below.dep != "acl" or below.tag != "VBN":
            continue
        above = next((k for k in tree.ancestors(below.head) if words[k].pos == "VERB"), None)
        if above is not None and words[above].tag == "VBD":
            words[i] = msgspec.structs.replace(word, head=above)


def _part_opening(tree: Tree, words: list[Word]) -> None:
    """Gives the main verb the subject that the parser hung on the phrase that the sentence opens with."""
    root = next((i for i, word in enumerate(words) if word.dep == "ROOT"), 0)
    doing = words[0].tag == "VBG" and words[0].dep in SUBJECTS  # "Meeting in Paris, A and B agreed"
    if (
        root == 0
        or words[root].tag not in ("VBD", "VBZ", "VBP", "VB", "VBN")
        or not (doing or words[0].dep == "prep" or words[0].text in DATES)
        or words[0].head != root
        or tree.children(root, "aux")
    ):
        return
    passive = bool(tree.children(root, "auxpass"))
    subjects = [i for i in tree.children(root, *SUBJECTS) if i or not doing]
    if (
        any(i < root for i in subjects)
        or passive != (words[root].tag == "VBN")
        or any(
            word.pos == "VERB" and word.dep not in ("acl", "relcl", "dep") and word.tag != "VBG"
            for word in words[1:root]
        )
    ):
        return
    comma = next((i for i in range(root) if words[i].text == ","), root)
    hung = [k for k in range(comma + 1, root) if words[k].unit >= 0 and words[k].dep in ("conj", "appos")]
    if not hung:
        return
    first = hung[-1]
    while words[first].dep == "conj" and words[first].head in hung and words[words[first].head].dep == "conj":
        first = words[first].head
    for i in subjects:  # "A, fearing B, invades the north"
        words[i] = msgspec.structs.replace(words[i], dep="dobj")
    words[first] = msgspec.structs.replace(words[first], dep="nsubjpass" if passive else "nsubj", head=root)
    if doing:
        words[0] = msgspec.structs.replace(words[0], dep="advcl")


def _part_saying(tree: Tree, words: list[Word]) -> None:
    """Gives a verb of saying the phrase after it that the parser gave to what is said: "told B on Monday it would
    leave"."""
    for i, word in enumerate(words):
        verb, said = words[word.head].head, words[word.head]
        if word.dep in ("prep", "npadvmod") and said.dep in ("ccomp", "xcomp") and verb < i < word.head:
            opening = min((c for c in tree.children(word.head, "mark", *SUBJECTS)), default=i)
            if i < opening:
                words[i] = msgspec.structs.replace(word, head=verb)
    _part_quoted(tree, words)


_QUOTES = frozenset(("''", "”"))


def _part_quoted(tree: Tree, words: list[Word]) -> None:
    """Gives the verb of a quote its subject that the parser gave the verb of saying after it: "'A, the host, left,' B
    said"."""
    saying = next((i for i, word in enumerate(words) if word.dep == "ROOT"), 0)
    subjects = tree.children(saying, "nsubj")
    closing = next((i for i in range(saying) if words[i].text in _QUOTES or words[i].tag == "''"), 0)
    if len(subjects) < 2 or not subjects[0] < closing < subjects[1]:
        return
    verbs = [i for i in tree.children(saying, "advcl", "ccomp", "dep") if subjects[0] < i < closing]
    if verbs and not tree.children(verbs[0], *SUBJECTS):
        words[subjects[0]] = msgspec.structs.replace(words[subjects[0]], head=verbs[0])
        words[verbs[0]] = msgspec.structs.replace(words[verbs[0]], dep="ccomp", tag="VBD")


def _part_listed(tree: Tree, words: list[Word]) -> None:
    """Gives a person what the parser gave the noun that is listed after them ("B and U.S. officers")."""
    for i, word in enumerate(words):
        head = words[word.head]
        if (
            word.text in STAND_INS
            and word.dep in ("nmod", "compound")
            and word.head > i
            and any(j < word.head for j in tree.children(i, "cc"))
        ):
            words[i] = msgspec.structs.replace(word, dep=head.dep, head=head.head)
            words[word.head] = msgspec.structs.replace(head, dep="conj", head=i)


_SAYING = frozenset(
    "say announce report claim state declare confirm insist warn admit deny agree hope believe think know argue"
    " reveal disclose stress note note allege add see hear fear expect ensure demand propose suggest".split()
)
"""Verbs that a clause follows without "that"."""


def _part_clauses(tree: Tree, words: list[Word], verbs: frozenset[int]) -> None:
    """Gives a verb the object that the parser put on the list of those who act in the next clause."""
    for i, word in enumerate(words):
        verb = words[word.head]
        if not (word.dep == "ccomp" and word.tag == "VBD" and {word.char_start, verb.char_start} <= verbs):
            continue
        first = next(iter(tree.children(i, "nsubj")), -1)
        second = tree.children(first, "conj")[-1:] if first >= 0 else []
        if verb.lemma in _SAYING or tree.children(i, "mark") or tree.children(word.head, "dobj", "auxpass"):
            continue
        if (
            first < word.head
            or not second
            or words[second[0]].unit < 0
            or "," in [w.text for w in words[first:i]]
        ):
            continue
        words[first] = msgspec.structs.replace(words[first], dep="dobj", head=word.head)
        words[second[0]] = msgspec.structs.replace(words[second[0]], dep="nsubj", head=i)
        words[i] = msgspec.structs.replace(word, dep="conj")


def _part_names(tree: Tree, words: list[Word]) -> None:
    """Takes a name out of the phrase of place right before it, to which the parser added it."""
    for i, word in enumerate(words[1:], 1):
        place, preposition = words[i - 1], words[word.head]
        verb = preposition.head
        if (
            min(word.unit, place.unit) < 0
            or (place.dep, place.head, word.dep) not in (("compound", i, "pobj"), ("nmod", i, "pobj"))
            or preposition.text.casefold() not in ("in", "at", "near")
            or words[verb].pos != "VERB"
        ):
            continue
        before = word.head < verb
        if tree.children(verb, *(SUBJECTS if before else ("dobj", "nsubjpass", "auxpass"))):
            continue
        words[i - 1] = msgspec.structs.replace(place, dep="pobj", head=word.head)
        words[i] = msgspec.structs.replace(word, dep="nsubj" if before else "dobj", head=verb)


def _for_to(tree: Tree, words: list[Word]) -> None:
    """Gives an infinitive the subject that "for" names before it ("called for B to resign")."""
    for i, word in enumerate(words):
        to, verb = i - 1, i
        if word.tag != "VB" or to < 2 or words[to].text != "to" or words[to].head != verb:
            continue
        for prep in range(to - 2, -1, -1):
            named = tree.children(prep, "pobj") if words[prep].text.casefold() == "for" else []
            if not any(words[k].unit >= 0 for head in named for k in tree.conjuncts(head)):
                continue  # "asked for permission to leave"
            if max(tree.subtree(prep)) >= to - 2 and not tree.children(verb, *SUBJECTS):
                words[named[0]] = msgspec.structs.replace(words[named[0]], dep="nsubj", head=verb)
                words[prep] = msgspec.structs.replace(words[prep], dep="mark", head=verb)
                break


_JOURNEYS = frozenset("visit trip tour".split())
_SEATED = frozenset("government regime junta administration authorities leadership parliament rulers".split())


def _hang_lower(tree: Tree, words: list[Word]) -> None:
    """Hangs what a journey is for on the verb that tells of it, and where a government sits on the government."""
    for i, word in enumerate(words):
        over = words[word.head]
        if word.tag == "VB" and word.dep in ("relcl", "acl") and over.lemma in _JOURNEYS and i:
            verb = next((a for a in tree.ancestors(word.head) if words[a].pos == "VERB"), None)
            if verb is not None and words[i - 1].text == "to":
                words[i] = msgspec.structs.replace(word, dep="advcl", head=verb)
        seat = word.text == "in" and word.dep == "prep" and over.pos == "VERB" and i > 1
        if seat and words[i - 1].text in _SEATED and words[i + 1 : i + 2] and words[i + 1].unit >= 0:
            words[i] = msgspec.structs.replace(word, head=i - 1)


def _date_before_comma(words: list[Word]) -> None:
    """Gives a date that ends a clause to the verb of that clause, not to the one after the comma."""
    for i, word in enumerate(words[:-1]):
        if word.text not in DATES or words[i + 1].text != "," or word.head < i or word.dep != "npadvmod":
            continue
        clause = range(i - 1, -1, -1)
        verb = next((k for k in clause if words[k].pos == "VERB" or words[k].text == ","), None)
        if verb is not None and words[verb].pos == "VERB" and verb != word.head:
            words[i] = msgspec.structs.replace(word, head=verb)


def _accompanied(tree: Tree, head: int) -> int:
    """What a "with" tells the company of: not the place or time before it, but the verb above."""
    at = head
    while tree.words[at].dep == "pobj" and (
        tree.words[at].unit >= 0 or tree.words[at].lemma.removesuffix("s") in _TIMES
    ):
        governor = tree.words[at].head
        if tree.words[governor].text.casefold() not in ("in", "at", "on", "of"):
            return head
        at = tree.words[governor].head
    held = at != head and tree.words[at].dep == "dobj"  # "chaired the session of the council with X"
    return at if held or tree.words[at].pos in ("VERB", "AUX") else head


def _active(tree: Tree) -> list[Word]:
    """The words, company told of who acts, an active perfect as such: no agent, no passive's form."""
    words = list(tree.words)
    for i, word in enumerate(words):
        if word.text.casefold() == "with" and word.dep == "prep":
            words[i] = msgspec.structs.replace(word, head=_accompanied(tree, word.head))
        if word.tag != "VBN" or tree.children(i, "auxpass", "nsubjpass"):
            continue
        # "A condemned in strong terms the attack by B"
        how = (words[h].text for by in tree.children(i, "agent") for h in tree.children(by, "pobj"))
        acts = tree.children(i, "nsubj") and (tree.children(i, "dobj") or not MEANS.isdisjoint(how))
        if acts or any(words[c].lemma == "have" for c in tree.children(i, "aux")):
            words[i] = msgspec.structs.replace(word, tag="VBD")
            for c in tree.children(i, "agent"):
                words[c] = msgspec.structs.replace(words[c], dep="prep")
    return words


def _verbalize(tree: Tree, verbs: frozenset[int]) -> Tree:
    """Words known to be verbs that the parser took for nouns, as verbs with subject and object."""
    words = list(tree.words)
    for i, word in enumerate(words):
        if word.text.endswith("ing") and i:
            _gerund(words, i)
        if word.char_start not in verbs or not word.text.islower() or i == 0 or words[i - 1].unit < 0:
            continue
        if words[i - 1].pos == "VERB" and words[i - 1].dep == "ROOT" and word.head == i - 1:
            words[i] = msgspec.structs.replace(word, pos="VERB", tag="VBZ", dep="ROOT", head=i)
            words[i - 1] = msgspec.structs.replace(words[i - 1], pos="PROPN", tag="NNP", dep="nsubj")
            for c in (i - 1, *tree.children(i - 1)):
                if c != i:
                    words[c] = msgspec.structs.replace(words[c], head=i)
            continue
        listed = word.dep == "conj" and word.tag != "VBD" and i - 5 < word.head < i - 1
        if listed and words[word.head].head > i:
            _verb_of_two(tree, words, i)
            continue
        if word.pos == "VERB" and words[i - 1].head == i and words[i - 1].dep in ("compound", "nmod"):
            words[i - 1] = msgspec.structs.replace(words[i - 1], dep="nsubj")
        named = words[i - 1].dep in ("compound", "nmod") and words[i - 1].head == word.head
        described = (  # "NATO [extended] sanctions", "the emir [hosted] B", "the army [overthrew] B"
            word.dep in ("amod", "compound")
            and word.tag in ("VBD", "VBN")
            and (named or (words[i - 1].dep == "npadvmod" and words[i - 1].head == i))
        )
        if (
            word.pos not in ("NOUN", "PROPN")
            and (word.tag, word.dep) != ("VBZ", "compound")
            and not described
        ):
            continue
        head = word.head
        if word.dep in ("compound", "nmod", "amod") and head > i:
            above = words[head]
            top = above.head == head
            words[i] = msgspec.structs.replace(
                word, pos="VERB", tag="VBZ", dep=above.dep, head=i if top else above.head
            )
            words[head] = msgspec.structs.replace(above, dep="dobj", head=i)
            left = [c for c in (*tree.children(head), *tree.children(i)) if c < i]
        else:
            words[i] = msgspec.structs.replace(word, pos="VERB", tag="VBZ")
            left = [c for c in tree.children(i) if c < i]
            for c in tree.children(i, "appos", "nmod", "dep", "npadvmod"):
                if c > i:
                    words[c] = msgspec.structs.replace(words[c], dep="dobj")
        for c in left:
            if words[c].unit >= 0:
                words[c] = msgspec.structs.replace(words[c], dep="nsubj", head=i)
    return Tree(words)


def _gerund(words: list[Word], i: int) -> None:
    """Make the word at `i`, taken for part of a name, the verb whose object that is: "the step of [expelling] A"."""
    word, before = words[i], words[i - 1]
    named = words[word.head]
    if (
        word.text.islower()
        and word.dep == "compound"
        and before.pos == "ADP"
        and named.unit >= 0
        and (named.dep, named.head) == ("pobj", i - 1)
    ):
        words[i] = msgspec.structs.replace(word, pos="VERB", tag="VBG", dep="pcomp", head=i - 1)
        words[word.head] = msgspec.structs.replace(named, dep="dobj", head=i)


def _verb_of_two(tree: Tree, words: list[Word], i: int) -> None:
    """Make the word at `i`, taken for the second of two things, the verb of both: "A and B [exchange] envoys"."""
    first = words[i].head
    over = words[first].head
    top, taken = words[over], words[over].pos == "VERB"
    words[i] = msgspec.structs.replace(
        words[i], pos="VERB", tag="VBP", dep=top.dep, head=i if top.head == over else top.head
    )
    words[first] = msgspec.structs.replace(words[first], dep="nsubj", head=i)
    words[i - 1] = msgspec.structs.replace(words[i - 1], dep="conj", head=first)
    words[over] = msgspec.structs.replace(top, pos="NOUN", dep="dobj", head=i)
    for c in tree.children(over, "prep", "punct", "npadvmod", "advmod") if taken else ():
        words[c] = msgspec.structs.replace(words[c], head=i)
