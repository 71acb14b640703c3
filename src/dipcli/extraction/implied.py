"""Whom an act is for, by or against where its own arguments do not say: whoever is named in its complement, in what
its object is, or in what is blamed, asked for or answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dipcli.extraction import arguments
from dipcli.extraction.referents import people
from dipcli.extraction.slots import Slot
from dipcli.extraction.tree import SUBJECTS, Tree
from dipcli.extraction.triggers import Trigger

_TOWARDS = ("to", "with", "against", "from", "on", "between")
"""Prepositions after a verb that tell for or against whom something is done."""

_BESTOWED = frozenset(("recognition", "acceptance", "admission"))
"""Nouns whose "of" tells to whom that goes which is promised or put off: "agreed to postpone recognition of X"."""

_SELF = frozenset("it he she they we".split())
"""Subjects of what somebody says of themselves."""
_PARTIES = {
    "REQUEST": ("from", "between", "by", "with", "against"),
    "REJECT": ("from", "between", "with"),
    "SUPPORT": ("from", "between", "of"),
    "": ("from", "between"),
}
"""Prepositions, by type, after which those stand whom a thing is from, with or between."""
_TALKS = frozenset(
    "talk negotiation dialogue meeting discussion consultation contact summit tie relation cooperation peace deal treaty"
    " agreement pact accord truce ceasefire".split()
)
"""Nouns whose "with" tells with whom."""
_DEEDS = frozenset(
    "withdrawal pullout pull-out retreat departure blockade occupation siege aggression offensive invasion incursion"
    " interference attack strike bombardment bombing shelling campaign war violence settlement test launch programme"
    " program threat provocation violation".split()
)
"""Nouns of deeds that a state is asked to do or to end."""
_GATHERINGS = frozenset(("meeting", "session", "summit"))
"""Nouns whose "of" tells who is called to one: "called for a meeting of X"."""
_THIS = frozenset("which it that them this these".split())
_PROPOSING = frozenset(
    "propose offer suggest submit present request demand ask seek make put call invite issue advance table".split()
)
"""Verbs of what is accepted or rejected after."""
DENYING = frozenset("deny refute dispute disavow".split())
_WORDS = frozenset(
    "report allegation accusation charge claim finding findings statement remark comment criticism assertion proposal"
    " offer request demand resolution motion draft".split()
)
"""Nouns for what somebody has said or written."""
DISMISSING = DENYING | frozenset("dismiss reject rebut rebuff contest question ridicule shrug brush".split())
_ACCUSING = frozenset(
    "accuse protest blame claim allege say charge condemn criticise criticize complain".split()
)
"""Verbs of what is denied after."""
_NAMELY = ("including", "particularly", "especially")
_LETTERS = frozenset("letter message note telegram cable call phone".split())
"""Nouns whose "to" tells who is spoken to."""

_SUFFERING = frozenset(
    "arrest seizure execution expulsion detention abduction assassination murder invasion annexation occupation"
    " deportation imprisonment persecution torture treatment mistreatment destruction massacre death murders".split()
)
"""Nouns whose "of" tells to whom it was done; those in -ing are such too."""

_CAUSES = frozenset("when after that as because since".split())
"""Words before a clause that tells what is blamed."""

_REPORTING = frozenset(
    "say report announce confirm reveal disclose warn ask urge call meet tell claim".split()
)
"""Verbs whose subject is no one to blame."""


def addressed(tree: Tree, slots: Sequence[Slot], verb: int) -> list[str]:
    """To whom the letter goes in which somebody says something: "in a letter to B, A urged restraint"."""
    letters = [i for i in arguments.prepositions(tree, verb).get("in", ()) if tree.words[i].lemma in _LETTERS]
    return people(tree, slots, [k for i in letters for k in arguments.prepositions(tree, i).get("to", ())])


def blamed(tree: Tree, slots: Sequence[Slot], word: int, objects: Sequence[int]) -> list[str]:
    """Whose deed is blamed, where it is told as a clause: "protested after X's ships entered its waters",
    "regretted that X had left", "criticised the drills that X held", "condemned the attack by X"."""
    clauses = [i for i in tree.children(word, "advcl", "ccomp") if i > word and _is_cause(tree, i)]
    clauses += [i for head in objects for i in tree.children(head, "relcl", "acl")]
    doers = [i for clause in clauses for i in arguments.subjects(tree, clause)[0]]
    within = [i for head in objects for i in tree.subtree(head) if not _is_aside(tree, i, head)]
    doers += [i for inner in within for i in arguments.prepositions(tree, inner).get("by", [])]
    return people(tree, slots, doers)


def _is_aside(tree: Tree, i: int, head: int) -> bool:
    """Whether a word below another only tells what was when: "the ban, which came after X was ousted by Y"."""
    path = [i, *tree.ancestors(i)]
    clauses = [tree.words[k].dep for k in path[: path.index(head)]]
    return "advcl" in clauses or clauses.count("relcl") > 1


def of_complement(tree: Tree, slots: Sequence[Slot], trigger: Trigger, word: int) -> list[str]:
    """Whom a deed that is promised, refused or threatened is for: "agreed to send police to X", "refused to
    meet the envoy of X"; of a request, who is to act: "demanded that X release the crew"."""
    heads: list[int] = []
    if trigger.type == "REQUEST":
        clauses = tree.children(word, "ccomp")
        clauses += [c for c in tree.children(word, "advcl") if _is_for(tree, c)]
        clauses += [c for i in tree.children(word, "dobj") for c in tree.children(i, "acl", "ccomp", "relcl")
                    if any(tree.words[m].text == "that" for m in tree.children(c, "mark"))]  # fmt: skip
        asked = [i for clause in clauses for i in arguments.subjects(tree, clause)[0]]
        heads += [*asked, *(i for head in asked for i in _members(tree, head))]
    for clause in _undertaken(tree, trigger, word):
        args = arguments.of_verb(tree, clause)
        heads += args.objects
        heads += [i for name in _TOWARDS for i in args.preps.get(name, ())]
        bestowed = [i for i in args.objects if tree.words[i].lemma in _BESTOWED]
        heads += args.preps.get("of", ()) if bestowed else ()
        heads += [h for i in bestowed for h in arguments.prepositions(tree, i).get("of", ())]
    return people(tree, slots, heads, owners=True)


