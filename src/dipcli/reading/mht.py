"""Pages saved with all that belongs to them (MHT, MHTML): the page alone, by the address it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from dipcli.errors import DocumentError
from dipcli.reading.base import Limits, Part, Read, parsing
from dipcli.reading.metadata import FILE, told
from dipcli.reading.pages import page

MEDIA_TYPE = "multipart/related"
_FINE = re.compile(r"[\x00-\x1f]+")


def read_mht(part: Part, limits: Limits) -> Iterator[Read]:
    """One document: the first page in the file."""
    with parsing("MHT"):
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(part.data)
        found = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
        data = found.get_payload(decode=True) if found is not None else None
        if found is None or not isinstance(data, bytes) or not data:
            raise DocumentError("is a saved page without a page in it")
        charset = found.get_content_charset()
        also = told(
            "MHT: Content-Location",
            address=_header(found, "Content-Location") or _header(message, "Snapshot-Content-Location"),
        ) + told(f"{FILE}: Date", published=_header(message, "Date"))
    yield page(part, data, MEDIA_TYPE, charset, also)


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return _FINE.sub(" ", str(value)) if value else None
