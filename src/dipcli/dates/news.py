"""The date expressions of news-like text with their days, in TimeML's terms.

Tense is guessed from the verbs nearby, what was last told is carried from sentence to sentence, and the
rest hangs on the day of publication. As in TimeML's TIMEX3 values, "early 2022" has the year's interval
(what narrows it is left to `Expression.resolve`), and "from Feb. 12 to June 10" is two dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from dipcli.dates import intervals
from dipcli.dates.grammar import Expression, expressions
from dipcli.dates.intervals import Interval
from dipcli.dates.meaning import Again, Calendar, Context, Feast, Resolved, Stretch, Unit, Weekday
from dipcli.dates.resolve import onwards, resolve
from dipcli.records import Precision


class Hit(msgspec.Struct, frozen=True):
    """A date expression, `text == document[char_start:char_end]`, with its days as ISO dates, and the
    grammar's rule that found it."""

    char_start: int
    char_end: int
    text: str
    start: str
    end: str
    precision: Precision
    rule: str


def find(text: str, anchor: date | None) -> list[Hit]:
    """Every date expression of a text that gives calendar days, in the text's order.

    `anchor` is the day of publication; without it, what hangs on it alone is left out.
    """
    published = intervals.day(anchor) if anchor else None
    hits: list[Hit] = []
    last, year_told, told_here = published, False, False
    newest: Interval | None = None
    seen_to, told_at = 0, 0
    for expression, is_until in _ends(expressions(text)):
        for end in _SENTENCE_END.finditer(text, seen_to, expression.char_start + 1):
            year_told, told_here, told_at = False, False, end.end()
        seen_to = expression.char_start
        past = tense(text, expression.char_start, expression.char_end)
        if _DELIVERY.match(text, expression.char_end):
            past = False
        carry = published is None or (year_told and past is not False)
        context = Context(published=published, last=last, past=past, carry=carry)
        since_last = text[max(told_at, expression.char_start - _REACH) : expression.char_start]
        if newest and not told_here and _of_the_report(expression, context):
            context = msgspec.structs.replace(context, last=newest)
        if is_until and told_here and last is not None:
            resolved = resolve(onwards(expression.meaning, last.start), context)
        else:
            resolved = _in_news(expression, context, since_last, told_here)
        if resolved is None or resolved.unit is None:
            continue
        unit = resolved.unit
        hits.append(
            Hit(
                expression.char_start,
                expression.char_end,
                expression.text,
                unit.start.isoformat(),
                unit.end.isoformat(),
                unit.precision,
                expression.rule,
            )
        )
        told_here, told_at = True, expression.char_end
        if not _compares(expression, context, since_last):
            last = resolved.interval
            if last.precision == "quarter" and _is_newer(last, newest, published):
                newest = last
        year_told = _says_year_of_month(hits[-1]) or (year_told and bool(expression.needs & {"last", "year"}))
    return hits


def _compares(expression: Expression, context: Context, since_last: str) -> bool:
    """Whether a year back means the quarter or month told, a year back: "from 4 percent a year earlier"."""
    if context.last is None or context.last.precision not in ("month", "quarter", "half"):
        return False
    if expression.rule == "count":
        return expression.meaning in _A_YEAR_BACK and _COMPARED.search(since_last) is not None
    return expression.rule in ("same_unit", "year_ago_unit")


def _of_the_report(expression: Expression, context: Context) -> bool:
    """Whether a year back is counted from the quarter reported, the newest one told: "the year-ago period"."""
    return (
        expression.rule in ("same_unit", "year_ago_unit")
        and context.last is not None
        and context.last.precision == "quarter"
    )


def _is_newer(quarter: Interval, newest: Interval | None, published: Interval | None) -> bool:
    if published is not None and quarter.start > published.end:
        return False
    return newest is None or quarter.start > newest.start


def _ends(found: list[Expression]) -> Iterator[tuple[Expression, bool]]:
    """The expressions, stretches as their two ends, and whether each is the second of these."""
    for expression in found:
        if expression.parts:
            yield from zip(expression.parts, (False, True), strict=True)
        else:
            yield expression, False


def _says_year_of_month(hit: Hit) -> bool:
    """Whether a date gives its year to the next in its sentence: "in December 2012 … and in February"."""
    return hit.precision in ("day", "month") and hit.start[:4] in hit.text


_SOON, _LONG = 45, 300
"""Days: a date this near ahead is meant even beside a verb of the past ("postponed the March 30 vote"),
if the other is this far back; and a date this near back beside a verb of the future."""
_A_YEAR_BACK = (Unit("year", -1), Unit("year", -1, "last"))
_COMPARED = re.compile(r"\b(?:from|than|versus|vs|compared|against|over)\b")
"""Words after which "a year earlier" means the same quarter or month of that year."""
_DELIVERY = re.compile(r"\s(?:delivery|futures|contracts?)\b")
"""What a month to come is told before: "crude for May delivery"."""
_AFTER_IT = re.compile(r"\b(?:would|was to|were to)\b")


