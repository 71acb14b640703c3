"""Titles and offices in a sentence's units: their words, whose they are, when they are held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from dipcli.extraction.units import Unit, tag_string
from dipcli.lexicon import offices

Tense = Literal["current", "former", "incoming", "outgoing"]
_TENSES: dict[str, Tense] = {
    "former": "former", "ex": "former", "late": "former", "outgoing": "outgoing", "departing": "outgoing",
    "incoming": "incoming", "designate": "incoming", "elect": "incoming", "then": "current", "new": "current",
    "ousted": "former", "deposed": "former",
}  # fmt: skip


class Title(msgspec.Struct, frozen=True, gc=False):
    text: str
    """Without the nation, as written."""
    char_start: int
    char_end: int
    nation: tuple[int, ...]
    """Units of the countries named with it, in order ("Chinese and South Korean …": two)."""
    body: int | None
    """Unit of an organisation named with it ("KOR Defense Ministry's … Director-General")."""
    plural: bool
    tense: Tense
    head: str
    """Head word in singular normal form ("minister")."""


_BEFORE = frozenset("HhMFDCPORLKN&wT-")
_BRACKETED = re.compile(r"[OKR]\.[OK]\.\Z")
FIELDS = re.compile(r"Hw(?:F(?:,[FKND]+)+,?&T?[FKND]+|[FKNDL]+,?&[FKNDL]*F)\Z")
"""An office with a list of fields before its bearer's name: "Minister of Foreign Affairs, Trade and Worship NAME",
"Assistant Secretary for South and East European Affairs NAME"."""
_OF_COUNTRY = re.compile(r"wT?C\Z")
_FIELD_OF_NATION = re.compile(r"(wT?[FK&,]+)wT?C(?:(?:,|,?&)C)*")
_OF = re.compile(
    r"wT?[CD](?:(?:,|,?&)(?:[CD]|TC(?=[,&v.dw]|$)))*(?![FKRNPHM])|w(?:T?[OR]|T?D?[NFKM]{1,2}R(?:wT?F(?:&?F)*)?)(?:wT?C(?![FKRNP]))?|wT?[FK&]+wT?C(?:(?:,|,?&)C)*|wT?F(?:&?[FK])*"
)


def text_of(seen: str, units: Sequence[Unit], first: int, last: int) -> str:
    return " ".join(seen[units[first].char_start : units[last].char_end].split())


def title_before(seen: str, units: Sequence[Unit], tags: str, end: int) -> tuple[int, Title] | None:
    """The title whose last unit is `end - 1`: (its first unit, nation included; the title)."""
    if _BRACKETED.search(tags, 0, end) and units[end - 3].text == "(":
        return title_before(seen, units, tags, end - 3)  # "Secretary General of the Nordic Union (NU) NAME"
    if fields := FIELDS.search(tags, 0, end):
        begin = head = fields.start()
        while begin and tags[begin - 1] in "MDCP":
            begin -= 1
        return _title(seen, units, tags, begin, head, end)
    while end > 1 and tags[end - 2 : end] == "HH" and _address(units, end - 1, end):
        end -= 1  # "Foreign Minister Prof. NAME"
    heads: list[int] = []
    j = end - 1
    while j >= 0 and tags[j] in _BEFORE:
        if tags[j] == "H":
            heads.append(j)
        elif not heads and tags[j] == "&" and tags[j - 1 : j] == "F" and tags[j + 1 : j + 2] == "F":
            pass  # "Representative for Foreign Affairs and Security Policy NAME"
        elif not heads and tags[j] in "&T" and not (tags[j] == "T" and j > 0 and tags[j - 1] == "w"):
            break  # "the minister and NAME", but "Ambassador to the UN NAME"
        elif heads and tags[j] == "w":
            break  # "visit of Minister NAME"
        elif heads and tags[j] == "T":
            break
        j -= 1
        if (
            j > 0
            and tags[j] == ","
            and tags[j + 1 : end]
            and set(tags[j + 1 : end]) <= {"h", "H"}
            and _address(units, j + 1, end)
        ):
            earlier = title_before(seen, units, tags, j)
            if earlier and earlier[1].head:
                return earlier
    if not heads:
        if end and tags[end - 1] == "h":
            unit = units[end - 1]
            title = Title(unit.text, unit.char_start, unit.char_end, (), None, False, "current", "")
            return end - 1, title
        return None
    tail = max(heads)
    between = tags[tail + 1 : end]
    if between and not re.fullmatch(
        r"h*|(?:w(?:T?[DCOLKFMNRGP&-]|w)*T?[DCOLFKNRG])h*|-?[OFK]?h*|[OR]h*", between
    ):
        tail = next((h for h in heads if not tags[h + 1 : end].strip("hH")), -1)
        if tail < 0:
            return None
    return _title(seen, units, tags, j + 1, tail, end)


_SERVES = re.compile(r"(?P<head>H)w(?P<boss>T?[DCOR]{0,2}[MFKh-]*H)(?:wT?[DCFKRN&]+)*\Z")
"""An office that serves another's holder: "Spokesman for the Foreign Minister", "Envoy of the President for Peru"."""
_MASTERS = frozenset(("leader", "royal", "minister"))
"""Sorts of offices whose holders serve nobody in another office."""


