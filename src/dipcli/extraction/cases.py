"""Which triggers of a sentence may tell of an event, each with the dates that are its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from dipcli.dates.grammar import Expression
from dipcli.extraction import (
    arguments,
    cited,
    clock,
    ledgers,
    modality,
    reckoning,
    rows,
    simplify,
    timelines,
    when,
)
from dipcli.extraction.arguments import Arguments
from dipcli.extraction.references import is_first_time
from dipcli.extraction.referents import COLLECTIVE
from dipcli.extraction.sections import OF_SCHEDULE
from dipcli.extraction.sentences import has_time
from dipcli.extraction.slots import Scene, Slot
from dipcli.extraction.story import Case, Story
from dipcli.extraction.tree import SUBJECTS, Tree
from dipcli.extraction.triggers import REACTIONS, Trigger

_IN_CHARGE = frozenset(
    "coordinator envoy mediator facilitator negotiator spokesman spokeswoman representative".split()
)


def find(
    seen: str,
    story: Story,
    scene: Scene,
    tree: Tree,
    triggers: Sequence[Trigger],
    dates: Sequence[Expression],
) -> list[Case]:
    """The triggers of a sentence that may tell of an event."""
    if rows.is_header(scene) or ledgers.introduces(seen, scene):
        return []
    positions = {t.char_start: tree.at(t.char_start, t.char_end) for t in triggers}
    words = frozenset(w for w in positions.values() if w is not None)
    means = {w for w in words if _is_means(tree, w, words)}
    dating = _dating(seen, story, scene, tree, triggers, words - means)
    lead = _lead(seen, story, scene, dating)
    reactions = frozenset(
        w for t in triggers if t.type in REACTIONS and (w := positions[t.char_start]) is not None
    )
    promises = {t.char_start for t in triggers if not t.speech or t.type == "AGREE"}
    charges = {t.char_start for t in triggers if t.type == "ACCUSE"}
    whole, barred = dating, rows.row(scene) is not None
    found = []
    for trigger in triggers:
        dating = _beside(scene, whole, trigger) if barred else whole
        word = positions[trigger.char_start]
        if word is None or tree.words[word].unit >= 0 or trigger.weak or trigger.hypothetical:
            continue
        if word in means:
            continue
        if is_first_time(seen, scene.sentence.char_start, trigger):
            continue
        if (
            trigger.governor in promises
            and not story.bare
            and not when.in_clause(tree, dating, trigger, word)
        ):
            continue  # "agreed on Monday to let them return"
        if trigger.governor in charges and trigger.tense == "gerund" and not _is_dated_after(story, trigger):
            continue  # "on Monday accused B of arming rebels"
        mine, own = when.dates_of(tree, dating, trigger, word, lead)
        if story.topic and trigger.lemma.startswith("return from "):
            mine = [e for e in mine if not _is_home(story, scene, e)]
        if not dates and not mine and trigger.tense == "present" and (entry := timelines.entry(story, scene)):
            mine = [entry]
        if not mine and trigger.type == "REJECT" and trigger.tense == "past":
            mine = _of_refused(tree, dating, trigger, triggers, positions)
        if not mine and trigger.sort != "noun" and trigger.tense == "past" and tree.is_main(word):
            mine = _of_opening(seen, story, scene, whole.dates)
        args = _arguments_of(tree, trigger, word)
        trigger = _as_meant(scene, tree, trigger, args)
        noun = trigger.sort == "noun"
        own = own or (noun and any(when.is_ahead(seen, scene, e) for e in mine))
        own = own or (bool(mine) and when.is_held(tree, dating, trigger, word))
        moved = reckoning.from_event(seen, story, scene, trigger, triggers, dates, mine)
        if _belongs_to_another(scene, tree, trigger, word, args, reactions):
            continue
        entered = trigger.mode == "visit" and rows.row(scene) is not None
        loose = not (own or moved or entered or story.bare)
        if loose and _is_beside(tree, dating, trigger, word, args, lead):
            continue
        if loose and story.parsed and lead is None and _is_background(tree, dating, trigger, word):
            continue
        if noun and not own and trigger.type == "CONSULT" and _is_over(seen, scene, trigger):
            mine = []
        named = noun and any(args.preps.get(p) for p in ("between", "with", "among"))
        found.append(Case(seen, scene, tree, trigger, word, args, triggers, lead, mine, named, moved))
        for also, theirs in arguments.doing_so(tree, word, args) if trigger.sort != "noun" else ():
            when_too, _ = when.dates_of(tree, dating, trigger, also, lead)
            if when_too and when_too != mine:
                found.append(
                    Case(seen, scene, tree, trigger, also, theirs, triggers, lead, when_too, named, None)
                )
    return found


_OPENING = re.compile(r"\W*(?:Following|After|In\s+the\s+wake\s+of)\s+(?:the|an?)\s[^,;]{3,160}")


def _of_opening(seen: str, story: Story, scene: Scene, dates: Sequence[Expression]) -> list[Expression]:
    """The month in which that was done after which somebody acted: "Following the coup in May, A closed its embassy"."""
    opening = _OPENING.match(seen, scene.sentence.char_start, scene.sentence.char_end)
    told = [e for e in dates if opening and e.char_end <= opening.end()]
    resolved = clock.resolve(story, scene, told[0], True) if len(told) == 1 else None
    return told if resolved is not None and resolved.precision == "month" else []


def _of_refused(
    tree: Tree,
    dating: when.Dating,
    trigger: Trigger,
    triggers: Sequence[Trigger],
    positions: Mapping[int, int | None],
) -> list[Expression]:
    """The dates of what somebody did not do: "declined an invitation to visit Lima in 1958"."""
    refused = (t for t in triggers if t.governor == trigger.char_start and t.hypothetical)
    words = ((t, positions[t.char_start]) for t in refused)
    return [e for t, w in words if w is not None for e in when.dates_of(tree, dating, t, w, None)[0]]


def _beside(scene: Scene, dating: when.Dating, trigger: Trigger) -> when.Dating:
    """Those of a row's dates that stand in the sentence of a cell in which a trigger does."""
    start, end = rows.stretch(scene, trigger.char_start)
    words = {n: w for n, w in dating.words.items() if start <= dating.dates[n].char_start < end}
    return msgspec.structs.replace(dating, words=words)