def _members(tree: Tree, head: int) -> list[int]:
    """Who is named of a number of them: "all parties, including X", "all sides, in particular X"."""
    governed = arguments.prepositions(tree, head)
    return [i for name in _NAMELY for i in governed.get(name, ())]


def _undertaken(tree: Tree, trigger: Trigger, word: int) -> list[int]:
    """Verbs of what is promised, refused, threatened or given for: "agreed to help X", "was ready to help X",
    "expressed readiness to help X", "committed itself to helping X", "warned that it would attack X", "sent a team
    to help X"."""
    above = [word, *tree.children(word, "dobj", "acomp", "oprd")]
    clauses = [c for i in above for c in tree.children(i, "xcomp", "acl") if _is_infinitive(tree, c)]
    clauses += [c for i in above for p in tree.children(i, "prep") for c in tree.children(p, "pcomp")]
    if trigger.type in ("AID", "AGREE", "THREATEN"):
        clauses += [c for c in tree.children(word, "advcl") if _is_infinitive(tree, c)]
    clauses = [c for c in clauses if not tree.children(c, *SUBJECTS)]
    said = tree.children(word, "ccomp")
    own = [c for c in said if any(tree.words[i].text in _SELF for i in tree.children(c, *SUBJECTS))]
    if trigger.type in ("AGREE", "THREATEN"):  # "A of X promised that X would help Y"
        own += [
            c
            for c in said
            if c not in own
            and any(tree.words[i].unit >= 0 for i in tree.children(c, *SUBJECTS))
            and any(tree.words[i].text in ("would", "will") for i in tree.children(c, "aux"))
        ]
    return clauses + own


def _is_infinitive(tree: Tree, verb: int) -> bool:
    return any(tree.words[i].text.casefold() == "to" for i in tree.children(verb, "aux"))


BINDING = frozenset(
    "resolution charter convention treaty accord agreement obligation commitment decision mandate norm provision ruling".split()
)
"""Nouns for what binds, and is kept by others than those whose it is."""


def concerned(tree: Tree, slots: Sequence[Slot], trigger: Trigger, args: arguments.Arguments) -> list[str]:
    """From whom, with whom or between whom that is which is asked for, answered or welcomed: "asked for help from X",
    "called for a truce between X and Y", "called for the withdrawal of X's forces", "welcomed the pact between X and Y"."""
    names = _PARTIES.get("" if trigger.symmetric else trigger.type, _PARTIES[""])
    nouns = list(args.objects)
    nouns += [i for name in ("for", "to", "from") for i in args.preps.get(name, ())]
    nouns = [i for i in nouns if tree.words[i].unit < 0]
    heads = [i for name in names[:2] for i in args.preps.get(name, ())]
    for noun in nouns:
        governed = arguments.prepositions(tree, noun)
        heads += [i for name in names for i in governed.get(name, ())]
        if tree.words[noun].lemma in _TALKS:
            heads += governed.get("with", ())
        if trigger.type == "REQUEST":
            if tree.words[noun].lemma in _GATHERINGS:
                heads += governed.get("of", ())
            held = [i for i in tree.children(noun, "acl") if tree.words[i].tag == "VBN"]
            heads += [h for i in held for h in arguments.prepositions(tree, i).get("by", ())]
            heads += [noun, *governed.get("of", ())] if tree.words[noun].lemma in _DEEDS else []
            nouns += [i for name in ("to", "of") for i in governed.get(name, ()) if i not in nouns]
    if trigger.type == "REQUEST":
        heads = [i for i in heads if tree.words[i].lemma not in BINDING]
    return people(tree, slots, heads, owners=True)