def served(seen: str, units: Sequence[Unit], tags: str, end: int) -> tuple[int, Title] | None:
    """The title before unit `end` of whoever serves the holder of another: (its first unit, nation included; the
    title, which ends with the other's)."""
    found = _SERVES.search(tags, 0, end)
    if found is None or units[found.start("boss") - 1].text not in ("of", "for", "to"):
        return None
    head = found.start("head")
    if sort_of(units[head].data.head) in _MASTERS:
        return None
    begin = head
    while begin and tags[begin - 1] in "MFKDCPOR-":
        begin -= 1
    return _title(seen, units, tags, begin, head, found.end("boss"))


_NEXT_LAND = re.compile(r",?&?w?T?C,N")
"""After the first name of a list whose title stands once: "the foreign ministers of X, A, and Y, B"."""


def title_apart(
    seen: str, units: Sequence[Unit], tags: str, first: int, last: int
) -> tuple[int, Title] | None:
    """A title set off by commas: "its nuclear envoy, NAME, said", "his counterpart, NAME"."""
    if first < 2 or tags[first - 1] != ",":
        return None
    if tags[first - 2] not in "HFCOKRL" and not FIELDS.search(tags, 0, first - 1):
        return None
    found = served(seen, units, tags, first - 1) or title_before(seen, units, tags, first - 1)
    if found is None or not found[1].head or (found[1].plural and not _NEXT_LAND.match(tags, last + 1)):
        return None
    begin = found[0]
    opens = begin == 0 or (begin < 4 and tags[begin - 1] == ".") or tags[begin - 1] == "-"
    after = tags[last + 1 : last + 2]
    if after not in (",", ".", "", "d") and not (opens and after == "v"):
        return None  # "Foreign Minister of Peru, NAME visited", but "told the Foreign Minister of Peru, NAME left"
    owned = found[1].nation or found[1].body is not None
    owned = owned or (
        begin > 0 and (tags[begin - 1] in "TP" or units[begin - 1].text in ("its", "his", "her", "their"))
    )
    return found if owned else None


_JOINT = frozenset(("minister", "leader"))
"""Sorts of offices that a minister may hold as well."""


def joint(
    seen: str, units: Sequence[Unit], tags: str, first: int, title: Title
) -> tuple[int, Title, Title] | None:
    """Of somebody with two offices ("Peruvian Deputy Prime Minister and Foreign Minister NAME"), where `title` from the
    unit `first` on is the second: (the first unit, the second and the first office, each with the nation)."""
    if (
        first in title.nation
        or title.plural
        or sort_of(title.head) != "minister"
        or tags[first - 2 : first] != "H&"
    ):
        return None
    found = title_before(seen, units, tags, first - 1)
    if (
        found is None
        or found[1].plural
        or sort_of(found[1].head) not in _JOINT
        or found[1].head == "president"
    ):
        return None
    nation = title.nation or found[1].nation
    other = msgspec.structs.replace(found[1], nation=nation)
    return found[0], msgspec.structs.replace(title, nation=nation), other


