"""`dipcli ingest` and `dipcli forget`: documents into the index, and out of it again."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sized
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dipcli
from dipcli import index as indexes
from dipcli import settings
from dipcli.cli.options import INDEX, MODEL, Argument, Option, command, whole_number
from dipcli.errors import Exit, UsageError
from dipcli.output import terminal
from dipcli.output.text import counted

if TYPE_CHECKING:
    from dipcli.ingestion import Report, Said

PASSAGE = 120
"""Characters of a passage that --verbose quotes."""
REASONS = {
    "no-date": "without a date",
    "no-actor": "without an actor",
    "long-time": "over a long time",
    "too-long": "too long",
    "language": "not in English",
}
"""Why a passage was left out, in words; a reason that is not here is a word itself."""
LISTED = 10
"""Lines of a list in the summary without --verbose, about."""
ALIKE = 3
"""Files of which the same is said that are named one by one."""


def _ingest(
    paths: tuple[str, ...],
    name: str | None,
    sample: bool | None,
    prune: bool | None,
    dry_run: bool | None,
    published: str | None,
    publisher: str | None,
    max: tuple[str, ...],
    map: str | None,
    watch: bool | None,
    allow_private: bool | None,
    verbose: bool | None,
    jobs: str | None,
    model: str | None,
    index: str | None,
) -> Exit:
    if not paths and not sample:
        raise UsageError(
            "nothing to ingest",
            hint="name files or folders, or try the sample documents: dipcli ingest --sample",
        )
    if "" in paths:
        raise UsageError("a path is empty", hint="name files or folders; this folder is .")
    if name is not None and "-" not in paths:
        raise UsageError("--name is for a document on standard input", hint="dipcli ingest - --name NAME")
    if watch and (prune or sample or dry_run or "-" in paths):
        raise UsageError("--watch goes with none of --prune, --sample, --dry-run and -")
    wanted = whole_number("--jobs", jobs)
    set_up = settings.load(index=index, model=model)
    place = indexes.target(set_up.index, os.environ, Path.cwd())
    is_new = not place.exists()
    stdin = sys.stdin.buffer.read() if "-" in paths and sys.stdin is not None else None
    from dipcli.ingestion import limits_of
    from dipcli.ingestion.models import choose
    from dipcli.output import progress

    if note := choose(set_up.model).note:
        terminal.note(note)
    options: dict[str, Any] = {
        "published": published,
        "publisher": publisher,
        "columns": map,
        "limits": limits_of(max),
        "jobs": wanted,
        "model": set_up.model,
    }
    if watch:
        reports = dipcli.watch(paths, place, on_progress=progress.on_demand("Reading"), **options)
        return _watch(reports, is_new, bool(verbose))
    with progress.bar("Reading") as advance:
        report = dipcli.ingest(
            paths,
            place,
            name=name,
            stdin=stdin,
            sample=bool(sample),
            prune=bool(prune),
            dry_run=bool(dry_run),
            allow_private=bool(allow_private),
            on_progress=advance,
            **options,
        )
    _say(report, is_new, bool(verbose))
    asks = terminal.is_terminal(sys.stderr) and not dry_run and not report.interrupted
    if asks and report.counts.get("events"):
        for line in _try_next(report.index, named=index is not None):
            terminal.say(line)
    return report.exit


def _watch(reports: Iterator[Report], is_new: bool, verbose: bool) -> Exit:
    """Tells of each batch until Ctrl-C, which is an interruption only while a batch is read."""
    terminal.note("watching; Ctrl-C ends it")
    try:
        for report in reports:
            _say(report, is_new, verbose)
            is_new = False
            if report.interrupted:
                return report.exit
    except KeyboardInterrupt:
        terminal.note("no longer watching; all that arrived is in the index")
    return Exit.OK


def _say(report: Report, is_new: bool, verbose: bool) -> None:
    for line in _summary(report, is_new, verbose):
        terminal.say(line)
    if report.interrupted:
        terminal.note(
            "interrupted; what had been read is kept" if report.read else "interrupted; nothing was written"
        )


def _forget(document: tuple[str, ...], index: str | None) -> Exit:
    from dipcli.ingestion import forget

    report = forget(indexes.locate(settings.load(index=index).index, os.environ, Path.cwd()), document)
    for line in _summary(report, False, True):
        terminal.say(line)
    return Exit.OK


def _summary(report: Report, is_new: bool, verbose: bool) -> Iterator[str]:
    """What was done, what is in the index now, what was left out and why."""
    made = " (new)" if report.index.exists() else " (not made)"
    about = " (nothing written: a dry run)" if report.dry_run else made if is_new else ""
    yield f"index {report.index}{about}"
    done: dict[str, Sized] = {
        "read": report.added,
        "read again": report.refreshed,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "forgotten": report.forgotten,
        "skipped": report.skipped,
        "failed": report.failed,
    }
    yield "  documents: " + (", ".join(f"{len(what)} {how}" for how, what in done.items() if what) or "none")
    for how, said in (("failed", report.failed), ("skipped", report.skipped), ("note", report.notes)):
        yield from _list(how, said, verbose)
    counts = [
        counted(report.counts.get(kind, 0), kind) for kind in ("documents", "events", "actors", "relations")
    ]
    yield f"  {'would be ' if report.dry_run else ''}in the index: {', '.join(counts)}"
    if report.copies:
        yield f"  copies: {counted(report.copies, 'documents')} (`dipcli documents --copies` lists them)"
    if lost := report.decisions.get("nothing"):
        made = counted(sum(report.decisions.values()), "decisions")
        yield f"  decisions: of {made} {lost} fit nothing now (`dipcli decisions --state nothing` lists them)"
    if report.left_out:
        reasons = ", ".join(
            f"{count} {REASONS.get(reason, reason)}" for reason, count in report.left_out_by_reason.items()
        )
        yield f"  left out: {reasons}" + ("" if verbose else " (--verbose lists them)")
    if verbose:
        yield from _left_out(report)
        for renamed in report.renamed:
            yield f"    {renamed.old} is now {renamed.new}"
    elif report.renamed:
        yield f"  other ids than before: {counted(len(report.renamed), 'events')} (--verbose lists them)"


def _left_out(report: Report) -> Iterator[str]:
    """Each passage left out, in its own words where its document is in the index."""
    quoted: dict[str, str] = {}
    with ExitStack() as stack:
        snapshot = None if report.dry_run else stack.enter_context(dipcli.open(report.index)).snapshot
        for passage in report.left_out:
            if snapshot and passage.document not in quoted:
                quoted = {passage.document: snapshot.get("documents", passage.document).text}
            words = quoted.get(passage.document, "")[passage.char_start : passage.char_end]
            about = words[:PASSAGE] + "…" * (len(words) > PASSAGE)
            place = f"{passage.path}:{passage.char_start}-{passage.char_end}"
            yield f"    {place} {REASONS.get(passage.reason, passage.reason)}  {about}".rstrip()


def _list(how: str, said: list[Said], verbose: bool) -> Iterator[str]:
    """Each file and what is said of it; unless asked for all, many of the same are counted, and of what did
    not fail so many lines are enough."""
    alike: dict[str, list[str]] = {}
    for path, what in said:
        alike.setdefault(what, []).append(path)
    lines, shown = [], 0
    for what, paths in alike.items():
        some = paths if verbose or len(paths) <= ALIKE else paths[:1]
        lines += [f"    {how}: {path} {what}" for path in some]
        shown += len(some)
        if len(some) < len(paths):
            lines.append(f"    {how}: and {len(paths) - 1} more: {what}")
            shown += len(paths) - 1
        if len(lines) >= LISTED and not (verbose or how == "failed"):
            break
    yield from lines
    if shown < len(said):
        yield f"    {how}: and {len(said) - shown} more (--verbose lists them)"


def _try_next(index: Path, named: bool) -> Iterator[str]:
    """Three commands that answer from this very index, with actors found in it."""
    with dipcli.open(index) as opened:
        persons, countries = (
            [
                row.record
                for row in opened.select("actors", kind=kind, sort="event_count", reverse=True, limit=limit)
            ]
            for kind, limit in (("person", 2), ("country", 1))
        )
    where = ["--index", str(index)] if named else []
    commands = [
        *(["events", "--actor", person.name] for person in persons[:1]),
        *(["search", person.name] for person in persons[1:]),
        *(["show", country.id] for country in countries),
        *(["events"], ["info"], ["documents"]),
    ]
    yield "try next:"
    for words in commands[:3]:
        yield f"  {shlex.join(['dipcli', *words, *where])}"


COMMANDS = {
    "ingest": command(
        "ingest",
        "Read documents into the index: files, folders, addresses, - for stdin.",
        [
            Argument(
                "PATHS",
                "Files, folders, addresses (https://…); - is standard input.",
                many=True,
                required=False,
            ),
            Option("--name", "What the document on standard input is called.", "NAME"),
            Option("--sample", "Read the sample documents that come with dipcli."),
            Option("--prune", "Forget documents of the folders named that are gone from them."),
            Option("--dry-run", "Read and report, but write nothing."),
            Option("--published", "When documents that do not say so were published.", "DATE"),
            Option("--publisher", "Who published documents that do not say so.", "NAME"),
            Option("--max", "A limit for each file, such as bytes=200MB or seconds=600.", "LIMIT=N", True),
            Option(
                "--map", "Columns of tables of articles, such as text=body,published=day.", "FIELD=COLUMN,…"
            ),
            Option("--watch", "Go on: take what arrives in the folders named, until Ctrl-C."),
            Option("--allow-private", "Fetch from addresses of this machine and the local network, too."),
            Option("--verbose", "List everything that was skipped or left out."),
            Option("--jobs", "Processes; without it as many as the work is worth.", "N"),
            MODEL,
            INDEX,
        ],
        _ingest,
    ),
    "forget": command(
        "forget",
        "Take documents out of the index. What rests on them alone goes with them.",
        [
            Argument(
                "DOCUMENT", "An id, its beginning, a path (of a folder, an archive: all in it).", many=True
            ),
            INDEX,
        ],
        _forget,
    ),
}
