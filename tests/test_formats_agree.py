"""The same story in every format gives the same events, field by field."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

import dipcli
from dipcli import extraction
from dipcli.records import Document, Event
from format_samples import AUTHOR, DAY, MAKERS, TITLE, samples

OWN = ("evidence", "doubts", "summary", "origin")
"""Fields whose values point into the document; their words are compared apart."""
FIELDS = [field for field in Event.__struct_fields__ if field not in OWN]
FIRST, *OTHERS = MAKERS


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Document, list[Event]]]:
    """The document of each format, and its events as if it were alone."""
    folder = tmp_path_factory.mktemp("stories")
    found = {}
    for name, data in samples().items():
        (folder / name).write_bytes(data)
        dipcli.ingest([folder / name], folder / f"{name}.ix", model="none")
        with dipcli.open(folder / f"{name}.ix") as index:
            (document,) = index.documents()
            found[Path(name).suffix[1:]] = document, index.events()
    return found


@pytest.mark.parametrize("kind", OTHERS)
def test_every_field_of_every_event_is_the_same(
    told: dict[str, tuple[Document, list[Event]]], kind: str
) -> None:
    wanted, found = told[FIRST][1], told[kind][1]
    assert len(wanted) == 7
    for field in FIELDS:
        assert [getattr(event, field) for event in found] == [getattr(event, field) for event in wanted], (
            field
        )


def _words(events: list[Event]) -> list[list[tuple[str, str | None]]]:
    """What tells each event, but for the title, which stands in the text of some formats only."""
    return [[(said.text, said.date_text) for said in e.evidence if said.text != TITLE] for e in events]


@pytest.mark.parametrize("kind", OTHERS)
def test_the_words_are_the_same_and_stand_in_the_text(
    told: dict[str, tuple[Document, list[Event]]], kind: str
) -> None:
    document, found = told[kind]
    assert _words(found) == _words(told[FIRST][1])
    assert [event.summary for event in found] == [event.summary for event in told[FIRST][1]]
    for event in found:
        for said in event.evidence:
            assert document.text[said.char_start : said.char_end] == said.text
            assert said.locator and said.locator.startswith("page 1" if kind == "pdf" else "line ")


@pytest.mark.parametrize("kind", MAKERS)
def test_each_says_by_whom_it_is_and_of_what_day(
    told: dict[str, tuple[Document, list[Event]]], kind: str
) -> None:
    document = told[kind][0]
    assert (document.title, document.authors) == (TITLE, [AUTHOR])
    assert document.published and (document.published.start, document.published.basis) == (DAY, "metadata")
    assert {"title", "authors", "published"} <= document.origins.keys()
    assert msgspec.json.decode(msgspec.json.encode(document), type=Document) == document


def test_all_together_are_one_story(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    for name, data in samples().items():
        (folder / name).write_bytes(data)
    report = dipcli.ingest([folder], tmp_path / "ix", model="none")
    assert (report.failed, report.skipped) == ([], [])
    with dipcli.open(tmp_path / "ix") as index:
        documents, events = index.documents(), index.events()
        assert len([path for document in documents for path in document.paths]) == len(MAKERS)
        assert len(events) == 7
        assert {len({said.document for said in event.evidence}) for event in events} == {len(documents)}
        assert {event.sources for event in events} == {1}


def test_a_document_is_made_anew_from_the_index_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    for name, data in samples().items():
        (folder / name).write_bytes(data)
    dipcli.ingest([folder], tmp_path / "ix", model="none", publisher="Harbour Street Review")
    with dipcli.open(tmp_path / "ix") as index:
        before = index.documents(), index.events()
    for name in samples():
        (folder / name).unlink()
    monkeypatch.setattr(extraction, "EXTRACTION_VERSION", 0)
    report = dipcli.ingest([folder], tmp_path / "ix", model="none")
    assert report.refreshed == [document.path for document in sorted(before[0], key=lambda one: one.path)]
    with dipcli.open(tmp_path / "ix") as index:
        assert (index.documents(), index.events()) == before
