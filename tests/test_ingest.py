"""Ingest and forget: what is read, kept, replaced and dropped, and what the report says of it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import fake_stages
from dipcli import extraction, index, ingestion
from dipcli.errors import (
    AmbiguousName,
    Exit,
    IndexBusy,
    IndexFormatError,
    IndexMissing,
    IndexWriteError,
    NotFound,
    UsageError,
)
from dipcli.index import kinds
from dipcli.ingestion import Said, changes, forget, ingest
from dipcli.ingestion.changes import document_ids
from dipcli.ingestion.walk import walk
from dipcli.reading import Limits

ONE = "2022-05-16 Ada Berg met Cem Aydin\n"
TWO = "2022-05-17 Ada Berg met Dora Kiss\nNothing of note.\n"
THREE = "2022-06-01 Dora Kiss met Cem Aydin\n"


@pytest.fixture(autouse=True)
def stages(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_stages.install(monkeypatch)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    write(folder, {"a.txt": ONE, "sub/b.md": TWO})
    return folder


def write(folder: Path, contents: dict[str, str]) -> None:
    for name, text in contents.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")


def files(path: Path) -> dict[str, bytes]:
    """All that is in an index but its cache."""
    return {
        name: place.read_bytes()
        for place in path.rglob("*")
        if place.is_file() and not (name := place.relative_to(path).as_posix()).startswith("cache/")
    }


def paths(path: Path) -> list[list[str]]:
    with index.read(path) as snapshot:
        return sorted(document.paths for document in snapshot.records("documents"))


def events(path: Path) -> list[str]:
    with index.read(path) as snapshot:
        return list(snapshot.ids("events"))


# What is read


def test_a_folder(docs: Path, tmp_path: Path) -> None:
    report = ingest([docs], tmp_path / "ix")
    assert (report.added, report.read, report.exit) == (["a.txt", "sub/b.md"], 2, Exit.OK)
    assert report.counts == {"documents": 2, "mentions": 2, "events": 2, "actors": 3, "relations": 2}
    assert report.left_out_by_reason == {"no-date": 1}
    (passage,) = report.left_out
    assert (passage.path, TWO[passage.char_start : passage.char_end]) == ("sub/b.md", "Nothing of note.")
    assert events(tmp_path / "ix") == [
        "2022-05-16-consult-ada-berg-cem-aydin",
        "2022-05-17-consult-ada-berg-dora-kiss",
    ]


def test_a_file_has_its_own_name(docs: Path, tmp_path: Path) -> None:
    ingest([docs / "sub" / "b.md"], tmp_path / "ix")
    assert paths(tmp_path / "ix") == [["b.md"]]


def test_the_same_content_at_two_paths_is_one_document(docs: Path, tmp_path: Path) -> None:
    write(docs, {"z/copy.txt": ONE, "0.txt": ONE})
    report = ingest([docs], tmp_path / "ix")
    assert report.added == ["0.txt", "sub/b.md"]
    assert paths(tmp_path / "ix") == [["0.txt", "a.txt", "z/copy.txt"], ["sub/b.md"]]


def test_other_content_of_the_same_name_is_another_document(tmp_path: Path) -> None:
    """Whether both are given at once or one after the other."""
    write(tmp_path, {"x/notes.txt": ONE, "y/notes.txt": TWO})
    ingest([tmp_path / "x", tmp_path / "y"], tmp_path / "once")
    ingest([tmp_path / "y"], tmp_path / "twice")
    report = ingest([tmp_path / "x"], tmp_path / "twice")
    assert (report.added, report.replaced) == (["notes.txt"], [])
    assert paths(tmp_path / "once") == [["notes.txt"], ["notes.txt"]]
    assert files(tmp_path / "once") == files(tmp_path / "twice")


def test_standard_input(docs: Path, tmp_path: Path) -> None:
    ix = tmp_path / "ix"
    assert ingest(["-", docs], ix, stdin=THREE.encode()).added == ["a.txt", "stdin", "sub/b.md"]
    assert ingest(["-"], ix, stdin=ONE.encode(), name="z note").unchanged == ["a.txt"]
    assert ingest(["-"], ix, stdin=b"2022-07-01 Eva Roth met Cem Aydin").added == ["stdin"]
    assert paths(ix) == [["a.txt", "z note"], ["stdin"], ["stdin"], ["sub/b.md"]]
    assert ingest(["-"], ix, stdin=THREE.encode()).unchanged == ["stdin"]
    assert ingest(["-"], ix, stdin=b"x", name="/home/me/letter.txt").added == ["letter.txt"]
    with pytest.raises(UsageError, match="standard input"):
        ingest(["-"], ix)


def test_samples_only_among_themselves(docs: Path, tmp_path: Path) -> None:
    first = ingest([], tmp_path / "ix", sample=True)
    assert len(first.added) >= 10
    assert ingest([], tmp_path / "ix", sample=True).unchanged == first.added
    ingest([docs], tmp_path / "other")
    with pytest.raises(UsageError, match="holds other documents"):
        ingest([], tmp_path / "other", sample=True)


def test_walk(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    write(
        folder,
        {
            "b.txt": "b",
            "a/c.md": "c",
            ".hidden.txt": "h",
            ".git/d.txt": "d",
            "picture.png": "p",
            "README": "r",
            "b.txt.meta.json": "{}",
            "a/b.txt.meta.yaml": "title: lost",
            "old/manifest.json": '{"format":1,"dipcli":"0.1.0","parts":{}}',
            "old/x.txt": "x",
            "site/manifest.json": '{"name":"no index"}',
            "site/y.txt": "y",
            "ix/z.txt": "z",
        },
    )
    write(tmp_path, {"elsewhere/e.txt": "e"})
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "linked.txt").symlink_to(folder / "b.txt")
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "folder.txt").mkdir()
    given = [folder, folder / ".hidden.txt", folder / "gone.txt"]
    found = walk(given, folder / "ix", lambda path: None if path.suffix in (".txt", ".md") else "is other")
    assert [file.name for file in found.files] == [
        "b.txt",
        "dangling.txt",
        "linked.txt",
        "a/c.md",
        "site/y.txt",
        "linked/e.txt",
        ".hidden.txt",
    ]
    assert {(Path(path).name, what) for path, what in found.skipped} == {
        ("picture.png", "is other"),
        ("manifest.json", "is other"),
        ("README", "is other"),
        ("b.txt.meta.yaml", "is a sidecar, and there is no b.txt"),
        ("old", "is an index"),
        ("ix", "is an index"),
        ("loop", "is a link to a folder that is read already"),
    }
    assert found.failed == [Said(str(folder / "gone.txt"), "does not exist")]


# What cannot be read


def test_failures_do_not_stop_the_rest(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(docs, {"empty.txt": "", "poison.txt": "poison", "large.txt": "x" * 2001})
    (docs / "binary.txt").write_bytes(bytes(range(256)))
    (docs / "dangling.txt").symlink_to(docs / "nowhere")
    os.mkfifo(docs / "pipe.txt")
    (docs / "locked.txt").write_text("secret")
    real = Path.open

    def refuse(path: Path, *args: str, **options: str) -> object:
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    report = ingest([docs, tmp_path / "missing"], tmp_path / "ix", limits=Limits(bytes=2000))
    assert report.added == ["a.txt", "sub/b.md"]
    assert report.exit is Exit.PARTIAL
    reasons = {Path(path).name: what for path, what in report.failed}
    binary = reasons.pop("binary.txt")
    assert binary and reasons == {
        "empty.txt": "is empty",
        "poison.txt": "takes too long",
        "large.txt": "is larger than 2 kB",
        "dangling.txt": "is a link to nothing",
        "pipe.txt": "is not a regular file",
        "locked.txt": "cannot be read: Permission denied",
        "missing": "does not exist",
    }
    assert all(path.startswith(str(tmp_path)) for path, _ in report.failed)


def test_nothing_readable(tmp_path: Path) -> None:
    write(tmp_path, {"docs/empty.txt": "", "docs/x.png": "x"})
    for given_paths in ([tmp_path / "docs"], [tmp_path / "missing"], []):
        report = ingest(given_paths, tmp_path / "ix")
        assert report.exit is Exit.ERROR
        assert report.counts["documents"] == 0
    assert not (tmp_path / "ix").exists()


def test_a_file_that_becomes_unreadable_keeps_what_it_held(docs: Path, tmp_path: Path) -> None:
    ingest([docs], tmp_path / "ix")
    before = files(tmp_path / "ix")
    write(docs, {"a.txt": "poison", "sub/b.md": ""})
    report = ingest([docs], tmp_path / "ix", prune=True)
    assert [Path(path).name for path, _ in report.failed] == ["a.txt", "b.md"]
    assert report.forgotten == []
    assert files(tmp_path / "ix") == before


# Again


def test_unchanged_documents_are_not_read_again(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([docs], tmp_path / "ix")
    before = files(tmp_path / "ix")
    write(docs, {"c.txt": THREE})
    read = []
    monkeypatch.setattr(
        extraction, "extract", lambda *args: read.append(args[0].path) or fake_stages.extract(*args)
    )
    report = ingest([docs], tmp_path / "ix")
    assert (read, report.added, report.unchanged) == (["c.txt"], ["c.txt"], ["a.txt", "sub/b.md"])
    (docs / "c.txt").unlink()
    assert ingest([docs], tmp_path / "ix", prune=True).forgotten == ["c.txt"]
    assert files(tmp_path / "ix") == before
    assert read == ["c.txt"]


def test_a_changed_document_replaces_the_old(docs: Path, tmp_path: Path) -> None:
    ingest([docs], tmp_path / "ix")
    write(docs, {"a.txt": THREE})
    report = ingest([docs], tmp_path / "ix")
    assert (report.replaced, report.unchanged, report.forgotten) == (["a.txt"], ["sub/b.md"], [])
    ingest([docs], tmp_path / "fresh")
    assert files(tmp_path / "ix") == files(tmp_path / "fresh")


@pytest.mark.parametrize("lost", ["deleted", "torn", "nonsense"])
def test_without_its_note_a_file_is_known_by_its_name(docs: Path, tmp_path: Path, lost: str) -> None:
    ingest([docs], tmp_path / "ix")
    note = tmp_path / "ix" / "cache" / "sources.json"
    if lost == "deleted":
        shutil.rmtree(note.parent)
    else:
        note.write_bytes(note.read_bytes()[:-5] if lost == "torn" else b"[]")
    write(docs, {"a.txt": THREE})
    assert ingest([docs], tmp_path / "ix").replaced == ["a.txt"]
    note.unlink()
    (docs / "a.txt").unlink()
    assert ingest([docs], tmp_path / "ix", prune=True).forgotten == ["a.txt"]
    assert paths(tmp_path / "ix") == [["sub/b.md"]]


def test_an_index_may_move_with_its_documents(tmp_path: Path) -> None:
    write(tmp_path, {"old/docs/a.txt": ONE})
    ingest([tmp_path / "old" / "docs"], tmp_path / "old" / ".dipcli")
    (tmp_path / "old").rename(tmp_path / "new")
    write(tmp_path, {"new/docs/a.txt": TWO})
    assert ingest([tmp_path / "new" / "docs"], tmp_path / "new" / ".dipcli").replaced == ["a.txt"]


def test_prune_spares_other_folders(tmp_path: Path) -> None:
    write(tmp_path, {"x/a.txt": ONE, "x/b.txt": TWO, "y/c.txt": THREE})
    ingest([tmp_path / "x", tmp_path / "y"], tmp_path / "ix")
    (tmp_path / "x" / "b.txt").unlink()
    assert ingest([tmp_path / "x"], tmp_path / "ix").forgotten == []
    assert ingest([tmp_path / "x"], tmp_path / "ix", prune=True).forgotten == ["b.txt"]
    assert paths(tmp_path / "ix") == [["a.txt"], ["c.txt"]]


def test_another_fingerprint_means_extract_again(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of documents that are not among those given now."""
    ingest([docs], tmp_path / "ix")
    monkeypatch.setattr(extraction, "fingerprint", lambda settings: "test:2")
    report = ingest([docs / "a.txt"], tmp_path / "ix")
    assert report.refreshed == ["a.txt", "sub/b.md"]
    ingest([docs], tmp_path / "fresh")
    assert files(tmp_path / "ix") == files(tmp_path / "fresh")


