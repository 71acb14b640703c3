"""WARC: each page that a crawl got, with its address. The one door to warcio."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from typing import Any, BinaryIO

from dipcli.errors import DocumentError
from dipcli.reading.containers.kinds import Entry, Means, Remark
from dipcli.reading.containers.stream import DAMAGE, unpacked
from dipcli.reading.metadata import told

READ = re.compile(
    r"text/(?:html|plain|markdown)|application/(?:xhtml\+xml|pdf|rss\+xml|atom\+xml|rtf|msword|.*document.*)"
)
"""Media types of what is read; the pictures, scripts and styles of a page are passed over."""
_SCHEME = re.compile(r"\A\w+:/*(?:www\.)?")


def is_warc(head: bytes) -> bool:
    return head.startswith(b"WARC/")


def read_warc(entry: Entry, means: Means) -> Iterator[Entry | Remark]:
    pages = others = 0
    for record in _records(entry.file):
        headers = record.http_headers
        if record.rec_type not in ("response", "resource") or (headers and headers.get_statuscode() != "200"):
            continue
        media_type = (headers and headers.get_header("Content-Type")) or record.content_type or ""
        if not READ.match(media_type.lower()):
            others += 1
            continue
        pages += 1
        address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
        captured = (record.rec_headers.get_header("WARC-Date") or "")[:10]
        packed = headers and headers.get_header("Content-Encoding")
        file = unpacked(record.content_stream(), means.budget if packed else None)
        given = told("warc: WARC-Target-URI", address=address) + told("warc: WARC-Date", updated=captured)
        yield Entry(_SCHEME.sub("", address), file, media_type, given)
    if others:
        yield Remark("", f"holds {_counted(others)} besides pages (pictures, scripts), which are not read")
    if not pages:
        raise DocumentError("is a WARC file without a page")


def _records(file: BinaryIO) -> Iterator[Any]:
    from warcio.archiveiterator import WARCIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = iter(WARCIterator(file))
    while True:
        try:
            with redirect_stderr(StringIO()):  # where the library writes what it thinks of a record
                record = next(records, None)
        except (ArchiveLoadFailed, *DAMAGE, AttributeError, TypeError, LookupError) as error:
            raise DocumentError(f"is a damaged WARC file: {error}") from error
        if record is None:
            return
        yield record


def _counted(records: int) -> str:
    return "1 record" if records == 1 else f"{records:,} records"
