"""A chronology in the making, held against the index line by line: what sources bear out and what they do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dipcli
from dipcli.errors import DipcliError
from extraction_builder import MODEL

Run = Callable[..., Any]
DOCUMENTS = Path(__file__).resolve().parent.parent / "data" / "documents"

DRAFT = (
    ("May 3, 2022: Liu Xiaoming meets South Korea's nuclear envoy Noh Kyu-duk in Seoul.", "supported", None),
    ("May 16, 2022: Foreign Ministers Wang Yi and Park Jin talk by video link.", "supported", None),
    ("May 26, 2022: China and Russia veto a UN Security Council resolution.", "supported", None),
    ("June 10, 2022: Defense Ministers Wei Fenghe and Lee Jong-sup meet in Singapore.", "supported", None),
    ("July 9, 2022: Foreign Ministers Wang Yi and Park Jin meet in Bali.", "contradicted", "date"),
    ("July 19, 2022: Foreign Minister Park Jin meets Fumio Kishida in Tokyo.", "unsupported", None),
    ("Aug. 9, 2022: Park Jin and Yang Jiechi hold talks in Qingdao.", "contradicted", "person"),
    ("Sept. 16, 2022: President Yoon Suk Yeol receives Li Zhanshu in Busan.", "contradicted", "place"),
    ("Oct. 12, 2022: China and South Korea sign a fisheries agreement in Jeju.", "unsupported", None),
    ("Nov. 1, 2022: Chinese Premier Li Keqiang visits Vietnam.", "unsupported", None),
)
"""Ten lines: four right, three wrong in date, person or place, three that no source tells."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("draft") / "index"
    dipcli.ingest(DOCUMENTS, place)
    return place


def judged(index: Path, text: str, **values: Any) -> list[tuple[int | None, str, list[str]]]:
    with dipcli.open(index) as opened:
        found = opened.draft(text, **values)
    return [(one.line, one.verdict, one.fields) for one in found if one.verdict != "left out"]


def chronology(*lines: str) -> str:
    return "\n".join(["China and South Korea in 2022", "", *lines, ""])


@MODEL
def test_ten_lines_are_judged_right(index: Path) -> None:
    wanted = [
        (number, verdict, [field] if field else [])
        for number, (_, verdict, field) in enumerate(DRAFT, start=3)
    ]
    assert judged(index, chronology(*(line for line, _, _ in DRAFT))) == wanted


@MODEL
def test_the_order_of_the_lines_changes_no_verdict(index: Path) -> None:
    turned = judged(index, chronology(*(line for line, _, _ in reversed(DRAFT))))
    assert [(verdict, fields) for _, verdict, fields in reversed(turned)] == [
        (verdict, [field] if field else []) for _, verdict, field in DRAFT
    ]


@MODEL
@pytest.mark.parametrize(
    ("line", "verdict", "fields"),
    [
        (
            "May 16, 2021: Foreign Ministers Wang Yi and Park Jin hold virtual talks.",
            "contradicted",
            ["date"],
        ),
        ("May 16, 2022: Wang Yi and Park Jin meet in Seoul.", "contradicted", ["medium"]),
        ("August 9, 2022: The Chinese and South Korean foreign ministers meet in Qingdao.", "supported", []),
        ("2 December 2021: Suh Hoon meets Yang Jiechi in Tianjin.", "supported", []),
        ("3 December 2021: Suh Hoon meets Yang Jiechi in Tianjin.", "supported", []),
        ("5 December 2021: Suh Hoon meets Yang Jiechi in Tianjin.", "contradicted", ["date"]),
        ("June 2018: Xi Jinping visits Pyongyang.", "contradicted", ["date"]),
        ("July 28, 2022: Zarkon Blavik meets Wang Yi in Beijing.", "unsupported", []),
        ("July 28, 2022: Heavy rain.", "unsupported", []),
    ],
)
def test_one_line(index: Path, line: str, verdict: str, fields: list[str]) -> None:
    rest = (DRAFT[0][0], DRAFT[2][0], DRAFT[3][0])
    found = {
        number: (judgement, differs) for number, judgement, differs in judged(index, chronology(*rest, line))
    }
    assert found[6] == (verdict, fields)


@MODEL
def test_every_verdict_but_one_has_its_quotes(index: Path) -> None:
    with dipcli.open(index) as opened:
        texts = {document.id: document.text for document in opened.documents()}
        verdicts = opened.draft(chronology(*(line for line, _, _ in DRAFT)))
        events = {event.id for event in opened.events()}
    assert {one.verdict for one in verdicts} == {"supported", "contradicted", "unsupported", "left out"}
    for one in verdicts:
        assert bool(one.sources) is bool(one.events) is (one.verdict != "unsupported")
        assert events.issuperset(one.events)
        for side in one.sources:
            quote = side.evidence
            assert quote is not None
            assert texts[quote.document][quote.char_start : quote.char_end] == quote.text
            assert side.title


@MODEL
def test_what_a_draft_leaves_out_lies_in_its_span_and_can_be_filtered(index: Path) -> None:
    text = chronology(*(line for line, _, _ in DRAFT))
    with dipcli.open(index) as opened:
        every = [one for one in opened.draft(text) if one.verdict == "left out"]
        consults = [one for one in opened.draft(text, type="CONSULT") if one.verdict == "left out"]
        starts = {event.id: event.start or "" for event in opened.events()}
        before = opened.info()
    told = {one.told for one in every}
    assert "10 May 2022" in told
    assert "9 Aug 2022" not in told
    assert all("2022-05-03" <= starts[one.events[0]] <= "2022-11-01" for one in every)
    assert 0 < len(consults) < len(every)
    assert before["documents"] == len(list(DOCUMENTS.iterdir()))


def test_the_command(index: Path, installed: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(chronology(DRAFT[1][0], DRAFT[3][0]), encoding="utf-8")
    answer = installed("conflicts", "--draft", draft, "--json", "--index", index)
    assert answer.returncode == 0
    assert [one["line"] for one in json.loads(answer.stdout)][:2] == [3, 4]
    assert "supported" in answer.stderr
    piped = installed("conflicts", "--draft", "-", "--json", "--index", index, input=draft.read_text())
    assert piped.stdout == answer.stdout
    shown = installed("conflicts", "--draft", draft, "--format", "table", "--index", index)
    assert "line 3  supported" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--draft", "missing.txt"], 2, "missing.txt does not exist"),
        (["--draft", "-"], 1, "nothing found"),
        (["--draft", "-", "--rule", "date"], 2, "--draft goes with neither --rule nor --severity"),
        (["--draft", "-", "--actor", "Nobody Known"], 1, "Nobody Known"),
    ],
)
def test_drafts_that_cannot_be_held(
    index: Path, installed: Run, arguments: list[str], status: int, said: str
) -> None:
    answer = installed("conflicts", *arguments, "--index", index, input="no date here\n")
    assert answer.returncode == status
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_draft_that_cannot_be_read(index: Path, tmp_path: Path) -> None:
    with dipcli.open(index) as opened, pytest.raises(DipcliError, match="does not exist"):
        opened.draft(tmp_path / "none.txt")
