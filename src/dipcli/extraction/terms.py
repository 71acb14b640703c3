"""Terms of office: who took, held or left which office when, as the text says so.

"became foreign minister in May 2019", "served as envoy to B from 2014 to 2018", "foreign minister until
2019", "resigned on 3 June". Titles without such words come with their names (`people`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from dipcli.dates import Context, Interval
from dipcli.dates.grammar import Expression
from dipcli.extraction import rows, titles
from dipcli.extraction.registry import Entity, Registry, is_office
from dipcli.extraction.slots import Scene, Slot
from dipcli.extraction.units import Unit
from dipcli.mentions import Span, TitleMention

_FILLER = r"(?:[a-z]+ly|also|first|then|later|since|himself|herself)"
_LINK = rf"\s*,?\s*(?:(?:who|and|he|she)\s+)?(?:{_FILLER}\s+)?"
"""Between a person and what is told of him."""
_BE = r"(?:(?:was|were|is|has\s+been|had\s+been)\s+)"
_ARTICLE = r"(?:the\s+|an?\s+|its\s+|their\s+|his\s+|her\s+)?(?:new\s+|next\s+|country['’]s\s+)?"
TOOK = re.compile(
    rf"{_LINK}(?:bec[ao]me|becomes|becoming|(?:took|takes|taking|assumed)\s+(?:up\s+)?(?:office|his\s+post|her\s+post)\s+as"
    rf"|(?:took|takes|taking)\s+over\s+as|{_BE}(?:sworn\s+in|inaugurated|installed|confirmed)\s+as"
    rf"|{_BE}(?:re-?)?(?:appointed|elected|named|chosen|designated|proclaimed|crowned)(?:\s+as)?"
    r"|(?:sworn\s+in|inaugurated|installed|appointed|elected|proclaimed|crowned)\s+as"
    rf"|(?:presented|presents|presenting)\s+(?:his|her|their)\s+(?:letters?\s+of\s+)?cred\w+\s+as)\s+{_ARTICLE}"
)
_HELD = re.compile(
    rf"{_LINK}(?:served|serves|serving|worked|(?:has|had)\s+served|who\s+served)\s+as\s+{_ARTICLE}|{_LINK}{_BE}{_ARTICLE}|\s*,\s*by\s+then\s+{_ARTICLE}"
)
_NOW = re.compile(r"\b(?:is|serves|serving|then)\b")
_LEFT = re.compile(
    rf"{_LINK}(?:resigned|resigns|resigning|stepped\s+down|steps\s+down|quit|retired|left\s+office"
    rf"|{_BE}(?:dismissed|sacked|removed|ousted|fired))\s+as\s+{_ARTICLE}"
)
_GIVEN = re.compile(
    r"\b(?:re)?(?:appoint(?:s|ed|ing|ment\s+of)?|nam(?:es|ed|ing)|elect(?:s|ed|ing|ion\s+of)?|nominat(?:es|ed|ion\s+of)"
    r"|designat(?:es|ed)|inaugurat(?:es|ed|ion\s+of)|chose|chooses):?\s+\Z",
    re.IGNORECASE,
)
"""Before a person whose new office follows: "named NAME ambassador"."""
_REPLACED = re.compile(
    r"\s*(?:,\s*who\s+)?(?:has\s+)?(?:succeeds|succeeded|replaces|replaced|took\s+over\s+from)\s+"
)
_AS = re.compile(rf"\s*,?\s*(?:as\s+|to\s+be\s+)?{_ARTICLE}")
_BESIDE = re.compile(rf"\s*,\s*{_ARTICLE}")
_ENTERS = re.compile(
    rf"{_LINK}(?:(?:took|takes|assumed)\s+office|{_BE}sworn\s+in|{_BE}(?:in\s+(?:office|the\s+(?:job|post))))"
)
_LEAVES = re.compile(rf"{_LINK}(?:resigned|resigns|stepped\s+down|steps\s+down|left\s+office)")
_WHEN = re.compile(
    r"\s*,?\s*\(?(?P<word>on|in|since|from|between|until|till|through|at\s+the\s+end\s+of)?\s*(?:late\s+|early\s+)?\Z"
)
_AT_ONCE = re.compile(r"\s*(?:In|On|Since)\s+\Z")
_OF = re.compile(r"\s+(?:of|from)\s+(?:the\s+)?")
_NEAR = 20
"""How many characters before an appointment's verb the country that makes it ends."""
_FAR = 40
"""How many characters after an office its dates begin."""


