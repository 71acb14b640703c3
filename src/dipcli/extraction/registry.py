"""The actors of one document: who is mentioned where, and which mentions are the same.

Mentions come in the order of the text. A full name makes a person; a family name alone means the
person of that name mentioned last; an office with a nation means its holder, if the document names
one. Countries are their codes, bodies their core name and nation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

import msgspec

from dipcli import names
from dipcli.lexicon import countries, offices
from dipcli.mentions import ActorMention, MentionKind, Span, TitleMention
from dipcli.names import normal


@dataclass
class Entity:
    """A local actor while it is being collected."""

    key: str
    kind: MentionKind
    name: str
    country: str | None = None
    forms: Counter[str] = field(default_factory=Counter)
    titles: list[TitleMention] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    sentence: Span = field(default_factory=lambda: Span(char_start=0, char_end=0))
    rule: str = ""
    offices: set[tuple[str, str | None]] = field(default_factory=set)
    """(head of the office, country) of each title, for nominal mentions."""
    used: bool = False
    """Whether it may stand in the record: it acts, holds an office, or is named as a noun."""
    bodies: set[str] = field(default_factory=set)
    """Keys of the organisations that a person's titles name."""
    near: str | None = None
    """The country that a leader's title without a nation stands next to."""
    far: str | None = None
    """The only country told of on the lines before it."""
    spoken_for: bool = False
    """Whether a person is named with a country and no title ("China's X", "the X administration")."""
    head: str = ""
    """Of a body: its head word ("ministry"), for "the ministry"."""


_STYLES = frozenset("sir dame prince princess sheikh king queen sultan emir".split())


def family_of(name: str, country: str | None = None) -> str:
    return normal(names.family(name, country))


