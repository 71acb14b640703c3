"""Who speaks in the first person: whom "I", "my" and "our" mean in a statement, an interview, a release."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from dipcli.extraction import correspondence, declarations, ledgers, unsaid
from dipcli.extraction.registry import Entity, Registry, is_office
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import STAND_INS, Scene, Slot, unique
from dipcli.extraction.units import Unit
from dipcli.mentions import Span, TitleMention

_OWN = r"(?=\s+(?:own\s+)?(?:[Gg]overnment|[Cc]ountry|[Dd]elegation|[Nn]ation)\b)"
"""After "my": what speaks and acts for a country."""
_I = re.compile(rf"\b(?:I\b(?![.'’])|I(?=['’](?:ve|ll|d|m)\b)|[Mm]y\b(?!{_OWN})|me\b)")
_WE = re.compile(r"\b[Ww]e\b")
_WE_SAY = re.compile(
    r"\b[Ww]e\b(?=\s+(?:(?:also|further|again|once\s+again|[a-z]+ly)\s+){0,2}(?:condemn|protest|demand|urge|call\s+(?:on|upon|for)|reject|welcome"
    r"|support|denounce|deplore|regret|thank|congratulate|appeal|warn|deny|insist|reiterate|oppose|apologi[sz]e|praise|commend)\b)"
)
"""What a speaker does by saying it: "We reject such statements"."""
_DID = (
    r"(?:[a-z]+ed|met|told|sent|gave|took|made|put|went|came|saw|held|said|brought|sought|withdrew|left|broke|flew|spoke|wrote"
    r"|began|paid|became|chose|won|lost|sold|bought|lent|built|cut|set|let|shut)"
)
_OUR = re.compile(
    rf"\b[Oo]ur\b|\b[Mm]y\b{_OWN}|\b[Ww]e\b(?=\s+(?:(?:also|then|later|therefore|recently|just)\s+)?"
    rf"(?:have|had|(?:will|shall)\s+(?:sign|send|host|open|close|recall|withdraw|ratify)|{_DID})\b)"
    r"|(?<=received |welcomed |informed )us\b|(?<=visited |thanked |assured )us\b|(?<=invited )us\b|(?<=asked |urged )us\b|(?<=met )us\b"
)
"""A speaker's country, the doer of what is past or set included: "We recalled our ambassador", "We will sign"."""
_WE_DID = re.compile(
    r"\b[Ww]e\s(?:have\s|had\s)?(?:also\s)?(?:suspended|imposed|recalled|withdr[ae]wn?|recogni[sz]ed|severed|broken?|expelled|deployed"
    r"|lifted|resumed|frozen?|froze|restored|closed|reopened|voted|banned)\b"
)
"""What a country does and no company of persons: "We suspended our aid"."""
_YOU = re.compile(rf"\b[Yy]ou\b(?=\s+(?:have\s+|had\s+|recently\s+|just\s+|also\s+)?{_DID}\b)|\byourself\b")
"""Whoever is asked, as the doer of what is past: "You presented your credentials in May"."""
_TOP = 9
"""In how many sentences from the top whoever speaks in the first person is named."""
_HEAD = 3
"""In how many of them the country is named of whoever is asked."""
_QUOTE_REACH = 3_000
"""How many characters before a word its quotation may begin."""
_WORDS = r"(?:press\s+conference|statement|remarks|speech|address|message|letter|release|communiqu[eé]|interview|briefing|transcript|report)"
_SAID_BY = re.compile(
    rf"\b(?:{_WORDS}|memorandum\s+of\s+(?:\w+\s+)?conversation)\b[^.:\n]{{0,60}}?\b(?:by|of|from|with)\s+(?:the\s+)?\Z"
    rf"|\bclassified\s+by:?\s+\Z",
    re.IGNORECASE,
)
"""Before whoever made a statement: "The following is a statement by NAME"."""
_BY = ("by", "of", "from", "with", "the", "by:")
"""With one of which these words end."""
_HIS_WORDS = re.compile(rf"['’]s?\s+(?:\w+\s+){{0,2}}{_WORDS}\b", re.IGNORECASE)
_TURN = re.compile(r"\s*\)?\s*(?:\([^()\n]{1,120}\)\s*){0,3}(?::\s|(?<=\))[–—]\s?|[–—]\s|\Z)")
"""After the name of whoever speaks next: a colon, or nothing more on the line; an office in brackets before it."""
_IN_BRACKETS = re.compile(r"(?:The\s+)?[A-Z][^():\n]{4,120}\(\Z")
"""Before the name of a speaker whose office comes first: "The Minister for Foreign Affairs (Mr. NAME): …"."""
_MADE = re.compile(
    rf"[^.\n]{{0,120}}?\b(?:made|issued|delivered|gave)\s+(?:the\s+following|this)\s+{_WORDS}\b"
)
"""After whoever the words that follow are by: "NAME, the Minister, made the following statement"."""
_ASKED = re.compile(
    r"(?:Q\d{0,2}|Question|QUESTION|Journalist|JOURNALIST|Reporter|REPORTER|Interviewer|[A-Z]{2,6})[:.]\s"
)
_ANSWERED = re.compile(
    r"(?:A\d{0,2}|Answer|ANSWER)[:.]\s"
    r"|(?:The\s+)?(?:(?:Prime|Foreign|Vice|Deputy)[\s-])?(?:Minister|President|Premier|Chancellor|Secretary|Ambassador|Spokes(?:man|woman|person)|MINISTER|PRESIDENT|SECRETARY):\s"
)
"""With which the words begin of whoever answers, by an office too."""
_QUESTIONS = re.compile(rf"(?m)^[ ]*{_ASKED.pattern}")
_LABEL = re.compile(r"([A-Z]{2,4}):\s")
"""The initials of whoever has the word."""
_MANY = 2
"""So many questions make an interview."""
_LABELS = re.compile(r"(?m)^[ ]*([A-Z][^\n:.?!;,]{0,30}):[ ](?=[^\n])")
"""Who or what has the word from the beginning of a line on."""
_TO = re.compile(r"\s+to\s+(?:the\s+)?", re.IGNORECASE)


