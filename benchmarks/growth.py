"""How cost grows with the index: python benchmarks/growth.py FOLDER [--most N] [--picture FILE.svg]

Makes an index of 1,000 events, of 10,000 and so on up to N in FOLDER (those that are there are used), and
measures for each: the making of the cache (seconds, memory, disk) and queries as whole processes
(milliseconds, memory), in time of the processor, which other work beside it changes least. Prints a Markdown
table; `--picture` draws it, both axes logarithmic.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from generate import generate
from machine import ENVIRONMENT

ROUNDS = 5
QUERIES = {
    "type in a month": ["events", "--type", "CONSULT", "--on", "2012-05"],
    "two words": ["search", "talks regional"],
    "phrase": ["search", '"joint statement"'],
    "word and type": ["search", "trade", "--type", "AID"],
}
MAKE = "import dipcli, sys; dipcli.open(sys.argv[1]).count('events', type='AID')"
WIDTH, HEIGHT, LEFT, TOP = 640, 360, 70, 30
COLOURS = ("#1b6ca8", "#c8553d", "#588157", "#7b2cbf", "#8d99ae")


class Cost(NamedTuple):
    seconds: float
    megabytes: float


def run(command: list[str]) -> Cost:
    """Processor time and peak memory of a process."""
    null = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=null, stderr=null, env=ENVIRONMENT)
    _, _, usage = os.wait4(process.pid, 0)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(events: int, folder: Path) -> dict[str, float]:
    """All figures of one size, by what they are."""
    index = folder / f"g{events}"
    if not (index / "manifest.json").exists():
        generate(events, index)
    shutil.rmtree(index / "cache", ignore_errors=True)
    made = run([sys.executable, "-c", MAKE, str(index)])
    cache = sum(place.stat().st_size for place in (index / "cache").glob("*")) / 1e6
    lines = sum(place.stat().st_size for place in index.rglob("*.jsonl")) / 1e6
    found = {
        "index, MB": lines,
        "cache, MB": cache,
        "making it, s": made.seconds,
        "making it, MB of memory": made.megabytes,
    }
    program = str(Path(sys.executable).with_name("dipcli"))
    for name, words in QUERIES.items():
        command = [program, *words, "--limit", "20", "--format", "jsonl", "--index", str(index)]
        costs = [run(command) for _ in range(ROUNDS + 1)][1:]
        found[f"{name}, ms"] = statistics.median(cost.seconds for cost in costs) * 1000
    found["a query, MB of memory"] = max(cost.megabytes for cost in costs)
    return found


def told(value: float) -> str:
    """Three digits that count: 1,650 and 0.255."""
    return f"{float(f'{value:.3g}'):,g}"


def picture(sizes: list[int], rows: list[dict[str, float]]) -> str:
    """The times over the size, as SVG."""
    lines = {name: [row[name] for row in rows] for name in rows[0] if name.endswith((", ms", ", s"))}
    lines = {
        name: [value * (1000 if name.endswith(", s") else 1) for value in values]
        for name, values in lines.items()
    }
    low = math.floor(math.log10(min(min(values) for values in lines.values())))
    high = math.ceil(math.log10(max(max(values) for values in lines.values())))
    span = max(1.0, math.log10(sizes[-1] / sizes[0]))

    def point(size: int, value: float) -> tuple[float, float]:
        across = LEFT + WIDTH * math.log10(size / sizes[0]) / span
        return across, TOP + HEIGHT * (high - math.log10(value)) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + LEFT + 190} {HEIGHT + TOP + 50}"'
        ' font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    for power in range(low, high + 1):
        x, y = point(sizes[0], 10.0**power)
        parts.append(f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{x + WIDTH:.0f}" y2="{y:.0f}" stroke="#ddd"/>')
        parts.append(f'<text x="{x - 8:.0f}" y="{y + 4:.0f}" text-anchor="end">{10**power:,} ms</text>')
    for size in sizes:
        x, y = point(size, 10.0**low)
        parts.append(f'<text x="{x:.0f}" y="{y + 20:.0f}" text-anchor="middle">{size:,}</text>')
    parts.append(
        f'<text x="{LEFT + WIDTH / 2:.0f}" y="{TOP + HEIGHT + 42}" text-anchor="middle">events</text>'
    )
    above = TOP + HEIGHT + 60.0
    highest = sorted(zip(lines.items(), COLOURS, strict=False), key=lambda line: line[0][1][-1])
    for (name, values), colour in highest:
        points = [point(size, value) for size, value in zip(sizes, values, strict=True)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x, above = points[-1][0], min(points[-1][1], above - 16)  # names of lines that meet stand apart
        label = name.rpartition(",")[0].replace("making it", "making the cache")
        parts.append(f'<text x="{x + 8:.0f}" y="{above + 4:.0f}" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>\n"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--picture", type=Path)
    arguments = parser.parse_args()
    sizes = [10**power for power in range(3, 10) if 10**power <= arguments.most]
    rows = [measure(size, arguments.folder) for size in sizes]
    print(f"| events | {' | '.join(f'{size:,}' for size in sizes)} |\n|{'---|' * (1 + len(sizes))}")
    for name in rows[0]:
        print(f"| {name} | {' | '.join(told(row[name]) for row in rows)} |")
    if arguments.picture:
        arguments.picture.write_text(picture(sizes, rows), encoding="utf-8")


if __name__ == "__main__":
    main()
