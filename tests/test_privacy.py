"""What stays private: who may read an index, what `forget` leaves of a document, what goes out of an index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dipcli
import fake_stages
from dipcli.index import cache, read
from dipcli.ingestion import forget, ingest

SECRET = "2022-05-16 Zebediah Quill met Ada Berg\nBetween us: the xylophone clause.\n"
OTHER = "2022-05-17 Ada Berg met Cem Aydin\n"
WORDS = (b"Zebediah", b"Quill", b"quill", b"xylophon", b"Between us", b"2022-05-16")


@pytest.fixture(autouse=True)
def stages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_stages.install(monkeypatch)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "secret.txt").write_text(SECRET)
    (folder / "other.txt").write_text(OTHER)
    return folder


def files(*folders: Path) -> Iterator[Path]:
    return (place for folder in folders for place in folder.rglob("*") if place.is_file())


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_a_new_index_is_its_owners_alone(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "LEAST", 1)
    index = tmp_path / ".dipcli"
    old = os.umask(0o022)
    try:
        ingest([docs], index)
        with dipcli.open(index) as opened:
            opened.decide(opened.decision("tag", "ada-berg", tags=["x"]))
    finally:
        os.umask(old)
    modes = {place: place.stat().st_mode & 0o777 for place in index.rglob("*")}
    assert index.stat().st_mode & 0o777 == 0o700
    assert {modes[place] for place in files(index)} == {0o600}
    assert {mode for place, mode in modes.items() if place.is_dir()} == {0o700}
    assert {"decisions.jsonl", ".gitignore", "sources.json"} < {place.name for place in files(index)}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_an_index_that_is_shared_stays_shared(docs: Path, tmp_path: Path) -> None:
    index = tmp_path / "shared"
    index.mkdir()
    index.chmod(0o750)
    ingest([docs], index)
    assert {place.stat().st_mode & 0o777 for place in index.glob("*.jsonl")} == {0o640}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_sees_the_decisions_alone(docs: Path, tmp_path: Path) -> None:
    ingest([docs], tmp_path / ".dipcli")
    with dipcli.open(tmp_path / ".dipcli") as opened:
        opened.decide(opened.decision("tag", "ada-berg", tags=["x"]))
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    listed = subprocess.run(["git", "ls-files", ".dipcli"], cwd=tmp_path, check=True, capture_output=True)
    assert listed.stdout.split() == [b".dipcli/decisions.jsonl"]


def test_paths_are_relative(docs: Path, tmp_path: Path) -> None:
    ingest([docs, docs / "other.txt"], tmp_path / "ix")
    for place in files(tmp_path / "ix"):
        assert str(tmp_path).encode() not in place.read_bytes(), place


def decide(index: Path) -> None:
    """Decisions that quote the secret document alone, and together with the other."""
    with dipcli.open(index) as opened:
        first = "2022-05-16-consult-ada-berg-zebediah-quill"
        for kind, subjects, given in (
            ("edit", [first], {"set": {"place": "Oslo", "actors": "Ada Berg; Cem Aydin"}}),
            ("accept", ["2022-05-16-consult-ada-berg-cem-aydin"], {}),
            ("rename", ["zebediah-quill"], {"name": "Z. Q."}),
            ("tag", ["ada-berg"], {"tags": ["x"]}),
            ("different", ["ada-berg", "z-q"], {}),
            ("note", [opened.show("doc-" + _digest(SECRET)[:12])], {"text": "ours"}),
        ):
            opened.decide(opened.decision(kind, subjects, **given))


def _digest(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("least", [1, 5, 1000], ids=["with a cache", "no cache any more", "never a cache"])
def test_forget_leaves_nothing(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    """No word of a forgotten document is in any file of the index, nor in the user's caches."""
    index = tmp_path / "ix"
    monkeypatch.setattr(cache, "LEAST", least)
    ingest([docs], index)
    decide(index)
    with read(index, ("documents", "events", "actors", "relations")) as snapshot:
        for folder in cache._folders(snapshot):
            cache.make(snapshot, folder)
    (index / "cache" / "review.json").write_text('{"": "2022-05-16-consult-ada-berg-zebediah-quill"}')
    assert any(WORDS[0].lower() in place.read_bytes() for place in files(tmp_path / "caches"))
    forget(index, ["secret.txt"])
    left = list(files(index, tmp_path / "caches"))
    assert {"documents.jsonl", "decisions.jsonl"} < {place.name for place in left}
    for place in left:
        data = place.read_bytes().lower()
        assert not [word for word in WORDS if word.lower() in data and word != b"2022-05-16"], place
    assert b"2022-05-16" not in b"".join(p.read_bytes() for p in left if p.name != "decisions.jsonl")


def test_decisions_on_a_forgotten_document_wait_for_it(docs: Path, tmp_path: Path) -> None:
    index = tmp_path / "ix"
    ingest([docs], index)
    decide(index)
    before = (index / "events.jsonl").read_bytes()
    forget(index, ["secret.txt"])
    with dipcli.open(index) as opened:
        assert [ruling.state for _, ruling in opened.decisions()] == [
            *("nothing", "nothing", "nothing"),
            *("holds", "nothing", "nothing"),
        ]
    ingest([docs], index)
    with dipcli.open(index) as opened:
        assert {ruling.state for _, ruling in opened.decisions()} == {"holds"}
    assert (index / "events.jsonl").read_bytes() == before


FORMATS = ("json", "jsonl", "csv", "tsv", "md", "table")
SENTENCES = (
    "met her counterpart",
    "laying mines",
    "host a summit",
    "reportedly asked",
    "Talks on the Strait",
)


@pytest.mark.parametrize("form", FORMATS)
def test_no_quotes_leaves_the_documents_words_out(
    installed: Callable[..., Any], index: Path, form: str
) -> None:
    for command in (["events"], ["actors"], ["relations"], ["documents"]):
        plain = installed(*command, "--format", form, "--index", index)
        silent = installed(*command, "--format", form, "--no-quotes", "--index", index)
        assert silent.returncode == 0, silent.stderr
        titles = SENTENCES if command != ["documents"] else SENTENCES[:-1]
        assert not [words for words in titles if words in silent.stdout]
        assert len(silent.stdout.splitlines()) == len(plain.stdout.splitlines())


def test_a_page_without_quotes(installed: Callable[..., Any], index: Path) -> None:
    for form in ("table", "json"):
        shown = installed("show", "2021-06-09", "--format", form, "--no-quotes", "--index", index)
        assert "laying mines" not in shown.stdout and "bel" in shown.stdout
