"""Which country a person is of, where no title says it; which nations are only named for their money."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise

from dipcli import names
from dipcli.extraction import sides
from dipcli.extraction.registry import Entity, Registry, is_office
from dipcli.extraction.simplify import is_aside
from dipcli.extraction.slots import Scene
from dipcli.extraction.units import Unit
from dipcli.lexicon import countries, offices, organizations
from dipcli.names import normal
from dipcli.records import Document

_CULTURES = {
    "chinese": ("CHN", "TWN", "SGP"), "korean": ("KOR", "PRK"), "japanese": ("JPN",), "vietnamese": ("VNM",),
}  # fmt: skip


def country_of(entity: Entity, mentioned: AbstractSet[str]) -> str | None:
    """A person's country as known so far: by title, or of the countries `mentioned` by the shape of the name."""
    if entity.country:
        return entity.country
    culture = _CULTURES.get(names.shape(entity.name) or "", ())
    return next((c for c in culture if c in mentioned), None)


def settle(
    registry: Registry, seen: str, home: str | None, land: str | None, scenes: Sequence[Scene]
) -> None:
    """A person without a nation gets the one that the name's shape and the document agree on.

    Those who make up a country's delegation are of that country (`sides`). Holders of offices that nothing places
    are of the country whose capital signs the document or whose government publishes it (`home`), first of all who its
    title begins with.
    """
    sides.settle(registry, seen, scenes)
    barred: dict[str, set[str]] = {}
    for scene in scenes:
        for key, theirs in _rivals(registry, scene):
            barred.setdefault(key, set()).update(theirs)
        _counterparts(registry, seen, scene)
        _posted(registry, seen, scene)
        _in_brackets(registry, seen, scene)
    pairs = Counter(
        frozenset(registry.entities[k].country for k in scene.pair) for scene in scenes if scene.pair
    )
    pair = next((codes for codes, _ in pairs.most_common(1)), frozenset[str | None]())
    for entity in registry.entities.values():
        if entity.kind == "person" and entity.country is None and len(pair) == 2:
            entity.near = _sent_by(seen, entity, pair) or entity.near
    opened = next((s.keys[0] for scene in scenes[:1] for s in scene.slots[:1] if s.kind == "person"), None)
    alike = Counter(_post(e) for e in registry.entities.values() if e.kind == "person" and e.far)
    present = {e.country for e in registry.entities.values() if e.kind == "country"}
    for entity in registry.entities.values():
        if entity.kind != "person" or entity.country:
            continue
        own = (offices.nations().get(normal(title.title)) for title in entity.titles)
        entity.country = next(filter(None, own), None)
        if entity.country:
            continue
        culture = names.shape(entity.name)
        fitting = [c for c in _CULTURES.get(culture or "", ()) if c in present]
        if culture == "korean" and len(fitting) == 2:
            fitting = ["PRK" if re.search(r"^(?:Ri|Pak|Choe|Jo|Ro|Kim)\s\S+\s[A-Z]", entity.name) else "KOR"]
        if len(fitting) >= 1:
            entity.country = fitting[0]
        elif culture not in _CULTURES:
            first = home and entity.key == opened and _is_ours(registry, entity, home)
            entity.country = home if first else entity.near
        if entity.country is None and _is_ours(registry, entity, home):
            entity.country = home
        if entity.country is None and culture not in _CULTURES and alike[_post(entity)] == 1:
            entity.country = entity.far
        placed = entity.country or culture in _CULTURES or land in barred.get(entity.key, ())
        if not placed and _is_ours(registry, entity, land):
            entity.country = land


_SENT = re.compile(
    r"\b(?:to|in|at)\s+(?:the\s+)?(?P<where>[A-Z][\w'’-]*(?:\s+(?:of\s+|and\s+)?[A-Z][\w'’-]*){0,3})"
)
_AD_INTERIM = re.compile(r"\s+(?:ad\s+interim\s+)?(?=(?:to|in|at)\s)")
_ENVOYS = frozenset(("minister", "diplomat", "official"))


def _sent_by(seen: str, entity: Entity, pair: AbstractSet[str | None]) -> str | None:
    """Which of the two countries that a text is about sends whoever is told as envoy to the other: "Minister to Peru"."""
    for title in entity.titles:
        parsed = offices.parse(title.title)
        beside = _AD_INTERIM.match(seen, title.char_end)
        sent = _SENT.search(title.title) or (beside and _SENT.match(seen, beside.end()))
        if not sent or parsed is None or parsed.head.sort not in _ENVOYS:
            continue
        seat = _named_first(sent["where"])
        if seat in pair:
            return next(code for code in pair if code != seat)
    return None


