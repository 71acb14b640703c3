"""Whether two names are one person's or one body's: exact first, likeness last; the one door to rapidfuzz."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from dipcli.names.cultures import FAMILY_FIRST, Parts, parts
from dipcli.names.forms import normal
from dipcli.names.romanisation import alike, key, words_of

SAME_LENGTH = 80.0
"""Least likeness of two Chinese given names of one length that differ in a vowel (Zhaoxing, Zhaoxeng)."""
TYPING_SLIP = 90.0
"""Least likeness of two long family names whose given names are equal (Eagleburger, Eaglebuerger)."""

TRANSLITERATED = frozenset(
    {"arabic", "persian", "turkish", "turkic", "slavic", "caucasian", "south_asian", "african", "jewish"}
)
TRANSLITERATING = frozenset(
    (
        "RUS UKR BLR BGR SRB MNE MKD KAZ KGZ TJK UZB TKM MNG ARM GEO AZE SUN YUG GRC CYP ISR"
        " IRN AFG PAK IND BGD LKA NPL ETH ERI DZA BHR EGY IRQ JOR KWT LBN LBY MAR MRT OMN"
        " PSE QAT SAU SDN SOM SYR TUN TUR ARE YEM"
    ).split()
)
"""Countries (alpha-3) whose names are transliterated in several ways."""
_VOWELS = str.maketrans("", "", "aeiouy")


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
    first, second = _alike_read(parts(one, country), parts(other, country))
    if sorted(a.split()) == sorted(b.split()):
        return _turned(first, second, score)
    if first.culture in FAMILY_FIRST or second.culture in FAMILY_FIRST:
        return _eastern(first, second, score)
    return _western(first, second, score, country)


def _alike_read(first: Parts, second: Parts) -> tuple[Parts, Parts]:
    """Where one name is clearly written family name first and the other begins with that name, so is
    the other, though its given name may be misspelt."""
    if first.culture in FAMILY_FIRST and second.culture not in FAMILY_FIRST:
        words = [*second.given, *second.family.split()]
        if _same_family(words[0], first.family, first.culture or ""):
            second = Parts(first.culture, words[0], tuple(words[1:]))
    elif second.culture in FAMILY_FIRST and first.culture not in FAMILY_FIRST:
        second, first = _alike_read(second, first)
    return first, second


def _turned(first: Parts, second: Parts, score: float) -> Decision:
    """The same words in another order: Nakasone Yasuhiro, Yasuhiro Nakasone."""
    known = first.culture in FAMILY_FIRST and second.culture in FAMILY_FIRST
    if normal(first.family) != normal(second.family) and known:
        return Decision(False, score, "same words, but another family name")
    return Decision(True, 98.0, "same words in another order")


def _eastern(first: Parts, second: Parts, score: float) -> Decision:
    """Chinese, Korean, Vietnamese: family name and given name by key; no likeness across keys but for
    Chinese given names of two syllables that differ in one vowel."""
    cultures = {c for c in (first.culture, second.culture) if c in FAMILY_FIRST}
    if len(cultures) == 2 and normal(first.family) != normal(second.family):
        return Decision(False, score, "another culture's name")
    culture = "korean" if "korean" in cultures else sorted(cultures)[0]
    if not _same_family(first.family, second.family, culture):
        return Decision(False, score, "another family name")
    given = ["".join(normal(" ".join(p.given)).split()) for p in (first, second)]
    if given[0] == given[1]:
        return Decision(True, 97.0, "same family name, given name parted otherwise")
    keys = [key(" ".join(p.given), culture) for p in (first, second)]
    if keys[0] == keys[1]:
        return Decision(True, max(score, 90.0), "same family name, given name another romanisation")
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


def _western(first: Parts, second: Parts, score: float, country: str | None) -> Decision:
    """Given name first: family names by key, given names by key, short form or initial, and whatever
    stands between must not contradict."""
    cultures = {first.culture, second.culture}
    loose = bool(cultures & TRANSLITERATED) or country in TRANSLITERATING
    words = [words_of(f"{' '.join(p.given)} {p.family}") for p in (first, second)]
    if not _families_alike(first, second, loose, words[0][:1] == words[1][:1]):
        return _chain(words, score, cultures)
    given = [[w for token in p.given for w in words_of(token.replace(".", " "))] for p in (first, second)]
    exact = normal(first.family) == normal(second.family)
    if not all(given) or not _given_alike(given[0], given[1], loose or exact):
        return Decision(False, score, "same family name, another given name")
    return Decision(True, max(score, 85.0), "same family name, given name in another spelling or length")


def _families_alike(first: Parts, second: Parts, loose: bool, given_equal: bool) -> bool:
    a, b = normal(first.family), normal(second.family)
    if a == b:
        return True
    keys = [key(p.family, p.culture if p.culture == "japanese" else None) for p in (first, second)]
    if loose:
        return alike(keys[0], keys[1])
    if not given_equal:
        return False
    if keys[0] == keys[1] and (None in (first.culture, second.culture) or _plain(a) == _plain(b)):
        return True
    if "japanese" in (first.culture, second.culture):
        return keys[0] == keys[1]
    slip = min(len(a), len(b)) >= 8 and len(a) != len(b) and _consonants(a) == _consonants(b)
    return slip and likeness(a, b) >= TYPING_SLIP


def _plain(text: str) -> str:
    """Without doubled letters and the e of ae, oe, ue: Schroeder, Schröder."""
    single = (c for i, c in enumerate(text) if i == 0 or text[i - 1] != c)
    return "".join(single).replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _consonants(text: str) -> str:
    return text.translate(_VOWELS)


def _given_alike(one: list[str], other: list[str], loose: bool) -> bool:
    """Whether two lists of given names and initials can be one person's: the longer begins with the
    shorter (or after a leading Mohammad)."""
    short, long = sorted((one, other), key=len)
    if _begins(short, long, loose):
        return True
    return len(long) > 1 and _is_mohammad(long[0]) and _begins(short, long[1:], loose)


def _is_mohammad(word: str) -> bool:
    return alike(key(word, None), key("Mohammad", None))


def _begins(short: list[str], long: list[str], loose: bool) -> bool:
    return len(short) <= len(long) and all(
        _word_alike(a, b, loose) for a, b in zip(short, long, strict=False)
    )


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


def _chain(words: list[list[str]], score: float, cultures: set[str | None]) -> Decision:
    """Names that go on: Arabic forefathers (Fahd bin Abdulaziz Al Saud), a second Spanish family name."""
    short, long = sorted(words, key=len)
    goes_on = 2 <= len(short) < len(long)
    if (
        goes_on
        and ("arabic" in cultures or "latin" in cultures)
        and _begins(short, long, "arabic" in cultures)
    ):
        return Decision(True, max(score, 80.0), "the longer name begins with the shorter")
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


def respelt(word: str, counts: Mapping[str, int]) -> str | None:
    """The word of `counts` that `word` is most likely a misspelling of: of the fewest letters left out, put in,
    changed or swapped with the next (one for each three letters at most, and no more than two), the most
    frequent; ties by word. None where none is that near."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = min(2, len(word) // 3)
    near = process.extract(
        word, list(counts), scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
    )
    return min(near, key=lambda one: (one[1], -counts[one[0]], one[0]))[0] if near else None


