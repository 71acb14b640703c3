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
    r"w?T?[NKFDCLROM](?:[&-]?[NKFDCLROM])*(?:w(?=T?[NKCDLOF])T?[NKFDCLRO](?:[&-]?[NKFDCLRO])*)*"
)
_FIELDED = frozenset(("Mission", "Operation", "Force"))
"""Heads of names that go on with where they are: "United Nations Mission in Liberia"."""
_GATHERED = frozenset(("Council", "Conference", "Assembly", "Committee"))
"""Heads of names that go on with who is gathered: "Council of Foreign Ministers"."""
_UNITS = frozenset("Fleet Army Division Brigade Regiment Battalion Squadron Corps".split())
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_LISTED = re.compile(r"wT?F(?:,[FR])+(?:,?&[FR])?(?:wT?C)?")
"""What a ministry is for: "Ministry of Trade, Industry and Energy"."""
_JOINT = frozenset(
    "commission committee council centre center foundation association bank fund chamber university institute company"
    " group secretariat federation society".split()
)
"""Heads of bodies that two countries have between them: "the Peru-Chile Joint Commission"."""
_NUMBERED = frozenset(("task force", "task group"))
_WHO_SITS = frozenset(("member", "members", "delegates", "officials"))
_PREMISES = frozenset("embassy embassies consulate consulates legation".split())
"""Where a country is; who acts for it only where they say something."""
_SAYS = re.compile(
    r"(?:\s+(?:in|to)\s+(?:[A-Z][\w.]+\s?){1,3})?,?\s+(?:(?:has|had|also|later|then)\s+)*(?:said|says|ordered|urged|issued|announced|confirmed|denied"
    r"|condemned|warned|rejected|called|advised|expressed|welcomed|handed|delivered|informed|told|asked|requested|invited|protested|stated|accused|suspended"
    r"|declined|refused|offered|noted|demanded|criticised|criticized|hosted|organised|organized|reported|criticises)\b"
)
_BY = re.compile(r"\bby\s+(?:the\s+)?(?:[A-Z][a-z]+\s+)?\Z")
"""Before an embassy that does something in the passive: "delivered by the Embassy"."""
_ACRONYM = re.compile(r"\A\s*\(\s*[\"']?([A-Z][A-Za-z]?[A-Z.]{1,8})[\"']?\s*[),;]")


def find(seen: str, units: Sequence[Unit], tags: str, taken: set[int], told: dict[str, str]) -> list[Body]:
    """Bodies of a sentence; `taken` are units of persons' names, which no body swallows; `told` are names that
    the text has told to be an organisation's by a common noun, to which those of this sentence are added."""
    found: list[Body] = []
    headed = "O" in tags or "R" in tags
    done: set[int] = set()
    tags = _with_members(tags, units) if headed else tags
    for i, unit in enumerate(units) if headed else ():
        if i in taken or i in done or unit.tag not in "OR":
            continue
        if unit.text.casefold() in _PREMISES and not (
            _SAYS.match(seen, unit.char_end)
            or _BY.search(seen, max(0, unit.char_start - 24), unit.char_start)
        ):
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
        elif (
            unit.tag == "H"
            and unit.text[:1].isupper()
            and _OFFICE.search(" ".join(u.text for u in units[max(i - 3, 0) : i]))
        ):
            out[i] = "K"  # "the Office of the President"
    return "".join(out)


_OFFICE = re.compile(r"\bOffice of(?: the)?\Z")


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
    arm = _ARM.match(seen, unit.char_end) if getattr(unit.data, "sort", None) == "international" else None
    last = next((k for k in range(i + 1, len(units)) if arm and units[k].char_end == arm.end()), None)
    if arm and last:
        name = " ".join(seen[unit.char_start : arm.end()].split())
        known = organizations.lookup(name) or organizations.lookup(name.replace("United Nations", "UN"))
        return Body(name, name, arm[1], None, unit.char_start, arm.end(), i, last, known)
    acronym = _ACRONYM.match(seen[unit.char_end : unit.char_end + 24])
    return Body(
        unit.text, unit.text, unit.text.split()[-1].casefold(), nation, unit.char_start, unit.char_end,
        i, i, unit.data, acronym[1] if acronym else None,
    )  # fmt: skip


