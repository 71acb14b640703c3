"""Institutions told without their country, in a text about one: "the government", "the army", "the country"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dipcli.extraction import halves
from dipcli.extraction.registry import Registry
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Scene, Slot, distinct
from dipcli.extraction.units import Unit
from dipcli.lexicon import countries, offices
from dipcli.lexicon.events import lexicon
from dipcli.mentions import Span

_USURPERS = "|".join(sorted(offices.data()["acting"]["usurpers"], key=len, reverse=True))
"""Who rules without a right, which nobody else's government is called."""
_STATES = f"government|authorities|regime|cabinet|country|security forces|border guards|troops|{_USURPERS}"
"""What stands for its country as a whole."""
_BODIES = (
    "national guard|army|military|armed forces|air force|navy|police|parliament"
    "|supreme court|constitutional court|national assembly|congress|senate"
)
"""What is an organisation of its country."""
_WORDS = frozenset(name.split()[0] for name in f"{_STATES}|{_BODIES}|foreign".split("|"))
_KINDS = "new|interim|transitional|military|ruling|civilian|central|federal|caretaker|provisional"
_TOLD = re.compile(
    rf"\b(?:[Tt]he\s+(?:(?:{_KINDS})\s+){{0,2}}(?P<who>(?i:{_STATES}|{_BODIES}))"
    rf"|[Aa]n?\s+(?P<told>(?i:government|foreign\s+ministry|military|army)\s+(?:spokes(?:man|woman|person)|official))"
    rf"|(?P<bare>(?=[A-Z])(?i:{_STATES}|{_BODIES})))\b(?!-|['’]s?\s+[A-Z]|\s+(?:of|in)\b)"
)
_LINE = re.compile(r"\W*(?:(?:[A-Z][a-z]+|and)\s+)?\W*\Z")
"""Before the first words of a line or of what stands after its date."""
_OBJECT = re.compile(r"\s+(?:the|an?|its|[A-Z0-9])")
"""After a verb that could be a noun as well: "the army launches an attack"."""
_IN_TOWN = re.compile(r"(?:,\s+|\s+(?=an?\s))(?:(?:the|an?)\s+)?")
_LABEL = re.compile(r"[*_]*([A-Z]{4}[A-Z ]*)[*_]*\s*[.:–—][*_]*\s")
"""A country before a paragraph of a digest: "MALI. The government …"."""
_FOLLOWING = re.compile(r"\s+([a-z]+)\b")
_GOES_ON = frozenset(
    "has have had was were is are will would could may also and or but in on to by from at with as after before that which who"
    " did does do not then".split()
)


_OFTEN = 4
"""So many times a text names the country that it is about, if it does not begin with it."""


def land_of(cuts: Sequence[Sequence[Unit]]) -> tuple[str | None, str | None]:
    """Code of the one country that a text is about: named first, alone in its sentence, and no other as often, or else
    half as often again as any other; and of that which it is mostly about: more than once, and more often than all others together."""
    named = [list(_lands(units)) for units in cuts]
    first = next(filter(None, named), [])
    told = Counter(code for codes in named for code in codes)
    if len(set(first)) != 1:
        (land, count), (_, next_most) = [*told.most_common(2), (None, 0), (None, 0)][:2]
        return land if count >= _OFTEN and count * 2 >= next_most * 3 else None, None
    (land,), count = {*first}, told[first[0]]
    most = max((count for code, count in told.items() if code != land), default=0)
    return land if count > most else None, land if count > max(told.total() - count, 1) else None


def _lands(units: Sequence[Unit]) -> Iterator[str]:
    """Codes of the countries that a sentence names, but for those that a bracket tells as a place, and of those that
    its armed movements are of."""
    for before, unit in pairwise((None, *units)):
        if unit is None or (before is not None and before.text == "("):
            continue
        if unit.tag in "CD":
            yield unit.data.alpha3
        elif unit.tag == "O" and unit.data.sort == "armed_group" and unit.data.country:
            yield unit.data.country


