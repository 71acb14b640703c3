"""`dipcli evaluate`: an index beside gold annotation, through the installed command and the library."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dipcli
from dipcli import evaluation
from dipcli.evaluation.scoring import overlap, places, plain

Run = Callable[..., Any]
GOLD = Path(__file__).resolve().parent.parent / "data" / "gold"
DOCUMENTS = GOLD.parent / "documents"

MET = "Ardania's Foreign Minister Mira Kos met her counterpart Tomas Rell of Belvania in Port Sel."
ACCUSED = "Belvania accused Ardania of laying mines in the strait."
SUMMIT = "In August 2021, Ardania will host a summit with Belvania."


def event(start: str, type: str, actors: list[str], quote: str, **values: Any) -> dict[str, Any]:
    return {
        "record": "event",
        "doc": "accord.txt",
        "start": start,
        "end": start,
        "precision": "day",
        "type": type,
        "actors": actors,
        "quotes": [quote],
    } | values


ACTORS = [
    {
        "record": "actor",
        "doc": "accord.txt",
        "name": name,
        "aliases": aliases,
        "kind": kind,
        "country": country,
    }
    for name, aliases, kind, country in (
        ("Mira Kos", ["Kos"], "person", "AND"),
        ("Tomas Rell", [], "person", "BEL"),
        ("Kingdom of Ardania", ["Ardania"], "country", "AND"),
        ("Belvania", [], "country", "BEL"),
    )
]
RIGHT = event("2021-06-03", "CONSULT", ["Mira Kos", "Tomas Rell"], MET, place="Port Sel", medium="in_person")
KOS_HOLDS = {
    "record": "relation",
    "doc": "accord.txt",
    "subject": "Mira Kos",
    "relation": "holds_office",
    "object": "Foreign Minister (AND)",
    "quotes": [MET],
}


@pytest.fixture
def gold(tmp_path: Path) -> Callable[..., Path]:
    def write(*records: dict[str, Any] | str, name: str = "gold.jsonl") -> Path:
        path = tmp_path / name
        lines = (line if isinstance(line, str) else json.dumps(line) for line in records)
        path.write_text("".join(f"{line}\n" for line in lines))
        return path

    return write


def figures(found: evaluation.Evaluation) -> dict[str, tuple[int, int | None, int]]:
    """Hits, predicted and gold of each measure."""
    return {measure.name: (measure.hits, measure.predicted, measure.gold) for measure in found.measures}


def misses(found: evaluation.Evaluation) -> list[tuple[str, list[str]]]:
    return [(miss.kind, miss.fields) for miss in found.misses if miss.kind.startswith("event")]


CASES: list[tuple[str, list[dict[str, Any]], tuple[int, int, int, int], list[tuple[str, list[str]]]]] = [
    ("all right but what gold leaves out", [RIGHT], (1, 1, 3, 1), [("event spurious", [])] * 2),
    (
        "another date",
        [RIGHT | {"start": "2021-06-04", "end": "2021-06-04"}],
        (1, 0, 3, 1),
        [("event wrong", ["date"]), ("event spurious", []), ("event spurious", [])],
    ),
    (
        "another type, and one that is right too",
        [
            RIGHT | {"type": "SUPPORT", "also_types": ["CONSULT"]},
            RIGHT | {"type": "AGREE", "quotes": [ACCUSED]},
        ],
        (2, 1, 3, 2),
        [("event wrong", ["date", "type", "participants", "medium", "place"]), ("event spurious", [])],
    ),
    (
        "half of the participants will do, but the direction shows",
        [event("2021-06-09", "ACCUSE", ["Belvania"], ACCUSED, recipients=["Mira Kos"])],
        (1, 0, 3, 1),
        [("event wrong", ["participants", "direction"]), ("event spurious", []), ("event spurious", [])],
    ),
    (
        "an optional one is neither hit nor spurious, found or not",
        [RIGHT | {"optional": True}, RIGHT | {"optional": True, "start": "2021-01-01", "type": "AID"}],
        (0, 0, 2, 0),
        [("event spurious", []), ("event spurious", [])],
    ),
    (
        "a core event comes before an optional one that fits as well",
        [RIGHT | {"optional": True}, RIGHT],
        (1, 1, 3, 1),
        [("event spurious", []), ("event spurious", [])],
    ),
    (
        "an event whose words nobody predicted",
        [RIGHT, event("2021-06-03", "SUPPORT", ["Mira Kos"], "An unnamed envoy praised the accord.")],
        (1, 1, 3, 2),
        [("event missed", []), ("event spurious", []), ("event spurious", [])],
    ),
]


@pytest.mark.parametrize(("why", "records", "expected", "missed"), CASES, ids=[case[0] for case in CASES])
def test_events(
    index: Path,
    gold: Callable[..., Path],
    why: str,
    records: list[dict[str, Any]],
    expected: tuple[int, int, int, int],
    missed: list[tuple[str, list[str]]],
) -> None:
    with dipcli.open(index) as opened:
        found = opened.evaluate(gold(*records, *ACTORS))
    told = figures(found)
    assert (told["events found"][0], *told["events right"]) == expected, why
    assert misses(found) == missed, why


def test_actors_and_relations(index: Path, gold: Callable[..., Path]) -> None:
    with dipcli.open(index) as opened:
        found = opened.evaluate(gold(*ACTORS, KOS_HOLDS, KOS_HOLDS | {"subject": "Tomas Rell"}))
    told = figures(found)
    assert told["actors"][0] == told["actor kind right"][0] == told["actors"][2] == 4
    assert told["relations"] == (1, 1, 2)
    assert [miss.gold for miss in found.misses if miss.kind == "relation missed"] == [
        "tomas rell holds_office"
    ]


def test_an_event_told_twice_is_joined_where_one_event_has_both_quotes(
    index: Path, gold: Callable[..., Path]
) -> None:
    with dipcli.open(index) as opened:
        found = opened.evaluate(gold(RIGHT | {"quotes": [MET, ACCUSED]}))
    assert figures(found)["told twice, joined"] == (0, None, 1)


def test_by_type(index: Path, gold: Callable[..., Path]) -> None:
    with dipcli.open(index) as opened:
        found = opened.evaluate(gold(RIGHT, *ACTORS))
    lines = {line.type: (line.hits, line.predicted, line.gold, line.score) for line in found.types}
    assert lines == {"CONSULT": (1, 2, 1, 0.6667), "ACCUSE": (0, 1, 0, 0.0)}


def test_the_command_in_every_format(installed: Run, index: Path, gold: Callable[..., Path]) -> None:
    path = gold(RIGHT, *ACTORS)
    run = lambda *more: installed("evaluate", path, "--index", index, *more)  # noqa: E731
    table = run("--format", "table", "--misses")
    assert table.returncode == 0 and table.stderr == ""
    assert "events right" in table.stdout and "accord.txt: event spurious" in table.stdout
    rows = list(csv.DictReader(run().stdout.splitlines(), delimiter="\t"))
    assert [row["name"] for row in rows][:2] == ["events found", "events right"]
    assert list(csv.DictReader(run("--format", "csv").stdout.splitlines())) == rows
    missed = list(csv.DictReader(run("--format", "csv", "--misses").stdout.splitlines()))
    assert missed[0]["kind"] == "event spurious"
    whole = json.loads(run("--json", "--misses").stdout)
    assert len(whole["measures"]) + len(whole["types"]) == len(rows)
    assert whole["misses"] and json.loads(run("--json").stdout)["misses"] == []
    lines = [json.loads(line) for line in run("--format", "jsonl", "--misses").stdout.splitlines()]
    assert {line["record"] for line in lines} == {"measure", "miss"}
    assert run("--format", "md").stdout.startswith("| name | type |")


BAD = [
    ("met on Tuesday", "gold.jsonl, line 2: is not JSON"),
    ('{"record": "event"', "line 2: is not JSON"),
    (json.dumps(RIGHT | {"colour": "red"}), "line 2: object contains unknown field `colour`"),
    (json.dumps(RIGHT | {"type": "MEETING"}), "line 2: invalid enum value 'MEETING' - at `$.type`"),
    (json.dumps(RIGHT | {"start": "2021-06-31"}), "line 2: day is out of range for month"),
    (json.dumps(RIGHT | {"start": "2021-06-04"}), "line 2: ends (2021-06-03) before it starts"),
    (json.dumps(RIGHT | {"quotes": []}), "line 2: expected `array` of length >= 1 - at `$.quotes`"),
    (json.dumps({"record": "deed"}), "line 2: invalid value 'deed' - at `$.record`"),
    ("[]", "line 2: expected `object`"),
]


@pytest.mark.parametrize(("line", "said"), BAD, ids=[said for _, said in BAD])
def test_bad_gold(installed: Run, index: Path, gold: Callable[..., Path], line: str, said: str) -> None:
    run = installed("evaluate", gold(ACTORS[0], line), "--index", index)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr and "Traceback" not in run.stderr


def test_gold_that_is_not_there(installed: Run, index: Path, tmp_path: Path) -> None:
    run = installed("evaluate", tmp_path / "none.jsonl", "--index", index)
    assert run.returncode == 2 and "none.jsonl cannot be read" in run.stderr
    run = installed("evaluate", tmp_path / "work", "--index", index)
    assert run.returncode == 2 and "has no .jsonl files" in run.stderr
    assert installed("evaluate", "--index", index).returncode == 2
    assert installed("evaluate", tmp_path, "--index", tmp_path / "nowhere").returncode == 2


def test_a_document_that_the_index_does_not_have(
    installed: Run, index: Path, gold: Callable[..., Path]
) -> None:
    other = RIGHT | {"doc": "other.txt"}
    run = installed("evaluate", gold(other), "--index", index, "--json", "--misses")
    assert run.returncode == 1 and "other.txt is not in the index" in run.stderr
    assert {miss["kind"] for miss in json.loads(run.stdout)["misses"]} == {"document missing", "event missed"}
    assert installed("evaluate", gold(other, RIGHT), "--index", index).returncode == 0


def test_a_quote_that_is_not_in_the_document(installed: Run, index: Path, gold: Callable[..., Path]) -> None:
    run = installed("evaluate", gold(RIGHT | {"quotes": ["Nobody said so."]}), "--index", index)
    assert run.returncode == 0 and "1 quote of the gold not found" in run.stderr


def test_our_own_gold_is_sound() -> None:
    """Its quotes are in the documents, its events name its actors, and most are core."""
    records = evaluation.read([GOLD])
    texts = {record.doc: (DOCUMENTS / record.doc).read_text(encoding="utf-8") for record in records}
    names = {(record.doc, record.name) for record in records if isinstance(record, evaluation.GoldActor)}
    events = [record for record in records if isinstance(record, evaluation.GoldEvent)]
    for record in events:
        assert all(quote in texts[record.doc] for quote in record.quotes)
        assert {(record.doc, name) for name in (*record.actors, *record.recipients)} <= names
    assert len(events) >= 60 and sum(not event.optional for event in events) >= 50


PLACES = [
    ("a b\nc", "b c", [(2, 5)]),
    ("a.b a.b", "a.b", [(0, 3), (4, 7)]),
    ("aXb", "a.b", []),
    ("a", " ", []),
]


@pytest.mark.parametrize(("text", "quote", "spans"), PLACES)
def test_quotes_are_found_whatever_the_white_space(
    text: str, quote: str, spans: list[tuple[int, int]]
) -> None:
    assert places(text, quote) == spans


def test_overlap_and_names() -> None:
    assert overlap([(0, 4), (10, 20)], [(3, 12)]) == 2
    assert overlap([(0, 4)], [(4, 8)]) == 0
    assert overlap([], [(0, 1)]) == 0
    assert plain("The Ban Ki-moon") == plain("BAN KI MOON") == "ban ki moon"


def test_confidence_means_what_it_says(tmp_path: Path) -> None:
    """On the annotated samples, by rules alone: nearly as much is right as confidence says."""
    root = Path(__file__).parents[1]
    dipcli.ingest([root / "data" / "documents"], tmp_path / "index", model="none")
    with dipcli.open(tmp_path / "index") as index:
        judged = index.evaluate(root / "data" / "gold").judged
    assert len(judged) > 50
    for low, high in ((0.0, 0.65), (0.65, 0.85), (0.85, 1.0)):
        here = [one for one in judged if low <= one.confidence < high]
        assert len(here) > 5
        said = sum(one.confidence for one in here) / len(here)
        assert abs(said - sum(one.right for one in here) / len(here)) < 0.2
