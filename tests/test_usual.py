"""Arguments said in the usual way mean what typer says they mean."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli.cli.app import HIDDEN, MODULES, find
from dipcli.cli.options import Argument
from dipcli.cli.parser import application
from dipcli.cli.usual import values_of

COMMANDS = sorted({**MODULES, **HIDDEN})
VALUES = ["a", "Wang Yi", "2022-05..", "", "=", "a=b", "-", "-x", "--", "é", "--json", "--help", "--no-such"]


@st.composite
def said(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A command and what may follow it: its options, whole or cut, with and without values, in any order."""
    name = draw(st.sampled_from(COMMANDS))
    names = [param.name for param in find(name).params if not isinstance(param, Argument)] or ["--x"]
    value, option = st.sampled_from(VALUES), st.sampled_from(names)
    piece = (
        st.tuples(option, value)
        | st.tuples(st.builds("{}={}".format, option, value))
        | st.tuples(option)
        | st.tuples(value)
        | st.tuples(option.map(lambda text: text[:-1]))
    )
    return name, [word for words in draw(st.lists(piece, max_size=5)) for word in words]


def by_typer(name: str, words: list[str]) -> dict[str, Any]:
    """The values that typer gives; it raises where it refuses."""
    command = application().commands[name]
    return dict(command.make_context(name, list(words)).params)


@settings(max_examples=600, deadline=None)
@given(said())
def test_what_is_understood_is_what_typer_understands(command: tuple[str, list[str]]) -> None:
    name, words = command
    found = values_of(find(name).params, words)
    if found is not None:
        assert found == by_typer(name, words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("events", []),
        ("events", ["--actor", "Wang Yi", "--actor", "x", "--since=2020", "--json", "--limit", "20"]),
        ("search", ["two", "words", "--format", "csv"]),
        ("search", ["--type", "aid"]),
        ("show", ["wang-yi", "--json"]),
        ("complete", ["--", "events", "--actor", "w"]),
        ("info", ["--json", "--index", "place"]),
    ],
)
def test_the_usual_is_understood(name: str, words: list[str]) -> None:
    assert values_of(find(name).params, words) == by_typer(name, words)


@pytest.mark.parametrize(
    "words", [["--help"], ["-h"], ["--acto", "x"], ["--limit"], ["--limit", "-1"], ["x"]]
)
def test_the_rest_is_left_to_typer(words: list[str]) -> None:
    assert values_of(find("events").params, words) is None
