"""Persons and the offices that stand for persons, found in a sentence's units.

The grammar of titles is a scan over unit tags (`units.TAGS`): a name is a run of `N`; what stands
before it up to its nation is its title ("South Korea's National Security Advisor NAME"), and so is
an apposition after it ("NAME, deputy minister for political affairs"). An office with a nation and
no name ("Chinese and South Korean nuclear envoys") is a mention of its holder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from dipcli import names
from dipcli.extraction.titles import (
    FIELDS,
    Title,
    counterpart_of,
    free_titles,
    is_address,
    joint,
    served,
    sort_of,
    text_of,
    title_apart,
    title_before,
)
from dipcli.extraction.units import Unit
from dipcli.lexicon import offices
from dipcli.lexicon.events import lexicon
from dipcli.names import normal


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
_AFTER = re.compile(r",(T?0?[MFKNDCPORLH&-]*H(?:wT?[MNFKODCLRGHP&w-]+)*)(?<![&w-])(?=[,.vT&d(0w]|$)")
"""After a name: an office between commas."""
_BRACKETED = re.compile(r"\.([MFKNDCPORLH&-]*H(?:wT?[MNFKODCLRGHP&w-]+)*)(?:,T?[CD])?\.")
"""After a name: an office in brackets, with its country or not ("NAME (Minister of Health, Peru)")."""
_OF_LAND = re.compile(r"\.T?C\.")
_SPEAKS = frozenset(
    "said says stated asked noted stressed urged welcomed expressed introduced emphasized emphasised".split()
)
"""What a speaker does who is told with his country in brackets."""
_ALONE = frozenset(
    "visits visited arrives arrived meets met says said warns warned urges urged vows vowed pledges pledged tells told flies"
    " flew travels hosts hosted receives received greets greeted resigns resigned calls".split()
)
"""What persons do whom a headline names with their country and nothing else: "Chad's NAME warns"."""
REIGNING = frozenset(
    "king|queen|emperor|empress|tsar|czar|kaiser|khedive|archduke|pope|sultan|shah|emir|amir|prince|princess|crown prince"
    "|grand duke".split("|")
)
"""Heads of titles whose bearers have numbers, and need no family name: "King Charles III"."""


def find(
    seen: str,
    units: Sequence[Unit],
    tags: str,
    is_name: Callable[[int, int], str | None],
    heading: bool = False,
) -> tuple[list[Person], list[Office]]:
    """Persons and offices of a sentence.

    `is_name(first, last)` tells by which rule a run of capitalised units is a person's name without
    a title ("shape", "known", "model"), or None.
    """
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
        first, last = _after_fields(units, tags, run.start(), run.end() - 1), run.end() - 1
        titled = title_before(seen, units, tags, first)
        if not titled and first != run.start():
            titled = title_before(seen, units, tags, run.start())
        if not titled or is_address(titled[1]):  # "the President of Peru, Mr NAME"
            titled = title_apart(seen, units, tags, titled[0] if titled else first, last) or titled
        if not titled and persons and (other := _other_land(tags, persons[-1], run.start())):
            land, plural = other
            begin = land - len(tags[persons[-1].last + 1 : land].lstrip(",&"))  # "of Y, B"
            titled = begin, msgspec.structs.replace(plural, nation=(land,))
        if (
            titled
            and persons
            and _beside_another(tags, persons[-1], titled[0])
            and _AFTER.match(tags, last + 1)
        ):
            titled = None  # "A, President of X, Mr B, President of Y": the first title is A's
        if titled and _opens_with_place(units, tags, titled[0]):
            own = tuple(k for k in titled[1].nation if k > titled[0])
            titled = titled[0] + 1, msgspec.structs.replace(titled[1], nation=own)
        if titled and not titled[1].nation and (beside := counterpart_of(units, tags, titled[0])):
            titled = beside[-1], msgspec.structs.replace(titled[1], nation=beside[-1:])
        reigns = titled is not None and titled[1].head in REIGNING
        while last > first and not reigns and _is_suffix(units[last]):
            last -= 1
        while heading and last > first + 1 - bool(titled) and tells(units[last].text):
            last -= 1  # "Secretary NAME NAME Visits Lima"
        rule = is_name(first, last)
        start, title = titled if titled else (first, None)
        if title and start <= edge:  # "President A of Ghana and Malian President B"
            start = next(k for k in range(edge + 1, first + 1) if tags[k] not in "&,")
            title = msgspec.structs.replace(title, nation=tuple(k for k in title.nation if k > edge))
        if rule is None and not titled and last > first and tags[max(0, first - 2) : first] == "Gw":
            rule = "title"  # "the government of NAME NAME"
        while rule is None and not titled and first < last:  # "Tuesday Ana Gervasi": the tail may be the name
            first += 1
            rule = is_name(first, last)
            start = first
        if rule == "model" and first == run.start() + 1 and _is_given_name(units[run.start()].text):
            start = first = run.start()  # "Porfirio Lobo Sosa", of which the model saw but the tail
        end = last
        while end + 1 < len(units) and units[end + 1].text[:1].isupper() and _is_suffix(units[end + 1]):
            end += 1  # "NAME CMG MP"
        if tags[end + 1 : end + 2] == "," and end + 2 < len(units) and units[end + 2].text in _JUNIOR:
            end += 2 + (tags[end + 3 : end + 4] == "." and units[end + 3].text == ".")  # "NAME, Jr."
        after = _AFTER.match(tags, end + 1) or _in_brackets(_BRACKETED, units, tags, end + 1)
        post = None
        if title and (both := joint(seen, units, tags, start, title)):
            start, title, post = both
        address = title is not None and not title.nation and title.body is None and is_address(title)
        if (title is None or address) and after:
            found = served(seen, units, tags, after.end(1)) or title_before(seen, units, tags, after.end(1))
            head = found[1] if found else None
            known = rule or titled or last > run.start() or (head and head.head in REIGNING and head.nation)
            if known and head and head.head and found and found[0] > end:
                if title is None or not title.head:
                    _, title, post = joint(seen, units, tags, *found) or (0, head, None)
                    if rule is None and not titled:
                        start, first, rule = run.start(), run.start(), "apposition"
                else:
                    post = head
                if title and not title.nation and (whose := _at_post(units, tags, after)):
                    title = msgspec.structs.replace(title, nation=(whose,))
        if (
            rule is None
            and not titled
            and (
                (
                    (last > run.start() or _of_country(units, tags, last))
                    and persons
                    and _listed(tags, persons, run.start())
                )
                or (last > run.start() and _takes_the_floor(units, tags, end + 1))
            )
        ):
            start = first = run.start()
            rule = "title"
        if rule is None and not titled and persons and _among(tags, persons[-1], run.start(), last):
            start = first = run.start()
            rule = "title"
        if rule is None and not titled and _is_named_alone(units, tags, run.start(), last):
            rule = "shape"
        if titled and (rule is None):
            if last - first > 4 or (heading and last > first + 2):
                continue
            if heading and (tells(units[first].text) or (last == first and tells(units[last].text))):
                continue
            field = last == first and title and tags[first - 1] in "FCOLKDR"
            if field and not _is_bearer(units, tags, first):
                continue  # "Senior Fellow for Korea Studies"
            rule = "title"
        if rule is None:
            continue
        stop = end
        if title and after and title.char_start > units[end].char_end and units[end + 1].text == "(":
            stop = after.end() - 1  # "NAME (Minister of Health, Peru)"
            if not title.nation and tags[stop - 1] in "CD":
                title = msgspec.structs.replace(title, nation=(stop - 1,))
        if title and not title.nation and (whose := _of_country(units, tags, stop)):
            title = msgspec.structs.replace(title, nation=(whose,))
            aside = tags[stop + 1] == "," and tags.startswith(",&", whose + 1)
            stop = whose + aside  # "President NAME of Ghana", "President NAME, of Ghana, and"
        nation = title.nation[0] if title and title.nation else None
        if nation is None:
            nation, stop = _nation_beside(units, tags, start, stop)
            start = min(start, start if nation is None else nation)
            if title and nation is not None:
                title = msgspec.structs.replace(title, nation=(nation,))
        counterpart = bool(title and title.head == "counterpart")
        if nation is None and title and persons and not counterpart and tags[stop + 1 : stop + 2] != "v":
            nation = _nation_shared(seen, units, tags, persons[-1], start, title)
        persons.append(
            Person(
                text_of(seen, units, first, last),
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


_OF_FIELDS = re.compile(
    r".*(?:tion|ment|ance|ence|ity|ing|ies|ics|ship|ure|ism|hood|ties|ions|ness|care|ways?)"
)
"""Endings of words for what an office is for, hardly of family names."""


def _is_bearer(units: Sequence[Unit], tags: str, at: int) -> bool:
    """Whether a single word after an office's field, or the land or town that it is of, is its holder's name: "Minister
    of Defence NAME", "Head of Presidential Administration NAME", "Mayor of Lima NAME", not "Minister of Trade
    Promotion"."""
    low, known = units[at].text.casefold(), lexicon()
    is_word = (
        units[at].text in _PARTS
        or tells(low)
        or low in known.classes
        or low in known.noun_entries
        or _OF_FIELDS.fullmatch(low)
    )
    named = _AFTER_FIELD.search(tags, 0, at) is not None
    return named and not is_word and tags[at + 1 : at + 2] not in _NAMES_ON