class Told(NamedTuple):
    """An office as a sentence tells it of a person: `sort` is took, held, left, beside (", minister of …,"),
    alone (in a cell or on a line of its own) or nothing (part of the name's phrase)."""

    key: str
    title: titles.Title
    end: int
    """Offset after the office, its nation included."""
    sort: str
    of: str | None = None
    """The country that gave the office, where the title names none."""
    now: bool = False
    """Whether the words tell that it is held as they are written, or was then."""
    whose: Slot | None = None
    """The country or body in the one other cell that is nothing else."""


def find(
    seen: str,
    scenes: Sequence[Scene],
    dates: Sequence[Sequence[Expression]],
    registry: Registry,
    published: Interval | None,
) -> None:
    """Give persons the offices that are told of them beside their names, and offices their first and last days."""
    above: Scene | None = None
    for scene, found in zip(scenes, dates, strict=True):
        for told in _in_cells(seen, scene) if scene.barred else _on_lines(seen, above, scene):
            _entitle(seen, scene, registry, told, None, None)
        above = scene
        persons = [s for s in scene.slots if s.kind == "person" and s.rule != "counterpart"]
        if not persons:
            continue
        _bodies(seen, scene, registry)
        for told in _told(seen, scene, persons):
            since, until = bounds(seen, scene, found, published, told.end, told.sort)
            _entitle(seen, scene, registry, told, since, until)
        for person in persons:
            for cue, sort in ((_ENTERS, "took"), (_LEAVES, "left")):
                match = cue.match(seen, person.char_end)
                if match:
                    since, until = bounds(seen, scene, found, published, match.end(), sort)
                    _bound(registry.entities[person.keys[0]], since, until)


def _told(seen: str, scene: Scene, persons: Sequence[Slot]) -> Iterator[Told]:
    for title, first, last in titles.titles(seen, scene.units):
        if title.plural or not is_office(title.text):
            continue
        start, end = scene.units[first].char_start, scene.units[last].char_end
        around = next((p for p in persons if p.char_start <= start < p.char_end), None)
        if around is not None:
            yield Told(around.keys[0], title, max(end, title.char_end), "")
            continue
        before = [
            p
            for p in persons
            if p.char_end <= start and seen[p.char_start : p.char_end] not in ("his", "her")
        ]
        if not before:
            continue
        person, gap = before[-1], seen[before[-1].char_end : start]
        given = _GIVEN.search(seen, scene.sentence.char_start, person.char_start)
        if given and _AS.fullmatch(gap):
            yield Told(person.keys[0], title, end, "took", _appointing(scene, given.start()))
        elif len(before) > 1 and _AS.fullmatch(gap) and "as" in gap.split() and _REPLACED.fullmatch(
            seen, before[-2].char_end, person.char_start
        ):  # fmt: skip
            yield Told(before[-2].keys[0], title, end, "took")
            yield Told(person.keys[0], title, end, "left")
        elif sort := next((s for s, cue in _CUES.items() if cue.fullmatch(gap)), None):
            yield Told(person.keys[0], title, end, sort, now=_NOW.search(gap) is not None)
        elif _BESIDE.fullmatch(gap):
            yield Told(person.keys[0], title, end, "beside")


def _in_cells(seen: str, scene: Scene) -> Iterator[Told]:
    """A title that fills the cell beside a person's: "| Ana Prado | Prime Minister | Peru |"."""
    cells = [units for _, _, units in rows.cells(scene)]
    alone = [next((s for s in scene.slots if _fills(s, units)), None) for units in cells]
    whose = [s for s in alone if s and s.kind in ("country", "body")]
    for one, other in [*pairwise(range(len(cells))), *pairwise(reversed(range(len(cells))))]:
        person = alone[one]
        if person is None or person.kind != "person" or is_office(person.title or ""):
            continue
        if title := titles.whole(seen, cells[other]):
            yield Told(
                person.keys[0], title, title.char_end, "alone", whose=whose[0] if len(whose) == 1 else None
            )


def _fills(slot: Slot, units: Sequence[Unit]) -> bool:
    """Whether a slot is all that words are, but for marks and honorifics."""
    left = [u for u in units if not slot.char_start <= u.char_start < slot.char_end]
    return len(left) < len(units) and all(u.tag in ".,-hT" for u in left)


def _on_lines(seen: str, above: Scene | None, scene: Scene) -> Iterator[Told]:
    """A title that fills a line below a person's: "Ana Prado" above "Minister of Health"."""
    person = above.slots[0] if above and len(above.slots) == 1 and above.slots[0].kind == "person" else None
    title = titles.whole(seen, scene.units) if person and above and not scene.barred else None
    if person is None or title is None or above is None or is_office(person.title or ""):
        return
    if _fills(person, above.units):
        yield Told(person.keys[0], title, title.char_end, "alone")


