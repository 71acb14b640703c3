"""Whether confidence means what it says: python benchmarks/reliability.py [GOLD ...] [--documents DIR ...] [--model NAME ...]

Reads the documents into an index of its own, by rules alone and with the default model where it is installed
(or with each `--model`), and prints for each step of confidence how many events have it, what it is on
average, and the share of them that are right: that gold has, core or optional, with the same dates and type
and at least half of the participants. Without GOLD, the four annotated sample documents.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

from accuracy import DATA, measured
from dipcli.evaluation import Judged
from dipcli.extraction import syntax
from machine import about, table

STEPS = (0.0, 0.45, 0.55, 0.65, 0.75, 0.85, 1.0)
"""Where one step of confidence ends and the next begins."""


def steps(judged: list[Judged]) -> list[list[str]]:
    """For each step that has events: its bounds, how many, their mean confidence, the share that is right."""
    rows = []
    for low, high in pairwise(STEPS):
        here = [one for one in judged if low <= one.confidence < high]
        if here:
            mean = sum(one.confidence for one in here) / len(here)
            right = sum(one.right for one in here) / len(here)
            rows.append([f"{low:.2f} to {high:.2f}", str(len(here)), f"{mean:.2f}", f"{right:.2f}"])
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="*", type=Path, metavar="GOLD")
    parser.add_argument("--documents", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--model", action="append", metavar="NAME")
    given = parser.parse_args()
    gold, documents = given.gold or [DATA / "gold"], given.documents or [DATA / "documents"]
    print(f"{about()}\n")
    for model in given.model or ["none", *([syntax.DEFAULT_MODEL] if syntax.available() else [])]:
        judged = measured(gold, documents, model).judged
        error = sum((one.confidence - one.right) ** 2 for one in judged) / max(1, len(judged))
        print(
            f"{'rules alone' if model == 'none' else model}: {len(judged)} events, Brier score {error:.3f}\n"
        )
        print(table(["confidence", "events", "mean", "right"], steps(judged)))


if __name__ == "__main__":
    main()
