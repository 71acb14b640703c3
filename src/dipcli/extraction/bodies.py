"""Organisations found in a sentence's units: those of the lexicon, and names built on a head word.

"Ministry of Foreign Affairs", "National Development and Reform Commission", "South Korean Coast
Guard": a head word (Ministry, Commission, Guard) with the capitalised words around it. In lower
case a head word needs its portfolio or nation ("the trade ministry").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dipcli.extraction import collectives
from dipcli.extraction.units import Unit
from dipcli.lexicon import organizations
from dipcli.names import normal


class Body(msgspec.Struct, frozen=True, gc=False):
    """One mention of an organisation."""

    name: str
    """As written, without a possessive nation: "Defense Ministry", "South Korean Coast Guard"."""
    core: str
    """Without its nation: "Coast Guard"."""
    head: str
    nation: int | None
    """Unit of its country."""
    char_start: int
    char_end: int
    first: int
    last: int
    entry: organizations.Organization | None
    """Entry of the lexicon, if it has one."""
    acronym: str | None = None
    again: bool = False
    """Whether it is a head word alone ("the ministry"): one named before."""
    noun: organizations.Noun | None = None
    """What the common noun that tells of it is (see `collectives`)."""


_AFTER = re.compile(
    r"w?T?[NKFDCLROM](?:[&-]?[NKFDCLROM])*(?:w(?=T?[NKCDLO])T?[NKFDCLRO](?:[&-]?[NKFDCLRO])*)*"
)
_FIELDED = frozenset(("Mission", "Operation", "Force"))
"""Heads of names that go on with where they are: "United Nations Mission in Liberia"."""
_GATHERED = frozenset(("Council", "Conference", "Assembly", "Committee"))
"""Heads of names that go on with who is gathered: "Council of Foreign Ministers"."""
_WHO_SITS = frozenset(("member", "members", "delegates", "officials"))
_PREMISES = frozenset("embassy embassies consulate consulates".split())
"""Where a country is, not who acts for it."""
_ACRONYM = re.compile(r"\A\s*\(\s*[\"']?([A-Z][A-Za-z]?[A-Z.]{1,8})[\"']?\s*[),;]")


def find(seen: str, units: Sequence[Unit], tags: str, taken: set[int], told: dict[str, str]) -> list[Body]:
    """Bodies of a sentence; `taken` are units of persons' names, which no body swallows; `told` are names that
    the text has told to be an organisation's by a common noun, to which those of this sentence are added."""
    found: list[Body] = []
    headed = "O" in tags or "R" in tags
    done: set[int] = set()
    tags = _with_members(tags, units) if headed else tags
    for i, unit in enumerate(units) if headed else ():
        if i in taken or i in done or unit.tag not in "OR" or unit.text.casefold() in _PREMISES:
            continue
        body = _lexical(seen, units, tags, i) if unit.tag == "O" and not _headed(tags, units, i) else None
        if body is None and unit.tag == "R":
            body = _built(seen, units, tags, i, taken)
        if body:
            found = [one for one in found if not body.first <= one.first <= one.last <= body.last]
            found.append(body)
            done.update(range(body.first, body.last + 1))
    for one in collectives.find(seen, units, tags, done | taken, told):
        found.append(_told(units, one))
    return found


SOLDIERS = frozenset(("troops", "soldiers", "forces", "servicemen"))
"""Nouns for the same of one nation."""


def _told(units: Sequence[Unit], one: collectives.Told) -> Body:
    core = one.noun if one.nation == one.first else one.name
    core = "troops" if core in SOLDIERS else "commandos" if core == "commando" else core
    return Body(
        one.name, core, one.noun, one.nation, units[one.first].char_start, units[one.last].char_end, one.first, one.last,
        None, again=one.again, noun=organizations.noun(one.noun),
    )  # fmt: skip


def _with_members(tags: str, units: Sequence[Unit]) -> str:
    """The tags, offices that only tell whose council or meeting a body is as parts of its name: "Council of
    Heads of State", "Foreign Ministers Council"."""
    out = list(tags)
    for i, unit in enumerate(units):
        if unit.tag == "H" and unit.data.plural and unit.text[:1].isupper():
            opens = i + 1 < len(tags) and tags[i + 1] == "R"
            closes = i > 1 and tags[i - 2 : i] == "Rw" and units[i - 2].text in _GATHERED
            if opens or closes:
                out[i] = "K"
    return "".join(out)


def _headed(tags: str, units: Sequence[Unit], i: int) -> bool:
    """Whether an organisation's name only begins a longer one ("Korean Air Defense Zone")."""
    if i + 1 >= len(tags) or not units[i + 1].text[:1].isupper():
        return False
    return tags[i + 1] == "R" or (tags[i + 1] in "FNK" and units[i].data.sort == "company")


def _lexical(seen: str, units: Sequence[Unit], tags: str, i: int) -> Body:
    unit = units[i]
    nation = None
    home = getattr(unit.data, "country", None)
    owner = _nation_before(tags, i)
    if home and owner is not None and tags[owner] == "C" and units[owner].data.alpha3 != home:
        if unit.data.sort != "company":  # another nation's of that name
            name = " ".join(seen[units[owner].char_start : unit.char_end].split())
            acronym = _ACRONYM.match(seen[unit.char_end : unit.char_end + 24])
            return Body(
                name, unit.text, unit.text.split()[-1].casefold(), owner, units[owner].char_start, unit.char_end,
                owner, i, None, acronym[1] if acronym else None,
            )  # fmt: skip
    elif home is None and getattr(unit.data, "sort", None) != "international":
        nation = owner
    acronym = _ACRONYM.match(seen[unit.char_end : unit.char_end + 24])
    return Body(
        unit.text, unit.text, unit.text.split()[-1].casefold(), nation, unit.char_start, unit.char_end,
        i, i, unit.data, acronym[1] if acronym else None,
    )  # fmt: skip


