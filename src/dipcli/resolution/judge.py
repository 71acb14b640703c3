"""Whether two tellings can be of one event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from dipcli.lexicon import countries
from dipcli.names import normal
from dipcli.resolution.cast import Cast, Figure
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.offices import Offices, Tenure
from dipcli.resolution.organizations import is_government, stem
from dipcli.resolution.tables import (
    APART,
    ATTEND,
    DONE_ONCE,
    HOST,
    ONCE,
    PROTESTED,
    SEATS,
    SUMMONED,
    TALKS,
    VISIT,
)
from dipcli.resolution.tellings import SAID, Telling, matter

SYMMETRIC = frozenset({"CONSULT", "COOPERATE"})
"""Types whose participants act together: who is actor and who recipient may differ between tellings."""

ALIKE_MATTER = 0.4
"""The share of the shorter sentence's matter that two tellings of one saying have in common."""
_KEPT = 1 << 12
"""Sentences whose matter is kept for the next question."""


@dataclass(frozen=True)
class Agreement:
    """Why two tellings can be of one event, and how well they agree (higher is better)."""

    participants: int
    """3 the same, 2 a country or ministry for its people, 1 one side names fewer, 0 not compared."""
    date: int
    """2 the same, 1 one within the other, 0 at odds or unknown."""
    details: tuple[bool, ...]
    """Whether place, medium and trigger are told by both and the same."""
    reason: str


