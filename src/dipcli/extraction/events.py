"""Events told by a sentence: its triggers with who took part (`who`), when, where and how.

Everything is decided from one scene (a sentence with its slots), its tree and what the document
told before (`story`); the result is one `EventMention` a telling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec

from dipcli.dates import Context, Interval, Resolved
from dipcli.dates.grammar import Expression
from dipcli.extraction import simplify, when, where, who
from dipcli.extraction.actors import Scene
from dipcli.extraction.contexts import contexts
from dipcli.extraction.story import Story, Told
from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import Trigger
from dipcli.lexicon import countries
from dipcli.mentions import DoubtMention, EventMention, LeftOut, Reason, Span
from dipcli.records import Certainty, Status

_REPORTED = re.compile(
    r"\b(?:reportedly|apparently|according\s+to|(?:state\s+)?(?:media|television|radio|newspapers?)\s+(?:\w+\s+)?"
    r"(?:reports?|reported|said|says)|is\s+said\s+to|was\s+said\s+to|sources?\s+said|rumou?red)\b",
    re.IGNORECASE,
)
_ALLEGED = re.compile(r"\b(?:alleged(?:ly)?|alleges?|purported(?:ly)?|claim(?:s|ed)\s+that)\b", re.IGNORECASE)

_AGAIN = re.compile(
    r"\b(?:during|at|in)\s+(?:the|this|that|their|his|her)\s+(?:[\w-]+\s+){0,2}?(?:visit|meetings?|talks|summit|dialogue|trip|call|"
    r"conversation|session|encounter|discussions?)\b",
    re.IGNORECASE,
)


class Teller:
    """Turns scenes into event mentions, in the order of the text."""

    def __init__(self, seen: str, story: Story) -> None:
        self.seen = seen
        self.story = story

    def context(self, scene: Scene, offset: int, past: bool | None, relative: bool) -> Context:
        story = self.story
        section = story.section(offset)
        first = story.paragraph_first if story.last_paragraph == scene.sentence.paragraph else None
        narrative = story.published is None or (
            first is not None and (story.published.start - first.end).days > 500
        )
        return Context(
            published=story.published,
            last=story.last if relative or narrative else None,
            year=section.year,
            month=section.month,
            past=past,
            carry=narrative,
        )

    def resolve(self, scene: Scene, expression: Expression, past: bool | None) -> Resolved | None:
        return expression.resolve(
            self.context(scene, expression.char_start, past, "last" in expression.needs)
        )

    def note_dates(self, scene: Scene, dates: Sequence[Expression]) -> None:
        """Remember the last date that a sentence told, for those that lean on it."""
        for expression in dates:
            resolved = self.resolve(scene, expression, True)
            if resolved and resolved.precision in ("day", "range", "month"):
                story = self.story
                if story.last_paragraph != scene.sentence.paragraph:
                    story.paragraph_first = resolved.interval
                story.last = resolved.interval
                story.last_paragraph = scene.sentence.paragraph

    def tell(
        self, number: int, scene: Scene, tree: Tree, triggers: Sequence[Trigger], dates: Sequence[Expression]
    ) -> list[EventMention]:
        """Event mentions of one sentence."""
        slots = scene.slots
        positions = {
            trigger.char_start: tree.at(trigger.char_start, trigger.char_end) for trigger in triggers
        }
        usable = [e for e in dates if "event" not in e.needs and not self._since(e) and not self._of_name(e)]
        dating = when.Dating(
            usable,
            {n: w for n, e in enumerate(usable) if (w := tree.at(e.char_start, e.char_end)) is not None},
            frozenset(n for n, e in enumerate(usable) if self.resolve(scene, e, None) is None),
            frozenset(w for w in positions.values() if w is not None),
            frozenset(t.governor for t in triggers if t.governor is not None),
        )
        lead = when.leading_date(scene, [e for n, e in enumerate(usable) if n not in dating.vague])
        promises = {t.char_start for t in triggers if not t.speech}
        told: list[Told] = []
        for trigger in triggers:
            word = positions[trigger.char_start]
            if word is None or tree.words[word].unit >= 0 or trigger.weak or trigger.hypothetical:
                continue
            actors, recipients = who.roles(tree, slots, trigger, word)
            mine, own = when.dates_of(tree, dating, trigger, word, lead)
            if trigger.governor in promises and not when.in_clause(tree, dating, word):
                continue  # "agreed on Monday to let them return"
            args = who.arguments_of(tree, trigger, word)[0]
            named = trigger.sort == "noun" and any(args.preps.get(p) for p in ("between", "with", "among"))
            moved = self._from_event(scene, tree, trigger, word, triggers, dates, mine)
            if (
                trigger.sort == "noun"
                and not own
                and not moved
                and when.is_venue(tree, word, dating.heads, args)
            ):
                continue
            if not own and not moved and when.is_reduced(tree, word):
                continue
            chosen: list[Expression | None] = [*mine] or [None]
            for date in chosen:
                made = self._mention(
                    number,
                    scene,
                    tree,
                    trigger,
                    word,
                    actors,
                    recipients,
                    date,
                    lead,
                    told,
                    len(mine),
                    moved,
                    named,
                    triggers,
                )
                if made:
                    told.append(made)
        kept = _drop_repeats(_one_visit(_without_announcements(tree, told), self._nation), self._nation)
        self.story.told += kept
        for one in kept:
            self._name_hosts(one)
        return [t.mention for t in kept]

    def _mention(
        self,
        number: int,
        scene: Scene,
        tree: Tree,
        trigger: Trigger,
        word: int,
        actors: list[str],
        recipients: list[str],
        date: Expression | None,
        lead: Expression | None,
        here: Sequence[Told],
        siblings: int,
        moved: Interval | None,
        named: bool,
        around: Sequence[Trigger],
    ) -> Told | None:
        sentence = scene.sentence
        span = Span(char_start=sentence.char_start, char_end=sentence.char_end)
        if trigger.governor is not None and date is None and not trigger.status_hint:
            return None
        if trigger.side and date is None:
            return None
        if trigger.speech and trigger.governor is not None:
            return None
        if trigger.negated and trigger.type in ("CONSULT", "AGREE", "SUPPORT", "AID", "COOPERATE"):
            return None
        if not actors and lead is not None and self.story.protagonist and trigger.subject == "actor":
            actors = [self.story.protagonist]
            recipients = [k for k in recipients if k not in actors]
        if not actors and recipients and trigger.type in ("CONSULT", "OTHER"):
            if trigger.mode == "visit" and trigger.sort == "noun":
                self._leave("no-actor", trigger)
                return None
            actors, recipients = recipients, []
        exact = date is not None and date.rule not in ("month", "year", "part", "season")
        if not actors and not recipients and exact and trigger.type == "CONSULT" and trigger.symmetric:
            actors = list(scene.pair)  # "the talks were held on July 13": between those the text is about
        if not actors and not recipients:
            self._leave("no-actor", trigger)
            return None
        if not actors and trigger.type not in ("ASSAULT", "COERCE", "SANCTION", "OTHER"):
            self._leave("no-actor", trigger)
            return None
        planned = (trigger.status_hint == "planned" and not when.is_means(tree, word)) or when.is_announced(
            tree, word
        )
        past = None if planned or (date and _has_weekday(date)) else True
        resolved = self.resolve(scene, date, past) if date else None
        carried = None
        interval = moved or (resolved.interval if resolved else None)
        recipients = self._foreign(actors, recipients)
        if interval is None:
            carried = self._carried(scene, trigger, actors, recipients)
            if carried is not None:
                interval = carried.interval
            elif self._topical(trigger, actors, recipients, named, when.is_possible(tree, word)):
                interval = self.story.topic
        if interval is None and not self._stands_undated(tree, trigger, word, actors, recipients):
            self._leave("no-date", trigger)
            return None
        if (
            trigger.speech
            and trigger.type == "OTHER"
            and (date is None or (date is not lead and len(here) > 0))
        ):
            return None
        if interval and (interval.end - interval.start).days > 366:
            return None
        status = self._status(trigger, interval, planned)
        spots = where.place_of(tree, scene.slots, trigger, word, only=not here)
        if spots and date and siblings > 1:
            spots = where.place_beside(self.seen, scene, date)
        place, place_country = (spots.place, spots.place_country) if spots else (None, None)
        if trigger.type == "CONSULT" and trigger.mode == "visit":
            recipients, place, place_country = self._visit(
                tree, scene, trigger, word, actors, recipients, place, place_country
            )
            actors, recipients = self._named_hosts(actors, recipients)
        if carried is not None and trigger.type != "CONSULT":
            actors, recipients = self._all_of_them(scene, carried, actors, recipients)
        if carried is not None and not recipients and trigger.type not in ("CONSULT", "COOPERATE"):
            met = {*carried.mention.actors, *carried.mention.recipients}
            if set(actors) < met:  # what one side says at a meeting is said to the other
                recipients = [
                    k for k in (*carried.mention.actors, *carried.mention.recipients) if k not in actors
                ]
            elif all(self.story.registry.entities[k].kind == "country" for k in actors):
                own = {self._nation(k) for k in actors}
                codes = dict.fromkeys(
                    n for k in carried.mention.actors if (n := self._nation(k)) and n not in own
                )
                known = [self.story.registry.known_country(code) for code in codes]
                recipients = [e.key for e in known if e] if own <= {self._nation(k) for k in met} else []
        if interval is None and len({*actors, *recipients}) < 2 and not self.story.timeless:
            self._leave("no-date", trigger)
            return None
        if place is None and carried is not None and carried.trigger.type == "CONSULT":
            place, place_country = self._place_then(carried)
        medium = where.medium_of(self.seen, scene, trigger, around, alone=not here)
        if carried is not None and trigger.type != "CONSULT" and carried.trigger.type == "CONSULT":
            medium = carried.mention.medium
        reasons = [
            Reason(
                field="type",
                rule=f"trigger:{trigger.lemma}",
                char_start=trigger.char_start,
                char_end=trigger.char_end,
            )
        ]
        if date and resolved:
            reasons.append(
                Reason(field="date", rule=date.rule, char_start=date.char_start, char_end=date.char_end,
                       against=resolved.against)
            )  # fmt: skip
        elif carried:
            reasons.append(
                Reason(field="date", rule="carried", char_start=carried.mention.sentence.char_start,
                       char_end=carried.mention.sentence.char_end, against=carried.mention.date_text)
            )  # fmt: skip
        for slot in scene.slots:
            if slot.keys and any(k in actors or k in recipients for k in slot.keys):
                role = "actors" if any(k in actors for k in slot.keys) else "recipients"
                reasons.append(
                    Reason(
                        field=role,
                        rule=slot.rule or slot.kind,
                        char_start=slot.char_start,
                        char_end=slot.char_end,
                    )
                )
        if spots and place == spots.place:
            reasons.append(
                Reason(
                    field="place", rule="preposition", char_start=spots.char_start, char_end=spots.char_end
                )
            )
        doubts = []
        if resolved and resolved.doubt and date:
            other = resolved.alternative
            doubts.append(
                DoubtMention(
                    field="start",
                    alternative=other.start.isoformat() if other else None,
                    reason=resolved.doubt,
                    span=Span(char_start=date.char_start, char_end=date.char_end),
                )
            )
        mention = EventMention(
            key=self.story.next_key(),
            start=interval.start.isoformat() if interval else None,
            end=interval.end.isoformat() if interval else None,
            precision=interval.precision if interval else "unknown",
            date_text=" ".join(date.text.split()) if date and resolved else None,
            type=trigger.type,
            mode=trigger.mode,
            contexts=contexts(self.seen, sentence.char_start, sentence.char_end),
            trigger=trigger.lemma,
            status=status,
            certainty=self._certainty(scene, tree, trigger, word),
            asserted_by=[],
            occasion=carried.mention.key if carried and trigger.type != "CONSULT" else self._occasion(here, trigger),
            actors=actors,
            recipients=recipients,
            titles={s.keys[0]: s.title for s in scene.slots if s.title and len(s.keys) == 1
                    and (s.keys[0] in actors or s.keys[0] in recipients)},
            place=place,
            place_country=place_country,
            medium=medium,
            sentence=span,
            chronology=lead is not None,
            same_as=self._again(scene, trigger, carried, interval),
            doubts=doubts,
            reasons=reasons,
            confidence=_confidence(lead is not None, date is not None, self.story.parsed, trigger),
        )  # fmt: skip
        return Told(mention, trigger, number, interval, word)

    def _from_event(
        self,
        scene: Scene,
        tree: Tree,
        trigger: Trigger,
        word: int,
        triggers: Sequence[Trigger],
        dates: Sequence[Expression],
        mine: Sequence[Expression],
    ) -> Interval | None:
        """The date of a trigger told by another event's: "a day after the tests", "11 days after taking office".

        What stands before such words is dated by the event after them, where that is known; an event
        noun right after them is dated back from what stands before.
        """
        for expression in dates:
            if "event" not in expression.needs:
                continue
            after = [t for t in triggers if 0 <= t.char_start - expression.char_end < 60]
            if trigger in after[:1] and trigger.sort == "noun" and mine:
                main = self.resolve(scene, mine[0], True)
                if main is None or main.precision != "day":
                    return None
                ahead = expression.resolve(Context(event=main.interval))
                if ahead is None or ahead.precision != "day":
                    return None
                gone = main.start - (ahead.start - main.start)
                return Interval(gone, gone, "day")
            if trigger.char_end <= expression.char_start and not mine:
                keys = {
                    k for s in scene.slots if 0 <= s.char_start - expression.char_end < 40 for k in s.keys
                }
                known = [
                    t for t in self.story.told if keys & {*t.mention.actors} and t.trigger.type == "CONSULT"
                ]
                base = known[-1].interval if known else None
                start = (
                    Interval(base.start, base.start, "day") if base and base.precision != "month" else None
                )
                moved = expression.resolve(Context(event=start)) if start else None
                return moved.interval if moved else None
        return None

    def _of_name(self, expression: Expression) -> bool:
        """Whether a year is part of a name ("the 2022 Winter Olympics")."""
        after = self.seen[expression.char_end : expression.char_end + 3]
        before = self.seen[max(0, expression.char_start - 5) : expression.char_start]
        return (
            expression.rule == "year"
            and bool(re.match(r"\s[A-Z]", after))
            and before.casefold().endswith("the ")
        )

    def _since(self, expression: Expression) -> bool:
        """Whether a date only says how long something lasted or was not seen ("the first since June 2017")."""
        return bool(
            re.search(r"\bsince\s+\Z", self.seen[max(0, expression.char_start - 8) : expression.char_start])
        )

    def _leave(self, reason: str, trigger: Trigger) -> None:
        self.story.left_out.append(
            LeftOut(reason=reason, char_start=trigger.char_start, char_end=trigger.char_end)
        )

    def _status(self, trigger: Trigger, interval: Interval | None, planned: bool) -> Status:
        if trigger.status_hint == "cancelled":
            return "cancelled"
        if planned:
            return "planned"
        published = self.story.published
        if interval and published and published.precision == "day" and interval.start > published.end:
            return "planned"
        return "occurred"

    def _certainty(self, scene: Scene, tree: Tree, trigger: Trigger, word: int) -> Certainty:
        """How sure the text is of an event: denied under "deny", alleged or reported by the words before it."""
        if any(tree.words[a].lemma == "deny" for a in tree.ancestors(word)):
            return "denied"
        text = self.seen[scene.sentence.char_start : trigger.char_end + 40]
        if _ALLEGED.search(text):
            return "alleged"
        return "reported" if _REPORTED.search(text) else "stated"

    def _occasion(self, here: Sequence[Told], trigger: Trigger) -> str | None:
        if trigger.type == "CONSULT":
            return None
        return next((t.mention.key for t in here if t.trigger.type == "CONSULT"), None)

    def _visit(
        self,
        tree: Tree,
        scene: Scene,
        trigger: Trigger,
        word: int,
        actors: list[str],
        recipients: list[str],
        place: str | None,
        place_country: str | None,
    ) -> tuple[list[str], str | None, str | None]:
        """Host and place of a visit: the place visited gives both."""
        args, _ = who.arguments_of(tree, trigger, word)
        heads = [*args.objects, *args.preps.get("to", []), *args.preps.get("in", [])]
        first = scene.slots[0] if scene.slots else None
        line = simplify.date_line(scene)
        if line is not None and first is not None and first.kind == "country" and first is not line:
            cities = [s for s in scene.slots if s.kind == "place" or s.rule == "capital"]
            place = cities[0].place if cities else place or first.place
            return list(first.keys), place, first.place_country
        for head in heads:
            unit = tree.words[head].unit
            if unit >= 0 and scene.slots[unit].place:
                slot = scene.slots[unit]
                finer = [scene.slots[tree.words[i].unit] for i in tree.subtree(head)
                         if tree.words[i].unit >= 0 and scene.slots[tree.words[i].unit].kind == "place"]  # fmt: skip
                chosen = slot if slot.kind == "place" or not finer else finer[0]
                place, place_country = chosen.place, chosen.place_country
                if (
                    not recipients
                    and place_country
                    and not any(self._nation(k) == place_country for k in actors)
                ):
                    host = self._host(place_country, scene)
                    if host:
                        recipients = [host]
                break
        else:
            if not recipients and place_country and not any(self._nation(k) == place_country for k in actors):
                host = self._host(place_country, scene)
                recipients = [host] if host else []
        return recipients, place, place_country

    def _name_hosts(self, later: Told) -> None:
        """A visit told with its country alone, whose hosts a later sentence names, is a meeting with them."""
        for i, earlier in enumerate(self.story.told):
            visit = earlier.mention
            if visit.key not in later.mention.same_as or earlier.trigger.mode != "visit":
                continue
            hosts = [k for k in later.mention.actors if k not in visit.actors]
            nations = {self._nation(k) for k in visit.recipients}
            if (
                hosts
                and set(visit.actors) <= set(later.mention.actors)
                and {self._nation(k) for k in hosts} <= nations
            ):
                mention = msgspec.structs.replace(visit, actors=[*visit.actors, *hosts], recipients=[])
                self.story.told[i] = replace(earlier, mention=mention)

    def _all_of_them(
        self, scene: Scene, carried: Told, actors: list[str], recipients: list[str]
    ) -> tuple[list[str], list[str]]:
        """ "The leaders", "they" in what follows a meeting are all who met."""
        met = [*carried.mention.actors, *carried.mention.recipients]
        groups = [s for s in scene.slots if s.kind == "group" and set(s.keys) == set(actors)]
        if groups and set(actors) < set(met) and len(actors) > 1:
            return met, [k for k in recipients if k not in met]
        return actors, recipients

    def _named_hosts(self, actors: list[str], recipients: list[str]) -> tuple[list[str], list[str]]:
        """A visit with a named host is a meeting of the two."""
        persons = [k for k in recipients if self.story.registry.entities[k].kind in ("person", "office")]
        if not persons or not actors:
            return actors, recipients
        return [*actors, *(k for k in persons if k not in actors)], []

    def _foreign(self, actors: Sequence[str], recipients: Sequence[str]) -> list[str]:
        """Recipients without the actors' own country, where there are others ("X backed China-X ties")."""
        entities = self.story.registry.entities
        own = {entities[k].country for k in actors} - {None}
        kept = [k for k in recipients if not (entities[k].kind == "country" and entities[k].country in own)]
        return kept or list(recipients)

    def _nation(self, key: str) -> str | None:
        return self.story.registry.entities[key].country

    def _host(self, alpha3: str, scene: Scene) -> str | None:
        if countries.by_code(alpha3) is None:
            return None
        span = Span(char_start=scene.sentence.char_start, char_end=scene.sentence.char_end)
        entity = self.story.registry.country(alpha3, "", span, span, noun=True)
        entity.spans.remove(span)
        entity.forms.pop("", None)
        return entity.key

    def _carried(
        self, scene: Scene, trigger: Trigger, actors: Sequence[str], recipients: Sequence[str]
    ) -> Told | None:
        """The dated event told before that an undated act belongs to, if any."""
        if trigger.status_hint == "planned" or trigger.side or trigger.tense not in ("past", None):
            return None
        entities = self.story.registry.entities
        taking_part = {*actors, *recipients}
        persons = {k for k in taking_part if entities[k].kind in ("person", "office")}
        nations = {entities[k].country for k in taking_part if entities[k].kind == "country"}
        again = _AGAIN.search(self.seen, scene.sentence.char_start, scene.sentence.char_end)
        if trigger.type == "CONSULT" and (not again or trigger.sort == "noun"):
            return None
        if not persons and not nations:
            return None
        near = list(reversed(self.story.told[-40:]))
        if (
            trigger.type != "CONSULT"
            and self.story.topic
            and any(t.interval == self.story.topic for t in near)
        ):
            near = [t for t in near if t.interval == self.story.topic]
        for told in near:
            if (
                told.interval is None
                or told.trigger.type != "CONSULT"
                or (told.mention.precision not in ("day", "range") and not again)
            ):
                continue
            others = {*told.mention.actors, *told.mention.recipients}
            there = {entities[k].country for k in others}
            if (
                persons
                and not persons & others
                and not (again and {entities[k].country for k in persons} <= there)
            ):
                continue
            if not persons and not nations <= there:
                continue
            if told.mention.chronology or told.mention.status == "planned":
                continue
            if abs(self._paragraph(told) - scene.sentence.paragraph) <= (
                2 if trigger.type == "CONSULT" else 8
            ):
                return told
        return None

    def _stands_undated(
        self, tree: Tree, trigger: Trigger, word: int, actors: Sequence[str], recipients: Sequence[str]
    ) -> bool:
        """Whether a telling without a date is kept: a meeting or visit told outright, by whom and with whom."""
        if self.story.timeless:
            return not trigger.side and trigger.governor is None and trigger.sort != "noun"
        if trigger.type != "CONSULT" or trigger.side or when.is_possible(tree, word):
            return False
        if trigger.sort == "noun":
            return trigger.mode == "visit" and bool(tree.children(word, "poss"))
        return trigger.tense == "past" and len({*actors, *recipients}) > 1

    def _place_then(self, carried: Told) -> tuple[str | None, str | None]:
        """Where a meeting was, by its own telling or by that of the visit it was part of."""
        met = {*carried.mention.actors, *carried.mention.recipients}
        for told in (carried, *self.story.told):
            mention = told.mention
            if (
                mention.place
                and told.interval == carried.interval
                and met & {*mention.actors, *mention.recipients}
            ):
                return mention.place, mention.place_country
        return None, None

    def _again(
        self, scene: Scene, trigger: Trigger, carried: Told | None, interval: Interval | None
    ) -> list[str]:
        """Keys of the event told before that a telling goes on about ("during the visit, the two discussed")."""
        if trigger.type != "CONSULT":
            return []
        if carried is not None:
            return [carried.mention.key]
        definite = _AGAIN.search(self.seen, scene.sentence.char_start, scene.sentence.char_end)
        if interval is not None and interval == self.story.topic and definite:
            return [
                t.mention.key
                for t in self.story.told
                if t.trigger.type == "CONSULT" and t.interval == interval
            ][:1]
        return []

    def _topical(
        self, trigger: Trigger, actors: Sequence[str], recipients: Sequence[str], named: bool, possible: bool
    ) -> bool:
        """Whether an undated event can be dated by the one occasion that the document is about."""
        if self.story.topic is None or trigger.status_hint == "planned" or trigger.side:
            return False
        if trigger.speech or possible or (trigger.tense != "past" and not named):
            return False
        return len({*actors, *recipients}) > 1 or trigger.type not in ("CONSULT", "OTHER")

    def _paragraph(self, told: Told) -> int:
        return self.paragraphs[told.scene]

    paragraphs: Sequence[int] = ()


