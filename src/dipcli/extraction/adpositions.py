"""What those after a preposition are to a trigger: "demanded of X", "a letter from Y to Z"."""

from __future__ import annotations

from collections.abc import Sequence

from dipcli.extraction import implied
from dipcli.extraction.roles import BLAMING, GREETINGS, POSTS, Roles, is_body
from dipcli.extraction.triggers import Trigger

_EXPELLED = frozenset("deport exile banish".split())
"""Verbs whose "to" tells where to."""


_EXCLUDED = frozenset("expel suspend exclude deport bar ban eject oust banish exile".split())
"""Verbs whose passive tells with "from" who does it: "X was suspended from the union"."""


_GATHERINGS = frozenset(
    "summit meeting meetings session conference assembly forum summits inauguration swearing-in investiture coronation"
    " enthronement installation wedding".split()
)
"""Nouns whose "of" tells whose gathering or feast somebody attends."""


_GRANTING = ("grant", "give")
"""Begin what a host does for a guest: "give a dinner"."""


_HARMING = frozenset(("SANCTION", "COERCE", "ASSAULT"))
"""Types of what is done to somebody at a country's embassy as to that country."""


_BEFORE = frozenset("outside at near before".split())


def _role_of(trigger: Trigger, preposition: str, passive: bool, against: bool) -> str | None:
    """What somebody after a preposition is to a trigger, None for nobody."""
    role = trigger.preps.get("on" if preposition == "upon" else preposition)
    if preposition == "by" and trigger.sort != "noun" and not passive:
        return None
    if against and (role == "theme" or (role is None and preposition in ("to", "for"))):
        return "recipient"
    if preposition == "into" and trigger.type in ("COERCE", "ASSAULT"):
        return "recipient"  # "crossed into X"
    if (
        role is None
        and preposition == "to"
        and trigger.type == "CONSULT"
        and trigger.lemma.startswith(_GRANTING)
    ):
        return "recipient"  # "granted an audience to X"
    if role is None and preposition == "of" and trigger.sort == "noun" and trigger.type == "REJECT":
        return "recipient"  # "X's rejection of Y's offer"
    if role is None and (
        preposition in ("along with", "together with", "alongside")
        or (preposition in ("between", "among") and trigger.sort != "verb")
    ):
        return "actor"
    return role


def of_preposition(cast: Roles, name: str, heads: Sequence[int]) -> None:
    """Those who stand after a preposition."""
    trigger, told = cast.trigger, cast.told
    verb = trigger.sort == "verb"
    if name == "in" and cast.attended and cast.recipients:
        return  # "attended the NATO summit in Bern"
    if name == "of" and trigger.lemma.endswith("visit") and trigger.sort == "light" and cast.actors:
        return  # "made the first visit of a Peruvian minister"
    if name == "of" and cast.attended and not cast.recipients and not _GATHERINGS.isdisjoint(told):
        cast.put_heads("recipient", heads)
        return  # "attended the summit of X"
    if name == "to" and (trigger.lemma.startswith("summon") or told[0] in _EXPELLED):
        return  # where to
    if name == "to" and told[0] == "invite" and cast.recipients and not cast.passive:
        return  # "invited A to Washington"
    if name == "on" and trigger.type == "THREATEN" and cast.recipients:
        return  # "handed A an ultimatum on Berlin"
    if name == "of" and verb and trigger.type in BLAMING and cast.recipients:
        return  # "accused A of arming B"
    if name == "by" and verb and (trigger.type in ("REJECT", "SUPPORT") or cast.denied) and not cast.passive:
        return  # "rejected the offer by X"
    heads = _heads(cast, name, heads)
    role = _role_after(cast, name)
    if trigger.type == "PROTEST" and name in _BEFORE:  # "protested outside X's embassy"
        role, heads = "recipient", [h for h in heads if cast.tree.words[h].lemma in POSTS]
    if name == "at" and trigger.type in _HARMING and not cast.recipients:  # "expelled staff at X's embassy"
        role, heads = "recipient", [h for h in heads if cast.tree.words[h].lemma in POSTS]
    if name == "in" and trigger.type == "CONSULT" and trigger.symmetric:  # "met in the presence of X"
        role, heads = "actor", [h for h in heads if cast.tree.words[h].lemma == "presence"]
    cast.put_heads(role, heads, owners=cast.directed and role == "recipient")


def _heads(cast: Roles, name: str, heads: Sequence[int]) -> Sequence[int]:
    """Those of a preposition's words that tell of the trigger and not of what its object is."""
    trigger, within = cast.trigger, cast.within
    blaming = trigger.type in BLAMING
    if trigger.type == "REQUEST" and name in ("with", "to"):  # "called for compliance with X's resolutions"
        heads = [h for h in heads if cast.tree.words[h].lemma not in implied.BINDING]
    if trigger.type == "CONSULT" and name == "with":  # "adopted at a meeting with two abstentions (X, Y)"
        heads = [h for h in heads if cast.tree.words[h].lemma not in ("abstention", "vote")]
    if name in ("on", "to") and trigger.sort != "noun":  # "On X, A urged …" tells what about
        heads = [h for h in heads if h > cast.word or h in within]
    if name in ("on", "against", "at", "in") and blaming and trigger.sort == "verb":
        heads = [h for h in heads if h not in within - cast.ours]  # "condemned the attack on X"
    if name == "of" and blaming and trigger.sort == "verb" and implied.is_suffering(cast.tree, cast.args):
        heads = [h for h in heads if h not in within]  # "condemned the killing of X"
    if name == "of" and any(cast.tree.words[i].lemma in GREETINGS for i in cast.args.objects):
        heads = [h for h in heads if h not in within]  # "conveyed the greetings of X to Y"
    if name == "at" and blaming and cast.args.objects:  # "voiced anger at X"
        heads = [h for h in heads if h in cast.ours and not is_body(cast.tree, cast.slots, h)]
    if name == "for" and cast.recipients:  # "thanked X for Y's help", "backed X's candidacy for the council"
        heads = [h for h in heads if h not in within and cast.tree.words[h].unit >= 0]
    return heads


def _role_after(cast: Roles, name: str) -> str | None:
    """The part of those after a preposition."""
    trigger, told = cast.trigger, cast.told
    if name == "from" and cast.passive and told[0] in _EXCLUDED:
        return "actor"
    if name == "of" and trigger.mode == "withdraw" and told[1:3] == ["out", "of"]:
        return "recipient"
    if name == "of" and trigger.frame == "visit" and trigger.sort == "verb" and cast.actors:
        return "recipient"  # "visited the headquarters of X"
    if name == "to" and trigger.mode == "resign" and trigger.sort != "noun":
        return "recipient"  # "tendered his resignation to X"
    if name == "from" and trigger.sort == "light" and not GREETINGS.isdisjoint(told[1:]):
        return "actor"  # "conveyed an invitation from X to Y"
    if name == "over" and trigger.type == "ACCUSE" and not cast.recipients:
        return "recipient"  # "expressed disappointment over X's decision"
    role = _role_of(trigger, name, cast.passive, cast.directed)
    if name == "of" and role == "actor" and trigger.frame == "deed":
        # "the assassination of X", "the arrest of X by Y"
        return "recipient" if implied.is_done_to(cast.tree, cast.word, cast.args) else role
    return role
