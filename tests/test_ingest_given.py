"""What is told of documents from outside: sidecars and options; who counts first, and that it stays."""

from __future__ import annotations

from pathlib import Path

import pytest

import dipcli
import fake_stages
from dipcli import extraction
from dipcli.errors import DateOptionError, DocumentError, UsageError
from dipcli.ingestion import sidecars
from dipcli.records import Document, Told
from test_ingest import files


@pytest.fixture(autouse=True)
def _stages(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_stages.install(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "docs"
    made.mkdir()
    (made / "a.md").write_text(
        "---\ntitle: Talks\ndate: 2022-05-17\n---\n2022-05-16 Ada Berg met Cem Aydin\n"
    )
    (made / "b.txt").write_text("2022-06-01 Ada Berg met Bo Ek\n")
    return made


def document(index: Path, path: str) -> Document:
    with dipcli.open(index) as opened:
        (found,) = [one for one in opened.documents() if one.path == path]
    return found


def test_an_option_tells_what_the_document_does_not(folder: Path, tmp_path: Path) -> None:
    dipcli.ingest([folder], tmp_path / "ix", published="June 2022", publisher="Gazette")
    a, b = document(tmp_path / "ix", "a.md"), document(tmp_path / "ix", "b.txt")
    assert a.published and (a.published.start, a.published.basis) == ("2022-05-17", "metadata")
    assert b.published and (b.published.start, b.published.end) == ("2022-06-01", "2022-06-30")
    assert (b.published.basis, b.published.precision) == ("given", "month")
    assert a.publisher == b.publisher == "Gazette"
    assert a.origins == {
        "title": "front matter: title",
        "publisher": "option",
        "published": "front matter: date",
    }
    assert b.origins == {"publisher": "option", "published": "option"}


def test_an_option_is_remembered_until_another(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "ix"
    dipcli.ingest([folder], index, published="2022-06", publisher="Gazette")
    before = files(index)
    report = dipcli.ingest([folder], index)
    assert (len(report.unchanged), files(index)) == (2, before)
    report = dipcli.ingest([folder / "b.txt"], index, publisher="Herald")
    assert report.refreshed == ["b.txt"]
    b = document(index, "b.txt")
    assert b.publisher == "Herald" and b.published and b.published.start == "2022-06-01"
    assert document(index, "a.md").publisher == "Gazette"


def test_an_option_stays_with_a_file_that_is_edited(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "ix"
    dipcli.ingest([folder], index, publisher="Gazette")
    (folder / "b.txt").write_text("2022-06-02 Ada Berg met Bo Ek\n")
    assert dipcli.ingest([folder], index).replaced == ["b.txt"]
    assert document(index, "b.txt").publisher == "Gazette"


SIDECARS = {
    "a.md.meta.json": '{"title": "Corrected", "authors": ["Ana Lima", "Bo Ek"], "source": "Gazette", "n": 3}',
    "a.md.meta.yaml": "title: Corrected\nauthors: [Ana Lima, Bo Ek]\nsource: Gazette\n",
    "a.md.meta.yml": "---\ntitle: 'Corrected'\nauthors:\n  - Ana Lima\n  - Bo Ek\nsource: Gazette\n---\n",
}


@pytest.mark.parametrize("name", SIDECARS)
def test_a_sidecar_comes_before_the_document(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).write_text(SIDECARS[name])
    report = dipcli.ingest([folder], tmp_path / "ix")
    assert (report.skipped, report.failed) == ([], [])
    a = document(tmp_path / "ix", "a.md")
    assert (a.title, a.authors, a.publisher) == ("Corrected", ["Ana Lima", "Bo Ek"], "Gazette")
    assert a.published and a.published.start == "2022-05-17"
    assert a.origins == {
        "title": "sidecar: title",
        "authors": "sidecar: authors",
        "publisher": "sidecar: source",
        "published": "front matter: date",
    }
    assert a.given[0] == Told(field="title", value="Corrected", origin="sidecar: title")


def test_a_sidecar_that_changes_or_goes_is_seen(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "ix"
    dipcli.ingest([folder], index)
    without = files(index)
    sidecar = folder / "b.txt.meta.json"
    sidecar.write_text('{"language": "de-DE", "translates": "a.md"}')
    assert dipcli.ingest([folder], index).refreshed == ["b.txt"]
    b = document(index, "b.txt")
    assert (b.language, b.translates) == ("de", "a.md")
    sidecar.unlink()
    assert dipcli.ingest([folder], index).refreshed == ["b.txt"]
    assert files(index) == without


def test_a_sidecar_that_cannot_be_read_is_told_and_loses_nothing(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "ix"
    sidecar = folder / "b.txt.meta.json"
    sidecar.write_text('{"title": "Border"}')
    dipcli.ingest([folder], index)
    before = files(index)
    sidecar.write_text('{"title": "Bor')
    report = dipcli.ingest([folder], index)
    assert [Path(said.path).name for said in report.failed] == ["b.txt.meta.json"]
    assert (len(report.unchanged), files(index)) == (2, before)


def test_what_was_told_stays_when_only_the_index_is_at_hand(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "b.txt.meta.json").write_text('{"title": "Border"}')
    dipcli.ingest([folder], tmp_path / "ix", publisher="Gazette")
    before = document(tmp_path / "ix", "b.txt")
    for place in (folder / "b.txt", folder / "b.txt.meta.json"):
        place.unlink()
    monkeypatch.setattr(extraction, "fingerprint", lambda settings: "test:2")
    assert dipcli.ingest([folder], tmp_path / "ix").refreshed == ["a.md", "b.txt"]
    assert document(tmp_path / "ix", "b.txt") == before


BAD = [
    ("x.meta.json", b"[]", "is not a JSON object"),
    ("x.meta.json", b'{"tittle": "x"}', "says nothing that is known; a sidecar has: title, authors,"),
    ("x.meta.json", b"\xff\xfe\xff", "is damaged"),
    ("x.meta.yaml", b"no mapping", "says nothing that is known"),
    ("x.meta.yml", b"", "is empty"),
    ("x.meta.json", b" " * 100_001, "is too large for a sidecar"),
]


@pytest.mark.parametrize(("name", "data", "message"), BAD)
def test_a_bad_sidecar_says_why(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError) as error:
        sidecars.read(tmp_path / name)
    assert error.value.message.startswith(message)


def test_an_option_that_means_nothing_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DateOptionError, match="a date that stands by itself, not 'yesterday'"):
        dipcli.ingest([folder], tmp_path / "ix", published="yesterday")
    with pytest.raises(UsageError, match="--publisher is empty"):
        dipcli.ingest([folder], tmp_path / "ix", publisher=" ")
    assert not (tmp_path / "ix").exists()


def test_a_file_is_known_by_what_is_in_it(folder: Path, tmp_path: Path) -> None:
    (folder / "noise.bin").write_bytes(bytes(range(256)))
    (folder / "README").write_text("2022-06-01 Ada Berg met Bo Ek\n")
    report = dipcli.ingest([folder], tmp_path / "ix")
    assert {(Path(path).name, what) for path, what in report.skipped} == {
        ("noise.bin", "is of a kind that is not read (.bin)"),
        ("README", "is of a kind that is not read (no suffix)"),
    }
