"""A conflict settled: it does not come back, what follows from it is corrected, and both last."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dipcli
from dipcli.errors import AmbiguousName, NotFound, UnknownValue

Run = Callable[..., Any]

TEXTS = {
    "diary.txt": "Foreign Minister Suh Hoon met Yang Jiechi of China in Tianjin on December 2, 2021.\n",
    "wire.txt": "Suh Hoon met Yang Jiechi in Tianjin on December 3, 2021.\n",
    "note.txt": "On Thursday, August 10, 2022, Wang Wenbin criticized South Korea.\n",
    "years.txt": """A year of talks

March 3, 2021: Ryu Chol-su meets Luo Jianhua in Beijing.
May 12, 2022: Gao Weimin meets Shin Dong-wook in Seoul.
June 2, 2022: Seo Jae-hyun meets Deng Haoran in Seoul.
June 17, 2022: Bae Sang-min meets Luo Jianhua in Singapore.
July 7, 2022: Park Jin meets Wang Yi in Bali.
Jan. 9, 2022: Tang Guowei meets Im Young-ho in Seoul.
Aug. 9, 2022: Park Jin meets Wang Yi in Qingdao.
""",
}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def index(documents: Path, tmp_path: Path) -> Path:
    dipcli.ingest(documents, tmp_path / "index", model="none")
    return tmp_path / "index"


def rules(index: Path, **asked: Any) -> list[str]:
    with dipcli.open(index) as opened:
        return sorted(one.rule for one in opened.conflicts(**asked))


def settle(index: Path, conflict: str, chosen: str, **signed: str) -> None:
    with dipcli.open(index) as opened:
        opened.settle(conflict, chosen, **signed)


def dates(index: Path, actor: str) -> list[str | None]:
    with dipcli.open(index) as opened:
        return [event.start for event in opened.events(actor=actor)]


def test_what_is_there_to_settle(index: Path) -> None:
    assert rules(index) == ["chronology", "chronology", "date", "weekday"]


@pytest.mark.parametrize(("chosen", "day"), [("a", "2021-12-02"), ("b", "2021-12-03")])
def test_two_records_become_one_with_the_date_chosen(index: Path, chosen: str, day: str) -> None:
    with dipcli.open(index) as opened:
        (conflict,) = opened.conflicts(rule="date")
    assert (conflict.a.value, conflict.b.value) == ("2021-12-02", "2021-12-03")
    settle(index, conflict.id, chosen, by="Ana", why="the readout says so")
    assert dates(index, "Suh Hoon") == [day]
    assert "date" not in rules(index)


@pytest.mark.parametrize("chosen", ["neither", "dismiss"])
def test_what_is_dismissed_changes_no_record(index: Path, chosen: str) -> None:
    settle(index, "date-", chosen)
    assert dates(index, "Suh Hoon") == ["2021-12-02", "2021-12-03"]
    assert rules(index) == ["chronology", "chronology", "weekday"]
    assert rules(index, settled=True) == ["chronology", "chronology", "date", "weekday"]
    with dipcli.open(index) as opened:
        (conflict,) = opened.conflicts(rule="date", settled=True)
        assert conflict.settled and conflict.settled.chosen == chosen


def test_a_line_goes_to_the_other_year(index: Path) -> None:
    settle(index, "chronology-2021-03-03", "b")
    assert dates(index, "Ryu Chol-su") == ["2022-03-03"]
    assert rules(index) == ["chronology", "date", "weekday"]


def test_a_settled_conflict_survives_everything(index: Path, documents: Path, tmp_path: Path) -> None:
    """A re-ingest, one in another order, another document, a forgotten one, and one that comes back."""
    for name in ("weekday", "date", "chronology-2021-03-03"):
        settle(index, name, "b", why="checked")
    left = ["chronology"]
    assert rules(index) == left
    again = tmp_path / "again"
    again.mkdir()
    (again / "decisions.jsonl").write_bytes((index / "decisions.jsonl").read_bytes())
    dipcli.ingest(sorted(documents.iterdir(), reverse=True), again, model="none")
    assert rules(again) == left
    more = documents / "0.txt"
    more.write_text("On December 2, 2021, Suh Hoon and Yang Jiechi met in Tianjin.\n", encoding="utf-8")
    dipcli.ingest(documents, index, model="none")
    assert rules(index) == left
    dipcli.forget("diary.txt", index)
    dipcli.forget("years.txt", index)
    assert rules(index) == []
    dipcli.ingest(documents, index, model="none")
    assert rules(index) == left


def test_with_a_document_its_words_are_forgotten_and_the_decision_holds_when_it_returns(
    index: Path, documents: Path
) -> None:
    settle(index, "weekday", "a")
    settle(index, "date", "dismiss")
    for name in ("note.txt", "wire.txt"):
        dipcli.forget(name, index)
    kept = (index / "decisions.jsonl").read_text(encoding="utf-8")
    assert "Thursday" not in kept
    assert "2021-12-03" in kept
    dipcli.ingest(documents, index, model="none")
    assert rules(index) == ["chronology", "chronology"]


def test_undone_it_comes_back(index: Path, installed: Run) -> None:
    settle(index, "weekday", "a")
    assert "weekday" not in rules(index)
    assert installed("undo", "--index", index).returncode == 0
    assert "weekday" in rules(index)


def test_the_later_decision_counts(index: Path) -> None:
    settle(index, "weekday", "a")
    settle(index, "weekday", "b", why="the calendar")
    with dipcli.open(index) as opened:
        (conflict,) = opened.conflicts(rule="weekday", settled=True)
    assert conflict.settled
    assert (conflict.settled.chosen, conflict.settled.why) == ("b", "the calendar")


def test_the_command(index: Path, installed: Run) -> None:
    answer = installed(
        "settle", "date", "--choose", "a", "--why", "the readout", "--by", "Ana", "--index", index
    )
    assert answer.returncode == 0
    assert [line.split()[1] for line in answer.stderr.splitlines() if line.startswith("d-")] == [
        "settle",
        "same",
        "edit",
    ]
    shown = installed("conflicts", "--settled", "--rule", "weekday", "--json", "--index", index)
    assert [one["settled"] for one in json.loads(shown.stdout)] == [None]
    listed = installed("decisions", "--json", "--index", index)
    first = json.loads(listed.stdout)[0]
    assert (first["decision"], first["by"], first["why"]) == ("settle", "Ana", "the readout")
    assert first["value"] == "date, 2021-12-02 / 2021-12-03: a"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["date"], 2, "--choose says which side holds"),
        (["date", "--choose", "c"], 2, "--choose cannot be 'c'"),
        (["nothing", "--choose", "a"], 1, "no conflict has an id that begins with 'nothing'"),
        (["chronology", "--choose", "a"], 2, "'chronology' is the beginning of 2 ids"),
    ],
)
def test_what_cannot_be_meant(
    index: Path, installed: Run, arguments: list[str], status: int, said: str
) -> None:
    answer = installed("settle", *arguments, "--index", index)
    assert answer.returncode == status
    assert said in answer.stderr
    assert not (index / "decisions.jsonl").exists()


def test_errors_of_the_library(index: Path) -> None:
    with dipcli.open(index) as opened:
        with pytest.raises(UnknownValue):
            opened.settle("date", "both")
        with pytest.raises(NotFound):
            opened.settle("place", "a")
        with pytest.raises(AmbiguousName):
            opened.settle("chronology", "a")
