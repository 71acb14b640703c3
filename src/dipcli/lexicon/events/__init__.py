"""The words that tell of events, loaded from the tables beside this file.

One TOML file a type. `[[verbs]]`, `[[light]]` and `[[nouns]]` hold `patterns` that share a mode, a frame and
flags. A pattern is a sequence of elements:

* `word` or `word|word`: the first stands for all forms of the verb or noun, a later one for itself;
* `<class>`: a noun of that class (`classes.toml`) in the noun phrase that follows, or before a passive;
* `~<class>`, `~word`: the same, further on in the clause, past prepositions;
* `^<class>`: a noun of that class before the verb, as its subject;
* `@inf`, `@that`: "to" with a verb, a "that" clause; `@name`: a capitalised name; `@np`: any noun phrase;
* `^@name`: a name right before the verb, and none of many ("Kenyans"); `^@pair`: two names joined by "and" before it.

A pattern with more elements wins over one with fewer. Patterns of `none.toml` win in the same way and give
nothing: they hold the readings that are no events. `said.toml` holds what gives a mere saying its type. A block that is `undone` tells what its verbs mean in the negative. A block of nouns that is
`weak` makes no event alone; one that also `opens` does where a line begins with it. `frames.toml` tells how participants attach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import Any, Literal, NamedTuple, cast

from dipcli.lexicon.inflection import noun_forms, verb_forms
from dipcli.lexicon.plover import TYPES
from dipcli.lexicon.tables import toml
from dipcli.records import EventType

Role = Literal["actor", "recipient", "theme", "none"]
Sort = Literal["verb", "noun", "light"]
Kind = Literal["word", "class", "inf", "that", "name", "np", "pair"]

KINDS: dict[str, Kind] = {"inf": "inf", "that": "that", "name": "name", "np": "np", "pair": "pair"}
WEIGHTS: dict[Kind, int] = {"word": 3, "class": 2}
SECTIONS: dict[str, Sort] = {"verbs": "verb", "light": "light", "nouns": "noun"}


class Frame(NamedTuple):
    """How participants attach to a trigger: by place before and after it, and by preposition."""

    name: str
    subject: Role
    object: Role
    preps: dict[str, Role]
    symmetric: bool


class Element(NamedTuple):
    """One element of a pattern after its head: `words` for literals, `group` for a noun class."""

    kind: Kind
    words: frozenset[str] = frozenset()
    group: str = ""
    reach: Literal["next", "wide", "before"] = "next"

    @property
    def governs_noun(self) -> bool:
        """Whether it looks for a noun, not for the word right after the verb."""
        return self.kind == "class" or (self.kind == "word" and self.reach == "wide")


class Entry(NamedTuple):
    """One pattern with what it means; `content` is the status of events told in its complement."""

    lemma: str
    elements: tuple[Element, ...]
    type: str | None
    mode: str | None
    sort: Sort
    frame: Frame
    medium: str | None
    weak: bool
    opens: bool
    """Whether a weak noun makes an event where a line begins with it: "3 May: Treaty of friendship between X and Y"."""
    speech: bool
    content: str | None
    order: int
    undone: bool
    """Whether it stands only for what is not done: "does not recognise", "would not hesitate to"."""
    clues: frozenset[str]
    """What must all stand in the sentence (`Lexicon.clues`)."""

    @property
    def specificity(self) -> tuple[int, int]:
        """More exact patterns first, then the order of the tables."""
        weights = (4 if e.reach == "before" else WEIGHTS.get(e.kind, 1) for e in self.elements)
        return (sum(weights) + 6 * self.undone, -self.order)


class Lexicon(NamedTuple):
    """Everything compiled: dictionary look-ups by lower-case word."""

    verbs: dict[str, list[tuple[str, frozenset[str]]]]
    """Form -> (lemma, names of the form)."""
    verb_entries: dict[str, list[Entry]]
    """Lemma -> entries, most specific first."""
    clued_verbs: dict[str, list[tuple[str, Entry]]]
    """The same, each entry after one of its clues, "" where it has none."""
    noun_entries: dict[str, list[Entry]]
    """Form of a head noun -> entries, most specific first."""
    classes: dict[str, frozenset[str]]
    """Word, or two words joined by a blank -> noun classes."""
    pairs: frozenset[str]
    """The first of such two words."""
    clues: dict[str, frozenset[str]]
    """Word, or such two -> what of patterns it may stand for: words "a|b", classes "<group>"."""
    support: dict[str, str]
    """Lemma of a verb that lends itself to an event noun -> status that it gives the event ("" for none)."""
    nouny: frozenset[str]
    """Verbs whose base and -s forms are nouns as well."""
    intransitive: frozenset[str]
    """Verbs that need no object."""
    said: dict[str, list[tuple[list[str], EventType]]]
    """First word -> the other words and the type, of what values something where it is said."""

    def clues_in(self, words: Sequence[str]) -> set[str]:
        """What the words of a sentence, in small letters, may stand for in patterns."""
        known, pairs = self.clues, self.pairs
        nouns = {*words, *[f"{first} {second}" for first, second in pairwise(words) if first in pairs]}
        return set().union(*map(known.__getitem__, known.keys() & nouns))


def _read(name: str) -> dict[str, Any]:
    return toml(f"events/{name}")


@cache
def _element(word: str) -> Element:
    reach: Literal["next", "wide", "before"] = "next"
    if word[0] in "~^":
        reach = "wide" if word[0] == "~" else "before"
        word = word[1:]
    if word.startswith("@"):
        return Element(KINDS[word[1:]], reach=reach)
    if word.startswith("<"):
        return Element("class", group=word[1:-1], reach=reach)
    return Element("word", words=frozenset(word.split("|")), reach=reach)


def _entries(name: str, frames: dict[str, Frame], start: int) -> Iterable[tuple[str, Entry]]:
    table = _read(name)
    kind = str(table["type"])
    type_ = kind if kind in TYPES else None
    order = start
    for section, sort in SECTIONS.items():
        for block in table.get(section, []):
            frame = frames[block.get("frame", table.get("frame", "directed"))]
            of_all = (
                block.get("type", type_),
                block.get("mode"),
                sort,
                frame,
                block.get("medium"),
                block.get("weak", False),
                block.get("opens", False),
                block.get("speech", False),
                block.get("content", table.get("content")),
            )
            undone = block.get("undone", False)
            for pattern in block["patterns"]:
                head, *rest = pattern.split()
                elements = tuple(map(_element, rest))
                clues = frozenset(filter(None, map(_clue, elements)))
                for lemma in head.split("|"):
                    order += 1
                    yield lemma, Entry(lemma, elements, *of_all, order, undone, clues)


@cache
def _clue(element: Element) -> str:
    return f"<{element.group}>" if element.kind == "class" else "|".join(sorted(element.words))


def _clues(entries: Iterable[Entry], classes: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Words, and those of classes, each with what it may stand for in the patterns of entries."""
    asked = {clue for entry in entries for clue in entry.clues}
    found: dict[str, set[str]] = {}
    for noun, groups in classes.items():
        if told := asked.intersection(f"<{group}>" for group in groups):
            found[noun] = told
    for clue in asked:
        for word in () if clue.startswith("<") else clue.split("|"):
            found.setdefault(word, set()).add(clue)
    return {word: frozenset(clues) for word, clues in found.items()}


