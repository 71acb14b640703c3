"""Sentences that only go back to an event: which are found, and that they add a quote and nothing else."""

import csv
from pathlib import Path

import pytest

import dipcli
from dipcli.extraction import syntax
from dipcli.ingestion import ingest
from dipcli.mentions import Mentions
from dipcli.records import Event
from extraction_builder import MODEL, extract


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "cases" / "echoes.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def echoes(text: str, mentions: Mentions) -> str:
    """Each as date|rule|words."""
    return " ; ".join(
        f"{event.start if event.start == event.end else f'{event.start}/{event.end}'}|{echo.rule}"
        f"|{text[echo.char_start : echo.char_end]}"
        for event in mentions.events
        for echo in event.echoes
    )


@pytest.mark.parametrize("row", [r for r in rows() if r["path"] == "both"], ids=lambda row: row["text"][:60])
def test_by_rules(row: dict[str, str]) -> None:
    text = row["text"].replace("\\n", "\n")
    assert echoes(text, extract(text, row["published"])) == (row["echoes"] or "")


@MODEL
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:60])
def test_with_model(row: dict[str, str]) -> None:
    text = row["text"].replace("\\n", "\n")
    assert echoes(text, extract(text, row["published"], syntax.DEFAULT_MODEL)) == (row["echoes"] or "")


def events(mentions: Mentions) -> list[tuple[object, ...]]:
    """All that mentions tell of events but their places in the text and what goes back to them."""
    names = {actor.key: actor.name for actor in mentions.actors}
    return [
        (e.start, e.end, e.type, e.trigger, [names[k] for k in (*e.actors, *e.recipients)], e.place, e.medium)
        for e in mentions.events
    ]


@pytest.mark.parametrize("row", [r for r in rows() if r["echoes"]], ids=lambda row: row["text"][:60])
def test_what_goes_back_to_an_event_adds_a_quote_and_nothing_else(row: dict[str, str]) -> None:
    text = row["text"].replace("\\n", "\n")
    mentions = extract(text, row["published"])
    own = {event.sentence for event in mentions.events}
    for span in {echo.sentence for event in mentions.events for echo in event.echoes} - own:
        less = extract(text[: span.char_start] + text[span.char_end :], row["published"])
        assert events(less) == events(mentions)
        assert len(echoes(text, less).split(" ; ")) <= len(echoes(text, mentions).split(" ; "))


MEETING = "2024-05-14-consult-luis-araya-rosa-quispe"
TALKS = """Fishing rights

Peruvian Foreign Minister Rosa Quispe met Chilean Foreign Minister Luis Araya in Arica on 14 May 2024. The talks,
with a lunch, lasted four hours. Chilean President Ines Soto visited Quito on 2 May 2024.
"""


@pytest.fixture
def opened(tmp_path: Path) -> dipcli.Index:
    (tmp_path / "talks.txt").write_text(TALKS)
    ingest([tmp_path / "talks.txt"], tmp_path / "ix", model="none")
    return dipcli.open(tmp_path / "ix")


def quotes(index: dipcli.Index) -> list[str]:
    event = index.show(MEETING)
    assert isinstance(event, Event)
    return [quote.text.split()[0] for quote in event.evidence]


def test_a_sentence_that_goes_back_to_an_event_is_its_evidence_for_a_reason(opened: dipcli.Index) -> None:
    assert quotes(opened) == ["Peruvian", "The"]
    told = opened.explain(MEETING).told
    assert [one.reason for one in told] == ["told here alone", "goes back to [1] with “The talks”"]


def test_a_person_can_part_a_quote_that_only_goes_back_to_an_event(opened: dipcli.Index) -> None:
    event = opened.show(MEETING)
    assert isinstance(event, Event)
    (ruling,) = opened.decide(opened.decision("split", event, quotes=event.evidence[1:], by="ana")).rulings
    assert (ruling.state, ruling.said) == ("holds", None)
    assert quotes(opened) == ["Peruvian"]
    assert len(opened.explain(MEETING).told) == 1


def test_a_decision_on_an_event_is_not_one_on_another_told_beside_its_quote(tmp_path: Path) -> None:
    text = TALKS.replace(
        "lasted four hours.", "lasted four hours, and Araya met Bolivian President Eva Rojas on 14 May 2024."
    )
    (tmp_path / "talks.txt").write_text(text)
    ingest([tmp_path / "talks.txt"], tmp_path / "ix", model="none")
    index = dipcli.open(tmp_path / "ix")
    before = {event.id for event in index.events()}
    assert quotes(index) == ["Peruvian", "The"] and "2024-05-14-consult-eva-rojas-luis-araya" in before
    index.decide(index.decision("reject", MEETING, by="ana"))
    assert {event.id for event in index.events()} == before - {MEETING}


@MODEL
def test_those_who_met_are_told_again_by_their_offices() -> None:
    text = (
        "On 14 May 2024 Peru's security adviser Rosa Quispe, Brian Hall and Japanese security adviser Kenji Mori"
        " met in Lima. The security advisers of Peru, the US and Japan held long discussions."
    )
    meeting, again = extract(text, "2024-05-20", syntax.DEFAULT_MODEL).events
    assert again.same_as == [meeting.key]
