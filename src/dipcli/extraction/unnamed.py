"""Who acts and is told by no name but a common noun alone: "African leaders condemned the coup", "the military released
the president"."""

from __future__ import annotations

from dipcli.extraction.story import Case, Story
from dipcli.extraction.tree import Tree, Word
from dipcli.lexicon import countries
from dipcli.mentions import Span

_PEOPLE = frozenset(
    "leader power minister negotiator mediator faction military ambassador delegate delegation parliamentarian lawmaker deputy"
    " senator legislator president head chief state nation country government member ally rival elder general officer mutineer"
    " donor creditor neighbour neighbor bishop cleric trader farmer fisherman settler refugee exile party side envoy insurgent"
    " body panel mission coalition alliance bloc court parliament cabinet assembly commission committee council".split()
)
"""Nouns of those who act in the world of states."""
_TITLED = frozenset("minister leader president head ambassador".split())
"""Those of them that old newspapers write with a capital: "Arab Foreign Ministers"."""
_BEFORE = frozenset("amod compound nmod".split())
_PROPER = frozenset(
    "western eastern african arab asian european latin muslim islamic christian jewish nordic baltic balkan caribbean pacific"
    " andean arctic gulf southern northern central east west south north".split()
)
"""Adjectives that keep their capital."""
_STATES = frozenset(("country", "nation", "state", "government"))
"""Nouns by which a text calls a country that it names elsewhere: "the South American country"."""
_VAGUE = frozenset("other such many several some more same former".split())
_ONLY = frozenset(("military",))
"""Nouns of which a country has but one: "the military"."""
_CROWD = dict.fromkeys("people thousand hundred dozen score crowd mob".split(), "protesters") | {
    noun: f"{noun}s"
    for noun in "student worker villager resident monk teacher miner supporter opponent".split()
}
"""Who protests, as a text counts them, and what they are called: "15,000 people", "hundreds of workers"."""
_WORDS = 5
"""Words at most of which such a phrase is made."""


def doers(story: Story, case: Case) -> list[str]:
    """The local actors made of the nouns that are a verb's subject, or its passive's agent, where they name nobody."""
    trigger, tree = case.trigger, case.tree
    if trigger.sort == "noun" or (trigger.speech and trigger.type == "OTHER"):
        return []
    heads = case.arguments.preps.get("by", []) if trigger.passive else case.arguments.subjects
    if trigger.type == "PROTEST":
        crowds = [key for head in heads if (key := _crowd(story, case, tree.words[head]))]
        if crowds:
            return crowds
    return [key for head in heads if (key := _doer(story, case, tree, head))]


def _crowd(story: Story, case: Case, word: Word) -> str | None:
    """Those who protest, if a noun means them and names nobody."""
    name = _CROWD.get(_noun(word)) if word.unit < 0 and word.pos == "NOUN" else None
    if name is None:
        return None
    span = Span(char_start=word.char_start, char_end=word.char_end)
    return story.registry.body(name, name, None, span, case.span, head=name, rule="unnamed").key


def _doer(story: Story, case: Case, tree: Tree, head: int) -> str | None:
    word = tree.words[head]
    titled = word.tag == "NNPS" and _noun(word) in _TITLED and head > 0
    if word.unit >= 0 or not (titled or word.pos == "NOUN") or _noun(word) not in _PEOPLE:
        return None
    first = head
    while (
        first and tree.words[first - 1].dep in _BEFORE and tree.words[first - 1].text.casefold() not in _VAGUE
    ):
        first -= 1
    last = _of(tree, head)
    if first < head - _WORDS or any(tree.words[i].unit >= 0 for i in range(first, head)):
        return None
    state = _noun(word) in _STATES and word.tag == "NN"
    if first == last and not tree.is_main(case.word):
        return None  # "the Council met in Lima, where ministers discussed …"
    if tree.children(head, "poss") or ((first == last or state) and _is_told_before(tree, head)):
        return None
    name = " ".join(case.seen[tree.words[first].char_start : tree.words[last].char_end].split())
    if not titled and name.split()[0].casefold() not in _PROPER:
        name = name[0].lower() + name[1:]
    code = _told_of(story) if first == last and _noun(word) in _ONLY else None
    country = countries.by_code(code) if code else None
    whole = f"{country.adjectives[0]} {name}" if country and country.adjectives else name
    span = Span(char_start=tree.words[first].char_start, char_end=tree.words[last].char_end)
    return story.registry.body(
        whole, name, code, span, case.span, head=word.text.casefold(), rule="unnamed"
    ).key


def _told_of(story: Story) -> str | None:
    """The country, by code, that a text tells of more than of any other."""
    told = story.weights.most_common(2)
    return told[0][0] if told and (len(told) < 2 or told[0][1] > told[1][1]) else None


def _of(tree: Tree, head: int) -> int:
    """The last word of such a phrase with what follows after "of": "heads of *state*", "leaders of 35 *states*"."""
    ofs = [i for i in tree.children(head, "prep") if i == head + 1 and tree.words[i].text == "of"]
    whose = [i for of in ofs for i in tree.children(of, "pobj") if i < head + _WORDS + 2]
    return next((i for i in whose if tree.words[i].unit < 0), head)


def _is_told_before(tree: Tree, head: int) -> bool:
    """Whether a noun alone goes back to somebody told before: "the delegation", "those countries"."""
    determined = bool(tree.children(head, "det"))
    return determined and _noun(tree.words[head]) not in _ONLY


def _noun(word: Word) -> str:
    """The singular of a noun, of which rules alone tell no lemma."""
    low = word.lemma.casefold()
    return f"{low[:-3]}y" if low.endswith("ies") else low.removesuffix("s")
