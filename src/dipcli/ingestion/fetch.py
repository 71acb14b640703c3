"""A page from the web: one request for it, politely, within limits, and never to a place that is private.

The name of a host is resolved once, what it resolves to is checked, and the connection is made to that:
between the check and the connection it cannot become another. Each redirect is checked anew.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from dipcli import __version__
from dipcli.errors import DocumentError
from dipcli.reading.base import size

AGENT = f"dipcli/{__version__} (one page for one reader)"
SECONDS = 30.0
"""For a page, all its redirects together."""
REDIRECTS = 5
ACCEPTED = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.5"

_NAT64 = (IPv6Address("64:ff9b::"), IPv6Address("64:ff9b::ffff:ffff"))


class Fetched(NamedTuple):
    """What an address gave: where it was in the end, its bytes, what its server calls them."""

    address: str
    data: bytes
    media_type: str | None


def fetch(address: str, most: int, *, allow_private: bool = False, seconds: float = SECONDS) -> Fetched:
    """What is at an address, at most `most` bytes. Raises `DocumentError`."""
    end = time.monotonic() + seconds
    for _ in range(REDIRECTS + 1):
        parts = _checked(address)
        try:
            with _answer(parts, allow_private, end, seconds) as response:
                if response.status not in (301, 302, 303, 307, 308):
                    return _content(response, address, most)
                target = response.getheader("Location")
        except (OSError, HTTPException, ValueError) as error:
            raise DocumentError(f"cannot be fetched: {_why(error)}") from error
        if not target:
            raise DocumentError("cannot be fetched: it is redirected to nowhere")
        address = urljoin(address, target)
        if urlsplit(address).scheme not in ("http", "https"):
            raise DocumentError(f"is redirected to {address}, which is not fetched")
    raise DocumentError(f"is redirected more than {REDIRECTS} times")


def _checked(address: str) -> SplitResult:
    """The parts of an address. Raises `DocumentError` where it is none of http or https."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise DocumentError(f"is no address that can be fetched: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DocumentError("is no address that can be fetched: http and https are")
    if parts.username is not None or parts.password is not None:
        raise DocumentError("is not fetched: it has a user's name or password in it")
    return parts


@contextmanager
def _answer(parts: SplitResult, allow_private: bool, end: float, seconds: float) -> Iterator[HTTPResponse]:
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    raw = _connected(host, port, allow_private, end)
    with closing(raw), _ended_at(raw, end) as is_late:
        try:
            connection: HTTPConnection
            if parts.scheme == "https":
                connection = HTTPSConnection(host, port)
                connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
            else:
                connection = HTTPConnection(host, port)
                connection.sock = raw
            with closing(connection):
                headers = {"User-Agent": AGENT, "Accept": ACCEPTED, "Accept-Encoding": "identity"}
                connection.request("GET", _target(parts), headers={**headers, "Connection": "close"})
                yield connection.getresponse()
        except (OSError, HTTPException, ValueError, DocumentError) as error:
            if is_late.is_set():
                raise DocumentError(f"takes longer than {seconds:g} seconds to fetch") from error
            raise
        if is_late.is_set():
            raise DocumentError(f"takes longer than {seconds:g} seconds to fetch")


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else path


def _connected(host: str, port: int, allow_private: bool, end: float) -> socket.socket:
    """A connection to the first place that a host's name stands for. Raises `DocumentError`, OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise DocumentError(f"cannot be fetched: there is no host {host}") from error
    places = list(dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found))
    if not allow_private and not all(map(is_public, places)):
        raise DocumentError(f"is not fetched: {host} is a private address (--allow-private fetches it)")
    failure: OSError | None = None
    for place in places:
        try:
            connection = socket.create_connection((place, port), timeout=max(0.1, end - time.monotonic()))
        except OSError as error:
            failure = error
            continue
        connection.settimeout(None)  # `_ended_at` ends it
        return connection
    raise failure or OSError("the host has no address")


def is_public(place: str) -> bool:
    """Whether an IP address is one of the public internet; also the one that an address of IPv6 wraps."""
    address = ip_address(place)
    wrapped: IPv4Address | None = None
    if isinstance(address, IPv6Address):
        teredo = address.teredo
        nat64 = IPv4Address(int(address) & 0xFFFFFFFF) if _NAT64[0] <= address <= _NAT64[1] else None
        wrapped = address.ipv4_mapped or address.sixtofour or (teredo and teredo[1]) or nat64
    plain = address if wrapped is None else wrapped
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


@contextmanager
def _ended_at(connection: socket.socket, end: float) -> Iterator[threading.Event]:
    """Cuts a connection at a time, however slowly the other side goes on giving; says whether it did."""
    is_late = threading.Event()
    cutter = socket.socket(fileno=os.dup(connection.fileno()))

    def cut() -> None:
        is_late.set()
        with suppress(OSError):
            cutter.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, end - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()
        cutter.close()


def _content(response: HTTPResponse, address: str, most: int) -> Fetched:
    if response.status != 200:
        raise DocumentError(
            f"cannot be fetched: the server says {response.status} {response.reason}".rstrip()
        )
    encoding = (response.getheader("Content-Encoding") or "identity").lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise DocumentError(f"is sent packed in a way that was not asked for ({encoding})")
    data = response.read(most + 1)
    if len(data) > most:
        raise DocumentError(f"is larger than {size(most)}")
    if response.length:
        raise DocumentError("is cut off: the server sent less than it said")
    return Fetched(address, data, response.getheader("Content-Type"))


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, TimeoutError):
        return "the server does not answer"
    return str(getattr(error, "strerror", None) or error) or type(error).__name__
