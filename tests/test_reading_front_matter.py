"""Front matter: which blocks are front matter, and what it says of the document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipcli.reading import Read, read_bytes
from dipcli.reading.front_matter import body_start, entries
from dipcli.records import Document

VALUES = [
    ("title: A plain title", ["A plain title"]),
    ("title: Talks: the second round", ["Talks: the second round"]),
    ("title: A title # and a comment", ["A title"]),
    ("title: Room #4", ["Room"]),
    ("title: 'It''s agreed'", ["It's agreed"]),
    ('title: "A \\"grand\\" bargain"', ['A "grand" bargain']),
    ('title: "Lima,\\\n  \\ Quito\\_and La Paz"', ["Lima, Quito and La Paz"]),
    ('title: "one\n  two\nthree"', ["one two three"]),
    ('title: "caf\\u00e9 \\xe9 \\U0001F600 \\ud800"', ["café é 😀 \ufffd"]),
    ('title: "Deal" and no deal', ['"Deal" and no deal']),
    ("title: over\n  two lines", ["over two lines"]),
    ("title: >-\n  folded\n  text", ["folded text"]),
    ("title: |\n  kept\n  lines", ["kept lines"]),
    ("title:", []),
    ("title: null", []),
    ("title: ''", []),
    ("title: [Ana, 'B, C', \"D\"]", ["Ana", "B, C", "D"]),
    ("title:\n  - Ana\n  - 'Bo, C'", ["Ana", "Bo, C"]),
    ("title:\n- Ana\n- Bo", ["Ana", "Bo"]),
    ("title:\n  - name: Ana\n    role: editor\n  - role: none", ["Ana"]),
    ("title:\n  deep: value", []),
]


@pytest.mark.parametrize(("block", "values"), VALUES)
def test_a_value_is_read_as_yaml_has_it(block: str, values: list[str]) -> None:
    text = f"---\nfirst: 1\n{block}\nlast: 2\n---\nBody\n"
    found = entries(text)
    assert list(found) == ["first", "title", "last"]
    assert found["title"].values == values
    assert text[found["title"].char_start : found["title"].char_end] == block
    assert text[body_start(text) :] == "Body\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Body\n---\ntitle: x\n---\n",
        "---\nA rule above, and one below.\n---\nBody",
        "---\ntitle: never closed\n",
        "---\n---\n",
        "--- \n# only a comment\n---\n",
        "----\ntitle: x\n----\n",
    ],
)
def test_other_text_is_no_front_matter(text: str) -> None:
    assert entries(text) == {}
    assert body_start(text) == 0


def read_as_text(text: str) -> tuple[Document, tuple[str, ...]]:
    (read,) = read_bytes(text.encode(), "note.txt")
    assert isinstance(read, Read)
    return read


DATES = [
    ("2022-04-22", ("2022-04-22", "2022-04-22", "day")),
    ("April 22, 2022 10:30 EDT", ("2022-04-22", "2022-04-22", "day")),
    ("Fri, 22 Apr 2022", ("2022-04-22", "2022-04-22", "day")),
    ("2022-04-22T11:44:23Z", ("2022-04-22", "2022-04-22", "day")),
    ("2022-04-22 11:44:23-04:00", ("2022-04-22", "2022-04-22", "day")),
    ("2024-02", ("2024-02-01", "2024-02-29", "month")),
    ("May 2022", ("2022-05-01", "2022-05-31", "month")),
    ("1990", ("1990-01-01", "1990-12-31", "year")),
]


@pytest.mark.parametrize(("value", "interval"), DATES)
def test_the_date_of_a_document_keeps_its_precision_and_its_evidence(
    value: str, interval: tuple[str, str, str]
) -> None:
    text = f"---\ntitle: x\ndate: {value}\n---\nBody"
    published = read_as_text(text)[0].published
    assert published is not None and published.evidence is not None
    assert (published.start, published.end, published.precision) == interval
    assert published.basis == "metadata"
    assert published.evidence.text == text[published.evidence.char_start : published.evidence.char_end]
    assert (published.evidence.text, published.evidence.locator) == (f"date: {value}", "line 3")


@pytest.mark.parametrize("value", ["2022-02-30", "2022-13", "soon", "0000", "May 16", "yesterday"])
def test_a_date_that_cannot_be_read_is_noted(value: str) -> None:
    document, notes = read_as_text(f"---\ndate: {value}\n---\n")
    assert document.published is None
    assert notes == (f'front matter: date "{value}" is no date that can be read',)


def test_what_speaks_against_a_date_is_noted() -> None:
    document, notes = read_as_text("---\ndate: Monday, May 17, 2022\n---\n")
    assert document.published is not None and document.published.start == "2022-05-17"
    assert notes == ('front matter: date "Monday, May 17, 2022": 2022-05-17 was a Tuesday, not a Monday',)


AUTHORS = [
    ("author: Ana Lima", ["Ana Lima"]),
    ("author: By Ana Lima and Bo Ek", ["Ana Lima", "Bo Ek"]),
    ("author: Ana Lima, Bo Ek, and Cy Ott", ["Ana Lima", "Bo Ek", "Cy Ott"]),
    ("author: Lima, Ana; Ek, Bo", ["Ana Lima", "Bo Ek"]),
    ("creators:\n  - Lima, Ana\n  - Ek, Bo", ["Ana Lima", "Bo Ek"]),
]


@pytest.mark.parametrize(("block", "authors"), AUTHORS)
def test_authors_are_parted(block: str, authors: list[str]) -> None:
    assert read_as_text(f"---\n{block}\n---\n")[0].authors == authors


def test_a_document_carries_what_its_front_matter_says() -> None:
    text = (
        "---\r\nTitle: The Talks\r\nauthors: [Ana Lima]\r\nsource: https://example.org\r\n"
        "site_name: Example Review\r\nlanguage: en-GB\r\n---\r\n# Heading\r\n"
    )
    document, notes = read_as_text(text)
    assert document.title == "The Talks"
    assert document.authors == ["Ana Lima"]
    assert document.publisher == "Example Review"
    assert document.language == "en"
    assert document.published is None
    assert document.address == "https://example.org"
    assert document.origins == {
        "title": "front matter: title",
        "authors": "front matter: authors",
        "publisher": "front matter: site_name",
        "language": "front matter: language",
        "address": "front matter: source",
    }
    assert document.text == text.replace("\r\n", "\n")
    assert notes == ()


@pytest.mark.parametrize("key", ["date", "post_date", "pubDate", "published_at", "publish_date", "issued"])
def test_exports_name_the_date_in_many_ways(key: str) -> None:
    document, notes = read_as_text(
        f"---\npost_title: >\n  The Talks\n  of Oslo\n{key}: 2016-06-09 01:25:07\n---\nThey met.\n"
    )
    assert document.title == "The Talks of Oslo"
    assert document.published and document.published.start == "2016-06-09"
    assert notes == ()


@given(st.text(st.sampled_from("---\n\"'\\[]:>|#x0ab - \t"), max_size=120))
def test_any_block_is_read_or_left(block: str) -> None:
    text = f"---\n{block}\n---\nBody"
    for found in entries(text).values():
        assert 4 <= found.char_start <= found.char_end <= len(text)
    assert 0 <= body_start(text) <= len(text)
    assert read_as_text(text)[0].text
