"""Offices without names: whoever holds them, as far as the document tells ("the minister", "Japan's
foreign minister", "his Chinese counterpart")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet

from dipcli.extraction import people, terms, titles, wholes
from dipcli.extraction.nations import country_of
from dipcli.extraction.registry import Entity, Registry, bears_alone, is_former, is_told, office_form
from dipcli.extraction.slots import Slot, SlotKind
from dipcli.extraction.units import Unit
from dipcli.lexicon import offices
from dipcli.mentions import Span, TitleMention
from dipcli.names import normal

_GOVERNING = frozenset(("leader", "minister"))
"""Sorts of offices that act for their country at home."""


def country_at(registry: Registry, alpha3: str, unit: Unit, span: Span, *, noun: bool) -> Entity:
    """The country that a unit names, noted as mentioned there."""
    form = " ".join(unit.text.split())
    where = Span(char_start=unit.char_start, char_end=unit.char_end)
    return registry.country(alpha3, form, where, span, noun=noun)


def title_mention(title: titles.Title, text: str, owner: Entity | None, sentence: Span) -> TitleMention:
    """A title, as `text`, as it stands in a sentence; `owner` is whose office it is."""
    return TitleMention(
        title=text,
        of=owner.key if owner else None,
        tense=title.tense,
        char_start=title.char_start,
        char_end=title.char_end,
        sentence=sentence,
    )


_OWN = frozenset(("leader", "minister", "royal"))
"""Sorts of offices that a government's text names without its country: "The President spoke today with …"."""


_TOP = 1_000
"""So many characters on top name whom a text is about."""
_LEADING = {
    "leader": ("head_of_state", "head_of_government"),
    "premier": ("head_of_government",),
    "head of state": ("head_of_state",),
    "head of government": ("head_of_government",),
    "ruler": ("head_of_state",),
    "monarch": ("head_of_state",),
    "envoy": ("envoy",),
}
"""Words for whoever leads a country or speaks for it, and the offices that they may mean."""
_DIPLOMATS = frozenset(("top diplomat", "chief diplomat"))
_LEADING_SORTS = frozenset(("leader", "minister", "royal"))
_BEGINS = re.compile(
    r"\W{0,3}(?:(?:In|On|At|By|During|After|Last|This|Later|Earlier|Yesterday)\b[^,;]{0,40},?\s+)?(?:[Tt]he\s+)?"
)
"""Before the subject of a sentence."""
_SENTENCE = 250
"""Characters back in which a name is taken for that of the sentence before."""


def _leading(head: str) -> frozenset[str]:
    implied = offices.data()["implies"]
    return frozenset(title for sort in _LEADING.get(head, ()) for title in implied[sort])


