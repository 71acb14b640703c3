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
_STEM = 5
"""Letters by which a noun is known in another word: "expulsion", "expel" not, "agreement", "agree" not."""

_OPENING = re.compile(
    r"[\"'“]?(?:(?:At|In|During|After|On|As|With|For|Speaking|[A-Z][a-z]+ing)\b[^.;]{0,160}?,[\"'”’]?\s+)?(?:[Tt]he\s+)?"
)
"""What may stand before the subject of a sentence."""
_SAYS = (
    r"(?:said|says|stated|added|adds|stressed|noted|notes|told|warned|argued|explained|emphasi[sz]ed|underlined"
    r"|underscored|recalled|pointed|called|described|referred|identified|expressed|reiterated|reaffirmed|insisted"
    r"|maintained|claimed|voiced|highlighted|acknowledged|outlined|handed|spoke|forecast(?:ed)?|predicted|cited|quoted"
    r"|wrote|remarked|observed|commented|concluded|asserted|contended|cautioned|suggested|indicated|informed)\b"
)
_SAYING = re.compile(rf",?\s*(?:(?:then|however|later|also|further|in\s+turn)\s+)?{_SAYS}")
_IT = re.compile(rf"It\s+(?:also\s+|then\s+|further\s+)?{_SAYS}")
_QUOTED = re.compile(
    r"[,.?!…][\"”’']{1,2}\s+(?P<said>(?:said|says|added|adds|stressed|noted|warned|told\s+reporters)\s+)?"
    r"(?:[A-Za-z][\w'’-]*\s+){0,4}\Z"
)
"""What stands between a quotation and the name of who said it."""
_TALKING = re.compile(
    r",?\s*(?:will\s+)?(?:also\s+|then\s+|further\s+)?(?:discuss(?:ed)?|exchanged?|review(?:ed)?|went\s+over|touched"
    r"|covered|addressed|talk(?:ed)?|spoke|focus(?:s?ed)?|considered|examined|explored|compared|dwelt|dealt|took\s+up)\b"
)
_PRESENT = re.compile(
    r"(?:Taking\s+part|(?:Also\s+)?(?:[Pp]resent|[Aa]ttending)|(?:Other\s+)?[Pp]articipants\s+(?:also\s+)?includ"
    r"|Those\s+(?:present|attending)|(?:Its|The|Other)\s+(?:[a-z]+\s+)?(?:members?|delegation|mission|team|entourage)\s+"
    r"(?:of\s+the\s+[a-z]+\s+)?(?:also\s+|will\s+|would\s+){0,2}(?:includ|consist|compris)"
    r"|(?:He|She|They|The\s+[a-z]+(?:\s+[a-z]+)?)\s+(?:was|were|is|are|will\s+be)\s+(?:also\s+)?accompanied)"
)
_JOINED = re.compile(
    r",?\s*(?:was|were|is|are|will\s+be|had\s+been)\s+(?:also\s+)?(?:joined|accompanied)\s+by\b"
)
_LEADERS = re.compile(
    r"(?:The\s+(?:[a-z-]+\s+)?|[A-Z][\w.-]+\s+)(?:leaders|ministers|presidents|heads|sides|delegations|officials|envoys|talks"
    r"|discussions|meetings?|session|agenda)\s+(?:will\s+|are\s+to\s+|are\s+(?:also\s+)?expected\s+to\s+)(?:also\s+)?"
    r"(?:discuss|review|exchange|focus|address|cover|consider|examine|take\s+up|deal)\b"
)
"""What those who are to meet will talk about."""
_TOLL = re.compile(
    r"(?:At\s+least\s+|Some\s+|About\s+|Around\s+|More\s+than\s+|Nearly\s+|Up\s+to\s+)?(?:\d[\d,]*|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our"
    r"|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Dd]ozens|[Hh]undreds|[Tt]housands|[Ss]everal|[Mm]any|[Aa]|[Nn]o\s+one"
    r"|[Nn]o|[Nn]obody)\b[^,.;]{0,60}?\s(?:(?:was|were|have|has|had|been|also|reported|badly|seriously|later)\s+){0,4}"
    r"(?:died|killed|wounded|injured|hurt|perished|hospitali[sz]ed)\b"
)
"""Who was hurt by an attack."""
_HARM: frozenset[EventType] = frozenset(("ASSAULT", "MOBILIZE", "COERCE"))
_A_TEXT = r"(?:joint\s+)?(?:statement|communiqu[eé]|declaration|letter|message|memorandum)"
_TEXT = re.compile(
    rf"The\s+{_A_TEXT}\s+(?:also\s+)?{_SAYS}|[\"“].{{1,600}}[,.?!…][\"”]\s+(?:the|its|his|their)\s+{_A_TEXT}\s+{_SAYS}"
)
"""What a text says that somebody gave."""
_VOTED = frozenset("adopt approve pass reject veto vote fail resolution".split())
"""Words of what is done by a vote."""
_AUX = r"(?:is|was|are|were|has|had|have|will|would|came|comes|come|took|brought|made|gave|set|drew|left|put|led)"
_ABOUT = re.compile(
    r"(?:(?:Under|In|According\s+to|The\s+(?:result|outcome|terms|text|aim|purpose)\s+of)\s+)?[Tt]h(?:e|is|ese|at)\s+(?:(?:new|joint|final|peace|draft|latest|[a-z]+-[a-z]+|\d+-[a-z]+)\s+)?"
    r"(?P<noun>agreements?|accords?|deal|treaty|pact|memorandum|protocol|resolution|decree|sanctions|embargo|ban|attacks?"
    r"|raid|strikes?|shelling|bombing|clash(?:es)?|fighting|expulsions?|tests?|launch(?:es)?|missiles?|vote|veto"
    r"|ceasefire|truce|package|loan|grant|donation|shipment|exercises?|drills?|blockade|seizure|arrests?|withdrawal"
    r"|deployment|appointment|protest|complaint|note|takeover|coup"
    r"|(?P<any>move|decision|step|incident|measures?))"
    rf"(?:,?\s+(?:also\s+|[a-z]+ly\s+)?(?:{_AUX}|(?P<verb>[a-z]{{3,}}(?:s|ed)))\b|,\s)"
)
"""A sentence about what was just told, by a noun: "The resolution calls on …", "The move came a day after …"."""
_GIVEN = frozenset("statement communique communiqué declaration letter message memorandum".split())


