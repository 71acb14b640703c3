"""What resolving everything takes: python benchmarks/memory.py INDEX [--times N]

Takes the documents and mentions of an index (`benchmarks/adding.py` makes some) N times over, each time with
other ids, other days and other names of most persons, and resolves them all in this process: what an ingest
does that cannot add to what it remembers, but for reading before and writing after it. Prints how many
documents and events there are, the most memory, and the time of the processor.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from io import FileIO
from pathlib import Path

from msgspec.structs import replace

from dipcli import index as indexes
from dipcli.index import Snapshot
from dipcli.index.ledger import Scratch
from dipcli.mentions import ActorMention, EventMention, Mentions
from dipcli.records import Document
from dipcli.resolution import resolve
from machine import about, table

DAYS_APART = 41
"""From one time to the next."""
OTHERS = 2 / 3
"""The share of persons who are others each time."""


def documents(index: Snapshot, times: int) -> Iterator[Document]:
    for turn in range(times):
        for one in index.records("documents"):
            ident = renamed(one.id, turn)
            published = one.published
            if published:
                start, end = (later(day, turn) for day in (published.start, published.end))
                published = replace(published, start=start, end=end)
            yield replace(one, id=ident, sha256=ident, path=ident, paths=[ident], published=published)


def mentions(index: Snapshot, times: int) -> Iterator[Mentions]:
    for turn in range(times):
        for found in index.records("mentions"):
            yield replace(
                found,
                document=renamed(found.document, turn),
                actors=[another(actor, turn) for actor in found.actors],
                events=[moved(event, turn) for event in found.events],
            )


def renamed(document: str, turn: int) -> str:
    return f"doc-{sha256(f'{document}{turn}'.encode()).hexdigest()[:12]}" if turn else document


@lru_cache(1 << 16)
def later(day: str, turn: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=DAYS_APART * turn)).isoformat()


def moved(event: EventMention, turn: int) -> EventMention:
    start, end = (day and later(day, turn) for day in (event.start, event.end))
    return replace(event, start=start, end=end)


def another(actor: ActorMention, turn: int) -> ActorMention:
    is_other = sha256(actor.name.encode()).digest()[0] < 256 * OTHERS
    if not turn or actor.kind != "person" or not is_other:
        return actor
    return replace(actor, name=f"{actor.name}{chr(ord('a') + turn % 26)}", aliases=[])


def measure(index: Path, times: int) -> list[str]:
    """The row of one index."""
    with (
        indexes.read(index) as snapshot,
        tempfile.TemporaryDirectory() as folder,
        FileIO(Path(folder) / "scratch", "w+") as file,
    ):
        room = Scratch(index, file)
        start = time.process_time()
        made = resolve(documents(snapshot, times), mentions(snapshot, times), room=room)
        spent = time.process_time() - start
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        count = times * snapshot.manifest.counts["documents"]
        aside = (Path(folder) / "scratch").stat().st_size / 1e6
        numbers = (count, len(made.events), len(made.actors), len(made.relations), most, aside, spent)
        return [f"{number:,.0f}" for number in numbers]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--times", type=int, default=1)
    arguments = parser.parse_args()
    heads = ["documents", "events", "actors", "relations", "memory, MB", "put aside, MB", "s"]
    print(f"{about()}\n")
    print(table(heads, [measure(arguments.index, arguments.times)]))


if __name__ == "__main__":
    main()
