"""Lists of visits: whose they are, and lines of them that tell of a visit by no word for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from dipcli.dates import Interval
from dipcli.extraction import clock
from dipcli.extraction.registry import Registry
from dipcli.extraction.rows import row
from dipcli.extraction.sections import is_schedule
from dipcli.extraction.simplify import date_line
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Story
from dipcli.extraction.tree import Tree, Word
from dipcli.extraction.triggers import Trigger
from dipcli.extraction.units import Unit
from dipcli.lexicon.events import Entry, lexicon
from dipcli.records import Medium

_HOST = re.compile(
    r"\b(?:travels\s+to|visits?\b[^.|]{0,120}\b(?:to|hosted\s+(?:in|by)|received\s+(?:in|by))|guests\s+of)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)


_GUESTS = re.compile(r"\bforeign\s+(?:leaders|visitors|guests|dignitaries|heads\s+of)\b", re.IGNORECASE)


def tells_of_guests(seen: str, scenes: Sequence[Scene]) -> bool:
    """Whether the beginning says that a list is of visits from abroad ("Visits by foreign leaders")."""
    return any(
        _GUESTS.search(seen, scene.sentence.char_start, scene.sentence.char_end)
        for scene in scenes[:5]
        if scene.sentence.kind != "row"
    )


def host(seen: str, scenes: Sequence[Scene]) -> list[str]:
    """The country or the person whose guests a list of visits tells of, as its beginning says; empty for none, and
    where it says whose visits they are ("the foreign visits of A")."""
    if _whose(seen, scenes):
        return []
    for scene in scenes[:5]:
        for slot in scene.slots if date_line(scene) is None else ():
            start = scene.sentence.char_start
            if slot.kind in ("country", "person") and _HOST.search(seen, start, slot.char_start):
                return list(slot.keys)
    title = scenes[0] if scenes else None
    if title and _INCOMING.search(seen, title.sentence.char_start, title.sentence.char_end):
        named = [slot for slot in title.slots if slot.kind != "date"]
        return list(named[0].keys) if len(named) == 1 and named[0].kind == "country" else []
    return []


def settle_guests(seen: str, scenes: Sequence[Scene], registry: Registry) -> None:
    """Give the guests of a list of visits to a country theirs, where headings tell it: "Peru" above rows of days and
    persons."""
    hosts = host(seen, scenes)
    land: str | None = None
    for scene in scenes if hosts and all(registry.entities[key].kind == "country" for key in hosts) else ():
        if cells := row(scene):
            for key in (k for slot in cells.who if land and not cells.where for k in slot.keys):
                person = registry.entities[key]
                person.country = person.country or land
        elif len(scene.slots) == 1 and all(u.tag in "C,.-" for u in scene.units):
            named = registry.entities[scene.slots[0].keys[0]] if scene.slots[0].keys else None
            land = named.country if named and named.key not in hosts else None


_INCOMING = re.compile(r"\b(?:incoming|inbound)\s+(?:\w+\s+)?visits\b", re.IGNORECASE)
"""What a list is called that tells only beside it whose guests it tells of: "Incoming visits, Kingdom of Norway"."""


_LIST_OF = re.compile(
    r"\b(?:trips|journeys|visits|travels|tours|meetings|calls|engagements|appointments|itinerary|schedule|programme|diary)\b[^.]{0,40}\b(?:by|of|for)\s+\Z",
    re.IGNORECASE,
)


_WHOSE = re.compile(
    r"['’]s?\s+(?:\w+\s+){0,2}(?:trips|journeys|visits|travels|tours|meetings|engagements|appointments|diary)\b(?!\s+(?:have|had|has|were|are)\b)",
    re.IGNORECASE,
)


_DOINGS = re.compile(
    r"\s*[:,–—-]\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}?(?:chronology|activities|diary|timeline|calendar|engagements|meetings|visits|travels|trips)\b",
    re.IGNORECASE,
)
"""After whom a title names: "Ana Prado: chronology of activities"."""


_ANNOUNCED = re.compile(
    r"\b(?:visits|trips|journeys)\s+(?:abroad\s+)?to\s+(?:the\s+following|these)\s+(?:countries|states|places)\s*:?\s*\Z",
    re.IGNORECASE,
)
"""Ends a sentence above a list: "As President, A made state visits to the following countries:"."""
_OPENING = 8
"""Sentences within which a text says whose visits it lists."""


def protagonist(seen: str, scenes: list[Scene]) -> str | None:
    """Key of the person whose visits or meetings the document lists, as its first sentences say."""
    for scene in scenes[:4]:
        for slot in scene.slots:
            if slot.kind == "person" and _LIST_OF.search(seen, max(0, slot.char_start - 80), slot.char_start):
                return slot.keys[0]
    above = list(takewhile(lambda scene: scene.sentence.kind in ("heading", "prose"), scenes[:_OPENING]))
    travels = any(map(_tells_of_travel, above))
    if is_schedule(seen) or (travels and tells_of_journeys(scenes)):
        named = (slot.keys[0] for scene in above for slot in scene.slots if slot.kind == "person")
        return _whose(seen, scenes) or next(named, None)
    return _whose(seen, scenes)


_TRAVEL = frozenset(("trips", "journeys", "visits", "travel", "travels", "tours"))


def _tells_of_travel(scene: Scene) -> bool:
    return not scene.sentence.words.isdisjoint(_TRAVEL)


def _whose(seen: str, scenes: Sequence[Scene]) -> str | None:
    """Key of the person whose the listed visits are called: "Ana Prado's foreign trips"."""
    persons = [slot for scene in scenes[:_OPENING] for slot in scene.slots if slot.kind == "person"]
    found = next((slot.keys[0] for slot in persons if _WHOSE.match(seen, slot.char_end)), None)
    announced = (
        s for s in scenes[:_OPENING] if _ANNOUNCED.search(seen, s.sentence.char_start, s.sentence.char_end)
    )
    found = found or next((s.keys[0] for one in announced for s in one.slots if s.kind == "person"), None)
    title = scenes[0].slots if scenes else ()
    return found or next(
        (s.keys[0] for s in title if s.kind == "person" and _DOINGS.match(seen, s.char_end)), None
    )


_OF_SEVERAL = re.compile(
    r"\b(?:trips|journeys|visits|travels|tours)\b[^.]{0,40}\bby\s+(?:the\s+)?(?:[a-z]+\s+)?"
    r"(?:presidents|prime\s+ministers|chancellors|ministers|secretaries|monarchs|popes)\b",
    re.IGNORECASE,
)


def of_several(seen: str, scenes: Sequence[Scene]) -> bool:
    """Whether the beginning says that the visits of several holders of an office are listed."""
    return any(_OF_SEVERAL.search(seen, s.sentence.char_start, s.sentence.char_end) for s in scenes[:4])


def heading(scene: Scene) -> str | None:
    """Key of the person whose part of such a list a heading begins: "Ana Prado (1964–1966)"; None for other lines."""
    persons = [slot for slot in scene.slots if slot.kind == "person"]
    if len(persons) != 1:
        return None
    (person,) = persons
    beside = [u for u in scene.units if not person.char_start <= u.char_start < person.char_end]
    return person.keys[0] if all(u.tag in "d0.,-&" for u in beside) else None


_FOLLOWING = re.compile(
    r"(?:the\s+following|below|this)\s+is\s+(?:an?|the)\s+(?:\w+\s+)?(?:list|table|summary|overview|record|chronology|timeline)\s+of\b"
    r"|here\s+is\s+an?\s+(?:list|summary|overview)\s+of\b|the\s+following\s+(?:table|list|chronology)\s+(?:lists|shows|gives|sets)\b",
    re.IGNORECASE,
)


def introduces(seen: str, scene: Scene) -> bool:
    """Whether a sentence only says what a list is of: "The following is a list of the trips made by X in 2015"."""
    return _FOLLOWING.match(seen, scene.sentence.char_start) is not None


_ABROAD = re.compile(
    r"\b(?:visits?|trips?|travels?|journeys)\s+(?:abroad|overseas|made|paid|undertaken)\b(?!\s+(?:to|and\s+(?:received|hosted)))"
    r"|\b(?:outgoing|outbound)\s+(?:\w+\s+)?visits\b",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    r"\bvisits?\s+(?:received|hosted)\b|\b(?:incoming|inbound)\s+(?:\w+\s+)?visits\b", re.IGNORECASE
)


_JOURNEYS = 3
"""Rows of a country and a day, and of nobody else, from which a table is one of journeys."""


def tells_of_journeys(scenes: Sequence[Scene]) -> bool:
    """Whether most rows of a document's tables say but where and when somebody was."""
    found = [cells for scene in scenes if (cells := row(scene))]
    went = sum(bool(cells.where) and not cells.who for cells in found)
    return went >= _JOURNEYS and went * 2 > len(found)


