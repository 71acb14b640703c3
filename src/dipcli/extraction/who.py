"""Who takes part in an event: the local actors behind the noun phrases around a trigger."""

from __future__ import annotations

from collections.abc import Sequence

from dipcli.extraction import arguments, implied, strays
from dipcli.extraction.adpositions import of_preposition
from dipcli.extraction.cited import SIGNING
from dipcli.extraction.referents import appointed, is_venue, people
from dipcli.extraction.roles import BLAMING, GREETINGS, POSTS, Roles, is_body
from dipcli.extraction.slots import Slot
from dipcli.extraction.tree import SUBJECTS, Tree
from dipcli.extraction.triggers import Trigger

_TALKS = frozenset(
    "talk negotiation meeting dialogue discussion relation relationship tie fighting war hostilitie clash clashe treaty agreement pact convention ceasefire cease-fire truce".split()
)
"""Nouns that stand for those between whom they are, without their plural's -s."""


_DIRECTED = frozenset(
    "PROTEST SUPPORT REJECT ACCUSE REQUEST THREATEN COERCE SANCTION CONCEDE AID AGREE OTHER".split()
)
"""Types whose object's owner is whom it is done to ("opposes X's visit")."""


_PROMISING = frozenset("AGREE AID CONCEDE REJECT REQUEST SUPPORT THREATEN".split())
"""Types of which the complement may tell whom they are for."""


_ANSWERING = frozenset(("AGREE", "CONCEDE", "REJECT"))


_ANSWERED = frozenset(("REJECT", "SUPPORT", "ACCUSE"))
"""Types of what is said of somebody's words: "welcomed the offer by X"."""


_GIVING = frozenset(("AID", "AGREE"))
"""Types of what goes to somebody."""


_ADDRESSING = frozenset("ACCUSE AGREE REJECT REQUEST SUPPORT THREATEN OTHER".split())
"""Types of which a letter may tell."""


_STOPPED = frozenset(("REJECT", "SANCTION"))
"""Types that may be told of talks and ties without who ended them."""


_MOVING = frozenset(("MOBILIZE", "RETREAT"))
"""Types told of forces that are moved, by whoever commands them: "its troops were deployed"."""


_ATTITUDES = frozenset(
    "support commitment solidarity backing appreciation gratitude readiness willingness concern opposition objection".split()
)
"""Nouns whose owner is who acts."""


_LEFT = frozenset("leave quit vacate evacuate".split())
"""Verbs of withdrawal whose object is the country that is left."""


_MUTUAL = ("relations", "ties", "talks", "negotiations")


_MEASURES = frozenset(
    "sanction sanctions embargo ban blockade boycott restriction tariff curb measure aid assistance support relation tie".split()
)
"""Nouns whose owner is who ends or begins them: "the lifting of Peruvian sanctions"."""


_AIMED = ("on", "against", "to", "towards")
"""Prepositions of whom a measure is against, or for."""


_CLAIMS = frozenset(("claim", "claims"))
"""Nouns of what is given up to those on whose land it lay."""


_PERMITTING = frozenset("allow let permit admit enable grant".split())
"""Verbs of which who is let act may be told as the subject of what he is let do."""


def roles(
    tree: Tree, slots: Sequence[Slot], trigger: Trigger, word: int, args: arguments.Arguments
) -> tuple[list[str], list[str]]:
    """(actors, recipients) of a trigger with its arguments."""
    told = trigger.lemma.split()
    signing = trigger.symmetric and told[0] in SIGNING
    args = implied.felt(tree, word, args) if trigger.type == "ACCUSE" and told[0] == "be" else args
    cast = Roles(
        tree,
        slots,
        trigger,
        word,
        args,
        told,
        passive=bool(tree.children(word, "auxpass", "nsubjpass", "agent")) or tree.words[word].tag == "VBN",
        directed=trigger.type in _DIRECTED and not trigger.speech and not signing,
        within=frozenset(i for head in args.objects for i in tree.subtree(head) if i > head),
        ours=frozenset(
            i for head in args.objects if tree.words[head].text.casefold() in told for i in tree.subtree(head)
        ),
    )
    _of_subjects(cast)
    _of_modifiers(cast)
    if not cast.actors and not args.preps.get("by"):
        _of_measure(cast)
    _of_objects(cast)
    if trigger.sort == "noun" and not cast.actors and trigger.type in ("SUPPORT", "SANCTION"):
        _of_post(cast)
    for preposition, heads in args.preps.items():
        of_preposition(cast, preposition, heads)
    _of_content(cast)
    if cast.passive and not cast.actors:
        _of_passive(cast)
    if trigger.type in BLAMING and told[0] != "warn":  # who warns speaks of himself as well
        _of_complement(cast)
    addressed = implied.addressed(tree, slots, word) if trigger.type in _ADDRESSING and cast.actors else []
    if addressed and not trigger.symmetric and not cast.recipients:  # not "in a letter to B, A accused C"
        return cast.actors, [k for k in addressed if k not in cast.actors]
    promised = _is_promised(cast)
    _of_complement(cast)
    if trigger.type == "CONSULT" and trigger.mode != "visit" and not cast.actors and not cast.recipients:
        cast.put("actor", strays.present(tree, slots, trigger, word))
    if trigger.symmetric and not promised:
        _together(cast)
    if not cast.actors and not cast.recipients and (trigger.symmetric or trigger.type == "ASSAULT"):
        _of_pair(cast)
    return cast.actors, cast.recipients


