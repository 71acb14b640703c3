"""The parts of a person's name: which culture's it is, what is the family name, what the given name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dipcli.names.forms import normal

FAMILY_FIRST = frozenset({"chinese", "korean", "vietnamese"})
_OF_COUNTRY = {
    **dict.fromkeys(("KOR", "PRK"), "korean"),
    **dict.fromkeys(("CHN", "TWN", "HKG", "MAC", "SGP"), "chinese"),
    "JPN": "japanese",
    "VNM": "vietnamese",
}
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


class Parts(NamedTuple):
    """A name in its parts, as written; `given` has middle names and initials too, in the name's order."""

    culture: str | None
    family: str
    given: tuple[str, ...]


@lru_cache(maxsize=8192)
def parts(name: str, country: str | None = None) -> Parts:
    """The parts of `name`, which has no titles; `country` (alpha-3) decides between cultures."""
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    tokens = [t for t in name.split() if normal(t) not in _SUFFIXES or t == name] or [name]
    if len(tokens) == 1:
        return Parts(None, tokens[0], ())
    hint = _OF_COUNTRY.get(country or "")
    for reading in (_eastern, _japanese, _arabic, _western):
        if found := reading(tokens, hint):
            return found
    return Parts(None, tokens[-1], tuple(tokens[:-1]))


def _eastern(tokens: list[str], hint: str | None) -> Parts | None:
    """Family name first: Chinese, Korean, Vietnamese; or last with a hyphenated given name."""
    from dipcli.lexicon import personal

    if hint == "japanese" or len(tokens) > 4:
        return None
    orders = [(tokens[0], tokens[1:])]
    if (len(tokens) == 2 and "-" in tokens[0]) or (hint and len(tokens) == 2):
        orders.append((tokens[1], tokens[:1]))
    for family, given in orders:
        listed = [c for c in personal.family_cultures().get(normal(family), ()) if c in FAMILY_FIRST]
        pieces = normal(" ".join(given)).split()
        fits = [c for c in listed if _fits(c, given, pieces, hint)]
        if not fits:
            continue
        ordinary = normal(family) in personal.words("family") and hint not in fits
        if ordinary and len(pieces) == 1 and not re.search(r"[aeiou][^aeiouy]+[aeiou]", pieces[0]):
            continue
        return Parts(hint if hint in fits else _likelier(fits, family, pieces), family, tuple(given))
    if hint and not any(normal(t) in personal.given_cultures() for t in tokens):
        return Parts(hint, tokens[0], tuple(tokens[1:]))
    return None


def _fits(culture: str, given: list[str], pieces: list[str], hint: str | None) -> bool:
    from dipcli.lexicon import personal

    if not all(p.isalpha() and p.isascii() for p in pieces) or not given[0][:1].isupper():
        return False
    if culture == "vietnamese":
        return (
            hint == culture
            or (len(given) > 1 and all(t[:1].isupper() and len(t) <= 6 and "-" not in t for t in given))
        ) and not all(p in personal.given_cultures() for p in pieces)
    if culture == "korean":
        syllable = personal.korean()
        if len(pieces) == 1:
            joined = re.compile(rf"(?:{syllable.pattern}){{1,2}}")
            return bool(joined.fullmatch(pieces[0])) and (
                hint == culture or bool(syllable.fullmatch(pieces[0]))
            )
        return len(pieces) == 2 and all(syllable.fullmatch(p) for p in pieces)
    if len(pieces) == 1:
        return bool(personal.pinyin().fullmatch(pieces[0]))
    return len(pieces) == 2 and ("-" in given[0] or hint == culture)


def _likelier(fits: list[str], family: str, pieces: list[str]) -> str:
    """Of several cultures that fit: two written apart are Korean, one is Chinese, if the family name is."""
    from dipcli.lexicon import personal

    if len(fits) == 1:
        return fits[0]
    key = normal(family)
    own = [c for c in fits if personal.families()[c].get(key) == key] or fits
    wanted = "korean" if len(pieces) == 2 else "chinese"
    if wanted in fits and (wanted in own or len(pieces) == 2):
        return wanted
    return own[0]


def _japanese(tokens: list[str], hint: str | None) -> Parts | None:
    """The given name first as a rule, family name first where the given name stands last."""
    from dipcli.lexicon import personal

    if len(tokens) != 2 or hint not in (None, "japanese"):
        return None
    family = personal.families()["japanese"]
    given = personal.given_names()["japanese"]
    first, last = normal(tokens[0]), normal(tokens[1])
    mora = personal.japanese()
    western = personal.given_cultures().get(first, "japanese") != "japanese"
    if last in family and (first in given or (not western and mora.fullmatch(first))):
        return Parts("japanese", tokens[1], (tokens[0],))
    if first in family and (last in given or (hint and mora.fullmatch(last))):
        return Parts("japanese", tokens[0], (tokens[1],))
    return None


