"""Ingest of files that hold documents: what they are called, what stays, changes and goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

import fake_stages
from container_builder import mail, tarred, zipped
from dipcli import extraction, index
from dipcli.errors import AmbiguousName, Exit, UsageError
from dipcli.ingestion import Said, forget, ingest
from dipcli.reading import LIMITS, containers

ONE = b"2022-05-16 Ada Berg met Cem Aydin\n"
TWO = b"2022-05-17 Ada Berg met Dora Kiss\n"
THREE = b"2022-06-01 Dora Kiss met Cem Aydin\n"
ROWS = b"title,summary,body\nA,short,2022-05-16 Ada Berg met Cem Aydin\n"


@pytest.fixture(autouse=True)
def stages(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_stages.install(monkeypatch)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "out.zip").write_bytes(zipped({"a.txt": ONE, "in/b.zip": zipped({"c.txt": TWO})}))
    (folder / "letter.eml").write_bytes(
        mail("From: Ada <a@b.example>\nSubject: S", THREE.decode(), ("a.txt", "text/plain", ONE))
    )
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the containers that are opened, as they are."""
    names: list[str] = []
    expand = containers.expand
    monkeypatch.setattr(
        containers,
        "expand",
        lambda file, name, *more, **options: names.append(name) or expand(file, name, *more, **options),
    )
    return names


def files(path: Path) -> dict[str, bytes]:
    """All that is in an index but its cache."""
    return {place.name: place.read_bytes() for place in path.glob("*.json*")}


def paths(path: Path) -> list[list[str]]:
    with index.read(path) as snapshot:
        return sorted(document.paths for document in snapshot.records("documents"))


def test_each_document_has_a_name_of_its_own(docs: Path, tmp_path: Path) -> None:
    report = ingest([docs], tmp_path / "ix")
    assert (report.exit, report.failed) == (Exit.OK, [])
    assert report.added == ["letter.eml", "letter.eml/a.txt", "out.zip/in/b.zip/c.txt"]
    assert paths(tmp_path / "ix") == [
        ["letter.eml"],
        ["letter.eml/a.txt", "out.zip/a.txt"],
        ["out.zip/in/b.zip/c.txt"],
    ]


def test_the_same_content_outside_is_the_same_document(docs: Path, tmp_path: Path) -> None:
    ingest([docs], tmp_path / "ix")
    (docs / "a.txt").write_bytes(ONE)
    report = ingest([docs], tmp_path / "ix")
    assert (report.added, report.refreshed) == ([], ["a.txt"])
    assert ["a.txt", "letter.eml/a.txt", "out.zip/a.txt"] in paths(tmp_path / "ix")


def test_in_any_order_and_at_once(docs: Path, tmp_path: Path) -> None:
    ingest([docs], tmp_path / "once")
    for name in ("out.zip", "letter.eml", "out.zip"):
        ingest([docs / name], tmp_path / "twice")
    assert files(tmp_path / "once") == files(tmp_path / "twice")


def test_an_unchanged_container_is_not_opened(docs: Path, tmp_path: Path, opened: list[str]) -> None:
    (docs / "odd.zip").write_bytes(zipped({"d.txt": b"D.", "photo.png": b"\x89PNG"}))
    first = ingest([docs], tmp_path / "ix")
    before = files(tmp_path / "ix")
    assert sorted(opened) == ["letter.eml", "odd.zip", "out.zip"]
    opened.clear()
    report = ingest([docs], tmp_path / "ix", prune=True)
    assert (opened, report.added, report.unchanged) == ([], [], first.added)
    assert (
        report.skipped
        == first.skipped
        == [Said(str(docs / "odd.zip/photo.png"), "is of a kind that is not read (.png)")]
    )
    assert files(tmp_path / "ix") == before


