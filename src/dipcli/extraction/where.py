"""Where an event was: from prepositions, venues and the words near a trigger."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dipcli.dates.grammar import Expression
from dipcli.extraction import arguments, localities, media, when
from dipcli.extraction.slots import Scene, Slot
from dipcli.extraction.tree import SUBJECTS, Tree
from dipcli.extraction.triggers import Trigger
from dipcli.lexicon import countries

_BLAMING = frozenset(("ACCUSE", "REJECT", "PROTEST", "THREATEN"))

_WITHIN = frozenset("in into inside within over off near through across at from to".split())

_GATHERINGS = frozenset(
    "conference meeting summit briefing session ceremony talk speech forum rally assembly".split()
)
"""Nouns whose place is where something is said."""
_JOURNEYS = frozenset("visit trip tour journey stop stopover stay".split())

_TOPICS = frozenset(
    "situation situations affairs crisis crises war wars conflict conflicts fighting violence peace stability unrest coup"
    " violations abuses repression developments events elections election security democracy tensions progress transition rights interests"
    " dispute disputes mission missions operation operations contribution effort efforts role claims issue issues question sovereignty hostilities bloodshed action actions activity activities reforms investment investments projects famine instability insecurity turmoil piracy trafficking"
    " people civilians population populations assistance leadership need needs".split()
)
"""Nouns whose place is what is talked of, not where."""

_ABOUT = frozenset(
    "talk talks agreement agreements accord accords treaty pact deal statement declaration resolution position decision view"
    " views dispute disputes referendum claim claims negotiations consultations discussion discussions report conference"
    " stand stance dialogue question debate vote article attack attacks assault raid raids memorandum understanding"
    " note notes letter letters message messages proposal proposals plan plans speech".split()
)
"""Nouns after which "on" tells what about, or against what."""

_ZONES = frozenset("waters airspace skies zone border coast shores".split())
"""Nouns that with a nation are a place: "in Fijian waters", "off the Omani coast"."""

_INTO = frozenset("enter violate cross penetrate breach leave approach".split())
"""Verbs whose object is where it was."""


def _zone(seen: str, tree: Tree, slot: Slot, word: int) -> tuple[int, Slot] | None:
    """The waters, the airspace, the border of a nation: (head word number, the whole as a place)."""
    modifier = tree.words[word]
    head = tree.words[modifier.head]
    if modifier.dep not in ("amod", "compound", "nmod", "poss") or head.text.casefold() not in _ZONES:
        return None
    above = tree.words[head.head]
    into = head.dep == "dobj" and above.lemma in _INTO
    on = above.text.casefold() in _ON and tree.words[head.head - 1].text.casefold() not in _ABOUT
    if not into and (head.dep != "pobj" or not (on or above.text.casefold() in _WITHIN)):
        return None
    name = " ".join(seen[slot.char_start : head.char_end].split())
    return modifier.head, msgspec.structs.replace(
        slot, kind="place", char_end=head.char_end, place=name, rule="zone"
    )


def _capital(tree: Tree, slot: Slot, word: int) -> tuple[int, Slot] | None:
    """The capital that is told by its nation alone ("in the Kenyan capital"): (head word number, the place)."""
    modifier = tree.words[word]
    head = tree.words[modifier.head]
    country = countries.by_code(slot.place_country) if slot.place_country else None
    if modifier.dep not in ("amod", "compound", "nmod", "poss") or head.lemma != "capital" or country is None:
        return None
    named = [c for c in tree.children(modifier.head, "appos") if tree.words[c].unit >= 0]
    named += [c for c in tree.children(modifier.head, "prep") if tree.words[c].text == "of"]
    if named or head.dep != "pobj" or tree.words[head.head].text.casefold() not in ("in", "at", "to", "from"):
        return None
    place = msgspec.structs.replace(slot, kind="place", place=country.capital, rule="capital")
    return (modifier.head, place) if country.capital else None


def _venue(seen: str, tree: Tree, slots: Sequence[Slot], town: int) -> tuple[int, int] | None:
    """The venue that a town is told with, "at the Grand Hotel in Bergen": (its head word, where it begins)."""
    at, words = town - 2, tree.words
    if (
        at < 0
        or words[at + 1].text != "in"
        or words[at].dep != "pobj"
        or words[words[at].head].text not in ("at", "At")
    ):
        return None
    venue = words[at]
    if venue.unit >= 0:
        slot = slots[venue.unit]
        return (at, slot.char_start) if localities.is_building(seen, slot) else None
    if not venue.text[:1].isupper() or venue.text.casefold() not in localities.BUILDINGS:
        return None
    return at, words[min((at, *tree.children(at, "compound", "nmod", "poss")))].char_start


def _anchor(tree: Tree, i: int) -> int:
    """The word by which a place hangs on the rest: its own, or the "village" of "the village of X", the "capital" of
    "the capital, X" and the "streets" of "the streets of the capital, X"."""
    words, word = tree.words, tree.words[i]
    at = i
    if word.dep == "appos" or (i > 1 and words[i - 1].text == ","):
        for k in (word.head, i - 2):
            if k >= 0 and words[k].dep == "pobj" and words[k].lemma in localities.KINDS:
                at = k
                break
    governor = words[words[at].head]
    if governor.text == "of" and words[governor.head].text.casefold() in localities.KINDS:
        return governor.head
    return at


_IN = frozenset("in at near off outside inside".split())
_ACROSS = frozenset("over across through".split())
_ON = frozenset("on along".split())
_ARRIVE = frozenset("fly arrive come drive sail ride slip jet".split())
_DURING = frozenset("on during in".split())
_UPON = frozenset("on along at in".split())
_ON_BORDER = frozenset("MOBILIZE ASSAULT COERCE RETREAT COOPERATE CONSULT PROTEST".split())
"""Types of what is done on a border; of others it is what is spoken of."""


def _is_at(tree: Tree, slot: Slot, anchor: int) -> bool:
    """Whether a preposition tells that something was at a place."""
    preposition = tree.words[tree.words[anchor].head]
    low = preposition.text.casefold()
    if low in _ON:
        about = tree.words[tree.words[anchor].head - 1].text.casefold()
        surface = localities.is_surface(slot.place or "") or tree.words[anchor].text in localities.SURFACES
        return surface and about not in _ABOUT
    if low == "into":  # "flew into X"
        return tree.words[tree.words[tree.words[anchor].head].head].lemma in _ARRIVE
    if low == "to":  # "said on a visit to X"
        journey = tree.words[tree.words[tree.words[anchor].head].head]
        return journey.lemma in _JOURNEYS and tree.words[journey.head].text.casefold() in _DURING
    return low in _IN or (low in _ACROSS and slot.kind == "place" and slot.rule not in ("named", "venue"))


_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM"))
"""Parts of speech of a place's words."""


