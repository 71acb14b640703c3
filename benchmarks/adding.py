"""What adding one document costs: python benchmarks/adding.py FOLDER [--most N]

Makes indexes of 1,000 events, of 10,000 and so on up to N in FOLDER (those that are there are used) by
ingesting invented documents of 20 events each, and adds one more to a copy of each. Prints, in seconds of
processor time: extraction of the one document, all of the ingest, and in it bringing all mentions
together again; beside it what the cache costs extended and made anew.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import dipcli
from dipcli import index as indexes
from dipcli.index import cache
from dipcli.resolution import resolve
from generate import EVENTS_A_DOCUMENT, World
from machine import about, table


def write(folder: Path, events: int) -> Path:
    """The documents as files, one more beside them; gives that one."""
    folder.mkdir()
    every = [document for document, _ in World(events + EVENTS_A_DOCUMENT, 1).documents()]
    for document in every:
        printed = f"date: {document.published.start}\n" if document.published else ""
        text = f"---\ntitle: {document.title}\n{printed}---\n{document.text}"
        (folder / f"{document.id}.txt").write_text(text, encoding="utf-8")
    last = folder / f"{every[-1].id}.txt"
    return last.rename(folder.with_name(f"{folder.name}-one-more.txt"))


def seconds(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return time.process_time() - start


def measure(events: int, folder: Path) -> list[str]:
    """The row of one size."""
    index, texts = folder / f"a{events}", folder / f"t{events}"
    one = texts.with_name(f"{texts.name}-one-more.txt")
    if not index.is_dir():
        write(texts, events)
        dipcli.ingest([texts], index=index, model="none", jobs=1)
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(index, Path(scratch) / "index"))
        extraction = seconds(lambda: dipcli.extract(one, model="none"))
        with cache.remembered(copy) as before:
            whole = seconds(lambda: dipcli.ingest([one], index=copy, model="none", jobs=1))
            shutil.copytree(index / "cache", copy / "cache", dirs_exist_ok=True)
            extended = seconds(lambda: cache.renew(copy, before=before))
        with indexes.read(copy) as snapshot:
            documents, mentions = list(snapshot.records("documents")), list(snapshot.records("mentions"))
            together = seconds(lambda: resolve(documents, mentions))
            anew = seconds(lambda: cache.make(snapshot, Path(scratch) / "anew"))
        found = snapshot.manifest.counts["events"]
    return [f"{found:,}", *(f"{cost:,.2f}" for cost in (extraction, whole, together, extended, anew))]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=10_000)
    arguments = parser.parse_args()
    arguments.folder.mkdir(exist_ok=True)
    sizes = [10**power for power in range(3, len(str(arguments.most)))]
    heads = ["events", "extraction", "whole ingest", "mentions together", "cache extended", "cache anew"]
    print(f"{about()}\n")
    print(table(heads, [measure(size, arguments.folder) for size in sizes]))


if __name__ == "__main__":
    main()
