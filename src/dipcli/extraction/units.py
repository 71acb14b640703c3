"""Units: a sentence cut into names, titles, countries, dates and ordinary words.

Each unit carries a one-letter tag, so that the grammar of titles and names in `people` and
`bodies` can be written as regular expressions over a sentence's string of tags.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import msgspec

from dipcli import names
from dipcli.extraction import hyphens
from dipcli.extraction.phrasebook import Phrases
from dipcli.lexicon import countries, offices, organizations, personal, places
from dipcli.names import normal

TAGS = {
    "C": "country",
    "D": "demonym",
    "O": "organisation of the lexicon",
    "R": "head word of an organisation (Ministry, Council)",
    "L": "place",
    "H": "office (president, foreign minister)",
    "M": "modifier of an office (vice, former)",
    "F": "portfolio (foreign, defence)",
    "h": "honorific (Mr, Senator)",
    "G": "who acts for a country (government, officials)",
    "N": "capitalised word",
    "J": "particle inside a name (al, bin, van)",
    "P": "possessive 's",
    "w": "of, for, on, to, at",
    "&": "and",
    "T": "article or possessive pronoun",
    ",": "comma",
    "-": "hyphen or dash",
    "d": "date",
    "0": "number",
    "v": "other word",
    ".": "other sign",
}


class Unit(msgspec.Struct, frozen=True, gc=False):
    text: str
    char_start: int
    char_end: int
    tag: str
    data: Any = None
    """Entry of the lexicon: a country's Form, an organisation, a place, an office's head."""


_WORD = re.compile(
    r"(?=[A-Z])(?:(?:[A-Z]\.){2,}|[A-Z]\.(?=\s)|(?:Lt|Gen|Maj|Col|Adm|Capt|Sgt|Sen|Rep|Gov|Pres|Amb|Dr|Mr|Mrs|Ms|Prof|Brig|Cmdr|Rev|Rt|Hon|Jr|Sr|St|Smt|SMT|DR|MR|MRS|MS|HON|AMB|GEN)\.(?=\s))|"
    r"[^\W_]+(?:['.](?=[^\W_])(?!s\b)[^\W_]+)*|'s\b|'(?=\s)|[^\w\s]|_",
)
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]{2,5}s?")
_INITIALS = re.compile(r"(?!D\.C\.)(?:[A-Z]\.){2,4}|[A-Z]{2,3}")
_REGNAL = re.compile(r"[IVX]{1,5}")
_EXCELLENCIES = frozenset(
    ("H.E.", "H.E", "HE", "H.H.", "H.M.", "H.R.H.", "HM", "HH", "HRH", "HIM", "TM", "TRH", "HSH")
)
_OF = frozenset(("of", "for", "on", "to", "at", "in"))
_ARTICLES = frozenset(("the", "a", "an", "its", "his", "her", "their", "this", "that", "our"))
_PARTICLES = frozenset(
    "al el bin ibn bint abu abd ul ud ad ash de da di do dos das du del della der den van von ter le la bar ben y e arap ould ole ag mint".split()
)
_HYPHENED = _PARTICLES | {"as", "an"}
"""Particles that a hyphen may join to a name ("as-Sadr")."""


_DEEDS = frozenset(
    """Addressed Attended Conferred Delivered Inspected Met Received Visited Inaugurated Accepts Accuses Addresses Appoints
    Asks Assures Attends Blames Congratulates Condemns Criticizes Denounces Expels Greets Hosts Informs Invites Meets
    Names Receives Recalls Rejects Succeeds Summons Telephones Tells Thanks Urges Warns Welcomes""".split()
)
"""Verbs with which a table's cell, or a sentence that names nobody again, says what was done."""
_ONCE = frozenset(("then", "ex"))
"""What a hyphen sets before an office that is held no more: "then-Foreign Minister"."""


def tag_string(units: Sequence[Unit]) -> str:
    return "".join([unit.tag for unit in units])


def tokens(seen: str, lo: int, hi: int) -> list[Unit]:
    """Words and signs of seen[lo:hi]; a hyphenated word is one unless a part of it is a country."""
    raw = [Unit(m[0], m.start(), m.end(), "") for m in _WORD.finditer(seen, lo, hi)]
    return _join_hyphens(seen, raw) if seen.find("-", lo, hi) >= 0 else raw