def _has_weekday(date: Expression) -> bool:
    """Whether a date names its weekday, which tells its year better than the tense does."""
    return getattr(date.meaning, "weekday", None) is not None


def _without_announcements(tree: Tree, told: list[Told]) -> list[Told]:
    """What is told to be said or announced, on whose word, and not the saying of it beside it."""
    sayings = [t for t in told if t.trigger.speech]
    out = []
    for one in told:
        said_by = next((s for s in sayings if s is not one and s.word in tree.ancestors(one.word)), None)
        if one in sayings and any(one.word in tree.ancestors(t.word) for t in told if t is not one):
            continue
        if said_by and set(said_by.mention.actors) != set(one.mention.actors):
            medium = one.mention.medium or said_by.mention.medium
            mention = msgspec.structs.replace(one.mention, asserted_by=said_by.mention.actors, medium=medium)
            one = replace(one, mention=mention)
        out.append(one)
    return out


def _one_visit(told: list[Told], nation: Callable[[str], str | None]) -> list[Told]:
    """A visit and the meeting that it was for, told in one sentence, are one event with named hosts."""
    out = list(told)
    for visit in told:
        if visit.trigger.mode != "visit" or not visit.mention.recipients:
            continue
        hosts = {nation(k) for k in visit.mention.recipients}
        for meeting in told:
            shared = set(visit.mention.actors) & set(meeting.mention.actors)
            others = [k for k in meeting.mention.actors if k not in visit.mention.actors]
            if (
                meeting.trigger.type == "CONSULT"
                and meeting.trigger.mode != "visit"
                and shared
                and others
                and {nation(k) for k in others} <= hosts
                and visit in out
            ):
                mention = msgspec.structs.replace(
                    meeting.mention,
                    place=meeting.mention.place or visit.mention.place,
                    place_country=meeting.mention.place_country or visit.mention.place_country,
                )
                out[out.index(meeting)] = replace(meeting, mention=mention)
                out.remove(visit)
    return out


