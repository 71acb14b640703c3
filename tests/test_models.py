"""One rule for the model everywhere: a name, `none` for rules alone, else the default one if installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dipcli import index
from dipcli.cli.main import main
from dipcli.errors import ExtraMissing
from dipcli.extraction import syntax
from dipcli.ingestion import ingest, models

TEXT = (
    "On May 3, 2022, Foreign Minister Ada Berg of Norway met Foreign Minister Cem Aydin of Turkey in Oslo.\n"
)
with_model = pytest.mark.skipif(not syntax.available(), reason="the nlp extra is not installed")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "available", lambda: False)


@pytest.mark.parametrize("name", ["none", "rules"])
def test_none_means_rules_alone_and_needs_no_word(name: str) -> None:
    assert models.choose(name) == models.Model()


def test_without_the_extra_rules_read_and_say_so(no_extra: None) -> None:
    chosen = models.choose(None)
    assert (chosen.settings.model, chosen.note) == (None, models.WITHOUT)


def test_a_model_that_is_not_there() -> None:
    with pytest.raises(ExtraMissing, match="no_such_model"):
        models.choose("no_such_model")


@with_model
def test_the_default_model_where_it_is_installed() -> None:
    chosen = models.choose(None)
    assert chosen == models.choose(syntax.DEFAULT_MODEL)
    assert chosen.name == syntax.DEFAULT_MODEL and chosen.version and chosen.note is None
    assert chosen.sha256 == syntax.DIGESTS[syntax.DEFAULT_MODEL]


@with_model
def test_another_model_means_extract_again(note: Path, tmp_path: Path) -> None:
    place = tmp_path / "ix"
    assert ingest([note], place, model="none").added == ["note.txt"]
    with index.read(place) as snapshot:
        rules = snapshot.manifest.settings
    assert (rules.model, rules.model_version, rules.model_sha256) == (None, None, None)
    assert ingest([note], place, model="rules").unchanged == ["note.txt"]
    assert ingest([note], place).refreshed == ["note.txt"]
    with index.read(place) as snapshot:
        parsed = snapshot.manifest.settings
        (mentions,) = snapshot.records("mentions")
    assert parsed.model == syntax.DEFAULT_MODEL and parsed.model_sha256 == syntax.digest(syntax.DEFAULT_MODEL)
    assert mentions.fingerprint == parsed.fingerprint != rules.fingerprint
    assert ingest([note], place, model=syntax.DEFAULT_MODEL).unchanged == ["note.txt"]
    ingest([note], place, model="none")
    ingest([note], tmp_path / "fresh", model="none")
    for file in (tmp_path / "fresh").glob("*.json*"):
        assert (place / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("command", [["ingest"], ["extract"]], ids=" ".join)
def test_every_command_says_that_rules_read_alone(
    command: list[str], note: Path, no_extra: None, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(note.parent)
    monkeypatch.delenv("DIPCLI_MODEL", raising=False)
    assert main([*command, "note.txt"]) == 0
    assert models.WITHOUT in capsys.readouterr().err
    assert main([*command, "note.txt", "--model", "none"]) == 0
    assert models.WITHOUT not in capsys.readouterr().err


def test_the_model_is_a_setting_too(installed: Callable[..., Any], note: Path) -> None:
    run = installed("extract", note, env={"DIPCLI_MODEL": "no_such_model"})
    assert run.returncode == 2 and "no_such_model" in run.stderr