def _is_home(story: Story, scene: Scene, date: Expression) -> bool:
    """Whether a date is after the journey that a text tells of: "I returned on Sunday from a visit to B"."""
    days = clock.resolve(story, scene, date, None)
    return days is not None and story.topic is not None and days.start > story.topic.end


def _is_dated_after(story: Story, trigger: Trigger) -> bool:
    """Whether a date follows after a trigger in its sentence."""
    return any(date.char_start > trigger.char_start for date in story.usable)


_OVER = re.compile(
    r"\b(?:conclusion|end|close|completion|eve|outset|beginning|start)\s+of\s+(?:\w+['’]?s?\s+){0,4}\Z",
    re.IGNORECASE,
)


def _is_over(seen: str, scene: Scene, trigger: Trigger) -> bool:
    """Whether a visit or meeting only tells when something else was ("issued on 10 May at the end of the visit")."""
    start = max(scene.sentence.char_start, trigger.char_start - 80)
    return bool(_OVER.search(seen, start, trigger.char_start))


def _dating(
    seen: str, story: Story, scene: Scene, tree: Tree, triggers: Sequence[Trigger], words: frozenset[int]
) -> when.Dating:
    """The sentence's dates in its tree; `words`: those of the triggers."""
    usable = story.usable
    return when.Dating(
        usable,
        {n: w for n, e in enumerate(usable) if (w := tree.at(e.char_start, e.char_end)) is not None},
        frozenset(n for n, e in enumerate(usable) if clock.resolve(story, scene, e, None) is None),
        words,
        frozenset(n for n, e in enumerate(usable) if when.is_ahead(seen, scene, e)),
        frozenset(
            noun
            for t in triggers
            if t.noun_start and t.noun_end and (noun := tree.at(t.noun_start, t.noun_end)) is not None
        ),
        frozenset(t.governor for t in triggers if t.governor is not None),
        clock.series(seen, scene.sentence.char_start, usable),
    )


