"""The view of a text and its sentences: tables of cases, and what holds of any text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli.extraction import (
    cited,
    groups,
    institutions,
    media,
    nearby,
    pronouns,
    relations,
    sides,
    simplify,
    timing,
    when,
    whereabouts,
)
from dipcli.extraction.sentences import SENTENCE_LIMIT, split
from dipcli.extraction.view import view

CASES = Path(__file__).parent / "cases"
WRAPPED = """The ministers of the two countries met for three hours in the
old town hall of the city. They agreed to meet again in the autumn,
when the harvest is in and the roads to the north are dry enough.
Nobody spoke to the press, and no statement was made afterwards."""
TORN = """The envoy said that the two governments would continue

to talk about the border, and that he was sure of a good

outcome before the end of the year.

The spokesman said that nothing had been agreed on the

matter of the islands."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Gen. Ochoa met Sen. Rubio. They talked.", ["Gen. Ochoa met Sen. Rubio.", "They talked."]),
        ("On Aug. 9 he met Lt. Gen. Diaz.", ["On Aug. 9 he met Lt. Gen. Diaz."]),
        ("It met in Aug. The talks failed.", ["It met in Aug.", "The talks failed."]),
        ("The U.S. Army left. It rained.", ["The U.S. Army left.", "It rained."]),
        ("He flew to the U.S. The visit was short.", ["He flew to the U.S.", "The visit was short."]),
        ("J. F. Kennedy spoke.", ["J. F. Kennedy spoke."]),
        ('"We met." He left.', ['"We met."', "He left."]),
        ('"Will you come?" she asked.', ['"Will you come?"', "she asked."]),
        ("They met at 5 p.m. The king came.", ["They met at 5 p.m.", "The king came."]),
        ("They met at 5 p.m. in Oslo.", ["They met at 5 p.m. in Oslo."]),
        ("Growth was 3.5 percent. It fell.", ["Growth was 3.5 percent.", "It fell."]),
        ("Wait... Then go!", ["Wait...", "Then go!"]),
        ("No. 10 Downing St. was closed.", ["No. 10 Downing St. was closed."]),
        ("May 3: A met B.\nMay 4: C met D.", ["May 3: A met B.", "May 4: C met D."]),
        ("- one thing\n- another thing", ["one thing", "another thing"]),
        (
            "2019-05-03 - A meets B\n2019-05-04 - C meets D",
            ["2019-05-03 - A meets B", "2019-05-04 - C meets D"],
        ),
        ("A Heading\n\nThe text begins here.", ["A Heading", "The text begins here."]),
        ("One line\n\n\n\nanother", ["One line", "another"]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_sentences(text, expected):
    seen = view(text)
    assert [seen[s.char_start : s.char_end] for s in split(seen)] == expected


def test_lines_wrapped_by_hand_are_joined():
    found = [" ".join(WRAPPED[s.char_start : s.char_end].split()) for s in split(view(WRAPPED))]
    assert [sentence.split()[0] for sentence in found] == ["The", "They", "Nobody"]


def test_paragraphs_torn_by_a_scanner_are_joined():
    found = [TORN[s.char_start : s.char_end].split() for s in split(view(TORN))]
    assert [(words[1], words[-1]) for words in found] == [("envoy", "year."), ("spokesman", "islands.")]


def test_lines_indented_below_a_bullet_belong_to_its_item():
    text = (
        "* 2018\n"
        "    * [06/10](https://example.org/a-long-address-of-a-page):\n"
        "      Kenya, Uganda agree to settle differences\n"
        "      over the lake\n"
        "\n"
        "    * 07/02: Chad closes\n"
        "      its border.\n"
        "      A day later it opens.\n"
        "Nobody else was there.\n"
    )
    seen = view(text)
    found = [(s.kind, " ".join(seen[s.char_start : s.char_end].split())) for s in split(seen)]
    assert found == [
        ("item", "2018"),
        ("item", "06/10 : Kenya, Uganda agree to settle differences over the lake"),
        ("item", "07/02: Chad closes its border."),
        ("item", "A day later it opens."),
        ("prose", "Nobody else was there."),
    ]


def test_kinds():
    kinds = [s.kind for s in split(view("Key dates\n\nMay 3, 2019: A met B.\n\nNothing else was said."))]
    assert kinds == ["heading", "item", "prose"]


def test_a_sentence_that_is_too_long_is_cut_and_says_so():
    pieces = split("word " * 20_000)
    assert all(piece.cut and piece.char_end - piece.char_start <= SENTENCE_LIMIT for piece in pieces)
    assert sum((piece.char_end - piece.char_start) // 5 + 1 for piece in pieces) == 20_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Peru** met", "  Peru   met"),
        ("[Peru](http://a.b/c) met", " Peru                met"),
        ("![flag](flag.png) Peru", "                  Peru"),
        ("<b>Peru</b>", "   Peru    "),
        ("## Talks", "   Talks"),
        ("> Peru", "  Peru"),
        ("Peru[12] met", "Peru     met"),
        ("the “two sides’”", 'the "two sides\'"'),
        ("a_name_b", "a_name_b"),
        ("- Peru\n  * Chile\n* * *", "• Peru\n  • Chile\n     "),
        ("_Peru_ met", " Peru  met"),
        ("---\ntitle: x\n---\nPeru", "   \n        \n   \nPeru"),
    ],
)
def test_view(text, expected):
    assert view(text) == expected


