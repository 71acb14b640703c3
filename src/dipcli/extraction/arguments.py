"""Who did what to whom, from a tree: the noun phrases that fill a trigger's roles.

A noun phrase is given by the number of its head word. Nothing here knows who an actor is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from dipcli.extraction.tree import SUBJECTS, Tree

RELATIVE = frozenset("who which that whom whose".split())
LIGHT = frozenset(
    "hold have lead attend pay conduct make host open conclude begin start end resume co-chair chair"
    " wrap finish launch kick join stage complete continue undertake embark exchange deliver issue release give"
    " send take sign reach receive co-host convene arrive leave depart travel participate engage".split()
)
AROUND = frozenset("after before following since until despite".split())
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
_HOLDING = frozenset("mediate broker facilitate host convene sponsor chair organize organise attend".split())
"""Verbs of those under whom talks are held, or who come to them."""
_SENDING = frozenset("send dispatch despatch depute".split())
_KEEPING = frozenset(
    "promise make take hold telephone phone call visit meet see contact write receive welcome summon host join".split()
)
"""Verbs whose subject does what an infinitive after them tells: "telephoned B to congratulate her"."""
_STANDING = frozenset("abstain oppose vote absent object dissent refuse boycott".split())
_JOURNEYS = frozenset("visit trip tour mission".split())
_PARTIES = ("between", "with", "by", "among")
_JOINTLY = frozenset(("together", "along", "jointly"))
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
    if not tree.has_relatives:
        return i
    of = [p for c in tree.children(i, "prep") for p in tree.children(c, "pobj")]
    if not RELATIVE.isdisjoint([tree.words[p].text.casefold() for p in (i, *of)]):
        for above in tree.ancestors(i):
            if tree.words[above].dep == "relcl":
                return tree.words[above].head
    return i


def _expand(tree: Tree, heads: list[int]) -> list[int]:
    found: list[int] = []
    for head in heads:
        for i in tree.conjuncts(_antecedent(tree, head)):
            clauses = tree.children(i, "relcl", "acl")
            listed = (
                part
                for verb in clauses
                if tree.words[verb].lemma in _INCLUDING
                for thing in tree.children(verb, "dobj")
                for part in tree.conjuncts(thing)
            )  # "a delegation that included A and B"
            for one in (i, *listed) if clauses else (i,):
                if one not in found:
                    found.append(one)
    return found


_INCLUDING = frozenset(("include", "comprise"))


def _is_absolute(tree: Tree, head: int) -> bool:
    """Whether what follows "with" is a clause of its own: "with China abstaining"."""
    words = tree.words
    clause = [head, *tree.children(head, "acl")]
    return any(words[i].lemma in _STANDING and words[i].tag in ("VBG", "JJ") for i in clause)


_SPEAKING = frozenset(("speak", "talk"))
_WHOSE_WORD = frozenset(("according",))
"""Begin a phrase that says whose word it is, and not who takes part."""


@lru_cache(maxsize=64)
def prepositions(tree: Tree, i: int) -> Mapping[str, Sequence[int]]:
    """What each preposition below a word governs, coordination included; kept for a while, for whoever asks about
    the same sentence."""
    found: dict[str, list[int]] = {}
    for prep in tree.children(i, "prep", "agent", "dative"):
        if tree.words[prep].pos not in ("ADP", "SCONJ", "PART", "VERB"):
            continue
        name = tree.words[prep].text.casefold()
        if name in _WHOSE_WORD:
            continue
        again = [c for c in tree.children(prep, "conj") if tree.words[c].text.casefold() == name]
        heads = [h for one in (prep, *again) for h in tree.children(one, "pobj", "pcomp")]  # "by A and by B"
        if name == "with" and any(
            tree.words[c].text.casefold() in _JOINTLY for c in tree.children(prep, "advmod")
        ):
            name = "together with"
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
            elif name == "out":
                nested_name = "from"
            found.setdefault(nested_name, []).extend(_expand(tree, tree.children(nested, "pobj")))
        found.setdefault(name, []).extend(_expand(tree, heads))
    return found


def _governed(tree: Tree, i: int) -> dict[str, list[int]]:
    """`prepositions` to be added to."""
    return {name: [*heads] for name, heads in prepositions(tree, i).items()}


def _subject_above(tree: Tree, verb: int, depth: int) -> list[int]:
    """The subject that a pronoun stands for: that of the clause above, or of the first one that is an actor's."""
    nearest = found = subjects(tree, tree.words[verb].head, depth + 1)[0]
    for above in tree.ancestors(verb) if tree.words[verb].dep == "advcl" and depth < 3 else ():
        if any(tree.words[i].unit >= 0 for i in found):
            return found
        found = subjects(tree, above, depth + 3)[0] if tree.words[above].pos == "VERB" else []
    return found if any(tree.words[i].unit >= 0 for i in found) else nearest


