"""Settings: flags before variables before the config file before defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dipcli import settings
from dipcli.errors import UsageError
from dipcli.settings import Settings

WON: list[tuple[dict[str, Any], dict[str, str], str, Settings, str]] = [
    ({}, {}, "", Settings(), "defaults"),
    (
        {},
        {},
        'format = "csv"\nlimit = 5\npager = false',
        Settings(format="csv", limit=5, pager=False),
        "the file",
    ),
    ({}, {"DIPCLI_FORMAT": "json"}, 'format = "csv"', Settings(format="json"), "a variable before the file"),
    ({"format": "md"}, {"DIPCLI_FORMAT": "json"}, "", Settings(format="md"), "a flag before a variable"),
    ({"format": None}, {"DIPCLI_FORMAT": "json"}, "", Settings(format="json"), "a flag not used"),
    ({"pager": False}, {}, "pager = true", Settings(pager=False), "false is a value"),
    (
        {},
        {"DIPCLI_PAGER": "no", "DIPCLI_LIMIT": "7"},
        "",
        Settings(pager=False, limit=7),
        "words and figures",
    ),
    ({}, {"NO_COLOR": "1"}, "", Settings(color="never"), "a convention"),
    ({"color": "always"}, {"NO_COLOR": "1"}, "", Settings(color="always"), "a flag before it"),
    ({}, {"DIPCLI_INDEX": "/there"}, 'index = "/here"', Settings(index="/there"), "the index too"),
]


def load(tmp_path: Path, config: str, environ: dict[str, str], flags: dict[str, Any]) -> Settings:
    path = tmp_path / "config.toml"
    path.write_text(config)
    return settings.load({"DIPCLI_CONFIG": str(path), **environ}, **flags)


@pytest.mark.parametrize(("flags", "environ", "config", "expected", "why"), WON)
def test_load(
    tmp_path: Path, flags: dict[str, Any], environ: dict[str, str], config: str, expected: Settings, why: str
) -> None:
    assert load(tmp_path, config, environ, flags) == expected, why


REFUSED: list[tuple[dict[str, str], str, str]] = [
    ({"DIPCLI_FORMAT": "xml"}, "", "DIPCLI_*: format cannot be 'xml'"),
    ({"DIPCLI_LIMIT": "-1"}, "", "limit cannot be '-1'"),
    ({"DIPCLI_PAGER": "perhaps"}, "", "pager cannot be 'perhaps'"),
    ({}, "formt = 1", "sets 'formt', which is no setting"),
    ({}, "index = 3", "index cannot be 3"),
    ({}, "= nothing", "is not TOML"),
]


@pytest.mark.parametrize(("environ", "config", "message"), REFUSED)
def test_refused(tmp_path: Path, environ: dict[str, str], config: str, message: str) -> None:
    with pytest.raises(UsageError, match=message.replace("*", r"\*")):
        load(tmp_path, config, environ, {})


def test_no_config_file_is_no_error(tmp_path: Path) -> None:
    assert settings.load({"DIPCLI_CONFIG": str(tmp_path / "none.toml")}) == Settings()


def test_the_config_file_is_in_the_users_config_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert settings.config_path({"XDG_CONFIG_HOME": "/conf"}) == Path("/conf/dipcli/config.toml")
    assert settings.config_path({"DIPCLI_CONFIG": "/mine.toml"}) == Path("/mine.toml")
