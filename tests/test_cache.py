"""The cache changes no answer: not by being there, missing, old, damaged, nor while it is replaced."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import dipcli
from dipcli.errors import DipcliError
from dipcli.index import cache
from dipcli.index.cache import NAME, schema
from dipcli.index.kinds import KINDS

ROOT = Path(__file__).parent.parent
EVENTS = 1_500


def generator() -> Any:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "benchmarks" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An index in parts, with its cache."""
    path = tmp_path_factory.mktemp("cache") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dipcli.index.kinds.WHOLE_RECORDS", 300)
        patch.setattr(cache, "LEAST", 100)
        generator().generate(EVENTS, path, seed=3)
        cache.renew(path)
        yield path


@pytest.fixture
def index(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy to be damaged."""
    monkeypatch.setattr(cache, "LEAST", 100)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    return Path(shutil.copytree(made, tmp_path / "index"))


def answer(index: dipcli.Index, kind: str, asked: dict[str, Any], limit: int | None = None) -> Any:
    """All that can be seen of an answer."""
    if kind == "search":
        asked = dict(asked)
        return hits(index, asked.pop("query"), asked, limit)
    try:
        found = index.select(kind, limit=limit, **asked)
        rows = [(row.raw, row.marks) for row in found]
        return rows, found.cut, found.total, found.undated_left_out, index.count(kind, **asked)
    except DipcliError as error:
        return type(error), error.message, error.hint, getattr(error, "candidates", None)


def scanned(path: Path) -> dipcli.Index:
    index = dipcli.open(path)
    index.snapshot.__dict__["cache"] = None
    return index


NAMES = ["president", "China", "shu", "no such name", "IND", "kor"]
WORDS = [
    "talks",
    "minister talks",
    '"foreign minister"',
    "tal*",
    "ministers*",
    "countri*",
    "talks NOT minister",
]
WORDS += [
    "trade OR peace",
    "NOT talks",
    "trade OR NOT talks",
    "sign* -trade",
    '"joint statement" (met OR asked)',
    "talks NEAR/3 the",
]
DATES = ["2009", "2012-05", "2017-11-03", "2023"]
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "actor": st.integers(0, 60),
        "initiator": st.integers(0, 20),
        "recipient": st.integers(0, 20) | st.sampled_from(NAMES),
        "country": st.sampled_from(["CHN", "AFG", "Albania", "DZA"]),
        "type": st.sampled_from(["CONSULT", ["AID", "ACCUSE"]]),
        "status": st.just("planned"),
        "role": st.sampled_from(["president", "Ministers of Foreign Affairs", "no such title"]),
        "quad": st.just("3"),
        "since": st.sampled_from(DATES),
        "until": st.sampled_from(DATES),
        "document": st.integers(0, 20),
        "text": st.sampled_from(WORDS),
        "min_confidence": st.just("0.8"),
        "min_sources": st.just("2"),
        "certainty": st.just("stated"),
        "asserted_by": st.integers(0, 60),
        "undated": st.booleans(),
    },
)


@settings(max_examples=300, deadline=None)
@example(kind="actors", asked={"text": "talks"}, limit=None)
@example(kind="actors", asked={"role": "president", "country": "CHN"}, limit=2)
@given(
    kind=st.sampled_from(["events", "events", "actors", "documents", "relations"]),
    asked=ASKED,
    limit=st.none() | st.integers(0, 25),
)
def test_the_same_answers_with_and_without(
    made: Path, kind: str, asked: dict[str, Any], limit: int | None
) -> None:
    with dipcli.open(made) as index, scanned(made) as other:
        assert index.snapshot.cache is not None
        actors, documents = _numbered(other)
        for name, value in asked.items():
            if isinstance(value, int) and not isinstance(value, bool):
                asked[name] = documents[value] if name == "document" else actors[value]
        assert answer(index, kind, asked, limit) == answer(other, kind, asked, limit)


SOUGHT = [*WORDS, "the", "trade peace", '"met" OR regional', "trade OR peace OR summit", "zzz", "hain* trade"]
SOUGHT += [
    "trade (peace OR trade)",
    "trade OR (peace met)",
    "trade (peace OR NOT talks)",
    "the NOT (trade peace)",
]
SOUGHT += ["talks NEAR trade", "trade NEAR/2 the", 'sign* NEAR/4 "the trade"', "the NEAR/1 of NEAR/1 the"]
SOUGHT += ["(talks NEAR/3 peace) OR met", "the NOT of NEAR/3 the"]
FIELDS = ["", "type:consult", "min-confidence:0.8 date:2012", "-the country:CHN"]


@settings(max_examples=100, deadline=None)
@given(
    words=st.sampled_from(SOUGHT) | st.sampled_from(FIELDS),
    asked=st.fixed_dictionaries(
        {},
        optional={
            "actor": st.integers(0, 60),
            "initiator": st.integers(0, 20),
            "recipient": st.integers(0, 20),
            "country": st.sampled_from(["CHN", "AFG"]),
            "type": st.sampled_from(["CONSULT", ["AID", "ACCUSE"]]),
            "quad": st.just("3"),
            "role": st.just("president"),
            "since": st.sampled_from(DATES),
            "until": st.sampled_from(DATES),
            "document": st.integers(0, 20),
            "undated": st.booleans(),
        },
    ),
    limit=st.none() | st.integers(0, 25),
    ranked=st.sampled_from([10_000, 40]),
)
def test_the_same_hits_with_and_without(
    made: Path, words: str, asked: dict[str, Any], limit: int | None, ranked: int
) -> None:
    with dipcli.open(made) as index, scanned(made) as other, pytest.MonkeyPatch.context() as patch:
        patch.setattr("dipcli.query.found.RANKED", ranked)
        patch.setattr("dipcli.query.fulltext.RANKED", ranked)
        actors, documents = _numbered(other)
        for name, value in asked.items():
            if isinstance(value, int) and not isinstance(value, bool):
                asked[name] = documents[value] if name == "document" else actors[value]
        assert hits(index, words, asked, limit) == hits(other, words, asked, limit)


def hits(index: dipcli.Index, words: str, asked: dict[str, Any], limit: int | None) -> Any:
    try:
        found = index.search_rows(words, limit=limit, **asked)
        rows = [(row.raw, row.marks, row.spans) for row in found]
        soon, exact = found.counts(exactly=False), found.counts()
        assert soon == exact if soon.whole else soon.matched <= exact.matched
        return rows, found.cut, found.total, found.undated_left_out
    except DipcliError as error:
        return type(error), error.message


_known: dict[Path, tuple[list[str], list[str]]] = {}


def _numbered(index: dipcli.Index) -> tuple[list[str], list[str]]:
    """Names and aliases by how much their actor is in, and ids of documents."""
    if index.path not in _known:
        actors = sorted(index.actors(), key=lambda actor: -actor.event_count)
        names = [name for actor in actors for name in (actor.name, *actor.aliases[:1], actor.name[:-1])]
        _known[index.path] = names, [document.id for document in index.documents()]
    return _known[index.path]


@pytest.mark.parametrize("name", ["Prezident", "Chna", "Koera", "Shhou", "x"])
def test_likeness_finds_the_same_actors(made: Path, name: str) -> None:
    with dipcli.open(made) as index, scanned(made) as other:
        for actor in other.actors()[:: 1 + len(name)]:
            asked = {"actor": actor.name.replace("a", "e") + name[-1]}
            assert answer(index, "events", asked, 3) == answer(other, "events", asked, 3)


def missing(place: Path) -> None:
    place.unlink()


def cut_off(place: Path) -> None:
    os.truncate(place, place.stat().st_size // 2)


def emptied(place: Path) -> None:
    place.write_bytes(b"")


def overwritten(place: Path) -> None:
    data = bytearray(place.read_bytes())
    data[4096:200_000] = b"x" * (200_000 - 4096)
    place.write_bytes(data)


def overwritten_in_secret(place: Path) -> None:
    status = place.stat()
    overwritten(place)
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))


def back_dated(place: Path) -> None:
    os.utime(place, (1, 1))


def of_no_stamp(place: Path) -> None:
    place.with_name(f"{NAME}.stamp").unlink()


def of_a_bad_stamp(place: Path) -> None:
    place.with_name(f"{NAME}.stamp").write_bytes(b"{")


def misplaced(place: Path) -> None:
    """Offsets that point elsewhere, in a file that looks right."""
    status = place.stat()
    other = shutil.copy(place, place.with_name("other"))
    with sqlite3.connect(other) as connection:
        connection.execute("UPDATE event SET offset = offset + 1 WHERE id % 7 = 0")
        connection.execute("UPDATE document SET offset = 0")
        connection.execute("UPDATE actor SET length = length - 1")
    connection.close()
    place.write_bytes(other.read_bytes())
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))


DAMAGE = [
    missing,
    cut_off,
    emptied,
    overwritten,
    overwritten_in_secret,
    back_dated,
    of_no_stamp,
    of_a_bad_stamp,
    misplaced,
]
QUERIES: list[tuple[str, dict[str, Any]]] = [
    ("events", {"country": "CHN", "since": "2010"}),
    ("events", {"text": "minister talks"}),
    ("events", {"type": "AID", "until": "2015"}),
    ("actors", {"country": "CHN"}),
    ("documents", {"text": "talks"}),
    ("search", {"query": "minister talks"}),
    ("search", {"query": "trade OR peace", "type": "AID", "since": "2010"}),
]


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("while_open", [False, True], ids=["closed", "open"])
def test_damage_changes_no_answer(index: Path, damage: Callable[[Path], None], while_open: bool) -> None:
    with scanned(index) as other:
        right = [answer(other, *query) for query in QUERIES]
        named = other.actors()[0].name
        right.append(answer(other, "events", {"actor": named}))
    with dipcli.open(index) as opened:
        if while_open:
            assert opened.snapshot.cache is not None
        damage(index / "cache" / NAME)
        asked = [*QUERIES, ("events", {"actor": named})]
        assert [answer(opened, *query) for query in asked] == right
    with dipcli.open(index) as again:
        assert [answer(again, *query) for query in asked] == right


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_in_the_middle_of_an_answer_changes_none_of_it(
    index: Path, damage: Callable[[Path], None]
) -> None:
    def rows(asked: dipcli.Index) -> list[Iterator[bytes]]:
        found = [asked.select("events", country="CHN"), asked.search_rows("minister talks")]
        return [(row.raw for row in its) for its in found]

    with scanned(index) as other:
        right = list(map(list, rows(other)))
    with dipcli.open(index) as opened:
        begun = rows(opened)
        first = [list(islice(its, 3)) for its in begun]
        damage(index / "cache" / NAME)
        assert [before + list(rest) for before, rest in zip(first, begun, strict=True)] == right


def test_a_missing_cache_is_made_again(index: Path) -> None:
    (index / "cache" / NAME).unlink()
    with dipcli.open(index) as opened:
        opened.count("events", type="AID")
    assert (index / "cache" / NAME).is_file()


def test_a_cache_of_another_state_is_not_used(index: Path) -> None:
    manifest = index / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    before = (index / "cache" / NAME).stat().st_ino
    with dipcli.open(index) as opened, scanned(index) as other:
        assert answer(opened, *QUERIES[0]) == answer(other, *QUERIES[0])
    assert (index / "cache" / NAME).stat().st_ino != before


def test_half_made_caches_are_swept_away(index: Path) -> None:
    left = index / "cache" / f"{NAME}.4711.tmp"
    left.write_bytes(b"half")
    (index / "cache" / NAME).unlink()
    cache.renew(index)
    assert not left.exists()


def test_where_the_index_cannot_be_written_the_users_folder_has_the_cache(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(index / "cache")
    (index / "cache").write_text("in the way")
    with dipcli.open(index) as opened, scanned(index) as other:
        assert answer(opened, *QUERIES[0]) == answer(other, *QUERIES[0])
        assert opened.snapshot.cache is not None
    assert len(list((tmp_path / "user").rglob(NAME))) == 1
    with dipcli.open(index) as again:
        assert again.snapshot.cache is not None


def test_where_nothing_can_be_written_lines_are_read(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(index / "cache")
    (index / "cache").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    with dipcli.open(index) as opened, scanned(index) as other:
        assert answer(opened, *QUERIES[0]) == answer(other, *QUERIES[0])
        assert opened.snapshot.cache is None
        assert "no cache can be written" in opened.select("events", type="AID").notes[0]


def test_without_full_text_search_in_sqlite_it_is_said(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (index / "cache" / NAME).unlink()
    monkeypatch.setattr(schema, "TABLES", schema.TABLES.replace("USING fts5", "USING fts5_is_not_here"))
    with dipcli.open(index) as opened, scanned(index) as other:
        assert "no full text search" in opened.select("events", type="AID").notes[0]
        assert answer(opened, *QUERIES[1]) == answer(other, *QUERIES[1])


def test_while_another_makes_the_cache_lines_are_read(index: Path) -> None:
    from dipcli.index.lock import lock

    (index / "cache" / NAME).unlink()
    with lock(index / "cache"), dipcli.open(index) as opened, scanned(index) as other:
        assert answer(opened, *QUERIES[0]) == answer(other, *QUERIES[0])
        assert opened.select("events", type="AID").notes == []


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("events.jsonl", 0),
        ("events/2022-05.jsonl", 24269),
        ("documents/0a.jsonl", 11),
        ("actors/1fc.jsonl", 509),
    ],
)
def test_numbers_of_parts(path: str, number: int) -> None:
    assert schema.part_number(path) == number


def test_numbers_are_in_the_order_of_parts() -> None:
    paths = ["events/1950-01.jsonl", "events/1950-12.jsonl", "events/1951-01.jsonl", "events/undated.jsonl"]
    numbers = [schema.part_number(path) for path in paths]
    assert numbers == sorted(numbers)
    assert set(KINDS) >= {"events", "actors"}
