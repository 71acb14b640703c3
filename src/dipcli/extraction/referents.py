"""Whom a noun phrase means: the local actors of its name, or those that its common noun stands for."""

from __future__ import annotations

from collections.abc import Sequence

from dipcli.extraction import arguments
from dipcli.extraction.slots import Slot
from dipcli.extraction.tree import Tree

COLLECTIVE = frozenset(
    "spokesman spokeswoman spokesperson crew delegation representation deputation contingent group groups members member leaders leader officials official team series round number"
    " representatives representative counterparts counterpart majority coalition host staff pair trio couple chiefs heads envoys ministers"
    " units battalion brigade squadron rebels rebel students workers protesters demonstrators forces police troops guards guard opposition farmers parties party"
    " authorities residents citizens activists militants guerrillas soldiers refugees supporters crowds people"
    " thousands hundreds dozens tens lawmakers companies banks diplomats negotiators government parliament inspectors"
    " monitors observers peacekeepers experts delegates people population leadership army navy vessels warships aircraft journalists mediators junta rulers putschists".split()
)
"""Nouns that stand for the country they are of, from or in."""

TEAMS = frozenset("delegation team".split())
"""Nouns of those sent by a country, for whom their leader may be told: "a Peruvian delegation led by X"."""

_STATES = frozenset(
    "government regime junta administration authority army movement party bloc council".split()
)
"""Nouns that stand for their country or for themselves, whoever leads them."""
_LANDS = frozenset(("country", "state", "nation", "member"))
"""Nouns for several countries that a list may name: "the African countries -- A, B and C"."""

_NOBODY = frozenset(
    "abstention community diaspora expatriate compatriot businessman businesspeople investor".split()
)
"""Nouns that stand for no country, whosever they are: "met the Peruvian community in Lima"."""

_MISSIONS = frozenset("embassy consulate mission chancery".split())
"""Nouns that stand for the country they are of, and not for the one they are in."""

_NAMELY = ("including", "among")
"""Words after a number of people before those of them who are named."""

_COMPANY = frozenset("participation presence attendance".split())
"""Nouns whose "of" tells who was there: "with the participation of X"."""

_SENT = frozenset("envoy emissary representative messenger".split())
"""Nouns that stand for whoever sends them, a person too: "received X's envoy"."""

_OWN = frozenset(("country", "government", "nation", "administration"))
"""Nouns whose owner speaks for them: "said that his country was …"."""

_OWNED = frozenset(
    "ruling judgment judgement verdict visit trip proposal decision demand request claim offer plan policy candidacy bid application invitation stance"
    " statement remark report allegation accusation finding findings comment criticism assertion conduct behaviour behavior action accession membership independence sovereignty right demands".split()
)
"""Nouns whose "of" tells whose they are, for those who answer: "rejected the request of X"."""

_LENDERS: dict[bool, frozenset[str]] = {
    False: frozenset(("country", "demonym", "body", "pair")),
    True: frozenset(("country", "demonym", "body", "pair", "person", "office", "group")),
}
"""Kinds of slots that a common noun stands for: "Chinese officials"; with owners, "X's proposal" too."""


def referents(
    tree: Tree, slots: Sequence[Slot], head: int, *, deep: bool = True, owners: bool = False
) -> list[str]:
    """Local actors that a noun phrase means, by its head; a common noun lends its nation or owner."""
    word = tree.words[head]
    if word.unit >= 0:
        slot = slots[word.unit]
        several = slot.kind in ("group", "office") or slot.placeholder == "countries" or word.lemma in _LANDS
        listed = _listed(tree, slots, head) if several else []
        return listed or _leaders(tree, slots, head) or list(slots[word.unit].keys)
    if not deep or word.lemma in _NOBODY:
        return []
    if named := _listed(tree, slots, head):
        return named
    if led := _leaders(tree, slots, head):
        return led
    found: list[str] = []
    owned = False
    owners = (
        owners
        or word.lemma in _SENT
        or (word.lemma in _OWN and word.dep == "nsubj" and tree.words[word.head].dep == "ccomp")
    )
    for i in tree.children(head, "poss", "compound", "amod", "nmod"):
        if owned and tree.words[i].dep == "compound":
            break  # "X's NATO policy"
        if is_venue(tree, slots, i):
            continue
        if not found and tree.words[i].unit < 0 and word.pos == "PROPN" and tree.words[i].pos == "NOUN":
            found += referents(tree, slots, i)  # "the X warship NAME"
        held = tree.children(i, "npadvmod", "advmod") if tree.words[i].text in _HELD else []
        for conjunct in (*tree.conjuncts(i), *held):  # "into X-held territory"
            unit = tree.words[conjunct].unit
            if unit >= 0 and slots[unit].kind in _LENDERS[owners]:
                found += [k for k in slots[unit].keys if k not in found]
            elif owners and unit < 0 and tree.words[conjunct].text.casefold() in COLLECTIVE:
                found += [k for k in referents(tree, slots, conjunct) if k not in found]
        owned = owned or (bool(found) and tree.words[i].dep == "poss")
    if (not found and word.lemma in COLLECTIVE) or word.text.casefold() in COLLECTIVE:
        governed = arguments.prepositions(tree, head)
        spoken = ("for",) if word.lemma.startswith("spokes") else ()
        for name in ("of", "from", *spoken, "in", "throughout", "across"):
            for i in governed.get(name, []) if name in ("of", "from") or not found else ():
                sent = referents(tree, slots, i) or people(tree, slots, _origins(tree, i))
                found += [k for k in sent if k not in found]
    if not found and (word.lemma in _SENT_OR_PRESENT or (owners and word.lemma in _OWNED)):
        found += [k for i in _owners(tree, head) for k in referents(tree, slots, i)]
    return found


