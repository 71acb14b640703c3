"""Watching a folder: what is taken and when, through the library and through the installed command."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import fake_stages
from conftest import ACCORD, NOTE
from dipcli.errors import UsageError
from dipcli.ingestion.watch import watch

ONE = "2022-05-16 Ada Berg met Cem Aydin\n"


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fake_stages.install(monkeypatch)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(ONE)
    return tmp_path / "docs"


class Ended(Exception):
    pass


def batches(docs: Path, index: Path, *between: Callable[[], object]) -> list[list[str]]:
    """The documents read in each batch, while one thing after the other happens between two looks."""
    steps = iter(between)

    def wait(seconds: float) -> None:
        step = next(steps, None)
        if step is None:
            raise Ended
        step()

    read = []
    with pytest.raises(Ended):
        for report in watch([docs], index, wait=wait):
            read.append(report.added + report.replaced)
    return read


def nothing() -> None:
    """No file changes."""


def test_what_stands_still_is_taken_once(docs: Path, tmp_path: Path) -> None:
    assert batches(docs, tmp_path / "ix", nothing, nothing, nothing) == [["a.txt"]]


def test_a_file_that_grows_is_waited_for(docs: Path, tmp_path: Path) -> None:
    place = docs / "b.txt"
    grown = [lambda text=text: place.write_text(text) for text in ("a", "ab", "abc")]
    assert batches(docs, tmp_path / "ix", *grown, nothing, nothing) == [["a.txt"], ["b.txt"]]


def test_a_changed_file_and_one_that_went(docs: Path, tmp_path: Path) -> None:
    (docs / "gone.txt").write_text("Gone.")
    happens = (
        lambda: (docs / "gone.txt").unlink(),
        nothing,
        lambda: (docs / "a.txt").write_text(ONE * 2),
        nothing,
        nothing,
    )
    assert batches(docs, tmp_path / "ix", *happens) == [["a.txt"], ["a.txt"]]


def test_a_sidecar_that_arrives(docs: Path, tmp_path: Path) -> None:
    reports = []
    steps = iter([nothing, lambda: (docs / "a.txt.meta.json").write_text('{"publisher": "V"}'), nothing])

    def wait(seconds: float) -> None:
        next(steps, lambda: (_ for _ in ()).throw(Ended))()

    with pytest.raises(Ended):
        for report in watch([docs], tmp_path / "ix", wait=wait):
            reports.append(report)
    assert [report.refreshed for report in reports] == [[], ["a.txt"]]


def test_only_folders_are_watched(docs: Path, tmp_path: Path) -> None:
    for path in (docs / "a.txt", docs / "none"):
        with pytest.raises(UsageError, match="is no folder"):
            next(watch([path], tmp_path / "ix"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_by_the_command(
    dipcli_path: str, environment: dict[str, str], installed: Callable[..., Any], tmp_path: Path
) -> None:
    folder, index, log = tmp_path / "in", tmp_path / "index", tmp_path / "log"
    folder.mkdir()
    (folder / "accord.txt").write_text(ACCORD)
    with log.open("w") as errors:
        process = subprocess.Popen(
            [dipcli_path, "ingest", "--watch", str(folder), "--index", str(index)],
            env=environment,
            stderr=errors,
        )

    def until(words: str) -> None:
        deadline = time.monotonic() + 50
        while words not in log.read_text():
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)

    until("in the index: 1 document,")
    (folder / "note.txt").write_text(NOTE)
    until("in the index: 2 documents,")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    told = log.read_text()
    assert "Traceback" not in told and "no longer watching" in told
    assert installed("documents", "--count", "--index", index).stdout.strip() == "2"


def test_usage(installed: Callable[..., Any]) -> None:
    for arguments in (["--watch"], ["--watch", "nowhere"], ["--watch", "--prune", "."], ["--watch", "-"]):
        found = installed("ingest", *arguments)
        assert found.returncode == 2 and "Traceback" not in found.stderr, arguments
