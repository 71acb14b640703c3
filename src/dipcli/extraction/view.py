"""A document's text as extraction reads it: markup blanked, every character at its old offset.

Offsets found in the view point into `Document.text` unchanged, because each masked character is
replaced by exactly one blank (or by its plain form: a curly apostrophe by a straight one).
"""

from __future__ import annotations

import re
from functools import lru_cache

from dipcli.dates import Expression, expressions
from dipcli.dates.intervals import MONTHS
from dipcli.extraction import native
from dipcli.extraction.columns import barred
from dipcli.extraction.sentences import is_torn

_PLAIN = {
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u200b": " ",
    "\u200e": " ",
    "\u200f": " ",
    "\u00ad": " ",
    "\ufeff": " ",
    "\t": " ",
    "\u2010": "-",
    "\u2011": "-",
}

_FRONT_MATTER = re.compile(r"\A\s*---[ ]*\n.*?\n---[ ]*(?=\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"(?mi)^title:[ ]*[\"']?([^\s\"'|>].*?[^\s\\])[\"']?[ ]*$")
"""The title in front matter, where it ends with its line."""
_IMAGE = re.compile(r"!\[[^\]\[\n]{0,300}\]\([^)\[\n]{0,500}\)")
_LINK = re.compile(r"\[([^\]\[\n]{1,300})\]\([^)\[\n]{0,500}\)")
_BULLET = re.compile(r"(?m)^([ ]*)[-*+](?=[ ]+\S)(?![ ]*(?:[-*_][ ]*){2,}$)")
_DASHES = re.compile(r"(?m)^([ ]*)--(?=[ ]+[A-Z\d])")
"""The bullet of agencies' chronologies: "-- May 4: …"."""
_ROUND = re.compile(r"(?m)^([ ]*)o(?=[ ]*$|[ ]+[A-Z])")
"""The round bullet of a word processor's list, as the letter that it is exported as."""
_ROUNDS = 2
"""How many there have to be."""
_BLANKED = [
    ("<", re.compile(r"<!--(?:(?!<!--).){0,2000}?-->", re.DOTALL)),
    ("<", re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")),  # HTML tags
    ("[", re.compile(r"\[\s?\d{1,3}\s?\]|\[(?:citation needed|note \d{1,3})\]")),  # footnote marks
    (".", re.compile(r"(?<!\S)\S+\.(?:jpe?g|png|gif|svg|webp)\b", re.IGNORECASE)),  # file names of pictures
    ("[[", re.compile(r"\[\[")),
    ("]]", re.compile(r"\]\]")),
    ("#", re.compile(r"(?m)^[ ]{0,3}#{1,6}(?=[ ])")),
    (">", re.compile(r"(?m)^[ ]{0,3}>+")),
    ("", re.compile(r"(?m)^[ ]*(?:[-*_][ ]*){3,}$")),  # rules
    ("*", re.compile(r"\*{1,3}")),
    ("`", re.compile(r"`+")),
    ("_", re.compile(r"(?<![^\W_])_{1,3}(?=[^\W_])|(?<=[^\W_])_{1,3}(?![^\W_])")),
    ("://", re.compile(r"https?://[^\s<>()\"]+")),
]
"""What is blanked, each with a sign without which there is none."""


_CAPTION = re.compile(
    r"(?m)^(\S+\.(?:jpe?g|png|gif|svg|webp)\b[^\n\[\]]{0,400})\]\](?=[ ]?\S)", re.IGNORECASE
)
"""A picture's name and caption, run together with the paragraph below."""
_FEW_WORDS = re.compile(r"(?<=[a-z] )\"(?=[a-z])[^\"“”;:.?!,\n]{2,60}(?<=\w)\"(?=\s+[a-z(]|[.,;]\s)")
"""A few words of somebody's that are a part of the clause: 'they "strongly condemned" the raid'."""


def _unquoted(match: re.Match[str]) -> str:
    return match[0].replace('"', " ")


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _instituted(match: re.Match[str]) -> str:
    """The verb in place of the words around it: "instituted"."""
    return f"{'':{match.end() - match.start() - 10}}instituted"


def _link(match: re.Match[str]) -> str:
    return f" {match[1]} " + " " * (len(match[0]) - len(match[1]) - 2)


SPEAKER = re.compile(
    r"(?m)([A-ZÀ-Þ](?:(?<=^.)|(?<=, .))[A-ZÀ-Þ.'-]*[ ](?:[A-ZÀ-Þ][A-ZÀ-Þ.'-]*[ ]){0,3}[A-ZÀ-Þ'-]{2,})(?=,? \([A-Z][a-z])"
)
"""A speaker in the minutes of a meeting, the country after the name: "ANA PRADO (Portugal) said". (A pattern is quick
that begins with the letters it is to look for.)"""


_HONOUR = re.compile(
    r"(?<=\bI )(?:(?:also|further) )?(?:(?:have|had) (?:further |also )?the (?:great |further )?(?:honou?r|privilege|pleasure)"
    r"|am (?:instructed|directed|authori[sz]ed)(?: by my [Gg]overnment)?) to (?=[a-z])"
)
"""What stands before the verb in a note: "I have the honour to inform you"."""
_HONOURED = tuple(f"I {word} " for word in ("have", "had", "am", "also", "further"))
_FILED = re.compile(
    r"\b(?:filed|submitted|lodged|brought)\s(?:[^.;\n]{0,120}?\s)?(?:an?|its)\s(?:\w+\s)?[Aa]pplication\s(?=(?:to\s)?institut(?:ing|e)\sproceedings)"
    r"(?:to\s)?institut(?:ing|e)\b"
)
"""How a case is begun: "filed in the Registry of the Court an Application instituting proceedings"."""
_NOTE = re.compile(r"(?<=[a-z]{4}[.!?])\d{1,3}(?=\s+[\"(]?[A-Z]|\s*$)", re.MULTILINE)
"""The number of a note right after a sentence: "in response.6 The envoy …"."""
_NOTES = 2
"""So many of them in a text from which they are notes."""
_AYN = re.compile(
    r"(?<=\w )'(?=(?:Abbas|Abd|Abdallah|Abdullah|Adel|Adil|Adnan|Ala|Ali|Ammar|Amr|Arafat|Aref|Arif|Asim|Atif|Awad|Aziz|Azzam|Imad|Isa|Isam|Issa"
    r"|Issam|Izz|Izzat|Omar|Umar|Uthman)\b)"
)
"""The sign for a letter that begins Arabic names: "President 'Umar NAME"."""
_STYLE_AGAIN = re.compile(r"(?<=[a-z]) \((?:HRH|HSH|HIH|HM|HE|H\.E\.|H\.R\.H\.|H\.M\.)\)(?= [A-Z])")
"""A style and its letters: "His Royal Highness (HRH) Prince NAME"."""
_STYLED = re.compile(
    r"(?m)^((?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Dame|Prince|Sheikh|Archbishop|Monsignor)\.? )([A-ZÀ-Þ][A-ZÀ-Þ'-]{2,})(?=,? \([A-Z][a-z])"
)
"""A speaker with a style and a family name alone, at the beginning of a line: "Mr. PRADO (Portugal): …"."""


_TURNS = 2
"""Speakers from which a text is the record of a meeting."""


def takes_turns(text: str) -> bool:
    """Whether a text is the record of a meeting, each of whose speakers has a country after the name."""
    return "(" in text and max(len(one.findall(text)) for one in (SPEAKER, _STYLED)) >= _TURNS


_SLASHED = re.compile(r"(?m)^([A-Z][^/\n]{2,60})/([A-Z]{2,8})/(?= ?[-–—:])")
"""An agency's name at the end of a dateline: "LIMA, Jan 7 /ABC/ - …"."""


_MONTH = rf"(?:{'|'.join(f'{name}|{name[:3]}[.]?' for name in MONTHS)})"
_MISREAD = re.compile(
    rf"[lI1-3](?:(?<!\w.)(?:(?<=[lI])\d|(?<=[1-3])[lIO])(?=[ ]{_MONTH}\b)|(?<=[a-z.,] [lI])(?=[89]\d\d(?!\w)))"
)
"""A figure of a day beside its month, or of a year, that a scanner took for a letter: "l8 May l994"."""
_FIGURES = str.maketrans("lIO", "110")


_LEAF = re.compile(
    r"(?im)(?<=\n)([ ]*\n)[ ]*(?:page[ ]*)?(?![^\n]*[•|])[^\w\n]*(?:\d{1,3}[^\w\n]*)?(?=\n[ ]*\n)"
)
"""A line of a scanned page that is but its number, the call to turn it (".../2") or dirt."""


def _unframed(match: re.Match[str]) -> str:
    """Front matter blanked but for a title that the text below does not begin with."""
    framed = _blank(match)
    title = _TITLE.search(match[0])
    if title is None or " ".join(title[1].split()) in " ".join(match.string[match.end() :][:_HEAD].split()):
        return framed
    return framed[: title.start(1)] + title[1] + framed[title.end(1) :]


_SHOUTED_OWNER = re.compile(r"(?<=[A-ZÀ-Þ]{2})'S\b")
"""A possessive in a line of capitals: "MINISTER PRADO'S VISIT"."""
_HEAD = 600
"""Characters at the beginning of a text in which its title may stand."""


def _titled(match: re.Match[str]) -> str:
    return match[1].title() if len(match[1].title()) == len(match[1]) else match[1]


@lru_cache(maxsize=1)
def view(text: str) -> str:
    """The text with markup and names in their own script blanked and quotation marks plain; same length, same newlines."""
    seen = barred(_FRONT_MATTER.sub(_unframed, text, count=1))
    for sign, plain in _PLAIN.items():
        seen = seen.replace(sign, plain)
    seen = _LINK.sub(_link, _IMAGE.sub(_blank, seen))
    seen = _BULLET.sub(r"\1•", seen)  # `sentences` needs to see it
    if "--" in seen:
        seen = _DASHES.sub(r"\1 •", seen)
    if len(_ROUND.findall(seen)) >= _ROUNDS:
        seen = _ROUND.sub(r"\1•", seen)
    if "]]" in seen:
        seen = _CAPTION.sub("\\1\n\n", seen)
    for sign, pattern in _BLANKED:
        if sign in seen:
            seen = pattern.sub(_blank, seen)
    if "'S" in seen:
        seen = _SHOUTED_OWNER.sub("'s", seen)
    if '"' in seen:
        seen = _FEW_WORDS.sub(_unquoted, seen)
    if "/" in seen:
        seen = _SLASHED.sub(r"\1(\2)", seen)
    seen = _MISREAD.sub(lambda match: match[0].translate(_FIGURES), seen)
    if any(begun in seen for begun in _HONOURED):
        seen = _HONOUR.sub(_blank, seen)
    if "pplication" in seen:
        seen = _FILED.sub(_instituted, seen)
    if len(_NOTE.findall(seen)) >= _NOTES:
        seen = _NOTE.sub(_blank, seen)
    if " '" in seen:
        seen = _AYN.sub(" ", seen)
    if "(" in seen:
        seen = _STYLE_AGAIN.sub(_blank, seen)
        seen = _STYLED.sub(lambda match: match[1] + match[2].title(), seen)
        seen = SPEAKER.sub(_titled, seen)
    seen = native.hide(seen)
    return _LEAF.sub(_blank, seen) if is_torn(seen) else seen


@lru_cache(maxsize=1)
def dates(seen: str) -> tuple[Expression, ...]:
    """The date expressions of a view, kept for a while: what frames a document and what it tells both need them."""
    return tuple(expressions(seen))