_AFTER_FIELD = re.compile(r"[FR]\Z|Hw[CLMKN]*[CLN]\Z|HwT?RwT?C\Z")
_NAMES_ON = frozenset("GROKFHLM")
"""Tags of units with which a name goes on that began with a land or town."""
_PARTS = frozenset("Province State District County Region Prefecture Island Islands City Territory".split())
"""What stands after the name of the part of a country that an office is for."""


def _after_fields(units: Sequence[Unit], tags: str, first: int, last: int) -> int:
    """The first unit of a name in a run that begins with what an office is for or of: "Minister of Foreign Affairs and
    Water NAME NAME", "Governor of Oran Province NAME"."""
    if units[first].text in _PARTS and first < last:
        return first + 1
    if last - first < 2 or given_shape(units, first, last):
        return first
    whole = (k for k in range(first + 1, last) if given_shape(units, k, last))
    return next((k for k in whole if tags[first - 1 : first] == "F" or FIELDS.search(tags, 0, k)), first)


_OF_COUNTRY = re.compile("wT?C|,wT?C(?=,)")


def _of_country(units: Sequence[Unit], tags: str, last: int) -> int | None:
    """The unit of the country that a name is told with: "NAME of Ghana", "NAME, of the Philippines,"."""
    whose = _OF_COUNTRY.match(tags, last + 1)
    of = whose and units[last + 1 + (tags[last + 1] == ",")].text == "of"
    return whose.end() - 1 if whose and of else None


