"""Whether two names are one person's or one body's: exact first, likeness last; the one door to rapidfuzz."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from dipcli.names.cultures import FAMILY_FIRST, Parts, parts
from dipcli.names.forms import normal
from dipcli.names.romanisation import alike, key

SAME_LENGTH = 80.0
"""Least likeness of two Chinese given names of one length that differ in a vowel (Zhaoxing, Zhaoxeng)."""
TYPING_SLIP = 90.0
"""Least likeness of two long family names whose given names are equal (Eagleburger, Eaglebuerger)."""

TRANSLITERATED = frozenset(
    {"arabic", "persian", "turkish", "turkic", "slavic", "caucasian", "south_asian", "african", "jewish"}
)
_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "ben", "bint", "as", "ash", "ad", "an", "ar", "at", "az", "ul"}
)
_MUHAMMAD = "muhamad"
_DIGRAPHS = str.maketrans("", "", "aeiouy")


class Decision(NamedTuple):
    """Whether two names are the same person's, how alike they are (0 to 100), and why."""

    same: bool
    score: float
    reason: str


def likeness(one: str, other: str) -> float:
    """How alike the normal forms are, 0 to 100, in the order of their words or in any order. Symmetric."""
    from rapidfuzz import fuzz

    a, b = normal(one), normal(other)
    return round(max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)), 1)


@cache
def never_merge() -> frozenset[frozenset[str]]:
    """Pairs of names, in normal form, that are alike and yet two things (`never_merge.tsv`)."""
    from dipcli.lexicon import tables

    return frozenset(frozenset((normal(a), normal(b))) for a, b, _ in tables.rows("never_merge.tsv"))


def may_merge(one: str, other: str) -> bool:
    """False for two countries, two organisations of the lexicon, and the pairs of `never_merge`."""
    from dipcli.lexicon import countries, organizations

    if frozenset((normal(one), normal(other))) in never_merge():
        return False
    first, second = countries.lookup(one), countries.lookup(other)
    if first or second:
        return first is not None and second is not None and first.alpha3 == second.alpha3
    here, there = organizations.lookup(one), organizations.lookup(other)
    return here is None or there is None or here == there


def same_person(
    one: str, other: str, *, country_a: str | None = None, country_b: str | None = None
) -> Decision:
    """Whether two names (without titles) are the same person's, judged by the names and the countries
    (alpha-3) alone. Symmetric. One word is never enough; countries that differ speak against it."""
    if (normal(one), country_a or "") > (normal(other), country_b or ""):
        one, other, country_a, country_b = other, one, country_b, country_a
    a, b = normal(one), normal(other)
    score = likeness(one, other)
    if country_a and country_b and country_a != country_b:
        return Decision(False, score, f"one is of {country_a}, the other of {country_b}")
    country = country_a or country_b
    if a == b:
        return Decision(True, 100.0, "same normal form") if a else Decision(False, 0.0, "no letters")
    if " " not in a or " " not in b:
        if a.replace(" ", "") == b.replace(" ", ""):
            return Decision(True, 99.0, "same letters, parted otherwise")
        return Decision(False, score, "one word is not enough")
    first, second = parts(one, country), parts(other, country)
    if sorted(a.split()) == sorted(b.split()):
        return _turned(first, second, score)
    if first.culture in FAMILY_FIRST or second.culture in FAMILY_FIRST:
        return _eastern(first, second, score)
    return _western(first, second, score)


def _turned(first: Parts, second: Parts, score: float) -> Decision:
    """The same words in another order: Nakasone Yasuhiro, Yasuhiro Nakasone."""
    if normal(first.family) == normal(second.family) or {first.culture, second.culture} <= FAMILY_FIRST | {
        "japanese",
        None,
        "western",
    }:
        return Decision(True, 98.0, "same words in another order")
    return Decision(False, score, "same words, but another family name")


def _eastern(first: Parts, second: Parts, score: float) -> Decision:
    """Chinese, Korean, Vietnamese: family name and given name by key; no likeness across keys but for
    Chinese given names of two syllables that differ in one vowel."""
    cultures = {first.culture, second.culture}
    if len(cultures & FAMILY_FIRST) == 2:
        if normal(first.family) != normal(second.family):
            return Decision(False, score, "another culture's name")
        culture = "korean" if "korean" in cultures else "chinese"
    else:
        culture = first.culture if first.culture in FAMILY_FIRST else second.culture or ""
    if not _same_family(first.family, second.family, culture):
        return Decision(False, score, "another family name")
    given = ["".join(normal(" ".join(p.given)).split()) for p in (first, second)]
    if not all(given):
        return Decision(False, score, "no given name")
    if given[0] == given[1]:
        return Decision(True, 97.0, "same family name, given name parted otherwise")
    if key(" ".join(first.given), culture) == key(" ".join(second.given), culture):
        return Decision(True, max(score, 90.0), "same family name, given name another romanisation")
    if culture == "korean" and key(given[0], culture) == key(given[1], culture):
        return Decision(True, max(score, 85.0), "same family name, given name another romanisation")
    if culture == "chinese" and normal(first.family) == normal(second.family) and _one_vowel(*given):
        return Decision(True, score, "same family name, given name one vowel apart")
    return Decision(False, score, "same family name, another given name")