def _named_first(phrase: str) -> str | None:
    """The country that a phrase begins with."""
    words = phrase.split()
    forms = (countries.lookup(" ".join(words[:n])) for n in range(len(words), 0, -1))
    return next((form.alpha3 for form in forms if form), None)


def _seat(title: str) -> str | None:
    """The country where the holder of a title serves: "Ambassador of X to Y"."""
    sent = [m["where"] for m in _SENT.finditer(title)]
    return _named_first(sent[-1]) if sent else None


def _post(entity: Entity) -> tuple[str | None, tuple[str, ...]]:
    """The country and offices that someone may have: not two at once have the same."""
    return entity.far, tuple(sorted({head for head, _ in entity.offices}))


_THEIRS = frozenset(
    "ambassador|secretary general|high representative|permanent representative|high commissioner|nuncio"
    "|special envoy|envoy|personal representative|special rapporteur|executive director".split("|")
)
"""Offices that whoever speaks of them may have nothing to do with."""


def _is_ours(registry: Registry, entity: Entity, nation: str | None) -> bool:
    """Whether an office without a nation is one of the government of the nation that a text comes from or is about."""
    if any(registry.entities[key].country is None for key in entity.bodies):
        return False
    told = [t.title for t in entity.titles if is_office(t.title)]
    heads = {parsed.head.words for title in told if " for " not in title and (parsed := offices.parse(title))}
    reigning = offices.data()["reigning"]
    if nation not in reigning["countries"] and not heads.isdisjoint(reigning["heads"]):
        return False
    return bool(told) and not _THEIRS & heads


_TOP = 600
"""So many characters on top may name the publisher."""
_FOOT = 300


def _rivals(registry: Registry, scene: Scene) -> Iterator[tuple[str, set[str]]]:
    """Those who meet holders of their own office, by key, with the countries of these: who does is not of that country
    by standing near it ("Foreign Minister A met Ghanaian Foreign Minister B")."""
    persons = [registry.entities[s.keys[0]] for s in scene.slots if s.kind == "person"]
    held = [(head, e.country) for e in persons if e.country for head, _ in e.offices]
    for entity in persons:
        heads = {head for head, _ in entity.offices}
        theirs = {country for head, country in held if head in heads} if entity.country is None else set()
        if theirs:
            if theirs & {entity.near, entity.far}:
                entity.near = entity.far = None
            yield entity.key, theirs


_RECEIVED = re.compile(r"\b(?:received|receives|met|meets|welcomed)\b")


def _posted(registry: Registry, seen: str, scene: Scene) -> None:
    """Who receives an envoy is of the country where he serves: "Minister A received B, the Ambassador of X to Y"."""
    if not _RECEIVED.search(seen, scene.sentence.char_start, scene.sentence.char_end):
        return
    persons = [(registry.entities[s.keys[0]], s) for s in scene.slots if s.kind == "person"]
    seats = {
        _seat(seen[s.char_start : s.char_end])
        for e, s in persons
        if e.country and any(head in _THEIRS for head, _ in e.offices)
    }
    seat = next(iter(seats)) if len(seats) == 1 else None
    for host, _ in persons[:1] if seat else ():
        if host.country is None and host.offices and not any(head in _THEIRS for head, _ in host.offices):
            host.near = seat


def home_of(seen: str, document: Document) -> str | None:
    """The country whose government a text comes from: it signs, publishes or hosts it."""
    return (
        _signed(seen)
        or _published_by([document.publisher or "", *seen[:_TOP].splitlines()])
        or _published_by([part for line in _SOURCE.findall(seen[-_FOOT:]) for part in line.split(",")])
        or _hosted_by(document)
        or _readout_of(seen)
        or ("USA" if _STYLED_READOUT.search(seen, 0, _TOP) else None)
    )


_SOURCE = re.compile(r"^\W*(?:Source|Issued by|Released by)\s*:\s*(.+)$", re.MULTILINE)
"""A line at the foot that says whose text it is."""
_SITE = re.compile(
    r"\b(?:[a-z0-9-]+\.)*?(?:(?:go[bv]|gouv|gub|govt|go|mil|mfa|mofa|diplo|gc)\.(?P<code>[a-z]{2})"
    r"|mofa\.(?P<of>[a-z]{2})|(?P<us>(?:[a-z0-9-]*whitehouse\d?|state|defense|usembassy)(?:\.archives)?\.gov))\b(?!\.[a-z])"
)
"""The name of a government's site: parlinfo.aph.gov.au, www.mfa.gov.tr, 2001-2009.state.gov."""


def _hosted_by(document: Document) -> str | None:
    """Country of the government on whose site a text stands, as its address or its head and foot tell."""
    text = document.text
    ends = (document.address or "", text[:_TOP], text[-_FOOT:])
    codes = {
        "us" if site["us"] else site["code"] or site["of"] for end in ends for site in _SITE.finditer(end)
    }
    country = countries.by_code(codes.pop()) if len(codes) == 1 else None
    return country.alpha3 if country else None


