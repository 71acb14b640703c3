"""An index as a Python program holds it: asked, corrected, checked and written out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dipcli import index as indexes
from dipcli import query
from dipcli.library.asking import Asked
from dipcli.library.given import several, tried
from dipcli.query import Filters, Selection
from dipcli.records import Event, Record

if TYPE_CHECKING:
    from dipcli.conflicts import Conflict
    from dipcli.conflicts.draft import Verdict
    from dipcli.decisions.types import Decision, Ruling
    from dipcli.evaluation import Evaluation
    from dipcli.ingestion.deciding import Settled


def open(path: str | Path | None = None) -> Index:
    """The index in a folder; without `path` that of `DIPCLI_INDEX`, else the nearest `.dipcli/`.

    Raises IndexMissing, IndexFormatError, IndexBusy.
    """
    return Index(indexes.locate(None if path is None else str(path), os.environ, Path.cwd()))


class Index(Asked):
    """One state of an index, as it was when opened; `refresh` goes on to the present one.

    Close it, or use it in a `with` statement.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__(path)
        self._conflicts: list[Conflict] | None = None

    def refresh(self) -> None:
        """Go on to the index as it is now."""
        super().refresh()
        self._conflicts = None

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
        outcome = tried(source, published=published, name=name, model=model)
        world = conflicts.records_of(self.snapshot)
        index = claims.Directory(world.actors.values())
        lines = list(claims.lines(outcome.documents, outcome.mentions, outcome.resolved, index))
        return draft.hold(lines, world, wanted)

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

        wanted = evaluation.read(several(gold))
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