def _owners(tree: Tree, head: int) -> Sequence[int]:
    """Whose something is by "of", through the gathering of theirs that it is told of: "the decision of the summit of X"."""
    of = arguments.prepositions(tree, head).get("of", ())
    whose = [
        i
        for gathering in of
        if tree.words[gathering].text.casefold() in _MEETINGS
        for i in _owners(tree, gathering)
    ]
    return whose or of


_HELD = frozenset(("held", "controlled", "occupied", "ruled"))
"""Participles after whoever has a place: "into X-held territory"."""
_SENT_OR_PRESENT = _MISSIONS | _COMPANY | {"capital", "republic"}
_MEETINGS = frozenset(
    "accord agreement pact deal treaty protocol declaration communique process summit talk talks conference meeting round"
    " negotiation negotiations session forum dialogue platform format".split()
)


def is_venue(tree: Tree, slots: Sequence[Slot], i: int) -> bool:
    """Whether a capital only tells where something was held or signed: "the Lima talks", "the Quito accord"."""
    word = tree.words[i]
    alone = word.unit >= 0 and slots[word.unit].rule == "capital" and word.dep in ("compound", "nmod")
    return alone and tree.words[word.head].lemma in _MEETINGS and not tree.children(i, "conj", "punct")


def _listed(tree: Tree, slots: Sequence[Slot], head: int) -> list[str]:
    """Who is named right after a noun for all of them: "the envoys, A and B", "many leaders, including A and B"; not
    the place of "Fourth round, Lima" and "Fifth round of talks (Norway)"."""
    appositions = [conjunct for i in tree.children(head, "appos") for conjunct in tree.conjuncts(i)]
    if len(appositions) == 1 and tree.words[head].lemma in _MEETINGS:
        appositions = [
            i for i in appositions if (unit := tree.words[i].unit) >= 0 and slots[unit].kind != "country"
        ]
    governed = arguments.prepositions(tree, head)
    return [
        key
        for i in (*appositions, *(i for name in _NAMELY for i in governed.get(name, ())))
        for key in referents(tree, slots, i, deep=False)
    ]


def _leaders(tree: Tree, slots: Sequence[Slot], head: int) -> list[str]:
    """Who leads a group: "a delegation from X led by Y", "the Peruvian team headed by Y"."""
    word = tree.words[head]
    if word.lemma in _STATES or (
        word.unit >= 0 and slots[word.unit].kind not in ("group", "office") and word.text not in TEAMS
    ):
        return []
    return [
        key
        for owner in (head, *_origins(tree, head))
        for i in tree.children(owner, "acl")
        if tree.words[i].lemma in ("lead", "head", "comprise", "include")
        for conjunct in arguments.prepositions(tree, i).get("by", [])
        for key in referents(tree, slots, conjunct, deep=False)
    ]


def _origins(tree: Tree, head: int) -> list[int]:
    """Whom a group comes from, where a parser may hang what follows: "a delegation from X led by Y"."""
    governed = arguments.prepositions(tree, head)
    return [i for name in ("from", "of") for i in governed.get(name, ())]


def people(tree: Tree, slots: Sequence[Slot], heads: Sequence[int], *, owners: bool = False) -> list[str]:
    return list(dict.fromkeys(k for head in heads for k in referents(tree, slots, head, owners=owners)))


def appointed(tree: Tree, slots: Sequence[Slot], objects: Sequence[int]) -> list[str]:
    """The persons in the objects of an appointment ("names B ambassador"), not the office or its country."""
    heads = [i for head in objects for i in (head, *tree.children(head, "compound", "nmod", "appos", "amod"))]
    units = [tree.words[i].unit for i in heads]
    return [k for unit in units if unit >= 0 and slots[unit].kind == "person" for k in slots[unit].keys]
