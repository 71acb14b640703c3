"""Which country or organisation "it" means, or "the country", as who acts: "A signed the treaty, but in 1960 it annulled
it"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Scene, Slot, SlotKind
from dipcli.lexicon.events import lexicon

_IT = re.compile(
    r"\b(?P<who>[Ii]t|[Tt]he\s+country)\s+(?:(?:also|later|then|subsequently|immediately|soon|formally|unilaterally|again|further|even|has|had|will)\s+){0,2}"
    r"(?:(?:was|were|been)\s+(?=[a-z]+(?:ed|en|wn)\b))?(?P<verb>[a-z]+(?:-[a-z]+)?)\b"
)
_ITS_OWN = re.compile(r"(?:(?:After|Before|During|Following|On|In|With|Despite)\s+)?[Ii]ts\b")
"""Whose deed opens a sentence: "Its visit to Peru", "After its arrival in Lima"."""
_OPENED = re.compile(
    r"\W*(?:After|Before|During|Following|Speaking|On|In|At|With|Despite|Upon)\b[^;:]{3,160},\s+\Z"
)
"""A phrase before the subject of a sentence, whoever it names."""
_BECAME = re.compile(r"\s+(?:an?|the|one)\b[^.;,]{0,30}\b(?:members?|party|signatory|observer|republic)\b")
"""After "became": what a country or organisation becomes by a deed of its own."""
_NEVER = frozenset(
    "be become seem appear emerge turn take remain follow happen come mean prove feel look make begin start say lead".split()
)
"""Verbs that "it" has of itself ("it took two years"), or that tell of no deed by who was told of."""
_SUBJECT = re.compile(
    r"\W*(?:(?:Initially|Originally|Later|Subsequently|However|At\s+first),?\s+)?(?:(?:On|In|After|By)\s+\W*)?(?:(?:[Tt]he|[Aa]n?)\s+)?\W*"
)
"""Before the one that a sentence is about, its date left out."""
_CLAUSE = re.compile(
    r"[,;]\s+(?:(?:but|and|while|whereas|although|though|when|after|so)\s+)?(?:[Tt]he\s+)?\Z"
)
"""Before whoever a further clause is about."""
_ITS = re.compile(
    r"(?:['’]s?)?\s+(?:\w+\s+)?(?:government|delegation|mission|side|authorities|parliament|leadership|regime|junta|army|military|team)\b"
)
"""After the name of a nation: who of it acts."""
_FORCES = re.compile(
    r"\bits\s+(?:own\s+)?(?:(?!troops|forces)[a-z]+\s+)?(?:troops|soldiers|forces|servicemen|policemen|police|army|navy|air\s+force|border\s+guards"
    r"|warplanes|fighters|jets|gunboats|warships|tanks|artillery)\b"
)
"""Who acts for a country that says so: "A said its troops had crossed the river"."""
_ACTS = re.compile(
    r"(?:,\s[^;.]{3,100}?,|,)?\s+(?:(?:also|later|then|subsequently|immediately|soon|formally|unilaterally|again|today|yesterday)\s+)?"
    r"(?:has|had|was|is|will|would|did|does|could|may|(?P<verb>[a-z]+))\b"
)


def find(seen: str, sentence: Sentence, slots: Sequence[Slot], last: Scene | None) -> list[Slot]:
    """Slots of "it" as the subject of a deed: who the sentence began with, or the one before it where it opens one."""
    found: list[Slot] = []
    told = not sentence.words.isdisjoint(("it", "country"))
    for match in _IT.finditer(seen, sentence.char_start, sentence.char_end) if told else ():
        lemmas = {lemma for lemma, _ in lexicon().verbs.get(match["verb"], ())}
        became = "become" in lemmas and _BECAME.match(seen, match.end())
        if not lemmas or (lemmas & _NEVER and not became and match["who"].endswith("t")):
            continue
        start, end = match.span("who")
        if any(s.char_start < end and start < s.char_end for s in slots):
            continue
        before = [s for s in slots if s.char_end <= start]
        whose = (
            _of_said(seen, before, match.start())
            or _of_clause(seen, before)
            or _subject(seen, sentence.char_start, before)
        )
        opened = _OPENED.match(seen, sentence.char_start, match.start()) is not None
        if opened or all(s.kind == "date" for s in before):
            whose = _before(seen, sentence, last) or whose
        if whose is not None:
            found.append(_meaning(seen, whose, start, end))
    its = "its" in sentence.words
    for match in _FORCES.finditer(seen, sentence.char_start, sentence.char_end) if its else ():
        before = [s for s in slots if s.char_end <= match.start() and s.kind in ("country", "body")]
        whose = next((s for s in reversed(before) if len(s.keys) == 1 and _does(seen, s)), None)
        if whose is not None:
            found.append(_meaning(seen, whose, *match.span()))
    own = _ITS_OWN.match(seen, sentence.char_start, sentence.char_end) if its else None
    owner = _before(seen, sentence, last) if own else None
    if own and owner:
        found.append(_meaning(seen, owner, own.end() - 3, own.end()))
    return found


def _meaning(seen: str, whose: Slot, start: int, end: int) -> Slot:
    """The slot of a pronoun that means whom another slot names."""
    kind: SlotKind = "body" if whose.kind == "body" else "country"
    return Slot(kind, start, end, whose.keys, seen[start:end], rule="pronoun")


def _before(seen: str, sentence: Sentence, last: Scene | None) -> Slot | None:
    """Whom the sentence before was about, if it stands in the same paragraph, or if "It" opens the next one."""
    if last is None or last.sentence.kind == "heading":
        return None
    opens = seen.startswith(("It ", "The country "), sentence.char_start)
    if last.sentence.paragraph != sentence.paragraph and not opens:
        return None
    return _subject(seen, last.sentence.char_start, last.slots)


def _of_clause(seen: str, slots: Sequence[Slot]) -> Slot | None:
    """The one that the clause before is about: ", but A disagreed, and it …"."""
    for slot in reversed(slots):
        named = slot.kind in ("country", "body") and len(slot.keys) == 1
        if (
            named
            and _CLAUSE.search(seen, max(0, slot.char_start - 16), slot.char_start)
            and _does(seen, slot)
        ):
            return slot
    return None


_SAID = re.compile(r"\bthat\s+(?:the\s+)?\Z")


def _of_said(seen: str, slots: Sequence[Slot], at: int) -> Slot | None:
    """The one that what is said before is about: "noted that A acceded in 1951 and that it …"."""
    if not seen.endswith("and that ", 0, at):
        return None
    told = (s for s in reversed(slots) if _SAID.search(seen, max(0, s.char_start - 12), s.char_start))
    slot = next(told, None)
    named = slot is not None and slot.kind in ("country", "body") and len(slot.keys) == 1
    return slot if named and slot and _does(seen, slot) else None


def _does(seen: str, slot: Slot) -> bool:
    """Whether a verb follows a name."""
    its = _ITS.match(seen, slot.char_end)
    acts = _ACTS.match(seen, its.end() if its else slot.char_end)
    return acts is not None and (acts["verb"] is None or acts["verb"] in lexicon().verbs)


def _subject(seen: str, lo: int, slots: Sequence[Slot]) -> Slot | None:
    """The country or organisation that a sentence begins with and tells to act."""
    begin = lo
    for slot in slots:
        if slot.kind == "date" and _SUBJECT.fullmatch(seen, begin, slot.char_start):
            begin = slot.char_end
            continue
        whose = slot.kind == "demonym" and _ITS.match(seen, slot.char_end)
        if not (whose or slot.kind in ("country", "body")) or len(slot.keys) != 1:
            return None
        if not _SUBJECT.fullmatch(seen, begin, slot.char_start):
            return None
        return slot if _does(seen, slot) else None
    return None
