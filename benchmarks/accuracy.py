"""Accuracy on gold annotation: python benchmarks/accuracy.py [GOLD ...] [--documents DIR ...] [--model NAME ...]

Reads the documents into an index of its own, once by rules alone and once with the default model where it
is installed (or with each `--model`), and prints every figure of `dipcli evaluate` side by side, as
Markdown. GOLD are files in the format of docs/annotation.md, or folders of them; without any, and without
`--documents`, the four annotated sample documents. Figures are F1 (precision, recall), or the share right
with what it is a share of.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import dipcli
from dipcli.evaluation import Evaluation, Measure
from dipcli.extraction import syntax
from machine import about, table

DATA = Path(__file__).resolve().parent.parent / "data"


def measured(gold: list[Path], documents: list[Path], model: str) -> Evaluation:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "index"
        report = dipcli.ingest(documents, place, model=model)
        for said in report.failed:
            print(f"failed: {said.path} {said.what}")
        with dipcli.open(place) as index:
            return index.evaluate(gold)


def figure(measure: Measure | None) -> str:
    if measure is None:
        return ""
    if measure.precision is None:
        return f"{measure.score:.2f} (of {measure.gold})"
    return f"{measure.score:.2f} ({measure.precision:.2f}, {measure.recall:.2f})"


def side_by_side(title: str, found: dict[str, dict[str, Measure]]) -> str:
    names = list(dict.fromkeys(name for measures in found.values() for name in measures))
    rows = [[name, *(figure(measures.get(name)) for measures in found.values())] for name in names]
    return table([title, *found], rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="*", type=Path, metavar="GOLD")
    parser.add_argument("--documents", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--model", action="append", metavar="NAME")
    given = parser.parse_args()
    gold, documents = given.gold or [DATA / "gold"], given.documents or [DATA / "documents"]
    models = given.model or ["none", *([syntax.DEFAULT_MODEL] if syntax.available() else [])]
    found = {}
    for model in models:
        found["rules alone" if model == "none" else model] = measured(gold, documents, model)
    one = next(iter(found.values()))
    print(f"{about()}; {one.documents} documents\n")
    if one.missing:
        print(f"Not among the documents, and counted as missed: {', '.join(one.missing)}\n")
    print(side_by_side("measure", {name: {m.name: m for m in e.measures} for name, e in found.items()}))
    print(side_by_side("event type", {name: {str(m.type): m for m in e.types} for name, e in found.items()}))


if __name__ == "__main__":
    main()
