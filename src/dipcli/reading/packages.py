"""Office documents are zip archives of XML: their members, bounded, and their XML, without entities."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from html.entities import html5
from io import BytesIO
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from dipcli.errors import DocumentError
from dipcli.reading.base import Limits, parsing, size
from dipcli.reading.blocks import clean

_ENCRYPTED = 0x1
_OLE = b"\xd0\xcf\x11\xe0"
"""What an old office document begins with, and a new one that has a password."""
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES = {b"amp", b"lt", b"gt", b"quot", b"apos"}


class Package:
    """The members of a zip archive by name; what is unpacked of it has a limit.

    Raises `DocumentError` where it is damaged, protected by a password, or over the limit.
    """

    def __init__(self, data: bytes, kind: str, limits: Limits) -> None:
        if data.startswith(_OLE):
            raise DocumentError(f"is protected by a password, or no {kind} file but an older office document")
        self.kind = kind
        self._left = limits.expanded
        self._limits = limits
        with parsing(kind):
            self._archive = zipfile.ZipFile(BytesIO(data))
        self.names = set(self._archive.namelist())

    def read(self, name: str) -> bytes:
        """Raises `DocumentError` where there is no such member."""
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            raise DocumentError(f"is a damaged {self.kind} file (there is no {clean(name)} in it)") from None
        if info.flag_bits & _ENCRYPTED:
            raise DocumentError("is protected by a password")
        with parsing(self.kind), self._archive.open(info) as member:
            data = member.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise DocumentError(f"unpacks to more than {size(self._limits.expanded)}")
        return data

    def xml(self, name: str) -> Any:
        """The root of a member. Raises `DocumentError` for one that is no XML, or declares entities."""
        return xml(self.read(name), self.kind)

    def properties(self, name: str, *wanted: str) -> dict[str, list[str]]:
        """What a member says of the document (`properties`); nothing where there is none, or a damaged one."""
        try:
            return properties(self.xml(name), wanted)
        except DocumentError:
            return {name: [] for name in wanted}


def xml(data: bytes, kind: str) -> Any:
    """The root of an XML document. Raises `DocumentError` for what is none, or declares entities."""
    with parsing(kind):
        try:
            return fromstring(_ENTITY.sub(_character, data))
        except DefusedXmlException as error:
            raise DocumentError(
                f"is a file with XML entities of its own ({kind}), which are not read"
            ) from error


def _character(match: re.Match[bytes]) -> bytes:
    """A named character of HTML, which XML does not know, as a number."""
    if match[1] in _XML_ENTITIES:
        return match[0]
    return "".join(f"&#{ord(one)};" for one in html5.get(f"{match[1].decode()};", "\ufffd")).encode()


def properties(root: Any, names: Iterable[str]) -> dict[str, list[str]]:
    """The words of the elements of some names (without name space), below a root."""
    found: dict[str, list[str]] = {name: [] for name in names}
    for element in root.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name in found and (words := clean("".join(element.itertext()))):
            found[name].append(words)
    return found
