"""Rows of tables: what their cells are: when, where, who, what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from dipcli.extraction import titles
from dipcli.extraction.registry import Registry
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Scene, Slot
from dipcli.extraction.units import Unit, tag_string

_NAME = re.compile(r"N[NJ]{0,3}N")
_NAME_WORDS = 6
_WHERE = frozenset(("country", "place"))
_WHO = frozenset(("person", "office", "body", "group"))
_STATE = frozenset(
    "Federal Democratic People Islamic Arab United Republic Kingdom State States Union 's".split()
)
"""Words of a state's name that its cell may have beside it: "Germany, Federal Republic of"."""
_AHEAD = frozenset("planned scheduled expected due to take place in for on".split())
"""Words beside the date of what is still to come."""
_COLUMNS = frozenset(("date", "dates"))
_COLUMN = _COLUMNS | frozenset("( ) s of visit visits trip travel meeting event".split())
"""Words of the head of a column of dates."""
_TITLE = frozenset("HMFKDhw&,T.")
"""Tags of the words of an office."""


class Row(NamedTuple):
    """What a table's row tells; its date stands alone in a cell."""

    date: Slot
    where: list[Slot]
    """Countries and places that stand alone in cells."""
    who: list[Slot]
    """Persons and bodies that do."""
    told: list[tuple[int, int]]
    """From where to where the other cells go."""
    towns: tuple[int, int] | None
    """From where to where the cell goes that gives the places in the country of the cell before."""
    ahead: bool
    """Whether the date is told as one to come: "to take place in May"."""

    def tells(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self.told)


def is_header(scene: Scene) -> bool:
    """Whether a table's row only names the columns: "Country | Areas visited | Date(s) | Notes"."""
    return scene.barred and any(
        units[0].text.casefold() in _COLUMNS and all(u.text.casefold() in _COLUMN for u in units)
        for _, _, units in cells(scene)
    )


def row(scene: Scene) -> Row | None:
    """The row that a sentence is; None where it is none, or where no cell is but a date."""
    if not scene.barred:
        return None
    date: Slot | None = None
    ahead = False
    where: list[Slot] = []
    who: list[Slot] = []
    told: list[tuple[int, int]] = []
    towns: tuple[int, int] | None = None
    abroad = yearly = False
    titled = any(_is_title(units) for _, _, units in cells(scene))
    for start, end, units in cells(scene):
        slots = [slot for slot in scene.slots if start <= slot.char_start < end]
        done = _run_on(slots, units)
        if done is not None:
            where += [slot for slot in slots if slot.char_end <= done and slot.kind in _WHERE]
            told.append((done, end))
            continue
        kinds = {s.kind for s in slots if not (_is_honour(s, slots, units) or _is_fief(s, units))}
        left = [u for u in units if not any(s.char_start <= u.char_start < s.char_end for s in slots)]
        named = units[-1].text != "." and all(u.text[:1].isupper() or u.tag in ",.&-wTJ0" for u in left)
        named_guest = titled and kinds == {"person"}
        if abroad and not towns and not named_guest and _is_list_of_names(units):
            towns = units[0].char_start, units[-1].char_end
            where += [slot for slot in slots if slot.kind in _WHERE]
            abroad = False
            continue
        abroad = "country" in kinds
        if (
            (date is None or yearly)
            and kinds == {"date"}
            and all(u.tag in ".,-" or u.text in "()" or _ahead(u) for u in left)
        ):
            date, ahead = slots[0], any(map(_ahead, left))
            yearly = len(units) == 1 and _YEAR.fullmatch(units[0].text) is not None  # "| 2016 | 3 May |"
        elif (
            kinds
            and kinds <= _WHERE
            and all(u.tag in ",&-wT" or u.text in _STATE or u.text in "&():" for u in left)
        ):
            where += slots
        elif kinds == {"body"} and _GATHERING.fullmatch(units[-1].text.split()[-1]):
            told.append((start, end))
        elif kinds and named and kinds <= _WHO and "w" not in _before(slots[0], units):
            who += [slot for slot in slots if slot.kind in _WHO]
        elif units[-1].text == "." or any(unit.tag not in _TITLE for unit in units):
            told.append((start, end))
    if "country" in {slot.kind for slot in where} and {slot.kind for slot in who} == {"body"}:
        who, told = (
            [],
            [*told, *((slot.char_start, slot.char_end) for slot in who)],
        )  # the summit that was there
    return Row(date, where, who, told, towns, ahead) if date else None


def _is_title(units: Sequence[Unit]) -> bool:
    """Whether a cell is but an office: "| Ana Prado | Prime Minister |"."""
    return any(u.tag == "H" for u in units) and all(u.tag in _TITLE and u.tag != "D" for u in units)


_YEAR = re.compile(r"(?:19|20)\d\d")


def year_of(scene: Scene) -> int | None:
    """The year that stands alone in a cell of a row, which is that of the rows below it too."""
    alone = (units[0].text for _, _, units in cells(scene) if len(units) == 1)
    return next((int(text) for text in alone if _YEAR.fullmatch(text)), None)


_OCCASION = re.compile(r"visit|meeting|summit|talks|conference|state|official|working", re.IGNORECASE)


