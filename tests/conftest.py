"""Shared fixtures: the installed command in a process of its own, and a small index of invented records."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import record_builder
from dipcli.records import Actor, Document, Event, Evidence, Participant, Place, Published, Relation, Role

TERSE = {"PYTHONUTF8": "1", "DIPCLI_MODEL": "none"}
"""What keeps runs short and alike: UTF-8, and rules alone where a test is not about the model."""
Run = Callable[..., "subprocess.CompletedProcess[str]"]

ACCORD = """Talks on the Strait of Velm

June 3, 2021: Ardania's Foreign Minister Mira Kos met her counterpart Tomas Rell of Belvania in Port Sel.
June 9, 2021: Belvania accused Ardania of laying mines in the strait.
In August 2021, Ardania will host a summit with Belvania.
An unnamed envoy praised the accord.
"""
NOTE = """Note on the [sic] customs union

Mira Kos reportedly asked Belvania to lift its ban on fish. =cmd|' /C calc'!A0
"""


def document(name: str, text: str, **values: Any) -> Document:
    """A document as an ingest would name it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return record_builder.document(
        f"doc-{digest[:12]}", text, path=name, sha256=digest, title=text.splitlines()[0], **values
    )


def quote(of: Document, words: str) -> Evidence:
    line = of.text.count("\n", 0, of.text.index(words)) + 1
    return record_builder.quote(of.text, words, of.id, locator=f"line {line}")


PUBLISHED = Published(start="2021-06-10", end="2021-06-10", precision="day", basis="given")
DOCUMENTS = [
    document("accord.txt", ACCORD, publisher="Velm Review", published=PUBLISHED),
    document("notes/customs.txt", NOTE),
]
KOS = Participant(id="mira-kos", name="Mira Kos", title="Foreign Minister", country="AND")
RELL = Participant(id="tomas-rell", name="Tomas Rell", title="Foreign Minister", country="BEL")
ARDANIA = Participant(id="and", name="Ardania", country="AND")
BELVANIA = Participant(id="bel", name="Belvania", country="BEL")


def event(
    ident: str, words: str, actors: list[Participant], of: Document = DOCUMENTS[0], **values: Any
) -> Event:
    """An event on the day that its id begins with."""
    whole: dict[str, Any] = {"start": ident[:10], "cameo": "04", "confidence": 0.9, "summary": words}
    return record_builder.event(ident, actors=actors, evidence=[quote(of, words)], **(whole | values))


EVENTS = [
    event(
        "2021-06-03-consult-mira-kos-tomas-rell",
        "Ardania's Foreign Minister Mira Kos met her counterpart Tomas Rell of Belvania in Port Sel.",
        [KOS, RELL],
        type="CONSULT",
        place=Place(name="Port Sel", country="AND"),
        medium="in_person",
    ),
    event(
        "2021-06-09-accuse-bel-and",
        "Belvania accused Ardania of laying mines in the strait.",
        [BELVANIA],
        recipients=[ARDANIA],
        type="ACCUSE",
        mode="allege",
        cameo="112",
        quad=3,
        score=-3.5,
        goldstein=-2.0,
    ),
    event(
        "2021-08-consult-and-bel",
        "In August 2021, Ardania will host a summit with Belvania.",
        [ARDANIA, BELVANIA],
        start="2021-08-01",
        end="2021-08-31",
        precision="month",
        type="CONSULT",
        status="planned",
    ),
    event(
        "undated-request-mira-kos-bel",
        "Mira Kos reportedly asked Belvania to lift its ban on fish. =cmd|' /C calc'!A0",
        [KOS],
        of=DOCUMENTS[1],
        start=None,
        end=None,
        precision="unknown",
        recipients=[BELVANIA],
        type="REQUEST",
        mode="yield",
        cameo="10",
        quad=3,
        score=-1.0,
        goldstein=-5.0,
        certainty="reported",
        confidence=0.5,
    ),
]
ACTORS = [
    Actor(
        id="mira-kos",
        name="Mira Kos",
        aliases=["Kos"],
        kind="person",
        country="AND",
        roles=[
            Role(
                title="Foreign Minister",
                of="and",
                first_seen="2021-06-03",
                last_seen="2021-06-03",
                evidence=[quote(DOCUMENTS[0], "Ardania's Foreign Minister Mira Kos")],
            )
        ],
        documents=sorted(one.id for one in DOCUMENTS),
        event_count=2,
        evidence=[quote(DOCUMENTS[0], "Mira Kos"), quote(DOCUMENTS[1], "Mira Kos")],
    ),
    Actor(
        id="tomas-rell",
        name="Tomas Rell",
        kind="person",
        country="BEL",
        documents=[DOCUMENTS[0].id],
        event_count=1,
        evidence=[quote(DOCUMENTS[0], "Tomas Rell")],
    ),
    *(
        Actor(
            id=ident,
            name=name,
            kind="country",
            country=ident.upper(),
            documents=[DOCUMENTS[0].id],
            event_count=count,
            evidence=[quote(DOCUMENTS[0], name)],
        )
        for ident, name, count in (("and", "Ardania", 2), ("bel", "Belvania", 3))
    ),
]
RELATIONS = [
    Relation(
        id="mira-kos-holds-office-and",
        subject="mira-kos",
        relation="holds_office",
        object="and",
        label="Foreign Minister",
        first_seen="2021-06-03",
        last_seen="2021-06-03",
        count=1,
        evidence=[quote(DOCUMENTS[0], "Ardania's Foreign Minister Mira Kos")],
    ),
    Relation(
        id="and-engages-bel",
        subject="and",
        relation="engages",
        object="bel",
        first_seen="2021-06-09",
        last_seen="2021-08-31",
        count=2,
        by_type={"ACCUSE": 1, "CONSULT": 1},
        events=["2021-06-09-accuse-bel-and", "2021-08-consult-and-bel"],
    ),
]