class Judge:
    """Decides whether two tellings can be of one event."""

    def __init__(self, cast: Cast, offices: Offices, corpus: Corpus) -> None:
        self._figures = cast.figures
        self._offices = offices
        self._matter = lru_cache(_KEPT)(partial(matter, corpus=corpus))

    def is_person(self, ident: str) -> bool:
        return self._figures[ident].kind == "person"

    def root(self, ident: str) -> str:
        """The country an actor belongs to, in lower case, or the actor itself where it has none."""
        country = self._figures[ident].country
        return country.lower() if country else ident

    def is_international(self, ident: str) -> bool:
        figure = self._figures[ident]
        return figure.kind == "organization" and figure.country is None

    def agreement(self, a: Telling, b: Telling) -> Agreement | None:
        """How two tellings agree; None where anything that both tell contradicts."""
        if not (self._types_agree(a, b) and details_agree(a, b)):
            return None
        participants = self.participants(a, b)
        dates = _dates(a, b)
        persons = any(map(self.is_person, a.everybody | b.everybody))
        same_trigger = (
            not a.words.isdisjoint(b.words)
            or _derived(a.words, b.words)
            or (a.mode == b.mode and a.mode in DONE_ONCE)
            or self._is_summons(a, b)
        )
        if participants is None or not _close_enough(a, b, participants, dates, persons, same_trigger):
            return None
        if dates is None:
            return self._slipped_year(a, b, participants)
        if not self._one_in_text(a, b, participants, dates):
            return None
        details = (
            a.venue is not None and a.venue == b.venue,
            a.medium is not None and a.medium == b.medium,
            not a.words.isdisjoint(b.words),
        )
        return Agreement(participants, dates, details, _REASONS[dates, participants])

    def follows(self, a: Telling, b: Telling) -> Agreement | None:
        """How two tellings agree that their document takes for one: only a contradiction parts them."""
        if a.family != b.family or not details_agree(a, b) or (a.chronology and b.chronology):
            return None
        everybody = self.matched(a.everybody, b.everybody)
        if a.everybody and b.everybody and not everybody:
            return None
        dates = _dates(a, b)
        if dates is None and a.date_text and b.date_text:
            return None
        return Agreement(0, dates or 0, (), "the document goes on about it")

    def _types_agree(self, a: Telling, b: Telling) -> bool:
        if a.family != b.family:
            return False
        if a.type != b.type:
            return (
                _independent(a, b)
                and a.interval == b.interval
                and a.everybody == b.everybody
                and len(a.everybody) > 1
            )
        if a.type == "CONSULT":
            return _kinds_agree(a, b) or (a.document == b.document and self._visit_is_meeting(a, b))
        if a.mode and b.mode and a.mode != b.mode:
            return False
        independent = _independent(a, b)
        if _derived(a.words, b.words) and _is_noun_alone(max(a.trigger, b.trigger, key=len)):
            return True
        if a.type in SAID and not independent and (self._is_summons(a, b) or self._says_again(a, b)):
            return True
        if not a.words.isdisjoint(b.words) or (a.mode and a.mode == b.mode):
            return independent or a.type not in SAID or bool(a.words & b.words & ONCE)
        return a.type != "OTHER" and independent and len(a.everybody) > 1

    def _visit_is_meeting(self, one: Telling, other: Telling) -> bool:
        """Whether a visit and talks told for just the same days of one text are one thing: the hosts talked."""
        visit, talks = (one, other) if _consult(one) == "visit" else (other, one)
        return (
            (_consult(visit), _consult(talks)) == ("visit", "talks")
            and visit.start is not None
            and (talks.precision == "day" or talks.date_text is not None)
            and (visit.start, visit.end) == (talks.start, talks.end)
            and self.matched(visit.recipients, talks.everybody) == {*visit.recipients}
        )

    def _is_summons(self, one: Telling, other: Telling) -> bool:
        """Whether two tellings of one day are of an ambassador who was summoned, or what an official told them."""
        if one.type != "ACCUSE" or one.vagueness or one.interval != other.interval:
            return False
        summons = [told for told in (one, other) if SUMMONED & told.words]
        return len(summons) == 2 or any(
            PROTESTED & told.words and all(map(self.is_person, told.actors))
            for told in (one, other)
            if summons and told is not summons[0]
        )

    def _says_again(self, a: Telling, b: Telling) -> bool:
        """Whether one text tells the same words of the same people again: the same day and much of the matter."""
        if a.interval is None or a.interval != b.interval or a.actors != b.actors:
            return False
        if a.chronology or b.chronology:
            return False
        one, other = self._matter(a), self._matter(b)
        shared = len(one & other)
        return shared >= 2 and shared >= ALIKE_MATTER * min(len(one), len(other))

    def participants(self, a: Telling, b: Telling) -> int | None:
        """How well those who took part agree (`Agreement.participants`); None where they do not."""
        if not a.everybody or not b.everybody or self._are_others(a, b):
            return None
        symmetric = a.type in SYMMETRIC
        if a.everybody == b.everybody:
            return 3 if symmetric or set(a.actors) == set(b.actors) else None
        talks = _consult(a) == "talks"
        if talks and min(len(a.everybody), len(b.everybody)) == 1:
            return 1 if a.everybody < b.everybody or b.everybody < a.everybody else None
        least = 2 if talks else 1
        acting = self._match(set(a.actors), set(b.actors))
        everybody = self._match(set(a.everybody), set(b.everybody))
        if everybody and (symmetric or acting):
            return 2 if len(a.everybody) > 1 and len(b.everybody) > 1 else None
        if not acting or len(self.matched(set(a.actors), set(b.actors))) < least:
            return None if not symmetric else self._soft(a, b, least)
        if not a.recipients or not b.recipients:
            return 1
        return 1 if self.matched(set(a.recipients), set(b.recipients)) else None

    def _are_others(self, a: Telling, b: Telling) -> bool:
        """Whether each names persons of its own beside the same countries: "A visited X", "B visited X"."""
        one = {ident for ident in a.everybody if self.is_person(ident)}
        if not one or not one.isdisjoint(b.everybody):
            return False
        other = {ident for ident in b.everybody if self.is_person(ident)}
        return bool(other) and a.everybody - one == b.everybody - other != frozenset()

    def _soft(self, a: Telling, b: Telling, least: int) -> int | None:
        """One side names an international body ("at the UN") that the other leaves out."""
        left = {ident for ident in a.everybody if not self.is_international(ident)}
        right = {ident for ident in b.everybody if not self.is_international(ident)}
        return 1 if len(left) >= least and self._match(left, right) else None

    def _match(self, left: set[str], right: set[str]) -> bool:
        return self.matched(left, right) == left and self.matched(right, left) == right

    def matched(self, left: Iterable[str], right: Iterable[str]) -> set[str]:
        """Those of the one side that the other side has, or stands for, or has stand for them."""
        others = list(right)
        return {x for x in left if any(x == y or self.covers(x, y) or self.covers(y, x) for y in others)}

    def covers(self, body: str, ident: str) -> bool:
        """Whether `body` is named in the place of `ident`: a country or ministry for its people."""
        whole, part = self._figures[body], self._figures[ident]
        if body == ident or whole.country is None or whole.country != part.country or whole.kind == "person":
            return False
        if whole.kind == "country":
            return part.kind == "person" or (
                part.kind == "organization" and is_government(stem(part.name, None))
            )
        return part.kind == "person" and self._serves(ident, body, whole)

    def _serves(self, person: str, body: str, figure: Figure) -> bool:
        return serves(self._offices.titles[person], body, figure)

    def _slipped_year(self, a: Telling, b: Telling, participants: int) -> Agreement | None:
        """One document, the same two people in the same month, but of different years: one is printed
        in full, the other was worked out from words without a year."""
        full, bare = (a, b) if a.prints_year else (b, a)
        if a.document != b.document or participants < 3 or bare.prints_year or bare.chronology:
            return None
        if not full.prints_year or sum(map(self.is_person, a.everybody)) < 2:
            return None
        inner, outer = full.interval, bare.interval
        if inner is None or outer is None or inner[0][:4] == outer[0][:4]:
            return None
        if (
            not (outer[0][5:] <= inner[0][5:] and inner[1][5:] <= outer[1][5:])
            or outer[0][5:7] != outer[1][5:7]
        ):
            return None
        return Agreement(3, 0, (), "the same people and month, another year")

    def _one_in_text(self, a: Telling, b: Telling, participants: int, dates: int) -> bool:
        """Two acts of one sentence are never one, two lines of one chronology only where all is the same."""
        if a.document != b.document:
            return True
        if (a.char_start, a.char_end) == (b.char_start, b.char_end):
            return False
        if not (a.chronology and b.chronology):
            return True
        return (
            participants == 3
            and dates == 2
            and set(a.actors) == set(b.actors)
            and a.trigger == b.trigger
            and a.venue == b.venue
        )