def find(
    seen: str,
    sentence: Sentence,
    slots: Sequence[Slot],
    last: Scene | None,
    land: str | None,
    registry: Registry,
) -> list[Slot]:
    """Slots of institutions without their country in a sentence that comes after the scene `last`, and of "the South".

    They are of the one nation that the sentence before told of, else of the one that the text is about (`land`);
    there are none where another nation stands before them in the sentence.
    """
    same = last is not None and last.sentence.paragraph == sentence.paragraph
    before = last.slots if last is not None and same else []
    before = [
        s for s in before if seen[s.char_start - 1 : s.char_start] != "("
    ]  # "Third round of talks (Norway)."
    found: list[Slot] = []
    told = not sentence.words.isdisjoint(_WORDS)
    for match in _TOLD.finditer(seen, sentence.char_start, sentence.char_end) if told else ():
        group = "who" if match["who"] else "told" if match["told"] else "bare"
        start, end = match.span(group)
        word = " ".join(match[group].casefold().split())
        here = [s for s in slots if s.char_end <= start]
        if any(s.char_start < end and start < s.char_end for s in slots):
            continue
        if group == "bare" and not _opens(seen, sentence, here, match):
            continue
        if group != "told" and not is_alone(seen, end, sentence.char_end, word):
            continue
        if len(here) == 1 and here[0].rule == "capital" and _IN_TOWN.fullmatch(seen, here[0].char_end, start):
            here, before = [], here  # "In Lima, the government said …"
        label = _LABEL.match(seen, seen.rfind("\n", 0, start) + 1)
        form = countries.lookup(label[1].title()) if label else None
        if label and form and all(s.char_end <= label.end() for s in here):
            here, before, land = [], [], form.alpha3
        code = _owner(registry, [] if re.fullmatch(_USURPERS, word) else here, before, land)
        after = (k for s in slots if s.kind == "country" and s.char_start >= end for k in s.keys)
        if group == "who" and code in {registry.entities[k].country for k in after}:
            continue  # "The Government recalled its ambassador from B."
        country = registry.known_country(code) if code else None
        if country is None:
            continue
        key = country.key
        if re.fullmatch(_BODIES, word):
            where = Span(char_start=start, char_end=end)
            head = word.split()[-1]
            key = registry.body(word, word, code, where, where, head=head, rule="institution").key
        shown = "officials" if word.endswith("s") or word == "police" else "government"
        found.append(
            Slot("country" if key == country.key else "body", start, end, (key,), shown, rule="institution")
        )
    return [*found, *halves.find(seen, sentence, slots, registry)]


def _owner(registry: Registry, here: Sequence[Slot], before: Sequence[Slot], land: str | None) -> str | None:
    """Code of the country that an institution is of, by the slots before it in its sentence and the last one's."""
    told, earlier = (
        {registry.entities[k].country for s in slots for k in s.keys} - {None} for slots in (here, before)
    )
    if told:
        return land if told == {land} else None
    return earlier.pop() if len(earlier) == 1 else None if earlier else land


def _opens(seen: str, sentence: Sentence, here: Sequence[Slot], match: re.Match[str]) -> bool:
    """Whether a word without an article begins a line, as headlines and chronologies have it."""
    begin = max([sentence.char_start, *(s.char_end for s in here if s.kind == "date")])
    if label := _LABEL.match(seen, begin):
        begin = label.end()
    return match["bare"][:1].isupper() and _LINE.match(seen, begin, match.start()) is not None


def is_alone(seen: str, end: int, stop: int, word: str) -> bool:
    """Whether no noun follows to which the word only belongs: not "the army base", but "government troops"."""
    following = _FOLLOWING.match(seen, end, stop)
    if following is None or following[1] in _GOES_ON:
        return True
    if word in ("government", "junta"):
        return True
    readings = lexicon().verbs.get(following[1], ())
    if word.endswith("s") or word == "police":
        return bool(readings)  # "security forces arrest 20 people"
    sure = _OBJECT.match(seen, following.end()) is not None
    return any(names & {"past", "s"} and (sure or lemma not in lexicon().nouny) for lemma, names in readings)


_ADMINISTRATION = re.compile(
    r"\b(?:[A-Z]?[a-z]+|[’']s)\s+(?P<whose>(?:[A-Z][\w.’'-]*\s+){1,4})(?P<word>administration)\b(?:\s+in\s+(?=[A-Z]))?"
)


def administrations(registry: Registry, seen: str, scenes: Sequence[Scene]) -> None:
    """Let "the Prado administration" be its country, once it is known where persons are from: its president's, else that
    of which such governments are known by their names."""
    known = {name: code for code, names in offices.data()["administrations"].items() for name in names}
    for scene in scenes:
        sentence = scene.sentence
        if "administration" not in sentence.words:
            continue
        for match in _ADMINISTRATION.finditer(seen, sentence.char_start, sentence.char_end):
            span = Span(char_start=match.start("whose"), char_end=match.end("word"))
            here = [s for s in scene.slots if s.char_start < span.char_end and span.char_start < s.char_end]
            if any(s.kind != "person" for s in here):
                continue
            home = [s for s in scene.slots if s.kind == "country" and s.char_start == match.end()]
            owner = next((registry.entities[s.keys[0]].country for s in (*home, *here)), None)
            code = owner or known.get(match["whose"].split()[-1])
            if code is None:
                continue
            form = " ".join(match["whose"].split()) + " administration"
            country = registry.country(
                code, form, span, Span(char_start=sentence.char_start, char_end=sentence.char_end), noun=True
            )
            made = Slot(
                "country", span.char_start, span.char_end, (country.key,), "government", rule="institution"
            )
            scene.slots[:] = distinct([*(s for s in scene.slots if s not in here), made])