def _lead(seen: str, story: Story, scene: Scene, dating: when.Dating) -> Expression | None:
    """The date that a line of a chronology begins with, be it told above the sentence."""
    lead = simplify.leading_date(scene, [e for n, e in enumerate(dating.dates) if n not in dating.vague])
    if lead is None and (cells := rows.row(scene)):
        lead = next((e for e in dating.dates if e.char_start == cells.date.char_start), None)
    if lead is None and story.lead is not None and story.lead[0] == scene.sentence.paragraph:
        lead = story.lead[1]
    above = story.section(scene.sentence.char_start).lead
    if above is not None and above.rule == OF_SCHEDULE and not has_time(seen, scene.sentence):
        above = None
    return lead or above


def _as_meant(scene: Scene, tree: Tree, trigger: Trigger, args: Arguments) -> Trigger:
    """A trigger with the type that its subject or object shows."""
    if _is_of_state(tree, scene.slots, trigger, args):
        trigger = msgspec.structs.replace(trigger, type="ACCUSE", mode="disapprove")
    if _is_of_thing(tree, trigger, args):
        trigger = msgspec.structs.replace(trigger, type="SUPPORT", mode=None, medium=None)
    return trigger


def _belongs_to_another(
    scene: Scene, tree: Tree, trigger: Trigger, word: int, args: Arguments, reactions: frozenset[int]
) -> bool:
    """Whether a trigger only says what another act or office is about, or who somebody is."""
    if trigger.sort == "noun":
        if not trigger.status_hint and when.is_reacted_to(tree, word, reactions - {word}, args):
            return True  # "condemned the attack of 3 June": whoever condemns did not attack
        if _is_of_office(tree, scene.slots, word):
            return True  # "the coordinator of the X peace process urged …"
        if _is_matter(tree, word):
            return True  # "briefed B on the talks with C"
        if trigger.mode == "visit" and _is_of_guest(tree, word):
            return True  # "will host B on a visit in Lima"
    if trigger.lemma.startswith("be on") and tree.words[word].dep == "relcl":
        return True  # "received B, who was on a visit"
    return trigger.tense == "gerund" and trigger.mode == "visit" and when.opens_apart(tree, word)
    # "after arriving in Lima, A met B": nothing but how A came there


def _is_means(tree: Tree, word: int, heads: frozenset[int]) -> bool:
    """Whether a noun only tells by what was done what a passive tells: "was settled with an exchange of notes"."""
    before = tree.words[tree.words[word].head]
    by_it = tree.words[word].tag == "NN" and tree.words[word].dep == "pobj"
    by_it = by_it and before.text in ("with", "by", "through")
    return by_it and before.head in heads and bool(tree.children(before.head, "nsubjpass"))


_TELLING = frozenset("brief inform update tell report comment ask question consult".split())


def _is_matter(tree: Tree, word: int) -> bool:
    """Whether an event is only what somebody is told about: "briefed B on the talks with C"."""
    before = tree.words[tree.words[word].head]
    about = tree.words[word].dep == "pobj" and before.text in ("on", "about", "of", "regarding")
    verb = tree.words[before.head]
    return (
        about and verb.pos == "VERB" and verb.lemma in _TELLING and bool(tree.children(before.head, "dobj"))
    )


_HOSTING = frozenset(("host", "receive", "welcome"))


def _is_of_guest(tree: Tree, word: int) -> bool:
    """Whether a visit is that of whoever the clause tells to be hosted."""
    before = tree.words[tree.words[word].head]
    verb = tree.words[before.head]
    hosts = before.text in ("on", "for", "during") and verb.lemma in _HOSTING and verb.pos == "VERB"
    return hosts and bool(tree.children(before.head, "dobj"))


