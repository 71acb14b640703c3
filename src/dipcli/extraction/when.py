"""Which of a sentence's dates belongs to which of its triggers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dipcli.dates.grammar import Expression
from dipcli.dates.meaning import Calendar, Stretch
from dipcli.extraction import arguments, cited, told_beside
from dipcli.extraction.slots import Scene
from dipcli.extraction.tree import SUBJECTS, Tree
from dipcli.extraction.triggers import Trigger

_AT_ONCE = frozenset(("when", "as", "while"))
_SAYING = frozenset("say announce state report declare confirm tell inform warn".split())


class Dating(msgspec.Struct, frozen=True, gc=False):
    """A sentence's dates and the words of its tree that they stand on."""

    dates: Sequence[Expression]
    words: dict[int, int]
    """Number of a date -> number of its word."""
    vague: frozenset[int]
    """Numbers of dates that no days can be given for ("a few days later")."""
    heads: frozenset[int]
    """Words that are triggers."""
    ahead: frozenset[int]
    """Numbers of dates that stand after words of something to come ("her upcoming visit on 3 May")."""
    deeds: frozenset[int]
    """Nouns that verbs lend themselves to ("ordered the *closure*")."""
    governed: frozenset[int]
    """Offsets of triggers in whose complement another one stands."""
    series: Sequence[Sequence[int]] = ()
    """Numbers of the dates that stand in a list, list by list."""


def verb_above(tree: Tree, word: int) -> int | None:
    """The nearest verb over a word, itself included."""
    if tree.words[word].pos in ("VERB", "AUX"):
        return word
    return next((at for at in tree.ancestors(word) if tree.words[at].pos in ("VERB", "AUX")), None)


def _noun_above(tree: Tree, word: int, heads: frozenset[int]) -> int | None:
    """The event noun that a date modifies ("talks on May 10"), if a noun comes before the verb."""
    for at in tree.ancestors(word):
        if tree.words[at].pos in ("VERB", "AUX"):
            return None
        if at in heads:
            return at
    return None


_ROUGH = frozenset(("month", "year", "part", "season", "which_month", "which_unit"))
"""Rules of dates that hardly say when somebody spoke."""


def _owned_before(tree: Tree, dating: Dating, number: int) -> int | None:
    """The event noun, somebody's own, that is spoken of and that a rough date stands right after, wherever a
    parser hung the date: "praised A's visit to B last year"."""
    date = dating.words[number]
    if dating.dates[number].rule not in _ROUGH:
        return None
    before = date - 2 if tree.words[date - 1].text.casefold() in ("in", "during") else date - 1
    for noun in dating.heads:
        verb = tree.words[noun].head
        if tree.words[noun].dep != "dobj" or verb not in dating.heads or not tree.children(noun, "poss"):
            continue
        if tree.words[verb].lemma in cited.SIGNING:
            continue  # "ratified its treaty with B in 2007"
        if max((i for i in tree.subtree(noun) if i <= before), default=0) == before:
            return noun
    return None


def _apart_before(tree: Tree, date: int, heads: frozenset[int]) -> int | None:
    """The event noun of another time that a date stands right after, wherever a parser hung the date: "met to
    discuss ties following the lifting of sanctions on May 10"."""
    before = date - 1
    if tree.words[before].text.casefold() not in ("on", "in"):
        return None
    for noun in heads:
        head = tree.words[noun].head
        if tree.words[noun].pos == "NOUN" and head < noun and tree.words[head].text.casefold() in APART:
            phrase = [i for i in tree.subtree(noun) if i < before]
            if max(phrase, default=0) == before - 1:
                return noun
    return None


def _opening(tree: Tree) -> int:
    """How many words stand before the main clause's subject: what is there tells of the whole sentence."""
    root = next((i for i, word in enumerate(tree.words) if word.dep == "ROOT"), 0)
    subject = next((c for c in tree.children(root, *SUBJECTS)), root)
    return max(min(tree.subtree(subject), default=0), 3)


