"""Who did what to whom, from a tree: the noun phrases that fill a trigger's roles.

A noun phrase is given by the number of its head word. Nothing here knows who an actor is.
"""

from __future__ import annotations

import msgspec

from dipcli.extraction.slots import STAND_INS
from dipcli.extraction.tree import SUBJECTS, Tree, Word

RELATIVE = frozenset("who which that whom whose".split())
LIGHT = frozenset(
    "hold have lead attend pay conduct make host open conclude begin start end resume co-chair chair"
    " wrap finish launch kick join stage complete continue undertake embark exchange deliver issue release give"
    " send take sign reach receive co-host convene arrive leave depart travel participate engage".split()
)
_AROUND = frozenset("after before following since until despite".split())
"""Prepositions of another event; it is the subject's too where it names nobody ("after a visit to B")."""
_INTENTS = frozenset(
    "decision move plan threat promise offer attempt effort vow refusal agreement pledge bid".split()
)
"""Nouns whose infinitive is their owner's deed."""
_MENTIONING = frozenset(
    "call describe regard consider mention recall remember view see term label cite probe investigate study mark"
    " criticize criticise condemn denounce praise welcome oppose support blame defend justify explain deny".split()
)
"""Verbs whose subject only speaks of what their object tells of."""
_ROUNDS = frozenset("round session series day meeting rounds note letter message expression word".split())
"""Nouns whose "of" tells what they are a part of: "a round of talks with B", "a note of protest to B"."""
_TIMES = frozenset("morning afternoon evening night day week margin sideline".split())
_STANDING = frozenset("abstain oppose vote absent object dissent refuse boycott".split())
_COMPANY = frozenset(("with", "alongside"))


class Arguments(msgspec.Struct, frozen=True, gc=False):
    """Heads of the noun phrases around a trigger."""

    subjects: list[int]
    """Who does it: the subject, a passive's agent, a noun's possessor or agent."""
    objects: list[int]
    """To whom or what: the object, a passive's subject."""
    preps: dict[str, list[int]]
    """What its prepositions govern."""
    modifiers: list[int]
    """Words that modify a noun trigger directly ("China-Japan talks", "North Korean tests")."""
    inherited: bool = False
    """Whether the subject was taken over from another verb."""


def _antecedent(tree: Tree, i: int) -> int:
    """What a relative pronoun ("which", "both of which") stands for, or the word itself."""
    of = [p for c in tree.children(i, "prep") for p in tree.children(c, "pobj")]
    if tree.words[i].text.casefold() in RELATIVE or any(
        tree.words[p].text.casefold() in RELATIVE for p in of
    ):
        for above in tree.ancestors(i):
            if tree.words[above].dep == "relcl":
                return tree.words[above].head
    return i


def _expand(tree: Tree, heads: list[int]) -> list[int]:
    found: list[int] = []
    for head in heads:
        for i in tree.conjuncts(_antecedent(tree, head)):
            if i not in found:
                found.append(i)
    return found


def _is_absolute(tree: Tree, head: int) -> bool:
    """Whether what follows "with" is a clause of its own: "with China abstaining"."""
    words = tree.words
    clause = [head, *tree.children(head, "acl")]
    return any(words[i].lemma in _STANDING and words[i].tag in ("VBG", "JJ") for i in clause)


_WHOSE_WORD = frozenset(("according",))
"""Begin a phrase that says whose word it is, and not who takes part."""


def prepositions(tree: Tree, i: int) -> dict[str, list[int]]:
    """What each preposition below a word governs, coordination included."""
    found: dict[str, list[int]] = {}
    for prep in tree.children(i, "prep", "agent", "dative"):
        if tree.words[prep].pos not in ("ADP", "SCONJ", "PART", "VERB"):
            continue
        name = tree.words[prep].text.casefold()
        if name in _WHOSE_WORD:
            continue
        heads = tree.children(prep, "pobj", "pcomp")
        if name == "with":
            heads = [h for h in heads if not _is_absolute(tree, h)]
        heads = [
            n
            for h in heads
            for n in (tree.children(h, "nsubj") if tree.words[h].tag == "VBG" else ()) or (h,)
        ]
        inner = list(tree.children(prep, "prep"))
        for nested in inner:  # "along with", "out of", "on behalf of"
            nested_name = tree.words[nested].text.casefold()
            if name == "according":
                nested_name = "according to"  # whose word it is
            found.setdefault(nested_name, []).extend(_expand(tree, tree.children(nested, "pobj")))
        found.setdefault(name, []).extend(_expand(tree, heads))
    return found


