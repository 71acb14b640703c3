"""What is told without a date and was done on the day of its text: of the one occasion that a document is about, of
news, of a statement; and what is kept though nobody knows when it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipcli.dates import Interval
from dipcli.extraction import declarations, modality, strays, when
from dipcli.extraction.carry import LOOK_BACK, SPREAD
from dipcli.extraction.clock import NARRATIVE_DAYS
from dipcli.extraction.references import HOSTS, TALKS, sorts_of
from dipcli.extraction.sentences import has_time
from dipcli.extraction.story import Case, Story, Told
from dipcli.extraction.tree import SUBJECTS
from dipcli.extraction.triggers import REACTIONS

_NEWS = 3
"""So many days after what it tells news is printed."""


_YEAR = 366


def is_topical(story: Story, case: Case, actors: Sequence[str], recipients: Sequence[str]) -> bool:
    """Whether an undated event can be dated by the one occasion that the document is about."""
    trigger = case.trigger
    if story.topic is None or trigger.status_hint == "planned":
        return False
    if trigger.side and not comes_from_talks(case):
        return False
    if trigger.speech and trigger.type == "OTHER":
        return False
    if story.is_one_of(story.topic):
        return False
    if trigger.char_start < story.topic_from or story.has_moved_on(story.topic, _YEAR):
        return False
    if story.published and story.topic.start > story.published.end and trigger.tense in ("past", None):
        return False
    if when.is_earlier(case.tree, trigger, case.word) or modality.is_possible(case.tree, case.word):
        return False
    if _is_of_long(case) or _came_next(case):
        return False
    if not (
        _is_past(case)
        or case.named
        or is_own(story, case, actors)
        or _meets_aside(case)
        or comes_from_talks(case)
    ):
        return False
    if len({*actors, *recipients}) > 1 or trigger.type not in ("CONSULT", "OTHER"):
        return True
    body = all(story.kind(key) == "organization" for key in actors)
    return trigger.type == "CONSULT" and trigger.symmetric and body and case.tree.is_main(case.word)


def comes_from_talks(case: Case) -> bool:
    """Whether a meeting with somebody is told as what came right before what its sentence tells: "A said after talks with
    B that …"."""
    trigger = case.trigger
    meeting = trigger.type == "CONSULT" and trigger.symmetric and trigger.mode != "visit"
    met = case.named or (
        trigger.tense == "gerund" and bool(case.arguments.objects or case.arguments.preps.get("with"))
    )
    return meeting and met and strays.talked_before(case.tree, case.word) is not None


def _meets_aside(case: Case) -> bool:
    """Whether a meeting is told beside what was done at it: "The ministers, meeting in Lima, decided to …"."""
    trigger = case.trigger
    aside = trigger.tense == "gerund" and trigger.lemma.split()[0] in ("meet", "gather", "convene")
    return aside and case.seen.startswith(", ", trigger.char_start - 2)


def _is_past(case: Case) -> bool:
    """Whether a verb tells what was done, a past form that its words alone would let be a participle included."""
    tense = case.trigger.tense
    return tense == "past" or (tense == "participle" and case.tree.words[case.word].tag == "VBD")


_OF_LONG = re.compile(
    r"\b(?:always|long|consistently|traditionally|historically|often|never|repeatedly|previously|once|formerly)\s+\Z"
)
"""Right before a verb: it tells nothing of one day, or of a day long before."""


def _is_of_long(case: Case) -> bool:
    told = _OF_LONG.search(case.seen, case.sentence.char_start, case.trigger.char_start)
    return told is not None and case.tree.is_main(case.word)


def talks_of_visit(story: Story, visit: Interval | None, actors: Sequence[str]) -> Told | None:
    """The talks on the one day of a visit on which there were any: what those who talked said, they said there."""
    sides = {story.nation(key) for key in actors} - {None}
    if visit is None or visit.precision != "range" or not sides:
        return None
    talks = [
        told
        for told in story.told
        if told.interval
        and told.mention.precision == "day"
        and visit.start <= told.interval.start <= visit.end
        and TALKS in sorts_of(told.trigger)
        and not HOSTS & {*told.trigger.lemma.split()}
        and sides <= {story.nation(key) for key in told.everybody}
    ]
    return talks[0] if len({told.interval for told in talks}) == 1 else None


_DONE_BY_SAYING = frozenset(
    ("ACCUSE", "SUPPORT", "REQUEST", "REJECT", "THREATEN", "AGREE", "CONCEDE", "PROTEST")
)
"""Types of what is done by saying so."""


