"""One event of several tellings, from text to record: in one document, and in documents of several outlets."""

import csv
from pathlib import Path

import pytest
from msgspec.structs import replace

from dipcli.extraction import syntax
from dipcli.resolution import resolve
from extraction_builder import MODEL, document, extract


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "cases" / "told_twice.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def events(texts: str, published: str, model: str | None = None) -> str:
    """Each event as date|type|names|number of quotes; of documents parted by "||"."""
    documents, mentions = [], []
    for number, text in enumerate(texts.replace("\\n", "\n").split(" || ")):
        one = replace(document(text, published), id=f"doc-{number}")
        documents.append(one)
        mentions.append(replace(extract(text, published, model), document=one.id))
    return " ; ".join(
        f"{event.start if event.start == event.end else f'{event.start}/{event.end}'}|{event.type}"
        f"|{'+'.join(sorted(one.name for one in (*event.actors, *event.recipients)))}|{len(event.evidence)}"
        for event in resolve(documents, mentions).events
    )


@pytest.mark.parametrize("row", [r for r in rows() if r["path"] == "both"], ids=lambda row: row["texts"][:60])
def test_by_rules(row: dict[str, str]) -> None:
    assert events(row["texts"], row["published"]) == row["events"]


@MODEL
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["texts"][:60])
def test_with_model(row: dict[str, str]) -> None:
    assert events(row["texts"], row["published"], syntax.DEFAULT_MODEL) == row["events"]
