"""What several declare together: who "we" and "our ministers" are."""

from __future__ import annotations

import msgspec
import pytest

from dipcli import extraction
from dipcli.extraction.frame import frame
from extraction_builder import document


def told(text: str, title: str | None = None) -> list[tuple[str | None, str, set[str | None]]]:
    """(day, type, codes of the countries that act) of a text's events, in order."""
    made = msgspec.structs.replace(document(text, published="2022-09-12"), title=title)
    found = extraction.extract(made, extraction.Settings(model=None))
    codes = {actor.key: actor.country for actor in found.actors}
    return [(event.start, event.type, {codes[key] for key in event.actors}) for event in found.events]


TWO = {"KEN", "PER"}
MET = "Nairobi, 12 September 2022\n\nToday, senior officials from Kenya and Peru met in Nairobi.\n\n"


@pytest.mark.parametrize(
    ("said", "start", "type"),
    [
        ("We reviewed progress on ports.", "2022-09-12", "CONSULT"),
        ("We condemn the attack on the mission in Goma.", "2022-09-12", "ACCUSE"),
        ("In March 2022 our foreign ministers signed an accord on fisheries.", "2022-03-01", "SUPPORT"),
        ("In December 2021, our two navies began a joint exercise.", "2021-12-01", "COOPERATE"),
        ("Our leaders met in Lima on 3 May 2022.", "2022-05-03", "CONSULT"),
        ("Our two nations established relations in 1975.", "1975-01-01", "SUPPORT"),
    ],
)
@pytest.mark.parametrize("head", ["Joint Statement on the Kenya-Peru Dialogue", "Joint Communiqué"])
def test_those_who_declare_are_we(head: str, said: str, start: str, type: str) -> None:
    assert (start, type, TWO) in told(f"{head}\n\n{MET}{said}\n")


def test_a_title_beside_the_text_tells_that_it_is_joint() -> None:
    text = f"{MET}We condemn the attack on the mission in Goma.\n"
    assert ("2022-09-12", "ACCUSE", TWO) in told(text, title="Joint Statement of Kenya and Peru")
    assert all(type != "ACCUSE" for _, type, _ in told(text))


def test_we_the_leaders() -> None:
    text = (
        "Lakes Declaration\n\nWe, the leaders of Chad, Niger and Nigeria, met in Abuja on 24 August 2019.\n\n"
        "We agreed to set up a joint force.\n"
    )
    three = {"TCD", "NER", "NGA"}
    assert told(text) == [("2019-08-24", "CONSULT", three), ("2019-08-24", "AGREE", three)]


def test_what_is_quoted_is_not_declared() -> None:
    text = f'Joint Statement on the Kenya-Peru Dialogue\n\n{MET}A poster said: "We signed an accord on 3 May 2022".\n'
    assert all(start != "2022-05-03" for start, _, _ in told(text))


def test_a_title_in_front_matter_tells_who_speaks() -> None:
    text = (
        "---\ntitle: Statement by the Foreign Minister of Kenya, Omar Farah, to Parliament\n---\n"
        "Mr. Speaker,\n\nIn July 2019 we recalled our ambassador from Chad."
        " On 3 August 2019 I met the Foreign Minister of Peru, Ana Prado, in Lima.\n"
    )
    assert told(text) == [("2019-07-01", "SANCTION", {"KEN"}), ("2019-08-03", "CONSULT", {"KEN", "PER"})]


RESOLUTION = (
    "Resolution 912 (1998)\n\nAdopted by the Security Council at its 3870th meeting, on 9 April 1998\n\n"
    "The Security Council,\n\nCondemning the raid of 3 March 1998,\n\n"
)


@pytest.mark.parametrize(
    ("clause", "type"),
    [
        ("Demands that all parties cease hostilities;", "REQUEST"),
        ("Calls upon Chad to withdraw its troops;", "REQUEST"),
        ("Strongly condemns the attack on the convoy;", "ACCUSE"),
        ("Imposes an embargo on arms to Chad;", "SANCTION"),
        ("Decides to establish a mission of observers;", "AGREE"),
    ],
)
@pytest.mark.parametrize("number", ["1. ", ""])
def test_clauses_of_a_resolution_are_of_its_body(number: str, clause: str, type: str) -> None:
    text = f"{RESOLUTION}{number}{clause}\n"
    found = extraction.extract(document(text, published=None), extraction.Settings(model=None))
    names = {actor.key: actor.name for actor in found.actors}
    body = [(event.type, [names[key] for key in event.actors]) for event in found.events]
    assert body == [
        ("SUPPORT", ["UN Security Council"]),
        (type, ["UN Security Council"]),
    ]  # adopted, and says


def test_a_resolution_is_of_the_day_of_its_adoption() -> None:
    published = frame(document(f"{RESOLUTION}1. Demands peace;\n", published=None)).published
    assert published and published.start == published.end == "1998-04-09"