def _in_news(expression: Expression, context: Context, since_last: str, told_here: bool) -> Resolved | None:
    """As `Expression.resolve`, with habits of news: "said on Wednesday that it would vote Thursday" counts
    from that Wednesday; a day without its year is rarely most of a year off; "the same quarter last year"
    counts from the publication where what was last told is longer than a quarter."""
    meaning = expression.meaning
    if told_here and context.last is not None and _AFTER_IT.search(since_last):
        if isinstance(meaning, Weekday) and meaning.which is None and context.last.precision == "day":
            return resolve(Weekday(meaning.number, base="last"), context)
        if isinstance(meaning, Calendar | Feast):  # "said in May 2010 that it would close in June"
            return expression.resolve(msgspec.structs.replace(context, past=None, carry=True))
    if expression.rule == "count" and _compares(expression, context, since_last):
        return resolve(Again(-1), context)
    resolved = expression.resolve(context)
    if resolved is None and isinstance(meaning, Unit) and meaning.base == "last":
        return resolve(meaning, msgspec.structs.replace(context, last=context.published))
    first = meaning.first if isinstance(meaning, Stretch) else meaning
    if (
        resolved is None
        or context.past is None
        or context.published is None
        or not isinstance(first, Calendar)
        or first.day is None
        or first.year is not None
        or context.published.distance(resolved.interval) < _LONG
    ):
        return resolved
    other = expression.resolve(msgspec.structs.replace(context, past=not context.past))
    return other if other and context.published.distance(other.interval) <= _SOON else resolved


# ---- tense ------------------------------------------------------------------------------------

_SENTENCE_END = re.compile(
    # No end after initials, "a.m.", and titles.
    r"(?:(?<![ .][A-Za-z])(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!Gen)(?<!Sen)(?<!Gov)(?<!Rep)(?<!St)\.|[!?])"
    r"[\"'”’)]*\s+(?=[\"'“‘`(]{0,2}[A-Z])|\n\s*\n"
)
_AHEAD = """will shall would may might could should must can cannot expected scheduled slated due
    planned plan plans planning expects expect hopes hope intends intend aims upcoming going deadline
    begins starts ends expires falls takes returns arrives resumes opens closes meets meet convenes votes
    visits starting beginning would ahead until till"""
_PAST = """was were had has have did said told met took came went held made gave began won lost led left
    found wrote saw became got brought sent shot fell rose kept thought spoke flew struck broke chose drew
    fought grew knew paid sold stood spent ran sat ate built bought caught felt heard hit laid lay meant
    put quit read rode sank sought shut slid swore taught threw understood woke wore since been done begun
    gone taken given known shown drawn written spoken stolen driven fallen risen chosen frozen beaten born torn sworn thrown
    grown flown blown"""
_DENIED = {
    **dict.fromkeys(["won't", "shan't", "wouldn't", "can't", "couldn't", "shouldn't"], False),
    **dict.fromkeys(["wasn't", "weren't", "didn't", "hadn't", "hasn't", "haven't"], True),
}
_NOT_PAST = """need indeed speed feed seed united hundred red bed fed wed sacred naked embed exceed proceed
    succeed"""
_VERB = re.compile(r"[A-Za-z]+(?:['’]t\b)?|['’]ll\b")
_TENSES = {
    **dict.fromkeys(_NOT_PAST.split(), None),
    **dict.fromkeys(_PAST.split(), True),
    **dict.fromkeys(_AHEAD.split(), False),
    "'ll": False,
    "’ll": False,
    **{verb.replace("'", mark): told for verb, told in _DENIED.items() for mark in "'’"},
}
_REACH = 250
"""Characters of a sentence that are looked at on either side."""


def tense(text: str, start: int, end: int) -> bool | None:
    """Whether the words around `text[start:end]` tell of the past (True) or the future (False): by the
    nearest verb before it in its clause, else the first after it; None where no verb tells."""
    # With the first letter of the words themselves: they may begin a sentence.
    before = text[max(0, start - _REACH) : start + 1]
    ends = [boundary.end() for boundary in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] if ends else 0 : -1]
    after = text[end : end + _REACH]
    if stop := _SENTENCE_END.search(after):
        after = after[: stop.start()]
    told = _tense_between(before.rpartition(";")[2], after.partition(";")[0])
    return _tense_between(before, after) if told is None and (";" in before or ";" in after) else told


def _tense_between(before: str, after: str) -> bool | None:
    words = _VERB.findall(before)
    for at in range(len(words) - 1, -1, -1):
        if words[at] in _OPENERS and (told := _first_tense(after)) is not None:
            return told  # "she would send aid, but on Monday it was stopped"
        if (told := _tense_of(words, at)) is not None:
            return told
    return _first_tense(after)


def _first_tense(after: str) -> bool | None:
    words = _VERB.findall(after)
    return next((told for at in range(len(words)) if (told := _tense_of(words, at)) is not None), None)


_OPENERS = set("where which who whom whose when while because but although though if whether".split())
_TO_COME = set(
    """agreed decided vowed promised pledged wants want is are was were ready voted able set supposed poised
    prepared preparing planning hoping""".split()
)
"""What tells of the future before "to"."""
_LEADS_ON = {"be", "to", "not"}
_BE = {"is", "are", "was", "were", "be", "been"}
_DETERMINERS = set("the a an this that these those its his her their our".split())


def _tense_of(words: list[str], at: int) -> bool | None:
    """What one of the words tells; "held" in "will be held" and "to be held" tells of the future, "put"
    in "will put" and "proposed" in "the proposed" nothing."""
    word = words[at]
    if word in _TO_COME and words[at + 1 : at + 2] == ["to"]:
        return False
    told = _TENSES.get(word, True if word.endswith("ed") and len(word) > 3 and word.islower() else None)
    if told is None or at == 0:
        return told
    lead = words[at - 1]
    if word == "meet" and lead == "to":
        return None
    if word == "due" and words[at + 1 : at + 2] == ["to"] and lead not in _BE:
        return None
    if told is False:
        return told
    if lead.lower() in _DETERMINERS and word not in _TENSES:
        return None
    if lead == "be" and at > 1:
        return False if words[at - 2] == "to" or _TENSES.get(words[at - 2]) is False else told
    return None if lead in _LEADS_ON or _TENSES.get(lead) is False else told
