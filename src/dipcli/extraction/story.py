"""What a document has told so far: its dates, its events, what is carried from one sentence to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from dipcli.dates import Interval, Resolved
from dipcli.dates.grammar import Expression
from dipcli.extraction.arguments import Arguments
from dipcli.extraction.registry import Registry
from dipcli.extraction.sections import Section
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import Scene
from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import Trigger
from dipcli.mentions import EventMention, LeftOut, Span
from dipcli.records import Medium

_LONG = 31
"""Days after which an occasion dates nothing that a text tells without a date, once it tells its days."""


class Case(msgspec.Struct, frozen=True, gc=False):
    """One trigger in its sentence, with what its event is told from."""

    seen: str
    scene: Scene
    tree: Tree
    trigger: Trigger
    word: int
    """Of the trigger, in the tree."""
    arguments: Arguments
    triggers: Sequence[Trigger]
    """All of the sentence."""
    lead: Expression | None
    """The date that the sentence begins with, if it is a line of a chronology."""
    dates: Sequence[Expression]
    """Those that are this trigger's own."""
    named: bool
    """Whether a noun says between whom or with whom."""
    moved: Interval | None
    """Its date as told by another event ("a day after the tests")."""

    @property
    def sentence(self) -> Sentence:
        return self.scene.sentence

    @property
    def span(self) -> Span:
        sentence = self.scene.sentence
        return Span(char_start=sentence.char_start, char_end=sentence.char_end)


@dataclass
class Told:
    """An event mention while the story goes on, with what later sentences may need of it."""

    mention: EventMention
    case: Case
    interval: Interval | None
    guessed: bool = False
    """Whether who acts is but a guess (`nearest`)."""

    @property
    def trigger(self) -> Trigger:
        return self.case.trigger

    @property
    def is_saying(self) -> bool:
        """Whether it is told only that something was said."""
        return self.trigger.speech and self.mention.type == "OTHER"

    @property
    def everybody(self) -> list[str]:
        return [*self.mention.actors, *self.mention.recipients]


