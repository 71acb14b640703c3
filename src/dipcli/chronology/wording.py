"""An event as a neutral sentence: "Foreign Ministers X and Y hold talks by video." From its fields alone.

What is said of each type and mode is a table, `wording.toml`. Nothing here quotes a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dipcli.dates.intervals import MONTHS, SEASONS
from dipcli.lexicon import countries
from dipcli.records import Event, Evidence, Participant, Place

UNNAMED = "unnamed actors"
_VERB = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
_ORDER = ("First", "Second", "Third", "Fourth")
_DATES = ("date", "start", "end")


@cache
def _words() -> dict[str, Any]:
    import tomllib  # here, since --help loads this module and reads no table

    path = Path(__file__).with_name("wording.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _listed(name: str) -> frozenset[str]:
    """The words of a list in the table's `names`."""
    return frozenset(_words()["names"][name].split())


def long_date(start: str | None, end: str | None, precision: str) -> str:
    """A date as chronologies write it: `May 16, 2022`, `May 3–6, 2022`, `May 2022`, `Spring 2021`,
    `First half of 2021`; `Undated` where there is none."""
    if start is None or end is None:
        return "Undated"
    since, until = date.fromisoformat(start), date.fromisoformat(end)
    match precision:
        case "month" if (since.year, since.month) == (until.year, until.month):
            return f"{MONTHS[since.month - 1]} {since.year}"
        case "season" if since.month % 3 == 0:
            years = f"{since.year}" if since.year == until.year else f"{since.year}–{until.year % 100:02}"
            return f"{SEASONS[since.month // 3 - 1]} {years}"
        case "quarter" if since.month % 3 == 1:
            return f"{_ORDER[since.month // 3]} quarter of {since.year}"
        case "half" if since.month in (1, 7):
            return f"{_ORDER[since.month // 6]} half of {since.year}"
        case "year" if since.year == until.year:
            return f"{since.year}"
    return _span(since, until)


def _span(since: date, until: date) -> str:
    if since.day == 1 and (until + timedelta(1)).day == 1:
        if (since.month, until.month) == (1, 12):
            return "–".join(dict.fromkeys((f"{since.year}", f"{until.year}")))
        return _month_span(since, until)
    first = f"{MONTHS[since.month - 1]} {since.day}"
    if since == until:
        return f"{first}, {since.year}"
    if since.year != until.year:
        return f"{first}, {since.year} – {MONTHS[until.month - 1]} {until.day}, {until.year}"
    if since.month == until.month:
        return f"{first}–{until.day}, {since.year}"
    return f"{first} – {MONTHS[until.month - 1]} {until.day}, {until.year}"


def _month_span(since: date, until: date) -> str:
    first, last = (MONTHS[when.month - 1] for when in (since, until))
    if since.year != until.year:
        return f"{first} {since.year} – {last} {until.year}"
    return f"{'–'.join(dict.fromkeys((first, last)))} {until.year}"


def event_date(event: Event) -> str:
    """When it was; `(date in doubt)` behind it where another date is told too."""
    doubted = any(doubt.field in _DATES for doubt in event.doubts)
    return long_date(event.start, event.end, event.precision) + " (date in doubt)" * doubted


def sentence(
    event: Event,
    kinds: Mapping[str, str],
    names: Mapping[str, str],
    *,
    quotes: bool = True,
    marks: bool = True,
) -> str:
    """What happened in one sentence; where its type does not say what, in the document's words.

    kinds: of actors by id; names: what those are called whose word it is; quotes: whether the document's
    words may be used; marks: whether `[planned]` and what is in doubt follow
    """
    return _told(event, kinds, names, quotes) + (_doubts(event) if marks else "")


def _told(event: Event, kinds: Mapping[str, str], names: Mapping[str, str], quotes: bool) -> str:
    if quotes and event.type == "OTHER" and event.medium != "statement" and event.evidence:
        return f"“{_undated(event.evidence[0])}”"
    who = everybody(event.actors, kinds) or UNNAMED
    recipients = everybody(event.recipients, kinds)
    many = len(event.actors) != 1
    said = _said(event, bool(recipients))
    where, recipients = _where(event, recipients)
    pieces = [_conjugated(said, many, event.status).replace("{recipients}", recipients)]
    pieces += [f"regarding {topics}"] if (topics := _topics(event)) else []
    pieces += [where] if where else []
    pieces += ["in a statement"] if event.medium == "statement" and event.type != "OTHER" else []
    told = f"{who} {' '.join(pieces)}"
    tellers = _series([names.get(ident, ident) for ident in event.asserted_by])
    told += f", according to {tellers}" if tellers else ""
    mark = _words()["marks"].get(event.certainty)
    if mark and not (tellers and event.certainty == "reported"):
        told += f", {mark}"
    return f"{told[0].upper()}{told[1:]}."


