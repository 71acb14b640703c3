"""The library: what `import dipcli` gives, on an index on disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dipcli
from dipcli.errors import IndexFormatError, IndexMissing, NotFound, UnknownValue
from query_world import ACTORS, DOCUMENTS, EVENTS, RELATIONS, write_index

HEAVY = (
    "rich",
    "dateparser",
    "rapidfuzz",
    "spacy",
    "typer",
    "dipcli.extraction",
    "dipcli.resolution",
    "dipcli.reading",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_index(tmp_path_factory.mktemp("library") / "index")


@pytest.fixture
def index(path: Path) -> dipcli.Index:
    return dipcli.open(path)


def test_records_as_the_commands_give_them(index: dipcli.Index) -> None:
    assert index.events() == EVENTS
    assert index.actors() == ACTORS
    assert index.relations() == RELATIONS
    assert index.documents() == DOCUMENTS
    assert index.events(actor="Inês Duarte", since="2030-05") == [EVENTS[2]]
    assert index.events(type=["AGREE", "ACCUSE"], sort="start", reverse=True, limit=1) == [EVENTS[2]]
    assert index.count("events", country="NOR") == 4
    assert [hit.events for hit in index.search("trawlers", type="ACCUSE")] == [[EVENTS[1].id]]


def test_filters_may_be_named_as_the_arguments_are(index: dipcli.Index) -> None:
    assert index.count("events", kind="organization") == 1
    assert index.count("documents", text="fish") == 1


def test_rows_stream_with_what_was_left_out(index: dipcli.Index) -> None:
    rows = index.select("events", since="2030-05", limit=1)
    assert [row.record for row in rows] == [EVENTS[1]]
    assert (rows.cut, rows.total, rows.undated_left_out) == (True, 3, 1)


def test_one_record_and_its_evidence(index: dipcli.Index) -> None:
    found = index.show("2030-05")
    assert found == EVENTS[1]
    assert index.context(EVENTS[1].evidence[0]).quote == EVENTS[1].evidence[0].text
    assert index.sources()["doc-aaa111"].publisher == "The Quay"
    with pytest.raises(NotFound):
        index.show("nowhere")


def test_info(index: dipcli.Index, path: Path) -> None:
    info = index.info()
    assert info["index"] == str(path)
    assert (info["documents"], info["events"], info["actors"], info["relations"]) == (2, 5, 7, 3)
    assert (info["first_event"], info["last_event"]) == ("2030-03-03", "2030-07-02")


def test_an_index_is_found_as_by_the_commands(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIPCLI_INDEX", raising=False)
    with pytest.raises(IndexMissing):
        dipcli.open()
    write_index(tmp_path / ".dipcli")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert dipcli.open().path == tmp_path / ".dipcli"
    monkeypatch.setenv("DIPCLI_INDEX", str(path))
    with dipcli.open() as named:
        assert named.path == path


def test_errors_are_told(index: dipcli.Index) -> None:
    with pytest.raises(UnknownValue):
        index.events(actr="Norway")
    with pytest.raises(UnknownValue):
        index.select("meetings")
    with pytest.raises(AttributeError):
        dipcli.meetings  # noqa: B018


def test_a_damaged_line_is_told(tmp_path: Path) -> None:
    place = write_index(tmp_path / "index")
    part = place / "events.jsonl"
    part.write_bytes(part.read_bytes().replace(b'"confidence":0.55', b'"confidence":"55"', 1))
    with dipcli.open(place) as index, pytest.raises(IndexFormatError):
        index.events()


def test_refresh_goes_on_to_the_present_state(tmp_path: Path) -> None:
    place = write_index(tmp_path / "index")
    with dipcli.open(place) as index:
        write_index(place)
        index.refresh()
        assert index.count("events") == len(EVENTS)


def test_documents_go_in_and_out(tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("March 3, 2030: Foreign Minister Maja Holm of Norway visited Portugal.\n")
    second.write_text("March 9, 2030: Norway accused Portugal of overfishing.\n")
    place = tmp_path / "index"
    assert dipcli.ingest(first, place, model="none").read == 1
    with dipcli.open(place) as index:
        assert dipcli.ingest([str(first), second], index, model="none").read == 1
        assert [one.path for one in index.documents(sort="path")] == ["first.txt", "second.txt"]
        assert index.events(since="2030-03-09", type="ACCUSE", initiator="Norway")
        dipcli.forget("second.txt", index)
        assert [one.path for one in index.documents()] == ["first.txt"]
        assert index.events(since="2030-03-09") == []


def test_every_public_name_is_there() -> None:
    assert all(getattr(dipcli, name) is not None for name in dipcli.__all__)
    assert set(dipcli.__all__) <= set(dir(dipcli))


def loaded(program: str) -> set[str]:
    """The modules that a program loads."""
    shown = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(shown.stdout.split())


def test_import_is_light() -> None:
    assert {name for name in loaded("import dipcli") if name.startswith("dipcli")} == {"dipcli"}


def test_a_query_loads_no_more_than_it_needs(path: Path) -> None:
    modules = loaded(f"import dipcli; dipcli.open({str(path)!r}).events(since='2030-05', actor='Norway')")
    assert [name for name in modules if name.startswith(HEAVY)] == []