_BARE_OFFICE = re.compile(
    r"^(?:(?:This|Yesterday|Today|Earlier|Last|On)\b[^.,\n]{0,30},?\s+)?"
    r"[Tt]he\s+(?:Prime\s+Minister|President|Chancellor|Taoiseach|(?:Deputy\s+)?Foreign\s+(?:Minister|Secretary))\s"
    r"(?=[a-z])(?!of\b|and\b)",
    re.MULTILINE,
)
"""A paragraph about somebody whose office alone is told: "The Prime Minister spoke to …"."""
_STYLED_READOUT = re.compile(r"^\W*Readout of (?:the )?(?:Vice )?President['’]s? ", re.MULTILINE)
"""Heads the texts of the White House, and hardly of another presidency: "Readout of the President's Call with NAME"."""
_NAME = r"[A-ZÀ-Þ][\w.]*\w(?:\s+[A-ZÀ-Þ]\w+){0,2}"
_SEAT = re.compile(rf"\b(?:to|at|in)\s+(?:the\s+)?({_NAME})")
_TWO = re.compile(rf"\b({_NAME})(?:\s+and\s+(?:the\s+)?|[-–—])({_NAME})")
"""Two countries named together: "the UK and Brazil", "UK-Brazil"."""


def _readout_of(seen: str) -> str | None:
    """Country of whoever a readout names by the office alone: that of the seat of government where it took place
    ("welcomed NAME to Downing Street"), else the one that it names along with the guest's: "The Prime Minister
    spoke to President NAME of Peru … the ties between Chile and Peru"."""
    if not _BARE_OFFICE.search(seen, 0, _TOP):
        return None
    seats = {
        form.alpha3 for form in map(countries.lookup, _SEAT.findall(seen)) if form and form.sort == "metonym"
    }
    if len(seats) == 1:
        return seats.pop()
    pairs = set()
    for two in _TWO.finditer(seen):
        codes = {form.alpha3 for form in map(countries.lookup, two.groups()) if form}
        if len(codes) == 2:
            pairs.add((*sorted(codes, key=lambda code: _first_named(seen, code)),))
    return pairs.pop()[1] if len(pairs) == 1 else None


_TOURED = re.compile(
    r"\b(?:visit|travel|tour|trip|leave[sd]?|left|fly|flew)\w*\s[^.;\n]*?[A-Z]\w+,\s[^.;\n]*?\band\s(?:the\s)?[A-Z]"
)


def _is_toured(seen: str, scene: Scene) -> bool:
    """Whether somebody is told right before to visit several countries, of none of which he then is: "will travel to A,
    B and C. She will meet her Omani counterpart"."""
    begin = scene.sentence.char_start
    return _TOURED.search(seen, max(0, begin - 400), begin) is not None


_COUNTERPARTS = frozenset(("counterpart", "counterparts"))


def _counterparts(registry: Registry, seen: str, scene: Scene) -> None:
    """Who has a counterpart in one of the two countries that a text is about is of the other: "Foreign
    Secretary A will meet his Indian counterpart"."""
    pair = {registry.entities[key].country for key in scene.pair}
    if len(pair) != 2 or scene.sentence.words.isdisjoint(_COUNTERPARTS):
        return
    for i, slot in enumerate(scene.slots):
        theirs = registry.entities[slot.keys[0]].country if slot.keys else None
        if theirs not in pair or "counterpart" not in seen[slot.char_start : slot.char_end].casefold():
            continue
        if _is_toured(seen, scene):
            return
        (ours,) = pair - {theirs}
        for other in scene.slots[:i]:
            person = registry.entities[other.keys[0]] if other.kind == "person" else None
            if person is not None and person.country is None and person.offices:
                person.near = ours


_GOVERNMENT = re.compile(
    r"(?:(?!(?:of|the)\b)[\w&,-]+\s+)*?(?:government|ministry|department|embassy|consulate|mission|presidency|office|parliament)\b"
    r"[^.;:]*?\bof\s+(?:the\s+)?(?P<of>(?!(?:foreign|external|state|the)\b)[^.;:]+)",
    re.IGNORECASE,
)
"""A line that is a government's name, with its country: "Ministry of Foreign Affairs of the Republic of Peru"."""


_SEATED = re.compile(
    r"(?:Ministry|Department|Office) (?:of|for) (?:Foreign|External)[\w &]*?, (?P<town>[A-Z][\w' ]+?)(?=,|$)"
)
"""A ministry with the capital that it is in: "Department of Foreign Affairs, Wellington"."""