def _stands_for(one: set[str], other: set[str], nation: Callable[[str], str | None]) -> bool:
    """Whether one telling names persons and the other just their countries."""
    return {nation(k) for k in one} == {nation(k) for k in other} and len({nation(k) for k in one}) > 1


def _drop_repeats(told: list[Told], nation: Callable[[str], str | None]) -> list[Told]:
    """One event of a type, a date and the same actors; of those the first, or the one that names more."""
    kept: list[Told] = []
    for one in told:
        people = {*one.mention.actors, *one.mention.recipients}
        same = None
        for earlier in kept:
            others = {*earlier.mention.actors, *earlier.mention.recipients}
            alike = set(earlier.mention.actors) == set(one.mention.actors) and one.mention.type != "CONSULT"
            if (
                earlier.mention.type == one.mention.type
                and earlier.mention.start == one.mention.start
                and earlier.mention.status == one.mention.status
                and (alike or others >= people or others <= people or _stands_for(others, people, nation))
            ):
                same = earlier
        if same is None:
            kept.append(one)
        elif people > {*same.mention.actors, *same.mention.recipients}:
            kept[kept.index(same)] = one
    return kept


def _confidence(line: bool, dated: bool, parsed: bool, trigger: Trigger) -> float:
    """From how an event was told: a dated line, a date of its own, or one carried over."""
    base = 0.9 if line else 0.8 if dated else 0.55
    if not parsed:
        base -= 0.1
    if trigger.side or trigger.sort == "noun":
        base -= 0.1
    return round(base, 2)
