"""`dipcli ingest` and `forget` through the installed command: what is read, said, kept; bad files."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ACCORD, NOTE
from dipcli.index.transaction import Transaction

Run = Callable[..., Any]

OSLO = """Consultations

May 5, 2019: Norwegian Foreign Minister Kari Holm met Swedish Foreign Minister Lars Ek in Oslo.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, one of them in a folder below."""
    (tmp_path / "docs" / "notes").mkdir(parents=True)
    (tmp_path / "docs" / "accord.txt").write_text(ACCORD)
    (tmp_path / "docs" / "notes" / "customs.txt").write_text(NOTE)
    return tmp_path / "docs"


def paths(run: Run) -> list[str]:
    return sorted(row["path"] for row in json.loads(run("documents", "--json").stdout))


def test_ingest_makes_an_index_here_and_says_so(installed: Run, folder: Path, tmp_path: Path) -> None:
    found = installed("ingest", folder)
    assert (found.returncode, found.stdout) == (0, "")
    index = tmp_path / "work" / ".dipcli"
    assert str(index) in found.stderr and "(new)" in found.stderr
    assert "2 read" in found.stderr
    assert re.search(r"in the index: 2 documents, \d+ events?, \d+ actors?, \d+ relations?", found.stderr)
    assert "try next" not in found.stderr
    assert paths(installed) == ["accord.txt", "notes/customs.txt"]
    if os.name != "nt":
        assert index.stat().st_mode & 0o077 == 0


def test_ingest_again_changes_nothing(installed: Run, folder: Path, tmp_path: Path) -> None:
    installed("ingest", folder)
    index = tmp_path / "work" / ".dipcli"
    before = {path.name: path.read_bytes() for path in index.glob("*.json*")}
    found = installed("ingest", folder)
    assert found.returncode == 0
    assert "2 unchanged" in found.stderr and "read" not in found.stderr.split("in the index")[0]
    assert {path.name: path.read_bytes() for path in index.glob("*.json*")} == before


def test_changed_gone_and_forgotten(installed: Run, folder: Path) -> None:
    installed("ingest", folder)
    (folder / "accord.txt").write_text(ACCORD.replace("Port Sel", "Port Nev"))
    assert "1 replaced, 1 unchanged" in installed("ingest", folder).stderr
    (folder / "notes" / "customs.txt").unlink()
    assert "1 forgotten" not in installed("ingest", folder).stderr
    assert "1 forgotten" in installed("ingest", "--prune", folder).stderr
    assert paths(installed) == ["accord.txt"]
    assert installed("forget", "nothing.txt").returncode == 1
    found = installed("forget", "accord.txt")
    assert found.returncode == 0 and "1 forgotten" in found.stderr
    assert installed("documents", "--count").returncode == 1


def test_standard_input_is_one_document(installed: Run) -> None:
    found = installed("ingest", "-", "--name", "cable.txt", input=ACCORD)
    assert found.returncode == 0
    assert paths(installed) == ["cable.txt"]
    assert installed("ingest", "-", input="").returncode == 2


def test_dry_run_writes_nothing(installed: Run, folder: Path, tmp_path: Path) -> None:
    found = installed("ingest", "--dry-run", folder)
    assert found.returncode == 0
    assert "2 read" in found.stderr and "nothing written" in found.stderr
    assert not (tmp_path / "work" / ".dipcli").exists()


def test_verbose_lists_what_was_left_out(installed: Run, folder: Path) -> None:
    (folder / "photo.png").write_bytes(b"\x89PNG")
    for verbose in ([], ["--verbose"]):
        found = installed("ingest", *verbose, folder)
        assert found.returncode == 0
        assert "1 skipped" in found.stderr and "photo.png" in found.stderr
    assert "Traceback" not in found.stderr


def test_the_sample_answers_and_stays_alone(installed: Run, folder: Path) -> None:
    found = installed("ingest", "--sample")
    assert found.returncode == 0, found.stderr
    assert installed("events", "--count").returncode == 0
    assert installed("search", "THAAD", "--count").returncode == 0
    installed("ingest", folder, "--index", "other")
    found = installed("ingest", "--sample", "--index", "other")
    assert found.returncode == 2
    assert "sample" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ingest"], ["nothing to ingest", "--sample"]),
        (["ingest", ""], ["empty"]),
        (["ingest", "nowhere"], ["nowhere", "does not exist"]),
        (["ingest", "--name", "x", "."], ["--name"]),
        (["ingest", "--jobs", "0", "."], ["--jobs"]),
        (["ingest", "--model", "no_such_model", "."], ["no_such_model"]),
        (["forget"], ["DOCUMENT"]),
    ],
)
def test_usage(installed: Run, arguments: list[str], words: list[str]) -> None:
    found = installed(*arguments)
    assert found.returncode == 2, found.stderr
    assert "Traceback" not in found.stderr
    assert all(word in found.stderr for word in words), found.stderr


def test_bad_files_are_reported_and_the_rest_goes_on(installed: Run, folder: Path) -> None:
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02" * 1000)
    (folder / "empty.txt").write_bytes(b"")
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(200_000_000)
    (folder / "mixed.txt").write_bytes(b"Talks\r\n\r\nJune 3, 2021: Ardania met Belvania.\rJune 4\n")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "nothing")
    (folder / ".hidden.txt").write_text(ACCORD)
    found = installed("ingest", folder)
    assert found.returncode == 3, found.stderr
    assert "Traceback" not in found.stderr
    assert "4 failed" in found.stderr
    for name in ("binary.txt", "empty.txt", "huge.txt", "dangling.txt"):
        assert re.search(rf"failed: .*{name} \w", found.stderr)
    assert paths(installed) == ["accord.txt", "mixed.txt", "notes/customs.txt"]
    [text] = [
        row["text"]
        for row in json.loads(installed("documents", "--json").stdout)
        if row["path"] == "mixed.txt"
    ]
    assert "\r" not in text and text.count("\n") == 4


def test_nothing_could_be_read(installed: Run, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    assert installed("ingest", folder / "empty.txt").returncode == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read here")
def test_a_file_that_may_not_be_read(installed: Run, folder: Path) -> None:
    (folder / "accord.txt").chmod(0)
    found = installed("ingest", folder)
    assert found.returncode == 3
    assert "Permission denied" in found.stderr


def test_two_ingests_at_once(installed: Run, folder: Path, tmp_path: Path) -> None:
    with Transaction(tmp_path / "busy"):
        found = installed("ingest", folder, "--index", tmp_path / "busy")
    assert found.returncode == 2
    assert "nother process" in found.stderr and "Traceback" not in found.stderr


def test_a_folder_that_is_no_index_is_left_alone(installed: Run, folder: Path) -> None:
    found = installed("ingest", folder, "--index", folder)
    assert found.returncode == 2
    assert sorted(path.name for path in folder.iterdir()) == ["accord.txt", "notes"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_ctrl_c_keeps_what_was_read(
    dipcli_path: str, environment: dict[str, str], tmp_path: Path, installed: Run
) -> None:
    for number in range(600):
        (tmp_path / f"{number:03}.txt").write_text(ACCORD.replace("2021", str(1400 + number)) * 5)
    index = tmp_path / "index"
    process = subprocess.Popen(
        [dipcli_path, "ingest", str(tmp_path), "--index", str(index), "--jobs", "1"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    scratch = index / "pending" / "scratch"
    several = 30_000  # bytes; a document takes about 11,500, and one half kept would be lost
    while process.poll() is None and not (scratch.exists() and scratch.stat().st_size > several):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors and "interrupted" in errors
    count = installed("documents", "--count", "--index", index)
    assert 0 < int(count.stdout) < 600


def test_a_terminal_gets_a_bar_and_what_to_try_next(
    installed: Run, folder: Path, dipcli_path: str, environment: dict[str, str], tmp_path: Path
) -> None:
    pty = pytest.importorskip("pty")
    (folder / "oslo.txt").write_text(OSLO)
    ours, theirs = pty.openpty()
    command = [dipcli_path, "ingest", str(folder), "--index", str(tmp_path / "index")]
    process = subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL, env=environment)
    os.close(theirs)
    written = b""
    try:
        while piece := os.read(ours, 65536):
            written += piece
    except OSError:
        pass
    os.close(ours)
    assert process.wait(60) == 0
    shown = written.decode()
    assert "Reading" in shown
    suggested = re.findall(r"^ +(dipcli \w+.*?)\r$", shown, re.MULTILINE)
    assert len(suggested) == 3
    for line in suggested:
        assert installed(*shlex.split(line)[1:]).returncode == 0


def test_an_index_that_is_not_made_is_not_called_new(installed: Run, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"\x89PNG")
    found = installed("ingest", photo)
    assert found.returncode == 2
    assert "(not made)" in found.stderr and "(new)" not in found.stderr
    assert not (tmp_path / "work" / ".dipcli").exists()
