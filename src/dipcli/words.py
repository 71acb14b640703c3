"""Words of a text as search sees them: folded tokens with their offsets.

Case, accents and a regular plural are folded; a possessive `'s` is dropped and a dotted acronym is one
word (`U.S.` is `us`). Chinese, Japanese and Korean characters are a word each, so that a query in
these scripts is found as a substring, wherever their words begin and end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import msgspec

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f"
_DOTTED = r"(?:[^\W\d_]\.){2,}"
_POSSESSIVE = r"(?:['’][sSſ](?![\w\u0300-\u036f]))?"
_TOKEN = re.compile(rf"({_DOTTED}|[^\W_](?:[^\W_]|[\u0300-\u036f])*){_POSSESSIVE}")
_EAST = "\u3040"
"""No character of these scripts stands before."""
_ACCENTS = "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]+"
_NO_PLURAL = ("ss", "us", "is")
_LETTERS = bytes(code if chr(code).isalnum() else ord(" ") for code in range(128)).lower().ljust(256)
"""For each byte of ASCII the small letter or digit that it is, else a blank."""
_REMEMBERED = 1 << 17


class Words(msgspec.Struct, frozen=True):
    """The words of a text, in order: folded, folded without plural, and where they stand."""

    folded: list[str]
    stems: list[str]
    spans: list[tuple[int, int]]


@cache
def _token_east() -> re.Pattern[str]:
    """As `_TOKEN`, but each character of these scripts a token: slow to compile, and seldom needed."""
    word = rf"[^\W_{_CJK}](?:[^\W_{_CJK}]|[\u0300-\u036f])*"
    return re.compile(rf"({_DOTTED}|[{_CJK}]|{word}){_POSSESSIVE}")


def _token(text: str) -> re.Pattern[str]:
    return _TOKEN if text.isascii() or max(text) < _EAST else _token_east()


def words(text: str) -> Words:
    """The words of `text`; spans are code points of `text`."""
    folded, stems, spans = [], [], []
    for match in _token(text).finditer(text):
        plain, stem = _fold_word(match[1])
        if plain:
            folded.append(plain)
            stems.append(stem)
            spans.append(match.span(1))
    return Words(folded, stems, spans)


class _Stems(dict[bytes, str]):
    """The stems of words in small letters of ASCII, as they come up."""

    def __missing__(self, word: bytes) -> str:
        if len(self) == _REMEMBERED:
            self.clear()
        stem = self[word] = _singular(word.decode())
        return stem


_stem_of = _Stems().__getitem__


def stems(text: str) -> list[str]:
    """`words(text).stems`, many times as fast."""
    if _is_plain(text):
        return list(map(_stem_of, text.encode().translate(_LETTERS).split()))
    return [stem for word in _token(text).findall(text) if (stem := _fold_word(word)[1])]


def plain(text: str) -> list[str]:
    """The runs of letters and digits of a text of ASCII, in small letters."""
    return text.encode().translate(_LETTERS).decode().split()


def _is_plain(text: str) -> bool:
    """Whether its words are its letters and digits of ASCII, as they stand together."""
    if not text.isascii() or "'s" in text or "'S" in text:
        return False
    return text.count(".") < 2 or not re.search(_DOTTED, text)


def joined(texts: Iterable[str]) -> Words:
    """The words of several texts, kept apart so that no phrase runs from one into the next."""
    together = Words([], [], [])
    for text in texts:
        found = words(text)
        together.folded.extend([*found.folded, ""])
        together.stems.extend([*found.stems, ""])
        together.spans.extend([*found.spans, (0, 0)])
    return together


def fold(text: str) -> str:
    """`text` in lower case without accents; its length may change."""
    if text.isascii():
        return text.lower()
    import unicodedata  # here: most of what is asked is plain

    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", re.sub(_ACCENTS, "", decomposed)).lower()


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str) -> tuple[str, str]:
    plain = fold(word).replace(".", "")
    return plain, _singular(plain)


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]
