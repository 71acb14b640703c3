"""The index on disk: what is written is what is read, in files whose bytes depend on content alone."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli import index
from dipcli.errors import (
    AmbiguousName,
    IndexBusy,
    IndexFormatError,
    IndexMissing,
    IndexWriteError,
    NotFound,
    UsageError,
)
from dipcli.index import Settings, kinds
from dipcli.index.amending import Amending
from dipcli.index.lock import lock
from dipcli.index.transaction import Transaction
from dipcli.records import FORMAT_VERSION, Actor, Event, Evidence


def event(name: str, start: str | None, words: str = "They met.") -> Event:
    return Event(
        id=name,
        start=start,
        end=start,
        precision="day" if start else "unknown",
        type="CONSULT",
        cameo="04",
        quad=1,
        score=1.0,
        goldstein=None,
        status="occurred",
        actors=[],
        summary=words,
        evidence=[Evidence(document="doc-0", char_start=0, char_end=len(words), text=words)],
        confidence=0.5,
    )


def actor(name: str, words: str = "They met.") -> Actor:
    return Actor(id=name, name=words, kind="person", documents=["doc-0"], evidence=[])


EVENTS = [
    event("undated-consult", None),
    event("2022-05-16-consult-b", "2022-05-16"),
    event("2022-05-16-consult-a", "2022-05-16"),
    event("2021-12-30-consult", "2021-12-30"),
]
ACTORS = [actor(name) for name in ("wang-yi", "chn", "park-jin", "kor", "wang-qishan", "prk")]


def commit(path: Path, words: str = "They met.") -> None:
    with Transaction(path) as change:
        change.stage("events", [event(e.id, e.start, words) for e in EVENTS])
        change.stage("actors", [actor(a.id, words) for a in ACTORS])
        change.commit(Settings())


def files(path: Path) -> dict[str, bytes]:
    return {
        place.relative_to(path).as_posix(): place.read_bytes() for place in path.rglob("*") if place.is_file()
    }


@pytest.fixture
def parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "WHOLE_RECORDS", 3)


def test_files_of_a_small_index(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    kinds_there = ["actors", "documents", "events", "mentions", "relations"]
    assert sorted(files(tmp_path / "ix")) == [
        ".gitignore",
        *sorted([f"{kind}.jsonl" for kind in kinds_there] + ["manifest.json"]),
    ]
    assert (tmp_path / "ix").stat().st_mode & 0o777 == 0o700
    lines = (tmp_path / "ix" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert list(json.loads(lines[0])) == ["record", *event("x", None).__struct_fields__]


def test_manifest_names_every_part(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    manifest = json.loads((tmp_path / "ix" / "manifest.json").read_bytes())
    assert manifest["format"] == FORMAT_VERSION
    assert manifest["counts"] == {"documents": 0, "mentions": 0, "events": 4, "actors": 6, "relations": 0}
    for parts in manifest["parts"].values():
        for part in parts:
            data = (tmp_path / "ix" / part["path"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == part["sha256"]
            assert (len(data), data.count(b"\n")) == (part["bytes"], part["records"])


@pytest.mark.parametrize("is_parted", [False, True])
def test_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_parted: bool) -> None:
    """Events by start, then id, the undated last; others by id; the same parted or not."""
    if is_parted:
        monkeypatch.setattr(kinds, "WHOLE_RECORDS", 3)
    commit(tmp_path / "ix")
    with index.read(tmp_path / "ix") as snapshot:
        assert [record.id for record in snapshot.records("events")] == [
            "2021-12-30-consult",
            "2022-05-16-consult-a",
            "2022-05-16-consult-b",
            "undated-consult",
        ]
        assert list(snapshot.ids("actors")) == sorted(a.id for a in ACTORS)
        assert sorted(snapshot.records("actors"), key=lambda a: a.id) == sorted(ACTORS, key=lambda a: a.id)
        assert list(snapshot.records("relations")) == []


@pytest.mark.usefixtures("parted")
def test_parts_of_a_large_index(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    there = files(tmp_path / "ix")
    assert {name for name in there if name.startswith("events")} == {
        "events/2021-12.jsonl",
        "events/2022-05.jsonl",
        "events/undated.jsonl",
    }
    hashes = {hashlib.sha256(a.id.encode()).hexdigest()[:2] for a in ACTORS}
    assert {name for name in there if name.startswith("actors")} == {f"actors/{h}.jsonl" for h in hashes}


@pytest.mark.usefixtures("parted")
def test_fine_parts_of_a_very_large_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "FINE_BYTES", 3)
    commit(tmp_path / "ix")
    there = files(tmp_path / "ix")
    bits = {int(hashlib.sha256(a.id.encode()).hexdigest()[:4], 16) >> 6 for a in ACTORS}
    fine = {f"actors/{part << 2:03x}.jsonl" for part in bits}
    assert {name for name in there if name.startswith("actors")} == fine
    assert "events/2022-05.jsonl" in there


@pytest.mark.parametrize("limit", ["WHOLE_RECORDS", "WHOLE_BYTES", "FINE_BYTES"])
def test_parting_depends_on_content_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """Whole to parted and back, or to finer parts: each time the files of an index that was never other."""
    if limit == "FINE_BYTES":
        monkeypatch.setattr(kinds, "WHOLE_BYTES", 3)
    commit(tmp_path / "whole")
    monkeypatch.setattr(kinds, limit, 3)
    commit(tmp_path / "parted")
    commit(tmp_path / "ix")
    monkeypatch.setattr(kinds, limit, 1 << 30)
    commit(tmp_path / "ix", "Else.")
    commit(tmp_path / "ix")
    assert files(tmp_path / "ix") == files(tmp_path / "whole") != files(tmp_path / "parted")
    monkeypatch.setattr(kinds, limit, 3)
    commit(tmp_path / "ix", "Else.")
    commit(tmp_path / "ix")
    assert files(tmp_path / "ix") == files(tmp_path / "parted")


@pytest.mark.usefixtures("parted")
def test_only_changed_parts_are_written(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    before = {place: place.stat().st_ino for place in (tmp_path / "ix").rglob("*.jsonl")}
    with Transaction(tmp_path / "ix") as change:
        change.stage("events", [*EVENTS, event("2022-05-20-consult", "2022-05-20")])
        change.commit(Settings())
    after = {place: place.stat().st_ino for place in (tmp_path / "ix").rglob("*.jsonl")}
    assert [place.name for place in after if after[place] != before.get(place)] == ["2022-05.jsonl"]


def test_the_same_again_writes_nothing(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    before = (tmp_path / "ix" / "manifest.json").stat().st_mtime_ns
    commit(tmp_path / "ix")
    assert (tmp_path / "ix" / "manifest.json").stat().st_mtime_ns == before


def test_get_by_the_beginning_of_an_id(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    with index.read(tmp_path / "ix") as snapshot:
        assert snapshot.get("events", "2021").id == "2021-12-30-consult"
        assert snapshot.get("actors", "wang-y").id == "wang-yi"
        with pytest.raises(AmbiguousName) as ambiguous:
            snapshot.get("actors", "wang")
        assert ambiguous.value.candidates == ["wang-qishan", "wang-yi"]
        with pytest.raises(NotFound):
            snapshot.get("actors", 'x"\n')


def test_an_exact_id_wins_over_longer_ones(tmp_path: Path) -> None:
    with Transaction(tmp_path / "ix") as change:
        change.stage("actors", [actor("chn"), actor("chn-2")])
        change.commit(Settings())
    with index.read(tmp_path / "ix") as snapshot:
        assert snapshot.get("actors", "chn").id == "chn"


def test_offsets_lead_to_lines(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    with index.read(tmp_path / "ix") as snapshot:
        (part,) = snapshot.parts["events"]
        for offset, data in list(part.lines()):
            assert part.at(offset, len(data)) == data


def test_lines_longer_than_a_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(tmp_path / "ix")
    with index.read(tmp_path / "ix") as snapshot:
        plain = list(snapshot.raw("events"))
        monkeypatch.setattr("dipcli.index.snapshot.BLOCK", 7)
        assert list(snapshot.raw("events")) == plain


def test_decisions_are_left_alone_and_counted_in(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    (tmp_path / "ix" / "decisions.jsonl").write_text('{"mine":1}\n')
    commit(tmp_path / "ix", "Else.")
    manifest = json.loads((tmp_path / "ix" / "manifest.json").read_bytes())
    assert manifest["decisions"] == hashlib.sha256(b'{"mine":1}\n').hexdigest()
    assert (tmp_path / "ix" / "decisions.jsonl").read_text() == '{"mine":1}\n'


# Damage


def torn(path: Path) -> None:
    (path / "events.jsonl").write_bytes((path / "events.jsonl").read_bytes()[:-20])


def garbled(path: Path) -> None:
    data = (path / "events.jsonl").read_bytes()
    (path / "events.jsonl").write_bytes(data[:-20] + b"?" * 19 + b"\n")


def not_json(path: Path) -> None:
    data = (path / "events.jsonl").read_bytes()
    (path / "events.jsonl").write_bytes(data.replace(b'"precision":"day"', b'"precision":?day"', 1))


def no_line_end(path: Path) -> None:
    data = (path / "events.jsonl").read_bytes()
    (path / "events.jsonl").write_bytes(data[:-1] + b" ")


DAMAGES = [
    (torn, "events.jsonl has 2069 bytes, and the manifest says 2089"),
    (garbled, "line 4 of events.jsonl is not a record"),
    (not_json, "line 1 of events.jsonl cannot be read"),
    (no_line_end, "line 4 of events.jsonl is cut off"),
    (lambda path: (path / "events.jsonl").unlink(), "events.jsonl is missing"),
    (lambda path: (path / "manifest.json").write_text('{"format":1'), "manifest.json is not a manifest"),
    (lambda path: (path / "manifest.json").write_text('{"format":1}'), "manifest.json is not a manifest"),
    (
        lambda path: (path / "manifest.json").write_text('{"format":99,"new":[]}'),
        f"was written by a newer dipcli (format 99, this one reads {FORMAT_VERSION})",
    ),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGES)
def test_damage_is_told(tmp_path: Path, damage, message: str) -> None:  # type: ignore[no-untyped-def]
    commit(tmp_path / "ix")
    size = (tmp_path / "ix" / "events.jsonl").stat().st_size
    damage(tmp_path / "ix")
    with pytest.raises(IndexFormatError) as error, index.read(tmp_path / "ix") as snapshot:
        list(snapshot.records("events"))
    assert message.replace("2089", str(size)).replace("2069", str(size - 20)) in error.value.message
    assert error.value.hint


def test_a_torn_derived_file_is_made_anew(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    before = files(tmp_path / "ix")
    torn(tmp_path / "ix")
    with Transaction(tmp_path / "ix") as change:
        assert not change.is_current(Settings())
    commit(tmp_path / "ix")
    assert files(tmp_path / "ix") == before


# Where it is


def test_locate(tmp_path: Path) -> None:
    below = tmp_path / "work" / "deep"
    below.mkdir(parents=True)
    with pytest.raises(IndexMissing, match="no index in"):
        index.locate(None, {}, below)
    commit(tmp_path / ".dipcli")
    commit(tmp_path / "other")
    assert index.locate(None, {}, below) == tmp_path / ".dipcli"
    assert index.locate(None, {"DIPCLI_INDEX": str(tmp_path / "other")}, below) == tmp_path / "other"
    assert index.locate("../../other", {"DIPCLI_INDEX": "x"}, below).samefile(tmp_path / "other")
    with pytest.raises(IndexMissing) as error:
        index.locate(str(tmp_path), {}, below)
    assert error.value.hint == f"there is one in {tmp_path / '.dipcli'}"


def test_target(tmp_path: Path) -> None:
    assert index.target(None, {}, tmp_path) == tmp_path / ".dipcli"
    assert index.target("ix", {}, tmp_path) == tmp_path / "ix"
    commit(tmp_path / ".dipcli")
    assert index.target(None, {}, tmp_path / "below") == tmp_path / ".dipcli"


def test_what_is_no_index_is_not_made_one(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("a")
    (tmp_path / "file").write_text("a")
    for name, message in (("letters", "holds other things"), ("file", "is a file")):
        with pytest.raises(UsageError, match=message), Transaction(tmp_path / name):
            pass
    assert sorted(files(tmp_path)) == ["file", "letters/a.txt"]


def test_an_unused_transaction_leaves_no_folder(tmp_path: Path) -> None:
    with Transaction(tmp_path / "ix"):
        pass
    assert not (tmp_path / "ix").exists()


# One writer, many readers


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    with Transaction(tmp_path / "ix") as change:
        with pytest.raises(IndexBusy, match=rf"\(process {os.getpid()}\)"), Transaction(tmp_path / "ix"):
            pass
        change.stage("actors", [])
        change.commit(Settings())
    assert not (tmp_path / "ix" / "lock").exists()


def test_a_second_writer_can_wait(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    release = threading.Timer(0.2, lambda: holder.__exit__(None, None, None))
    holder = lock(tmp_path / "ix")
    holder.__enter__()
    release.start()
    with Transaction(tmp_path / "ix", timeout=5) as change:
        change.stage("actors", [])
        change.commit(Settings())
    release.join()
    with index.read(tmp_path / "ix") as snapshot:
        assert snapshot.manifest.counts["actors"] == 0


def test_a_lock_of_a_killed_writer_does_not_bind(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    (tmp_path / "ix" / "lock").write_text("4711\n")
    commit(tmp_path / "ix", "Else.")


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_index
from dipcli.index import kinds
for number in range(10_000):
    kinds.WHOLE_RECORDS = 3 if number % 3 else 100
    test_index.commit(Path(sys.argv[1]), f"State {number}.")
"""