def _is_beside(
    tree: Tree, dating: when.Dating, trigger: Trigger, word: int, args: Arguments, lead: Expression | None
) -> bool:
    """Whether a trigger without a date of its own is but mentioned: a venue, a supposition, a charge."""
    noun = trigger.sort == "noun"
    return (
        (noun and when.is_venue(tree, trigger, word, dating, args))
        or modality.is_imagined(tree, trigger, word)
        or _is_supposed(tree, word)
        or (noun and lead is not None and when.is_apart(tree, word))
        or cited.is_reduced(tree, word)
        or _is_charge(tree, word, dating.heads)
    )


_TRYING = frozenset("seek try attempt strive struggle aim hope wish want persuade convince".split())


def _is_background(tree: Tree, dating: when.Dating, trigger: Trigger, word: int) -> bool:
    """Whether a deed only tells which one is meant, what somebody is at, or what goes on at the time: "arming rebels
    who attacked a town", "B, who is seeking to end the war, met C", "asked for aid as it fights rebels"."""
    words = tree.words
    if trigger.sort == "noun":
        return words[words[word].head].text.casefold() == "despite"
    if trigger.status_hint == "planned" or when.in_clause(tree, dating, trigger, word):
        return False
    root = next((w for w in words if w.dep == "ROOT"), words[word])
    if words[word].dep == "advcl" and trigger.tense == "present" and root.tag == "VBD":
        return any(words[i].text in ("as", "while") for i in tree.children(word, "mark"))
    for k in (word, *tree.ancestors(word)):
        above = words[words[k].head]
        if words[k].dep == "xcomp" and above.lemma in _TRYING and above.dep not in ("ROOT", "conj", "ccomp"):
            return True
        if words[k].dep == "relcl" and above.dep not in SUBJECTS:
            if arguments.predicated(tree, words[k].head):
                return False  # "was one of the first states to recognise X"
            begin = min(tree.subtree(k))
            return not _opens_clause(tree, begin)
    return False


_MARGIN = 4
"""Words at most between a comma and the "which" of the clause that it opens: ", on the margins of which"."""


def _opens_clause(tree: Tree, begin: int) -> bool:
    """Whether a relative clause that begins with a word tells something more, and not which one is meant."""
    words = tree.words
    before = [word.text for word in words[max(0, begin - _MARGIN) : begin]]
    aside = words[begin].text == "of" and words[begin + 1].text == "which" and "," in before
    return before[-1:] == [","] or aside or words[begin].text in ("where", "when")


def _is_supposed(tree: Tree, word: int) -> bool:
    """Whether a deed is only a condition or purpose: "conditions for A joining the talks"."""
    head = tree.words[word].head
    doer = tree.children(word, "nsubj", "poss")
    return tree.words[word].tag == "VBG" and tree.words[head].text.casefold() == "for" and bool(doer)


_CHARGES = frozenset(
    "claim allegation accusation report fear charge suspicion rumour rumor assertion".split()
)


def _is_charge(tree: Tree, word: int, heads: frozenset[int]) -> bool:
    """Whether a deed is only what somebody is accused of or known for ("accused of lying", "claims that he lied")."""
    head = tree.words[word].head
    if (
        tree.words[head].lemma in _CHARGES
        and tree.words[head].pos == "NOUN"
        and tree.words[word].pos == "VERB"
    ):
        return tree.words[word].dep in ("acl", "relcl", "ccomp")
    of = tree.words[head].text.casefold() in ("of", "for", "from")
    above = tree.words[head].head
    if of and tree.words[above].dep == "dobj":
        above = tree.words[above].head  # "fined a firm for breaking the embargo"
    return of and tree.words[word].dep == "pcomp" and above in heads


