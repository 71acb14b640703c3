"""Addresses: what is fetched from a server of this machine, and what is refused and why."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import fake_stages
from container_builder import zipped
from dipcli import __version__, index
from dipcli.errors import DocumentError, Exit
from dipcli.ingestion import fetch as fetching
from dipcli.ingestion import ingest
from dipcli.ingestion.fetch import fetch, is_public
from dipcli.records import Document

PAGE = b"""<!DOCTYPE html><html><head><title>Talks in Port Sel</title></head><body><article><p>2022-05-16 Ada Berg met
Cem Aydin, and the two of them spoke for a long time of the customs of the strait and of much else besides.</p>
</article></body></html>"""


class Server(ThreadingHTTPServer):
    """Answers each path with what `pages` has for it, and keeps what it was asked."""

    daemon_threads = True
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]]
    asked: list[tuple[str, dict[str, str]]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append((self.path, dict(self.headers)))
        server.pages[self.path](self)

    def log_message(self, *about: object) -> None:
        """The test tells what went wrong."""


@pytest.fixture
def server() -> Iterator[Server]:
    served = Server(("127.0.0.1", 0), Handler)
    served.pages, served.asked = {}, []
    threading.Thread(target=served.serve_forever, args=(0.02,), daemon=True).start()
    yield served
    served.shutdown()
    served.server_close()


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def reply(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            to.send_header(name.replace("_", "-"), value)
        to.end_headers()
        to.wfile.write(body)

    return reply


def drip(to: BaseHTTPRequestHandler) -> None:
    """A byte now and then, without end."""
    to.send_response(200)
    to.end_headers()
    try:
        while True:
            to.wfile.write(b"x")
            time.sleep(0.02)
    except OSError:
        pass


def refusal(address: str, **options: Any) -> str:
    with pytest.raises(DocumentError) as error:
        fetch(address, 1000, **options)
    return error.value.message


def test_one_polite_request(server: Server) -> None:
    server.pages["/a%20b?q=1"] = answer(PAGE, Content_Type="text/html; charset=utf-8")
    fetched = fetch(f"{server.address}/a b?q=1#part", 1000, allow_private=True)
    assert (fetched.data, fetched.media_type) == (PAGE, "text/html; charset=utf-8")
    [(_, headers)] = server.asked
    assert headers["User-Agent"].startswith(f"dipcli/{__version__} ")
    assert headers["Host"] == server.address.removeprefix("http://")


def test_redirects_are_followed_and_the_last_address_counts(server: Server) -> None:
    server.pages["/old"] = answer(status=301, Location="/new")
    server.pages["/new"] = answer(b"text")
    assert fetch(f"{server.address}/old", 1000, allow_private=True).address == f"{server.address}/new"
    server.pages["/loop"] = answer(status=302, Location="/loop")
    assert refusal(f"{server.address}/loop", allow_private=True) == "is redirected more than 5 times"
    assert len(server.asked) == 2 + 6


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("file:///etc/passwd", "is redirected to file:///etc/passwd, which is not fetched"),
        ("ftp://velm.example/x", "is redirected to ftp://velm.example/x, which is not fetched"),
        ("http://user:word@velm.example/", "is not fetched: it has a user's name or password in it"),
        ("", "cannot be fetched: it is redirected to nowhere"),
    ],
)
def test_redirects_that_are_not_followed(server: Server, target: str, what: str) -> None:
    server.pages["/"] = answer(status=302, Location=target)
    assert refusal(f"{server.address}/", allow_private=True) == what


def test_a_redirect_to_a_private_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host counts as public here, the second as what it is."""
    server.pages["/"] = answer(status=302, Location="http://10.0.0.1/admin")
    monkeypatch.setattr(fetching, "is_public", lambda place: place == "127.0.0.1" or is_public(place))
    assert "10.0.0.1 is a private address" in refusal(f"{server.address}/")


