"""The rules by name: how grave what they find is, what they look for, and the module that finds it.

A rule is a pure function: of a page (one document with its mentions) and the world, or of the world alone.
To add one, write it in a module of this package and add its line here; docs/conflicts.md follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dipcli.conflicts.finding import Conflict, Severity
from dipcli.conflicts.rules import (
    chronology,
    dates,
    denied,
    details,
    lookalike,
    offices,
    participants,
    planned,
    published,
    spelling,
    weekday,
)
from dipcli.conflicts.world import Page, World


class Rule(NamedTuple):
    name: str
    severity: Severity
    """The usual one; a finding may be graver or less so."""
    finds: str
    """In a line."""
    explanation: str
    """In a paragraph: what is compared, what is not, and what to do."""
    of_page: Callable[[Page, World], Iterator[Conflict]] | None = None
    of_world: Callable[[World], Iterator[Conflict]] | None = None


_TABLE = (
    Rule(
        "chronology",
        "high",
        "a line of a chronology that is out of order or a year off",
        "The dated lines of a text are compared with their neighbours, in the order that most of them keep, "
        "forward or backward. A line that is neither between its neighbours' dates nor would be with "
        "another day is out of order; where the next or the last year would put it right, that year is "
        "given. A line that alone has its year, 90 days or more from all others, is taken for a slip if "
        "the neighbouring year puts it among them. A text of fewer than five dated lines is not looked at.",
        of_page=chronology.find,
    ),
    Rule(
        "weekday",
        "medium",
        "a weekday that does not fall on the date beside it",
        "Every date in the text that is written with its weekday and its year is held against the calendar; "
        "one without a year where it dates an event. Which of the two is wrong only another source tells: "
        "a day that is one off is common where a report passes the date line.",
        of_page=weekday.find,
    ),
    Rule(
        "published",
        "medium",
        "a document dated before what it tells as past",
        "An event told as past, with its year in words, lies after the printed or given date of the "
        "document. Either date may be wrong, or the text was changed after it was dated. One day is "
        "allowed for the time zone; a date of publication that was only inferred is not held against a text.",
        of_page=published.find,
    ),
    Rule(
        "lookalike",
        "high",
        "letters of another script, or hidden characters, in a word",
        "A word mixes Latin letters with Cyrillic or Greek ones that look the same, or has a character of no "
        "width between its letters. A search for the name does not find it, and it stands for "
        "somebody else in every table. Words written wholly in one script are never reported.",
        of_page=lookalike.find,
    ),
    Rule(
        "date",
        "medium",
        "one event with different dates",
        "Two tellings that were taken for one event give dates of which neither lies within the other. Or "
        "two records are possibly one event: the same people, two or more, met in the same place as far as "
        "it is told, in two documents of which none tells both, one to three days apart (and no words such as "
        "again tell the later as one more) or on the same day of two neighbouring years.",
        of_world=dates.find,
    ),
    Rule(
        "place",
        "medium",
        "a meeting that is told at two places",
        "Two records have the same people, two or more, on the same day at two places of which "
        "neither lies in the other. Two cities of one country are less grave.",
        of_world=details.places,
    ),
    Rule(
        "medium",
        "medium",
        "a meeting that is told in person and from afar",
        "Two records have the same people, two or more, on the same day, in one document in "
        "person and in another by telephone or video. Only what the words say counts, not what dipcli "
        "takes for granted.",
        of_world=details.media,
    ),
    Rule(
        "participant",
        "medium",
        "somebody who, by the other tellings of that day, was not the one there",
        "On one day, two tellings put two people of one country before the same counterpart (who takes part in "
        "both, or is named in both), and the two are easily taken for each other: they have one family name, "
        "or one office by the titles given there. The one whom fewer passages of those days have there "
        "comes first.",
        of_world=participants.mistaken,
    ),
    Rule(
        "elsewhere",
        "low",
        "one person in two countries on one day",
        "Two meetings in person, known by the day, have one person in two countries. That can be: "
        "people fly. It is worth a look where neither place is on the way to the other.",
        of_world=participants.elsewhere,
    ),
    Rule(
        "office",
        "medium",
        "one office with two holders at a time",
        "By the titles that tellings give, two people hold one office of a country at a time: one between two "
        "days of the other that are three months apart or less, or both on one day and no other. Only offices that "
        "one person holds count: heads of state and government, ministers of something. That one "
        "follows the other on one day is no conflict.",
        of_world=offices.find,
    ),
    Rule(
        "spelling",
        "medium",
        "one person spelled two ways",
        "Full names that were taken for one person differ in letters: not by an accent, a hyphen, the order, a "
        "short form or an initial. Or two records of one country, in one office, have names that are so alike "
        "that one may be misspelt. Another way of writing a foreign name is less grave than a slip.",
        of_world=spelling.find,
    ),
    Rule(
        "planned",
        "low",
        "an event told as planned, with no word of its taking place",
        "A later document names everybody who was to take part, and none tells of anything that one of their "
        "countries did on the very day, nor from then on of anything of the kind among all of them, nor that it "
        "was called off. What is later, the documents' own dates say, not today's.",
        of_world=planned.find,
    ),
    Rule(
        "denied",
        "medium",
        "an event that one telling states and another denies",
        "Of the passages that were taken for one event at least one denies it, and at least one does not. "
        "A denial that nobody contradicts is an event of its own kind, and is not reported.",
        of_world=denied.find,
    ),
)
RULES: dict[str, Rule] = {rule.name: rule for rule in _TABLE}
