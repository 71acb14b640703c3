"""The docs name everything there is to name; what they show is checked by tools/docs.py."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from dipcli.cli.app import MODULES
from dipcli.records import RECORDS, Evidence

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "data" / "README.md",
    *(ROOT / "docs").glob("*.md"),
]


def sections(page: Path) -> dict[str, str]:
    """The text below each heading of the second level."""
    parts = re.split(r"^## (.+)\n", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_tool", ROOT / "tools" / "docs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_has_its_section_with_help_and_an_example() -> None:
    found = sections(ROOT / "docs" / "commands.md")
    assert list(found) == [f"dipcli {name}" for name in MODULES]
    for name, text in zip(MODULES, found.values(), strict=True):
        assert f"```console\n$ dipcli {name}" in text
        assert f"<!-- generated: help {name} -->" in text


def test_every_field_of_every_record_is_told() -> None:
    found = sections(ROOT / "docs" / "index-format.md")
    for name, record in {**RECORDS, "evidence": Evidence}.items():
        missing = [field for field in record.__struct_fields__ if f"`{field}`" not in found[name]]
        assert not missing, f"{name}: {missing}"


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    groups.append(project["dependency-groups"]["dev"])
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    names = [re.match(r"[\w-]+", line)[0] for group in groups for line in group]  # type: ignore[index]
    assert not [name for name in names if name not in page]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [heading.lower().replace(" ", "-") for heading in headings], target


def test_the_readme_has_two_commands_that_set_up_everything() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    own = [block for block in blocks if block.startswith("python3 -m venv .venv && ")]
    assert len(own) == 2
    assert all(block.count("\n") == 1 for block in own)


def test_every_sample_document_is_listed() -> None:
    files = sorted(path.name for path in (ROOT / "data" / "documents").iterdir())
    listed = re.findall(r"^\| `([\w.-]+)` \|", (ROOT / "data" / "README.md").read_text(), re.MULTILINE)
    assert sorted(listed) == files
    assert len(files) >= 12


def test_a_console_block_is_run_again(docs: ModuleType, tmp_path: Path) -> None:
    (tmp_path / ".dipcli").mkdir()
    (tmp_path / "note.txt").write_text("a\nb\n")
    page = "Text\n\n```console\n$ wc -l < note.txt\nold\n$ stty size; echo wrong >&2\n```\n\nMore\n"
    wanted = "Text\n\n```console\n$ wc -l < note.txt\n2\n$ stty size; echo wrong >&2\n"
    renewed = docs.renewed(page, tmp_path)
    assert renewed.startswith(wanted)
    assert renewed.endswith("wrong\n```\n\nMore\n")
    assert docs.renewed(renewed, tmp_path) == renewed


def test_a_generated_block_is_made_again(docs: ModuleType, tmp_path: Path) -> None:
    page = "<!-- generated: filters events -->\nstale\n<!-- end -->\n"
    renewed = docs.renewed(page, tmp_path)
    assert "stale" not in renewed
    assert "| `--since` |" in renewed