def _subject_above(tree: Tree, verb: int, depth: int) -> list[int]:
    """The subject that a pronoun stands for: that of the clause above, or of the first one that is an actor's."""
    nearest = found = subjects(tree, tree.words[verb].head, depth + 1)[0]
    for above in tree.ancestors(verb) if tree.words[verb].dep == "advcl" and depth < 3 else ():
        if any(tree.words[i].unit >= 0 for i in found):
            return found
        found = subjects(tree, above, depth + 3)[0] if tree.words[above].pos == "VERB" else []
    return found if any(tree.words[i].unit >= 0 for i in found) else nearest


def subjects(tree: Tree, verb: int, depth: int = 0) -> tuple[list[int], bool]:
    """Heads of a verb's logical subject, and whether they were inherited from another verb."""
    words = tree.words
    passive = bool(tree.children(verb, "nsubjpass", "auxpass", "agent"))
    if passive:
        agents = [p for a in tree.children(verb, "agent", "prep") if words[a].text.casefold() == "by"
                  for p in tree.children(a, "pobj")]  # fmt: skip
        return _expand(tree, agents), False
    own = tree.children(verb, "nsubj", "csubj", "expl")
    if (
        len(own) == 1
        and words[own[0]].unit < 0
        and words[own[0]].text.casefold() in ("it", "they", "he", "she", "we")
        and words[verb].dep in ("ccomp", "advcl")
    ):
        return _subject_above(tree, verb, depth), True  # "A said it would …"
    if own:
        return _expand(tree, own), False
    if depth > 6:
        return [], True
    head, dep = words[verb].head, words[verb].dep
    if dep == "ROOT" or head == verb:
        return [], False
    if dep == "relcl":
        return _expand(tree, [head]), False
    if dep == "acl":
        if words[verb].tag == "VBN":
            return [], False
        owners = [i for i in tree.children(head, "poss", "compound", "amod", "nmod") if words[i].unit >= 0]
        if owners and words[head].lemma in _INTENTS:
            return _expand(tree, owners), False  # "reacted to A's decision to expel B"
        governor = words[head].head
        if (
            words[head].dep == "pobj"
            and words[governor].text.casefold() == "to"
            and words[governor].head != governor
        ):
            return subjects(tree, words[governor].head, depth + 1)  # "sent a letter to B denouncing C"
        if words[head].unit >= 0 or words[governor].pos not in ("VERB", "AUX"):
            return _expand(tree, [head]), True
        return subjects(tree, governor, depth + 1)
    if dep == "xcomp" or (dep == "ccomp" and words[verb].tag in ("VB", "VBG")):
        controlled = tree.children(head, "dobj", "dative")
        if controlled and words[head].lemma not in ("promise", "make", "take", "hold"):
            return _expand(tree, controlled), True
        if tree.children(head, "nsubjpass"):
            return _expand(tree, tree.children(head, "nsubjpass")), True
    for above in tree.ancestors(verb):
        if words[above].pos in ("VERB", "AUX"):
            if dep == "conj" and tree.children(above, "nsubjpass"):
                return _expand(tree, tree.children(above, "nsubjpass")), True
            return subjects(tree, above, depth + 1)[0], True
        if words[above].pos in ("NOUN", "PROPN") and dep == "pcomp":
            continue
    return [], True


def mend(tree: Tree, verbs: frozenset[int] = frozenset()) -> Tree:
    """The tree with what a parser often gets wrong put right.

    "A met B and C arrived": a name right before a finite verb that has no subject is its subject.
    "A names B envoy": a word of `verbs` (offsets) that was taken for a noun is a verb.
    "had spoken by video": a perfect is no passive, whatever follows "by".
    "At the invitation of A, the king, B came": who follows what the sentence opens with is the subject.
    "met B and U.S. officers": a person is no part of what stands after "and".
    "received in A the envoy B": two names in a row are not one.
    "vowed to expel A and B broke ties": A is expelled, B breaks ties.
    "invited B, and C to come": a name listed after an object is one, too.
    "urged for B and C to meet": whom "for" names is the subject of what follows.
    """
    tree = _verbalize(tree, verbs)
    words = _active(tree)
    _part_names(tree, words)
    _part_clauses(tree, words, verbs)
    _part_opening(tree, words)
    _part_listed(tree, words)
    _list_objects(tree, words)
    _for_to(tree, words)
    for i, word in enumerate(words):
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


