"""Normal forms of names: what two spellings of one name have in common."""

from __future__ import annotations

import re
from functools import lru_cache

# Letters that Unicode does not decompose, and marks that vanish: quotation marks within a name
# (Sana'a, N'Djamena, People's) and full stops (U.S.) join what they stand between.
_FOLD = str.maketrans(
    {
        **{
            "ł": "l",
            "ø": "o",
            "đ": "d",
            "ð": "d",
            "ß": "ss",
            "æ": "ae",
            "œ": "oe",
            "þ": "th",
            "ı": "i",
            "ə": "a",
        },
        **dict.fromkeys(".'’‘ʼʻʿʾ`´·", ""),
        "&": " and ",
        "+": " plus ",
    }
)


@lru_cache(maxsize=1 << 16)
def normal(text: str) -> str:
    """`text` in lower case, without accents, apostrophes and full stops, other marks as one space.

    "Ban Ki-moon" and "BAN KI MOON" both give "ban ki moon", "U.S." gives "us". Idempotent; the
    empty string where no letter or digit is left.
    """
    folded = text.casefold()
    if folded.isalpha() and folded.isascii():
        return folded
    if not folded.isascii():
        import unicodedata  # here: most of what is asked is plain

        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    folded = folded.translate(_FOLD)
    if folded.replace(" ", "").isalnum():
        return " ".join(folded.split())
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def slug(text: str) -> str:
    """`text` as the beginning of an actor's id: "Li Peng" gives `li-peng`; `unnamed` for no letters."""
    return normal(text).replace(" ", "-") or "unnamed"


_CATALOGUED = r"((?:\w+ )?[^\W\d_][\w'’-]+), ([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,2})"


def in_order(name: str) -> str:
    """A name as one writes it in a text, where it is told as catalogues have it: "Family, Given"."""
    told = re.fullmatch(_CATALOGUED, name)
    return f"{told[2]} {told[1]}" if told and told[1][0].isupper() and told[2][0].isupper() else name


def catalogued(name: str) -> str:
    """A name of several words as catalogues have it, its last word first: "Family, Given"."""
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else name
