"""Who is meant by a name, which titles are the same, and records found by id."""

from __future__ import annotations

import pytest

from dipcli.errors import AmbiguousName, DipcliError, NotFound, UnknownValue
from dipcli.names.titles import same_title
from dipcli.query import context, find_record, resolve_actor, sources
from dipcli.query.actors import Resolved, resolve_country
from query_world import ACTORS, EVENTS, HARBOUR, Memory, world
from record_builder import actor

MEANT = [
    ("Maja Holm", "maja-holm", "the exact name"),
    ("MAJA HOLM", "maja-holm", "in any case"),
    ("Ines Duarte", "ines-duarte", "without the accent"),
    ("Kang Minho", "kang-min-ho", "joined"),
    ("kang min ho", "kang-min-ho", "without the hyphen"),
    ("Ines Durate", "ines-duarte", "an alias: a misspelling that a document has"),
    ("the council", "nordic-council", "an alias of an organisation"),
    ("Oslo", "nor", "an alias of a country"),
    ("NO", "nor", "a country's alpha-2 code"),
    ("Kingdom of Norway", "nor", "a country's official name"),
    ("nordic-c", "nordic-council", "the beginning of an id"),
    ("Duarte", "ines-duarte", "a surname that is one person's alias"),
    ("zzz", None, "nobody"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("name", "expected", "why"), MEANT)
def test_name(name: str, expected: str | None, why: str) -> None:
    if expected is None:
        with pytest.raises(NotFound):
            resolve_actor(name, world())
    else:
        found = resolve_actor(name, world())
        assert (found.id, found.note) == (expected, None), why


def test_an_exact_name_beats_an_alias() -> None:
    actors = [actor("a", "Harbour"), actor("b", "Anna Harbour", aliases=["Harbour"])]
    assert resolve_actor("harbour", Memory(actors=actors)).id == "a"


def test_a_surname_that_several_share_is_not_decided() -> None:
    with pytest.raises(AmbiguousName) as raised:
        resolve_actor("Holm", world())
    assert raised.value.candidates == [
        "erik-holm  Erik Holm, person, NOR, 1 event",
        "maja-holm  Maja Holm, person, NOR, 1 event",
    ]


@pytest.mark.parametrize(("name", "other"), [("Niger", "Nigeria"), ("Wang Yang", "Wang Yi")])
def test_another_of_a_name_that_is_alike_is_not_used(name: str, other: str) -> None:
    with pytest.raises(NotFound):
        resolve_actor(name, Memory(actors=[actor("x", other)]), substitute=True)


def test_several_that_are_alike_are_listed() -> None:
    with pytest.raises(AmbiguousName) as raised:
        resolve_actor("Holms", world(), substitute=True)
    assert len(raised.value.candidates) == 2


def test_many_candidates_are_cut() -> None:
    many = [actor(f"lee-{n:02}", "Lee", event_count=n) for n in range(14)]
    with pytest.raises(AmbiguousName) as raised:
        resolve_actor("Lee", Memory(actors=many))
    assert raised.value.candidates[0].startswith("lee-13 ")
    assert raised.value.candidates[-1] == "and 4 more"


def test_likeness_is_suggested_or_used() -> None:
    with pytest.raises(NotFound) as raised:
        resolve_actor("Maja Hollm", world())
    assert raised.value.hint == "did you mean 'Maja Holm'?"
    found = resolve_actor("Maja Hollm", world(), substitute=True)
    assert found == Resolved("maja-holm", "Maja Holm", "no actor 'Maja Hollm'; using Maja Holm")


COUNTRIES = [
    ("NOR", "NOR"),
    ("no", "NOR"),
    ("norway", "NOR"),
    ("Norwegian", "NOR"),
    ("the Netherlands", "NLD"),
    ("ROK", "KOR"),
    ("St. Martin", "MAF"),
]
SEVERAL = [
    ("Korea", ["KOR  South Korea", "PRK  North Korea"]),
    ("korean", ["KOR  South Korea", "PRK  North Korea"]),
]


@pytest.mark.parametrize(("text", "code"), COUNTRIES)
def test_country(text: str, code: str) -> None:
    assert resolve_country(text).alpha3 == code


@pytest.mark.parametrize(("text", "candidates"), SEVERAL)
def test_country_of_a_name_that_several_have(text: str, candidates: list[str]) -> None:
    with pytest.raises(AmbiguousName) as raised:
        resolve_country(text)
    assert raised.value.candidates == candidates


@pytest.mark.parametrize(
    ("text", "hint"),
    [("Portugul", "did you mean 'Portugal'?"), ("Zzyzx", "give an ISO 3166 code or an English name")],
)
def test_unknown_country(text: str, hint: str) -> None:
    with pytest.raises(UnknownValue) as raised:
        resolve_country(text)
    assert raised.value.hint == hint


TITLES = [
    ("foreign minister", "Foreign Minister", True, "case"),
    ("foreign minister", "Foreign Ministers", True, "plural"),
    ("foreign minister", "Vice Foreign Minister", False, "another office"),
    ("minister", "Foreign Minister", False, "a part of a title"),
    ("foreign minister", "Minister of Foreign Affairs", True, "the other way round"),
    ("minister for foreign affairs", "foreign minister", True, "asked the other way round"),
    ("foreign minister", "State Councilor and Foreign Minister", True, "one of two offices"),
    ("state councillor", "State Councilor and Foreign Minister", True, "the other, in another spelling"),
    ("vice-foreign minister", "Vice Foreign Minister", True, "a hyphen"),
    ("ambassador", "Ambassador to Portugal", True, "posted somewhere"),
    ("ambassador to Portugal", "Ambassador", False, "asked for more than is said"),
    ("ambassador to Portugal", "Ambassador to Chile", False, "posted elsewhere"),
    ("defence minister", "Minister of Defense", True, "spelling"),
    ("chairman", "Chairman of the Joint Chiefs", False, "of something"),
]


@pytest.mark.parametrize(("asked", "title", "same", "why"), TITLES)
def test_title(asked: str, title: str, same: bool, why: str) -> None:
    assert same_title(asked, title) is same, why


SHOWN = [
    ("maja-holm", "maja-holm", "an id"),
    ("2030-05", "2030-05-accuse-nor-prt", "the beginning of an event's"),
    ("nor", "nor", "an id that others begin with"),
    ("doc-aab", "doc-aab222", "a document's"),
    ("engages", "engages-nor-prt", "a relation's"),
]


@pytest.mark.parametrize(("ident", "expected", "why"), SHOWN)
def test_find_record(ident: str, expected: str, why: str) -> None:
    assert find_record(world(), ident).id == expected, why


@pytest.mark.parametrize(("ident", "error"), [("2030", AmbiguousName), ("xyz", NotFound), ("", NotFound)])
def test_find_no_record(ident: str, error: type[DipcliError]) -> None:
    with pytest.raises(error):
        find_record(world(), ident)


def test_context_is_cut_at_words_within_the_paragraph() -> None:
    evidence = EVENTS[1].evidence[0]
    around = context(world(), evidence, width=20)
    assert around.quote == evidence.text
    assert (around.before, around.after) == ("Duarte in Bergen.\n- ", "\n- The Nordic")
    whole = context(world(), evidence, width=10_000)
    assert whole.before + whole.quote + whole.after == HARBOUR.partition("\n\n")[2].rstrip()
    assert (whole.title, whole.document) == ("Harbour talks", "doc-aaa111")


def test_sources() -> None:
    known = sources(world())
    assert known["doc-aaa111"] == (
        "doc-aaa111",
        "Harbour talks",
        "The Quay",
        "2030-06-01/2030-06-30",
        "month",
        "north/harbour.txt",
    )
    assert known["doc-aab222"] == ("doc-aab222", "A letter", None, None, None, "letter.txt")


def test_every_actor_is_found_by_its_name_and_id() -> None:
    for one in ACTORS:
        assert resolve_actor(one.name, world()).id == resolve_actor(one.id, world()).id == one.id
