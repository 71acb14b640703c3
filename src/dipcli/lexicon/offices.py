"""Titles and offices (`offices.toml`): their parts, who holds them when, and which are one role."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from dipcli.lexicon import tables
from dipcli.names.forms import normal

Tense = Literal["current", "former", "incoming", "outgoing"]


class Head(NamedTuple):
    """The word or phrase that an office is called by."""

    words: str
    """Normal form, singular."""
    sort: str
    opens: bool
    """Whether "HEAD of SOMETHING" is usual."""
    office: bool
    """Whether one person holds it (a president does, an official does not)."""


class Title(NamedTuple):
    """A title in its parts, all in normal form: "former South Korean Vice Foreign Minister" has tense
    `former`, rank "vice", portfolio "foreign", head "minister"."""

    tense: Tense
    rank: str
    portfolio: str
    """The shared form ("foreign" for "Foreign Affairs"); as written where the table has none."""
    head: Head

    @property
    def name(self) -> str:
        """The title without tense and grade: "vice foreign minister"."""
        return " ".join(part for part in (self.rank, self.portfolio, self.head.words) if part)


@cache
def data() -> dict[str, Any]:
    """`offices.toml` as it is."""
    return tables.toml("offices.toml")


@cache
def nations() -> dict[str, str]:
    """Countries by the titles that they alone give, in normal form."""
    return {normal(title): code for code, titles in data()["national"].items() for title in titles}


@cache
def heads() -> dict[str, Head]:
    """Heads of titles by normal form, singular, plural and abbreviated."""
    found: dict[str, Head] = {}
    for group in data()["head"]:
        for words in group["words"]:
            head = Head(words, group["sort"], group.get("opens", False), group.get("office", True))
            found[words] = head
            found.setdefault(plural(words), head)
    for short, words in data()["abbreviations"].items():
        if words in found:
            found.setdefault(short, found[words])
    return found


@cache
def plural_heads() -> frozenset[str]:
    """Those keys of `heads` that are plurals."""
    singular = {words for group in data()["head"] for words in group["words"]}
    return frozenset(map(plural, singular)) - singular


def plural(words: str) -> str:
    """The plural of a head: "secretaries of state", "chiefs of staff", "spokesmen"."""
    listed: dict[str, str] = data()["plurals"]
    if words in listed:
        return listed[words]
    noun, preposition, rest = (*re.split(r"( of | to | in | at | and )", words, maxsplit=1), "", "")[:3]
    for ending, many in (
        ("man", "men"),
        ("person", "people"),
        ("cy", "cies"),
        ("ry", "ries"),
        ("ty", "ties"),
    ):
        if noun.endswith(ending):
            return noun.removesuffix(ending) + many + preposition + rest
    return noun + ("es" if noun.endswith(("s", "ch", "sh")) else "s") + preposition + rest


@cache
def honorifics() -> frozenset[str]:
    """Words before a name that tell nothing of an office (Mr, Sir, Sheikh)."""
    return frozenset(data()["honorifics"]["words"])


@cache
def modifiers() -> dict[str, Literal["grade", "rank"]]:
    """Words before a head, and whether they make it another office (`rank`) or not (`grade`)."""
    table = data()["modifiers"]
    found: dict[str, Literal["grade", "rank"]] = dict.fromkeys(tenses(), "grade")
    found.update(dict.fromkeys(table["grade"], "grade"))
    found.update(dict.fromkeys(table["rank"], "rank"))
    return found


@cache
def tenses() -> dict[str, Tense]:
    """Words that tell when an office is held."""
    return {word: tense for tense, words in data()["modifiers"]["tense"].items() for word in words}


@cache
def portfolios() -> dict[str, str]:
    """What an office is for, by every way to write it, as the shared form."""
    found: dict[str, str] = {}
    for shared, others in data()["portfolios"].items():
        for words in (shared, *others):
            found.setdefault(normal(words), shared)
    return found


@lru_cache(maxsize=4096)
def parse(title: str) -> Title | None:
    """The parts of `title`, without country; None where it has no head that the lexicon knows."""
    words = normal(title).split()
    for length in (2, 1):  # "president elect", but not "presidential nominee"
        ends = " ".join(words[-length:])
        if ends in tenses() and (found := _read("current", words[:-length])):
            return found._replace(tense=tenses()[ends])
    return _read("current", words)


def _read(tense: Tense, words: list[str]) -> Title | None:
    """Part the modifiers from the front, then the portfolio from the head."""
    lead: list[str] = []
    known = modifiers()
    i = 0
    while i < len(words) - 1:
        length = next(
            (n for n in (4, 3, 2, 1) if " ".join(words[i : i + n]) in known and i + n < len(words)), 0
        )
        phrase = " ".join(words[i : i + length])
        inside = any(" ".join(words[i:j]) in heads() for j in range(i + length + 1, len(words) + 1))
        if not length or (inside and known[phrase] == "grade" and phrase not in tenses()):
            break  # "special envoy", "chief of staff": the modifier is part of the head
        if phrase in tenses() and tenses()[phrase] != "current":
            tense = tenses()[phrase]
        if known[phrase] == "rank":
            lead.append(phrase)
        i += length
    return _head(tense, " ".join(lead), words[i:])


def _head(tense: Tense, rank: str, words: list[str]) -> Title | None:
    joined = " ".join(words)
    if joined in heads():
        return _split(tense, rank, "", heads()[joined])
    for i in range(1, len(words)):  # "defence minister": the longest head that ends it
        head = heads().get(" ".join(words[i:]))
        if head and not _served(words[:i]):
            return _split(tense, rank, " ".join(words[:i]), head)
    for i in range(len(words) - 2, 0, -1):  # "minister of defence": the longest head that opens it
        head = heads().get(" ".join(words[:i]))
        if head and words[i] in ("of", "for", "to", "on") and head.opens:
            portfolio = " ".join(w for w in words[i + 1 :] if w != "the")
            return _split(tense, rank, portfolio, head)
    return None


@cache
def serves(title: str) -> bool:
    """Whether a title's bearer serves the holder of another: "Spokesman for the Foreign Minister"."""
    words = normal(title).split()
    return any(
        (rest := " ".join(words[i:])) in heads() and rest not in plural_heads() and _served(words[:i])
        for i in range(2, len(words))
    )