_CUES = {"took": TOOK, "held": _HELD, "left": _LEFT}


def bounds(
    seen: str, scene: Scene, dates: Sequence[Expression], published: Interval | None, end: int, sort: str
) -> tuple[str | None, str | None]:
    """(since, until): the first and the last day that the dates beside an office or membership allow, ISO.

    `end` is where the words that name it end; `sort` tells what they tell of (see `Told`).
    """
    context = Context(published=published, past=True)
    for expression in dates:
        if not end <= expression.char_start <= end + _FAR:
            continue
        when = _WHEN.fullmatch(seen, end, expression.char_start)
        resolved = expression.resolve(context) if when else None
        if when is None or resolved is None:
            break
        first, last = resolved.start.isoformat(), resolved.end.isoformat()
        word = " ".join((when["word"] or "").split())
        if word in ("until", "till", "through"):
            return None, last
        if word == "since":
            return first, None
        if resolved.precision == "range" and (
            sort == "held" or word in ("from", "between") or "(" in when[0]
        ):
            return first, last
        return {"took": (first, None), "left": (None, last)}.get(sort, (None, None))
    if sort in ("took", "left") and len(dates) == 1 and _AT_ONCE.fullmatch(
        seen, scene.sentence.char_start, dates[0].char_start
    ):  # fmt: skip
        resolved = dates[0].resolve(context)
        if resolved is not None:
            first, last = resolved.start.isoformat(), resolved.end.isoformat()
            return (first, None) if sort == "took" else (None, last)
    return None, None


def _bodies(seen: str, scene: Scene, registry: Registry) -> None:
    """The body that a titled person is told to be of: "Spokesperson NAME of the Foreign Ministry"."""
    for person, body in pairwise(scene.slots):
        if person.kind == "person" and person.title and body.kind == "body" and _OF.fullmatch(
            seen, person.char_end, body.char_start
        ):  # fmt: skip
            entity = registry.entities[person.keys[0]]
            entity.bodies.add(body.keys[0])
            entity.country = entity.country or registry.entities[body.keys[0]].country


def _appointing(scene: Scene, start: int) -> str | None:
    """The country right before the verb of an appointment, whose office it is: "Kenya named NAME envoy"."""
    named = [s for s in scene.slots if s.kind == "country" and 0 <= start - s.char_end < _NEAR]
    return named[-1].place_country if named else None


def _entitle(
    seen: str, scene: Scene, registry: Registry, told: Told, since: str | None, until: str | None
) -> None:
    person, title = registry.entities[told.key], told.title
    if person.kind != "person":
        return
    known = next((t for t in person.titles if t.char_start == title.char_start), None)
    if known is not None:
        _replace(person, known, since, until)
        return
    tense = title.tense
    if told.sort == "held" and since is None and until is None and not told.now:
        tense = "former"  # "was president" tells no time
    if told.sort == "beside" and not (title.nation and seen[told.end : told.end + 1] in (",", ".")):
        return
    code = next((scene.units[k].data.alpha3 for k in title.nation if scene.units[k].tag in "CD"), None)
    body = registry.entities[told.whose.keys[0]] if told.whose and not title.nation else None
    code = code or told.of or (body.country if body else None)
    if code is not None and person.country not in (None, code):
        return
    owner = registry.known_country(code) if code else None
    person.country = person.country or code
    person.offices.add((title.head, code))
    if body is not None and body.kind == "organization":
        person.bodies.add(body.key)
    registry.entitle(
        person,
        TitleMention(
            title=title.text,
            of=body.key if body else owner.key if owner else None,
            tense="former" if until else tense,
            since=since,
            until=until,
            char_start=title.char_start,
            char_end=title.char_end,
            sentence=Span(char_start=scene.sentence.char_start, char_end=scene.sentence.char_end),
        ),
    )


def _bound(person: Entity, since: str | None, until: str | None) -> None:
    """Give the days to the office that a person was told to hold last."""
    held = [t for t in person.titles if is_office(t.title)]
    if held:
        _replace(person, held[-1], since, until)


def _replace(person: Entity, title: TitleMention, since: str | None, until: str | None) -> None:
    if since or until:
        told = msgspec.structs.replace(title, since=since or title.since, until=until or title.until)
        person.titles[person.titles.index(title)] = told
