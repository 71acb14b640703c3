"""How actors stand to one another, and which country a person is of, where no title says it."""

import csv
from pathlib import Path

import pytest

from extraction_builder import extract


def stated(text):
    found = extract(text)
    names = {actor.key: actor.name for actor in found.actors}
    return {(names[r.subject], r.relation, names[r.object]) for r in found.relations}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Finland joined NATO on 4 April 2023.", ("Finland", "member_of", "NATO")),
        ("Kuwait and other OPEC members met on 3 May 2020.", ("Kuwait", "member_of", "OPEC")),
        ("The French-led G5 Sahel with Mali and Niger met.", ("Mali", "member_of", "G5 Sahel")),
        ("The French-led G5 Sahel with Mali and Niger met.", ("France", "member_of", "G5 Sahel")),
        (
            "Narendra Modi's Bharatiya Janata Party won on 3 May 2014.",
            ("Narendra Modi", "member_of", "Bharatiya Janata Party"),
        ),
        ("Allies of Serbia, such as Russia, objected on 3 May 1999.", ("Russia", "ally_of", "Serbia")),
        (
            "Peru and Fiji are founding members of the Group of 77 and are mutual members of the World Trade "
            "Organization.",
            ("Fiji", "member_of", "World Trade Organization"),
        ),
        (
            "Peru met Fiji. Both countries are members of the G20, the African Union and the WTO.",
            ("Peru", "member_of", "WTO"),
        ),
        (
            "Chile is a member of OPEC and Kenya is a member of the African Union.",
            ("Kenya", "member_of", "African Union"),
        ),
        (
            "President Jan Novak resigned on 3 May 1971 and was succeeded by Minister Ana Berg.",
            ("Ana Berg", "succeeds", "Jan Novak"),
        ),
        (
            "Ana Salas of Peru and Pedro Alves of Fiji met on 3 May 2001.",
            ("Pedro Alves", "represents", "Fiji"),
        ),
        (
            "On 3 May 2001 the U.S. Senate approved the treaty. The United States said so.",
            ("US Senate", "part_of", "United States"),
        ),
        ("Greece is Cyprus's main military and political ally.", ("Greece", "ally_of", "Cyprus")),
        (
            "Ambassador Mona Juul, who succeeded Envoy Geir Pedersen, spoke.",
            ("Mona Juul", "succeeds", "Geir Pedersen"),
        ),
    ],
)
def test_stated(text, relation):
    found = stated(text)
    assert [r for r in found if r[1] == relation[1] and r[0] == relation[0] and _same(r[2], relation[2])], (
        found
    )


def test_an_ambassador_does_not_represent_the_body_that_he_is_sent_to():
    found = stated("Chinese Ambassador to the United Nations Zhang Wei spoke on 3 May 2001.")
    assert not [r for r in found if r[0] == "Zhang Wei"]


def test_a_member_in_one_clause_is_none_in_another():
    found = stated("Chile is a member of OPEC and Kenya is a member of the African Union.")
    assert {r[:2] for r in found} == {("Chile", "member_of"), ("Kenya", "member_of")}


def _same(name, short):
    """Whether a body is meant by its acronym or name."""
    return name == short or "".join(word[0] for word in name.split() if word[0].isupper()) == short


@pytest.mark.parametrize(
    ("text", "name", "country", "tense"),
    [
        ("Anna Lind visits Havana, the first Swedish minister to do so.", "Anna Lind", "SWE", "current"),
        (
            "Pekka Virtanen became the first Finnish president to visit Lagos.",
            "Pekka Virtanen",
            "FIN",
            "current",
        ),
        (
            "Anna Lind visits Havana, the first Swedish minister to do so since Per Berg in 1928.",
            "Per Berg",
            "SWE",
            "former",
        ),
        ("Luis Vega met Anna Lind, the first Swedish minister to visit Lima.", "Anna Lind", "SWE", "current"),
    ],
)
def test_office_by_rank(text, name, country, tense):
    (person,) = [actor for actor in extract(text).actors if actor.name == name]
    assert (person.country, [title.tense for title in person.titles]) == (country, [tense])