def test_a_dry_run_writes_nothing(docs: Path, tmp_path: Path) -> None:
    report = ingest([docs], tmp_path / "ix", dry_run=True)
    assert (report.added, report.counts["events"]) == (["a.txt", "sub/b.md"], 2)
    assert not (tmp_path / "ix").exists()
    ingest([docs], tmp_path / "ix")
    before = files(tmp_path)
    write(docs, {"a.txt": THREE})
    (docs / "sub" / "b.md").unlink()
    report = ingest([docs], tmp_path / "ix", dry_run=True, prune=True)
    assert (report.replaced, report.forgotten, report.counts["events"]) == (["a.txt"], ["sub/b.md"], 1)
    assert files(tmp_path / "ix") == {
        name.removeprefix("ix/"): data
        for name, data in before.items()
        if name.startswith("ix/") and not name.startswith("ix/cache/")
    }


def test_ids_that_change_are_told(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest([docs], tmp_path / "ix")
    monkeypatch.setattr(extraction, "fingerprint", lambda settings: "test:2")
    monkeypatch.setattr(fake_stages, "LINE", re.compile(r"(\d{4}-\d\d)-\d\d (\w+ \w+) met (\w+ \w+)"))

    def monthly(document, settings):  # type: ignore[no-untyped-def]
        found = fake_stages.extract(document, settings)
        days = [
            replace(e, start=f"{e.start}-01", end=f"{e.start}-31", precision="month") for e in found.events
        ]
        return replace(found, events=days)

    monkeypatch.setattr(extraction, "extract", monthly)
    renamed = ingest([docs], tmp_path / "ix").renamed
    assert [old for old, _ in renamed] == [
        "2022-05-16-consult-ada-berg-cem-aydin",
        "2022-05-17-consult-ada-berg-dora-kiss",
    ]
    assert {new for _, new in renamed} == set(events(tmp_path / "ix"))


# Forget


@pytest.mark.parametrize("how", ["id", "beginning", "path", "name", "file"])
def test_forget(docs: Path, tmp_path: Path, how: str) -> None:
    ingest([docs], tmp_path / "ix")
    with index.read(tmp_path / "ix") as snapshot:
        name = next(d.id for d in snapshot.records("documents") if d.path == "sub/b.md")
    text = {
        "id": name,
        "beginning": name[:8],
        "path": "sub/b.md",
        "name": "b.md",
        "file": str(docs / "sub/b.md"),
    }[how]
    report = forget(tmp_path / "ix", [text])
    assert (report.forgotten, report.exit) == (["sub/b.md"], Exit.OK)
    for data in (place.read_bytes() for place in (tmp_path / "ix").rglob("*") if place.is_file()):
        assert b"Dora" not in data and b"of note" not in data and b"sub/b.md" not in data
    ingest([docs / "a.txt"], tmp_path / "fresh")
    assert files(tmp_path / "ix") == files(tmp_path / "fresh")


def test_forget_in_a_parted_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "WHOLE_RECORDS", 2)
    write(tmp_path, {f"docs/{n}.txt": f"2022-0{n}-01 Ada Berg met Person N{n}\n" for n in range(1, 9)})
    ingest([tmp_path / "docs"], tmp_path / "ix")
    forget(tmp_path / "ix", ["3.txt", "5.txt"])
    assert not any(b"Person N3" in data or b"-05-01" in data for data in files(tmp_path / "ix").values())
    for n in (3, 5):
        (tmp_path / "docs" / f"{n}.txt").unlink()
    ingest([tmp_path / "docs"], tmp_path / "fresh")
    assert files(tmp_path / "ix") == files(tmp_path / "fresh")
    forget(tmp_path / "ix", [f"{n}.txt" for n in (1, 2, 4, 6, 7, 8)])
    assert (tmp_path / "ix" / "documents.jsonl").read_bytes() == b""


