"""Bytes and files -> documents: encodings, what is refused, and that any bytes give one or the other."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipcli.errors import DocumentError
from dipcli.reading import Limits, UnsupportedDocument, document_id, read, read_bytes
from dipcli.records import Document

TEXT = "Zürich – “quoted”\nThe minister’s visit\n"


def one(data: bytes, name: str = "note.txt") -> tuple[Document, tuple[str, ...]]:
    (result,) = read_bytes(data, name)
    return result


ENCODINGS = [
    ("UTF-8", TEXT.encode(), ()),
    ("UTF-8 with mark", TEXT.encode("utf-8-sig"), ()),
    ("UTF-16 LE with mark", b"\xff\xfe" + TEXT.encode("utf-16-le"), ("read as UTF-16 (little-endian)",)),
    ("UTF-16 BE with mark", b"\xfe\xff" + TEXT.encode("utf-16-be"), ("read as UTF-16 (big-endian)",)),
    (
        "UTF-16 LE",
        TEXT.encode("utf-16-le"),
        ("read as UTF-16 (little-endian) without a byte order mark",),
    ),
    ("UTF-16 BE", TEXT.encode("utf-16-be"), ("read as UTF-16 (big-endian) without a byte order mark",)),
    ("UTF-32", b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), ("read as UTF-32 (little-endian)",)),
    ("Windows-1252", TEXT.encode("cp1252"), ("read as Windows-1252",)),
]


@pytest.mark.parametrize(
    ("data", "notes"), [case[1:] for case in ENCODINGS], ids=[case[0] for case in ENCODINGS]
)
def test_an_encoding_is_recognised_and_said(data: bytes, notes: tuple[str, ...]) -> None:
    document, said = one(data)
    assert document.text == TEXT
    assert said == notes


def test_a_bad_byte_in_utf8_is_replaced_and_said() -> None:
    document, notes = one("Zürich, São Paulo".encode() + b" and Bras\xedlia")
    assert document.text == "Zürich, São Paulo and Bras\ufffdlia"
    assert notes == ("read as UTF-8, which it is not in 1 place",)


REFUSED = [
    (b"", "is empty"),
    (b" \r\n\t\n", "is empty"),
    (b"\xef\xbb\xbf", "is empty"),
    (b"text\0text", "is a binary file"),
    (b"\x7fELF\x02\x01\x01" + bytes(40), "is a binary file"),
    (bytes(range(1, 32)) * 4, "is a binary file"),
    (b"PK\x03\x04....", "is a zip archive or an office document, not text"),
    (b"\xff\xfea\0b", "is damaged: not valid UTF-16 (little-endian) at byte 2"),
    (b"\xff\xfe\x00\xd8a\0", "is damaged: not valid UTF-16 (little-endian) at byte 0"),
    ("Министр прибыл в Москву".encode("cp1251"), "is in no encoding that is recognised"),
    ("外交部长".encode("gb18030"), "is in no encoding that is recognised"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as error:
        one(data)
    assert error.value.message.startswith(message)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_every_line_end_becomes_a_line_feed(newline: str) -> None:
    document, _ = one(f"first{newline}{newline}second".encode())
    assert document.text == "first\n\nsecond"


def test_a_document_is_named_by_its_content() -> None:
    data = b"The envoys met.\n"
    document, _ = one(data, "reports/note.md")
    digest = hashlib.sha256(data).hexdigest()
    assert (document.id, document.sha256) == (f"doc-{digest[:12]}", digest)
    assert (document.path, document.paths) == ("reports/note.md", ["reports/note.md"])
    assert document.media_type == "text/markdown"
    assert document_id(digest, 16) == f"doc-{digest[:16]}"


@pytest.mark.parametrize("name", ["letter.pages", "table.xlsx", "note.sqlite"])
def test_another_kind_of_file_is_unsupported(name: str) -> None:
    with pytest.raises(UnsupportedDocument) as error:
        one(b"text", name)
    assert error.value.hint and ".markdown, .md," in error.value.hint


def test_a_stream_without_a_suffix_is_plain_text() -> None:
    assert one(b"text", "stdin")[0].media_type == "text/plain"


def test_a_file_is_read_under_the_name_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "NOTE.TXT"
    file.write_bytes(b"The envoys met.\n")
    ((document, notes),) = read(file, "folder/NOTE.TXT")
    assert (document.path, document.text, notes) == ("folder/NOTE.TXT", "The envoys met.\n", ())


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    reasons = {
        folder: "is a folder",
        pipe: "is not a regular file",
        tmp_path / "gone.txt": "does not exist",
    }
    for path, reason in reasons.items():
        with pytest.raises(DocumentError, match=reason):
            list(read(path, path.name))
    with pytest.raises(DocumentError):
        list(read(loop, "loop.txt"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read any file")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("text")
    file.chmod(0)
    with pytest.raises(DocumentError, match="cannot be read: Permission denied"):
        list(read(file, "secret.txt"))


def test_the_size_has_a_limit(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"a" * 1501)
    with pytest.raises(DocumentError, match=r"is larger than 1\.5 kB"):
        list(read(file, "long.txt", limits=Limits(bytes=1500)))
    with pytest.raises(DocumentError, match="is larger than 10 bytes"):
        list(read_bytes(b"a" * 11, "long.txt", limits=Limits(bytes=10)))
    assert len(list(read(file, "long.txt", limits=Limits(bytes=1501)))) == 1


@given(
    st.binary(max_size=400)
    | st.text(max_size=200).map(str.encode)
    | st.text().map(lambda s: s.encode("utf-16"))
)
def test_any_bytes_give_a_document_or_a_reason(data: bytes) -> None:
    try:
        document, _ = one(data)
    except DocumentError:
        return
    assert document.text.strip()
    assert not {"\0", "\r"} & set(document.text)
    document.text.encode()


LETTERS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzABC ,.\n"), min_size=20).filter(str.strip)


@given(
    LETTERS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
)
def test_an_encoding_does_not_change_the_text(text: str, codec: str) -> None:
    assert one(text.encode(codec))[0].text == text
