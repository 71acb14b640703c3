"""A cache that was extended answers as one made anew, whatever changed, and whatever befell it before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

import dipcli
from dipcli.index import Settings, cache
from dipcli.index.cache import NAME, extend
from dipcli.index.cache.extend import NotExtensible, numbered
from dipcli.index.transaction import Transaction
from dipcli.records import Role
from test_cache import DAMAGE, QUERIES, answer, generator, hits, scanned

EVENTS = 400
WORLD = generator().World(EVENTS, seed=5)
TOLD = [
    (
        document,
        [told[0], *(msgspec.structs.replace(event, occasion=told[0].id) for event in told[1:4]), *told[4:]],
    )
    for document, told in WORLD.documents()
]
"""Documents with their events, of which four are of one occasion."""
ACTORS = list(WORLD.actors())
ASKED: list[tuple[str, dict[str, Any]]] = [
    *QUERIES,
    ("events", {}),
    ("events", {"on": "2012-05"}),
    ("events", {"actor": ACTORS[0].name}),
    ("events", {"actor": "Another Name"}),
    ("events", {"country": ACTORS[0].country}),
    ("actors", {"actor": f"{ACTORS[3].name}x"}),
    ("actors", {"role": "envoy of the sea", "on": "2012"}),
    ("actors", {"role": "president"}),
    ("documents", {"document": "twice.txt"}),
]
SOUGHT: list[tuple[str, dict[str, Any]]] = [
    *((words, {}) for words in ("the", "talks trade", "peace OR summit", '"joint statement"', "lately")),
    ("changed", {"type": "ACCUSE"}),
    ("the", {"actor": ACTORS[0].name, "since": "2010"}),
]


class State(msgspec.Struct):
    """What an index is to hold: which documents, and what else of it is another way."""

    documents: list[int]
    renamed: bool = False
    another_path: bool = False
    changed: bool = False
    moved: bool = False
    retitled: bool = False


STATES = st.builds(
    State,
    st.lists(st.integers(0, len(TOLD) - 1), min_size=5, max_size=len(TOLD), unique=True),
    *[st.booleans()] * 4,
    st.just(False),
)


def write(path: Path, state: State) -> None:
    chosen = [TOLD[number] for number in sorted(state.documents)]
    documents = [document for document, _ in chosen]
    events = [event for _, its in chosen for event in its]
    actors = list(ACTORS)
    replace = msgspec.structs.replace
    if state.renamed:
        office = Role(title="Envoy of the Sea", first_seen="2012-05-03", last_seen="2013-01-01", evidence=[])
        actors[3:5] = [replace(actors[3], aliases=["Another Name"])]
        actors[5] = replace(actors[5], roles=[office, *actors[5].roles])
        actors[6] = replace(actors[6], roles=[])
    if state.another_path:
        documents[2] = replace(documents[2], paths=[*documents[2].paths, "again/twice.txt"])
    if state.changed:
        events[1] = replace(events[1], summary="It was changed.", type="ACCUSE")
        events[0] = replace(events[0], summary="It was changed too.")
        events[5] = replace(events[5], occasion=events[0].id)
    if state.moved:
        events[9] = replace(events[9], start="2031-01-01", end="2031-01-02")
    if state.retitled:
        documents[4] = replace(documents[4], title="Lately the peace")
    with Transaction(path) as transaction:
        for kind, records in (("documents", documents), ("events", events), ("actors", actors)):
            transaction.stage(kind, records)
        transaction.commit(Settings())


def answers(index: dipcli.Index) -> list[Any]:
    found = [answer(index, kind, dict(asked)) for kind, asked in ASKED]
    found += [hits(index, words, dict(asked), 30) for words, asked in SOUGHT]
    for acts in (False, True):
        found += [index.timeline(per="year", by="pair", acts=acts), index.stats(["type", "actor"], acts=acts)]
        found += [index.pairs(acts=acts), index.stats("document", acts=acts)]
    return found


def follow(path: Path, states: Iterable[State]) -> None:
    """Writes one state after the other, each cache extended from the last."""
    for state in states:
        with cache.remembered(path) as before:
            write(path, state)
            cache.renew(path, before=before)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(cache, "LEAST", 10)
    return monkeypatch


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # what is as slow as this is not made smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(states=[State([11, 1, 8, 4, 10, 7, 3, 5], moved=True)], parted=False)  # the newest is no document's
@given(states=st.lists(STATES, min_size=2, max_size=3), parted=st.booleans())
def test_as_if_made_anew(
    small: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, states: list[State], parted: bool
) -> None:
    path = tmp_path_factory.mktemp("extended") / "index"
    small.setattr("dipcli.index.kinds.FINE_BYTES", 0)
    small.setattr("dipcli.index.kinds.WHOLE_RECORDS", 20 if parted else 20_000)
    small.setattr(extend, "MOST", 1.0)
    follow(path, states)
    with dipcli.open(path) as index, scanned(path) as other:
        assert index.snapshot.cache is not None
        assert answers(index) == answers(other)


def test_what_changed_is_all_that_is_made(small: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "index"
    follow(path, [State([*range(19)])])
    small.setattr("dipcli.index.cache.build.build", None)
    follow(path, [State([*range(20)]), State([*range(1, 20)], renamed=True, changed=True, moved=True)])
    with dipcli.open(path) as index, scanned(path) as other:
        assert answers(index) == answers(other)


ANEW = [State([*range(12)], retitled=True), State([*range(3)])]


@pytest.mark.parametrize("state", ANEW, ids=["another title", "another layout"])
def test_made_anew_where_it_cannot_be_extended(
    small: pytest.MonkeyPatch, tmp_path: Path, state: State
) -> None:
    small.setattr("dipcli.index.kinds.WHOLE_RECORDS", 100)
    small.setattr("dipcli.index.kinds.FINE_BYTES", 12_000)
    path = tmp_path / "index"
    follow(path, [State([*range(12)]), state])
    with dipcli.open(path) as index, scanned(path) as other:
        assert answers(index) == answers(other)


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_before_it_is_extended_changes_no_answer(
    small: pytest.MonkeyPatch, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "index"
    follow(path, [State([*range(10)])])
    damage(path / "cache" / NAME)
    follow(path, [State([*range(12)], changed=True)])
    with scanned(path) as other:
        right = answers(other)
    for _ in range(2):
        with dipcli.open(path) as index:
            assert answers(index) == right


def test_an_extension_that_is_cut_short_leaves_the_old_cache_which_is_not_used(
    small: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "index"
    follow(path, [State([*range(10)])])

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    with small.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("dipcli.index.cache.write.Writer.stretch", interrupted)
        follow(path, [State([*range(12)])])
    assert not list((path / "cache").glob("*.tmp"))
    with dipcli.open(path) as index, scanned(path) as other:
        assert answers(index) == answers(other)


def test_it_is_changed_where_it_lies_unless_somebody_reads_it(
    small: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    small.setattr(extend, "PATIENCE", 0.01)
    path = tmp_path / "index"
    follow(path, [State([*range(17)])])
    place = path / "cache" / NAME
    small.setattr("dipcli.index.cache.build.build", None)
    inode = place.stat().st_ino
    follow(path, [State([*range(18)])])
    assert place.stat().st_ino == inode
    with dipcli.open(path) as reader, scanned(path) as other:
        right = answers(other)
        assert reader.snapshot.cache is not None
        follow(path, [State([*range(20)], changed=True)])
        assert place.stat().st_ino != inode
        assert answers(reader) == right
    with dipcli.open(path) as index, scanned(path) as other:
        assert index.snapshot.cache is not None
        assert answers(index) == answers(other) != right


@pytest.mark.parametrize("moment", ["extend._alone", "_stamp"], ids=["before", "after"])
def test_a_reader_that_comes_as_it_is_written_down_sees_one_state(
    small: pytest.MonkeyPatch, tmp_path: Path, moment: str
) -> None:
    small.setattr(cache, "PATIENCE", 0.01)
    path = tmp_path / "index"
    follow(path, [State([*range(17)])])
    original: Callable[..., Any] = cache._stamp if moment == "_stamp" else extend._alone
    seen = []

    def looking(*given: Any) -> Any:
        with dipcli.open(path) as index, scanned(path) as other:
            seen.append(answers(index) == answers(other))
        return original(*given)

    small.setattr(f"dipcli.index.cache.{moment}", looking)
    follow(path, [State([*range(20)], changed=True)])
    assert seen and all(seen)


class Killed(BaseException):
    """The process is no more."""


def test_one_that_was_written_and_not_stamped_is_made_anew(small: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "index"
    follow(path, [State([*range(17)])])

    def killed(*_: Any) -> None:
        raise Killed

    with small.context() as patch, pytest.raises(Killed):
        patch.setattr(cache, "_stamp", killed)
        follow(path, [State([*range(20)], changed=True)])
    before = (path / "cache" / NAME).stat().st_ino
    with dipcli.open(path) as index, scanned(path) as other:
        assert answers(index) == answers(other)
    assert (path / "cache" / NAME).stat().st_ino != before


def test_a_cache_of_neither_state_is_not_extended(small: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "index", tmp_path / "elsewhere"
    follow(path, [State([*range(10)])])
    follow(elsewhere, [State([*range(8)])])
    shutil.rmtree(path / "cache")
    shutil.copytree(elsewhere / "cache", path / "cache")
    follow(path, [State([*range(12)])])
    with dipcli.open(path) as index, scanned(path) as other:
        assert answers(index) == answers(other)


@given(st.lists(st.none() | st.integers(1, 60), max_size=12), st.integers(0, 90))
def test_numbers_rise_and_those_known_stay(known: list[int | None], last: int) -> None:
    kept = sorted({number for number in known if number is not None and number <= last})
    rest = iter(kept)
    row = [None if number is None else next(rest, None) for number in known]
    try:
        found = numbered(row, 0, last)
    except NotExtensible:
        assert None in row
        return
    assert found == sorted(set(found)) and len(found) == len(row)
    assert all(0 < number <= last for number in found)
    assert [new for new, old in zip(found, row, strict=True) if old is not None] == [
        number for number in row if number is not None
    ]