def everybody(participants: Iterable[Participant], kinds: Mapping[str, str]) -> str:
    """Participants in a row, each with title and country."""
    return _series([participant(someone, kinds) for someone in participants])


def participant(someone: Participant, kinds: Mapping[str, str]) -> str:
    """One with title and country: "Chinese Foreign Minister Wang Yi", "the United States"."""
    if title := getattr(someone, "title", None):
        return " ".join(filter(None, (_adjective(someone), _title(title), someone.name)))
    country = someone.country or ""
    if someone.id == country.lower():
        return _the(someone.name) if country in _listed("countries") else someone.name
    if kinds.get(someone.id) == "organization":
        last = someone.name.rpartition(" ")[2].lower()
        return _the(someone.name) if last in _listed("bodies") else someone.name
    return someone.name


def _undated(evidence: Evidence) -> str:
    """A quote without the date that a line of a chronology begins with."""
    date_text = evidence.date_text
    if date_text and evidence.text.startswith(date_text):
        return evidence.text.removeprefix(date_text).lstrip(":–—- ") or evidence.text
    return evidence.text


def _the(name: str) -> str:
    return name if name.lower().startswith("the ") else f"the {name}"


def _adjective(someone: Participant) -> str:
    """Of what country, where the title does not say it itself."""
    country = countries.by_code(someone.country) if someone.country else None
    if country is None or not country.adjectives or not someone.title:
        return ""
    own = (*country.forms, *country.adjectives)
    if any(re.search(rf"\b{re.escape(form)}\b", someone.title) for form in own):
        return ""
    return country.adjectives[0]


def _title(title: str) -> str:
    """A title as it stands before a name: "foreign minister" in capitals, "top diplomat" not."""
    if title.rpartition(" ")[2] in _listed("descriptions"):
        return title
    return " ".join(
        word if word in _listed("small") or not word.islower() else word.capitalize()
        for word in title.split(" ")
    )


def _series(items: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def _said(event: Event, to_others: bool) -> str:
    """What the table says: by the mode, else the medium, else the type alone."""
    says: dict[str, dict[str, str]] = _words()["says"]
    forms = ["to"] if to_others else ["together", "alone"] if len(event.actors) > 1 else ["alone"]
    for key in (f"{event.type}/{event.mode}", f"{event.type}/{event.medium}", event.type):
        for form in forms:
            if said := says.get(key, {}).get(form):
                return said
    raise KeyError(f"wording.toml says nothing of {event.type}")


def _conjugated(said: str, many: bool, status: str) -> str:
    if status == "occurred":
        return _VERB.sub(lambda verb: verb[2 if many else 1], said)
    are = {"planned": ("is to", "are to"), "cancelled": ("was to", "were to")}[status][many]
    return f"{are} {_VERB.sub(lambda verb: verb[2], said)}"


def _where(event: Event, recipients: str) -> tuple[str, str]:
    """The place as it follows the sentence, and the recipients, whom the place of a visit stands for."""
    if event.place is None:
        return "", recipients
    place = _place(event.place)
    if event.mode != "visit":
        return f"in {place}", recipients
    if not recipients:
        return f"to {place}", ""
    hosts = [host.country for host in event.recipients if host.id == (host.country or "").lower()]
    if hosts == [event.place.country] and len(event.recipients) == 1:
        return "", place
    return f"in {place}", recipients


def _place(place: Place) -> str:
    country = countries.by_code(place.country) if place.country else None
    is_country = country is not None and place.name in country.forms
    return _the(place.name) if is_country and place.country in _listed("countries") else place.name


def _topics(event: Event) -> str:
    """What an act in words is about; of meetings the contexts rather say who meets."""
    if event.quad not in (1, 3) or event.type == "CONSULT":
        return ""
    topics: dict[str, str] = _words()["topics"]
    return _series([topics[context] for context in event.contexts if context in topics])


def _doubts(event: Event) -> str:
    """What is in doubt besides the date, in brackets."""
    fields = dict.fromkeys(doubt.field for doubt in event.doubts if doubt.field not in _DATES)
    marks = [f"in doubt: {_series(list(fields))}"] if fields else []
    marks = [event.status] * (event.status != "occurred") + marks
    return f" [{'; '.join(marks)}]" if marks else ""