@cache
def lexicon() -> Lexicon:
    """The tables, read and compiled once."""
    frames = {
        name: Frame(
            name,
            row.pop("subject", "actor"),
            row.pop("object", "none"),
            row.pop("preps", {}),
            row.pop("symmetric", False),
        )
        for name, row in _read("frames.toml").items()
    }
    verbs: dict[str, list[tuple[str, frozenset[str]]]] = {}
    verb_entries: dict[str, list[Entry]] = {}
    noun_entries: dict[str, list[Entry]] = {}
    words = _read("words.toml")
    support: dict[str, str] = {}
    for status, lemmas in words["support"].items():
        support |= dict.fromkeys(lemmas, "" if status == "occurred" else status)
    files = ["none.toml", "other.toml", *(f"{name.lower()}.toml" for name in TYPES if name != "OTHER")]
    for number, name in enumerate(files):
        for lemma, entry in _entries(name, frames, number * 10_000):
            if entry.sort == "noun":
                for form in noun_forms(lemma):
                    noun_entries.setdefault(form, []).append(entry)
            else:
                verb_entries.setdefault(lemma, []).append(entry)
    lemmas = {**verb_entries, **support}
    for lemma in lemmas:
        again = lemma.startswith("re") and lemma[2:] in lemmas and f"re-{lemma[2:]}" not in lemmas
        for form, names in verb_forms(lemma).items():
            for written in (form, f"re-{form[2:]}") if again else (form,):  # "re-opened"
                verbs.setdefault(written, []).append((lemma, frozenset(names)))
    for table in (verb_entries, noun_entries):
        for entries in table.values():
            entries.sort(key=lambda entry: entry.specificity, reverse=True)
    classes: dict[str, set[str]] = {}
    for group, nouns in _read("classes.toml").items():
        for noun in nouns:
            first, _, last = noun.rpartition(" ")
            for form in noun_forms(last):
                classes.setdefault(f"{first} {form}".strip(), set()).add(group)
    return Lexicon(
        verbs,
        verb_entries,
        {lemma: [(max(e.clues, default=""), e) for e in entries] for lemma, entries in verb_entries.items()},
        noun_entries,
        {word: frozenset(groups) for word, groups in classes.items()},
        frozenset(word.split()[0] for word in classes if " " in word),
        _clues(chain(*verb_entries.values(), *noun_entries.values()), classes),
        support,
        frozenset(words["nouny"]),
        frozenset(words["intransitive"]),
        _said(),
    )


def _said() -> dict[str, list[tuple[list[str], EventType]]]:
    found: dict[str, list[tuple[list[str], EventType]]] = {}
    for type_, phrases in _read("said.toml").items():
        for phrase in phrases:
            first, *others = phrase.split()
            found.setdefault(first, []).append((others, cast("EventType", type_)))
    return found
