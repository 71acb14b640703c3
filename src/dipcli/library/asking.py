"""Questions to one state of an index: records, text, and what events add up to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from dipcli import dates, query
from dipcli import index as indexes
from dipcli.errors import NotFound
from dipcli.index.snapshot import CACHED
from dipcli.query import Filters, Selection
from dipcli.records import Actor, Document, Event, Evidence, Record, Relation

if TYPE_CHECKING:
    from dipcli.explanation import Explainer, Explanation
    from dipcli.query import Context, Hit, Source
    from dipcli.summary import Change, Matrix, Pair, Period, Profile, Stat

T = TypeVar("T")


class Summary(list[T]):
    """Rows that sum up events, and what to tell of the events themselves."""

    def __init__(self, rows: Iterable[T], chosen: query.Chosen) -> None:
        super().__init__(rows)
        self.notes = chosen.notes
        """How the filters were understood."""
        self.undated_left_out = chosen.undated_left_out
        """Events left out by a date filter because no date is known for them."""
        self.doubted_left_out = chosen.doubted_left_out
        """Events left out because only the other value of a doubted date lies in the span."""


class Asked:
    """One state of an index, as it was when opened, and what can be asked of it."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.snapshot = indexes.read(self.path, CACHED)
        self._explainer: Explainer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"dipcli.open({str(self.path)!r})"

    def close(self) -> None:
        """Let go of the files."""
        self.snapshot.close()

    def refresh(self) -> None:
        """Go on to the index as it is now."""
        self.snapshot.close()
        self.snapshot = indexes.read(self.path, CACHED)
        self._explainer = None

    def events(self, **filters: Any) -> list[Event]:
        """The events for which all the filters hold: by date, the undated last.

        Besides filters: `sort`, `reverse`, `limit`, `substitute`, `now` as in `select`.
        """
        return self._records("events", filters)

    def actors(self, **filters: Any) -> list[Actor]:
        """The actors for whom all the filters hold, by id."""
        return self._records("actors", filters)

    def relations(self, **filters: Any) -> list[Relation]:
        """The relations for which all the filters hold, by id."""
        return self._records("relations", filters)

    def documents(self, **filters: Any) -> list[Document]:
        """The documents for which all the filters hold, by id."""
        return self._records("documents", filters)

    def search(self, query: str, /, **filters: Any) -> list[Hit]:
        """The passages that satisfy a text query, best first."""
        return [row.record for row in self.search_rows(query, **filters)]

    def select(
        self,
        kind: str,
        /,
        *,
        sort: str | None = None,
        reverse: bool = False,
        limit: int | None = None,
        substitute: bool = False,
        now: date | None = None,
        **filters: Any,
    ) -> Selection:
        """The answer row by row, in constant memory unless sorted: stored lines, marks, counts.

        `kind`: events, actors, relations or documents. `substitute`: a name that no actor has may
        stand for the one that is like it, and a note says so. `now`: the day that "last May" is seen
        from (default: today, or `DIPCLI_NOW`).
        """
        return query.select(
            self.snapshot,
            kind,
            Filters.of(**filters),
            sort=sort,
            reverse=reverse,
            limit=limit,
            substitute=substitute,
            now=now,
        )

    def search_rows(
        self,
        text: str,
        /,
        *,
        sort: str | None = None,
        reverse: bool = False,
        limit: int | None = None,
        substitute: bool = False,
        now: date | None = None,
        **filters: Any,
    ) -> Selection:
        """The answer of `search` row by row, with the spans of the matched words."""
        return query.search(
            self.snapshot,
            text,
            Filters.of(**filters),
            sort=sort,
            reverse=reverse,
            limit=limit,
            substitute=substitute,
            now=now,
        )

    def count(self, kind: str, /, **filters: Any) -> int:
        """How many records of a kind the filters hold for."""
        return self.select(kind, **filters).count()

    def timeline(
        self, *, per: str | None = None, by: str | None = None, acts: bool = False, **asked: Any
    ) -> Summary[Period]:
        """Events that the filters hold for, counted by period: docs/summaries.md.

        per: day, week, month, quarter or year; by: type, actor, country, pair or document; `acts`: count
        each act of a meeting by itself. Besides filters: `substitute` and `now` as in `select`.
        """
        from dipcli import summary

        chosen, papers = self.choose(**asked), query.papers(self.snapshot)
        rows = summary.timeline(
            chosen.facts,
            per=per,
            by=by,
            acts=acts,
            since=chosen.span[0],
            until=chosen.span[1],
            every=self.choose().facts if chosen.filtered else chosen.facts,
            published={ident: paper.published for ident, paper in papers.items()},
            titles={ident: paper.title for ident, paper in papers.items()},
        )
        return Summary(rows, chosen)

    def stats(
        self, by: str | Iterable[str] = (), *, acts: bool = False, limit: int | None = None, **asked: Any
    ) -> Summary[Stat]:
        """Counts, shares and intensity of the events that the filters hold for, by up to three fields."""
        from dipcli import summary

        fields = [by] if isinstance(by, str) else list(by)
        chosen = self.choose(**asked)
        papers = query.papers(self.snapshot) if "document" in fields else {}
        titles = {ident: paper.title for ident, paper in papers.items()}
        return Summary(summary.stats(chosen.facts, fields, acts=acts, limit=limit, titles=titles), chosen)

    def pairs(
        self, *, of: str | None = None, acts: bool = False, limit: int | None = None, **asked: Any
    ) -> Summary[Pair]:
        """Who deals with whom in the events that the filters hold for.

        of: only pairs of a person, country (persons and bodies count for theirs) or organization
        """
        from dipcli import summary

        chosen = self.choose(**asked)
        recent, before = summary.spans(chosen.facts, *chosen.span)
        earlier = chosen.facts
        if chosen.span[0] is not None and before[0]:
            days = {"since": summary.iso(before[0]), "until": summary.iso(before[1]), "on": None}
            earlier = self.choose(**{**asked, **days}).facts
        rows = summary.pairs(
            chosen.facts,
            kind=of,
            kinds=self._kinds(of),
            acts=acts,
            limit=limit,
            trend=summary.Trend(recent, before, earlier),
        )
        return Summary(rows, chosen)

    def matrix(self, *, of: str | None = None, acts: bool = False, side: int = 12, **asked: Any) -> Matrix:
        """How often each two of the busiest dealt with each other; as for `pairs`."""
        from dipcli import summary

        return summary.matrix(
            self.choose(**asked).facts, kind=of, kinds=self._kinds(of), acts=acts, side=side
        )

    def profile(self, name: str, /, *, acts: bool = False, **asked: Any) -> Profile:
        """One actor at a glance, from the events that the filters (but `actor`) hold for.

        Raises AmbiguousName, NotFound.
        """
        from dipcli import summary

        meant = query.resolve_actor(name, self.snapshot, bool(asked.get("substitute")))
        actor = self.actors(actor=meant.id)[0]
        asked["actor"] = [meant.id]
        facts = self.choose(**asked).facts
        return summary.profile(
            actor,
            facts,
            times=self.timeline(acts=acts, **asked),
            events=[event for event in self.events(**asked) if event.status == "planned"],
            titles={ident: paper.title for ident, paper in query.papers(self.snapshot).items()},
            offices={
                (role.title, role.of): query.neighbours(self.snapshot, actor, role) for role in actor.roles
            },
            acts=acts,
        )

    def tenures(self, title: str, *, on: str | date, of: str | None = None) -> list[query.Tenure]:
        """Who is seen to hold an office on a day (or in a month or year), and who before and after.

        of: the country whose office it is, by code or name; without it there is one answer for each
        """
        days = dates.option(str(on), dates.now())
        lands = [query.resolve_country(of).alpha3.lower()] if of else []
        return query.tenures(self.snapshot, title, days.start.isoformat(), days.end.isoformat(), lands)

    def diff(self, other: Asked) -> list[Change]:
        """What is in another index and not in this one, is other there, or is gone: docs/summaries.md."""
        from dipcli import summary

        return list(summary.changes(self.snapshot.raw, other.snapshot.raw))

    def _kinds(self, of: str | None) -> dict[str, str]:
        """Kinds of actors by id, where they are asked for."""
        return {} if of in (None, "country") else query.directory(self.snapshot).kinds

    def choose(self, *, substitute: bool = False, now: date | None = None, **filters: Any) -> query.Chosen:
        """The events that the filters hold for as facts, which summaries count."""
        return query.choose(self.snapshot, Filters.of(**filters), substitute=substitute, now=now)

    def show(self, ident: str) -> Record:
        """The record whose id this is, or the only one whose id begins so; by an id that it had before
        something was decided, too. Raises NotFound, AmbiguousName."""
        try:
            return query.find_record(self.snapshot, ident)
        except NotFound as error:
            from dipcli import corrections

            error.hint = corrections.rejected(self.path, ident) or error.hint
            raise

    def explain(self, ident: str) -> Explanation:
        """Where an event, actor or relation comes from, by its id or the beginning of it.

        The first call brings the mentions of the whole index together, which takes as long as the last
        step of an ingest. Raises NotFound, AmbiguousName, UsageError for a document,
        IndexBusy where the index is in another state by now (`refresh`).
        """
        return self._explaining.explain(self.show(ident))

    @property
    def _explaining(self) -> Explainer:
        if self._explainer is None:
            from dipcli.explanation import Explainer

            self._explainer = Explainer(self.snapshot)
        return self._explainer

    def context(self, evidence: Evidence, width: int = 160) -> Context:
        """A quote with the words around it, up to `width` code points on either side."""
        return query.context(self.snapshot, evidence, width)

    def sources(self) -> dict[str, Source]:
        """Title, publisher and date of every document, by its id."""
        return query.sources(self.snapshot)

    def _records(self, kind: str, filters: dict[str, Any]) -> list[Any]:
        return [row.record for row in self.select(kind, **filters)]