def _places(seen: str, tree: Tree, slots: Sequence[Slot]) -> Sequence[tuple[int, Slot]]:
    """Places governed by a preposition of place, zones and capitals: (head word number, slot); kept with the
    tree, for all events of its sentence."""
    if tree.places is None:
        tree.places = _find_places(seen, tree, slots)
    return tree.places


def _find_places(seen: str, tree: Tree, slots: Sequence[Slot]) -> list[tuple[int, Slot]]:
    found = []
    met = []
    for i, word in enumerate(tree.words):
        if word.unit < 0 and word.pos not in _NOMINAL:
            continue
        if gathering := localities.of_gathering(seen, tree, slots, i):
            met.append((i, gathering))
        slot = slots[word.unit] if word.unit >= 0 else None
        nation = slot is not None and slot.kind in ("country", "demonym")
        if nation and slot and (zone := _zone(seen, tree, slot, i) or _capital(tree, slot, i)):
            found.append(zone)
            continue
        apart = word.dep in ("pobj", "appos") or (i > 1 and tree.words[i - 1].text == ",")
        if not apart and tree.words[word.head].text != "of":
            continue
        anchor = _anchor(tree, i)
        if word.dep not in ("pobj", "appos") and anchor == i:
            continue
        of = tree.words[anchor].head
        spot = spot_at(seen, tree, slots, i) or _house(seen, tree, slots, i)
        if spot is None or not _is_at(tree, spot, anchor):
            continue
        if of and (tree.words[of - 1].text.casefold() in _TOPICS or _is_people(tree, slots, of - 1)):
            continue  # "discussed the crisis in X", "aid for Malians in X"
        above = tree.words[tree.words[of].head]
        if spot.rule == "named" and above.text[:1].isupper() and tree.words[of].head > 0:
            continue  # "the Agreement on Cooperation in Health"
        if venue := _venue(seen, tree, slots, i):
            head, start = venue
            found = [(j, other) for j, other in found if j != head]
            spot = msgspec.structs.replace(
                spot, char_start=start, place=" ".join(seen[start : spot.char_end].split())
            )
        elif told := _PART.search(seen, max(0, spot.char_start - 16), spot.char_start):
            name = " ".join(seen[told.start() : spot.char_end].split())
            spot = msgspec.structs.replace(spot, char_start=told.start(), place=name)
        found.append((i, spot))
    return [*found, *met]


