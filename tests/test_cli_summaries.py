"""Summaries through the installed command: formats, tables, exit statuses, what is said on stderr."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dipcli.output import summaries
from dipcli.output.terminal import Screen
from dipcli.summary import ROWS, Key, Period

Run = Callable[..., Any]
VIEWS = {"timeline": [], "stats": ["--by", "type"], "pairs": []}


@pytest.mark.parametrize("view", VIEWS)
def test_json_is_as_its_schema_says(installed: Run, index: Path, view: str) -> None:
    found = installed(view, *VIEWS[view], "--json", "--index", index)
    assert found.returncode == 0
    assert msgspec.json.decode(found.stdout, type=list[ROWS[view]])
    schema = json.loads(installed("schema", view).stdout)
    assert schema["title"] == view


@pytest.mark.parametrize("view", VIEWS)
def test_flat_formats_have_the_same_rows(installed: Run, index: Path, view: str) -> None:
    arguments = [view, *VIEWS[view], "--index", index]
    header, *rows = csv.reader(io.StringIO(installed(*arguments, "--format", "csv").stdout))
    assert rows and all(len(row) == len(header) for row in rows)
    assert installed(*arguments).stdout == installed(*arguments, "--format", "tsv").stdout
    lines = installed(*arguments, "--format", "jsonl").stdout.splitlines()
    assert len(lines) == len(rows) == len(installed(*arguments, "--format", "md").stdout.splitlines()) - 2


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("filters", "said"),
    [(["--since", "1999", "--until", "1999"], "nothing found"), (["--actor", "Nobody"], "no actor 'Nobody'")],
)
def test_nothing_found_is_valid_and_status_1(
    installed: Run, index: Path, view: str, filters: list[str], said: str
) -> None:
    arguments = [view, *VIEWS[view], *filters, "--index", index]
    for form, expected in (("json", "[]\n"), ("jsonl", "")):
        found = installed(*arguments, "--format", form)
        assert (found.returncode, found.stdout) == (1, expected)
    assert len(installed(*arguments).stdout.splitlines()) == 1
    assert said in installed(*arguments).stderr


def test_a_matrix_of_nobody_is_valid(installed: Run, index: Path) -> None:
    found = installed("pairs", "--matrix", "--actor", "Nobody", "--json", "--index", index)
    assert (found.returncode, json.loads(found.stdout)) == (1, {"parties": [], "counts": []})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["timeline", "--per", "fortnight"], "unknown period 'fortnight'"),
        (["timeline", "--by", "colour"], "grouped by 'colour'"),
        (["stats", "--by", "colour"], "cannot count by 'colour'"),
        (["pairs", "--kind", "robot"], "unknown kind 'robot'"),
        (["pairs", "--limit", "none"], "--limit takes a whole number"),
        (["stats", "--since", "2022", "--until", "2021"], "ends before it starts"),
    ],
)
def test_what_cannot_be_meant_is_an_error(
    installed: Run, index: Path, arguments: list[str], said: str
) -> None:
    found = installed(*arguments, "--index", index)
    assert found.returncode == 2 and found.stdout == "" and said in found.stderr


def test_a_matrix_is_square(installed: Run, index: Path) -> None:
    found = json.loads(installed("pairs", "--matrix", "--json", "--index", index).stdout)
    assert all(len(line) == len(found["parties"]) for line in found["counts"])
    header, *rows = csv.reader(
        io.StringIO(installed("pairs", "--matrix", "--format", "csv", "--index", index).stdout)
    )
    assert len(header) == len(rows) + 2


def test_dates_in_doubt_and_none_are_said(installed: Run, index: Path) -> None:
    assert "without a date" in installed("timeline", "--since", "2021", "--index", index).stderr


def period(name: str, count: int, documents: int = 0, **values: Any) -> Period:
    whole = {"start": None, "end": None, "planned": 0, "cancelled": 0}
    return Period(period=name, count=count, documents=documents, **(whole | values))


SCREEN = Screen(True, 60, 40, False)


def table(rows: list[Period], by: str | None = None) -> list[str]:
    return [line.rstrip() for line in summaries.timeline(by).table(rows, SCREEN)]


def test_bars_are_as_long_as_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [period("2030-01", 8, 2), period("2030-02", 0, 1), period("2030-03", 2, 1, planned=2)]
    monkeypatch.setattr("dipcli.output.terminal.can_show", lambda text: True)
    bars = [line.rpartition("  ")[2] for line in table(rows)[1:]]
    assert len(bars[0]) > 25 and set(bars[0]) == {"█"}
    assert bars[2].count("░") == pytest.approx(len(bars[0]) / 4, abs=1)
    monkeypatch.setattr("dipcli.output.terminal.can_show", lambda text: False)
    assert table(rows)[1].endswith("##########"), table(rows)
    assert "...." in table(rows)[3]


def test_silent_periods_share_a_line() -> None:
    rows = [
        period(f"2030-{month:02}", int(month in (1, 7)), int(month in (1, 6, 7))) for month in range(1, 8)
    ]
    assert [line.split("  ")[0] for line in table(rows)] == [
        "PERIOD",
        "2030-01",
        "2030-02 … 2030-05",
        "2030-06",
        "2030-07",
    ]


def test_names_from_documents_cannot_act_on_the_terminal() -> None:
    key = Key(field="actor", value="x", name="Bad \x1b[31mname\n")
    lines = table([period("2030", 1), period("2030", 1, by=key)], "actor")
    assert "\x1b" not in "".join(lines) and "Bad name" in lines[0]