def continued(book: Book, key: str, case: Case) -> None:
    """A sentence about the event of this key: a further one of the line of a chronology that tells it, or what
    both sides did there."""
    i = book.keyed(key)
    rule = "goes-on" if case.lead is None else "same-line"
    if i is not None:
        book.add(i, book.scene_of(case.span), rule, case.trigger.char_start, case.trigger.char_end)


def sequel(book: Book, number: int, chain: dict[int, tuple[int, int]]) -> None:
    """A sentence without events that goes on with what was said or spoken of in the one beside it.

    `chain`: by scene, the event that it goes on with, and how many sentences did so before; it grows.
    """
    scene = book.scenes[number]
    if any(rule(book, number) for rule in (_present, _text, _about, _toll)) or _it(book, number, chain):
        return
    if _said_on(book, number, chain):
        return
    subject = _subject(book.seen, scene)
    saying = _SAYING.match(book.seen, subject.char_end) if subject else None
    quoted = _quoted(book.seen, scene) if subject is None else None
    if quoted is not None:
        subject, saying = quoted
    talking = saying or (subject and _TALKING.match(book.seen, subject.char_end))
    if subject is None or not talking:
        return
    end = max(talking.end(), subject.char_end)
    if len(subject.keys) > 1 and saying is None and _talk(book, number, subject, end):
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
                book.add(i, number, "goes-on", subject.char_start, end)
                return


def _said_on(book: Book, number: int, chain: dict[int, tuple[int, int]]) -> bool:
    """A sentence inside what was said in the one before: within the same quotation marks, or in the paragraph that
    minutes give to a speaker."""
    if number == 0:
        return False
    here, there = book.scenes[number].sentence, book.scenes[number - 1].sentence
    before, count = chain.get(number - 1, (None, 0))
    said = [before] if before is not None else book.told_in(number - 1)[-1:]
    if here.paragraph != there.paragraph or count >= _CHAIN or not said:
        return False
    i = said[0]
    speaking = book[i].mention.type in _SAID and len(book[i].mention.actors) == 1
    begin = book.scenes[book.scene_of(book[i].case.span)].sentence.char_start
    if not speaking or not (book.story.minutes or _is_quoted(book.seen, begin, here.char_start)):
        return False
    chain[number] = i, count + 1
    book.add(i, number, "goes-on", here.char_start, here.char_end)
    return True


_MARKS = re.compile(r"[\"“”\n]")


