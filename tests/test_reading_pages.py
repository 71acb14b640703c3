"""Web pages: what of a page is its text, what it says of itself, and pages that are hard to read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli.errors import DocumentError
from dipcli.reading import Limits, Read, read_bytes
from dipcli.records import Document

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Ministers meet in Lima | Harbour Street Review</title>
<meta property="og:site_name" content="Harbour Street Review">
<meta property="og:title" content="Ministers meet in Lima">
<link rel="canonical" href="https://example.org/2022/05/lima">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "no article"},
 {"@type": ["NewsArticle"], "datePublished": "2022-05-16T10:00:00+00:00", "dateModified": "2022-05-18",
  "author": [{"@type": "Person", "name": "Ana Lima"}, {"name": "Bo Ek"}]}]}</script>
<style>p { color: red }</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World news</a></li></ul></nav>
<header><h1>Ministers meet in Lima</h1><p class="byline">By Ana Lima</p>
<time datetime="2022-05-16">16 May 2022</time></header>
<article><p>On May 16, 2022, Foreign Minister Mira Kos held talks with Jun Abe in Lima. They agreed to hold
the next round in August.</p>
<aside class="related"><h3>More stories</h3><a href="/x">Other stories you may like about trade</a></aside>
<div class="ad">Buy our newsletter now</div>
<h2>Timeline</h2>
<ul><li>May 16: Kos meets Abe in Lima.</li><li>June 2: The two ministers speak by telephone.</li>
<li><b>July 3</b>: The president visits <a href="u">Quito</a> and signs an <i>agreement</i>.</li></ul>
<p><strong>January 4, 2021:</strong> The envoy visits Tokyo.<br>January 6, 2021: The envoy leaves.</p>
<table><tr><th>Date</th><th>Event</th></tr><tr><td>12 March 2021</td><td>Lima recalls its
ambassador.</td></tr></table>
<dl><dt>April 2</dt><dd>The embassy reopens after a year.</dd></dl></article>
<section id="comments"><h3>Comments (2)</h3><p>I think on May 3, 2020 the minister lied.</p></section>
<footer><p>© 2022 Harbour Street Review. All rights reserved.</p></footer></body></html>"""

TEXT = """# Ministers meet in Lima

On May 16, 2022, Foreign Minister Mira Kos held talks with Jun Abe in Lima. They agreed to hold the next round in August.

## Timeline

- May 16: Kos meets Abe in Lima.
- June 2: The two ministers speak by telephone.
- July 3: The president visits Quito and signs an agreement.

January 4, 2021: The envoy visits Tokyo.
January 6, 2021: The envoy leaves.

| Date | Event |
| 12 March 2021 | Lima recalls its ambassador. |

- April 2: The embassy reopens after a year.
"""


def one(data: str | bytes, name: str = "page.html") -> tuple[Document, tuple[str, ...]]:
    (read,) = read_bytes(data.encode() if isinstance(data, str) else data, name)
    assert isinstance(read, Read)
    return read


def test_the_main_text_is_kept_line_by_line() -> None:
    document, notes = one(PAGE)
    assert document.text == TEXT
    assert (document.media_type, notes) == ("text/html", ())


def test_a_page_says_who_when_where() -> None:
    document, _ = one(PAGE)
    assert document.title == "Ministers meet in Lima"
    assert document.authors == ["Ana Lima", "Bo Ek"]
    assert document.published and document.published.start == "2022-05-16"
    assert document.updated and document.updated.start == "2022-05-18"
    assert document.origins == {
        "title": "og:title",
        "authors": "JSON-LD: author",
        "publisher": "og:site_name",
        "published": "JSON-LD: datePublished",
        "updated": "JSON-LD: dateModified",
        "language": "html lang",
        "address": "link canonical",
    }


