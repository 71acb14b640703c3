"""Whom an act is for, by or against where its own arguments do not say: whoever is named in its complement, in what
its object is, or in what is blamed, asked for or answered."""

from __future__ import annotations

from collections.abc import Sequence

from dipcli.extraction import arguments
from dipcli.extraction.referents import people
from dipcli.extraction.slots import Slot
from dipcli.extraction.tree import SUBJECTS, Tree
from dipcli.extraction.triggers import Trigger

_TOWARDS = ("to", "with", "against", "from", "on", "between")
"""Prepositions after a verb that tell for or against whom something is done."""

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
    within = [i for head in objects for i in tree.subtree(head)]
    doers += [i for inner in within for i in arguments.prepositions(tree, inner).get("by", [])]
    return people(tree, slots, doers)


def of_complement(tree: Tree, slots: Sequence[Slot], trigger: Trigger, word: int) -> list[str]:
    """Whom a deed that is promised, refused or threatened is for: "agreed to send police to X", "refused to
    meet the envoy of X"; of a request, who is to act: "demanded that X release the crew"."""
    heads: list[int] = []
    if trigger.type == "REQUEST":
        clauses = tree.children(word, "ccomp")
        clauses += [c for c in tree.children(word, "advcl") if _is_for(tree, c)]
        heads += [i for clause in clauses for i in arguments.subjects(tree, clause)[0]]
    for clause in tree.children(word, "xcomp"):
        if not tree.children(clause, *SUBJECTS):
            args = arguments.of_verb(tree, clause)
            heads += args.objects
            heads += [i for name in _TOWARDS for i in args.preps.get(name, ())]
    return people(tree, slots, heads, owners=True)


def authors(tree: Tree, objects: Sequence[int], within: set[int]) -> list[int]:
    """By whom what is answered was made: "rejected the offer by X", "the resolution proposed by X"."""
    made = [i for head in objects for i in (head, *tree.children(head, "acl"))]
    return [h for i in made for h in arguments.prepositions(tree, i).get("by", ()) if h in within]


def goals(tree: Tree, i: int) -> list[int]:
    """Whom what is given goes to or is for."""
    governed = arguments.prepositions(tree, i)
    return [h for name in ("to", "for") for h in governed.get(name, ())]


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


def summoner(tree: Tree, slots: Sequence[Slot], verb: int, heads: Sequence[int]) -> list[str]:
    """Whose ministry an ambassador was summoned to: the country of its capital, else the ministry itself."""
    capitals = [
        slots[tree.words[i].unit]
        for i in tree.subtree(verb)
        if heads and i > verb and tree.words[i].unit >= 0 and slots[tree.words[i].unit].rule == "capital"
    ]
    return list(capitals[0].keys) if capitals else people(tree, slots, heads)
