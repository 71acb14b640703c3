"""Why an event is as it is: every telling's grounds for each field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from dipcli.explanation.evidence import Trail
from dipcli.explanation.parts import Explanation, Field, Ground, Told, Words
from dipcli.mentions import EventMention, Reason
from dipcli.records import Event, Participant
from dipcli.resolution import Join
from dipcli.resolution.edits import shown
from dipcli.resolution.tellings import Telling


def explain(event: Event, trail: Trail) -> Explanation:
    joins = trail.joins(event)
    tellings = [_Traced(number, join, trail) for number, join in enumerate(joins, start=1)]
    return Explanation(
        id=event.id,
        kind="event",
        summary=event.summary,
        fields=[
            *_corrected(event, trail),
            *(field for field in _fields(event, tellings, trail) if field.grounds),
        ],
        told=[
            *(
                Told(words=one.sentence, reason=_joined(join, len(joins)), possible=join.possible)
                for one, join in zip(tellings, joins, strict=True)
            ),
            *_echoes(event, tellings),
        ],
        doubts=event.doubts,
    )


def _corrected(event: Event, trail: Trail) -> Iterator[Field]:
    """The fields that a person set: who and why, and what documents tell in their place."""
    why = {decision.id: decision for decision in trail.decisions}
    for one in event.corrections:
        decision = why[one.decision]
        because = f": {decision.why}" if decision.why else ""
        value = shown(event, one.field) or "none"
        decided = Ground(
            value=value, rule="decision", against=f"{one.decision} by {one.by}, {decision.at[:10]}{because}"
        )
        told = Ground(value=one.told or "none", rule="documents", taken=False)
        yield Field(field=f"{one.field}, corrected", value=value, grounds=[decided, told])


def _joined(join: Join, count: int) -> str:
    """Why a telling is here; the first is the most exact, by which the others were judged."""
    if join.reason != "the first telling":
        return join.reason
    return "the most exact telling, by which the others were judged" if count > 1 else "told here alone"


_ECHOES = {
    "goes-back": "goes back to [{}] with “{}”",
    "told-again": "tells [{}] again without a date: “{}”",
    "goes-on": "goes on with [{}]: “{}”",
    "same-line": "stands in the line of [{}]: “{}”",
    "heading": "a heading of what [{}] tells: “{}”",
}
"""Why a sentence that tells no event of its own is quoted for one, by the rule that found it."""


def _echoes(event: Event, tellings: Sequence[_Traced]) -> Iterator[Told]:
    """The passages that only go back to the event, and to which of its tellings."""
    quoted = {(quote.document, quote.char_start, quote.char_end) for quote in event.evidence}
    seen = {(one.document, one.sentence.char_start, one.sentence.char_end) for one in tellings}
    for one in tellings:
        for echo in one.mention.echoes:
            place = one.document, echo.sentence.char_start, echo.sentence.char_end
            if place in quoted - seen:
                seen.add(place)
                words = " ".join(one.trail.words(one.document, echo.char_start, echo.char_end).text.split())
                reason = _ECHOES[echo.rule].format(one.number, words)
                yield Told(words=one.trail.words(*place), reason=reason)


class _Named(NamedTuple):
    """Somebody whom a telling names."""

    key: str
    ident: str | None
    against: str | None


class _Traced:
    """One telling: its mention, its document's words, and who is who in it."""

    def __init__(self, number: int, join: Join, trail: Trail) -> None:
        self.number = number
        self.document = join.document
        self.mention: EventMention = trail.event(join)
        self.telling: Telling = trail.telling(join)
        self.trail = trail
        span = self.mention.sentence
        self.sentence = trail.words(self.document, span.char_start, span.char_end)
        keys = dict.fromkeys((*self.mention.actors, *self.mention.recipients))
        self.named = [_Named(key, *trail.actor(self.document, key, self.mention.start)) for key in keys]

    def reasons(self, *fields: str) -> list[Reason]:
        return [reason for reason in self.mention.reasons if reason.field in fields]

    def words(self, reason: Reason) -> Words:
        return self.trail.words(self.document, reason.char_start, reason.char_end)

    @property
    def trigger(self) -> Words | None:
        return next((self.words(reason) for reason in self.reasons("type")), None)

    def grounds(
        self, field: str, value: str, taken: bool, without: str, words: Words | None = None
    ) -> Iterator[Ground]:
        """A ground for each reason that extraction noted; else one by the rule `without`."""
        reasons = self.reasons(field)
        for reason in reasons:
            found = self.words(reason)
            yield self.ground(value, reason.rule, found, taken=taken, against=reason.against)
        if not reasons:
            yield self.ground(value, without, words, taken=taken)

    def ground(
        self, value: str, rule: str, words: Words | None, *, taken: bool = True, against: str | None = None
    ) -> Ground:
        return Ground(value=value, told=self.number, taken=taken, rule=rule, words=words, against=against)

    def people(self, ident: str) -> Iterator[Ground]:
        """Why somebody takes part: the words that name them, and what made it them.

        Words that name no single actor ("the two sides", "they") stand for all who are not named.
        """
        mine = [named for named in self.named if named.ident == ident]
        reasons = self.reasons("actors", "recipients")
        direct = [(reason, named) for reason in reasons for named in mine if self._names(named.key, reason)]
        if not direct:
            others = [named.key for named in self.named]
            shared = [reason for reason in reasons if not any(self._names(key, reason) for key in others)]
            direct = [(reason, named) for reason in shared for named in mine]
        for reason, named in direct:
            yield self._participation(ident, named, reason.rule, self.words(reason), reason.against)
        if mine and not direct:
            yield self._participation(ident, mine[0], "implied", None, None)

    def _names(self, key: str, reason: Reason) -> bool:
        actor = self.trail.actors[self.document, key]
        return any(s.char_start < reason.char_end and reason.char_start < s.char_end for s in actor.spans)

    def _participation(
        self, ident: str, named: _Named, rule: str, words: Words | None, against: str | None
    ) -> Ground:
        figure = self.trail.cast.figures[ident]
        actor = self.trail.actors[self.document, named.key]
        if words is None or words.text != figure.name:
            against = against or named.against or self.trail.first_named(self.document, actor)
        return self.ground(f"{figure.name} ({ident})", rule, words, against=against)


