"""zip and tar: each file in them an entry. Nothing is unpacked to disk, so no name can lead anywhere;
links are passed over."""

from __future__ import annotations

import stat
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from dipcli.errors import DocumentError
from dipcli.reading.containers.kinds import UNNAMED, Entry, Means, Remark
from dipcli.reading.containers.stream import DAMAGE, seekable, unpacked

DIRECTORY = 16_000_000
"""Bytes of a zip archive's table of contents, and of a name in a tar archive: they are held in memory."""
LINK = "is a link in the archive, which is not followed"

_END = b"PK\x05\x06"
_TAR_BLOCK = 512


def is_zip(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", _END))


def is_tar(head: bytes) -> bool:
    """By its magic, or in the oldest kind by the checksum of its first header."""
    if head[257:262] == b"ustar":
        return True
    header = head[:_TAR_BLOCK]
    digits = header[148:156].strip(b" \0")
    if len(header) < _TAR_BLOCK or not header[0] or not digits.isdigit() or b"8" in digits or b"9" in digits:
        return False
    return int(digits, 8) == sum(header[:148]) + sum(header[156:]) + 8 * 0x20


def is_office(file: BinaryIO) -> bool:
    """Whether a zip archive is one document: OOXML, OpenDocument, EPUB."""
    if not file.seekable():
        return False
    try:
        names = set(_opened(file).namelist())
    except DocumentError:
        return False
    finally:
        file.seek(0)
    return "[Content_Types].xml" in names or "mimetype" in names


def read_zip(entry: Entry, means: Means) -> Iterator[Entry | Remark]:
    with _opened(seekable(entry.file, means.limits)) as archive:
        for info in archive.infolist():
            name = info.filename or UNNAMED
            if name.endswith("/"):
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                yield Remark(name, LINK, "skipped")
            elif info.flag_bits & 0x1:
                yield Remark(name, "is locked with a password", "failed")
            else:
                try:
                    with archive.open(info) as member:
                        yield Entry(name, unpacked(member, means.budget))
                except DAMAGE as error:
                    yield Remark(name, f"cannot be unpacked: {error}", "failed")


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    """Raises `DocumentError`."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 66_000))
    tail = file.read()
    end = tail.rfind(_END)
    if end >= 0 and len(tail) >= end + 16 and struct.unpack_from("<I", tail, end + 12)[0] > DIRECTORY:
        raise DocumentError("is an archive of too many files")
    try:
        return zipfile.ZipFile(file)
    except (*DAMAGE, struct.error) as error:
        raise DocumentError(f"is a damaged zip archive: {error}") from error


class _Member(tarfile.TarInfo):
    """A header that may not bring a name of any length."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        extension = self.type in (
            *tarfile.GNU_TYPES,
            tarfile.XHDTYPE,
            tarfile.XGLTYPE,
            tarfile.SOLARIS_XHDTYPE,
        )
        if extension and self.size > DIRECTORY and self.type != tarfile.GNUTYPE_SPARSE:
            raise tarfile.ReadError("a name is too long")
        return cast(tarfile.TarInfo, super()._proc_member(archive))  # type: ignore[misc]


def read_tar(entry: Entry, means: Means) -> Iterator[Entry | Remark]:
    try:
        with tarfile.open(fileobj=entry.file, mode="r|", tarinfo=_Member, errorlevel=1) as archive:
            for member in archive:
                archive.members.clear()  # type: ignore[attr-defined]  # else all headers stay in memory
                if member.issym() or member.islnk():
                    yield Remark(member.name, LINK, "skipped")
                elif member.isreg():
                    file = archive.extractfile(member)
                    assert file is not None
                    yield Entry(
                        member.name or UNNAMED, unpacked(file, means.budget if member.issparse() else None)
                    )
                elif not member.isdir():
                    yield Remark(member.name, "is not a regular file", "skipped")
    except (*DAMAGE, OverflowError) as error:
        raise DocumentError(f"is a damaged tar archive: {error}") from error
