"""The report as a file: what it holds, what may run in it, what the command says."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dipcli
import record_builder
from conftest import EVENTS
from dipcli.records import Participant, Place

pytest.importorskip("vl_convert", reason="the extra 'report' is not installed")
Run = Callable[..., Any]

HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror='window.hacked=1'> {{7*7}} ${7*7} @data@ \u2028 \u202egnirts <!--"


def write_hostile(path: Path) -> Path:
    """An index whose every text tries to become markup, script or template."""
    text = f"Kos met Rell. {HOSTILE} End."
    document = record_builder.document(
        "doc-h", text, title=HOSTILE, publisher=HOSTILE, address="javascript:window.hacked=1"
    )
    quote = record_builder.quote(text, HOSTILE, "doc-h", locator="line 1")
    evil = Participant(id="kos", name=HOSTILE, title=HOSTILE, country="AND")
    told = record_builder.event(
        "2021-06-03-h",
        "2021-06-03",
        actors=[evil],
        summary=HOSTILE,
        evidence=[quote],
        place=Place(name=HOSTILE),
    )
    return record_builder.store(path, {"documents": [document], "events": [told]})


def held(page: str) -> Any:
    """The data of a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def page(index: Path) -> str:
    with dipcli.open(index) as opened:
        return opened.report().decode()


def test_same_index_same_bytes(index: Path, page: str) -> None:
    with dipcli.open(index) as opened:
        assert opened.report(reversed(opened.events())).decode() == page


def test_only_its_own_scripts_may_run(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy and policy[1].startswith("default-src 'none'; ") and "unsafe" not in policy[1]
    allowed = set(re.findall(r"sha256-([\w+/=]+)", policy[1]))
    parts = re.findall(r"<(?:script|script type=\"module\"|style)>(.*?)</(?:script|style)>", page, re.DOTALL)
    assert {base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts} == allowed
    assert len(allowed) == 3
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"\son\w+=|\sstyle=|\ssrc=|<link|@import", markup)


def test_what_is_in_it(page: str) -> None:
    found = held(page)
    assert [event["id"] for event in found["events"]] == [event.id for event in EVENTS]
    talks = found["events"][0]
    assert [found["actors"][one]["name"] for one in talks["actors"]] == ["Mira Kos", "Tomas Rell"]
    assert talks["evidence"][0]["quote"] == EVENTS[0].evidence[0].text
    assert found["documents"][0]["title"] == "Talks on the Strait of Velm"
    assert "4 events told in 2 documents; 0 of 4 reviewed." in page
    assert "This page holds 4 passages of these 2 documents" in page


def test_without_quotes_no_text_of_a_document_is_in_it(index: Path) -> None:
    with dipcli.open(index) as opened:
        text = opened.report(quotes=False).decode()
        words = [quote.text for event in opened.events() for quote in event.evidence]
    assert "This page holds no text of the 2 documents" in text
    assert not [quote for quote in words if quote in text]
    assert held(text)["events"][0]["evidence"] == [
        {"document": 0, "where": "line 3", "before": "", "quote": "", "after": ""}
    ]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    with dipcli.open(write_hostile(tmp_path / "h")) as opened:
        text = opened.report(title=HOSTILE, asked=HOSTILE).decode()
    markup = re.sub(r"<script(?: type=\"module\")?>.*?</script>", "", text, flags=re.DOTALL)
    assert text.count("<script") == 3 and markup.count("<script") == 1
    assert "<img" not in markup and "\u2028" not in text and "\u202e" not in text
    assert "window.hacked" in held(text)["events"][0]["evidence"][0]["quote"]


def test_the_command_makes_the_file_and_says_what_is_in_it(
    installed: Run, index: Path, tmp_path: Path
) -> None:
    made = tmp_path / "report.html"
    found = installed("report", "--index", index, "--actor", "Mira Kos", "--since", "2021", "-o", made)
    assert (found.returncode, found.stdout) == (0, "")
    assert "1 event, with the words of the documents" in found.stderr
    text = made.read_text(encoding="utf-8")
    assert "Chosen by: --actor &#x27;Mira Kos&#x27; --since 2021" in text and len(held(text)["events"]) == 1
    made.write_text(text.replace("Events", "Incidents"))
    assert installed("report", "--index", index, "-o", made).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--type", "PROTEST", "-o", "r.html"], 1, "no file is made"),
        ([], 2, "-o report.html"),
        (["-o", "r.pdf"], 2, "HTML"),
    ],
)
def test_what_cannot_be_made_is_said(
    installed: Run, index: Path, tmp_path: Path, arguments: list[str], status: int, said: str
) -> None:
    found = installed("report", "--index", index, *arguments)
    assert found.returncode == status and said in found.stderr
    assert list((tmp_path / "work").iterdir()) == []


def test_without_the_extra_it_says_what_to_install(installed: Run, index: Path, tmp_path: Path) -> None:
    (tmp_path / "vl_convert.py").write_text("raise ImportError")
    found = installed("report", "--index", index, "-o", "r.html", env={"PYTHONPATH": str(tmp_path)})
    assert found.returncode == 2 and "dipcli[report]" in found.stderr
