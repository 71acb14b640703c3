"""Mail: a message's own text with its headers as metadata, its attachments as entries; mailboxes.

A message is found twice: its `attachments` where containers are opened, its text (`read_message`) where
documents are read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_tz
from typing import BinaryIO, cast

from dipcli.errors import DocumentError
from dipcli.reading import metadata
from dipcli.reading.base import Limits, Part, Read
from dipcli.reading.containers.kinds import Entry, Means, Remark
from dipcli.reading.containers.stream import whole
from dipcli.reading.encoding import LINE_ENDS, decode
from dipcli.reading.families import reader, recognise
from dipcli.reading.metadata import told
from dipcli.records import Told

MEDIA_TYPE = "message/rfc822"
ENDING = re.compile(rb"From .*\d{4}\s*$")
"""The line that begins a message in a mailbox: `From SENDER DATE`."""

_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MACHINE = re.compile(rb"^(?:received|return-path|message-id|mime-version|delivered-to):", re.I | re.M)
_HUMAN = re.compile(rb"^(?:from|subject|date|to):", re.IGNORECASE | re.MULTILINE)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def is_message(head: bytes) -> bool:
    """Whether a file begins with headers of mail that a person does not type."""
    block = _HEADERS.match(head.replace(b"\r\n", b"\n"))
    return bool(block and _MACHINE.search(block[0]) and _HUMAN.search(block[0]))


def is_mailbox(head: bytes) -> bool:
    first, _, rest = head.replace(b"\r\n", b"\n").partition(b"\n")
    return bool(ENDING.match(first) and _HEADERS.match(rest))


def read_mailbox(entry: Entry, means: Means) -> Iterator[Entry | Remark]:
    """Each message an entry, called by its number from 1. A line that quotes `From ` is given back."""
    for number, lines in enumerate(_messages(entry.file, means.limits.bytes), start=1):
        if lines is None:
            yield Remark(str(number), "is larger than a document may be", "failed")
        else:
            yield Entry(str(number), io.BytesIO(_QUOTED_FROM.sub(rb"\1", lines)), MEDIA_TYPE)


def _messages(file: BinaryIO, most: int) -> Iterator[bytes | None]:
    """The bytes of each message; null for one of more than `most` bytes."""
    lines: list[bytes] = []
    length, is_open, after_blank = 0, False, True
    while line := file.readline(most + 1):
        if after_blank and line.startswith(b"From ") and ENDING.match(line):
            if is_open:
                yield b"".join(lines) if length <= most else None
            lines, length, is_open = [], 0, True
        else:
            length += len(line)
            if length <= most:
                lines.append(line)
        after_blank = not line.strip()
    if is_open:
        yield b"".join(lines) if length <= most else None


def attachments(entry: Entry, means: Means) -> Iterator[Entry | Part]:
    """The message itself, then what is attached to it."""
    data = whole(entry.file, means.limits)
    yield Part("", data, MEDIA_TYPE, entry.given)
    message = _parsed(data)
    texts = _texts(message)
    dated = told("mail", published=_date(message))
    for number, leaf in enumerate(_leaves(message), start=1):
        name = leaf.get_filename()
        if name or not (leaf in texts or leaf.get_content_maintype() in ("text", "image")):
            yield Entry(name or f"part {number}", io.BytesIO(_data(leaf)), None, dated)


def read_message(part: Part, limits: Limits) -> Iterator[Read]:
    """The text of a message; of its HTML where it has no other."""
    message = _parsed(part.data)
    texts = _texts(message)
    if not texts:
        raise DocumentError("is a mail without a text")
    if texts[0].get_content_type() == "text/html":
        media_type = f"text/html; charset={texts[0].get_content_charset('')}"
        page = Part(part.name, _data(texts[0]), media_type)
        (read,) = reader(recognise("page.html", page.data, media_type))(page, limits)
        assert isinstance(read, Read)
        text, notes = read.document.text, read.notes
    else:
        decoded = [_decoded(leaf) for leaf in texts]
        text = "\n\n".join(text.strip("\n") for text, _ in decoded) + "\n"
        notes = tuple(note for _, said in decoded for note in said)
    if not text.strip():
        raise DocumentError("is a mail without a text")
    yield metadata.read(part, text, MEDIA_TYPE, _told(message), notes=notes)


def _parsed(data: bytes) -> Message:
    try:
        return message_from_bytes(data)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentError(f"is a damaged mail: {error}") from error


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that have no parts; a message that was forwarded whole is one of them."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and part.get_content_type() != MEDIA_TYPE:
            waiting += reversed(cast(list[Message], part.get_payload()))
        else:
            yield part


def _texts(message: Message) -> list[Message]:
    """The parts that are the message's own text: all plain ones, else the first of HTML."""
    own = [leaf for leaf in _leaves(message) if not leaf.get_filename() and _is_inline(leaf)]
    plain = [leaf for leaf in own if leaf.get_content_type() == "text/plain" and _data(leaf).strip()]
    return plain or [leaf for leaf in own if leaf.get_content_type() == "text/html"][:1]


def _is_inline(leaf: Message) -> bool:
    return leaf.get_content_disposition() != "attachment"


def _data(leaf: Message) -> bytes:
    if leaf.get_content_type() == MEDIA_TYPE and leaf.is_multipart():
        (inner,) = cast(list[Message], leaf.get_payload())[:1]
        return inner.as_bytes()
    data = leaf.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _decoded(leaf: Message) -> tuple[str, tuple[str, ...]]:
    """The text by the encoding that is declared, where it is in that."""
    try:
        text = _data(leaf).decode(leaf.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        return decode(_data(leaf))
    return LINE_ENDS.sub("\n", text).replace("\0", ""), ()


def _header(message: Message, name: str) -> str | None:
    """A header in one line, its encoded words decoded."""
    value = message.get(name)
    if value is None:
        return None
    try:
        value = str(make_header(decode_header(str(value))))
    except (MessageError, LookupError, ValueError):
        value = str(value)
    return " ".join(value.encode("utf-8", "replace").decode().split())


def _date(message: Message) -> str | None:
    """The day of the Date header, as its sender's clock had it."""
    value = _header(message, "Date")
    if value is None:
        return None
    parsed = parsedate_tz(value)
    return f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}" if parsed else value


def _told(message: Message) -> tuple[Told, ...]:
    senders = getaddresses([_header(message, "From") or ""])
    names = [name or address for name, address in senders]
    return (
        *told("mail: Subject", title=_header(message, "Subject")),
        *told("mail: From", authors=names),
        *told("mail: Date", published=_date(message)),
        *told("mail: Content-Language", language=_header(message, "Content-Language")),
    )