def _rank(tree: Tree, dating: Dating, number: int, trigger: Trigger, word: int) -> int:
    """How closely a date belongs to a trigger: 0 its own, 1 its clause's, 2 a higher clause's, 3 and 4 another's."""
    at = dating.words[number]
    since = _since_before(tree, dating, at)
    if since is not None and not since < word < at and not trigger.lemma.startswith("establish"):
        return 4  # "the first visit since the war of 1949", but "established relations since 1980"
    if any(between.text == ";" for between in tree.words[word:at]):
        return 4
    owner = _noun_above(tree, at, dating.heads)
    if owner == word or (tree.words[word].head == at and _tells_of_date(tree, word)):
        return 0  # "unlike in 1962, when A fought B"
    if tree.words[word].dep == "relcl" and cited.is_of(tree, at, tree.words[word].head):
        return 0  # "the letter of 12 May in which A asked B for help"
    apart = _apart_before(tree, at, dating.heads) or _owned_before(tree, dating, number)
    if apart is not None:
        return 0 if apart == word else 4
    if word < at and _opens_next(tree, at):
        return 4
    if (
        trigger.type in told_beside.ON_MEETINGS
        and trigger.frame != "together"
        and told_beside.of_held(tree, at)
    ):
        return 4  # "welcomed the outcome of the meeting held in X on 26 June"
    clause, mine = verb_above(tree, at), verb_above(tree, word)
    if clause is not None and clause != mine and _is_set_for(tree, clause, word):
        return 1  # "will attend the celebration, scheduled for May 10"
    if clause is not None and clause != mine and _is_described(tree, word, clause):
        return 0  # "a meeting scheduled for May 10", "the summit, which closed on May 10"
    if clause == mine:
        if clause is not None and (other := told_beside.neighbour(tree, clause)) is not None:
            return 1 if other == word else 4
        return 1 if owner is None else 2
    if clause is not None and told_beside.is_means(tree, clause, word):
        return 1  # "was prolonged by protocols signed on 7 May"
    leads = at < _opening(tree)
    if clause is not None and mine is not None:
        if clause in tree.ancestors(mine):
            if _is_apart(tree, mine, clause) and tree.words[clause].lemma not in _TURNING:
                return 4
            return 4 if _is_turned_back(tree, clause, mine) else 2
        if mine in tree.ancestors(clause):
            below = [clause, *tree.ancestors(clause)]
            path = below[: below.index(mine)]
            if any(tree.words[k].dep == "pcomp" and _is_apart_word(tree, tree.words[k].head) for k in path):
                return 4  # "has met B since taking office in March"
            if any(_tells_of_noun(tree, k) for k in path):
                return 4  # "A, who took office in 2016, met B"
            if (
                trigger.sort == "noun"
                and tree.words[clause].dep == "relcl"
                and tree.words[clause].head != word
            ):
                return 4  # "the summit was preceded by talks, which took place on Monday"
            joined = any(tree.words[k].dep == "conj" for k in path)
            clauses = [k for k in path if tree.words[k].dep == "advcl"]
            if clauses:  # "when A met B on Monday, they agreed"; "came three weeks after A met B on Monday"
                marks = [tree.words[c].text.casefold() for k in clauses for c in tree.children(k)]
                if _AT_ONCE.intersection(marks):
                    return 2
                return (
                    3 if all(is_purpose(tree, k) for k in clauses) else 4
                )  # "called talks to ease tensions on Monday"
            if joined and any(tree.children(k, *SUBJECTS) for k in path):
                return 4  # "A did this and B did that on Monday"
            if joined and _will(tree, clause) and not _will(tree, mine):
                return 4  # "spoke to A and will fly to Lima on Monday"
            return 2 if joined or (leads and owner is None) else 3
    return 2 if leads and owner is None else 4


def _is_turned_back(tree: Tree, clause: int, verb: int) -> bool:
    """Whether a verb tells what has been done beside a clause of what will be: "I will fly to Lima on 9 June, and A has
    invited me to …"."""
    return _will(tree, clause) and any(
        tree.words[c].text.casefold() in ("has", "have") for c in tree.children(verb, "aux")
    )


def _will(tree: Tree, verb: int) -> bool:
    """Whether a verb tells of what will be."""
    return any(tree.words[c].text.casefold() in ("will", "shall") for c in tree.children(verb, "aux"))


def _since_before(tree: Tree, dating: Dating, date: int) -> int | None:
    """The "since" before a date that no clause or other date stands between, wherever a parser hung the date."""
    for i in range(date - 1, -1, -1):
        word = tree.words[i]
        if word.text.casefold() == "since":  # "since 1979" says it all
            return None if tree.words[i + 1].tag == "CD" and i + 1 != date else i
        if word.pos in ("VERB", "AUX") or word.text in (",", ";") or i in dating.words.values():
            return None
    return None


def _tells_of_noun(tree: Tree, verb: int) -> bool:
    """Whether a verb's clause tells something else of a noun: one with "who", "which" or "whose", and not when an
    occasion was ("at the conference, which lasted from 3 to 9 May")."""
    ahead = any(tree.words[c].lemma == "will" for c in tree.children(verb, "aux"))
    made = tree.words[verb].dep == "acl" and tree.words[verb].lemma in _MADE_KNOWN
    if made and tree.words[verb + 1].text != "for":
        return True  # "complained of the visit announced in May"
    if tree.words[verb].dep != "relcl" or (tree.words[verb].lemma in _LASTING and not ahead):
        return False
    return any(tree.words[i].text.casefold() in _RELATIVE for i in range(tree.words[verb].head + 1, verb))


