"""Local actors of many documents become actors, with offices, relations and readable ids."""

from __future__ import annotations

import pytest

from dipcli.records import Actor
from dipcli.resolution import Resolved
from resolution_builder import Story, resolve_stories


def people(resolved: Resolved, kind: str = "person") -> dict[str, Actor]:
    return {actor.id: actor for actor in resolved.actors if actor.kind == kind}


def documents(actors: dict[str, Actor]) -> dict[str, str]:
    """Actor ids and the last letters of their documents."""
    return {ident: "".join(doc[-1] for doc in actor.documents) for ident, actor in actors.items()}


Said = tuple[str, str, str | None, tuple[str, ...]]
"""A document, a name there, its country, its titles."""

PERSONS: list[tuple[str, list[Said], dict[str, str]]] = [
    (
        "one name, one country",
        [("a", "Ida Holm", "NOR", ()), ("b", "Ida Holm", "NOR", ())],
        {"ida-holm": "ab"},
    ),
    (
        "hyphens and case",
        [("a", "Ida Mo-Holm", "NOR", ()), ("b", "Ida Mo Holm", "NOR", ())],
        {"ida-mo-holm": "ab"},
    ),
    (
        "one name, two countries",
        [("a", "Ida Holm", "NOR", ()), ("b", "Ida Holm", "DNK", ())],
        {"ida-holm-nor": "a", "ida-holm-dnk": "b"},
    ),
    (
        "one name and office, two countries",
        [("a", "Ida Holm", "NOR", ("President",)), ("b", "Ida Holm", "DNK", ("President",))],
        {"ida-holm": "ab"},
    ),
    (
        "a country that one document leaves out",
        [("a", "Ida Holm", "NOR", ()), ("b", "Ida Holm", None, ())],
        {"ida-holm": "ab"},
    ),
    (
        "no country, where two countries have the name",
        [("a", "Ida Holm", "NOR", ()), ("b", "Ida Holm", "DNK", ()), ("c", "Ida Holm", None, ())],
        {"ida-holm-nor": "a", "ida-holm-dnk": "b", "ida-holm": "c"},
    ),
    (
        "two given names",
        [("a", "Ida Holm", "NOR", ()), ("b", "Eva Holm", "NOR", ())],
        {"ida-holm": "a", "eva-holm": "b"},
    ),
    ("a family name alone", [("a", "Ida Holm", "NOR", ()), ("b", "Holm", "NOR", ())], {"ida-holm": "ab"}),
    (
        "a family name without a country, in the same document and in another",
        [("a", "Ida Holm", "NOR", ()), ("a", "Holm", None, ()), ("b", "Holm", None, ())],
        {"ida-holm": "a", "holm": "b"},
    ),
    (
        "a family name of another country",
        [("a", "Ida Holm", "NOR", ()), ("b", "Holm", "DNK", ())],
        {"ida-holm": "a", "holm": "b"},
    ),
    (
        "a family name that two have",
        [("a", "Ida Holm", "NOR", ()), ("b", "Eva Holm", "NOR", ()), ("c", "Holm", "NOR", ())],
        {"ida-holm": "a", "eva-holm": "b", "holm": "c"},
    ),
    (
        "a family name that two have, told apart by office",
        [
            ("a", "Ida Holm", "NOR", ("Foreign Minister",)),
            ("b", "Eva Holm", "NOR", ("Defense Minister",)),
            ("c", "Holm", "NOR", ("Minister of Defence",)),
        ],
        {"ida-holm": "a", "eva-holm": "bc"},
    ),
    (
        "a family name with another office",
        [("a", "Ida Holm", "NOR", ("Foreign Minister",)), ("b", "Holm", "NOR", ("Spokesperson",))],
        {"ida-holm": "a", "holm": "b"},
    ),
    (
        "another romanisation",
        [("a", "Park Geun-hye", "KOR", ()), ("b", "Park Keun-hye", "KOR", ())],
        {"park-keun-hye": "ab"},
    ),
    (
        "another spelling with the same office",
        [
            ("a", "Sergei Ivanov", "RUS", ("Defense Minister",)),
            ("b", "Sergey Ivanov", "RUS", ("Defence Minister",)),
        ],
        {"sergey-ivanov": "ab"},
    ),
    (
        "another spelling with another office",
        [
            ("a", "Sergei Ivanov", "RUS", ("Defense Minister",)),
            ("b", "Sergey Ivanov", "RUS", ("Ambassador to Norway",)),
        ],
        {"sergei-ivanov": "a", "sergey-ivanov": "b"},
    ),
    (
        "an initial that two could have",
        [("a", "Jonas Berg", "NOR", ()), ("b", "Jan Berg", "NOR", ()), ("c", "J. Berg", "NOR", ())],
        {"jonas-berg": "a", "jan-berg": "b", "j-berg": "c"},
    ),
    (
        "an initial that two could have, told apart by office",
        [
            ("a", "Jonas Berg", "NOR", ("Foreign Minister",)),
            ("b", "Jan Berg", "NOR", ("Prime Minister",)),
            ("c", "J. Berg", "NOR", ("Prime Minister",)),
        ],
        {"jonas-berg": "a", "jan-berg": "bc"},
    ),
    (
        "a pair that must never merge",
        [("a", "Wang Yi", "CHN", ()), ("b", "Wang Yang", "CHN", ())],
        {"wang-yi": "a", "wang-yang": "b"},
    ),
]


