"""Documents in, records out: composes reading, extraction, resolution and the index, and reports."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import msgspec

from dipcli import index as indexes
from dipcli.decisions import file as decisions
from dipcli.decisions.types import Decision
from dipcli.errors import AmbiguousName, DateOptionError, NotFound, UsageError
from dipcli.index import Settings
from dipcli.index.cache import remembered, remove, renew
from dipcli.ingestion.changes import Changes
from dipcli.ingestion.containers import Opener
from dipcli.ingestion.found import Found, scan
from dipcli.ingestion.limits import limits_of
from dipcli.ingestion.models import choose
from dipcli.ingestion.report import Passage, Renamed, Report, Said
from dipcli.ingestion.sources import Sources
from dipcli.ingestion.walk import readable
from dipcli.ingestion.work import Setup, outcomes
from dipcli.ingestion.writing import Work, opened, write
from dipcli.records import Told

if TYPE_CHECKING:
    from dipcli.reading import Limits

__all__ = ["Passage", "Renamed", "Report", "Said", "forget", "ingest", "limits_of", "sample_folder"]

Paths = Mapping[str, list[str]]
"""The names of each content, by SHA-256 (`Sources.paths`)."""
Progress = Callable[[int, int, str], None]
"""Called for each document that was read: how many are done, of how many, the path of this one."""


def ingest(
    paths: Iterable[str | Path],
    index: Path,
    *,
    name: str | None = None,
    stdin: bytes | None = None,
    sample: bool = False,
    prune: bool = False,
    dry_run: bool = False,
    published: str | None = None,
    publisher: str | None = None,
    columns: str | None = None,
    jobs: int | None = 1,
    model: str | None = None,
    limits: Limits | None = None,
    timeout: float = 0,
    only: Container[Path] | None = None,
    allow_private: bool = False,
    on_progress: Progress = lambda done, count, path: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Reads documents into the index at `index`, which is made if there is none.

    `paths` are files, folders (with all that is in them), addresses, which are fetched (a private one
    only with `allow_private`), and `-` for the bytes `stdin`, a document called `name`. `only`: no other
    files of the folders. `sample` reads the sample documents, into an index that holds nothing else.
    `prune` forgets documents that came from the folders now given and are gone from there.
    `published` (a date that stands by itself: "2022-05", "3 May 2022") and `publisher` are taken for
    what a document does not say; the index remembers them with each document given now. `columns`
    says which column of a table of articles is what (`text=body,published=date`), besides those that the
    index knows from earlier ingests; a field with no column (`text=`) forgets its own. `jobs` is the
    number of processes; null: as many as the machine has and the work is worth. (Processes are spawned:
    a script that asks for several needs the `if __name__ == "__main__"` guard.) `model`: an installed
    spaCy pipeline, `none` for rules alone; null: the default pipeline where it is installed
    (`models.choose`). `limits`: how much a file may take before it is given up. `timeout`: seconds to
    wait for another writer.

    `KeyboardInterrupt`, or `should_stop` answering true, ends the reading: what has been read is
    kept, and the report says that it was interrupted. A document that cannot be read is reported, and
    the rest goes on. Raises `IndexBusy`, `IndexFormatError`, `IndexWriteError`, `UsageError`,
    `ExtraMissing` (for a model that is not installed), `DecisionsError`; then the index is as it was.
    """
    from dipcli import extraction
    from dipcli.reading import LIMITS
    from dipcli.reading.containers.columns import mapping, merged

    options = _options(published, publisher)
    chosen = choose(model)
    setup = Setup(chosen.settings, limits or LIMITS)
    mapped = mapping(columns) if columns is not None else {}
    settings = Settings(
        fingerprint=extraction.fingerprint(setup.settings),
        model=chosen.name,
        model_version=chosen.version,
        model_sha256=chosen.sha256,
    )
    given = [*paths, sample_folder()] if sample else list(paths)
    report = Report(index=index, dry_run=dry_run)
    with remembered(index) as cached:
        with opened(index, dry_run, timeout) as work:
            decided = decisions.read(index)
            changes = Changes(work.before, work.scratch, settings.fingerprint)
            known = work.before.manifest.settings.columns if work.before else {}
            settings = msgspec.structs.replace(settings, columns=merged(known, mapped))
            before = changes.sources(index)
            opener = Opener(
                before,
                changes.is_fresh,
                work.scratch,
                setup.limits,
                settings.columns,
                str(settings.fingerprint),
            )
            found = scan(
                given,
                index,
                opener,
                stdin=stdin,
                name=name or "stdin",
                only=only,
                allow_private=allow_private,
            )
            found.options = options
            if sample:
                _only_these(found, changes, index)
            report.skipped += found.skipped
            report.failed += found.failed
            report.notes += found.notes
            sources, paths = _read(
                changes,
                lambda failed: found.applied(before, failed, prune),
                found,
                setup,
                report,
                jobs,
                on_progress,
                should_stop,
            )
            _classify(report, changes, found, paths)
            _conclude(work, changes, sources, paths, settings, report, decided)
        if not dry_run and not report.interrupted:
            renew(index, on_progress, cached)
    report.sort()
    return report


