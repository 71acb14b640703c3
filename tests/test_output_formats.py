"""Rows as JSON, CSV, TSV, Markdown and tables: whole, flat, safe, and the right width."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipcli.errors import UnknownValue
from dipcli.output import fields, formats, table
from dipcli.output.text import clean, width
from dipcli.records import RECORDS, Actor, Doubt, Event, Evidence, Participant, Place
from test_output_text import hostile, is_safe


class Line(NamedTuple):
    record: Any

    @property
    def raw(self) -> bytes:
        return msgspec.json.encode(self.record)


def event(**values: Any) -> Event:
    quote = Evidence(document="doc-1", char_start=0, char_end=5, text="quote")
    whole: dict[str, Any] = {
        "id": "2022-05-16-consult-a-b",
        "start": "2022-05-16",
        "end": "2022-05-16",
        "precision": "day",
        "type": "CONSULT",
        "cameo": "04",
        "quad": 1,
        "score": 2.5,
        "goldstein": 1.0,
        "status": "occurred",
        "actors": [
            Participant(id="a", name="Ana Abel", country="CHL"),
            Participant(id="b", name="Ben Best", country="NZL"),
        ],
        "summary": "They met.",
        "evidence": [quote],
        "confidence": 0.8,
    }
    return Event(**(whole | values))


safe_text = hostile.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))
events = st.builds(
    event,
    summary=safe_text,
    score=st.one_of(st.none(), st.floats(-10, 10)),
    actors=st.lists(st.builds(Participant, id=safe_text, name=safe_text, country=st.none()), max_size=3),
    place=st.one_of(st.none(), st.builds(Place, name=safe_text)),
)


def written(pieces: Any) -> str:
    return b"".join(pieces).decode()


@given(st.lists(events, max_size=3))
def test_json_is_the_record(rows: list[Event]) -> None:
    lines = [Line(row) for row in rows]
    assert (
        msgspec.json.decode(written(formats.json_list(formats.json_rows(lines, None, {}))), type=list[Event])
        == rows
    )
    assert written(formats.json_lines(formats.json_rows(lines, None, {}))).encode() == b"".join(
        line.raw + b"\n" for line in lines
    )


def test_json_of_nothing_is_an_empty_list() -> None:
    assert written(formats.json_list([])) == "[]\n"


def test_json_with_fields_and_sources() -> None:
    extra = {
        "sources": lambda record: [fields.Source(document="doc-1", title="T", publisher=None, date=None)]
    }
    rows = formats.json_rows([Line(event())], fields.choose("events", ["countries", "id"]), extra)
    assert json.loads(written(rows)) == {
        "countries": ["CHL", "NZL"],
        "id": "2022-05-16-consult-a-b",
        "sources": [{"document": "doc-1", "title": "T", "publisher": None, "date": None}],
    }


@pytest.mark.parametrize("delimiter", [",", "\t"])
@given(rows=st.lists(events, max_size=3))
def test_csv_parses_back(delimiter: str, rows: list[Event]) -> None:
    chosen = fields.choose("events", None)
    text = written(formats.csv_rows([Line(row) for row in rows], chosen, delimiter))
    header, *lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    assert header == list(chosen)
    assert len(lines) == len(rows) == text.count("\n") - 1
    for line, row in zip(lines, rows, strict=True):
        for cell, get in zip(line, chosen.values(), strict=True):
            plain = clean(fields.flat(get(row)))
            assert cell in (plain, "'" + plain)
            assert is_safe(cell)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝"])
def test_csv_cell_is_never_a_formula(start: str) -> None:
    text = written(
        formats.csv_rows([Line(event(summary=start + "1+1"))], fields.choose("events", ["summary"]))
    )
    assert list(csv.reader(io.StringIO(text)))[1][0][0] in "' "


def test_csv_keeps_negative_numbers() -> None:
    assert (
        written(formats.csv_rows([Line(event(score=-3.0))], fields.choose("events", ["score"])))
        == "score\n-3.0\n"
    )


@given(st.lists(events, min_size=1, max_size=3))
def test_markdown_has_one_cell_a_field(rows: list[Event]) -> None:
    chosen = fields.choose("events", ["summary", "place"])
    for line in written(formats.markdown_rows([Line(row) for row in rows], chosen)).splitlines():
        assert is_safe(line)
        assert line.replace("\\\\", "").replace("\\|", "").count("|") == 3
        assert "<" not in line


def test_every_field_of_every_record_is_known() -> None:
    for name, shape in RECORDS.items():
        known = fields.choose(name + "s", shape.__struct_fields__)
        assert list(known) == list(shape.__struct_fields__)
        assert set(fields.COLUMNS[name + "s"].split()) <= set(fields.getters(name + "s"))


def test_unknown_field_lists_the_fields() -> None:
    with pytest.raises(UnknownValue) as caught:
        fields.choose("events", ["sumary"])
    assert caught.value.hint is not None
    assert "did you mean 'summary'?" in caught.value.hint and "countries" in caught.value.hint


def test_flat_values() -> None:
    doubt = Doubt(field="start", alternative="2021-05-16", reason="among lines of 2021")
    row = event(doubts=[doubt], place=Place(name="Quito", country="ECU"), contexts=["military", "territory"])
    flat = {name: fields.flat(get(row)) for name, get in fields.choose("events", None).items()}
    assert flat["actors"] == "Ana Abel; Ben Best"
    assert flat["countries"] == "CHL; NZL"
    assert flat["place"] == "Quito"
    assert flat["contexts"] == "military; territory"
    assert flat["doubts"] == "start 2021-05-16: among lines of 2021"
    assert fields.event_date(row) == "16 May 2022?"


@given(st.lists(events, min_size=1, max_size=4), st.integers(20, 200))
def test_table_fits_the_screen(rows: list[Event], columns: int) -> None:
    for line in table.layout(rows, table.TABLES["events"], columns):
        assert width(line) <= columns
        assert is_safe(line)


def test_table_drops_what_matters_least_when_narrow() -> None:
    rows = [event(summary="They met and spoke about fishing rights at length. " * 3)]
    wide = next(table.layout(rows, table.TABLES["events"], 160))
    narrow = next(table.layout(rows, table.TABLES["events"], 60))
    narrowest = next(table.layout(rows, table.TABLES["events"], 50))
    assert wide.split() == ["DATE", "TYPE", "WHO", "SUMMARY", "ID"]
    assert narrow.split() == ["DATE", "TYPE", "WHO", "SUMMARY"]
    assert narrowest.split() == ["DATE", "TYPE", "WHO"]


def test_a_long_date_does_not_push_out_the_summary() -> None:
    row = event(
        start="2022-05-12",
        end="2022-08-10",
        precision="range",
        status="planned",
        certainty="alleged",
        summary="They met and spoke about fishing rights at length.",
    )
    header, line = table.layout([row], table.TABLES["events"], 80)
    assert header.split() == ["DATE", "TYPE", "NOTE", "WHO", "SUMMARY"]
    assert " planned… " in line


def test_table_marks_what_is_no_plain_fact() -> None:
    row = event(status="planned", certainty="alleged", recipients=[Participant(id="c", name="Cy")])
    assert "planned, alleged  Ana Abel, Ben Best → Cy" in "\n".join(
        table.layout([row], table.TABLES["events"], None)
    )


def test_actor_table() -> None:
    quote = Evidence(document="doc-1", char_start=0, char_end=5, text="quote")
    actor = Actor(
        id="a", name="Ana Abel", kind="person", documents=["doc-1"], event_count=2, evidence=[quote]
    )
    header, line = table.layout([actor], table.TABLES["actors"], 80)
    assert header.split() == ["NAME", "KIND", "EVENTS", "DOCS", "ID"]
    assert line.split() == ["Ana", "Abel", "person", "2", "1", "a"]
