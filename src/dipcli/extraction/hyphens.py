"""What a hyphen joins: two countries or organisations, a rank and its office, the words of a town."""

from __future__ import annotations

from dipcli.lexicon import countries, offices, organizations, places
from dipcli.names import normal


def is_ranked(left: str, right: str) -> bool:
    """Whether a hyphen joins a rank to an office that has no entry of its own with it ("Vice-Minister")."""
    heads = offices.heads()
    rank, head = normal(left), normal(right)
    return rank in ("vice", "deputy") and head in heads and f"{rank} {head}" not in heads


def meet(left: str, right: str) -> bool:
    """Whether a hyphen joins a country to something ("China-Japan", "US-led", "Sino-Indian"), or two organisations
    ("AU-EU")."""
    if left.isupper() and right.isupper() and {normal(left), normal(right)} <= organizations.forms().keys():
        return True
    forms = [countries.forms().get(normal(part)) if part[0].isupper() else None for part in (left, right)]
    whole = [form is not None and "prefix" not in form.flags for form in forms]
    return any(whole)


def is_place(text: str) -> bool:
    """Whether a name with hyphens is known as one without ("Port-of-Spain")."""
    form = normal(text)
    return form in countries.forms() or form in places.forms()