@pytest.mark.parametrize(("why", "said", "expected"), PERSONS, ids=[case[0] for case in PERSONS])
def test_persons(why: str, said: list[Said], expected: dict[str, str]) -> None:
    stories: dict[str, Story] = {}
    for doc, name, country, titles in said:
        stories.setdefault(doc, Story(doc)).person(name, country, *titles)
    for order in (list(stories.values()), list(stories.values())[::-1]):
        assert documents(people(resolve_stories(*order))) == expected, why


BODIES: list[tuple[str, list[tuple[str, str, str | None, list[str]]], dict[str, str]]] = [
    (
        "ministries of two countries",
        [("a", "Foreign Ministry", "NOR", []), ("b", "Foreign Ministry", "PRT", [])],
        {"foreign-ministry-nor": "a", "foreign-ministry-prt": "b"},
    ),
    (
        "a ministry with and without its country",
        [("a", "Norway's Ministry of Foreign Affairs", "NOR", []), ("b", "the Foreign Ministry", "NOR", [])],
        {"norways-ministry-of-foreign-affairs": "ab"},
    ),
    (
        "a ministry of no known country",
        [("a", "Foreign Ministry", "NOR", []), ("b", "Foreign Ministry", None, [])],
        {"foreign-ministry-nor": "a", "foreign-ministry": "b"},
    ),
    (
        "an acronym learned elsewhere",
        [("a", "Fjord Transport Accord", None, ["FJTA"]), ("b", "FJTA", None, [])],
        {"fjord-transport-accord": "ab"},
    ),
    (
        "a name that means nothing alone",
        [("a", "Fjord Council", None, ["Council"]), ("b", "Alpine Council", None, ["Council"])],
        {"fjord-council": "a", "alpine-council": "b"},
    ),
    (
        "a country that one leaves out",
        [("a", "Fjord Herald", "NOR", []), ("b", "Fjord Herald", None, [])],
        {"fjord-herald": "ab"},
    ),
]


@pytest.mark.parametrize(("why", "said", "expected"), BODIES, ids=[case[0] for case in BODIES])
def test_organizations(
    why: str, said: list[tuple[str, str, str | None, list[str]]], expected: dict[str, str]
) -> None:
    stories: dict[str, Story] = {}
    for doc, name, country, aliases in said:
        stories.setdefault(doc, Story(doc)).body(name, country, aliases=aliases)
    assert documents(people(resolve_stories(*stories.values()), "organization")) == expected, why


def test_a_country_is_one_actor_by_its_code_and_short_name() -> None:
    a, b = Story("a"), Story("b")
    a.country("Oslo", "NOR")
    b.country("Kingdom of Norway", None)
    (norway,) = resolve_stories(a, b).actors
    assert (norway.id, norway.name, norway.country) == ("nor", "Norway", "NOR")
    assert norway.aliases == ["Kingdom of Norway", "Oslo"]
    assert [quote.text for quote in norway.evidence] == ["Oslo is here.", "Kingdom of Norway is here."]
    assert [quote.locator for quote in norway.evidence] == ["line 1", "line 1"]


def test_the_best_spelling_is_the_full_name_that_documents_use_most() -> None:
    stories = [Story(name) for name in "abc"]
    stories[0].person("Ida Mo Holm", "NOR", aliases=["Holm"])
    for story in stories[1:]:
        story.person("Ida Mo-Holm", "NOR", aliases=["Mo-Holm"])
    (holm,) = resolve_stories(*stories).actors
    assert holm.name == "Ida Mo-Holm"
    assert holm.aliases == ["Holm", "Ida Mo Holm", "Mo-Holm"]


def test_ids_on_ties_go_by_evidence() -> None:
    a, b = Story("a"), Story("b")
    a.person("Norway Holm")
    a.body("Norway Holm")
    b.person("Norway Holm")
    assert [(actor.id, actor.kind) for actor in resolve_stories(b, a).actors] == [
        ("norway-holm", "person"),
        ("norway-holm-2", "organization"),
    ]


