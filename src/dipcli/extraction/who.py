"""Who takes part in an event: the local actors behind the noun phrases around a trigger."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dipcli.extraction import arguments, implied
from dipcli.extraction.referents import COLLECTIVE, people
from dipcli.extraction.slots import Slot
from dipcli.extraction.story import Story
from dipcli.extraction.tree import SUBJECTS, Tree
from dipcli.extraction.triggers import Trigger

_TALKS = frozenset(
    "talk negotiation meeting dialogue discussion relation relationship tie fighting war hostilitie clash clashe treaty agreement pact convention".split()
)
"""Nouns that stand for those between whom they are, without their plural's -s."""

_DIRECTED = frozenset(
    "PROTEST SUPPORT REJECT ACCUSE REQUEST THREATEN COERCE SANCTION CONCEDE AID AGREE OTHER".split()
)
"""Types whose object's owner is whom it is done to ("opposes X's visit")."""

_BLAMING = frozenset(("ACCUSE", "PROTEST"))

_PROMISING = frozenset("AGREE AID CONCEDE REJECT REQUEST SUPPORT THREATEN".split())
"""Types of which the complement may tell whom they are for."""

_ANSWERING = frozenset(("AGREE", "CONCEDE", "REJECT"))

_GIVING = frozenset(("AID", "AGREE"))
"""Types of what goes to somebody."""

_ADDRESSING = frozenset("ACCUSE AGREE REJECT REQUEST SUPPORT THREATEN OTHER".split())
"""Types of which a letter may tell."""

_EXPELLED = frozenset("deport exile banish".split())
"""Verbs whose "to" tells where to."""

_EXCLUDED = frozenset("expel suspend exclude deport bar ban eject oust banish exile".split())
"""Verbs whose passive tells with "from" who does it: "X was suspended from the union"."""

_STOPPED = frozenset(("REJECT", "SANCTION"))
"""Types that may be told of talks and ties without who ended them."""

_MOVING = frozenset(("MOBILIZE", "RETREAT"))
"""Types told of forces that are moved, by whoever commands them: "its troops were deployed"."""

_GATHERINGS = frozenset("summit meeting meetings session conference assembly forum summits".split())
"""Nouns whose "of" tells whose gathering somebody attends."""

_IN_CHARGE = frozenset(
    "coordinator envoy mediator facilitator negotiator spokesman spokeswoman representative".split()
)

_LEFT = frozenset("leave quit vacate evacuate".split())
"""Verbs of withdrawal whose object is the country that is left."""

_MUTUAL = ("relations", "ties", "talks", "negotiations")
_POSTS = ("embassy", "legation", "consulate", "mission")
"""Last words of what those end who have it: "relations of X and Y were broken off", "X's embassy was closed"."""

_BEFORE = frozenset("outside at near before".split())

_SIGNING = frozenset("sign co-sign initial conclude ratify approve adopt ink".split())
"""Verbs whose object is a text, and nobody: "signed the Arctic Treaty"."""

_PERMITTING = frozenset("allow let permit admit enable grant".split())
"""Verbs of which who is let act may be told as the subject of what he is let do."""


def arguments_of(tree: Tree, trigger: Trigger, word: int) -> arguments.Arguments:
    """Arguments of a trigger; of a light frame those of its verb and its noun together."""
    if trigger.sort == "noun" and tree.words[word].pos not in ("VERB", "AUX"):
        return arguments.of_noun(tree, word)
    found = arguments.of_verb(tree, word)
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
                objects=[o for o in found.objects if o != noun],
            )
    return found


def is_of_state(tree: Tree, slots: Sequence[Slot], trigger: Trigger, args: arguments.Arguments) -> bool:
    """Whether a protest is a state's, in words: "Belize protests the incursion", "the minister protested to B"."""
    if trigger.type != "PROTEST" or trigger.lemma.split()[0] != "protest" or trigger.sort != "verb":
        return False
    units = [tree.words[i].unit for i in args.subjects]
    return bool(units) and all(
        u >= 0 and (slots[u].kind in ("country", "body") or slots[u].title is not None) for u in units
    )


