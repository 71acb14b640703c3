"""Sections on what had been before ("Background"), after which a text goes back to its own time."""

from __future__ import annotations

import re

from dipcli.dates import intervals
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Story

_BACKGROUND = re.compile(
    r"\W*(?:historical\s+|political\s+)?(?:background|origins?|context|prelude|causes|antecedents|history|earlier\s+\w+|previous\s+\w+)\b",
    re.IGNORECASE,
)


def turn_back(seen: str, story: Story, scene: Scene) -> None:
    """At a heading, go back to the time of which the text told before a section on what had been earlier."""
    if story.main and story.last and story.last.end < story.main.start:
        story.last, story.last_year = story.main, intervals.year(story.main.start.year)
    background = _BACKGROUND.match(seen, scene.sentence.char_start)
    story.main = story.last if background else None