def _fields(event: Event, tellings: Sequence[_Traced], trail: Trail) -> Iterator[Field]:
    yield Field(field="date", value=_when(event), grounds=list(_date(event, tellings)))
    yield Field(field="type", value=_type(event), grounds=list(_types(event, tellings)))
    yield Field(field="status", value=event.status, grounds=list(_status(event, tellings, trail)))
    certainty = [
        ground
        for one in tellings
        for ground in one.grounds(
            "certainty",
            one.mention.certainty,
            one.mention.certainty == event.certainty,
            "no hedge" if one.mention.certainty == "stated" else "hedge",
            None if one.mention.certainty == "stated" else one.sentence,
        )
    ]
    yield Field(field="certainty", value=event.certainty, grounds=certainty)
    for name, participants in (("actor", event.actors), ("recipient", event.recipients)):
        for someone in participants:
            grounds = [ground for one in tellings for ground in one.people(someone.id)]
            yield Field(field=name, value=_who(someone), grounds=grounds)
    yield from _replaced(event, tellings, trail)
    if event.place:
        place = event.place.name
        grounds = [
            ground
            for one in tellings
            if one.mention.place
            for ground in one.grounds("place", one.mention.place, one.mention.place == place, "occasion")
        ]
        yield Field(field="place", value=place, grounds=grounds)
    if event.medium:
        grounds = [
            ground
            for one in tellings
            if one.mention.medium
            for ground in one.grounds(
                "medium", one.mention.medium, one.mention.medium == event.medium, "trigger", one.trigger
            )
        ]
        yield Field(field="medium", value=event.medium, grounds=grounds)
    if event.occasion:
        yield Field(
            field="occasion", value=event.occasion, grounds=list(_occasion(event.occasion, tellings, trail))
        )
    yield Field(
        field="confidence", value=f"{event.confidence:.2f}", grounds=list(_confidence(event, tellings))
    )