def test_forget_what_is_not_clear(tmp_path: Path) -> None:
    write(tmp_path, {"x/a.txt": ONE, "y/a.txt": TWO})
    with pytest.raises(IndexMissing):
        forget(tmp_path / "ix", ["a.txt"])
    ingest([tmp_path / "x", tmp_path / "y"], tmp_path / "ix")
    before = files(tmp_path / "ix")
    with pytest.raises(AmbiguousName) as error:
        forget(tmp_path / "ix", ["a.txt"])
    assert len(error.value.candidates) == 2
    for text in ("b.txt", "doc-zz", ""):
        with pytest.raises(NotFound):
            forget(tmp_path / "ix", [error.value.candidates[0], text])
    assert files(tmp_path / "ix") == before


# Interrupted


@pytest.mark.parametrize("how", ["should_stop", "KeyboardInterrupt"])
def test_an_interrupt_keeps_what_was_read(docs: Path, tmp_path: Path, how: str) -> None:
    write(docs, {f"{n}.txt": f"2022-05-0{n} Ada Berg met Person N{n}\n" for n in range(1, 9)})
    ingest([docs / "a.txt"], tmp_path / "ix")
    write(docs, {"a.txt": THREE})
    done = []

    def on_progress(number: int, count: int, path: str) -> None:
        done.append(path)
        assert count == 10
        if how == "KeyboardInterrupt" and number == 3:
            raise KeyboardInterrupt

    report = ingest(
        [docs],
        tmp_path / "ix",
        on_progress=on_progress,
        should_stop=lambda: how != "KeyboardInterrupt" and len(done) == 3,
    )
    assert report.interrupted and report.exit is Exit.INTERRUPTED
    assert report.read == 3 and sorted(report.added + report.replaced) == sorted(done)
    kept = {path for (path,) in paths(tmp_path / "ix")}
    assert kept == {*done, "a.txt"}
    report = ingest([docs], tmp_path / "ix")
    assert report.read == 7
    ingest([docs], tmp_path / "fresh")
    assert files(tmp_path / "ix") == files(tmp_path / "fresh")


