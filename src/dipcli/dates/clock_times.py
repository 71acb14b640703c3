"""Times of day in news: where they stand, unless the date beside them already has them ("9 a.m. Monday")."""

from __future__ import annotations

import re
from collections.abc import Sequence

Span = tuple[int, int]
"""First character and the one after the last."""

_ZONE = r"(?:GMT|UTC|ET|[ECMP][SD]T|BST|CES?T|[A-Z]{2,3}T)"
_CLOCK = re.compile(
    rf"""(?<![\w:.,$£€+/-])(?:
        (?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?(?:[ap]\.\s?m\.?|[ap]m\b|[AP]\.M\.?|[AP]M\b)
      | (?:1[0-2]|[1-9])\ in\ the\ (?:morning|afternoon|evening)\b
      | (?:[01]?\d|2[0-3])[:.]?[0-5]\d(?=\s{_ZONE}\b)
      | (?<=\bat\s)(?:[01]\d|2[0-3]):[0-5]\d(?![\d:])
      | (?:1[0-2]|[1-9])\ o['’]clock\b
      | (?:(?<=\b[Aa]t\s)|(?<=\b[Bb]y\s)|(?<=\b[Bb]efore\s)|(?<=\b[Aa]fter\s)|(?<=\b[Aa]round\s)|(?<=\b[Uu]ntil\s))
        (?:noon|midday|midnight|(?:dawn|daybreak|dusk|nightfall|sunset|sunrise)\b(?!\ (?:of|to|till)\b))\b
      | (?<=\b[Bb]y\s)(?:morning|afternoon|evening)\b
      | (?:(?<=\b[Bb]y\s)|(?<=\b[Aa]t\s)|(?<=\b[Ii]n\s)|(?<=\b[Uu]ntil\s))(?:early|late|mid)[\s-](?:morning|afternoon|evening)\b
      | (?<=\b[Dd]uring\s)the\s(?:night|morning|afternoon|evening)\b(?!\sof\b)
      | (?<=\b[Ii]n\s)the\s(?:(?:early|late)\s)?(?:afternoon|evening)\b(?!\sof\b)
    )""",
    re.VERBOSE,
)
_DATE_THEN_CLOCK = re.compile(
    r"[\s,()/|•]*(?:(?:at|by|around|about|just|shortly|soon|before|after|from|until|till|in|during)\s+)*"
)
_CLOCK_THEN_DATE = re.compile(
    rf"""\s*(?:(?:\w+\s+){{0,2}}time\b|{_ZONE}\b)?[\s,(]*(?:on\s+|of\s+)?""", re.VERBOSE
)
_CLOCK_THEN_CLOCK = re.compile(rf"\s*(?:(?:\w+\s+){{0,2}}time\b|{_ZONE}\b)?\s*[(;,/]\s*", re.VERBOSE)
_NEAR = 60
"""Characters: what stands farther apart does not stand beside it."""


def lone_clock_times(text: str, dates: Sequence[Span]) -> list[Span]:
    """Times of day in the order of the text, without those beside one of `dates` (in the same order), and
    without the same time told again in another zone."""
    lone: list[Span] = []
    date_end, at, clock_end = -_NEAR, 0, -_NEAR
    for match in _CLOCK.finditer(text):
        start, end = match.span()
        while at < len(dates) and dates[at][0] < end:
            date_end, at = dates[at][1], at + 1
        beside = (
            date_end > start
            or _joins(_DATE_THEN_CLOCK, text, date_end, start)
            or _joins(_CLOCK_THEN_CLOCK, text, clock_end, start)
            or (at < len(dates) and _joins(_CLOCK_THEN_DATE, text, end, dates[at][0]))
        )
        if not beside:
            lone.append((start, end))
        clock_end = end
    return lone


def _joins(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return 0 <= end - start < _NEAR and pattern.fullmatch(text, start, end) is not None