def predicated(tree: Tree, noun: int) -> list[int]:
    """Whom a common noun is told to be: "the first minister to visit Peru was A", "A became the first to …"."""
    above = tree.words[tree.words[noun].head]
    if above.text == "of" and tree.words[noun].unit < 0:
        noun = above.head  # "was one of the first *states* to …"
    verb = tree.words[noun].head
    if tree.words[verb].lemma not in ("be", "become"):
        return []
    others = {"attr": SUBJECTS, "nsubj": ("attr",)}.get(tree.words[noun].dep, ())
    if tree.words[noun].unit >= 0 and tree.words[noun].dep == "nsubj":
        return []
    named = [i for i in tree.children(verb, *others) if i != noun] if others else []
    return _expand(tree, [i for i in named if tree.words[i].unit >= 0])


_WRITTEN = frozenset(
    "statement note letter communique communiqué declaration resolution message report telegram article broadcast speech".split()
)


def _authors(tree: Tree, verb: int) -> list[int]:
    """Whose words the participle after them tells of: "followed a statement *by A* accusing B"."""
    words, head = tree.words, tree.words[verb].head
    nouns = [head] if words[verb].dep == "acl" else tree.children(head, "dobj", "pobj")
    for noun in nouns:
        if words[noun].lemma in _WRITTEN and noun < verb:
            return [*prepositions(tree, noun).get("by", ()), *prepositions(tree, noun).get("from", ())]
    return []


def _writers(tree: Tree, heads: Sequence[int]) -> list[int]:
    """Whose words the subject is: "a statement issued by A condemned B"."""
    words = tree.words
    if len(heads) != 1 or words[heads[0]].unit >= 0 or words[heads[0]].lemma not in _WRITTEN:
        return []
    issued = [i for i in tree.children(heads[0], "acl") if words[i].tag == "VBN"]
    agents = [i for verb in issued for i in tree.children(verb, "agent", "prep") if words[i].text == "by"]
    return [i for by in agents for i in tree.children(by, "pobj") if words[i].unit >= 0]


def subjects(tree: Tree, verb: int, depth: int = 0) -> tuple[list[int], bool]:
    """Heads of a verb's logical subject, and whether they were inherited from another verb."""
    words = tree.words
    passive = bool(tree.children(verb, "nsubjpass", "auxpass", "agent"))
    if passive:
        agents = [p for a in tree.children(verb, "agent", "prep") if words[a].text.casefold() == "by"
                  for p in tree.children(a, "pobj")]  # fmt: skip
        if not agents:  # "was abducted and held by A"
            agents = [
                p
                for c in tree.children(verb, "conj")
                if words[c].tag == "VBN" and not tree.children(c, *SUBJECTS)
                for a in tree.children(c, "agent")
                for p in tree.children(a, "pobj")
            ]
        if not agents:  # "was accused of spying by A"
            charges = [p for heads in prepositions(tree, verb).values() for p in heads]
            agents = [
                p for c in charges if words[c].tag == "VBG" for p in prepositions(tree, c).get("by", ())
            ]
        return _expand(tree, agents), False
    own = tree.children(verb, "nsubj", "csubj", "expl")
    if (
        len(own) == 1
        and words[own[0]].unit < 0
        and words[own[0]].text.casefold() in ("it", "they", "he", "she", "we")
        and words[verb].dep in ("ccomp", "xcomp", "advcl")
    ):
        return _subject_above(tree, verb, depth), True  # "A said it would …"
    if own:
        return _expand(tree, _writers(tree, own) or own), False
    if depth > 6:
        return [], True
    head, dep = words[verb].head, words[verb].dep
    if dep == "ROOT" or head == verb:
        return [], False
    if words[verb].tag == "VBG" and dep in ("acl", "advcl") and (authors := _authors(tree, verb)):
        return _expand(tree, authors), False
    if dep in ("relcl", "acl") and (named := predicated(tree, head)):
        return named, False
    if dep == "relcl" or (dep == "advcl" and head == verb - 2 and words[head].unit >= 0):
        return _expand(tree, [head]), False  # "A to meet B"
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
        if controlled and words[head].lemma not in _KEEPING:
            return _expand(tree, controlled), True
        if tree.children(head, "nsubjpass"):
            return _expand(tree, tree.children(head, "nsubjpass")), True
    if dep == "advcl" and words[verb].tag == "VB" and words[head].lemma in _SENDING:
        envoys = [i for i in tree.children(head, "dobj") if words[i].unit >= 0]
        if envoys:
            return _expand(tree, envoys), True  # "A sent B to Lima to meet C"
    for above in tree.ancestors(verb):
        if words[above].pos in ("VERB", "AUX"):
            if dep == "conj" and tree.children(above, "nsubjpass"):
                return _expand(tree, tree.children(above, "nsubjpass")), True
            return subjects(tree, above, depth + 1)[0], True
        if words[above].pos in ("NOUN", "PROPN") and dep == "pcomp":
            continue
    return [], True


