"""How much is held at a time while documents are brought together: neither their texts nor the records."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import FileIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dipcli.decisions.types import Decision, Quote, Subject, Tag
from dipcli.index import kinds
from dipcli.index.ledger import Scratch
from dipcli.index.transaction import Transaction
from dipcli.mentions import Mentions, Span
from dipcli.records import Document
from dipcli.resolution import Resolved, resolve
from dipcli.resolution.corpus import Corpus
from resolution_builder import Story
from story_world import story


def peak(work: Callable[[], object]) -> int:
    """The most bytes that are held meanwhile."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Scratch]:
    with FileIO(tmp_path / "scratch", "w+") as file:
        yield Scratch(tmp_path, file)


@given(text=st.text(st.characters(exclude_categories=["Cs"])), data=st.data())
def test_every_stretch_of_a_text_is_read_by_itself(text: str, data: st.DataObject) -> None:
    document = replace(Story("a").document, text=text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    corpus = Corpus([document], [])
    assert corpus.text(document.id, Span(char_start=start, char_end=end)) == text[start:end]
    assert corpus.whole(document.id) == text


class Interrupted(FileIO):
    """A file whose first line is interrupted right after its bytes are there."""

    stopped = False

    def write(self, data: memoryview, /) -> int:
        done = super().write(data)
        if not self.stopped:
            self.stopped = True
            raise KeyboardInterrupt
        return done


def test_a_line_that_was_interrupted_shifts_no_other(tmp_path: Path) -> None:
    with Interrupted(tmp_path / "scratch", "w+") as file:
        room = Scratch(tmp_path, file)
        with pytest.raises(KeyboardInterrupt):
            room.append(b"a line of its own")
        places = [(room.append(line), line) for line in (b"first", b"second", b"third")]
        assert [room.at(offset, len(line)) for offset, line in places] == [b"first", b"second", b"third"]


def test_a_room_on_disk_changes_nothing(room: Scratch) -> None:
    stories = [story(Random(number), f"{number:06x}") for number in range(60)]
    documents, mentions = [one.document for one in stories], [one.mentions for one in stories]
    assert resolve(documents, mentions, room=room) == resolve(documents, mentions)


def resolved(count: int, filler: int, room: Scratch, decisions: Sequence[Decision] = ()) -> Resolved:
    """What `count` documents become that have so many characters beside what is found there."""

    def stories() -> Iterator[Story]:
        return (story(Random(number), f"{number:06x}") for number in range(count))

    def documents() -> Iterator[Document]:
        for one in stories():
            document = one.document
            yield replace(document, text=document.text + "x" * filler)

    def mentions() -> Iterator[Mentions]:
        return (one.mentions for one in stories())

    return resolve(documents(), mentions(), decisions, room=room)


def test_long_texts_take_no_memory(room: Scratch) -> None:
    resolved(40, 0, room)  # what is loaded and looked up once
    short, long = (peak(partial(resolved, 40, filler, room)) for filler in (0, 100_000))
    assert long < short + 8 * 100_000


def test_a_decision_makes_no_text_stay(room: Scratch) -> None:
    event = resolved(40, 0, room).events[0]
    quote = Quote(document=event.evidence[0].document, char_start=0, char_end=event.evidence[0].char_end)
    about = [Subject(record="event", id=event.id, type=event.type, start=event.start, quotes=[quote])]
    tag = Tag(id="dec-1", by="ana", at="2030-06-01T09:30:00Z", about=about, tags=["fish"])
    resolved(40, 0, room, [tag])
    short, long = (peak(partial(resolved, 40, filler, room, [tag])) for filler in (0, 100_000))
    assert long < short + 8 * 100_000


def test_memory_grows_with_documents_no_faster_than_they_do(room: Scratch) -> None:
    resolved(120, 0, room)
    few, many = (peak(partial(resolved, count, 0, room)) for count in (30, 120))
    assert many < 4 * few


def test_what_is_told_in_quotes_is_not_held(room: Scratch) -> None:
    """Each of the documents tells the same in other sentences, all long."""

    def told(words: int) -> Iterator[Story]:
        for number in range(50):
            one = Story(f"{number:06x}")
            minister = one.person("Ana Duarte", "PRT", "Foreign Minister")
            one.tells("2030-05-16", "CONSULT", [minister], text="They met. " + "word " * words)
            yield one

    def work(words: int) -> Resolved:
        return resolve(
            (one.document for one in told(words)), (one.mentions for one in told(words)), room=room
        )

    work(1)
    (event,) = work(1).events
    assert len(event.evidence) == 50
    short, long = (peak(partial(work, words)) for words in (1, 4_000))
    assert long < short + 5 * 50 * 20_000  # the one event of all, in a few forms, and no more


def test_parts_are_written_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "WHOLE_BYTES", 0)
    words = "w" * 20_000

    def line(number: int) -> bytes:
        name = f"2030-{number % 12 + 1:02}-01"
        return b'{"record":"event","id":"%d","start":"%s","summary":"%s"}' % (
            number,
            name.encode(),
            words.encode(),
        )

    def work() -> None:
        with Transaction(tmp_path / "index") as index:
            index.stage_lines("events", 600, line)

    work()
    assert peak(work) < 600 * len(words) / 3