class Holders:
    """Finds who holds an office; `mentioned` are the countries named so far, `home` the code of the country
    whose government the text comes from."""

    def __init__(
        self, seen: str, registry: Registry, mentioned: AbstractSet[str], home: str | None = None
    ) -> None:
        self._seen = seen
        self.registry = registry
        self._mentioned = mentioned
        self._home = home
        self._strangers: set[str] = set()
        """Offices told of before anybody was told to bear them."""

    def office(
        self,
        office: people.Office,
        units: list[Unit],
        nations: dict[int, str],
        by_unit: dict[int, str],
        span: Span,
        *,
        in_heading: bool = False,
    ) -> Slot | None:
        """The slot of an office; one without a holder in a heading may be that of whoever the text below names."""
        title = office.title
        plural = title.plural
        if title.head == "counterpart":
            return self._counterpart(office, units, nations)
        word = f"{title.head or 'minister'}{'s' if plural else ''}"
        if not re.fullmatch(r"[a-z]+", word):
            word = "ministers" if plural else "minister"
        where = Span(char_start=office.char_start, char_end=office.char_end)
        codes = [nations[k] for k in title.nation if k in nations]
        single = titles.singular(title.text) if plural else title.text
        if not codes and title.body is not None and title.body in by_unit:
            code = self.registry.entities[by_unit[title.body]].country
            codes = [code] if code else []
        before = units[office.first - 1].text.casefold() if office.first else ""
        owners = {nations[k] for k in nations if k < office.first}
        national = offices.nations().get(normal(title.text))
        if not codes and national and self._home in (None, national):
            codes = [national]  # "the Secretary of State"
        head = offices.heads().get(title.head)
        if before == "its" and head and head.sort in _GOVERNING and len(owners) == 1 and not plural:
            codes = [*owners]  # "India said its foreign minister …", but not "recalled its ambassador"
        if office.definite and not codes:
            if plural:
                return None  # "the foreign ministers": a group
            owned = before in ("its", "his", "her", "their")
            holder = None if owned else self._own(title, where) or self._at_home(title, where, span)
            holder = holder or (None if owned else self._protagonist(title, where))
            holder = holder or (None if owned else self.registry.holder(title.text, None, where.char_start))
            if holder is None and not owned:
                holder = self.registry.bearer_of(title.text, None, where.char_start)
                holder = holder or (self._leader(title, self._home, where) if self._home else None)
                if holder is None and (self._home is None or not title.text[:1].isupper()):
                    holder = self._leader(title, None, where)
            if holder is None and not owned:
                holder = self._at_home(title, where, span, new=True) or wholes.of_officer(
                    self._seen, self.registry, title.text, where, span
                )
            form = office_form(title.text)
            if holder is None and not owned and self._is_of_nobody(title, where):
                holder = self.registry.body(
                    single, single, None, where, span, head=title.head, rule="unnamed"
                )
            if holder is None:
                self._strangers |= set() if owned or in_heading else {form}
                return None
            if form in self._strangers and holder.kind == "person" and not bears_alone(holder, form):
                return None  # "The President met A, President of B. The President …": not A
            holder.spans.append(where)
            kind: SlotKind = "person" if holder.kind == "person" else "office"
            return Slot(kind, where.char_start, where.char_end, (holder.key,), word, single, rule="office")
        keys = []
        for code in codes:
            unit = next(k for k in title.nation if nations.get(k) == code) if title.nation else None
            owner = (
                country_at(self.registry, code, units[unit], span, noun=True) if unit is not None else None
            )
            if title.tense == "current":
                holder = self._taking(title, single, code, owner, where, span)
                holder = holder or self.registry.holder(single, code, where.char_start)
                holder = holder or self._leader(title, code, where)
                holder = holder or self.registry.bearer_of(single, code, where.char_start)
                holder = holder or self._told_before(title, where, span)
                if holder:
                    keys.append(holder.key)
                    continue
            mention = title_mention(title, single, owner, span)
            keys.append(self.registry.office(mention, title.head, code, where, span).key)
        if not keys:
            return None
        return Slot("office", where.char_start, where.char_end, tuple(keys), word, single, rule="office")

    def officer(self, office: people.Office, by_unit: dict[int, str]) -> Slot | None:
        """Whoever holds an office of a body, where the text names him: "the UN chief", "the head of the WHO"."""
        inside = [by_unit[k] for k in range(office.first, office.last + 1) if k in by_unit]
        if not inside or office.title.plural or office.title.tense != "current":
            return None
        title = office.title.text.partition(" of ")[0] if office.title.body is None else office.title.text
        holder = self.registry.officer(title, inside[0], office.char_start)
        if holder is None:
            return None
        where = Span(char_start=office.char_start, char_end=office.char_end)
        holder.spans.append(where)
        return Slot(
            "person", where.char_start, where.char_end, (holder.key,), "minister", title, rule="office"
        )

    def _taking(
        self, title: titles.Title, text: str, code: str, owner: Entity | None, where: Span, span: Span
    ) -> Entity | None:
        """Whoever is told right before to take an office, which is his from then on: "NAME became president of Peru"."""
        for person in self.registry.recent_people(1):
            at = person.spans[-1].char_end
            if person.country not in (None, code) or not terms.TOOK.fullmatch(
                self._seen, at, where.char_start
            ):
                continue
            person.country = code
            person.offices.add((title.head, code))
            self.registry.entitle(person, title_mention(title, text, owner, span))
            return person
        return None

    def _told_before(self, title: titles.Title, where: Span, span: Span) -> Entity | None:
        """The person whom the sentence before named, without an office or a country, where a sentence goes on with
        the office alone: "NAME spoke for two hours. The Chilean leader asked for …"."""
        head = offices.heads().get(title.head)
        begins = _BEGINS.fullmatch(self._seen, span.char_start, where.char_start)
        if head is None or head.sort not in _LEADING_SORTS or not begins:
            return None
        near = [
            (person.spans[-1].char_start, person)
            for person in self.registry.recent_people(3)
            if not person.titles and person.country is None and person.spans[-1].char_start < span.char_start
        ]
        line = self._seen.rfind("\n", 0, span.char_start)
        near = [(at, person) for at, person in near if at > max(line, span.char_start - _SENTENCE)]
        return min(near, key=lambda told: told[0])[1] if near else None

    def _leader(self, title: titles.Title, nation: str | None, where: Span) -> Entity | None:
        alone = office_form(title.text) == office_form(title.head)
        if alone and title.head in _DIPLOMATS:
            return self.registry.bearer_of("foreign minister", nation, where.char_start)
        return self.registry.leader(_leading(title.head), nation, where.char_start) if alone else None

    def _own(self, title: titles.Title, where: Span) -> Entity | None:
        """Who a government's text means by "the Minister": whom it names first with that office, as its own."""
        bare = normal(title.text) == title.head
        if self._home is None or not bare:
            return None
        first = self.registry.first_with(title.head, where.char_start)
        ours = first is not None and first.country in (None, self._home) and first.titles[0].char_start < _TOP
        return first if ours else None

    def _protagonist(self, title: titles.Title, where: Span) -> Entity | None:
        """Whom a text names first of all, where "the Prime Minister" with capitals is his office: that of others, whom he
        met, stands with their countries or names."""
        if not title.text[:1].isupper():
            return None
        first = next((e for e in self.registry.entities.values() if e.kind == "person"), None)
        form = office_form(title.text)
        if first is None or not is_told(first, where.char_start):
            return None
        bare = form == title.head  # "the Minister", of a Minister of Trade
        told = (office_form(t.title) for t in first.titles)
        return first if any(t == form or (bare and form in t.split()) for t in told) else None

    def _is_of_nobody(self, title: titles.Title, where: Span) -> bool:
        """Whether an office with capitals is what a text calls whom it is about, on top and all through, and never by
        a name: "The Vice President will travel to …"."""
        head = offices.heads().get(title.head)
        leads = head is not None and head.sort in _LEADING_SORTS and title.text[:1].isupper()
        if not leads or where.char_start > _ON_TOP or self._seen.count(title.text) < _OFTEN:
            return False
        return re.search(rf"\b{re.escape(title.text)},?\s(?:of\b|for\b|[A-Z])", self._seen) is None

    def _at_home(self, title: titles.Title, where: Span, span: Span, *, new: bool = False) -> Entity | None:
        """Whoever holds an office in the country whose government the text comes from, where the text never
        names him: known from an earlier mention, or `new`."""
        parsed = offices.parse(title.text)
        if (
            self._home is None
            or parsed is None
            or parsed.head.sort not in _OWN
            or not title.text[:1].isupper()
        ):
            return None
        if not new and not self.registry.has_office(title.text, self._home):
            return None
        owner = self.registry.country(self._home, "", where, span, noun=False)
        mention = title_mention(title, title.text, owner, span)
        return self.registry.office(mention, title.head, self._home, where, span)

    def _counterpart(self, office: people.Office, units: list[Unit], nations: dict[int, str]) -> Slot | None:
        """ "his Japanese counterpart": whoever of that country was named last."""
        codes = [nations[k] for k in office.title.nation if k in nations]
        keys = []
        whose = self._named_last(office.char_start)
        for code in codes:
            people_then = [] if office.title.plural else self.registry.recent_people(12)
            theirs = [e for e in reversed(people_then) if country_of(e, self._mentioned) == code]
            known = next((e for e in theirs if not _is_envoy(e) and _ranks_with(e, whose)), None)
            keys.append(
                known.key
                if known
                else country_at(
                    self.registry,
                    code,
                    units[office.title.nation[0]],
                    Span(char_start=office.char_start, char_end=office.char_end),
                    noun=True,
                ).key
            )
        if not keys:
            return None
        return Slot(
            "person", office.char_start, office.char_end, tuple(keys), "counterpart", rule="counterpart"
        )

    def _named_last(self, before: int) -> Entity | None:
        """The person whose name stands last before an offset."""
        named = ((span.char_start, e) for e in self.registry.recent_people(4) for span in e.spans[-2:])
        return max((n for n in named if n[0] < before), key=lambda n: n[0], default=(0, None))[1]


