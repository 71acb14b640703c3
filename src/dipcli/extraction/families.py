"""Persons by family name alone ("Wang and Park"), and two of them in one word ("the Moon-Xi summit")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from dipcli import names
from dipcli.extraction.people import REIGNING, Person
from dipcli.extraction.registry import Entity, Registry
from dipcli.extraction.sites import is_spot, set_apart
from dipcli.extraction.slots import Slot
from dipcli.extraction.units import Unit, tag_string
from dipcli.lexicon import personal
from dipcli.mentions import Span
from dipcli.names import normal

_BESIDE = frozenset("NJKRLOHhF")
"""Tags of words beside which a single one is no first name."""
_COMMON = re.compile(
    r".*[^eisu]s|.*(?:ion|ment|ship|ity|body|one|ence|ance|ing|people|men|able|ally|ible)|(?:Police|Management|Labou?r|Nothing"
    r"|Public|Each|Either|Neither|None|Anybody|Church|Crown|Court|Bloc|Press|Royal|Media|Staff|Elite|Capital|Civil)"
)
"""What is rather a common noun with which a sentence begins: "Westerners", "Opposition"."""
_BE = frozenset(("was", "were"))
_SUFFERED = frozenset(
    "sworn elected reelected assassinated killed murdered executed shot arrested jailed imprisoned deposed ousted overthrown"
    " toppled appointed succeeded born crowned exiled inaugurated buried hanged married informed told convinced".split()
)
"""What is done to persons and to no town or ship: "Berg was sworn in"."""
_DOES = re.compile(rf"(?<![{''.join(_BESIDE)}TDC-])J?N(?:(?:,[NC])*,?&[NC])?(?=v)")
"""A single capitalised word, or a list of such, before a verb."""


def _doers(cuts: Iterable[Sequence[Unit]]) -> frozenset[str]:
    """Single words that no table knows and that do somewhere what persons do: "In May Berg told …".

    None that looks like a common noun, or that the text has in small letters.
    """
    found: set[str] = set()
    cuts = list(cuts)
    for units in cuts:
        tags = tag_string(units)
        if "N" not in tags:
            continue
        for does in _DOES.finditer(tags):
            follow = [unit.text for unit in units[does.end() : does.end() + 2]]
            if follow[0] in personal.words("deeds") or (follow[0] in _BE and follow[-1] in _SUFFERED):
                found.update(unit.text for unit in units[does.start() : does.end()] if unit.tag == "N")
    if not found:
        return frozenset()
    small = {unit.text for units in cuts for unit in units if unit.tag == "v"}
    names = (word for word in found if not _COMMON.fullmatch(word))
    return frozenset(name for name in names if name.casefold() not in small)


_TITLED_LIST = re.compile(r"H(?:J?N,)*J?N,?&\Z")


def _is_of_list(units: Sequence[Unit], tags: str, i: int) -> bool:
    """Whether a word ends a list of persons with one title: "Presidents A and B", "Judges A, B and C"."""
    told = _TITLED_LIST.search(tags, 0, i) if tags[i : i + 1] == "N" and tags[i - 1 : i] == "&" else None
    return told is not None and "N" not in tags[i + 1 : i + 2] and units[told.start()].text.endswith("s")


class Families:
    """The full names of a document by their family names."""

    def __init__(self, seen: str, registry: Registry) -> None:
        self.seen = seen
        self.registry = registry
        self._full: dict[str, list[str]] = {}
        self._first: dict[str, set[str]] = {}
        """The full names by their first words."""
        self._spans: Collection[tuple[int, int]] = ()
        """Spans of single words that a model takes for persons."""
        self._doers: frozenset[str] = frozenset()
        """Single words that do what persons do."""
        self._sites: frozenset[str] = frozenset()
        """Those of both that the text somewhere tells as places."""

    def meet(self, spans: Collection[tuple[int, int]], cuts: Iterable[Sequence[Unit]]) -> None:
        """Take in which single words are persons: those of `spans`, and those that do in `cuts` what persons do; but none
        that is told somewhere as a place."""
        cuts = list(cuts)
        self._spans, self._doers = spans, _doers(cuts)
        self._sites = set_apart(
            self.seen,
            cuts,
            lambda unit: unit.text in self._doers or (unit.char_start, unit.char_end) in spans,
        )

    def unknown(self, units: list[Unit], tags: str, i: int, span: Span) -> Entity | None:
        """The person of a capitalised word that nothing else tells of, if it is one: as a model or what is done tells,
        or hyphenated with a known person."""
        unit, beside = units[i], tags[max(i - 1, 0) : i] + tags[i + 1 : i + 2]
        where = Span(char_start=unit.char_start, char_end=unit.char_end)
        does = unit.text in self._doers and "N" not in beside
        does = does or _is_of_list(units, tags, i)
        if unit.text in self._sites:
            return None
        if (does or (unit.char_start, unit.char_end) in self._spans) and not is_spot(self.seen, units, i):
            first = i - beside.startswith("J") if i else i  # "de Gaulle"
            name = " ".join(word.text for word in units[first : i + 1])
            return self.registry.person(name, where, span, "model")
        return self.registry.person(unit.text, where, span, "pair") if self.paired(units, tags, i) else None

    def learn(self, found: Iterable[str]) -> None:
        """Take in the names of persons, in order of their mention; those in full say whom a family name means."""
        found = list(found)
        whole = set(found)
        for name in found:
            if " " in name and name.rpartition("-")[0] not in whole:
                self._first.setdefault(normal(name.split()[0]), set()).add(name)
                for word in {normal(names.family(name)), normal(name.split()[-1])}:
                    listed = self._full.setdefault(word, [])
                    if name not in listed:
                        listed.append(name)

    def first_name(self, units: list[Unit], tags: str, i: int) -> Entity | None:
        """The person whom the text calls by the first of his or her names: the only one so named."""
        unit = units[i]
        if unit.tag != "N" or not _BESIDE.isdisjoint(tags[max(i - 1, 0) : i] + tags[i + 1 : i + 2]):
            return None
        named = [self.registry.known_person(name) for name in self._first.get(normal(unit.text), ())]
        known = {entity.key: entity for entity in named if entity}
        if len(known) != 1 or None in named:
            return None
        where = Span(char_start=unit.char_start, char_end=unit.char_end)
        return self.registry.seen(next(iter(known.values())), unit.text, where)

    def joined(self, person: Person, span: Span) -> tuple[Slot, Entity] | None:
        """Two persons in one name: "the Uhuru Kenyatta-Hassan talks"; both are named elsewhere."""
        full, dash, other = person.name.rpartition("-")
        if not dash or " " not in full or not any(full in listed for listed in self._full.values()):
            return None
        cut_at = person.name_end - len(other)
        second = self.person(other, Span(char_start=cut_at, char_end=person.name_end), span)
        if second is None:
            return None
        first_span = Span(char_start=person.name_start, char_end=cut_at - 1)
        first = self.registry.person(full, first_span, span, "pair")
        first.used = second.used = True
        keys = (first.key, second.key)
        return Slot("pair", person.char_start, person.char_end, keys, "bilateral", rule="pair"), first

    def person(self, word: str, where: Span, span: Span, head: str = "") -> Entity | None:
        """The person that a family name alone means; one first named in full later is made now.

        `head` is the head of a title given with it ("minister"): of several, who bears it is meant.
        """
        bearers = self.registry.bearers(word)
        another = head in REIGNING and bearers and not any(map(self._reigns, bearers))  # "King Hussein"
        entity = None if another else self.registry.surname(word, where, head)
        entity = entity or self.registry.first_name(word, where, head)
        if another and entity is None:
            return None
        if entity is None:
            full = self._full.get(normal(word))
            if full:
                entity = self.registry.person(full[0], where, span, "family-name")
                entity.forms[full[0]] += 0
                entity.forms[word] += 1
        return entity

    def _reigns(self, key: str) -> bool:
        return any(head in REIGNING for head, _ in self.registry.entities[key].offices)

    def hyphenated(self, unit: Unit, span: Span) -> Slot | None:
        """Two persons in one word: "the Moon-Xi summit"; one of them may be named nowhere else."""
        parts = unit.text.split("-")
        if len(parts) != 2 or not all(part[:1].isupper() for part in parts):
            return None
        if not any(self._full.get(normal(part)) for part in parts):
            return None
        keys = []
        at = unit.char_start
        for part in parts:
            where = Span(char_start=at, char_end=at + len(part))
            entity = self.person(part, where, span) or self.registry.person(part, where, span, "pair")
            entity.used = True
            keys.append(entity.key)
            at += len(part) + 1
        return Slot("pair", unit.char_start, unit.char_end, tuple(keys), "bilateral", rule="pair")

    def paired(self, units: list[Unit], tags: str, i: int) -> bool:
        """Whether a single capitalised word is hyphenated with a known person ("the Moon-Xi summit")."""
        for step in (-1, 1):
            j, k = i + step, i + 2 * step
            if 0 <= k < len(units) and tags[j] == "-" and units[j].text == "-" and \
                    self._full.get(normal(units[k].text)):  # fmt: skip
                return True
        return False