def _tells_of_date(tree: Tree, verb: int) -> bool:
    """Whether a verb's clause hangs on a date, and no pronoun tells that it is on the noun before it ("proposed a truce
    in May, which B accepted in June")."""
    between = (tree.words[i].text.casefold() for i in range(tree.words[verb].head + 1, verb))
    return tree.words[verb].dep == "relcl" and _RELATIVE.isdisjoint(between)


_LASTING = frozenset("last take open begin run convene happen hold schedule".split())
"""Verbs that tell when an occasion was."""
_ENDING = frozenset("begin open end close conclude".split())
_MADE_KNOWN = frozenset(
    "announce propose agree negotiate conclude sign adopt impose seize kill capture".split()
)
"""Verbs that tell of a thing when it came to be, which the sentence tells something else of."""


_RELATIVE = frozenset(("who", "whom", "which", "whose"))


def _opens_next(tree: Tree, date: int) -> bool:
    """Whether a date stands at the head of a clause that "and" joins: "…, and in May 2014 B seized a ship"."""
    before = [word.text.casefold() for word in tree.words[max(0, date - 2) : date]]
    if len(before) < 2 or before[0] not in ("and", "but", "while") or before[1] not in ("in", "on"):
        return False
    after = tree.words[date + 1 : date + 12]
    verb = next((n for n, word in enumerate(after) if word.pos == "VERB"), 0)
    return any(word.pos in ("NOUN", "PROPN", "PRON") for word in after[:verb])


def _is_described(tree: Tree, noun: int, verb: int) -> bool:
    """Whether a participle tells more of a noun: "a meeting *scheduled* for May 10"."""
    told = tree.words[verb]
    if told.dep == "relcl" and told.lemma in _ENDING:
        return noun == told.head or (told.head > noun and noun in tree.ancestors(told.head))
    return told.head == noun and told.dep == "acl" and told.tag == "VBN"


APART = frozenset("after before since until following".split())
"""Words before what was at another time than the rest of the sentence."""


_TURNING = frozenset(
    "sour worsen deteriorate cool chill freeze erupt escalate intensify plunge improve thaw warm ease strain suffer".split()
)
"""Verbs of how relations turned, on the day of what turned them: "soured in April after A expelled B's envoy"."""


def _is_apart(tree: Tree, verb: int, clause: int) -> bool:
    """Whether a verb stands in a clause of another time than the clause above it ("… after he arrived")."""
    path = [verb, *tree.ancestors(verb)]
    return any(tree.words[k].dep == "advcl" and opens_apart(tree, k) for k in path[: path.index(clause)])


def _is_apart_word(tree: Tree, i: int) -> bool:
    return tree.words[i].text.casefold() in APART


def opens_apart(tree: Tree, clause: int) -> bool:
    """Whether a clause opens with a word that tells it was at another time ("after he arrived")."""
    return any(
        tree.words[c].text.casefold() in APART for c in tree.children(clause, "mark", "prep", "advmod")
    )


_AHEAD = re.compile(
    r"(?i)\b(?:(?:upcoming|forthcoming|preparations?\s+(?:for|of)|prepar(?:e|ed|ing)\s+for)\s[^.;,]{0,120}"
    r"|ahead\s+of\s+(?:the|an?)\s+|deadline\s+(?:of|to|until|for)\s[^.;,]{0,30}"
    r"|(?:extend|prolong)(?:s|ed|ing)?\s[^.;,]{1,40}\s(?:to|until|till)\s"
    r"|(?:extended|extension|prolonged|postponed|adjourned|put\s+off)\s+(?:to|until|till)\s[^.;,]{0,20})\Z"
)
_TO_COME = frozenset(
    "upcoming forthcoming preparation preparations prepare prepared preparing ahead deadline extend extends extended extending"
    " extension prolong prolongs prolonged prolonging"
    " postponed adjourned put".split()
)
"""Words with one of which any such are told."""


def is_ahead(seen: str, scene: Scene, date: Expression) -> bool:
    """Whether a date tells when something spoken of is to come ("discussed the upcoming visit on 3 May")."""
    may = not scene.sentence.words.isdisjoint(_TO_COME)
    return may and _AHEAD.search(seen, scene.sentence.char_start, date.char_start) is not None