_ARM = re.compile(
    r"\s+(?!(?:[a-z]+\s+)?(?:an?|the|its|his|their|no|any|another|this|for|of|in|into|to|and)\s|[a-z]+ed\s)"
    r"(?:(?:[a-z]+|children['’]s)\s+){1,2}(agency|office|mission|force|tribunal|commission)\b"
    r"(?!\s+(?:chief|head|official|officials|spokes\w+|staff|leader|member|members|workers?)\b|['’-])"
)
"""What an organisation has for something, in small letters: "UN refugee agency"."""


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
            or (upper and text == "Observer")
            or (before == "F" and (text[:1].isupper() == upper or not upper))
            or (before == "O" and upper)
        ):
            first -= 1
        elif before == "0" and units[head].text in _UNITS and _ORDINAL.fullmatch(text):
            first -= 1  # "3rd Battalion"
        elif (
            upper
            and before == "P"
            and first > 1
            and units[first - 2].text in collectives.WHOSE
            and first - 2 not in taken
            and (first == 2 or tags[first - 3] != "-")
        ):
            first -= 2  # "Women's Union"
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
    fielded = units[head].text in _FIELDED
    if fielded and first == head:
        return None
    links = ("of", "for", "on", "in") if fielded else ("of", "for", "on")
    if units[head].text.endswith("Mission"):
        links = (*links, "to")  # but "deployed a Peace Force to Fiji"
    listed = _LISTED.match(tags, head + 1) if upper else None
    if listed and " and " in seen[units[head].char_end : units[listed.end() - 1].char_end]:
        last = listed.end() - 1
    elif after and tags[head + 1] == "w" and units[head + 1].text in links:
        last = _without_place(tags, units, head, after.end() - 1)
        if re.search(r"&D\Z", tags[: last + 1]):
            last -= 1  # "the Ministry of Tourism and the Peruvian Ministry of Trade"
        while last > head and (last in taken or tags[last] in "&-wTP" or units[last].text[:1].islower()):
            last -= 1
        both = re.match("&T?C", tags[last + 1 :]) if fielded else None
        if both and _ACRONYM.match(seen[units[last + both.end()].char_end :][:24]):
            last += both.end()  # "the UN Mission in Ethiopia and Eritrea (UNMEE)"
    elif (after and tags[head + 1] in "FKR" and units[head + 1].text[:1].isupper()) or (
        normal(units[head].text) in _NUMBERED and tags[head + 1 : head + 2] == "0"
    ):
        last = head + 1
    nation = None
    begin = first
    if first > 0 and tags[first - 1] in "DC" and first - 1 not in taken:
        nation = begin = first - 1
        if begin > 1 and tags[begin - 1] == "-" and tags[begin - 2] in "DCN":
            if tags[begin - 2] != "N" and normal(units[head].text) not in _JOINT:
                return None  # "the China-Japan Forum": an event of the two
            nation, begin, first = None, begin - 2, begin - 2
        elif begin and units[begin - 1].text == "Royal":
            begin -= 1
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
    if nation is None and last > head and (not fielded or units[head + 1].text == "of"):
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


def _without_place(tags: str, units: Sequence[Unit], head: int, last: int) -> int:
    """The last unit of a name that goes on after its head, without the place where something was done and without
    another country: "the Bank of Peru in Lima", "the Bank of Peru and Chile"."""
    pattern = organizations.patterns().get(normal(units[head].text))
    goes_on = pattern is not None and pattern.sort == "institute"  # "Institute of Research in Economics"
    for k in range(head + 2, last + 1):
        if tags[k] == "w" and units[k].text in ("in", "to", "at") and (not goes_on or tags[k + 1] in "CDL"):
            return k - 1
        if tags[k] == "&" and re.fullmatch(r"T?C", tags[k + 1 : last + 1]):
            return k - 1
    return last


_QUIET = frozenset(("media", "company", "institute", "pact"))
_QUIET_ENTRIES = _QUIET - {"pact"} | {"group"}
_QUIET_HEADS = frozenset("mission conference delegation congress office service".split())


_VOICE = re.compile(
    r"\s+(?:editorial\s+|newspaper\s+|daily\s+|(?:news\s+)?agency\s+)?(?:said|says|noted|reported|reports|mentioned|warned|cautioned|urged|argued|wrote|quoted|"
    r"demanded|commented|called|indicated|hailed|critici[sz]ed|denounced|speculated|welcomed|praised|claimed|suggested|published|carried)\b"
)
_SOURCE = ("according to ", "according to the ")


def speaks(seen: str, body: Body) -> bool:
    """Whether an organisation is quoted."""
    before = seen[max(0, body.char_start - 17) : body.char_start].casefold()
    return _VOICE.match(seen, body.char_end) is not None or before.endswith(_SOURCE)


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