def counterpart_of(units: Sequence[Unit], tags: str, first: int) -> tuple[int, ...]:
    """Units of the nation of the counterpart that a title set off by a comma tells more of: "her Peruvian
    counterpart, Minister NAME"."""
    if first < 3 or tags[first - 3 : first] != "DH," or units[first - 2].data.head != "counterpart":
        return ()
    return (first - 3,)


def _address(units: Sequence[Unit], first: int, end: int) -> bool:
    """Whether the words before a name only address its bearer (Mr, Senator), the office being told before."""
    ranks = offices.data()["honorifics"]["titles"]
    return all(u.tag == "h" or (u.data.head if u.tag == "H" else u.text) in ranks for u in units[first:end])


def is_address(title: Title) -> bool:
    """Whether a title only addresses its bearer: an honorific, a rank."""
    return not title.head or title.head in offices.data()["honorifics"]["titles"]


def sort_of(head: str) -> str | None:
    """What kind of office a head is (`offices.toml`)."""
    known = offices.heads().get(head)
    return known.sort if known else None


def _title(
    seen: str, units: Sequence[Unit], tags: str, start: int, head: int, end: int
) -> tuple[int, Title] | None:
    """A title from units[start:end] with its head at `head`, trimmed to where it can begin."""
    first = head
    while (first > start and tags[first - 1] in "MFKHh-") or (
        first > start and tags[first - 1] in "N&OR" and _inside(tags, units, start, first)
    ):
        first -= 1
    while first < head and tags[first] in "&-":
        first += 1
    nation, begin = _nation(tags, units, start, first)
    body = None
    if begin > start and tags[begin - 1] == "P" and begin > start + 1 and tags[begin - 2] in "OR":
        body = begin - 2
        nation, begin = _nation(tags, units, start, begin - 2)
    elif begin > start and tags[begin - 1] in "OR" and not nation:
        body = begin - 1
        nation, begin = _nation(tags, units, start, begin - 1)
    last = end - 1
    while last > head and tags[last] == "h":
        last -= 1
    after = [k for k in range(head + 1, last + 1) if tags[k] in "CD"]
    of_body = [k for k in range(head + 1, last + 1) if tags[k] in "OR"]
    sent = (
        bool(after)
        and units[head + 1].text == "for"
        and sort_of(units[head].data.head) in ("diplomat", "adviser")
        and not units[head].data.head.startswith("permanent")
    )
    whose = _OF_COUNTRY.search(tags, head, last + 1) if tags[last] == "C" else None
    if not nation and whose and whose.start() > head + 1 and units[whose.start()].text == "of":
        nation, last = (last,), whose.start() - 1  # "Chief of the Defence Staff of Ghana"
    elif (
        not nation and after and tags[head + 1] == "w" and units[head + 1].text in ("of", "for") and not sent
    ):
        if not re.search(r"[FKRON]", tags[head + 2 : last + 1]):
            nation = tuple(after)
            last = head  # "Foreign Minister of Bahrain": the nation is no part of the title
        elif tags[head + 2 : head + 4].strip("T")[:1] in ("D", "C"):
            nation = tuple(after[:1])
        elif field := _FIELD_OF_NATION.fullmatch(tags, head + 1, last + 1):
            nation = tuple(k for k in after if k > field.end(1))
            last = field.end(1) - 1  # "Minister of Foreign Affairs of Mongolia"
    if body is None and of_body:
        body = of_body[0]
    if body is None:
        body = next((k for k in range(first, head) if tags[k] in "OR"), None)
    entry = units[head].data
    words = [units[k].text.casefold() for k in range(first, last + 1)]
    tense: Tense = next((t for w, t in _TENSES.items() if w in words), "current")
    if begin < first and begin > start and units[begin - 1].text.casefold() in _TENSES:
        begin -= 1  # "former Irish president"
        tense = _TENSES[units[begin].text.casefold()]
    elif begin < first and begin > start and tags[begin - 1] == "M":
        begin -= 1  # "jailed Irish leader"
    title_first = first
    while title_first < head and (
        units[title_first].text.casefold() in _TENSES or (title_first > first and tags[title_first] == "-")
    ):
        title_first += 1
    return begin, Title(
        text_of(seen, units, title_first, last),
        units[title_first].char_start,
        units[last].char_end,
        nation,
        body,
        entry.plural,
        tense,
        entry.head,
    )