BODY = "<body><p>On May 16, 2022, the ministers met in Lima and held talks about trade.</p>"
SAID = [
    ('<meta name="author" content="By Ana Lima and Bo Ek">', "authors", ["Ana Lima", "Bo Ek"], "meta author"),
    ('<meta name="citation_author" content="Lima, Ana">', "authors", ["Ana Lima"], "meta citation_author"),
    ('<meta property="article:author" content="https://example.org/ana">', "authors", [], None),
    ('<meta name="DC.Publisher" content="Gazette">', "publisher", "Gazette", "meta dc.publisher"),
    ('<meta property="og:url" content="/relative">', "address", None, None),
    ('<meta property="og:locale" content="de_DE">', "language", "de", "og:locale"),
    ('<meta http-equiv="content-language" content="fr">', "language", "fr", "meta content-language"),
    ("<title>Talks - Gazette</title><meta property=og:site_name content=Gazette>", "title", "Talks", "title"),
    ("<title>Talks - the latest</title>", "title", "Talks - the latest", "title"),
    ('<script type="application/ld+json">{"@type": "Article", "headline": ', "title", None, None),
    ('<script type="application/ld+json">' + "[" * 5000 + "</script>", "title", None, None),
]


@pytest.mark.parametrize(("head", "field", "value", "origin"), SAID)
def test_each_way_to_say_it(head: str, field: str, value: object, origin: str | None) -> None:
    document, _ = one(f"<html><head>{head}</script></head>{BODY}</html>")
    assert getattr(document, field) == value
    assert document.origins.get(field) == origin


DATES = [
    ('<meta property="article:published_time" content="2022-05-17T09:00:00+09:00">', "2022-05-17"),
    ('<meta name="citation_publication_date" content="2022/05/17">', "2022-05-17"),
    ('<meta itemprop="datePublished" content="May 17, 2022">', "2022-05-17"),
    ('<article><time datetime="2022-05-17T10:00">yesterday</time></article>', "2022-05-17"),
    ('<div><time datetime="2022-05-17">of some other story</time></div>', None),
]


@pytest.mark.parametrize(("markup", "day"), DATES)
def test_the_day_of_publication(markup: str, day: str | None) -> None:
    published = one(f"<html>{BODY}{markup}")[0].published
    assert (published and published.start) == day


WORDS = "São Paulo – “quoted” talks were held in Zürich by José."
RUSSIAN = "Министр иностранных дел прибыл в Москву для переговоров. Затем он встретился с президентом."
ENCODINGS = [
    ("utf-8", "utf-8", WORDS, ()),
    ("iso-8859-1", "utf-8", WORDS, ("declares iso-8859-1, read as the UTF-8 that it is",)),
    ("utf-8", "cp1252", WORDS, ("declares utf-8, which it is not: read as Windows-1252",)),
    ("iso-8859-1", "cp1252", WORDS, ()),
    ("nonsense", "cp1252", WORDS, ("declares nonsense, which it is not: read as Windows-1252",)),
    ("windows-1251", "cp1251", RUSSIAN, ()),
    ("utf-8", "cp1251", RUSSIAN, ("declares utf-8, which it is not: read as cp1251",)),
]


@pytest.mark.parametrize(("declared", "actual", "words", "notes"), ENCODINGS)
def test_a_declared_charset_may_be_wrong(
    declared: str, actual: str, words: str, notes: tuple[str, ...]
) -> None:
    page = f"<html><head><meta charset={declared}></head><body><p>{words}</p></body></html>"
    document, said = one(page.encode(actual))
    assert document.text == words + "\n"
    assert said == notes


def test_what_a_server_declares_comes_before_the_page() -> None:
    from dipcli.reading import Part, read_part

    page = f"<html><head><meta charset=iso-8859-1></head><body><p>{RUSSIAN}</p>".encode("koi8-r")
    (read,) = read_part(Part("page", page, "text/html; charset=koi8-r"))
    assert isinstance(read, Read) and read.document.text == RUSSIAN + "\n"


KINDS = [
    ("page.html", "<p>A fragment of a page, on May 3, 2022.</p>", "A fragment of a page, on May 3, 2022.\n"),
    ("page", "\n<!-- saved --><!DOCTYPE HTML><p>By its content.", "By its content.\n"),
    ("page.php", "<html><body><p>By its content.", "By its content.\n"),
    ("page.txt", "<?xml version='1.0'?>\n<html><body><p>By its content.", "By its content.\n"),
    ("note.txt", "<p>is the tag of a paragraph", "<p>is the tag of a paragraph"),
]