_AT_POST = re.compile(r"wT?(?P<nation>D)")
_POSTS = frozenset("embassy consulate legation mission".split())


def _at_post(units: Sequence[Unit], tags: str, after: re.Match[str]) -> int | None:
    """The unit of the country at whose embassy somebody serves: "NAME, consul at the Peruvian embassy"."""
    for found in _AT_POST.finditer(tags, after.start(1), after.end(1)):
        nation = found.start("nation")
        after_it = units[nation + 1].text.casefold() if nation + 1 < len(units) else ""
        if units[found.start()].text == "at" and after_it in _POSTS:
            return nation
    return None


def _in_brackets(pattern: re.Pattern[str], units: Sequence[Unit], tags: str, at: int) -> re.Match[str] | None:
    """What a pattern of brackets matches from a unit on, if they are round ones."""
    found = pattern.match(tags, at)
    return found if found and (units[at].text, units[found.end() - 1].text) == ("(", ")") else None


def _is_named_alone(units: Sequence[Unit], tags: str, first: int, last: int) -> bool:
    """Whether a single word is a person's name by country and deed: "Chad's NAME warns", "meets Chad's NAME"."""
    if first != last or tags[max(0, first - 2) : first] != "CP":
        return False
    after = units[last + 1].text if last + 1 < len(units) else ""
    return after in _ALONE or (first > 2 and units[first - 3].text in ("meets", "met"))


