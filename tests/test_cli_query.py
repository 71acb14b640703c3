"""Queries through the installed command: formats, filters, exit statuses, what is said on stderr."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from conftest import ACTORS, DOCUMENTS, EVENTS, RELATIONS
from dipcli import __version__

Run = Callable[..., Any]

RECORDS = {"events": EVENTS, "actors": ACTORS, "relations": RELATIONS, "documents": DOCUMENTS}


def ids(output: str) -> list[str]:
    return [row["id"] for row in json.loads(output)]


@pytest.mark.parametrize("kind", RECORDS)
def test_json_is_the_stored_records(installed: Run, index: Path, kind: str) -> None:
    lines = (index / f"{kind}.jsonl").read_text(encoding="utf-8")
    assert installed(kind, "--format", "jsonl", "--index", index).stdout == lines
    found = installed(kind, "--json", "--index", index)
    assert found.returncode == 0 and found.stderr == ""
    shape = type(RECORDS[kind][0])
    assert sorted(msgspec.json.decode(found.stdout, type=list[shape]), key=str) == sorted(
        RECORDS[kind], key=str
    )


@pytest.mark.parametrize("kind", [*RECORDS, "search"])
@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_flat_formats_have_one_row_a_record(
    installed: Run, index: Path, kind: str, form: str, delimiter: str
) -> None:
    query = ["Belvania"] if kind == "search" else []
    found = installed(kind, *query, "--format", form, "--index", index)
    header, *rows = csv.reader(io.StringIO(found.stdout), delimiter=delimiter)
    assert rows and all(len(row) == len(header) for row in rows)
    if kind != "search":
        assert len(rows) == len(RECORDS[kind])


def test_a_pipe_gets_tsv(installed: Run, index: Path) -> None:
    assert (
        installed("events", "--index", index).stdout
        == installed("events", "--format", "tsv", "--index", index).stdout
    )


def test_csv_is_documented_flat_and_neutral(installed: Run, index: Path) -> None:
    text = installed("events", "--format", "csv", "--index", index).stdout
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    row = rows["2021-06-09-accuse-bel-and"]
    assert (row["actors"], row["recipients"], row["countries"]) == ("Belvania", "Ardania", "BEL; AND")
    assert row["documents"] == DOCUMENTS[0].id
    assert row["score"] == "-3.5"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--since", "2021-06", "--until", "2021-06"],
            ["2021-06-03-consult-mira-kos-tomas-rell", "2021-06-09-accuse-bel-and"],
        ),
        (["--actor", "MIRA KOS", "--type", "request"], ["undated-request-mira-kos-bel"]),
        (["--initiator", "Belvania"], ["2021-06-09-accuse-bel-and", "2021-08-consult-and-bel"]),
        (["--actor", "Ardania", "--actor", "Belvania", "--status", "planned"], ["2021-08-consult-and-bel"]),
        (["--certainty", "reported"], ["undated-request-mira-kos-bel"]),
    ],
)
def test_filters(installed: Run, index: Path, arguments: list[str], expected: list[str]) -> None:
    found = installed("events", *arguments, "--json", "--index", index)
    assert ids(found.stdout) == expected
    assert found.returncode == 0


def test_undated_events_left_out_are_counted(installed: Run, index: Path) -> None:
    found = installed("events", "--since", "2021", "--json", "--index", index)
    assert len(ids(found.stdout)) == 3
    assert "1 event without a date" in found.stderr
    both = installed("events", "--since", "2021", "--undated", "--json", "--index", index)
    assert len(ids(both.stdout)) == 4
    assert both.stderr == ""


def test_nothing_found(installed: Run, index: Path) -> None:
    for form, expected in (("json", "[]\n"), ("jsonl", ""), ("md", None), ("csv", None), ("tsv", None)):
        found = installed("events", "--type", "PROTEST", "--format", form, "--index", index)
        assert found.returncode == 1
        assert "nothing found" in found.stderr
        assert found.stdout == expected if expected is not None else "summary" in found.stdout


@pytest.mark.parametrize("kind", ["events", "actors", "relations", "documents", "search", "conflicts"])
def test_a_name_nobody_bears_finds_a_valid_nothing(installed: Run, index: Path, kind: str) -> None:
    filters = ["--document", "Nobody"] if kind in ("actors", "documents") else ["--actor", "Nobody"]
    for form, expected in (("json", "[]\n"), ("jsonl", ""), ("md", None), ("csv", None), ("tsv", None)):
        found = installed(kind, *filters, "--format", form, "--index", index)
        assert found.returncode == 1
        assert "'Nobody'" in found.stderr
        assert found.stdout == expected if expected is not None else found.stdout.count("\n") in (1, 2)
    assert installed(kind, *filters, "--count", "--index", index).stdout == "0\n"


def test_count(installed: Run, index: Path) -> None:
    found = installed("events", "--count", "--limit", "1", "--index", index)
    assert (found.returncode, found.stdout) == (0, "4\n")
    found = installed("events", "--count", "--type", "PROTEST", "--index", index)
    assert (found.returncode, found.stdout) == (1, "0\n")


def test_limit_says_what_it_cut(installed: Run, index: Path) -> None:
    found = installed("events", "--limit", "2", "--json", "--index", index)
    assert len(ids(found.stdout)) == 2
    assert "2 of 4" in found.stderr
    assert installed("events", "--limit", "4", "--json", "--index", index).stderr == ""


def test_sort_and_reverse(installed: Run, index: Path) -> None:
    found = installed(
        "actors",
        "--sort",
        "event_count",
        "--reverse",
        "--fields",
        "id,event_count",
        "--json",
        "--index",
        index,
    )
    assert json.loads(found.stdout)[0] == {"id": "bel", "event_count": 3}


def test_fields_in_the_order_asked(installed: Run, index: Path) -> None:
    found = installed("events", "--fields", "countries,date,id", "--limit", "1", "--index", index)
    assert found.stdout.splitlines() == [
        "countries\tdate\tid",
        "AND; BEL\t3 Jun 2021\t2021-06-03-consult-mira-kos-tomas-rell",
    ]


@pytest.mark.parametrize("kind", [*RECORDS, "search"])
def test_sources_beside_each_row(installed: Run, index: Path, kind: str) -> None:
    query = ["Belvania"] if kind == "search" else []
    found = installed(kind, *query, "--with-sources", "--json", "--index", index)
    source = {
        "document": DOCUMENTS[0].id,
        "title": "Talks on the Strait of Velm",
        "publisher": "Velm Review",
        "date": "2021-06-10",
    }
    assert any(source in row["sources"] for row in json.loads(found.stdout))
    flat = installed(kind, *query, "--with-sources", "--index", index).stdout
    assert "Talks on the Strait of Velm (Velm Review, 2021-06-10)" in flat


def test_sources_of_what_is_summed_from_events(installed: Run, index: Path) -> None:
    found = installed("relations", "--relation", "engages", "--with-sources", "--json", "--index", index)
    assert [source["document"] for source in json.loads(found.stdout)[0]["sources"]] == [DOCUMENTS[0].id]


def test_search_hit(installed: Run, index: Path) -> None:
    found = installed("search", "laying mines", "--json", "--index", index)
    [hit, *_] = json.loads(found.stdout)
    assert list(hit) == ["document", "title", "char_start", "char_end", "text", "date", "events", "score"]
    assert hit["document"] == DOCUMENTS[0].id
    assert DOCUMENTS[0].text[hit["char_start"] : hit["char_end"]] == hit["text"]
    assert hit["events"] == ["2021-06-09-accuse-bel-and"]


def test_search_takes_filters(installed: Run, index: Path) -> None:
    assert (
        installed("search", "Belvania", "--document", "customs.txt", "--count", "--index", index).stdout
        == "1\n"
    )


def test_search_without_words(installed: Run, index: Path) -> None:
    by_field = installed("search", "type:accuse", "--json", "--index", index)
    by_option = installed("search", "--type", "accuse", "--json", "--index", index)
    assert (by_field.returncode, by_field.stdout) == (0, by_option.stdout)
    assert [hit["events"] for hit in json.loads(by_field.stdout)] == [["2021-06-09-accuse-bel-and"]]
    assert by_field.stderr == "dipcli: there is no word to rank by: the newest come first\n"


def test_query_error_underlines_the_token(installed: Run, index: Path) -> None:
    found = installed("search", 'mines "open phrase', "--index", index)
    assert found.returncode == 2
    lines = found.stderr.splitlines()
    query, underline = lines[1], lines[2]
    assert query.strip() == 'mines "open phrase'
    assert underline.index("^") == query.index('"')


def test_a_name_is_only_suggested_in_a_pipe(installed: Run, index: Path) -> None:
    found = installed("events", "--actor", "Mira Koss", "--index", index)
    assert found.returncode == 1
    assert found.stdout.startswith("id\tstart") and found.stdout.count("\n") == 1
    assert "Mira Kos" in found.stderr.replace("Mira Koss", "")


def test_show_quotes_the_evidence(installed: Run, index: Path) -> None:
    found = installed("show", "2021-06-09", "--index", index)
    assert found.returncode == 0
    assert "«Belvania accused Ardania of laying mines in the strait.»" in " ".join(found.stdout.split())
    assert "line 4" in found.stdout
    found = installed("show", "mira-kos", DOCUMENTS[0].id, "--json", "--index", index)
    assert [row["record"] for row in json.loads(found.stdout)] == ["actor", "document"]


def test_show_ambiguous_and_unknown(installed: Run, index: Path) -> None:
    found = installed("show", "2021-06", "--index", index)
    assert found.returncode == 2
    assert "2021-06-03-consult" in found.stderr and "2021-06-09-accuse" in found.stderr
    assert installed("show", "2031", "--index", index).returncode == 1


def test_info(installed: Run, index: Path) -> None:
    found = installed("info", "--index", index)
    assert found.returncode == 0
    assert str(index) in found.stdout
    assert json.loads(installed("info", "--json", "--index", index).stdout)


@pytest.mark.parametrize("record", ["event", "actor", "relation", "document", "mentions", "hit"])
def test_schema(installed: Run, record: str) -> None:
    found = installed("schema", record)
    schema = json.loads(found.stdout)
    assert schema["title"] == record and schema["$id"].startswith("urn:dipcli:")
    assert installed("schema", record + "s").returncode == 2


def test_version_and_help(installed: Run) -> None:
    assert installed("--version").stdout == f"dipcli {__version__}\n"
    for arguments in ([], ["-h"], ["--help"]):
        shown = installed(*arguments)
        assert shown.returncode == 0
        assert all(name in shown.stdout for name in ("ingest", "events", "search", "schema"))
    shown = installed("actors", "-h", env={"COLUMNS": "80"})
    assert "Filters" in shown.stdout and "--role TITLE" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_usage_names_what_is_required_as_it_is_written(installed: Run) -> None:
    shown = installed("show", "-h").stdout
    assert "Usage: dipcli show [OPTIONS] ID...\n" in shown and "[required]" not in shown
