"""PDF: reading order, what is left out and mended, pages, and files that are hard to read."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli.errors import DocumentError
from dipcli.locators import Locator
from dipcli.reading import LIMITS, Limits, Read, read_bytes
from dipcli.records import Document
from pdf_builder import Words, lines, pdf

HEAD = (72, 30, 9, "Harbour Street Review, volume 3")
LEFT = """On May 16, 2022, Foreign Minister Mira
Kos held talks with Jun Abe in Lima. They
agreed to hold the next round in Au-
gust, after the long-term plan is ready.

The ministers then signed an agree-
ment on trade. It was the first such
document in twenty years, and the"""
RIGHT = """two sides hope that it will last for long.

The long-term plan is to be written by
the embassies. Nothing was said of the
Sino-Korean border, where the long-
term plan has nothing to say at all."""
SECOND = """The second page has a single column that is as wide as the page can be, and more than one
line of it, so that it is a paragraph.

CHRONOLOGY
May 16: Kos meets Abe in Lima.
June 2: The two ministers speak by telephone, and this entry is so long that it goes on in
the next line.
\u2022 An entry with a bullet."""
PAGES = [
    [
        HEAD,
        (150, 70, 20, "Ministers meet in Lima"),
        *lines(LEFT, top=120),
        *lines(RIGHT, left=330, top=120),
        (300, 760, 9, "1"),
    ],
    [
        HEAD,
        *lines(SECOND),
        *((72, 300, 11, "12 March 2021"), (200, 300, 11, "Lima recalls its ambassador.")),
        *((72, 314, 11, "14 March 2021"), (200, 314, 11, "The ambassador arrives in Lima.")),
        (300, 760, 9, "- 2 -"),
    ],
    [HEAD, *lines("The last page."), (300, 760, 9, "Page 3 of 3")],
]
TEXT = """# Ministers meet in Lima

On May 16, 2022, Foreign Minister Mira Kos held talks with Jun Abe in Lima. They agreed to hold the next round in August, after the long-term plan is ready.

The ministers then signed an agreement on trade. It was the first such document in twenty years, and the two sides hope that it will last for long.

The long-term plan is to be written by the embassies. Nothing was said of the Sino-Korean border, where the long-term plan has nothing to say at all.

The second page has a single column that is as wide as the page can be, and more than one line of it, so that it is a paragraph.

CHRONOLOGY

- May 16: Kos meets Abe in Lima.
- June 2: The two ministers speak by telephone, and this entry is so long that it goes on in the next line.
- An entry with a bullet.

12 March 2021 Lima recalls its ambassador.

14 March 2021 The ambassador arrives in Lima.