def _is_people(tree: Tree, slots: Sequence[Slot], word: int) -> bool:
    """Whether a word is the name of a people for whom something is, after which is told where they live."""
    people = tree.words[word]
    named = people.unit >= 0 and slots[people.unit].kind == "demonym" and people.text.endswith("s")
    return named and tree.words[people.head].text == "for"


_PART = re.compile(
    r"\b(?:(?:north|south)(?:-?(?:east|west))?(?:ern)|(?:east|west)ern|(?:North|South|East|West))\s+\Z"
)
"""The part of a country or town that is told: "in southern Lebanon", "in West Berlin"."""


def _house(seen: str, tree: Tree, slots: Sequence[Slot], i: int) -> Slot | None:
    """The house of a body, or a border without a name, that a noun after a preposition tells."""
    word = tree.words[i]
    preposition = tree.words[word.head].text.casefold()
    if word.unit < 0:
        return localities.unnamed(seen, tree, slots, i) if preposition in _UPON else None
    return localities.building(seen, slots[word.unit], preposition)


_BESIDE = frozenset(("lead", "head", "speak", "address"))
"""Verbs whose place is that of the deed beside them: "received a mission led by A in X", "B, speaking in X, praised A"."""


def _beyond(tree: Tree, at: int, word: int | None) -> bool:
    """Whether a place stands in a clause that only describes something else: "discussed efforts to achieve
    a ceasefire in X", "punished B for the attack on a spy in X"."""
    for above in tree.ancestors(at):
        if above == word:
            return False
        if tree.words[above].dep == "acl" and tree.words[above].head == word:
            return False  # "the talks held in X"
        if (
            (tree.words[above].dep in ("acl", "relcl", "pcomp") and tree.words[above].lemma not in _BESIDE)
            or (tree.words[above].dep == "advcl" and when.opens_apart(tree, above))
            or tree.words[above].text.casefold() in when.APART
            or _is_to_be(tree, above)
        ):
            return True
    return False


def _is_to_be(tree: Tree, verb: int) -> bool:
    """Whether a participle tells what is yet to be done: "the conference to be held in X"."""
    return tree.words[verb].tag == "VBN" and any(
        tree.words[c].text.casefold() == "to" for c in tree.children(verb, "aux")
    )


def _of_deed(tree: Tree, at: int, word: int | None) -> bool:
    """Whether a place is that of what is blamed: "condemned the attack in X"."""
    noun = tree.words[tree.words[_anchor(tree, at)].head].head
    told = tree.words[noun]
    if noun == word or told.unit >= 0 or told.lemma in _GATHERINGS | _JOURNEYS:
        return False
    return told.pos == "NOUN" and told.dep in ("dobj", "pobj", "conj")