def _one_vowel(one: str, other: str) -> bool:
    """Whether two syllables or more differ in one vowel and nothing else."""
    if len(one) != len(other) or len(one) < 6 or likeness(one, other) < SAME_LENGTH:
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and all(c in "aeiou" for c in apart[0])


def _same_family(one: str, other: str, culture: str) -> bool:
    """Equal, or two spellings of one name in the table of the culture."""
    from dipcli.lexicon import personal

    a, b = normal(one), normal(other)
    listed = personal.families().get(culture, {})
    return a == b or (a in listed and b in listed and listed[a] == listed[b])


def _western(first: Parts, second: Parts, score: float) -> Decision:
    """Given name first: family names by key, given names by key, short form or initial, and whatever
    stands between must not contradict."""
    culture = first.culture or second.culture
    cultures = {first.culture, second.culture}
    loose = bool(cultures & TRANSLITERATED)
    words = [_words(p) for p in (first, second)]
    given_equal = words[0][:1] == words[1][:1]
    families = [normal(p.family) for p in (first, second)]
    same_family = _families_alike(first, second, loose, given_equal)
    if not same_family and "arabic" in cultures | {culture}:
        return _chain(words[0], words[1], score)
    if not same_family:
        return Decision(False, score, "another family name")
    given = [[normal(g) for p_ in p.given for g in _initials(p_)] for p in (first, second)]
    if not all(given):
        return Decision(False, score, "no given name")
    exact = families[0] == families[1]
    if not _given_alike(given[0], given[1], loose or exact):
        return Decision(False, score, "same family name, another given name")
    return Decision(True, max(score, 85.0), "same family name, given name in another spelling or length")


def _words(name: Parts) -> list[str]:
    """The words of a name but for particles, in order, in normal form."""
    words = normal(f"{' '.join(name.given)} {name.family}").split()
    return [w for w in words if w not in _PARTICLES]


def _initials(token: str) -> list[str]:
    """ "J.K." as two words."""
    return [c for c in token.split(".") if c] if token.count(".") > 1 else [token]


def _families_alike(first: Parts, second: Parts, loose: bool, given_equal: bool) -> bool:
    a, b = normal(first.family), normal(second.family)
    if a == b:
        return True
    keys = [key(p.family, None) for p in (first, second)]
    if keys[0] == keys[1] and (loose or (given_equal and _doubled(a) == _doubled(b))):
        return True
    if loose and alike(keys[0], keys[1]):
        return True
    if {first.culture, second.culture} <= {"latin", "western", None} and given_equal:
        one, other = a.split(), b.split()
        if min(len(one), len(other)) == 1 and max(len(one), len(other)) == 2 and one[0] == other[0]:
            return True  # Lopez, Lopez Obrador
    slip = min(len(a), len(b)) >= 8 and len(a) != len(b) and a.translate(_DIGRAPHS) != b.translate(_DIGRAPHS)
    return given_equal and slip and likeness(a, b) >= TYPING_SLIP and key(a, None) == key(b, None)


def _doubled(text: str) -> str:
    return "".join(c for i, c in enumerate(text) if i == 0 or text[i - 1] != c)


def _given_alike(one: list[str], other: list[str], loose: bool) -> bool:
    """Whether two lists of given names and initials can be one person's: the shorter runs through the
    longer in order, beginning with the first (or after a leading Mohammad)."""
    one, other = ([g for g in names if g not in _PARTICLES] or names for names in (one, other))
    for short, long in ((one, other), (other, one)):
        if len(short) > len(long):
            continue
        if _runs_through(short, long, loose):
            return True
        if (
            len(long) > 1
            and key(long[0], None).replace("e", "a") == _MUHAMMAD
            and _runs_through(short, long[1:], loose)
        ):
            return True
    return False


def _runs_through(short: list[str], long: list[str], loose: bool) -> bool:
    if not _word_alike(short[0], long[0], loose):
        return False
    rest = iter(long[1:])
    return all(any(_word_alike(word, candidate, loose) for candidate in rest) for word in short[1:])


def _word_alike(one: str, other: str, loose: bool) -> bool:
    """Equal, an initial of it, a listed variant or short form, or alike by key."""
    from dipcli.lexicon import personal

    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return True
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    for listed in personal.given_names().values():
        if one in listed and other in listed and listed[one] == listed[other]:
            return True
    if not loose:
        return False
    a, b = key(one, None), key(other, None)
    return alike(a, b) and (a == b or likeness(one, other) >= 60)


def _chain(one: list[str], other: list[str], score: float) -> Decision:
    """Arabic names that give more or fewer of the forefathers: the shorter runs through the longer."""
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and _given_alike(short, long, True) and len(short) < len(long):
        return Decision(True, max(score, 80.0), "the shorter name runs through the longer")
    return Decision(False, score, "another family name")


def closest(query: str, names: Iterable[str], limit: int = 5) -> list[tuple[str, float]]:
    """The names most like `query`, best first, with their likeness of 60 to 100; ties by name."""
    from rapidfuzz import fuzz

    wanted = normal(query)
    single = " " not in wanted
    found = []
    for name in set(names):
        form = normal(name)
        score = max(fuzz.ratio(wanted, form), fuzz.token_sort_ratio(wanted, form))
        if single and " " in form:  # a family name alone
            score = max(score, 0.95 * max(fuzz.ratio(wanted, word) for word in form.split()))
        if score >= 60:
            found.append((name, round(score, 1)))
    return sorted(found, key=lambda item: (-item[1], item[0]))[:limit]
