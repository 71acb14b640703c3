"""A review by keyboard, in a terminal: twenty events, with every key; what it keeps when it is stopped."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import dipcli
import fake_stages
from dipcli.ingestion import ingest

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")
NAMES = ["Ada Berg", "Cem Aydin", "Dora Kiss", "Eva Roth"]
EVENTS = 20
PROMPT = "[q]uit: "


@pytest.fixture
def reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of twenty events."""
    fake_stages.install(monkeypatch)
    lines = [f"2022-05-{day + 1:02} {NAMES[day % 3]} met {NAMES[3]}\n" for day in range(EVENTS)]
    (tmp_path / "a.txt").write_text("".join(lines))
    ingest([tmp_path / "a.txt"], tmp_path / "ix")
    return tmp_path / "ix"


class Keyboard:
    """A person at the terminal of a command."""

    def __init__(self, process: subprocess.Popen[bytes], terminal: int) -> None:
        self.process = process
        self._terminal = terminal
        self.screen = ""

    def wait_for(self, text: str, seconds: float = 30) -> str:
        """What is written until a text comes."""
        written, until = "", time.monotonic() + seconds
        while text not in written:
            assert time.monotonic() < until, f"{text!r} did not come: {self.screen[-500:]}"
            piece = self._read()
            assert piece is not None, f"ended before {text!r} came: {self.screen[-500:]}"
            written += piece
            self.screen += piece
        return written

    def press(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def status(self) -> int:
        """The exit status, once all has been written."""
        while (piece := self._read()) is not None:
            self.screen += piece
        return self.process.wait(30)

    def _read(self) -> str | None:
        if not select.select([self._terminal], [], [], 0.2)[0]:
            return None if self.process.poll() is not None else ""
        try:
            return os.read(self._terminal, 65536).decode(errors="replace").replace("\r\n", "\n") or None
        except OSError:  # EIO: the other end is closed
            return None


@pytest.fixture
def review(dipcli_path: str, environment: dict[str, str], reviewed: Path) -> Callable[..., Any]:
    @contextmanager
    def run(*arguments: str) -> Iterator[Keyboard]:
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (40, 80))
        words = [dipcli_path, "review", "--index", str(reviewed), "--by", "ana", *arguments]
        process = subprocess.Popen(
            words, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)
        try:
            yield Keyboard(process, ours)
        finally:
            process.kill()
            process.wait()
            os.close(ours)

    return run


def test_twenty_events(review: Callable[..., Any], reviewed: Path) -> None:
    with review() as keyboard:
        for number in range(EVENTS):
            assert f"--- {number + 1} of {EVENTS} " in keyboard.wait_for(PROMPT)
            if number == 4:
                keyboard.press("e")
                keyboard.wait_for("done): ")
                keyboard.press("place Oslo\n")
                assert "'place Oslo' sets nothing" in keyboard.wait_for("done): ")
                keyboard.press("place=Oslo\n")
                keyboard.wait_for("done): ")
                keyboard.press("\n")
                keyboard.wait_for("why (may be empty): ")
                keyboard.press("the readout\n")
                assert "Oslo" in keyboard.wait_for(PROMPT)
            if number == 6:
                keyboard.press("b")
                keyboard.wait_for(PROMPT)
                keyboard.press("r")
                keyboard.wait_for(PROMPT)
            keyboard.press("x\x1b[A" + {3: "r", 9: "s"}.get(number, "a"))
        assert keyboard.status() == 0
    assert "17 accepted, 2 rejected, 1 skipped; 17 of 18 events reviewed" in keyboard.screen
    with dipcli.open(reviewed) as index:
        assert index.is_decided()
        assert len(index.events(reviewed=True)) == index.info()["reviewed"] == 17
        assert [event.start for event in index.events(unreviewed=True)] == ["2022-05-10"]
        edited = index.events(on="2022-05-05")[0]
        assert edited.place and edited.place.name == "Oslo"
        assert {decision.by for decision, _ in index.decisions()} == {"ana"}


def test_it_goes_on_where_it_stopped(review: Callable[..., Any], reviewed: Path) -> None:
    with review() as keyboard:
        for key in "ass":
            keyboard.wait_for(PROMPT)
            keyboard.press(key)
        keyboard.wait_for(PROMPT)
        keyboard.press("q")
        assert keyboard.status() == 0
    assert "1 accepted, 2 skipped; 1 of 20 events reviewed" in keyboard.screen
    with review() as keyboard:
        assert "--- 3 of 19 " in keyboard.wait_for(PROMPT)
        keyboard.press("\x04")
        assert keyboard.status() == 0
    with review("--restart") as keyboard:
        assert "--- 1 of 19 " in keyboard.wait_for(PROMPT)
        keyboard.press("a")
        keyboard.wait_for(PROMPT)
        os.killpg(keyboard.process.pid, signal.SIGINT)
        assert keyboard.status() == 130
    with review("--on", "2022-05-03") as keyboard:
        assert "--- 1 of 1 " in keyboard.wait_for(PROMPT)
        keyboard.press("a")
        assert keyboard.status() == 0
    with dipcli.open(reviewed) as index:
        assert [event.start for event in index.events(reviewed=True)] == [
            "2022-05-01",
            "2022-05-02",
            "2022-05-03",
        ]


def test_a_kill_loses_no_decision(review: Callable[..., Any], reviewed: Path) -> None:
    with review() as keyboard:
        for _ in range(3):
            keyboard.wait_for(PROMPT)
            keyboard.press("a")
        keyboard.wait_for(PROMPT)
        keyboard.process.kill()
        keyboard.process.wait()
    with dipcli.open(reviewed) as index:
        assert not index.is_decided() and index.info()["reviewed"] == 0
        index.decide()
        assert index.info()["reviewed"] == 3


def test_nothing_to_review(review: Callable[..., Any]) -> None:
    with review("--on", "1999") as keyboard:
        assert keyboard.status() == 1
    assert "nothing to review" in keyboard.screen


def test_without_a_terminal(installed: Callable[..., Any], reviewed: Path) -> None:
    found = installed("review", "--index", reviewed, input="aaa")
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("dipcli: a review needs a terminal")