def _arguments_of(tree: Tree, trigger: Trigger, word: int) -> Arguments:
    """Arguments of a trigger; of a light frame those of its verb and its noun together."""
    if trigger.sort == "noun" and (tree.words[word].pos not in ("VERB", "AUX") or _opens_line(tree, word)):
        told = arguments.of_noun(tree, word)
        before = tree.words[tree.words[word].head]
        around = before.text.casefold() in arguments.AROUND
        suffered = trigger.type in ("COERCE", "ASSAULT", "PROTEST") and around
        above = before.head
        theirs = tree.words[above].pos == "VERB" and told.subjects == arguments.subjects(tree, above)[0]
        # "A suspended aid to B after the coup": not A's; "A issued a statement on the visit of B": B's
        owned = trigger.mode == "visit" and any(tree.words[i].unit >= 0 for i in told.preps.get("of", ()))
        return msgspec.structs.replace(told, subjects=[]) if (suffered or owned) and theirs else told
    found = arguments.of_verb(tree, word)
    between = trigger.sort == "noun" and found.preps.get("between")
    if found.inherited and (between or tree.words[word].dep == "amod"):
        found = msgspec.structs.replace(found, subjects=[])  # "left as fighting between A and B went on"
    if trigger.passive and found.inherited and not found.objects and tree.words[word].dep == "conj":
        found = msgspec.structs.replace(
            found, subjects=[], objects=found.subjects
        )  # "was closed and reopened"
    if trigger.noun_start is not None and trigger.noun_end is not None:
        noun = tree.at(trigger.noun_start, trigger.noun_end)
        if noun is not None and noun != word:
            more = arguments.of_noun(tree, noun)
            preps = {name: list(heads) for name, heads in found.preps.items()}
            for name, heads in more.preps.items():
                preps.setdefault(name, []).extend(h for h in heads if h not in preps[name])
            found = msgspec.structs.replace(
                found,
                subjects=found.subjects or more.subjects,
                modifiers=more.modifiers,
                preps=preps,
                objects=[o for o in found.objects if o != noun or _is_guest(tree, trigger, o)],
            )
    return found


def _is_guest(tree: Tree, trigger: Trigger, noun: int) -> bool:
    """Whether the noun of a light frame names somebody, or stands for those who are received: "received a mission of X"."""
    word = tree.words[noun]
    guests = word.lemma in COLLECTIVE or word.lemma == "mission"
    return word.unit >= 0 or (trigger.frame == "host" and guests)


def _opens_line(tree: Tree, word: int) -> bool:
    """Whether a gerund is the noun of a line without a verb: "Sinking of the X by Y"."""
    below = [tree.words[c].text for c in tree.children(word, "prep")]
    return (
        tree.words[word].tag == "VBG" and tree.words[word].head == word and word == 0 and below[:1] == ["of"]
    )


_RULERS = frozenset("government ministry cabinet administration".split())


def _is_of_state(tree: Tree, slots: Sequence[Slot], trigger: Trigger, args: Arguments) -> bool:
    """Whether a protest is a state's, in words: "Belize protests the incursion", "the minister protested to B"."""
    if trigger.type != "PROTEST" or trigger.lemma.split()[0] != "protest" or trigger.sort != "verb":
        return False
    named = [i for i in args.subjects if tree.words[i].text.casefold() not in _RULERS]
    units = [tree.words[i].unit for i in named]
    return bool(args.subjects) and all(
        u >= 0 and (slots[u].kind in ("country", "body", "person", "office") or slots[u].title is not None)
        for u in units
    )


def _is_of_office(tree: Tree, slots: Sequence[Slot], noun: int) -> bool:
    """Whether talks are only what somebody has charge of: "the coordinator of the X peace process"."""
    preposition = tree.words[tree.words[noun].head]
    holder = tree.words[preposition.head]
    if tree.words[noun].dep != "pobj" or preposition.text not in ("of", "for"):
        return False
    named = holder.unit >= 0 and slots[holder.unit].kind in ("person", "office")
    return named or holder.lemma in _IN_CHARGE


def _is_of_thing(tree: Tree, trigger: Trigger, args: Arguments) -> bool:
    """Whether what is welcomed is somebody's act and no guest: "welcomed X's decision"."""
    if trigger.type != "CONSULT" or trigger.lemma not in ("welcome", "greet") or trigger.sort == "noun":
        return False
    objects = [tree.words[i] for i in args.objects]
    owned = any(tree.words[c].unit >= 0 for i in args.objects for c in tree.children(i, "poss"))
    return owned and all(word.unit < 0 and word.lemma not in COLLECTIVE for word in objects)
