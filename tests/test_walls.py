"""The walls of the house: which package may import which, and the one door to each outside library."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import dipcli

SOURCE = Path(dipcli.__file__).parent
BASE = {"records", "errors", "mentions"}
TOOLS = {*BASE, "dates", "names", "lexicon", "words", "passages", "views", "locators", "facts", "garbage"}
LAYERS = {
    "records": set(),
    "errors": set(),
    "mentions": BASE,
    "dates": BASE,
    "names": {*BASE, "lexicon"},
    "lexicon": {*BASE, "names"},
    "settings": BASE,
    "words": BASE,
    "passages": BASE,
    "locators": BASE,
    "views": BASE,
    "copies": BASE,
    "facts": BASE,
    "plots": BASE,
    "garbage": set(),
    "reading": TOOLS,
    "extraction": TOOLS | {"reading", "copies"},
    "decisions": TOOLS,
    "resolution": TOOLS | {"decisions"},
    "index": TOOLS,
    "query": TOOLS,
    "output": TOOLS,
    "evaluation": TOOLS,
    "summary": TOOLS,
    "explanation": TOOLS | {"decisions", "index", "resolution"},
    "conflicts": TOOLS | {"decisions", "index", "query", "resolution"},
    "corrections": TOOLS | {"decisions", "index", "query"},
    "ingestion": TOOLS | {"copies", "decisions", "reading", "extraction", "resolution", "index"},
    "chronology": TOOLS | {"query", "output"},
    "report": TOOLS | {"chronology", "query", "output"},
    "library": TOOLS
    | {
        "corrections",
        "chronology",
        "report",
        "decisions",
        "index",
        "query",
        "ingestion",
        "resolution",
        "evaluation",
        "explanation",
        "conflicts",
        "summary",
    },
    "__init__": {*BASE, "library", "query"},
    "cli": {
        *BASE,
        "settings",
        "dates",
        "decisions",
        "index",
        "query",
        "output",
        "chronology",
        "ingestion",
        "library",
        "evaluation",
        "explanation",
        "conflicts",
        "summary",
        "plots",
    },
    "__main__": {"cli"},
}
"""What each package or module of dipcli may import of the others."""
DOORS = {
    "typer": {"cli/parser.py"},
    "rich": {"output/progress.py"},
    "dateparser": {"dates"},
    "rapidfuzz": {"names"},
    "rensa": {"copies.py"},
    "pycld2": {"extraction/language.py"},
    "spacy": {"extraction/syntax.py"},
    "trafilatura": {"reading/pages.py"},
    "lxml": {"reading/pages.py"},
    "defusedxml": {"reading/packages.py"},
    "striprtf": {"reading/rtf.py"},
    "pdfminer": {"reading/pdf.py"},
    "charset_normalizer": {"reading/pages.py"},
    "feedparser": {"reading/containers/feeds.py"},
    "warcio": {"reading/containers/warc.py"},
    "zstandard": {"reading/containers/compression.py"},
    "vl_convert": {"report/vega.py", "plots.py"},
    "platformdirs": {"settings.py", "index/cache/__init__.py"},
}
"""The only places that import an outside library."""
STREAMS = {"cli", "output"}
"""The only packages that write to a stream."""

MODULES = sorted(SOURCE.rglob("*.py"))


def place(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


def home(module: Path) -> str:
    """The package of dipcli that a module is in, or the module's own name."""
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[str]:
    """Dotted names that a module imports, wherever it does; for `from a import b` both `a` and `a.b`."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("module", MODULES, ids=place)
def test_imports_run_one_way(module: Path) -> None:
    own = home(module)
    used = {name.split(".")[1] for name in imports(module) if name.startswith("dipcli.")} - {own}
    assert (used & LAYERS.keys()) <= LAYERS[own]


@pytest.mark.parametrize("library", DOORS)
def test_each_outside_library_has_one_door(library: str) -> None:
    users = [module for module in MODULES if any(name.split(".")[0] == library for name in imports(module))]
    assert users
    assert [place(user) for user in users if not {home(user), place(user)} & DOORS[library]] == []


@pytest.mark.parametrize("module", [one for one in MODULES if home(one) not in STREAMS], ids=place)
def test_only_the_command_line_writes_to_streams(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "print"]
    assert not {"sys.stdout", "sys.stderr"} & {
        ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute)
    }