def serves(tenures: Iterable[Tenure], body: str, figure: Figure) -> bool:
    """Whether who has these tenures serves `body`: has an office of it, or a title with its name."""
    words = {word for word in stem(figure.name, figure.country).split() if word not in _EMPTY}
    return any(
        tenure.of == body or (words and words <= set(normal(tenure.title).split())) for tenure in tenures
    )


_DATES = {2: "the same date", 1: "one date within the other", 0: "one without a date"}
_PARTICIPANTS = {
    3: "the same participants",
    2: "participants that one telling names and the other calls by country or office",
    1: "the same participants but those that one telling leaves out",
}
_REASONS = {
    (date, people): f"{_DATES[date]}, {_PARTICIPANTS[people]}" for date in _DATES for people in _PARTICIPANTS
}
_EMPTY = frozenset("ministry department office of the and for national".split())


def _independent(a: Telling, b: Telling) -> bool:
    """Whether two tellings may well tell one thing twice: in two documents, in prose and in a chronology,
    in the headline and below it."""
    return a.document != b.document or a.chronology != b.chronology or a.headline != b.headline


def _consult(telling: Telling) -> str | None:
    """What kind of consultation a CONSULT is: letters, a visit, presence somewhere, talks; None for any."""
    words = set(telling.trigger.lower().split())
    if telling.type != "CONSULT" or words & HOST:
        return None
    if telling.medium == "written":
        return "letters"
    if words & ATTEND:
        return "presence"
    if words & TALKS:
        return "talks"
    called = "call" in words  # "called on the minister"
    return "visit" if (telling.mode == "visit" and not called) or words & VISIT else "talks"


def _kinds_agree(one: Telling, other: Telling) -> bool:
    kinds = {_consult(one), _consult(other)} - {None}
    return len(kinds) < 2


