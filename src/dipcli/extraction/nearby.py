"""Which country a leader is of whose title names none: the one that the text tells of around the name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from dipcli.extraction.people import Person
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.titles import Title
from dipcli.extraction.units import Unit
from dipcli.lexicon import offices

_REACH = 400
"""Characters before a name in which the country of an earlier line counts."""
_AROUND = 800
"""Characters before a name in which no other country may be told of for that."""
_VENUE = frozenset(("in", "at", "to", "from"))
"""Words before a country that tell where something happened, not whose it was."""
_HIS = re.compile(r"\b(?:his|her)\s+(?:new\s+|own\s+)?\Z")
"""What stands before an office that somebody else's country tells the country of."""
_OF_OTHERS = re.compile(r"\s+of\s+(?:the\s+)?[A-Z]")
"""What follows a title that is no country's: "leader of the XYZ"."""
_OPENS = 8
"""Characters before a country that a sentence opens with: "In Peru, the senate met. Foreign Minister NAME …"."""
_VISITED = re.compile(r"visit(?:s|ed|ing)?\Z|tour(?:s|ed|ing)\Z")
_GOVERNMENT = re.compile(r"[MFK]*G")
_RANKS = frozenset(("leader", "royal", "minister", "spokesperson"))
"""Sorts of offices that are held for a country."""
_OTHER = frozenset(("pope", "pontiff", "dalai lama", "chief", "head", "secretary"))
"""Those that are not."""
_GOES = re.compile(
    r"(?:['’]s)?\s+(?:(?:who|has|had|will|also|later|then|paid|made|an?|his|her|the|first|official|state|working|\w+-day)\s+)*"
    r"(?:visit(?:s|ed|ing)?|trip|tour(?:s|ed)?|travel\w*|arriv\w+|flew|flies|went|goes)?\s*(?:to|in|at)?\s*(?:the\s+)?"
)
"""What stands between a name and the country that its bearer goes to."""
_CAME = re.compile(
    r"\b(?:arriv|travel|visit|flew|fly|flies|went|trip|tour)\w*\s+(?:\w+\s+){0,2}?(?:to|in|at)?\s*(?:the\s+)?\Z"
)
"""What stands before the country that somebody came to."""
_SUMMONED_BY = re.compile(r"\b(?:summoned|called\s+in|expelled)\s+by\s+(?:the\s+)?\Z")
_GUEST = re.compile(
    r"\b(?:(?:visit|arrival|trip)\s+(?:of|by)|(?:receiv|host|welcom|greet|expel|deport|summon)\w*)\s+(?:the\s+)?(?:visiting\s+|new\s+)?\Z"
)
"""What stands before whoever comes to the country told of before: "Peru cancels the visit of Foreign Secretary NAME"."""
_MET = re.compile(r"\b(?:with|meet|meets|met|meeting|by|called\s+on|see|saw|and)\s+(?:the\s+)?\Z|,\s*\Z")
"""What stands before whoever is visited."""
_WHOSE = re.compile(r"([A-Z][\w-]+)['’]s?\s+\Z")
"""Somebody by name whose officer is told of: "Berg's spokesman"."""
_ITS = re.compile(r"\b(its|their|his|her)\s+(?:new\s+|own\s+)?\Z", re.IGNORECASE)
_VISITS = re.compile(r"\bvisits?\s+(?:\w+\s+){0,3}?from\s+(?:the\s+)?\Z", re.IGNORECASE)
"""What stands before the country that the guests of a list are from."""


_PRESENT = frozenset(("participants", "present", "list of participants", "those present", "attendance"))
"""Lines above the list of those who were at a meeting."""
_PRESENT_WORDS = frozenset(("participants", "present", "attendance"))
"""Each of them has one of these."""
_LINE = 25
"""Words at most in a line of such a list."""
_SIDE = 3
"""Words at most of a line that says whose side those below it are on: "Peru", "Peruvian side:"."""


def _line(units: Sequence[Unit]) -> str:
    """The words of a line in small letters, without signs and figures."""
    return " ".join(unit.text.casefold() for unit in units if unit.text.isalpha() or unit.text == "U.S.")


class Ground(msgspec.Struct, frozen=True, gc=False):
    """A country, or its people, named in a text."""

    char_start: int
    char_end: int
    alpha3: str
    sentence: int
    """Where its sentence begins."""
    people: bool
    """Whether it is an adjective or stands for people ("Peruvian")."""
    venue: bool
    group: bool
    """Whether it is an adjective of who acts for it ("Peruvian troops")."""