MARKUP = st.text(st.sampled_from("a B.1 \n*_[]()<>!#|`-–’“\u200b\u00a0é中'\"/:"), max_size=120)


@given(MARKUP | st.text(max_size=120))
@settings(max_examples=300, deadline=None)
def test_view_keeps_every_character_in_its_place(text):
    seen = view(text)
    assert len(seen) == len(text)
    assert [i for i, c in enumerate(seen) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]
    assert all(a == b for a, b in zip(seen, text, strict=True) if b.isalnum() and a != " ")


@given(MARKUP | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_sentences_lie_in_order_inside_the_text(text):
    seen = view(text)
    sentences = split(seen)
    ends = [0]
    for sentence in sentences:
        assert ends[-1] <= sentence.char_start < sentence.char_end <= len(text)
        ends.append(sentence.char_end)
    kept = "".join(seen[s.char_start : s.char_end] for s in sentences)
    assert [c for c in kept if c.isalnum()] == [c for c in seen if c.isalnum()]


PHRASES = [path.read_text(encoding="utf-8") for path in sorted(CASES.iterdir())]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (groups._GROUP, groups._GROUPS),
        (groups._BARE, groups._GROUPS),
        (groups._BODY, groups._HEADS),
        (groups._THAT, {"country", "nation"}),
        (groups._BLOC, {"bloc", "grouping", "regional"}),
        (groups._LED, {"delegation", "delegations"}),
        (pronouns._HE, pronouns._PRONOUNS),
        (institutions._TOLD, institutions._WORDS),
        (relations._ALLIED, relations._ALLIES),
        (simplify._COMPANY, {"accompanied", "flanked"}),
        (whereabouts._SAME_PLACE, {"there", "same"}),
        (media._PHONED, media._PHONES),
        (cited.OF_TEXT, cited.OF_TEXT_WORDS),
        (nearby._VISITS, {"visit", "visits"}),
        (sides._REPRESENTED, sides._SIDE_WORDS),
        (sides._LED, sides._SIDE_WORDS),
        (simplify._DELAY, simplify._DELAYED),
        (timing._LATER, timing._LATER_WORDS),
        (when._AHEAD, when._TO_COME),
    ],
)
def test_a_pattern_is_spared_only_where_it_cannot_match(pattern, needed):
    anywhere = re.compile(pattern.pattern.replace(r"\Z", ""), pattern.flags)
    found = [match[0] for text in PHRASES for match in anywhere.finditer(text)]
    assert found
    for text in found:
        assert not split(f"{text}.")[0].words.isdisjoint(needed), text