def test_a_reader_beside_a_writer_sees_one_state(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    writer = subprocess.Popen([sys.executable, "-c", WRITER, tmp_path / "ix", Path(__file__).parent])
    states = set()
    try:
        while len(states) < 25 and writer.poll() is None:
            with index.read(tmp_path / "ix") as snapshot:
                seen = {record.summary for record in snapshot.records("events")}
                seen |= {record.name for record in snapshot.records("actors")}
                assert len(seen) == 1
                states |= seen
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()


def test_a_snapshot_outlives_its_index(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    with index.read(tmp_path / "ix") as snapshot:
        commit(tmp_path / "ix", "Else.")
        assert {record.summary for record in snapshot.records("events")} == {"They met."}


KEYS = st.dictionaries(
    st.text("abc-", min_size=1, max_size=3),
    st.tuples(st.sampled_from([None, "2021-12-30", "2022-05-16"]), st.sampled_from(["", "long " * 40])),
)


@settings(max_examples=60, deadline=None)
@given(before=KEYS, after=KEYS, records=st.sampled_from([0, 3, 100]))
def test_what_is_amended_is_as_if_all_were_staged(
    tmp_path_factory: pytest.TempPathFactory,
    before: dict[str, tuple[str | None, str]],
    after: dict[str, tuple[str | None, str]],
    records: int,
) -> None:
    def made(wanted: dict[str, tuple[str | None, str]]) -> list[Event]:
        return [event(name, start, words) for name, (start, words) in wanted.items()]

    path = tmp_path_factory.mktemp("amended")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "WHOLE_RECORDS", records)
        for name, wanted in (("amended", before), ("staged", after)):
            with Transaction(path / name) as change:
                change.stage("events", made(wanted))
                change.commit(Settings())
        with Transaction(path / "amended") as change, index.read(path / "amended") as snapshot:
            amending = Amending(snapshot, kinds.KINDS["events"])
            kept = {name for name in before if before[name] == after.get(name)}
            put = made({name: after[name] for name in after.keys() - kept})
            amending.amend(put, [(name, before[name][0]) for name in before.keys() - kept])
            change.stage_amended(amending)
            change.commit(Settings())
    assert files(path / "amended") == files(path / "staged")


# Whole or not at all

STEPS = ("open", "fsync", "replace", "unlink", "mkdir", "rmdir", "ftruncate")


class Faults:
    """Fails, in a way to be told, at the n-th step that a writer takes on the disk."""

    def __init__(self, patch: pytest.MonkeyPatch, fail) -> None:  # type: ignore[no-untyped-def]
        self.left: int | None = None
        self.fail = fail
        self.lock = threading.Lock()
        for name in STEPS:
            patch.setattr(os, name, self._wrap(getattr(os, name)))
        patch.setattr(Path, "write_bytes", self._half(Path.write_bytes))

    def _due(self) -> bool:
        with self.lock:
            if self.left is None:
                return False
            self.left -= 1
            return self.left == 0

    def _wrap(self, real):  # type: ignore[no-untyped-def]
        def step(*args, **options):  # type: ignore[no-untyped-def]
            if self._due():
                self.fail()
            return real(*args, **options)

        return step

    def _half(self, real):  # type: ignore[no-untyped-def]
        def step(path: Path, data: bytes) -> int:
            if self._due():
                real(path, data[: len(data) // 2])
                self.fail()
            return real(path, data)

        return step


def state(path: Path) -> tuple[set[str], int]:
    with index.read(path) as snapshot:
        seen = {record.summary for record in snapshot.records("events")}
        seen |= {record.name for record in snapshot.records("actors")}
        return seen, snapshot.manifest.counts["events"]


def no_space() -> None:
    raise OSError(28, "No space left on device")


def read_only() -> None:
    raise OSError(30, "Read-only file system")


@pytest.mark.parametrize("limits", [(100, 100), (3, 3), (100, 3), (3, 100)])
def test_a_full_disk_at_any_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: tuple[int, int]
) -> None:
    faults = Faults(monkeypatch, no_space)
    told = set()
    for step in range(1, 200):
        path = tmp_path / f"ix{step}"
        monkeypatch.setattr(kinds, "WHOLE_RECORDS", limits[0])
        commit(path, "Before.")
        monkeypatch.setattr(kinds, "WHOLE_RECORDS", limits[1])
        faults.left, outcome = step, "After."
        try:
            commit(path, "After.")
        except IndexWriteError as error:
            assert "No space left" in error.message and error.hint
            outcome = "Before." if error.message.endswith("it is as it was before") else "After."
            told.add(outcome)
        left, faults.left = faults.left, None
        assert state(path) == ({outcome}, 4)
        commit(path, "After.")
        reference = tmp_path / f"fresh{step}"
        commit(reference, "After.")
        assert files(path) == files(reference)
        if left and left > 0:
            break
    assert told == {"Before.", "After."}


def test_a_kill_at_any_step(tmp_path: Path) -> None:
    """In a child each time, which ends without a chance to tidy up."""
    outcomes = []
    commit(tmp_path / "fresh", "After.")
    for step in range(1, 200):
        path = tmp_path / f"ix{step}"
        commit(path, "Before.")
        child = os.fork()
        if child == 0:
            faults = Faults(pytest.MonkeyPatch(), lambda: os._exit(9))
            faults.left = step
            commit(path, "After.")
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        (seen,), count = state(path)
        assert count == 4
        outcomes.append(seen)
        commit(path, "After.")
        assert files(path) == files(tmp_path / "fresh")
        if status == 0:
            break
        assert status == 9
    assert outcomes[0] == "Before." and outcomes[-1] == "After."


def test_a_kill_in_the_first_ingest(tmp_path: Path) -> None:
    commit(tmp_path / "fresh")
    for step in range(1, 200):
        path = tmp_path / f"ix{step}"
        child = os.fork()
        if child == 0:
            faults = Faults(pytest.MonkeyPatch(), lambda: os._exit(9))
            faults.left = step
            commit(path)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        commit(path)
        assert files(path) == files(tmp_path / "fresh")
        if status == 0:
            break


def test_a_read_only_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(tmp_path / "ix")
    faults = Faults(monkeypatch, read_only)
    faults.left = 1
    with pytest.raises(IndexWriteError, match="Read-only file system") as error:
        commit(tmp_path / "ix", "Else.")
    assert "--index" in (error.value.hint or "")
    assert state(tmp_path / "ix")[0] == {"They met."}


def test_reading_needs_little(tmp_path: Path) -> None:
    commit(tmp_path / "ix")
    code = (
        "import sys; from pathlib import Path; from dipcli import index\n"
        "list(index.read(Path(sys.argv[1])).raw('events'))\n"
        "heavy = {'rich', 'dateparser', 'rapidfuzz', 'typer', 'hashlib', 'tempfile', 'multiprocessing'}\n"
        "ours = {'dipcli.extraction', 'dipcli.resolution', 'dipcli.ingestion', 'dipcli.index.transaction'}\n"
        "sys.exit(str((heavy | ours) & set(sys.modules)) if (heavy | ours) & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "ix"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_kinds_know_their_lines() -> None:
    for kind in kinds.KINDS.values():
        assert kind.head.decode().endswith(f',"{kind.id_field}":"')
    assert kinds.encode(EVENTS[0]).startswith(kinds.KINDS["events"].head)


MANY_PARTS = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_index
from dipcli import index
from dipcli.index import Settings, kinds, transaction
kinds.WHOLE_RECORDS = 3
with transaction.Transaction(Path(sys.argv[1])) as change:
    months = [f"{2000 + n // 12}-{1 + n % 12:02}-01" for n in range(200)]
    change.stage("events", [test_index.event(f"{month}-x", month) for month in months])
    change.commit(Settings())
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
with index.read(Path(sys.argv[1])) as snapshot, index.read(Path(sys.argv[1])), index.read(Path(sys.argv[1])):
    assert list(snapshot.ids("events")) == [f"{month}-x" for month in months]
"""


def test_more_parts_than_open_files_are_allowed(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", MANY_PARTS, tmp_path / "ix", Path(__file__).parent], check=True, timeout=60
    )