def is_own(story: Story, case: Case, actors: Sequence[str]) -> bool:
    """Whether those who make a statement do what they say by saying it: "I call on both sides", "Croatia condemns"."""
    trigger = case.trigger
    if (
        trigger.type not in _DONE_BY_SAYING and not declarations.is_clause(case.scene)
    ) or trigger.tense != "present":
        return False
    if not case.tree.is_main(case.word):
        return is_notified(case)
    if not (story.issuers or story.minutes):
        return False
    speaks = (case.tree.words[i] for i in case.arguments.subjects)
    if any(case.seen[w.char_start : w.char_end].casefold() in ("i", "we") for w in speaks):
        return True
    issuing = {story.nation(key) for key in story.issuers} - {None}
    return bool(actors) and all(k in story.issuers or story.nation(k) in issuing for k in actors)


_NOTIFYING = frozenset("inform advise notify assure confirm declare state announce propose reply".split())


def is_notified(case: Case) -> bool:
    """Whether the writer of a note tells what his government does by it: "I inform you that my Government agrees"."""
    tree, at = case.tree, case.tree.words[case.word]
    above = tree.words[at.head]
    if at.dep != "ccomp" or above.lemma not in _NOTIFYING or not tree.is_main(at.head):
        return False
    who = [tree.words[i] for i in tree.children(at.head, *SUBJECTS)]
    return any(case.seen[w.char_start : w.char_end].casefold() in ("i", "we") for w in who)


def written(story: Story, case: Case) -> Interval | None:
    """When words were written or spoken: on the day above the letter, note or entry, else when the whole text was."""
    section = story.section(case.sentence.char_start)
    if section.day and section.context.published:
        return section.context.published
    published = story.published
    return (
        story.topic
        if story.minutes and story.topic and (published is None or published.precision != "day")
        else published
    )


def is_timed(story: Story, case: Case) -> bool:
    """Whether a sentence is the entry of a live report, which tells of its day: "14:10 Rebels have agreed to a truce"."""
    published = story.published
    of_day = published is not None and published.precision == "day" and not case.trigger.status_hint
    return of_day and has_time(case.seen, case.sentence)


WOULD = frozenset(("would", "will"))
SAID = frozenset("say announce declare tell state confirm warn vow".split())
_ONLY_IF = frozenset(("if", "unless", "should"))
_SELF = frozenset("it he she they".split())


def of_announcement(story: Story, case: Case, actors: Sequence[str]) -> Interval | None:
    """The day on which somebody said that he would do what no day is told of: "Peru said it would recall its envoy"."""
    trigger, tree = case.trigger, case.tree
    if trigger.type in ("CONSULT", "OTHER") or trigger.modal not in WOULD or trigger.passive or story.here:
        return None
    words = tree.words
    at = next((i for i in (case.word, *tree.ancestors(case.word)) if words[i].dep != "conj"), case.word)
    above = words[at].head
    said = words[at].dep == "ccomp" and words[above].lemma in SAID and words[above].tag == "VBD"
    if not (actors and said and tree.is_main(above)) or trigger.hypothetical or trigger.negated:
        return None
    if not _ONLY_IF.isdisjoint(case.sentence.words):
        return None  # a threat
    own = any(words[i].text.casefold() in _SELF for i in tree.children(at, "nsubj"))
    return (story.topic or story.published) if own else None


_HOURS = frozenset("at by around from after later".split())
_HOUR = re.compile(
    r"\b(?:at|by|around|from|after)\s(?:noon|midday|midnight|(?:1[0-2]|[1-9])(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|o['’]clock)|[01]?\d[:.]\d\d|2[0-3][:.]\d\d)"
    r"|\blater\s(?:in|on\sin)?\s?the\sday\b",
    re.IGNORECASE,
)


def of_hour(story: Story, case: Case) -> Interval | None:
    """The day of a report that tells only at what hour of it something is to be: "The council is due to meet at noon"."""
    published = story.published
    if published is None or published.precision != "day" or story.here or story.bounded:
        return None
    if case.trigger.type != "CONSULT" or case.trigger.side or _HOURS.isdisjoint(case.sentence.words):
        return None
    told = _HOUR.search(case.seen, case.trigger.char_end, case.sentence.char_end)
    return published if told else None


def of_release(story: Story, case: Case, actors: Sequence[str], recipients: Sequence[str]) -> Interval | None:
    """The day of a meeting that a release tells without a date: that of the event it told first, if that was days
    before its own, else its own."""
    trigger, published = case.trigger, story.published
    if not story.release or published is None or published.precision != "day" or story.bounded:
        return None
    if trigger.type != "CONSULT" or trigger.sort == "noun" or trigger.tense != "past" or trigger.perfect:
        return None
    if trigger.side or len({*actors, *recipients}) < 2 or not case.tree.is_main(case.word):
        return None
    if when.is_earlier(case.tree, trigger, case.word) or _is_of_long(case):
        return None
    first = next((t.interval for t in story.told if t.interval and t.mention.precision == "day"), published)
    return first if 0 <= (published.end - first.end).days <= _NEWS else None