The last page.
"""


def one(data: bytes, limits: Limits = LIMITS) -> tuple[Document, tuple[str, ...]]:
    (read,) = read_bytes(data, "paper.pdf", limits=limits)
    assert isinstance(read, Read)
    return read


def test_the_text_is_in_reading_order_without_what_every_page_has() -> None:
    document, notes = one(pdf(PAGES))
    assert document.text == TEXT
    assert (document.media_type, notes) == ("application/pdf", ())


def test_a_passage_is_on_its_page() -> None:
    document, _ = one(pdf(PAGES))
    beginnings = [document.text[start:].split()[:3] for start in document.pages]
    assert beginnings == [["#", "Ministers", "meet"], ["The", "second", "page"], ["The", "last", "page."]]
    locator = Locator(document)
    for words, page in (("Sino-Korean", 1), ("CHRONOLOGY", 2), ("last page.", 3)):
        assert locator.at(document.text.index(words)) == f"page {page}"


def test_a_paragraph_over_two_pages_is_one_and_on_both() -> None:
    pages = [
        lines("The ministers met in Lima and signed\nan agree-"),
        [],
        lines("ment on trade. It is\nthe first."),
    ]
    document, _ = one(pdf(pages))
    assert document.text == "The ministers met in Lima and signed an agreement on trade. It is the first.\n"
    assert Locator(document).at(document.text.index("signed")) == "page 1"
    assert Locator(document).at(document.text.index("trade")) == "page 3"


def column(word: str, left: float, top: float) -> list[Words]:
    """Lines of a column that is 150 points wide."""
    return lines("\n".join([f"{word} goes on for some more words"[:28]] * 6) + ".", left, top)


COLUMNS = {
    "three": [*column("One", 40, 90), *column("Two", 230, 90), *column("Six", 420, 90)],
    "below an abstract": [
        *lines("An abstract goes over both of the columns, and over the gutter between the two of them,\nand"
               " it has a second line that is as long as the first one was, nearly, or a little more."),
        *column("Left", 72, 140),
        *column("Right", 320, 140),
    ],
}  # fmt: skip
ORDER = {"three": ["One", "Two", "Six"], "below an abstract": ["An", "Left", "Right"]}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_read_one_after_the_other(name: str) -> None:
    document, _ = one(pdf([COLUMNS[name]]))
    assert [paragraph.split()[0] for paragraph in document.text.split("\n\n")] == ORDER[name]


def test_what_the_file_says_of_itself() -> None:
    info = (
        "/Title (Talks \\(a report\\)) /Author (Ana Lima and Bo Ek) /CreationDate (D:20220517101500+09'00')"
    )
    document, _ = one(pdf(PAGES, info, "/Lang (en-GB)"))
    assert (document.title, document.authors, document.language) == (
        "Talks (a report)",
        ["Ana Lima", "Bo Ek"],
        "en",
    )
    assert document.published and document.published.start == "2022-05-17"
    assert document.origins == {
        "title": "PDF: Title",
        "authors": "PDF: Author",
        "published": "file: CreationDate",
        "language": "PDF: Lang",
    }


@pytest.mark.parametrize("title", ["Microsoft Word - draft3.doc", "untitled", "final_v2.indd"])
def test_a_title_that_a_program_gave_is_none(title: str) -> None:
    assert one(pdf(PAGES, f"/Title ({title})"))[0].title is None


GOOD = pdf([lines("The ministers met in Lima.")])
ENCRYPTED = b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -1 >>" % (
    b"x" * 32,
    b"y" * 32,
)
REFUSED = [
    (pdf([[], []], pictures=True), "is a scan: 2 pages of pictures without text; recognise the text first"),
    (pdf([[]]), "is a PDF without text"),
    (GOOD.replace(b"/Root 1 0 R", ENCRYPTED), "is protected by a password"),
    (GOOD[: len(GOOD) // 2], "is a damaged PDF file"),
    (b"%PDF-1.4\n", "is a damaged PDF file"),
    (b"no PDF at all", "is no PDF file"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_what_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as error:
        one(data)
    assert error.value.message.startswith(message)


MENDED = [
    GOOD.replace(b"startxref\n", b"startxref\n9"),
    GOOD.replace(b"/Kids [6 0 R]", b"/Kids [2 0 R 6 0 R]"),
    GOOD.replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"),
    b"\n junk \n" + GOOD,
]


@pytest.mark.parametrize("data", MENDED)
def test_a_small_fault_is_no_hindrance(data: bytes) -> None:
    assert one(data)[0].text == "The ministers met in Lima.\n"


def test_some_pages_without_text_are_told() -> None:
    _, notes = one(pdf([lines("The ministers met."), [], []], pictures=True))
    assert notes == ("2 pages without text, only pictures (2, 3)",)


def test_a_stream_that_unpacks_to_too_much_is_given_up() -> None:
    bomb = zlib.compress(bytes(400_000_000), 1)
    before, _, after = GOOD.partition(b"/FlateDecode >>\nstream\n")
    data = before + b"/FlateDecode >>\nstream\n" + bomb + b"\nendstream" + after.partition(b"endstream")[2]
    with pytest.raises(DocumentError, match="takes more than 50 MB of memory"):
        one(data, Limits(memory=50_000_000))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12),
    st.integers(0, 40),
)
def test_any_damage_gives_a_document_or_a_reason(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(GOOD)
    for place, byte in changes:
        data[place] = byte
    try:
        document, _ = one(bytes(data[: len(data) - cut * 20]), Limits(seconds=5, memory=500_000_000))
    except DocumentError:
        return
    assert document.text.strip()
    assert document.pages[0] == 0 and document.pages == sorted(document.pages)
