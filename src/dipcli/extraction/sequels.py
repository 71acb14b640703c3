"""Sentences that go on with what the one beside them tells: more quotes for it."""

from __future__ import annotations

import re

from dipcli.extraction.book import Book
from dipcli.extraction.references import TALKS, sorts_of
from dipcli.extraction.slots import Scene, Slot
from dipcli.extraction.story import Case
from dipcli.records import EventType

_SAID: frozenset[EventType] = frozenset(
    ("ACCUSE", "SUPPORT", "REQUEST", "REJECT", "THREATEN", "AGREE", "CONCEDE", "OTHER")
)
_REACH = 8
"""Sentences back in which the meeting is looked for at which people talked."""
_CHAIN = 2
"""Sentences that go on with what was said, one after the other."""

_OPENING = re.compile(
    r"[\"'“]?(?:(?:At|In|During|After|On|Speaking|[A-Z][a-z]+ing)\b[^.;]{0,160}?,[\"'”’]?\s+)?(?:[Tt]he\s+)?"
)
"""What may stand before the subject of a sentence."""
_SAYS = (
    r"(?:said|says|stated|added|adds|stressed|noted|notes|told|warned|argued|explained|emphasi[sz]ed|underlined"
    r"|underscored|recalled|pointed|called|described|referred|identified|expressed|reiterated|reaffirmed|insisted"
    r"|maintained|claimed|voiced|highlighted|acknowledged|outlined|handed)\b"
)
_SAYING = re.compile(rf",?\s*(?:(?:then|however|later|in\s+turn)\s+)?{_SAYS}")
_TALKING = re.compile(
    r",?\s*(?:will\s+)?(?:also\s+|then\s+|further\s+)?(?:discuss(?:ed)?|exchanged?|review(?:ed)?|went\s+over|touched"
    r"|covered|addressed|talk(?:ed)?|spoke|focus(?:s?ed)?|considered|examined|explored|compared|dwelt|dealt|took\s+up)\b"
)
_PRESENT = re.compile(
    r"(?:Taking\s+part|(?:Also\s+)?(?:[Pp]resent|[Aa]ttending)|(?:Other\s+)?[Pp]articipants\s+(?:also\s+)?includ"
    r"|Those\s+(?:present|attending))\b"
)
_TEXT = re.compile(
    rf"The\s+(?:joint\s+)?(?:statement|communiqu[eé]|declaration|letter|message|memorandum)\s+(?:also\s+)?{_SAYS}"
)
"""What a text says that somebody gave."""
_GIVEN = frozenset("statement communique communiqué declaration letter message memorandum".split())


def line(book: Book, key: str, case: Case) -> None:
    """A further sentence of a chronology's line about the event of this key, which the line tells."""
    i = book.keyed(key)
    if i is not None:
        book.add(i, book.scene_of(case.span), "same-line", case.trigger.char_start, case.trigger.char_end)


def sequel(book: Book, number: int, chain: dict[int, tuple[int, int]]) -> None:
    """A sentence without events that goes on with what was said or spoken of in the one beside it.

    `chain`: by scene, the event that it goes on with, and how many sentences did so before; it grows.
    """
    scene = book.scenes[number]
    if _present(book, number) or _text(book, number):
        return
    subject = _subject(book.seen, scene)
    if subject is None:
        return
    saying = _SAYING.match(book.seen, subject.char_end)
    talking = saying or _TALKING.match(book.seen, subject.char_end)
    if talking is None:
        return
    if len(subject.keys) > 1 and saying is None and _talk(book, number, subject, talking.end()):
        return
    for at in (number - 1, number + 1):
        if not _is_beside(book, number, at):
            continue
        follow = _subject(book.seen, book.scenes[at])
        before, count = chain.get(at, (None, 0))
        beside = book.told_in(at) if before is None else [before]
        for i in beside if at > number else reversed(beside):
            if at > number and (follow is None or not set(subject.keys) & set(follow.keys)):
                continue
            if count < _CHAIN and _is_said(book, i, subject, said=saying is not None, back=at < number):
                chain[number] = i, count + 1
                book.add(i, number, "goes-on", subject.char_start, talking.end())
                return


def _present(book: Book, number: int) -> bool:
    """Who else was at the meeting that was told just before: "Also present were …"."""
    present = _PRESENT.match(book.seen, book.scenes[number].sentence.char_start)
    for at in (number - 1, number - 2) if present else ():
        fits = [i for i in book.told_in(at) if book[i].mention.type == "CONSULT"]
        if present and fits and book.is_one(fits):
            book.add(fits[-1], number, "goes-on", present.start(), present.end())
            return True
    return False


def _text(book: Book, number: int) -> bool:
    """What a text says further that was told just before: "issued a statement … The statement also called …"."""
    said = _TEXT.match(book.seen, book.scenes[number].sentence.char_start)
    for i in book.told_in(number - 1) if said and number else ():
        mention = book[i].mention
        words = book.seen[mention.sentence.char_start : mention.sentence.char_end].casefold()
        given = mention.medium in ("statement", "written") or any(noun in words for noun in _GIVEN)
        if said and given and mention.type in _SAID:
            book.add(i, number, "goes-on", said.start(), said.end())
            return True
    return False


def _talk(book: Book, number: int, subject: Slot, end: int) -> bool:
    """What people talked about whose meeting was told before: the last one."""
    for at in range(number - 1, max(number - _REACH, 0) - 1, -1):
        fits = [
            i
            for i in book.told_in(at)
            if TALKS in sorts_of(book[i].trigger) and {*subject.keys} <= {*book[i].everybody}
        ]
        if fits:
            if book.is_one(fits):
                book.add(fits[0], number, "goes-on", subject.char_start, end)
            return True
    return False


def _is_beside(book: Book, number: int, at: int) -> bool:
    if not 0 <= at < len(book.scenes):
        return False
    here, there = book.scenes[number].sentence, book.scenes[at].sentence
    return here.kind == there.kind and abs(here.paragraph - there.paragraph) <= (at < number)


def _subject(seen: str, scene: Scene) -> Slot | None:
    """The name or pronoun that a sentence is about."""
    for place, slot in enumerate(scene.slots[:4]):
        if slot.keys and _OPENING.fullmatch(seen, scene.sentence.char_start, slot.char_start):
            after = scene.slots[place + 1] if place + 1 < len(scene.slots) else None
            office = after and slot.kind != "person" and after.char_start - slot.char_end < 12
            return after if office and after and after.kind == "person" else slot  # "Union leader A"
    return None


def _is_said(book: Book, i: int, subject: Slot, *, said: bool, back: bool) -> bool:
    """Whether a sentence about somebody can go on with an event."""
    told, story = book[i], book.story
    keys, mention = set(subject.keys), told.mention
    states = any(story.kind(key) == "country" for key in keys)
    if mention.type == "CONSULT":
        return back and len(keys) > 1 and not states and keys <= {*told.everybody}
    if not said or len(keys) > 1 or mention.type not in _SAID or told.trigger.status_hint == "planned":
        return False
    actors = set(mention.actors)
    bodies = {body for key in keys for body in story.registry.entities[key].bodies}
    if keys != actors and (not back or states):
        return False
    return keys <= actors or (len(actors) == 1 and actors <= bodies)