def _arabic(tokens: list[str], hint: str | None) -> Parts | None:
    """Names with al-, bin, ibn, Abu: the family name begins at al-, else at the last bin."""
    from dipcli.lexicon import personal

    marks = personal.particles("arabic")
    article = re.compile(r"(?:al|el|as|ash|ad|an|ar|at|az)[-‑]\w", re.IGNORECASE)
    at = [i for i in range(1, len(tokens)) if normal(tokens[i]) in marks or article.match(tokens[i])]
    at = [i for i in at if i + 1 < len(tokens) or article.match(tokens[i])]
    if not at:
        return None
    last = at[-1]
    if normal(tokens[last]) == "an" and not tokens[last][0].isupper():
        return None
    start = last if last >= len(tokens) - 2 else len(tokens) - 1
    return Parts("arabic", " ".join(tokens[start:]), tuple(tokens[:start]))


def _western(tokens: list[str], hint: str | None) -> Parts | None:
    """The given name first; the family name with its particles, or both of two Spanish ones."""
    from dipcli.lexicon import personal

    first = normal(tokens[0].partition("-")[0])
    culture = personal.given_cultures().get(first) or personal.given_cultures().get(normal(tokens[0]))
    last = normal(tokens[-1])
    start = len(tokens) - 1
    particles = personal.particles("european")
    for i in range(1, len(tokens) - 1):
        if normal(tokens[i]) in particles and (
            tokens[i][0].islower() or tokens[i] in ("De", "Van", "Von", "Le", "La")
        ):
            start = i
            break
    listed = personal.family_cultures().get(last, ())
    by_end = next((c for c, ending in personal.endings().items() if ending.fullmatch(last)), None)
    if culture and any(c in listed for c in ("latin",)) and culture in ("latin", "western"):
        culture = "latin"
    if culture == "latin" and start == len(tokens) - 1 and len(tokens) > 2:
        before = normal(tokens[-2])
        if before in personal.families()["latin"] and before not in personal.given_names()["latin"]:
            start = len(tokens) - 2
    if by_end and culture in (None, "western"):
        culture = by_end
    if culture is None:
        culture = next((c for c in listed if c not in FAMILY_FIRST and c != "japanese"), None)
        if culture is None:
            return None
    return Parts(culture, " ".join(tokens[start:]), tuple(tokens[:start]))


@lru_cache(maxsize=8192)
def shape(name: str, country: str | None = None) -> str | None:
    """The culture whose names look like `name` ("Li Peng" chinese, "Ban Ki-moon" korean); None for
    one word, for words no culture's names are made of, and for countries and places."""
    from dipcli.lexicon import countries, personal, places

    tokens = name.split()
    if not 2 <= len(tokens) <= 6 or not (tokens[0][:1].isupper() and _capital(tokens[-1])):
        return None
    if normal(tokens[-1]) in personal.words("last") or any(c.isdigit() for c in name):
        return None
    key = normal(name)
    if key in countries.forms() or key in places.forms() or normal(tokens[0]) in countries.forms():
        form = countries.forms().get(normal(tokens[0]))
        if form is None or key in countries.forms() or "person" not in form.flags:
            return None
    return parts(name, country).culture


def _capital(token: str) -> bool:
    return token[:1].isupper() or bool(re.match(r"(?:al|el|d|ul|as|ash|an|ar)[-'’‑]\w", token, re.IGNORECASE))


def family(name: str, country: str | None = None) -> str:
    """The family name in `name`, with its particles; the name itself where it is one word."""
    return parts(name, country).family


def given(name: str, country: str | None = None) -> str:
    """The given names in `name`, hyphens kept; empty where it is one word."""
    return " ".join(parts(name, country).given)


def short_forms(name: str, country: str | None = None) -> tuple[str, ...]:
    """What a text may call the person once it has given the full name, likeliest first: the family name,
    without al-, either of two Spanish family names, a Vietnamese given name."""
    found = parts(name, country)
    forms = [found.family]
    words = found.family.split()
    bare = re.sub(r"^(?:al|el|as|ash|ad|an|ar|at|az)[-‑ ]", "", found.family, flags=re.IGNORECASE)
    forms.append(bare)
    if len(words) > 1:
        forms += [words[0], words[-1]] if found.culture == "latin" and words[0][0].isupper() else [words[-1]]
    if found.culture == "vietnamese" and found.given:
        forms.append(found.given[-1])
    if found.culture == "arabic" and found.given:
        forms.append(found.given[0])
    return tuple(dict.fromkeys(forms))