def _dates(a: Telling, b: Telling) -> int | None:
    one, other = a.interval, b.interval
    if one is None or other is None:
        return 0
    if one == other:
        return 2
    return 1 if within(one, other) or within(other, one) else None


def within(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _close_enough(
    a: Telling, b: Telling, participants: int, dates: int | None, persons: bool, same_trigger: bool
) -> bool:
    """Whether participants, trigger and document make up for what is vague in a date or in who took part."""
    same_document = a.document == b.document
    same_venue = a.venue is not None and a.venue == b.venue
    if a.type == "OTHER" and (participants, dates) != (3, 2):
        return dates is None or (same_document and dates == 1 and bool(a.words & b.words & ONCE))
    if dates == 0 and (a.interval or b.interval or persons):
        return same_document and participants == 3 and len(a.everybody) > 1
    if dates == 0:
        return same_document and participants == 3 and same_trigger and a.headline != b.headline
    if max(a.vagueness, b.vagueness) > 2:
        return (
            participants == 3
            and (len(a.everybody) > 1 or same_venue)
            and (same_document or (dates != 1 and same_trigger))
        )
    alone = min(len(a.everybody), len(b.everybody)) == 1
    if alone and participants == 1 and "talks" in (_consult(a), _consult(b)):
        # nobody talks alone: one is left out, and only a call is rare enough to tell which
        called = a.medium == b.medium in ("telephone", "virtual")
        return dates == 2 and _independent(a, b) and called
    if dates == 1 and not (persons or same_trigger or same_venue):
        return False
    if alone and not (same_trigger or same_venue):
        return dates == 2 and (a.type != "CONSULT" or _consult(a) == _consult(b))
    if participants == 2:
        return (a.type == "CONSULT" or same_trigger) and (dates == 2 or same_document)
    return True


def _derived(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether of two triggers one has a word made from the other's: "announce", "announcement"."""
    return one.isdisjoint(other) and any(
        a[:shared] == b[:shared] for a in one for b in other if (shared := max(4, min(len(a), len(b)) - 1))
    )


def _is_noun_alone(trigger: str) -> bool:
    """Whether a noun made from a verb goes back to a deed ("the announcement"), and tells no new one
    ("reached an agreement")."""
    return " " not in trigger


def details_agree(a: Telling, b: Telling) -> bool:
    """Whether place, medium and status, where both tell them, do not contradict."""
    if a.status != b.status:
        if "cancelled" in (a.status, b.status) or a.interval is None or b.interval is None:
            return False
        planned, occurred = (a, b) if a.status == "planned" else (b, a)
        if planned.precision not in ("day", "range") or not within(
            occurred.interval or ("", ""), planned.interval or ("", "")
        ):
            return False
    return media_agree(a, b) and places_agree(a, b)


def media_agree(a: Telling, b: Telling) -> bool:
    return frozenset((a.medium, b.medium)) not in APART


def places_agree(a: Telling, b: Telling) -> bool:
    """Whether one place can be the other: the same words, a part of them, a town and its country or a building."""
    one, other = a.venue, b.venue
    if one is None or other is None or one == other:
        return True
    if set(one.split()) <= set(other.split()) or set(other.split()) <= set(one.split()):
        return True
    if _is_in(one, other) or _is_in(other, one):
        return True
    return any(
        (code := _country_named(whole)) is not None and code == part.place_country
        for whole, part in ((a, b), (b, a))
    )


def _is_in(building: str, town: str) -> bool:
    """Whether a building of statesmen is in a town: the White House in Washington."""
    return any(f" {seat} " in f" {building} " and where in town for seat, where in SEATS.items())


def is_country(telling: Telling) -> bool:
    """Whether a telling's place is a whole country."""
    return _country_named(telling) is not None


def is_visit(telling: Telling) -> bool:
    return _consult(telling) == "visit"


def _country_named(telling: Telling) -> str | None:
    """The country that is the place of a telling; None where it is a town, a building, a sea."""
    form = countries.lookup(telling.place or "")
    return form.alpha3 if form and form.sort in ("name", "official", "alias", "former") else None