class Head(msgspec.Struct, frozen=True, gc=False):
    """An office as a unit's data."""

    head: str
    """Normal form, singular."""
    plural: bool
    office: bool
    """Whether one person holds it."""


@cache
def _lexicon() -> Phrases:
    """Countries, organisations, places and offices, by the words of their normal forms."""
    entries: list[tuple[str, str, Any]] = []
    for country in countries.forms().values():
        if "prefix" not in country.flags:
            phrase = " , ".join(
                map(normal, country.text.split(","))
            )  # "Kingdom of Serbs, Croats and Slovenes"
            entries.append((phrase, "D" if country.sort == "demonym" else "C", country))
    for form, bodies in organizations.forms().items():
        flags = bodies[0].flags(form)
        if len(bodies) == 1 and not flags & {"ambiguous", "word"}:
            entries.append((form, "O", bodies[0]))
    entries += [(form, "L", place) for form, place in places.forms().items() if "word" not in place.flags]
    entries += [(form, "R", pattern) for form, pattern in organizations.patterns().items()]
    plural, acting = offices.plural_heads(), offices.data()["acting"]
    entries += [
        (form, "H", Head(head.words, form in plural, head.office))
        for form, head in offices.heads().items()
        if form not in acting["usurpers"]
    ]
    entries += [
        (form, "H", Head("counterpart", form.endswith("s"), False))
        for form in ("counterpart", "counterparts")
    ]
    entries += [(form, "M", None) for form in offices.modifiers()]
    entries += [(form, "F", None) for form in (*offices.portfolios(), "affairs", "policy")]
    entries += [(form, "h", None) for form in offices.honorifics() - {"he", "u"}]
    entries += [(form, "G", None) for form in (*acting["governments"], *acting["usurpers"])]
    return Phrases(sorted(entries, key=lambda entry: _ORDER[entry[1]]))


_TITLED_NAME = re.compile(r"[Hh]NN?\Z|NJ\Z")
_AFTER_TITLE = re.compile(r"HN?\Z")
_TITLED = re.compile(r"(?:[Hh]|Hw(?:T?[CD]))\Z")
_POSTED = re.compile(r"[HF],\Z")
_ORDER = {tag: rank for rank, tag in enumerate("COLDHRGFMh")}


def _fits(text: str, tag: str, data: Any) -> bool:
    """Whether a match has the capitals that its reading needs."""
    if tag in "CD":
        return (
            text.replace(".", "") == data.text.replace(".", "")
            if "case" in data.flags
            else text[:1].isupper()
        )
    if tag == "O":
        bare = text.replace(".", "").replace("\u2019", "'")
        if "case" in data.flags(text):
            return bare in data.forms
        if normal(text) in {normal(a) for a in data.acronyms}:
            return bare in data.forms or _is_titled(bare, data)
        return text[:1].isupper()
    if tag == "h":
        return text.removeprefix("the ")[:1].isupper()
    if tag == "L":
        return text[:1].isupper()
    if tag == "R":
        if len(text) < 3 and not text.isupper():
            return False
        return text[:1].isupper() or (data.body and not data.care)
    return True


def _is_titled(acronym: str, data: Any) -> bool:
    """Whether a long acronym is written as a word, as the British do: "Nato", "Unesco"."""
    return len(acronym) > 3 and acronym.upper() in data.acronyms and acronym[1:].islower()


@lru_cache(maxsize=1 << 14)
def _form(text: str) -> str:
    """A token as the lexicon's phrases have it."""
    return text if text in ("'s", "'") else normal(text) or text


_OVERTHROWN = frozenset("ousted deposed retired named nominated re-elected reelected".split())
"""What an officer is called, and what is done to officers."""
_MUTINOUS = frozenset(
    "army coup military officers generals soldiers troops rebels junta regiment uprising who voters was were been be being".split()
)


def _acts(before: Unit) -> bool:
    """Whether a unit may be who overthrows somebody told of after it."""
    people = before.tag == "D" and before.text.endswith("s")
    return people or before.tag in "NORKCG" or before.text.casefold() in _MUTINOUS


_FORCES = frozenset(("army", "navy", "air force", "armed forces", "military"))
_GOES_ON = frozenset(
    "said says has have had was were is are will would could may also and or but in on of to by for from at"
    " with as after before that which who".split()
)