# The index while ingesting


def test_a_full_disk_while_reading(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest([docs], tmp_path / "ix")
    before = files(tmp_path / "ix")
    write(docs, {"c.txt": THREE})

    class Full(BytesIO):
        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("dipcli.index.ledger.Scratch.__init__", lambda self, path, file: scratch(self, path))

        def scratch(self, path: Path) -> None:  # type: ignore[no-untyped-def]
            self._index, self._file, self._end = path, Full(), 0

        with pytest.raises(IndexWriteError, match="it is as it was before"):
            ingest([docs], tmp_path / "ix")
    assert files(tmp_path / "ix") == before


def test_two_ingests_at_once(docs: Path, tmp_path: Path) -> None:
    refused = []

    def on_progress(number: int, count: int, path: str) -> None:
        with pytest.raises(IndexBusy):
            ingest([docs], tmp_path / "ix")
        refused.append(path)

    ingest([docs], tmp_path / "ix", on_progress=on_progress)
    assert len(refused) == 2 and len(paths(tmp_path / "ix")) == 2


def test_a_newer_index_is_left_alone(docs: Path, tmp_path: Path) -> None:
    ingest([docs], tmp_path / "ix")
    (tmp_path / "ix" / "manifest.json").write_text('{"format":99,"dipcli":"9.0"}')
    before = files(tmp_path / "ix")
    with pytest.raises(IndexFormatError, match="newer dipcli"):
        ingest([docs], tmp_path / "ix")
    assert files(tmp_path / "ix") == before


# Ids


def test_ids_are_longer_where_they_must(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = ["aa11", "aa12", "ab00", "cc99"]
    monkeypatch.setattr(changes, "ID_DIGITS", 1)
    assert document_ids(digests) == {
        "aa11": "doc-aa11",
        "aa12": "doc-aa12",
        "ab00": "doc-ab00",
        "cc99": "doc-c",
    }
    monkeypatch.setattr(changes, "ID_DIGITS", 2)
    assert document_ids(reversed(digests))["ab00"] == "doc-ab"  # type: ignore[arg-type]


# In whatever order

TEXTS = [ONE, TWO, THREE, "---\ntitle: A note\n---\n2021-01-02 Eva Roth met Ada Berg\n", "Eva\r\nRoth\r\n"]
NAMES = ["a.txt", "b.txt", "b.md", "sub/a.txt"]
trees = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(TEXTS))
small = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def put(folder: Path, tree: dict[str, str]) -> None:
    """Makes the folder hold exactly this."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write(folder, tree)


@pytest.fixture
def digits(monkeypatch: pytest.MonkeyPatch) -> object:
    """Sets the shortest length of an id, and how many records make a kind parted."""

    def choose(count: int, whole: int) -> None:
        monkeypatch.setattr(changes, "ID_DIGITS", count)
        monkeypatch.setattr(kinds, "WHOLE_RECORDS", whole)

    return choose


@small
@given(
    states=st.lists(
        st.tuples(trees, trees, st.sampled_from(["x", "y", "xy", "yx"]), st.booleans()), max_size=4
    ),
    last=st.tuples(trees, trees),
    count=st.sampled_from([2, 12]),
    whole=st.sampled_from([1, 100]),
    forgetful=st.booleans(),
)
def test_history_does_not_matter(  # type: ignore[no-untyped-def]
    tmp_path_factory, digits, states, last, count, whole, forgetful
) -> None:
    """Whatever was ingested before, from either of two folders and however they changed: once both
    are ingested and what is gone is pruned, the bytes are those of a fresh ingest."""
    digits(count, whole)
    base = tmp_path_factory.mktemp("h")
    for x, y, which, prune in states:
        put(base / "x", x)
        put(base / "y", y)
        ingest([base / folder for folder in which], base / "ix", prune=prune)
        if forgetful:
            shutil.rmtree(base / "ix" / "cache", ignore_errors=True)
    put(base / "x", last[0])
    put(base / "y", last[1])
    ingest([base / "x", base / "y"], base / "ix", prune=True)
    ingest([base / "y", base / "x"], base / "fresh")
    if (base / "fresh").exists():
        assert files(base / "ix") == files(base / "fresh")
    else:
        assert not (base / "ix").exists() or paths(base / "ix") == []


@small
@given(
    tree=st.dictionaries(
        st.sampled_from([*NAMES, "c.txt", "d.txt", "e.md"]), st.sampled_from(TEXTS), min_size=1
    ),
    data=st.data(),
    count=st.sampled_from([2, 12]),
)
def test_any_order_and_any_split(tmp_path_factory, digits, tree, data, count) -> None:  # type: ignore[no-untyped-def]
    digits(count, 100)
    base = tmp_path_factory.mktemp("s")
    put(base / "docs", tree)
    given_files = [base / "docs" / name for name in tree]
    order = data.draw(st.permutations(given_files))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(order)))) | {0, len(order)})
    ingest(given_files, base / "once")
    for start, end in pairwise(cuts):
        ingest(order[start:end], base / "split")
    assert files(base / "split") == files(base / "once")


def test_an_odd_name_is_kept_readable(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/docs/caf\xe9.txt"))).write_text(ONE)
    if sys.platform == "linux":
        assert ingest([tmp_path / "docs"], tmp_path / "ix").added == ["caf\ufffd.txt"]
        assert ingest([tmp_path / "docs"], tmp_path / "ix").unchanged == ["caf\ufffd.txt"]


def test_the_sample_folder_is_there() -> None:
    assert list(ingestion.sample_folder().glob("*.md"))
