"""Letters of two scripts in one word, or characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dipcli.conflicts.finding import Conflict
from dipcli.conflicts.world import Page, World

LATIN_OF = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυ",
        "ABESIJKMHOPCTYXaesijopcyxdqwhlABEZHIKMNOPTYXovpu",
        strict=True,
    )
)
"""Cyrillic and Greek letters that look like Latin ones: of Unicode's confusables those that stand in names."""
_HIDDEN = "\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(rf"[^\W\d_](?:[{_HIDDEN}]?[^\W\d_])+")


def find(page: Page, world: World) -> Iterator[Conflict]:
    text = page.document.text
    if text.isascii():
        return
    seen: set[str] = set()
    for found in _WORD.finditer(text):
        word = found[0]
        if word.isascii() or word in seen or not (odd := _odd(word)):
            continue
        seen.add(word)
        quote = page.sentence(found.start())
        plain = plain_form(word)
        yield Conflict(
            rule="lookalike",
            severity="high" if word[0].isupper() else "medium",
            field="name",
            events=[event.id for event in world.told_in(quote)],
            documents=[page.document.id],
            a=world.side(f"{word} ({odd})", quote),
            b=world.side(plain),
            reason=f"looks like {plain}, and is not: {odd}",
        )


def plain_form(word: str) -> str:
    """The word in Latin letters that it looks like."""
    return "".join(LATIN_OF.get(letter, letter) for letter in word if letter not in _HIDDEN)


def _odd(word: str) -> str:
    """The characters that do not belong, by name; empty where all do."""
    scripts = {letter: _script(letter) for letter in word}
    several = set(scripts.values()) & {"LATIN", "CYRILLIC", "GREEK"}
    hidden = [letter for letter in scripts if letter in _HIDDEN] if several else []
    mixed = [c for c, script in scripts.items() if script in ("CYRILLIC", "GREEK") and "LATIN" in several]
    if mixed and not all(letter in LATIN_OF for letter in mixed):
        mixed = []  # a word of two scripts that looks like no other
    return ", ".join(
        f"U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed').lower()}" for letter in [*mixed, *hidden]
    )


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