def of_news(story: Story, case: Case) -> Told | None:
    """The event told last, where the text is news of its day: what it goes on to tell was done then as well."""
    trigger, published = case.trigger, story.published
    if (
        published is None
        or published.precision != "day"
        or trigger.sort == "noun"
        or (trigger.type == "CONSULT" and not _came_next(case))
    ):
        return None
    if trigger.tense != "past" or trigger.side or trigger.status_hint == "planned":
        return None
    if trigger.perfect:
        has = any(case.tree.words[i].text in ("has", "have") for i in case.tree.children(case.word, "aux"))
        return _lead(story, published) if has and case.tree.is_main(case.word) else None
    if (trigger.speech and trigger.type == "OTHER") or not case.tree.is_main(case.word):
        return None
    if modality.is_possible(case.tree, case.word) or _is_of_long(case):
        return None
    last = _last(story)
    if last is None or last.interval is None or last.mention.chronology or last.mention.precision != "day":
        return _lead(story, published) if last else None
    near = case.sentence.paragraph - last.case.sentence.paragraph <= SPREAD
    if near and 0 <= (published.end - last.interval.end).days <= _NEWS:
        return last
    return _lead(story, published)


def retold(story: Story, case: Case, actors: Sequence[str], recipients: Sequence[str]) -> Told | None:
    """The event of a report that it tells again without its day, in other words: "B's envoy was summoned on Monday. …
    Ambassador X was summoned by the minister"."""
    trigger, published = case.trigger, story.published
    if published is None or published.precision != "day" or trigger.type not in _DEEDS or trigger.perfect:
        return None
    if trigger.tense != "past" or trigger.side or not case.tree.is_main(case.word) or case.dates:
        return None
    verb = trigger.lemma.partition(" ")[0]
    ours, theirs = _nations(story, actors), _nations(story, recipients)
    for told in story.told[-LOOK_BACK:] if ours or theirs else ():
        mention, day = told.mention, told.interval
        same = mention.type == trigger.type and told.trigger.lemma.partition(" ")[0] == verb
        if not same or day is None or mention.precision != "day" or (published.end - day.end).days > _NEWS:
            continue
        sides = ((ours, _nations(story, mention.actors)), (theirs, _nations(story, mention.recipients)))
        if all(one == other or not one for one, other in sides):
            return told
    return None


def _nations(story: Story, keys: Sequence[str]) -> set[str]:
    return {code for key in keys if (code := story.nation(key))}


_NEXT = frozenset("later then afterwards afterward subsequently next".split())


def _came_next(case: Case) -> bool:
    """Whether an adverb tells that something was done after what the text told before: "shortly afterwards he left"."""
    tree = case.tree
    return any(tree.words[i].text.casefold() in _NEXT for i in tree.children(case.word, "advmod", "npadvmod"))


_TOP = 3
"""Paragraphs of a report in one of which the news is told."""


def _lead(story: Story, published: Interval) -> Told | None:
    """The first event of a report that has a dateline, if it is of those days."""
    first = next((t for t in story.told if t.interval and t.mention.precision == "day"), None)
    if (
        story.written_at is None
        or first is None
        or first.interval is None
        or first.case.sentence.paragraph > _TOP
    ):
        return None
    return first if 0 <= (published.end - first.interval.end).days <= _NEWS else None


_EXACT = frozenset(("day", "range", "month"))
_DEEDS = frozenset("ASSAULT COERCE SANCTION MOBILIZE REJECT THREATEN REQUEST ACCUSE AGREE CONCEDE".split())
"""Types of what a history tells one after the other."""
_BEFORE_DEEDS = ("plan", "begin", "prepare", "intend")
"""Lemmas of what goes before a deed, and lasts."""


def of_history(story: Story, case: Case, actors: Sequence[str]) -> Told | None:
    """The event told in the sentence before, where a history goes on to tell what somebody did next: "On 3 May A invaded
    B. C broke off relations with A"."""
    trigger = case.trigger
    if not actors or trigger.type not in _DEEDS or trigger.sort == "noun" or trigger.perfect or trigger.side:
        return None
    answers = _answers(case)
    if not answers and (trigger.tense != "past" or not case.tree.is_main(case.word)):
        return None
    if trigger.status_hint == "planned" or story.here:
        return None
    if (
        trigger.speech
        or (trigger.sort != "light" and trigger.lemma.startswith(_BEFORE_DEEDS))
        or modality.is_possible(case.tree, case.word)
        or _is_of_long(case)
    ):
        return None
    first, published = story.paragraph_first, story.published
    if not (
        published is None
        or story.bounded
        or (first and (published.start - first.end).days > NARRATIVE_DAYS)
        or looks_back(story)
    ):
        return None
    last = _last(story)
    if last is None or last.interval is None:
        return None
    if last.mention.precision not in _EXACT and not (last.mention.precision == "year" and _follows(case)):
        return None
    if last.mention.chronology or last.mention.status == "planned":
        return None
    sentence = case.scene.sentence
    near = (
        last.case.sentence.char_start == story.before and last.case.sentence.paragraph == sentence.paragraph
    )
    return last if near else None


