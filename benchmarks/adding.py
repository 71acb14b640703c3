"""What adding one document costs: python benchmarks/adding.py FOLDER [--most N] [--jobs N] [--anew]

Makes indexes of 1,000 events, of 10,000 and so on up to N in FOLDER (those that are there are used) by
ingesting invented documents of 20 events each, and adds some more to a copy of each, one at a time. Prints
medians: seconds of processor time of the extraction of one document; processor time and time by the clock of
all of the ingest that adds it, extraction and the cache of queries with it; beside these the sizes of the index
and of what is kept of it to be added to, and the most memory that making the index took, in all processes, and
how long it took, where it was made now. With --anew also what it costs where nothing is remembered of the
others (as after `forget`, or where there are decisions), and where the cache of queries is made anew; both take
minutes from 100,000 events on, and making an index of 1,000,000 events takes an hour and 10 GB of disk.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

import dipcli
from dipcli import index as indexes
from dipcli.index import cache
from dipcli.records import Document, Event
from generate import EVENTS_A_DOCUMENT, World
from machine import about, table

ADDED = 5
"""Documents that are added: the first leaves what the others use, the last finds nothing remembered."""
INGEST = """
import resource, sys, dipcli
if __name__ == "__main__":
    jobs = int(sys.argv[3])
    dipcli.ingest([sys.argv[1]], index=sys.argv[2], model="none", jobs=jobs)
    of = [resource.getrusage(which).ru_maxrss for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(of[0] + of[1] * jobs * (jobs > 1))
"""


def write(folder: Path, events: int) -> None:
    """The documents as files, some more beside them."""
    beside = folder.with_name(f"{folder.name}-more")
    folder.mkdir()
    beside.mkdir()
    places = []
    for document, told in World(events + ADDED * EVENTS_A_DOCUMENT, 1).documents():
        printed = f"date: {document.published.start}\n" if document.published else ""
        text = f"---\ntitle: {document.title}\n{printed}---\n{dated(document, told)}"
        places.append(folder / f"{document.id}.txt")
        places[-1].write_text(text, encoding="utf-8")
    for place in places[-ADDED:]:
        place.rename(beside / place.name)


def make(texts: Path, index: Path, jobs: int) -> tuple[float, float]:
    """Ingests documents in a process of its own. Seconds, and MB of memory at most in all processes."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
        script.write(INGEST)
        script.flush()
        start = time.perf_counter()
        command = [sys.executable, script.name, str(texts), str(index), str(jobs)]
        made = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, int(made.stdout) / 1024


def dated(document: Document, told: list[Event]) -> str:
    """The text of a document, each event with its date in words."""
    text = document.text
    for event in told:
        day = date.fromisoformat(event.start) if event.start else None
        words = {"day": "On {:%d %B %Y}, ", "month": "In {:%B %Y}, ", "year": "In {:%Y}, "}
        if day:
            text = text.replace(event.summary, words[event.precision].format(day) + event.summary, 1)
    return text


class Cost(NamedTuple):
    """Seconds."""

    processor: float
    clock: float


def cost(do: Callable[[], object]) -> Cost:
    start = Cost(time.process_time(), time.perf_counter())
    do()
    return Cost(time.process_time() - start.processor, time.perf_counter() - start.clock)


def copied(index: Path, to: Path) -> Path:
    """A copy to be added to. Files that are replaced whole when they change are but linked."""

    def copy(source: str, target: str) -> None:
        (os.link if source.endswith(".jsonl") else shutil.copy2)(source, target)

    return Path(shutil.copytree(index, to, copy_function=copy))


def megabytes(*places: Path) -> str:
    """The size of files and of all that is in folders."""
    files = (file for place in places for file in (place.rglob("*") if place.is_dir() else (place,)))
    return f"{sum(file.stat().st_size for file in files if file.is_file()) / 1e6:,.1f}"


def measure(events: int, folder: Path, jobs: int, anew: bool) -> list[str]:
    """The row of one size."""
    index, texts = folder / f"a{events}", folder / f"t{events}"
    took = memory = None
    if not index.is_dir():
        if not texts.is_dir():
            write(texts, events)
        took, memory = make(texts, index, jobs)
    more = sorted(texts.with_name(f"{texts.name}-more").iterdir())
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        copy = copied(index, Path(scratch) / "index")

        def add(text: Path) -> Cost:
            return cost(lambda: dipcli.ingest([text], index=copy, model="none", jobs=1))

        add(more[0])
        extraction = median(
            cost(lambda text=text: dipcli.extract(text, model="none")).processor for text in more
        )
        added = [add(text) for text in more[1:-1]]
        kept = [*(copy / "cache").glob("resolution*"), *(copy / "cache").glob("lines*")]
        remembered = megabytes(*kept)
        costs = [extraction, median(one.processor for one in added), median(one.clock for one in added)]
        if anew:
            for place in kept:
                place.unlink()
            costs.append(add(more[-1]).processor)
            with indexes.read(copy) as snapshot:
                costs.append(cost(lambda: cache.make(snapshot, Path(scratch) / "anew")).processor)
        with indexes.read(copy) as snapshot:
            found = snapshot.manifest.counts["events"]
        shutil.rmtree(copy / "cache")
        size = megabytes(copy)
    made = [f"{one:,.0f}" if one else "–" for one in (took, memory)]
    return [f"{found:,}", *(f"{one:,.2f}" for one in costs), size, remembered, *made]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--anew", action="store_true")
    arguments = parser.parse_args()
    arguments.folder.mkdir(exist_ok=True)
    sizes = [10**power for power in range(3, len(str(arguments.most)))]
    heads = ["events", "extraction", "ingest", "by the clock"]
    heads += ["nothing remembered", "cache anew"] if arguments.anew else []
    heads += ["index, MB", "kept, MB", "made in, s", "memory, MB"]
    rows = [measure(size, arguments.folder, arguments.jobs, arguments.anew) for size in sizes]
    print(f"{about()}\n")
    print(table(heads, rows))


if __name__ == "__main__":
    main()
