"""When offices were taken, held and left, and memberships begun and ended, as the text says so."""

import pytest

from dipcli import resolution
from extraction_builder import document, extract


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        (
            "Elif Kaya took office as Turkey's foreign minister in May 2023.",
            "Elif Kaya",
            ("foreign minister", "TUR", "2023-05-01", None),
        ),
        (
            "Marco Bianchi, who became Italian prime minister on 4 October 2022, visited Tripoli.",
            "Marco Bianchi",
            ("prime minister", "ITA", "2022-10-04", None),
        ),
        (
            "Ahmed Barzani served as Iraq's foreign minister from 2014 to 2018.",
            "Ahmed Barzani",
            ("foreign minister", "IRQ", "2014-01-01", "2018-12-31"),
        ),
        (
            "Maria Lopez, who served as Chile's ambassador to Peru until 2019, spoke.",
            "Maria Lopez",
            ("ambassador to Peru", "CHL", None, "2019-12-31"),
        ),
        (
            "Fatima al-Zahra, Morocco's foreign minister until May 2019, told a conference so.",
            "Fatima al-Zahra",
            ("foreign minister", "MAR", None, "2019-05-31"),
        ),
        (
            "Tomas Berg, Norway's foreign minister since October 2021, met Danish Foreign Minister Lars Holm.",
            "Tomas Berg",
            ("foreign minister", "NOR", "2021-10-01", None),
        ),
        (
            "President Luis Herrera of Peru, who has been in office since July 2021, met Evo Mamani.",
            "Luis Herrera",
            ("President", "PER", "2021-07-01", None),
        ),
        (
            "South Korean Foreign Minister Yoon Da-hyun resigned on 3 June 2022.",
            "Yoon Da-hyun",
            ("Foreign Minister", "KOR", None, "2022-06-03"),
        ),
        (
            "Kenya named Grace Wanjiru ambassador to Ethiopia on 3 June 2022.",
            "Grace Wanjiru",
            ("ambassador to Ethiopia", "KEN", "2022-06-03", None),
        ),
        (
            "In March 2021, Hana Sato became Japan's defence minister.",
            "Hana Sato",
            ("defence minister", "JPN", "2021-03-01", None),
        ),
    ],
)
def test_terms_of_office(text, name, office):
    (person,) = [actor for actor in extract(text).actors if actor.name == name]
    assert [(t.title, person.country, t.since, t.until) for t in person.titles] == [office]


def test_who_succeeds_takes_the_office_that_the_other_leaves():
    found = extract("Adam Lis succeeded Ewa Nowak as foreign minister of Poland on 13 December 2022.")
    terms = {a.name: (t.title, t.since, t.until) for a in found.actors for t in a.titles}
    assert terms == {
        "Adam Lis": ("foreign minister", "2022-12-13", None),
        "Ewa Nowak": ("foreign minister", None, "2022-12-13"),
    }


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Finland joined NATO on 4 April 2023.", ("member_of", "2023-04-04", None)),
        ("The United Kingdom left the European Union on 31 January 2020.", ("member_of", None, "2020-01-31")),
        ("Japan, a treaty ally of the United States, protested.", ("ally_of", None, None)),
        ("Minister Jan Novak spoke, replacing Minister Petr Dvorak.", ("succeeds", None, None)),
    ],
)
def test_relations_in_time(text, relation):
    assert [(r.relation, r.since, r.until) for r in extract(text).relations if r.relation == relation[0]] == [
        relation
    ]


def resolved(text):
    mentions = extract(text)
    return resolution.resolve([document(text)], [mentions])


def test_an_office_told_as_former_alone_is_told_as_former():
    found = resolved("Former Turkish foreign minister Murat Demir visited Baku on 3 June 2022.")
    (relation,) = [r for r in found.relations if r.relation == "holds_office"]
    assert relation.label == "former foreign minister"
    assert [p.title for e in found.events for p in e.actors] == ["former foreign minister"]


def test_a_courtesy_is_no_office():
    found = resolved("Dr. Lena Fischer of Austria met Mr. Omar Sayed on 3 June 2022.")
    assert all(not actor.roles for actor in found.actors)


def test_a_pronoun_that_is_spoken_to_is_somebody_else():
    found = resolved(
        "Austrian minister Lena Fischer arrived in Cairo on 2 June 2022. Minister Omar Sayed met her on 3 June 2022."
    )
    assert {p.name for e in found.events if e.start == "2022-06-03" for p in e.actors} == {
        "Lena Fischer",
        "Omar Sayed",
    }