def _is_force(text: str, units: list[Unit], after: list[str]) -> bool:
    """Whether words in small letters name a nation's armed force ("the Chadian army"); "military" only
    where no noun follows ("the Chadian military base")."""
    if text not in _FORCES or not units or units[-1].tag != "D":
        return False
    following = after[0] if after else "."
    return (
        text != "military" or not following[0].isalpha() or following in _GOES_ON or following.endswith("ed")
    )


def _capital_tag(text: str, tag: str, units: Sequence[Unit], after: str) -> str:
    """The tag of a capitalised word that no table knows, by the units before it and the word after it."""
    if tag in "vK" and len(text) < 4 and text != "As" and after and names.shape(f"{text} {after}"):
        tag = "N"  # a family name that is also a word: He, An, So
    if tag == "K" and (_begins_name(text, after) or _ends_name(units, text) or _is_may(units, text, after)):
        tag = "N"  # "GARETH EVANS", and no acronym
    if (
        tag == "K"
        and after == ":"
        and units
        and units[-1].tag in "HN"
        and all(u.text.isupper() for u in units)
    ):
        tag = "N"  # "FOREIGN MINISTER SILVA: Thank you."
    if (
        text == "In"
        and tag_string(units[-2:]) == "NN"
        and names.shape(f"{units[-2].text} {units[-1].text} In")
    ):
        tag = "N"  # "Moon Jae In"
    if (
        tag in "vK"
        and _INITIALS.fullmatch(text)
        and after.istitle()
        and ("." in text or (units and units[-1].tag in "Hh"))
    ):
        tag = "N"  # "G.L. NAME", "Prime Minister KP NAME"
    if text in _EXCELLENCIES and after[:1].isupper():
        tag = "h"
    if units and units[-1].tag == "N" and _REGNAL.fullmatch(text):
        tag = "N"  # "King Louis XIV"
    return tag


def _is_given(units: Sequence[Unit], text: str, after: str) -> bool:
    """Whether the town before a name is its bearer's given name: "President Florence NAME", "Florence NAME", "the
    secretary for defence, Aden NAME NAME"."""
    before = units[-1]
    if before.tag != "L" and getattr(before.data, "sort", "") != "capital":
        return False
    if _TITLED.search(tag_string(units[-4:-1])) or names.shape(f"{before.text} {text}") == "western":
        return True
    return (after.istitle() or after in (",", ".")) and _POSTED.search(tag_string(units[-3:-1])) is not None