def _of_pair(cast: Roles) -> None:
    """Those two whose treaty was signed, or whose war broke out: "the Anglo-Russian Convention was signed"."""
    heads = [*cast.args.objects, *cast.args.subjects]
    before = [i for head in heads for i in cast.tree.children(head, "amod", "compound", "nmod")]
    cast.put("actor", [k for s in map(cast.named, before) if s and s.kind == "pair" for k in s.keys])


def _of_subjects(cast: Roles) -> None:
    """Who the subject is, and those between whom the subject is."""
    tree, trigger, args = cast.tree, cast.trigger, cast.args
    cast.put_heads(trigger.subject, args.subjects, owners=args.inherited)
    stray = tree.words[cast.word].dep == "ROOT" and not args.inherited and not trigger.passive
    if trigger.subject == "actor" and not cast.actors and stray:
        cast.put("actor", strays.stray_subject(tree, cast.slots, cast.word))
    for head in args.subjects if trigger.subject == "actor" and not cast.actors else ():
        if trigger.symmetric or tree.words[head].lemma.removesuffix("s") in _TALKS:
            # "talks between A and B collapsed"
            governed = arguments.prepositions(tree, head)
            cast.put_heads("actor", governed.get("between") or governed.get("of", ()))
    if trigger.sort == "verb" and trigger.type == "ASSAULT" and not cast.actors:
        cast.put_heads("actor", args.preps.get("between", ()))  # "fighting broke out between A and B"
    if trigger.type == "AID" and not cast.actors:
        things = args.objects if cast.passive else args.subjects
        cast.put_heads("actor", implied.givers(tree, things))
        if cast.actors:
            cast.put_heads("recipient", implied.takers(tree, things))


def _of_modifiers(cast: Roles) -> None:
    """Those who stand before the noun: "X-Y talks", "X's visit", "the NATO summit"."""
    trigger, args = cast.trigger, cast.args
    if trigger.sort != "noun" and not (trigger.symmetric or cast.hosted or cast.attended):
        return
    owned = bool(cast.actors)
    modifiers = [i for i in args.modifiers if not is_venue(cast.tree, cast.slots, i)]
    for i in (
        args.objects if cast.attended and trigger.type == "CONSULT" else ()
    ):  # "the NATO Summit Meeting", "the UN General Assembly"
        modifiers += [
            c for c in (i, *cast.tree.children(i, "compound", "poss", "nmod")) if c not in modifiers
        ]
    for slot in filter(None, map(cast.named, modifiers)):
        if slot.kind in ("date", "place"):
            continue
        if (cast.attended and slot.kind == "body") or (
            trigger.mode == "visit" and slot.kind == "country" and owned and not cast.hosted
        ):
            cast.put("recipient", slot.keys)  # "attended the NATO summit", "her Taiwan visit"
        elif slot.kind != "body" or trigger.type != "CONSULT":
            cast.put("actor", slot.keys)


def _of_post(cast: Roles) -> None:
    """Whose embassy it is that a noun tells of: "the opening of the X embassy", "closure of the Embassy of X"."""
    tree = cast.tree
    posts = [i for i in cast.args.preps.get("of", ()) if tree.words[i].lemma.casefold() in POSTS]
    heads = [h for i in posts for h in tree.children(i, "amod", "compound", "nmod", "poss")]
    heads += [h for i in posts for h in arguments.prepositions(tree, i).get("of", ())]
    cast.put("actor", people(tree, cast.slots, heads))


