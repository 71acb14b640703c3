"""The dateline of a report: where it was written, when, and by which agency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from dipcli.dates import Context, Expression, Interval
from dipcli.dates.resolve import resolve
from dipcli.extraction.lines import Line
from dipcli.extraction.sentences import Sentence
from dipcli.lexicon import countries, places

_AGENCY = r"\([A-Z][^()\n]{1,40}\)"
_LEAD = r"(?:(?:\([A-Z][^()\n]{1,40}\)|\[[A-Z][^\[\]\n]{1,40}\]) ?)?"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,30}"
_TITLED = r"[A-Z][\w.'’-]*[\w](?: [A-Z][\w.'’-]*[\w]){0,3}"
_COUNTRY = r"(?:(?:, ?(?!\d|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)[A-Z][A-Za-z. ]{1,20}){1,2}| [\[(][A-Z][A-Za-z. ]{2,30}[\])])?"
_DAY = r"(?P<date>[A-Z][A-Za-z]{2,8}\.? \d\d?(?:st|nd|rd|th)?|\d\d?(?:st|nd|rd|th)? [A-Z][A-Za-z]{2,8}\.?|\d\d?[./]\d\d?[./](?:\d\d)?\d\d)(?:,? \d{4})?"
_DASH = r"(?: ?[–—_-]{1,2})"
_FORMS = tuple(
    re.compile(_LEAD + form)
    for form in (
        rf"(?P<town>{_CAPITALS}){_COUNTRY},? ?{_DAY}(?: ?{_AGENCY})?\.?(?:{_DASH}|:) ?",
        rf"(?:{_AGENCY},? ?)+(?P<town>{_CAPITALS}){_COUNTRY},? ?{_DAY}\.(?:\s|\Z)",
        rf"(?P<town>{_CAPITALS}){_COUNTRY},? ?{_DAY}\.? ?{_AGENCY}[.:]? ?",
        rf"(?P<town>{_CAPITALS}){_COUNTRY},? ?{_AGENCY}(?:{_DASH}|:) ?",
        rf"(?P<town>{_CAPITALS}){_COUNTRY},? ?\([A-Z][\w ./-]{{1,30}} - {_DAY}\) ",
        rf"(?P<town>{_TITLED}){_COUNTRY}, {_DAY} ?(?:{_AGENCY}[.:]?{_DASH}? ?| ?[–—]{{1,2}} ?| -{{1,2}} )",
        rf"\((?P<town>{_TITLED}){_COUNTRY}, {_DAY}\)[.:]?{_DASH}? ?",
        rf"{_DAY} \((?P<town>{_CAPITALS})\){_DASH} ?",
    )
)
"""LAGOS, Nigeria, May 3 (Agency) -- …; LIMA, May 3. (AGENCY). …; LIMA (Agency): …; Lima, 3 May 2014 (Agency). …;
(Lima, 3 May 2014) - …; May 3, 2014 (LIMA) - …; (AGENCY) before the town."""
_OF_TOWN = re.compile(
    rf"{_LEAD}(?P<town>{_CAPITALS}?|{_TITLED})(?P<country>{_COUNTRY})(?: ?{_AGENCY})?{_DASH}\s+(?=[\"'“]?[A-Z])"
    rf"|(?:\([^()\n]{{2,40}}\) )?(?P<led>{_TITLED})(?P<of>{_COUNTRY}), {_DAY}: "
)
"""Kampala - …; LOS ANGELES, United States - …: no dateline but of a town that is known."""
_BARE = re.compile(
    rf"{_LEAD}(?P<town>{_CAPITALS})(?P<country>{_COUNTRY})(?:,? ?{_DAY}\.|:)\s+(?=[\"'“]?[A-Z])"
)
"""ATHENS, August 10. The …; ISLAMABAD: The …: likewise."""
_AGENCY_LINE = re.compile(
    rf"(?:[A-Z]{{2,5}}-)?(?:Reuters?|AP|UPI|AFP|AAP|Tass|Xinhua) (?P<town>{_TITLED})(?:, [A-Z][a-z]+)?\s*\Z"
)
"""NZPA-Reuter Amman: likewise, on a line of its own."""
_ENDS = frozenset("-–—_:)")
"""With one of which any dateline ends."""
_LONGEST = 160
_UNPLACED = re.compile(r"\([A-Z][A-Z ./-]{2,30}\) ")


Town = tuple[str, str | None]
"""Name and country of a town."""


class Dateline(NamedTuple):
    """Where a dateline ends, its town as written, and where its day begins."""

    end: int
    town: str | None
    date_start: int | None


@lru_cache(maxsize=256)
def dateline(text: str, start: int, stop: int) -> Dateline | None:
    """The dateline that a line or sentence, `text[start:stop]`, begins with; kept for a while, for whoever asks about
    the same sentence."""
    opening = text[start : start + 3]
    shouted = opening.isalpha() and opening.isupper()
    if not shouted and _ENDS.isdisjoint(text[start : min(stop, start + _LONGEST)]):
        return None
    for form in _FORMS:
        if match := form.match(text, start, stop):
            return Dateline(match.end(), match["town"].strip(" -"), _date_start(match))
    if (match := _OF_TOWN.match(text, start, stop)) and _is_known(match):
        return Dateline(match.end(), (match["town"] or match["led"]).strip(" -"), _date_start(match))
    if (match := _BARE.match(text, start, stop)) and _is_known(match):
        return Dateline(match.end(), match["town"].strip(" -"), _date_start(match))
    match = _UNPLACED.match(text, start, stop)
    return Dateline(match.end(), None, None) if match else None


def _date_start(match: re.Match[str]) -> int | None:
    return match.start("date") if "date" in match.re.groupindex and match["date"] else None


def _is_known(match: re.Match[str]) -> bool:
    """Whether what stands before a dash is a town of which one knows, or one of a country."""
    parts = match.groupdict()
    place = places.lookup((parts["town"] or parts.get("led") or "").strip(" -"))
    country = (parts.get("country") or parts.get("of") or "").strip(" ,()[]")
    known = place is not None and place.sort == "city"
    return known or (bool(country) and countries.lookup(country) is not None)


_PRINTED_AFTER = 3
"""Days after which a report is printed at the latest."""


def day_of(
    text: str, head: Iterable[Line], dates: Sequence[Expression], published: Interval
) -> Interval | None:
    """The day on which a report was written, by its dateline, where it was printed a few days later: its "today"."""
    found = next((one for line in head if (one := dateline(text, line.start, line.end))), None)
    at = found.date_start if found else None
    told = next((e for e in dates if at is not None and e.char_start <= at < e.char_end), None)
    day = resolve(told.meaning, Context(published=published, past=True)) if told else None
    if day is None or day.precision != "day":
        return None
    return day.interval if 0 < (published.start - day.interval.start).days <= _PRINTED_AFTER else None


_HERE = re.compile(r"(?<!from )\bhere\b(?! (?:is|are|was|were|follow|below|above)\b)")


def town_of(text: str, head: Iterable[Line]) -> Town | None:
    """Where a report was written, by the dateline among the lines on top: (town, country)."""
    for line in head:
        if (found := dateline(text, line.start, line.end)) and found.town:
            return town_named(found.town)
        alone = _AGENCY_LINE.match(text[line.start : line.end])
        if alone and _is_known(alone):
            return town_named(alone["town"])
    return None


def town_named(written: str) -> Town:
    """A dateline's town: (name, country)."""
    town = written.title() if written.isupper() else written
    known = places.lookup(town)
    return (known.name, known.country) if known else (town, None)


def here_in(town: Town | None, seen: str, sentence: Sentence) -> Town | tuple[None, None]:
    """The town of the dateline, where a sentence says that what it tells was there: "met here on Wednesday"."""
    if town is None or "here" not in sentence.words:
        return None, None
    told = _HERE.search(seen, sentence.char_start, sentence.char_end)
    return town if told else (None, None)
