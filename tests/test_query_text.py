"""The query language: how a query is read, printed again and matched."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipcli import words as tokens
from dipcli.errors import QuerySyntaxError
from dipcli.query.near import near
from dipcli.query.text import (
    And,
    Near,
    Not,
    Or,
    Query,
    Term,
    all_of,
    any_of,
    might_match,
    parse,
    positive_terms,
)
from dipcli.words import words

SHIP, FISH, CALM = Term("ship"), Term("fish"), Term("calm")
READ: list[tuple[str, Query, str]] = [
    ("ship", SHIP, "a word"),
    ("ship fish", And((SHIP, FISH)), "both"),
    ("ship AND fish", And((SHIP, FISH)), "said"),
    ("ship and fish", And((SHIP, Term("and"), FISH)), "an operator in capitals only"),
    ("ship OR fish calm", Or((SHIP, And((FISH, CALM)))), "OR binds weaker"),
    ("(ship OR fish) calm", And((Or((SHIP, FISH)), CALM)), "parentheses"),
    ("ship NOT fish", And((SHIP, Not(FISH))), "without"),
    ("ship -fish", And((SHIP, Not(FISH))), "a minus before a word"),
    ("air-to-air", Term("air-to-air"), "no minus within a word"),
    ("NOT (ship OR fish)", Not(Or((SHIP, FISH))), "nothing of both"),
    ('"fish ship"', Term("fish ship", quoted=True), "a phrase"),
    ("“fish ship”", Term("fish ship", quoted=True), "typographic marks"),
    ("fish*", Term("fish", prefix=True), "a beginning"),
    ("ship & fish !", And((SHIP, FISH)), "marks alone are no words"),
    ("((ship))", SHIP, "parentheses around one word"),
    ("ship NEAR fish", Near((SHIP, FISH), 10), "ten words between"),
    ("ship NEAR/0 fish NEAR/0 calm", Near((SHIP, FISH, CALM), 0), "several"),
    (
        "calm ship NEAR/3 fish*",
        And((CALM, Near((SHIP, Term("fish", prefix=True)), 3))),
        "NEAR binds stronger",
    ),
    ("NOT ship NEAR fish", Not(Near((SHIP, FISH))), "than NOT too"),
    ("ship near fish", And((SHIP, Term("near"), FISH)), "in capitals only"),
]


@pytest.mark.parametrize(("query", "tree", "why"), READ)
def test_read(query: str, tree: Query, why: str) -> None:
    assert parse(query) == tree, why


REFUSED = [
    ("", 0),
    ("  !! ", 0),
    ('ship "fish', 5),
    ('ship ""', 5),
    ("(ship", 0),
    ("ship (fish (calm)", 5),
    ("ship) fish", 4),
    ("OR ship", 0),
    ("ship OR", 5),
    ("ship OR OR fish", 8),
    ("ship NOT", 5),
    ("ship ()", 6),
    ("NEAR ship", 0),
    ("ship NEAR", 5),
    ("ship NEAR/x fish", 5),
    ("ship NEAR (fish OR calm)", 5),
    ("ship NEAR/2 fish NEAR calm", 17),
    ("ship NEAR NOT fish", 10),
    ("(" * 60 + "ship" + ")" * 60, 50),
]


@pytest.mark.parametrize(("query", "position"), REFUSED)
def test_refused_at_the_bad_token(query: str, position: int) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        parse(query)
    assert (raised.value.query, raised.value.position) == (query, position)


MATCHED: list[tuple[str, str, bool, str]] = [
    ("minister", "The Ministers met.", True, "case and plural"),
    ("ministers", "A minister spoke.", True, "plural in the query"),
    ("countries", "One country", True, "-ies"),
    ("sanctions", "a sanction's end", True, "possessive"),
    ("minister", "ministerial talks", False, "whole words"),
    ("minister*", "ministerial talks", True, "a beginning"),
    ("sao tome", "Olá, São Tomé", True, "accents"),
    ("são", "Sao Tome", True, "accents in the query"),
    ("US", "the U.S. side", True, "dotted acronym"),
    ("u.s.", "a US ship", True, "dotted in the query"),
    ('"foreign minister"', "the vice foreign ministers", True, "a phrase, plural folded"),
    ('"foreign minister"', "foreign and prime minister", False, "nothing between"),
    ("jong-un", "Kim Jong Un", True, "a hyphen is a gap"),
    ("jong-u*", "Kim Jong Un", True, "a beginning after a hyphen"),
    ("王毅", "国务委员王毅访问", True, "no spaces around"),
    ("访问王", "王毅访问", False, "in order"),
    ("서울", "서울에서 회담", True, "a particle attached"),
    ("fish NOT ship", "fish and chips", True, "without"),
    ("fish NOT ship", "fish and ships", False, "without"),
    ("ship OR fish", "a fish", True, "either"),
    ("1.5", "about 1 5", True, "figures"),
    ("ship NEAR/1 fish", "a ship of fish", True, "one word between"),
    ("ship NEAR/1 fish", "a ship full of fish", False, "two words between"),
    ("ship NEAR/1 fish", "fish by ships", True, "in any order"),
    ("ship NEAR/0 fish", "fish ship", True, "side by side"),
    ('"fish ship" NEAR/0 calm', "a fish ship calm", True, "a phrase"),
    ("fis* NEAR/2 ship", "fishermen on ships", True, "a beginning"),
    ("fish NEAR/1 ship NEAR/1 calm", "fish, ship; and a calm", False, "all of them"),
    ("王 NEAR/1 访", "王毅访问", True, "characters are words"),
]


@pytest.mark.parametrize(("query", "text", "expected", "why"), MATCHED)
def test_match(query: str, text: str, expected: bool, why: str) -> None:
    tree = parse(query)
    assert tree.matches(words(text)) is expected, why
    assert might_match(tree, text) or not expected


def test_terms_are_found_where_they_stand() -> None:
    text = "U.S. ships, and the ship's crew"
    assert [text[slice(*span)] for span in parse("ship").find(words(text))] == ["ships", "ship"]  # type: ignore[union-attr]
    assert [text[slice(*span)] for span in Term("US ship").find(words(text))] == ["U.S. ships"]


def test_positive_terms_leave_out_what_is_excluded() -> None:
    assert positive_terms(parse("ship (fish OR ship) -calm")) == [SHIP, FISH]


_WORDS = st.from_regex(r"[a-zß-ö王毅][a-z0-9'.-]{0,5}", fullmatch=True)
_TERMS = st.one_of(
    _WORDS.map(Term),
    _WORDS.map(lambda word: Term(word, prefix=True)),
    st.lists(st.sampled_from(["ship", "OR", "(fish", "a*"]), min_size=1).map(
        lambda many: Term(" ".join(many), quoted=True)
    ),
)
_QUERIES: st.SearchStrategy[Query] = st.recursive(
    _TERMS,
    lambda parts: st.one_of(
        parts.map(Not),
        st.lists(parts, min_size=1, max_size=4).map(all_of),
        st.lists(parts, min_size=1, max_size=4).map(any_of),
        st.builds(Near, st.lists(_TERMS, min_size=2, max_size=3).map(tuple), st.sampled_from([0, 3, 10])),
    ),
    max_leaves=12,
)


@given(_QUERIES)
def test_a_printed_query_reads_the_same(query: Query) -> None:
    assert parse(str(query)) == query


@given(st.text(alphabet=st.sampled_from('ab王é *"()-.ORNT'), max_size=20), st.text(max_size=30))
def test_any_text_is_read_or_refused_at_a_place_within(query: str, text: str) -> None:
    try:
        tree = parse(query)
    except QuerySyntaxError as error:
        assert 0 <= error.position <= len(query)
    else:
        assert tree.matches(words(text)) <= might_match(tree, text)


@given(
    st.lists(st.tuples(st.sets(st.integers(0, 12)), st.integers(1, 2)), min_size=1, max_size=3),
    st.integers(0, 5),
)
def test_near_is_near_in_every_way(phrases: list[tuple[set[int], int]], most: int) -> None:
    places, sizes = [sorted(own) for own, _ in phrases], [size for _, size in phrases]
    ways = [
        way
        for way in itertools.product(*places)
        if all(max(way) - begin - size <= most for begin, size in zip(way, sizes, strict=True))
    ]
    found = near(places, sizes, most)
    assert any(found) is all(found) is bool(ways)
    for own, each in zip(found, zip(*ways, strict=True), strict=False):
        assert set(own) <= set(each)


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    found = words(text)
    assert len(found.folded) == len(found.stems) == len(found.spans)
    ends = [place for span in found.spans for place in span]
    assert ends == sorted(ends)


@given(st.text(st.sampled_from("aAsSxZ09 .'’_-é中\n,İß")) | st.text())
def test_stems_alone_are_those_of_the_words(text: str) -> None:
    assert tokens.stems(text) == words(text).stems


@given(st.text(st.characters(max_codepoint=0x303F)))
def test_words_are_the_same_whether_east_asian_characters_are_looked_for(text: str) -> None:
    assert tokens._TOKEN.findall(text) == tokens._token_east().findall(text)
