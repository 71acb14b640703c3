"""Whom "the two sides", "both ministers", "the delegation" and "he" mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from dipcli.extraction import pronouns, sides
from dipcli.extraction.foreign import Relations
from dipcli.extraction.holders import LEADERS, MINISTERS, bears, ranked
from dipcli.extraction.pronouns import AFTER_COMMA, OF_OTHER, OPENS
from dipcli.extraction.registry import Registry, is_former
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Slot, unique
from dipcli.lexicon import countries, organizations
from dipcli.mentions import Span
from dipcli.names import normal

_GROUP = re.compile(
    r"\b(?:(?:the\s+two|both)\s+(?:countries|nations|states)['’]\s+(?=[\w\s]{0,20}s\b)|(?:the|both|these)\s+)"
    r"(?:(?:two|three|four|five|six)\s+(?:(?-i:[A-Z][a-z]+)\s+(?=leaders|presidents|rivals)"
    r"|(?:(?:neighbou?ring|sister|brotherly|fraternal|friendly|warring|rival|allied)\s+|(?P<adjective>(?-i:(?:[A-Z][a-z]+\s+){1,2})))(?=countries|nations|states|neighbou?rs))?)?(?:(?:(?:deputy|vice)\s+)?(?P<rank>prime|foreign|defen[cs]e|finance|trade|interior)\s+"
    r"(?=ministers))?(?P<who>sides?|parties|countries|nations|governments|states|"
    r"neighbou?rs|capitals|heads\s+of\s+(?:state|government)(?!\s+(?:and|or|of)\b|\s+(?-i:[A-Z]))|leaders|ministers|presidents|officials|envoys|delegates|advis[eo]rs|counterparts|allies|"
    r"delegations|negotiators|pair|rivals|statesmen|belligerents|antagonists|adversaries|(?<=both )men|(?<=two )men|(?<=three )men|(?:(?<=both )|(?<=two )|(?<=three )|(?<=four ))(?:powers|empires|kingdoms|republics))\b(?:\s+of\s+(?:(?:the|these)\s+two|both|their)\s+(?:\w+\s+)?(?:countries|nations|states|sides|governments)\b)?"
    r"(?!'|\s+of\s+(?!the\b|bad\b|\w+ing\b)|\s+(?-i:of\s+the\s+[A-Z]))|\b(?P<they>they|both|the\s+two(?=\s+(?:also|then|further|later|last|first"
    r"|agreed|discussed|met|exchanged|reviewed|talked|spoke|stressed|pledged|signed|reaffirmed|shared|went|had|held)\b))\b"
    r"(?!\s+(?:of\s+which|the|sides|countries))",
    re.IGNORECASE,
)
_GROUPS = frozenset(
    "they both two sides side parties countries nations governments states neighbors neighbours capitals heads leaders"
    " ministers presidents officials envoys delegates advisers advisors counterparts allies delegations negotiators pair rivals"
    " statesmen belligerents antagonists adversaries men powers empires kingdoms republics".split()
)
"""Words of which `_GROUP` and `_BARE` need one."""
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6}


def _counts(group: str) -> int | None:
    """How many a group counts: "the three leaders"."""
    return _NUMBERS.get(group.split()[1].casefold()) if " " in group else None


_BARE = re.compile(
    r"(?=[A-Z])(?:(?<=[a-z,;] )|(?<=\n))(?P<rank>(?:Foreign|Defen[cs]e)\s+(?=Ministers))?(?P<who>Ministers|Presidents|Leaders|Sides|Parties)"
    r"\b(?P<they>(?!))?(?!['’]|\s+(?:[A-Z]|from\b|of\s+(?!the\s+two\b)))"
)
"""The same in readouts that name a class with a capital and without an article: "During the meeting Ministers …"."""
_OTHERS = re.compile(r"(?:[A-Z][\w-]+|\b(?:fellow|other|many|several|some|all|more|various))\s+\Z")
"""Before a class of people that are not those told of: "fellow Foreign Ministers", "African Leaders"."""
_OWNERS = re.compile(r"\b(?:of|for|between|by|among|from)\s+\Z")
_TEAM = re.compile(r"\b(?:the|this|that)\s+(?:\w+\s+)?(?:delegation|team|group)\b", re.IGNORECASE)
_THAT = re.compile(
    r"(?:(?<=\bto )|(?<=\bwith )|(?<=\bon )|(?<=\bof )|(?<=\bfor )|(?<=\bagainst ))(?:that|the\s+latter)\s+(?:country|nation)\b"
    r"|\b(?:that|the\s+latter)\s+(?:country|nation)(?=['’]s\b)",
    re.IGNORECASE,
)
"""A country told of last: "condemned that country's test", "broke off relations with that country"."""
_BLOC = re.compile(
    r"\bthe\s+(?:(?:regional|economic|trade|trading|security|political|\w+-(?:nation|member|country))\s+)?"
    r"(?:bloc|grouping|regional\s+(?:body|organi[sz]ation))\b(?!\s+of\b)",
    re.IGNORECASE,
)
"""The organisation of states told of last: "The bloc suspended X"."""
_LED = re.compile(
    r"\bdelegations?\b[^.]{0,12}\b(?:led|headed|comprising|including|composed|consisting)\b", re.IGNORECASE
)
_LISTED = re.compile(r"\s*(?:of\s+(?:the\s+)?[A-Z][\w ]{2,40}?)?\s*(?:,|,?\s*and|&)\s*")
_AND = re.compile(r"\s+(?:and|with|-|–)\s+(?:(?:its|their)\s+\w+,?\s+)?(?:the\s+)?")
"""Between two sides."""
_STATES = re.compile(r"\s*(?:,|,?\s*and|&)\s+(?:the\s+)?")
"""Between the states of a list."""
_PERSONAL = frozenset(
    "heads leader minister president official envoy adviser advisor counterpart negotiator men pair rival statesmen".split()
)
_SIDES = frozenset(("side", "party", "delegation"))
_RANKED = frozenset(("president", "heads"))
"""Those of them whose title tells who is meant."""
_REMEMBERED = 30
"""Persons among whom the bearers of a title are looked for."""
_SOON_FORGOTTEN = 4
"""After so many sentences that name no two countries, "both countries" are those of the whole text."""
_MEETING_OF = re.compile(
    r"\b(?:meeting|summit|session|council|conference|leaders|members|heads)\s+of\s+(?:the\s+)?\Z", re.I
)
_MEETING = re.compile(
    r"\s+(?:[\w-]+['’]?\s+){0,2}(?:ministers|leaders|members|ambassadors|meeting|summit|session)\b", re.I
)
_WHERE = re.compile(r"\b(?:in|at|near|outside|from|to)\s+\Z")
_IN = re.compile(r"\b[Ii]n\s+(?:the\s+)?\Z")
_CAPITAL = re.compile(r"(?:['’]s)?\s+(?:capital|city|town|village|port|border)\b")
"""What is only the place of what is told: "in the Kenyan capital"."""
_SIGNED_AT = re.compile(
    r"\b(?:Treaty|Peace|Accords?|Agreements?|Protocols?|Pact|Convention|Declaration|Charter|Conference|Congress)\s+of\s+\Z"
)
"""Before the town that a treaty has its name of."""
_LED_BY = re.compile(r"[-\u2010\u2011](?:[a-z]+ed|led|made|built|run|born|held|based|style)\b")
_GOES_ON = re.compile(
    r"\W{0,3}(?:(?:On|In|At|During|After|Later|Earlier)\b[^,;:]{0,60},\s+)?(?:[Hh]e|[Ss]he|[Tt]hey)\b"
)
"""Begins a sentence that is about whom the one before was about."""
_WHO_SAID = re.compile(
    r",\s+who\s+(?:also\s+|[a-z]+ly\s+)?(?:said|told|thanked|spoke|(?:expressed|praised|urged|called|asked|congratulated|briefed|affirmed"
    r"|assured|informed|stressed|noted|conveyed|reiterated|reaffirmed|welcomed|underlined|emphasi[sz]ed|highlighted)\b)"
)
"""After the second person of a sentence: what that person said there, and who goes on to speak."""
_GUEST = re.compile(r"\b(?:his|her)\s+(?:guest|host|visitor|interlocutor)\b(?!\s+(?:of|[A-Z]))")
_NAMESAKES = re.compile(r"\b(?:the|both)\s+two\s+([A-Z][a-z]+)s\b")
"""Two of one name: "the two Kims"."""
_CITES = re.compile(r"\W*(?:According\s+to|As\s+per|Citing)\b")
_SOMEBODY = re.compile(
    r"\W*The\s+(?:\w+\s+){0,2}?(?:minister|president|premier|chancellor|secretary|ambassador|king|leader)\b(?![-'’])",
    re.I,
)
_ACTS = re.compile(
    r",?\s+(?!(?:and|or|of|in|on|at|to|for|from|with|by|as|who|whose|whom|which|the|an?|his|her|its|their)\b)[a-z]+\b"
)


_BODIES = (
    "court|tribunal|council|congress|assembly|commission|committee|agency|party|movement|senate|legislature|embassy"
    "|federation|league|front|fund|bank|board|secretariat|union|house|organisation|organization"
)
_BODY = re.compile(
    rf"\b[Tt]he\s+(?P<head>{_BODIES})\b(?=\s+(?:also|later|then|has|had|was|is|will|would|[a-z]+(?:ed|ld))\b|[.,;])"
)
"""A body that was named before, by its head word, where it acts or is acted on."""
_HEADS = frozenset(_BODIES.split("|"))
_DELEGATION = re.compile(r"\b[Tt]he\s+delegation\b(?!\s+(?:of|from|led|headed)\b)")
_SENT = re.compile(r"(?:[\w-]+\s+){1,4}delegation\b")
"""Whose delegation is told of: "a Peruvian delegation"."""


def _is_free(match: re.Match[str], slots: Sequence[Slot]) -> bool:
    """Whether no slot stands in what a pattern matched."""
    return not any(slot.char_start < match.end() and match.start() < slot.char_end for slot in slots)


class Groups:
    """Whom the sentences before one were about."""

    def __init__(self, seen: str, registry: Registry) -> None:
        self.seen = seen
        self.registry = registry
        self.pair: list[str] = []
        """Countries of the last sentence that named two; after a while those that most sentences name."""
        self._pairs: Counter[tuple[str, ...]] = Counter()
        self._since_pair = 0
        self._persons: list[str] = []
        """Persons of the last sentence that named two."""
        self._sides: list[str] = []
        """The two that the last such sentence told of, one of them an organisation: "the two sides"."""
        self._states: list[str] = []
        """The states that the last sentence told of together, if it told of no person."""
        self._company: list[str] = []
        """The three persons or more that the last such sentence told of."""
        self._list_of_states: list[str] = []
        """The three states or more that the last such sentence told of together."""
        self._team: list[str] = []
        """Who led or made up the delegation told of last."""
        self._last: tuple[str, ...] = ()
        """The country told of last."""
        self._forum: str | None = None
        """The organisation whose members were last told to meet."""
        self._bloc: str | None = None
        """The organisation of states told of last."""
        self._delegates: str | None = None
        """The country whose delegation was told of last."""
        self._subject: str | None = None
        self._first: str | None = None
        """The person whom the text told of first."""
        self._genders = pronouns.Genders(seen)
        self._relations = Relations(seen)

    def find(self, sentence: Sentence, slots: list[Slot]) -> list[Slot]:
        """ "the two sides", "both countries", "they", "he": whom the sentences before were about."""
        if turned := self._relations.turn(sentence, slots):
            self.pair, self._since_pair = turned, 0
        found = []
        text, words = self.seen, sentence.words
        here = [s for s in slots if s.kind in ("person", "office")]
        for match in self._named_as_groups(sentence) if not words.isdisjoint(_GROUPS) else ():
            if any(match.start() < s.char_start < match.end() != s.char_end for s in here):
                continue  # "the presidents A and B"
            if countries.lookup((match.groupdict().get("adjective") or "").strip()):
                continue  # "the two German states"
            who = re.sub(r"ies\Z", "y", (match["who"] or "they").casefold()).removesuffix("s")
            who = "heads" if who.startswith("heads") else who
            earlier = [s for s in slots if s.char_end <= match.start()]
            before = [k for s in earlier if s.kind == "person" for k in s.keys]
            countries_here = [k for s in earlier if s.kind == "country" for k in s.keys]
            rank = " ".join(filter(None, (match["rank"], match["who"])))
            if who == "heads":
                rank = "presidents" if match["who"].casefold().endswith("state") else "prime ministers"
            holders = self._ranked(match.start(), rank, but=before) if match["rank"] or who in _RANKED else []
            met = sides.set_beside(text, match.end(), here)
            if not met and self._first:
                met = sides.of_opening(text, sentence, unique(before), self._first)
            if met and who in (*_PERSONAL, *_SIDES, "they"):
                keys = met
            elif holders:
                keys = holders
            elif match["rank"] and match["rank"].casefold() != "prime" and self.pair and not here:
                keys = self.pair  # nobody by name
            elif who in _PERSONAL and _counts(match[0]) == len(self._company) > 0:
                keys = self._company  # "the three leaders"
            elif who in _PERSONAL and (who != "heads" or not self.pair):
                keys = self._persons if len(before) < 2 else before[-2:]
                if who == "leader" and ((len(before) == 1 and before[0] in keys) or not self._may_lead(keys)):
                    keys = self._ranked(match.start(), *LEADERS, but=before) or keys
                persons = [self.registry.entities[k] for k in keys]
                if who == "minister" and any(p.titles and not bears(p, MINISTERS) for p in persons):
                    two = self._ranked(match.start(), who, but=before) if _counts(match[0]) == 2 else []
                    keys = two or self._ministers() or keys
                if not (keys or countries_here) and match[0].casefold().startswith(("both", "the two")):
                    keys = self.pair  # nobody by name
            elif who == "they":
                keys = before[-2:] if len(before) > 1 else (self._plural() if not before else [])
                if countries_here and len(before) < 2 and match["they"].casefold() == "they":
                    keys = []  # "the Peruvians said they had …": whom the sentence itself is about
            else:
                keys = unique(countries_here)[:2] if len(unique(countries_here)) > 1 else self.pair
                if _counts(match[0]) == len(self._list_of_states) > 0:
                    keys = self._list_of_states
                if who in _SIDES:
                    keys = self._opposed(earlier) or (keys if countries_here[1:] else self._sides) or keys
                keys = keys or (self._persons if who in _SIDES else [])
            if match["they"] and match["they"].casefold() == "both" and not keys:
                continue
            many = who not in ("they", "side") and "both" not in match[0].casefold()
            if many and self._forum and not (keys or here):
                keys = [self._forum]  # "the leaders" of a summit of its members
            if keys:
                word = "they" if who == "they" and match[0].casefold() == "they" else "officials"
                found.append(
                    Slot("group", match.start(), match.end(), tuple(unique(keys)), word, rule="group")
                )
        that = "country" in words or "nation" in words
        for match in _THAT.finditer(text, sentence.char_start, sentence.char_end) if that else ():
            nations = [s for s in slots if s.char_end <= match.start() and s.kind in ("country", "demonym")]
            told = nations[-1].keys if nations else self._last
            if len(told) == 1 and self._nations(told):
                found.append(Slot("country", match.start(), match.end(), told, "France", rule="that"))
        blocs = "bloc" in words or "grouping" in words or "regional" in words
        for match in _BLOC.finditer(text, sentence.char_start, sentence.char_end) if blocs else ():
            named = [s.keys[0] for s in slots if s.char_end <= match.start() and self._is_bloc(s)]
            bloc = named[-1] if named else self._bloc
            if bloc:
                found.append(Slot("body", match.start(), match.end(), (bloc,), "NATO", rule="again"))
        for match in _TEAM.finditer(text, sentence.char_start, sentence.char_end) if self._team else ():
            if _is_free(match, slots):
                found.append(
                    Slot("group", match.start(), match.end(), tuple(self._team), "officials", rule="group")
                )
        taken = [*slots, *found]
        bodies = not words.isdisjoint(_HEADS)
        for match in _BODY.finditer(text, sentence.char_start, sentence.char_end) if bodies else ():
            if _is_free(match, taken):
                span = Span(char_start=match.start(), char_end=match.end())
                known = self.registry.body_again(match["head"], span, match[0].casefold())
                if known:
                    found.append(Slot("body", *match.span(), (known.key,), match["head"], rule="again"))
        sent = self._delegates if not self._team else None
        for match in _DELEGATION.finditer(text, sentence.char_start, sentence.char_end) if sent else ():
            if sent and _is_free(match, taken):
                found.append(Slot("country", *match.span(), (sent,), "France", rule="again"))
        alike = "two" in words
        for match in _NAMESAKES.finditer(text, sentence.char_start, sentence.char_end) if alike else ():
            bearers = self.registry.bearers(match[1])
            if len(bearers) == 2:
                found.append(Slot("group", *match.span(), tuple(bearers), "officials", rule="group"))
        guests = "guest" in words or "host" in words or "visitor" in words or "interlocutor" in words
        for match in _GUEST.finditer(text, sentence.char_start, sentence.char_end) if guests else ():
            named = [k for s in here if s.char_end <= match.start() for k in s.keys]
            owner = named[0] if named else self._subject
            if owner in self._persons[:2] and len(self._persons) > 1:
                other = next(k for k in self._persons if k != owner)
                found.append(Slot("person", *match.span(), (other,), "John", rule="pronoun"))
        found += pronouns.find(
            text, sentence, here, self._subject, self._persons, self.registry, self._genders
        )
        return found

    def _named_as_groups(self, sentence: Sentence) -> Iterator[re.Match[str]]:
        """The words of a sentence for several, and after them those that need an article but where others are told of."""
        text, start, end = self.seen, sentence.char_start, sentence.char_end
        yield from _GROUP.finditer(text, start, end)
        for match in _BARE.finditer(text, start, end):
            if not _OWNERS.search(text, max(0, match.start() - 12), match.start()) and not _OTHERS.search(
                text, max(0, match.start() - 30), match.start()
            ):
                yield match

    def _plural(self) -> list[str]:
        """The persons told of last, or the states whose common act the sentence before told of."""
        return self._states or self._persons

    def _may_lead(self, keys: Sequence[str]) -> bool:
        """Whether those told of last may be "the two leaders": no two of one country, nor two in lesser offices."""
        persons = [self.registry.entities[key] for key in keys]
        if all(p.offices and not bears(p, LEADERS) for p in persons):
            return False
        countries = {person.country for person in persons}
        return None in countries or len(countries) == len(persons)

    def _ministers(self) -> list[str]:
        """All ministers told of before, where they are several."""
        told = [p for p in self.registry.recent_people(_REMEMBERED) if bears(p, MINISTERS)]
        return [p.key for p in told if not is_former(p)] if len(told) > 1 else []

    def _ranked(self, before: int, *ranks: str, but: Sequence[str]) -> list[str]:
        """The two who bear one of some titles, mentioned last before an offset."""
        nations = {self.registry.entities[key].country for key in self.pair}
        found = ranked(self.registry.recent_people(_REMEMBERED), ranks, before, but, nations)
        last = [self.registry.entities[key] for key in self._persons]
        titles = [normal(rank).removesuffix("s") for rank in ranks]
        known = any(p.key in found and bears(p, titles) for p in last)
        if known and len(last) == 2 and all(bears(p, titles) or not p.titles for p in last):
            return self._persons  # those who met, if one of them only has no title in the text
        return found

    def remember(self, sentence: Sentence, slots: list[Slot]) -> None:
        """Note whom a sentence was about, for those that follow."""
        persons = unique(
            [k for s in slots if s.kind in ("person", "office") and s.rule != "pronoun" for k in s.keys]
        )
        named = [
            s
            for s in slots
            if s.kind in ("country", "demonym", "pair") and self._nations(s.keys) and not self._is_aside(s)
        ]
        if self._pairs:  # "through Anglo-Iranian talks": no new pair
            named = [s for s in named if s.rule != "prefix"]
        pair = unique([k for s in named for k in s.keys])
        self._last = tuple(pair[-1:]) or self._last
        pair = next((list(s.keys) for s in named if s.kind == "pair"), sides.joined(self.seen, named) or pair)
        listed = self._list(slots)
        meant = next((s for s in slots if s.kind == "group" and len(s.keys) > 1), None)
        if meant and {*persons[:1]} <= {*meant.keys} and not self._nations(meant.keys):
            persons = listed = list(meant.keys)  # "They" will be those
        both = pronouns.with_subject(self.seen, sentence, slots, persons)
        if len(both) >= 2:
            told = listed if len(listed) > 1 else both[:2]
            gone = any(e.titles and is_former(e) for e in map(self.registry.entities.__getitem__, told))
            same = not {*told}.isdisjoint(self._persons)
            if not (gone or self._are_those(told)) and not (
                same and sides.in_passing(self.seen, sentence, listed)
            ):
                self._persons = told
            codes = [self.registry.entities[k].country for k in both[:2]]
            if all(codes) and codes[0] != codes[1]:
                known = [self.registry.known_country(c) for c in codes if c]
                pair = [country.key for country in known if country]
        if len(persons) == 1 and len(pair) == 1:  # "President A visited Norway": A's country and Norway
            own = self.registry.entities[persons[0]].country
            home = self.registry.known_country(own) if own else None
            pair = [home.key, *pair] if home and home.key not in pair else pair
        self._states = sides.members(self.seen, slots) or ([] if persons else self._acting(slots))
        states = self._states if len(self._states) > 2 else self._list(slots, ("country",), _STATES)
        self._list_of_states = states if len(states) > 2 else self._list_of_states
        self._company = persons if len(persons) > 2 else self._company
        self._since_pair += 1
        self._sides = self._opposed(slots) or ([] if len(pair) >= 2 else self._sides)
        if len(pair) >= 2 and not (self.pair and len(states) > 2 and len(pair) > 2):
            self.pair = pair[:2]
            self._pairs[tuple(sorted(self.pair))] += 1
            self._since_pair = 0
        elif self._since_pair == _SOON_FORGOTTEN and self._pairs:
            most = max(self._pairs.values())
            self.pair = list(min(told for told, count in self._pairs.items() if count == most))
        words = sentence.words
        sent = "delegation" in words or "delegations" in words
        led = _LED.search(self.seen, sentence.char_start, sentence.char_end) if sent else None
        if led:
            self._team = pronouns.row_of_persons(self.seen, slots, led.start())
        for slot in slots:
            whose = slot.rule == "demonym" and _SENT.match(self.seen, slot.char_start, slot.char_end + 30)
            if whose and len(slot.keys) == 1:
                self._delegates = slot.keys[0]
            if slot.kind == "body" and self._meets(slot):
                self._forum = slot.keys[0]
            if self._is_bloc(slot):
                self._bloc = slot.keys[0]
        goes_on = _GOES_ON.match(self.seen, sentence.char_start) is not None
        persons_here = [
            s for s in slots if s.kind in ("person", "office") and len(s.keys) == 1 and s.rule != "pronoun"
        ]
        persons_here = self._genders.of_whom(self._without_aside(sentence, persons_here))
        first = self._after_opening(sentence, persons_here) or next(iter(persons_here), None)
        if len(persons_here) > 1 and _WHO_SAID.match(self.seen, persons_here[1].char_end):
            first = persons_here[1]  # "A met B, who praised it. He also …"
        goes_on |= pronouns.go_on(self.seen, slots, self._subject)
        if first and not goes_on:  # "He resigned and was succeeded by A.", "In May she met B."
            self._subject = first.keys[0]
            self._first = self._first or self._subject

    def _without_aside(self, sentence: Sentence, persons: list[Slot]) -> list[Slot]:
        """The persons of a sentence but whoever it cites first or names only as another's master, and but all where it
        opens with an office whose bearer is not known here: "According to A, B left", "The minister met A"."""
        opening = self.seen[sentence.char_start : persons[0].char_start] if persons else ""
        if _CITES.match(opening) or (len(persons) > 1 and OF_OTHER.match(self.seen, persons[0].char_end)):
            return persons[1:]
        unknown = _SOMEBODY.match(opening) and persons[0].kind == "person"
        return [] if unknown else persons

    def _after_opening(self, sentence: Sentence, persons: Sequence[Slot]) -> Slot | None:
        """The person whom a sentence is about that opens with a meeting with another: "In his meeting with A, B
        raised …"."""
        if not OPENS.match(self.seen, sentence.char_start):
            return None
        for before, slot in pairwise(persons):
            between = self.seen[before.char_end : slot.char_start]
            acts = _ACTS.match(self.seen, slot.char_end)
            if AFTER_COMMA.search(between) and acts and before.keys != slot.keys:
                return slot
        return None

    def _are_those(self, told: Sequence[str]) -> bool:
        """Whether offices without names are those of the persons named last: as many, of the same nations."""
        entities = self.registry.entities
        offices = [entities[key] for key in told if key not in self._persons]
        persons = [entities[key] for key in self._persons if key not in told]
        if len(offices) != len(persons) or any(one.kind != "office" for one in offices):
            return False
        nations = Counter(one.country for one in offices)
        nations.subtract(one.country for one in persons if one.country)
        return bool(offices) and all(p.kind == "person" for p in persons) and min(nations.values()) >= 0

    def _list(
        self,
        slots: list[Slot],
        kinds: Collection[str] = ("person", "office"),
        joint: re.Pattern[str] = _LISTED,
    ) -> list[str]:
        """The longest list of persons, or of those of other `kinds` and what joins them, in a sentence: "A, B and C"."""
        best: list[Slot] = []
        run: list[Slot] = []
        for slot in slots:
            if slot.kind not in kinds or slot.rule == "pronoun":
                continue
            between = self.seen[run[-1].char_end : slot.char_start] if run else ""
            run = [*run, slot] if run and joint.fullmatch(between) else [slot]
            best = max(best, run, key=len)
        return unique([k for s in best for k in s.keys])

    def _acting(self, slots: list[Slot]) -> list[str]:
        """The states that a sentence begins with, where they are several: "A, B and C signed", "the two countries
        agreed"."""
        told = [s for s in slots if s.kind in ("country", "group", "pair") and self._nations(s.keys)]
        if told and told[0].kind != "country":
            return list(told[0].keys) if len(told[0].keys) > 1 else []
        run = told[:1]
        for slot in told[1:]:
            if slot.kind != "country" or not _STATES.fullmatch(self.seen, run[-1].char_end, slot.char_start):
                break
            run.append(slot)
        return unique([k for s in run for k in s.keys]) if len(run) > 1 else []

    def _opposed(self, slots: Sequence[Slot]) -> list[str]:
        """Two that are named side by side, of whom one is an organisation: "talks between Sudan and the SPLM"."""
        named = [
            s for s in slots if s.kind in ("country", "body", "person", "office") and s.rule != "pronoun"
        ]
        for k, (one, other) in enumerate(pairwise(named)):
            beside = _AND.fullmatch(self.seen, one.char_end, other.char_start)
            listed = k and _LISTED.fullmatch(self.seen, named[k - 1].char_end, one.char_start)
            if beside and not listed and {"body"} <= {one.kind, other.kind} <= {"body", "country"}:
                return [one.keys[0], other.keys[0]] if one.keys != other.keys else []
        return []

    def _is_aside(self, slot: Slot) -> bool:
        """Whether a country is no party to what is told: a capital as its place ("convened in Lima"), or part
        of an adjective ("the French-led talks")."""
        if _LED_BY.match(self.seen, slot.char_end) or _CAPITAL.match(self.seen, slot.char_end):
            return True
        if slot.rule == "capital" and _SIGNED_AT.search(
            self.seen, max(0, slot.char_start - 24), slot.char_start
        ):
            return True
        where = _WHERE if slot.rule == "capital" else _IN
        return slot.kind == "country" and bool(
            where.search(self.seen, max(0, slot.char_start - 12), slot.char_start)
        )

    def _is_bloc(self, slot: Slot) -> bool:
        """Whether a slot names an organisation of states, and no body of one."""
        return slot.kind == "body" and organizations.is_bloc(self.registry.entities[slot.keys[0]].name)

    def _meets(self, slot: Slot) -> bool:
        """Whether a body is told as one that meets: "a meeting of the X", "the X summit"."""
        before = self.seen[max(0, slot.char_start - 40) : slot.char_start]
        after = self.seen[slot.char_end : slot.char_end + 40]
        of = before.rstrip().casefold().endswith(("of", "the"))
        return bool((of and _MEETING_OF.search(before)) or _MEETING.match(after))

    def _nations(self, keys: Sequence[str]) -> bool:
        return all(self.registry.entities[k].kind == "country" for k in keys)