def test_one_that_could_not_be_read_whole_is_opened_again(
    docs: Path, tmp_path: Path, opened: list[str]
) -> None:
    (docs / "bad.zip").write_bytes(zipped({"d.txt": b"poison", "e.txt": b"E."}))
    (docs / "cut.tar").write_bytes(tarred({"f.txt": b"F.", "g.txt": b"x" * 2_000})[:2_000])
    for _ in range(2):
        opened.clear()
        report = ingest([docs], tmp_path / "ix")
        assert report.exit is Exit.PARTIAL
        assert {name.removeprefix(f"{docs}/") for name, _ in report.failed} >= {"bad.zip/d.txt", "cut.tar"}
        assert {"bad.zip", "cut.tar"} <= set(opened)
    assert ["bad.zip/e.txt"] in paths(tmp_path / "ix") and ["cut.tar/f.txt"] in paths(tmp_path / "ix")


def test_a_changed_container(docs: Path, tmp_path: Path) -> None:
    ingest([docs], tmp_path / "ix")
    (docs / "out.zip").write_bytes(zipped({"a.txt": ONE, "d.txt": b"D."}))
    report = ingest([docs], tmp_path / "ix")
    assert (report.added, report.forgotten) == (["out.zip/d.txt"], ["out.zip/in/b.zip/c.txt"])
    (docs / "out.zip").write_bytes(zipped({"a.txt": ONE, "d.txt": b"E."}))
    assert ingest([docs], tmp_path / "ix").replaced == ["out.zip/d.txt"]
    ingest([docs], tmp_path / "fresh")
    assert files(tmp_path / "ix") == files(tmp_path / "fresh")


@pytest.mark.parametrize("became", [ONE, b"Not a zip archive any more."])
def test_a_container_that_becomes_a_text(docs: Path, tmp_path: Path, became: bytes) -> None:
    (docs / "out.zip").rename(docs / "out.txt")
    ingest([docs], tmp_path / "ix")
    assert ["out.txt/in/b.zip/c.txt"] in paths(tmp_path / "ix")
    (docs / "out.txt").write_bytes(became)
    ingest([docs], tmp_path / "ix")
    ingest([docs], tmp_path / "fresh")
    assert files(tmp_path / "ix") == files(tmp_path / "fresh")
    (docs / "out.txt").write_bytes(zipped({"a.txt": ONE}))
    ingest([docs], tmp_path / "ix")
    assert paths(tmp_path / "ix") == [["letter.eml"], ["letter.eml/a.txt", "out.txt/a.txt"]]


def test_a_container_that_becomes_unreadable_keeps_what_it_held(docs: Path, tmp_path: Path) -> None:
    ingest([docs], tmp_path / "ix")
    before = files(tmp_path / "ix")
    (docs / "out.zip").write_bytes((docs / "out.zip").read_bytes()[:-20])
    report = ingest([docs], tmp_path / "ix", prune=True)
    assert [name for name, _ in report.failed] == [str(docs / "out.zip")]
    assert report.forgotten == []
    assert files(tmp_path / "ix") == before


def test_without_the_note_a_container_is_known_by_its_name(docs: Path, tmp_path: Path) -> None:
    ingest([docs], tmp_path / "ix")
    (tmp_path / "ix" / "cache" / "sources.json").unlink()
    (docs / "out.zip").write_bytes(zipped({"d.txt": b"D."}))
    report = ingest([docs], tmp_path / "ix")
    assert (report.added, report.forgotten) == (["out.zip/d.txt"], ["out.zip/in/b.zip/c.txt"])


def test_prune_and_forget(docs: Path, tmp_path: Path) -> None:
    ix = tmp_path / "ix"
    ingest([docs], ix)
    (docs / "letter.eml").unlink()
    assert ingest([docs], ix, prune=True).forgotten == ["letter.eml"]
    assert forget(ix, ["out.zip/in/b.zip/c.txt"]).forgotten == ["out.zip/in/b.zip/c.txt"]
    assert ingest([docs], ix).added == ["out.zip/in/b.zip/c.txt"]
    for named in ("out.zip", str(docs / "out.zip"), "out.zip/in/"):
        forgotten = forget(ix, [named]).forgotten
        assert "out.zip/in/b.zip/c.txt" in forgotten
        assert ("out.zip/a.txt" in forgotten) == (named != "out.zip/in/")
        ingest([docs], ix)
    (docs / "two.zip").write_bytes(zipped({"x/c.txt": b"C."}))
    ingest([docs], ix)
    with pytest.raises(AmbiguousName):
        forget(ix, ["c.txt"])