def _inside(tags: str, units: Sequence[Unit], start: int, first: int) -> bool:
    """Whether the unit before `first` belongs inside a title: "Foreign Affairs and Trade Minister"."""
    before = tags[first - 1]
    if before == "&":
        return first - 2 >= start and tags[first - 2] in "FKN" and tags[first] in "FKN"
    if before in "OR":
        return False
    word = units[first - 1].text
    return tags[first] in "FKHM" and word[:1].isupper() and not word.isupper() and before == "N"


def _nation(tags: str, units: Sequence[Unit], start: int, end: int) -> tuple[tuple[int, ...], int]:
    """Countries named right before unit `end`: (their units in order, the first unit)."""
    found: list[int] = []
    j = end - 1
    if j >= start and tags[j] == "P" and j - 1 >= start and tags[j - 1] == "C":
        j -= 1
    while j >= start and tags[j] in "CD":
        found.append(j)
        if j - 1 >= start and tags[j - 1] in "&,-" and j - 2 >= start and tags[j - 2] in "CD":
            j -= 2
            if tags[j + 2] == tags[j] or tags[j + 1] == "&":
                continue
            j += 2
            break
        if j - 1 >= start and tags[j - 1] == "P" and j - 2 >= start and tags[j - 2] == "C":
            break
        break
    if not found:
        return (), end
    return tuple(reversed(found)), min(found)


def titles(seen: str, units: Sequence[Unit]) -> list[tuple[Title, int, int]]:
    """All titles of a sentence, whosever they are, each with its first and last unit, nation included."""
    return free_titles(seen, units, tag_string(units), set())


def whole(seen: str, units: Sequence[Unit]) -> Title | None:
    """The title that words are, as in a table's cell or on a line below a name; the first of several."""
    tags = tag_string(units)
    if not re.fullmatch(r"[^v0dPG]*H[^v0dPG]*", tags):
        return None
    end = re.search(r"[,.]|\Z", tags)
    found = title_before(seen, units, tags, end.start()) if end else None
    return found[1] if found and found[1].head and set(tags[: found[0]]) <= {"T"} else None


def free_titles(seen: str, units: Sequence[Unit], tags: str, taken: set[int]) -> list[tuple[Title, int, int]]:
    """The titles whose words are not yet taken."""
    found: list[tuple[Title, int, int]] = []
    for head in (i for i, tag in enumerate(tags) if tag == "H" and i not in taken):
        if head + 1 < len(tags) and tags[head + 1] in "HF":
            continue
        end = head + 1
        tail = _OF.match(tags, end)
        if tail and (units[end].text in ("of", "for") or (units[end].text == "to" and _is_sent(units[head]))):
            end = tail.end()
        j = head
        while j > 0 and tags[j - 1] in "MFKDCPORH&h-" and j - 1 not in taken:
            j -= 1
        made = _title(seen, units, tags, j, head, end)
        if made is not None and not any(k in taken for k in range(made[0], end)):
            found.append((made[1], made[0], end - 1))
    return found


def _is_sent(unit: Unit) -> bool:
    """Whether who bears a title may be sent somewhere: "envoy to Peru", but not "invited the president to Peru"."""
    parsed = offices.parse(unit.text)
    return parsed is None or parsed.head.sort not in ("leader", "royal", "minister")


def shown(title: Title, text: str | None) -> str | None:
    """A title as a sentence gives it: an office that is not held then is told as such."""
    text = text or (None if title.head else title.text)
    return text if text is None or title.tense == "current" else f"{title.tense} {text}"


def singular(title: str) -> str:
    """A plural title as one holder has it: "foreign ministers" -> "foreign minister"."""
    words = title.split()
    for i in range(len(words) - 1, -1, -1):
        low = words[i].casefold()
        if low.endswith("s") and not low.endswith(
            ("affairs", "ss", "forces", "nations", "states", "relations")
        ):
            words[i] = words[i][:-3] + "y" if low.endswith("ies") else words[i][:-1]
            break
    return " ".join(words)