def write_index(path: Path, events: list[Event] | None = None) -> Path:
    """An index of the invented records at `path`, its events replaced where given."""
    records = {
        "documents": DOCUMENTS,
        "events": EVENTS if events is None else events,
        "actors": ACTORS,
        "relations": RELATIONS,
    }
    return record_builder.store(path, records)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index to be read, not written."""
    return write_index(tmp_path_factory.mktemp("index") / "velm")


@pytest.fixture(scope="session")
def dipcli_path() -> str:
    """The console script of the environment that runs the tests."""
    found = shutil.which("dipcli", path=str(Path(sys.executable).parent))
    assert found, "dipcli is not installed beside this Python"
    return found


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment in which no setting of the developer's reaches the command."""
    kept = ("PATH", "LANG", "SYSTEMROOT", "PYTHONPATH")
    inherited = {name: os.environ[name] for name in kept if name in os.environ}
    home = {"HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "home" / "config")}
    return {**inherited, **home, "TERM": "xterm-256color", "DIPCLI_NOW": "2022-01-15", **TERSE}


@pytest.fixture
def installed(dipcli_path: str, environment: dict[str, str], tmp_path: Path) -> Run:
    """Run the installed command in an empty folder: `installed("events", "--json", env={…}, input="…")`."""
    folder = tmp_path / "work"
    folder.mkdir()

    def run(*arguments: str | Path, env: dict[str, str] | None = None, **options: Any) -> Any:
        settings = {"cwd": folder, "capture_output": True, "text": True, "encoding": "utf-8", "timeout": 60}
        if "input" not in options:
            settings["stdin"] = subprocess.DEVNULL
        return subprocess.run(
            [dipcli_path, *map(str, arguments)], env=environment | (env or {}), **(settings | options)
        )

    return run


class Screened(NamedTuple):
    """What a command wrote to a terminal, its newlines as LF, and to standard error."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def on_terminal(dipcli_path: str, environment: dict[str, str], tmp_path: Path) -> Callable[..., Screened]:
    """Run the installed command with a terminal as its standard input and output."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")

    def run(
        *arguments: str | Path, columns: int = 80, lines: int = 200, env: dict[str, str] | None = None
    ) -> Screened:
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (lines, columns))
        process = subprocess.Popen(
            [dipcli_path, *map(str, arguments)],
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.PIPE,
            env=environment | (env or {}),
            cwd=tmp_path,
        )
        os.close(theirs)
        written = b""
        with suppress(OSError):  # EIO: the other end is closed
            while piece := os.read(ours, 65536):
                written += piece
        os.close(ours)
        _, errors = process.communicate(timeout=60)
        return Screened(process.returncode, written.decode().replace("\r\n", "\n"), errors.decode())

    return run