def cut(seen: str, lo: int, hi: int, dates: Sequence[tuple[int, int]] = ()) -> list[Unit]:
    """Units of the sentence seen[lo:hi]; `dates` are the spans of its date expressions."""
    raw = tokens(seen, lo, hi)
    words = [_form(token.text) for token in raw]
    lexicon = _lexicon()
    starts = lexicon.starts(words)
    units: list[Unit] = []
    coming = iter([*dates, (hi + 1, hi + 1)])
    date = next(coming)
    i = 0
    while i < len(raw):
        token = raw[i]
        while token.char_start >= date[1]:
            date = next(coming)
        if date[0] <= token.char_start < date[1]:
            stop = i
            while stop < len(raw) and raw[stop].char_start < date[1]:
                stop += 1
            units.append(Unit(seen[date[0] : date[1]], date[0], date[1], "d"))
            i = stop
            continue
        for length, tag, data in lexicon.at(words, i) if i in starts else ():
            last = raw[i + length - 1]
            text = seen[token.char_start : last.char_end]
            if tag in "HFLO" and length == 1 and units and _is_family(units[-1], text, tag):
                continue  # a family name that is also a title, a town or a company: King, Major, Ford
            if tag == "H" and length == 1 and _is_field(words[i], units, words[i + 1 : i + 2]):
                continue  # an office that is also what one is for: "Minister of Justice"
            if tag == "L" and units and units[-1].tag == "h" and length == 1:
                continue  # a name that is also a place: "Sheikh Sabah"
            if tag in "CL" and length == 1 and units and _is_styled(units[-1], tag, data):
                continue  # a given name that is also a town: "Queen Sofia"
            is_family = (tag == "O" and data.sort == "company") or (tag in "CL" and "person" in data.flags)
            if is_family and length == 1 and _AFTER_TITLE.search(tag_string(units[-2:])):
                continue  # a family name that is also a company or a town: "President Ford", "President Santos"
            if (
                tag == "O"
                and data.sort == "company"
                and i + length < len(raw)
                and raw[i + length].text[:1].isupper()
            ):
                continue  # the beginning of a longer name ("Korean Air Defense …")
            if tag == "L" and length == 1 and _TITLED_NAME.search(tag_string(units[-3:])):
                continue  # a family name that is also a town, after a title, and a name or a particle
            if text == "Press" and not _OF_PRESS.isdisjoint(words[i + 1 : i + 2]):
                continue  # no organisation
            if tag == "M" and text in _OVERTHROWN and units and _acts(units[-1]):
                continue  # "NAME ousted President NAME"
            fits = _fits(text, tag, data) or (
                tag == "R" and _is_force(text, units, words[i + length : i + length + 1])
            )
            if fits and not date[0] < last.char_end <= date[1]:
                if tag in "CD" and units and units[-1].text in _OF_NO_STATE.get(words[i], ("ethnic",)):
                    tag = "K" if words[i] in _OF_NO_STATE else "v"
                units.append(Unit(text, token.char_start, last.char_end, tag, data))
                i += length
                break
        else:
            text, tag, part = token.text, _plain_tag(token.text, i == 0), None
            if text[0].isupper() or tag == "N":
                after = raw[i + 1].text if i + 1 < len(raw) else ""
                tag = _capital_tag(text, tag, units, after) if text[0].isupper() else tag
                if tag == "N" and units and _is_given(units, text, after):
                    units[-1] = msgspec.structs.replace(units[-1], tag="N", data=None)
                part = countries.forms().get(words[i]) if after == "-" and tag == "N" else None
                tag = "D" if part else tag  # "Anglo-French"
            units.append(Unit(text, token.char_start, token.char_end, tag, part))
            i += 1
    return units if _STATES.isdisjoint([token.text for token in raw]) else _states(seen, units)


_OF_NO_STATE = {"american": ("Central", "Latin", "North", "South")}
"""Words before a nation's name with which it is of no state; "ethnic" is for all others."""
_OF_PRESS = frozenset(
    "statement statements release releases conference briefing communiqué communique".split()
)
_STYLED = re.compile(r"(?:Queen|King|Princess?|Empress|Duchess|Lady|Mrs|Ms|Miss)\.?\Z")


def _is_styled(before: Unit, tag: str, data: Any) -> bool:
    """Whether a style that goes with given names stands before a town's name."""
    return (tag == "L" or data.sort == "capital") and _STYLED.search(before.text) is not None


_STATES = frozenset(("Republic", "Kingdom", "Principality", "Sultanate", "Commonwealth"))
_SORTS = frozenset(
    "Federal Federative Islamic Arab Democratic Socialist Bolivarian Hashemite People Peoples Popular Oriental 's '".split()
)
"""What kind of state one is, in its long name."""


def _states(seen: str, units: list[Unit]) -> list[Unit]:
    """The units with the long names of states as one, which no table has: "Federal Republic of Nigeria", "Hungarian
    People's Republic"."""
    out: list[Unit] = []
    for k, unit in enumerate(units):
        first = len(out)
        if unit.tag == "C" and [u.text for u in out[-2:]][1:] == ["the"]:
            first -= 1
        if unit.tag == "C" and first > 1 and out[first - 1].text == "of" and out[first - 2].text in _STATES:
            first -= 2
        elif unit.text in _STATES and tag_string(units[k + 1 : k + 2]) not in ("w", "N", "K"):
            first = len(out)
        else:
            out.append(unit)
            continue
        while first and out[first - 1].text in _SORTS:
            first -= 1
        if unit.tag == "C":
            told = unit
        elif first and out[first - 1].tag == "D":
            first -= 1
            told = out[first]
        else:
            out.append(unit)
            continue
        begin = out[first].char_start
        form = msgspec.structs.replace(told.data, sort="official")
        out[first:] = [Unit(seen[begin : unit.char_end], begin, unit.char_end, "C", form)]
    return out


def _is_field(word: str, units: Sequence[Unit], after: Sequence[str]) -> bool:
    """Whether a word that is an office and a field both is a field here: before an office, or after "minister of"."""
    if word not in offices.portfolios():
        return False
    return tag_string(units[-2:]) == "Hw" or after[:1] in (["minister"], ["secretary"], ["party"])