def _date(event: Event, tellings: Sequence[_Traced]) -> Iterator[Ground]:
    for one in tellings:
        mention = one.mention
        taken = (mention.start, mention.end) == (event.start, event.end)
        yield from one.grounds("date", _when(mention), taken, "topic" if mention.start else "undated")


def _types(event: Event, tellings: Sequence[_Traced]) -> Iterator[Ground]:
    for one in tellings:
        yield from one.grounds("type", _type(one.mention), one.mention.type == event.type, "trigger")


def _status(event: Event, tellings: Sequence[_Traced], trail: Trail) -> Iterator[Ground]:
    """Extraction takes a deed for planned by the words around its trigger, or since it is to come."""
    for one in tellings:
        mention, published = one.mention, trail.documents[one.document].published
        grounds = one.grounds(
            "status", mention.status, mention.status == event.status, "trigger", one.trigger
        )
        later = mention.start and published and mention.start > published.end
        if mention.status == "planned" and later and published and not one.reasons("status"):
            against = f"published {published.end}"
            yield from (replace(ground, rule="after publication", against=against) for ground in grounds)
        else:
            yield from grounds


_IN_ITS_PLACE = "others name who acted in its place, or this passage only goes on about the event"
_CORRECTED = "a person set who takes part"


def _replaced(event: Event, tellings: Sequence[_Traced], trail: Trail) -> Iterator[Field]:
    """Those whom a telling names and the event does not: somebody else is named in their place."""
    kept = {someone.id for someone in (*event.actors, *event.recipients)}
    corrected = {one.field for one in event.corrections} & {"actors", "recipients"}
    for ident in dict.fromkeys(ident for one in tellings for ident in sorted(one.telling.everybody - kept)):
        grounds = [
            replace(ground, taken=False, against=_CORRECTED if corrected else _IN_ITS_PLACE)
            for one in tellings
            for ground in one.people(ident)
        ]
        yield Field(field="not taken", value=trail.cast.figures[ident].name, grounds=grounds)


def _occasion(occasion: str, tellings: Sequence[_Traced], trail: Trail) -> Iterator[Ground]:
    for one in tellings:
        key = one.mention.occasion
        meeting = trail.mention(one.document, key) if key else None
        if key and meeting:
            home = trail.homes[one.document, key]
            span = meeting.sentence
            words = trail.words(one.document, span.char_start, span.char_end)
            yield one.ground(home, "act of the meeting told with it", words, taken=home == occasion)


def _confidence(event: Event, tellings: Sequence[_Traced]) -> Iterator[Ground]:
    best = max(one.mention.confidence for one in tellings)
    for one in tellings:
        how = "a line of a chronology" if one.mention.chronology else "with a date of its own"
        if not one.mention.chronology and one.mention.date_text is None:
            how = "its date is carried over"
        confidence = one.mention.confidence
        yield one.ground(f"{confidence:.2f}", how, None, taken=confidence == best)
    if event.confidence > best:
        told = f"{event.sources} independent documents" if event.sources > 1 else "several passages"
        yield Ground(value=f"+{event.confidence - best:.2f}", rule=f"told in {told}")


def _when(told: Event | EventMention) -> str:
    if told.start is None or told.end is None:
        return "unknown"
    days = told.start if told.start == told.end else f"{told.start}/{told.end}"
    return days if told.precision in ("day", "range") else f"{days} ({told.precision})"


def _type(told: Event | EventMention) -> str:
    return f"{told.type}/{told.mode}" if told.mode else told.type


def _who(someone: Participant) -> str:
    about = ", ".join(part for part in (someone.title, someone.country, someone.id) if part)
    return f"{someone.name} ({about})"