def is_of_office(tree: Tree, slots: Sequence[Slot], noun: int) -> bool:
    """Whether talks are only what somebody has charge of: "the coordinator of the X peace process"."""
    preposition = tree.words[tree.words[noun].head]
    holder = tree.words[preposition.head]
    if tree.words[noun].dep != "pobj" or preposition.text not in ("of", "for"):
        return False
    named = holder.unit >= 0 and slots[holder.unit].kind in ("person", "office")
    return named or holder.lemma in _IN_CHARGE


def is_of_thing(tree: Tree, trigger: Trigger, args: arguments.Arguments) -> bool:
    """Whether what is welcomed is somebody's act and no guest: "welcomed X's decision"."""
    if (
        trigger.type != "CONSULT"
        or trigger.lemma.split()[0] not in ("welcome", "greet")
        or trigger.sort == "noun"
    ):
        return False
    objects = [tree.words[i] for i in args.objects]
    owned = any(tree.words[c].unit >= 0 for i in args.objects for c in tree.children(i, "poss"))
    return owned and all(word.unit < 0 and word.lemma not in COLLECTIVE for word in objects)


def _stray_subject(tree: Tree, slots: Sequence[Slot], verb: int) -> list[str]:
    """The name right before a main verb, where the parser hung it on the phrase before the comma."""
    if tree.children(verb, "auxpass", "nsubjpass"):
        return []
    for i in range(verb - 1, 0, -1):
        word = tree.words[i]
        if word.pos == "VERB":
            return []
        over = tree.words[word.head].unit
        if word.dep == "appos" and over >= 0 and slots[over].kind == "place":
            continue  # "talks in Taba, Egypt, failed"
        if word.unit >= 0 and slots[word.unit].keys and word.dep in ("appos", "nsubj", "npadvmod", "dep"):
            return list(slots[word.unit].keys)
    return []


def _beside(tree: Tree, slots: Sequence[Slot], verb: int) -> list[str]:
    """Persons before a verb that its subject's list was cut off from ("A, the envoy, and B, who …, met")."""
    return [
        key
        for word in tree.words[:verb]
        if word.unit >= 0
        and slots[word.unit].kind in ("person", "office")
        and word.dep in ("conj", "appos", "nsubj")
        for key in slots[word.unit].keys
    ]


def _spoken_to(tree: Tree, slots: Sequence[Slot], noun: int) -> list[str]:
    """Whom the clause speaks to that a talk opens: "during a call, A urged B to …"."""
    preposition = tree.words[tree.words[noun].head]
    verb = tree.words[preposition.head]
    if preposition.text.casefold() not in ("during", "in", "at") or verb.pos != "VERB":
        return []
    clauses = tree.children(preposition.head, "ccomp", "xcomp")
    objects = [
        *tree.children(preposition.head, "dobj", "dative"),
        *(i for clause in clauses for i in tree.children(clause, "nsubj")),
    ]
    return [
        key
        for i in objects
        if tree.words[i].unit >= 0 and slots[tree.words[i].unit].kind == "person"
        for key in slots[tree.words[i].unit].keys
    ]


def _present(tree: Tree, slots: Sequence[Slot], trigger: Trigger, word: int) -> list[str]:
    """Who was at a meeting that only opens a sentence: "At the summit held in X on 3 May, A asked B to …"."""
    noun = word
    if trigger.noun_start is not None and trigger.noun_end is not None:
        noun = tree.at(trigger.noun_start, trigger.noun_end) or word
    preposition = tree.words[tree.words[noun].head]
    verb = preposition.head
    if preposition.text not in ("At", "During") or tree.words[verb].pos != "VERB":
        return []
    doers = arguments.subjects(tree, verb)[0]
    others = [
        i
        for clause in (verb, *tree.children(verb, "ccomp", "xcomp"))
        for head in tree.children(clause, "dobj", "dative", *(("nsubj",) if clause != verb else ()))
        for i in tree.conjuncts(head)
        if tree.words[i].unit >= 0 and slots[tree.words[i].unit].kind in ("person", "office")
    ]
    return people(tree, slots, [*doers, *others])


