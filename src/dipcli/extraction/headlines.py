"""Headings that tell what the first paragraphs below them tell: further quotes for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.extraction.book import Book
from dipcli.extraction.references import is_plural, sorts_of
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Scene, Slot
from dipcli.extraction.story import Story, Told
from dipcli.extraction.triggers import Trigger
from dipcli.records import EventType

_TOP = 3
"""Paragraphs below a heading that tell what it tells beforehand; headings in the first of a text stand above all of it."""
_BODY = 20
"""Sentences below a heading by which its names are known."""
_SHARED = 3
"""Words that a heading and a sentence have in common where both tell the same in other words …"""
_SHARE = 0.5
"""… the share of the heading's words that these are …"""
_PLAIN = 2
"""… and how many of them are no names."""

_WORD = re.compile(r"\b[A-Za-z][A-Za-z]{3,}\b")
_STEM = 5
"""Letters by which a word is known in other forms: "China", "Chinese"."""
_ACCORD: frozenset[EventType] = frozenset(("AGREE", "SUPPORT", "CONCEDE", "RETREAT"))
"""Types of one and the same ceasefire, or resolution, in other words."""
_EMPTY = frozenset("after amid over with from into upon about against between during".split())
_OF_MANY = re.compile(
    r"\b(?:timeline|chronolog\w+|chronicle|list of|history of|milestones|explained|explainer|background)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"\b(?:following|text\s+of)\b[^.]{0,40}\b(?:statement|message|remarks)\b|\bfollowing\b[^.]{0,40}\bissued\b"
    r"|\bstatement\b[^.]{0,80}\bissued\b",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*\s*\Z")
_TITLED = re.compile(
    r"(?:(?:[A-Z0-9“\"'][\w.,'’“”\"&–-]*|a|an|and|as|at|by|for|from|in|of|on|or|the|to|with)\s+){2,13}[\w.–-]+\Z"
)
"""A line of which all words but the small ones begin with a capital."""
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_ABOUT = re.compile(r"\s*:\s")
"""What parts a heading's matter from what it tells: "Peru: Congress rejects treaty"."""


def is_headline(book: Book, number: int) -> bool:
    """Whether a sentence is a heading; or a line of its own, and either the first, without a full stop, or written as
    titles are; and tells nothing itself."""
    sentence = book.scenes[number].sentence
    if sentence.kind == "heading":
        return True
    alone = number + 1 < len(book.scenes) and book.scenes[number + 1].sentence.paragraph > sentence.paragraph
    if sentence.kind != "prose" or not alone or book.told_in(number):
        return False
    if number == 0:
        return not _ENDED.search(book.seen, sentence.char_start, sentence.char_end)
    alone = book.scenes[number - 1].sentence.paragraph < sentence.paragraph
    return alone and is_titled(book.seen, sentence)


def is_titled(seen: str, sentence: Sentence) -> bool:
    """Whether a sentence is written as titles are: "Diplomatic Relations Severed by Chile, 1950."."""
    return _TITLED.match(seen[sentence.char_start : sentence.char_end]) is not None


def take_back(seen: str, story: Story) -> None:
    """Take back what lines written as titles tell of a year, where the paragraphs below tell it more exactly: "Closure of
    the Embassy, 1965." above "A closed its embassy in August 1965"."""
    exact = [t for t in story.told if t.mention.precision in ("day", "month")]
    meant = {key for t in story.told for key in (t.mention.occasion, *t.mention.same_as)}
    for told in [t for t in story.told if t.mention.precision == "year" and is_titled(seen, t.case.sentence)]:
        if told.mention.key in meant:
            continue
        line = told.case.sentence.paragraph
        if any(
            told.mention.type == t.mention.type
            and (told.mention.start or "")[:4] == (t.mention.start or "")[:4]
            and line < t.case.sentence.paragraph <= line + _TOP
            for t in exact
        ):
            story.told.remove(told)


def head(book: Book, number: int, found: Sequence[Trigger]) -> None:
    """Quote a heading for the event of the first paragraphs below that it tells; `found`: its triggers."""
    scene = book.scenes[number]
    span = scene.sentence.char_start, scene.sentence.char_end
    if book.seen[span[1] - 1] == ":" or _OF_MANY.search(book.seen, *span):
        return
    # in capitals, what looks like a name may be none
    below = {k for s in book.scenes[number + 1 : number + _BODY] for slot in s.slots for k in slot.keys}
    slots = [s for s in scene.slots if s.keys and (below & {*s.keys} or _is_known(book, s))]
    years = set(_YEAR.findall(book.seen[span[0] : span[1]]))
    first = [i for i in _below(book, number) if not years or (book[i].mention.start or "")[:4] in years]
    subject = _subject(book, scene, slots)
    fits = [i for i in first if _are_those(book, slots, book[i])]
    if subject is not None:  # "A recalls envoy from B" tells nothing that B did to C
        passive = any(trigger.passive for trigger in found)
        fits = [i for i in fits if passive or _does(book, subject, book[i])]
    for trigger in found:
        if trigger.sort == "noun" and is_plural(book.seen[trigger.char_start : trigger.char_end]):
            continue  # "The number of visits"
        same = next((i for i in fits if (slots or years) and _is_same(trigger, book[i].trigger)), None)
        if same is None and trigger.sort != "noun" and (subject is not None or years):
            alike = [i for i in fits if book[i].mention.type == trigger.type]
            same = alike[0] if len({_scene(book, i) for i in alike}) == 1 else None
        if same is not None:
            book.add(same, number, "heading", trigger.char_start, trigger.char_end)
            return
    again = _in_other_words(book, scene, fits, found)
    if again is None and found and subject is not None:
        again = next((i for i in fits[:1] if _is_statement(book, i)), None)
    if again is not None:
        book.add(again, number, "heading", scene.sentence.char_start, scene.sentence.char_end)


def _below(book: Book, number: int) -> list[int]:
    """The events of the first paragraphs below a heading: on top of a text whatever headings come between."""
    top = book.scenes[number].sentence.paragraph
    found: list[int] = []
    for at in range(number + 1, len(book.scenes)):
        sentence = book.scenes[at].sentence
        if sentence.paragraph > top + _TOP or (top >= _TOP and is_headline(book, at)):
            break
        found += book.told_in(at)
    return found


def _subject(book: Book, scene: Scene, slots: Sequence[Slot]) -> Slot | None:
    """Whom a heading begins with, or what follows its colon."""
    for slot, after in zip(scene.slots, (*scene.slots[1:], None), strict=False):
        if after is None or not _ABOUT.fullmatch(book.seen, slot.char_end, after.char_start):
            return slot if slot in slots else None
    return None


def _is_known(book: Book, slot: Slot) -> bool:
    """Whether a slot surely names somebody: not a person, nor a body of no country."""
    return slot.kind != "person" and (slot.kind != "body" or book.story.nation(slot.keys[0]) is not None)


def _are_those(book: Book, slots: Sequence[Slot], told: Told) -> bool:
    """Whether all persons of a heading take part in an event, and anybody whom it names."""
    persons = {k for slot in slots if slot.kind == "person" for k in slot.keys}
    named = {k for slot in slots for k in slot.keys}
    return persons <= {*told.everybody} and (not named or any(book.covers([k], told) for k in named))


def _does(book: Book, subject: Slot, told: Told) -> bool:
    """Whether those whom a heading begins with, or others of their country, act in an event."""
    story, mention = book.story, told.mention
    acting = told.everybody if mention.type in ("CONSULT", "COOPERATE") else mention.actors
    bodies = {body for key in acting for body in story.registry.entities[key].bodies}
    nations = {story.nation(key) for key in acting} - {None}
    return any(key in (*acting, *bodies) or story.nation(key) in nations for key in subject.keys)


def _is_same(trigger: Trigger, told: Trigger) -> bool:
    if not set(sorts_of(trigger)) & set(sorts_of(told)):
        return False
    if "CONSULT" in (trigger.type, told.type):
        return trigger.type == told.type
    return trigger.lemma.split()[0] == told.lemma.split()[0]


def _in_other_words(book: Book, scene: Scene, fits: Sequence[int], found: Sequence[Trigger]) -> int | None:
    """The event of the sentence with most of the heading's words: "X extends mandate of Y", "X adopted a
    resolution extending the mandate of Y"."""
    types = {trigger.type for trigger in found}
    types |= _ACCORD if types & _ACCORD else set()
    fits = [i for i in fits if book[i].mention.type in types - {"CONSULT"}]
    words, names = _words(book, scene), _names(book, scene)
    here = {number: _words(book, book.scenes[number]) & words for number in {_scene(book, i) for i in fits}}
    best = max(sorted(here), key=lambda number: len(here[number]), default=None)
    if best is None or len(here[best] - names) < _PLAIN:
        return None
    if len(here[best]) < max(_SHARED, _SHARE * len(words)):
        return None
    there = [i for i in fits if _scene(book, i) == best]
    if len(there) > 1:
        there = [i for i in there if words & _stems(book[i].trigger.lemma)]
    return there[0] if len(there) == 1 else None


def _is_statement(book: Book, i: int) -> bool:
    """Whether an event is the issuing of the statement that the document is."""
    span = book[i].case.span
    return _STATEMENT.search(book.seen, span.char_start, span.char_end) is not None


def _scene(book: Book, i: int) -> int:
    return book.scene_of(book[i].case.span)


def _words(book: Book, scene: Scene) -> set[str]:
    return _stems(book.seen[scene.sentence.char_start : scene.sentence.char_end])


def _names(book: Book, scene: Scene) -> set[str]:
    return {stem for slot in scene.slots for stem in _stems(book.seen[slot.char_start : slot.char_end])}


def _stems(text: str) -> set[str]:
    """The beginnings of the longer words of a text."""
    return {word[:_STEM].casefold() for word in _WORD.findall(text) if word.casefold() not in _EMPTY}