def _served(words: list[str]) -> bool:
    """Whether words before a head make its holder the master of another office's: "spokesman for the"."""
    ends = (i for i in range(1, len(words)) if words[i] in ("of", "for", "to") and "and" not in words[i:])
    return any(" ".join(words[k:i]) in heads() for i in ends for k in range(i))


def _split(tense: Tense, rank: str, portfolio: str, head: Head) -> Title:
    """Divide what is left: heads of several words have their portfolio and rank inside."""
    inside = head.words.split()
    if not portfolio and len(inside) > 1 and head.sort == "minister" and "of" not in inside:
        last = heads().get(inside[-1])
        before = " ".join(inside[:-1])
        if last and before in portfolios():
            portfolio, head = portfolios()[before], last
    if not portfolio and not rank and len(inside) > 1 and modifiers().get(inside[0]) == "rank":
        simpler = heads().get(" ".join(inside[1:]))
        if simpler:
            rank, head = inside[0], simpler
    return Title(tense, rank, portfolios().get(portfolio, portfolio), head)


@cache
def _roles() -> dict[tuple[str, str], str]:
    """Role by country (empty: everywhere) and title."""
    found: dict[tuple[str, str], str] = {}
    for role in data()["role"]:
        for title in role["titles"]:
            found["", title] = role["name"]
        for country, titles in role["local"].items():
            for title in titles:
                found[country, title] = role["name"]
    return found


def role(title: str, country: str | None = None) -> str:
    """What `title` of a country (alpha-3) is called among its equals: "Minister for Foreign Affairs", and
    "Secretary of State" of USA, are "foreign minister". Tense and grade are left out, rank
    is kept; a title that the lexicon cannot parse gives its normal form."""
    written = normal(title)
    parsed = parse(title)
    names = [written] if parsed is None else [written, parsed.name, parsed.name.replace("defence", "defense")]
    if parsed is not None and parsed.portfolio and not parsed.rank:
        names.append(f"{parsed.head.words} of {parsed.portfolio}")
    for name in names:
        for where in (country or "", ""):
            if found := _roles().get((where, name)):
                return found
    return names[min(1, len(names) - 1)]


def tense(title: str) -> Tense:
    """When the office is held, as the words of the title tell."""
    parsed = parse(title)
    return parsed.tense if parsed else "current"
