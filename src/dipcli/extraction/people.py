"""Persons and the offices that stand for persons, found in a sentence's units.

The grammar of titles is a scan over unit tags (`units.TAGS`): a name is a run of `N`; what stands
before it up to its nation is its title ("South Korea's National Security Advisor NAME"), and so is
an apposition after it ("NAME, deputy minister for political affairs"). An office with a nation and
no name ("Chinese and South Korean nuclear envoys") is a mention of its holder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from dipcli import names
from dipcli.extraction.units import Unit
from dipcli.lexicon import offices
from dipcli.lexicon.events import lexicon
from dipcli.names import normal

Tense = Literal["current", "former", "incoming", "outgoing"]
_TENSES: dict[str, Tense] = {
    "former": "former", "ex": "former", "late": "former", "outgoing": "outgoing", "departing": "outgoing",
    "incoming": "incoming", "designate": "incoming", "elect": "incoming", "then": "current", "new": "current",
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


class Person(msgspec.Struct, frozen=True, gc=False):
    """One mention of a person by name."""

    name: str
    char_start: int
    """Of the whole phrase, title and nation included."""
    char_end: int
    name_start: int
    name_end: int
    first: int
    """First and last unit of the phrase."""
    last: int
    title: Title | None
    rule: str
    counterpart: bool = False
    """Whether the title is "counterpart": the same office as the other person's."""
    nation: int | None = None
    """Unit of the country that is this one's, where the title names several in turn."""
    post: Title | None = None
    """What an apposition adds to a rank before the name: "General NAME, the Commander of the Army"."""


class Office(msgspec.Struct, frozen=True, gc=False):
    """An office without a name: whoever holds it."""

    title: Title
    char_start: int
    char_end: int
    first: int
    last: int
    definite: bool
    """Whether it has no nation of its own ("the minister"): someone named before."""


NAME_RUN = re.compile(r"N(?:[JN]*N)?")
_BEFORE = frozenset("HhMFDCPORLKN&wT-")
_AFTER = re.compile(r",(T?[MFKNDCPORL&-]*H(?:w(?:T?[MNFKODCLRGHP&w-]+))?)(?<![&w-])(?=[,.vT&d(0w]|$)")


_FIELD_OF_NATION = re.compile(r"(wT?[FK&,]+)wT?C(?:(?:,|,?&)C)*")
_OF = re.compile(
    r"wT?[CD](?:(?:,|,?&)(?:[CD]|TC(?=[,&v.d]|$)))*(?![FKRNP])|w(?:T?[OR])|wT?[FK&]+wT?C(?:(?:,|,?&)C)*|wF(?:&?[FK])*"
)
_REIGNING = frozenset("king queen emperor empress pope sultan shah emir amir prince princess".split())
"""Heads of titles whose bearers have numbers: "King Charles III"."""


def tag_string(units: Sequence[Unit]) -> str:
    return "".join([unit.tag for unit in units])


def _text(seen: str, units: Sequence[Unit], first: int, last: int) -> str:
    return " ".join(seen[units[first].char_start : units[last].char_end].split())


def title_before(seen: str, units: Sequence[Unit], tags: str, end: int) -> tuple[int, Title] | None:
    """The title whose last unit is `end - 1`: (its first unit, nation included; the title)."""
    heads: list[int] = []
    j = end - 1
    while j >= 0 and tags[j] in _BEFORE:
        if tags[j] == "H":
            heads.append(j)
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
        r"h*|(?:w(?:T?[DCOLKFNRGP&-]|w)*T?[DCOLFKRG])h*|-?[OFK]?h*|[OR]h*", between
    ):
        tail = next((h for h in heads if not tags[h + 1 : end].strip("hH")), -1)
        if tail < 0:
            return None
    return _title(seen, units, tags, j + 1, tail, end)


def _title_apart(
    seen: str, units: Sequence[Unit], tags: str, first: int, last: int
) -> tuple[int, Title] | None:
    """A title set off by commas: "its nuclear envoy, NAME, said", "his counterpart, NAME"."""
    if first < 2 or tags[first - 1] != "," or tags[first - 2] not in "HFCOKR":
        return None
    found = title_before(seen, units, tags, first - 1)
    if found is None or not found[1].head or found[1].plural:
        return None
    begin = found[0]
    opens = begin == 0 or (begin < 4 and tags[begin - 1] == ".")  # "Foreign Minister of Peru, NAME visited"
    if tags[last + 1 : last + 2] not in (",", ".", "") and not (opens and tags[last + 1 : last + 2] == "v"):
        return None
    owned = found[1].nation or found[1].body is not None
    owned = owned or (
        begin > 0 and (tags[begin - 1] == "T" or units[begin - 1].text in ("its", "his", "her", "their"))
    )
    return found if owned else None