_SUFFERED = frozenset(
    "killed assassinated murdered executed hanged shot wounded injured poisoned arrested detained jailed imprisoned"
    " interned sentenced convicted indicted deposed ousted overthrown toppled dismissed sacked abducted kidnapped"
    " deported expelled exiled extradited freed released pardoned captured besieged evacuated".split()
)
"""Past forms that tell of their subject what was done to it where no object follows, as headlines do: "A killed in B"."""


_LATER = frozenset("hours days weeks months years minutes".split())


def filled(tree: Tree) -> Tree:
    """The tree with the passives of headlines as such, their "was" left out: "A ousted by B", "A and C arrested"."""
    words = list(tree.words)
    for i, word in enumerate(words):
        if word.text not in _SUFFERED or word.tag not in ("VBD", "VBN"):
            continue
        over = words[word.head]
        alone = word.dep == "acl" and over.pos in ("NOUN", "PROPN") and over.head == word.head
        objects = [c for c in tree.children(i, "dobj", "dative") if words[c].text not in _LATER]
        if objects or tree.children(i, "aux", "auxpass", "nsubjpass"):
            continue
        if alone:  # a name and what was done, and no other verb
            words[word.head] = msgspec.structs.replace(over, dep="nsubjpass", head=i)
            words[i] = msgspec.structs.replace(word, tag="VBN", dep="ROOT", head=i)
        elif word.dep in ("ROOT", "conj", "ccomp"):
            words[i] = msgspec.structs.replace(word, tag="VBN")
        else:
            continue
        for c in tree.children(i, "nsubj"):
            words[c] = msgspec.structs.replace(words[c], dep="nsubjpass")
        for c in tree.children(i, "prep"):
            if words[c].text == "by":
                words[c] = msgspec.structs.replace(words[c], dep="agent")
    return Tree(words)


def _part_opening(tree: Tree, words: list[Word]) -> None:
    """Gives the main verb the subject that the parser hung on the phrase that the sentence opens with."""
    root = next((i for i, word in enumerate(words) if word.dep == "ROOT"), 0)
    if (
        root == 0
        or words[root].tag not in ("VBD", "VBZ", "VBP")
        or words[0].dep != "prep"
        or words[0].head != root
    ):
        return
    if tree.children(root, *SUBJECTS, "auxpass") or any(word.pos == "VERB" for word in words[1:root]):
        return
    comma = next((i for i in range(root) if words[i].text == ","), root)
    hung = [k for k in range(comma + 1, root) if words[k].unit >= 0 and words[k].dep in ("conj", "appos")]
    if not hung:
        return
    first = hung[-1]
    while words[first].dep == "conj" and words[first].head in hung and words[words[first].head].dep == "conj":
        first = words[first].head
    words[first] = msgspec.structs.replace(words[first], dep="nsubj", head=root)


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


def _list_objects(tree: Tree, words: list[Word]) -> None:
    """Lists a name after the name before it, where the parser hung both on the verb ("invited B, and C to come")."""
    for i, word in enumerate(words):
        if word.dep != "conj" or word.unit < 0 or words[word.head].pos != "VERB":
            continue
        before = [k for k in tree.children(word.head, "dobj") if k < i and words[k].unit >= 0]
        if before and all(w.dep in ("cc", "punct") for w in words[before[-1] + 1 : i]):
            words[i] = msgspec.structs.replace(word, head=before[-1])


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
        if any(words[c].lemma == "have" for c in tree.children(i, "aux")):
            words[i] = msgspec.structs.replace(word, tag="VBD")
            for c in tree.children(i, "agent"):
                words[c] = msgspec.structs.replace(words[c], dep="prep")
    return words


