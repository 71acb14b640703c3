"""How long summaries take beyond an empty command: python benchmarks/summaries.py INDEX [--rounds N]

INDEX is one of `generate.py`. Whole processes, in turns with a typer app that has an empty command. Prints a
Markdown table in milliseconds: medians by the clock, with the spread between quartiles, and medians of the
time on a processor, which other work on the machine lengthens less. Needs a POSIX system.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import dipcli
from machine import about, table
from queries import EMPTY, ROWS, Took, middle, seconds, told

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
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY)
        asked = {"empty": [sys.executable, str(script)]} | {
            name: [program, *words, "--format", "jsonl", "--index", str(arguments.index)]
            for name, words in ASKED.items()
        }
        times: dict[str, list[Took]] = {name: [] for name in asked}
        for turn in range(arguments.rounds + 1):
            for name, command in asked.items():
                took = seconds(command)
                if turn:  # the first is not counted
                    times[name].append(took)
    empty = middle(times["empty"])
    rows = [
        [
            name,
            told(some),
            f"{(middle(some).clock - empty.clock) * 1000:+,.0f}",
            f"{middle(some).processor * 1000:,.0f}",
            f"{(middle(some).processor - empty.processor) * 1000:+,.0f}",
        ]
        for name, some in times.items()
    ]
    print(f"Load: {os.getloadavg()[0]:.1f}.\n")
    print(table(["summary", "by the clock", "beyond empty", "on a processor", "beyond empty"], rows))


if __name__ == "__main__":
    main()
