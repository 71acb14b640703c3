"""The library: an index opened, asked and filled by a Python program, as the commands do it.

    import dipcli

    with dipcli.open() as index:
        for event in index.events(actor="Wang Yi", since="2022-05"):
            print(event.start, event.summary)

Filters are those of the commands, with underscores for dashes; a repeatable one takes a value or a
list. All methods raise `dipcli.errors.DipcliError`s: UsageError and its kinds for a value that cannot
be meant, AmbiguousName and NotFound for a name or id, IndexFormatError for a damaged index.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dipcli import dates, query
from dipcli import index as indexes
from dipcli.errors import DocumentError, NotFound
from dipcli.index.snapshot import CACHED
from dipcli.query import Filters, Selection
from dipcli.records import Actor, Document, Event, Evidence, Record, Relation

if TYPE_CHECKING:
    from dipcli.conflicts import Conflict
    from dipcli.conflicts.draft import Verdict
    from dipcli.decisions.types import Decision, Ruling
    from dipcli.evaluation import Evaluation
    from dipcli.explanation import Explainer, Explanation
    from dipcli.ingestion import Report
    from dipcli.ingestion.deciding import Settled
    from dipcli.ingestion.trial import Trial
    from dipcli.query import Context, Hit, Source
    from dipcli.resolution import Resolved
    from dipcli.summary import Change, Matrix, Pair, Period, Profile, Stat


def open(path: str | Path | None = None) -> Index:
    """The index in a folder; without `path` that of `DIPCLI_INDEX`, else the nearest `.dipcli/`.

    Raises IndexMissing, IndexFormatError, IndexBusy.
    """
    return Index(indexes.locate(None if path is None else str(path), os.environ, Path.cwd()))


def ingest(
    paths: str | Path | Iterable[str | Path] = (),
    index: str | Path | Index | None = None,
    **options: Any,
) -> Report:
    """Read documents into an index, made where there is none; tells what was read and what not.

    `paths`: a file or folder, or several. Without `index` that of `DIPCLI_INDEX`, else the nearest
    `.dipcli/`, else a new one here. `options` are those of `dipcli.ingestion.ingest`.
    """
    from dipcli import ingestion

    return _change(index, lambda place: ingestion.ingest(_several(paths), place, **options))


def watch(
    paths: str | Path | Iterable[str | Path], index: str | Path | None = None, **options: Any
) -> Iterator[Report]:
    """Read what is in folders and what arrives there, without end: a report for each batch.

    `index` as for `ingest`; `options` are those of `dipcli.ingestion.watch.watch`.
    """
    from dipcli.ingestion.watch import watch

    place = indexes.target(None if index is None else str(index), os.environ, Path.cwd())
    return watch(_several(paths), place, **options)


def forget(documents: str | Iterable[str], index: str | Path | Index | None = None) -> Report:
    """Take documents out of an index, by id, the beginning of it, or path: `dipcli.ingestion.forget`."""
    from dipcli import ingestion

    return _change(index, lambda place: ingestion.forget(place, map(str, _several(documents))))


def extract(
    source: str | Path,
    *,
    published: str | date | None = None,
    name: str | None = None,
    model: str | None = None,
) -> Resolved:
    """The records of one document, without an index: `.events`, `.actors`, `.relations`.

    source: a text, or the Path of a file
    published: the day of publication, or its date as the options take it ("2022-08", "last May")
    model: an installed spaCy pipeline, `none` for rules alone; without it the default one if installed

    Raises DocumentError, DateOptionError, ExtraMissing.
    """
    return _tried(source, published=published, name=name, model=model).resolved


def _tried(source: str | Path, *, published: str | date | None, name: str | None, model: str | None) -> Trial:
    from dipcli import dates
    from dipcli.ingestion.trial import Given, trial

    if isinstance(source, Path):
        given = Given(name or source.name, source)
    else:
        given = Given(name or "text", source.encode(errors="replace"))
    printed = dates.option(str(published), dates.now()) if published is not None else None
    tried = trial([given], published=printed, model=model)
    for path, what in tried.failed:
        raise DocumentError(f"{path} {what}")
    return tried


def _several(given: str | Path | Iterable[str | Path]) -> list[str | Path]:
    return [given] if isinstance(given, str | Path) else list(given)


def _change(index: str | Path | Index | None, change: Callable[[Path], Report]) -> Report:
    """Change the index meant; one that is open goes on to its new state."""
    named = index.path if isinstance(index, Index) else index
    report = change(indexes.target(None if named is None else str(named), os.environ, Path.cwd()))
    if isinstance(index, Index):
        index.refresh()
    return report


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


class Index:
    """One state of an index, as it was when opened; `refresh` goes on to the present one.

    Close it, or use it in a `with` statement.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.snapshot = indexes.read(self.path, CACHED)
        self._explainer: Explainer | None = None
        self._conflicts: list[Conflict] | None = None

    def __enter__(self) -> Index:
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
        self._conflicts = None

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

    def diff(self, other: Index) -> list[Change]:
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

    def decision(
        self,
        kind: str,
        subjects: str | Record | Iterable[str | Record] = (),
        *,
        by: str | None = None,
        why: str | None = None,
        set: Mapping[str, Any] | None = None,
        **given: Any,
    ) -> Decision:
        """A decision about records of this index, as `dipcli.decisions.make` makes it.

        subjects: records, or the beginnings of their ids
        set: for edit and add, fields and their values as the commands take them; names are looked up here
        """
        from dipcli import corrections

        return corrections.decision(self.snapshot, self.show, kind, subjects, set, by=by, why=why, **given)

    def decide(self, *decisions: Decision, apply: bool = True) -> Settled:
        """Write decisions into the index and apply them; the index goes on to its new state.

        Without any, what was changed in `decisions.jsonl` by hand is applied. Where not to `apply`, they
        are only written: the next `decide` or ingest applies them. Raises DecisionsError, IndexBusy,
        IndexWriteError; then nothing was decided.
        """
        from dipcli.ingestion.deciding import decide

        settled = decide(self.path, decisions, apply=apply)
        if apply:
            self.refresh()
        return settled

    def is_decided(self) -> bool:
        """Whether the records are made under `decisions.jsonl` as it is now."""
        from dipcli import corrections

        return corrections.are_applied(self.snapshot)

    def decisions(self) -> list[tuple[Decision, Ruling]]:
        """Every decision of the index, in order, and whether it holds and of which records it is now.

        Takes as long as `explain` does at first. Raises DecisionsError where the file is broken.
        """
        from dipcli.decisions import file

        every = file.read(self.path)
        return list(zip(every, self._explaining.rulings, strict=True)) if every else []

    def conflicts(self, **asked: Any) -> list[Conflict]:
        """What does not fit in the index, the gravest first: values that contradict each other, with the
        words on both sides. `asked` is what `conflict_rows` takes."""
        return [row.record for row in self.conflict_rows(**asked)]

    def conflict_rows(
        self,
        *,
        rule: str | Iterable[str] = (),
        severity: str | None = None,
        settled: bool = False,
        sort: str | None = None,
        reverse: bool = False,
        limit: int | None = None,
        substitute: bool = False,
        now: date | None = None,
        **filters: Any,
    ) -> Selection:
        """The conflicts that some rules find (without `rule` all of `dipcli.conflicts.RULES`), that grave or
        graver, about events, actors or documents for which all the filters hold; not those that were settled,
        unless they are asked for.

        The first call reads all documents and mentions. Raises as `select` does; UnknownValue for a rule or
        a severity that is none, IndexBusy where the index is in another state by now (`refresh`),
        DecisionsError where the decisions of the index cannot be read.
        """
        from dipcli.conflicts import selecting

        rules = [rule] if isinstance(rule, str) else list(rule)
        asked = Filters.of(**filters)
        selecting.check(rules, severity, asked)
        return selecting.chosen(
            [one for one in self._every_conflict() if settled or one.settled is None],
            self.snapshot,
            asked,
            rules=rules,
            severity=severity,
            sort=sort,
            reverse=reverse,
            limit=limit,
            substitute=substitute,
            now=now,
        )

    def _every_conflict(self) -> list[Conflict]:
        """All conflicts, those that were settled marked so."""
        from dipcli import conflicts
        from dipcli.conflicts import settling
        from dipcli.decisions import file
        from dipcli.decisions.types import Settle

        if self._conflicts is None:
            self._conflicts = conflicts.of_snapshot(self.snapshot)
        decisions = file.read(self.path)
        if not any(isinstance(decision, Settle) for decision in decisions):
            return self._conflicts
        return settling.marked(self._conflicts, decisions, conflicts.digests(self.snapshot))

    def settle(
        self, conflict: str | Conflict, chosen: str, *, by: str | None = None, why: str | None = None
    ) -> Settled:
        """Settle a conflict, by its id or the beginning of it: side `a` holds or side `b`, `neither`, or both
        (`dismiss`). What follows from it is corrected: a date, a place, a name, a participant.

        Raises NotFound, AmbiguousName, UnknownValue, and as `decide` does.
        """
        from dipcli.conflicts import settling

        found = settling.meant(self._every_conflict(), conflict) if isinstance(conflict, str) else conflict
        follows = settling.corrections(found, chosen, self._event)
        values = [found.a.value, found.b.value]
        made = [
            self.decision(
                "settle",
                settling.subjects(found),
                by=by,
                why=why,
                rule=found.rule,
                values=values,
                chosen=chosen,
            ),
            *(self.decision(one.kind, one.about, by=by, why=why, **one.given) for one in follows),
        ]
        return self.decide(*made)

    def _event(self, ident: str) -> Event:
        found = self.show(ident)
        assert isinstance(found, Event)
        return found

    def draft(
        self,
        source: str | Path,
        *,
        published: str | date | None = None,
        name: str | None = None,
        model: str | None = None,
        **filters: Any,
    ) -> list[Verdict]:
        """A chronology that is being written, held against the index without ingesting it: a verdict for each
        line, then the events of its span that it leaves out, of those for which all the filters hold.

        `source`, `published`, `name` and `model` as in `dipcli.extract`, with its errors.
        """
        from dipcli import conflicts
        from dipcli.conflicts import claims, draft

        wanted = {row.record.id for row in self.select("events", **filters)} if filters else None
        tried = _tried(source, published=published, name=name, model=model)
        world = conflicts.records_of(self.snapshot)
        index = claims.Directory(world.actors.values())
        lines = list(claims.lines(tried.documents, tried.mentions, tried.resolved, index))
        return draft.hold(lines, world, wanted)

    def context(self, evidence: Evidence, width: int = 160) -> Context:
        """A quote with the words around it, up to `width` code points on either side."""
        return query.context(self.snapshot, evidence, width)

    def sources(self) -> dict[str, Source]:
        """Title, publisher and date of every document, by its id."""
        return query.sources(self.snapshot)

    def chronology(
        self,
        events: Iterable[Event] | None = None,
        form: str = "md",
        *,
        title: str | None = None,
        template: str | None = None,
        quotes: bool = True,
    ) -> bytes:
        """Events (default: all) as a chronology with footnotes: `dipcli.chronology.chronology`."""
        from dipcli.chronology import TEMPLATE, chronology

        chosen = self.events() if events is None else events
        return chronology(
            self.snapshot, chosen, form, title=title, template=template or TEMPLATE, quotes=quotes
        )

    def report(
        self,
        events: Iterable[Event] | None = None,
        *,
        title: str | None = None,
        quotes: bool = True,
        asked: str = "",
    ) -> bytes:
        """Events (default: all) as one self-contained HTML page: `dipcli.report.report`."""
        from dipcli.report import report

        chosen = self.events() if events is None else events
        return report(self.snapshot, chosen, title=title, quotes=quotes, asked=asked)

    def evaluate(self, gold: str | Path | Iterable[str | Path]) -> Evaluation:
        """How well the index agrees with gold files, or folders of them (docs/annotation.md).

        Raises GoldError; AmbiguousName where two documents have the name that gold uses.
        """
        from dipcli import evaluation

        wanted = evaluation.read(_several(gold))
        return evaluation.evaluate(
            wanted, *(self.snapshot.records(kind) for kind in ("documents", "events", "actors", "relations"))
        )

    def info(self) -> dict[str, Any]:
        """Which index it is, what is in it, what made it."""
        from dipcli.decisions import file
        from dipcli.query.overview import overview

        manifest = self.snapshot.manifest
        return {
            "index": str(self.path),
            "format": manifest.format,
            "dipcli": manifest.dipcli,
            "model": manifest.settings.model,
            "model_version": manifest.settings.model_version,
            "fingerprint": manifest.settings.fingerprint,
            **{kind: manifest.counts.get(kind, 0) for kind in query.KINDS},
            "decisions": file.count(self.path),
            **overview(self.snapshot),
            "bytes": sum(part.bytes for parts in manifest.parts.values() for part in parts),
        }

    def _records(self, kind: str, filters: dict[str, Any]) -> list[Any]:
        return [row.record for row in self.select(kind, **filters)]
