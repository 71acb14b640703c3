"""PDF files written by hand: words at places, on pages."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

Words = tuple[float, float, float, str]
"""From the left and from the top of the page in points, size, words (Windows-1252)."""


def pdf(pages: Sequence[Iterable[Words]], info: str = "", catalog: str = "", pictures: bool = False) -> bytes:
    """A PDF of pages of 612 by 792 points; `pictures` puts one on each."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    image = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\0\nendstream"
    objects.append(image)
    kids = []
    for words in pages:
        drawn = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, left, 792 - top - size, _escaped(text))
            for left, top, size, text in words
        )
        if pictures:
            drawn += b"q 500 0 0 700 50 50 cm /I1 Do Q\n"
        packed = zlib.compress(drawn)
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog.encode()
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< %s >>" % info.encode("cp1252"))
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        xref,
    )
    return out


def lines(text: str, left: float = 72, top: float = 90, size: float = 11, leading: float = 14) -> list[Words]:
    """Lines of text below one another; a blank line leaves a gap."""
    return [
        (left, top + number * leading, size, words)
        for number, words in enumerate(text.splitlines())
        if words.strip()
    ]


def _escaped(text: str) -> bytes:
    encoded = text.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        encoded = encoded.replace(sign, b"\\" + sign)
    return encoded