def owners(slots: Sequence[Slot], tree: Tree, modifiers: Sequence[int]) -> list[str]:
    """Whose the thing is in which an answer lies: "accepted X's invitation", "gave in to X's demands"."""
    owned = [tree.words[i].unit for i in modifiers if tree.words[i].dep == "poss" and tree.words[i].unit >= 0]
    return [key for unit in owned if slots[unit].kind not in ("date", "place") for key in slots[unit].keys]


def borders(tree: Tree, preps: Mapping[str, Sequence[int]]) -> list[int]:
    """On whose border forces are moved: "sent troops to the border with X", "to the X border"."""
    lines = [i for heads in preps.values() for i in heads if tree.words[i].lemma in ("border", "frontier")]
    beyond = [i for line in lines for i in arguments.prepositions(tree, line).get("with", ())]
    return [*lines, *beyond, *(i for i in preps.get("with", ()) if lines and i > lines[-1])]


def neighbours(tree: Tree, slots: Sequence[Slot], word: int) -> list[str]:
    """The two on whose border a clash is told of without who clashed: "clashes occurred on the border between A and B",
    "fighting broke out along the A-B border"."""
    above = tree.words[word].head if tree.words[word].pos == "NOUN" else word
    lines = [i for i in tree.subtree(above) if tree.words[i].lemma in ("border", "frontier")]
    heads = [h for i in lines for h in arguments.prepositions(tree, i).get("between", ())]
    heads += [
        c
        for i in lines
        for m in tree.children(i, "amod", "compound", "nmod", "poss")
        for c in (m, *tree.children(m))
    ]
    found = people(tree, slots, heads)
    return found if len(found) > 1 else []


def authors(tree: Tree, objects: Sequence[int], within: frozenset[int]) -> list[int]:
    """By whom what is answered was made: "rejected the offer by X", "the resolution proposed by X"."""
    made = [i for head in objects for i in (head, *tree.children(head, "acl"))]
    made += [
        tree.words[head].head for head in objects if tree.words[head].lemma in _WORDS
    ]  # as a parser may hang it
    return [
        h
        for i in made
        for h in arguments.prepositions(tree, i).get("by", ())
        if h in within or (h > i and tree.words[i].pos == "VERB")
    ]


def of_whom(tree: Tree, things: Sequence[int]) -> list[int]:
    """Whose a thing is, by all the "of" that follow it: "a copy of the credentials of X"."""
    found: list[int] = []
    below = list(things)
    while below:
        below = [h for i in below for h in arguments.prepositions(tree, i).get("of", ())]
        found += below
    return found


def goals(tree: Tree, i: int) -> list[int]:
    """Whom what is given goes to or is for."""
    governed = arguments.prepositions(tree, i)
    return [h for name in ("to", "for") for h in governed.get(name, ())]


def given(tree: Tree, slots: Sequence[Slot], verb: int, things: Sequence[int]) -> list[int]:
    """To whom something is given that stands right between the verb and the thing: "hands Mr X copies"."""
    first = tree.words[verb + 1] if verb + 1 < len(tree.words) else None
    if first is None or first.unit < 0 or slots[first.unit].kind != "person":
        return []
    return [verb + 1] if first.dep == "compound" and first.head in things else []


def answered_by(tree: Tree, verb: int) -> list[int]:
    """To whom that is done by which somebody strikes back: "retaliated by expelling X's envoy"."""
    means = [i for i in arguments.prepositions(tree, verb).get("by", ()) if tree.words[i].tag == "VBG"]
    return [h for i in means for h in tree.children(i, "dobj")]


def felt(tree: Tree, word: int, args: arguments.Arguments) -> arguments.Arguments:
    """The arguments of a feeling told as a passive: who feels it did it to whoever caused it, "A was angered by B's move"."""
    verb = tree.words[word].head if tree.words[word].dep == "auxpass" else word
    who = tree.children(verb, "nsubjpass")
    return arguments.Arguments(who, args.subjects, args.preps, []) if who else args