def _published_by(lines: Sequence[str]) -> str | None:
    """Country of a government that a publisher or a line on top names ("The White House", "Government of Fiji")."""
    for line in lines:
        name = line.strip(" \t#*_.:").removeprefix("The ").removeprefix("the ")
        if not 3 < len(name) < 90:
            continue
        entry = organizations.lookup(name) or organizations.lookup(" ".join(name.split()[:2]))
        ours = entry is not None and entry.sort in ("government", "parliament") and entry.country
        if entry and ours and "ambiguous" not in entry.flags(name):
            return entry.country
        seated = _SEATED.match(name)
        capital = countries.lookup(seated["town"]) if seated else None
        if capital is not None and capital.sort == "capital":
            return capital.alpha3
        told = _GOVERNMENT.fullmatch(name)
        form = countries.lookup(told["of"].split(" in ")[0]) if told else None
        if form is not None:
            return form.alpha3
    return None


_CAPITAL_LINE = re.compile(r"(?P<town>[^,]+)(?:, [A-Z][a-z]+)?")


def _signed(seen: str) -> str | None:
    """Country of a capital that stands alone on a line ("CANBERRA", "Ottawa, Ontario"), as at the ends of a release."""
    for line in seen.splitlines():
        alone = _CAPITAL_LINE.fullmatch(line.strip(" .-–—*")) if 3 < len(line.strip()) < 24 else None
        form = countries.lookup(alone["town"]) if alone else None
        if form is not None and form.sort == "capital":
            return form.alpha3
    return None


def _in_brackets(registry: Registry, seen: str, scene: Scene) -> None:
    """ "Ana Prado (Portugal)": a speaker is of the country in brackets."""
    for before, slot in pairwise(scene.slots):
        if is_aside(seen, before, slot):
            person = registry.entities[before.keys[0]]
            person.country = person.country or registry.entities[slot.keys[0]].country


def former_states(seen: str) -> dict[str, str]:
    """States whose capital stands for a former one ("Moscow" for the Soviet Union), by their codes: those of a
    text that names the former state, and never the later one."""
    return {
        later: former
        for later, former in countries.SUCCESSORS.items()
        if _is_named(seen, former) and not _is_named(seen, later)
    }


def _is_named(seen: str, code: str) -> bool:
    return _first_named(seen, code) < len(seen)


def _first_named(seen: str, code: str) -> int:
    """Where a text first names a country or its people; the text's end where it never does."""
    country = countries.by_code(code)
    assert country is not None
    forms = [re.escape(form) for form in (*country.forms, *country.demonyms) if form in seen]
    found = re.search(rf"\b(?:{'|'.join(forms)})\b", seen) if forms else None
    return found.start() if found else len(seen)


_OF_KINSHASA, _OF_BRAZZAVILLE = frozenset("COD RWA UGA BDI BEL".split()), frozenset("COG GAB CMR".split())
"""The two Congos, each with those whose names tell that it is meant: its neighbours alone, who ruled it."""


def namesake(code: str, seen: str, mentioned: AbstractSet[str]) -> str:
    """Code of the state that a text means by a name which another one has as well ("Korea", "Congo"): the Korea that it
    has `mentioned`; the smaller Congo where it names that one by what is its own, or a neighbour of it, and none of the
    larger one's."""
    if code == "KOR" and "PRK" in mentioned and "KOR" not in mentioned:
        return "PRK"
    return _congo_of(seen) if code == "COD" else code


@lru_cache(maxsize=8)
def _congo_of(seen: str) -> str:
    text = normal(seen)
    named = {
        form.alpha3
        for name, form in countries.forms().items()
        if form.alpha3 in _OF_KINSHASA | _OF_BRAZZAVILLE
        and "ambiguous" not in form.flags
        and re.search(rf"\b{re.escape(name)}\b", text)
    }
    return "COG" if named & _OF_BRAZZAVILLE and not named & _OF_KINSHASA else "COD"


_MONEY = frozenset(
    "dollar franc pound rupee lira peso krona krone kroner kronor mark dinar dirham riyal rial shilling rand real baht"
    " ringgit ruble rouble rupiah taka naira cedi birr crown yen won yuan renminbi afghani hryvnia leu lev zloty forint".split()
)


def is_money(nation: Unit, after: Sequence[Unit]) -> bool:
    """Whether a nation is followed by what it pays with, and not meant itself ("20 million U.S. dollars"); "Algeria won"
    is none."""
    if after and after[0].text.startswith("$") and after[0].char_start == nation.char_end:
        return True  # "US$40 million"
    word = after[0].text.casefold().removesuffix("s") if after else ""
    if word == "$":
        return after[0].char_start == nation.char_end  # "US$5 million"
    return word in _MONEY and (
        word != "won" or nation.text.startswith(("Korea", "South Korea", "North Korea"))
    )