class Nearby:
    """The countries that a text has told of so far."""

    def __init__(self, seen: str) -> None:
        self._seen = seen
        self._grounds: list[Ground] = []
        self._owners: set[int] = set()
        """Where countries were named whose officers persons are: offsets."""
        self._present = False
        """Whether the list of those present at a meeting is read."""
        self._side: str | None = None
        """The country whose side that list gives here."""
        self._guests: str | None = None
        """The country that the guests of the list are from that the text gives here."""

    def read(
        self,
        sentence: Sentence,
        units: Sequence[Unit],
        tags: str,
        nations: Mapping[int, str],
        is_text: Callable[[Unit], bool],
    ) -> None:
        """Note the countries of a sentence; `is_text` tells those that name a text ("the Paris Agreement")."""
        guests = None
        told = "visit" in sentence.words or "visits" in sentence.words
        self._list(sentence, units, nations, tags)
        for i, alpha3 in nations.items():
            unit = units[i]
            if is_text(unit):
                continue
            venue = bool(i) and (units[i - 1].text.casefold() in _VENUE or _VISITED.match(units[i - 1].text))
            group = unit.tag == "D" and _GOVERNMENT.match(tags, i + 1) is not None
            self._grounds.append(
                Ground(
                    unit.char_start,
                    unit.char_end,
                    alpha3,
                    sentence.char_start,
                    unit.tag == "D" and not group,
                    bool(venue) and unit.tag == "C",
                    group,
                )
            )
            if told and _VISITS.search(self._seen, sentence.char_start, unit.char_start):
                guests = alpha3
        if sentence.kind != "item" or guests:
            self._guests = guests

    def _list(self, sentence: Sentence, units: Sequence[Unit], nations: Mapping[int, str], tags: str) -> None:
        """Note whose side those are on whom a list below "Participants" gives: a line with a country alone opens it."""
        opens = not sentence.words.isdisjoint(_PRESENT_WORDS)
        if opens and _line(units) in _PRESENT:
            self._present, self._side = True, None
        elif self._present and (len(units) > _LINE or "v" in tags):
            self._present, self._side = False, None
        elif self._present and len(nations) == 1 and len(units) <= _SIDE:
            self._side = next(iter(nations.values()))

    def owned(self, unit: Unit) -> None:
        """The country there is that of an office."""
        self._owners.add(unit.char_start)

    def of(self, person: Person, title: Title, sentence: int) -> tuple[str | None, str | None]:
        """The country of the holder of an office: as told on the line of the name, and as told on the lines before,
        which is less certain."""
        start, end = person.char_start, person.char_end
        others = _OF_OTHERS.match(self._seen, title.char_end)
        if (
            title.body is not None
            or title.plural
            or others
            or _HIS.search(self._seen, sentence, title.char_start)
        ):
            return None, None
        parsed = offices.parse("minister" if person.counterpart else title.text)
        if parsed is None or parsed.head.sort not in _RANKS:
            return None, None
        if parsed.head.words in _OTHER and not (parsed.head.words == "secretary" and parsed.portfolio):
            return None, None
        if not parsed.head.office and " of " in title.text:
            return None, None  # "leader of the XYZ"
        if self._guests:
            return self._guests, None
        line = min(self._seen.rfind("\n", 0, start), sentence - 1)
        told = [g for g in self._back(start - _AROUND) if g.char_start < start]
        gone = {g.alpha3 for g in self._back(end) if self._goes(end, g)}
        if _GUEST.search(self._seen, sentence, start):
            hosts = {g.alpha3 for g in told if g.sentence == sentence and not g.people}
            gone |= hosts if len(hosts) == 1 else set()
        if _SUMMONED_BY.search(self._seen, max(sentence, start - 24), start):
            gone |= {
                g.alpha3 for g in told if g.sentence == sentence
            }  # "B's envoy was summoned by Minister A"
        nouns = [
            g
            for g in told
            if not g.people and not g.venue and g.char_start not in self._owners and g.alpha3 not in gone
        ]
        visited = [g for g in told if g.venue and g.char_start > line and g.alpha3 not in gone]
        visited = visited if _MET.search(self._seen, max(0, start - 20), start) else []
        if (
            visited
            and visited[0].sentence == sentence
            and _CAME.search(self._seen, sentence, visited[0].char_start)
        ):
            return visited[0].alpha3, None
        nouns = [g for g in nouns if not g.group or g.sentence != sentence]
        here = [g for g in nouns if g.sentence == sentence]
        apart = [g for g in here if not self._owns(g)]
        if here:
            return (apart or here)[0].alpha3, None
        family = self._seen[start:end].split()[-1]
        above = [
            g
            for g in nouns
            if g.char_start > line and (self._owns(g) or family not in self._seen[g.sentence : g.char_start])
        ]  # not "President A praised Peru. A …"
        if above:
            last = above[0].sentence
            return [g for g in above if g.sentence == last][-1].alpha3, None
        opening = [g for g in told if g.venue and g.char_start > line and g.char_start - g.sentence < _OPENS]
        if visited or opening:
            return (visited or opening)[0].alpha3, None
        close = [g.alpha3 for g in nouns if g.char_start > start - _REACH]
        return None, close[0] if close and {g.alpha3 for g in told} == {close[0]} else None

    def _owns(self, ground: Ground) -> bool:
        return self._seen.startswith(("'s", "’s"), ground.char_end)

    def owner(self, start: int, sentence: int, whose: str | None) -> str | None:
        """The country of an office that "its" or "his" before it gives: the one told last in the sentence,
        or `whose`, that of whoever was named last."""
        if self._side is not None:
            return self._side
        told = _ITS.search(self._seen, max(sentence, start - 20), start)
        if told is None or told[1].casefold() in ("his", "her"):
            return whose if told else None
        return next((g.alpha3 for g in self._back(sentence) if g.char_start < start and not g.venue), None)

    def master(self, start: int) -> str | None:
        """The name of the one whose officer a title before `start` tells of."""
        before = self._seen[max(0, start - 30) : start]
        owned = before.rstrip().endswith(("'", "'s", "’", "’s"))
        told = _WHOSE.search(before) if owned else None
        return told[1] if told else None

    def _back(self, least: int) -> Iterator[Ground]:
        for ground in reversed(self._grounds):
            if ground.char_start < least:
                return
            yield ground

    def _goes(self, end: int, ground: Ground) -> bool:
        between = self._seen[end : ground.char_start] if ground.char_start - end < 80 else "."
        return _GOES.fullmatch(between) is not None
