"""Ingest with the stages as they are: the same bytes with any number of workers and in any order."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dipcli import extraction, index
from dipcli.errors import DipcliError, Exit
from dipcli.ingestion import ingest, sample_folder, work, workers
from dipcli.reading import LIMITS

INGEST = """
import sys
from pathlib import Path
from dipcli.ingestion import ingest
if __name__ == "__main__":
    def tell(number, count, path):
        print(number, flush=True)
    source, target, jobs = sys.argv[1:]
    report = ingest([Path(source)], Path(target), jobs=int(jobs), model="none", on_progress=tell)
    sys.exit(report.exit)
"""


def files(path: Path) -> dict[str, bytes]:
    return {place.name: place.read_bytes() for place in path.glob("*.json*")}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("once") / "ix"
    report = ingest([sample_folder()], path, model="none")
    assert (report.exit, report.failed) == (Exit.OK, [])
    assert report.counts["events"] > 10
    return path


def test_any_number_of_workers(once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "BATCH", 1)
    seen = []
    ingest(
        [sample_folder()],
        tmp_path / "ix",
        jobs=2,
        model="none",
        on_progress=lambda *step: seen.append(step),
    )
    assert files(tmp_path / "ix") == files(once)
    assert [number for number, _, _ in seen] == list(range(1, len(seen) + 1))


class Deadly:
    """Ends the process that unpickles it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (9,)


def tasks(count: int, *deadly: int) -> list[work.Task]:
    found = []
    for number in range(count):
        data = f"Talks number {number} were held.".encode()
        digest = hashlib.sha256(data).hexdigest()
        task = work.Task(digest, f"doc-{digest[:12]}", [f"{number}.txt"], data)
        found.append(task._replace(origin=Deadly()) if number in deadly else task)  # type: ignore[arg-type]
    return found


def test_a_document_that_ends_its_worker_is_told_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "BATCH", 1)
    setup = work.Setup(extraction.Settings(), LIMITS)
    found = list(work.outcomes(tasks(14, 9), 14, setup, jobs=2))
    assert [outcome.task.paths for outcome in found] == [[f"{number}.txt"] for number in range(14)]
    assert [number for number, outcome in enumerate(found) if outcome.failure == workers.DIED] == [9]
    assert all(outcome.document for number, outcome in enumerate(found) if number != 9)


def test_where_no_worker_lives_it_is_told() -> None:
    setup = work.Setup(extraction.Settings(), LIMITS)
    with pytest.raises(DipcliError, match="no worker process"):
        list(work.outcomes(tasks(2, 0, 1), 2, setup, jobs=2))


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks Linux for the processes of a process")
def test_workers_end_with_a_process_that_is_killed(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(400):
        (source / f"{number}.txt").write_text(f"Minister Wang Yi met Park Jin on {number} May 2022.")
    script = tmp_path / "ingest.py"
    script.write_text(INGEST)
    command = [sys.executable, str(script), str(source), str(tmp_path / "ix"), "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        threads = Path(f"/proc/{process.pid}/task").glob("*/children")
        children = [int(child) for thread in threads for child in thread.read_text().split()]
        assert len(children) >= 2
        process.kill()
    deadline = time.monotonic() + 20
    while any(is_running(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [child for child in children if is_running(child)]


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_one_at_a_time_in_reverse(once: Path, tmp_path: Path) -> None:
    for place in sorted(sample_folder().glob("*.*"), reverse=True):
        ingest([place], tmp_path / "ix", model="none")
    assert files(tmp_path / "ix") == files(once)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_order_of_hashes_does_not_matter(once: Path, tmp_path: Path, seed: str) -> None:
    script = tmp_path / "run.py"
    script.write_text(INGEST)
    subprocess.run(
        [sys.executable, script, sample_folder(), tmp_path / "ix", "1"],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
        stdout=subprocess.DEVNULL,
    )
    assert files(tmp_path / "ix") == files(once)


def test_evidence_is_in_the_text(once: Path) -> None:
    """Every quote is the characters that it points at."""

    def quotes(value: object) -> list[dict[str, object]]:
        if isinstance(value, list):
            return [quote for item in value for quote in quotes(item)]
        if isinstance(value, dict):
            own = [value] if {"char_start", "text", "document"} <= value.keys() else []
            return own + [quote for item in value.values() for quote in quotes(item)]
        return []

    with index.read(once) as snapshot:
        texts = {document.id: document.text for document in snapshot.records("documents")}
        for kind in ("documents", "events", "actors", "relations"):
            for line in snapshot.raw(kind):
                for quote in quotes(msgspec.json.decode(line)):
                    text = texts[str(quote["document"])]
                    assert text[quote["char_start"] : quote["char_end"]] == quote["text"]  # type: ignore[misc]


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_keeps_what_was_read(tmp_path: Path, jobs: int) -> None:
    (tmp_path / "docs").mkdir()
    words = "On 3 May 2022, Foreign Minister Ada Berg met Ambassador Cem Aydin in Oslo.\n\n" * 20
    for number in range(400):
        (tmp_path / "docs" / f"{number}.txt").write_text(f"Note {number}\n\n{words}")
    script = tmp_path / "run.py"
    script.write_text(INGEST)
    run = subprocess.Popen(
        [sys.executable, script, tmp_path / "docs", tmp_path / "ix", str(jobs)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout is not None
    for _ in range(3):
        run.stdout.readline()
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=60) == Exit.INTERRUPTED
    run.stdout.close()
    kept = (tmp_path / "ix" / "documents.jsonl").read_bytes().count(b"\n")
    assert 3 <= kept < 400


def test_a_kill_leaves_the_index_as_it_was(once: Path, tmp_path: Path) -> None:
    ingest([sample_folder()], tmp_path / "ix", model="none")
    (tmp_path / "docs").mkdir()
    for number in range(50):
        (tmp_path / "docs" / f"{number}.txt").write_text(f"Note {number}\n\nNothing.\n")
    script = tmp_path / "run.py"
    script.write_text(INGEST)
    run = subprocess.Popen(
        [sys.executable, script, tmp_path / "docs", tmp_path / "ix", "1"], stdout=subprocess.PIPE
    )
    assert run.stdout is not None and run.stdout.readline()
    run.kill()
    run.wait()
    run.stdout.close()
    assert files(tmp_path / "ix") == files(once)
    ingest([sample_folder()], tmp_path / "ix", model="none")
    assert files(tmp_path / "ix") == files(once)
    assert sorted(place.name for place in (tmp_path / "ix").iterdir() if place.is_dir()) == ["cache"]