_ON_TOP = 300
"""Characters within which a text first tells whom it is about."""
_OFTEN = 3
"""So many times it tells of him by his office."""
_ENVOYS = re.compile(r"\b(?:ambassador|envoy|charg[eé]|consul|attach[eé])", re.IGNORECASE)


def _is_envoy(person: Entity) -> bool:
    """Whether a person is told in no office but an envoy's, whom nobody at home is the counterpart of."""
    return bool(person.titles) and all(_ENVOYS.search(title.title) for title in person.titles)


def _ranks_with(person: Entity, whose: Entity | None) -> bool:
    """Whether somebody can be another one's counterpart: a minister's is no president."""
    if whose is None or whose is person or not whose.titles or not person.titles:
        return True
    return bears(person, LEADERS) == bears(whose, LEADERS)


MINISTERS = ("minister", "secretary", "chancellor")
"""Titles of those who are "the ministers"."""
LEADERS = (
    "president", "prime minister", "chancellor", "premier", "king", "queen", "emir", "leader", "chairman", "general secretary",
    "first secretary", "secretary general", "head of state", "head of government", "prince", "sultan", "taoiseach", "pope",
)  # fmt: skip
"""Titles of those who are "the two leaders"."""


def bears(person: Entity, ranks: Sequence[str]) -> bool:
    """Whether a person has one of some titles."""
    told = (normal(title.title).partition(" of ")[0] for title in person.titles)
    return any(title.endswith(tuple(ranks)) for title in told)


def ranked(
    recent: Iterable[Entity],
    ranks: Sequence[str],
    before: int,
    but: Sequence[str],
    nations: Collection[str | None],
) -> list[str]:
    """The two of different countries, mentioned last before an offset, who bear one of some titles: "the two prime
    ministers", if there are such of the two countries told of (`nations`); `but`: whom the sentence names, who is no
    one of them unless both are."""
    titles = [normal(rank).removesuffix("s") for rank in ranks]
    bearers = [
        person
        for person in recent
        if not (len(but) == 1 and person.key in but)
        and not is_former(person)
        and bears(person, titles)
        and person.spans[0].char_start < before
    ][::-1]
    for those in ([p for p in bearers if p.country in nations or p.country is None], bearers):
        found: dict[str, str] = {}
        for person in those:
            if len(found) < 2:
                found.setdefault(person.country or person.key, person.key)
        if len(found) > 1:
            return list(found.values())[::-1]
    return []
