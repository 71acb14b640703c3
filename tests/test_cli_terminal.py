"""What a person sees: tables on a terminal of 80 and of 160 columns, colours, pager, notes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from conftest import EVENTS, event, write_index
from dipcli.output import progress
from dipcli.output.text import width

Terminal = Callable[..., Any]
STYLE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("columns", [40, 80, 160])
@pytest.mark.parametrize("command", ["events", "actors", "relations", "documents"])
def test_tables_fit_the_terminal(on_terminal: Terminal, index: Path, command: str, columns: int) -> None:
    shown = on_terminal(command, "--index", index, columns=columns)
    assert shown.returncode == 0
    lines = STYLE.sub("", shown.stdout).splitlines()
    assert len(lines) > 2
    assert max(map(width, lines)) <= columns


def test_a_wide_terminal_shows_more_columns(on_terminal: Terminal, index: Path) -> None:
    headers = [
        STYLE.sub("", on_terminal("events", "--index", index, columns=columns).stdout).splitlines()[0].split()
        for columns in (80, 200)
    ]
    assert headers[0] == ["DATE", "TYPE", "NOTE", "WHO", "SUMMARY"]
    assert headers[1] == ["DATE", "TYPE", "NOTE", "WHO", "PLACE", "SUMMARY", "ID"]


def test_dates_at_their_precision_and_marks(on_terminal: Terminal, index: Path) -> None:
    shown = on_terminal("events", "--index", index, "--color", "never", columns=100)
    assert "\x1b" not in shown.stdout
    assert re.search(r"3 Jun 2021 +CONSULT +Mira Kos, Tomas Rell", shown.stdout)
    assert re.search(r"Aug 2021 +CONSULT +planned +Ardania, Belvania", shown.stdout)
    assert re.search(r"REQUEST/yield +reported +Mira Kos → Belvania", shown.stdout)


def test_colour_only_when_wanted(on_terminal: Terminal, index: Path) -> None:
    assert STYLE.search(on_terminal("events", "--index", index).stdout)
    assert not STYLE.search(on_terminal("events", "--index", index, env={"NO_COLOR": "1"}).stdout)
    assert not STYLE.search(on_terminal("events", "--index", index, env={"TERM": "dumb"}).stdout)
    assert STYLE.search(
        on_terminal("events", "--index", index, "--color", "always", env={"TERM": "dumb"}).stdout
    )


def test_a_terminal_shows_100_rows_and_says_so(on_terminal: Terminal, tmp_path: Path) -> None:
    quote = "Ardania's Foreign Minister Mira Kos met her counterpart Tomas Rell of Belvania in Port Sel."
    many = [
        event(f"2020-{month:02}-{day:02}-consult", quote, EVENTS[0].actors, type="CONSULT")
        for month in range(1, 11)
        for day in range(1, 29)
    ]
    index = write_index(tmp_path / "many", many)
    shown = on_terminal("events", "--index", index, "--color", "never")
    assert len(shown.stdout.splitlines()) == 101
    assert "100 of 280" in shown.stderr and "--limit" in shown.stderr
    shown = on_terminal("events", "--index", index, "--limit", "150")
    assert len(shown.stdout.splitlines()) == 151


def test_text_cannot_take_over_the_terminal(on_terminal: Terminal, tmp_path: Path) -> None:
    name = "\x1b]0;owned\x07\x1b[2JMi\u202era [red]Kos[/red]\r\n"
    row = replace(EVENTS[0], summary=name, actors=[replace(EVENTS[0].actors[0], name=name)])
    index = write_index(tmp_path / "evil", [row])
    for columns in (80, 160):
        shown = STYLE.sub("", on_terminal("events", "--index", index, columns=columns).stdout)
        assert "Mira [red]Kos[/red]" in shown
        assert "\x1b" not in shown and "\u202e" not in shown and len(shown.splitlines()) == 2


def test_json_on_a_terminal_acts_on_nothing(on_terminal: Terminal, tmp_path: Path) -> None:
    summary = "\x9b31mred \u202eright"
    index = write_index(tmp_path / "evil", [replace(EVENTS[0], summary=summary)])
    for command in (["events"], ["show", EVENTS[0].id]):
        shown = on_terminal(*command, "--json", "--index", index).stdout
        assert "\\u009b31mred \\u202eright" in shown
        assert json.loads(shown)[0]["summary"] == summary


def test_long_output_goes_through_the_pager(on_terminal: Terminal, index: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    pager = {"PAGER": f"tee {seen}"}
    shown = on_terminal("events", "--index", index, lines=3, env=pager)
    assert shown.returncode == 0
    assert seen.read_text() == shown.stdout
    seen.unlink()
    assert on_terminal("events", "--index", index, lines=3, env=pager | {"PAGER": "false"}).returncode == 0
    assert on_terminal("events", "--index", index, "--no-pager", lines=3, env=pager).returncode == 0
    assert on_terminal("events", "--index", index, lines=50, env=pager).returncode == 0
    assert not seen.exists()


def test_search_shows_the_hit_marked(on_terminal: Terminal, index: Path) -> None:
    shown = on_terminal("search", "mines", "--index", index, "--color", "never")
    assert shown.returncode == 0
    assert "«mines»" in shown.stdout
    assert "2021-06-09-accuse-bel-and" in shown.stdout


def test_a_name_that_is_clearly_meant_is_used_on_a_terminal_and_said(
    on_terminal: Terminal, index: Path
) -> None:
    shown = on_terminal("events", "--actor", "Mira Koss", "--index", index)
    assert shown.returncode == 0
    assert "Mira Koss" in shown.stderr and "using Mira Kos" in shown.stderr


def test_no_bar_where_it_could_not_be_taken_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "is_terminal", lambda stream: True)
    monkeypatch.setenv("TERM", "dumb")
    with progress.bar("Reading") as advance:
        advance(1, 2, "a.txt")
    assert capsys.readouterr().err == ""