_ENDS = ("ly", "ing", "ed", "s", "tion", "ment", "y", "er", "day", "al", "ic", "age")
"""Ends of words that are no given names, mostly."""


def _is_given_name(word: str) -> bool:
    """Whether a capitalised word before two family names may be a given name that no table has."""
    low = word.casefold()
    return word.istitle() and len(low) > 3 and not low.endswith(_ENDS) and low not in lexicon().verbs


def _takes_the_floor(units: Sequence[Unit], tags: str, at: int) -> bool:
    """Whether a country in brackets and what the bearer says follow a name: "NAME NAME (Peru) said"."""
    land = _in_brackets(_OF_LAND, units, tags, at)
    return land is not None and any(unit.text in _SPEAKS for unit in units[land.end() :])


def _nation_beside(units: Sequence[Unit], tags: str, start: int, stop: int) -> tuple[int | None, int]:
    """The country set beside a name without a title's help, and the phrase's last unit with it: "NAME of
    Belarus", "NAME (Malta)", "Sudan's NAME"."""
    if (whose := _of_country(units, tags, stop)) and tags[whose + 1 : whose + 2] != "P":
        return whose, whose
    if land := _in_brackets(_OF_LAND, units, tags, stop + 1):
        return land.end() - 2, land.end() - 1
    return (start - 2 if start > 1 and tags[start - 2 : start] == "CP" else None), stop


def _opens_with_place(units: Sequence[Unit], tags: str, start: int) -> bool:
    """Whether a clause begins with where somebody did something, and no comma after it: "In X President A met B"."""
    if tags[start] != "C" or not start or units[start - 1].text.casefold() != "in":
        return False
    return start == 1 or tags[start - 2] in ",." or units[start - 2].text.casefold() == "while"


def _beside_another(tags: str, before: Person, first: int) -> bool:
    """Whether a title follows right on another's name, set off by a comma, who bears no office before it."""
    titled = before.title is not None and (
        before.title.char_start > before.name_start or is_address(before.title)
    )
    return titled and re.fullmatch(r",T?", tags[before.last + 1 : first]) is not None


_FELLOWS = frozenset(("minister", "adviser", "spokesperson", "negotiator", "military"))
"""Sorts of offices that share the nation of the leader named before."""
_MET = re.compile(r"\b(?:with|meet|meets|met|meeting|by|received|visited|thanked|invited)\s+(?:the\s+)?\Z")


def _nation_shared(
    seen: str, units: Sequence[Unit], tags: str, before: Person, first: int, title: Title
) -> int | None:
    """The unit of the nation that somebody in a list has from the one before, where others meet them: "met Swiss President
    NAME and Foreign Minister NAME"."""
    whose, other = before.nation, before.title
    if whose is None or other is None or not re.fullmatch(r",?&|,", tags[before.last + 1 : first]):
        return None
    if (
        title.body is not None
        or title.plural
        or other.plural
        or other.head == title.head
        or other.body is not None
    ):
        return None
    if units[whose].char_start > before.name_start or not _MET.search(seen, 0, before.char_start):
        return None
    sort, theirs = sort_of(title.head), sort_of(other.head)
    led = sort in _FELLOWS and theirs in ("leader", "royal", "minister")
    return whose if led or (sort == theirs == "leader" and " " in title.head) else None


_JUNIOR = frozenset("Jr Jr. Sr Sr. II III".split())
"""What stands after a name and a comma as part of it."""