def _is_quoted(seen: str, begin: int, at: int) -> bool:
    """Whether a quotation has begun since `begin` that ends after `at`, in the same paragraph."""
    before = seen[begin:at]
    closes = _MARKS.search(seen, at)
    if closes is None or closes[0] not in ('"', "”"):
        return False
    return before.count('"') % 2 == 1 if closes[0] == '"' else before.count("“") > before.count("”")


def _toll(book: Book, number: int) -> bool:
    """Who was hurt by the attack that was told just before."""
    toll = _TOLL.match(book.seen, book.scenes[number].sentence.char_start)
    if toll is None or not number or not _is_beside(book, number, number - 1):
        return False
    fits = [i for i in book.told_in(number - 1) if book[i].mention.type in _HARM]
    if len(fits) == 1 and book[fits[0]].mention.status == "occurred":
        book.add(fits[0], number, "goes-on", toll.start(), toll.end())
    return len(fits) == 1


def _present(book: Book, number: int) -> bool:
    """Who else was at the meeting that was told just before, or what is to be spoken of there: "Also present were …",
    "The leaders will discuss …"."""
    start = book.scenes[number].sentence.char_start
    subject = _subject(book.seen, book.scenes[number])
    joined = _JOINED.match(book.seen, subject.char_end) if subject else None
    present = _PRESENT.match(book.seen, start) or _LEADERS.match(book.seen, start) or joined
    for at in (number - 1, number - 2) if present else ():
        fits = [i for i in book.told_in(at) if book[i].mention.type == "CONSULT"]
        if present and fits and book.is_one(fits):
            begin = subject.char_start if subject and present is joined else present.start()
            book.add(fits[-1], number, "goes-on", begin, present.end())
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


def _about(book: Book, number: int) -> bool:
    """What is told of a deed, or of the text that was agreed on, by a noun of the sentence that told it."""
    scene = book.scenes[number]
    about = _ABOUT.match(book.seen, scene.sentence.char_start, scene.sentence.char_end)
    for at in (number - 1, number - 2) if about else ():
        if at < 0 or scene.sentence.paragraph - book.scenes[at].sentence.paragraph > 1:
            return False
        fits = [i for i in book.told_in(at) if about and _is_about(book, i, about)]
        if fits and about:
            if len(fits) == 1:
                book.add(fits[0], number, "goes-on", about.start(), about.end("noun"))
            return True
        if book.told_in(at) and about and about["any"]:
            return False
    return False


def _is_about(book: Book, i: int, about: re.Match[str]) -> bool:
    mention, trigger = book[i].mention, book[i].trigger
    if about["any"]:
        return mention.type not in ("CONSULT", "OTHER")
    stem = about["noun"].casefold().removesuffix("s")[:_STEM]
    if stem == "vote" and mention.type in ("SUPPORT", "REJECT", "AGREE"):
        return any(word in _VOTED for word in trigger.lemma.split())
    return any(word.startswith(stem) for word in trigger.lemma.split()) or (
        trigger.noun_start is not None
        and trigger.noun_end is not None
        and book.seen[trigger.noun_start : trigger.noun_end].casefold().startswith(stem)
    )


def _it(book: Book, number: int, chain: dict[int, tuple[int, int]]) -> bool:
    """What a government or body said further: "The ministry condemned … It said …"."""
    it = _IT.match(book.seen, book.scenes[number].sentence.char_start)
    if not it or not number or not _is_beside(book, number, number - 1):
        return False
    before, count = chain.get(number - 1, (None, 0))
    for i in reversed(book.told_in(number - 1) if before is None else [before]):
        actors = book[i].mention.actors
        if len(actors) == 1 and book.story.kind(actors[0]) != "person" and book[i].mention.type in _SAID:
            if count < _CHAIN:
                chain[number] = i, count + 1
                book.add(i, number, "goes-on", it.start(), it.end())
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


def _quoted(seen: str, scene: Scene) -> tuple[Slot, re.Match[str]] | None:
    """Who is named after a quotation as who said it, and the verb: "… agreed," Quispe told reporters."""
    start = scene.sentence.char_start
    if seen[start] not in '"“':
        return None
    for slot in scene.slots[-3:]:
        before = _QUOTED.search(seen, start, slot.char_start) if slot.keys else None
        said = before and (before if before["said"] else _SAYING.match(seen, slot.char_end))
        if said:
            return slot, said
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