def turn(seen: str, story: Story, scene: Scene) -> None:
    """Note where a list of those who visited somebody turns to where he himself went ("Visits abroad"), or back."""
    start, end = scene.sentence.char_start, scene.sentence.char_end
    person = next(
        (key for key in (*story.host, story.protagonist) if key and story.kind(key) == "person"), None
    )
    if person is None or len(story.host) > 1:
        return
    if story.host and _ABROAD.search(seen, start, end):
        story.protagonist, story.host = person, ()
    elif not story.host and scene.sentence.kind == "heading" and _RECEIVED.search(seen, start, end):
        story.protagonist, story.host = None, (person,)


_TO = re.compile(r"\bto\s+(?:the\s+)?\Z", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


def between(seen: str, story: Story, scene: Scene) -> None:
    """Note whose guests the lines below a heading are, where it tells which country's officials came to which other
    ("Visits from Peru to Chad", "From Peru to Chad" below "State visits"), and where such a list is over."""
    if scene.sentence.kind not in ("heading", "item"):
        return
    nations = [slot for slot in scene.slots if slot.kind in ("country", "demonym")]
    travels = _tells_of_travel(scene)
    if len(nations) == 2 and (travels or story.lists_visits):
        if _TO.search(seen, scene.sentence.char_start, nations[1].char_start):
            story.host, story.lists_visits = nations[1].keys, True
            story.guests = story.nation(nations[0].keys[0])
        return
    if not any(slot.kind in ("person", "office", "date") for slot in scene.slots):
        story.lists_visits = travels
        if story.guests:
            story.host, story.guests = (), None


def day_of(story: Story, scene: Scene) -> Interval | None:
    """The days that a row's cell of a date gives."""
    cells = row(scene)
    date = next((e for e in story.usable if cells and e.char_start == cells.date.char_start), None)
    days = clock.resolve(story, scene, date, None) if date else None
    return Interval(days.start, days.end, days.precision) if days else None


def of_line(story: Story, seen: str, scene: Scene) -> tuple[Tree, list[Trigger]] | None:
    """The visit that a line tells of without a word for it, if it does, as a tree and its trigger."""
    return (
        visit(story, scene)
        or came(story, seen, scene)
        or arrival(story, seen, scene)
        or journey(story, seen, scene)
    )


def _beside(scene: Scene) -> list[Unit]:
    """What stands in a line outside of its slots."""
    return [u for u in scene.units if not any(s.char_start <= u.char_start < s.char_end for s in scene.slots)]


def journey(story: Story, seen: str, scene: Scene) -> tuple[Tree, list[Trigger]] | None:
    """The visit that a line of a list of somebody's journeys tells of by when and where alone: "1978 January India"."""
    date = date_line(scene)
    if date is None or not story.protagonist or story.host:
        return None
    lands = [n for n, slot in enumerate(scene.slots) if slot.char_start >= date.char_end]
    if not lands or any(scene.slots[n].kind not in _LAND for n in lands):
        return None
    if any(u.tag not in "&,.T-" for u in _beside(scene)):
        return None
    start, end = date.char_start, date.char_end
    words = [Word("visit", "visit", "NOUN", "NN", "ROOT", 0, start, end, -1)]
    words.append(Word("to", "to", "ADP", "IN", "prep", 0, end, end, -1))
    for n in lands:
        slot = scene.slots[n]
        head, dep = (1, "pobj") if n == lands[0] else (2, "conj")
        words.append(Word("Peru", "peru", "PROPN", "NNP", dep, head, slot.char_start, slot.char_end, n))
    return Tree(words), [_told(start, end)]


def visit(story: Story, scene: Scene) -> tuple[Tree, list[Trigger]] | None:
    """The visit that a row of such a list tells of by its columns alone: who came, or where they went, and when."""
    if not (story.host or story.home or story.protagonist):
        return None
    cells = row(scene)
    if cells is None or not (cells.who if story.host or story.home else story.protagonist and cells.where):
        return None
    start, end = cells.date.char_start, cells.date.char_end
    return Tree([Word("visit", "visit", "NOUN", "NN", "ROOT", 0, start, end, -1)]), [_told(start, end)]


def came(story: Story, seen: str, scene: Scene) -> tuple[Tree, list[Trigger]] | None:
    """The visits that a line of such a list tells of by who came and when, "President NAME (2001, 2008)", but for those
    of a year in which the text has told before of a meeting with that person."""
    guest = scene.slots[0] if scene.slots and story.guests else None
    if guest is None or guest.kind not in _GUEST or not guest.keys:
        return None
    known = {
        str(told.interval.start.year)
        for told in story.told
        if told.interval and told.mention.type == "CONSULT" and {*guest.keys} & {*told.everybody}
    }
    dates = [
        n
        for n, slot in enumerate(scene.slots)
        if slot.kind == "date" and known.isdisjoint(_YEAR.findall(seen, slot.char_start, slot.char_end))
    ]
    named = [slot for slot in scene.slots if slot.kind != "date"]
    beside = _beside(scene)
    if not dates or len(named) > 1 or any(u.tag not in "&,-.w" and u.text not in "()•" for u in beside):
        return None
    entity = story.registry.entities[guest.keys[0]]
    entity.country = entity.country or story.guests
    end = scene.slots[dates[0]].char_start
    start = end - 1  # the bracket
    words = [
        Word("visits", "visit", "NOUN", "NNS", "ROOT", 0, start, end, -1),
        Word("by", "by", "ADP", "IN", "prep", 0, start, end, -1),
        Word("Ana", "ana", "PROPN", "NNP", "pobj", 1, guest.char_start, guest.char_end, 0),
        Word("in", "in", "ADP", "IN", "prep", 0, guest.char_end, guest.char_end, -1),
    ]
    for n in dates:
        slot = scene.slots[n]
        words.append(Word("2020", "2020", "NUM", "CD", "pobj", 3, slot.char_start, slot.char_end, n))
    return Tree(words), [_told(start, end)]


_GUEST = frozenset(("person", "office"))
_LAND = frozenset(("country", "place"))
_STAYS = re.compile(r"\s+(in|at)\s+")
_NO_MORE = re.compile(r"\s*(?:[.;,]|\Z|(?:for|on|to|until|from|with)\s)")


def arrival(story: Story, seen: str, scene: Scene) -> tuple[Tree, list[Trigger]] | None:
    """The visit that a chronology's line without a verb tells of by who and where: "Peruvian foreign minister in Oslo
    for talks"."""
    date = date_line(scene)
    named = [n for n, slot in enumerate(scene.slots) if date and slot.char_start >= date.char_end]
    if date is None or len(named) < 2:
        return None
    guest, land = scene.slots[named[0]], scene.slots[named[1]]
    told = _STAYS.fullmatch(seen, guest.char_end, land.char_start)
    opens = not re.search(r"\w", seen[date.char_end : guest.char_start])
    ends = _NO_MORE.match(seen, land.char_end, scene.sentence.char_end)
    if guest.kind not in _GUEST or land.kind not in _LAND or not (told and opens and ends):
        return None
    if not guest.keys or story.nation(guest.keys[0]) in (None, land.place_country):
        return None
    start, end = told.span(1)
    words = [
        Word("visit", "visit", "NOUN", "NN", "ROOT", 0, start, end, -1),
        Word("by", "by", "ADP", "IN", "prep", 0, start, start, -1),
        Word("Ana", "ana", "PROPN", "NNP", "pobj", 1, guest.char_start, guest.char_end, named[0]),
        Word("to", "to", "ADP", "IN", "prep", 0, end, end, -1),
        Word("Peru", "peru", "PROPN", "NNP", "pobj", 3, land.char_start, land.char_end, named[1]),
    ]
    return Tree(words), [_told(start, end)]


def _told(start: int, end: int) -> Trigger:
    """The word for a visit that words without one stand for."""
    (entry,) = (e for e in lexicon().noun_entries["visit"] if not e.elements and e.mode == "visit")
    return standing_for(entry, start, end, "in_person")


def standing_for(entry: Entry, start: int, end: int, medium: Medium | None = None) -> Trigger:
    """The trigger of a noun for which a stretch of the text stands that has no word for it."""
    return Trigger(
        char_start=start,
        char_end=end,
        lemma=entry.lemma,
        type=entry.type,  # type: ignore[arg-type]
        mode=entry.mode,
        sort="noun",
        frame=entry.frame.name,
        symmetric=entry.frame.symmetric,
        subject=entry.frame.subject,
        object=entry.frame.object,
        preps=entry.frame.preps,
        medium=medium,
    )