def _antecedent(seen: str, tree: Tree, slots: Sequence[Slot], word: int) -> Slot | None:
    """The place that a clause with "where" tells of: "went to the village of X, where he met Y"."""
    where: int | None = None
    for at in (word, *tree.ancestors(word)):
        asked = (i for i in tree.children(at, "advmod") if tree.words[i].text == "where")
        where = next(asked, where)
        if tree.words[at].dep not in ("relcl", "advcl"):
            continue
        if where is None:
            return None
        head = tree.words[at].head
        if tree.words[head].dep == "appos":
            head = tree.words[head].head  # "travelled to X, Peru, where"
        below = [p for c in tree.children(head, "prep") for p in tree.children(c, "pobj") if p < at]
        before = [p for p in range(where - 1, -1, -1) if tree.words[p].dep == "pobj"]
        return next((spot for i in (head, *below, *before) if (spot := spot_at(seen, tree, slots, i))), None)
    return None


def spot_at(seen: str, tree: Tree, slots: Sequence[Slot], i: int) -> Slot | None:
    """The place that a noun names, known or not."""
    unit = tree.words[i].unit
    if unit < 0:
        return localities.named(seen, tree, slots, i)
    return slots[unit] if slots[unit].place else None


_MOVED = {
    "COERCE": ("into",), "ASSAULT": ("into", "on"), "MOBILIZE": ("to", "into"), "RETREAT": ("from",), "AID": ("to",),
    "SANCTION": ("from",),
}  # fmt: skip
"""Prepositions, by type, of where forces went or left, or goods were sent."""
_WITHDRAWN = frozenset(("RETREAT", "SANCTION"))
"""Types of whose deeds only withdrawals leave a place."""
_SENT = frozenset(("MOBILIZE", "RETREAT", "AID", "SANCTION"))
"""Types of those who send somebody or something, which may carry the preposition."""
_INTO_TOWN = frozenset(("ASSAULT", "AID", "SANCTION"))
"""Types with which a whole country is whom it is done to, not where."""


def _scene_of(seen: str, tree: Tree, slots: Sequence[Slot], trigger: Trigger, word: int) -> Slot | None:
    """Where forces went, what they left or what place they struck: "crossed into X", "withdrew from X", "bombed X
    airport"; where goods were sent."""
    names = _MOVED.get(trigger.type)
    if names is None or (trigger.type in _WITHDRAWN and trigger.mode != "withdraw"):
        return None
    if "out" in trigger.lemma.split():
        names = (*names, "of")
    sends = trigger.type in _SENT
    sent = tree.children(word, "dobj", "nsubjpass") if sends else []
    governed = [arguments.prepositions(tree, i) for i in (word, *sent)]
    heads = [h for told in governed for name in names for h in told.get(name, ())]
    if not sends:
        things = tree.children(word, "dobj", "nsubjpass")
        towns = [
            i for i in things if tree.words[i].text.casefold() in localities.KINDS
        ]  # "seized the town of X"
        heads += [*things, *(h for i in towns for h in arguments.prepositions(tree, i).get("of", ()))]
    spots = [spot for i in heads if (spot := spot_at(seen, tree, slots, i))]
    return next((s for s in spots if not is_nation(s) or trigger.type not in _INTO_TOWN), None)


def _below(tree: Tree, word: int, spots: Sequence[tuple[int, Slot]]) -> list[Slot]:
    """Those of some places that stand below a word, in its own clause if any do, and in none that is joined to it."""
    below = set(tree.subtree(word)) if spots else set()
    told = [(slot, _clauses(tree, i, word)) for i, slot in spots if i in below]
    return [slot for slot, within in told if not within] or [
        slot for slot, within in told if not any(tree.words[clause].dep == "conj" for clause in within)
    ]


