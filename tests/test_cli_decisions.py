"""The commands that decide, as a person types them: what they say, where, and with which status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import fake_stages
from dipcli.ingestion import ingest

FIRST = "2022-05-16-consult-ada-berg-cem-aydin"
TEXTS = {
    "a.txt": "2022-05-16 Ada Berg met Cem Aydin\n2022-05-17 Ada Berg met Dora Kiss\n",
    "b.txt": "2022-05-16 Ada Berg met Cem Aydin\n\n",
}
Dipcli = Callable[..., Any]


@pytest.fixture
def dipcli(installed: Dipcli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dipcli:
    """The installed command, with a small index that is found without being named."""
    fake_stages.install(monkeypatch)
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    ingest([tmp_path / name for name in TEXTS], tmp_path / "ix")
    settings = {"DIPCLI_INDEX": str(tmp_path / "ix"), "DIPCLI_BY": "ana"}
    return lambda *arguments: installed(*arguments, env=settings)


def test_what_deciding_says(dipcli: Dipcli) -> None:
    new = "2022-05-16-aid-ada-berg-cem-aydin"
    edited = dipcli("edit", FIRST[:16], "--set", "type=aid", "--set", "place=Oslo", "--why", "the readout")
    assert (edited.returncode, edited.stdout) == (0, "")
    assert edited.stderr.endswith(f"  edit {FIRST} -> {new}\n")
    assert dipcli("show", FIRST, "--json").stdout == dipcli("show", new, "--json").stdout
    page = dipcli("show", new).stdout
    assert "corrected   type (documents: CONSULT; by ana); place (documents: none; by ana)" in page
    assert "[1] " in page and "[2] " in page
    explained = dipcli("explain", new).stdout
    assert "type, corrected  AID" in explained and "by ana, 2022-01-15: the readout" in explained
    split = dipcli("split", new, "2")
    assert f"split {new} -> {new}, {FIRST}" in split.stderr
    again = dipcli("same", new, FIRST)
    assert "says otherwise, later" in again.stderr
    undone = dipcli("undo")
    assert "undone by d-" in undone.stderr
    dipcli("rename", "ada-berg", "Ada Maria Berg")
    assert "-> ada-berg\n" in dipcli("undo").stderr
    assert json.loads(dipcli("show", "ada-maria-berg", "--json").stdout)[0]["id"] == "ada-berg"


def test_decisions_in_every_format(dipcli: Dipcli) -> None:
    empty = dipcli("decisions", "--json")
    assert (empty.returncode, empty.stdout, empty.stderr) == (1, "[]\n", "dipcli: nothing found\n")
    dipcli("tag", "ada-berg", "visa", "to-check")
    dipcli("note", "ada-berg", "=cmd()\x1b[31m <b>")
    (tag, note) = json.loads(dipcli("decisions", "--json").stdout)
    assert (tag["decision"], tag["value"], tag["by"], tag["at"]) == (
        "tag",
        "visa, to-check",
        "ana",
        "2022-01-15T00:00:00Z",
    )
    assert note["records"] == ["ada-berg"]
    assert dipcli("decisions", "--count").stdout == "2\n"
    assert dipcli("decisions", "--fields", "decision,about", "--format", "csv").stdout == (
        "decision,about\ntag,ada-berg\nnote,ada-berg\n"
    )
    for form in ("table", "tsv", "md", "jsonl", "csv"):
        shown = dipcli("decisions", "--format", form).stdout
        assert "visa" in shown and "\x1b" not in shown
    assert dipcli("decisions", "--state", "undone").returncode == 1
    assert dipcli("actors", "--tag", "visa", "--fields", "id,tags", "--format", "tsv").stdout == (
        "id\ttags\nada-berg\tto-check; visa\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["edit", FIRST], 2, "nothing to set\n  such as: dipcli edit EVENT --set type=ACCUSE"),
        (["edit", FIRST, "--set", "type"], 2, "'type' sets nothing"),
        (["edit", FIRST, "--set", "type=AID", "--set", "TYPE=AID"], 2, "type is set twice"),
        (["edit", FIRST, "--set", "status=ocurred"], 2, "did you mean 'occurred'?"),
        (["edit", FIRST, "--set", "actors=Nobody"], 1, "no actor 'Nobody'"),
        (["edit", "nothing", "--set", "type=AID"], 1, "no event, actor, relation or document has an id"),
        (["edit", "2022", "--set", "type=AID"], 2, "'2022' is the beginning of 2 ids"),
        (["reject", "ada-berg"], 2, "to reject takes an event, not an actor"),
        (["split", FIRST, "3"], 2, "there is no quote '3'\n  name quotes by number, 1 to 2"),
        (["split", FIRST, "Ada"], 2, "2 quotes have the words 'Ada'"),
        (["split", FIRST, "1", "2"], 2, "some quotes have to part and some have to stay"),
        (["add", "Heard."], 2, "an event takes type and actors"),
        (["tag", FIRST, "a b"], 2, "'a b' cannot be a tag"),
        (["undo"], 2, "there is no decision to undo"),
        (["undo", "d-1"], 2, "there is no decision 'd-1'"),
        (["decisions", "--state", "lost"], 2, "unknown state 'lost'"),
        (["forget", "doc-0"], 1, "no document 'doc-0'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input(dipcli: Dipcli, tmp_path: Path, arguments: list[str], status: int, said: str) -> None:
    found = dipcli(*arguments)
    assert (found.returncode, found.stdout) == (status, "" if arguments[0] != "decisions" else found.stdout)
    assert said in found.stderr and "Traceback" not in found.stderr
    assert not (tmp_path / "ix" / "decisions.jsonl").exists()


def test_a_broken_file(dipcli: Dipcli, tmp_path: Path) -> None:
    """It stops what would decide anew, with its line, and no query."""
    (tmp_path / "ix" / "decisions.jsonl").write_text('{"decision":"edit"\n')
    for words in (
        ["decisions"],
        ["tag", "ada-berg", "x"],
        ["ingest", tmp_path / "a.txt"],
        ["explain", FIRST],
    ):
        found = dipcli(*words)
        assert found.returncode == 2 and "line 1 of" in found.stderr and "mend or delete" in found.stderr
    for words in (["events"], ["show", FIRST], ["info"]):
        assert dipcli(*words).returncode == 0


def test_an_added_event_is_forgotten_by_undoing_it(dipcli: Dipcli) -> None:
    text = "Ada Berg rang Cem Aydin."
    dipcli(
        "add",
        text,
        "--set",
        "type=CONSULT",
        "--set",
        "date=2022-07-01",
        "--set",
        "actors=Ada Berg; Cem Aydin",
    )
    (event,) = json.loads(dipcli("events", "--since", "2022-07", "--json").stdout)
    (quote,) = event["evidence"]
    assert (event["origin"], quote["text"]) == ("manual", text)
    refused = dipcli("forget", quote["document"])
    assert refused.returncode == 2 and "is a note of yours" in refused.stderr
    dipcli("undo")
    assert dipcli("events", "--since", "2022-07").returncode == 1
    assert quote["document"] not in dipcli("documents", "--json").stdout