def in_clause(tree: Tree, dating: Dating, trigger: Trigger, word: int) -> bool:
    """Whether a date stands in a trigger's own clause, and not in the name of what it is about."""
    mine = verb_above(tree, word)
    return any(
        verb_above(tree, w) == mine and not cited.names(tree, w, word, trigger) for w in dating.words.values()
    )


def in_complement(tree: Tree, word: int, date: Expression) -> bool:
    """Whether a date stands in the infinitive that a verb governs: "invited her to visit Accra in autumn"."""
    at = tree.at(date.char_start, date.char_end)
    verb = verb_above(tree, at) if at is not None else None
    return (
        verb is not None
        and verb != word
        and tree.words[verb].head == word
        and tree.words[verb].dep == "xcomp"
    )


def is_of_deed(tree: Tree, word: int, date: Expression) -> bool:
    """Whether a date is that of the deed that somebody is accused of or praised for: "accused A of using gas in 2015"."""
    at = tree.at(date.char_start, date.char_end)
    verb = verb_above(tree, at) if at is not None else None
    return (
        verb is not None and verb > word and tree.words[verb].dep == "pcomp" and word in tree.ancestors(verb)
    )


def _is_said(tree: Tree, verb: int, date: int) -> bool:
    """Whether a date is of what a verb of saying reports: "talks due last week were put off, officials said"."""
    below = [date, *tree.ancestors(date)]
    path = below[: below.index(verb)] if verb in below else []
    return any(tree.words[k].dep == "ccomp" for k in path)


def is_of_saying(tree: Tree, word: int, date: Expression) -> bool:
    """Whether a date is that of the words by which something still to come is told: "will close its embassy,
    the ministry said on Thursday"."""
    at = tree.at(date.char_start, date.char_end)
    verb = verb_above(tree, at) if at is not None else None
    return verb is not None and tree.words[verb].lemma in _SAYING and tree.words[verb].tag == "VBD"


def dates_of(
    tree: Tree, dating: Dating, trigger: Trigger, word: int, lead: Expression | None
) -> tuple[list[Expression], bool]:
    """The sentence's dates that belong to a trigger, and whether it is nobody else's.

    A plural noun may have several ("talks on June 9 and July 26"), and a deed those of a list. In a chronology line the date it
    begins with (`lead`) is that of all but what has a date of its own.
    """
    home = [lead] if lead else []
    own = (
        dating.words
        if trigger.sort == "noun"
        else {
            n: w
            for n, w in dating.words.items()
            if (n not in dating.ahead or trigger.lemma.split()[0] in _SET_FOR)
            and not cited.names(tree, w, word, trigger)
        }
    )
    ranked = sorted(
        (
            _rank(tree, dating, n, trigger, word),
            len(dating.dates) > 1 and dating.dates[n].rule == "year",
            abs(dating.dates[n].char_start - trigger.char_start),
            n,
        )
        for n in own
    )
    if not ranked:
        return home, False
    rank, _, _, best = ranked[0]
    if trigger.speech and trigger.type == "OTHER" and _is_said(tree, word, dating.words[best]):
        return home, False
    if rank > 3 or (rank == 3 and (trigger.side or trigger.char_start in dating.governed)):
        return home, False
    leads = lead is not None and any(lead is date for date in dating.dates)
    if rank >= 2 and (leads or is_earlier(tree, trigger, word)):
        return home, False
    first = dating.dates[best]
    if lead is not None and first is not lead and trigger.tense == "present" and _is_long_before(first, lead):
        return home, False  # "August 2005: A reopens the inquiry into the killings at B in 1992"
    above = verb_above(tree, dating.words[best])
    told = above is not None and not dating.heads.isdisjoint({above, tree.words[above].head} - {word})
    of_another = rank == 3 and above is not None and told and cited.is_done(tree, above)
    if best in dating.vague or of_another:
        return home, False
    noun = tree.at(trigger.noun_start, trigger.noun_end) if trigger.noun_start and trigger.noun_end else word
    if rank <= 1 and noun is not None and tree.words[noun].tag in ("NNS", "NNPS"):
        several = [
            dating.dates[n] for r, _, _, n in ranked if r == rank and dating.dates[n].rule == first.rule
        ]
        if len(several) > 1:  # "two meetings, on July 7 and in Qingdao on Aug. 9"
            return sorted(several, key=lambda e: e.char_start), True
    if trigger.sort != "noun" and trigger.tense in ("past", "participle"):
        aside = tree.words[word].dep in ("relcl", "advcl") and word > dating.words[best]
        of_date = aside or tree.words[word].head == dating.words[best]  # "in 1960 and 1964, when he fell ill"
        listed = next((numbers for numbers in dating.series if best in numbers and not of_date), [best])
        return [dating.dates[n] for n in listed], rank == 0  # "visited it in 1991, 1992 and 1994"
    return [first], rank == 0