@dataclass
class Story:
    """What the document has told so far."""

    registry: Registry
    published: Interval | None
    sections: Sequence[Section]
    parsed: bool
    """Whether a parser made the trees."""
    bounded: bool = False
    """Whether no more is known of when the text was written than what it tells last: it is a history."""
    minutes: bool = False
    """Whether it tells what each speaker said at a meeting."""
    release: bool = False
    """Whether the text was given to the press: what it tells without any date is news of its day."""
    communique: bool = False
    """Whether the text is what several issued together in writing."""
    issuers: Sequence[str] = ()
    """Whom the first line names, where the text is a statement, speech or letter of theirs."""
    timeless: bool = False
    """Whether nothing in the document can be dated, so that events are told without dates."""
    brief: bool = False
    """Whether the text is but a sentence or a few: only what each is about is told."""
    protagonist: str | None = None
    """Whose list the document is ("trips made by X"): who acts in its lines that name nobody."""
    host: Sequence[str] = ()
    """The country whose guests the document lists ("visits to X"), if it does."""
    lists_visits: bool = False
    """Whether headings have said that what follows are visits."""
    guests: str | None = None
    """Code of the country whose officials made those visits to `host`, below a heading that names both."""
    related: str | None = None
    """The country whose relations the lines list that are being read, each with a state and a day."""
    home: str | None = None
    """Code of the country that the guests visit whom the document lists, where its publisher alone tells it."""
    seat: str | None = None
    """Code of the country whose government the document comes from."""
    spot: tuple[str, str | None] | None = None
    """Name and country of the place that the document's head gives under its date, or its title to the meetings it tells of."""
    written_at: tuple[str, str | None] | None = None
    """Name and country of the town of the report's dateline, which is what "here" means."""
    medium: Medium | None = None
    """The medium that the title gives to the one occasion that the document is about."""
    couple: Sequence[str] = ()
    """The two countries that the document is about, as its title names them ("Latvia–Norway relations")."""
    weights: Counter[str] = field(default_factory=Counter)
    """In how many sentences each nation is named, by its code."""
    topic: Interval | None = None
    """The one occasion that the document is about, if it is about one."""
    topic_from: int = 0
    """Where the sentence begins that tells the topic's date, if other dates are told as often: before it
    nothing is dated by it."""
    newest: date | None = None
    """Of a history, the last day that it tells in full."""
    turned_page: bool = False
    """Whether a heading stands between the date told last and what is being read."""
    years: dict[int, int] = field(default_factory=dict)
    """Years that dates take from the next one, by `char_start` (`clock.shared_years`)."""
    lead: tuple[int, Expression] | None = None
    """The date that the last line of a chronology began with, and the number of its paragraph."""
    entry: tuple[int, Expression] | None = None
    """Of a timeline told in the present: the number of the last dated paragraph and its date."""
    here: Sequence[Expression] = ()
    """The dates of the sentence that is being read."""
    usable: Sequence[Expression] = ()
    """Those of them that an event can have happened on (`usable_dates`)."""
    turned: int = 0
    """Where the last sentence begins that opens with a date."""
    opening: tuple[Expression, Resolved] | None = None
    """That date, and its meaning."""
    before: int = -1
    """Where the sentence read before begins."""
    last: Interval | None = None
    main: Interval | None = None
    """The date told last before a section on what had been before, which the next section leans on."""
    ahead: bool = False
    """Whether a heading says that what is being read is to come."""
    last_year: Interval | None = None
    """The year of the last date told, be it but a year."""
    last_paragraph: int = -1
    last_at: int = -1
    """Where the sentence begins that told `last`."""
    paragraph_first: Interval | None = None
    """The first date that the paragraph of `last` told."""
    told: list[Told] = field(default_factory=list)
    guessed: list[Told] = field(default_factory=list)
    """Events whose doer is a guess: told only where nothing else tells of them."""
    undated: list[tuple[Case, Sequence[str], Sequence[str]]] = field(default_factory=list)
    """What was told without a date, and of whom (actors, recipients): it may be told elsewhere with one."""
    continued: list[tuple[str, Case]] = field(default_factory=list)
    """Key of an event, and what later sentences tell of it: of its line of a chronology, of both sides there."""
    left_out: list[LeftOut] = field(default_factory=list)
    keys: int = 0

    @property
    def bare(self) -> bool:
        """Whether an event is told where it has neither a date nor anybody with a name: "Rebels shelled a village." """
        return self.brief and self.timeless

    def next_key(self) -> str:
        self.keys += 1
        return f"e{self.keys}"

    def leave(self, reason: str, trigger: Trigger) -> None:
        """Note a trigger that tells of no event, and why."""
        self.left_out.append(LeftOut(reason=reason, char_start=trigger.char_start, char_end=trigger.char_end))

    def section(self, offset: int) -> Section:
        """The section that an offset stands in."""
        if len(self.sections) == 1:
            return self.sections[0]
        number = bisect_right(self.sections, offset, key=lambda section: section.start)
        return self.sections[max(0, number - 1)]

    def has_moved_on(self, occasion: Interval, days: int) -> bool:
        """Whether a history has told of what came more than some days after an occasion."""
        history = self.published is None or self.bounded
        return history and self.last is not None and (self.last.start - occasion.end).days > days

    def is_one_of(self, occasion: Interval) -> bool:
        """Whether an occasion went on for months, and a day of it or another time was told last."""
        return (occasion.end - occasion.start).days > _LONG and self.last != occasion

    def two_of(self, scene: Scene) -> Sequence[str]:
        """The two that a sentence is probably about: the countries told of last, else those of the whole text."""
        return scene.pair or self.couple

    def kind(self, key: str) -> str:
        return self.registry.entities[key].kind

    def nation(self, key: str) -> str | None:
        """The country that an actor is or belongs to."""
        return self.registry.entities[key].country