_OWED_OTHERS = frozenset(("AGREE", "SUPPORT"))
"""Types of what nobody says to the own country: "stressed the U.S. commitment to peace"."""


def foreign(story: Story, trigger: Trigger, actors: Sequence[str], recipients: Sequence[str]) -> list[str]:
    """Recipients without the actors' own country, where there are others ("X backed China-X ties")."""
    own = {story.nation(k) for k in actors} - {None}
    kept = [k for k in recipients if not (story.kind(k) == "country" and story.nation(k) in own)]
    return kept if kept or trigger.type in _OWED_OTHERS else list(recipients)


def _appointed(tree: Tree, slots: Sequence[Slot], objects: Sequence[int]) -> list[str]:
    """The persons in the objects of an appointment ("names B ambassador"), not the office or its country."""
    heads = [i for head in objects for i in (head, *tree.children(head, "compound", "nmod", "appos", "amod"))]
    units = [tree.words[i].unit for i in heads]
    return [k for unit in units if unit >= 0 and slots[unit].kind == "person" for k in slots[unit].keys]


def _is_body(tree: Tree, slots: Sequence[Slot], head: int) -> bool:
    unit = tree.words[head].unit
    return unit >= 0 and slots[unit].kind == "body"


def _role_of(trigger: Trigger, preposition: str, passive: bool, against: bool) -> str | None:
    """What somebody after a preposition is to a trigger, None for nobody."""
    role = trigger.preps.get("on" if preposition == "upon" else preposition)
    if preposition == "by" and trigger.sort != "noun" and not passive:
        return None
    if against and (role == "theme" or (role is None and preposition in ("to", "for"))):
        return "recipient"
    if preposition == "into" and trigger.type in ("COERCE", "ASSAULT"):
        return "recipient"  # "crossed into X"
    if role is None and preposition == "of" and trigger.sort == "noun" and trigger.type == "REJECT":
        return "recipient"  # "X's rejection of Y's offer"
    if role is None and (
        preposition in ("along with", "together with", "alongside")
        or (preposition in ("between", "among") and trigger.sort != "verb")
    ):
        return "actor"
    return role


