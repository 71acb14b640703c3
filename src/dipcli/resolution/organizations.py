"""Which organisations of many documents are the same: one name or acronym, one country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from dipcli.lexicon import countries
from dipcli.lexicon import organizations as lexicon
from dipcli.names import normal
from dipcli.resolution.local import Key, Local
from dipcli.resolution.tables import GENERIC, GOVERNMENT, SPELLING
from dipcli.resolution.union import Union


def join(bodies: Sequence[Local]) -> list[list[Local]]:
    """Sets of local organisations that are one.

    Two are one where a name or an acronym of the one is a name or an acronym of the other and their
    countries are the same. One without a country goes with the one country whose organisation bears
    its name, if that name means anything by itself ("Foreign Ministry" does not).
    """
    by_key = {body.key: body for body in bodies}
    union: Union[Key] = Union(by_key)
    bearers: dict[str, dict[str | None, list[Key]]] = defaultdict(lambda: defaultdict(list))
    for body in bodies:
        for form in set(forms(body)):
            bearers[form][home(body)].append(body.key)
    for by_country in bearers.values():
        for keys in by_country.values():
            for key in keys[1:]:
                union.join(keys[0], key)
    for form, by_country in sorted(bearers.items()):
        known = [country for country in by_country if country]
        if None in by_country and len(known) == 1 and not is_generic(form):
            union.join(by_country[None][0], by_country[known[0]][0])
    return [[by_key[key] for key in keys] for keys in _consistent(union, by_key)]


def _consistent(union: Union[Key], by_key: dict[Key, Local]) -> Iterator[list[Key]]:
    """The sets of a union, parted again by name where those without a country tied two countries."""
    for keys in union.sets():
        known = {home(by_key[key]) for key in keys} - {None}
        if len(known) < 2:
            yield keys
            continue
        parts: dict[tuple[str, str], list[Key]] = defaultdict(list)
        for key in keys:
            country = home(by_key[key])
            parts[(country, "") if country else ("", stem(by_key[key].name, None))].append(key)
        yield from (parts[part] for part in sorted(parts))


def home(body: Local) -> str | None:
    """The country of an organisation: its document's word, else the lexicon's."""
    known = None if body.country else lexicon.lookup(body.name)
    return known.country if known else body.country


def forms(body: Local) -> Iterator[str]:
    """By what an organisation is known: its name, its full name, its acronym, without its country."""
    known = lexicon.lookup(body.name, body.country)
    if known and known.country in (None, home(body)):
        yield stem(known.name, known.country)
    yield stem(body.name, body.country)
    for form in body.names[1:]:
        key = stem(form, body.country)
        if is_acronym(form) or (len(key.split()) > 1 and not is_generic(key)):
            yield key


def is_acronym(form: str) -> bool:
    return len(form) > 1 and " " not in form and sum(map(str.isupper, form)) > len(form) / 2


def is_generic(key: str) -> bool:
    """Whether a name (in normal form) could be that of many countries' organisations."""
    words = key.removeprefix("the ").split()
    return not words or words[-1] in GENERIC or words[0] in GENERIC


def is_government(key: str) -> bool:
    return not GOVERNMENT.isdisjoint(key.split())


def stem(name: str, country: str | None) -> str:
    """The normal form of an organisation's name, a state body's without its country.

    "South Korea's Ministry of Foreign Affairs" and "the Foreign Ministry" both give "foreign ministry".
    """
    words = [SPELLING.get(word, word) for word in normal(name).removeprefix("the ").split()]
    key = " ".join(words)
    if country and is_government(key):
        for form in _country_forms(country):
            rest = key.removeprefix(f"{form} ").removesuffix(f" of {form}").removesuffix(f" of the {form}")
            if rest != key and is_government(rest):
                key = rest
                break
    for head in ("ministry", "department"):
        if key.startswith(f"{head} of "):
            key = f"{key.removeprefix(f'{head} of ')} {head}"
    return key.replace("foreign affairs ministry", "foreign ministry")


@cache
def _country_forms(code: str) -> list[str]:
    """Names and demonyms of a country in normal form, with possessives, longest first."""
    country = countries.by_code(code)
    if country is None:
        return []
    forms = {normal(form) for form in (*country.forms, *country.demonyms, *country.capitals)}
    return sorted(forms | {f"{form}s" for form in forms}, key=lambda form: (-len(form), form))
