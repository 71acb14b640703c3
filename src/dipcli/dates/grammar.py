"""The date expressions of English running text: spans and what they mean, by a grammar of our own.

The text is lexed into word classes (`lexer`); `RULES` are regular expressions over these, by the names
of the classes, first rule first; then words on the left are taken in ("early", "the end of"), and two
expressions become one where they are the ends of a stretch. Every repetition is bounded, so the whole
is linear in the length of the text. Durations ("for two weeks") and sets ("every Monday") are no dates.
"""

from __future__ import annotations

from typing import Any

import msgspec

from dipcli.dates.builders import BUILDERS
from dipcli.dates.found import Found, Order, months_of
from dipcli.dates.lexer import Lexed, lex
from dipcli.dates.meaning import (
    Calendar,
    Context,
    Meaning,
    Named,
    Need,
    Offset,
    Period,
    Portion,
    Resolved,
    Stretch,
    Unit,
    Vague,
    Weekday,
    needs,
)
from dipcli.dates.resolve import resolve
from dipcli.dates.rules import CLASS, FIRST, LEFT, MASTER, compile_rule, compiled


class Expression(msgspec.Struct, frozen=True):
    """A date expression in a text: `text[char_start:char_end]`, by which rule, and what it means.

    needs: what a context must tell: `year`, `month`, `published`, `last`, `event`; empty for none.
    parts: the dates within: two ends that words join ("from Feb. 12 to June 10"), what is counted from ("a day
        after May 3"); else empty.
    """

    char_start: int
    char_end: int
    text: str
    rule: str
    meaning: Meaning
    needs: frozenset[Need]
    parts: tuple[Expression, ...] = ()

    def resolve(self, context: Context) -> Resolved | None:
        """The days meant; None where the context does not tell enough, or the words are vague."""
        return resolve(self.meaning, context)


class _Atom(msgspec.Struct):
    """An expression while it is being put together, from word `first` up to `last` (exclusive)."""

    first: int
    last: int
    rule: str
    meaning: Meaning
    parts: tuple[_Atom, ...] = ()


def expressions(text: str) -> list[Expression]:
    """The date expressions of a text, in its order, none overlapping another."""
    lexed = lex(text)
    atoms = _join(_share_week(_modify(_atoms(lexed), lexed), lexed), lexed)
    return [_expression(atom, lexed) for atom in atoms]


def _expression(atom: _Atom, lexed: Lexed) -> Expression:
    start, end = lexed.starts[atom.first], lexed.ends[atom.last - 1]
    return Expression(
        start,
        end,
        lexed.text[start:end],
        atom.rule,
        atom.meaning,
        needs(atom.meaning),
        tuple(_expression(part, lexed) for part in atom.parts),
    )


def _atoms(lexed: Lexed) -> list[_Atom]:
    atoms: list[_Atom] = []
    order = _order(lexed)
    at = 0
    while begin := FIRST.search(lexed.classes, at):
        at = begin.end()
        match = MASTER.match(lexed.classes, begin.start())
        if match is None:
            continue
        rule = match.lastgroup
        assert rule is not None
        inner = compiled(rule).match(lexed.classes, match.start())
        assert inner is not None
        found = Found(inner, lexed, order)
        built = BUILDERS[rule](found)
        for first, last, meaning in built:
            atoms.append(_Atom(first, last, rule, meaning))
            at = max(at, last)
        if rule == "recurring":
            at = match.end()
    return atoms


_DAY_FIRST, _MONTH_FIRST = (
    compile_rule(source) for source in ("DAYS OF? MON DOT? COMMA? YEAR", "MON DOT? DAYS COMMA? YEAR")
)


_FIGURES = compile_rule("NUMERIC | MONTHDAY")


def _order(lexed: Lexed) -> Order:
    """Which comes first in `05/06/2022`, by the document's other dates: figures above 12, else dates in
    words; "mdy?" where nothing tells, or nothing asks."""
    figures = [lexed.values[match.start()] for match in _FIGURES.finditer(lexed.classes)]
    if not figures:
        return "mdy?"
    for first, second, *rest in figures:  # with a year and the mark between, or without
        if rest[1:] != ["."] and 12 < first <= 31:
            return "dmy"
        if rest[1:] != ["."] and 12 < second <= 31:
            return "mdy"
    day_first, month_first = (len(p.findall(lexed.classes)) for p in (_DAY_FIRST, _MONTH_FIRST))
    if day_first == month_first:
        return "mdy?"
    return "dmy" if day_first > month_first else "mdy"


# ---- words on the left, and stretches -----------------------------------------------------------

_LOOK_BACK = 7
"""How many words on the left may belong to an expression."""


def _modify(atoms: list[_Atom], lexed: Lexed) -> list[_Atom]:
    """Take in "early", "the end of", "the second half of" before a month, a year or longer."""
    done = 0
    for atom in atoms:
        start = max(done, atom.first - _LOOK_BACK)
        before = lexed.classes[start : atom.first]
        done = atom.last
        of_days = _of_days(atom.meaning)
        for pattern, kind in LEFT:
            if of_days != (kind == "week"):
                continue
            if match := pattern.search(before):
                words = {name: lexed.values[start + match.start(name)] for name in pattern.groupindex}
                if narrowed := _narrowed(atom.meaning, kind, words):
                    atom.first, atom.meaning = start + match.start(), narrowed
                    break
    return atoms


def _of_days(meaning: Meaning) -> bool:
    match meaning:
        case Calendar(day=day):
            return day is not None
        case Unit(unit=unit):
            return unit in ("day", "weekend")
    return not isinstance(meaning, Period | Named)


