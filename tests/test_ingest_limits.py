"""Limits that a person sets, a reader whose library is missing, and a summary that stays readable."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dipcli
from dipcli.errors import Exit, UnknownValue, UsageError
from dipcli.ingestion import Said, limits_of
from dipcli.reading import LIMITS

Run = Callable[..., Any]

TOLD = [
    ([], {}),
    (["bytes=200MB"], {"bytes": 200_000_000}),
    (["bytes=1.5 gb", "seconds=0.5"], {"bytes": 1_500_000_000, "seconds": 0.5}),
    (["parts=10", "parts=20"], {"parts": 20}),
    (["seconds=0"], {"seconds": 0}),
]


@pytest.mark.parametrize(("told", "values"), TOLD)
def test_limits_are_set_by_name(told: list[str], values: dict[str, float]) -> None:
    found = limits_of(told)
    for name in LIMITS.__struct_fields__:
        assert getattr(found, name) == values.get(name, getattr(LIMITS, name))


@pytest.mark.parametrize(
    "told", ["bytes", "bytes=", "bytes=many", "bytes=-1", "bytes=1e9", "bytes=9" + "9" * 20]
)
def test_a_limit_is_a_number(told: str) -> None:
    with pytest.raises(UsageError, match="--max takes a number"):
        limits_of([told])


def test_an_unknown_limit_is_told() -> None:
    with pytest.raises(UnknownValue) as error:
        limits_of(["byte=1"])
    assert error.value.hint and "did you mean 'bytes'?" in error.value.hint


def test_a_limit_holds_for_each_file(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("May 16, 2022: Mira Kos met Jun Abe.\n" * 100)
    (tmp_path / "short.txt").write_text("May 16, 2022: Mira Kos met Jun Abe.\n")
    found = installed("ingest", tmp_path, "--index", tmp_path / "ix", "--model", "none", "--max", "bytes=1kB")
    assert found.returncode == Exit.PARTIAL
    assert "long.txt is larger than 1 kB" in found.stderr


def test_without_its_library_a_kind_is_reported_and_the_rest_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "pdfminer"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "dipcli.reading.pdf", raising=False)
    monkeypatch.setitem(sys.modules, "pdfminer", None)
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    (folder / "note.txt").write_text("May 16, 2022: Mira Kos met Jun Abe.\n")
    report = dipcli.ingest([folder], tmp_path / "ix", model="none")
    assert report.added == ["note.txt"]
    assert report.failed == [
        Said(str(folder / "paper.pdf"), "PDF needs dipcli[pdf]: pip install 'dipcli[pdf]'")
    ]


def test_a_thousand_of_a_kind_are_counted(installed: Run, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "note.txt").write_text("May 16, 2022: Mira Kos met Jun Abe.\n")
    for number in range(40):
        (folder / f"{number:02}.png").write_bytes(b"\x89PNG")
        (folder / f"{number:02}.txt").write_bytes(bytes([0, 0, 0, 1, number]))
    (folder / "empty.txt").write_bytes(b"")
    options = ("--index", tmp_path / "ix", "--model", "none", "--jobs", "1")
    found = installed("ingest", folder, *options)
    said = [line.split(": ", 1) for line in found.stderr.splitlines() if line.startswith("    ")]
    words = [what.replace(str(folder) + "/", "") for _, what in said]
    assert words == [
        "00.txt is a binary file",
        "and 39 more: is a binary file",
        "empty.txt is empty",
        "00.png is of a kind that is not read (.png)",
        "and 39 more: is of a kind that is not read (.png)",
    ]
    whole = installed("ingest", folder, *options, "--verbose")
    assert whole.stderr.count(" is of a kind that is not read (.png)") == 40
