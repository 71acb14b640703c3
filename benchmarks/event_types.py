"""Event types of single sentences: python benchmarks/event_types.py GOLD.jsonl [--published DATE] [--misses]

GOLD has one object a line with `id`, `text` and `type`. Each sentence is a document of its own, as with
`dipcli extract`; right is one whose type is among those of its events, and each other type found is a false
hit of its own type. Prints F1 by type, their mean, and how many sentences were right: by the lexicon alone
(the one main type of `dipcli.extraction.triggers.main_types`), by rules, and with the model.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from dipcli import dates
from dipcli.extraction import syntax
from dipcli.extraction.triggers import main_types
from dipcli.ingestion.trial import Given, trial
from machine import about, table

Reader = Callable[[str], Iterable[str]]


class Score:
    """What a way of reading finds in some sentences."""

    def __init__(self, rows: list[dict[str, str]], read: Reader) -> None:
        self.found = {row["id"]: set(read(row["text"])) for row in rows}
        self.wrong = [row for row in rows if self.found[row["id"]] != {row["type"]}]
        self.right, self.false, missed = Counter[str](), Counter[str](), Counter[str]()
        for row in rows:
            types, gold = self.found[row["id"]], row["type"]
            (self.right if gold in types else missed)[gold] += 1
            self.false.update(types - {gold})
        self.f1 = {
            type: 2 * self.right[type] / (2 * self.right[type] + self.false[type] + missed[type])
            for type in sorted(self.right | missed)
        }

    @property
    def mean(self) -> float:
        return sum(self.f1.values()) / len(self.f1)


def pipeline(model: str, published: dates.Interval | None) -> Reader:
    def read(text: str) -> Iterable[str]:
        tried = trial([Given("sentence.txt", text.encode())], published=published, model=model)
        return [event.type for event in tried.resolved.events]

    return read


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--published", help="when all sentences were published", metavar="DATE")
    parser.add_argument("--misses", action="store_true", help="show each sentence that was not quite right")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines() if line]
    published = dates.option(arguments.published, dates.now()) if arguments.published else None
    ways = {
        "lexicon": main_types,
        "rules": pipeline("rules", published),
        "model": pipeline(syntax.DEFAULT_MODEL, published),
    }
    scores = {name: Score(rows, read) for name, read in ways.items()}
    if arguments.misses:
        for name, score in scores.items():
            for row in score.wrong:
                found = ", ".join(sorted(score.found[row["id"]])) or "nothing"
                print(f"{name}: {row['type']}, found {found}: {row['text']}")
    print(about())
    print()
    lines = [[type, *(f"{s.f1[type]:.2f}" for s in scores.values())] for type in scores["rules"].f1]
    lines.append(["macro-F1", *(f"{s.mean:.3f}" for s in scores.values())])
    lines.append([f"right, of {len(rows)}", *(str(s.right.total()) for s in scores.values())])
    lines.append(["nothing found", *(str(sum(not f for f in s.found.values())) for s in scores.values())])
    lines.append(["false hits", *(str(s.false.total()) for s in scores.values())])
    print(table(["type", *scores], lines), end="")


if __name__ == "__main__":
    main()
