"""What the user has set: flags > DIPCLI_* > the config file > defaults.

The config file is `config.toml` in the user's config folder for dipcli (`DIPCLI_CONFIG` names another);
its keys, and the variables without `DIPCLI_`, are the fields of `Settings`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from dipcli.errors import UsageError, suggestion

OPTIONS = "options"
Color = Literal["auto", "always", "never"]
Format = Literal["table", "json", "jsonl", "csv", "tsv", "md"]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one command; None: as the command sees fit."""

    index: str | None = None
    """The folder of the index; None: the nearest `.dipcli/` in this folder or above."""
    format: Format | None = None
    color: Color = "auto"
    pager: bool = True
    limit: int | None = None
    model: str | None = None
    """The spaCy pipeline that reads, `none` for rules alone; None: the default one where it is installed."""
    by: str | None = None
    """Who decides; None: the login name."""


def load(environ: Mapping[str, str] | None = None, **flags: Any) -> Settings:
    """The settings, given the flags that were used (None: not used).

    Raises UsageError for a value that a setting cannot have, saying where it was set.
    """
    environ = os.environ if environ is None else environ
    found: dict[str, Any] = {}
    for source, values in _sources(environ, flags):
        for name, value in values.items():
            if name not in _READ:
                raise UsageError(f"{source} sets '{name}', which is no setting", hint=suggestion(name, _READ))
            where = f"--{name}" if source == OPTIONS else f"{source}: {name}"
            found[name] = _READ[name](value, where)
    if environ.get("NO_COLOR"):
        found.setdefault("color", "never")
    return Settings(**found)


def _sources(environ: Mapping[str, str], flags: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What each place sets, the weakest first."""
    path = config_path(environ)
    variables = {
        name: environ[f"DIPCLI_{name.upper()}"] for name in _READ if environ.get(f"DIPCLI_{name.upper()}")
    }
    used = {name: value for name, value in flags.items() if value is not None}
    return [(str(path), _config(path)), ("DIPCLI_*", variables), (OPTIONS, used)]


def config_path(environ: Mapping[str, str]) -> Path:
    """Where the config file is, or would be."""
    named = environ.get("DIPCLI_CONFIG")
    if named:
        return Path(named).expanduser()
    if sys.platform == "linux":
        # What platformdirs answers there, without the cost of importing it.
        return Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "dipcli" / "config.toml"
    import platformdirs

    return platformdirs.user_config_path("dipcli", appauthor=False) / "config.toml"


def _config(path: Path) -> dict[str, Any]:
    """The config file's keys and values; none where there is no file."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    import tomllib

    try:
        return tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}") from error


def _one_of(choices: tuple[str, ...]) -> Callable[[Any, str], str]:
    def read(value: Any, where: str) -> str:
        if value not in choices:
            raise UsageError(f"{where} cannot be '{value}'", hint=suggestion(str(value), choices))
        return str(value)

    return read


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{where} cannot be {value!r}", hint="it is a text")
    return value


_SWITCH = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


def _switch(value: Any, where: str) -> bool:
    switch = _SWITCH.get(str(value).lower())
    if switch is None:
        raise UsageError(f"{where} cannot be '{value}'", hint="it is true or false")
    return switch


def _number(value: Any, where: str) -> int:
    if not str(value).isdecimal():
        raise UsageError(f"{where} cannot be '{value}'", hint="it is a whole number, 0 or more")
    return int(value)


_READ: dict[str, Callable[[Any, str], Any]] = {
    "index": _text,
    "format": _one_of(get_args(Format)),
    "color": _one_of(get_args(Color)),
    "pager": _switch,
    "limit": _number,
    "model": _text,
    "by": _text,
}