def test_what_was_checked_is_what_is_connected_to(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is resolved a second time would be another address by then."""
    server.pages["/"] = answer(b"text")
    port = server.server_address[1]
    answers = iter(["127.0.0.1", "10.0.0.1"])
    resolve = socket.getaddrinfo

    def once(host: str, *more: Any, **options: Any) -> Any:
        return resolve(next(answers) if host == "velm.example" else host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    assert fetch(f"http://velm.example:{port}/", 1000, allow_private=True).data == b"text"
    assert server.asked[0][1]["Host"] == f"velm.example:{port}"
    assert next(answers) == "10.0.0.1"


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (answer(b"x" * 1001), "is larger than 1 kB"),
        (answer(b"gone", status=404), "cannot be fetched: the server says 404 Not Found"),
        (answer(b"x", Content_Length="500"), "is cut off: the server sent less than it said"),
        (answer(b"x", Content_Encoding="br"), "is sent packed in a way that was not asked for (br)"),
        (drip, "takes longer than 0.3 seconds to fetch"),
        (lambda to: time.sleep(1), "takes longer than 0.3 seconds to fetch"),
    ],
)
def test_what_a_server_may_not_do(server: Server, reply: Any, what: str) -> None:
    server.pages["/"] = reply
    most = 1_000_000 if reply is drip else 1000
    with pytest.raises(DocumentError) as error:
        fetch(f"{server.address}/", most, allow_private=True, seconds=0.3 if "0.3" in what else 30)
    assert error.value.message == what


@pytest.mark.parametrize(
    "address", ["ftp://velm.example/", "file:///etc/passwd", "http://", "http://[::1", "http://a:b/"]
)
def test_no_address(address: str) -> None:
    assert refusal(address).startswith("is no address that can be fetched")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"]
)
def test_this_machine_is_not_asked(server: Server, host: str) -> None:
    told = refusal(f"http://{host}:{server.server_address[1]}/")
    assert "is a private address (--allow-private fetches it)" in told or "there is no host" in told
    assert server.asked == []


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_what_is_public(place: str, public: bool) -> None:
    assert is_public(place) is public


# In an index


def documents(path: Path) -> list[Document]:
    with index.read(path) as snapshot:
        return list(snapshot.records("documents"))


def test_a_page_is_a_document_with_its_address(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("trafilatura")
    fake_stages.install(monkeypatch)
    server.pages["/old"] = answer(status=301, Location="/talks")
    server.pages["/talks"] = answer(PAGE, Content_Type="text/html; charset=no-such")
    address = f"{server.address}/old"
    assert ingest([address], tmp_path / "ix", allow_private=True).added == [address]
    [document] = documents(tmp_path / "ix")
    assert (document.path, document.address) == (address, f"{server.address}/talks")
    assert document.title == "Talks in Port Sel" and "Ada Berg met" in document.text
    assert ingest([address], tmp_path / "ix", allow_private=True).unchanged == [address]
    server.pages["/talks"] = answer(PAGE.replace(b"customs", b"waters"), Content_Type="text/html")
    assert ingest([address], tmp_path / "ix", allow_private=True).replaced == [address]


def test_what_cannot_be_fetched_stays_as_it_was(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_stages.install(monkeypatch)
    server.pages["/a.txt"] = answer(b"2022-05-16 Ada Berg met Cem Aydin", Content_Type="text/plain")
    address = f"{server.address}/a.txt"
    ingest([address], tmp_path / "ix", allow_private=True)
    server.pages["/a.txt"] = answer(b"", status=500)
    report = ingest([address], tmp_path / "ix", allow_private=True)
    assert [name for name, _ in report.failed] == [address] and report.exit is Exit.ERROR
    assert [document.path for document in documents(tmp_path / "ix")] == [address]
    assert "private address" in ingest([address], tmp_path / "ix").failed[0].what


def test_what_an_address_no_longer_shows_stays(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_stages.install(monkeypatch)
    address = f"{server.address}/all.zip"
    for name in ("a.txt", "b.txt"):
        server.pages["/all.zip"] = answer(zipped({name: name.encode()}), Content_Type="application/zip")
        ingest([address], tmp_path / "ix", allow_private=True)
    assert sorted(document.path for document in documents(tmp_path / "ix")) == [
        f"{address}/a.txt",
        f"{address}/b.txt",
    ]


def test_by_the_command(installed: Callable[..., Any], server: Server) -> None:
    server.pages["/note.txt"] = answer(b"Ardania met Belvania on 3 June 2021.", Content_Type="text/plain")
    found = installed("ingest", f"{server.address}/note.txt")
    assert found.returncode == 2 and "--allow-private" in found.stderr
    found = installed("ingest", "--allow-private", f"{server.address}/note.txt")
    assert found.returncode == 0 and "1 read" in found.stderr
    found = installed("ingest", "ftp://velm.example/x")
    assert found.returncode == 2 and "http and https are" in found.stderr
