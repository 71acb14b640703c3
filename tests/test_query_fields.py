"""Filters within a text query, and what is said of a word that stands nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from dipcli.errors import QuerySyntaxError
from dipcli.query import Filters, search, select
from dipcli.query.fields import split
from query_world import EVENTS, world

MEET, ACCUSE, AGREE, VISIT, CALM = (one.id for one in EVENTS)

SPLIT: list[tuple[str, str, dict[str, list[str]], str]] = [
    ("type:consult fish", "fish", {"type": ["consult"]}, "a field and a word"),
    ('fish actor:"Maja Holm"', "fish", {"actor": ["Maja Holm"]}, "quoted"),
    ("type:aid type:agree fish", "fish", {"type": ["aid", "agree"]}, "several"),
    ("date:2030-05.. fish", "fish", {"date": ["2030-05.."]}, "an open span"),
    ("min-confidence:0.5 fish", "fish", {"min_confidence": ["0.5"]}, "a dash"),
    ("https://example.org 12:30", "https://example.org 12:30", {}, "words with a colon"),
    ('"type:consult"', '"type:consult"', {}, "within a phrase"),
]


@pytest.mark.parametrize(("query", "words", "fields", "why"), SPLIT)
def test_split(query: str, words: str, fields: dict[str, list[str]], why: str) -> None:
    rest, found = split(query)
    assert (rest.strip(), found, len(rest)) == (words, fields, len(query)), why


FOUND = [
    ("type:accuse", [ACCUSE]),
    ('actor:"Inês Duarte" date:2030-05..', [AGREE]),
    ("date:2030-06", [AGREE]),
    ("date:..2030-05-10 norway", [ACCUSE]),
    ("country:NOR trawlers", [ACCUSE]),
]


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_of_events(query: str, expected: list[str]) -> None:
    assert [row.record.id for row in select(world(), "events", Filters.of(text=query))] == expected


def test_of_a_search() -> None:
    assert [row.record.events for row in search(world(), "type:accuse norway")] == [[ACCUSE]]


BAD: list[tuple[str, str]] = [
    ("typ:consult fish", "typ:consult"),
    ("fish OR type:consult", "type:consult"),
    ("NOT type:consult", "type:consult"),
    ("(type:consult) fish", "type:consult"),
    ("-type:consult fish", "-type:consult"),
    ("date:2030 date:2031 fish", "date:"),
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