def alike_forms(
    query: str, forms: Sequence[str], turned: Sequence[str], least: float
) -> list[tuple[int, float]]:
    """As `closest`, among normal forms and the same with their words sorted (`turned`): the positions of
    those of likeness `least` and more, in no order. Ten times as fast for many."""
    from rapidfuzz import fuzz, process

    wanted = normal(query)
    slack = least - 0.05  # likeness is rounded
    best: dict[int, float] = {}
    again = " ".join(sorted(wanted.split()))
    for sought, among in ((wanted, forms), (again, turned)):
        for _, score, at in process.extract(
            sought, among, scorer=fuzz.ratio, processor=None, score_cutoff=slack, limit=None
        ):
            best[at] = max(score, best.get(at, 0.0))
    if " " not in wanted:  # a family name alone
        words = {word for form in forms if " " in form for word in form.split()}
        near = {
            word: 0.95 * score
            for word, score, _ in process.extract(
                wanted, list(words), scorer=fuzz.ratio, processor=None, score_cutoff=slack / 0.95, limit=None
            )
        }
        for at, form in enumerate(forms) if near else ():
            if " " in form:
                best[at] = max(best.get(at, 0.0), *(near.get(word, 0.0) for word in form.split()))
    return [(at, round(score, 1)) for at, score in best.items() if round(score, 1) >= least]
