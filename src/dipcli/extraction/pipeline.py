"""The order in which a document's text is read: view, sentences, dates, actors, trees, events."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

from dipcli import copies
from dipcli.dates import Interval
from dipcli.dates.grammar import Expression
from dipcli.extraction import (
    Settings,
    background,
    bonds,
    clock,
    declarations,
    echoes,
    events,
    firsts,
    formulas,
    gapping,
    headlines,
    institutions,
    language,
    ledgers,
    localities,
    media,
    mending,
    nations,
    native,
    nearest,
    recognitions,
    relations,
    repeats,
    rows,
    shallow,
    simplify,
    supplied,
    targets,
    terms,
    timelines,
    topic,
    whereabouts,
    wholes,
)
from dipcli.extraction.actors import Cast
from dipcli.extraction.dateline import day_of, town_of
from dipcli.extraction.frame import HEAD_LINES
from dipcli.extraction.lines import body
from dipcli.extraction.manner import is_communique, is_history, is_record, is_release
from dipcli.extraction.reasons import doubt_odd_years
from dipcli.extraction.sections import openings, sections
from dipcli.extraction.sentences import Sentence, begin_of, split
from dipcli.extraction.slots import Scene
from dipcli.extraction.story import Story
from dipcli.extraction.syntax import Given, Parser
from dipcli.extraction.tree import Tree, joined
from dipcli.extraction.triggers import Trigger, triggers
from dipcli.extraction.usable import usable_dates
from dipcli.extraction.view import dates as dates_of
from dipcli.extraction.view import takes_turns, view
from dipcli.garbage import uncollected
from dipcli.mentions import LeftOut, Mentions, Signature, Span
from dipcli.names import catalogued
from dipcli.records import Document


@cache
def _parser(name: str) -> Parser:
    return Parser(name)


def _outside(sentences: list[Sentence], skipped: list[Span]) -> list[Sentence]:
    """The sentences that stand in none of some spans (in order, not overlapping)."""
    kept = []
    i = 0
    for sentence in sentences:
        while i < len(skipped) and skipped[i].char_end <= sentence.char_start:
            i += 1
        if i == len(skipped) or not (
            skipped[i].char_start <= sentence.char_start and sentence.char_end <= skipped[i].char_end
        ):
            kept.append(sentence)
    return kept


def _by_sentence(sentences: list[Sentence], found: list[Expression]) -> list[list[Expression]]:
    """Date expressions of each sentence."""
    out: list[list[Expression]] = []
    i = 0
    for sentence in sentences:
        mine = []
        while i < len(found) and found[i].char_start < sentence.char_end:
            if found[i].char_start >= sentence.char_start and found[i].char_end <= sentence.char_end:
                mine.append(found[i])
            i += 1
        out.append(clock.in_full(mine))
    return out


def _named_in(text: str, names: Sequence[str]) -> dict[str, Span]:
    """Where a text first has each of some names, front matter and catalogues' order included; an empty span where
    it has not."""
    found = {}
    for name in names:
        form = name if name in text else catalogued(name)
        at = max(text.find(form), 0)
        found[name] = Span(char_start=at, char_end=at + len(form) if text.startswith(form, at) else at)
    return found


def _published(document: Document) -> Interval | None:
    from datetime import date

    told = document.published
    if told is None:
        return None
    return Interval(date.fromisoformat(told.start), date.fromisoformat(told.end), told.precision)


BRIEF = 3
"""Sentences of a text that is read as a few sentences on their own."""


@uncollected()
def extract(document: Document, settings: Settings, fingerprint: str) -> Mentions:
    """All mentions of one document."""
    from dipcli.extraction import frame

    seen = view(document.text)
    skipped = frame.boilerplate(seen)
    foreign = language.foreign(seen, document.language)
    sentences = _outside(_outside(split(seen), skipped), foreign)
    expressed = dates_of(seen)
    parts = sections(document, expressed)
    dates = _by_sentence(sentences, openings(seen, parts, expressed))
    parser = _parser(settings.model) if settings.model else None
    named: list[list[tuple[int, int]]] = [[] for _ in sentences]
    if parser:
        written = [simplify.as_written(seen, s.char_start, s.char_end) for s in sentences]
        for spans, names in zip(named, parser.names(written), strict=True):
            spans += [(n.char_start, n.char_end) for n in names if n.label == "PERSON"]
    home = nations.home_of(seen, document)
    cast = Cast(seen, _named_in(document.text, document.authors), home, document.title or "")
    scenes = cast.read(
        sentences, [[(e.char_start, e.char_end) for e in d if "event" not in e.needs] for d in dates], named
    )
    firsts.share(seen, scenes, cast.registry)
    firsts.entitle(seen, scenes, cast.registry)
    rows.settle(cast.registry, scenes)
    ledgers.settle_guests(seen, scenes, cast.registry)
    published = _published(document)
    head = body(seen)[:HEAD_LINES]
    if published and published.precision == "day":
        published = day_of(seen, head, expressed, published) or published
    terms.find(seen, scenes, dates, cast.registry, published)
    native.give(document.text, cast.registry.entities.values())
    wholes.find(seen, cast.registry)
    nations.settle(cast.registry, seen, home, cast.home_land, scenes)
    institutions.administrations(cast.registry, seen, scenes)

    found = [
        triggers(seen, begin_of(seen, s.sentence), s.sentence.char_end, declarations.part_of_speech(seen, s))
        for s in scenes
    ]
    trees = _trees(seen, scenes, dates, found, parser)
    medium = media.of_title(document.title)
    minutes = takes_turns(document.text) or is_record(seen)
    release = is_release(document)
    begin = partial(
        Story,
        cast.registry,
        published,
        parts,
        parser is not None,
        bounded=is_history(document),
        minutes=minutes,
        release=release,
        communique=is_communique(document),
        issuers=cast.speakers.parties or (topic.issuers(scenes) if release else ()),
        home=home if ledgers.tells_of_guests(seen, scenes) else None,
        seat=home,
        spot=localities.printed(seen) or whereabouts.of_title(seen, scenes),
        written_at=town_of(seen, head),
        medium=medium,
        brief=len(scenes) <= BRIEF,
    )
    story = begin()
    _tell(seen, story, scenes, dates, trees)
    if all(one.interval is None or (story.brief and one.is_saying) for one in story.told):
        story = begin(timeless=True)
        _tell(seen, story, scenes, dates, trees)
    echoes.find(seen, story, scenes, dates, found)
    nearest.settle(story)
    left_out = [
        *story.left_out,
        *(LeftOut(reason="boilerplate", char_start=b.char_start, char_end=b.char_end) for b in skipped),
        *(LeftOut(reason="language", char_start=f.char_start, char_end=f.char_end) for f in foreign),
        *(
            LeftOut(reason="too-long", char_start=s.char_start, char_end=s.char_end)
            for s in sentences
            if s.cut
        ),
    ]
    doubt_odd_years(story)
    told = [one.mention for one in story.told]
    cast.registry.settle_offices()
    entities = cast.registry.entities
    taking_part = {key for mention in told for key in (*mention.actors, *mention.recipients)}
    related = relations.find(seen, scenes, dates, cast.registry, published)
    for key in (
        *taking_part,
        *(key for mention in told for key in mention.asserted_by),
        *(key for person in sorted(taking_part) for key in entities[person].bodies),
        *(key for relation in related for key in (relation.subject, relation.object)),
    ):
        entities[key].used = True
    return Mentions(
        document=document.id,
        sha256=document.sha256,
        fingerprint=fingerprint,
        actors=cast.registry.finish(),
        events=told,
        relations=[
            *related,
            *relations.bodies(cast.registry),
            *relations.representatives(cast.registry, taking_part),
        ],
        left_out=sorted(left_out, key=lambda one: (one.char_start, one.reason)),
        signature=_signature(seen, skipped),
    )


def _signature(seen: str, skipped: list[Span]) -> Signature:
    """Of the text without front matter and what belongs to the page."""
    page = {span.char_start for span in skipped}
    return copies.signature(line.words for line in body(seen) if line.start not in page)


def _tell(
    seen: str,
    story: Story,
    scenes: list[Scene],
    dates: list[list[Expression]],
    trees: dict[int, tuple[list[gapping.Reading], list[Trigger]]],
) -> None:
    """Let every scene tell its events into the story, in order."""
    dates = [_of_row(scene, told) for scene, told in zip(scenes, dates, strict=True)]
    usable = [usable_dates(seen, told) for told in dates]
    story.years.update(timelines.years(story, scenes, usable))
    if story.bounded:
        opening, story.newest = timelines.of_history(usable)
        story.years = opening | story.years
    year: int | None = None
    for scene, told in zip(scenes, dates, strict=True):
        year = rows.year_of(scene) or year if scene.sentence.kind == "row" else None
        story.years.update(clock.shared_years(seen, told, story.years))
        if scene.sentence.kind == "row" and (cells := rows.row(scene)):
            alone = next((e for e in told if e.char_start == cells.date.char_start), None)
            if year and alone and "year" in alone.needs:
                story.years.setdefault(alone.char_start, year)
            story.years.update(clock.row_years(alone, told))
    story.protagonist = ledgers.protagonist(seen, scenes)
    story.host = ledgers.host(seen, scenes)
    several = ledgers.of_several(seen, scenes) or (not story.host and ledgers.tells_of_journeys(scenes))
    story.couple = formulas.signatories(seen, scenes) or topic.couple(seen, story, scenes)
    story.weights = targets.weights(story, scenes)
    story.topic = topic.occasion(seen, story, scenes, usable)
    present = timelines.is_in_present(scenes, usable, trees)
    for number, scene in enumerate(scenes):
        readings, found = trees.get(number, ([], []))
        before = len(story.told)
        if several and (person := ledgers.heading(scene)):
            story.protagonist = person
        if scene.sentence.kind == "heading":
            background.turn_back(seen, story, scene)
            background.turn_ahead(seen, story, scene)
        for reading in readings:
            earlier = len(story.told)
            story.here, story.usable = (reading.of(scene, told[number]) for told in (dates, usable))
            events.tell(seen, story, reading.scene, reading.tree, found, story.here)
            if len(readings) > 1:
                repeats.once(story, before, earlier)
                clock.note(seen, story, scene, story.usable)
        story.here, story.usable = dates[number], usable[number]
        ledgers.turn(seen, story, scene)
        ledgers.between(seen, story, scene)
        day = ledgers.day_of(story, scene)
        apart = all(
            (t.mention.type != "CONSULT" and (day or t.trigger.sort == "noun")) or (day and t.interval != day)
            for t in story.told[before:]
        )
        for ballot in formulas.votes(seen, scene):
            events.tell(seen, story, *ballot, dates[number])
        told_by = ledgers.of_line(story, seen, scene) or formulas.of_line(seen, scene, story.couple)
        if apart and told_by:
            events.tell(seen, story, scene, *told_by, dates[number])
        recognitions.note(seen, story, scene, scenes)
        if (apart or scene.barred) and (since := recognitions.of_line(seen, story, scene)):
            events.tell(seen, story, *since, dates[number])
        first = simplify.leading_date(scene, story.usable)
        if first is not None and (scene.sentence.kind in ("item", "row") or simplify.is_bare(scene)):
            story.lead = scene.sentence.paragraph, first
        if present:
            timelines.note(story, scene, found)
        clock.note(seen, story, scene, [e for e in story.usable if not topic.is_aside(seen, story, scene, e)])
        story.before = scene.sentence.char_start


def _of_row(scene: Scene, told: list[Expression]) -> list[Expression]:
    """The dates of a sentence; of a row without the years that its other cells name ("Heads of State Meeting 1977")."""
    cells = rows.row(scene) if scene.sentence.kind == "row" else None
    return [e for e in told if e.rule != "year" or e.char_start == cells.date.char_start] if cells else told


def _trees(
    seen: str,
    scenes: list[Scene],
    dates: list[list[Expression]],
    every: list[list[Trigger]],
    parser: Parser | None,
) -> dict[int, tuple[list[gapping.Reading], list[Trigger]]]:
    """Trees of the sentences that tell of something somebody may have done, a clause that leaves out its verb with one
    of its own."""
    wanted: list[tuple[int, list[Trigger]]] = []
    for number, (scene, found) in enumerate(zip(scenes, every, strict=True)):
        named = any(s.keys or s.kind == "date" for s in scene.slots)
        told = named or nearest.is_vote(seen, scene.sentence) or bonds.made_there(seen, scene.sentence, found)
        if len(scenes) > BRIEF and not told:
            continue
        heading = scene.sentence.kind == "heading"
        if heading and all(e.rule == "year" for e in dates[number]):
            continue
        if heading and all(trigger.tense not in ("past", "present") for trigger in found):
            continue
        if not all(trigger.weak or trigger.hypothetical for trigger in found):
            wanted.append((number, found))
    given = [simplify.words(seen, scenes[number]) for number, _ in wanted]
    cut = [gapping.cut(scenes[number], words) for (number, _), words in zip(wanted, given, strict=True)]
    out = {}
    again = []
    parsed = _parsed(seen, scenes, wanted, [words for words, _ in cut], parser)
    for (number, found), (_, gaps), words, tree in zip(wanted, cut, given, parsed, strict=True):
        readings = (
            gapping.whole(scenes[number], tree, gaps) if gaps else [gapping.Reading(scenes[number], tree)]
        )
        if not readings:
            again.append((number, found, words))
        out[number] = readings, found
    trees = _parsed(
        seen, scenes, [(n, found) for n, found, _ in again], [words for *_, words in again], parser
    )
    for (number, found, _), tree in zip(again, trees, strict=True):
        out[number] = [gapping.Reading(scenes[number], tree)], found
    return out


def _parsed(
    seen: str,
    scenes: list[Scene],
    wanted: Sequence[tuple[int, list[Trigger]]],
    given: Sequence[Sequence[Given]],
    parser: Parser | None,
) -> list[Tree]:
    """Trees of words, each of a scene by its number and with its triggers; the sentences of a row are parsed apart."""
    parts = [
        simplify.parted(words, frozenset(t.char_start for t in found if t.sort != "noun"))
        if scenes[number].barred
        else [words]
        for (number, found), words in zip(wanted, given, strict=True)
    ]
    if parser:
        parsed = iter(parser.trees([part for several in parts for part in several]))
        made = [
            mending.mend(
                joined([next(parsed) for _ in several]),
                frozenset(t.char_start for t in found if t.sort != "noun"),
            )
            for several, (_, found) in zip(parts, wanted, strict=True)
        ]
    else:
        made = [
            joined([_shallow(part, found) for part in several])
            for several, (_, found) in zip(parts, wanted, strict=True)
        ]
    return [
        supplied.filled(tree, _passives(seen, scenes[number], found))
        for (number, found), tree in zip(wanted, made, strict=True)
    ]


def _shallow(words: Sequence[Given], found: Sequence[Trigger]) -> Tree:
    """The tree of words without a model."""
    at = {w.char_start: i for i, w in enumerate(words)}
    known = [(at[t.char_start], t.sort == "noun") for t in found if t.char_start in at]
    verbs, nouns = (frozenset(i for i, noun in known if noun is sort) for sort in (False, True))
    return shallow.tree(words, verbs, nouns)


def _passives(seen: str, scene: Scene, found: Sequence[Trigger]) -> frozenset[int]:
    """Offsets of the passives that name what was signed or broken ("relations severed", not "stood by"), but for
    headings, which tell again what stands below."""
    passives = frozenset(t.char_start for t in found if t.passive and " " in t.lemma)
    return passives if passives and not headlines.is_titled(seen, scene.sentence) else frozenset()