def claimed(tree: Tree, i: int) -> list[int]:
    """On whose land a claim lay that is given up."""
    governed = arguments.prepositions(tree, i)
    return [h for name in ("to", "on", "over", "in", "against") for h in governed.get(name, ())]


def beyond(tree: Tree, args: arguments.Arguments, told: Sequence[str]) -> list[int]:
    """Those with whom or against whom that is what a verb's object or preposition names, where it is a word of
    the deed (`told`): "pulled out of talks with X", "took part in exercises with X"."""
    heads = [i for heads in (args.objects, *args.preps.values()) for i in heads]
    nouns = [i for i in heads if tree.words[i].unit < 0 and tree.words[i].text.casefold() in told]
    governed = [arguments.prepositions(tree, noun) for noun in nouns]
    return [i for preps in governed for name in ("with", "against") for i in preps.get(name, ())]


def givers(tree: Tree, things: Sequence[int]) -> list[int]:
    """From whom what arrives or is handed over is: "vaccines from X arrived", "a batch of food donated by X reached Y"."""
    things = _measured(tree, things)
    return [h for thing in things for h in arguments.prepositions(tree, thing).get("from", ())] + [
        h for i in _sent(tree, things) for h in arguments.prepositions(tree, i).get("by", ())
    ]


def takers(tree: Tree, things: Sequence[int]) -> list[int]:
    """For whom what arrives is: "aid for X reached the port", "a batch of food sent to X arrived"."""
    things = _measured(tree, things)
    return [h for i in (*things, *_sent(tree, things)) for h in goals(tree, i)]


def _measured(tree: Tree, things: Sequence[int]) -> list[int]:
    """Things, with what they are amounts of: "a batch of food"."""
    return [*things, *(h for i in things for h in arguments.prepositions(tree, i).get("of", ()))]


def _sent(tree: Tree, things: Sequence[int]) -> list[int]:
    """The participles that tell how things were sent: "food donated by X"."""
    return [i for thing in things for i in tree.children(thing, "acl") if tree.words[i].tag == "VBN"]


def proposers(tree: Tree, word: int) -> list[int]:
    """Who made what is answered in the same sentence: "X proposed talks, which Y rejected", "X offered help but Y
    declined it"."""
    objects = tree.children(word, "dobj")
    meant = [tree.words[i].text.casefold() in _THIS or _is_told(tree, i) for i in objects]
    if not all(meant) or tree.words[word].dep not in ("relcl", "conj", "advcl"):
        return []
    above = (i for i in tree.ancestors(word) if tree.words[i].pos == "VERB")
    verb = next(above, None)
    made = _ACCUSING if tree.words[word].lemma in DENYING else _PROPOSING
    if verb is None or tree.words[verb].lemma not in made:
        return []
    return arguments.subjects(tree, verb)[0]


def _is_told(tree: Tree, noun: int) -> bool:
    """Whether a thing is named as one just told of, by no more than an article: "the offer"."""
    return [tree.words[i].text.casefold() for i in tree.children(noun)] in (["the"], ["this"], ["these"])


def _is_for(tree: Tree, clause: int) -> bool:
    """Whether a clause tells what is asked of whom: "called for B to resign"."""
    return any(tree.words[i].text.casefold() == "for" for i in tree.children(clause, "mark"))


def _is_cause(tree: Tree, clause: int) -> bool:
    if tree.words[clause].lemma in _REPORTING:
        return False
    return any(tree.words[i].text.casefold() in _CAUSES for i in tree.children(clause, "mark", "advmod"))


def is_suffering(tree: Tree, args: arguments.Arguments) -> bool:
    """Whether what is blamed is told with its victim: "the killing of X"."""
    return any(
        tree.words[i].lemma in _SUFFERING or tree.words[i].text.casefold().endswith("ing")
        for i in args.objects
    )


def is_done_to(tree: Tree, noun: int, args: arguments.Arguments) -> bool:
    """Whether the "of" of a deed tells to whom it was done: "the killing of X", "the invasion of X by Y"."""
    return (
        bool(args.preps.get("by"))
        or tree.words[noun].lemma in _SUFFERING
        or tree.words[noun].text.endswith("ing")
    )


def summoner(tree: Tree, slots: Sequence[Slot], verb: int, heads: Sequence[int]) -> list[str]:
    """Whose ministry an ambassador was summoned to: the country of its capital, else the ministry itself."""
    capitals = [
        slots[tree.words[i].unit]
        for i in tree.subtree(verb)
        if heads and i > verb and tree.words[i].unit >= 0 and slots[tree.words[i].unit].rule == "capital"
    ]
    return list(capitals[0].keys) if capitals else people(tree, slots, heads)