def _clauses(tree: Tree, at: int, word: int) -> list[int]:
    """The verbs with subjects of their own between a place and a word above it."""
    above = [at, *tree.ancestors(at)]
    return [i for i in above[: above.index(word)] if tree.children(i, *SUBJECTS)]


def _stay_of(tree: Tree, trigger: Trigger, word: int, spots: Sequence[tuple[int, Slot]]) -> Slot | None:
    """Where somebody is who meets others there: "A, who is in Rome for a summit, met B"."""
    clauses = [
        clause
        for head in (*tree.children(word, "nsubj"), *arguments.prepositions(tree, word).get("with", ()))
        for clause in tree.children(head, "relcl")
        if tree.words[clause].lemma == "be"
    ]
    stays = [slot for clause in clauses for slot in _below(tree, clause, spots)]
    return stays[0] if stays and trigger.type == "CONSULT" and trigger.mode != "visit" else None


def place_of(
    seen: str, tree: Tree, slots: Sequence[Slot], trigger: Trigger, word: int | None, only: bool
) -> Slot | None:
    spots = [(i, slot) for i, slot in _places(seen, tree, slots) if not _beyond(tree, i, word)]
    if trigger.type not in _ON_BORDER:
        spots = [(i, slot) for i, slot in spots if slot.rule != "unnamed"]
    if trigger.type != "CONSULT":
        spots = [(i, slot) for i, slot in spots if slot.rule != "met" or tree.words[i].dep == "pobj"]
    if trigger.type in _BLAMING:
        spots = [(i, slot) for i, slot in spots if not _of_deed(tree, i, word)]
    if trigger.frame == "talk" and word is not None:
        about = {i for thing in tree.children(word, "dobj") for i in tree.subtree(thing)}
        spots = [(i, s) for i, s in spots if i not in about or (s.place_country and not is_nation(s))]
    if word is not None:
        own = _below(tree, word, spots)
        so = tree.words[word].dep == "advcl" and tree.words[word].tag == "VBG"  # "raided X, killing Y"
        if (
            spots
            and not own
            and (so or tree.words[word].dep in ("dobj", "pobj", "attr", "conj", "xcomp", *SUBJECTS))
        ):
            joined = tree.words[word].dep == "conj"
            verbs = [a for a in tree.ancestors(word) if tree.words[a].pos in ("VERB", "AUX")]
            for n, verb in enumerate(verbs):  # "at a summit in X, A decided to recall its envoy"
                start = tree.words[verb].char_start
                # "laid a wreath at the Monument and met B": not there; "flew to Lima and met B": there
                here = [
                    (i, s)
                    for i, s in spots
                    if s.char_end <= start or not (n or (joined and not s.place_country))
                ]
                own = _below(tree, verb, here)
                if own or tree.words[verb].dep not in ("xcomp", "conj"):
                    break
        if own:
            return _exact(own)
        if there := _antecedent(seen, tree, slots, word) or _scene_of(seen, tree, slots, trigger, word):
            return there
        if stay := _stay_of(tree, trigger, word, _places(seen, tree, slots)):
            return stay
        if hall := localities.hall(seen, trigger, tree.words[-1].char_end):
            return hall
        for i in tree.children(
            word, "nsubj", "poss", "compound", "nmod"
        ):  # "Seoul hosts …", "his Asia visit"
            unit = tree.words[i].unit
            hosts = trigger.lemma.startswith("host") and tree.words[i].dep == "nsubj"
            visits = trigger.mode == "visit" and tree.words[i].dep != "nsubj"
            if unit >= 0 and slots[unit].place and (hosts or visits):
                return slots[unit]
    if only and not spots and trigger.sort == "verb" and trigger.type in ("CONSULT", "ASSAULT"):
        return localities.after_verb(seen, slots, trigger, tree.words[-1].char_end)
    if not spots and media.BY_VERB.get(trigger.lemma.split()[0]) == "written":
        return localities.of_text(seen, slots, trigger, tree.words[-1].char_end)
    if not spots and trigger.type == "OTHER" and trigger.lemma.split()[0] in _TAKING:
        return next((held for s in slots if (held := _seat(seen, s, trigger))), None)
    known = [s for _, s in spots if s.rule != "named"]
    own_clause = word is not None and (
        tree.words[word].dep == "relcl"  # "who had visited B, said in X"
        or (tree.words[word].dep == "conj" and bool(tree.children(word, *SUBJECTS)))
    )
    return _exact(known) if only and known and not own_clause else None


