"""How long queries take beside other tools: python benchmarks/queries.py INDEX [--rounds N] [--slow N]

INDEX is one of `generate.py`. Each question is asked of dipcli and of ripgrep, jq, DuckDB and the sqlite3
shell (on dipcli's own cache), where they are installed, as whole processes that give 20 rows, in turns;
`--slow` is how often jq is asked. DuckDB is that of the Python named by DUCKDB_PYTHON. Prints a Markdown
table of medians, with the spread between quartiles, and ratios; before it one of start-up, on an index of the
sample documents. Processor time (user and system) stands beside the clock's, for busy machines.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import dipcli
from dipcli.index.cache import NAME
from machine import ENVIRONMENT

ROWS = 20
EMPTY = """
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def nothing() -> None: ...
app()
"""


class Question(NamedTuple):
    """What is asked, and how each tool is asked it; an empty text: it cannot be."""

    name: str
    dipcli: list[str]
    pattern: str = ""
    """For ripgrep, on lines of events, or of documents where it is a search."""
    jq: str = ""
    duckdb: str = ""
    sqlite: str = ""


class World(NamedTuple):
    """What there is to ask about."""

    frequent: str
    fuzzy: str
    ident: str
    rare: str
    two: tuple[str, str]
    phrase: str
    common: str


def survey(path: Path) -> World:
    """An actor in about 5,000 events (or the most there are), a rare word, common ones."""
    import sqlite3

    with dipcli.open(path) as index:
        index.count("events", type="CONSULT")
    with sqlite3.connect(path / "cache" / NAME) as sql:
        ident, name = sql.execute(
            "SELECT ident, name FROM actor WHERE kind = 'person' ORDER BY abs(events - 5000) LIMIT 1"
        ).fetchone()
        (rare,) = sql.execute(
            "SELECT word FROM word WHERE passages BETWEEN 15 AND 40 ORDER BY word LIMIT 1"
        ).fetchone()
    return World(
        name, f"{name[:-2]}{name[-1]}x", ident, rare, ("talks", "regional"), "joint statement", "the"
    )


def questions(world: World) -> list[Question]:
    one, other = world.two
    actor = f'.actors + .recipients | any(.id == "{world.ident}")'
    takes_part = f"list_contains(list_transform(actors || recipients, x -> x.id), '{world.ident}')"
    number = f"(SELECT id FROM actor WHERE ident = '{world.ident}')"
    return [
        Question(
            "actor and since",
            ["events", "--actor", world.frequent, "--since", "2020"],
            f'"id":"{world.ident}"',
            f'select(.end >= "2020" and ({actor}))',
            f"SELECT * FROM events WHERE \"end\" >= '2020' AND {takes_part} LIMIT {ROWS}",
            f"SELECT e.id, e.offset FROM participant p JOIN event e ON e.id = p.event WHERE p.actor = {number}"
            f' AND e."end" >= 20200101 LIMIT {ROWS}',
        ),
        Question(
            "type in a month",
            ["events", "--type", "CONSULT", "--on", "2012-05"],
            '"start":"2012-05-[^"]*","end":"[^"]*","precision":"[a-z]*","type":"CONSULT"',
            'select(.type == "CONSULT" and .start <= "2012-05-31" and .end >= "2012-05-01")',
            "SELECT * FROM events WHERE type = 'CONSULT' AND start <= '2012-05-31' AND \"end\" >= '2012-05-01'"
            f" LIMIT {ROWS}",
            "SELECT e.id FROM event e JOIN class c ON c.id = e.class WHERE c.type = 'CONSULT'"
            f" AND e.start BETWEEN 20120501 AND 20120531 LIMIT {ROWS}",
        ),
        Question(
            "rare word in events",
            ["events", "--text", world.rare],
            rf"\b{world.rare}",
            f'select(.summary | test("{world.rare}"; "i"))',
            f"SELECT * FROM events WHERE summary ILIKE '%{world.rare}%' LIMIT {ROWS}",
            f"SELECT rowid FROM says WHERE says MATCH '{world.rare}' LIMIT {ROWS}",
        ),
        Question(
            "rare word",
            ["search", world.rare],
            rf"\b{world.rare}",
            duckdb=f"SELECT id FROM documents WHERE text ILIKE '%{world.rare}%' LIMIT {ROWS}",
            sqlite=f"SELECT rowid FROM passages WHERE passages MATCH '{world.rare}' ORDER BY rank LIMIT {ROWS}",
        ),
        Question(
            "two common words",
            ["search", f"{one} {other}"],
            rf"{one}.*{other}|{other}.*{one}",
            duckdb=f"SELECT id FROM documents WHERE text ILIKE '%{one}%' AND text ILIKE '%{other}%' LIMIT {ROWS}",
            sqlite=f"SELECT rowid FROM passages WHERE passages MATCH '{one.removesuffix('s')} {other}'"
            f" ORDER BY rank LIMIT {ROWS}",
        ),
        Question(
            "phrase",
            ["search", f'"{world.phrase}"'],
            world.phrase,
            duckdb=f"SELECT id FROM documents WHERE text ILIKE '%{world.phrase}%' LIMIT {ROWS}",
            sqlite=f"SELECT rowid FROM passages WHERE passages MATCH '\"{world.phrase}\"'"
            f" ORDER BY rank LIMIT {ROWS}",
        ),
        Question(
            "most common word",
            ["search", world.common],
            rf"\b{world.common}\b",
            duckdb=f"SELECT id FROM documents WHERE text ILIKE '% {world.common} %' LIMIT {ROWS}",
            sqlite=f"SELECT rowid FROM passages WHERE passages MATCH '{world.common}' ORDER BY rank LIMIT {ROWS}",
        ),
        Question("common word, an actor", ["search", "trade", "--actor", world.frequent]),
        Question("common word, a type", ["search", "trade", "--type", "AID"]),
        Question("common word, a month", ["search", "trade", "--on", "2012-05"]),
        Question("actor, misspelt", ["events", "--actor", world.fuzzy]),
        Question("completing an actor", ["complete", "--", "events", "--actor", world.frequent[:3]]),
        Question("all events of one actor", ["events", "--actor", world.frequent, "--limit", "1000000"]),
    ]


def commands(question: Question, index: Path, scratch: Path) -> dict[str, list[str]]:
    """How each tool that is here is asked."""
    limit = [] if "--limit" in question.dipcli else ["--limit", str(ROWS)]
    program = str(Path(sys.executable).with_name("dipcli"))
    where = ["--index", str(index)]
    whole = [*question.dipcli, *limit, "--format", "jsonl", *where]
    if question.dipcli[0] == "complete":
        whole = [*question.dipcli[:3], *where, *question.dipcli[3:]]
    found = {"dipcli": [program, *whole]}
    kind = "documents" if question.dipcli[0] == "search" else "events"
    place = index / kind if (index / kind).is_dir() else index / f"{kind}.jsonl"
    files = str(place / "*.jsonl") if place.is_dir() else str(place)
    if question.pattern and shutil.which("rg"):
        found["ripgrep"] = ["rg", "-i", "--no-filename", question.pattern, str(place)]
    if question.jq and shutil.which("jq"):
        sources = sorted(map(str, place.glob("*.jsonl"))) if place.is_dir() else [str(place)]
        found["jq"] = ["jq", "-c", question.jq, *sources]
    if question.duckdb and (python := os.environ.get("DUCKDB_PYTHON")):
        script = scratch / f"{len(list(scratch.iterdir()))}.py"
        read = f"read_json('{files}', format = 'newline_delimited', maximum_object_size = 100000000)"
        asked = question.duckdb.replace(f"FROM {kind}", f"FROM {read}")
        script.write_text(f"import duckdb\nprint(len(duckdb.sql({asked!r}).fetchall()))\n")
        found["DuckDB"] = [python, str(script)]
    if question.sqlite and shutil.which("sqlite3"):
        found["sqlite3"] = ["sqlite3", "-readonly", str(index / "cache" / NAME), question.sqlite]
    return found


class Took(NamedTuple):
    """Seconds by the clock and of the processor."""

    clock: float
    processor: float


def seconds(command: list[str]) -> Took:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    _, _, usage = os.wait4(process.pid, 0)
    return Took(time.perf_counter() - start, usage.ru_utime + usage.ru_stime)


def measure(asked: dict[str, list[str]], rounds: Callable[[str], int]) -> dict[str, list[Took]]:
    """What each command took, in turns; the first turn is not counted."""
    times: dict[str, list[Took]] = {name: [] for name in asked}
    for turn in range(max(map(rounds, asked)) + 1):
        for name, command in asked.items():
            if turn <= rounds(name) and (turn or rounds(name) > 1):
                took = seconds(command)
                if turn:
                    times[name].append(took)
    return times


def told(times: list[Took]) -> str:
    """Median and quartiles in milliseconds."""
    clock = [one.clock for one in times]
    half = statistics.median(clock) * 1000
    if len(times) < 4:
        return f"{half:,.0f}"
    low, _, high = statistics.quantiles(clock, n=4)
    return f"{half:,.0f} ({low * 1000:,.0f}–{high * 1000:,.0f})"


def middle(times: list[Took]) -> Took:
    return Took(*(statistics.median(one) for one in zip(*times, strict=True)))


def beyond(times: dict[str, list[Took]], name: str = "dipcli") -> list[str]:
    """What a command takes beyond the empty app, in milliseconds: by the clock, of the processor."""
    own, empty = middle(times[name]), middle(times["empty"])
    return [f"{(one - other) * 1000:+,.0f}" for one, other in zip(own, empty, strict=True)]


def start_up(folder: Path, empty: list[str], rounds: int) -> None:
    """Prints what queries on a small index take."""
    index = folder / "small"
    dipcli.ingest(index=index, sample=True, model="none")
    program = [str(Path(sys.executable).with_name("dipcli"))]
    asked = {
        f"{' '.join(words[:2])} as {form}": [*program, *words, "--format", form, "--index", str(index)]
        for words in (["events"], ["events", "--actor", "Wang Yi", "--since", "2020"], ["search", "talks"])
        for form in ("json", "csv", "table")
    }
    times = measure({"empty": empty, **asked}, lambda name: rounds)
    print(f"| small index | ms | beyond empty app ({told(times['empty'])}) | processor |\n|---|---|---|---|")
    for name in asked:
        print(f"| {name} | {told(times[name])} | {' | '.join(beyond(times, name))} |")
    print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--slow", type=int, default=1)
    arguments = parser.parse_args()
    world = survey(arguments.index)
    tools = ("ripgrep", "jq", "DuckDB", "sqlite3")
    with dipcli.open(arguments.index) as index:
        counts = {kind: index.snapshot.manifest.counts[kind] for kind in ("events", "documents", "actors")}
    size = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    print(
        f"{date.today().isoformat()}, {platform.machine()}, {os.cpu_count()} cores, {size}; milliseconds.\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY)
        start_up(Path(folder), [sys.executable, str(empty)], arguments.rounds)
        heads = ["question", "dipcli", "beyond empty app", "processor", *tools]
        print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
        for question in questions(world):
            asked = {"empty": [sys.executable, str(empty)]}
            asked |= commands(question, arguments.index, Path(folder))
            times = measure(asked, lambda name: arguments.slow if name == "jq" else arguments.rounds)
            own = middle(times["dipcli"]).clock
            cells = [told(times["dipcli"]), *beyond(times)]
            for tool in tools:
                ratio = f" · {own / middle(times[tool]).clock:.3g}" if tool in times else ""
                cells.append(f"{told(times[tool])}{ratio}" if tool in times else "–")
            print(f"| {question.name} | {' | '.join(cells)} |", flush=True)
    print("\nBehind each tool's time: dipcli's as a multiple of it.")


if __name__ == "__main__":
    main()
