"""The same story again: which documents repeat an earlier one, wholly, shortened, updated, quoted at length.

A document's `signature` is a MinHash of its shingles (runs of `WORDS` words), kept with its mentions. `link`
holds signatures against one another where a band of them is the same, never all against all, and says of
each copy which earlier document it repeats. Both are pure functions: the order of arrival changes nothing.
The one door to rensa, which makes the MinHashes.
"""

from __future__ import annotations

import base64
import re
from array import array
from collections.abc import Collection, Iterable
from hashlib import blake2b
from operator import eq
from typing import NamedTuple

from dipcli.mentions import Signature
from dipcli.records import CopyOf, Published

WORDS = 4
"""Words of a shingle."""
HASHES = 256
ROWS = 3
"""Hashes of a band. So two texts that share a third of all their shingles have a band in common nineteen
times in twenty, and two that share a hundredth once in ten thousand."""
LEAST_SHINGLES = 25
"""Fewer say too little: then only the very same words are a copy."""
SHARED = 0.6
"""The share of the shorter text that must stand in the longer one."""
MADE_UP = 0.3
"""The share of the longer text that must come from the shorter: a history that includes a note is no copy."""

_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\W_]+")
"""A word, or a character of a script that writes none apart."""
_PLAIN = re.compile(r"[a-z0-9]+")
"""The same in small plain letters."""


def signature(pieces: Iterable[str]) -> Signature:
    """What the text in these pieces is recognised by; case and punctuation do not count."""
    from rensa import RMinHash

    folded = [piece.casefold() for piece in pieces]
    words = [word for piece in folded for word in (_PLAIN if piece.isascii() else _WORD).findall(piece)]
    runs = zip(*(words[at:] for at in range(WORDS)), strict=False)
    shingles = {*map(" ".join, runs)} or {" ".join(words)}
    if not words:
        return Signature(shingles=0, hashes="")
    made = RMinHash(num_perm=HASHES, seed=1)
    made.update(list(shingles))
    data = b"".join(value.to_bytes(4, "big") for value in made.digest())
    return Signature(shingles=len(shingles), hashes=base64.b64encode(data).decode())


class Signed(NamedTuple):
    """A document as `link` sees it."""

    id: str
    published: Published | None
    signature: Signature


class _Text(NamedTuple):
    id: str
    shingles: int
    hashes: array[int]


def bands(made: Signature) -> list[int]:
    """The bands of a signature as numbers of eight bytes: texts that share one may be copies."""
    hashes = _hashes(made)
    found = []
    for band in range(0, len(hashes) - ROWS + 1, ROWS):
        data = band.to_bytes(2, "big") + hashes[band : band + ROWS].tobytes()
        found.append(int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True))
    return found


def linked(one: Signed, beside: Iterable[Collection[Signed]]) -> CopyOf | None:
    """Of which earlier document one is a copy, as `link` says; `beside` has for each of its bands the
    documents that share it."""
    if not one.signature.hashes:
        return None
    candidates: dict[str, Signed] = {}
    for same in beside:
        earlier = [other for other in same if _order(other) < _order(one)]
        if earlier:
            for other in (min(earlier, key=_order), max(earlier, key=_order)):
                candidates[other.id] = other
    text = _text(one)
    for other in sorted(candidates.values(), key=_order):
        if (shared := _likeness(text, _text(other))) is not None:
            return CopyOf(document=other.id, likeness=shared)
    return None


def link(documents: Iterable[Signed]) -> dict[str, CopyOf]:
    """Of which earlier document each copy is one, by its id; documents that are none are left out.

    The earlier is the one known to have been published first, the undated last; of the same day the longer.
    """
    ordered = sorted((one for one in documents if one.signature.hashes), key=_order)
    texts = [_text(one) for one in ordered]
    candidates: list[set[int]] = [set() for _ in texts]
    for band in range(0, HASHES - ROWS + 1, ROWS):
        first: dict[bytes, int] = {}
        last: dict[bytes, int] = {}
        for number, text in enumerate(texts):
            key = text.hashes[band : band + ROWS].tobytes()
            if key in first:  # two of a band's earlier texts stand for all: it may be one of thousands
                candidates[number] |= {first[key], last[key]}
            first.setdefault(key, number)
            last[key] = number
    found = {}
    for number, text in enumerate(texts):
        for earlier in sorted(candidates[number]):
            if (shared := _likeness(text, texts[earlier])) is not None:
                found[text.id] = CopyOf(document=texts[earlier].id, likeness=shared)
                break
    return found


def _order(one: Signed) -> tuple[str, str, int, str]:
    """Known to be out by the last day that it may have been published on."""
    out = (one.published.end, one.published.start) if one.published else ("9999", "9999")
    return (*out, -one.signature.shingles, one.id)


def _text(one: Signed) -> _Text:
    return _Text(one.id, one.signature.shingles, _hashes(one.signature))


def _hashes(made: Signature) -> array[int]:
    hashes = array("I")
    hashes.frombytes(base64.b64decode(made.hashes))
    return hashes


def _likeness(one: _Text, other: _Text) -> float | None:
    """The share of the shorter text that stands in the longer, as the hashes estimate it, to two decimals;
    None where they are no copies."""
    resemblance: float = sum(map(eq, one.hashes, other.hashes)) / HASHES
    if resemblance == 1 and one.shingles == other.shingles:
        return 1.0
    short, long = sorted((one.shingles, other.shingles))
    common = min(resemblance / (1 + resemblance) * (short + long), short)
    if short < LEAST_SHINGLES or common < SHARED * short or common < MADE_UP * long:
        return None
    return round(common / short, 2)
