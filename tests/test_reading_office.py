"""DOCX, ODT, RTF, EPUB: their paragraphs, lists and tables, their properties, and what is refused."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli.errors import DocumentError
from dipcli.reading import LIMITS, Limits, Read, read_bytes
from dipcli.records import Document
from office_builder import docx, epub, odt, package, paragraph, table


def one(data: bytes, name: str = "paper.bin", limits: Limits = LIMITS) -> tuple[Document, tuple[str, ...]]:
    (read,) = read_bytes(data, name, limits=limits)
    assert isinstance(read, Read)
    return read


TEXT = """# Talks in Lima

On May 16, 2022, Mira Kos met Jun Abe in Lima.

## Timeline

- May 16: Kos meets Abe.
- June 2: They speak by telephone.

| Date | Event |
| 12 March 2021 | Lima recalls its ambassador. |

A last line,
and one more.
"""
STYLES = '<w:style w:styleId="Berschrift1"><w:name w:val="heading 2"/></w:style>'
DOCX = docx(
    paragraph("Talks in Lima", "Title")
    + "<w:p><w:r><w:t>On May 16, 2022, Mira </w:t></w:r><w:del><w:r><w:t>deleted</w:t></w:r></w:del>"
    + "<w:hyperlink><w:r><w:instrText>code</w:instrText><w:t>Kos met</w:t><w:tab/></w:r></w:hyperlink>"
    + "<w:ins><w:r><w:t>Jun Abe in Lima.</w:t></w:r></w:ins></w:p>"
    + paragraph("Timeline", "Berschrift1")
    + paragraph("May 16: Kos meets Abe.", item=True)
    + paragraph("June 2: They speak by telephone.", "ListBullet")
    + table(("Date", "Event"), ("12 March 2021", "Lima recalls its ambassador."))
    + "<w:p><w:r><w:t>A last line,</w:t><w:br/><w:t>and one more.</w:t></w:r></w:p><w:sectPr/>",
    "<dc:title>Talks in Lima</dc:title><dc:creator>Ana Lima; Bo Ek</dc:creator>"
    "<dcterms:created>2022-05-17T10:00:00Z</dcterms:created><dcterms:modified>2022-05-18T10:00:00Z</dcterms:modified>",
    styles=STYLES,
)
ODT = odt(
    '<text:h text:outline-level="1">Talks in Lima</text:h>'
    "<text:p>On May 16, 2022, <text:span>Mira Kos</text:span> met<text:s/>Jun Abe<text:note>a note</text:note> in"
    ' Lima.</text:p><text:h text:outline-level="2">Timeline</text:h>'
    "<text:list><text:list-item><text:p>May 16: Kos meets Abe.</text:p></text:list-item>"
    "<text:list-item><text:p>June 2: They speak by telephone.</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>Date</text:p></table:table-cell>"
    "<table:table-cell><text:p>Event</text:p></table:table-cell></table:table-row><table:table-row>"
    "<table:table-cell><text:p>12 March 2021</text:p></table:table-cell><table:table-cell><text:p>Lima recalls its"
    " ambassador.</text:p></table:table-cell></table:table-row></table:table>"
    "<text:p>A last line,<text:line-break/>and one more.</text:p>",
    "<dc:title>Talks in Lima</dc:title><meta:initial-creator>Ana Lima; Bo Ek</meta:initial-creator>"
    "<meta:creation-date>2022-05-17T10:00:00</meta:creation-date><dc:date>2022-05-18T10:00:00</dc:date>",
)
RTF = rb"""{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}{\info{\title Talks in Lima}{\author Ana Lima; Bo Ek}
{\creatim\yr2022\mo5\dy17\hr10\min0}{\revtim\yr2022\mo5\dy18}}
Talks in Lima\par On May 16, 2022, {\b Mira Kos} met Jun Abe in Lima.\par
{\pntext\'b7\tab}May 16: Kos meets Abe.\par \bullet  June 2: They speak by telephone.\par
\trowd Date\cell Event\cell\row 12 March 2021\cell Lima recalls its ambassador.\cell\row
S\'e3o Paulo \u8211- Z\u252?rich\par}"""
RTF_TEXT = """Talks in Lima

On May 16, 2022, Mira Kos met Jun Abe in Lima.

May 16: Kos meets Abe.

- June 2: They speak by telephone.

| Date | Event |
| 12 March 2021 | Lima recalls its ambassador. |

São Paulo – Zürich
"""
EPUB = epub(
    {
        "one.xhtml": "<h1>Talks in Lima</h1><p>On&nbsp;May 16, 2022, <b>Mira Kos</b> met Jun Abe in Lima.</p>"
        "<h2>Timeline</h2><ul><li>May 16: Kos meets Abe.</li><li><p>June 2: They speak by telephone.</p></li></ul>",
        "two.xhtml": "<table><tr><th>Date</th><th>Event</th></tr><tr><td>12 March 2021</td><td><p>Lima recalls its"
        " ambassador.</p></td></tr></table><p>A last line,<br/>and one more.</p><script>no text</script>",
    },
    "<dc:title>Talks in Lima</dc:title><dc:creator>Ana Lima</dc:creator><dc:creator>Bo Ek</dc:creator>"
    "<dc:publisher>Harbour Press</dc:publisher><dc:date>2022-05-17</dc:date><dc:language>en-GB</dc:language>",
)
SAMPLES = {"docx": (DOCX, TEXT), "odt": (ODT, TEXT), "rtf": (RTF, RTF_TEXT), "epub": (EPUB, TEXT)}


@pytest.mark.parametrize("kind", SAMPLES)
def test_paragraphs_lists_and_tables_become_lines(kind: str) -> None:
    data, text = SAMPLES[kind]
    document, notes = one(data)
    assert document.text == text
    assert notes == ()


@pytest.mark.parametrize("kind", SAMPLES)
def test_what_the_file_says_of_itself(kind: str) -> None:
    document, _ = one(SAMPLES[kind][0])
    assert (document.title, document.authors) == ("Talks in Lima", ["Ana Lima", "Bo Ek"])
    assert document.published and document.published.start == "2022-05-17"
    if kind == "epub":
        assert (document.publisher, document.language) == ("Harbour Press", "en")
        assert document.origins["published"] == "EPUB: date"
    else:
        assert document.updated and document.updated.start == "2022-05-18"
        assert document.origins["published"].startswith("file: ")


def test_a_table_that_frames_the_page_is_no_table() -> None:
    inner = table(("May 16", "Kos meets Abe."))
    frame = f"<w:tbl><w:tr><w:tc>{paragraph('Talks in Lima')}{inner}</w:tc></w:tr></w:tbl>"
    assert one(docx(frame))[0].text == "Talks in Lima\n\n| May 16 | Kos meets Abe. |\n"


def test_notes_follow_the_text_of_a_word_document() -> None:
    data = docx(paragraph("The text."), footnotes=f"<w:footnote>{paragraph('A note.')}</w:footnote>")
    assert one(data)[0].text == "The text.\n\nA note.\n"


def test_a_chapter_that_is_no_xml_is_told() -> None:
    document, notes = one(epub({"a.xhtml": "<p>A good chapter.</p>", "b.xhtml": "<p>A bad one.<br></p>"}))
    assert document.text == "A good chapter.\n"
    assert notes == ("left out, for they cannot be read: OEBPS/b.xhtml",)


BOMB = """<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
CUT = DOCX[: len(DOCX) // 2]
LARGE = docx(paragraph("word " * 200_000))
REFUSED = [
    ("x.docx", docx(""), "is a Word document without text"),
    ("x.odt", odt(""), "is an OpenDocument text without text"),
    ("x.epub", epub({"a.xhtml": ""}), "is a book without text"),
    ("x.rtf", b"{\\rtf1 }", "is an RTF file without text"),
    ("x.rtf", b"plain words", "is no RTF file"),
    ("x.odt", odt("<text:p>&b;</text:p>", before=BOMB), "is a file with XML entities of its own (ODT)"),
    ("x.docx", CUT, "is a damaged DOCX file"),
    ("x.docx", b"plain words", "is a damaged DOCX file (File is not a zip file)"),
    ("x.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "is protected by a password, or no DOCX file"),
    ("x.docx", package({"a": "b"}), "is a damaged DOCX file (there is no word/document.xml in it)"),
    (
        "x.epub",
        epub({}, **{"META-INF__encryption.xml": "", "META-INF__rights.xml": ""}),
        "is protected against copying",
    ),
    ("x.docx", LARGE, "unpacks to more than 500 kB"),
]


@pytest.mark.parametrize(("name", "data", "message"), REFUSED)
def test_what_cannot_be_read_says_why(name: str, data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as error:
        one(data, name, Limits(expanded=500_000))
    assert error.value.message.startswith(message)


def test_a_member_with_a_password_is_told() -> None:
    data = bytearray(DOCX)
    with zipfile.ZipFile(BytesIO(DOCX)) as archive:
        offset = archive.getinfo("word/document.xml").header_offset
    data[offset + 6] |= 1
    place = data.rindex(b"word/document.xml") - 46
    data[place + 8] |= 1
    with pytest.raises(DocumentError, match="is protected by a password"):
        one(bytes(data), "x.docx")


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
    st.integers(0, 3),
)
def test_any_damage_gives_a_document_or_a_reason(
    kind: str, changes: list[tuple[float, int]], cut: int
) -> None:
    data = bytearray(SAMPLES[kind][0])
    for share, byte in changes:
        data[int(share * (len(data) - 1))] = byte
    try:
        document, _ = one(
            bytes(data[: len(data) - 40 * cut]), f"x.{kind}", Limits(expanded=1_000_000, seconds=5)
        )
    except DocumentError:
        return
    assert document.text.strip()
