"""Pictures of summaries: what the charts hold, that they are drawn, and what a user is told where not."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from dipcli import plots
from dipcli.errors import ExtraMissing
from dipcli.summary import Key, Period

Run = Callable[..., Any]


def period(name: str | None, count: int, group: str | None = None, **values: Any) -> Period:
    whole = {"start": None, "end": None, "planned": 0, "cancelled": 0, "documents": 0}
    by = Key(field="type", value=group) if group else None
    return Period(period=name, count=count, by=by, **(whole | values))


def test_a_timeline_is_drawn_in_its_order() -> None:
    rows = [
        period("2030", 1, exact=False),
        period("2030-01", 0),
        period("2030-02", 3, planned=1),
        period(None, 2),
    ]
    chart = plots.timeline(rows)
    assert chart["encoding"]["x"]["sort"] == ["2030 ~", "2030-01", "2030-02", "undated"]
    bars = {(bar["period"], bar["what"]): bar["count"] for bar in chart["data"]["values"]}
    assert bars["2030-02", "took place"] == 3 and bars["2030-02", plots.PLANNED] == 1


def test_groups_beyond_the_first_are_one() -> None:
    rows = [period("2030", 99)] + [period("2030", 20 - number, f"T{number:02}") for number in range(12)]
    chart = plots.timeline(rows)
    names = chart["encoding"]["color"]["scale"]["domain"]
    assert names == [*(f"T{number:02}" for number in range(8)), plots.OTHERS, plots.PLANNED]
    others = [bar["count"] for bar in chart["data"]["values"] if bar["what"] == plots.OTHERS]
    assert sum(others) == 12 + 11 + 10 + 9


VIEWS = (["timeline"], ["timeline", "--by", "country"], ["stats", "--by", "actor"], ["pairs"])


@pytest.mark.parametrize("view", VIEWS, ids=" ".join)
def test_views_are_drawn(installed: Run, index: Path, tmp_path: Path, view: list[str]) -> None:
    pytest.importorskip("vl_convert")
    place = tmp_path / "picture.svg"
    found = installed(*view, "--plot", place, "--index", index)
    assert (found.returncode, found.stdout) == (0, "") and "drawn" in found.stderr
    assert ElementTree.parse(place).getroot().tag.endswith("svg")
    assert installed(*view, "--plot", place, "--index", index).returncode == 0  # its own: made anew
    place.write_text("mine")
    refused = installed(*view, "--plot", place, "--index", index)
    assert refused.returncode == 2 and place.read_text() == "mine"


def test_a_png_is_drawn(installed: Run, index: Path, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    assert installed("timeline", "--plot", tmp_path / "a.png", "--index", index).returncode == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_names_cannot_act_in_a_picture() -> None:
    pytest.importorskip("vl_convert")
    hostile = '<script>alert("x")</script>'
    drawn = plots.draw(plots.timeline([period("2030", 1), period("2030", 1, hostile)]), "svg").decode()
    assert "<script" not in drawn and "&lt;script" in drawn


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["timeline", "--plot", "a.gif"], "end its name in .svg or .png"),
        (["pairs", "--matrix", "--plot", "a.svg"], "a matrix is not drawn"),
    ],
)
def test_what_cannot_be_drawn(installed: Run, index: Path, arguments: list[str], said: str) -> None:
    found = installed(*arguments, "--index", index)
    assert found.returncode == 2 and said in found.stderr


def test_of_nothing_no_picture_is_made(installed: Run, index: Path, tmp_path: Path) -> None:
    place = tmp_path / "none.svg"
    assert (
        installed("stats", "--since", "1900", "--until", "1900", "--plot", place, "--index", index).returncode
        == 1
    )
    assert not place.exists()


def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(ExtraMissing, match="extra 'report'"):
        plots.draw(json.loads("{}"), "svg")
