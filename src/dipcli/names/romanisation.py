"""One key for the spellings of a name in Latin letters: Korean, Chinese, Arabic, Cyrillic.

A key has one token for each word or syllable. Names whose keys differ are different names; names
whose keys are alike may still differ (see `matching.same_person`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from dipcli.names.cultures import parts
from dipcli.names.forms import normal

# Korean: consonants by place, vowels by the classes that romanisations confuse (eo, o, u, eu; ae, e).
_KOREAN = [
    (r"sh", "s"),
    (r"ck|c(?!h)", "k"),
    (r"hwa", "hWa"),
    (r"[gk]w", "kW"),
    (r"wh", "h"),
    (r"[gk]{1,2}", "k"),
    (r"[dt]{1,2}h?", "t"),
    (r"[bp]{1,2}", "p"),
    (r"ch|jj|j", "c"),
    (r"rk", "k"),
    (r"y(?:eo|oo|ou|ou|uh|oh|u|o)", "Yo"),
    (r"(?:ye|yae)", "e"),
    (r"(?:eui|ui)", "I"),
    (r"(?:woo|wu|wo|weo)", "o"),
    (r"(?:eo|oo|ou|oh|uh|eu|au|o|u)", "o"),
    (r"(?:ae|ay|ai|oe|ei|e)(?![aeiou])", "e"),
    (r"(?:ee|ie|ea|i|y)", "i"),
    (r"(?:ah|aa)", "a"),
    (r"(?<=.)[rl]", "l"),
    (r"^[rl]", "l"),
]
_WADE = [(r"hs", "x"), (r"ts|tz", "z"), (r"ch(?=[iu])", "j"), (r"ung", "ong")]
_CONSONANTS = [
    (r"(?:dzh|dj)", "j"),
    (r"(?:tsch|tch)", "ch"),
    (r"(?:sch|sz)", "sh"),
    (r"ph", "f"),
    (r"ck|q", "k"),
    (r"tz", "ts"),
    (r"th", "t"),
    (r"dh", "d"),
    (r"gh", "g"),
    (r"kh", "h"),
    (r"x", "ks"),
    (r"w", "v"),
    (r"c(?=[eiy])", "s"),
    (r"c(?!h)", "k"),
    (r"([bdfghjklmnprstvz])\1+", r"\1"),
    (r"(?<=[aeiou])h\b", ""),
]
_VOWELS = {
    **dict.fromkeys(("ou", "oo", "o", "u", "ow", "uo", "oe", "ue"), "u"),
    **dict.fromkeys(("aa",), "a"),
    **dict.fromkeys(("y", "ee", "ie", "iy", "yy", "ii", "iyi", "iyy", "yi"), "i"),
    **dict.fromkeys(("ai", "ay", "ei", "ey", "ae", "ye", "aye", "eye", "ie", "yo"), "e"),
    **dict.fromkeys(("ao", "aou"), "au"),
    **dict.fromkeys(("ya",), "ia"),
    **dict.fromkeys(("yu", "iu", "iou", "you"), "iu"),
    **dict.fromkeys(("oy", "oi"), "ui"),
}
_ABD = re.compile(r"\babd(?:\s?[aeiu][lrsn])?\s?(?=[a-z]{3})")
_ARTICLES = frozenset({"al", "el", "as", "ash", "ad", "an", "ar", "at", "az", "ul"})
_PATRONYMS = frozenset({"bin", "ibn", "ben", "bint"})


def _replace(rules: list[tuple[str, str]], text: str) -> str:
    for pattern, by in rules:
        text = re.sub(pattern, by, text)
    return text


def _korean_key(text: str) -> str:
    return " ".join(_replace(_KOREAN, syllable) for syllable in normal(text).split())


def _chinese_key(text: str) -> str:
    """Pinyin as it is, written together; Wade–Giles, written apart, is brought nearer to it."""
    words = normal(text).split()
    return _replace(_WADE, " ".join(words)).replace(" ", "") if len(words) > 1 else "".join(words)


def words_of(text: str) -> list[str]:
    """The words of a name but for al-, bin and their like; Abd al-Aziz, Abdul Aziz, Abdulaziz as one."""
    joined = _ABD.sub("abd", normal(text))
    return [w for w in joined.split() if w not in _ARTICLES and w not in _PATRONYMS]


def _general_key(text: str) -> str:
    """Consonants with the confusable ones made one, each group of vowels by its class."""
    words = words_of(text) or normal(text).split()
    joined = _replace(_CONSONANTS, " ".join(words))
    return re.sub(r"[aeiouy]+", _vowel_class, joined)


def _vowel_class(group: re.Match[str]) -> str:
    vowels = group[0]
    before = group.string[group.start() - 1 : group.start()]
    if vowels == "y" and not before.strip():
        return "y"
    return _VOWELS.get(vowels, re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=.)y(?=.)", "", vowels)))


def _japanese_key(text: str) -> str:
    """Long vowels as short ones: Ohno, Ouno, Ono."""
    return re.sub(r"(?<=o)[hu](?![aeiouy])|(?<=o)o|(?<=u)u", "", normal(text))


_KEYS: dict[str, Callable[[str], str]] = {
    "korean": _korean_key,
    "chinese": _chinese_key,
    "japanese": _japanese_key,
}


@lru_cache(maxsize=8192)
def key(text: str, culture: str | None) -> str:
    """The key of a part of a name of `culture`."""
    return _KEYS.get(culture or "", _general_key)(text)


def romanisation_key(name: str, country: str | None = None) -> str:
    """The key of a full name, family name first: "Roh Moo-hyun" and "Noh Mu Hyon" share one,
    "Mohammed" and "Muhammad" too, but not where an e stands for another vowel (see `alike`)."""
    found = parts(name, country)
    return " ".join(
        filter(None, (key(found.family, found.culture), key(" ".join(found.given), found.culture)))
    )


def alike(one: str, other: str) -> bool:
    """Whether two keys are the same but for an `e`, which any single vowel may stand for (Yusef, Yusuf)."""
    if one == other:
        return True
    if len(one) != len(other):
        return False
    return all(
        a == b or ("e" in (a, b) and a in "aeiou" and b in "aeiou") for a, b in zip(one, other, strict=True)
    )