_SET = frozenset("schedule plan set fix slate".split())
"""Verbs that tell for when something is."""
_SET_FOR = _SET | {"attend"}
"""The same, and what one does on that day: "will attend the summit set for May 10"."""


def _is_set_for(tree: Tree, clause: int, verb: int) -> bool:
    """Whether a participle hangs on a verb that tells for when that is which the verb tells somebody to go to."""
    told = tree.words[clause]
    return told.tag == "VBN" and told.lemma in _SET and told.dep == "advcl" and told.head == verb


def _is_long_before(date: Expression, lead: Expression) -> bool:
    """Whether a bare year lies before the date of the chronology's line that tells it."""
    match date.meaning, lead.meaning:
        case Calendar(year=int(year), month=None), Calendar(year=int(now)) | Stretch(Calendar(year=int(now))):
            return year < now
        case Calendar(year=int(), month=None), Calendar(year=None) | Stretch(Calendar(year=None)):
            return True
    return False


def is_earlier(tree: Tree, trigger: Trigger, word: int) -> bool:
    """Whether a verb tells of a time before that of the clause that it describes ("a law that X had condemned")."""
    if not trigger.perfect or all(tree.words[i].text.casefold() != "had" for i in tree.children(word, "aux")):
        return False
    return any(tree.words[i].dep == "relcl" for i in (word, *tree.ancestors(word)))


def is_venue(tree: Tree, trigger: Trigger, word: int, dating: Dating, args: arguments.Arguments) -> bool:
    """Whether an event noun only says where or about what another trigger's event was.

    "on the sidelines of the summit", "opposed the visit", "ahead of the talks"; but not "reaffirmed in
    talks between A and B", which tells who talked, nor "agreed … during A's visit to B", nor "ordered the closure of … and the deployment of …".
    """
    heads, deeds = dating.heads, dating.deeds
    if any(args.preps.get(name) for name in ("between", "with", "among")):
        return False
    if tree.words[word].dep == "conj" and tree.words[word].head in deeds:
        return False
    owned = tree.children(word, "poss") or args.preps.get("by")
    if trigger.mode == "visit" and owned and tree.words[tree.words[word].head].text.casefold() == "during":
        return False
    at = word
    for above in tree.ancestors(word):
        if tree.words[at].dep in SUBJECTS:
            return False
        if above in heads:
            return True
        at = above
    return False


def is_reacted_to(tree: Tree, word: int, reactions: frozenset[int], args: arguments.Arguments) -> bool:
    """Whether an event noun that names no doer is what another trigger reacts to: "condemned the attack
    of 3 June", "Peru's request was rejected", "apologised for the raid"."""
    above = tree.words[word].head
    preposition = tree.words[above].text.casefold()
    if tree.words[word].dep == "pobj" and preposition in ("for", "over", "of", "about"):
        above = tree.words[above].head
    elif tree.words[word].dep not in ("dobj", "nsubjpass"):
        return False
    if above not in reactions:
        return False
    return tree.words[word].dep == "nsubjpass" or not set(args.subjects) & set(tree.subtree(word))


def is_apart(tree: Tree, word: int) -> bool:
    """Whether an event noun stands after "after" or "before": another time than the sentence's own."""
    for above in tree.ancestors(word):
        if tree.words[above].pos in ("VERB", "AUX"):
            return False
        if tree.words[above].text.casefold() in APART:
            return True
    return False


def is_held(tree: Tree, dating: Dating, trigger: Trigger, word: int) -> bool:
    """Whether a meeting is told with where and when it was held, a deed with when and by whom it was done: "at the summit
    held in X on 3 May", "a pact signed on 3 May by A and B"."""
    held = [word] if cited.is_reduced(tree, word) else tree.children(word, "acl")
    if trigger.type != "CONSULT" and not (
        cited.is_done(tree, word) or cited.is_new_text(tree, trigger, word)
    ):
        return False
    return any(
        tree.words[verb].tag == "VBN" and verb_above(tree, at) == verb
        for verb in held
        for at in dating.words.values()
    )


def is_purpose(tree: Tree, word: int) -> bool:
    """Whether a verb tells what for: "will fly to Cairo to meet X"."""
    told = tree.words[word]
    to = any(tree.words[c].text.casefold() == "to" for c in tree.children(word, "aux", "mark"))
    decided = told.dep == "acl" and tree.words[told.head].dep in SUBJECTS  # "the decision to expel A will …"
    return to and told.dep in ("advcl", "xcomp", "acl") and not decided
