"""How long summaries take beyond an empty command: python benchmarks/summaries.py INDEX [--rounds N]

INDEX is one of `generate.py`. Whole processes, in turns with a typer app that has an empty command; prints
a Markdown table of medians in milliseconds, with the spread between quartiles.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import dipcli
from machine import about, table
from queries import EMPTY, ROWS, measure, told

ASKED = {
    "timeline": ["timeline"],
    "timeline by type": ["timeline", "--by", "type"],
    "timeline of one type": ["timeline", "--type", "CONSULT"],
    "stats": ["stats"],
    "stats by type": ["stats", "--by", "type"],
    "stats by type, a year": ["stats", "--by", "type", "--on", "2012"],
    "pairs": ["pairs", "--limit", str(ROWS)],
    "pairs of countries": ["pairs", "--kind", "country", "--limit", str(ROWS)],
    "matrix of countries": ["pairs", "--kind", "country", "--matrix"],
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--rounds", type=int, default=11)
    arguments = parser.parse_args()
    with dipcli.open(arguments.index) as index:
        counts = index.snapshot.manifest.counts
        index.stats()  # so that the cache is there
    print(
        f"{about()}; {counts['events']:,} events, {counts['documents']:,} documents, {counts['actors']:,} actors\n"
    )
    program = str(Path(sys.executable).with_name("dipcli"))
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY)
        asked = {"empty": [sys.executable, str(empty)]} | {
            name: [program, *words, "--format", "jsonl", "--index", str(arguments.index)]
            for name, words in ASKED.items()
        }
        times = measure(asked, lambda name: arguments.rounds)
    nothing = statistics.median(times["empty"])
    rows = [
        [name, told(some), f"{(statistics.median(some) - nothing) * 1000:+,.0f}"]
        for name, some in times.items()
    ]
    print(table(["summary", "milliseconds", "beyond the empty command"], rows))


if __name__ == "__main__":
    main()
