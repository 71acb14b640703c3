"""The table of types: what PLOVER says of a type must be there, and hang together."""

import pytest

from dipcli.lexicon.plover import CONTEXTS, GOLDSTEIN, OLDER_NAMES, TYPES, Facts, facts
from dipcli.lexicon.tables import toml


@pytest.mark.parametrize(
    ("type", "mode", "expected"),
    [
        ("CONSULT", None, Facts("040", 1, 2.5, 1.0)),
        ("CONSULT", "phone", Facts("041", 1, 1.5, 1.0)),
        ("SANCTION", "expel", Facts("166", 4, -5.5, -4.0)),
        ("ACCUSE", "investigate", Facts("090", 3, -3.5, -2.0)),
        ("ASSAULT", "unconventional", Facts("204", 4, -10.0, -10.0)),
        ("OTHER", None, Facts("010", None, None, 0.0)),
    ],
)
def test_facts(type, mode, expected):
    assert facts(type, mode) == expected


def test_every_type_and_mode_has_facts():
    for name, type in TYPES.items():
        for mode in (None, *type.modes):
            found = facts(name, mode)
            assert found.cameo[:2] in GOLDSTEIN
            assert found.score is None or -10 <= found.score <= 10


def test_unknown_type_or_mode_is_an_error():
    with pytest.raises(KeyError):
        facts("YIELD")
    with pytest.raises(KeyError):
        facts("CONSULT", "riot")


def test_older_names_lead_to_types_of_today():
    assert set(OLDER_NAMES.values()) <= set(TYPES)
    assert not set(OLDER_NAMES) & set(TYPES)


def test_every_context_has_keywords():
    assert sorted(toml("contexts.toml")) == sorted(CONTEXTS)
