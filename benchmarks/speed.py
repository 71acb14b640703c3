"""Speed and memory of extraction: python benchmarks/speed.py [--documents N] [--words N] [--seed N]

Makes a folder of N documents (100) of 1,000 words each from the paragraphs of the sample documents,
shuffled by a seed, and ingests it with one process, in a process of its own, so that start and the loading
of the model are included and the peak of its memory is its own. Beside it stands one document as long as all of
them together, since memory should not grow with a document, and spaCy's own pipeline on the same
texts, as what the parse alone costs. Beside wall time it gives processor time, which other work on the machine
changes little; rates and comparisons are by that. Prints Markdown. Needs a POSIX system.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from dipcli.extraction import syntax
from machine import ENVIRONMENT, about, table

DOCUMENTS = Path(__file__).resolve().parent.parent / "data" / "documents"
PEER = """
import sys
from importlib.util import find_spec
from pathlib import Path
import spacy
package = Path(find_spec(sys.argv[1]).submodule_search_locations[0])
nlp = spacy.load(next(package.glob("**/config.cfg")).parent)
texts = (path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[2]).iterdir()))
sentences = sum(len(list(doc.sents)) for doc in nlp.pipe(texts, batch_size=8))
"""
"""What spaCy does with the same folder: reads, tags, parses, names, parts into sentences."""


class Run(NamedTuple):
    """Wall time and processor time in seconds, and the peak of memory in bytes."""

    seconds: float
    processor: float
    peak: int


def paragraphs() -> list[str]:
    """The sample documents' paragraphs, without headings and front matter."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.iterdir())]
    found = [" ".join(part.split()) for text in texts for part in text.split("\n\n")]
    return [part for part in found if len(part.split()) > 15 and not part.startswith("---")]


def write(folder: Path, documents: int, words: int, source: random.Random) -> None:
    """`documents` files of about `words` words each."""
    folder.mkdir()
    known = paragraphs()
    for number in range(documents):
        text, left = [f"Collected notes, number {number}\n\nJune 15, 2023\n"], words
        while left > 0:
            paragraph = source.choice(known)
            text.append(f"{paragraph}\n")
            left -= len(paragraph.split())
        (folder / f"{number:04}.txt").write_text("\n".join(text), encoding="utf-8")


def run(command: list[str]) -> Run:
    """Run a command to its end. Raises CalledProcessError where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    )
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=told)
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--words", type=int, default=1000, help="in each document")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    source = random.Random(given.seed)
    total = given.documents * given.words
    with tempfile.TemporaryDirectory() as place:
        many, one, few = Path(place) / "many", Path(place) / "one", Path(place) / "few"
        write(many, given.documents, given.words, source)
        write(one, 1, total, source)
        write(few, 1, given.words, source)
        dipcli = [str(Path(sys.executable).with_name("dipcli")), "ingest", "--jobs", "1"]

        def ingest(folder: Path, model: str) -> list[str]:
            return [*dipcli, str(folder), "--model", model, "--index", f"{place}/{folder.name}-{model}"]

        commands = {
            "rules alone": ingest(many, "none"),
            "rules alone, one document": ingest(one, "none"),
        }
        if syntax.available():
            model = syntax.DEFAULT_MODEL
            commands["with the model"] = ingest(many, model)
            commands["with the model, one document"] = ingest(one, model)
            commands["spaCy alone"] = [sys.executable, "-c", PEER, model, str(many)]
        run(ingest(few, "none"))  # compiles what is loaded
        runs = {name: run(command) for name, command in commands.items()}
    print(f"{about()}; {given.documents} documents of {given.words} words, seed {given.seed}\n")
    peer = runs.get("spaCy alone")
    rows = [
        [
            name,
            f"{found.seconds:.1f}",
            f"{found.processor:.1f}",
            f"{total / 1000 / found.processor:.1f}",
            f"{found.peak / 1e6:.0f}",
            f"{found.processor / peer.processor:.2f}" if peer else "",
        ]
        for name, found in runs.items()
    ]
    print(
        table(
            ["", "seconds", "of a processor", "1,000 words a second of it", "peak MB", "time by spaCy's"],
            rows,
        )
    )


if __name__ == "__main__":
    main()
