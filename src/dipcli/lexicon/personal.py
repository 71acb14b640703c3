"""What names of persons are made of: family and given names by culture, syllables, particles.

`family_names.tsv` and `given_names.tsv` list spellings that are the same name as variants. No person
is named in them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from dipcli.lexicon import tables
from dipcli.names.forms import normal


@cache
def _listed(table: str) -> dict[str, dict[str, str]]:
    """Culture -> normal form of a name or variant -> normal form of the name it is a variant of."""
    found: dict[str, dict[str, str]] = {}
    for culture, name, variants in tables.rows(table):
        of = found.setdefault(culture, {})
        of[normal(name)] = normal(name)
        for variant in tables.several(variants):
            of.setdefault(normal(variant), normal(name))
    return found


def families() -> dict[str, dict[str, str]]:
    """Family names by culture; each spelling with the head of its group."""
    return _listed("family_names.tsv")


def given_names() -> dict[str, dict[str, str]]:
    """Given names by culture; each spelling or short form with the head of its group."""
    return _listed("given_names.tsv")


@cache
def given_cultures() -> dict[str, str]:
    """The culture of each given name; the first of the table where several share it."""
    found: dict[str, str] = {}
    for culture, of in given_names().items():
        for name in of:
            found.setdefault(name, culture)
    return found


@cache
def family_cultures() -> dict[str, tuple[str, ...]]:
    """The cultures that have each family name."""
    found: dict[str, tuple[str, ...]] = {}
    for culture, of in families().items():
        for name in of:
            found[name] = (*found.get(name, ()), culture)
    return found


@cache
def _syllables() -> dict[str, Any]:
    return tables.toml("syllables.toml")


@cache
def pinyin() -> re.Pattern[str]:
    """A Chinese given name in Pinyin: one or two syllables written together."""
    syllables = {
        ("" if initial == "_" else initial) + final
        for initial, finals in _syllables()["pinyin"].items()
        for final in finals.split()
    }
    one = "|".join(sorted(syllables, key=lambda s: (-len(s), s)))
    return re.compile(rf"(?:{one}){{1,2}}")


@cache
def korean() -> re.Pattern[str]:
    """One Korean syllable in any of the usual spellings."""
    parts = {
        part: "|".join(sorted(of.split(), key=lambda s: (-len(s), s)))
        for part, of in _syllables()["korean"].items()
    }
    return re.compile(rf"(?:{parts['onset']})?(?:{parts['nucleus']})(?:{parts['coda']})?")


@cache
def japanese() -> re.Pattern[str]:
    """A Japanese given name in Hepburn spelling: two to five morae."""
    onset, nucleus = (_syllables()["japanese"][part].split() for part in ("onset", "nucleus"))
    mora = rf"(?:{'|'.join(sorted(onset, key=len, reverse=True))})?[{''.join(nucleus)}]"
    return re.compile(rf"(?:{mora}(?:n(?![aiueoy]))?[kstp]?){{2,5}}")


@cache
def endings() -> dict[str, re.Pattern[str]]:
    """How family names of a culture end, four letters before the ending at the least in all."""
    return {
        culture: re.compile(rf"\w{{2,}}(?:{'|'.join(of.split())})")
        for culture, of in _syllables()["endings"].items()
    }


@cache
def particles(culture: str) -> frozenset[str]:
    """Words inside a family name: `arabic` (al, bin) or `european` (von, de)."""
    return frozenset(_syllables()["particles"][culture].split())


@cache
def words(what: str) -> frozenset[str]:
    """`family`: family names that are also English words; `last`: words that end no person's name; `deeds`: verbs, in
    the past, of what persons do."""
    return frozenset(_syllables()["words"][what].split())
