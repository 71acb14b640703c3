"""Sections on what had been before ("Background"), after which a text goes back to its own time, and on what is to come
("The week ahead")."""

from __future__ import annotations

import re

from dipcli.dates import intervals
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Story

_BACKGROUND = re.compile(
    r"\W*(?:historical\s+|political\s+)?(?:background|origins?|context|prelude|causes|antecedents|history|earlier\s+\w+|previous\s+\w+)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\W*(?:(?:(?:the|in)\s+)?(?:coming|next)\s+(?:up|days?|weeks?|months?|events)|(?:the\s+)?(?:days?|weeks?|months?)\s+ahead"
    r"|looking\s+(?:ahead|forward)|(?:up\s?coming|forthcoming|future)\s+(?:\w+\s+)?(?:events?|meetings?|visits?|dates|travel|diary)"
    r"|(?:what|dates?|events?)\s+to\s+(?:watch|come|expect)|dates?\s+for\s+(?:the|your)\s+diary|(?:diary|ahead|upcoming))\b[^.]{0,40}\Z",
    re.IGNORECASE,
)


def turn_ahead(seen: str, story: Story, scene: Scene) -> None:
    """At a heading, note whether what stands below it is still to come."""
    story.ahead = _AHEAD.match(seen[scene.sentence.char_start : scene.sentence.char_end]) is not None


def turn_back(seen: str, story: Story, scene: Scene) -> None:
    """At a heading, go back to the time of which the text told before a section on what had been earlier."""
    if story.main and story.last and story.last.end < story.main.start:
        story.last, story.last_year = story.main, intervals.year(story.main.start.year)
    background = _BACKGROUND.match(seen, scene.sentence.char_start)
    story.main = story.last if background else None