def test_a_role_is_seen_on_the_days_of_its_sentences_and_else_when_published() -> None:
    a, b = Story("a", published="2030-09-01"), Story("b", published="2031-02-03")
    line = a.line("Foreign Minister Holm spoke on May 3.")
    title = a.title("Foreign Minister")
    holm = a.person(
        "Ida Holm", "NOR", type(title)(title="Foreign Minister", char_start=0, char_end=16, sentence=line)
    )
    a.tells("2030-05-03", "OTHER", [holm], sentence=line)
    b.person("Ida Holm", "NOR", "foreign minister")
    resolved = resolve_stories(a, b)
    (role,) = people(resolved)["ida-holm"].roles
    assert (role.title, role.of, role.first_seen, role.last_seen) == (
        "Foreign Minister",
        "nor",
        "2030-05-03",
        "2031-02-03",
    )
    relations = {relation.id: relation for relation in resolved.relations}
    assert list(relations) == ["ida-holm-holds-office-nor-foreign-minister", "ida-holm-represents-nor"]
    office = relations["ida-holm-holds-office-nor-foreign-minister"]
    assert (office.label, office.object, office.count) == ("Foreign Minister", "nor", 2)
    assert people(resolved, "country")["nor"].documents == ["doc-a", "doc-b"]


def test_a_former_office_is_no_office_seen_held() -> None:
    a = Story("a", published="2030-09-01")
    a.person("Ida Holm", "NOR", a.title("Foreign Minister", tense="former", until="2029-04-30"))
    (role,) = people(resolve_stories(a))["ida-holm"].roles
    assert (role.until, role.first_seen, role.last_seen) == ("2029-04-30", None, None)


OFFICES: list[tuple[str, dict[str, str], str, str, list[str]]] = [
    ("in the same document", {"a": "2030-05-01"}, "a", "2030-05-16", ["person-a"]),
    ("in another document near in time", {"a": "2030-05-01"}, "z", "2030-08-16", ["person-a"]),
    ("in another document of another time", {"a": "2030-05-01"}, "z", "2036-05-16", ["nor"]),
    (
        "two in turn, between the days of one",
        {"a": "2030-05-01", "b": "2033-05-01"},
        "z",
        "2030-07-01",
        ["person-a"],
    ),
    ("two in turn, on a day of either", {"a": "2030-05-01", "b": "2030-06-01"}, "z", "2030-05-16", ["nor"]),
    (
        "two in turn, one of them in the document",
        {"a": "2030-05-01", "b": "2030-06-01"},
        "a",
        "2030-05-16",
        ["person-a"],
    ),
]


@pytest.mark.parametrize(
    ("why", "seen", "where", "day", "expected"), OFFICES, ids=[case[0] for case in OFFICES]
)
def test_an_office_stands_for_its_holder(
    why: str, seen: dict[str, str], where: str, day: str, expected: list[str]
) -> None:
    stories = {doc: Story(doc, published=when) for doc, when in seen.items()}
    for doc, story in stories.items():
        story.person(f"Person {doc.upper()}", "NOR", "Foreign Minister")
    story = stories.setdefault(where, Story(where))
    story.tells(day, "OTHER", [story.office("foreign ministers", "NOR")])
    (event,) = resolve_stories(*stories.values()).events
    assert [actor.id for actor in event.actors] == expected, why
    assert event.actors[0].title == ("Foreign Minister" if expected != ["nor"] else None)


def test_stated_relations() -> None:
    a, b = Story("a", published="2030-09-01"), Story("b", published="2031-01-01")
    for story, order in ((a, 1), (b, -1)):
        norway, france = story.country("Norway", "NOR"), story.country("France", "FRA")
        first, second = (norway, france)[::order]
        story.states(first, "ally_of", second)
    holm, berg = a.person("Ida Holm", "NOR"), a.person("Jo Berg", "NOR")
    a.states(holm, "succeeds", berg, since="2030-08-01")
    relations = {relation.id: relation for relation in resolve_stories(a, b).relations}
    assert list(relations) == ["ida-holm-succeeds-jo-berg", "nor-ally-of-fra"]
    ally = relations["nor-ally-of-fra"]
    assert (ally.count, ally.first_seen, ally.last_seen) == (2, "2030-09-01", "2031-01-01")
    assert relations["ida-holm-succeeds-jo-berg"].since == "2030-08-01"


def test_engages_sums_up_the_events_of_a_pair() -> None:
    a = Story("a")
    holm, france, spain = a.person("Ida Holm", "NOR"), a.country("France", "FRA"), a.country("Spain", "ESP")
    a.tells("2030-05-03", "CONSULT", [holm], [france], trigger="visit")
    a.tells("2030-06-03", "ACCUSE", [holm], [france], trigger="blame")
    a.tells("2030-07-03", "CONSULT", [holm, spain])
    engages = [relation for relation in resolve_stories(a).relations if relation.relation == "engages"]
    assert [(r.id, r.count, r.by_type, r.first_seen, r.last_seen) for r in engages] == [
        ("esp-engages-ida-holm", 1, {"CONSULT": 1}, "2030-07-03", "2030-07-03"),
        ("fra-engages-ida-holm", 2, {"ACCUSE": 1, "CONSULT": 1}, "2030-05-03", "2030-06-03"),
    ]
    assert engages[1].events == ["2030-05-03-consult-fra-ida-holm", "2030-06-03-accuse-fra-ida-holm"]
