"""Full text search: which passages are hits, in what order, with which words marked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipcli.errors import DipcliError, QuerySyntaxError, UnknownValue, UsageError
from dipcli.passages import LONGEST, passages
from dipcli.query import Filters, Hit, Selection, search
from query_world import EVENTS, HARBOUR, LETTER, Memory, world
from record_builder import actor, document, event, quote

MEET, ACCUSE, AGREE, VISIT, CALM = (one.id for one in EVENTS)


def found(query: str, snapshot: Memory | None = None, **asked: Any) -> Selection:
    return search(snapshot or world(), query, Filters.of(**asked))


def texts(selection: Selection) -> list[str]:
    return [row.record.text for row in selection]


def test_a_hit_has_its_words_document_date_and_events() -> None:
    (row,) = found("seizure trawler")
    hit = row.record
    assert isinstance(hit, Hit)
    words = "May 2030: Norway condemned the seizure of two trawlers by Portugal's coast guard."
    assert (hit.document, hit.title, hit.text) == ("doc-aaa111", "Harbour talks", words)
    assert HARBOUR[hit.char_start : hit.char_end] == words
    assert (hit.date, hit.events) == ("2030-06-01", [ACCUSE])
    assert [words[slice(*span)] for span in row.spans] == ["seizure", "trawlers"]
    assert row.raw.startswith(b'{"document":"doc-aaa111","title":"Harbour talks","char_start":')


def test_the_date_is_that_of_an_event_where_the_document_has_none() -> None:
    assert [row.record.date for row in found("fish Norway 2031")] == ["2030-06-12"]


def test_a_sentence_goes_on_over_a_line_that_was_wrapped() -> None:
    assert texts(found("side dispute")) == [LETTER[LETTER.index("The\n") : LETTER.index(" 王")]]


FOUND: list[tuple[str, list[str], str]] = [
    ("US", ["doc-aab222"], "an acronym with full stops"),
    ("王毅", ["doc-aab222"], "two characters within a sentence"),
    ('"sao tome"', ["doc-aab222"], "accents folded in a phrase"),
    ("trawler", ["doc-aaa111", "doc-aab222"], "the shorter passage first"),
    ("trawler NOT ministry", ["doc-aaa111"], "without"),
    ("ambassad* OR ministr*", ["doc-aaa111", "doc-aab222"], "either beginning"),
    ("zebra", [], "nothing"),
    ("Norway NEAR/3 seizure", ["doc-aaa111"], "near"),
    ("Norway NEAR/1 seizure", [], "not so near"),
]


@pytest.mark.parametrize(("query", "expected", "why"), FOUND)
def test_found(query: str, expected: list[str], why: str) -> None:
    assert [row.record.document for row in found(query)] == expected, why


def test_words_of_several_sentences_find_the_document() -> None:
    hits = texts(found("Bergen calm"))
    assert sorted(hits) == [HARBOUR.splitlines()[2][2:], "The Nordic Council called for calm."]


def test_a_whole_sentence_comes_before_a_part() -> None:
    lines = Memory(
        documents=[
            document("doc-111111", "The ship sailed.\n\nThe fish was fried."),
            document("doc-222222", "A ship with fish on board, and much else that makes this sentence long."),
        ]
    )
    assert [row.record.document for row in found("ship fish", lines)] == [
        "doc-222222",
        "doc-111111",
        "doc-111111",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SSC", ["doc-111111", "doc-222222"]),
        ('"Sea Safety Commission"', ["doc-111111", "doc-222222"]),
        ("NOT SSC ship", ["doc-333333"]),
        ("SSB", []),
        ("ssc", ["doc-111111"]),
    ],
)
def test_an_acronym_and_what_it_stands_for(query: str, expected: list[str]) -> None:
    body = actor("sea-safety-commission", "Sea Safety Commission", "organization", aliases=["SSC", "the sea"])
    taught = Memory(
        actors=[body],
        documents=[
            document("doc-111111", "The SSC met."),
            document("doc-222222", "The Sea Safety Commission met."),
            document("doc-333333", "A ship sailed."),
        ],
    )
    assert sorted(row.record.document for row in found(query, taught)) == expected


def test_a_title_weighs_more_than_its_text() -> None:
    lines = Memory(
        documents=[
            document("doc-111111", "The talks.\n\nFishing", title="Fishing"),
            document("doc-222222", "Fishing\n\nThe talks.", title="The talks"),
            document("doc-333333", "Calm.\n\nMore calm.\n\nNo wind."),
        ]
    )
    assert [row.record.document for row in found("fishing", lines)] == ["doc-111111", "doc-222222"]
    assert [row.record.document for row in found("talks", lines)] == ["doc-222222", "doc-111111"]


def test_a_passage_that_tells_an_event_weighs_more() -> None:
    text = "The talks were long. The talks ended on 3 March 2030 in Bergen."
    lines = Memory(
        documents=[document("doc-111111", text)],
        events=[
            event(
                "2030-03-03-consult-nor",
                "2030-03-03",
                evidence=[quote(text, "The talks ended on 3 March 2030 in Bergen.", "doc-111111")],
            )
        ],
    )
    assert [row.record.events for row in found("talks", lines)] == [["2030-03-03-consult-nor"], []]


def test_a_word_counts_once_in_a_passage() -> None:
    lines = Memory(
        documents=[document("doc-111111", "Fish fish fish fish fish."), document("doc-222222", "A fish.")]
    )
    assert [row.record.document for row in found("fish", lines)] == ["doc-222222", "doc-111111"]


def test_a_rarer_word_weighs_more() -> None:
    lines = Memory(
        documents=[
            document("doc-111111", "The common word. The common tongue."),
            document("doc-222222", "A common thing."),
            document("doc-333333", "A rare thing."),
        ]
    )
    assert next(iter(found("common OR rare", lines))).record.document == "doc-333333"


KEPT: list[tuple[str, dict[str, Any], list[list[str]], str]] = [
    ("norway", {"document": "letter"}, [[AGREE], []], "stands in the document"),
    ("norway", {"type": "AGREE"}, [[AGREE]], "is evidence for such an event"),
    ("norway", {"actor": "Portugal"}, [[ACCUSE]], "in which it takes part"),
    ("duarte", {"since": "2030-06"}, [[AGREE]], "of the span"),
    ("duarte", {"on": "2029-03"}, [[MEET]], "by the alternative"),
    ("ambassadors", {"on": "2030-06-15"}, [[]], "evidence for none: the document's date"),
    ("calm", {"since": "2030"}, [], "undated event"),
    ("calm", {"since": "2030", "undated": True}, [[CALM]], "asked for"),
]


@pytest.mark.parametrize(("query", "asked", "expected", "why"), KEPT)
def test_filters_of_hits(query: str, asked: dict[str, Any], expected: list[list[str]], why: str) -> None:
    assert [row.record.events for row in found(query, **asked)] == expected, why


def test_marks_and_what_was_left_out() -> None:
    assert [row.marks for row in found("duarte", on="2029-03")] == ["?"]
    assert found("calm", since="2030").undated_left_out == 1


def test_an_event_without_a_document_is_found_by_its_summary() -> None:
    noted = Memory(
        events=[event("2030-08-08-aid-nor", "2030-08-08", summary="Norway gave a ferry.", origin="manual")]
    )
    (row,) = found("ferry", noted)
    assert (row.record.document, row.record.date, row.record.events) == (
        None,
        "2030-08-08",
        ["2030-08-08-aid-nor"],
    )
    assert row.spans == [(14, 19)]


def test_sorted_and_cut() -> None:
    by_place = search(world(), "norway OR portugal", sort="char_start", reverse=True, limit=2)
    starts = [row.record.char_start for row in by_place]
    assert starts == sorted(starts, reverse=True)
    assert (len(starts), by_place.cut) == (2, True)
    assert by_place.total > 2


REFUSED: list[tuple[str, dict[str, Any], type[DipcliError]]] = [
    ("", {}, QuerySyntaxError),
    ("NOT fish", {}, QuerySyntaxError),
    ("fish", {"sort": "strat"}, UnknownValue),
    ("fish", {"limit": -1}, UsageError),
    ("fish", {"filters": Filters.of(relation="engages")}, UsageError),
]


@pytest.mark.parametrize(("query", "options", "error"), REFUSED)
def test_refused_before_anything_is_read(
    query: str, options: dict[str, Any], error: type[DipcliError]
) -> None:
    memory = world()
    with pytest.raises(error):
        search(memory, query, **options)
    assert memory.read == 0


SPLIT: list[tuple[str, list[str], str]] = [
    ("One. Two! Three?", ["One.", "Two!", "Three?"], "sentences"),
    (
        "Gen. Bo and Mr. Li of the U.S. State Dept. met J. Ek.",
        ["Gen. Bo and Mr. Li of the U.S. State Dept. met J. Ek."],
        "abbreviations",
    ),
    ('He said "No." She left.', ['He said "No."', "She left."], "a closing quotation mark"),
    ("# Head\n- one\n* two\n3. three\n> four", ["Head", "one", "two", "three", "four"], "markers left off"),
    ("王毅访问。会谈结束。", ["王毅访问。", "会谈结束。"], "Chinese full stops"),
    ("Short line\nanother", ["Short line", "another"], "lines of a list"),
    (
        "This line is long enough to have been wrapped\nand goes on.\nMay 3: Next.",
        ["This line is long enough to have been wrapped\nand goes on.", "May 3: Next."],
        "hard-wrapped lines",
    ),
    ("\n \n", [], "blank"),
]


@pytest.mark.parametrize(("text", "expected", "why"), SPLIT)
def test_passages(text: str, expected: list[str], why: str) -> None:
    assert [text[start:end] for start, end in passages(text)] == expected, why


@given(st.text(alphabet=st.sampled_from("aB. \n-!王。\u2028\t#1"), max_size=80) | st.just("word " * 2_000))
def test_passages_are_in_order_and_leave_no_letter_out(text: str) -> None:
    spans = list(passages(text))
    ends = [place for span in spans for place in span]
    assert ends == sorted(ends)
    assert all(0 < end - start <= LONGEST for start, end in spans)
    inside = {place for start, end in spans for place in range(start, end)}
    assert not [place for place, character in enumerate(text) if character.isalpha() and place not in inside]


@given(
    st.lists(st.sampled_from(["fish", "ship", "calm", "sea"]), min_size=1, max_size=12),
    st.sampled_from(["fish", "fish ship"]),
)
def test_order_is_by_score_then_place(words: list[str], query: str) -> None:
    lines = Memory(
        documents=[
            document(f"doc-{n}{n}{n}", f"The {word} here. {word} {word}.") for n, word in enumerate(words)
        ]
    )
    rows = [row.record for row in found(query, lines)]
    assert rows == sorted(rows, key=lambda hit: (-hit.score, hit.document, hit.char_start))
    assert len(rows) == len({(hit.document, hit.char_start) for hit in rows})


def test_letters_stand_where_the_quotes_say() -> None:
    assert quote(LETTER, "Olá", "x").char_start == LETTER.index("Olá")
