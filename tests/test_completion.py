"""What a shell offers while a command is typed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dipcli.index import cache

Run = Callable[..., Any]

OFFERED = [
    (["even"], ["events"], "a command"),
    (["events", "--act"], ["--actor"], "an option"),
    (["events", "--actor", "mira"], ["Mira Kos"], "an actor"),
    (["events", "--actor", '"Mira K'], ["Mira Kos"], "an open quotation"),
    (["events", "--actor", "Mira\\ K"], ["Mira Kos"], "an escaped blank"),
    (["events", "--actor", "ko"], ["Mira Kos"], "by an alias"),
    (
        ["events", "--recipient", ""],
        ["Belvania", "Ardania", "Mira Kos", "Tomas Rell"],
        "all, best known first",
    ),
    (["show", "tom"], ["tomas-rell"], "an id"),
    (["events", "--type", "cons"], ["CONSULT"], "of a closed list"),
    (["events", "--country", "portu"], ["Portugal"], "a country"),
    (["events", "--document", "notes"], ["notes/customs.txt"], "a document"),
    (["events", "--format", "j"], ["json", "jsonl"], "a format"),
    (["events", "--since", "2"], [], "nothing known"),
]


@pytest.mark.parametrize(("words", "expected", "why"), OFFERED)
@pytest.mark.parametrize("cached", [False, True])
def test_offered(
    installed: Run,
    index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    expected: list[str],
    why: str,
    cached: bool,
) -> None:
    environment = {"DIPCLI_INDEX": str(index)}
    if cached:
        place = Path(shutil.copytree(index, tmp_path / "index"))
        monkeypatch.setattr(cache, "LEAST", 0)
        cache.renew(place)
        (tmp_path / "sitecustomize.py").write_text(
            "import dipcli.index.cache\ndipcli.index.cache.LEAST = 0\n"
        )
        environment = {"DIPCLI_INDEX": str(place), "PYTHONPATH": str(tmp_path)}
    found = installed("complete", "--", *words, env=environment)
    assert (found.returncode, found.stdout.splitlines()) == (0, expected), why


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_of_its_shell(installed: Run, shell: str) -> None:
    script = installed("completion", shell).stdout
    assert "dipcli complete --" in script
    if program := shutil.which(shell):
        assert subprocess.run([program, "-n"], input=script, text=True, check=False).returncode == 0


def test_bash_completes_a_name(installed: Run, index: Path) -> None:
    script = installed("completion", "bash").stdout
    typed = 'COMP_WORDS=(dipcli events --actor Mi); COMP_CWORD=3; _dipcli; printf "%s\\n" "${COMPREPLY[@]}"'
    python = Path(shutil.which("python") or "python").parent
    found = subprocess.run(
        ["bash", "-c", f"{script}\n{typed}"],
        env={"DIPCLI_INDEX": str(index), "PATH": f"{_bin()}:{python}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == "Mira\\ Kos\n"


def _bin() -> Path:
    import sys

    return Path(sys.executable).parent


def test_another_shell_is_refused(installed: Run) -> None:
    found = installed("completion", "fihs")
    assert found.returncode == 2
    assert "did you mean 'fish'?" in found.stderr
