"""Names in their own script beside the romanised ones: "Wang Yi (王毅)", "Сергей Лавров (Sergey Lavrov)".

They are other spellings of who is named there, and in the way of reading the sentence: the view has
blanks in their place (`hide`), and `give` makes them aliases of the actor beside whom they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from dipcli.extraction.registry import Entity

_LETTER = r"[\u0370-\u1dbf\u3040-\ud7af]"
"""A letter of Greek, Cyrillic, Arabic, …, kana, Han or hangul: of no script that English uses."""
_FOREIGN = re.compile(_LETTER)
_NAME = rf"{_LETTER}(?:[ .·•‧\-'’]{{0,2}}{_LETTER}){{1,40}}"


@cache
def _after() -> re.Pattern[str]:
    """With the language before it or a transcription after it: (Chinese: 王毅; pinyin: Wáng Yì)."""
    return re.compile(
        rf"(?<=\w)[ ]?[(（][ ]*(?:[A-Z][a-z]+:[ ]*)?(?P<native>{_NAME})(?:[ ]*[;,/][^()\n]{{0,60}})?[ ]*[)）]"
    )


@cache
def _before() -> re.Pattern[str]:
    """Before the romanised one. Both are slow to compile, and seldom needed."""
    return re.compile(rf"(?<![^\s(\"'])(?P<native>{_NAME})[ ]?[(（](?P<roman>[A-Z][^()\n]{{1,60}})[)）]")


class Native(NamedTuple):
    """A name in its own script, and where the romanised name ends that it stands beside."""

    name: str
    beside: int


def find(text: str) -> Iterator[Native]:
    """The names in their own script that stand beside a romanised one."""
    if text.isascii() or not _FOREIGN.search(text):
        return
    for match in _after().finditer(text):
        yield Native(match["native"], match.start())
    for match in _before().finditer(text):
        yield Native(match["native"], match.end("roman"))


def hide(text: str) -> str:
    """The text with blanks in place of these names and of the brackets that part the two."""
    if text.isascii() or not _FOREIGN.search(text):
        return text
    text = _before().sub(lambda match: _blank(match, "roman"), text)
    return _after().sub(lambda match: _blank(match), text)


def _blank(match: re.Match[str], kept: str | None = None) -> str:
    start, end = match.span(kept) if kept else (match.start(), match.start())
    return " " * (start - match.start()) + match.string[start:end] + " " * (match.end() - end)


def give(text: str, entities: Iterable[Entity]) -> None:
    """Makes them aliases of the actors whose names they stand beside."""
    names = {native.beside: " ".join(native.name.split()) for native in find(text)}
    for entity in entities if names else ():
        for span in entity.spans:
            if span.char_end in names:
                entity.forms[names[span.char_end]] += 0
