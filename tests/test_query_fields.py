"""Filters within a text query, and what is said of a word that stands nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from dipcli.errors import QuerySyntaxError
from dipcli.query import Filters, search, select
from dipcli.query.fields import fields
from dipcli.query.text import EVERYTHING, Term, all_of, parse
from query_world import EVENTS, Memory, world
from record_builder import event

MEET, ACCUSE, AGREE, VISIT, CALM = (one.id for one in EVENTS)

FIELDS: list[tuple[str, list[str], list[tuple[str, str]], str]] = [
    ("type:consult fish", ["fish"], [("type", "consult")], "a field and a word"),
    ("type:consult AND fish", ["fish"], [("type", "consult")], "the same"),
    ("cod AND type:aid AND fish", ["cod", "fish"], [("type", "aid")], "between words"),
    ('fish actor:"Maja Holm"', ["fish"], [("actor", "Maja Holm")], "quoted"),
    ("type:aid type:agree fish", ["fish"], [("type", "aid"), ("type", "agree")], "several"),
    ("date:2030-05.. fish", ["fish"], [("date", "2030-05..")], "an open span"),
    ("min-confidence:0.5 fish", ["fish"], [("min_confidence", "0.5")], "a dash"),
    ("type:aid date:2030", [], [("type", "aid"), ("date", "2030")], "no word"),
    (
        "https://example.org 12:30 Note: fish",
        ["https://example.org", "12:30", "Note:", "fish"],
        [],
        "words with a colon",
    ),
]


@pytest.mark.parametrize(("query", "words", "expected", "why"), FIELDS)
def test_fields_and_words(query: str, words: list[str], expected: list[tuple[str, str]], why: str) -> None:
    assert [(field.name, field.value) for field in fields(query)] == expected, why
    assert parse(query) == (all_of([Term(word) for word in words]) if words else EVERYTHING), why


def test_a_phrase_has_no_field() -> None:
    assert (list(fields('"type:consult"')), parse('"type:consult"')) == (
        [],
        Term("type:consult", quoted=True),
    )


FOUND = [
    ("type:accuse", [ACCUSE]),
    ('actor:"Inês Duarte" date:2030-05..', [AGREE]),
    ("date:2030-06", [AGREE]),
    ("date:..2030-05-10 norway", [ACCUSE]),
    ("country:NOR trawlers", [ACCUSE]),
    ("country:NOR AND type:accuse AND trawlers", [ACCUSE]),
    ("country:NOR date:2030-05.. -trawlers", [AGREE, VISIT]),
    ('"type:accuse"', []),
]


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_of_events(query: str, expected: list[str]) -> None:
    assert [row.record.id for row in select(world(), "events", Filters.of(text=query))] == expected


SEARCHED: list[tuple[str, dict[str, Any], list[list[str]], str]] = [
    ("type:accuse norway", {}, [[ACCUSE]], "a word"),
    ("type:accuse", {}, [[ACCUSE]], "no word"),
    (
        "country:NOR",
        {},
        [[MEET], [ACCUSE], [AGREE], [VISIT]],
        "the newest document first, what is in none last",
    ),
    ("country:NOR -trawlers", {}, [[MEET], [AGREE], [VISIT]], "without a word"),
    ("actor:Portugal date:..2030-05-10", {}, [[ACCUSE]], "of the span"),
    ("document:letter date:2030", {"type": "AGREE"}, [[AGREE]], "beside an option"),
    ("", {"type": "ACCUSE"}, [[ACCUSE]], "an option alone"),
    ("type:aid", {}, [], "none"),
]


@pytest.mark.parametrize(("query", "asked", "expected", "why"), SEARCHED)
def test_of_a_search(query: str, asked: dict[str, Any], expected: list[list[str]], why: str) -> None:
    assert [row.record.events for row in search(world(), query, Filters.of(**asked))] == expected, why


def test_without_a_word_there_is_nothing_to_rank_by() -> None:
    found = search(world(), "country:NOR")
    assert found.notes == ["there is no word to rank by: the newest come first"]
    assert {row.record.score for row in found} == {0.0}


def test_an_event_that_stands_in_no_document_comes_after_the_passages() -> None:
    lone = event(
        "2030-08-08-aid-nor", "2030-08-08", type="AID", summary="Norway gave a ferry.", origin="manual"
    )
    assert [row.record.events for row in search(Memory(events=[lone]), "type:aid")] == [[lone.id]]


BAD: list[tuple[str, str]] = [
    ("typ:consult fish", "typ:consult"),
    ("fish OR type:consult", "type:consult"),
    ("NOT type:consult", "type:consult"),
    ("(type:consult) fish", "type:consult"),
    ("-type:consult fish", "-type:consult"),
    ("date:2030 date:2031 fish", "date:2031"),
    ("type:consult AND", "AND"),
    ("AND type:consult", "AND"),
    ("type:consult NEAR fish", "NEAR"),
    ("NOT fish", "NOT fish"),
    ('actor: "Maja Holm"', "actor:"),
    ("fish relation:engages", "relation:engages"),
    ('type:aid "open', '"'),
    ("fish date:2030-13", "date:2030-13"),
    ("fish date:2030..2031-13", "date:2030..2031-13"),
    ("fish type:consul", "type:consul"),
]


@pytest.mark.parametrize(("query", "token"), BAD)
def test_the_bad_token_is_pointed_at(query: str, token: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        search(world(), query)
    error = caught.value
    assert error.query[error.position : error.position + error.length] == token
    assert error.query == query


def test_a_value_of_no_list_is_refused() -> None:
    with pytest.raises(QuerySyntaxError):
        search(world(), "type:zzz fish")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("trawlerz", "'trawlerz' stands nowhere; did you mean 'trawler'?"), ("xyzzyplugh", None)],
)
def test_a_word_that_stands_nowhere(query: str, expected: Any) -> None:
    found = search(world(), query)
    assert list(found) == []
    assert found.suggestion() == expected