def _narrowed(meaning: Meaning, kind: str, words: dict[str, Any]) -> Meaning | None:
    """An expression with the words before it, by `kind` (`rules.LEFT`) and their values."""
    match kind, words["part"]:
        case "first" | "last", int(count):
            first = kind == "first"
            if (
                words["unit"] != "month"
                or not 1 < count < 12
                or words.get("nth", 1) != 1
                or not _is_year(meaning)
            ):
                return None
            return months_of(meaning, 1 if first else 13 - count, count)
        case "word", ("early" | "mid" | "late") as part:
            return Portion(part, meaning)
        case "week", "week":
            return Offset("week", 0, meaning)
        case "late", _:
            return Portion("late", meaning)
        case "half", (1 | 2) as number:
            if _is_year(meaning):
                return Period("half", number, meaning)
            return Portion("early" if number == 1 else "late", meaning)
        case "nth", int(number):
            return Portion("early" if number == 1 else "mid", meaning)
    return None


def _is_year(meaning: Meaning) -> bool:
    match meaning:
        case Calendar(month=None, day=None, kind=kind):
            return kind == "calendar"
        case Unit(unit=unit):
            return unit == "year"
    return False


_LINKS = {CLASS["AND"], CLASS["COMMA"], CLASS["TO"], CLASS["DASH"]}


def _share_week(atoms: list[_Atom], lexed: Lexed) -> list[_Atom]:
    """Give the week of the last of some weekdays to those before it ("Monday and Tuesday of last week"), and
    the day in brackets to its weekday ("Friday (Dec. 12)")."""
    for first, last in zip(atoms[-2::-1], atoms[:0:-1], strict=True):
        match first.meaning, last.meaning:
            case Weekday(which=None, of=None, number=number), Weekday(which=None, of=Unit() as week) if (
                lexed.classes[first.last : last.first] in _LINKS
            ):
                first.meaning = Weekday(number, of=week)
            case Weekday(which=None, of=None, number=number), Calendar(day=int(), weekday=None) as day if (
                lexed.classes[first.last : last.first] == CLASS["OPEN"]
            ):
                first.meaning = last.meaning = msgspec.structs.replace(day, weekday=number)
    return atoms


def _join(atoms: list[_Atom], lexed: Lexed) -> list[_Atom]:
    """Two expressions that are the ends of a stretch, or an offset and the date it counts from, as one."""
    joined: list[_Atom] = []
    for atom in atoms:
        before = joined[-1] if joined else None
        if before is not None and (one := _joined(before, atom, lexed)):
            joined[-1] = one
        else:
            joined.append(atom)
    return joined


def _joined(first: _Atom, last: _Atom, lexed: Lexed) -> _Atom | None:
    between = lexed.classes[first.last : last.first]
    if isinstance(first.meaning, Offset) and first.meaning.of is None and _counts_from(between, last):
        counted = Offset(first.meaning.unit, first.meaning.count, last.meaning)
        return _Atom(first.first, last.last, first.rule, counted, (last,))
    if (
        first.parts
        or isinstance(first.meaning, Stretch)
        or isinstance(last.meaning, Stretch | Offset | Vague)
    ):
        return None
    opener = lexed.classes[first.first - 1 : first.first]
    link = between[:1]
    if between[1:] not in ("", CLASS["THE"], CLASS["IN"]):
        return None
    words = link != CLASS["DASH"]
    opened = (opener == CLASS["FROM"] and link in (CLASS["TO"], CLASS["UNTIL"], CLASS["DASH"])) or (
        opener == CLASS["BETWEEN"] and link in (CLASS["AND"], CLASS["DASH"])
    )
    ends = lexed.text[lexed.ends[first.last - 1] : lexed.starts[last.first]]
    alike = link in (CLASS["TO"], CLASS["DASH"]) and "\n" not in ends and _level(first) == _level(last) != ""
    lost = opener == CLASS["FROM"] and not between and _level(first) == _level(last) == "day"
    if not (opened or alike or lost):  # lost: "from 29 July 1 August", its dash gone in a copy
        return None
    start, end = _share_year(first.meaning, last.meaning)
    first, last = (
        _Atom(first.first, first.last, first.rule, start),
        _Atom(last.first, last.last, last.rule, end),
    )
    return _Atom(first.first, last.last, "stretch", Stretch(start, end), (first, last) if words else ())


def _counts_from(between: str, told: _Atom) -> bool:
    """Whether an offset counts from the date after it: "11 days after May 3", not "after the 2015 vote"."""
    return between == "" or (between == CLASS["THE"] and _level(told) == "day")


def _level(atom: _Atom) -> str:
    match atom.meaning:
        case Calendar(kind="calendar", month=month, day=day):
            return "day" if day else "month" if month else "year"
        case Weekday(which=None, of=None):
            return "weekday"
    return ""


def _share_year(first: Meaning, last: Meaning) -> tuple[Meaning, Meaning]:
    """Give the year that one end says to the other: "between March and June of 2019"."""
    match first, last:
        case Calendar(year=None, of=None, month=int(since)), Calendar(year=int(year), month=int(until)):
            return msgspec.structs.replace(first, year=year - (since > until)), last
        case Calendar(year=int(year), month=int(since)), Calendar(year=None, of=None, month=int(until)):
            return first, msgspec.structs.replace(last, year=year + (since > until))
        case Calendar(year=None, of=None, month=int()), Calendar(year=None, of=of, month=int()) if of:
            return msgspec.structs.replace(first, of=of), last
    return first, last