def forget(index: Path, documents: Iterable[str], *, timeout: float = 0) -> Report:
    """Takes documents out of the index: each named by its id, the beginning of its id, or its path. The
    path of an archive or of another file that holds documents, or of a folder, means all that is in it.

    Raises `NotFound` and `AmbiguousName` (then none is forgotten), and as `ingest` does.
    """
    from dipcli import extraction
    from dipcli.reading import LIMITS

    report = Report(index=index)
    indexes.read(index, ()).close()  # raises where there is none
    with opened(index, False, timeout) as work:
        decided = decisions.read(index)
        changes = Changes(work.before, work.scratch, None)
        sources = changes.sources(index)
        gone = {digest for text in documents for digest in _named(text, changes, sources)}
        for digest in gone:
            sources.forget(digest)
            report.forgotten.append(changes.known[digest].paths[0])
        settings = work.before.manifest.settings if work.before else Settings()
        setup = Setup(extraction.Settings(model=settings.model), LIMITS)
        _read(changes, lambda failed: sources, Found(), setup, report)
        decided = _without(work, changes, decided, gone)
        _conclude(work, changes, sources, sources.paths(), settings, report, decided, keep=False)
    remove(index)
    renew(index)
    report.sort()
    return report


def _without(work: Work, changes: Changes, decided: list[Decision], gone: set[str]) -> list[Decision]:
    """The decisions without the text of the documents that are `gone`, also in their file."""
    from dipcli.decisions import forgetting

    assert work.transaction
    left = forgetting.names(decided) - {""}
    told = {""} | changes.told(left, gone)
    changed = forgetting.forgotten(decided, gone, told.__contains__)
    if changed:
        place = work.transaction.path / decisions.NAME
        work.transaction.stage_decisions(forgetting.rewritten(place.read_bytes(), changed))
    return [changed.get(decision.id, decision) for decision in decided]


def sample_folder() -> Path:
    """Where the sample documents are: in the package, or beside it in a work tree."""
    package = Path(__file__).parents[1]
    inside = package / "data" / "documents"
    return inside if inside.is_dir() else package.parents[1] / "data" / "documents"


def _options(published: str | None, publisher: str | None) -> tuple[Told, ...]:
    """What options say of all documents. Raises `DateOptionError`, `UsageError`."""
    from dipcli.reading import metadata

    if published is not None and metadata.date(published) is None:
        raise DateOptionError(
            f"--published takes a date that stands by itself, not '{published}'",
            hint="such as 2022-05-03, 'May 2022' or 2022",
        )
    if publisher is not None and not publisher.strip():
        raise UsageError("--publisher is empty")
    return metadata.told(metadata.OPTION, published=published, publisher=publisher)