_ANSWERING = frozenset("respond retaliate react reply answer counter protest".split())
_FOLLOWING = re.compile(
    r"\b(?:responded|retaliated|reacted|[Ii]n\s+(?:response|retaliation|reaction|protest|turn|reply)|[Aa]s\s+a\s+(?:result|consequence)"
    r"|additionally|consequently|thereupon|at\s+the\s+same\s+time|simultaneously)\b"
)
"""Words of what followed at once on what was told before."""


def _answers(case: Case) -> bool:
    """Whether a gerund tells how somebody answered: "responded by withdrawing its envoy"."""
    words = case.tree.words
    by = words[words[case.word].head]
    verb = by.head
    gerund = words[case.word].dep == "pcomp" and by.text == "by" and words[verb].tag == "VBD"
    main = case.tree.is_main(verb) or (words[verb].dep == "ccomp" and not case.tree.children(verb, "mark"))
    return gerund and main and words[verb].lemma in _ANSWERING


def _follows(case: Case) -> bool:
    """Whether a sentence says that what it tells followed on what was told before, in whatever year that was."""
    return _FOLLOWING.search(case.seen, case.sentence.char_start, case.sentence.char_end) is not None


_BACK = 45
"""Days before it was published from which news tells what came before."""


def looks_back(story: Story) -> bool:
    """Whether the sentence before began with a day or month long past: "In November last year, A expelled B's envoys"."""
    published = story.published
    if published is None or story.opening is None or story.turned != story.before:
        return False
    return (published.start - story.opening[1].end).days > _BACK


_TO_IT = re.compile(
    r"(?:\s+\w+ly)?\s+(?:the|this|that)\s+(?:\w+\s+)?(?:decision|move|ruling|award|verdict|announcement|step|gesture|offer|proposal|plan|measure|attack"
    r"|raid|declaration|agreement|accord|deal|election|coup|invasion|expulsion|arrests?|release|killings?|incident)\b(?!\s+(?:to|of|by)\b)"
)
"""After a verb of those who answer what the sentence before told."""


def of_reaction(story: Story, case: Case) -> Interval | None:
    """The time told in the sentence before, where one is told to answer what was done then: "A expelled an envoy on
    3 May. B condemned the move"."""
    trigger, sentence = case.trigger, case.sentence
    if trigger.type not in REACTIONS or trigger.sort == "noun" or trigger.tense != "past" or trigger.perfect:
        return None
    dated = any(date.char_start < trigger.char_start for date in story.here)
    if trigger.side or dated or not case.tree.is_main(case.word) or story.last is None:
        return None
    near = story.last_at == story.before and story.last_paragraph == sentence.paragraph
    exact = story.last.precision in _EXACT
    return story.last if near and exact and _TO_IT.match(case.seen, trigger.char_end) else None


def _last(story: Story) -> Told | None:
    """The event of the last date told; of several in one sentence the newest: "on Monday, two days after …"."""
    dated = [t for t in story.told[-LOOK_BACK:] if t.interval is not None]
    same = [t for t in dated if t.case.sentence == dated[-1].case.sentence]
    return max(same, key=lambda t: (t.interval.end, t.interval.start) if t.interval else (), default=None)


def stands_undated(story: Story, case: Case, actors: Sequence[str], recipients: Sequence[str]) -> bool:
    """Whether a telling without a date is kept: a meeting or visit told outright, by whom and with whom."""
    trigger = case.trigger
    if story.bare:
        return True
    if story.published is None and story.here and trigger.tense == "past" and not trigger.side:
        return len({*actors, *recipients}) > 1  # "on Friday", in a text of nobody knows when
    if story.timeless:
        return not trigger.side and trigger.governor is None and trigger.sort != "noun"
    if trigger.type != "CONSULT" or trigger.side or modality.is_possible(case.tree, case.word):
        return False
    if trigger.sort == "noun":
        return trigger.mode == "visit" and bool(case.tree.children(case.word, "poss"))
    return trigger.tense == "past" and len({*actors, *recipients}) > 1
