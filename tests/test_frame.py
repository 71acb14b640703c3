"""Title, publisher, authors and date of publication, off the text; sections that date what follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipcli.dates import expressions
from dipcli.extraction.frame import boilerplate, frame
from dipcli.extraction.sections import Section, sections
from dipcli.records import Document, Published
from effort import is_linear

MAY_4 = ("2011-05-04", "2011-05-04")


def _document(text: str, **known: object) -> Document:
    return Document(
        id="doc-1", path="a.txt", paths=["a.txt"], sha256="0", media_type="text/plain", text=text, **known
    )


PROSE = "The ministers of both countries held talks on trade and on the border for two hours, it was said.\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Two Harbours Agree on Ferry Line\n\n" + PROSE, "Two Harbours Agree on Ferry Line"),
        ("# The *Long* Way\n\nBy Ann Lee\n\n" + PROSE, "The Long Way"),
        ("Menu\n\nShare this\n\nWill the Ferry Ever Run?\n\n" + PROSE, "Will the Ferry Ever Run?"),
        (
            "PRESS RELEASE\nNo. 12\nMay 4, 2011\n\nLEADERS MEET IN OSLO\n\n" + PROSE,
            "LEADERS MEET IN OSLO",
        ),
        ("Ferry Diary\nCompiled for the Northern Review, 4 May 2011\n\n" + PROSE, "Ferry Diary"),
        ("NORWAY–ICELAND RELATIONS are the relations of Norway and Iceland.\n", "NORWAY–ICELAND RELATIONS"),
        ("Ministers wave.\nMinisters wave at the pier\nMinisters wave at the pier\n" + PROSE, None),
        (PROSE, None),
        ("", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert frame(_document(text)).title == title


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Ferry Line Opens Soon\n\nNorthern Review, May 4, 2011\n\n" + PROSE, "Northern Review"),
        (
            "Ferry Line Opens Soon\nNorthern Review | Updated 4 May 2011\n\n" + PROSE,
            "Northern Review",
        ),
        ("Ferry Line Opens Soon\nThe Northern Review\n4 May 2011\n\n" + PROSE, "The Northern Review"),
        ("Ferry Line Opens Soon\n\nOSLO, May 4 (Polar Wire) — " + PROSE, "Polar Wire"),
        ("Ferry Line Opens Soon\n\nOriginally published at Ferry Matters\n\n" + PROSE, "Ferry Matters"),
        (PROSE + "\nThe original source of this article is [Ferry Matters](#)\n", "Ferry Matters"),
        ("Ferry Line Opens Soon\n\nOslo, May 4, 2011\n\n" + PROSE, None),
        ("Ferry Line Opens Soon\n\nAnn Lee, May 4, 2011\n\n" + PROSE, None),
    ],
)
def test_publisher(text: str, publisher: str | None) -> None:
    assert frame(_document(text)).publisher == publisher


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        (
            "Ferry Line Opens Soon\n\nBy Ann Lee and Ola van der Berg\n\n" + PROSE,
            ["Ann Lee", "Ola van der Berg"],
        ),
        ("Ferry Line Opens Soon\n\nBy [Dr. Ann Lee](#)\n\n" + PROSE, ["Ann Lee"]),
        (
            "Ferry Line Opens Soon\n\nBy\n- Ann A. LeeSenior Fellow\n- Ola Berg\n" + PROSE,
            ["Ann A. Lee", "Ola Berg"],
        ),
        (PROSE + "\nWritten By\n\nAnn Lee is a writer in Oslo.\n", ["Ann Lee"]),
        ("Ferry Line Opens Soon\n\nBy experts and staff\n\n" + PROSE, []),
        ("By Monday the talks had failed and everyone who was there had gone home again.\n", []),
    ],
)
def test_authors(text: str, authors: list[str]) -> None:
    assert frame(_document(text)).authors == authors


@pytest.mark.parametrize(
    ("text", "start", "end", "precision", "basis"),
    [
        (
            "Ferry Opens\n\nNorthern Review, May 4, 2011\n\n" + PROSE,
            "2011-05-04",
            "2011-05-04",
            "day",
            "printed",
        ),
        ("Ferry Opens\n\n" + PROSE * 30 + "\nMay 4, 2011\n", *MAY_4, "day", "printed"),
        (
            "Ferry Opens\nPublished: 4 May 2011, 10:30\n\n" + PROSE,
            "2011-05-04",
            "2011-05-04",
            "day",
            "printed",
        ),
        (" No. A12 4 May 2011\n\n FERRY OPENS\n\n" + PROSE, *MAY_4, "day", "printed"),
        ("Ferry Opens\n\n" + PROSE + "\n\nMay 4, 2011\n09:30\n\n" + PROSE, *MAY_4, "day", "printed"),
        ("Ferry Opens\n\n" + PROSE * 30 + "\nOslo, 4 May 2011\n", *MAY_4, "day", "printed"),
        ("Ferry Opens\n\n(Oslo, 4 May 2011) - " + PROSE, *MAY_4, "day", "printed"),
        ("Ferry Opens\n\n" + PROSE * 30 + "\n(c) Polar Wire, May 4, 2011\n", *MAY_4, "day", "printed"),
        ("The Ferry Weekly\nNo. 7 | 28 April-4 May 2011\n\n" + PROSE, *MAY_4, "day", "printed"),
        ("Ferry Talk\n\n" + PROSE + "The interview took place on 4 May 2011.\n", *MAY_4, "day", "printed"),
        ("Ferry Opens\n\nOslo, 4 May 2011 (Polar Wire). " + PROSE, *MAY_4, "day", "printed"),
        ("OSLO, May 4, 2011 (Polar Wire) - " + PROSE, *MAY_4, "day", "printed"),
        ("Ferry Opens\n\n(Polar Wire) OSLO, May 4, 2011 -- " + PROSE, *MAY_4, "day", "printed"),
        ("Oslo (Norway), 4 May 2011 (Polar Wire) - " + PROSE, *MAY_4, "day", "printed"),
        ("OSLO (Polar Wire / North - 04th May, 2011) " + PROSE, *MAY_4, "day", "printed"),
        (
            "A summary. Prepared for the Northern Review, May 4, 2011.\n\n" + PROSE,
            "2011-05-04",
            "2011-05-04",
            "day",
            "printed",
        ),
        # 4 May was a Wednesday in 2011 and 2016; the newest date told leaves one of them.
        (
            "OSLO, May 4 (Polar Wire) - The ministers met on Wednesday for the first time since June 2010.\n",
            "2011-05-04",
            "2011-05-04",
            "day",
            "inferred",
        ),
        # "on Tuesday", told on the day after.
        (
            "OSLO, May 4 (Polar Wire) - The ministers met on Tuesday for the first time since June 2010.\n",
            "2011-05-04",
            "2011-05-04",
            "day",
            "inferred",
        ),
        (
            "The ministers met on Wednesday, May 4, for the first time since June 2010.\n",
            "2011-05-04",
            "2011-05-10",
            "range",
            "inferred",
        ),
        (
            "Both ministers opened the northern ferry terminal on May 4.\n\nBoth ministers opened the "
            "northern ferry terminal on Wednesday, the first since June 2010.\n",
            "2011-05-04",
            "2011-05-10",
            "range",
            "inferred",
        ),
        (
            "They met on May 4, 2011, and on May 9. The lease ends in 2030, until then they share it.\n",
            "2011-05-01",
            "2011-10-31",
            "range",
            "inferred",
        ),
        (
            "Resolution 76 (1962)\n\nof 3 May 1962\n\nThe Ferry Council,\n\n"
            "Recalling its resolution 31 (1960) of 12 June 1960,\n\nCalls upon all to wait.\n",
            "1962-05-03",
            "1962-05-03",
            "day",
            "printed",
        ),
        ("Oslo, May 4, 2011: " + PROSE, *MAY_4, "day", "printed"),
        ("Ferry Opens\n\nBy Ana Berg\nMay 4, 2011 (OSLO) – " + PROSE, *MAY_4, "day", "printed"),
        ("date 2011-05-04\nFerry Opens\n\n" + PROSE, *MAY_4, "day", "printed"),
        ("The ferry opens at last (Polar) Updated: 2011-05-04 21:47\n\n" + PROSE, *MAY_4, "day", "printed"),
        # the issue of a journal
        (
            "Chronology: The Ferries\n\nThe Harbour Journal, Autumn 2012\n\nApr. 16: The northern ferry was sold.\n",
            "2012-09-01",
            "2012-11-30",
            "season",
            "printed",
        ),
    ],
)
def test_published(text: str, start: str, end: str, precision: str, basis: str) -> None:
    published = frame(_document(text)).published
    assert published is not None and published.evidence is not None
    assert (published.start, published.end, published.precision, published.basis) == (
        start,
        end,
        precision,
        basis,
    )
    evidence = published.evidence
    assert text[evidence.char_start : evidence.char_end] == evidence.text


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "May 4, 2011: Ferry line opens.\nMay 9, 2011: Ferry line closes.\n",
        "OSLO, May 4 (Polar Wire) - The ministers met on Wednesday.\n",
        "Treaty of Lima\n\nSigned 13 March 1984\n\n" + PROSE,
        "Lima Group\n\nFormation: 3 May 1962\nHeadquarters: Lima\n\n" + PROSE,
        "Lima summit\n\nDate: 4 May 1962\nLocation: Lima\n\n"
        "Peru withdrew on 3 June 1964. Peru and Chile signed a treaty on 3 May 1970.",
    ],
)
def test_not_published(text: str) -> None:
    assert frame(_document(text)).published is None


def test_what_is_known_stays() -> None:
    known = Published(start="2001-01-01", end="2001-01-01", precision="day", basis="given")
    text = "Ferry Line Opens Soon\nBy Ann Lee\nNorthern Review, May 4, 2011\n\n" + PROSE
    document = _document(text, title="T", publisher="P", authors=["A"], published=known, language="en")
    assert frame(document) == document


def _of(document: Document) -> list[Section]:
    return sections(document, expressions(document.text))


def _sections(text: str, **known: object) -> list[tuple[str, int | None, int | None]]:
    first, *found = _of(_document(text, **known))
    assert first.start == 0
    return [(text[one.start :].partition("\n")[0], one.context.year, one.context.month) for one in found]


def test_headings_date_what_follows() -> None:
    text = "2008\n\n- Oslo 5 June\n\nMay\n\n- Rome\n\nEvents of 2009:\n\n- Bern\n\nSince 2009 it ran.\n"
    assert _sections(text) == [("2008", 2008, None), ("May", 2008, 5), ("Events of 2009:", 2009, None)]


def test_markdown_sections_end() -> None:
    text = "# Ferry\n\n## 2008\n\n### May\n\n- 5: x\n\n## Outlook\n\nAll is well.\n"
    assert _sections(text) == [("## 2008", 2008, None), ("### May", 2008, 5), ("## Outlook", None, None)]


def test_a_heading_of_two_years() -> None:
    last = _of(_document("Timeline, December 2010 – March 2011\n\nDec. 5: x\n"))[-1].context.last
    assert last is not None and (last.start.isoformat(), last.end.isoformat()) == ("2010-12-01", "2011-03-31")


def test_an_inferred_span_gives_its_beginning() -> None:
    known = Published(start="2011-05-04", end="2011-05-10", precision="range", basis="inferred")
    published = _of(_document("x", published=known))[0].context.published
    assert (
        published is not None and published.precision == "day" and published.start.isoformat() == "2011-05-04"
    )


def test_boilerplate() -> None:
    text = "Menu\nFerry Line Opens Soon\nBy Ann Lee\n" + PROSE + "Click to comment\nAll rights reserved.\n"
    spans = [text[span.char_start : span.char_end] for span in boilerplate(text)]
    assert spans == ["Menu", "By Ann Lee", "Click to comment", "All rights reserved."]


@given(st.text(alphabet="AaBy ,.\n#-0123456789May", max_size=200))
def test_any_text_can_be_framed(text: str) -> None:
    document = frame(_document(text))
    offsets = [section.start for section in _of(document)]
    assert offsets == sorted(offsets)
    for span in boilerplate(text):
        assert 0 <= span.char_start < span.char_end <= len(text)


@pytest.mark.parametrize(
    "trap",
    [
        "[",
        "May 3\n",
        "on Monday ",
        "By A\n",
        "2008\n",
        "# 2008\n",
        "A ",
        "\n",
        "By ",
        "source: ",
        "Monday, May 3 ",
    ],
)
def test_time_is_linear(trap: str) -> None:
    assert is_linear(lambda text: _of(frame(_document(text + " in June 2010."))), trap)
    assert is_linear(boilerplate, trap)