def _of_measure(cast: Roles) -> None:
    """Whose measure it is that a noun or a passive tells the end of, or the beginning: "the lifting of Peruvian sanctions
    on X", "further UN sanctions were imposed"; not "Libya sanctions were eased"."""
    tree, trigger, args = cast.tree, cast.trigger, cast.args
    if trigger.sort == "light":
        owners = args.modifiers if cast.passive and not _MEASURES.isdisjoint(cast.told) else []
    else:
        noun = trigger.sort == "noun"
        told = args.preps.get("of", ()) if noun else args.objects if cast.passive else ()
        measures = [i for i in told if tree.words[i].lemma in _MEASURES]
        owners = [h for i in measures for h in tree.children(i, "amod", "compound", "poss")]
    after = map(cast.named, (h for name in _AIMED for h in args.preps.get(name, ())))
    aimed = any(slot and slot.kind != "date" for slot in after)
    if not aimed and trigger.sort != "noun":
        owners = [
            h for h in owners if (s := cast.named(h)) and (s.kind != "country" or tree.words[h].dep == "poss")
        ]
    cast.put_heads("actor", owners)


def _of_objects(cast: Roles) -> None:
    """Who the object is, whose it is, and who is appointed."""
    tree, trigger, args = cast.tree, cast.trigger, cast.args
    left = trigger.mode == "withdraw" and cast.told[0] in _LEFT
    role = "recipient" if trigger.object == "theme" and (cast.directed or left) else trigger.object
    named = appointed(tree, cast.slots, args.objects) if trigger.frame == "appoint" else []
    if named:
        cast.put(role, named)
        cast.directed = False  # "ambassador to X" tells of the office
    else:
        held = [i for i in args.objects if tree.words[i].lemma in _ATTITUDES and i in cast.ours]
        others = [i for i in args.objects if i not in held]  # "reaffirmed X's support for Y": not for X
        cast.put_heads(role, others, owners=cast.directed and (trigger.type != "OTHER" or cast.denied))
    if trigger.sort == "light" and cast.directed and not trigger.symmetric and cast.actors:
        cast.put("recipient", implied.owners(cast.slots, tree, args.modifiers))  # "accepted X's invitation"


def _of_content(cast: Roles) -> None:
    """Those named in what is given, rejected, backed or let happen, and on whose border."""
    tree, trigger, args, told = cast.tree, cast.trigger, cast.args, cast.told
    if trigger.type == "MOBILIZE" and cast.actors and not cast.recipients:
        cast.put_heads("recipient", implied.borders(tree, args.preps))
    if (
        (trigger.type in _ANSWERED or cast.denied)
        and trigger.sort == "verb"
        and not cast.passive
        and GREETINGS.isdisjoint(told)
    ):
        cast.put_heads("recipient", implied.authors(tree, args.objects, cast.within))
    gives = trigger.type in _GIVING or trigger.frame == "give"
    if gives and cast.actors and not cast.recipients:  # "gave aid worth 50,000 euros to X"
        cast.put_heads("recipient", implied.given(tree, cast.slots, cast.word, args.objects))
        cast.put_heads("recipient", [h for i in cast.within for h in implied.goals(tree, i)])
    if trigger.type == "CONCEDE" and cast.actors and not cast.recipients and not _CLAIMS.isdisjoint(told):
        cast.put_heads("recipient", [h for i in cast.within for h in implied.claimed(tree, i)])
    if trigger.sort == "verb" and not cast.passive and cast.actors and not cast.recipients:
        beyond = implied.beyond(tree, args, told)
        cast.put_heads("actor" if trigger.symmetric else "recipient", beyond)
    if trigger.frame == "against" and cast.actors and not cast.recipients:
        cast.put_heads("recipient", implied.answered_by(tree, cast.word), owners=True)
    if trigger.frame == "credentials" and trigger.sort != "noun":  # "a copy of the credentials of X"
        cast.put_heads("actor", implied.of_whom(tree, args.objects))
    if told[:2] == ["call", "in"] and not cast.recipients:  # "called in the ambassador of X"
        cast.put_heads("recipient", args.preps.get("in", ()), owners=True)
    if told[:2] == ["call", "at"]:  # "the ambassador called at my request"
        cast.put_heads("recipient", args.preps.get("at", ()), owners=True)
    if told[:3] == ["call", "to", "see"]:  # "the ambassador called to see B"
        clauses = tree.children(cast.word, "xcomp", "advcl")
        cast.put_heads("recipient", [i for c in clauses for i in arguments.of_verb(tree, c).objects])
    if told[0] in _PERMITTING and cast.actors and not cast.recipients:
        let = [i for c in tree.children(cast.word, "ccomp", "xcomp") for i in tree.children(c, "nsubj")]
        cast.put_heads("recipient", [*args.objects, *let], owners=True)


