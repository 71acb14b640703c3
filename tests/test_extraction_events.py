"""Events end to end: a table of texts with what is to be found, by rules and with the model."""

import csv
from pathlib import Path

import pytest

from dipcli.extraction import Settings, syntax
from dipcli.extraction import extract as run
from extraction_builder import MODEL, document, extract

CASES = ("events.tsv", "events_prose.tsv", "events_official.tsv")


def rows():
    found = []
    for name in CASES:
        with (Path(__file__).parent / "cases" / name).open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return found


def told(text, published, model):
    """Each event as date|type|actors|recipients|place|medium|status."""
    mentions = extract(text, published, model)
    names = {actor.key: actor.name for actor in mentions.actors}
    found = []
    for event in mentions.events:
        when = str(event.start) if event.start == event.end else f"{event.start}/{event.end}"
        actors, recipients = (
            "+".join(sorted(names[key] for key in keys)) for keys in (event.actors, event.recipients)
        )
        found.append(
            "|".join(
                (when, event.type, actors, recipients, event.place or "", event.medium or "", event.status)
            )
        )
    return " ; ".join(sorted(found))


@pytest.mark.parametrize("row", [r for r in rows() if r["path"] == "both"], ids=lambda row: row["text"][:60])
def test_by_rules(row):
    assert told(row["text"].replace("\\n", "\n"), row["published"] or None, None) == row["events"]


@MODEL
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:60])
def test_with_model(row):
    assert (
        told(row["text"].replace("\\n", "\n"), row["published"] or None, syntax.DEFAULT_MODEL)
        == row["events"]
    )


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Mali recalled its envoy from Togo on 4 May 2015.", "stated"),
        ("Mali allegedly seized a ship of Togo on 4 May 2015.", "alleged"),
        ("Mali reportedly invited Togo to talks on 4 May 2015.", "reported"),
        ("State media reported that Mali invited Togo to talks on 4 May 2015.", "reported"),
        ("According to diplomats, Mali invited Togo to talks on 4 May 2015.", "reported"),
        ("The opposition says Gabon arrested 30 activists on 3 June 2014.", "reported"),
        ("Unconfirmed reports said Eritrea fired rockets at Tigray on 3 June 2014.", "reported"),
        ("Cuba is believed to have shipped shells to Russia on 3 June 2014.", "reported"),
        ("Belarus claims Poland deployed two brigades to the border on 3 June 2014.", "alleged"),
        (
            "Laos neither confirmed nor denied on 4 June 2014 that it had expelled a Thai envoy on 3 June 2014.",
            "alleged",
        ),
    ],
)
def test_certainty(text, certainty):
    assert [event.certainty for event in extract(text).events] == [certainty]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Chad denied having expelled the Sudanese ambassador on 3 June 2014.", {"denied"}),
        (
            "Togo closed the road after mistakenly believing that Chad had fired rockets into Mali on 3 June 2014.",
            {"denied"},
        ),
        ("Chad did not deny that it had expelled the Sudanese ambassador on 3 June 2014.", {"stated"}),
        (
            "Iran dismissed reports on 4 June 2014 that it had attacked a tanker of Oman on 3 June 2014.",
            {"denied"},
        ),
    ],
)
def test_denied(text, denied):
    assert {event.certainty for event in extract(text).events if event.type != "OTHER"} == denied


@MODEL
@pytest.mark.parametrize("others", range(12))
def test_a_sentence_reads_alike_whoever_else_is_named(others):
    sentence = (
        "Norwegian Foreign Minister Ine Strand met Peruvian Foreign Minister Ana Prado on 14 March 2019 and assured"
        " President Luis Vega that Norway would lift the ban."
    )
    names = "Marta Olsen, Ben Carter, Hugo Lind, Clara Weiss, Omar Saleh, Nina Petrova".split(", ") * 2
    before = [f"Professor {name} of Nairobi spoke first." for name in names[:others]]
    alone, beside = (
        told(" ".join([*more, sentence]), "2019-12-31", syntax.DEFAULT_MODEL) for more in ([], before)
    )
    assert beside == alone != ""


def test_who_says_so():
    found = extract("Belarus claims Poland deployed two brigades to the border on 3 June 2014.")
    names = {actor.key: actor.name for actor in found.actors}
    assert [[names[key] for key in event.asserted_by] for event in found.events] == [["Belarus"]]


@pytest.mark.parametrize(
    "text",
    [
        "Mexico did not meet Canada on 6 May 2020.",
        "Trade between Chad and Niger grew in 2015.",
        "The minister of Chad is thought to be clever.",
    ],
)
def test_no_event(text):
    assert extract(text).events == []


def test_an_act_at_a_meeting_is_dated_and_placed_by_it():
    text = (
        "Norwegian Foreign Minister Ine Eriksen Søreide met Indian Foreign Minister Sushma Swaraj in New Delhi"
        " on 14 March 2019. Søreide urged Swaraj to release the crew at the meeting."
    )
    meeting, act = extract(text).events
    assert (meeting.type, act.type) == ("CONSULT", "REQUEST")
    assert act.start == meeting.start == "2019-03-14"
    assert act.occasion == meeting.key
    assert act.place == "New Delhi"


def test_reasons_point_at_the_words():
    text = "Peru and Chile signed a treaty in Lima on 3 June 1929."
    (event,) = extract(text).events
    words = {reason.field: text[reason.char_start : reason.char_end] for reason in event.reasons}
    assert words["type"] == "signed"
    assert words["date"] == "3 June 1929"
    assert words["place"] == "Lima"


def test_what_has_no_date_is_told_apart():
    mentions = extract("Peru condemned Chile.", None)
    assert all(event.start is None for event in mentions.events)
    assert mentions.events or [left.reason for left in mentions.left_out] == ["no-date"]


def test_model_and_rules_have_their_own_fingerprint():
    mentions = run(document("Peru met Chile on 3 May 2019."), Settings())
    assert mentions.fingerprint.endswith(":rules")


def test_rows_parted_by_tabs_with_prose_between_them():
    row = next(row for row in rows() if "Country | Places | Date(s)" in row["text"])
    text = row["text"].replace("\\n", "\n").replace(" | ", "\t")
    more = "\nCuba\tHavana\t2 July\tFuneral\nVela flew home.\nMali\tBamako\t8 July\tState visit\nVela gave a speech."
    found = told(text + more, row["published"], None)
    assert found.startswith(row["events"])
    assert "2014-07-08|CONSULT|Rosa Vela|Mali|Bamako" in found