_DEEDS_OF_MINE = re.compile(
    r"(?m)(?:^|(?<=[.!?] )|, )I (?!am\b|was\b|think\b|believe\b)[a-z]+ed\b|(?:^|(?<=[.!?] )|, )I (?:met|had|held|flew|made|gave)\b"
)
"""What somebody tells that he did."""
_SECRETARY = re.compile(
    r"(?:(?:deputy|assistant|under|acting)[\s-])?secretary(?:\sof\sstate)?", re.IGNORECASE
)
"""What a member of the cabinet of the United States is called, and hardly another without a country."""
_ASKS = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Deputy|Senator)\.?\s[A-Z][\w'’-]+\s+asked\s+the\s")
"""A question in parliament: "Mr. NAME asked the Minister for …"."""
_HEAD_REACH = 1500


class Speakers:
    """Who speaks where, while a document's sentences are read in order."""

    def __init__(
        self,
        seen: str,
        registry: Registry,
        authors: Mapping[str, Span],
        home: str | None = None,
        title: str = "",
    ) -> None:
        self.seen = seen
        self.registry = registry
        self._authors = authors
        self._home = home
        self._title = title
        self._in_first_person = bool(authors) and _I.search(seen) is not None
        letter = correspondence.letter(seen)
        self._writer = self._register(letter) if letter and _I.search(seen) else None
        self.post = letter.post if letter else None
        """Code of the country from which a letter is written."""
        self._speaker: str | None = None
        """The one person named in the headings on top, or to whom the text gives the words, or the author."""
        self._turn: str | None = None
        """Who has the word, where several take turns; empty while somebody unnamed asks."""
        self._company: list[str] = []
        """Whom the speaker was last told to meet: "we" are those and the speaker."""
        self.parties: tuple[str, ...] = ()
        """Keys of those who declare together what is read."""
        self._body: str | None = None
        """Key of the council or assembly that a sentence last began with."""
        self._resolving: str | None = None
        """Key of the body whose resolution is read."""
        labels = Counter(_LABELS.findall(seen)) if seen.count("?") >= _MANY else Counter[str]()
        self._labels = {label for label, count in labels.items() if count >= _MANY}
        """What stands before the words of those who take turns, where several do."""
        self._interview = len(self._labels) > 1 or len(_QUESTIONS.findall(seen)) >= _MANY
        self._answer = _ASKS.search(seen, 0, _HEAD_REACH) is not None
        """Whether a member of parliament asked for what is told, who is then not who tells it."""
        self._asked: str | None = None
        """Of an interview, who answers."""
        self._whose: str | None = None
        """Whose doings are listed, as the title says."""
        self._before: Scene | None = None
        """The sentence read before."""

    def open(self, scenes: Sequence[Scene]) -> None:
        """See who speaks, where `scenes` are those read so far."""
        self._before = scenes[-1] if scenes else None
        if len(scenes) == 1:
            self._whose = ledgers.protagonist(self.seen, list(scenes))
        self._body = _body_told(scenes[-1:]) or self._body
        if scenes and (body := declarations.resolving(self.seen, scenes[-1], self._body)):
            self._resolving, self.parties = body, (body,)
        if len(scenes) <= _TOP:
            self.parties = self.parties or declarations.parties(self.seen, self._title, scenes)
            told = self._writer or _told_on_top(self.seen, scenes)
            told = told or (None if self._answer else _named_on_top(scenes))
            self._speaker = told or self._speaker
        if (
            len(scenes) == 1
            and self._speaker is None
            and self._home
            and len(_DEEDS_OF_MINE.findall(self.seen)) >= _MANY
        ):
            self._speaker = self._own_country(scenes[0])
        if self._interview:
            self._asked = self._speaker = self._asked or self._speaker or _first_named(scenes)
            self._home = self._home or self._told_of(scenes[:_HEAD])
        if self._speaker is None and self._authors:
            self._speaker = self._author()

    def _own_country(self, scene: Scene) -> str | None:
        """The country of the government that a text comes from, for its minister who is nowhere named: "I visited …"."""
        span = Span(char_start=scene.sentence.char_start, char_end=scene.sentence.char_end)
        return self.registry.country(self._home, "", span, span, noun=False).key if self._home else None

    def find(self, sentence: Sentence, units: list[Unit], slots: list[Slot]) -> list[Slot]:
        """Slots of "I", "my", "we" and "our" outside of quotations."""
        self._take_turn(sentence, slots)
        speaker = self._speaker if self._turn is None else self._turn
        found: list[Slot] = []
        if self._asked and self._turn != self._asked:
            found += [
                Slot("person", *match.span(), (self._asked,), STAND_INS[0], rule="pronoun")
                for match in _YOU.finditer(self.seen, sentence.char_start, sentence.char_end)
            ]
        if not speaker and self._is_asked(sentence.char_start):
            return found
        for match in _I.finditer(self.seen, sentence.char_start, sentence.char_end) if speaker else ():
            if speaker and not self._is_quoted(match.start()):
                word = match[0] if match[0] != "I" else STAND_INS[0]
                found.append(Slot("person", match.start(), match.end(), (speaker,), word, rule="pronoun"))
        if self._resolving and (own := declarations.clause(self.seen, sentence.char_start, self._resolving)):
            return [*found, own]
        if not self.parties and (opened := declarations.opening(self.seen, Scene(sentence, units, slots))):
            self.parties = opened.keys
            return [*found, opened]
        if self.parties and self._turn is None:
            ours = declarations.find(self.seen, sentence.char_start, sentence.char_end, self.parties)
            return [*found, *(slot for slot in ours if not self._is_quoted(slot.char_start))]
        company = [*([speaker] if speaker else []), *self._company]
        if speaker and len(company) > 1:
            for match in _WE.finditer(self.seen, sentence.char_start, sentence.char_end):
                if not (self._is_quoted(match.start()) or _WE_DID.match(self.seen, match.start())):
                    keys = tuple(unique(company))
                    found.append(Slot("group", match.start(), match.end(), keys, "officials", rule="group"))
        for match in _WE_SAY.finditer(self.seen, sentence.char_start, sentence.char_end) if speaker else ():
            if speaker and len(company) < 2 and not self._is_quoted(match.start()):
                found.append(Slot("person", *match.span(), (speaker,), STAND_INS[0], rule="pronoun"))
        country = self._country(speaker, sentence)
        taken = {slot.char_start for slot in found}
        for match in _OUR.finditer(self.seen, sentence.char_start, sentence.char_end) if country else ():
            if country and match.start() not in taken and not self._is_quoted(match.start()):
                found.append(
                    Slot("country", match.start(), match.end(), (country.key,), match[0], rule="pronoun")
                )
        self._company = self._met(found, slots) if speaker else []
        return found + unsaid.find(self.seen, sentence, slots, self._before, self._whose)

    def _met(self, found: Sequence[Slot], slots: Sequence[Slot]) -> list[str]:
        if any(s.kind == "person" for s in found):
            return unique([k for s in slots if s.kind == "person" and s.rule != "pronoun" for k in s.keys])
        return []

    def _is_quoted(self, at: int) -> bool:
        line = max(self.seen.rfind("\n", 0, at) + 1, at - _QUOTE_REACH)
        return self.seen.count('"', line, at) % 2 == 1

    def _country(self, speaker: str | None, sentence: Sentence) -> Entity | None:
        """The country that a speaker speaks for, if it is known."""
        if not speaker:
            return None
        entity = self.registry.entities[speaker]
        code = entity.country or (self._home if any(is_office(t.title) for t in entity.titles) else None)
        if code is None and any(_SECRETARY.fullmatch(t.title) for t in entity.titles):
            code = "USA" if self.registry.known_country("USA") else None
        if code is None:
            return None
        span = Span(char_start=sentence.char_start, char_end=sentence.char_end)
        return self.registry.known_country(code) or self.registry.country(code, "", span, span, noun=False)

    def _register(self, letter: correspondence.Letter) -> str:
        """Whoever writes a letter, as a person with the title that its head gives."""
        writer = self.registry.person(letter.name, letter.span, letter.span, "sender", letter.country)
        writer.country = letter.country
        if letter.title and letter.title_span:
            span = letter.title_span
            title = TitleMention(
                title=letter.title, char_start=span.char_start, char_end=span.char_end, sentence=span
            )
            self.registry.entitle(writer, title)
        return writer.key

    def _author(self) -> str | None:
        """The one author: named in the text, or by a catalogue alone, where the text speaks in the first person."""
        persons = [name for name in self._authors if _is_person(name)]
        if len(persons) != 1:
            return None
        known = self.registry.known_person(persons[0])
        if known is None and self._in_first_person and self._authors[persons[0]].char_end:
            span = self._authors[persons[0]]
            known = self.registry.person(persons[0], span, span, "author")
        return known.key if known else None

    def _take_turn(self, sentence: Sentence, slots: Sequence[Slot]) -> None:
        """Note who has the word from a sentence on: "NAME: …", "NAME (Minister for …)", "The Minister (NAME): …"."""
        start = sentence.char_start
        if self._asked and (_ANSWERED.match(self.seen, start) or self._has_initials(start)):
            self._turn = self._asked
        elif (self._turn is not None or self._interview) and self._is_asked(start):
            self._turn = ""
        if sentence.kind == "heading" and self._addresses(sentence, slots):
            self._turn = slots[0].keys[0]
            return
        first = next((s for s in slots if s.kind == "person"), None)
        if first is None or first.rule == "pronoun":
            return
        if first.char_start - start > 4 and not _IN_BRACKETS.match(self.seen, start, first.char_start):
            return
        turn = _TURN.match(self.seen, first.char_end, sentence.char_end)
        told = turn and (turn[0].endswith(": ") or "(" in self.seen[first.char_start : turn.end()])
        if told or (turn and first.char_start - start > 4):
            self._turn = first.keys[0]

    def _addresses(self, sentence: Sentence, slots: Sequence[Slot]) -> bool:
        """Whether a line is the head of a letter: "The Ambassador of A to the Minister for Foreign Affairs of B"."""
        if len(slots) != 2 or any(slot.kind not in ("person", "office") for slot in slots):
            return False
        writer, other = slots
        begins = writer.char_start - sentence.char_start <= len("The ")
        return begins and bool(_TO.fullmatch(self.seen, writer.char_end, other.char_start))

    def _told_of(self, scenes: Sequence[Scene]) -> str | None:
        """The country that some sentences name first beside an office: "Interview with Peru's foreign minister"."""
        told = (scene for scene in scenes if any(s.kind in ("person", "office") for s in scene.slots))
        named = (self.registry.entities[k].country for scene in told for s in scene.slots for k in s.keys)
        return next((code for code in named if code), None)

    def _is_asked(self, at: int) -> bool:
        """Whether a line begins with the label of whoever asks, or of anybody who takes turns."""
        if _ASKED.match(self.seen, at):
            return True
        label = _LABELS.match(self.seen, at) if self._interview else None
        return label is not None and label[1] in self._labels

    def _has_initials(self, at: int) -> bool:
        """Whether a line begins with the initials of whoever answers: "GH: …"."""
        label = _LABEL.match(self.seen, at)
        if label is None or self._asked is None:
            return False
        return label[1] == "".join(word[0] for word in self.registry.entities[self._asked].name.split())


def _body_told(scenes: Sequence[Scene]) -> str | None:
    """Key of the body that the sentence of a scene begins with: "The Peace and Security Council, at its meeting …"."""
    for scene in scenes:
        first = next((slot for slot in scene.slots if slot.kind != "date"), None)
        near = first is not None and first.char_start - scene.sentence.char_start <= len("The ")
        if first and near and first.kind == "body" and len(first.keys) == 1:
            return first.keys[0]
    return None


def _is_person(name: str) -> bool:
    return len(name.split()) < 5 and not re.search(
        r"\b(?:of|for|the|Party|Office|Department|Ministry)\b", name
    )


def _told_on_top(seen: str, scenes: Sequence[Scene]) -> str | None:
    """Whoever a sentence on top gives the words that follow to: "Statement by NAME", "by the Secretary of State"."""
    for scene in scenes:
        for slot in scene.slots:
            if slot.kind not in ("person", "office") or slot.rule == "pronoun":
                continue
            start = scene.sentence.char_start
            by = seen[start : slot.char_start].rstrip().casefold().endswith(_BY)
            if (
                (by and _SAID_BY.search(seen, start, slot.char_start))
                or (scene.sentence.kind == "heading" and _HIS_WORDS.match(seen, slot.char_end))
                or _MADE.match(seen, slot.char_end, scene.sentence.char_end)
            ):
                return slot.keys[0]
    return None


def _first_named(scenes: Sequence[Scene]) -> str | None:
    """The first person that a text names."""
    persons = (
        s.keys[0] for scene in scenes for s in scene.slots if s.kind == "person" and s.rule != "pronoun"
    )
    return next(persons, None)


def _named_on_top(scenes: Sequence[Scene]) -> str | None:
    """The only person that the headings of a document's beginning name with a title or on a line of their own,
    if there is one."""
    named = {
        key
        for scene in scenes
        if scene.sentence.kind == "heading"
        for slot in scene.slots
        if slot.kind == "person" and (slot.title or _fills(slot, scene))
        for key in slot.keys
    }
    return named.pop() if len(named) == 1 else None


def _fills(slot: Slot, scene: Scene) -> bool:
    """Whether a name is all there is on a line."""
    sentence = scene.sentence
    return slot.char_end - slot.char_start >= sentence.char_end - sentence.char_start - 1
