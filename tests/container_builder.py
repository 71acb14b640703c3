"""Containers in memory, for tests: archives, mail, crawls."""

from __future__ import annotations

import io
import tarfile
import zipfile


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def tarred(files: dict[str, bytes | None], mode: str = "w") -> bytes:
    """A file without a content is a link out of the archive."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            if content is None:
                member.type, member.linkname = tarfile.SYMTYPE, "../../etc/passwd"
            else:
                member.size = len(content)
            archive.addfile(member, io.BytesIO(content or b""))
    return data.getvalue()


def mail(headers: str, body: str, *attached: tuple[str, str, bytes]) -> bytes:
    """A message; what is attached are name, type and content."""
    if not attached:
        return f"{headers}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}\n".encode()
    parts = [f"Content-Type: text/plain; charset=utf-8\n\n{body}".encode()]
    for name, kind, content in attached:
        head = f'Content-Type: {kind}\nContent-Disposition: attachment; filename="{name}"\n\n'
        parts.append(head.encode() + content)
    whole = b"\n--=b=\n".join([b"", *parts]) + b"\n--=b=--\n"
    return f"{headers}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary==b=\n".encode() + whole


def crawl(*pages: tuple[str, str, bytes]) -> bytes:
    """A WARC file of responses: address, media type, body."""
    records = []
    for number, (address, media_type, body) in enumerate(pages):
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        )
        content = head + body
        records.append(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-06-05T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n".encode()
            + content
            + b"\r\n\r\n"
        )
    return b"".join(records)
