"""Bytes -> text: which encoding they are in, and whether they are text at all.

A byte order mark decides; else UTF-16 where zeros stand in every other byte, UTF-8 where it is
valid, and Windows-1252 for what is left and looks like a Western language. Nothing is guessed among
the encodings that any bytes fit: those are refused with a hint.
"""

from __future__ import annotations

import codecs
import re

from dipcli.errors import DocumentError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 (little-endian)"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 (big-endian)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (little-endian)"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 (big-endian)"),
)
"""Mark, codec, name. The mark of UTF-32 begins with that of UTF-16, so it comes first."""

SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
)
"""First bytes of files that are no text, whatever their name says."""

CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""Control characters that no text has; form feeds and terminal escapes do occur."""

LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")

_SAMPLE = 8_192
"""Bytes looked at for the pattern of UTF-16 without a mark: an even number."""

_ZERO_SHARE = 0.3
"""UTF-16 of a Western language has a zero in nearly every other byte, other bytes hardly ever."""

_CONTROL_SHARE = 0.01


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, newlines as LF, without a byte order mark; and notes on how it was read.

    Raises `DocumentError` where the bytes are empty, binary, or in no encoding that is recognised.
    """
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise DocumentError(f"is {kind}, not text")
    text, notes = _decode(data)
    if "\0" in text or len(CONTROLS.findall(text)) > _CONTROL_SHARE * len(text):
        raise DocumentError("is a binary file")
    if "\r" in text or not text.isascii():
        text = LINE_ENDS.sub("\n", text)
    if not text.strip():
        raise DocumentError("is empty")
    return text, notes


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, codec, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            notes = () if codec == "utf-8" else (f"read as {name}",)
            return _strictly(data[len(mark) :], codec, name), notes
    if b"\0" in data:
        codec, name = _unmarked_utf16(data)
        return _strictly(data, codec, name), (f"read as {name} without a byte order mark",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _mended_utf8(data) or _windows_1252(data)


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise DocumentError(f"is damaged: not valid {name} at byte {error.start}") from error


def _unmarked_utf16(data: bytes) -> tuple[str, str]:
    sample = data[:_SAMPLE]
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    enough = _ZERO_SHARE * len(sample) / 2
    if len(data) % 2 == 0 and max(first, second) >= enough and min(first, second) == 0:
        return ("utf-16-le", "UTF-16 (little-endian)") if second else ("utf-16-be", "UTF-16 (big-endian)")
    raise DocumentError("is a binary file")


def _mended_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """UTF-8 with a few bad bytes (a file cut off, a byte pasted in): more of it is valid than not."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = sum(1 for character in text if character > "\x7f") - bad
    if good <= bad:
        return None
    places = "1 place" if bad == 1 else f"{bad} places"
    return text, (f"read as UTF-8, which it is not in {places}",)


def _windows_1252(data: bytes) -> tuple[str, tuple[str, ...]]:
    high = sum(1 for byte in data if byte > 0x7F)
    letters = sum(1 for byte in data if 0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or high > letters:
        raise DocumentError(
            "is in no encoding that is recognised (UTF-8, UTF-16, Windows-1252)",
            hint="convert it to UTF-8, for example with iconv",
        )
    return text, ("read as Windows-1252",)


def codec_of(name: str | None) -> str | None:
    """Python's codec for a charset by its name in headers and markup; null for one that it does not know.

    Latin-1 and ASCII are read as Windows-1252, as browsers do.
    """
    try:
        codec = codecs.lookup(name or "").name
    except LookupError:
        return None
    return "cp1252" if codec in ("iso8859-1", "ascii") else codec
