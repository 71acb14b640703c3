"""Files that hold documents: what is found in them, by which name, and what is not to be had and why."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from container_builder import crawl, mail, tarred, zipped
from dipcli.errors import DocumentError, UsageError
from dipcli.reading import LIMITS, Limits, Part, Read, read_part
from dipcli.reading.containers import Remark, clean, columns, expand

zstandard = pytest.importorskip("zstandard")
pytest.importorskip("feedparser")
pytest.importorskip("warcio")

NOTE = b"Talks on the Strait of Velm\n\nJune 3, 2021: Mira Kos met Tomas Rell.\n"
LETTER = mail(
    "From: =?utf-8?q?Mira_K=C3=B6s?= <mira@velm.example>\nTo: press@velm.example\n"
    "Subject: Talks in\n Port Sel\nDate: Thu, 3 Jun 2021 23:10:00 -0500",
    "The ministers met.",
)


def found(data: bytes, name: str, limits: Limits = LIMITS, **mapped: tuple[str, ...]) -> list[Part | Remark]:
    return list(expand(io.BytesIO(data), name, len(data), limits, mapped))


def parts(data: bytes, name: str, **mapped: tuple[str, ...]) -> list[Part]:
    return [one for one in found(data, name, **mapped) if isinstance(one, Part)]


def remarks(data: bytes, name: str, limits: Limits = LIMITS) -> list[tuple[str, str, str]]:
    return [tuple(one) for one in found(data, name, limits) if isinstance(one, Remark)]


def one(data: bytes, name: str, **mapped: tuple[str, ...]) -> Read:
    """The only document of a file."""
    (part,) = parts(data, name, **mapped)
    (read,) = read_part(part)
    assert isinstance(read, Read)
    return read


# Archives

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.compress,
}


@pytest.mark.parametrize("end", PACKERS)
def test_a_packed_file_is_the_file(end: str) -> None:
    read = one(PACKERS[end](NOTE), f"note.txt.{end}")
    assert (read.document.path, read.document.text.encode()) == (f"note.txt.{end}", NOTE)
    [part] = parts(PACKERS[end](tarred({"a/note.txt": NOTE})), f"all.tar.{end}")
    assert (part.name, part.data) == (f"all.tar.{end}/a/note.txt", NOTE)


def test_archives_in_archives() -> None:
    data = zipped({"in/b.tar.gz": gzip.compress(tarred({"c.txt": NOTE})), "d.md": b"# Two\n"})
    assert [part.name for part in parts(data, "a.zip")] == ["a.zip/in/b.tar.gz/c.txt", "a.zip/d.md"]
    assert parts(zipped({}), "empty.zip") == []


def test_a_kind_is_told_by_its_content() -> None:
    assert [part.name for part in parts(zipped({"a.txt": NOTE}), "strange.dat")] == ["strange.dat/a.txt"]
    assert [part.name for part in parts(gzip.compress(LETTER), "x.gz")] == ["x.gz"]


def test_names_in_archives_lead_nowhere() -> None:
    names = ("../../etc/a.txt", "/abs/b.txt", "c\\d.txt", "./e/../f.txt", "new\nline.txt", "../../etc/a.txt")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive, pytest.warns(UserWarning):
        for number, name in enumerate(names):
            archive.writestr(name, f"Text {number}.")
    assert [part.name for part in parts(data.getvalue(), "z.zip")] == [
        "z.zip/etc/a.txt",
        "z.zip/abs/b.txt",
        "z.zip/c/d.txt",
        "z.zip/e/f.txt",
        "z.zip/new\ufffdline.txt",
        "z.zip/etc/a~2.txt",
    ]


@given(st.text())
def test_a_clean_name_is_below(name: str) -> None:
    below = clean(name).split("/")
    assert ".." not in below and "." not in below
    assert clean(name) == "" or "" not in below
    assert clean(name).isprintable()
    clean(name).encode()


def test_files_without_a_name_that_can_be_used() -> None:
    data = tarred({"..": b"one", "/": b"two"})
    assert {part.name for part in parts(data, "t.txt")} <= {"t.txt/unnamed", "t.txt/unnamed~2"}


def test_links_hidden_files_and_other_kinds() -> None:
    data = tarred({"link.txt": None, "photo.png": b"\x89PNG", ".hidden.txt": b"h", "__MACOSX/a.txt": b"m"})
    assert parts(data, "t.tar") == []
    assert remarks(data, "t.tar") == [
        ("t.tar/link.txt", "is a link in the archive, which is not followed", "skipped"),
        ("t.tar/photo.png", "is of a kind that is not read (.png)", "skipped"),
    ]


def test_a_locked_file_does_not_hide_the_others() -> None:
    data = bytearray(zipped({"a.txt": NOTE, "b.txt": b"two"}))
    data[6] |= 1  # the flag in the file's own header and in the table of contents
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert [part.name for part in parts(bytes(data), "z.zip")] == ["z.zip/b.txt"]
    assert remarks(bytes(data), "z.zip") == [("z.zip/a.txt", "is locked with a password", "failed")]


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (zipped({"a.txt": NOTE})[:-12], "a.zip", "is a damaged zip archive: File is not a zip file"),
        (gzip.compress(NOTE)[:-12], "a.txt.gz", "is damaged: Compressed file ended before"),
        (bz2.compress(NOTE)[:-12], "a.txt.bz2", "is damaged: it is cut off"),
        (lzma.compress(NOTE)[:-12], "a.txt.xz", "is damaged: it is cut off"),
        (zstandard.compress(NOTE)[:9] + b"\xff" * 9, "a.txt.zst", "is damaged: "),
        (b"\x28\xb5\x2f\xfd" + b"\xff" * 9, "a.zst", "is damaged: "),
        (tarred({"a.txt": NOTE * 50})[:1200], "a.tar", "is a damaged tar archive: unexpected end of data"),
    ],
    ids=["zip", "gz", "bz2", "xz", "zst", "zst alone", "tar"],
)
def test_damage_is_told(data: bytes, name: str, what: str) -> None:
    told = [remark for remark in remarks(data, name) if remark[2] == "failed"]
    assert told and told[-1][0] == name and told[-1][1].startswith(what), told


# Bombs


def nested(depth: int) -> bytes:
    data = zipped({"a.txt": NOTE})
    for _ in range(depth - 1):
        data = zipped({"in.zip": data})
    return data


def test_nesting_ends() -> None:
    limits = replace(LIMITS, nesting=3)
    assert len(found(nested(3), "z.zip", limits)) == 1
    [(name, what, how)] = remarks(nested(4), "z.zip", limits)
    assert (name, how) == ("z.zip/in.zip/in.zip/in.zip", "failed")
    assert what == "is 3 containers deep in others; no further one is opened"
    packed = NOTE
    for _ in range(9):
        packed = gzip.compress(packed)
    assert remarks(packed, "a.gz", limits) == [("a.gz", "is packed more than 3 times over", "failed")]


def test_what_unpacks_to_too_much_is_given_up() -> None:
    small = replace(LIMITS, expanded=300_000, bytes=100_000)
    data = zipped({f"{number}.txt": b"x" * 90_000 for number in range(9)})
    assert len([one for one in found(data, "z.zip", small) if isinstance(one, Part)]) == 3
    assert remarks(data, "z.zip", small) == [("z.zip", "unpacks to more than 300 kB", "failed")]
    assert remarks(gzip.compress(b"\0" * 200_000), "a.txt.gz", small)[0][1] == "is larger than 100 kB"


def test_a_ratio_that_no_document_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dipcli.reading.containers.stream.FREE", 100_000)
    data = zipped({f"{number}.txt": b"x" * 90_000 for number in range(9)})
    [remark] = remarks(data, "z.zip", replace(LIMITS, ratio=50))
    assert remark == ("z.zip", "unpacks to more than 50 times its size, as no documents do", "failed")


def test_too_many_parts() -> None:
    data = tarred({f"{number}.txt": b"x" for number in range(9)})
    limits = replace(LIMITS, parts=4)
    assert len(found(data, "t.tar", limits)) == 5
    assert remarks(data, "t.tar", limits) == [("t.tar", "has more than 4 parts", "failed")]


def test_a_name_without_end_in_a_tar_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dipcli.reading.containers.archives.DIRECTORY", 1_000)
    [remark] = remarks(tarred({"a" * 5_000 + ".txt": NOTE}), "t.tar")
    assert remark == ("t.tar", "is a damaged tar archive: a name is too long", "failed")


# Mail


def test_a_letter() -> None:
    read = one(LETTER, "letter.eml")
    document = read.document
    assert document.text == "The ministers met.\n"
    assert (document.title, document.authors) == ("Talks in Port Sel", ["Mira Kös"])
    assert document.published is not None and document.published.start == "2021-06-03"
    assert document.origins["published"] == "mail: Date"


def test_attachments_are_documents() -> None:
    data = mail(
        "From: a@b.example\nSubject: Two\nDate: Thu, 3 Jun 2021 10:00:00 +0000",
        "See the annex.",
        ("annex.txt", "text/plain", NOTE),
        ("all.zip", "application/zip", zipped({"b.md": b"# B\n"})),
        ("photo.jpg", "image/jpeg", b"\xff\xd8\xff"),
    )
    got = parts(data, "mail/two.eml")
    assert [part.name for part in got] == [
        "mail/two.eml",
        "mail/two.eml/annex.txt",
        "mail/two.eml/all.zip/b.md",
    ]
    assert got[1].data == NOTE
    assert [told.value for told in got[2].given] == ["2021-06-03"]
    assert [name for name, _, _ in remarks(data, "mail/two.eml")] == ["mail/two.eml/photo.jpg"]


def test_a_forwarded_message_is_a_part() -> None:
    data = mail("From: a@b.example\nSubject: Fwd", "Look.", ("talks.eml", "message/rfc822", LETTER))
    assert [part.name for part in parts(data, "m.eml")] == ["m.eml", "m.eml/talks.eml"]


@pytest.mark.parametrize("charset", ["koi8-r", "no-such-charset"])
def test_a_charset_that_is_declared(charset: str) -> None:
    text = "Переговоры в порту"
    head = f"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n"
    data = head.encode() + text.encode("koi8-r" if charset == "koi8-r" else "utf-8")
    assert one(data, "m.eml").document.text.strip() == text


def test_a_mailbox() -> None:
    box = (
        b"From mira@velm.example Thu Jun  3 23:10:00 2021\n"
        + LETTER
        + b"\nFrom x Fri Jun  4 10:00:00 2021\nFrom: X <x@y.example>\nSubject: Two\n\n"
        b"Second.\nFrom here it is one line.\n>From there, quoted.\n"
    )
    for data, name in ((box, "l.mbox"), (gzip.compress(box.replace(b"\n", b"\r\n")), "l.mbox.gz")):
        got = [read.document for part in parts(data, name) for read in read_part(part)]
        assert [document.path for document in got] == [f"{name}/1", f"{name}/2"]
        assert [document.title for document in got] == ["Talks in Port Sel", "Two"]
        assert got[1].text == "Second.\nFrom here it is one line.\nFrom there, quoted.\n"


def test_a_message_that_is_too_large_does_not_hide_the_next() -> None:
    box = b"From a Thu Jun  3 23:10:00 2021\nSubject: 1\n\n" + b"x\n" * 900 + b"\n"
    box += b"From a Thu Jun  3 23:10:00 2021\nSubject: 2\n\nshort\n"
    limits = replace(LIMITS, bytes=1000)
    assert [one.name for one in found(box, "l.mbox", limits)] == ["l.mbox/1", "l.mbox/2"]
    assert remarks(box, "l.mbox", limits) == [("l.mbox/1", "is larger than a document may be", "failed")]


def test_mail_without_a_text() -> None:
    with pytest.raises(DocumentError, match="without a text"):
        one(b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: image/png\n\n\x89PNG", "m.eml")


def test_a_text_that_begins_like_a_letter_is_a_text() -> None:
    memo = b"From: the Embassy in Port Sel\nSubject: Talks\nDate: 3 June 2021\n\nThe ministers met.\n"
    assert one(memo, "memo.txt").document.media_type == "text/plain"
    assert one(memo, "memo.eml").document.title == "Talks"


# Feeds

RSS = b"""<?xml version="1.0"?>
<rss version="2.0"><channel><title>Velm Review</title><language>en-gb</language>
<item><title>Talks &amp;amp; more</title><link>https://www.velm.example/2021/talks</link>
<pubDate>Thu, 03 Jun 2021 10:00:00 GMT</pubDate><author>mira@velm.example (Mira Kos)</author>
<description>&lt;p&gt;The ministers met.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;&lt;p&gt;They left.&lt;/p&gt;</description></item>
<item><title>Only a title</title></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Velm Review</title>
<entry><id>urn:1</id><title>Talks</title><author><name>Mira Kos</name></author><author><name>Ada Rell</name></author>
<published>2021-06-03T10:00:00Z</published><updated>2021-06-05T10:00:00Z</updated>
<link href="https://velm.example/talks"/><summary>Short.</summary>
<content type="html">&lt;p&gt;The ministers met at length.&lt;/p&gt;</content></entry></feed>"""


def test_rss() -> None:
    document = one(RSS, "feed.xml").document
    assert document.path == "feed.xml/velm.example/2021/talks"
    assert document.text == "The ministers met.\n\nThey left."
    assert (document.title, document.authors, document.publisher) == (
        "Talks & more",
        ["Mira Kos"],
        "Velm Review",
    )
    assert (document.language, document.address) == ("en", "https://www.velm.example/2021/talks")
    assert document.published is not None and document.published.start == "2021-06-03"
    assert document.updated is None
    assert remarks(RSS, "feed.xml") == [("feed.xml", "has no text in entry 2", "note")]


def test_atom() -> None:
    document = one(ATOM, "feed").document
    assert document.text == "The ministers met at length."
    assert document.authors == ["Mira Kos", "Ada Rell"]
    assert document.updated is not None and document.updated.start == "2021-06-05"


def test_a_feed_with_a_bomb_of_entities() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)
    )
    data = RSS.replace(b"<rss", bomb.encode().replace(b"&a0;", b"&a;") + b"]><rss").replace(b"They", b"&a8;")
    for part in parts(data, "feed.rss"):
        assert len(part.data) < 10_000


# Tables and objects


def test_columns_by_their_usual_names() -> None:
    head = "\ufeffHeadline;Published at;Article Body;Source;URL;Author\r\n"
    row = 'Talks;20210603;"The ministers\nmet.";Velm Review;https://velm.example/1;Mira Kos and Ada Rell\r\n'
    document = one((head + row).encode(), "t.csv").document
    assert document.path == "t.csv/1"
    assert (document.text, document.title) == ("The ministers\nmet.", "Talks")
    assert (document.publisher, document.address) == ("Velm Review", "https://velm.example/1")
    assert document.authors == ["Mira Kos", "Ada Rell"]
    assert document.published is not None and document.published.start == "2021-06-03"
    assert document.origins["published"] == "column Published at"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings(delimiter: str, codec: str) -> None:
    table = f"title{delimiter}text{delimiter}date\nCafé{delimiter}The ministers met.{delimiter}2021-06-03\n"
    document = one(table.encode(codec), "t.csv").document
    assert (document.title, document.text) == ("Café", "The ministers met.")


def test_columns_that_a_person_names() -> None:
    table = b"a,b,text\nTalks,The ministers met.,no\n"
    assert one(table, "t.csv", text=("b",), title=("a",)).document.title == "Talks"
    assert one(table, "t.csv").document.text == "no"
    [(name, what, how)] = remarks(b"a,b\n1,2\n", "t.csv")
    assert (name, how) == ("t.csv", "skipped") and "columns: a, b" in what and "--map" in what


def test_broken_rows_are_told_and_the_rest_is_read() -> None:
    table = b'title,text\na,one\nb\n"open,two\nc,three\nd,four,\ne,\n\nf,five,6\n'
    assert [part.name for part in parts(table, "t.csv")] == ["t.csv/1", "t.csv/4", "t.csv/5"]
    assert remarks(table, "t.csv") == [
        ("t.csv", "cannot be read in 3 rows (2, 3, 7): not as many columns as in its first line", "failed"),
        ("t.csv", "has no text in row 6", "note"),
    ]


@pytest.mark.parametrize("field", ["x" * 30_000, '"' + "x\n" * 15_000 + '"', "x" * 10_001])
def test_a_field_of_any_length(field: str) -> None:
    limits = replace(LIMITS, bytes=10_000)
    table = f"title,text\na,{field}\nb,two\n".encode() + b"c,\xff\n"
    got = [one for one in found(table, "t.csv", limits) if isinstance(one, Part)]
    assert [json.loads(one.data)["text"] for one in got] == ["two", "ÿ"]
    told = [what for _, what, how in remarks(table, "t.csv", limits) if how == "failed"]
    assert "has a text of more than 10 kB in row 1" in told


@pytest.mark.parametrize(
    "value",
    [
        [{"headline": "Talks", "body": "They met."}],
        {"status": "ok", "articles": [{"title": "Talks", "content": "They met.", "source": {"name": "V"}}]},
        {"response": {"results": [{"webTitle": "Talks", "title": "Talks", "fields": {"body": "They met."}}]}},
        {"hits": {"hits": [{"_id": 1, "_source": {"title": "Talks", "text": "They met."}}]}},
        {"title": "Talks", "text": "They met.", "tags": [{"name": "x"}]},
    ],
)
def test_objects_with_a_text(value: object) -> None:
    read = one(json.dumps(value).encode(), "a.json")
    assert (read.document.title, read.document.text) == ("Talks", "They met.")


def test_json_lines() -> None:
    data = b'\xef\xbb\xbf{"title":"A","text":"<p>One &amp; two.</p><p>Three</p>"}\n{broken\n\n{"title":"B"}\n'
    read = one(data, "a.jsonl")
    assert (read.document.path, read.document.text) == ("a.jsonl/1", "One & two.\n\nThree")
    assert remarks(data, "a.jsonl") == [
        ("a.jsonl", "is no JSON in line 2", "failed"),
        ("a.jsonl", "has no text in line 4", "note"),
    ]


@pytest.mark.parametrize(
    ("data", "how", "what"),
    [
        (b'{"name": "package", "version": "1"}', "skipped", "holds no articles"),
        (b'{"a": ' + b"[" * 100_000, "failed", "is damaged JSON"),
        (b'[{"text": "x"', "failed", "is damaged JSON"),
    ],
)
def test_objects_without_articles(data: bytes, how: str, what: str) -> None:
    [(_, said, told)] = remarks(data, "a.json")
    assert told == how and said.startswith(what)


def test_what_map_says() -> None:
    mapped = columns.mapping("text=Body, published=Day,text=story")
    assert mapped == {"text": ("Body", "story"), "published": ("Day",)}
    before = {"text": ("old",), "title": ("t",)}
    assert columns.merged(before, mapped) == {
        "published": ("Day",),
        "text": ("Body", "story", "old"),
        "title": ("t",),
    }
    assert columns.merged(before, columns.mapping("text=")) == {"title": ("t",)}


@pytest.mark.parametrize("text", ["", "body", "words=body", "=x", ","])
def test_what_map_cannot_say(text: str) -> None:
    with pytest.raises(UsageError, match="--map"):
        columns.mapping(text)


# Crawls


def test_a_crawl() -> None:
    pages = crawl(
        ("https://velm.example/note.txt", "text/plain; charset=utf-8", NOTE),
        ("https://velm.example/photo.png", "image/png", b"\x89PNG"),
        ("https://velm.example/note.txt", "text/plain", b"Later."),
    )
    for data, name in ((pages, "c.warc"), (gzip.compress(pages), "c.warc.gz")):
        got = parts(data, name)
        assert [part.name for part in got] == [
            f"{name}/velm.example/note.txt",
            f"{name}/velm.example/note~2.txt",
        ]
        assert got[0].data == NOTE
        (read,) = read_part(got[0])
        assert isinstance(read, Read) and read.document.address == "https://velm.example/note.txt"
    assert remarks(pages, "c.warc")[0][1].startswith("holds 1 record")
    assert remarks(b"WARC/1.0\r\nnonsense", "c.warc")


# Anything

SEEDS = [
    zipped({"a.txt": NOTE, "b.csv": b"title,text\na,b\n"}),
    tarred({"a.txt": NOTE, "l": None}),
    gzip.compress(NOTE),
    bz2.compress(NOTE),
    lzma.compress(NOTE),
    zstandard.compress(NOTE),
    LETTER,
    mail("From: a@b.example\nSubject: s", "t", ("a.txt", "text/plain", NOTE)),
    b"From a Thu Jun  3 23:10:00 2021\n" + LETTER,
    RSS,
    ATOM,
    b'title;text\n"a";b\nc;"d\n',
    b'{"text":"a"}\n{"text":"b"}\n',
    b'[{"text":"a","date":1652659200,"source":{"name":["x"]}}]',
    crawl(("https://velm.example/", "text/plain", NOTE)),
]
NAMES = ["x", "x.zip", "x.tar", "x.eml", "x.mbox", "x.rss", "x.json", "x.jsonl", "x.csv", "x.warc", "x.gz"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A container with bytes changed, cut out and put in."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        data[start : start + draw(st.integers(0, 8))] = draw(st.binary(max_size=8))
    return bytes(data)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged() | st.binary(max_size=300), st.sampled_from(NAMES))
def test_whatever_the_bytes_are(data: bytes, name: str) -> None:
    """Only documents and remarks come out, each with a name at or below the file's; none raises but as said."""
    for one in found(data, name, replace(LIMITS, bytes=1_000_000, seconds=0)):
        assert one.name == name or one.name.startswith(f"{name}/")
        if isinstance(one, Part):
            try:
                for read in read_part(one):
                    assert isinstance(read, Read) and read.document.text.strip()
            except DocumentError as error:
                assert error.message
        else:
            assert one.what