_GATHERING = re.compile(r"summit|forum|conference|assembly|meetings?|session|congress", re.IGNORECASE)
"""The last word of a gathering's name."""


def _is_list_of_names(units: Sequence[Unit]) -> bool:
    """Whether a cell is but names ("Lyon, Metz"), and tells of no occasion."""
    return all(u.text[:1].isupper() or u.tag in ",&-.w" for u in units) and not any(
        _OCCASION.match(u.text) or u.tag in "d0H" for u in units
    )


def _run_on(slots: Sequence[Slot], units: Sequence[Unit]) -> int | None:
    """Where a cell that begins with a country and its places goes on with what was done there, in a table whose
    columns nothing parts: "Italy Rome, L'Aquila Attended the meeting of ministers."; None for other cells."""
    done = next((unit for unit in units if _DONE.fullmatch(unit.text)), None)
    if done is None or not slots or slots[0].kind != "country" or slots[0].char_start != units[0].char_start:
        return None
    before = [unit for unit in units if unit.char_start < done.char_start]
    return done.char_start if all(u.text[:1].isupper() or u.text == "," for u in before) else None


_DONE = re.compile(r"Met|Spoke|Held|Made|Paid|Took|Gave|[A-Z][a-z]{2,}ed")


def _is_honour(slot: Slot, slots: Sequence[Slot], units: Sequence[Unit]) -> bool:
    """Whether a year in brackets after a person says when an order was given: "King Olav V, KG (1959)"."""
    if slot.kind != "date" or slots[0].kind != "person":
        return False
    return any(u.text == "(" and u.char_end == slot.char_start for u in units)


def _is_fief(slot: Slot, units: Sequence[Unit]) -> bool:
    """Whether a place is but part of a peer's title: "Prince Philip, Duke of Edinburgh"."""
    before = _before(slot, units)
    return slot.kind == "place" and before.endswith("Hw") and "," in before


def _ahead(unit: Unit) -> bool:
    return unit.text.casefold() in _AHEAD


def _before(slot: Slot, units: Sequence[Unit]) -> str:
    """Tags of the words before a slot: "Funeral of King X" is no name."""
    return "".join(u.tag for u in units if u.char_start < slot.char_start)


def cells(scene: Scene) -> Iterator[tuple[int, int, list[Unit]]]:
    """The cells of a row that are not empty: where they begin and end, and their units."""
    bars = [u.char_start for u in scene.units if u.text == "|"]
    start = scene.sentence.char_start
    for end in [*bars, scene.sentence.char_end]:
        if units := [u for u in scene.units if start <= u.char_start < end and u.text != "|"]:
            yield start, end, units
        start = end


def stretch(scene: Scene, offset: int) -> tuple[int, int]:
    """From where to where the sentence of a cell goes that has an offset."""
    ends = [u.char_start for u in scene.units if u.text in ("|", ".", ";")]
    start = max((end for end in ends if end < offset), default=scene.sentence.char_start)
    return start, next((end for end in ends if end > offset), scene.sentence.char_end)


def names(seen: str, sentences: Sequence[Sentence], cuts: Sequence[Sequence[Unit]]) -> set[str]:
    """The names in cells beside a cell that is but a title ("| Ana Prado | Prime Minister |") and on lines above such
    a line, as those who sign stand; in small letters."""
    beside = [(above, below) for above, below in pairwise(cuts) if len(above) < _NAME_WORDS]
    for sentence, units in zip(sentences, cuts, strict=True):
        if sentence.kind == "row" and any(u.tag == "H" for u in units):
            parted = groupby((u for u in units if u.tag != "d"), key=lambda u: u.text == "|")
            rowed = list(pairwise([list(group) for bar, group in parted if not bar]))
            beside += [*rowed, *((title, named) for named, title in rowed)]
    return {name.casefold() for named, title in beside if (name := _name_beside(seen, named, title))}


def _name_beside(seen: str, named: Sequence[Unit], title: Sequence[Unit]) -> str | None:
    """The name that words are, where those beside them are an office."""
    bare = [u for u in named if u.tag != "h"]
    if not _NAME.fullmatch(tag_string(bare)) or titles.whole(seen, title) is None:
        return None
    return " ".join(seen[bare[0].char_start : bare[-1].char_end].split())


def settle(registry: Registry, scenes: Iterable[Scene]) -> None:
    """Give persons that stand alone in a cell the country that does beside them, and so the hosts of a
    journey that the row tells of."""
    for scene in scenes:
        found = row(scene)
        nations = set(visited(found)) if found else set()
        if not found or len(nations) != 1:
            continue
        country = registry.entities[nations.pop()].country
        for key in (key for slot in found.who if slot.kind == "person" for key in slot.keys):
            person = registry.entities[key]
            person.country = person.country or country
        for slot in scene.slots if not found.who else ():
            if slot.kind == "person" and slot.title and found.tells(slot.char_start):
                host = registry.entities[slot.keys[0]]
                host.near = host.near or country


def visited(cells: Row) -> list[str]:
    """Keys of the countries that stand alone in a row's cells, told by their names."""
    first, last = cells.towns or (0, 0)
    there = (s for s in cells.where if not first <= s.char_start < last)
    return [k for s in there if s.kind == "country" and s.rule != "capital" for k in s.keys]
