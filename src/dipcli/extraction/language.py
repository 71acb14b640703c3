"""Which language a text is in, and which of its paragraphs are not English. The one door to pycld2.

Extraction reads English. What a document says of itself is believed unless its text is plainly of
another language; a paragraph is taken for English unless it is plainly of another.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from dipcli.mentions import Span

ENGLISH = "en"
PLAIN = 75
"""Per cent of a text that a language must have for the text to be plainly in it."""
LEAST_LETTERS = 60
"""A text of fewer says too little about its language (a heading, a line of names); not so in another script."""
_RENAMED = {"iw": "he", "jw": "jv", "zh-hant": "zh", "un": None}
"""CLD2's codes that are not those of today."""

_BLOCK = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…:;。！？])[\"'”’»)\]]*\n")
_UNREADABLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What CLD2 does not take: blanks but the space and the end of a line, control characters, surrogates, non-characters."""
_LATIN = re.compile(r"[^\W\d_]", re.ASCII)


class Guess(NamedTuple):
    """The language of a text by ISO 639-1, None where it cannot be told; the per cent that are in it; and
    those in English."""

    code: str | None
    share: int
    english: int


UNKNOWN = Guess(None, 0, 100)
"""Where nothing can be detected: what a document declares holds, and all of it is read as English."""


def guess(text: str) -> Guess:
    """What language a text is in; `UNKNOWN` where pycld2 is not there (it has no wheel for the newest Python)."""
    try:
        import pycld2
    except ImportError:
        return UNKNOWN

    readable = _UNREADABLE.sub(" ", text)
    try:
        sure, _, found = pycld2.detect(readable)
    except pycld2.error:  # non-characters of other planes, as good as never there
        sure, _, found = pycld2.detect(re.sub(r"[^\x00-\uffff]", " ", readable))
    shares: dict[str | None, int] = {}
    for _, code, share, _ in found:
        code = _RENAMED.get(code.lower(), code.lower())
        shares[code] = shares.get(code, 0) + share
    code = max(shares, key=lambda code: shares[code])
    return Guess(code if sure or shares[code] >= 50 else None, shares[code], shares.get(ENGLISH, 0))


def settled(declared: str | None, text: str) -> str | None:
    """The language of a document: as declared, unless its text is plainly in another; None where neither
    tells."""
    found = guess(text)
    if declared is None:
        return found.code if found.code == ENGLISH or _tells(text) else None
    plainly = found.code is not None and found.share >= PLAIN and _tells(text)
    return found.code if plainly and found.code != declared[:2] else declared


def foreign(text: str, language: str | None) -> list[Span]:
    """The stretches of a document in `language` that are not English, in order."""
    if language in (None, ENGLISH) and guess(text).english >= 97:
        return []
    found: list[Span] = []
    joins = False
    for start, end in _paragraphs(text):
        if _is_english(text[start:end], language):
            joins = False
            continue
        first = found.pop().char_start if joins else start
        found.append(Span(char_start=first, char_end=end))
        joins = True
    return found


def _is_english(paragraph: str, language: str | None) -> bool:
    """Whether a paragraph is to be read: one that says too little is as the document is."""
    found = guess(paragraph)
    if found.code is None or not _tells(paragraph):
        return language in (None, ENGLISH)
    return found.english >= 100 - PLAIN


def _tells(text: str) -> bool:
    """Whether there is enough of it: a script of few languages tells with a word."""
    letters = sum(1 for _ in islice(filter(str.isalpha, text), LEAST_LETTERS))
    return letters == LEAST_LETTERS or letters > 2 * len(_LATIN.findall(text))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Blocks between blank lines; the lines of one that all end as sentences do are paragraphs too."""
    found = []
    for block in _BLOCK.finditer(text):
        at = block.start()
        for end in [match.end() for match in _SENTENCE_END.finditer(text, block.start(), block.end())]:
            found.append((at, end - 1))
            at = end
        found.append((at, block.end()))
    return [(start, end) for start, end in found if text[start:end].strip()]


def name(code: str) -> str:
    """The English name of a language: "French"; its code where it has none here."""
    try:
        import pycld2
    except ImportError:
        return code

    names: dict[str, str] = {}
    for long, short in pycld2.LANGUAGES:
        names.setdefault(_RENAMED.get(short.lower(), short.lower()) or "", long.title())
    return names.get(code, code)
