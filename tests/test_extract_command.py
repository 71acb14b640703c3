"""`dipcli extract`: the records of a text or of files, without an index, through the installed command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dipcli
from dipcli.errors import DateOptionError, DocumentError
from dipcli.records import Event

Run = Callable[..., Any]

MET = "Norwegian Foreign Minister Ada Berg met Turkish Foreign Minister Cem Aydin in Oslo on Aug. 9.\n"
BANNED = "On March 3, 2021, France banned imports from Belgium.\n"


def test_a_sentence_in_a_pipe(installed: Run) -> None:
    run = installed("extract", "-", "--published", "2022-08-10", "--json", input=MET)
    (event,) = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (0, "")
    assert (event["start"], event["end"], event["type"]) == ("2022-08-09", "2022-08-09", "CONSULT")
    assert [actor["name"] for actor in event["actors"]] == ["Ada Berg", "Cem Aydin"]
    assert event["evidence"][0]["text"] == MET.strip()


def test_the_day_of_publication_dates_it(installed: Run) -> None:
    run = installed("extract", "-", "--published", "August 2019", "--fields", "start,type", input=MET)
    assert run.stdout == "start\ttype\n2019-08-09\tCONSULT\n"


@pytest.mark.parametrize("kind", ["events", "actors", "relations"])
@pytest.mark.parametrize("form", ["json", "jsonl", "tsv", "csv", "md", "table"])
def test_every_kind_in_every_format(installed: Run, kind: str, form: str) -> None:
    run = installed("extract", "-", "--published", "2022", "--kind", kind, "--format", form, input=MET)
    assert run.returncode == 0, run.stderr
    assert "berg" in run.stdout.casefold()


def test_output_options(installed: Run, tmp_path: Path) -> None:
    for name, text in (("met.txt", MET), ("banned.md", BANNED)):
        (tmp_path / name).write_text(text)
    files = [tmp_path / "met.txt", tmp_path / "banned.md", "--published", "2022-08-10"]
    assert installed("extract", *files, "--count").stdout == "2\n"
    one = installed("extract", *files, "--fields", "type", "--sort", "type", "--reverse", "--limit", "1")
    assert one.stdout.split() == ["type", "SANCTION"] or one.stdout.split() == ["type", "COERCE"]
    assert "1 of 2 shown" in one.stderr
    told = installed("extract", *files, "--format", "jsonl", "--fields", "type", "--with-sources")
    assert {json.loads(line)["sources"][0]["date"] for line in told.stdout.splitlines()} == {"2022-08-10"}


def test_no_index_is_made_or_needed(installed: Run, tmp_path: Path) -> None:
    installed("extract", "-", input=MET)
    assert list((tmp_path / "work").iterdir()) == []


def test_nothing_found(installed: Run) -> None:
    run = installed("extract", "-", "--json", input="The weather was fine.\n")
    assert (run.returncode, run.stdout) == (1, "[]\n")


BAD = [
    (["extract"], "missing argument"),
    (["extract", "missing.txt"], "missing.txt does not exist"),
    (["extract", "-"], "stdin is empty"),
    (["extract", ""], "a path is empty"),
    (["extract", "-", "--published", "yesterweek"], "is not a date"),
    (["extract", "-", "--kind", "documents"], "--kind cannot be 'documents'"),
    (["extract", "-", "--fields", "whom"], "unknown field 'whom'"),
    (["extract", "-", "--sort", "whom"], "no field 'whom'"),
    (["extract", "-", "--model", "no_such_model"], "no_such_model"),
    (["extract", "a.txt", "--name", "b"], "--name is for a document on standard input"),
    (["extract", "-", "--format", "xml"], "format cannot be 'xml'"),
]


@pytest.mark.parametrize(("arguments", "said"), BAD, ids=lambda value: " ".join(value))
def test_bad_input(installed: Run, arguments: list[str], said: str) -> None:
    run = installed(*arguments, input="" if said == "stdin is empty" else MET)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_one_file_of_two_fails(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(BANNED)
    (tmp_path / "bad.txt").write_bytes(b"")
    run = installed("extract", tmp_path / "good.txt", tmp_path / "bad.txt", "--count")
    assert (run.returncode, run.stdout) == (3, "1\n")
    assert "bad.txt is empty" in run.stderr


def test_the_library_takes_a_text_or_a_file(tmp_path: Path) -> None:
    path = tmp_path / "met.txt"
    path.write_text(MET)
    for source in (MET, path):
        found = dipcli.extract(source, published="2022-08-10", model="none")
        assert [(type(event), event.start) for event in found.events] == [(Event, "2022-08-09")]
        assert {actor.name for actor in found.actors} >= {"Ada Berg", "Cem Aydin"}
    with pytest.raises(DocumentError, match=r"gone\.txt does not exist"):
        dipcli.extract(tmp_path / "gone.txt")
    with pytest.raises(DateOptionError):
        dipcli.extract(MET, published="yesterweek")


def test_a_quote_that_begins_within_a_link_is_shown_without_it(installed: Run) -> None:
    text = "# Timeline of the lake\n\n* 2018\n  * [06/10](https://example.org/a):\n    Kenya and Uganda close the border.\n"
    run = installed("extract", "-", "--fields", "start,summary", input=text)
    assert run.stdout.splitlines()[1] == "2018-06-10\t06/10: Kenya and Uganda close the border."