def test_a_letter_that_is_also_in_a_mailbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What extracts is another, and only the file with the later name is at hand."""
    letter = b"From: a@b.example\nSubject: S\n\n" + ONE
    (tmp_path / "z.eml").write_bytes(letter)
    (tmp_path / "l.mbox").write_bytes(b"From a Thu Jun  3 23:10:00 2021\n" + letter)
    ingest([tmp_path / "z.eml", tmp_path / "l.mbox"], tmp_path / "ix")
    assert paths(tmp_path / "ix") == [["l.mbox/1", "z.eml"]]
    monkeypatch.setattr(extraction, "fingerprint", lambda settings: "test:2")
    report = ingest([tmp_path / "z.eml"], tmp_path / "ix")
    assert (report.failed, report.refreshed) == ([], ["l.mbox/1"])


def test_standard_input_may_be_a_container(tmp_path: Path) -> None:
    data = zipped({"a.txt": ONE, "b.txt": TWO})
    assert ingest(["-"], tmp_path / "ix", stdin=data, name="x.zip").added == ["x.zip/a.txt", "x.zip/b.txt"]
    assert ingest(["-"], tmp_path / "ix", stdin=data, name="x.zip").read == 0


def test_a_sidecar_of_an_archive_says_of_all_in_it(docs: Path, tmp_path: Path) -> None:
    place = docs / "out.zip.meta.json"
    for publisher in ("Velm Review", "Velm Post"):
        place.write_text(f'{{"publisher": "{publisher}", "title": "All"}}')
        ingest([docs], tmp_path / "ix")
        with index.read(tmp_path / "ix") as snapshot:
            inner = [one for one in snapshot.records("documents") if one.path.startswith("out.zip/in")]
        assert [(one.publisher, one.title) for one in inner] == [(publisher, None)]


def test_columns_are_remembered(docs: Path, tmp_path: Path, opened: list[str]) -> None:
    (docs / "rows.csv").write_bytes(ROWS)
    ix = tmp_path / "ix"
    ingest([docs / "rows.csv"], ix, columns="text=summary")
    before = files(ix)
    opened.clear()
    assert ingest([docs / "rows.csv"], ix).unchanged == ["rows.csv/1"]
    assert (opened, files(ix)) == ([], before)
    assert ingest([docs / "rows.csv"], ix, columns="text=").replaced == ["rows.csv/1"]
    ingest([docs / "rows.csv"], tmp_path / "fresh")
    assert files(ix) == files(tmp_path / "fresh") != before
    with pytest.raises(UsageError):
        ingest([docs], ix, columns="words=body")


def test_limits_are_for_all_of_a_file(docs: Path, tmp_path: Path) -> None:
    (docs / "many.tar").write_bytes(tarred({f"{number}.txt": b"%d" % number for number in range(9)}))
    report = ingest([docs], tmp_path / "ix", limits=replace(LIMITS, parts=3))
    assert Said(str(docs / "many.tar"), "has more than 3 parts") in report.failed
    assert [name for name in report.added if name.startswith("many")] == [
        f"many.tar/{number}.txt" for number in range(3)
    ]


def test_a_dry_run_opens_containers(tmp_path: Path) -> None:
    data = zipped({f"{number}.txt": b"Note %d." % number for number in range(40)})
    (tmp_path / "all.zip").write_bytes(data)
    report = ingest([tmp_path / "all.zip"], tmp_path / "dry", dry_run=True)
    assert len(report.added) == 40 and not (tmp_path / "dry").exists()


def test_what_is_in_an_archive_is_not_written_anywhere(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.zip").write_bytes(zipped({"../../b.txt": ONE, "c.txt": TWO}))
    before = {place for place in tmp_path.rglob("*") if "ix" not in place.parts}
    ingest([tmp_path / "docs"], tmp_path / "ix")
    assert {place for place in tmp_path.rglob("*") if "ix" not in place.parts} == before
    assert {place.name for place in (tmp_path / "ix").iterdir()} >= {"documents.jsonl"}
    assert not list((tmp_path / "ix").rglob("*.txt"))