def _verbalize(tree: Tree, verbs: frozenset[int]) -> Tree:
    """Words known to be verbs that the parser took for nouns, as verbs with subject and object."""
    words = list(tree.words)
    for i, word in enumerate(words):
        if word.char_start not in verbs or not word.text.islower() or i == 0 or words[i - 1].unit < 0:
            continue
        if word.pos == "VERB" and words[i - 1].head == i and words[i - 1].dep in ("compound", "nmod"):
            words[i - 1] = msgspec.structs.replace(words[i - 1], dep="nsubj")
        named = words[i - 1].dep in ("compound", "nmod") and words[i - 1].head == word.head
        described = (  # "NATO [extended] sanctions", "the emir [hosted] B"
            word.dep == "amod"
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


def _asked(tree: Tree, verb: int) -> list[int]:
    """Of whom something is asked that they are named with "for" as the subject of: "called for B to resign"."""
    clauses = tree.children(verb, "advcl", "ccomp", "xcomp")
    asked = [c for c in clauses if any(tree.words[m].text == "for" for m in tree.children(c, "mark"))]
    return _expand(tree, [i for c in asked for i in tree.children(c, "nsubj")])


def of_verb(tree: Tree, verb: int) -> Arguments:
    """Arguments of a verb."""
    who, inherited = subjects(tree, verb)
    objects = _expand(tree, tree.children(verb, "dobj", "dative", "nsubjpass", "oprd"))
    if not objects and tree.words[verb].dep == "conj" and tree.words[verb].tag == "VBN":
        above = tree.words[verb].head
        objects = _expand(tree, tree.children(above, "nsubjpass"))  # "A was seized and killed"
        if not objects and tree.children(verb, "auxpass"):
            objects = subjects(tree, above)[0]  # "A arrived and was received by B"
    if not objects and tree.words[verb].dep == "acl" and tree.words[verb].tag == "VBN":
        objects = _expand(tree, [tree.words[verb].head])
    objects = objects or _asked(tree, verb)
    preps = prepositions(tree, verb)
    if not tree.children(verb, "nsubjpass", "agent"):
        for name in _COMPANY:
            for i in tree.children(verb, "advmod", "advcl"):
                preps.setdefault(name, []).extend(prepositions(tree, i).get(name, []))
    for means in [p for heads in preps.values() for p in heads]:  # "spoke by telephone with Y"
        if tree.words[means].text.casefold() in ("telephone", "phone", "video", "link", "videoconference"):
            for head in prepositions(tree, means).get("with", []):
                preps.setdefault("with", []).append(head)
    for obj in tree.children(
        verb, "dobj", "oprd", "nsubjpass"
    ):  # "expressed support for X", "held talks with Y"
        rounds = prepositions(tree, obj).get("of", []) if tree.words[obj].lemma in _ROUNDS else []
        for part in (obj, *rounds):
            for name, heads in prepositions(tree, part).items():
                if name == "by" and tree.words[obj].dep == "nsubjpass":
                    continue  # "the attack by A was condemned by B"
                preps.setdefault(name, []).extend(h for h in heads if h not in preps[name])
    return Arguments(who, objects, preps, [], inherited)


def of_noun(tree: Tree, noun: int) -> Arguments:
    """Arguments of a noun that names an event ("talks", "visit", "test")."""
    words = tree.words
    modifiers = [
        m
        for c in tree.children(noun, "poss", "compound", "amod", "nmod", "npadvmod")
        for m in tree.conjuncts(c)
    ]
    for modifier in list(modifiers):
        modifiers += [
            c for c in tree.children(modifier, "poss", "compound", "amod", "nmod") if c not in modifiers
        ]
    owners = [i for c in tree.children(noun, "poss", "nsubj") for i in tree.conjuncts(c)]
    preps = prepositions(tree, noun)
    who = list(owners)
    inherited = False
    governor = words[noun].head
    dep = words[noun].dep
    if dep == "pobj" and words[governor].pos == "ADP":
        governor = words[governor].head
    if dep == "conj":
        governor = words[words[noun].head].head
    if dep == "pobj" and words[words[noun].head].text.casefold() in _AROUND and words[governor].pos == "NOUN":
        governor = next((a for a in tree.ancestors(governor) if words[a].pos in ("VERB", "AUX")), governor)
    if not who and dep == "pobj" and words[governor].unit >= 0:
        who = _expand(tree, [governor])  # "Minister A, on a visit to B, held talks"
    if not who and governor != noun and words[governor].pos in ("VERB", "AUX"):
        light = words[governor].lemma in LIGHT
        own = any(preps.get(name) for name in ("of", "between", "with", "among", "by"))
        own |= any(words[m].unit >= 0 for m in modifiers)  # "a day after North Korean tests"
        preposition = words[words[noun].head].text.casefold()
        agent = any(words[i].unit >= 0 for i in preps.get("by", ()))  # "left during a visit by B"
        through = not agent and preposition in ("through", "via", "in", "during", "over", "for")
        if (dep in ("dobj", "conj", "attr") and words[governor].lemma not in _MENTIONING) or (
            dep == "pobj"
            and (
                through
                or (light and not agent and preposition not in _AROUND)
                or (preposition in _AROUND and not own)
            )
        ):
            who, inherited = subjects(tree, governor)
            for name, heads in prepositions(tree, governor).items():
                preps.setdefault(name, []).extend(h for h in heads if h not in preps[name])
        elif dep in SUBJECTS:
            for name, heads in prepositions(tree, governor).items():
                if name in ("between", "with", "among", "by", "in", "at"):
                    preps.setdefault(name, []).extend(heads)
    return Arguments(who, [], preps, modifiers, inherited)
