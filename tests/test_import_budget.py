"""What a query may import: no extraction, no rich, dateparser or rapidfuzz unless an option needs them.

The installed command runs in a process of its own whose Python is told, by a `sitecustomize` in a
folder of the test, to write down at exit what was loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

WRITE_DOWN = """
import atexit, os, sys
tuples = lambda: [f"{made.__module__}.{made.__name__}()" for made in tuple.__subclasses__()]
atexit.register(lambda: open(os.environ["LOADED"], "w").write("\\n".join([*sys.modules, *tuples()])))
"""
HEAVY = {
    "rich",
    "dateparser",
    "rapidfuzz",
    "spacy",
    "numpy",
    "pydantic",
    "dipcli.extraction",
    "dipcli.resolution",
}
NEVER = HEAVY | {
    "dipcli.reading",
    "dipcli.ingestion",
    "dipcli.lexicon.events",
    "asyncio",
    "multiprocessing",
    "platformdirs",
    "tomllib",
    "sqlite3",
    "unittest",
}
QUERY_NEVER = NEVER | {
    "typer",
    "typing_extensions",
    "inspect",
    "subprocess",
    "calendar",
    "dipcli.names.matching",
}
"""What no query on a small index loads either, if its options are said in the usual way."""
PLAIN_NEVER = QUERY_NEVER | {
    "difflib",
    "fcntl",
    "heapq",
    "dipcli.dates.options",
    "dipcli.index.lock",
    "dipcli.lexicon.countries",
    "dipcli.library.filling",
    "dipcli.mentions",
    "dipcli.output.quotes",
    "dipcli.query.actors",
    "dipcli.query.fields",
}
"""What one does not load that names nobody and no day and prints JSON."""


@pytest.fixture
def loaded(installed: Run, tmp_path: Path) -> Callable[..., set[str]]:
    """The modules that a command loads, and the named tuples that it makes, as `module.Name()`."""
    (tmp_path / "sitecustomize.py").write_text(WRITE_DOWN)

    def run(*arguments: str | Path) -> set[str]:
        written = tmp_path / "loaded"
        found = installed(*arguments, env={"PYTHONPATH": str(tmp_path), "LOADED": str(written)})
        assert found.returncode == 0, found.stderr
        return set(written.read_text().split())

    return run


def too_much(loaded: set[str], never: set[str]) -> list[str]:
    return sorted(name for name in loaded if any(name == no or name.startswith(no + ".") for no in never))


@pytest.mark.parametrize(
    "arguments",
    [
        ["events", "--format", "json", "--since", "2021-05"],
        ["events", "--format", "csv", "--actor", "Mira Kos", "--on", "2021-06-03"],
        ["actors", "--role", "foreign minister", "--format", "jsonl"],
        ["relations", "--json"],
        ["documents", "--since", "2021", "--format", "tsv"],
        ["search", "mines", "--json"],
        ["timeline", "--by", "type", "--json"],
        ["stats", "--by", "pair", "--json"],
        ["pairs", "--format", "csv"],
        ["show", "mira-kos", "--json"],
        ["info", "--json"],
    ],
    ids=" ".join,
)
def test_a_query_pays_for_nothing_but_itself(
    loaded: Callable[..., set[str]], index: Path, arguments: list[str]
) -> None:
    assert too_much(loaded(*arguments, "--index", index), QUERY_NEVER) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "mines", "--json"],
        ["events", "--type", "CONSULT", "--format", "jsonl"],
        ["events", "--text", "mines", "--json"],
        ["documents", "--json"],
    ],
    ids=" ".join,
)
def test_a_plain_query_pays_for_less(
    loaded: Callable[..., set[str]], index: Path, arguments: list[str]
) -> None:
    """Named tuples among it: to make one takes twenty times as long as a struct."""
    found = loaded(*arguments, "--index", index)
    assert too_much(found, PLAIN_NEVER) == []
    assert [name for name in found if name.startswith("dipcli.") and name.endswith("()")] == []


def test_a_table_is_drawn_without_rich(loaded: Callable[..., set[str]], index: Path) -> None:
    assert too_much(loaded("events", "--format", "table", "--index", index), QUERY_NEVER) == []


def test_help_and_version_load_no_stage(loaded: Callable[..., set[str]]) -> None:
    for arguments in (["--version"], ["--help"], ["events", "--help"], ["ingest", "--help"]):
        assert too_much(loaded(*arguments), NEVER) == []