def _read(
    changes: Changes,
    state: Callable[[set[str]], Sources],
    found: Found,
    setup: Setup,
    report: Report,
    jobs: int | None = 1,
    on_progress: Progress = lambda done, count, path: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[Sources, Paths]:
    """Reads what must be read for the `state` that is wanted, which depends on what could not be
    read; so it may take a second round. Returns the state that was reached, and the names of its contents."""
    failed: set[str] = set()
    try:
        while True:
            reached, before = state(failed), len(failed)
            paths = reached.paths()
            tasks = changes.tasks(paths, found)
            with closing(outcomes(changes.filled(tasks), len(tasks), setup, jobs)) as results:
                for number, (task, outcome) in enumerate(zip(tasks, results, strict=True), start=1):
                    if outcome.failure is None:
                        changes.take(outcome)
                    else:
                        failed.add(task.sha256)
                        report.failed.append(
                            Said(found.labels.get(task.sha256, task.paths[0]), outcome.failure)
                        )
                    on_progress(number, len(tasks), task.paths[0])
                    if should_stop():
                        raise KeyboardInterrupt
            if len(failed) == before:
                return reached, paths
    except KeyboardInterrupt:
        report.interrupted = True
        failed |= found.digests - changes.known.keys() - changes.done.keys()
        reached = state(failed)
        return reached, reached.paths()


def _only_these(found: Found, changes: Changes, index: Path) -> None:
    """Raises `UsageError` where the index holds documents of other names than those found."""
    others = {known.paths[0] for known in changes.known.values()} - {file.name for file in found.files}
    if others:
        raise UsageError(
            f"the index {index} holds other documents ({min(others)})",
            hint="give the sample documents an index of their own: name it with --index",
        )


def _classify(report: Report, changes: Changes, found: Found, paths: Paths) -> None:
    """Says of each document what happened to it."""
    replaced: set[str] = set()
    for digest in paths.keys() & (found.digests | changes.done.keys()):
        path = paths[digest][0]
        if digest in changes.known:
            (report.refreshed if digest in changes.done else report.unchanged).append(path)
        elif gone := found.displaced[digest] - paths.keys():
            replaced |= gone
            report.replaced.append(path)
        else:
            report.added.append(path)
    for digest in changes.known.keys() - paths.keys() - replaced:
        report.forgotten.append(changes.known[digest].paths[0])
    for digest in paths.keys() & changes.done.keys():
        path, done = paths[digest][0], changes.done[digest]
        report.notes += [Said(path, note) for note in done.notes]
        report.left_out += [
            Passage(done.task.id, path, left.reason, left.char_start, left.char_end) for left in done.left_out
        ]


def _conclude(
    work: Work,
    changes: Changes,
    sources: Sources,
    paths: Paths,
    settings: Settings,
    report: Report,
    decided: Sequence[Decision],
    keep: bool = True,
) -> None:
    """Brings the documents together and writes what changed."""
    changes.settle(paths)
    write(work, changes, settings, report, decided, keep=keep)
    if work.transaction and (work.before or changes.any):
        sources.save(report.index)


def _named(text: str, changes: Changes, sources: Sources) -> set[str]:
    """The SHA-256 of the document that a person means, or of all that are in what a person means."""
    known = changes.known
    exact = {digest for digest, document in known.items() if text == document.id}
    paths = {digest for digest, document in known.items() if text in document.paths}
    below = {
        digest
        for digest, document in known.items()
        if any(path.startswith(f"{text.rstrip('/')}/") for path in document.paths)
    }
    files = {
        digest
        for digest, document in known.items()
        if text in (PurePath(path).name for path in document.paths)
    }
    beginning = {digest for digest, document in known.items() if document.id.startswith(text)}
    if held := sources.held_by(Path(text)):
        return held
    for chosen in (exact, paths, below, files, beginning if text else set()):
        if len(chosen) > 1 and chosen is not below:
            raise AmbiguousName(
                f"'{readable(text)}' fits {len(chosen)} documents",
                candidates=sorted(known[digest].id for digest in chosen),
                hint="name it by its id",
            )
        if chosen:
            return chosen | below if chosen is paths else chosen
    if text in changes.added:
        raise UsageError(
            f"{text} is a note of yours", hint="undo the decision that added it: dipcli decisions"
        )
    raise NotFound(f"no document '{readable(text)}' in the index", hint="`dipcli documents` lists them")