def _asked(tree: Tree, verb: int) -> list[int]:
    """Of whom something is asked that they are named with "for" as the subject of: "called for B to resign"."""
    clauses = tree.children(verb, "advcl", "ccomp", "xcomp")
    asked = [c for c in clauses if any(tree.words[m].text == "for" for m in tree.children(c, "mark"))]
    return _expand(tree, [i for c in asked for i in tree.children(c, "nsubj")])


def _holders(tree: Tree, noun: int) -> list[int]:
    """Under whom a meeting is told to be held, with whom, or who came: "talks mediated by X with Y"."""
    held = [
        i
        for i in tree.children(noun, "acl")
        if tree.words[i].lemma in _HOLDING and tree.words[i].tag == "VBN"
    ]
    return [head for i in held for name in ("by", "with") for head in prepositions(tree, i).get(name, ())]


_WEIGHING = frozenset("discuss debate review consider examine explore assess address".split())
"""Verbs of speaking of something, whose object's parties are not theirs."""


def of_verb(tree: Tree, verb: int) -> Arguments:
    """Arguments of a verb."""
    who, inherited = subjects(tree, verb)
    objects = _expand(tree, tree.children(verb, "dobj", "dative", "nsubjpass", "oprd"))
    whom = tree.children(verb, "dobj", "dative", "nsubjpass")
    if not whom and tree.words[verb].dep == "conj" and tree.words[verb].tag == "VBN":
        above = tree.words[verb].head
        shared = _expand(tree, tree.children(above, "nsubjpass"))  # "A was seized and killed"
        if not shared and tree.children(verb, "auxpass"):
            shared = subjects(tree, above)[0]  # "A arrived and was received by B", "was elected president"
        objects = [*shared, *objects]
    if not objects and tree.words[verb].dep == "acl" and tree.words[verb].tag == "VBN":
        objects = _expand(tree, [tree.words[verb].head])
    objects = objects or _asked(tree, verb)
    preps = _governed(tree, verb)
    if preps.get("with"):  # "reopened, with B as its head"
        preps["with"] = [i for i in preps["with"] if "as" not in prepositions(tree, i)]
    if not tree.children(verb, "nsubjpass", "agent"):
        for name in _COMPANY:
            for i in tree.children(verb, "advmod", "advcl"):
                joined = "together with" if tree.words[i].text.casefold() in _JOINTLY else name
                preps.setdefault(joined, []).extend(prepositions(tree, i).get(name, []))
    if tree.words[verb].lemma in _SPEAKING and not preps.get("with"):  # "spoke about the border with X"
        about = [i for name in ("about", "on") for i in preps.get(name, ())]
        preps["with"] = [i for h in about for i in prepositions(tree, h).get("with", ())]
    journeys = [i for name in ("on", "from") for i in preps.get(name, ()) if tree.words[i].lemma in _JOURNEYS]
    for journey in journeys:
        for name in ("to", "in"):  # "arrived on a visit to X", "returned from a visit to X"
            preps.setdefault(name, []).extend(prepositions(tree, journey).get(name, []))
    for means in [p for heads in preps.values() for p in heads]:  # "spoke by telephone with Y"
        if (
            tree.words[means].unit >= 0 and tree.words[means].tag == "CD"
        ):  # "established in 1972 between X and Y"
            for name in _PARTIES:
                preps.setdefault(name, []).extend(prepositions(tree, means).get(name, []))
        if tree.words[means].text.casefold() in ("telephone", "phone", "video", "link", "videoconference"):
            for head in prepositions(tree, means).get("with", []):
                preps.setdefault("with", []).append(head)
    for obj in tree.children(
        verb, "dobj", "oprd", "nsubjpass", *(("attr",) if tree.words[verb].lemma == "become" else ())
    ):  # "expressed support for X", "held talks with Y"
        rounds = prepositions(tree, obj).get("of", []) if tree.words[obj].lemma in _ROUNDS else []
        if tree.words[obj].dep == "dobj":  # "attended a dinner hosted by X"
            preps.setdefault("together with", []).extend(_holders(tree, obj))
        for part in (obj, *rounds):
            for name, heads in prepositions(tree, part).items():
                if name == "by" and tree.words[obj].dep == "nsubjpass":
                    continue  # "the attack by A was condemned by B"
                if name in ("between", "among") and who and tree.words[verb].lemma in _WEIGHING:
                    continue  # "A and B discussed the talks between C and D"
                preps.setdefault(name, []).extend(h for h in heads if h not in preps[name])
        if tree.words[verb].lemma in _SIGNING and not preps.get("with"):
            about = [i for name in ("on", "for", "of") for i in prepositions(tree, obj).get(name, ())]
            preps["with"] = [i for h in about for i in prepositions(tree, h).get("with", ())]
    return Arguments(who, objects, preps, [], inherited)