def roles(
    tree: Tree, slots: Sequence[Slot], trigger: Trigger, word: int, args: arguments.Arguments
) -> tuple[list[str], list[str]]:
    """(actors, recipients) of a trigger with its arguments."""
    actors: list[str] = []
    recipients: list[str] = []

    def put(role: str, keys: Sequence[str]) -> None:
        target = {"actor": actors, "recipient": recipients}.get(role)
        if target is not None:
            target.extend(k for k in keys if k not in actors and k not in recipients)

    put(trigger.subject, people(tree, slots, args.subjects, owners=args.inherited))
    stray = tree.words[word].dep == "ROOT" and not args.inherited and not trigger.passive
    if trigger.subject == "actor" and not actors and stray:
        put("actor", _stray_subject(tree, slots, word))
    for head in args.subjects if trigger.subject == "actor" and not actors else ():
        if (
            trigger.symmetric or tree.words[head].lemma.removesuffix("s") in _TALKS
        ):  # "talks between A and B collapsed"
            put("actor", people(tree, slots, arguments.prepositions(tree, head).get("between", [])))
    if trigger.sort == "verb" and trigger.type == "ASSAULT" and not actors:
        put(
            "actor", people(tree, slots, args.preps.get("between", ()))
        )  # "fighting broke out between A and B"
    if trigger.type == "AID" and not actors:
        put("actor", people(tree, slots, implied.givers(tree, args.subjects)))
    hosted = trigger.sort == "light" and trigger.lemma.split()[0] in ("host", "convene", "chair")
    attended = trigger.lemma.split()[0] in ("attend", "join", "participate", "participation", "take")
    if trigger.sort == "noun" or (args.modifiers and (trigger.symmetric or hosted or attended)):
        owned = bool(actors)
        for modifier in args.modifiers:
            unit = tree.words[modifier].unit
            slot = slots[unit] if unit >= 0 else None
            if slot is None or slot.kind in ("date", "place"):
                continue
            if attended and slot.kind == "body":
                put("recipient", slot.keys)  # "attended the NATO summit"
                continue
            if trigger.mode == "visit" and slot.kind == "country" and owned and not hosted:
                put("recipient", slot.keys)  # "her Taiwan visit"
            elif slot.kind != "body" or trigger.type != "CONSULT":
                put("actor", slot.keys)
    signing = trigger.symmetric and trigger.lemma.split()[0] in _SIGNING
    against = trigger.type in _DIRECTED and not trigger.speech and not signing
    left = trigger.mode == "withdraw" and trigger.lemma.split()[0] in _LEFT
    role = "recipient" if trigger.object == "theme" and (against or left) else trigger.object
    appointed = _appointed(tree, slots, args.objects) if trigger.frame == "appoint" else []
    if appointed:
        put(role, appointed)
        against = False  # "ambassador to X" tells of the office
    else:
        put(role, people(tree, slots, args.objects, owners=against and trigger.type != "OTHER"))
    if trigger.sort == "light" and against and not trigger.symmetric and actors:
        put("recipient", implied.owners(slots, tree, args.modifiers))  # "accepted X's invitation"
    told = trigger.lemma.split()
    within = {i for head in args.objects for i in tree.subtree(head) if i > head}
    ours = {
        i for head in args.objects if tree.words[head].text.casefold() in told for i in tree.subtree(head)
    }
    passive = bool(tree.children(word, "auxpass", "nsubjpass", "agent")) or tree.words[word].tag == "VBN"
    for name, heads in args.preps.items():
        if name == "on" and trigger.sort != "noun":  # "On X, A urged …" tells what about
            heads = [h for h in heads if h > word or h in within]
        if name in ("on", "against", "at", "in") and trigger.type in _BLAMING and trigger.sort == "verb":
            heads = [
                h for h in heads if h not in within - ours
            ]  # "condemned the attack on X": X did not attack
        if (
            name == "of"
            and trigger.type in _BLAMING
            and trigger.sort == "verb"
            and implied.is_suffering(tree, args)
        ):
            heads = [h for h in heads if h not in within]  # "condemned the killing of X"
        if name == "in" and attended and recipients:
            continue  # "attended the NATO summit in Bern"
        if name == "of" and attended and not recipients and not _GATHERINGS.isdisjoint(told):
            put("recipient", [k for k in people(tree, slots, heads) if k not in actors])
            continue  # "attended the summit of X"
        if name == "to" and (trigger.lemma.startswith("summon") or told[0] in _EXPELLED):
            continue  # where to
        if name == "at" and trigger.type in _BLAMING and args.objects:
            heads = [h for h in heads if h in ours and not _is_body(tree, slots, h)]  # "voiced anger at X"
        if name == "for" and recipients:  # "thanked X for Y's help", "backed X's candidacy for the council"
            heads = [h for h in heads if h not in within and tree.words[h].unit >= 0]
        part = _role_of(trigger, name, passive, against)
        if name == "of" and trigger.mode == "withdraw" and told[1:3] == ["out", "of"]:
            part = "recipient"
        if (
            name == "of"
            and part == "actor"
            and trigger.frame == "deed"
            and implied.is_done_to(tree, word, args)
        ):
            part = "recipient"  # "the assassination of X", "the arrest of X by Y"
        if trigger.type == "PROTEST" and name in _BEFORE:  # "protested outside X's embassy"
            part, heads = "recipient", [h for h in heads if tree.words[h].lemma in _POSTS]
        if name == "from" and passive and told[0] in _EXCLUDED:
            part = "actor"
        if name == "by" and trigger.sort == "verb" and trigger.type in ("REJECT", "SUPPORT") and not passive:
            continue  # "rejected the offer by X"
        if part:
            put(part, people(tree, slots, heads, owners=against and part == "recipient"))
    if trigger.type in ("REJECT", "SUPPORT") and trigger.sort == "verb" and not passive:
        put("recipient", people(tree, slots, implied.authors(tree, args.objects, within)))
    gives = trigger.type in _GIVING or trigger.frame == "give"
    if gives and actors and not recipients:  # "gave aid worth 50,000 euros to X"
        put("recipient", people(tree, slots, [h for i in within for h in implied.goals(tree, i)]))
    if told[:2] == ["call", "at"]:  # "the ambassador called at my request"
        put("recipient", people(tree, slots, args.preps.get("at", ()), owners=True))
    if told[:3] == ["call", "to", "see"]:  # "the ambassador called to see B"
        clauses = tree.children(word, "xcomp", "advcl")
        put(
            "recipient", people(tree, slots, [i for c in clauses for i in arguments.of_verb(tree, c).objects])
        )
    if told[0] in _PERMITTING and actors and not recipients:
        let = [i for c in tree.children(word, "ccomp", "xcomp") for i in tree.children(c, "nsubj")]
        put("recipient", people(tree, slots, [*args.objects, *let], owners=True))
    if passive and not actors and trigger.type in _MOVING and trigger.frame != "directed":
        put("actor", people(tree, slots, args.objects))
    if passive and not actors and trigger.lemma.startswith("summon"):
        put("actor", implied.summoner(tree, slots, word, args.preps.get("to", ())))
    if passive and not actors and trigger.type == "MOBILIZE":
        put("actor", people(tree, slots, args.objects))  # "units of X are deployed"
    if passive and not actors and trigger.type in _STOPPED and args.preps.get("between"):
        put("actor", people(tree, slots, args.preps["between"]))
    if (
        passive
        and not actors
        and trigger.type in _STOPPED
        and trigger.lemma.endswith(_MUTUAL if recipients[1:] else _POSTS)
    ):
        actors, recipients = recipients, []
    addressed = implied.addressed(tree, slots, word) if trigger.type in _ADDRESSING and actors else []
    if addressed and not trigger.symmetric:
        return actors, [k for k in addressed if k not in actors]
    if trigger.type in _BLAMING and actors and (trigger.speech or not recipients):
        blamed = implied.blamed(tree, slots, word, args.objects)
        if trigger.speech and blamed:
            recipients.clear()  # "told the paper that X is to blame"
        put("recipient", blamed)
    if trigger.type in _PROMISING and actors and not recipients and not (trigger.symmetric and actors[1:]):
        put("recipient", implied.of_complement(tree, slots, trigger, word))
        if trigger.type in _ANSWERING and not recipients:
            put("recipient", people(tree, slots, implied.proposers(tree, word)))
        if not recipients and not trigger.speech:
            put("recipient", implied.concerned(tree, slots, trigger, args))
        return actors, recipients
    if trigger.type == "OTHER" and told[0] in implied.DENYING and actors and not recipients:
        put("recipient", people(tree, slots, implied.proposers(tree, word)))
    if trigger.type == "CONSULT" and trigger.mode != "visit" and not actors and not recipients:
        put("actor", _present(tree, slots, trigger, word))
    if trigger.symmetric:
        actors += [k for k in recipients if k not in actors]
        recipients = []
        if not actors and trigger.sort == "noun" and tree.words[word].dep in SUBJECTS:
            units = [tree.words[i].unit for i in args.modifiers]
            put("actor", [k for u in units if u >= 0 and slots[u].kind == "body" for k in slots[u].keys])
        if len(actors) == 1 and trigger.sort != "noun" and not args.inherited:
            put("actor", _beside(tree, slots, word))  # nobody meets alone
        if len(actors) == 1 and trigger.sort == "noun":
            put("actor", _spoken_to(tree, slots, word))
    return actors, recipients
