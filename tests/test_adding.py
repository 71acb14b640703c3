"""Documents added to an index: the same bytes as from all of them at once, whatever is remembered."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import fake_stages
from dipcli import copies, extraction
from dipcli.index import kinds, read
from dipcli.index.kinds import encode
from dipcli.ingestion import addition, changes, forget, ingest, lines, memory
from dipcli.mentions import Mentions
from dipcli.records import Actor, CopyOf, Document, Relation
from dipcli.resolution import Resolved, adding, resolve
from story_world import story

# Resolution


class Told:
    """Records in memory, as an index would hold them."""

    def __init__(self, resolved: Resolved) -> None:
        self.events = {event.id: event for event in resolved.events}
        self.people = {actor.id: actor for actor in resolved.actors}
        self.ties: dict[str, list[Relation]] = defaultdict(list)
        for relation in resolved.relations:
            self.ties[relation.id].append(relation)

    def actors(self, ids: Iterable[str]) -> dict[str, Actor]:
        return {name: self.people[name] for name in ids if name in self.people}

    def relations(self, ids: Iterable[str]) -> dict[str, list[Relation]]:
        return {name: self.ties[name] for name in ids if name in self.ties}

    def change(self, change: adding.Change) -> None:
        before = self.counts()
        for name, _ in change.former:
            del self.events[name]
        self.events |= {event.id: event for event in change.events}
        for name in change.renewed:
            del self.people[name]
        self.people |= {actor.id: actor for actor in change.actors}
        for name in change.ended:
            del self.ties[name]
        self.ties |= {relation.id: [relation] for relation in change.relations}
        assert {kind: count - before[kind] for kind, count in self.counts().items()} == change.more

    def counts(self) -> dict[str, int]:
        ties = sum(map(len, self.ties.values()))
        return {"events": len(self.events), "actors": len(self.people), "relations": ties}

    def lines(self) -> list[bytes]:
        ties = (relation for same in self.ties.values() for relation in same)
        return sorted(map(encode, (*self.events.values(), *self.people.values(), *ties)))


def documents(chance: Random, stories: list[str]) -> dict[str, Document]:
    found = {}
    for name in stories:
        told = story(chance, name)
        document = told.document
        if found and chance.random() < 0.15:
            copied = CopyOf(document=chance.choice([*found]), likeness=1.0)
            document = replace(document, copy_of=copied)
        found[document.id] = document
        MENTIONS[document.id] = told.mentions
    return found


MENTIONS: dict[str, Mentions] = {}


def anew(held: dict[str, Document], names: list[str]) -> tuple[adding.Store, Told]:
    store = adding.create(sqlite3.connect(":memory:"))
    resolved = resolve([held[name] for name in names], [MENTIONS[name] for name in names], (), store)
    store.sql.commit()
    return store, Told(resolved)


@settings(max_examples=60, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_one_after_the_other_is_all_at_once(chance: Random) -> None:
    stories = [f"{chance.randrange(1 << 24):06x}{number}" for number in range(chance.randint(2, 6))]
    held = documents(chance, stories)
    names, start = [*held], chance.randrange(len(held))
    store, told = anew(held, names[:start])
    for count in range(start + 1, len(names) + 1):
        library = adding.Library(held.__getitem__, MENTIONS.__getitem__)
        fresh, wanted = anew(held, names[:count])
        try:
            told.change(adding.add(store, library, told, names[count - 1 : count]))
            store.sql.commit()
        except adding.Unsettled:
            store, told = fresh, wanted
        assert told.lines() == wanted.lines()


# The index

TEXTS = [
    "2022-05-16 Ada Berg met Cem Aydin\n2022-05-20 Ida Holm met Cem Aydin\n",
    "2022-05-16 Cem Aydin met Ada Berg\n",
    "2022-05-17 Ada Berg met Dora Kiss\nNothing of note.\n",
    "2022-06-01 Dora Kiss met Cem Aydin\n2022-05-16 Ada Berg met Cem Aydin\n",
    "2022-06-01 Dora Kiss met Cem Aydin\n2022-07-01 Luc Moreau met Cem Aydin\n",
    "2022-06-01 Dora Kiss met Cem Aydin\n\n2022-05-16 Ada Berg met Cem Aydin\n",
    "2022-06-02 Dora Kiss met Rui Lima\n",
]


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """However small an index is, it is remembered; grows by one for each change that went by what was."""
    fake_stages.install(monkeypatch)
    extract = extraction.extract

    def signed(document: Document, settings: extraction.Settings) -> Mentions:
        return replace(extract(document, settings), signature=copies.signature([document.text]))

    monkeypatch.setattr(extraction, "extract", signed)
    monkeypatch.setattr(memory, "LEAST", 0)
    monkeypatch.setattr(lines, "LEAST", 0)
    times: list[int] = []

    def add(*arguments: object) -> object:
        change = adding.add(*arguments)  # type: ignore[arg-type]
        times.append(1)
        return change

    monkeypatch.setattr(addition, "add", add)
    return times


@pytest.fixture
def texts(tmp_path: Path) -> list[Path]:
    places = [tmp_path / f"{number}.txt" for number in range(len(TEXTS))]
    for place, text in zip(places, TEXTS, strict=True):
        place.write_text(text, encoding="utf-8")
    return places


def files(path: Path) -> dict[str, bytes]:
    """All that is in an index but its cache."""
    return {
        name: place.read_bytes()
        for place in path.rglob("*")
        if place.is_file() and not (name := place.relative_to(path).as_posix()).startswith("cache/")
    }


@pytest.mark.parametrize(
    ("records", "fine"),
    [(20_000, 1 << 20), (3, 1 << 20), (0, 1 << 20), (0, 2_000), (0, 0)],
    ids=["whole", "parted on the way", "parted", "fine on the way", "fine"],
)
def test_the_bytes_are_those_of_one_ingest(
    records: int,
    fine: int,
    added: list[int],
    texts: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kinds, "WHOLE_RECORDS", records)
    monkeypatch.setattr(kinds, "FINE_BYTES", fine)
    ingest(texts, tmp_path / "at-once")
    for text in texts:
        report = ingest([text], tmp_path / "step-by-step")
        with read(tmp_path / "step-by-step") as snapshot:
            assert report.counts == snapshot.manifest.counts
    assert len(added) >= 3
    assert files(tmp_path / "at-once") == files(tmp_path / "step-by-step")


def test_many_copies_are_linked_again(
    added: list[int], texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "FEW", 0)
    ingest(texts, tmp_path / "at-once")
    for text in texts:
        ingest([text], tmp_path / "step-by-step")
    assert files(tmp_path / "at-once") == files(tmp_path / "step-by-step")


@pytest.mark.parametrize("harm", [b"", b"no lines", None])
def test_places_of_lines_that_were_damaged_change_nothing(
    harm: bytes | None, added: list[int], texts: list[Path], tmp_path: Path
) -> None:
    index = tmp_path / "index"
    ingest(texts[:-2], index)
    ingest(texts[-2:-1], index)
    place = index / "cache" / lines.NAME
    data = place.read_bytes()
    place.write_bytes(data[:-1] + b"?" if harm is None else harm)
    ingest(texts[-1:], index)
    ingest(texts, tmp_path / "at-once")
    assert files(index) == files(tmp_path / "at-once")


def test_a_dry_run_says_what_would_be_and_keeps_nothing(
    added: list[int], texts: list[Path], tmp_path: Path
) -> None:
    index = tmp_path / "index"
    ingest(texts[:-1], index)
    before, kept = files(index), (index / "cache" / memory.NAME).read_bytes()
    would = ingest(texts, index, dry_run=True)
    assert (files(index), (index / "cache" / memory.NAME).read_bytes()) == (before, kept)
    assert ingest(texts, index).counts == would.counts
    assert len(added) == 2


def truncated(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-4096])


def corrupted(place: Path) -> None:
    data = bytearray(place.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    place.write_bytes(data)


def dated_back(place: Path) -> None:
    os.utime(place, (1, 1))


def without_stamp(place: Path) -> None:
    place.with_suffix(".stamp").unlink()


def of_another_state(place: Path) -> None:
    stamp = place.with_suffix(".stamp")
    stamp.write_bytes(stamp.read_bytes()[:-10] + b'00000000"}')


def no_database(place: Path) -> None:
    """What no stamp would tell: the file was always so."""
    place.write_bytes(b"nothing of the kind")
    status = place.stat()
    stamp = place.with_suffix(".stamp")
    state = stamp.read_bytes().split(b'"state":')[1]
    said = f'{{"size":{status.st_size},"mtime_ns":{status.st_mtime_ns},"state":'
    stamp.write_bytes(said.encode() + state)


@pytest.mark.parametrize(
    "harm",
    [Path.unlink, truncated, corrupted, dated_back, without_stamp, of_another_state, no_database],
    ids=lambda harm: harm.__name__,
)
def test_a_memory_that_was_touched_changes_nothing(
    harm: Callable[[Path], None], added: list[int], texts: list[Path], tmp_path: Path
) -> None:
    ingest(texts, tmp_path / "at-once")
    index = tmp_path / "index"
    ingest(texts[:-1], index)
    harm(index / "cache" / memory.NAME)
    ingest(texts[-1:], index)
    assert not added
    assert files(index) == files(tmp_path / "at-once")
    assert sorted(place.name for place in (index / "cache").glob("resolution*")) == [
        memory.NAME,
        memory.NAME.replace("sqlite", "stamp"),
    ]


def test_a_document_that_changed_is_no_addition(added: list[int], texts: list[Path], tmp_path: Path) -> None:
    index = tmp_path / "index"
    ingest(texts, index)
    texts[0].write_text(TEXTS[0].replace("Ida Holm", "Rui Lima"), encoding="utf-8")
    ingest(texts, index)
    assert not added
    ingest(texts, tmp_path / "at-once")
    assert files(index) == files(tmp_path / "at-once")


def test_an_interrupted_change_is_not_remembered(
    added: list[int], texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    ingest(texts[:-2], index)

    def interrupted(self: memory.Memory, store: adding.Store) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(memory.Memory, "keep", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ingest(texts[-2:-1], index)
    ingest(texts[-1:], index)
    ingest(texts, tmp_path / "at-once")
    assert len(added) == 1
    assert files(index) == files(tmp_path / "at-once")


def test_a_full_disk_is_no_matter(
    added: list[int], texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"

    def full(*arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("dipcli.resolution.adding.store.Links.add", full)
        ingest(texts[:-1], index)
    assert not list((index / "cache").glob("resolution*"))
    ingest(texts[-1:], index)
    ingest(texts, tmp_path / "at-once")
    assert not added
    assert files(index) == files(tmp_path / "at-once")


def test_a_damaged_part_is_made_anew(added: list[int], texts: list[Path], tmp_path: Path) -> None:
    index = tmp_path / "index"
    ingest(texts[:-1], index)
    part = index / "actors.jsonl"
    part.write_bytes(part.read_bytes().replace(b"Ada Berg", b"Eda Berg"))
    ingest(texts[-1:], index)
    ingest(texts, tmp_path / "at-once")
    assert files(index) == files(tmp_path / "at-once")


def test_what_is_forgotten_is_not_remembered(added: list[int], texts: list[Path], tmp_path: Path) -> None:
    index = tmp_path / "index"
    ingest(texts, index)
    forget(index, ["0.txt"])
    assert not list((index / "cache").glob("resolution*"))
    ingest(texts[:1], index)
    ingest(texts, tmp_path / "at-once")
    assert files(index) == files(tmp_path / "at-once")


def test_small_indexes_are_not_remembered(
    texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_stages.install(monkeypatch)
    ingest(texts, tmp_path / "index")
    assert not list((tmp_path / "index" / "cache").glob("resolution*"))