@pytest.mark.parametrize(
    "text",
    [
        "A Turkish delegation headed by Minister Ali Veli and Director Can Demir arrived in Oslo on 5 May 2020.",
        "A Turkish delegation including Ali Veli and Can Demir arrived in Oslo on 5 May 2020.",
    ],
)
def test_a_delegation_is_of_its_country(text):
    countries = {actor.name: actor.country for actor in extract(text).actors if actor.kind == "person"}
    assert set(countries.values()) == {"TUR"}


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        (
            "Minister Paula Mendes and Envoy Rui Costa signed the accord on behalf of Brazil on 9 May 2019.",
            {"Paula Mendes": "BRA", "Rui Costa": "BRA"},
        ),
        ("Ambassador Jane Roe chaired the meeting for Norway on 9 May 2019.", {"Jane Roe": "NOR"}),
        (
            "Eva Holm met the Prime Minister Ewa Lis, the Speaker Adam Wilk and the Minister of Defence of Poland Piotr Maj.",
            {"Eva Holm": None, "Ewa Lis": "POL", "Adam Wilk": "POL", "Piotr Maj": "POL"},
        ),
    ],
)
def test_whom_persons_act_for(text, countries):
    found = {actor.name: actor.country for actor in extract(text).actors if actor.kind == "person"}
    assert found == countries


def test_the_host_is_not_of_the_delegation():
    found = extract("A Turkish delegation led by Ali Veli met Minister Omar Said on 5 May 2020.")
    assert {a.name: a.country for a in found.actors if a.kind == "person"}["Omar Said"] is None


def test_a_government_s_own_release():
    text = "On May 3, 2021, Assistant Secretary Daniel Rowe spoke with Minister Ana Vidal of Chile."
    (own,) = [a for a in extract(text, publisher="The White House").actors if a.name == "Daniel Rowe"]
    assert own.country == "USA"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Deputy Secretary of State Ruth Hale met Minister Ana Vidal of Chile.", "Ruth Hale", "USA"),
        ("Taoiseach Liam Byrne met Minister Ana Vidal of Chile.", "Liam Byrne", "IRL"),
        ("Chief Secretary Liam Byrne met Minister Ana Vidal of Chile.", "Liam Byrne", None),
        (
            "The Minister of Foreign Affairs of Mongolia Bat Dorj met Minister Ana Vidal of Chile.",
            "Bat Dorj",
            "MNG",
        ),
    ],
)
def test_country_by_title(text, name, country):
    (person,) = [actor for actor in extract(text).actors if actor.name == name]
    assert person.country == country


def test_a_mission_is_part_of_the_organisation_that_its_name_begins_with():
    text = "The African Union met. The African Union Mission in Burundi (AMIB) withdrew on 3 March 2001."
    assert ("African Union Mission in Burundi", "part_of", "African Union") in stated(text)


def test_whoever_meets_a_counterpart_is_of_the_other_country():
    text = "Fiji and Oman talked. Foreign Secretary Ali Said will meet his Fijian counterpart Joni Vula."
    countries = {actor.name: actor.country for actor in extract(text).actors if actor.kind == "person"}
    assert countries == {"Ali Said": "OMN", "Joni Vula": "FJI"}


def test_whoever_meets_the_holder_of_an_office_is_of_another_country():
    text = "Meeting with Ghana\n\nForeign Minister Aino Laine met Ghanaian Foreign Minister Kwame Boateng."
    countries = {actor.name: actor.country for actor in extract(text).actors if actor.kind == "person"}
    assert countries == {"Aino Laine": None, "Kwame Boateng": "GHA"}


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Sergei Ivanenko of Belarus met Pedro Alves on 6 May 2021.", {"Sergei Ivanenko": "BLR"}),
        (
            "Sudan's Osman Bashir met Chad's Ali Deby on 3 June 2021.",
            {"Osman Bashir": "SDN", "Ali Deby": "TCD"},
        ),
        ("Sudan's Bashir visits Chad's capital and meets Chad's Deby.", {"Bashir": "SDN", "Deby": "TCD"}),
        (
            "Prime Ministers Ana Silva (Portugal) and Joseph Borg (Malta) met on 3 June 2021.",
            {"Ana Silva": "PRT", "Joseph Borg": "MLT"},
        ),
    ],
)
def test_a_country_beside_a_name(text, countries):
    found = {actor.name: actor.country for actor in extract(text).actors if actor.kind == "person"}
    assert countries.items() <= found.items()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The parliament of Mongolia ratified the treaty on 3 June 2021.", "parliament of Mongolia"),
        (
            "The Ministry of Foreign Affairs of Peru condemned the raid on 3 June 2021.",
            "Ministry of Foreign Affairs of Peru",
        ),
    ],
)
def test_a_body_of_a_country(text, name):
    (body,) = [actor for actor in extract(text).actors if actor.kind == "organization"]
    assert (body.name, body.country is not None, body.aliases) == (name, True, [])


def _persons():
    with (Path(__file__).parent / "cases" / "persons.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", _persons(), ids=lambda row: f"{row['name']}, {row['why']}")
def test_who_a_person_is(row):
    found = extract(row["text"].replace("\\n", "\n"), published="2014-12-31")
    person = next(actor for actor in found.actors if actor.name == row["name"])
    titles = [title.title for title in person.titles]
    assert (person.country or "") == row["country"] and (not row["title"] or row["title"] in titles), person