class Registry:
    """Local actors by key, and the indexes that find them."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._family: dict[str, list[str]] = {}
        self._middle: dict[str, list[str]] = {}
        """Persons by the words inside their names, the first of two family names among them."""
        self._words: dict[tuple[str, ...], str] = {}
        """Persons by the words of their full names, in order of the alphabet."""
        self._ends: dict[tuple[str, str], list[str]] = {}
        """Persons by the first and last words of their full names."""
        self._bodies: dict[str, list[str]] = {}
        """Bodies by core name or alias, whatever their nation."""
        self._heads: dict[str, list[str]] = {}
        """Bodies by head word."""
        self._holders: dict[str, list[str]] = {}
        """Persons by the form of an office that they hold."""
        self.shorts: dict[str, str] = {}
        """Persons by the initials of their office that the text calls them by."""
        self._recent: dict[str, int] = {}
        """Mentioned actors, the last one last, with the number of the mention."""
        self._mentions = 0

    # -- making ---------------------------------------------------------------------------------

    def _new(self, kind: MentionKind, name: str, rule: str, sentence: Span) -> Entity:
        entity = Entity(f"a{len(self.entities) + 1}", kind, name, rule=rule, sentence=sentence)
        self.entities[entity.key] = entity
        return entity

    def seen(self, entity: Entity, form: str, span: Span) -> Entity:
        """The actor, noted as mentioned there by this form."""
        entity.forms[form] += 1
        entity.spans.append(span)
        self._note(entity)
        return entity

    def _note(self, entity: Entity) -> None:
        """Put an actor last among those mentioned."""
        self._mentions += 1
        self._recent.pop(entity.key, None)
        self._recent[entity.key] = self._mentions

    def known_person(self, name: str) -> Entity | None:
        key = self._by_name.get(("person", normal(name)))
        return self.entities[key] if key else None

    def person(self, name: str, span: Span, sentence: Span, rule: str, country: str | None = None) -> Entity:
        """The person of a full name, made if new. Hyphens, case and accents do not tell persons apart."""
        ident = ("person", normal(name))
        key = self._by_name.get(ident)
        entity = self.entities[key] if key else None
        if entity is None:
            entity = self._reordered(name)
        if entity is None:
            entity = self._new("person", name, rule, sentence)
            families = {family_of(name, country), normal(name.split()[-1]), *_in_capitals(name)}
            known = set() if rule == "title" else {normal(name)}  # "President Berg" is "Berg" from then on
            for family in sorted(families - known):
                self._family.setdefault(family, []).append(entity.key)
            words = normal(name).split()
            for word in words[1:-1]:
                self._middle.setdefault(word, []).append(entity.key)
            if words:
                self._words.setdefault(tuple(sorted(words)), entity.key)
                self._ends.setdefault((words[0], words[-1]), []).append(entity.key)
        self._by_name[ident] = entity.key
        return self.seen(entity, name, span)

    def _reordered(self, name: str) -> Entity | None:
        """A person known under the same words in another order, with a middle name or initial, or one before."""
        words = normal(name).split()
        if len(words) < 2:
            return None
        key = self._words.get(tuple(sorted(words)))
        if key is None:
            alike = self._ends.get((words[0], words[-1]), [])
            key = next((k for k in alike if _is_longer(words, normal(self.entities[k].name).split())), None)
        if key is None:
            alike = self._family.get(words[-1], [])
            key = next((k for k in alike if _differ_by_first(self.entities[k].name, name)), None)
        if key is None:  # "Ana Prado", of Ana Prado Ríos
            alike = self._middle.get(words[-1], [])
            key = next((k for k in alike if normal(self.entities[k].name).split()[:-1] == words), None)
        return self.entities[key] if key else None

    def surname(self, word: str, span: Span, head: str = "") -> Entity | None:
        """The person that a name alone means: of those who bear it, the one mentioned last.

        With the head of a title ("minister"), one who has such a title comes before the others.
        """
        bearers = self._family.get(normal(word), [])
        if not bearers and head:  # "Minister Prado", of Ana Prado Ríos
            bearers = self._middle.get(normal(word), [])
        if not bearers:
            return None
        titled = [
            k
            for k in bearers
            if head and any(h.split()[-1:] == head.split()[-1:] for h, _ in self.entities[k].offices)
        ]
        return self.seen(self.entities[max(titled or bearers, key=self._recency)], word, span)

    def first_name(self, word: str, span: Span, head: str) -> Entity | None:
        """The one person whom a first name means along with his style ("Sir Patrick") or an office told of him under his
        whole name ("President Lula", of President Lula da Silva)."""
        named = [
            e
            for e in self.entities.values()
            if e.kind == "person"
            and normal(e.name).split()[0] == normal(word)
            and (head in _STYLES or any(head and head == office for office, _ in e.offices))
        ]
        return self.seen(named[0], word, span) if len(named) == 1 and " " in named[0].name else None

    def shorten(self, entity: Entity, initials: str) -> None:
        """Let initials mean a person from here on ("Deputy Prime Minister NAME (DPM)")."""
        self.shorts[initials] = entity.key
        entity.forms[initials] += 0

    def initials(self, word: str, span: Span) -> Entity:
        """The person whom the text calls by these initials."""
        return self.seen(self.entities[self.shorts[word]], word, span)

    def bearers(self, word: str) -> list[str]:
        return self._family.get(normal(word), [])

    def country(self, alpha3: str, form: str, span: Span, sentence: Span, *, noun: bool) -> Entity:
        ident = ("country", alpha3)
        if ident not in self._by_name:
            known = countries.by_code(alpha3)
            entity = self._new("country", known.name if known else alpha3, "country", sentence)
            entity.country = alpha3
            self._by_name[ident] = entity.key
        entity = self.entities[self._by_name[ident]]
        entity.used |= noun
        return self.seen(entity, form if noun else entity.name, span)

    def body(
        self,
        name: str,
        core: str,
        nation: str | None,
        span: Span,
        sentence: Span,
        *,
        head: str,
        rule: str,
        aliases: Iterable[str] = (),
    ) -> Entity:
        """An organisation: its core name (without its nation) and the nation tell it from others."""
        core = normal(core)
        key = self._by_name.get(("body " + (nation or ""), core))
        if key is None and nation is None:
            key = max(self._bodies.get(core, ()), key=self._recency, default=None)
        if key is None:
            entity = self._new("organization", name, rule, sentence)
            entity.country, entity.head = nation, head
            key = entity.key
            sort = core.partition(" of ")[0].split(" ")[-1]
            # "the Foreign Ministry" is "the ministry" from then on, the Court of Justice "the Court"
            for word in {head, head.split(" ")[-1], sort}:
                self._heads.setdefault(word, []).append(key)
        entity = self.entities[key]
        for form in (core, *map(normal, aliases)):
            if self._by_name.setdefault(("body " + (nation or ""), form), key) == key:
                named = self._bodies.setdefault(form, [])
                if key not in named:
                    named.append(key)
        for alias in aliases:
            entity.forms[alias] += 0
        return self.seen(entity, name, span)

    def body_known(self, form: str) -> Entity | None:
        """A body of this document by a name or acronym that it was given."""
        named = self._bodies.get(normal(form))
        return self.entities[named[0]] if named else None

    def known_country(self, alpha3: str) -> Entity | None:
        """The country of a code, if the document mentions it."""
        key = self._by_name.get(("country", alpha3))
        return self.entities[key] if key else None

    def body_again(self, head: str, span: Span, form: str) -> Entity | None:
        """The body that "the ministry" means: the one of that head word mentioned last."""
        key = max(self._heads.get(head, ()), key=self._recency, default=None)
        return self.seen(self.entities[key], form, span) if key else None

    def office(
        self, title: TitleMention, head: str, nation: str | None, span: Span, sentence: Span
    ) -> Entity:
        """Whoever holds an office: a local stand-in that resolution puts a person in the place of."""
        ident = ("office", f"{normal(title.title)}|{nation}")
        if ident not in self._by_name:
            entity = self._new("office", title.title, "office", sentence)
            entity.country = nation
            self.entitle(entity, title)
            entity.offices.add((head, nation))
            self._by_name[ident] = entity.key
        entity = self.entities[self._by_name[ident]]
        entity.spans.append(span)
        self._note(entity)
        return entity

    def has_office(self, title: str, nation: str | None) -> bool:
        """Whether an office was named without its holder."""
        return ("office", f"{normal(title)}|{nation}") in self._by_name

    def entitle(self, entity: Entity, title: TitleMention) -> None:
        """Gives a title to an actor; one that is not "former" makes a person the office's holder."""
        entity.titles.append(title)
        if entity.kind == "person" and title.tense != "former":
            holders = self._holders.setdefault(office_form(title.title), [])
            if entity.key not in holders:
                holders.append(entity.key)

    # -- asking ---------------------------------------------------------------------------------

    def _recency(self, key: str) -> int:
        return self._recent.get(key, -1)

    def holder(self, title: str, nation: str | None, before: int) -> Entity | None:
        """The person that this document gives a title to: same office, same country, named last, and not only after
        the offset `before` ("The president met President A": somebody else). Where no
        country is asked for, one whose title stands without a country comes before those whose stands with one:
        "Foreign Minister A met the Foreign Minister of B, C. The Foreign Minister …" means A."""
        form = office_form(title)
        holders = [self.entities[key] for key in self._holders.get(form, ())]
        holders = [e for e in holders if is_told(e, before)]
        if nation is None:
            bare = [e for e in holders if bears_alone(e, form)]
            holders = bare or holders
        else:
            holders = [e for e in holders if e.country == nation]
        return max(holders, key=lambda e: self._recency(e.key), default=None)

    def leader(self, heads: Collection[str], nation: str | None, before: int) -> Entity | None:
        """Whoever was told last with one of the offices that lead a country: "the Peruvian leader", "the premier"."""
        persons = (e for e in map(self.entities.__getitem__, reversed(self._recent)) if e.kind == "person")
        leaders = (e for e in persons if any(head in heads for head, _ in e.offices))
        fitting = (e for e in leaders if nation in (None, e.country) and not is_former(e))
        return next((e for e in fitting if is_told(e, before)), None)

    def first_with(self, head: str, before: int) -> Entity | None:
        """The person whom the text named first with an office of this one word, before an offset."""
        persons = (e for e in self.entities.values() if e.kind == "person" and not is_former(e))
        bearers = (e for e in persons if any(head in office.split() for office, _ in e.offices if office))
        return next((e for e in bearers if is_told(e, before)), None)

    def bearer_of(self, title: str, nation: str | None, before: int) -> Entity | None:
        """Whoever was told last with an office that a title names in other words or by some of them, persons first:
        "the minister", "the deputy minister", "the Chilean minister", "the foreign minister" of a Minister for Foreign
        Affairs."""
        for kind in ("person", "office") if nation is None else ("person",):
            for entity in (self.entities[key] for key in reversed(self._recent)):
                ours = entity.kind == kind and nation in (None, entity.country)
                if ours and any(_names(title, t, nation) for t in entity.titles) and is_told(entity, before):
                    return entity
        return None

    def officer(self, title: str, body: str, before: int) -> Entity | None:
        """The person told last with an office in a body that a title names: "the UN envoy", "the NATO chief"."""
        chief = office_form(title) in _CHIEFS
        for entity in (self.entities[key] for key in reversed(self._recent)):
            theirs = [t for t in entity.titles if body in entity.bodies and t.tense != "former"]
            heads = any(_CHIEFS & {*office_form(t.title).split()} for t in theirs) if chief else False
            if (heads or any(_names(title, t, None) for t in theirs)) and is_told(entity, before):
                return entity
        return None

    def recent_people(self, count: int) -> list[Entity]:
        """The persons mentioned last, the very last one at the end."""
        people = (e for e in map(self.entities.__getitem__, reversed(self._recent)) if e.kind == "person")
        return list(islice(people, count))[::-1]

    def settle_offices(self) -> None:
        """An office named without a nation is of the country of the person who holds it."""
        for entity in self.entities.values():
            if entity.kind != "person":
                continue
            owner = self.known_country(entity.country) if entity.country else None
            if owner is None and entity.bodies:
                owner = self.entities[min(entity.bodies)]
            if owner is not None:
                entity.titles = [
                    msgspec.structs.replace(t, of=owner.key) if t.of is None and is_office(t.title) else t
                    for t in entity.titles
                ]
                owner.used |= any(t.of == owner.key for t in entity.titles)

    def finish(self) -> list[ActorMention]:
        """All local actors that may stand in the record, in order of first mention."""
        return [
            ActorMention(
                key=e.key,
                name=(name := _written(e)),
                aliases=sorted(form for form in {e.name, *e.forms} if form != name),
                kind=e.kind,
                country=e.country,
                titles=e.titles,
                spans=sorted(set(e.spans), key=lambda s: (s.char_start, s.char_end)),
                sentence=e.sentence,
                rule=e.rule,
            )
            for e in self.entities.values()
            if e.used
        ]