def _is_family(before: Unit, text: str, tag: str) -> bool:
    """Whether a word of the lexicon is the family name to the given name before it."""
    return before.tag == "N" and (tag == "H" or text.istitle()) and bool(names.shape(f"{before.text} {text}"))


@lru_cache(maxsize=1 << 14)
def _plain_tag(text: str, first: bool) -> str:
    if text in ("'s", "'"):
        return "P"
    if text in (",",):
        return ","
    if text in ("-", "–", "—", "--", "/"):
        return "-"
    if not text[0].isalnum():
        return "."
    low = text.casefold()
    if low in ("and", "&"):
        return "&"
    if low in _ARTICLES:
        return "T"
    if low in _OF:
        return "w"
    if text[0].isdigit():
        return "0"
    if text[0].isupper():
        if text in _DEEDS or text in personal.SHOUTED:
            return "v"
        shouted = len(text) > 3 and text.isupper() and text.title() in personal.NO_NAMES
        if text in personal.NO_NAMES or shouted or _ACRONYM.fullmatch(text) or any(c.isdigit() for c in text):
            return "v" if first else "K"
        return "N"
    particle, dash, _rest = low.partition("-")
    if dash and particle in _HYPHENED and text[len(particle) + 1 :][:1].isupper():
        return "N"  # al-Khalifa
    if low[:2] in ("d'", "d\u2019") and text[2:3].isupper():
        return "N"  # d'Alema
    return "J" if low in _PARTICLES else "v"


def _begins_name(text: str, after: str) -> bool:
    """Whether a short word in capitals is a given name before a longer name in capitals."""
    return text.isupper() and after.isupper() and len(after) > 4 and normal(text) in personal.given_cultures()


def _ends_name(units: Sequence[Unit], text: str) -> bool:
    """Whether a short word in capitals is the family name after a given name in capitals."""
    given = units[-1].text if units and units[-1].tag == "N" else ""
    return (
        given.isupper()
        and text.isupper()
        and normal(given) in personal.given_cultures()
        and len(text) > 2
        and (len(text) > 4 or normal(text) in personal.family_cultures())
    )


_MONTH_BEFORE = frozenset(
    "in of until till since by early mid late last this next from to on for during before after between and or the".split()
)
_VERBAL = re.compile(r"(?:[a-z]+(?:ed|[^s]s)|said|told|met|was|has|had|will|would|held|spoke|made|went)\Z")


def _is_may(units: Sequence[Unit], text: str, after: str) -> bool:
    """Whether "May" is a family name: after a given name, or with a verb right after it and no word of time before."""
    before = units[-1] if units else None
    if text != "May" or before is None or after[:1].isdigit():
        return False
    if before.tag in "NHh":
        return before.tag != "N" or normal(before.text) in personal.given_cultures()
    return (
        before.text.casefold() not in _MONTH_BEFORE and before.tag not in "d0" and bool(_VERBAL.match(after))
    )


def _join_hyphens(seen: str, raw: list[Unit]) -> list[Unit]:
    """Hyphenated words put together again, but not where a part names a country (China-Japan); two hyphens are a dash."""
    out: list[Unit] = []
    for token in raw:
        glued = (
            len(out) > 1
            and out[-1].text == "-"
            and out[-1].char_end == token.char_start
            and out[-2].char_end == out[-1].char_start
            and out[-2].text[-1].isalnum()
            and token.text[0].isalnum()
            and (
                not hyphens.meet(out[-2].text, token.text)
                or hyphens.is_place(seen[out[-2].char_start : token.char_end])
            )
            and not (out[-2].text.casefold() in _ONCE and token.text[0].isupper())
            and not hyphens.is_ranked(out[-2].text, token.text)
        )
        if glued:
            start = out[-2].char_start
            out[-2:] = [Unit(seen[start : token.char_end], start, token.char_end, "")]
        elif token.text == "-" and out and out[-1].text == "-" and out[-1].char_end == token.char_start:
            out[-1] = Unit("--", out[-1].char_start, token.char_end, "")
        else:
            out.append(token)
    return out


def flags(unit: Unit) -> frozenset[str]:
    """What is uncertain about a unit's reading; a word that no table knows may be a person."""
    return getattr(unit.data, "flags", frozenset()) if unit.data is not None else frozenset(("person",))