def _of_passive(cast: Roles) -> None:
    """Who did what a passive tells without saying by whom."""
    trigger, args = cast.trigger, cast.args
    if trigger.type == "MOBILIZE" or (trigger.type in _MOVING and trigger.frame != "directed"):
        cast.put_heads("actor", args.objects)  # "units of X are deployed"
    if not cast.actors and trigger.lemma.startswith("summon"):
        cast.put("actor", implied.summoner(cast.tree, cast.slots, cast.word, args.preps.get("to", ())))
    if not cast.actors and trigger.type in _STOPPED:
        cast.put_heads("actor", args.preps.get("between", ()))
        ended = trigger.lemma.endswith(_MUTUAL if cast.recipients[1:] else POSTS)
        if not cast.actors and ended and trigger.mode != "expel":
            cast.actors, cast.recipients = cast.recipients, []


def _is_promised(cast: Roles) -> bool:
    """Whether somebody alone promises, asks or answers, so that the complement may tell whom it is for."""
    both = cast.trigger.symmetric and len(cast.actors) > 1
    return cast.trigger.type in _PROMISING and bool(cast.actors) and not cast.recipients and not both


def _of_complement(cast: Roles) -> None:
    """Whom an act is for or against that tells it only in its complement, or in what it answers."""
    tree, slots, trigger, word = cast.tree, cast.slots, cast.trigger, cast.word
    if trigger.type in BLAMING and cast.actors and (trigger.speech or not cast.recipients):
        blamed = implied.blamed(tree, slots, word, cast.args.objects)
        if trigger.speech and blamed:
            cast.recipients.clear()  # "told the paper that X is to blame"
        cast.put("recipient", blamed)
    if _is_promised(cast):
        cast.put("recipient", implied.of_complement(tree, slots, trigger, word))
        if trigger.type in _ANSWERING and not cast.recipients:
            cast.put_heads("recipient", implied.proposers(tree, word))
        if not cast.recipients and not trigger.speech:
            cast.put("recipient", implied.concerned(tree, slots, trigger, cast.args))
    elif trigger.type == "OTHER" and cast.told[0] in implied.DENYING and cast.actors and not cast.recipients:
        cast.put_heads("recipient", implied.proposers(tree, word))


def _is_line(cast: Roles) -> bool:
    """Whether a noun is all that a line tells: "1985: First NATO summit held in Rome"."""
    words = cast.tree.words
    begins = words[cast.word].dep == "ROOT" and not words[0].text[:1].islower()
    return begins and all(w.pos != "VERB" or w.tag == "VBN" for w in words)


def _together(cast: Roles) -> None:
    """All as actors of what several do with each other."""
    tree, trigger, args = cast.tree, cast.trigger, cast.args
    cast.actors += [k for k in cast.recipients if k not in cast.actors]
    cast.recipients = []
    noun = trigger.sort == "noun"
    held = trigger.passive if not noun else tree.words[cast.word].dep in SUBJECTS or _is_line(cast)
    if (
        not cast.actors and held
    ):  # "the NATO summit began", "the Baltic Forum was held", "1985: NATO summit in Rome"
        bodies = [s for s in map(cast.named, (*args.modifiers, *args.objects)) if s and s.kind == "body"]
        cast.put("actor", [k for slot in bodies for k in slot.keys])
    if trigger.lemma.startswith("join by") and trigger.noun_start and trigger.noun_end:
        told = tree.at(trigger.noun_start, trigger.noun_end)  # "Z was joined by X for a meeting with Y"
        cast.put_heads("actor", args.objects)
        cast.put_heads("actor", arguments.prepositions(tree, told).get("with", ()) if told else ())
    if len(cast.actors) == 1 and trigger.type == "COOPERATE":
        cast.put_heads("recipient", args.preps.get("to", ()))  # "resumed flights to X"
    body = any(is_body(tree, cast.slots, head) for head in args.subjects)
    if len(cast.actors) == 1 and not (noun or args.inherited or body):
        cast.put("actor", strays.beside(tree, cast.slots, cast.word))  # nobody meets alone
    if len(cast.actors) == 1 and noun:
        cast.put("actor", strays.spoken_to(tree, cast.slots, cast.word))
        cast.put("actor", strays.before_leaving(tree, cast.slots, cast.word))
