"""What adding one document costs: python benchmarks/adding.py FOLDER [--most N]

Makes indexes of 1,000 events, of 10,000 and so on up to N in FOLDER (those that are there are used) by
ingesting invented documents of 20 events each, and adds some more to a copy of each, one at a time. Prints
medians in seconds of processor time: extraction of one document, all of the ingest that adds it, all of it
where nothing is remembered of the others (as after `forget`, or where there are decisions), and what is
in it for the cache of queries: extended, and made anew; beside these the sizes of the index and of what is
remembered of it, and the most memory that making the index took, where it was made now.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import dipcli
from dipcli import index as indexes
from dipcli.index import cache
from dipcli.records import Document, Event
from generate import EVENTS_A_DOCUMENT, World
from machine import about, table

ADDED = 4
"""Documents that are added: the first leaves what the others use, the last finds nothing remembered."""
INGEST = """
import resource, sys, dipcli
if __name__ == "__main__":
    dipcli.ingest([sys.argv[1]], index=sys.argv[2], model="none", jobs=1)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def write(folder: Path, events: int) -> list[Path]:
    """The documents as files, some more beside them; gives those."""
    beside = folder.with_name(f"{folder.name}-more")
    folder.mkdir()
    beside.mkdir()
    every = [*World(events + ADDED * EVENTS_A_DOCUMENT, 1).documents()]
    for number, (document, told) in enumerate(every):
        printed = f"date: {document.published.start}\n" if document.published else ""
        text = f"---\ntitle: {document.title}\n{printed}---\n{dated(document, told)}"
        place = folder if number < len(every) - ADDED else beside
        (place / f"{document.id}.txt").write_text(text, encoding="utf-8")
    return sorted(beside.iterdir())


def dated(document: Document, told: list[Event]) -> str:
    """The text of a document, each event with its date in words."""
    text = document.text
    for event in told:
        day = date.fromisoformat(event.start) if event.start else None
        words = {"day": "On {:%d %B %Y}, ", "month": "In {:%B %Y}, ", "year": "In {:%Y}, "}
        if day:
            text = text.replace(event.summary, words[event.precision].format(day) + event.summary, 1)
    return text


def seconds(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return time.process_time() - start


def megabytes(*places: Path) -> str:
    """The size of files and of all that is in folders."""
    files = (file for place in places for file in (place.rglob("*") if place.is_dir() else (place,)))
    return f"{sum(file.stat().st_size for file in files if file.is_file()) / 1e6:,.1f}"


def measure(events: int, folder: Path) -> list[str]:
    """The row of one size."""
    index, texts = folder / f"a{events}", folder / f"t{events}"
    memory = "–"
    if not index.is_dir():
        write(texts, events)
        made = subprocess.run(
            [sys.executable, "-c", INGEST, texts, index], check=True, capture_output=True, text=True
        )
        memory = f"{int(made.stdout) / 1024:,.0f}"
    more = sorted(texts.with_name(f"{texts.name}-more").iterdir())
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        copy = Path(shutil.copytree(index, Path(scratch) / "index"))

        def add(text: Path) -> float:
            return seconds(lambda: dipcli.ingest([text], index=copy, model="none", jobs=1))

        add(more[0])
        extraction = median(seconds(lambda text=text: dipcli.extract(text, model="none")) for text in more)
        added = median(add(text) for text in more[1:-1])
        kept = [*(copy / "cache").glob("resolution*"), *(copy / "cache").glob("lines*")]
        remembered = megabytes(*kept)
        for place in kept:
            place.unlink()
        shutil.copytree(copy / "cache", Path(scratch) / "before")
        with cache.remembered(copy) as before:
            anew = add(more[-1])
            shutil.copytree(Path(scratch) / "before", copy / "cache", dirs_exist_ok=True)
            extended = seconds(lambda: cache.renew(copy, before=before))
        with indexes.read(copy) as snapshot:
            made_anew = seconds(lambda: cache.make(snapshot, Path(scratch) / "anew"))
            found = snapshot.manifest.counts["events"]
        shutil.rmtree(copy / "cache")
        size = megabytes(copy)
    costs = [f"{cost:,.2f}" for cost in (extraction, added, anew, extended, made_anew)]
    return [f"{found:,}", *costs, size, remembered, memory]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=10_000)
    arguments = parser.parse_args()
    arguments.folder.mkdir(exist_ok=True)
    sizes = [10**power for power in range(3, len(str(arguments.most)))]
    heads = ["events", "extraction", "ingest", "nothing remembered", "cache extended", "cache anew"]
    sizes_of = ["index, MB", "remembered, MB", "memory, MB"]
    print(f"{about()}\n")
    print(table([*heads, *sizes_of], [measure(size, arguments.folder) for size in sizes]))


if __name__ == "__main__":
    main()
