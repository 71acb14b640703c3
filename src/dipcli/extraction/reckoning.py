"""Dates told by another event's: "a day after the tests", "The move came a week after the ministers met"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.dates import Context, Interval
from dipcli.dates.grammar import Expression
from dipcli.extraction.clock import resolve
from dipcli.extraction.references import derived
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.triggers import Trigger


def from_event(
    seen: str,
    story: Story,
    scene: Scene,
    trigger: Trigger,
    triggers: Sequence[Trigger],
    dates: Sequence[Expression],
    mine: Sequence[Expression],
) -> Interval | None:
    """The date of a trigger told by another event's: "a day after the tests", "11 days after taking office".

    What stands before such words is dated by the event after them, where that is known; an event
    noun right after them is dated back from what stands before (`mine`). "A week after the summit" at the head
    of a sentence dates what follows.
    """
    for expression in dates:
        if "event" not in expression.needs:
            continue
        end = seen.find(",", expression.char_end, expression.char_end + 60)
        reach = end - expression.char_end if end > 0 else 60
        after = [t for t in triggers if 0 <= t.char_start - expression.char_end < reach]
        told = [e for e in dates if "event" not in e.needs and e.char_end <= expression.char_start]
        if (
            trigger in after
            and not (mine or told)
            and _COMES.search(seen, scene.sentence.char_start, expression.char_start)
        ):
            return _dated_back(_just_told(story), expression)
        if (
            trigger in after[:1]
            and trigger.sort != "noun"
            and mine
            and mine[0].char_start > expression.char_end
        ):
            continue  # "the day before he died on 4 May"
        if trigger in after[:1] and (mine or told) and expression.rule != "eve":
            main = mine[0] if mine and trigger.sort == "noun" else (told or mine)[-1]
            resolved = resolve(story, scene, main, True)
            return _dated_back(resolved.interval if resolved else None, expression)
        leads = bool(after) and trigger not in after[:1] and trigger.char_start > expression.char_end
        if not mine and (leads or trigger.char_end <= expression.char_start):
            return _dated_on(seen, story, scene, expression, after[0] if after else None)
    return None


_COMES = re.compile(
    r"[\"“]?(?:The|This|That|These|His|Her|Its|Their)\s+(?:[\w'’-]+\s+){1,6}(?:come|comes|came|follows|followed)\s+(?:just\s+|only\s+|barely\s+)?\Z"
)
"""Before words of time that date an event by what was just told: "The move came", of "a day after the ministers met"."""


def _just_told(story: Story) -> Interval | None:
    """The day of what was told last, else the day of a text that is news."""
    last = story.told[-1] if story.told else None
    if last is not None:
        return last.interval
    return story.published


def _dated_back(main: Interval | None, expression: Expression) -> Interval | None:
    if main is None or main.precision != "day":
        return None
    ahead = expression.resolve(Context(event=main))
    if ahead is None or ahead.precision != "day":
        return None
    then = main.start - (ahead.start - main.start)
    return Interval(then, then, "day")


def _noun(told: Told) -> str:
    """The noun that an event was told by, that of "hold talks" too."""
    trigger = told.trigger
    if trigger.noun_start is None or trigger.noun_end is None:
        return trigger.lemma
    return told.case.seen[trigger.noun_start : trigger.noun_end].casefold()


_DEEDS = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "RETREAT"))
"""Types of which a noun may tell a deed again that was told in other words."""
_CLAUSE = re.compile(r"[^,;:.()]{1,90}")
_LONG_WORD = re.compile(r"[a-z]{4,}")


def _is_meant(seen: str, expression: Expression, told: Told) -> bool:
    """Whether the words after "the day after" tell an event again: "the protocol was signed", "the signing"."""
    clause = _CLAUSE.match(seen, expression.char_end)
    words = _LONG_WORD.findall(clause[0]) if clause else []
    verb = told.trigger.lemma.split()[0]
    return len(verb) > 3 and any(derived(verb, word) for word in words)


def _dated_on(
    seen: str, story: Story, scene: Scene, expression: Expression, event: Trigger | None
) -> Interval | None:
    """Counted from the last meeting told of whom the words name, or the last event told by the same words."""
    after = next((e for e in story.usable if e.char_start >= expression.char_end and not e.needs), None)
    clause = _CLAUSE.match(seen, expression.char_end)
    if after is not None and clause is not None and after.char_start <= clause.end():
        when = resolve(story, scene, after, True)  # "the day before he died on 4 May 1980"
        if when is None or when.precision != "day":
            return None
        counted = expression.resolve(Context(event=when.interval))
        return counted.interval if counted else None
    named = {k for s in scene.slots if 0 <= s.char_start - expression.char_end < 40 for k in s.keys}
    noun = event.lemma if event is not None and event.sort == "noun" else None
    known = [
        t
        for t in story.told
        if t.interval
        and (
            (t.trigger.type == "CONSULT" and named & {*t.mention.actors})
            or (noun and noun == _noun(t))
            or _is_meant(seen, expression, t)
        )
    ]
    if not known and event is not None and noun and event.type in _DEEDS:
        known = [t for t in story.told if t.interval and t.trigger.type == event.type]  # "the seizure"
    base = known[-1].interval if known else None
    if base is None or base.precision == "month":
        return None
    resolved = expression.resolve(Context(event=Interval(base.start, base.start, "day")))
    return resolved.interval if resolved else None


def days_before(case: Case, dates: Sequence[Expression], here: Sequence[Told]) -> Interval | None:
    """The day of what a clause tells that something of the sentence came after: "was expelled a day after A recalled its
    envoy". `dates`: those of the sentence, `here`: what it told before."""
    tree = case.tree
    mark = next((i for i in tree.children(case.word, "mark") if tree.words[i].text == "after"), None)
    if mark is None or tree.words[case.word].dep != "advcl":
        return None
    end = tree.words[mark].char_end
    counted = next((e for e in dates if "event" in e.needs and e.char_end == end), None)
    last = next((t for t in reversed(here) if t.interval and t.interval.precision == "day"), None)
    return _dated_back(last.interval, counted) if last and counted else None
