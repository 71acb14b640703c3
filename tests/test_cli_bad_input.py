"""Bad input through the installed command: a message that says what is wrong, a status, no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import EVENTS, event, write_index

Run = Callable[..., Any]


@pytest.fixture
def damaged(index: Path, tmp_path: Path) -> Path:
    """A copy of the index, to be damaged."""
    return Path(shutil.copytree(index, tmp_path / "damaged"))


def explained(found: Any, *words: str, status: int = 2, lines: int = 0) -> None:
    """The command failed as it should, saying the words; on standard output are so many lines, as the header of no rows."""
    assert found.returncode == status, found.stderr
    assert found.stderr.startswith("dipcli: ")
    assert "Traceback" not in found.stderr
    assert all(word in found.stderr for word in words), found.stderr
    assert found.stdout.count("\n") == lines


@pytest.mark.parametrize(
    "command", [["events"], ["search", "fish"], ["show", "x"], ["info"], ["forget", "doc-1"]]
)
def test_no_index(installed: Run, command: list[str]) -> None:
    explained(installed(*command), "index", "dipcli ingest")


def test_an_index_of_a_newer_format(installed: Run, damaged: Path) -> None:
    manifest = damaged / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": 2', '"format": 99'))
    explained(installed("events", "--index", damaged), "newer", "99")


def test_a_torn_last_line(installed: Run, damaged: Path) -> None:
    lines = damaged / "events.jsonl"
    lines.write_bytes(lines.read_bytes()[:-40])
    explained(installed("events", "--index", damaged), "damaged", "events.jsonl")


def test_a_manifest_that_is_none(installed: Run, damaged: Path) -> None:
    (damaged / "manifest.json").write_text("{")
    explained(installed("events", "--index", damaged), "damaged", "manifest.json")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["events", "--fields", "id,sumary"], ["sumary", "did you mean 'summary'?", "countries"]),
        (["events", "--fields", ","], ["--fields"]),
        (["events", "--sort", "colour"], ["colour"]),
        (["events", "--type", "CONSULTT"], ["CONSULTT", "CONSULT"]),
        (["events", "--country", "Atlantis"], ["Atlantis"]),
        (["events", "--since", "2021-02-30"], ["2021-02-30"]),
        (["events", "--since", "2021-13"], ["2021-13"]),
        (["events", "--since", "2022", "--until", "2021"], ["2022", "2021"]),
        (["events", "--limit", "-1"], ["--limit", "-1"]),
        (["events", "--limit", "many"], ["--limit", "many"]),
        (["events", "--min-confidence", "high"], ["high"]),
        (["events", "--format", "yaml"], ["yaml", "jsonl"]),
        (["events", "--json", "--format", "csv"], ["--json", "csv"]),
        (["events", "--color", "pink"], ["--color cannot be 'pink'", "never"]),
        (["events", "--format", "cvs"], ["--format cannot be 'cvs'", "did you mean 'csv'?"]),
        (["actors", "--fields", "id,sources"], ["--with-sources"]),
        (["events", "--type", "AGREE,CONSULT"], ["--type once for each"]),
        (["events", "--mode", "visits"], ["did you mean 'visit'?\n"]),
        (["events", "--actr", "Kos"], ["--actr\n", "did you mean --actor"]),
        (["events", "--actor"], ["--actor"]),
        (["events", "extra"], ["extra"]),
        (["evnts"], ["no such command 'evnts'\n", "did you mean 'events'?"]),
        (["--index"], ["--index", "after the command"]),
        (["search"], ["no word to look for", "such as"]),
        (["search", "(("], ["^"]),
        (["search", "(" * 5000], ["^"]),
        (["schema"], ["RECORD"]),
        (["schema", "events"], ["'events'", "did you mean 'event'?"]),
        (["documents", "--format", "json", "--medium", "smoke"], ["smoke"]),
        (["show"], ["ID"]),
        (["extract", "nowhere"], ["nowhere does not exist"]),
        (["extract", "."], [". is a folder"]),
    ],
)
def test_usage(installed: Run, index: Path, arguments: list[str], words: list[str]) -> None:
    where = [] if arguments[0] in ("schema", "evnts", "--index", "extract") else ["--index", str(index)]
    explained(installed(arguments[0], *where, *arguments[1:]), *words)


def test_an_option_with_escapes_is_shown_harmless(installed: Run, index: Path) -> None:
    found = installed("events", "--type", "\x1b[31mX", "--index", index)
    assert "\x1b" not in found.stderr
    explained(found, "X")


@pytest.mark.skipif(sys.platform == "win32", reason="arguments of Unix are bytes")
@pytest.mark.parametrize(
    "arguments",
    [["show"], ["search"], ["events", "--actor"], ["events", "--text"], ["events", "--type"], ["forget"]],
)
def test_arguments_that_are_no_text(installed: Run, index: Path, arguments: list[str]) -> None:
    found = installed(
        arguments[0], "--index", index, *arguments[1:], b"\xff".decode(errors="surrogateescape")
    )
    explained(
        found,
        "\N{REPLACEMENT CHARACTER}" if arguments[0] != "search" else "",
        status=found.returncode,
        lines=int("--actor" in arguments),
    )
    assert found.returncode in (1, 2)


def test_hostile_text_in_every_format(installed: Run, tmp_path: Path) -> None:
    summary = "=HYPERLINK(1)\x1b[31m[bold]\u202e|<b>\r\nnext"
    row = event("2021-06-03-consult", EVENTS[1].summary, EVENTS[1].actors, type="CONSULT")
    index = write_index(
        tmp_path / "hostile",
        [type(row)(**{n: getattr(row, n) for n in row.__struct_fields__} | {"summary": summary})],
    )
    for form in ("table", "csv", "tsv", "md"):
        shown = installed("events", "--format", form, "--fields", "summary", "--index", index).stdout
        assert not set("\x1b\u202e\r") & set(shown)
        assert "bold" in shown and len(shown.splitlines()) == (3 if form == "md" else 2)
    assert (
        installed("events", "--format", "csv", "--fields", "summary", "--index", index)
        .stdout.splitlines()[1]
        .startswith("'=")
    )
    assert "<b>" not in installed("events", "--format", "md", "--fields", "summary", "--index", index).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a Unix shell")
@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "table"])
def test_standard_output_closed_early(
    dipcli_path: str, environment: dict[str, str], tmp_path: Path, form: str
) -> None:
    quote = EVENTS[1].summary
    many = [
        event(f"2020-01-01-consult-{number:05}", quote, EVENTS[1].actors, type="CONSULT")
        for number in range(3000)
    ]
    index = write_index(tmp_path / "many", many)
    process = subprocess.Popen(
        [dipcli_path, "events", "--format", form, "--index", str(index)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_standard_output_is_full(installed: Run, index: Path) -> None:
    with Path("/dev/full").open("w") as full:
        for arguments in (["events", "--json"], ["info"], ["--help"], ["--version"]):
            where = [] if arguments[0].startswith("-") else ["--index", str(index)]
            found = installed(*arguments, *where, capture_output=False, stdout=full, stderr=subprocess.PIPE)
            assert found.returncode == 2
            assert "No space left" in found.stderr and len(found.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="file descriptors of Unix")
def test_standard_streams_missing(dipcli_path: str, environment: dict[str, str], index: Path) -> None:
    for closing, status in ((">&-", 2), ("2>&-", 0), ("<&-", 0)):
        command = f'"{dipcli_path}" events --json --index "{index}" {closing}'
        found = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True)
        assert found.returncode == status, (closing, found)
        assert "Traceback" not in found.stderr


def test_python_m(environment: dict[str, str], index: Path) -> None:
    command = [sys.executable, "-m", "dipcli", "events", "--count", "--index", str(index)]
    found = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (0, "4\n")


def test_an_index_that_may_not_be_read(installed: Run, damaged: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("everything may be read here")
    (damaged / "events.jsonl").chmod(0)
    explained(installed("events", "--index", damaged), "events.jsonl", "ermission")