def _is_suffix(unit: Unit) -> bool:
    return normal(unit.text) in offices.data()["honorifics"]["suffixes"]


def _other_land(tags: str, before: Person, first: int) -> tuple[int, Title] | None:
    """Where the next country of a plural title stands, and that title: "the foreign ministers of X, A, and Y, B"."""
    between = re.fullmatch(r",?&?w?T?C,", tags[before.last + 1 : first])
    return (first - 2, before.title) if between and before.title and before.title.plural else None


def _listed(tags: str, persons: Sequence[Person], first: int) -> bool:
    """Whether a name goes on a list that a plural title begins ("Foreign Ministers A and B")."""
    for before in reversed(persons):
        if not re.fullmatch(r",?&|,", tags[before.last + 1 : first]):
            return False
        if before.title is not None:
            return before.title.plural
        first = before.first
    return False


_FULL = (2, 3)
"""So many words a name has that only a list of persons gives for one."""


def _among(tags: str, before: Person, first: int, last: int) -> bool:
    """Whether a full name goes on a list of such after a person: "met NAME NAME, NAME NAME and NAME NAME"."""
    joined = re.fullmatch(r",?&|,", tags[before.last + 1 : first])
    ends = "&" in tags[before.last + 1 : first] or re.match(r"(?:,h*N{2,3})*,?&[TFKDHh]*N", tags[last + 1 :])
    return bool(joined and ends) and last - first + 1 in _FULL and len(before.name.split()) in _FULL


def _share_titles(tags: str, persons: list[Person]) -> list[Person]:
    """A plural title is that of everybody in the list it begins ("Foreign Ministers A and B")."""
    out: list[Person] = []
    for person in persons:
        before = out[-1] if out else None
        if person.title is None and before and before.title and _listed(tags, out, person.first):
            rank = sum(1 for p in out if p.title is before.title)
            nation = before.title.nation
            own = nation[rank] if rank < len(nation) else (nation[0] if len(nation) == 1 else None)
            own = own if person.nation is None else person.nation
            person = msgspec.structs.replace(person, title=before.title, nation=own)
        out.append(person)
    return out


_GOES_ON = re.compile(r"v|&TH")
"""After a title that begins a sentence: "President met A", "President and the Foreign Minister met A"."""


def _opens(units: Sequence[Unit], tags: str, first: int, last: int) -> bool:
    """Whether a title without an article is who acts: at the head of a sentence, or after a comma or "and" where a
    verb follows ("During the visit, Foreign Secretary met A")."""
    if first == 0:
        return _GOES_ON.match(tags, last + 1) is not None
    after = units[last + 1].text if tags[last + 1 : last + 2] == "v" else ""
    forms = lexicon().verbs.get(after, ())
    return tags[first - 1] in ",&" and any(names & {"past", "s"} for _, names in forms)


def _offices(seen: str, units: Sequence[Unit], tags: str, taken: set[int]) -> list[Office]:
    found: list[Office] = []
    for title, first, last in free_titles(seen, units, tags, taken):
        definite = not title.nation and title.body is None
        article = first > 0 and tags[first - 1] == "T"
        heads = title.text[:1].isupper() and _opens(units, tags, first, last)
        if definite and not (article or title.plural or heads):
            continue  # "Foreign Minister thanked his guest"
        found.append(Office(title, units[first].char_start, units[last].char_end, first, last, definite))
    return found


def tells(word: str) -> bool:
    """Whether a capitalised word of a headline is its verb ("Berg Meets …")."""
    low = word.casefold()
    return low.endswith(("s", "ed")) and low in lexicon().verbs


def given_shape(units: Sequence[Unit], first: int, last: int) -> str | None:
    """The rule by which a run of capitalised units looks like a full name of some culture, and not like a headline:
    "Ana Meets Berg"."""
    if last == first or any(tells(unit.text) for unit in units[first:last]):
        return None
    text = " ".join(unit.text for unit in units[first : last + 1])
    return "shape" if names.shape(text) else None