def _nation_before(tags: str, i: int) -> int | None:
    if i and tags[i - 1] in "DC":
        return i - 1
    if i > 1 and tags[i - 1] == "P" and tags[i - 2] in "C":
        return i - 2
    return None


def _built(seen: str, units: Sequence[Unit], tags: str, head: int, taken: set[int]) -> Body | None:
    first = head
    upper = units[head].text[:1].isupper()
    while first > 0 and first - 1 not in taken:
        before = tags[first - 1]
        text = units[first - 1].text
        if (
            (before in "NKLRM" and text[:1].isupper() and upper)
            or (before == "F" and (text[:1].isupper() == upper or not upper))
            or (before == "O" and upper)
        ):
            first -= 1
        elif (
            before == "&"
            and first > 1
            and tags[first - 2] in "NKF"
            and units[first - 2].text[:1].isupper()
            and tags[first] in "NKFR"
            and first - 2 not in taken
            and upper
        ):
            first -= 2
        else:
            break
    while first < head and tags[first] in "&-":
        first += 1
    last = head
    after = _AFTER.match(tags, head + 1) if upper else None
    fielded = units[head].text.split()[-1] in _FIELDED
    if fielded and first == head:
        return None
    links = ("of", "for", "on", "in") if fielded else ("of", "for", "on")
    if units[head].text.endswith("Mission"):
        links = (*links, "to")  # but "deployed a Peace Force to Fiji"
    if after and tags[head + 1] == "w" and units[head + 1].text in links:
        last = after.end() - 1
        if re.search(r"&[CD]\Z", tags[: last + 1]) and tags[last + 1 : last + 2] == "P":
            last -= 1  # "the Ministry of Tourism and Peru's Ministry of Trade"
        while last > head and (last in taken or tags[last] in "&-wTP" or units[last].text[:1].islower()):
            last -= 1
    elif after and tags[head + 1] in "FKR" and units[head + 1].text[:1].isupper():
        last = head + 1
    nation = None
    begin = first
    if first > 0 and tags[first - 1] in "DC" and first - 1 not in taken:
        nation = begin = first - 1
        if begin > 1 and tags[begin - 1] == "-" and tags[begin - 2] in "DC":
            return None  # "the China-Japan Forum": an event of the two
    elif first > 1 and tags[first - 1] == "P" and tags[first - 2] == "C":
        nation = first - 2
    if nation is None and not upper and re.match(r"wT?C", tags[head + 1 :]) and units[head + 1].text == "of":
        nation = last = head + 1 + tags[head + 1 :].index("C")  # "the parliament of Mongolia"
    if first == head == last and nation is None:
        definite = head > 0 and tags[head - 1] == "T" and units[head - 1].text.casefold() == "the"
        sat_on = upper and head + 1 < len(units) and units[head + 1].text in _WHO_SITS  # "Council members"
        if not definite and not sat_on:
            return None
        return Body(
            units[head].text, units[head].text, units[head].text.casefold(), None,
            units[head].char_start, units[head].char_end, head, head, None, again=True,
        )  # fmt: skip
    core = " ".join(seen[units[first].char_start : units[last].char_end].split())
    if nation is None and last > head:
        inner = [k for k in range(head + 1, last + 1) if tags[k] in "CD"]
        near = tags[head + 1] == "w" and inner[:1] <= [head + 3] and units[head + 1].text == "of"
        if len(inner) == 1 and (near or (inner[0] == last and re.search(r"wT?C\Z", tags[: last + 1]))):
            nation = inner[0]  # "Ministry of Trade of Peru"
    name = " ".join(seen[units[begin].char_start : units[last].char_end].split())
    acronym = _ACRONYM.match(seen[units[last].char_end : units[last].char_end + 24])
    entry = units[first].data if first == last and tags[first] == "O" else None
    return Body(
        name, core, units[head].text.casefold(), nation, units[begin].char_start, units[last].char_end,
        begin, last, entry, acronym[1] if acronym else None,
    )  # fmt: skip


_QUIET = frozenset(("media", "company", "institute", "pact"))
_QUIET_ENTRIES = _QUIET - {"pact"} | {"group"}
_QUIET_HEADS = frozenset("mission conference delegation congress office service".split())


def quiet(body: Body) -> bool:
    """Whether an organisation stands in the record only where it acts or somebody acts for it."""
    if body.noun is not None:
        return body.noun.sort in _QUIET or body.head in organizations.nouns("nouns")
    if body.nation is None and " " in body.core and body.head.capitalize() in _FIELDED:
        return False
    if body.entry is not None:
        return "event" in body.entry.flags(body.name) or body.entry.sort in _QUIET_ENTRIES
    pattern = organizations.patterns().get(normal(body.head))
    return body.head in _QUIET_HEADS or (pattern is not None and pattern.sort in _QUIET)


_TEXT = re.compile(
    r"\s+(?:Declaration|Accords?|Agreements?|Treaty|Pact|Protocol|Convention|Communiqu[eé]|Charter|Process|Consensus"
    r"|(?:[A-Z][a-z]+\s+){0,2}(?:Conference|Round|Initiative|Plan))\b"
)


def names_text(seen: str, unit: Unit) -> bool:
    """Whether a place only names a text or a process called after it ("the Downing Street Declaration")."""
    return bool(_TEXT.match(seen, unit.char_end))