def doing_so(tree: Tree, verb: int, args: Arguments) -> list[tuple[int, Arguments]]:
    """Who did the same, as a clause after a verb says that leaves it out: "A visited B in 1986, as did C in 1990";
    with the word of that clause that stands for the verb."""
    found = []
    for i in tree.children(verb, "advcl", "conj", "acl"):
        word = tree.words[i]
        if i < verb or word.text != "did":
            continue
        who = tree.children(i, "nsubj")
        if not any(tree.words[c].text in ("as", "so") for c in tree.children(i)):
            continue
        if who and all(tree.words[h].unit >= 0 for h in who):
            preps = {name: heads for name, heads in args.preps.items() if name != "by"}
            found.append((i, Arguments(_expand(tree, who), args.objects, preps, args.modifiers)))
    return found


_SIGNING = frozenset("sign initial ink conclude exchange".split())
"""What one does with others, who may be told after what it is about: "signed a memorandum on consultations with X"."""
_MEETINGS = frozenset(
    ("talk", "talks", "meeting", "conversation", "consultation", "discussion", "negotiation", "summit")
)


def _met_with(tree: Tree, noun: int, preps: Mapping[str, Sequence[int]]) -> bool:
    """Whether somebody met only those named, and so did whoever the clause tells of: "left after talks with B"."""
    told = [name for name in ("of", "between", "with", "among", "by") if preps.get(name)]
    plain = all(tree.words[i].unit < 0 for i in tree.children(noun, "poss", "compound", "nmod", "amod"))
    return told == ["with"] and plain and tree.words[noun].lemma in _MEETINGS


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
    preps = _governed(tree, noun)
    if holders := _holders(tree, noun):  # "talks between A and B mediated by C"
        preps.setdefault("by", []).extend(holders)
    within = [*preps.get("of", ()), *preps.get("in", ())]
    if words[noun].head == noun:  # a line without a verb: "handover of two suspects to X by Y"
        for name in ("to", "from", "against", "on"):
            preps[name] = preps.get(name) or [i for h in within for i in prepositions(tree, h).get(name, ())]
    for name in _PARTIES:  # "the seizure of a trawler by X", "a break in relations between X and Y"
        if name not in preps:
            preps[name] = [i for h in within for i in prepositions(tree, h).get(name, ())]
    named = [h for h in preps.get("of", ()) if words[h].unit >= 0]
    for name in ("to", "from"):  # "the visit of X to Y", which a parser hangs on X
        if name not in preps and (found := [i for h in named for i in prepositions(tree, h).get(name, ())]):
            preps[name] = found
    if not preps["by"]:  # "the lifting of a ban on arms by X"
        deeper = [i for h in within for name in ("of", "on") for i in prepositions(tree, h).get(name, ())]
        preps["by"] = [i for h in deeper for i in prepositions(tree, h).get("by", ())]
    who = list(owners)
    inherited = False
    governor = words[noun].head
    dep = words[noun].dep
    if dep == "pobj" and words[governor].pos == "ADP":
        governor = words[governor].head
    if dep == "conj":
        governor = words[words[noun].head].head
    if dep == "pobj" and words[words[noun].head].text.casefold() in AROUND and words[governor].pos == "NOUN":
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
                or (light and not agent and preposition not in AROUND)
                or (preposition in AROUND and not own)
                or (preposition in (*AROUND, "at") and _met_with(tree, noun, preps))
            )
        ):
            who, inherited = subjects(tree, governor)
            for name, heads in prepositions(tree, governor).items():
                preps.setdefault(name, []).extend(h for h in heads if h not in preps[name])
        elif dep in SUBJECTS:
            joined = words[governor].dep == "conj" and preps.get("with")
            if joined:  # "A met B, and a meeting with C followed"
                who, inherited = subjects(tree, words[governor].head)[0], True
            for name, heads in prepositions(tree, governor).items():
                if name in ("between", "with", "among", "by", "in", "at"):
                    preps.setdefault(name, []).extend(heads)
    return Arguments(who, [], preps, modifiers, inherited)
