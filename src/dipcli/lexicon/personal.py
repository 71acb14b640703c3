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

NO_NAMES = frozenset(
    "I A The This Date Dates That These Those He She It They We You His Her Its Their Our My But And Or If In On At By For From"
    " With Without As To Of After Before During Since While When Where What Who Which How Why Not No Yes All Both Each Level"
    " Some Many Most Such Other Another According Meanwhile However Although Despite Following Earlier Later"
    " Also Then Thus Yet So Only Even Just More Less Further Furthermore Moreover Nevertheless Instead Here There"
    " Working Private Under Over Between Among Against About Amid Because Through Until Upon Within Across Along Behind"
    " Speaking Asked Commenting Addressing Citing Calling Noting Read Photo Image Click Share Back Top Home Published"
    " Updated Posted By Via Original Source Copyright Featured Written Subscribe Email Comment Reply Leave Articles"
    " Article Region Theme Tags Related Two Three Four Five Six Seven Eight Nine Ten One First Second Third Last Next"
    " New Former Late Early Mr Mrs Ms Dr Today Yesterday Tomorrow January February March April May June July August"
    " September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Spring Summer"
    " Autumn Winter North South East West Northern Southern Eastern Western Central Korean Peninsula War Day Year"
    " President's Talks Meeting Visit Summit Conference Statement Agreement Treaty Joint Forum Dialogue Initiative"
    " Declaration Plan Policy Strategy Relations Economic Political Military Security International Global National"
    " Government State States Republic Kingdom People Peoples Pact Act Law Resolution Charter Convention Protocol"
    " Islam Islamic Shia Sunni Muslim Christian Mutual Assistance Friendship Cooperation Latin Road Belt Games Olympics Olympic Cup Final Review Special General Peace Nuclear Missile Weapons"
    " Banquet Martyrs Heroes Monument Memorial Complex Museum Cathedral Stadium Residence Ceremony Airport Hotel".split()
)
"""Words with a capital that are in no name of a person."""
SHOUTED = frozenset(("BY", "FROM", "WITH"))
"""Words of a heading in capitals that are in no name or title."""


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
