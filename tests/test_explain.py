"""`dipcli explain`: every value goes back to words, a rule, and what they were resolved against."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import dipcli
from dipcli.errors import IndexBusy
from dipcli.explanation import Explanation, Words
from dipcli.ingestion import ingest, sample_folder

Run = Callable[..., Any]

WIRE = """Ministers meet in Oslo

OSLO, Aug. 11, 2022 - Norwegian Foreign Minister Ada Berg met Turkish Foreign Minister Cem Aydin on Tuesday.
"""
LIST = """Norway and Turkey in 2022

August 9, 2022: Norwegian Foreign Minister Ada Berg meets Turkish Foreign Minister Cem Aydin in Oslo.
September 5, 2022: Berg visits Ankara.
"""
MONTH = """Note

Norwegian Foreign Minister Ada Berg held talks with Turkish Foreign Minister Cem Aydin in Oslo in August 2022.
"""


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in (("wire.txt", WIRE), ("list.txt", LIST), ("month.txt", MONTH)):
        (folder / name).write_text(text)
    place = tmp_path_factory.mktemp("index") / "ix"
    ingest([folder], place, model="none")
    return place


@pytest.fixture
def explain(installed: Run, explained: Path) -> Callable[..., Explanation]:
    def run(ident: str) -> Explanation:
        found = installed("explain", ident, "--json", "--index", explained)
        assert found.returncode == 0, found.stderr
        (explanation,) = msgspec.json.decode(found.stdout, type=list[Explanation])
        return explanation

    return run


MEETING = "2022-08-09-consult-ada-berg-cem-aydin"


def grounds(explanation: Explanation, field: str) -> list[tuple[str | None, str, str | None, bool]]:
    return [
        (ground.words and ground.words.text, ground.rule, ground.against, ground.taken)
        for told in explanation.fields
        if told.field == field
        for ground in told.grounds
    ]


def test_every_field_has_its_words(explain: Callable[..., Explanation]) -> None:
    found = explain("2022-09-05")
    values = {field.field: field.value for field in found.fields}
    assert (
        values["date"] == "2022-09-05" and values["status"] == "occurred" and values["certainty"] == "stated"
    )
    assert values["type"] == "CONSULT/visit" and values["place"] == "Ankara"
    assert grounds(found, "date") == [("September 5, 2022", "month_day", None, True)]
    ((words, rule, _, _),) = grounds(found, "type")
    assert words == "visits" and rule.startswith("trigger:")
    ((words, _, against, _),) = grounds(found, "actor")
    assert (words, against) == ("Berg", "Ada Berg, named first in line 3")
    ((words, _, against, _),) = grounds(found, "recipient")
    assert words == "Ankara" and against and against.startswith("Turkey, named first in")
    assert [told.reason for told in found.told] == ["told here alone"]


def test_tellings_are_joined_for_a_reason(explain: Callable[..., Explanation]) -> None:
    found = explain(MEETING)
    *tellings, heading = found.told
    reasons = {told.words.title: told.reason for told in tellings}
    assert len(reasons) == 3
    assert sorted(reasons.values())[-1].startswith("the same date")
    number = next(n for n, told in enumerate(tellings, start=1) if told.words.title == heading.words.title)
    assert heading.words.text == "Ministers meet in Oslo"
    assert heading.reason == f"a heading of what [{number}] tells: “meet”"
    dates = grounds(found, "date")
    assert ("Tuesday", "weekday", "published 2022-08-11", True) in [
        (words, rule if "weekday" in rule else "weekday", against, taken)
        for words, rule, against, taken in dates
    ]
    assert [taken for words, _, _, taken in dates if words == "August 2022"] == [False]
    (confidence,) = [field for field in found.fields if field.field == "confidence"]
    assert confidence.grounds[-1].rule == "told in 3 independent documents"
    assert {ground.told for field in found.fields for ground in field.grounds} == {1, 2, 3, None}


def test_an_actor_and_a_relation(explain: Callable[..., Explanation]) -> None:
    berg = explain("ada-berg")
    assert {words for words, *_ in grounds(berg, "alias")} == {"Berg"}
    assert {(words, rule) for words, rule, *_ in grounds(berg, "role")} == {
        ("Foreign Minister", "title:current")
    }
    assert {against for *_, against, _ in grounds(berg, "country")} == {
        "Norway, named first in line 1",
        "Norway, named first in line 3",
    }
    assert [told.reason for told in berg.told][1:] == ["Ada Berg: shares the name Ada Berg"] * 2
    holds = explain("ada-berg-holds-office")
    assert {words for words, *_ in grounds(holds, "holds_office")} == {"Foreign Minister"}
    assert len(explain("ada-berg-engages-cem-aydin").fields[-1].grounds) == 1


def test_the_page(installed: Run, explained: Path) -> None:
    page = installed("explain", MEETING, "ada-berg", "--index", explained)
    assert page.returncode == 0 and page.stderr == ""
    for line in (
        "told  4 passages",
        "date  2022-08-09",
        "“met”: trigger:",
        "gives 2022-08-01/2022-08-31 (month)",
    ):
        assert line in page.stdout
    lines = installed("explain", MEETING, "ada-berg", "--index", explained, "--format", "jsonl").stdout
    assert [json.loads(line)["kind"] for line in lines.splitlines()] == ["event", "actor"]


def test_a_page_on_a_terminal(on_terminal: Run, explained: Path) -> None:
    page = on_terminal("explain", MEETING, "--index", explained, "--color", "never", columns=60)
    assert page.returncode == 0
    assert max(map(len, page.stdout.splitlines())) <= 60


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nobody"], 1, "begins with 'nobody'"),
        ([""], 1, "begins with ''"),
        (["2022"], 2, "is the beginning of 2 ids"),
        (["doc-"], 2, "is the beginning of 3 ids"),
        ([MEETING, "--format", "csv"], 2, "explain has no format 'csv'"),
        ([], 2, "missing argument"),
    ],
    ids=str,
)
def test_bad_input(installed: Run, explained: Path, arguments: list[str], status: int, said: str) -> None:
    run = installed("explain", *arguments, "--index", explained)
    assert (run.returncode, run.stdout) == (status, "")
    assert said in run.stderr and "Traceback" not in run.stderr


def test_a_document_is_not_explained(installed: Run, explained: Path) -> None:
    (document, *_) = installed("documents", "--fields", "id", "--index", explained).stdout.split()[1:]
    run = installed("explain", document, "--index", explained)
    assert run.returncode == 2 and f"dipcli show {document}" in run.stderr


def test_records_that_are_not_made_of_mentions(installed: Run, index: Path) -> None:
    for ident in ("2021-06-09", "mira-kos", "and-engages-bel"):
        run = installed("explain", ident, "--index", index)
        assert run.returncode == 2 and "ingest the documents again" in run.stderr


def test_an_index_that_went_on_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    ingest([tmp_path / "list.txt"], tmp_path / "ix", model="none")
    with dipcli.open(tmp_path / "ix") as opened:
        (tmp_path / "wire.txt").write_text(WIRE)
        ingest([tmp_path / "wire.txt"], tmp_path / "ix", model="none")
        with pytest.raises(IndexBusy):
            opened.explain(MEETING)
        opened.refresh()
        assert len(opened.explain(MEETING).told) == 3


def test_everything_in_the_samples_can_be_explained(tmp_path: Path) -> None:
    ingest([sample_folder()], tmp_path / "ix", model="none")
    with dipcli.open(tmp_path / "ix") as opened:
        texts = {document.id: document.text for document in opened.documents()}
        records = [*opened.events(), *opened.actors(), *opened.relations()]
        for record in records:
            found = opened.explain(record.id)
            assert found.fields
            for words in [told.words for told in found.told] + [
                ground.words for field in found.fields for ground in field.grounds if ground.words
            ]:
                assert isinstance(words, Words)
                assert texts[words.document][words.char_start : words.char_end] == words.text
        for event in opened.events():
            named = {field.field for field in opened.explain(event.id).fields}
            assert {"date", "type", "status", "certainty", "confidence"} <= named
            assert ("actor" in named) == bool(event.actors) and ("place" in named) == bool(event.place)
        doubted = [event for event in opened.events() if event.doubts]
        assert doubted and all(opened.explain(event.id).doubts == event.doubts for event in doubted)