_TAKING = frozenset("replace succeed inaugurate elect swear become win take assume re-elect reelect".split())
"""Verbs of those who come to an office."""
_SEAT = re.compile(r"\bof\s+(?:the\s+)?(?P<of>[A-Z].*)\Z", re.DOTALL)


def _seat(seen: str, slot: Slot, trigger: Trigger) -> Slot | None:
    """The country of an office that somebody comes to ("sworn in as President of X"), as its place."""
    told = _SEAT.search(seen, slot.char_start, slot.char_end) if slot.kind == "office" else None
    known = (
        countries.lookup(" ".join(told["of"].split()))
        if told and slot.char_start > trigger.char_end
        else None
    )
    if told is None or known is None:
        return None
    name = " ".join(told["of"].split())
    return msgspec.structs.replace(slot, kind="country", place=name, place_country=known.alpha3)


def is_nation(spot: Slot) -> bool:
    """Whether a place is told as a country, not by a city."""
    return spot.kind == "country" and spot.rule != "capital"


def _exact(spots: Sequence[Slot]) -> Slot:
    """A city before its country and its continent."""
    cities = [s for s in spots if s.kind == "place" or s.rule == "capital"]
    return next((s for s in cities if s.place_country), (cities or spots)[0])


_BRACKETED = re.compile(r"[\w\s-]{0,30}\(\Z")


def in_brackets(seen: str, scene: Scene, trigger: Trigger) -> Slot | None:
    """The place in brackets after a noun that tells of a meeting: "Third round of talks (Norway)"."""
    if trigger.sort != "noun" or trigger.type != "CONSULT":
        return None
    after = (s for s in scene.slots if s.place and s.char_start > trigger.char_end)
    spot = next(after, None)
    if spot is None or seen[spot.char_end : spot.char_end + 1] != ")":
        return None
    return spot if _BRACKETED.fullmatch(seen, trigger.char_end, spot.char_start) else None


def place_beside(seen: str, scene: Scene, date: Expression) -> Slot | None:
    """The place of one of several dates: "on July 7 and in Qingdao on Aug. 9"."""
    for slot in scene.slots:
        before = slot.char_end <= date.char_start
        between = seen[slot.char_end : date.char_start] if before else seen[date.char_end : slot.char_start]
        if slot.place and re.fullmatch(r"\s*,?\s*(?:on\s+)?" if before else r"\s*,?\s*(?:in|at)\s+", between):
            return slot
    return None


_LED = re.compile(r"[\s•*(\[–—-]*")
_CLOSING = re.compile(r"\s*[:)\]–—-]")
_PARTING = (", ", " - ", " – ")


def place_of_line(seen: str, scene: Scene, date: Expression) -> Slot | None:
    """The place that stands with a date at the head of a line or in brackets: "X, 3 May 2014.", "(X, 3 May)",
    "3 May 2014, X: …"."""
    for slot in scene.slots:
        if not slot.place:
            continue
        lo = max(seen.rfind("(", 0, slot.char_start), scene.sentence.char_start)
        if slot.char_end <= date.char_start:
            led = _LED.fullmatch(seen, lo, slot.char_start)
            if led and re.fullmatch(r",\s+(?:on\s+)?", seen[slot.char_end : date.char_start]):
                return slot
        elif seen[date.char_end : slot.char_start] in _PARTING and _CLOSING.match(seen, slot.char_end):
            return slot
    return None