def _differ_by_first(one: str, other: str) -> bool:
    """Whether two names are alike but for a first word that one of them leaves out ("Md Rafiq Hossain")."""
    short, whole = sorted((one.casefold().split(), other.casefold().split()), key=len)
    return len(short) > 1 and whole[1:] == short


def _is_longer(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether of two names with the same ends one has more words, none in the place of another: "George W. Bush" is
    a longer "George Bush", but no shorter "George H. W. Bush"."""
    middles = zip(one[1:-1], other[1:-1], strict=False)
    return len(one) != len(other) and all(a[0] == b[0] for a, b in middles)


def is_told(entity: Entity, before: int) -> bool:
    """Whether an actor was mentioned, and not after an offset."""
    return entity.spans[-1].char_start < before


def is_former(person: Entity) -> bool:
    """Whether a person is told to have held an office once, and never to hold one."""
    return all(title.tense == "former" for title in person.titles)


def bears_alone(person: Entity, form: str) -> bool:
    """Whether a person's title of that form stood without its country where it was first told."""
    told = next((t for t in person.titles if office_form(t.title) == form), None)
    return told is not None and told.of is None


def _in_capitals(name: str) -> set[str]:
    """The family name that is set in capitals to tell it from the others: "TANAKA Kenji"."""
    words = name.split()
    capitals = [word for word in words if word.isupper() and len(word) > 2]
    return {normal(capitals[0])} if len(capitals) == 1 and len(words) > 1 else set()


def _written(entity: Entity) -> str:
    """A name as it stands in running text, not in the capitals of a heading."""
    if entity.kind != "person" or not entity.name.isupper():
        return entity.name
    forms = (form for form in entity.forms if normal(form) == normal(entity.name) and not form.isupper())
    return next(forms, entity.name.title())


def is_office(title: str) -> bool:
    """Whether a title is one that is held for a country or body (no professor, no mere Mr)."""
    parsed = offices.parse(title)
    return parsed is not None and parsed.head.sort not in ("observer", "executive", "religious", "rebel")


_CHIEFS = frozenset(
    "chief head boss general president chairman chairwoman chairperson chair commissioner administrator director".split()
)
"""Words for whoever leads a body: "the UN chief" is its Secretary-General."""
_UNLIKE = {
    "president": frozenset(("vice", "deputy")),
    "minister": frozenset(("prime",)),
    "general": frozenset("secretary attorney consul director governor inspector".split()),
}
"""Words that make another office of one, where a title has none of them: "the minister" is no prime minister."""


@lru_cache(maxsize=4096)
def _says(title: str, other: str, nation: str | None) -> bool:
    words, theirs = office_form(title).split(), office_form(other).split()
    if not words or not theirs or {*theirs} & _UNLIKE.get(words[-1], frozenset()) - {*words}:
        return False
    some = {*words} <= {*theirs} and (len(words) > 1 or words[0] in (theirs[0], theirs[-1]))
    some = some and not (offices.serves(other) and not offices.serves(title))
    return some or offices.role(title, nation) == offices.role(other, nation)


def _names(title: str, other: TitleMention, nation: str | None) -> bool:
    """Whether a title names an office that somebody holds, by some of its words at least."""
    return other.tense != "former" and is_office(other.title) and _says(title, other.title, nation)


_PASSING = frozenset(
    "new former outgoing incoming acting then the visiting current sitting incumbent embattled longtime veteran".split()
)
"""Words before an office that tell nothing of which it is."""


@lru_cache(maxsize=4096)
def office_form(title: str) -> str:
    """What two wordings of one office have in common: singular, without new, visiting, of the Republic."""
    plural = ("ers", "ors", "ts", "ys")
    words = [w.removesuffix("s") if w.endswith(plural) else w for w in normal(title).split()]
    folded = {"defence": "defense", "adviser": "advisor", "affair": "affairs"}
    return " ".join(folded.get(w, w) for w in words if w not in _PASSING).removesuffix(" of republic")
