"""Event types of single sentences: python benchmarks/event_types.py GOLD.jsonl [--misses] [--predictions F]

GOLD has one object a line with `id`, `text` and `type`. Right is a sentence whose type is among those found
in it; each other type found is a false hit of its own type. Prints F1 by type, their mean, and how many
sentences were right. `--predictions` writes {"id": …, "types": […]} a line.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from dipcli.extraction.triggers import main_types, triggers


def scores(gold: dict[str, str], found: dict[str, list[str]]) -> dict[str, float]:
    """F1 by gold type."""
    hits, false_hits, misses = Counter[str](), Counter[str](), Counter[str]()
    for key, right in gold.items():
        (hits if right in found[key] else misses)[right] += 1
        false_hits.update(type for type in found[key] if type != right)
    return {
        type: 2 * hits[type] / (2 * hits[type] + false_hits[type] + misses[type])
        for type in sorted(set(gold.values()))
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--misses", action="store_true", help="show each sentence that was wrong")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines() if line]
    found = {row["id"]: main_types(row["text"]) for row in rows}
    if arguments.predictions:
        lines = (json.dumps({"id": key, "types": types}) + "\n" for key, types in found.items())
        arguments.predictions.write_text("".join(lines), encoding="utf-8")
    if arguments.misses:
        for row in rows:
            if row["type"] not in found[row["id"]]:
                text = row["text"]
                words = ", ".join(f"{t.lemma} {t.type}" for t in triggers(text, 0, len(text)))
                print(f"{row['type']}, found {', '.join(found[row['id']]) or 'nothing'}: {text}\n    {words}")
    by_type = scores({row["id"]: row["type"] for row in rows}, found)
    for type, score in by_type.items():
        print(f"{type:10} {score:.2f}")
    right = sum(row["type"] in found[row["id"]] for row in rows)
    nothing = sum(not types for types in found.values())
    mean = sum(by_type.values()) / len(by_type)
    print(f"macro-F1 {mean:.3f}; right {right} of {len(rows)}; nothing found in {nothing}")


if __name__ == "__main__":
    main()