def _counterpart_of(units: Sequence[Unit], tags: str, first: int) -> tuple[int, ...]:
    """Units of the nation of the counterpart that a title set off by a comma tells more of: "her Peruvian
    counterpart, Minister NAME"."""
    if first < 3 or tags[first - 3 : first] != "DH," or units[first - 2].data.head != "counterpart":
        return ()
    return (first - 3,)


def _address(units: Sequence[Unit], first: int, end: int) -> bool:
    """Whether the words before a name only address its bearer (Mr, Senator), the office being told before."""
    return all(
        u.tag == "h" or normal(u.text) in offices.data()["honorifics"]["titles"] for u in units[first:end]
    )


def _is_address(title: Title) -> bool:
    """Whether a title only addresses its bearer: an honorific, a rank."""
    return not title.head or title.head in offices.data()["honorifics"]["titles"]


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
    if not nation and after and tags[head + 1] == "w" and units[head + 1].text in ("of", "for"):
        if not re.search(r"[FKRO]", tags[head + 2 : last + 1]):
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
    title_first = first
    while title_first < head and (
        units[title_first].text.casefold() in _TENSES or (title_first > first and tags[title_first] == "-")
    ):
        title_first += 1
    return begin, Title(
        _text(seen, units, title_first, last),
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


def find(
    seen: str,
    units: Sequence[Unit],
    is_name: Callable[[int, int], str | None],
    heading: bool = False,
) -> tuple[list[Person], list[Office]]:
    """Persons and offices of a sentence.

    `is_name(first, last)` tells by which rule a run of capitalised units is a person's name without
    a title ("shape", "known", "model"), or None.
    """
    tags = tag_string(units)
    persons = named(seen, units, tags, is_name, heading)
    taken = {k for person in persons for k in range(person.first, person.last + 1)}
    return persons, _offices(seen, units, tags, taken)


def named(
    seen: str,
    units: Sequence[Unit],
    tags: str,
    is_name: Callable[[int, int], str | None],
    heading: bool = False,
) -> list[Person]:
    """The persons of a sentence (`find`)."""
    persons: list[Person] = []
    edge = -1
    for run in NAME_RUN.finditer(tags):
        first, last = run.start(), run.end() - 1
        titled = title_before(seen, units, tags, first) or _title_apart(seen, units, tags, first, last)
        if (
            titled
            and persons
            and _beside_another(tags, persons[-1], titled[0])
            and _AFTER.match(tags, last + 1)
        ):
            titled = None  # "A, President of X, Mr B, President of Y": the first title is A's
        if titled and not titled[1].nation and (beside := _counterpart_of(units, tags, titled[0])):
            titled = beside[-1], msgspec.structs.replace(titled[1], nation=beside[-1:])
        reigns = titled is not None and titled[1].head in _REIGNING
        while last > first and not reigns and _is_suffix(units[last]):
            last -= 1
        rule = is_name(first, last)
        start, title = titled if titled else (first, None)
        if title and start <= edge:  # "President A of Ghana and Malian President B"
            start = next(k for k in range(edge + 1, first + 1) if tags[k] not in "&,")
            title = msgspec.structs.replace(title, nation=tuple(k for k in title.nation if k > edge))
        while rule is None and not titled and first < last:  # "Tuesday Ana Gervasi": the tail may be the name
            first += 1
            rule = is_name(first, last)
            start = first
        after = _AFTER.match(tags, last + 1)
        post = None
        address = title is not None and not title.nation and title.body is None and _is_address(title)
        if (title is None or address) and after and (rule or titled or last > run.start()):
            found = title_before(seen, units, tags, after.end())
            head = found[1] if found else None
            if head and head.head and found and found[0] > last:
                if title is None or not title.head:
                    title = head
                    if rule is None and not titled:
                        start, first, rule = run.start(), run.start(), "apposition"
                else:
                    post = head
        if (
            rule is None
            and not titled
            and last > run.start()
            and persons
            and _listed(tags, persons[-1], run.start())
        ):
            start = first = run.start()
            rule = "title"
        if titled and (rule is None):
            if last - first > 4 or (heading and last > first + 2):
                continue
            if heading and (tells(units[first].text) or (last == first and tells(units[last].text))):
                continue
            if last == first and title and tags[first - 1] in "FCOLKDR":
                continue  # "Senior Fellow for Korea Studies"
            rule = "title"
        if rule is None:
            continue
        stop = last
        while stop + 1 < len(units) and units[stop + 1].text[:1].isupper() and _is_suffix(units[stop + 1]):
            stop += 1  # "NAME CMG MP"
        if title and not title.nation and tags[stop + 1 : stop + 3] == "wC" and units[stop + 1].text == "of":
            stop += 2  # "President NAME of Ghana"
            title = msgspec.structs.replace(title, nation=(stop,))
        nation = title.nation[0] if title and title.nation else None
        if nation is None:
            nation, stop = _nation_beside(units, tags, start, stop)
            start = min(start, start if nation is None else nation)
            if title and nation is not None:
                title = msgspec.structs.replace(title, nation=(nation,))
        counterpart = bool(title and title.head == "counterpart")
        persons.append(
            Person(
                _text(seen, units, first, last),
                units[start].char_start,
                units[stop].char_end,
                units[first].char_start,
                units[last].char_end,
                start,
                stop,
                title,
                rule,
                counterpart,
                nation,
                post,
            )
        )
        edge = max(edge, stop)
    return _share_titles(tags, persons)


def _nation_beside(units: Sequence[Unit], tags: str, start: int, stop: int) -> tuple[int | None, int]:
    """The country set beside a name without a title's help, and the phrase's last unit with it: "NAME of
    Belarus", "NAME (Malta)", "Sudan's NAME"."""
    if (
        tags[stop + 1 : stop + 3] == "wC"
        and units[stop + 1].text == "of"
        and tags[stop + 3 : stop + 4] != "P"
    ):
        return stop + 2, stop + 2
    if tags[stop + 1 : stop + 4] == ".C." and (units[stop + 1].text, units[stop + 3].text) == ("(", ")"):
        return stop + 2, stop + 3
    return (start - 2 if start > 1 and tags[start - 2 : start] == "CP" else None), stop


def _beside_another(tags: str, before: Person, first: int) -> bool:
    """Whether a title follows right on another's name, set off by a comma, who bears no office before it."""
    titled = before.title is not None and (
        before.title.char_start > before.name_start or _is_address(before.title)
    )
    return titled and re.fullmatch(r",T?", tags[before.last + 1 : first]) is not None


def _is_suffix(unit: Unit) -> bool:
    return normal(unit.text) in offices.data()["honorifics"]["suffixes"]


def _listed(tags: str, before: Person, first: int) -> bool:
    """Whether a name goes on a list that a plural title begins ("Foreign Ministers A and B")."""
    title = before.title
    return bool(title and title.plural and re.fullmatch(r",?&|,", tags[before.last + 1 : first]))


def _share_titles(tags: str, persons: list[Person]) -> list[Person]:
    """A plural title is that of everybody in the list it begins ("Foreign Ministers A and B")."""
    out: list[Person] = []
    for person in persons:
        before = out[-1] if out else None
        if person.title is None and before and before.title and _listed(tags, before, person.first):
            rank = sum(1 for p in out if p.title is before.title)
            nation = before.title.nation
            own = nation[rank] if rank < len(nation) else (nation[0] if len(nation) == 1 else None)
            own = own if person.nation is None else person.nation
            person = msgspec.structs.replace(person, title=before.title, nation=own)
        out.append(person)
    return out


def titles(seen: str, units: Sequence[Unit]) -> list[tuple[Title, int, int]]:
    """All titles of a sentence, whosever they are, each with its first and last unit, nation included."""
    return _titles(seen, units, tag_string(units), set())


def _titles(seen: str, units: Sequence[Unit], tags: str, taken: set[int]) -> list[tuple[Title, int, int]]:
    """The titles whose words are not yet taken."""
    found: list[tuple[Title, int, int]] = []
    for head in (i for i, tag in enumerate(tags) if tag == "H" and i not in taken):
        if head + 1 < len(tags) and tags[head + 1] in "HF":
            continue
        end = head + 1
        tail = _OF.match(tags, end)
        if tail and units[end].text in ("of", "for", "to"):
            end = tail.end()
        j = head
        while j > 0 and tags[j - 1] in "MFKDCPORH&h-" and j - 1 not in taken:
            j -= 1
        made = _title(seen, units, tags, j, head, end)
        if made is not None and not any(k in taken for k in range(made[0], end)):
            found.append((made[1], made[0], end - 1))
    return found


def _offices(seen: str, units: Sequence[Unit], tags: str, taken: set[int]) -> list[Office]:
    found: list[Office] = []
    for title, first, last in _titles(seen, units, tags, taken):
        definite = not title.nation and title.body is None
        article = first > 0 and tags[first - 1] == "T"
        heads = first == 0 and title.text[:1].isupper() and tags[last + 1 : last + 2] == "v"
        if definite and not (article or title.plural or heads):
            continue  # "Foreign Minister thanked his guest"
        found.append(Office(title, units[first].char_start, units[last].char_end, first, last, definite))
    return found


def tells(word: str) -> bool:
    """Whether a capitalised word of a headline is its verb ("Berg Meets …")."""
    low = word.casefold()
    return low in lexicon().verbs and low.endswith(("s", "ed"))


def given_shape(units: Sequence[Unit], first: int, last: int) -> str | None:
    """The rule by which a run of capitalised units looks like a full name of some culture."""
    if last == first:
        return None
    text = " ".join(unit.text for unit in units[first : last + 1])
    return "shape" if names.shape(text) else None


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