@pytest.mark.parametrize(("name", "markup", "text"), KINDS)
def test_a_page_is_known_by_its_content_else_by_its_name(name: str, markup: str, text: str) -> None:
    assert one(markup, name)[0].text == text


def test_preformatted_text_keeps_its_lines() -> None:
    page = "<html><body><pre>TALKS\n\nMay 16, 2022: <b>Kos</b> met Abe\nin Lima.\nMay 18: Abe left.\n</pre>"
    assert one(page)[0].text == "TALKS\n\nMay 16, 2022: Kos met Abe\nin Lima.\nMay 18: Abe left.\n"


SENTENCE = "<p>On May 16, 2022, Mira Kos met Jun Abe in Lima, and they agreed to hold talks.</p>"


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td"])
def test_ten_thousand_nested_tags_hide_no_text(tag: str) -> None:
    document, notes = one(f"<html><body>{f'<{tag}>' * 10_000}{SENTENCE}")
    assert document.text.startswith("On May 16, 2022, Mira Kos met Jun Abe in Lima")
    assert notes[0].startswith("nests its tags too deeply")


REFUSED = [
    ("<html></html>", "is a page without text"),
    ("<html><frameset><frame src=x></frameset></html>", "is a page without text"),
    ("<html><body><script>var day = 'May 3, 2022'</script>", "is a page without text"),
    ("", "is empty"),
    ("<html>\0\0\0\0<p>May 3, 2022", "is a binary file"),
]


@pytest.mark.parametrize(("markup", "message"), REFUSED)
def test_a_page_without_text_says_so(markup: str, message: str) -> None:
    with pytest.raises(DocumentError) as error:
        one(markup)
    assert error.value.message == message


def test_a_page_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(DocumentError, match="is larger than 50 MB"):
        one(b"<html>" + bytes(50_000_000))


def test_reading_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object, **__: object) -> None:
        while True:
            try:
                time.sleep(0.01)
            except Exception:  # as libraries do
                continue

    monkeypatch.setattr("trafilatura.bare_extraction", endless)
    with pytest.raises(DocumentError, match=r"takes longer than 0\.1 seconds to read"):
        list(read_bytes(PAGE.encode(), "page.html", limits=Limits(seconds=0.1)))


MHT = """From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/lima
Subject: Talks
Date: Tue, 17 May 2022 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----x"

------x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/lima?page=3D1

<html><head><title>Talks in S=C3=A3o Paulo</title></head><body><p>On May 16, 2022, the ministers met.</p></body></html>
------x
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------x--
"""


@pytest.mark.parametrize("name", ["page.mht", "page.bin"])
def test_a_saved_page_with_its_pictures(name: str) -> None:
    document, _ = one(MHT, name)
    assert document.text == "# Talks in São Paulo\n\nOn May 16, 2022, the ministers met.\n"
    assert document.address == "https://example.org/lima?page=3D1"
    assert document.origins["published"] == "file: Date"


def test_a_saved_page_without_a_page() -> None:
    with pytest.raises(DocumentError, match="is a saved page without a page in it"):
        one(MHT.replace("text/html", "text/css"), "page.mht")


TAGS = [
    "<p>",
    "</p>",
    "<li>",
    "<br>",
    "<table><tr><td>",
    "</table>",
    "<h2>",
    "<!--",
    "<script>",
    "<pre>\n\n",
    "&#0;",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(TAGS) | st.text(max_size=20), max_size=30).map("".join), st.binary(max_size=60)
)
def test_any_page_gives_a_document_or_a_reason(markup: str, data: bytes) -> None:
    for page in (markup.encode("utf-8", "replace"), b"<html>" + data, b"MIME-Version: 1.0\n\n" + data):
        try:
            document, _ = one(page, "page.mht" if page.startswith(b"MIME") else "page.html")
        except DocumentError:
            continue
        assert document.text.strip()
        assert "\0" not in document.text
