"""One actor at a glance: names, offices, counterparts, when, where, in which documents, what is planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dipcli.facts import Facts, interval, number
from dipcli.records import Actor, Event, Role
from dipcli.summary.counting import Counts, ranked, rows_of
from dipcli.summary.fields import FIELDS, Column, key, names_of
from dipcli.summary.results import Held, Neighbour, Period, Planned, Profile, Stat, Telling
from dipcli.summary.stats import stats


def profile(
    actor: Actor,
    facts: Facts,
    *,
    times: Sequence[Period] = (),
    events: Iterable[Event] = (),
    titles: Mapping[str, str] | None = None,
    offices: Mapping[tuple[str, str | None], tuple[Any, Any]] | None = None,
    acts: bool = False,
) -> Profile:
    """What is known of an actor, from the facts of events that he takes part in.

    times: a timeline of these events
    events: those that are planned
    titles: of documents, by id
    offices: by title and whose they are: who is seen in them before, and after
    """
    found = stats(facts, acts=acts)
    return Profile(
        id=actor.id,
        name=actor.name,
        aliases=list(actor.aliases),
        kind=actor.kind,
        country=actor.country,
        offices=[_office(role, offices or {}) for role in actor.roles],
        events=found[0] if found else None,
        types=stats(facts, ["type"], acts=acts),
        counterparts=_counterparts(actor.id, facts, acts),
        places=[row for row in stats(facts, ["place"], acts=acts) if row.by[0].value],
        times=list(times),
        planned=[_planned(event) for event in events],
        documents=_documents(actor, facts, titles or {}),
    )


def _office(role: Role, offices: Mapping[tuple[str, str | None], tuple[Any, Any]]) -> Held:
    before, after = offices.get((role.title, role.of), (None, None))
    return Held(
        title=role.title,
        of=role.of,
        since=role.since,
        until=role.until,
        first_seen=role.first_seen,
        last_seen=role.last_seen,
        before=before and _neighbour(before),
        after=after and _neighbour(after),
    )


def _neighbour(seen: Any) -> Neighbour:
    return Neighbour(id=seen.id, name=seen.name, first_seen=seen.first_seen, last_seen=seen.last_seen)


def _counterparts(ident: str, facts: Facts, acts: bool) -> list[Stat]:
    """Counts for each with whom the actor deals, those with most dealings first."""
    column, counts = FIELDS["pair"](facts), Counts(facts, acts)
    mine = [
        (row, code)
        for row, code in zip(column.rows, column.codes, strict=True)
        if ident in column.values[code][0]
    ]
    column = Column(column.values, [row for row, _ in mine], [code for _, code in mine])
    codes, names = ranked(column, counts), names_of(facts)
    groups = rows_of(column, codes)
    rows = []
    for code in codes:
        one, other = column.values[code][0]
        tally = counts.tally(groups[code])
        share = round(tally["count"] / counts.whole, 4) if counts.whole else None
        rows.append(Stat(by=[key("actor", other if one == ident else one, names)], share=share, **tally))
    return rows


def _planned(event: Event) -> Planned:
    return Planned(id=event.id, date=interval(number(event.start), number(event.end)), summary=event.summary)


def _documents(actor: Actor, facts: Facts, titles: Mapping[str, str]) -> list[Telling]:
    """The documents that name the actor, those that tell most of his events first."""
    told = Counter(facts.papers[one] for one in facts.documents.values)
    named = sorted(actor.documents, key=lambda document: (-told[document], document))
    return [Telling(document=one, title=titles.get(one), events=told[one]) for one in named]
